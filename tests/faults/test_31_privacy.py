"""Privacy as a fault: an individual need's text is nowhere outside the private folder, byte by byte."""

from __future__ import annotations

import json
import os
import signal
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from facilitator.core.acts import Send
from facilitator.core.public import public
from facilitator.core.vocabulary import Kind
from facilitator.documents.minutes.of_meeting import minutes_of
from facilitator.documents.minutes.writer import write_minutes
from facilitator.i18n import translator

from .harness import Table, capture
from .terminal import Terminal

pytestmark = pytest.mark.fault(31)

SECRET = "Zzyzx, endettée, cherche un logement"
FORMS = [form for text in (SECRET, SECRET.split(",", 1)[0]) for form in (text.encode(), json.dumps(text).encode())]


def _leaks(table: Table) -> list[Path]:
    private = table.workspace.private
    files = [path for path in table.folder.rglob("*") if path.is_file() and private not in path.parents]
    return [path for path in files if any(form in path.read_bytes() for form in FORMS)]


def _private_way(table: Table) -> None:
    table.run("start").ok()
    table.run("add", "need", "-", "--individual", "--by", "Zzyzx", stdin=SECRET).ok()
    table.run("add", "question", "-", stdin=SECRET).ok()
    table.run("send", "Q1", "individual").ok()


@pytest.mark.slow
def test_the_text_is_in_no_file_outside_the_private_folder_at_any_time(table: Table) -> None:
    """Draft, final minutes, newsletter, base for merges, archive, registry of live meetings: never there."""
    _private_way(table)
    said = b""
    for words in (("status", "--json"), ("minutes",), ("minutes", "--stdout"), ("newsletter", "--stdout")):
        done = table.run(*words).clean()
        said += done.stdout + done.stderr
        assert _leaks(table) == []
    done = table.run("close", "--summary", "Une bonne rencontre").ok()
    said += done.stdout + done.stderr
    for words in (("newsletter",), ("reopen",), ("close",), ("done", "S1"), ("minutes", "--stdout")):
        done = table.run(*words).clean()
        said += done.stdout + done.stderr
    assert _leaks(table) == []
    assert not any(form in said for form in FORMS)
    for name in ("archive.sqlite", "base"):
        for path in [table.workspace.private / name, *(table.workspace.private / name).rglob("*")]:
            assert not (path.is_file() and any(form in path.read_bytes() for form in FORMS)), name


OPENLY = "Comment solder la dette de Zzyzx ?"
REPLY = "Par un plan : voir Wwwyx."
OPEN_FORMS = [form for text in (OPENLY, "Zzyzx", "Wwwyx") for form in (text.encode(), json.dumps(text).encode())]


def _holding(table: Table) -> list[str]:
    """The files that hold a text that was said openly, but for the journal and what is kept in private."""
    private = table.workspace.private
    secret = (private / "private.jsonl", *private.rglob("meetings/*/*.jsonl"))
    files = [path for path in table.folder.rglob("*") if path.is_file() and path not in secret]
    return [path.name for path in files if any(form in path.read_bytes() for form in OPEN_FORMS)]


def _closed_openly(table: Table, *outcome: str) -> Path:
    """A meeting closed with a question that all its documents say; its minutes."""
    table.run("start").ok()
    table.run("add", "question", OPENLY).ok()
    table.run("add", "decision", "On se voit en janvier").ok()
    table.run(*outcome).ok()
    table.run("minutes").ok()
    table.run("close").ok()
    table.run("followups").ok()
    assert {"archive.sqlite", "2026-12.md"} & set(_holding(table))
    (path,) = table.root.glob("minutes/*.md")
    return path


def _again(table: Table) -> None:
    """Everything that writes documents, once more: nothing of the text comes back."""
    for words in (("newsletter",), ("followups",), ("minutes",), ("entries",), ("doctor", "--repair")):
        table.run(*words).clean()
        assert _holding(table) == [], words


@pytest.mark.sampled(1)
@pytest.mark.parametrize("outcome", [("send", "Q1", "newsletter"), ("answer", "Q1", REPLY)], ids=lambda words: words[0])
def test_a_question_taken_up_individually_after_the_close_is_in_no_document_any_more(
    table: Table, outcome: tuple[str, ...]
) -> None:
    """Minutes, newsletter, archive, copies in `base/`; and writing them again does not bring it back."""
    path = _closed_openly(table, *outcome)
    done = table.run("send", "Q1", "individual").ok()
    assert not any(form in done.stdout + done.stderr for form in OPEN_FORMS)
    assert _holding(table) == []
    _again(table)
    path.unlink()
    for letter in table.root.glob("newsletter/*.md"):
        letter.unlink()
    _again(table)
    assert "Q1" not in path.read_text(encoding="utf-8")
    kept = json.loads(table.run("followups", "--json").ok().stdout)
    assert [(one["text"], one["private"]) for one in kept] == [(OPENLY, True)]


def test_a_question_taken_up_individually_in_a_meeting_that_was_reopened_is_in_no_document(table: Table) -> None:
    """Closed, open again, closed again: the newsletter had its item from the first time."""
    _closed_openly(table, "send", "Q1", "newsletter")
    table.run("reopen").ok()
    table.run("send", "Q1", "individual").ok()
    table.run("close").ok()
    assert _holding(table) == []
    _again(table)


def test_a_draft_does_not_keep_what_is_taken_up_individually(table: Table) -> None:
    """Not even until it is written next."""
    table.run("start").ok()
    table.run("add", "question", OPENLY).ok()
    table.run("minutes").ok()
    assert _holding(table)
    table.run("send", "Q1", "individual").ok()
    assert _holding(table) == []
    table.run("minutes").ok()
    assert len(list(table.root.glob("minutes/*"))) == 1


@pytest.mark.slow
def test_a_draft_that_a_person_changed_does_not_keep_it_either(table: Table) -> None:
    """The text that stands in their file, and in the one beside it, is taken out; every other line stays."""
    table.run("start").ok()
    table.run("add", "question", OPENLY).ok()
    table.run("minutes").ok()
    (path,) = table.root.glob("minutes/*.md")
    path.write_text(path.read_text(encoding="utf-8") + "\nÀ moi.\n", encoding="utf-8")
    table.run("minutes").ok()
    table.run("send", "Q1", "individual").ok()
    table.run("close").ok()
    assert _holding(table) == []
    assert "\nÀ moi.\n" in path.read_text(encoding="utf-8")


@pytest.mark.slow
def test_an_item_of_the_newsletter_that_a_person_changed_is_said_and_left(table: Table) -> None:
    """Whoever changed it is told where it stands; the program takes nobody's sentence away."""
    _closed_openly(table, "send", "Q1", "newsletter")
    (letter,) = table.root.glob("newsletter/*.md")
    letter.write_text(
        letter.read_text(encoding="utf-8").replace("Comment solder", "Comment donc solder"), encoding="utf-8"
    )
    done = table.run("send", "Q1", "individual").ok()
    assert _holding(table) == [letter.name]
    line = next(n for n, text in enumerate(letter.read_text(encoding="utf-8").splitlines(), 1) if "Zzyzx" in text)
    assert f"{letter.parent.name}/{letter.name}" in done.said and str(line) in done.said
    assert not any(form in done.stdout + done.stderr for form in OPEN_FORMS)


def test_the_wall_and_the_lists_show_a_mask(table: Table) -> None:
    """`entries` and `followups` print a length, not a text, unless they are asked to."""
    _private_way(table)
    for words in (("entries",), ("status",), ("undo",), ("redo",)):
        done = table.run(*words).clean()
        assert not any(form in done.stdout + done.stderr for form in FORMS), words


@pytest.mark.parametrize("kind", ["individual", "question"])
def test_the_public_meeting_holds_no_private_text(table: Table, kind: Kind) -> None:
    """The type that documents and rooms accept, searched as bytes."""
    session = table.open()
    label = capture(session, SECRET, kind, by="Zzyzx")
    if kind == "question":
        session.act(Send(session.meeting.find(kind, int(label[1:])).id, "individual"))
    shown = public(session.meeting)
    assert SECRET not in repr(shown)
    told = minutes_of(shown, translator("fr"), draft=True, now=session.now().at, month="2026-12")
    assert SECRET not in repr(told)
    assert SECRET not in write_minutes(told)
    session.leave()


def test_private_files_are_the_users_alone_whatever_the_umask(table: Table) -> None:
    """0600 and 0700 in the workspace, in the state folder, in the fallback folders; ignored by git before the first byte."""
    old = os.umask(0)
    try:
        _private_way(table)
        session = table.join(table.workspace.meetings()[0])
        capture(session, "au terminal")
        session.leave()
    finally:
        os.umask(old)
    places = [table.workspace.private, *table.workspace.private.rglob("*")]
    places += [table.state / "facilitator", *(table.state / "facilitator").rglob("*")]
    for path in places:
        assert not stat.S_IMODE(path.lstat().st_mode) & 0o077, path.name
    assert (table.workspace.private / ".gitignore").read_text(encoding="ascii").split() == ["*"]


def test_by_standard_input_the_text_is_in_no_ones_arguments(table: Table) -> None:
    """While the command waits for its text, the list of processes says nothing."""
    table.run("start").ok()
    with subprocess.Popen(
        [sys.executable, "-m", "facilitator", "add", "need", "-", "--individual"],
        cwd=table.root,
        env=table.child_environ(),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    ) as process:
        arguments = Path(f"/proc/{process.pid}/cmdline")
        seen = arguments.read_bytes() if arguments.exists() else b""
        said, errors = process.communicate(SECRET.encode(), timeout=10)
    assert process.returncode == 0
    assert not any(form in seen + said + errors for form in FORMS)


@pytest.mark.needs("pty")
@pytest.mark.slow
def test_the_screen_the_room_view_and_a_second_terminal_never_get_its_bytes(table: Table) -> None:
    """Typed masked, shown as a length, absent from the room: in every byte that was sent to a terminal."""
    table.run("start").ok()
    environ = table.child_environ(TERM="xterm-256color")
    program = [sys.executable, "-m", "facilitator"]
    secret = SECRET.split(",", 1)[0]
    with (
        Terminal([*program, "room"], environ, table.root) as room,
        Terminal([*program, "run"], environ, table.root) as wall,
    ):
        wall.wait_for("q question", 30)
        wall.read(0.5)
        wall.type("x")
        wall.read(0.5)
        wall.type_as_people_do(f"{secret} endettée")
        wall.read(1)
        wall.type("\r")
        wall.wait_for("•••", 10)
        wall.type("\x1b")
        wall.read(0.5)
        for key in ("v", "v", "u", "m", "\x1b", "p", "\x1b"):
            wall.type(key)
            wall.read(0.6)
        room.read(1)
        for terminal in (wall, room):
            assert secret.encode() not in terminal.bytes
            assert secret not in terminal.shown()
            assert "endettée".encode() not in terminal.bytes
            terminal.signal(signal.SIGTERM)
            assert terminal.ended(3) is not None
    assert any(secret in text for text in _journals(table)), "it was never captured"


def _journals(table: Table) -> list[str]:
    return [path.read_text(encoding="utf-8") for path in table.workspace.private.rglob("*.jsonl")]
