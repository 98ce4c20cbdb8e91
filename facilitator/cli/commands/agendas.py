"""Agendas: written for the next meeting, and validated."""

from __future__ import annotations

import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from facilitator.cli.commands.opening import checked_settings, document_language, read_file, settings
from facilitator.cli.context import Context, Failed, WrongValue
from facilitator.cli.parser import Parser
from facilitator.core.refusal import Refused
from facilitator.i18n import LANGUAGES
from facilitator.store.workspace import CONFIG_NAME
from facilitator.wording import date_text, minutes_text, quoted
from facilitator.wording.rhythm import past_date_text

if TYPE_CHECKING:
    import datetime

    from facilitator.core.agenda import Agenda
    from facilitator.core.network import Network

MAX_TITLE = 200
MAX_CARRIED = 200
MAX_STEPS = 50
# A year of monthly meetings says how long things take; reading more costs time and says no more.
LOOKED_BACK = 12


def _new_words(parser: Parser) -> None:
    tr = parser.tr
    parser.add_argument("--template", metavar="T", default="standard", help=tr("which; “list” names them"))
    parser.add_argument("--date", metavar="D", help=tr("the day of the meeting: 2026-12-10"))
    parser.add_argument("--title", metavar="T", help=tr("the title of the meeting"))
    parser.common()


def _new(context: Context) -> int:
    from msgspec.structs import replace

    from facilitator.cli.commands.archived import all_records, past_archive, public_of
    from facilitator.documents.agenda import read_agenda
    from facilitator.meetings.cycle import past_of
    from facilitator.meetings.planning import (
        AgendaExists,
        Basis,
        next_announced,
        plan_agenda,
        templates_of,
        write_planned,
    )

    values, tr = context.values, context.tr
    workspace = context.workspace(live=False)
    network = settings(context)
    language = document_language(context, network)
    known = templates_of(language)
    if values.template == "list":
        context.write("\n".join(f"{one.name:10}{one.description}" for one in known))
        return 0
    path = _template(context, values.template, language)
    agenda = read_agenda(path.read_bytes(), name=path.name, tr=tr)
    date = _date(context, next_announced(workspace, network, context.today()).day or _usual_day(context, network))
    if values.title is not None:
        agenda = replace(agenda, title=_title(context))
    records = all_records(context)
    with past_archive(context) as archive:
        public, past = public_of(context, archive), past_of(archive)
    basis = Basis(context.workspace(), network, context.today(), context.live(), records, public, past)
    planned = plan_agenda(basis, agenda, date, language, tr)
    for said in planned.told:
        context.say(said)
    try:
        written = write_planned(workspace, planned, language, tr)
    except AgendaExists as there:
        raise Failed(there.sentence(tr)) from there
    context.acted = True
    context.write(str(written.path))
    context.say(_told(context, planned.agenda))
    for said in written.told:
        context.say(said)
    return 0


def _title(context: Context) -> str:
    title = context.clean(context.values.title, line=True)
    if not title:
        raise Refused("empty-text")
    if len(title) > MAX_TITLE:
        raise Refused("text-too-long", limit=MAX_TITLE)
    return title


def _told(context: Context, agenda: Agenda) -> str:
    tr = context.tr
    said = [date_text(tr, agenda.date)] if agenda.date else []
    said.append(tr.ntr("{n} step", "{n} steps", len(agenda.steps)))
    said.append(minutes_text(tr, agenda.planned_s))
    if agenda.carried:
        said.append(tr.ntr("{n} thing carried over", "{n} things carried over", len(agenda.carried)))
    return " · ".join(said)


def _template(context: Context, asked: str, language: str) -> Path:
    from facilitator.documents.agenda import templates

    known = templates()
    for name in (asked, f"{asked}.{language}"):
        if name in known:
            return known[name]
    names = ", ".join(
        sorted({name.removesuffix(f".{code}") for name in known for code in LANGUAGES if name.endswith(f".{code}")})
    )
    raise WrongValue(
        context.tr("There is no template {name}. There are: {names}.", name=quoted(context.tr, asked), names=names)
    )


def _usual_day(context: Context, network: Network) -> datetime.date | None:
    from facilitator.cli.commands.archived import past_archive
    from facilitator.meetings.cycle import past_of
    from facilitator.meetings.planning import usual_day

    if context.values.date:
        return None
    with past_archive(context) as archive:
        return usual_day(context.workspace(), network, past_of(archive), context.today())


def _date(context: Context, announced: datetime.date | None) -> datetime.date:
    from facilitator.core.dates import read_due

    day = context.today()
    if not context.values.date:
        return announced or day
    date = read_due(context.values.date, day, announced)
    if date is None:
        message = context.tr(
            '{option} {given}: expected a date like "2026-12-10".',
            option="--date",
            given=quoted(context.tr, context.values.date),
        )
        raise WrongValue(message)
    return date


def _check_words(parser: Parser) -> None:
    tr = parser.tr
    parser.epilog = tr("Warnings do not make it fail: the agenda can be run all the same.")
    parser.add_argument("agendas", nargs="+", metavar=tr("AGENDA"), help=tr("the files"))
    parser.common()


def _check_settings(context: Context, name: str) -> None:
    """Say what is wrong with the network's settings, which are no agenda. Raises `Problems`, Failed and OSError."""
    from facilitator.documents.network import check_network

    for warning in check_network(read_file(context, name), name=name, tr=context.tr).warnings:
        context.say(context.tr("warning: {problem}", problem=warning))
    context.write(context.tr("{file}: valid settings", file=name))


def _check_next(context: Context, network: Network) -> None:
    """Say that the next meeting of the settings is past, where it is."""
    following = network.calendar.next_meeting
    if following is not None and following < context.today():
        context.say(context.tr("warning: {problem}", problem=past_date_text(context.tr, following)))


def _check(context: Context) -> int:
    from facilitator.documents.agenda import check_agenda
    from facilitator.documents.problem import Problems

    tr = context.tr
    context.workspace(live=False)
    network = checked_settings(context)
    _check_next(context, network)
    members = [member.name for member in network.people()]
    code = 0
    for name in context.values.agendas:
        try:
            if Path(name).name == CONFIG_NAME:
                _check_settings(context, name)
                continue
            checked = check_agenda(read_file(context, name), name=name, tr=tr, members=members)
        except (Problems, Failed, OSError) as problem:
            from facilitator.meetings.faults import fault_text

            context.say(fault_text(tr, problem) or str(problem))
            code = 1
            continue
        for warning in checked.warnings:
            context.say(tr("warning: {problem}", problem=warning))
        agenda = checked.agenda
        steps = tr.ntr("{n} step", "{n} steps", len(agenda.steps))
        context.write(
            tr("{file}: valid, {steps}, {length}", file=name, steps=steps, length=minutes_text(tr, agenda.planned_s))
        )
    return code


COMMANDS = {"new": (_new_words, _new), "check": (_check_words, _check)}
