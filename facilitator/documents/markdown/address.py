"""Where the links of a document lead when it is read elsewhere than in its repository."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Sequence

_MEETING = re.compile(r"meeting:\s*\S")


def folder_of(front: Sequence[str]) -> str:
    """The folder that a document stands in, by the lines of its front matter: that of minutes, else that of letters."""
    return "minutes" if any(map(_MEETING.match, front)) else "newsletter"


def absolute(url: str, base: str | None, folder: str) -> str | None:
    """The whole address of a link in a document of that folder, `base` being where the repository can be read.

    None for what leads nowhere from elsewhere: a file where `base` is not known, or outside of the repository, and other schemes.
    """
    if url.startswith(("https://", "http://", "mailto:")):
        return url
    path, mark, place = url.partition("#")
    if base is None or not path or ":" in path.split("/", 1)[0] or path.startswith("/"):
        return None
    whole = posixpath.normpath(posixpath.join(folder, path))
    return None if whole.startswith("..") else f"{base.rstrip('/')}/{whole}{mark}{place}"
