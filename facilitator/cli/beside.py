"""What commands say beside what was asked: of the archive, of changes by hand, of where something private still stands or may be read."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from facilitator.meetings.past import notice_text

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from facilitator.i18n import Translator
    from facilitator.meetings.exposure import Exposure
    from facilitator.meetings.withholding import Trace
    from facilitator.store.archive import Archive
    from facilitator.store.documents import DocumentWritten
    from facilitator.store.workspace import Workspace


class Speaker(Protocol):
    """Who says it, and of which workspace."""

    tr: Translator

    def say(self, text: str) -> None:
        """Tell the person something."""

    def say_once(self, text: str) -> None:
        """Tell the person something, unless it was told already."""

    def workspace(self) -> Workspace:
        """The workspace."""


def tell_exposed(context: Speaker, exposed: Iterable[Exposure]) -> None:
    """Say how what is private could be read by others."""
    from facilitator.meetings.exposure import exposure_text

    for one in exposed:
        context.say_once(exposure_text(context.tr, one, shown(context, one.path)))


def tell_traces(context: Speaker, traces: Iterable[Trace]) -> None:
    """Say where a question that was taken up individually still stands, for a person to take it out."""
    from facilitator.meetings.withholding import trace_text

    for one in traces:
        context.say(trace_text(context.tr, one, shown(context, one.path)))


def tell_hand(context: Speaker, written: DocumentWritten) -> None:
    """Say what became of what people had written in a document."""
    from facilitator.meetings.publishing import hand_texts

    for sentence in written.taken:
        context.say(context.tr("By hand: {what}", what=sentence))
    for sentence in hand_texts(context.tr, context.workspace(), written):
        context.say(sentence)


def tell_archive(context: Speaker, archive: Archive) -> None:
    """Say what the archive has to say; what is missing in minutes once."""
    for notice in archive.notices:
        told = notice_text(context.tr, notice)
        if told:
            context.say_once(told)
    archive.note_said()


def shown(context: Speaker, path: Path) -> str:
    """A path as people say it: from the workspace on, where it is in there."""
    root = context.workspace().root
    return str(path.relative_to(root)) if path.is_relative_to(root) else str(path)
