"""What is private of a person in the acts of a closed meeting."""

from __future__ import annotations

from stage import Stage

from facilitator.core import acts as commands
from facilitator.core.acts import Tombstone
from facilitator.core.cycle.forgetting import without
from facilitator.core.said import Fields


def test_who_asked_goes_by_what_the_entry_is_by_then() -> None:
    stage = Stage().start(0)
    need = stage.capture("need", "Une salle", 1)
    stage.do(commands.ChangeKind(need.id, "question"), 2)
    stage.do(commands.Edit(need.id, Fields(by="Nora T.", theme="lieux")), 3)
    (changed,) = without(stage.acts, "Nora T.")
    (edited,) = changed.events
    assert not isinstance(edited, Tombstone) and edited.fields == Fields(theme="lieux")
