"""Lines of a journal: `{"c":"<crc32 of the bytes of r>","r":<json>}`, each ended by a newline.

A line that was torn, flipped, merged or typed by hand fails its checksum; what is in it is never guessed.
Acts of an older format are brought up to date by `UPCASTS` when they are read, never in the file.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from typing import Any, Literal, cast, get_args
from zlib import crc32

import msgspec
from msgspec import Struct

from facilitator.core.acts import ACT_VERSION, Act, AnyEvent
from facilitator.core.regex import regex
from facilitator.core.text import normalise

Reason = Literal[
    "foreign",  # not a line of ours: edited by hand, or not whole
    "checksum",  # a line of ours whose bytes changed
    "conflict",  # a marker of a merge that failed
    "not-an-act",  # the checksum holds, the content is no act
    "not-a-file",  # the whole file: a link, a folder, a pipe
    "too-large",  # the whole file
    "no-access",  # the whole file or folder
]

MAX_N = 1 << 62  # far beyond any clock; a larger one would leave no room for the next act

Upcast = Callable[[dict[str, object]], dict[str, object]]
UPCASTS: dict[tuple[str, int], Upcast] = {}
"""What turns an event of type and version into the next version's; empty while there is one format."""

_HEAD = b'{"c":"'
_MIDDLE = b'","r":'
_CRC = len(_HEAD)
_BODY = _CRC + 8 + len(_MIDDLE)
_MARKERS = (b"<<<<<<<", b"=======", b">>>>>>>", b"|||||||")

# What a terminal or a reader would obey, as JSON may hold it: C0 (but the newline), C1, bidirectional controls.
_OBEYED = regex(
    rb"\\(?:u00(?:[01][0-9a-fA-F]|[7-9][0-9a-fA-F])|u06|u2|[bfrt])"
    rb"|\xc2[\x80-\x9f]|\xe2\x80[\x8e\x8f\xa8-\xae]|\xe2\x81[\xa6-\xa9]|\xd8\x9c"
)

_encode = msgspec.json.Encoder().encode


class Unknown(Struct, frozen=True):
    """An act that a newer program wrote: the type, or the version, that this one does not know."""

    type: str


def frame(body: bytes) -> bytes:
    """The line that holds a JSON value, newline included."""
    return b"%b%08x%b%b}\n" % (_HEAD, crc32(body), _MIDDLE, body)


def frame_act(act: Act) -> bytes:
    """The line of an act."""
    return frame(_encode(act))


def written_act(act: Act) -> bytes:
    """The line of an act, once it was read again and is that act. Raises ValueError, which names it, for one that would not be."""
    try:
        line = frame_act(act)
    except (TypeError, msgspec.MsgspecError, OverflowError) as error:
        raise ValueError(str(error)) from error
    if read_line(line[:-1]) != act:
        raise ValueError(act.id)
    return line


@cache
def _decoder() -> Callable[[bytes], Act]:
    """Made for the first line that is read: that takes as long as a start of Python, and a first frame may have none to read."""
    return msgspec.json.Decoder(Act).decode


def body_of(line: bytes) -> bytes | None:
    """The JSON value of a line without its newline; None when it is not a line of ours, or its checksum fails."""
    body = line[_BODY:-1]
    if line[_CRC : _CRC + 8] == b"%08x" % crc32(body) and _framed(line):
        return body
    return None


def read_line(line: bytes) -> Act | Unknown | Reason:
    """The act of a line without its newline, or why there is none. Never raises."""
    body = line[20:-1]  # written out: this is the loop that reads a meeting of 20,000 acts
    if line[6:14] != b"%08x" % crc32(body) or line[14:20] != _MIDDLE or line[:6] != _HEAD or line[-1:] != b"}":
        return _why_not(line)
    if (b"\\" in body or b"\xc2" in body or b"\xe2" in body or b"\xd8" in body) and _OBEYED.search(body):
        return _read_otherwise(body)
    try:
        act = _decoder()(body)
    except (msgspec.MsgspecError, ValueError, RecursionError):
        return _read_otherwise(body)
    if act.v == ACT_VERSION and act.n < MAX_N:
        return act
    return _read_otherwise(body)


def rescue(line: bytes) -> bytes | None:
    """The whole line that stands at the end of a spoilt one: what a torn write or a block of zeros was glued to."""
    at = line.rfind(_HEAD)
    return line[at:] if at > 0 and body_of(line[at:]) is not None else None


def _framed(line: bytes) -> bool:
    return line.startswith(_HEAD) and line[_CRC + 8 : _BODY] == _MIDDLE and line.endswith(b"}")


def _why_not(line: bytes) -> Reason:
    if line.startswith(_MARKERS):
        return "conflict"
    return "checksum" if _framed(line) else "foreign"


def _read_otherwise(body: bytes) -> Act | Unknown | Reason:
    """An act that is not of this version, holds events this program does not know, or text to be normalised.

    Text was normalised when it was captured; what another program wrote is normalised here.
    """
    try:
        value = _normalised(msgspec.json.decode(body))
    except (msgspec.MsgspecError, ValueError, RecursionError):
        return "not-an-act"
    if not _is_act(value):
        return "not-an-act"
    version = value.get("v", 1)
    if version > ACT_VERSION:
        return Unknown(f"v{version}")
    events = cast("list[dict[str, object]]", value["events"])
    value["events"] = [_upcast(event, version) for event in events]
    value["v"] = ACT_VERSION
    unknown = {str(event["type"]) for event in value["events"]} - _known_types()
    if unknown:
        return Unknown(", ".join(sorted(unknown)))
    try:
        return msgspec.convert(value, Act)
    except (msgspec.MsgspecError, ValueError):
        return "not-an-act"


def _normalised(value: Any) -> Any:  # noqa: ANN401  # any JSON
    if isinstance(value, str):
        return value if value.isprintable() else normalise(value).text
    if isinstance(value, list):
        return [_normalised(item) for item in value]
    if isinstance(value, dict):
        return {_normalised(key): _normalised(item) for key, item in value.items()}
    return value


def _is_act(value: object) -> bool:
    if not isinstance(value, dict) or not isinstance(value.get("id"), str) or not isinstance(value.get("events"), list):
        return False
    version, n = value.get("v", 1), value.get("n")
    if not isinstance(version, int) or version < 1 or not isinstance(n, int) or n >= MAX_N:
        return False
    return all(isinstance(event, dict) and isinstance(event.get("type"), str) for event in value["events"])


def _upcast(event: dict[str, object], version: int) -> dict[str, object]:
    for step in range(version, ACT_VERSION):
        change = UPCASTS.get((str(event["type"]), step))
        if change is not None:
            event = change(event)
    return event


def _known_types() -> set[str]:
    return {str(kind.__struct_config__.tag) for kind in get_args(AnyEvent)}
