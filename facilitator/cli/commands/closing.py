"""The end of a meeting and what is written of it."""

from __future__ import annotations

import datetime
from typing import TYPE_CHECKING

from facilitator.cli.beside import shown, tell_exposed, tell_hand, tell_traces
from facilitator.cli.context import Context, Failed, WrongValue, around
from facilitator.cli.parser import Parser
from facilitator.core.refusal import Refused
from facilitator.core.regex import regex
from facilitator.meetings.faults import no_draft_text
from facilitator.wording import month_text, quoted

if TYPE_CHECKING:
    from facilitator.core.meeting import Meeting
    from facilitator.meetings.publishing import Publication

_MONTH = regex(r"[0-9]{4}-(0[1-9]|1[0-2])\Z")


def _close_words(parser: Parser) -> None:
    tr = parser.tr
    parser.epilog = tr("Refused while a question has no outcome: answer it, or send it somewhere.")
    parser.add_argument("--summary", metavar=tr("TEXT"), help=tr("one sentence for those who were not there"))
    help_incomplete = tr("close although a part of the journal cannot be read: what is in it will be missing")
    parser.add_argument("--incomplete", action="store_true", help=help_incomplete)
    parser.add_argument("--reread", metavar=tr("NAME"), help=tr("who read the minutes again before they go out"))
    help_until = tr("with --reread: the day before which remarks are taken")
    parser.add_argument("--until", metavar="D", help=help_until)
    parser.common(at=True)


def _close(context: Context) -> int:
    from facilitator.cli.commands.letters import take_up_letters
    from facilitator.cli.commands.opening import settings
    from facilitator.cli.commands.sharing import commit_at_close, tell_findings
    from facilitator.meetings import publishing as publish
    from facilitator.meetings.telephones import waiting

    given, reread = context.values.summary, context.values.reread
    summary = context.clean(given) if given else None
    session = context.session()
    left = len(waiting(session))
    publication = publish.close(
        session,
        summary=summary,
        reread_by=context.name(reread, around(session.meeting)) if reread is not None else None,
        remarks_until=_until(context, session.meeting),
        at=context.at(session),
        incomplete=context.values.incomplete,
    )
    context.say(context.tr("The meeting is closed."))
    if left:
        context.say(
            context.tr.ntr(
                "{n} thing that telephones sent was not taken up: it is gone.",
                "{n} things that telephones sent were not taken up: they are gone.",
                left,
            )
        )
    if session.meeting.reread_by is not None:
        context.say(context.tr("Read again by {name}.", name=session.meeting.reread_by))
    tell_publication(context, publication)
    take_up_letters(context, minutes=False)  # a close does not depend on how many there are
    network = settings(context)
    if tell_findings(context, [publication.minutes.path], network):
        program = "" if context.conversing else "facilitator "
        context.say(context.tr("To let it stand: {command}", command=f"{program}share --accept"))
    if network.share.commit:
        commit_at_close(context, publication.documents, network)
    return 0


def _until(context: Context, meeting: Meeting) -> datetime.date | None:
    """The day before which remarks are taken; raises WrongValue for one that is none, or before the day on which it is said."""
    from facilitator.cli.commands.capture import read_date

    given = context.values.until
    if given is None:
        return None
    named = context.values.reread or meeting.reread_by or meeting.opened.choices.minutes.reread
    if not named:
        raise WrongValue(context.tr("--until goes with --reread: nobody is said to have read the minutes again."))
    day = read_date(context, "--until", given, around(meeting))
    if not isinstance(day, datetime.date) or day < context.today():
        raise WrongValue(context.tr("--until {given}: this day is past.", given=quoted(context.tr, given)))
    return day


def tell_publication(context: Context, publication: Publication) -> None:
    """Say what was written where."""
    tr = context.tr
    context.say(tr("Minutes: {path}", path=shown(context, publication.minutes.path)))
    if publication.newsletter is not None:
        context.say(tr("Newsletter: {path}", path=shown(context, publication.newsletter.path)))
    for written in (publication.minutes, publication.newsletter):
        if written is not None:
            tell_hand(context, written)
    tell_traces(context, publication.traces)
    tell_exposed(context, publication.exposed)


def _adjourn_words(parser: Parser) -> None:
    parser.common(at=True)


def _adjourn(context: Context) -> int:
    from facilitator.core.acts import Adjourn
    from facilitator.meetings.publishing import write_draft

    context.act(Adjourn())
    try:
        written = write_draft(context.session())
    except OSError as problem:  # the act itself is on the disk
        context.say(no_draft_text(context.tr, problem))
        return 0
    if written is not None:
        context.say(context.tr("Draft of the minutes: {path}", path=shown(context, written.path)))
        tell_hand(context, written)
    return 0


def _discard_words(parser: Parser) -> None:
    parser.epilog = parser.tr(
        "Only a meeting in which nothing but its opening happened; its journal is kept in .facilitator/discarded."
    )
    parser.common()


def _discard(context: Context) -> int:
    from facilitator.meetings.discarding import discard

    if context.conversing:
        raise WrongValue(context.tr("You are in this meeting: quit first, then facilitator discard"))
    session = context.session()
    discard(session)
    context.say(context.tr("The meeting {name} is out of the way.", name=session.meeting.id))
    return 0


def _reopen_words(parser: Parser) -> None:
    parser.common(at=True)


def _reopen(context: Context) -> int:
    from facilitator.meetings import publishing as publish

    workspace = context.own_workspace()
    if not context.values.meeting and not workspace.live():
        context.values.meeting = workspace.last_closed()  # the one just closed, of whatever day it is
    session = context.session()
    publish.reopen(session, at=context.at(session))
    context.say(context.tr("The meeting {name} is open again.", name=session.meeting.id))
    return 0


def _minutes_words(parser: Parser) -> None:
    tr = parser.tr
    parser.add_argument(
        "which", nargs="?", metavar=tr("MEETING"), help=tr("the meeting; without it, the live one, else the last")
    )
    parser.add_argument("--stdout", action="store_true", help=tr("write the text to the standard output, and no file"))
    parser.common()


def _minutes(context: Context) -> int:
    from facilitator.meetings.past import minutes_file
    from facilitator.meetings.publishing import publish, write_draft
    from facilitator.store.documents import MAX_DOCUMENT, DocumentWritten
    from facilitator.store.door import read_document
    from facilitator.store.workspace import document_of, standing_beside

    if context.values.which:
        context.values.meeting = context.values.which
    closed = context.closed_meeting()
    if closed is None:
        if context.values.stdout:
            context.write(_draft_text(context))
            return 0
        written = write_draft(context.session())
        if written is None:
            raise Failed(context.tr("Nothing to write yet, or another screen is writing the draft."))
        context.acted = True
        context.write(str(written.path))
        tell_hand(context, written)
        return 0
    path = minutes_file(context.workspace(), closed)
    if path is None:
        if not context.has_journal(closed):
            raise Failed(context.tr("There are no minutes of {name}.", name=closed))
        publication = publish(context.session())
        context.acted = True
        path = publication.minutes.path
    document = document_of(path)
    aside = next((place for place in standing_beside(path) if place.is_file() and not place.is_symlink()), None)
    tell_hand(context, DocumentWritten(path, aside) if document is None else DocumentWritten(document, path))
    if context.values.stdout:
        text = read_document(context.workspace().root, path, limit=MAX_DOCUMENT)
        context.write(text.decode("utf-8", errors="replace").removesuffix("\n"))
    else:
        context.write(str(path))
    return 0


def _draft_text(context: Context) -> str:
    from facilitator.meetings.drafting import draft_text

    session = context.session()
    if not session.exists:
        raise Refused("not-started")
    return draft_text(session.replay, session.now().at).removesuffix("\n")


def _newsletter_words(parser: Parser) -> None:
    tr = parser.tr
    parser.add_argument(
        "month", nargs="?", metavar=tr("YYYY-MM"), help=tr("the month; without it, that of the last meeting closed")
    )
    parser.add_argument("--stdout", action="store_true", help=tr("write the text to the standard output, and no file"))
    parser.add_argument(
        "--mail", action="store_true", help=tr("the same as a mail: no boxes, links as words or absolute")
    )
    parser.add_argument(
        "--links", metavar=tr("ADDRESS"), help=tr("where the repository can be read, for the links of a mail")
    )
    parser.common(looks=True)


def _newsletter(context: Context) -> int:
    from facilitator.cli.commands.letters import take_up_letters, tellers
    from facilitator.documents.newsletter.mail import mail_text
    from facilitator.meetings.letters import fed, feed_letter, letter_text, open_month, read_letters

    month, links, tr = context.values.month, context.values.links, context.tr
    if links is not None and (not context.values.mail or not links.startswith(("http://", "https://"))):
        raise WrongValue(
            tr("A link begins with http:// or https://.") if context.values.mail else tr("--links goes with --mail.")
        )
    if month is not None and not _MONTH.match(month):
        raise WrongValue(tr("{given} is not a month: 2026-12 is expected.", given=quoted(tr, month)))
    if not context.values.stdout and not context.values.mail:
        take_up_letters(context)
    closed, day, workspace = tellers(context), context.today(), context.workspace()
    letters = read_letters(workspace)
    if month is None:
        if not closed:
            raise Failed(tr("No meeting is closed yet: there is nothing for a newsletter."))
        month = open_month(closed[-1].month, letters, day)
        if month not in letters and not fed(None, month, closed, letters, today=day):
            month = closed[-1].month  # nothing came since: that letter is what there is
    before = letter_text(workspace, month)
    text = fed(None, month, closed, letters, today=day) if before is None else ""
    if before is None and not text and not any(one.month == month for one in closed):
        raise Failed(
            tr("Nothing for {month}: no meeting closed here feeds that newsletter.", month=month_text(tr, month))
        )
    if before is None and not text:
        context.say(tr("Nothing to say in the newsletter of {month} yet.", month=month_text(tr, month)))
        return 0
    if context.values.stdout or context.values.mail:
        text = fed(before, month, closed, letters, today=day)
        context.write((mail_text(text, links) if context.values.mail else text).removesuffix("\n"))
        return 0
    written = feed_letter(workspace, month, closed, today=day)
    if written is None:
        return 0
    context.acted = True
    context.write(str(written.path))
    tell_hand(context, written)
    return 0


COMMANDS = {
    "adjourn": (_adjourn_words, _adjourn),
    "close": (_close_words, _close),
    "discard": (_discard_words, _discard),
    "reopen": (_reopen_words, _reopen),
    "minutes": (_minutes_words, _minutes),
    "newsletter": (_newsletter_words, _newsletter),
}
