"""What becomes of an entry: answered, sent on, done, changed, made another kind, moved, taken away, shared by others."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import UNSET

from facilitator.cli.choices import KINDS_ASKED, OUTCOME_WORDS, PossibleNames
from facilitator.cli.commands.capture import (
    edited_fields,
    field_options,
    read_date,
    read_link,
    read_text,
    tell_exposed,
    tell_unknown,
)
from facilitator.cli.context import Context, Failed, WrongValue, around
from facilitator.cli.parser import Parser
from facilitator.core.acts import Answer, Command, Edit, Finish, Relocate, Remove, Send, StartAnswer, Support, Undecide
from facilitator.core.agenda import step_said
from facilitator.core.entry import Entry, label, read_label
from facilitator.core.refusal import Refused
from facilitator.core.said import Fields
from facilitator.core.vocabulary import CHOOSABLE, KINDS, OUTCOMES, UNDECIDED
from facilitator.wording import gives_up_answer, shown_text, step_title

if TYPE_CHECKING:
    from facilitator.core.meeting import Meeting
    from facilitator.meetings.session import Done

LAST = "last"


def find_entry(context: Context, said: str) -> Entry:
    """The entry said as this number, or the last one that this person wrote down.

    Raises `Refused`, once also for a number that this person heard of another entry, and `Failed`.
    """
    session, named = context.session(), read_label(said)
    if said == LAST:
        last = session.meeting.last_of(session.actor)
        if last is None:
            raise Failed(context.tr("You have written nothing down yet."))
        return last
    if named:
        session.refuse_misheard(*named)
    entry = session.meeting.find(*named) if named else None
    if entry is None:
        raise Refused("no-entry", label=said)
    return entry


def find_step(context: Context, meeting: Meeting, said: str) -> str:
    """The id of the step with this number, or the one of this title, else the one whose title begins so; raises `Refused`."""
    titles = {place: step_title(context.tr, step.plan) for place, step in enumerate(meeting.steps, 1)}
    return meeting.steps[step_said(titles, said) - 1].id


def _number(parser: Parser, example: str) -> None:
    help_text = parser.tr("the number as it is said: Q3, N1, A2; last is what you wrote down last")
    parser.add_argument("number", metavar=example, help=help_text)


def _public_option(parser: Parser) -> None:
    help_text = parser.tr("let everyone read a question that was taken up individually")
    parser.add_argument("--public", action="store_true", help=help_text)


def _tell_given_up(context: Context, done: Done) -> None:
    """Say how the answer that was given up comes back."""
    if gives_up_answer(done.act):
        context.say(context.tr("The command undo brings the answer back."))


def _change(context: Context, make: Command) -> int:
    context.act(make)
    return 0


def _tell_privacy(context: Context, before: Entry, done: Done, way: str | None = None) -> None:
    """Say that everyone will read what was private; and of a question that stays private, the `way` to change that."""
    after = done.meeting.entries.get(before.id)
    if after is None:
        return
    if shown := shown_text(context.tr, before, after):
        context.say(shown)
    elif before.private and after.private and way is not None:
        program = "" if context.conversing else "facilitator "
        context.say(context.tr("For everyone to read it: {way}", way=f"{program}{way}"))


def _refuse_private(context: Context, number: str) -> None:
    """Fail when a question of a closed meeting was taken up individually: only --public lets everyone read it again."""
    from facilitator.cli.commands.archived import meeting_records

    asked = read_label(number)
    if any(record.private and read_label(record.number) == asked for record in meeting_records(context)):
        message = context.tr("{number} stays in individual follow-up", number=number.upper())
        way = context.tr("For everyone to read it: {way}", way=f"send {number} … --public")
        raise Failed(f"{message}. {way}")


def _take_meeting(context: Context) -> None:
    """Take the meeting out of a number that names it: `2026-11-24-roannais#A1`, as documents refer to it."""
    meeting, sign, number = str(context.values.number).rpartition("#")
    if sign:
        context.values.meeting, context.values.number = meeting, number


def _number_after_close(context: Context) -> str:
    """The number that is meant in a closed meeting; raises Failed where `last` is none."""
    said, closed = str(context.values.number), context.closed_meeting()
    if said != LAST:
        return said
    if closed is None or not context.has_journal(closed):
        raise Failed(context.tr("The meeting was not held on this machine: say the number, such as Q3."))
    last = find_entry(context, LAST)
    if not last.number:
        raise Failed(context.tr("What you wrote down last is a note, which has no number: change it in the minutes."))
    return last.label


def _answer_words(parser: Parser) -> None:
    tr = parser.tr
    _number(parser, "Q3")
    help_text = tr(
        "the answer; - for the standard input; without it, the answer clock starts; with --link alone, where it is being answered"
    )
    parser.add_argument("text", nargs="?", metavar=tr("TEXT"), help=help_text)
    parser.add_argument("--link", metavar="U", help=tr("an address that begins with http:// or https://"))
    parser.add_argument("--by", metavar="P", help=tr("who gave the answer"))
    _public_option(parser)
    parser.common(at=True)


def _answer(context: Context) -> int:
    _take_meeting(context)
    values = context.values
    if values.text is None:
        return _link(context) if values.link and not (values.by or values.public) else _start_answer(context)
    text = context.clean(read_text(context, values.text))
    link = read_link(context, values.link)
    link = link if isinstance(link, str) else None
    if context.closed_meeting() is not None:
        from facilitator.cli.commands.published import answer_published

        return answer_published(context, _number_after_close(context), text, link)
    meeting = context.session().meeting
    entry, known = find_entry(context, values.number), around(meeting)
    by = context.name(values.by, known) if values.by else None
    done = context.act(Answer(entry.id, text, link, by, public=values.public))
    _tell_given_up(context, done)
    if by and known.misses(by):
        context.say(context.tr("{name} is not among the members: noted all the same.", name=by))
    _tell_privacy(context, entry, done, f"answer {entry.label} … --public")
    if entry.private and not values.public:
        tell_exposed(context, values.text, f"answer {values.number} -")
    return 0


def _link(context: Context) -> int:
    """Where a question is being answered, as the thread of a chat: it waits on, and says where."""
    link = read_link(context, context.values.link)
    if context.closed_meeting() is not None:
        from facilitator.cli.commands.published import link_published

        return link_published(context, _number_after_close(context), str(link))
    entry = find_entry(context, context.values.number)
    if not KINDS[entry.kind].answerable:
        raise Refused("not-a-question", label=label(entry.kind, entry.number, context.tr.language))
    return _change(context, Edit(entry.id, Fields(link=str(link))))


def _start_answer(context: Context) -> int:
    """The answer is being given aloud: its clock runs."""
    if context.values.link or context.values.by or context.values.public:
        raise WrongValue(context.tr("An answer needs a text; the answer clock takes no option but --at."))
    if context.closed_meeting() is not None:
        raise Failed(context.tr("The meeting is closed: an answer given now needs its text."))
    return _change(context, StartAnswer(find_entry(context, context.values.number).id))


def _send_words(parser: Parser) -> None:
    tr = parser.tr
    _number(parser, "Q3")
    where = PossibleNames((*CHOOSABLE, UNDECIDED), OUTCOME_WORDS)
    parser.add_argument("where", type=where.read, choices=where, metavar=tr("WHERE"), help=where.listed(tr.language))
    parser.add_argument("--owner", metavar="P", help=tr("who answers; without it, the coordinator"))
    parser.add_argument(
        "--due", metavar="D", help=tr("by when: 2026-12-10, 10/12, friday, end of april, in two weeks, next meeting")
    )
    _public_option(parser)
    parser.common(at=True)


def _send(context: Context) -> int:
    _take_meeting(context)
    values = context.values
    if values.where == UNDECIDED:
        return _undecide(context)
    if context.closed_meeting() is not None:
        from facilitator.cli.commands.published import send_published

        number = _number_after_close(context)
        if not values.public and not OUTCOMES[values.where].private:
            _refuse_private(context, number)
        return send_published(context, number, values.where, values.owner, values.due)
    if values.public and OUTCOMES[values.where].private:
        raise WrongValue(context.tr("--public goes with another outcome."))
    meeting = context.session().meeting
    entry = find_entry(context, values.number)
    known = around(meeting)
    owner = context.name(values.owner, known) if values.owner else None
    due = read_date(context, "--due", values.due, known)
    day = None if due is UNSET else due
    done = context.act(Send(entry.id, values.where, owner, day, public=values.public))
    _tell_given_up(context, done)
    if OUTCOMES[values.where].private:
        context.forget_in_draft()
    else:
        _tell_privacy(context, entry, done, f"send {entry.label} {values.where} --public")
    if owner and known.misses(owner):
        context.say(context.tr("{name} is not among the members: noted all the same.", name=owner))
    return 0


def _undecide(context: Context) -> int:
    """Nothing is decided of a question after all."""
    values = context.values
    if values.owner or values.due or values.public:
        raise WrongValue(context.tr("What is still to be decided takes no option but --at."))
    if context.closed_meeting() is not None:
        raise Refused("decided-for-good", label=_number_after_close(context).upper())
    _tell_given_up(context, context.act(Undecide(find_entry(context, values.number).id)))
    return 0


def _done_words(parser: Parser) -> None:
    _number(parser, "A1")
    parser.add_argument("--open", action="store_true", help=parser.tr("it is not done after all"))
    parser.common(at=True)


def _done(context: Context) -> int:
    _take_meeting(context)
    values = context.values
    if context.closed_meeting() is not None:
        from facilitator.cli.commands.published import finish_published

        return finish_published(context, _number_after_close(context), done=not values.open)
    entry = find_entry(context, values.number)
    return _change(context, Finish(entry.id, done=not values.open))


def _edit_words(parser: Parser) -> None:
    tr = parser.tr
    _number(parser, "Q3")
    parser.add_argument("--text", metavar="T", help=tr("the new text; - for the standard input"))
    help_kind = tr("another kind: {kinds}", kinds=KINDS_ASKED.listed(tr.language))
    parser.add_argument("--kind", type=KINDS_ASKED.read, choices=KINDS_ASKED, metavar=tr("KIND"), help=help_kind)
    parser.add_argument("--offer", action="store_true", help=tr("someone offers this, rather than needs it"))
    field_options(parser)
    parser.common(at=True)


def _edit(context: Context) -> int:
    values = context.values
    text = None if values.text is None else context.clean(read_text(context, values.text))
    if context.closed_meeting() is not None:
        from facilitator.cli.commands.published import edit_published

        return edit_published(context, _number_after_close(context), text, values.kind)
    meeting = context.session().meeting
    entry = find_entry(context, values.number)
    known = around(meeting)
    fields = edited_fields(context, text, known, entry.vote)
    done = context.act(Edit(entry.id, fields, kind=values.kind))
    tell_unknown(context, fields, known)
    _after_kind(context, entry, done)
    if entry.private:
        tell_exposed(context, values.text, f"edit {values.number} --text -")
    return 0


def _after_kind(context: Context, before: Entry, done: Done) -> None:
    """Say whether everyone will read it now, and how its answer comes back; what became private leaves the draft."""
    _tell_given_up(context, done)
    after = done.meeting.entries.get(before.id)
    _tell_privacy(context, before, done)
    if after is not None and after.private and not before.private:
        context.forget_in_draft()


def _kind_words(parser: Parser) -> None:
    tr = parser.tr
    _number(parser, "Q3")
    parser.add_argument(
        "kind",
        type=KINDS_ASKED.read,
        choices=KINDS_ASKED,
        metavar=tr("KIND"),
        help=KINDS_ASKED.listed(tr.language),
    )
    parser.common(at=True)


def _kind(context: Context) -> int:
    if context.closed_meeting() is not None:
        from facilitator.cli.commands.published import make_published

        return make_published(context, _number_after_close(context), context.values.kind, Fields())
    entry = find_entry(context, context.values.number)
    made = Edit(entry.id, Fields(), kind=context.values.kind)
    _after_kind(context, entry, context.act(made))
    return 0


def _one_entry(parser: Parser) -> None:
    _number(parser, "Q3")
    parser.common(at=True)


def _remove(context: Context) -> int:
    if context.closed_meeting() is not None:
        from facilitator.cli.commands.published import remove_published

        return remove_published(context, _number_after_close(context))
    entry = find_entry(context, context.values.number)
    context.act(Remove(entry.id))
    context.forget_in_draft()
    return 0


def _move_words(parser: Parser) -> None:
    tr = parser.tr
    _number(parser, "Q3")
    parser.add_argument("step", metavar=tr("STEP"), help=tr("the number of the step, or the beginning of its title"))
    parser.common(at=True)


def _move(context: Context) -> int:
    if context.closed_meeting() is not None:
        from facilitator.cli.commands.published import move_published

        return move_published(context, _number_after_close(context), context.values.step)
    meeting = context.session().meeting
    entry = find_entry(context, context.values.number)
    return _change(context, Relocate(entry.id, find_step(context, meeting, context.values.step)))


def _same(context: Context) -> int:
    if context.closed_meeting() is not None:
        from facilitator.cli.commands.published import share_published

        return share_published(context, _number_after_close(context))
    entry = find_entry(context, context.values.number)
    return _change(context, Support(entry.id))


COMMANDS = {
    "answer": (_answer_words, _answer),
    "send": (_send_words, _send),
    "done": (_done_words, _done),
    "edit": (_edit_words, _edit),
    "kind": (_kind_words, _kind),
    "remove": (_one_entry, _remove),
    "move": (_move_words, _move),
    "same": (_one_entry, _same),
}
