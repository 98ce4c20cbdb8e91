"""What is made of an agenda before its meeting: paper for the table, the invitation and its reminder."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from facilitator.cli.commands.leaving import leave
from facilitator.cli.commands.opening import document_language, load_agenda, settings
from facilitator.cli.context import Context, Failed

if TYPE_CHECKING:
    from facilitator.cli.parser import Parser
    from facilitator.core.agenda import Agenda
    from facilitator.core.network import Network
    from facilitator.i18n import Translator


def _agenda_word(parser: Parser) -> None:
    tr = parser.tr
    help_agenda = tr("the agenda; without it, that of the next meeting")
    parser.add_argument("agenda", nargs="?", metavar=tr("AGENDA"), help=help_agenda)
    parser.common()


def _announced(context: Context) -> tuple[Agenda, Network, Translator]:
    """The agenda that is meant, the network, and the words of its documents. Raises `Problems`, Failed and OSError."""
    from facilitator.i18n import translator

    context.workspace(live=False)
    network = settings(context)
    language = document_language(context, network)
    agenda = load_agenda(context, context.values.agenda or _next(context), language)
    return agenda, network, translator(agenda.language or language)


def _next(context: Context) -> str:
    """The agenda of the next meeting: the first to come that has a day, else the only one without. Raises Failed."""
    from facilitator.meetings.coming import to_come

    today = context.today()
    found = to_come(context.workspace(), today)
    if not found:
        raise Failed(
            context.tr("There is no agenda of a meeting to come: name one, or write one with facilitator new.")
        )
    name = os.path.relpath(found[0].path)
    context.say(context.tr("The agenda: {path}", path=name))
    return name


def _print_words(parser: Parser) -> None:
    tr = parser.tr
    parser.add_argument("--sheet", action="store_true", help=tr("the attendance sheet to sign, instead of the agenda"))
    parser.add_argument("--pdf", action="store_true", help=tr("as a PDF, with the extra “pdf”"))
    _agenda_word(parser)


def _print(context: Context) -> int:
    from facilitator.core.setup import members_of
    from facilitator.documents.paper import plan_page, sign_sheet, write_paper, write_pdf
    from facilitator.meetings.announcing import name_of

    agenda, network, tr = _announced(context)
    name = f"{name_of(agenda)}-{'sheet' if context.values.sheet else 'paper'}"
    paper = sign_sheet(agenda, members_of(agenda, network), tr) if context.values.sheet else plan_page(agenda, tr)
    if context.values.pdf:
        return leave(context, f"{name}.pdf", write_pdf(paper))
    return leave(context, f"{name}.html", write_paper(paper).encode())


def _invite_words(parser: Parser) -> None:
    tr = parser.tr
    parser.add_argument("--reminder", action="store_true", help=tr("the same as a reminder"))
    parser.add_argument("--chat", action="store_true", help=tr("as a message for the chat, instead of a mail"))
    _agenda_word(parser)


def _invite(context: Context) -> int:
    from facilitator.documents.invitation import write_invitation, write_invitation_messages
    from facilitator.meetings.announcing import invitation_of, name_of
    from facilitator.meetings.leaving import mail_of

    agenda, network, tr = _announced(context)
    reminder = context.values.reminder
    said = invitation_of(context.workspace(), agenda, network, tr, reminder=reminder)
    if context.values.chat:
        context.write("\n\n".join(write_invitation_messages(said, tr)))
        return 0
    kind = "reminder" if reminder else "invitation"
    return leave(context, f"{name_of(agenda)}-{kind}.eml", mail_of(write_invitation(said, tr)))


COMMANDS = {"print": (_print_words, _print), "invite": (_invite_words, _invite)}
