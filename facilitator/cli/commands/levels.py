"""Between the levels of networks: the digest that goes out, and those that come in."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

from facilitator.cli.beside import shown, tell_hand
from facilitator.cli.commands.archived import all_records
from facilitator.cli.commands.opening import checked_settings, document_language
from facilitator.cli.context import Context, Failed, WrongValue
from facilitator.cli.parser import Parser
from facilitator.core.carrying import day_of
from facilitator.core.regex import regex
from facilitator.meetings.faults import fault_text
from facilitator.wording import month_text, quoted, short_date

if TYPE_CHECKING:
    from collections.abc import Iterator

    from facilitator.core.cycle.levels import Passed
    from facilitator.core.network import Network
    from facilitator.i18n import Translator
    from facilitator.meetings.levels import AnsweredAbove, Given, Received

_MONTH = regex(r"[0-9]{4}-(0[1-9]|1[0-2])\Z")


def _digest_words(parser: Parser) -> None:
    tr = parser.tr
    parser.epilog = tr("Read it, change it, send it: what you change stays.")
    parser.add_argument(
        "month", nargs="?", metavar=tr("YYYY-MM"), help=tr("the month; without it, that of the last meeting")
    )
    parser.add_argument("--stdout", action="store_true", help=tr("write the text to the standard output, and no file"))
    parser.common()


def _digest(context: Context) -> int:
    from facilitator.documents.digest import write_digest
    from facilitator.meetings.levels import make_digest, put_digest
    from facilitator.meetings.past import minutes_of

    tr, values, workspace = context.tr, context.values, context.own_workspace()
    month = values.month
    if month is not None and not _MONTH.match(month):
        raise WrongValue(tr("{given} is not a month: 2026-12 is expected.", given=quoted(tr, month)))
    network = _named(context)
    records = all_records(context)
    held = list(minutes_of(workspace))
    if month is None:
        day = next(filter(None, map(day_of, reversed(held))), None)
        if day is None:
            raise Failed(tr("No meeting is closed yet: there is nothing for a digest."))
        month = f"{day:%Y-%m}"
    if not any(meeting.startswith(month) for meeting in held):
        raise Failed(
            tr("No meeting was closed in {month}: there is nothing for its digest.", month=month_text(tr, month))
        )
    digest = make_digest(workspace, network, month, records, document_language(context, network))
    if values.stdout:
        context.write(write_digest(digest).removesuffix("\n"))
        return 0
    written = put_digest(workspace, digest)
    context.acted = True
    context.write(str(written.at))
    tell_hand(context, written)
    waiting = sum(ask.answer is None for ask in digest.asks)
    said = [
        tr.ntr("{n} question asked", "{n} questions asked", waiting) if waiting or not digest.replies else "",
        tr.ntr("{n} answer", "{n} answers", len(digest.replies)) if digest.replies else "",
    ]
    context.say(" · ".join(filter(None, said)))
    return 0


def _named(context: Context) -> Network:
    """The settings of a network that has a name, under which others know it."""
    network = checked_settings(context)
    if network.name is None:
        raise Failed(context.tr("The network has no name: write “name: …” in facilitator.yaml."))
    return network


def _receive_words(parser: Parser) -> None:
    tr = parser.tr
    parser.epilog = tr(
        "Questions go into the next agenda (new), answers into the minutes and the letter of where they were asked."
    )
    help_given = tr("digests, or folders of them; without any, those that facilitator.yaml names under levels")
    parser.add_argument("given", nargs="*", metavar=tr("FILE|FOLDER"), help=help_given)
    parser.common()


def _receive(context: Context) -> int:
    from facilitator.documents.digest import UnfitDigest
    from facilitator.meetings.levels import NotOurs, receive

    tr, workspace = context.tr, context.own_workspace()
    context.live()
    network, code, count = _named(context), 0, 0
    for given in _given(context, network):
        if given is None:
            code = 1
            continue
        count += 1
        try:
            found = receive(workspace, network, given, on=context.today())
        except (UnfitDigest, NotOurs, OSError) as problem:
            context.say(tr("{path}: {problem}", path=_place(given.name), problem=fault_text(tr, problem)))
            code = 1
            continue
        context.acted = True
        _tell(context, found)
        _keep(context, found, network)
    if not count and not code:
        context.say(tr("There is no digest to read."))
    return code


def _given(context: Context, network: Network) -> Iterator[Given | None]:
    """The digests that are meant; None for what could not be read, which is said."""
    from facilitator.documents.digest import UnfitDigest
    from facilitator.meetings.levels import Given, given_file, given_in

    workspace = context.workspace()
    places: list[tuple[Path, str | None]] = [(Path(os.path.abspath(name)), None) for name in context.values.given]  # noqa: PTH100  # links stay what they are
    if not places:
        places = [(workspace.root / one.digests, one.network) for one in network.levels if one.digests is not None]
        places += [(path, None) for path in workspace.digest_files()]
    for path, of in places:
        try:
            if of is not None and not path.exists():
                context.say(
                    context.tr("There is no digest of {network} yet: {path}", network=of, path=_place(str(path)))
                )
            elif path.is_dir():
                yield from given_in(workspace, path, of)
            else:
                yield Given(str(path), given_file(path), of)
        except (UnfitDigest, OSError) as problem:
            context.say(
                context.tr("{path}: {problem}", path=_place(str(path)), problem=fault_text(context.tr, problem))
            )
            yield None


def _place(name: str) -> str:
    return os.path.relpath(name)


def _tell(context: Context, found: Received) -> None:
    tr, digest = context.tr, found.digest
    if found.written is not None:
        month = month_text(tr, digest.month)
        context.say(
            tr(
                "Digest of {network}, {month}: {path}",
                network=digest.network,
                month=month,
                path=shown(context, found.written.at),
            )
        )
        tell_hand(context, found.written)
    for ask in found.asks:
        context.write(tr("asks {number}: {text}", number=ask.number, text=" ".join(ask.text.split())))
    for need in found.needs:
        context.write(tr("needs: {text}", text=" ".join(need.text.split())))
    for one in found.news:
        context.write(tr("brings: {text}", text=passed_text(tr, one)))
    for answered in found.answered:
        context.say(_answered_text(tr, answered))


def _keep(context: Context, found: Received, network: Network) -> None:
    """Put what a digest brings into the inbox, but what is over."""
    from facilitator.core.cycle.inbox import InboxItem
    from facilitator.documents.inbox import Conflicted
    from facilitator.meetings.inbox import add

    items = [
        InboxItem(
            one.text, "call" if one.call else None, one.link, one.day if one.call else None, level=found.digest.level
        )
        for one in found.news
        if one.day is None or one.day >= context.today()
    ]
    try:
        new = add(context.workspace(), items, document_language(context, network))
    except (Conflicted, OSError) as problem:  # the digest itself was taken
        context.say_once(fault_text(context.tr, problem) or str(problem))
        return
    if new:
        context.say(context.tr.ntr("{n} more item in the inbox", "{n} more items in the inbox", len(new)))


def passed_text(tr: Translator, one: Passed) -> str:
    """Something that another network brings, on one line."""
    text = " ".join(one.text.split())
    if one.day is None:
        return text
    day = short_date(tr, one.day)
    return f"{text} · {tr('closes on {date}', date=day) if one.call else day}"


def _answered_text(tr: Translator, one: AnsweredAbove) -> str:
    said = {"number": one.number, "meeting": one.meeting}
    words = {
        "answered": tr("{number} of {meeting} is answered, in its minutes and in the letter.", **said),
        "known": tr("{number} of {meeting} is answered already.", **said),
        "otherwise": tr("{number} of {meeting} is answered otherwise in its minutes, which keep their answer.", **said),
        "gone": tr("{number} of {meeting} is answered, and the minutes do not hold it.", **said),
        "open": tr(
            "{number} of {meeting} is answered, and that meeting is not closed: receive again after its close.", **said
        ),
    }
    return words[one.what]


COMMANDS = {"digest": (_digest_words, _digest), "receive": (_receive_words, _receive)}
