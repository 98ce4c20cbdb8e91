"""What is said cannot break, forge or leave the documents it is written into, and is read back word for word."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from facilitator.core.acts import Answer, Attend, Capture, Send
from facilitator.core.records import records
from facilitator.core.said import Fields
from facilitator.core.text import normalise
from facilitator.documents.minutes.reader import read_minutes
from facilitator.documents.minutes.records import records_of
from facilitator.documents.newsletter.reader import read_letter
from facilitator.meetings import publishing as publish

from .harness import Table
from .hostile import MARKDOWN

KINDS = ("question", "need", "decision", "action", "news", "resource", "aside", "note")


def _held(table: Table, text: str):
    """A meeting in which everything that can hold a text holds this one, closed."""
    session = table.open(title="Réseau")
    line = " ".join(text.split())[:80]
    session.act(Attend(line))
    for kind in KINDS:
        owners = {"owners": (line,)} if kind == "action" else {"by": line}
        session.act(Capture(kind, Fields(text=text, theme=line, **owners)))
    session.act(Capture("question", Fields(text=text)))
    session.act(Capture("question", Fields(text="la dernière")))
    for number, entry in enumerate(session.meeting.of_kind("question")):
        session.act(Answer(entry.id, text) if number == 0 else Send(entry.id, "newsletter", owner=line))
    published = publish.close(session, summary=text)
    session.leave()
    return session, published


def _outline(markdown: str) -> list[str]:
    """The headings and the places, which no text of an entry may add to."""
    body = markdown.split("\n---\n", 1)[1]
    places = r'(?m)^ *[-*] (?:\[.\] )?<a id="[a-z]\d+" name="[a-z]\d+"></a>\*\*[A-Z]\d+\*\*'
    return re.findall(r"(?m)^#{1,6} .*$", body) + re.findall(places, body)


@pytest.fixture(scope="module")
def plain(tmp_path_factory: pytest.TempPathFactory) -> tuple[list[str], list[str], str]:
    """The outline of the same meeting when what is said is harmless."""
    table = Table(tmp_path_factory.mktemp("plain"))
    with pytest.MonkeyPatch.context() as monkeypatch:
        _, published = _held(table.sit_down(monkeypatch), "Un texte")
    minutes, newsletter = (doc.path.read_text(encoding="utf-8") for doc in (published.minutes, published.newsletter))
    return _outline(minutes), _outline(newsletter), newsletter


@pytest.mark.sampled(2)
@pytest.mark.fault(17, 18)
@pytest.mark.parametrize("place", range(0, len(MARKDOWN), 13))
def test_what_is_said_stays_what_it_is_through_minutes_and_newsletter(
    tmp_path: Path, monkeypatch, plain, place, rounds
) -> None:
    """Every field of every kind: the outline is that of a harmless meeting, and each text is read back as it was kept."""
    for number, text in enumerate(MARKDOWN[place : place + 13 : rounds(5, 1, 1)]):
        _check(Table(tmp_path / str(number)).sit_down(monkeypatch), plain, normalise(text).text)


def _check(table: Table, plain, text: str) -> None:
    session, published = _held(table, text)
    minutes = published.minutes.path.read_text(encoding="utf-8")
    newsletter = published.newsletter.path.read_text(encoding="utf-8")
    assert len(_outline(minutes)) == len(plain[0]), text
    says = any(sign.isalnum() for sign in text)  # in a letter, an answer of dots and strokes is room for one
    assert len(_outline(newsletter)) == len(plain[1]) or not says, text
    read = read_minutes(minutes)
    kept = [(record.number, record.text, record.answer) for record in records(session.meeting) if not record.private]
    assert [(record.number, record.text, record.answer) for record in records_of(read, session.meeting.id)] == kept
    assert not read.troubles, text
    labels = [item.label for item in read_letter(newsletter).items]
    assert len(labels) == len(set(labels)), text
    assert len(labels) == len(read_letter(plain[2]).items) or not says, text


@pytest.mark.fault(18)
@pytest.mark.parametrize("text", ["<!-- facilitator:end -->", "<!-- facilitator:begin -->", "---\nstatus: draft\n---"])
def test_the_marks_of_the_program_in_what_is_said_change_nothing_when_written_thrice(table: Table, text: str) -> None:
    """Publishing again and feeding again give the same bytes."""
    session, published = _held(table, text)
    before = [path.read_bytes() for path in (published.minutes.path, published.newsletter.path)]
    for _ in range(2):
        again = publish.publish(table.join(session.meeting.id, terminal=False))
        assert again.minutes.beside is None
        assert [path.read_bytes() for path in (again.minutes.path, again.newsletter.path)] == before


@pytest.mark.fault(17)
@pytest.mark.slow
def test_minutes_that_were_forged_cannot_name_a_file_outside_or_bring_back_what_is_private(table: Table) -> None:
    """Front matter and anchors are as foreign as the rest: read, never trusted as a path."""
    _, published = _held(table, "Un texte")
    text = published.minutes.path.read_text(encoding="utf-8")
    for forged in ("../../dehors", "/etc/passwd", "a\n---\nb", "x" * 10_000, "[1, 2]"):
        hostile = re.sub(r"(?m)^meeting: .*$", f"meeting: {forged}", text)
        (table.root / "minutes" / "2026-01-01-forgee.md").write_text(hostile, encoding="utf-8")
        table.run("followups", "--json").clean()
        table.run("done", "A1").clean()
        table.run("newsletter", "2026-12").clean()
        assert not (table.folder / "dehors").exists()
    assert {path.name for path in table.folder.iterdir()} <= {"workspace", "state", "temporary", "home"}
