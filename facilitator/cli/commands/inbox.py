"""The inbox: what was seen between meetings, by hand or in the feeds of the network."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec
from msgspec import UNSET

from facilitator.cli.beside import shown
from facilitator.cli.choices import PossibleNames
from facilitator.cli.commands.capture import LEVELS, NEWS, read_date, read_link, read_text
from facilitator.cli.commands.opening import document_language, settings
from facilitator.cli.context import Around, Context, Failed, WrongValue
from facilitator.cli.parser import Parser
from facilitator.core.refusal import Refused
from facilitator.core.text import MAX_TEXT
from facilitator.meetings.faults import fault_text
from facilitator.wording import level_name, news_name, quoted, short_date

if TYPE_CHECKING:
    from facilitator.core.cycle.inbox import InboxItem
    from facilitator.i18n import Translator
    from facilitator.meetings.inbox import Fed

ACTS = PossibleNames(("list", "add", "take", "drop", "fetch"), {"feeds": "fetch"})


def _words(parser: Parser) -> None:
    tr = parser.tr
    parser.epilog = tr(
        "Without anything: what waits, by sort, what closes first before. It is inbox.md, to be read and edited.\n"
        "fetch reads the feeds that facilitator.yaml names; nothing else reaches the network."
    )
    parser.add_argument("act", nargs="?", type=ACTS.read, choices=ACTS, default="list", help=tr("what to do"))
    parser.add_argument("text", nargs="?", metavar=tr("TEXT|N"), help=tr("the news to add, or the number of one"))
    parser.add_argument("--type", choices=NEWS, help=tr("what sort of news it is"))
    parser.add_argument("--deadline", metavar="D", help=tr("the last day to answer a call"))
    parser.add_argument("--link", metavar="U", help=tr("an address that begins with http:// or https://"))
    parser.add_argument("--level", choices=LEVELS, help=tr("the level of the network it comes from"))
    parser.add_argument("--letter", action="store_true", help=tr("take it into the next newsletter"))
    parser.add_argument("--agenda", action="store_true", help=tr("take it into the next agenda"))
    parser.common(json=True)


def _inbox(context: Context) -> int:
    values, tr = context.values, context.tr
    if values.act in ("list", "fetch") and values.text is not None:
        raise WrongValue(tr("{given} is one word too many.", given=quoted(tr, values.text)))
    if values.act in ("add", "take", "drop") and values.text is None:
        raise WrongValue(tr("Say which: the news to add, or the number of one in the list."))
    if (values.letter or values.agenda) and values.act != "take":
        raise WrongValue(tr("--letter and --agenda go with take."))
    if values.act == "add":
        return _add(context)
    if values.act == "fetch":
        return _fetch(context)
    return _list(context) if values.act == "list" else _take(context)


def _list(context: Context) -> int:
    from facilitator.meetings.inbox import waiting

    found = waiting(context.own_workspace())
    if context.values.json:
        rows = [{"number": place, **msgspec.to_builtins(kept.item)} for place, kept in enumerate(found, 1)]
        context.write_json(rows)
        return 0
    for place, kept in enumerate(found, 1):
        text = item_text(context.tr, kept.item)
        context.write(
            f"{place}  {context.tr('{text} · for the agenda', text=text) if kept.section == 'agenda' else text}"
        )
    if not found:
        context.say(context.tr("Nothing waits in the inbox."))
    return 0


def item_text(tr: Translator, item: InboxItem) -> str:
    """An item on one line: its sort, what it says, until when, where to read it."""
    parts = [news_name(tr, item.type)] if item.type else []
    parts.append(item.text)
    if item.deadline is not None:
        parts.append(tr("closes on {date}", date=short_date(tr, item.deadline)))
    if item.when is not None:
        parts.append(short_date(tr, item.when.date()))
    if item.level is not None:
        parts.append(level_name(tr, item.level))
    if item.link is not None and item.link != item.text:
        parts.append(item.link)
    return " · ".join(parts)


def _add(context: Context) -> int:
    from facilitator.core.cycle.inbox import InboxItem
    from facilitator.meetings.inbox import add

    values, tr = context.values, context.tr
    text = context.clean(read_text(context, values.text), line=True)
    if not text:
        raise Refused("empty-text")
    if len(text) > MAX_TEXT:
        raise Refused("text-too-long", limit=MAX_TEXT)
    deadline, link = read_date(context, "--deadline", values.deadline, Around()), read_link(context, values.link)
    item = InboxItem(
        text,
        values.type or ("call" if deadline else None),
        None if link is UNSET else link,
        None if deadline is UNSET else deadline,
        level=values.level,
    )
    new = add(context.own_workspace(), [item], document_language(context, settings(context)))
    context.acted = True
    if new:
        context.say(tr("In the inbox: {what}", what=item_text(tr, new[0])))
    else:
        context.say(tr("It is, or was, in the inbox already: {what}", what=item_text(tr, item)))
    return 0


def _take(context: Context) -> int:
    from facilitator.meetings import inbox

    values, tr = context.values, context.tr
    if values.act == "take" and values.letter == values.agenda:
        raise WrongValue(tr("Say where: --letter or --agenda."))
    said = values.text
    if not (said.isascii() and said.isdigit() and len(said) < 7):
        raise WrongValue(tr("{given} is not the number of an item.", given=quoted(tr, said)))
    workspace, network = context.own_workspace(), settings(context)
    language, number = document_language(context, network), int(said)
    try:
        if values.act == "drop":
            item = inbox.drop(workspace, number, language)
            told = tr("Dropped: {what}", what=item_text(tr, item))
        elif values.agenda:
            item, agenda, day = inbox.for_agenda(workspace, number, language, today=context.today())
            what = item_text(tr, item)
            told = (
                tr("For the next agenda (new): {what}", what=what)
                if agenda is None
                else tr("In {path}: {what}", path=shown(context, agenda), what=what)
            )
            if day is not None and item.deadline is not None and item.deadline < day:
                closes, held = short_date(tr, item.deadline), short_date(tr, day)
                told += "\n" + tr("It closes on {date}, before that meeting ({day}).", date=closes, day=held)
        else:
            item, path = inbox.for_letter(workspace, number, network, language, today=context.today())
            told = tr("In {path}: {what}", path=shown(context, path), what=item_text(tr, item))
    except inbox.NoItem:
        raise Failed(tr("The inbox has no item {number}.", number=number)) from None
    context.acted = True
    context.say(told)
    return 0


def _fetch(context: Context) -> int:
    from facilitator.meetings.inbox import fetch

    tr, network = context.tr, settings(context)
    if not network.feeds:
        raise Failed(tr("facilitator.yaml names no feed: write “feeds: [https://…]”."))
    found = fetch(context.own_workspace(), network, document_language(context, network), today=context.today())
    context.acted = True
    for fed in found:
        if fed.problem is not None:
            context.say(tr("{path}: {problem}", path=fed.place, problem=_problem_text(tr, fed)))
            continue
        context.say(tr("{path}: {problem}", path=fed.place, problem=tr.ntr("{n} new", "{n} new", len(fed.new))))
        for item in fed.new:
            context.write(item_text(tr, item))
    return 1 if any(fed.problem for fed in found) else 0


def _problem_text(tr: Translator, fed: Fed) -> str:
    from facilitator.store.door import TooLarge
    from facilitator.store.feeds import Unreachable

    problem = fed.problem
    if isinstance(problem, TimeoutError):
        return tr("it gave no end within half a minute: it was left")
    if isinstance(problem, TooLarge):
        return tr("it is larger than any feed: it was not read")
    if isinstance(problem, Unreachable):
        return tr("it could not be reached ({problem})", problem=" ".join(str(problem).split())[:200])
    known = fault_text(tr, problem) if problem is not None else None
    return known or tr("it could not be read ({problem})", problem=type(problem).__name__)


COMMANDS = {"inbox": (_words, _inbox)}
