"""What the sheet of the telephones shows: rows that are a function of what waits, of what was shown on purpose, and of the size.

The screen is often the wall, and nothing that a telephone sends shows there before it is taken up: what somebody typed stands
as `••• 24 car.` until a key shows it. What the meeting knows already is no secret: its entries, and the names of its people.
"""

from __future__ import annotations

from collections.abc import Container, Sequence
from typing import TYPE_CHECKING

from facilitator import wording
from facilitator.core.entry import label
from facilitator.core.meeting import Evaluation
from facilitator.tui import letters
from facilitator.tui.cells import cell_len, fit, fit_first, left, wrap
from facilitator.wording.acts import useful_text
from facilitator.wording.telephones import sent_name

if TYPE_CHECKING:
    from facilitator.core.telephones import Sent
    from facilitator.i18n import Translator
    from facilitator.tui.telephones import Pile
    from facilitator.tui.widgets.lines import Row

# Rows that the list keeps below an address in large letters.
LIST_ROWS = 9
# What belongs together is not torn apart by a wide window.
WIDEST = 110
MARK = 3


def hides(pile: Pile, names: Container[str]) -> bool:
    """Whether there is anything of it that the room may not have read yet."""
    return bool(pile.words) if pile.kind != "floor" else pile.first.by not in names and bool(speaker(pile.first))


def head(tr: Translator, address: str, width: int, height: int) -> list[Row]:
    """Where telephones write: in letters as large as leave a list its place, and as it is typed."""
    size: letters.Size
    large: list[Row] = []
    for size in ("narrow", "plain"):
        if letters.cells(address, size) <= width - 2 and letters.height(1, size) + 2 + LIST_ROWS <= height:
            large = [*([(" ", ""), (row, "accent")] for row in letters.drawn([address], size)), []]
    room = width - cell_len(address) - 2
    asides = (tr("for this meeting only, nothing shows before you take it up"), tr("for this meeting only"), "")
    aside = fit_first(asides, room - MARK)
    return [*large, [(f" {fit(address, width - 1)}", "accent"), (f" · {aside}" if aside else "", "dim")], []]


def about(tr: Translator, width: int, *, exists: bool) -> list[Row]:
    """What it is, before it is begun."""
    width = min(width, WIDEST)
    says = (
        tr("A page for the telephones of this network, for this meeting only, with nothing to install."),
        tr(
            "They follow the meeting, ask a question, say a need or “same here”, ask for the floor, and evaluate at the end."
        ),
        tr("Nothing shows before you take it up. Nothing private is there, nothing is kept but what you took up."),
    )
    rows: list[Row] = [[(" " + line, "")] for words in says for line in (*wrap(words, width - 2), "")]
    begins = (
        tr("Enter opens the page.")
        if exists
        else tr("Nothing is written of this meeting yet: → begins it, p notes who is there.")
    )
    return [*rows, *([(" " + line, "strong")] for line in wrap(begins, width - 2))]


def listed(  # noqa: PLR0913  # all that it is a function of
    tr: Translator,
    found: Sequence[Pile],
    width: int,
    *,
    chosen: str | None,
    shown: Container[str],
    names: Container[str],
    zone: str,
) -> tuple[list[Row], int]:
    """What waits, and at which row the chosen one stands; `shown` holds what was shown on purpose."""
    rows: list[Row] = []
    at, width = 0, min(width, WIDEST)
    labels = [sent_name(tr, pile.kind) for pile in found]
    wide = MARK + max(map(cell_len, labels), default=0) + 2
    for pile, name in zip(found, labels, strict=True):
        here, read = pile.id == chosen, pile.id in shown or not hides(pile, names)
        if here:
            at = len(rows)
        who = _who(tr, pile, names, zone, read=read)
        room = max(1, width - wide - cell_len(who) - 2)
        words = said(tr, pile, read=read)
        lines = [line for text in words for line in wrap(text, room)] if here else [fit(words[0], room)]
        style = "selected" if here else "" if read else "dim"
        for place, line in enumerate(lines):
            mark = left(f" {'›' if here else ' '} {name}" if not place else "", wide)
            tail = f"{who} " if not place else " " * (cell_len(who) + 1)
            rows.append([(mark, style), (left(line, room + 1), style), (tail, style or "dim")])
    return rows, at


def said(tr: Translator, pile: Pile, *, read: bool) -> list[str]:
    """What a pile says, the first line first; masked until it is to be read."""
    first = pile.first
    if pile.kind == "same":
        if pile.entry is None:
            return [tr("what it was about is no longer there")]
        number = label(pile.entry.kind, pile.entry.number, tr.language)
        return [f"{number} +{len(pile.items)}  {' '.join(pile.entry.text.split())}"]
    if pile.kind == "floor":
        name = speaker(first)
        return [(name if read else wording.masked(tr, name)) or tr("somebody who gave no name")]
    if pile.kind == "evaluation":
        return _evaluations(tr, pile.items, read=read)
    return [first.text if read else wording.masked(tr, first.text)]


def speaker(item: Sent) -> str:
    """Who asks to speak: the name given, else the place; empty when neither was."""
    return item.by or " ".join(item.text.split())


def _evaluations(tr: Translator, items: Sequence[Sent], *, read: bool) -> list[str]:
    """How useful it was found, and each word; before they are read, how many there are of each."""
    useful = tuple(sum(one.useful == mark for one in items) for mark in range(1, 6))
    keep = [one.keep for one in items if one.keep]
    change = [one.change for one in items if one.change]
    answers = tr.ntr("{n} answer", "{n} answers", len(items))
    if not read:
        return [f"{answers} · {tr.ntr('{n} remark', '{n} remarks', len(keep) + len(change))}"]
    marks = Evaluation(useful=(useful[0], useful[1], useful[2], useful[3], useful[4]))
    said = [useful_text(tr, marks.useful) if any(useful) else answers]
    said += [tr("to keep: {text}", text=text) for text in keep]
    return said + [tr("to change: {text}", text=text) for text in change]


def _who(tr: Translator, pile: Pile, names: Container[str], zone: str, *, read: bool) -> str:
    """Who sent it, if that was said, and when; of several nothing."""
    if pile.kind == "evaluation" or len(pile.items) > 1:
        return ""
    first = pile.first
    by = "" if pile.kind == "floor" else first.by if read or first.by in names else "•••" if first.by else ""
    return " · ".join(filter(None, (by, wording.time_text(first.at, zone))))
