"""Reading a command's words: argparse, in the language of the screen, with options anywhere and literals after `--`."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Iterable, Sequence
from typing import NoReturn

from facilitator.cli.choices import PossibleNames, nearest
from facilitator.core.regex import regex
from facilitator.i18n import N_, Translator

# What argparse says to people, in every version from 3.11 on; it looks `_` and `ngettext` up in its own module.
ARGPARSE = (
    N_("usage: "),
    N_("options"),
    N_("positional arguments"),
    N_("show this help message and exit"),
    N_("expected one argument"),
    N_("expected at most one argument"),
    N_("expected at least one argument"),
    N_("expected %s argument"),
    N_("expected %s arguments"),
    N_("unrecognized arguments: %s"),
    N_("the following arguments are required: %s"),
    N_("one of the arguments %s is required"),
    N_("not allowed with argument %s"),
    N_("ignored explicit argument %r"),
    N_("argument %(argument_name)s: %(message)s"),
    N_("invalid %(type)s value: %(value)r"),
)
# Options that every command takes, before or after its name; those that have a value.
COMMON = ("--workspace", "--meeting", "--lang")
VALUED = (*COMMON, "--at")
# Nothing, said of these, would be another place, meeting or time than was meant.
NEVER_EMPTY = ("workspace", "meeting", "at")
FLAGS = ("--json",)
# Where argparse would quote as Python does.
_PYTHON_QUOTED = regex(r"%(\(\w+\))?r")


class Usage(Exception):
    """The words make no command: exit 2. Its text is the message, then how the command is used; `brief` the message alone."""

    def __init__(self, text: str, brief: str | None = None) -> None:
        super().__init__(text)
        self.brief = text.partition("\n")[0] if brief is None else brief


class Literal(str):
    """A word that came after `--`: even a lone `-` is text."""

    __slots__ = ()


class _Help(argparse.RawDescriptionHelpFormatter):
    """As wide as the terminal. Told by `os`: argparse would load `shutil` for it with every argument it declares."""

    before_colon = ""

    def __init__(self, prog: str) -> None:
        super().__init__(prog, width=_columns() - 2)

    def start_section(self, heading: str | None) -> None:
        """A heading, and what this language puts between it and its colon."""
        super().start_section(heading and heading + _Help.before_colon)


def _columns() -> int:
    try:
        columns = int(os.environ.get("COLUMNS", ""))
    except ValueError:
        columns = 0
    if columns <= 0:
        try:
            columns = os.get_terminal_size(sys.__stdout__.fileno() if sys.__stdout__ else 1).columns
        except (OSError, ValueError):
            columns = 80
    return max(columns, 40)


class _Once(argparse.Action):
    """An option with one value: of two, argparse would keep the last, and lose what somebody said.

    Of what every command takes the last one counts: an alias of the shell says the first.
    """

    def __call__(
        self,
        parser: argparse.ArgumentParser,
        namespace: argparse.Namespace,
        values: object,
        option_string: str | None = None,
    ) -> None:
        if option_string is not None and option_string not in COMMON and isinstance(parser, Parser):
            before = parser.given.setdefault(self.dest, values)
            if before != values:
                from facilitator.wording import quoted

                first, second = quoted(parser.tr, str(before)), quoted(parser.tr, str(values))
                said = parser.tr("said twice: {first}, then {second}", first=first, second=second)
                raise argparse.ArgumentError(self, said)
        setattr(namespace, self.dest, values)


class Parser(argparse.ArgumentParser):
    """The parser of one command. It raises `Usage` where argparse would print and exit."""

    def __init__(self, tr: Translator, name: str, description: str, epilog: str | None = None) -> None:
        super().__init__(
            prog=f"facilitator {name}".rstrip(),
            description=description,
            epilog=epilog,
            allow_abbrev=False,
            formatter_class=_Help,
        )
        self.tr = tr
        self.given: dict[str, object] = {}  # what the options of one value said, while words are read
        self.register("action", None, _Once)
        self.register("action", "store", _Once)

    def error(self, message: str) -> NoReturn:
        """Raise `Usage` with the message."""
        raise Usage(message)

    def _get_values(self, action: argparse.Action, arg_strings: list[str]) -> object:
        """The value of an option; an error for `--option=--`, of which argparse makes an empty list, or a text, and for nothing where that would say something else."""
        if action.option_strings and "--" in arg_strings:
            raise argparse.ArgumentError(action, self.tr("expected one argument"))
        if action.option_strings and action.dest in NEVER_EMPTY and arg_strings == [""]:
            raise argparse.ArgumentError(action, self.tr("expected one argument"))
        return super()._get_values(action, arg_strings)

    def _check_value(self, action: argparse.Action, value: object) -> None:
        """Raise an error for a word that is none of those possible, with the one that was probably meant."""
        if action.choices is not None and value not in action.choices:
            raise argparse.ArgumentError(action, _not_possible(self.tr, str(value), action.choices))

    def common(self, *, at: bool = False, looks: bool = False, json: bool = False) -> None:
        """Add the options that commands share. `at`: an act may be dated; `looks`: a reading may be."""
        tr = self.tr
        group = self.add_argument_group(tr("common options"))
        group.add_argument("--workspace", metavar=tr("DIR"), help=tr("the folder of the network's meetings"))
        group.add_argument("--meeting", metavar="ID", help=tr("the meeting; without it, the one that is live"))
        group.add_argument("--lang", choices=("fr", "en"), help=tr("the language of what is shown"))
        if at:
            help_at = tr('when it happened, in the meeting\'s time zone: "2026-11-24 09:32", or "09:32" that day')
            group.add_argument("--at", metavar=tr("TIME"), help=help_at)
        if looks:
            help_at = tr('as of this time, in the meeting\'s time zone: "2026-11-24 09:32", or "09:32" that day')
            group.add_argument("--at", metavar=tr("TIME"), help=help_at)
        if json:
            group.add_argument("--json", action="store_true", help=tr("write JSON, for other programs"))

    def read(self, words: Sequence[str]) -> argparse.Namespace:
        """The values of the words; raises `Usage`."""
        head, literals = _split(list(words))
        head = self._joined(head)
        # What looks like an option is given another face while argparse reads: NUL cannot come from a command line.
        faces = [f"\0{place}" if word[:1] in ("-", "\0") else word for place, word in enumerate(literals)]
        stand_ins = {face: word for face, word in zip(faces, literals, strict=True) if face != word}
        if "-h" in head or "--help" in head:  # now: in the middle of a reading argparse forgets the positional ones
            self.print_help()
            raise SystemExit(0)
        if any(word.startswith(("-h", "--help")) for word in head):  # `-hx` asks for help in some versions of argparse
            raise self._explained("", head)
        last = self._option_string_actions.get(head[-1]) if literals and head else None
        if last is not None and last.nargs != 0:  # a value never stands behind the end of the options
            raise self._explained(str(argparse.ArgumentError(last, self.tr("expected one argument"))), head)
        self.given = {}
        self.usage = self.prog  # argparse would format the usage at every reading, to slice it by its English length
        try:
            values = self.parse_intermixed_args([*head, *faces])
        except Usage as problem:
            raise self._explained(_restored(str(problem), stand_ins), head) from None
        finally:
            self.usage = None
        for name, value in vars(values).items():
            if isinstance(value, str) and value in stand_ins:
                setattr(values, name, Literal(stand_ins[value]))
            elif isinstance(value, list):
                setattr(values, name, [Literal(stand_ins[one]) if one in stand_ins else one for one in value])
        return values

    def _joined(self, words: list[str]) -> list[str]:
        """The words, with those that are one word of a choice put together: `sans suite`."""
        from facilitator.core.text import fold_case

        for action in self._get_positional_actions():
            phrases = action.choices.phrases() if isinstance(action.choices, PossibleNames) else ()
            for phrase in sorted(phrases, key=len, reverse=True):  # `mis de côté` before `de côté`
                for place in range(len(words) - len(phrase) + 1):
                    taken = words[place : place + len(phrase)]
                    value = place and words[place - 1] in self._option_string_actions
                    if not value and tuple(map(fold_case, taken)) == phrase:
                        return [*words[:place], " ".join(taken), *words[place + len(phrase) :]]
        return words

    def _explained(self, message: str, head: Sequence[str]) -> Usage:
        self.usage = None
        unknown = [word for word in head if word[:1] == "-" and len(word) > 1 and not self._knows(word)]
        if unknown:
            message = self.tr("unrecognized arguments: %s") % " ".join(unknown)
        lines = [f"{self.prog}{self.tr(': ')}{message}"]
        if unknown:
            lines.append(self.tr("A text that begins with - goes after --"))
        return Usage("\n".join([*lines, self.format_usage().strip()]), message)

    def _knows(self, word: str) -> bool:
        return word.partition("=")[0] in self._option_string_actions and not word.startswith(("-h", "--help"))


def speak(tr: Translator) -> None:
    """Make argparse say its own words in this language."""

    def plural(one: str, many: str, n: int) -> str:
        return said(one if n == 1 else many)

    def said(message: str) -> str:
        text = tr(message)
        return (
            _PYTHON_QUOTED.sub(lambda found: tr("“{text}”", text=f"%{found[1] or ''}s"), text) if "r" in text else text
        )

    _Help.before_colon = tr(": ").partition(":")[0]
    setattr(argparse, "_", said)  # noqa: B010  # names that argparse does not declare to the type checker
    setattr(argparse, "ngettext", plural)  # noqa: B010


def leading_options(words: Sequence[str]) -> int:
    """How many words before the command's name are common options and their values."""
    place = 0
    while place < len(words):
        word = words[place]
        if word in VALUED:
            place += 2
        elif word in FLAGS or word.startswith(tuple(f"{name}=" for name in VALUED)):
            place += 1
        else:
            break
    return min(place, len(words))


def option_value(words: Sequence[str], name: str) -> str | None:
    """The last value of an option, wherever it stands before `--`; for what must be known before the words are parsed."""
    head, _ = _split(list(words))
    found = None
    for place, word in enumerate(head):
        if word == name and place + 1 < len(head):
            found = head[place + 1]
        elif word.startswith(f"{name}="):
            found = word.removeprefix(f"{name}=")
    return found


def _split(words: list[str]) -> tuple[list[str], list[str]]:
    if "--" not in words:
        return words, []
    place = words.index("--")
    return words[:place], words[place + 1 :]


def _not_possible(tr: Translator, given: str, choices: Iterable[str]) -> str:
    from facilitator.wording import quoted

    words = choices.words if isinstance(choices, PossibleNames) else ()
    near = nearest(given, (*choices, *words))
    if near is not None:
        return tr("{given} is not possible. Did you mean {name}?", given=quoted(tr, given), name=near)
    told = choices.listed(tr.language) if isinstance(choices, PossibleNames) else ", ".join(choices)
    return tr("{given} is not possible. Choose from: {choices}", given=quoted(tr, given), choices=told)


def _restored(message: str, stand_ins: dict[str, str]) -> str:
    for stand_in, word in stand_ins.items():
        message = message.replace(repr(stand_in), repr(word)).replace(stand_in, word)
    return message
