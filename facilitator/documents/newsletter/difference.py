"""What hands changed in a letter against what was written, item by item."""

from __future__ import annotations

from collections import defaultdict

from facilitator.core.regex import regex
from facilitator.documents.difference import Bit, Difference, between
from facilitator.documents.markdown.outline import Block, Item
from facilitator.documents.minutes.cut import folded
from facilitator.documents.newsletter.reader import LetterItem, LetterRead, read_letter

_TAGS = regex(r"<a\s[^<>]{0,120}>\s*</a>\s*")


def differences(written: str, text: str) -> list[Difference]:
    """What is otherwise in a letter than it was `written`, in the order of the letter."""
    before, after = read_letter(written), read_letter(text)
    found: list[Difference] = []
    old, new = _by_name(before), _by_name(after)
    for name in dict.fromkeys([*old, *new]):
        for place in range(max(len(old[name]), len(new[name]))):
            one = old[name][place] if place < len(old[name]) else None
            other = new[name][place] if place < len(new[name]) else None
            found += _item(before, after, one, other)
    found += between(_rest(before), _rest(after))
    found += between(_headings(before), _headings(after), "heading")
    found += between(_front(before), _front(after), "front")
    return sorted(found, key=lambda one: (one.line == 0, one.line))


def _by_name(read: LetterRead) -> defaultdict[tuple[object, ...], list[LetterItem]]:
    found: defaultdict[tuple[object, ...], list[LetterItem]] = defaultdict(list)
    for item in read.items:
        found[item.meeting, item.kind, item.number].append(item)
    return found


def _item(before: LetterRead, after: LetterRead, one: LetterItem | None, other: LetterItem | None) -> list[Difference]:
    if one is None or other is None:
        item = one or other
        assert item is not None  # noqa: S101  # it is in one of them
        if other is None:
            return [Difference("removed", item.label, before=_words(item))]
        return [Difference("added", item.label, after=_words(item), line=other.item.line + 1)]
    label, line, found = other.label, other.item.line + 1, []
    here, there = _under(before, one), _under(after, other)
    if here != there:
        found.append(Difference("moved", label, "heading", here, there, line))
    if folded(_words(one)) != folded(_words(other)):
        found.append(Difference("changed", label, "text", _words(one), _words(other), line))
    if bool(one.ticked) != bool(other.ticked):
        found.append(Difference("changed", label, "done", bool(one.ticked), bool(other.ticked), line))
    old, new = _answer(one), _answer(other)
    if folded(old or "") != folded(new or ""):
        found.append(Difference("changed", label, "answer", old, new, line))
    return found + between(_remarks(before, one), _remarks(after, other), "remark", label)


def _words(item: LetterItem) -> str:
    return " ".join(item.text.split())


def _answer(item: LetterItem) -> str | None:
    return " ".join(item.answer.text.split()) if item.answer else None


def _under(read: LetterRead, item: LetterItem) -> str:
    return item.item.under[-1].text if item.item.under else ""


def _remarks(read: LetterRead, item: LetterItem) -> list[Bit]:
    """What stands under an item but its answer."""
    place = item.answer.place if item.answer else None
    blocks = [block for block in item.item.blocks if block is not place]
    answers = item.answer is None
    return [
        Bit(folded(block.text), " ".join(block.text.split()), block.line + 1)
        for block in blocks
        if not (answers and isinstance(block, Item) and block.text.rstrip().endswith(("…", "...")))
    ]


def _rest(read: LetterRead) -> list[Bit]:
    if read.outline is None:
        return []
    known = {id(item.item) for item in read.items}
    blocks: list[Item | Block] = [item for item in read.outline.items if id(item) not in known]
    blocks += read.outline.blocks
    lines = read.outline.source.lines
    return [
        Bit(folded(text), text, block.line + 1)
        for block in sorted(blocks, key=lambda block: block.line)
        if (text := " ".join(_TAGS.sub("", " ".join(lines[block.line : block.end])).split()).removeprefix("- "))
    ]


def _headings(read: LetterRead) -> list[Bit]:
    headings = read.outline.headings if read.outline else []
    return [Bit(folded(heading.text), heading.text, heading.line + 1) for heading in headings]


def _front(read: LetterRead) -> list[Bit]:
    if read.outline is None:
        return []
    lines = read.outline.source.lines[1 : max(1, read.outline.source.body - 1)]
    return [Bit(line.strip(), line.strip(), place) for place, line in enumerate(lines, 2) if line.strip()]
