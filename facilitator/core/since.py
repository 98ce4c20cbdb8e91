"""What became, by the opening of a meeting, of what earlier ones left: it rests on that as on its agenda."""

from __future__ import annotations

import datetime

from msgspec import UNSET, Struct
from msgspec.structs import replace

from facilitator.core.said import Count, Fields, Origin
from facilitator.core.vocabulary import DEFERRED, Kind, Outcome


class Brought(Struct, frozen=True, omit_defaults=True):
    """Something still open that becomes an entry as the meeting opens; `fields.origin` is where it comes from."""

    kind: Kind
    fields: Fields
    same: Count = 0
    outcome: Outcome | None = None


class Settled(Struct, frozen=True, omit_defaults=True):
    """A question that was answered, or something that was done, since the meeting it comes from.

    `outcome` is where the question had been sent, `due` the day that this promised.
    """

    kind: Kind
    text: str
    origin: Origin
    answer: str | None = None
    answer_by: str | None = None
    outcome: Outcome | None = None
    due: datetime.date | None = None


class Since(Struct, frozen=True, omit_defaults=True):
    """What earlier meetings left: `day` is that of the meeting before, None when nothing says it."""

    day: datetime.date | None = None
    carried: tuple[Brought, ...] = ()
    settled: tuple[Settled, ...] = ()

    def on(self, day: datetime.date) -> Since:
        """The same on the day of a meeting: a question whose time has come is to be decided on again."""
        return replace(self, carried=tuple(_on(one, day) for one in self.carried))


def _on(brought: Brought, day: datetime.date) -> Brought:
    if brought.kind != "question" or brought.outcome is None:
        return brought
    due = brought.fields.due
    over = isinstance(due, datetime.date) and due < day
    dateless = replace(brought.fields, due=UNSET, due_text=UNSET)
    if brought.outcome not in DEFERRED or brought.outcome == "next" or over:
        return replace(brought, outcome=None, fields=dateless)
    # The letter is this meeting's own from now on.
    return replace(brought, fields=dateless) if brought.outcome == "newsletter" else brought
