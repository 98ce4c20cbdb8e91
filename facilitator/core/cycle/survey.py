"""A survey's answers as needs, offers and wishes of form, those that say the same together."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Literal

from msgspec import Struct

from facilitator.core.regex import regex
from facilitator.core.text import fold_case, normalise, one_line

# What the answers of a column are: what people need, what they offer, how they would like to meet; nothing of it is kept.
Sort = Literal["need", "offer", "form", "no"]
SORTS: tuple[Sort, ...] = ("need", "offer", "form", "no")

MAX_ANSWER = 500
MOST_COLUMNS = 40  # of a survey that is understood by its headings alone

# What headings hold, folded; the first that fits. Who answered is nobody's affair.
_PERSONAL = regex(
    r"\b(?:nom|prenom|participants?|name|mail|courriel|e-mail|telephone|tel|phone|structure|employeur|fonction|poste|commune|adresse|ip|uid|sid|"
    r"numero|serie|heure|date|horodat\w*|timestamp|brouillon|draft|soumission|submission|utilisateur|user|id|langue|seed|rgpd|consent\w*)\b"
)
_FORM = regex(
    r"\b(?:formats?|formes?|durees?|frequence|rythme|horaires?|jours?|moments?|lieux?|duration|format|frequency|when|where|place)\b"
)
_OFFER = regex(r"\b(?:propos\w*|partag\w*|apport\w*|animer|intervenir|offer|share|contribut\w*)\b")
_NEED = regex(
    r"\b(?:besoins?|attentes?|themes?|thematiques?|sujets?|difficultes?|questions?|souhait\w*|aimeri\w*|needs?|topics?|wish\w*|would like)\b"
)
# What live polls write around a question: its number before it; of the points that it gave, a column of its own.
_NUMBERED = regex(r"(?:(?:q|questions?)\s*(?:n\s*[°o.]?\s*)?[0-9]{1,3}|[0-9]{1,3}(?=\s*[-.:)–—]))\s*[-.:)–—]*\s*")
_MEASURED = regex(
    r"(?:\A|[(:–—-]\s*)(?:scores?|points?|notes?|resultats?|results?|totaux|total|rangs?|ranks?|temps|time|likes?|correct\w*)"
    r"(?:\s(?:total|moyen|average))?\s*\)?\Z"
)
_SUMMED = regex(r"(?:totaux|total|moyennes?|average|mean|somme|sum|% .*|taux .*)\Z")
_NOTHING = frozenset(
    (
        "",
        "-",
        "–",
        "rien",
        "aucun",
        "aucune",
        "non",
        "sans",
        "ras",
        "r.a.s.",
        "nsp",
        "none",
        "no",
        "nothing",
        "n/a",
        "na",
        "?",
        "x",
        "/",
        "pas de reponse",
        "sans reponse",
        "aucune reponse",
        "no answer",
        "not answered",
    )
)
_SMALL = frozenset(
    [
        "le",
        "la",
        "les",
        "un",
        "une",
        "des",
        "de",
        "du",
        "d",
        "l",
        "au",
        "aux",
        "a",
        "en",
        "sur",
        "pour",
        "et",
        "the",
        "a",
        "an",
        "of",
        "on",
        "for",
        "and",
        "to",
    ]
)
_WORD = regex(r"[^\W_]+")
_TICKED = frozenset(("x", "1", "oui", "yes", "true", "vrai", "✓"))
_BETWEEN = regex(r"\s*(?:[\n;|]|\s/\s)\s*")


class AlikeAnswers(Struct, frozen=True):
    """Answers that say the same: as it was said most, how many said it."""

    text: str
    count: int


class Survey(Struct, frozen=True):
    """What a survey brings: how many answered, and what, most said first."""

    answers: int
    needs: tuple[AlikeAnswers, ...] = ()
    offers: tuple[AlikeAnswers, ...] = ()
    form: tuple[AlikeAnswers, ...] = ()


def sort_of(heading: str) -> Sort | None:
    """What the answers under a heading are, as far as its words tell."""
    written = fold_case(one_line(heading)[:300])
    numbered = _NUMBERED.match(written)
    said = written[numbered.end() :] if numbered else written
    if _MEASURED.search(said):
        return "no"
    if _OFFER.search(said):
        return "offer"
    if _FORM.search(said):
        return "form"
    if _NEED.search(said):
        return "need"
    return "no" if not written or _PERSONAL.search(said) else None


def survey_of(headings: Sequence[str], rows: Iterable[Sequence[str]], sorts: Mapping[int, Sort]) -> Survey:
    """The answers in the columns of each sort, by their place from 0; those that say the same together.

    A column of crosses answers by its heading. Lines that sum others up are no answers.
    """
    lines = [row for row in rows if any(cell.strip() for cell in row) and not _SUMMED.match(fold_case(row[0].strip()))]
    said: dict[Sort, list[str]] = {"need": [], "offer": [], "form": []}
    for place, sort in sorts.items():
        if sort == "no":
            continue
        cells = [row[place].strip() for row in lines if place < len(row)]
        given = [cell for cell in cells if cell]
        if given and all(fold_case(cell) in _TICKED for cell in given):
            said[sort] += [headings[place]] * len(given)
        else:
            said[sort] += [part for cell in given for part in _BETWEEN.split(cell)]
    return Survey(len(lines), *(tuple(grouped(said[sort])) for sort in ("need", "offer", "form")))


def grouped(answers: Iterable[str]) -> list[AlikeAnswers]:
    """Answers that say the same together, most said first; those that say nothing left out."""
    groups: dict[str, dict[str, int]] = {}
    for answer in answers:
        text = one_line(normalise(answer[: MAX_ANSWER * 4]).text)[:MAX_ANSWER].strip(" .;,")
        if fold_case(text) in _NOTHING:
            continue
        words = groups.setdefault(_key(text), {})
        words[text] = words.get(text, 0) + 1
    found = [AlikeAnswers(max(words, key=lambda text: words[text]), sum(words.values())) for words in groups.values()]
    return sorted(found, key=lambda group: -group.count)


def _key(text: str) -> str:
    """What answers are compared by: no accents, case, articles, plurals or punctuation."""
    words = [word for word in _WORD.findall(fold_case(text)) if word not in _SMALL]
    return " ".join(word.rstrip("sx") or word for word in words) or fold_case(text)
