"""Figures in solid blocks, readable from the back of a room.

Each glyph is five rows; `#` is a full cell. A glyph is scaled by whole factors, so that edges stay sharp.
"""

from __future__ import annotations

from functools import cache

ROWS = 5
PART = 2
MOST_SCALE = 12
# From this scale on a figure is painted in parts, so that only those that change are sent.
LARGE = 4
# And from this one on as coloured spaces: a byte a cell where a block takes three. Below, text says what is shown.
HUGE = 6

_GLYPHS = {
    "0": ("######", "##  ##", "##  ##", "##  ##", "######"),
    "1": ("####  ", "  ##  ", "  ##  ", "  ##  ", "######"),
    "2": ("######", "    ##", "######", "##    ", "######"),
    "3": ("######", "    ##", "######", "    ##", "######"),
    "4": ("##  ##", "##  ##", "######", "    ##", "    ##"),
    "5": ("######", "##    ", "######", "    ##", "######"),
    "6": ("######", "##    ", "######", "##  ##", "######"),
    "7": ("######", "    ##", "    ##", "    ##", "    ##"),
    "8": ("######", "##  ##", "######", "##  ##", "######"),
    "9": ("######", "##  ##", "######", "    ##", "######"),
    ":": ("  ", "##", "  ", "##", "  "),
    "+": ("    ", " ## ", "####", " ## ", "    "),
    "-": ("    ", "    ", "####", "    ", "    "),
    " ": ("  ", "  ", "  ", "  ", "  "),
    "A": (" ### ", "## ##", "#####", "## ##", "## ##"),
    "D": ("#### ", "## ##", "## ##", "## ##", "#### "),
    "E": ("#####", "##   ", "#### ", "##   ", "#####"),
    "F": ("#####", "##   ", "#### ", "##   ", "##   "),
    "I": ("####", " ## ", " ## ", " ## ", "####"),
    "N": ("##   ##", "###  ##", "## # ##", "##  ###", "##   ##"),
    "P": ("#### ", "## ##", "#### ", "##   ", "##   "),
    "S": (" ####", "##   ", " ### ", "   ##", "#### "),
    "U": ("##  ##", "##  ##", "##  ##", "##  ##", "######"),
    "h": ("##   ", "##   ", "#### ", "## ##", "## ##"),
}
_MISSING = ("      ",) * ROWS


@cache
def glyph(character: str, scale: int) -> tuple[str, ...]:
    """The rows of one character, `5 * scale` of them, in full blocks and spaces."""
    rows = []
    for row in _GLYPHS.get(character, _MISSING):
        line = "".join(("█" if cell == "#" else " ") * scale for cell in row)
        rows.extend([line] * scale)
    return tuple(rows)


@cache
def part(character: str, place: int, scale: int) -> tuple[str, ...]:
    """The rows of the part of a character that begins at the cell `place`, `PART` cells wide or what is left."""
    return tuple(row[place * scale : (place + PART) * scale] for row in glyph(character, scale))


def parts(text: str, scale: int) -> list[tuple[tuple[str, ...], int]]:
    """The pieces a text is painted in, and the cells left free after each.

    Small figures are painted whole. Large ones in parts, for then only those that change are sent.
    """
    found: list[tuple[tuple[str, ...], int]] = []
    for place, character in enumerate(text):
        gap = scale if place < len(text) - 1 else 0
        cells = len(_GLYPHS.get(character, _MISSING)[0])
        if scale < LARGE:
            found.append((glyph(character, scale), gap))
            continue
        starts = range(0, cells, PART)
        found += [(part(character, start, scale), gap if start + PART >= cells else 0) for start in starts]
    return found


def width(text: str, scale: int = 1) -> int:
    """Cells that `text` takes at this scale, a gap of `scale` between characters."""
    cells = sum(len(_GLYPHS.get(character, _MISSING)[0]) for character in text) + max(0, len(text) - 1)
    return cells * scale


def best_scale(text: str, columns: int, rows: int) -> int:
    """The largest whole scale at which `text` fits; 0 when it does not fit at all."""
    if not text:
        return 0
    return max(0, min(columns // width(text), rows // ROWS, MOST_SCALE))
