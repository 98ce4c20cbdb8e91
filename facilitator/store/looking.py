"""Looking at what is past once for all that one command asks: what it wrote itself since is looked at again, and nothing else."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any


class Look:
    """What was looked at: of which workspace, what there was to say of it, and the documents written since."""

    def __init__(self) -> None:
        self.root: Path | None = None
        self.said: list[Any] = []
        self.written: set[Path] = set()


_LOOKS: list[Look] = []


@contextmanager
def one_look() -> Iterator[None]:
    """While this lasts the past is looked at once. What others change meanwhile is seen the next time."""
    _LOOKS.append(Look())
    try:
        yield
    finally:
        _LOOKS.pop()


def current_look() -> Look | None:
    """The look that lasts; None where everything is looked at each time."""
    return _LOOKS[-1] if _LOOKS else None


def note_written(path: Path) -> None:
    """Say that this program wrote a document."""
    if _LOOKS:
        _LOOKS[-1].written.add(path)
