"""How much one may take, so that there is enough for all."""

from __future__ import annotations

from contextlib import suppress

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from facilitator.web.addresses import host_names, is_address, is_reachable, location
from facilitator.web.codes import LENGTH, LETTERS, new_code
from facilitator.web.form import Malformed, fields, sent
from facilitator.web.limits import CONNECTIONS, OF_ADDRESS, STREAMS_OF_PHONE, UNPROVEN, UNPROVEN_OF_ADDRESS, Guard


def test_who_holds_connections_and_says_nothing_leaves_room_for_others():
    guard = Guard()
    assert sum(guard.admit("one") for _ in range(CONNECTIONS)) == UNPROVEN_OF_ADDRESS
    assert sum(guard.admit(f"other {n}") for n in range(CONNECTIONS)) == UNPROVEN - UNPROVEN_OF_ADDRESS


def test_whoever_shows_the_code_may_be_a_whole_room_behind_one_address():
    guard = Guard()
    admitted = 0
    while guard.admit("room"):
        guard.prove("room")
        admitted += 1
    assert admitted == OF_ADDRESS >= 200
    guard.release("room", proven=True)
    assert guard.admit("room")


@settings(max_examples=20)
@given(some.lists(some.tuples(some.sampled_from("ab"), some.booleans()), max_size=40))
def test_when_all_have_gone_nothing_is_counted_any_more(visits):
    guard = Guard()
    for address, proven in visits:
        assert guard.admit(address)
        if proven:
            guard.prove(address)
    for address, proven in visits:
        guard.release(address, proven=proven)
    assert not guard._connected and not guard._unproven


def test_a_telephone_follows_in_a_few_pages():
    guard = Guard()
    assert [guard.open_stream("p") for _ in range(STREAMS_OF_PHONE + 1)] == [True] * STREAMS_OF_PHONE + [False]
    guard.close_stream("p")
    assert guard.open_stream("p")


def test_a_code_has_no_letter_that_is_taken_for_another():
    assert not set("ilo01") & set(LETTERS)
    assert {len(new_code()) for _ in range(9)} == {LENGTH}
    assert len({new_code() for _ in range(50)}) == 50


@pytest.mark.parametrize("address", ["127.0.0.1", "169.254.3.4", "::", "224.0.0.1", "::1", "fe80::1%eth0", "x", ""])
def test_an_address_that_leads_nowhere_is_not_shown(address):
    assert not is_reachable(address)


def test_an_address_is_written_as_browsers_want_it():
    assert is_reachable("192.168.1.20") and is_reachable("2001:db8::5")
    assert is_address("127.0.0.1") and not is_address("localhost") and not is_address("192.168.1.0/24")
    assert location("192.168.1.20", 8000) == "http://192.168.1.20:8000"
    assert location("2001:db8::5", 80) == "http://[2001:db8::5]"
    assert "[2001:db8::5]:8000" in host_names("2001:db8::5", 8000)


@settings(max_examples=25)
@given(some.binary(max_size=40))
def test_any_body_is_fields_or_malformed(body):
    try:
        found = fields(b"kind=question&" + body)
    except Malformed:
        return
    with suppress(Malformed):
        sent(found)
