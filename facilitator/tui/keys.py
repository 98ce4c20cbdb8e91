"""The keys as people write them, and those that more than one module names."""

from __future__ import annotations

from facilitator.core.vocabulary import KINDS, Kind
from facilitator.i18n import N_, Translator

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
NEXT, ADJOURN, UNDO, REPLAN, OUTCOME, TELEPHONES = "right", "c", "u", "t", "s", "w"

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


def capture_keys(kind: Kind) -> tuple[str, ...]:
    """The key of a kind, and that of its sign where it has one."""
    row = KINDS[kind]
    return (row.key, *(key for key, sign in KEY_NAMES.items() if sign == row.sign))
