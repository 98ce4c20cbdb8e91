"""A document as one page: what is read is there, nothing is fetched, nothing that was typed is obeyed."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote

import pytest

from facilitator.documents.html import title_of, write_mail_page, write_page

EXAMPLES = Path(__file__).parents[2] / "docs" / "examples"
VOID = {"meta", "br", "hr"}


class Read(HTMLParser):
    """The tags, names, links and words of a page; fails on one that is not closed in its turn."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.ids: list[str] = []
        self.links: list[str] = []
        self.words = ""
        self._open: list[str] = []
        self.feed(page)
        self.close()
        assert self._open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        self.tags.append(tag)
        assert not any(name.startswith("on") or name in ("src", "style") for name in given)
        if given.get("id"):
            self.ids.append(str(given["id"]))
        if given.get("href"):
            self.links.append(str(given["href"]))
        if tag not in VOID:
            self._open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert tag in VOID or self._open.pop() == tag

    def handle_data(self, data: str) -> None:
        if self._open[-1:] != ["style"]:
            self.words += data


@pytest.mark.parametrize("path", sorted(EXAMPLES.rglob("*.md")), ids=lambda path: f"{path.parent.name}/{path.stem}")
def test_the_examples_are_pages_whose_links_lead_somewhere(path):
    text = path.read_text(encoding="utf-8")
    read = Read(write_page(text))
    assert {unquote(link[1:]) for link in read.links if link.startswith("#")} <= set(read.ids)
    assert all(link.startswith(("#", "https://", "http://", "mailto:")) for link in read.links)
    assert len(read.ids) == len(set(read.ids))
    assert read.tags.count("h1") == 1 and title_of(text) in read.words
    assert not {"script", "img", "link", "iframe", "input", "object"} & set(read.tags)


def test_boxes_are_signs_and_the_language_is_said():
    page = write_page("---\nlanguage: en\n---\n\n# Minutes\n\n- [ ] one\n- [x] two\n- \\[x] three\n")
    assert '<html lang="en">' in page
    assert "☐ one" in page and "☑ two" in page and "[x] three" in page


def test_a_letter_has_neither_boxes_nor_room_for_answers_and_a_question_keeps_those_it_has():
    head = "---\nformat: 2\nnewsletter: 2026-12\n---\n\n# Lettre\n\n"
    asked = (
        "- [ ] **Qui sait ?**\n  - *Réponse\u00a0:* …\n- [x] **Qui paie ?**\n  - *Réponse :* Personne.\n  - à suivre\n"
    )
    for page in (write_page(head + asked), write_mail_page(head + asked)):
        assert "☐" not in page and "☑" not in page and "…" not in page and page.count("<ul") == 2
        assert "Qui sait" in page and "Personne." in page and "à suivre" in page
    minutes = write_page(head.replace("newsletter:", "meeting: x\nnewsletter:") + asked)
    assert "☐" in minutes and "…" in minutes


@pytest.mark.parametrize(
    ("said", "shown"),
    [
        ("de 9 h 34 à 12 h 02, le 24 novembre", "de 9_h_34 à 12_h_02, le 24_novembre"),
        ("pour le 1er décembre à 9 h", "pour le 1er_décembre à 9_h"),
        ("On 19 November, 5 hours", "On 19_November, 5 hours"),
        ("les 3 maisons, 2 heures, un mai", "les 3 maisons, 2 heures, un mai"),
    ],
)
def test_an_hour_and_a_day_are_never_broken_over_two_lines(said, shown):
    assert f"<p>{shown}</p>" in write_page(f"# x\n\n{said}\n").replace("\u00a0", "_")


@pytest.mark.parametrize(
    "text",
    [
        "<script>alert(1)</script>", "a <img src=x onerror=alert(1)> b", "[x](javascript:alert(1))", "![x](https://example.org/x.png)",
        '<a id="q1" name="q1" onclick="x">y</a>', "<style>*{}</style>", "[x](data:text/html,x)", '<a id="q1"><b>x</b></a>', "</main></html>",
    ],
)  # fmt: skip
def test_nothing_that_was_typed_is_obeyed(text):
    read = Read(write_page(f"# Titre\n\n- {text}\n\n{text}\n"))
    assert set(read.tags) <= {"html", "head", "meta", "title", "style", "body", "main", "h1", "ul", "li", "p", "a"}
    assert not any(re.match(r"(?i)javascript|data", link) for link in read.links)


def test_a_link_into_the_repository_needs_to_know_where_it_is():
    text = "# T\n\n[compte rendu](../minutes/2026-11-10-roannais.md#q2)\n"
    assert Read(write_page(text)).links == []
    assert Read(write_page(text, base="https://example.org/r/")).links == [
        "https://example.org/r/minutes/2026-11-10-roannais.md#q2"
    ]


def test_a_link_from_minutes_leads_to_the_minutes_beside_them():
    text = "---\nmeeting: 2026-12-08-roannais\n---\n\n# T\n\n[Q5](2026-11-10-roannais.md#q5) [lettre](../newsletter/2026-12.md) [x](../../etc)\n"
    assert Read(write_page(text, base="https://example.org/r/")).links == [
        "https://example.org/r/minutes/2026-11-10-roannais.md#q5",
        "https://example.org/r/newsletter/2026-12.md",
    ]


def test_a_number_that_leads_nowhere_is_left_out_of_a_letter():
    text = "# T\n\n- **Qui ?** ([Q1](../minutes/2026-11-10-r.md#q1))\n- Voir ([D1](../minutes/2026-11-10-r.md#d1)), [le compte rendu](../minutes/2026-11-10-r.md) (Q2)\n"
    for write in (write_page, write_mail_page):
        words = Read(write(text)).words if write is write_page else write(text)
        assert "Q1" not in words and "D1" not in words and "()" not in words
        assert "le compte rendu" in words and "(Q2)" in words
        assert ">Q1<" in write(text, base="https://example.org/r")


class Dressed(HTMLParser):
    """The elements of a page that bear no styles, and its links."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.bare: set[str] = set()
        self.links: list[str] = []
        self.feed(page)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        self.bare |= set() if "style" in given else {tag}
        self.links += [str(given["href"])] if given.get("href") else []


@pytest.mark.sampled(4)
@pytest.mark.parametrize(
    "path", sorted(EXAMPLES.glob("*/*/*/*.md")), ids=lambda path: f"{path.parent.name}/{path.stem}"
)
def test_in_a_mail_each_element_bears_its_styles_and_links_lead_out_of_it(path):
    page = write_mail_page(path.read_text(encoding="utf-8"), base="https://example.org/r")
    dressed = Dressed(page)
    # An anchor is a place, a strong word is bold anywhere.
    assert dressed.bare <= {"html", "head", "meta", "title", "strong", "br", "thead", "tbody", "tr", "a"}
    assert "<style" not in page and "var(" not in page
    assert all(link.startswith(("https://", "http://", "mailto:")) for link in dressed.links)


@pytest.mark.parametrize(
    "text",
    [
        "<script>alert(1)</script>",
        '<p style="position:fixed">x</p>',
        "[x](javascript:alert(1))",
        "![x](https://example.org/x.png)",
    ],
)
def test_nothing_that_was_typed_is_obeyed_in_a_mail(text):
    page = write_mail_page(f"# Titre\n\n- {text}\n\n{text}\n")
    assert not re.search(r"<script|<img|position:fixed\">|href=\"javascript", page)
