"""The screen on which a meeting is led."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, ClassVar

from textual import events, on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.screen import Screen

from facilitator.core.text import fold_case
from facilitator.core.time.clocks import fitting
from facilitator.tui import entry_rows, figures, view
from facilitator.tui import registry as commands
from facilitator.tui.cells import fit, fit_first, wrap
from facilitator.tui.pulse import Follower, Pulse
from facilitator.tui.screens.acting import Acting
from facilitator.tui.screens.ordered import stands
from facilitator.tui.screens.sizing import Sizing
from facilitator.tui.watch import look, write_minutes
from facilitator.tui.widgets.bar import Bar
from facilitator.tui.widgets.boxes import Box
from facilitator.tui.widgets.clock import BigClock
from facilitator.tui.widgets.lines import Lines, Row

if TYPE_CHECKING:
    from facilitator.core.entry import Entry
    from facilitator.core.meeting import Meeting
    from facilitator.core.time.clocks import Clocks
    from facilitator.core.time.warnings import Alert
    from facilitator.tui.desk import Desk, Message
    from facilitator.tui.widgets.room import RoomView

ALIVE_S = 10.0
WRITE_S = 15.0
FLASH_S = 1.0


def bindings() -> list[BindingType]:
    """The keys of the registry; a letter also works with the capitals lock on."""
    made: list[BindingType] = []
    for command in commands.COMMANDS:
        keys = [*command.keys, *(key.upper() for key in command.keys if len(key) == 1)]
        if keys:
            made.append(Binding(",".join(keys), f"run('{command.id}')", command.label, show=False, id=command.id))
    return made


class MeetingScreen(Acting, Sizing, Screen[None]):
    """Agenda, clock, what was caught, and the bar."""

    CSS_PATH = "meeting.tcss"
    AUTO_FOCUS = ""
    BLANK = True
    BINDINGS: ClassVar[list[BindingType]] = bindings()

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk
        self.tr = desk.tr
        self.chosen: str | None = None
        self.on_purpose = False
        self.found: str = ""
        self._listed: tuple[object, str, list[Entry]] | None = None
        self._big_text = ""
        self._written: Meeting = desk.meeting
        self._room_view: RoomView | None = None
        self._pulses: tuple[Pulse | Follower, ...] = ()
        self.times: Clocks = desk.clocks()
        self._fits: str | None = None
        self._alerts: tuple[Alert, ...] = ()
        self._told: set[str] = set()
        self._told_once = False

    def compose(self) -> ComposeResult:
        """Header, body, message, bar, footer."""
        clock_rows = self._fit(self.app.size.width, self.app.size.height)
        big = BigClock(id="big")
        big.begin(self._big(), *self._clock_room)
        yield Lines(self._header, id="header")
        with Box(id="body"):
            with Vertical(id="left"):
                yield Lines(self._agenda, id="agenda")
                yield Lines(self._counts, id="counts")
            with Box(id="right"):
                yield Lines(self._where, id="where")
                with Box(id="clock") as clock:
                    clock.styles.height = clock_rows
                    yield big
                    yield Lines(self._beside, id="beside")
                yield Lines(self._list_head, id="list-head")
                with Box(id="lower"):
                    yield Lines(self._list, id="list")
                    yield Lines(self._side, id="side")
        yield Lines(self._message, id="message")
        yield Bar(self.tr, self.complete, self.desk.texts)
        yield Lines(self._footer, id="footer")

    def on_mount(self) -> None:
        """Follow the meeting: each second on the second, with what is half typed, and what others do."""
        self.desk.listeners.append(self.paint)
        self._put_clock(self._big())
        self._pulses = (
            Follower(lambda: self.desk.guard(self.desk.session.notice), lambda: self.desk.guard(self._look)),
            Pulse(self.desk.to_next_second, self._second),
            Pulse(lambda: ALIVE_S, lambda: self.desk.guard(lambda: look(self.desk))),
            Pulse(lambda: WRITE_S, lambda: self.desk.guard(self._write_minutes)),
        )
        for pulse in self._pulses:
            pulse.start()
        self.call_after_refresh(lambda: self.desk.guard(self._arrive))

    def on_unmount(self) -> None:
        """Nobody looks any more."""
        for pulse in self._pulses:
            pulse.stop()
        if self.paint in self.desk.listeners:
            self.desk.listeners.remove(self.paint)

    def on_resize(self, event: events.Resize) -> None:
        """Another size holds other things."""
        self._arrange(event.size.width, event.size.height)

    def on_screen_resume(self) -> None:
        """Back from another screen: the meeting went on."""
        self.paint()

    def paint(self) -> None:
        """Show the meeting as it stands; rows that did not change are not sent."""
        self.desk.show(self._paint)

    def _paint(self) -> None:
        if not stands(self):
            return
        self._tick_paint()
        if self.in_room:
            self.query_one("#message", Lines).show()
            return
        for name in ("counts", "where", "list-head", "list", "side", "message", "footer"):
            self.query_one(f"#{name}", Lines).show()

    def entries(self) -> Sequence[Entry]:
        """The entries listed, in the order of capture, those that hold what is looked for."""
        kept = self.desk.meeting.entries
        if self._listed is None or self._listed[0] is not kept or self._listed[1] != self.found:
            wanted = fold_case(self.found)
            self._listed = (
                kept,
                self.found,
                [
                    entry
                    for entry in kept.values()
                    if not wanted or wanted in fold_case(f"{view.entry_label(self.tr, entry)} {_searched(entry)}")
                ],
            )
        return self._listed[2]

    @property
    def selected(self) -> Entry | None:
        """The entry that keys act on: the chosen one, else none."""
        return self.desk.meeting.entries.get(self.chosen) if self.chosen is not None else None

    @property
    def in_room(self) -> bool:
        """True while this very screen is the room view."""
        return self.has_class("-room")

    async def turn(self) -> None:
        """Turn this screen into the room view, and back."""
        from facilitator.tui.widgets.room import RoomView

        if self._room_view is None:
            self._room_view = RoomView(self.desk)
            await self.mount(self._room_view, after="#body")
        self.toggle_class("-room")
        self.bar.be_discreet(discreet=self.in_room)
        self._big_text = ""
        self._arrange(self.size.width, self.size.height)
        self.paint()

    @property
    def bar(self) -> Bar:
        """The bar at the bottom."""
        return self.query_one(Bar)

    def _look(self) -> None:
        """See what others did; Textual hears of it only when there is something."""
        acts = self.desk.see()
        if acts is not None:
            self.call_later(lambda: self.desk.guard(lambda: self.desk.take_in(acts)))

    def _arrive(self) -> None:
        """What was half typed comes back, and time in which nobody looked is noted."""
        self.restore_draft()
        look(self.desk)

    def _write_minutes(self) -> None:
        """Keep the draft of the minutes up to date, off the path of the keys."""
        meeting, session = self.desk.meeting, self.desk.session
        if meeting is self._written or not session.exists or meeting.state == "closed":
            return
        self._written = meeting
        self.run_worker(lambda: write_minutes(self.desk), thread=True, exit_on_error=False, group="minutes")

    def _second(self) -> None:
        self.desk.guard(self.save_draft)
        self.call_later(self._tick)

    def _tick(self) -> None:
        if self.is_current:
            self.desk.show(self._tick_paint)

    def _tick_paint(self) -> None:
        if not stands(self):
            return
        if self.in_room and self._room_view is not None:
            self._room_view.paint()
            return
        self.times = self.desk.clocks()
        meeting, now = self.desk.meeting, self.desk.session.now()
        self._fits = fitting(meeting, now)
        from facilitator.core.time.warnings import warnings  # first looked at after the first frame

        self._alerts = warnings(meeting, now)
        self._ring()
        for name in ("header", "agenda", "beside", "message"):
            self.query_one(f"#{name}", Lines).show()
        text = self._big()
        if figures.width(text) != figures.width(self._big_text):
            self._arrange(self.size.width, self.size.height)
        self._put_clock(text)

    def _ring(self) -> None:
        """Ring or flash once for each new warning, where the network chose so; what held at the opening was told before."""
        told = {alert.key for alert in self._alerts}
        new = [alert for alert in self._alerts if alert.key not in self._told]
        first, self._told = not self._told_once, self._told | told
        self._told_once = True
        if first or not any(alert.level != "note" for alert in new):
            return
        choices = self.desk.meeting.opened.choices
        if choices.bell:
            self.app.bell()
        if choices.flash:
            self.add_class("-flash")
            self.set_timer(FLASH_S, lambda: self.remove_class("-flash"))

    def _header(self, width: int, _height: int) -> list[Row]:
        if self.has_class("-flat") and (self.pending is not None or self._pressing(self.desk.line)):
            return self._message(width, 1)  # there is no other row for it
        return view.header(self.tr, self.desk.title, self.desk.meeting, self.times, self.desk.zone, width)

    def _pressing(self, message: Message | None) -> bool:
        """Whether a message must be read, however few rows there are."""
        return (
            message is not None and message.tone in ("refused", "unsaved", "saving") and not self.desk.is_old(message)
        )

    def _agenda(self, width: int, height: int) -> list[Row]:
        return view.agenda(self.tr, self.desk.meeting, self.times, self._fits, width, height)

    def _counts(self, width: int, _height: int) -> list[Row]:
        return view.counts(self.tr, self.desk.meeting, width)

    def _where(self, width: int, _height: int) -> list[Row]:
        return [view.heading(*view.where(self.tr, self.desk.meeting, self.desk.title), width)]

    def _beside(self, width: int, height: int) -> list[Row]:
        if height == 1:
            return [view.below_clock(self.tr, self.desk.meeting, self.times, self.desk.zone, width)]
        rows = view.beside_clock(self.tr, self.desk.meeting, self.times, self.desk.zone, width)
        return [[(fit(text, width), style) for text, style in row] for row in rows]

    def _list_head(self, width: int, _height: int) -> list[Row]:
        listed = self.entries()
        name = self.tr("Found: {words}", words=self.found) if self.found else self.tr("Written down")
        place = next((i for i in range(len(listed) - 1, -1, -1) if listed[i].id == self.chosen), None)
        aside = f"{place + 1} / {len(listed)}" if place is not None else str(len(listed) or "")
        if self.desk.meeting.state == "ready" and not self.found:
            name, aside = self.tr("Welcome"), ""
        return [view.heading(name, aside, width)]

    def _list(self, width: int, height: int) -> list[Row]:
        meeting = self.desk.meeting
        rows: list[Row] = []
        if meeting.state == "ready" and not self.found:
            rows = [
                *view.welcome(self.tr, meeting, width),
                *entry_rows.people(self.tr, meeting, width, max(1, height // 2)),
                [],
            ]
        if self.found and not self.entries():
            return [[("  " + fit(self._nothing_found(), width - 3), "warn")]]
        if meeting.state != "ready" and not meeting.entries:
            hint = wrap(self.tr("Nothing yet. q question, h help."), width - 3)
            return [[("  " + line, "dim")] for line in hint]
        return rows + entry_rows.entries(self.tr, meeting, self.entries(), self.chosen, width, height - len(rows))

    def _side(self, width: int, height: int) -> list[Row]:
        return entry_rows.side(self.tr, self.desk.meeting, width, height)

    def _message(self, width: int, _height: int) -> list[Row]:
        if self.pending is not None:
            return [[(" " + fit_first(self.pending.prompts, width - 1), "key")]]
        if self.in_room:
            return [self.desk.room_row(width)]
        message = self.desk.line
        standing = view.standing(self.tr, self.desk.meeting, self._alerts)
        if message is None or (self.desk.is_old(message) and standing is not None):
            return [[(" " + fit(standing[0], width - 1), standing[1])]] if standing else [[]]
        return [[(" " + fit(message.text.replace("\n", " "), width - 1), message.style)]]

    def _footer(self, width: int, _height: int) -> list[Row]:
        if self.bar.is_open:
            return [view.footer_of_bar(self.tr, self.bar.mode, width)]
        if self.pending is not None:
            return [view.footer_of_choice(self.tr, width)]
        last = bool(self.desk.meeting.steps) and self.on_last_line()
        chosen = commands.footer(self.desk.meeting, self.selected, chosen=self.on_purpose, last=last)
        return [view.footer(self.tr, self.desk.meeting, chosen, width)]

    @on(Bar.Edited)
    def _edited(self) -> None:
        if self.bar.mode == "find" and self.bar.is_open:
            self.look_for(self.bar.text)

    @on(Bar.Closed)
    def _bar_closed(self) -> None:
        self.found = ""
        self.desk.hush()
        self.desk.guard(self.save_draft)
        self.paint()

    @on(Bar.Left)
    def _left(self, event: Bar.Left) -> None:
        self.tell_left(event.kind)

    @on(Bar.Submitted)
    def _submitted(self, event: Bar.Submitted) -> None:
        self.desk.guard(lambda: self.submit(event.mode, event.kind, event.text, event.entry))

    @on(Bar.Act)
    def _act(self, event: Bar.Act) -> None:
        self.action_run(event.command)

    @on(Bar.TooLong)
    def _too_long(self, event: Bar.TooLong) -> None:
        self.tell(
            self.tr.ntr("Pasted text too long: {n} character.", "Pasted text too long: {n} characters.", event.length),
            "refused",
        )

    def on_paste(self, event: events.Paste) -> None:
        """A text pasted with no bar open opens the bar with it."""
        event.stop()
        if not self.bar.is_open and event.text.strip():
            self.begin("question")
            self.bar.input.paste(event.text)
            self.paint()

    def on_key(self, event: events.Key) -> None:
        """While a choice is asked for, its keys come first."""
        if self.pending is not None:
            event.stop()
            event.prevent_default()
            self.desk.guard(lambda: self.choose(event))
            return
        if not self.bar.is_open and self.hold(event):
            event.stop()
            event.prevent_default()
            return
        if event.key == "escape":
            self.desk.calm()
        command = self._bound(event.key)
        if command and not (self.bar.is_open and event.is_printable):
            event.stop()
            event.prevent_default()
            self.action_run(command)

    def _bound(self, key: str) -> str | None:
        """The command of the registry that a key is bound to, here and now, with whatever keymap there is."""
        ids = [binding.id for binding in self._bindings.key_to_bindings.get(key, ())]
        return next((name for name in ids if name in commands.BY_ID), None)


def _searched(entry: Entry) -> str:
    """What finding looks at; never the text of a private entry."""
    if entry.private:
        return ""
    return " ".join([entry.text, entry.by or "", *entry.owners, entry.theme or "", entry.answer or ""])
