"""Three hundred edits by hand of the minutes in `docs/examples`, also after formatters: nothing lost in silence, nothing made up."""

from __future__ import annotations

import random
from collections import Counter
from functools import cache
from pathlib import Path
from typing import Any

import mdformat
import pytest
from documents.minutes.hand_edits import EDITS, Edited, Page
from msgspec.structs import replace

from facilitator.documents.minutes.entry import MinutesEntry
from facilitator.documents.minutes.reader import MinutesRead, read_minutes
from facilitator.documents.typography import unfold

HERE = Path(__file__).parent
EXAMPLES = HERE.parents[2] / "docs/examples"
TABLE = HERE / "hand_edits.txt"
COUNT = 300
MEETINGS = ("sixty", "paper", "eight")
# A file as the program wrote it, and as formatters left it before or after a person edited it.
BEFORE = ("", "mdformat", "Prettier", "Prettier, wrapped")
AFTER = ("", "mdformat", "mdformat, wrapped")
OUTCOMES = ("the same", "as meant", "a remark", "adopted, said", "gone, said", "not as meant")


def formatted(text: str, wrap: Any = "keep") -> str:
    return mdformat.text(text, options={"wrap": wrap}, extensions={"gfm", "frontmatter"})


@cache
def written(meeting: str, language: str, before: str) -> str:
    (path,) = (EXAMPLES / meeting / language / "minutes").glob("*.md")
    text = path.read_text(encoding="utf-8")
    if before == "mdformat":
        return formatted(text)
    if before.startswith("Prettier"):
        name = f"{meeting}-{language}{'-80' if 'wrapped' in before else ''}.md"
        return (HERE / "prettier" / name).read_text(encoding="utf-8")
    return text


def people(read: MinutesRead) -> set[str]:
    """Everybody who is named as someone."""
    found = {name for names in read.people.values() for name in names}
    for one in read.entries:
        found |= {*one.said.owners, *filter(None, (one.said.by, one.said.answer_by))}
    return {unfold(name) for name in found if name}


def plain(said: MinutesEntry, *, stepless: bool) -> MinutesEntry:
    return replace(said, step=None) if stepless else said


def outcome(kind: str, page: Page, edited: Edited, read: MinutesRead) -> str:
    """What became of an edit, in a word for the table; what may never be fails."""
    before, after = page.found, read.numbered()
    lost = set(before) - set(after)
    assert lost <= set(read.missing), f"lost in silence: {lost - set(read.missing)}"
    assert not set(after) - set(before), f"made up: {set(after) - set(before)}"
    adopted = [one for one in read.entries if one.adopted]
    assert len(adopted) <= len(edited.adopted), f"made of a remark: {[one.said.text for one in adopted]}"
    notes = [
        [one.said.text.replace("_", "*") for one in which.entries if one.said.kind == "note"]
        for which in (page.read, read)
    ]
    assert edited.stepless or notes[0] == notes[1], "a note made, lost or otherwise"
    invented = people(read) - people(page.read) - set(edited.people)
    assert not invented, f"invented: {invented}"
    expected = {name: replace(one.said, **edited.changed.get(name, {})) for name, one in before.items()}
    others = {name for name in after if name not in edited.changed}
    for name in others:
        assert plain(after[name].said, stepless=edited.stepless) == plain(expected[name], stepless=edited.stepless), (
            name
        )
    return _word(edited, read, expected)


def _word(edited: Edited, read: MinutesRead, expected: dict[Any, MinutesEntry]) -> str:
    after = read.numbered()
    if edited.gone:
        return "gone, said" if set(edited.gone) == set(read.missing) else "not as meant"
    if edited.adopted:
        found = [one for one in read.entries if one.adopted]
        same = len(found) == len(edited.adopted) and all(
            getattr(one.said, name) == value
            for one, fields in zip(found, edited.adopted, strict=True)
            for name, value in fields.items()
        )
        told = {trouble.line for trouble in read.troubles} >= {one.item.line + 1 for one in found}
        return "adopted, said" if same and told else "not as meant"
    if any(name not in after or after[name].said != expected[name] for name in edited.changed):
        return "not as meant"
    if edited.changed:
        return "as meant"
    if edited.remarks:
        kept = " ".join(" ".join(remark.text.replace(">", " ").split()) for remark in read.remarks)
        kept = kept.replace("_", "*")
        told = all(" ".join(line.replace(">", " ").split()).replace("_", "*") in kept for line in edited.remarks)
        return "a remark" if told else "not as meant"
    return "the same"


def cases() -> list[tuple[str, str, str, str, str, int]]:
    """Which edit, of which meeting, in which language, formatted how before and after, from which seed."""
    kinds = list(EDITS)
    found = []
    for seed in range(COUNT):
        kind = kinds[seed % len(kinds)]
        turn = seed // len(kinds)
        chance = random.Random(seed)
        meeting = MEETINGS[turn % len(MEETINGS)] if turn < len(MEETINGS) else chance.choice(MEETINGS)
        before = BEFORE[turn % len(BEFORE)] if turn < len(BEFORE) else chance.choice(BEFORE)
        found.append((kind, meeting, chance.choice(("fr", "en")), before, chance.choice(AFTER), seed))
    return found


def edit(kind: str, meeting: str, language: str, before: str, after: str, seed: int) -> str | None:
    """What became of one edit; None when there is nothing in that meeting that could be edited so."""
    page = Page(written(meeting, language, before), random.Random(seed))
    try:
        edited = EDITS[kind](page)
    except (IndexError, ValueError):
        return None
    text = edited.text
    if after:
        text = formatted(text, 70 if "wrapped" in after else "keep")
    try:
        return outcome(kind, page, edited, read_minutes(text))
    except AssertionError as problem:
        raise AssertionError(
            f"{kind} | {meeting} {language} | {before or 'as written'} | {after or 'as left'} | {seed}: {problem}"
        ) from None


@pytest.mark.sampled(24)
@pytest.mark.parametrize("kind", EDITS)
def test_an_edit_of_each_kind_is_read_as_it_was_meant(kind):
    became = edit(kind, "paper", "fr", "", "", 1) or edit(kind, "sixty", "fr", "", "", 1)
    assert became not in (None, "not as meant")


@pytest.mark.ci
@pytest.mark.timeout(900)
def test_of_three_hundred_edits_nothing_is_lost_in_silence_nothing_made_of_a_remark_and_nobody_invented():
    counts: dict[str, Counter[str]] = {kind: Counter() for kind in EDITS}
    for kind, meeting, language, before, after, seed in cases():
        # A meeting that holds nothing of the kind lends its turn to the full one.
        became = edit(kind, meeting, language, before, after, seed) or edit(
            kind, "sixty", language, before, after, seed
        )
        assert became is not None, kind
        counts[kind][became] += 1
    rows = [f"{'':52}" + "".join(f"{word:>16}" for word in OUTCOMES)]
    rows += [
        f"{kind:52}" + "".join(f"{count[word] or '':>16}" for word in OUTCOMES).rstrip()
        for kind, count in counts.items()
    ]
    total: Counter[str] = sum(counts.values(), Counter())
    rows.append(f"{f'{total.total()} edits':52}" + "".join(f"{total[word] or '':>16}" for word in OUTCOMES).rstrip())
    table = "\n".join(rows) + "\n"
    print(table)
    assert table == TABLE.read_text(encoding="utf-8")
