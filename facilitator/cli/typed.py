"""What is typed on the standard input: a line, or a text that is not to be seen."""

from __future__ import annotations

import sys

from facilitator.cli.context import Failed
from facilitator.core.refusal import Refused
from facilitator.core.text import MAX_TEXT
from facilitator.i18n import Translator

LONGEST = 4 * MAX_TEXT


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
        return getpass(tr("Individual need (hidden): "))
    except EOFError:
        sys.stderr.write("\n")
        raise KeyboardInterrupt from None
    except UnicodeDecodeError:
        raise Failed(tr("What was typed is not text: nothing was written.")) from None
