"""Where secrets are looked for, and which are not used."""

from __future__ import annotations

import os

import pytest

from facilitator.i18n import translator
from facilitator.share.secret import Secret, Unsafe, read_secret
from facilitator.store import platform
from facilitator.store.preferences import config_folder

TEXT = "https://chat.example.org/hooks/sesame"


@pytest.fixture
def kept(tmp_path):
    (tmp_path / "ws").mkdir()
    file = config_folder({"HOME": str(tmp_path)}) / "webhook"
    file.parent.mkdir(parents=True)
    file.write_text(TEXT + "\n")
    file.chmod(0o600)
    return file


def read(tmp_path, **environ):
    return read_secret("webhook", "FACILITATOR_WEBHOOK", tmp_path / "ws", {"HOME": str(tmp_path), **environ})


def why(tmp_path, **environ):
    with pytest.raises(Unsafe) as caught:
        read(tmp_path, **environ)
    assert "sesame" not in caught.value.sentence(translator("fr")) and str(caught.value.place) in caught.value.sentence(
        translator("en")
    )
    return caught.value.why


def test_a_secret_is_in_the_environment_else_in_a_file_and_shows_itself_to_nobody(tmp_path, kept):
    assert read(tmp_path, FACILITATOR_WEBHOOK=" x ").reveal() == "x"
    assert read(tmp_path, FACILITATOR_WEBHOOK=" ").reveal() == TEXT
    assert "sesame" not in f"{read(tmp_path)!r} {read(tmp_path)}"
    assert read(tmp_path, XDG_CONFIG_HOME=str(tmp_path / "none")) is None
    assert read_secret("../webhook", "X", tmp_path, {"HOME": str(tmp_path)}) is None
    assert Secret("x").reveal() == "x"


@pytest.mark.parametrize("mode", [0o640, 0o604, 0o644, 0o660, 0o610, 0o601])
def test_a_file_that_others_may_open_is_refused(tmp_path, kept, mode):
    kept.chmod(mode)
    assert why(tmp_path) == "open"


def test_one_in_the_workspace_is_refused_however_it_is_reached(tmp_path, kept):
    inside = tmp_path / "ws" / ".secret"
    kept.rename(inside)
    kept.symlink_to(inside)
    assert why(tmp_path) == "inside"
    kept.unlink()
    (tmp_path / "ws" / "facilitator").mkdir()
    inside.rename(tmp_path / "ws" / "facilitator" / "webhook")
    assert why(tmp_path, XDG_CONFIG_HOME=str(tmp_path / "ws")) == "inside"
    (tmp_path / "link").symlink_to(tmp_path / "ws")
    assert why(tmp_path, XDG_CONFIG_HOME=str(tmp_path / "link")) == "inside"


def test_one_of_another_user_and_an_empty_one_are_refused(tmp_path, kept, monkeypatch):
    kept.write_text(" \n")
    assert why(tmp_path) == "empty"
    monkeypatch.setattr(type(platform.SYSTEM), "uid", lambda _: os.getuid() + 1)
    assert why(tmp_path) == "foreign"


def test_a_pipe_in_its_place_is_not_waited_for(tmp_path, kept):
    kept.unlink()
    os.mkfifo(kept, 0o600)
    with pytest.raises(OSError, match="regular"):
        read(tmp_path)
