"""Boxes that hold others and paint nothing themselves but a border.

Textual renders every box around a change again, line by line; `BLANK` makes that one strip for all lines.
"""

from __future__ import annotations

from textual.containers import Container

from facilitator.tui.widgets.still import Still


class Ruled(Still, Container):
    """A box with a border; its layout is the style sheet's."""


class Box(Ruled):
    """A box without border or text."""

    BLANK = True
