"""The agendas of a workspace, by their first lines: which is today's, which is to come, which was held.

A look at each file and no more: to be opened an agenda is read by `documents.agenda`, which takes its time and says what is wrong.
"""

from __future__ import annotations

import datetime
import os
import re
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec import Struct

from facilitator.core.regex import regex
from facilitator.core.text import normalise, one_line, slug
from facilitator.store.door import read_document

if TYPE_CHECKING:
    from collections.abc import Iterator

    from facilitator.store.workspace import Workspace

SUFFIXES = (".yaml", ".yml")
_LINE = regex(r"""^(title|slug|date|start)\s*:\s*("[^"\n]*"|'[^'\n]*'|[^#\n]*?)\s*(?:#.*)?$""", re.MULTILINE)
_HOUR = regex(r"[0-9]{1,2}:[0-9]{2}\Z")
_MOST_TITLE = 200


class ComingAgenda(Struct, frozen=True):
    """An agenda as a glance sees it: `day` and `start` (`09:30`) are None where it says none, the title of one without is its file's name."""

    path: Path
    title: str
    slug: str
    day: datetime.date | None = None
    start: str | None = None

    @property
    def meeting(self) -> str | None:
        """The name that its meeting has if it is held on its day; None without a day."""
        return f"{self.day.isoformat()}-{self.slug}" if self.day else None


def agendas(workspace: Workspace) -> list[ComingAgenda]:
    """All that are in the folder of agendas, in the order of their days, those without one last."""
    try:
        names = sorted(os.listdir(workspace.agendas_folder))  # noqa: PTH208  # names are enough
    except OSError:
        return []
    found = [_glance(workspace, workspace.agendas_folder / name) for name in names if name.endswith(SUFFIXES)]
    return sorted(found, key=lambda one: one.day or datetime.date.max)


def to_come(workspace: Workspace, today: datetime.date) -> list[ComingAgenda]:
    """Those that were not held, as far as their day and name tell; of a day that is past none was."""
    return [one for one in agendas(workspace) if (one.day is None or one.day >= today) and not _held(workspace, one)]


def of_today(workspace: Workspace, today: datetime.date, *, again: bool = False) -> list[ComingAgenda]:
    """Those of this day that were not held; `again`: those that were, too."""
    return [one for one in agendas(workspace) if one.day == today and (again or not _held(workspace, one))]


def _held(workspace: Workspace, written: ComingAgenda) -> bool:
    """Whether a meeting of that day and name is over here, or its minutes came from elsewhere."""
    meeting = written.meeting
    if meeting is None:
        return False
    if workspace.marked_closed(meeting):
        return True
    is_there = any(map(os.path.lexists, workspace.journal_folders(meeting)))
    return not is_there and os.path.lexists(workspace.minutes_folder / f"{meeting}.md")


def _glance(workspace: Workspace, path: Path) -> ComingAgenda:
    said: dict[str, str] = {}
    with suppress(OSError):
        for key, value in _said(read_document(workspace.root, path).decode("utf-8", errors="replace")):
            said.setdefault(key, value)
    title = one_line(normalise(said.get("title", "")).text)[:_MOST_TITLE] or path.stem
    day = None
    with suppress(ValueError):
        day = datetime.date.fromisoformat(said.get("date", ""))
    return ComingAgenda(path, title, slug(said.get("slug") or title), day, _hour(said.get("start", "")))


def _hour(said: str) -> str | None:
    return said if _HOUR.match(said) else None


def _said(text: str) -> Iterator[tuple[str, str]]:
    for found in _LINE.finditer(text):
        key, value = found.groups()
        yield key, value[1:-1] if value[:1] in ("'", '"') and len(value) > 1 else value
