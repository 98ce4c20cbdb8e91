"""Where the program is started, and when, may be odd: it says so, or it works all the same."""

from __future__ import annotations

import pytest


@pytest.fixture
def gone(network, monkeypatch):
    """The current folder, deleted."""
    folder = network / "gone"
    folder.mkdir()
    monkeypatch.chdir(folder)
    folder.rmdir()


@pytest.mark.parametrize("words", [["status"], ["add", "note", "x"], ["run", "--plain"], ["new"]])
def test_a_current_folder_that_was_deleted_is_named_as_such(run, gone, words):
    said = run(*words)
    assert said.code == 1 and "Le dossier courant n’existe plus" in said.err


def test_from_a_folder_that_was_deleted_a_named_workspace_works(run, network, gone):
    assert run("start", "--workspace", str(network)).code == 0
    assert run("add", "note", "x", "--workspace", str(network)).code == 0


@pytest.mark.parametrize("told", ["2026-03-29 02:30", "2026-03-29 02:00", "2026-03-29T02:59:59"])
def test_a_time_that_no_clock_showed_is_refused_and_says_which_it_may_be(run, network, told):
    said = run("start", "agenda.yaml", "--at", told)
    assert said.code == 2 and "n’a pas existé" in said.err and f"03:{told[14:16]}" in said.err
    assert not (network / ".facilitator").exists()


@pytest.mark.parametrize("told", ["2026-10-25 02:30", "2026-03-29 03:00", "2026-03-29 01:59", "2026-03-29T02:30:00Z"])
def test_a_time_that_came_twice_or_once_is_taken(run, told):
    assert run("start", "agenda.yaml", "--at", told).code == 0


@pytest.mark.parametrize("told", ["1970-01-02 09:00", "1999-12-30 09:00", "2062-11-24 09:30", "9999-12-26 09:00"])
def test_a_mistyped_year_is_refused_and_nothing_is_written(run, network, told):
    said = run("start", "agenda.yaml", "--at", told)
    assert said.code == 2 and "regardez l’année" in said.err
    assert not (network / ".facilitator").exists()


@pytest.mark.parametrize(
    "told", ["\u0660\u0669:\u0663\u0662", "\uff12\uff10\uff12\uff16-11-24 09:32", "09:3\uff12", "09:32+\uff101:00"]
)
def test_a_time_is_told_in_the_digits_that_every_other_number_is(meeting, network, told):
    said = meeting("add", "note", "x", "--at", told)
    assert said.code == 2 and "2026-11-24 09:32" in said.err
    assert meeting("entries", "--json").json == []


def test_a_mistyped_year_is_refused_in_a_meeting_too(meeting):
    assert meeting("add", "note", "x", "--at", "2062-11-24 09:35").code == 2


def test_a_machine_that_lost_its_clock_starts_no_meeting(run, network, monkeypatch):
    monkeypatch.setattr("facilitator.meetings.session.time.time_ns", lambda: 86_400 * 10**9)
    said = run("start", "agenda.yaml")
    assert said.code == 1 and "L’horloge de cette machine indique" in said.err and "1970" in said.err
    assert not (network / ".facilitator").exists()


def test_a_zone_that_is_a_rule_is_kept(run, monkeypatch):
    monkeypatch.setenv("TZ", "CET-1CEST,M3.5.0,M10.5.0/3")
    assert run("start", "agenda.yaml", "--at", "2026-07-24 09:30").code == 0
    assert run("status", "--json").json["started"] == "2026-07-24T09:30:00+02:00"


def test_a_zone_that_nobody_knows_is_said(run, monkeypatch):
    monkeypatch.setenv("TZ", "Roanne/Loire")
    assert "TZ=Roanne/Loire" in run("start", "agenda.yaml").err


@pytest.mark.parametrize(
    ("start", "end", "said"),
    [
        ("2026-11-24 23:50", "2026-11-25 00:30", "Mardi 24 novembre 2026, de 23 h 50 au 25 novembre à 0 h 30"),
        ("2026-11-24 09:00", "2026-11-26 10:00", "Mardi 24 novembre 2026, de 9 h au 26 novembre à 10 h"),
        ("2025-12-31 23:30", "2026-01-01 00:30", "Mercredi 31 décembre 2025, de 23 h 30 au 1er janvier à 0 h 30"),
        ("2026-11-24 09:00", "2026-11-24 10:00", "Mardi 24 novembre 2026, de 9 h à 10 h"),
        ("2026-11-24T23:30:00Z", "2026-11-25 01:00", "Mercredi 25 novembre 2026, de 0 h 30 à 1 h"),
    ],
)
def test_minutes_over_several_days_say_on_which_they_end(run, network, start, end, said):
    assert run("start", "agenda.yaml", "--at", start).code == run("close", "--at", end).code == 0
    (minutes,) = (network / "minutes").iterdir()
    assert f"{said}\\\n" in minutes.read_text().replace("\u00a0", " ")


def test_what_is_undone_leaves_the_draft_at_once(meeting, network):
    meeting("add", "note", "Ce que personne ne devait écrire", "--at", "09:35")
    assert meeting("minutes").code == 0
    draft = next((network / "minutes").iterdir())
    assert "personne ne devait" in draft.read_text()
    assert meeting("undo").code == 0
    assert "personne ne devait" not in draft.read_text()


def test_an_undo_writes_no_draft_where_there_is_none(meeting, network):
    meeting("add", "note", "x", "--at", "09:35")
    assert meeting("undo").code == 0
    assert not (network / "minutes").exists()


@pytest.mark.parametrize("name", ["", '""', "x" * 300, "../../etc", '"a b"'])
def test_minutes_with_a_spoilt_id_stop_no_new_agenda_and_are_known_by_their_file(closed, network, name):
    path = next((network / "minutes").iterdir())
    text = path.read_text()
    assert "meeting: 2026-11-24-reseau\n" in text
    path.write_text(text.replace("meeting: 2026-11-24-reseau\n", f"meeting: {name}\n"))
    said = closed("new", "--date", "2026-12-08")
    assert said.code == 0, said.err
    agenda = (network / said.out.strip()).read_text()
    assert 'from: "2026-11-24-reseau"' in agenda and "number: Q4" in agenda
