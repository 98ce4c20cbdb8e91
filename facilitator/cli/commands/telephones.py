"""`telephones`: what the telephones of the room sent and nobody has taken up yet."""

from __future__ import annotations

from typing import TYPE_CHECKING

from facilitator.cli.commands.capture import read_text
from facilitator.cli.context import Context, Failed, WrongValue, done_text
from facilitator.cli.parser import Parser
from facilitator.wording import quoted
from facilitator.wording.telephones import sent_text

if TYPE_CHECKING:
    from facilitator.meetings.session import Session
    from facilitator.meetings.telephones import Waiting

ACTS = ("list", "take", "decline")


def _words(parser: Parser) -> None:
    tr = parser.tr
    parser.epilog = tr(
        "Without anything: what waits, in the order of arrival; a number stays. take makes it an act of the meeting, which undo takes back.\n"
        "facilitator room --web opens the room to telephones."
    )
    parser.add_argument("act", nargs="?", choices=ACTS, default="list", help=tr("what to do"))
    parser.add_argument("number", nargs="?", metavar="N", help=tr("the number of what waits"))
    parser.add_argument("--text", metavar=tr("TEXT"), help=tr("with take: the words of a question or a need, mended"))
    parser.common(json=True)


def _telephones(context: Context) -> int:
    values, tr = context.values, context.tr
    if values.act == "list" and values.number is not None:
        raise WrongValue(tr("{given} is one word too many.", given=quoted(tr, values.number)))
    if values.act != "list" and values.number is None:
        raise WrongValue(tr("Say which: its number in the list."))
    if values.text is not None and values.act != "take":
        raise WrongValue(tr("--text goes with take."))
    session = context.session()
    return _list(context, session) if values.act == "list" else _settle(context, session)


def _list(context: Context, session: Session) -> int:
    from facilitator.meetings.telephones import waiting

    found = waiting(session)
    if context.values.json:
        context.write_json([_facts(one) for one in found])
        return 0
    for one in found:
        context.write(f"{one.number}  {sent_text(context.tr, one.item, one.entry, session.setup.language)}")
    if not found:
        context.say(context.tr("Nothing waits from the telephones."))
    return 0


def _facts(one: Waiting) -> dict[str, object]:
    """What waits, for other programs; nothing by which a telephone could be told again."""
    item = one.item
    facts: dict[str, object] = {"number": one.number, "kind": item.kind, "at": item.at}
    said = {
        "text": item.text,
        "by": item.by,
        "entry": one.entry.label if one.entry is not None else "",
        "useful": item.useful,
        "keep": item.keep,
        "change": item.change,
    }
    return facts | {name: value for name, value in said.items() if value}


def _settle(context: Context, session: Session) -> int:
    from facilitator.meetings.telephones import decline, take_up, waiting

    values, tr = context.values, context.tr
    if not (values.number.isascii() and values.number.isdigit() and len(values.number) < 7):
        raise WrongValue(tr("{given} is not the number of an item.", given=quoted(tr, values.number)))
    found = next((one for one in waiting(session) if one.number == int(values.number)), None)
    if found is None:
        raise Failed(tr("Nothing waits under the number {number}.", number=values.number))
    said = sent_text(tr, found.item, found.entry, session.setup.language)
    if values.act == "decline":
        decline(session, found.item)
        context.acted = True
        context.say(tr("Declined: {what}", what=said))
        return 0
    if values.text is not None and found.item.kind not in ("question", "need"):
        raise WrongValue(tr("Only the words of a question or a need can be mended."))
    text = context.clean(read_text(context, values.text)) if values.text is not None else None
    before = session.meeting
    done = take_up(session, found.item, text=text)
    context.acted = True
    context.say(
        done_text(tr, before, done) if done is not None else tr("The floor goes to: {what}", what=found.item.by or said)
    )
    context.tell_renumbered(session)
    context.tell_notices(session)
    return 0


COMMANDS = {"telephones": (_words, _telephones)}
