"""What is read of a connection: a strict parser, within limits of size and time."""

from __future__ import annotations

import asyncio

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some
from web.asking import CODE, HOST

from facilitator.web import http
from facilitator.web.http import Refused, Request, new_connection, plain, read_request, whole
from facilitator.web.limits import BODY_BYTES, HEAD_BYTES

HEAD = f"POST /{CODE}/send HTTP/1.1\r\nHost: {HOST}\r\n".encode()


def read(data: bytes, *, ends: bool = True) -> Request:
    async def reads() -> Request:
        reader = asyncio.StreamReader()
        reader.feed_data(data)
        if ends:
            reader.feed_eof()
        return await read_request(new_connection(), reader)

    return asyncio.run(reads())


def status(data: bytes) -> int:
    with pytest.raises(Refused) as refused:
        read(data)
    return refused.value.status


def test_a_request_is_read_with_its_parts():
    request = read(HEAD.replace(b"/send", b"/s%C3%A9nd?a=b") + b"Content-Length: 3\r\nX-Other: y\r\n\r\na=b")
    assert (request.method, request.path, request.query, request.body) == ("POST", (CODE, "sénd"), "a=b", b"a=b")
    assert request.headers["host"] == HOST


@pytest.mark.parametrize(
    "data",
    [
        HEAD + b"Content-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
        HEAD + b"Transfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
        HEAD + b"Content-Length: 3\r\nContent-Length: 4\r\n\r\nabcd",
        HEAD + b"Content-Length: +3\r\n\r\nabc",
        HEAD + b"Host: other\r\n\r\n",
        HEAD + b"Origin: http://a\r\nOrigin: http://b\r\n\r\n",
        HEAD + b"X y: z\r\n\r\n",
        HEAD + b"X: \x00\r\n\r\n",
        b"GET / HTTP/1.1\r\n\r\n",
        b"GET http://evil.example/ HTTP/1.1\r\nHost: x\r\n\r\n",
        b"GET //evil.example/x HTTP/1.1\r\nHost: x\r\n\r\n",
        b"GET /%ff HTTP/1.1\r\nHost: x\r\n\r\n",
        b"GET * HTTP/1.1\r\nHost: x\r\n\r\n",
        b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03",
        b"nonsense\r\n\r\n",
    ],
)
def test_what_may_be_understood_in_two_ways_is_refused(data):
    assert status(data) == 400


def test_what_is_too_large_is_refused_before_it_is_read():
    assert status(HEAD + b"X: " + b"y" * (HEAD_BYTES + 1)) == 431
    assert status(b"GET / HTTP/2.0\r\nHost: x\r\n\r\n") == 505
    assert status(HEAD + b"Content-Length: %d\r\n\r\n" % (BODY_BYTES + 1)) == 413


@pytest.mark.parametrize("data", [b"", b"GET / HT", HEAD, HEAD + b"Content-Length: 9\r\n\r\nabc"])
def test_whoever_hangs_up_in_the_middle_is_told_nothing_or_that_it_was_no_request(data):
    assert status(data) in (0, 400)


@pytest.mark.parametrize("data", [b"", b"GET / HT", HEAD + b"Content-Length: 9\r\n\r\nabc"])
def test_whoever_says_nothing_more_is_left(data, monkeypatch):
    monkeypatch.setattr(http, "HEAD_S", 0.005)
    monkeypatch.setattr(http, "BODY_S", 0.005)
    with pytest.raises(Refused) as refused:
        read(data, ends=False)
    assert refused.value.status == 0


@settings(max_examples=25)
@given(some.binary(max_size=60), some.integers(0, 80))
def test_any_bytes_are_a_request_or_refused(noise, place):
    good = HEAD + b"Content-Length: 3\r\n\r\na=b"
    try:
        read(good[:place] + noise + good[place + len(noise) // 2 :])
    except Refused as refused:
        assert refused.status in (0, 400, 413, 431, 501, 505)


def test_an_answer_closes_the_connection_and_is_kept_nowhere():
    said = whole(new_connection(), plain(404))
    assert said.startswith(b"HTTP/1.1 404 Not Found\r\n")
    for header in (
        b"connection: close",
        b"cache-control: no-store",
        b"x-content-type-options: nosniff",
        b"default-src 'none'",
    ):
        assert header in said
    assert b"server" not in said.lower()
