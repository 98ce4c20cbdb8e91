"""A monkey at the keys of the screens, in this process: the bytes it sends go through the program's own keyboard."""

from __future__ import annotations

import codecs
from collections import deque
from collections.abc import Iterator
from random import Random
from typing import NoReturn

import pytest
from textual import events
from textual.message import Message
from tui.conftest import AGENDA, NETWORK, Clock, Seat, passed, text_of

from facilitator.core import acts as core
from facilitator.core.refusal import Refused
from facilitator.core.said import Fields
from facilitator.core.telephones import Sent, SentKind, cleaned
from facilitator.i18n import translator
from facilitator.meetings.session import Session
from facilitator.share.serving import NotServed
from facilitator.store.telephones import append_sent
from facilitator.store.workspace import Workspace
from facilitator.tui.app import FacilitatorApp
from facilitator.tui.desk import Desk
from facilitator.tui.keyboard import Keys

from .fingers import ESCAPE, stroke
from .judge import Judge, Mischief, within

SIZES = ((1, 1), (2, 1), (11, 5), (20, 5), (60, 18), (80, 24), (120, 36), (500, 200))
A_RUN = 160  # keys
PATIENCE_S = 60.0
# What is pressed in this process; the rest is for a real terminal.
SHARE = 0.95

pytestmark = [pytest.mark.asyncio, pytest.mark.timeout(0)]


class Hands:
    """Whose keys reach the application as its own driver would tell them."""

    def __init__(self, app: FacilitatorApp) -> None:
        self._app = app
        self._decoder = codecs.getincrementaldecoder("utf-8")("replace")
        self._parser = Keys()
        self.keys = 0

    def _told(self, data: bytes) -> Iterator[Message]:
        if data == ESCAPE:  # alone, which the parser knows by the time that passes
            yield events.Key("escape", "\x1b")
        elif text := self._decoder.decode(data):
            yield from self._parser.feed(text)

    async def do(self, *strokes: bytes) -> None:
        """All at once; returns when each key has taken effect."""
        for data in strokes:
            for message in self._told(data):
                if isinstance(message, (events.Key, events.Paste, events.AppFocus, events.AppBlur)):
                    self.keys += isinstance(message, (events.Key, events.Paste))
                    self._app.post_message(message)
        await passed(self._app)


@pytest.mark.sampled(1)
@pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
async def test_no_key_brings_a_screen_down(
    size: tuple[int, int], mischief: Mischief, judge: Judge, monkeypatch: pytest.MonkeyPatch
) -> None:
    noted: list[BaseException] = []
    monkeypatch.setattr(Desk, "note_error", lambda _desk, error: noted.append(error))
    left = round(mischief.keys * SHARE / len(SIZES))
    run = 0
    while left > 0 or run == 0:
        pressed, run = 0, run + 1
        if mischief.wants(run):
            said: deque[str] = deque(maxlen=80)
            try:
                with within(PATIENCE_S, said):
                    pressed = await _play(
                        f"{mischief.seed}/{size}/{run}", size, min(left, A_RUN), judge, said, monkeypatch
                    )
                assert noted == []
            except BaseException as problem:
                problem.add_note(f"--monkey-seed {mischief.seed} --monkey-run {run}, {size}: … {' '.join(said)}")
                raise
        left -= pressed or A_RUN
        mischief.done["keys"] += pressed
        mischief.done["runs"] += bool(pressed)
    mischief.done["acts"] = judge.acts


async def _play(
    seed: str, size: tuple[int, int], keys: int, judge: Judge, said: deque[str], monkeypatch: pytest.MonkeyPatch
) -> int:
    rng = Random(seed)
    clock = Clock()
    monkeypatch.setattr(Session, "now", lambda _session: clock.now())
    monkeypatch.setattr(Seat, "clock", clock, raising=False)
    monkeypatch.setattr("facilitator.meetings.session._real_ms", lambda: clock.at)
    monkeypatch.setattr("facilitator.share.serving.start_serving", _not_served)  # nobody looks on
    root = judge.folder / seed.replace("/", "-")
    root.mkdir()
    language = rng.choice(("fr", "en"))
    seat = Seat.prepare(Workspace(root), AGENDA, NETWORK, zone="Europe/Paris", language=language, terminal=True)
    app = FacilitatorApp(translator(language), session=seat, room=rng.random() < 0.05)
    async with app.run_test(size=size) as pilot:
        hands = Hands(app)
        if rng.random() < 0.8:
            await hands.do(b"\x1b[C")
        while hands.keys < keys and app.is_running:
            befalls = rng.random()
            if befalls < 0.03:
                other = rng.choice(SIZES[:-1] if rng.random() < 0.9 else SIZES)
                said.append(f"[{other}]")
                await pilot.resize_terminal(*other)
            elif befalls < 0.10:
                minutes = rng.choice((0.05, 1, 7, 40, 200))
                said.append(f"[{minutes} min]")
                clock.forward(minutes=minutes)
            elif befalls < 0.13 and seat.exists:
                said.append("[other]")
                _other(rng, seat)
            strokes = [stroke(rng) for _ in range(rng.choice((1, 1, 1, 2, 5, 12)))]
            said.extend(name for name, _ in strokes)
            await hands.do(*(data for _, data in strokes))
            assert "Traceback" not in text_of(app)
    assert app.return_code in (None, 0)
    seat.leave()
    judge.meetings(root)
    assert judge.reports() == []
    return hands.keys


def _not_served(_session: Session, *, language: str) -> NoReturn:
    raise NotServed(language)


def _sent(rng: Random, entries: list[str]) -> Sent:
    kind: SentKind = rng.choice(("question", "need", "same", "floor", "evaluation"))
    name = f"{rng.getrandbits(64):016x}"
    return cleaned(
        Sent(
            id=name,
            kind=kind,
            phone=name,
            at=0,
            text=rng.choice(("", "Venu d’un téléphone", "🏳️‍🌈\nligne " * 40)),
            by=rng.choice(("", "Nora T.", "Zoé")),
            entry=rng.choice(entries) if entries else "",
            useful=rng.randrange(6),
            keep=rng.choice(("", "les ateliers")),
        )
    )


def _other(rng: Random, seat: Session) -> None:
    """Somebody else does something meanwhile, or a telephone sends something."""
    session = Seat.join(seat.workspace, seat.meeting.id, terminal=False, actor="karim@roanne")
    entries = list(session.meeting.entries)
    commands: list[core.Command] = [
        core.Capture(rng.choice(("question", "need", "action", "individual", "note")), Fields(text="Venu d’ailleurs")),
        core.Next(),
        core.Pause(),
        core.Undo(),
        core.Attend("Zoé"),
        core.Adjourn(),
    ]
    if entries:
        commands += [
            core.Send(rng.choice(entries), "next"),
            core.Undecide(rng.choice(entries)),
            core.Support(rng.choice(entries)),
        ]
    try:
        if rng.random() < 0.3:
            append_sent(seat.workspace, seat.meeting.id, [_sent(rng, entries)])
        session.act(rng.choice(commands))
    except Refused:
        pass
    finally:
        session.leave()
