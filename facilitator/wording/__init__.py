"""Words shared by the screens, the line conversation, the commands and the documents."""

from __future__ import annotations

from facilitator.wording.acts import (
    act_text,
    entry_text,
    event_text,
    fields_text,
    masked,
    redo_text,
    spot_title,
    undo_text,
)
from facilitator.wording.names import (
    format_name,
    kind_name,
    kinds_name,
    level_name,
    news_name,
    outcome_name,
    presence_name,
    quoted,
    state_name,
    step_kind_name,
    step_title,
)
from facilitator.wording.refusals import refusal_text
from facilitator.wording.times import (
    clock_text,
    date_text,
    drift_text,
    left_clock,
    local,
    minutes_text,
    month_text,
    short_date,
    signed_clock,
    time_text,
)

__all__ = [
    "act_text",
    "clock_text",
    "date_text",
    "drift_text",
    "entry_text",
    "event_text",
    "fields_text",
    "format_name",
    "kind_name",
    "kinds_name",
    "left_clock",
    "level_name",
    "local",
    "masked",
    "minutes_text",
    "month_text",
    "news_name",
    "outcome_name",
    "presence_name",
    "quoted",
    "redo_text",
    "refusal_text",
    "short_date",
    "signed_clock",
    "spot_title",
    "state_name",
    "step_kind_name",
    "step_title",
    "time_text",
    "undo_text",
]
