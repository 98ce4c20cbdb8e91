"""What is made of an agenda before its meeting: paper for the table, the invitation. Nothing of it is kept."""

from __future__ import annotations

from typing import TYPE_CHECKING

from facilitator.core.setup import meeting_slug
from facilitator.documents.invitation import Invitation, invitation
from facilitator.meetings.carrying import since_of

if TYPE_CHECKING:
    from facilitator.core.agenda import Agenda
    from facilitator.core.network import Network
    from facilitator.i18n import Translator
    from facilitator.store.workspace import Workspace


def name_of(agenda: Agenda) -> str:
    """What files made of an agenda are named by: as its meeting will be, or without a day by its slug."""
    named = meeting_slug(agenda)
    return f"{agenda.date.isoformat()}-{named}" if agenda.date else named


def invitation_of(
    workspace: Workspace, agenda: Agenda, network: Network, tr: Translator, *, reminder: bool = False
) -> Invitation:
    """What the invitation says; of what the agenda carries over, the questions that are still open and public."""
    since, _ = since_of(workspace, agenda)
    asked = [one.fields.text for one in since.carried if one.kind == "question"]
    return invitation(agenda, network, [text for text in asked if isinstance(text, str)], tr, reminder=reminder)
