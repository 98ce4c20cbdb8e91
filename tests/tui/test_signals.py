"""Which signals end the program as it should, with the text kept; a few of them are sent to the real one in `test_terminal`."""

from __future__ import annotations

import asyncio
import signal
import threading
from collections.abc import Iterator
from types import SimpleNamespace

import pytest

from facilitator.tui import signals

# What only stops or wakes a program, or what it never hears of.
ENDS_NOTHING = {"SIGCHLD", "SIGURG", "SIGWINCH", "SIGCONT", "SIGSTOP", "SIGTSTP", "SIGTTIN", "SIGTTOU"}
# The kernel's last word; a fault of the machine code, which a handler in Python would only repeat.
NOT_HANDLED = {"SIGKILL", "SIGSEGV", "SIGBUS", "SIGFPE", "SIGILL"}
LEFT_OUT = {getattr(signal, name) for name in ENDS_NOTHING | NOT_HANDLED}
ENDING = sorted(signal.valid_signals() - LEFT_OUT)


@pytest.fixture(autouse=True)
def _given_back() -> Iterator[None]:
    before = {number: signal.getsignal(number) for number in signal.valid_signals()}
    yield
    for number, handler in before.items():
        if handler is not None and number not in (signal.SIGKILL, signal.SIGSTOP):
            signal.signal(number, handler)


@pytest.mark.asyncio
@pytest.mark.parametrize("sent", [signal.SIGUSR2, signal.SIGALRM, signal.SIGXCPU, signal.SIGINT, signal.SIGRTMIN + 3])
async def test_a_signal_that_would_end_it_on_the_spot_lets_it_keep_its_text_and_leave(
    monkeypatch: pytest.MonkeyPatch, sent: int
) -> None:
    monkeypatch.setattr(signals, "PATIENCE_S", 1_000_000)
    done: list[object] = []
    gone = asyncio.Event()
    app = SimpleNamespace(is_headless=False, exit=lambda code: (done.append(code), gone.set()))
    signals.Signals(app, lambda: done.append("kept")).install()
    signal.raise_signal(sent)
    signal.raise_signal(sent)
    await asyncio.wait_for(gone.wait(), 5)
    assert done[:2] == ["kept", 0]


@pytest.mark.asyncio
async def test_no_signal_that_ends_a_program_is_left_to_its_default() -> None:
    signals.Signals(SimpleNamespace(is_headless=False), lambda: None).install()
    assert [number for number in ENDING if signal.getsignal(number) == signal.SIG_DFL] == []


def test_what_ended_late_waits_for_who_ends_it_by_force(monkeypatch: pytest.MonkeyPatch) -> None:
    done: list[object] = []
    begun, may = threading.Event(), threading.Event()

    def restore(*_: object) -> None:
        begun.set()
        may.wait(5)
        done.append("terminal")

    monkeypatch.setattr(signals, "PATIENCE_S", 0)
    monkeypatch.setattr(signals, "_restore_terminal", restore)
    monkeypatch.setattr("os._exit", done.append)
    ending = signals.Signals(SimpleNamespace(is_headless=False), lambda: None)
    ending.settle()  # nothing has begun
    ending.leave(0)
    assert begun.wait(5)
    threading.Timer(0.05, may.set).start()
    ending.settle()
    assert done == ["terminal", 0]


@pytest.mark.asyncio
async def test_what_python_ignores_stays_ignored() -> None:
    signals.Signals(SimpleNamespace(is_headless=False), lambda: None).install()
    assert signal.getsignal(signal.SIGPIPE) == signal.SIG_IGN
