"""Captured text as Markdown: nothing that was said can become structure, and it reads back word for word."""

from __future__ import annotations

import re

import pytest
from documents.hostile import HOSTILE
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from facilitator.core.text import normalise
from facilitator.documents.markdown.escape import MOST_LINES, escape, escape_line, unescape, write_link
from facilitator.documents.typography import typeset, unfold

GFM = MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"])
GFM.normalizeLinkText = lambda url: url  # it shows addresses decoded; the standard shows them as they are
TEXT = st.text().map(lambda text: normalise(text).text).filter(bool)


def shown(markdown: str) -> tuple[list[str], str]:
    """The tokens inside the only paragraph of a list item, addresses apart, and the text a reader sees."""
    tokens = GFM.parse(markdown)
    assert [token.type for token in tokens] == [
        "bullet_list_open",
        "list_item_open",
        "paragraph_open",
        "inline",
        "paragraph_close",
        "list_item_close",
        "bullet_list_close",
    ]
    text, kinds = "", []
    for token in tokens[3].children or []:
        if token.markup != "autolink":
            kinds.append(token.type)
        text += "\n" if token.type == "hardbreak" else token.content
    return kinds, text


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_opening_an_item_is_only_text(text):
    kept = normalise(text).text
    kinds, seen = shown(f"- {escape(kept, indent=2, start=True)}\n")
    assert set(kinds) <= {"text", "hardbreak"}
    assert seen == kept


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_on_later_lines_is_only_text(text):
    kept = normalise(f"first\n{text}\n{text}").text
    kinds, seen = shown(f"- {escape(kept, indent=2, start=True)}\n")
    assert set(kinds) <= {"text", "hardbreak"}
    assert seen == kept


@given(st.lists(TEXT, min_size=MOST_LINES + 1, max_size=40).map("\n".join))
def test_a_text_of_very_many_lines_is_one_line_and_reads_back_word_for_word(text):
    markdown = escape(text, indent=2, start=True)
    assert "\n" not in markdown
    assert unescape(markdown) == text
    kinds, seen = shown(f"- {markdown}\n")
    assert set(kinds) <= {"text", "html_inline"}
    assert seen.replace("<br>", "\n") == text.replace("<br>", "\n")


@given(TEXT)
def test_any_text_reads_back_word_for_word(text):
    markdown = escape(text, indent=2, start=True)
    assert unescape(markdown) == text
    kinds, seen = shown(f"- {markdown}\n")
    assert set(kinds) <= {"text", "hardbreak"}
    assert seen == text


@given(TEXT)
def test_any_text_on_one_line_is_a_heading_and_nothing_else(text):
    tokens = GFM.parse(f"# {escape_line(text)}\n")
    assert [token.type for token in tokens] == ["heading_open", "inline", "heading_close"]
    children = tokens[1].children or []
    assert "".join(child.content for child in children) == " ".join(text.split())


@given(TEXT, TEXT)
def test_any_text_is_one_cell_of_a_table(one, other):
    cells = f"| {escape_line(one)} | {escape_line(other)} |"
    tokens = GFM.parse(f"| a | b |\n| --- | --- |\n{cells}\n")
    inline = [token for token in tokens if token.type == "inline"]
    assert len(inline) == 4
    seen = ["".join(child.content for child in token.children or []) for token in inline[2:]]
    assert seen == [" ".join(one.split()), " ".join(other.split())]


@pytest.mark.parametrize(
    "url", ["https://example.org/a_b*c?d=[e]&copy=1", "http://exemple.fr/é%C3%A9", "https://x/`a`"]
)
def test_a_link_reads_back_as_it_was(url):
    assert write_link(url) == f"<{url}>"
    assert unescape(write_link(url)) == url


@pytest.mark.parametrize("url", ["javascript:alert(1)", "https://a b", "https://a>b", "data:text/html,x", "//host"])
def test_what_is_no_web_address_is_no_link(url):
    kinds, seen = shown(f"- {write_link(url)}\n")
    assert kinds == ["text"]
    assert seen == url


def test_an_ordinary_address_in_a_text_stays_whole_for_platforms_that_link_it():
    assert escape("voir https://example.org/a_b-c?d=1&e=2 ou www.example.org") == (
        "voir https://example.org/a_b-c?d=1&e=2 ou www.example.org"
    )


def test_an_address_that_needs_escaping_is_no_longer_one():
    assert escape("https://example.org/~x") == "https\\://example.org/\\~x"
    assert escape("www.example.org/[x]") == "www\\.example.org/\\[x\\]"
    assert escape("https://a.org/x)](https://a.org/x)") == "https\\://a.org/x)\\](https\\://a.org/x)"
    assert escape("www.a.org/[www.b.org") == "www\\.a.org/\\[www\\.b.org"


def test_a_hard_break_never_becomes_part_of_an_address():
    assert escape("voir https://example.org/x\nfin") == "voir <https://example.org/x>\\\nfin"


def test_a_soft_break_made_by_an_editor_is_a_space():
    assert unescape("one\n  two  \n three\\\nfour") == "one two\nthree\nfour"


def test_emphasis_that_a_person_added_stays_as_typed():
    assert unescape("**bold** and `code` [a](b)") == "**bold** and `code` [a](b)"


@given(TEXT)
def test_french_spaces_fold_back_and_none_is_added(text):
    shaped = typeset(text, "fr")
    assert len(shaped) == len(text)
    assert unfold(shaped) == text
    assert typeset(text, "en") == text


@pytest.mark.parametrize(
    ("said", "shaped"),
    [
        ("Qui paie ?", "Qui paie\u202f?"),
        ("Oui : « faire avec »", "Oui\u00a0: «\u00a0faire avec\u00a0»"),
        ("Non ; 5 % et 10 € !", "Non\u202f; 5\u00a0% et 10\u00a0€\u202f!"),
        ("Qui?", "Qui?"),
        ("voir https://a.b/c:d", "voir https://a.b/c:d"),
    ],
)
def test_french_puts_no_break_spaces_where_the_rule_wants_them(said, shaped):
    assert typeset(said, "fr") == shaped


def test_reading_back_is_linear():
    for text in ("\\" * 200_000, " " * 200_000 + "\n", "<https://" * 30_000, "&" * 200_000, "\n" * 100_000):
        assert len(unescape(text)) <= len(text)
    assert not re.search("x", unescape("&#120;" * 10).replace("x", ""))
