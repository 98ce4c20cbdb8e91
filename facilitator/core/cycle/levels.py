"""What a network tells the one above in a month, and what comes back down.

Questions that were relayed, needs that return, what may serve elsewhere, dates of other levels that were passed on, and the
answers to what other networks asked. Nothing in it names a person.
"""

from __future__ import annotations

import datetime
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import get_args

from msgspec import Struct

from facilitator.core.agenda import Level
from facilitator.core.carrying import Name, chains, day_of, name_of
from facilitator.core.cycle.matching import needs, returning
from facilitator.core.entry import read_label
from facilitator.core.network import Language, Network
from facilitator.core.records import Record
from facilitator.core.said import Origin
from facilitator.core.text import fold_case, slug

LEVELS: tuple[Level, ...] = get_args(Level)
# What the name of a network begins with and its short name leaves out: `roannais` for `Réseau du Roannais`.
_KIND = ("le", "la", "les", "reseau", "du", "de", "des", "d", "l")


class LevelMeeting(Struct, frozen=True):
    """A meeting of the month."""

    day: datetime.date
    place: str | None = None


class Ask(Struct, frozen=True):
    """A question for the network above: its meeting, its number there; `answer` once somebody wrote it under it. `line` from 1."""

    meeting: str
    number: str
    text: str
    answer: str | None = None
    line: int = 0


class Reply(Struct, frozen=True):
    """The answer to a question that another network asked, by where it comes from. `line` from 1."""

    origin: Origin
    text: str
    answer: str
    line: int = 0


class Returning(Struct, frozen=True):
    """A need that came up in `meetings`, one after the other (`running`) or not."""

    text: str
    meetings: int = 1
    running: bool = True


class Passed(Struct, frozen=True):
    """Something of use elsewhere, or a date that was passed on: a text, its address, the last day of a call or the day of an event."""

    text: str
    link: str | None = None
    day: datetime.date | None = None
    call: bool = False


class Digest(Struct, frozen=True):
    """What a network tells another one in a month. `network` is its short name, `name` what people call it."""

    month: str
    level: Level
    network: str
    language: Language = "fr"
    name: str | None = None
    held: tuple[LevelMeeting, ...] = ()
    perimeter: tuple[str, ...] = ()
    asks: tuple[Ask, ...] = ()
    replies: tuple[Reply, ...] = ()
    needs: tuple[Returning, ...] = ()
    useful: tuple[Passed, ...] = ()
    dates: tuple[Passed, ...] = ()


def short_name(name: str) -> str:
    """What a network is called in digests and in origins: `roannais` for `Réseau roannais` and `Réseau du Roannais`."""
    words = slug(name, "reseau").split("-")
    rest = words
    while len(rest) > 1 and rest[0] in _KIND:
        rest = rest[1:]
    return "-".join(rest)


def is_above(one: Level, other: Level) -> bool:
    """Whether a level is above another."""
    return LEVELS.index(one) > LEVELS.index(other)


def origin_of(network: str, meeting: str, number: str) -> Origin:
    """Where a question comes from, as another network says it: `roannais/2026-11-24`, `Q9`."""
    said = meeting[:10] if meeting[10:] == f"-{network}" else meeting
    return Origin(f"{network}/{said}", number)


def is_foreign(origin: Origin | None) -> bool:
    """Whether an origin is in another network."""
    return origin is not None and "/" in origin.meeting


def meeting_meant(origin: Origin, network: str, meetings: Iterable[str]) -> str | None:
    """The meeting of this network that an origin names among these; None for another network's, or when several may be meant."""
    of, _, said = origin.meeting.partition("/")
    if of != network:
        return None
    known = list(meetings)
    for meeting in (said, f"{said}-{network}"):
        if meeting in known:
            return meeting
    day = [meeting for meeting in known if len(said) == 10 and meeting.startswith(f"{said}-")]
    return day[0] if len(day) == 1 else None


def digest_of(  # noqa: PLR0913  # what a digest rests on, by name
    network: Network,
    month: str,
    records: Sequence[Record],
    *,
    places: Mapping[str, str | None],
    earlier: Collection[Digest] = (),
    before: Digest | None = None,
    language: Language = "fr",
) -> Digest:
    """What the meetings of a month, by their id to where they were held, bring; `earlier` digests asked and answered already.

    What the same digest asked `before` stays in it with the answer that came since.
    """
    level = network.scale or "epci"
    short = short_name(network.name or "")
    public = [record for record in records if not record.private]
    now = [record for record in public if record.meeting in places]
    return Digest(
        month=month,
        level=level,
        network=short,
        language=language,
        name=network.name,
        held=tuple(LevelMeeting(day, places[meeting]) for meeting in sorted(places) if (day := day_of(meeting))),
        perimeter=network.perimeter,
        asks=tuple(_asks(records, month, _asked(earlier), _asked([before] if before else []))),
        replies=tuple(_replies(public, {reply.origin for one in earlier for reply in one.replies})),
        needs=tuple(_needs(public, places)),
        useful=tuple(_useful(now)),
        dates=tuple(_dates(now, level)),
    )


def _asked(digests: Iterable[Digest]) -> set[tuple[str, str]]:
    return {(ask.meeting, ask.number) for one in digests for ask in one.asks}


def _asks(
    records: Sequence[Record], month: str, asked: Collection[tuple[str, str]], here: Collection[tuple[str, str]]
) -> Iterable[Ask]:
    """The relayed questions that wait for an answer and that no digest has asked under any of their numbers.

    Those that were asked `here` stay once they are answered.
    """
    for chain in chains(record for record in records if record.kind == "question"):
        last = chain[-1]
        answered = next((one for one in reversed(chain) if one.answer or one.answer_link), None)
        if any(one.private or one.outcome == "drop" for one in chain) or not last.text:
            continue
        if answered is not None:
            kept = next((one for one in chain if (one.meeting, one.number) in here), None)
            if kept is not None:
                yield Ask(kept.meeting, kept.number, kept.text, answered.answer or answered.answer_link)
            continue
        if last.outcome != "relay" or last.meeting[:7] > month or any(one.done for one in chain):
            continue
        if not any((one.meeting, one.number) in asked for one in chain):
            yield Ask(last.meeting, last.number, last.text)


def _replies(records: Sequence[Record], told: Collection[Origin]) -> Iterable[Reply]:
    """The answers to the questions of other networks that no digest has told."""
    for chain in chains(record for record in records if record.kind == "question"):
        origins = [one.origin for one in chain if one.origin is not None and is_foreign(one.origin)]
        answered = next((one for one in reversed(chain) if one.answer or one.answer_link), None)
        if answered is None:
            continue
        for origin in origins:
            if origin not in told:
                yield Reply(origin, answered.text, answered.answer or answered.answer_link or "")


def _needs(records: Sequence[Record], places: Collection[str]) -> Iterable[Returning]:
    """The needs of the month that came up in other meetings too: what is asked again and again is beyond one network."""
    meetings = sorted({record.meeting for record in records if day_of(record.meeting)})
    for need in returning(needs(records)):
        said = [meeting for meeting in need.meetings if meeting in meetings]
        if len(said) > 1 and said[-1] in places:
            first = meetings.index(said[0])
            yield Returning(need.text, len(said), running=meetings[first : first + len(said)] == said)


def _useful(records: Sequence[Record]) -> Iterable[Passed]:
    decisions = [Passed(one.text) for one in records if one.kind == "decision"]
    return (*decisions, *(Passed(one.text, one.link) for one in records if one.kind == "resource"))


def _dates(records: Sequence[Record], level: Level) -> Iterable[Passed]:
    """The calls and events of the levels above."""
    for record in records:
        if record.kind != "news" or record.level is None or not is_above(record.level, level):
            continue
        if record.deadline is not None:
            yield Passed(record.text, record.link, record.deadline, call=True)
        elif record.when is not None:
            yield Passed(record.text, record.link, record.when.date())


def shared_territory(digest: Digest, others: Iterable[Digest], own: Network) -> tuple[str, str] | None:
    """A territory that a digest claims and that is another network's, of its level or this one; with whose it is."""
    claimed = {fold_case(one): one for one in digest.perimeter}
    for one in own.perimeter:
        if fold_case(one) in claimed:
            return one, own.name or ""
    for other in others:
        if other.network != digest.network and other.level == digest.level:
            for one in other.perimeter:
                if fold_case(one) in claimed:
                    return one, other.network
    return None


def waiting(digests: Iterable[Digest], records: Iterable[Record], level: Level) -> list[tuple[Ask, Origin]]:
    """The questions of the networks below that wait for an answer and that no meeting here has taken up, each once."""
    taken: set[Name] = set()
    for record in records:
        name = name_of(record.origin.meeting, record.origin.number) if record.origin is not None else None
        taken |= {name} if name is not None else set()
    found = []
    for digest in digests:
        if not is_above(level, digest.level):
            continue
        for ask in digest.asks:
            origin = origin_of(digest.network, ask.meeting, ask.number)
            name = name_of(origin.meeting, origin.number)
            if ask.answer or name is None or name in taken or read_label(ask.number) is None:
                continue
            taken.add(name)
            found.append((ask, origin))
    return found
