"""What was written down, in the order in which it is looked at: sections of entries.

In a step of needs and questions the open ones come first, by how many have them, then as they were asked. Elsewhere all by time.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, get_args

from msgspec import Struct

from facilitator import wording
from facilitator.core.vocabulary import KINDS, Kind

if TYPE_CHECKING:
    from collections.abc import Sequence

    from facilitator.core.entry import Entry
    from facilitator.core.meeting import Meeting
    from facilitator.i18n import Translator

Order = Literal["step", "kind", "theme"]
ORDERS: tuple[Order, ...] = get_args(Order)
# The kinds that have a panel of their own where there are panels.
PANELS: tuple[Kind, ...] = ("decision", "action", "need")


class Section(Struct, frozen=True):
    """A heading and what stands under it; `panel` is the kind whose panel it is, None in the list itself."""

    title: str
    entries: tuple[Entry, ...]
    panel: Kind | None = None

    @property
    def heading(self) -> str:
        """The title and how many there are, what is private not counted: the wall may look on."""
        public = sum(not entry.private for entry in self.entries)
        return f"{self.title} · {public}" if public else self.title


def open_questions(meeting: Meeting) -> list[Entry]:
    """The questions that wait for an answer or an outcome, those that most people have first, then as they were asked."""
    found = [one for one in meeting.entries.values() if one.kind == "question" and one.outcome is None and not one.done]
    return sorted(found, key=_support)


def _support(entry: Entry) -> int:
    return -entry.same


def open_after(meeting: Meeting, entry: str | None) -> Entry | None:
    """The open question that stands after this one, which is settled; the first where none does."""
    found = open_questions(meeting)
    waiting = {one.id for one in found}
    ordered = sorted(meeting.of_kind("question"), key=_support)
    at = next((place for place, one in enumerate(ordered) if one.id == entry), 0)
    return next((one for one in ordered[at:] if one.id in waiting), next_open(meeting))


def open_below(meeting: Meeting, listed: Sequence[Entry], entry: str | None) -> Entry | None:
    """The open question that stands below this entry in what is listed, else the first above; None where none is open."""
    waiting = {one.id for one in open_questions(meeting)}
    at = next((place for place, one in enumerate(listed) if one.id == entry), 0)
    return next((one for one in (*listed[at:], *listed[:at]) if one.id in waiting), None)


def next_open(meeting: Meeting) -> Entry | None:
    """The question to be answered next: the first open one that has not the floor, else the one that has it."""
    found = open_questions(meeting)
    answering = meeting.answering.entry if meeting.answering is not None else None
    return next((one for one in found if one.id != answering), found[0] if found else None)


def meant(meeting: Meeting, selected: Entry | None) -> Entry | None:
    """The question that an answer or an outcome is for: the chosen one, else the one that has the floor.

    None for a chosen entry of another kind; with nothing chosen the next open one, where the list begins with it or there is no other.
    """
    if selected is not None and KINDS[selected.kind].answerable:
        return selected
    floor = meeting.answering.entry if meeting.answering is not None else None
    if floor is not None:
        return meeting.entries.get(floor)
    alone = len(meeting.undecided()) == 1
    return next_open(meeting) if selected is None and (alone or is_for_questions(meeting)) else None


def is_for_questions(meeting: Meeting) -> bool:
    """Whether the step that runs is one of needs and questions."""
    return meeting.current is not None and meeting.current.plan.kind == "needs"


def sections(tr: Translator, meeting: Meeting, order: Order, *, panels: bool) -> list[Section]:
    """All entries, each once, but the question that has the floor; those of the panels come last."""
    floor = meeting.answering.entry if meeting.answering is not None else None
    entries = [entry for entry in meeting.entries.values() if entry.id != floor]
    apart = PANELS if panels else ()
    listed = [entry for entry in entries if entry.kind not in apart]
    if order == "kind":
        found = _by_kind(tr, listed)
    elif order == "theme":
        found = _by_theme(tr, listed)
    elif is_for_questions(meeting):
        found = _questions_first(tr, meeting, listed)
    else:
        found = [Section(tr("Noted"), tuple(listed))]
    names = {"decision": tr("Decided"), "action": tr("To do"), "need": tr("Wanted, offered")}
    found += [Section(names[kind], tuple(one for one in entries if one.kind == kind), kind) for kind in apart]
    return found


def _questions_first(tr: Translator, meeting: Meeting, listed: Sequence[Entry]) -> list[Section]:
    kept = {entry.id for entry in listed}
    waiting = [entry for entry in open_questions(meeting) if entry.id in kept]
    ids = {entry.id for entry in waiting}
    settled = [entry for entry in listed if entry.kind == "question" and entry.id not in ids]
    others = [entry for entry in listed if entry.kind != "question"]
    found = [Section(tr("To be answered"), tuple(waiting))]
    if settled:
        found.append(Section(tr("have their outcome"), tuple(settled)))
    if others:
        found.append(Section(tr("also written down"), tuple(others)))
    return found


def _by_kind(tr: Translator, listed: Sequence[Entry]) -> list[Section]:
    groups = [(wording.kinds_name(tr, kind), [one for one in listed if one.kind == kind]) for kind in KINDS]
    return [Section(name, tuple(found)) for name, found in groups if found] or [Section(tr("Noted"), ())]


def _by_theme(tr: Translator, listed: Sequence[Entry]) -> list[Section]:
    """What is private stands with what has no theme: its theme is private, too."""
    themes: dict[str, list[Entry]] = {}
    rest = []
    for entry in listed:
        if entry.theme and not entry.private:
            themes.setdefault(entry.theme, []).append(entry)
        else:
            rest.append(entry)
    found = [Section(f"#{theme}", tuple(themes[theme])) for theme in sorted(themes)]
    return [*found, Section(tr("without a theme"), tuple(rest))] if rest or not found else found
