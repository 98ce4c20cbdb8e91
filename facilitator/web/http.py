"""One request, read strictly (h11) and within limits; one answer, with the headers that all of them bear."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from http import HTTPStatus
from urllib.parse import unquote, urlsplit

import h11
from msgspec import Struct

from facilitator.web.limits import BODY_BYTES, BODY_S, HEAD_BYTES, HEAD_S

_CHUNK = 16 * 1024
_ONCE = (b"host", b"origin", b"content-length", b"content-type")
_BEARS: tuple[tuple[str, str], ...] = (
    ("connection", "close"),
    ("cache-control", "no-store"),
    ("x-content-type-options", "nosniff"),
    ("referrer-policy", "same-origin"),  # with `no-referrer` a browser says nothing of where a form comes from
    ("cross-origin-resource-policy", "same-origin"),
    ("cross-origin-opener-policy", "same-origin"),
)
_CLOSED = "default-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'"


class Refused(Exception):
    """A request that is not answered as asked, and the status that says so; 0: nothing is said at all."""

    def __init__(self, status: int) -> None:
        super().__init__(status)
        self.status = status


class Request(Struct, frozen=True):
    """What was asked. `path` are the parts of the path, decoded; headers by their small names."""

    method: str
    path: tuple[str, ...]
    query: str
    headers: dict[str, str]
    body: bytes = b""


class Answer(Struct, frozen=True):
    """What is said. `policy` is what the page may load and run."""

    status: int
    kind: str
    body: bytes
    policy: str = _CLOSED


def plain(status: int, words: str = "") -> Answer:
    """A status, and words where there are any."""
    return Answer(status, "text/plain; charset=utf-8", (words or HTTPStatus(status).phrase).encode() + b"\n")


async def read_request(connection: h11.Connection, reader: asyncio.StreamReader) -> Request:
    """The request of a connection. Raises Refused for what is no request, or too large, or too slow; OSError."""
    try:
        async with asyncio.timeout(HEAD_S):
            head = await _next(connection, reader)
        if not isinstance(head, h11.Request):
            raise Refused(0)
        request = _head(head)
        async with asyncio.timeout(BODY_S):
            body = await _body(connection, reader, request)
    except TimeoutError:
        raise Refused(0) from None
    except h11.RemoteProtocolError as error:
        raise Refused(error.error_status_hint) from error
    return Request(request.method, request.path, request.query, request.headers, body)


def _head(head: h11.Request) -> Request:
    headers: dict[str, str] = {}
    if head.http_version not in (b"1.0", b"1.1"):
        raise Refused(505)
    for name, value in head.headers:
        if name in _ONCE and name.decode() in headers:
            raise Refused(400)
        headers[name.decode()] = value.decode("latin-1")
    # Two lengths of one body are how requests are smuggled; no form of a browser comes in chunks.
    if "transfer-encoding" in headers:
        raise Refused(400)
    if int(headers.get("content-length", "0")) > BODY_BYTES:
        raise Refused(413)
    try:
        target = urlsplit(head.target.decode("ascii"))
        path = tuple(unquote(part, errors="strict") for part in target.path.strip("/").split("/"))
    except ValueError:
        raise Refused(400) from None
    if target.scheme or target.netloc or not target.path.startswith("/"):
        raise Refused(400)
    return Request(head.method.decode("ascii"), path, target.query, headers)


async def _body(connection: h11.Connection, reader: asyncio.StreamReader, request: Request) -> bytes:
    data = bytearray()
    while True:
        event = await _next(connection, reader)
        if isinstance(event, h11.Data):
            data += event.data
            if len(data) > BODY_BYTES:
                raise Refused(413)
        elif isinstance(event, h11.EndOfMessage):
            return bytes(data)
        else:
            raise Refused(0)


async def _next(connection: h11.Connection, reader: asyncio.StreamReader) -> object:
    while (event := connection.next_event()) is h11.NEED_DATA:
        connection.receive_data(await reader.read(_CHUNK))
    return event


def head_of(status: int, kind: str, policy: str = _CLOSED, more: Sequence[tuple[str, str]] = ()) -> h11.Response:
    """The head of an answer."""
    headers = [("content-type", kind), ("content-security-policy", policy), *_BEARS, *more]
    return h11.Response(status_code=status, headers=headers, reason=HTTPStatus(status).phrase.encode())


def whole(connection: h11.Connection, answer: Answer, *, head_only: bool = False) -> bytes:
    """The bytes of an answer. Raises h11.LocalProtocolError where the connection is in no state to say it."""
    length = ("content-length", str(len(answer.body)))
    said = connection.send(head_of(answer.status, answer.kind, answer.policy, [length])) or b""
    if not head_only:
        said += connection.send(h11.Data(data=answer.body)) or b""
    return said + (connection.send(h11.EndOfMessage()) or b"")


def new_connection() -> h11.Connection:
    """What reads one request."""
    return h11.Connection(h11.SERVER, max_incomplete_event_size=HEAD_BYTES)
