"""What must hold whatever was pressed: no traceback, no hang, and what was acknowledged is there and can be read."""

from __future__ import annotations

import signal
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from types import FrameType

import pytest

from facilitator.core.acts import Act
from facilitator.core.fold import Replay
from facilitator.core.meeting import Meeting
from facilitator.store.framing import read_line
from facilitator.store.journal import Journal
from facilitator.store.workspace import Workspace


@dataclass
class Mischief:
    """How many keys and lines, from which seed; `only` is the one run that is asked for, or -1."""

    keys: int
    lines: int
    seed: int
    only: int = -1
    done: Counter[str] = field(default_factory=Counter)

    def wants(self, run: int) -> bool:
        """Whether this run is played."""
        return self.only in (-1, run)


class Hang(BaseException):
    """It took longer than anything may."""


@contextmanager
def within(seconds: float, what: object) -> Iterator[None]:
    """Raise `Hang` when it takes longer, even where nothing is waited for."""

    def late(_number: int, _frame: FrameType | None) -> None:
        raise Hang(f"{seconds} s: {what}")

    before = signal.signal(signal.SIGALRM, late)
    signal.setitimer(signal.ITIMER_REAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)


class Judge:
    """Hears every acknowledgement of this process, and reads everything back."""

    def __init__(self, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        self.folder = folder
        self.acknowledged: set[str] = set()
        self.acts = 0
        append = Journal.append

        def heard(journal: Journal, *acts: Act, stood: bool = False) -> None:
            append(journal, *acts, stood=stood)
            self.acknowledged |= {act.id for act in acts}

        monkeypatch.setattr(Journal, "append", heard)

    def meetings(self, *roots: Path) -> list[Meeting]:
        """The meetings of these workspaces as a fresh reader folds them; every line of theirs is read, and none is lost."""
        found: list[Meeting] = []
        known: set[str] = set()
        for workspace in map(Workspace, roots):
            for name in workspace.meetings():
                journal = Journal(workspace.meeting_folder(name), writer="judge", shared=True)
                acts = journal.read()
                diagnostics = journal.diagnostics
                assert not diagnostics.unreadable, diagnostics.unreadable
                assert not diagnostics.unknown, diagnostics.unknown
                journal.close()
                known |= {act.id for act in acts}
                found.append(Replay(acts).meeting)
            for path in workspace.private.glob("discarded/*/*.jsonl"):  # put away on purpose
                read = map(read_line, path.read_bytes().split(b"\n")[:-1])
                known |= {act.id for act in read if isinstance(act, Act)}
        assert not self.acknowledged - known, self.acknowledged - known
        self.acts += len(self.acknowledged)
        self.acknowledged.clear()
        return found

    def reports(self, folder: Path | None = None) -> list[str]:
        """The errors of the program itself that were noted anywhere, or anywhere in this folder."""
        folder = folder or self.folder
        paths = [*folder.rglob("crash-*.txt"), *folder.rglob("errors.log")]
        return [path.read_text(encoding="utf-8", errors="replace")[-3000:] for path in paths]
