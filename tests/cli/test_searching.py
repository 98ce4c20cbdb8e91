"""What past meetings hold, found again from a terminal; and what is still open, chosen and gathered."""

from __future__ import annotations

import pytest

CLOSED = "2026-11-24-reseau"


@pytest.mark.parametrize(
    ("words", "found"),
    [
        (("payer",), ["Q1"]),
        (("MATERIELS",), ["Q2"]),
        (("prêté", "du", "matériel"), ["Q2"]),
        (("--kind", "question", "--open"), ["Q2", "Q4"]),
        (("paie", "--since", "2026"), ["Q1"]),
        (("paie", "--since", "2026-11", "--until", "2026-11-24"), ["Q1"]),
        (("paie", "--until", "2026-10"), []),
        (("paie", "--since", "2027"), []),
        (("chartes", "--person", "nora"), ["A1"]),
        (("chartes",), ["D1", "A1"]),
        (("paie", "--theme", "absent"), []),
        (("?!",), []),
    ],
)
def test_what_was_said_is_found_in_any_form(closed, words, found) -> None:
    said = closed("search", *words, "--json")
    assert said.code == 0
    assert [one["number"] for one in said.json] == found


def test_each_answer_says_where_and_when(closed, network) -> None:
    said = closed("search", "paie")
    assert said.code == 0
    number, place = said.out.splitlines()
    assert number.startswith("  Q1  Qui paie ?")
    path, line = place.split(" · ")[1].split(":")
    assert place.strip().startswith("24 novembre 2026 · ")
    assert "**Q1** Qui paie" in (network / path).read_text().splitlines()[int(line) - 1]


def test_nothing_private_is_found_unless_it_is_asked_for(closed) -> None:
    assert closed("search", "contrat").out == ""
    kept = closed("search", "contrats", "--private", "--json").json
    assert [one["number"] for one in kept] == ["Q3", "S1"]
    assert {(one["private"], one["file"], one["line"]) for one in kept} == {(True, None, None)}
    assert "contrat" in closed("search", "contrat", "--private").out


def test_a_day_that_is_none_is_refused(closed) -> None:
    for option in ("--since", "--until"):
        said = closed("search", "x", option, "zut")
        assert (said.code, option in said.err) == (2, True)
    said = closed("followups", "--before", "zut")
    assert (said.code, "--before" in said.err) == (2, True)


def test_what_is_open_is_chosen_and_gathered(closed) -> None:
    everything = closed("followups", "--json").json
    assert {"sort", "since", "age_days", "late_days"} <= set(everything[0])
    late = closed("followups", "--late", "--json", "--at", "2027-02-01 09:00").json
    assert late and all(one["late_days"] > 0 for one in late)
    assert closed("followups", "--group", "personne").out.splitlines()[-1]
    assert closed("followups", "--owner", "personne de ce nom").err.strip().endswith("Rien.")
    assert [one["sort"] for one in closed("followups", "--sort", "projet", "--json").json] == []
    assert closed("followups", "--before", "31/12", "--json").code == 0


def test_what_is_done_is_said_by_the_number_that_names_its_meeting(closed) -> None:
    numbers = {one["number"] for one in closed("followups", "--json").json}
    action = next(number for number in sorted(numbers) if number.startswith("A"))
    assert closed("done", f"{CLOSED}#{action}").code == 0
    assert action not in {one["number"] for one in closed("followups", "--json").json}
    refused = closed("done", f"2020-01-01-ailleurs#{action}")
    assert refused.code == 1 and "2020-01-01-ailleurs" in refused.err
