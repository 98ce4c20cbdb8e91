"""Whose meeting it is: what root writes belongs to who leads it, and who could not be read is told so.

With root's rights other users are played for real; without, what is said of somebody else's folder is tried on the
system's own.
"""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from facilitator.cli.main import main
from facilitator.store import platform
from facilitator.store.folders import Foreign, refuse_foreign

pytestmark = pytest.mark.skipif(not hasattr(os, "geteuid"), reason="there are no owners to give files to")

ROOT = hasattr(os, "geteuid") and os.geteuid() == 0
CLAIRE, BOB = (54_321, 54_322) if ROOT else (os.geteuid(), None)
HELD = (
    ("add", "question", "Qui paie ?"),
    ("add", "need", "Un rendez-vous", "--individual"),
    ("send", "Q1", "newsletter"),
    ("minutes",),
    ("adjourn",),
    ("close",),
    ("new", "--date", "2026-12-08"),
)
# What loads all that is needed, once: another user may not read where the program is.
LOAD = [("start", "agenda.yaml"), *HELD, ("status",), ("entries",), ("followups",), ("reopen",), ("run", "--plain")]


@contextmanager
def being(user: int | None) -> Iterator[None]:
    """With the rights of this user alone; without root's, one is always oneself."""
    if not ROOT or user is None:
        yield
        return
    groups = os.getgroups()
    os.setgroups([])
    os.setegid(user)
    os.seteuid(user)
    try:
        yield
    finally:
        os.seteuid(0)
        os.setegid(0)
        os.setgroups(groups)


@pytest.fixture
def home(network: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """Claire's folder, where everybody may go, with the agenda in it."""
    folder = Path(tempfile.mkdtemp(prefix="owners-"))
    folder.chmod(0o755)
    work = folder / "network"
    work.mkdir()
    shutil.copy(network / "agenda.yaml", work)
    for path in (work, work / "agenda.yaml"):
        os.chown(path, CLAIRE, CLAIRE if ROOT else -1)
    for name in ("claire", "bob"):
        (folder / name).mkdir(mode=0o777)
        (folder / name).chmod(0o777)
    monkeypatch.setenv("TMPDIR", str(folder / "bob"))
    monkeypatch.chdir(work)
    yield work
    monkeypatch.chdir("/")
    shutil.rmtree(folder)


@pytest.fixture
def by(home: Path, run: Callable, monkeypatch: pytest.MonkeyPatch) -> Callable:
    """Run the program as somebody, whose state is kept apart."""
    for words in LOAD:
        run(*words, "--workspace", str(home.parent / "loaded"))
    LOAD.clear()

    def as_user(user: int | None, *words: str, stdin: bytes = b""):
        monkeypatch.setenv("XDG_STATE_HOME", str(home.parent / ("bob" if user == BOB else "claire")))
        with being(user):
            return run(*words, stdin=stdin)

    return as_user


def owners(folder: Path) -> set[int]:
    return {path.lstat().st_uid for path in folder.rglob("*")}


def test_what_root_writes_in_somebodys_meeting_is_hers(by, home):
    by(CLAIRE, "run", "agenda.yaml", "--plain", stdin=b"next\n")
    for words, line in ((("add", "note", "Par sudo"), b""), (("run", "--plain"), b"n Par un second terminal\n")):
        said = by(0, *words, stdin=line)
        assert said.code == 0, said.err
    assert len(by(CLAIRE, "entries", "note", "--json").json) == 2
    assert owners(home) == {CLAIRE}
    assert by(CLAIRE, "close").code == 0
    assert "Par sudo" in next((home / "minutes").glob("*.md")).read_text()


@pytest.mark.ci
def test_a_whole_meeting_that_root_holds_in_her_folder_is_hers(by, home):
    for words in (("start", "agenda.yaml"), *HELD):
        said = by(0, *words)
        assert said.code == 0, said.err
    assert owners(home) == {CLAIRE}
    assert (home / ".facilitator" / "private.jsonl").exists() and list((home / "newsletter").glob("*.md"))
    assert by(CLAIRE, "status").code == 0
    assert by(CLAIRE, "reopen").code == 0


def test_a_file_of_two_names_is_not_given_away(by, home):
    by(CLAIRE, "start", "agenda.yaml")
    (folder,) = (home / ".facilitator" / "meetings").iterdir()
    (path,) = folder.glob("cli-*.jsonl")
    secret = home.parent / "secret"
    secret.write_bytes(path.read_bytes())
    path.unlink()
    os.link(secret, path)
    by(0, "add", "note", "x")
    assert secret.lstat().st_uid == os.geteuid()


@pytest.mark.sampled(1)
@pytest.mark.parametrize("mode", [0o700, 0o755, 0o777])
def test_another_user_is_told_whose_meeting_it_is_and_how_to_take_part(by, home, mode):
    if not ROOT:
        with pytest.raises(Foreign) as foreign:
            refuse_foreign(Path("/"))
        assert foreign.value.owner == platform.user_of(Path("/").stat().st_uid) and not list(Path("/").glob(".probe-*"))
        return
    by(CLAIRE, "start", "agenda.yaml")
    for path in (home, home / ".facilitator", home / ".facilitator" / "meetings"):
        path.chmod(mode if path != home else 0o777)
    before = sorted(home.rglob("*"))
    for words in (
        ("add", "note", "Perdue ?"),
        ("status",),
        ("entries",),
        ("followups",),
        ("next", "--meeting", "2026-11-24-reseau"),
        ("start", "agenda.yaml"),
        ("run", "--plain"),
        ("run", "agenda.yaml", "--plain"),
        ("close",),
    ):
        said = by(BOB, *words)
        assert said.code == 1 and said.out == "", words
        assert "celles de user-54321" in said.err and "sudo -u user-54321 facilitator" in said.err, words
    assert sorted(home.rglob("*")) == before
    assert not list((home.parent / "bob").rglob("*.jsonl"))


def test_a_session_that_waits_makes_no_meeting_in_what_became_somebody_elses(by, home):
    if ROOT:
        home.chmod(0o777)
        (home / ".facilitator").mkdir(mode=0o777)
        (home / ".facilitator").chmod(0o777)
        os.chown(home / ".facilitator", CLAIRE, CLAIRE)
        assert by(BOB, "run", "agenda.yaml", "--plain", stdin=b"n Perdue ?\n").code == 1
        assert list((home / ".facilitator").iterdir()) == []
    else:
        assert by(CLAIRE, "run", "agenda.yaml", "--plain", stdin=b"n Ici\n").code == 0
        assert owners(home) == {CLAIRE}


def hidden(home: Path) -> Path:
    """A file of the journal that Claire cannot read: what an older version left there with root's rights."""
    (folder,) = (home / ".facilitator" / "meetings").iterdir()
    path = folder / "cli-root.jsonl"
    path.write_bytes((next(folder.glob("cli-*.jsonl"))).read_bytes())
    path.chmod(0o000)
    return path


def test_a_close_is_refused_while_a_file_of_the_journal_cannot_be_read(by, home):
    by(CLAIRE, "start", "agenda.yaml")
    path = hidden(home)
    said = by(CLAIRE, "close")
    assert said.code == 1 and path.name in said.err and "--incomplete" in said.err
    assert not (home / "minutes").exists() and by(CLAIRE, "status", "--json").json["state"] == "running"
    said = by(CLAIRE, "run", "--plain", stdin=b"close\n")
    assert said.code == 1 and path.name in said.out
    path.chmod(0o644)
    assert by(CLAIRE, "close").code == 0


def test_a_close_goes_on_without_what_cannot_be_read_when_told_to(by, home):
    by(CLAIRE, "start", "agenda.yaml")
    hidden(home)
    assert by(CLAIRE, "close", "--incomplete").code == 0
    assert list((home / "minutes").glob("*.md"))


@pytest.mark.parametrize("make", [Path.mkdir, os.mkfifo, lambda path: path.symlink_to("ailleurs")])
def test_what_stands_where_a_file_of_the_journal_would_be_is_named_before_a_close(by, home, make):
    by(CLAIRE, "start", "agenda.yaml")
    (folder,) = (home / ".facilitator" / "meetings").iterdir()
    make(folder / "salle.jsonl")
    said = by(CLAIRE, "close")
    assert said.code == 1 and "salle.jsonl" in said.err


def test_one_is_at_home_in_what_is_ones_own(by, home):
    assert by(CLAIRE, "start", "agenda.yaml").code == 0
    with being(CLAIRE):
        refuse_foreign(home / ".facilitator")
        refuse_foreign(home / "nothing")
    assert main(["--version"]) == 0
