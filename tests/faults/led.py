"""A meeting led by keys in a real terminal, by someone who notes what the screen told her is saved, and when."""

from __future__ import annotations

import datetime
import json
import re
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from .harness import Table
from .terminal import Terminal

KINDS = {
    "q": "question",
    "b": "need",
    "x": "individual",
    "d": "decision",
    "a": "action",
    "i": "news",
    "l": "resource",
    "k": "aside",
    "n": "note",
}
SENTENCES = {
    "q": (
        "qui garde la clé de la salle ?",
        "faut-il un *mandat* écrit ?",
        "à 9 h ; qui ouvre ?",
        "que dire à qui n’a pas d’adresse ?",
        "« pièce d’identité » : laquelle ?",
    ),
    "b": ("un poste pour 10 % des personnes", "une imprimante | un scanner", "des affiches en <gros> caractères"),
    "x": ("Mme Durand ne sait pas lire", "M. Petit est hébergé chez un ami"),
    "d": ("l’accueil ouvre à 9 h, pas avant", "la `charte` est adoptée", "1. relire, 2. signer, 3. ranger"),
    "a": ("réserver la salle & prévenir", "appeler la mairie", "imprimer [le lien] et l’affiche"),
    "i": ("une conseillère arrive lundi !", "la médiathèque rouvre"),
    "l": ("le guide du réseau, tome 2", "la carte des lieux_ouverts"),
    "k": ("le budget de l’an prochain", "le nom du réseau"),
    "n": (
        "« tout le monde » d’abord !",
        "un tour de table utile",
        "la visite a plu ; à refaire",
        "+ de monde que prévu",
    ),
}
STORY = (
    "Karim raconte l’accueil de la semaine. Une dame est venue trois fois : la première, il manquait un justificatif ; "
    "la deuxième, le site ne répondait pas ; la troisième, tout était là, mais la session s’est fermée toute seule au "
    "bout de dix minutes. Il a fallu tout reprendre, à deux, une heure durant. Le groupe propose d’écrire la liste des "
    "pièces sur une seule feuille, de la donner dès l’accueil, et de tenir un brouillon sur papier tant que le "
    "formulaire ne garde rien. Léa apporte un modèle ; Nora le relit. (fin du récit)"
)
PATIENCE_S = 40
RIGHT = "\x1b[C"
ESCAPE = "\x1b"
STEPS = 5
AGENDA = """title: Rencontre du réseau
slug: reseau
start: "{start:%H:%M}"
end: "{end:%H:%M}"
facilitator: Claire D.
members: [Awa S., Karim B., Léa M., Nora T.]
steps:
  - {{ kind: welcome, title: Accueil, duration: 5m }}
  - {{ kind: news, title: Actualités, duration: 5m }}
  - {{ kind: needs, title: Besoins, duration: 15m, answer_time: 3m, defer_to: newsletter }}
  - {{ kind: free, title: Atelier, duration: 15m }}
  - {{ kind: closing, title: Clôture, duration: 5m }}
"""


def agenda() -> str:
    """An agenda of 45 minutes that begins now; over midnight, one of the whole day."""
    start = datetime.datetime.now(ZoneInfo("Europe/Paris"))
    end = start + datetime.timedelta(minutes=45)
    if end.date() != start.date():
        start, end = start.replace(hour=0, minute=0), start.replace(hour=23, minute=59)
    return AGENDA.format(start=start, end=end)


def boot_ms() -> int:
    """The driver's own clock: the boot clock, which knows no change of the wall clock."""
    return time.clock_gettime_ns(time.CLOCK_BOOTTIME) // 1_000_000


@dataclass
class Said:
    """An entry as the screen, or a command, told that it is saved."""

    kind: str
    number: str
    text: str
    owners: tuple[str, ...] = ()
    answer: str | None = None
    outcome: str | None = None


@dataclass
class Book:
    """Everything that was told as saved, what was typed at all, what is private, and when time was told to change."""

    said: list[Said] = field(default_factory=list)
    typed: set[str] = field(default_factory=set)
    secrets: list[str] = field(default_factory=list)
    moments: list[tuple[str, int]] = field(default_factory=list)

    def steps_ms(self) -> list[int]:
        """How long each step ran, pauses taken out, as the driver measured it."""
        spent: list[int] = []
        since: int | None = None
        for what, at in self.moments:
            if since is not None:
                spent[-1] += at - since
            if what in ("start", "next"):
                spent.append(0)
            since = None if what in ("pause", "adjourn") else at
        return spent

    def pauses_ms(self) -> list[int]:
        """How long each pause was."""
        return [
            end - start
            for (what, start), (_, end) in zip(self.moments, self.moments[1:], strict=False)
            if what == "pause"
        ]


class Leader:
    """Who leads: one terminal at a time, and the book."""

    def __init__(self, table: Table, note: Callable[[str], None]) -> None:
        self.table = table
        self.note = note
        self.book = Book()
        self.terminal: Terminal = None  # type: ignore[assignment]  # opened before anything is done
        self.painted: list[bytes] = []
        self.step = 0
        self.edits: list[str] = []
        self._serial = 0
        self._asked = 0

    # The terminal

    def open(self, *words: str) -> None:
        """Sit down at a new terminal."""
        command = [sys.executable, "-m", "facilitator", "run", "--lang", "fr", *words]
        environ = self.table.child_environ(TERM="xterm-256color")
        self.terminal = Terminal(command, environ, self.table.folder)
        self.wait("commencer" if words else "h aide")
        self.terminal.read(0.3)

    def gone(self) -> None:
        """The terminal has ended: keep what it painted."""
        assert self.terminal.ended(10) is not None, "it did not end"
        self.painted.append(self.terminal.bytes)
        with suppress(OSError):
            self.terminal.close()

    def end(self) -> None:
        """Whatever happened, leave no process behind."""
        if self.terminal is not None:
            self.terminal.__exit__()

    def wait(self, wanted: str | Callable[[str], bool]) -> str:
        """The screen once it shows this."""
        return self.terminal.wait_for(wanted, PATIENCE_S)

    def keys(self, *keys: str, pause: float = 0.25) -> None:
        """Press keys one after the other; a lone escape needs its time."""
        for key in keys:
            self.terminal.type(key)
            self.terminal.read(pause)

    def matched(self, *patterns: str) -> re.Match[str]:
        """What the screen shows of these, once it shows one of them."""
        found: list[re.Match[str]] = []

        def look(shown: str) -> bool:
            found.extend(match for pattern in patterns if (match := re.search(pattern, shown)))
            return bool(found)

        self.wait(look)
        return found[0]

    # Writing down

    def text(self, key: str) -> str:
        """Something to say that nobody said before."""
        self._serial += 1
        return f"Point {self._serial:03} : {SENTENCES[key][self._serial % len(SENTENCES[key])]}"

    def type_entry(self, key: str, text: str) -> None:
        """Type an entry and enter it; whether it is saved is another matter."""
        self.half_type(key, text)
        self.terminal.type("\r")

    def half_type(self, key: str, text: str) -> None:
        """Type an entry and do not enter it."""
        self.keys(ESCAPE, key)
        self.terminal.type(text)
        self.book.typed.add(text)
        if key == "x":
            self.book.secrets.append(text)

    def acknowledged(self, key: str, text: str, owners: tuple[str, ...] = ()) -> Said:
        """The entry, once the screen said it is saved: its message, or its number in the list."""
        begun = re.escape(text[:12])
        if key == "x":
            known = "|".join(["S0", *(said.number for said in self.book.said if said.kind == "individual")])
            found = self.matched(rf"✓ (?!(?:{known})\b)(S\d+), gardé privé")
        else:
            found = self.matched(rf"✓ (?:([A-Z]\d+) )?«\s{begun}", rf"[ ›▌](?:([A-Z]\d+)|–) +{begun}")
        said = Said(KINDS[key], found[1] or "", text, owners)
        self.book.said.append(said)
        self.note(f"✓ {said.number or 'note'}")
        return said

    def capture(self, key: str) -> Said:
        """Write something down."""
        text = self.text(key)
        if key == "x":
            text += "." * len(self.book.secrets)  # of each another length: it is all that the screen shows
        self.type_entry(key, f"{text} @Nora" if key == "a" else text)
        self.book.typed.add(text)
        return self.acknowledged(key, text, ("Nora T.",) if key == "a" else ())

    def settle(self, said: Said) -> None:
        """Answer the question just written down, send it to the newsletter, or leave it for the end."""
        self._asked += 1
        if self._asked % 3 == 1:
            self.keys(ESCAPE, "r")
            said.answer = f"Réponse à {said.number} : oui ; c’est écrit."
            said.outcome = "answered"
            self.terminal.type(f"{said.answer}\r")
            self.matched(rf"✓ {said.number}, réponse donnée")
        elif self._asked % 3 == 2:
            self.keys(ESCAPE, "s", "l")
            self.matched(rf"✓ {said.number} → ")
            said.outcome = "newsletter"

    def command(self, *words: str, **more: Any) -> Said:
        """Write something down by a command in another terminal."""
        done = self.table.run("add", *words, "--json", timeout=90, **more).ok()
        return self.took(done.out)

    def took(self, out: str) -> Said:
        """What a command said on its standard output."""
        record = json.loads(out)
        said = Said(record["kind"], record["number"], record["text"])
        self.book.typed.add(said.text)
        self.book.said.append(said)
        return said

    # Time

    def time(self, what: str, key: str, told: str) -> None:
        """Press a key that time hangs on, and note when."""
        self.keys(ESCAPE)
        at = boot_ms()
        self.terminal.type(key)
        self.wait(told)
        self.book.moments.append((what, at))
        self.note(f"{what} at {at} ms")

    def begin(self, agenda: Path) -> None:
        """Open the agenda, greet two people, begin."""
        self.open(str(agenda))
        self.keys("p", "aw\r", "nor\r", ESCAPE)
        self.wait("✓ Nora T.")
        self.time("start", RIGHT, "la rencontre commence")

    def next_step(self) -> None:
        """One line down the agenda."""
        if self.step < STEPS - 1:
            self.time("next", RIGHT, "✓ séquence suivante")
            self.step += 1

    def pause(self, seconds: float) -> None:
        """Stop time for so long."""
        self.time("pause", " ", "✓ pause")
        self.terminal.read(0.1)
        self.rest(seconds)
        self.time("resume", " ", "la rencontre reprend")

    def rest(self, seconds: float) -> None:
        """Let the meeting go on, and read what it paints."""
        until = time.monotonic() + seconds
        while (left := until - time.monotonic()) > 0:
            self.terminal.read(min(left, 1))
            if self.terminal.fd < 0:
                time.sleep(max(0, min(left, 1)))

    def close(self, sentence: str) -> None:
        """Adjourn, send on the questions left, write the sentence, publish, leave."""
        self.keys(ESCAPE)
        self.time("adjourn", "c", "Terminée à")
        self.keys("t", "r", pause=0.5)
        self.terminal.type(sentence)
        self.wait(sentence[-20:])
        self.keys("\r", pause=1)
        self.terminal.type("\r")
        self.wait("Écrits")
        self.keys(ESCAPE, "\x11")
        self.gone()
        assert self.terminal.status == 0
