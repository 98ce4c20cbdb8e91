"""What a key of the meeting screen does, and what it is called. The rows are in `registry`, which no other screen needs."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from msgspec import Struct

from facilitator.core.entry import Entry
from facilitator.core.meeting import Meeting
from facilitator.core.vocabulary import Kind
from facilitator.i18n import N_, Translator
from facilitator.tui.keys import key_name

if TYPE_CHECKING:
    from facilitator.tui.board import Board

When = Callable[[Meeting, Entry | None], bool]
Do = Callable[["Board"], object]

CAPTURE = N_("Write down")
ENTRIES = N_("What was written down")
TIME = N_("Time")
PEOPLE = N_("People")
VIEWS = N_("Screens")
GROUPS = (CAPTURE, ENTRIES, TIME, PEOPLE, VIEWS)


def always(_meeting: Meeting, _selected: Entry | None) -> bool:
    """At any time, whatever is chosen."""
    return True


class Gesture(Struct, frozen=True):
    """Something a key does on the meeting screen.

    `keys` are Textual's names; `label` is two words at most, `help` a sentence. `opens` is set for those that open something
    and act on nothing yet, `kind` for those that open the bar for an entry.
    """

    id: str
    keys: tuple[str, ...]
    label: str
    help: str
    group: str
    do: Do
    when: When = always
    opens: bool = False
    kind: Kind | None = None

    def key(self, tr: Translator) -> str:
        """The first key as people write it; empty where there is none."""
        return key_name(tr, self.keys[0]) if self.keys else ""

    def keys_text(self, tr: Translator) -> str:
        """All its keys as people write them, for help and manual."""
        return " ".join(key_name(tr, key) for key in self.keys)
