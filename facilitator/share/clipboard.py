"""The clipboard of whoever sits at the terminal, over ssh as well: OSC 52.

No terminal says whether it took the text, and many are told not to: so what is copied is in a file as well.
"""

from __future__ import annotations

import os
from base64 import b64encode
from typing import TextIO

from facilitator.core.text import normalise

MOST_BYTES = 74_994
"""What every terminal that takes any takes: hterm's limit, 100,000 characters of base64 with what stands around them."""


def to_copy(text: str) -> str:
    """The text as it is copied: without anything that a terminal would obey when it is pasted. Raises ValueError for one that is too long."""
    text = normalise(text).text
    if len(text.encode()) > MOST_BYTES:
        raise ValueError(len(text.encode()))
    return text


def copy_by(terminal: TextIO, text: str) -> bool:
    """Copy a text by a terminal; False when that is none, or is gone. Raises ValueError for a text that is too long."""
    said = f"\x1b]52;c;{b64encode(to_copy(text).encode()).decode()}\x07"
    try:
        if not os.isatty(terminal.fileno()):
            return False
        terminal.write(said)
        terminal.flush()
    except (OSError, ValueError):
        return False
    return True
