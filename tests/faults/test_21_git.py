"""Git, as far as it is used: only `doctor` asks it, for a list of files, so no state of a repository can stop a meeting.

The next to commit or push extends these: here the repository is only what the workspace happens to be.
"""

from __future__ import annotations

import os
import subprocess
import time
from pathlib import Path

import pytest

from .harness import Table, logged, texts, wait_for_an_act
from .machine import strace

SECRET = "Un suivi que personne ne doit lire"


def git(table: Table, *words: str) -> str:
    """Run git in the workspace, as an invented person."""
    return subprocess.run(
        ["git", "-c", "user.name=Claire", "-c", "user.email=claire@example.org", *words],
        cwd=table.root,
        env=table.child_environ(GIT_CONFIG_NOSYSTEM="1"),
        check=True,
        capture_output=True,
    ).stdout.decode(errors="replace")


def _repository(table: Table) -> Path:
    git(table, "init", "-q", "-b", "main")
    (table.root / "notes.md").write_text("une\n", encoding="utf-8")
    git(table, "add", "notes.md")
    git(table, "commit", "-q", "-m", "Début")
    return table.root / ".git"


def _meeting(table: Table) -> None:
    table.run("start").ok()
    table.run("add", "decision", "On se revoit").ok()
    table.run("add", "need", "-", "--individual", stdin=SECRET).ok()
    table.run("close").ok()


def _state(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


@pytest.mark.fault(21)
@pytest.mark.needs("git")
@pytest.mark.slow
@pytest.mark.parametrize("state", ["index.lock", "MERGE_HEAD", "rebase-merge", "detached", "hook", "broken"])
def test_a_repository_in_the_middle_of_something_is_left_as_it_is(table: Table, state: str) -> None:
    """A lock, a merge, a rebase, no branch, a hook that hangs, no repository at all: the meeting is held and published."""
    folder = _repository(table)
    {
        "index.lock": lambda: (folder / "index.lock").touch(),
        "MERGE_HEAD": lambda: (folder / "MERGE_HEAD").write_text("0" * 40, encoding="ascii"),
        "rebase-merge": lambda: (folder / "rebase-merge").mkdir(),
        "detached": lambda: git(table, "checkout", "-q", "--detach"),
        "hook": lambda: (folder / "hooks" / "pre-commit").write_text("#!/bin/sh\nsleep 600\n", encoding="ascii"),
        "broken": lambda: (folder / "HEAD").write_bytes(b"\0"),
    }[state]()
    before = _state(folder)
    _meeting(table)
    assert _state(folder) == before


@pytest.mark.fault(21)
@pytest.mark.slow
def test_a_hostile_repository_runs_nothing(table: Table) -> None:
    """Its configuration names programs, its hooks are ready, a `git` comes first in the path: none is started."""
    witness = table.folder / "ran"
    tool = table.folder / "tools" / "git"
    tool.parent.mkdir()
    tool.write_text(f'#!/bin/sh\ntouch "{witness}"\n', encoding="utf-8")
    tool.chmod(0o755)
    config = table.root / ".git" / "config"
    config.parent.mkdir()
    lines = "".join(f"\t{key} = {tool}\n" for key in ("fsmonitor", "pager", "editor", "sshCommand", "hooksPath"))
    config.write_text(f"[core]\n{lines}[diff]\n\texternal = {tool}\n", encoding="utf-8")
    path = f"{tool.parent}:{os.environ['PATH']}"
    for words in (("start",), ("add", "decision", "x"), ("status",), ("minutes",), ("close",), ("followups",)):
        table.run(*words, PATH=path, PAGER=str(tool), EDITOR=str(tool)).ok()
    assert not witness.exists()


@pytest.mark.fault(22)
@pytest.mark.needs("git")
def test_what_a_person_has_staged_and_not_staged_is_as_it_was(table: Table) -> None:
    """The index and the working files of others are not touched."""
    folder = _repository(table)
    (table.root / "notes.md").write_text("une\ndeux\n", encoding="utf-8")
    git(table, "add", "notes.md")
    (table.root / "notes.md").write_text("une\ndeux\ntrois\n", encoding="utf-8")
    before = (git(table, "diff", "--cached"), git(table, "diff"), _state(folder))
    _meeting(table)
    assert _state(folder) == before[2]
    assert (git(table, "diff", "--cached"), git(table, "diff")) == before[:2]


@pytest.mark.fault(24)
@pytest.mark.needs("git")
def test_a_remote_that_does_not_answer_keeps_nobody_waiting(table: Table) -> None:
    """It is never asked: a whole meeting takes seconds, with a remote that is down."""
    _repository(table)
    git(table, "remote", "add", "origin", "https://127.0.0.1:9/absent.git")
    began = time.monotonic()
    _meeting(table)
    assert time.monotonic() - began < 10


@pytest.mark.fault(25)
@pytest.mark.slow
@pytest.mark.needs("git")
def test_what_is_private_is_in_no_commit_whatever_is_added(table: Table, rounds) -> None:
    """`git add -A` while a meeting lives and after it: the text is in no object, the journal goes on under commits."""
    _repository(table)
    meeting = table.begin()
    writer = table.writer(meeting, "sous-git")
    wait_for_an_act([writer])
    for place in range(rounds(1, 5, 20)):
        table.run("add", "need", "-", "--individual", stdin=f"{SECRET} {place}").ok()
        git(table, "add", "-A")
        with subprocess.Popen(
            [
                "git",
                "-c",
                "maintenance.auto=false",
                "-c",
                "user.name=C",
                "-c",
                "user.email=c@example.org",
                "commit",
                "-q",
                "--allow-empty",
                "-m",
                "x",
            ],
            cwd=table.root,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        ) as commit:
            time.sleep(0.002 * place)
            commit.kill()
        for lock in (table.root / ".git").rglob("*.lock"):
            lock.unlink(missing_ok=True)  # git tidies up in the background
    writer.kill()
    assert set(logged(writer.log, "ack")) <= set(texts(table.read(meeting)[0]))
    table.run("minutes").ok()
    git(table, "add", "-A")
    git(table, "commit", "-q", "--allow-empty", "-m", "fin")
    objects = git(table, "cat-file", "--batch-all-objects", "--batch")
    assert SECRET not in objects
    assert ".facilitator" not in git(table, "ls-files")


@pytest.mark.fault(21)
@pytest.mark.needs("strace")
def test_no_command_starts_another_program(table: Table) -> None:
    """Seen by the kernel: one execve, our own; so nothing private is in anybody's arguments."""
    table.run("start").ok()
    for words in (("add", "need", "-", "--individual"), ("status",), ("minutes",), ("close",), ("followups",)):
        log = table.folder / "execs"
        table.run(*words, stdin=SECRET, before=strace("trace=execve,execveat", log=log)).ok()
        calls = [line for line in log.read_text(encoding="utf-8").splitlines() if "exec" in line and " = 0" in line]
        assert len(calls) == 1, calls
        assert SECRET not in log.read_text(encoding="utf-8")
