"""Boxes that hold others and paint nothing themselves.

Textual renders every box around a change again, line by line; `BLANK` makes that one strip for all lines.
"""

from __future__ import annotations

from textual.containers import Container

from facilitator.tui.widgets.still import Still


class Box(Still, Container):
    """A box without border or text; its layout is the style sheet's."""

    BLANK = True
