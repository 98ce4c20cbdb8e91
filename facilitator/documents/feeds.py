"""RSS and Atom: the news that a feed holds. Nothing in a feed is executed, fetched or followed."""

from __future__ import annotations

import datetime
import html
import io
import re
from collections.abc import Iterator
from typing import Any

from facilitator.core.agenda import NewsType
from facilitator.core.cycle.inbox import MAX_TITLE, InboxItem
from facilitator.core.dates import read_due
from facilitator.core.regex import regex
from facilitator.core.text import normalise, one_line
from facilitator.documents.markdown.escape import is_link
from facilitator.i18n import Foreseen, Translator

MOST_ENTRIES = 30
MAX_LINK = 2_000

_TAG = regex(r"<[^<>]{0,500}>")
# What titles say of what they are, the first that fits; `AMI` and `AAP` in capitals, as an `ami` is a friend.
_SORTS: tuple[tuple[NewsType, re.Pattern[str]], ...] = (
    ("call", regex(r"\b(?:AAP|AMI|(?i:appels? à (?:projets?|manifestations?|candidatures?)|calls? for \w+))\b")),
    ("funding", regex(r"\b(?:financements?|subventions?|fonds de soutien|funding|grants?)\b", re.IGNORECASE)),
    ("event", regex(r"\b(?:webinaires?|webinars?|journées?|rencontres? régionales?)\b", re.IGNORECASE)),
    ("report", regex(r"\b(?:rapports?|baromètres?|études?|reports?|barometers?)\b", re.IGNORECASE)),
    ("scheme", regex(r"\b(?:dispositifs?|schemes?)\b", re.IGNORECASE)),
)
# The day before which somebody has to answer, as titles say it: `avant le 15 décembre`, `clôture le 15/12`.
_UNTIL = regex(
    r"(?:jusqu['’]au|avant le|d['’]ici (?:le|au)|clôture(?: le)?|date limite(?: le)?|until|before|by|deadline)\s*:?\s*"
    r"(?P<day>[0-9]{1,2}(?:er|st|nd|rd|th)?(?:\s?/\s?[0-9]{1,2}(?:\s?/\s?[0-9]{2,4})?|\s[^\W\d_]{3,12}(?:\s[0-9]{4})?))(?![\w/])",
    re.IGNORECASE,
)


class NoFeed(Foreseen, ValueError):
    """A text that is not read as a feed, and why: `none`, or `entities`, which may stand for any length of text."""

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why

    def sentence(self, tr: Translator) -> str:
        """Why nothing of it was taken."""
        if self.why == "entities":
            return tr("it defines entities, which may grow without end: it was not read")
        return tr("this is no feed: neither RSS nor Atom")


def read_items(data: bytes, today: datetime.date) -> list[InboxItem]:
    """The latest news of a feed, at most thirty, in its order; a call that is over `today` is none. Raises NoFeed."""
    if b"<!ENTITY" in data.replace(b"\0", b"").upper():
        raise NoFeed("entities")
    import feedparser  # 80 ms: only here is it needed

    # A stream: of bytes alone it would try to open the file that they name.
    found = feedparser.parse(io.BytesIO(data), sanitize_html=False, resolve_relative_uris=False)
    if not found.get("version") and not found.entries:
        raise NoFeed("none")
    return list(_items(found.entries, today))


def _items(entries: Any, today: datetime.date) -> Iterator[InboxItem]:  # noqa: ANN401  # of a library without types
    for entry in entries[:MOST_ENTRIES]:
        link = normalise(str(entry.get("link") or "")).text
        title = _plain(str(entry.get("title") or "")) or link
        sort = next((sort for sort, said in _SORTS if said.search(title)), None)
        last = _last_day(title, _published(entry) or today) if sort in ("call", "funding") else None
        if title and (last is None or last >= today):
            yield InboxItem(title, sort, link if is_link(link) and len(link) <= MAX_LINK else None, last)


def _published(entry: Any) -> datetime.date | None:  # noqa: ANN401  # of a library without types
    """The day on which it was said: a day without a year is the next one from then."""
    said = entry.get("published_parsed") or entry.get("updated_parsed")
    try:
        return datetime.date(*said[:3]) if said else None
    except (TypeError, ValueError):
        return None


def _last_day(title: str, said: datetime.date) -> datetime.date | None:
    found = _UNTIL.search(title)
    return read_due(found["day"], said) if found else None


def _plain(title: str) -> str:
    """A title on one line, without tags."""
    said = one_line(normalise(html.unescape(_TAG.sub(" ", title[:10_000]))).text)
    return said if len(said) <= MAX_TITLE else f"{said[: MAX_TITLE - 1].rstrip()}…"
