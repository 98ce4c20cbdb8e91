"""Looking at what is past once for all that one command asks: what it wrote itself since is looked at again, and nothing else."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from pathlib import Path
from typing import Any


class OneLook:
    """What was looked at: of which workspace, what there was to say of it, and the documents written since."""

    def __init__(self) -> None:
        self.root: Path | None = None
        self.said: list[Any] = []
        self.written: set[Path] = set()


# Of a thread: what goes on beside a command looks for itself.
_LOOK: ContextVar[OneLook | None] = ContextVar("look", default=None)


@contextmanager
def one_look() -> Iterator[None]:
    """While this lasts the past is looked at once. What others change meanwhile is seen the next time."""
    before = _LOOK.set(OneLook())
    try:
        yield
    finally:
        _LOOK.reset(before)


def current_look() -> OneLook | None:
    """The look that lasts; None where everything is looked at each time."""
    return _LOOK.get()


def note_written(path: Path) -> None:
    """Say that this program wrote a document."""
    look = _LOOK.get()
    if look is not None:
        look.written.add(path)
