"""Minutes and letters on a wiki: what they say, as the wiki marks it up, and nothing that was typed marks anything up."""

from __future__ import annotations

import html
import re
import sys
from pathlib import Path

import pytest
from documents.hostile import HOSTILE
from examples import examples
from hypothesis import given, settings
from hypothesis import strategies as st

from facilitator.core.text import normalise, one_line
from facilitator.documents.markdown.escape import escape
from facilitator.documents.wiki import write_wiki

EXAMPLES = Path(__file__).parents[2] / "docs" / "examples"
UNBUILT = pytest.mark.skipif(sys.version_info >= (3, 14), reason="mwparserfromhell is not built for this Python yet")
# What YesWiki obeys: the pattern of its formatter (`formatters/wakka.php`), a name of a page, and one of another wiki.
WAKKA = re.compile(
    r"""%%.*?%%|"".*?""|\[\[.*?\]\]|\b[a-z0-9]+://[^ \t\n\r\f"|\\^`{}\[\]><]+|([*#@£_/])\1|[<>"]"""
    r"""|&(?!(\#[xX][a-fA-F0-9]+|\#[0-9]+|[a-zA-Z0-9]+);)|={2,6}|-{3,}|\n(\t+| +)(-|[^\W_]+\))?|^(\t+| +)(-|[^\W_]+\))?"""
    r"""|\{\{.*?\}\}|\b[A-Z][A-Za-z]+:\w+\b|\b[A-Z][a-z]+[A-Z0-9][A-Za-z0-9]*\b|\n""",
    re.DOTALL | re.MULTILINE,
)
TYPED = (
    "FranceConnect et AidantsConnect", "**gras** //penché// __souligné__ ##code## @@barré@@ £££", "====== titre ======", "---- ", "{{include page=x}}",
    '""<script>alert(1)</script>""', "[[javascript:alert(1) x]]", "[[Page texte]]", "- liste", " 1) liste", "%%code%%", "&#42;&amp;", "ThisWiki:Page",
    "'''gras''' ''penché''", "== titre ==", "* liste", "# liste", ": retrait", "; terme", "{{modèle|x}}", "{| table\n|-\n| x\n|}", "[[Page|texte]]",
    "[https://example.org x]", "<nowiki>x</nowiki><ref>y</ref>", "~~~~", "__NOTOC__", "RFC 822 ISBN 0123456789", "#REDIRECT [[Page]]", "-{zh}-", "l'",
    "https://example.org/a_b__c~~~~ fin", "voir https://example.org/x*", "https://example.org/'''x'''", "javascript://%0aalert(1)", "ftp://x mailto:a@b tel:12",
    "https://x.org//**y", "HTTP://X.ORG", "xhttps://x.org", "(https://example.org/x)", "*", "/", "=", "-", "'", "|", "a]", "fin:", "É:é",
)  # fmt: skip


def document(text: str) -> str:
    """Minutes in which somebody said that, in a paragraph, in an item, in bold, and as the words of a link."""
    said = escape(text, start=True)
    return f"# Titre\n\n{said}\n\n- {escape(text, start=True, indent=2)}\n- **{escape(one_line(text))}** a\n"


def shown(wakka: str) -> str:
    """What a reader sees of a text in YesWiki that holds no marks."""
    return re.sub(r"&\w+;|&#\w+;", lambda found: html.unescape(found[0]), re.sub(r'""(.*?)""', r"\1", wakka))


def only_ours(text: str) -> None:
    """In YesWiki, the page of a document that holds a text obeys what the program wrote and nothing else."""
    for found in WAKKA.finditer(write_wiki(document(text), "yeswiki")):
        sign = found[0]
        assert (
            sign in ("======", "\n", "\n -", "**", "---", "<", ">", "&", '""""')
            or re.fullmatch(r'""[A-Za-z0-9]+""', sign)
            or re.match(r"https?://", sign)
        ), sign


def test_headings_lists_bold_links_and_boxes_are_those_of_yeswiki():
    text = (
        "# Compte rendu\n\n## Qui fait quoi\n\n- [ ] **A1** Écrire *(**Nora** · [atelier](#step-3))*\n  - *Réponse :* [site](https://example.org/a)\n"
        "- [x] deux\n\n1. un\n2. deux\n\nune\\\nautre\n"
    )
    assert write_wiki(text, "yeswiki") == (
        "======Compte rendu======\n\n=====Qui fait quoi=====\n\n - ☐ **A1** Écrire //(**Nora** · atelier)//\n"
        "  - //Réponse :// [[https://example.org/a site]]\n - ☑ deux\n\n 1) un\n 1) deux\n\nune\nautre\n"
    )


def test_headings_lists_bold_links_and_places_are_those_of_mediawiki():
    text = (
        '# Compte rendu\n\n[2 personnes](#présences)\n\n- <a id="q1" name="q1"></a>**Q1** Qui ? *(voir [D1](#d1))*\n  - [site](https://example.org/a)\n\n'
        "1. un\n\n| a | b |\n| --- | --- |\n| c | d |\n\n## Présences\n\nAwa\\\nKarim\n"
    )
    assert write_wiki(text, "mediawiki") == (
        "= Compte rendu =\n\n[[#Présences|2 personnes]]\n\n* <span id=\"q1\"></span>'''Q1''' Qui ? ''(voir [[#d1|D1]])''\n** [https://example.org/a site]\n\n"
        '# un\n\n{| class="wikitable"\n|-\n! a\n! b\n|-\n| c\n| d\n|}\n\n== Présences ==\n\nAwa<br />Karim\n'
    )


@pytest.mark.parametrize("wiki", ["yeswiki", "mediawiki"])
def test_a_link_into_the_repository_needs_to_know_where_it_is(wiki):
    text = "# T\n\n([compte rendu](../minutes/2026-11-10-r.md#q2))\n"
    assert "(compte rendu)" in write_wiki(text, wiki)
    assert "https://example.org/r/minutes/2026-11-10-r.md#q2 compte rendu]" in write_wiki(
        text, wiki, base="https://example.org/r/"
    )


@pytest.mark.parametrize("wiki", ["yeswiki", "mediawiki"])
def test_a_number_of_a_letter_that_leads_nowhere_is_left_out(wiki):
    text = "# T\n\n- **Qui ?** ([Q1](../minutes/2026-11-10-r.md#q1))\n- **Où ?** (Q2)\n"
    page = write_wiki(text, wiki)
    assert "Q1" not in page and "()" not in page and "(Q2)" in page
    assert "Q1" in write_wiki(text, wiki, base="https://example.org/r")


@pytest.mark.sampled(12)
@pytest.mark.parametrize("text", [*TYPED, *HOSTILE])
def test_in_yeswiki_nothing_that_was_typed_marks_anything_up(text):
    only_ours(normalise(text).text or "x")


@settings(max_examples=examples(60), deadline=None)
@given(st.lists(st.sampled_from([*TYPED, *"*#@£_/=-%[]{}|'\"&<>:; \n"]), max_size=6))
def test_in_yeswiki_no_pieces_of_markup_come_together(pieces):
    only_ours(normalise("".join(pieces)).text or "x")


@pytest.mark.sampled(12)
@pytest.mark.parametrize("text", [text for text in (*TYPED, *HOSTILE) if "\n" not in text])
def test_what_was_typed_is_what_is_read_in_yeswiki(text):
    said = normalise(text).text.strip()
    page = write_wiki(f"# T\n\n{escape(said, start=True)}\n", "yeswiki")
    assert shown(page.partition("\n\n")[2].rstrip("\n")) == said.replace("\t", " ") or "\t" in said


@UNBUILT
@pytest.mark.sampled(12)
@pytest.mark.parametrize("text", [*TYPED, *HOSTILE])
def test_another_reader_of_mediawiki_finds_nothing_that_was_typed(text):
    import mwparserfromhell as parser

    said = normalise(text).text or "x"
    page = parser.parse(write_wiki(f"# T\n\n{escape(said, start=True)}\n", "mediawiki"))
    assert not page.filter_templates() and not page.filter_wikilinks() and not page.filter_comments()
    assert {str(tag.tag) for tag in page.filter_tags()} <= {"br", "nowiki"}
    assert len(page.filter_headings()) == 1
    assert all(
        str(link.url).startswith(("https://", "http://")) and not link.brackets for link in page.filter_external_links()
    )
    body = str(page).partition("\n\n")[2]
    assert not re.search(r"~~~|__|^[*#:;= -]|\b(?:RFC|ISBN|PMID) [0-9]|-\{", body)


@UNBUILT
def test_another_reader_of_mediawiki_finds_our_own_marks():
    import mwparserfromhell as parser

    text = next((EXAMPLES / "sixty/fr/minutes").glob("*.md")).read_text(encoding="utf-8")
    page = parser.parse(write_wiki(text, "mediawiki"))
    assert [str(one.title).strip() for one in page.filter_headings()][:2] == [
        "Compte rendu du 24 novembre 2026",
        "En bref",
    ]
    anchors = {str(tag.get("id").value) for tag in page.filter_tags() if tag.tag == "span"}
    places = {str(link.title)[1:] for link in page.filter_wikilinks()}
    assert places - anchors == {"Présences"}
    assert {"q1", "d4", "step-5"} <= anchors


@pytest.mark.sampled(4)
@pytest.mark.parametrize("wiki", ["yeswiki", "mediawiki"])
@pytest.mark.parametrize("path", sorted(EXAMPLES.glob("*/*/*/*.md")), ids=lambda path: "-".join(path.parts[-4:]))
def test_of_the_examples_no_markdown_is_left(wiki, path):
    page = write_wiki(path.read_text(encoding="utf-8"), wiki)
    assert not re.search(r"^#{1,6} |\]\(|</?a |\\|^- |^---|format:", page, re.MULTILINE)
