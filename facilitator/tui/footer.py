"""The last row of a screen: its keys and what they do, as many as fit."""

from __future__ import annotations

from typing import TYPE_CHECKING

from facilitator.core.vocabulary import Kind
from facilitator.i18n import Translator
from facilitator.tui.cells import cell_len, fit
from facilitator.tui.widgets.lines import Row

if TYPE_CHECKING:
    from facilitator.core.meeting import Meeting
    from facilitator.tui.gesture import Gesture

# From so many columns on each key has a label of its own.
ONE_LABEL_EACH = 110


def gestures_row(tr: Translator, meeting: Meeting, chosen: list[Gesture], width: int) -> Row:
    """Keys and labels, as many as fit; in a narrow window those that write down an entry share one label."""
    taken = [gesture for gesture in chosen if gesture.kind is not None and gesture.kind != "note"]
    cells = [(gesture.key(tr), _label(tr, meeting, gesture)) for gesture in chosen]
    if width < ONE_LABEL_EACH and len(taken) > 2:
        at = chosen.index(taken[0])
        one = (" ".join(gesture.key(tr) for gesture in taken), tr("write down"))
        cells = [cell for gesture, cell in zip(chosen, cells, strict=True) if gesture not in taken]
        cells.insert(at, one)
    return keys_row(cells, width)


def _room_for(cells: list[tuple[str, str]]) -> int:
    return sum(cell_len(key) + cell_len(words) + 3 for key, words in cells)


def keys_row(cells: list[tuple[str, str]], width: int) -> Row:
    """`key label` pairs, as many as fit, the first ones first; the last, which is the way out, and help always."""
    always = [cell for cell in cells[:-1] if cell[0] == "h"] + cells[-1:]
    if _room_for(always) > width:
        always = cells[-1:]
    kept = list(always)
    for cell in cells:
        if cell not in kept and _room_for([*kept, cell]) <= width:
            kept.append(cell)
    cells = [cell for cell in cells if cell in kept]
    row: list[tuple[str, str]] = []
    for key, words in cells:
        row += [(f" {key}", "key"), (f" {words} ", "")]
    return row


def _label(tr: Translator, meeting: Meeting, gesture: Gesture) -> str:
    if gesture.id == "pause" and meeting.state == "paused":
        return tr("go on")
    if gesture.id == "next" and meeting.state in ("none", "ready"):
        return tr("begin")
    if gesture.id == "adjourn" and meeting.state == "adjourned":
        return tr("close")
    if gesture.id == "adjourn" and meeting.state == "closed":
        return tr("the close")
    return tr(gesture.label)


def choice_row(tr: Translator, width: int, about: str = "") -> Row:
    """While one key is asked for, the only other that does something; then what it is asked about, as much as fits."""
    row = keys_row([(tr("Esc"), tr("change nothing"))], width)
    room = width - sum(cell_len(text) for text, _ in row) - 2
    return [*row, (f"  {fit(about, room)}", "strong")] if about and room > 0 else row


def bar_row(tr: Translator, mode: str, width: int, kind: Kind = "note") -> Row:
    """The keys of the open bar, which takes an entry of this kind, or something else."""
    cells = [(tr("Enter"), tr("save"))]
    if mode == "capture":
        cells.append(("Tab", tr("who, theme, due") if kind == "action" else tr("who, theme")))
    elif mode == "answer":
        cells.append(("Tab", tr("who answers")))
    elif mode in ("attend", "handover"):
        cells.append(("Tab", tr("complete")))
    elif mode in ("find", "command"):
        cells = [(tr("Enter"), tr("choose"))]
    cells.append((tr("Esc"), tr("close the line")))
    return keys_row(cells, width)
