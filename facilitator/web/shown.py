"""What a telephone shows of the meeting: made of its public part, in words, one thing at a time.

A clock is the instant at which it ends: each telephone counts by itself from there.
"""

from __future__ import annotations

from msgspec import Struct
from msgspec.structs import replace

from facilitator import wording
from facilitator.core.entry import Entry, label
from facilitator.core.meeting import PublicMeeting, StepState
from facilitator.core.people import attributed
from facilitator.core.telephones import SentKind
from facilitator.core.time.clocks import Clocks
from facilitator.core.time.floor import floor
from facilitator.i18n import Translator

MOST_LISTED = 200


class Clock(Struct, frozen=True):
    """What it counts, when it ends (milliseconds UTC; None: it stands still), seconds left now, its level: calm, amber or over.

    `overrun`: the network wants to see by how much it is over.
    """

    words: str
    ends: int | None
    left_s: int
    level: str
    overrun: bool = False


class Asked(Struct, frozen=True):
    """A question or a need that others may have too."""

    id: str
    label: str
    text: str
    same: str


class Shown(Struct, frozen=True):
    """All there is to see, from top to bottom; `takes` is what may be sent."""

    state: str
    title: str
    step: str
    label: str = ""
    main: str = ""
    beside: tuple[str, ...] = ()
    clock: Clock | None = None
    next: str = ""
    ends: str = ""
    last: str = ""
    decided: tuple[str, ...] = ()
    asked: tuple[Asked, ...] = ()
    takes: tuple[SentKind, ...] = ()


def shown(tr: Translator, meeting: PublicMeeting, times: Clocks) -> Shown:
    """What is shown at the instant of these clocks."""
    step = next((one for one in meeting.steps if meeting.spot and one.id == meeting.spot.step), None)
    going, over = meeting.state in ("running", "paused"), meeting.state in ("adjourned", "closed")
    question = next((one for one in meeting.entries if one.id == meeting.answering and one.text), None)
    decided = [one for one in meeting.of_kind("decision") if one.text]
    number, main, beside = _main(tr, meeting, question if going else None, step if going else None)
    return Shown(
        state=meeting.state,
        title=meeting.setup.agenda.title,
        step=_step(tr, meeting, step if going else None),
        label=number,
        main=main,
        beside=beside,
        clock=None if over else _clock(tr, meeting, times, question),
        next="" if over else _next(tr, meeting, step),
        ends="" if over else _ends(tr, meeting, times),
        last=tr("Decided: {text}", text=_text(decided[-1])) if decided else "",
        decided=tuple(_line(meeting, one) for one in decided[-MOST_LISTED:]),
        asked=tuple(
            Asked(one.id, _label(meeting, one), _text(one), f"+{one.same}" if one.same else "")
            for one in meeting.of_kind("question", "need")
            if is_open(one)
        )[-MOST_LISTED:],
        takes=_takes(meeting, step),
    )


def alike(one: Shown, other: Shown) -> bool:
    """Whether nobody would see a difference: a clock that runs ends within the same second."""
    first, second = one.clock, other.clock
    if first is None or second is None or first.ends is None or second.ends is None:
        return one == other
    near = abs(first.ends - second.ends) <= 1000
    return near and replace(one, clock=replace(first, ends=0, left_s=0)) == replace(
        other, clock=replace(second, ends=0, left_s=0)
    )


def is_open(entry: Entry) -> bool:
    """Whether somebody else of the room may have it too: a question that nobody answered, a need that is not met."""
    return entry.kind in ("question", "need") and bool(entry.text) and entry.outcome is None and not entry.done


def _takes(meeting: PublicMeeting, step: StepState | None) -> tuple[SentKind, ...]:
    if meeting.state == "closed":
        return ()
    if meeting.state == "adjourned":
        return ("evaluation",)
    if meeting.state in ("none", "ready"):
        return ("question", "need", "same")
    ending = step is not None and (step.plan.kind == "closing" or not _following(meeting, step))
    return ("question", "need", "same", "floor", *(("evaluation",) if ending else ()))


def _step(tr: Translator, meeting: PublicMeeting, step: StepState | None) -> str:
    """Where the meeting is; before and after, what people should know."""
    if meeting.state in ("adjourned", "closed"):
        return tr("Thank you all")
    if step is None:
        start = meeting.setup.planned_start
        at = wording.time_text(start, meeting.setup.zone) if start is not None else ""
        return tr("We begin at {time}", time=at) if at else tr("We begin soon")
    if meeting.state == "paused":
        return tr("Pause: we go on soon")
    name = wording.step_title(tr, step.plan)
    if meeting.spot is not None and meeting.spot.phase is not None:
        name += f" › {step.phases[meeting.spot.phase].title}"
    return name


def _main(
    tr: Translator, meeting: PublicMeeting, question: Entry | None, step: StepState | None
) -> tuple[str, str, tuple[str, ...]]:
    """What everybody is about: the question that is answered, or who speaks; its number, its words, what goes with it."""
    if question is not None:
        names = ", ".join(question.owners)
        beside = [tr.ntr("{names} answers.", "{names} answer.", len(question.owners), names=names)] if names else []
        by = attributed(question.by, meeting.setup.choices.attribution.questions, meeting.setup.members)
        beside += [tr("asked by {name}", name=by)] if by else []
        return _label(meeting, question), _text(question), tuple(beside)
    if step is not None and meeting.speaking:
        then = (tr("then {name}", name=meeting.speaks_next),) if meeting.speaks_next else ()
        return "", tr("{name} has the floor", name=meeting.speaking), then
    if step is not None:
        return "", "", (tr("with {name}", name=step.lead),) if step.lead else ()
    place = meeting.setup.agenda.place
    return "", "", (place.name,) if place is not None and meeting.state in ("none", "ready") else ()


def _clock(tr: Translator, meeting: PublicMeeting, times: Clocks, question: Entry | None) -> Clock | None:
    if meeting.state in ("none", "ready"):
        left_s = times.starts_in_s
        if left_s is None or left_s < 0:
            return None
        return Clock(tr("before we begin"), times.now + left_s * 1000, left_s, "calm")
    now, overrun = floor(meeting, times), meeting.setup.choices.room_overrun
    level = "amber" if now.level in ("red", "over") and not overrun else now.level
    words = tr("left of this step")
    if question is not None and meeting.answering is not None:
        words = tr("left for this answer")
    elif meeting.speaking:
        words = tr("left to speak")
    ends = times.now + now.left_s * 1000 if meeting.state == "running" else None
    return Clock(words, ends, now.left_s, level, overrun)


def _following(meeting: PublicMeeting, step: StepState | None) -> list[StepState]:
    ids = [one.id for one in meeting.steps]
    start = ids.index(step.id) + 1 if step is not None else 0
    return [one for one in meeting.steps[start:] if not one.aside]


def _next(tr: Translator, meeting: PublicMeeting, step: StepState | None) -> str:
    coming = _following(meeting, step)
    return tr("Next: {title}", title=wording.step_title(tr, coming[0].plan)) if coming else ""


def _ends(tr: Translator, meeting: PublicMeeting, times: Clocks) -> str:
    if times.promised_end is None or abs(times.drift_s) >= wording.FAR_S:
        return ""
    zone = meeting.setup.zone
    promised = wording.time_text(times.promised_end, zone)
    ends = wording.time_text(times.projected_end, zone) if times.projected_end is not None else promised
    if ends == promised or meeting.state in ("none", "ready"):
        return tr("End at {time}", time=promised)
    words = tr("ends around {time}, announced {promised}", time=ends, promised=promised)
    return words[:1].upper() + words[1:]


def _line(meeting: PublicMeeting, entry: Entry) -> str:
    return f"{_label(meeting, entry)}  {_text(entry)}"


def _label(meeting: PublicMeeting, entry: Entry) -> str:
    """Its number as it is said in the room, whatever language a page is in."""
    return label(entry.kind, entry.number, meeting.setup.language)


def _text(entry: Entry) -> str:
    return " ".join(entry.text.split())
