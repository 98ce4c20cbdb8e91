"""A meeting led by keys."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from msgspec.structs import replace
from tui.conftest import Clock, text_of

from facilitator.core.acts import Attend, Capture, Start
from facilitator.core.said import Fields
from facilitator.i18n import translator
from facilitator.meetings.session import Session
from facilitator.store.half_typed import load_texts
from facilitator.store.journal import NotSaved
from facilitator.tui import registry
from facilitator.tui.app import FacilitatorApp
from facilitator.tui.screens.home import HomeScreen
from facilitator.tui.screens.meeting import MeetingScreen
from facilitator.tui.widgets.bar import Bar
from facilitator.tui.widgets.lines import Lines

pytestmark = pytest.mark.asyncio


async def test_the_right_arrow_begins_and_two_within_two_seconds_are_one(
    app: FacilitatorApp, seat: Session, clock: Clock
) -> None:
    async with app.run_test() as pilot:
        await pilot.press("right", "right")
        assert seat.meeting.state == "running"
        assert seat.meeting.number_of(seat.meeting.spot.step) == 1
        clock.forward(seconds=3)
        await pilot.press("pagedown")
        assert seat.meeting.number_of(seat.meeting.spot.step) == 2


async def test_a_question_is_written_down_with_who_and_theme_and_the_bar_stays_open(
    app: FacilitatorApp, seat: Session
) -> None:
    async with app.run_test() as pilot:
        await pilot.press("right", "q", *"Faut-il un mandat ? @nora #droits", "enter")
        question = seat.meeting.find("question", 1)
        assert (question.text, question.by, question.theme) == ("Faut-il un mandat ?", "Nora T.", "droits")
        assert app.screen.query_one(Bar).is_open
        assert "Q1" in app.screen.query_one("#message", Lines).text()
        await pilot.press("enter")
        assert not app.screen.query_one(Bar).is_open


@pytest.mark.ci
async def test_a_sign_typed_first_switches_the_kind_and_backspace_makes_it_literal(
    app: FacilitatorApp, seat: Session
) -> None:
    async with app.run_test() as pilot:
        await pilot.press("q", "exclamation_mark", *"Un mandat type", "enter")
        assert seat.meeting.find("decision", 1).text == "Un mandat type"
        await pilot.press("escape", "n", "greater_than_sign", "backspace", *" 3 postes", "enter")
        assert [entry.text for entry in seat.meeting.of_kind("note")] == ["> 3 postes"]


@pytest.mark.ci
async def test_on_an_empty_bar_space_pauses_and_in_a_text_it_is_a_space(app: FacilitatorApp, seat: Session) -> None:
    async with app.run_test() as pilot:
        await pilot.press("right", "q", "space")
        assert seat.meeting.state == "paused"
        await pilot.press("minus")
        assert "u la rend" in text_of(app)
        await pilot.press("space", "plus", "plus")
        assert seat.meeting.state == "running"
        assert seat.meeting.current.adjusted_s == 1260
        await pilot.press("n", *"a b", "enter")  # n is a key: the line closed
        assert [one.text for one in seat.meeting.of_kind("note")] == ["a b"]


@pytest.mark.ci
async def test_tab_completes_a_name_and_goes_through_who_theme_and_due(app: FacilitatorApp, seat: Session) -> None:
    async with app.run_test() as pilot:
        await pilot.press("a", *"Appeler", "tab", *"elo", "tab", "tab", *"droits", "tab", *"10/12", "enter")
        action = seat.meeting.find("action", 1)
        assert action.text == "Appeler"
        assert action.owners == ("Élodie P.",)
        assert action.theme == "droits"
        assert action.due.isoformat() == "2026-12-10"


@pytest.mark.ci
async def test_tab_offers_who_when_the_only_mentions_are_part_of_the_sentence(
    app: FacilitatorApp, seat: Session
) -> None:
    async with app.run_test() as pilot:
        await pilot.press(
            "right",
            "a",
            *"Voir avec @nora #3 si a@b.fr",
            "tab",
            *"kar",
            "tab",
            "tab",
            *"droits",
            "tab",
            *"10/12",
            "enter",
        )
        action = seat.meeting.find("action", 1)
        assert (action.text, action.owners) == ("Voir avec @nora #3 si a@b.fr", ("Karim B.",))
        assert (action.theme, action.due.isoformat()) == ("droits", "2026-12-10")


@pytest.mark.ci
async def test_a_question_may_be_asked_by_two(app: FacilitatorApp, seat: Session) -> None:
    async with app.run_test() as pilot:
        await pilot.press("right", "q", *"Qui paie ? @nora et @kar", "tab", "enter")
        question = seat.meeting.find("question", 1)
        assert (question.text, question.by) == ("Qui paie ?", "Nora T., Karim B.")


async def test_an_individual_need_never_shows_its_text(app: FacilitatorApp, seat: Session) -> None:
    async with app.run_test() as pilot:
        await pilot.press("right", "x", *"Mme Durand ne lit pas")
        assert "Durand" not in text_of(app)
        assert "21 car." in text_of(app)
        await pilot.press("enter")
        assert seat.meeting.find("individual", 1).text == "Mme Durand ne lit pas"
        for keys in (("escape",), ("up",), ("v",), ("v",), ("f", *"Durand"), ("enter",), ("e",)):
            await pilot.press(*keys)
            await pilot.pause()
            assert "Durand ne" not in text_of(app), keys


async def test_what_could_not_be_saved_stays_in_the_bar_and_is_said(
    app: FacilitatorApp, seat: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with app.run_test() as pilot:
        await pilot.press("right")

        def full(*_args: object, **_options: object) -> None:
            raise NotSaved("no space left on device", seat.folder)

        monkeypatch.setattr(seat, "act", full)
        await pilot.press("q", *"Perdue", "enter")
        assert app.screen.query_one(Bar).input.value == "Perdue"
        assert "NON ENREGISTRÉ" in text_of(app)
        monkeypatch.delattr(seat, "act")
        await pilot.press("enter")
        assert seat.meeting.find("question", 1).text == "Perdue"
        assert "NON ENREGISTRÉ" not in text_of(app)


@pytest.mark.ci
async def test_a_paste_of_several_lines_keeps_them_all_and_opens_the_bar(app: FacilitatorApp, seat: Session) -> None:
    from textual.events import Paste

    async with app.run_test() as pilot:
        await pilot.press("right")
        app.screen.post_message(Paste("première ligne\r\ndeuxième\ntroisième\n"))
        await pilot.pause()
        await pilot.press("enter")
        assert seat.meeting.find("question", 1).text == "première ligne\ndeuxième\ntroisième"


async def test_what_others_do_shows_and_is_told(
    app: FacilitatorApp, seat: Session, other: Callable[[], Session]
) -> None:
    async with app.run_test() as pilot:
        await pilot.press("right")
        other().act(Capture("action", Fields(text="Apporter les clés")))
        await pilot.pause(0.6)
        shown = text_of(app)
        assert "Apporter les clés" in shown
        assert "karim" in shown


async def test_undo_takes_back_a_next_with_its_time_and_says_so(
    app: FacilitatorApp, seat: Session, clock: Clock
) -> None:
    async with app.run_test() as pilot:
        await pilot.press("right")
        clock.forward(minutes=5)
        await pilot.press("right")
        clock.forward(minutes=1)
        await pilot.press("u")
        assert seat.meeting.number_of(seat.meeting.spot.step) == 1
        assert seat.clocks().elapsed_s == 360
        assert "Annulé" in text_of(app)
        await pilot.press("ctrl+y")
        assert seat.meeting.number_of(seat.meeting.spot.step) == 2


async def test_control_c_does_not_quit_and_says_what_does(app: FacilitatorApp) -> None:
    async with app.run_test() as pilot:
        await pilot.press("ctrl+c")
        await pilot.pause()
        assert app.is_running
        assert "Ctrl+Q" in text_of(app)


@pytest.mark.sampled(1)
@pytest.mark.parametrize("keys", [("q",), ("p", "enter"), ("m",)])
async def test_control_c_says_so_on_every_screen(app: FacilitatorApp, keys: tuple[str, ...]) -> None:
    async with app.run_test() as pilot:
        await pilot.press(*keys)
        await pilot.pause()
        await pilot.press("ctrl+c")
        await pilot.pause()
        assert "Ctrl+Q" in app.desk.line.text


async def test_attendance_is_a_few_letters_and_enter(app: FacilitatorApp, seat: Session) -> None:
    async with app.run_test() as pilot:
        await pilot.press("p", *"aw", "enter", *"Zoé", "enter")
        assert "Zoé" not in seat.meeting.attendance and "Entrée encore" in text_of(app)
        await pilot.press("enter", *"late elo", "enter")
        assert "n’a pas commencé" in text_of(app)
        await pilot.press(*"Zoé", "enter")  # takes the place of what was refused
        assert seat.meeting.attendance["Awa S."].status == "present"
        assert seat.meeting.attendance["Zoé"].visitor
        await pilot.press("escape", "p", "enter", "space", *["down"] * 9, "delete")
        assert list(seat.meeting.attendance) == []
        await pilot.press("u")
        assert list(seat.meeting.attendance) == ["Zoé"]


@pytest.mark.ci
async def test_half_a_name_that_several_have_makes_no_visitor(app: FacilitatorApp, seat: Session) -> None:
    for name in ("Anne Martin", "Zoé Martin"):
        seat.act(Attend(name))
    seat.act(Start())
    before = set(seat.meeting.attendance)
    async with app.run_test() as pilot:
        await pilot.press("a", *"Agir @mar", "enter")
        assert not seat.meeting.of_kind("action") and "Plusieurs" in text_of(app)
        await pilot.press("escape", "p", *"mar", "enter")
        assert "Plusieurs" in text_of(app)
        assert app.screen.query_one(Bar).text == "mar"
        await pilot.press("escape", "p", "enter")
        await pilot.pause()
        await pilot.press("p", *"mar", "enter")
        await pilot.pause()
        assert "Plusieurs" in text_of(app)
        await pilot.press("escape", "escape")
        await pilot.pause()
        app.screen.action_run("handover")
        await pilot.press(*"mar", "enter")
        assert isinstance(app.screen, MeetingScreen)
        assert set(seat.meeting.attendance) == before


@pytest.mark.ci
async def test_after_someone_came_in_the_empty_line_pauses_and_goes_on(
    app: FacilitatorApp, seat: Session, clock: Clock
) -> None:
    async with app.run_test() as pilot:
        await pilot.press("right", "p", *"aw", "enter", "space")
        assert seat.meeting.state == "paused"
        clock.forward(seconds=3)
        await pilot.press("right")
        assert seat.meeting.number_of(seat.meeting.spot.step) == 2
        await pilot.press(*"nora", "space", "t", "enter")
        assert set(seat.meeting.attendance) == {"Awa S.", "Nora T."}


@pytest.mark.ci
async def test_a_sign_of_tab_that_nothing_follows_is_no_text(app: FacilitatorApp, seat: Session) -> None:
    async with app.run_test() as pilot:
        await pilot.press("right", "q", *"Faut-il", "tab", "enter")
        await pilot.press(*"Qui", "tab", "tab", "enter", *"Où", "tab", "tab", "tab", "enter", "tab", "enter")
        await pilot.press("q", *"Quand @", "enter")
        assert [entry.text for entry in seat.meeting.of_kind("question")] == ["Faut-il", "Qui", "Où", "Quand @"]


@pytest.mark.ci
async def test_a_choice_and_the_line_are_never_asked_for_at_once(app: FacilitatorApp, seat: Session) -> None:
    seat.act(Start())
    seat.act(Capture("question", Fields(text="Qui")))
    async with app.run_test() as pilot:
        await pilot.press("s")
        app.screen.action_run("decision")
        assert "lettre" not in app.screen.query_one("#message", Lines).text()
        await pilot.press("escape", "q", *"Quand")
        app.screen.action_run("send")
        await pilot.pause()
        assert not app.screen.query_one(Bar).is_open
        await pilot.press("escape", "d", *"lire", "enter", "escape")
        assert seat.meeting.find("question", 1).outcome is None
        assert seat.meeting.find("decision", 1).text == "lire"


@pytest.mark.ci
async def test_the_answer_clock_is_stopped_from_the_palette(app: FacilitatorApp, seat: Session) -> None:
    seat.act(Start())
    seat.act(Capture("question", Fields(text="Qui")))
    async with app.run_test() as pilot:
        await pilot.press("up", "r", "escape", "ctrl+p", *"arrêter la")
        await pilot.pause(0.3)
        await pilot.press("enter")
        await pilot.pause(0.3)
        assert seat.meeting.answering is None
        assert seat.meeting.find("question", 1).outcome is None
        assert "arrêté" in app.screen.query_one("#message", Lines).text()


@pytest.mark.ci
async def test_a_search_without_a_match_says_so(app: FacilitatorApp, seat: Session) -> None:
    seat.act(Start())
    seat.act(Capture("question", Fields(text="Qui")))
    async with app.run_test() as pilot:
        await pilot.press("f", *"zz")
        await pilot.pause()
        assert "Rien trouvé" in app.screen.query_one("#list", Lines).text()
        await pilot.press("enter")
        assert "Rien trouvé" in app.screen.query_one("#message", Lines).text()
        assert app.screen.query_one(Bar).is_open


@pytest.mark.ci
@pytest.mark.sampled(1)
@pytest.mark.parametrize("size", [(20, 5), (40, 8), (80, 11)])
@pytest.mark.parametrize("room", [False, True])
async def test_what_was_not_saved_is_said_in_the_smallest_window(
    app: FacilitatorApp, seat: Session, monkeypatch: pytest.MonkeyPatch, size: tuple[int, int], *, room: bool
) -> None:
    def full(*_args: object, **_options: object) -> None:
        raise NotSaved("no space left on device", seat.folder)

    async with app.run_test(size=size) as pilot:
        await pilot.press("right", *(["v"] if room else []))
        await pilot.pause()
        monkeypatch.setattr(seat, "act", full)
        await pilot.press("q", *"Perdue", "enter")
        await pilot.pause()
        assert "NON ENREGISTRÉ" in text_of(app)
        await pilot.press("escape", "c")
        await pilot.pause()
        assert "NON ENREGISTRÉ" in text_of(app)


async def test_a_question_is_answered_in_the_bar_while_its_clock_runs(
    app: FacilitatorApp, seat: Session, clock: Clock
) -> None:
    async with app.run_test() as pilot:
        await pilot.press("right", "q", *"Qui paie", "enter", "escape", "r")
        assert seat.meeting.answering is not None
        clock.forward(seconds=30)
        await pilot.press(*"Le FSE", "enter")
        question = seat.meeting.find("question", 1)
        assert (question.outcome, question.answer) == ("answered", "Le FSE")
        assert seat.meeting.answering is None


async def test_an_outcome_is_two_keys(app: FacilitatorApp, seat: Session) -> None:
    async with app.run_test() as pilot:
        await pilot.press("right", "q", *"Qui paie", "enter", "escape", "s", "l")
        assert seat.meeting.find("question", 1).outcome == "newsletter"


@pytest.mark.ci
async def test_the_half_typed_text_is_kept_and_comes_back(app: FacilitatorApp, seat: Session, workspace) -> None:
    async with app.run_test() as pilot:
        await pilot.press("right", "q", *"Faut-il")
        app.keep_texts()
        assert [draft.text for draft in load_texts(seat.folder)] == ["Faut-il"]
    seat.journal.close()
    again = type(seat).join(workspace, seat.meeting.id, terminal=True)
    second = FacilitatorApp(app.tr, session=again)
    async with second.run_test() as pilot:
        await pilot.pause()
        bar = second.screen.query_one(Bar)
        assert not bar.is_open  # a key pressed now is no text
        assert "q le reprend" in text_of(second)
        await pilot.press("q")
        assert (bar.is_open, bar.text) == (True, "Faut-il")
        await pilot.press("enter")
        assert again.meeting.find("question", 1).text == "Faut-il"
        assert load_texts(again.folder) == []
    again.leave()


@pytest.mark.ci
async def test_losing_the_focus_of_the_terminal_neither_saves_nor_closes(app: FacilitatorApp, seat: Session) -> None:
    from textual.events import AppBlur, AppFocus

    async with app.run_test() as pilot:
        await pilot.press("q", *"Faut")
        app.post_message(AppBlur())
        await pilot.pause()
        app.post_message(AppFocus())
        await pilot.pause()
        await pilot.press(*"-il", "enter")
        assert seat.meeting.find("question", 1).text == "Faut-il"


@pytest.mark.ci
@pytest.mark.sampled(1)
@pytest.mark.parametrize("size", [(80, 24), (60, 20), (120, 40), (20, 5), (200, 50), (40, 12)])
async def test_every_size_shows_the_time_left(app: FacilitatorApp, size: tuple[int, int]) -> None:
    async with app.run_test(size=size) as pilot:
        await pilot.press("right")
        await pilot.pause()
        shown = text_of(app)
        assert "20:00" in shown or "█" in shown
        await pilot.press("q", *"Test", "enter", "escape", "v", "v")
        await pilot.resize_terminal(100, 30)
        await pilot.pause(0.2)
        assert "20:00" in text_of(app), text_of(app)


async def test_over_and_paused_are_said_in_words(app: FacilitatorApp, clock: Clock) -> None:
    async with app.run_test() as pilot:
        await pilot.press("right")
        clock.forward(minutes=23, seconds=12)
        app.screen.paint()
        await pilot.pause()
        assert "dépassé 3:12 sur 20 min" in text_of(app)
        await pilot.press("space")
        await pilot.pause()
        assert "pause 0:00" in text_of(app)


@pytest.mark.ci
async def test_the_room_view_shows_no_overrun(app: FacilitatorApp, clock: Clock) -> None:
    async with app.run_test() as pilot:
        await pilot.press("right")
        clock.forward(minutes=23, seconds=12)
        await pilot.press("v")
        await pilot.pause()
        assert "On conclut" in text_of(app)
        assert "3:12" not in text_of(app)


@pytest.mark.ci
async def test_the_room_is_not_told_that_the_meeting_is_late(app: FacilitatorApp, clock: Clock) -> None:
    async with app.run_test() as pilot:
        await pilot.press("right")
        clock.forward(minutes=75)
        await pilot.press("plus")
        clock.forward(seconds=30)
        app.screen._look()
        app.screen.paint()
        await pilot.pause()
        assert "recaler" in text_of(app)
        await pilot.press("v")
        await pilot.pause()
        assert "recaler" not in text_of(app)
        assert "retard" not in text_of(app)
        assert "annoncée 12:00" in text_of(app)


@pytest.mark.ci
async def test_the_selected_entry_shows_its_whole_text(app: FacilitatorApp) -> None:
    text = "Comment faire quand la personne ne peut pas venir et que personne ne peut aller chez elle le mardi"
    async with app.run_test() as pilot:
        await pilot.press("right", "q", *text, "enter", *"Autre", "enter", "escape")
        await pilot.press("up")
        rows = app.screen.query_one("#list", Lines).text().splitlines()
        shown = " ".join(word for row in rows for word in row.strip("│").split() if word not in ("?", "▌"))
        assert text in shown


async def test_what_is_typed_right_after_the_key_goes_into_the_bar(app: FacilitatorApp, seat: Session) -> None:
    from textual.events import Key

    async with app.run_test() as pilot:
        await pilot.press("right")
        for character in "qadx":
            app.post_message(Key(character, character))
        await pilot.pause(0.3)
        bar = app.screen.query_one(Bar)
        assert (bar.kind, bar.text) == ("question", "adx")


@pytest.mark.ci
async def test_an_error_of_the_program_is_told_and_the_meeting_goes_on(
    app: FacilitatorApp, seat: Session, monkeypatch: pytest.MonkeyPatch, errors: list[BaseException]
) -> None:
    async with app.run_test() as pilot:
        await pilot.press("right")

        def broken(_screen: MeetingScreen) -> None:
            raise ZeroDivisionError

        monkeypatch.setitem(registry.BY_ID, "support", replace(registry.BY_ID["support"], do=broken))
        await pilot.press("q", *"Qui paie", "enter", "escape", "j")
        assert "ZeroDivisionError" in text_of(app)
        assert "ZeroDivisionError" in (seat.folder / "errors.log").read_text(encoding="utf-8")
        await pilot.press("d", *"Oui", "enter")
        assert seat.meeting.find("decision", 1) is not None
        assert "ZeroDivisionError" not in text_of(app)
    errors.clear()


@pytest.mark.ci
async def test_a_draft_kept_before_the_meeting_existed_goes_when_its_text_is_saved(
    app: FacilitatorApp, seat: Session
) -> None:
    async with app.run_test() as pilot:
        await pilot.press("q", *"Faut-il")
        app.keep_texts()
        before = seat.texts_folder
        assert [draft.text for draft in load_texts(before)] == ["Faut-il"]
        await pilot.press("enter")
        assert seat.meeting.find("question", 1).text == "Faut-il"
        assert load_texts(before) == []


@pytest.mark.sampled(1)
@pytest.mark.parametrize("line", range(3), ids=["a live meeting", "an agenda", "the standard meeting"])
async def test_enter_on_a_line_of_home_opens_its_meeting(seat: Session, line: int) -> None:
    seat.act(Start())
    agendas = seat.workspace.agendas_folder
    agendas.mkdir()
    (agendas / "prochaine.yaml").write_text("title: Prochaine\nsteps: [{kind: needs, duration: 20m}]\n")
    app = FacilitatorApp(translator("fr"), workspace=seat.workspace)
    async with app.run_test() as pilot:
        await pilot.press(*["down"] * line, "enter")
        if line:
            await pilot.pause()
            assert "est en cours ici" in text_of(app) and isinstance(app.screen, HomeScreen)
            await pilot.press("enter")
        await pilot.pause()
        await pilot.press("q", *"Qui vient", "enter")
        await pilot.pause()
        assert isinstance(app.screen, MeetingScreen)
        assert "Qui vient" in text_of(app)


@pytest.mark.ci
async def test_after_an_answer_the_next_open_question_is_chosen_below_first_then_above(
    app: FacilitatorApp, seat: Session
) -> None:
    seat.act(Start())
    for kind, text in (("question", "Un"), ("question", "Deux"), ("note", "Dit"), ("question", "Trois")):
        seat.act(Capture(kind, Fields(text=text)))
    async with app.run_test() as pilot:
        await pilot.press("2", "r", *"Oui", "enter")
        assert app.screen.selected.label == "Q3"
        await pilot.press("s", "l")
        assert app.screen.selected.label == "Q1"  # none is open below
        await pilot.press("s", "l")
        assert app.screen.selected.label == "Q1"  # none is open: what was just done can be mended
        assert [one.outcome for one in seat.meeting.of_kind("question")] == ["newsletter", "answered", "newsletter"]
