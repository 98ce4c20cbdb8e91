"""`followups`: what is still open over all meetings, chosen and gathered."""

from __future__ import annotations

from typing import TYPE_CHECKING, get_args

from facilitator.cli.choices import KIND_WORDS, OUTCOME_WORDS, PossibleNames
from facilitator.cli.commands.reading import record_line
from facilitator.cli.context import Context, WrongValue
from facilitator.cli.parser import Parser
from facilitator.core.followups import SORTS, By, Selection, choose, grouped
from facilitator.core.text import fold_case
from facilitator.core.vocabulary import CHOOSABLE
from facilitator.wording import quoted
from facilitator.wording.following import age_text, call_text, group_name

if TYPE_CHECKING:
    import datetime

    from facilitator.core.followups import FollowUp

_SORTS = {"appel": "call", "projet": "project"} | {word: kind for word, kind in KIND_WORDS.items() if kind in SORTS}
_GROUPS: dict[str, str] = {
    "rencontre": "meeting",
    "personne": "owner",
    "thème": "theme",
    "suite": "outcome",
    "échéance": "due",
}


def _followups_words(parser: Parser) -> None:
    tr = parser.tr
    outcomes, sorts = PossibleNames(CHOOSABLE, OUTCOME_WORDS), PossibleNames(SORTS, _SORTS)
    groups = PossibleNames(get_args(By), _GROUPS)
    parser.add_argument("--owner", metavar="P", help=tr("owed or asked by this person, or a part of the name"))
    parser.add_argument("--theme", metavar="T", help=tr("of this theme only"))
    parser.add_argument(
        "--outcome", type=outcomes.read, choices=outcomes, metavar=tr("WHERE"), help=outcomes.listed(tr.language)
    )
    parser.add_argument("--sort", type=sorts.read, choices=sorts, metavar=tr("SORT"), help=sorts.listed(tr.language))
    parser.add_argument("--before", metavar="D", help=tr("due, or closing, up to this day"))
    parser.add_argument("--older", metavar="N", type=int, help=tr("that came up so many days ago, or earlier"))
    parser.add_argument("--late", action="store_true", help=tr("only what is late"))
    parser.add_argument(
        "--group",
        type=groups.read,
        choices=groups,
        default="meeting",
        metavar=tr("GROUP"),
        help=groups.listed(tr.language),
    )
    parser.add_argument("--private", action="store_true", help=tr("show the text of what is private"))
    parser.common(looks=True, json=True)


def _followups(context: Context) -> int:
    from facilitator.cli.commands.archived import open_follow_ups, renamed_people

    values, day = context.values, context.today()
    directory = renamed_people(context) if values.owner else None
    # They are told under the names of today: whoever asks by a whole earlier one means who bears it now.
    owner = directory.name(values.owner) if directory is not None else values.owner
    chosen = Selection(
        person=fold_case(owner) if owner else None,
        theme=fold_case(values.theme) if values.theme else None,
        outcome=values.outcome,
        sort=values.sort,
        before=_before(context),
        older=values.older,
        late=values.late,
    )
    found = choose(open_follow_ups(context), chosen)
    if values.json:
        context.write_json(found)
        return 0
    for name, held in grouped(found, values.group):
        context.write(group_name(context.tr, values.group, name))
        for one in held:
            context.write(_line(context, one, day))
    if not found:
        context.say(context.tr("Nothing."))
    return 0


def _line(context: Context, one: FollowUp, day: datetime.date) -> str:
    tr = context.tr
    said = [record_line(tr, one, day, private=context.values.private), call_text(tr, one)]
    if context.values.group != "meeting":
        said += [one.meeting, age_text(tr, one)]
    return " · ".join(part for part in said if part)


def _before(context: Context) -> datetime.date | None:
    from facilitator.core.dates import read_due

    given = context.values.before
    if given is None:
        return None
    day = read_due(given, context.today())
    if day is None:
        message = context.tr(
            '{option} {given}: expected a date like "2026-12-10".', option="--before", given=quoted(context.tr, given)
        )
        raise WrongValue(message)
    return day


COMMANDS = {"followups": (_followups_words, _followups)}
