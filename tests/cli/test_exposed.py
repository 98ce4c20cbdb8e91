"""Private follow-ups that git tracks, or that others may read: said by the next command that writes there."""

from __future__ import annotations

import stat
import subprocess

import pytest

CLOSED = "2026-11-24-reseau"
WRITES = [
    ("done", "S1"),
    ("edit", "S1", "--text", "Autre chose"),
    ("answer", "Q3", "Oui."),
    ("send", "Q4", "individual"),
    ("send", "Q3", "newsletter", "--public"),
]


def private(network):
    return network / ".facilitator" / "private.jsonl"


@pytest.mark.parametrize("words", WRITES, ids=[" ".join(words[:2]) for words in WRITES])
def test_a_mode_that_lets_others_read_is_said_once_and_put_right(closed, network, words) -> None:
    private(network).chmod(0o644)
    said = closed(*words)
    assert said.code == 0
    assert ".facilitator/private.jsonl pouvait être lu par d’autres (mode 0644)" in said.err
    assert stat.S_IMODE(private(network).stat().st_mode) == 0o600
    assert "0644" not in closed("done", "S1", "--open").err


@pytest.mark.parametrize("words", WRITES[:2], ids=[" ".join(words[:2]) for words in WRITES[:2]])
def test_what_git_tracks_is_said_by_whatever_writes_there(closed, network, words) -> None:
    subprocess.run(["git", "init", "-q"], cwd=network, check=True)
    assert "git" not in closed(*words).err
    subprocess.run(["git", "add", "-f", ".facilitator/private.jsonl"], cwd=network, check=True)
    assert ".facilitator/private.jsonl est suivi par git" in closed("send", "Q4", "individual").err
    assert "suivi par git" not in closed("followups").err


def test_a_close_says_it_too(meeting, network) -> None:
    private(network).write_text("")
    private(network).chmod(0o664)
    subprocess.run(["git", "init", "-q"], cwd=network, check=True)
    subprocess.run(["git", "add", "-f", ".facilitator"], cwd=network, check=True)
    said = meeting("close", "--at", "10:50")
    assert "(mode 0664)" in said.err
    assert ".facilitator/private.jsonl est suivi par git" in said.err


def test_a_mode_that_cannot_be_changed_is_said_as_it_is(closed, network, monkeypatch) -> None:
    private(network).chmod(0o640)

    def refused(*_: object) -> None:
        raise PermissionError(1, "refused")

    monkeypatch.setattr("pathlib.Path.chmod", refused)
    assert "peut être lu par d’autres (mode 0640)" in closed("done", "S1").err


def test_a_capture_reads_no_index(meeting, network, monkeypatch) -> None:
    def read(*_: object) -> None:
        pytest.fail("the index was read")

    monkeypatch.setattr("facilitator.meetings.exposure.tracked_in", read)
    assert meeting("add", "need", "-", "--individual", "--at", "09:40", stdin=b"x").code == 0
