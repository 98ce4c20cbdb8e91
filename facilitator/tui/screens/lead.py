"""The relay: a member leads the step with her clock and two keys, then gives it back; what is typed meanwhile is written down."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual import events, on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType

from facilitator import wording
from facilitator.core import acts as core
from facilitator.core.people import complete
from facilitator.core.time.clocks import following
from facilitator.core.vocabulary import KINDS, SIGNS, Kind
from facilitator.tui import figures, footer, view
from facilitator.tui.cells import cell_len, fit, fit_first, left
from facilitator.tui.desk import DONE
from facilitator.tui.gestures.entries import written
from facilitator.tui.keys import CAPTURES
from facilitator.tui.pulse import Pulse
from facilitator.tui.screens.ordered import OrderedScreen, stands
from facilitator.tui.widgets.bar import Bar
from facilitator.tui.widgets.boxes import Box
from facilitator.tui.widgets.clock import BigClock
from facilitator.tui.widgets.lines import Lines, Row

if TYPE_CHECKING:
    from collections.abc import Callable

    from facilitator.core.meeting import StepState
    from facilitator.core.time.clocks import Clocks
    from facilitator.tui.desk import Desk

# Rows that are not the clock's: title, step, words, what comes next, message, bar, keys, and the air between them.
OTHERS = 10
HOUR_S = 3600


class LeadScreen(OrderedScreen):
    """Her step, its clock, what comes next. Nothing private is on it: it is hers and the room's.

    No letter is a command here, for who leads knows none: a text is a note, word for word, unless one of the signs that the screen
    states stands before it. The screen ends with the step that was handed over.
    """

    CSS_PATH = "lead.tcss"
    AUTO_FOCUS = ""
    BLANK = True
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("space", "pause", "", show=False),
        Binding("escape", "give_back", "", show=False),
        Binding("enter", "take_up", "", show=False),
        Binding("f1", "help", "", show=False),
    ]

    def __init__(self, desk: Desk, step: str, ended: Callable[[], object] = lambda: None) -> None:
        """`step` is the id of the step that was handed over; `ended` is called when others end it, while she may be typing."""
        super().__init__()
        self._ended = ended
        self._left: Kind | None = None
        self.desk = desk
        self.step = step
        self.tr = desk.tr
        self.times = desk.clocks()

    def compose(self) -> ComposeResult:
        """Her step, her clock, what comes next; what was said last, the line for what is typed, two keys."""
        yield Lines(self._who, classes="lead-title")
        yield Lines(self._where, classes="lead-step")
        with Box(classes="lead-clock"):
            yield BigClock()
        yield Lines(self._words, classes="lead-words")
        yield Lines(self._next, classes="lead-next")
        yield Lines(self._message)
        yield Bar(self.tr, lambda prefix: complete(prefix, self.desk.names), self.desk.texts)
        yield Lines(self._footer, classes="lead-footer")

    def on_mount(self) -> None:
        """Follow the meeting."""
        self.bar.be_discreet(discreet=True)
        self.desk.follow(self.paint, Pulse(self.desk.to_next_second, lambda: self.call_later(self.paint)))

    def on_unmount(self) -> None:
        """Nobody looks any more."""
        self.desk.leave(self.paint)

    def on_resize(self) -> None:
        """The clock takes what the window gives."""
        self.paint()

    def paint(self) -> None:
        """Show the meeting as it stands."""
        self.desk.show(self._paint)

    def _paint(self) -> None:
        if not stands(self):
            return
        if self._is_over and not self.bar.is_open and self.is_current:
            self._ended()
            self.call_later(self.action_give_back)
            return
        self.times = self.desk.clocks()
        text = self._clock_text()
        # As large as an overrun of this step needs it: nothing jumps when its time is up, nor at ten minutes.
        columns, rows = self.app.size.width - 4, max(0, self.app.size.height - OTHERS)
        longest = "+0:00:00" if self.times.adjusted_s >= HOUR_S else "+00:00"
        scale = figures.best_scale(longest, columns, rows) or figures.best_scale(text, columns, rows)
        clock = self.query_one(BigClock)
        clock.put(text, scale)
        clock.tone(self.times.level)
        for lines in self.query_children(Lines):
            lines.show()

    @property
    def bar(self) -> Bar:
        """The line for what is written down."""
        return self.query_one(Bar)

    @property
    def _is_over(self) -> bool:
        """Whether others went on to another step, or ended the meeting."""
        meeting = self.desk.meeting
        return meeting.state not in ("running", "paused") or meeting.current is None or meeting.current.id != self.step

    def take_key(self, event: events.Key) -> bool:
        """A letter is never a command: it begins a note, of which it is the first; a sign begins an entry of its kind."""
        character = event.character or ""
        if self.bar.is_open or not event.is_printable or not character.strip():
            return False
        self.bar.open("capture", "note", fresh=True)
        if not self.bar.take_key(event):
            self.bar.input.insert_text_at_cursor(character)
        self.paint()
        return True

    def action_take_up(self) -> None:
        """Take up again what was left in the line."""
        if self._left is not None and not self.bar.is_open:
            self.bar.open("capture", self._left)
            self._left = None
            self.paint()

    def action_help(self) -> None:
        """Her keys, and no others."""
        from facilitator.tui.screens.help import HelpScreen

        here = [*self._keys(), *((sign, self.tr(CAPTURES[kind][1])) for sign, kind in SIGNS.items())]
        self.app.push_screen(HelpScreen(self.tr, here, {}))

    def action_pause(self) -> None:
        """Stop the step's clock, or go on."""
        self.desk.guard(lambda: self.desk.act(core.Resume() if self.desk.meeting.state == "paused" else core.Pause()))

    def action_give_back(self) -> None:
        """The facilitator leads again, whatever became of the step meanwhile: nobody stays shut in here."""
        self.desk.guard(self._give_back)
        self.dismiss()

    def _give_back(self) -> None:
        step = self.desk.meeting.step(self.step)
        if step is not None and step.handed and self.desk.meeting.state in ("running", "paused"):
            self.desk.act(core.HandOver(None, self.step))

    @on(Bar.Submitted)
    def _entered(self, event: Bar.Submitted) -> None:
        self.desk.guard(lambda: self._enter(event))

    def _enter(self, event: Bar.Submitted) -> None:
        if written(self.desk, event) is not None:
            self.bar.clear()

    @on(Bar.Act)
    def _act(self, event: Bar.Act) -> None:
        """The line is empty: the bar of space still pauses."""
        if event.key == "space":
            self.action_pause()

    @on(Bar.TooLong)
    def _too_long(self, event: Bar.TooLong) -> None:
        self.desk.say(event.words, "refused")

    @on(Bar.Closed)
    def _bar_closed(self) -> None:
        self.paint()

    @on(Bar.Left)
    def _left_text(self, event: Bar.Left) -> None:
        self._left = event.kind if event.kind in KINDS else None
        self.desk.say(self.tr("Text kept: {key} brings it back.", key=self.tr("Enter")))

    def on_paste(self, event: events.Paste) -> None:
        """What is pasted is a note."""
        event.stop()
        if not self.bar.is_open and event.text.strip():
            self.bar.open("capture", "note", fresh=True)
            self.bar.input.paste(event.text)
            self.paint()

    # What is shown

    @property
    def _step_now(self) -> StepState | None:
        return self.desk.meeting.current

    def _clock_text(self) -> str:
        if self.desk.meeting.state not in ("running", "paused"):
            return wording.time_text(self.times.now, self.desk.zone)
        return wording.left_clock(self.times.left_s)

    def _who(self, width: int, _height: int) -> list[Row]:
        step = self.desk.meeting.step(self.step)
        name = step.lead if step is not None and step.handed else None
        said = self.tr("{name} leads", name=name) if name else self.desk.meeting.opened.agenda.title
        time = f" {wording.time_text(self.times.now, self.desk.zone)} "
        return [[(left(f" {said}", width - cell_len(time)), "strong"), (time, "strong")]]

    def _where(self, width: int, _height: int) -> list[Row]:
        step = self._step_now
        if step is None:
            return []
        name = wording.step_title(self.tr, step.plan)
        if self.times.spot is not None and self.times.spot.phase is not None:
            name += f" › {step.phases[self.times.spot.phase].title}"
        return [[(fit(f"  {name}", width - 1), "accent")]]

    def _words(self, width: int, _height: int) -> list[Row]:
        return [[(fit(f"  {_standing(self.desk, self.times)}", width - 1), "strong")]]

    def _next(self, width: int, _height: int) -> list[Row]:
        """What comes next, and the step's material."""
        tr, step = self.tr, self._step_now
        phases = step.phases[(self.times.spot.phase or 0) + 1 :] if step is not None and self.times.spot else ()
        coming = following(self.desk.meeting)
        if phases:
            said = tr("Then: {step}, {length}", step=phases[0].title, length=_length(self.desk, phases[0].adjusted_s))
        elif coming:
            title = wording.step_title(tr, coming[0].plan)
            said = tr("Then: {step}, {length}", step=title, length=_length(self.desk, coming[0].adjusted_s))
        else:
            said = tr("This is the last step.")
        rows: list[Row] = [[(fit(f"  {said}", width - 1), "")]]
        if step is not None:
            hours = wording.hours_text(tr, None, step.latest, self.desk.zone)
            material = [step.plan.link] if step.plan.link is not None else []
            words = " · ".join([*hours, *material])
            rows += [[(fit(f"  {words}", width - 1), "dim")]] if words else []
        return rows

    def _message(self, width: int, _height: int) -> list[Row]:
        shown = self.desk.room_row(width)
        if [text.strip() for text, _ in shown] == [DONE]:  # the wall has the sign alone; she wants to know
            return [[(f" {DONE} {self.tr('Noted')}", "")]]
        if self.bar.is_open or any(text.strip() for text, _ in shown):
            return [shown]
        if self.desk.line is not None and self._left is not None and not self.desk.is_old(self.desk.line):
            return [[(fit("  " + self.desk.line.text, width - 1), "dim")]]
        return [[("  " + fit_first(self._stated(), width - 3), "dim")]]

    def _stated(self) -> tuple[str, ...]:
        """What becomes of what is typed, the longest wording first."""
        signs = "   ".join(f"{sign} {self.tr(CAPTURES[kind][0])}" for sign, kind in SIGNS.items())
        return self.tr("What you type is a note; at its head: {signs}", signs=signs), self.tr(
            "Note   {signs}", signs=signs
        )

    def _footer(self, width: int, _height: int) -> list[Row]:
        if self.bar.is_open:
            return [footer.bar_row(self.tr, self.bar.mode, width, self.bar.kind)]
        return [footer.keys_row(self._keys(), width)]

    def _keys(self) -> list[tuple[str, str]]:
        tr = self.tr
        pause = tr("go on") if self.desk.meeting.state == "paused" else tr("pause")
        left = [(tr("Enter"), tr("take up the text"))] if self._left is not None else []
        return [(tr("space"), pause), *left, ("F1", tr("help")), (tr("Esc"), tr("give back"))]


def _standing(desk: Desk, times: Clocks) -> str:
    """How the clock stands, in words: colour alone tells nothing."""
    tr, state = desk.tr, desk.meeting.state
    if state == "paused":
        return tr("Pause: we go on soon")
    if state != "running":
        return tr("Thank you all")
    if times.left_s < 0:
        return tr("The time is up: we conclude.")
    answering = desk.meeting.entries.get(desk.meeting.answering.entry) if desk.meeting.answering is not None else None
    if answering is not None and times.answer_left_s is not None:
        left_s = wording.left_clock(times.answer_left_s)
        return tr("{label} is answered: {clock} left", label=view.entry_label(tr, answering), clock=left_s)
    length = _length(desk, times.adjusted_s)
    return tr("{clock} left of {length}", clock=wording.clock_text(times.left_s), length=length)


def _length(desk: Desk, seconds: int) -> str:
    return wording.minutes_text(desk.tr, seconds)
