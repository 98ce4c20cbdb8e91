"""The line of messages: what is asked, what was said last, or what stands; and what of it is new."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING

from msgspec import Struct
from textual import events
from textual.message import Message

from facilitator.tui import view
from facilitator.tui.cells import fit, fit_first
from facilitator.tui.widgets.lines import Lines, Row

if TYPE_CHECKING:
    from facilitator.core.time.warnings import Alert
    from facilitator.tui.desk import Desk


class LineChoice(Struct, frozen=True):
    """A choice asked for in one line: its wordings, the longest first, the keys and what each does; what it is about."""

    prompts: Sequence[str]
    choices: Mapping[str, Callable[[], object]]
    about: str = ""


class MessageLine(Lines):
    """One row."""

    class Warned(Message):
        """There is a warning that was not there before, and that is more than a note."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(self.rows, id="message")
        self.desk = desk
        self.asked: LineChoice | None = None
        self.discreet = False
        """While the room looks on."""
        self.typing = False
        """While letters go into the bar."""
        self.waits: Sequence[str] = ()
        """What waits from the telephones, where no other row has a place for it: said while nothing else is."""
        self._alerts: Sequence[Alert] = ()
        self._heard: set[str] | None = None

    @property
    def presses(self) -> bool:
        """Whether it must be read, however few rows there are."""
        if self.asked is not None:
            return True
        line = self.desk.line
        return line is not None and line.tone in ("refused", "unsaved", "saving") and not self.desk.is_old(line)

    def tell(self, alerts: Sequence[Alert]) -> None:
        """Show it with these warnings; what held at the opening was told before."""
        self._alerts = alerts
        keys = {alert.key for alert in alerts}
        if self._heard is not None and any(alert.level != "note" for alert in alerts if alert.key not in self._heard):
            self.post_message(self.Warned())
        self._heard = (self._heard or set()) | keys
        self.show()

    def ask(self, prompts: Sequence[str], choices: Mapping[str, Callable[[], object]], about: str = "") -> None:
        """Ask for one key, in the longest wording that fits; Escape changes nothing."""
        self.asked = LineChoice(prompts, choices, about)

    def drop(self) -> None:
        """Nothing is asked any more."""
        self.asked = None

    def answer(self, event: events.Key) -> bool:
        """Do what the key means that answers what was asked; true when that is over."""
        asked = self.asked
        key = (event.character or event.key).lower() if event.is_printable else event.key
        if asked is None or (key != "escape" and key not in asked.choices):
            return False
        self.asked = None
        if key != "escape":
            asked.choices[key]()
        return True

    def rows(self, width: int, _height: int) -> list[Row]:
        """The one row."""
        desk, line = self.desk, self.desk.line
        if self.asked is not None:
            return [[(" " + fit_first(self.asked.prompts, width - 1), "key")]]
        if self.discreet:
            return [desk.room_row(width)]
        standing = view.standing(desk.tr, desk.meeting, self._alerts, typing=self.typing)
        if line is None or (desk.is_old(line) and (standing is not None or line.tone != "typing")):
            if standing is not None:
                return [[(" " + fit(standing[0], width - 1), standing[1])]]
            return [view.waiting_row(self.waits, width)]
        return [[(" " + fit(line.text.replace("\n", " "), width - 1), line.style)]]
