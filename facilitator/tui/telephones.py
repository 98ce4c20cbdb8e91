"""The telephones of the room as the screens know them: where they write, and what waits to be taken up."""

from __future__ import annotations

import os
from collections.abc import Sequence
from typing import TYPE_CHECKING

from msgspec import Struct

from facilitator.wording.telephones import waiting_texts

if TYPE_CHECKING:
    from facilitator.core.entry import Entry
    from facilitator.core.meeting import Meeting
    from facilitator.core.telephones import Sent, SentKind
    from facilitator.i18n import Translator
    from facilitator.meetings.session import Session
    from facilitator.meetings.telephones import Serving, Waiting
    from facilitator.store.workspace import Workspace

# After so many looks at the files the lock of whoever serves is looked at, too.
SELDOM = 10


class Pile(Struct, frozen=True):
    """What one key deals with: something that was sent, all who have the same question or need, or every evaluation."""

    id: str
    kind: SentKind
    items: tuple[Sent, ...]
    entry: Entry | None = None

    @property
    def first(self) -> Sent:
        """What came first of it."""
        return self.items[0]

    @property
    def words(self) -> tuple[str, ...]:
        """What people typed, which the room does not read before it is taken up."""
        typed = ((one.text, one.keep, one.change) for one in self.items)
        return tuple(text for texts in typed for text in texts if text)


def piles(found: Sequence[Waiting]) -> list[Pile]:
    """Who asks to speak, in turn, for they wait with a hand raised; then what was sent, oldest first; the evaluations last."""
    made: dict[str, Pile] = {}
    for one in found:
        item = one.item
        name = {"same": f"same {item.entry}", "evaluation": "evaluation"}.get(item.kind, item.id)
        before = made[name].items if name in made else ()
        made[name] = Pile(name, item.kind, (*before, item), one.entry)
    return sorted(made.values(), key=lambda pile: ("floor", "", "evaluation").index(_rank(pile)))


def _rank(pile: Pile) -> str:
    return pile.kind if pile.kind in ("floor", "evaluation") else ""


class Telephones:
    """What was seen of them last."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self.waiting: Sequence[Waiting] = []
        self.serving: Serving | None = None
        self.mended: set[str] = set()
        """What was begun to be said in other words."""
        self._files: tuple[Workspace | None, tuple[str, ...]] = (None, ())
        self._of: Meeting | None = None
        self._stood: object = None
        self._passed = 0

    def look(self, *, closely: bool = False) -> bool:
        """Look again; true when something is otherwise than before.

        While two files and the meeting stay as they are, nothing else is asked: some microseconds, each second. Whether a server
        lives that was killed and told nobody is asked seldom, or `closely`.
        """
        session = self._session
        if not session.exists:
            return False
        paths = self._paths()
        if not paths and not self.waiting and self.serving is None:  # nobody has asked for telephones here
            return False
        meeting, stood = session.meeting, tuple(map(_state, paths))
        self._passed += 1
        if not closely and self._passed < SELDOM and self._of is meeting and self._stood == stood:
            return False
        from facilitator.meetings.telephones import serving, waiting

        before, self._of, self._stood, self._passed = (self.waiting, self.serving), meeting, stood, 0
        self.waiting, self.serving = waiting(session), serving(session)
        return (self.waiting, self.serving) != before

    def _paths(self) -> tuple[str, ...]:
        """The files that tell, by their names here and now, for the workspace may be moved; none before there is a folder for them."""
        workspace = self._session.workspace
        if self._files[0] is not workspace:
            if not os.path.isdir(workspace.telephones_folder):  # noqa: PTH112  # never raises
                return ()
            from facilitator.store.telephones import sent_file, serving_file

            name = self._session.meeting.id
            files = (os.fspath(sent_file(workspace, name)), os.fspath(serving_file(workspace, name)))
            self._files = (workspace, files)
        return self._files[1]

    @property
    def link(self) -> str:
        """Where they write, as a telephone reads it; empty while they cannot."""
        return self.serving.url if self.serving is not None else ""

    def texts(self, tr: Translator) -> list[str]:
        """What waits, in a line, the longest wording first; none when nothing does."""
        return waiting_texts(tr, [one.item.kind for one in self.waiting])


def _state(path: str) -> tuple[int, int, int] | None:
    """What changes when a file is written; None when it is not there."""
    try:
        found = os.lstat(path)
    except OSError:
        return None
    return found.st_ino, found.st_size, found.st_mtime_ns
