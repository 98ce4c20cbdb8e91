"""The documents people read and edit: minutes, newsletters, agendas, settings."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from facilitator.core.regex import regex
from facilitator.doctor.finding import Code, Finding, problem_of
from facilitator.documents.digest import UnfitDigest, read_digest
from facilitator.documents.minutes.merge import unmergeable
from facilitator.documents.minutes.reader import read_minutes
from facilitator.documents.minutes.records import missing_of, problems_of
from facilitator.documents.network import check_network
from facilitator.documents.newsletter.reader import read_letter
from facilitator.documents.problem import Problems
from facilitator.i18n import Translator
from facilitator.meetings.past import is_minutes
from facilitator.meetings.withholding import private_texts, still_said
from facilitator.store.documents import MAX_DOCUMENT
from facilitator.store.door import Linked, read_document
from facilitator.store.workspace import Workspace, document_of

# Seven `=` alone are a heading in Markdown, and prove nothing.
_MARKERS = (regex(rb"^<{7} ", re.MULTILINE), regex(rb"^>{7} ", re.MULTILINE))


def examine_documents(workspace: Workspace, tr: Translator) -> Iterator[Finding]:
    """What is found in the documents of a workspace."""
    yield from _settings(workspace, tr)
    for path in _named(workspace.agendas_folder, (".yaml", ".yml")):
        yield from _markers(path, _bytes(workspace, path), alone=True)
    known: set[str] = set()
    for path in _own(workspace.minutes_files()):
        yield from _minutes(workspace, path, tr, known)
    for path in _own(workspace.newsletter_files()):
        yield from _newsletter(workspace, path)
    yield from _between(workspace, tr)
    for trace in still_said(workspace, private_texts(workspace)):
        yield Finding("private-said", trace.path, trace.line, trace.meeting, {"label": trace.label})
    for folder in (workspace.minutes_folder, workspace.newsletter_folder):
        for path in _named(folder, (".md",)):
            changed = document_of(path)
            if changed is not None:
                code: Code = "beside" if _is_read(workspace, changed) else "beside-unread"
                yield Finding(code, changed, values={"beside": str(path)})
    for meeting_id in workspace.meetings():
        if workspace.marked_closed(meeting_id) and meeting_id not in known:
            yield Finding("no-minutes", workspace.minutes_folder / f"{meeting_id}.md", meeting=meeting_id)


def _between(workspace: Workspace, tr: Translator) -> Iterator[Finding]:
    """What is found in the inbox, in surveys, and in digests, which say why they cannot be read."""
    inbox = [workspace.inbox_file] if workspace.inbox_file.is_file() else []
    for path in _own([*inbox, *workspace.survey_files()]):
        yield from _markers(path, _bytes(workspace, path))
    for path in _own([*workspace.digest_files(), *workspace.received_files()]):
        data = _bytes(workspace, path)
        wrong = list(_markers(path, data))
        yield from wrong
        if isinstance(data, Finding) or wrong:
            continue
        try:
            read_digest(data.decode("utf-8-sig"))
        except UnfitDigest as unfit:
            yield Finding("document-problem", path, values={"problem": unfit.sentence(tr)})


def _named(folder: Path, endings: tuple[str, ...]) -> list[Path]:
    try:
        found = sorted(path for path in folder.iterdir() if path.name.endswith(endings) and path.name[:1] != ".")
    except OSError:
        return []  # told where the folders are looked at
    return _own(found)


def _own(found: list[Path]) -> list[Path]:
    """Those that no link leads to; links are told where the folders are looked at."""
    return [path for path in found if not path.is_symlink() and not path.parent.is_symlink()]


def _bytes(workspace: Workspace, path: Path) -> bytes | Finding:
    """What is in a document, or why it cannot be read."""
    try:
        data = read_document(workspace.root, path, limit=MAX_DOCUMENT)
    except OSError as error:
        return Finding("document-unreadable", path, values={"problem": problem_of(error)})
    try:
        data.decode("utf-8")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        return Finding("document-unreadable", path, line, values={"problem": "utf-8"})
    return data


def _is_read(workspace: Workspace, path: Path) -> bool:
    """Whether a document beside which another text stands is the one that the program reads."""
    data = _bytes(workspace, path)
    if isinstance(data, Finding) or any(_markers(path, data)):
        return False
    text = data.decode("utf-8-sig")
    if path.parent == workspace.newsletter_folder:
        return read_letter(text).unreadable is None
    return unmergeable(text) is None and is_minutes(read_minutes(text, meeting=path.stem), path.stem)


def _markers(path: Path, data: bytes | Finding, *, alone: bool = False) -> Iterator[Finding]:
    """The first marker of a failed merge, also one that was left `alone`, or why the document cannot be read."""
    if isinstance(data, Finding):
        yield data
        return
    places = [found.start() for marker in _MARKERS if (found := marker.search(data))]
    if len(places) == len(_MARKERS) or (alone and places):
        yield Finding("conflict", path, data.count(b"\n", 0, min(places)) + 1)


def _settings(workspace: Workspace, tr: Translator) -> Iterator[Finding]:
    path = workspace.config_file
    try:
        data = workspace.config_bytes()
        if data is not None:
            for warning in check_network(data, name=path.name, tr=tr).warnings:
                yield Finding("one-name", path, warning.line, values={"problem": warning.what})
    except Linked:
        return  # told where the folders are looked at
    except OSError as error:
        yield Finding("document-unreadable", path, values={"problem": problem_of(error)})
    except Problems as problems:
        for problem in problems.problems:
            said = f"{problem.what}, {problem.expected}" if problem.expected else problem.what
            yield Finding("settings", path, problem.line or None, values={"problem": said})


def _minutes(workspace: Workspace, path: Path, tr: Translator, known: set[str]) -> Iterator[Finding]:
    """What is found in minutes; notes in `known` whose they are."""
    known.add(path.stem)
    data = _bytes(workspace, path)
    wrong = list(_markers(path, data))
    yield from wrong
    if isinstance(data, Finding) or wrong:
        return
    read = read_minutes(data.decode("utf-8-sig"), meeting=path.stem, tr=tr)
    if not is_minutes(read, path.stem):
        yield Finding("front-unreadable", path)
        return
    known.add(read.front.meeting)
    for problem in problems_of(read, tr):
        yield Finding("document-problem", path, meeting=path.stem, values={"problem": problem})
    if missing := missing_of(read):
        yield Finding("missing-entries", path, meeting=path.stem, values={"labels": ", ".join(missing)})
    if read.front.meeting not in workspace.meetings() and not workspace.private.is_symlink():
        yield Finding("no-journal", path, meeting=read.front.meeting, attention=False)


def _newsletter(workspace: Workspace, path: Path) -> Iterator[Finding]:
    data = _bytes(workspace, path)
    wrong = list(_markers(path, data))
    yield from wrong
    unreadable = None if isinstance(data, Finding) or wrong else read_letter(data.decode("utf-8-sig")).unreadable
    if unreadable is not None and unreadable.why == "conflict":
        yield Finding("conflict", path, unreadable.line)
    elif unreadable is not None:
        yield Finding("front-unreadable", path)
