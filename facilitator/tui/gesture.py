"""What a key of the meeting screen does, and what it is called. The rows are in `registry`, which no other screen needs."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from msgspec import Struct

from facilitator.core.entry import Entry
from facilitator.core.meeting import Meeting
from facilitator.core.vocabulary import KINDS, Kind
from facilitator.i18n import N_, Translator

if TYPE_CHECKING:
    from facilitator.tui.screens.meeting import MeetingScreen

When = Callable[[Meeting, Entry | None], bool]
Do = Callable[["MeetingScreen"], object]

KEY_NAMES = {
    "1": "1 … 9",  # any number
    "question_mark": "?",
    "asterisk": "*",
    "exclamation_mark": "!",
    "greater_than_sign": ">",
    "equals_sign": "=",
    "plus": "+",
    "minus": "-",
    "delete": N_("Del"),
    "escape": N_("Esc"),
    "pagedown": N_("PageDown"),
    "pageup": N_("PageUp"),
    "space": N_("space"),
    "up": "↑",
    "down": "↓",
    "left": "←",
    "right": "→",
    "f1": "F1",
    "f2": "F2",
    "ctrl+z": "Ctrl+Z",
    "ctrl+y": "Ctrl+Y",
    "ctrl+p": "Ctrl+P",
    "ctrl+q": "Ctrl+Q",
}
# Those that other screens name too.
NEXT, ADJOURN, UNDO, REPLAN, OUTCOME = "right", "c", "u", "t", "s"

CAPTURE = N_("Write down")
ENTRIES = N_("What was written down")
TIME = N_("Time")
PEOPLE = N_("People")
VIEWS = N_("Screens")
GROUPS = (CAPTURE, ENTRIES, TIME, PEOPLE, VIEWS)

# What the bar is called while it takes an entry of a kind, and the sentence for the key that opens it.
CAPTURES: dict[Kind, tuple[str, str]] = {
    "question": (N_("question"), N_("Write down a question.")),
    "need": (N_("need"), N_("Write down a need; one that begins with “I offer” is an offer.")),
    "individual": (N_("individual"), N_("Write down someone’s own need: masked, never published.")),
    "decision": (N_("decision"), N_("Write down a decision.")),
    "action": (N_("action"), N_("Write down an action: @ its owner, -> its date.")),
    "news": (N_("news"), N_("Write down a piece of news.")),
    "resource": (N_("resource"), N_("Write down a resource (a link).")),
    "aside": (N_("put aside"), N_("Put a subject aside for later.")),
    "note": (N_("note"), N_("Write down a note.")),
}


def always(_meeting: Meeting, _selected: Entry | None) -> bool:
    """At any time, whatever is chosen."""
    return True


# What the keys of the digits give without shift on a French keyboard.
_UNSHIFTED = dict(zip("&é\"'(-è_çà", "1234567890", strict=True))


def digit_of(character: str | None) -> str:
    """The digit that a key means where a digit is asked for and the character is nothing else; empty for any other."""
    if character and character.isascii() and character.isdigit():
        return character
    return _UNSHIFTED.get(character or "", "")


def key_name(tr: Translator, key: str) -> str:
    """A key, of which this is Textual's name, as people write it."""
    return tr(KEY_NAMES[key]) if key in KEY_NAMES else key


class Gesture(Struct, frozen=True):
    """Something a key does on the meeting screen.

    `keys` are Textual's names; `label` is two words at most, `help` a sentence. `opens` is set for those that open something
    and act on nothing yet, `kind` for those that open the bar for an entry.
    """

    id: str
    keys: tuple[str, ...]
    label: str
    help: str
    group: str
    do: Do
    when: When = always
    opens: bool = False
    kind: Kind | None = None

    def key(self, tr: Translator) -> str:
        """The first key as people write it; empty where there is none."""
        return key_name(tr, self.keys[0]) if self.keys else ""

    def keys_text(self, tr: Translator) -> str:
        """All its keys as people write them, for help and manual."""
        return " ".join(key_name(tr, key) for key in self.keys)


def capture_keys(kind: Kind) -> tuple[str, ...]:
    """The key of a kind, and that of its sign where it has one."""
    row = KINDS[kind]
    return (row.key, *(key for key, sign in KEY_NAMES.items() if sign == row.sign))
