"""Text from outside, normalised once at capture."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from msgspec import Struct

from facilitator.core.regex import regex

MAX_TEXT = 10_000
MAX_NAME = 80

# ECMA-48: CSI, then OSC/DCS/SOS/PM/APC up to their terminator, then two-byte escapes; 7 and 8 bits.
_ESCAPES = regex(
    r"\x1b+(?=\x1b)"  # all of many but the last, at once
    r"|(?:\x1b\[|\x9b)[0-?]*[ -/]*[@-~]?"
    r"|(?:\x1b[\]PX^_]|[\x9d\x90\x98\x9e\x9f])[^\x07\x1b\x9c]*(?:\x07|\x1b\\|\x9c)?"
    r"|\x1b[ -/]*[0-~]?"
)
_NEWLINES = regex(r"\r\n?|\x85|\u2028|\u2029")
_SPACES = regex(r"[\t\u00a0\u202f\u2007]")
_CONTROLS = regex(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]")
_BIDI = regex(r"[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")
# Runs in which there may be many combining marks: they are neither letters nor digits, and none is below U+0300.
_MARKS = regex(r"[^\w\x00-\u02ff]{31,}")
_MOST_MARKS = 30
_JOINER = "\u034f"
_SURROGATES = regex(r"[\ud800-\udfff]")
_TAKEN_OUT = {"controls": _CONTROLS, "bidi": _BIDI, "surrogates": _SURROGATES}
# Of millions of characters `translate` makes no list of pieces, as `sub` does.
_SINGLE: dict[int, str | None] = dict.fromkeys((
    *range(0x0A), *range(0x0B, 0x20), *range(0x7F, 0xA0), 0x061C, 0x200E, 0x200F, *range(0x202A, 0x202F),
    *range(0x2066, 0x206A), *range(0xD800, 0xE000),
)) | dict.fromkeys(map(ord, "\t\u00a0\u202f\u2007"), " ")  # fmt: skip


class Normalised(Struct, frozen=True):
    """A text as it is kept, and what was taken out of it: `escapes`, `controls`, `bidi`, `surrogates`."""

    text: str
    removed: tuple[str, ...] = ()


def normalise(text: str) -> Normalised:
    """NFC; line ends as one newline; tabs and no-break spaces as spaces; no escape sequences, controls, bidi or lone surrogates."""
    if text.isascii() and text.isprintable():
        return Normalised(text.strip())
    text, escapes = _ESCAPES.subn("", text)
    text = _NEWLINES.sub("\n", text)
    removed = ["escapes"] if escapes else []
    removed += [name for name, odd in _TAKEN_OUT.items() if odd.search(text)]
    if removed or _SPACES.search(text):
        text = text.translate(_SINGLE)
    return Normalised(unicodedata.normalize("NFC", _joined(text)).strip(), tuple(removed))


def _joined(text: str) -> str:
    """The text with a joiner that is not seen after each thirty combining marks, as the Stream-Safe Text Format has it (UAX 15).

    Putting marks in order takes a time that is the square of their number.
    """
    return _MARKS.sub(lambda run: _joined_run(run[0]), text)


def _joined_run(run: str) -> str:
    marks = {character for character in set(run) if unicodedata.combining(character)}
    if not marks:
        return run
    # A mark may stand for several, which then count.
    most = _MOST_MARKS // max(len(unicodedata.normalize("NFD", mark)) for mark in marks)
    many = re.compile(f"[{re.escape(''.join(sorted(marks)))}]{{{most + 1},}}")
    return many.sub(lambda found: _JOINER.join(found[0][at : at + most] for at in range(0, len(found[0]), most)), run)


def one_line(text: str) -> str:
    """The text on one line: every run of white space is one space."""
    return " ".join(text.split())


def fold_case(text: str) -> str:
    """What two names are compared by: without accents, case or outer space."""
    text = text.strip()
    if text.isascii():
        return text.lower()
    return _folded_name(text) if len(text) <= MAX_NAME else _folded(text)


def _folded(text: str) -> str:
    plain = unicodedata.normalize("NFKD", _joined(text))
    return "".join([c for c in plain if not unicodedata.combining(c)]).casefold()


# The names of a meeting are compared again and again.
_folded_name = lru_cache(maxsize=1024)(_folded)


def slug(title: str, fallback: str = "meeting") -> str:
    """A file name from a title: ASCII letters, digits and hyphens, at most 60 bytes, never a device's name."""
    plain = fold_case(title).replace("œ", "oe").replace("æ", "ae")
    name = re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:60].strip("-")
    if not name:
        return fallback
    return f"m-{name}" if re.fullmatch(r"con|prn|aux|nul|com[0-9]|lpt[0-9]", name) else name


def has_conflict(data: bytes) -> bool:
    """Whether a file holds the marks that git leaves in what it could not merge."""
    if b"<<<<<<< " not in data:
        return False
    lines = data.splitlines()
    return any(line.startswith(b"<<<<<<< ") for line in lines) and any(line.startswith(b">>>>>>> ") for line in lines)
