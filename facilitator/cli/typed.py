"""What is typed on the standard input: a line, or a text that is not to be seen."""

from __future__ import annotations

import select
import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

from facilitator.cli.context import Failed
from facilitator.core.refusal import Refused
from facilitator.core.text import MAX_TEXT
from facilitator.i18n import Translator
from facilitator.store import platform

LONGEST = 4 * MAX_TEXT


def comes(seconds: float) -> bool:
    """Whether a line, or the end, can be read without waiting; it is awaited so many seconds at a terminal.

    True at once where that cannot be asked: a pipe is read in its own time, so that what is said does not hang on the clock;
    a terminal that hands over single keys may have given some already; that of Windows is no file to be waited on.
    """
    if not sys.stdin.isatty() or not _by_lines():
        return True
    try:
        return bool(select.select([sys.stdin], [], [], seconds)[0])
    except (OSError, ValueError):
        return True


def _by_lines() -> bool:
    """Whether the terminal hands over whole lines, one at a reading: then none is left where it cannot be waited for."""
    try:
        import termios
    except ImportError:
        return False
    try:
        return bool(termios.tcgetattr(sys.stdin.fileno())[3] & termios.ICANON)
    except (termios.error, OSError, ValueError):
        return False


def line() -> str | None:
    """The next line of the standard input, without its end; None at the end of the input.

    Raises Refused for one that is longer than any text; it is passed over as a whole, so that no part of it stands for a line.
    """
    said = sys.stdin.readline(LONGEST)
    if len(said) < LONGEST or said.endswith("\n"):
        return said.rstrip("\r\n") if said else None
    while (rest := sys.stdin.readline(LONGEST)) and not rest.endswith("\n"):
        pass
    raise Refused("text-too-long", limit=MAX_TEXT)


def hidden(tr: Translator) -> str:
    """An individual need typed at a terminal, which does not show it; without a terminal, the next line.

    Raises KeyboardInterrupt when the person gives up, with Ctrl+C or Ctrl+D; Failed for what is not text; Refused.
    """
    if not sys.stdin.isatty():
        return line() or ""
    from getpass import getpass

    try:
        with _given_back():
            return getpass(tr("Individual need (hidden): "))
    except EOFError:
        sys.stderr.write("\n")
        raise KeyboardInterrupt from None
    except UnicodeDecodeError:
        raise Failed(tr("What was typed is not text: nothing was written.")) from None


@contextmanager
def _given_back() -> Iterator[None]:
    """Whatever would end the program on the spot ends it once the terminal shows what is typed again."""
    told: list[int] = []

    def end(number: int, _frame: FrameType | None) -> None:
        told.append(number)
        raise KeyboardInterrupt  # out of the reading

    numbers = platform.signals(platform.SYSTEM.ending)
    taken = [number for number in numbers if signal.getsignal(number) == signal.SIG_DFL]
    for number in taken:
        signal.signal(number, end)
    try:
        yield
    finally:
        for number in taken:
            signal.signal(number, signal.SIG_DFL)
        if told:
            signal.raise_signal(told[0])
