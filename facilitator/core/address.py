"""The web address in a text, as people type it: without the punctuation that ends their sentence, with the parentheses it opened."""

from __future__ import annotations

from msgspec import Struct

from facilitator.core.regex import regex

# What it may stand after, and what it never ends with.
_ADDRESS = regex(r"(?<![^\s(<\[{\"'\u00ab\u201c\u2018*|,;:])https?://\w[^\s<>]*")
_CLOSES = {")": "(", "]": "[", "}": "{"}
_PUNCTUATION = ".,;:!?\u2026'\"\u2019\u201d\u00bb*"


class Address(Struct, frozen=True):
    """The first address of a text, from `start` to `end`, and whether it is the only one."""

    start: int
    end: int
    text: str
    only: bool


def first_address(text: str) -> Address | None:
    """The first address in the text, without the punctuation and the closing marks after it that it did not open."""
    found = _ADDRESS.search(text)
    if found is None:
        return None
    address = found[0]
    opened = {mark: address.count(opening) - address.count(mark) for mark, opening in _CLOSES.items()}
    end = len(address)
    while (last := address[end - 1]) in _PUNCTUATION or opened.get(last, 0) < 0:
        opened[last] = opened.get(last, 0) + 1
        end -= 1
    return Address(found.start(), found.start() + end, address[:end], _ADDRESS.search(text, found.end()) is None)
