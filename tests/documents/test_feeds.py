"""Feeds: what is read of them, and what is never."""

from __future__ import annotations

import datetime

import pytest

from facilitator.core.cycle.inbox import InboxItem
from facilitator.documents.feeds import NoFeed, read_items

TODAY = datetime.date(2026, 11, 28)
BOMB = "<!DOCTYPE x [<!eNtity a 'aa'>]><rss version='2.0'><channel><item><title>&a;</title></item></channel></rss>"


def rss(*items: str) -> bytes:
    listed = "".join(f"<item>{item}</item>" for item in items)
    return f"<rss version='2.0'><channel><title>V</title>{listed}</channel></rss>".encode()


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "utf-32"])
def test_entities_are_not_read(encoding):
    with pytest.raises(NoFeed) as problem:
        read_items(BOMB.encode(encoding), TODAY)
    assert problem.value.why == "entities"


def test_a_title_is_text_and_a_link_an_address_of_the_web():
    assert read_items(
        rss(
            "<title>&lt;script&gt;x&lt;/script&gt; AMI &amp;amp; Cie</title><link>https://example.org/a</link>",
            "<title>Un\u202e mot</title><link>javascript:alert(1)</link>",
            f"<title>{'long ' * 100}</title>",
            "<description>rien</description>",
        ),
        TODAY,
    ) == [
        InboxItem("x AMI & Cie", "call", "https://example.org/a"),
        InboxItem("Un mot"),
        InboxItem(f"{('long ' * 40)[:199].rstrip()}…"),
    ]


def test_no_more_than_the_latest_are_read():
    assert len(read_items(rss(*(f"<title>{n}</title>" for n in range(100))), TODAY)) == 30


@pytest.mark.parametrize(
    ("title", "sort", "last"),
    [
        ("Appel à projets « Tiers-lieux », avant le 15 décembre", "call", "2026-12-15"),
        ("APPEL À MANIFESTATION D’INTÉRÊT : clôture le 4/1/2027", "call", "2027-01-04"),
        ("AMI aînés jusqu’au 1er mars", "call", "2027-03-01"),
        ("Call for proposals, deadline: 12 January", "call", "2027-01-12"),
        ("Subventions aux associations, date limite : 31 janvier 2027", "funding", "2027-01-31"),
        ("Baromètre du numérique 2026", "report", None),
        ("Journée régionale, jusqu’au 3 décembre", "event", None),
        ("Un ami, jusqu’au bout", None, None),
        ("Appel à projets avant le 45 décembre", "call", None),
    ],
)
def test_a_title_tells_its_sort_and_a_call_its_last_day(title, sort, last):
    last_day = datetime.date.fromisoformat(last) if last else None
    assert read_items(rss(f"<title>{title}</title>"), TODAY) == [InboxItem(title, sort, None, last_day)]


def test_a_call_that_is_over_is_no_news_and_a_day_without_a_year_is_counted_from_when_it_was_said():
    over = "<title>AAP, avant le 20 novembre</title><pubDate>Sun, 01 Nov 2026 09:00:00 GMT</pubDate>"
    assert read_items(rss(over, "<title>AAP, avant le 27 novembre 2026</title>"), TODAY) == []
