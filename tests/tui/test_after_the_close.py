"""The entries of a closed meeting on the screen: the keys of the meeting, on the minutes that people read."""

from __future__ import annotations

import pytest
from tui.conftest import looked_back, text_of

from facilitator.core import acts as core
from facilitator.core.said import Fields
from facilitator.documents.minutes.reader import read_minutes
from facilitator.i18n import translator
from facilitator.meetings import publishing
from facilitator.meetings.session import Session
from facilitator.tui.app import FacilitatorApp

pytestmark = pytest.mark.asyncio


@pytest.fixture
def closed(seat: Session) -> Session:
    seat.act(core.Start())
    seat.act(core.Capture("decision", Fields(text="Une charte")))
    seat.act(core.Capture("action", Fields(text="Rédiger la charte")))
    question = seat.act(core.Capture("question", Fields(text="Qui paie ?"))).entry
    assert question is not None
    seat.act(core.Send(question.id, "newsletter"))
    publishing.close(seat)
    return seat


def found(seat: Session, kind: str, number: int):
    one = read_minutes(seat.draft_path.read_text()).find(kind, number)
    return one and one.said


@pytest.mark.ci
async def test_past_minutes_lead_to_their_entries_and_each_key_changes_the_file_that_people_read(
    closed: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("facilitator.tui.screens.sheet.HOLD_S", 0.0)
    app = FacilitatorApp(translator("fr"), workspace=closed.workspace)
    async with app.run_test(size=(80, 24)) as pilot:
        await looked_back(app)
        await pilot.press("down", "enter", "e")
        assert "D1" in text_of(app) and "Qui paie" in text_of(app) and "annuler" not in text_of(app)
        await pilot.press("e", *" signée", "enter")
        assert found(closed, "decision", 1).text == "Une charte signée"
        await pilot.press("down", "g")
        assert found(closed, "action", 1).done
        await pilot.press("down", "j", "s", "x")
        assert (found(closed, "question", 1).same, found(closed, "question", 1).outcome) == (1, "drop")
        await pilot.press("r", *"Le FSE.", "enter")
        assert found(closed, "question", 1).answer == "Le FSE."
        assert "Q1 répondue" in text_of(app) or "réponse" in text_of(app)
        before = closed.draft_path.read_bytes()
        await pilot.press("r", "enter")
        assert closed.draft_path.read_bytes() == before
        await pilot.press("r", *"Et l'État.", "enter")
        assert found(closed, "question", 1).answer == "Le FSE. Et l'État."
        await pilot.press("s", "l")
        assert found(closed, "question", 1).answer and "s l encore une fois" in " ".join(text_of(app).split())
        await pilot.press("s", "p")
        assert found(closed, "question", 1).answer and "s p encore une fois" in " ".join(text_of(app).split())
        await pilot.press("s", "p")
        assert (found(closed, "question", 1).outcome, found(closed, "question", 1).answer) == ("next", None)
        assert "est abandonnée : Le FSE. Et l'État." in " ".join(text_of(app).split())


@pytest.mark.ci
async def test_what_no_key_brings_back_is_asked_for_twice(closed: Session) -> None:
    app = FacilitatorApp(translator("fr"), session=closed)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("c", "e")
        assert "Une charte" in text_of(app)
        await pilot.press("delete")
        assert found(closed, "decision", 1) and "Suppr encore une fois" in text_of(app)
        await pilot.press("down", "up", "delete", "e", "escape", "delete")
        assert found(closed, "decision", 1)
        await pilot.press("delete")
        assert not found(closed, "decision", 1)
        await pilot.press("k", "d")
        assert found(closed, "decision", 2).text == "Rédiger la charte" and not found(closed, "action", 1)
        closed.draft_path.unlink()
        await pilot.press("e", *"!", "enter")
        assert "Il n’y a pas de D2" in text_of(app)
        await pilot.press("escape", "escape")
        assert "rouvrir" in text_of(app)


@pytest.mark.ci
async def test_what_is_typed_after_a_refused_key_changes_nothing_of_what_is_published(closed: Session) -> None:
    app = FacilitatorApp(translator("fr"), session=closed)
    before = closed.draft_path.read_text()
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("c", "e", "down", "r", *"oui, g")
        assert closed.draft_path.read_text() == before
