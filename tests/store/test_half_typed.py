"""What is half typed survives, and nobody else reads it."""

from __future__ import annotations

import errno
import os
import stat
import time
from pathlib import Path

import pytest

from facilitator.store.atomic import replace_own
from facilitator.store.half_typed import KeptText, clear_texts, last_alive, load_texts, save_texts, touch_alive


def test_a_half_typed_text_comes_back(folder: Path) -> None:
    save_texts(folder, "salon", KeptText("individual", "Aide pour un dossi"))
    (kept,) = load_texts(folder)
    assert (kept.kind, kept.text, kept.writer) == ("individual", "Aide pour un dossi", "salon")
    assert abs(kept.at - time.time() * 1000) < 60_000
    assert stat.S_IMODE((folder / "salon.typed").stat().st_mode) == 0o600
    assert (folder.parent.parent / ".gitignore").read_text() == "*\n"


def test_the_latest_text_comes_first_and_a_cleared_one_is_gone(folder: Path) -> None:
    save_texts(folder, "salon", KeptText("question", "un", at=1))
    save_texts(folder, "wall", KeptText("question", "deux", at=2))
    save_texts(folder, "salon", KeptText("question", "trois", at=3))
    assert [kept.text for kept in load_texts(folder)] == ["trois", "deux"]
    clear_texts(folder, "salon")
    clear_texts(folder, "salon")
    assert [kept.text for kept in load_texts(folder)] == ["deux"]


def test_all_that_a_writer_left_comes_back_the_latest_first(folder: Path) -> None:
    save_texts(
        folder,
        "salon",
        KeptText("question", "un", at=2),
        [KeptText("answer", "deux", entry="q1"), KeptText("note", "trois")],
    )
    save_texts(folder, "wall", KeptText("question", "quatre", at=1))
    texts = load_texts(folder)
    assert [(kept.text, kept.writer, kept.at) for kept in texts] == [
        ("un", "salon", 2),
        ("deux", "salon", 2),
        ("trois", "salon", 2),
        ("quatre", "wall", 1),
    ]
    assert texts[1].entry == "q1"
    save_texts(folder, "salon", KeptText("note", "trois"))
    assert "deux" not in {kept.text for kept in load_texts(folder)}


def test_a_text_that_cannot_be_read_is_left_where_it_is(folder: Path) -> None:
    save_texts(folder, "salon", KeptText("question", "un"))
    (folder / "broken.typed").write_bytes(b"\xff{")
    (folder / "folder.typed").mkdir()
    (folder / "nested.typed").write_bytes(b'{"kind":"note","text":"","more":' + b"[" * 3_000)
    assert [kept.text for kept in load_texts(folder)] == ["un"]
    assert (folder / "broken.typed").exists()


def test_a_text_goes_to_the_fallback_when_its_folder_cannot_be_written(folder: Path, state: Path) -> None:
    folder.parent.parent.parent.mkdir(parents=True)
    folder.parent.parent.write_text("")
    save_texts(folder, "salon", KeptText("question", "un"))
    assert [kept.text for kept in load_texts(folder)] == ["un"]
    assert len(list(state.rglob("salon.typed"))) == 1
    assert touch_alive(folder, "salon", 5_000)
    assert last_alive(folder) == 5_000
    clear_texts(folder, "salon")
    assert load_texts(folder) == []


def test_a_text_that_cannot_be_removed_does_not_come_back(
    folder: Path, state: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    save_texts(folder, "salon", KeptText("question", "entered", at=1 << 50))

    def read_only(path: Path, *_: object, **__: object) -> None:
        if path.is_relative_to(folder):
            raise OSError(errno.EROFS, os.strerror(errno.EROFS), str(path))
        os.unlink(path)  # noqa: PTH108  # Path.unlink is what is replaced

    def kept(path: Path, data: bytes) -> None:
        if path.is_relative_to(folder):
            raise OSError(errno.EROFS, os.strerror(errno.EROFS), str(path))
        replace_own(path, data)

    monkeypatch.setattr(Path, "unlink", read_only)
    monkeypatch.setattr("facilitator.store.half_typed.replace_own", kept)
    clear_texts(folder, "salon")
    assert (folder / "salon.typed").exists()
    assert [kept.text for kept in load_texts(folder)] == [""]
    monkeypatch.undo()
    clear_texts(folder, "salon")
    assert load_texts(folder) == []


def test_of_two_texts_of_one_writer_the_later_counts(folder: Path, state: Path) -> None:
    folder.parent.parent.parent.mkdir(parents=True)
    folder.parent.parent.write_text("")
    save_texts(folder, "salon", KeptText("question", "elsewhere", at=1))
    folder.parent.parent.unlink()
    save_texts(folder, "salon", KeptText("question", "at home", at=2))
    assert len(list(state.rglob("*.typed"))) == 1
    assert [kept.text for kept in load_texts(folder)] == ["at home"]


def test_a_text_that_can_be_kept_nowhere_is_an_error(folder: Path, state: Path, tmp_path: Path) -> None:
    folder.parent.parent.parent.mkdir(parents=True)
    folder.parent.parent.write_text("")
    state.parent.write_text("")
    (tmp_path / f"facilitator-{os.getuid()}").write_text("")
    with pytest.raises(OSError, match=r"exists|directory"):
        save_texts(folder, "salon", KeptText("question", "un"))
    assert not touch_alive(folder, "salon")
    assert load_texts(folder) == []


def test_the_last_look_is_that_of_anybody(folder: Path) -> None:
    folder.mkdir(parents=True)
    assert last_alive(folder) is None
    assert touch_alive(folder, "salon", 1_795_000_000_123)
    assert touch_alive(folder, "wall", 1_795_000_000_001)
    assert last_alive(folder) == 1_795_000_000_123
    assert touch_alive(folder, "wall")
    assert abs((last_alive(folder) or 0) - time.time() * 1000) < 60_000


def test_a_writer_with_an_odd_name_stays_in_its_folder(folder: Path) -> None:
    save_texts(folder, "../../x y", KeptText("question", "un"))
    assert [path.name for path in folder.glob("*.typed")] == ["-..-x-y.typed"]
