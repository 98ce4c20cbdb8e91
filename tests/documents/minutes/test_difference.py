"""What hands changed in minutes, entry by entry; what an editor or a formatter did to their form is nothing."""

from __future__ import annotations

import pytest
from documents.minutes.example import MEETING
from documents.minutes.test_reader import EDITORS

from facilitator.documents.minutes.change import edit, make, remove, send
from facilitator.documents.minutes.difference import differences
from facilitator.documents.minutes.writer import write_minutes

TEXT = write_minutes(MEETING)


def shown(text, written=TEXT):
    return [(one.what, one.label, one.part) for one in differences(written, text) if one.part != "front"]


@pytest.mark.sampled(5)
@pytest.mark.parametrize("editor", sorted(EDITORS))
def test_what_an_editor_did_to_the_form_is_no_difference(editor):
    assert shown(EDITORS[editor](TEXT)) == []


@pytest.mark.sampled(1)
@pytest.mark.parametrize("editor", sorted(set(EDITORS) - {"unknown front matter"}))
def test_what_a_hand_changed_is_found_whatever_the_editor(editor):
    text = EDITORS[editor](edit(TEXT, "A2", scale="epci", text="Réserver la grande salle", owners=("Karim Benali",)))
    assert shown(text) == [("changed", "A2", "text"), ("changed", "A2", "owners")]
    assert shown(EDITORS[editor](remove(TEXT, "B2", scale="epci"))) == [("removed", "B2", "")]
    assert shown(EDITORS[editor](send(TEXT, "Q2", "drop", scale="epci"))) == [("moved", "Q2", "heading")]


def test_an_entry_of_another_kind_is_one_less_and_one_more():
    found = shown(make(TEXT, "D1", "action", 6, scale="epci"))
    assert sorted(found) == [("added", "A6", ""), ("removed", "D1", "")]


def test_what_follows_elsewhere_from_a_change_is_not_said_again():
    text = TEXT.replace("Réserver la salle de Castel pour janvier", "Réserver la grande salle")
    assert shown(text) == [("changed", "A2", "text")]
    mine = TEXT.replace("[Réserver la salle de Castel pour janvier (A2)](#a2)", "[la salle](#a2)", 1)
    assert [one[2] for one in shown(mine)] == ["words"]
