"""Other readers of Markdown show the same as ours, and Prettier leaves what its recorded outputs say; `.ci/run` installs them."""

from __future__ import annotations

import datetime
import json
import re
import subprocess
from html.parser import HTMLParser
from pathlib import Path

import cmarkgfm
import pytest
from cmarkgfm.cmark import Options
from documents.hostile import HOSTILE
from documents.minutes.example import MEETING
from documents.minutes.generated import MARKDOWN, NAMES, meetings
from documents.newsletter.letters import fed
from examples import examples
from hypothesis import given, settings
from markdown_it import MarkdownIt
from msgspec.structs import replace

from facilitator.core.text import normalise
from facilitator.documents.front import split
from facilitator.documents.minutes.entry import Look, MinutesEntry, MinutesToWrite
from facilitator.documents.minutes.hand import hand
from facilitator.documents.minutes.writer import write_minutes

pytestmark = [pytest.mark.ci, pytest.mark.timeout(900)]

NODE = Path(__file__).with_name("node")
EXAMPLES = Path(__file__).parents[2] / "docs/examples"
RECORDED = Path(__file__).parent / "minutes/prettier"
EXTENSIONS = ["table", "strikethrough", "autolink"]
OURS = MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"])
OURS.normalizeLinkText = lambda url: url  # it shows addresses decoded; the standard shows them as they are
# What stands for a block or a mark, whoever renders it.
SHOWN = frozenset("h1 h2 h3 h4 h5 h6 ul ol li blockquote pre code table tr th td hr em strong del br img".split())


class Shown(HTMLParser):
    """The marks and the words of a page, in their order."""

    def __init__(self, page: str) -> None:
        super().__init__(convert_charrefs=True)
        self.seen: list[str] = []
        self.text: list[str] = []
        self.feed(page)
        self.close()
        self.words()

    def words(self) -> None:
        """The words since the last mark, in single spaces."""
        said = re.sub(r"[ \t\n\r]+", " ", "".join(self.text)).strip(" ")
        self.seen += [said] if said else []
        self.text = []

    def handle_starttag(self, tag: str, _attrs: list[tuple[str, str | None]]) -> None:
        if tag in SHOWN:
            self.words()
            self.seen.append(f"<{tag}>")

    def handle_endtag(self, tag: str) -> None:
        if tag in SHOWN and tag not in ("br", "hr", "img"):
            self.words()
            self.seen.append(f"</{tag}>")

    def handle_data(self, data: str) -> None:
        self.text.append(data)


def body(document: str) -> str:
    """A document without its front matter, which no reader of plain Markdown knows."""
    found = split(document)
    return "\n".join(found.lines[found.body :])


def ours(text: str) -> list[str]:
    return Shown(OURS.render(text)).seen


def cmark_gfm(text: str) -> list[str]:
    page = cmarkgfm.markdown_to_html_with_extensions(text, options=Options.CMARK_OPT_UNSAFE, extensions=EXTENSIONS)
    return Shown(page).seen


def commonmark_js(texts: list[str]) -> list[list[str]]:
    done = subprocess.run(
        ["node", NODE / "render.cjs"], input=json.dumps(texts), capture_output=True, encoding="utf-8", check=False
    )
    assert not done.returncode, done.stderr
    return [Shown(page).seen for page in json.loads(done.stdout)]


def everywhere(text: str) -> MinutesToWrite:
    """The example in which every text, answer and name is this one."""
    line = " ".join(text.split())[:80] or "x"
    entries = tuple(
        replace(
            one,
            text=text,
            theme=line,
            by=line if one.kind == "need" else None,
            owners=(line,) if one.kind == "action" else (),
            answer=text if one.answer else None,
            answer_by=line if one.answer else None,
        )
        for one in MEETING.entries
    )
    return replace(MEETING, title=line, entries=entries, summary=text, place=line, address=line, present=(line,))


TEXTS = [kept for text in (*HOSTILE, *MARKDOWN, *NAMES) if (kept := normalise(text[:600]).text)]
FILES = sorted([*EXAMPLES.glob("*/*/minutes/*.md"), *EXAMPLES.glob("*/*/newsletter/*.md")])


def documents() -> list[str]:
    """The examples, and minutes and a letter in which every text that people and programs paste stands everywhere."""
    held = [everywhere(text) for text in TEXTS]
    return [
        *(body(path.read_text(encoding="utf-8")) for path in FILES),
        *(body(write_minutes(meeting)) for meeting in held),
        *(body(fed(meeting)) for meeting in held),
    ]


def same_everywhere(texts: list[str]) -> None:
    for text, other in zip(texts, commonmark_js(texts), strict=True):
        expected = ours(text)
        assert other == expected, "commonmark.js"
        assert cmark_gfm(text) == expected, "cmark-gfm"


def test_commonmark_js_and_cmark_gfm_show_what_we_show():
    assert len(FILES) >= 12
    same_everywhere(documents())


def test_commonmark_js_and_cmark_gfm_show_any_minutes_as_we_do():
    texts: list[str] = []

    @settings(max_examples=examples(100), deadline=None)
    @given(meetings())
    def gather(meeting: MinutesToWrite) -> None:
        tabled = body(write_minutes(meeting))
        assert cmark_gfm(tabled) == ours(tabled)
        # CommonMark has no tables: that of times is for those who have.
        texts.append(body(write_minutes(replace(meeting, look=replace(meeting.look, times=False)))))

    gather()
    same_everywhere(texts)


@pytest.mark.parametrize("wrapped", [False, True])
def test_prettier_leaves_of_the_examples_what_is_recorded(wrapped):
    options = ["--prose-wrap", "always", "--print-width", "80"] if wrapped else []
    for path in (path for name in ("eight", "paper", "sixty") for path in (EXAMPLES / name).glob("*/minutes/*.md")):
        done = subprocess.run(
            ["node", NODE / "node_modules/prettier/bin/prettier.cjs", "--parser", "markdown", *options],
            input=path.read_text(encoding="utf-8"),
            capture_output=True,
            encoding="utf-8",
            check=False,
        )
        assert not done.returncode, done.stderr
        language, meeting = path.parts[-3], path.parts[-4]
        recorded = RECORDED / f"{meeting}-{language}{'-80' if wrapped else ''}.md"
        assert done.stdout == recorded.read_text(encoding="utf-8")


@pytest.mark.parametrize("options", [(), ("--prose-wrap", "always"), ("--tab-width", "4")])
def test_prettier_does_nothing_to_a_draft_that_would_be_taken_for_a_hand(options):
    asked = tuple(replace(one, outcome=None, due=None) if one.number in (2, 12) else one for one in MEETING.entries)
    listed = MinutesEntry(kind="note", number=0, text="Trois :\n* un ;\n* deux\n  + et plus", step=1)
    draft = replace(MEETING, draft=True, as_of=datetime.time(11, 40), acts=50, entries=(*asked, listed))
    for shape in (draft, replace(draft, look=Look(order="sequence")), replace(draft, language="en")):
        left = write_minutes(shape)
        done = subprocess.run(
            ["node", NODE / "node_modules/prettier/bin/prettier.cjs", "--parser", "markdown", *options],
            input=left,
            capture_output=True,
            encoding="utf-8",
            check=True,
        )
        found = hand(left, done.stdout)
        assert done.stdout != left
        assert (found.changed, found.removed, found.added, found.kept, found.doubt) == ((), (), (), (), None)
