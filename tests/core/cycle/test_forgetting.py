"""What is private of a person in the acts of a closed meeting."""

from __future__ import annotations

from msgspec import UNSET
from msgspec.structs import replace
from stage import Stage, setup

from facilitator.core import acts as commands
from facilitator.core.acts import Tombstone
from facilitator.core.cycle.forgetting import without
from facilitator.core.said import Fields, Origin
from facilitator.core.since import Brought, Since


def test_who_asked_goes_by_what_the_entry_is_by_then() -> None:
    stage = Stage().start(0)
    need = stage.capture("need", "Une salle", 1)
    stage.do(commands.ChangeKind(need.id, "question"), 2)
    stage.do(commands.Edit(need.id, Fields(by="Nora T.", theme="lieux")), 3)
    (changed,) = without(stage.acts, "Nora T.")
    (edited,) = changed.events
    assert not isinstance(edited, Tombstone) and edited.fields == Fields(theme="lieux")


def test_who_asked_what_an_earlier_meeting_left_goes_and_others_stay() -> None:
    origin = Origin("2026-10-13-rencontre", "Q5")
    brought = (
        Brought("question", Fields(text="Qui paie ?", by="Nora T.", origin=origin)),
        Brought("question", Fields(text="Où ?", by="Awa S.", origin=replace(origin, number="Q6"))),
        Brought("need", Fields(text="Une salle", by="Nora T.", origin=replace(origin, number="B1"))),
    )
    stage = Stage(opened=False)
    stage.do(commands.Open("2026-11-24-rencontre", replace(setup(), since=Since(carried=brought))), 0)
    (changed,) = without(stage.acts, "Nora T.")
    (opened,) = changed.events
    assert [one.fields.by for one in opened.setup.since.carried] == [UNSET, "Awa S.", "Nora T."]
