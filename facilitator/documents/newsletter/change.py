"""Items of a letter changed where they stand: answered, ticked, taken out. Every other byte stays."""

from __future__ import annotations

import datetime
from collections.abc import Collection, Iterable, Sequence
from typing import NamedTuple

from facilitator.core.regex import regex
from facilitator.core.text import fold_case, one_line
from facilitator.core.vocabulary import Kind
from facilitator.documents.markdown.outline import Block, Item
from facilitator.documents.minutes.entry import MinutesEntry
from facilitator.documents.newsletter.front import Unreadable, forgetting, sending
from facilitator.documents.newsletter.reader import (
    ANSWERED,
    ROOM,
    LetterItem,
    LetterRead,
    before_room,
    heading_section,
    read_letter,
    titled_link,
)
from facilitator.documents.typography import unfold

_BULLET = regex(r"(?:[-*+]\s+)?(?:\\?\[[ xX]?\\?\]\s+)?")
# As `LetterPen.how_to_reply` says it, of whatever ways there were when it was written.
_HOW_TO_REPLY = regex(r"(?:Répondez (?:dans|à|par courriel à)|Answer (?:in|to|by mail to)) [^\n]+\.\Z")
_TARGET = regex(r"\]\([^()\s]{0,600}\)")


def same_words(text: str) -> str:
    """What two texts are compared by, whatever the typography."""
    return fold_case(one_line(unfold(text)).replace("\u2019", "'")).strip(" .:…")


def waits(item: LetterItem) -> bool:
    """Whether an answer to a question is awaited here."""
    return item.kind == "question" and item.answer is None and (item.ticked is not None or item.section == "asked")


# Boxes.


def tick(text: str, items: Iterable[LetterItem], *, ticked: bool) -> str:
    """The letter with the boxes of these items of it ticked, or empty."""
    lines = text.split("\n")
    for item in items:
        at = _at(lines, item)
        if item.ticked is not None and at is not None and item.head.box_at:
            line, (begin, end) = lines[item.item.text_line], item.head.box_at
            space = line[at + begin : at + end]
            mark = f"[{'x' if ticked else ' '}]{space[len(space.rstrip()) :]}"
            lines[item.item.text_line] = line[: at + begin] + mark + line[at + end :]
    return "\n".join(lines)


def _at(lines: list[str], item: LetterItem) -> int | None:
    """Where the text of an item begins on its line."""
    at = lines[item.item.text_line].find(item.item.text.split("\n", 1)[0])
    return at if at >= 0 else None


# Answers.


def answered_lines(text: str, item: LetterItem, answer: list[str] | None) -> list[str]:
    """The lines of an item as they stand where answers are: no box, and this answer, else the one that a person typed.

    Lines are without carriage return, as if the item stood at the margin; what else is under the question stays.
    """
    lines = text.split("\n")
    at = _at(lines, item)
    if item.ticked is not None and at is not None and item.head.box_at:
        line = lines[item.item.text_line]
        lines[item.item.text_line] = line[: at + item.head.box_at[0]] + line[at + item.head.box_at[1] :]
    if answer is None and item.answer is not None and item.answer.place is not None:
        place = item.answer.place
        begin = place.text_line if isinstance(place, Item) else place.line
        lines[begin] = _unlabelled(lines[begin], place)
    if answer is not None:
        for block in reversed(item.item.blocks):
            if ANSWERED.match(block.text):
                del lines[block.line : block.end]
                item.item.end -= block.end - block.line
        lines[item.item.text_end : item.item.text_end] = answer
        item.item.end += len(answer)
    column = item.item.column
    cut = lines[item.item.line : item.item.end]
    return [(line[column:] if not line[:column].strip() else line).rstrip("\r") for line in cut]


def _unlabelled(line: str, place: Item | Block) -> str:
    """The first line of an answer without its label, unless that says who gave it, or what is left would be something else."""
    first = place.text.split("\n", 1)[0]
    at = line.find(first)
    found = ANSWERED.match(place.text)
    if at < 0 or found is None or found.end() > len(first) or found["by"]:
        return line
    rest = first[found.end() :]
    room = ROOM.match(rest)
    rest = before_room(rest[room.end() :] if room else rest)
    if not rest or not (rest[0].isalpha() or rest[0] in "«\"'“(") or ANSWERED.match(rest):
        return line
    return f"{line[:at]}{rest}{line[at + len(first) :]}"


def without(text: str, read: LetterRead, item: LetterItem) -> str:
    """The letter, of which this was `read`, without an item; its heading goes with its last one, when only how to reply stands there."""
    lines = text.split("\n")
    found = read.outline
    heading = item.item.under[-1] if item.item.under else None
    begin, end = item.item.line, item.item.end
    if found is not None and heading is not None and heading_section(heading) is not None:
        here = [other for other in found.items if heading in other.under]
        blocks = [block for block in found.blocks if heading in block.under]
        if len(here) == 1 and all(_HOW_TO_REPLY.match(unfold(block.text)) for block in blocks):
            begin = heading.line
    del lines[begin:end]
    while begin < end and 0 < begin < len(lines) and not lines[begin].strip() and not lines[begin - 1].strip():
        if begin == len(lines) - 1:
            break
        del lines[begin]
    return "\n".join(lines)


# What is not to be told any more.


class TakenOut(NamedTuple):
    """A letter without a question, and the lines, from 1, of items that a person changed: they stay."""

    text: str
    left: list[int]


def take_away(text: str, names: Collection[str], entry: tuple[Kind, int], ours: Iterable[Sequence[str]]) -> TakenOut:
    """The letter without the items of an entry that stand as the program wrote them: in the lines of one of `ours`."""
    known = {_worded(lines) for lines in ours}
    left: list[int] = []
    read = read_letter(text)
    for item in reversed(read.find(frozenset(names), *entry)):
        if _worded(text.split("\n")[item.item.line : item.item.end]) in known:
            text = without(text, read, item)
            read = read_letter(text)
        else:
            left.append(item.item.line + 1)
    return TakenOut(text, left[::-1])


def tell_anew(
    text: str, names: Collection[str], entry: tuple[Kind, int], ours: Iterable[Sequence[str]], now: Sequence[str]
) -> TakenOut:
    """The letter with the items of an entry that stand in the lines of one of `ours` as it is said `now`.

    What a person put below one that is ours stays there.
    """
    written = list(ours)
    whole, heads = {_worded(lines) for lines in written}, {_worded(_head(lines)) for lines in written}
    left: list[int] = []
    lines = text.split("\n")
    for item in reversed(read_letter(text).find(frozenset(names), *entry)):
        begin, end = item.item.line, item.item.end
        said = now
        if _worded(lines[begin:end]) not in whole:
            end, said = item.item.text_end, _head(now)
            if _worded(lines[begin:end]) not in heads:
                left.append(begin + 1)
                continue
        first, *others = said
        above = lines[begin]
        mark = _BULLET.match(above.lstrip())
        margin = above[: len(above) - len(above.lstrip()) + (mark.end() if mark else 0)]
        ending = "\r" if above.endswith("\r") else ""
        indent = " " * item.item.indent
        told = [margin + _BULLET.sub("", first, count=1), *(f"{indent}{line.removeprefix('  ')}" for line in others)]
        lines[begin:end] = [line + ending for line in told]
    return TakenOut("\n".join(lines), left[::-1])


def _head(lines: Sequence[str]) -> Sequence[str]:
    """The lines of an item as the program writes it, without what stands under it."""
    return lines[: next((place for place, line in enumerate(lines) if line.startswith("  - ")), len(lines))]


def _worded(lines: Iterable[str]) -> str:
    """What an item says, whatever its bullet, its box, its margin and where its link leads."""
    return same_words(_TARGET.sub("]", " ".join(_BULLET.sub("", line.strip()) for line in lines)))


def take_out(text: str, names: Collection[str], number: int, said: Collection[MinutesEntry]) -> TakenOut:
    """The letter without the items of a question; `said` is everything that the program may have written of it.

    `names` are those that its meeting and the file of its minutes go by.
    """
    known = {same_words(one.text) for one in said}
    answers = {same_words(one.answer) for one in said if one.answer} | {""}
    left: list[int] = []
    read = read_letter(text)
    for item in reversed(read.find(frozenset(names), "question", number)):
        given = same_words(item.answer.text) if item.answer else ""
        ours = all(isinstance(block, Item) for block in item.item.blocks) and len(item.item.blocks) <= 1 + bool(
            item.answer and item.answer.link
        )
        if same_words(titled_link(item.text)[0]) in known and given in answers and ours:
            text = without(text, read, item)
            read = read_letter(text)
        else:
            left.append(item.item.line + 1)
    return TakenOut(text, left[::-1])


def never_fed(text: str, names: Collection[str], entry: tuple[Kind, int]) -> str:
    """The letter that knows nothing of an entry any more: it goes in again when there is something to say of it."""
    front, lines = read_letter(text).front, text.split("\n")
    forgetting(lines, front, names, entry)
    return "\n".join(lines)


def not_sent(text: str) -> str:
    """The letter without its saying that it was sent. Raises Unreadable where its head cannot be read."""
    read = read_letter(text)
    if read.unreadable is not None:
        raise read.unreadable
    lines = text.split("\n")
    if "sent" in read.front.lines:
        del lines[read.front.lines["sent"]]
    return "\n".join(lines)


def sent_on(text: str, day: datetime.date) -> str:
    """The letter that says that it was sent on a day. Raises Unreadable where its head cannot say anything."""
    read = read_letter(text)
    if read.unreadable is not None or read.outline is None or not read.front.lines:
        raise read.unreadable or Unreadable("front")
    lines = text.split("\n")
    sending(lines, read.outline.source.body, read.front, day)
    return "\n".join(lines)
