"""A question that was taken up individually: its text is taken out of every document that the program wrote it in."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec import Struct
from msgspec.structs import replace

from facilitator.core.entry import label, read_label
from facilitator.core.regex import regex
from facilitator.documents.markdown.outline import TooLarge
from facilitator.documents.minutes.change import Unchangeable, send
from facilitator.documents.minutes.entry import MinutesEntry
from facilitator.documents.minutes.reader import read_minutes
from facilitator.documents.newsletter.change import take_out
from facilitator.documents.traces import PrivateText, is_telling, places, says
from facilitator.i18n import Translator
from facilitator.store.documents import (
    COPIES,
    LEFT,
    MAX_DOCUMENT,
    SINCE,
    documents_in,
    forget_written,
    read_copy,
    read_written,
    replace_text,
    write_document,
)
from facilitator.store.door import read_document
from facilitator.store.private import read_private
from facilitator.store.workspace import document_of

if TYPE_CHECKING:
    from facilitator.core.meeting import Meeting
    from facilitator.store.workspace import Workspace

_OF_A_LETTER = regex(r"[0-9]{4}-[0-9]{2}[.-](?![0-9])")

Questions = Mapping[int, Collection[MinutesEntry]]
"""The numbers of questions, and all that the documents may say of each."""

Carried = Mapping[str, Collection[str]]
"""The numbers of entries, as `Q4`, and all that agendas may say of each."""


class Trace(Struct, frozen=True):
    """Where something private still stands, because a person wrote it there: file, line from 1.

    Line 0: an agenda carried it over, as the program had written it, and no longer does; `made`: the file was made of what said it, for
    other programs, and was taken away; `carried`: it was said in another meeting as well.
    """

    label: str
    path: Path
    line: int = 0
    made: bool = False
    carried: bool = False
    meeting: str | None = None


def trace_text(tr: Translator, trace: Trace, name: str) -> str:
    """Where a private question still stands, for a person to take it out; `name` is the file's as it is shown."""
    if trace.made:
        return tr("{path} still said {label}, and was taken away: make it again.", label=trace.label, path=name)
    if trace.carried:
        return tr(
            "{label} stands in {path}, line {line}, as well: take it up individually there too, or take it out.",
            label=trace.label,
            path=name,
            line=trace.line,
        )
    if not trace.line:
        return tr("{label} was taken out of {path}, which carried it over.", label=trace.label, path=name)
    return tr(
        "{label} was changed by hand in {path}, line {line}: its text still stands there, take it out yourself.",
        label=trace.label,
        path=name,
        line=trace.line,
    )


def withheld(workspace: Workspace, meeting: Meeting) -> set[int]:
    """The numbers of the questions of a closed meeting that were taken up individually, since the close as well."""
    named = (read_label(record.number) for record in read_private(workspace) if record.meeting == meeting.id)
    private = {entry.number for entry in meeting.of_kind("question") if entry.private}
    return private | {number for kind, number in filter(None, named) if kind == "question"}


def said_of(meeting: Meeting, numbers: Collection[int]) -> dict[int, list[MinutesEntry]]:
    """What the documents of a meeting may say of its questions of these numbers."""
    asked = meeting.of_kind("question")
    return {
        entry.number: [asked_once(entry.number, entry.text, entry.answer)] for entry in asked if entry.number in numbers
    }


def asked_once(number: int, text: str, answer: str | None = None) -> MinutesEntry:
    """What the documents may say of a question, once."""
    return MinutesEntry(kind="question", number=number, text=text, answer=answer)


def carried_as(questions: Questions) -> dict[str, list[str]]:
    """As agendas may carry questions over."""
    return {label("question", number): [one.text for one in said] for number, said in questions.items()}


def withhold_from_agendas(workspace: Workspace, meeting: str, carried: Carried) -> list[Trace]:
    """Take entries of a meeting out of the agendas that carry them over; where they stood, or still stand. Raises OSError."""
    traces: list[Trace] = []
    for path, text in _about(documents_in(workspace, workspace.agendas_folder, (".yaml", ".yml")), meeting):
        from facilitator.documents.agenda_change import take_out_carried  # only here is YAML needed

        clean = text
        for name, said in carried.items():
            before = clean
            clean, stays = take_out_carried(clean, meeting, name, said)
            traces += [Trace(name, path)] if clean != before else []
            traces += [Trace(name, path, line) for line in stays]
        if clean != text:
            replace_text(workspace, path, text, clean)
    return traces


def withhold_carried(workspace: Workspace, meeting: Meeting) -> list[Trace]:
    """Take what a meeting took up individually out of the agendas that had carried it there. Raises OSError.

    Only once it is closed: until then whoever opens its agenda again must find it as it was.
    """
    traces: list[Trace] = []
    for entry in meeting.entries.values():
        if entry.private and entry.origin is not None:
            said = [one.text for one in meeting.opened.agenda.carried if one.meeting == entry.origin.meeting]
            traces += withhold_from_agendas(workspace, entry.origin.meeting, {entry.origin.number: [entry.text, *said]})
    return traces


def withhold_elsewhere(workspace: Workspace, meeting: str, entries: Carried) -> list[Trace]:
    """Take entries of a meeting out of agendas that carry them over and of digests; where they stood, or still stand. Raises OSError."""
    traces = withhold_from_agendas(workspace, meeting, entries)
    for path, text in documents_in(workspace, workspace.digests_folder, (".md",)):
        ours = read_written(workspace, path) == text
        clean, stays = _from_digest(text, meeting, entries, ours=ours)
        traces += [Trace(name, path, line) for name, line in stays]
        if ours and clean != text:
            write_document(workspace, path, clean)
        else:
            _put(workspace, path, text, clean)
    for path, text in _copies(workspace.base_folder / workspace.digests_folder.name):
        if _from_digest(text, meeting, entries) != (text, []):
            path.unlink(missing_ok=True)
    return traces


def private_texts(workspace: Workspace) -> tuple[PrivateText, ...]:
    """What is private of closed meetings; nothing where that cannot be read, which is told elsewhere."""
    try:
        kept = read_private(workspace)
    except OSError:
        return ()
    return tuple(PrivateText(one.meeting, one.number, one.text) for one in kept if one.number)


def still_said(workspace: Workspace, private: Collection[PrivateText]) -> list[Trace]:
    """Where documents say what is private all the same, once each. What cannot be read says nothing here, and is told elsewhere."""
    folders = (
        workspace.agendas_folder,
        workspace.minutes_folder,
        workspace.newsletter_folder,
        workspace.digests_folder,
    )
    traces: list[Trace] = []
    for folder in folders if private else ():
        try:
            for path, text in documents_in(workspace, folder, (".yaml", ".yml", ".md")):
                for one in private:
                    lines = places(text, one, own=_stem(path) == one.meeting)
                    traces += [Trace(one.number, path, line, meeting=one.meeting) for line in lines[:1]]
        except OSError:
            continue
    return traces


def said_elsewhere(workspace: Workspace, entries: Collection[PrivateText], known: Collection[Trace]) -> list[Trace]:
    """Where what became private was said in another meeting as well, which nobody has taken out; but for traces that are `known`."""
    told = {trace.path for trace in known}
    found = still_said(workspace, entries)
    return [replace(trace, carried=True) for trace in found if trace.path not in told]


def _from_digest(text: str, meeting: str, entries: Carried, *, ours: bool = False) -> tuple[str, list[tuple[str, int]]]:
    from facilitator.documents.digest import taken_out  # only here

    left = []
    for name, said in entries.items():
        text, stays = taken_out(text, meeting, name, said, ours=ours)
        left += [(name, line) for line in stays]
    return text, left


def take_made_away(workspace: Workspace, meeting: str, entries: Carried) -> list[Trace]:
    """Remove what was made for other programs and says an entry of a meeting: it can be made again. What that was; raises OSError.

    Few words may be another's: they are looked for in what was made of the minutes of that meeting and of letters only.
    """
    folder, gone = workspace.leaving_folder, list[Trace]()
    try:
        found = sorted(path for path in folder.iterdir() if path.name[:1] != ".")
    except (FileNotFoundError, NotADirectoryError):
        return []
    for path in found:
        try:
            data = read_document(workspace.root, path, limit=MAX_DOCUMENT)
        except OSError:
            continue  # what is no document is none of ours
        own = path.name.startswith(meeting) or _OF_A_LETTER.match(path.name) is not None
        texts = {name: [text for text in said if own or is_telling(text)] for name, said in entries.items()}
        name = next((name for name, said in texts.items() if says(path.suffix, data, said)), None)
        if name is not None:
            path.unlink()
            gone.append(Trace(name, path, made=True))
    return gone


def withhold(workspace: Workspace, meeting: str, questions: Questions) -> list[Trace]:
    """Take questions out of all agendas, minutes and newsletters, whatever their name; where they stay. Raises OSError.

    The copies by which the program knows its own hand are forgotten where they hold any of it.
    """
    if not questions:
        return []
    left = withhold_elsewhere(workspace, meeting, carried_as(questions))
    names = {meeting}
    for path, text in _about(documents_in(workspace, workspace.minutes_folder, (".md",)), meeting):
        if read_minutes(text, meeting=_stem(path)).front.meeting == meeting:
            names.add(_stem(path))
        clean, stays = _from_minutes(path, text, meeting, questions)
        left += [Trace(label, path, line) for label, line in stays]
        _put(workspace, path, text, clean)
    for path, text in _about(documents_in(workspace, workspace.newsletter_folder, (".md",)), meeting):
        clean, stays = _from_newsletter(text, names, questions)
        left += [Trace(label, path, line) for label, line in stays]
        _put(workspace, path, text, clean)
    for folder in ("minutes", "newsletter"):
        for path, text in _about(_copies(workspace.base_folder / folder), meeting):
            whole = (text, list[tuple[str, int]]())
            minutes = _from_minutes(path, text, meeting, questions)
            if minutes != whole or _from_newsletter(text, names, questions) != whole:
                path.unlink(missing_ok=True)
    forget_broken(workspace)
    return left


def forget_broken(workspace: Workspace) -> None:
    """Remove archives that were put aside because they could not be read: they may say what is private now. Raises OSError."""
    for broken in workspace.private.glob(f"{workspace.archive_file.name}.broken*"):
        if broken.is_file() and not broken.is_symlink():
            broken.unlink()  # only ever derived from minutes that said it


def _about(documents: Iterable[tuple[Path, str]], meeting: str) -> Iterator[tuple[Path, str]]:
    """Those of the documents that name a meeting; those beside others too."""
    return ((path, text) for path, text in documents if meeting in text)


def _copies(folder: Path) -> Iterator[tuple[Path, str]]:
    """The copies in a folder of `base/` and what they say."""
    try:
        found = sorted(path for path in folder.iterdir() if path.name.endswith(COPIES))
    except (FileNotFoundError, NotADirectoryError):
        return
    for path in found:
        text = read_copy(path)
        if text is not None:
            yield path, text


def _from_minutes(path: Path, text: str, meeting: str, questions: Questions) -> tuple[str, list[tuple[str, int]]]:
    """Minutes without the questions; the numbers, and lines, of those that could not be taken out."""
    left = []
    for number in questions:
        read = read_minutes(text, meeting=_stem(path))
        found = read.find("question", number)
        if found is None or read.front.meeting != meeting:
            continue
        name = label("question", number)
        try:
            text = send(text, name, "individual")
        except Unchangeable as problem:
            left.append((name, problem.line))
        except TooLarge:
            left.append((name, found.item.line + 1))
    return text, left


def _stem(path: Path) -> str:
    """The name of the meeting by that of its minutes, of a text beside them, or of a copy of one in `base/`."""
    path = path.with_name(path.name.removesuffix(".next").removesuffix(SINCE).removesuffix(LEFT))
    return (document_of(path) or path).stem


def _from_newsletter(text: str, names: Collection[str], questions: Questions) -> tuple[str, list[tuple[str, int]]]:
    """A newsletter without the questions; the numbers, and lines, of those that a person changed."""
    for number, said in questions.items():
        text = take_out(text, names, number, said).text
    left = []
    for number, said in questions.items():
        left += [(label("question", number), line) for line in take_out(text, names, number, said).left]
    return text, left


def _put(workspace: Workspace, path: Path, before: str, text: str) -> None:
    if text != before:
        forget_written(workspace, path)
        replace_text(workspace, path, before, text)
