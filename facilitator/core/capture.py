"""The capture line: what a person types in one go, taken apart.

`@Karim` at the start of a word is an owner of an action, else the first is who said it; `#theme` the theme (a letter follows the
sign); an address the link; `pour`, `avant`, `by` or `->` before a day the due date of an action.
What stands at the end of the line is taken out of the text; within a sentence the word stays, without its sign.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Sequence
from typing import Any

from msgspec import Struct

from facilitator.core.act import Fields
from facilitator.core.dates import read_due
from facilitator.core.entry import Kind
from facilitator.core.people import complete
from facilitator.core.text import fold_case

# A line may be a pasted page: no more than this is looked at for a day, or taken for people.
DAY_WITHIN = 80
MAX_PEOPLE = 20

_PERSON = re.compile(r"(?<!\S)@([^\W\d_][\w'\u2019.-]*)")
_THEME = re.compile(r"(?<!\S)#([^\W\d_][\w'\u2019-]*)")
_LINK = re.compile(r"(?<![^\s(<])https?://[^\s<>]+[^\s<>.,;:!?)\u00bb]")
_DUE_WORD = re.compile(r"(?:^|(?<=\s))(?:pour|avant|d'ici|by|before|->|\u2192)\s+", re.IGNORECASE)


class Line(Struct, frozen=True):
    """What a capture line says: the kind, the parts that were given, and people it names whom nobody knows."""

    kind: Kind
    fields: Fields
    unknown: tuple[str, ...] = ()


def read_line(
    text: str,
    *,
    kind: Kind,
    members: Sequence[str] = (),
    today: datetime.date,
    next_meeting: datetime.date | None = None,
) -> Line:
    """Take a normalised line apart. Nothing is lost: what is not understood stays in the text."""
    values: dict[str, Any] = {}
    people: list[str] = []
    unknown: list[str] = []
    if found := _LINK.search(text):
        values["link"] = found[0]
        if found[0] == text.strip():
            return Line("resource" if kind in ("note", "resource") else kind, Fields(text=found[0], link=found[0]))
    typed = text
    if kind == "action":
        text = _take_due(text, values, today, next_meeting)
    text = _take_people(text, members, people, unknown, MAX_PEOPLE if kind == "action" else 1)
    text = _take_theme(text, values)
    if kind == "action" and "due" not in values:  # `pour vendredi @Nora`: the day is last only now
        text = _take_due(text, values, today, next_meeting)
    link = values.get("link")
    if link is not None and text.split()[-1:] == [link]:
        text = text.rstrip()[: -len(link)].rstrip(" :\n") or link
    if people:
        values |= {"owners": tuple(dict.fromkeys(people))} if kind == "action" else {"by": people[0]}
    return Line(kind, Fields(text=text.strip() or typed, **values), tuple(unknown))


def _take_people(text: str, members: Sequence[str], people: list[str], unknown: list[str], most: int) -> str:
    """The text without its `@`; at most so many names go to `people`, the others stay in the text."""
    start = 0
    for _ in range(MAX_PEOPLE):
        if (found := _PERSON.search(text, start)) is None:
            break
        word = found[1].rstrip(".'\u2019-") or found[1]
        end = found.start(1) + len(word)
        if len(people) == most:
            text, start = _unsigned(text, found.start(), end)
            continue
        name = complete(word, members)
        if name is None:
            unknown.append(word)
        elif fold_case(text[found.start(1) : found.start(1) + len(name)]) == fold_case(name):
            end = found.start(1) + len(name)
        people.append(name or word)
        text, start = _without(text, found.start(), end)
    return text


def _take_theme(text: str, values: dict[str, Any]) -> str:
    if found := _THEME.search(text):
        values["theme"] = found[1]
        text, _ = _without(text, found.start(), found.end())
    return text


def _without(text: str, start: int, end: int) -> tuple[str, int]:
    """The text without the word from `start` to `end` if it is the last or the first, else without its sign."""
    rest = text[end:]
    if not rest.strip(" .") or all(part[:1] in "@#" for part in rest.split()):
        return text[:start].rstrip(" ") + (" " + rest.lstrip(" ") if rest.strip() else ""), start
    if not text[:start].strip():
        return rest.lstrip(" ,:"), 0
    return _unsigned(text, start, end)


def _unsigned(text: str, start: int, end: int) -> tuple[str, int]:
    return text[:start] + text[start + 1 :], end - 1


def _take_due(text: str, values: dict[str, Any], today: datetime.date, next_meeting: datetime.date | None) -> str:
    """The text without the day at its end, when there is one."""
    for word in _DUE_WORD.finditer(text, max(0, len(text) - DAY_WITHIN)):
        due = read_due(text[word.end() :], today, next_meeting)
        if due is not None:
            values["due"] = due
            return text[: word.start()].rstrip() or text
    return text
