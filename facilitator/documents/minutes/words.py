"""The words of minutes: what is written of an entry, and what is understood, in every language.

They are a file format. The first word of a language is the one that is written, the others are read too.
"""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from functools import cache
from typing import Literal, TypeVar

from facilitator.core import vocabulary
from facilitator.core.agenda import Level, NewsType, StepKind
from facilitator.core.dates import read_due
from facilitator.core.network import Section
from facilitator.core.regex import regex
from facilitator.core.text import fold_case
from facilitator.core.vocabulary import OUTCOMES, Kind, Outcome

Label = Literal[
    "by", "owners", "due", "theme", "link", "answer", "answer_link", "done", "outcome", "same", "level", "type"
]
People = Literal["present", "visitors", "excused", "host", "facilitator", "scribe"]
Words = dict[str, tuple[str, ...]]

_K = TypeVar("_K")

SECTIONS: dict[Section, Words] = {
    "brief": {"fr": ("En bref",), "en": ("In brief",)},
    "decided": {"fr": ("Ce que nous avons décidé", "Décisions", "Relevé de décisions"), "en": ("What we decided", "Decisions")},
    "actions": {"fr": ("Qui fait quoi", "Actions", "À faire"), "en": ("Who does what", "Actions", "To do")},
    "since": {"fr": ("Depuis le", "Depuis la dernière rencontre"), "en": ("Since", "Since the last meeting")},
    "questions": {"fr": ("Questions", "Vos questions"), "en": ("Questions", "Your questions")},
    "wanted": {"fr": ("On cherche", "Je cherche", "Besoins"), "en": ("Wanted", "Needs")},
    "offered": {"fr": ("On propose", "Je propose"), "en": ("Offered", "Offers")},
    "dates": {"fr": ("Dates à ne pas manquer",), "en": ("Dates not to miss",)},
    "course": {"fr": ("Au fil de la rencontre",), "en": ("In the course of the meeting",)},
    "put_off": {"fr": ("Reporté", "Pas abordé"), "en": ("Put off", "Not reached")},
    "times": {"fr": ("Les temps",), "en": ("Times",)},
    "evaluation": {"fr": ("Évaluation", "Bilan de la rencontre"), "en": ("Evaluation",)},
    "present": {"fr": ("Présences",), "en": ("Attendance",)},
}  # fmt: skip
KIND_OF_SECTION: dict[Section, Kind] = {
    "decided": "decision", "actions": "action", "questions": "question", "wanted": "need", "offered": "need", "dates": "news",
    "put_off": "aside",
}  # fmt: skip
LABELS: dict[Label, Words] = {
    "by": {
        "fr": ("par", "posée par", "exprimé par", "proposé par"),
        "en": ("by", "asked by", "expressed by", "proposed by"),
    },
    "owners": {"fr": ("répond", "qui", "qui répond", "responsable"), "en": ("answers", "who", "who answers", "owner")},
    "due": {"fr": ("échéance", "pour le", "pour"), "en": ("due",)},
    "theme": {"fr": ("thème",), "en": ("theme",)},
    "link": {"fr": ("lien",), "en": ("link",)},
    "answer": {"fr": ("réponse",), "en": ("answer",)},
    "answer_link": {"fr": ("pour en savoir plus",), "en": ("more about it",)},
    "done": {"fr": ("fait",), "en": ("done",)},
    "outcome": {"fr": ("suite", "suite donnée"), "en": ("outcome", "follow-up")},
    "same": {"fr": ("même besoin",), "en": ("same need",)},
    "level": {"fr": ("échelon",), "en": ("level",)},
    "type": {"fr": ("nature",), "en": ("type",)},
}
PEOPLE: dict[People, Words] = {
    "present": {"fr": ("Présences", "Présents", "Présentes"), "en": ("Present",)},
    "visitors": {"fr": ("Avec",), "en": ("With",)},
    "excused": {"fr": ("Absences excusées", "Excusés", "Excusé·es"), "en": ("Apologies", "Excused")},
    "host": {"fr": ("Accueil",), "en": ("Host",)},
    "facilitator": {"fr": ("Animation",), "en": ("Facilitation",)},
    "scribe": {"fr": ("Prise de notes",), "en": ("Notes",)},
}
TYPES: dict[NewsType, Words] = {
    "report": {"fr": ("rapport",), "en": ("report",)},
    "funding": {"fr": ("financement",), "en": ("funding",)},
    "call": {"fr": ("appel", "AAP", "AMI", "appel à projets"), "en": ("call", "call for projects")},
    "scheme": {"fr": ("dispositif",), "en": ("scheme",)},
    "event": {"fr": ("événement", "rendez-vous"), "en": ("event",)},
}
LEVELS: dict[Level, Words] = {
    "epci": {"fr": ("intercommunalité", "EPCI"), "en": ("intercommunality",)},
    "departement": {"fr": ("département",), "en": ("département",)},
    "region": {"fr": ("région",), "en": ("region",)},
    "national": {"fr": ("national",), "en": ("national", "national level")},
}
STEPS: dict[StepKind, Words] = {
    "welcome": {"fr": ("accueil",), "en": ("welcome",)},
    "news": {"fr": ("actualités",), "en": ("news",)},
    "needs": {"fr": ("besoins",), "en": ("needs",)},
    "workshop": {"fr": ("atelier",), "en": ("workshop",)},
    "closing": {"fr": ("clôture",), "en": ("closing",)},
    "break": {"fr": ("pause",), "en": ("break",)},
    "free": {"fr": ("temps libre",), "en": ("open time",)},
}
NOBODY: Words = {
    "fr": ("à prendre", "à définir", "personne", "personne pour l'instant", "à désigner", "?", "??"),
    "en": ("to be taken", "nobody", "nobody yet", "TBD", "to be defined"),
}
CONSENSUS: Words = {"fr": ("par consensus",), "en": ("by consensus",)}
DONE: Words = {"fr": ("fait", "faite"), "en": ("done",)}
OFFER: Words = {"fr": ("on propose", "je propose"), "en": ("offered", "offer")}
YES: Words = {"fr": ("oui", "x"), "en": ("yes", "x")}
_RELAYED: dict[Level | None, tuple[str, str]] = {
    "epci": ("au réseau départemental", "to the network of the département"),
    "departement": ("au réseau régional", "to the network of the region"),
    "region": ("au réseau national", "to the national network"),
    "national": ("à l’échelon supérieur", "to the level above"),
    None: ("à l’échelon supérieur", "to the level above"),
}
MONTHS: dict[str, tuple[str, ...]] = {
    "fr": ("janvier", "février", "mars", "avril", "mai", "juin", "juillet", "août", "septembre", "octobre", "novembre", "décembre"),
    "en": ("January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"),
}  # fmt: skip
_DATE = regex(r"\b(?P<day>[0-9]{1,2})(?:er|st|nd|rd|th)? (?P<month>[a-z]{3,9}) (?P<year>[0-9]{4})\b")
_COUNTED = regex(r"\A(?:[0-9]{1,2}|[ivx]{1,4})[.)] ")
_NUMBER_OF_MONTH = {fold_case(name): number for names in MONTHS.values() for number, name in enumerate(names, 1)}


def plain(text: str) -> str:
    """What words are compared by: no accents, case, apostrophe style, outer punctuation, emphasis or runs of spaces."""
    words = fold_case(text[:300]).replace("\u2019", "'")
    return " ".join(words.split()).strip(" :.…*_")


def indexed(table: Mapping[_K, Words]) -> dict[str, _K]:
    """Which key each word of each language means."""
    return {plain(word): key for key, words in table.items() for synonyms in words.values() for word in synonyms}


_SECTION_OF = indexed(SECTIONS)
_LABEL_OF = indexed(LABELS)
_PEOPLE_OF = indexed(PEOPLE)
_TYPE_OF = indexed(TYPES)
_LEVEL_OF = indexed(LEVELS)
_SINCE = tuple(plain(word) for words in SECTIONS["since"].values() for word in words)


def means(words: Words, text: str) -> bool:
    """Whether the text is one of these words, in any language."""
    said = plain(text) or text.strip()
    return any(said in _compared(synonyms) for synonyms in words.values())


@cache
def _compared(synonyms: tuple[str, ...]) -> frozenset[str]:
    return frozenset(plain(word) or word for word in synonyms)


def read_section(heading: str, own: Mapping[Section, str]) -> Section | None:
    """The section a heading opens: the network's `own` headings first, then those of any language, whatever number leads them."""
    words = plain(heading)
    for section, title in own.items():
        if plain(title) == words:
            return section
    words = _COUNTED.sub("", words)
    if any(words.startswith(f"{since} ") for since in _SINCE) and any(letter.isdigit() for letter in words):
        return "since"
    return _SECTION_OF.get(words)


def read_label(text: str) -> Label | None:
    """What a label names."""
    return _LABEL_OF.get(plain(text))


def read_people(text: str) -> People | None:
    """Whom the label of a list of people names."""
    return _PEOPLE_OF.get(plain(text))


def read_type(text: str) -> NewsType | None:
    """The sort of news that the words mean."""
    return _TYPE_OF.get(plain(text))


def read_level(text: str) -> Level | None:
    """The level that the words mean."""
    return _LEVEL_OF.get(plain(text))


def of(word: str, language: str) -> str:
    """The word after `de`, as French elides it: `d’avril`, `de Nora`."""
    if language != "fr":
        return f"of {word}"
    return f"d’{word}" if fold_case(word)[:1] in set("aeiou") else f"de {word}"


def day_text(day: datetime.date, language: str, *, year: bool = False) -> str:
    """`4 décembre`, `1er avril 2027`."""
    number = "1er" if day.day == 1 and language == "fr" else str(day.day)
    text = f"{number} {MONTHS[language][day.month - 1]}"
    return f"{text} {day.year}" if year else text


def near(day: datetime.date, meeting: datetime.date, language: str) -> str:
    """A day, its year only when without it another day would be read, counted from the meeting's."""
    short = day_text(day, language)
    return short if read_due(short, meeting) == day else day_text(day, language, year=True)


def hour_text(time: datetime.time, language: str) -> str:
    """`9 h 34`, `12 h`; `9:34`."""
    if language != "fr":
        return f"{time.hour}:{time.minute:02}"
    return f"{time.hour} h {time.minute:02}" if time.minute else f"{time.hour} h"


def read_full_date(text: str) -> datetime.date | None:
    """The first date with its year in a heading: `10 novembre 2026`."""
    for found in _DATE.finditer(plain(text)):
        month = _NUMBER_OF_MONTH.get(found["month"])
        if month:
            try:
                return datetime.date(int(found["year"]), month, int(found["day"]))
            except ValueError:
                return None
    return None


def month_number(word: str) -> int | None:
    """1 to 12 for the name of a month in any language."""
    return _NUMBER_OF_MONTH.get(plain(word))


def relayed(scale: Level | None, language: str) -> str:
    """To whom a network of this level relays: `au réseau départemental`."""
    return _RELAYED[scale][0 if language == "fr" else 1]


OUTCOME_ORDER: tuple[Outcome | None, ...] = (None, *(outcome for outcome, row in OUTCOMES.items() if not row.private))
DEFERRED: frozenset[Outcome | None] = frozenset(vocabulary.DEFERRED)

_WEEKDAYS = {
    "fr": ("lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche"),
    "en": ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"),
}


def weekday(day: datetime.date, language: str) -> str:
    """`mardi`."""
    return _WEEKDAYS[language][day.weekday()]
