"""The inbox, `inbox.md`: what was seen between two meetings, by sort. Text to text.

Every outermost item is one, whoever wrote it and wherever it stands: a box that is ticked says that it is dealt with. People read
it, edit it and share it as they do minutes; a line an item, so that two clones merge.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from typing import Literal

from msgspec import Struct
from msgspec.structs import replace

from facilitator.core.agenda import NewsType
from facilitator.core.cycle.inbox import InboxItem, is_same
from facilitator.core.text import one_line
from facilitator.documents.markdown.escape import address_in, is_link
from facilitator.documents.markdown.items import read_head, split_tail
from facilitator.documents.markdown.outline import Item as Listed
from facilitator.documents.markdown.outline import Outline, TooLarge, outline
from facilitator.documents.markdown.pen import read_words, write_text, write_titled_link
from facilitator.documents.minutes.tail import TailContext, read_tail
from facilitator.documents.minutes.words import LEVELS, TYPES, Words, day_text, hour_text, indexed, plain
from facilitator.documents.newsletter.reader import titled_link
from facilitator.documents.typography import typeset, unfold
from facilitator.i18n import Foreseen, Translator

MAX_ITEMS = 5_000

# `agenda`: chosen for the next agenda; `done`: dealt with.
Section = NewsType | Literal["other", "agenda", "done"]
TITLE: Words = {"fr": ("À relayer",), "en": ("To be passed on",)}
SECTIONS: dict[Section, Words] = {
    "call": {"fr": ("Appels à projets",), "en": ("Calls for projects",)},
    "funding": {"fr": ("Financements",), "en": ("Funding",)},
    "event": {"fr": ("Rendez-vous", "Événements"), "en": ("Events",)},
    "scheme": {"fr": ("Dispositifs",), "en": ("Schemes",)},
    "report": {"fr": ("Rapports",), "en": ("Reports",)},
    "other": {"fr": ("Autres actualités",), "en": ("Other news",)},
    "agenda": {"fr": ("À l’ordre du jour",), "en": ("For the agenda",)},
    "done": {"fr": ("Traité",), "en": ("Dealt with",)},
}
_SECTION_OF = indexed(SECTIONS)
# Days in it are written with their year, and are read whether they are past or not.
_LONG_AGO = TailContext(datetime.date(2000, 1, 1))


class Conflicted(Foreseen, ValueError):
    """An inbox that cannot be read: it holds marks of a failed merge (`line`, from 1), or is too large (0)."""

    def __init__(self, line: int) -> None:
        super().__init__(line)
        self.line = line

    def sentence(self, tr: Translator) -> str:
        """Why it was left alone."""
        if not self.line:
            return tr("The inbox is larger than anything that is read: it was left alone.")
        return tr("The inbox holds conflict markers, line {line}: it was left alone.", line=self.line)


class PlacedItem(Struct, frozen=True):
    """An item of the inbox, and the lines at which it begins and ends, from 0."""

    item: InboxItem
    section: Section
    done: bool
    line: int
    end: int


def read_inbox(text: str) -> list[PlacedItem]:
    """The items in the order of the document. Raises Conflicted."""
    return [_read(listed) for listed in _outline(text).items[:MAX_ITEMS] if listed.text.strip()]


def add_to_inbox(text: str | None, items: Iterable[InboxItem], language: str) -> tuple[str, list[InboxItem]]:
    """The inbox with the items that it never held, each at the end of its section; and those. Raises Conflicted."""
    text = text or f"# {typeset(TITLE[language][0], language)}\n"
    known = [kept.item for kept in read_inbox(text)]
    new: list[InboxItem] = []
    for item in items:
        clean = replace(item, text=one_line(item.text))
        if clean.text and not any(is_same(clean, other) for other in (*known, *new)):
            new.append(clean)
    for item in new:
        text = _put(text, item.type or "other", [_line(item, language)], language)
    return text, new


def move_in_inbox(text: str, kept: PlacedItem, to: Literal["agenda", "done"], language: str) -> str:
    """The inbox with an item under another heading, its box ticked when it is done with; its words stay. Raises Conflicted.

    A section of ours that is emptied goes.
    """
    lines = text.split("\n")
    own = [line.rstrip("\r") for line in lines[kept.line : kept.end]]
    lines = _without(text, kept)
    head = read_head(own[0].lstrip()[2:])
    margin = len(own[0]) - len(own[0].lstrip())
    words = own[0].lstrip()[2:]
    words = words[head.box_at[1] :] if head.box is not None and head.box_at else words
    first = f"- [{'x' if to == 'done' else ' '}] {words}"
    return _put("\n".join(lines), to, [first, *(line[margin:] for line in own[1:])], language)


def merge_inboxes(base: str, ours: str, theirs: str) -> str:
    """What two people made of one inbox, item by item: what either added is there, what either took out or dealt with is not.

    Where both changed the words of an item, or what stands between them, ours stay. Raises Conflicted.
    """
    before, other = ([kept.item for kept in read_inbox(text)] for text in (base, theirs))
    text = ours
    for kept in reversed(read_inbox(ours)):
        if _holds(before, kept.item) and not _holds(other, kept.item):
            text = "\n".join(_without(text, kept))
    language = _language(ours, theirs)
    for kept in read_inbox(theirs):
        mine = next((one for one in read_inbox(text) if is_same(one.item, kept.item)), None)
        if mine is None and not _holds(before, kept.item):
            own = [line.rstrip("\r") for line in theirs.split("\n")[kept.line : kept.end]]
            text = _put(text, kept.section, own, language)
        elif mine is not None and not mine.done and kept.done:
            text = move_in_inbox(text, mine, "done", language)
        elif mine is not None and not mine.done and kept.section == "agenda" != mine.section:
            text = move_in_inbox(text, mine, "agenda", language)
    return text


def _without(text: str, kept: PlacedItem) -> list[str]:
    """The lines without an item; where it was the last of a section of ours, without its heading."""
    lines = text.split("\n")
    begin, end = kept.line, kept.end
    blank_after = end >= len(lines) or not lines[end].strip()
    while begin > 0 and blank_after and not lines[begin - 1].strip():
        begin -= 1
    headings = _outline(text).headings
    above = next((one for one in headings if one.end == begin and _SECTION_OF.get(plain(unfold(one.text)))), None)
    after = next((at for at in range(end, len(lines)) if lines[at].strip()), len(lines))
    if above is not None and (after == len(lines) or any(one.line == after for one in headings)):
        begin = above.line
        while begin > 0 and not lines[begin - 1].strip():
            begin -= 1
    return lines[:begin] + lines[end:]


def _holds(items: Iterable[InboxItem], item: InboxItem) -> bool:
    return any(is_same(item, other) for other in items)


def _language(*texts: str) -> str:
    """The language of the headings."""
    english = {plain(words["en"][0]) for words in (TITLE, *SECTIONS.values())}
    headings = [plain(unfold(one.text)) for text in texts for one in _outline(text).headings]
    return "en" if any(heading in english for heading in headings) else "fr"


def _outline(text: str) -> Outline:
    try:
        found = outline(text)
    except TooLarge:
        raise Conflicted(0) from None
    if found.conflicts:
        raise Conflicted(found.conflicts[0] + 1)
    return found


def _read(listed: Listed) -> PlacedItem:
    section: Section = "other"
    for heading in reversed(listed.under):
        if known := _SECTION_OF.get(plain(unfold(heading.text))):
            section = known
            break
    head = read_head(listed.text)
    begin = head.box_at[1] if head.box is not None and head.box_at else 0
    body, raw = split_tail(listed.text, begin)
    said = read_tail(unfold(raw), _LONG_AGO, "news") if raw is not None else None
    if said is None:
        said, body = {}, listed.text[begin:]
    words, link = titled_link(body.strip())
    if link is None:
        words = read_words(body)
        link = address_in(words)
    of: NewsType | None = next((one for one in TYPES if one == section), said.get("type"))
    item = InboxItem(one_line(words), of, link, said.get("deadline"), said.get("when"), said.get("level"))
    return PlacedItem(item, section, head.box is True or section == "done", listed.line, listed.end)


def _line(item: InboxItem, language: str) -> str:
    """`- [ ] [AAP « Tiers-lieux »](https://…) *(jusqu’au 4 décembre 2026 · région)*`."""
    fr = language == "fr"
    titled = (
        write_titled_link(item.text, item.link, language)
        if item.link and is_link(item.link)
        else write_text(item.text, language)
    )
    parts = [TYPES[item.type][language][0]] if item.type else []
    if item.deadline:
        parts.append(f"{'jusqu’au' if fr else 'until'} {day_text(item.deadline, language, year=True)}")
    if item.when:
        day = day_text(item.when.date(), language, year=True)
        time = item.when.time()
        parts.append(f"{day} {'à' if fr else 'at'} {hour_text(time, language)}" if time != datetime.time() else day)
    if item.level:
        parts.append(LEVELS[item.level][language][0])
    tail = f" *({typeset(' · '.join(parts), language)})*" if parts else ""
    return f"- [ ] {titled}{tail}"


def _put(text: str, section: Section, block: list[str], language: str) -> str:
    """The text with lines at the end of a section, made where it is missing in the order of the sections."""
    found = _outline(text)
    lines = text.split("\n")
    end = "\r" if lines[0].endswith("\r") else ""
    order = list(SECTIONS)
    headings = [(_SECTION_OF.get(plain(unfold(one.text))), one) for one in found.headings]
    heading = next((one for known, one in headings if known == section), None)
    if heading is not None:
        under = [item.end for item in found.items if item.under and item.under[-1] == heading]
        at = max(under, default=heading.end)
        put = block if under else ["", *block]
    else:
        later = [one.line for known, one in headings if known and order.index(known) > order.index(section)]
        at = min(later, default=len(lines))
        while at > 0 and not lines[at - 1].strip():
            at -= 1
        put = ["", f"## {typeset(SECTIONS[section][language][0], language)}", "", *block]
    lines[at:at] = [f"{line}{end}" for line in put]
    return "\n".join(lines).rstrip("\r\n") + f"{end}\n"
