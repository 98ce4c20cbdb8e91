"""Panels: rows in a frame with a title in its border. One grammar for all that is made of rows (`Lines`)."""

from __future__ import annotations

from collections.abc import Sequence

from facilitator.tui.cells import cell_len, fit
from facilitator.tui.widgets.lines import Row, Span

# Beside the rows on either side: the frame and a cell of air.
FRAME = 4
# Cells between two columns.
GAP = 2


def panel(title: str, rows: Sequence[Row], width: int, *, height: int = 0) -> list[Row]:
    """The rows, of at most `width - FRAME` cells each, in a frame of `width` cells; of at least `height` rows, frame included.

    Where there is no room for a frame, the title stands above the rows.
    """
    if width <= FRAME + 2:
        return [[(fit(title, width), "accent")], *rows]
    inner = width - FRAME
    shown = f" {fit(title, inner - 2)} " if title else ""
    framed: list[Row] = [
        [("╭─", "rule"), (shown, "accent"), ("─" * (width - 3 - cell_len(shown)) + "╮", "rule")],
    ]
    empty: list[Row] = [[]] * max(0, height - 2 - len(rows))
    for row in (*rows, *empty):
        used = sum(cell_len(text) for text, _ in row)
        filled: list[Span] = [("│ ", "rule"), *row, (" " * max(0, inner - used), ""), (" │", "rule")]
        framed.append(filled)
    return [*framed, [("╰" + "─" * (width - 2) + "╯", "rule")]]


def beside(one: Sequence[Row], other: Sequence[Row], width: int) -> list[Row]:
    """Two columns of rows, the first of which is `width` cells wide, two cells apart."""
    rows: list[Row] = []
    for place in range(max(len(one), len(other))):
        first = list(one[place]) if place < len(one) else []
        used = sum(cell_len(text) for text, _ in first)
        second = list(other[place]) if place < len(other) else []
        rows.append([*first, (" " * (width - used + GAP), ""), *second] if second else first)
    return rows
