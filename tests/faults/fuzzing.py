"""What a fuzzer tries: values made of words, of anything at all, of bites into what is right, and all of these blown up.

A value is a text or bytes. `test_32_fuzz.py` tries values made by Hypothesis, `fuzz_atheris.py` those that coverage leads to.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TypeVar

import hypothesis.strategies as st

from facilitator.i18n import translator

from .harness import Table

Value = TypeVar("Value", str, bytes)
TR = translator("fr")
TODAY = datetime.date(2026, 11, 24)
ANY = st.one_of(
    st.characters(exclude_categories=()), st.sampled_from("\0\t\n\r\x1b\x07\x9b\x85\u2028\u202e\ud800\ufeff\u0301")
)
CUT = "\x1d"
"""Between the parts of a value that is several things at once."""


@dataclass(frozen=True)
class Parser:
    """A reader: what must hold of each value (yielding between parts that are bounded each), values to begin with, words it knows, the bytes of the largest value."""

    check: Callable[[str], object] | Callable[[bytes], object]
    corpus: Sequence[str] | Sequence[bytes]
    words: Sequence[str] = ()
    most: int = 300_000

    def value(self, data: bytes) -> str | bytes:
        """The value that these bytes stand for."""
        if isinstance(self.corpus[0], bytes):
            return data
        try:
            return data.decode("utf-8", "surrogatepass")
        except UnicodeDecodeError:
            return data.decode("utf-8", "surrogateescape")

    def values(self) -> st.SearchStrategy:
        """Words in any order, anything at all, the corpus with bites taken out of it, and all of these blown up."""
        text = isinstance(self.corpus[0], str)
        nothing = "" if text else b""
        whole = st.sampled_from(self.corpus)
        small = st.text(ANY, max_size=8) if text else st.binary(max_size=8)
        words = [word if text else as_bytes(word) for word in self.words] or [nothing]
        piece = st.one_of(st.sampled_from(words), small, whole.flatmap(_slice_of))
        joined = st.lists(piece, max_size=30).map(nothing.join)
        edits = st.lists(st.tuples(st.integers(0, 9_999), st.integers(0, 12), piece), min_size=1, max_size=6)
        bitten = st.tuples(whole, st.booleans(), edits).map(_bitten)
        sizes = st.sampled_from([1_000, 20_000, self.most // 4, self.most])
        begin = st.one_of(st.just(nothing), whole)
        blown = st.tuples(begin, st.lists(piece, min_size=1, max_size=3), sizes, st.booleans()).map(_blown)
        return st.one_of(joined, bitten, bitten, st.text(ANY) if text else st.binary(), blown)


def as_bytes(value: str | bytes) -> bytes:
    """The bytes that `Parser.value` makes this value of."""
    return value if isinstance(value, bytes) else value.encode("utf-8", "surrogatepass")


def _slice_of(whole: Value) -> st.SearchStrategy[Value]:
    ends = st.tuples(st.integers(0, len(whole)), st.integers(0, 40))
    return ends.map(lambda at: whole[at[0] : at[0] + at[1]])


def _bitten(bite: tuple[Value, bool, list[tuple[int, int, Value]]]) -> Value:
    """The text with lines, or characters, taken out, doubled, moved, or others put in."""
    whole, by_line, edits = bite
    parts = whole.splitlines(keepends=True) if by_line else [whole[at : at + 1] for at in range(len(whole))]
    for at, size, new in edits:
        place = at % (len(parts) + 1)
        parts[place : place + size] = [new + whole[:0]] if not by_line else [new, *new[:0].splitlines()]
    return whole[:0].join(parts)


def _blown(blow: tuple[Value, list[Value], int, bool]) -> Value:
    """Pieces again and again, each time with its number or not, until it is that many bytes long."""
    begin, pieces, most, numbered = blow
    piece = begin[:0].join(pieces)
    if not piece:
        return begin
    times = most // len(as_bytes(piece))
    if not numbered:
        return begin + piece * times
    numbers = range(min(times, 50_000))
    if isinstance(begin, str):
        return begin + "".join(f"{piece}{number}" for number in numbers)[:most]
    return begin + b"".join(b"%b%d" % (piece, number) for number in numbers)[:most]


PARSERS: dict[str, tuple[Callable[[Table], Parser], tuple[int, ...]]] = {}
"""The parsers by name: what makes one, given a workspace of its own, and the faults it is about."""


def reads(name: str, *numbers: int) -> Callable[[Callable[[Table], Parser]], Callable[[Table], Parser]]:
    """Register what makes a parser."""

    def note(make: Callable[[Table], Parser]) -> Callable[[Table], Parser]:
        PARSERS[name] = (make, numbers)
        return make

    return note
