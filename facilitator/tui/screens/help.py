"""What the keys do."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from facilitator.tui.cells import left, wrap
from facilitator.tui.gesture import GROUPS
from facilitator.tui.screens.sheet import HELP, Sheet
from facilitator.tui.widgets.lines import Row

if TYPE_CHECKING:
    from textual.app import App

    from facilitator.i18n import Translator
    from facilitator.tui.gesture import Gesture

KEYS_WIDTH = 20
NAMES_WIDTH = 28


def gestures_of(app: App[Any]) -> Mapping[str, Gesture]:
    """What can be done in a meeting, by its id, where a screen that is open knows it; nothing else."""
    return next((found for screen in app.screen_stack if (found := getattr(screen, "gestures", None))), {})


class HelpScreen(Sheet):
    """The keys of where one stands, then all commands by group, and what the bar understands."""

    has_help = False

    def __init__(self, tr: Translator, here: Sequence[tuple[str, str]], gestures: Mapping[str, Gesture]) -> None:
        """`here` are the keys of where one stands, which come first; `gestures` all those of a meeting, if one goes on below."""
        super().__init__(tr)
        self._gestures = gestures.values()
        self._here = here

    def sheet_title(self) -> str:
        """Help."""
        return self.tr("Help · what the keys do")

    def sheet_rows(self, width: int) -> list[Row]:
        """A heading a group, a row or two a command; those without a key by their name."""
        tr = self.tr
        rows: list[Row] = [[(left(tr("Here, now"), width), "accent")]]
        for keys, words in self._here:
            rows += self._entry(keys, words, width)
        rows.append([])
        for group in GROUPS if self._gestures else ():
            rows.append([(left(tr("In a meeting · {group}", group=tr(group)), width), "accent")])
            for gesture in self._gestures:
                if gesture.group == group and gesture.keys:
                    rows += self._entry(gesture.keys_text(tr), tr(gesture.help), width)
            rows.append([])
        if self._gestures:
            rows.append([(left(tr("In a meeting · by name, after Ctrl+P"), width), "accent")])
        for gesture in self._gestures:
            if not gesture.keys:
                rows += self._entry(tr(gesture.label), tr(gesture.help), width, NAMES_WIDTH)
        rows += [[], [(left(tr("In the line where you type"), width), "accent")]]
        for keys, words in self._bar():
            rows += self._entry(keys, words, width)
        return rows

    def sheet_keys(self) -> list[tuple[str, str]]:
        """Scrolling."""
        return [("↑↓", self.tr("scroll")), ("h q", self.tr("back"))]

    def pressed(self, key: str) -> bool:
        """The key that opened it closes it."""
        if key in (*HELP, "q"):
            self.dismiss()
            return True
        return False

    def _bar(self) -> list[tuple[str, str]]:
        tr = self.tr
        return [
            (tr("Enter"), tr("Saves; on an empty line, closes it.")),
            (tr("Esc"), tr("Closes the line; its text comes back with the key that began it.")),
            (
                tr("next start"),
                tr("What was half typed is in the line again, and letters go into it: Esc puts it aside."),
            ),
            ("Tab", tr("Completes a name, or goes on to who, theme and due date.")),
            ("? * ! >", tr("Typed first: question, need, decision, action. Backspace right after: the sign itself.")),
            ("@Karim #droits", tr("Who, and the theme. For an action, @ is its owner.")),
            ("-> 10/12", tr("When an action is due; also: pour vendredi, avant la fin du mois.")),
            (f"{tr('space')} ← → + -", tr("On an empty line these act on the meeting.")),
        ]

    def _entry(self, keys: str, words: str, width: int, room: int = KEYS_WIDTH) -> list[Row]:
        lines = wrap(words, max(10, width - room - 2))
        rows: list[Row] = [[(left(f"  {keys}", room), "key"), (f" {lines[0]}", "")]]
        rows += [[(" " * room, ""), (f" {line}", "")] for line in lines[1:]]
        return rows
