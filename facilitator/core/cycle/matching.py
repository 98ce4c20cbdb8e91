"""Needs over time: those that return, what others offer for them, and the workshops they call for.

All of it is proposed to whoever coordinates; nothing is done about it by itself.
"""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import pairwise

from msgspec import Struct
from msgspec.structs import replace

from facilitator.core.carrying import LeftOpen, chains, day_of
from facilitator.core.cycle.past import MinutedMeeting
from facilitator.core.cycle.survey import AlikeAnswers
from facilitator.core.cycle.topics import alike, meets, same_theme, stems
from facilitator.core.records import Record
from facilitator.core.said import Origin
from facilitator.core.text import fold_case

# How often a theme is asked about before a workshop on it is proposed.
ASKED_OFTEN = 3
# A need that nobody said again for so long is no longer looked at.
LOOKED_BACK = datetime.timedelta(days=365)


class Need(Struct, frozen=True):
    """What people look for, however often it was said: the words of the last time and where that was, its theme, the meetings.

    `people` is how many said so in the meeting in which most did: the same may say it again. A meeting that only had it carried
    over, without anybody more who says so, is not one in which it was said.
    """

    text: str
    theme: str | None
    meetings: tuple[str, ...]
    people: int
    last: Origin


class Match(Struct, frozen=True):
    """A need and an offer that may go together."""

    need: Record
    offer: Record


class Theme(Struct, frozen=True):
    """What a workshop may be about: the need, or the theme asked about, how often, and when one was held on it last.

    `answers` is how many answers to surveys wished for it.
    """

    title: str
    meetings: int
    people: int
    questions: int = 0
    held: datetime.date | None = None
    answers: int = 0


def needs(records: Iterable[Record]) -> tuple[Need, ...]:
    """The needs, each once: what returns most first. Offers are none, and what is done counts no more, nor what was said of it before."""
    said = chains(_of(records, offer=False))
    groups = _grouped([tuple(dict.fromkeys(one.text for one in chain)) for chain in said])
    wanted = (_unmet([said[place] for place in group]) for group in groups)
    return tuple(
        sorted(map(_need, filter(None, wanted)), key=lambda need: (-len(need.meetings), -need.people, need.text))
    )


def _unmet(group: Sequence[Sequence[Record]]) -> list[Sequence[Record]]:
    """What was not done yet of one need; said in other words before it was met, it is met as well."""
    done = [chain for chain in group if any(one.done for one in chain)]
    met = max((chain[-1].meeting for chain in done), default="")
    return [chain for chain in group if chain not in done and chain[-1].meeting >= met]


def returning(found: Iterable[Need]) -> tuple[Need, ...]:
    """Those that were said in more than one meeting."""
    return tuple(need for need in found if len(need.meetings) > 1)


def come_back(records: Iterable[Record], today: datetime.date) -> list[LeftOpen]:
    """The needs that were said in more than one meeting of the last year, each once, as it stands last; nothing that is private anywhere."""
    shown = [one for chain in chains(records) if not any(one.private for one in chain) for one in chain if one.number]
    known = {(one.meeting, one.number): one for one in shown}
    found = []
    for need in needs(shown):
        days = [day for meeting in need.meetings if (day := day_of(meeting)) and day >= today - LOOKED_BACK]
        if len(days) > 1:
            age = max(0, (today - days[0]).days)
            found.append(LeftOpen(known[need.last.meeting, need.last.number], "returns", age, len(days)))
    return found


def matches(records: Sequence[Record]) -> tuple[Match, ...]:
    """Each need with the offers that may answer it; not two things that one person said."""
    latest = [chain[-1] for chain in chains(_of(records, offer=False)) if not any(one.done for one in chain)]
    offers = [chain[-1] for chain in chains(_of(records, offer=True)) if not any(one.done for one in chain)]
    return tuple(Match(need, offer) for need in latest for offer in offers if _fits(need, offer))


def workshops(
    records: Sequence[Record], past: Iterable[MinutedMeeting], wished: Iterable[AlikeAnswers] = ()
) -> tuple[Theme, ...]:
    """What workshops may be about: needs that return or that several share, what surveys wish for, themes asked about often.

    What there was a workshop on already comes last.
    """
    held = [(title, one.day) for one in past for title in one.row.workshops]
    wanted = [need for need in needs(records) if len(need.meetings) > 1 or need.people > 1]
    found = [Theme(need.text, len(need.meetings), need.people, held=_held(need.text, held)) for need in wanted]
    for group in wished:
        place = next((place for place, one in enumerate(found) if alike(one.title, group.text)), None)
        if place is not None:
            found[place] = replace(found[place], answers=found[place].answers + group.count)
        elif group.count > 1:
            found.append(Theme(group.text, 0, 0, held=_held(group.text, held), answers=group.count))
    asked: dict[str, list[Record]] = {}
    for record in records:
        if record.kind == "question" and record.theme and not record.private and record.origin is None:
            asked.setdefault(fold_case(record.theme), []).append(record)
    for said in sorted(asked.values(), key=lambda said: -len(said)):
        theme = Counter(one.theme for one in said).most_common(1)[0][0] or ""
        if len(said) >= ASKED_OFTEN and not any(need.theme and same_theme(need.theme, theme) for need in wanted):
            meetings = len({one.meeting for one in said})
            found.append(Theme(theme, meetings, 0, len(said), _held(theme, held)))
    return tuple(sorted(found, key=lambda one: one.held is not None))


def _of(records: Iterable[Record], *, offer: bool) -> list[Record]:
    return [one for one in records if one.kind == "need" and one.offer == offer and one.text]


def _fits(need: Record, offer: Record) -> bool:
    if need.by is not None and need.by == offer.by:
        return False
    if need.theme and offer.theme and same_theme(need.theme, offer.theme):
        return True
    return meets(f"{need.text} {need.theme or ''}", f"{offer.text} {offer.theme or ''}")


def _need(group: Iterable[Sequence[Record]]) -> Need:
    said: list[Record] = []
    meetings: set[str] = set()
    for chain in group:
        said += chain
        meetings |= {chain[0].meeting, *(one.meeting for was, one in pairwise(chain) if one.same > was.same)}
    said.sort(key=lambda one: (one.meeting, one.number))
    people: Counter[str] = Counter()
    for one in said:
        people[one.meeting] += 1 + one.same
    theme = next((one.theme for one in reversed(said) if one.theme), None)
    last = said[-1]
    return Need(last.text, theme, tuple(sorted(meetings)), max(people.values()), Origin(last.meeting, last.number))


def _grouped(said: Sequence[Sequence[str]]) -> list[list[int]]:
    """The places of what asks for the same thing in some of its words. Only texts that share a word are compared."""
    leader = list(range(len(said)))

    def found(place: int) -> int:
        while leader[place] != place:
            leader[place] = place = leader[leader[place]]
        return place

    sharing: dict[str, list[tuple[int, str]]] = {}
    for place, text in ((place, text) for place, texts in enumerate(said) for text in texts):
        for stem in stems(text):
            for other, words in sharing.get(stem, ()):
                if found(other) != found(place) and alike(text, words):
                    leader[found(place)] = found(other)
            sharing.setdefault(stem, []).append((place, text))
    groups: dict[int, list[int]] = {}
    for place in range(len(said)):
        groups.setdefault(found(place), []).append(place)
    return list(groups.values())


def _held(text: str, held: Iterable[tuple[str, datetime.date]]) -> datetime.date | None:
    return max((day for title, day in held if alike(title, text)), default=None)


def since(records: Iterable[Record], day: datetime.date) -> list[Record]:
    """The records of the meetings held on a day or after."""
    return [one for one in records if (day_of(one.meeting) or day) >= day]
