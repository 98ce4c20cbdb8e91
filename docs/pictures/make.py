"""Pictures of the screens, as SVG, at a fixed hour of an invented meeting: for the README, and to look at after a change.

python docs/pictures/make.py                          the chosen few, beside this file
python docs/pictures/make.py FOLDER [WORD]…           the whole sheet in FOLDER, with an index.html to leaf through; of the
                                                      pictures whose name has every WORD (`room`, `80x24`, `day`, `en`)
python docs/pictures/make.py --blurred FOLDER [WORD]… as seen in half a second: blurred by a radius of one cell
"""
# ruff: noqa: INP001  # a program, no package

from __future__ import annotations

import asyncio
import contextlib
import datetime
import os
import re
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple
from unittest.mock import patch

from facilitator.core import acts
from facilitator.core.agenda import Agenda, Carried, Place, Step
from facilitator.core.instant import Instant
from facilitator.core.network import Calendar, Channels, Member, Network
from facilitator.core.said import Fields
from facilitator.documents.agenda_writer import write_agenda
from facilitator.i18n import translator
from facilitator.meetings import publishing
from facilitator.meetings.session import Session
from facilitator.store.half_typed import touch_alive
from facilitator.store.workspace import Workspace
from facilitator.tui import themes
from facilitator.tui.app import FacilitatorApp

HERE = Path(__file__).parent
ZONE = "Europe/Paris"
DAY = datetime.date(2026, 11, 10)
START = 1_794_299_400_000  # that day at 9.30 in Paris, in milliseconds UTC
SIZES = ((60, 18), (80, 24), (120, 36), (160, 50), (200, 50))
LANGUAGES = ("fr", "en")
CELL = 12.2  # the width of a cell in Textual's pictures

MEMBERS = (
    Member("Awa Diallo", structure="Médiathèque de Roanne", knows=("droits",)),
    Member("Karim Benali", structure="Centre social Bourgogne"),
    Member("Nora Lefèvre", structure="France services Riorges", knows=("outils",)),
    Member("Claire Dumas", structure="Roannais Agglomération"),
    Member("Hugo Marin", structure="Mission locale"),
    Member("Léa Fontaine", structure="CCAS du Coteau"),
    Member("Fatou Sarr", structure="Emmaüs Connect"),
    Member("Jean-Marc Vial", structure="Familles rurales"),
)
SAID = {
    "fr": {
        "network": "Réseau roannais",
        "title": "Réseau roannais",
        "welcome": "Accueil et visite",
        "workshop": "Accompagner sans faire à la place",
        "project": "Projet de l’an prochain",
        "questions": (
            ("Qui paie l’habilitation Aidants Connect ?", "droits"),
            ("Quel outil pour signer un PDF sans compte ?", "outils"),
            ("Où trouver des tablettes à moins de 100 € ?", "matériel"),
            ("Perdu l’accès à FranceConnect et sans téléphone ?", "droits"),
            ("Peut-on prêter du matériel entre structures, et qui assure ?", "matériel"),
            ("Existe-t-il une affiche « on ne fait pas à votre place » ?", None),
            ("Faut-il un mandat écrit pour une démarche à la place de quelqu’un ?", "droits"),
        ),
        "answer": "L’État, pour les structures habilitées.",
        "decision": "Les rencontres ont lieu le deuxième mardi du mois.",
        "actions": ("Réserver Castel pour janvier", "Demander les dates à la préfecture"),
        "needs": ("Une trame d’atelier smartphone", "Un vidéoprojecteur en janvier"),
        "private": "Mme Durand ne lit pas",
        "typed": "Qui peut prêter un vidéoprojecteur ? @awa",
        "templates": "Rencontre de décembre",
    },
    "en": {
        "network": "Roannais network",
        "title": "Roannais network",
        "welcome": "Welcome and visit",
        "workshop": "Helping without doing it for them",
        "project": "Next year’s project",
        "questions": (
            ("Who pays for the Aidants Connect accreditation?", "rights"),
            ("Which tool signs a PDF without an account?", "tools"),
            ("Where can tablets be had for less than 100 €?", "equipment"),
            ("FranceConnect lost, and no telephone?", "rights"),
            ("May equipment be lent between structures, and who insures it?", "equipment"),
            ("Is there a poster “we do not do it for you”?", None),
            ("Is a written mandate needed to act in somebody’s place?", "rights"),
        ),
        "answer": "The State, for accredited structures.",
        "decision": "Meetings are held on the second Tuesday of the month.",
        "actions": ("Book Castel for January", "Ask the prefecture for dates"),
        "needs": ("An outline for a smartphone workshop", "A projector in January"),
        "private": "Mrs Durand cannot read",
        "typed": "Who can lend a projector? @awa",
        "templates": "Meeting of December",
    },
}


class Clock:
    """The hour in the pictures."""

    at = START

    def now(self) -> Instant:
        """This moment there."""
        return Instant(at=self.at, boot_id="boot", boot=self.at)

    def to(self, minute: float) -> None:
        """So many minutes after the announced start."""
        self.at = START + int(minute * 60_000)


class Stage:
    """A workspace of its own, and what happens in it."""

    def __init__(self, root: Path, language: str, clock: Clock) -> None:
        self.workspace = Workspace(root)
        self.language = language
        self.clock = clock
        self.said = SAID[language]
        self.session: Session | None = None

    @property
    def seat(self) -> Session:
        """The meeting, opened when it is first needed."""
        if self.session is None:
            self.session = Session.prepare(
                *(self.workspace, self.agenda(), self.network()),
                zone=ZONE,
                language=self.language,
                terminal=True,
                actor="claire@roanne",
            )
        return self.session

    def network(self) -> Network:
        """The settings."""
        return Network(
            name=self.said["network"],
            members=MEMBERS,
            coordinator="Claire Dumas",
            calendar=Calendar(next_meeting=datetime.date(2026, 12, 8), next_place="Castel"),
            channels=Channels(form="https://rencontre.local/4F7K"),
        )

    def agenda(self) -> Agenda:
        """Two hours and a half, in seven steps."""
        said = self.said
        return Agenda(
            title=said["title"],
            slug="roannais",
            date=DAY,
            start="09:30",
            end="12:00",
            facilitator="Claire Dumas",
            place=Place(name="Castel", host="Karim Benali"),
            steps=(
                Step(kind="welcome", title=said["welcome"], duration=1200, lead="Karim Benali"),
                Step(kind="news", duration=1200),
                Step(
                    kind="needs",
                    duration=1500,
                    answer_time=180,
                    answer_budget=720,
                    defer_to="newsletter",
                    lead="Nora Lefèvre",
                ),
                Step(kind="break", duration=600),
                Step(kind="workshop", title=said["workshop"], duration=3000, minimum=2400, lead="Hugo Marin"),
                Step(kind="free", title=said["project"], duration=600),
                Step(kind="closing", duration=600),
            ),
        )

    def begun(self) -> None:
        """It began two minutes late, with everybody there but two."""
        self.clock.to(-5)
        for member in MEMBERS[:6]:
            self.seat.act(acts.Attend(member.name))
        self.clock.to(2)
        self.seat.act(acts.Start())

    def asked(self) -> None:
        """In the sequence of needs, with what was said so far."""
        self.begun()
        self.clock.to(21)
        self.seat.act(acts.Next())
        self.clock.to(42)
        self.seat.act(acts.Next())
        for place, (text, theme) in enumerate(self.said["questions"]):
            self.clock.to(43 + place)
            self.seat.act(acts.Capture("question", Fields(text=text, theme=theme, by=MEMBERS[place].name)))
        self.seat.act(acts.Answer(self.question(1), self.said["answer"]))
        self.seat.act(acts.Send(self.question(4), "mattermost"))
        for number, times in ((2, 3), (5, 1), (7, 3)):
            for _ in range(times):
                self.seat.act(acts.Support(self.question(number)))
        self.seat.act(acts.Capture("decision", Fields(text=self.said["decision"])))
        one, other = self.said["actions"]
        self.seat.act(acts.Capture("action", Fields(text=one)))
        due = datetime.date(2026, 11, 20)
        self.seat.act(acts.Capture("action", Fields(text=other, owners=("Claire Dumas",), due=due)))
        for text in self.said["needs"]:
            self.seat.act(acts.Capture("need", Fields(text=text, by="Karim Benali")))
        self.seat.act(acts.Capture("individual", Fields(text=self.said["private"])))
        self.clock.to(55)

    def question(self, number: int) -> str:
        """The id of a question by its number."""
        found = self.seat.meeting.find("question", number)
        if found is None:
            raise LookupError(number)
        return found.id

    def held(self) -> None:
        """A meeting that was published, and what is to come."""
        self.asked()
        for number in (2, 3, 5, 6, 7):
            self.seat.act(acts.Send(self.question(number), "newsletter"))
        self.clock.to(149)
        publishing.close(self.seat)
        self.seat.leave()
        self.session = None
        self.workspace.agendas_folder.mkdir(exist_ok=True)
        to_come = (("2026-12-08", self.said["templates"]), ("2027-01-12", self.said["title"]))
        for day, title in to_come:
            text = f"title: {title}\ndate: {day}\nstart: '09:30'\nplace: {{name: Castel}}\nsteps: [{{kind: needs, duration: 20m}}]\n"
            (self.workspace.agendas_folder / f"{day}.yaml").write_text(text, encoding="utf-8")
        today = Agenda(
            title=self.said["workshop"],
            slug="atelier",
            date=DAY,
            start="14:00",
            place=Place(name="Castel"),
            carried=(Carried(meeting="2026-10-13-roannais", number="Q2", text=self.said["questions"][1][0]),) * 1,
            steps=(Step(kind="workshop", duration=3000),),
        )
        (self.workspace.agendas_folder / "atelier.yaml").write_text(
            write_agenda(today, language=self.language), encoding="utf-8"
        )
        settings = f"name: {self.said['network']}\ncalendar: {{next_meeting: 2026-12-08}}\n"
        self.workspace.config_file.write_text(settings, encoding="utf-8")


def _answering(stage: Stage) -> None:
    stage.asked()
    stage.clock.to(54)
    stage.seat.act(acts.StartAnswer(stage.question(7)))
    stage.clock.to(55.2)


def _round(stage: Stage) -> None:
    stage.asked()
    stage.seat.act(acts.StartRound(120))
    stage.clock.to(55.8)


def _over(stage: Stage) -> None:
    stage.asked()
    stage.clock.to(70.2)


def _amber(stage: Stage) -> None:
    stage.asked()
    stage.clock.to(63.5)


def _break(stage: Stage) -> None:
    stage.asked()
    stage.clock.to(66)
    stage.seat.act(acts.Next())
    stage.clock.to(69)


def _nothing(_stage: Stage) -> None:
    pass


class Scene(NamedTuple):
    """What happened before, the keys that are pressed then, and whether it begins at home."""

    prepare: Callable[[Stage], None]
    keys: Sequence[str] = ()
    home: bool = False


SCENES = {
    "ready": Scene(lambda stage: stage.clock.to(-2)),
    "desk": Scene(Stage.begun),
    "needs": Scene(Stage.asked),
    "typing": Scene(Stage.asked, ("q", "TYPED")),
    "answering": Scene(_answering),
    "round": Scene(_round),
    "amber": Scene(_amber),
    "over": Scene(_over),
    "break": Scene(_break),
    "room": Scene(_answering, ("v",)),
    "room-ready": Scene(lambda stage: stage.clock.to(-2), ("v",)),
    "room-break": Scene(_break, ("v",)),
    "room-over": Scene(_over, ("v",)),
    "replan": Scene(_over, ("t",)),
    "people": Scene(Stage.asked, ("p", "enter")),
    "entry": Scene(Stage.asked, ("up", "e")),
    "help": Scene(Stage.asked, ("h",)),
    "colours": Scene(Stage.asked, ("f2",)),
    "palette": Scene(Stage.asked, ("ctrl+p",)),
    "minutes": Scene(Stage.asked, ("m",)),
    "close": Scene(Stage.asked, ("c",)),
    "home-empty": Scene(_nothing, home=True),
    "home": Scene(Stage.held, home=True),
    "new": Scene(Stage.held, ("n",), home=True),
    "past": Scene(Stage.held, (*["down"] * 4, "enter"), home=True),
    "letter": Scene(Stage.held, ("l",), home=True),
    "network": Scene(Stage.held, ("s",), home=True),
}
# Those that are kept beside this file: scene, size, theme, language.
CHOSEN = (
    ("needs", (120, 36), "night", "fr"),
    ("answering", (80, 24), "night", "fr"),
    ("answering", (120, 36), "day", "fr"),
    ("over", (80, 24), "contrast", "fr"),
    ("needs", (80, 24), "terminal", "en"),
    ("room", (120, 36), "night", "fr"),
    ("room-break", (80, 24), "day", "en"),
    ("home", (120, 36), "night", "fr"),
    ("home", (80, 24), "day", "en"),
    ("home-empty", (60, 18), "night", "fr"),
    ("close", (80, 24), "night", "fr"),
    ("letter", (80, 24), "night", "en"),
    ("network", (80, 24), "day", "fr"),
    ("colours", (80, 24), "night", "fr"),
)


@contextlib.contextmanager
def _hour(clock: Clock) -> Iterator[None]:
    """Everything that looks at a clock looks at this one; nothing of whoever draws is in the picture."""
    environ = {name: value for name, value in os.environ.items() if name != "NO_COLOR"}
    with (
        patch.dict(os.environ, environ | {"XDG_CONFIG_HOME": "/home/claire/.config"}, clear=True),
        patch.object(Session, "now", lambda _session: clock.now()),
        patch("facilitator.meetings.session._real_ms", lambda: clock.at),
        patch("facilitator.tui.screens.home.local_today", lambda _zone: DAY),
    ):
        yield


async def picture(scene: str, size: tuple[int, int], theme: str, language: str) -> str:
    """One screen, as SVG."""
    clock, wanted = Clock(), SCENES[scene]
    with tempfile.TemporaryDirectory() as folder, _hour(clock):
        stage = Stage(Path(folder), language, clock)
        wanted.prepare(stage)
        if stage.session is not None:  # somebody looked all the while
            touch_alive(stage.seat.folder, "somebody", clock.at)
        tr = translator(language)
        session = None if wanted.home else stage.seat
        app = FacilitatorApp(tr, session=session, workspace=stage.workspace)
        themes.put_on(app, theme, themes.COLOURS[theme])
        async with app.run_test(size=size) as pilot:
            await pilot.pause()
            await app.workers.wait_for_complete()
            for key in wanted.keys:
                await pilot.press(*(stage.said["typed"] if key == "TYPED" else (key,)))
                await pilot.pause()
                await app.workers.wait_for_complete()
            await pilot.pause()
            drawn = app.export_screenshot(title=" ")
        if stage.session is not None:
            stage.session.leave()
    return _slim(drawn)


def _slim(drawn: str) -> str:
    """Without what is fetched from elsewhere, and with names that say nothing about when it was drawn."""
    drawn = re.sub(r"@font-face \{.*?\}\s*", "", drawn, flags=re.DOTALL)
    return re.sub(r"terminal-\d+", "t", drawn)


def blurred(drawn: str) -> str:
    """What is seen of it in half a second."""
    blur = f'<filter id="blur"><feGaussianBlur stdDeviation="{CELL}"/></filter>'
    head, rest = drawn.split("<defs>", 1)
    body = rest.rsplit("</svg>", 1)[0]
    return f'{head}<defs>{blur}</defs><g filter="url(#blur)"><defs>{body}</g></svg>\n'


def named(scene: str, size: tuple[int, int], theme: str, language: str) -> str:
    """The name of a picture's file."""
    return f"{scene}-{size[0]}x{size[1]}-{theme}-{language}.svg"


def sheet() -> Iterator[tuple[str, tuple[int, int], str, str]]:
    """Every scene in every size, theme and language."""
    for scene in SCENES:
        for size in SIZES:
            for theme in themes.COLOURS:
                for language in LANGUAGES:
                    yield scene, size, theme, language


def main(words: Sequence[str]) -> int:
    """Draw what is asked for; returns the exit code."""
    blur = "--blurred" in words
    words = [word for word in words if word != "--blurred"]
    folder = Path(words[0]) if words else HERE
    wanted = (
        [one for one in sheet() if all(f"-{word}-" in f"-{named(*one)[:-4]}-" for word in words[1:])]
        if words
        else CHOSEN
    )
    folder.mkdir(parents=True, exist_ok=True)
    for one in wanted:
        drawn = asyncio.run(picture(*one))
        (folder / named(*one)).write_text(blurred(drawn) if blur else drawn, encoding="utf-8")
    if words:
        shown = "\n".join(f"<p>{named(*one)}<br><img src='{named(*one)}' style='max-width:100%'></p>" for one in wanted)
        (folder / "index.html").write_text(f"<!doctype html><meta charset='utf-8'>\n{shown}\n", encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
