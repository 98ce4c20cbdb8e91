"""A monkey types: no traceback, no hang, and every act that was acknowledged can be read afterwards."""

from __future__ import annotations

from .monkey import type_lines

# Among the quick tests; CI types more, with `python -m plain.monkey`.
LINES = 400


def test_whatever_is_typed_is_answered_and_what_is_acknowledged_can_be_read(network):
    found = type_lines(network, seed=19, count=LINES)
    assert found["lines"] >= LINES
    assert found["acknowledged"] > LINES / 4
