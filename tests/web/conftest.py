"""A meeting whose room can be served, and the routes to it without a socket."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from session.conftest import workspace
from stage import standard_agenda
from web.asking import CODE, HOST

from facilitator.core.acts import Start
from facilitator.core.network import Network
from facilitator.meetings.session import Session
from facilitator.store.workspace import Workspace
from facilitator.web.limits import Guard
from facilitator.web.routes import Routes
from facilitator.web.seat import Seat

__all__ = ["workspace"]


@pytest.fixture
def session(workspace: Workspace) -> Session:
    """A meeting that began."""
    return _begun(workspace)


def _begun(workspace: Workspace) -> Session:
    made = Session.prepare(workspace, standard_agenda(), Network(), zone="Europe/Paris", language="fr", terminal=True)
    made.act(Start())
    return made


@pytest.fixture(scope="module")
def still(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Routes]:
    """The same for tests that leave it as it was."""
    folder = tmp_path_factory.mktemp("still")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_STATE_HOME", str(folder / "state"))
        patch.setenv("TMPDIR", str(folder / "tmp"))
        (folder / "ws").mkdir()
        made = _begun(Workspace(folder / "ws"))
        yield Routes(Seat(made), Guard(), CODE, (HOST, "localhost:8000"))


@pytest.fixture
def routes(session: Session) -> Routes:
    """With a seat of its own, as the server has."""
    seat = Session.join(session.workspace, session.meeting.id, terminal=False)
    return Routes(Seat(seat), Guard(), CODE, (HOST, "localhost:8000"))
