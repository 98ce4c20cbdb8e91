"""Acts that move time, at the times told."""

from __future__ import annotations

import pytest


def test_status_is_the_contract(meeting):
    meeting("attend", "Awa S.", "--at", "09:31")
    meeting("next", "--at", "09:55")
    meeting("add", "question", "Une ?", "--at", "09:56")
    facts = meeting("status", "--json", "--at", "10:00").json
    assert list(facts) == [
        *("meeting", "state", "started", "now", "step", "planned_end", "promised_end", "projected_end", "drift_s"),
        *("steps", "counts"),
    ]
    assert facts["meeting"] == "2026-11-24-reseau"
    assert facts["state"] == "running"
    assert facts["started"] == "2026-11-24T09:30:00+01:00"
    assert facts["now"] == "2026-11-24T10:00:00+01:00"
    assert {name: facts["step"][name] for name in ("number", "kind", "title", "lead", "phase", "planned_s")} == {
        "number": 2,
        "kind": "needs",
        "title": "Besoins et questions",
        "lead": None,
        "phase": None,
        "planned_s": 1800,
    }
    assert (facts["step"]["adjusted_s"], facts["step"]["elapsed_s"], facts["step"]["left_s"]) == (1800, 300, 1500)
    assert facts["planned_end"] == "2026-11-24T10:50:00+01:00"
    assert facts["promised_end"] == "2026-11-24T11:00:00+01:00"
    assert facts["projected_end"] == "2026-11-24T10:55:00+01:00"
    assert facts["drift_s"] == 300
    assert [step["actual_s"] for step in facts["steps"]] == [1500, 300, None, None]
    assert facts["counts"]["question"] == facts["counts"]["undecided"] == 1


def test_an_overrun_is_negative_time_left(meeting):
    assert meeting("status", "--json", "--at", "09:53").json["step"]["left_s"] == -180
    assert "+3:00 de dépassement" in meeting("status", "--at", "09:53").out


def test_next_goes_through_the_phases_and_step_skips_them(meeting):
    def place():
        step = meeting("status", "--json", "--at", "10:00").json["step"]
        return step["number"], step["phase"]

    meeting("next", "--at", "09:40")
    meeting("next", "--at", "09:45")
    assert place() == (3, "Un")
    meeting("next", "--at", "09:46")
    assert place() == (3, "Deux")
    meeting("back", "--at", "09:47")
    assert place() == (3, "Un")
    meeting("next", "--step", "--at", "09:48")
    assert place() == (4, None)


def test_time_does_not_go_back(meeting):
    meeting("next", "--at", "09:50")
    said = meeting("next", "--at", "09:45")
    assert said.code == 1
    assert "Le temps ne recule pas" in said.err
    assert meeting("status", "--json", "--at", "09:51").json["step"]["number"] == 2
    assert meeting("add", "note", "plus tôt", "--at", "09:45").code == 0


def test_a_refusal_tells_the_time_in_the_zone_of_the_meeting(meeting):
    meeting("next", "--at", "09:50")
    assert "09:50" in meeting("next", "--at", "09:45").err


@pytest.mark.parametrize("told", ["2026-11-24 09:40", "2026-11-24T09:40", "09:40", "2026-11-24T08:40:00Z", "9:40"])
def test_a_time_can_be_told_in_several_ways(meeting, told):
    assert meeting("next", "--at", told).code == 0
    assert meeting("status", "--json", "--at", "09:41").json["step"]["elapsed_s"] == 60


def test_minutes_are_given_and_taken_and_said(meeting):
    assert meeting("more", "5", "--at", "09:31").err == "Accueil et visite : 25 min\n"
    assert meeting("less", "--at", "09:31").err == "Accueil et visite : 24 min\n"
    said = meeting("less", "30", "--at", "09:31")
    assert said.code == 1 and "Séquence 1 : il resterait moins d’une minute." in said.err


def test_a_pause_stops_the_step(meeting):
    meeting("pause", "--at", "09:35")
    assert meeting("pause", "--at", "09:36").code == 1
    meeting("resume", "--at", "09:45")
    assert meeting("status", "--json", "--at", "09:45").json["step"]["elapsed_s"] == 300


def test_undo_and_redo_say_what(meeting):
    meeting("next", "--at", "09:50")
    assert meeting("undo", "--at", "09:51").err == "Annulé : le passage à « Besoins et questions »\n"
    assert meeting("redo", "--at", "09:51").err == "Rétabli : le passage à « Besoins et questions »\n"
    assert meeting("redo").code == 1


def test_people_are_known_by_the_beginning_of_their_name(meeting):
    assert meeting("attend", "elo", "--late", "--at", "09:40").err == "Élodie P. : en retard\n"
    said = meeting("attend", "Zoé Q.")
    assert said.code == 0 and "visiteur" in said.err


def test_there_is_no_gap_to_settle(meeting):
    assert meeting("gap").code == 0
    assert meeting("gap", "break").code == 1


def test_an_agenda_dated_otherwise_is_said(run, network):
    (network / "autre.yaml").write_text((network / "agenda.yaml").read_text() + "date: 2026-12-01\n")
    said = run("start", "autre.yaml", "--at", "2026-11-24 09:30")
    assert said.code == 0
    assert "mardi 1er décembre 2026" in said.err and "mardi 24 novembre 2026" in said.err


def test_a_second_meeting_is_not_started_while_one_is_live(meeting):
    said = meeting("start", "agenda.yaml")
    assert said.code == 1 and "2026-11-24-reseau" in said.err


def test_start_without_an_agenda_begins_the_built_in_meeting(run):
    assert run("start", "--at", "2026-11-24 09:30").code == 0
    assert len(run("status", "--json", "--at", "2026-11-24 09:31").json["steps"]) > 3


@pytest.mark.parametrize(
    "told",
    [
        "0001-01-01 00:00",
        "0001-01-01T00:00:00+23:59",
        "1969-12-31 23:00",
        "9999-12-31 23:59",
        "9999-12-31T23:59:59-23:59",
        "2026-11-24T10:00:00+24:00",
    ],
)
def test_a_time_of_no_meeting_is_refused_and_nothing_is_written(run, network, told):
    said = run("start", "agenda.yaml", "--at", told)
    assert (said.code, said.err) == (
        2,
        f"--at « {told} » : une heure comme « 2026-11-24 09:32 » est attendue.\n",
    )
    assert not (network / ".facilitator").exists()
    assert run("start", "agenda.yaml", "--at", "2026-11-24 09:30").code == 0
    assert run("next", "--at", told).code == run("status", "--at", told).code == 2


def test_an_old_meeting_is_written_up_and_closed(run):
    for words in (
        ("start", "agenda.yaml", "--at", "2000-02-29 09:30"),
        ("next", "--at", "09:50"),
        ("add", "action", "Une ?", "--due", "demain", "--at", "09:55"),
        ("add", "news", "Un appel", "--at", "09:55"),
        ("replan", "--at", "09:56"),
        ("status", "--at", "09:56"),
        ("close", "--at", "10:50"),
        ("followups",),
        ("entries",),
        ("newsletter",),
        ("doctor",),
    ):
        said = run(*words)
        assert said.code == 0, (words, said.err)


def test_a_meeting_that_ended_before_the_announced_end_is_not_said_to_be_late(meeting):
    for words in (("next", "--at", "10:00"), ("adjourn", "--at", "10:55")):
        assert meeting(*words).code == 0
    said = meeting("status", "--at", "10:56")
    assert "10:55" in said.out and "11:00" in said.out and "retard" not in said.out
    assert meeting("status", "--json").json["drift_s"] == -300  # against the promise


def test_a_meeting_held_far_from_its_time_is_neither_late_nor_ahead(run):
    assert run("start", "agenda.yaml", "--at", "2026-11-24 18:30").code == 0
    assert "retard" not in run("status", "--at", "18:31").out
