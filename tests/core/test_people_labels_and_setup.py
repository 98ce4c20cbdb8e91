"""Names, labels, layers and the setup: small things that much rests on."""

from __future__ import annotations

import datetime

import pytest
from msgspec.structs import replace
from stage import DAY, NINE_THIRTY, Stage, setup, standard_agenda

from facilitator.core import acts as commands
from facilitator.core.acts import Capture
from facilitator.core.acts.moves import line_after, line_before
from facilitator.core.agenda import Agenda, Step
from facilitator.core.capture import read_answer
from facilitator.core.dates import read_due
from facilitator.core.entry import read_label
from facilitator.core.fold import fold
from facilitator.core.history import last_done, last_undone
from facilitator.core.layers import TOP_MAX, Layers
from facilitator.core.meeting import Meeting, Spot
from facilitator.core.network import Attributed, Calendar, Member, Network
from facilitator.core.people import (
    attributed,
    attribution_of,
    candidates,
    complete,
    expected_names,
    known_names,
    read_presence,
    together,
)
from facilitator.core.public import public
from facilitator.core.records import iso
from facilitator.core.refusal import Refused
from facilitator.core.said import Fields
from facilitator.core.setup import meeting_slug, newsletter_month, setup_of

TODAY = datetime.date(2026, 11, 24)
MINUTE_MS = 60_000


@pytest.mark.parametrize("text", ["", "Q", "3", "Q0", "X1", "Q3a", "Q1234567", "QQ3"])
def test_what_names_no_entry_is_no_label(text: str) -> None:
    assert read_label(text) is None


@pytest.mark.parametrize(("text", "label"), [(" q 3 ", ("question", 3)), ("n1", ("need", 1)), ("B12", ("need", 12))])
def test_a_label_is_read_as_it_is_said(text: str, label) -> None:
    assert read_label(text) == label


def test_one_name_among_longer_ones_is_meant_when_it_is_said_whole() -> None:
    assert complete("léa", ["Léa", "Léa M.", "Léa P."]) == "Léa"


def test_who_may_be_meant_by_half_a_name() -> None:
    names = ["Karim B.", "Karine L.", "Jean-Marc V.", "Léa Martin"]
    assert candidates("kar", names) == ["Karim B.", "Karine L."]
    assert candidates("mar", names) == ["Jean-Marc V.", "Léa Martin"]
    assert candidates("", names) == candidates("z", names) == []


def test_who_said_one_thing_together_is_shown_as_the_network_wants_it() -> None:
    members = [
        Member("Nora T.", "La Fabrique"),
        Member("Karim B.", "Le Phare"),
        Member("Awa S.", "La Fabrique"),
        Member("Durand, Léa"),
    ]
    both = together(["Nora T.", "Karim B.", "Nora T."])
    assert both == attributed(both, "name", members) == "Nora T., Karim B."
    assert attributed(both, "structure", members) == "La Fabrique, Le Phare"
    assert attributed(together(["Nora T.", "Awa S."]), "structure", members) == "La Fabrique"
    assert attributed("Durand, Léa", "structure", members) is None
    assert attributed(together(["Nora T.", "Zoé"]), "structure", members) == "La Fabrique"
    assert attributed(both, "none", members) is None


@pytest.mark.parametrize(
    ("words", "day"), [("aujourd'hui", 24), ("today", 24), ("fin de semaine", 27), ("end of the week", 27)]
)
def test_near_days_as_people_say_them(words: str, day: int) -> None:
    assert read_due(words, TODAY) == datetime.date(2026, 11, day)


def test_people_are_known_once_each_members_first() -> None:
    stage = Stage().start()
    stage.do(commands.Attend("Zoé"), 5)
    stage.do(commands.Attend("Pelo"), 5)
    stage.do(commands.Unattend("Pelo"), 5)
    stage.do(commands.Attend("Awa S."), 5)
    names = known_names(stage.meeting)
    assert names[0] == "Awa S."
    assert names[-2:] == ["Claire D.", "Zoé"]
    assert len(names) == len(set(names))


def test_a_visitor_is_who_is_no_member() -> None:
    stage = Stage().start()
    stage.do(commands.Attend("Zoé"), 5)
    stage.do(commands.Attend("Awa S."), 6)
    assert {one.name: (one.visitor, one.at) for one in stage.meeting.attendance.values()} == {
        "Zoé": (True, stage.instant(5).at),
        "Awa S.": (False, stage.instant(6).at),
    }


def test_a_long_meeting_keeps_the_order_and_the_changes_of_its_entries() -> None:
    stage = Stage().start()
    entries = [stage.capture("decision", f"{place}", 5).id for place in range(TOP_MAX + 5)]
    changed = entries[:2]
    for entry in changed:
        stage.do(commands.Edit(entry, Fields(text="autre")), 6)
    kept = stage.meeting.entries
    assert [*kept][1:] == entries
    assert len(kept) == len(entries) + 1
    assert len(kept._top) <= TOP_MAX
    assert len(stage.meeting.labels._top) <= TOP_MAX
    assert [kept[entry].text for entry in changed] == ["autre", "autre"]
    assert kept == fold(stage.acts).entries


def test_layers_are_a_mapping_in_the_order_of_what_was_put_first() -> None:
    layers = Layers({"a": 1, "b": 2}, {"b": 3, "c": 4})
    assert list(layers.items()) == [("a", 1), ("b", 3), ("c", 4)]
    assert (len(layers), "a" in layers, "c" in layers, "d" in layers) == (3, True, True, False)
    assert repr(layers) == "Layers({'a': 1, 'b': 3, 'c': 4})"
    draft = layers.opened()
    draft.put("d", 5)
    assert ("d" in draft, "d" in layers) == (True, False)
    assert layers.settled() is layers


def test_there_is_no_setup_before_the_opening() -> None:
    with pytest.raises(LookupError):
        _ = Meeting().opened
    with pytest.raises(LookupError):
        public(Meeting())


def test_before_the_start_no_line_is_above_or_below() -> None:
    stage = Stage()
    assert (line_after(stage.meeting), line_before(stage.meeting)) == (None, None)


def test_before_the_start_an_entry_belongs_to_the_first_step() -> None:
    stage = Stage()
    entry = stage.capture("note", "Déjà", 1)
    assert (entry.step, stage.meeting.step_of(entry)) == (None, "1")


def test_an_entry_is_said_in_the_language_of_the_documents() -> None:
    stage = Stage().start()
    assert stage.meeting.say(stage.capture("need", "Une trame", 5)) == "B1"
    assert stage.meeting.say(stage.capture("note", "Une note", 5)) == ""


def network(**values) -> Network:
    return Network(name="Réseau", members=("Awa S.", Member("Karim B.", structure="Mairie")), **values)


def test_an_end_before_the_start_is_on_the_day_after() -> None:
    agenda = Agenda(title="Soir", start="22:00", end="00:30", steps=(Step(kind="free", duration=60),))
    made = setup_of(agenda, network(), day=DAY, zone="Europe/Paris", language="fr")
    assert made.promised_end - made.planned_start == 150 * MINUTE_MS
    same = setup_of(
        Agenda(title="x", start="09:00", end="09:00", steps=agenda.steps), network(), day=DAY, zone="UTC", language="fr"
    )
    assert same.promised_end - same.planned_start == 24 * 60 * MINUTE_MS


def test_without_times_nothing_is_promised() -> None:
    agenda = Agenda(title="Libre", steps=(Step(kind="free", duration=60),))
    made = setup_of(agenda, network(), day=DAY, zone="Europe/Paris", language="fr")
    assert (made.planned_start, made.promised_end) == (None, None)
    only_end = setup_of(
        Agenda(title="x", end="10:00", steps=agenda.steps), network(), day=DAY, zone="UTC", language="fr"
    )
    assert only_end.promised_end == NINE_THIRTY + 90 * MINUTE_MS


def test_the_agenda_chooses_among_the_members_and_may_name_others() -> None:
    agenda = Agenda(title="x", members=("karim b.", "Zoé"), steps=(Step(kind="free", duration=60),))
    made = setup_of(agenda, network(coordinator="Claire D."), day=DAY, zone="UTC", language="fr")
    assert made.members == (Member("Karim B.", structure="Mairie"), Member("Zoé"))
    assert made.coordinator == "Claire D."
    everyone = setup_of(standard_agenda(), network(), day=DAY, zone="UTC", language="en")
    assert [member.name for member in everyone.members] == ["Awa S.", "Karim B."]
    assert (everyone.coordinator, everyone.language) == ("Claire D.", "en")


def test_files_are_named_by_the_slug_else_by_the_title() -> None:
    steps = (Step(kind="free", duration=60),)
    assert meeting_slug(Agenda(title="Réunion d'été", steps=steps)) == "reunion-d-ete"
    assert meeting_slug(Agenda(title="x", slug="ete", steps=steps)) == "ete"


def test_a_meeting_feeds_the_newsletter_of_the_month_after() -> None:
    assert newsletter_month(datetime.date(2026, 11, 30)) == "2026-12"
    assert newsletter_month(datetime.date(2026, 12, 1)) == "2027-01"


def test_a_zone_that_the_machine_does_not_know_is_utc() -> None:
    assert iso(0, "Lune/Mer") == iso(999, "UTC") == "1970-01-01T00:00:00+00:00"
    assert iso(NINE_THIRTY, "Europe/Paris") == "2026-11-24T09:30:00+01:00"


def test_the_agendas_news_are_entries_of_their_step_from_the_start() -> None:
    stage = Stage()
    news = stage.meeting.of_kind("news")
    assert [(entry.label, entry.text, entry.type, entry.step, entry.at) for entry in news] == [
        ("I1", "AMI", "call", "2", NINE_THIRTY)
    ]
    assert stage.meeting.find("news", 1) == news[0]


def test_a_person_undoes_and_redoes_their_own_acts_only() -> None:
    stage = Stage().start()
    stage.ask("Qui ?", 5)
    mine = stage.acts[-1]
    stage.ask("Quoi ?", 6, by="karim@riorges")
    assert last_done(stage.acts, "claire@roanne") == mine
    stage.do(commands.Undo(), 7)
    stage.ask("Où ?", 8, by="karim@riorges")
    assert last_undone(stage.acts, "claire@roanne") == mine
    assert last_undone(stage.acts, "karim@riorges") is None
    assert last_undone(stage.acts, "nora@ici") is None
    stage.do(commands.Redo(), 9)
    assert last_undone(stage.acts, "claire@roanne") is None
    assert last_done(stage.acts, "claire@roanne") == mine


def test_undo_goes_back_act_by_act_and_redo_comes_back_the_same_way() -> None:
    stage = Stage().start()
    for minute in (5, 6, 7):
        stage.ask(f"{minute} ?", minute)
    for minute in (8, 9, 10):
        stage.do(commands.Undo(), minute)
    assert not stage.meeting.of_kind("question")
    for minute in (11, 12, 13):
        stage.do(commands.Redo(), minute)
    assert [entry.text for entry in stage.meeting.of_kind("question")] == ["5 ?", "6 ?", "7 ?"]
    assert [entry.label for entry in stage.meeting.of_kind("question")] == ["Q1", "Q2", "Q3"]


def test_spans_say_where_the_meeting_was_and_visits_how_often() -> None:
    stage = Stage().start(0)
    stage.do(commands.Next(), 5)
    stage.do(commands.Back(), 7)
    assert [(span.spot, span.start) for span in stage.meeting.spans] == [
        (Spot("1"), stage.instant(0).at), (Spot("2"), stage.instant(5).at), (Spot("1"), stage.instant(7).at),
    ]  # fmt: skip
    assert [step.visits for step in stage.meeting.steps] == [2, 1, 0, 0, 0]


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ("awa absente", ("awa", "absent")),
        ("kar excusé", ("kar", "excused")),
        ("Awa", ("Awa", "present")),
        ("absente", ("absente", "present")),
        ("Marc Absent", ("Marc Absent", "present")),
        ("awa malade", ("awa malade", "present")),
    ],
)
def test_a_last_word_says_how_somebody_attends_unless_it_is_their_name(said, expected):
    assert read_presence(said, ("Awa S.", "Karim B.", "Marc Absent")) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Oui, sauf le dimanche. @Fatou", ("Oui, sauf le dimanche.", "Fatou S.")),
        ("Oui. @Fatou et @Karim", ("Oui.", "Fatou S., Karim B.")),
        ("Demandez à @Fatou", ("Demandez à @Fatou", None)),
        ("@Fatou", ("@Fatou", None)),
        ("Oui.", ("Oui.", None)),
    ],
)
def test_who_gave_an_answer_is_named_at_its_end(text, expected):
    assert read_answer(text, ("Fatou S.", "Karim B.")) == expected


def test_questions_and_needs_are_said_as_the_network_wants_and_all_else_by_name():
    wanted = Attributed(questions="none", needs="structure")
    assert [attribution_of(kind, wanted) for kind in ("question", "need", "decision")] == ["none", "structure", "name"]


def test_the_last_thing_that_somebody_wrote_down_is_found_a_note_too():
    stage = Stage().start(0)
    assert stage.meeting.last_of("nobody@nowhere") is None
    asked = stage.ask("Une ?", 1)
    stage.do(Capture("note", Fields(text="La suite")), 2)
    last = stage.meeting.last_of(asked.actor)
    assert last is not None
    assert last.text == "La suite"


def test_who_is_marked_late_afterwards_came_when_they_came() -> None:
    stage = Stage().start()
    stage.do(commands.Attend("Awa S."), 14)
    stage.do(commands.Attend("Awa S.", "late"), 50)
    came = NINE_THIRTY + 14 * 60_000
    someone = stage.meeting.attendance["Awa S."]
    assert (someone.status, someone.at, someone.came) == ("late", came, came)
    stage.do(commands.Attend("Awa S.", "left"), 90)
    someone = stage.meeting.attendance["Awa S."]
    assert (someone.at, someone.came) == (NINE_THIRTY + 90 * 60_000, came)
    stage.do(commands.Attend("Awa S."), 100)
    someone = stage.meeting.attendance["Awa S."]
    assert (someone.at, someone.came) == (NINE_THIRTY + 100 * 60_000, came)


def test_who_was_excused_and_comes_all_the_same_came_then() -> None:
    stage = Stage().start()
    stage.do(commands.Attend("Awa S.", "excused"), 5)
    assert stage.meeting.attendance["Awa S."].came is None
    stage.do(commands.Attend("Awa S.", "late"), 40)
    assert stage.meeting.attendance["Awa S."].at == stage.meeting.attendance["Awa S."].came == NINE_THIRTY + 40 * 60_000


@pytest.mark.parametrize(
    ("calendar", "day"),
    [
        (Calendar(next_meeting=DAY), None),
        (Calendar(next_meeting=DAY - datetime.timedelta(days=30), next_place="Riorges", next_start="14:00"), None),
        (Calendar(("meeting", "newsletter"), "2e mardi", next_meeting=DAY), datetime.date(2027, 1, 12)),
        (Calendar(("meeting",), "2e mardi", next_meeting=DAY + datetime.timedelta(days=1)), None),
    ],
)
def test_a_next_meeting_that_is_not_after_this_one_is_not_believed(calendar: Calendar, day) -> None:
    agenda = Agenda(title="x", steps=(Step(kind="free", duration=60),))
    made = setup_of(agenda, network(calendar=calendar), day=DAY, zone="UTC", language="fr").calendar
    if calendar.next_meeting > DAY:
        assert made == calendar
    else:
        assert (made.next_meeting, made.next_place, made.next_start) == (day, None, None)


def test_partners_may_come_in_and_a_presence_is_taken_back_once() -> None:
    stage = Stage(opened=False)
    partners = (Member("Odile Perret"), Member("Awa S."))
    stage.do(commands.Open("2026-11-24-rencontre", replace(setup(), partners=partners)), 0)
    assert expected_names(stage.meeting).count("Awa S.") == 1 and "Odile Perret" in expected_names(stage.meeting)
    assert "Odile Perret" not in known_names(stage.meeting)
    assert expected_names(Meeting()) == []
    stage.do(commands.Attend("odile"), 1)
    stage.do(commands.Unattend("odile"), 2)
    assert stage.meeting.attendance == {}
    with pytest.raises(Refused):
        stage.do(commands.Unattend("odile"), 3)
