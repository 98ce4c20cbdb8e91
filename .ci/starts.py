"""A command that ends in `facilitator run`, in a terminal: the meeting is shown, begins, and is left.

.ci/starts.py FOLDER COMMAND     the shell's command is run in that folder; started by a Python that has pyte
"""

from __future__ import annotations

import os
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "tests" / "tui"))

from terminal import Terminal

INSTALL_S = 300.0


def main(folder: str, command: str) -> int:
    """What the program says when it is left is shown; an AssertionError with the screen when something did not come."""
    with TemporaryDirectory() as home:
        environ = {**os.environ, "HOME": home, "XDG_STATE_HOME": home, "LANGUAGE": "fr", "TERM": "xterm-256color"}
        with Terminal(["sh", "-c", command], cwd=Path(folder), environ=environ) as terminal:
            terminal.wait_for("commencer", INSTALL_S)
            terminal.type("right")
            terminal.wait_for("reste")
            terminal.type("ctrl+q")
            code = terminal.exit_code(10)
            terminal.read(0.3)
            print(terminal.text().strip())
    return code


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
