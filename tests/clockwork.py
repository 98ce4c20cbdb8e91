"""A meeting held in memory between two clocks that a test moves: the wall's and the machine's."""

from __future__ import annotations

from stage import NINE_THIRTY, Stage, setup

from facilitator.core.acts import Act, Command, Open, Start
from facilitator.core.agenda import Agenda
from facilitator.core.instant import Instant
from facilitator.core.setup import Setup
from facilitator.core.time.clocks import Clocks, clocks

MINUTE = 60
HOUR = 3600


class Clockwork(Stage):
    """A `Stage` in seconds: time passes when the test says so, and the clocks can be set, stopped by a reboot or told."""

    def __init__(self, agenda: Agenda | None = None, *, at: int = NINE_THIRTY, frozen: Setup | None = None) -> None:
        super().__init__(agenda, opened=False)
        self.wall = at
        self.machine = 1_000_000
        self.boot_id: str | None = "boot1"
        self.does(Open("2026-11-24-rencontre", frozen or setup(agenda)))

    def passes(self, seconds: float = 0, *, minutes: float = 0) -> Clockwork:
        """Time passes, on both clocks; a machine that sleeps counts it too."""
        ms = round((seconds + minutes * MINUTE) * 1000)
        self.wall += ms
        self.machine += ms
        return self

    def wall_is_set(self, seconds: float) -> Clockwork:
        """Somebody, or NTP, sets the wall clock forward or back."""
        self.wall += round(seconds * 1000)
        return self

    def reboots(self, seconds: float) -> Clockwork:
        """The machine is off for so long, and starts its clock again."""
        self.wall += round(seconds * 1000)
        self.machine = 5_000
        self.boot_id = f"{self.boot_id}+"
        return self

    def now(self) -> Instant:
        return Instant(at=self.wall, boot_id=self.boot_id, boot=self.machine if self.boot_id else None)

    def does(self, command: Command, *, by: str = "claire@roanne", told: int | None = None) -> Act:
        """Someone acts now, or says (`told`, milliseconds UTC) when it was."""
        instant = self.now() if told is None else Instant(at=told, told=True)
        act = self.act(command, instant, by=by)
        self.replay.add([act])
        return act

    def starts(self, late_s: float = 0) -> Clockwork:
        self.passes(late_s)
        self.does(Start())
        return self

    def clocks(self) -> Clocks:
        return clocks(self.meeting, self.now())

    def actual(self) -> dict[str, int | None]:
        """Seconds spent in each step, by its id."""
        return {step.id: step.actual_s for step in self.clocks().steps}
