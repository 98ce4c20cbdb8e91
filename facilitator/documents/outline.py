"""The block structure of a Markdown document: headings, paragraphs and list items with the lines they stand on.

Only blocks are parsed, by markdown-it; what stands inside a line is left as written. Block quotes and code are opaque.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from markdown_it import MarkdownIt
from markdown_it.token import Token
from msgspec import Struct

from facilitator.documents.front import Split, split

MAX_CHARACTERS = 2_000_000
MAX_LINES = 12_000


class TooLarge(ValueError):
    """The document is larger than any that can be read in a bounded time."""


class Heading(Struct, frozen=True):
    """A heading: its level, its Markdown, its line (from 0) in the file."""

    level: int
    text: str
    line: int


class Paragraph(Struct, frozen=True):
    """A paragraph outside lists, and the headings it stands under, outermost first."""

    text: str
    line: int
    under: tuple[Heading, ...]


class Item(Struct):
    """A list item. Lines count from 0, `end` and `text_end` are exclusive and leave out blank lines.

    `text` is the Markdown of its first paragraph, `indent` the column at which that begins.
    """

    line: int
    end: int
    under: tuple[Heading, ...]
    outermost: bool
    text: str = ""
    text_line: int = 0
    text_end: int = 0
    indent: int = 0
    nested: list[Item] = []


class Outline(Struct, frozen=True):
    """A document's headings, paragraphs and outermost list items, in their order."""

    source: Split
    headings: list[Heading]
    paragraphs: list[Paragraph]
    items: list[Item]

    def every(self) -> Iterator[Item]:
        """All items, an item before those nested in it."""
        waiting = list(reversed(self.items))
        while waiting:
            item = waiting.pop()
            yield item
            waiting.extend(reversed(item.nested))


def _parser() -> MarkdownIt:
    parser = MarkdownIt("commonmark").disable(["reference"])
    parser.core.ruler.enableOnly(["normalize", "block"])
    return parser


_PARSER = _parser()


def check_size(text: str) -> None:
    """Raises TooLarge for a document that `outline` would refuse."""
    if len(text) > MAX_CHARACTERS or text.count("\n") > MAX_LINES:
        raise TooLarge


def outline(text: str) -> Outline:
    """The outline of a document; raises TooLarge, never anything else whatever the text."""
    check_size(text)
    source = split(text)
    body = "\n".join(line.rstrip("\r").replace("\r", " ") for line in source.lines[source.body :])
    return _Walk(source).walk(_PARSER.parse(body))


class _Walk:
    def __init__(self, source: Split) -> None:
        self.source = source
        self.found = Outline(source, [], [], [])
        self.under: tuple[Heading, ...] = ()
        self.open: list[Item] = []
        self.quoted = 0

    def walk(self, tokens: Sequence[Token]) -> Outline:
        for place, token in enumerate(tokens):
            if token.type == "blockquote_open":
                self.quoted += 1
            elif token.type == "blockquote_close":
                self.quoted -= 1
            elif self.quoted:
                continue
            elif token.type == "list_item_open":
                self.enter(token)
            elif token.type == "list_item_close":
                self.open.pop()
            elif token.type == "inline":
                self.inline(token, tokens[place - 1])
        return self.found

    def enter(self, token: Token) -> None:
        begin, end = self.lines(token)
        item = Item(begin, end, self.under, outermost=not self.open)
        (self.open[-1].nested if self.open else self.found.items).append(item)
        self.open.append(item)

    def inline(self, token: Token, block: Token) -> None:
        begin, end = self.lines(token)
        if block.type == "heading_open":
            if not self.open:
                heading = Heading(int(block.tag[1]), token.content, begin)
                self.under = (*(above for above in self.under if above.level < heading.level), heading)
                self.found.headings.append(heading)
        elif not self.open:
            self.found.paragraphs.append(Paragraph(token.content, begin, self.under))
        elif block.type == "paragraph_open":
            item = self.open[-1]
            if not item.text_end and not item.nested and begin <= item.line + 1:
                item.text, item.text_line, item.text_end = token.content, begin, end
                written = self.source.lines[begin].replace("\r", " ").replace("\0", "\ufffd")  # as it was parsed
                item.indent = max(0, written.find(token.content.split("\n", 1)[0]))

    def lines(self, token: Token) -> tuple[int, int]:
        begin, end = token.map or (0, 0)
        begin, end = begin + self.source.body, end + self.source.body
        while end > begin + 1 and not self.source.lines[end - 1].strip():
            end -= 1
        return begin, min(end, len(self.source.lines))
