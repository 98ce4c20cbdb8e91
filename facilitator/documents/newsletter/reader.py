"""A newsletter read back, also after people, formatters and editors changed it: its items are known by their link into the minutes.

Nothing in a letter can raise, or stand for an entry of which it does not hold the link.
"""

from __future__ import annotations

import datetime
import re
from urllib.parse import unquote

from msgspec import Struct

from facilitator.core.entry import label, read_label
from facilitator.core.regex import regex
from facilitator.core.vocabulary import KINDS, Kind
from facilitator.documents.markdown.escape import is_link, unescape
from facilitator.documents.markdown.items import Head, read_head
from facilitator.documents.markdown.outline import Block, Heading, Item, Outline, TooLarge, outline
from facilitator.documents.markdown.pen import read_typed, read_words
from facilitator.documents.minutes.words import means, plain
from facilitator.documents.newsletter import words
from facilitator.documents.newsletter.front import Front, Unreadable, read_front
from facilitator.documents.newsletter.words import Section
from facilitator.documents.typography import unfold

MAX_ITEM = 64_000
MAX_HEADING = 1_000

_LINK = regex(
    r"(?<![\\!])\[(?P<said>(?:\\.|[^\[\]\\]){0,200})\]"
    r"(?:\((?P<url><[^<>\n]{0,600}>|[^\s()<>]{0,600})(?:\s+(?:\"[^\"\n]{0,200}\"|'[^'\n]{0,200}'))?\)|\[(?P<ref>[^\[\]\n]{1,100})\])"
)
_DEFINED = regex(r" {0,3}\[(?P<ref>[^\[\]\n]{1,100})\]:\s+<?(?P<url>[^\s<>]{1,600})>?")
_SUFFIX = regex(r"\.(?:md|markdown|html?)\Z", re.IGNORECASE)
_MEETING = regex(r"[0-9]{4}-[0-9]{2}-[0-9]{2}-[a-z0-9-]{1,80}\Z")
_ANCHOR = regex(r"(?:user-content-)?(?P<label>[a-zA-Z][0-9]{1,6})\Z")
_LABEL = regex(r"[*_`]{0,3}(?P<label>[A-Za-z]\s?[0-9]{1,6})[*_`]{0,3}\Z")
_OPENED = regex(r"\\?[(\[]\Z")
_CLOSED = regex(r"[*_\s]{0,8}\\?[)\]]")
ANSWERED = regex(
    r"(?P<open>[*_]{0,3})(?P<label>(?:r[ée]ponse|answer)(?:\s+(?:de\s+|d['\u2019]|from\s+|by\s+)(?P<by>(?:\\.|[^*_:\\]){1,200}?))?)"
    r"\s?(?:(?P<inner>:)\s*(?P=open)|(?P=open)\s?:)(?:\s+|\Z)",
    re.IGNORECASE,
)
_MORE = regex(r"[*_]{0,3}(?P<label>[^*_:\n]{4,40}?)\s?(?::\s*[*_]{0,3}|[*_]{1,3}\s?:)\s+(?P<value>\S+)\s*\Z")
ROOM = regex(r"(?:…|\.\.\.)\s*")
_BOLD = regex(r"(?P<mark>\*\*|__)(?P<inside>.*)(?P=mark)\Z", re.DOTALL)
_TITLED = regex(
    r"(?P<before>.*?)(?<!\\)\[(?P<text>(?:\\.|[^\[\]\\])*)\]\((?P<url><(?:\\.|[^<>\\\n])*>|[^\s<>]*)\)\Z", re.DOTALL
)

# Longer than a book it would hold up the close, which reads it before and after it is fed.
MOST_LINES = 5_000


class LetterAnswer(Struct, frozen=True):
    """What was answered, by whom when it is said, and an address to read more. `place` is the nested item or paragraph it stands in."""

    text: str
    by: str | None = None
    link: str | None = None
    place: Item | Block | None = None


class LetterItem(Struct, frozen=True):
    """An item that leads to an entry. `ticked` is None without a box; `url` is what its link says, `text` what it says before it.

    `meeting` is the name of the file that it leads to, which is the id of the meeting unless someone renamed it.
    """

    meeting: str
    kind: Kind
    number: int
    text: str
    url: str
    item: Item
    head: Head
    ticked: bool | None = None
    answer: LetterAnswer | None = None
    section: Section | None = None

    @property
    def label(self) -> str:
        """The number as it is said in French: `Q3`, `B1`."""
        return label(self.kind, self.number)

    @property
    def titled(self) -> str | None:
        """The address that the item's own title links to."""
        return self.text and titled_link(self.text)[1]


class LetterRead(Struct):
    """What a letter says. With `unreadable` nothing else may be trusted but `items`, and it is not to be changed."""

    front: Front
    outline: Outline | None = None
    items: list[LetterItem] = []
    unreadable: Unreadable | None = None

    def find(self, names: frozenset[str], kind: Kind, number: int) -> list[LetterItem]:
        """The items of an entry of a meeting that is known by any of these names."""
        return [item for item in self.items if item.meeting in names and (item.kind, item.number) == (kind, number)]


def read_letter(text: str) -> LetterRead:
    """The items of a letter in their order, and why it cannot be changed when it cannot; raises nothing."""
    too_large = LetterRead(Front(), unreadable=Unreadable("too-large"))
    if text.count("\n") > MOST_LINES:
        return too_large
    try:
        found = outline(text)
    except TooLarge:
        return too_large
    unreadable: Unreadable | None = None
    front = Front()
    if found.conflicts:
        unreadable = Unreadable("conflict", found.conflicts[0] + 1)
    try:
        front = read_front(found.source.lines, found.source.body)
    except Unreadable as problem:
        unreadable = unreadable or problem
    return LetterRead(front, found, _items(found), unreadable)


def is_over(text: str, today: datetime.date) -> bool:
    """Whether a letter is out: its month is past, or `sent:` stands in its front matter. Later answers go into the next one."""
    front = read_letter(text).front
    if front.sent:
        return True
    return front.newsletter is not None and front.newsletter < f"{today:%Y-%m}"


def _items(found: Outline) -> list[LetterItem]:
    defined = {
        plain(row["ref"]): row["url"]
        for line in found.source.lines[found.source.body :]
        if (row := _DEFINED.match(line))
    }
    return [item for listed in found.items if (item := _item(listed, defined, found.source.lines)) is not None]


def _item(listed: Item, defined: dict[str, str], lines: list[str]) -> LetterItem | None:
    text = listed.text[:MAX_ITEM]
    link = _entry_link(text, defined)
    if link is None:
        return None
    begin, end, meeting, (kind, number), url = link
    if KINDS[kind].private:
        return None
    head = read_head(text)
    boxed = head.box if kind == "question" or text.startswith("[") else None
    before, after = text[head.box_at[1] if head.box_at and boxed is not None else 0 : begin], text[end:]
    opened, closed = _opened(before), _CLOSED.match(after)
    if opened is not None and closed:
        before, after = opened, after[closed.end() :]
    section = next((known for heading in reversed(listed.under) if (known := heading_section(heading))), None)
    answer = None
    if kind == "question":
        answer = answer_under(listed, after, lines, free=boxed is None and section != "asked")
    said = ANSWERED.search(after)
    return LetterItem(
        meeting, kind, number, _without_bold(before.strip(), kind) if not after.strip() or said else f"{_without_bold(before.strip(), kind)}{after}",
        url, listed, head, boxed, answer, section,
    )  # fmt: skip


def _entry_link(text: str, defined: dict[str, str]) -> tuple[int, int, str, tuple[Kind, int], str] | None:
    """The link into the minutes: the one in parentheses, else the last. What is said and where it leads must not disagree."""
    chosen = None
    for found in _LINK.finditer(text):
        url = defined.get(plain(found["ref"])) if found["ref"] else found["url"].removeprefix("<").removesuffix(">")
        target = read_target(url) if url else None
        if target is None:
            continue
        said = _LABEL.match(found["said"].strip())
        told = read_label(said["label"]) if said else None
        anchored = target[1]
        if told and anchored and told != anchored:
            continue
        name = anchored or told
        if name is None:
            continue
        chosen = found.start(), found.end(), target[0], name, url or ""
        if _opened(text[: found.start()]) is not None:
            break
    return chosen


def read_target(url: str) -> tuple[str, tuple[Kind, int] | None] | None:
    """The minutes and the entry that an address leads to: by its path, else by the id of a meeting that it names."""
    if any(ord(character) < 32 for character in url):
        return None
    path, _, fragment = unquote(url).partition("#")
    folder, _, name = path.partition("?")[0].rstrip("/").rpartition("/")
    name = _SUFFIX.sub("", name)
    relative = "://" not in folder and not folder.startswith("/") and folder.rpartition("/")[2] == "minutes"
    if not name or not (_MEETING.match(name) or (relative and name not in (".", ".."))):
        return None
    anchor = _ANCHOR.match(fragment)
    return name, read_label(anchor["label"]) if anchor else None


def _opened(before: str) -> str | None:
    """What stands before the parenthesis that the link is in; None when it is in none."""
    bare = before.rstrip("*_ \t\n\u00a0")
    found = _OPENED.search(bare)
    return bare[: found.start()].rstrip() if found else None


def _without_bold(markdown: str, kind: Kind) -> str:
    found = _BOLD.match(markdown) if kind == "question" else None
    return found["inside"] if found else markdown


def titled_link(markdown: str) -> tuple[str, str | None]:
    """The words and the address of an item whose end is a link, what stands before it left out."""
    found = _TITLED.match(markdown.strip())
    if found is None:
        bare = re.search(r"<(https?://[^\s<>]+)>\Z", markdown.strip())
        return (bare[1], bare[1]) if bare else (read_words(markdown), None)
    url = unescape(found["url"].removeprefix("<").removesuffix(">"))
    return (read_words(found["text"]), url) if is_link(url) else (read_words(markdown), None)


def heading_section(heading: Heading) -> Section | None:
    """The section that a heading opens; what is longer than any opens none."""
    return words.read_section(unfold(heading.text)) if len(heading.text) <= MAX_HEADING else None


# Answers.


def answer_under(item: Item, after: str, lines: list[str], *, free: bool) -> LetterAnswer | None:
    """The answer under a question: after its label in any emphasis; where no question waits (`free`) what stands first."""
    link = next((more for block in item.blocks if (more := _more(block))), None)
    for block in item.blocks:
        if found := ANSWERED.match(block.text):
            text = _typed(block.text[found.end() :], block, item, lines)
            return LetterAnswer(text, _by(found), link, block) if text or link else None
    if inline := ANSWERED.search(after):
        text = read_words(ROOM.sub("", after[inline.end() :], count=1))
        return None if words.is_no_answer(text) else LetterAnswer(text, _by(inline), link)
    if not free:
        return None
    first = next((block for block in item.blocks if block.text and not _more(block)), None)
    text = _typed(first.text, first, item, lines) if first else ""
    return LetterAnswer(text, None, link, first) if text or link else None


def _typed(first: str, block: Item | Block, item: Item, lines: list[str]) -> str:
    """The text of an answer that begins like this; what stands for none is empty, room left before it or after it is no part of it."""
    text = _whole(first, block, item, lines)
    if words.is_no_answer(text):
        return ""
    room = ROOM.match(first)
    return before_room(_whole(first[room.end() :], block, item, lines) if room else text)


def before_room(text: str) -> str:
    """A text without the room that was left for it, where whoever wrote it did so before that: whole sentences, then `…`."""
    for room in (words.ROOM, "..."):
        said = text.removesuffix(room).rstrip()
        if text.endswith(room) and said[-1:] in (".", "!", "?", "»") and len(said) + len(room) < len(text):
            return said
    return text


def _whole(first: str, block: Item | Block, item: Item, lines: list[str]) -> str:
    if isinstance(block, Item):
        return read_typed(first, block, lines)
    parts = [read_words(first)]
    for other in item.blocks[item.blocks.index(block) + 1 :]:
        if isinstance(other, Item) or not other.paragraph:
            break
        parts.append(read_words(other.text))
    return "\n\n".join(parts)


def _by(found: re.Match[str]) -> str | None:
    return read_words(found["by"]) if found["by"] else None


def _more(block: Item | Block) -> str | None:
    """The address of `Pour en savoir plus : <https://…>`."""
    found = _MORE.match(block.text)
    if found is None or not means(words.MORE, found["label"]):
        return None
    value = read_words(found["value"])
    return value if is_link(value) else titled_link(found["value"])[1]
