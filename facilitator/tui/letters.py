"""Large letters in blocks, with their accents, for what is read from the back of a room.

A letter is drawn in points: capitals are eight of them high, small letters six, which is three rows. A line of text has two more above
for accents, one above those for the accents of capitals, and two below for what hangs. `plain` makes a point one cell wide and half a row high;
`narrow` half as wide, `large` twice as wide and twice as high.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from functools import cache
from typing import Literal

Size = Literal["large", "plain", "narrow"]
# Points from the top of one line to that of the next, and of one line alone.
PITCH, LINE = 11, 12
# From the top of a line down to its capitals, and to its small letters.
_CAPITALS, _SMALL = 2, 4
GAP = 1
_SPACE = 2
# What carries the accents of an i.
_NO_DOT = "\N{LATIN SMALL LETTER DOTLESS I}"

# Each from its own row of points on, its rows parted by spaces.
_DRAWN: tuple[tuple[int, dict[str, str]], ...] = (
    (
        _CAPITALS,
        {
            "A": ".##. #..# #..# #..# #### #..# #..# #..#",
            "B": "###. #..# #..# ###. #..# #..# #..# ###.",
            "C": ".### #... #... #... #... #... #... .###",
            "D": "###. #..# #..# #..# #..# #..# #..# ###.",
            "E": "#### #... #... ###. #... #... #... ####",
            "F": "#### #... #... ###. #... #... #... #...",
            "G": ".### #... #... #... #.## #..# #..# .###",
            "H": "#..# #..# #..# #### #..# #..# #..# #..#",
            "I": "### .#. .#. .#. .#. .#. .#. ###",
            "J": "...# ...# ...# ...# ...# ...# #..# .##.",
            "K": "#..# #..# #.#. ##.. ##.. #.#. #..# #..#",
            "L": "#... #... #... #... #... #... #... ####",
            "M": "#...# ##.## #.#.# #.#.# #...# #...# #...# #...#",
            "N": "#...# ##..# ##..# #.#.# #.#.# #..## #..## #...#",
            "O": ".##. #..# #..# #..# #..# #..# #..# .##.",
            "P": "###. #..# #..# #..# ###. #... #... #...",
            "Q": ".##. #..# #..# #..# #..# #..# #.#. .#.#",
            "R": "###. #..# #..# #..# ###. #.#. #..# #..#",
            "S": ".### #... #... .##. ...# ...# ...# ###.",
            "T": "##### ..#.. ..#.. ..#.. ..#.. ..#.. ..#.. ..#..",
            "U": "#..# #..# #..# #..# #..# #..# #..# .##.",
            "V": "#...# #...# #...# #...# .#.#. .#.#. .#.#. ..#..",
            "W": "#...# #...# #...# #...# #.#.# #.#.# ##.## #...#",
            "X": "#...# #...# .#.#. ..#.. ..#.. .#.#. #...# #...#",
            "Y": "#...# #...# .#.#. .#.#. ..#.. ..#.. ..#.. ..#..",
            "Z": "##### ....# ...#. ..#.. ..#.. .#... #.... #####",
            "Æ": ".###### #..#... #..#... #..#... #####.. #..#... #..#... #..####",
            "Œ": ".###### #..#... #..#... #..###. #..#... #..#... #..#... .######",
            "0": ".##. #..# #..# #.## ##.# #..# #..# .##.",
            "1": ".#. ##. .#. .#. .#. .#. .#. ###",
            "2": ".##. #..# ...# ...# ..#. .#.. #... ####",
            "3": "###. ...# ...# .##. ...# ...# ...# ###.",
            "4": "#..# #..# #..# #..# #### ...# ...# ...#",
            "5": "#### #... #... ###. ...# ...# ...# ###.",
            "6": ".##. #... #... ###. #..# #..# #..# .##.",
            "7": "#### ...# ...# ..#. ..#. .#.. .#.. .#..",
            "8": ".##. #..# #..# .##. #..# #..# #..# .##.",
            "9": ".##. #..# #..# #..# .### ...# ...# .##.",
            "b": "#... #... ###. #..# #..# #..# #..# ###.",
            "d": "...# ...# .### #..# #..# #..# #..# .###",
            "f": ".## #.. ### #.. #.. #.. #.. #..",
            "h": "#... #... ###. #..# #..# #..# #..# #..#",
            "i": "# . # # # # # #",
            "j": ".# .. .# .# .# .# .# .# .# #.",
            "k": "#... #... #..# #.#. ##.. ##.. #.#. #..#",
            "l": "#. #. #. #. #. #. #. ##",
            "t": "#.. #.. ### #.. #.. #.. #.. .##",
            "?": ".##. #..# ...# ..#. .#.. .#.. .... .#..",
            "!": "# # # # # # . #",
            "'": "# #",
            "’": "# #",
            "\N{LEFT SINGLE QUOTATION MARK}": "# #",
            '"': "#.# #.#",
            "“": "#.# #.#",
            "”": "#.# #.#",
            "°": ".#. #.# .#.",
            "(": ".# #. #. #. #. #. #. .#",
            ")": "#. .# .# .# .# .# .# #.",
            "[": "## #. #. #. #. #. #. ##",
            "]": "## .# .# .# .# .# .# ##",
            "/": "..# ..# ..# .#. .#. #.. #.. #..",
            "%": "##..# ##.#. ...#. ..#.. ..#.. .#... .#.## #..##",
            "&": ".##.. #..#. #..#. .##.. #..#. #.#.# #..#. .##.#",
            "@": ".####. #....# #.##.# #.##.# #.##.# #.###. #..... .####.",
            "#": ".#.#. .#.#. ##### .#.#. .#.#. ##### .#.#. .#.#.",
            "€": "..## .#.. ###. .#.. .#.. ###. .#.. ..##",
        },
    ),
    (
        _SMALL,
        {
            "a": ".##. ...# .### #..# #..# .###",
            "c": ".### #... #... #... #... .###",
            "e": ".##. #..# #### #... #... .###",
            "g": ".### #..# #..# #..# #..# .### ...# .##.",
            _NO_DOT: "# # # # # #",
            "m": "##.#. #.#.# #.#.# #.#.# #.#.# #.#.#",
            "n": "###. #..# #..# #..# #..# #..#",
            "o": ".##. #..# #..# #..# #..# .##.",
            "p": "###. #..# #..# #..# #..# ###. #... #...",
            "q": ".### #..# #..# #..# #..# .### ...# ...#",
            "r": "### #.. #.. #.. #.. #..",
            "s": ".### #... #... .##. ...# ###.",
            "u": "#..# #..# #..# #..# #..# .###",
            "v": "#...# #...# #...# .#.#. .#.#. ..#..",
            "w": "#...# #...# #.#.# #.#.# #.#.# .#.#.",
            "x": "#...# .#.#. ..#.. ..#.. .#.#. #...#",
            "y": "#..# #..# #..# #..# #..# .### ...# .##.",
            "z": "#### ...# ..#. .#.. #... ####",
            "æ": ".##.##. ...#..# .###### #..#... #..#... .##.###",
            "œ": ".##.##. #..#..# #..#### #..#... #..#... .##.###",
            ":": ". # . . . #",
            ";": ".. .# .. .. .. .# .# #.",
            "«": "..... ..#.# .#.#. #.#.. .#.#. ..#.#",
            "»": "..... #.#.. .#.#. ..#.# .#.#. #.#..",
            "+": "..... ..#.. ..#.. ##### ..#.. ..#..",
            "→": "..... ..#.. ...#. ##### ...#. ..#..",
            "✓": "..... ....# ...#. #..#. .##.. ..#..",
            "*": "#.# .#. #.#",
            "=": ".... #### .... ####",
            "<": "... ..# .#. #.. .#. ..#",
            ">": "... #.. .#. ..# .#. #..",
        },
    ),
    (6, {"-": "###", "–": "#####", "—": "#####", "·": "#"}),
    (8, {",": ".# .# #."}),
    (9, {".": "#", "…": "#.#.#", "_": "####"}),
)
# What is shown for a sign that is not drawn here.
_MISSING = "#### #..# #..# #..# #..# #..# #..# ####"
# The marks on a small letter four points wide, from the second row of the line on; on one that is narrower, three.
_ABOVE = {
    "\u0301": ("..#.", ".#.."),
    "\u0300": (".#..", "..#."),
    "\u0302": (".##.", "#..#"),
    "\u0308": ("....", "#..#"),
    "\u0303": (".#.#", "#.#."),
}
_ABOVE_NARROW = {"\u0301": (".##", ".#."), "\u0300": ("##.", ".#."), "\u0302": (".#.", "#.#"), "\u0308": ("...", "#.#")}
_ABOVE_CAPITAL = {"\u0301": "..##", "\u0300": "##..", "\u0302": ".##.", "\u0308": "#..#", "\u0303": "#.##"}
_CEDILLA = "\u0327"
_SPACES = " \u00a0\u202f\n\t"

# Two points above each other in a cell; two and two in one.
_HALVES = {(0, 0): " ", (1, 0): "▀", (0, 1): "▄", (1, 1): "█"}
_QUARTERS = " ▘▝▀▖▌▞▛▗▚▐▜▄▙▟█"


@cache
def glyph(character: str) -> tuple[str, ...]:
    """The rows of points of one character, `LINE` of them, `#` where there is one."""
    if character in _SPACES:
        return ("." * _SPACE,) * LINE
    parts = unicodedata.normalize("NFD", character)
    base, marks = parts[:1], parts[1:]
    small = base.lower() == base
    if marks and base == "i":
        base = _NO_DOT
    found = next(((top, drawn[base]) for top, drawn in _DRAWN if base in drawn), (_CAPITALS, _MISSING))
    top, rows = found[0], found[1].split(" ")
    width = len(rows[0])
    grid = [["."] * width for _ in range(LINE)]
    for y, row in enumerate(rows):
        grid[top + y] = list(row)
    for mark in marks:
        grid = _marked(grid, mark, small=small)
    return tuple("".join(row) for row in grid)


def _marked(grid: list[list[str]], mark: str, *, small: bool) -> list[list[str]]:
    """The points of a letter with an accent above it or a cedilla below."""
    width = max(3, len(grid[0]))
    pad = width - len(grid[0])
    grid = [["."] * (pad // 2) + row + ["."] * (pad - pad // 2) for row in grid]
    left = max(0, (width - 4) // 2)
    if mark == _CEDILLA:
        for y, x in ((LINE - 2, left + 2), (LINE - 1, left + 1)):
            grid[y][x] = "#"
        return grid
    if small:
        marks = (_ABOVE_NARROW if width == 3 else _ABOVE).get(mark, ())
        placed = list(enumerate(marks, 1))
    else:
        placed = [(0, _ABOVE_CAPITAL.get(mark, "")[:width])]
    for y, points in placed:
        for x, point in enumerate(points):
            if point == "#":
                grid[y][left + x] = "#"
    return grid


def points(text: str) -> int:
    """How many points wide a line is."""
    return sum(len(glyph(one)[0]) + GAP for one in text) - GAP if text else 0


def cells(text: str, size: Size) -> int:
    """How many cells wide a line is."""
    wide = points(text)
    return wide * 2 if size == "large" else wide if size == "plain" else (wide + 1) // 2


def height(lines: int, size: Size) -> int:
    """How many rows so many lines take at most."""
    high = PITCH * lines + LINE - PITCH if lines else 0
    return high if size == "large" else (high + 1) // 2


def wrapped(text: str, width: int, size: Size) -> list[str]:
    """The text in lines of at most so many cells, cut between words; a word that is wider is cut where it must be."""
    lines: list[str] = []
    line = ""
    for word in text.split():
        longer = f"{line} {word}" if line else word
        if cells(longer, size) <= width:
            line = longer
            continue
        lines += [line] if line else []
        line = word
        while cells(line, size) > width and len(line) > 1:
            cut = next(end for end in range(len(line) - 1, 0, -1) if end == 1 or cells(line[:end], size) <= width)
            lines.append(line[:cut])
            line = line[cut:]
    return [*lines, line] if line else lines


def cut(lines: Sequence[str], most: int, width: int, size: Size) -> list[str]:
    """So many lines at most, an ellipsis where there were more."""
    if len(lines) <= most:
        return list(lines)
    last = lines[most - 1] if most else ""
    while last and cells(last + "…", size) > width:
        last = last[:-1]
    return [*lines[: max(0, most - 1)], last.rstrip() + "…"][:most]


def drawn(lines: Sequence[str], size: Size, *, beside: str = "") -> list[str]:
    """The lines in blocks, a row of text for each row of the screen; empty rows above and below are left out.

    Above, not those in which something of the line `beside` them is: what stands side by side stands on one line.
    """
    if not lines:
        return []
    width = max(points(line) for line in lines)
    grid = [[0] * width for _ in range(PITCH * len(lines) + LINE - PITCH)]
    for place, line in enumerate(lines):
        x = 0
        for character in line:
            rows = glyph(character)
            for y, row in enumerate(rows):
                for at, point in enumerate(row):
                    if point == "#":
                        grid[place * PITCH + y][x + at] = 1
            x += len(rows[0]) + GAP
    above = [point for one in lines[0] + beside for row in glyph(one)[:_CAPITALS] for point in row]
    top = 0 if "#" in above else _CAPITALS
    return _blocks(grid[top:], size)


def _blocks(grid: list[list[int]], size: Size) -> list[str]:
    if size == "large":
        found = ["".join(("██" if point else "  ") for point in row) for row in grid]
    else:
        empty = [0] * len(grid[0])
        pairs = [(grid[y], grid[y + 1] if y + 1 < len(grid) else empty) for y in range(0, len(grid), 2)]
        found = [_halves(*pair) if size == "plain" else _quarters(*pair) for pair in pairs]
    while found and not found[-1].strip():
        found.pop()
    return [row.rstrip() for row in found]


def _halves(above: Sequence[int], below: Sequence[int]) -> str:
    return "".join(_HALVES[pair] for pair in zip(above, below, strict=True))


def _quarters(above: Sequence[int], below: Sequence[int]) -> str:
    rows = [[*row, 0] if len(row) % 2 else list(row) for row in (above, below)]
    return "".join(
        _QUARTERS[rows[0][x] + 2 * rows[0][x + 1] + 4 * rows[1][x] + 8 * rows[1][x + 1]]
        for x in range(0, len(rows[0]), 2)
    )
