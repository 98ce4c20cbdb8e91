"""Meetings for the tests of the documents: invented people, times told."""

from __future__ import annotations

import datetime
from typing import Any, get_args

from facilitator.core import acts as commands
from facilitator.core.acts import Act, Command, Stamp
from facilitator.core.agenda import Agenda, NewsItem, NewsType, Phase, Place, Step
from facilitator.core.decide import decide
from facilitator.core.entry import Entry, read_label
from facilitator.core.fold import Replay
from facilitator.core.instant import Instant
from facilitator.core.meeting import Meeting, PublicMeeting, StepState
from facilitator.core.network import Calendar, Channels, Choices, Language, Member, Network
from facilitator.core.public import public
from facilitator.core.records import Record
from facilitator.core.said import Fields
from facilitator.core.setup import Setup, setup_of
from facilitator.core.vocabulary import Kind, Outcome

DAY = datetime.date(2026, 11, 24)
ZONE = "Europe/Paris"
NEWS_TYPES: tuple[NewsType, ...] = get_args(NewsType)
MINUTE = 60


def instant(time: str) -> Instant:
    """A told instant of the day, in Paris in winter."""
    hours, minutes = map(int, time.split(":"))
    at = datetime.datetime(2026, 11, 24, hours - 1, minutes, tzinfo=datetime.UTC)
    return Instant(at=int(at.timestamp()) * 1000, told=True)


class Room:
    """A meeting led by commands at told times."""

    def __init__(self, setup: Setup, meeting: str = "2026-11-24-roannais") -> None:
        self.replay = Replay()
        self.do("09:30", commands.Open(meeting, setup))

    @property
    def meeting(self) -> Meeting:
        return self.replay.meeting

    def do(self, time: str, command: Command) -> None:
        at = instant(time)
        number = len(self.replay.acts) + 1
        events = decide(self.meeting, command, Stamp(f"a{number}", "x@y", "w", at), self.replay.acts)
        self.replay.add([Act(id=f"a{number}", n=number, writer="w", actor="x@y", at=at.at, events=events, told=True)])

    def add(self, time: str, kind: Kind, text: str, **fields: Any) -> None:
        self.do(time, commands.Capture(kind, Fields(text=text, **fields)))

    def entry(self, label: str) -> str:
        name = read_label(label)
        assert name is not None
        found = self.meeting.find(*name)
        assert found is not None
        return found.id


def roannais_setup(language: Language = "fr", **choices: Any) -> Setup:
    agenda = Agenda(
        title="Rencontre du réseau — Roannais",
        date=DAY,
        start="09:30",
        end="12:00",
        place=Place("Médiathèque de Roanne", host="Karim B."),
        facilitator="Claire D.",
        scribe="Léa M.",
        members=("Awa S.", "Karim B.", "Léa M.", "Nora T.", "Élodie P.", "Jean-Marc V."),
        steps=(
            Step("welcome", 20 * MINUTE, title="Accueil et visite de la médiathèque", lead="Karim B."),
            Step(
                "news",
                20 * MINUTE,
                title="Actualités",
                lead="Claire D.",
                items=(
                    NewsItem("Rapport sur l'illectronisme en milieu rural", "report", "https://example.org/rapport"),
                    NewsItem(
                        "AMI « inclusion numérique des aînés »",
                        "call",
                        "https://example.org/ami",
                        datetime.date(2026, 12, 15),
                    ),
                    NewsItem(
                        "AAP tiers-lieux nourriciers", "call", "https://example.org/aap", datetime.date(2026, 12, 4)
                    ),
                ),
            ),
            Step("needs", 25 * MINUTE, title="Besoins et questions", answer_time=180, defer_to="newsletter"),
            Step(
                "workshop",
                50 * MINUTE,
                title="Accompagner sans faire à la place",
                format="exchange",
                minimum=40 * MINUTE,
                lead="Nora T.",
                phases=(Phase("Tour des pratiques", 25 * MINUTE), Phase("Ce qu'on garde", 25 * MINUTE)),
            ),
            Step("closing", 10 * MINUTE, title="Clôture"),
        ),
    )
    network = Network(
        name="Réseau du Roannais",
        scale="epci",
        members=(Member("Awa S.", "CCAS de Roanne"), Member("Nora T.", "Centre social")),
        calendar=Calendar(next_meeting=datetime.date(2027, 1, 19), next_place="Maison des services, Riorges"),
        channels=Channels(chat="https://chat.example.org/reseau", mail="reseau@example.org"),
        choices=Choices(**choices),
    )
    return setup_of(agenda, network, day=DAY, zone=ZONE, language=language)


def roannais(language: Language = "fr", *, closed: bool = True, **choices: Any) -> Room:
    """The scenario of the whole meeting, with a summary, an offer, a subject put aside and a multi-line answer more."""
    room = Room(roannais_setup(language, **choices))
    room.do("09:34", commands.Start())
    for name in ("Awa S.", "Karim B.", "Nora T.", "Élodie P."):
        room.do("09:34", commands.Attend(name))
    room.do("09:34", commands.Attend("Léa M.", "excused"))
    room.add("09:45", "note", "Visite : l'espace numérique ouvre le mercredi *et* le samedi | 12 postes")
    room.add("09:50", "resource", "Plan de l'espace numérique", link="https://example.org/plan_a_b")
    room.do("09:56", commands.Next())
    room.do("09:58", commands.Attend("Jean-Marc V.", "late"))
    text = "Feuille de route <France Numérique Ensemble> : réunion départementale"
    room.add("10:05", "news", text, link="https://example.org/fne")
    room.do("10:17", commands.Next())
    room.add("10:19", "question", "Qui paie la licence « Aidants Connect » ?", by="Awa S.", theme="droits")
    answer = "Personne : l'habilitation est gratuite, la structure signe une convention.\nVoir https://example.org/aidants_connect"
    room.do("10:22", commands.Answer(room.entry("Q1"), answer, "https://example.org/convention"))
    text = "# Peut-on prêter du matériel entre structures ? | assurance_comprise"
    room.add("10:23", "question", text, by="Élodie P.", theme="matériel")
    room.do("10:24", commands.Support(room.entry("Q2")))
    text = "Faut-il un mandat écrit pour une démarche à la place de quelqu'un ?"
    room.add("10:27", "question", text, by="Nora T.", theme="droits")
    room.do("10:28", commands.Send(room.entry("Q3"), "mattermost", "Nora T.", datetime.date(2026, 12, 1)))
    room.add("10:30", "question", "Quel budget 2027 pour les postes ?", by="Jean-Marc V.")
    room.do("10:31", commands.Send(room.entry("Q4"), "relay"))
    room.add("10:33", "need", "Une trame commune d'atelier smartphone", by="Awa S.", theme="ateliers")
    room.add("10:34", "need", "Un jeu de cartes sur les arnaques en ligne, à prêter", by="Karim B.", offer=True)
    room.add("10:35", "individual", "Entretien individuel : fin de contrat en mars", by="Élodie P.")
    room.add("10:36", "aside", "Le logo du réseau", by="Jean-Marc V.")
    room.do("10:44", commands.Next())
    room.do("11:10", commands.Next())
    room.add("11:20", "decision", "Le réseau adopte une charte « faire avec, pas à la place ».")
    due = datetime.date(2026, 12, 10)
    room.add("11:24", "action", "Rédiger la première version de la charte", owners=("Nora T.", "Awa S."), due=due)
    room.add("11:26", "action", "Réserver la salle de Riorges pour janvier")
    room.add("11:30", "resource", "Fiche pratique Aidants Connect", link="https://example.org/fiche")
    room.do("11:31", commands.Pause())
    room.do("11:36", commands.Resume())
    room.do("11:44", commands.Next())
    room.do("11:51", commands.Send(room.entry("Q2"), "newsletter"))
    if closed:
        summary = "Une matinée dense : une charte est lancée, et le prêt de matériel cherche sa réponse."
        room.do("11:52", commands.Close("2026-12", {"w": len(room.replay.acts)}, summary))
    return room


def plain_meeting(
    entries: tuple[Entry, ...],
    language: Language = "fr",
    *,
    titles: tuple[str, str] = ("Accueil", "Atelier"),
    summary: str | None = None,
    **given: Any,
) -> PublicMeeting:
    """A closed meeting of two steps that holds these entries, made by hand."""
    agenda = Agenda(
        given.pop("title", "Rencontre"),
        (Step("welcome", 20 * MINUTE, title=titles[0]), Step("workshop", 20 * MINUTE, title=titles[1])),
        place=given.pop("place", None),
        facilitator=given.pop("facilitator", None),
    )
    setup = setup_of(agenda, Network(**given), day=DAY, zone=ZONE, language=language)
    steps = tuple(
        StepState(id=f"s{number}", plan=plan, planned_s=1200, adjusted_s=1200, spent_ms=1_200_000, visits=1)
        for number, plan in enumerate(agenda.steps, 1)
    )
    return public(
        Meeting(
            id="2026-11-24-rencontre",
            setup=setup,
            state="closed",
            steps=steps,
            started_at=instant("09:34").at,
            adjourned_at=instant("11:52").at,
            entries={entry.id: entry for entry in entries},
            summary=summary,
        )
    )


def entry(
    kind: Kind, number: int, text: str, *, step: str = "s1", outcome: Outcome | None = None, **fields: Any
) -> Entry:
    """An entry made by hand."""
    return Entry(
        id=f"{kind}{number}-{len(text)}",
        kind=kind,
        number=number,
        text=text,
        at=instant("10:00").at,
        actor="x@y",
        step=step,
        outcome=outcome,
        **fields,
    )


def without_time(found: list[Record]) -> list[Record]:
    """Records as a document tells them: it holds no instant of capture."""
    return [
        Record(**{name: getattr(record, name) for name in Record.__struct_fields__} | {"at": None}) for record in found
    ]
