"""What an agenda carries over, taken out of it again: a line that the program wrote goes, every other byte stays."""

from __future__ import annotations

import re
from collections.abc import Collection

from msgspec.structs import replace

from facilitator.core.agenda import Carried
from facilitator.core.entry import label, read_label
from facilitator.core.text import normalise
from facilitator.documents.agenda import read_agenda, read_marked
from facilitator.documents.agenda_writer import item_line
from facilitator.documents.problem import Problems
from facilitator.i18n import translator


def take_out_carried(agenda: str, meeting: str, number: int, said: Collection[str]) -> tuple[str, list[int]]:
    """An agenda without question `number` of a meeting, which says no more than one of `said`.

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


def _is(one: Carried, meeting: str, number: int) -> bool:
    return one.meeting == meeting and one.number is not None and read_label(one.number) == ("question", number)


def _is_written(lines: list[str], line: int, one: Carried) -> bool:
    """Whether a line is, to the letter, the one that the program writes."""
    return lines[line - 1].rstrip("\r\n") == item_line(one)


def _lines_that_name(agenda: str, meeting: str, number: int) -> list[int]:
    named = re.compile(rf"\b{label('question', number)}\b")
    lines = agenda.splitlines()
    return [place for place, line in enumerate(lines, 1) if meeting in line and named.search(line)]
