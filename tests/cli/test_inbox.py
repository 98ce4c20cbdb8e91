"""`inbox`: what is seen between meetings, from hands and feeds, and where it goes."""

from __future__ import annotations

import http.server
import threading
import time

import pytest

RSS = """\
<?xml version="1.0" encoding="utf-8"?>
<rss version="2.0"><channel><title>Veille</title>
<item><title>AAP &lt;b&gt;« Tiers-lieux »&lt;/b&gt;</title><link>https://example.org/aap</link></item>
<item><title>Un rapport</title><link>javascript:alert(1)</link></item>
<item><link>https://example.org/sans-titre</link></item>
</channel></rss>
"""
ATOM = """\
<feed xmlns="http://www.w3.org/2005/Atom"><title>V</title>
<entry><title>Webinaire</title><link href="https://example.org/web"/><id>1</id></entry></feed>
"""


def plain(text: str) -> str:
    return text.replace("\u00a0", " ").replace("\u202f", " ")


def feeds(network, *places: str) -> None:
    (network / "facilitator.yaml").write_text(
        f"name: Réseau roannais\nlanguage: fr\nfeeds: [{', '.join(places)}]\n", encoding="utf-8"
    )


@pytest.fixture
def filled(run, network):
    assert run("inbox", "add", "Un rapport", "--type", "report", "--link", "https://example.org/r").code == 0
    assert run("inbox", "add", "AAP Tiers-lieux", "--deadline", "2036-12-04", "--level", "region").code == 0
    return run


def test_what_was_added_waits_by_sort_and_what_closes_first_before(filled, network):
    assert filled("inbox", "add", "AMI aînés", "--deadline", "2036-11-30").code == 0
    assert filled("inbox").out.splitlines() == [
        "1  appel · AMI aînés · se ferme le 30 novembre",
        "2  appel · AAP Tiers-lieux · se ferme le 4 décembre · région",
        "3  rapport · Un rapport · https://example.org/r",
    ]
    assert [row["number"] for row in filled("inbox", "list", "--json").json] == [1, 2, 3]
    assert "déjà" in filled("inbox", "add", "un RAPPORT").err
    assert (network / "inbox.md").read_text(encoding="utf-8").startswith("# À relayer\n")


def test_an_item_goes_into_the_next_letter_once(filled, network):
    assert filled("inbox", "take", "1", "--letter").code == 0
    assert filled("inbox", "take", "1", "--letter").code == 0
    (letter,) = (network / "newsletter").iterdir()
    text = plain(letter.read_text(encoding="utf-8"))
    assert "## À ne pas manquer\n\n- **Jusqu’au 4 décembre 2036 :** AAP Tiers-lieux\n" in text
    assert "## Actualités\n\n- [Un rapport](https://example.org/r)\n" in text
    assert "Rien n’attend" in filled("inbox").err
    assert filled("inbox", "take", "1", "--letter").code == 1
    filled("inbox", "add", "Encore", "--link", "https://example.org/r2")
    letter.write_text(
        letter.read_text(encoding="utf-8").replace(
            "- [Un rapport]", "- Mes mots.\n- [Encore](https://example.org/r2)\n- [Un rapport]"
        ),
        encoding="utf-8",
    )
    before = letter.read_text(encoding="utf-8")
    assert filled("inbox", "take", "1", "--letter").code == 0
    assert letter.read_text(encoding="utf-8") == before


def test_an_item_goes_into_the_next_agenda_once(filled, network):
    assert filled("inbox", "take", "1", "--agenda").code == 0
    assert "pour l’ordre du jour" in filled("inbox").out
    assert filled("new", "--date", "2036-11-24").code == 0
    (agenda,) = (network / "agendas").glob("*.yaml")
    assert "AAP Tiers-lieux" in agenda.read_text(encoding="utf-8") and "2036-12-04" in agenda.read_text(
        encoding="utf-8"
    )
    assert "AAP" not in filled("inbox").out
    assert filled("new", "--date", "2036-12-24").code == 0
    assert (
        sum("AAP Tiers-lieux" in path.read_text(encoding="utf-8") for path in (network / "agendas").glob("*.yaml")) == 1
    )


def test_an_item_goes_into_the_agenda_to_come_where_there_is_one(filled, network):
    assert filled("new", "--date", "2036-11-24").code == 0
    assert filled("new", "--date", "2036-12-24").code == 0
    (first, second) = sorted((network / "agendas").glob("2036*.yaml"))
    before = first.read_text(encoding="utf-8"), second.read_text(encoding="utf-8")
    assert "agendas/2036-11-24" in filled("inbox", "take", "1", "--agenda").err
    assert "agendas/2036-11-24" in filled("inbox", "take", "1", "--agenda").err
    added = [line for line in first.read_text(encoding="utf-8").splitlines() if line not in before[0].splitlines()]
    assert added == [
        "    items:",
        "      - { title: AAP Tiers-lieux, type: call, deadline: 2036-12-04, level: region }",
        '      - { title: Un rapport, type: report, link: "https://example.org/r" }',
    ]
    assert second.read_text(encoding="utf-8") == before[1]
    assert filled("check", str(first)).code == 0 and filled("inbox").out == ""


@pytest.mark.parametrize(
    "steps",
    [
        "[{ kind: news, duration: 20m }]",
        "[{ kind: needs, duration: 20m }]",
        "\n  - kind: news\n    duration: 20m\n    items: [{ title: Une }]",
    ],
)
def test_an_agenda_that_is_written_otherwise_is_left_and_the_item_waits(filled, network, steps):
    path = network / "agendas/x.yaml"
    path.parent.mkdir()
    path.write_text(f"title: X\ndate: 2036-11-24\nsteps: {steps}\n", encoding="utf-8")
    before = path.read_bytes()
    assert filled("inbox", "take", "1", "--agenda").code == 0
    assert path.read_bytes() == before and "pour l’ordre du jour" in filled("inbox").out


def test_what_is_dropped_does_not_come_back_from_its_feed(run, network):
    (network / "veille.xml").write_text(RSS, encoding="utf-8")
    feeds(network, "veille.xml")
    assert run("inbox", "fetch").out.splitlines() == [
        "appel · AAP « Tiers-lieux » · https://example.org/aap",
        "rapport · Un rapport",
        "https://example.org/sans-titre",
    ]
    assert run("inbox", "drop", "1").code == 0
    said = run("inbox", "fetch")
    assert (said.code, said.out) == (0, "") and "AAP" not in run("inbox").out


@pytest.mark.sampled(3)
@pytest.mark.parametrize(
    ("data", "why"),
    [
        (b"<!DOCTYPE x [<!entity a 'aa'>]><rss><channel><item><title>&a;</title></item></channel></rss>", "entités"),
        ("<!DOCTYPE x [<!ENTITY a 'aa'>]><rss/>".encode("utf-16"), "entités"),
        (b"x" * (3 << 20), "plus gros que tout flux"),
        (b"une page", "n’est pas un flux"),
        (b"", "n’est pas un flux"),
        (b"\xff\xfe\x00" * 9, "n’est pas un flux"),
        (None, "ce fichier n’existe pas"),
    ],
)
def test_a_feed_that_is_none_is_told_in_one_line_and_the_others_are_read(run, network, data, why):
    if data is not None:
        (network / "bad.xml").write_bytes(data)
    (network / "veille.xml").write_text(ATOM, encoding="utf-8")
    feeds(network, "bad.xml", "veille.xml")
    said = run("inbox", "fetch")
    assert said.code == 1
    (line,) = [line for line in said.err.splitlines() if "bad.xml" in line]
    assert why in line
    assert "Webinaire" in run("inbox").out


def test_a_feed_that_is_the_name_of_a_file_is_not_opened(run, network):
    (network / "veille.xml").write_text(RSS, encoding="utf-8")
    (network / "bad.xml").write_bytes(str(network / "veille.xml").encode())
    feeds(network, "bad.xml")
    assert [run("inbox", word).code for word in ("fetch", "feeds")] == [1, 1]
    assert run("inbox").out == ""


class Handler(http.server.BaseHTTPRequestHandler):
    """A feed, one that never ends, one that grows, one that leads to a file, one that is not there."""

    def do_GET(self):
        if self.path in ("/file", "/missing"):
            self.send_response(302 if self.path == "/file" else 404)
            self.send_header("Location", "file:///etc/passwd")
            self.end_headers()
            return
        self.send_response(200)
        self.end_headers()
        try:
            if self.path == "/feed":
                self.wfile.write(RSS.encode())
            while self.path == "/slow":
                self.wfile.write(b" ")
                time.sleep(0.02)
            while self.path == "/large":
                self.wfile.write(b"<item>" * 50_000)
        except OSError:
            pass

    def log_message(self, *_):
        pass


@pytest.fixture
def address(monkeypatch):
    for name in ("http_proxy", "HTTP_PROXY", "all_proxy", "ALL_PROXY"):
        monkeypatch.delenv(name, raising=False)
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        server.daemon_threads = True
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_address[1]}"
        server.shutdown()


def test_an_address_is_read_within_limits(run, network, address, monkeypatch):
    monkeypatch.setattr("facilitator.meetings.inbox.FETCH_S", 0.5)
    feeds(
        network,
        *(f'"{address}/{name}"' for name in ("slow", "large", "file", "missing", "feed")),
        '"ftp://127.0.0.1/x"',
        '"file:///etc/passwd"',
    )
    said = run("inbox", "fetch")
    assert said.code == 1
    told = {line.split(" : ", 1)[0].rsplit("/", 1)[-1]: line for line in said.err.splitlines()}
    assert "demi-minute" in told["slow"] and "plus gros" in told["large"] and "3 nouvelles" in told["feed"]
    assert all("pas pu être joint" in told[name] for name in ("file", "missing", "x", "passwd"))
    assert len(run("inbox", "--json").json) == 3


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (("add",), 2), (("take", "1"), 2), (("take", "1", "--letter", "--agenda"), 2), (("drop", "x" ), 2), (("list", "x"), 2),
        (("add", "x", "--letter"), 2), (("add", "  "), 1), (("drop", "9"), 1), (("fetch",), 1), (("add", "x", "--link", "ftp:x"), 2),
    ],
)  # fmt: skip
def test_what_makes_no_sense_changes_nothing(filled, network, words, code):
    before = (network / "inbox.md").read_bytes()
    said = filled("inbox", *words)
    assert said.code == code and "imprévu" not in said.err
    assert (network / "inbox.md").read_bytes() == before


def test_conflict_markers_are_told_and_stand_in_nobodys_way(filled, network):
    path = network / "inbox.md"
    path.write_text(path.read_text(encoding="utf-8") + "<<<<<<< HEAD\n- a\n=======\n- b\n>>>>>>> x\n", encoding="utf-8")
    before = path.read_bytes()
    for words in (("inbox",), ("inbox", "add", "x"), ("inbox", "drop", "1")):
        said = filled(*words)
        assert said.code == 1 and "marques de conflit" in said.err
    assert filled("new", "--date", "2036-11-24").code == 0
    assert path.read_bytes() == before


def test_a_call_that_closes_before_the_meeting_is_said_as_it_is_taken(filled, network):
    assert filled("new", "--date", "2036-12-24").code == 0
    said = filled("inbox", "take", "1", "--agenda")
    assert said.code == 0 and "Se ferme le 4 décembre, avant cette rencontre (24 décembre)." in said.err
    assert filled("new", "--date", "2036-11-24").code == 0
    filled("inbox", "add", "AMI aînés", "--deadline", "2036-11-30")
    assert "avant cette rencontre" not in filled("inbox", "take", "1", "--agenda").err


def test_a_call_that_waits_for_the_next_agenda_and_closes_before_it_is_said_as_that_is_written(filled, network):
    assert filled("inbox", "take", "1", "--agenda").code == 0
    said = filled("new", "--date", "2036-12-24")
    assert (
        said.code == 0 and "AAP Tiers-lieux · Se ferme le 4 décembre, avant cette rencontre (24 décembre)." in said.err
    )
