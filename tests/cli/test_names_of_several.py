"""A name that several people may have is that of none of them: which one is meant is asked, whatever option or command it is given to."""

from __future__ import annotations

import pytest


@pytest.fixture
def two_noras(meeting):
    meeting("attend", "Nora B.", "--at", "09:31")
    meeting("next", "--at", "09:50")
    meeting("add", "question", "Qui paie ?", "--at", "09:52")
    return meeting


@pytest.mark.parametrize(
    "words",
    [
        ("add", "action", "Rédiger", "--owner", "nora"),
        ("add", "action", "Rédiger", "--owner", "Karim", "--owner", "no"),
        ("add", "question", "Quoi ?", "--by", "Nora"),
        ("edit", "Q1", "--by", "nora"),
        ("answer", "Q1", "Oui.", "--by", "nora"),
        ("send", "Q1", "lettre", "--owner", "nora"),
        ("attend", "nora"),
        ("handover", "nora"),
        ("close", "--reread", "nora"),
    ],
    ids=" ".join,
)
def test_a_name_that_several_people_have_does_nothing_and_names_them(two_noras, words):
    before = two_noras("entries", "--json").out
    said = two_noras(*words, "--at", "09:53")
    assert (said.code, said.out) == (1, "")
    assert "Nora T., Nora B." in said.err and "donnez un peu plus du nom" in said.err
    assert two_noras("entries", "--json").out == before


def test_more_of_the_name_says_who_is_meant(two_noras):
    assert two_noras("add", "action", "Rédiger", "--owner", "nora b", "--at", "09:53").code == 0
    assert two_noras("entries", "action", "--json").json[0]["owners"] == ["Nora B."]


def test_the_whole_name_of_one_is_hers_though_others_begin_so(meeting):
    for name in ("Jean", "Jeanne"):
        meeting("attend", name, "--at", "09:31")
    assert meeting("add", "action", "Rédiger", "--owner", "jean", "--at", "09:53").code == 0
    assert meeting("entries", "action", "--json").json[0]["owners"] == ["Jean"]


def test_after_the_close_too(two_noras, network):
    two_noras("send", "Q1", "lettre", "--at", "09:53")
    two_noras("add", "action", "Rédiger", "--at", "09:53")
    assert two_noras("close", "--at", "10:50").code == 0
    (path,) = (network / "minutes").glob("*.md")
    before = path.read_bytes()
    for words in (("answer", "Q1", "Oui.", "--by"), ("send", "Q1", "next", "--owner"), ("edit", "A1", "--owner")):
        said = two_noras(*words, "nora")
        assert said.code == 1 and "Nora T., Nora B." in said.err
    assert path.read_bytes() == before


def test_in_the_notebook_too(run, network):
    (network / "facilitator.yaml").write_text("members: [Nora T., Nora B.]\n")
    said = run("notebook", "nora", "--add", "Revoir le contrat")
    assert said.code == 1 and "Nora T., Nora B." in said.err
    assert run("notebook", "nora b", "--add", "Revoir le contrat").code == 0
    assert "Nora B." in run("notebook").out


def test_a_partner_who_comes_in_is_known_by_the_beginning_of_the_name_as_on_the_screen(run, network):
    (network / "facilitator.yaml").write_text("members: [Awa S.]\npartners: [Paul Rey, Paule Sand]\n")
    run("start", "agenda.yaml", "--at", "2026-11-24 09:30")
    said = run("attend", "paul", "--at", "09:31")
    assert said.code == 1 and "Paul Rey, Paule Sand" in said.err
    assert run("attend", "paul r", "--at", "09:31").code == 0
    assert "Paul Rey" in run("status", "--json", "--at", "09:32").out or "Paul Rey" in run("minutes", "--stdout").out
