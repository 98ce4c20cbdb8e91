"""The command line: finds the command, loads its family, runs it, and turns what went wrong into a line and a code.

Exit codes: 0 done, 1 it could not be done, 2 wrong usage, 130 interrupted.
"""

from __future__ import annotations

import importlib
import os
import re
import sys
from collections.abc import Sequence
from contextlib import nullcontext, suppress
from io import UnsupportedOperation
from typing import TYPE_CHECKING

from facilitator.cli.commands import ALSO_CALLED, COMMANDS, PARTS
from facilitator.cli.parser import Parser, Usage, leading_options, option_value, speak
from facilitator.cli.streams import mute, tell
from facilitator.i18n import LANGUAGES, Translator, translator, ui_language
from facilitator.store.looking import one_look

if TYPE_CHECKING:
    from collections.abc import Callable

    from facilitator.cli.context import Context

DONE, FAILED, WRONG, INTERRUPTED, BROKEN_PIPE = 0, 1, 2, 130, 141
_LANGUAGE_LINE = rb"""(?m)^language\s*:\s*["']?(fr|en)\b"""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the program; returns its exit code."""
    try:
        return _main(list(sys.argv[1:] if arguments is None else arguments))
    except KeyboardInterrupt:
        return INTERRUPTED


def _main(words: list[str]) -> int:
    _prepare_streams()
    tr = translator(chosen_language(words))
    try:
        code = _guarded(tr, lambda: _run(tr, words))
        sys.stdout.flush()
    except BrokenPipeError:
        mute(sys.stdout)
        return BROKEN_PIPE
    except OSError as problem:  # the output is full
        mute(sys.stdout)
        tell(sys.stderr, problem.strerror or str(problem))
        return FAILED
    return code


def chosen_language(words: Sequence[str]) -> str:
    """The language to speak: `--lang`, the environment, the workspace's, French."""
    flag = option_value(words, "--lang")
    told = flag if flag in LANGUAGES else None
    spoken = ui_language(told, os.environ, "fr")
    if spoken == ui_language(told, os.environ, "en"):
        return spoken
    return ui_language(None, {}, _workspace_language(words))


def parser_of(tr: Translator, name: str) -> tuple[Parser, Callable[[Context], int]]:
    """The parser of a command and what runs it."""
    known = COMMANDS[name]
    _read_msgspec()
    family = importlib.import_module(f"facilitator.cli.commands.{known.family}")
    arguments, run = family.COMMANDS[name]
    summary = tr(known.summary)
    parser = Parser(
        tr, name, summary[:1].upper() + summary[1:].removesuffix("…") + ("…" if summary.endswith("…") else ".")
    )
    arguments(parser)
    return parser, run


def _read_msgspec() -> None:
    """Import msgspec without `typing_extensions`, which costs an eighth of `add`.

    msgspec takes it where it is installed, for names that `typing` itself has since Python 3.11.
    """
    if "typing_extensions" not in sys.modules:
        sys.modules["typing_extensions"] = None  # type: ignore[assignment]  # what cannot be imported, in Python's words
        importlib.import_module("msgspec")
        del sys.modules["typing_extensions"]


def explain(tr: Translator, problem: BaseException, zone: str | None = None) -> tuple[str, int] | None:
    """What to say of something that went wrong, and the exit code; None when it was not foreseen.

    Instants are told in `zone`, and left out without one.
    """
    from facilitator.cli.context import Failed, WrongValue
    from facilitator.core.refusal import Refused
    from facilitator.meetings.faults import fault_text
    from facilitator.wording import refusal_text

    match problem:
        case Usage() | WrongValue():
            return str(problem), WRONG
        case Failed():
            return str(problem), FAILED
        case Refused():
            return refusal_text(tr, problem, zone), FAILED
    text = fault_text(tr, problem)
    return None if text is None else (text, FAILED)


def _run(tr: Translator, words: list[str]) -> int:
    speak(tr)
    head = leading_options(words)
    rest = words[head:]
    told = option_value(words[:head], "--lang")
    if told is not None and told not in LANGUAGES:
        raise Usage(tr("{given} is not possible. Choose from: {choices}", given=told, choices=", ".join(LANGUAGES)))
    if not rest:
        return _home(tr, words)
    name = ALSO_CALLED.get(rest[0], rest[0])
    asked = ALSO_CALLED.get(rest[1], rest[1]) if rest[1:] else None
    if name == "help" and asked in COMMANDS:
        return run_command(tr, asked, ["--help"])
    if name in ("-h", "--help", "help"):
        return _write(general_help(tr))
    if name == "--version":
        from facilitator import __version__

        return _write(f"facilitator {__version__}")
    if name not in COMMANDS:
        raise Usage(_unknown(tr, name))
    return run_command(tr, name, words[:head] + rest[1:])


# What goes on while others write, or writes otherwise than documents are written.
_LOOKING_AGAIN = frozenset(("home", "run", "room", "share", "doctor"))


def run_command(tr: Translator, name: str, words: Sequence[str], context: Context | None = None) -> int:
    """Run one command with its words; in a context that exists already, its meeting is the one meant."""
    from facilitator.cli.context import Context, Failed
    from facilitator.core.refusal import Refused
    from facilitator.wording import refusal_text

    parser, run = parser_of(tr, name)
    values = parser.read(words)
    if context is not None:
        context.values = values
        return run(context)
    context = Context(tr, values)
    try:
        with nullcontext() if name in _LOOKING_AGAIN else one_look():
            code = run(context)
        context.deliver()
    except Refused as refused:
        raise Failed(refusal_text(tr, refused, context.zone)) from refused
    finally:
        context.leave()
    return code


def can_open_home() -> bool:
    """Whether somebody is there to see the home screen."""
    return sys.stdin.isatty() and sys.stdout.isatty()


def _home(tr: Translator, words: list[str]) -> int:
    if can_open_home():
        return run_command(tr, "home", words)
    return _write(general_help(tr))


def _write(text: str) -> int:
    sys.stdout.write(f"{text}\n")
    return DONE


_COLUMN = 42  # of most commands; the words of one that is longer push what it does to the right


def general_help(tr: Translator) -> str:
    """What the program can do, a line for each command."""
    lines = [
        tr("usage: ") + tr("facilitator [COMMAND] [options]"),
        "",
        tr("Lead a network's meeting: clocks, questions, decisions, minutes and newsletter."),
        tr("Without a command: the home screen."),
    ]
    for title, part in PARTS.items():
        shown = [
            (f"{name} {tr(known.words) if known.words else ''}".rstrip(), known)
            for name, known in part.items()
            if known.listed
        ]
        lines += ["", (tr(title) + tr(": ")).rstrip(" ")]
        lines += [f"  {words:<{_COLUMN}}  {tr(known.summary)}" for words, known in shown]
    lines += ["", tr("Each command says more with --help. Options come before or after the text; -- ends them.")]
    return "\n".join(lines)


def _unknown(tr: Translator, name: str) -> str:
    from facilitator.cli.choices import nearest
    from facilitator.cli.conversation_words import WORDS
    from facilitator.core.text import fold_case
    from facilitator.wording import quoted

    message = tr("There is no command {name}.", name=quoted(tr, name))
    meant = WORDS.get(fold_case(name))
    near = meant if meant in COMMANDS else nearest(name, COMMANDS)
    if near:
        message += " " + tr("Did you mean {name}?", name=near)
    return message + "\n" + tr("facilitator --help lists the commands.")


def _guarded(tr: Translator, run: Callable[[], int]) -> int:
    try:
        return run()
    except BrokenPipeError:
        raise
    except KeyboardInterrupt:
        return INTERRUPTED
    except SystemExit as leaving:
        return leaving.code if isinstance(leaving.code, int) else DONE
    except ModuleNotFoundError as missing:
        said = tr("The module {name} is missing: install facilitator again, with pip, pipx or uv.", name=missing.name)
        tell(sys.stderr, said)
        return FAILED
    except BaseException as problem:  # noqa: BLE001  # no traceback ever reaches a person
        from facilitator.cli.context import visible

        known = explain(tr, problem)
        if known is None:
            from facilitator.meetings.faults import crash_text

            known = (crash_text(tr, problem), FAILED)
        tell(sys.stderr, visible(known[0]))
        return known[1]


def _workspace_language(words: Sequence[str]) -> str | None:
    """The language of `facilitator.yaml`, read without a YAML parser: it must not slow a capture down."""
    from pathlib import Path

    flag = option_value(words, "--workspace")
    try:
        from facilitator.store.workspace import find_workspace

        settings = find_workspace(Path(flag) if flag else None, os.environ, Path.cwd(), live=True).config_bytes()
    except Exception:  # noqa: BLE001  # whatever it is, the command that needs the workspace will say it
        return None
    found = re.search(_LANGUAGE_LINE, settings or b"")
    return found[1].decode() if found else None


def _prepare_streams() -> None:
    for name in ("stdin", "stdout", "stderr"):
        if getattr(sys, name) is None:  # the caller closed it
            setattr(sys, name, open(os.devnull, "r" if name == "stdin" else "w", encoding="utf-8"))  # noqa: PTH123, SIM115
    with suppress(AttributeError, UnsupportedOperation):  # what is not text is said when it is taken out
        sys.stdin.reconfigure(errors="surrogateescape")  # type: ignore[union-attr]
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            if stream.isatty():
                stream.reconfigure(errors="replace")
            else:
                stream.reconfigure(encoding="utf-8", errors="backslashreplace")
