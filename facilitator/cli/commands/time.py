"""Re-planning on the command line: the ways to keep the promise, and changes of the plan by hand."""

from __future__ import annotations

import datetime
from typing import TYPE_CHECKING, Any, get_args

from facilitator.cli.commands.outcomes import find_step
from facilitator.cli.context import Context, WrongValue, read_at
from facilitator.cli.parser import Parser
from facilitator.core.acts import AddStep, Adjust, MoveStep, Promise, Replan, SetStepAside
from facilitator.core.agenda import DAY_S, Step, StepKind
from facilitator.core.duration import read_duration
from facilitator.core.records import iso
from facilitator.core.refusal import Refused
from facilitator.core.time.clocks import ends, projection
from facilitator.core.time.outline import AgendaLine
from facilitator.core.time.replan import Offer, OfferKind, brought_back, offers, over_promise
from facilitator.core.zone import zone_of
from facilitator.wording import quoted, step_title, time_text
from facilitator.wording.plans import line_text, offer_text, promise_text

if TYPE_CHECKING:
    from facilitator.core.instant import Instant
    from facilitator.core.meeting import Meeting

STEP_KINDS: tuple[StepKind, ...] = get_args(StepKind)
Change = Adjust | Promise | AddStep | SetStepAside | MoveStep


def duration(context: Context, given: str) -> int:
    """Seconds in a length of time that a person gave; raises `WrongValue`."""
    seconds = read_duration(given)
    if seconds is None or seconds > DAY_S:
        raise WrongValue(
            context.tr(
                "{given} is not a duration: 20, 20m, 1h, 1h30, 90 min or 51m40s.", given=quoted(context.tr, given)
            )
        )
    return seconds


# Re-planning


def _replan_words(parser: Parser) -> None:
    tr = parser.tr
    parser.epilog = tr(
        "Without anything: the ways to keep the promise, numbered; with a number: that one is done.\n"
        "Several changes at once are one act, and one undo takes them back."
    )
    parser.add_argument(
        "offer",
        nargs="?",
        metavar="N",
        help=tr("the offer to carry out: its number, or {kinds}", kinds=", ".join(get_args(OfferKind))),
    )
    parser.add_argument("--step", metavar=tr("STEP"), help=tr("the step that is to last --duration"))
    parser.add_argument("--duration", metavar=tr("LENGTH"), help=tr("how long: 40m, 1h30"))
    parser.add_argument("--aside", metavar=tr("STEP"), help=tr("put this step aside"))
    parser.add_argument("--back", metavar=tr("STEP"), help=tr("bring this step back"))
    parser.add_argument("--move", metavar=tr("STEP"), help=tr("move this step after the one that --after names"))
    parser.add_argument("--insert", choices=STEP_KINDS, metavar=tr("KIND"), help=", ".join(STEP_KINDS))
    parser.add_argument("--title", metavar=tr("TITLE"), help=tr("the title of the step inserted"))
    parser.add_argument("--after", metavar=tr("STEP"), help=tr("after which step; 0 for the first place"))
    parser.add_argument("--end", metavar=tr("TIME"), help=tr("promise this end: 12:10"))
    parser.common(at=True, json=True)


def _replan(context: Context) -> int:
    session, values = context.session(), context.values
    meeting = session.meeting
    now = context.at(session) or session.now()
    changes = _changes(context, meeting)
    if changes and values.offer is not None:
        raise WrongValue(context.tr("Either the number of an offer or changes, not both."))
    if values.offer is not None:
        context.act(_chosen(context, meeting, now, values.offer))
    elif changes:
        context.act(changes[0] if len(changes) == 1 else Replan(tuple(changes)))
    else:
        _list_offers(context, meeting, now)
    return 0


def _changes(context: Context, meeting: Meeting) -> list[Change]:
    """The changes that the options ask for."""
    values, tr = context.values, context.tr
    if (values.duration is not None) != (values.step is not None or values.insert is not None):
        raise WrongValue(tr("--duration goes with --step or --insert, and they with it."))
    if values.step is not None and values.insert is not None:
        raise WrongValue(tr("--step and --insert are two changes: give one at a time."))
    if values.move is not None and values.after is None:
        raise WrongValue(tr("--move needs --after."))
    changes: list[Change] = []
    if values.step is not None:
        wanted = find_step(context, meeting, values.step)
        lasts_s = next(step.adjusted_s for step in meeting.steps if step.id == wanted)
        changes.append(Adjust(duration(context, values.duration) - lasts_s, step=wanted))
    if values.aside is not None:
        changes.append(SetStepAside(find_step(context, meeting, values.aside)))
    if values.back is not None:
        changes.extend(brought_back(meeting, find_step(context, meeting, values.back)))
    if values.move is not None:
        changes.append(MoveStep(find_step(context, meeting, values.move), _after(context, meeting)))
    if values.insert is not None:
        changes.append(_inserted(context, meeting))
    if values.end is not None:
        changes.append(Promise(time_given(context, meeting, "--end", values.end)))
    return changes


def _after(context: Context, meeting: Meeting) -> str | None:
    """The step that `--after` names; without it the running one."""
    after = context.values.after
    if after is None:
        return meeting.spot.step if meeting.spot else None
    return None if after == "0" else find_step(context, meeting, after)


def _inserted(context: Context, meeting: Meeting) -> AddStep:
    values = context.values
    title = context.clean(values.title, line=True) if values.title else None
    plan = Step(kind=values.insert, title=title or None, duration=duration(context, values.duration))
    return AddStep(plan, _after(context, meeting))


def time_given(context: Context, meeting: Meeting, option: str, given: str) -> int:
    """The instant of a time of day; one before the start is on the day after."""
    setup = meeting.opened
    start = meeting.started_at or setup.planned_start or 0
    try:
        at = read_at(context.tr, given, zone_of(setup.zone), setup.day)
        if at.timestamp() * 1000 < start and len(given.strip()) <= len("12:10"):
            night = read_at(context.tr, given, zone_of(setup.zone), setup.day + datetime.timedelta(days=1))
            at = night if night.timestamp() * 1000 - start < DAY_S * 500 else at
    except WrongValue:
        message = context.tr(
            "{option} {given}: expected a time like 12:10.", option=option, given=quoted(context.tr, given)
        )
        raise WrongValue(message) from None
    return int(at.timestamp()) * 1000


def _chosen(context: Context, meeting: Meeting, now: Instant, said: str) -> Replan:
    """The command of the offer with this number, or of this kind."""
    found = offers(meeting, now)
    if said.isascii() and said.isdigit():
        chosen = found[int(said[:3]) - 1 : int(said[:3])] if int(said[:3]) else ()
    elif said in get_args(OfferKind):
        chosen = tuple(offer for offer in found if offer.kind == said)
    else:
        raise WrongValue(context.tr("There is no offer {number}: replan lists them.", number=quoted(context.tr, said)))
    if not chosen:
        raise Refused("nothing-to-change" if not found else "no-offer", offer=said)
    return chosen[0].command


def _list_offers(context: Context, meeting: Meeting, now: Instant) -> None:
    tr, zone, found = context.tr, meeting.opened.zone, offers(meeting, now)
    projected, promised = projection(meeting, now), ends(meeting, now)[1]
    if context.values.json:
        context.write_json(
            {
                "over_s": over_promise(meeting, now),
                "projected_end": _instant(projected, zone),
                "promised_end": _instant(promised, zone),
                "offers": [_offer_facts(context, meeting, place, offer) for place, offer in enumerate(found, 1)],
            },
        )
        return
    times = tr(
        "end {projected}, promised {promised}",
        projected=time_text(projected or now.at, zone),
        promised=time_text(promised or now.at, zone),
    )
    context.write(f"{promise_text(tr, over_promise(meeting, now))} · {times}")
    for place, offer in enumerate(found, 1):
        context.write(f"{place}. {offer_text(tr, meeting, offer)}")
        for line in offer.lines:
            if line.place != "done":
                context.write(f"     {line_text(tr, meeting, line)}")
    if not found:
        context.say(tr("Nothing to re-plan."))


def _offer_facts(context: Context, meeting: Meeting, place: int, offer: Offer) -> dict[str, Any]:
    zone = meeting.opened.zone
    return {
        "number": place,
        "kind": offer.kind,
        "feasible": offer.feasible,
        "by_s": offer.by_s,
        "over_s": offer.over_s,
        "missed_s": offer.missed_s,
        "step": meeting.number_of(offer.steps[0]) if offer.steps else None,
        "also": [meeting.number_of(step) for step in offer.steps[1:]],
        "projected_end": _instant(offer.end, zone),
        "promised_end": _instant(offer.promise, zone),
        "steps": [_line_facts(context, meeting, line) for line in offer.lines],
    }


def _line_facts(context: Context, meeting: Meeting, line: AgendaLine) -> dict[str, Any]:
    zone, step = meeting.opened.zone, meeting.step(line.step)
    usual = step_title(context.tr, step.plan) if step is not None else None
    return {
        "number": line.number,
        "phase": None if line.phase is None else line.phase + 1,
        "title": line.title or usual,
        "place": line.place,
        "planned_s": line.planned_s,
        "adjusted_s": line.adjusted_s,
        "missed_s": line.missed_s,
        "start": _instant(line.start, zone),
        "end": _instant(line.end, zone),
    }


def _instant(at: int | None, zone: str) -> str | None:
    return None if at is None else iso(at, zone)


COMMANDS = {"replan": (_replan_words, _replan)}
