"""Copied by a terminal: nothing that it would obey, and nothing longer than it takes."""

from __future__ import annotations

import base64
import os
import pty

import pytest

from facilitator.share.clipboard import MOST_BYTES, copy_by, to_copy


def test_a_terminal_gets_the_words_and_nothing_else_that_it_obeys():
    master, slave = pty.openpty()
    with os.fdopen(slave, "w") as terminal:
        assert copy_by(terminal, "été\x1b]52;c;eA==\x07\x9b31m \u202e?\nsuite\x07")
        said = os.read(master, 4096)
    os.close(master)
    assert said.startswith(b"\x1b]52;c;") and said.endswith(b"\x07")
    held = base64.b64decode(said[7:-1]).decode()
    assert held == "été ?\nsuite"


def test_what_is_no_terminal_gets_nothing(tmp_path):
    with (tmp_path / "out").open("w") as file:
        assert not copy_by(file, "x")
    assert (tmp_path / "out").read_text() == ""


def test_what_is_too_long_is_not_cut():
    assert to_copy("é" * (MOST_BYTES // 2))
    with pytest.raises(ValueError, match=str(MOST_BYTES + 2)):
        to_copy("é" * (MOST_BYTES // 2 + 1))
