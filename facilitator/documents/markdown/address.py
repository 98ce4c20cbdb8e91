"""Where the links of a document lead when it is read elsewhere than in its repository."""

from __future__ import annotations

import posixpath
from collections.abc import Sequence

from markdown_it.token import Token

from facilitator.core.entry import read_label
from facilitator.core.regex import regex

_MEETING = regex(r"meeting:\s*\S")


def folder_of(front: Sequence[str]) -> str:
    """The folder that a document stands in, by the lines of its front matter: that of minutes, else that of letters."""
    return "minutes" if any(map(_MEETING.match, front)) else "newsletter"


def absolute(url: str, base: str | None, folder: str) -> str | None:
    """The whole address of a link in a document of that folder, `base` being where the repository can be read.

    None for what leads nowhere from elsewhere: a file where `base` is not known, or outside of the repository, and other schemes.
    """
    if url.startswith(("https://", "http://", "mailto:")):
        return url
    path, mark, place = url.partition("#")
    if base is None or not path or ":" in path.split("/", 1)[0] or path.startswith("/"):
        return None
    whole = posixpath.normpath(posixpath.join(folder, path))
    return None if whole.startswith("..") else f"{base.rstrip('/')}/{whole}{mark}{place}"


def leave_out_numbers(children: list[Token], base: str | None, folder: str) -> None:
    """Where the minutes cannot be led to, ` ([Q2](…))` in a letter says nothing to anybody: it goes, its parentheses with it."""
    leads = [place for place, child in enumerate(children) if child.type == "link_open"]
    for place in reversed(leads):
        url = str(children[place].attrGet("href") or "")
        around = children[place - 1 : place + 4]
        if place == 0 or len(around) < 5 or url.startswith("#") or absolute(url, base, folder) is not None:
            continue
        before, _, shown, _, after = around
        enclosed = before.content.endswith("(") and after.content.startswith(")")
        if enclosed and shown.type == "text" and read_label(shown.content) is not None:
            before.content = before.content[:-1].rstrip(" \u00a0")
            after.content = after.content[1:]
            del children[place : place + 3]
