"""Two people edit the same minutes and the same letter in two clones of one repository: git itself, two clones and a bare remote.

What each did to an entry against every other, each case in a file of its own, so that all are one merge.
"""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest
from documents.minutes import test_merge as minutes
from documents.newsletter import test_merge as letters

from facilitator.documents.minutes.merge import Merged, merge_people
from facilitator.documents.newsletter.merge import merge_letters
from facilitator.i18n import translator

ENGLISH = translator("en")


def git(folder: Path, *words: str, fails: bool = False) -> bytes:
    """Run git as an invented person, whatever this machine has set."""
    who = ["-c", "user.name=Claire", "-c", "user.email=claire@example.org", "-c", "commit.gpgsign=false"]
    done = subprocess.run(["git", *who, *words], cwd=folder, capture_output=True, check=False)  # git as people have it
    assert fails or done.returncode == 0, done.stderr.decode()
    return done.stdout


@pytest.fixture
def clones(tmp_path, monkeypatch):
    for name in ("GIT_CONFIG_GLOBAL", "GIT_CONFIG_SYSTEM"):
        monkeypatch.setenv(name, "/dev/null")
    for name in ("GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE"):
        monkeypatch.delenv(name, raising=False)
    git(tmp_path, "init", "-q", "--bare", "-b", "main", "remote.git")
    for name in ("karim", "nora"):
        git(tmp_path, "clone", "-q", "remote.git", name)
        git(tmp_path / name, "checkout", "-q", "-B", "main")
    return tmp_path / "karim", tmp_path / "nora"


def committed(clone: Path, texts: dict[str, str], message: str) -> None:
    for name, text in texts.items():
        path = clone / name
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(text.encode())
    git(clone, "add", "-A")
    git(clone, "commit", "-q", "--allow-empty", "-m", message)


def shown(clone: Path, commit: str, name: str) -> str:
    return git(clone, "show", f"{commit}:{name}").decode()


@pytest.mark.ci
@pytest.mark.parametrize(("end", "every"), [("\n", 1), ("\r\n", 7)])
def test_every_pair_of_acts_of_two_clones_is_joined_in_both_and_nothing_is_lost(clones, end, every):
    karim, nora = clones
    cases = {f"minutes/{place:03}.md": ("minutes", *case) for place, case in enumerate(minutes.CASES[::every])}
    cases |= {f"newsletter/{place:03}.md": ("letter", *case) for place, case in enumerate(letters.CASES[::every])}
    began = {name: minutes.PART if case[0] == "minutes" else letters.BASE for name, case in cases.items()}
    sides: list[dict[str, str]] = [{}, {}]
    for name, (sort, label, *acts) in cases.items():
        for side, act in enumerate(acts):
            does = (
                minutes.DOES[label](*minutes.SIDES[side])
                if sort == "minutes"
                else letters.DOES[label](letters.SIDES[side])
            )
            sides[side][name] = does[act](began[name])
    first, second = ({name: text.replace("\n", end) for name, text in side.items()} for side in sides)
    committed(karim, {name: text.replace("\n", end) for name, text in began.items()}, "Comptes rendus et lettres")
    git(karim, "push", "-q", "origin", "main")
    git(nora, "pull", "-q", "origin", "main")
    committed(karim, first, "Karim relit")
    git(karim, "push", "-q", "origin", "main")
    committed(nora, second, "Nora relit")
    assert b"main" not in git(nora, "push", "-q", "origin", "main", fails=True)
    git(nora, "fetch", "-q", "origin")
    base = git(nora, "merge-base", "HEAD", "origin/main").decode().strip()
    git(nora, "merge", "-q", "-s", "ours", "--no-commit", "origin/main")
    joined = {}
    for name, (sort, *_) in cases.items():
        texts = [shown(nora, commit, name) for commit in (base, "origin/main", "HEAD")]
        found = (
            merge_people(*texts, tr=ENGLISH, scale="epci") if sort == "minutes" else merge_letters(*texts, tr=ENGLISH)
        )
        assert isinstance(found, Merged), cases[name]
        joined[name] = found
    committed(nora, {name: found.text for name, found in joined.items()}, "Relectures jointes")
    git(nora, "push", "-q", "origin", "main")
    git(karim, "pull", "-q", "--ff-only", "origin", "main")
    for name, (sort, *case) in cases.items():
        text = (karim / name).read_bytes().decode()
        assert text == (nora / name).read_bytes().decode() == joined[name].text
        assert text.count("\n") == text.count(end)
        survives = minutes.survives if sort == "minutes" else letters.survives
        survives(*case, Merged(text.replace("\r\n", "\n"), joined[name].said))
    assert git(karim, "status", "--porcelain") == b""
