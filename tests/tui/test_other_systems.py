"""The screens where the system has fewer signals and no termios: simulated, this machine has them."""

from __future__ import annotations

import asyncio
import importlib
import signal
import subprocess
import sys
from types import SimpleNamespace

import pytest

from facilitator.store import platform
from facilitator.tui import signals

WITHOUT = """
import asyncio, sys
for name in ("termios", "fcntl", "pwd", "tty", "resource"):
    sys.modules[name] = None
sys.modules["msvcrt"] = sys
sys.platform = "win32"
from facilitator.store import platform
sys.platform = "linux"
import facilitator.tui.app
assert isinstance(platform.SYSTEM, platform.Windows)
"""


@pytest.mark.asyncio
async def test_where_a_terminal_cannot_hang_up_termination_is_still_handled(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(platform, "SYSTEM", platform.Windows(SimpleNamespace()))
    monkeypatch.setitem(sys.modules, "termios", None)
    monkeypatch.delattr(signal, "SIGHUP")
    monkeypatch.delattr(signal, "SIGCONT")
    before = signal.getsignal(signal.SIGTERM)
    gone = asyncio.Event()
    module = importlib.reload(signals)
    app = SimpleNamespace(is_headless=False, exit=lambda _code: gone.set())
    try:
        module.PATIENCE_S = 1_000_000
        module.Signals(app, lambda: None).install()
        signal.raise_signal(signal.SIGTERM)
        await asyncio.wait_for(gone.wait(), 5)
    finally:
        signal.signal(signal.SIGTERM, before)
        importlib.reload(signals)


@pytest.mark.ci
def test_the_modules_of_posix_are_not_needed() -> None:
    done = subprocess.run([sys.executable, "-c", WITHOUT], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
