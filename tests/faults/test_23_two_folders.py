"""Two folders synchronised late, outside git, in any order and in pieces: the same meeting on both sides."""

from __future__ import annotations

import shutil
from pathlib import Path
from random import Random

import pytest

from facilitator.core.acts import Adjust, Captured, Next, Redo, Undo
from facilitator.core.fold import Replay, fold
from facilitator.core.refusal import Refused
from facilitator.meetings.session import Session
from facilitator.store import platform
from facilitator.store.workspace import Workspace

from .harness import Table, Verdict, capture, texts

pytestmark = pytest.mark.fault(23)


class Side:
    """One laptop: its folder, the people at it, and what each was told is saved."""

    def __init__(self, root: Path, name: str) -> None:
        self.name = name
        self.workspace = Workspace(root)
        self.said: list[str] = []
        self.sessions: list[Session] = []

    def sit(self, meeting: str) -> None:
        """A terminal and a command line, of two people."""
        for terminal, person in ((True, "claire"), (False, "lea")):
            self.sessions.append(
                Session.join(self.workspace, meeting, terminal=terminal, actor=f"{person}@{self.name}")
            )

    def act(self, random: Random, place: int) -> None:
        """Something that people do."""
        session = random.choice(self.sessions)
        command = random.choice((None, None, None, None, Undo(), Redo(), Next(), Adjust(60)))
        try:
            if command is None:
                text = f"{self.name} {place}"
                capture(session, text)
                self.said.append(text)
            else:
                session.act(command)
        except Refused:
            pass

    def files(self) -> list[Path]:
        """The journal files that this side writes."""
        folder = self.workspace.meetings_folder
        return [path for path in folder.rglob("*.jsonl") if self.name in path.name]


def _synchronise(random: Random, source: Side, target: Side) -> None:
    """Some of the files, some of them in part, as a slow synchroniser does."""
    for path in source.files():
        if random.random() < 0.4:
            continue
        there = target.workspace.root / path.relative_to(source.workspace.root)
        there.parent.mkdir(parents=True, exist_ok=True)
        data = path.read_bytes()
        size = len(data) if random.random() < 0.5 else random.randrange(len(data) + 1)
        known = there.stat().st_size if there.exists() else 0
        if size >= known:
            temporary = there.with_suffix(".sync")
            temporary.write_bytes(data[:size])
            temporary.replace(there)


def _all(source: Side, target: Side) -> None:
    for path in source.files():
        shutil.copy2(path, target.workspace.root / path.relative_to(source.workspace.root))


@pytest.mark.ci
def test_two_folders_that_meet_late_hold_the_same_meeting(table: Table, count, rounds, monkeypatch) -> None:
    """Two laptops act apart and see pieces of each other; in the end both hold every act once, and one meeting."""
    for seed in range(rounds(3, 20, 200)):
        random = Random(seed)
        sides = [Side(table.folder / f"{seed}-{name}", name) for name in ("ici", "labas")]
        monkeypatch.setattr(platform, "machine", lambda: "ici")
        table.workspace = sides[0].workspace
        opened = table.open(actor="claire@ici")
        opened.leave()
        shutil.copytree(sides[0].workspace.root, sides[1].workspace.root)
        meeting = opened.meeting.id
        for side in sides:
            monkeypatch.setattr(platform, "machine", lambda side=side: side.name)
            side.sit(meeting)
        for place in range(60):
            side = random.choice(sides)
            monkeypatch.setattr(platform, "machine", lambda side=side: side.name)
            side.act(random, place)
            if random.random() < 0.15:
                _synchronise(random, *random.sample(sides, 2))
        _all(*sides)
        _all(*reversed(sides))
        found = [table_of(table, side).read(meeting)[0] for side in sides]
        for session in (session for side in sides for session in side.sessions):
            session.poll()
            found.append(session.meeting)
            session.leave()
        assert all(_of_folder(one) == _of_folder(found[0]) for one in found[1:]), seed
        _judge(count, table_of(table, sides[0]), meeting, sides)


def _of_folder(meeting):
    return (texts(meeting), [entry.label for entry in meeting.entries.values()], meeting.steps, meeting.void)


def table_of(table: Table, side: Side) -> Table:
    """The table with this side's workspace."""
    table.workspace = side.workspace
    return table


def _judge(count, table: Table, meeting: str, sides: list[Side]) -> None:
    found, journal = table.read(meeting)
    said = [text for side in sides for text in side.said]
    acts = journal.read()
    written = [event.fields.text for act in acts for event in act.events if isinstance(event, Captured)]
    there = texts(found)
    count(
        "two folders synchronised late",
        Verdict(
            acknowledged=len(said),
            lost=[text for text in said if text not in written],
            doubled=[text for text in there if there.count(text) > 1],
            invented=[text for text in there if text not in said],
            meeting=found,
            journal=journal,
        ),
    )
    numbers = [entry.number for entry in found.entries.values()]
    assert len(numbers) == len(set(numbers))


def test_acts_fold_to_one_meeting_in_whatever_order_they_come(table: Table, rounds) -> None:
    """The definition, on a meeting of two who undo and redo."""
    session = table.open()
    other = table.join(session.meeting.id, terminal=False)
    for place in range(30):
        capture((session, other)[place % 2], f"{place}")
        if place % 5 == 4:
            session.act(Undo())
    acts = session.journal.read()
    whole = fold(acts)
    random = Random(23)
    for _ in range(rounds(20, 100, 1_000)):
        random.shuffle(acts)
        assert fold(acts) == whole
    assert Replay([*acts, *acts]).meeting == whole
    session.leave()
    other.leave()
