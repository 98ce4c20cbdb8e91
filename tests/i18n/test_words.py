"""One word for a thing, and the words of the trade: those that were there once, beside another, may not come back."""

from __future__ import annotations

import re

import pytest
from i18n.test_catalogue import catalogue, forms, ids

# Not in French: the one that is said instead. A command or a name of a file is no word: they stay (close --incomplete).
GONE = {
    r"\btchat|^chat$": "Mattermost",
    r"relay[ée]": "transmise",
    r"\bniveau": "échelon",
    r"excusé(?!\(e\))": "excusé(e)",
    r"·e\b|·es\b": "(e): screen readers stumble over the middle dot",
    r"\bactes?\b": "geste",
    r"\b[Cc]lore\b|\b[Cc]lôtur(?!e\b)|(?:la|La|sa|une|de) clôture\b": "publier, la publication; Clôture is a sequence",
    r"\bclose\b(?! --| :)(?<!facilitator close)": "publiée",
    r"séance (?:est )?levée|[Ll]ev(?:er|ez) la séance": "terminer",
    r"[Éé]tape": "séquence",
    r"\bA la parole|a la parole": "la parole est à",
    r"la fin passe\b": "dépasse",
    r"fin promise": "fin annoncée",
    r"replanif|réajust": "recaler",
    r"en individuel\b": "en suivi individuel",
    r"vue (?:de la )?salle": "affichage salle",
    r"\bCRA\b": "compte rendu",
    r"\bà définir\b|sans responsable": "à prendre",
    r"\b(?:PageDown|PageUp|Enter|Escape|Backspace|Del)\b": "PageSuiv, PagePréc, Entrée, Échap, Retour arrière, Suppr",
    r"\b[0-9]{1,2}h[0-9]{2}\b": "9 h 30",
}
GONE_ENGLISH = {
    r"^Here \{n\}|here \{n\}": "Present",
    r"^Written down": "Noted",
    r"sentence of the minutes": "the meeting in a sentence",
    r"\bCRA\b": "minutes",
}
# What people type, which is understood as they write it.
AS_TYPED = re.compile(r"20, 20m|1h30|19/11 14h")


@pytest.mark.parametrize("word", GONE)
def test_a_word_that_went_does_not_come_back(word: str) -> None:
    found = [form for message in catalogue("fr") for form in forms(message) if re.search(word, form)]
    assert [form for form in found if not AS_TYPED.search(form)] == [], GONE[word]


@pytest.mark.parametrize("word", GONE_ENGLISH)
def test_an_english_word_that_went_does_not_come_back(word: str) -> None:
    found = [one for message in catalogue("fr") for one in ids(message) if re.search(word, one)]
    assert found == [], GONE_ENGLISH[word]


def test_what_is_quoted_in_french_is_between_french_quotes() -> None:
    # What is typed in a terminal keeps its own.
    found = [form for message in catalogue("fr") for form in forms(message) if re.search(r'(?<!\w)"[A-Za-zÀ-ÿ]', form)]
    assert [form for form in found if "facilitator" not in form] == []
    assert [form for message in catalogue("fr") for form in forms(message) if re.search(r"\w'\w", form)] == []
