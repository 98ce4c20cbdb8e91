"""Captured text to Markdown that parses back to the same text, and back.

Nothing that was said can make a heading, a list, a link, a tag, a table or an anchor: every character that could is escaped.
A newline inside a text is a hard break; those of a text of very many lines are `<br>`, so that no text, and few meetings,
can make a document of more lines than are read. The way back is linear in the length of the text, whatever a hand edit put there.
"""

from __future__ import annotations

import html
import re

from facilitator.core.address import first_address
from facilitator.core.regex import regex
from facilitator.core.text import normalise

MOST_LINES = 20

_SPECIAL = regex(r"[\\`*\[\]<|~$_]|&(?=#?[0-9A-Za-z]+;)")
_AT_START = regex(r"[#+\-=>:]|\.(?=\s|\Z)|[0-9]{1,9}(?=[.)](?:\s|\Z))")
# A bare address stays clickable where the platform makes links of addresses, as long as nothing in it needs escaping;
# such a platform takes all for it that is neither a space nor `<`.
_ADDRESS = regex(r"(?:https?://|www\.)[^\s<]+", re.IGNORECASE)
_WHITE = regex(r"[^\S\u00a0\u202f]+")  # but what French typography puts
_BEGINS = regex(r"(https?|www)([:.])", re.IGNORECASE)  # an address begins anew in the middle of one too
_LINK = regex(r"https?://[^\s<>\x00-\x20]+\Z")
_ENTITY = regex(r"&(?:#[xX][0-9a-fA-F]{1,6}|#[0-9]{1,7}|[A-Za-z][0-9A-Za-z]{0,31});")
_PLAIN_URL = regex(r"[^\s()<>\\]+\Z")
_URL_SPECIAL = regex(r"[\\<>]|&(?=[#0-9A-Za-z]+;)")
_BACK = regex(
    r"\\(?P<mark>[!-/:-@\[-`{-~])"
    r"|(?P<entity>&(?:#[xX][0-9a-fA-F]{1,6}|#[0-9]{1,7}|[A-Za-z][0-9A-Za-z]{0,31});)"
    r"|<(?P<link>https?://[^\s<>]+)>"
    r"|(?P<break><br>)"
)


def escape(text: str, *, indent: int = 0, start: bool = False) -> str:
    """The text as inline Markdown; further lines are indented by `indent` columns.

    `start` says that the text opens its block, so that its first line needs the care that all further lines get.
    """
    lines = text.split("\n")
    last = len(lines) - 1
    done = [_line(line, start=start or place > 0, broken=place < last) for place, line in enumerate(lines)]
    return ("\\\n" + " " * indent if last < MOST_LINES else "<br>").join(done)


def escape_line(text: str) -> str:
    """The text on one line, for a heading, a table cell or a sentence; marks and a hard break may follow it at once.

    What holds words together stays.
    """
    line = _line(_WHITE.sub(" ", text).strip(), start=True, broken=True)
    return f"{line[:-1]}\\#" if line.endswith("#") and not line.endswith("\\#") else line


def link_text(text: str, *, indent: int = 0) -> str:
    """The text as what a link is shown by: an address in it is no link of its own."""
    lines = text.split("\n")
    done = [_words(line, 0, len(line), start=True) for line in lines]
    return ("\\\n" + " " * indent if len(lines) <= MOST_LINES else "<br>").join(done)


def destination(url: str) -> str:
    """An address as the destination of a link, exact whatever is in it."""
    if _PLAIN_URL.match(url) and not _ENTITY.search(url):
        return url
    return f"<{_URL_SPECIAL.sub(_backslashed, url)}>"


def is_link(url: str) -> bool:
    """Whether this is an address that documents link to."""
    return _LINK.match(url) is not None


def address_in(text: str) -> str | None:
    """The first web address in a text, without the punctuation after it, as the capture line finds it."""
    found = first_address(text)
    return found.text if found else None


def _backslashed(found: re.Match[str]) -> str:
    return "\\" + found[0]


def write_link(url: str) -> str:
    """An address as an autolink; what is no address, as text."""
    clean = normalise(url).text
    return f"<{clean}>" if _LINK.match(clean) else escape(clean, start=True)


def unescape(markdown: str) -> str:
    """The text of inline Markdown: escapes and entities resolved, hard breaks as newlines, soft ones as spaces.

    Emphasis and links that a person added by hand stay as they are typed.
    """
    lines = markdown.split("\n")
    parts = []
    for place, line in enumerate(lines):
        body = line.lstrip(" \t") if place else line
        end = ""
        if place < len(lines) - 1:
            kept = body.rstrip(" ")
            if (len(body) - len(body.rstrip("\\"))) % 2:
                body, end = body[:-1], "\n"
            elif len(body) - len(kept) > 1:
                body, end = kept, "\n"
            else:
                body, end = kept, " "
        parts.append(_BACK.sub(_resolved, body) + end)
    return "".join(parts)


def _resolved(found: re.Match[str]) -> str:
    if found["mark"] is not None:
        return found["mark"]
    if found["break"] is not None:
        return "\n"
    return html.unescape(found["entity"]) if found["entity"] is not None else found["link"]


def _line(line: str, *, start: bool, broken: bool = False) -> str:
    parts = []
    at = 0
    for found in _ADDRESS.finditer(line):
        parts.append(_words(line, at, found.start(), start=start))
        address = _words(line, found.start(), found.end(), start=False)
        last = found.end() == len(line)
        if last and broken and "\\" not in address and _LINK.match(address):
            address = f"<{address}>"  # what follows it at once must not be taken for a part of it
        elif "\\" in address or (broken if last else line[found.end()] == "<"):
            address = _BEGINS.sub(_not_an_address, address)
        parts.append(address)
        at = found.end()
    parts.append(_words(line, at, len(line), start=start))
    return "".join(parts)


def _not_an_address(begun: re.Match[str]) -> str:
    return f"{begun[1]}\\{begun[2]}"


def _words(line: str, begin: int, end: int, *, start: bool) -> str:
    done = _SPECIAL.sub(lambda found: _escaped(line, begin + found.start(), found[0]), line[begin:end])
    if begin or not start:
        return done
    if done.startswith(" "):
        return f"&#32;{done[1:]}"
    opening = _AT_START.match(done)
    if not opening:
        return done
    return f"{opening[0]}\\{done[opening.end() :]}" if opening[0][0].isdigit() else f"\\{done}"


def _escaped(line: str, at: int, mark: str) -> str:
    inside = mark == "_" and line[at - 1 : at].isalnum() and line[at + 1 : at + 2].isalnum()
    return mark if inside else f"\\{mark}"
