"""Agendas: read strictly, looked over, found among the templates."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path as File

from msgspec import Struct
from msgspec.structs import replace

from facilitator.core.agenda import DAY_S, Agenda, Step
from facilitator.core.duration import write_duration
from facilitator.core.text import fold_case
from facilitator.documents.problem import Problem, shown
from facilitator.documents.strict_yaml import Mark
from facilitator.documents.typed_yaml import Loaded, Path, Reading, load_marked
from facilitator.i18n import LANGUAGES, Translator, translator
from facilitator.wording import minutes_text

__all__ = [
    "Checked",
    "check_agenda",
    "promised_s",
    "read_agenda",
    "read_marked",
    "standard",
    "templates",
    "warnings",
]

MAX_NIGHT_S = DAY_S // 2


class Checked(Struct, frozen=True):
    """An agenda and what its author may want to know about it."""

    agenda: Agenda
    warnings: tuple[Problem, ...]


def read_agenda(data: bytes, *, name: str, tr: Translator) -> Agenda:
    """The agenda in a file called `name`; raises `Problems`, in the language of `tr`."""
    return read_marked(data, name=name, tr=tr).value


def check_agenda(data: bytes, *, name: str, tr: Translator, members: Sequence[str] = ()) -> Checked:
    """The agenda and its warnings at their lines; `members` are those of the network. Raises `Problems`."""
    loaded = read_marked(data, name=name, tr=tr)
    found = warnings(loaded.value, tr, name=name, members=members, marks=loaded.marks)
    return Checked(
        loaded.value, tuple(sorted([*loaded.notes, *found], key=lambda problem: (problem.line, problem.column)))
    )


def read_marked(data: bytes, *, name: str, tr: Translator) -> Loaded[Agenda]:
    """The agenda, and where in the file each thing stands. Raises `Problems`."""
    return load_marked(data, Agenda, name=name, tr=tr, checks={Agenda: _check_times, Step: _check_step})


def promised_s(agenda: Agenda) -> int | None:
    """Seconds from `start` to the `end` promised to the room, over midnight if need be; None unless both are there."""
    if agenda.start is None or agenda.end is None:
        return None
    return (_minute(agenda.end) - _minute(agenda.start)) * 60 % DAY_S


def _minute(time: str) -> int:
    hours, minutes = time.split(":")
    return int(hours) * 60 + int(minutes)


def _check_times(agenda: Agenda, path: Path, reading: Reading) -> None:
    promise = promised_s(agenda)
    if promise is None or agenda.start is None or agenda.end is None or agenda.end > agenda.start:
        return
    if not 0 < promise <= MAX_NIGHT_S:
        tr = reading.tr
        what = tr("the end {end} is not after the start {start}", end=agenda.end, start=agenda.start)
        reading.refuse((*path, "end"), what, tr("past midnight, at most 12 hours after the start"))


def _check_step(step: Step, path: Path, reading: Reading) -> None:
    tr, length = reading.tr, write_duration(step.duration)
    phases_s = sum(phase.duration for phase in step.phases)

    def refuse_longer(key: str, seconds: int | None, most: int, what: str) -> None:
        if seconds is not None and seconds > most:
            at_most = tr("at most {most} is expected", most=write_duration(most))
            reading.refuse((*path, key), what, at_most)

    def refuse_elsewhere(key: str, *, written: bool, kind: str) -> None:
        if written and step.kind != kind:
            what = tr("“{key}” does not go with a step of the kind {kind}", key=key, kind=step.kind)
            reading.refuse((*path, key), what, tr("only with the kind {kind}", kind=kind))

    refuse_longer(
        "minimum", step.minimum, step.duration, tr("the minimum is longer than the step ({length})", length=length)
    )
    refuse_longer(
        "phases",
        phases_s,
        step.duration,
        tr("the phases last {phases}, the step {length}", phases=write_duration(phases_s), length=length),
    )
    refuse_longer(
        "answer_budget",
        step.answer_budget,
        step.duration,
        tr("the time for answers is longer than the step ({length})", length=length),
    )
    refuse_longer(
        "answer_time",
        step.answer_time,
        step.answer_budget or step.duration,
        tr("one answer is longer than the time there is for all"),
    )
    refuse_elsewhere("format", written=step.format is not None, kind="workshop")
    refuse_elsewhere("phases", written=bool(step.phases), kind="workshop")
    refuse_elsewhere("items", written=bool(step.items), kind="news")


def warnings(
    agenda: Agenda,
    tr: Translator,
    *,
    name: str,
    members: Sequence[str] = (),
    marks: Mapping[Path, Mark] | None = None,
) -> list[Problem]:
    """What is worth saying about an agenda that can be run all the same; without `marks`, the file as a whole is named.

    `members` are those of the network, used when the agenda names none.
    """
    places = marks or {(): Mark(0, 0)}

    def warning(path: Path, what: str) -> Problem:
        while path not in places:
            path = path[:-1]
        return Problem(name, *places[path], what)

    found = [warning(path, what) for path, what in _about_time(agenda, tr)]
    known = [
        person for person in (*(agenda.members or members), agenda.facilitator, agenda.scribe, _host(agenda)) if person
    ]
    for n, step in enumerate(agenda.steps):
        for m, lead in enumerate(step.leads if known else ()):
            if what := _about_lead(lead, known, tr):
                found.append(warning(("steps", n, "lead", m), what))
        for m, item in enumerate(step.items):
            if agenda.date and item.deadline and item.deadline < agenda.date:
                what = tr("the deadline of “{title}” is before the meeting", title=shown(item.title))
                found.append(warning(("steps", n, "items", m, "deadline"), what))
    seen: set[str] = set()
    for n, member in enumerate(agenda.members):
        if fold_case(member) in seen:
            found.append(warning(("members", n), tr("{member} is there twice", member=shown(member))))
        seen.add(fold_case(member))
    return found


def _host(agenda: Agenda) -> str | None:
    return agenda.place.host if agenda.place else None


def _about_lead(lead: str, known: Sequence[str], tr: Translator) -> str | None:
    """What is to be said of who leads a step: is nobody known, or could be several."""
    wanted = fold_case(lead)
    if any(fold_case(name) == wanted for name in known):
        return None
    several = sorted({name for name in known if fold_case(name).startswith(wanted)})
    if not several:
        return tr("{lead} leads this step and is not among the members", lead=shown(lead))
    if len(several) == 1:
        return None
    return tr("{lead} leads this step and may be {names}", lead=shown(lead), names=" / ".join(map(shown, several)))


def _about_time(agenda: Agenda, tr: Translator) -> list[tuple[Path, str]]:
    found = _about_hours(agenda, tr)
    promise = promised_s(agenda)
    if promise is None:
        return found
    planned = _ends_s(agenda, [step.duration for step in agenda.steps])[-1]
    if planned < promise:
        return [*found, (("end",), tr("{length} not allotted", length=minutes_text(tr, promise - planned)))]
    if planned > promise:
        what = tr(
            "the steps last {planned}, the promise is {promise}: {length} too much",
            planned=minutes_text(tr, planned),
            promise=minutes_text(tr, promise),
            length=minutes_text(tr, planned - promise),
        )
        found.append((("end",), what))
    minimums = [step.minimum or (step.duration if step.kind == "closing" else 0) for step in agenda.steps]
    least = _ends_s(agenda, minimums)[-1]
    if least > promise:
        widest = max(range(len(minimums)), key=minimums.__getitem__)
        what = tr(
            "a minimum cannot be kept: the minimums come to {least}, the promise is {promise}",
            least=minutes_text(tr, least),
            promise=minutes_text(tr, promise),
        )
        found.append((("steps", widest, "minimum"), what))
    return found


def _about_hours(agenda: Agenda, tr: Translator) -> list[tuple[Path, str]]:
    """Hours that the plan does not keep; without a start, those too narrow for their step."""
    found: list[tuple[Path, str]] = []
    ends_s = _ends_s(agenda, [step.duration for step in agenda.steps])
    for n, (step, end_s) in enumerate(zip(agenda.steps, ends_s, strict=True)):
        if step.not_after is None:
            continue
        if agenda.start is not None:
            over_s = end_s - (_since_start(agenda, step.not_after) or 0)
        elif step.not_before is not None:
            over_s = step.duration - (_minute(step.not_after) - _minute(step.not_before)) * 60 % DAY_S
        else:
            continue
        if over_s > 0:
            what = tr(
                "these hours cannot be kept: by the plan this step ends {length} after {time}",
                length=minutes_text(tr, over_s),
                time=step.not_after,
            )
            found.append((("steps", n, "not_after"), what))
    return found


def _ends_s(agenda: Agenda, lengths: Sequence[int]) -> list[int]:
    """Seconds from the start at which each step ends when they last so long, those with hours waited for."""
    at, found = 0, []
    for step, length in zip(agenda.steps, lengths, strict=True):
        at = max(at, _since_start(agenda, step.not_before) or 0) + length
        found.append(at)
    return found


def _since_start(agenda: Agenda, time: str | None) -> int | None:
    """Seconds from the start to an hour, negative before it; past midnight where the meeting goes there. None without both."""
    if time is None or agenda.start is None:
        return None
    start_s, at_s = _minute(agenda.start) * 60, _minute(time) * 60
    lasts_s = promised_s(agenda) or agenda.planned_s
    return at_s - start_s + (DAY_S if at_s < start_s and start_s + lasts_s > DAY_S else 0)


def templates() -> dict[str, File]:
    """The agendas to start from, `standard.fr` and the like, in a wheel or in a source checkout."""
    package = File(__file__).parent.parent
    folders = (package / "agendas", package.parent / "agendas")
    folder = next((folder for folder in folders if folder.is_dir()), folders[0])
    return {file.stem: file for file in sorted(folder.glob("*.yaml")) if file.stem.rpartition(".")[2] in LANGUAGES}


@cache
def standard(language: str) -> Agenda:
    """The agenda of a meeting that was given none: no date, no start, no promise but the sum of its durations."""
    file = templates()[f"standard.{language}"]
    agenda = read_agenda(file.read_bytes(), name=file.name, tr=translator("en"))
    return replace(agenda, start=None, end=None)
