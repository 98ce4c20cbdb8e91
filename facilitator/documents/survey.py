"""Surveys: a table of answers in (CSV, as Framaforms and others write it), what it brings out as Markdown, and that read back."""

from __future__ import annotations

import csv
import datetime
import io
import re
from hashlib import sha256

from msgspec import Struct

from facilitator.core.cycle.survey import AlikeAnswers, Survey
from facilitator.core.regex import regex
from facilitator.core.text import one_line
from facilitator.documents.markdown.items import split_tail
from facilitator.documents.markdown.outline import TooLarge, outline
from facilitator.documents.markdown.pen import read_words, write_line, write_text
from facilitator.documents.minutes.words import Words, day_text, indexed, plain
from facilitator.documents.typography import typeset, unfold
from facilitator.i18n import Foreseen, Translator

FORMAT = 2
MAX_ROWS = 20_000
MAX_COLUMNS = 1_000

SECTIONS: dict[str, Words] = {
    "needs": {"fr": ("Besoins",), "en": ("Needs",)},
    "offers": {"fr": ("Propositions",), "en": ("Offers",)},
    "form": {"fr": ("Comment se rencontrer",), "en": ("How to meet",)},
}
_SECTION_OF = indexed(SECTIONS)
_SAID = regex(r"(?P<count>[0-9]{1,6}) (?:réponses?|answers?)\Z")
_ANSWERS_HERE = frozenset(map(plain, ("Réponse", "Réponses", "Answer", "Answers")))
_SOURCE = regex(r"^source: (?P<mark>[0-9a-f]{64})$", re.MULTILINE)
_ANSWERS = regex(r"^answers: (?P<count>[0-9]{1,6})$", re.MULTILINE)


class NoTable(Foreseen, ValueError):
    """A file that is read as no table of answers, and why: `none`, `large`, `workbook`."""

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why

    def sentence(self, tr: Translator) -> str:
        """Why nothing of it was taken."""
        if self.why == "large":
            return tr("this table is larger than any survey’s")
        if self.why == "workbook":
            return tr("this is a workbook (Excel, LibreOffice): save the sheet of answers as CSV, and give that")
        return tr("this is no table: a line of headings and lines of answers are expected (CSV)")


class Table(Struct, frozen=True):
    """A table of answers: its headings, its lines, the mark of the bytes it was read from."""

    headings: list[str]
    rows: list[list[str]]
    mark: str


def read_table(data: bytes) -> Table:
    """A table in UTF-8, else in Latin-1, whatever separates its cells. Raises NoTable."""
    if data[:4] in (b"PK\x03\x04", b"\xd0\xcf\x11\xe0"):
        raise NoTable("workbook")
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
            text = data.decode("utf-16", errors="replace")
        else:
            text = data.decode("cp1252", errors="replace")
    if "\0" in text:
        raise NoTable("none")
    first = text[:20_000]
    separator = max(";,\t|", key=lambda mark: _evenness(first, mark))
    try:
        rows = [
            row for row in csv.reader(io.StringIO(text, newline=""), delimiter=separator) if any(map(str.strip, row))
        ]
    except csv.Error:
        raise NoTable("none") from None
    if len(rows) > MAX_ROWS or any(len(row) > MAX_COLUMNS for row in rows[:5]):
        raise NoTable("large")
    if len(rows) < 2:
        raise NoTable("none")
    # Framaforms writes the title and the groups of questions above the headings.
    head = max(
        range(min(3, len(rows) - 1)), key=lambda place: (sum(bool(cell.strip()) for cell in rows[place]), -place)
    )
    asked = _asked(rows)
    head = asked or head
    headings = [one_line(cell) for cell in rows[head]]
    if asked:
        headings[0] = one_line("".join(rows[0]))
    for above in reversed(rows[:head]):
        headings = [cell or one_line(above[place] if place < len(above) else "") for place, cell in enumerate(headings)]
    return Table(headings, rows[head + 1 :], sha256(data).hexdigest())


def _asked(rows: list[list[str]]) -> int:
    """The line of headings of the sheet of one question, as live polls write it: the question alone, and `Answer` over the answers; else 0.

    Wooclap's workbook of results has one for each question, after `Main results`: a line a participant, a column a question, totals last.
    """
    if sum(bool(cell.strip()) for cell in rows[0]) != 1:
        return 0
    return next((place for place in (1, 2) if place < len(rows) - 1 and plain(rows[place][0]) in _ANSWERS_HERE), 0)


def _evenness(text: str, mark: str) -> tuple[int, int]:
    """How well a mark separates the cells of the first lines: how many lines have as many as the most that do."""
    try:
        counts = [len(row) for row in csv.reader(io.StringIO(text, newline=""), delimiter=mark) if row][:20]
    except csv.Error:
        return (0, 0)
    most = max(counts, default=1)
    return (counts.count(most) if most > 1 else 0, most)


def write_survey(survey: Survey, name: str, day: datetime.date, mark: str, language: str) -> str:
    """What a survey brings, as a document of the network; `name` as people call it, `mark` that of the table."""
    fr = language == "fr"
    title = f"{write_line(name, language)}, {day_text(day, language, year=True)}"
    count = f"{survey.answers} {('réponses' if survey.answers > 1 else 'réponse') if fr else ('answers' if survey.answers > 1 else 'answer')}."
    parts = [
        "---",
        f"format: {FORMAT}",
        f"answers: {survey.answers}",
        f"source: {mark}",
        "---",
        "",
        f"# {title}",
        "",
        count,
    ]
    for section, groups in (("needs", survey.needs), ("offers", survey.offers), ("form", survey.form)):
        if groups:
            parts += ["", f"## {typeset(SECTIONS[section][language][0], language)}", ""]
            parts += [_line(group, language) for group in groups]
    return "\n".join(parts) + "\n"


def _line(group: AlikeAnswers, language: str) -> str:
    word = "réponses" if language == "fr" else "answers"
    tail = f" *({group.count} {word})*" if group.count > 1 else ""
    return f"- {write_text(group.text, language, indent=2)}{tail}"


def mark_of(text: str) -> str | None:
    """The mark of the table that a document was made of."""
    found = _SOURCE.search(text[:1_000].replace("\r", ""))
    return found["mark"] if found else None


def read_survey(text: str) -> Survey:
    """What a document says of a survey, also after people changed it; empty for any other text."""
    try:
        found = outline(text)
    except TooLarge:
        return Survey(0)
    groups: dict[str, list[AlikeAnswers]] = {section: [] for section in SECTIONS}
    for item in found.items:
        section = next((known for one in item.under if (known := _SECTION_OF.get(plain(unfold(one.text))))), None)
        if section is None:
            continue
        body, tail = split_tail(item.text)
        said = _SAID.match(unfold(tail)) if tail is not None else None
        groups[section].append(
            AlikeAnswers(read_words(body), int(said["count"])) if said else AlikeAnswers(read_words(item.text), 1)
        )
    answers = _ANSWERS.search(text[:1_000].replace("\r", ""))
    return Survey(int(answers["count"]) if answers else 0, *(tuple(groups[section]) for section in SECTIONS))
