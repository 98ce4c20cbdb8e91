"""Minutes and newsletter read back: nothing forged, nothing private made public, no way out of the workspace."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress

from msgspec.structs import replace

from facilitator.core.acts import Answer, Send
from facilitator.core.instant import Instant
from facilitator.core.meeting import PublicMeeting
from facilitator.core.public import public
from facilitator.core.text import MAX_NAME, MAX_TEXT, normalise, one_line
from facilitator.documents.markdown.outline import TooLarge
from facilitator.documents.minutes.change import Unchangeable, answer
from facilitator.documents.minutes.of_meeting import minutes_of
from facilitator.documents.minutes.reader import MinutesRead, read_minutes
from facilitator.documents.minutes.records import records_of
from facilitator.documents.minutes.writer import write_minutes
from facilitator.documents.newsletter.feed import feed
from facilitator.documents.newsletter.front import Unreadable
from facilitator.documents.newsletter.items import Letter
from facilitator.documents.newsletter.mail import mail_text
from facilitator.documents.newsletter.reader import read_letter
from facilitator.documents.newsletter.travel import to_minutes
from facilitator.meetings import publishing as publish

from .fuzzing import CUT, TR, Parser, reads
from .harness import Table, capture
from .hostile import MARKDOWN

NOW = Instant(at=1_795_000_000_000, told=True)


def published(table: Table) -> tuple[str, str]:
    """Minutes and newsletter of a short meeting."""
    session = table.open()
    for kind in ("question", "question", "question", "decision", "action", "need", "news", "resource", "note"):
        capture(session, "Un texte *comme* un autre", kind, by="Awa S.")
    capture(session, "Jamais ailleurs", "individual")
    one, two, three = session.meeting.of_kind("question")
    session.act(Answer(one.id, "Une réponse", "https://example.org/a_b"))
    session.act(Send(two.id, "newsletter", owner="Awa S."))
    session.act(Send(three.id, "individual"))
    published = publish.close(session, summary="Bien")
    session.leave()
    assert published.newsletter is not None
    minutes, newsletter = (doc.path.read_text(encoding="utf-8") for doc in (published.minutes, published.newsletter))
    return minutes, newsletter


def _words_of(*documents: str) -> list[str]:
    lines = [line for document in documents for line in document.splitlines(keepends=True)]
    private = ('- <a id="s1"></a>**S1** à personne\n', "  - *Suite :* Suivie individuellement\n")
    marks = ("- ", "  - ", "\t", "> ", "\n", "\n\n", "    ", "```\n", "<!--", "<<<<<<< a\n", ">>>>>>> b\n", "=======\n")
    return [*lines, *private, *marks, *MARKDOWN]


def _sane(read: MinutesRead) -> None:
    """Nothing that was read stands for another entry, or is a private one made public."""
    names = [found.name for found in read.entries if found.said.number]
    assert len(names) == len(set(names))
    for record in records_of(read, "m"):
        assert record.kind != "individual"
        assert not record.private and record.outcome != "individual"
        for text in (
            record.text,
            record.by,
            record.theme,
            record.link,
            record.answer,
            record.answer_link,
            *record.owners,
        ):
            assert text is None or normalise(text).text == text


@reads("minutes", 8, 17)
def _minutes(table: Table) -> Parser:
    """No hand edit makes the reader name an entry twice, or an individual need; any answer is read by its machine again."""
    minutes, newsletter = published(table)

    def check(text: str) -> None:
        _sane(read_minutes(text))

    return Parser(check, (minutes, newsletter, *MARKDOWN), _words_of(minutes), 2_100_000)


@reads("newsletter", 8, 17)
def _newsletter(table: Table) -> Parser:
    """No hand edit makes an item lead outside the minutes; feeding is refused or done once; a mail holds no path."""
    minutes, newsletter = published(table)
    meeting = _public(table)
    folder = table.workspace.minutes_folder

    def check(text: str) -> Iterator[None]:
        for item in read_letter(text).items:
            path = folder / f"{item.meeting}.md"
            assert path.parent == path.resolve().parent == folder
            assert item.label[0] != "S"
        yield
        with suppress(Unreadable):
            mail_text(text, "https://example.org")
        yield
        assert set(to_minutes(text, {meeting.id: minutes}, on=meeting.setup.day).minutes) <= {meeting.id}
        yield
        try:
            fed = _fed(text, meeting)
        except Unreadable:
            return
        yield
        assert _fed(fed, meeting) == fed

    links = ("../minutes/../../x.md#q1", "[Q1](../minutes/", "%2e%2e/", "#q1)", "[Q1](../minutes/a.md#q1)", "fed: ")
    return Parser(check, (newsletter, minutes, *MARKDOWN), (*_words_of(newsletter), *links), 2_100_000)


def _fed(text: str | None, shown: PublicMeeting) -> str:
    return feed(text, Letter("2026-12"), minutes_of(shown, TR, draft=False, now=NOW.at, month="2026-12"))


def _public(table: Table) -> PublicMeeting:
    [name] = {path.stem for path in table.workspace.minutes_files()}
    session = table.join(name, terminal=False)
    session.leave()
    return public(session.meeting)


@reads("what is said, written and read back", 17, 18)
def _said(table: Table) -> Parser:
    """Wherever it was said, it is read back word for word, and adds nothing else to minutes or newsletter."""
    published(table)
    meeting = _public(table)

    def written(shown: PublicMeeting) -> tuple[MinutesRead, list[str]]:
        minutes = write_minutes(minutes_of(shown, TR, draft=False, now=NOW.at))
        letter = _fed(None, shown)
        assert _fed(letter, shown) == letter
        return read_minutes(minutes), [item.label for item in read_letter(letter).items]

    plain, labels = written(meeting)

    def check(text: str) -> None:
        text = normalise(text).text[:MAX_TEXT].strip()
        line = one_line(text)[:MAX_NAME].strip()
        if not text or not line:
            return
        entries = []
        for entry in meeting.entries:
            if entry.outcome == "individual":
                entries.append(entry)
                continue
            held = replace(entry, text=text, theme=line, answer=entry.answer and text)
            entries.append(replace(held, owners=(line,)) if entry.kind == "action" else replace(held, by=line))
        shown = replace(meeting, entries=tuple(entries), summary=text)
        read, there = written(shown)
        _sane(read)
        assert not read.troubles
        assert there == labels
        for found, plainly in zip(read.entries, plain.entries, strict=True):
            said, before = found.said, plainly.said
            assert (said.kind, said.number, said.outcome) == (before.kind, before.number, before.outcome)
            assert said.text == text
            assert said.theme == line
            if said.kind == "action":
                assert said.owners == (line,)
            elif said.kind != "question":
                assert said.by == line
            assert said.answer == (before.answer and text)

    return Parser(
        check,
        (*MARKDOWN, "Un texte *comme* un autre", "a\n" * 5_000),
        (*_words_of(), "\\", "`", "&amp;", "\n", " "),
        MAX_TEXT,
    )


@reads("minutes changed in one place", 8, 17)
def _changed(table: Table) -> Parser:
    """An answer put into minutes edited by hand changes that entry alone, and is read back."""
    minutes, _ = published(table)

    def check(value: str) -> Iterator[None]:
        text, _, said = value.partition(CUT)
        before = read_minutes(text)
        yield
        said = normalise(said).text[:MAX_TEXT].strip() or "réponse"
        there = {name: found.said for name, found in before.numbered().items()}
        for name in [name for name in there if name[0] == "question"][:40:8]:
            try:
                written = answer(text, f"Q{name[1]}", said)
            except (Unchangeable, TooLarge):
                continue
            yield
            changed = read_minutes(written)
            yield
            _sane(changed)
            found = {name: one.said for name, one in changed.numbered().items()}
            assert found.keys() == there.keys()
            assert found[name].answer == said
            assert {other: one for other, one in found.items() if other != name} == {
                other: one for other, one in there.items() if other != name
            }

    corpus = [minutes + CUT + said for said in MARKDOWN]
    return Parser(check, corpus, (*_words_of(minutes), CUT), 100_000)
