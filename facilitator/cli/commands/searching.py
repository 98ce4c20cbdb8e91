"""`search`: what past meetings hold of some words, with where and when."""

from __future__ import annotations

import datetime
from typing import TYPE_CHECKING

from msgspec.structs import replace

from facilitator.cli.choices import KIND_WORDS, PossibleNames
from facilitator.cli.commands.reading import record_line
from facilitator.cli.context import Context, WrongValue
from facilitator.cli.parser import Parser
from facilitator.core.carrying import day_of
from facilitator.core.regex import regex
from facilitator.core.vocabulary import ASKED
from facilitator.wording import quoted, short_date

if TYPE_CHECKING:
    from facilitator.i18n import Translator
    from facilitator.meetings.search import FoundRecord

_MONTHS = regex(r"(?P<year>[0-9]{4})(?:-(?P<month>0[1-9]|1[0-2]))?")


def _search_words(parser: Parser) -> None:
    tr = parser.tr
    kinds = PossibleNames(ASKED, KIND_WORDS)
    parser.add_argument("words", nargs="*", metavar=tr("WORDS"), help=tr("words in any form; without any, the latest"))
    parser.add_argument("--kind", type=kinds.read, choices=kinds, metavar=tr("KIND"), help=kinds.listed(tr.language))
    parser.add_argument("--theme", metavar="T", help=tr("of this theme only"))
    parser.add_argument(
        "--person", metavar="P", help=tr("said, owed or answered by this person, or a part of the name")
    )
    parser.add_argument("--since", metavar="D", help=tr("from this day, month or year on: 2026-11-24, 2026-11, 2026"))
    parser.add_argument("--until", metavar="D", help=tr("up to this day, month or year"))
    parser.add_argument("--open", action="store_true", help=tr("only what is not done"))
    parser.add_argument("--private", action="store_true", help=tr("individual needs too"))
    parser.common(json=True)


def _search(context: Context) -> int:
    from facilitator.cli.beside import tell_archive
    from facilitator.cli.commands.archived import renamed_people
    from facilitator.cli.commands.letters import take_up_letters
    from facilitator.meetings.past import archive_of
    from facilitator.meetings.search import Wanted, search

    values, workspace = context.values, context.own_workspace()
    wanted = Wanted(
        words=" ".join(values.words),
        kind=values.kind,
        theme=values.theme,
        person=values.person,
        since=_day(context, "--since", values.since, last=False),
        until=_day(context, "--until", values.until, last=True),
        open=values.open,
    )
    take_up_letters(context)
    with archive_of(workspace) as archive:
        tell_archive(context, archive)
        directory = renamed_people(context) if values.person else None
        names = directory.meant(values.person) if directory is not None else (values.person,)
        hits = [
            one
            for name in names
            for one in search(workspace, archive, replace(wanted, person=name), private=values.private)
        ]
    found = list({(one.meeting, one.number, one.text): one for one in hits}.values())
    if values.json:
        context.write_json(found)
        return 0
    for one in found:
        context.write(record_line(context.tr, one, None, private=True))
        for place in (one, *one.earlier):
            context.write(f"      {place_text(context.tr, place)}")
    if not found:
        context.say(context.tr("Nothing."))
    return 0


def place_text(tr: Translator, found: FoundRecord) -> str:
    """When and where something was said: `24 nov. 2026 · minutes/2026-11-24-roannais.md:31`."""
    day = day_of(found.meeting)
    where = found.meeting if found.file is None else found.file if found.line is None else f"{found.file}:{found.line}"
    return f"{short_date(tr, day, year=True)} · {where}" if day else where


def _day(context: Context, option: str, given: str | None, *, last: bool) -> datetime.date | None:
    """The first or the last day of what is said: a year, a month, a day in any words that are understood."""
    from facilitator.core.dates import read_due

    if given is None:
        return None
    found = _MONTHS.fullmatch(given.strip())
    if found is not None and found["year"] != "0000":
        year, month = int(found["year"]), int(found["month"] or (12 if last else 1))
        first = datetime.date(year, month, 1)
        return first if not last else (first + datetime.timedelta(days=31)).replace(day=1) - datetime.timedelta(days=1)
    day = read_due(given, context.today())
    if day is None:
        message = context.tr(
            '{option} {given}: expected a date like "2026-12-10".', option=option, given=quoted(context.tr, given)
        )
        raise WrongValue(message)
    return day


COMMANDS = {"search": (_search_words, _search)}
