"""What becomes of a question, and of what is to be done."""

from __future__ import annotations

import datetime

from msgspec.structs import replace

from facilitator.core.acts.answers import stop_answer
from facilitator.core.acts.entries import checked_text, gives_up, keep_answer
from facilitator.core.acts.people import checked_name
from facilitator.core.entry import Entry
from facilitator.core.event import AnyAct, Events, OwnCommand, Stamp
from facilitator.core.folding import Folding, Unfit
from facilitator.core.meeting import Meeting
from facilitator.core.people import together
from facilitator.core.refusal import Refused
from facilitator.core.vocabulary import KINDS, OUTCOMES, Outcome


class Answer(OwnCommand, tag="answered", frozen=True):
    """Answer a question here. `by` gave the answer.

    One that was taken up individually stays private, unless it is asked to be `public`. `given_up`: what was answered before is;
    `known`: it takes the place of an answer that its writer had seen.
    """

    entry: str
    text: str
    link: str | None = None
    by: str | None = None
    public: bool = False
    given_up: bool = False
    known: bool = False

    def decide(self, meeting: Meeting, stamp: Stamp) -> Events:
        """Itself."""
        by, link = checked_name(meeting, self.by) if self.by else None, self.link
        given_up = gives_up(meeting, self.entry, kept=self.text)
        before = meeting.entries.get(self.entry)
        known = before is not None and before.answer is not None
        if before is not None and known and not given_up and before.answer != self.text:  # something is added to it
            by, link = by or before.answer_by, link or before.answer_link
        return (replace(self, text=checked_text(self.text), link=link, by=by, given_up=given_up, known=known),)

    def apply(self, folding: Folding, act: AnyAct) -> None:
        """A question has its answer; one that nobody knew of who gave this one is part of it: two may be given at once."""
        entry = _question(folding, self.entry, act)
        text, link, by = self.text, self.link, self.by
        if entry.answer is not None and not self.known:
            text = text if entry.answer in text else f"{entry.answer}\n{text}"
            link, by = link or entry.answer_link, together(filter(None, (entry.answer_by, by))) or None
        answered = replace(
            entry,
            outcome="answered",
            answer=text,
            answer_link=link,
            answer_by=by,
            withheld=entry.withheld and not self.public,
        )
        folding.put_entry(answered)


class Send(OwnCommand, tag="sent", frozen=True):
    """Give a question an outcome other than an answer; taken up individually, it keeps the answer that it has.

    One that was taken up individually stays private, unless it is asked to be `public`. `given_up`: what was answered before is.
    """

    entry: str
    to: Outcome
    owner: str | None = None
    due: datetime.date | None = None
    public: bool = False
    given_up: bool = False

    def decide(self, meeting: Meeting, stamp: Stamp) -> Events:
        """Itself."""
        if not OUTCOMES[self.to].choosable:
            raise Refused("empty-text")
        given_up = not OUTCOMES[self.to].private and gives_up(meeting, self.entry)
        return (replace(self, owner=checked_name(meeting, self.owner) if self.owner else None, given_up=given_up),)

    def apply(self, folding: Folding, act: AnyAct) -> None:
        """A question has its outcome, in the place of any it had, and is to be followed up."""
        private = OUTCOMES[self.to].private
        keep_answer(folding, self.entry, given_up=private or self.given_up)
        entry = _question(folding, self.entry, act)
        sent = replace(
            entry,
            outcome=self.to,
            owners=(self.owner,) if self.owner is not None else entry.owners,
            due=self.due if self.due is not None else entry.due,
            due_text=None if self.due is not None else entry.due_text,
            answer=entry.answer if private else None,
            answer_link=entry.answer_link if private else None,
            answer_by=entry.answer_by if private else None,
            done=False,
            withheld=private or (entry.withheld and not self.public),
        )
        folding.put_entry(sent)


class Undecide(OwnCommand, tag="undecided", frozen=True):
    """Take back what was decided of a question: it is to be said again what becomes of it. Who answers stays; what is private stays so.

    `given_up`: what was answered is.
    """

    entry: str
    given_up: bool = False

    def decide(self, meeting: Meeting, stamp: Stamp) -> Events:
        """Itself."""
        return (replace(self, given_up=gives_up(meeting, self.entry)),)

    def apply(self, folding: Folding, act: AnyAct) -> None:
        """A question has no outcome, and so no answer, no day and nothing done."""
        entry = folding.entry(self.entry)
        if not KINDS[entry.kind].answerable:
            raise Unfit("not-a-question")
        if entry.outcome is None:
            raise Unfit("nothing-decided")
        keep_answer(folding, self.entry, given_up=self.given_up)
        undecided = replace(
            entry,
            outcome=None,
            due=None,
            due_text=None,
            answer=None,
            answer_link=None,
            answer_by=None,
            done=False,
            withheld=entry.private,
        )
        folding.put_entry(undecided)


class Finish(OwnCommand, tag="finished", frozen=True):
    """Say that a follow-up is done, or no longer is."""

    entry: str
    done: bool = True

    def apply(self, folding: Folding, act: AnyAct) -> None:
        """A follow-up is done, or is open again."""
        entry = folding.entry(self.entry)
        if not KINDS[entry.kind].closable:
            raise Unfit("no-follow-up")
        folding.put_entry(replace(entry, done=self.done))


def _question(folding: Folding, entry_id: str, act: AnyAct) -> Entry:
    """A question that has its outcome now: its answer clock stops."""
    entry = folding.entry(entry_id)
    if not KINDS[entry.kind].answerable:
        raise Unfit("not-a-question")
    stop_answer(folding, act.instant, entry.id)
    return entry
