"""A letter or minutes as the text of a mail: no Markdown, no boxes, in a letter no numbers, addresses on lines of their own.

A heading is a line by itself after two blank ones, a lower one after one, in the letters of a sentence: capitals are harder to read and some screen readers spell
them, underlines are read out mark by mark. What waits for an answer is told without the room for it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from urllib.parse import urlsplit

from markdown_it import MarkdownIt
from markdown_it.token import Token

from facilitator.core.entry import read_label
from facilitator.core.regex import regex
from facilitator.documents.front import split
from facilitator.documents.markdown.address import absolute, folder_of
from facilitator.documents.markdown.outline import TooLarge, check_size
from facilitator.documents.newsletter import words
from facilitator.documents.newsletter.front import Unreadable
from facilitator.documents.newsletter.reader import ANSWERED, read_letter, read_target
from facilitator.documents.typography import NO_BREAK, unfold

BULLET = "- "

_ENDS = frozenset(("paragraph_close", "heading_close", "table_close"))

_BOX = regex(r"(?P<mark>\[[ xX\u00a0]?\](?=\s|\Z)|[\u2610-\u2612\u2713\u2714\u2705\u25a1\u2b1c](?=\s))\s*")
_CROSSED = frozenset(("[x]", "[X]", "\u2611", "\u2612", "\u2713", "\u2714", "\u2705"))
_TAG = regex(r"</?[A-Za-z][^<>]{0,500}>|<!--.{0,5000}?-->", re.DOTALL)
_PARSER = MarkdownIt("commonmark").enable(["table", "strikethrough"])
MOST_CHARACTERS = 400_000  # a book; the marks in its lines take a second of the processor
_LEFT_OUT = "\ue000"  # stands for a link that is left out until the line is whole
_EMPTY = regex(rf"[ \u00a0\u202f]*\([*_\s]*{_LEFT_OUT}[*_\s]*\)|{_LEFT_OUT}")


def mail_text(text: str, base: str | None = None) -> str:
    """The text of a mail, ending in a newline. `base` is where the repository can be read: with it the minutes are linked to.

    Raises Unreadable for one that is too large.
    """
    try:
        check_size(text)
    except TooLarge:
        raise Unreadable("too-large") from None
    if len(text) > MOST_CHARACTERS:
        raise Unreadable("too-large")
    source = split(text)
    body = "\n".join(line.rstrip("\r") for line in source.lines[source.body :]).removeprefix("\ufeff")
    folder = folder_of(source.lines[: source.body])
    blocks = _Mail(base, folder, read_letter(text).front.language).blocks(_PARSER.parse(body))
    return re.sub(r"\n{4,}", "\n\n\n", "\n".join(blocks)).strip("\n") + "\n"


class _Mail:
    """Walks the tokens of a letter; `margins` are what the lists around the line put before it."""

    def __init__(self, base: str | None, folder: str, language: str) -> None:
        self.base = base
        self.folder = folder
        self.colon = f"{NO_BREAK}:" if language == "fr" else ":"
        # A box of minutes that is crossed says that something is done; those of a letter are there to be crossed.
        self.done = f"{'Fait' if language == 'fr' else 'Done'}{self.colon} " if folder == "minutes" else ""
        self.lines: list[str] = []
        self.margins: list[str] = []
        self.marker: str | None = None
        self.numbers: list[int | None] = []
        self.cells: list[str] = []

    def blocks(self, tokens: Sequence[Token]) -> list[str]:
        """The lines of the text; a line is written whole before the next token."""
        for place, token in enumerate(tokens):
            kind = token.type
            if kind == "inline":
                self.inline(token, tokens[place - 1])
            elif kind in ("fence", "code_block", "html_block"):
                self.block(token)
            elif kind == "tr_close":
                self.write([" – ".join(cell for cell in self.cells if cell)])
                self.cells = []
            elif kind == "heading_open":
                self.apart(2 if token.tag == "h2" else 1)
            elif kind == "hr" or (kind in _ENDS and not token.hidden):
                self.apart(1 if not self.numbers else 0)
            else:
                self.nest(token)
        return self.lines

    def nest(self, token: Token) -> None:
        """What a list or a quotation puts before its lines begins, or ends."""
        kind = token.type
        if kind in ("bullet_list_open", "ordered_list_open"):
            self.numbers.append(int(token.attrGet("start") or 1) if kind[0] == "o" else None)
        elif kind in ("bullet_list_close", "ordered_list_close"):
            self.numbers.pop()
            self.apart(1 if not self.numbers else 0)
        elif kind == "list_item_open":
            self.enter()
        elif kind == "list_item_close":
            self.margins.pop()
            self.marker = None
        elif kind == "blockquote_open":
            self.margins.append("> ")
        elif kind == "blockquote_close":
            self.margins.pop()

    def block(self, token: Token) -> None:
        """Code as it stands; of HTML the words."""
        text = token.content if token.type != "html_block" else _TAG.sub("", token.content).strip()
        if text.strip():
            self.write(text.rstrip("\n").split("\n"))
            self.apart(1)

    def enter(self) -> None:
        number = self.numbers[-1]
        self.marker = BULLET if number is None else f"{number}. "
        if number is not None:
            self.numbers[-1] = number + 1
        self.margins.append(" " * len(self.marker))

    def apart(self, count: int) -> None:
        """So many blank lines at the end, when anything stands before."""
        while self.lines and not self.lines[-1].strip(" >"):
            self.lines.pop()
        self.lines += [""] * count if self.lines else []

    def inline(self, token: Token, block: Token) -> None:
        text = _EMPTY.sub("", self.said(token.children or []))
        if block.type in ("th_open", "td_open"):
            self.cells.append(" ".join(text.split("\n")).strip())
            return
        lines = [line.strip(" ") for line in text.split("\n")]
        if self.numbers:
            box = _BOX.match(lines[0]) if token.content[:1] != "\\" else None
            if box:
                lines[0] = f"{self.done if box['mark'] in _CROSSED else ''}{lines[0][box.end() :]}"
            if (found := ANSWERED.match(unfold(lines[0]))) and words.is_no_answer("\n".join(lines)[found.end() :]):
                return
        self.write([line for line in lines if line] or ([""] if self.marker else []))

    def write(self, lines: Sequence[str]) -> None:
        for line in lines:
            margin = "".join(self.margins)
            if self.marker is not None:
                # What begins with an arrow needs no other mark.
                margin = "".join(self.margins[:-1]) + ("" if line.startswith("→ ") else self.marker)
                self.marker = None
            self.lines.append(f"{margin}{line}".rstrip(" "))

    def said(self, tokens: Sequence[Token]) -> str:
        """The words of a line: a link is its words and its address; one into the minutes is its words, if they mean something."""
        parts: list[str] = []
        after: list[str] = []
        opened: list[tuple[int, str]] = []
        for token in tokens:
            kind = token.type
            if kind in ("text", "code_inline"):
                parts.append(token.content)
            elif kind == "softbreak":
                parts.append(" ")
            elif kind == "hardbreak":
                parts.append("\n")
            elif kind == "html_inline":
                parts.append("\n" if token.content.casefold().startswith("<br") else "")
            elif kind == "image":
                parts.append(token.content)
            elif kind == "link_open":
                opened.append((len(parts), str(token.attrGet("href") or "")))
            elif kind == "link_close" and opened:
                begin, url = opened.pop()
                shown, address = self.link("".join(parts[begin:]), url)
                parts[begin:] = [shown]
                after += [address] if address else []
        return "\n".join(["".join(parts), *after])

    def link(self, shown: str, url: str) -> tuple[str, str]:
        """What stands in the line for a link, and the address that goes under it."""
        words, target = shown.strip(), read_target(url)
        if target is not None:
            if not words or (target[1] is not None and read_label(words) is not None):
                return _LEFT_OUT, ""
            if target[1] is not None:
                return shown, ""
            whole = self.absolute(url.partition("#")[0])
            return (f"{shown}{self.colon} {whole}" if whole else shown), ""
        if not urlsplit(url).scheme:
            return shown, "" if url.startswith("#") else self.absolute(url)
        address = url.removeprefix("mailto:")
        return (shown, "") if words in (url, address) else (shown, address)

    def absolute(self, url: str) -> str:
        """The address of a file that a link leads to; nothing when it is not known where the repository is."""
        return absolute(url, self.base, self.folder) or ""
