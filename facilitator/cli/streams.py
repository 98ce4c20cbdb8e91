"""The streams that a command speaks on, which may be closed, full, or read by nobody."""

from __future__ import annotations

import os
from contextlib import suppress
from typing import TextIO


def tell(stream: TextIO, text: str, *, conversing: bool = False) -> None:
    """Write a line of talk at once; where it cannot be written it is lost, and changes nothing else.

    Raises BrokenPipeError of a conversation whose listener is gone.
    """
    try:
        stream.write(f"{text}\n")
        stream.flush()
    except OSError as problem:
        if conversing and isinstance(problem, BrokenPipeError):
            raise
        mute(stream)


def mute(stream: TextIO) -> None:
    """Let what is left in a stream that cannot be written go nowhere: the interpreter would fail on it at its end."""
    with suppress(OSError):  # one without a descriptor holds nothing back
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, stream.fileno())
        os.close(nowhere)
