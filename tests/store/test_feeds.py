"""A feed that is fetched: whatever goes wrong is one error."""

from __future__ import annotations

import urllib.request
from pathlib import Path

import pytest

from facilitator.store.feeds import Unreachable, read_feed


def test_whatever_a_server_says_is_one_error(monkeypatch: pytest.MonkeyPatch) -> None:
    def breaks(*_: object, **__: object) -> None:
        raise ValueError("what no server should say")

    monkeypatch.setattr(urllib.request.OpenerDirector, "open", breaks)
    with pytest.raises(Unreachable, match="what no server should say"):
        read_feed("http://127.0.0.1:9/feed", Path())
