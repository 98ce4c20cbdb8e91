"""What is captured, changed, moved, taken away."""

from __future__ import annotations

from typing import Annotated, Any

from msgspec import Meta
from msgspec.structs import replace

from facilitator.core.acts.answers import stop_answer
from facilitator.core.acts.people import checked_name
from facilitator.core.entry import Entry
from facilitator.core.event import AnyAct, Deed, Event, Events, OwnCommand, Stamp
from facilitator.core.folding import Folding, Unfit
from facilitator.core.meeting import Meeting
from facilitator.core.refusal import Reason, Refused
from facilitator.core.said import Fields, Said, given
from facilitator.core.text import MAX_NAME, MAX_TEXT, one_line
from facilitator.core.vocabulary import HELD, KINDS, MAX_NUMBER, Kind

Number = Annotated[int, Meta(ge=0, le=MAX_NUMBER)]

# Why an entry of another kind is refused a part that some kinds alone may have.
HELD_ELSEWHERE: dict[str, Reason] = {
    "offer": "not-settled",
    "vote": "not-decided",
    "consensus": "not-decided",
    "when": "not-dated",
}
_UNSAID: dict[str, Any] = {name: getattr(Said(""), name) for name in Said.__struct_fields__}


class Capture(Deed, frozen=True):
    """Catch an entry. `fields.text` is required and already normalised."""

    kind: Kind
    fields: Fields
    step: str | None = None

    def decide(self, meeting: Meeting, stamp: Stamp) -> Events:
        """An entry, under the next number of its kind."""
        fields = checked_fields(meeting, self.fields)
        if not fields.text:
            raise Refused("empty-text")
        held(fields, self.kind)
        number = next_number(meeting, self.kind)
        return (Captured(entry=stamp.id, kind=self.kind, number=number, fields=fields, step=self.step),)


class Captured(Event, tag="captured", frozen=True):
    """An entry was caught. `number` is claimed, 0 for a note."""

    entry: str
    kind: Kind
    number: Number
    fields: Fields
    step: str | None = None

    def apply(self, folding: Folding, act: AnyAct) -> None:
        """An entry is there; live, it belongs to the step that runs, told, to the one that ran at its instant."""
        if folding.setup is None:
            raise Unfit("no-meeting")
        if self.entry in folding.entries or self.entry in folding.removed:
            raise Unfit("no-entry")
        step = self.step
        if step is not None:
            folding.step(step)
        elif not act.told and folding.spot is not None:
            step = folding.spot.step
        folding.put_entry(
            Entry(
                id=self.entry,
                kind=self.kind,
                number=folding.claim(self.kind, self.number, self.entry),
                at=act.at,
                actor=act.actor,
                step=step,
                **({"text": ""} | given(self.fields)),
            )
        )


class Edit(Deed, frozen=True):
    """Change parts of an entry, the step it belongs to and its kind when one is named: one undo takes all back."""

    entry: str
    fields: Fields
    step: str | None = None
    kind: Kind | None = None

    def decide(self, meeting: Meeting, stamp: Stamp) -> Events:
        """An entry of another kind, parts of it changed, and where it belongs."""
        fields = checked_fields(meeting, self.fields)
        if fields.text == "":
            raise Refused("empty-text")
        entry = meeting.entries.get(self.entry)
        if entry is not None:
            held(fields, self.kind or entry.kind)
        changed: Events = ChangeKind(self.entry, self.kind).decide(meeting, stamp) if self.kind is not None else ()
        edited: Events = (Edited(self.entry, fields),) if fields != Fields() else ()
        moved: Events = (Relocate(self.entry, self.step),) if self.step is not None else ()
        if not changed and not edited and not moved:
            raise Refused("nothing-to-change")
        return (*changed, *edited, *moved)


class Edited(Event, tag="edited", frozen=True):
    """Parts of an entry were changed."""

    entry: str
    fields: Fields

    def apply(self, folding: Folding, act: AnyAct) -> None:
        """Parts of an entry are other than they were; a date takes the place of one that could not be read."""
        values = given(self.fields)
        if "due" in values:
            values.setdefault("due_text", None)
        folding.put_entry(replace(folding.entry(self.entry), edited=True, **values))


class Relocate(OwnCommand, tag="relocated", frozen=True):
    """Move an entry to another step."""

    entry: str
    step: str

    def apply(self, folding: Folding, act: AnyAct) -> None:
        """An entry belongs to another step."""
        folding.step(self.step)
        folding.put_entry(replace(folding.entry(self.entry), step=self.step, moved=True))


class Support(OwnCommand, tag="supported", frozen=True):
    """One more person has the same question or need."""

    entry: str

    def apply(self, folding: Folding, act: AnyAct) -> None:
        """One more."""
        entry = folding.entry(self.entry)
        if not KINDS[entry.kind].shared:
            raise Unfit("no-support")
        folding.put_entry(replace(entry, same=entry.same + 1))


class Remove(OwnCommand, tag="removed", frozen=True):
    """Take an entry away: it is in no document, and its number is not used again."""

    entry: str

    def apply(self, folding: Folding, act: AnyAct) -> None:
        """The entry is not there any more."""
        entry = folding.entry(self.entry)
        stop_answer(folding, act.instant, entry.id)
        folding.drop_entry(entry)


class ChangeKind(Deed, frozen=True):
    """Make an entry one of another kind."""

    entry: str
    kind: Kind

    def decide(self, meeting: Meeting, stamp: Stamp) -> Events:
        """The entry, under the next number of its new kind."""
        given_up = not KINDS[self.kind].answerable and gives_up(meeting, self.entry)
        return (KindChanged(self.entry, self.kind, next_number(meeting, self.kind), given_up),)


class KindChanged(Event, tag="kind-changed", frozen=True):
    """An entry is of another kind from now on, and claims a number there; its old one is not used again.

    It is as public as its new kind, whatever it was. `given_up`: the answer that it had is.
    """

    entry: str
    kind: Kind
    number: Number
    given_up: bool = False

    def apply(self, folding: Folding, act: AnyAct) -> None:
        """What its new kind does not have is left behind."""
        entry = folding.entry(self.entry)
        if entry.kind == self.kind:
            raise Unfit("same-kind")
        keep_answer(folding, self.entry, given_up=self.given_up or KINDS[self.kind].answerable)
        stop_answer(folding, act.instant, entry.id)
        changed = replace(
            entry,
            kind=self.kind,
            number=folding.claim(self.kind, self.number, entry.id),
            withheld=False,
            was=(*entry.was, entry.label),
            **left_behind(self.kind),
        )
        folding.put_entry(changed)


def left_behind(kind: Kind) -> dict[str, Any]:
    """What an entry that becomes one of this kind loses: the parts that the kind does not have, as they are when nothing is said."""
    row = KINDS[kind]
    left = set(HELD - row.holds)
    left |= set() if row.answerable else {"outcome", "answer", "answer_link", "answer_by"}
    left |= set() if row.closable else {"done"}
    left |= set() if row.shared else {"same"}
    return {name: _UNSAID[name] for name in left}


def gives_up(meeting: Meeting, entry_id: str, kept: str = "") -> bool:
    """Whether an entry has an answer, and loses it: not one that stands in what is `kept`."""
    entry = meeting.entries.get(entry_id)
    return entry is not None and entry.answer is not None and entry.answer not in kept


def keep_answer(folding: Folding, entry_id: str, *, given_up: bool) -> None:
    """Raise `Unfit` where an answer would be lost that its writer did not know of, and so did not give up."""
    if folding.entry(entry_id).answer is not None and not given_up:
        raise Unfit("has-answer")


def next_number(meeting: Meeting, kind: Kind) -> int:
    """The number that an entry of this kind would claim: above all that were claimed; 0 for a note."""
    return meeting.highest.get(kind, 0) + 1 if KINDS[kind].numbered else 0


def checked_text(text: str) -> str:
    """The text. Raises Refused when it is empty or too long."""
    if not text.strip():
        raise Refused("empty-text")
    if len(text) > MAX_TEXT:
        raise Refused("text-too-long", limit=MAX_TEXT)
    return text


def checked_fields(meeting: Meeting, fields: Fields) -> Fields:
    """The fields as they are kept: people under the names they are known by. Raises Refused when one is too long."""
    changed: dict[str, Any] = {}
    if fields.text:
        checked_text(fields.text)
    if fields.by:
        changed["by"] = checked_name(meeting, fields.by)
    if fields.owners:
        changed["owners"] = tuple(dict.fromkeys(checked_name(meeting, owner) for owner in fields.owners))
    if fields.theme:
        changed["theme"] = one_line(fields.theme)
        if len(changed["theme"]) > MAX_NAME:
            raise Refused("name-too-long", limit=MAX_NAME)
    return replace(fields, **changed) if changed else fields


def held(fields: Fields, kind: Kind) -> None:
    """Refuse what an entry of this kind cannot have."""
    for name, reason in HELD_ELSEWHERE.items():
        if getattr(fields, name) and name not in KINDS[kind].holds:
            raise Refused(reason)
