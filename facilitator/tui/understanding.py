"""What a line that is being typed is understood as: who, theme, day, address, and what was said before that resembles it."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from facilitator import wording
from facilitator.core.capture import read_answer, read_line
from facilitator.core.entry import label
from facilitator.core.people import candidates
from facilitator.core.regex import regex
from facilitator.core.text import fold_case, normalise
from facilitator.core.vocabulary import KINDS, PRIVATE
from facilitator.tui.cells import cell_len, fit
from facilitator.tui.keys import CAPTURES

if TYPE_CHECKING:
    import datetime
    from collections.abc import Sequence

    from facilitator.core.entry import Entry
    from facilitator.core.meeting import Meeting
    from facilitator.core.said import Fields
    from facilitator.core.vocabulary import Kind
    from facilitator.i18n import Translator
    from facilitator.tui.widgets.lines import Row, Span

# A line of so many is a pasted page, which is not looked at while it is typed.
MOST_LETTERS = 1_000
# Shorter words are in every sentence.
LETTERS = 4
# Two texts that share so many words, and this part of the shorter one's, may be about the same.
SHARED, PART = 2, 0.6
_WORD = regex(r"\w+")


def understood(  # noqa: PLR0913  # all that a line is read against
    tr: Translator, meeting: Meeting, names: Sequence[str], today: datetime.date, kind: Kind, text: str, width: int
) -> Row:
    """The entry that a line would become, in one row; of what is private nothing."""
    if kind in PRIVATE or len(text) > MOST_LETTERS:
        return []
    clean = normalise(text).text
    calendar = meeting.opened.calendar if meeting.setup is not None else None
    line = read_line(
        clean,
        kind=kind,
        members=names,
        today=today,
        next_meeting=calendar.next_meeting if calendar is not None else None,
    )
    parts: list[Span] = [(tr(CAPTURES[line.kind][0]), "strong"), *_given(tr, line.fields, line.unknown)]
    if line.several:
        meant = ", ".join(candidates(line.several[0], names))
        parts.insert(1, (tr("Several: {names}", names=meant), "warn"))
    before = resembling(meeting, str(line.fields.text or "")) if KINDS[kind].shared else None
    if before is not None:
        number = label(before.kind, before.number, tr.language)
        said = wording.quoted(tr, before.text)
        parts.append((tr("resembles {number} {text}", number=number, text=said), "warn"))
    return _row(parts, width)


def understood_answer(tr: Translator, names: Sequence[str], asked: Entry | None, text: str, width: int) -> Row:
    """The same of the answer to a question: who gives it, and what was asked, which may be nowhere else on the screen."""
    by = read_answer(normalise(text).text, names)[1] if len(text) <= MOST_LETTERS else None
    parts: list[Span] = [(tr("answer"), "strong"), *([(by, "accent")] if by else [])]
    return _row([*parts, *([(wording.quoted(tr, asked.text), "dim")] if asked is not None else [])], width)


def _given(tr: Translator, fields: Fields, unknown: Sequence[str]) -> list[Span]:
    people = [*(fields.owners or ()), *([fields.by] if fields.by else [])]
    found: list[Span] = [(", ".join(people), "accent")] if people else []
    if unknown:
        found.append((tr("not a member: {names}", names=", ".join(unknown)), "warn"))
    if fields.theme:
        found.append((f"#{fields.theme}", "good"))
    if fields.due:
        found.append((wording.day_text(tr, fields.due), "accent"))
    if fields.vote:
        found.append((wording.vote_text(tr, fields.vote), "accent"))
    if fields.when:
        found.append((wording.when_text(tr, fields.when), "accent"))
    if fields.deadline:
        found.append((tr("until {day}", day=wording.day_text(tr, fields.deadline)), "accent"))
    if fields.link:
        found.append((fields.link.partition("://")[2], "good"))
    return found


def _row(parts: Sequence[Span], width: int) -> Row:
    row: list[Span] = []
    left = width
    for text, style in parts:
        gap = " · " if row else " "
        said = fit(text, left - cell_len(gap))
        if not said:
            break
        row += [(gap, "dim"), (said, style)]
        left -= cell_len(gap) + cell_len(said)
    return row


def resembling(meeting: Meeting, text: str) -> Entry | None:
    """The question or need written down before that shares most of its words with a text; None when none does."""
    words = _words(text)
    if len(words) < SHARED:
        return None
    best: tuple[float, Entry] | None = None
    for entry in meeting.entries.values():
        if not KINDS[entry.kind].shared or entry.private:
            continue
        others = _words(entry.text)
        shared = len(words & others)
        if shared < SHARED:
            continue
        part = shared / min(len(words), len(others))
        if part >= PART and (best is None or part > best[0]):
            best = (part, entry)
    return best[1] if best is not None else None


@lru_cache(maxsize=2_048)
def _words(text: str) -> frozenset[str]:
    return frozenset(word for word in _WORD.findall(fold_case(text)) if len(word) >= LETTERS)
