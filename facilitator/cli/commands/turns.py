"""Commands about who speaks, who leads, and time in which nobody was looking."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from facilitator.cli.commands.outcomes import find_step
from facilitator.cli.commands.time import duration, time_given
from facilitator.cli.context import Context, Failed, WrongValue, around
from facilitator.cli.parser import Parser
from facilitator.core.acts import EndRound, FindGap, HandOver, PassRound, SettleGap, StartRound
from facilitator.core.people import together
from facilitator.core.records import iso
from facilitator.core.refusal import Refused
from facilitator.core.time.turns import led, present, speaking, turn_s, unheard
from facilitator.wording import clock_text, left_clock, minutes_text, quoted, spot_title, time_text

if TYPE_CHECKING:
    from facilitator.core.instant import Instant
    from facilitator.core.meeting import Gap, Meeting


# Speaking rounds


def _round_words(parser: Parser) -> None:
    tr = parser.tr
    parser.epilog = tr(
        "round start            a round among those present, a minute each\n"
        "round start --seconds 90 | --minutes 2 | --total 15\n"
        "round pass             the one who speaks has spoken\n"
        "round pass --later     the one who speaks passes, and comes back at the end\n"
        "round end              end the round\n"
        "round status           who speaks, who waits, who has not spoken"
    )
    how = ("start", "pass", "end", "status")
    parser.add_argument("how", nargs="?", default="status", choices=how, metavar=tr("HOW"), help=", ".join(how))
    each = parser.add_mutually_exclusive_group()
    each.add_argument("--seconds", metavar="N", help=tr("seconds for each person"))
    each.add_argument("--minutes", metavar="N", help=tr("minutes for each person"))
    each.add_argument("--total", metavar=tr("LENGTH"), help=tr("the time for all together, shared out equally"))
    parser.add_argument("--later", action="store_true", help=tr("come back to this person at the end"))
    parser.common(at=True, json=True)


def _round(context: Context) -> int:
    session = context.session()
    match context.values.how:
        case "start":
            context.act(StartRound(_turn_s(context, session.meeting)))
        case "pass":
            turn = session.meeting.round
            context.act(PassRound(leaving=turn.speaking if turn else None, later=context.values.later))
        case "end":
            context.act(EndRound())
        case _:
            _round_status(context, session.meeting, context.at(session) or session.now())
    return 0


def _turn_s(context: Context, meeting: Meeting) -> int:
    values = context.values
    if values.total is not None:
        seconds = turn_s(meeting, duration(context, values.total))
        if not present(meeting):
            raise Refused("nobody-present")
        return seconds
    given = values.seconds if values.seconds is not None else values.minutes
    if given is None:
        return 60
    if not (given.isascii() and given.isdigit() and len(given) < 6):
        raise WrongValue(context.tr("{given} is not a number.", given=quoted(context.tr, given)))
    return int(given) * (1 if values.seconds is not None else 60)


def _round_status(context: Context, meeting: Meeting, now: Instant) -> None:
    tr, turn, silent = context.tr, speaking(meeting, now), unheard(meeting)
    if context.values.json:
        context.write_json(
            {
                "speaking": turn.speaking if turn else None,
                "left_s": turn.left_s if turn else None,
                "each_s": turn.each_s if turn else None,
                "waiting": turn.waiting if turn else (),
                "spoken": turn.spoken if turn else (),
                "unheard": silent,
            },
        )
        return
    if turn is None:
        raise Refused("no-round")
    if turn.left_s < 0:
        context.write(tr("{name} speaks: over by {clock}", name=turn.speaking, clock=clock_text(turn.left_s)))
    else:
        context.write(tr("{name} speaks: {clock} left", name=turn.speaking, clock=left_clock(turn.left_s)))
    if turn.waiting:
        context.write(tr("waiting: {names}", names=", ".join(turn.waiting)))
    if silent:
        context.write(tr("not heard yet: {names}", names=", ".join(silent)))


# Gaps


def _gap_words(parser: Parser) -> None:
    tr = parser.tr
    parser.epilog = tr(
        "gap                           the gaps, numbered\n"
        "gap meeting | gap break       what the first to be settled was, or --number N\n"
        "gap note --from 10:50 --to 10:54    nobody was looking then"
    )
    how = ("meeting", "break", "note")
    help_how = tr("meeting, break or note; without it, the gaps are listed")
    parser.add_argument("how", nargs="?", choices=how, metavar=tr("HOW"), help=help_how)
    parser.add_argument("--number", metavar="N", help=tr("which gap, as listed; the first to be settled without it"))
    parser.add_argument("--from", dest="start", metavar=tr("TIME"), help=tr("the gap noted began then"))
    parser.add_argument("--to", dest="end", metavar=tr("TIME"), help=tr("and ended then"))
    parser.common(at=True, json=True)


def _gap(context: Context) -> int:
    meeting, how, number = context.session().meeting, context.values.how, context.values.number
    if how == "note":
        context.act(_noted(context, meeting))
    elif how is not None:
        context.act(SettleGap(_meant(meeting, number).id, counts=how == "meeting"))
    elif context.values.json:
        context.write_json([_gap_facts(meeting, place, gap) for place, gap in enumerate(meeting.gaps, 1)])
    else:
        for place, gap in enumerate(meeting.gaps, 1):
            context.write(f"{place}. {_gap_text(context, meeting, gap)}")
        if not meeting.gaps:
            context.say(context.tr("No gap: someone was looking all along."))
    return 0


def _noted(context: Context, meeting: Meeting) -> FindGap:
    """The gap that a person tells of; it lies in the meeting, before now."""
    session, values = context.session(), context.values
    if values.start is None or values.end is None:
        raise WrongValue(context.tr("gap note needs --from and --to."))
    start, end = (
        time_given(context, meeting, option, given)
        for option, given in (("--from", values.start), ("--to", values.end))
    )
    now = context.at(session) or session.now()
    for at in (start, end):
        if meeting.started_at is None or not meeting.started_at <= at <= now.at:
            raise Refused("outside-meeting", at=at)
    return FindGap(start, end)


def _meant(meeting: Meeting, number: str | None) -> Gap:
    """The gap of this number; without one, the first to be settled, else the last that was."""
    gaps = meeting.gaps
    if number is not None:
        place = int(number[:4]) if number.isascii() and number.isdigit() else 0
        chosen = gaps[place - 1] if 0 < place <= len(gaps) else None
    else:
        chosen = next((gap for gap in gaps if gap.counts is None), gaps[-1] if gaps else None)
    if chosen is None:
        raise Refused("no-gap")
    return chosen


def _gap_facts(meeting: Meeting, place: int, gap: Gap) -> dict[str, Any]:
    zone = meeting.opened.zone
    return {
        "number": place,
        "start": iso(gap.start, zone),
        "end": iso(gap.end, zone),
        "length_s": gap.ms // 1000,
        "step": meeting.number_of(gap.spot.step) if gap.spot else None,
        "counts": None if gap.counts is None else "meeting" if gap.counts else "break",
    }


def _gap_text(context: Context, meeting: Meeting, gap: Gap) -> str:
    tr, zone = context.tr, meeting.opened.zone
    length = minutes_text(tr, gap.ms // 1000)
    said = f"{time_text(gap.start, zone)}–{time_text(gap.end, zone)} · {length} · {spot_title(tr, meeting, gap.spot)}"
    if gap.counts is None:
        return f"{said} · {tr('to be settled')}"
    return f"{said} · {tr('counted as meeting') if gap.counts else tr('counted as break')}"


# Handing over


def _handover_words(parser: Parser) -> None:
    tr = parser.tr
    help_name = tr("who leads from now on; without it, the one the agenda names")
    parser.add_argument("name", nargs="?", metavar=tr("NAME"), help=help_name)
    parser.add_argument("--back", action="store_true", help=tr("the facilitator leads again"))
    parser.add_argument("--step", metavar=tr("STEP"), help=tr("another step than the running one"))
    parser.add_argument("--status", action="store_true", help=tr("who has led, and for how long: private"))
    parser.common(at=True, json=True)


def _handover(context: Context) -> int:
    values, meeting = context.values, context.session().meeting
    if values.status:
        _led_status(context, meeting, context.at(context.session()) or context.session().now())
        return 0
    said = find_step(context, meeting, values.step) if values.step else meeting.spot.step if meeting.spot else None
    step = meeting.step(said) if said else None
    if step is None:
        raise Refused("not-started")
    if values.back:
        context.act(HandOver(None, step.id))
        return 0
    name = context.name(values.name, around(meeting)) if values.name else together(step.plan.leads)
    if not name:
        raise Failed(context.tr("The agenda names nobody for this step: facilitator handover NAME"))
    context.act(HandOver(name, step.id))
    return 0


def _led_status(context: Context, meeting: Meeting, now: Instant) -> None:
    """The share of the time that members led, from the journal alone: no document holds it."""
    found = led(meeting, now)
    if context.values.json:
        facts = [{"name": lead.name, "led_s": lead.seconds, "share": round(lead.share, 3)} for lead in found]
        context.write_json(facts)
        return
    tr = context.tr
    for lead in found:
        length, percent = minutes_text(tr, lead.seconds), round(lead.share * 100)
        context.write(tr("{name}: {length}, {percent} % of the time", name=lead.name, length=length, percent=percent))
    if not found:
        context.say(tr("No step was handed over to anyone yet."))


COMMANDS = {
    "round": (_round_words, _round),
    "gap": (_gap_words, _gap),
    "handover": (_handover_words, _handover),
}
