"""The colours: the usual ones, and a high contrast for those who need it and for bad projectors."""

from __future__ import annotations

from textual.theme import Theme

USUAL = Theme(
    name="facilitator",
    primary="#4c8fd6",
    secondary="#7aa2f7",
    accent="#ffc857",
    warning="#ffb454",
    error="#ff6b5e",
    success="#7fd47f",
    foreground="#e8e8e8",
    background="#14171c",
    surface="#1b1f26",
    panel="#2a303a",
    dark=True,
    variables={"text-muted": "#a9b1bd", "text-warning": "#ffb454", "text-error": "#ff7b6e", "text-success": "#8fdc8f"},
)
CONTRAST = Theme(
    name="facilitator-contrast",
    primary="#ffffff",
    secondary="#ffffff",
    accent="#ffff00",
    warning="#ffff00",
    error="#ffffff",
    success="#ffffff",
    foreground="#ffffff",
    background="#000000",
    surface="#000000",
    panel="#000000",
    dark=True,
    variables={
        "text": "#ffffff",
        "text-muted": "#ffffff",
        "text-warning": "#ffff00",
        "text-error": "#ffff00",
        "text-success": "#ffffff",
        "primary-muted": "#003b8e",
    },
)
