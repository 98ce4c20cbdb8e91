"""What is half typed survives, and nobody else reads it."""

from __future__ import annotations

import errno
import os
import stat
import time
from pathlib import Path

import pytest

from facilitator.store.atomic import replace_own
from facilitator.store.draft import Draft, clear_draft, last_alive, load_drafts, save_draft, touch_alive


def test_a_half_typed_text_comes_back(folder: Path) -> None:
    save_draft(folder, "salon", Draft("individual", "Aide pour un dossi", by="Nora T.", cursor=18))
    (draft,) = load_drafts(folder)
    assert (draft.kind, draft.text, draft.by, draft.cursor, draft.writer) == (
        "individual",
        "Aide pour un dossi",
        "Nora T.",
        18,
        "salon",
    )
    assert abs(draft.at - time.time() * 1000) < 60_000
    assert stat.S_IMODE((folder / "salon.draft").stat().st_mode) == 0o600
    assert (folder.parent.parent / ".gitignore").read_text() == "*\n"


def test_the_latest_draft_comes_first_and_a_cleared_one_is_gone(folder: Path) -> None:
    save_draft(folder, "salon", Draft("question", "un", at=1))
    save_draft(folder, "wall", Draft("question", "deux", at=2))
    save_draft(folder, "salon", Draft("question", "trois", at=3))
    assert [draft.text for draft in load_drafts(folder)] == ["trois", "deux"]
    clear_draft(folder, "salon")
    clear_draft(folder, "salon")
    assert [draft.text for draft in load_drafts(folder)] == ["deux"]


def test_all_that_a_writer_left_comes_back_the_latest_first(folder: Path) -> None:
    save_draft(
        folder, "salon", Draft("question", "un", at=2), [Draft("answer", "deux", entry="q1"), Draft("note", "trois")]
    )
    save_draft(folder, "wall", Draft("question", "quatre", at=1))
    drafts = load_drafts(folder)
    assert [(draft.text, draft.writer, draft.at) for draft in drafts] == [
        ("un", "salon", 2),
        ("deux", "salon", 2),
        ("trois", "salon", 2),
        ("quatre", "wall", 1),
    ]
    assert drafts[1].entry == "q1"
    save_draft(folder, "salon", Draft("note", "trois"))
    assert "deux" not in {draft.text for draft in load_drafts(folder)}


def test_a_draft_that_cannot_be_read_is_left_where_it_is(folder: Path) -> None:
    save_draft(folder, "salon", Draft("question", "un"))
    (folder / "broken.draft").write_bytes(b"\xff{")
    (folder / "folder.draft").mkdir()
    (folder / "nested.draft").write_bytes(b'{"kind":"note","text":"","more":' + b"[" * 3_000)
    assert [draft.text for draft in load_drafts(folder)] == ["un"]
    assert (folder / "broken.draft").exists()


def test_a_draft_goes_to_the_fallback_when_its_folder_cannot_be_written(folder: Path, state: Path) -> None:
    folder.parent.parent.parent.mkdir(parents=True)
    folder.parent.parent.write_text("")
    save_draft(folder, "salon", Draft("question", "un"))
    assert [draft.text for draft in load_drafts(folder)] == ["un"]
    assert len(list(state.rglob("salon.draft"))) == 1
    assert touch_alive(folder, "salon", 5_000)
    assert last_alive(folder) == 5_000
    clear_draft(folder, "salon")
    assert load_drafts(folder) == []


def test_a_draft_that_cannot_be_removed_does_not_come_back(
    folder: Path, state: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    save_draft(folder, "salon", Draft("question", "entered", at=1 << 50))

    def read_only(path: Path, *_: object, **__: object) -> None:
        if path.is_relative_to(folder):
            raise OSError(errno.EROFS, os.strerror(errno.EROFS), str(path))
        os.unlink(path)  # noqa: PTH108  # Path.unlink is what is replaced

    def kept(path: Path, data: bytes) -> None:
        if path.is_relative_to(folder):
            raise OSError(errno.EROFS, os.strerror(errno.EROFS), str(path))
        replace_own(path, data)

    monkeypatch.setattr(Path, "unlink", read_only)
    monkeypatch.setattr("facilitator.store.draft.replace_own", kept)
    clear_draft(folder, "salon")
    assert (folder / "salon.draft").exists()
    assert [draft.text for draft in load_drafts(folder)] == [""]
    monkeypatch.undo()
    clear_draft(folder, "salon")
    assert load_drafts(folder) == []


def test_of_two_drafts_of_one_writer_the_later_counts(folder: Path, state: Path) -> None:
    folder.parent.parent.parent.mkdir(parents=True)
    folder.parent.parent.write_text("")
    save_draft(folder, "salon", Draft("question", "elsewhere", at=1))
    folder.parent.parent.unlink()
    save_draft(folder, "salon", Draft("question", "at home", at=2))
    assert len(list(state.rglob("*.draft"))) == 1
    assert [draft.text for draft in load_drafts(folder)] == ["at home"]


def test_a_draft_that_can_be_kept_nowhere_is_an_error(folder: Path, state: Path, tmp_path: Path) -> None:
    folder.parent.parent.parent.mkdir(parents=True)
    folder.parent.parent.write_text("")
    state.parent.write_text("")
    (tmp_path / f"facilitator-{os.getuid()}").write_text("")
    with pytest.raises(OSError, match=r"exists|directory"):
        save_draft(folder, "salon", Draft("question", "un"))
    assert not touch_alive(folder, "salon")
    assert load_drafts(folder) == []


def test_the_last_look_is_that_of_anybody(folder: Path) -> None:
    folder.mkdir(parents=True)
    assert last_alive(folder) is None
    assert touch_alive(folder, "salon", 1_795_000_000_123)
    assert touch_alive(folder, "wall", 1_795_000_000_001)
    assert last_alive(folder) == 1_795_000_000_123
    assert touch_alive(folder, "wall")
    assert abs((last_alive(folder) or 0) - time.time() * 1000) < 60_000


def test_a_writer_with_an_odd_name_stays_in_its_folder(folder: Path) -> None:
    save_draft(folder, "../../x y", Draft("question", "un"))
    assert [path.name for path in folder.glob("*.draft")] == ["-..-x-y.draft"]
