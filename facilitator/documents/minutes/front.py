"""The front matter of minutes: what no reader needs, a key a line. A key or value it does not know is a person's, and stays."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence

import msgspec
from msgspec import Struct

from facilitator.core.network import Section
from facilitator.core.regex import regex
from facilitator.core.text import normalise
from facilitator.core.vocabulary import KIND_OF_LETTER, NUMBERED, Kind
from facilitator.documents.minutes.words import SECTIONS

FORMAT = 2

_LINE = regex(r"(?P<key>[A-Za-z_]{1,40}):(?:\s+(?P<value>.*))?\Z")
_RANGE = regex(r"(?P<letter>[A-Za-z])(?P<first>[0-9]{1,6})(?:-(?P<other>[A-Za-z])(?P<last>[0-9]{1,6}))?\Z")
_TIMES = regex(r"(?P<planned>[0-9]{1,4})/(?:(?P<actual>[0-9]{1,4})|-)\Z")
_MONTH = regex(r"[0-9]{4}-(?:0[1-9]|1[0-2])\Z")
MOST_NUMBERS = 10_000


class Front(Struct, frozen=True):
    """What stands at the top. `closed` holds the entries there were at the close, `times` minutes planned and spent by step.

    `given` is the highest number of each kind that was ever given, where the entry that had it is there no more: it is not used again.
    `acts` are those that a draft was written of. `odd` are the lines (from 0) that say nothing known; `lines` where each key stands.
    """

    meeting: str = ""
    status: str = "final"
    language: str = "fr"
    zone: str = "UTC"
    newsletter: str | None = None
    order: str = "kind"
    format: int | None = None
    times: tuple[tuple[int, int | None], ...] = ()
    closed: frozenset[tuple[Kind, int]] = frozenset()
    given: Mapping[Kind, int] = {}
    acts: int | None = None
    headings: Mapping[Section, str] = {}
    odd: tuple[int, ...] = ()
    lines: Mapping[str, int] = {}


def read_front(lines: Sequence[str], body: int) -> Front:
    """The front matter of a document whose text begins at the line `body`; raises nothing."""
    values: dict[str, str] = {}
    places: dict[str, int] = {}
    odd: list[int] = []
    for place in range(1, max(1, body - 1)):
        line = lines[place].rstrip()
        found = _LINE.match(line)
        if found and found["key"] in _KNOWN and found["key"] not in values:
            values[found["key"]] = _unquoted(found["value"] or "")
            places[found["key"]] = place
        elif line.strip() and not line.lstrip().startswith("#"):
            odd.append(place)
    language = values.get("language", "fr")
    if language not in ("fr", "en"):
        odd += [places["language"]]
        language = "fr"
    status = values.get("status", "final")
    if status not in ("draft", "final"):
        odd += [places["status"]]
        status = "final"
    month = values.get("newsletter")
    number, acts = values.get("format", ""), values.get("acts", "")
    return Front(
        meeting=normalise(values.get("meeting", "")).text,
        status=status,
        language=language,
        zone=normalise(values.get("zone", "UTC")).text,
        newsletter=month if month and _MONTH.match(month) else None,
        order="sequence" if values.get("order") == "sequence" else "kind",
        format=int(number) if number.isascii() and number.isdigit() and len(number) < 4 else None,
        times=read_times(values.get("times", "")),
        closed=read_numbers(values.get("closed", "")),
        given=highest_of(read_numbers(values.get("given", ""))),
        acts=int(acts) if acts.isascii() and acts.isdigit() and len(acts) < 10 else None,
        headings=_headings(values.get("headings", "")),
        odd=tuple(sorted(odd)),
        lines=places,
    )


_KNOWN = frozenset(
    (
        "format",
        "meeting",
        "status",
        "language",
        "zone",
        "newsletter",
        "times",
        "closed",
        "given",
        "acts",
        "order",
        "headings",
    )
)


def _unquoted(value: str) -> str:
    value = value.strip()
    if len(value) > 1 and value[0] == value[-1] and value[0] in "\"'":
        return value[1:-1]
    return value


def _headings(value: str) -> dict[Section, str]:
    try:
        found = msgspec.json.decode(value or "{}", type=dict[str, str])
    except msgspec.MsgspecError:
        return {}
    return {section: found[section] for section in SECTIONS if section in found}


def write_front(front: Front) -> str:
    """The front matter with its two fences, ending in a newline."""
    rows = [
        ("format", str(FORMAT)),
        ("meeting", front.meeting),
        ("status", front.status),
        ("language", front.language),
        ("zone", front.zone),
        ("newsletter", front.newsletter or ""),
        ("order", front.order if front.order != "kind" else ""),
        ("headings", json.dumps(dict(front.headings), ensure_ascii=False) if front.headings else ""),
        ("times", write_times(front.times)),
        ("closed", write_numbers(front.closed)),
        ("given", write_given(front.given, front.closed)),
        ("acts", "" if front.acts is None else str(front.acts)),
    ]
    return "---\n" + "".join(f"{key}: {value}\n" for key, value in rows if value) + "---\n"


def write_times(times: Iterable[tuple[int, int | None]]) -> str:
    """`20/22 10/-`: minutes planned and spent, sequence by sequence."""
    return " ".join(f"{planned}/{'-' if actual is None else actual}" for planned, actual in times)


def read_times(text: str) -> tuple[tuple[int, int | None], ...]:
    """The same read back; nothing when a part of it cannot be."""
    found = [_TIMES.match(part) for part in text.split()]
    if not all(found):
        return ()
    return tuple((int(row["planned"]), int(row["actual"]) if row["actual"] else None) for row in found if row)


_LETTER_OF: dict[Kind, str] = {}
for _letter, _kind in KIND_OF_LETTER.items():
    _LETTER_OF.setdefault(_kind, _letter)


def write_numbers(numbers: Iterable[tuple[Kind, int]]) -> str:
    """`Q12 B4 D1-D2 D4-D9`: one to twelve, and what is left of others where there are holes."""
    by_kind: dict[Kind, list[int]] = {}
    for kind, number in sorted(numbers, key=lambda pair: pair[1]):
        by_kind.setdefault(kind, []).append(number)
    return " ".join(_ranges(_LETTER_OF[kind], by_kind[kind]) for kind in NUMBERED if kind in by_kind)


def _ranges(letter: str, numbers: list[int]) -> str:
    runs: list[list[int]] = []
    for number in numbers:
        if runs and runs[-1][1] == number - 1:
            runs[-1][1] = number
        else:
            runs.append([number, number])
    if len(runs) == 1 and runs[0][0] == 1:
        return f"{letter}{runs[0][1]}"
    return " ".join(f"{letter}{first}-{letter}{last}" for first, last in runs)


def read_numbers(text: str) -> frozenset[tuple[Kind, int]]:
    """The entries that `closed` names; what says nothing is passed over."""
    found: set[tuple[Kind, int]] = set()
    for part in text.replace(",", " ").split():
        row = _RANGE.match(part)
        kind = KIND_OF_LETTER.get(row["letter"].upper()) if row else None
        if row is None or kind is None or kind not in NUMBERED:
            continue
        first, last = (int(row["first"]), int(row["last"])) if row["last"] else (1, int(row["first"]))
        if last - first < MOST_NUMBERS:
            found.update((kind, number) for number in range(max(1, first), last + 1))
    return frozenset(found)


def highest_of(numbers: Iterable[tuple[Kind, int]]) -> dict[Kind, int]:
    """The highest of each kind."""
    highest: dict[Kind, int] = {}
    for kind, number in numbers:
        highest[kind] = max(number, highest.get(kind, 0))
    return highest


def write_given(given: Mapping[Kind, int], closed: Iterable[tuple[Kind, int]]) -> str:
    """`A5 Q12`: the highest number given of each kind of which `closed` does not tell it."""
    there = highest_of(closed)
    return " ".join(f"{_LETTER_OF[kind]}{given[kind]}" for kind in NUMBERED if given.get(kind, 0) > there.get(kind, 0))


def renumbering(
    front: Front, closed: frozenset[tuple[Kind, int]], end: str, *, silent: bool = False
) -> list[tuple[int, int, list[str]]]:
    """The lines to put in the place of others for the entries to be `closed`: none of their numbers is lost. `end` ends each line.

    `silent`: of an entry that is private from now on, not even its number stays.
    """
    place, at = front.lines.get("closed"), front.lines.get("given")
    if place is None:
        return []
    given = write_given(highest_of([*(() if silent else front.closed), *front.given.items(), *closed]), closed)
    line = [f"given: {given}{end}"] if given else []
    changes = [(place, place + 1, [f"closed: {write_numbers(closed)}{end}", *(line if at is None else [])])]
    return changes if at is None else [*changes, (at, at + 1, line)]
