"""Minutes or a letter as the text of a wiki page, for YesWiki and for MediaWiki.

What a person typed marks nothing up: a sign that would is written as an HTML entity, which both wikis show as the sign. What YesWiki obeys is in
its `formatters/wakka.php`, what MediaWiki does in its help on formatting. Of HTML in the text only the anchors that the program writes count.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Literal
from urllib.parse import unquote

from markdown_it import MarkdownIt
from markdown_it.token import Token

from facilitator.core.regex import regex
from facilitator.documents.front import split
from facilitator.documents.markdown.address import absolute, folder_of, leave_out_numbers
from facilitator.documents.markdown.anchor import heading_anchor
from facilitator.documents.markdown.outline import check_size

Wiki = Literal["yeswiki", "mediawiki"]

_ANCHOR = regex(r'<a id="(?P<id>[a-z]{1,12}-?[0-9]{0,6})"')
_BOX = regex(r"\[(?P<mark>[ xX])\][ \u00a0]")
_WEB = regex(r"\bhttps?://[^\s<>\[\]{}|\"\\^`]*[^\s<>\[\]{}|\"\\^`.,;:!?)*'/_\-=#@£\u00bb]")
_TAG = regex(r"</?[A-Za-z][^<>]{0,500}>|<!--.{0,5000}?-->", re.DOTALL)
_PARSER = MarkdownIt("commonmark").enable(["table", "strikethrough"])


def write_wiki(text: str, wiki: Wiki, *, base: str | None = None) -> str:
    """The text of the page, ending in a newline; `base` is where the repository can be read: without it a link to another of its files is words.

    Raises TooLarge.
    """
    check_size(text)
    source = split(text)
    body = "\n".join(line.rstrip("\r") for line in source.lines[source.body :]).removeprefix("\ufeff")
    tokens = _PARSER.parse(body)
    pen = (_YesWiki if wiki == "yeswiki" else _MediaWiki)(base, folder_of(source.lines[: source.body]))
    written = "\n".join(pen.blocks(tokens))
    return re.sub(r"\n{3,}", "\n\n", written).strip("\n") + "\n"


class _Pen:
    """Walks the tokens of a document; a wiki says how each thing is written. A block is one line, so that no mark reaches the next."""

    bold = italic = line_break = item_break = ""
    cut = ""  # ends an address, which takes what follows it for its own
    obeyed = re.compile(r"(?!)")  # what a wiki would obey

    def __init__(self, base: str | None, folder: str) -> None:
        self.base = base
        self.folder = folder
        self.headings: dict[str, str] = {}
        self.lists: list[bool] = []
        self.lines: list[str] = []
        self.marked = False
        self.cells: list[str] = []
        self.rows: list[list[str]] = []

    # What a wiki says of it.

    def harmless(self, found: re.Match[str]) -> str:
        """What would be obeyed, written so that it is shown."""
        raise NotImplementedError

    def address(self, url: str) -> str:
        """An address that stands by itself, of which wikis make a link."""
        raise NotImplementedError

    def link(self, url: str, words: str, marked: str) -> str:
        """A link to an address: its words as they were typed, and marked up."""
        raise NotImplementedError

    def inside(self, name: str, marked: str) -> str:
        """A link to a place in the page."""
        raise NotImplementedError

    def anchor(self, name: str) -> str:
        """A place that links find."""
        raise NotImplementedError

    def heading(self, level: int, words: str) -> str:
        """A heading, from 1."""
        raise NotImplementedError

    def paragraph(self, words: str) -> str:
        """A paragraph, which is no list whatever it begins with."""
        raise NotImplementedError

    def item(self, numbered: Sequence[bool], words: str) -> str:
        """An item of a list within lists, the outermost first."""
        raise NotImplementedError

    def code(self, text: str) -> str:
        """Code within a line."""
        raise NotImplementedError

    def table(self, rows: Sequence[Sequence[str]]) -> list[str]:
        """A table whose first row says what the others hold."""
        raise NotImplementedError

    # The walk.

    def blocks(self, tokens: Sequence[Token]) -> list[str]:
        """The lines of the page."""
        for place, token in enumerate(tokens):
            if token.type == "inline" and tokens[place - 1].type == "heading_open":
                words = _words(token.children or [])
                self.headings.setdefault(heading_anchor(words), words)
        for place, token in enumerate(tokens):
            self.block(token, tokens[place - 1])
        return self.lines

    def block(self, token: Token, before: Token) -> None:
        """One token of the document."""
        kind = token.type
        if kind == "inline":
            self.inline(token, before)
        elif kind in ("fence", "code_block", "html_block"):
            text = _TAG.sub("", token.content) if kind == "html_block" else token.content
            for line in filter(str.strip, text.split("\n")):
                self.write(self.code(line) if kind != "html_block" else self.text(line.strip()))
            self.apart()
        elif kind in ("bullet_list_open", "ordered_list_open"):
            self.lists.append(kind[0] == "o")
        elif kind in ("bullet_list_close", "ordered_list_close"):
            self.lists.pop()
            self.apart()
        elif kind == "list_item_open":
            self.marked = True
        elif kind == "tr_close":
            self.rows.append(self.cells)
            self.cells = []
        elif kind == "table_close":
            self.lines += self.table(self.rows)
            self.rows = []
            self.apart()
        elif kind in ("paragraph_close", "heading_close"):
            self.apart()

    def apart(self) -> None:
        """A blank line, outside of lists."""
        if not self.lists:
            self.lines.append("")

    def inline(self, token: Token, before: Token) -> None:
        """A heading, a cell, an item or a paragraph."""
        children = list(token.children or [])
        leave_out_numbers(children, self.base, self.folder)
        box = ""
        if self.marked and token.content[:1] == "[" and children and (found := _BOX.match(children[0].content)):
            box = "☐ " if found["mark"] == " " else "☑ "
            children[0] = children[0].copy(content=children[0].content[found.end() :])
        words = box + self.said(children).strip(" ")
        if before.type == "heading_open":
            self.lines.append(self.heading(int(before.tag[1]), words.replace(self.line_break, " ")))
        elif before.type in ("th_open", "td_open"):
            self.cells.append(words.replace(self.line_break, " "))
        else:
            self.write(words)

    def write(self, words: str) -> None:
        """A line of the page, in its list."""
        if not self.lists:
            self.lines.append(self.paragraph(words))
            return
        words = self.item_break.join(filter(None, map(str.strip, words.split(self.line_break))))
        if self.marked or not self.lines:
            self.lines.append(self.item(self.lists, words))
        else:  # a further paragraph of an item would end its list
            self.lines[-1] += f"{self.item_break}{words}"
        self.marked = False

    def text(self, text: str) -> str:
        """What was typed, marking nothing up; an address in it stays one."""
        parts, at = [], 0
        for found in _WEB.finditer(text):
            parts += [self.obeyed.sub(self.harmless, text[at : found.start()]), self.address(found[0])]
            at = found.end()
            parts += [self.cut] if not text[at : at + 1].isspace() else []
        return "".join([*parts, self.obeyed.sub(self.harmless, text[at:])])

    def said(self, tokens: Sequence[Token]) -> str:
        """The words of a line, marked up."""
        parts: list[str] = []
        opened: list[tuple[int, int, str]] = []
        for place, token in enumerate(tokens):
            kind = token.type
            if kind == "text":
                parts.append(self.text(token.content))
            elif kind == "code_inline":
                parts.append(self.code(token.content))
            elif kind in ("strong_open", "strong_close"):
                parts.append(self.bold)
            elif kind in ("em_open", "em_close"):
                parts.append(self.italic)
            elif kind == "softbreak":
                parts.append(" ")
            elif kind == "hardbreak" or (kind == "html_inline" and token.content.casefold().startswith("<br")):
                parts.append(self.line_break)
            elif kind == "html_inline" and (found := _ANCHOR.match(token.content)):
                parts.append(self.anchor(found["id"]))
            elif (kind == "html_inline" and token.content != "</a>") or kind == "image":
                parts.append(self.text(token.content))
            elif kind == "link_open":
                opened.append((len(parts), place, str(token.attrGet("href") or "")))
            elif kind == "link_close" and opened:
                begin, at, url = opened.pop()
                shown = self.linked(url, _words(tokens[at:place]), "".join(parts[begin:]))
                parts[begin:] = [shown]
        return "".join(parts)

    def linked(self, url: str, words: str, marked: str) -> str:
        """A link where it leads somewhere from a page of a wiki; else its words."""
        if url.startswith("#"):
            return self.inside(unquote(url[1:]), marked)
        whole = absolute(url, self.base, self.folder)
        if whole is None or not words.strip():
            return marked
        if words == url and _WEB.fullmatch(url):
            return self.text(url)
        return self.link(whole, words, marked)


class _YesWiki(_Pen):
    bold, italic = "**", "//"
    line_break, item_break = "\n", "---"
    cut = '""""'

    # Names of pages; then raw text, pairs of signs, rules, headings, code, links, actions, other wikis, entities. At an end a sign may meet ours.
    obeyed = re.compile(
        r"""(?P<name>\b[A-Z][a-z]+[A-Z0-9][A-Za-z0-9]*\b)"""
        r"""|"|([*\#@£_/])(?=\2)|(?<=([*\#@£_/]))\3|^[*/\-=]|[*/\-=]\Z|=(?==)|(?<==)=|-(?=--)|(?<=-)-"""
        r"""|%(?=%)|(?<=%)%|\[(?=\[)|(?<=\[)\[|\{(?=\{)|(?<=\{)\{|(?<=[A-Za-z]):(?=\w)|&(?=\#?[0-9A-Za-z]+;)"""
    )

    def harmless(self, found: re.Match[str]) -> str:
        return f'""{found[0]}""' if found["name"] else _entities(found[0])

    def address(self, url: str) -> str:
        return url

    def link(self, url: str, words: str, marked: str) -> str:
        del marked
        # Between the brackets nothing is obeyed but what ends them, or would be taken out.
        safe = re.sub(r"([\[\]@£])(?=\1)", "\\1\u2060", " ".join(words.split()))
        return f"[[{_percent(url, '[]@£ <>|')} {safe}{' ' if safe.endswith(']') else ''}]]"

    def inside(self, name: str, marked: str) -> str:
        del name
        return marked

    def anchor(self, name: str) -> str:
        del name
        return ""

    def heading(self, level: int, words: str) -> str:
        marks = "=" * max(2, 7 - level)
        return f"{marks}{words}{marks}"

    def paragraph(self, words: str) -> str:
        return re.sub(r"\n[ \t]+", "\n", words)  # what begins with a space is a list

    def item(self, numbered: Sequence[bool], words: str) -> str:
        return f"{' ' * len(numbered)}{'1)' if numbered[-1] else '-'} {words}"

    def code(self, text: str) -> str:
        return f"##{self.text(text.replace('#', chr(0))).replace(chr(0), '&#35;')}##"

    def table(self, rows: Sequence[Sequence[str]]) -> list[str]:
        return ["[|", *(f"| {' | '.join(cell.replace('|', '&#124;') for cell in row)} |" for row in rows), "|]"]


class _MediaWiki(_Pen):
    bold, italic = "'''", "''"
    line_break = item_break = "<br />"
    cut = "<nowiki />"

    # Tags, links, templates, cells, entities; quotes in pairs or at an end; signatures, words in capitals, variants; what becomes a link by itself.
    obeyed = re.compile(
        r"[<>\[\]{}|]|&(?=\#?[0-9A-Za-z]+;)|'(?=')|(?<=')'|^'|'\Z|~(?=~)|(?<=~)~|_(?=_)|(?<=_)_|-(?=\{)"
        r"|(?<=ISBN)[ \t\u00a0]|(?<=RFC)[ \t\u00a0]|(?<=PMID)[ \t\u00a0]|(?<=:)//|(?<=[A-Za-z]):(?=[^\s/])"
    )

    def harmless(self, found: re.Match[str]) -> str:
        return _entities(found[0])

    def address(self, url: str) -> str:
        return url.replace("'", "%27").replace("~~", "~%7E").replace("__", "_%5F")

    def link(self, url: str, words: str, marked: str) -> str:
        del words
        return f"[{self.address(_percent(url, '[]<>{}| ' + chr(34)))} {marked}]"

    def inside(self, name: str, marked: str) -> str:
        place = name if _PLACE.match(name) else self.headings.get(name, "")
        return f"[[#{place}|{marked}]]" if re.fullmatch(r"[\w \u2019\-]+", place) else marked

    def anchor(self, name: str) -> str:
        return f'<span id="{name}"></span>'

    def heading(self, level: int, words: str) -> str:
        marks = "=" * level
        return f"{marks} {words} {marks}"

    def paragraph(self, words: str) -> str:
        return re.sub(r"^[*#:;=! \-]", lambda found: _entities(found[0]), words)

    def item(self, numbered: Sequence[bool], words: str) -> str:
        return f"{''.join('#' if one else '*' for one in numbered)} {words}"

    def code(self, text: str) -> str:
        return f"<code>{self.text(text)}</code>"

    def table(self, rows: Sequence[Sequence[str]]) -> list[str]:
        lines = ['{| class="wikitable"']
        for place, row in enumerate(rows):
            lines += ["|-", *(f"{'|' if place else '!'} {cell}" for cell in row)]
        return [*lines, "|}"]


_PLACE = regex(r"[a-z]{1,12}-?[0-9]{1,6}\Z")


def _entities(signs: str) -> str:
    return "".join(f"&#{ord(sign)};" for sign in signs)


def _percent(url: str, signs: str) -> str:
    return "".join(f"%{ord(sign):02X}" if sign in signs and sign < "\x7f" else sign for sign in url)


def _words(tokens: Sequence[Token]) -> str:
    return "".join(token.content for token in tokens if token.type in ("text", "code_inline"))
