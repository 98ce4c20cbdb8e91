"""A newsletter read back: its items are known by their link into the minutes, its boxes are what people ticked."""

from __future__ import annotations

import re

from msgspec import Struct

from facilitator.core.entry import label, read_label
from facilitator.documents import vocabulary
from facilitator.documents.front import FrontUnreadable, NewsletterFront, read_front
from facilitator.documents.markdown.outline import Item as Listed
from facilitator.documents.markdown.outline import Outline, TooLarge, outline
from facilitator.documents.markdown.pen import read_words

MAX_ITEM = 64_000

BOX = re.compile(r"\[([ xX])\][ \t]+")
_LABELLED = re.compile(r"(?:\*|_)(?P<label>[^*_\n]{1,40}?)[ \u00a0\u202f]?:(?:\*|_)[ \t]*(?P<value>.*)\Z", re.DOTALL)

# Only a file directly in the folder of the minutes: no other folder, no way up, no scheme.
_LINK = re.compile(
    r"\[(?P<said>[A-Za-z][0-9]{1,6})\]\(\.\./minutes/(?P<name>[^\s/\\()<>#%.][^\s/\\()<>#%]{0,200}\.md)#(?P<anchor>[a-z][0-9]{1,6})\)"
)


class Item(Struct, frozen=True):
    """An item that leads to an entry. `ticked` is None where there is no box; `path` is that of the minutes in the workspace."""

    meeting: str
    label: str
    ticked: bool | None
    answer: str | None
    path: str


class NewsletterRead(Struct, frozen=True):
    """What a newsletter says; `month` is None and nothing is read when its front matter or the whole of it is unreadable."""

    month: str | None
    items: list[Item]
    front: NewsletterFront | None


def read_newsletter(text: str) -> NewsletterRead:
    """The items of a newsletter in their order; never raises, whatever the text."""
    try:
        found = outline(text)
    except TooLarge:
        return NewsletterRead(None, [], None)
    try:
        front = read_front(found.source.front) if found.source.body else None
    except FrontUnreadable:
        front = None
    return NewsletterRead(front.newsletter if front else None, items_of(found), front)


def items_of(found: Outline) -> list[Item]:
    """The items of an outlined newsletter that lead to an entry."""
    return [item for listed in found.items if (item := item_of(listed)) is not None]


def link_of(listed: Listed) -> str:
    """The link by which an item leads to an entry; empty without one."""
    found = _LINK.search(listed.text[:MAX_ITEM])
    return found[0] if found else ""


def is_answer(nested: Listed) -> bool:
    """Whether a nested item is the room for an answer."""
    labelled = _LABELLED.match(nested.text)
    return labelled is not None and vocabulary.means_answer(labelled["label"])


def answer_of(item: Listed) -> str | None:
    """What people wrote in the room for an answer; None when there is none or it is empty."""
    for nested in item.nested:
        labelled = _LABELLED.match(nested.text)
        if labelled and vocabulary.means_answer(labelled["label"]):
            return read_words(labelled["value"]) or None
    return None


def item_of(listed: Listed) -> Item | None:
    """What a list item says, when it leads to an entry."""
    found = _LINK.search(listed.text[:MAX_ITEM])
    if not found:
        return None
    said = read_label(found["said"])
    if said is None or said != read_label(found["anchor"]) or said[0] == "individual":
        return None
    box = BOX.match(listed.text)
    return Item(
        meeting=found["name"].removesuffix(".md"),
        label=label(*said),
        ticked=None if box is None else box[1] != " ",
        answer=answer_of(listed),
        path=f"minutes/{found['name']}",
    )
