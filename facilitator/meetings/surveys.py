"""Surveys of the network: imported once, kept as documents that people read."""

from __future__ import annotations

import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from facilitator.core.cycle.survey import Survey
from facilitator.core.text import slug
from facilitator.documents.survey import mark_of, read_survey, write_survey
from facilitator.store.documents import DocumentWritten, in_turn, read_text, write_document

if TYPE_CHECKING:
    from facilitator.core.network import Language
    from facilitator.store.workspace import Workspace


def imported(workspace: Workspace, mark: str) -> Path | None:
    """The document that was made of the table of this mark; None: it was not imported yet. Raises OSError."""
    return next((path for path in workspace.survey_files() if mark_of(read_text(workspace, path) or "") == mark), None)


def keep(  # noqa: PLR0913  # what a survey is kept as, by name
    workspace: Workspace, survey: Survey, name: str, *, mark: str, on: datetime.date, language: Language
) -> DocumentWritten:
    """Write what a survey brings; beside the document of that name where a person changed it. Raises OSError."""
    path = workspace.surveys_folder / f"{slug(name, 'survey')}.md"
    with in_turn(workspace):
        return write_document(workspace, path, write_survey(survey, name, on, mark, language))


def surveys(workspace: Workspace) -> list[Survey]:
    """What all surveys brought, as their documents say it now. Raises OSError."""
    return [read_survey(read_text(workspace, path) or "") for path in workspace.survey_files()]
