"""The rhythm of the year."""

from __future__ import annotations

import datetime
from typing import TYPE_CHECKING

from facilitator.cli.commands.archived import past_archive
from facilitator.cli.commands.opening import settings
from facilitator.cli.context import Context, WrongValue
from facilitator.cli.parser import Parser
from facilitator.meetings.cycle import other_levels, past_of, rhythm_of
from facilitator.meetings.planning import next_announced
from facilitator.wording import quoted
from facilitator.wording.rhythm import level_line, rhythm_lines

if TYPE_CHECKING:
    from facilitator.i18n import Translator


def year_option(parser: Parser) -> None:
    """The option that names a year."""
    parser.add_argument("--year", metavar=parser.tr("Y"), help=parser.tr("the year; without it, this one"))


def read_year(tr: Translator, given: str | None, today: datetime.date) -> int:
    """The year that is meant; raises `WrongValue`."""
    if given is None:
        return today.year
    if given.isascii() and given.isdigit() and len(given) == 4 and int(given) >= 2000:
        return int(given)
    raise WrongValue(tr("{option} {given}: expected a year like 2026.", option="--year", given=quoted(tr, given)))


def _words(parser: Parser) -> None:
    year_option(parser)
    parser.common(json=True)


def _rhythm(context: Context) -> int:
    tr, today = context.tr, context.today()
    network = settings(context)
    year = read_year(tr, context.values.year, today)
    with past_archive(context) as archive:
        past = past_of(archive)
    announced = next_announced(context.workspace(), network, context.today()).day
    found = rhythm_of(context.workspace(), network, past, year=year, today=today, announced=announced)
    others = other_levels(network, today)
    if context.values.json:
        context.write_json({"year": year, "rhythm": found, "levels": others})
        return 0
    context.write("\n".join(rhythm_lines(tr, found)))
    for one in others:
        context.write(level_line(tr, one.level, one.day))
    if not network.pace().pattern:
        example = 'calendar: { pattern: [meeting, newsletter], day: "2e mardi" }'
        context.say(tr("No rhythm is stated: in facilitator.yaml, {example}", example=example))
    return 0


COMMANDS = {"rhythm": (_words, _rhythm)}
