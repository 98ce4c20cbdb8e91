"""Under an open question, one line says who knows about its theme."""

from __future__ import annotations

import pytest
from documents.meetings import roannais
from msgspec.structs import replace

from facilitator.core import acts
from facilitator.core.meeting import Meeting
from facilitator.core.network import Member
from facilitator.core.said import Fields
from facilitator.documents.typography import unfold
from facilitator.i18n import translator
from facilitator.tui.entry_rows import EntryRows, knowing
from facilitator.tui.listing import Section

FR = translator("fr")
PEOPLE = (Member("Awa S.", "CCAS", knows=("droits",)), Member("Nora T.", knows=("accès aux droits",)))


@pytest.fixture(scope="module")
def room():
    return roannais(closed=False)


def asked(room, **fields) -> tuple[Meeting, str]:
    room.do("10:02", acts.Capture("question", Fields(text="Faut-il un mandat ?", **fields)))
    meeting = room.meeting
    setup = replace(meeting.setup, members=PEOPLE, partners=(Member("Zoomacom", knows=("droit",)),))
    meeting = replace(meeting, setup=setup)
    return meeting, unfold(knowing(FR, meeting, meeting.of_kind("question")[-1]))


def test_who_declared_it_is_on_the_line_of_the_chosen_question(room):
    meeting, said = asked(room, theme="droits")
    assert said == "qui s’y connaît : Awa S. (CCAS), Nora T., Zoomacom"
    assert asked(room, theme="droits", by="Awa S.")[1] == "qui s’y connaît : Nora T., Zoomacom"  # never whoever asks
    questions = tuple(meeting.of_kind("question"))
    rows = EntryRows(FR, 78).window([Section("", questions)], questions[-1].id, 8, knowing=said)
    assert said in unfold("".join(text for row in rows for text, _ in row))


def test_nothing_is_said_without_a_theme_or_of_one_that_nobody_knows(room):
    assert asked(room)[1] == ""
    assert asked(room, theme="impôts")[1] == ""


def test_nothing_is_said_once_it_has_its_answer_or_is_private(room):
    meeting, _ = asked(room, theme="droits")
    question = meeting.of_kind("question")[-1]
    for outcome, said in (("answered", False), ("drop", False), ("individual", False), ("newsletter", True)):
        assert bool(knowing(FR, meeting, replace(question, outcome=outcome))) is said
