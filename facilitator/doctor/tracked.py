"""What git keeps of the private folder: nothing of it should be in a repository."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Iterator, Mapping

from facilitator.core.text import normalise, one_line
from facilitator.doctor.finding import Finding, problem_of
from facilitator.store.door import PRIVATE_NAME
from facilitator.store.workspace import Workspace

_WAIT_S = 10.0


def examine_git(workspace: Workspace, environ: Mapping[str, str]) -> Iterator[Finding]:
    """The files of the private folder that git tracks. Git is asked only where there is a repository."""
    if not any(os.path.lexists(folder / ".git") for folder in (workspace.root, *workspace.root.parents)):
        return
    git = shutil.which("git", path=environ.get("PATH"))
    if git is None or not os.path.isabs(git):  # noqa: PTH117  # what is in the current folder is not asked
        return
    try:
        asked = _ask(git, workspace, environ)
    except subprocess.TimeoutExpired:
        yield _silent("timeout")
        return
    except OSError as error:
        yield _silent(problem_of(error))
        return
    if asked.returncode:
        said = asked.stderr.decode(errors="replace").strip().splitlines()
        yield _silent(one_line(normalise(said[0]).text) if said else str(asked.returncode))
        return
    for name in asked.stdout.split(b"\0"):
        if name:
            yield Finding("tracked", workspace.root / os.fsdecode(name))


def _ask(git: str, workspace: Workspace, environ: Mapping[str, str]) -> subprocess.CompletedProcess[bytes]:
    """`git ls-files`, with nothing of a repository's settings that starts a program."""
    inherited = {name: value for name, value in environ.items() if not name.startswith("GIT_")}
    words = [git, "--no-pager", "--literal-pathspecs", "--no-optional-locks"]
    words += ["-c", "core.fsmonitor=false", "-c", f"core.hooksPath={os.devnull}"]
    return subprocess.run(  # noqa: S603  # a fixed list of words
        [*words, "ls-files", "-z", "--", PRIVATE_NAME],
        cwd=workspace.root,
        env={**inherited, "GIT_TERMINAL_PROMPT": "0", "GIT_NO_LAZY_FETCH": "1", "LC_ALL": "C"},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        timeout=_WAIT_S,
        check=False,
    )


def _silent(problem: str) -> Finding:
    return Finding("git-silent", values={"problem": problem}, attention=False)
