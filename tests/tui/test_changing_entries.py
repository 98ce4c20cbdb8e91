"""On the screen, what was written down is taken away, made another kind, voted on, dated; who answered, who was absent."""

from __future__ import annotations

import datetime

import pytest
from tui.conftest import Clock, text_of

from facilitator.core import acts as core
from facilitator.core.said import Fields, Vote
from facilitator.meetings.session import Session
from facilitator.tui.app import FacilitatorApp
from facilitator.tui.widgets.bar import Bar
from facilitator.tui.widgets.lines import Lines

pytestmark = pytest.mark.asyncio


def message(app: FacilitatorApp) -> str:
    return app.screen.query_one("#message", Lines).text().replace("\u00a0", " ").replace("\u202f", " ")


def numbers(seat: Session) -> list[str]:
    return [entry.label for entry in seat.meeting.entries.values() if entry.kind != "news"]


async def change(app: FacilitatorApp, pilot, **fields: str) -> None:
    """Fill lines of the entry's form, and save it."""
    await pilot.press("e")
    await pilot.pause()
    for name, value in fields.items():
        app.screen.query_one(f"#field-{name}").value = value
    await pilot.press("enter")
    await pilot.pause()


async def test_delete_takes_the_chosen_entry_away_and_u_brings_it_back(
    app: FacilitatorApp, seat: Session, clock: Clock
) -> None:
    seat.act(core.Start())
    for text in ("Un", "Deux", "Trois"):
        seat.act(core.Capture("question", Fields(text=text)))
    async with app.run_test(size=(120, 40)) as pilot:
        await pilot.press("delete")
        assert numbers(seat) == ["Q1", "Q2", "Q3"] and "Choisissez" in message(app)
        await pilot.press("up", "up", "delete")
        assert numbers(seat) == ["Q1", "Q3"]
        assert "retrait de Q2" in message(app) and "u le rend" in message(app)
        assert app.screen.selected.label == "Q3"
        await pilot.press("u")
        assert numbers(seat) == ["Q1", "Q2", "Q3"]
        clock.forward(seconds=2)
        await pilot.press("delete", "delete")  # the second is a reflex: another one is chosen by now
        assert numbers(seat) == ["Q1", "Q3"] and "Suppr encore retire aussi Q3" in message(app)
        await pilot.press("delete")
        clock.forward(seconds=2)
        await pilot.press("delete")
        assert numbers(seat) == [] and app.screen.selected.label == "I1"


async def test_while_something_is_typed_delete_is_a_key_of_the_line(app: FacilitatorApp, seat: Session) -> None:
    seat.act(core.Start())
    seat.act(core.Capture("question", Fields(text="Un")))
    async with app.run_test() as pilot:
        await pilot.press("up", "n", "delete", *"ab", "left", "delete", "enter")
        assert [entry.text for entry in seat.meeting.of_kind("note")] == ["a"]
        assert numbers(seat)[0] == "Q1"


async def test_what_is_taken_away_leaves_the_draft_at_once(app: FacilitatorApp, seat: Session) -> None:
    from facilitator.tui.watch import write_minutes

    seat.act(core.Start())
    seat.act(core.Capture("question", Fields(text="Retrouvable")))
    async with app.run_test() as pilot:
        write_minutes(app.screen.desk)
        assert "Retrouvable" in seat.draft_path.read_text()
        await pilot.press("up", "delete")
        assert "Retrouvable" not in seat.draft_path.read_text()


@pytest.mark.ci
async def test_the_form_changes_the_kind_and_one_undo_takes_all_back(app: FacilitatorApp, seat: Session) -> None:
    seat.act(core.Start())
    seat.act(core.Capture("question", Fields(text="On y va")))
    async with app.run_test(size=(100, 30)) as pilot:
        await pilot.press("up")
        await change(app, pilot, kind="Décision", text="On y va.")
        assert numbers(seat) == ["D1"] and seat.meeting.find("decision", 1).text == "On y va."
        assert "Q1 est maintenant D1" in message(app)
        await change(app, pilot, vote="18/2/3", consensus="oui")
        decision = seat.meeting.find("decision", 1)
        assert (decision.vote, decision.consensus) == (Vote(18, 2, 3), True)
        await change(app, pilot, vote="", consensus="non")
        decision = seat.meeting.find("decision", 1)
        assert (decision.vote, decision.consensus) == (None, False)
        await pilot.press("e")
        app.screen.query_one("#field-consensus").focus()
        await pilot.pause()
        await pilot.press(*"oui")
        assert app.screen.query_one("#field-consensus").value == "oui"  # in the place of what was there
        await pilot.press("f1")
        assert "oui ou non" in text_of(app)
        await pilot.press("escape", "escape")
        await pilot.press("u", "u", "u")
        assert numbers(seat) == ["Q1"] and seat.meeting.find("question", 1).text == "On y va"


@pytest.mark.ci
async def test_the_form_dates_an_event(app: FacilitatorApp, seat: Session) -> None:
    seat.act(core.Start())
    seat.act(core.Capture("news", Fields(text="Forum")))
    async with app.run_test(size=(100, 30)) as pilot:
        await pilot.press("up")
        await change(app, pilot, when="26/11 14h")
        assert seat.meeting.find("news", 2).when == datetime.datetime(2026, 11, 26, 14, 0)
        await change(app, pilot, when="")
        assert seat.meeting.find("news", 2).when is None


@pytest.mark.ci
@pytest.mark.sampled(1)
@pytest.mark.parametrize(
    ("kind", "field", "value", "said"),
    [
        ("question", "kind", "baleine", "n’est pas une sorte"),
        ("decision", "vote", "beaucoup", "n’est pas un vote"),
        ("decision", "vote", "1/2/3/4", "n’est pas un vote"),
        ("decision", "consensus", "peut-être", "oui ou non"),
        ("news", "when", "jeudi", "ni un jour ni une heure"),
    ],
)
async def test_what_cannot_be_understood_stays_in_the_form(
    app: FacilitatorApp, seat: Session, kind, field: str, value: str, said: str
) -> None:
    seat.act(core.Start())
    seat.act(core.Capture(kind, Fields(text="Une chose")))
    before = seat.meeting
    async with app.run_test(size=(100, 30)) as pilot:
        await pilot.press("up")
        await change(app, pilot, **{field: value})
        assert said in text_of(app).replace("\u202f", " ")
        assert seat.meeting.entries == before.entries


@pytest.mark.ci
async def test_an_answer_ends_with_who_gave_it(app: FacilitatorApp, seat: Session) -> None:
    seat.act(core.Start())
    seat.act(core.Capture("question", Fields(text="Qui paie ?")))
    async with app.run_test(size=(120, 30)) as pilot:
        await pilot.press("up", "r", *"La région. @awa", "enter")
        question = seat.meeting.find("question", 1)
        assert (question.answer, question.answer_by) == ("La région.", "Awa S.")
        assert "par Awa S." in message(app)


@pytest.mark.ci
async def test_somebody_is_noted_as_absent(app: FacilitatorApp, seat: Session) -> None:
    async with app.run_test(size=(100, 30)) as pilot:
        await pilot.press("p", *"awa absente", "enter", *"kar excusé", "enter", *"nora", "enter")
        status = {name: someone.status for name, someone in seat.meeting.attendance.items()}
        assert status == {"Awa S.": "absent", "Karim B.": "excused", "Nora T.": "present"}
        await pilot.press("enter")
        await pilot.pause()
        await pilot.press("down", "down", "a")
        await pilot.pause()
        assert seat.meeting.attendance["Léa M."].status == "absent"
        assert "absent" in text_of(app)


@pytest.mark.ci
async def test_a_name_that_ends_with_such_a_word_is_a_name(app: FacilitatorApp, seat: Session) -> None:
    seat.act(core.Attend("Marie Parti"))
    async with app.run_test() as pilot:
        await pilot.press("p", *"marie parti", "enter")
        assert seat.meeting.attendance["Marie Parti"].status == "present"


# What was taken up individually


@pytest.mark.sampled(1)
@pytest.mark.parametrize("keys", [("s", "l"), ("r", *"300 euros", "enter")])
async def test_on_its_masked_row_it_stays_private_and_that_is_said(
    app: FacilitatorApp, seat: Session, keys: tuple[str, ...]
) -> None:
    seat.act(core.Start())
    seat.act(core.Capture("question", Fields(text="Mon contrat ?")))
    seat.act(core.Send(seat.meeting.find("question", 1).id, "individual"))
    async with app.run_test(size=(120, 40)) as pilot:
        await pilot.press("up", *keys)
        await pilot.pause()
        assert "Q1 reste en suivi individuel" in message(app)
        assert seat.meeting.find("question", 1).private
        for view in ((), ("v",)):
            await pilot.press(*view)
            await pilot.pause()
            assert not [secret for secret in ("contrat", "300") if secret in text_of(app)]


@pytest.mark.ci
async def test_its_answer_is_masked_while_it_is_typed(app: FacilitatorApp, seat: Session) -> None:
    seat.act(core.Start())
    seat.act(core.Capture("question", Fields(text="Mon contrat ?")))
    seat.act(core.Send(seat.meeting.find("question", 1).id, "individual"))
    async with app.run_test(size=(120, 40)) as pilot:
        await pilot.press("up", "r", *"300 euros")
        await pilot.pause()
        assert "300" not in text_of(app) and app.screen.query_one(Bar).input.password
        await pilot.press("escape", "n", *"En clair")
        await pilot.pause()
        assert "En clair" in text_of(app)


@pytest.mark.ci
async def test_another_kind_makes_it_public_and_says_so(app: FacilitatorApp, seat: Session) -> None:
    seat.act(core.Start())
    seat.act(core.Capture("question", Fields(text="Mon contrat ?")))
    seat.act(core.Send(seat.meeting.find("question", 1).id, "individual"))
    async with app.run_test(size=(140, 40)) as pilot:
        await pilot.press("up")
        await change(app, pilot, kind="action")
        assert "n’est plus privé" in message(app)
        assert not seat.meeting.find("action", 1).private


@pytest.mark.ci
async def test_the_type_and_the_level_of_a_news_item_are_changed_by_their_names(
    app: FacilitatorApp, seat: Session
) -> None:
    seat.act(core.Start())
    one = seat.meeting.find("news", 1)
    assert (one.type, one.level) == ("call", None)
    async with app.run_test(size=(120, 40)) as pilot:
        await pilot.press("up")
        await pilot.press("e")
        await pilot.pause()
        assert app.screen.query_one("#field-type").value == "appel"
        await pilot.press("escape")
        await change(app, pilot, type="Événement", level="dép")
        one = seat.meeting.find("news", 1)
        assert (one.type, one.level) == ("event", "departement")
        await change(app, pilot, type="", level="epci")
        one = seat.meeting.find("news", 1)
        assert (one.type, one.level) == (None, "epci")


@pytest.mark.ci
async def test_a_type_that_is_none_stays_in_the_form_and_those_there_are_are_said(
    app: FacilitatorApp, seat: Session
) -> None:
    seat.act(core.Start())
    async with app.run_test(size=(120, 40)) as pilot:
        await pilot.press("up")
        await change(app, pilot, type="fête")
        assert app.screen.query_one("#field-type").value == "fête"
        assert "rapport, financement, appel, dispositif, événement" in text_of(app)
        assert seat.meeting.find("news", 1).type == "call"


@pytest.mark.ci
async def test_a_need_becomes_an_offer_in_its_form(app: FacilitatorApp, seat: Session) -> None:
    seat.act(core.Start())
    seat.act(core.Capture("need", Fields(text="Un vidéoprojecteur")))
    async with app.run_test(size=(120, 40)) as pilot:
        app.screen.list.choose(seat.meeting.find("need", 1).id, on_purpose=True)
        await change(app, pilot, offer="oui")
        assert seat.meeting.find("need", 1).offer


def answered(seat: Session, text: str, answer: str, *, by: str | None = None) -> None:
    """A question that has its answer, in a meeting that runs."""
    seat.act(core.Start())
    question = seat.act(core.Capture("question", Fields(text=text))).act
    seat.act(core.Answer(question.id, answer, by=by))


async def test_an_answered_question_is_sent_on_only_when_that_is_asked_for_twice(
    app: FacilitatorApp, seat: Session
) -> None:
    answered(seat, "Qui paie ?", "La région.")
    async with app.run_test(size=(120, 30)) as pilot:
        await pilot.press("up", "s", "l")
        assert seat.meeting.find("question", 1).answer == "La région."
        assert "Q1 a déjà une réponse (s l encore une fois l’abandonne) : « La région. »" in message(app)
        await pilot.press("s", "p")  # not what was asked
        assert seat.meeting.find("question", 1).answer == "La région."
        await pilot.press("s", "p")
        assert seat.meeting.find("question", 1).outcome == "next"
        assert "réponse d’avant abandonnée · u la rend" in message(app)
        await pilot.press("u", "r")
        assert app.screen.query_one(Bar).text == "La région. "  # it is answered anew on what was said


@pytest.mark.ci
async def test_an_answer_given_anew_begins_with_the_one_there_is_and_keeps_who_gave_it(
    app: FacilitatorApp, seat: Session
) -> None:
    answered(seat, "Qui paie ?", "La région.", by="Awa S.")
    async with app.run_test(size=(120, 30)) as pilot:
        acts = len(seat.replay.acts)
        await pilot.press("up", "r", "enter")
        assert len(seat.replay.acts) == acts and not app.screen.query_one(Bar).is_open
        await pilot.press("r", *"Et l'État.", "enter")
        question = seat.meeting.find("question", 1)
        assert (question.answer, question.answer_by) == ("La région. Et l'État.", "Awa S.")
        assert "abandonnée" not in message(app)
        await pilot.press("r", "ctrl+u", *"Personne.", "enter")
        assert seat.meeting.find("question", 1).answer == "Personne."
        assert "abandonnée · u la rend" in message(app)


@pytest.mark.ci
async def test_in_the_form_an_answered_question_is_made_another_kind_by_a_second_enter(
    app: FacilitatorApp, seat: Session
) -> None:
    answered(seat, "Qui appelle la mairie ?", "Nora.")
    async with app.run_test(size=(120, 30)) as pilot:
        await pilot.press("up")
        await change(app, pilot, kind="action")
        assert seat.meeting.find("question", 1).answer == "Nora."
        assert "n’a pas de réponse" in text_of(app) and "« Nora. »" in text_of(app).replace("\u00a0", " ")
        await pilot.press("enter")
        await pilot.pause()
        assert seat.meeting.find("action", 1) is not None
        assert "réponse d’avant abandonnée · u la rend" in message(app)
