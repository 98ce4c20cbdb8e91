"""The words of a newsletter: what is written, and what is understood, in every language. They are a file format."""

from __future__ import annotations

import re
from typing import Literal

from facilitator.core.regex import regex
from facilitator.core.text import fold_case
from facilitator.documents.minutes.words import MONTHS, Words, indexed, means, of, plain

Section = Literal["dates", "decided", "answers", "asked", "seen", "news", "reuse", "wanted", "offered"]

# In the order of the letter. The first word of a language is the one that is written, the others are read too.
SECTIONS: dict[Section, Words] = {
    "dates": {"fr": ("À ne pas manquer", "Dates à ne pas manquer", "Agenda"), "en": ("Not to be missed", "Dates not to miss")},
    "decided": {"fr": ("Ce que nous avons décidé", "Décisions"), "en": ("What we decided", "Decisions")},
    "answers": {"fr": ("Vous avez demandé, le réseau répond", "Vous avez demandé"), "en": ("You asked, the network answers", "You asked")},
    "asked": {"fr": ("Qui sait ?",), "en": ("Who knows?",)},
    "seen": {"fr": ("Vu chez",), "en": ("Seen at",)},
    "news": {"fr": ("Actualités", "Les actualités", "Actualité"), "en": ("News",)},
    "reuse": {"fr": ("À réutiliser", "Ressources"), "en": ("To be reused", "Resources")},
    "wanted": {"fr": ("On cherche", "Je cherche", "Besoins"), "en": ("Wanted", "Needs")},
    "offered": {"fr": ("On propose", "Je propose"), "en": ("Offered", "Offers")},
}  # fmt: skip
ORDER: tuple[Section, ...] = tuple(SECTIONS)
ANSWER: Words = {"fr": ("Réponse",), "en": ("Answer",)}
MORE: Words = {"fr": ("Pour en savoir plus",), "en": ("More about it",)}
NEXT: Words = {"fr": ("Prochaine rencontre",), "en": ("Next meeting",)}
ROOM = "…"
NO_ANSWER: Words = {
    "fr": ("à compléter", "à venir", "en attente", "?", "??"),
    "en": ("to be completed", "to come", "pending", "TBD"),
}

_SECTION_OF = indexed(SECTIONS)
_SEEN = tuple(plain(word) for words in SECTIONS["seen"].values() for word in words)
# What a name begins with when French says `du réseau roannais`, `de l’association`.
_OF_THE = {
    "du": ("reseau", "collectif", "groupe", "pole", "club", "comite", "cercle"),
    "de la": ("federation", "communaute", "coordination", "coop"),
    "de l’": ("association", "alliance", "union", "atelier"),
    "des": ("conseillers", "mediateurs", "mediatrices", "conseilleres", "reseaux"),
}
_ARTICLE = regex(r"(?:(?P<le>le )|(?P<les>les )|(?P<other>la |l['\u2019]))(?=\S)", re.IGNORECASE)


def read_section(heading: str) -> Section | None:
    """The section that a heading opens, in any language; what was seen is named after where."""
    said = plain(heading)
    if any(said == seen or said.startswith((f"{seen} ", f"{seen}… ")) for seen in _SEEN):
        return "seen"
    return _SECTION_OF.get(said)


def is_no_answer(text: str) -> bool:
    """Whether what stands where an answer goes is none: dots, `à compléter`, `?`, nothing."""
    said = text.strip(" .…_-–—()[]\n")
    return not said or means(NO_ANSWER, said)


def month_text(month: str, language: str) -> str:
    """`décembre 2026` for `2026-12`."""
    year, number = month.split("-")
    return f"{MONTHS[language][int(number) - 1]} {year}"


def title(month: str, network: str | None, language: str) -> str:
    """`Lettre d’information du réseau roannais, décembre 2026`; without a name `Lettre d’information d’avril 2026`."""
    named = month_text(month, language)
    if language != "fr":
        return f"Newsletter of {network}, {named}" if network else f"Newsletter of {named}"
    if not network:
        return f"Lettre d’information {of(named, 'fr')}"
    return f"Lettre d’information{of_network(network)}, {named}"


def the_network(name: str) -> str:
    """`Le réseau roannais`, `Les médiateurs du Forez`; a name of which the article is not known stands by itself."""
    of = of_network(name).strip()
    for article, the in (("du ", "Le "), ("de la ", "La "), ("de l’", "L’"), ("des ", "Les ")):
        if of.startswith(article):
            return f"{the}{of.removeprefix(article)}"
    return name


def of_network(name: str) -> str:
    """` du réseau roannais`, ` des médiateurs du Forez`; a name of which the article is not known stands by itself."""
    if found := _ARTICLE.match(name):
        rest = name[found.end() :]
        if found["other"]:
            return f" de {found[0].lower()}{rest}"
        return f" {'du' if found['le'] else 'des'} {rest}"
    first = fold_case(name.split(" ", 1)[0])
    for article, nouns in _OF_THE.items():
        if first in nouns:
            return f" {article}{'' if article.endswith('’') else ' '}{name[:1].lower()}{name[1:]}"
    return f", {name}"


def without_heading(text: str, section: Section) -> str:
    """The text without the heading's own words before it: what a heading says is not said again."""
    before, colon, rest = text.partition(":")
    if (
        section == "seen"
        or not colon
        or not rest[:1].isspace()
        or len(before) > 40
        or "\n" in before
        or not rest.strip()
    ):
        return text
    if _SECTION_OF.get(plain(before)) != section:
        return text
    rest = rest.strip()
    return rest if rest.startswith(("http://", "https://")) else f"{rest[:1].upper()}{rest[1:]}"
