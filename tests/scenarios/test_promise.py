"""The meeting in which everything goes wrong, by the real program: everything in `promise/expected.md`."""

from __future__ import annotations

import json
import re
import shutil
from pathlib import Path
from typing import Any

import pytest
from here import act_out

HERE = Path(__file__).parent / "promise"
NOON = "2026-11-26T12:00:00+01:00"


@pytest.fixture(scope="module")
def held(tmp_path_factory):
    """The folder in which the meeting was held, and all that was said to the person."""
    folder = tmp_path_factory.mktemp("promise")
    shutil.copy(HERE / "agenda.yaml", folder)
    aside = tmp_path_factory.mktemp("aside")
    with pytest.MonkeyPatch.context() as patch:
        for name, value in {
            "HOME": str(aside),
            "XDG_STATE_HOME": str(aside),
            "TZ": "Europe/Paris",
            "LANGUAGE": "en",
        }.items():
            patch.setenv(name, value)
        done = act_out(HERE / "run.sh", folder, aside)
    assert done.returncode == 0, done.stderr
    return folder, done.stderr


@pytest.fixture
def said(held):
    def read(name: str) -> Any:
        return json.loads((held[0] / f"{name}.json").read_text())

    return read


def lengths(status) -> list[int]:
    return [step["adjusted_s"] // 60 for step in status["steps"]]


def offered(said, name: str) -> dict[str, dict]:
    return {offer["kind"]: offer for offer in said(name)["offers"]}


def test_twelve_minutes_late_is_seven_past_the_promise(said) -> None:
    late = said("late")
    assert (late["drift_s"], late["projected_end"]) == (720, "2026-11-26T12:07:00+01:00")
    assert late["step"]["lead"] == "Karim B."


def test_the_official_makes_it_twenty_seven(said) -> None:
    assert (said("official")["drift_s"], said("official")["step"]["left_s"]) == (1920, -1200)
    assert said("offers")["over_s"] == 27 * 60


def test_the_ways_out_are_shown_with_their_results(said, held) -> None:
    found = offered(said, "offers")
    assert {kind: (offer["by_s"] // 60, offer["over_s"] // 60) for kind, offer in found.items()} == {
        "shorten": (27, 0),
        "aside": (30, 0),
        "later": (27, 0),
        "break": (5, 22),
    }
    assert found["shorten"]["projected_end"] == NOON
    assert found["aside"]["step"] == 4
    assert found["later"]["promised_end"] == "2026-11-26T12:30:00+01:00"
    text = (held[0] / "offers.txt").read_text()
    assert re.search(r"10:27.10:41\s+14 min  Actualités", text)


@pytest.mark.ci
def test_shortening_lands_on_the_promise_and_one_undo_takes_it_back(said) -> None:
    assert lengths(said("shortened")) == [15, 10, 14, 22, 7, 40, 10]
    assert said("shortened")["projected_end"] == NOON
    assert lengths(said("undone")) == lengths(said("official")) == [15, 10, 20, 30, 10, 50, 10]


def test_a_gap_counts_until_it_is_called_a_break_and_then_it_is_said_what_that_costs(said) -> None:
    assert (said("unsettled")["step"]["elapsed_s"], said("unsettled")["projected_end"]) == (14 * 60, NOON)
    assert said("four-over")["over_s"] == 240
    shorten = offered(said, "four-over")["shorten"]
    assert (shorten["by_s"], shorten["over_s"], shorten["feasible"]) == (120, 120, False)
    assert said("four-won")["projected_end"] == NOON


def test_the_workshop_is_saved_within_its_minimum(said) -> None:
    assert said("workshop")["over_s"] == 360
    shorten = offered(said, "workshop")["shorten"]
    assert {step["phase"]: step["adjusted_s"] for step in shorten["steps"] if step["number"] == 6} == {
        None: 34 * 60,
        1: 20 * 60,
        2: 14 * 60,
    }
    closing = said("closing")
    assert (closing["step"]["number"], closing["projected_end"], closing["step"]["left_s"]) == (7, NOON, 600)
    assert closing["steps"][5]["actual_s"] == 40 * 60


def test_it_ends_at_the_promise(said) -> None:
    closed = said("closed")
    assert (closed["state"], closed["projected_end"], closed["promised_end"]) == ("closed", NOON, NOON)
    assert [step["actual_s"] // 60 for step in closed["steps"]] == [15, 30, 14, 20, 5, 40, 10]


def test_what_makes_no_sense_was_refused_in_a_sentence(held) -> None:
    for sentence in (
        "This end is past already.",
        "A step that was held cannot be changed any more.",
        "Step 7: less than a minute would be left.",
    ):
        assert sentence in held[1]


def test_the_minutes_hold_planned_and_actual_minutes_and_nobodys_share(held) -> None:
    (path,) = (held[0] / "minutes").iterdir()
    text = path.read_text()
    assert "\ntimes: 15/15 10/30 20/14 30/20 10/5 50/40 10/10\n" in text
    assert "10:50" not in text and "10 h 50" not in text.replace("\u00a0", " ")
    for document in (text, *(one.read_text() for one in (held[0] / "newsletter").iterdir())):
        assert "menée" not in document and "led by" not in document
