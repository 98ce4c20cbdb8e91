"""Control bytes from outside never reach the terminal."""

from __future__ import annotations

import re

import msgspec
import pytest

from facilitator.core.acts import Capture
from facilitator.core.said import Fields
from facilitator.store.framing import frame

from .harness import Table

pytestmark = pytest.mark.fault(12)

# Clipboard, title, link, reset, a colour, C1 forms, a bell, bidirectional and lone surrogates are what terminals obey.
HOSTILE = [
    "\x1b]52;c;cm0gLXJmIH4=\x07",
    "\x1b]0;titre volé\x07",
    "\x1b]8;;https://example.org\x1b\\lien\x1b]8;;\x1b\\",
    "\x1bc",
    "\x1b[2J\x1b[31m",
    "\x9b31m\x9d0;titre\x9c",
    "\x90q\x9c",
    "\x07\x08\x0e\x7f",
    "\u202e\u2066\u200f",
    "\x1b",
]
OBEYED = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\u200e\u200f\u061c]")
AGENDA = """title: "Titre \\e]52;c;eA==\\a\\x9b31m"
steps:
  - kind: needs
    title: "Étape \\e[2J\\u202E"
    duration: 20m
"""


def _check(done) -> None:
    said = done.said
    found = OBEYED.search(said)
    assert found is None, repr(said[max(0, found.start() - 40) : found.end() + 20])
    done.clean()


@pytest.mark.parametrize("hostile", HOSTILE, ids=range(len(HOSTILE)))
@pytest.mark.slow
def test_what_is_captured_reaches_no_terminal_as_more_than_text(table: Table, hostile: str) -> None:
    """By argument and by standard input, shown by every command that shows it, written in every document."""
    table.run("start").ok()
    by = hostile.encode("utf-8", "replace").decode().replace("\0", "")
    for kind in ("question", "news"):
        _check(table.run("add", kind, "-", "--by", f"Awa{by}", stdin=f"avant{hostile}après"))
        _check(table.run("add", kind, "--", f"mot{hostile}mot"))
    for words in (("entries",), ("entries", "--json"), ("status",), ("minutes", "--stdout"), ("undo",), ("redo",)):
        _check(table.run(*words))
    _check(table.run("attend", f"Nora{hostile}"))
    _check(table.run("send", "Q1", "newsletter"))
    _check(table.run("send", "Q2", "drop"))
    _check(table.run("close", "--summary", f"fin{hostile}").ok())
    for path in [*table.root.glob("minutes/*"), *table.root.glob("newsletter/*")]:
        assert not OBEYED.search(path.read_text(encoding="utf-8").replace("\n", " "))


def test_an_agenda_that_holds_control_bytes_is_shown_without(table: Table) -> None:
    """Whether it is refused or cleaned, nothing of it reaches the terminal."""
    path = table.root / "hostile.yaml"
    path.write_text(AGENDA, encoding="utf-8")
    _check(table.run("check", str(path)))
    _check(table.run("start", str(path)))
    _check(table.run("status"))
    path.write_bytes(AGENDA.encode().replace(b"\\e", b"\x1b").replace(b"\\a", b"\x07"))
    _check(table.run("check", str(path)))
    (table.root / "facilitator.yaml").write_bytes(b'name: "\x1b]0;x\x07"\nmembers: ["\\e[31mAwa"]\n')
    _check(table.run("start"))
    _check(table.run("status"))


def test_a_journal_that_was_synchronised_in_is_shown_without(table: Table) -> None:
    """Acts are signed with a checksum, not with trust: their text is cleaned when it is shown."""
    session = table.open()
    done = session.act(Capture("question", Fields(text="innocente", by="Awa S.")))
    session.leave()
    act = msgspec.structs.replace(done.act, id="forged", n=done.act.n + 1, actor="mallory\x1b]0;x\x07@laptop")
    body = msgspec.json.encode(act).replace(b"innocente", b"hos\\u001b]52;c;eA==\\u0007\\u009b31m\\u202etile")
    body = body.replace(b"Awa S.", b"Awa\\u001bc").replace(done.entry.id.encode(), b"forged-entry")
    (session.folder / "autre.jsonl").write_bytes(frame(body))
    for words in (("entries",), ("status",), ("minutes", "--stdout"), ("followups",), ("entries", "--json")):
        _check(table.run(*words))


def test_names_of_files_with_control_bytes_are_shown_without(table: Table) -> None:
    """An agenda of a hostile name, a foreign file among the journals, hostile minutes."""
    hostile = "a\x1b]0;x\x07\x9b31m.yaml"
    (table.root / hostile).write_text("title: [\n", encoding="utf-8")
    _check(table.run("check", hostile))
    _check(table.run("start", hostile))
    _check(table.run("check", "absent\x1b[2J.yaml"))
    _check(table.run("--workspace", "nulle\x1bcpart", "status"))
    _check(table.run("answer", "Q1\x1b[2J", "x"))
    _check(table.run("ad\x1b[2Jd", "x"))


def test_minutes_with_control_bytes_are_read_back_without(table: Table) -> None:
    """A hand-edited document is as foreign as the rest."""
    table.run("start").ok()
    table.run("add", "action", "Envoyer le lien").ok()
    table.run("close").ok()
    (path,) = table.root.glob("minutes/*.md")
    text = path.read_text(encoding="utf-8").replace(
        "Envoyer le lien", "Envoyer \x1b]52;c;eA==\x07\x9b31m le \u202elien"
    )
    path.write_text(text, encoding="utf-8")
    _check(table.run("followups"))
    _check(table.run("minutes", "--stdout"))
    _check(table.run("followups", "--json"))
