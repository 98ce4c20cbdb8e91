"""What the screens say: whole at 80 and at 60 columns, of keys rather than commands, and nothing private to the room."""

from __future__ import annotations

import errno
import os
import re

import pytest
from tui.conftest import NETWORK, NINE_THIRTY, Clock, text_of

from facilitator.core import acts as core
from facilitator.core.agenda import Agenda, Step
from facilitator.core.said import Fields
from facilitator.documents.agenda import read_agenda
from facilitator.i18n import translator
from facilitator.meetings.session import Session
from facilitator.store.half_typed import load_texts
from facilitator.store.journal import NotSaved
from facilitator.store.workspace import Workspace
from facilitator.tui import figures, outcomes
from facilitator.tui.app import FacilitatorApp
from facilitator.tui.desk import MESSAGE_S
from facilitator.tui.screens.closing import ClosingScreen
from facilitator.tui.screens.meeting import MeetingScreen
from facilitator.tui.screens.replan import ReplanScreen
from facilitator.tui.widgets.bar import Bar
from facilitator.tui.widgets.clock import BigClock
from facilitator.tui.widgets.lines import Lines
from facilitator.tui.widgets.room import RoomView

pytestmark = pytest.mark.asyncio

BOTH = pytest.mark.parametrize("language", ["fr", "en"])
SIZES = pytest.mark.parametrize("size", [(80, 24), (60, 20)])


def ask(seat: Session, *texts: str) -> None:
    """A meeting that has begun, with these questions."""
    seat.act(core.Start())
    for text in texts:
        seat.act(core.Capture("question", Fields(text=text)))


def line(app: FacilitatorApp, name: str) -> str:
    return app.screen.query_one(f"#{name}", Lines).text()


@pytest.mark.sampled(2)
@BOTH
@SIZES
async def test_all_six_outcomes_can_be_read_and_the_footer_says_what_escape_does(
    size: tuple[int, int], language: str, seat: Session
) -> None:
    ask(seat, *(f"Question {number}" for number in range(12)))
    app = FacilitatorApp(translator(language), session=seat)
    async with app.run_test(size=size) as pilot:
        await pilot.press("up", "s")
        told = line(app, "message")
        keys = outcomes.keys(app.tr)
        assert [key for key in keys if not re.search(rf"\b{key} \w{{4}}", told)] == []
        assert "…" not in told
        assert line(app, "footer").split()[0] == app.tr("Esc")
        assert "Q12" in line(app, "footer") and "Question 11" in line(app, "footer")
        assert app.tr("answer") not in line(app, "footer")
        await pilot.press("escape")
        assert app.tr("help") in line(app, "footer")
        await pilot.press("delete", "up", "u")
        assert app.screen.selected.text == "Question 11"


async def test_what_follows_a_refused_outcome_opens_nothing_by_surprise(app: FacilitatorApp, seat: Session) -> None:
    ask(seat, "Une", "Deux")
    async with app.run_test() as pilot:
        await pilot.press("s", "l")
        assert not app.screen.query_one(Bar).is_open
        assert "Choisissez d’abord une ligne" in line(app, "message")


@pytest.mark.ci
@pytest.mark.sampled(1)
@pytest.mark.parametrize("key", ["r", "e"])
async def test_a_text_typed_after_a_refused_key_becomes_a_note_of_its_own(
    app: FacilitatorApp, seat: Session, key: str
) -> None:
    ask(seat)
    async with app.run_test() as pilot:
        await pilot.press("n", *"Autre", "escape", key, *"dit ! Le FSE")
        assert "Choisissez d’abord une ligne" in line(app, "message")
        assert "devient une note" in line(app, "message")
        assert app.screen.query_one(Bar).text == "dit ! Le FSE"
        await pilot.press("enter", "escape")
        assert [entry.text for entry in seat.meeting.of_kind("note")] == ["dit ! Le FSE"]
        assert not seat.meeting.of_kind("decision")
        await pilot.press("n")
        assert app.screen.query_one(Bar).text == "Autre"


@pytest.mark.ci
async def test_with_one_open_question_the_answer_is_for_that_one(app: FacilitatorApp, seat: Session) -> None:
    ask(seat, "Une")
    async with app.run_test() as pilot:
        await pilot.press("r", *"Le FSE", "enter")
        assert seat.meeting.find("question", 1).answer == "Le FSE"


async def test_after_a_refused_outcome_a_question_can_be_written_at_once(app: FacilitatorApp, seat: Session) -> None:
    ask(seat, "Une", "Deux")
    async with app.run_test() as pilot:
        await pilot.press("s", "q", *"lire", "enter")
        assert seat.meeting.find("question", 3).text == "lire"


async def test_a_refused_key_holds_letters_back_for_two_seconds_only(
    app: FacilitatorApp, seat: Session, clock: Clock
) -> None:
    ask(seat, "Une", "Deux")
    async with app.run_test() as pilot:
        await pilot.press("s")
        clock.forward(seconds=3)
        await pilot.press("l")
        assert app.screen.query_one(Bar).is_open


@pytest.mark.ci
@pytest.mark.sampled(1)
@pytest.mark.parametrize("refused", ["j", "g", "r"], ids=["same need", "done", "answer"])
async def test_what_is_typed_after_any_refused_key_is_never_taken_for_commands(
    app: FacilitatorApp, seat: Session, refused: str
) -> None:
    seat.act(core.Start())
    seat.act(core.Capture("decision", Fields(text="Une charte")))
    before = seat.meeting
    async with app.run_test() as pilot:
        await pilot.press("up", refused, *" oui, u - v", "enter")
        if refused == "r":
            assert [entry.text for entry in seat.meeting.of_kind("note")] == ["oui, u - v"]
            await pilot.press("escape", "u")
        assert seat.meeting == before or refused == "r"
        assert isinstance(app.screen, MeetingScreen) and not app.screen.in_room
        assert not app.screen.query_one(Bar).is_open and seat.meeting.state == "running"


@pytest.mark.ci
@pytest.mark.sampled(1)
@pytest.mark.parametrize("key", ["q", "up", "j"], ids=["a capture", "an arrow", "the same key"])
async def test_after_a_refused_key_one_may_write_choose_or_press_it_again(
    app: FacilitatorApp, seat: Session, clock: Clock, key: str
) -> None:
    ask(seat, "Une", "Deux")
    async with app.run_test() as pilot:
        await pilot.press("j", "j", key)
        assert app.screen.query_one(Bar).is_open == (key == "q")
        assert (app.screen.selected is not None) == (key == "up")
        await pilot.press("escape", "j")
        clock.forward(seconds=2)
        await pilot.press("v")
        assert app.screen.in_room


async def test_what_was_said_before_does_not_stand_under_another_screen(app: FacilitatorApp, seat: Session) -> None:
    async with app.run_test() as pilot:
        await pilot.press("right", "right")
        told = line(app, "message").strip()
        assert told
        await pilot.press("t")
        assert isinstance(app.screen, ReplanScreen) and told not in text_of(app)


async def test_what_is_typed_on_and_on_after_a_refused_key_is_held_as_long(
    app: FacilitatorApp, seat: Session, clock: Clock
) -> None:
    ask(seat, "Une", "Deux")
    async with app.run_test() as pilot:
        await pilot.press("j")
        for letter in "vuvuvu":
            clock.forward(seconds=0.7)
            await pilot.press(letter)
        assert len(seat.meeting.undecided()) == 2 and not app.screen.in_room


@pytest.mark.ci
async def test_the_bar_of_an_individual_need_takes_one_and_closes(app: FacilitatorApp, seat: Session) -> None:
    async with app.run_test() as pilot:
        await pilot.press("right", "x", *"Fin de contrat", "enter", "k", *"Le budget", "enter", "escape")
        assert len(seat.meeting.of_kind("individual")) == 1
        assert [entry.text for entry in seat.meeting.of_kind("aside")] == ["Le budget"]


@pytest.mark.parametrize("key", ["right", "s"], ids=["what was done", "what was refused"])
async def test_a_message_leaves_when_it_is_old(app: FacilitatorApp, seat: Session, clock: Clock, key: str) -> None:
    seat.act(core.Start())
    async with app.run_test() as pilot:
        await pilot.press(key)
        told = line(app, "message").strip()
        assert told
        clock.forward(seconds=MESSAGE_S + 1)
        app.screen.paint()
        assert told not in text_of(app)


async def test_what_is_said_of_a_half_typed_text_stays_while_it_is_there(
    app: FacilitatorApp, seat: Session, clock: Clock
) -> None:
    async with app.run_test() as pilot:
        await pilot.press("right")
        app.desk.say("Voici ce qui était à moitié tapé.", "typing")
        clock.forward(seconds=MESSAGE_S + 1)
        app.screen.paint()
        assert "à moitié tapé" in line(app, "message")


async def test_a_question_that_has_an_outcome_can_be_left_to_be_decided_again(
    app: FacilitatorApp, seat: Session
) -> None:
    ask(seat, "Une")
    async with app.run_test() as pilot:
        await pilot.press("s", "l", "s")
        assert "d à déc." in line(app, "message")
        await pilot.press("d")
        assert seat.meeting.find("question", 1).outcome is None
        await pilot.press("s")
        assert "à déc." not in line(app, "message")


async def test_with_one_open_question_the_outcome_is_for_that_one(app: FacilitatorApp, seat: Session) -> None:
    ask(seat, "Une")
    async with app.run_test() as pilot:
        await pilot.press("s", "l")
        assert seat.meeting.find("question", 1).outcome == "newsletter"


@pytest.mark.sampled(2)
@BOTH
@SIZES
async def test_the_hint_of_the_empty_list_is_whole_and_on_one_row(
    size: tuple[int, int], language: str, seat: Session
) -> None:
    agenda = Agenda(title="Rencontre", steps=(Step(kind="needs", duration=600),))
    empty = type(seat).prepare(seat.workspace, agenda, NETWORK, zone="Europe/Paris", language="fr", terminal=True)
    empty.act(core.Start())
    app = FacilitatorApp(translator(language), session=empty)
    async with app.run_test(size=size) as pilot:
        await pilot.pause()
        _, hint, *_ = line(app, "list").splitlines()
        assert hint.strip(" │") == app.tr("Nothing yet. q question, h help.")


@pytest.mark.ci
async def test_the_room_reads_nothing_private_and_nothing_of_the_operators_business(
    app: FacilitatorApp, seat: Session, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with app.run_test() as pilot:
        await pilot.press("right", "v", "x", *"Mme Durand")
        await pilot.pause()
        assert "•••" in text_of(app)
        for word in ("individuel", "car.", "besoin", "Durand"):
            assert word not in text_of(app)
        await pilot.press("enter", "escape")
        assert seat.meeting.find("individual", 1).text == "Mme Durand"
        assert line(app, "message").strip() == ""
        await pilot.press("e", "escape")
        assert "S1" not in text_of(app)
        await pilot.press("q", *"Qui", "enter", "escape")
        assert line(app, "message").strip() == "✓ Q1"
        clock.forward(seconds=15)
        app.screen.paint()
        assert line(app, "message").strip() == ""
        clock.forward(seconds=3)
        await pilot.press("right")
        assert line(app, "message").strip() == ""
        await pilot.press("u")
        await pilot.pause()
        assert "Annulé" not in text_of(app)

        def full(*_args: object, **_options: object) -> None:
            raise NotSaved(os.strerror(errno.ENOSPC), seat.folder)

        monkeypatch.setattr(seat, "act", full)
        await pilot.press("d", *"Oui", "enter")
        assert "NON ENREGISTRÉ : le disque est plein" in text_of(app).replace("\N{NO-BREAK SPACE}", " ")
        monkeypatch.undo()


async def test_a_refusal_about_a_private_need_is_not_for_the_room(app: FacilitatorApp, seat: Session) -> None:
    seat.act(core.Start())
    seat.act(core.Capture("individual", Fields(text="Mme Durand")))
    async with app.run_test() as pilot:
        await pilot.press("up", "v", "r")
        await pilot.pause()
        assert "S1" not in text_of(app)


@pytest.mark.ci
async def test_the_large_clock_of_the_room_is_whole_and_a_pause_is_said(app: FacilitatorApp, seat: Session) -> None:
    async with app.run_test(size=(120, 40)) as pilot:
        await pilot.press("right", "v")
        await pilot.pause()
        await pilot.press("space")
        await pilot.pause()
        big = app.screen.query_one("#room-big", BigClock)
        assert big.scale >= 2
        assert app.screen.query_one("#room-clock").size.height >= big.scale * figures.ROWS
        assert app.screen.query_one(RoomView).said[0].startswith("Pause")


async def test_a_round_in_which_some_have_not_spoken_is_ended_by_a_second_key_only(
    app: FacilitatorApp, seat: Session, clock: Clock
) -> None:
    for command in (core.Start(), core.Attend("Awa S."), core.Attend("Nora T."), core.StartRound(60)):
        seat.act(command)
    async with app.run_test() as pilot:
        await pilot.press("right", "right")  # a remote sends it twice
        assert seat.meeting.round is not None and "1 personne n’a pas parlé" in line(app, "message")
        clock.forward(seconds=1)
        await pilot.press("right")
        assert seat.meeting.round is None and seat.meeting.number_of(seat.meeting.spot.step) == 2


@pytest.mark.sampled(2)
@BOTH
@SIZES
async def test_in_a_round_the_clock_of_whoever_speaks_is_seen(
    size: tuple[int, int], language: str, seat: Session
) -> None:
    for name in ("Jean-Marc V. de la Tour", "Awa S.", "Karim B.", "Nora T."):
        seat.act(core.Attend(name))
    seat.act(core.Start())
    seat.act(core.StartRound(120))
    app = FacilitatorApp(translator(language), session=seat)
    async with app.run_test(size=size) as pilot:
        await pilot.pause()
        beside = line(app, "beside")
        assert "2:00" in beside and "Jean-Marc V." in beside
        if size[0] == 80:
            assert app.tr.ntr("{n} to speak", "{n} to speak", 3) in beside


@pytest.mark.ci
@SIZES
async def test_the_answer_clock_is_seen(size: tuple[int, int], app: FacilitatorApp, seat: Session) -> None:
    seat.act(core.Start())
    seat.act(core.Next(leaving=seat.meeting.spot))
    seat.act(core.Next(leaving=seat.meeting.spot))
    seat.act(core.Capture("question", Fields(text="Qui paie ?")))
    async with app.run_test(size=size) as pilot:
        await pilot.press("up", "r")
        await pilot.pause()
        head, question, *_ = line(app, "beside").strip().split("\n")
        assert head == ("On répond à la Q1  3:00" if size[0] == 80 else "Q1  3:00")
        assert question == "Qui paie ?"
        assert "Qui paie" not in line(app, "list")


@BOTH
async def test_before_the_meeting_what_stands_beside_the_clock_is_whole(
    language: str, seat: Session, clock: Clock
) -> None:
    clock.forward(minutes=12)
    app = FacilitatorApp(translator(language), session=seat)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        assert "…" not in line(app, "beside")


async def test_a_second_next_is_told_to_be_one_and_the_chatter_of_a_remote_is_not(
    app: FacilitatorApp, seat: Session, clock: Clock
) -> None:
    async with app.run_test() as pilot:
        await pilot.press("right")
        clock.forward(seconds=0.1)
        await pilot.press("right")
        assert "✓" in line(app, "message")
        clock.forward(seconds=1)
        await pilot.press("right")
        assert "deux en deux secondes" in line(app, "message")
        assert seat.meeting.number_of(seat.meeting.spot.step) == 1
        clock.forward(seconds=1)
        await pilot.press("right")
        assert seat.meeting.number_of(seat.meeting.spot.step) == 2


@pytest.mark.ci
async def test_on_the_last_step_the_key_that_ends_is_named(app: FacilitatorApp, seat: Session, clock: Clock) -> None:
    async with app.run_test() as pilot:
        for _ in range(7):
            await pilot.press("right")
            clock.forward(seconds=3)
        assert "c termine la rencontre" in line(app, "message")
        assert "adjourn" not in line(app, "message")


@pytest.mark.ci
async def test_the_palette_speaks_french(app: FacilitatorApp) -> None:
    async with app.run_test() as pilot:
        await pilot.press("right", "ctrl+p")
        await pilot.pause(0.3)
        assert "Chercher une commande" in text_of(app)
        await pilot.press(*"zzz")
        await pilot.pause(0.3)
        assert "Aucune commande" in text_of(app)


async def test_escape_keeps_what_is_typed_and_the_key_brings_it_back(app: FacilitatorApp, seat: Session) -> None:
    async with app.run_test() as pilot:
        await pilot.press("right", "q", *"Faut-il", "escape")
        assert "q le reprend" in line(app, "message")
        app.keep_texts()
        assert [draft.text for draft in load_texts(seat.folder)] == ["Faut-il"]
        await pilot.press("d", *"Un mandat", "enter", "escape")
        assert seat.meeting.find("decision", 1).text == "Un mandat"
        app.keep_texts()
        assert [draft.text for draft in load_texts(seat.folder)] == ["Faut-il"]
        await pilot.press("q", *" un mandat", "enter")
        assert seat.meeting.find("question", 1).text == "Faut-il un mandat"
        await pilot.press("escape")
        app.keep_texts()
        assert load_texts(seat.folder) == []
        await pilot.press("q")
        assert app.screen.query_one(Bar).text == ""


@pytest.mark.ci
async def test_someones_own_need_left_in_the_bar_comes_back_masked_only(app: FacilitatorApp, seat: Session) -> None:
    async with app.run_test() as pilot:
        await pilot.press("right", "x", *"Mme Durand", "escape", "q")
        assert app.screen.query_one(Bar).text == ""
        await pilot.press("escape", "x")
        assert app.screen.query_one(Bar).text == "Mme Durand"
        assert "Durand" not in text_of(app)


@pytest.mark.ci
async def test_an_answer_left_in_the_bar_comes_back_and_its_clock_goes_on(
    app: FacilitatorApp, seat: Session, clock: Clock
) -> None:
    async with app.run_test() as pilot:
        await pilot.press("right", "q", *"Qui", "enter", "escape", "r", *"Le F", "escape")
        assert "r le reprend" in line(app, "message") and "Échap arrête" in line(app, "message")
        clock.forward(seconds=20)
        await pilot.press("r", *"SE")
        assert seat.clocks().answer_left_s == 160
        await pilot.press("enter")
        assert seat.meeting.find("question", 1).answer == "Le FSE"


@pytest.mark.ci
async def test_what_was_said_of_a_half_typed_text_goes_with_it(app: FacilitatorApp, seat: Session, workspace) -> None:
    async with app.run_test() as pilot:
        await pilot.press("right", "q", *"Faut-il")
        app.keep_texts()
    seat.journal.close()
    again = type(seat).join(workspace, seat.meeting.id, terminal=True)
    second = FacilitatorApp(app.tr, session=again)
    async with second.run_test() as pilot:
        await pilot.pause()
        assert "Texte gardé" in line(second, "message")
        await pilot.press("q", *["backspace"] * len("Faut-il"), "escape")
        await pilot.pause()
        assert "Texte gardé" not in text_of(second)
    again.leave()


@pytest.mark.ci
async def test_a_draft_that_cannot_be_cleared_does_not_hide_that_the_entry_is_saved(
    app: FacilitatorApp, seat: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    def read_only(*_args: object, **_options: object) -> None:
        raise OSError(errno.EROFS, os.strerror(errno.EROFS))

    async with app.run_test() as pilot:
        await pilot.press("right", "q", *"Faut-il")
        app.keep_texts()
        monkeypatch.setattr("facilitator.store.half_typed.clear_texts", read_only)
        monkeypatch.setattr("facilitator.store.half_typed.save_texts", read_only)
        await pilot.press("enter")
        assert "✓ Q1" in line(app, "message")
        await pilot.press(*"Deux")
        app.keep_texts()
        assert "n’est pas gardé" in line(app, "message")
        assert os.strerror(errno.EROFS) not in line(app, "message")
        monkeypatch.undo()


@pytest.mark.ci
@pytest.mark.sampled(1)
@SIZES
async def test_what_was_published_is_named_whole_a_file_a_line(
    size: tuple[int, int], app: FacilitatorApp, seat: Session
) -> None:
    ask(seat, "Qui paie la licence ?")
    seat.act(core.Send(seat.meeting.find("question", 1).id, "newsletter"))
    async with app.run_test(size=size) as pilot:
        await pilot.press("c")
        await pilot.pause()
        await pilot.press("enter")
        await pilot.pause()
        rows = [row.strip() for row in text_of(app).splitlines()]
        assert f"minutes/{seat.meeting.id}.md" in rows
        assert f"newsletter/{seat.meeting.closed.month}.md" in rows


@pytest.mark.ci
async def test_escape_gives_up_the_outcome_that_was_asked_for_at_the_end(app: FacilitatorApp, seat: Session) -> None:
    ask(seat, "Qui paie ?")
    async with app.run_test(size=(60, 20)) as pilot:
        await pilot.press("c")
        await pilot.pause()
        await pilot.press("s")
        told = app.screen.query_one(".sheet-message", Lines).text()
        assert "x rien" in told and "Qui paie" in told
        await pilot.press("escape", "t")
        assert isinstance(app.screen, ClosingScreen)
        assert seat.meeting.find("question", 1).outcome == "newsletter"


@pytest.mark.ci
async def test_the_time_to_spare_in_the_replan_sheet_is_the_difference_of_its_times(
    app: FacilitatorApp, seat: Session, clock: Clock
) -> None:
    clock.at = NINE_THIRTY
    seat.act(core.Start())
    clock.forward(minutes=10, seconds=20)
    seat.act(core.Next(leaving=seat.meeting.spot))
    async with app.run_test() as pilot:
        await pilot.press("t")
        await pilot.pause()
        told = text_of(app)
        ends, promised = (
            int(hours) * 60 + int(minutes) for hours, minutes in re.findall(r"fin \w+ (\d+):(\d+)", told)[:2]
        )
        assert int(re.search(r"(\d+) min de reste", told)[1]) == promised - ends


@pytest.mark.ci
async def test_the_numbers_of_the_replan_sheet_are_the_differences_of_its_times(
    app: FacilitatorApp, seat: Session, clock: Clock
) -> None:
    seat.act(core.Start())
    clock.forward(minutes=110, seconds=20)
    async with app.run_test() as pilot:
        await pilot.press("t")
        await pilot.pause()
        told = text_of(app)
        ends, promised = (
            int(hours) * 60 + int(minutes) for hours, minutes in re.findall(r"fin \w+ (\d+):(\d+)", told)[:2]
        )
        late = int(re.search(r"(\d+) min trop tard", told)[1])
        assert late == ends - promised
        offered = re.findall(r"fin (\d+):(\d+) \((\d+) min de trop\)", told)
        assert offered
        assert [int(hours) * 60 + int(minutes) - promised for hours, minutes, _ in offered] == [
            int(over) for *_, over in offered
        ]


@pytest.mark.ci
async def test_who_waits_to_speak_is_named_to_the_facilitator_alone(app: FacilitatorApp, seat: Session) -> None:
    async with app.run_test() as pilot:
        await pilot.press("right")
        for name in ("Awa S.", "Karim B.", "Nora T."):
            seat.act(core.Attend(name))
        seat.act(core.StartRound(60))
        await pilot.press("o")
        await pilot.pause()
        assert "puis Karim B., Nora T." in text_of(app).replace("\u00a0", " ")
        await pilot.press("escape", "v", "o")
        await pilot.pause()
        assert "Nora T." not in text_of(app)


@pytest.mark.sampled(2)
@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"members: [", "facilitator.yaml:1"),
        (b"name: caf\xe9\n", "facilitator.yaml:1:10"),
        (b"choices: {amber: 0}\n", "facilitator.yaml:1:10"),
        (b"#" * 300_000, "plus gros"),
        (None, "facilitator.yaml"),
    ],
    ids=["not YAML", "not UTF-8", "not possible", "too large", "a folder"],
)
async def test_settings_that_cannot_be_read_are_told_and_home_goes_on(workspace: Workspace, data, said) -> None:
    if data is None:
        workspace.config_file.mkdir()
    else:
        workspace.config_file.write_bytes(data)
    app = FacilitatorApp(translator("fr"), workspace=workspace)
    async with app.run_test(size=(240, 24)) as pilot:
        await pilot.pause()
        assert said in " ".join(text_of(app).split())  # wherever the rows break
        await pilot.press("enter")
        await pilot.pause()
        assert "Accueil" in text_of(app)


async def test_what_home_cannot_open_is_told_and_home_goes_on(workspace: Workspace, monkeypatch) -> None:
    workspace.agendas_folder.mkdir()
    (workspace.agendas_folder / "dossier.yaml").mkdir()
    (workspace.meetings_folder / "2026-11-24-x" / "a.jsonl").mkdir(parents=True)
    workspace.minutes_folder.write_text("")
    app = FacilitatorApp(translator("fr"), workspace=workspace)
    async with app.run_test(size=(120, 24)) as pilot:
        await pilot.press("enter")
        await pilot.pause()
        assert "dossier.yaml" in text_of(app)
        monkeypatch.setattr(Session, "prepare", fail_to_read)
        await pilot.press("down", "enter")
        await pilot.pause()
        assert "le disque ne répond pas" in text_of(app)


def held_today(workspace: Workspace, agenda: Agenda, *commands: core.Command) -> Session:
    (workspace.root / "facilitator.yaml").write_text("timezone: Europe/Paris\n")  # today is where the network is
    session = Session.prepare(workspace, agenda, NETWORK, zone="Europe/Paris", language="fr", terminal=False)
    for command in commands:
        session.act(command)
    session.leave()
    return session


ONE = "title: Une\nslug: une\nsteps: [{kind: needs, duration: 20m}]\n"


@pytest.mark.ci
async def test_home_joins_the_meeting_of_an_agenda_and_asks_before_it_takes_up_one_that_was_edited(
    workspace: Workspace,
) -> None:
    workspace.agendas_folder.mkdir()
    path = workspace.agendas_folder / "une.yaml"
    path.write_text(ONE)
    session = held_today(workspace, read_agenda(ONE.encode(), name="une.yaml", tr=translator("fr")), core.Start())
    for text, presses in ((ONE, 1), (ONE.replace("20m", "25m"), 2)):
        path.write_text(text)
        app = FacilitatorApp(translator("fr"), workspace=workspace)
        async with app.run_test(size=(160, 24)) as pilot:
            await pilot.press("down")
            for press in range(presses):
                assert app.desk is None, press
                await pilot.press("enter")
                await pilot.pause()
            assert app.desk is not None and app.desk.meeting.id == session.meeting.id


async def test_home_names_a_meeting_that_was_closed_and_opens_no_second_one(workspace: Workspace) -> None:
    workspace.agendas_folder.mkdir()
    (workspace.agendas_folder / "une.yaml").write_text(ONE)
    agenda = read_agenda(ONE.encode(), name="une.yaml", tr=translator("fr"))
    session = held_today(workspace, agenda, core.Start(), core.Close(month="2026-12", seen={}))
    workspace.mark_closed(session.meeting.id)
    app = FacilitatorApp(translator("fr"), workspace=workspace)
    async with app.run_test(size=(160, 24)) as pilot:
        for _ in range(2):
            await pilot.press("enter")
            await pilot.pause()
            assert app.desk is None and session.meeting.id in text_of(app) and "--again" in text_of(app)


def fail_to_read(*_: object, **__: object) -> None:
    raise OSError(errno.EIO, os.strerror(errno.EIO))


async def test_what_cannot_be_kept_when_leaving_is_said_on_the_ordinary_screen(
    app: FacilitatorApp, seat: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    def read_only(*_args: object, **_options: object) -> None:
        raise OSError(errno.EROFS, os.strerror(errno.EROFS))

    async with app.run_test() as pilot:
        await pilot.press("right", "q")
        monkeypatch.setattr("facilitator.store.half_typed.save_texts", read_only)
        await pilot.press(*"Faut-il", "ctrl+q")
        assert "n’est pas gardé" in app.farewell()
        assert "facilitator run" in app.farewell()
        monkeypatch.undo()
