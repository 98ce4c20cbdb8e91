"""Who is who, and who knows."""

from __future__ import annotations

import pytest

from facilitator.core.cycle.directory import Directory, Renamed, answers, renamed
from facilitator.core.cycle.topics import alike, same_theme, stems
from facilitator.core.network import Member
from facilitator.core.records import Record

PEOPLE = Directory(
    (
        Member("Karim Benali", knows=("Tablettes",), was=("Karim B.",)),
        Member("Nora Lefèvre", knows=("accès aux droits",)),
        Member("Léa Moreau"),
    ),
    (Member("Zoomacom", knows=("tablette", "droits")),),
)


def test_who_declared_it_knows_members_before_partners_whatever_number_or_accent():
    assert [one.name for one in PEOPLE.knowing("tablettes")] == ["Karim Benali", "Zoomacom"]
    assert [one.name for one in PEOPLE.knowing("Droit")] == ["Nora Lefèvre", "Zoomacom"]
    assert PEOPLE.knowing("impôts") == ()


def test_earlier_names_are_the_same_person():
    assert PEOPLE.name("karim b.") == "Karim Benali"
    assert PEOPLE.name("Odile Perret") == "Odile Perret"


@pytest.mark.parametrize(
    ("name", "found"),
    [("Nora L.", "Nora Lefèvre"), ("Nora", "Nora Lefèvre"), ("Lea M.", "Léa Moreau"), ("Nora T.", None), ("Karim B.", None), ("Odile", None)],
)  # fmt: skip
def test_a_name_that_is_probably_a_member_s_earlier_one_is_found(name, found):
    assert renamed(PEOPLE, [name, name]) == ((Renamed(name, found),) if found else ())


def test_two_members_with_one_first_name_are_not_guessed_between():
    both = Directory((Member("Nora Lefèvre"), Member("Nora Lebrun")))
    assert renamed(both, ["Nora L."]) == ()


def test_an_answer_that_is_private_or_of_another_theme_is_not_among_those_given_before():
    given = [
        Record(meeting="2026-01-13-r", kind="question", number="Q1", text="A", theme="droits", answer_by="Karim B."),
        Record(meeting="2026-03-10-r", kind="question", number="Q1", text="B", theme="droits", answer_by="Nora", private=True),
        Record(meeting="2026-03-10-r", kind="question", number="Q2", text="C", theme="outils", answer_by="Nora"),
        Record(meeting="2026-05-12-r", kind="question", number="Q1", text="D", theme="droits", answer_by="Nora"),
    ]  # fmt: skip
    found = answers(PEOPLE, "droit", given)
    assert [(one.name, one.text) for one in found] == [("Nora", "D"), ("Karim Benali", "A")]


def test_topics_are_words_without_their_endings_and_small_words():
    assert stems("Nous cherchons des tablettes pour l’été") == stems("tablette, été, cherchons")
    assert same_theme("droits", "accès aux droits") and same_theme("accès aux droits", "droits")
    assert same_theme("journaux", "journal") and not same_theme("droits", "matériel")
    assert same_theme("C++", "c++") and not same_theme("C++", "C")
    assert alike("Sécuriser les comptes des seniors", "Les comptes des seniors, les protéger")
    assert alike("Une trame commune d’atelier smartphone", "La trame smartphone, toujours")
    assert not alike("Prêter six tablettes", "Quelques tablettes en avril, un vidéoprojecteur")
    assert not alike("", "")
