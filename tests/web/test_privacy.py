"""Nothing private reaches a telephone: every private string of a meeting that has all of them is looked for in every answer."""

from __future__ import annotations

import ast
import asyncio
from pathlib import Path

import pytest
from msgspec.structs import replace
from stage import standard_agenda
from web.asking import CODE, HOST, PHONE, get, post, text_of
from web.rich import MARK, PUBLIC, fill

import facilitator.web
from facilitator.core.acts import Capture, Close, Send, Start, StartAnswer
from facilitator.core.agenda import Carried
from facilitator.core.network import Network
from facilitator.core.said import Fields
from facilitator.meetings.session import Session
from facilitator.web import seat
from facilitator.web.limits import Guard
from facilitator.web.routes import Routes
from facilitator.web.seat import Seat
from facilitator.web.server import Server

HERE = "192.168.1.33"


def everything(routes) -> str:
    """All that can be asked for, by a telephone that sent nothing, in both languages, and what forms give back."""
    routes.seat.look()
    paths = ("", f"?phone={PHONE}", "room", f"room?phone={PHONE}")
    found = [
        text_of(routes.answer(get(path, accept_language=tongue), HERE)) for path in paths for tongue in ("fr", "en")
    ]
    found += [text_of(routes.answer(post(kind="question", text="", json=json), HERE)) for json in (True, False)]
    found += [text_of(routes.answer(post("withdraw", json=json), HERE)) for json in (True, False)]
    return "\n".join(found)


def test_nothing_private_is_in_any_answer(routes, session):
    fill(session)
    found = everything(routes)
    assert all(text in found for text in PUBLIC)
    assert MARK not in found
    assert session.actor not in found


def test_nothing_private_is_in_any_answer_while_it_is_answered_nor_after_the_close(routes, session):
    fill(session)
    masked = next(one for one in session.meeting.of_kind("question") if one.private)
    session.act(StartAnswer(masked.id))
    assert MARK not in everything(routes)
    for one in session.meeting.undecided():
        session.act(Send(one.id, "newsletter"))
    session.act(Close("2026-12", session.seen()))
    assert MARK not in everything(routes)


def test_what_waits_of_one_telephone_is_in_no_answer_to_another(routes):
    for number, kind in enumerate(("question", "need", "floor"), 1):
        said = {
            "text": f"{MARK} ?",
            "by": f"{MARK} A.",
            "phone": f"telephone-number-{number}",
            "id": f"sent-as-number-{number}",
        }
        assert routes.answer(post(kind=kind, **said), HERE).status == 200
    found = everything(routes)
    assert MARK not in found
    assert "telephone-number" not in found


def test_what_was_carried_over_and_is_private_since_is_in_no_answer(workspace):
    carried = Carried(meeting="2026-10-13-reseau", text=f"Mon contrat {MARK} ?", why=f"{MARK} attend", number="Q2")
    agenda = replace(standard_agenda(), carried=(carried,))
    session = Session.prepare(workspace, agenda, Network(), zone="Europe/Paris", language="fr", terminal=True)
    session.act(Start())
    seat_of_server = Session.join(workspace, session.meeting.id, terminal=False)
    routes = Routes(Seat(seat_of_server), Guard(), CODE, (HOST,))
    assert MARK in everything(routes)
    (asked,) = session.meeting.of_kind("question")
    session.act(Send(asked.id, "individual"))
    assert MARK not in everything(routes)
    assert "attend" not in text_of(routes.answer(get("room"), HERE))


def test_a_question_that_becomes_private_leaves_every_page(routes, session):
    entry = session.act(Capture("question", Fields(text=f"Mon contrat {MARK} ?"))).entry
    assert MARK in everything(routes)
    session.act(Send(entry.id, "individual"))
    assert MARK not in everything(routes)


@pytest.mark.ci
def test_nothing_private_is_in_any_stream(session):
    fill(session)

    async def streams() -> str:
        other = Session.join(session.workspace, session.meeting.id, terminal=False)
        server = Server(other, address="127.0.0.1", ports=range(1))
        place = (await server.start(CODE)).removeprefix("http://")
        serving = asyncio.create_task(server.run())
        host, _, port = place.partition(":")
        reader, writer = await asyncio.open_connection(host, int(port))
        writer.write(f"GET /{CODE}/stream?phone={PHONE} HTTP/1.1\r\nHost: {place}\r\n\r\n".encode())
        found = await reader.readuntil(b"event: own")
        session.act(Capture("individual", Fields(text=f"{MARK} encore")))
        session.act(Capture("decision", Fields(text="Une date")))
        while b"Une date" not in found:
            found += await asyncio.wait_for(reader.read(65_536), 10)
        server.end()
        found += await reader.read()
        await serving
        writer.close()
        await writer.wait_closed()
        assert server.faults == []
        return found.decode()

    found = asyncio.run(streams())
    assert MARK not in found


def test_one_module_sees_more_than_the_room_and_hands_out_what_is_public():
    """Of all modules of the room, the seat alone knows of a session, or of the meeting with what is private."""
    folder = Path(facilitator.web.__file__).parent
    knowing = set()
    for path in folder.glob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            names = [alias.name for alias in node.names] if isinstance(node, ast.ImportFrom) else []
            if {"Meeting", "public", "Replay"} & set(names):
                knowing.add(path.name)
    assert knowing == {Path(seat.__file__).name}
