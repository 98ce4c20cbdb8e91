"""Rehearsing an agenda: the plan walked through, and how it usually goes."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any

from facilitator.cli.commands.opening import agenda_of_today, document_language, load_agenda, settings
from facilitator.cli.context import Context
from facilitator.cli.parser import Parser
from facilitator.core.records import iso
from facilitator.core.setup import setup_of
from facilitator.core.time.habits import ENOUGH, Habits, habits
from facilitator.core.time.rehearsal import Cue, Rehearsal, Walk, rehearse
from facilitator.core.zone import zone_of
from facilitator.meetings.planning import past_meetings
from facilitator.store.zone import machine_zone
from facilitator.wording import minutes_text, step_kind_name, step_title, time_text
from facilitator.wording.plans import exact_minutes

if TYPE_CHECKING:
    from facilitator.core.setup import Setup
    from facilitator.i18n import Translator


def _words(parser: Parser) -> None:
    help_agenda = parser.tr("the agenda; without it, today’s, else the built-in one")
    parser.add_argument("agenda", nargs="?", metavar=parser.tr("AGENDA"), help=help_agenda)
    parser.common(json=True)


def _rehearse(context: Context) -> int:
    network = settings(context)
    language = document_language(context, network)
    name = context.values.agenda
    if name is None:
        name = agenda_of_today(context, network, again=True)
    agenda = load_agenda(context, name, language)
    zone = network.timezone or machine_zone(context.environ)
    now = datetime.now(zone_of(zone))
    setup = setup_of(agenda, network, day=agenda.date or now.date(), zone=zone, language=language)
    walk = rehearse(setup, int(now.timestamp()) // 60 * 60_000)
    usual = habits(past_meetings(context.workspace()), agenda)
    if context.values.json:
        context.write_json(_facts(context.tr, setup, walk, usual))
        return 0
    context.write("\n".join([*plan_lines(context.tr, setup, walk), *habit_lines(context.tr, setup, walk, usual)]))
    return 0


def plan_lines(tr: Translator, setup: Setup, walk: Rehearsal) -> list[str]:
    """The plan as a table: start, end, length, title, and what will be told when."""
    zone = setup.zone
    lines = []
    for one in walk.walks:
        span = f"{time_text(one.start, zone)}–{time_text(one.end, zone)}"
        lines.append(f"{span}  {exact_minutes(tr, (one.end - one.start) // 1000):>8}  {_title(tr, setup, one)}")
        told = [cue_text(tr, cue, zone) for cue in one.cues if cue.code != "over"]
        lines.extend(f"{'':23}{' · '.join(told[place : place + 2])}" for place in range(0, len(told), 2))
    end = tr(
        "end {projected}, promised {promised}",
        projected=time_text(walk.end, zone),
        promised=time_text(walk.promise, zone),
    )
    spare = minutes_text(tr, walk.spare_s)
    if walk.spare_s >= 60:
        end += " · " + tr("{length} not allotted", length=spare)
    elif walk.spare_s <= -60:
        end += " · " + tr("{length} too long", length=spare)
    return [*lines, end]


def cue_text(tr: Translator, cue: Cue, zone: str) -> str:
    """What will be told, and when: `09:46 encore 4 min`."""
    length = exact_minutes(tr, cue.left_s)
    what = {
        "amber": tr("{length} left", length=length),
        "red": tr("conclude, {length} left", length=length),
        "over": tr("time is up"),
        "conclude": tr("{length} before the promised end", length=length),
        "promise": tr("promised end"),
    }[cue.code]
    return f"{time_text(cue.at, zone)} {what}"


def habit_lines(tr: Translator, setup: Setup, walk: Rehearsal, usual: Habits | None) -> list[str]:
    """How it usually goes; nothing below five past meetings."""
    if usual is None:
        return []
    lines = [
        "",
        tr.ntr("How it usually goes, from {n} meeting:", "How it usually goes, from {n} meetings:", usual.count),
    ]
    if usual.promised >= ENOUGH:
        time = time_text(walk.promise + usual.passes_s * 1000, setup.zone)
        count = {"usually": usual.usually, "count": usual.promised, "time": time}
        if usual.passes_s >= 60:
            lines.append(tr("{usually} times out of {count} the end passes {time}", **count))
        else:
            kept = usual.promised - usual.late
            lines.append(tr("{kept} times out of {count} the promised end is kept", kept=kept, count=usual.promised))
    for ratio in usual.ratios:
        kind = step_kind_name(tr, ratio.kind)
        if abs(ratio.times - 1) >= 0.05:
            times = f"{ratio.times:.1f}".replace(".", "," if tr.language == "fr" else ".")
            lines.append(tr("{kind}: {times} times its plan", kind=kind, times=times))
    if usual.proposals:
        lines.append(tr("Proposed:"))
    for one in usual.proposals:
        step = setup.agenda.steps[one.number - 1]
        planned, length = minutes_text(tr, one.planned_s), minutes_text(tr, one.usual_s)
        lines.append(
            tr(
                "{n}. {step}: {usual} instead of {planned}",
                n=one.number,
                step=step_title(tr, step),
                usual=length,
                planned=planned,
            )
        )
    return lines


def _title(tr: Translator, setup: Setup, one: Walk) -> str:
    step = setup.agenda.steps[one.number - 1]
    title = f"{one.number}. {step_title(tr, step)}"
    return title if one.phase is None else f"{title}, {step.phases[one.phase].title}"


def _facts(tr: Translator, setup: Setup, walk: Rehearsal, usual: Habits | None) -> dict[str, Any]:
    zone = setup.zone
    return {
        "start": iso(walk.start, zone),
        "planned_end": iso(walk.end, zone),
        "promised_end": iso(walk.promise, zone),
        "spare_s": walk.spare_s,
        "steps": [
            {
                "number": one.number,
                "phase": None if one.phase is None else one.phase + 1,
                "title": step_title(tr, setup.agenda.steps[one.number - 1]),
                "start": iso(one.start, zone),
                "end": iso(one.end, zone),
                "warnings": [{"at": iso(cue.at, zone), "code": cue.code, "left_s": cue.left_s} for cue in one.cues],
            }
            for one in walk.walks
        ],
        "habits": usual,
    }


COMMANDS = {"rehearse": (_words, _rehearse)}
