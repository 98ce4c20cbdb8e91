"""Minutes by the thousand: three kilobytes each, the same for the same number, of invented people in invented networks."""

from __future__ import annotations

import datetime
import random
from pathlib import Path

from facilitator.core.said import Origin
from facilitator.core.vocabulary import Kind, Outcome
from facilitator.documents.minutes.entry import MinutesEntry, MinutesToWrite, StepToWrite
from facilitator.documents.minutes.writer import write_minutes

NETWORKS = 100
FIRST = datetime.date(2018, 1, 9)
EVERY = datetime.timedelta(days=28)
KINDS: tuple[Kind, ...] = (
    "question",
    "need",
    "decision",
    "action",
    "question",
    "note",
    "action",
    "resource",
    "aside",
    "note",
    "question",
    "decision",
)
OUTCOMES: tuple[Outcome | None, ...] = ("answered", "answered", "mattermost", "newsletter", "next", "drop")
THEMES = ("droits", "tablettes", "matériel", "ateliers", "accueil", "sécurité", "emploi", None)
PEOPLE = tuple(
    f"{first} {last}"
    for first in ("Awa", "Karim", "Léa", "Nora", "Paul", "Fatou", "Hugo", "Inès", "Samira", "Théo")
    for last in ("Diallo", "Benali", "Moreau", "Lefèvre", "Rivière")
)
BEGINNINGS = (
    "Comment",
    "Faut-il un mandat pour",
    "Qui peut",
    "Quand faut-il",
    "Où",
    "Avec quel outil",
    "Est-il utile de",
)
VERBS = (
    "prêter",
    "adhérer à",
    "expliquer",
    "financer",
    "réparer",
    "choisir",
    "préparer",
    "signaler",
    "partager",
    "évaluer",
)
THINGS = (
    "les tablettes", "un atelier", "la charte", "le réseau régional", "des permanences", "une affiche", "les journaux", "le wiki",
    "l’habilitation", "les comptes", "un vidéoprojecteur", "la convention", "des kits", "une salle", "le budget", "les supports",
)  # fmt: skip
PLACES = (
    "à la médiathèque",
    "en mairie",
    "dans chaque commune",
    "pour les aînés",
    "avec les écoles",
    "hors des vacances",
    "au printemps",
)


def meeting_of(number: int) -> str:
    """The id of a meeting."""
    return f"{FIRST + EVERY * (number // NETWORKS)}-reseau-{number % NETWORKS:02}"


def minutes_of(number: int) -> str:
    """The minutes of a meeting. One in five of its questions comes from the meeting before."""
    chance = random.Random(number)
    day = FIRST + EVERY * (number // NETWORKS)
    before = meeting_of(number - NETWORKS) if number >= NETWORKS else None
    numbers: dict[Kind, int] = {}
    entries = tuple(_entry(chance, kind, numbers, day, before) for kind in KINDS)
    return write_minutes(
        MinutesToWrite(
            meeting=meeting_of(number),
            title="Rencontre du réseau",
            day=day,
            zone="Europe/Paris",
            language="fr",
            steps=tuple(
                StepToWrite(step, "free", f"Séquence {step}", 20, chance.randint(10, 30)) for step in (1, 2, 3)
            ),
            entries=entries,
            coordinator="Claire Dumas",
            present=tuple(chance.sample(PEOPLE, 12)),
            since=day - EVERY if before else None,
        )
    )


def _entry(
    chance: random.Random, kind: Kind, numbers: dict[Kind, int], day: datetime.date, before: str | None
) -> MinutesEntry:
    numbers[kind] = numbers.get(kind, 0) + 1
    question = kind == "question"
    outcome = chance.choice(OUTCOMES) if question else None
    said = f"{chance.choice(VERBS)} {chance.choice(THINGS)} {chance.choice(PLACES)}, et {chance.choice(VERBS)} {chance.choice(THINGS)}"
    carried = before is not None and question and numbers[kind] == 1 and chance.random() < 0.2
    return MinutesEntry(
        kind=kind,
        number=0 if kind == "note" else numbers[kind],
        text=f"{chance.choice(BEGINNINGS)} {said} ?" if question else said.capitalize(),
        by=chance.choice(PEOPLE) if kind == "need" else None,
        owners=(chance.choice(PEOPLE),) if kind == "action" else (),
        due=day + datetime.timedelta(days=chance.randint(3, 60)) if kind == "action" else None,
        theme=None if kind == "note" else chance.choice(THEMES),
        link="https://example.org/page" if kind == "resource" else None,
        outcome=outcome,
        answer=f"Oui : {said}." if outcome == "answered" else None,
        answer_by=chance.choice(PEOPLE) if outcome == "answered" else None,
        done=kind in ("action", "aside") and chance.random() < 0.9,
        step=chance.randint(1, 3),
        origin=Origin(before, "Q1") if before and carried else None,
    )


def write_many(folder: Path, count: int) -> list[Path]:
    """So many minutes in a folder, as old as files that nobody has touched for years."""
    folder.mkdir(parents=True, exist_ok=True)
    paths = []
    for number in range(count):
        path = folder / f"{meeting_of(number)}.md"
        path.write_text(minutes_of(number), encoding="utf-8")
        paths.append(path)
    return paths
