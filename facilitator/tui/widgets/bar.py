"""The bar at the bottom in which everything is typed: entries, answers, who came in, what to find."""

from __future__ import annotations

from collections.abc import Callable
from typing import Literal

from textual import events
from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.geometry import Size
from textual.message import Message
from textual.reactive import Reactive
from textual.widgets import Input

from facilitator import wording
from facilitator.core.entry import SIGNS, Kind
from facilitator.core.text import MAX_TEXT
from facilitator.i18n import Translator
from facilitator.tui import commands
from facilitator.tui.cells import cell_len, fit
from facilitator.tui.widgets.lines import Lines, Row

Mode = Literal["capture", "answer", "attend", "find", "handover", "round", "plain"]
Complete = Callable[[str], str | None]

NEWLINE = "⏎"
MASK = "•"
# The key and what it does to the meeting while the bar is empty.
_ON_EMPTY = {
    "space": "pause",
    "right": "next",
    "left": "back",
    "up": "up",
    "down": "down",
    "plus": "more",
    "equals_sign": "more",
    "minus": "less",
}
_TOKENS = ("@", "#", "-> ")


class BarInput(Input):
    """The line itself. Keys that mean something to the bar go there first."""

    # In Textual each key lays the whole screen out again; what is typed here, in one row of a given width, changes no size.
    virtual_size: Reactive[Size] = Reactive(Size(0, 0))

    def __init__(self, tr: Translator) -> None:
        super().__init__(compact=True, select_on_focus=False)
        self.cursor_blink = False
        self._tr = tr
        self.pasted_lines = False

    async def on_key(self, event: events.Key) -> None:
        """Let the bar take the keys it knows; run those of the line itself at once, in the order they were typed."""
        bar = self.parent
        taken = isinstance(bar, Bar) and bar.take_key(event)
        if not taken and not event.is_printable:
            for binding in self._bindings.key_to_bindings.get(event.key, ()):
                await self.app.run_action(binding.action, default_namespace=self)
                taken = True
        if taken:
            event.stop()
            event.prevent_default()

    def _on_paste(self, event: events.Paste) -> None:
        """Keep every line of what is pasted: a line end shows as a sign and is a line end again when saved."""
        event.stop()
        event.prevent_default()
        self.paste(event.text)

    def paste(self, text: str) -> None:
        """Insert a text of several lines at the cursor."""
        if len(text) > MAX_TEXT:
            self.post_message(Bar.TooLong(len(text)))
            return
        lines = text.strip("\r\n").splitlines()
        self.pasted_lines = self.pasted_lines or len(lines) > 1
        shown = NEWLINE.join(lines)
        if self.selection.is_empty:
            self.insert_text_at_cursor(shown)
        else:
            self.replace(shown, *self.selection)


class Bar(Horizontal):
    """One line: what is being typed, the line, and what helps."""

    DEFAULT_CSS = """
    Bar { height: 1; display: none; background: $panel; }
    Bar.-open { display: block; }
    Bar > Lines { width: auto; height: 1; background: $panel; }
    Bar > BarInput { width: 1fr; background: $panel; }
    Bar > BarInput:focus { background: $panel; background-tint: $panel 0%; }
    """

    class Submitted(Message):
        """Enter was pressed on something."""

        def __init__(self, mode: Mode, kind: Kind, text: str) -> None:
            super().__init__()
            self.mode = mode
            self.kind = kind
            self.text = text

    class Closed(Message):
        """The bar was closed; `given_up` is what was typed and not entered."""

        def __init__(self, mode: Mode, kind: Kind, given_up: str) -> None:
            super().__init__()
            self.mode = mode
            self.kind = kind
            self.given_up = given_up

    class Edited(Message):
        """The text changed."""

    class Act(Message):
        """On an empty bar a key acted on the meeting."""

        def __init__(self, command: str) -> None:
            super().__init__()
            self.command = command

    class TooLong(Message):
        """A pasted text is longer than an entry may be."""

        def __init__(self, length: int) -> None:
            super().__init__()
            self.length = length

    def __init__(self, tr: Translator, complete: Complete) -> None:
        super().__init__(id="bar")
        self._tr = tr
        self._complete = complete
        self.mode: Mode = "capture"
        self.kind: Kind = "question"
        self.subject = ""
        self._sign: tuple[str, Kind] | None = None
        self._before_find = ""
        self._discreet = False

    def compose(self) -> ComposeResult:
        """What is typed, the line, the help."""
        yield Lines(self._label_rows, id="bar-label")
        yield BarInput(self._tr)
        yield Lines(self._hint_rows, id="bar-hint")

    @property
    def input(self) -> BarInput:
        """The line."""
        return self.query_one(BarInput)

    @property
    def is_open(self) -> bool:
        """True while the bar shows."""
        return self.has_class("-open")

    @property
    def text(self) -> str:
        """What is typed, with its line ends."""
        value = self.input.value
        return value.replace(NEWLINE, "\n") if self.input.pasted_lines else value

    def open(
        self, mode: Mode, kind: Kind = "question", subject: str = "", text: str = "", sign: str | None = None
    ) -> None:
        """Open on this; a bar already open keeps what is typed when it stays in the same mode."""
        keep = self.is_open and self.mode == mode and not text
        self.mode, self.kind, self.subject = mode, kind, subject
        self._sign = (sign, kind) if sign else None
        if not keep:
            self.clear(text)
        self.add_class("-open")
        # At once, not when the styles are next looked at: the keys that follow are already on their way.
        self.display = True
        self._dress()
        self.screen.set_focus(self.input, scroll_visible=False)

    def be_discreet(self, *, discreet: bool) -> None:
        """While the room looks on, an individual need is not even named, nor its length told."""
        self._discreet = discreet
        self._dress()

    def clear(self, text: str = "") -> None:
        """Empty the line, ready for the next one."""
        line = self.input
        line.pasted_lines = "\n" in text
        line.value = text.replace("\n", NEWLINE)
        line.cursor_position = len(line.value)

    def close(self, *, given_up: str = "") -> None:
        """Close; `given_up` is what stands in the line when it is left without entering it."""
        self.clear()
        self.remove_class("-open")
        self.display = False
        self.screen.set_focus(None)
        self.post_message(self.Closed(self.mode, self.kind, given_up))

    def take_key(self, event: events.Key) -> bool:
        """True when the key meant something to the bar itself."""
        if not self.is_open:
            return False
        empty = not self.input.value
        character = event.character or ""
        if event.key == "escape" or (event.key == "enter" and empty and self.mode not in ("attend", "plain")):
            self.close(given_up=self.text)
        elif event.key == "enter":
            self.post_message(self.Submitted(self.mode, self.kind, self.text))
        elif event.key == "tab":
            self._tab()
        elif event.key == "backspace" and empty and self._sign is not None:
            self._literal()
        elif empty and self.mode == "capture" and character in SIGNS and self._sign is None:
            self._switch(character)
        elif empty and event.key in _ON_EMPTY and self.mode in ("capture", "answer"):
            self.post_message(self.Act(_ON_EMPTY[event.key]))
        else:
            return False
        return True

    def on_input_changed(self, event: Input.Changed) -> None:
        """Anything typed ends the moment in which backspace makes the sign literal."""
        event.stop()
        if event.value:
            self._sign = self._sign if event.value == "" else None
        self._dress(label=False)
        if self.mode == "find":
            self.post_message(self.Edited())

    def _switch(self, sign: str) -> None:
        self._sign = (sign, self.kind)
        self.kind = SIGNS[sign]
        self._dress()

    def _literal(self) -> None:
        if self._sign is None:
            return
        sign, self.kind = self._sign
        self._sign = None
        self.input.insert_text_at_cursor(sign)
        self._dress()

    def _tab(self) -> None:
        """Complete the name under way; else go on to who, theme, due, as signs in the text that need no AltGr."""
        line = self.input
        value = line.value
        if self.mode in ("attend", "handover"):
            if found := self._complete(value):
                self.clear(found)
            return
        if self.mode not in ("capture", "answer"):
            return
        found = self._match()
        if found is not None:
            head = value[: value.rindex("@") + 1]
            line.value = f"{head}{found} "
            line.cursor_position = len(line.value)
            return
        trimmed = value.rstrip()
        for place, token in enumerate(_TOKENS):
            if trimmed.endswith(token.strip()):
                rest = trimmed[: -len(token.strip())].rstrip()
                following = _TOKENS[place + 1] if place + 1 < len(_TOKENS) else ""
                line.value = f"{rest} {following}" if following else rest
                break
        else:
            done = 1 if "@" in value else 0
            done = 2 if " #" in value else done
            line.value = f"{trimmed} {_TOKENS[done]}" if trimmed else _TOKENS[done]
        line.cursor_position = len(line.value)

    def _match(self) -> str | None:
        """The member whose name is being typed after the last `@`, when exactly one fits and it is not yet whole."""
        before, at, prefix = self.input.value.rpartition("@")
        if not at or not prefix.strip() or (before and not before[-1].isspace()):
            return None
        found = self._complete(prefix.strip())
        return None if found is None or found == prefix.strip() else found

    def _dress(self, *, label: bool = True) -> None:
        masked = self.mode == "capture" and self.kind == "individual"
        if self.input.password != masked:
            self.input.password = masked
        if label:
            self._fit("#bar-label", self._label())
        self._fit("#bar-hint", self._hint())

    def _fit(self, selector: str, text: str) -> None:
        lines = self.query_one(selector, Lines)
        width = cell_len(text) + (1 if text else 0)
        if lines.styles.width is None or lines.styles.width.value != width:
            lines.styles.width = width
        lines.show()

    def _label(self) -> str:
        tr = self._tr
        if self.mode == "answer":
            return " " + tr("{number} answer", number=self.subject) + " ▏"
        if self.mode == "attend":
            return " " + tr("who is there") + " ▏"
        if self.mode == "find":
            return " " + tr("find") + " ▏"
        if self.mode == "handover":
            return " " + tr("led by") + " ▏"
        if self.mode == "round":
            return " " + tr("minutes each") + " ▏"
        if self.mode == "plain":
            return f" {self.subject} ▏"
        if self.kind == "individual" and self._discreet:
            return " ••• ▏"
        signs = {kind: sign for sign, kind in SIGNS.items()}
        return f" {signs.get(self.kind, '·')} {tr(commands.BY_ID[self.kind].label)} ▏"

    def _label_rows(self, _width: int, _height: int) -> list[Row]:
        # What the letters typed next will be must be seen at a glance.
        return [[(self._label().removesuffix("▏"), "reverse"), ("▏", "dim")]]

    def _hint(self) -> str:
        value = self.input.value
        if self.mode == "capture" and self.kind == "individual" and value:
            return "" if self._discreet else wording.masked(self._tr, value)
        found = self._complete(value) if self.mode in ("attend", "handover") and value else self._match()
        return f"Tab: {fit(found, 24)}" if found else ""

    def _hint_rows(self, _width: int, _height: int) -> list[Row]:
        return [[(self._hint(), "dim")]]
