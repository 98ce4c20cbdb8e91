"""A meeting on the disk with a clock that tests move, and screens that are read as text."""

from __future__ import annotations

import asyncio
import contextlib
import datetime
import functools
import html
import os
import re
from collections.abc import Callable, Iterator
from importlib.metadata import version
from pathlib import Path
from typing import Any

import pytest
from textual._compositor import Compositor
from textual._context import active_app
from textual.css.model import RuleSet
from textual.css.stylesheet import Stylesheet
from textual.events import Key

from facilitator.core.agenda import Agenda, NewsItem, Phase, Place, Step
from facilitator.core.instant import Instant
from facilitator.core.network import Calendar, Channels, Network
from facilitator.i18n import translator
from facilitator.meetings.session import Session
from facilitator.store.workspace import Workspace
from facilitator.tui.app import FacilitatorApp
from facilitator.tui.desk import Desk

NINE_THIRTY = 1_795_509_000_000  # 2026-11-24 09:30 in Paris
SNAPSHOTS = Path(__file__).parent / "snapshots"

AGENDA = Agenda(
    title="Rencontre du réseau — Roannais",
    slug="roannais",
    start="09:30",
    end="12:00",
    facilitator="Claire D.",
    place=Place(name="Médiathèque de Roanne", host="Karim B."),
    members=("Awa S.", "Karim B.", "Léa M.", "Nora T.", "Élodie P.", "Jean-Marc V."),
    steps=(
        Step(kind="welcome", title="Accueil et visite de la médiathèque", duration=1200, lead="Karim B."),
        Step(
            kind="news",
            duration=1200,
            items=(NewsItem(title="AMI « inclusion des aînés »", type="call", deadline=datetime.date(2026, 12, 15)),),
        ),
        Step(kind="needs", duration=1500, answer_time=180, answer_budget=720, defer_to="newsletter"),
        Step(
            kind="workshop",
            title="Accompagner sans faire à la place",
            duration=3000,
            minimum=2400,
            lead="Nora T.",
            phases=(Phase("Tour des pratiques", 1500), Phase("Ce qu'on garde", 1500)),
        ),
        Step(kind="closing", duration=600),
    ),
)
NETWORK = Network(
    name="Réseau du Roannais",
    calendar=Calendar(next_meeting=datetime.date(2027, 1, 19)),
    channels=Channels(form="https://example.org/questions"),
)


class Clock:
    """The time of the tests, in milliseconds UTC."""

    def __init__(self) -> None:
        self.at = NINE_THIRTY - 10 * 60_000

    def forward(self, minutes: float = 0, seconds: float = 0) -> None:
        self.at += int(minutes * 60_000 + seconds * 1000)

    def now(self) -> Instant:
        return Instant(at=self.at, boot_id="boot", boot=self.at)


class Seat(Session):
    """A session whose clock is the tests'."""

    clock: Clock

    def now(self) -> Instant:
        return self.clock.now()


@pytest.fixture(autouse=True)
def _own_state(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    monkeypatch.delenv("NO_COLOR", raising=False)
    monkeypatch.setenv("COLORTERM", "truecolor")


@pytest.fixture(autouse=True)
def _rest(monkeypatch: pytest.MonkeyPatch) -> None:
    """A pilot goes on once the loop has nothing left to do; its own way looks at the processor in steps of 20 ms, twice a key."""
    for module in ("app", "pilot"):
        monkeypatch.setattr(f"textual.{module}.wait_for_idle", _at_rest, raising=False)


async def _at_rest(*_: float) -> None:
    loop = asyncio.get_running_loop()
    for _ in range(2):  # what is painted may ask for something
        idle = 0
        while idle < 2:
            await asyncio.sleep(0)
            idle = 0 if loop._ready else idle + 1
        active_app.get().screen._on_timer_update()


@pytest.fixture(autouse=True)
def _unpainted(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without a terminal what is painted is thrown away, a quarter of the time: it is made when a test looks, or is `painted`."""
    if request.node.get_closest_marker("painted"):
        return
    render = Compositor.render_update

    def when_asked(self: Compositor, *, simplify: bool = False, **how: Any) -> Any:  # as Textual has it
        if simplify:
            return render(self, simplify=True, **how)
        self._dirty_regions.clear()
        return None

    monkeypatch.setattr(Compositor, "render_update", when_asked)


@pytest.fixture(autouse=True, scope="session")
def _style_sheets() -> Iterator[None]:
    """A style sheet is parsed once, not by each application."""
    known: dict[tuple[object, ...], list[RuleSet]] = {}
    parse = Stylesheet._parse_rules

    def remembered(sheet: Stylesheet, css: str, *args: object, **named: object) -> list[RuleSet]:
        key = (css, *args, *named.items(), *sheet._variables.items())
        if key not in known:
            known[key] = parse(sheet, css, *args, **named)
        return list(known[key])

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Stylesheet, "_parse_rules", remembered)
        yield


@pytest.fixture(autouse=True)
def errors(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[BaseException]]:
    """The errors of the program itself that were noted: none, but where a test makes one and takes it out of here."""
    noted: list[BaseException] = []
    note = Desk.note_error

    def kept(desk: Desk, error: BaseException) -> None:
        noted.append(error)
        note(desk, error)

    monkeypatch.setattr(Desk, "note_error", kept)
    yield noted
    assert noted == []


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    root = tmp_path / "reseau"
    root.mkdir()
    return Workspace(root)


@pytest.fixture
def seat(clock: Clock, workspace: Workspace, monkeypatch: pytest.MonkeyPatch) -> Iterator[Session]:
    """A meeting ready to start at 09:30; it is 09:20, for whoever looks."""
    monkeypatch.setattr(Session, "now", lambda _session: clock.now())
    monkeypatch.setattr(Seat, "clock", clock, raising=False)
    monkeypatch.setattr("facilitator.meetings.session._real_ms", lambda: clock.at)
    session = Seat.prepare(
        workspace, AGENDA, NETWORK, zone="Europe/Paris", language="fr", terminal=True, actor="claire@roanne"
    )
    yield session
    session.leave()


@pytest.fixture
def other(seat: Session) -> Iterator[Callable[[], Session]]:
    """A second seat at the same meeting, someone else's."""
    made: list[Session] = []

    def join() -> Session:
        session = Seat.join(seat.workspace, seat.meeting.id, terminal=False, actor="karim@roanne")
        made.append(session)
        return session

    yield join
    for session in made:
        session.leave()


@pytest.fixture
def app(seat: Session) -> FacilitatorApp:
    return FacilitatorApp(translator("fr"), session=seat)


async def at_once(app: FacilitatorApp, *keys: str) -> None:
    """These keys, as a terminal hands them over after a moment of waiting; returns when each has taken effect."""
    for key in keys:
        app.post_message(Key(key, key if len(key) == 1 else None))
    await passed(app)


async def looked_back(app: FacilitatorApp) -> None:
    """Until the screen has looked at what is past, which it does after its first frame."""
    shown = asyncio.Event()
    app.screen.call_after_refresh(shown.set)
    await asyncio.wait_for(shown.wait(), 10)
    await app.workers.wait_for_complete()
    await passed(app)


async def passed(app: FacilitatorApp) -> None:
    """Until all that was sent to the application has been dealt with, or it has ended."""
    done = asyncio.Event()
    app.call_later(done.set)
    while app.is_running and not done.is_set():
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(done.wait(), 0.5)


def text_of(app: FacilitatorApp) -> str:
    """The screen as text."""
    strips = app.screen._compositor.render_strips()
    return "\n".join("".join(segment.text for segment in strip).rstrip() for strip in strips)


def check_snapshot(app: FacilitatorApp, name: str) -> None:
    """The picture is the one that is kept; `FACILITATOR_SNAPSHOTS=write` keeps it anew, to be looked at.

    Other versions of Textual and Rich than those in constraints.txt may draw it otherwise: then its words are compared.
    """
    picture = app.export_screenshot(simplify=True)
    path = SNAPSHOTS / f"{name}.svg"
    if os.environ.get("FACILITATOR_SNAPSHOTS") == "write":
        SNAPSHOTS.mkdir(exist_ok=True)
        path.write_text(picture, encoding="utf-8")
    kept = path.read_text(encoding="utf-8") if path.exists() else ""
    as_kept = picture == kept if _as_constrained() else _words(picture) == _words(kept)
    assert as_kept, f"{name} looks different:\n{text_of(app)}"


@functools.cache
def _as_constrained() -> bool:
    lines = (Path(__file__).parents[2] / "constraints.txt").read_text(encoding="utf-8").splitlines()
    return all(any(line.startswith(f"{name}=={version(name)} ") for line in lines) for name in ("rich", "textual"))


def _words(picture: str) -> str:
    return re.sub(r"\s", "", html.unescape("".join(re.findall(r"<text[^>]*>([^<]*)</text>", picture))))
