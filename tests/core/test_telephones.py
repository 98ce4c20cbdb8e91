"""What waits from telephones, and how much of one of them, and of all, may wait."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from facilitator.core.telephones import (
    MAX_SENT,
    MOST,
    MOST_OF_ONE,
    PAUSE_MS,
    WAITING,
    WAITING_OF_ONE,
    Sends,
    Sent,
    Settled,
    act_id,
    cleaned,
    is_token,
)  # fmt: skip
from facilitator.core.text import MAX_NAME


def item(number: int, phone: int, kind: str = "question", at: int = 0) -> Sent:
    entry = "e" if kind == "same" else ""
    return Sent(f"sent-as-number-{number:05}", kind, f"telephone-number-{phone}", at, "Qui ?", entry=entry)


def test_one_telephone_and_all_of_them_have_their_limits():
    sends = Sends(item(n, 1, at=n * PAUSE_MS) for n in range(WAITING_OF_ONE))
    assert sends.refusal(item(99, 1, at=10**9)) == "too-many-waiting"
    assert sends.refusal(item(99, 2, at=10**9)) is None
    sends.take(Settled(one.id, "declined") for one in list(sends.arrived.values()))
    assert sends.refusal(item(99, 1, at=10**9)) is None
    sends.take(item(n, 1) for n in range(WAITING_OF_ONE, MOST_OF_ONE))
    assert sends.refusal(item(99, 1, at=10**9)) == "too-many"
    assert Sends(item(n, n) for n in range(WAITING)).refusal(item(9_999, 9_999)) == "full"


def test_a_clock_that_was_set_back_keeps_nobody_waiting():
    sends = Sends([item(1, 1, at=10**12)])
    assert sends.refusal(item(2, 1, at=10**12 + 1)) == "too-fast"
    assert sends.refusal(item(2, 1, at=10**11)) is None


@pytest.mark.parametrize("kind", ["same", "evaluation", "floor"])
def test_what_is_said_once_is_said_once(kind):
    first, second = item(1, 1, kind), item(2, 1, kind, at=10**9)
    first = Sent(first.id, kind, first.phone, 0, entry=first.entry, useful=4)
    second = Sent(second.id, kind, second.phone, 10**9, entry=second.entry, useful=4)
    assert Sends([first]).refusal(second) == "said-already"
    assert Sends([first, Settled(first.id, "withdrawn")]).refusal(second) is None
    again = Sends([first, Settled(first.id, "taken")]).refusal(second)
    assert again == (None if kind == "floor" else "said-already")


def test_taken_up_is_taken_up_whatever_else_is_said_of_it():
    one = item(1, 1)
    lines = [Settled(one.id, "withdrawn"), Settled(one.id, "taken"), Settled(one.id, "declined")]
    for order in (lines, lines[::-1]):
        assert Sends([one, *order]).of_phone(one.phone) == [(one, "taken")]


def test_what_is_not_said_is_not_kept():
    for kind in ("question", "need", "same", "evaluation"):
        assert Sends().refusal(Sent("sent-as-number-1", kind, "telephone-number-1", 0)) == "empty"
    assert Sends().refusal(Sent("sent-as-number-1", "floor", "telephone-number-1", 0)) is None


def test_what_is_too_long_is_not_kept():
    assert (
        Sends().refusal(Sent("sent-as-number-1", "need", "telephone-number-1", 0, "x" * (MAX_SENT + 1)))
        == "text-too-long"
    )
    assert (
        Sends().refusal(Sent("sent-as-number-1", "need", "telephone-number-1", 0, "x", "y" * (MAX_NAME + 1)))
        == "name-too-long"
    )


def test_only_what_is_written_has_to_wait_for_the_one_before():
    sends = Sends([item(n, 1, at=n * PAUSE_MS) for n in range(WAITING_OF_ONE)])
    for kind in ("same", "floor", "evaluation"):
        assert sends.refusal(Sent("sent-as-number-X", kind, "telephone-number-1", 0, entry="e", useful=3)) is None


def test_very_many_in_all_are_enough_even_when_they_are_settled():
    sends = Sends(item(n, n) for n in range(MOST))
    sends.take(Settled(f"sent-as-number-{n:05}", "declined") for n in range(MOST))
    assert sends.refusal(item(9_999, 9_999)) == "full"


def test_an_id_of_another_telephone_is_not_taken():
    sends = Sends([item(1, 1)])
    assert sends.refusal(item(1, 2)) == "other-sender"
    assert sends.knows(item(1, 1)) and not sends.knows(item(1, 2))


def test_the_act_of_what_was_sent_has_an_id_that_no_telephone_chooses():
    assert act_id(item(1, 1)) == act_id(item(1, 2)) != act_id(item(2, 1))
    assert len(act_id(item(1, 1))) == 24


def test_texts_are_kept_as_every_text_of_a_meeting_is():
    given_text = Sent(
        "sent-as-number-1", "need", "telephone-number-1", 0, " a\x1b[2J\r\nb ", "Awa\nS.", "", 0, "k\nk", "\u202ec"
    )
    kept = cleaned(given_text)
    assert (kept.text, kept.by, kept.keep, kept.change) == ("a\nb", "Awa S.", "k k", "c")


def test_a_random_name_is_long_and_plain():
    assert is_token("a" * 16) and is_token("A-_9" * 16)
    assert not any(map(is_token, ("a" * 15, "a" * 65, "a" * 15 + "é", "a" * 15 + "\n", "a" * 16 + "\n", "")))


@settings(max_examples=25)
@given(some.permutations(range(6)))
def test_what_waits_does_not_depend_on_when_a_line_was_read(order):
    first, second, third = item(1, 1), item(2, 2), item(3, 3)
    lines = [
        first,
        second,
        third,
        Settled(first.id, "taken"),
        Settled(first.id, "withdrawn"),
        Settled(third.id, "declined"),
    ]
    assert [one.id for _, one in Sends(lines[at] for at in order).waiting()] == [second.id]
