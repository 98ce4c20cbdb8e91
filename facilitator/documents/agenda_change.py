"""An agenda changed where it stands: what it carries over taken out again, news put in; every other byte stays."""

from __future__ import annotations

import re
from collections.abc import Collection

from msgspec.structs import replace

from facilitator.core.agenda import Carried, NewsItem
from facilitator.core.entry import label, read_label
from facilitator.core.text import normalise
from facilitator.documents.agenda import read_agenda, read_marked
from facilitator.documents.agenda_writer import item_line, news_lines
from facilitator.documents.problem import Problems
from facilitator.i18n import LANGUAGES, translator


def take_out_carried(agenda: str, meeting: str, number: str, said: Collection[str]) -> tuple[str, list[int]]:
    """An agenda without the entry of a meeting that has this `number`, as `Q4`, and says no more than one of `said`.

    Also the lines, from 1, where it stays: a person wrote it otherwise, or the agenda cannot be read.
    """
    tr = translator("en")
    try:
        loaded = read_marked(agenda.encode("utf-8", errors="surrogateescape"), name="", tr=tr)
    except Problems:
        return agenda, _lines_that_name(agenda, meeting, number)
    carried = loaded.value.carried
    found = [place for place, one in enumerate(carried) if _is(one, meeting, number)]
    if not found:
        return agenda, []
    written = {normalise(text).text for text in said}
    lines = agenda.splitlines(keepends=True)
    gone = {
        loaded.marks["carried", place].line - 1
        for place in found
        if carried[place].text in written and _is_written(lines, loaded.marks["carried", place].line, carried[place])
    }
    rest = tuple(one for place, one in enumerate(carried) if loaded.marks["carried", place].line - 1 not in gone)
    if not rest:
        gone |= {place for place, line in enumerate(lines) if line.rstrip() == "carried:"}
    clean = "".join(line for place, line in enumerate(lines) if place not in gone)
    try:
        whole = read_agenda(clean.encode("utf-8", errors="surrogateescape"), name="", tr=tr)
    except Problems:
        whole = None
    if whole != replace(loaded.value, carried=rest):
        clean, gone = agenda, set()
    stays = [loaded.marks["carried", place].line for place in found]
    return clean, [line - sum(one < line - 1 for one in gone) for line in stays if line - 1 not in gone]


def put_in_news(agenda: str, item: NewsItem) -> str | None:
    """An agenda with a piece of news in its first sequence of news; None where a person has to: there is none, or it is written otherwise."""
    tr = translator("en")
    try:
        loaded = read_marked(agenda.encode("utf-8", errors="surrogateescape"), name="", tr=tr)
    except Problems:
        return None
    steps = loaded.value.steps
    place = next((place for place, step in enumerate(steps) if step.kind == "news"), None)
    if place is None:
        return None
    step, lines = steps[place], agenda.splitlines(keepends=True)
    end = "\r\n" if lines[0].endswith("\r\n") else "\n"
    if step.items:
        at = loaded.marks["steps", place, "items", len(step.items) - 1].line
        margin = len(lines[at - 1]) - len(lines[at - 1].lstrip()) - 2
    else:
        mark = loaded.marks["steps", place]
        at, margin = mark.line, mark.column - 1
    put = [f"{' ' * margin}{line}{end}" for line in news_lines(item, first=not step.items)]
    changed = "".join([*lines[:at], *put, *lines[at:]])
    wanted = replace(step, items=(*step.items, item))
    try:
        whole = read_agenda(changed.encode("utf-8", errors="surrogateescape"), name="", tr=tr)
    except Problems:
        return None
    return changed if whole == replace(loaded.value, steps=(*steps[:place], wanted, *steps[place + 1 :])) else None


def _is(one: Carried, meeting: str, number: str) -> bool:
    return one.meeting == meeting and one.number is not None and read_label(one.number) == read_label(number)


def _is_written(lines: list[str], line: int, one: Carried) -> bool:
    """Whether a line is, to the letter, the one that the program writes."""
    return lines[line - 1].rstrip("\r\n") == item_line(one)


def _lines_that_name(agenda: str, meeting: str, number: str) -> list[int]:
    meant = read_label(number)
    names = {label(*meant, language) for language in LANGUAGES} if meant else {number}
    named = re.compile(rf"\b(?:{'|'.join(sorted(map(re.escape, names)))})\b")
    lines = agenda.splitlines()
    return [place for place, line in enumerate(lines, 1) if meeting in line and named.search(line)]
