"""French no-break spaces: put where the rule wants them on spaces that are there, folded back when read.

None is ever added to what was said: a space becomes another space, one for one.
"""

from __future__ import annotations

from facilitator.core.regex import regex

NO_BREAK = "\u00a0"
NARROW = "\u202f"

_NARROW_BEFORE = regex(r" (?=[;!?])")
_BEFORE = regex(r" (?=[:»%€](?![\w/]))")
_AFTER = regex(r"(?<=«) ")
_FOLDED = str.maketrans({NO_BREAK: " ", NARROW: " ", "\u2007": " "})


def typeset(text: str, language: str) -> str:
    """The text as a document of this language shows it; only French has a rule."""
    if language != "fr":
        return text
    text = _NARROW_BEFORE.sub(NARROW, text)
    return _AFTER.sub(NO_BREAK, _BEFORE.sub(NO_BREAK, text))


def unfold(text: str) -> str:
    """The text with plain spaces, as it was captured."""
    return text.translate(_FOLDED)
