"""The page for whoever stands in for the coordinator."""

from __future__ import annotations

from typing import TYPE_CHECKING

from facilitator.cli.commands.archived import past_archive, public_of
from facilitator.cli.commands.opening import settings
from facilitator.meetings.brief import brief
from facilitator.meetings.planning import next_announced
from facilitator.wording.brief import brief_text

if TYPE_CHECKING:
    from facilitator.cli.context import Context
    from facilitator.cli.parser import Parser


def _words(parser: Parser) -> None:
    parser.common()


def _brief(context: Context) -> int:
    network, today = settings(context), context.today()
    announced = next_announced(context.workspace(), network, context.today())
    with past_archive(context) as archive:
        records = public_of(context, archive)
        found = brief(context.workspace(), network, archive, records, today=today, announced=announced.day)
    context.write(
        brief_text(
            context.tr,
            found,
            network,
            today=today,
            next_day=announced.day,
            next_place=announced.place,
            next_start=announced.start,
        )
    )
    context.say(
        context.tr("Nothing private is on this page: what is followed up one to one is in followups --private.")
    )
    return 0


COMMANDS = {"brief": (_words, _brief)}
