"""Several people in one meeting: each act exactly once, numbers kept, nobody's undo touching another's act."""

from __future__ import annotations

import pytest

from facilitator.core.acts import Act, Captured, Next, Redo, Undo
from facilitator.core.meeting import Meeting
from facilitator.core.refusal import Refused

from .harness import Table, capture, logged, texts

pytestmark = pytest.mark.fault(5)


@pytest.mark.ci
@pytest.mark.parametrize(("terminals", "commands"), [(2, 0), (3, 3)])
def test_everything_that_several_writers_say_at_once_is_there_once(
    table: Table, count, rounds, terminals: int, commands: int
) -> None:
    """Terminals and commands write at the same time; who claimed a number first keeps it."""
    each = rounds(100, 200, 400)
    for place in range(rounds(1, 2, 16)):
        meeting = table.begin()
        started = [
            table.writer(meeting, f"p{place}-{one}", "--count", str(each), *(["--command"] if one >= terminals else []))
            for one in range(terminals + commands)
        ]
        assert [writer.wait(120) for writer in started] == [0] * len(started)
        verdict = table.judge(meeting, [writer.log for writer in started])
        assert verdict.acknowledged == each * len(started)
        count(f"{terminals + commands} at once", verdict)
        _check_numbers(verdict.meeting, verdict.journal.read())


def _check_numbers(meeting: Meeting, acts: list[Act]) -> None:
    first: dict[int, str] = {}
    for act in sorted(acts, key=lambda act: act.order):
        for event in act.events:
            if isinstance(event, Captured):
                first.setdefault(event.number, event.entry)
    kept = {entry.number: entry.id for entry in meeting.entries.values()}
    assert len(kept) == len(meeting.entries), "a number was given twice"
    assert {number: kept[number] for number in first} == first, "who claimed a number first does not have it"


@pytest.mark.ci
def test_commands_of_one_machine_never_say_a_number_twice(table: Table, rounds) -> None:
    """They take turns on one file: what each was told holds for ever."""
    meeting = table.begin()
    each = rounds(60, 200, 500)
    started = [table.writer(meeting, f"c{one}", "--count", str(each), "--command") for one in range(3)]
    assert [writer.wait(120) for writer in started] == [0, 0, 0]
    numbers = [line for writer in started for line in logged(writer.log, "num")]
    found, _ = table.read(meeting)
    assert sorted(numbers) == sorted(f"{entry.label} {entry.text}" for entry in found.entries.values())


def test_each_is_told_of_the_others_and_of_what_they_did(table: Table) -> None:
    """Who is there is who holds a lock; what they did arrives with the next look."""
    claire = table.open(actor="claire@laptop")
    lea = table.join(claire.meeting.id, actor="lea@laptop")
    nora = table.join(claire.meeting.id, actor="nora@laptop", terminal=False)
    capture(lea, "de Léa")
    capture(nora, "de Nora")
    assert claire.journal.writers_alive() == [lea.writer]
    assert lea.journal.writers_alive() == [claire.writer]
    assert [act.actor for act in claire.poll()] == ["lea@laptop", "nora@laptop"]
    assert texts(claire.meeting) == ["de Léa", "de Nora"]
    for session in (claire, lea, nora):
        session.leave()


def test_undo_takes_back_ones_own_act_and_never_anothers(table: Table) -> None:
    """The last act of the same person, terminal and commands alike; then there is nothing left to undo."""
    claire = table.open(actor="claire@laptop")
    shell = table.join(claire.meeting.id, actor="claire@laptop", terminal=False)
    lea = table.join(claire.meeting.id, actor="lea@laptop")
    capture(claire, "claire, écran")
    capture(shell, "claire, commande")
    capture(lea, "léa")
    done = claire.act(Undo())
    assert texts(done.meeting) == ["claire, écran", "léa"]
    lea.act(Undo())
    with pytest.raises(Refused, match="nothing-to-undo"):
        lea.act(Undo())
    claire.act(Redo())
    found, journal = table.read(claire.meeting.id)
    assert texts(found) == ["claire, écran", "claire, commande"]
    assert not found.void
    assert not journal.diagnostics.unreadable
    for session in (claire, shell, lea):
        session.leave()


def test_next_from_two_places_at_once_moves_one_step(table: Table) -> None:
    """Each says which step it leaves, so the second is refused and the fold of both is one move."""
    claire = table.open(actor="claire@laptop")
    lea = table.join(claire.meeting.id, actor="lea@laptop")
    leaving = claire.meeting.spot
    claire.act(Next(leaving=leaving))
    with pytest.raises(Refused, match="moved-meanwhile"):
        lea.act(Next(leaving=leaving))
    assert lea.meeting.number_of(lea.meeting.spot.step) == 2
    claire.leave()
    lea.leave()
