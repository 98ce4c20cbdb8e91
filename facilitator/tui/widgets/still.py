"""A widget that is rendered again only when it was refreshed.

For any change on the screen, Textual asks every widget in the same container for its rows again; that they are the ones of
before, its own cache finds out by looking at every style of every ancestor, as if each second all that stands still changed.
"""

from __future__ import annotations

from typing import Self

from rich.style import Style
from textual.geometry import Region
from textual.strip import Strip
from textual.widget import Widget


class Still(Widget):
    """What is refreshed whenever its rows or its style change, as Textual does for the styles of a widget and its ancestors."""

    _rendered: tuple[Region, list[Strip]] | None = None
    _plain: Style | None = None

    def refresh(self, *regions: Region, repaint: bool = True, layout: bool = False, recompose: bool = False) -> Self:
        """Render anew: these regions, or all of it and with its style."""
        self._rendered = None
        if not regions:
            self._plain = None
        return super().refresh(*regions, repaint=repaint, layout=layout, recompose=recompose)

    def render_lines(self, crop: Region) -> list[Strip]:
        """The rows of a part, which is nearly always the whole; of another size they are others."""
        if self._rendered is None or self._rendered[0] != crop:
            self._rendered = (crop, super().render_lines(crop))
        return self._rendered[1]

    @property
    def rich_style(self) -> Style:
        """The style of plain text in it."""
        if self._plain is None:
            self._plain = super().rich_style
        return self._plain
