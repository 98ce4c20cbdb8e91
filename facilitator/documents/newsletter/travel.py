"""What people wrote in a letter, brought to the minutes: an answer under its box is the question's answer, a tick closes it.

The other way is `feed`, which moves what the minutes answer.
"""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import Literal

from msgspec import Struct

from facilitator.core.agenda import Level
from facilitator.documents.markdown.outline import TooLarge
from facilitator.documents.minutes.change import Unchangeable
from facilitator.documents.minutes.change import answer as answer_minutes
from facilitator.documents.minutes.change import done as close_minutes
from facilitator.documents.minutes.questions import has_answer
from facilitator.documents.minutes.reader import read_minutes
from facilitator.documents.newsletter.change import same_words
from facilitator.documents.newsletter.reader import LetterItem, read_letter

Why = Literal["answered-otherwise", "gone", "unchangeable"]


class Learned(Struct, frozen=True):
    """An entry of a meeting, by its label, that the letter answers or closes; `line` is that of its item, from 1."""

    meeting: str
    label: str
    line: int


class NotLearned(Struct, frozen=True):
    """One that stays as it is in the minutes, and why: they answer it otherwise, do not hold it, or it cannot be changed there."""

    meeting: str
    label: str
    line: int
    why: Why


class Travel(Struct):
    """The minutes that change, by the name of their file without `.md`; what they learnt, and what they could not."""

    minutes: dict[str, str]
    answered: list[Learned]
    closed: list[Learned]
    left: list[NotLearned]


def to_minutes(
    letter: str, minutes: Mapping[str, str], *, on: datetime.date | None = None, scale: Level | None = None
) -> Travel:
    """What a letter brings to the minutes that it leads to, given by the name of their file without `.md`.

    `on` is the day that a new answer is said to be of. Where both answer, the minutes stand. Raises nothing.
    """
    found = Travel({}, [], [], [])
    for item in read_letter(letter).items:
        text = found.minutes.get(item.meeting, minutes.get(item.meeting))
        if text is not None and (item.answer is not None or item.ticked):
            _learn(found, item, text, on, scale)
    return found


def _learn(found: Travel, item: LetterItem, text: str, on: datetime.date | None, scale: Level | None) -> None:
    there = read_minutes(text).find(item.kind, item.number)
    line = item.item.line + 1
    if there is None:
        found.left.append(NotLearned(item.meeting, item.label, line, "gone"))
        return
    said, given = there.said, item.answer
    told = bool(said.answer or said.answer_link)
    if given and told:
        if item.ticked is not None and same_words(given.text) != same_words(said.answer or ""):
            found.left.append(NotLearned(item.meeting, item.label, line, "answered-otherwise"))
        return
    if not given and (has_answer(said) if item.kind == "question" else said.done):
        return
    try:
        if given:
            by, link = given.by, given.link
            changed = answer_minutes(text, item.label, given.text, by=by, link=link, on=on, scale=scale)
        else:
            changed = close_minutes(text, item.label, scale=scale)
    except (Unchangeable, TooLarge, LookupError):
        found.left.append(NotLearned(item.meeting, item.label, line, "unchangeable"))
        return
    found.minutes[item.meeting] = changed
    (found.answered if given else found.closed).append(Learned(item.meeting, item.label, line))
