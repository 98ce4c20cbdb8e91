"""The real server, over sockets: many telephones, hostile ones, ends of all sorts."""

from __future__ import annotations

import asyncio
import errno
import json
import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Awaitable, Callable
from contextlib import suppress
from urllib.parse import urlencode

import pytest
from web.asking import CODE, PHONE

from facilitator.core.acts import Capture, Close
from facilitator.core.network import Network
from facilitator.core.said import Fields
from facilitator.meetings.session import Session
from facilitator.meetings.telephones import serving, waiting
from facilitator.share.serving import NotBegun, NotServed, start_serving, stop_serving
from facilitator.store.telephones import Serving, claim_serving, sent_file
from facilitator.web import http, server
from facilitator.web.server import Server

pytestmark = pytest.mark.ci

Asks = Callable[[Server, str, int], Awaitable[None]]


def served(session: Session, asks: Asks) -> Server:
    """The server of a meeting, while it is asked; how it ended."""

    async def serves() -> Server:
        seat = Session.join(session.workspace, session.meeting.id, terminal=False)
        made = Server(seat, address="127.0.0.1", ports=range(1))
        host, _, port = (await made.start(CODE)).removeprefix("http://").partition(":")
        running = asyncio.create_task(made.run())
        try:
            await asks(made, host, int(port))
        finally:
            made.end()
            await running
            seat.leave()
        return made

    return asyncio.run(serves())


async def ask(host: str, port: int, data: bytes, *, hangs_up: bool = False) -> bytes:
    """What is answered to these bytes."""
    reader, writer = await asyncio.open_connection(host, port)
    try:
        writer.write(data)
        with suppress(OSError):
            await writer.drain()
            if hangs_up:
                writer.write_eof()
            return await asyncio.wait_for(reader.read(), 15)
        return b""
    finally:
        writer.close()
        with suppress(OSError):
            await writer.wait_closed()


def sending(port: int, **said: str) -> bytes:
    said = {"kind": "question", "text": "Qui paie ?", "phone": PHONE, "id": "sent-as-number-1"} | said
    body = urlencode(said)
    return (
        f"POST /{CODE}/send HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nOrigin: http://127.0.0.1:{port}\r\nAccept: application/json\r\n"
        f"Content-Type: application/x-www-form-urlencoded\r\nContent-Length: {len(body)}\r\n\r\n{body}"
    ).encode()


def test_two_hundred_telephones_follow_and_all_hear_of_a_decision(session):
    async def asks(made: Server, host: str, port: int) -> None:
        streams = []
        for number in range(200):
            reader, writer = await asyncio.open_connection(host, port)
            writer.write(
                f"GET /{CODE}/stream?phone=telephone-number-{number} HTTP/1.1\r\nHost: {host}:{port}\r\n\r\n".encode()
            )
            streams.append((reader, writer))
        for reader, _ in streams:
            await asyncio.wait_for(reader.readuntil(b"event: own"), 20)
        session.act(Capture("decision", Fields(text="Une charte commune")))
        for reader, writer in streams:
            await asyncio.wait_for(reader.readuntil(b"Une charte commune"), 20)
            writer.close()
        assert b"200 OK" in await ask(host, port, sending(port))

    assert served(session, asks).faults == []
    assert [one.item.text for one in waiting(session)] == ["Qui paie ?"]


def test_a_disk_that_fails_is_told_and_not_taken_for_a_telephone_that_went(session, monkeypatch):
    def fails(*_: object) -> None:
        raise OSError(errno.EIO, os.strerror(errno.EIO))

    async def asks(made: Server, host: str, port: int) -> None:
        monkeypatch.setattr(made.seat, "shown", fails)
        said = await ask(host, port, f"GET /{CODE} HTTP/1.1\r\nHost: {host}:{port}\r\n\r\n".encode())
        assert said.startswith(b"HTTP/1.1 500 ")

    assert [fault.errno for fault in served(session, asks).faults] == [errno.EIO]


def test_mutated_requests_are_answered_or_left_and_none_is_a_fault(session):
    rng = random.Random(7)

    def mutated(data: bytes) -> bytes:
        changed = bytearray(data)
        for _ in range(rng.randint(1, 6)):
            place = rng.randrange(len(changed))
            way = rng.randrange(4)
            if way == 0:
                changed[place] = rng.randrange(256)
            elif way == 1:
                del changed[place : place + rng.randint(1, 30)]
            elif way == 2:
                changed[place:place] = rng.choice(
                    [b"\r\n", b"\0", b": ", b"%", b"&" * 40, bytes(rng.randrange(256) for _ in range(9))]
                )
            else:
                changed[place:place] = changed[: rng.randint(1, 80)]
            changed = changed or bytearray(b"x")
        return bytes(changed)

    async def asks(made: Server, host: str, port: int) -> None:
        head = f"GET /{CODE}/room?phone={PHONE} HTTP/1.1\r\nHost: {host}:{port}\r\n\r\n".encode()
        for _ in range(30):
            said = await asyncio.gather(
                *(ask(host, port, mutated(rng.choice([head, sending(port)])), hangs_up=True) for _ in range(20))
            )
            assert all(not one or one.startswith(b"HTTP/1.1 ") for one in said)
            assert not any(
                one.startswith(b"HTTP/1.1 5") and b" 505 " not in one[:20] and b" 501 " not in one[:20] for one in said
            )
        assert b"200 OK" in await ask(host, port, head)

    assert served(session, asks).faults == []


def test_whoever_says_a_byte_now_and_then_is_left_and_others_are_served(session, monkeypatch):
    monkeypatch.setattr(http, "HEAD_S", 0.5)

    async def asks(made: Server, host: str, port: int) -> None:
        async def slow() -> bytes:
            reader, writer = await asyncio.open_connection(host, port)
            with suppress(OSError):
                for sign in b"GET / HTTP/1.1\r\nX: ":
                    writer.write(bytes([sign]))
                    await asyncio.sleep(0.1)
            said = b""
            with suppress(OSError):
                said = await asyncio.wait_for(reader.read(), 5)
            writer.close()
            return said

        lorises = [asyncio.create_task(slow()) for _ in range(60)]
        await asyncio.sleep(0.2)
        assert b"200 OK" in await ask(host, port, f"GET /{CODE} HTTP/1.1\r\nHost: {host}:{port}\r\n\r\n".encode())
        assert set(await asyncio.gather(*lorises)) == {b""}

    made = served(session, asks)
    assert made.faults == []
    assert not made._guard._connected


@pytest.mark.parametrize(
    ("change", "status"),
    [
        ((b"Accept:", b"Transfer-Encoding: chunked\r\nAccept:"), 400),
        ((b"Host: 127.0.0.1", b"Host: rebound.example"), 404),
        ((b"Origin: http://127.0.0.1", b"Origin: http://evil.example"), 403),
        ((CODE.encode(), b"aaaaaa"), 404),
        ((b"Content-Length: ", b"Content-Length: 9999"), 413),
    ],
)
def test_what_is_refused_is_told_by_its_status_alone(session, change, status):
    async def asks(made: Server, host: str, port: int) -> None:
        said = await ask(host, port, sending(port).replace(*change, 1))
        assert said.startswith(f"HTTP/1.1 {status} ".encode())
        assert b"Rencontre" not in said

    assert served(session, asks).faults == []
    assert waiting(session) == []


def test_a_telephone_that_is_gone_before_the_answer_and_sends_again_is_there_once(session):
    async def asks(made: Server, host: str, port: int) -> None:
        for _ in range(3):
            _, writer = await asyncio.open_connection(host, port)
            writer.write(sending(port))
            await writer.drain()
            writer.transport.abort()
        assert b"200 OK" in await ask(host, port, sending(port))

    assert served(session, asks).faults == []
    assert len(waiting(session)) == 1


def test_the_close_ends_the_serving_tells_those_who_follow_and_keeps_nothing(session):
    async def asks(made: Server, host: str, port: int) -> None:
        assert b"200 OK" in await ask(host, port, sending(port))
        reader, writer = await asyncio.open_connection(host, port)
        writer.write(f"GET /{CODE}/stream?phone={PHONE} HTTP/1.1\r\nHost: {host}:{port}\r\n\r\n".encode())
        await reader.readuntil(b"event: own")
        session.act(Close("2026-12", session.seen()))
        rest = await asyncio.wait_for(reader.read(), 10)
        assert b"event: over" in rest
        writer.close()

    assert served(session, asks).faults == []


def test_a_page_that_is_open_too_often_is_told_to_ask_instead(session):
    async def asks(made: Server, host: str, port: int) -> None:
        head = f"GET /{CODE}/stream?phone={PHONE} HTTP/1.1\r\nHost: {host}:{port}\r\n\r\n".encode()
        opened = []
        for _ in range(4):
            reader, writer = await asyncio.open_connection(host, port)
            writer.write(head)
            await reader.readuntil(b"event: own")
            opened.append(writer)
        assert (await ask(host, port, head)).startswith(b"HTTP/1.1 204 ")
        for writer in opened:
            writer.close()

    assert served(session, asks).faults == []


def test_a_telephone_that_does_not_read_is_left(session, monkeypatch):
    monkeypatch.setattr(server, "WRITE_S", 0.2)

    async def asks(made: Server, host: str, port: int) -> None:
        _, writer = await asyncio.open_connection(host, port, limit=1)
        writer.write(f"GET /{CODE}/stream?phone={PHONE} HTTP/1.1\r\nHost: {host}:{port}\r\n\r\n".encode())
        await asyncio.sleep(0.2)
        for number in range(60):
            session.act(Capture("decision", Fields(text=f"{number} " + "x" * 9_000)))
            await asyncio.sleep(0.03)
        for _ in range(100):
            if not made._guard._connected:
                break
            await asyncio.sleep(0.05)
        assert not made._guard._connected
        writer.transport.abort()

    assert served(session, asks).faults == []


# The program itself, as a process.


def started(session: Session, *words: str) -> tuple[subprocess.Popen[str], Serving]:
    process = subprocess.Popen(
        [
            sys.executable, "-m", "facilitator", "room", "--web", "--address", "127.0.0.1", "--lang", "en", *words,
            "--workspace", str(session.workspace.root), "--meeting", session.meeting.id,
        ],
        stderr=subprocess.PIPE, encoding="utf-8",
    )  # fmt: skip
    for _ in range(500):
        found = serving(session)
        if found is not None and found.pid == process.pid:
            return process, found
        time.sleep(0.02)
    process.kill()
    raise AssertionError(process.communicate())


def sent(found: Serving, number: int = 1) -> bytes:
    host, _, port = found.address.removeprefix("http://").partition(":")
    data = sending(int(port), id=f"sent-as-number-{number}", phone=f"telephone-number-{number}")
    return asyncio.run(ask(host, int(port), data.replace(CODE.encode(), found.code.encode())))


def test_killed_it_keeps_what_it_acknowledged_and_its_code(session):
    process, found = started(session)
    assert b"200 OK" in sent(found)
    process.kill()
    process.communicate()
    assert serving(session) is None
    assert [one.item.text for one in waiting(session)] == ["Qui paie ?"]
    again, since = started(session, "--port", found.address.rpartition(":")[2])
    assert since.url == found.url
    assert b"200 OK" in sent(since)
    assert len(waiting(session)) == 1
    again.send_signal(signal.SIGTERM)
    assert again.wait(10) == 0
    assert "The room is open to telephones: http://127.0.0.1" in again.communicate()[1]


def test_a_second_server_says_who_serves(session):
    process, found = started(session)
    try:
        second = subprocess.run(
            [*process.args, "--lang", "en"], capture_output=True, encoding="utf-8", timeout=30, check=False
        )
        assert second.returncode == 1
        assert found.url in second.stderr
    finally:
        process.send_signal(signal.SIGINT)
        assert process.wait(10) == 0
        process.communicate()
    third, other = started(session)
    assert other.code != found.code
    third.terminate()
    third.communicate(timeout=10)


def test_a_screen_starts_and_stops_it_and_at_the_close_it_goes_by_itself(session):
    found = start_serving(session, language="en", address="127.0.0.1")
    assert start_serving(session, language="en") == found
    assert b"200 OK" in sent(found)
    assert stop_serving(session)
    assert not stop_serving(session)
    assert serving(session) is None
    assert len(waiting(session)) == 1
    assert start_serving(session, language="en", address="127.0.0.1").code != found.code
    session.act(Close("2026-12", session.seen()))
    for _ in range(500):
        if serving(session) is None and not sent_file(session.workspace, session.meeting.id).parent.exists():
            break
        time.sleep(0.02)
    assert not sent_file(session.workspace, session.meeting.id).parent.exists()
    stop_serving(session)


def test_a_server_of_another_machine_is_not_ended_by_its_number(session):
    claim, _ = claim_serving(session.workspace, session.meeting.id)
    claim.say(Serving("http://192.168.1.20:8000", CODE, os.getpid(), "another"))
    assert not stop_serving(session)
    assert serving(session) is not None
    claim.give_up()


def test_what_prevents_it_is_told_as_the_server_said_it(session, workspace):
    with pytest.raises(NotServed, match=r"203\.0\.113\.9"):
        start_serving(session, language="fr", address="203.0.113.9")
    other = Session.prepare(
        workspace, session.setup.agenda, Network(),
        zone="Europe/Paris", language="fr", terminal=True, again=True,
    )  # fmt: skip
    with pytest.raises(NotBegun):
        start_serving(other, language="fr")


def test_it_follows_a_workspace_that_is_moved(session):
    process, found = started(session)
    try:
        root = session.workspace.root
        root.rename(root.with_name("moved"))
        time.sleep(1.5)
        assert b"200 OK" in sent(found)
        session.follow()
        assert len(waiting(session)) == 1
        assert not root.exists()
    finally:
        process.terminate()
        process.communicate(timeout=10)


def test_nothing_is_written_of_who_asked(session):
    process, found = started(session)
    sent(found)
    host, _, port = found.address.removeprefix("http://").partition(":")
    asyncio.run(
        ask(host, int(port), f"GET /{found.code}?phone={PHONE} HTTP/1.1\r\nHost: {host}:{port}\r\n\r\n".encode())
    )
    process.terminate()
    assert len(process.communicate(timeout=10)[1].splitlines()) == 1
    held = [path.read_bytes() for path in session.workspace.root.parent.rglob("*") if path.is_file()]
    assert not any(PHONE.encode() in one for one in held)
    assert (
        json.loads(sent_file(session.workspace, session.meeting.id).read_bytes().splitlines()[0])["r"]["phone"]
        == "telephone-number-1"
    )
