"""The documents of a workspace in the repository that its people share."""

from __future__ import annotations

import os
from collections.abc import Callable, Collection
from contextlib import suppress
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

from msgspec import Struct
from msgspec.structs import replace

from facilitator.documents.inbox import Conflicted, merge_inboxes
from facilitator.documents.minutes.merge import Unmergeable, merge_people
from facilitator.documents.minutes.reader import read_minutes
from facilitator.documents.newsletter.merge import merge_letters
from facilitator.share.git import GitFailed, Repository
from facilitator.share.pending import Pending, now, read_pending, settle
from facilitator.store.documents import read_text
from facilitator.store.workspace import CONFIG_NAME, INBOX_NAME, MERGE_NAME, document_of

if TYPE_CHECKING:
    from facilitator.core.agenda import Level
    from facilitator.i18n import Translator
    from facilitator.store.workspace import Workspace

_TRIES = 3  # somebody else may send at the same moment
_FOLDERS = {
    "minutes": (".md",),
    "newsletter": (".md",),
    "digests": (".md",),
    "digests/received": (".md",),
    "surveys": (".md",),
    "agendas": (".yaml", ".yml", ".json"),
}


class Shared(Struct, frozen=True):
    """What became of it: documents committed here, how many commits came, documents that were joined, what people should know of that."""

    committed: tuple[str, ...] = ()
    received: int = 0
    joined: tuple[str, ...] = ()
    said: tuple[str, ...] = ()
    sent: int = 0


def is_ours(path: PurePosixPath) -> bool:
    """Whether a file, by its path from the workspace on, is a document of the program's; what was put beside a changed one is not."""
    if str(path) in (CONFIG_NAME, INBOX_NAME):
        return True
    folder, name = str(path.parent), path.name
    return name.endswith(_FOLDERS.get(folder, ())) and folder in _FOLDERS and document_of(Path(path)) is None


def repository_of(workspace: Workspace) -> Repository:
    """The repository around a workspace."""
    mark = workspace.private / MERGE_NAME
    return Repository(workspace.root, is_ours, mark, os.environ)


class Sharing:
    """A run of sharing: what is changed is committed, what came is taken in, what is here is sent."""

    def __init__(self, workspace: Workspace, tr: Translator, scale: Level | None = None) -> None:
        self.workspace = workspace
        self.repository = repository_of(workspace)
        self.tr = tr
        self.scale = scale
        self.said: list[str] = []

    def changed(self) -> tuple[str, ...]:
        """The documents that changed since they were committed; the draft of a meeting that goes on is not for others yet."""
        return tuple(name for name in self.repository.standing().changed if not self._is_draft(name))

    def commit(self, only: Collection[Path] | None = None) -> tuple[str, ...]:
        """Commit the documents that changed, or those of them that are among `only`; which. Raises GitFailed."""
        names = None if only is None else {path.relative_to(self.workspace.root).as_posix() for path in only}
        changed = tuple(name for name in self.changed() if names is None or name in names)
        if changed:
            self.repository.commit(changed, _message(self.tr, changed))
        return changed

    def receive(self) -> Shared:
        """Commit, and take in what others sent. Raises GitFailed."""
        self.workspace.ensure_private()
        return self._received(self.commit())

    def send(self) -> Shared:
        """The same, and send what is here. Raises GitFailed; where nobody was reached, what is committed waits to be tried again."""
        self.workspace.ensure_private()
        return self._exchanged(self.commit)

    def send_again(self, branch: str, head: str) -> Shared | None:
        """Send what is committed, where that is still this commit of this branch; else None. Raises as `send`."""
        if (self.repository.standing().branch, self.repository.head()) != (branch, head):
            return None
        return self._exchanged(tuple)

    def _exchanged(self, commit: Callable[[], tuple[str, ...]]) -> Shared:
        try:
            shared = self._sent(commit)
        except GitFailed as failed:
            if failed.trouble == "away":
                self._settle(waits=True)
            raise
        self._settle(waits=False)
        return shared

    def _settle(self, *, waits: bool) -> None:
        if waits or read_pending(self.workspace):
            with suppress(GitFailed):  # the first trouble is the one to be told
                branch, head = self.repository.standing().branch, self.repository.head()
                settle(self.workspace, Pending("git", branch, (head,), now(), text=head), [head] if waits else [])

    def _received(self, committed: tuple[str, ...]) -> Shared:
        if self.repository.standing().upstream is None:
            return Shared(committed)
        self.repository.fetch()
        behind = self.repository.standing().behind
        joined = self.repository.take(self._join)
        return Shared(committed, behind, joined, tuple(self.said))

    def _sent(self, commit: Callable[[], tuple[str, ...]]) -> Shared:
        shared = self._received(commit())
        for left in reversed(range(_TRIES)):
            standing = self.repository.standing()
            if not standing.remotes:
                raise GitFailed("alone")
            if standing.upstream is not None and not standing.ahead:
                return shared
            try:
                self.repository.push(standing)
            except GitFailed as failed:
                if failed.trouble != "overtaken" or not left:
                    raise
                more = self._received(commit())
                shared = replace(shared, received=shared.received + more.received, joined=shared.joined + more.joined)
            else:
                return replace(shared, said=tuple(self.said), sent=max(standing.ahead, 1))
        raise AssertionError  # the last try raises

    def unsent(self) -> tuple[Path, ...]:
        """The documents that would be sent. Raises GitFailed."""
        standing = self.repository.standing()
        names = {*self.changed(), *(self.repository.unsent(standing) if not standing.unborn else ())}
        return tuple(self.workspace.root / name for name in sorted(names))

    def _join(self, path: str, base: str | None, ours: str, theirs: str) -> str | None:
        if path == INBOX_NAME and base is not None:
            try:
                return merge_inboxes(base, ours, theirs)
            except Conflicted:
                return None
        folder = PurePosixPath(path).parts[0]
        if folder not in ("minutes", "newsletter"):
            return None
        if folder == "minutes":
            merged = merge_people(base, ours, theirs, tr=self.tr, scale=self.scale)
        else:
            merged = merge_letters(base, ours, theirs, tr=self.tr)
        if isinstance(merged, Unmergeable):
            return None
        self.said += [f"{path}: {sentence}" for sentence in merged.said]
        return merged.text

    def _is_draft(self, name: str) -> bool:
        if not name.startswith("minutes/"):
            return False
        text = read_text(self.workspace, self.workspace.root / name)
        return text is not None and read_minutes(text).front.status == "draft"


def _message(tr: Translator, changed: tuple[str, ...]) -> str:
    """What is committed, in a line: people read it in the history."""
    stems = [PurePosixPath(name).stem for name in changed]
    minutes = [stem for name, stem in zip(changed, stems, strict=True) if name.startswith("minutes/")]
    if minutes:
        return tr.ntr("Minutes: {names}", "Minutes: {names}", len(minutes), names=", ".join(minutes[:3]))
    return tr("Documents: {names}", names=", ".join(stems[:3]))
