"""What an examination finds: a fact with its place, worded elsewhere."""

from __future__ import annotations

from pathlib import Path
from typing import Literal

from msgspec import Struct

Code = Literal[
    "journal-line",  # a line that cannot be read; line 0 is the whole file; values: reason
    "journal-unknown",  # a line of a newer version; values: type
    "no-opening",  # a journal without the act that opens its meeting
    "void-act",  # values: actor, reason, at
    "late-acts",  # came after the close in force; values: count, by
    "unfinished-close",  # closed, not published
    "closed-mark",  # marked closed, and open by its journal
    "untouched",  # live, and nothing happened for long; values: hours
    "several-live",  # values: meetings
    "fallback-journal",  # acts outside the workspace; values: count (of those that are nowhere else), home
    "half-typed-left",  # values: writer, kind, text (None: not to be shown)
    "half-typed-unreadable",
    "private-line",  # a line of private.jsonl
    "private-copy",  # made by a program that synchronises folders; values: home
    "private-unreadable",  # the whole file; values: problem
    "archive-broken",
    "archive-aside",  # an archive that was put aside when it was made again
    "temporary",  # left by a write that was interrupted
    "telephones-left",  # of a meeting that is closed or gone, and that nobody serves
    "foreign",  # an unknown name in the private folder
    "mode",  # values: mode, expected
    "ignore-missing",
    "ignore-weakened",
    "link-private",  # values: target
    "link-document",  # where a document, or a folder of them, should be; values: target
    "unlisted",  # a folder that cannot be read; values: problem
    "tracked",  # by git
    "git-silent",  # git was asked and did not answer; values: problem
    "settings",  # facilitator.yaml; values: problem
    "one-name",  # of two people in facilitator.yaml; values: problem
    "conflict",  # markers of a merge that failed
    "front-unreadable",
    "document-unreadable",  # values: problem
    "document-problem",  # read, but for this; values: problem
    "missing-entries",  # published, and no longer there; values: labels
    "private-said",  # by a document; values: label
    "beside",  # values: beside
    "beside-unread",  # the same, of a document that cannot be read any more
    "no-journal",  # minutes whose journal is not on this machine
    "no-minutes",  # closed, without its minutes
]


class Finding(Struct, frozen=True):
    """One thing that was found. `path` is absolute, `line` counts from 1; absent is None.

    `attention` is false for what is worth knowing and asks for nothing.
    """

    code: Code
    path: Path | None = None
    line: int | None = None
    meeting: str | None = None
    values: dict[str, str | int | None] = {}
    attention: bool = True


def problem_of(error: OSError) -> str:
    """What the system said."""
    return error.strerror or str(error)
