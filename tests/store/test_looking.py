"""A look lasts for what asked for it, and for nothing that goes on beside it."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path

from facilitator.store.looking import current_look, note_written, one_look

MINUTES = Path("/réseau/comptes-rendus/2026-11-24.md")


def test_a_look_that_lasts_is_not_that_of_a_thread_beside_it() -> None:
    with ThreadPoolExecutor(1) as beside, one_look():
        assert beside.submit(current_look).result() is None
        beside.submit(note_written, MINUTES).result()
        look = current_look()
    assert look is not None
    assert not look.written


def test_a_look_begun_beside_another_one_ends_neither() -> None:
    with ThreadPoolExecutor(1) as beside:
        other = one_look()
        beside.submit(other.__enter__).result()
        assert current_look() is None
        with one_look():
            beside.submit(other.__exit__, None, None, None).result()
            assert current_look() is not None
        assert beside.submit(current_look).result() is None


def test_after_a_look_within_a_look_the_outer_one_goes_on() -> None:
    with one_look():
        outer = current_look()
        with suppress(ValueError), one_look():
            assert current_look() is not outer
            raise ValueError
        note_written(MINUTES)
        assert current_look() is outer
    assert outer is not None
    assert outer.written == {MINUTES}
    assert current_look() is None
