"""The head of a list item: its box, its anchor, its number, its text and its one tail, however a hand or a formatter left them."""

from __future__ import annotations

from msgspec import Struct

from facilitator.core.regex import regex

_BOX = regex(
    r"(?:\\?\[(?P<inside>[ xX\u00a0]?)\\?\]|(?P<sign>[\u2610-\u2612\u2713\u2714\u2705\u25a1\u2b1c]))(?=\s|<|\Z)\s*"
)
_ANCHOR = regex(r"""(?:<a\s+(?:(?:id|name)\s*=\s*["']?(?P<id>[A-Za-z0-9_-]{1,40})["']?\s*){1,2}>\s*</a>|<a\s+/>)\s*""")
_EMPHASISED = regex(
    r"(?P<mark>\*{1,3}|_{1,3})(?P<letter>[A-Za-z])(?P<number>[0-9]{1,6})\s?[:.]?(?P=mark)(?:\s?[:.](?=\s|\Z))?(?:\s+|\Z|(?=[^\w\s]))"
)
_BARE = regex(r"(?P<letter>[A-Za-z])(?P<number>[0-9]{1,6})(?:\s?[:.])?(?:\s+|\Z)")
_TICKED = frozenset("xX\u2611\u2612\u2713\u2714\u2705")
_CLOSED = regex(r"\)[*_]\s*\Z")


class Head(Struct, frozen=True):
    """What opens an item. `box` is None without one; `label` the number as written, with how it stands.

    `at` is the index at which the text begins in the item's first paragraph.
    """

    box: bool | None
    anchor: str | None
    label: str | None
    bold: bool
    at: int
    box_at: tuple[int, int] | None = None
    anchor_at: int = 0


def no_box(text: str) -> str:
    """The Markdown of an item that has no box, though its words begin with a sign for one, as in `✅ C'est fait`: the sign is an entity."""
    found = _BOX.match(text)
    return f"&#{ord(text[0])};{text[1:]}" if found and found["sign"] else text


def read_head(text: str) -> Head:
    """The head of an item whose first paragraph is this; a bare number is named too, whether it is one is the reader's to say."""
    at = 0
    box: bool | None = None
    box_at: tuple[int, int] | None = None
    anchor: str | None = None
    anchor_at: int | None = None
    for _ in range(3):
        if box is None and (found := _BOX.match(text, at)):
            box = (found["inside"] or found["sign"] or " ") in _TICKED
            box_at = (at, found.end())
        elif anchor is None and (found := _ANCHOR.match(text, at)):
            anchor, anchor_at = found["id"] or "", at
        else:
            break
        at = found.end()
    after_box = box_at[1] if box_at and box_at[0] == 0 else 0
    start = after_box if anchor_at is None else anchor_at
    number = _EMPHASISED.match(text, at)
    bold = number is not None
    number = number or _BARE.match(text, at)
    label = f"{number['letter'].upper()}{number['number']}" if number else None
    if text[:1] == "\\" and not anchor and not bold:
        # Escaped brackets are a box before a number only: elsewhere they are what was said.
        return Head(None, None, None, bold=False, at=0)
    return Head(box, anchor or None, label, bold, number.end() if number else at, box_at, start)


def split_tail(text: str, begin: int = 0) -> tuple[str, str | None]:
    """The text from `begin` on, and the inside of the emphasised parenthesis that ends it, both Markdown; None: there is none."""
    body = text[begin:]
    closed = _CLOSED.search(body, max(0, len(body.rstrip()) - 2))
    if not closed:
        return body, None
    mark = closed[0][1]
    at = body.rfind(f"{mark}(", 0, closed.start())
    while at > 0 and not body[at - 1].isspace():
        at = body.rfind(f"{mark}(", 0, at)
    if at < 0:
        return body, None
    return body[:at].rstrip(), body[at + 2 : closed.start()]
