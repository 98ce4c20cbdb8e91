"""A file, opened by the program that the user's desktop has for it."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

_PROGRAMS = {"darwin": "open", "win32": "explorer"}
_USUAL = "xdg-open"
_SOON_S = 2.0


def open_file(path: Path, environ: Mapping[str, str]) -> bool:
    """Open it; False where there is no desktop, or it has no program for this. No shell reads the name, and nothing draws on the screen."""
    name = _PROGRAMS.get(sys.platform, _USUAL)
    program = shutil.which(name, path=environ.get("PATH"))
    if program is None or (name == _USUAL and not (environ.get("DISPLAY") or environ.get("WAYLAND_DISPLAY"))):
        return False
    try:
        opener = subprocess.Popen(  # noqa: S603  # a program of the system and an absolute path
            [program, os.path.abspath(path)],  # noqa: PTH100  # links stay as they are
            env=dict(environ), stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
            start_new_session=True,
        )  # fmt: skip
    except OSError:
        return False
    try:
        return opener.wait(_SOON_S) == 0 or name == "explorer"  # which says 1 when all went well
    except subprocess.TimeoutExpired:
        return True  # some stay until the file is closed
