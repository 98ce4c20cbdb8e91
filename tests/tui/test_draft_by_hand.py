"""What people write in the draft of the minutes reaches the screen, and what has to be told of it is told, once."""

from __future__ import annotations

import asyncio
from collections.abc import Callable

import pytest
from tui.conftest import looked_back, text_of

from facilitator.core import acts as core
from facilitator.core.said import Fields
from facilitator.i18n import translator
from facilitator.meetings import publishing
from facilitator.meetings.session import Session
from facilitator.tui.app import FacilitatorApp
from facilitator.tui.desk import Desk
from facilitator.tui.watch import forget_in_draft, is_touched, write_minutes

pytestmark = pytest.mark.asyncio


def change(seat: Session, old: str, new: str) -> None:
    text = seat.draft_path.read_text()
    assert old in text
    seat.draft_path.write_text(text.replace(old, new))


async def settled(app: FacilitatorApp) -> None:
    app.screen._write_minutes()
    await app.workers.wait_for_complete()


@pytest.mark.ci
async def test_what_is_changed_in_the_draft_shows_on_the_screen(app: FacilitatorApp, seat: Session) -> None:
    seat.act(core.Start())
    seat.act(core.Capture("decision", Fields(text="Une charte")))
    async with app.run_test(size=(80, 24)) as pilot:
        write_minutes(app.screen.desk)
        change(seat, "Une charte", "Une belle charte")
        await settled(app)
        app.screen.desk.poll()
        await pilot.pause()
        assert "Une belle charte" in text_of(app)


async def test_a_save_in_an_editor_is_taken_up_once_it_is_over(
    app: FacilitatorApp, seat: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    seat.act(core.Start())
    seat.act(core.Capture("decision", Fields(text="Une charte")))
    waits: list[Callable[[], object]] = []
    async with app.run_test(size=(80, 24)) as pilot:
        monkeypatch.setattr(app.screen, "set_timer", lambda _delay, call: waits.append(call))
        write_minutes(app.screen.desk)
        app.screen._look()
        assert waits == []  # what this screen wrote itself
        whole = seat.draft_path.read_text().replace("Une charte", "Une belle charte")
        seat.draft_path.write_text(whole[:200])  # an editor that writes in two goes
        app.screen._look()
        seat.draft_path.write_text(whole)
        waits.pop()()
        assert len(waits) == 1 and seat.meeting.find("decision", 1).text == "Une charte"
        seat.draft_path.unlink()  # and one that puts another file there
        waits.pop()()
        assert waits == []
        seat.draft_path.write_text(whole)
        app.screen._look()
        app.screen._look()
        waits.pop()()
        await app.workers.wait_for_complete()
        assert waits == []
        app.screen.desk.poll()
        await pilot.pause()
        assert "Une belle charte" in text_of(app)


async def test_two_screens_do_not_write_the_draft_again_and_again_for_each_other(
    seat: Session, other: Callable[[], Session]
) -> None:
    seat.act(core.Start())
    seat.act(core.Capture("decision", Fields(text="Une charte")))
    one, two = Desk(seat, translator("fr")), Desk(other(), translator("fr"))
    write_minutes(one)
    assert is_touched(two)
    write_minutes(two)
    assert not is_touched(one) and not is_touched(two)


@pytest.mark.ci
async def test_what_is_changed_in_the_draft_shows_within_two_seconds(app: FacilitatorApp, seat: Session) -> None:
    seat.act(core.Start())
    seat.act(core.Capture("decision", Fields(text="Une charte")))
    async with app.run_test(size=(80, 24)) as pilot:
        write_minutes(app.screen.desk)
        await asyncio.sleep(0.5)
        change(seat, "Une charte", "Une belle charte")
        for _ in range(20):
            await asyncio.sleep(0.1)
            await pilot.pause()
            if "Une belle charte" in text_of(app):
                break
        assert "Une belle charte" in text_of(app)


@pytest.mark.ci
async def test_what_hand_and_meeting_both_changed_is_told_once_on_the_screen(
    app: FacilitatorApp, seat: Session
) -> None:
    seat.act(core.Start())
    decision = seat.act(core.Capture("decision", Fields(text="Une charte"))).entry
    async with app.run_test(size=(80, 24)):
        desk = app.screen.desk
        write_minutes(desk)
        change(seat, "Une charte", "Une belle charte")
        seat.act(core.Edit(decision.id, Fields(text="Deux chartes")))
        await settled(app)
        assert "Deux chartes" in desk.message.text
        assert desk.message.room == ""
        assert write_minutes(desk) == []


async def test_a_draft_that_cannot_be_read_is_told_once_as_long_as_it_stands(
    app: FacilitatorApp, seat: Session
) -> None:
    seat.act(core.Start())
    seat.act(core.Capture("decision", Fields(text="Une charte")))
    async with app.run_test(size=(80, 24)):
        desk = app.screen.desk
        write_minutes(desk)
        assert not is_touched(desk)
        seat.draft_path.write_text("<<<<<<< moi\n" + seat.draft_path.read_text())
        assert is_touched(desk)
        assert len(write_minutes(desk)) == 1
        assert not is_touched(desk)
        assert write_minutes(desk) == []


@pytest.mark.ci
async def test_what_was_deleted_by_accident_is_told_by_what_takes_a_question_out_too(
    app: FacilitatorApp, seat: Session
) -> None:
    seat.act(core.Start())
    for text in ("Une charte", "Un rythme", "Un lieu", "Un wiki"):
        seat.act(core.Capture("decision", Fields(text=text)))
    async with app.run_test(size=(80, 24)):
        desk = app.screen.desk
        write_minutes(desk)
        lines = seat.draft_path.read_text().split("\n")
        seat.draft_path.write_text("\n".join(line for line in lines if "**D" not in line))
        (told,) = forget_in_draft(desk)
        assert all(number in told for number in ("D1", "D2", "D3", "D4"))
        assert forget_in_draft(desk) == []


async def test_home_tells_what_people_wrote_in_the_letter_and_what_is_gone_from_the_minutes(seat: Session) -> None:
    seat.act(core.Start())
    seat.act(core.Capture("decision", Fields(text="Une charte")))
    question = seat.act(core.Capture("question", Fields(text="Qui paie ?"))).entry
    seat.act(core.Send(question.id, "newsletter"))
    published = publishing.close(seat)
    letter, minutes = published.newsletter.path, published.minutes.path
    letter.write_text(letter.read_text().replace("*Réponse\u00a0:* …", "*Réponse\u00a0:* Personne."))
    minutes.write_text("".join(line for line in minutes.read_text().splitlines(keepends=True) if "**D1**" not in line))
    app = FacilitatorApp(translator("fr"), workspace=seat.workspace)
    async with app.run_test(size=(80, 24)):
        await looked_back(app)
        assert "Q1" in app.screen.note[0]
        assert "D1" in app.screen.note[0]
    assert "Personne." in minutes.read_text()
