"""What a telephone shows, at each moment of a meeting: one thing at a time, in words."""

from __future__ import annotations

from msgspec.structs import replace
from stage import NINE_THIRTY, Stage, setup, standard_agenda

from facilitator.core.acts import Adjourn, Attend, Capture, Next, Pause, Send, Start, StartAnswer, StartRound
from facilitator.core.agenda import Place
from facilitator.core.instant import Instant
from facilitator.core.network import Choices
from facilitator.core.public import public
from facilitator.core.said import Fields
from facilitator.core.time.clocks import clocks
from facilitator.i18n import translator
from facilitator.web.shown import Shown, alike, shown


def at(stage: Stage, minute: float, language: str = "fr") -> Shown:
    now = Instant(at=NINE_THIRTY + int(minute * 60_000))
    return shown(translator(language), public(stage.meeting), clocks(stage.meeting, now))


def test_before_the_start_it_counts_down_and_takes_questions_already():
    stage = Stage(replace(standard_agenda(), place=Place("Maison des associations")))
    before = at(stage, -10)
    assert before.step == "Nous commençons à 09:30"
    assert before.clock is not None
    assert (before.clock.left_s, before.clock.ends, before.clock.words) == (600, NINE_THIRTY, "avant le début")
    assert before.beside == ("Maison des associations",)
    assert before.takes == ("question", "need", "same")
    assert at(stage, 5).clock is None


def test_a_step_a_phase_what_comes_next_and_the_end():
    stage = Stage()
    stage.do(Start(), 0)
    first = at(stage, 5)
    assert (first.step, first.next, first.beside) == (
        "Accueil",
        "Ensuite : Actualités".replace(" :", "\u00a0:"),
        ("avec Karim B.",),
    )
    assert first.clock is not None
    assert first.clock.ends == NINE_THIRTY + 20 * 60_000
    for minute in (20, 40, 65):
        stage.do(Next(), minute)
    assert at(stage, 66).step == "Atelier › Tour des pratiques"
    assert "evaluation" not in at(stage, 66).takes
    stage.do(Next(), 90)
    stage.do(Next(), 115)
    assert at(stage, 116).takes[-1] == "evaluation"
    assert at(stage, 116).next == ""


def test_a_pause_stands_still():
    stage = Stage()
    stage.do(Start(), 0)
    stage.do(Pause(), 5)
    shows = at(stage, 9)
    assert shows.clock is not None
    assert (shows.clock.ends, shows.clock.left_s) == (None, 15 * 60)
    assert "Pause" in shows.step


def test_the_question_that_is_answered_has_the_clock_and_who_answers():
    stage = Stage()
    stage.do(Start(), 0)
    stage.do(Capture("question", Fields(text="Qui\npaie ?", by="Awa S.", owners=("Léa M.", "Nora T."))), 1)
    (asked,) = stage.meeting.of_kind("question")
    stage.do(StartAnswer(asked.id), 2)
    shows = at(stage, 3)
    assert (shows.label, shows.main) == ("Q1", "Qui paie ?")
    assert shows.beside == ("Léa M., Nora T. répondent.",)
    assert shows.clock is not None
    assert shows.clock.words == "pour cette réponse"
    stage.do(Send(asked.id, "individual"), 3)
    assert (at(stage, 4).label, at(stage, 4).main, at(stage, 4).asked) == ("", "", ())


def test_whoever_speaks_in_a_round_and_who_follows_are_shown_and_no_speaking_time_is():
    stage = Stage()
    stage.do(Start(), 0)
    for name in ("Awa S.", "Karim B."):
        stage.do(Attend(name), 0)
    stage.do(StartRound(60), 1)
    shows = at(stage, 1.5)
    assert (shows.main, shows.beside) == ("La parole est à Awa S.", ("puis Karim B.",))
    assert shows.clock is not None
    assert (shows.clock.words, shows.clock.left_s) == ("pour parler", 30)


def test_an_overrun_shows_only_where_the_network_wants_it():
    levels = {}
    for wanted in (False, True):
        stage = Stage()
        stage.replay.meeting = replace(stage.meeting, setup=replace(setup(), choices=Choices(room_overrun=wanted)))
        stage.do(Start(), 0)
        clock = at(stage, 25).clock
        assert clock is not None
        levels[wanted] = (clock.level, clock.overrun)
    assert levels == {False: ("amber", False), True: ("over", True)}


def test_after_the_end_it_thanks_and_asks_how_it_was():
    stage = Stage()
    stage.do(Start(), 0)
    stage.do(Capture("decision", Fields(text="Une charte")), 1)
    stage.do(Adjourn(), 60)
    shows = at(stage, 61)
    assert (shows.clock, shows.next, shows.ends, shows.takes) == (None, "", "", ("evaluation",))
    assert shows.decided == ("D1  Une charte",)


def test_a_number_is_as_it_is_said_in_the_room_whatever_language_the_page_has():
    stage = Stage()
    stage.do(Start(), 0)
    stage.do(Capture("need", Fields(text="Une salle")), 1)
    assert [at(stage, 2, language).asked[0].label for language in ("fr", "en")] == ["B1", "B1"]
    assert at(stage, 2, "en").clock.words == "left of this step"


def test_only_what_somebody_would_see_is_another_thing_to_show():
    stage = Stage()
    stage.do(Start(), 0)
    assert alike(at(stage, 1), at(stage, 1.5))
    stage.do(Capture("need", Fields(text="Une salle")), 2)
    assert not alike(at(stage, 3), replace(at(stage, 3), asked=()))
    paused = replace(at(stage, 3), clock=None)
    assert alike(paused, paused) and not alike(paused, at(stage, 3))
    late = at(stage, 3)
    assert not alike(late, replace(late, clock=replace(late.clock, ends=late.clock.ends + 5_000)))
