"""RSS and Atom: the news that a feed holds. Nothing in a feed is executed, fetched or followed."""

from __future__ import annotations

import html
import io
import re
from collections.abc import Iterator
from typing import Any

from facilitator.core.agenda import NewsType
from facilitator.core.cycle.inbox import MAX_TITLE, Item
from facilitator.core.text import normalise, one_line
from facilitator.documents.markdown.escape import is_link
from facilitator.i18n import Foreseen, Translator

MOST_ENTRIES = 30
MAX_LINK = 2_000

_TAG = re.compile(r"<[^<>]{0,500}>")
_CALL = re.compile(
    r"\b(?:AAP|AMI|appels? à (?:projets?|manifestations?|candidatures?)|call for (?:projects|proposals))\b"
)
_EVENT = re.compile(r"\b(?:webinaire|webinar|journée|rencontres? régionales?)\b", re.IGNORECASE)


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


def read_items(data: bytes) -> list[Item]:
    """The latest news of a feed, at most thirty, in its order. Raises NoFeed."""
    if b"<!ENTITY" in data.replace(b"\0", b"").upper():
        raise NoFeed("entities")
    import feedparser  # 80 ms: only here is it needed

    # A stream: of bytes alone it would try to open the file that they name.
    found = feedparser.parse(io.BytesIO(data), sanitize_html=False, resolve_relative_uris=False)
    if not found.get("version") and not found.entries:
        raise NoFeed("none")
    return list(_items(found.entries))


def _items(entries: Any) -> Iterator[Item]:  # noqa: ANN401  # of a library without types
    for entry in entries[:MOST_ENTRIES]:
        link = normalise(str(entry.get("link") or "")).text
        title = _plain(str(entry.get("title") or "")) or link
        if title:
            yield Item(title, _sort(title), link if is_link(link) and len(link) <= MAX_LINK else None)


def _plain(title: str) -> str:
    """A title on one line, without tags."""
    said = one_line(normalise(html.unescape(_TAG.sub(" ", title[:10_000]))).text)
    return said if len(said) <= MAX_TITLE else f"{said[: MAX_TITLE - 1].rstrip()}…"


def _sort(title: str) -> NewsType | None:
    if _CALL.search(title):
        return "call"
    return "event" if _EVENT.search(title) else None
