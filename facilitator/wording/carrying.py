"""What comes from one meeting to the next, told."""

from __future__ import annotations

from typing import TYPE_CHECKING

from facilitator.core.carrying import day_of
from facilitator.wording.times import short_date

if TYPE_CHECKING:
    from facilitator.core.carrying import LeftOpen
    from facilitator.core.said import Origin
    from facilitator.i18n import Translator


def origin_text(tr: Translator, origin: Origin) -> str:
    """Where an entry comes from: `Q5 du 10 nov.`."""
    day = day_of(origin.meeting)
    if day is None:
        return tr("{number} of {meeting}", number=origin.number, meeting=origin.meeting)
    return tr("{number} of {date}", number=origin.number, date=short_date(tr, day))


def asked_by_text(tr: Translator, origin: Origin) -> str:
    """That another network asks something: `relayée par le réseau roannais`."""
    return tr("relayed by the network {name}", name=origin.meeting.partition("/")[0])


def why_text(tr: Translator, left: LeftOpen) -> str:
    """Why something comes back, and since when: `sans réponse depuis 28 jours`."""
    if left.why == "returns":
        return tr("wanted at {meetings}", meetings=tr.ntr("{n} meeting", "{n} meetings", left.meetings))
    days = tr.ntr("{n} day", "{n} days", left.days)
    if left.why == "unanswered":
        return tr("without an answer for {days}", days=days) if left.days else tr("without an answer")
    if left.why == "late":
        return tr("late by {days}", days=days)
    if left.why == "aside":
        return tr("put aside for {days}", days=days) if left.days else tr("put aside today")
    day = left.record.deadline if left.why == "closes" else left.record.due
    if day is None:
        return tr("no date, for {days}", days=days) if left.days else tr("no date")
    date = short_date(tr, day)
    return tr("closes on {date}", date=date) if left.why == "closes" else tr("due on {date}", date=date)
