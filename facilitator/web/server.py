"""The server: one process, one meeting, until it is told to go or the meeting is closed. Nothing of what is asked is written down."""

from __future__ import annotations

import asyncio
import os
import socket
import time
from collections.abc import Callable
from contextlib import ExitStack, suppress
from typing import TYPE_CHECKING

import h11
import msgspec

from facilitator.i18n import translator
from facilitator.store import platform
from facilitator.store.telephones import Claim, Serving, claim_serving
from facilitator.web.addresses import family_of, host_names, location
from facilitator.web.codes import new_code
from facilitator.web.http import Answer, Refused, Request, head_of, new_connection, plain, read_request, whole
from facilitator.web.limits import HEAD_BYTES, WRITE_S, Guard
from facilitator.web.routes import Routes, Stream
from facilitator.web.seat import Seat
from facilitator.web.shown import Shown, alike

if TYPE_CHECKING:
    from facilitator.meetings.session import Session

# What nobody uses on a usual machine; the first of them that is free.
PORTS = range(8000, 8010)
BEAT_S = 15.0
# What waits is in a folder of its own, of which nothing tells; where nothing tells of the journal either, it is looked at as often.
LOOK_S = 1.0
BACKLOG = 256
_DRAIN_BYTES = 256 * 1024
_DRAIN_S = 2.0
_encode = msgspec.json.Encoder().encode


class Server:
    """Serves the room of one meeting. `address` and `code` are known from `start` on; `faults` are those nobody foresaw."""

    def __init__(self, session: Session, *, address: str, ports: range = PORTS) -> None:
        self.seat = Seat(session)
        self.faults: list[BaseException] = []
        self._address = address
        self._ports = ports
        self._guard = Guard()
        self._changed: set[asyncio.Event] = set()
        self._ended = asyncio.Event()
        self._talking: set[asyncio.Task[None]] = set()
        self._servers: list[asyncio.Server] = []
        self._routes: Routes | None = None
        self._rooms: dict[str, tuple[Shown, bytes]] = {}
        self._fresh: set[str] = set()

    async def start(self, code: str) -> str:
        """Listen, and return the address: `http://192.168.1.20:8000`. Raises OSError when no port can be had."""
        failure: OSError | None = None
        for port in self._ports:
            try:
                self._servers.append(await self._listen(self._address, port))
            except OSError as error:
                failure = error
                continue
            break
        if not self._servers:
            raise failure or OSError("no port")
        port = self._servers[0].sockets[0].getsockname()[1]
        with suppress(OSError):  # the machine that serves may show the page on its projector
            if self._address not in ("127.0.0.1", "::1"):
                self._servers.append(await self._listen("127.0.0.1", port))
        self._routes = Routes(self.seat, self._guard, code, host_names(self._address, port))
        return location(self._address, port)

    async def _listen(self, address: str, port: int) -> asyncio.Server:
        """Raises OSError with the number that says why: some versions of asyncio keep it to themselves."""
        bound = socket.create_server((address, port), family=family_of(address), backlog=BACKLOG)
        try:
            return await asyncio.start_server(self._met, sock=bound, limit=HEAD_BYTES * 2, backlog=BACKLOG)
        except BaseException:
            bound.close()
            raise

    async def run(self) -> None:
        """Serve until the meeting is closed, or `end`."""
        try:
            await self._watch()
        finally:
            self._ended.set()
            self._tell()
            for server in self._servers:
                server.close()
            if self._talking:  # the last word to those who follow
                await asyncio.wait(self._talking, timeout=_DRAIN_S)

    def end(self) -> None:
        """Stop serving."""
        self._ended.set()

    async def _watch(self) -> None:
        """Look whenever others did something, and tell those who follow what changed."""
        loop, noticed = asyncio.get_running_loop(), asyncio.Event()
        beat = loop.time() + BEAT_S
        while not self._ended.is_set() and not self.seat.is_over:
            noticed.clear()
            with ExitStack() as heeding:
                fd = self.seat.notice()
                if fd is not None:
                    loop.add_reader(fd, _once, loop, fd, noticed)
                    heeding.callback(loop.remove_reader, fd)
                changed = self.seat.look()
                if changed or loop.time() >= beat:
                    beat = loop.time() + BEAT_S
                    self._fresh.clear()
                    self._tell()
                if not self.seat.is_over:
                    await _first(LOOK_S, noticed, self._ended)

    def _tell(self) -> None:
        for event in self._changed:
            event.set()

    def _met(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.create_task(self._meet(reader, writer))
        self._talking.add(task)
        task.add_done_callback(self._talking.discard)

    async def _meet(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """One connection: one request, one answer."""
        address = str((writer.get_extra_info("peername") or ("",))[0])
        if not self._guard.admit(address):
            writer.transport.abort()
            return
        proven = False
        connection = new_connection()
        try:
            try:
                request = await read_request(connection, reader)
                routes = self._routes
                answer: Answer | Stream = plain(404)
                if routes is not None and routes.knows(request, address):
                    proven = True
                    self._guard.prove(address)
                    answer = self._answer(routes, request, address)
                if isinstance(answer, Stream):
                    await self._follow(connection, writer, answer)
                else:
                    await _say(writer, whole(connection, answer, head_only=request.method == "HEAD"))
            except Refused as refused:
                if refused.status:
                    await _say(writer, whole(connection, plain(refused.status)))
            await _leave(reader, writer)
        except (OSError, TimeoutError, h11.LocalProtocolError):
            pass  # whoever asked has gone
        except Exception as fault:  # noqa: BLE001  # one telephone's fault is nobody else's; it is told where the server was started
            self.faults.append(fault)
        finally:
            self._guard.release(address, proven=proven)
            writer.transport.abort()

    def _answer(self, routes: Routes, request: Request, address: str) -> Answer | Stream:
        """What is answered; that a disk failed is said, and is not taken for a telephone that went."""
        try:
            return routes.answer(request, address)
        except OSError as fault:
            self.faults.append(fault)
            return plain(500)

    async def _follow(self, connection: h11.Connection, writer: asyncio.StreamWriter, stream: Stream) -> None:
        """Say what everybody sees, and what this telephone sees of itself, whenever it changes; a sign of life otherwise."""
        if not self._guard.open_stream(stream.phone):
            await _say(writer, whole(connection, Answer(204, "text/plain", b"")))
            return
        changed = asyncio.Event()
        self._changed.add(changed)
        try:
            await _say(writer, connection.send(head_of(200, "text/event-stream; charset=utf-8")) or b"")
            said, last_room, last_own = b"retry: 2000\n\n", b"", b""
            while not self._ended.is_set():
                changed.clear()
                room, own = (
                    self._room(stream.language),
                    _encode(self.seat.own(translator(stream.language), stream.phone)),
                )
                said += _event("beat", b"%d" % (time.time_ns() // 1_000_000))
                said += _event("room", room) if room != last_room else b""
                said += _event("own", own) if own != last_own else b""
                await _say(writer, connection.send(h11.Data(data=said)) or b"")
                said, last_room, last_own = b"", room, own
                await changed.wait()
            last = _event("over", b"{}") if self.seat.is_over else b""
            said = connection.send(h11.Data(data=last)) or b""
            await _say(writer, said + (connection.send(h11.EndOfMessage()) or b""))
        finally:
            self._changed.discard(changed)
            self._guard.close_stream(stream.phone)

    def _room(self, language: str) -> bytes:
        """What everybody sees, made once for all who read this language; the same bytes while nobody would see a difference."""
        known = self._rooms.get(language)
        if language in self._fresh and known is not None:
            return known[1]
        self._fresh.add(language)
        now = self.seat.shown(translator(language))
        if known is None or not alike(known[0], now):
            known = self._rooms[language] = (now, _encode(now))
        return known[1]


def _event(name: str, data: bytes) -> bytes:
    return b"event: %b\ndata: %b\n\n" % (name.encode(), data)


def _once(loop: asyncio.AbstractEventLoop, fd: int, noticed: asyncio.Event) -> None:
    """What was told stays to be read until the next look."""
    loop.remove_reader(fd)
    noticed.set()


async def _first(seconds: float, *events: asyncio.Event) -> None:
    """Wait until one of these happens, or so long."""
    waits = [asyncio.ensure_future(event.wait()) for event in events]
    try:
        await asyncio.wait(waits, timeout=seconds, return_when=asyncio.FIRST_COMPLETED)
    finally:
        for one in waits:
            one.cancel()


async def _say(writer: asyncio.StreamWriter, data: bytes) -> None:
    """Write; whoever does not read for long is left. Raises TimeoutError, OSError."""
    writer.write(data)
    async with asyncio.timeout(WRITE_S):
        await writer.drain()


async def _leave(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    """Let the answer arrive: what a connection still sends is read for a moment, for a reset would take the answer with it."""
    if writer.can_write_eof():
        writer.write_eof()
    left = _DRAIN_BYTES
    async with asyncio.timeout(_DRAIN_S):
        while left > 0 and (data := await reader.read(_DRAIN_BYTES)):
            left -= len(data)


def serve(
    session: Session, *, address: str, port: int | None, tell: Callable[[Serving], None], code: str | None = None
) -> list[BaseException]:
    """Serve the room of this meeting until it is closed, or somebody ends this process in order; `tell` once it is served.

    After the close what was sent is deleted. Returns the faults that nobody foresaw. Raises Served when somebody else serves, OSError.
    """
    claim, left = claim_serving(session.workspace, session.meeting.id)
    try:
        chosen = code or (left.code if left is not None else new_code())
        return asyncio.run(
            _serve(session, claim, chosen, address, PORTS if port is None else range(port, port + 1), tell)
        )
    finally:
        claim.give_up()
        with suppress(OSError):
            Seat(session).forget()


async def _serve(  # noqa: PLR0913  # as above
    session: Session, claim: Claim, code: str, address: str, ports: range, tell: Callable[[Serving], None]
) -> list[BaseException]:
    server, loop = Server(session, address=address, ports=ports), asyncio.get_running_loop()
    serving = Serving(await server.start(code), code, os.getpid(), platform.machine())
    claim.say(serving)
    with suppress(NotImplementedError):  # Windows: ctrl+c is raised there
        for number in platform.signals(("SIGINT", "SIGTERM", "SIGHUP")):
            loop.add_signal_handler(number, server.end)
    tell(serving)
    await server.run()
    return server.faults
