"""Agendas: written for the next meeting, and validated."""

from __future__ import annotations

import datetime
import os
from pathlib import Path
from typing import TYPE_CHECKING

from facilitator import documents
from facilitator.cli.commands.opening import checked_settings, document_language, read_file, settings
from facilitator.cli.context import Context, Failed, WrongValue
from facilitator.cli.parser import Parser
from facilitator.core.refusal import Refused
from facilitator.core.text import slug
from facilitator.i18n import LANGUAGES
from facilitator.wording import date_text, minutes_text, quoted

if TYPE_CHECKING:
    from facilitator.core.agenda import Agenda, Carried
    from facilitator.core.network import Network
    from facilitator.core.records import Record

MAX_TITLE = 200
MAX_CARRIED = 200


def _new_words(parser: Parser) -> None:
    tr = parser.tr
    parser.add_argument("--template", metavar="T", default="standard", help=tr("which; “list” names them"))
    parser.add_argument("--date", metavar="D", help=tr("the day of the meeting: 2026-12-10"))
    parser.add_argument("--title", metavar="T", help=tr("the title of the meeting"))
    parser.common()


def _new(context: Context) -> int:
    from msgspec.structs import replace

    from facilitator.documents.agenda import read_agenda, templates
    from facilitator.documents.agenda_writer import write_agenda
    from facilitator.documents.schema import is_as_written
    from facilitator.store.documents import read_text, replace_text

    values, tr = context.values, context.tr
    workspace = context.workspace(live=False)
    network = settings(context)
    language = document_language(context, network)
    if values.template == "list":
        context.write("\n".join(templates()))
        return 0
    path = _template(context, templates(), values.template, language)
    agenda = read_agenda(path.read_bytes(), name=path.name, tr=tr)
    date = _date(context, network)
    carried = carried_over(context)
    title = agenda.title if values.title is None else _title(context)
    agenda = replace(agenda, title=title, date=date, carried=carried)
    written = workspace.agendas_folder / f"{date.isoformat()}-{agenda.slug or slug(title)}.yaml"
    if os.path.lexists(written):
        raise Failed(tr("{path} exists already: nothing was written.", path=written))
    text = write_agenda(agenda, language=language)
    read_agenda(text.encode(), name=written.name, tr=tr)  # what is written is what can be run
    shipped = _schema()
    schema, known = written.parent / shipped.name, shipped.read_text(encoding="utf-8")
    there = read_text(workspace, schema)
    if there is not None and not is_as_written(there):
        context.say(tr("{path} was changed by hand: it was left as it is.", path=schema))
    elif there != known:
        replace_text(workspace, schema, there, known)
    replace_text(workspace, written, None, text)
    context.acted = True
    context.write(str(written))
    context.say(_told(context, agenda))
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


def _template(context: Context, known: dict[str, Path], asked: str, language: str) -> Path:
    for name in (asked, f"{asked}.{language}"):
        if name in known:
            return known[name]
    names = ", ".join(
        sorted({name.removesuffix(f".{code}") for name in known for code in LANGUAGES if name.endswith(f".{code}")})
    )
    raise WrongValue(
        context.tr("There is no template {name}. There are: {names}.", name=quoted(context.tr, asked), names=names)
    )


def _schema() -> Path:
    return Path(documents.__file__).with_name("agenda.schema.json")


def _date(context: Context, network: Network) -> datetime.date:
    from facilitator.core.dates import read_due

    today = datetime.datetime.now().astimezone().date()
    if context.values.date:
        date = read_due(context.values.date, today, network.calendar.next_meeting)
        if date is None:
            message = context.tr(
                '{option} {given}: expected a date like "2026-12-10".',
                option="--date",
                given=quoted(context.tr, context.values.date),
            )
            raise WrongValue(message)
        return date
    coming = network.calendar.next_meeting
    return coming if coming is not None and coming >= today else today


def carried_over(context: Context) -> tuple[Carried, ...]:
    """What earlier meetings left for the next one: questions sent to it, and actions not done."""
    from facilitator.cli.commands.archived import open_records
    from facilitator.core.agenda import Carried
    from facilitator.documents.agenda_change import carried_text

    def carries(record: Record) -> bool:
        return not record.private and (
            record.kind == "action" or (record.kind == "question" and record.outcome == "next")
        )

    found = [record for record in open_records(context) if carries(record) and record.text]
    if len(found) > MAX_CARRIED:
        message = context.tr("More is open than an agenda carries: the oldest {n} things are in it.", n=MAX_CARRIED)
        context.say(message)
    return tuple(
        Carried(meeting=record.meeting, number=record.number, text=carried_text(record.text))
        for record in found[:MAX_CARRIED]
    )


def _check_words(parser: Parser) -> None:
    tr = parser.tr
    parser.epilog = tr("Warnings do not make it fail: the agenda can be run all the same.")
    parser.add_argument("agendas", nargs="+", metavar=tr("AGENDA"), help=tr("the files"))
    parser.common()


def _check(context: Context) -> int:
    from facilitator.documents.agenda import check_agenda
    from facilitator.documents.problem import Problems

    tr = context.tr
    context.workspace(live=False)
    members = [member.name for member in checked_settings(context).people()]
    code = 0
    for name in context.values.agendas:
        try:
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
