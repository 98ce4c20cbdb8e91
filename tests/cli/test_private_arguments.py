"""What is private and stood among the arguments of a process is said, with the way that does not."""

from __future__ import annotations

import pytest

SAID = "d’autres ont pu lire"


@pytest.fixture
def private(meeting):
    meeting("next", "--at", "09:50")
    meeting("add", "need", "-", "--individual", "--at", "09:51", stdin=b"Un contrat")
    meeting("add", "question", "Une ?", "--at", "09:51")
    return meeting


def test_an_individual_need_given_as_an_argument_is_said(private):
    said = private("add", "need", "Fin de contrat", "--individual", "--at", "09:52")
    assert said.code == 0 and SAID in said.err and "add need - --individual" in said.err


def test_a_new_text_of_an_individual_need_is_said(private):
    said = private("edit", "S1", "--text", "Fin de contrat", "--at", "09:52")
    assert said.code == 0 and SAID in said.err and "edit S1 --text -" in said.err


def test_an_answer_to_what_is_taken_up_individually_is_said(private):
    private("send", "Q1", "individual", "--at", "09:52")
    said = private("answer", "Q1", "300 euros", "--at", "09:53")
    assert said.code == 0 and SAID in said.err and "answer Q1 -" in said.err


@pytest.mark.parametrize(
    "words",
    [
        ("add", "need", "-", "--individual"),
        ("edit", "S1", "--text", "-"),
        ("edit", "S1", "--theme", "droits"),
        ("add", "need", "Un prêt"),
        ("answer", "Q1", "Oui"),
        ("edit", "Q1", "--text", "Une autre ?"),
    ],
)
def test_what_is_read_from_the_standard_input_or_is_public_is_not(private, words):
    said = private(*words, "--at", "09:53", stdin=b"Autre chose")
    assert said.code == 0, said.err
    assert SAID not in said.err
