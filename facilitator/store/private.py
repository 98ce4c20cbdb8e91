"""Individual needs after the close: what no document, archive or commit ever sees.

`private.jsonl` is append-only, framed as a journal. A record that is kept again takes the place of the one before;
whether it is done is what was said last.
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from typing import cast

import msgspec
from msgspec import Struct

from facilitator.core.records import Record
from facilitator.store import platform
from facilitator.store.door import open_own, read_own, write_all
from facilitator.store.folders import sync_chain
from facilitator.store.framing import body_of, frame
from facilitator.store.journal import UNREADABLE, NotSaved
from facilitator.store.workspace import Workspace

_WAIT_S = 2.0
_MAX = 64 * 1024 * 1024


class Kept(Struct, frozen=True, tag_field="op", tag="add"):
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


_Line = Kept | Finished | Released
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
    lines: list[_Line] = [Kept(record) for record in records if kept.get((record.meeting, record.number)) != record]
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


def unreadable_private(workspace: Workspace) -> list[int]:
    """The numbers, from 1, of the lines that cannot be read; they stay in the file. Raises OSError."""
    return [place for place, line in enumerate(_raw(workspace), 1) if line and _read(line) is None]


def _state(lines: list[_Line]) -> tuple[dict[_Key, Record], dict[_Key, bool]]:
    kept: dict[_Key, Record] = {}
    done: dict[_Key, bool] = {}
    for line in lines:
        if isinstance(line, Kept):
            key = (line.record.meeting, line.record.number)
            kept[key] = line.record
            done.pop(key, None)
        elif isinstance(line, Finished):
            done[(line.meeting, line.number)] = line.done
        else:
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
    if [_read(line) for line in data.splitlines()] != lines:
        raise NotSaved(UNREADABLE, workspace.private_file)
    try:
        workspace.ensure_private()
        fd = open_own(workspace.private_file, os.O_RDWR | os.O_APPEND | os.O_CREAT)
        try:
            _write(fd, data, workspace)
        finally:
            os.close(fd)
    except OSError as error:
        raise _not_saved(workspace, error) from error


def _not_saved(workspace: Workspace, error: OSError) -> NotSaved:
    return NotSaved(error.strerror or str(error), workspace.private_file)


def _write(fd: int, data: bytes, workspace: Workspace) -> None:
    platform.lock(fd, timeout_s=_WAIT_S)  # only for the newline: without it, one write at the end stays one write
    size = os.fstat(fd).st_size
    if not size:
        sync_chain(workspace.private)
    elif os.lseek(fd, -1, os.SEEK_END) >= 0 and os.read(fd, 1) != b"\n":
        data = b"\n" + data
    write_all(fd, data)
    platform.sync_data(fd)
