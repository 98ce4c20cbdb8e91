"""Letters to feed, and the meetings that feed them: invented people."""

from __future__ import annotations

import datetime

from documents.minutes.example import MEETING, day, said
from msgspec.structs import replace

from facilitator.core.said import Origin
from facilitator.documents.minutes.entry import MinutesEntry, MinutesToWrite, StepToWrite
from facilitator.documents.newsletter.feed import feed
from facilitator.documents.newsletter.items import Letter
from facilitator.documents.typography import unfold

LETTER = Letter("2026-12", network="Réseau roannais")
EMPTY = MinutesToWrite("2026-11-10-r", "Rencontre", day(11, 10), "Europe/Paris", "fr", month="2026-12")
SECOND = MinutesToWrite(
    meeting="2026-11-24-roannais",
    title="Rencontre de novembre, la suite",
    day=day(11, 24),
    zone="Europe/Paris",
    language="fr",
    steps=(StepToWrite(1, "welcome", "Accueil", 10, 10), StepToWrite(2, "needs", "Besoins", 20, 20)),
    entries=(
        said("note", 0, "Le guichet a deux écrans.", step=1),
        said("news", 1, "Rapport sur l’illectronisme", link="https://example.org/rapport", step=2),
        said("news", 2, "AAP mobilité", type="call", deadline=day(12, 9), step=2),
        said("news", 3, "Un salon à Lyon", step=2),
        said("question", 1, "Peut-on prêter du matériel ?", outcome="answered", answer="Oui, par convention.", origin=Origin("2026-11-10-roannais", "Q5"), step=2),
        said("question", 2, "Existe-t-il une affiche « on ne fait pas à votre place » ?", outcome="answered", answer="Oui, sur le wiki.", origin=Origin("2026-11-10-roannais", "Q11"), step=2),
        said("question", 3, "Qui vient à Lyon ?", outcome="newsletter", step=2),
        said("need", 1, "Un micro-cravate", step=2),
        said("decision", 1, "On va à Lyon.", step=2),
        said("resource", 1, "Fiche mandat", link="https://example.org/mandat", step=2),
    ),
    place="CCAS de Mably",
    host="Awa Diallo",
    coordinator="Claire Dumas",
    ended=datetime.time(12),
    summary="On ira à Lyon.",
    month="2026-12",
    next_meeting=day(12, 8),
)  # fmt: skip


def fed(meeting: MinutesToWrite = MEETING, before: str | None = None, **more) -> str:
    return feed(before, LETTER, meeting, **more)


def with_entries(*entries: MinutesEntry, **fields) -> MinutesToWrite:
    return replace(EMPTY, entries=entries, steps=(StepToWrite(1, "needs", "Besoins", 20, 20),), **fields)


def section(text: str, heading: str) -> str:
    """What stands under a heading, in plain spaces."""
    return unfold(text).split(f"## {heading}\n\n")[1].split("\n\n## ")[0].rstrip("\n")
