"""What each person heard last."""

from __future__ import annotations

import stat
from pathlib import Path

from facilitator.store import heard
from facilitator.store.heard import load_heard, save_heard

CLAIRE, KARIM = "claire@roanne", "karim@riorges"


def test_each_person_finds_what_they_heard_and_nobody_elses(folder: Path) -> None:
    assert load_heard(folder, CLAIRE) == {}
    assert save_heard(folder, CLAIRE, {"e1": "Q2"})
    assert save_heard(folder, KARIM, {"e2": "B3"})
    assert (load_heard(folder, CLAIRE), load_heard(folder, KARIM)) == ({"e1": "Q2"}, {"e2": "B3"})
    assert {stat.S_IMODE(path.stat().st_mode) for path in folder.glob("*.heard")} == {0o600}


def test_what_cannot_be_kept_at_home_is_kept_elsewhere(folder: Path) -> None:
    folder.parent.mkdir(parents=True)
    folder.write_text("")
    assert save_heard(folder, CLAIRE, {"e1": "Q2"})
    assert load_heard(folder, CLAIRE) == {"e1": "Q2"}


def test_what_can_be_kept_nowhere_is_not_kept(folder: Path, monkeypatch) -> None:
    def full(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(heard, "replace_own", full)
    assert not save_heard(folder, CLAIRE, {"e1": "Q2"})
    assert load_heard(folder, CLAIRE) == {}


def test_what_is_no_such_file_says_nothing(folder: Path) -> None:
    folder.mkdir(parents=True)
    (folder / "claire-roanne.heard").symlink_to("/etc/hostname")
    assert load_heard(folder, CLAIRE) == {}
