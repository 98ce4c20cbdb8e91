"""A member who has another name now: what was asked, owed or kept under the one before is theirs."""

from __future__ import annotations

from pathlib import Path

import pytest

NEW = "Nora Lefèvre"
SETTINGS = f'name: R\nmembers: [Awa S., {{ name: "{NEW}", place: Mably, was: ["Nora T."] }}]\n'


@pytest.fixture
def married(closed, network):
    """The meeting was closed while she was Nora T."""
    assert closed("notebook", "Nora T.", "--add", "Revoir son contrat").code == 0
    (network / "facilitator.yaml").write_text(SETTINGS, encoding="utf-8")
    return closed


@pytest.mark.parametrize("asked", ["Nora T.", NEW, "lefevre"])
def test_their_follow_ups_are_found_under_either_name_and_told_under_the_one_of_today(married, asked):
    (found,) = [one for one in married("followups", "--owner", asked, "--json").json if one["kind"] == "action"]
    assert (found["number"], found["owners"]) == ("A1", [NEW])
    said = married("followups", "--group", "owner").out
    assert f"{NEW}\n" in said and "Nora T." not in said
    assert f"Rédiger la charte · {NEW}" in married("followups").out


def test_no_file_is_written_for_that(married, network):
    path = network / "minutes/2026-11-24-reseau.md"
    before = path.read_bytes()
    assert married("followups").code == 0 and path.read_bytes() == before
    assert married("done", "A1").code == 0
    assert "**Nora T.**" in path.read_text(encoding="utf-8")


@pytest.mark.parametrize("asked", ["Nora T.", NEW])
def test_what_they_said_is_found_under_either_name(married, asked):
    assert "Rédiger la charte" in married("search", "--person", asked).out


def test_what_is_carried_over_is_theirs_under_the_name_of_today(married, network):
    said = married("new", "--date", "2026-12-15")
    assert married("start", said.out.strip(), "--at", "2026-12-15 09:30").code == 0
    (action,) = married("entries", "action", "--json").json
    assert action["owners"] == [NEW]


def test_the_brief_names_them_as_they_are_called_now(married):
    page = married("brief").out
    assert NEW in page and "Nora T." not in page


def test_the_notebook_is_theirs_under_either_name_and_so_is_being_forgotten(married, network):
    assert "Revoir son contrat" in married("notebook", NEW).out
    assert married("forget", NEW).code == 0
    kept = b"".join(path.read_bytes() for path in (network / ".facilitator").rglob("*.jsonl"))
    assert b"son contrat" not in kept and "Nora T." not in married("notebook").out


@pytest.mark.parametrize("asked", ["Nora T.", NEW, "NORA LEFEVRE"])
def test_their_dates_go_into_a_calendar_under_either_name(married, asked):
    text = Path(married("ics", "--person", asked).out.strip()).read_bytes().decode()
    assert f"SUMMARY:Rédiger la charte ({NEW})" in text and text.count("BEGIN:VEVENT") == 1


def test_what_they_owe_under_the_name_before_goes_to_the_address_noted_under_that_of_today(married):
    assert married("notebook", NEW, "--contact", "nora@example.org").code == 0
    (path,) = married("mail", "--owners").out.split()
    assert b"nora@example.org" in Path(path).read_bytes()


@pytest.mark.parametrize("asked", ["Nora T.", "nora t.", NEW])
def test_in_a_meeting_either_name_is_theirs_of_today(run, network, asked):
    (network / "facilitator.yaml").write_text(SETTINGS, encoding="utf-8")
    agenda = network / "agenda.yaml"
    agenda.write_text(
        agenda.read_text().replace("members: [Awa S., Karim B., Nora T., Élodie P.]", 'members: ["Nora T.", Awa S.]')
    )
    assert run("start", "agenda.yaml", "--at", "2026-12-15 09:30").code == 0
    said = run("attend", asked, "--at", "09:31")
    assert said.out + said.err == f"{NEW} : là\n"
    assert run("add", "action", "Relire", "--owner", "Nora T.", "--at", "09:32").code == 0
    assert run("add", "need", "Un bus", "--by", "Nora T.", "--at", "09:32").code == 0
    assert {
        name for one in run("entries", "--json").json for name in (*one["owners"], *([one["by"]] if one["by"] else []))
    } == {NEW}
