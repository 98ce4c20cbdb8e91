"""The figures of a year: of meetings, questions, themes and structures. Nothing private, and never a score of a person.

A question that was carried over is one question, of the year in which it was asked.
"""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from statistics import median
from typing import Literal

from msgspec import Struct

from facilitator.core.carrying import chains, day_of
from facilitator.core.cycle.calendar import Rhythm
from facilitator.core.cycle.directory import Directory, people, structures
from facilitator.core.cycle.matching import Need, needs, returning
from facilitator.core.cycle.past import MinutedMeeting
from facilitator.core.records import Record, is_open
from facilitator.core.text import fold_case

# Of a question: answered in the meeting where it was asked, after it, not yet, or set aside.
Fate = Literal["there", "later", "awaited", "dropped"]


class AskedQuestion(Struct, frozen=True):
    """A question, what became of it, and after how many days where that is known; whether it was sent to the level above."""

    first: Record
    fate: Fate
    days: int | None = None
    relayed: bool = False


class Spread(Struct, frozen=True):
    """The middle, the least and the most of some numbers."""

    middle: int
    least: int
    most: int


class Questions(Struct, frozen=True):
    """How many were asked, and what became of them; `days` is in how many days they were answered later, in the middle."""

    asked: int
    there: int
    later: int
    awaited: int
    dropped: int
    days: int | None = None
    relayed: int = 0
    relayed_answered: int = 0


class MeetingFigures(Struct, frozen=True):
    """One meeting: how many were there, of how many structures, what was said; whole minutes planned and spent."""

    meeting: str
    day: datetime.date
    place: str | None
    present: int
    structures: int
    questions: Questions
    needs: int
    offers: int
    decisions: int
    actions: int
    actions_done: int
    planned: int
    actual: int


class Figures(Struct, frozen=True):
    """A year. `wanted` are the meetings and the letters that the rhythm wanted by now, None without one.

    `new_places` are those where nobody had met in the years before, None when nothing is known of these. `led` is how many people,
    besides who facilitated, led a part of a meeting. `themes` are those of questions, the most asked first. `useful` is how many
    found a meeting useful, from 1 to 5, in the `evaluated` meetings that asked.
    """

    year: int
    meetings: tuple[MeetingFigures, ...]
    letters: int
    wanted: tuple[int, int] | None
    people: int
    structures: int
    attendance: Spread | None
    places: int
    new_places: int | None
    led: int
    questions: Questions
    themes: tuple[tuple[str, int], ...]
    actions_done: int
    actions_open: int
    decisions: tuple[str, ...]
    returning: tuple[Need, ...]
    unanswered: tuple[str, ...]
    useful: tuple[int, ...] = ()
    evaluated: int = 0


def figures(  # noqa: PLR0913  # what there is to count
    year: int,
    past: Sequence[MinutedMeeting],
    records: Sequence[Record],
    directory: Directory,
    *,
    letters: Iterable[str],
    rhythm: Rhythm | None = None,
) -> Figures:
    """The figures of a year; `records` and `past` may be of all years, `letters` are the months of those that are out."""
    held = [one for one in past if one.day.year == year]
    before = [one for one in past if one.day.year < year]
    days = {one.meeting: one.day for one in past}
    late = {one.meeting: dict(one.row.answered) for one in past}
    public = [one for one in records if not one.private]
    asked = [one for one in questions(public, days, late) if _year(one.first, days) == year]
    ours = [one for one in public if _year(one, days) == year]
    actions = [chain for chain in chains(_of(public, "action")) if _year(chain[0], days) == year]
    done = sum(any(one.done for one in chain) for chain in actions)
    there = [count for one in held if (count := len(people(directory, one.row)))]
    places = {fold_case(one.row.place) for one in held if one.row.place}
    known = {fold_case(one.row.place) for one in before if one.row.place}
    marks = [one.row.evaluation.useful for one in held if sum(one.row.evaluation.useful)]
    return Figures(
        year=year,
        meetings=tuple(_meeting(one, ours, asked, directory) for one in held),
        letters=sum(month.startswith(f"{year}-") for month in letters),
        wanted=_wanted(rhythm),
        people=len(frozenset[str]().union(*(people(directory, one.row) for one in held))),
        structures=len(frozenset[str]().union(*(structures(directory, one.row) for one in held))),
        attendance=Spread(round(median(there)), min(there), max(there)) if there else None,
        places=len(places),
        new_places=len(places - known) if before else None,
        led=len({directory.name(name) for one in held for _, name in one.row.led if name not in one.row.facilitator}),
        questions=_count(asked),
        themes=themes(one.first for one in asked),
        actions_done=done,
        actions_open=len(actions) - done,
        decisions=tuple(one.text for one in _of(ours, "decision") if one.origin is None),
        returning=returning(needs(ours)),
        unanswered=tuple(one.first.text for one in asked if one.relayed and one.fate == "awaited"),
        useful=tuple(map(sum, zip(*marks, strict=True))),
        evaluated=len(marks),
    )


def questions(
    records: Iterable[Record],
    days: Mapping[str, datetime.date],
    late: Mapping[str, Mapping[str, datetime.date]],
) -> list[AskedQuestion]:
    """Each question once; `days` are those of the meetings, `late` those on which questions of a meeting were answered after it."""
    return [_asked(chain, days, late) for chain in chains(_of(records, "question")) if chain[0].text]


def themes(records: Iterable[Record]) -> tuple[tuple[str, int], ...]:
    """The themes and how often each was asked about, under the spelling used most; the most asked first."""
    spelt: dict[str, Counter[str]] = {}
    for one in records:
        if one.theme:
            spelt.setdefault(fold_case(one.theme), Counter())[one.theme] += 1
    found = [(spellings.most_common(1)[0][0], spellings.total()) for spellings in spelt.values()]
    return tuple(sorted(found, key=lambda theme: (-theme[1], theme[0])))


def _asked(
    chain: Sequence[Record], days: Mapping[str, datetime.date], late: Mapping[str, Mapping[str, datetime.date]]
) -> AskedQuestion:
    first = chain[0]
    relayed = any(one.outcome == "relay" for one in chain)
    if first.outcome == "answered":
        return AskedQuestion(first, "there", 0, relayed)
    asked = days.get(first.meeting)
    for one in chain:
        answered = one.outcome == "answered"
        if answered or one.answer is not None or (one.done and one.outcome != "drop"):
            day = late.get(one.meeting, {}).get(one.number)
            day = day or (days.get(one.meeting) if one is not first and answered else None)
            taken = (day - asked).days if day is not None and asked is not None and day >= asked else None
            return AskedQuestion(first, "later", taken, relayed)
    return AskedQuestion(first, "awaited" if is_open(chain[-1]) else "dropped", None, relayed)


def _count(asked: Sequence[AskedQuestion]) -> Questions:
    fates = Counter(one.fate for one in asked)
    taken = [one.days for one in asked if one.fate == "later" and one.days is not None]
    sent = [one for one in asked if one.relayed]
    return Questions(
        asked=len(asked),
        there=fates["there"],
        later=fates["later"],
        awaited=fates["awaited"],
        dropped=fates["dropped"],
        days=round(median(taken)) if taken else None,
        relayed=len(sent),
        relayed_answered=sum(one.fate in ("there", "later") for one in sent),
    )


def _meeting(
    past: MinutedMeeting, records: Sequence[Record], asked: Sequence[AskedQuestion], directory: Directory
) -> MeetingFigures:
    own = [one for one in records if one.meeting == past.meeting and one.origin is None]
    return MeetingFigures(
        meeting=past.meeting,
        day=past.day,
        place=past.row.place,
        present=len(people(directory, past.row)),
        structures=len(structures(directory, past.row)),
        questions=_count([one for one in asked if one.first.meeting == past.meeting]),
        needs=sum(not one.offer for one in _of(own, "need")),
        offers=sum(one.offer for one in _of(own, "need")),
        decisions=len(_of(own, "decision")),
        actions=len(_of(own, "action")),
        actions_done=sum(one.done for one in _of(own, "action")),
        planned=past.planned,
        actual=past.actual,
    )


def _wanted(rhythm: Rhythm | None) -> tuple[int, int] | None:
    over = [month for month in rhythm.months if month.state in ("kept", "missed")] if rhythm else []
    if not over:
        return None
    return (
        sum(month.beat in ("meeting", "both") for month in over),
        sum(month.beat in ("newsletter", "both") for month in over),
    )


def _of(records: Iterable[Record], kind: str) -> list[Record]:
    return [one for one in records if one.kind == kind]


def _year(record: Record, days: Mapping[str, datetime.date]) -> int | None:
    day = days.get(record.meeting) or day_of(record.meeting)
    return day.year if day else None
