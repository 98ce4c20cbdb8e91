"""What a person prefers on this machine, whatever the workspace: the colours. It is never in a workspace, which is shared."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path

from facilitator.store.atomic import replace_own
from facilitator.store.door import PRIVATE_FOLDER_MODE, read_given
from facilitator.store.folders import home_folder, make_folder

THEME_FILE = "theme.yaml"  # a person's own colours
_CHOSEN = "theme"  # the name of the theme that was chosen, and nothing else: the first frame waits for it
_MAX_NAME = 64
_MAX_THEME = 64 * 1024


def config_folder(environ: Mapping[str, str] = os.environ) -> Path:
    """Where this user's preferences are kept: `$XDG_CONFIG_HOME/facilitator`, else below `~/.config`."""
    given = environ.get("XDG_CONFIG_HOME", "")
    # The XDG specification: a relative path is ignored.
    return (Path(given) if os.path.isabs(given) else home_folder(environ) / ".config") / "facilitator"  # noqa: PTH117


def chosen_theme(environ: Mapping[str, str] = os.environ) -> str | None:
    """The name of the theme that was chosen; None when none was. Raises OSError."""
    try:
        data = read_given(config_folder(environ) / _CHOSEN, limit=_MAX_NAME)
    except (FileNotFoundError, NotADirectoryError):
        return None
    return data.decode("utf-8", errors="replace").strip()


def keep_theme(name: str, environ: Mapping[str, str] = os.environ) -> None:
    """Keep which theme was chosen. Raises OSError."""
    folder = config_folder(environ)
    make_folder(folder, PRIVATE_FOLDER_MODE)
    replace_own(folder / _CHOSEN, f"{name}\n".encode())


def theme_file(environ: Mapping[str, str] = os.environ) -> Path:
    """Where a person's own colours are, if there are any."""
    return config_folder(environ) / THEME_FILE


def read_theme(environ: Mapping[str, str] = os.environ) -> bytes | None:
    """A person's own colours as they wrote them; None when there are none. Raises OSError."""
    try:
        return read_given(theme_file(environ), limit=_MAX_THEME)
    except (FileNotFoundError, NotADirectoryError):
        return None
