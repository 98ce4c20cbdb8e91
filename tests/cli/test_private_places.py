"""What is private, planted in each place that keeps it, is in nothing that is shared, derived, counted, found or sent."""

from __future__ import annotations

import json

import pytest

from facilitator.cli.commands import PARTS

# A word of each private place that is nowhere else.
PLANTED = {
    "an individual need": "zibelune",
    "who has it": "Quorvex",
    "what was said of it since": "prantile",
    "a question taken up individually": "mousquard",
    "its answer": "dravonche",
    "a question taken up after the close": "flintarou",
    "the notebook": "carambouse",
    "a contact": "07 81 92 03 14",
}
# What is asked of a closed meeting, without an option that shows what is private.
ASKED = (
    ("status",), ("entries",), ("minutes", "--stdout"), ("newsletter", "--stdout"), ("newsletter",), ("diff",), ("followups",),
    ("followups", "--group", "owner"), ("rhythm", "--json"), ("rotation",), ("needs",), ("needs", "--json"), ("figures",),
    ("figures", "--csv"), ("figures", "--json"), ("figures", "--summary"), ("brief",), ("digest",), ("digest", "--stdout"),
    ("inbox",), ("who", "droits", "--answered"), ("chat", "--all"), ("mail",), ("mail", "2026-12"), ("html",), ("html", "2026-12"),
    ("ics",), ("csv",), ("doctor",), ("new", "--date", "2026-12-15"), ("rehearse", "agenda.yaml"), ("check", "agenda.yaml"),
    ("print",), ("print", "--sheet"), ("invite",), ("invite", "--chat"), ("wiki",), ("wiki", "2026-12"), ("evaluation",),
    ("search", "contrat"), ("telephones",), ("telephones", "--json"), *(("search", word) for word in PLANTED.values()),
)  # fmt: skip
# What acts, takes a file in, or shows what is private because that is what it is for.
OTHERS = {
    "home", "run", "room", "start", "next", "back", "pause", "resume", "more", "less", "replan", "round", "gap", "handover", "attend",
    "add", "answer", "send", "done", "edit", "kind", "remove", "move", "same", "undo", "redo", "adjourn", "close", "reopen",
    "discard", "receive", "survey", "notebook", "forget", "share",
}  # fmt: skip


@pytest.fixture
def planted(closed, network):
    """A closed meeting with something private in every place, told from the standard input as it should be."""
    (network / "facilitator.yaml").write_text("name: Réseau roannais\nmembers: [Awa S., Nora T.]\n", encoding="utf-8")
    said = PLANTED

    def does(*words: str, stdin: str = "") -> None:
        done = closed(*words, stdin=stdin.encode())
        assert done.code == 0, done.err

    day = "2026-12-08"
    does("start", "agenda.yaml", "--at", f"{day} 09:30")
    does("attend", "Nora T.", "--at", f"{day} 09:30")
    does("round", "start", "--at", f"{day} 09:31")
    does("round", "pass", "--at", f"{day} 09:32")
    need = f"Une dette, {said['an individual need']}"
    does("add", "need", "-", "--individual", "--by", said["who has it"], "--at", f"{day} 09:33", stdin=need)
    does("add", "question", f"Mon {said['a question taken up individually']} ?", "--at", f"{day} 09:34")
    does("send", "Q1", "individual", "--at", f"{day} 09:35")
    does(
        "add",
        "question",
        f"Et le {said['a question taken up after the close']} ?",
        "--theme",
        "droits",
        "--at",
        f"{day} 09:36",
    )
    does("send", "Q2", "newsletter", "--at", f"{day} 09:36")
    does("add", "decision", "Une salle commune.", "--at", f"{day} 09:37")
    does("minutes")
    does("close", "--at", f"{day} 10:50")
    does("answer", "Q1", f"Par le {said['its answer']}.")
    does("edit", "S1", "--theme", said["what was said of it since"])
    does("send", "Q2", "individual")
    does("notebook", "Nora T.", "--add", "-", stdin=f"Revoir la {said['the notebook']}")
    does("notebook", "Nora T.", "--contact", "-", stdin=said["a contact"])
    kept = (network / ".facilitator/private.jsonl").read_text(encoding="utf-8")
    assert all(word in kept for word in said.values())  # else it would be looked for in vain
    return closed


def traces(text: str) -> list[str]:
    """The places of which a word is in a text, as it is or as JSON writes it."""
    return [place for place, word in PLANTED.items() if word in text or json.dumps(word)[1:-1] in text]


def test_every_command_is_asked_here_or_known_to_show_nothing_by_itself():
    assert {words[0] for words in ASKED} | OTHERS == {name for part in PARTS.values() for name in part}


@pytest.mark.ci  # its quick siblings: test_notebook.py, tests/faults/test_31_privacy.py
def test_what_is_private_is_in_nothing_that_commands_say_or_write(planted, network):
    for words in ASKED:
        said = planted(*words)
        # What was looked for may be said again.
        shown = (said.out + said.err).replace(words[-1], "") if words[0] == "search" else said.out + said.err
        assert traces(shown) == [], words
    kept = {network / ".facilitator/private.jsonl", *network.glob(".facilitator/meetings/*/*.jsonl")}
    files = [path for path in network.parent.rglob("*") if path.is_file() and path not in kept]
    assert len(files) > 15 and network / ".facilitator/archive.sqlite" in files
    assert {path.name: found for path in files if (found := traces(path.read_bytes().decode(errors="replace")))} == {}


@pytest.mark.ci  # its quick sibling: test_notebook.py
def test_of_who_is_forgotten_nothing_private_is_left_in_any_file_of_ours(planted, network):
    """Also in what was kept half typed, in reports of errors, and in the journals of the meetings."""
    assert planted("forget", "Nora T.").code == planted("forget", PLANTED["who has it"]).code == 0
    ours = [path for path in network.parent.rglob("*") if path.is_file() and path.name != "facilitator.yaml"]
    found = {place for path in ours for place in traces(path.read_bytes().decode(errors="replace"))}
    assert not found & {"an individual need", "who has it", "what was said of it since", "the notebook", "a contact"}
