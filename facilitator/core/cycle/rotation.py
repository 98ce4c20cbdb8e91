"""Whose turn it may be to host, to lead a part, to take notes: proposed from who did and who offered.

A proposal and its reason, never a count of what somebody did.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterable, Sequence
from typing import Literal

from msgspec import Struct

from facilitator.core.carrying import day_of
from facilitator.core.cycle.directory import Directory
from facilitator.core.cycle.past import MinutedMeeting
from facilitator.core.network import Member
from facilitator.core.people import NAMES_APART
from facilitator.core.records import Record
from facilitator.core.regex import regex
from facilitator.core.text import fold_case

Duty = Literal["host", "lead", "scribe"]
# They offered it; they have not done it yet; it is longest ago.
Reason = Literal["offered", "new", "longest"]

DUTIES: tuple[Duty, ...] = ("host", "lead", "scribe")
# Whom nobody saw for so many meetings is not proposed.
SEEN_WITHIN = 6

# How people say that they offer it: folded words, French and English.
_OFFERED: dict[Duty, re.Pattern[str]] = {
    "host": regex(r"\b(?:accueil|heberg|recevoir|recoi|host|dans nos locaux|chez nous|our place)"),
    "lead": regex(r"\b(?:anim|present(?:er|ation)|montrer|demonstration|lead|run|show)"),
    "scribe": regex(
        r"\b(?:prise de notes|prend(?:re|s) (?:des|les) notes|compte[- ]rendu|take (?:the )?notes|minutes)\b"
    ),
}


class Proposal(Struct, frozen=True):
    """Who may do it next and why; `day` is when they offered, or did it last."""

    duty: Duty
    member: Member
    reason: Reason
    day: datetime.date | None = None


def rotation(
    duty: Duty,
    past: Sequence[MinutedMeeting],
    records: Iterable[Record],
    directory: Directory,
    *,
    besides: Iterable[str] = (),
) -> tuple[Proposal, ...]:
    """The members in the order in which they may be asked; not those named `besides`, who do it anyway.

    First who offered it since they did it last, then who has not done it yet, then whose turn is longest ago; else in the order of
    the list. Hosts are those of whom it is known where they would.
    """
    left_out = {fold_case(directory.name(name)) for name in besides}
    offers = _offers(duty, records, directory)
    seen = _seen(past, directory)
    found = []
    for member in directory.members:
        name = fold_case(member.name)
        last = _last(duty, member, past, directory)
        offered = offers.get(name)
        if name in left_out:
            continue
        if offered is not None and (last is None or last < offered):
            found.append(Proposal(duty, member, "offered", offered))
        elif (seen is not None and name not in seen) or (duty == "host" and not (member.place or member.structure)):
            continue
        else:
            found.append(Proposal(duty, member, "new") if last is None else Proposal(duty, member, "longest", last))
    return tuple(sorted(found, key=_turn))


def _turn(proposal: Proposal) -> tuple[int, datetime.date]:
    return ("offered", "new", "longest").index(proposal.reason), proposal.day or datetime.date.min


def _seen(past: Sequence[MinutedMeeting], directory: Directory) -> frozenset[str] | None:
    """Who came lately; None where no minutes say who did."""
    rows = [one.row for one in past if one.row.present][-SEEN_WITHIN:]
    return frozenset(fold_case(directory.name(name)) for row in rows for name in row.present) if rows else None


def _last(duty: Duty, member: Member, past: Sequence[MinutedMeeting], directory: Directory) -> datetime.date | None:
    """The last day on which somebody did it; the place of a host counts, whoever of them opened the door."""
    for one in sorted(past, key=lambda past: past.day, reverse=True):
        row = one.row
        names = row.host if duty == "host" else row.scribe if duty == "scribe" else tuple(name for _, name in row.led)
        if any(directory.name(name) == member.name for name in names):
            return one.day
        if duty == "host" and row.place and member.place and fold_case(row.place) == fold_case(member.place):
            return one.day
    return None


def _offers(duty: Duty, records: Iterable[Record], directory: Directory) -> dict[str, datetime.date]:
    """Who offered it, and when last."""
    found: dict[str, datetime.date] = {}
    for one in records:
        day = day_of(one.meeting)
        if one.kind != "need" or not one.offer or one.done or not one.by or day is None:
            continue
        if _OFFERED[duty].search(fold_case(one.text.replace("\u2019", "'"))):
            for name in (one.by, *one.by.split(NAMES_APART)):
                member = directory.find(name)
                if member is not None:
                    key = fold_case(member.name)
                    found[key] = max(day, found.get(key, day))
    return found
