"""Letters that people have edited, and documents made to deceive: no line is lost, nothing takes for ever."""

from __future__ import annotations

import time

import pytest
from documents.meetings import roannais
from hypothesis import given, settings
from hypothesis import strategies as st

from facilitator.core.public import public
from facilitator.documents.front import FrontUnreadable, NewsletterFront, read_front, split, write_front
from facilitator.documents.markdown.outline import MAX_CHARACTERS, MAX_LINES
from facilitator.documents.newsletter_feed import feed_newsletter
from facilitator.documents.newsletter_reader import read_newsletter
from facilitator.i18n import translator

PIECES = st.sampled_from(
    (
        "- ",
        "  - ",
        "    ",
        "> ",
        "# ",
        "### ",
        "```\n",
        "\n",
        "\n\n",
        "**Q1** ",
        "**S1** ",
        "[ ] ",
        "[x] ",
        "*Who:* ",
        "---\n",
        "<",
    )
)
TRAPS = st.sampled_from(
    (
        '<a id="q1"></a>',
        '<a id="s1"></a>',
        '<a id="step-1"></a>',
        "*Same need:* +99999",
        "*Outcome:* ",
        "[Q1](#q1)",
        "\\",
        "| a |\n",
        "[Q2](../minutes/m.md#q2)",
        "&#60;",
        "&#x110000;",
        "&#0;",
        "\ufeff",
        "\r\n",
        "\x00",
        "\x1b[31m",
        "\u202e",
        "\t",
    )
)
EDITED = st.lists(PIECES | TRAPS | st.text(max_size=5), max_size=30).map("".join)


@settings(max_examples=100, deadline=None)
@given(EDITED)
def test_no_letter_raises(body):
    read_newsletter(body)


@settings(max_examples=60, deadline=None)
@given(EDITED)
def test_feeding_an_edited_newsletter_keeps_every_line_of_it(body):
    meeting = public(roannais().meeting)
    try:
        fed = feed_newsletter(body, "2026-12", meeting, translator("fr"), minutes_name="2026-11-24-roannais.md")
    except FrontUnreadable:
        return
    if not body.strip():
        return
    rest = iter(fed.split("\n"))
    kept = [line for line in body.removeprefix("\ufeff").split("\n") if line.strip("\r")]
    if not kept or kept[0].strip() != "---":
        assert all(line in rest for line in kept)


HEAVY = {
    "items": "- x\n" * (MAX_LINES - 100),
    "brackets": "- " + "[" * (MAX_CHARACTERS - 10_000),
    "references": "[Q1](#q1" * 200_000,
    "nesting": "".join(" " * (2 * depth) + "- x\n" for depth in range(1_200)),
}


@pytest.mark.parametrize("name", HEAVY)
def test_heavy_letters_take_a_bounded_time(name):
    began = time.process_time()
    read_newsletter(HEAVY[name])
    assert time.process_time() - began < 8


@pytest.mark.parametrize("said", ["title: x", "- item", "---", "'quote\" {flow: [x", "<<<<<<< a"])
def test_the_front_matter_of_a_letter_reads_back_whatever_a_name_holds(said):
    front = NewsletterFront(1, "2026-12", "fr", {said: (said,)})
    assert read_front(split(write_front(front)).front) == front
