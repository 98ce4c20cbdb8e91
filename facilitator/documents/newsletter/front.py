"""The front matter of a newsletter: its month, its language, whether it was sent, and what each meeting has fed it.

A line of `fed` is a meeting, then what was put in once: `2026-11-10-roannais: D1-D3 Q1-Q3 Q8 step-1 answer-Q6`. What is not among it
never was, and goes in once there is something to say of it; what is, and stands there no more, was taken out by a person. A question
that is answered later is remembered by a word of its own. Anything else in the front matter is a person's, and stays.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Collection, Mapping, Sequence

from msgspec import Struct

from facilitator.core.entry import label, read_label
from facilitator.core.regex import regex
from facilitator.core.text import normalise
from facilitator.core.vocabulary import KINDS, NUMBERED, Kind
from facilitator.i18n import Foreseen, Translator

FORMAT = 2
MOST_NUMBERS = 100_000

_FENCE = regex(r"\ufeff?---\s*\Z")
_KEY = regex(r"(?P<key>[A-Za-z_]{1,40})\s*:(?:\s+(?P<value>.*))?\Z")
_FED = regex(r"""[ \t]+["']?(?P<meeting>[^\s"'#:][^\s"':]{0,200})["']?\s*:(?:\s+(?P<value>.*))?\Z""")
_RANGE = regex(r"(?P<letter>[A-Za-z])(?P<first>[0-9]{1,6})(?:-(?P=letter)?(?P<last>[0-9]{1,6}))?\Z")
_WORD = regex(r"(?:step-[0-9]{1,3}|answer-[A-Z][0-9]{1,6})\Z")
_MONTH = regex(r"[0-9]{4}-(?:0[1-9]|1[0-2])\Z")
# As the letter has them; then whatever else may be remembered by its number.
_FIRST: tuple[Kind, ...] = ("decision", "news", "resource", "question", "need")
_ORDER: tuple[Kind, ...] = (*_FIRST, *(kind for kind in NUMBERED if kind not in _FIRST))
_NOTHING = frozenset(("", "{}", "null", "~"))
_NOT_SENT = frozenset(("", "null", "~", "no", "non", "false", "not yet", "pas encore"))


class Unreadable(Foreseen, ValueError):
    """A letter that is left to the person who wrote it: why (`conflict`, `front`, `fed`, `too-large`), the line from 1, 0 for all of it."""

    def __init__(self, why: str, line: int = 0) -> None:
        super().__init__(why, line)
        self.why = why
        self.line = line

    def sentence(self, tr: Translator) -> str:
        """Why it was left alone."""
        if self.why == "too-large":
            return tr("A document is larger than anything that is read: it was left alone.")
        if self.why == "conflict":
            return tr("The newsletter holds conflict markers, line {line}: it was left alone.", line=self.line)
        if self.why == "swallowed":
            return tr("Something in the newsletter is open and swallows what is put after it: it was left alone.")
        return tr("The head of a document cannot be read: it was left alone.")


class Memory(Struct, frozen=True):
    """What a meeting has fed: numbers, and the words `step-1` (its visit) and `answer-Q6` (an answer that came later)."""

    numbers: frozenset[tuple[Kind, int]] = frozenset()
    words: tuple[str, ...] = ()

    def has(self, kind: Kind, number: int) -> bool:
        """Whether this entry is within what was fed."""
        return (kind, number) in self.numbers


class Front(Struct, frozen=True):
    """What stands at the top. `lines` says where each key stands, `fed_lines` where what each meeting fed."""

    newsletter: str | None = None
    language: str = "fr"
    sent: str | None = None
    fed: Mapping[str, Memory] = {}
    lines: Mapping[str, int] = {}
    fed_lines: Mapping[str, tuple[int, int]] = {}


def read_front(lines: Sequence[str], body: int) -> Front:
    """The front matter of a letter whose text begins at the line `body`; raises Unreadable."""
    if not body:
        if _FENCE.match(lines[0].rstrip("\r")) and any(_KEY.match(line.rstrip()) for line in lines[1:4]):
            raise Unreadable("front", 1)
        return Front()
    values: dict[str, str] = {}
    places: dict[str, int] = {}
    fed: dict[str, Memory] = {}
    fed_lines: dict[str, tuple[int, int]] = {}
    inside: str | None = None
    meeting: str | None = None
    for place in range(1, body - 1):
        line = lines[place].rstrip()
        if not line.strip() or line.lstrip().startswith("#"):
            continue
        if found := _KEY.match(line):
            inside, meeting = found["key"], None
            if inside == "fed" and _unquoted(found["value"] or "") not in _NOTHING:
                raise Unreadable("fed", place + 1)
            values.setdefault(inside, _unquoted(found["value"] or ""))
            places.setdefault(inside, place)
        elif inside == "fed" and (row := _FED.match(line)):
            meeting = normalise(row["meeting"]).text
            fed[meeting] = _together(fed.get(meeting), _read_memory(row["value"] or ""))
            fed_lines.setdefault(meeting, (place, place + 1))
        elif inside == "fed" and meeting is not None and line[:1] in " \t":
            # A formatter folds a long line.
            fed[meeting] = _together(fed[meeting], _read_memory(line))
            if fed_lines[meeting][1] == place:
                fed_lines[meeting] = fed_lines[meeting][0], place + 1
        elif inside == "fed":
            raise Unreadable("fed", place + 1)
    month, language = values.get("newsletter", ""), values.get("language", "")
    sent = normalise(values.get("sent", "")).text
    return Front(
        newsletter=month if _MONTH.match(month) else None,
        language=language if language in ("fr", "en") else "fr",
        sent=None if sent.casefold() in _NOT_SENT else sent,
        fed=fed,
        lines=places,
        fed_lines=fed_lines,
    )


def _unquoted(value: str) -> str:
    value = re.sub(r"(?:\A|\s+)#.*\Z", "", value).strip()
    return value[1:-1] if len(value) > 1 and value[0] == value[-1] and value[0] in "\"'" else value


def _together(one: Memory | None, other: Memory) -> Memory:
    if one is None:
        return other
    return Memory(one.numbers | other.numbers, (*dict.fromkeys((*one.words, *other.words)),))


def _read_memory(text: str) -> Memory:
    """What a line remembers; what says nothing is passed over."""
    numbers: set[tuple[Kind, int]] = set()
    words: list[str] = []
    for part in re.split(r"[\s,\[\]\"']+", text):
        if part.startswith("#"):
            break
        if _WORD.match(part):
            words.append(part)
            continue
        row = _RANGE.match(part)
        known = read_label(f"{row['letter']}1") if row else None
        if row is None or known is None:
            continue
        first, last = int(row["first"]), int(row["last"] or row["first"])
        if last - first < MOST_NUMBERS:
            numbers.update((known[0], number) for number in range(max(1, first), last + 1))
    return Memory(frozenset(numbers), (*dict.fromkeys(words),))


def write_memory(memory: Memory) -> str:
    """`D1-D3 Q1-Q3 Q8 step-1`, kind by kind: what was put in and nothing else, as its items show to whoever reads the letter."""
    parts = []
    for kind in _ORDER:
        letter, runs = KINDS[kind].letter, list[list[int]]()
        for number in sorted(number for known, number in memory.numbers if known == kind):
            if runs and runs[-1][1] == number - 1:
                runs[-1][1] = number
            else:
                runs.append([number, number])
        parts += [f"{letter}{first}" if first == last else f"{letter}{first}-{letter}{last}" for first, last in runs]
    return " ".join((*parts, *memory.words))


def write_front(month: str, language: str) -> str:
    """The front matter of a new letter with its two fences, ending in a newline."""
    return f"---\nformat: {FORMAT}\nnewsletter: {month}\nlanguage: {language}\n---\n"


def remembering(lines: list[str], body: int, front: Front, meeting: str, memory: Memory) -> None:
    """Change the front matter in `lines` so that it remembers this of a meeting; every other byte of it stays."""
    end = "\r" if lines[0].endswith("\r") else ""
    known = front.fed_lines.get(meeting, min(front.fed_lines.values(), default=None))
    # YAML wants the keys of one mapping at one margin.
    margin = lines[known[0]][: len(lines[known[0]]) - len(lines[known[0]].lstrip())] if known else "  "
    line = f"{margin}{meeting}: {write_memory(memory)}".rstrip(" ") + end
    if meeting in front.fed_lines:
        begin, after = front.fed_lines[meeting]
        lines[begin:after] = [line]
    elif "fed" in front.lines:
        place = front.lines["fed"]
        key = lines[place].split(":")[0]
        if front.fed_lines:
            place = max(after for _, after in front.fed_lines.values()) - 1
        else:
            lines[place] = f"{key}:{end}"
        lines.insert(place + 1, line)
    else:
        lines[body - 1 : body - 1] = [f"fed:{end}", line]


def sending(lines: list[str], body: int, front: Front, day: datetime.date) -> None:
    """Change the front matter in `lines`, which ends before the line `body`, so that it says that the letter was sent on a day."""
    end = "\r" if lines[0].endswith("\r") else ""
    line = f"sent: {day}{end}"
    if "sent" in front.lines:
        lines[front.lines["sent"]] = line
    else:
        lines.insert(body - 1, line)


def read_meetings(fed: Mapping[str, Memory], names: Collection[str]) -> Memory | None:
    """What a meeting that is known by any of these names has fed; None when it never did."""
    found: Memory | None = None
    for name in names:
        if name in fed:
            found = _together(found, fed[name])
    return found


def forgetting(lines: list[str], front: Front, names: Collection[str], name: tuple[Kind, int]) -> None:
    """Change the front matter in `lines` so that a meeting that goes by any of these names never fed this entry."""
    for meeting in sorted(set(names) & set(front.fed_lines), key=lambda known: front.fed_lines[known], reverse=True):
        old = front.fed[meeting]
        words = tuple(word for word in old.words if word != f"answer-{label(*name)}")
        memory = Memory(old.numbers - {name}, words)
        if memory != old:
            remembering(lines, 0, front, meeting, memory)
