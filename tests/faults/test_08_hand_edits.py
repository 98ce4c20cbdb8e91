"""A person edits the minutes: not a byte of theirs is changed, and what could not be written goes beside it, said aloud."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from .harness import Table
from .terminal import Terminal

pytestmark = pytest.mark.fault(8)

MINE = "Ajouté à la main par Claire."


def _draft(table: Table) -> Path:
    table.run("start").ok()
    table.run("add", "decision", "On se voit en décembre").ok()
    table.run("add", "action", "Envoyer le lien", "--owner", "Awa S.").ok()
    table.run("minutes").ok()
    (path,) = table.root.glob("minutes/*.md")
    return path


def _other_line(path: Path) -> None:
    path.write_text(path.read_text(encoding="utf-8") + f"\n{MINE}\n", encoding="utf-8")


def _same_line(path: Path) -> None:
    text = path.read_text(encoding="utf-8").replace("Envoyer le lien", f"Envoyer le bon lien. {MINE}")
    path.write_text(text, encoding="utf-8")


def _no_anchors(path: Path) -> None:
    text = path.read_text(encoding="utf-8").replace('<a id="a1"></a>', "").replace('<a id="d1"></a>', "")
    path.write_text(f"{text}\n{MINE}\n", encoding="utf-8")


def _no_front_matter(path: Path) -> None:
    text = path.read_text(encoding="utf-8").split("\n---\n", 1)[1]
    path.write_text(f"{MINE}\n{text}", encoding="utf-8")


def _emptied(path: Path) -> None:
    path.write_text(f"{MINE}\n", encoding="utf-8")


def _windows(path: Path) -> None:
    path.write_bytes(
        b"\xef\xbb\xbf" + (path.read_text(encoding="utf-8") + f"\n{MINE}\n").replace("\n", "\r\n").encode()
    )


def _conflict(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    path.write_text(f"<<<<<<< HEAD\n{text}=======\n{MINE}\n>>>>>>> autre\n", encoding="utf-8")


@pytest.mark.parametrize(
    "edit",
    [_other_line, _same_line, _no_anchors, _no_front_matter, _emptied, _windows, _conflict],
    ids=lambda edit: edit.__name__.strip("_"),
)
@pytest.mark.slow
def test_what_a_person_wrote_in_a_draft_is_never_overwritten(table: Table, edit: Callable[[Path], None]) -> None:
    """Neither by the next draft nor by the close: their lines are there, or the whole file is and ours is beside it."""
    path = _draft(table)
    edit(path)
    before = path.read_bytes()
    table.run("add", "decision", "Et en janvier").ok()
    beside = _others(path)
    for words in (("minutes",), ("close",), ("minutes",), ("newsletter",)):
        done = table.run(*words).clean()
        kept = path.read_bytes()
        assert kept == before or MINE.encode() in kept
        now = _others(path)
        if kept == before:
            assert now, "the new text is nowhere"
        assert all(name in done.said for name in now if now[name] != beside.get(name)), "written beside, not said"
        beside = now
    assert any("Et en janvier" in other.read_text(encoding="utf-8") for other in path.parent.glob("*.md"))


def _others(path: Path) -> dict[str, int]:
    return {other.name: other.stat().st_mtime_ns for other in path.parent.iterdir() if other != path}


def test_minutes_that_were_deleted_are_written_again_at_the_close(table: Table) -> None:
    """A draft is no one's work: it can be thrown away."""
    path = _draft(table)
    path.unlink()
    table.run("close").ok()
    assert "Envoyer le lien" in path.read_text(encoding="utf-8")


def test_published_minutes_are_changed_item_by_item_and_the_rest_stays(table: Table) -> None:
    """`done` after a hand edit changes one box; every other byte is the person's."""
    path = _draft(table)
    table.run("close").ok()
    _other_line(path)
    before = path.read_text(encoding="utf-8")
    table.run("done", "A1").ok()
    after = path.read_text(encoding="utf-8")
    changed = [(old, new) for old, new in zip(before.splitlines(), after.splitlines(), strict=False) if old != new]
    assert len(changed) == 1
    assert "[x]" in changed[0][1]
    assert after.endswith(f"\n{MINE}\n")
    assert table.run("reopen").clean().code == 1
    assert path.read_text(encoding="utf-8") == after


def test_a_newsletter_that_a_person_edits_keeps_their_lines_when_it_is_fed_again(table: Table) -> None:
    """What they removed is not put back, what they wrote stays."""
    table.run("start").ok()
    for text in ("Qui paie ?", "Où ranger ?"):
        table.run("add", "question", text).ok()
    for number in ("Q1", "Q2"):
        table.run("send", number, "newsletter").ok()
    table.run("close").ok()
    (path,) = table.root.glob("newsletter/*.md")
    lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
    kept = [line for line in lines if "Qui paie" not in line]
    path.write_text("".join(kept) + f"\n{MINE}\n", encoding="utf-8")
    table.run("newsletter", path.stem).ok()
    after = path.read_text(encoding="utf-8")
    assert MINE in after
    assert "Qui paie" not in after
    assert after.count("Où ranger") == 1


@pytest.mark.needs("pty", "vi")
@pytest.mark.slow
def test_minutes_open_in_an_editor_keep_what_is_saved_there(table: Table) -> None:
    """An editor that renames over the file while drafts are written."""
    path = _draft(table)
    with Terminal(["vi", str(path)], table.child_environ(TERM="xterm"), table.root) as editor:
        editor.wait_for("format: 2")
        table.run("add", "decision", "Et en janvier").ok()
        table.run("minutes").ok()
        editor.type(f"Go{MINE}\x1b")
        editor.wait_for(MINE[-15:])
        editor.type(":wq!\r")
        while editor.ended(1) is None:  # it asks whether it may, since the file is another one now
            editor.type("y\r")
    assert MINE in path.read_text(encoding="utf-8")
    table.run("close").clean()
    assert MINE in path.read_text(encoding="utf-8")
