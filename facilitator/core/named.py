"""What commands name: people, steps and entries as the meeting knows them, texts within their bounds."""

from __future__ import annotations

from msgspec import UNSET

from facilitator.core.act import AnyEvent, Fields
from facilitator.core.agenda import DAY_S
from facilitator.core.command import Command
from facilitator.core.entry import Entry
from facilitator.core.meeting import Meeting, StepState
from facilitator.core.people import canonical
from facilitator.core.refusal import Refused
from facilitator.core.rules_entries import given
from facilitator.core.text import MAX_NAME, MAX_TEXT, one_line

Events = tuple[AnyEvent, ...]

SHORTEST_TURN_S = 5


def said(meeting: Meeting, command: Command) -> dict[str, object]:
    """The entry and the step that a command is about, as people say them."""
    found = meeting.entries.get(getattr(command, "entry", ""))
    place = getattr(command, "step", None)
    return ({"label": found.label} if found else {}) | (
        {"step": meeting.number_of(place) or place} if isinstance(place, str) else {}
    )


def bounded(seconds: int) -> None:
    """Refuse a speaking time under five seconds or above a day."""
    if seconds < SHORTEST_TURN_S:
        raise Refused("turn-too-short", least_s=SHORTEST_TURN_S)
    if seconds > DAY_S:
        raise Refused("too-long")


def in_course(meeting: Meeting) -> None:
    """Refuse what needs a meeting that has begun and is not over."""
    if meeting.state == "ready":
        raise Refused("not-started")
    if meeting.state == "adjourned":
        raise Refused("adjourned")


def step(meeting: Meeting, step_id: str) -> StepState:
    """The step of this id. Raises Refused."""
    found = meeting.step(step_id)
    if found is None:
        raise Refused("no-step", step=step_id)
    return found


def entry(meeting: Meeting, entry_id: str) -> Entry:
    """The entry of this id. Raises Refused."""
    found = meeting.entries.get(entry_id)
    if found is None:
        raise Refused("no-entry", label=entry_id)
    return found


def question(meeting: Meeting, entry_id: str) -> Entry:
    """The question of this id. Raises Refused for any other entry."""
    found = entry(meeting, entry_id)
    if found.kind != "question":
        raise Refused("not-a-question", label=found.label)
    return found


def text(given_text: str) -> str:
    """The text, neither empty nor too long. Raises Refused."""
    if not given_text.strip():
        raise Refused("empty-text")
    if len(given_text) > MAX_TEXT:
        raise Refused("text-too-long", limit=MAX_TEXT)
    return given_text


def name(meeting: Meeting, given_name: str) -> str:
    """The name as it is known in the meeting. Raises Refused."""
    wanted = one_line(given_name)
    if not wanted:
        raise Refused("empty-name")
    if len(wanted) > MAX_NAME:
        raise Refused("name-too-long", limit=MAX_NAME)
    return canonical(meeting, wanted)


def fields(meeting: Meeting, given_fields: Fields) -> Fields:
    """The fields as they are kept: people under the names they are known by, lengths within bounds."""
    values = given(given_fields)
    if values.get("text"):
        text(values["text"])
    if values.get("by"):
        values["by"] = name(meeting, values["by"])
    if given_fields.owners is not UNSET:
        values["owners"] = tuple(dict.fromkeys(name(meeting, owner) for owner in values["owners"]))
    if values.get("theme"):
        values["theme"] = one_line(values["theme"])
        if len(values["theme"]) > MAX_NAME:
            raise Refused("name-too-long", limit=MAX_NAME)
    return Fields(**values)
