"""The opening page: what became, since the last meeting, of what was asked and promised; it is on the wall.

No age, nobody's delay, nothing private.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct

from facilitator.core.entry import Entry, label
from facilitator.documents.minutes.outcomes import Wording
from facilitator.wording.carrying import origin_text
from facilitator.wording.times import short_date

if TYPE_CHECKING:
    from facilitator.core.meeting import PublicMeeting
    from facilitator.core.since import Settled
    from facilitator.i18n import Translator


class PrintedAnswer(Struct, frozen=True):
    """A question, its answer and who gave it where, each on one line; no `answer` where none was written down."""

    question: str
    answer: str


class Awaited(Struct, frozen=True):
    """A question that waits: its number and text, and from whom its answer is to come."""

    number: str
    question: str
    who: str


class Returned(Struct, frozen=True):
    """A need that came back: its number and text, and where it was said last."""

    number: str
    need: str
    whence: str


class OpeningPage(Struct, frozen=True):
    """What there is to show, in words: `heading` says since when, `done` what was done."""

    heading: str
    counts: str
    answered: tuple[PrintedAnswer, ...] = ()
    awaited: tuple[Awaited, ...] = ()
    returned: tuple[Returned, ...] = ()
    done: str = ""


def opening_page(tr: Translator, meeting: PublicMeeting) -> OpeningPage | None:
    """The page of a meeting that has not begun; None when nothing comes from an earlier one."""
    since, setup = meeting.setup.since, meeting.setup
    came = [entry for entry in meeting.entries if entry.origin and entry.text]
    asked = [entry for entry in came if entry.kind == "question"]
    wording = Wording(tr.language, setup.scale, setup.day)
    found: list[Settled | Entry] = [*since.settled, *asked]
    answered = [_answered(tr, wording, one) for one in found if _is_answered(one)]
    waiting = [entry for entry in asked if entry.outcome not in ("answered", "drop") and not entry.done]
    waits = [_awaited(tr, wording, entry) for entry in waiting]
    finished = [one.text for one in since.settled if one.kind != "question"]
    finished += [entry.text for entry in came if entry.kind != "question" and entry.done]
    wanted = [entry for entry in came if entry.kind == "need" and not entry.offer and not entry.done]
    if not answered and not waits and not wanted and not finished:
        return None
    counts = []
    if answered:
        counts.append(
            tr.ntr("{n} of your questions has its answer.", "{n} of your questions have their answer.", len(answered))
        )
    if waits:
        counts.append(
            tr.ntr("{n} awaits one.", "{n} await one.", len(waits))
            if answered
            else tr.ntr(
                "{n} of your questions awaits its answer.", "{n} of your questions await their answer.", len(waits)
            )
        )
    day = since.day
    return OpeningPage(
        tr("Since {date}", date=short_date(tr, day)) if day else tr("Since the last meeting"),
        " ".join(counts),
        tuple(answered),
        tuple(waits),
        tuple(_returned(tr, entry) for entry in wanted),
        tr("Done since: {what}.", what=", ".join(map(_line, finished))) if finished else "",
    )


def _is_answered(one: Settled | Entry) -> bool:
    if one.kind != "question":
        return False
    return not isinstance(one, Entry) or one.outcome == "answered"


def _answered(tr: Translator, wording: Wording, one: Settled | Entry) -> PrintedAnswer:
    where = "" if isinstance(one, Entry) or one.outcome in (None, "answered", "next") else _phrase(wording, one)
    who = ", ".join(part for part in (one.answer_by or "", where) if part)
    answer = _line(one.answer or "")
    if answer and who:
        end = "" if answer.endswith((".", "!", "?", "…")) else "."
        answer = tr("{answer}{end} {who}", answer=answer, end=end, who=who)
    return PrintedAnswer(_line(one.text), answer or who)


def _phrase(wording: Wording, one: Settled | Entry) -> str:
    return wording.phrase(one.outcome, one.due) if one.outcome else ""


def _awaited(tr: Translator, wording: Wording, entry: Entry) -> Awaited:
    who = ", ".join(entry.owners) or tr("who knows?")
    if entry.outcome == "relay":
        who = _phrase(wording, entry)
    return Awaited(label(entry.kind, entry.number, tr.language), _line(entry.text), who)


def _returned(tr: Translator, entry: Entry) -> Returned:
    whence = origin_text(tr, entry.origin) if entry.origin else ""
    return Returned(label(entry.kind, entry.number, tr.language), _line(entry.text), whence)


def _line(text: str) -> str:
    return " ".join(text.split())
