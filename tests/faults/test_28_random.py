"""Random acts, tears, garbage, kills and a second session: the meeting is what was acknowledged, step by step."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory

import hypothesis.strategies as st
import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from facilitator.core.acts import Redo, Undo
from facilitator.core.refusal import Refused
from facilitator.meetings.session import Session

from .harness import Table, capture, texts

pytestmark = pytest.mark.fault(28)

GARBAGE = st.sampled_from(
    [b'{"c":"12', b"\0" * 40, b"\xff\n", b"<<<<<<< HEAD\n", b"{}\n", b"\n", b'{"c":"00000000","r":']
)


class Meetings(RuleBasedStateMachine):
    """Two people at up to three seats, whose files are torn and whose processes are killed."""

    def __init__(self) -> None:
        super().__init__()
        self._folder = TemporaryDirectory()
        self.monkeypatch = pytest.MonkeyPatch()
        self.table = Table(Path(self._folder.name)).sit_down(self.monkeypatch)
        self.seats: list[Session] = []
        self.model: list[tuple[str, str, bool]] = []
        self.undone: dict[str, list[int]] = {}
        self.texts = 0

    @initialize()
    def open(self) -> None:
        """A meeting begins, with two people at it."""
        self.seats.append(self.table.open(actor="claire@laptop"))
        self.meeting = self.seats[0].meeting.id
        self.seats.append(self.table.join(self.meeting, actor="lea@laptop"))

    @precondition(lambda self: len(self.seats) < 3)
    @rule(terminal=st.booleans(), actor=st.sampled_from(["claire@laptop", "lea@laptop"]))
    def join(self, terminal: bool, actor: str) -> None:
        """One more seat."""
        self.seats.append(self.table.join(self.meeting, actor=actor, terminal=terminal))

    @precondition(lambda self: self.seats)
    @rule(data=st.data())
    def say(self, data: st.DataObject) -> None:
        """Something is captured."""
        seat = data.draw(st.sampled_from(self.seats))
        self.texts += 1
        capture(seat, f"texte {self.texts}")
        self.model.append((seat.actor, f"texte {self.texts}", True))
        self.undone[seat.actor] = []

    @precondition(lambda self: self.seats)
    @rule(data=st.data())
    def undo(self, data: st.DataObject) -> None:
        """Somebody takes back what they did last."""
        seat = data.draw(st.sampled_from(self.seats))
        mine = [place for place, (actor, _, counts) in enumerate(self.model) if actor == seat.actor and counts]
        try:
            seat.act(Undo())
        except Refused:
            assert not mine or (seat.actor == "claire@laptop" and not mine)
            return
        if mine:
            self.model[mine[-1]] = (*self.model[mine[-1]][:2], False)
            self.undone.setdefault(seat.actor, []).append(mine[-1])
        else:
            seat.act(Redo())

    @precondition(lambda self: self.seats)
    @rule(data=st.data())
    def redo(self, data: st.DataObject) -> None:
        """Somebody brings it back."""
        seat = data.draw(st.sampled_from(self.seats))
        try:
            seat.act(Redo())
        except Refused:
            assert not self.undone.get(seat.actor)
            return
        place = self.undone[seat.actor].pop()
        self.model[place] = (*self.model[place][:2], True)

    @precondition(lambda self: self.seats)
    @rule(data=st.data())
    def leave(self, data: st.DataObject) -> None:
        """A seat is given up; killed is no different, but for the line being written."""
        self.seats.pop(self.seats.index(data.draw(st.sampled_from(self.seats)))).leave()

    @rule(data=st.data(), garbage=GARBAGE)
    def tear(self, data: st.DataObject, garbage: bytes) -> None:
        """A file ends in half a line, or in something else."""
        paths = sorted(self.table.workspace.meeting_folder(self.meeting).glob("*.jsonl"))
        if paths:
            with data.draw(st.sampled_from(paths)).open("ab") as file:
                file.write(garbage)

    @rule()
    def stranger(self) -> None:
        """A file that is no journal."""
        (self.table.workspace.meeting_folder(self.meeting) / "étranger.jsonl").write_bytes(b"\xfe\xed" * 10)

    @invariant()
    def the_meeting_is_what_was_acknowledged(self) -> None:
        """For a fresh reader and for each seat."""
        if not hasattr(self, "meeting"):
            return
        expected = sorted(text for _, text, counts in self.model if counts)
        assert sorted(texts(self.table.read(self.meeting)[0])) == expected
        for seat in self.seats:
            seat.poll()
            assert sorted(texts(seat.meeting)) == expected

    def teardown(self) -> None:
        """Everybody goes home."""
        for seat in self.seats:
            seat.leave()
        self.monkeypatch.undo()
        self._folder.cleanup()


@pytest.mark.ci
def test_any_run_of_acts_tears_and_seats_is_what_was_acknowledged(rounds) -> None:
    """Hypothesis looks for a run that loses or doubles something."""
    run_state_machine_as_test(
        Meetings,
        settings=settings(
            max_examples=rounds(12, 150, 2_000),
            stateful_step_count=30,
            deadline=None,
            suppress_health_check=list(HealthCheck),
            database=None,
            phases=[Phase.generate],  # a run of thirty steps can be read as it is
        ),
    )
