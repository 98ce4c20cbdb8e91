"""What lets the program into other systems: an address or a password, from the environment or a file that only its owner reads.

The file is in `$XDG_CONFIG_HOME/facilitator` (`~/.config/facilitator`): never in a workspace, which people share. No message, no log and
no `repr` holds what it says.
"""

from __future__ import annotations

import os
import stat
from collections.abc import Mapping
from pathlib import Path
from typing import Literal

from facilitator.core.regex import regex
from facilitator.i18n import Foreseen, Translator
from facilitator.store import platform
from facilitator.store.door import read_given
from facilitator.store.preferences import config_folder

_MOST = 64 * 1024
_OTHERS = stat.S_IRWXG | stat.S_IRWXO
_NAME = regex(r"[a-z0-9][a-z0-9.-]{0,200}\Z")

Why = Literal[
    "inside",  # it is in the workspace, which others have
    "open",  # others may read it
    "foreign",  # it is another user's
    "empty",  # it says nothing
]


class Unsafe(Foreseen):
    """A secret that is not used, and why; `place` is where it stands."""

    def __init__(self, why: Why, place: Path) -> None:
        super().__init__(why)
        self.why = why
        self.place = place

    def sentence(self, tr: Translator) -> str:
        """Why it is not used, and what to do."""
        said: dict[Why, str] = {
            "inside": tr("{path} is in the folder that people share: keep it elsewhere.", path=self.place),
            "open": tr("Others can read {path}, which holds a secret: chmod 600 {path}", path=self.place),
            "foreign": tr("{path} belongs to somebody else: what it says is not used.", path=self.place),
            "empty": tr("{path} says nothing.", path=self.place),
        }
        return said[self.why]


class Secret:
    """A text that nothing shows by itself: `reveal` says it."""

    __slots__ = ("_text",)

    def __init__(self, text: str) -> None:
        self._text = text

    def reveal(self) -> str:
        """What it says."""
        return self._text

    def __repr__(self) -> str:
        return "Secret(…)"


def read_secret(name: str, variable: str, root: Path, environ: Mapping[str, str]) -> Secret | None:
    """The secret of a variable, else of the file `name`; None when neither is there.

    Raises Unsafe, and OSError for a file that cannot be read.
    """
    if said := environ.get(variable, "").strip():
        return Secret(said)
    text = read_guarded(name, root, environ)
    return None if text is None else Secret(text)


def read_guarded(name: str, root: Path, environ: Mapping[str, str]) -> str | None:
    """What a file of the user's preferences says that only its owner reads; None when there is none. Raises as `read_secret`."""
    if not _NAME.match(name):
        return None
    path = config_folder(environ) / name
    try:
        now = path.stat()
    except (FileNotFoundError, NotADirectoryError):
        return None
    real = Path(os.path.realpath(path))
    if real.is_relative_to(os.path.realpath(root)) or path.is_relative_to(root):
        raise Unsafe("inside", path)
    uid = platform.SYSTEM.uid()
    if uid is not None:  # where users and modes are the system's own
        if now.st_uid != uid:
            raise Unsafe("foreign", path)
        if now.st_mode & _OTHERS:
            raise Unsafe("open", path)
    text = read_given(path, limit=_MOST).decode("utf-8", errors="replace").strip()
    if not text:
        raise Unsafe("empty", path)
    return text
