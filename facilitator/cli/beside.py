"""What commands say beside what was asked: of the archive, and of where something private still stands or may be read."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from facilitator.cli.context import Context
    from facilitator.i18n import Translator
    from facilitator.meetings.exposure import Exposure
    from facilitator.meetings.withholding import Trace
    from facilitator.store.archive import Archive, Notice, NoticeReason


def tell_exposed(context: Context, exposed: Iterable[Exposure]) -> None:
    """Say how what is private could be read by others."""
    from facilitator.meetings.exposure import exposure_text

    for one in exposed:
        context.say_once(exposure_text(context.tr, one, shown(context, one.path)))


def tell_traces(context: Context, traces: Iterable[Trace]) -> None:
    """Say where a question that was taken up individually still stands, for a person to take it out."""
    from facilitator.meetings.withholding import trace_text

    for one in traces:
        context.say(trace_text(context.tr, one, shown(context, one.path)))


def tell_archive(context: Context, archive: Archive) -> None:
    """Say what the archive has to say; what is missing in minutes once."""
    for notice in archive.notices:
        told = _notice_text(context.tr, notice)
        if told:
            context.say_once(told)
    archive.note_said()


def _notice_text(tr: Translator, notice: Notice) -> str | None:
    """What the archive has to say; None for what is nobody's concern."""
    name, detail = notice.path.name, notice.detail
    if notice.reason == "unreadable" and name.casefold().startswith("readme"):
        return None
    words: dict[NoticeReason, str] = {
        "rebuilt-broken": tr("The archive could not be read: it was put aside as {name} and made again.", name=detail),
        "rebuilt-empty": tr("The archive was made again from the minutes."),
        "rebuilt-version": tr("The archive was made again from the minutes."),
        "not-written": tr("The archive could not be written ({problem}); nothing is lost by that.", problem=detail),
        "conflict": tr("{name} holds conflict markers: it was left out.", name=name),
        "copy": tr("{name} is another text of the meeting {meeting}: it was left out.", name=name, meeting=detail),
        "unreadable": tr("{name} could not be read as minutes: it was left out.", name=name),
        "problem": tr("{path}: {problem}", path=name, problem=detail),
        "missing": tr("{path}: {labels}: published, and no longer there.", path=name, labels=detail),
    }
    return words.get(notice.reason)


def shown(context: Context, path: Path) -> str:
    """A path as people say it: from the workspace on, where it is in there."""
    root = context.workspace().root
    return str(path.relative_to(root)) if path.is_relative_to(root) else str(path)
