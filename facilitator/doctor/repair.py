"""What can be put right in a workspace without asking again: nothing a person wrote is lost or changed by it."""

from __future__ import annotations

import errno
import os
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from pathlib import Path

from msgspec import Struct

from facilitator.doctor.finding import Code, Finding
from facilitator.doctor.folders import is_left, wrong_mode
from facilitator.meetings.past import archive_of
from facilitator.meetings.publishing import publish
from facilitator.meetings.session import Session
from facilitator.store.atomic import replace_own, take_away
from facilitator.store.door import Linked, read_own
from facilitator.store.journal import NotSaved
from facilitator.store.telephones import forget_sent, serving_of
from facilitator.store.workspace import Workspace


class Repaired(Struct, frozen=True):
    """What was done about a finding: that it holds now, or the failure that prevented it."""

    finding: Finding
    failure: OSError | NotSaved | None = None


def repair(workspace: Workspace, findings: Iterable[Finding], *, now_ms: int) -> Iterator[Repaired]:
    """Put right what can be, in the order of `REPAIRS`; one that fails stops no other."""
    found = list(findings)
    for code, put_right in REPAIRS.items():
        for finding in found:
            if finding.code == code:
                try:
                    done = put_right(workspace, finding, now_ms)
                except (OSError, NotSaved) as failure:
                    yield Repaired(finding, failure)
                else:
                    if done:
                        yield Repaired(finding)


def _tighten(workspace: Workspace, finding: Finding, _: int) -> bool:
    path = _inside(workspace, finding.path)
    wrong = wrong_mode(path)
    if wrong is None:
        return False
    path.chmod(wrong[1])
    if wrong_mode(path) is not None:  # a file system that keeps no modes
        raise OSError(errno.ENOTSUP, os.strerror(errno.ENOTSUP), os.fspath(path))
    return True


def _ignore(workspace: Workspace, finding: Finding, _: int) -> bool:
    """A `.gitignore` of `*`; what comments it held stay."""
    path = _inside(workspace, finding.path)
    held = b""
    with suppress(FileNotFoundError):
        held = read_own(path)
    sealed = b"" if not held or held.endswith(b"\n") else b"\n"
    replace_own(path, held + sealed + b"*\n")
    return True


def _take_away(workspace: Workspace, finding: Finding, now_ms: int) -> bool:
    """Under its lock, so that nobody begins to write in it meanwhile."""
    path = _inside(workspace, finding.path)
    if not is_left(path, now_ms):
        return False
    return take_away(path)


def _forget_telephones(workspace: Workspace, finding: Finding, _: int) -> bool:
    path = _inside(workspace, finding.path)
    if serving_of(workspace, path.stem) is not None:
        return False
    forget_sent(workspace, path.stem)
    return True


def _finish(workspace: Workspace, finding: Finding, _: int) -> bool:
    session = Session.join(workspace, finding.meeting or "", terminal=False)
    try:
        if session.meeting.closed is None or workspace.marked_closed(session.meeting.id):
            return False
        publish(session)
    finally:
        session.leave()
    return True


def _rebuild(workspace: Workspace, finding: Finding, _: int) -> bool:
    """One that could not be read is kept beside it. What it held comes from the minutes."""
    with archive_of(workspace) as archive:
        notices = archive.notices
    for notice in notices:
        if notice.reason == "not-written":
            raise OSError(None, notice.detail, os.fspath(notice.path))
    return any(notice.reason.startswith("rebuilt") for notice in notices)


def _inside(workspace: Workspace, path: Path | None) -> Path:
    """A path of a finding, when no link leads it out of the workspace; raises Linked."""
    if path is None or not Path(os.path.realpath(path.parent)).is_relative_to(os.path.realpath(workspace.root)):
        raise Linked(path or workspace.root)
    return path


REPAIRS: dict[Code, Callable[[Workspace, Finding, int], bool]] = {
    "temporary": _take_away,  # before anything is written: the next writer takes it away without a word
    "telephones-left": _forget_telephones,
    "mode": _tighten,
    "ignore-missing": _ignore,
    "archive-broken": _rebuild,  # before a close, which would do it without a word
    "unfinished-close": _finish,
}
