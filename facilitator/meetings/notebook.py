"""The private notebook: what was agreed with a person, when to come back to it, how to reach them; and forgetting a person."""

from __future__ import annotations

import datetime
import json
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from msgspec import Struct
from msgspec.structs import replace

from facilitator.core.acts import in_order
from facilitator.core.cycle.forgetting import is_about, names, without
from facilitator.core.records import Record
from facilitator.core.refusal import Refused
from facilitator.core.text import fold_case
from facilitator.meetings.exposure import Exposure, close_private
from facilitator.meetings.withholding import forget_broken
from facilitator.store.documents import MAX_DOCUMENT, in_turn
from facilitator.store.door import read_document
from facilitator.store.forgetting import journal_acts, rewrite_journal, take_traces_away
from facilitator.store.private import (
    Contact,
    Note,
    Notebook,
    append_notebook,
    forget_private,
    read_notebook,
)

if TYPE_CHECKING:
    from facilitator.store.workspace import Workspace


class Deleted(Struct, frozen=True):
    """What was forgotten of a person: lines of what is private, acts in journals of so many meetings, other files."""

    lines: int
    acts: int
    meetings: int
    files: int
    exposed: tuple[Exposure, ...] = ()


def of_person(notebook: Notebook, called: Sequence[str]) -> Notebook:
    """What is noted of one person, under any of the names that they have, or had."""
    wanted = set(map(fold_case, called))
    return Notebook(
        tuple(note for note in notebook.notes if fold_case(note.person) in wanted),
        tuple(contact for contact in notebook.contacts if fold_case(contact.person) in wanted),
    )


def people(notebook: Notebook) -> tuple[str, ...]:
    """Those of whom something is noted."""
    return tuple(dict.fromkeys([one.person for one in notebook.contacts] + [one.person for one in notebook.notes]))


def note(
    workspace: Workspace, person: str, text: str, *, said: datetime.date, when: datetime.date | None
) -> tuple[Note, tuple[Exposure, ...]]:
    """Note what was agreed with a person; the note, and how what is private could be read by others. Raises NotSaved, OSError."""
    with in_turn(workspace):
        known = read_notebook(workspace).notes
        made = Note(1 + max((one.number for one in known), default=0), person, text, said, when)
        append_notebook(workspace, made)
    return made, close_private(workspace)


def finish(workspace: Workspace, number: int, *, done: bool = True) -> Note:
    """Say that a note is done with, or no longer is. Raises Refused where there is none of this number, NotSaved, OSError."""
    with in_turn(workspace):
        found = next((one for one in read_notebook(workspace).notes if one.number == number), None)
        if found is None:
            raise Refused("no-entry", label=str(number))
        made = replace(found, done=done)
        append_notebook(workspace, made)
    return made


def reach(workspace: Workspace, person: str, text: str) -> tuple[Exposure, ...]:
    """Keep how to reach a person; nothing: no longer. Raises NotSaved, OSError."""
    with in_turn(workspace):
        append_notebook(workspace, Contact(person, text))
    return close_private(workspace)


def forget(workspace: Workspace, person: str) -> Deleted:
    """Delete what is private of a person: notebook, contact, individual needs, their traces in the journals of closed meetings.

    Their name stays in what was published. Not while a meeting goes on, which the caller sees to. Raises OSError.
    """

    def about(one: Record | Note | Contact) -> bool:
        if isinstance(one, Record):
            return is_about(person, one)
        return fold_case(one.person) == fold_case(person) or names(person, one.text)

    with in_turn(workspace):
        says = _finder(person, _addresses(workspace, person))
        lines = forget_private(workspace, about, says)
        acts = meetings = 0
        folders = []
        for meeting in workspace.meetings():
            own = workspace.journal_folders(meeting)
            folders += [folder for folder in own if not folder.is_relative_to(workspace.private)]
            changed = {act.id: act for act in without(sorted(journal_acts(own), key=in_order), person)}
            rewrite_journal(own, changed, says)
            acts += len(changed)
            meetings += bool(changed)
        files = len(take_traces_away(workspace, folders, says)) + _take_mails_away(workspace, person)
        forget_broken(workspace)
    return Deleted(lines, acts, meetings, files, close_private(workspace))


def _take_mails_away(workspace: Workspace, person: str) -> int:
    """Delete the mails to somebody that wait in the folder of what leaves: they hold their address. How many; raises OSError."""
    from email import message_from_bytes
    from email.policy import default

    gone = 0
    for path in sorted(workspace.leaving_folder.glob("*.eml")):
        try:
            to = message_from_bytes(read_document(workspace.root, path, limit=MAX_DOCUMENT), policy=default)["To"]
        except OSError:
            continue  # what is no document is none of ours
        if to is not None and any(fold_case(one.display_name) == fold_case(person) for one in to.addresses):
            path.unlink()
            gone += 1
    return gone


def _addresses(workspace: Workspace, person: str) -> list[str]:
    """The addresses in what is noted of how to reach a person: a mail may wait for one. Raises OSError."""
    known = (one.text for one in read_notebook(workspace).contacts if fold_case(one.person) == fold_case(person))
    return [word.strip("<>(),;") for text in known for word in text.split() if "@" in word]


def _finder(person: str, addresses: Sequence[str]) -> Callable[[bytes], bool]:
    """Whether bytes name a person, as text or as JSON writes it, or hold one of their addresses."""

    def says(data: bytes) -> bool:
        text = data.decode("utf-8", errors="replace")
        return names(person, text) or any(one in text for one in (json.dumps(person)[1:-1], *addresses))

    return says
