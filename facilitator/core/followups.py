"""What a network still owes itself over all its meetings: each thing once, with its age and how late it is.

A question until it has its outcome, an action until it is done, a need taken up individually until it is met, a call until the day on
which it closes. An action of several people with a date is a joint project: one more than an action when it is told.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterable
from typing import Literal

from msgspec import Struct
from msgspec.structs import asdict

from facilitator.core.carrying import chains, day_of, still_open
from facilitator.core.records import Record
from facilitator.core.text import fold_case
from facilitator.core.vocabulary import ASKED, KINDS, PRIVATE, Kind, Outcome

Sort = Kind | Literal["project", "call"]
# In the order in which they are told; what a private kind is asked for as stands for it.
SORTS: tuple[Sort, ...] = (
    *(kind for kind, row in ASKED.items() if row.followed),
    "project",
    *(KINDS[kind].asked or kind for kind in KINDS if kind in PRIVATE and KINDS[kind].followed),
    "call",
)
By = Literal["meeting", "owner", "theme", "outcome", "due"]


class FollowUp(Record, frozen=True, kw_only=True):
    """A record with `sort`; `since`, the day of the meeting in which it came up first; `age_days` from then, `late_days` from its date.

    `late_days` is None while it is not late, and `since` and `age_days` where the meeting has no day in its name.
    """

    sort: Sort
    since: datetime.date | None
    age_days: int | None
    late_days: int | None


class Selection(Struct, frozen=True):
    """Which of them are looked for; what is None or false chooses nothing. `person` and `theme` are folded.

    `before` is the last day on which it is due or closes, `older` how many days ago it came up at least.
    """

    person: str | None = None
    theme: str | None = None
    outcome: Outcome | None = None
    sort: Sort | None = None
    before: datetime.date | None = None
    older: int | None = None
    late: bool = False


def follow_ups(records: Iterable[Record], today: datetime.date) -> list[FollowUp]:
    """Everything that is open `today`, the oldest first; `records` may be all there are, or those from which something may come."""
    held = list(records)
    first = {id(record): chain[0] for chain in chains(held) for record in chain}
    found = [*still_open(held), *_calls(held, today)]
    told = [_told(record, first[id(record)], today) for record in found]
    return sorted(told, key=lambda one: (one.since or datetime.date.min, one.meeting, one.at or ""))


def _calls(records: Iterable[Record], today: datetime.date) -> list[Record]:
    """The announcements that are answered until a day that is still to come, as they stand last."""
    last = [chain[-1] for chain in chains(records) if not any(record.private or record.done for record in chain)]
    return [record for record in last if record.deadline is not None and record.deadline >= today]


def _told(record: Record, first: Record, today: datetime.date) -> FollowUp:
    since = day_of(first.meeting)
    late = (today - record.due).days if record.due and record.due < today else None
    age = max(0, (today - since).days) if since else None
    return FollowUp(**asdict(record), sort=_sort(record), since=since, age_days=age, late_days=late)


def _sort(record: Record) -> Sort:
    if record.deadline is not None:
        return "call"
    several = record.kind == "action" and len(record.owners) > 1 and record.due is not None
    return "project" if several else next(sort for sort in SORTS if sort == record.kind)


def choose(found: Iterable[FollowUp], chosen: Selection) -> list[FollowUp]:
    """Those that are looked for, in the same order."""
    return [one for one in found if _is_chosen(one, chosen)]


def _is_chosen(one: FollowUp, chosen: Selection) -> bool:
    day = one.deadline or one.due
    return (
        (chosen.person is None or any(chosen.person in fold_case(name) for name in (*one.owners, one.by or "")))
        and chosen.theme in (None, fold_case(one.theme or ""))
        and chosen.outcome in (None, one.outcome)
        and chosen.sort in (None, one.sort)
        and (chosen.before is None or (day is not None and day <= chosen.before))
        and (chosen.older is None or (one.age_days is not None and one.age_days >= chosen.older))
        and (not chosen.late or one.late_days is not None)
    )


def grouped(found: Iterable[FollowUp], by: By) -> list[tuple[str, list[FollowUp]]]:
    """What they are grouped by and those of it; "" for nothing, which comes last. What several people owe stands under each of them.

    By `due`, the group is a month, `2026-12`.
    """
    groups: dict[str, list[FollowUp]] = {}
    for one in found:
        for name in _GROUPS[by](one) or ("",):
            groups.setdefault(name, []).append(one)
    if by == "meeting":
        return list(groups.items())
    return sorted(groups.items(), key=lambda group: (not group[0], fold_case(group[0])))


def _month(one: FollowUp) -> tuple[str, ...]:
    day = one.deadline or one.due
    return (f"{day:%Y-%m}",) if day else ()


_GROUPS: dict[By, Callable[[FollowUp], tuple[str, ...]]] = {
    "meeting": lambda one: (one.meeting,),
    "owner": lambda one: one.owners,
    "theme": lambda one: (one.theme,) if one.theme else (),
    "outcome": lambda one: (one.outcome,) if one.outcome else (),
    "due": _month,
}
