"""Live meetings of any size, and the program run in them."""

from __future__ import annotations

import datetime
import os
import subprocess
import sys
from pathlib import Path
from zoneinfo import ZoneInfo

from msgspec.structs import replace
from stage import standard_agenda

from facilitator.core.acts import Act, Capture, Command, Next, Stamp, Start, act_of
from facilitator.core.decide import decide
from facilitator.core.network import Network
from facilitator.core.said import Fields
from facilitator.core.vocabulary import Kind
from facilitator.meetings.session import Session
from facilitator.store.framing import frame_act
from facilitator.store.workspace import Workspace

TITLE = "Rencontre du réseau"
# Its third step, which runs: in 24 rows the meeting screen says it in the place of the title.
STEP = "Besoins"
# In large letters nothing of the room view can be read but how far the step is.
PROGRESS = "━"
PROGRAM = (sys.executable, "-m", "facilitator")
KINDS: tuple[Kind, ...] = ("question", "need", "decision", "action", "resource", "aside", "note")
SUBJECTS = ("la licence", "les tablettes", "le mandat", "les permanences", "le prêt de matériel", "la salle")
PEOPLE = ("Awa S.", "Karim B.", "Léa M.", "Nora T.")
ACTOR = "claire@roanne"
ZONE = "Europe/Paris"
# On the last row of the meeting screen: the frame that holds it holds everything.
FOOTER = " aide"


class Place:
    """A folder in which workspaces are made; `environ` keeps everything of a user inside it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.environ = {
            "HOME": str(folder / "home"),
            "XDG_STATE_HOME": str(folder / "state"),
            "TMPDIR": str(folder),
            "LC_ALL": "fr_FR.UTF-8",
            "TZ": ZONE,
            "TERM": "xterm-256color",
            "COLORTERM": "truecolor",
        }
        (folder / "home").mkdir()

    def meeting(self, entries: int, *, name: str | None = None) -> Room:
        """A meeting that runs, in a workspace of its own, with so many entries on the disk."""
        root = self.folder / (name or f"with-{entries}")
        root.mkdir()
        session = self._session(root)
        session.act(Start())
        session.act(Next())
        session.act(Next())
        seeds = [frame_act(act) for act in grown(session, entries)]
        (session.folder / "seed.jsonl").write_bytes(b"".join(seeds))
        session.leave()
        return Room(self, root, session.meeting.id)

    def _session(self, root: Path) -> Session:
        now = datetime.datetime.now(ZoneInfo(ZONE))
        agenda = replace(standard_agenda(), title=TITLE, start=now.strftime("%H:%M"), end=None)
        workspace = Workspace(root, self.environ)
        return Session.prepare(workspace, agenda, Network(), zone=ZONE, language="fr", terminal=True, actor=ACTOR)

    def child_environ(self) -> dict[str, str]:
        """What a process that is measured sees."""
        return {"PATH": os.environ["PATH"], **self.environ}


class Room:
    """A live meeting and the folder it is in."""

    def __init__(self, place: Place, root: Path, meeting: str) -> None:
        self.place = place
        self.root = root
        self.meeting = meeting

    @property
    def folder(self) -> Path:
        """The journal's folder."""
        return Workspace(self.root, self.place.environ).meeting_folder(self.meeting)

    def join(self, *, terminal: bool = True) -> Session:
        """A seat."""
        workspace = Workspace(self.root, self.place.environ)
        return Session.join(workspace, self.meeting, terminal=terminal, actor=ACTOR)

    def command(self, *words: str) -> str:
        """Run a command of the program to its end; what it wrote."""
        return self.run([*PROGRAM, *words])

    def run(self, argv: list[str]) -> str:
        """Run a process in the workspace to its end; what it wrote."""
        done = subprocess.run(
            argv, cwd=self.root, env=self.place.child_environ(), capture_output=True, timeout=60, check=False
        )
        assert done.returncode == 0, done.stderr.decode()
        return done.stdout.decode()


def capture(number: int, kind: Kind | None = None) -> Capture:
    """Something said at a meeting; its text is as long as people's are."""
    chosen = kind or KINDS[number % len(KINDS)]
    text = f"Comment faire pour {SUBJECTS[number % len(SUBJECTS)]} dans la commune {number} ?"
    if chosen == "action":
        return Capture(chosen, Fields(text=text, owners=(PEOPLE[number % len(PEOPLE)],)))
    if chosen in ("question", "need"):
        return Capture(chosen, Fields(text=text, by=PEOPLE[number % len(PEOPLE)]))
    return Capture(chosen, Fields(text=text))


def grown(session: Session, entries: int) -> list[Act]:
    """The acts that bring a meeting to so many entries; none of them on a disk."""
    replay = session.replay
    acts = []
    for number in range(entries - len(replay.meeting.entries)):
        acts.append(further(session, capture(number)))
        replay.add(acts[-1:])
    return acts


def further(session: Session, command: Command) -> Act:
    """The act of a command at a meeting, neither written nor folded."""
    replay = session.replay
    stamp = Stamp(id=os.urandom(12).hex(), actor=ACTOR, writer="seed", instant=session.now())
    return act_of(stamp, decide(replay.meeting, command, stamp, replay.acts), n=replay.acts[-1].n + 1)
