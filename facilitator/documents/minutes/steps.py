"""The sequences of minutes that go on from one meeting to the next: those that were not reached, and what became of them."""

from __future__ import annotations

from facilitator.core.records import StepRow
from facilitator.core.regex import regex
from facilitator.core.said import Origin
from facilitator.core.text import fold_case
from facilitator.documents.markdown.pen import read_words
from facilitator.documents.minutes.reader import MinutesRead, heading_step, heading_title, step_not_reached

_CAME = regex(r"\]\((?:[^()\s]*/)?(?P<meeting>[^()/#\s]+?)\.md#(?P<number>step-[1-9][0-9]{0,2})\)")


def steps_of(read: MinutesRead) -> list[StepRow]:
    """The sequences that stand under *Reporté*, and those that say that they come from another meeting."""
    outline = read.outline
    if outline is None:
        return []
    headed = {
        number: read_words(heading_title(heading))
        for heading in outline.headings
        if (number := heading_step(heading)) is not None
    }
    found: dict[int, StepRow] = {}
    for item in outline.items:
        said = step_not_reached(read, item)
        if said is None:
            continue
        number, title, minutes = said
        if number is None:
            alike = [step for step, named in headed.items() if fold_case(named) == fold_case(title)]
            number = alike[0] if len(alike) == 1 else None
        if number and number not in found:
            found[number] = StepRow(number, title, minutes, reached=False, origin=_origin(item.text))
    for block in outline.blocks:
        number = heading_step(block.under[-1]) if block.paragraph and block.under else None
        if number and number not in found and (origin := _origin(block.text)):
            found[number] = StepRow(number, headed[number], None, reached=True, origin=origin)
    return list(found.values())


def sequence_titles(read: MinutesRead) -> dict[int, str]:
    """The titles of the sequences that minutes name, by their number, those that were not reached among them."""
    headings = read.outline.headings if read.outline else []
    shown = {number: read_words(heading_title(heading)) for heading in headings if (number := heading_step(heading))}
    return {row.step: row.title for row in steps_of(read)} | shown


def _origin(text: str) -> Origin | None:
    found = _CAME.search(text)
    return Origin(found["meeting"], found["number"]) if found else None
