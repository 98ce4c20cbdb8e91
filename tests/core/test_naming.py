"""Names in a text that are more than a network wants."""

from __future__ import annotations

import pytest

from facilitator.core.naming import People
from facilitator.core.network import Member

LISTED = (Member("Awa S."), Member("Nora Lefèvre", was=("Nora Petit",)), Member("Karim"))


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Awa Sylla propose une salle", ["Awa Sylla"]),
        ("vu avec SYLLA Awa hier", ["SYLLA Awa"]),
        ("Awa S. propose une salle", []),
        ("Awa sait, Awa aussi", []),
        ("Awa, Sylla et un autre", []),
        ("la salle d’Awa", []),
        ("Nora Lefèvre le sait", []),
        ("Karim Benali le sait", []),
    ],
)
def test_whoever_is_listed_with_an_initial_is_not_named_in_full(text: str, found: list[str]) -> None:
    assert list(People(LISTED).named(text)) == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Nora Lefèvre, puis nora petit et LEFEVRE Nora", ["Nora Lefèvre", "nora petit", "LEFEVRE Nora"]),
        ("avec Odile Perret", ["Odile Perret"]),
        ("Nora L. et Odile", []),
    ],
)
def test_where_initials_are_wanted_a_whole_name_that_is_known_is_found(text: str, found: list[str]) -> None:
    assert list(People(LISTED, ["Odile Perret"], "initials").named(text)) == found


def test_where_nobody_is_to_be_named_an_initial_is_a_name_too() -> None:
    assert list(People(LISTED, wanted="none").named("Awa S. et Nora Lefèvre")) == ["Awa S", "Nora Lefèvre"]
    assert list(People(LISTED).named("Awa S. le demande", at_all=True)) == ["Awa S"]
