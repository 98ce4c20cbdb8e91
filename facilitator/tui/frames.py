"""Frames around rows: a border with a title in it, drawn as text, so that only the rows that change are sent."""

from __future__ import annotations

from collections.abc import Sequence

from facilitator.tui.cells import cell_len, fit
from facilitator.tui.widgets.lines import Row

# Below this there is no place for a frame.
LEAST_ROWS, LEAST_COLUMNS = 3, 12


def framed(title: str, rows: Sequence[Row], width: int, height: int) -> list[Row]:
    """The rows in a frame of this size, in cells, its title in the border."""
    name = fit(title, width - 6)
    rule = "─" * max(0, width - 5 - cell_len(name))
    top: Row = [("╭─ ", "rule"), (name, "strong"), (f" {rule}╮", "rule")]
    inner = [_sided(row, width - 2) for row in rows[: height - 2]]
    inner += [_sided([], width - 2)] * (height - 2 - len(inner))
    return [top, *inner, [("╰" + "─" * (width - 2) + "╯", "rule")]]


def holds_frame(width: int, height: int) -> bool:
    """Whether a frame leaves room for anything."""
    return width >= LEAST_COLUMNS and height >= LEAST_ROWS


def divider(title: str, width: int) -> Row:
    """A heading within a frame: `── title ─────`."""
    name = fit(title, width - 6)
    return [(" ── ", "rule"), (name, "dim"), (" " + "─" * max(0, width - 6 - cell_len(name)) + " ", "rule")]


def _sided(row: Row, width: int) -> Row:
    used = sum(cell_len(text) for text, _ in row)
    # What is chosen is chosen over the whole row.
    filling = row[-1][1] if row and row[-1][1] == "selected" else ""
    return [("│", "rule"), *row, (" " * max(0, width - used), filling), ("│", "rule")]
