"""The seat of the server at the meeting: the one place that knows more than the room may see, and gives out less.

Everything else here is handed a `Shown`, which is made of a `PublicMeeting`, or what a telephone itself sent.
"""

from __future__ import annotations

import os

from msgspec import Struct

from facilitator import wording
from facilitator.core.meeting import PublicMeeting
from facilitator.core.public import public
from facilitator.core.telephones import How, Sent
from facilitator.i18n import Translator, translator
from facilitator.meetings import telephones
from facilitator.meetings.session import Session
from facilitator.store.telephones import sent_state
from facilitator.web.shown import Shown, is_open, shown


class Mine(Struct, frozen=True):
    """What a telephone sent, in words, what became of it, whether it can be taken back; the `entry` that it said it has too."""

    id: str
    words: str
    state: str
    waits: bool
    entry: str = ""


class Own(Struct, frozen=True):
    """What a telephone sees of itself alone."""

    mine: tuple[Mine, ...] = ()


class Seat:
    """What the room sees, and where what it sends waits."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._sent = self._state()
        self._public: PublicMeeting | None = None

    @property
    def language(self) -> str:
        """The language of the meeting."""
        return self._session.setup.language

    @property
    def is_over(self) -> bool:
        """Whether the meeting is closed, or was put out of the way."""
        self._session.follow()
        return self._session.meeting.state == "closed" or not any(map(os.path.isdir, self._session.journal.places))

    def notice(self) -> int | None:
        """A descriptor that is readable once others did something; None where one has to look."""
        return self._session.notice()

    def look(self) -> bool:
        """Take in what others did; whether anything changed, in the meeting or of what waits."""
        arrived, before = self._session.poll(), self._sent
        self._sent = self._state()
        if arrived:
            self._public = None
        return bool(arrived) or self._sent != before

    def shown(self, tr: Translator) -> Shown:
        """What everybody sees now."""
        return shown(tr, self._meeting(), self._session.clocks())

    def own(self, tr: Translator, phone: str) -> Own:
        """What this telephone sees of itself."""
        found = telephones.of_phone(self._session, phone)
        return Own(tuple(self._mine(tr, item, how) for item, how in found))

    def receive(self, item: Sent) -> None:
        """Keep what a telephone sent, on the disk. Raises NotKept, NotSaved; LookupError for the same as what is not there to be seen."""
        known = {one.id for one in self._meeting().entries if is_open(one)}
        if item.kind == "same" and item.entry not in known:
            raise LookupError(item.entry)
        telephones.receive(self._session, item)

    def withdraw(self, phone: str, item_id: str) -> bool:
        """Let a telephone take back what it sent; False when that no longer waits. Raises NotSaved."""
        return telephones.withdraw(self._session, phone, item_id)

    def forget(self) -> None:
        """Delete what was sent, once the meeting is closed. Raises OSError."""
        telephones.forget_closed(self._session)

    def _state(self) -> object:
        return sent_state(self._session.workspace, self._session.meeting.id)

    def _meeting(self) -> PublicMeeting:
        if self._public is None:
            self._public = public(self._session.meeting)
        return self._public

    def _mine(self, tr: Translator, item: Sent, how: How | None) -> Mine:
        states = {
            "taken": tr("taken up"),
            "declined": tr("not taken up this time"),
            "withdrawn": tr("taken back"),
            None: tr("waits to be taken up"),
        }
        state = states[how]
        if item.kind == "floor":
            ahead = telephones.ahead(self._session, item.phone) if how is None else None
            state = tr.ntr("{n} before you", "{n} before you", ahead) if ahead else state
            state = tr("you are next") if ahead == 0 else state
        return Mine(
            item.id, self._words(tr, item), state, waits=how is None, entry="" if how == "withdrawn" else item.entry
        )

    def _words(self, tr: Translator, item: Sent) -> str:
        if item.kind == "same":
            entry = next((one for one in self._meeting().entries if one.id == item.entry and one.text), None)
            about = wording.quoted(tr, entry.text) if entry is not None else ""
            return tr("Me too: {text}", text=about) if about else tr("Me too")
        if item.kind == "floor":
            return tr("The floor")
        return tr("Your evaluation") if item.kind == "evaluation" else " ".join(item.text.split())


def translator_of(wanted: str, language: str) -> Translator:
    """The words of a page: in the language that its browser asks for first, of those there are, else in that of the meeting.

    `wanted` is an `Accept-Language`.
    """
    first = [part.split(";")[0].strip()[:2].lower() for part in wanted.split(",")]
    return translator(next((one for one in first if one in ("fr", "en")), language))
