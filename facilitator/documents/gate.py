"""What deserves a look before a document goes out: how to reach a person, who is named by more than is wanted, what nobody has taken."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Literal

from msgspec import Struct

from facilitator.core.naming import People
from facilitator.core.network import Attribution, Member, Naming
from facilitator.core.regex import regex
from facilitator.core.vocabulary import DEFERRED
from facilitator.documents.minutes.entry import MinutesEntry
from facilitator.documents.minutes.reader import FoundEntry, MinutesRead, read_minutes
from facilitator.documents.traces import PrivateText, places

Reason = Literal["telephone", "mail", "full-name", "name", "no-owner", "nobody-answers", "no-date", "private"]
Part = Literal["text", "owners", "other"]
IN_WORDS: frozenset[Reason] = frozenset(("telephone", "mail", "full-name", "name", "private"))
"""What stands in the words themselves, and goes wherever they do."""

_URL = regex(r"https?://[^\s<>)]+", re.IGNORECASE)
# A French number with its ten digits, or one that begins with its country: not a sum, a date, a postcode.
_TELEPHONE = regex(
    r"(?<![\w+./-])(?:(?:\+33|0033)[ .\-\u00a0\u202f]?(?:\(0\))?[ .\-\u00a0\u202f]?|0)[1-9](?:[ .\-\u00a0\u202f]?[0-9]{2}){4}(?![\w/-])"
    r"|(?<![\w+])\+[1-9][0-9]{0,2}(?:[ .\-\u00a0\u202f]?[0-9]{2,4}){3,5}(?!\w)"
)
_MAIL = regex(r"(?<![\w.+-])[\w.+-]{1,64}@[A-Za-z0-9-]{1,63}(?:\.[A-Za-z0-9-]{1,63}){1,5}")


class GateFinding(Struct, frozen=True):
    """Something to look at: why, the words it is about, the line (from 1) and the number of the entry it stands in, if any.

    `part` is what of the entry holds the words: its text, its owners, or something else.
    """

    reason: Reason
    words: str
    line: int
    label: str = ""
    part: Part = "text"


class Wishes(Struct, frozen=True):
    """What a network wants of what is public: `known` addresses are meant to be; `listed` are its people; how they may be named.

    `askers`: how it is said who asked a question; where that is not by name, a question names nobody. `private`: what none may say.
    """

    known: frozenset[str] = frozenset()
    listed: tuple[Member, ...] = ()
    names: Naming | None = None
    askers: Attribution = "name"
    private: tuple[PrivateText, ...] = ()


def findings(text: str, wishes: Wishes = Wishes()) -> list[GateFinding]:  # noqa: B008  # frozen
    """What deserves a look in minutes or a letter, in the order of its lines."""
    read = read_minutes(text)
    body = read.outline.source.body if read.outline else 0
    came = (*read.people.get("present", ()), *read.people.get("visitors", ()))
    people = People(wishes.listed, came, wishes.names)
    found: list[GateFinding] = []
    meeting = read.front.meeting if "meeting" in read.front.lines else None
    for kept in wishes.private:
        lines = places(text, kept, own=kept.meeting == meeting)
        found += [GateFinding("private", f"{kept.meeting} {kept.number}", line, kept.number) for line in lines]
    labels: dict[int, tuple[str, MinutesEntry]] = {}
    if "meeting" in read.front.lines:
        for one in read.entries:
            found += _open(one, read.front.language, read.by_default)
            if one.said.number:
                label = one.said.label(read.front.language)
                labels |= dict.fromkeys(range(one.item.line + 1, one.item.end + 1), (label, one.said))
        if wishes.askers != "name":
            found += _asked(read, people)
    reached = list(_reached(text.split("\n"), body, wishes.known, people, labels))
    # What stands in an entry is said again where the document refers to it, and goes with it.
    held = {(one.reason, one.words) for one in reached if one.label}
    found += [one for one in reached if one.label or (one.reason, one.words) not in held]
    once: dict[tuple[Reason, str, str], GateFinding] = {}
    for finding in sorted(found, key=lambda one: one.line):
        once.setdefault((finding.reason, finding.label, finding.words), finding)
    return list(once.values())


def _reached(
    lines: list[str], body: int, known: frozenset[str], people: People, labels: dict[int, tuple[str, MinutesEntry]]
) -> Iterator[GateFinding]:
    reason: Reason = "name" if people.wanted == "none" else "full-name"
    for number, line in enumerate(lines[body:], body + 1):
        said, (label, entry) = _URL.sub("", line), labels.get(number, ("", None))
        yield from (GateFinding("telephone", one[0], number, label) for one in _TELEPHONE.finditer(said))
        yield from (
            GateFinding("mail", one[0], number, label) for one in _MAIL.finditer(said) if one[0].lower() not in known
        )
        yield from (GateFinding(reason, one, number, label, _part(one, entry)) for one in people.named(said))


def _part(words: str, entry: MinutesEntry | None) -> Part:
    if entry is None or words in entry.text:
        return "text"
    return "owners" if words in entry.owners else "other"


def _asked(read: MinutesRead, people: People) -> Iterator[GateFinding]:
    """The people whom a question names, where it is not to be said who asked it."""
    for one in read.entries:
        if one.said.kind == "question" and one.said.number:
            label, line = one.said.label(read.front.language), one.item.line + 1
            more = {*people.named(one.said.text)}
            yield from (
                GateFinding("name", name, line, label)
                for name in people.named(one.said.text, at_all=True)
                if name not in more
            )


def _open(one: FoundEntry, language: str, by_default: str | None) -> Iterator[GateFinding]:
    said = one.said
    label = said.label(language) if said.number else ""
    waits = said.kind == "question" and said.outcome in DEFERRED and said.outcome != "relay" and not said.answer
    reasons: dict[Reason, bool] = {
        "no-owner": said.kind == "action" and not said.done and not said.owners,
        "nobody-answers": waits and not said.owners and by_default is None,
        "no-date": waits and said.outcome != "newsletter" and said.due is None and said.due_text is None,
    }
    yield from (GateFinding(reason, said.text, one.item.line + 1, label) for reason, holds in reasons.items() if holds)
