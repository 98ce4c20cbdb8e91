"""What becomes of a question: the key that says so, the line that asks for it in wordings of several lengths, the mark for it."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from facilitator import wording
from facilitator.core import acts as core
from facilitator.core.entry import Entry, label
from facilitator.core.vocabulary import CHOOSABLE, OUTCOMES, Outcome
from facilitator.i18n import Translator
from facilitator.tui.watch import forget_in_draft

if TYPE_CHECKING:
    from facilitator.tui.desk import Desk


class OutcomeWords(NamedTuple):
    """Of an outcome: the mark in the list; where it is chosen, its key and its name in full, short, and for a narrow terminal."""

    mark: str
    key: str = ""
    names: tuple[str, str, str] = ("", "", "")


def words(tr: Translator) -> dict[Outcome, OutcomeWords]:
    """Those of every outcome."""
    return {
        "answered": OutcomeWords("✓"),
        "mattermost": OutcomeWords(
            tr.ptr("outcome mark", "→ chat"),
            tr.ptr("key: chat", "m"),
            (
                tr.ptr("outcome choice", "chat"),
                tr.ptr("outcome choice, short", "chat"),
                tr.ptr("outcome choice, shortest", "chat"),
            ),
        ),
        "newsletter": OutcomeWords(
            tr.ptr("outcome mark", "→ letter"),
            tr.ptr("key: letter", "l"),
            (
                tr.ptr("outcome choice", "letter"),
                tr.ptr("outcome choice, short", "letter"),
                tr.ptr("outcome choice, shortest", "letter"),
            ),
        ),
        "next": OutcomeWords(
            tr.ptr("outcome mark", "→ next time"),
            tr.ptr("key: next meeting", "n"),
            (
                tr.ptr("outcome choice", "next time"),
                tr.ptr("outcome choice, short", "next time"),
                tr.ptr("outcome choice, shortest", "next"),
            ),
        ),
        "relay": OutcomeWords(
            tr.ptr("outcome mark", "→ relayed"),
            tr.ptr("key: relayed", "r"),
            (
                tr.ptr("outcome choice", "relayed"),
                tr.ptr("outcome choice, short", "relayed"),
                tr.ptr("outcome choice, shortest", "relay"),
            ),
        ),
        "individual": OutcomeWords(
            tr.ptr("outcome mark", "→ individual"),
            tr.ptr("key: individual", "i"),
            (
                tr.ptr("outcome choice", "individual"),
                tr.ptr("outcome choice, short", "individual"),
                tr.ptr("outcome choice, shortest", "indiv."),
            ),
        ),
        "drop": OutcomeWords(
            tr.ptr("outcome mark", "dropped"),
            tr.ptr("key: dropped", "x"),
            (
                tr.ptr("outcome choice", "dropped"),
                tr.ptr("outcome choice, short", "dropped"),
                tr.ptr("outcome choice, shortest", "drop"),
            ),
        ),
    }


def keys(tr: Translator) -> dict[str, Outcome]:
    """The outcome that each key chooses."""
    said = words(tr)
    return {said[outcome].key: outcome for outcome in CHOOSABLE}


def name(tr: Translator, outcome: Outcome) -> str:
    """What an outcome is called where it is chosen."""
    return words(tr)[outcome].names[0]


def prompts(tr: Translator, number: str) -> tuple[str, ...]:
    """The choices for the question of this number, the fullest wording first; the last fits into 60 columns."""
    said = words(tr)
    choices = [[f"{said[one].key} {said[one].names[size]}" for one in CHOOSABLE] for size in range(3)]
    long, short, shortest = choices
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
    if OUTCOMES[outcome].private:
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
