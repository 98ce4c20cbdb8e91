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
from facilitator.core.carrying import day_of
from facilitator.core.refusal import Refused
from facilitator.core.said import Origin
from facilitator.core.text import normalise, slug
from facilitator.i18n import LANGUAGES
from facilitator.store.workspace import CONFIG_NAME
from facilitator.wording import date_text, minutes_text, quoted, short_date, step_title

if TYPE_CHECKING:
    from facilitator.core.agenda import Agenda, Carried, Step
    from facilitator.core.network import Network
    from facilitator.core.records import Record
    from facilitator.documents.inbox import Kept
    from facilitator.documents.minutes.following import Following

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

    from facilitator.documents.agenda import read_agenda, templates
    from facilitator.documents.agenda_writer import write_agenda
    from facilitator.documents.schema import is_as_written
    from facilitator.meetings.inbox import settle_chosen, with_chosen
    from facilitator.store.documents import read_text, replace_text

    values, tr = context.values, context.tr
    workspace = context.workspace(live=False)
    network = settings(context)
    language = document_language(context, network)
    if values.template == "list":
        context.write("\n".join(_described(templates(), language)))
        return 0
    path = _template(context, templates(), values.template, language)
    agenda = read_agenda(path.read_bytes(), name=path.name, tr=tr)
    announced = announced_by(context, network)
    date = _date(context, announced.day)
    title = agenda.title if values.title is None else _title(context)
    carried, since = carried_over(context, date, agenda.language or language)
    agenda = replace(agenda, title=title, date=date, carried=carried, since=since)
    agenda = replace(_as_announced(agenda, announced), steps=_with_those_left(context, agenda))
    news = _chosen(context)
    agenda = with_chosen(_with_usual_lengths(context, agenda), news)
    agenda = _with_proposals(context, agenda, network, agenda.language or language)
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
    if any(step.kind == "news" for step in agenda.steps):
        settle_chosen(workspace, news, language)
    context.acted = True
    context.write(str(written))
    context.say(_told(context, agenda))
    _explain_settings(context, language)
    return 0


def _explain_settings(context: Context, language: str) -> None:
    """Write settings to start from where there are none; the agenda is there without them."""
    from facilitator.documents.network import settings_to_start_from
    from facilitator.meetings.faults import os_error_text
    from facilitator.store.documents import replace_text

    workspace, tr = context.workspace(), context.tr
    if os.path.lexists(workspace.config_file):
        return
    try:
        replace_text(workspace, workspace.config_file, None, settings_to_start_from(language))
    except OSError as problem:
        context.say(os_error_text(tr, problem))
    else:
        context.say(tr("The network’s settings, each explained: {path}", path=workspace.config_file))


def _chosen(context: Context) -> list[Kept]:
    """What of the inbox was chosen for this agenda; an inbox that cannot be read is told, and stands in nobody's way."""
    from facilitator.documents.inbox import Conflicted
    from facilitator.meetings.faults import fault_text
    from facilitator.meetings.inbox import chosen

    try:
        return chosen(context.workspace())
    except (Conflicted, OSError) as problem:
        context.say(fault_text(context.tr, problem) or str(problem))
        return []


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


def _described(known: dict[str, Path], language: str) -> list[str]:
    """The templates of a language, each with what it is for: the first remark in it."""
    lines = []
    for name, path in known.items():
        remarks = (line for line in path.read_text(encoding="utf-8").splitlines() if line.startswith("# "))
        said = next((line[2:] for line in remarks if "$schema" not in line), "")
        if name.endswith(f".{language}"):
            lines.append(f"{name.removesuffix(f'.{language}'):10}{said}")
    return lines


def _schema() -> Path:
    return Path(documents.__file__).with_name("agenda.schema.json")


def announced_by(context: Context, network: Network) -> Following:
    """The meeting to come as the settings say, else as the minutes of the last one do; nothing of a day that is past."""
    from facilitator.documents.minutes.following import Following, following
    from facilitator.documents.minutes.reader import read_minutes
    from facilitator.meetings.past import minutes_of
    from facilitator.store.documents import read_text

    day, calendar = context.today(), network.calendar
    if calendar.next_meeting is not None and calendar.next_meeting >= day:
        return Following(calendar.next_meeting, calendar.next_start, calendar.next_place)
    workspace = context.workspace()
    last = list(minutes_of(workspace).values())[-1:]
    found = following(read_minutes(read_text(workspace, last[0]) or "")) if last else Following()
    return found if found.day is not None and found.day >= day else Following()


def _as_announced(agenda: Agenda, announced: Following) -> Agenda:
    """The agenda with the place and the hour that were announced for its day; its end moves with its start."""
    from msgspec.structs import replace

    from facilitator.core.agenda import Place

    if announced.day != agenda.date:
        return agenda
    if announced.place and agenda.place is None:
        agenda = replace(agenda, place=Place(announced.place[:MAX_TITLE]))
    if announced.start and agenda.start and agenda.end:
        moved = _minute(announced.start) - _minute(agenda.start)
        hours, minutes = divmod((_minute(agenda.end) + moved) % (24 * 60), 60)
        agenda = replace(agenda, start=announced.start, end=f"{hours:02}:{minutes:02}")
    return agenda


def _minute(time: str) -> int:
    hours, minutes = time.split(":")
    return int(hours) * 60 + int(minutes)


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


def carried_over(context: Context, date: datetime.date, language: str) -> tuple[tuple[Carried, ...], str | None]:
    """What earlier meetings left for one held on a day, told with where it comes from and why; and the last of them."""
    from facilitator.cli.commands.archived import all_records
    from facilitator.core.agenda import Carried
    from facilitator.core.carrying import left_open
    from facilitator.core.cycle.matching import come_back
    from facilitator.i18n import translator
    from facilitator.meetings.past import minutes_of
    from facilitator.wording.carrying import origin_text, why_text

    tr, day = context.tr, context.today()
    records = all_records(context)
    found = left_open(records, on=date, today=day) + come_back(records, day)
    if len(found) > MAX_CARRIED:
        context.say(tr("More is open than an agenda carries: the oldest {n} things are in it.", n=MAX_CARRIED))
        found.sort(key=lambda left: left.record.meeting)
    carried = []
    for left in found[:MAX_CARRIED]:
        record = left.record
        said = origin_text(tr, Origin(record.meeting, record.number))
        context.say(f"{said} · {why_text(tr, left)} · {' '.join(record.text.split())}")
        why = normalise(why_text(translator(language), left)).text  # as it is read back
        carried.append(Carried(meeting=record.meeting, number=record.number, text=record.text, why=why))
    carried += _relayed(context, records, language)[: MAX_CARRIED - len(carried)]
    known = {record.meeting for record in records} | set(context.live()) | set(minutes_of(context.workspace()))
    held = {meeting for meeting in known if (day_of(meeting) or date) < date}
    return tuple(carried), max(held, default=None)


def _relayed(context: Context, records: list[Record], language: str) -> list[Carried]:
    """What networks below ask, told; they are carried as what earlier meetings left is."""
    from facilitator.core.agenda import Carried
    from facilitator.i18n import translator
    from facilitator.meetings.levels import relayed
    from facilitator.wording.carrying import asked_by_text

    found = []
    for ask, origin in relayed(context.workspace(), settings(context), records):
        context.say(
            f"{origin.meeting}#{origin.number} · {asked_by_text(context.tr, origin)} · {' '.join(ask.text.split())}"
        )
        why = normalise(asked_by_text(translator(language), origin)).text
        found.append(Carried(meeting=origin.meeting, number=origin.number, text=ask.text, why=why))
    return found


def _with_those_left(context: Context, agenda: Agenda) -> tuple[Step, ...]:
    """The steps, and before the closing those that earlier meetings did not reach, which are told."""
    from facilitator.meetings.sequences import sequences_left

    tr, steps = context.tr, list(agenda.steps)
    for left in sequences_left(context.workspace(), agenda)[: MAX_STEPS - len(steps)]:
        at = next((place for place, step in enumerate(steps) if step.kind == "closing"), len(steps))
        steps.insert(at, left)
        meeting = (left.origin or "").partition("#")[0]
        day = day_of(meeting)
        context.say(
            tr(
                "{title} · not reached at the meeting of {date}",
                title=left.title,
                date=short_date(tr, day) if day else meeting,
            )
        )
    return tuple(steps)


def _with_usual_lengths(context: Context, agenda: Agenda) -> Agenda:
    """The agenda with the lengths that its steps usually take, told; those with phases stay as they are."""
    from facilitator.cli.commands.rehearsing import past_meetings
    from facilitator.core.time.habits import habits
    from facilitator.i18n import translator
    from facilitator.meetings.proposing import usual_lengths

    usual = habits(past_meetings(context.workspace(), LOOKED_BACK), agenda)
    if usual is None:
        return agenda
    tr = context.tr
    changed, taken = usual_lengths(agenda, usual, translator(agenda.language or tr.language))
    for one in taken:
        step = agenda.steps[one.number - 1]
        message = tr(
            "{n}. {step}: {usual} instead of {planned}",
            n=one.number,
            step=step_title(tr, step),
            usual=minutes_text(tr, one.usual_s),
            planned=minutes_text(tr, one.planned_s),
        )
        context.say(message)
    return changed


def _with_proposals(context: Context, agenda: Agenda, network: Network, language: str) -> Agenda:
    """The agenda with who may host and lead and what a workshop may be about, as earlier meetings suggest; told with why."""
    from facilitator.cli.commands.archived import past_archive, public_of
    from facilitator.i18n import translator
    from facilitator.meetings.cycle import past_of
    from facilitator.meetings.proposing import proposed
    from facilitator.meetings.surveys import surveys
    from facilitator.wording.needs import theme_why
    from facilitator.wording.people import reason_text

    with past_archive(context) as archive:
        public = public_of(context, archive)
        past = [one for one in past_of(archive) if agenda.date is None or one.day < agenda.date]
    wished = [group for one in surveys(context.workspace()) for group in one.needs]
    found = proposed(agenda, network, past, public, translator(language), wished=wished)
    tr = context.tr
    if found.host is not None:
        where = found.agenda.place.name if found.agenda.place else ""
        context.say(
            tr(
                "{name} may host ({place}) · {why}",
                name=found.host.member.name,
                place=where,
                why=reason_text(tr, found.host),
            )
        )
    for title, lead in found.leads:
        context.say(
            tr("{name} may lead “{title}” · {why}", name=lead.member.name, title=title, why=reason_text(tr, lead))
        )
    for theme in found.themes:
        context.say(tr("A workshop may be about {title} · {why}", title=theme.title, why=theme_why(tr, theme)))
    return found.agenda


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


def _check(context: Context) -> int:
    from facilitator.documents.agenda import check_agenda
    from facilitator.documents.problem import Problems

    tr = context.tr
    context.workspace(live=False)
    members = [member.name for member in checked_settings(context).people()]
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
