"""Re-planning in words."""

from __future__ import annotations

from facilitator.core.meeting import Meeting
from facilitator.core.time.outline import AgendaLine
from facilitator.core.time.replan import Offer
from facilitator.i18n import Translator
from facilitator.wording.names import step_kind_name
from facilitator.wording.times import clock_text, minutes_text, time_text


def offer_text(tr: Translator, meeting: Meeting, offer: Offer) -> str:
    """An offer in a sentence with its result: `raccourcir la suite en proportion : 9 min gagnées, fin 12:00`."""
    zone = meeting.opened.zone
    won = exact_text(tr, offer.by_s)
    what = {
        "shorten": lambda: tr("shorten what follows: {length} won", length=won),
        "aside": lambda: tr("{way}: {length} won", way=_aside(tr, meeting, offer), length=won),
        "later": lambda: tr("promise {time}", time=time_text(offer.promise or 0, zone)),
        "break": lambda: tr("make the break shorter: {length} won", length=won),
        "restore": lambda: tr("give back what was cut: {length}", length=won),
        "bring-back": lambda: tr("take up “{step}” again: {length}", step=steps_text(tr, meeting, offer), length=won),
        "share": lambda: tr("give the time won to what is left: {length}", length=won),
    }[offer.kind]()
    said = [what, tr("end {time}", time=time_text(offer.end or 0, zone))]
    if offer.over_s:
        said.append(tr("still {length} too long", length=exact_text(tr, offer.over_s)))
    if offer.missed_s:
        said.append(tr("hours passed by {length}", length=exact_text(tr, offer.missed_s)))
    return ", ".join(said)


def steps_text(tr: Translator, meeting: Meeting, offer: Offer) -> str:
    """The steps that an offer puts aside or brings back, by their titles: `Actualités, Besoins`."""
    return ", ".join(_step(tr, meeting, step) for step in offer.steps)


def _aside(tr: Translator, meeting: Meeting, offer: Offer) -> str:
    steps = steps_text(tr, meeting, offer)
    if offer.shortens:
        return tr("put aside “{step}”, shorten the rest", step=steps)
    return tr("put aside “{step}”", step=steps)


def promise_text(tr: Translator, over_s: int) -> str:
    """One number for the promise: `finit 6 min trop tard`, `6 min de reste sur la fin promise`, `finit comme promis`."""
    if abs(over_s) < 60:
        return tr("ends as promised")
    length = minutes_text(tr, abs(over_s) // 60 * 60)
    return tr("ends {length} late", length=length) if over_s > 0 else tr("{length} to spare", length=length)


def line_text(tr: Translator, meeting: Meeting, line: AgendaLine) -> str:
    """A line of the agenda with its times: `10:24–10:41  17 min  Actualités (20 min prévues)`."""
    zone = meeting.opened.zone
    title = line.title or _step(tr, meeting, line.step)
    indent = "" if line.phase is None else "  "
    if line.start is not None and line.end is not None:
        when = f"{time_text(line.start, zone)}–{time_text(line.end, zone)}"
    elif line.end is not None:
        when = f"     –{time_text(line.end, zone)}"
    else:
        when = " " * 11
    length = minutes_text(tr, line.adjusted_s)
    said = f"{when}  {length:>8}  {indent}{title}"
    if line.place == "aside":
        return tr("{line} (put aside)", line=said)
    if line.changed_s and line.planned_s:
        return tr("{line} ({length} planned)", line=said, length=minutes_text(tr, line.planned_s))
    return said


def exact_minutes(tr: Translator, seconds: int) -> str:
    """A length in whole minutes, or to the second when it is none: `17 min`, `16:40`."""
    return minutes_text(tr, seconds) if seconds % 60 == 0 else clock_text(seconds)


def exact_text(tr: Translator, seconds: int) -> str:
    """A length to the second, in words: `17 min`, `12 min 30 s`."""
    minutes, rest = divmod(seconds, 60)
    if not rest:
        return minutes_text(tr, seconds)
    if minutes >= 60:
        return clock_text(seconds)
    return (
        tr("{minutes} min {seconds} s", minutes=minutes, seconds=rest) if minutes else tr("{seconds} s", seconds=rest)
    )


def _step(tr: Translator, meeting: Meeting, step_id: str | None) -> str:
    step = meeting.step(step_id) if step_id else None
    return "…" if step is None else step.title or step_kind_name(tr, step.plan.kind)
