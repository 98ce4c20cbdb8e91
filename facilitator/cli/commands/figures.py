"""The figures of a year: on the screen, as a table, as a page."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING

from facilitator.cli.commands.archived import past_archive, public_of
from facilitator.cli.commands.opening import document_language, settings
from facilitator.cli.commands.people import tell_renamed
from facilitator.cli.commands.rhythm import read_year, year_option
from facilitator.cli.context import Context, WrongValue
from facilitator.cli.parser import Parser
from facilitator.core.cycle.figures import Figures, figures
from facilitator.meetings.cycle import directory_of, letters_out, past_of, rhythm_of
from facilitator.store.private import read_led
from facilitator.wording.figures import figures_lines, share_line

if TYPE_CHECKING:
    from facilitator.core.network import Network
    from facilitator.i18n import Translator

# What a spreadsheet would take for a formula.
_FORMULA = ("=", "+", "-", "@")


def _words(parser: Parser) -> None:
    tr = parser.tr
    year_option(parser)
    parser.add_argument("--summary", action="store_true", help=tr("the year on one page, in Markdown"))
    parser.add_argument("--csv", action="store_true", help=tr("a row for each meeting, for a spreadsheet"))
    parser.add_argument("--private", action="store_true", help=tr("also the share that members led"))
    parser.common(json=True)


def _figures(context: Context) -> int:
    tr, values, today = context.tr, context.values, context.today()
    chosen = [name for name in ("summary", "csv", "json") if getattr(values, name)]
    if len(chosen) > 1:
        raise WrongValue(tr("One of these at a time: {options}", options=", ".join(f"--{name}" for name in chosen)))
    year = read_year(tr, values.year, today)
    network = settings(context)
    found = _of_year(context, network, year)
    if values.csv:
        context.write(table(tr, found).rstrip("\n"))
    elif values.json:
        context.write_json(found)
    elif values.summary:
        from facilitator.documents.year import write_year

        language = document_language(context, network)
        until = today if year >= today.year else None
        page = write_year(found, network=network.name, scale=network.scale, language=language, until=until)
        context.write(page.rstrip("\n"))
    else:
        context.write("\n".join(figures_lines(tr, found)))
        if values.private:
            _tell_share(context, year)
    if not found.meetings:
        context.say(tr("No meeting of {year} is closed here.", year=year))
    return 0


def _of_year(context: Context, network: Network, year: int) -> Figures:
    workspace, today = context.workspace(), context.today()
    with past_archive(context) as archive:
        past, public, directory = past_of(archive), public_of(context, archive), directory_of(network)
    tell_renamed(context, directory, [one for one in past if one.day.year == year])
    rhythm = rhythm_of(workspace, network, past, year=year, today=today) if network.pace().pattern else None
    return figures(year, past, public, directory, letters=letters_out(workspace, today), rhythm=rhythm)


def _tell_share(context: Context, year: int) -> None:
    """The share that members led, of the meetings of which this machine keeps it."""
    kept = [one for one in read_led(context.workspace()).values() if one.meeting.startswith(f"{year}-") and one.total_s]
    if kept:
        context.write("\n" + share_line(context.tr, [min(1.0, one.led_s / one.total_s) for one in kept]))
    else:
        context.say(context.tr("Nothing is kept here of the time that members led in {year}.", year=year))


def table(tr: Translator, found: Figures) -> str:
    """A row for each meeting and a head; nobody's name. What a spreadsheet would calculate is text."""
    head = (
        tr("meeting"), tr("date"), tr("place"), tr("present"), tr("structures"), tr("questions"), tr("answered there"),
        tr("answered later"), tr("still awaited"), tr("set aside"), tr("days to an answer"), tr("needs"), tr("offers"),
        tr("decisions"), tr("actions"), tr("actions done"), tr("planned minutes"), tr("actual minutes"),
    )  # fmt: skip
    written = io.StringIO()
    rows = csv.writer(written, lineterminator="\n")
    rows.writerow(head)
    for one in found.meetings:
        asked = one.questions
        cells = (
            one.meeting, one.day.isoformat(), one.place, one.present, one.structures, asked.asked, asked.there, asked.later,
            asked.awaited, asked.dropped, asked.days, one.needs, one.offers, one.decisions, one.actions, one.actions_done,
            one.planned, one.actual,
        )  # fmt: skip
        rows.writerow([_cell(cell) for cell in cells])
    return written.getvalue()


def _cell(value: str | int | None) -> str | int:
    if value is None:
        return ""
    return f"'{value}" if isinstance(value, str) and value.startswith(_FORMULA) else value


COMMANDS = {"figures": (_words, _figures)}
