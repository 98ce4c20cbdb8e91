"""A widget that is rendered again only where it was refreshed.

For any change on the screen, Textual asks every widget in the same container for its rows again; that they are the ones of
before, its own cache finds out by looking at every style of every ancestor, as if each second all that stands still changed.
"""

from __future__ import annotations

from typing import Self

from rich.style import Style
from textual.color import Color
from textual.geometry import Region, Size
from textual.strip import Strip
from textual.widget import Widget


class Still(Widget):
    """What is refreshed whenever its rows or its style change, as Textual does for the styles of a widget and its ancestors.

    Of the styles around its rows it may have borders and padding, but no opacity, tint or hatching.
    """

    _rendered: tuple[Region, list[Strip]] | None = None
    _plain: Style | None = None
    _behind: Color | None = None
    _rows_kept: dict[int, Strip] | None = None
    _size_kept: Size | None = None

    def refresh(self, *regions: Region, repaint: bool = True, layout: bool = False, recompose: bool = False) -> Self:
        """Render anew: these regions, or all of it and with its style."""
        self._rendered = None
        if not regions:
            self._plain = self._behind = self._rows_kept = None
        elif self._rows_kept:
            for region in regions:
                for y in region.line_range:
                    self._rows_kept.pop(y, None)
        return super().refresh(*regions, repaint=repaint, layout=layout, recompose=recompose)

    def render_lines(self, crop: Region) -> list[Strip]:
        """The rows of a part, which is nearly always the whole; of another size they are others."""
        if self._rendered is None or self._rendered[0] != crop:
            bare = not self.BLANK and crop == self.size.region and not any(self.styles.gutter)
            self._rendered = (crop, self._bare_rows(crop) if bare else super().render_lines(crop))
        return self._rendered[1]

    @property
    def rich_style(self) -> Style:
        """The style of plain text in it."""
        if self._plain is None:
            self._plain = super().rich_style
        return self._plain

    def _bare_rows(self, crop: Region) -> list[Strip]:
        """Nothing is around the rows: they are what is painted."""
        if self._rows_kept is None or self._behind is None or self._size_kept != crop.size:
            self._rows_kept, self._behind, self._size_kept = {}, self.background_colors[1], crop.size
        kept = self._rows_kept
        rows = [kept[y] if y in kept else kept.setdefault(y, self.render_line(y)) for y in crop.line_range]
        for line_filter in self.get_line_filters():
            rows = [row.apply_filter(line_filter, self._behind) for row in rows]
        return rows
