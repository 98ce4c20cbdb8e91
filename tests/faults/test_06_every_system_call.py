"""Killed at every system call: an act is there or not, a document is the old or the new one, a close is finished once."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from facilitator.core.acts import Send
from facilitator.meetings import publishing as publish

from .harness import Table, capture, texts
from .sweep import points, victims

pytestmark = [pytest.mark.fault(6), pytest.mark.needs("strace")]


@pytest.mark.parametrize("kind", ["terminal", "command"])
def test_an_act_killed_at_any_system_call_is_there_or_not_and_the_next_one_is(table: Table, kind: str) -> None:
    """Each text at most once; the one that came to its end is there."""
    meeting = table.begin()
    root = str(table.root)
    kept = _keep(table)
    with victims(table.child_environ(), table.logs / "victims") as process:
        for point in points():
            _put_back(table, kept)
            point.kill(process, "act", root, meeting, "appel", kind)
            assert process.act("act", root, meeting, "ensuite", kind)
            said = texts(table.read(meeting)[0])
            assert said in ([["appel", "ensuite"]] if point.ended else [["ensuite"], ["appel", "ensuite"]]), str(point)


def test_a_first_act_killed_at_any_system_call_leaves_a_workspace_in_which_the_next_works(table: Table) -> None:
    """Folders, ignore file, journal: made in an order that never exposes what is private."""
    kept = _keep(table)
    with victims(table.child_environ(), table.logs / "victims") as process:
        for point in points():
            _put_back(table, kept)
            point.kill(process, "first", str(table.root), "un")
            _check_private(table)
            assert process.act("first", str(table.root), "deux"), str(point)
            found = [text for meeting in table.workspace.meetings() for text in texts(table.read(meeting)[0])]
            assert found.count("deux") == 1
            assert found.count("un") == 1 if point.ended else found.count("un") <= 1


def _check_private(table: Table) -> None:
    private = table.workspace.private
    for path in [private, *private.rglob("*")] if private.exists() else []:
        assert not path.stat().st_mode & 0o077, f"others may read {path.name}"
    if any(private.glob("[!.]*")):
        assert (private / ".gitignore").read_text(encoding="ascii").strip() == "*"


def test_a_document_killed_at_any_system_call_is_the_old_or_the_new_one(table: Table) -> None:
    """And what a killed process left behind is taken away by the next."""
    path = table.root / "minutes" / "2026-11-24.md"
    path.parent.mkdir()
    old, new = "ancien " * 2_000, "nouveau " * 3_000
    with victims(table.child_environ(), table.logs / "victims") as process:
        for point in points():
            path.write_text(old, encoding="utf-8")
            point.kill(process, "document", str(path), new)
            assert path.read_text(encoding="utf-8") in ([new] if point.ended else [old, new]), str(point)
            assert process.act("document", str(path), "suivant")
            assert [found.name for found in path.parent.iterdir()] == [path.name], str(point)


def test_a_close_killed_at_any_system_call_is_finished_by_the_next_command_and_never_twice(
    table: Table, rounds
) -> None:
    """Refused or done as a whole: then minutes, newsletter and private follow-ups are each there once."""
    session = table.open()
    for text in ("Qui paie la licence ?", "Où ranger les tablettes ?"):
        capture(session, text)
    capture(session, "Un suivi discret", "individual")
    for entry in session.meeting.undecided():
        session.act(Send(entry.id, "newsletter"))
    session.leave()
    meeting = session.meeting.id
    kept = _keep(table)
    with victims(table.child_environ(), table.logs / "victims") as process:
        assert process.act("close", str(table.root), meeting)
        expected = _documents(table)
        for point in points(rounds(7, 2, 1)):
            _put_back(table, kept)
            point.kill(process, "close", str(table.root), meeting)
            finished = publish.finish_interrupted(table.workspace)
            if table.read(meeting)[0].closed is None:
                assert not finished
                assert not list(table.root.glob("minutes/*"))
                assert process.act("close", str(table.root), meeting), str(point)
            assert _documents(table) == expected, str(point)
            assert publish.finish_interrupted(table.workspace) == [], str(point)


def test_a_draft_killed_at_any_system_call_is_never_taken_for_a_persons_hand(table: Table, rounds) -> None:
    """The next draft, with one more decision, goes to the same file and not beside it."""
    session = table.open(terminal=False)
    capture(session, "La première", "decision")
    session.leave()
    meeting, root = session.meeting.id, str(table.root)
    with victims(table.child_environ(), table.logs / "victims") as process:
        assert process.act("draft", root, meeting)
        again = table.join(meeting, terminal=False)
        capture(again, "La deuxième", "decision")
        again.leave()
        kept = _keep(table)
        for point in points(rounds(7, 2, 1)):
            _put_back(table, kept)
            point.kill(process, "draft", root, meeting)
            third = table.join(meeting, terminal=False)
            capture(third, "La troisième", "decision")
            third.leave()
            assert process.act("draft", root, meeting)
            (found,) = (table.root / "minutes").iterdir()
            assert "La troisième" in found.read_text(encoding="utf-8"), str(point)


def _keep(table: Table) -> Path:
    """A copy of the workspace as it is."""
    kept = table.folder / "kept"
    shutil.copytree(table.root, kept)
    return kept


def _put_back(table: Table, kept: Path) -> None:
    shutil.rmtree(table.root)
    shutil.copytree(kept, table.root)


def _documents(table: Table) -> dict[str, str]:
    """The documents, without the times of the close and the minutes that went by, which are not those of another close."""
    found = {}
    for path in [*table.root.glob("minutes/*"), *table.root.glob("newsletter/*"), table.workspace.private_file]:
        lines = path.read_text(encoding="utf-8").splitlines()
        kept = [
            line
            for line in lines
            if not line.startswith(("ended:", "times:", "**", "Mardi", "|")) and ", de " not in line
        ]
        found[str(path.relative_to(table.root))] = "\n".join(kept)
    return found
