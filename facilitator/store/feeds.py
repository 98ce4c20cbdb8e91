"""The bytes of a feed, from an address or a file. Only what a person asks for reaches the network, and within limits."""

from __future__ import annotations

import urllib.request
from pathlib import Path
from urllib.error import HTTPError, URLError

from facilitator.store.door import TooLarge, read_given

MAX_FEED = 2 * 1024 * 1024
WAIT_S = 10.0
_CHUNK = 64 * 1024


class Unreachable(OSError):
    """An address that gave no feed; its text is what the network said."""


def read_feed(place: str, root: Path) -> bytes:
    """What an address (http, https) or a file, from `root`, holds; at most two megabytes.

    Raises Unreachable and TooLarge, OSError for a file. How long it takes in all is the caller's to bound: an address may give
    a byte every few seconds for ever.
    """
    if "://" in place:
        return _fetched(place)
    return read_given(root / place, limit=MAX_FEED)


def _fetched(address: str) -> bytes:
    # Of the usual ways in only these: a redirection leads to no file, and nowhere but to the web.
    opener = urllib.request.OpenerDirector()
    for handler in (
        urllib.request.ProxyHandler,
        urllib.request.UnknownHandler,
        urllib.request.HTTPHandler,
        urllib.request.HTTPSHandler,
        urllib.request.HTTPDefaultErrorHandler,
        urllib.request.HTTPRedirectHandler,
        urllib.request.HTTPErrorProcessor,
    ):
        opener.add_handler(handler())
    data = bytearray()
    try:
        request = urllib.request.Request(address, headers={"User-Agent": "facilitator"})  # noqa: S310  # the opener knows no other scheme
        with opener.open(request, timeout=WAIT_S) as answer:
            while len(data) <= MAX_FEED and (chunk := answer.read(_CHUNK)):
                data += chunk
    except HTTPError as error:
        error.close()
        raise Unreachable(f"{error.code} {error.reason}") from error
    except URLError as error:
        raise Unreachable(str(error.reason)) from error
    except Exception as error:  # whatever a server may say: broken lengths, headers, encodings
        raise Unreachable(str(error) or type(error).__name__) from error
    if len(data) > MAX_FEED:
        raise TooLarge(address, MAX_FEED)
    return bytes(data)
