"""The front matter of two sides, key by key; a line that says nothing known is a person's, and stays."""

from __future__ import annotations

from collections.abc import Collection

from facilitator.documents.minutes.cut import Name
from facilitator.documents.minutes.front import highest_of, write_given, write_numbers
from facilitator.documents.minutes.patch import Patch
from facilitator.documents.minutes.reader import MinutesRead
from facilitator.i18n import Translator


def merge_front(  # noqa: PLR0913  # three sides, and what became of entries
    base: MinutesRead | None,
    one: MinutesRead,
    other: MinutesRead,
    patch: Patch,
    tr: Translator,
    *,
    out: Collection[Name],
    back: Collection[Name],
    people: bool,
) -> list[str]:
    """Put into `patch` what changes in the front matter of `one`; what is to be said of it. `out` and `back` are entries."""
    if not one.outline or not other.outline:
        return []
    if not one.outline.source.body:
        body = other.outline.source.lines[: other.outline.source.body]
        patch.put(0, body, (0, 0), spaced=True)
        return []
    said = []
    was, here, there = _values(base), _values(one), _values(other)
    end = one.outline.source.body - 1
    place = 1
    for key in dict.fromkeys((*there, *was)):
        at = one.front.lines.get(key)
        place = at + 1 if at is not None else place
        before, mine, theirs = was.get(key), here.get(key), there.get(key)
        if key == "closed":
            _closed(base, one, other, patch, at if at is not None else end, out=out, back=back)
        elif key == "given":
            _given(one, other, patch, at, place)
        elif theirs == mine or (theirs == before and key != "acts"):
            continue
        elif mine != before and base is not None and key != "acts":
            said.append(
                tr(
                    "Changed on both sides: what was written by hand stays, not this: {text}",
                    text=f"{key}: {theirs or ''}",
                )
            )
            if people and theirs is not None:
                patch.put(end, [f"# {key}: {theirs}"], (2, 0))
        else:
            _set(patch, at, place, f"{key}: {theirs}" if theirs is not None else None)
    if people:
        known = set(_odd(base)) | set(_odd(one))
        for line in _odd(other):
            if line not in known:
                patch.put(end, [line], (1, 0))
    return said


def _set(patch: Patch, at: int | None, place: int, line: str | None) -> None:
    if at is None and line is not None:
        patch.put(place, [line], (0, place))
    elif at is not None and line is None:
        patch.take(at, at + 1)
    elif at is not None and line is not None:
        patch.instead(at, line)


def _closed(  # noqa: PLR0913  # three sides, and what became of entries
    base: MinutesRead | None,
    one: MinutesRead,
    other: MinutesRead,
    patch: Patch,
    at: int,
    *,
    out: Collection[Name],
    back: Collection[Name],
) -> None:
    was = base.front.closed if base else frozenset()
    mine, theirs = one.front.closed, other.front.closed
    gone = ((was - mine) | (was - theirs) | set(out)) - set(back)
    closed = (mine | theirs | (was & set(back))) - gone
    if closed != mine:
        line = f"closed: {write_numbers(closed)}"
        if "closed" in one.front.lines:
            patch.instead(at, line)
        else:
            patch.put(at, [line], (0, at))


def _given(one: MinutesRead, other: MinutesRead, patch: Patch, at: int | None, place: int) -> None:
    """Whatever either side gave is not used again."""
    mine = write_given(one.front.given, ())
    both = write_given(highest_of([*one.front.given.items(), *other.front.given.items()]), one.front.closed)
    if both != mine:
        _set(patch, at, place, f"given: {both}" if both else None)


def _values(read: MinutesRead | None) -> dict[str, str]:
    if read is None or read.outline is None:
        return {}
    lines = read.outline.source.lines
    return {key: lines[at].partition(":")[2].strip() for key, at in read.front.lines.items()}


def _odd(read: MinutesRead | None) -> list[str]:
    """Lines of no known key; those of a known one with an odd value are merged by their key."""
    if read is None or read.outline is None:
        return []
    keyed = set(read.front.lines.values())
    return [read.outline.source.lines[at].rstrip() for at in read.front.odd if at not in keyed]
