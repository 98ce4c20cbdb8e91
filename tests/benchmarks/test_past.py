"""What a long past costs: the archive made, kept right and asked, beside what a bare parse of the same minutes takes; and what it must not cost.

`FACILITATOR_PAST=10000` for all of it; without that there are 500.
"""

from __future__ import annotations

import os
import resource
import shutil
import subprocess
import sys
import time
from collections import deque
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import pytest
from many_minutes import PEOPLE, write_many
from markdown_it import MarkdownIt

from facilitator.core.stems import asked_words
from facilitator.meetings.past import archive_as_is, archive_of
from facilitator.store.archive.asking import Query
from facilitator.store.workspace import Workspace

from .claims import Claim, Ledger, interleaved, middle
from .meetings import FOOTER, PROGRAM, STEP, Place, Room
from .test_start import first_frame_ms

pytestmark = pytest.mark.benchmark

PAST = int(os.environ.get("FACILITATOR_PAST", "500"))
SIZES = sorted({100, min(PAST, 1_000), PAST})
CHANGED = 10
ROUNDS = 7
MEMORY_MB = 300
# Common, rare, two at once, the beginning of one, nobody's, a person.
SEARCHES = ("tablettes", "reseaux regionaux", "charte ecole", "t", "ta", "mediatheque tabl", "absent", PEOPLE[0])
HOME = "La rencontre type"
# A past is to cost a twentieth more or 10 ms at most; twice that leaves room for what else a machine does. Of a command that is measured in the processor, by its middle; of a first frame,
# which is there before the past was looked at, by the clock, and a machine that does something else takes more of that by itself.
SHARE, SLACK_MS = 1.1, 20
FRAME_SHARE, FRAME_SLACK_MS = 1.2, 40


def _spent_ms(act: Callable[[], object]) -> float:
    """In the processor: what the disk and other programs do is theirs."""
    began = time.process_time()
    act()
    return (time.process_time() - began) * 1000


def _spent_by_program_ms(act: Callable[[], object]) -> float:
    """In the processor, by a program that `act` runs to its end."""

    def spent() -> float:
        used = resource.getrusage(resource.RUSAGE_CHILDREN)
        return used.ru_utime + used.ru_stime

    began = spent()
    act()
    return (spent() - began) * 1000


def _look(workspace: Workspace) -> None:
    with archive_of(workspace):
        pass


@pytest.fixture(scope="module")
def past(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder of minutes that nobody has touched for years."""
    folder = tmp_path_factory.mktemp("past") / "minutes"
    for path in write_many(folder, PAST):
        os.utime(path, (1, 1))
    return folder


def _with_past(root: Path, past: Path, count: int) -> None:
    (root / "minutes").mkdir(exist_ok=True)
    for path in sorted(past.iterdir())[:count]:
        shutil.copy2(path, root / "minutes")


def test_the_past_is_read_in_the_time_of_two_parses_and_asked_in_no_time(
    tmp_path: Path, past: Path, ledger: Ledger
) -> None:
    _with_past(tmp_path, past, PAST)
    workspace = Workspace(tmp_path)
    paths = workspace.minutes_texts()
    parse = MarkdownIt("commonmark").enable("table").parse
    asked = [Query(words=asked_words(said, typing=at), typing=at) for said in SEARCHES for at in (True, False)]
    turn = 0

    def change() -> None:
        nonlocal turn
        turn += 1
        for path in paths[turn :: PAST // (CHANGED + 1)][:CHANGED]:
            path.write_text(path.read_text(encoding="utf-8").replace("Oui :", f"Oui {turn} :"), encoding="utf-8")

    def changed() -> float:
        change()
        return _spent_ms(lambda: _look(workspace))

    def measure() -> list[Claim]:
        workspace.archive_file.unlink(missing_ok=True)
        floor = _spent_ms(lambda: deque((parse(path.read_text(encoding="utf-8")) for path in paths), maxlen=0))
        made = _spent_ms(lambda: _look(workspace))
        right = middle([changed() for _ in range(ROUNDS)])
        with archive_as_is(workspace) as archive:
            slowest = max(
                middle([_spent_ms(lambda one=one: archive.find(one)) for _ in range(ROUNDS)]) for one in asked
            )
        return [
            Claim(f"archive of {PAST} minutes made, beside a parse", made, floor, 2),
            Claim(f"archive of {PAST} right after {CHANGED} changed, beside its making", right, made, 0.02),
            Claim(f"the slowest search in {PAST} minutes, beside the making", slowest, made, 0.002),
        ]

    ledger.check(measure)


def test_the_past_takes_little_memory(tmp_path: Path, past: Path, ledger: Ledger) -> None:
    """The archive made, and everything that is open listed, in a program of its own."""
    _with_past(tmp_path, past, PAST)
    # Not `ru_maxrss`, which counts what this process had before it became that program.
    measured = (
        "import sys; from facilitator.cli.main import main; code = main(['followups', '--lang', 'en']); "
        "(most,) = [line.split()[1] for line in open('/proc/self/status') if line.startswith('VmHWM')]; "
        "print(int(most) / 1024, file=sys.stderr); sys.exit(code)"
    )

    def measure() -> list[Claim]:
        shutil.rmtree(tmp_path / ".facilitator", ignore_errors=True)
        argv = [sys.executable, "-c", measured]
        done = subprocess.run(argv, cwd=tmp_path, capture_output=True, text=True, check=True)
        most = float(done.stderr.split()[-1])
        return [Claim(f"memory of the archive made of {PAST} minutes", most, MEMORY_MB, 1, "MB")]

    ledger.check(measure)


class Limit(NamedTuple):
    """How much more than after the least past it may take: in proportion or in ms, whichever is more.

    `more` is how much more several rounds say it took: what they gave after the least past, and after a longer one.
    """

    more: Callable[[list[float], list[float]], float]
    share: float
    slack_ms: float


def _best(few: list[float], more: list[float]) -> float:
    """What a past costs is there every time, what else the machine does is not."""
    return min(more) - min(few)


def _usual(few: list[float], more: list[float]) -> float:
    """Of two that ran one after the other both had the same machine."""
    return middle([long - short for short, long in zip(few, more, strict=True)])


FRAME, COMMAND = Limit(_best, FRAME_SHARE, FRAME_SLACK_MS), Limit(_usual, SHARE, SLACK_MS)


def _unmoved(name: str, ledger: Ledger, rooms: list[Room], limit: Limit, act: Callable[[Room], float]) -> None:
    """Check that what an act takes does not depend on how many minutes there are."""

    def measure() -> list[Claim]:
        for room in rooms:
            act(room)
        few, *longer = interleaved(ROUNDS, *(lambda room=room: act(room) for room in rooms))
        usual = min(few) if limit is FRAME else middle(few)
        most = max(limit.share, 1 + limit.slack_ms / usual)
        return [
            Claim(f"{name} after {count} minutes, beside {SIZES[0]}", usual + limit.more(few, more), usual, most)
            for count, more in zip(SIZES[1:], longer, strict=True)
        ]

    ledger.check(measure)


def test_opening_capturing_and_closing_do_not_depend_on_the_past(place: Place, past: Path, ledger: Ledger) -> None:
    rooms = []
    for count in SIZES:
        room = place.meeting(10, name=f"after-{count}")
        _with_past(room.root, past, count)
        _look(Workspace(room.root, place.environ))
        for question in ("Q1", "Q2"):  # a meeting closes once each has its outcome
            room.command("send", question, "next")
        rooms.append(room)

    def close(room: Room) -> float:
        took = _spent_by_program_ms(lambda: room.command("close"))
        room.command("reopen")
        return took

    _unmoved("first frame of home", ledger, rooms, FRAME, lambda room: first_frame_ms(room, [*PROGRAM], HOME))
    _unmoved(
        "first frame of a meeting",
        ledger,
        rooms,
        FRAME,
        lambda room: first_frame_ms(room, [*PROGRAM, "run"], STEP, FOOTER),
    )
    _unmoved(
        "add",
        ledger,
        rooms,
        COMMAND,
        lambda room: _spent_by_program_ms(lambda: room.command("add", "note", "Une note")),
    )
    _unmoved("close", ledger, rooms, COMMAND, close)
