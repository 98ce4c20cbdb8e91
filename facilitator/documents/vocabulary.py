"""The closed vocabulary of the documents: labels, headings and values that are read back, in every language.

These words are a file format: changing one makes documents already written unreadable, so an old word stays as a synonym.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Mapping
from typing import Literal, TypeVar

from facilitator.core.agenda import Level, NewsType
from facilitator.core.text import fold_case
from facilitator.core.vocabulary import Kind, Outcome

Field = Literal[
    "by",
    "theme",
    "same",
    "type",
    "level",
    "link",
    "deadline",
    "outcome",
    "owners",
    "due",
    "answer",
    "answer_link",
    "done",
]
Section = Literal[
    # minutes
    "brief", "decided", "actions", "questions", "dates", "course", "times", "next",
    # newsletter
    "calls", "news", "answers", "asked", "seen", "reuse", "exchange",
]  # fmt: skip
Words = dict[str, tuple[str, ...]]
Sort = NewsType | Literal["offer"]

_K = TypeVar("_K", bound=str)

# The first word of a language is the one that is written.
_BY: dict[Kind, Words] = {
    "question": {"fr": ("Posée par",), "en": ("Asked by",)},
    "need": {"fr": ("Exprimé par",), "en": ("Expressed by",)},
    "aside": {"fr": ("Proposé par",), "en": ("Proposed by",)},
    "note": {"fr": ("Par",), "en": ("By", "Said by")},
}
_WHO_ANSWERS: Words = {"fr": ("Qui répond",), "en": ("Who answers",)}
_FIELDS: dict[Field, Words] = {
    "theme": {"fr": ("Thème",), "en": ("Theme",)},
    "same": {"fr": ("Même besoin",), "en": ("Same need",)},
    "type": {"fr": ("Nature",), "en": ("Type",)},
    "level": {"fr": ("Échelon",), "en": ("Level",)},
    "link": {"fr": ("Lien",), "en": ("Link",)},
    "deadline": {"fr": ("Date limite",), "en": ("Deadline",)},
    "outcome": {"fr": ("Suite",), "en": ("Outcome", "Follow-up")},
    "owners": {"fr": ("Qui", "Responsable"), "en": ("Who", "Owner")},
    "due": {"fr": ("Échéance", "Pour le"), "en": ("Due",)},
    "answer": {"fr": ("Réponse",), "en": ("Answer",)},
    "answer_link": {"fr": ("Pour en savoir plus",), "en": ("More about it",)},
    "done": {"fr": ("Fait",), "en": ("Done",)},
}
_OUTCOMES: dict[Outcome, Words] = {
    "answered": {"fr": ("Réponse en séance",), "en": ("Answered in the meeting",)},
    "mattermost": {"fr": ("Réponse sur Mattermost",), "en": ("Answer on Mattermost",)},
    "newsletter": {"fr": ("Réponse dans la lettre",), "en": ("Answer in the newsletter",)},
    "next": {"fr": ("À la prochaine rencontre",), "en": ("At the next meeting",)},
    "relay": {"fr": ("Transmise à l’échelon supérieur",), "en": ("Relayed to the level above",)},
    "individual": {"fr": ("En individuel",), "en": ("Taken up individually",)},
    "drop": {"fr": ("Sans suite",), "en": ("Not followed up",)},
}
_RELAYED: dict[Level, Words] = {
    "epci": {"fr": ("Transmise au département",), "en": ("Relayed to the département",)},
    "departement": {"fr": ("Transmise à la région",), "en": ("Relayed to the region",)},
    "region": {"fr": ("Transmise à l’échelon national",), "en": ("Relayed to the national level",)},
}
_TYPES: dict[Sort, Words] = {
    "report": {"fr": ("rapport",), "en": ("report",)},
    "funding": {"fr": ("financement",), "en": ("funding",)},
    "call": {
        "fr": ("appel (AAP ou AMI)", "appel", "AAP", "AMI", "appel à projets", "appel à manifestation d’intérêt"),
        "en": ("call", "call for projects"),
    },
    "scheme": {"fr": ("dispositif",), "en": ("scheme",)},
    "event": {"fr": ("événement", "rendez-vous"), "en": ("event",)},
    "offer": {"fr": ("je propose",), "en": ("offer",)},
}
_LEVELS: dict[Level, Words] = {
    "epci": {"fr": ("intercommunalité", "EPCI"), "en": ("intercommunality",)},
    "departement": {"fr": ("département",), "en": ("département",)},
    "region": {"fr": ("région",), "en": ("region",)},
    "national": {"fr": ("national",), "en": ("national", "national level")},
}
_YES: Words = {"fr": ("oui",), "en": ("yes",)}
_NOBODY: Words = {"fr": ("Personne pour l’instant",), "en": ("Nobody yet",)}
# What stands, emphasised, where the text of a question was that is followed up with one person: its text is private.
_WITHHELD: Words = {"fr": ("suivie individuellement",), "en": ("taken up individually",)}
_COORDINATOR: Words = {"fr": ("coordination",), "en": ("coordinator",)}
_SECTIONS: dict[Section, Words] = {
    "brief": {"fr": ("En bref",), "en": ("In brief",)},
    "decided": {"fr": ("Ce que nous avons décidé",), "en": ("What we decided",)},
    "actions": {"fr": ("Qui fait quoi",), "en": ("Who does what",)},
    "questions": {"fr": ("Vos questions",), "en": ("Your questions",)},
    "dates": {"fr": ("Dates à ne pas manquer",), "en": ("Dates not to miss",)},
    "course": {"fr": ("Au fil de la rencontre",), "en": ("In the course of the meeting",)},
    "times": {"fr": ("Les temps",), "en": ("Times",)},
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


_OUTCOME_OF = _indexed(_OUTCOMES)
_TYPE_OF = _indexed(_TYPES)
_LEVEL_OF = _indexed(_LEVELS)
_SECTION_OF = _indexed(_SECTIONS)
_WITHHELD_WORDS = _indexed({"withheld": _WITHHELD})
_FIELD_OF: dict[str, Field] = {
    **_indexed(_FIELDS),
    **dict.fromkeys(_indexed(_BY), "by"),
    **dict.fromkeys(_indexed({"owners": _WHO_ANSWERS}), "owners"),
}


def label_of(field: Field, kind: Kind, language: str) -> str:
    """The label of a field on an entry of this kind: `Posée par`."""
    if field == "by":
        return _BY.get(kind, _BY["note"])[language][0]
    if field == "owners" and kind == "question":
        return _WHO_ANSWERS[language][0]
    return _FIELDS[field][language][0]


def read_field(label: str) -> Field | None:
    """The field that a label names in any language."""
    return _FIELD_OF.get(plain(label))


def outcome_word(outcome: Outcome, scale: Level | None, language: str) -> str:
    """What becomes of a question; `scale` is the level of the network itself."""
    if outcome == "relay" and scale in _RELAYED:
        return _RELAYED[scale][language][0]
    return _OUTCOMES[outcome][language][0]


def read_outcome(text: str) -> Outcome | None:
    """The outcome that the words mean; whatever is relayed, to whomever, is `relay`."""
    words = plain(text)
    if words.startswith(("transmise ", "relayed ")):
        return "relay"
    return _OUTCOME_OF.get(words)


def type_word(sort: Sort, language: str) -> str:
    """The name of a sort of news, or of an offer."""
    return _TYPES[sort][language][0]


def read_type(text: str) -> Sort | None:
    """The sort of news that the words mean, or `offer`."""
    return _TYPE_OF.get(plain(text))


def level_word(level: Level, language: str) -> str:
    """The name of a level."""
    return _LEVELS[level][language][0]


def read_level(text: str) -> Level | None:
    """The level that the words mean."""
    return _LEVEL_OF.get(plain(text))


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


def yes(language: str) -> str:
    """The value of a field that only says that it holds."""
    return _YES[language][0]


def read_yes(text: str) -> bool:
    """Whether the words say yes; an `x` does too."""
    return plain(text) in {"x", *(word for words in _YES.values() for word in words)}


def nobody(language: str) -> str:
    """What stands where an owner is missing."""
    return _NOBODY[language][0]


def withheld(language: str) -> str:
    """What stands in the place of a text that is private: `*(suivie individuellement)*`."""
    return f"*({_WITHHELD[language][0]})*"


def stands_for_withheld(markdown: str) -> bool:
    """Whether this Markdown stands in the place of a private text; what was captured never begins with a bare `*`."""
    text = markdown.strip()
    return text.startswith("*(") and text.endswith(")*") and plain(text[2:-2]) in _WITHHELD_WORDS


def coordination(language: str) -> str:
    """The word that marks who answers by default."""
    return _COORDINATOR[language][0]


def stands_for_nobody(text: str) -> bool:
    """Whether emphasised words in the place of a name say that nobody was named."""
    words = plain(text)
    if any(words in map(plain, synonyms) for synonyms in _NOBODY.values()):
        return True
    marks = [plain(word) for synonyms in _COORDINATOR.values() for word in synonyms]
    return words in marks or words.endswith(tuple(f"({mark})" for mark in marks))


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
