"""Follow-ups, told: how old, until when, and what they are gathered by."""

from __future__ import annotations

from typing import TYPE_CHECKING

from facilitator.core.vocabulary import OUTCOMES
from facilitator.wording.names import outcome_name
from facilitator.wording.times import month_text, short_date

if TYPE_CHECKING:
    from facilitator.core.followups import By, FollowUp, Sort
    from facilitator.core.records import Record
    from facilitator.i18n import Translator


def age_text(tr: Translator, one: FollowUp) -> str:
    """How long it has been open: `28 jours`; empty for what is of today, or of no day."""
    return tr.ntr("{n} day", "{n} days", one.age_days) if one.age_days else ""


def call_text(tr: Translator, one: FollowUp) -> str:
    """Until when a call can be answered; empty for anything else."""
    return tr("closes on {date}", date=short_date(tr, one.deadline)) if one.sort == "call" and one.deadline else ""


def taken_up_text(tr: Translator, record: Record) -> list[str]:
    """What became of it and who does it, in parts: an action that nobody has says so."""
    said = [outcome_name(tr, record.outcome)] if record.outcome else []
    if record.owners:
        said.append(", ".join(record.owners))
    elif record.kind == "action":
        said.append(tr("nobody for now"))
    return said


def sort_name(tr: Translator, sort: Sort, number: int) -> str:
    """What so many of a sort are called, without the number."""
    names: dict[Sort, str] = {
        "question": tr.ntr("question without an answer", "questions without an answer", number),
        "action": tr.ntr("action to do", "actions to do", number),
        "project": tr.ntr("joint project", "joint projects", number),
        "need": tr.ntr("individual follow-up", "individual follow-ups", number),
        "call": tr.ntr("call that can still be answered", "calls that can still be answered", number),
    }
    return names[sort]


def group_name(tr: Translator, by: By, name: str) -> str:
    """What follow-ups are gathered by, as a heading."""
    if not name:
        names = {
            "owner": tr("nobody for now"),
            "due": tr("no date"),
            "theme": tr("no theme"),
            "outcome": tr("no outcome"),
        }
        return names.get(by, "")
    if by == "outcome":
        outcome = next(outcome for outcome in OUTCOMES if outcome == name)
        return outcome_name(tr, outcome)
    return month_text(tr, name) if by == "due" else name
