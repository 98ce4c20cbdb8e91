"""The year on one page has the shape of the design's example, in both languages."""

from __future__ import annotations

import datetime

from markdown_it import MarkdownIt
from msgspec.structs import replace

from facilitator.core.cycle.figures import Figures, Questions, Spread
from facilitator.core.cycle.matching import Need
from facilitator.core.said import Origin
from facilitator.documents.typography import unfold
from facilitator.documents.year import write_year

MEETINGS = ("2026-01", "2026-03", "2026-05", "2026-07", "2026-09", "2026-11")
LAST = Origin("2026-11-10-roannais", "B1")
YEAR = Figures(
    year=2026,
    meetings=(None,) * 6,  # type: ignore[arg-type]  # only counted
    letters=6,
    wanted=(6, 6),
    people=34,
    structures=19,
    attendance=Spread(22, 17, 27),
    places=6,
    new_places=5,
    led=9,
    questions=Questions(58, 27, 24, 7, 0, days=12, relayed=4, relayed_answered=2),
    themes=(("droits", 21), ("matériel", 14), ("outils", 9), ("divers", 2)),
    actions_done=14,
    actions_open=3,
    decisions=("Une charte « faire avec, pas à la place ».", "Des supports mutualisés."),
    returning=(
        Need("Une trame commune d’atelier smartphone", "ateliers", MEETINGS[:4], 3, LAST),
        Need("Les arnaques en ligne", None, MEETINGS[:3], 2, LAST),
    ),
    unanswered=("Le budget 2027 des postes ?",),
)
FRENCH = """\
# Le réseau roannais en 2026

Six rencontres et six lettres, comme prévu ; aucune rencontre annulée.

## Qui s’est réuni

- 34 personnes de 19 structures ; 22 par rencontre (entre 17 et 27).
- 6 lieux d’accueil différents, 5 pour la première fois. 9 membres ont animé un temps.

## Ce que le réseau a demandé, et reçu

- 58 questions : 27 réponses en séance, 24 ensuite (en 12 jours, au milieu), 7 encore attendues.
- D’abord #droits (21), puis #matériel (14) et #outils (9).
- 4 questions transmises au réseau départemental : 2 réponses reçues.
- 14 actions menées à bien, 3 en cours.

## Ce qui a changé

- Une charte « faire avec, pas à la place ».
- Des supports mutualisés.

## Ce qui revient

- Une trame commune d’atelier smartphone (4 rencontres) ; Les arnaques en ligne (3).
- Sans réponse à notre échelon : Le budget 2027 des postes ?

## L’an prochain

- …
"""


def page(figures: Figures, language: str = "fr", **given) -> str:
    return write_year(figures, network="Réseau roannais", scale="epci", language=language, **given)


def test_the_page_is_that_of_the_example():
    assert unfold(page(YEAR)) == FRENCH
    assert "charte «\u00a0faire avec, pas à la place\u00a0»" in page(YEAR)


def test_the_same_in_english():
    said = page(YEAR, "en").splitlines()
    assert said[:3] == [
        "# Réseau roannais in 2026",
        "",
        "Six meetings and six letters, as planned; no meeting cancelled.",
    ]
    assert "- 58 questions: 27 answered at the meeting, 24 later (in 12 days, in the middle), 7 still awaited." in said
    assert "- 4 questions sent to the network of the département: 2 answers received." in said


def test_what_did_not_take_place_and_a_year_that_goes_on_are_said():
    held = replace(YEAR, meetings=(None,) * 5, letters=1, new_places=None)
    said = unfold(page(held, until=datetime.date(2026, 11, 27)))
    assert "Au 27 novembre, cinq rencontres et une lettre ; une rencontre n’a pas eu lieu.\n" in said
    assert "6 lieux d’accueil différents. 9" in said
    without = replace(held, wanted=None)
    assert unfold(page(without)).splitlines()[2] == "Cinq rencontres et une lettre."


def test_an_empty_year_has_no_empty_section_and_a_hostile_text_stays_text():
    empty = replace(
        YEAR, meetings=(), letters=0, wanted=None, people=0, places=0, led=0, questions=Questions(0, 0, 0, 0, 0), themes=(),
        actions_done=0, actions_open=0, decisions=("# <script>\n- [x] *non*",), returning=(), unanswered=(),
    )  # fmt: skip
    said = page(empty)
    assert [line for line in said.splitlines() if line.startswith("## ")] == ["## Ce qui a changé", "## L’an prochain"]
    assert MarkdownIt().render(said).count("<li>") == 2 and "<em>" not in MarkdownIt().render(said)
