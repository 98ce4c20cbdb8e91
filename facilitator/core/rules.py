"""What each event does to a meeting. A rule raises `Unfit` when the event does not hold."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from facilitator.core import act as acts
from facilitator.core import rules_entries as entries
from facilitator.core import rules_time as time
from facilitator.core.act import Act
from facilitator.core.folding import Folding

# Undone and Redone change which acts count: that is settled before the fold (`history`).
RULES: dict[type, Callable[[Folding, Act, Any], None]] = {
    acts.Opened: time.opened,
    acts.Started: time.started,
    acts.Moved: time.moved,
    acts.Paused: time.paused,
    acts.Resumed: time.resumed,
    acts.Adjourned: time.adjourned,
    acts.Adjusted: time.adjusted,
    acts.Promised: time.promised,
    acts.StepAdded: time.step_added,
    acts.StepSetAside: time.step_set_aside,
    acts.StepMoved: time.step_moved,
    acts.GapFound: time.gap_found,
    acts.GapSettled: time.gap_settled,
    acts.HandedOver: time.handed_over,
    acts.Closed: time.closed,
    acts.Published: time.published,
    acts.Reopened: time.reopened,
    acts.Captured: entries.captured,
    acts.Edited: entries.edited,
    acts.Answered: entries.answered,
    acts.Sent: entries.sent,
    acts.Finished: entries.finished,
    acts.Relocated: entries.relocated,
    acts.Supported: entries.supported,
    acts.Attended: entries.attended,
    acts.AnswerStarted: entries.answer_started,
    acts.AnswerStopped: entries.answer_stopped,
    acts.RoundStarted: entries.round_started,
    acts.RoundPassed: entries.round_passed,
    acts.RoundEnded: entries.round_ended,
}
