"""What the keys of a meeting act on: the list, the agenda, the line of messages, the bar. How it is painted is the screen's."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING

from textual import events, on
from textual.screen import Screen

from facilitator import wording
from facilitator.core.people import complete, expected_names
from facilitator.core.vocabulary import PRIVATE
from facilitator.tui.widgets.agenda import AgendaLines
from facilitator.tui.widgets.bar import Bar, Mode
from facilitator.tui.widgets.entry_list import EntryList
from facilitator.tui.widgets.lines import Lines, Row
from facilitator.tui.widgets.message_line import MessageLine

if TYPE_CHECKING:
    from facilitator.core.entry import Entry
    from facilitator.core.vocabulary import Kind
    from facilitator.tui.desk import Desk


class Board(Screen[None]):
    """The widgets that gestures act on, and the bar in which they ask. A subclass paints it, and knows which key does what."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk
        self.tr = desk.tr
        self.answering: Entry | None = None
        """The question that is answered, as it was when that was begun."""
        self.beside: Entry | None = None
        """The same, with the answer that someone else gave it meanwhile: an answer entered again is kept beside theirs."""
        self.removed_at: int | None = None
        """When an entry was taken away last, by `Desk.now_ms`."""
        self._times = desk.clocks()
        self.agenda = AgendaLines(desk, self._times)
        self.list: EntryList = EntryList(desk)
        self.message = MessageLine(desk)
        self._understood = Lines(self._understood_row, id="understood")
        self.bar = Bar(desk.tr, self._complete, desk.texts, self._understood.show)

    # What a subclass says

    def paint(self) -> None:
        """Show the meeting as it stands."""
        raise NotImplementedError

    async def turn(self) -> None:
        """Turn this screen into the room view, and back."""
        raise NotImplementedError

    def expect_text(self) -> None:
        """The screen before was left under the fingers of who may be typing: what comes now is a note, and no command."""
        raise NotImplementedError

    def show_keys(self) -> None:
        """What the keys do, over this screen."""
        raise NotImplementedError

    def show_palette(self) -> None:
        """Every command, by its name."""
        raise NotImplementedError

    # What all may ask

    @property
    def selected(self) -> Entry | None:
        """The entry that keys act on."""
        return self.list.selected

    @property
    def in_room(self) -> bool:
        """True while this very screen is the room view."""
        return self.has_class("-room")

    def ask(self, prompts: Sequence[str], choices: Mapping[str, Callable[[], object]], about: str = "") -> None:
        """Ask for one key in the line of messages, about something that the footer names; the bar gives way, its text kept."""
        if self.bar.is_open:
            self.bar.give_up()
        self.message.ask(prompts, choices, about)
        self.paint()

    # The bar

    def open_bar(
        self, mode: Mode, kind: Kind = "question", subject: str = "", text: str = "", entry: str | None = None
    ) -> None:
        """Open the bar, here and now; a choice that was asked for is given up."""
        self.message.drop()
        self.bar.open(mode, kind, subject, text, entry)
        self._typing(typing=True)
        self.paint()

    def _typing(self, *, typing: bool) -> None:
        """Letters go into the bar, or no more."""
        self.message.typing = typing
        self.set_class(typing and self.bar.mode in ("capture", "answer"), "-typing")
        self._understood.show()

    def _understood_row(self, width: int, _height: int) -> list[Row]:
        """What the line in the bar is understood as."""
        from facilitator.tui.understanding import understood, understood_answer

        bar, desk = self.bar, self.desk
        if not bar.is_open or self.in_room or bar.kind in PRIVATE:
            return []
        if bar.mode == "answer":
            return [understood_answer(self.tr, desk.names, self.answering, bar.text, width)]
        if not bar.text.strip():
            return []
        today = wording.local(desk.session.now().at, desk.zone).date()
        return [understood(self.tr, desk.meeting, desk.names, today, bar.kind, bar.text, width)]

    def _complete(self, prefix: str) -> str | None:
        """The one person who is meant; of those who come in, the partners of the network too."""
        names = expected_names(self.desk.meeting) if self.bar.mode == "attend" else self.desk.names
        return complete(prefix, names)

    def _begin(self, kind: Kind) -> None:
        """Open the bar on an entry that is begun now; what was left for one of its kind stays left."""
        self.message.drop()
        self.bar.open("capture", kind, fresh=True)
        self._typing(typing=True)

    @on(Bar.Edited)
    def _edited(self) -> None:
        if self.bar.mode == "find" and self.bar.is_open:
            self.list.look_for(self.bar.text)

    @on(Bar.Closed)
    def _bar_closed(self) -> None:
        self._typing(typing=False)
        self.list.list_all()
        self.desk.hush()
        self.desk.guard(self.desk.keep_texts)
        answering = self.desk.meeting.answering
        if self.bar.mode == "answer" and answering is not None and answering.entry == self.bar.entry:
            if self.desk.texts.left("answer", answering.entry):  # which was said just now
                self.desk.add(self.tr("Esc stops the answer clock"))
            else:
                words = self.tr("The time to answer {label} runs on: Esc stops it.", label=self.bar.subject)
                self.desk.say(words, for_room=False)
        self.paint()

    @on(Bar.TooLong)
    def _too_long(self, event: Bar.TooLong) -> None:
        self.desk.say(event.words, "refused")

    def on_paste(self, event: events.Paste) -> None:
        """A text pasted with no bar open opens the bar with it."""
        event.stop()
        if not self.bar.is_open and event.text.strip():
            self._begin("question")
            self.bar.input.paste(event.text)
            self.paint()
