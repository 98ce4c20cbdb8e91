"""Nothing jumps: where things are on the meeting screen follows from the window and the agenda; the open questions come first."""

from __future__ import annotations

import datetime
import itertools

import pytest
from msgspec.structs import replace
from textual.geometry import Region
from tui.conftest import AGENDA, Clock, text_of

from facilitator import wording
from facilitator.core import acts as core
from facilitator.core.agenda import Step
from facilitator.core.entry import Entry
from facilitator.core.said import Fields, Origin, Vote
from facilitator.documents.typography import unfold
from facilitator.i18n import translator
from facilitator.meetings.session import Session
from facilitator.tui import agenda_rows, clock_rows, figures, listing, registry, view
from facilitator.tui.app import FacilitatorApp
from facilitator.tui.arrangement import WIDEST, arrange
from facilitator.tui.cells import cell_len
from facilitator.tui.entry_rows import EntryRows
from facilitator.tui.listing import Section
from facilitator.tui.widgets.bar import Bar
from facilitator.tui.widgets.lines import Lines

SIZES = ((60, 18), (80, 24), (120, 36), (200, 50))
FR = translator("fr")
EIGHTY = "Faut-il un mandat écrit pour faire une démarche à la place de quelqu’un d’autre "


def asked(seat: Session, *texts: str) -> list[str]:
    """Their ids."""
    for text in texts:
        seat.act(core.Capture("question", Fields(text=text)))
    return [entry.id for entry in seat.meeting.of_kind("question")]


def in_needs(seat: Session, clock: Clock) -> None:
    """In the step of needs and questions."""
    clock.forward(minutes=10)
    seat.act(core.Start())
    for _ in range(2):
        clock.forward(minutes=20)
        seat.act(core.Next())


@pytest.mark.parametrize("seconds", [0, 599, 600, 3599, 3600, 36_000, -1, -599, -3600, -35_999, -36_000, -999_999])
def test_any_figures_fit_into_the_place_of_the_clock(seconds: int) -> None:
    for scale in (1, 2):
        assert figures.width(clock_rows.figures_text(seconds), scale) <= figures.width(WIDEST, scale)


@pytest.mark.sampled(10)
@pytest.mark.parametrize(
    ("width", "height"), list(itertools.product((1, 20, 40, 60, 80, 110, 120, 160, 200), (1, 5, 11, 18, 24, 36, 50)))
)
def test_the_places_fit_the_window(width: int, height: int) -> None:
    places = arrange(width, height, ["Accueil"] * 7, phases=False)
    assert places.column + places.side + places.figures_width <= max(width, places.column)
    assert places.clock_rows <= max(1, height)
    assert places.scale <= 2


@pytest.mark.parametrize(
    ("titles", "phases", "agenda"),
    [
        (["Accueil", "Actualités", "Besoins et questions", "Pause", "Atelier", "Projet", "Clôture"], False, "strip"),
        (["Accueil", "Atelier"], True, "column"),
        (["Pause"] * 12, False, "column"),
        (["Besoins et questions du jour"] * 9, False, "column"),
    ],
)
def test_the_agenda_is_a_row_where_its_titles_fit_and_else_a_column(
    titles: list[str], agenda: str, *, phases: bool
) -> None:
    assert arrange(120, 36, titles, phases=phases).agenda == agenda


def test_titles_shorten_evenly_and_the_running_one_last() -> None:
    titles = ["Besoins et questions", "Atelier numérique", "Pause"]
    shortened = agenda_rows.evenly(titles, 36, 0)
    assert shortened == ["Besoins et questions", "Atelier nu…", "Pause"]
    assert agenda_rows.evenly(titles, 30, 0)[2] == "Pause"
    assert agenda_rows.evenly(titles, 12, 0) is None


async def places_of(app: FacilitatorApp) -> dict[str, Region]:
    names = (
        "header",
        "strip",
        "progress",
        "step-clock",
        "clock",
        "big",
        "beside",
        "list",
        "side",
        "counts",
        "message",
        "footer",
    )
    return {name: app.screen.query_one(f"#{name}").region for name in names}


async def led(
    app: FacilitatorApp, seat: Session, clock: Clock, size: tuple[int, int], *minutes: float, quick: bool = False
) -> None:
    """A meeting over hours, overruns, a round, answers, a pause: no panel moves."""
    in_needs(seat, clock)
    one, *_ = asked(seat, "Une ?", "Deux ?")
    async with app.run_test(size=size) as pilot:
        await pilot.pause()
        before = await places_of(app)
        for act in (
            None,
            core.StartAnswer(one),
            core.Answer(one, "Oui"),
            core.Attend("Awa S."),
            core.StartRound(120),
            core.EndRound(),
            core.Pause(),
            core.Resume(),
            core.Adjust(7200),
            core.Adjust(-7200),
            core.Capture("decision", Fields(text="Un mandat type pour tous les conseillers")),
            core.Next(),
        ):
            if act is not None:
                seat.act(act)
            if quick and isinstance(act, (core.Answer, core.Attend, core.EndRound, core.Resume, core.Capture)):
                continue
            for passed in minutes:
                clock.forward(minutes=passed)
                app.screen.paint()
                await pilot.pause()
                assert await places_of(app) == before, (act, passed)


@pytest.mark.asyncio
async def test_nothing_jumps_in_a_whole_meeting(app: FacilitatorApp, seat: Session, clock: Clock) -> None:
    await led(app, seat, clock, (80, 24), 40, quick=True)


@pytest.mark.ci
@pytest.mark.asyncio
@pytest.mark.parametrize("size", SIZES)
async def test_nothing_jumps_in_a_window_of_any_size(
    app: FacilitatorApp, seat: Session, clock: Clock, size: tuple[int, int]
) -> None:
    await led(app, seat, clock, size, 0.5, 14.5, 0.5, 65)


def test_open_questions_come_first_by_how_many_have_them_then_as_they_were_asked(seat: Session, clock: Clock) -> None:
    in_needs(seat, clock)
    first, second, third, fourth = asked(seat, "Une ?", "Deux ?", "Trois ?", "Quatre ?")
    for _ in range(2):
        seat.act(core.Support(third))
    seat.act(core.Send(first, "newsletter"))
    found = listing.sections(FR, seat.meeting, "step", panels=False)
    assert [entry.id for entry in found[0].entries] == [third, second, fourth]
    assert (found[0].heading, found[1].heading) == ("À répondre · 3", "ont leur suite · 1")
    seat.act(core.StartAnswer(third))
    found = listing.sections(FR, seat.meeting, "step", panels=False)
    assert [entry.id for entry in found[0].entries] == [second, fourth]
    assert listing.next_open(seat.meeting).id == second


def test_an_answer_is_for_the_chosen_question_else_for_the_one_that_has_the_floor(seat: Session, clock: Clock) -> None:
    in_needs(seat, clock)
    first, second = asked(seat, "Une ?", "Deux ?")
    seat.act(core.Capture("note", Fields(text="Tiens")))
    entries = seat.meeting.entries
    note = next(entry for entry in entries.values() if entry.kind == "note")
    assert listing.meant(seat.meeting, entries[second]).id == second
    assert listing.meant(seat.meeting, None).id == first
    assert listing.meant(seat.meeting, note) is None
    seat.act(core.StartAnswer(second))
    assert [listing.meant(seat.meeting, one).id for one in (entries[first], note, None)] == [first, second, second]


def test_after_an_outcome_comes_the_open_question_that_stands_after_it(seat: Session, clock: Clock) -> None:
    in_needs(seat, clock)
    one, two, three = asked(seat, "Une ?", "Deux ?", "Trois ?")
    seat.act(core.Send(two, "newsletter"))
    assert listing.open_after(seat.meeting, two).id == three
    seat.act(core.Send(three, "newsletter"))
    assert listing.open_after(seat.meeting, three).id == one
    assert seat.act(core.Undo()).entry.id == three  # what undo gave back, to be chosen


def keys_of(seat: Session, selected: Entry | None = None, *, last: bool = False) -> list[str]:
    question = listing.meant(seat.meeting, selected)
    return [one.id for one in registry.footer(seat.meeting, selected, question, chosen=bool(selected), last=last)]


def test_the_footer_names_an_answer_only_where_it_works_and_what_goes_on_until_a_key_ends_it(
    seat: Session, clock: Clock
) -> None:
    in_needs(seat, clock)
    asked(seat, "Une ?")
    seat.act(core.Capture("note", Fields(text="Tiens")))
    question, note = list(seat.meeting.entries.values())[-2:]
    assert keys_of(seat)[0] == keys_of(seat, question)[0] == "answer"
    assert "answer" not in keys_of(seat, note)
    assert "next" not in keys_of(seat, note, last=True) and "adjourn" in keys_of(seat, note, last=True)[:8]
    seat.act(core.StartAnswer(question.id))
    assert keys_of(seat, note)[0] == "stop-answer"
    seat.act(core.Attend("Awa S."))
    seat.act(core.StartRound(60))
    seat.act(core.Pause())
    assert keys_of(seat, note)[:2] == ["pause", "round"]


def test_elsewhere_all_is_listed_by_time(seat: Session) -> None:
    seat.act(core.Start())
    asked(seat, "Une ?")
    seat.act(core.Capture("decision", Fields(text="Oui")))
    asked(seat, "Deux ?")
    listed = listing.sections(FR, seat.meeting, "step", panels=False)
    assert [entry.text for entry in listed[0].entries][-3:] == ["Une ?", "Oui", "Deux ?"]


def test_by_kind_and_by_theme_every_entry_is_listed_once(seat: Session) -> None:
    seat.act(core.Start())
    for kind in ("question", "decision", "action", "need", "individual", "note", "question"):
        seat.act(core.Capture(kind, Fields(text="Une", theme="droits" if kind == "need" else None)))
    everything = sorted(seat.meeting.entries)
    for order, panels in itertools.product(listing.ORDERS, (True, False)):
        found = listing.sections(FR, seat.meeting, order, panels=panels)
        assert sorted(entry.id for section in found for entry in section.entries) == everything


def test_what_is_private_is_counted_in_no_heading(seat: Session, clock: Clock) -> None:
    in_needs(seat, clock)
    one, _ = asked(seat, "Une ?", "Deux ?")
    seat.act(core.Send(one, "individual"))
    seat.act(core.Capture("individual", Fields(text="Mme Durand")))
    headings = [
        section.heading
        for order in listing.ORDERS
        for panels in (True, False)
        for section in listing.sections(FR, seat.meeting, order, panels=panels)
        if any(entry.private for entry in section.entries) and all(entry.private for entry in section.entries)
    ]
    assert headings and not [heading for heading in headings if any(letter.isdigit() for letter in heading)]
    assert "1" not in "".join(text for text, _ in view.counts(FR, seat.meeting, 80))


def test_how_it_was_voted_and_until_when_news_hold_stand_beside_the_text(seat: Session) -> None:
    seat.act(core.Start())
    seat.act(core.Capture("decision", Fields(text="Une charte", vote=Vote(5, 1))))
    seat.act(core.Capture("news", Fields(text="AMI", deadline=AGENDA.steps[1].items[0].deadline)))
    for width, vote, day in ((60, "5 pour, 1 contre", "jusqu’au 15 déc."), (40, "", "15 déc.")):
        rows = EntryRows(FR, width).window([Section("", tuple(seat.meeting.entries.values())[-2:])], None, 9)
        said = unfold("".join(text for row in rows for text, _ in row))
        assert vote in said and day in said and "…" not in said


def test_how_many_are_there_stays_in_the_line_of_counts(seat: Session) -> None:
    for command in (core.Start(), core.Attend("Awa S."), core.Attend("Nora T.")):
        seat.act(command)
    for kind in ("decision", "action", "need", "aside"):
        seat.act(core.Capture(kind, Fields(text="Une")))
    for width in (24, 36, 50, 100):
        said = "".join(text for text, _ in view.counts(FR, seat.meeting, width))
        assert "personnes" in said and cell_len(said) <= width
        assert ("dont 1 à prendre" in said) is (width == 100)


@pytest.mark.ci
@pytest.mark.asyncio
@pytest.mark.sampled(1)
@pytest.mark.parametrize("number", [1, 7, 10, 12])
async def test_the_answer_to_any_of_twelve_questions_is_three_keys_away(
    app: FacilitatorApp, seat: Session, clock: Clock, number: int
) -> None:
    in_needs(seat, clock)
    asked(seat, *(f"Question {place}" for place in range(1, 13)))
    async with app.run_test() as pilot:
        keys = (*str(number), "r")
        assert len(keys) <= 3
        await pilot.press(*keys, *"Oui", "enter")
        assert seat.meeting.find("question", number).answer == "Oui"


@pytest.mark.asyncio
async def test_a_number_is_chosen_without_shift_on_a_french_keyboard_and_an_unknown_one_is_said(
    app: FacilitatorApp, seat: Session, clock: Clock
) -> None:
    in_needs(seat, clock)
    asked(seat, "Une ?", "Deux ?")
    async with app.run_test() as pilot:
        await pilot.press("é")
        assert app.screen.selected.number == 2
        clock.forward(seconds=5)
        await pilot.press("9")
        assert "Q9" in app.screen.query_one("#message", Lines).text()
        assert app.screen.selected.number == 2


@pytest.mark.ci
@pytest.mark.asyncio
async def test_without_a_choice_the_next_open_question_is_answered_and_then_the_one_after_it(
    app: FacilitatorApp, seat: Session, clock: Clock
) -> None:
    in_needs(seat, clock)
    _, second, _ = asked(seat, "Une ?", "Deux ?", "Trois ?")
    seat.act(core.Support(second))
    async with app.run_test() as pilot:
        await pilot.press("r", *"deux", "enter", "r", *"un", "enter", "s", "l")
        one, two, three = seat.meeting.of_kind("question")
        assert (one.answer, two.answer, three.outcome) == ("un", "deux", "newsletter")


@pytest.mark.ci
@pytest.mark.asyncio
async def test_what_has_the_floor_is_beside_the_clock_with_its_number_and_not_in_the_list(
    app: FacilitatorApp, seat: Session, clock: Clock
) -> None:
    in_needs(seat, clock)
    asked(seat, "Faut-il un mandat ?", "Deux ?")
    async with app.run_test() as pilot:
        await pilot.press("1", "r")
        beside, listed = (app.screen.query_one(f"#{name}", Lines).text() for name in ("beside", "list"))
        assert "On répond à la Q1" in beside and "Faut-il un mandat ?" in beside
        assert "Q1" not in listed and "Q2" in listed
        assert app.screen.clock._big.text == "3:00"
        assert "Faut-il un mandat ?" in app.screen.query_one("#understood", Lines).text()
        await pilot.press("escape", "q", *"Tiens", "enter", "escape")
        assert "Échap arrêter" in app.screen.query_one("#footer", Lines).text()
        await pilot.press("escape")
        assert seat.meeting.answering is None
        await pilot.press("n", *"Tiens", "enter", "escape", "r")
        assert "Cette note n’est pas une question" in app.screen.query_one("#message", Lines).text()
        assert "reste" in app.screen.query_one("#step-clock", Lines).text()


@pytest.mark.ci
@pytest.mark.asyncio
async def test_the_warning_of_an_answer_names_no_letter_while_letters_are_typed(
    app: FacilitatorApp, seat: Session, clock: Clock
) -> None:
    in_needs(seat, clock)
    asked(seat, "Une ?")
    async with app.run_test() as pilot:
        await pilot.press("r", *"Le")
        clock.forward(minutes=4)
        app.screen.paint()
        message = app.screen.query_one("#message", Lines)
        assert message.text().strip() == "Temps de réponse écoulé"
        await pilot.press("escape")
        clock.forward(seconds=20)
        app.screen.paint()
        assert ", s " in message.text()


@pytest.mark.parametrize("width", [47, 74, 90])
def test_a_question_of_eighty_letters_reads_whole_beside_the_panels(seat: Session, width: int) -> None:
    assert len(EIGHTY) == 80
    seat.act(core.Start())
    seat.act(core.Capture("question", Fields(text=EIGHTY, by="Nora T.", theme="droits")))
    rows = EntryRows(FR, width, seat.meeting.attendance, tall=True).window(
        [Section("", tuple(seat.meeting.of_kind("question")))], None, 10
    )
    shown = " ".join(" ".join(text for text, _ in row) for row in rows)
    assert all(word in shown for word in EIGHTY.split()) and "…" not in shown
    assert all(sum(cell_len(text) for text, _ in row) <= width for row in rows)


@pytest.mark.parametrize("from_top", [False, True])
def test_the_list_begins_and_ends_with_whole_entries_and_no_heading_is_over_nothing(
    seat: Session, *, from_top: bool
) -> None:
    seat.act(core.Start())
    asked(seat, *(f"{EIGHTY} {number} ?" for number in range(4)))
    questions = tuple(seat.meeting.of_kind("question"))
    found = [Section("À répondre", questions[:2]), Section("ont leur suite", questions[2:])]
    for chosen, height in itertools.product([None, *(one.id for one in questions)], range(3, 12)):
        rows = EntryRows(FR, 60).window(found, chosen, height, from_top=from_top)
        shown = ["".join(text for text, _ in row) for row in rows]
        assert 0 < len(shown) <= height
        assert "Q" in shown[0][:6] or shown[0].startswith("──"), shown
        assert "ont leur suite" not in shown[-1], shown
        assert sum("Faut-il" in row for row in shown) == sum(f"{number} ?" in " ".join(shown) for number in range(4)), (
            shown
        )


def test_beside_a_narrow_clock_who_speaks_is_said_and_what_does_not_fit_is_left_out(
    seat: Session, clock: Clock
) -> None:
    for name in ("Awa S.", "Karim B."):
        seat.act(core.Attend(name))
    in_needs(seat, clock)
    (question,) = asked(seat, "Qui ?")
    seat.act(core.Edit(question, Fields(by="Jean-Marc V.", theme="une-longue-affaire")))
    seat.act(core.StartAnswer(question))

    def beside(width: int) -> list[str]:
        rows = clock_rows.beside_clock(FR, seat.meeting, seat.clocks(), "Europe/Paris", width, 5)
        return ["".join(text for text, _ in row).replace("\u00a0", " ") for row in rows]

    assert beside(60)[-1] == "posée par Jean-Marc V. · #une-longue-affaire"
    assert beside(30)[-1] == "posée par Jean-Marc V."
    seat.act(core.StopAnswer())
    seat.act(core.StartRound(60))
    speaking = seat.meeting.round.speaking
    assert beside(60)[:2] == ["La parole est à  1:00", speaking]
    assert beside(20)[0] == f"{speaking}  1:00"
    clock.forward(seconds=50)
    assert beside(20)[0] == f"{speaking}  ▲ 0:10"


def test_a_break_says_beside_its_clock_until_when(seat: Session, clock: Clock) -> None:
    seat.act(core.Start())
    seat.act(core.AddStep(Step(kind="break", duration=600), seat.meeting.steps[1].id))
    while seat.meeting.current.plan.kind != "break":
        clock.forward(seconds=5)
        seat.act(core.Next())
    rows = clock_rows.beside_clock(FR, seat.meeting, seat.clocks(), "Europe/Paris", 40, 5)
    assert f"jusqu’à {wording.until_text(clock.at + 600_000, 'Europe/Paris')}" in [
        text for row in rows for text, _ in row
    ]


def test_who_and_when_are_short_and_give_way_to_the_text(seat: Session) -> None:
    seat.act(core.Start())
    fields = Fields(text="Réserver la salle", owners=("Karim B.",), due=AGENDA.steps[1].items[0].deadline)
    seat.act(core.Capture("action", fields))
    action = tuple(seat.meeting.of_kind("action"))
    wide, narrow = (
        "".join(text for row in EntryRows(FR, width).window([Section("", action)], None, 9) for text, _ in row)
        for width in (60, 26)
    )
    assert "Karim · 15 déc." in wide
    for chosen in (None, action[0].id):  # the name that tells two apart, chosen or not
        made = EntryRows(FR, 60, ["Karim B.", "Karim Z."])
        assert "Karim B. · 15 déc." in "".join(
            text for row in made.window([Section("", action)], chosen, 9) for text, _ in row
        )
    assert "Réserver la salle" in narrow and "Karim" not in narrow


def test_what_stands_above_and_below_is_counted_and_the_first_open_question_stays_in_sight(seat: Session) -> None:
    seat.act(core.Start())
    asked(seat, *(f"Question {number}" for number in range(1, 9)))
    note = seat.act(core.Capture("note", Fields(text="Tiens"))).entry
    questions = tuple(seat.meeting.of_kind("question"))
    made = EntryRows(FR, 60)
    rows = made.window([Section("", questions), Section("", (note,))], note.id, 5, from_top=True)
    assert ["".join(text for text, _ in row).split()[0] for row in rows] == ["Q1", "Q7", "Q8", "──", "▌–"]
    assert made.hidden == (5, 0)
    made.window([Section("", questions)], questions[4].id, 5, from_top=True)
    assert made.hidden == (2, 1)
    assert "5 autres" in made.panel(questions, None, 4)[-1][0][0]


def test_what_was_promised_before_names_who_does_it_until_its_day_is_past(seat: Session) -> None:
    seat.act(core.Start())
    due = AGENDA.steps[1].items[0].deadline
    origin = Origin("2026-10-13-roannais", "A1")
    fields = Fields(text="Relancer la préfecture", owners=("Karim B.",), due=due, origin=origin)
    action = (replace(seat.act(core.Capture("action", fields)).entry, origin=origin),)
    for day, named in ((due, True), (due + datetime.timedelta(days=1), False)):
        rows = EntryRows(FR, 60, day=day).window([Section("", action)], None, 2)
        assert ("Karim" in "".join(text for row in rows for text, _ in row)) is named


def test_names_that_begin_alike_are_told_apart() -> None:
    from facilitator.wording.people import short_name

    names = ["Karim Benali", "Karim Diallo", "Awa Sy"]
    assert [short_name(name, names) for name in names] == ["Karim B.", "Karim D.", "Awa"]


@pytest.mark.ci
@pytest.mark.asyncio
async def test_while_one_types_the_line_says_what_it_understood_and_what_resembles_it(
    app: FacilitatorApp, seat: Session, clock: Clock
) -> None:
    in_needs(seat, clock)
    asked(seat, "Qui paie la licence Aidants Connect ?")
    async with app.run_test() as pilot:
        await pilot.press("q", *"Qui paie licence @awa #droits")
        said = app.screen.query_one("#understood", Lines).text()
        assert "Awa S." in said and "#droits" in said and "Q1" in said
        await pilot.press("enter", "escape", "a", *"Appeler @nora -> 10/12")
        assert "10 déc." in app.screen.query_one("#understood", Lines).text()
        await pilot.press("enter", "escape", "x", *"Mme Durand paie la licence")
        assert app.screen.query_one("#understood", Lines).text().strip() == ""
        assert app.screen.query_one(Bar).is_open


@pytest.mark.parametrize("width", [36, 60])
def test_an_action_that_nobody_has_says_so_chosen_or_not(seat: Session, width: int) -> None:
    seat.act(core.Capture("action", Fields(text="Réserver Castel pour janvier")))
    (action,) = seat.meeting.of_kind("action")
    for chosen in (None, action.id):
        rows = EntryRows(FR, width).panel([action], chosen, 5)
        assert "à prendre" in " ".join(text for row in rows for text, _ in row)


@pytest.mark.ci
@pytest.mark.asyncio
@pytest.mark.parametrize(("size", "panels"), [((80, 24), False), ((120, 36), True)])
async def test_decisions_are_counted_where_there_are_no_panels_and_listed_once_where_there_are(
    app: FacilitatorApp, seat: Session, clock: Clock, size: tuple[int, int], *, panels: bool
) -> None:
    in_needs(seat, clock)
    seat.act(core.Capture("action", Fields(text="Réserver la salle")))
    async with app.run_test(size=size) as pilot:
        await pilot.pause()
        shown = text_of(app).replace("\u00a0", " ")
        assert ("À faire 1, dont 1 à prendre" in shown) == (not panels)
        assert ("À faire · 1" in shown) == panels
        assert shown.count("Réserver la salle") == 1
        await pilot.press("a", *"Appeler", "enter", "escape")
        assert app.screen.selected.text == "Appeler"
        assert text_of(app).count("▌A2") == 1


def test_a_day_is_short_in_both_languages() -> None:
    day = AGENDA.steps[1].items[0].deadline
    assert [wording.day_text(translator(language), day) for language in ("fr", "en")] == ["15 déc.", "15 Dec"]


@pytest.mark.asyncio
async def test_one_key_looks_at_the_list_by_kind_by_theme_and_as_it_was(
    app: FacilitatorApp, seat: Session, clock: Clock
) -> None:
    in_needs(seat, clock)
    seat.act(core.Capture("question", Fields(text="Une ?", theme="droits")))
    seat.act(core.Capture("decision", Fields(text="Oui")))
    async with app.run_test() as pilot:
        heads = []
        for _ in range(4):
            heads.append(app.screen.query_one("#list", Lines).text().splitlines()[0].strip("╭─╮ "))
            await pilot.press("z")
        assert heads == ["À répondre · 1", "Questions · 1", "#droits · 1", "À répondre · 1"]


def test_an_answer_that_is_nearly_over_says_so_without_colour(seat: Session, clock: Clock) -> None:
    in_needs(seat, clock)
    (one,) = asked(seat, "Une ?")
    seat.act(core.StartAnswer(one))
    clock.forward(minutes=2.5)
    rows = clock_rows.beside_clock(FR, seat.meeting, seat.clocks(), "Europe/Paris", 40, 5)
    assert "▲ 0:30" in "".join(text for text, _ in rows[0])


def test_the_time_of_day_stands_where_it_stood_when_the_end_is_as_announced_again(seat: Session, clock: Clock) -> None:
    clock.forward(minutes=10)
    seat.act(core.Start())
    places = set()
    for promise in (0, 7 * 60_000):
        end = seat.clocks().projected_end + promise
        seat.act(core.Promise(end))
        (row,) = view.header(FR, "", seat.meeting, seat.clocks(), "Europe/Paris", 80, with_step=True)
        said = "".join(text for text, _ in row)
        places.add(said.index("09:30"))
    assert len(places) == 1
