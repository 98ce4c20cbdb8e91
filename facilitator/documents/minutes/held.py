"""The meeting itself, as its minutes tell it: when and where, who was there, who led what."""

from __future__ import annotations

import re
from collections.abc import Iterator

from facilitator.core.records import MeetingRow
from facilitator.core.regex import regex
from facilitator.core.text import one_line
from facilitator.documents.markdown.outline import Block
from facilitator.documents.markdown.pen import read_words
from facilitator.documents.minutes import words
from facilitator.documents.minutes.evaluation import evaluation_of
from facilitator.documents.minutes.reader import MinutesRead, heading_step, heading_title
from facilitator.documents.minutes.tail import read_names
from facilitator.documents.typography import unfold

_MOST, _MOST_LINE = 2_000, 600
# A sentence that begins as ours does is no list of names.
_NAME_WORDS = 5

# A formatter breaks lines anywhere; what ends one for the reader stays.
_BREAK = regex(r"\\\n|[ ]{2,}\n")
# After the day, what the second line of minutes says of the hours, and of the place: up to the next label, should that have come nearer.
_HOURS = r"(?:(?:de|à partir de|from)\s)?[0-9]{1,2}(?:\sh\b|:)[^,]*"
_WHERE = regex(
    rf"\b[0-9]{{1,2}}(?:er|st|nd|rd|th)?\s\w+\s[0-9]{{4}}(?:,\s{_HOURS})?,\s(?!{_HOURS}(?:,|\Z))(?P<place>.+?)(?:\s[*_]{{1,3}}[^*_:]{{1,40}}:.*)?\Z",
    re.IGNORECASE,
)
_LED = regex(
    r"(?:(?P<workshop>Atelier|Workshop)\b(?:,\s(?:avec|with)\s)?|(?:Avec|With)\s)(?P<names>.*?)"
    r"(?:\s[0-9]+\s(?:question|besoin|proposition|need|offer).*|\s(?:Reprise|Taken\sup)\s\[.*)?\Z",
    re.DOTALL,
)
_BOLD = regex(r"(?:\*\*|__)(.+)(?:\*\*|__)\Z")
# The full stop of a sentence, not that of an initial.
_STOP = regex(r"(?<!\b\w)\.\Z")


def held_of(read: MinutesRead) -> MeetingRow:
    """What minutes say of the meeting itself; nothing in them can raise."""
    people, said = read.people, list(_said(read))
    return MeetingRow(
        title=_title_of(read),
        day=read.day,
        place=_place(read),
        host=people.get("host", ()),
        facilitator=people.get("facilitator", ()),
        scribe=people.get("scribe", ()),
        present=people.get("present", ()),
        visitors=tuple((name, read.employers.get(name)) for name in people.get("visitors", ())),
        led=tuple((number, name) for number, block, found in said for name in _names(found["names"])),
        workshops=tuple(_title(block) for _, block, found in said if found["workshop"]),
        answered=tuple(
            (found.said.label(read.front.language), found.said.answered_on)
            for found in read.entries
            if found.said.answered_on is not None and found.said.number
        ),
        evaluation=evaluation_of(read),
    )


def _title_of(read: MinutesRead) -> str | None:
    """The meeting's own title: in bold, the first line under that of the document."""
    for block in read.outline.blocks if read.outline else ():
        if block.paragraph and block.under and block.under[-1].level == 1:
            found = _BOLD.match(one_line(unfold(_BREAK.split(block.text[:_MOST])[0])))
            return (one_line(read_words(found[1]))[:_MOST_LINE] or None) if found else None
    return None


def _place(read: MinutesRead) -> str | None:
    for block in read.outline.blocks if read.outline else ():
        if block.paragraph and block.under and block.under[-1].level == 1:
            for line in _BREAK.split(block.text[:_MOST]):
                said = one_line(unfold(line))[:_MOST_LINE]
                if (found := _WHERE.search(said)) and words.read_full_date(said) == read.day:
                    return one_line(read_words(found["place"])) or None
    return None


def _said(read: MinutesRead) -> Iterator[tuple[int, Block, re.Match[str]]]:
    """The sentences that say who led a sequence: its number, where that stands, and what is said."""
    for block in read.outline.blocks if read.outline else ():
        if not block.paragraph or not block.under or len(block.text) > _MOST or block.line > block.under[-1].end + 1:
            continue
        number, text = heading_step(block.under[-1]), one_line(unfold(block.text))
        if number and text.endswith(".") and (found := _LED.match(text)):
            yield number, block, found


def _title(block: Block) -> str:
    return one_line(read_words(heading_title(block.under[-1])))


def _names(said: str) -> tuple[str, ...]:
    names = read_names(_STOP.sub("", said.strip(" ,")))
    return names if all(len(name.split()) <= _NAME_WORDS for name in names) else ()
