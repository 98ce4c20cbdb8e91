"""Every kind and every outcome of `core/vocabulary`, asked for in every way there is, through the close, and read back.

Driven by its rows alone: a row whose word, key, sign, name or place is forgotten somewhere fails here.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

import pytest
from cli import conftest as commands
from cli.conftest import Run

from facilitator.cli.choices import KINDS_ASKED
from facilitator.cli.conversation_words import read
from facilitator.core.acts.entries import HELD_ELSEWHERE
from facilitator.core.entry import label
from facilitator.core.vocabulary import ASKED, DEFERRED, HELD, KINDS, OUTCOMES, Kind, Outcome
from facilitator.i18n import translator
from facilitator.meetings.session import Session
from facilitator.store.workspace import Workspace
from facilitator.tui.app import FacilitatorApp
from facilitator.tui.outcomes import keys
from facilitator.tui.widgets.bar import Bar

network, run = commands.network, commands.run  # the fixtures of the command line's tests
ANSWER = "Oui, volontiers."


class Row(NamedTuple):
    """What is written down, and what becomes of it: the number it has, as people say it, and whether it is private."""

    kind: Kind
    number: str
    text: str
    outcome: Outcome | None = None

    @property
    def private(self) -> bool:
        return KINDS[self.kind].private or (self.outcome is not None and OUTCOMES[self.outcome].private)

    @property
    def record(self) -> tuple[str, str, str, bool, str | None]:
        """As `entries --json` says it."""
        kind = "need" if self.kind == "individual" else self.kind
        return (kind, self.number, self.text, self.private, self.outcome)


def rows() -> Iterator[Row]:
    """One entry of each kind that has no outcome, and a question for each outcome."""
    for kind, row in KINDS.items():
        if not row.answerable:
            yield Row(kind, label(kind, int(row.numbered)), f"Texte de sorte {kind}")
    for number, outcome in enumerate(OUTCOMES, 1):
        yield Row("question", label("question", number), f"Une suite {outcome} ?", outcome)


ROWS = list(rows())
# Whoever closes is told that these have no date: not a letter, which has its own, nor what others answer.
DATELESS = set(DEFERRED) - {"newsletter", "relay"}
PUBLIC = [row for row in ROWS if not row.private]
PRIVATE = [row for row in ROWS if row.private]


def by_commands(run: Run) -> None:
    for row in ROWS:
        asked = ("need", row.text, "--individual") if row.kind == "individual" else (row.kind, row.text)
        done(run, "add", *asked)
        if row.outcome is not None:
            choosable = OUTCOMES[row.outcome].choosable
            done(run, *(("send", row.number, row.outcome) if choosable else ("answer", row.number, ANSWER)))


def by_lines(run: Run) -> None:
    lines = []
    for row in ROWS:
        lines.append(f"{KINDS[row.kind].key} {row.text}")
        if row.outcome is not None:
            words = OUTCOMES[row.outcome].words
            lines.append(f"s {row.number} {words[0]}" if words else f"r {row.number} {ANSWER}")
    said = run("run", "--plain", stdin="".join(f"{line}\n" for line in [*lines, "f"]).encode())
    assert said.code == 0, said.out


def by_keys(_run: Run) -> None:
    workspace = Workspace(Path.cwd())
    session = Session.join(workspace, workspace.live()[0], terminal=True)
    tr = translator("fr")
    key_of = {outcome: key for key, outcome in keys(tr).items()}

    async def drive() -> None:
        async with (app := FacilitatorApp(tr, session=session)).run_test(size=(80, 24)) as pilot:
            for row in ROWS:
                await pilot.press(KINDS[row.kind].key)
                app.screen.query_one(Bar).input.paste(row.text)
                await pilot.press(
                    "enter", *(("enter",) if row.kind == "resource" else ()), "escape"
                )  # it has no address
                if row.outcome is not None and OUTCOMES[row.outcome].choosable:
                    await pilot.press("s", key_of[row.outcome])
                elif row.outcome is not None:
                    await pilot.press("r")
                    app.screen.query_one(Bar).input.paste(ANSWER)
                    await pilot.press("enter")
            await pilot.pause()

    try:
        asyncio.run(drive())
    finally:
        session.leave()


def done(run: Run, *words: str) -> None:
    said = run(*words)
    assert said.code == 0, (words, said.err)


def records(run: Run) -> list[tuple[str, str, str, bool, str | None]]:
    found = run("entries", "--json").json
    return sorted((one["kind"], one["number"], one["text"], one["private"], one["outcome"]) for one in found)


@pytest.fixture
def meeting(run: Run) -> Run:
    done(run, "start", "agenda.yaml")
    return run


@pytest.mark.parametrize("write_down", [by_commands, by_lines, pytest.param(by_keys, marks=pytest.mark.ci)])
def test_each_is_asked_for_written_and_read_back(meeting: Run, write_down: Callable[[Run], None]) -> None:
    write_down(meeting)
    expected = sorted(row.record for row in ROWS)
    assert records(meeting) == expected
    assert {one["answer"] for one in meeting("entries", "question", "--json").json} == {ANSWER, None}
    draft = meeting("minutes", "--stdout").out
    looked_at = meeting("close").err
    for row in filter(lambda row: row.number, ROWS):
        assert (row.number in looked_at) == (row.kind == "action" or row.outcome in DATELESS), row
    chat = meeting("chat", "--all").out
    assert [row for row in ROWS if (row.text in chat) != (row.outcome in DEFERRED)] == []
    minutes, letter = (next(Path(folder).glob("*.md")).read_text() for folder in ("minutes", "newsletter"))
    for text in (draft, minutes.replace("\u202f", " ").replace("\u00a0", " ")):
        assert [row.text for row in PUBLIC if row.text not in text] == []
    for text in (draft, minutes, letter):
        assert [row.text for row in PRIVATE if row.text.rstrip(" ?") in text] == []
    assert records(meeting) == expected
    followed = [row for row in ROWS if KINDS[row.kind].followed and (row.outcome is None or OUTCOMES[row.outcome].owed)]
    still_open = sorted(one["number"] for one in meeting("followups", "--json").json)
    assert still_open == sorted(row.number for row in followed)


def test_every_word_of_a_kind_is_understood_by_commands_and_lines(meeting: Run) -> None:
    for kind, row in ASKED.items():
        for word in (kind, *row.words):
            done(meeting, "add", *word.split(), f"Par {word}")
            assert any(one["text"] == f"Par {word}" for one in meeting("entries", *word.split(), "--json").json), word
            assert read(f"add {word} Un texte") == ("do", f"{word} Un texte", "add", None)
    for kind, row in KINDS.items():
        for word in (kind, *row.words):
            assert KINDS_ASKED.read(word) == kind
            assert read(f"kind Q1 {word}").name == "kind"
            assert (read(f"{word.capitalize()} : un texte").kind or kind) == kind
        for opened in filter(None, (f"{row.key} ", row.sign)):
            assert read(f"{opened}Un texte") == ("capture", "Un texte", "", kind)


def test_every_word_of_an_outcome_is_understood_by_commands_and_lines(meeting: Run) -> None:
    done(meeting, "add", "question", "Où ?")
    for outcome, row in OUTCOMES.items():
        for word in (outcome, *row.words) if row.choosable else ():
            done(meeting, "send", "Q1", *word.split())
            assert meeting("entries", "--json").json[0]["outcome"] == outcome
            assert read(f"s Q1 {word}") == ("do", f"Q1 {word}", "s", None)


def test_an_entry_is_made_every_kind_in_turn(meeting: Run) -> None:
    done(meeting, "add", "note", "Une chose")
    for kind, row in [*KINDS.items(), next(iter(KINDS.items()))]:
        done(meeting, "kind", "last", kind)
        (found,) = meeting("entries", "--json").json
        assert (found["number"][:1], found["private"], found["text"]) == (row.letter, row.private, "Une chose")


def test_each_part_that_some_kinds_alone_may_have_is_theirs_alone(meeting: Run) -> None:
    options = {
        "offer": ("--offer",),
        "vote": ("--for", "3"),
        "consensus": ("--consensus",),
        "when": ("--when", "2026-12-24 14h"),
    }
    assert set(options) == set(HELD_ELSEWHERE) == HELD
    for kind, row in ASKED.items():
        for part, given in options.items():
            said = meeting("add", kind, "Une chose", *given, "--json")
            assert said.code == (0 if part in row.holds else 1), (kind, part, said.err)
            assert part not in row.holds or said.json[part]


@pytest.mark.parametrize("language", ["fr", "en"])
def test_each_has_a_name_of_its_own_in_the_list_of_a_conversation(meeting: Run, language: str) -> None:
    by_commands(meeting)
    lines = meeting("run", "--plain", "--lang", language, stdin=b"f\n").out.splitlines()
    headings = [line for line in lines if line.endswith((" (1)", f" ({len(OUTCOMES)})"))]
    assert len(set(headings)) == len(KINDS)
    said = {
        row.outcome: line.partition(" · ")[2]
        for row in ROWS
        for line in lines
        if row.outcome is not None and line.startswith(f"{row.number} ")
    }
    assert len(set(said.values())) == len(OUTCOMES)
