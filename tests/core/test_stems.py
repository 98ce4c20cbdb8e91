"""Words as they are looked for, in French and in English."""

from __future__ import annotations

import pytest

from facilitator.core.stems import asked_words, stem_of, words_of


@pytest.mark.parametrize(
    "forms",
    [
        "tablette tablettes",
        "réseau réseaux RESEAUX",
        "journal journaux",
        "travail travaux",
        "décidé décidées décider décide décident décidons décidait décideront decided decides deciding",
        "adhérer adhéré adhérée adhérents adherer",
        "finir fini finie finissent finissons finissait",
        "répondre répondu répond répondent",
        "actif active actives",
        "heureux heureuse heureuses",
        "européen européenne européens",
        "premier première premières",
        "public publique publics",
        "conseiller conseillère conseillers",
        "lieu lieux",
        "payer paie payé",
        "plan plans planning planned",
        "party parties",
        "study studies studied",
        "meeting meetings",
        "box boxes",
    ],
)
def test_the_forms_of_a_word_are_one(forms: str) -> None:
    assert len({stem_of(*words_of(form)) for form in forms.split()}) == 1


@pytest.mark.parametrize(
    "words", ["mandat mandarin", "secret secrétaire", "formation format", "papier papillon", "clé clou"]
)
def test_other_words_are_others(words: str) -> None:
    one, other = (stem_of(*words_of(word)) for word in words.split())
    assert one != other


@pytest.mark.parametrize("word", ["a1", "2026", "box", "l", "été"])
def test_short_words_and_numbers_are_what_they_are(word: str) -> None:
    (folded,) = words_of(word)
    assert stem_of(folded) == folded


def test_articles_are_no_words_to_look_for_unless_there_is_nothing_else() -> None:
    assert asked_words("l’adhésion à la Médiathèque des") == ("adhesion", "mediatheque")
    assert asked_words("l’adhésion de", typing=True) == ("adhesion", "de")
    assert asked_words("le la") == ("le", "la")
    assert asked_words(" … ") == ()
    assert len(asked_words("mot " * 100)) == 40
