"""The inbox as people read it, and read back."""

from __future__ import annotations

import datetime

import mdformat
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from facilitator.core.cycle.inbox import InboxItem, in_order
from facilitator.core.text import normalise
from facilitator.documents.inbox import Conflicted, add_to_inbox, merge_inboxes, move_in_inbox, read_inbox

CALL = InboxItem("AAP « Tiers-lieux »", "call", "https://example.org/aap", datetime.date(2026, 12, 4), level="region")
EVENT = InboxItem("Webinaire", "event", None, None, datetime.datetime(2026, 12, 9, 14))
NEWS = InboxItem("La Coop change de page d'accueil", None, "https://example.org/coop")
WRITTEN = """\
# À relayer

## Appels à projets

- [ ] [AAP « Tiers-lieux »](https://example.org/aap) *(appel · jusqu’au 4 décembre 2026 · région)*

## Rendez-vous

- [ ] Webinaire *(événement · 9 décembre 2026 à 14 h)*

## Autres actualités

- [ ] [La Coop change de page d'accueil](https://example.org/coop)
"""


def plain(text: str) -> str:
    return text.replace("\u00a0", " ").replace("\u202f", " ")


def test_items_stand_under_their_sort_and_read_back():
    text, new = add_to_inbox(None, [NEWS, CALL, EVENT], "fr")
    assert plain(text) == WRITTEN and new == [NEWS, CALL, EVENT]
    assert [kept.item for kept in read_inbox(text)] == [CALL, EVENT, NEWS]
    english, _ = add_to_inbox(None, [NEWS, CALL, EVENT], "en")
    assert [kept.item for kept in read_inbox(english)] == [CALL, EVENT, NEWS]


def test_what_was_ever_there_is_not_put_in_again():
    text, _ = add_to_inbox(
        WRITTEN, [CALL, InboxItem("webinaire"), InboxItem("Autre titre", None, "https://example.org/coop")], "fr"
    )
    assert text == WRITTEN
    done = move_in_inbox(WRITTEN, read_inbox(WRITTEN)[0], "done", "fr")
    assert add_to_inbox(done, [CALL], "fr") == (done, [])


def test_an_item_is_moved_with_its_words_and_what_stands_under_it():
    text = WRITTEN.replace("région)*\n", "région)*\n  - À voir avec Karim\n")
    moved = move_in_inbox(text, read_inbox(text)[0], "done", "fr")
    assert moved.endswith(
        "## Traité\n\n- [x] [AAP « Tiers-lieux »](https://example.org/aap) *(appel · jusqu’au 4 décembre 2026 · région)*\n  - À voir avec Karim\n"
    )
    (done,) = [kept for kept in read_inbox(moved) if kept.done]
    assert done.item == CALL
    again = move_in_inbox(moved, read_inbox(moved)[0], "agenda", "fr")
    assert again.index("À l’ordre du jour") < again.index("Traité")
    assert [kept.section for kept in read_inbox(again)] == ["other", "agenda", "done"]


def test_a_section_that_is_emptied_goes_and_leaves_one_blank_line():
    text = WRITTEN
    while waiting := [kept for kept in read_inbox(text) if not kept.done]:
        text = move_in_inbox(text, waiting[0], "done", "fr")
    assert [line for line in text.split("\n") if line.startswith("#")] == ["# À relayer", "## Traité"]
    assert "\n\n\n" not in text
    assert [kept.item for kept in read_inbox(text)] == [CALL, EVENT, NEWS]


def test_the_words_of_a_person_in_a_section_that_is_emptied_stay():
    text = WRITTEN.replace("## Rendez-vous\n", "## Rendez-vous\n\nÀ voir avec Karim.\n").replace("\n", "\r\n")
    moved = move_in_inbox(text, next(kept for kept in read_inbox(text) if kept.item == EVENT), "agenda", "fr")
    assert "## Rendez-vous\r\n\r\nÀ voir avec Karim.\r\n\r\n## Autres" in moved.replace("\u2019", "’")


@pytest.mark.parametrize(
    "change",
    [
        lambda text: mdformat.text(text, extensions={"gfm"}),
        lambda text: text.replace("\n", "\r\n"),
        lambda text: text.replace("- [ ] ", "* "),
        lambda text: text.replace("## ", "### ").replace("’", "'"),
    ],
)
def test_what_hands_and_formatters_did_changes_nothing(change):
    assert [kept.item for kept in read_inbox(change(WRITTEN))] == [CALL, EVENT, NEWS]
    text, _ = add_to_inbox(change(WRITTEN), [InboxItem("Un rapport", "report")], "fr")
    assert [kept.item.text for kept in read_inbox(text)] == [CALL.text, EVENT.text, "Un rapport", NEWS.text]


def test_a_line_that_a_person_typed_is_an_item():
    text = "Mes notes\n\n- voir https://example.org/x avant Noël\n- [x] vu\n\n## Appels à projets\n- AMI *(jusqu'au 15/12/2026)*\n"
    assert [(kept.item, kept.done) for kept in read_inbox(text)] == [
        (InboxItem("voir https://example.org/x avant Noël", None, "https://example.org/x"), False),
        (InboxItem("vu"), True),
        (InboxItem("AMI", "call", None, datetime.date(2026, 12, 15)), False),
    ]


def test_conflict_markers_are_left_alone():
    with pytest.raises(Conflicted) as problem:
        add_to_inbox(WRITTEN.replace("## Rendez", "<<<<<<< HEAD\n## Rendez"), [NEWS], "fr")
    assert problem.value.line == 7


def test_what_closes_first_is_shown_first():
    later = InboxItem("b", "call", None, datetime.date(2027, 1, 1))
    assert in_order([NEWS, InboxItem("c", "report"), later, CALL, EVENT]) == [3, 2, 4, 1, 0]


def test_what_two_people_made_of_it_is_joined_item_by_item():
    ours = add_to_inbox(WRITTEN, [InboxItem("Un", "call")], "fr")[0].replace(
        "- [ ] Webinaire *(événement · 9 décembre 2026 à 14 h)*\n", ""
    )
    theirs = move_in_inbox(
        add_to_inbox(WRITTEN, [InboxItem("Deux", "call"), InboxItem("Trois", "report")], "fr")[0],
        read_inbox(WRITTEN)[0],
        "done",
        "fr",
    )
    theirs = move_in_inbox(theirs, next(kept for kept in read_inbox(theirs) if kept.item == NEWS), "agenda", "fr")
    for one, other in ((ours, theirs), (theirs, ours)):
        read = {kept.item.text: (kept.section, kept.done) for kept in read_inbox(merge_inboxes(WRITTEN, one, other))}
        assert read == {
            "Un": ("call", False), "Deux": ("call", False), "Trois": ("report", False),
            NEWS.text: ("agenda", False), CALL.text: ("done", True),
        }  # fmt: skip
    assert merge_inboxes(WRITTEN, ours, WRITTEN) == ours
    assert merge_inboxes(WRITTEN, WRITTEN, WRITTEN) == WRITTEN


@given(text=st.text(max_size=60).map(lambda text: normalise(" ".join(text.split())).text).filter(bool))
@settings(max_examples=15, deadline=None)
def test_any_text_comes_back_word_for_word(text):
    items = [
        InboxItem(f"a {text}", "call", "https://example.org/x", CALL.deadline),
        InboxItem(f"b {text}", "report", None, CALL.deadline),
    ]
    assert [kept.item for kept in read_inbox(add_to_inbox(None, items, "fr")[0])] == items
