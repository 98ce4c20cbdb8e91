"""An agenda for the next meeting: a template, and what earlier meetings left, took and suggest. A person changes it afterwards."""

from __future__ import annotations

import datetime
import os
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec import Struct
from msgspec.structs import replace

from facilitator import documents
from facilitator.core.agenda import Carried, Place
from facilitator.core.carrying import day_of, left_open
from facilitator.core.cycle.matching import come_back
from facilitator.core.fold import fold
from facilitator.core.said import Origin
from facilitator.core.text import normalise, slug
from facilitator.core.time.habits import habits, past_meeting
from facilitator.documents.agenda import read_agenda, templates
from facilitator.documents.agenda_writer import write_agenda
from facilitator.documents.inbox import Conflicted
from facilitator.documents.minutes.following import Following, following
from facilitator.documents.minutes.reader import read_minutes
from facilitator.documents.network import settings_to_start_from
from facilitator.documents.schema import is_as_written
from facilitator.i18n import Foreseen, Translator, translator
from facilitator.meetings.cycle import rhythm_of
from facilitator.meetings.faults import fault_text, os_error_text
from facilitator.meetings.inbox import chosen, settle_chosen, with_chosen
from facilitator.meetings.levels import relayed
from facilitator.meetings.past import minutes_of
from facilitator.meetings.proposing import proposed, usual_lengths
from facilitator.meetings.sequences import sequences_left
from facilitator.meetings.surveys import surveys
from facilitator.store.documents import read_text, replace_text
from facilitator.store.journal import Journal
from facilitator.wording import minutes_text, short_date, step_title
from facilitator.wording.carrying import asked_by_text, origin_text, why_text
from facilitator.wording.needs import theme_why
from facilitator.wording.people import reason_text

if TYPE_CHECKING:
    from facilitator.core.agenda import Agenda, Step
    from facilitator.core.cycle.past import MinutedMeeting
    from facilitator.core.network import Language, Network
    from facilitator.core.records import Record
    from facilitator.core.time.habits import PastMeeting
    from facilitator.documents.inbox import PlacedItem
    from facilitator.store.workspace import Workspace

MAX_TITLE = 200
MAX_CARRIED = 200
MAX_STEPS = 50
# A year of monthly meetings says how long things take; reading more costs time and says no more.
LOOKED_BACK = 12


class Template(Struct, frozen=True):
    """An agenda to start from: its name, what it is for in a sentence, its file."""

    name: str
    description: str
    path: Path


class Basis(Struct, frozen=True):
    """What an agenda is planned from: the settings, `today`, the meetings that go on, and what the archive holds.

    `records` are the entries of all meetings, `public` those of closed meetings that are not private.
    """

    workspace: Workspace
    network: Network
    today: datetime.date
    live: Sequence[str]
    records: Sequence[Record]
    public: Sequence[Record]
    past: Sequence[MinutedMeeting]


class Planned(Struct, frozen=True):
    """An agenda, what came into it and why, in sentences, and what it takes from the inbox."""

    agenda: Agenda
    told: tuple[str, ...]
    news: tuple[PlacedItem, ...]


class AgendaWritten(Struct, frozen=True):
    """Where an agenda was written, and what is to be said of it."""

    path: Path
    told: tuple[str, ...]


class AgendaExists(Foreseen):
    """An agenda of that day and name is there already: nothing was written."""

    def __init__(self, path: Path) -> None:
        self.path = path
        super().__init__(path)

    def sentence(self, tr: Translator) -> str:
        """Where it is."""
        return tr("{path} exists already: nothing was written.", path=self.path)


def templates_of(language: str) -> list[Template]:
    """The templates of a language, each with what it is for: the first remark in it."""
    found = []
    for name, path in templates().items():
        if name.endswith(f".{language}"):
            remarks = (line for line in path.read_text(encoding="utf-8").splitlines() if line.startswith("# "))
            said = next((line[2:] for line in remarks if "$schema" not in line), "")
            found.append(Template(name.removesuffix(f".{language}"), said, path))
    return found


def next_announced(workspace: Workspace, network: Network, today: datetime.date) -> Following:
    """The meeting to come as the settings say, else as the minutes of the last one do; nothing of a day that is past, or was met on."""
    calendar, held = network.calendar, minutes_of(workspace)
    last = max((day for meeting in held if (day := day_of(meeting))), default=None)
    if calendar.next_meeting is not None and calendar.next_meeting >= today and calendar.next_meeting != last:
        return Following(calendar.next_meeting, calendar.next_start, calendar.next_place)
    found = Following()
    for path in list(held.values())[-1:]:
        found = following(read_minutes(read_text(workspace, path) or ""))
    return found if found.day is not None and found.day >= today and found.day != last else Following()


def usual_day(
    workspace: Workspace, network: Network, past: Sequence[MinutedMeeting], today: datetime.date
) -> datetime.date | None:
    """The day on which the network meets next by its rhythm; None where that says no day."""
    pace = network.pace()
    if not pace.pattern or not pace.day:
        return None
    return rhythm_of(workspace, network, past, year=today.year, today=today).next_meeting


def plan_agenda(basis: Basis, template: Agenda, day: datetime.date, language: Language, tr: Translator) -> Planned:
    """The template for that day, with what is carried over, what was not reached, usual lengths, news and proposals.

    `language` is that of the document, `tr` that of whoever is told. Raises OSError.
    """
    told: list[str] = []
    language = template.language or language
    carried, since = _carried_over(basis, day, language, tr, told)
    agenda = replace(template, date=day, carried=carried, since=since)
    agenda = _as_announced(agenda, next_announced(basis.workspace, basis.network, basis.today))
    agenda = replace(agenda, steps=_with_those_left(basis.workspace, agenda, tr, told))
    news = _chosen(basis.workspace, tr, told)
    for kept in news:
        closes = kept.item.deadline
        if closes is not None and closes < day:
            late = tr(
                "It closes on {date}, before that meeting ({day}).",
                date=short_date(tr, closes),
                day=short_date(tr, day),
            )
            told.append(f"{' '.join(kept.item.text.split())} · {late}")
    agenda = with_chosen(_with_usual_lengths(basis.workspace, agenda, tr, told), news)
    agenda = _with_proposals(basis, agenda, language, tr, told)
    return Planned(agenda, tuple(told), tuple(news))


def write_planned(workspace: Workspace, planned: Planned, language: Language, tr: Translator) -> AgendaWritten:
    """Write the agenda, the schema beside it, and settings to start from where there are none.

    Raises AgendaExists, OSError.
    """
    agenda = planned.agenda
    name = f"{agenda.date.isoformat()}-" if agenda.date is not None else ""
    written = workspace.agendas_folder / f"{name}{agenda.slug or slug(agenda.title)}.yaml"
    if os.path.lexists(written):
        raise AgendaExists(written)
    text = write_agenda(agenda, language=language)
    read_agenda(text.encode(), name=written.name, tr=tr)  # what is written is what can be run
    told = _keep_schema(workspace, written.parent, tr)
    replace_text(workspace, written, None, text)
    if any(step.kind == "news" for step in agenda.steps):
        settle_chosen(workspace, list(planned.news), language)
    return AgendaWritten(written, (*told, *_explain_settings(workspace, language, tr)))


def _keep_schema(workspace: Workspace, folder: Path, tr: Translator) -> tuple[str, ...]:
    shipped = Path(documents.__file__).with_name("agenda.schema.json")
    schema, known = folder / shipped.name, shipped.read_text(encoding="utf-8")
    there = read_text(workspace, schema)
    if there is not None and not is_as_written(there):
        return (tr("{path} was changed by hand: it was left as it is.", path=schema),)
    if there != known:
        replace_text(workspace, schema, there, known)
    return ()


def _explain_settings(workspace: Workspace, language: Language, tr: Translator) -> tuple[str, ...]:
    """Write settings to start from where there are none; the agenda is there without them."""
    if os.path.lexists(workspace.config_file):
        return ()
    try:
        replace_text(workspace, workspace.config_file, None, settings_to_start_from(language))
    except OSError as problem:
        return (os_error_text(tr, problem),)
    return (tr("The network’s settings, each explained: {path}", path=workspace.config_file),)


def _chosen(workspace: Workspace, tr: Translator, told: list[str]) -> list[PlacedItem]:
    """What of the inbox was chosen for this agenda; an inbox that cannot be read is told, and stands in nobody's way."""
    try:
        return chosen(workspace)
    except (Conflicted, OSError) as problem:
        told.append(fault_text(tr, problem) or str(problem))
        return []


def _as_announced(agenda: Agenda, said: Following) -> Agenda:
    """The agenda with the place and the hour that were announced for its day; its end moves with its start."""
    if said.day != agenda.date:
        return agenda
    if said.place and agenda.place is None:
        agenda = replace(agenda, place=Place(said.place[:MAX_TITLE]))
    if said.start and agenda.start and agenda.end:
        moved = _minute(said.start) - _minute(agenda.start)
        hours, minutes = divmod((_minute(agenda.end) + moved) % (24 * 60), 60)
        agenda = replace(agenda, start=said.start, end=f"{hours:02}:{minutes:02}")
    return agenda


def _minute(time: str) -> int:
    hours, minutes = time.split(":")
    return int(hours) * 60 + int(minutes)


def _carried_over(
    basis: Basis, day: datetime.date, language: str, tr: Translator, told: list[str]
) -> tuple[tuple[Carried, ...], str | None]:
    """What earlier meetings left for one held on a day, told with where it comes from and why; and the last of them."""
    found = left_open(basis.records, on=day, today=basis.today) + come_back(basis.records, basis.today)
    if len(found) > MAX_CARRIED:
        told.append(tr("More is open than an agenda carries: the oldest {n} things are in it.", n=MAX_CARRIED))
        found.sort(key=lambda left: left.record.meeting)
    carried = []
    for left in found[:MAX_CARRIED]:
        record = left.record
        said = origin_text(tr, Origin(record.meeting, record.number))
        told.append(f"{said} · {why_text(tr, left)} · {' '.join(record.text.split())}")
        why = normalise(why_text(translator(language), left)).text  # as it is read back
        carried.append(Carried(meeting=record.meeting, number=record.number, text=record.text, why=why))
    carried += _relayed(basis, language, tr, told)[: MAX_CARRIED - len(carried)]
    known = {record.meeting for record in basis.records} | set(basis.live) | set(minutes_of(basis.workspace))
    held = {meeting for meeting in known if (day_of(meeting) or day) < day}
    return tuple(carried), max(held, default=None)


def _relayed(basis: Basis, language: str, tr: Translator, told: list[str]) -> list[Carried]:
    """What networks below ask, told; they are carried as what earlier meetings left is."""
    found = []
    for ask, origin in relayed(basis.workspace, basis.network, basis.records):
        told.append(f"{origin.meeting}#{origin.number} · {asked_by_text(tr, origin)} · {' '.join(ask.text.split())}")
        why = normalise(asked_by_text(translator(language), origin)).text
        found.append(Carried(meeting=origin.meeting, number=origin.number, text=ask.text, why=why))
    return found


def _with_those_left(workspace: Workspace, agenda: Agenda, tr: Translator, told: list[str]) -> tuple[Step, ...]:
    """The steps, and before the closing those that earlier meetings did not reach, which are told."""
    steps = list(agenda.steps)
    for left in sequences_left(workspace, agenda)[: MAX_STEPS - len(steps)]:
        at = next((place for place, step in enumerate(steps) if step.kind == "closing"), len(steps))
        steps.insert(at, left)
        meeting = (left.origin or "").partition("#")[0]
        day = day_of(meeting)
        date = short_date(tr, day) if day else meeting
        told.append(tr("{title} · not reached at the meeting of {date}", title=left.title, date=date))
    return tuple(steps)


def past_meetings(workspace: Workspace, last: int | None = None) -> list[PastMeeting]:
    """What the meetings of this workspace that are over say, in the order of their days; an unreadable one says nothing.

    With `last`, only so many journals are read: those of the latest.
    """
    found: list[PastMeeting] = []
    for meeting_id in workspace.meetings()[-(last or 0) :]:
        with suppress(OSError), Journal(workspace.meeting_folder(meeting_id), writer="reader", shared=True) as journal:
            past = past_meeting(fold(journal.read()))
            if past is not None:
                found.append(past)
    return found


def _with_usual_lengths(workspace: Workspace, agenda: Agenda, tr: Translator, told: list[str]) -> Agenda:
    """The agenda with the lengths that its steps usually take, told; those with phases stay as they are."""
    usual = habits(past_meetings(workspace, LOOKED_BACK), agenda)
    if usual is None:
        return agenda
    changed, taken = usual_lengths(agenda, usual, translator(agenda.language or tr.language))
    for one in taken:
        message = tr(
            "{n}. {step}: {usual} instead of {planned}",
            n=one.number,
            step=step_title(tr, agenda.steps[one.number - 1]),
            usual=minutes_text(tr, one.usual_s),
            planned=minutes_text(tr, one.planned_s),
        )
        told.append(message)
    return changed


def _with_proposals(basis: Basis, agenda: Agenda, language: str, tr: Translator, told: list[str]) -> Agenda:
    """The agenda with who may host and lead and what a workshop may be about, as earlier meetings suggest; told with why."""
    past = [one for one in basis.past if agenda.date is None or one.day < agenda.date]
    wished = [group for one in surveys(basis.workspace) for group in one.needs]
    found = proposed(agenda, basis.network, past, basis.public, translator(language), wished=wished)
    if found.host is not None:
        place = found.agenda.place.name if found.agenda.place else ""
        why = reason_text(tr, found.host)
        told.append(tr("{name} may host ({place}) · {why}", name=found.host.member.name, place=place, why=why))
    for title, lead in found.leads:
        why = reason_text(tr, lead)
        told.append(tr("{name} may lead “{title}” · {why}", name=lead.member.name, title=title, why=why))
    told += [
        tr("A workshop may be about {title} · {why}", title=theme.title, why=theme_why(tr, theme))
        for theme in found.themes
    ]
    return found.agenda
