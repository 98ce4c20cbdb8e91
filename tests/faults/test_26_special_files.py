"""Every place where the program reads or writes, crossed with everything that is no file: refused by name, or harmless.

The table is made by the test, and printed with `-s`.
"""

from __future__ import annotations

import io
import os
import shutil
import signal
import socket
import stat
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import NamedTuple

import pytest

from facilitator.cli.main import main
from facilitator.core.fold import Replay
from facilitator.core.telephones import Sent
from facilitator.i18n import translator
from facilitator.meetings.session import Session
from facilitator.meetings.telephones import receive, waiting
from facilitator.store import platform
from facilitator.store.half_typed import KeptText, load_texts, save_texts, touch_alive
from facilitator.store.journal import NotSaved
from facilitator.store.telephones import Serving, claim_serving
from facilitator.tui.desk import Desk

from .harness import UNFORESEEN, Table

pytestmark = pytest.mark.fault(26)

JOURNAL = f"cli-{platform.machine()}.jsonl"
CLOSED, LIVE = "2026-11-24-reseau", "2026-12-15-reseau"
SECRET = "Fin de contrat en mars"
AGENDA = """\
title: Rencontre du réseau
slug: reseau
start: "09:30"
steps: [{ kind: needs, duration: 60m }, { kind: closing, duration: 10m }]
"""
SETTINGS = "name: Roannais\nlanguage: fr\ntimezone: Europe/Paris\n"


class Place(NamedTuple):
    """A file, or a folder, seen from the workspace; what reads or writes it; whether its refusal has to name it."""

    path: str
    commands: tuple[str | Callable[[Table], None], ...]
    named: bool = True


def _keep_half_typed(table: Table) -> None:
    folder = table.workspace.meeting_folder(LIVE)
    try:
        save_texts(folder, "claire", KeptText("question", "à moitié"))
    except OSError:
        return
    assert [draft.text for draft in load_texts(folder) if draft.writer == "claire"] == ["à moitié"]


def _look(table: Table) -> None:
    touch_alive(table.workspace.meeting_folder(LIVE), "claire")


def _send_from_a_telephone(table: Table) -> None:
    session = Session.join(table.workspace, LIVE, terminal=False)
    with suppress(NotSaved):
        receive(session, Sent("sent-as-number-1", "question", "telephone-number-1", 0, "Qui ?"))
        assert len(waiting(session)) == 1
    session.leave()


def _serve(table: Table) -> None:
    with suppress(OSError):
        claim, _ = claim_serving(table.workspace, LIVE)
        claim.say(Serving("http://192.168.1.20:8000", "kxprtm", 1))
        claim.give_up()


def _note_an_error(table: Table) -> None:
    session = Session.join(table.workspace, LIVE, terminal=False)
    Desk(session, translator("fr")).note_error(ValueError("oups"))
    session.leave()


FILES = (
    Place("agendas/agenda.schema.json", ("new --date 2027-01-12",)),
    Place("agendas/2027-01-12-rencontre-du-reseau.yaml", ("new --date 2027-01-12 --title Rencontre·du·réseau",)),
    Place(
        "agendas/a.yaml",
        (
            "check agendas/a.yaml",
            "rehearse agendas/a.yaml",
            "run --plain agendas/a.yaml",
            "start agendas/a.yaml --at 2026-12-15·10:00",
            "rehearse",
            "send Q1 individual --meeting 2026-11-24-reseau",
        ),
    ),
    Place("facilitator.yaml", ("rehearse", "check agendas/b.yaml", "new --date 2027-01-12", "doctor")),
    Place(
        f"minutes/{LIVE}.md",
        ("minutes", "adjourn --at 2026-12-15·10:00", "close --at 2026-12-15·10:30", "minutes --stdout"),
    ),
    Place(
        f"minutes/{CLOSED}.md",
        (
            f"minutes {CLOSED} --stdout",
            f"answer Q1 Oui --meeting {CLOSED}",
            f"send Q1 individual --meeting {CLOSED}",
            f"reopen --meeting {CLOSED}",
            "followups",
            "doctor",
        ),
    ),
    Place(
        "newsletter/2026-12.md",
        (
            "newsletter 2026-12",
            "newsletter 2026-12 --stdout",
            "newsletter 2026-12 --mail",
            f"send Q1 newsletter --meeting {CLOSED}",
            f"done A1 --open --meeting {CLOSED}",
            "followups",
            "doctor",
        ),
    ),
    Place("newsletter/2027-01.md", ("close --at 2026-12-15·10:30", "newsletter 2027-01 --stdout")),
    Place(
        ".facilitator/private.jsonl",
        ("close --at 2026-12-15·10:30", "followups --private", f"done S1 --meeting {CLOSED}", "doctor"),
    ),
    Place(".facilitator/archive.sqlite", ("followups", "doctor --fix"), named=False),
    Place(".facilitator/archive.sqlite-journal", ("followups", "doctor --fix"), named=False),
    Place("inbox.md", ("inbox", "inbox add Une·info"), named=False),
    Place("digests/2026-11.md", ("digest", "doctor", f"send Q2 individual --meeting {CLOSED}"), named=False),
    Place("share/2026-11-24-reseau.csv", (f"csv {CLOSED}", f"send Q2 individual --meeting {CLOSED}"), named=False),
    Place(
        f".facilitator/telephones/{LIVE}.sent",
        (_send_from_a_telephone, "telephones", "close --at 2026-12-15·10:30"),
        named=False,
    ),
    Place(
        f".facilitator/telephones/{LIVE}.serving", (_serve, "telephones", "close --at 2026-12-15·10:30"), named=False
    ),
    Place(".facilitator/documents.lock", ("minutes", "close --at 2026-12-15·10:30")),
    Place(".facilitator/.gitignore", ("minutes", "doctor --fix"), named=False),
    Place(f".facilitator/base/minutes/{LIVE}.md", ("minutes", "close --at 2026-12-15·10:30"), named=False),
    Place(f".facilitator/base/minutes/{LIVE}.md.next", ("minutes", "close --at 2026-12-15·10:30"), named=False),
    Place(f".facilitator/meetings/{LIVE}/{JOURNAL}", ("status", "minutes"), named=False),
    Place(f".facilitator/meetings/{LIVE}/closed", ("close --at 2026-12-15·10:30",), named=False),
    Place(f".facilitator/meetings/{LIVE}/claire.typed", (_keep_half_typed, "doctor"), named=False),
    Place(f".facilitator/meetings/{LIVE}/claire.alive", (_look, "status"), named=False),
    Place(f".facilitator/meetings/{LIVE}/errors.log", (_note_an_error,), named=False),
)
FOLDERS = (
    Place("agendas", ("new --date 2027-01-12", "rehearse")),
    Place("minutes", ("minutes", "close --at 2026-12-15·10:30", "followups", "doctor")),
    Place("newsletter", ("newsletter 2026-12", "close --at 2026-12-15·10:30", "followups", "doctor")),
    Place(".facilitator/base", ("minutes", "close --at 2026-12-15·10:30", "doctor --fix"), named=False),
    Place(".facilitator/meetings", ("status", "doctor --fix"), named=False),
    Place(".facilitator", ("minutes", "new --date 2027-01-12", "doctor --fix"), named=False),
)


def _fifo(path: Path, _: Table) -> None:
    os.mkfifo(path)


def _device(path: Path, _: Table) -> None:
    try:
        os.mknod(path, stat.S_IFCHR | 0o666, os.makedev(1, 5))
    except PermissionError:
        path.symlink_to("/dev/zero")


def _socket(path: Path, table: Table) -> None:
    here = Path.cwd()
    os.chdir(path.parent)  # its name may have a hundred bytes
    try:
        with socket.socket(socket.AF_UNIX) as made:
            made.bind(path.name[-90:])
        Path(path.name[-90:]).rename(path.name)
    finally:
        os.chdir(here)
    assert table.root.exists()


def _link(to: str) -> Callable[[Path, Table], None]:
    return lambda path, table: path.symlink_to(os.path.relpath(table.folder / to, path.parent))


KINDS: dict[str, Callable[[Path, Table], None]] = {
    "link inside": _link("workspace/notes.md"),
    "link to a document": _link("workspace/minutes/README.md"),
    "link outside": _link("dehors/cible"),
    "link to private": _link("workspace/.facilitator/private.jsonl"),
    "link to journal": _link(f"workspace/.facilitator/meetings/{LIVE}/{JOURNAL}"),
    "link to .git": _link("workspace/.git/config"),
    "link to a hook": _link("workspace/.git/hooks/post-commit"),
    "dangling link": _link("dehors/rien"),
    "loop": lambda path, _: path.symlink_to(path.name),
    "link to a terminal": lambda path, _: path.symlink_to("/dev/tty"),
    "link to zeros": lambda path, _: path.symlink_to("/dev/zero"),
    "FIFO": _fifo,
    "link to a FIFO": _link("dehors/tube"),
    "device": _device,
    "directory": lambda path, _: path.mkdir(),
    "socket": _socket,
    "hard link to private": lambda path, table: os.link(table.workspace.private_file, path),
}
# At the small scale; the whole table is made by CI.
FEW = ("link inside", "link outside", "link to private", "link to .git", "FIFO", "directory", "file")
FOLDER_KINDS: dict[str, Callable[[Path, Table], None]] = {
    "link inside": _link("workspace/autres"),
    "link outside": _link("dehors"),
    "link to private": _link("workspace/.facilitator"),
    "link to .git": _link("workspace/.git"),
    **{name: KINDS[name] for name in ("dangling link", "loop", "link to zeros", "FIFO", "device", "socket")},
    "file": lambda path, _: path.write_text("un fichier", encoding="utf-8"),
}


@pytest.fixture(scope="module")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A network with a closed meeting, one that goes on, and what it is tempting to lead to."""
    with pytest.MonkeyPatch.context() as patch:
        table = Table(tmp_path_factory.mktemp("prepared")).sit_down(patch)
        patch.chdir(table.root)
        patch.setattr(platform, "sync_data", lambda _: None)
        patch.setattr(platform, "sync_folder", lambda _: None)
        root = table.root
        for folder in ("agendas", "autres", "minutes", ".git/hooks"):
            (root / folder).mkdir(parents=True)
        for name in ("a", "b"):
            (root / "agendas" / f"{name}.yaml").write_text(AGENDA, encoding="utf-8")
        (root / "facilitator.yaml").write_text(SETTINGS, encoding="utf-8")
        for name in ("notes.md", "minutes/README.md", ".git/config", ".git/hooks/post-commit"):
            (root / name).write_text("à garder\n", encoding="utf-8")
        for line in (
            "start agendas/a.yaml --at 2026-11-24·09:30",
            "add question Qui·paie·? --at 09:31",
            "send Q1 next --at 09:32",
            "add question Où·? --at 09:33",
            "send Q2 newsletter --at 09:34",
            "add action Écrire --at 09:35",
            "add need - --individual --at 09:36",
            "close --at 10:30",
            "start agendas/b.yaml --at 2026-12-15·09:30",
            "add decision Une·charte --at 2026-12-15·09:31",
            "add news Une·info --at 2026-12-15·09:31",
            "add need - --individual --at 2026-12-15·09:32",
            "minutes",
            "new --date 2027-02-09",
        ):
            done = _run(line, patch)
            assert done.code == 0, (line, done.said)
    return table.folder


class Did(NamedTuple):
    """What a command came to, and the seconds it was at work."""

    code: int
    out: str
    said: str
    seconds: float


def _run(line: str, patch: pytest.MonkeyPatch) -> Did:
    """Run a line in this process; a `·` is a space within a word. What hangs for five seconds fails."""
    streams = io.TextIOWrapper(io.BytesIO(), "utf-8"), io.TextIOWrapper(io.BytesIO(), "utf-8")
    patch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(SECRET.encode()), encoding="utf-8"))
    patch.setattr("sys.stdout", streams[0])
    patch.setattr("sys.stderr", streams[1])
    began = time.process_time()
    with _no_hang(line):
        code = main([word.replace("·", " ") for word in line.split()])
    for stream in streams:
        stream.flush()
    out, err = (stream.buffer.getvalue().decode() for stream in streams)  # type: ignore[attr-defined]  # BytesIO
    return Did(code, out, out + err, time.process_time() - began)


@contextmanager
def _no_hang(what: str) -> Iterator[None]:
    def hung(*_: object) -> None:
        raise AssertionError(f"it hangs: {what}")

    before = signal.signal(signal.SIGALRM, hung)
    signal.setitimer(signal.ITIMER_REAL, 5)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)


def _kept(table: Table, special: Path) -> dict[str, bytes]:
    """What must stay as it is: everything outside, git's own, the journals and what is private, the other documents."""
    root = table.root
    found = [*(table.folder / "dehors").rglob("*"), *(root / ".git").rglob("*"), root / "notes.md"]
    found += [*(root / "autres").rglob("*"), root / "minutes/README.md", table.workspace.private_file]
    found += (root / ".facilitator/meetings").rglob("*.jsonl")
    apart = (path for path in found if path != special and special not in path.parents)
    return {str(path): path.read_bytes() for path in apart if stat.S_ISREG(path.lstat().st_mode)}


def _check_kept(before: dict[str, bytes], after: dict[str, bytes]) -> None:
    for name, held in before.items():
        grows = name.endswith(".jsonl")
        now = after[name]
        assert now.startswith(held) if grows else now == held, f"{name} was changed"
        assert not grows or all(line.startswith(b'{"c":') for line in now.splitlines()), name
    made = {name for name in after.keys() - before.keys() if "/.facilitator/" not in name}
    assert not made, f"made: {made}"


def _as_it_was(special: Path) -> tuple[int, int, str]:
    now = special.lstat()
    return now.st_ino, stat.S_IFMT(now.st_mode), str(special.readlink()) if special.is_symlink() else ""


def _cell(
    table: Table, place: Place, kind: str, plant: Callable[[Path, Table], None], patch: pytest.MonkeyPatch
) -> str:
    special = table.root / place.path
    if special.is_dir():
        shutil.rmtree(special)
    elif special.name == JOURNAL:
        special.rename(special.with_name("cli-autre.jsonl"))  # the meeting goes on by what another machine wrote
    else:
        special.unlink(missing_ok=True)
    special.parent.mkdir(parents=True, exist_ok=True)
    plant(special, table)
    before, stood = _kept(table, special), _as_it_was(special)
    said, codes = "", set()
    for command in place.commands:
        if callable(command):
            with _no_hang(place.path):
                command(table)
            continue
        done = _run(command, patch)
        said += done.said
        codes.add(done.code)
        assert done.code in (0, 1, 2), (command, done.said)
        assert UNFORESEEN not in done.said and "Traceback" not in done.said, (command, done.said)
        assert done.seconds < 1, command
        assert SECRET not in done.out or "private" in command, f"{command} shows what is private"
        assert "à garder" not in done.out, f"{command} shows {kind}"
    assert not list(table.state.glob("facilitator/crash-*")), said
    after = _kept(table, special)
    _check_kept(before, after)
    named = special.name in said
    stays = os.path.lexists(special) and _as_it_was(special) == stood
    if not place.path.startswith(".facilitator") and not (place.path.startswith("share/") and kind.startswith("hard")):
        assert stays, f"{place.path} was replaced"
    assert named or not place.named, f"not named: {said}"
    if place.path not in (".facilitator", ".facilitator/meetings"):  # where the meeting is, and is not any more
        _goes_on(table, patch)
    return ("refused" if named and codes != {0} else "named" if named else "harmless") + ("" if stays else ", replaced")


def _goes_on(table: Table, patch: pytest.MonkeyPatch) -> None:
    """A note is taken in the meeting, unless a command has closed it."""
    with Session.join(table.workspace, LIVE, terminal=False).journal as journal:
        state = Replay(journal.read()).meeting.state
    if state != "closed":
        done = _run(f"add note La·suite --meeting {LIVE} --at 2026-12-15·10:40", patch)
        assert done.code == 0, done.said


@pytest.mark.sampled(1)
@pytest.mark.parametrize(
    ("place", "kinds"),
    [*((place, KINDS) for place in FILES), *((place, FOLDER_KINDS) for place in FOLDERS)],
    ids=[place.path for place in (*FILES, *FOLDERS)],
)
def test_what_is_no_file_is_refused_by_name_and_nothing_is_written_through_it(
    prepared: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    place: Place,
    kinds: dict[str, Callable[[Path, Table], None]],
    rounds: Callable[[int, int, int], int],
) -> None:
    """Each kind at this place: nothing hangs, nothing private is shown, no target changes, and the meeting goes on."""
    monkeypatch.setattr(platform, "sync_data", lambda _: None)
    monkeypatch.setattr(platform, "sync_folder", lambda _: None)
    row: list[str] = []
    wrong: list[str] = []
    for number, (kind, plant) in enumerate(kinds.items()):
        if (kind not in FEW and not rounds(0, 1, 1)) or (kind.startswith("hard") and "." in place.path[:1]):
            continue  # whoever makes hard links in the private folder has what is in it
        folder = tmp_path / str(number)
        shutil.copytree(prepared, folder, symlinks=True)
        table = Table(folder).sit_down(monkeypatch)
        monkeypatch.chdir(table.root)
        (folder / "dehors").mkdir()
        (folder / "dehors/cible").write_text("à garder\n", encoding="utf-8")
        os.mkfifo(folder / "dehors/tube")
        with pytest.MonkeyPatch.context() as patch:
            try:
                row.append(f"{kind}: {_cell(table, place, kind, plant, patch)}")
            except (AssertionError, OSError) as problem:
                wrong.append(f"{kind}: {type(problem).__name__} {str(problem)[:300]}")
                row.append(f"{kind}: WRONG")
    print(_line(place.path, row))
    assert not wrong, "\n".join(wrong)


def _line(path: str, row: Sequence[str]) -> str:
    return f"\n{path}\n  " + "\n  ".join(row)
