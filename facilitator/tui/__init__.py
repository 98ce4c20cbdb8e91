"""The terminal screens. Each function opens one and returns the exit code of the program."""

from __future__ import annotations

import gc
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from facilitator.i18n import Translator
    from facilitator.meetings.session import Session
    from facilitator.store.workspace import Workspace


def run_meeting(session: Session, tr: Translator) -> int:
    """Lead a meeting until the person leaves; the meeting itself goes on."""
    gc.disable()  # what is loaded stays: looking for garbage in it would only delay the first frame (see `app`)
    from facilitator.tui.app import FacilitatorApp

    return FacilitatorApp(tr, session=session).live()


def run_home(workspace: Workspace, tr: Translator) -> int:
    """Show what there is to resume, to open, to read and to do; opens the meeting that is chosen."""
    gc.disable()  # what is loaded stays: looking for garbage in it would only delay the first frame (see `app`)
    from facilitator.tui.app import FacilitatorApp

    return FacilitatorApp(tr, workspace=workspace).live()


def run_room(session: Session, tr: Translator, *, follows: bool) -> int:
    """Show the room view of a meeting, read only, following it; `follows`: and once it is over the one that is opened next."""
    gc.disable()  # what is loaded stays: looking for garbage in it would only delay the first frame (see `app`)
    from facilitator.tui.app import FacilitatorApp

    return FacilitatorApp(tr, session=session, room=True, follows=follows).live()
