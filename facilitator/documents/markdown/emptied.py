"""Headings that stand over nothing, as one is left when the last of what stood under it goes."""

from __future__ import annotations

from collections.abc import Collection
from itertools import accumulate

from facilitator.documents.markdown.outline import Heading, Outline, outline


def over_nothing(found: Outline) -> list[Heading]:
    """The headings, but for titles of documents, under which nothing stands but others of that sort."""
    lines = found.source.lines
    headed = {line for heading in found.headings for line in range(heading.line, heading.end)}
    held = [0, *accumulate(bool(line.strip()) and place not in headed for place, line in enumerate(lines))]
    empty: list[Heading] = []
    following: list[Heading] = []  # the next headings below, each of a lower level than those before it
    for heading in reversed(found.headings):
        while following and following[-1].level > heading.level:
            following.pop()
        end = following[-1].line if following else len(lines)
        if heading.level > 1 and held[end] == held[heading.end]:
            empty.append(heading)
        following.append(heading)
    return empty[::-1]


def swept(text: str, before: Collection[str], stay: Collection[str] = ()) -> str:
    """A document without the headings that stand over nothing in it and did not in any text of what it was `before`.

    `stay` are the words of headings that are kept all the same. Raises TooLarge.
    """
    known = {(one.level, one.text) for was in before for one in over_nothing(outline(was))}
    found = outline(text)
    gone = [one for one in over_nothing(found) if (one.level, one.text) not in known and one.text not in stay]
    if not gone:
        return text
    lines = list(found.source.lines)
    for heading in reversed(gone):
        end = heading.end
        while end < len(lines) and not lines[end].strip():
            end += 1
        del lines[heading.line : end]
    while lines and not lines[-1].strip():
        lines.pop()
    return "\n".join([*lines, ""])
