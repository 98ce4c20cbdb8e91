"""What was said in past meetings, found again by its words, whom it is about, and when; each with the place in its file.

It is asked of an archive that is up to date already, so that it can be done at every key.
"""

from __future__ import annotations

import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec import Struct
from msgspec.structs import replace

from facilitator.core.carrying import chains, day_of, private_names, still_open
from facilitator.core.records import Record
from facilitator.core.stems import asked_words, stem_of, words_of
from facilitator.core.text import fold_case
from facilitator.store.archive.asking import Query, name_text
from facilitator.store.private import read_private

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from facilitator.store.archive import Archive
    from facilitator.store.workspace import Workspace

MOST = 50


class Wanted(Struct, frozen=True):
    """What is looked for, as it is typed; what is empty asks for nothing. While `typing`, the last word may be the beginning of one.

    `kind` is that of a record, `since` and `until` are days of meetings, both included; `open` asks for what is not done.
    """

    words: str = ""
    typing: bool = False
    kind: str | None = None
    theme: str | None = None
    person: str | None = None
    since: datetime.date | None = None
    until: datetime.date | None = None
    open: bool = False


class FoundRecord(Record, frozen=True, kw_only=True):
    """A record, and where it stands: `file`, from the workspace on, and its line there from 1; none for what is private.

    Of what went on from meeting to meeting it is the latest, and `earlier` where else it was found, the latest first.
    """

    file: str | None
    line: int | None
    earlier: tuple[FoundRecord, ...] = ()


def search(workspace: Workspace, archive: Archive, wanted: Wanted, *, private: bool = False) -> list[FoundRecord]:
    """What past meetings hold of it, best first, at most so many; of what is private only what is asked for on purpose, first of all."""
    kept = read_private(workspace)
    among = None
    if wanted.open:
        alive = still_open([*archive.living(), *kept])
        among = tuple(name for one in alive if (name := name_text(one.meeting, one.number)))
    asked = Query(
        words=asked_words(wanted.words, typing=wanted.typing),
        typing=wanted.typing,
        kind=wanted.kind,
        theme=_folded(wanted.theme),
        person=_folded(wanted.person),
        since=wanted.since,
        until=wanted.until,
        among=among,
    )
    if wanted.words.strip() and not asked.words:
        return []  # nothing but signs
    hits = archive.find(asked, most=MOST + len(kept))
    hidden = private_names([hit.record for hit in hits], kept)
    found = [_found(record, None, None) for record in _matching(kept, asked)] if private else []
    found += [
        _found(hit.record, _shown(workspace, hit.path), hit.line or None)
        for hit in hits
        if (hit.record.meeting, hit.record.number) not in hidden
    ]
    return _together(found[:MOST])


def _together(found: Sequence[FoundRecord]) -> list[FoundRecord]:
    """Each thing once, where the best of it stood."""
    joined = []
    for chain in chains(found):
        *earlier, last = chain
        joined.append(replace(last, earlier=tuple(reversed(earlier))) if earlier else last)
    return joined


def _found(record: Record, file: str | None, line: int | None) -> FoundRecord:
    return FoundRecord(**{name: getattr(record, name) for name in Record.__struct_fields__}, file=file, line=line)


def _shown(workspace: Workspace, path: Path) -> str:
    return str(path.relative_to(workspace.root)) if path.is_relative_to(workspace.root) else str(path)


def _folded(text: str | None) -> str | None:
    return fold_case(text) if text is not None else None


def _matching(kept: Iterable[Record], asked: Query) -> list[Record]:
    """The few that are private, by the same rules."""
    return [record for record in kept if _is_asked(record, asked)]


def _is_asked(record: Record, asked: Query) -> bool:
    words = words_of(" ".join(part for part in (record.text, record.by, record.answer, record.theme) if part))
    stems = {*words, *map(stem_of, words)}
    last = asked.words[-1] if asked.typing and asked.words else None
    day = day_of(record.meeting)
    people = (record.by, *record.owners, record.answer_by)
    return (
        all(stem_of(word) in stems or (word is last and _begins(words, word)) for word in asked.words)
        and asked.kind in (None, record.kind)
        and asked.theme in (None, fold_case(record.theme or ""))
        and (asked.person is None or any(asked.person in fold_case(name) for name in people if name))
        and (asked.since is None or (day is not None and day >= asked.since))
        and (asked.until is None or (day is not None and day <= asked.until))
        and (asked.among is None or name_text(record.meeting, record.number) in asked.among)
    )


def _begins(words: Iterable[str], beginning: str) -> bool:
    return any(word.startswith(beginning) for word in words)
