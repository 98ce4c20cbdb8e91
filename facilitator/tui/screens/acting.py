"""What the keys of the meeting screen do: time, people, the other screens."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from facilitator.core import acts as core
from facilitator.core.acts.moves import line_after
from facilitator.core.time.clocks import more_answer_s
from facilitator.tui.screens.writing import Writing

if TYPE_CHECKING:
    from facilitator.core.vocabulary import Kind
    from facilitator.tui.widgets.bar import Mode

# Two "next" from one keyboard within this time are one: a presenter's remote bounces.
BOUNCE_MS = 2_000
# Faster than this it was no second press.
CHATTER_MS = 300
MINUTE_S = 60
DEFAULT_TURN_S = 120


class Acting(Writing):
    """The commands of the registry, one method each, with those of `Writing`; a part of the meeting screen."""

    def submit(self, mode: Mode, kind: Kind, text: str, entry: str | None) -> None:
        """Enter in the bar. The text leaves it only when it is saved."""
        deeds: dict[Mode, Callable[[], object]] = {
            "capture": lambda: self._capture(kind, text),
            "answer": lambda: self._answer(text, entry or ""),
            "attend": lambda: self._attend(text),
            "find": self._found,
            "handover": lambda: self._hand_over(text),
            "round": lambda: self._round(text),
        }
        deeds[mode]()

    # Time

    def on_last_line(self) -> bool:
        """True when there is no further line on the agenda."""
        return self.desk.meeting.spot is not None and line_after(self.desk.meeting) is None

    def do_next(self) -> None:
        """One line down, or the beginning. Twice within two seconds is once, and a second press is told so."""
        now = self.desk.now_ms()
        since = now - self._moved_at if self._moved_at is not None else BOUNCE_MS
        if 0 <= since < BOUNCE_MS:
            if since >= CHATTER_MS and self._warned_at != self._moved_at:
                self._warned_at = self._moved_at
                self.tell(self.tr("→ twice within two seconds is once: press it again to go further."))
            return
        meeting = self.desk.meeting
        ready = meeting.state in ("none", "ready")
        if self.act(core.Start() if ready else core.Next(leaving=meeting.spot)) is not None:
            self._moved_at = now

    def do_back(self) -> None:
        """One line up, on purpose."""
        self.act(core.Back(leaving=self.desk.meeting.spot))

    def do_pause(self) -> None:
        """Pause, or go on."""
        self.act(core.Resume() if self.desk.meeting.state == "paused" else core.Pause())

    def do_more(self) -> None:
        """A minute more: for the answer under way when its time is over, else for the step."""
        meeting = self.desk.meeting
        left_s = self.desk.clocks().answer_left_s
        if meeting.answering is not None and left_s is not None and left_s <= 0:
            more_s = more_answer_s(meeting, self.desk.session.now(), MINUTE_S)
            self.act(core.StartAnswer(meeting.answering.entry, more_s))
            return
        self.act(core.Adjust(MINUTE_S))

    def do_less(self) -> None:
        """A minute less."""
        self.act(core.Adjust(-MINUTE_S))

    def do_replan(self) -> None:
        """The ways to keep the promise."""
        from facilitator.tui.screens.replan import ReplanScreen

        self.app.push_screen(ReplanScreen(self.desk))

    def do_round(self) -> None:
        """Start a speaking round; when one runs, the next person speaks."""
        turn = self.desk.meeting.round
        if turn is None:
            self.open_bar("round", text=str(max(1, self._turn_s() // MINUTE_S)))
        else:
            tr = self.tr
            name = turn.speaking or "…"
            following = tr(
                "{name}, then {names}: o has spoken · p passes · f ends", name=name, names=", ".join(turn.waiting)
            )
            self.ask(
                (
                    # Whom the room does not see: it is told how many.
                    *((following,) if turn.waiting and not self.in_room else ()),
                    tr("{name}: o has spoken · p passes, comes back · f end of the round", name=name),
                    tr("{name}: o has spoken · p passes · f ends", name=name),
                    tr("o has spoken · p passes · f ends"),
                ),
                {
                    "o": lambda: self.act(core.PassRound(turn.speaking)),
                    "p": lambda: self.act(core.PassRound(turn.speaking, later=True)),
                    "f": lambda: self.act(core.EndRound()),
                },
            )

    def _turn_s(self) -> int:
        from facilitator.core.time.turns import turn_s

        left_s = self.desk.clocks().left_s
        return turn_s(self.desk.meeting, max(0, left_s)) or DEFAULT_TURN_S

    def _round(self, text: str) -> None:
        from facilitator.core.duration import read_duration

        seconds = read_duration(text)
        if not seconds:
            self.tell(self.tr("How many minutes each? For example 2."), "refused")
        elif self.act(core.StartRound(seconds)) is not None:
            self.bar.close()

    def do_handover(self) -> None:
        """Let someone lead the step."""
        step = self.desk.meeting.current
        if step is not None and step.handed:
            self.act(core.HandOver(None))
        else:
            self.open_bar("handover")

    def _hand_over(self, text: str) -> None:
        step, name = self.desk.meeting.current, self.desk.person(text)
        if step is not None and name is not None and self.act(core.HandOver(name, step.id)) is not None:
            from facilitator.tui.screens.lead import LeadScreen

            self.bar.close()
            self.app.push_screen(LeadScreen(self.desk, step.id))

    def do_stop_answer(self) -> None:
        """Nobody answers any more."""
        self.act(core.StopAnswer())

    def do_gap_counts(self) -> None:
        """The gap was meeting."""
        self._settle(counts=True)

    def do_gap_break(self) -> None:
        """The gap was a break."""
        self._settle(counts=False)

    def _settle(self, *, counts: bool) -> None:
        gap = next((gap for gap in self.desk.meeting.gaps if gap.counts is None), None)
        if gap is None:
            self.tell(self.tr("There is nothing to settle."))
        else:
            self.act(core.SettleGap(gap.id, counts))

    # People and screens

    def do_attend(self) -> None:
        """Someone came in."""
        self.open_bar("attend")

    def _attend(self, text: str) -> None:
        if not text.strip():
            self.bar.close()
            self._people()
            return
        name = self.desk.person(text)
        if name is not None and self.act(core.Attend(name)) is not None:
            self.bar.clear()

    def _people(self) -> None:
        from facilitator.tui.screens.people import PeopleScreen

        self.app.push_screen(PeopleScreen(self.desk))

    def do_room(self) -> None:
        """Turn this screen into what the room may see, and back."""
        self.app.call_next(self.turn)

    def do_minutes(self) -> None:
        """The minutes as they stand."""
        from facilitator.tui.screens.minutes import MinutesScreen

        self.app.push_screen(MinutesScreen(self.desk))

    def do_help(self) -> None:
        """What the keys do."""
        from facilitator.tui.screens.help import HelpScreen

        self.app.push_screen(HelpScreen(self.tr))

    def do_palette(self) -> None:
        """The palette of commands."""
        from facilitator.tui.screens.palette import PaletteScreen

        self.app.push_screen(PaletteScreen(self.desk, self.action_run))

    def do_contrast(self) -> None:
        """High contrast, or not."""
        contrast = self.app.theme != "facilitator-contrast"
        self.app.theme = "facilitator-contrast" if contrast else "facilitator"

    def do_adjourn(self) -> None:
        """Stop time at this instant, then close calmly."""
        from facilitator.tui.screens.closing import ClosingScreen

        if self.desk.meeting.state not in ("adjourned", "closed") and self.act(core.Adjourn()) is None:
            return
        self.app.push_screen(ClosingScreen(self.desk))

    def do_leave(self) -> None:
        """Leave; the meeting goes on."""
        self.save_draft()
        self.app.exit(0)
