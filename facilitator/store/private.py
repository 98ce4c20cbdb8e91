"""Individual needs after the close, the notebook and contacts: what no document, archive or commit ever sees.

`private.jsonl` is append-only, framed as a journal. A record, or a note, that is kept again takes the place of the one before;
whether it is done is what was said last. Only when a person is forgotten is it written anew, with a tombstone for each line of theirs.
"""

from __future__ import annotations

import datetime
import os
from collections.abc import Callable, Sequence
from typing import cast

import msgspec
from msgspec import Struct

from facilitator.core.records import Record
from facilitator.core.text import fold_case
from facilitator.store import platform
from facilitator.store.atomic import replace_own
from facilitator.store.door import open_own, read_own
from facilitator.store.framing import body_of, frame
from facilitator.store.journal import UNREADABLE, NotSaved
from facilitator.store.lines import append_lines
from facilitator.store.workspace import Workspace

_WAIT_S = 2.0
_MAX = 64 * 1024 * 1024


class KeptPrivate(Struct, frozen=True, tag_field="op", tag="add"):
    """A record is private from now on."""

    record: Record


class Finished(Struct, frozen=True, tag_field="op", tag="finish"):
    """A record's follow-up is done, or no longer is."""

    meeting: str
    number: str
    done: bool


class Released(Struct, frozen=True, tag_field="op", tag="drop"):
    """A record is no longer private: its meeting was reopened and closed without it."""

    meeting: str
    number: str


class Note(Struct, frozen=True, tag_field="op", tag="note", omit_defaults=True):
    """What was agreed with a person, said on a day, and when to come back to it. `number` counts from 1 over all notes."""

    number: int
    person: str
    text: str
    said: datetime.date
    when: datetime.date | None = None
    done: bool = False


class Contact(Struct, frozen=True, tag_field="op", tag="contact"):
    """How to reach a person; empty: not any more."""

    person: str
    text: str


class ForgottenLine(Struct, frozen=True, tag_field="op", tag="forgotten"):
    """A line stood here that a person asked to be forgotten."""


class Notebook(Struct, frozen=True):
    """The notes in the order of their numbers, and the contacts in that of their names."""

    notes: tuple[Note, ...] = ()
    contacts: tuple[Contact, ...] = ()


class Led(Struct, frozen=True, tag_field="op", tag="led"):
    """Of the time of a meeting, in seconds, what members led to whom a step was handed over: the share in all, nobody's own."""

    meeting: str
    led_s: int
    total_s: int


_Line = KeptPrivate | Finished | Released | Note | Contact | ForgottenLine | Led
_Key = tuple[str, str]
_decode = msgspec.json.Decoder(_Line).decode
_encode = msgspec.json.Encoder().encode


def append_private(workspace: Workspace, records: Sequence[Record], *, meeting: str | None = None) -> None:
    """Keep records; to be repeated at will: what is already kept is not written twice.

    With `meeting`, they are all that this meeting has: its other records are dropped.
    Raises NotSaved.
    """
    try:
        kept, _ = _state(_lines(workspace))
    except OSError as error:
        raise _not_saved(workspace, error) from error
    lines: list[_Line] = [
        KeptPrivate(record) for record in records if kept.get((record.meeting, record.number)) != record
    ]
    if meeting is not None:
        wanted = {(record.meeting, record.number) for record in records}
        lines += [Released(*key) for key in kept if key[0] == meeting and key not in wanted]
    _append(workspace, lines)


def read_private(workspace: Workspace) -> list[Record]:
    """All private records as they stand, in the order they were first kept.

    Lines that cannot be read are left out. Raises OSError when the file cannot be read at all.
    """
    kept, done = _state(_lines(workspace))
    return [msgspec.structs.replace(record, done=done.get(key, record.done)) for key, record in kept.items()]


def finish_private(workspace: Workspace, meeting: str, number: str, done: bool = True) -> Record | None:  # noqa: FBT001, FBT002
    """Say that the follow-up of `S1` of a meeting is done, or no longer is.

    The record as it then stands; None when there is none of this number. Raises NotSaved, and OSError as `read_private`.
    """
    found = next((r for r in read_private(workspace) if (r.meeting, r.number) == (meeting, number)), None)
    if found is None or found.done == done:
        return found
    _append(workspace, [Finished(meeting, number, done)])
    return msgspec.structs.replace(found, done=done)


def read_notebook(workspace: Workspace) -> Notebook:
    """What was noted of people. Raises OSError when the file cannot be read at all."""
    notes: dict[int, Note] = {}
    contacts: dict[str, Contact] = {}
    for line in _lines(workspace):
        if isinstance(line, Note):
            notes[line.number] = line
        elif isinstance(line, Contact):
            contacts[fold_case(line.person)] = line
    known = (one for one in contacts.values() if one.text)
    return Notebook(
        tuple(notes[number] for number in sorted(notes)), tuple(sorted(known, key=lambda one: fold_case(one.person)))
    )


def append_notebook(workspace: Workspace, *lines: Note | Contact) -> None:
    """Keep notes and contacts; a note of a number that is there takes the place of that one. Raises NotSaved."""
    _append(workspace, lines)


def forget_private(
    workspace: Workspace, is_about: Callable[[Record | Note | Contact], bool], says: Callable[[bytes], bool]
) -> int:
    """Delete what is about a person, a tombstone in the place of each line; how many lines that were.

    Lines that cannot be read and in which `says` finds them go as well. Raises OSError: the file is then as it was.
    """
    raw = [line for line in _raw(workspace) if line]
    read = [_read(line) for line in raw]
    keys = {
        (line.record.meeting, line.record.number)
        for line in read
        if isinstance(line, KeptPrivate) and is_about(line.record)
    }

    def goes(line: _Line | None, data: bytes) -> bool:
        if line is None:
            return says(data)
        if isinstance(line, Note | Contact):
            return is_about(line)
        if isinstance(line, ForgottenLine | Led):  # no name is in them
            return False
        return _key(line) in keys

    gone = [goes(line, data) for line, data in zip(read, raw, strict=True)]
    if any(gone):
        tombstone = frame(_encode(ForgottenLine()))
        lines = (tombstone if is_gone else data + b"\n" for is_gone, data in zip(gone, raw, strict=True))
        replace_own(workspace.private_file, b"".join(lines))
    return sum(gone)


def keep_led(workspace: Workspace, led: Led) -> None:
    """Keep how much of a meeting members led; what is already kept is not written twice. Raises NotSaved."""
    try:
        known = read_led(workspace).get(led.meeting)
    except OSError as error:
        raise _not_saved(workspace, error) from error
    if known != led:
        _append(workspace, [led])


def read_led(workspace: Workspace) -> dict[str, Led]:
    """How much of each meeting members led, as it was said last. Raises OSError when the file cannot be read at all."""
    return {line.meeting: line for line in _lines(workspace) if isinstance(line, Led)}


def unreadable_private(workspace: Workspace) -> list[int]:
    """The numbers, from 1, of the lines that cannot be read; they stay in the file. Raises OSError."""
    return [place for place, line in enumerate(_raw(workspace), 1) if line and _read(line) is None]


def _key(line: KeptPrivate | Finished | Released) -> _Key:
    said = line.record if isinstance(line, KeptPrivate) else line
    return said.meeting, said.number


def _state(lines: list[_Line]) -> tuple[dict[_Key, Record], dict[_Key, bool]]:
    kept: dict[_Key, Record] = {}
    done: dict[_Key, bool] = {}
    for line in lines:
        if isinstance(line, KeptPrivate):
            key = _key(line)
            kept[key] = line.record
            done.pop(key, None)
        elif isinstance(line, Finished):
            done[(line.meeting, line.number)] = line.done
        elif isinstance(line, Released):
            kept.pop((line.meeting, line.number), None)
            done.pop((line.meeting, line.number), None)
    return kept, done


def _lines(workspace: Workspace) -> list[_Line]:
    return [found for line in _raw(workspace) if (found := _read(line)) is not None]


def _raw(workspace: Workspace) -> list[bytes]:
    try:
        data = read_own(workspace.private_file, limit=_MAX)
    except FileNotFoundError:
        return []
    return [line.removesuffix(b"\r") for line in data.split(b"\n")]


def _read(line: bytes) -> _Line | None:
    body = body_of(line)
    if body is None:
        return None
    try:
        return cast("_Line", _decode(body))
    except (msgspec.MsgspecError, ValueError, RecursionError):
        return None


def _append(workspace: Workspace, lines: Sequence[_Line]) -> None:
    if not lines:
        return
    data = b"".join(frame(_encode(line)) for line in lines)
    if [_read(line) for line in data.splitlines()] != list(lines):
        raise NotSaved(UNREADABLE, workspace.private_file)
    try:
        workspace.ensure_private()
        while True:
            fd = open_own(workspace.private_file, os.O_RDWR | os.O_APPEND | os.O_CREAT)
            try:
                platform.lock(
                    fd, timeout_s=_WAIT_S
                )  # only for the newline: without it, one write at the end stays one write
                if os.path.samestat(os.fstat(fd), workspace.private_file.lstat()):
                    append_lines(fd, workspace.private, data)
                    return
            finally:
                os.close(fd)  # it was written anew meanwhile: somebody was forgotten
    except OSError as error:
        raise _not_saved(workspace, error) from error


def _not_saved(workspace: Workspace, error: OSError) -> NotSaved:
    return NotSaved(error.strerror or str(error), workspace.private_file)
