"""Needs over time: what returns, what may go together, what workshops may be about."""

from __future__ import annotations

from typing import TYPE_CHECKING

from facilitator.cli.commands.archived import past_archive, public_of
from facilitator.cli.context import Context
from facilitator.cli.parser import Parser
from facilitator.core.cycle.matching import LOOKED_BACK, matches, needs, returning, since, workshops
from facilitator.meetings.cycle import past_of
from facilitator.meetings.surveys import surveys
from facilitator.store.private import read_private
from facilitator.wording.needs import match_lines, need_line, theme_line

if TYPE_CHECKING:
    from collections.abc import Iterable

    from facilitator.core.cycle.survey import AlikeAnswers
    from facilitator.i18n import Translator

_MOST = 10


def _words(parser: Parser) -> None:
    parser.add_argument("--private", action="store_true", help=parser.tr("also the individual needs, in full"))
    parser.common(json=True)


def _needs(context: Context) -> int:
    tr, values = context.tr, context.values
    first = context.today() - LOOKED_BACK
    with past_archive(context) as archive:
        public, past = since(public_of(context, archive), first), past_of(archive)
    own = [one for one in since(read_private(context.workspace()), first) if one.kind == "need" and not one.done]
    looked = [*public, *own] if values.private else public
    wanted, pairs = needs(public), matches(looked)
    again = returning(wanted)
    once = sorted((one for one in wanted if one not in again), key=lambda one: one.last.meeting, reverse=True)
    asked = surveys(context.workspace())
    wished = [group for one in asked for group in one.needs]
    themes = workshops(public, [one for one in past if one.day >= first], wished)
    form = [group for one in asked for group in one.form]
    if values.json:
        context.write_json(
            {"returning": again, "wanted": once, "matches": pairs, "workshops": themes, "surveys": asked}
        )
        return 0
    _section(context, tr("Needs that return"), (need_line(tr, one) for one in again[:_MOST]))
    _section(context, tr("Wanted, and not met yet"), (need_line(tr, one) for one in once[:_MOST]))
    paired = (line for one in pairs[:_MOST] for line in match_lines(tr, one, private=values.private))
    _section(context, tr("May go together (tell both before anyone else)"), paired)
    _section(context, tr("A workshop may be about"), (theme_line(tr, one) for one in themes[:_MOST]))
    _section(context, tr("Asked for in surveys"), _said(tr, [group for one in asked for group in one.needs]))
    _section(context, tr("Offered in surveys"), _said(tr, [group for one in asked for group in one.offers]))
    _section(context, tr("How people would like to meet"), _said(tr, form))
    if not (wanted or pairs or themes or asked):
        context.say(tr("Nothing returns, and nothing goes together, in the last twelve months."))
    if own and not values.private:
        left = tr.ntr(
            "{n} individual need is left out: --private", "{n} individual needs are left out: --private", len(own)
        )
        context.say(left)
    return 0


def _said(tr: Translator, groups: list[AlikeAnswers]) -> Iterable[str]:
    """What surveys brought, most said first."""
    for group in sorted(groups, key=lambda group: -group.count)[:_MOST]:
        yield tr.ntr("{text} ({n} answer)", "{text} ({n} answers)", group.count, text=group.text)


def _section(context: Context, title: str, lines: Iterable[str]) -> None:
    listed = list(lines)
    if listed:
        context.write("\n".join([title, *(f"  {line}" for line in listed)]))


COMMANDS = {"needs": (_words, _needs)}
