"""What deserves a look in a document before it goes out, but for what a person has already let stand."""

from __future__ import annotations

import os
from collections.abc import Iterable
from typing import TYPE_CHECKING

from msgspec.structs import replace

from facilitator.documents.gate import GateFinding, Reason, Wishes, findings
from facilitator.meetings.withholding import private_texts
from facilitator.store.accepted import digest_of, keep_accepted, read_accepted
from facilitator.store.documents import read_text
from facilitator.wording import quoted

if TYPE_CHECKING:
    from pathlib import Path

    from facilitator.core.network import Network
    from facilitator.i18n import Translator
    from facilitator.store.workspace import Workspace


def to_look_at(
    workspace: Workspace, path: Path, network: Network | None = None, *, text: str | None = None
) -> list[GateFinding]:
    """What deserves a look in a document (`text`: as it would be, in the place of what stands there), line by line. Raises OSError."""
    if path.suffix != ".md":
        return []
    said = read_text(workspace, path) if text is None else text
    wishes = wishes_of(network) if network is not None else Wishes()
    found = findings(said or "", replace(wishes, private=private_texts(workspace)))
    try:
        accepted = read_accepted(workspace) if found else frozenset()
    except OSError:  # then all of it is shown
        accepted = frozenset()
    return [one for one in found if _digest(workspace, path, one) not in accepted]


def wishes_of(network: Network) -> Wishes:
    """What the gate looks for in this network."""
    public, choices = network.channels.mail, network.choices
    return Wishes(
        frozenset([public.lower()] if public else []),
        (*network.people(), *network.others()),
        choices.names,
        choices.attribution.questions,
    )


def accept(workspace: Workspace, path: Path, found: Iterable[GateFinding]) -> None:
    """Let these stand in this document: they are not shown again. Raises OSError."""
    keep_accepted(workspace, [_digest(workspace, path, one) for one in found])


def finding_text(tr: Translator, finding: GateFinding) -> str:
    """What deserves a look."""
    words = f"{finding.label} {quoted(tr, finding.words)}".strip()
    said: dict[Reason, str] = {
        "telephone": f"{finding.label} {tr('a telephone number: {words}', words=finding.words)}".strip(),
        "mail": f"{finding.label} {tr('an address: {words}', words=finding.words)}".strip(),
        "full-name": f"{finding.label} {tr('a whole name: {words}', words=finding.words)}".strip(),
        "name": f"{finding.label} {tr('a name: {words}', words=finding.words)}".strip(),
        "no-owner": tr("{entry}: nobody does it", entry=words),
        "nobody-answers": tr("{entry}: nobody is to answer", entry=words),
        "no-date": tr("{entry}: put off without a date", entry=words),
        "private": tr("{label} is private, and its text stands here", label=finding.label),
    }
    return said[finding.reason]


def reason_text(tr: Translator, finding: GateFinding) -> str:
    """Why it deserves a look, without the entry, which stands beside it."""
    said: dict[Reason, str] = {
        "telephone": tr("a telephone number: {words}", words=finding.words),
        "mail": tr("an address: {words}", words=finding.words),
        "full-name": tr("a whole name: {words}", words=finding.words),
        "name": tr("a name: {words}", words=finding.words),
        "no-owner": tr("nobody does it"),
        "nobody-answers": tr("nobody is to answer"),
        "no-date": tr("put off without a date"),
        "private": tr("private, and its text stands here"),
    }
    return said[finding.reason]


def _digest(workspace: Workspace, path: Path, one: GateFinding) -> str:
    # Not the line: it moves. The words: what was changed since is looked at again.
    return digest_of(os.path.relpath(path, workspace.root), one.reason, one.label, one.words)
