"""A workspace to break, writers that keep a log of what they were told is saved, and the judge who compares."""

from __future__ import annotations

import datetime
import os
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from random import Random

import pytest

from facilitator.core.acts import Capture, Start
from facilitator.core.agenda import Agenda, Step
from facilitator.core.fold import Replay
from facilitator.core.meeting import Meeting
from facilitator.core.network import Network
from facilitator.core.said import Fields
from facilitator.core.vocabulary import Kind
from facilitator.i18n import translator
from facilitator.meetings.session import Session
from facilitator.store.folders import fallback_roots
from facilitator.store.journal import Journal
from facilitator.store.workspace import Workspace

from .registry import scale

WRITER = Path(__file__).with_name("writer.py")
UNFORESEEN = translator("fr")("Something unexpected failed: {problem}.", problem="").partition(":")[0].strip()
MEMBERS = ("Awa S.", "Karim B.", "Léa M.", "Nora T.")


def agenda(title: str = "Rencontre du réseau") -> Agenda:
    """A short agenda of invented people."""
    steps = (Step("needs", 1500, answer_time=180), Step("workshop", 3000), Step("closing", 600))
    return Agenda(title, steps, members=MEMBERS, facilitator="Claire D.")


class Table:
    """A workspace, and the environment in which everything a user has is below one folder."""

    def __init__(self, folder: Path, *, root: Path | None = None, logs: Path | None = None) -> None:
        self.folder = folder
        self.logs = logs or folder
        self.root = root or folder / "workspace"
        self.state = folder / "state"
        self.temporary = folder / "temporary"
        for made in (self.root, self.temporary, folder / "home"):
            made.mkdir(parents=True, exist_ok=True)
        self.environ = {
            "HOME": str(folder / "home"),
            "XDG_STATE_HOME": str(self.state),
            "TMPDIR": str(self.temporary),
            "LC_ALL": "fr_FR.UTF-8",
            "TZ": "Europe/Paris",
            "PYTHONDONTWRITEBYTECODE": "1",
            "PYTHONPATH": str(Path(__file__).parents[2]),
        }
        self.workspace = Workspace(self.root, self.environ)
        self.today = datetime.date(2026, 11, 24)

    def sit_down(self, monkeypatch: pytest.MonkeyPatch) -> Table:
        """Itself, with this process in its environment as the children are."""
        for name in ("FACILITATOR_WORKSPACE", "LANGUAGE", "LC_MESSAGES"):
            monkeypatch.delenv(name, raising=False)
        for name, value in self.environ.items():
            monkeypatch.setenv(name, value)
        return self

    def child_environ(self, **more: str) -> dict[str, str]:
        """What a child process sees: nothing of the real user's."""
        kept = {name: os.environ[name] for name in ("PATH", "SYSTEMROOT") if name in os.environ}
        return {**kept, **self.environ, **more}

    def open(self, *, actor: str = "claire@laptop", terminal: bool = True, title: str = "Rencontre") -> Session:
        """A meeting that has begun."""
        session = Session.prepare(
            self.workspace,
            agenda(title),
            Network(),
            zone="Europe/Paris",
            language="fr",
            terminal=terminal,
            actor=actor,
            again=True,
        )
        session.act(Start())
        return session

    def join(self, meeting: str, *, actor: str = "lea@laptop", terminal: bool = True) -> Session:
        """A second seat."""
        return Session.join(self.workspace, meeting, terminal=terminal, actor=actor)

    def begin(self) -> str:
        """The id of a meeting that has begun and that nobody sits in."""
        session = self.open()
        session.leave()
        return session.meeting.id

    def run(
        self,
        *words: str,
        stdin: str | None = None,
        timeout: float = 20,
        before: Sequence[str] = (),
        cwd: Path | None = None,
        **environ: str,
    ) -> Ran:
        """Run a command of the program in the workspace; at the small scale in this process, where nothing forbids it."""
        if scale() == "small" and not (before or cwd or environ):
            import here  # not to be had by the writers, which import this module

            done = here.run(words, self.root, (stdin or "").encode())
            return Ran(done.returncode, done.stdout, done.stderr, self._crashes())
        done = subprocess.run(
            [*before, sys.executable, "-m", "facilitator", *words],
            cwd=cwd or self.root,
            env=self.child_environ(**environ),
            input=(stdin or "").encode(),
            capture_output=True,
            timeout=timeout,
            check=False,
        )
        return Ran(done.returncode, done.stdout, done.stderr, self._crashes())

    def _crashes(self) -> str:
        return "".join(path.read_text(encoding="utf-8") for path in self.state.glob("facilitator/crash-*.txt"))

    def writer(self, meeting: str, name: str, *more: str, before: Sequence[str] = (), **environ: str) -> Writer:
        """A process that captures without pause and logs what it was told is saved."""
        log = self.logs / f"{name}.log"
        words = [*before, sys.executable, str(WRITER), str(self.root), meeting, name, str(log), *more]
        with (self.logs / f"{name}.err").open("wb") as errors:
            process = subprocess.Popen(
                words,
                env=self.child_environ(**environ),
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=errors,
                start_new_session=True,
            )
        return Writer(name, log, process)

    def judge(self, meeting: str, logs: Iterable[Path], *, among: Iterable[Path] = ()) -> Verdict:
        """What became of what these writers logged, as a fresh reader sees it; `among` are all who wrote there."""
        logs = list(logs)
        tried = {text for log in {*logs, *among} for text in logged(log, "try")}
        acknowledged = [text for log in logs for text in logged(log, "ack")]
        found, journal = self.read(meeting)
        there = Counter(shortened(text) for text in texts(found))
        whole = all(text == full(shortened(text)) for text in texts(found) if "|" in text)
        return Verdict(
            acknowledged=len(acknowledged),
            lost=[text for text in acknowledged if not there[text]],
            doubled=[text for text, times in there.items() if times > 1],
            invented=[text for text in there if text not in tried] if whole else ["an entry's text was changed"],
            meeting=found,
            journal=journal,
        )

    def read(self, meeting: str) -> tuple[Meeting, Journal]:
        """The meeting as a fresh reader folds it, and the journal it read."""
        folder = self.workspace.meeting_folder(meeting)
        elsewhere = [root / meeting for root in fallback_roots(folder.parent, self.environ)]
        elsewhere[1:] = [self.temporary / "/".join(elsewhere[1].parts[-3:])]
        journal = Journal(folder, writer="judge", fallbacks=elsewhere)
        return Replay(journal.read()).meeting, journal


@dataclass(frozen=True)
class Ran:
    """What a command did: its exit code and what it wrote."""

    code: int
    stdout: bytes
    stderr: bytes
    crashes: str = ""

    @property
    def out(self) -> str:
        """Its data."""
        return self.stdout.decode()

    @property
    def said(self) -> str:
        """Everything it wrote."""
        return (self.stdout + self.stderr).decode(errors="replace")

    def clean(self) -> Ran:
        """Itself, once it is sure that nothing failed that nobody foresaw, and the exit code is one of ours."""
        assert not self.crashes, self.crashes[-3_000:]
        assert UNFORESEEN not in self.said, self.said
        assert "Traceback" not in self.said, self.said
        assert self.code in (0, 1, 2), f"{self.code}: {self.said}"
        return self

    def ok(self) -> Ran:
        """Itself, once it is sure that it was done."""
        assert self.clean().code == 0, self.said
        return self


@dataclass
class Writer:
    """A writer's process and its log."""

    name: str
    log: Path
    process: subprocess.Popen[bytes]

    def kill(self) -> None:
        """As `kill -9`."""
        self.process.kill()
        self.process.wait(10)

    def wait(self, timeout: float = 60) -> int:
        """Its exit code, once it has ended by itself."""
        try:
            return self.process.wait(timeout)
        finally:
            self.process.kill()
            self.process.wait(10)

    def acknowledged(self) -> list[str]:
        """What it was told is saved, so far."""
        return logged(self.log, "ack")

    def said(self) -> list[str]:
        """The other lines of its log."""
        lines = self.log.read_text(encoding="utf-8").splitlines() if self.log.exists() else []
        return [line for line in lines if not line.startswith(("try ", "ack ", "num "))]


@dataclass(frozen=True)
class Verdict:
    """Of what was acknowledged: how much, what is missing, what is there twice, what nobody ever said."""

    acknowledged: int
    lost: list[str]
    doubled: list[str]
    invented: list[str]
    meeting: Meeting
    journal: Journal

    def said(self) -> str:
        """What is wrong, in a line."""
        return f"lost {self.lost[:5]}, doubled {self.doubled[:5]}, invented {self.invented[:5]}"


def few(names: Iterable[str], quick: int = 1) -> list[object]:
    """Parameters of which the first ones run at the small scale as well."""
    return [pytest.param(name, marks=[pytest.mark.slow] * (place >= quick)) for place, name in enumerate(names)]


def logged(log: Path, word: str) -> list[str]:
    """What a log says after this word, line by line."""
    lines = log.read_text(encoding="utf-8").splitlines() if log.exists() else []
    return [line[len(word) + 1 :] for line in lines if line.startswith(f"{word} ")]


def wait_for_an_act(writers: Sequence[Writer]) -> None:
    """Return once each writer was told that something is saved."""
    until = time.monotonic() + 20
    while not all(writer.acknowledged() for writer in writers):
        assert time.monotonic() < until, "a writer never captured"
        time.sleep(0.005)


def full(short: str) -> str:
    """The text of an entry from its short form `name-000012|size`: what a writer says can be checked byte by byte."""
    name, _, size = short.partition("|")
    filler = Random(name).choices("abcdefghij é’ ☕\n", k=int(size or 0))
    return f"{name}|{size}|{''.join(filler)}".rstrip() if size else name


def shortened(text: str) -> str:
    """The short form that is logged."""
    return "|".join(text.split("|")[:2])


def capture(session: Session, text: str, kind: Kind = "question", **fields: object) -> str:
    """Capture a text; returns its number."""
    done = session.act(Capture(kind, Fields(text=text, **fields)))  # type: ignore[arg-type]
    assert done.entry is not None
    return done.entry.label


def texts(meeting: Meeting) -> list[str]:
    """What was captured, in its order."""
    return [entry.text for entry in meeting.entries.values()]
