"""The screen on which a meeting is led: it holds the widgets, and wires them to the keys and to the meeting."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from typing import TYPE_CHECKING, ClassVar

from msgspec import Struct
from msgspec.structs import replace
from textual import events, on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType

from facilitator import wording
from facilitator.core.acts.moves import line_after
from facilitator.tui import clock_rows, footer, listing, outcomes, registry, view
from facilitator.tui.arrangement import arrange
from facilitator.tui.board import Board
from facilitator.tui.cells import cell_len
from facilitator.tui.gesture import ENTRIES, Gesture
from facilitator.tui.gestures import entries, time, views
from facilitator.tui.half_typed import Becomes
from facilitator.tui.keys import ADJOURN, REPLAN, digit_of, key_name
from facilitator.tui.pulse import Follower, Pulse
from facilitator.tui.screens.ordered import stands
from facilitator.tui.watch import Settling, is_touched, look, write_minutes
from facilitator.tui.widgets.bar import Bar, Mode
from facilitator.tui.widgets.boxes import Box
from facilitator.tui.widgets.clock_face import ClockFace
from facilitator.tui.widgets.entry_list import EntryList
from facilitator.tui.widgets.lines import Lines, Row
from facilitator.tui.widgets.message_line import MessageLine

if TYPE_CHECKING:
    from facilitator.core.entry import Entry
    from facilitator.core.meeting import Meeting
    from facilitator.tui.desk import Desk, Tone
    from facilitator.tui.widgets.room import RoomView

ALIVE_S = 10.0
WRITE_S = 15.0
FLASH_S = 1.0
# A draft that stays as it is for so long was saved.
SAVED_S = 0.3
# So long after a refused key, and after each that was held for it, what is typed does nothing else.
HOLD_MS = 1_000
# What follows one of these is a text, long in coming: it becomes a note.
HOLD_TEXT_MS = 2_000
_TAKES_TEXT = ("answer", "edit")
# What is typed without a sign of its own.
_TYPED = ("enter", "backspace", "tab")

# What Enter in the bar does.
ENTERED: dict[Mode, Callable[[MeetingScreen, Bar.Submitted], object]] = {
    "capture": entries.capture,
    "answer": entries.answered,
    "attend": views.attended,
    "find": entries.found,
    "handover": time.handed_over,
    "round": time.start_round,
}


class Aftermath(Struct, frozen=True):
    """What is typed after a refused key was meant for it, until this instant (ms): `letters` are all it may have been, if not None.

    `typing` once something was held back: a text goes on.
    """

    gesture: Gesture
    letters: frozenset[str] | None
    until: int
    typing: bool = False


def bindings() -> list[BindingType]:
    """The keys of the registry; a letter also works with the capitals lock on."""
    made: list[BindingType] = []
    for gesture in registry.GESTURES:
        keys = [*gesture.keys, *(key.upper() for key in gesture.keys if len(key) == 1 and key.isalpha())]
        if keys:
            made.append(Binding(",".join(keys), f"run('{gesture.id}')", gesture.label, show=False, id=gesture.id))
    return made


class MeetingScreen(Board):
    """Agenda, clock, what was written down, messages, and the bar."""

    CSS_PATH = "meeting.tcss"
    AUTO_FOCUS = ""
    BLANK = True
    BINDINGS: ClassVar[list[BindingType]] = bindings()

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.gestures = registry.BY_ID
        self.clock = ClockFace(desk, self._times)
        # Held, not looked for: a second may pass before they are on the screen, and after.
        self._lines = {
            "header": Lines(self._header, id="header"),
            "progress": Lines(self._progress, id="progress"),
            "step-clock": Lines(self._step_clock, id="step-clock"),
            "list": self.list,
            "side": self.list.panels,
            "counts": Lines(self._counts, id="counts"),
            "message": self.message,
            "footer": Lines(self._footer, id="footer"),
        }
        self._aftermath: Aftermath | None = None
        self._written: Meeting = desk.meeting
        self._minutes: object = None
        self._places = arrange(0, 0, (), phases=False)
        self._room_view: RoomView | None = None
        self._settling = Settling(desk)

    def compose(self) -> ComposeResult:
        """Header, agenda, clock, what was written down, message, bar, footer."""
        self._fit(self.app.size.width, self.app.size.height)
        yield self._lines["header"]
        with Box(id="body"):
            yield self.agenda
            with Box(id="right"):
                yield self.agenda.strip
                with Box(id="step"):
                    yield self._lines["progress"]
                    yield self._lines["step-clock"]
                yield self.clock
                with Box(id="lower"):
                    yield self.list
                    yield self.list.panels
                yield self._lines["counts"]
        yield self.message
        yield self.bar
        yield self._understood
        yield self._lines["footer"]

    def on_mount(self) -> None:
        """Follow the meeting: each second on the second, with what is half typed, and what others do."""
        self.desk.follow(
            self.paint,
            Follower(lambda: self.desk.guard(self.desk.session.notice), lambda: self.desk.guard(self._look)),
            Pulse(self.desk.to_next_second, self._second),
            Pulse(lambda: ALIVE_S, lambda: self.desk.guard(lambda: look(self.desk))),
            Pulse(lambda: WRITE_S, lambda: self.desk.guard(self._write_minutes)),
        )
        self.call_after_refresh(lambda: self.desk.guard(self._arrive))

    def on_unmount(self) -> None:
        """Nobody looks any more."""
        self.desk.leave(self.paint)

    def on_resize(self, event: events.Resize) -> None:
        """Another size holds other things."""
        self._fit(event.size.width, event.size.height)

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
            self.message.show()
            return
        self.message.waits = () if self._places.counts else self.desk.telephones.texts(self.tr)
        self._lines["counts"].show()
        self._choice_paint()

    @on(EntryList.Chosen)
    def _choice_paint(self) -> None:
        if stands(self):
            for name in ("list", "side", "message", "footer"):
                self._lines[name].show()

    async def turn(self) -> None:
        """Turn this screen into the room view, and back."""
        from facilitator.tui.widgets.room import RoomView

        if self._room_view is None:
            self._room_view = RoomView(self.desk)
            await self.mount(self._room_view, after="#body")
        self.toggle_class("-room")
        self.bar.be_discreet(discreet=self.in_room)
        self.message.discreet = self.in_room
        self._fit(self.size.width, self.size.height)
        self.paint()

    def _look(self) -> None:
        """See what others did; Textual hears of it only when there is something."""
        acts = self.desk.see()
        if acts is not None:
            self.call_later(lambda: self.desk.guard(lambda: self.desk.take_in(acts)))
        if self._settling.begins:
            self._wait_for_draft()

    def _wait_for_draft(self) -> None:
        """Take the draft up as soon as whoever saves it has done so: at once for who looks at the screen."""

        def settled() -> None:
            if self._settling.is_over:
                self._write_minutes()
            elif self._settling.goes_on:
                self._wait_for_draft()

        self.set_timer(SAVED_S, lambda: self.desk.guard(settled))

    def _arrive(self) -> None:
        """What was half typed comes back, and time in which nobody looked is noted."""
        self.restore_texts()
        look(self.desk)

    def _write_minutes(self) -> None:
        """Keep the draft of the minutes up to date, off the path of the keys."""
        meeting, session = self.desk.meeting, self.desk.session
        if not session.exists or meeting.state == "closed":
            return
        if meeting is self._written and not is_touched(self.desk):
            return
        self._written = meeting
        self.run_worker(self._keep_minutes, thread=True, exit_on_error=False, group="minutes")

    def _keep_minutes(self) -> None:
        told = write_minutes(self.desk)
        if told:
            self.app.call_from_thread(self.desk.say, " · ".join(told), "others", for_room=False)

    def _fit(self, width: int, height: int) -> None:
        """Put everything where it stands in a window of this size."""
        steps = self.desk.meeting.steps
        titles = [wording.step_title(self.tr, step.plan) for step in steps]
        places = arrange(width, height, titles, phases=any(step.phases for step in steps))
        self._places = places
        self.set_class(places.flat, "-flat")
        self.set_class(places.airy, "-airy")
        for name, shown in (
            ("column", places.agenda == "column"),
            ("strip", places.agenda == "strip"),
            ("side", places.side > 0),
            ("counts", places.counts),
            ("hints", places.hints),
        ):
            self.set_class(shown, f"-{name}")
        self.agenda.styles.width = places.column
        self.list.panels.styles.width = places.side
        self.list.has_panels = places.side > 0
        self.clock.take(places)

    def _second(self) -> None:
        self.desk.guard(self.desk.keep_texts)
        self.desk.guard(self.desk.look_at_telephones)
        if self.is_current and self.clock.is_mounted:  # a second may pass before the screen is whole
            self.desk.show(self._tick_paint)

    def _tick_paint(self) -> None:
        if not stands(self):
            return
        if self.in_room and self._room_view is not None:
            self._room_view.paint()
            return
        from facilitator.core.time.warnings import warnings  # first looked at after the first frame

        self._times = self.desk.clocks()
        self._header_paint()
        self.agenda.tell(self._times)
        self.message.tell(warnings(self.desk.meeting, self.desk.session.now(), self._times))
        self.clock.tell(self._times)
        self._lines["progress"].show()
        self._lines["step-clock"].show()

    def _header_paint(self) -> None:
        """Ask for the header only when one of its minutes may be another, or it says what the line of messages would."""
        times = self._times
        seconds = [None if at is None else at // 1000 for at in (times.projected_end, times.promised_end)]
        minutes = (self.desk.meeting, times.now // 60_000, times.drift_s, *seconds)
        if minutes != self._minutes or self.has_class("-flat"):
            self._minutes = minutes
            self._lines["header"].show()

    @on(MessageLine.Warned)
    def _ring(self) -> None:
        """Ring or flash, where the network chose so."""
        choices = self.desk.meeting.opened.choices
        if choices.bell:
            self.app.bell()
        if choices.flash:
            self.add_class("-flash")
            self.set_timer(FLASH_S, lambda: self.remove_class("-flash"))

    def _header(self, width: int, height: int) -> list[Row]:
        if self.has_class("-flat") and self.message.presses:
            return self.message.rows(width, height)  # there is no other row for it
        desk, seen = self.desk, self._places.side > 0  # then the agenda is seen, too
        return view.header(self.tr, desk.title, desk.meeting, self._times, desk.zone, width, with_step=not seen)

    def _counts(self, width: int, _height: int) -> list[Row]:
        tail = view.waiting_row(self.desk.telephones.texts(self.tr), width * 3 // 4)
        room = width - sum(cell_len(text) for text, _ in tail)
        counted = view.counts(self.tr, self.desk.meeting, room, panels=self._places.side > 0)
        return [view.beside_counts(counted, tail, width) if tail else counted]

    def _progress(self, width: int, _height: int) -> list[Row]:
        return [clock_rows.progress(self.desk.meeting, self._times, width)]

    def _step_clock(self, width: int, _height: int) -> list[Row]:
        return [clock_rows.step_clock(self.tr, self.desk.meeting, self._times, width)]

    def _footer(self, width: int, _height: int) -> list[Row]:
        if self.bar.is_open:
            return [footer.bar_row(self.tr, self.bar.mode, width, self.bar.kind)]
        if self.message.asked is not None:
            return [footer.choice_row(self.tr, width, self.message.asked.about)]
        return [footer.gestures_row(self.tr, self.desk.meeting, self.keys_now, width)]

    @property
    def keys_now(self) -> list[Gesture]:
        """What the keys do that matter now, the first of them most."""
        meeting, selected = self.desk.meeting, self.selected
        last = bool(meeting.steps) and meeting.spot is not None and line_after(meeting) is None
        return registry.footer(
            meeting, selected, listing.meant(meeting, selected), chosen=self.list.on_purpose, last=last
        )

    def show_keys(self) -> None:
        """What the keys do, those that matter now first."""
        from facilitator.tui.screens.help import HelpScreen

        here = [(gesture.keys_text(self.tr), self.tr(gesture.help)) for gesture in self.keys_now]
        self.app.push_screen(HelpScreen(self.tr, here, self.gestures))

    def show_palette(self) -> None:
        """The palette of commands."""
        from facilitator.tui.screens.palette import PaletteScreen

        self.app.push_screen(PaletteScreen(self.desk, registry.GESTURES, self.do))

    # The keys

    def action_run(self, name: str) -> None:
        """What a binding names."""
        self.do(registry.BY_ID[name])

    def do(self, gesture: Gesture) -> None:
        """Do it; what cannot be done now is said, not ignored."""
        self._choose_for(gesture)
        over = self.desk.meeting.state == "closed"  # else why the clock stays as it is, is told where that is decided
        if not (
            gesture.when(self.desk.meeting, self.selected) or (gesture.id in ("pause", "next", "back") and not over)
        ):
            self._refuse(gesture)
            self._await_aftermath(gesture)
            return
        before = self.desk.message
        self.desk.guard(lambda: gesture.do(self))
        said = self.desk.message
        if said is not before and said is not None and said.tone == "refused" and self.is_current:
            self._await_aftermath(gesture)

    def _choose_for(self, gesture: Gesture) -> None:
        """What becomes of a question is for the one that is meant, which is seen to be chosen."""
        if gesture.id not in ("send", "answer"):
            return
        question = listing.meant(self.desk.meeting, self.selected)
        if question is not None and question is not self.selected:
            self.list.choose(question.id)

    def _await_aftermath(self, gesture: Gesture) -> None:
        """What is typed next was meant for this key, which was refused, and does not act on the meeting."""
        letters = frozenset(outcomes.keys(self.tr)) if gesture.id == "send" else None
        hold = HOLD_TEXT_MS if gesture.id in _TAKES_TEXT or letters else HOLD_MS
        self._aftermath = Aftermath(gesture, letters, self.desk.now_ms() + hold)

    def expect_text(self) -> None:
        """The screen before was left under the fingers of who may be typing: what comes now is a note, and no command."""
        self._await_aftermath(registry.BY_ID["answer"])

    def _refuse(self, gesture: Gesture) -> None:
        """Say why not."""
        for_room = self.selected is None or not self.selected.private
        self.desk.say(self._why_not(gesture), "refused", for_room=for_room)

    def _why_not(self, gesture: Gesture) -> str:
        tr = self.tr
        if self.desk.meeting.state == "closed":
            return tr("The meeting is closed.")
        if gesture.group == ENTRIES:
            if self.selected is None:
                listed = self.list.listed()
                return tr("Choose an entry first: ↑ ↓") if listed else tr("Nothing is written down yet.")
            if gesture.id in ("send", "answer"):
                return tr("{label} is not a question: ↑ ↓ choose one.", label=self._called(self.selected))
            label = view.entry_label(tr, self.selected)
            return tr("{label}: {command} is not for this kind.", label=label, command=tr(gesture.label))
        if self.desk.meeting.state in ("none", "ready"):
            return tr("The meeting has not begun: → begins it.")
        return tr("The meeting is adjourned: time no longer runs.")

    def _called(self, entry: Entry) -> str:
        """Its number; of what has none, what it is."""
        return view.entry_label(self.tr, entry) if entry.number else self.tr("This note")

    def _hold(self, event: events.Key) -> bool:
        """True when the key was meant for a gesture that was refused just now, and does nothing else.

        A text begins a note, so that nothing typed is lost. Right after it, to begin an entry, to press the same key again and
        what is no text are not held: who does that has read the refusal.
        """
        held, now = self._aftermath, self.desk.now_ms()
        self._aftermath = None
        typed = event.character if event.is_printable else None
        if held is None or now > held.until or (typed is None and event.key not in _TYPED):
            return False
        if held.gesture.id in _TAKES_TEXT and typed is not None:
            self._begin("note")
            self.bar.input.insert_text_at_cursor(typed)
            self.desk.add(self.tr("what you type becomes a note"))
            return True
        gesture = self._bound(event.key)
        if held.letters is not None:
            return typed is not None and typed.lower() in held.letters
        if gesture is not None and not held.typing and (gesture is held.gesture or gesture.kind is not None):
            return False
        self._aftermath = replace(held, until=max(held.until, now + HOLD_MS), typing=True)
        return True

    def _answer_asked(self, event: events.Key) -> None:
        if self.message.answer(event):
            self.paint()

    def on_key(self, event: events.Key) -> None:
        """While a choice is asked for, its keys come first."""
        if self.message.asked is not None:
            self.desk.guard(lambda: self._answer_asked(event))
        elif self.bar.is_open or not self._hold(event):
            if event.key == "escape" and not self.bar.is_open and not self._may_stop():
                event.stop()  # there is nothing that it would leave, which is no refusal
                event.prevent_default()
                return
            digit = digit_of(event.character)
            # Itself, or what its key gives without shift where that means nothing else.
            if not self.bar.is_open and digit and (digit == event.character or self._bound(event.key) is None):
                self._pick(digit)
                event.stop()
                event.prevent_default()
                return
            gesture = self._bound(event.key)
            if gesture is None or (self.bar.is_open and event.is_printable):
                return
            self.do(gesture)
        event.stop()
        event.prevent_default()

    def _may_stop(self) -> bool:
        """Whether Escape stops the answer under way: it first waves away what could not be saved."""
        calm = self.desk.alarm is None
        self.desk.calm()
        return calm and self.desk.meeting.answering is not None

    def _pick(self, digit: str) -> None:
        """Choose a question by its number, which may have several digits."""
        number = self.list.pick(digit, self.desk.now_ms())
        if number is not None:
            if self.desk.meeting.state == "closed":
                words = self.tr("{key} shows what 1–5 share.", key=key_name(self.tr, ADJOURN))
                self.desk.say(words, "refused")
                return
            said = view.number_label(self.tr, number)
            self.desk.say(self.tr("{number}: there is no such question here.", number=said), "refused")

    def _bound(self, key: str) -> Gesture | None:
        """What a key is bound to, here and now, with whatever keymap there is."""
        ids = [binding.id for binding in self._bindings.key_to_bindings.get(key, ())]
        return next((registry.BY_ID[name] for name in ids if name in registry.BY_ID), None)

    # The bar

    @on(Bar.Left)
    def _left(self, event: Bar.Left) -> None:
        self._tell_left(event.kind)

    @on(Bar.Submitted)
    def _submitted(self, event: Bar.Submitted) -> None:
        """The text leaves the bar only when it is saved."""
        self.desk.guard(lambda: ENTERED[event.mode](self, event))

    @on(Bar.Act)
    def _act(self, event: Bar.Act) -> None:
        """Who acts on the meeting writes no entry any more: the line closes, and the letter that follows is a key."""
        if gesture := self._bound(event.key):
            if self.bar.mode == "capture":
                self.bar.close()
            self.do(gesture)

    # What is half typed

    def restore_texts(self) -> None:
        """Take over what was half typed when the program was killed, and say which key brings it back: no key is swallowed."""
        from facilitator.store.half_typed import clear_texts

        kept = self.desk.session.left_texts()
        latest = self.desk.texts.adopt(kept, self.desk.meeting.entries)
        if latest is None:
            return
        if latest.kind == "answer" and latest.entry is not None:
            self.list.choose(latest.entry, on_purpose=True)
        self._tell_left(latest.kind, "typing")
        self.desk.keep_texts()
        for writer in dict.fromkeys(one.writer for one in kept):
            with suppress(OSError):  # no loss: it is kept twice
                clear_texts(self.desk.session.texts_folder, writer)

    def _tell_left(self, kind: Becomes, tone: Tone = "said") -> None:
        """A text was left; say what brings it back: what belongs to the closing screen and the plan is begun there."""
        elsewhere = {"summary": ADJOURN, "owners": ADJOURN, "step": REPLAN}.get(kind)
        key = key_name(self.tr, elsewhere) if elsewhere else registry.BY_ID[kind].key(self.tr)
        self.desk.say(self.tr("Text kept: {key} brings it back.", key=key), tone)
