"""What becomes of a question in words, as a heading or in a tail, and read back: the outcome and the day it promises."""

from __future__ import annotations

import calendar
import datetime
import re

from facilitator.core.agenda import Level
from facilitator.core.dates import read_due
from facilitator.core.regex import regex
from facilitator.core.vocabulary import Outcome
from facilitator.documents.minutes.words import MONTHS, month_number, near, of, plain, relayed


class Wording:
    """The words of outcomes in the language, for the level and the day of one meeting."""

    def __init__(self, language: str, scale: Level | None, day: datetime.date) -> None:
        self.french = language == "fr"
        self.language = language
        self.scale = scale
        self.day = day

    def heading(self, outcome: Outcome | None, due: datetime.date | None) -> str:
        """The heading under which such questions stand: `Dans la lettre de décembre`."""
        if outcome is None:
            return "Suite à décider" if self.french else "Still to be decided"
        if outcome == "answered":
            return "Réponses données" if self.french else "Answers given"
        text = self.phrase(outcome, due, many=True)
        return text[:1].upper() + text[1:]

    def phrase(self, outcome: Outcome, due: datetime.date | None, *, many: bool = False) -> str:
        """The same in a tail: `dans la lettre de décembre`."""
        fr = self.french
        if outcome == "mattermost":
            text = "sur Mattermost" if fr else "on Mattermost"
            if due is None:
                return text
            return f"{text}, {'d’ici le' if fr else 'by'} {near(due, self.day, self.language)}"
        if outcome == "newsletter":
            return self._newsletter(due)
        if outcome == "next":
            if due is None:
                return "à la prochaine rencontre" if fr else "at the next meeting"
            return f"{'à la rencontre du' if fr else 'at the meeting of'} {near(due, self.day, self.language)}"
        if outcome == "relay":
            word = ("transmises" if many else "transmise") if fr else "relayed"
            return f"{word} {relayed(self.scale, self.language)}"
        if outcome == "drop":
            return ("refermées en séance" if many else "refermée en séance") if fr else "closed in the meeting"
        return "répondu en séance" if fr else "answered in the meeting"

    def _newsletter(self, due: datetime.date | None) -> str:
        if due is None:
            return "dans la prochaine lettre" if self.french else "in the next newsletter"
        name = MONTHS[self.language][due.month - 1]
        if _letter(due.month, None, self.day) != due:
            name = f"{name} {due.year}"
        return f"dans la lettre {of(name, 'fr')}" if self.french else f"in the {name} newsletter"

    def implied(self, outcome: Outcome | None, due: datetime.date | None) -> datetime.date | None:
        """The day that the words of this outcome say: the due date, when they can say it."""
        if due is None or outcome in ("mattermost", "next"):
            return due
        if outcome == "newsletter":
            return month_end(due)
        return None


def month_end(day: datetime.date) -> datetime.date:
    """The last day of the month."""
    return day.replace(day=calendar.monthrange(day.year, day.month)[1])


def _letter(month: int, year: int | None, day: datetime.date) -> datetime.date:
    """The last day of the letter of a month, the next one after the meeting's when no year is said."""
    year = year or (day.year if month >= day.month else day.year + 1)
    return month_end(datetime.date(year, month, 1))


_MATTERMOST = regex(
    r"(?:reponses? |answers? )?(?:sur|on) (?:le )?(?:mattermost|tchat|chat)(?:,? (?:d'ici|by|avant|pour)(?: le| the)? (?P<due>.+))?\Z"
)
_LETTER = regex(
    r"(?:reponses? )?dans la (?:prochaine lettre|lettre)(?: (?:de |d')(?P<month>[a-z]+)(?: (?P<year>[0-9]{4}))?)?\Z"
)
_LETTER_EN = regex(r"(?:answers? )?in the (?:next |(?P<month>[a-z]+) (?:(?P<year>[0-9]{4}) )?)?newsletter\Z")
_NEXT = regex(
    r"(?:a la|at the) (?:prochaine (?:rencontre|reunion)|next meeting|(?:rencontre|reunion) du (?P<fr>.+)|meeting (?:of|on) (?P<en>.+))\Z"
)
_SIMPLE: tuple[tuple[Outcome | None, re.Pattern[str]], ...] = (
    ("relay", regex(r"(?:transmises?|relayed|passed on)(?: .{1,80})?\Z")),
    ("drop", regex(r"(?:refermees?(?: en seance)?|closed in the meeting|sans suite|not followed up)\Z")),
    ("answered", regex(r"(?:reponses? donnees?|repondues?|answers? given|(?:repondu|reponse|answered|answer) (?:en seance|in the meeting))\Z")),
    (None, regex(r"(?:suite a decider|still to be decided)\Z")),
)  # fmt: skip


def read_outcome(text: str, day: datetime.date | None) -> tuple[Outcome | None, datetime.date | None] | None:
    """The outcome and the day that the words say, counted from the meeting's `day`; None when they are no outcome."""
    said = plain(text)
    if found := _MATTERMOST.match(said):
        due = read_due(found["due"], day) if found["due"] and day else None
        return None if found["due"] and day and due is None else ("mattermost", due)
    if found := _LETTER.match(said) or _LETTER_EN.match(said):
        if not found["month"]:
            return "newsletter", None
        month = month_number(found["month"])
        if month is None:
            return None
        year = int(found["year"]) if found["year"] else None
        if year is not None and not 1 <= year <= 9999:  # what a date can hold
            return None
        return "newsletter", _letter(month, year, day) if day else None
    if found := _NEXT.match(said):
        words = found["fr"] or found["en"]
        due = read_due(words, day) if words and day else None
        return None if words and day and due is None else ("next", due)
    return next(((outcome, None) for outcome, pattern in _SIMPLE if pattern.match(said)), None)


def letter_due(month: str) -> datetime.date:
    """The last day of the letter of a month written `2026-12`."""
    year, number = month.split("-")
    return month_end(datetime.date(int(year), int(number), 1))
