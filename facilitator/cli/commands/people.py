"""Who is who: who knows about a theme, whose turn it is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from facilitator.cli.commands.archived import past_archive, public_of, public_records
from facilitator.cli.commands.opening import settings
from facilitator.cli.context import Context
from facilitator.cli.parser import Parser
from facilitator.core.cycle.directory import answers, renamed
from facilitator.core.text import fold_case, one_line
from facilitator.meetings.cycle import directory_of, past_of, turns_of
from facilitator.wording.people import answer_line, duty_name, person_line, reason_text, renamed_texts

if TYPE_CHECKING:
    from collections.abc import Iterable

    from facilitator.core.cycle.directory import Directory
    from facilitator.core.cycle.past import MinutedMeeting

# Enough to ask one after the other.
MOST_PROPOSED = 3


def _who_words(parser: Parser) -> None:
    tr = parser.tr
    parser.add_argument("theme", nargs="*", metavar=tr("THEME"), help=tr("the theme; without it, all that are known"))
    parser.add_argument("--answered", action="store_true", help=tr("also who answered a question about it before"))
    parser.common(json=True)


def _who(context: Context) -> int:
    tr, values = context.tr, context.values
    directory = directory_of(settings(context))
    theme = one_line(" ".join(values.theme).lstrip("#"))
    if not theme:
        return _themes(context, directory)
    found = directory.knowing(theme)
    before = answers(directory, theme, public_records(context)) if values.answered else ()
    if values.json:
        context.write_json({"theme": theme, "knows": found, **({"answered": before} if values.answered else {})})
        return 0
    partners = set(directory.everyone) - set(directory.members)
    for one in found:
        context.write(person_line(tr, one, partner=one in partners))
    if not found:
        context.say(tr("Nobody says in facilitator.yaml that they know about {theme}.", theme=theme))
    if before:
        context.write(tr("Answered before:"))
    for answer in before:
        context.write(f"  {answer_line(tr, answer)}")
    if values.answered and not before:
        context.say(tr("Nobody has answered a question about it yet."))
    elif not values.answered and not found:
        context.say(tr("Who answered about it before: facilitator who {theme} --answered", theme=theme))
    return 0


def _themes(context: Context, directory: Directory) -> int:
    """Each theme that somebody knows about, and who does."""
    known: dict[str, tuple[str, list[str]]] = {}
    for one in directory.everyone:
        for theme in one.knows:
            known.setdefault(fold_case(theme), (theme, []))[1].append(one.name)
    if context.values.json:
        context.write_json(dict(known.values()))
        return 0
    for _, (theme, names) in sorted(known.items()):
        context.write(f"#{theme} · {', '.join(names)}")
    if not known:
        example = '{ name: "Awa S.", knows: [droits] }'
        context.say(context.tr("Nobody says yet what they know: in facilitator.yaml, {example}", example=example))
    return 0


def tell_renamed(context: Context, directory: Directory, past: Iterable[MinutedMeeting]) -> None:
    """Say of each name in minutes that is probably a member's earlier one what to write, once."""
    rows = [one.row for one in past]
    names = [name for row in rows for name in (*row.present, *row.host, *(name for _, name in row.led), *row.scribe)]
    for text in renamed_texts(context.tr, renamed(directory, names)):
        context.say_once(text)


def _rotation_words(parser: Parser) -> None:
    parser.common(json=True)


def _rotation(context: Context) -> int:
    tr = context.tr
    network = settings(context)
    with past_archive(context) as archive:
        past, public = past_of(archive), public_of(context, archive)
    tell_renamed(context, directory_of(network), past)
    turns = turns_of(network, past, public)
    if context.values.json:
        context.write_json(turns)
        return 0
    for duty, found in turns.items():
        if found:
            context.write(duty_name(tr, duty))
        for one in found[:MOST_PROPOSED]:
            context.write(f"  {person_line(tr, one.member)} · {reason_text(tr, one)}")
    if not any(turns.values()):
        context.say(tr("Nobody to propose: facilitator.yaml lists no members."))
    return 0


COMMANDS = {"who": (_who_words, _who), "rotation": (_rotation_words, _rotation)}
