"""Feeds: what is read of them, and what is never."""

from __future__ import annotations

import pytest

from facilitator.core.cycle.inbox import Item
from facilitator.documents.feeds import NoFeed, read_items

BOMB = "<!DOCTYPE x [<!eNtity a 'aa'>]><rss version='2.0'><channel><item><title>&a;</title></item></channel></rss>"


def rss(*items: str) -> bytes:
    listed = "".join(f"<item>{item}</item>" for item in items)
    return f"<rss version='2.0'><channel><title>V</title>{listed}</channel></rss>".encode()


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "utf-32"])
def test_entities_are_not_read(encoding):
    with pytest.raises(NoFeed) as problem:
        read_items(BOMB.encode(encoding))
    assert problem.value.why == "entities"


def test_a_title_is_text_and_a_link_an_address_of_the_web():
    assert read_items(
        rss(
            "<title>&lt;script&gt;x&lt;/script&gt; AMI &amp;amp; Cie</title><link>https://example.org/a</link>",
            "<title>Un\u202e mot</title><link>javascript:alert(1)</link>",
            f"<title>{'long ' * 100}</title>",
            "<description>rien</description>",
        )
    ) == [
        Item("x AMI & Cie", "call", "https://example.org/a"),
        Item("Un mot"),
        Item(f"{('long ' * 40)[:199].rstrip()}…"),
    ]


def test_no_more_than_the_latest_are_read():
    assert len(read_items(rss(*(f"<title>{n}</title>" for n in range(100))))) == 30
