"""What deserves a look before a document goes out: how to reach a person, what nobody has taken, what has no date."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Literal

from msgspec import Struct

from facilitator.documents.minutes.reader import Found, read_minutes

Reason = Literal["telephone", "mail", "no-owner", "nobody-answers", "no-date"]

_URL = re.compile(r"https?://[^\s<>)]+", re.IGNORECASE)
# A French number with its ten digits, or one that begins with its country: not a sum, a date, a postcode.
_TELEPHONE = re.compile(
    r"(?<![\w+./-])(?:(?:\+33|0033)[ .\-\u00a0\u202f]?(?:\(0\))?[ .\-\u00a0\u202f]?|0)[1-9](?:[ .\-\u00a0\u202f]?[0-9]{2}){4}(?![\w/-])"
    r"|(?<![\w+])\+[1-9][0-9]{0,2}(?:[ .\-\u00a0\u202f]?[0-9]{2,4}){3,5}(?!\w)"
)
_MAIL = re.compile(r"(?<![\w.+-])[\w.+-]{1,64}@[A-Za-z0-9-]{1,63}(?:\.[A-Za-z0-9-]{1,63}){1,5}")


class Finding(Struct, frozen=True):
    """Something to look at: why, the words it is about, the line (from 1) and the number of the entry it stands in, if any."""

    reason: Reason
    words: str
    line: int
    label: str = ""


def findings(text: str, *, known: frozenset[str] = frozenset()) -> list[Finding]:
    """What deserves a look in minutes or a letter, in the order of its lines; `known` are addresses that are meant to be public."""
    read = read_minutes(text)
    body = read.outline.source.body if read.outline else 0
    found: list[Finding] = []
    labels: dict[int, str] = {}
    if "meeting" in read.front.lines:
        for one in read.entries:
            found += _open(one, read.front.language, read.by_default)
            if one.said.number:
                labels |= dict.fromkeys(range(one.item.line + 1, one.item.end + 1), one.said.label(read.front.language))
    reached = list(_reached(text.split("\n"), body, known, labels))
    # What stands in an entry is said again where the document refers to it, and goes with it.
    held = {(one.reason, one.words) for one in reached if one.label}
    found += [one for one in reached if one.label or (one.reason, one.words) not in held]
    return sorted(found, key=lambda one: one.line)


def _reached(lines: list[str], body: int, known: frozenset[str], labels: dict[int, str]) -> Iterator[Finding]:
    for number, line in enumerate(lines[body:], body + 1):
        said, label = _URL.sub("", line), labels.get(number, "")
        yield from (Finding("telephone", one[0], number, label) for one in _TELEPHONE.finditer(said))
        yield from (
            Finding("mail", one[0], number, label) for one in _MAIL.finditer(said) if one[0].lower() not in known
        )


def _open(one: Found, language: str, by_default: str | None) -> Iterator[Finding]:
    said = one.said
    label = said.label(language) if said.number else ""
    waits = said.kind == "question" and said.outcome in ("mattermost", "newsletter", "next") and not said.answer
    reasons: dict[Reason, bool] = {
        "no-owner": said.kind == "action" and not said.done and not said.owners,
        "nobody-answers": waits and not said.owners and by_default is None,
        "no-date": waits and said.outcome != "newsletter" and said.due is None and said.due_text is None,
    }
    yield from (Finding(reason, said.text, one.item.line + 1, label) for reason, holds in reasons.items() if holds)
