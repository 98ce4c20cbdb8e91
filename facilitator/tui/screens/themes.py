"""The colours to choose from: each row is in its own."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from rich.style import Style

from facilitator.documents.problem import Problems
from facilitator.documents.theme import read_colours
from facilitator.i18n import N_
from facilitator.meetings.faults import os_error_text
from facilitator.store.preferences import keep_theme, read_theme, theme_file
from facilitator.tui import themes
from facilitator.tui.cells import cell_len, left
from facilitator.tui.screens.sheet import Sheet, problem_text
from facilitator.tui.themes import Colours
from facilitator.tui.widgets.lines import Lines, Row, styles

if TYPE_CHECKING:
    from facilitator.i18n import Translator

NAMES = {
    "night": N_("Night: light on dark"),
    "day": N_("Day: dark on light, for bright rooms and projectors"),
    "contrast": N_("High contrast"),
    "terminal": N_("The terminal’s own sixteen colours"),
}


class Swatches(Lines):
    """Rows whose styles are called `theme/style`: each is painted in the colours of that theme, whichever the screen has."""

    known: dict[str, Colours]

    def _style(self, name: str) -> Style:
        theme, slash, style = name.partition("/")
        if not slash:
            return super()._style(name)
        shown = _shown(theme, self.known[theme])
        return shown["plain"] + shown[style] if style else shown["plain"]


@lru_cache(maxsize=8)
def _shown(name: str, colours: Colours) -> dict[str, Style]:
    return styles(themes.variables(name, colours))


class ThemesScreen(Sheet):
    """The themes, one's own among them. Enter takes the chosen one and keeps it for this user."""

    body = Swatches
    takes_message = True

    def __init__(self, tr: Translator) -> None:
        super().__init__(tr)
        self.known: dict[str, Colours] = dict(themes.COLOURS)
        self.names = {name: tr(words) for name, words in NAMES.items()}
        self._read_own()

    def _read_own(self) -> None:
        """A person's own colours are one more row; what is wrong with them is said, and they are none."""
        try:
            data = read_theme()
            said = read_colours(data, name=str(theme_file()), tr=self.tr) if data is not None else None
        except (OSError, Problems) as problem:
            self.note = (problem_text(self.tr, problem), "warn")
            return
        if said is not None:
            self.known[themes.OWN] = themes.own(said)
            self.names[themes.OWN] = said.name or self.tr("Your own")

    def on_mount(self) -> None:
        """The theme that is in use is chosen."""
        self.query_one(Swatches).known = self.known
        if self.app.theme in self.known:
            self.choose(self.ids().index(self.app.theme))
        super().on_mount()

    def sheet_title(self) -> str:
        """What is chosen here."""
        return self.tr("Colours")

    def ids(self) -> list[str]:
        """The names of the themes."""
        return list(self.known)

    def placed_rows(self, width: int) -> tuple[list[Row], int]:
        """Each theme in three rows; where one's own colours are, or would be."""
        rows = [row for name in self.known for row in self._rows_of(name, width)]
        path = left(" " + self.tr("Your own colours: {path}", path=theme_file()), width)
        return [*rows, [], [(path, "dim")]], self.at * 3

    def _rows_of(self, name: str, width: int) -> list[Row]:
        tr, chosen = self.tr, name == self.chosen
        sign = "›" if chosen else " "
        head = "selected" if chosen else "strong"
        first = [(" 12:34 ", "strong"), (tr("▲ soon over"), "warn"), (tr("■ time is up"), "alert")]
        second = [
            (" " + tr("✓ done"), "good"),
            (tr("private"), "private"),
            (tr("somebody else’s act"), "other"),
            ("Q7", "accent"),
            (tr("quieter"), "dim"),
        ]
        return [
            [(left(f" {sign} {self.names[name]}", width), f"{name}/{head}")],
            _in_theme(name, first, width),
            _in_theme(name, second, width),
        ]

    def sheet_keys(self) -> list[tuple[str, str]]:
        """Enter keeps it."""
        return [("↑↓", self.tr("choose")), (self.tr("Enter"), self.tr("take these colours"))]

    def help_keys(self) -> list[tuple[str, str]]:
        """And the key that led here, which leads back."""
        return [*self.sheet_keys(), ("F2", self.leave_words())]

    def leave_words(self) -> str:
        """Escape leaves the colours as they are."""
        return self.tr("change nothing")

    def pressed(self, key: str) -> bool:
        """Enter takes the chosen theme, here and from now on."""
        if key == "f2":
            self.dismiss()
        elif key == "enter" and self.chosen is not None:
            self._take(self.chosen)
        else:
            return False
        return True

    def _take(self, name: str) -> None:
        themes.put_on(self.app, name, self.known[name])
        try:
            keep_theme(name)
        except OSError as problem:
            said = os_error_text(self.tr, problem)
            self.tell(self.tr("These colours, for now: {reason}", reason=said), "refused")
            return
        self.dismiss()


def _in_theme(name: str, cells: list[tuple[str, str]], width: int) -> Row:
    """The cells, two spaces apart, and the ground of the theme to the end of the row; those that do not fit are left out."""
    row, used = [("  ", f"{name}/")], 2
    for words, style in cells:
        if used + cell_len(words) + 2 > width:
            break
        row += [(words, f"{name}/{style}"), ("  ", f"{name}/")]
        used += cell_len(words) + 2
    return [*row, (" " * max(0, width - used), f"{name}/")]
