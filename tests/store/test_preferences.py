"""What a person prefers on this machine is kept for them alone, and in no workspace."""

from __future__ import annotations

import stat
from pathlib import Path

import pytest

from facilitator.store.preferences import chosen_theme, config_folder, keep_theme, read_theme, theme_file


def test_a_theme_that_was_chosen_is_known_again_and_readable_by_nobody_else(tmp_path: Path) -> None:
    environ = {"XDG_CONFIG_HOME": str(tmp_path / "config")}
    assert chosen_theme(environ) is None
    keep_theme("day", environ)
    keep_theme("night", environ)
    assert chosen_theme(environ) == "night"
    assert stat.S_IMODE((tmp_path / "config/facilitator/theme").stat().st_mode) == 0o600


def test_without_a_folder_for_it_or_with_a_relative_one_it_is_below_the_home(tmp_path: Path) -> None:
    for given in ({}, {"XDG_CONFIG_HOME": "config"}):
        assert config_folder({"HOME": str(tmp_path), **given}) == tmp_path / ".config/facilitator"


def test_ones_own_colours_are_read_as_they_stand(tmp_path: Path) -> None:
    environ = {"XDG_CONFIG_HOME": str(tmp_path)}
    assert read_theme(environ) is None
    theme_file(environ).parent.mkdir()
    theme_file(environ).write_bytes(b"begins: day\n")
    assert read_theme(environ) == b"begins: day\n"


def test_a_file_in_the_place_of_the_folder_is_no_preference_and_a_link_into_nowhere_is_told(tmp_path: Path) -> None:
    (tmp_path / "facilitator").write_text("")
    environ = {"XDG_CONFIG_HOME": str(tmp_path)}
    assert chosen_theme(environ) is None and read_theme(environ) is None
    with pytest.raises(NotADirectoryError):
        keep_theme("day", environ)
