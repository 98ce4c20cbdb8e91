"""Changes after the close, from the command line: what was asked, and what there is to tell."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from msgspec import UNSET

from facilitator.cli.commands.capture import edited_fields, read_date, tell_unknown
from facilitator.cli.commands.capture import tell_exposed as tell_arguments
from facilitator.cli.commands.letters import take_up_letters
from facilitator.cli.commands.opening import settings
from facilitator.cli.context import Around, Context, Failed, WrongValue, around
from facilitator.core.entry import read_label
from facilitator.core.meeting import Meeting
from facilitator.core.network import Network
from facilitator.core.refusal import Refused
from facilitator.core.said import Fields
from facilitator.meetings import changing
from facilitator.meetings.changing import Changed, ClosedMeeting, NoMinutes
from facilitator.meetings.publishing import publish
from facilitator.wording import fields_text, kind_name, outcome_name

if TYPE_CHECKING:
    from collections.abc import Callable

    from facilitator.core.vocabulary import Kind, Outcome

_T = TypeVar("_T")


def answer_published(context: Context, said: str, text: str, link: str | None) -> int:
    """Answer a question in the published minutes."""
    tr, past, show = context.tr, _past(context, said), context.values.public
    known = _around(past)
    by = context.name(context.values.by, known) if context.values.by else None
    day = context.today()
    done = _asked(context, past, lambda: changing.answer(past, said, text, link, by=by, show=show, on=day))
    number = done.record.number
    if done.record.private and not done.shown:
        told = tr("{number} answered in private ({meeting}).", number=number, meeting=past.id)
    else:
        told = tr("{number} answered, in the minutes of {meeting}.", number=number, meeting=past.id)
    context.say(tr("{done} Answered by {name}.", done=told, name=by) if by else told)
    if by and known.misses(by):
        context.say(tr("{name} is not among the members: noted all the same.", name=by))
    if done.record.private and not done.shown:
        tell_arguments(context, context.values.text, f"answer {number} -")
    return 0


def link_published(context: Context, said: str, link: str) -> int:
    """Say in the published minutes where a question is being answered; it waits on."""
    past = _past(context, said)
    record = _asked_of(context, past, lambda: changing.find(past, said))
    if record.kind != "question":
        raise Refused("not-a-question", label=record.number)
    done = _asked(context, past, lambda: changing.edit(past, said, Fields(link=link), on=context.today()))
    _tell_changed(context, past, done, done.record.number)
    return 0


def send_published(context: Context, said: str, where: Outcome, owner: str | None, due: str | None) -> int:
    """Send a question somewhere else, in the published minutes."""
    past = _past(context, said)
    known = _around(past)
    name = context.name(owner, known) if owner else None
    day = read_date(context, "--due", due, known)
    day = None if day is UNSET else day
    done = _asked(context, past, lambda: changing.send(past, said, where, owner=name, due=day, on=context.today()))
    scale = past.meeting.setup.scale if past.meeting.setup else past.network.scale
    told = context.tr("{number} → {outcome}", number=done.record.number, outcome=outcome_name(context.tr, where, scale))
    context.say(f"{told} ({past.id})")
    return 0


def finish_published(context: Context, said: str, *, done: bool) -> int:
    """Say that a follow-up of a closed meeting is done, or no longer is."""
    tr, past = context.tr, _past(context, said)
    number = _asked(context, past, lambda: changing.finish(past, said, done=done)).record.number
    told = tr("{number} is done", number=number) if done else tr("{number} is open again", number=number)
    context.say(f"{told} ({past.id})")
    return 0


def edit_published(context: Context, said: str, text: str | None, kind: Kind | None) -> int:
    """Change an entry in the published minutes, its kind as well when one is given."""
    past = _past(context, said)
    known = _around(past)
    before = _asked_of(context, past, lambda: changing.find(past, said))
    fields = edited_fields(context, text, known, before.vote)
    if kind is not None:
        return make_published(context, said, kind, fields)
    done = _asked(context, past, lambda: changing.edit(past, said, fields, on=context.today()))
    _tell_changed(context, past, done, done.record.number)
    if not done.record.private:
        tell_unknown(context, done.fields, known)
    return 0


def make_published(context: Context, said: str, kind: Kind, fields: Fields) -> int:
    """Make an entry of the published minutes, or of what is kept in private, one of another kind."""
    tr, past = context.tr, _past(context, said)
    done = _asked(context, past, lambda: changing.make(past, said, kind, fields, on=context.today()))
    number = done.number or kind_name(tr, kind)
    context.say(f"{tr('{old} is now {number}', old=done.record.number, number=number)} ({past.id})")
    if done.fields != Fields():
        _tell_changed(context, past, done, number)
    if kind == "question":
        context.say(tr("It has no outcome yet: facilitator send {number} …", number=number))
    return 0


def _tell_changed(context: Context, past: ClosedMeeting, done: Changed, number: str) -> None:
    """Say what was changed of an entry. Raises Failed when that is nothing, since the minutes do not say who it was."""
    tr = context.tr
    if done.unsigned is not None:
        message = tr("The minutes do not say who it was: {name} was not written there.", name=done.unsigned)
        if done.fields == Fields() and not done.number:
            raise Failed(message)
        context.say(message)
    if done.record.private and not done.shown:
        context.say(tr("{number} changed", number=number))
        return
    told = tr("{number} changed: {fields}", number=number, fields=fields_text(tr, done.fields))
    context.say(f"{told} ({past.id})")


def remove_published(context: Context, said: str) -> int:
    """Take an entry out of the published minutes, or out of what is kept in private."""
    past = _past(context, said)
    done = _asked(context, past, lambda: changing.remove(past, said, on=context.today()))
    told = context.tr("{number} taken away", number=done.record.number)
    context.say(f"{told[:1].upper()}{told[1:]} ({past.id})")
    return 0


def move_published(context: Context, said: str, step: str) -> int:
    """Put an entry of the published minutes, or of what is kept in private, into another sequence."""
    past = _past(context, said)
    title = ""

    def moved() -> Changed:
        nonlocal title
        done, title = changing.move(past, said, step)
        return done

    number = _asked(context, past, moved).record.number
    context.say(f"{context.tr('{number} moved to {step}', number=number, step=title)} ({past.id})")
    return 0


def share_published(context: Context, said: str) -> int:
    """Say that one more person has a question or a need of a closed meeting."""
    past = _past(context, said)
    record = _asked(context, past, lambda: changing.same(past, said, on=context.today())).record
    told = context.tr("{number}: same need, +{n}", number=record.number, n=record.same + 1)
    context.say(f"{told} ({past.id})")
    return 0


def _asked_of(context: Context, past: ClosedMeeting, find: Callable[[], _T]) -> _T:
    try:
        return find()
    except NoMinutes:
        raise Failed(context.tr("There are no minutes of {name}.", name=past.id)) from None


def _asked(context: Context, past: ClosedMeeting, make: Callable[[], Changed]) -> Changed:
    """Do it, and tell what a person must know of it."""
    done = _asked_of(context, past, make)
    context.acted = True
    for sentence in changing.news(context.tr, past, done):
        context.say_once(sentence)
    return done


def _past(context: Context, said: str) -> ClosedMeeting:
    """The closed meeting that is meant, all of it written, with what letters brought: what is changed of another would be lost."""
    closed = context.closed_meeting() or ""
    if context.values.at is not None:
        raise WrongValue(context.tr("The meeting is closed: --at no longer applies."))
    take_up_letters(context)
    if not context.has_journal(closed):
        return ClosedMeeting(context.workspace(), closed, Meeting(), settings(context))
    session = context.session()
    named = read_label(said)
    if named is not None:
        session.refuse_misheard(*named)
    if not context.workspace().marked_closed(closed):
        publish(session)
    return ClosedMeeting(context.workspace(), closed, session.meeting, Network())


def _around(past: ClosedMeeting) -> Around:
    """What words are understood against: the journal; where it is not on this machine, the minutes."""
    if past.meeting.setup is not None:
        return around(past.meeting)
    try:
        return Around(past.people())
    except NoMinutes:
        return Around()
