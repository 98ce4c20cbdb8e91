"""What people said as Markdown, in the typography of the document's language, and read back word for word.

Notes and answers may hold Markdown that a person typed: emphasis, links and lists stay that. Which of it is live is a function
of the text alone, and a mark reads back as the mark whether it was escaped or not, so that any text comes back as it was.
"""

from __future__ import annotations

from facilitator.core.regex import regex
from facilitator.core.text import normalise, one_line
from facilitator.documents.markdown.escape import (
    MOST_LINES,
    destination,
    escape,
    escape_line,
    is_link,
    link_text,
    unescape,
)
from facilitator.documents.markdown.outline import Item
from facilitator.documents.typography import typeset, unfold

MOST_TYPED_LINES = 100

# Only what every reader of Markdown takes for the same: whole words between marks, addresses with nothing odd in them.
_LIVE = regex(
    r"(?<![^\s(\u00ab])(?P<mark>\*\*|\*|_)(?P<inner>[^\W_](?:[^*_`\[\]<>\\|~&\n]*[^\W_]|[^*_`\[\]<>\\|~&\n]*[.!?:\u2026\u00bb])?)"
    r"(?P=mark)(?=[\s.,;:!?)\u00bb]|\Z)"
    r"|(?<!!)\[(?P<label>[^\[\]<>\\`*_|~&\n]*[^\[\]<>\\`*_|~&\s])\]"
    r"\((?P<url>(?:https?://|mailto:)[^\s()<>\\|`~]+)\)"
)
_LISTED = regex(r"(?P<indent> *)(?P<marker>[-*+]|(?P<number>[0-9]{1,9})[.)]) (?=\S)")
# What would be taken for the number of an entry where a note begins.
_NUMBERED = regex(r"[A-Za-z]\s?[0-9]")
_ENTITY = regex(r"&[#0-9A-Za-z]+;")


def write_text(text: str, language: str, *, indent: int = 0) -> str:
    """A text that opens its paragraph or follows a number; its further lines stand at `indent`."""
    return escape(typeset(text, language), indent=indent, start=True)


def write_line(text: str, language: str) -> str:
    """The text on one line."""
    return escape_line(typeset(text, language))


def write_titled_link(text: str, url: str, language: str, *, indent: int = 0) -> str:
    """A link that shows the text; the bare address when the text is nothing else. What is no web address is text."""
    if not is_link(url):
        return write_text(text, language, indent=indent)
    if text in (url, ""):
        return f"<{url}>"
    return f"[{link_text(typeset(text, language), indent=indent)}]({destination(url)})"


def read_words(markdown: str) -> str:
    """The captured text of Markdown, safe to show."""
    return normalise(unfold(unescape(markdown))).text


def write_typed(text: str, language: str, *, indent: int, tail: str = "") -> str:
    """A text whose emphasis, links and lists stay that; it follows a mark on its first line, the others stand at `indent`.

    `tail` is Markdown that ends the first paragraph.
    """
    lines = typeset(text, language).split("\n")
    if len(lines) > MOST_TYPED_LINES:
        return escape("\n".join(lines), indent=indent, start=True) + tail
    listed = _lists(lines)
    last = listed.index(True) - 1 if True in listed else len(lines) - 1
    many = sum(not column for column in listed[1:]) >= MOST_LINES
    done = []
    margin = indent
    for place, line in enumerate(lines):
        broken = place + 1 < len(lines) and not listed[place + 1]
        mark = _LISTED.match(line) if listed[place] else None
        if mark:
            margin = indent + mark.end()
            body = " " * indent + mark[0] + _live(line[mark.end() :], broken=broken and not many, first=False)
        else:
            body = ("" if many or not place else " " * margin) + _live(
                line, broken=broken and not many, first=not place
            )
        body += tail if place == last else ""
        done.append(body + ("" if place + 1 == len(lines) else ("<br>" if many else "\\\n") if broken else "\n"))
    return "".join(done)


def _lists(lines: list[str]) -> list[bool]:
    """Which lines are items of lists that can stand as such: where an item may stand, after a line that can end there."""
    found = [False]
    columns: list[tuple[int, int, str]] = []  # where an item stands, where its text does, its mark
    for place, line in enumerate(lines[1:], 1):
        mark = _LISTED.match(line)
        before = lines[place - 1]
        live = mark is not None and bool(before.strip()) and not before.endswith(" ")
        if mark and live:
            at = len(mark["indent"])
            kept = [column for column in columns if column[0] <= at]
            sibling = kept[-1] if kept and kept[-1][0] == at else None
            kind = mark["marker"][-1]
            live = (sibling is not None) or at == (kept[-1][1] if kept else 0)
            if mark["number"]:
                live = live and (mark["number"] == "1" or (sibling is not None and sibling[2] == kind))
            if live:
                columns = [*kept[: -1 if sibling else None], (at, mark.end(), kind)]
        found.append(bool(live))
    return found


def _live(line: str, *, broken: bool, first: bool) -> str:
    parts = []
    at = 0
    for found in _LIVE.finditer(line):
        if found["url"] is not None and _ENTITY.search(found["url"]):
            continue
        if found["mark"] and not found.start() and first and _NUMBERED.match(found["inner"]):
            continue
        parts += [_piece(line[at : found.start()], start=not at), found[0]]
        at = found.end()
    rest = line[at:]
    # `escape` gives the last line of a text its care for what follows when there is a next one.
    parts.append(escape(rest + "\n", start=not at)[:-2] if broken else _piece(rest, start=not at))
    return "".join(parts)


def _piece(text: str, *, start: bool) -> str:
    return escape(text, start=start)


def read_typed(first: str, item: Item, lines: list[str]) -> str:
    """The text of an item whose first paragraph is `first`, with the lists and paragraphs under it.

    The depth of a list tells where it stood, whatever a formatter indents it by; a mark that is that of the item itself is `-`.
    """
    parts = [unescape(first)]
    waiting = [(block, 0) for block in reversed(item.blocks)]
    while waiting:
        block, depth = waiting.pop()
        if isinstance(block, Item):
            marker = "-" if block.marker == item.marker else block.marker
            parts.append(f"\n{' ' * depth}{marker} {unescape(block.text)}")
            waiting.extend((inner, depth + len(marker) + 1) for inner in reversed(block.blocks))
        elif block.paragraph:
            parts.append(f"\n\n{unescape(block.text)}")
        else:
            parts.append("\n\n" + "\n".join(line.strip() for line in lines[block.line : block.end]))
    return normalise(unfold("".join(parts))).text


def shown_line(text: str) -> str:
    """A text of people on one line, as it is kept."""
    return one_line(normalise(text).text)
