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
from facilitator.core.text import MAX_TEXT
from facilitator.core.vocabulary import KINDS, PRIVATE, SIGNS, Kind
from facilitator.i18n import Translator
from facilitator.tui.cells import cell_len, fit, measurable
from facilitator.tui.half_typed import Becomes, HalfTyped, Texts
from facilitator.tui.keys import CAPTURES
from facilitator.tui.widgets.lines import Lines, Row

Mode = Literal[
    "capture", "answer", "attend", "find", "handover", "round", "note", "summary", "owners", "step", "command"
]
Complete = Callable[[str], str | None]
# A line of these modes acts on nothing but itself: no signs, no completion, and Enter on it empty is for the screen.
PLAIN: frozenset[Mode] = frozenset(("note", "summary", "owners", "step", "command"))
_KEPT: dict[Mode, Becomes] = {
    "answer": "answer",
    "note": "note",
    "summary": "summary",
    "owners": "owners",
    "step": "step",
}
# While it is empty, keys act on the meeting.
_ACTING: frozenset[Mode] = frozenset(("capture", "answer", "attend"))

NEWLINE = "⏎"
MASK = "•"
# These act on the meeting while the bar is empty: she walked away from it and comes back to press pause.
_ON_EMPTY = ("space", "right", "left", "up", "down", "plus", "equals_sign", "minus")
_TOKENS = ("@", "#", "-> ")
# How many of them mean something: only an action is due, and of an answer there is who gives it.
TOKENS_OF = {"action": 3, "answer": 1}


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
                taken = await self.app.run_action(binding.action, default_namespace=self) or taken
        if taken:
            event.stop()
            event.prevent_default()

    def validate_value(self, value: str) -> str:
        """What can be measured: of a family of signs a part may have been deleted, and the joiner is left."""
        return measurable(value)

    def _on_paste(self, event: events.Paste) -> None:
        """Keep every line of what is pasted: a line end shows as a sign and is a line end again when saved."""
        event.stop()
        event.prevent_default()
        self.paste(event.text)

    def paste(self, text: str) -> None:
        """Insert a text of several lines at the cursor."""
        if len(text) > MAX_TEXT:
            words = self._tr.ntr(
                "Pasted text too long: {n} character.", "Pasted text too long: {n} characters.", len(text)
            )
            self.post_message(Bar.TooLong(words))
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
        """Enter was pressed on something; `entry` is the id of the entry it is about."""

        def __init__(self, mode: Mode, kind: Kind, text: str, entry: str | None) -> None:
            super().__init__()
            self.mode = mode
            self.kind = kind
            self.text = text
            self.entry = entry

    class Closed(Message):
        """The bar was closed."""

    class Left(Message):
        """A text was left without entering it; it is kept among the `Texts`."""

        def __init__(self, kind: Becomes) -> None:
            super().__init__()
            self.kind = kind

    class Edited(Message):
        """The text changed."""

    class Act(Message):
        """On an empty bar a key, of which this is Textual's name, is for the meeting."""

        def __init__(self, key: str) -> None:
            super().__init__()
            self.key = key

    class TooLong(Message):
        """A pasted text is longer than an entry may be, which is to be told in these words."""

        def __init__(self, words: str) -> None:
            super().__init__()
            self.words = words

    def __init__(
        self,
        tr: Translator,
        complete: Complete,
        texts: Texts | None = None,
        typed: Callable[[], object] = lambda: None,
    ) -> None:
        """`typed` is called whenever the text is another."""
        super().__init__(id="bar")
        self._typed = typed
        self._tr = tr
        self._complete = complete
        self._texts = texts
        self.mode: Mode = "capture"
        self.kind: Kind = "question"
        self.subject = ""
        self.entry: str | None = None
        self._sign: tuple[str, Kind] | None = None
        self._tabbed = ""
        self._proposed = ""
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
        """What is typed, with its line ends; a sign that Tab offered and that nothing followed is nothing typed."""
        value = self.input.value
        if value and value == self._tabbed:
            sign = next(token.strip() for token in _TOKENS if value.endswith(token))
            value = value.rstrip().removesuffix(sign).rstrip()
        return value.replace(NEWLINE, "\n") if self.input.pasted_lines else value

    @property
    def _becomes(self) -> Becomes | None:
        """What a text in the line would become; None for a name that is looked up, which is not worth keeping."""
        return self.kind if self.mode == "capture" else _KEPT.get(self.mode)

    @property
    def half_typed(self) -> HalfTyped | None:
        """What is typed and not entered."""
        becomes = self._becomes
        if not self.is_open or becomes is None or not self.text.strip() or self.text == self._proposed:
            return None
        return HalfTyped(becomes, self.text, self.entry)

    def open(  # noqa: PLR0913  # all that is said of a line
        self,
        mode: Mode,
        kind: Kind = "question",
        subject: str = "",
        text: str = "",
        entry: str | None = None,
        *,
        fresh: bool = False,
    ) -> None:
        """Open on this, with what was left for it, else with `text`.

        Open on the same already, it keeps what is typed; on something else, that is left for later. `fresh` begins with
        nothing but `text`: what was left stays left.
        """
        same = self.is_open and (self.mode, self.kind, self.entry) == (mode, kind, entry)
        if self.is_open and not same:
            self._leave()
        self.mode, self.kind, self.subject, self.entry = mode, kind, subject, entry
        self._sign = None
        self.add_class("-open")
        # At once, not when the styles are next looked at: the keys that follow are already on their way.
        self.display = True
        if not same:
            left = "" if fresh else self._left_before()
            self._proposed = "" if left else text  # what stood there before is nothing that was typed
            self.clear(left or text)
            if mode in ("round", "handover"):
                self.input.select_all()  # a proposal: what is typed takes its place
        self._dress()
        self.screen.set_focus(self.input, scroll_visible=False)

    def _left_before(self) -> str:
        becomes = self._becomes
        return self._texts.take(becomes, self.entry) if self._texts is not None and becomes is not None else ""

    def _leave(self) -> None:
        """Keep what is typed for when it is taken up again."""
        typed = self.half_typed
        if typed is not None and self._texts is not None:
            self._texts.note(self, None)
            self._texts.leave(typed)
            self.post_message(self.Left(typed.kind))

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
        self._note_typing()

    def take_or_select(self, *, done: bool) -> None:
        """Empty the line when what stood in it is `done`; else what is typed next takes its place, and is not glued to it."""
        if done:
            self.clear()
        else:
            self.input.select_all()

    def close(self) -> None:
        """Close; what was typed has been entered, or is nothing."""
        self.clear()
        self.remove_class("-open")
        self.display = False
        self.screen.set_focus(None)
        self.post_message(self.Closed())

    def give_up(self) -> None:
        """Close without entering what is typed, which is kept."""
        self._leave()
        self.close()

    def take_key(self, event: events.Key) -> bool:
        """True when the key meant something to the bar itself."""
        if not self.is_open:
            return False
        empty = not self.input.value
        character = event.character or ""
        if event.key == "escape":
            self.give_up()
        elif event.key == "enter" and not self.text.strip() and self.mode != "attend" and self.mode not in PLAIN:
            self.close()
        elif event.key == "enter":
            self.post_message(self.Submitted(self.mode, self.kind, self.text, self.entry))
        elif event.key == "tab":
            self._tab()
        elif event.key == "backspace" and empty and self._sign is not None:
            self._literal()
        elif empty and self.mode == "capture" and character in SIGNS and self._sign is None:
            self._switch(character)
        elif empty and event.key in _ON_EMPTY and self.mode in _ACTING:
            self.post_message(self.Act(event.key))
        else:
            return False
        return True

    def on_input_changed(self, event: Input.Changed) -> None:
        """Anything typed ends the moment in which backspace makes the sign literal."""
        event.stop()
        if event.value:
            self._sign = self._sign if event.value == "" else None
        self._note_typing()
        self._dress(label=False)
        self._typed()
        if self.mode in ("find", "command"):
            self.post_message(self.Edited())

    def _note_typing(self) -> None:
        if self._texts is not None:
            self._texts.note(self, self.half_typed)

    def _switch(self, sign: str) -> None:
        self._sign = (sign, self.kind)
        self.kind = SIGNS[sign]
        self._dress()
        self._typed()

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
        tokens = _TOKENS[: TOKENS_OF.get(self.kind if self.mode == "capture" else self.mode, 2)]
        for place, token in enumerate(tokens):
            if trimmed.endswith(token.strip()):
                rest = trimmed[: -len(token.strip())].rstrip()
                following = tokens[place + 1] if place + 1 < len(tokens) else ""
                line.value = f"{rest} {following}" if following else rest
                break
        else:
            done = self._given(trimmed)
            if done < len(tokens):
                line.value = f"{trimmed} {tokens[done]}" if trimmed else tokens[done]
        self._tabbed = line.value if line.value.endswith(_TOKENS) else ""
        line.cursor_position = len(line.value)

    def _given(self, typed: str) -> int:
        """How many of who, theme and due were passed over: a mention within the sentence is none of them."""
        words = typed.split()
        if words and words[-1][0] == "#" and words[-1][1:2].isalpha():
            return 2
        before, at, who = typed.rpartition("@")
        named = at and who and (" " not in who or self._complete(who) == who)
        return 1 if named and not before[-1:].strip() else 0

    def _match(self) -> str | None:
        """The member whose name is being typed after the last `@`, when exactly one fits and it is not yet whole."""
        before, at, prefix = self.input.value.rpartition("@")
        if not at or not prefix.strip() or (before and not before[-1].isspace()):
            return None
        found = self._complete(prefix.strip())
        return None if found is None or found == prefix.strip() else found

    def _dress(self, *, label: bool = True) -> None:
        if self.input.password != self._masked:
            self.input.password = self._masked
        if label:
            self._fit("#bar-label", self._label())
        self._fit("#bar-hint", self._hint())

    @property
    def _masked(self) -> bool:
        """Whether what is typed is someone's own, and not to be seen: a need, or the answer to it."""
        return self.mode in ("capture", "answer") and self.kind in PRIVATE

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
        if self.mode in PLAIN:
            return f" {self.subject} ▏"
        if self.kind in PRIVATE and self._discreet:
            return " ••• ▏"
        label, _ = CAPTURES[self.kind]
        return f" {KINDS[self.kind].sign or '·'} {tr(label)} ▏"

    def _label_rows(self, _width: int, _height: int) -> list[Row]:
        # What the letters typed next will be must be seen at a glance.
        return [[(self._label().removesuffix("▏"), "reverse"), ("▏", "dim")]]

    def _hint(self) -> str:
        value = self.input.value
        if self._masked and value:
            return "" if self._discreet else wording.masked(self._tr, value)
        found = self._complete(value) if self.mode in ("attend", "handover") and value else self._match()
        return f"Tab: {fit(found, 24)}" if found else ""

    def _hint_rows(self, _width: int, _height: int) -> list[Row]:
        return [[(self._hint(), "dim")]]
