"""A share that is killed at any moment: the repository and the documents are whole, and the next try finishes it."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from contextlib import suppress
from pathlib import Path
from random import Random

import pytest
from share.test_repository import MINUTES, NAME, alone, clones, git, put, sharing, text, trouble  # noqa: F401  # fixtures

from facilitator.share.git import GitFailed

SHARE = """
import sys
from pathlib import Path
from facilitator.i18n import translator
from facilitator.share.repository import Sharing
from facilitator.store.workspace import Workspace
print("begun", flush=True)
Sharing(Workspace(Path(sys.argv[1])), translator("fr")).send()
"""
ROUNDS = 6


def children(parent: int) -> list[int]:
    """The processes that a process started, and those that they did; of systems that say so."""
    found = []
    for task in Path(f"/proc/{parent}/task").glob("*/children"):
        for child in map(int, task.read_text().split()):
            found += [child, *children(child)]
    return found


def kill(process: subprocess.Popen[bytes], *, git_too: bool) -> None:
    below = children(process.pid)
    process.kill()
    process.wait()
    for child in below if git_too else ():
        with suppress(ProcessLookupError):
            os.kill(child, signal.SIGKILL)
    end = time.monotonic() + 10
    while any(Path(f"/proc/{child}").exists() and not is_dead(child) for child in below) and time.monotonic() < end:
        time.sleep(0.005)


def is_dead(process: int) -> bool:
    try:
        return Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0] in "ZX"
    except OSError:
        return True


@pytest.mark.ci
def test_a_share_that_is_killed_at_any_moment_is_finished_by_the_next_try(clones) -> None:  # noqa: F811
    claire, awa = clones
    random, stopped = Random(7), 0
    environ = {**os.environ, "PYTHONPATH": str(Path(__file__).parents[2])}
    for place in range(ROUNDS):
        put(awa, text(awa).replace("Prêter ", f"Prêter {place} ", 1))
        put(claire, text(claire).replace("Prêter ", f"Prêter ({place}) ", 1))
        sharing(awa).send()
        process = subprocess.Popen([sys.executable, "-c", SHARE, str(claire)], stdout=subprocess.PIPE, env=environ)
        assert process.stdout is not None and process.stdout.readline() == b"begun\n"
        time.sleep(random.random() * 0.35)
        stopped += process.poll() is None
        kill(process, git_too=bool(place % 2))
        process.stdout.close()
        for _ in range(3):
            try:
                sharing(claire).send()
            except GitFailed as failed:  # a git that was killed leaves its lock, which is a person's to take away
                assert failed.trouble == "locked", failed
                for lock in (claire / ".git").rglob("*.lock"):
                    lock.unlink()
            else:
                break
        git(claire, "fsck", "--strict")
        assert "<<<<" not in text(claire) and not git(claire, "status", "--porcelain", "--", NAME)
        assert git(claire, "rev-parse", "HEAD") == git(claire, "ls-remote", "origin", "main").split()[0] + "\n"
        git(awa, "pull", "-q", "--ff-only")
        assert f" {place} " in text(awa) and f"({place})" in text(awa)
    assert stopped > ROUNDS // 3


@pytest.mark.ci
def test_a_merge_of_the_persons_own_is_not_taken_back_for_one_of_ours_that_was_killed(clones) -> None:  # noqa: F811
    claire, awa = clones
    put(claire, MINUTES.replace("Prêter six", "Prêter huit"))
    put(awa, MINUTES.replace("Prêter six", "Prêter dix"))
    sharing(claire).send()
    ours = sharing(awa)
    ours.workspace.ensure_private()
    ours.commit()
    ours.repository.fetch()
    ours.repository.mark.write_text(git(awa, "rev-parse", "@{upstream}"))  # killed before the merge began
    assert ours.repository.standing().behind == 1
    git(awa, "merge", "-q", "@{upstream}", fails=True)
    assert trouble(ours.repository.standing) == "under-way" and "<<<<" in text(awa)


@pytest.mark.ci
def test_a_merge_that_goes_on_is_not_taken_back_by_another_look(clones, monkeypatch) -> None:  # noqa: F811
    claire, awa = clones
    put(claire, MINUTES.replace("Prêter six", "Prêter huit"))
    put(awa, MINUTES.replace("Prêter six", "Prêter dix"))
    sharing(claire).send()
    seen: list[str] = []
    ours, join = sharing(awa), type(sharing(awa))._join

    def joins(self, *sides):
        seen.append(trouble(sharing(awa).repository.standing))
        return join(self, *sides)

    monkeypatch.setattr(type(ours), "_join", joins)
    assert ours.send().joined == (NAME,) and seen == ["locked"]


@pytest.mark.ci
def test_what_a_git_that_was_killed_wrote_into_documents_is_put_back_and_never_committed(clones) -> None:  # noqa: F811
    claire, awa = clones
    put(claire, MINUTES.replace("Prêter six", "Prêter huit"))
    put(awa, MINUTES.replace("Prêter six", "Prêter dix"))
    sharing(claire).send()
    ours = sharing(awa)
    ours.commit()
    ours.repository.fetch()
    git(awa, "merge", "-q", "@{upstream}", fails=True)
    torn = text(awa)
    git(awa, "merge", "--abort")
    put(awa, torn)
    assert "<<<<" in torn and trouble(ours.repository.standing) == "conflicts"  # a person's own failed merge
    ours.workspace.ensure_private()
    ours.repository.mark.write_text(git(awa, "rev-parse", "@{upstream}"))  # killed before git noted its merge
    assert sharing(awa).send().joined == (NAME,)
    assert "<<<<" not in text(awa) and "dix" in text(awa) and "huit" in text(awa)
