"""A number that was said and then moved is told to whoever heard the old one."""

from __future__ import annotations

import pytest
from msgspec.structs import replace
from stage import Stage

from facilitator.core.acts import Capture, ChangeKind, Redo, Support, Undo
from facilitator.core.fold import Replay
from facilitator.core.renumbered import misheard, renumbered
from facilitator.core.said import Fields

CLAIRE, KARIM = "claire@roanne", "karim@riorges"


@pytest.fixture
def stage():
    """Claire's question, said as Q1, and one of Karim's that was Q1 before, but arrived after it."""
    stage = Stage().start()
    stage.before = list(stage.acts)
    stage.ask("Petit", 6)
    return stage


def earlier(stage, text="Grand", kind="question", by=KARIM, n=2):
    """The act of somebody who did not know of what came after the start, and had claimed that number first."""
    apart = Stage()
    apart.replay = Replay(stage.before)
    act = apart.act(Capture(kind, Fields(text=text)), stage.instant(5), by=by, writer="w0")
    return replace(act, id=f"earlier-{text}", n=n, events=(replace(act.events[0], entry=f"earlier-{text}"),))


def arrive(stage, *acts):
    before = stage.meeting
    stage.replay.add(acts)
    return [(move.said, move.entry.text, move.entry.number) for move in renumbered(before, stage.meeting)]


def heard(stage, number, actor=CLAIRE, kind="question", **known):
    found = misheard(stage.meeting, stage.acts, actor, known, (kind, number))
    return [(move.entry.text, move.entry.number) for move in found]


def test_what_keeps_its_number_has_not_moved(stage) -> None:
    assert arrive(stage, earlier(stage, "Décidé", "decision")) == []
    assert stage.meeting.renumbered == {}
    assert heard(stage, 1) == []


def test_a_claim_that_came_second_has_moved(stage) -> None:
    assert arrive(stage, earlier(stage)) == [(1, "Petit", 2)]
    assert list(stage.meeting.renumbered.values()) == [1]


def test_what_moved_and_became_another_kind_has_moved_no_more(stage) -> None:
    arrive(stage, earlier(stage))
    (moved,) = stage.meeting.renumbered
    stage.do(ChangeKind(moved, "decision"), 9)
    assert stage.meeting.entries[moved].label == "D1"
    assert stage.meeting.renumbered == {}


def test_what_arrives_already_moved_was_never_heard_under_the_old_number(stage) -> None:
    late = replace(earlier(stage), n=1_000)
    assert arrive(stage, late) == []
    assert stage.meeting.entries["earlier-Grand"].number == 2
    assert heard(stage, 1) == []
    assert heard(stage, 1, KARIM) == [("Grand", 2)]


def test_who_caught_it_heard_the_number_it_claimed_and_nobody_else_did(stage) -> None:
    arrive(stage, earlier(stage))
    assert heard(stage, 1) == [("Petit", 2)]
    assert heard(stage, 1, "nora@mably") == heard(stage, 1, KARIM) == []
    assert heard(stage, 2) == heard(stage, 1, kind="need") == []


def test_who_acted_on_it_heard_its_number_too(stage) -> None:
    stage.do(Support(stage.entry("Q1").id), 7, by="nora@mably")
    arrive(stage, earlier(stage))
    assert heard(stage, 1, "nora@mably") == [("Petit", 2)]


def test_who_heard_the_number_as_it_is_now_is_told_nothing(stage) -> None:
    arrive(stage, earlier(stage))
    petit = stage.entry("Q2").id
    assert heard(stage, 1, **{petit: "Q2"}) == []


def test_what_moves_twice_is_told_twice(stage) -> None:
    arrive(stage, earlier(stage))
    petit = stage.entry("Q2").id
    second = replace(earlier(stage, "Moyen"), n=3)
    second = replace(second, events=(replace(second.events[0], number=2),))
    assert arrive(stage, second) == [(2, "Petit", 3)]
    assert heard(stage, 2, **{petit: "Q2"}) == [("Petit", 3)]
    assert heard(stage, 1) == [("Petit", 3)]


def test_what_gets_its_number_back_is_told_again(stage) -> None:
    grand = earlier(stage)
    arrive(stage, grand)
    petit = stage.entry("Q2").id
    before = stage.meeting
    stage.do(Undo(), 8, by=KARIM)
    assert [(move.said, move.entry.number) for move in renumbered(before, stage.meeting)] == [(2, 1)]
    assert stage.meeting.renumbered == {}
    assert heard(stage, 2, **{petit: "Q2"}) == [("Petit", 1)]
    assert heard(stage, 1) == []


def test_what_was_taken_away_and_brought_back_may_have_moved(stage) -> None:
    arrive(stage, earlier(stage))
    stage.do(Undo(), 8)
    assert heard(stage, 1) == []
    stage.do(Redo(), 9)
    assert heard(stage, 1) == [("Petit", 2)]


def test_three_who_said_one_number_are_all_told(stage) -> None:
    assert arrive(stage, earlier(stage), earlier(stage, "Moyen", n=3)) == [(1, "Petit", 3)]
    assert heard(stage, 1, KARIM) == [("Moyen", 2)]
    assert heard(stage, 1) == [("Petit", 3)]


def test_what_is_gone_is_told_to_nobody(stage) -> None:
    assert heard(stage, 1, gone="Q1") == []
