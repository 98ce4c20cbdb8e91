"""Where things are on the meeting screen: a function of the window and of the agenda, never of what the clocks say.

So nothing jumps: no figure of a clock, no overrun, no answer moves a panel.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from msgspec import Struct

from facilitator.tui import figures

# The widest that the clock ever shows: hours are shown without seconds.
WIDEST = "+00:00"
# From so many columns on there are panels beside the list, in so many rows at least.
WIDE, WIDE_ROWS = 110, 30
# Fewer rows hold the clock and the line that is typed, and nothing else.
FLAT = 12
# A panel is at least so wide that its title is whole.
PANEL = 33
# The column of the agenda, where its titles do not fit in a row.
COLUMN = 36
# From this many steps on a row of titles tells nothing.
MANY_STEPS = 12
# A title in the row: at least so much of it is to be read, with its sign, its hour and the gap after it.
TITLE, AROUND = 8, 9
# What the words beside the figures need, and the gap between them.
BESIDE, GAP = 20, 3
MARGIN = 2
# At most so many double rows on the desk.
MOST_SCALE = 2
TALL = 44

Agenda = Literal["none", "strip", "column"]


class Arrangement(Struct, frozen=True):
    """The places. Sizes in cells; 0 for what is not shown.

    `scale` is that of the figures (0: the clock is in words), `clock_rows` the height of its box, `beside` says that its words
    stand beside the figures rather than in a row below. `side` is the width of the panels, `airy` says that there are empty rows.
    """

    agenda: Agenda
    column: int
    scale: int
    clock_rows: int
    beside: bool
    side: int
    counts: bool
    hints: bool
    airy: bool
    flat: bool

    @property
    def figures_width(self) -> int:
        """Columns kept for the figures, whatever they show."""
        return figures.width(WIDEST, self.scale) if self.scale else 0


def arrange(width: int, height: int, titles: Sequence[str], *, phases: bool) -> Arrangement:
    """The places in a window of this size, for an agenda of steps with these titles; `phases` when one of them has any."""
    flat = height < FLAT
    wide = width >= WIDE and height >= WIDE_ROWS
    agenda: Agenda = "none"
    if wide:
        fits = sum(min(TITLE, len(title)) + AROUND for title in titles) <= width - MARGIN
        agenda = "strip" if fits and not phases and len(titles) < MANY_STEPS else "column"
    elif not flat and height >= 20:
        agenda = "strip"
    column = COLUMN if agenda == "column" else 0
    room = width - column - MARGIN
    rows = max(0, height - 3) if flat else figures.ROWS * (MOST_SCALE if height >= TALL else 1)
    scale, beside = _figures(room, rows)
    return Arrangement(
        agenda=agenda,
        column=column,
        scale=scale,
        clock_rows=(scale * figures.ROWS + (0 if beside else 1)) if scale else 1,
        beside=beside,
        side=max(PANEL, min(60, (width - column) // 3 + 1)) if wide else 0,
        counts=height >= 18,
        hints=height >= 20,
        airy=height >= WIDE_ROWS,
        flat=flat,
    )


def _figures(room: int, rows: int) -> tuple[int, bool]:
    """The largest scale at which the words have their place too, and whether that is beside them."""
    for scale in range(min(MOST_SCALE, rows // figures.ROWS), 0, -1):
        left = room - figures.width(WIDEST, scale) - GAP
        if left >= BESIDE * scale:
            return scale, True
    fits = rows >= figures.ROWS and room >= figures.width(WIDEST, 1)
    return (1 if fits else 0), False
