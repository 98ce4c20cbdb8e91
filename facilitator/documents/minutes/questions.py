"""Questions under what was done with them: which heading each stands under, and what that heading says for it."""

from __future__ import annotations

import datetime
from collections.abc import Iterable

from msgspec import Struct

from facilitator.core.vocabulary import Outcome
from facilitator.documents.minutes.entry import MinutesEntry
from facilitator.documents.minutes.of_entry import Whereabouts
from facilitator.documents.minutes.outcomes import Wording
from facilitator.documents.minutes.words import DEFERRED, OUTCOME_ORDER


class QuestionGroup(Struct, frozen=True):
    """Questions that stand under one heading, which says the day `due` of all of them."""

    outcome: Outcome | None
    due: datetime.date | None
    questions: list[MinutesEntry]


def has_answer(said: MinutesEntry) -> bool:
    """Whether a question needs nothing more of anybody: an item that holds an answer is answered wherever it stands."""
    return said.outcome == "answered" or said.done or said.answer is not None


def is_waiting(said: MinutesEntry) -> bool:
    """Whether an answer is awaited by this network itself; what was relayed is awaited by the level above."""
    return said.outcome in DEFERRED and said.outcome != "relay" and not has_answer(said)


def standing(said: MinutesEntry) -> Outcome | None:
    """The outcome under whose heading a question stands; one that is done, but never sent anywhere, stays where it was."""
    told = said.outcome == "answered" or said.answer is not None or (said.done and said.outcome in DEFERRED)
    return "answered" if told else said.outcome


def groups(questions: Iterable[MinutesEntry], wording: Wording) -> list[QuestionGroup]:
    """The questions by outcome in the order of the document, then by the day they are promised for, then by number."""
    found: list[QuestionGroup] = []
    by_outcome: dict[Outcome | None, list[MinutesEntry]] = {}
    for said in sorted(questions, key=lambda said: said.number):
        by_outcome.setdefault(standing(said), []).append(said)
    for outcome in OUTCOME_ORDER:
        alike = by_outcome.get(outcome, [])
        if not alike:
            continue
        if outcome == "answered":
            found.append(QuestionGroup(outcome, None, alike))
            continue
        days = {wording.implied(outcome, said.due) for said in alike}
        if outcome == "mattermost":
            found.append(QuestionGroup(outcome, days.pop() if len(days) == 1 else None, alike))
            continue
        found += [
            QuestionGroup(outcome, day, [said for said in alike if wording.implied(outcome, said.due) == day])
            for day in sorted(days, key=lambda day: day or datetime.date.max)
        ]
    return found


def place_of(said: MinutesEntry, due: datetime.date | None, *, step: int | None, headed: bool) -> Whereabouts:
    """Where a question stands: under a heading that says `due`, or (`headed` false) where nothing says its outcome."""
    if standing(said) == "answered":
        late = said.outcome in DEFERRED and said.answer is None
        silent = late and said.answer_link is None
        outcome = silent or (not headed and said.answer is None)
        return Whereabouts(step, outcome=outcome, due=said.due, done=late and not headed)
    return Whereabouts(step, outcome=not headed, due=due)
