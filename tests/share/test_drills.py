"""Every state in which a repository may be, made for real, and what `share` says and does: `docs/drills/git.md` is this, word for word.

After a change that is meant: FACILITATOR_EXAMPLES=write .venv/bin/pytest -n 0 -m ci tests/share/test_drills.py, then read it.
"""

from __future__ import annotations

import os
import re
import shutil
import signal
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import HTTPServer
from pathlib import Path
from threading import Thread
from typing import NamedTuple

import pytest
from share.test_repository import MINUTES, NAME, OTHER, Closed, put

from facilitator.cli.main import main

KEPT = Path(__file__).parents[2] / "docs" / "drills" / "git.md"
HEAD = """\
# git, in every state it may be in

Each state was made for real with git, and each transcript is what `facilitator` said in it: a test makes them all again and compares.
The folders are `/home/claire` (two documents and a file of her own) and `/home/awa`, a clone of the same repository, `/srv/there.git`.
A line that begins with `#` says what was looked at afterwards.
"""
IDENTITY = (
    "[user]\nname = Claire\nemail = claire@example.org\n[init]\ndefaultBranch = main\n[advice]\ndetachedHead = false\n"
)


class Drill(NamedTuple):
    """A state: what it is called, how it is made, the commands, and whether all must be as it was."""

    title: str
    make: Callable[[Place], object]
    words: tuple[tuple[str, ...], ...] = (("share",),)
    untouched: bool = True
    where: str = "claire"


class Place:
    """The folders of one drill, and what is written of it."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.claire, self.awa, self.there = root / "claire", root / "awa", root / "there.git"
        self.lines: list[str] = []
        self.claire.mkdir(parents=True)
        self.git(self.claire, "init", "-q")
        put(self.claire, MINUTES)
        (self.claire / OTHER).write_text("one\n")
        self.git(self.claire, "add", "-A")
        self.git(self.claire, "commit", "-qm", "first")
        self.git(root, "clone", "-q", "--bare", "claire", "there.git")
        self.git(self.claire, "remote", "add", "origin", "../there.git")
        self.git(self.claire, "fetch", "-q")
        self.git(self.claire, "branch", "-q", "-u", "origin/main")
        self.git(root, "clone", "-q", "there.git", "awa")
        put(self.claire, MINUTES.replace("Prêter six tablettes", "Prêter huit tablettes"))

    def git(self, folder: Path, *words: str, fails: bool = False) -> str:
        done = subprocess.run(["git", *words], cwd=folder, capture_output=True, text=True, check=False)
        assert fails or done.returncode == 0, (words, done.stderr)
        return done.stdout

    def hook(self, folder: Path, name: str, text: str) -> None:
        path = folder / "hooks" / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(f"#!/bin/sh\n{text}\n")
        path.chmod(0o755)

    def sent_by_awa(self, before: str, after: str, name: str = NAME) -> None:
        path = self.awa / name
        path.write_text(path.read_text(encoding="utf-8").replace(before, after), encoding="utf-8")
        self.git(self.awa, "commit", "-qam", "awa")
        self.git(self.awa, "push", "-q")

    def state(self, folder: Path) -> dict[str, bytes]:
        """Every file, and what is staged; not what the program keeps for itself, nor what git leaves unused or refreshes when asked."""
        staged = {"staged": self.git(folder, "ls-files", "--stage", fails=True).encode()}
        return staged | {
            str(path.relative_to(self.root)): path.read_bytes()
            for top in (folder, self.there)
            for path in sorted(top.rglob("*"))
            if path.is_file()
            and path.name not in ("index", "FETCH_HEAD", "COMMIT_EDITMSG")
            and not {".facilitator", "objects"} & {*path.parts}
        }


def rebase(place: Place) -> None:
    place.git(place.claire, "commit", "-qam", "mine")
    place.sent_by_awa("Prêter six tablettes", "Prêter dix tablettes")
    place.git(place.claire, "pull", "-q", "--rebase", fails=True)
    assert (place.claire / ".git" / "rebase-merge").exists()


def merge(place: Place) -> None:
    place.git(place.claire, "commit", "-qam", "mine")
    place.sent_by_awa("Prêter six tablettes", "Prêter dix tablettes")
    place.git(place.claire, "pull", "-q", "--no-rebase", "--no-edit", fails=True)
    assert (place.claire / ".git" / "MERGE_HEAD").exists()


def lock(place: Place) -> None:
    """A commit that is killed while its hook runs."""
    place.hook(place.claire / ".git", "pre-commit", "sleep 30")
    killed = subprocess.Popen(
        ["git", "commit", "-qm", "x", "--only", OTHER, "--allow-empty"],
        cwd=place.claire,
        start_new_session=True,
        stdin=subprocess.DEVNULL,
    )
    for _ in range(500):
        if (place.claire / ".git" / "index.lock").exists():
            break
        time.sleep(0.01)
    os.killpg(killed.pid, signal.SIGKILL)
    killed.wait()
    (place.claire / ".git" / "hooks" / "pre-commit").unlink()


def foreign(place: Place) -> None:
    """That of the system's nobody, where this is made by root; elsewhere git is told to believe so."""
    if os.getuid() == 0:
        for path in [place.claire / ".git", *(place.claire / ".git").rglob("*")]:
            os.chown(path, 65534, 65534)
    else:
        os.environ["GIT_TEST_ASSUME_DIFFERENT_OWNER"] = "1"


def bare(place: Place) -> None:
    shutil.rmtree(place.claire)
    place.git(place.root, "clone", "-q", "--bare", "there.git", "claire")


def shallow(place: Place) -> None:
    shutil.rmtree(place.claire)
    place.git(place.root, "clone", "-q", "--depth", "1", f"file://{place.there}", "claire")
    put(place.claire, MINUTES.replace("Prêter six tablettes", "Prêter huit tablettes"))


def worktree(place: Place) -> None:
    place.git(place.claire, "checkout", "-q", "--", NAME)
    place.git(place.claire, "worktree", "add", "-q", "../worktree", "-b", "reunion")
    put(place.root / "worktree", MINUTES.replace("Prêter six tablettes", "Prêter huit tablettes"))


def submodule(place: Place) -> None:
    place.git(place.claire, "-c", "protocol.file.allow=always", "submodule", "add", "-q", str(place.there), "outils")
    place.git(place.claire, "commit", "-qm", "a submodule", "--", ".gitmodules", "outils")
    (place.claire / "outils" / OTHER).write_text("changed\n")


def neighbours(place: Place) -> None:
    put(place.claire, MINUTES.replace("Demander à la préfecture", "Demander au préfet"))
    place.sent_by_awa("Déposer les supports", "Publier les supports")


def unreachable(place: Place) -> None:
    place.there.rename(place.root / "away.git")


@contextmanager
def asking(place: Place) -> Iterator[None]:
    with HTTPServer(("127.0.0.1", 0), Closed) as server:
        Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
        place.git(place.claire, "remote", "set-url", "origin", f"http://127.0.0.1:{server.server_port}/there.git")
        yield
        server.shutdown()


PUSH = (("share", "--push", "--accept"),)
STATUS = ("share", "--status")
DRILLS = (
    Drill("Nothing out of the ordinary", lambda _: None, (STATUS, *PUSH, STATUS), untouched=False),
    Drill("Something of hers is staged", lambda p: ((p.claire / OTHER).write_text("two\n"), p.git(p.claire, "add", OTHER)), untouched=False),
    Drill("No repository", lambda p: shutil.rmtree(p.claire / ".git")),
    Drill("A rebase is under way", rebase),
    Drill("A merge is under way", merge),
    Drill("A cherry-pick is under way", lambda p: (p.sent_by_awa("one", "three", OTHER), p.git(p.claire, "commit", "-qam", "mine"), (p.claire / OTHER).write_text("two\n"), p.git(p.claire, "commit", "-qam", "other"), p.git(p.claire, "fetch", "-q"), p.git(p.claire, "cherry-pick", "origin/main", fails=True))),
    Drill("A bisect is under way", lambda p: p.git(p.claire, "bisect", "start")),
    Drill("No branch is checked out", lambda p: p.git(p.claire, "checkout", "-q", "--detach")),
    Drill("A commit was killed, and left its lock", lock),
    Drill("A hook says no", lambda p: p.hook(p.claire / ".git", "pre-commit", "echo 'error: tabs in minutes' >&2; exit 1")),
    Drill("A hook prints ten megabytes, and says no", lambda p: p.hook(p.claire / ".git", "pre-commit", "head -c 10000000 /dev/zero | tr '\\0' x >&2; echo >&2; echo 'error: too much to say' >&2; exit 1")),
    Drill("The branch elsewhere is protected", lambda p: p.hook(p.there, "pre-receive", "echo 'main is protected' >&2; exit 1"), PUSH, untouched=False),
    Drill("A shallow clone", shallow, PUSH, untouched=False),
    Drill("A bare repository", bare),
    Drill("A worktree", worktree, (STATUS, ("share",)), untouched=False, where="worktree"),
    Drill("A submodule, changed, in the repository", submodule, PUSH, untouched=False),
    Drill("Nobody is said to commit", lambda p: Path(os.environ["GIT_CONFIG_GLOBAL"]).write_text("[user]\nuseConfigOnly = true\n")),
    Drill("The repository is another user's", foreign),
    Drill("The repository elsewhere asks for a password", asking, PUSH, untouched=False),
    Drill("Nothing elsewhere can be reached, and then it can", unreachable, (*PUSH, STATUS, ("back",), *PUSH), untouched=False),
    Drill("Nothing elsewhere can be reached, and what was accepted goes with the next share", unreachable, (*PUSH, ("back",), ("share",), STATUS), untouched=False),
    Drill("The same, and it was changed meanwhile", unreachable, (*PUSH, ("changed",), ("back",), ("share",), STATUS), untouched=False),
    Drill("Nothing elsewhere can be reached, and it is given up", unreachable, (*PUSH, ("share", "--cancel"), ("back",), ("share",), STATUS), untouched=False),
    Drill("Nothing elsewhere is known", lambda p: p.git(p.claire, "remote", "remove", "origin"), PUSH, untouched=False),
    Drill("Others sent something, of the entry on the next line", neighbours, PUSH, untouched=False),
    Drill("Others sent something, of the same entry", lambda p: p.sent_by_awa("Prêter six tablettes", "Prêter dix tablettes"), PUSH, untouched=False),
    Drill("Both changed a file that is not the program's", lambda p: (p.sent_by_awa("one", "three", OTHER), (p.claire / OTHER).write_text("two\n"), p.git(p.claire, "commit", "-qm", "mine", "--only", OTHER)), PUSH, untouched=False),
)  # fmt: skip


def transcript(place: Place, drill: Drill, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> str:
    made = drill.make(place)
    folder = place.root / drill.where
    monkeypatch.chdir(folder)
    before = place.state(folder)
    said: list[str] = []

    def run() -> None:
        for words in drill.words:
            if words == ("back",):
                (place.root / "away.git").rename(place.there)
                said.append("# the network is back")
                continue
            if words == ("changed",):
                put(place.claire, MINUTES.replace("Prêter six tablettes", "Prêter dix tablettes"))
                place.git(place.claire, "commit", "-qam", "changed")
                said.append("# the minutes were changed meanwhile, and committed")
                continue
            code = main(["--lang", "en", "--workspace", ".", *words])
            out = capsys.readouterr()
            said.append(f"$ facilitator {' '.join(words)}")
            said.extend(f"{out.out}{out.err}".rstrip("\n").split("\n"))
            said.extend([f"(exit {code})"] if code else [])

    if hasattr(made, "__enter__"):
        with made:
            run()
    else:
        run()
    if drill.untouched:
        assert place.state(folder) == before, drill.title
        said.append("# nothing was touched")
    else:
        said.extend(_looked(place, folder))
    text = "\n".join(said)
    text = text.replace(str(place.root), "/home").replace("/home/there.git", "/srv/there.git")
    text = re.sub(r"127\.0\.0\.1:\d+", "forge.example.org", text)
    return f"## {drill.title}\n\n```\n{text}\n```\n"


def _looked(place: Place, folder: Path) -> Iterator[str]:
    """What stands in the repository now."""
    names = place.git(folder, "show", "--name-only", "--format=", "HEAD").split()
    yield f"# the last commit holds: {', '.join(names) or 'a merge'}"
    if staged := place.git(folder, "diff", "--cached", "--name-only").split():
        yield f"# still staged: {', '.join(staged)}"
    if place.git(folder, "remote").strip() and place.there.exists():
        place.git(folder, "fetch", "-q", str(place.there), "main")
        same = place.git(folder, "rev-parse", "HEAD") == place.git(folder, "rev-parse", "FETCH_HEAD")
        yield f"# the repository elsewhere {'has it' if same else 'does not have it'}"
    said = (folder / NAME).read_text(encoding="utf-8")
    assert "<<<<<<<" not in said
    for words in ("Prêter huit", "Prêter dix", "Demander au préfet", "Publier les supports"):
        if words in said:
            yield f"# the minutes hold: {words}"


@pytest.mark.ci
def test_each_state_of_a_repository_is_as_the_transcript_says(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", str(tmp_path / "gitconfig"))
    monkeypatch.setenv("GIT_CONFIG_NOSYSTEM", "1")
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    monkeypatch.setenv("GIT_TEST_ASSUME_DIFFERENT_OWNER", "")
    monkeypatch.delenv("GIT_TEST_ASSUME_DIFFERENT_OWNER")
    parts = [HEAD]
    for number, drill in enumerate(DRILLS):
        (tmp_path / "gitconfig").write_text(IDENTITY)
        monkeypatch.chdir(tmp_path)
        parts.append(transcript(Place(tmp_path / str(number)), drill, capsys, monkeypatch))
    text = "\n".join(parts)
    if os.environ.get("FACILITATOR_EXAMPLES") == "write":
        KEPT.write_text(text, encoding="utf-8")
    assert text == KEPT.read_text(encoding="utf-8")
    assert str(tmp_path) not in text
    assert max(map(len, text.splitlines())) < 600
