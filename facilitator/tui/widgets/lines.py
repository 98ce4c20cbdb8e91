"""A widget that is rows of text and repaints only the rows that changed.

Everything on the meeting screen is made of it: what is shown is a pure function of the meeting, the instant and the size,
and nothing is sent to the terminal when that function gives what it gave before.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache

from rich.color import Color as RichColor
from rich.segment import Segment
from rich.style import Style
from textual.color import Color
from textual.geometry import Region, Size
from textual.message import Message
from textual.strip import Strip

from facilitator.tui.cells import cell_len
from facilitator.tui.widgets.still import Still

Span = tuple[str, str]
"""A text and the name of its style (`dim`, `strong` …; empty: plain)."""
Row = Sequence[Span]
Source = Callable[[int, int], Sequence[Row]]
"""Rows for a width and a height in cells; more rows than the height are not shown."""

# The colours of the theme that rows are in. They are looked up here: as component classes of a widget, Textual would match
# its whole style sheet against twenty more nodes for each widget, whenever a style may have changed.
COLOURS = (
    *("background", "foreground", "quiet", "rule", "calm", "done", "chosen", "chosen-text"),
    *("amber", "amber-back", "over", "over-back", "private", "private-back", "other", "other-back"),
    *("code", "code-back"),
)


def _nothing(_width: int, _height: int) -> Sequence[Row]:
    return ()


class Lines(Still):
    """Rows of styled text from a `source`."""

    DEFAULT_CSS = "Lines { height: 1fr; width: 1fr; }"

    class Broken(Message):
        """The source of some rows raised an error; there is a sign in their place."""

        def __init__(self, error: Exception) -> None:
            super().__init__()
            self.error = error

    def __init__(
        self,
        source: Source = _nothing,
        *,
        id: str | None = None,  # noqa: A002  # Textual's name
        classes: str | None = None,
    ) -> None:
        super().__init__(id=id, classes=classes)
        self._source = source
        self._shown: tuple[tuple[Span, ...], ...] | None = None
        self._shown_size = Size(0, 0)

    def follow(self, source: Source) -> None:
        """Take the rows from another source."""
        self._source = source
        self.show()

    def show(self) -> bool:
        """Ask the source again and repaint the rows that differ; true when any did."""
        size = self.size
        if not self.is_mounted or not size.area:
            return False
        if self._shown is None or self._shown_size != size:
            self._shown = None
            self.refresh()
            return True
        before, now = self._shown, self._ask()
        self._shown = now
        changed = []
        for y in range(min(size.height, max(len(before), len(now)))):
            old, new = (rows[y] if y < len(rows) else () for rows in (before, now))
            if old != new:
                changed.append(Region(0, y, size.width, 1))
        if changed:
            self.refresh(*changed)
        return bool(changed)

    def text(self) -> str:
        """What is shown, without styles; for tests and for whoever cannot see colours."""
        return "\n".join("".join(text for text, _ in row).rstrip() for row in self._rows())

    def on_resize(self) -> None:
        """A new size may hold other rows."""
        self._shown = None
        self.refresh()

    def render_line(self, y: int) -> Strip:
        """One row, padded to the width."""
        rows = self._rows()
        base = self.rich_style
        segments = [Segment(text, base + self._style(name)) for text, name in rows[y]] if y < len(rows) else []
        used = sum(cell_len(segment.text) for segment in segments)
        return Strip(segments, used).adjust_cell_length(self.size.width, base)

    def _rows(self) -> tuple[tuple[Span, ...], ...]:
        if self._shown is None or self._shown_size != self.size:
            self._shown = self._ask()
            self._shown_size = self.size
        return self._shown

    def _ask(self) -> tuple[tuple[Span, ...], ...]:
        width, height = self.size
        try:
            return tuple(tuple(row) for row in self._source(width, height))
        except Exception as error:  # noqa: BLE001  # what cannot be shown must not keep the rest from being shown
            # As its own: what a parent seems to have sent does not bubble.
            self.post_message(self.Broken(error).set_sender(self))
            return ((("!", "alert"),),)

    def _style(self, name: str) -> Style:
        return styles(self.app.theme_variables)[name] if name else Style.null()


def styles(variables: Mapping[str, str]) -> dict[str, Style]:
    """What each style looks like, with the variables of a theme; `plain` is text and ground."""
    return _styles(tuple(variables[one] for one in COLOURS))


@lru_cache(maxsize=8)
def _styles(named: tuple[str, ...]) -> dict[str, Style]:
    colour = dict(zip(COLOURS, (Color.parse(one).rich_color for one in named), strict=True))

    def paired(name: str, *, bold: bool = True) -> Style:
        back = colour[f"{name}-back"]
        if back == colour["background"]:
            return Style(color=colour[name], bold=bold)
        return _turned(colour[name], back) + Style(bold=bold)

    return {
        "plain": Style(color=colour["foreground"], bgcolor=colour["background"]),
        "code": Style(color=colour["code"], bgcolor=colour["code-back"]),
        "dim": Style(color=colour["quiet"]),
        "rule": Style(color=colour["rule"]),
        "strong": Style(bold=True),
        "accent": Style(color=colour["calm"], bold=True),
        "good": Style(color=colour["done"]),
        "warn": paired("amber"),
        "alert": paired("over"),
        "private": paired("private", bold=False),
        "other": paired("other", bold=False),
        "selected": _turned(colour["chosen-text"], colour["chosen"]),
        "key": Style(color=colour["calm"], bold=True),
        "reverse": Style(reverse=True, bold=True),
    }


def _turned(front: RichColor, back: RichColor) -> Style:
    """These two colours; where there are none, the other way round than the rest."""
    return Style(color=back, bgcolor=front, reverse=True)
