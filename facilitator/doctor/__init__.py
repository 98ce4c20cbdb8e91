"""The examination of a workspace: what is not as it should be, without touching anything."""

from __future__ import annotations

import os
from collections.abc import Mapping

from facilitator.doctor.documents import examine_documents
from facilitator.doctor.finding import Code, Finding
from facilitator.doctor.folders import examine_folders
from facilitator.doctor.journals import examine_journals
from facilitator.doctor.kept import examine_kept
from facilitator.doctor.tracked import examine_git
from facilitator.i18n import Translator
from facilitator.store.workspace import Workspace

__all__ = ["Code", "Finding", "examine"]


def examine(
    workspace: Workspace, tr: Translator, *, now_ms: int, environ: Mapping[str, str] = os.environ
) -> tuple[Finding, ...]:
    """Everything found at `now_ms` (milliseconds UTC): meetings first, then what is kept, folders, documents.

    Reads only. The problems of settings and documents are worded by `tr`.
    """
    return (
        *examine_journals(workspace, now_ms=now_ms, environ=environ),
        *examine_kept(workspace, now_ms=now_ms, environ=environ),
        *examine_folders(workspace, now_ms=now_ms),
        *examine_git(workspace, environ),
        *examine_documents(workspace, tr),
    )
