"""Regular expressions that cost nothing until they are used: most commands use a dozen of several hundred."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from re import compile as regex
else:

    class regex:  # noqa: N801  # it stands for `re.compile`
        """What `re.compile` returns for a regular expression, compiled when something is first asked of it.

        A wrong expression raises `re.error` there, not where it is written.
        """

        def __init__(self, text: str | bytes, flags: int = 0) -> None:
            self._made_of = text, flags

        def __getattr__(self, name: str) -> object:
            value = getattr(re.compile(*self._made_of), name)
            setattr(self, name, value)  # the next time it is found without coming here
            return value


__all__ = ["regex"]
