"""Who is there, late, excused or gone."""

from __future__ import annotations

from typing import TYPE_CHECKING

from facilitator import wording
from facilitator.core import acts as core
from facilitator.core.meeting import HERE
from facilitator.core.people import complete, expected_names
from facilitator.core.text import fold_case
from facilitator.tui.cells import left
from facilitator.tui.screens.sheet import Sheet
from facilitator.tui.widgets.bar import Bar
from facilitator.tui.widgets.lines import Row

if TYPE_CHECKING:
    from facilitator.core.meeting import Presence
    from facilitator.tui.desk import Desk

_KEYS: dict[str, Presence] = {
    "space": "present",
    " ": "present",
    "l": "late",
    "x": "excused",
    "a": "absent",
    "g": "left",
}
_SIGNS: dict[Presence | None, str] = {
    "present": "✓",
    "late": "✓",
    "excused": "–",
    "absent": "–",
    "left": "‹",
    None: "·",
}


class PeopleScreen(Sheet):
    """Every member and visitor; a key says how they attend."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk.tr, desk)
        self.people = desk

    def names(self) -> list[str]:
        """Members in their order, then visitors."""
        meeting = self.people.meeting
        members = [member.name for member in meeting.opened.members]
        known = {fold_case(name) for name in members}
        return members + [name for name in meeting.attendance if fold_case(name) not in known]

    def sheet_title(self) -> str:
        """How many are there."""
        here = sum(1 for someone in self.people.meeting.attendance.values() if someone.status in ("present", "late"))
        return self.tr("People · present {n}", n=here)

    def ids(self) -> list[str]:
        """One line a person."""
        return self.names()

    def sheet_rows(self, width: int) -> list[Row]:
        """Sign, name, structure, how and since when."""
        meeting = self.people.meeting
        structures = {member.name: member.structure or "" for member in meeting.opened.members}
        rows: list[Row] = []
        for name in self.names():
            someone = meeting.attendance.get(name)
            status = someone.status if someone else None
            words = wording.presence_name(self.tr, someone.status) if someone else ""
            since = wording.time_text(someone.at, self.people.zone) if someone else ""
            if someone is not None and someone.status == "left" and someone.came is not None:
                since = f"{wording.time_text(someone.came, self.people.zone)}–{since}"
            if someone is not None and someone.visitor:
                words += " · " + self.tr("visitor")
            tail = f" {words} {since}".rstrip()
            style = "selected" if name == self.chosen else "" if status in ("present", "late") else "dim"
            room = max(8, width - 28)
            cell = left(f" {_SIGNS[status]} {name}  {structures.get(name, '')}".rstrip(), room)
            rows.append([(cell, style), (left(tail, width - room), style)])
        return rows or [[(self.tr("Nobody is on the list: p writes down who comes in."), "dim")]]

    def sheet_keys(self) -> list[tuple[str, str]]:
        """What the keys say."""
        tr = self.tr
        return [
            ("↑↓", tr("choose")),
            (tr("space"), tr.ptr("attendance", "here")),
            ("l", tr.ptr("attendance", "late")),
            ("x", tr.ptr("attendance", "excused")),
            ("a", tr.ptr("attendance", "absent")),
            ("g", tr.ptr("attendance", "gone")),
            (tr("Del"), tr("nothing noted")),
            ("p", tr("someone else")),
        ]

    def help_keys(self) -> list[tuple[str, str]]:
        """And what takes the last of it back."""
        return [*self.sheet_keys(), ("u", self.tr("undo"))]

    def pressed(self, key: str) -> bool:
        """A letter says how the chosen person attends."""
        if self.bar.is_open:
            return False
        if key in _KEYS and self.chosen is not None:
            self._note(self.chosen, _KEYS[key])
            return True
        if key == "delete" and self.chosen is not None:
            self.people.act(core.Unattend(self.chosen))
            return True
        if key == "p":
            self.bar.open("attend")
            return True
        if key == "u":
            self.people.act(core.Undo())
            return True
        return False

    def _note(self, name: str, status: Presence) -> None:
        """How this person attends; the bar of space takes a tick away again."""
        someone = self.people.meeting.attendance.get(name)
        if status == "present" and someone is not None and someone.status in HERE and not someone.visitor:
            self.people.act(core.Unattend(name))
        else:
            self.people.note_presence(name, status)

    def complete(self, prefix: str) -> str | None:
        """The one who is meant, the partners of the network among them."""
        return complete(prefix, expected_names(self.people.meeting))

    def typed(self, event: Bar.Submitted) -> None:
        """Someone who is not on the list, or is."""
        if not event.text.strip():
            self.bar.close()
            return
        self.bar.take_or_select(done=self.people.attend(event.text))
