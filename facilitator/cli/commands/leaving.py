"""What is made of minutes and letters for other programs: calendars, spreadsheets, the chat, browsers, mail."""

from __future__ import annotations

import datetime
import re
from typing import TYPE_CHECKING, NamedTuple

from facilitator.cli.context import Context, Failed, WrongValue
from facilitator.cli.parser import Parser
from facilitator.core.regex import regex
from facilitator.wording import month_text, quoted

if TYPE_CHECKING:
    from facilitator.core.network import Network

_MONTH = regex(r"[0-9]{4}-(0[1-9]|1[0-2])\Z")

_WIKIS = ("yeswiki", "mediawiki")  # `documents.wiki` knows them, and is not loaded for help


class LeavingDocument(NamedTuple):
    """A document that leaves: its text, its name as a file."""

    text: str
    name: str
    draft: bool = False


def _minutes_words(parser: Parser) -> None:
    tr = parser.tr
    parser.add_argument(
        "which", nargs="?", metavar=tr("MEETING"), help=tr("the meeting; without it, the live one, else the last")
    )
    parser.common()


def _document_words(parser: Parser) -> None:
    tr = parser.tr
    help_which = tr("the meeting, or the month of a letter: 2026-12; without it, the live meeting, else the last")
    parser.add_argument("which", nargs="?", metavar=tr("MEETING|YYYY-MM"), help=help_which)
    parser.add_argument("--links", metavar=tr("ADDRESS"), help=tr("where the repository can be read, for its links"))
    parser.common()


def _minutes(context: Context) -> LeavingDocument:
    """The minutes that are meant, as they stand; of a meeting that goes on, its draft."""
    from facilitator.meetings.drafting import draft_text
    from facilitator.meetings.past import minutes_file
    from facilitator.store.documents import read_text

    tr = context.tr
    if context.values.which:
        context.values.meeting = context.values.which
    closed = context.closed_meeting()
    if closed is None:
        session = context.session()
        name = session.meeting.id
        return LeavingDocument(draft_text(session.replay, session.now().at), name, draft=True)
    path = minutes_file(context.workspace(), closed)
    text = read_text(context.workspace(), path) if path is not None else None
    if text is None:
        raise Failed(tr("There are no minutes of {name}.", name=closed))
    return LeavingDocument(text, closed)


def _refuse_draft(context: Context, chosen: LeavingDocument) -> None:
    """What is sent is remembered as sent: a draft that went out would keep the minutes back. Raises Failed."""
    if chosen.draft:
        raise Failed(context.tr("The meeting goes on: what goes out is what was published."))


def _document(context: Context) -> LeavingDocument:
    """The minutes that are meant, or the letter of a month."""
    from facilitator.meetings.letters import letter_text

    tr, which, links = context.tr, context.values.which, context.values.links
    if links is not None and not links.startswith(("http://", "https://")):
        raise WrongValue(tr("A link begins with http:// or https://."))
    if which is None or not re.match(r"[0-9]{4}-[0-9]{1,2}\Z", which):
        return _minutes(context)
    if not _MONTH.match(which):
        raise WrongValue(tr("{given} is not a month: 2026-12 is expected.", given=quoted(tr, which)))
    text = letter_text(context.workspace(), which)
    if text is None:
        raise Failed(tr("There is no letter of {month}.", month=month_text(tr, which)))
    return LeavingDocument(text, which)


def _network(context: Context) -> Network:
    from facilitator.cli.commands.opening import settings

    return settings(context)


def leave(context: Context, name: str, data: bytes) -> int:
    """Write what was made for other programs, and say where. Raises OSError, Linked for a link in its place."""
    from facilitator.store.documents import write_leaving

    path = write_leaving(context.workspace(), name, data)
    context.acted = True
    context.write(str(path))
    return 0


def _ics_words(parser: Parser) -> None:
    tr = parser.tr
    parser.add_argument("--person", metavar=tr("NAME"), help=tr("the actions of one person alone"))
    _minutes_words(parser)


def _ics(context: Context) -> int:
    from facilitator.meetings.leaving import dates_of

    chosen, person = _minutes(context), context.values.person
    text = dates_of(
        chosen.text,
        chosen.name,
        _network(context),
        stamp=datetime.datetime.now(datetime.UTC),
        person=person,
        workspace=context.workspace(),
    )
    if "BEGIN:VEVENT" not in text:
        context.say(context.tr("No date to keep in these minutes."))
        return 0
    return leave(context, f"{chosen.name}.ics", text.encode())


def _csv(context: Context) -> int:
    from facilitator.meetings.leaving import table_of

    chosen = _minutes(context)
    return leave(context, f"{chosen.name}.csv", table_of(chosen.text, chosen.name).encode())


def _html(context: Context) -> int:
    from facilitator.documents.html import write_page

    chosen = _document(context)
    page = write_page(chosen.text, base=context.values.links)
    return leave(context, f"{chosen.name}.html", page.encode())


def _mail_words(parser: Parser) -> None:
    tr = parser.tr
    parser.epilog = tr(
        "Sent one by one to each address, by the server of facilitator.yaml (share, mail). Its password and the list of addresses are in "
        "~/.config/facilitator, in files that only you can read: smtp.example.org.password, recipients (or NAME.recipients)."
    )
    how = parser.add_mutually_exclusive_group()
    how.add_argument("--open", action="store_true", help=tr("open it with the program that you have for mail"))
    how.add_argument("--send", action="store_true", help=tr("send it, by the network’s mail server"))
    help_owners = tr(
        "one mail to each person who has something to do, with theirs alone; addresses are those of the notebook"
    )
    parser.add_argument("--owners", action="store_true", help=help_owners)
    parser.add_argument("--accept", action="store_true", help=tr("with --send: as it stands"))
    to = tr("with --send: to this address rather than to the list; may be given several times")
    parser.add_argument("--to", metavar=tr("ADDRESS"), action="append", help=to)
    again = tr("with --send: once more to this address, or to all; may be given several times")
    parser.add_argument("--again", metavar=tr("ADDRESS"), action="append", help=again)
    _document_words(parser)


def _mail(context: Context) -> int:
    from facilitator.meetings.leaving import mail_of

    values = context.values
    if (values.accept or values.to or values.again) and not values.send:
        raise WrongValue(context.tr("--accept, --to and --again go with --send."))
    if values.owners and (values.open or values.to):
        raise WrongValue(context.tr("--owners goes neither with --open nor with --to."))
    chosen = _document(context)
    if context.values.owners:
        return _mail_owners(context, chosen)
    mail = mail_of(chosen.text, base=values.links)
    if values.send:
        _refuse_draft(context, chosen)
        from facilitator.cli.commands.going_out import send_mail

        return send_mail(context, chosen.name, chosen.text, mail)
    leave(context, f"{chosen.name}.eml", mail)
    if values.open:
        from facilitator.share.opener import open_file

        path = context.workspace().leaving_folder / f"{chosen.name}.eml"
        if not open_file(path, context.environ):
            context.say(context.tr("No program opened it here: open the file with yours."))
            return 1
    return 0


def _mail_owners(context: Context, chosen: LeavingDocument) -> int:
    """A mail for each owner of actions; each names one person, so that nobody's address is in anybody else's."""
    from facilitator.cli.commands.archived import renamed_people
    from facilitator.core.cycle.directory import Directory
    from facilitator.meetings.leaving import mails_to_owners
    from facilitator.store.private import read_notebook

    tr = context.tr
    contacts = read_notebook(context.own_workspace()).contacts
    directory = renamed_people(context) or Directory(())
    mails = mails_to_owners(chosen.text, chosen.name, contacts, directory, base=context.values.links)
    if not mails:
        context.say(tr("Nobody has anything left to do in these minutes."))
        return 0
    if not context.values.send:
        for one in mails:
            leave(context, f"{one.name}.eml", one.mail)
    unknown = [one.owner for one in mails if one.address is None]
    if unknown:
        message = tr(
            "No address is known of {names}: facilitator notebook NAME --contact ADDRESS", names=", ".join(unknown)
        )
        context.say(message)
    if not context.values.send:
        return 0
    _refuse_draft(context, chosen)
    from facilitator.cli.commands.going_out import send_mails
    from facilitator.share.mailing import checked_address

    addressed = {checked_address(one.address): one.mail for one in mails if one.address is not None}
    return send_mails(context, f"{chosen.name}#owners", addressed) if addressed else 1


def _wiki_words(parser: Parser) -> None:
    tr = parser.tr
    parser.add_argument("--for", dest="wiki", choices=_WIKIS, default=_WIKIS[0], help=tr("which wiki it is for"))
    _document_words(parser)


def _wiki(context: Context) -> int:
    from facilitator.documents.wiki import write_wiki

    chosen, wiki = _document(context), context.values.wiki
    page = write_wiki(chosen.text, wiki, base=context.values.links)
    return leave(context, f"{chosen.name}-{wiki}.txt", page.encode())


def _chat_words(parser: Parser) -> None:
    tr = parser.tr
    parser.epilog = tr(
        "The webhook’s address is what FACILITATOR_WEBHOOK says, else a file that only you can read: ~/.config/facilitator/webhook, "
        "or NAME.webhook where the account of facilitator.yaml (share) is NAME."
    )
    parser.add_argument("--all", action="store_true", help=tr("every question that waits, wherever it was sent"))
    how = parser.add_mutually_exclusive_group()
    how.add_argument("--post", action="store_true", help=tr("post them to the chat, by its incoming webhook"))
    how.add_argument("--copy", action="store_true", help=tr("copy them, and write them into a file"))
    parser.add_argument("--accept", action="store_true", help=tr("with --post: as they stand"))
    again = tr("with --post: once more, what may have been posted already; may be given several times")
    parser.add_argument("--again", metavar="Q3", action="append", help=again)
    _document_words(parser)


def _chat(context: Context) -> int:
    from facilitator.meetings.leaving import letter_messages, messages_of

    if (context.values.accept or context.values.again) and not context.values.post:
        raise WrongValue(context.tr("--accept and --again go with --post."))
    chosen = _document(context)
    if _MONTH.match(chosen.name):
        messages = letter_messages(chosen.text, base=context.values.links)
    else:
        messages = messages_of(chosen.text, chosen.name, everywhere=context.values.all)
    if not messages:
        context.say(context.tr("No question waits for an answer in the chat."))
        return 0
    if context.values.post:
        _refuse_draft(context, chosen)
        from facilitator.cli.commands.going_out import post_messages

        return post_messages(context, chosen.name, chosen.text, messages)
    if context.values.copy:
        from facilitator.cli.commands.going_out import copy_text

        return copy_text(context, f"{chosen.name}.chat.md", "\n\n".join(one.text for one in messages))
    from facilitator.cli.commands.going_out import write_messages

    write_messages(context, messages)
    return 0


COMMANDS = {
    "ics": (_ics_words, _ics),
    "csv": (_minutes_words, _csv),
    "html": (_document_words, _html),
    "mail": (_mail_words, _mail),
    "wiki": (_wiki_words, _wiki),
    "chat": (_chat_words, _chat),
}
