"""The command palette, made from the registry.

Textual's own searches in tasks and selects by messages: what is typed fast runs twice, or what was found for a word before.
Here the word, the list and the Enter are of one moment.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from textual import on

from facilitator.core.text import fold_case
from facilitator.tui.cells import cell_len, fit, left
from facilitator.tui.screens.sheet import Sheet
from facilitator.tui.widgets.bar import Bar
from facilitator.tui.widgets.lines import Row

if TYPE_CHECKING:
    from facilitator.i18n import Translator
    from facilitator.tui.desk import Desk
    from facilitator.tui.gesture import Gesture

LEFT_OUT = ("up", "down", "palette")


def found(tr: Translator, gestures: Sequence[Gesture], typed: str) -> list[Gesture]:
    """Those of which every word typed begins a word: of their name, first; of their sentence, where they only open something."""
    words = fold_case(typed).split()
    listed = [gesture for gesture in gestures if gesture.id not in LEFT_OUT]
    named = [gesture for gesture in listed if _begin(words, tr(gesture.label))]
    others = [gesture for gesture in listed if gesture not in named and gesture.opens]
    return named + [gesture for gesture in others if _begin(words, f"{tr(gesture.label)} {tr(gesture.help)}")]


def _begin(words: list[str], text: str) -> bool:
    parts = fold_case(text.replace("’", " ")).split()
    return all(any(part.startswith(word) for part in parts) for word in words)


class PaletteScreen(Sheet):
    """Every command of the meeting screen, by its name and its sentence."""

    def __init__(self, desk: Desk, gestures: Sequence[Gesture], do: Callable[[Gesture], object]) -> None:
        """`do` carries out the chosen one of `gestures`, once the palette is gone."""
        super().__init__(desk.tr, desk)
        self._gestures = gestures
        self._do = do
        self._found = found(self.tr, gestures, "")

    def on_mount(self) -> None:
        """The line is there at once."""
        super().on_mount()
        if self in self.app.screen_stack:  # and not left already, with its children gone
            self.bar.open("command", subject=self.tr("find"))

    def sheet_title(self) -> str:
        """What to do here."""
        return self.tr("Find a command…")

    def ids(self) -> list[str]:
        """The ids of the commands found."""
        return [gesture.id for gesture in self._found]

    def sheet_rows(self, width: int) -> list[Row]:
        """A row a command: its name, its key, its sentence."""
        names = {gesture.id: self._called(gesture) for gesture in self._found}
        room = min(max((cell_len(name) for name in names.values()), default=0) + 5, max(1, width))
        rows: list[Row] = []
        for gesture in self._found:
            chosen = gesture.id == self.chosen
            name = left(f" {'›' if chosen else ' '} {names[gesture.id]}", room)
            sentence = left(fit(self.tr(gesture.help), width - room), width - room)
            rows.append([(name, "selected" if chosen else ""), (sentence, "selected" if chosen else "dim")])
        return rows or [[(" " + fit(self.tr("No command by that name"), width - 1), "warn")]]

    def _called(self, gesture: Gesture) -> str:
        label = self.tr(gesture.label)
        return f"{label} ({gesture.key(self.tr)})" if gesture.keys else label

    def typed(self, event: Bar.Submitted) -> None:
        """Run the chosen one of what was found for exactly these words."""
        self._look_for(event.text)
        chosen = next((gesture for gesture in self._found if gesture.id == self.chosen), None)
        if chosen is not None and self.is_current:
            self.dismiss()
            self._do(chosen)

    def _look_for(self, words: str) -> None:
        before, self._found = self._found, found(self.tr, self._gestures, words)
        if self._found != before:
            self.choose(0)

    @on(Bar.Edited)
    def _edited(self, event: Bar.Edited) -> None:
        event.stop()
        self._look_for(self.bar.text)
        self.paint()

    @on(Bar.Closed)
    def _given_up(self) -> None:
        self.dismiss()
