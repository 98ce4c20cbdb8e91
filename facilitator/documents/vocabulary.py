"""The closed vocabulary of the letter: labels, headings and days that are read back, in every language.

These words are a file format: changing one makes documents already written unreadable, so an old word stays as a synonym.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Mapping
from typing import Literal, TypeVar

from facilitator.core.text import fold_case

Section = Literal[
    "calls", "news", "answers", "asked", "seen", "reuse", "exchange", "next"
]  # fmt: skip
Words = dict[str, tuple[str, ...]]

_K = TypeVar("_K", bound=str)

# The first word of a language is the one that is written.
_ANSWER: Words = {"fr": ("Réponse",), "en": ("Answer",)}
_SECTIONS: dict[Section, Words] = {
    "next": {"fr": ("Prochaine rencontre",), "en": ("Next meeting",)},
    "calls": {"fr": ("À ne pas manquer",), "en": ("Not to be missed",)},
    "news": {"fr": ("Actualités",), "en": ("News",)},
    "answers": {"fr": ("Vous avez demandé, voici la réponse",), "en": ("You asked, here is the answer",)},
    "asked": {"fr": ("Qui sait ?",), "en": ("Who knows?",)},
    "seen": {"fr": ("Vu chez", "Vu pendant la visite"), "en": ("Seen at", "Seen during the visit")},
    "reuse": {"fr": ("À réutiliser",), "en": ("To reuse",)},
    "exchange": {"fr": ("Je cherche / je propose",), "en": ("Wanted / offered",)},
}
_MONTHS = (
    ("janvier", "january"), ("fevrier", "february"), ("mars", "march"), ("avril", "april"), ("mai", "may"), ("juin", "june"),
    ("juillet", "july"), ("aout", "august"), ("septembre", "september"), ("octobre", "october"), ("novembre", "november"),
    ("decembre", "december"),
)  # fmt: skip
_ISO = re.compile(r"\b(?P<year>[0-9]{4})-(?P<month>[0-9]{2})-(?P<day>[0-9]{2})\b")
_SLASHED = re.compile(r"\b(?P<day>[0-9]{1,2})/(?P<month>[0-9]{1,2})/(?P<year>[0-9]{4})\b")
_WORDED = re.compile(r"\b(?P<day>[0-9]{1,2})(?:er|st|nd|rd|th)? (?P<month>[a-z]{3,9})\.? (?P<year>[0-9]{1,4})\b")


def plain(text: str) -> str:
    """What words are compared by: no accents, case, apostrophe style, outer punctuation or runs of spaces."""
    words = fold_case(text).replace("\u2019", "'").replace("\u00a0", " ").replace("\u202f", " ")
    return " ".join(words.split()).strip(" :.…*_")


def _indexed(table: Mapping[_K, Words]) -> dict[str, _K]:
    return {plain(word): key for key, words in table.items() for synonyms in words.values() for word in synonyms}


_SECTION_OF = _indexed(_SECTIONS)
_ANSWERS = frozenset(plain(word) for words in _ANSWER.values() for word in words)


def answer_word(language: str) -> str:
    """The label of the room for an answer."""
    return _ANSWER[language][0]


def means_answer(label: str) -> bool:
    """Whether a label opens the room for an answer, in any language."""
    return plain(label) in _ANSWERS


def heading(section: Section, language: str) -> str:
    """The heading of a section."""
    return _SECTIONS[section][language][0]


def seen_heading(language: str) -> str:
    """The heading of what a visit showed, when the place has no name: `Vu pendant la visite`."""
    return _SECTIONS["seen"][language][1]


def read_heading(text: str) -> Section | None:
    """The section a heading opens, in any language; `Vu chez` may be followed by a place."""
    words = plain(text)
    if words.startswith(("vu chez", "seen at")):
        return "seen"
    return _SECTION_OF.get(words)


def read_date(text: str) -> datetime.date | None:
    """The first date in the words: ISO, `10/12/2026`, `jeudi 10 décembre 2026`, `Thursday 10 December 2026`."""
    words = plain(text[:200])
    matches = [found for pattern in (_ISO, _SLASHED, _WORDED) if (found := pattern.search(words))]
    if not matches:
        return None
    first = min(matches, key=lambda found: found.start())
    year, month, day = first["year"], first["month"], first["day"]
    try:
        return datetime.date(int(year), int(month) if month.isdigit() else _month(month), int(day))
    except ValueError:
        return None


def _month(word: str) -> int:
    return next((number for number, names in enumerate(_MONTHS, 1) if word in names), 0)
