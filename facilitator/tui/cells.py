"""Text in terminal cells: what fits, what is cut, what is aligned."""

from __future__ import annotations

from collections.abc import Sequence

from rich.cells import cell_len, chop_cells, set_cell_size

from facilitator.core.regex import regex

__all__ = ["cell_len", "fit", "fit_first", "left", "measurable", "right", "wrap"]

ELLIPSIS = "…"
# A joiner that joins nothing: Rich measures and cuts what follows it in two different ways.
_JOINER = "\u200d"
_STRAY = regex(rf"(?:^|(?<=[\s{_JOINER}])){_JOINER}+|{_JOINER}+(?=\s|$)")


def fit(text: str, width: int) -> str:
    """The text on one line in at most `width` cells, an ellipsis where it was cut."""
    text = measurable(" ".join(text.split("\n")))
    if width <= 0:
        return ""
    if cell_len(text) <= width:
        return text
    if width == 1:
        return ELLIPSIS
    return set_cell_size(text, width - 1).rstrip() + ELLIPSIS


def fit_first(wordings: Sequence[str], width: int) -> str:
    """The first of several wordings, the longest first, that fits whole; else the last, cut."""
    return next((words for words in wordings if cell_len(words) <= width), fit(wordings[-1], width))


def left(text: str, width: int) -> str:
    """The text in exactly `width` cells, aligned left."""
    return set_cell_size(fit(text, width), max(0, width))


def right(text: str, width: int) -> str:
    """The text in exactly `width` cells, aligned right."""
    text = fit(text, width)
    return " " * (width - cell_len(text)) + text


def wrap(text: str, width: int) -> list[str]:
    """The whole text in lines of at most `width` cells, cut between words where it can be; at least one line.

    Where there is no width at all the one line is empty; a sign that is wider than the column is an ellipsis.
    """
    if width <= 0:
        return [""]
    lines: list[str] = []
    for paragraph in measurable(text).split("\n"):
        line = ""
        for word in paragraph.split(" "):
            candidate = f"{line} {word}" if line else word
            if cell_len(candidate) <= width:
                line = candidate
                continue
            if line:
                lines.append(line)
            *whole, line = _pieces(word, width)
            lines += whole
        lines.append(line)
    return lines


def measurable(text: str) -> str:
    """The text without the joiners that join nothing, for Textual and Rich, which divide by the cells they take."""
    return _STRAY.sub("", text) if _JOINER in text else text


def _pieces(word: str, width: int) -> list[str]:
    """A word that is too long, in pieces of at most `width` cells."""
    pieces = [piece for piece in chop_cells(word, width) if piece]
    return [piece if cell_len(piece) <= width else ELLIPSIS for piece in pieces] or [ELLIPSIS]
