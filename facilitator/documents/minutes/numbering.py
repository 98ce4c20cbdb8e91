"""Numbers and anchors put on items where they stand, every other byte untouched."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from msgspec.structs import replace

from facilitator.core.entry import label
from facilitator.core.vocabulary import Kind
from facilitator.documents.minutes.front import renumbering
from facilitator.documents.minutes.of_entry import anchor
from facilitator.documents.minutes.reader import FoundEntry, MinutesRead, read_minutes

Name = tuple[Kind, int]


def numbered(text: str, highest: Mapping[Kind, int] | None = None) -> tuple[str, tuple[str, ...]]:
    """The minutes with a number for each adopted item and its anchor put back on each entry that lost it, words untouched.

    Beside it the numbers that were given, each above the `highest` of its kind that was ever given. A file with conflict markers
    stays as it is.
    """
    read = read_minutes(text)
    if read.outline is None or read.conflicted:
        return text, ()
    last: dict[Kind, int] = dict(highest or {})
    for kind, number in [*(found.name for found in read.entries), *read.front.closed, *read.front.given.items()]:
        last[kind] = max(last.get(kind, 0), number)
    given: list[tuple[FoundEntry, Name]] = []
    fresh: list[Name] = []
    for found in read.entries:
        kind, number = found.name
        if kind == "note" or (number and found.head.anchor):
            continue
        if not number:
            number = last[kind] = last.get(kind, 0) + 1
            fresh.append((kind, number))
        given.append((found, (kind, number)))
    text, done = put_numbers(read, given)
    return text, tuple(label(*name, read.front.language) for name in fresh if name in done)


def put_numbers(read: MinutesRead, given: Sequence[tuple[FoundEntry, Name]]) -> tuple[str, frozenset[Name]]:
    """The minutes with these numbers on these items, in the place of any they have; and which of them could be put."""
    assert read.outline is not None  # noqa: S101  # an item was found in it
    lines = list(read.outline.source.lines)
    language = read.front.language
    done: set[Name] = set()
    for found, name in given:
        line = lines[found.item.text_line]
        at = line.find(found.item.text.split("\n", 1)[0])
        if at < 0:
            continue
        again = name == found.name
        begin = at + found.head.anchor_at
        end = at + found.head.at if (found.twin or found.said.number) and not again else begin
        put = anchor(replace(found.said, kind=name[0], number=name[1])) + (
            "" if again else f"**{label(*name, language)}** "
        )
        lines[found.item.text_line] = line[:begin] + put + line[end:]
        done.add(name)
    fresh = {name for found, name in given if name in done and name != found.name}
    if fresh:
        changes = renumbering(read.front, read.front.closed | fresh, "\r" if lines[0].endswith("\r") else "")
        for begin, end, instead in sorted(changes, reverse=True):
            lines[begin:end] = instead
    return "\n".join(lines), frozenset(done)
