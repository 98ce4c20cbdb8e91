"""The one key that says what becomes of a question, and the line that asks for it, in wordings of several lengths."""

from __future__ import annotations

from typing import TYPE_CHECKING

from facilitator import wording
from facilitator.core import acts as core
from facilitator.core.entry import Entry, label
from facilitator.core.vocabulary import Outcome
from facilitator.i18n import Translator
from facilitator.tui.watch import forget_in_draft

if TYPE_CHECKING:
    from facilitator.tui.desk import Desk


def keys(tr: Translator) -> dict[str, Outcome]:
    """The outcome that each key chooses."""
    return {
        tr.ptr("key: chat", "m"): "mattermost",
        tr.ptr("key: letter", "l"): "newsletter",
        tr.ptr("key: next meeting", "n"): "next",
        tr.ptr("key: relayed", "r"): "relay",
        tr.ptr("key: individual", "i"): "individual",
        tr.ptr("key: dropped", "x"): "drop",
    }


def name(tr: Translator, outcome: Outcome) -> str:
    """What an outcome is called where it is chosen."""
    return _names(tr)[outcome][0]


def prompts(tr: Translator, number: str) -> tuple[str, ...]:
    """The choices for the question of this number, the fullest wording first; the last fits into 60 columns."""
    names = _names(tr)
    told = [[f"{key} {names[outcome][size]}" for key, outcome in keys(tr).items()] for size in range(3)]
    long, short, shortest = told
    return (
        f"{number} → " + " · ".join(long),
        f"{number} → " + " · ".join(short),
        f"{number}  " + "  ".join(shortest),
        "  ".join(shortest),
    )


def send(desk: Desk, asked: Entry, outcome: Outcome) -> None:
    """Send a question on, as it was when its outcome was asked for: what became of it meanwhile stays, and is said.

    What is taken up individually leaves the draft of the minutes at once.
    """
    if settled_meanwhile(desk, asked) is not None or desk.act(core.Send(asked.id, outcome)) is None:
        return
    if outcome == "individual":
        told = desk.carry_out(lambda: forget_in_draft(desk))
        if told:
            desk.say(" · ".join(told), "refused", for_room=False)


def settled_meanwhile(desk: Desk, asked: Entry) -> Entry | None:
    """The question as others settled it since it was `asked`, and that is told; None when nobody did."""
    desk.poll()
    now = desk.meeting.entries.get(asked.id)
    if now is None or (now.outcome, now.answer) == (asked.outcome, asked.answer):
        return None
    became = wording.outcome_name(desk.tr, now.outcome) if now.outcome is not None else desk.tr("open again")
    number = label(now.kind, now.number, desk.tr.language)
    desk.say(desk.tr("{number}: {outcome}, meanwhile: nothing was changed.", number=number, outcome=became), "refused")
    return now


def _names(tr: Translator) -> dict[Outcome, tuple[str, str, str]]:
    """In full, short, and for a narrow terminal."""
    return {
        "mattermost": (
            tr.ptr("outcome choice", "chat"),
            tr.ptr("outcome choice, short", "chat"),
            tr.ptr("outcome choice, shortest", "chat"),
        ),
        "newsletter": (
            tr.ptr("outcome choice", "letter"),
            tr.ptr("outcome choice, short", "letter"),
            tr.ptr("outcome choice, shortest", "letter"),
        ),
        "next": (
            tr.ptr("outcome choice", "next time"),
            tr.ptr("outcome choice, short", "next time"),
            tr.ptr("outcome choice, shortest", "next"),
        ),
        "relay": (
            tr.ptr("outcome choice", "relayed"),
            tr.ptr("outcome choice, short", "relayed"),
            tr.ptr("outcome choice, shortest", "relay"),
        ),
        "individual": (
            tr.ptr("outcome choice", "individual"),
            tr.ptr("outcome choice, short", "individual"),
            tr.ptr("outcome choice, shortest", "indiv."),
        ),
        "drop": (
            tr.ptr("outcome choice", "dropped"),
            tr.ptr("outcome choice, short", "dropped"),
            tr.ptr("outcome choice, shortest", "drop"),
        ),
    }
