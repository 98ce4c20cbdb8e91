"""The clock in solid blocks: a widget for each character, so that a second repaints only the rows that differ."""

from __future__ import annotations

from itertools import groupby

from rich.segment import Segment
from rich.style import Style
from textual.app import ComposeResult
from textual.geometry import Region
from textual.strip import Strip

from facilitator.tui import figures
from facilitator.tui.widgets.boxes import Box
from facilitator.tui.widgets.still import Still


class Figure(Still):
    """One character of the clock, or a part of a large one."""

    DEFAULT_CSS = "Figure { width: auto; height: auto; }"

    def __init__(self) -> None:
        super().__init__()
        self._rows: tuple[str, ...] = ()

    def put(self, rows: tuple[str, ...], gap: int) -> None:
        """Show these rows; only those that differ are repainted when the size stays."""
        before, self._rows = self._rows, rows
        cells = len(rows[0])
        same_size = len(before) == len(rows) and len(before[0]) == cells and self.styles.margin.right == gap
        if not same_size:
            self.styles.width = cells
            self.styles.height = len(rows)
            self.styles.margin = (0, gap, 0, 0)
            self.refresh(layout=True)
            return
        changed = [Region(0, y, cells, 1) for y, (old, new) in enumerate(zip(before, rows, strict=True)) if old != new]
        if changed:
            self.refresh(*changed)

    def render_line(self, y: int) -> Strip:
        """One row; large figures are coloured spaces, a byte each where a block takes three."""
        row = self._rows[y] if y < len(self._rows) else ""
        base = self.rich_style
        if len(self._rows) < figures.HUGE * figures.ROWS or self.app.native_ansi_color:
            segments = [Segment(row, base)]
        else:
            filled, empty = Style(bgcolor=base.color), Style(bgcolor=base.bgcolor)
            segments = [Segment(" " * len(list(run)), filled if block == "█" else empty) for block, run in groupby(row)]
        return Strip(segments, len(row)).adjust_cell_length(self.size.width, base)


class BigClock(Box):
    """A short text in block figures, at the right end of its place: where the place stays, so do the last figures."""

    DEFAULT_CSS = """
    BigClock { width: auto; height: auto; layout: horizontal; align: right top; }
    BigClock.-amber Figure { color: $amber; background: $amber-back; }
    BigClock.-red Figure { color: $over; background: $over-back; }
    BigClock.-amber { background: $amber-back; }
    BigClock.-red { background: $over-back; }
    BigClock.-over { background: $over-back; }
    BigClock.-over Figure { color: $over; background: $over-back; }
    """

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002  # Textual's name
        super().__init__(id=id)
        self.text = ""
        self.scale = 1
        self._level = "calm"

    def begin(self, text: str, scale: int) -> None:
        """What to show first, before it is mounted; a scale of 0 shows nothing."""
        self.scale = scale
        self.text = text if scale else ""
        self.display = scale > 0

    def compose(self) -> ComposeResult:
        """As many figures as the first text needs."""
        for rows, gap in figures.parts(self.text, self.scale):
            figure = Figure()
            figure.put(rows, gap)
            yield figure

    def put(self, text: str, scale: int) -> bool:
        """Show the text at this scale; false when that is 0, which shows nothing."""
        self.display = scale > 0
        if not scale or not self.is_attached:  # nothing is mounted any more while the program leaves
            return False
        self.text, self.scale = text, scale
        pieces = figures.parts(text, scale)
        present = self._figures()
        if len(pieces) > len(present):
            self.mount(*(Figure() for _ in range(len(pieces) - len(present))))
            present = self._figures()
        for spare in present[len(pieces) :]:
            spare.remove()
        for figure, piece in zip(present, pieces, strict=False):
            figure.put(*piece)
        return True

    def _figures(self) -> list[Figure]:
        return [child for child in self.children if isinstance(child, Figure)]

    def tone(self, level: str) -> None:
        """Colour it by level: calm, amber, red or over; words beside it say the same."""
        if level == self._level:
            return
        self._level = level
        for name in ("amber", "red", "over"):
            self.set_class(level == name, f"-{name}")
