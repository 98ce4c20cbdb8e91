"""Whose files are: what root makes is the folder's owner's, and nothing is written where its owner could not read it."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from facilitator.store import platform
from facilitator.store.atomic import replace_document, replace_own
from facilitator.store.door import open_own
from facilitator.store.folders import Foreign, make_folder, refuse_foreign
from facilitator.store.journal import Journal

pytestmark = pytest.mark.skipif(not hasattr(os, "geteuid"), reason="there are no owners to give files to")

ROOT = hasattr(os, "geteuid") and os.geteuid() == 0
SOMEBODY = 54_321 if ROOT else os.geteuid()


@pytest.fixture
def theirs(tmp_path: Path) -> Path:
    """A private folder of somebody's; without root's rights that is oneself."""
    folder = tmp_path / ".facilitator"
    folder.mkdir(mode=0o700)
    if ROOT:
        os.chown(folder, SOMEBODY, SOMEBODY)
    return folder


def test_whatever_is_made_in_a_folder_is_its_owners(theirs: Path, new_act) -> None:
    make_folder(theirs / "a" / "b")
    os.close(open_own(theirs / "a" / "file", os.O_WRONLY | os.O_CREAT))
    replace_document(theirs.parent, theirs.parent / "minutes" / "whole.md", b"x")
    replace_own(theirs / "private", b"x")
    with Journal(theirs / "meetings" / "2026-11-24-roannais", writer="salon") as journal:
        journal.append(new_act(1))
    assert {path.lstat().st_uid for path in theirs.rglob("*")} == {SOMEBODY}
    assert len(list(theirs.rglob("*"))) == 8
    assert (theirs.parent / "minutes" / "whole.md").stat().st_uid == SOMEBODY


def test_who_is_not_root_gives_nothing_away(theirs: Path, monkeypatch) -> None:
    monkeypatch.setattr(os, "geteuid", lambda: 54_322)
    make_folder(theirs / "a" / "b")
    replace_own(theirs / "a" / "whole", b"x")
    assert {path.stat().st_uid for path in theirs.rglob("*")} == {os.getuid()}


def test_what_cannot_be_given_stays_and_is_no_failure(theirs: Path, monkeypatch) -> None:
    def refused(*_: object) -> None:
        raise PermissionError(1, "Operation not permitted")

    monkeypatch.setattr(os, "fchown", refused)
    replace_own(theirs / "whole", b"x")
    assert (theirs / "whole").stat().st_uid == os.geteuid()
    if ROOT:
        with pytest.raises(Foreign) as foreign:
            refuse_foreign(theirs)
        assert (foreign.value.owner, foreign.value.filename) == ("user-54321", str(theirs))
    else:
        refuse_foreign(theirs)
    assert [path.name for path in theirs.iterdir()] == ["whole"]


def test_what_nothing_can_be_made_in_is_somebody_elses(theirs: Path, monkeypatch) -> None:
    monkeypatch.setattr(platform.SYSTEM, "uid", lambda: 54_322)
    monkeypatch.setattr("facilitator.store.folders.open_own", lambda *_: open("/dev/null/no"))  # noqa: PTH123, SIM115
    with pytest.raises(Foreign):
        refuse_foreign(theirs)


def test_what_is_ones_own_or_can_be_given_or_is_not_there_is_no_hindrance(theirs: Path, tmp_path: Path) -> None:
    for folder in (theirs, tmp_path, tmp_path / "nothing"):
        refuse_foreign(folder)
    assert list(theirs.iterdir()) == []


def test_a_file_with_a_second_name_is_not_given_away(theirs: Path, tmp_path: Path) -> None:
    secret = tmp_path / "secret"
    secret.write_text("x")
    os.link(secret, theirs / "name")
    os.close(open_own(theirs / "name", os.O_WRONLY | os.O_CREAT))
    assert secret.stat().st_uid == os.geteuid()


def test_a_system_without_owners_has_nothing_to_hand_over(theirs: Path) -> None:
    windows = platform.Windows(msvcrt=object())
    with (theirs / "file").open("w") as file:
        windows.hand_over(file.fileno(), theirs)
    assert (theirs / "file").stat().st_uid == os.geteuid()
