"""The blocks of a Markdown document with the lines they stand on: headings, outermost list items, and all that is neither.

One parse, by markdown-it, of blocks only; what stands inside a line is left as written. Lines count from 0, ends are exclusive
and leave out blank lines. Nothing a person writes can raise but TooLarge: time and size are bounded.
"""

from __future__ import annotations

import functools
from collections.abc import Iterator, Sequence

from markdown_it import MarkdownIt
from markdown_it.token import Token
from msgspec import Struct

from facilitator.core.regex import regex
from facilitator.documents.front import Split, split
from facilitator.i18n import Foreseen, Translator

MAX_CHARACTERS = 2_000_000
MAX_LINES = 20_000
MAX_REMEMBERED = 200_000
TAB = 4

_MARKER = regex(r"[ \t>]*(?P<marker>[-*+]|[0-9]{1,9}[.)])(?:[ \t]|\Z)")
# A line of seven `=` alone underlines a heading: it is a mark of a conflict only beside another, or in an item, which holds none.
_CONFLICT = regex(r"(?:<{7}|>{7}|\|{7})(?: .*)?\r?\Z")
_BETWEEN = regex(r"={7}\r?\Z")
_ITEM_LINE = regex(r"[ \t]|[-*+] |[0-9]{1,9}[.)] ")


class TooLarge(Foreseen, ValueError):
    """The document is larger than any that can be read in a bounded time."""

    def sentence(self, tr: Translator) -> str:
        """That it was left alone."""
        return tr("A document is larger than anything that is read: it was left alone.")


class Heading(Struct, frozen=True):
    """A heading: its level, its Markdown, its lines."""

    level: int
    text: str
    line: int
    end: int


class Block(Struct, frozen=True):
    """A paragraph, a table, a quote, code or anything else that is neither a heading nor an item; `text` of paragraphs only."""

    text: str
    line: int
    end: int
    paragraph: bool
    under: tuple[Heading, ...] = ()


class Item(Struct):
    """A list item. `text` is the Markdown of the paragraph it begins with, `indent` the column at which that stands.

    `column` is where its `marker` stands. `blocks` are its other paragraphs and nested items, in their order.
    """

    line: int
    end: int
    under: tuple[Heading, ...]
    text: str = ""
    text_line: int = 0
    text_end: int = 0
    indent: int = 0
    column: int = 0
    marker: str = "-"
    blocks: list[Item | Block] = []

    @property
    def nested(self) -> list[Item]:
        """The items directly under this one."""
        return [block for block in self.blocks if isinstance(block, Item)]


class Outline(Struct, frozen=True):
    """A document: its lines, headings, outermost items and other blocks, each in order; `conflicts` are lines with marks of git."""

    source: Split
    headings: list[Heading]
    blocks: list[Block]
    items: list[Item]
    conflicts: list[int]

    def every(self) -> Iterator[Item]:
        """All items, an item before those nested in it."""
        waiting = list(reversed(self.items))
        while waiting:
            item = waiting.pop()
            yield item
            waiting.extend(reversed(item.nested))


def _parser() -> MarkdownIt:
    parser = MarkdownIt("commonmark").disable(["reference"]).enable("table")
    parser.core.ruler.enableOnly(["normalize", "block"])
    return parser


_PARSER = _parser()


def check_size(text: str) -> None:
    """Raises TooLarge for a document that `outline` would refuse."""
    if len(text) > MAX_CHARACTERS or text.count("\n") > MAX_LINES:
        raise TooLarge


def outline(text: str) -> Outline:
    """The outline of a document; raises TooLarge, never anything else whatever the text.

    The same text has the same outline, which nobody changes: one act reads a file several times, and parses it once.
    """
    check_size(text)
    return _remembered(text) if len(text) <= MAX_REMEMBERED else _outline(text)


@functools.lru_cache(maxsize=8)
def _remembered(text: str) -> Outline:
    return _outline(text)


def _outline(text: str) -> Outline:
    source = split(text)
    conflicts = _conflicts(source.lines)
    marks = frozenset(conflicts)
    body = "\n".join(
        "" if place in marks else line.rstrip("\r").replace("\r", " ").removeprefix("\ufeff")
        for place, line in enumerate(source.lines[source.body :], source.body)
    )
    return _Walk(source, conflicts).walk(_PARSER.parse(body))


def _conflicts(lines: Sequence[str]) -> list[int]:
    found = [place for place, line in enumerate(lines) if line[:1] in "<>|" and _CONFLICT.match(line)]
    if not found:
        return [
            place
            for place, line in enumerate(lines)
            if line[:1] == "=" and place and _BETWEEN.match(line) and _ITEM_LINE.match(lines[place - 1])
        ]
    return sorted(found + [place for place, line in enumerate(lines) if _BETWEEN.match(line)])


class _Walk:
    def __init__(self, source: Split, conflicts: list[int]) -> None:
        self.source = source
        self.found = Outline(source, [], [], [], conflicts)
        self.under: tuple[Heading, ...] = ()
        self.open: list[Item] = []
        self.opaque = 0

    def walk(self, tokens: Sequence[Token]) -> Outline:
        for place, token in enumerate(tokens):
            kind = token.type
            if kind in ("blockquote_open", "table_open"):
                if not self.opaque:
                    self.block("", token, paragraph=False)
                self.opaque += 1
            elif kind in ("blockquote_close", "table_close"):
                self.opaque -= 1
            elif self.opaque:
                continue
            elif kind == "list_item_open":
                self.enter(token)
            elif kind == "list_item_close":
                self.open.pop()
            elif kind == "inline":
                self.inline(token, tokens[place - 1])
            elif kind in ("fence", "code_block", "html_block", "hr"):
                self.block("", token, paragraph=False)
        return self.found

    def enter(self, token: Token) -> None:
        begin, end = self.lines(token)
        item = Item(begin, end, self.under, text_line=begin, text_end=begin + 1)
        line = self.source.lines[begin].expandtabs(TAB)
        # Several items may open on one line: each looks behind the mark of the one around it.
        around = self.open[-1] if self.open and self.open[-1].line == begin else None
        found = _MARKER.match(line, around.indent if around else 0)
        if found:
            item.column, item.marker = found.start("marker"), found["marker"]
        item.indent = item.column + len(item.marker) + 1
        if self.open:
            self.open[-1].blocks.append(item)
        else:
            self.found.items.append(item)
        self.open.append(item)

    def inline(self, token: Token, block: Token) -> None:
        begin, end = self.lines(token)
        if block.type == "heading_open" and not self.open:
            heading = Heading(int(block.tag[1]), token.content, begin, end)
            self.under = (*(above for above in self.under if above.level < heading.level), heading)
            self.found.headings.append(heading)
        elif block.type == "paragraph_open" and self.open and not self.open[-1].blocks and not self.open[-1].text:
            item = self.open[-1]
            item.text, item.text_line, item.text_end = token.content, begin, end
            line = self.source.lines[begin].expandtabs(TAB).replace("\0", "\ufffd")
            at = line.find(token.content.split("\n", 1)[0].expandtabs(TAB), item.column)
            item.indent = at if at > item.column or begin > item.line else item.indent
        else:
            self.block(token.content, token, paragraph=block.type == "paragraph_open")

    def block(self, text: str, token: Token, *, paragraph: bool) -> None:
        begin, end = self.lines(token)
        block = Block(text, begin, end, paragraph, () if self.open else self.under)
        if self.open:
            self.open[-1].blocks.append(block)
        else:
            self.found.blocks.append(block)

    def lines(self, token: Token) -> tuple[int, int]:
        begin, end = token.map or (0, 0)
        begin, end = begin + self.source.body, end + self.source.body
        while end > begin + 1 and not self.source.lines[end - 1].strip():
            end -= 1
        return begin, min(end, len(self.source.lines))
