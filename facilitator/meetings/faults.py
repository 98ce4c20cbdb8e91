"""What is said when something outside failed, or the program itself."""

from __future__ import annotations

import datetime
import errno
import os
import traceback
from typing import TYPE_CHECKING

from facilitator.i18n import Foreseen, Translator
from facilitator.store.door import NOT_A_DOCUMENT, NOT_A_FILE
from facilitator.store.folders import Foreign, state_folder
from facilitator.store.journal import UNREADABLE, NotSaved

if TYPE_CHECKING:
    from facilitator.meetings.session import WorkspaceMoved


def fault_text(tr: Translator, problem: BaseException) -> str | None:
    """The sentence for a failure that was foreseen; None for any other."""
    if isinstance(problem, Foreseen):
        return problem.sentence(tr)
    if isinstance(problem, NotSaved):
        return tr("NOT SAVED: {reason} ({path})", reason=system_text(tr, problem.reason), path=problem.path)
    if isinstance(problem, Foreign):
        return tr(
            "The meetings in {path} are those of {owner}, who could not read what another user writes there. "
            "To take part: sudo -u {owner} facilitator …, or have {owner} note it.",
            path=problem.filename,
            owner=problem.owner,
        )
    return os_error_text(tr, problem) if isinstance(problem, OSError) else None


def moved_text(tr: Translator, moved: WorkspaceMoved) -> str:
    """That the workspace was moved while the meeting goes on, and where it does."""
    if moved.lost:
        return tr(
            "The folder {path} is no longer there, nor found elsewhere: it is made again, with all that is known here of "
            "the meeting.",
            path=moved.root,
        )
    return tr("The workspace was moved: the meeting goes on in {path}", path=moved.root)


def not_there_text(tr: Translator, moved: WorkspaceMoved) -> str:
    """That the workspace of a screen was moved, or is gone, where no meeting goes on: a key did nothing."""
    if moved.lost:
        return tr("The folder {path} is no longer there, nor found elsewhere: nothing was done.", path=moved.root)
    return tr("The workspace was moved to {path}: nothing was done, press the key again.", path=moved.root)


def no_draft_text(tr: Translator, problem: OSError) -> str:
    """That a draft is not written, and why; the act that asked for it is saved."""
    return tr("The draft of the minutes could not be written. {problem}.", problem=os_error_text(tr, problem))


def os_error_text(tr: Translator, problem: OSError) -> str:
    """What the system refused, with the file's name."""
    path = problem.filename if isinstance(problem.filename, str) else ""
    said = system_text(tr, problem.strerror or str(problem))
    return tr("{path}: {problem}", path=path, problem=said) if path else said


def system_text(tr: Translator, said: str) -> str:
    """What the system says, in this language when it is a usual thing to say; else as it says it."""
    words = {
        errno.ENOENT: tr("there is no such file"),
        errno.EACCES: tr("you may not read or write this"),
        errno.EPERM: tr("you may not read or write this"),
        errno.EISDIR: tr("this is a folder, not a file"),
        errno.ENOTDIR: tr("this is a file, not a folder"),
        errno.EEXIST: tr("this exists already"),
        errno.ENOSPC: tr("the disk is full"),
        errno.EDQUOT: tr("your share of the disk is full"),
        errno.EROFS: tr("this disk can only be read"),
        errno.EIO: tr("the disk does not answer as it should"),
        errno.EFBIG: tr("the file is larger than anything a person would have written"),
        errno.EAGAIN: tr("another screen or command is writing: try again"),
        errno.ESTALE: tr("somebody saved this file meanwhile: nothing was written, try again"),
        errno.ELOOP: tr("this is a symbolic link: nothing is read or written through it"),
        errno.ENAMETOOLONG: tr("the name is too long"),
    }
    told = {os.strerror(number): text for number, text in words.items()}
    told[NOT_A_FILE] = tr("this is no file, but a pipe, a socket or a device: it is neither read nor written")
    told[NOT_A_DOCUMENT] = tr("what is private, or git’s, is here: no document is read or written here")
    told[UNREADABLE] = tr("what would be written could not be read again")
    return told.get(said, said)


def crash_text(tr: Translator, problem: BaseException) -> str:
    """The line for a failure nobody foresaw; the details go to a file of the person's own."""
    report = "".join(traceback.format_exception(problem))
    stamp = datetime.datetime.now(datetime.UTC).strftime("%Y%m%d-%H%M%S")
    path = state_folder() / f"crash-{stamp}-{os.getpid()}.txt"
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="utf-8") as written:
            written.write(report)
    except OSError:
        return tr("Something unexpected failed: {problem}.", problem=type(problem).__name__)
    return tr(
        "Something unexpected failed: {problem}. The details are in {path}", problem=type(problem).__name__, path=path
    )
