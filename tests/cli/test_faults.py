"""What goes wrong outside, or in the program itself, is one line and an exit code."""

from __future__ import annotations

import os
import signal
import stat
import subprocess
import sys
import time
from pathlib import Path

import pytest

from facilitator.store.journal import Journal, NotSaved


def test_a_failure_nobody_foresaw_is_a_line_and_a_report(meeting, monkeypatch, tmp_path):
    def broken(*_args, **_kwargs):
        raise ZeroDivisionError("oops")

    monkeypatch.setattr("facilitator.meetings.session.Session.act", broken)
    said = meeting("add", "note", "x")
    assert (said.code, said.out) == (1, "")
    assert said.err.count("\n") == 1 and "ZeroDivisionError" in said.err and "Traceback" not in said.err
    (report,) = (tmp_path / "state" / "facilitator").glob("crash-*.txt")
    assert "oops" in report.read_text()
    assert stat.S_IMODE(report.stat().st_mode) == 0o600


def test_what_could_not_be_saved_is_never_called_done(meeting, monkeypatch):
    def full(self, act, *, stood):
        raise NotSaved("No space left on device", Path("/x.jsonl"))

    monkeypatch.setattr(Journal, "append", full)
    said = meeting("add", "note", "x")
    assert said.code == 1 and said.err.startswith("PAS ENREGISTRÉ")


def test_a_workspace_that_is_a_file_is_one_line(run, network):
    said = run("start", "agenda.yaml", "--workspace", str(network / "agenda.yaml"))
    assert said.code in (0, 1) and said.err.count("\n") <= 2 and "Traceback" not in said.err


def test_a_link_out_of_the_workspace_is_not_followed(meeting, network, tmp_path):
    (tmp_path / "elsewhere").mkdir()
    (network / "minutes").symlink_to(tmp_path / "elsewhere")
    said = meeting("close", "--at", "10:50")
    assert said.code == 1 and said.err.count("\n") == 1
    assert list((tmp_path / "elsewhere").iterdir()) == []


def start(network: Path, *words: str, **options: object) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        [sys.executable, "-m", "facilitator", *words],
        cwd=network,
        stderr=subprocess.PIPE,
        stdout=subprocess.PIPE,
        **options,
    )  # type: ignore[call-overload]


@pytest.mark.ci
def test_a_reader_that_went_away_is_no_error(meeting, network):
    for number in range(5):
        meeting("add", "note", f"{number} " + "x" * 9_000)
    with start(network, "entries", "--json") as running:
        assert running.stdout is not None and running.stderr is not None
        running.stdout.close()
        assert running.wait(timeout=30) == 141
        assert running.stderr.read() == b""


def test_an_interruption_says_nothing(meeting, network):
    running = start(network, "add", "note", "-", stdin=subprocess.PIPE)
    deadline = time.monotonic() + 20
    while time.monotonic() < deadline and not _reads(running.pid):
        time.sleep(0.05)
    running.send_signal(signal.SIGINT)
    assert running.wait(timeout=30) == 130
    assert running.communicate()[1] == b""
    assert meeting("entries", "note", "--json").json == []


def _reads(pid: int) -> bool:
    """Whether the process waits for its standard input."""
    try:
        return Path(f"/proc/{pid}/syscall").read_text().startswith("0 0x0 ")
    except OSError:
        return False


@pytest.mark.sampled(1)
@pytest.mark.parametrize("encoding", ["latin-1", "ascii"])
def test_a_locale_that_cannot_write_the_words_works(meeting, network, encoding):
    env = os.environ | {"PYTHONIOENCODING": f"{encoding}:strict", "LANGUAGE": "fr"}
    done = subprocess.run(
        [sys.executable, "-m", "facilitator", "add", "note", "→ ça marche 🎉"],
        cwd=network,
        env=env,
        capture_output=True,
        check=False,
        timeout=60,
    )
    assert done.returncode == 0 and b"Traceback" not in done.stderr


def test_nothing_a_terminal_would_obey_is_written_from_a_document(closed, network):
    path = network / "minutes" / "2026-11-24-reseau.md"
    path.write_text(path.read_text().replace("Prêter", "Prêter\x1b[31m\x07"))
    assert "\x1b" not in closed("followups").err
