"""An error of the program itself, made on purpose in a real terminal: one line, exit 1, nothing half typed lost."""

from __future__ import annotations

import os
import re
import stat
import sys
import termios
from collections.abc import Callable
from pathlib import Path

import pytest
from tui.terminal import Terminal

from facilitator.store.half_typed import load_texts
from facilitator.store.workspace import Workspace

RUN = "from facilitator.cli.main import main; import sys; sys.exit(main(['run', '--lang', 'fr']))"
BOOM = "def boom(*_, **__): raise ZeroDivisionError('boom')\n"
ENDS = {
    "a key": "from facilitator.tui.screens.meeting import MeetingScreen; MeetingScreen.on_paste = boom",
    "another screen": "from facilitator.tui.screens.help import HelpScreen; HelpScreen.compose = boom",
    "the focus": "import facilitator.tui.app as app; app.FacilitatorApp.on_blur = boom\n"
    "from textual.app import App; App._on_app_blur = boom",
    "the thread that writes": "from textual.drivers._writer_thread import WriterThread as W\n"
    "write = W.write\nW.write = lambda self, text: write(self, None if '⏎' in text else text)\n"
    "W.run_ = W.run\ndef run(self): self.run_(); boom()\nW.run = run",
}
PASTED = b"\x1b[200~x\x1b[201~"
TRIGGERS = {
    "a key": (b"\x1b", PASTED),
    "another screen": (b"\x1bOP",),
    "the focus": (b"\x1b[O",),
    "the thread that writes": (b"\x1b[200~x\ny\x1b[201~",),
}
NEVER_BEGINS = {
    "the first screen": "from facilitator.tui.screens.meeting import MeetingScreen; MeetingScreen.compose = boom",
    "its looks": "from pathlib import Path; import facilitator.tui.app as app; app.__file__ = '/nowhere/app.py'",
    "the terminal": "from textual.drivers.linux_driver import LinuxDriver; LinuxDriver.start_application_mode = boom",
    "the loop": "import textual.app; textual.app.App.run_async = boom",
}
GOES_ON = """
from facilitator.tui.keyboard import Keys
feed = Keys.feed
Keys.feed = lambda self, data: boom() if "Z" in data else feed(self, data)
from facilitator.tui import pulse
import asyncio
beat = pulse.Pulse._beat
pulse.Pulse._beat = lambda self: (asyncio.get_running_loop().call_soon(boom), beat(self))
"""


@pytest.fixture
def broken(tmp_path: Path) -> Callable[[str], Terminal]:
    """The program with something in it that does not work."""
    environ = {"XDG_STATE_HOME": str(tmp_path / "state"), "HOME": str(tmp_path), "PATH": os.environ["PATH"]}
    environ["PYTHONPATH"] = str(Path(__file__).parents[2])
    (tmp_path / "reseau").mkdir()

    def start(breaking: str) -> Terminal:
        return Terminal([sys.executable, "-c", BOOM + breaking + "\n" + RUN], cwd=tmp_path / "reseau", environ=environ)

    return start


def ended(terminal: Terminal, folder: Path) -> None:
    """It ended as an error of the program does."""
    assert terminal.exit_code(4) == 1
    terminal.read(0.3)
    assert termios.tcgetattr(terminal.slave)[3] == terminal.attributes[3]
    after = terminal.received.rpartition(b"\x1b[?1049l")[2].decode()
    said = [line for line in re.sub(r"\x1b\[[?<0-9;]*[a-z]", "", after).splitlines() if line.strip()]
    assert len(said) == 1, said
    assert "imprévu" in said[0]
    (report,) = (folder / "state").rglob("crash-*.txt")
    assert "Traceback" in report.read_text(encoding="utf-8")
    assert stat.S_IMODE(report.stat().st_mode) == 0o600


@pytest.mark.parametrize("where", ["a key", *(pytest.param(where, marks=pytest.mark.ci) for where in (*ENDS,)[1:])])
def test_an_error_of_the_program_ends_in_one_line_and_exit_1(
    broken: Callable[[str], Terminal], tmp_path: Path, where: str
) -> None:
    with broken(ENDS[where]) as terminal:
        terminal.wait_for("commencer")
        terminal.type("right")
        terminal.wait_for("1 sur")
        terminal.type("q", "Faut-il", pause=0.2)
        for data in TRIGGERS[where]:
            os.write(terminal.master, data)
            terminal.read(0.3)
        ended(terminal, tmp_path)
    workspace = Workspace(tmp_path / "reseau")
    (meeting,) = workspace.meetings()
    (kept,) = load_texts(workspace.meeting_folder(meeting))
    assert kept.text.startswith("Faut-il")


@pytest.mark.parametrize(
    "what", ["the first screen", *(pytest.param(what, marks=pytest.mark.ci) for what in (*NEVER_BEGINS,)[1:])]
)
def test_what_cannot_begin_ends_in_one_line_and_exit_1(
    broken: Callable[[str], Terminal], tmp_path: Path, what: str
) -> None:
    with broken(NEVER_BEGINS[what]) as terminal:
        ended(terminal, tmp_path)


@pytest.mark.ci
def test_a_terminal_that_refuses_to_be_written_to_is_no_error_of_the_program(
    broken: Callable[[str], Terminal], tmp_path: Path
) -> None:
    refused = "raise BlockingIOError(11, 'Resource temporarily unavailable')"
    with broken(ENDS["the thread that writes"].replace("boom()", refused)) as terminal:
        terminal.wait_for("commencer")
        os.write(terminal.master, b"\x1b[200~x\ny\x1b[201~")
        assert terminal.exit_code(4) == 1
        terminal.read(0.3)
        assert "écrit en ce moment" in terminal.text()
        assert "Traceback" not in terminal.text()
    assert not list((tmp_path / "state").rglob("crash-*.txt"))


@pytest.mark.ci
def test_an_error_beside_the_keys_is_noted_and_life_goes_on(broken: Callable[[str], Terminal], tmp_path: Path) -> None:
    with broken(GOES_ON) as terminal:
        terminal.wait_for("commencer")
        terminal.type("right")
        terminal.wait_for("1 sur")
        terminal.type("Z", pause=0.5)
        terminal.type("q", "Faut-il un mandat", "enter", pause=0.3)
        terminal.wait_for("Q1")
        assert "Traceback" not in terminal.text()
        terminal.type("ctrl+q")
        assert terminal.exit_code() == 0
    (noted,) = (tmp_path / "reseau").rglob("errors.log")
    assert noted.read_text(encoding="utf-8").count("ZeroDivisionError") >= 2
