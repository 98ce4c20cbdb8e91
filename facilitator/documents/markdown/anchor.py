"""The name that a heading is linked to by."""

from __future__ import annotations

from facilitator.core.regex import regex

_LEFT_OUT = regex(r"[^\w\- ]")


def heading_anchor(title: str) -> str:
    """The name that forges give a heading: its words in small letters, without punctuation, joined by hyphens; accents stay."""
    return _LEFT_OUT.sub("", title.lower()).strip().replace(" ", "-")
