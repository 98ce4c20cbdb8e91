"""Re-planning, rounds, gaps, hand-overs and rehearsals on the command line. Times are those of 24 November 2026."""

from __future__ import annotations

from pathlib import Path

import pytest

DAY = "2026-11-24"


@pytest.fixture
def told(meeting):
    """Run a command at a time of that day; it must be carried out."""

    def run(at: str, *words: str):
        said = meeting(*words, "--at", f"{DAY} {at}")
        assert said.code == 0, said.err
        return said

    return run


def lengths(meeting) -> list[int]:
    return [step["adjusted_s"] // 60 for step in meeting("status", "--json").json["steps"]]


def test_the_offers_are_listed_with_their_results(told) -> None:
    said = told("10:12", "replan")
    assert said.out.splitlines()[0] == "finit 12 min trop tard · fin 11:12, annoncée 11:00"
    assert "1. raccourcir la suite : 12 min gagnées, fin 11:00" in said.out
    assert "2. mettre de côté « Besoins et questions » : 30 min gagnées, fin 10:42" in said.out
    assert "3. promettre 11:15, fin 11:12" in said.out


def test_an_offer_is_chosen_by_its_number_or_its_kind_and_undone_at_once(told, meeting) -> None:
    before = lengths(meeting)
    told("10:12", "replan", "1")
    assert lengths(meeting)[3] == 10  # the closing keeps its time
    assert sum(lengths(meeting)) == sum(before) - 12
    assert told("10:12", "replan", "--json").json["over_s"] == 0
    told("10:12", "undo")
    assert lengths(meeting) == before
    told("10:12", "replan", "later")
    assert told("10:12", "replan", "--json").json["promised_end"] == "2026-11-24T11:15:00+01:00"


def test_on_time_there_is_nothing_to_choose(told, meeting) -> None:
    told("09:50", "next")
    told("09:50", "replan", "--end", "10:50")
    said = told("09:50", "replan")
    assert said.out.startswith("finit comme annoncé")
    assert "Rien à recaler." in said.err
    assert meeting("replan", "1", "--at", f"{DAY} 09:50").code == 1


def test_an_offer_that_is_not_there_is_refused(meeting) -> None:
    said = meeting("replan", "break", "--at", f"{DAY} 10:12")
    assert (said.code, said.out) == (1, "")
    assert "break n’est pas un choix possible maintenant" in said.err
    assert meeting("replan", "9", "--at", f"{DAY} 10:12").code == 1
    assert meeting("replan", "vite", "--at", f"{DAY} 10:12").code == 2


def test_changes_by_hand(told, meeting) -> None:
    told("09:40", "replan", "--step", "2", "--duration", "25m")
    assert lengths(meeting) == [20, 25, 20, 10]
    told("09:40", "replan", "--insert", "break", "--duration", "5m", "--after", "2", "--title", "Café")
    assert lengths(meeting) == [20, 25, 5, 20, 10]
    told("09:40", "replan", "--move", "3", "--after", "4")
    assert lengths(meeting) == [20, 25, 20, 5, 10]
    told("09:40", "replan", "--aside", "3")
    assert [step["place"] for step in told("09:40", "replan", "--json").json["offers"][0]["steps"]].count("aside") == 1
    told("09:40", "replan", "--back", "3", "--end", "11:20")
    offers = told("09:40", "replan", "--json").json
    assert (offers["over_s"], offers["promised_end"]) == (-30 * 60, "2026-11-24T11:20:00+01:00")


def test_several_changes_are_one_act(told, meeting) -> None:
    told("09:40", "replan", "--step", "2", "--duration", "25", "--aside", "3", "--end", "10:40")
    told("09:40", "undo")
    assert lengths(meeting) == [20, 30, 20, 10]
    assert meeting("status", "--json").json["promised_end"] == "2026-11-24T11:00:00+01:00"


def test_a_step_that_was_passed_comes_back_as_the_next(told, meeting) -> None:
    told("09:40", "replan", "--aside", "2")
    told("09:50", "next")
    told("09:55", "replan", "--back", "2")
    titles = [step["title"] for step in meeting("status", "--json").json["steps"]]
    assert titles == ["Accueil et visite", "Atelier", "Besoins et questions", "Clôture"]


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (["--step", "2"], 2),
        (["--duration", "20"], 2),
        (["--move", "2"], 2),
        (["--step", "2", "--insert", "break", "--duration", "20"], 2),
        (["1", "--aside", "2"], 2),
        (["--insert", "party", "--duration", "20"], 2),
        (["--end", "midi"], 2),
        (["--end", "09:30"], 1),
        (["--step", "9", "--duration", "20"], 1),
        (["--step", "2", "--duration", "0"], 1),
        (["--step", "2", "--duration", "30"], 1),
        (["--step", "2", "--duration", "25h"], 2),
        (["--aside", "1"], 1),
        (["--insert", "break", "--duration", "5", "--after", "0"], 1),
    ],
)
def test_what_makes_no_sense_changes_nothing(meeting, words, code) -> None:
    before = meeting("status", "--json", "--at", f"{DAY} 09:40").out
    said = meeting("replan", *words, "--at", f"{DAY} 09:40")
    assert (said.code, said.out) == (code, "")
    assert said.err.strip()
    assert meeting("status", "--json", "--at", f"{DAY} 09:40").out == before


def test_an_end_after_midnight_is_on_the_next_day(run, network) -> None:
    (network / "nuit.yaml").write_text(
        'title: Nuit\nstart: "23:00"\nend: "00:30"\nsteps:\n  - { kind: free, duration: 80m }\n'
    )
    assert run("start", "nuit.yaml", "--at", f"{DAY} 23:00").code == 0
    assert run("replan", "--end", "00:45", "--at", f"{DAY} 23:10").code == 0
    assert run("status", "--json").json["promised_end"] == "2026-11-25T00:45:00+01:00"
    assert run("replan", "--end", "23:05", "--at", f"{DAY} 23:10").code == 1


def test_a_round_goes_from_one_to_the_next(told, meeting) -> None:
    assert meeting("round", "start", "--at", f"{DAY} 09:31").code == 1
    assert meeting("round", "start", "--total", "10", "--at", f"{DAY} 09:31").code == 1
    for who in ("Awa S.", "Nora T."):
        told("09:31", "attend", who)
    told("09:31", "round", "start", "--total", "3m")
    status = told("09:32", "round", "--json").json
    assert (status["speaking"], status["left_s"], status["waiting"]) == ("Awa S.", 30, ["Nora T."])
    assert told("09:33", "round").out.splitlines() == [
        "la parole est à Awa S. : dépasse de 0:30",
        "en attente : Nora T.",
        "pas encore entendus : Awa S., Nora T.",
    ]
    told("09:33", "round", "pass", "--later")
    told("09:34", "round", "pass")
    assert told("09:34", "round", "--json").json["speaking"] == "Awa S."
    told("09:35", "round", "end")
    assert meeting("round").code == 1
    assert meeting("round", "start", "--seconds", "1").code == 1
    assert meeting("round", "start", "--seconds", "beaucoup").code == 2


def test_a_gap_is_noted_listed_and_settled_both_ways(told, meeting) -> None:
    told("09:40", "gap", "note", "--from", "09:34", "--to", "09:38")
    assert "à qualifier" in told("09:40", "gap").out
    told("09:40", "gap", "break")
    assert meeting("status", "--json", "--at", f"{DAY} 09:40").json["step"]["elapsed_s"] == 6 * 60
    assert told("09:40", "gap", "--json").json[0]["counts"] == "break"
    told("09:40", "gap", "meeting", "--number", "1")
    assert meeting("status", "--json", "--at", f"{DAY} 09:40").json["step"]["elapsed_s"] == 10 * 60
    assert meeting("gap", "break", "--number", "7").code == 1
    assert meeting("gap", "note", "--from", "09:34", "--at", f"{DAY} 09:40").code == 2
    assert meeting("gap", "note", "--from", "09:10", "--to", "09:38", "--at", f"{DAY} 09:40").code == 1
    assert meeting("gap", "note", "--from", "09:38", "--to", "09:34", "--at", f"{DAY} 09:40").code == 1


def test_a_step_is_handed_over_and_given_back(told, meeting) -> None:
    assert meeting("handover", "--at", f"{DAY} 09:31").code == 1  # nobody is named for it
    told("09:31", "handover", "nora")
    assert meeting("status", "--json").json["step"]["lead"] == "Nora T."
    told("09:35", "handover", "--back")
    assert meeting("status", "--json").json["step"]["lead"] is None


def test_a_rehearsal_shows_the_plan_and_is_silent_about_habits_below_five_meetings(run) -> None:
    said = run("rehearse", "agenda.yaml")
    assert said.code == 0, said.err
    lines = said.out.splitlines()
    assert lines[0].split() == ["09:30–09:50", "20", "min", "1.", "Accueil", "et", "visite"]
    assert lines[1].strip() == "09:46 encore 4 min · 09:49 conclure, encore 1 min"
    assert lines[-1] == "fin 10:50, annoncée 11:00 · 10 min non attribuées"
    assert all(len(line) <= 80 for line in lines)


@pytest.mark.ci
def test_from_five_meetings_on_a_rehearsal_says_how_it_usually_goes(run) -> None:
    for day in range(10, 15):
        at = f"2026-11-{day}"
        assert run("start", "agenda.yaml", "--at", f"{at} 09:30").code == 0
        assert run("next", "--at", f"{at} 09:58").code == 0  # 28 of 20
        for minute in ("10:28", "10:38", "10:48"):
            assert run("next", "--at", f"{at} {minute}").code == 0
        assert run("close", "--at", f"{at} 11:09").code == 0
        if day == 13:
            assert "d’habitude" not in run("rehearse", "agenda.yaml").out
    said = run("rehearse", "agenda.yaml").out
    assert "Comment cela se passe d’habitude, d’après 5 rencontres :" in said
    assert "4 fois sur 5 la fin dépasse 11:09" in said
    assert "Accueil et visite : 1,4 fois le temps prévu" in said
    assert "1. Accueil et visite : 28 min au lieu de 20 min" in said
    assert run("rehearse", "agenda.yaml", "--json").json["habits"]["count"] == 5
    written = run("new", "--date", "2026-12-08")
    assert "1. Accueil et visite du lieu : 35 min au lieu de 25 min" in written.err
    welcome = Path(written.out.strip()).read_text().split("  - kind: ")[1]
    assert "duration: 35m" in welcome and 'why: "d’habitude 35 min, sur 5 rencontres"' in welcome


def test_in_the_hour_that_comes_twice_an_offset_says_which(run, network) -> None:
    (network / "nuit.yaml").write_text("title: Nuit\nsteps:\n" + "  - { kind: free, duration: 30m }\n" * 3)
    night = "2026-10-25"
    assert run("start", "nuit.yaml", "--at", f"{night} 01:30").code == 0
    assert run("next", "--at", f"{night} 02:40").code == 0
    assert run("next", "--at", f"{night} 02:10").code == 1  # the first 02:10 is before the last move
    assert run("next", "--at", f"{night} 02:10+01:00").code == 0
    assert [step["actual_s"] for step in run("status", "--json", "--at", f"{night} 03:00").json["steps"]] == [
        70 * 60,
        30 * 60,
        50 * 60,
    ]
