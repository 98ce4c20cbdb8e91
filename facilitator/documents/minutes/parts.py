"""The parts of an entry that are merged each on its own: what was changed on one side is taken, what on both stands or is lost."""

from __future__ import annotations

from typing import Any

from msgspec.structs import replace

from facilitator.core.said import Said
from facilitator.documents.minutes import words
from facilitator.documents.minutes.entry import MinutesEntry
from facilitator.documents.minutes.reader import FoundEntry

_ANSWER = ("answer", "answer_by", "answer_link", "answered_on")
_DUE = ("due", "due_text")
_WHERE = ("outcome", *_DUE, "done")
_SINGLE = ("text", "by", "owners", "theme", "link", "type", "level", "deadline", "when", "offer", "vote", "consensus", "origin", "same", "step")  # fmt: skip


def parts(said: MinutesEntry) -> dict[str, Any]:
    """Every part by its name."""
    return {name: getattr(said, name) for name in (*Said.__struct_fields__, "answered_on", "step")}


def joined(
    before: MinutesEntry | None, mine: MinutesEntry, other: MinutesEntry, *, placed: bool
) -> tuple[MinutesEntry, bool]:
    """What an entry says when both changed it, and whether something of the other's is not in it.

    `placed` says that its sequence is one of its parts, and not where it stands.
    """
    said, lost = mine, False
    groups = [(name,) for name in _SINGLE if placed or name != "step"]
    where = [_WHERE] if mine.kind == "question" else [_DUE, ("done",), ("outcome",)]
    for group in [*groups, _ANSWER, *where]:
        here, there = ({name: getattr(one, name) for name in group} for one in (mine, other))
        was = {name: getattr(before, name) for name in group} if before is not None else None
        if there in (here, was):
            continue
        if here == was:
            said = replace(said, **there)
        else:
            lost = True
    return _as_read(said), lost


def _as_read(said: MinutesEntry) -> MinutesEntry:
    """A question that holds an answer is answered wherever it stands."""
    if said.kind != "question" or said.answer is None or said.outcome == "individual":
        return said
    return replace(said, done=True) if said.outcome in words.DEFERRED else replace(said, outcome="answered")


def in_tail(*found: FoundEntry | None) -> bool:
    """Whether the sequence of these is said in their tails, not by where they stand."""
    return all(one is not None and one.section not in ("course", "since", None) for one in found)
