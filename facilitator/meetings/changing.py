"""Changes after the close: the one entry that is meant, in the Markdown that people read, or among what is private.

Each is made in turn with whatever else writes documents, on the file as it is then, and says what there is to tell.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable, Mapping
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any

from msgspec import UNSET, Struct
from msgspec.structs import replace

from facilitator.core.acts.entries import checked_fields, checked_text, held, left_behind
from facilitator.core.acts.people import checked_name
from facilitator.core.agenda import step_said
from facilitator.core.carrying import chains
from facilitator.core.entry import label, read_label
from facilitator.core.meeting import Meeting
from facilitator.core.network import Network
from facilitator.core.people import attributed, attribution_of
from facilitator.core.records import kind_of
from facilitator.core.records import record_of as captured
from facilitator.core.refusal import Refused
from facilitator.core.said import Fields, Origin, Said, given
from facilitator.core.vocabulary import KINDS, Kind, Outcome
from facilitator.documents.markdown.outline import TooLarge
from facilitator.documents.minutes import change, numbering
from facilitator.documents.minutes.change import Unchangeable
from facilitator.documents.minutes.entry import MinutesEntry
from facilitator.documents.minutes.of_entry import steps_named
from facilitator.documents.minutes.outcomes import letter_due
from facilitator.documents.minutes.reader import read_minutes
from facilitator.documents.minutes.records import record_of
from facilitator.documents.minutes.steps import sequence_titles
from facilitator.documents.traces import PrivateText
from facilitator.i18n import translator
from facilitator.meetings.exposure import Exposure, close_private, exposure_text
from facilitator.meetings.faults import os_error_text
from facilitator.meetings.letters import (
    Again,
    Told,
    feed_in_turn,
    forget_fed_in_turn,
    open_again,
    open_month,
    otherwise_text,
    read_letters,
    take_away_in_turn,
    tell_anew_in_turn,
    teller_now,
    teller_of,
    told_of,
    with_minutes,
)
from facilitator.meetings.past import archive_as_is, minutes_file, take_in
from facilitator.meetings.session import Session
from facilitator.meetings.withholding import (
    Trace,
    asked_once,
    carried_as,
    forget_broken,
    said_elsewhere,
    said_of,
    take_made_away,
    trace_text,
    withhold,
    withhold_elsewhere,
)
from facilitator.store.documents import forget_written, in_turn, keep_written, read_text, read_written, replace_text
from facilitator.store.private import append_private, finish_private, read_private
from facilitator.store.workspace import document_of
from facilitator.wording import step_title
from facilitator.wording.carrying import origin_text

if TYPE_CHECKING:
    from facilitator.core.agenda import Level
    from facilitator.core.records import Record
    from facilitator.i18n import Translator
    from facilitator.store.workspace import Workspace


class ClosedMeeting(Struct, frozen=True):
    """A closed meeting: its journal's meeting (empty where that is not on this machine), and the network as it is set now."""

    workspace: Workspace
    id: str
    meeting: Meeting = Meeting()
    network: Network = Network()

    def signed(self, kind: Kind, name: str | None) -> str | None:
        """Who said an entry of this kind, as the minutes show it; None where they do not."""
        setup = self.meeting.setup
        wanted = setup.choices.attribution if setup else self.network.choices.attribution
        return attributed(name, attribution_of(kind, wanted), setup.members if setup else self.network.people())

    def titles(self) -> dict[int, str]:
        """Those of its sequences by their number: the journal's, else those that its minutes name."""
        setup = self.meeting.setup
        if setup is None:
            return sequence_titles(read_minutes(minutes_text(self)[1]))
        tr = translator(setup.language)
        return {place: step_title(tr, step.plan) for place, step in enumerate(self.meeting.steps, 1)}

    def names(self) -> dict[int, str]:
        """What minutes call its sequences beside an entry, as far as that is known."""
        titles = self.titles()
        kinds = [step.plan.kind for step in self.meeting.steps]
        return steps_named([(kind, titles[place]) for place, kind in enumerate(kinds, 1)], _language(self))

    def people(self) -> tuple[str, ...]:
        """Those whom its minutes name."""
        named = read_minutes(minutes_text(self)[1]).people
        return tuple(dict.fromkeys(name for names in named.values() for name in names))


class Changed(Struct, frozen=True):
    """What a change did: the entry as it was, and what a person must know.

    `traces` are where a private question still stands, `exposed` how what is private could be read by others, `unread`
    newsletters that could not be read, `fields` what was edited, `unsigned` the name that the minutes do not show. `number` is
    that of an entry of another kind (empty for a note), `given` the numbers that entries added by hand got, `shown` says that what
    was private is everyone's now. `otherwise` are lines of letters, from 1, that a person wrote otherwise: they stay. `asked_by` is
    who asked what was answered, for the answer to be brought to them; `counts_for` where else what was done stands, in minutes
    that stay as they are; `given_up` says that the answer which the entry had is no longer its answer.
    """

    record: Record
    traces: tuple[Trace, ...] = ()
    exposed: tuple[Exposure, ...] = ()
    unread: tuple[OSError, ...] = ()
    fields: Fields = Fields()
    unsigned: str | None = None
    number: str = ""
    given: tuple[str, ...] = ()
    shown: bool = False
    otherwise: tuple[tuple[Path, int], ...] = ()
    asked_by: str | None = None
    counts_for: tuple[Origin, ...] = ()
    given_up: bool = False


def past_of(workspace: Workspace, meeting_id: str, network: Network) -> ClosedMeeting:
    """A closed meeting, with its journal where that is on this machine, in the network as it is set now."""
    try:
        session = Session.join(workspace, meeting_id, terminal=False)
    except LookupError:
        return ClosedMeeting(workspace, meeting_id, Meeting(), network)
    try:
        return ClosedMeeting(workspace, meeting_id, session.meeting, network)
    finally:
        session.leave()


def news(tr: Translator, past: ClosedMeeting, done: Changed) -> list[str]:
    """What a person must know of a change, a sentence each."""

    def shown(path: Path) -> str:
        root = past.workspace.root
        return str(path.relative_to(root)) if path.is_relative_to(root) else str(path)

    number = done.number or done.record.number
    told = [_given_up(tr, done.record)] if done.given_up else []
    told += [exposure_text(tr, one, shown(one.path)) for one in done.exposed]
    told += [trace_text(tr, one, shown(one.path)) for one in done.traces]
    told += [otherwise_text(tr, done.record.number, shown(path), line) for path, line in done.otherwise]
    told += [os_error_text(tr, problem) for problem in done.unread]
    if done.given:
        told.append(tr("Added by hand, and numbered now: {labels}", labels=", ".join(done.given)))
    told += [
        tr("It counts for {entry} too, whose minutes stay as they were.", entry=origin_text(tr, one))
        for one in done.counts_for
    ]
    if done.asked_by:
        told.append(tr("{name} asked it: bring them the answer.", name=done.asked_by))
    if done.shown:
        told.append(tr("{number} is no longer private: everyone will read it", number=number))
    return told


def _given_up(tr: Translator, record: Record) -> str:
    """That its answer is no longer one: in full, for nothing brings it back; of what is private, without its words."""
    if record.private:
        return tr("The answer it had is given up.")
    return tr("The answer it had is given up: {answer}", answer=record.answer or "")


class NoMinutes(LookupError):
    """There are no minutes of a meeting in which an entry could be changed."""


def find(past: ClosedMeeting, said: str) -> Record:
    """The entry said as this number, as it stands now: what is private first. Raises Refused, OSError."""
    asked = read_label(said)
    for record in read_private(past.workspace):
        if asked and record.meeting == past.id and read_label(record.number) == asked:
            return record
    path = minutes_file(past.workspace, past.id)
    read = read_minutes((read_text(past.workspace, path) if path else None) or "", meeting=past.id)
    found = read.find(*asked) if asked else None
    if found is None:
        raise Refused("no-entry", label=said)
    return record_of(found.said, past.id, read.front.language)


def answer(  # noqa: PLR0913  # what an answer may say, by name
    past: ClosedMeeting,
    said: str,
    text: str,
    link: str | None = None,
    *,
    by: str | None = None,
    show: bool = False,
    on: datetime.date | None = None,
) -> Changed:
    """Answer a question; `on` is the day it is answered, shown when it is after the meeting's. `show` makes a private one public."""
    with in_turn(past.workspace):
        record = _question(past, said)
        checked_text(text)
        lost = record.answer is not None and record.answer not in text
        if record.answer is not None and not lost:  # said anew, with what there is to add
            by, link = by or record.answer_by, link or record.answer_link
        by = checked_name(past.meeting, by) if by else None
        if record.private and not show:
            kept = replace(record, answer=text, answer_link=link, answer_by=by, done=True)
            return Changed(record, exposed=_keep_private(past, [kept]), given_up=lost)
        if record.private:
            late = on if on and (day := read_minutes(minutes_text(past)[1]).day) and on > day else None
            shown = _make_public(
                past, record, "answered", None, None, answer=text, answer_link=link, answer_by=by, answered_on=late
            )
            if on is not None:
                _feed(past, on)
            return replace(shown, given_up=lost)

        def answered(minutes: str, name: str, base: str | None) -> str:
            day = read_minutes(minutes, meeting=past.id).day
            late = on if on and day and on > day else None
            return change.answer(minutes, name, text, by=by, link=link, on=late, scale=_scale(past), base=base)

        given = _change(past, record, answered, numbered=True)
        if on is not None:
            _feed(past, on)
    return Changed(record, given=given, asked_by=_by(past, record), given_up=lost)


def send(  # noqa: PLR0913  # what becomes of it, by name
    past: ClosedMeeting,
    said: str,
    where: Outcome,
    *,
    owner: str | None = None,
    due: datetime.date | None = None,
    on: datetime.date | None = None,
) -> Changed:
    """Send a question somewhere else, `on` a day; taken up individually, it leaves every document."""
    with in_turn(past.workspace):
        record = _question(past, said)
        owners = (checked_name(past.meeting, owner),) if owner else None
        if where == "individual":
            return _take_up(past, record, owners, due)
        lost = record.answer is not None
        named = read_label(record.number)
        anew = {named} if named and where == "newsletter" else set()
        if record.private:
            public = _make_public(past, record, where, owners, due)
            if on is not None:
                _feed(past, on, anew)
            return replace(public, given_up=lost)

        def sent(minutes: str, name: str, base: str | None) -> str:
            promised = due or _promised(past, minutes, where)
            return change.send(minutes, name, where, owners=owners, due=promised, scale=_scale(past), base=base)

        given = _change(past, record, sent, numbered=True)
        unread = _open_again(past, record)
        if on is not None:
            _feed(past, on, anew)
            if anew and past.meeting.closed is None and named:  # whose machine has the journal feeds it
                forget_fed_in_turn(past.workspace, _names(past, record), named, today=on)
        return Changed(record, unread=unread, given=given, given_up=lost)


def finish(past: ClosedMeeting, said: str, *, done: bool) -> Changed:
    """Say that a follow-up is done, or no longer is."""
    with in_turn(past.workspace):
        record = find(past, said)
        if not KINDS[kind_of(record)].closable:
            raise Refused("no-follow-up", label=said)
        if record.private:
            finish_private(past.workspace, record.meeting, record.number, done)
            return Changed(record, exposed=close_private(past.workspace))
        _change(past, record, lambda minutes, name, _base: change.done(minutes, name, done=done, scale=_scale(past)))
        return Changed(
            record,
            unread=() if done else _open_again(past, record, answered=False),
            counts_for=_twins(past, record) if done else (),
        )


def _twins(past: ClosedMeeting, record: Record) -> tuple[Origin, ...]:
    """The same thing as other minutes hold it: what it comes from, and what comes from it."""
    with archive_as_is(past.workspace) as archive:
        chain = next((one for one in chains([*archive.living(), record]) if record in one), [])
    others = (Origin(one.meeting, one.number) for one in chain if one.meeting != past.id and not one.private)
    return tuple(dict.fromkeys(others))


def edit(past: ClosedMeeting, said: str, fields: Fields, *, on: datetime.date) -> Changed:
    """Change parts of an entry, in letters that are not over `on` this day as well.

    Who said it is written as the network wants that said, or not at all.
    """
    with in_turn(past.workspace):
        record = find(past, said)
        fields = checked_fields(past.meeting, fields)
        held(fields, kind_of(record))
        if record.private:
            return Changed(record, exposed=_keep_private(past, [replace(record, **given(fields))]), fields=fields)
        fields, unsigned = _as_shown(past, kind_of(record), fields)
        parts = given(fields)
        if "due" in parts:
            parts.setdefault("due_text", None)
        if not parts:
            return Changed(record, fields=fields, unsigned=unsigned)
        told = _told(past, record)
        _change(past, record, lambda minutes, name, _base: change.edit(minutes, name, scale=_scale(past), **parts))
        otherwise = _tell_anew(past, record, told, on)
    return Changed(record, fields=fields, unsigned=unsigned, otherwise=otherwise)


def same(past: ClosedMeeting, said: str, *, on: datetime.date) -> Changed:
    """One more person has this question or need: in the minutes, in letters that are not over `on` this day, or in what is private."""
    with in_turn(past.workspace):
        record = find(past, said)
        if not KINDS[kind_of(record)].shared:
            raise Refused("no-support", label=said)
        more = replace(record, same=record.same + 1)
        if record.private:
            return Changed(record, exposed=_keep_private(past, [more]))
        told = _told(past, record)
        _change(past, record, lambda minutes, name, _base: change.same(minutes, name, scale=_scale(past)))
        otherwise = _tell_anew(past, record, told, on)
    return Changed(record, otherwise=otherwise)


def move(past: ClosedMeeting, said: str, step: str) -> tuple[Changed, str]:
    """Put an entry into another sequence, of this number or whose title begins so; the title as well. Raises as `edit`."""
    with in_turn(past.workspace):
        record, titles = find(past, said), past.titles()
        place = step_said(titles, step)
        if record.private:
            return Changed(record, exposed=_keep_private(past, [replace(record, step=place)])), titles[place]
        names, scale = past.names(), _scale(past)

        def moved(minutes: str, name: str, base: str | None) -> str:
            return change.move(minutes, name, place, titles=titles, names=names, scale=scale, base=base)

        given = _change(past, record, moved, numbered=True)
    return Changed(record, given=given), titles[place]


def remove(past: ClosedMeeting, said: str, *, on: datetime.date) -> Changed:
    """Take an entry away: from the minutes, from letters that are not over `on` this day, from what is private."""
    with in_turn(past.workspace):
        record = find(past, said)
        if record.private:
            return Changed(record, exposed=_drop_private(past, record))
        told = _told(past, record)
        given = _change(past, record, _removed(past), numbered=True)
        return Changed(record, _take_away(past, record, told, on), given=given)


def make(past: ClosedMeeting, said: str, kind: Kind, fields: Fields, *, on: datetime.date) -> Changed:
    """Make an entry one of another kind, with what is said of it there, under a number of that kind.

    It is as public as its new kind: what becomes private leaves every document, and the other way round.
    """
    with in_turn(past.workspace):
        record = find(past, said)
        was = kind_of(record)
        if kind == was:
            raise Refused("same-kind")
        fields = checked_fields(past.meeting, fields)
        held(fields, kind)
        number = _next_number(past, kind)
        name = label(kind, number, _language(past)) if number else ""
        if KINDS[kind].private:
            return replace(_hide(past, record, name, fields, on), number=name)
        fields, unsigned = _as_shown(past, kind, fields)
        parts = given(fields)
        if "due" in parts:
            parts.setdefault("due_text", None)
        parts = {"by": past.signed(kind, _by(past, record))} | parts
        if record.private:
            shown = _put(past, record, kind, number, left_behind(kind) | {"outcome": None} | parts)
            _feed(past, on)
            return replace(shown, number=name, unsigned=unsigned)
        told = _told(past, record)

        def made(minutes: str, old: str, base: str | None) -> str:
            titles, scale = past.titles(), _scale(past)
            return change.make(minutes, old, kind, number, titles=titles, scale=scale, base=base, **parts)

        numbers = _change(past, record, made, numbered=True)
        traces = _take_away(past, record, told, on)
        _feed(past, on)
        return Changed(record, traces, fields=fields, unsigned=unsigned, number=name, given=numbers)


def _removed(past: ClosedMeeting, *, private: bool = False) -> Make:
    return lambda minutes, name, base: change.remove(minutes, name, scale=_scale(past), base=base, private=private)


def _language(past: ClosedMeeting) -> str:
    return past.meeting.setup.language if past.meeting.setup else read_minutes(minutes_text(past)[1]).front.language


def _by(past: ClosedMeeting, record: Record) -> str | None:
    """Who said it: the minutes may not show that."""
    named = read_label(record.number)
    entry = past.meeting.find(*named) if named else None
    return captured(past.meeting, entry).by if entry is not None and not record.private else record.by


def _next_number(past: ClosedMeeting, kind: Kind) -> int:
    """The number after all that were claimed of this kind; 0 for a note."""
    if not KINDS[kind].numbered:
        return 0
    claimed = [past.meeting.highest.get(kind, 0)]
    named: list[tuple[Kind, int] | None]
    if KINDS[kind].private:
        named = [read_label(one.number) for one in read_private(past.workspace) if one.meeting == past.id]
    else:
        read = read_minutes(minutes_text(past)[1])
        named = [*read.numbered(), *read.front.closed, *read.front.given.items()]
    return 1 + max([*claimed, *(one[1] for one in named if one and one[0] == kind)])


def _hide(past: ClosedMeeting, record: Record, number: str, fields: Fields, on: datetime.date) -> Changed:
    """Keep an entry as an individual need, and take it out of every document."""
    kept = replace(record, **left_behind("individual"))
    kept = replace(kept, kind="need", number=number, private=True, by=_by(past, record), **given(fields))
    exposed = _keep_private(past, [kept])
    if record.private:
        return Changed(record, exposed=exposed + _drop_private(past, record))
    told = _told(past, record)
    numbers = _change(past, record, _removed(past, private=True), numbered=True)
    traces = _take_away(past, record, told, on)
    named = read_label(record.number)
    if record.kind == "question" and named:
        once = {named[1]: [asked_once(named[1], record.text, record.answer)]}
        traces += tuple(withhold(past.workspace, record.meeting, once))
    elif record.number:
        traces += tuple(withhold_elsewhere(past.workspace, record.meeting, {record.number: [record.text]}))
    traces += tuple(take_made_away(past.workspace, record.meeting, {record.number: [record.text]}))
    traces += tuple(said_elsewhere(past.workspace, _everywhere(record), traces))
    for path in (minutes_text(past)[0], *past.workspace.newsletter_files()):
        forget_written(past.workspace, path)  # what this machine wrote there says it
    forget_broken(past.workspace)
    take_in(past.workspace, past.id)
    return Changed(record, traces, exposed, given=numbers)


def _told(past: ClosedMeeting, record: Record) -> Told | None:
    """What letters may say of an entry, before it is another."""
    named = read_label(record.number)
    if named is None:
        return None
    path, text = minutes_text(past)
    written = read_written(past.workspace, path)
    if past.meeting.closed is not None:
        now = teller_now(past.workspace, past.meeting)
    else:
        now = teller_of(past.id, (document_of(path) or path).stem, text)
    ones = [now] if written is None else [with_minutes(now, written), now]
    return told_of(past.workspace, ones, named)


def _take_away(past: ClosedMeeting, record: Record, told: Told | None, on: datetime.date) -> tuple[Trace, ...]:
    left = take_away_in_turn(past.workspace, told, today=on) if told else []
    return tuple(Trace(record.number, path, line) for path, line in left)


def _tell_anew(
    past: ClosedMeeting, record: Record, told: Told | None, on: datetime.date
) -> tuple[tuple[Path, int], ...]:
    now = _told(past, record)
    if told is None or now is None:
        return ()
    otherwise = tell_anew_in_turn(past.workspace, told, now, today=on)
    if now.places != told.places:
        _feed(past, on)
    return tuple(otherwise)


def _drop_private(past: ClosedMeeting, record: Record) -> tuple[Exposure, ...]:
    kept = [
        one for one in read_private(past.workspace) if one.meeting == record.meeting and one.number != record.number
    ]
    return _keep_private(past, kept, meeting=record.meeting)


def _as_shown(past: ClosedMeeting, kind: Kind, fields: Fields) -> tuple[Fields, str | None]:
    if not isinstance(fields.by, str):
        return fields, None
    by = past.signed(kind, fields.by)
    return (replace(fields, by=UNSET), fields.by) if by is None else (replace(fields, by=by), None)


def _question(past: ClosedMeeting, said: str) -> Record:
    record = find(past, said)
    if record.kind != "question":
        raise Refused("not-a-question", label=record.number)
    return record


def _take_up(past: ClosedMeeting, record: Record, owners: tuple[str, ...] | None, due: datetime.date | None) -> Changed:
    """Take a question up individually: kept in private first, then out of every document that said it."""
    number = read_label(record.number)
    text = (
        None
        if record.private
        else _changed(past, record, lambda said, name, base: change.send(said, name, "individual", base=base))
    )
    entry = past.meeting.find(*number) if number else None
    kept = record if record.private else replace(record, outcome="individual", private=True, due=None)
    if entry is not None and not record.private:
        first = captured(past.meeting, entry)  # the minutes may not say who asked
        kept = replace(kept, by=first.by, at=first.at)
    kept = replace(kept, owners=record.owners if owners is None else owners, due=due or kept.due, done=False)
    exposed = _keep_private(past, [kept])
    if text is not None:
        replace_text(past.workspace, *text)
    questions = {number[1]: [asked_once(number[1], record.text, record.answer)]} if number else {}
    for known, said in said_of(past.meeting, set(questions)).items():
        questions[known] += said
    traces = withhold(past.workspace, record.meeting, questions)
    traces += take_made_away(past.workspace, record.meeting, carried_as(questions))
    traces += said_elsewhere(past.workspace, _everywhere(record), traces)
    take_in(past.workspace, past.id)
    return Changed(record, tuple(traces), exposed)


def _everywhere(record: Record) -> list[PrivateText]:
    """An entry, and what it comes from."""
    names = [(record.meeting, record.number)]
    names += [(record.origin.meeting, record.origin.number)] if record.origin is not None else []
    return [PrivateText(meeting, number, record.text) for meeting, number in names if number]


def _make_public(  # what becomes of it
    past: ClosedMeeting,
    record: Record,
    where: Outcome,
    owners: tuple[str, ...] | None,
    due: datetime.date | None,
    **parts: object,
) -> Changed:
    """A question that was taken up individually is everyone's again: its minutes hold its text."""
    number = read_label(record.number)
    promised = None if where == "answered" else due or _promised(past, minutes_text(past)[1], where)
    said = {
        "by": past.signed("question", record.by),
        "outcome": where,
        "owners": record.owners if owners is None else owners,
        "due": promised,
        "due_text": None,
        "done": False,
        "answer": None,
        "answer_link": None,
        "answer_by": None,
    }
    return _put(past, record, "question", number[1] if number else 0, said | parts)


def _put(past: ClosedMeeting, record: Record, kind: Kind, number: int, parts: Mapping[str, Any]) -> Changed:
    """What was private stands in the minutes, as an entry of this kind and number with these parts, and is private no more."""
    path, minutes = minutes_text(past)
    said: dict[str, Any] = {name: getattr(record, name) for name in Said.__struct_fields__}
    entry = MinutesEntry(kind=kind, number=number, step=record.step, **(said | dict(parts)))

    def put(text: str) -> str:
        return change.put_back(text, entry, titles=past.titles(), scale=_scale(past))

    replace_text(past.workspace, path, minutes, put(minutes))
    _keep_own(past, path, put)
    return Changed(record, exposed=_drop_private(past, record), shown=True)


def _promised(past: ClosedMeeting, minutes: str, where: Outcome) -> datetime.date | None:
    """The day that an outcome promises by itself: that of the letter, or of the next meeting."""
    if where == "newsletter":
        month = read_minutes(minutes).front.newsletter
        return letter_due(month) if month else None
    if where == "next" and past.meeting.setup is not None:
        return past.meeting.setup.calendar.next_meeting
    return None


def _scale(past: ClosedMeeting) -> Level | None:
    return past.meeting.setup.scale if past.meeting.setup else past.network.scale


def _keep_private(past: ClosedMeeting, records: list[Record], *, meeting: str | None = None) -> tuple[Exposure, ...]:
    append_private(past.workspace, records, meeting=meeting)
    return close_private(past.workspace)


# What the minutes say with one entry changed, by what they say, the number of the entry and what was written last.
Make = Callable[[str, str, str | None], str]


def _change(past: ClosedMeeting, record: Record, make: Make, *, numbered: bool = False) -> tuple[str, ...]:
    """Change the minutes; `numbered`: entries that were added by hand get numbers as well, which are returned."""
    path, before, after = _changed(past, record, make)
    after, given = numbering.numbered(after, past.meeting.highest) if numbered else (after, ())
    replace_text(past.workspace, path, before, after)
    _keep_own(past, path, lambda own: make(own, record.number, None))
    return given


def _keep_own(past: ClosedMeeting, path: Path, make: Callable[[str], str]) -> None:
    """Keep what the minutes would say by this machine's hand alone, where that is known and can be changed so."""
    own = read_written(past.workspace, path)
    if own is not None:
        with suppress(LookupError, Unchangeable, TooLarge):
            keep_written(past.workspace, path, make(own))


def _changed(past: ClosedMeeting, record: Record, make: Make) -> tuple[Path, str, str]:
    """The minutes, what they say, and what they would say with one entry changed. Raises Unchangeable."""
    path, text = minutes_text(past)
    try:
        return path, text, make(text, record.number, read_written(past.workspace, path))
    except LookupError:
        raise Refused("no-entry", label=record.number) from None


def minutes_text(past: ClosedMeeting) -> tuple[Path, str]:
    """The minutes of a closed meeting and what they say. Raises NoMinutes, OSError."""
    path = minutes_file(past.workspace, past.id)
    text = read_text(past.workspace, path) if path is not None else None
    if path is None or text is None:
        raise NoMinutes(past.id)
    return path, text


def _open_again(past: ClosedMeeting, record: Record, *, answered: bool = True) -> tuple[OSError, ...]:
    """Take back in the newsletters what became of a follow-up: what is said there would be learnt again at once."""
    number = read_label(record.number)
    if number is None:
        return ()
    once = [asked_once(number[1], record.text, record.answer)] if answered and record.answer else []
    return tuple(open_again(past.workspace, _names(past, record), number, once))


def _names(past: ClosedMeeting, record: Record) -> set[str]:
    """Those that letters may know its meeting by."""
    path = minutes_file(past.workspace, record.meeting)
    return {record.meeting} | ({(document_of(path) or path).stem} if path is not None else set())


def _feed(past: ClosedMeeting, day: datetime.date, again: Again = ()) -> None:
    """Bring what changed to the letter that is open on a day; where the journal is not on this machine, another one does."""
    if past.meeting.closed is not None:
        one = teller_now(past.workspace, past.meeting)
        month = open_month(one.month, read_letters(past.workspace), day)
        feed_in_turn(past.workspace, month, [one], today=day, again=again)
