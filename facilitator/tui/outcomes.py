"""What becomes of a question: the key that says so, the line that asks for it in wordings of several lengths, the mark for it."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from facilitator import wording
from facilitator.core import acts as core
from facilitator.core.entry import Entry, label
from facilitator.core.vocabulary import CHOOSABLE, OUTCOMES, Outcome
from facilitator.i18n import Translator
from facilitator.tui.keys import OUTCOME, UNDO, key_name
from facilitator.tui.watch import forget_in_draft

if TYPE_CHECKING:
    from facilitator.documents.minutes.entry import MinutesEntry
    from facilitator.tui.desk import Desk


# So much is quoted of a text in a line that says more than it.
QUOTED = 30


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


def keys(tr: Translator, asked: Entry | None = None) -> dict[str, Outcome | None]:
    """The outcome that each key chooses; none, for a question that has one."""
    said = words(tr)
    chosen: dict[str, Outcome | None] = {said[outcome].key: outcome for outcome in CHOOSABLE}
    return chosen | ({_undecided(tr).key: None} if asked is not None and asked.outcome is not None else {})


def _undecided(tr: Translator) -> OutcomeWords:
    """What is to be decided again."""
    names = (
        tr.ptr("outcome choice", "to be decided"),
        tr.ptr("outcome choice, short", "to decide"),
        tr.ptr("outcome choice, shortest", "none"),
    )
    return OutcomeWords("", tr.ptr("key: to be decided", "d"), names)


def name(tr: Translator, outcome: Outcome) -> str:
    """What an outcome is called where it is chosen."""
    return words(tr)[outcome].names[0]


def prompts(tr: Translator, number: str, asked: Entry | None = None) -> tuple[str, ...]:
    """The choices for the question of this number, the fullest wording first; the last fits into 60 columns."""
    said = words(tr)
    shown = [said[one] if one is not None else _undecided(tr) for one in keys(tr, asked).values()]
    choices = [[f"{one.key} {one.names[size]}" for one in shown] for size in range(3)]
    long, short, shortest = choices
    narrow = [*shortest[: len(CHOOSABLE)], *(f"{_undecided(tr).key} ?" for _ in shortest[len(CHOOSABLE) :])]
    return (
        f"{number} → " + " · ".join(long),
        f"{number} → " + "  ".join(short),
        f"{number}  " + "  ".join(shortest),
        "  ".join(narrow),
    )


def about(tr: Translator, asked: Entry) -> str:
    """Which question it is whose outcome is asked for: the number and the beginning of the text."""
    said = wording.masked(tr, asked.text) if asked.private else wording.quoted(tr, asked.text)
    return f"{label(asked.kind, asked.number, tr.language)} {said}"


def send(desk: Desk, asked: Entry, outcome: Outcome | None) -> bool:
    """Send a question on, as it was when its outcome was asked for: what became of it meanwhile stays, and is said. Whether it was sent.

    None takes back what was decided. An answer that it has is given up only when that is asked for twice. What is taken up
    individually leaves the draft of the minutes at once.
    """
    if settled_meanwhile(desk, asked) is not None:
        return False
    if gives_up_answer(asked, outcome):
        words = again_text(desk.tr, asked, outcome)
        if not desk.again(("send", asked.id, outcome), words, for_room=not asked.private):
            return False
    command = core.Send(asked.id, outcome) if outcome is not None else core.Undecide(asked.id)
    done = desk.act(command)
    if done is None:
        return False
    if wording.gives_up_answer(done.act):
        desk.add(desk.tr("{key} brings the answer back", key=key_name(desk.tr, UNDO)))
    if outcome is not None and OUTCOMES[outcome].private:
        told = desk.carry_out(lambda: forget_in_draft(desk))
        if told:
            desk.say(" · ".join(told), "refused", for_room=False)
    return True


def gives_up_answer(asked: Entry | MinutesEntry, outcome: Outcome | None) -> bool:
    """Whether a question that is sent there has an answer that does not go with it."""
    return asked.answer is not None and (outcome is None or not OUTCOMES[outcome].private)


def again_text(tr: Translator, asked: Entry | MinutesEntry, outcome: Outcome | None) -> str:
    """That a question has an answer, which the keys pressed again give up."""
    key = words(tr)[outcome].key if outcome is not None else _undecided(tr).key
    number, keys = label(asked.kind, asked.number, tr.language), f"{key_name(tr, OUTCOME)} {key}"
    if isinstance(asked, Entry) and asked.private:
        return tr("{number} has an answer already ({keys} again gives it up).", number=number, keys=keys)
    said = wording.quoted(tr, asked.answer or "")
    return tr(
        "{number} has an answer already ({keys} again gives it up): {answer}", number=number, keys=keys, answer=said
    )


def settled_meanwhile(desk: Desk, asked: Entry, *, again: bool = False) -> Entry | None:
    """The question as others settled it since it was `asked`, and that is told; None when nobody did.

    `again`: an answer of one's own waits in the line, and what Enter does with it is told.
    """
    desk.poll()
    tr, now = desk.tr, desk.meeting.entries.get(asked.id)
    if now is None or (now.outcome, now.answer) == (asked.outcome, asked.answer):
        return None
    became = wording.outcome_name(tr, now.outcome) if now.outcome is not None else tr("open again")
    number = label(now.kind, now.number, tr.language)
    words = tr("{number}: {outcome}, meanwhile: nothing was changed.", number=number, outcome=became)
    if again and now.answer and not now.private:
        theirs = wording.quoted(tr, now.answer, QUOTED)
        words = tr(
            "{number} was answered meanwhile, {answer}: Enter adds yours, Esc does not.", number=number, answer=theirs
        )
    elif again:
        words = tr(
            "{number}: {outcome}, meanwhile. Enter keeps your answer all the same.", number=number, outcome=became
        )
    desk.say(words, "refused", for_room=not now.private)
    return now
