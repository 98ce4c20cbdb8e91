"""Nothing of an individual need, nor of a question taken up individually, is on any screen but its number and kind."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from tui.conftest import text_of

from facilitator.core import acts as core
from facilitator.core.said import Fields
from facilitator.meetings.session import Session
from facilitator.tui.app import FacilitatorApp
from facilitator.tui.watch import write_minutes

pytestmark = pytest.mark.asyncio
SECRETS = ("Durand", "Lopez", "illettrisme", "Martin", "example")


def told(app: FacilitatorApp) -> list[str]:
    return [secret for secret in SECRETS if secret in text_of(app)]


@pytest.mark.ci
async def test_who_has_a_need_is_not_told_when_it_is_written_down(app: FacilitatorApp, seat: Session) -> None:
    async with app.run_test() as pilot:
        await pilot.press("right", "x", *"Aide @Durand #illettrisme", "enter")
        assert seat.meeting.find("individual", 1).by == "Durand"
        await pilot.pause()
        assert told(app) == []


def private(seat: Session) -> None:
    seat.act(core.Start())
    fields = Fields(text="Durand", by="Lopez", theme="illettrisme", link="https://example.org")
    seat.act(core.Capture("individual", fields))
    seat.act(core.Capture("question", fields))
    seat.act(core.Send(seat.meeting.find("question", 1).id, "individual", owner="Martin"))


@pytest.mark.ci
async def test_the_list_and_the_form_tell_the_number_and_the_kind_alone(app: FacilitatorApp, seat: Session) -> None:
    private(seat)
    async with app.run_test(size=(140, 40)) as pilot:
        for _ in range(3):
            await pilot.press("up")
            await pilot.pause()
            assert told(app) == []
            await pilot.press("e")
            await pilot.pause()
            assert told(app) == []
            await pilot.press("escape")
            await pilot.pause()


@pytest.mark.ci
async def test_the_form_does_not_name_who_may_be_meant_by_a_private_entry(app: FacilitatorApp, seat: Session) -> None:
    private(seat)
    for name in ("Lopez Anne", "Lopez Zoé"):
        seat.act(core.Attend(name))
    async with app.run_test() as pilot:
        await pilot.press("up", "up", "e")
        await pilot.pause()
        await pilot.press("tab", "end", "backspace", "enter")
        await pilot.pause()
        assert "Plusieurs" in text_of(app)
        assert told(app) == []


async def test_what_others_do_with_one_is_told_without_names(
    app: FacilitatorApp, seat: Session, other: Callable[[], Session]
) -> None:
    seat.act(core.Start())
    karim = other()
    karim.act(core.Capture("question", Fields(text="Durand")))
    karim.act(core.Answer(karim.meeting.find("question", 1).id, "Lopez"))
    karim.act(core.Send(karim.meeting.find("question", 1).id, "individual", owner="Martin"))
    async with app.run_test() as pilot:
        app.screen._look()
        await pilot.pause()
        assert "karim" in text_of(app)
        assert told(app) == []


async def test_a_question_taken_up_individually_leaves_the_draft_at_once(app: FacilitatorApp, seat: Session) -> None:
    seat.act(core.Start())
    seat.act(core.Capture("question", Fields(text="Un souci de logement")))
    draft = seat.workspace.minutes_folder / f"{seat.meeting.id}.md"
    async with app.run_test() as pilot:
        write_minutes(app.desk)
        assert "logement" in draft.read_text(encoding="utf-8")
        await pilot.press("s", "i")
        assert "logement" not in draft.read_text(encoding="utf-8")
        await pilot.press("u")
        write_minutes(app.desk)
        assert "logement" in draft.read_text(encoding="utf-8")
        await pilot.press("ctrl+y")
        assert "logement" not in draft.read_text(encoding="utf-8")


@pytest.mark.ci
async def test_where_a_private_question_still_stands_by_a_persons_hand_is_said_at_the_close(
    app: FacilitatorApp, seat: Session
) -> None:
    seat.act(core.Start())
    seat.act(core.Capture("question", Fields(text="Un souci de logement")))
    async with app.run_test(size=(120, 30)) as pilot:
        await pilot.press("s", "l", "c")
        await pilot.pause()
        await pilot.press("enter")
        [letter] = seat.workspace.newsletter_files()
        text = letter.read_text(encoding="utf-8")
        letter.write_text(text.replace("logement", "logement, à Roanne"), encoding="utf-8")
        await pilot.press("u", "u", "escape")
        await pilot.pause()
        await pilot.press("s", "i", "c")
        await pilot.pause()
        await pilot.press("enter")
        await pilot.pause()
        assert f"newsletter/{letter.name}, ligne" in " ".join(text_of(app).split())
        assert "logement" not in text_of(app)
