"""What every test starts from."""

from __future__ import annotations

import os
import signal
import sys

from examples import register

# A program started in the background ignores interruptions and hang-ups, and so would all it starts: tests send them.
signal.signal(signal.SIGINT, signal.default_int_handler)
signal.signal(signal.SIGHUP, signal.SIG_DFL)
# The program is tested as it is used: compiled once, not at each of its starts.
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
sys.dont_write_bytecode = False

register()
