"""A small network over a year: six meetings, their letters, invented people. The same at every run."""

from __future__ import annotations

import datetime
from pathlib import Path

from facilitator.core.said import Origin
from facilitator.core.vocabulary import Kind
from facilitator.documents.minutes.entry import MinutesEntry, MinutesToWrite, Person, StepToWrite
from facilitator.documents.minutes.writer import write_minutes

SETTINGS = """\
name: Réseau roannais
scale: epci
language: fr
timezone: Europe/Paris
coordinator: Claire Dumas
members:
  - { name: Awa Diallo, structure: CCAS de Roanne, place: CCAS de Roanne, knows: [droits] }
  - { name: Karim Benali, structure: Médiathèque, place: médiathèque de Riorges, knows: [tablettes, matériel], publics: [seniors] }
  - { name: Nora Lefèvre, structure: Centre social, knows: [accès aux droits] }
  - { name: Fatou Sarr, structure: France services, place: France services de Renaison }
  - Hugo Blanc
  - { name: Claire Dumas, structure: Agglomération }
partners:
  - { name: Zoomacom, role: partner, knows: [formation] }
calendar:
  pattern: [meeting, newsletter]
  day: 2e mardi
  levels: { departement: { pattern: [meeting, nothing, nothing], day: dernier jeudi } }
"""
# The second Tuesdays; that of May was never held.
DAYS = ("2026-01-13", "2026-03-10", "2026-07-15", "2026-09-08", "2026-11-10")
HOSTS = (
    ("Awa Diallo", "CCAS de Roanne"), ("Karim Benali", "médiathèque de Riorges"), ("Awa Diallo", "CCAS de Roanne"),
    ("Fatou Sarr", "France services de Renaison"), ("Karim Benali", "médiathèque de Riorges"),
)  # fmt: skip
LEADS = (("Nora Lefèvre",), ("Fatou Sarr",), (), ("Nora Lefèvre",), ("Karim Benali",))
PRESENT = ("Awa Diallo", "Karim Benali", "Nora Lefèvre", "Fatou Sarr", "Hugo Blanc", "Claire Dumas")


def said(kind: Kind, number: int, text: str, **fields: object) -> MinutesEntry:
    return MinutesEntry(kind=kind, number=number, text=text, step=2, **fields)  # type: ignore[arg-type]


def on(text: str) -> datetime.date:
    return datetime.date.fromisoformat(text)


def named(place: int) -> str:
    return f"{DAYS[place]}-roannais"


ENTRIES: tuple[tuple[MinutesEntry, ...], ...] = (
    (
        said("question", 1, "Qui paie l’habilitation ?", theme="droits", outcome="answered", answer="Personne.", answer_by="Awa Diallo"),
        said("question", 2, "Où stocker les tablettes ?", theme="matériel", outcome="newsletter", answer="À la recyclerie.",
             answer_by="Karim Benali", answered_on=on("2026-01-25"), done=True, due=on("2026-02-28")),
        said("question", 3, "Quel budget pour nos postes ?", outcome="relay"),
        said("need", 1, "Une trame commune d’atelier smartphone", by="Awa Diallo", theme="ateliers", same=2),
        said("need", 2, "Prêter six tablettes de la médiathèque", by="Karim Benali", theme="matériel", offer=True),
        said("decision", 1, "Une charte « faire avec ».", consensus=True),
        said("action", 1, "Rédiger la charte", owners=("Nora Lefèvre",), done=True),
    ),
    (
        said("question", 1, "Faut-il un mandat ?", theme="droits", outcome="answered", answer="Oui.", answer_by="Fatou Sarr"),
        said("question", 2, "Comment prêter du matériel ?", theme="matériel", outcome="next"),
        said("need", 1, "Une trame d’ateliers pour smartphones", by="Hugo Blanc", theme="ateliers"),
        said("need", 2, "Quelques tablettes en avril", by="Fatou Sarr"),
        said("action", 1, "Réserver la salle", owners=("Hugo Blanc",), due=on("2026-04-10")),
    ),
    (
        said("question", 1, "Comment prêter du matériel ?", theme="matériel", outcome="answered", answer="Par convention.",
             answer_by="Karim Benali", origin=Origin(named(1), "Q2")),
        said("need", 1, "Une demi-journée sur les arnaques en ligne", by="Nora Lefèvre", theme="arnaques", same=1),
        said("need", 2, "J’accueille volontiers une rencontre au centre social", by="Nora Lefèvre", offer=True),
    ),
    (
        said("question", 1, "Une machine à café ?", outcome="drop"),
        said("need", 1, "Se former aux arnaques en ligne", by="Awa Diallo", theme="arnaques"),
        said("decision", 1, "Un prêt de matériel entre structures."),
    ),
    (
        said("question", 1, "Qui sait aider pour FranceConnect ?", theme="droits", outcome="mattermost", due=on("2026-11-20")),
        said("need", 1, "La trame smartphone, toujours", by="Awa Diallo", theme="ateliers"),
        said("news", 1, "AMI aînés", type="call", deadline=on("2026-12-15")),
    ),
)  # fmt: skip


def meeting(place: int) -> MinutesToWrite:
    """One of the meetings, from 0."""
    host, where = HOSTS[place]
    step = StepToWrite(3, "workshop", "Atelier photos" if place else "Les démarches", 50, 54, LEADS[place])
    return MinutesToWrite(
        meeting=named(place),
        title="Rencontre du réseau",
        day=on(DAYS[place]),
        zone="Europe/Paris",
        language="fr",
        scale="epci",
        steps=(
            StepToWrite(1, "welcome", "Accueil", 20, 22, (host,)),
            StepToWrite(2, "needs", "Besoins et questions", 30, 34, ("Claire Dumas",)),
            step,
            StepToWrite(4, "closing", "Clôture", 10, None if place == 2 else 10),
        ),
        entries=ENTRIES[place],
        place=where,
        host=host,
        facilitator="Claire Dumas",
        scribe="Léa Moreau" if place < 2 else "Hugo Blanc",
        started=datetime.time(9, 30),
        ended=datetime.time(12),
        month=f"2026-{on(DAYS[place]).month + 1:02}",
        present=PRESENT[place % 2 :],
        visitors=(Person("Odile Perret", "Conseil départemental"),) if place == 4 else (),
        since=on(DAYS[place - 1]) if place else None,
    )


def network_year(folder: Path) -> None:
    """Write the settings, the minutes and the letters of the year into a folder."""
    (folder / "facilitator.yaml").write_text(SETTINGS, encoding="utf-8")
    for name in ("minutes", "newsletter"):
        (folder / name).mkdir(exist_ok=True)
    for place in range(len(DAYS)):
        (folder / "minutes" / f"{named(place)}.md").write_text(write_minutes(meeting(place)), encoding="utf-8")
    for month in (2, 4, 8, 10):
        letter = f"---\nnewsletter: 2026-{month:02}\nlanguage: fr\n---\n\n# Lettre\n"
        (folder / "newsletter" / f"2026-{month:02}.md").write_text(letter, encoding="utf-8")
