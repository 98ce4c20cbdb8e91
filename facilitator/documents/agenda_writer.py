"""Agendas out: YAML as a person would have written it, that reads back to the same agenda."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator

from msgspec import NODEFAULT, Struct
from msgspec.structs import fields

from facilitator.core.agenda import Agenda, Carried, NewsItem, Step
from facilitator.core.duration import write_duration
from facilitator.core.regex import regex
from facilitator.documents.strict_yaml import Mark, Scalar
from facilitator.i18n import translator

SHORTEST_S = 60
SCHEMA_LINE = "# yaml-language-server: $schema=agenda.schema.json"

_PLAIN = regex(r"[^\W\d_][\w .'’«»()/…–—-]*(?<! )\Z")
_FIRST = ("kind", "format", "title")
_ELSEWHERE = ("yes", "no", "on", "off", "y", "n")  # text here, not for every reader of YAML
_ESCAPED = regex(r'["\\\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\ufeff\ufffe\uffff]')


def write_agenda(agenda: Agenda, *, language: str) -> str:
    """YAML with the editor's schema line first and a comment in that language."""
    tr = translator(language)
    comments = (
        tr("Durations: 20, 20m, 1h, 1h30 or 90 min. Times in quotes. Dates: 2026-11-24."),
        tr("“facilitator check” says what is wrong with this file."),
    )
    lines = [SCHEMA_LINE, *(f"# {comment}" for comment in comments), *_block(agenda)]
    return "\n".join(lines) + "\n"


def _keys(value: Struct) -> Iterator[tuple[str, object]]:
    for field in fields(value):
        held = getattr(value, field.name)
        if field.default is NODEFAULT or held != field.default:
            yield field.encode_name, held


def _block(value: Struct) -> Iterator[str]:
    """A key on each line; lists of mappings come last, below their key."""
    for key, held in sorted(_keys(value), key=lambda pair: (_is_long(pair[1]), pair[0] not in _FIRST)):
        if isinstance(held, tuple) and _is_long(held):
            yield f"{key}:"
            for item in held:
                yield from _item(item)
        else:
            yield f"{key}: {_flow(held)}"


def _is_long(held: object) -> bool:
    return isinstance(held, tuple) and bool(held) and isinstance(held[0], Struct)


def item_line(carried: Carried) -> str:
    """The line of something that is carried over, without its newline."""
    return f"  - {_flow(carried)}"


def news_lines(item: NewsItem, *, first: bool) -> list[str]:
    """The lines of a piece of news in a step, at its margin, the `first` with the key above it; without their newlines."""
    return [*(["items:"] if first else []), f"  - {_flow(item)}"]


def _item(value: Struct) -> Iterator[str]:
    lines = list(_block(value)) if isinstance(value, Step) else [_flow(value)]
    for n, line in enumerate(lines):
        yield f"    {line}" if n else f"  - {line}"


def _flow(held: object) -> str:
    if isinstance(held, Struct):
        return "{ " + ", ".join(f"{key}: {_flow(value)}" for key, value in _keys(held)) + " }"
    if isinstance(held, tuple):
        return "[" + ", ".join(map(_flow, held)) + "]"
    if isinstance(held, int):  # a length of time is a minute at least, a priority 3 at most
        return write_duration(held) if held >= SHORTEST_S else str(held)
    return held.isoformat() if isinstance(held, datetime.date) else _quoted(str(held))


def _quoted(text: str) -> str:
    if _PLAIN.match(text) and Scalar(Mark(0, 0), text, plain=True).sort == "text" and text.lower() not in _ELSEWHERE:
        return text
    return '"' + _ESCAPED.sub(_escape, text) + '"'


def _escape(found: re.Match[str]) -> str:
    code = ord(found[0])
    if found[0] in '"\\':
        return "\\" + found[0]
    return f"\\u{code:04X}" if code <= 0xFFFF else f"\\U{code:08X}"  # as YAML writes them
