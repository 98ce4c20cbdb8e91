"""What minutes say, as records: the one place where an entry of a document becomes one of the program's."""

from __future__ import annotations

from msgspec.structs import asdict

from facilitator.core.entry import label
from facilitator.core.records import Record, TimeRow
from facilitator.core.said import Said
from facilitator.core.vocabulary import KINDS
from facilitator.documents.minutes.entry import MinutesEntry
from facilitator.documents.minutes.reader import FoundEntry, MinutesRead
from facilitator.i18n import Translator

_PARTS = Said.__struct_fields__
_ORDER = {kind: place for place, kind in enumerate(KINDS)}


def records_of(read: MinutesRead, meeting: str) -> list[Record]:
    """The entries of the minutes of a meeting, kind by kind in the order of their numbers; those without one as they stand."""
    return [record_of(found.said, meeting, read.front.language) for found in _in_order(read)]


def lines_of(read: MinutesRead) -> list[int]:
    """The line on which each of the records begins, from 1."""
    return [found.item.line + 1 for found in _in_order(read)]


def _in_order(read: MinutesRead) -> list[FoundEntry]:
    return sorted(read.entries, key=lambda found: (_ORDER[found.said.kind], found.said.number or 10**9))


def record_of(said: MinutesEntry, meeting: str, language: str) -> Record:
    """One entry of minutes as a record; a document holds no instant and nothing private."""
    parts = {name: value for name, value in asdict(said).items() if name in _PARTS}
    number = said.label(language)
    return Record(meeting=meeting, kind=said.kind, number=number, step=said.step, **parts)


def times_of(read: MinutesRead) -> list[TimeRow]:
    """The times of the steps, as the front matter keeps them."""
    return [TimeRow(step, planned, actual) for step, (planned, actual) in enumerate(read.front.times, 1)]


def problems_of(read: MinutesRead, tr: Translator) -> list[str]:
    """Everything a person should know of the file, each with its line; what is missing is `missing_of`."""
    return [
        tr("line {line}: {problem}", line=trouble.line, problem=trouble.what) if trouble.line else trouble.what
        for trouble in read.troubles
    ]


def missing_of(read: MinutesRead) -> list[str]:
    """The numbers of the entries that were closed and are no longer found; a draft is not closed."""
    if read.front.status == "draft":
        return []
    return [label(*name, read.front.language) for name in read.missing]
