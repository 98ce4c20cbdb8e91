"""Clocks: the wall jumps, the lid is closed, the machine restarts, the hour changes; elapsed time is right to the second."""

from __future__ import annotations

import datetime
import json
import os
import time

import pytest

from facilitator.core.acts import Next, Pause, Resume
from facilitator.core.instant import Instant
from facilitator.core.time.clocks import clocks
from facilitator.store import platform

from .harness import Table, capture, texts

ENVIRON = {"FAKETIME_DONT_FAKE_MONOTONIC": "1"}


def _elapsed(table: Table, *before: str) -> int:
    done = table.run("status", "--json", before=before, **ENVIRON).ok()
    return json.loads(done.out)["step"]["elapsed_s"]


@pytest.mark.fault(13)
@pytest.mark.needs("faketime")
@pytest.mark.parametrize("jump", ["+1h", "-1d", "-3d", "+400d"])
def test_a_wall_clock_that_jumps_moves_no_timer(table: Table, jump: str) -> None:
    """The step's clock goes on from the boot clock; what is captured after a step back still comes after."""
    began = time.monotonic()
    table.run("start").ok()
    table.run("add", "question", "avant").ok()
    first = _elapsed(table, "faketime", "-f", jump)
    assert abs(first - (time.monotonic() - began)) <= 2
    table.run("add", "question", "après", before=("faketime", "-f", jump), **ENVIRON).ok()
    time.sleep(1)
    assert abs(_elapsed(table) - (time.monotonic() - began)) <= 2
    (meeting,) = table.workspace.meetings()
    found, _ = table.read(meeting)
    assert texts(found) == ["avant", "après"]
    assert [entry.label for entry in found.entries.values()] == ["Q1", "Q2"]
    assert not found.void


@pytest.mark.fault(14)
@pytest.mark.needs("time-namespaces")
@pytest.mark.parametrize("seconds", [600, 30_000])
def test_a_closed_lid_counts_as_meeting(table: Table, seconds: int) -> None:
    """The boot clock counts sleep: after ten minutes, and after a night, the step is that much older."""
    began = time.monotonic()
    table.run("start").ok()
    elapsed = _elapsed(table, "unshare", "-T", "--boottime", str(seconds))
    assert abs(elapsed - seconds - (time.monotonic() - began)) <= 2


class Clock(platform.Posix):
    """A machine whose wall and boot clocks are told."""

    def __init__(self) -> None:
        super().__init__()
        self.wall = 1_795_512_600_000
        self.boot = 5_000_000
        self.name = "boot-1"

    def boot_clock(self) -> tuple[str, int]:
        return self.name, self.boot

    def sleep(self, seconds: float, wall: float | None = None) -> None:
        self.boot += int(seconds * 1000)
        self.wall += int((seconds if wall is None else wall) * 1000)

    def restart(self, seconds: float) -> None:
        self.name, self.boot = f"{self.name}-again", 20_000
        self.wall += int(seconds * 1000)


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    """The machine's clocks, in the hands of the test."""
    told = Clock()
    monkeypatch.setattr(platform, "SYSTEM", told)
    monkeypatch.setattr(time, "time_ns", lambda: told.wall * 1_000_000)
    return told


@pytest.mark.fault(15)
def test_after_a_restart_the_wall_says_how_long_and_the_step_says_estimated(table: Table, clock: Clock) -> None:
    """Killed and rebooted in the middle of a step: the time of the restart counts, and is marked."""
    session = table.open()
    clock.sleep(300)
    capture(session, "avant")
    session.leave()
    clock.restart(120)
    again = table.join(session.meeting.id, actor="claire@laptop")
    clock.sleep(60)
    shown = again.clocks()
    assert shown.step_elapsed_s == 480
    again.act(Next())
    assert again.meeting.steps[0].estimated
    assert again.meeting.steps[0].spent_ms == 480_000
    clock.sleep(10)
    again.act(Next())
    assert not again.meeting.steps[1].estimated
    again.leave()


@pytest.mark.fault(15)
def test_a_restart_after_which_the_wall_went_back_gives_no_negative_time(table: Table, clock: Clock) -> None:
    """A dead clock battery: less than nothing is nothing."""
    session = table.open()
    clock.sleep(300)
    session.leave()
    clock.restart(-86_400)
    again = table.join(session.meeting.id, actor="claire@laptop")
    assert again.clocks().step_elapsed_s >= 0
    capture(again, "après")
    again.act(Next())
    assert again.meeting.steps[0].spent_ms >= 0
    again.leave()


@pytest.mark.fault(13, 14)
def test_pauses_sleep_and_jumps_together_add_up_to_the_second(table: Table, clock: Clock) -> None:
    """300 s, a pause of 100 s while the wall jumps, 200 s asleep, the wall set back by an hour, 50 s."""
    session = table.open()
    clock.sleep(300)
    session.act(Pause())
    clock.sleep(100, wall=5_000)
    session.act(Resume())
    clock.sleep(200)
    clock.wall -= 3_600_000
    clock.sleep(50)
    assert session.clocks().step_elapsed_s == 550
    session.leave()


@pytest.mark.fault(16)
@pytest.mark.parametrize(
    ("zone", "start", "minutes"),
    [
        ("Europe/London", "2026-10-25T00:40:00+00:00", 100),
        ("Europe/London", "2026-03-29T00:20:00+00:00", 100),
        ("Europe/Paris", "2026-10-25T00:40:00+00:00", 50),
        ("America/New_York", "2026-11-01T05:30:00+00:00", 90),
    ],
)
def test_the_night_the_clocks_change_adds_and_takes_nothing(
    table: Table, monkeypatch: pytest.MonkeyPatch, clock: Clock, zone: str, start: str, minutes: int
) -> None:
    """A step across the hour that is there twice, or not at all, lasts what it lasted."""
    monkeypatch.setenv("TZ", zone)
    time.tzset()
    clock.wall = int(datetime.datetime.fromisoformat(start).timestamp() * 1000)
    session = table.open()
    clock.restart(minutes * 60)
    assert session.clocks().step_elapsed_s == minutes * 60
    session.leave()
    monkeypatch.setenv("TZ", "Europe/Paris")
    time.tzset()
    joined = table.join(session.meeting.id)
    assert joined.clocks().step_elapsed_s == minutes * 60
    joined.leave()


@pytest.mark.fault(16)
@pytest.mark.needs("faketime")
def test_times_around_the_change_are_shown_with_their_offset(table: Table) -> None:
    """02:40 is there twice that night: the two are told apart, by a real clock."""
    shown = []
    for at in (1_792_888_800, 1_792_892_400):
        environ = {"FAKETIME_FMT": "%s", **ENVIRON}
        words = ("status", "--json")
        if not shown:
            table.run("start", before=("faketime", "-f", f"@{at}"), **environ).ok()
        done = table.run(*words, before=("faketime", "-f", f"@{at}"), **environ).ok()
        shown.append(datetime.datetime.fromisoformat(json.loads(done.out)["now"]))
    assert (shown[1] - shown[0]) == datetime.timedelta(hours=1)
    assert shown[0].utcoffset() != shown[1].utcoffset() or os.environ["TZ"] != "Europe/Paris"


@pytest.mark.fault(13)
def test_an_instant_without_boot_clock_is_read_from_the_wall(table: Table, clock: Clock) -> None:
    """A machine that has none, and times that a person told."""
    session = table.open()
    later = Instant(at=clock.wall + 60_000)
    assert clocks(session.meeting, later).step_elapsed_s == 60
    session.leave()
