"""What others do meanwhile: a key acts on what the screen showed, or is refused with a sentence."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from textual.pilot import Pilot
from tui.conftest import Clock, text_of

from facilitator.core import acts as core
from facilitator.core.acts import Act, Captured
from facilitator.core.agenda import Step
from facilitator.core.said import Fields
from facilitator.meetings.session import Session
from facilitator.store.journal import NotSaved
from facilitator.tui.app import FacilitatorApp
from facilitator.tui.screens.lead import LeadScreen
from facilitator.tui.screens.meeting import MeetingScreen
from facilitator.tui.screens.people import PeopleScreen
from facilitator.tui.widgets.bar import Bar

pytestmark = pytest.mark.asyncio
Other = Callable[[], Session]


async def handed(app: FacilitatorApp, pilot: Pilot[int]) -> None:
    app.screen.action_run("handover")
    await pilot.pause()
    await pilot.press(*"nora", "enter")
    await pilot.pause()
    assert isinstance(app.screen, LeadScreen)


@pytest.mark.ci
async def test_a_step_that_is_led_is_left_whatever_became_of_the_meeting(
    app: FacilitatorApp, seat: Session, other: Other
) -> None:
    seat.act(core.Start())
    async with app.run_test() as pilot:
        await handed(app, pilot)
        other().act(core.Adjourn())
        await pilot.press("escape")
        await pilot.pause()
        assert isinstance(app.screen, MeetingScreen)


@pytest.mark.ci
async def test_the_step_given_back_is_the_one_that_was_handed_over(
    app: FacilitatorApp, seat: Session, other: Other
) -> None:
    seat.act(core.Start())
    first = seat.meeting.spot.step
    async with app.run_test() as pilot:
        await handed(app, pilot)
        await pilot.press(*"Un")
        other().act(core.Next())
        app.desk.poll()
        await pilot.pause()
        assert isinstance(app.screen, LeadScreen)  # what is typed is hers
        await pilot.press("enter", "escape", *"up")
        assert isinstance(app.screen, MeetingScreen)
        assert app.screen.query_one(Bar).text == "up"
        assert not seat.meeting.step(first).handed


@pytest.mark.ci
async def test_a_step_is_left_though_giving_it_back_could_not_be_saved(
    app: FacilitatorApp, seat: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    seat.act(core.Start())
    async with app.run_test() as pilot:
        await handed(app, pilot)

        def full(*_args: object, **_options: object) -> None:
            raise NotSaved("no space left on device", seat.folder)

        monkeypatch.setattr(seat, "act", full)
        await pilot.press("escape")
        await pilot.pause()
        assert isinstance(app.screen, MeetingScreen)
        assert "NON ENREGISTRÉ" in text_of(app)


@pytest.mark.ci
async def test_the_chosen_action_stays_chosen_when_others_come_before_it(
    app: FacilitatorApp, seat: Session, other: Other
) -> None:
    seat.act(core.Start())
    for text in ("Une", "Deux"):
        seat.act(core.Capture("question", Fields(text=text)))
    async with app.run_test() as pilot:
        await pilot.press("c")
        await pilot.pause()
        await pilot.press("down", "up")
        other().act(core.Capture("action", Fields(text="Agir")))
        app.desk.poll()
        await pilot.press("s", "l")
        assert [question.outcome for question in seat.meeting.of_kind("question")] == ["newsletter", None]


@pytest.mark.ci
async def test_a_person_who_is_no_longer_listed_does_not_break_the_list(
    app: FacilitatorApp, seat: Session, other: Other
) -> None:
    seat.act(core.Start())
    karim = other()
    karim.act(core.Attend("Zoé"))
    async with app.run_test() as pilot:
        await pilot.press("p", "enter")
        await pilot.pause()
        await pilot.press(*["down"] * 6)
        karim.act(core.Undo())
        app.desk.poll()
        await pilot.press("l")
        assert isinstance(app.screen, PeopleScreen)
        assert "Zoé" not in seat.meeting.attendance
        assert seat.meeting.attendance["Jean-Marc V."].status == "late"


@pytest.mark.ci
async def test_an_outcome_asked_for_does_not_take_an_answer_given_meanwhile_away(
    app: FacilitatorApp, seat: Session, other: Other
) -> None:
    seat.act(core.Start())
    seat.act(core.Capture("question", Fields(text="Qui")))
    question = seat.meeting.find("question", 1).id
    async with app.run_test() as pilot:
        await pilot.press("s")
        other().act(core.Answer(question, "Le FSE"))
        await pilot.press("l")
        await pilot.pause()
        assert seat.meeting.find("question", 1).answer == "Le FSE"
        assert seat.meeting.find("question", 1).outcome == "answered"
        assert "rien n’a été changé" in text_of(app)
        await pilot.press("s", "l")
        assert seat.meeting.find("question", 1).answer == "Le FSE" and "a déjà une réponse" in text_of(app)
        await pilot.press("s", "l")
        assert seat.meeting.find("question", 1).outcome == "newsletter"


@pytest.mark.ci
async def test_an_answer_that_is_typed_when_another_came_stays_in_the_line_and_entered_again_stands_beside_theirs(
    app: FacilitatorApp, seat: Session, other: Other
) -> None:
    seat.act(core.Start())
    seat.act(core.Capture("question", Fields(text="Qui")))
    question = seat.meeting.find("question", 1).id
    async with app.run_test() as pilot:
        await pilot.press("r", *"La mairie")
        other().act(core.Answer(question, "Le FSE"))
        await pilot.press("enter")
        await pilot.pause()
        assert seat.meeting.find("question", 1).answer == "Le FSE"
        assert "« Le FSE » : Entrée ajoute la vôtre" in text_of(app).replace("\u00a0", " ")
        assert app.screen.query_one(Bar).text == "La mairie"
        await pilot.press("enter")
        assert seat.meeting.find("question", 1).answer == "Le FSE\nLa mairie"


@pytest.mark.ci
async def test_at_the_end_too_an_answer_given_meanwhile_stays(app: FacilitatorApp, seat: Session, other: Other) -> None:
    seat.act(core.Start())
    seat.act(core.Capture("question", Fields(text="Qui")))
    question = seat.meeting.find("question", 1).id
    async with app.run_test() as pilot:
        await pilot.press("c")
        await pilot.pause()
        await pilot.press("s")
        other().act(core.Send(question, "mattermost"))
        await pilot.press("l")
        await pilot.pause()
        assert seat.meeting.find("question", 1).outcome == "mattermost"


async def late(app: FacilitatorApp, seat: Session, clock: Clock, pilot: Pilot[int]) -> None:
    clock.forward(minutes=90)
    await pilot.press("t")
    await pilot.pause()


@pytest.mark.ci
async def test_a_way_out_is_the_one_that_was_shown_though_time_went_on(
    app: FacilitatorApp, seat: Session, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(type(seat), "watch", lambda _seat: None)  # no gap is found in the minutes that pass at once
    seat.act(core.Start())
    async with app.run_test() as pilot:
        clock.forward(minutes=52)  # a little late: the shortening that is shown keeps the promise
        await pilot.press("t")
        await pilot.pause()
        shown = app.screen.found[0].command
        clock.forward(minutes=30)
        await pilot.press("k")
        assert "choisissez-en une" in text_of(app)
        assert app.screen.pressed("z") and "z ne fait rien ici" in text_of(app)
        clock.forward(seconds=5)
        app.screen._refused = None
        await pilot.press("&")  # 1, without shift
        acts = [act for act in seat.replay.acts if any(type(event).__name__ == "Adjusted" for event in act.events)]
        assert [event.seconds for event in acts[-1].events] == [change.seconds for change in shown.changes]


@pytest.mark.ci
async def test_a_way_out_of_a_plan_that_others_changed_is_refused(
    app: FacilitatorApp, seat: Session, clock: Clock, other: Other
) -> None:
    seat.act(core.Start())
    async with app.run_test() as pilot:
        await late(app, seat, clock, pilot)
        before = [step.adjusted_s for step in seat.meeting.steps]
        other().act(core.AddStep(Step(kind="free", title="Imprévu", duration=900), seat.meeting.steps[-1].id))
        seat.poll()  # as the screen is about to show it
        await pilot.press("1")
        assert [step.adjusted_s for step in seat.meeting.steps] == [*before, 900]
        assert "rien n’a été changé" in text_of(app)
        await pilot.press("1")
        assert [step.adjusted_s for step in seat.meeting.steps] != [*before, 900]


@pytest.mark.ci
async def test_decisions_are_scrolled_at_the_end_and_a_key_brings_its_line_back(
    app: FacilitatorApp, seat: Session
) -> None:
    seat.act(core.Start())
    for number in range(30):
        seat.act(core.Capture("decision", Fields(text=f"Décision numéro {number + 1}")))
    seat.act(core.Capture("action", Fields(text="Agir")))
    async with app.run_test() as pilot:
        await pilot.press("c")
        await pilot.pause()
        assert "numéro 1 " not in text_of(app) + " "
        await pilot.press("pageup", "pageup", "pageup")
        await pilot.pause()
        assert "numéro 2\n" in text_of(app)
        await pilot.press("o")
        await pilot.pause()
        assert "Agir" in text_of(app)
        assert app.screen.query_one(Bar).is_open


async def test_a_number_that_moved_is_told_at_once(app: FacilitatorApp, seat: Session, other: Other) -> None:
    seat.act(core.Start())
    began = seat.replay.acts[0].n + 1
    mine = seat.act(core.Capture("question", Fields(text="Petit"))).entry
    assert mine is not None
    async with app.run_test() as pilot:
        karim = other()
        event = Captured(entry="x", kind="question", number=1, fields=Fields(text="Grand"))
        karim.journal.append(
            Act(id="x", n=began, writer=karim.writer, actor=karim.actor, at=seat.now().at, events=(event,))
        )
        app.screen._look()
        await pilot.pause()
        told = app.desk.message if app.desk is not None else None
        assert told is not None and "Q1 «\N{NO-BREAK SPACE}Petit\N{NO-BREAK SPACE}» est maintenant Q2" in told.text
        assert told.room == "Q1 «\N{NO-BREAK SPACE}Petit\N{NO-BREAK SPACE}» est maintenant Q2"
        assert seat.meeting.entries[mine.id].number == 2
