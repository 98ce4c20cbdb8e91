"""Items of a newsletter changed after they were fed: taken out, or their box unticked. Every other byte stays."""

from __future__ import annotations

from collections.abc import Collection

from msgspec import Struct

from facilitator.core.text import one_line
from facilitator.documents.markdown.outline import Item, TooLarge, outline
from facilitator.documents.markdown.pen import read_words as words
from facilitator.documents.newsletter_reader import BOX, answer_of, is_answer, item_of, link_of


class Said(Struct, frozen=True):
    """What was once said of a question: its text, its answer, the address with that."""

    text: str
    answer: str | None = None
    link: str | None = None


def take_out(text: str, meeting: str, label: str, said: Collection[Said]) -> tuple[str, list[int]]:
    """The newsletter without the items of a question, and the lines, from 1, of those that a person changed: they stay.

    `said` is everything the program may have fed of it.
    """
    known = {form for one in said for form in _forms(one)}
    lines, left = text.split("\n"), []
    for item in reversed(_items(text, meeting, label)):
        box = BOX.match(item.text)
        body = one_line(words(item.text[box.end() if box else 0 :]).replace(link_of(item), ""))
        room = all(is_answer(nested) for nested in item.nested) and not answer_of(item)
        if body in known and room:
            del lines[item.line : item.end]
        else:
            left.append(item.line + 1)
    return "\n".join(lines), left[::-1]


def untick(text: str, meeting: str, label: str) -> str:
    """The newsletter with the boxes of a question empty."""
    lines = text.split("\n")
    for item in _items(text, meeting, label):
        if BOX.match(item.text):
            line = lines[item.text_line]
            at = line.index("[", item.indent)
            lines[item.text_line] = f"{line[: at + 1]} {line[at + 2 :]}"
    return "\n".join(lines)


def _items(text: str, meeting: str, label: str) -> list[Item]:
    """The items that lead to an entry, in their order; none of a text that cannot be read."""
    try:
        found = outline(text)
    except TooLarge:
        return []
    about = ((item, item_of(item)) for item in found.items)
    return [item for item, read in about if read is not None and (read.meeting, read.label) == (meeting, label)]


def _forms(said: Said) -> list[str]:
    """What an item says without its link: the question by itself, or with its answer; on one line."""
    answer = one_line(" ".join(part for part in (said.answer, said.link) if part))
    return [one_line(f"{said.text} ()"), one_line(f"**{one_line(said.text)}** () {answer}")]
