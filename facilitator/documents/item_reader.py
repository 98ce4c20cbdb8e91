"""One list item of the minutes read back: which entry it is, its text and its fields."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from msgspec import Struct

from facilitator.core.entry import read_label
from facilitator.core.said import Said
from facilitator.core.text import normalise
from facilitator.core.vocabulary import Kind
from facilitator.documents import vocabulary
from facilitator.documents.markdown.escape import unescape
from facilitator.documents.outline import Item
from facilitator.documents.typography import unfold
from facilitator.documents.vocabulary import Field

BOX = re.compile(r"\[([ xX])\][ \t]+")
ANCHORED = re.compile(
    r'(?:\[(?P<box>[ xX])\][ \t]+)?<a id="(?P<anchor>[a-z][0-9]{1,6})"></a>[ \t]*\*\*(?P<said>[A-Za-z][0-9]{1,6})\*\*[ \t]*'
)
_LABELLED = re.compile(r"(?:\*|_)(?P<label>[^*_\n]{1,40}?)[ \u00a0\u202f]?:(?:\*|_)[ \t]*(?P<value>.*)\Z", re.DOTALL)
_COMMA = re.compile(r"\\.|,", re.DOTALL)
_PLUS = re.compile(r"\+?([0-9]{1,4})\b")

# The parts that an item says of its entry, by the names of `Said`.
_Parts = dict[str, Any]


class Place(Struct):
    """Where an entry stands: its item, and the items of its fields."""

    item: Item
    fields: dict[Field, list[Item]]


def named(item: Item) -> tuple[tuple[Kind, int] | None, str | None]:
    """The kind and number that an item's anchor and bold number agree on, and the number as written when it has an anchor."""
    found = ANCHORED.match(item.text)
    if not found:
        return None, None
    said = read_label(found["said"])
    return (said if said == read_label(found["anchor"]) else None), found["said"]


def words(markdown: str) -> str:
    """Captured text out of Markdown, safe to show."""
    return normalise(unfold(unescape(markdown))).text


def read_item(item: Item) -> tuple[Said, dict[Field, list[Item]], list[Item], list[tuple[Item, Field]]]:
    """The parts of an entry; where its fields stand; nested items that are remarks; fields whose value means nothing."""
    found = ANCHORED.match(item.text)
    text = item.text[found.end() :] if found else item.text
    parts: _Parts = {"text": "" if vocabulary.stands_for_withheld(text) else words(text)}
    parts["done"] = bool(found and found["box"] in ("x", "X"))
    places: dict[Field, list[Item]] = {}
    remarks: list[Item] = []
    unclear: list[tuple[Item, Field]] = []
    for nested in item.nested:
        labelled = _LABELLED.match(nested.text)
        field = vocabulary.read_field(labelled["label"]) if labelled else None
        if labelled is None or field is None:
            remarks.append(nested)
            continue
        repeated = field in places and field not in ("owners", "type")
        places.setdefault(field, []).append(nested)
        if repeated or not _READERS[field](parts, labelled["value"]):
            unclear.append((nested, field))
    return Said(**parts), places, remarks, unclear


def is_field(nested: Item, wanted: Field) -> bool:
    """Whether a nested item is the field of this name."""
    labelled = _LABELLED.match(nested.text)
    return bool(labelled and vocabulary.read_field(labelled["label"]) == wanted)


def field_value(item: Item, wanted: Field) -> str | None:
    """The captured text of the first nested field of this name; None when there is none or it is empty."""
    for nested in item.nested:
        labelled = _LABELLED.match(nested.text)
        if labelled and vocabulary.read_field(labelled["label"]) == wanted:
            return words(labelled["value"]) or None
    return None


def _put_text(name: str) -> Callable[[_Parts, str], bool]:
    def put(parts: _Parts, value: str) -> bool:
        parts[name] = words(value) or None
        return True

    return put


def _put_read(name: str, read: Callable[[str], Any]) -> Callable[[_Parts, str], bool]:
    def put(parts: _Parts, value: str) -> bool:
        meaning = read(words(value))
        parts[name] = meaning
        return meaning is not None

    return put


def _put_type(parts: _Parts, value: str) -> bool:
    meaning = vocabulary.read_type(words(value))
    if meaning == "offer":
        parts["offer"] = True
    elif meaning is not None:
        parts["type"] = meaning
    return meaning is not None


def _put_same(parts: _Parts, value: str) -> bool:
    found = _PLUS.match(words(value))
    parts["same"] = int(found[1]) if found else 0
    return found is not None


def _put_done(parts: _Parts, value: str) -> bool:
    parts["done"] = parts["done"] or vocabulary.read_yes(words(value))
    return True


def _put_owners(parts: _Parts, value: str) -> bool:
    if value.startswith("*") and value.endswith("*"):
        if vocabulary.stands_for_nobody(words(value.strip("*"))):
            return True
        value = value.strip("*")
    names = []
    at = 0
    for found in _COMMA.finditer(value):
        if found[0] == ",":
            names.append(value[at : found.start()])
            at = found.end()
    names.append(value[at:])
    parts["owners"] = (*parts.get("owners", ()), *(name for name in map(words, names) if name))
    return True


_READERS: dict[Field, Callable[[_Parts, str], bool]] = {
    "by": _put_text("by"),
    "theme": _put_text("theme"),
    "link": _put_text("link"),
    "answer": _put_text("answer"),
    "answer_link": _put_text("answer_link"),
    "due": _put_read("due", vocabulary.read_date),
    "deadline": _put_read("deadline", vocabulary.read_date),
    "outcome": _put_read("outcome", vocabulary.read_outcome),
    "level": _put_read("level", vocabulary.read_level),
    "type": _put_type,
    "same": _put_same,
    "done": _put_done,
    "owners": _put_owners,
}
