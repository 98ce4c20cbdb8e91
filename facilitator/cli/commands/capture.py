"""`add`: catch an entry. What it loads is what a capture costs; a test watches over it."""

from __future__ import annotations

import datetime
import re
import sys
from typing import TYPE_CHECKING, get_args

from msgspec import UNSET, UnsetType
from msgspec.structs import replace

from facilitator.cli.choices import KIND_WORDS, PossibleNames
from facilitator.cli.context import Around, Context, WrongValue, around
from facilitator.cli.parser import Literal, Parser
from facilitator.core.acts import Capture
from facilitator.core.agenda import Level, NewsType
from facilitator.core.capture import is_offer
from facilitator.core.refusal import Refused
from facilitator.core.said import Fields, Vote, given
from facilitator.core.vocabulary import ASKED, PRIVATE
from facilitator.wording import quoted

if TYPE_CHECKING:
    from argparse import Namespace

    from facilitator.core.vocabulary import Kind

NEWS: tuple[NewsType, ...] = get_args(NewsType)
LEVELS: tuple[Level, ...] = get_args(Level)
MAX_INPUT = 1 << 20
_LONGEST_COUNT = 5
_LINK = r"https?://[^\s<>]+"


def field_options(parser: Parser) -> None:
    """The options that carry the parts of an entry, for `add` and `edit`."""
    tr = parser.tr
    group = parser.add_argument_group(tr("what the entry holds"))
    group.add_argument("--by", metavar="P", help=tr("who asked, said or proposed it"))
    group.add_argument("--owner", metavar="P", action="append", help=tr("who does it; may be given several times"))
    group.add_argument(
        "--due", metavar="D", help=tr("by when: 2026-12-10, 10/12, friday, end of april, in two weeks, next meeting")
    )
    group.add_argument("--theme", metavar="T", help=tr("its theme"))
    group.add_argument("--link", metavar="U", help=tr("an address that begins with http:// or https://"))
    group.add_argument("--type", choices=NEWS, help=tr("what sort of news it is"))
    group.add_argument(
        "--when", metavar=tr("WHEN"), help=tr('the day and the hour of an event: "19/11 14h", "friday 2pm"')
    )
    group.add_argument("--deadline", metavar="D", help=tr("the last day to answer a call"))
    group.add_argument("--level", choices=LEVELS, help=tr("the level of the network it comes from"))
    group.add_argument("--for", dest="votes_for", metavar="N", help=tr("of a decision: how many were for it"))
    group.add_argument("--against", metavar="N", help=tr("how many were against it"))
    group.add_argument("--abstain", dest="abstentions", metavar="N", help=tr("how many abstained"))
    consensus = group.add_mutually_exclusive_group()
    consensus.add_argument(
        "--consensus", action="store_true", default=None, help=tr("the decision was taken by consensus")
    )
    consensus.add_argument(
        "--no-consensus", dest="consensus", action="store_false", help=tr("it was not taken by consensus")
    )


def read_text(context: Context, given: str) -> str:
    """The text given; a lone `-` reads the standard input, of which a conversation has read ahead: there, its next line."""
    if given != "-" or isinstance(given, Literal):
        return given
    if context.conversing and not sys.stdin.isatty():
        from facilitator.cli.typed import line

        return line() or ""
    if sys.stdin.isatty():
        context.say(context.tr("The text, then Ctrl+D:"))
    data = sys.stdin.buffer.read(MAX_INPUT)
    return data.decode("utf-8", errors="surrogateescape")


def given_fields(context: Context, values: Namespace, known: Around, vote: Vote | None = None) -> Fields:
    """The parts of an entry that the options give, which had this `vote` before. Raises `WrongValue`."""
    owners: tuple[str, ...] | UnsetType = UNSET
    if values.owner is not None:
        owners = tuple(context.name(owner, known) for owner in values.owner if owner.strip())
    return Fields(
        by=UNSET if values.by is None else context.name(values.by, known) or None,
        owners=owners,
        due=read_date(context, "--due", values.due, known),
        theme=UNSET if values.theme is None else context.clean(values.theme, line=True).removeprefix("#") or None,
        link=read_link(context, values.link),
        type=UNSET if values.type is None else values.type,
        level=UNSET if values.level is None else values.level,
        deadline=read_date(context, "--deadline", values.deadline, known),
        when=_when(context, values.when, known),
        vote=_vote(context, values, vote),
        consensus=UNSET if values.consensus is None else values.consensus,
    )


def edited_fields(context: Context, text: str | None, known: Around, vote: Vote | None = None) -> Fields:
    """What `edit` changes of an entry that had this `vote` before; raises `Refused` for an empty text, `WrongValue` when nothing is to be changed."""
    fields = given_fields(context, context.values, known, vote)
    if text == "":
        raise Refused("empty-text")
    parts = given(fields)
    if text is not None:
        parts["text"] = text
    if context.values.offer:
        parts["offer"] = True
    if not parts and context.values.kind is None:
        raise WrongValue(context.tr("Nothing to change: say what with an option, such as --text."))
    return Fields(**parts)


def _when(context: Context, given: str | None, known: Around) -> datetime.datetime | None | UnsetType:
    """The day and the hour that the words say; UNSET when none were given, None for empty ones."""
    if given is None:
        return UNSET
    if not given.strip():
        return None
    from facilitator.core.hours import read_when

    when = read_when(given, context.today(), known.next_meeting)
    if when is None:
        message = context.tr(
            '--when {given}: expected a day and an hour like "19/11 14h".', given=quoted(context.tr, given)
        )
        raise WrongValue(message)
    return when


def _vote(context: Context, values: Namespace, before: Vote | None) -> Vote | None | UnsetType:
    """The vote that the options say, the rest of it as it was `before`; UNSET without them, None where `--for` is empty."""
    said = {name: getattr(values, name) for name in Vote.__struct_fields__ if getattr(values, name) is not None}
    if not said:
        return UNSET
    if said == {"votes_for": ""}:
        return None
    for count in said.values():
        if not (count.isascii() and count.isdigit() and len(count) <= _LONGEST_COUNT):
            raise WrongValue(context.tr("{given} is not a number of votes.", given=quoted(context.tr, count)))
    counted = {name: int(count) for name, count in said.items()}
    if before is None and "votes_for" not in counted:
        raise WrongValue(context.tr("A vote says how many were for it: --for."))
    return replace(before, **counted) if before is not None else Vote(**counted)


def read_link(context: Context, given: str | None) -> str | None | UnsetType:
    """The address; UNSET when none was given, None when it was given empty."""
    if given is None:
        return UNSET
    link = context.clean(given, line=True)
    if link and not re.fullmatch(_LINK, link):
        raise WrongValue(
            context.tr("--link {given}: expected an address that begins with http:// or https://.", given=link)
        )
    return link or None


def read_date(context: Context, option: str, given: str | None, known: Around) -> datetime.date | None | UnsetType:
    """The date that the words say, counted from the day on which they are said; UNSET when none was given, None for an empty one."""
    if given is None:
        return UNSET
    if not given.strip():
        return None
    from facilitator.core.dates import read_due

    due = read_due(given, context.today(), known.next_meeting)
    if due is None:
        message = context.tr(
            '{option} {given}: expected a date like "2026-12-10".', option=option, given=quoted(context.tr, given)
        )
        raise WrongValue(message)
    return due


def tell_unknown(context: Context, fields: Fields, known: Around) -> None:
    """Say which owners nobody knows: they are accepted."""
    for owner in fields.owners if isinstance(fields.owners, tuple) else ():
        if known.misses(owner):
            context.say(context.tr("{name} is not among the members: noted all the same.", name=owner))


def tell_exposed(context: Context, given: str | None, way: str) -> None:
    """Say that a private text stood among a process's arguments, where others may read it, and the way that does not."""
    if given is None or context.conversing or (given == "-" and not isinstance(given, Literal)):
        return
    message = context.tr(
        "While this command ran, others on this machine could read its text, and your shell remembers it. "
        "To keep it to yourself: facilitator {way}",
        way=way,
    )
    context.say(message)


def _words(parser: Parser) -> None:
    tr = parser.tr
    parser.epilog = tr(
        "KIND is one of: question, need, decision, action, news, resource, aside, note.\n"
        "TEXT is taken as it is; - reads it from the standard input, and -- goes before a text that begins with -."
    )
    kinds = PossibleNames(ASKED, KIND_WORDS)
    parser.add_argument("kind", type=kinds.read, choices=kinds, metavar=tr("KIND"), help=", ".join(ASKED))
    parser.add_argument("text", metavar=tr("TEXT"), help=tr("the text, in quotation marks; - for the standard input"))
    need = parser.add_mutually_exclusive_group()
    help_individual = tr(
        "a need that stays private, in no shared document; give its text with - to keep it off the screen"
    )
    need.add_argument("--individual", action="store_true", help=help_individual)
    need.add_argument("--offer", action="store_true", help=tr("someone offers this, rather than needs it"))
    field_options(parser)
    parser.common(at=True, json=True)


def _add(context: Context) -> int:
    values = context.values
    kind: Kind = values.kind
    if (values.individual or values.offer) and kind != "need":
        raise Refused("not-settled")
    if values.individual:
        kind = "individual"
        raw = _secret(context, values.text)
    else:
        raw = read_text(context, values.text)
    session = context.session()
    known = around(session.meeting)
    fields = given_fields(context, values, known)
    text = context.clean(raw)
    offers = values.offer or (kind == "need" and is_offer(text))
    fields = replace(fields, text=text, offer=True if offers else UNSET)
    done = context.act(Capture(kind, fields))
    tell_unknown(context, fields, known)
    if kind in PRIVATE:
        tell_exposed(context, values.text, "add need - --individual")
    if values.json and done.entry is not None:
        from facilitator.cli.commands.reading import record_json
        from facilitator.core.records import record_of

        context.write(record_json(record_of(done.meeting, done.entry)))
    return 0


def _secret(context: Context, given: str) -> str:
    """The text of an individual need; typed at a terminal, it is not shown."""
    if given == "-" and not isinstance(given, Literal) and sys.stdin.isatty():
        from facilitator.cli.typed import hidden

        return hidden(context.tr)
    return read_text(context, given)


COMMANDS = {"add": (_words, _add)}
