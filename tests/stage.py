"""A meeting held in memory, for tests of the rules: no disk, no clock."""

from __future__ import annotations

import datetime

from facilitator.core.acts import Act, Capture, Command, Open, Stamp, Start, act_of
from facilitator.core.agenda import Agenda, NewsItem, Phase, Step
from facilitator.core.decide import decide
from facilitator.core.entry import Entry, read_label
from facilitator.core.fold import Replay
from facilitator.core.instant import Instant
from facilitator.core.network import Member
from facilitator.core.said import Fields
from facilitator.core.setup import Setup

DAY = datetime.date(2026, 11, 24)
NINE_THIRTY = 1_795_509_000_000  # 2026-11-24 09:30 in Paris
MEMBERS = ("Awa S.", "Karim B.", "Léa M.", "Nora T.", "Élodie P.", "Jean-Marc V.")


def standard_agenda() -> Agenda:
    """Two hours and a half promised, 125 minutes planned, a workshop in two phases."""
    return Agenda(
        title="Rencontre du réseau",
        start="09:30",
        end="12:00",
        facilitator="Claire D.",
        steps=(
            Step(kind="welcome", duration=20 * 60, title="Accueil", lead="Karim B."),
            Step(kind="news", duration=20 * 60, title="Actualités", items=(NewsItem(title="AMI", type="call"),)),
            Step(
                kind="needs",
                duration=25 * 60,
                title="Besoins",
                answer_time=180,
                answer_budget=720,
                defer_to="newsletter",
            ),
            Step(
                kind="workshop",
                duration=50 * 60,
                minimum=40 * 60,
                title="Atelier",
                phases=(Phase("Tour des pratiques", 25 * 60), Phase("Ce qu'on garde", 25 * 60)),
            ),
            Step(kind="closing", duration=10 * 60, title="Clôture"),
        ),
    )


def setup(agenda: Agenda | None = None) -> Setup:
    return Setup(
        agenda=agenda or standard_agenda(),
        day=DAY,
        zone="Europe/Paris",
        language="fr",
        planned_start=NINE_THIRTY,
        promised_end=NINE_THIRTY + 150 * 60_000,
        members=tuple(Member(name) for name in MEMBERS),
        coordinator="Claire D.",
    )


class Stage:
    """Acts by anyone at any minute after 09:30; `replay` holds what they make."""

    def __init__(self, agenda: Agenda | None = None, *, opened: bool = True) -> None:
        self.replay = Replay()
        self.agenda = agenda
        self.n = 0
        if opened:
            self.do(Open("2026-11-24-rencontre", setup(agenda)), 0)

    @property
    def meeting(self):
        return self.replay.meeting

    @property
    def acts(self) -> list[Act]:
        return self.replay.acts

    def instant(self, minute: float, *, told: bool = False, boot: str | None = "boot") -> Instant:
        at = NINE_THIRTY + round(minute * 60_000)
        return (
            Instant(at=at, told=True)
            if told
            else Instant(at=at, boot_id=boot, boot=round(minute * 60_000) if boot else None)
        )

    def act(self, command: Command, instant: Instant, *, by: str = "claire@roanne", writer: str = "w1") -> Act:
        """The act of a command, not yet taken in."""
        self.n += 1
        stamp = Stamp(id=f"act{self.n}", actor=by, writer=writer, instant=instant)
        return act_of(stamp, decide(self.meeting, command, stamp, self.acts), n=self.n)

    def do(
        self, command: Command, minute: float, *, by: str = "claire@roanne", told: bool = False, writer: str = "w1"
    ) -> Act:
        act = self.act(command, self.instant(minute, told=told), by=by, writer=writer)
        self.replay.add([act])
        return act

    def start(self, minute: float = 4) -> Stage:
        self.do(Start(), minute)
        return self

    def ask(self, text: str, minute: float, **options) -> Entry:
        return self.capture("question", text, minute, **options)

    def capture(
        self, kind, text: str, minute: float, *, by: str = "claire@roanne", told: bool = False, writer="w1", **fields
    ) -> Entry:
        act = self.do(Capture(kind, Fields(text=text, **fields)), minute, by=by, told=told, writer=writer)
        return self.meeting.entries[act.id]

    def entry(self, label: str) -> Entry:
        found = self.meeting.find(*read_label(label))
        assert found is not None, label
        return found
