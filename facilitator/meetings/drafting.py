"""What a person writes in the draft of a live meeting becomes acts of the meeting, so that every screen has it at once.

They are done by `minutes@machine`, whose acts nobody's undo takes back. An act is made of what changed since the draft was left, and
only where the meeting does not say so already: nothing is done twice, whoever reads the draft, and whenever it was interrupted.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from msgspec import Struct
from msgspec.structs import replace

from facilitator.core.acts import BY_HAND, Answer, Capture, Command, Edit, Finish, Remove, Send, Support, Undecide
from facilitator.core.acts.entries import checked_fields
from facilitator.core.entry import label
from facilitator.core.fold import Replay
from facilitator.core.people import attribution_of, canonical
from facilitator.core.public import public
from facilitator.core.refusal import Refused
from facilitator.core.said import Fields, given
from facilitator.core.setup import newsletter_month
from facilitator.core.vocabulary import KINDS, OUTCOMES
from facilitator.documents.minutes.cut import Name, folded
from facilitator.documents.minutes.hand import ChangedByHand, Hand, similar
from facilitator.documents.minutes.numbering import put_numbers
from facilitator.documents.minutes.of_meeting import minutes_of
from facilitator.documents.minutes.outcomes import read_outcome
from facilitator.documents.minutes.reader import heading_title, read_minutes
from facilitator.documents.minutes.writer import write_minutes
from facilitator.documents.typography import unfold
from facilitator.i18n import translator
from facilitator.meetings.session import Session
from facilitator.store import platform
from facilitator.wording import act_text, fields_text, quoted, refusal_text

if TYPE_CHECKING:
    from facilitator.core.acts import Act
    from facilitator.core.entry import Entry
    from facilitator.core.instant import Instant
    from facilitator.core.meeting import Meeting
    from facilitator.documents.minutes.entry import MinutesEntry
    from facilitator.documents.minutes.reader import FoundEntry
    from facilitator.i18n import Translator
    from facilitator.store.workspace import Workspace

# The parts that an act changes one by one; a carried entry keeps where it comes from.
_PARTS = tuple(name for name in Fields.__struct_fields__ if name != "origin")
_ANSWER = frozenset(("answer", "answer_by", "answer_link"))
# Those of which it is said that somebody changed them otherwise meanwhile.
_TOLD = ("text", "owners", "theme", "deadline", "when", "vote", "answer")
MOST_SUPPORT = 99


class TakenFromDraft(Struct, frozen=True):
    """What became of it: the file with the numbers of what was added, `names` of those, what was done, what is to be said.

    `base` is what the program had written when an editor read the file, where that is not what it wrote last.
    """

    text: str
    base: str | None = None
    names: frozenset[Name] = frozenset()
    told: tuple[str, ...] = ()
    said: tuple[str, ...] = ()


def seat(workspace: Workspace, meeting_id: str) -> Session:
    """The seat of whoever writes in the draft on this machine. To be left."""
    return Session.join(workspace, meeting_id, terminal=False, actor=f"{BY_HAND}@{platform.machine()}")


def draft_text(replay: Replay, now: int) -> str:
    """The draft of the minutes of a meeting, as of `now` (milliseconds UTC)."""
    shown = public(replay.meeting)
    month = newsletter_month(shown.setup.day)
    told = minutes_of(shown, translator(shown.setup.language), draft=True, now=now, month=month)
    return write_minutes(replace(told, acts=len(replay.acts)))


def as_it_was(acts: Sequence[Act], now: str) -> str | None:
    """The draft that an editor had before it which saved an older one late, by the acts that this one says it was of.

    None when it does not say which, or there were not so many.
    """
    count = read_minutes(now).front.acts
    if not count or count > len(acts):
        return None
    replay = Replay(acts[:count])
    return None if replay.meeting.setup is None else draft_text(replay, replay.acts[-1].at)


def take_up(session: Session, hand: Hand, tr: Translator, *, at: Instant) -> TakenFromDraft:
    """Make acts of what was done by hand, `at` the moment at which it was seen. Raises NotSaved."""
    return _Taking(session, hand, tr, at).run()


class _Taking:
    def __init__(self, session: Session, hand: Hand, tr: Translator, at: Instant) -> None:
        self.session = session
        self.at = at
        self._left: Meeting | None = None
        self.hand = hand
        self.tr = tr
        self.language = hand.read.front.language
        self.told: list[str] = []
        self.said: list[str] = []
        self.numbers: list[tuple[FoundEntry, Name]] = []
        self.notes = [entry.id for entry in self.meeting.entries.values() if entry.kind == "note"]

    @property
    def meeting(self) -> Meeting:
        return self.session.meeting

    def run(self) -> TakenFromDraft:
        for changed in self.hand.changed:
            self._changed(changed)
        for said in self.hand.removed:
            entry = self._entry(said)
            if entry is not None:
                self._removed(entry, said)
        for found in self.hand.added:
            self._added(found)
        if self.hand.kept:
            self.said.append(self._kept())
        text, names = put_numbers(self.hand.read, self.numbers) if self.numbers else (self.hand.text, frozenset[Name]())
        return TakenFromDraft(text, names=names, told=tuple(self.told), said=tuple(self.said))

    def _act(self, command: Command, said: MinutesEntry) -> Entry | None:
        """Do it; the entry it was about. What is refused stays as it is written, and is said."""
        try:
            done = self.session.act(command, at=self.at)
        except Refused as refused:
            why = refusal_text(self.tr, refused)
            what = said.label(self.language) or quoted(self.tr, said.text)
            self.said.append(
                self.tr("{what}: what was written by hand in the draft is not taken up. {why}", what=what, why=why)
            )
            return None
        self.told.append(act_text(self.tr, done.meeting, done.act))
        return done.entry

    def _kept(self) -> str:
        names = ", ".join(one.label(self.language) or quoted(self.tr, one.text) for one in self.hand.kept)
        if self.hand.doubt == "front":
            return self.tr(
                "The front matter of the draft is gone: {names}, no longer there, were not taken for deleted.",
                names=names,
            )
        if self.hand.doubt == "many":
            return self.tr(
                "Most of the draft went at once: {names} were not taken for deleted, and are back in it.", names=names
            )
        return self.tr(
            "The end of the draft was missing: {names} were not taken for deleted, and are back in it.", names=names
        )

    # Which entry of the meeting is meant.

    def _entry(self, said: MinutesEntry) -> Entry | None:
        if said.number:
            return self.meeting.find(said.kind, said.number) or self._formerly(said)
        alike = [entry for entry in self._notes() if folded(entry.text) == folded(said.text)]
        here = [entry for entry in alike if self._step_number(entry) == said.step]
        return next(iter(here or alike), None) or self._then(said)

    def _removed(self, entry: Entry, said: MinutesEntry) -> None:
        """Take it away, unless somebody changed it meanwhile."""
        before = self._as_left().entries.get(entry.id)
        if before in (entry, None):
            self._act(Remove(entry.id), said)
            return
        what = said.label(self.language) or quoted(self.tr, entry.text)
        self.said.append(self.tr("{label} was deleted on one side and changed on the other: it stays", label=what))

    def _as_left(self) -> Meeting:
        """The meeting when the draft was left; empty where nobody knows."""
        if self._left is None:
            self._left = Replay(self.session.replay.acts[: self.hand.acts or 0]).meeting
        return self._left

    def _then(self, said: MinutesEntry) -> Entry | None:
        """The note that said this when the draft was left, whatever it says by now."""
        known = [one.id for one in self._as_left().of_kind("note") if folded(one.text) == folded(said.text)]
        return next((self.meeting.entries[one] for one in known if one in self.meeting.entries), None)

    def _notes(self) -> list[Entry]:
        return [self.meeting.entries[one] for one in self.notes if one in self.meeting.entries]

    def _formerly(self, said: MinutesEntry) -> Entry | None:
        """What had this number as another kind."""
        was = label(said.kind, said.number)
        return next((entry for entry in self.meeting.entries.values() if was in entry.was), None)

    def _step_number(self, entry: Entry) -> int | None:
        step = self.meeting.step_of(entry)
        return self.meeting.number_of(step) if step else None

    def _step_id(self, number: int | None) -> str | None:
        steps = self.meeting.steps
        return steps[number - 1].id if number and number <= len(steps) else None

    # What was changed.

    def _changed(self, changed: ChangedByHand) -> None:
        said, entry = changed.now, self._entry(changed.was)
        if entry is None:
            # Taken away meanwhile, or a note that has other words by now: an edit beats a deletion.
            found = next((one for one in self.hand.read.entries if one.said is said), None)
            if found is not None and changed.parts - {"step"}:
                self._added(found)
            return
        if (entry.kind, entry.number) != (said.kind, said.number) and said.number:
            found = self.hand.read.find(said.kind, said.number)
            if found is not None and entry.number and not entry.private:
                self.numbers.append((found, (entry.kind, entry.number)))
        self._told_lost(entry, changed)
        self._edit(entry, changed.parts, said)
        if KINDS[entry.kind].answerable:
            self._outcome(entry, changed.parts, said)
        if (
            "done" in changed.parts
            and not (_ANSWER & changed.parts)
            and KINDS[entry.kind].closable
            and entry.done != said.done
        ):
            self._act(Finish(entry.id, done=said.done), said)
        for _ in range(min(said.same - entry.same, MOST_SUPPORT) if "same" in changed.parts else 0):
            self._act(Support(entry.id), said)

    def _told_lost(self, entry: Entry, changed: ChangedByHand) -> None:
        """What somebody made meanwhile of a part that is otherwise by hand: the words of a hand stand, the other's are said."""
        for part in _TOLD:
            was, now, other = (getattr(one, part) for one in (changed.was, changed.now, entry))
            if part not in changed.parts or other in (was, now, None) or entry.private:
                continue
            if isinstance(other, str) and folded(other) in (folded(was or ""), folded(now or "")):
                continue
            shown = other if isinstance(other, str) else fields_text(self.tr, Fields(**{part: other}))
            words = self.tr(
                "{label} was changed on both sides: what was written by hand stays, not this: {text}",
                label=changed.now.label(self.language) or quoted(self.tr, changed.now.text),
                text=shown,
            )
            self.said.append(words)

    def _edit(self, entry: Entry, parts: frozenset[str], said: MinutesEntry) -> None:
        fields = {name: getattr(said, name) for name in _PARTS if name in parts}
        if not said.text.strip():
            fields.pop("text", None)
        if attribution_of(entry.kind, self.meeting.opened.choices.attribution) != "name":
            fields.pop("by", None)
        fields = self._fresh(entry, fields)
        step = self._step_id(said.step) if "step" in parts else None
        step = step if step != self.meeting.step_of(entry) else None
        if fields or step:
            self._act(Edit(entry.id, Fields(**fields), step=step), said)

    def _fresh(self, entry: Entry, fields: dict[str, Any]) -> dict[str, Any]:
        """Those that the meeting does not say yet."""
        try:
            known = given(checked_fields(self.meeting, Fields(**fields)))
        except Refused:
            return fields
        return {name: value for name, value in known.items() if value != getattr(entry, name)}

    def _outcome(self, entry: Entry, parts: frozenset[str], said: MinutesEntry) -> None:
        """What became of a question: what was answered, or where it was put."""
        by = canonical(self.meeting, said.answer_by) if said.answer_by else None
        if _ANSWER & parts and said.answer is not None:
            if (said.answer, said.answer_link, by) != (entry.answer, entry.answer_link, entry.answer_by):
                self._act(Answer(entry.id, said.answer, link=said.answer_link, by=by), said)
            return
        to = said.outcome
        if "outcome" in parts and to != "answered" and said.answer is not None and said.answer == entry.answer:
            label = said.label(self.language)
            self.said.append(self.tr("{label} holds an answer: it is answered, wherever it is put.", label=label))
            return
        if "outcome" in parts and to is None and entry.outcome is not None:
            self._undecided(entry, parts, said)
        sent = "outcome" in parts or "answer" in parts
        if (
            sent
            and to is not None
            and OUTCOMES[to].choosable
            and not entry.private
            and (entry.outcome != to or entry.answer)
        ):
            owner = said.owners[0] if said.owners else None
            self._act(Send(entry.id, to, owner=owner, due=said.due), said)

    def _undecided(self, entry: Entry, parts: frozenset[str], said: MinutesEntry) -> None:
        """Nothing is decided of it after all; what says nothing any more because a heading is gone is no reason."""
        found = self.hand.read.find(said.kind, said.number)
        if found is not None and not entry.private and self._says_undecided(found, parts):
            self._act(Undecide(entry.id), said)
            return
        self.said.append(
            self.tr(
                "{label}: the draft does not say any more what becomes of it: what was decided stays.",
                label=said.label(self.language),
            )
        )

    def _says_undecided(self, found: FoundEntry, parts: frozenset[str]) -> bool:
        """Whether it stands under what is to be decided, or where its tail alone says what becomes of it, which may say nothing."""
        if self.hand.read.front.order == "sequence" or found.section == "since":
            return "text" not in parts  # words that are no tail any more are no decision
        headings = (read_outcome(unfold(heading_title(heading)), self.hand.read.day) for heading in found.item.under)
        return (None, None) in headings

    # What was added.

    def _added(self, found: FoundEntry) -> None:
        said = found.said
        entry = self._already(said)
        if entry is not None:
            self._edit(entry, frozenset(("text",)), said)
        else:
            parts = {name: getattr(said, name) for name in _PARTS if getattr(said, name) not in (None, (), False)}
            entry = self._act(Capture(said.kind, Fields(**parts), step=self._step_id(said.step)), said)
            if entry is None:
                return
            if KINDS[entry.kind].answerable:
                self._outcome(entry, frozenset(("answer", "outcome")), said)
            if said.done and said.kind != "question" and KINDS[entry.kind].closable:
                self._act(Finish(entry.id), said)
        if entry.number:
            self.numbers.append((found, (entry.kind, entry.number)))

    def _already(self, said: MinutesEntry) -> Entry | None:
        """What was made of it before: by a write that was interrupted, or of a text that is still being typed in an editor."""
        there = set(self.hand.read.numbered()) | {name for _, name in self.numbers}
        known = [
            entry
            for entry in self.meeting.entries.values()
            if entry.kind == said.kind and entry.actor == self.session.actor and (entry.kind, entry.number) not in there
        ]
        if said.kind == "note":
            notes = [folded(one.said.text) for one in self.hand.read.entries if one.said.kind == "note"]
            here = [entry for entry in known if entry.id in self.notes]
            whole = [folded(entry.text) for entry in self._notes()]
            known = [one for one in here if whole.count(folded(one.text)) > notes.count(folded(one.text))]
            known += [one for one in here if folded(one.text) == folded(said.text) and self._unseen(said)]
        same = next((entry for entry in known if folded(entry.text) == folded(said.text)), None)
        return same or next((entry for entry in known if similar(entry.text, said.text)), None)

    def _unseen(self, said: MinutesEntry) -> bool:
        """Whether as many notes of these words are in the meeting as in the file."""
        words = folded(said.text)
        here = sum(one.said.kind == "note" and folded(one.said.text) == words for one in self.hand.read.entries)
        return sum(folded(entry.text) == words for entry in self._notes()) >= here
