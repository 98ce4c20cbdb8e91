"""A monkey at the line conversation: lines by the thousand, in this process, and what came of them.

The same seed types the same lines. `PYTHONPATH=tests python -m plain.monkey 2000` types so many, in meetings of `A_MEETING` lines,
tells the counts, and fails where a line crashed, hung or was acknowledged and cannot be read.
"""

from __future__ import annotations

import io
import os
import random
import re
import sys
import tempfile
import time
from collections import Counter
from contextlib import chdir, redirect_stderr, redirect_stdout
from pathlib import Path
from unittest.mock import patch

from facilitator.cli.commands import COMMANDS
from facilitator.cli.conversation_words import ELSEWHERE, KEYS, OTHER_WORDS, SCRIBES
from facilitator.cli.main import main
from facilitator.core.acts import Act
from facilitator.core.fold import Replay
from facilitator.core.vocabulary import KIND_OF_KEY
from facilitator.meetings import faults
from facilitator.meetings.session import Done, Session
from facilitator.store.framing import read_line

from .conftest import AGENDA
from .lines import ACTS, ROWS

A_MEETING = 400
# A line takes a few milliseconds; one that takes so many seconds hangs.
HANGS_S = 10.0
OBEYED = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")

ACTING = [*KEYS, *OTHER_WORDS, *(name for name in COMMANDS if name not in ELSEWHERE)]
NUMBERS = ("Q1", "q2", "B1", "A1", "A3", "D1", "S1", "I1", "L1", "P1", "Q99", "N1", "1", "0", "-1", "last", "Q", "Q٣")
WORDS = (
    "charte mandat réunion next close quit - -- --text --summary --at --due --by --owner --theme --link --json --late --step "
    "--individual --open --month 09:32 99:99 vendredi 31/02 newsletter next individual drop sans suite 3 5 400 start pass end "
    'meeting break question besoin need note @Nora @Karim @zoé #droits -> 10/12 https://example.org/a « » " \\" \' s/a/b/ Awa karim'
).split(" ")
ODD = (
    "\x00", "\x07", "\x1b[A", "\x1b[31m", "\x1b]0;x\x07", "\x9b2J", "\x7f", "\t", "\u00a0", "\u202f", "\u2028", "\u202e", "\ufeff",
    "\udce9", "\udc80", "e\u0301", "👍🏽", "漢字", "שלום", "\u0301" * 40, "\r", "\v", "\f", "%s", "{x}", "\ud7ff",
)  # fmt: skip


class Monkey:
    """Lines of every sort, by a seed."""

    def __init__(self, seed: int) -> None:
        self.dice = random.Random(seed)  # a seeded test
        self.sentences = [line for line, _ in ROWS]
        self.acts = [line for line, _ in ACTS if line not in ("c", "lever", "terminer", "adjourn")]

    def lines(self, count: int) -> list[str]:
        """So many lines."""
        return [self._line() for _ in range(count)]

    def _line(self) -> str:
        dice = self.dice
        sorts = (self._sentence, self._capture, self._act, self._words, self._odd, self._long)
        return dice.choices(sorts, (30, 25, 30, 7, 6, 2))[0]()

    def _sentence(self) -> str:
        line = self.dice.choice(self.sentences)
        if self.dice.random() < 0.2:
            line += " " + self.dice.choice(self.sentences)
        return line

    def _capture(self) -> str:
        begins = (
            *KIND_OF_KEY,
            "?",
            "!",
            "*",
            ">",
            "add question",
            "add need --individual",
            *(f"{word.title()} :" for word in SCRIBES),
        )
        space = self.dice.choice((" ", " ", " ", "", "  "))
        return f"{self.dice.choice(begins)}{space}{self._some(6)}"

    def _act(self) -> str:
        dice = self.dice
        if dice.random() < 0.6:
            line = dice.choice(self.acts)
            number = dice.choice("QBADSILP") + str(dice.randint(1, 9))
            return line.replace("Q1", number) if dice.random() < 0.7 else line
        word = dice.choice(ACTING)
        rest = dice.choice(("", "", dice.choice(NUMBERS), f"{dice.choice(NUMBERS)} {self._some(3)}", self._some(2)))
        return f"{word} {rest}".strip()

    def _words(self) -> str:
        return self._some(8)

    def _odd(self) -> str:
        line = list(self.dice.choice((self._capture, self._act, self._sentence))())
        for _ in range(self.dice.randint(1, 4)):
            line.insert(self.dice.randint(0, len(line)), self.dice.choice(ODD))
        return "".join(line)

    def _long(self) -> str:
        again = self.dice.choice((self._some(3), self.dice.choice('!…?:/"\\ a*-.')))
        return self.dice.choice(("q ", "n ", "s/a/", "", '"')) + again * self.dice.choice((10, 400, 4000)) + " x"

    def _some(self, most: int) -> str:
        return " ".join(self.dice.choice(WORDS) for _ in range(self.dice.randint(0, most)))


class Typed(io.TextIOWrapper):
    """What is typed, and how long each line took until the next was asked for."""

    def __init__(self, lines: list[str]) -> None:
        data = "".join(f"{line}\n" for line in lines).encode("utf-8", "surrogateescape")
        super().__init__(io.BytesIO(data), encoding="utf-8", errors="surrogateescape")
        self.asked = 0
        self.slowest_s = 0.0
        self.ended = False
        self._last = time.monotonic()

    def readline(self, size: int = -1) -> str:  # type: ignore[override]
        """The next line."""
        now = time.monotonic()
        self.slowest_s = max(self.slowest_s, now - self._last)
        self._last = now
        line = super().readline(size)
        self.asked += bool(line)
        self.ended = not line
        return line


def type_lines(folder: Path, seed: int, count: int) -> Counter[str]:
    """Type so many lines in meetings of this folder, of its `agenda.yaml`, and read the journals again; what came of them, counted.

    Raises AssertionError for a crash, a line that hangs, what a terminal would obey, and an act that cannot be read.
    """
    found: Counter[str] = Counter()
    acknowledged: dict[str, str] = {}
    crashes: list[str] = []
    act, crash_text = Session.act, faults.crash_text

    def acts(session: Session, *words: object, **options: object) -> Done:
        done = act(session, *words, **options)  # type: ignore[arg-type]
        acknowledged[done.act.id] = type(done.act.events[0]).__name__
        return done

    def told(tr: object, problem: BaseException) -> str:
        crashes.append(repr(problem))
        return crash_text(tr, problem)  # type: ignore[arg-type]

    typed = Typed(Monkey(seed).lines(count))
    with (
        chdir(folder),
        patch.object(sys, "stdin", typed),
        patch.object(Session, "act", acts),
        patch.object(faults, "crash_text", told),
        redirect_stdout(io.StringIO()) as out,
        redirect_stderr(io.StringIO()) as err,
    ):
        again: list[str] = []
        while not typed.ended:
            found["conversations"] += 1
            asked = typed.asked
            assert main(["run", "agenda.yaml", "--plain", *again]) in (0, 1), err.getvalue()
            heard = typed.ended or typed.asked > asked
            assert heard or not again, err.getvalue()
            again = [] if heard else ["--again"]  # the one before was closed
    assert not crashes, crashes
    assert typed.slowest_s < HANGS_S, typed.slowest_s
    said = out.getvalue()
    assert not OBEYED.search(said), OBEYED.search(said)
    written = _read_again(folder)
    lost = {name: kind for name, kind in acknowledged.items() if name not in written}
    assert not lost, lost
    found["lines"], found["acknowledged"] = typed.asked, len(acknowledged)
    found["slowest, in ms"] = int(typed.slowest_s * 1000)
    return found + Counter(acknowledged.values())


def _read_again(folder: Path) -> set[str]:
    """The ids of all acts in the journals: each line is decoded, each meeting is folded."""
    written: set[str] = set()
    for meeting in sorted((folder / ".facilitator" / "meetings").iterdir()):
        acts = []
        for journal in sorted(meeting.glob("*.jsonl")):
            for line in journal.read_bytes().split(b"\n")[:-1]:
                read = read_line(line)
                assert isinstance(read, Act), (read, line[:200])
                acts.append(read)
        folded = Replay(acts).meeting
        assert folded.setup is not None
        written |= {act.id for act in acts}
    return written


def _main(words: list[str]) -> int:
    count, seed = int(words[0]), int(words[1]) if words[1:] else 0
    found: Counter[str] = Counter()
    while count > 0:
        with tempfile.TemporaryDirectory() as name:
            folder = Path(name) / "network"
            folder.mkdir()
            (folder / "agenda.yaml").write_text(AGENDA)
            os.environ |= {
                "HOME": name,
                "XDG_STATE_HOME": name,
                "TZ": "Europe/Paris",
                "LANGUAGE": "fr" if seed % 2 else "en",
            }
            one = type_lines(folder, seed, min(count, A_MEETING))
            slowest = max(found["slowest, in ms"], one["slowest, in ms"])
            found += one
            found["slowest, in ms"] = slowest
        count, seed = count - A_MEETING, seed + 1
    sys.stdout.write("".join(f"{name}: {number}\n" for name, number in found.most_common()))
    return 0


if __name__ == "__main__":
    sys.exit(_main(sys.argv[1:]))
