"""What is said may be lost: the exit code tells what became of the act, so that no script does it twice."""

from __future__ import annotations

import io
import os
import subprocess
import sys
from contextlib import contextmanager
from pathlib import Path

import pytest

from facilitator.cli.main import main

FULL = Path("/dev/full")
pytestmark = pytest.mark.skipif(not FULL.exists(), reason="there is a device that is always full on Linux only")

# What acts, by commands alone; each is done once in a meeting that runs and holds Q1, Q2, A1.
ACTS = (
    ("add", "question", "Une troisième ?", "--json"),
    ("add", "need", "Un secret", "--individual"),
    ("answer", "Q1", "Oui."),
    ("send", "Q2", "newsletter"),
    ("done", "A1"),
    ("edit", "A1", "--owner", "Awa S."),
    ("move", "Q1", "2"),
    ("same", "Q1"),
    ("attend", "Awa S."),
    ("next",),
    ("back",),
    ("pause",),
    ("resume",),
    ("more", "5"),
    ("less", "1"),
    ("handover", "Nora T."),
    ("undo",),
    ("redo",),
    ("minutes",),
    ("send", "Q3", "next"),
    ("adjourn",),
    ("close",),
    ("newsletter",),
    ("reopen",),
    ("close",),
    ("done", "A1", "--open"),
)
READS = (
    ("status",),
    ("status", "--json"),
    ("entries",),
    ("followups",),
    ("minutes", "--stdout"),
    ("--help",),
    ("room",),
)


def full() -> io.TextIOWrapper:
    return FULL.open("w", encoding="utf-8")


def unread() -> io.TextIOWrapper:
    """A pipe whose reader is gone."""
    read, write = os.pipe()
    os.close(read)
    return open(write, "w", encoding="utf-8")  # noqa: PTH123


@contextmanager
def losing(monkeypatch, make, *names):
    """Whatever is written to these streams is lost, and so is what is left in them at the end."""
    with monkeypatch.context() as patched:
        streams = [make() for _ in names]
        for name, stream in zip(names, streams, strict=True):
            patched.setattr(sys, name, stream)
        yield
    for stream in streams:
        stream.close()  # nothing that was lost is left in it


@pytest.fixture
def held(meeting):
    for words in (("question", "Une ?"), ("question", "Deux ?"), ("action", "La charte")):
        assert meeting("add", *words).code == 0
    return meeting


def journal(network) -> int:
    return sum(path.read_bytes().count(b"\n") for path in network.rglob(".facilitator/**/*.jsonl"))


@pytest.mark.sampled(1)
@pytest.mark.parametrize(
    ("make", "names"), [(full, ("stderr",)), (full, ("stdout", "stderr")), (unread, ("stdout", "stderr"))]
)
def test_an_act_whose_words_are_lost_is_done_and_said_to_be_done(held, network, monkeypatch, make, names):
    for words in ACTS:
        before = journal(network)
        with losing(monkeypatch, make, *names):
            code = main(words)
        assert code == 0, words
        assert journal(network) > before or words[0] in ("minutes", "newsletter", "done"), words


@pytest.mark.parametrize("make", [full, unread], ids=["full", "unread"])
def test_an_act_that_was_not_done_is_never_said_to_be_done(held, network, monkeypatch, make):
    before = journal(network)
    for words, code in (
        (("add", "question", "  "), 1),
        (("answer", "Q9", "Oui."), 1),
        (("resume",), 1),
        (("close",), 1),
        (("add", "poem", "x"), 2),
        (("add", "question", "x", "--due", "jamais"), 2),
        (("dance",), 2),
    ):
        with losing(monkeypatch, make, "stdout", "stderr"):
            assert main(words) == code, words
    assert journal(network) == before


def test_a_report_that_is_lost_was_not_given(held, monkeypatch):
    for words in READS:
        with losing(monkeypatch, full, "stdout"):
            assert main(words) == 1, words
        with losing(monkeypatch, full, "stdout", "stderr"):
            assert main(words) == 1, words
        with losing(monkeypatch, unread, "stdout"):
            assert main(words) == 141, words


def test_a_written_agenda_is_written_though_its_name_is_lost(run, network, monkeypatch):
    with losing(monkeypatch, full, "stdout", "stderr"):
        assert main(["new", "--date", "2026-12-08"]) == 0
    assert list((network / "agendas").glob("2026-12-08*.yaml"))


@pytest.mark.sampled(1)
@pytest.mark.parametrize("closed", ["2>/dev/full", ">/dev/full 2>&1", ">&- 2>&- <&-", "| true"])
def test_as_a_process_the_act_is_done_once_and_exits_0(held, network, closed):
    line = f'set -o pipefail; "$0" -m facilitator add note "Une fois" --json {closed}'
    done = subprocess.run(
        ["bash", "-c", line, sys.executable], cwd=network, capture_output=True, timeout=60, check=False
    )
    assert done.returncode == 0, done.stderr
    assert b"Traceback" not in done.stderr and b"Exception ignored" not in done.stderr
    assert [one["text"] for one in held("entries", "note", "--json").json] == ["Une fois"]


def test_a_conversation_whose_words_are_lost_does_every_line(held, network, monkeypatch):
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(b"n Une\nnext\nn Deux\n"), encoding="utf-8"))
    with losing(monkeypatch, full, "stdout", "stderr"):
        assert main(["run", "--plain"]) == 0
    assert [one["text"] for one in held("entries", "note", "--json").json] == ["Une", "Deux"]
