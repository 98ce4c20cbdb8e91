"""What is wrong with a file, and where: one line for each thing, for the person who wrote it."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct

from facilitator.core.text import normalise, one_line
from facilitator.i18n import Foreseen, Translator

SHOWN = 40


class Problem(Struct, frozen=True):
    """One thing in a file, in the language of the screen; `line` and `column` count from 1, 0 is the whole file."""

    file: str
    line: int
    column: int
    what: str
    expected: str | None = None

    def __str__(self) -> str:
        place = one_line(normalise(self.file).text)
        if self.line:
            place += f":{self.line}:{self.column}"
        return f"{place}: {self.what}, {self.expected}" if self.expected else f"{place}: {self.what}"


class Problems(Foreseen):
    """Why a file was refused: at least one problem, in the order of the file."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        self.problems = list(problems)
        super().__init__(self.problems)

    def sentence(self, tr: Translator) -> str:  # noqa: ARG002  # each is in the language of the screen already
        """A line for each."""
        return str(self)

    def __str__(self) -> str:
        return "\n".join(map(str, self.problems))


def shown(text: str) -> str:
    """A piece of a file as it may be shown in a message: one short line without controls."""
    line = one_line(normalise(text[: SHOWN * 4]).text)
    return line if len(line) <= SHOWN else line[:SHOWN] + "…"
