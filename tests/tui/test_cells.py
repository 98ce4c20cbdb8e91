"""Text in cells: at any width, also none or less than none, it ends, nothing is wider than it may be, and no word is lost."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from examples import examples
from hypothesis import example, given, settings
from hypothesis import strategies as st

from facilitator.tui.cells import ELLIPSIS, cell_len, fit, left, right, wrap

WIDTHS = st.integers(-12, 40)
# Ordinary letters, wide ones, marks that take no cell, joiners, signs that a selector widens, spaces that are no space.
LETTERS = st.text(
    st.sampled_from("abé ⏎\n\u00a0中文💬\u0301\u200d\ufe0f✔👩🏽\t") | st.characters(exclude_categories=("Cs",))
)
JOINED = st.text(st.sampled_from("a中👩\u200d\ufe0f\u0301 "), max_size=6)
TEXTS = LETTERS | JOINED | st.lists(st.text("abc中", min_size=1)).map(" ".join)


def _seen(text: str) -> str:
    return "".join(character for character in text if character not in " \n\u200d")


@settings(max_examples=examples(20))
@given(TEXTS, WIDTHS)
@example("Adopter une charte commune.", 0)
@example("Adopter une charte commune.", -9)
@example("中文", 1)
@example("a", -1)
@example("\u200d\u200d中 \u200d中", 1)
def test_wrapping_ends_and_no_line_is_wider_than_it_may_be(text: str, width: int) -> None:
    lines = wrap(text, width)
    assert lines
    assert all(cell_len(line) <= max(0, width) for line in lines)


@settings(max_examples=examples(20))
@given(TEXTS, st.integers(2, 40))
def test_wrapping_loses_nothing_but_spaces_where_each_sign_has_its_cells(text: str, width: int) -> None:
    kept = "".join(wrap(text, width))
    assert _seen(kept) == _seen(text) or ELLIPSIS in kept


@settings(max_examples=examples(20))
@given(TEXTS, WIDTHS)
@pytest.mark.parametrize("shape", [left, right])
def test_what_is_aligned_takes_its_width_exactly(shape: Callable[[str, int], str], text: str, width: int) -> None:
    assert cell_len(shape(text, width)) == max(0, width)


@settings(max_examples=examples(20))
@given(TEXTS, WIDTHS)
def test_what_is_cut_fits(text: str, width: int) -> None:
    assert cell_len(fit(text, width)) <= max(0, width)


@pytest.mark.timeout(5)
def test_the_longest_word_in_the_narrowest_column_takes_no_time() -> None:
    assert len(wrap("a" * 20_000, 1)) == 20_000
    assert len(wrap("中" * 20_000, 1)) == 20_000
    assert len(wrap("中" * 20_000, 3)) == 20_000
