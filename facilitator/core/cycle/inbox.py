"""What comes in between two meetings, not yet in a letter or an agenda."""

from __future__ import annotations

import datetime
from collections.abc import Sequence

from msgspec import Struct

from facilitator.core.agenda import Level, NewsItem, NewsType
from facilitator.core.text import fold_case, one_line

TYPES: tuple[NewsType, ...] = ("call", "funding", "event", "scheme", "report")
MAX_TITLE = 200


class InboxItem(Struct, frozen=True):
    """A piece of news that was seen: its text on one line, its sort, address, last day or day of an event, the level it comes from."""

    text: str
    type: NewsType | None = None
    link: str | None = None
    deadline: datetime.date | None = None
    when: datetime.datetime | None = None
    level: Level | None = None


def is_same(one: InboxItem, other: InboxItem) -> bool:
    """Whether two items are the same piece of news: the same address, else the same words."""
    if one.link and other.link:
        return one.link == other.link
    return fold_case(one_line(one.text)) == fold_case(one_line(other.text))


def in_order(items: Sequence[InboxItem]) -> list[int]:
    """The places of items in the order in which they are shown: by sort, what closes first before, then as they stand."""

    def key(place: int) -> tuple[int, datetime.date, int]:
        item = items[place]
        day = item.deadline or (item.when.date() if item.when else datetime.date.max)
        return (TYPES.index(item.type) if item.type else len(TYPES), day, place)

    return sorted(range(len(items)), key=key)


def news_item(item: InboxItem) -> NewsItem:
    """The same as news that an agenda holds."""
    title = one_line(item.text)[:MAX_TITLE]
    return NewsItem(title=title, type=item.type, link=item.link, deadline=item.deadline, level=item.level)
