"""Why a command was refused, in a sentence."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from facilitator.core.acts import BY_HAND
from facilitator.core.refusal import Reason, Refused
from facilitator.core.renumbered import Renumbered
from facilitator.i18n import N_, Translator
from facilitator.wording.acts import renumbered_text
from facilitator.wording.names import quoted
from facilitator.wording.times import minutes_text, time_text

# A reason and its sentence; what stands in braces is a value of the refusal.
SENTENCES: dict[Reason, str] = {
    "no-meeting": N_("There is no meeting. Start one with: facilitator run"),
    "already-open": N_("This meeting is open already."),
    "held-already": N_(
        "The meeting {meeting} was held and closed: facilitator minutes {meeting}. With --again a second one is held."
    ),
    "minutes-there": N_("There are minutes of {meeting} already. With --again a second meeting is held that day."),
    "other-agenda": N_(
        "The meeting {meeting} goes on, with another agenda or this one before it was changed. To take it up: "
        "facilitator run --meeting {meeting}. With --again a second one is held."
    ),
    "another-live": N_(
        "The meeting {meeting} goes on here, with another agenda. Close it first, or take it up: facilitator run"
    ),
    "something-happened": N_("Something happened in {meeting} already: it is not discarded. To end it, close it."),
    "someone-there": N_("A screen is still in {meeting}: leave it first, with Ctrl+Q."),
    "already-started": N_("The meeting has begun already."),
    "not-started": N_("The meeting has not begun. Start it first."),
    "closed": N_("The meeting is closed."),
    "not-closed": N_("The meeting is not closed."),
    "adjourned": N_("The meeting is adjourned: time no longer runs."),
    "not-paused": N_("The meeting is not paused."),
    "already-paused": N_("The meeting is paused already."),
    "last-step": N_("This is the last step. To end the meeting, adjourn it: key c, or the command adjourn."),
    "first-step": N_("This is the first step: there is nothing to go back to."),
    "moved-meanwhile": N_("The meeting moved on meanwhile: nothing was changed."),
    "undecided": N_("Not closed: these questions have no outcome yet: {labels}."),
    "unread-files": N_(
        "Not closed: what is in {paths} cannot be read and would be missing. Whoever it belongs to can make it readable; "
        "close --incomplete goes on without it."
    ),
    "unknown-acts": N_(
        "A newer version of the program wrote acts that this one cannot read: close the meeting with that one; "
        "close --incomplete goes on without them."
    ),
    "no-entry": N_("There is no {label} in this meeting."),
    "renumbered": N_("{renumbered}: nothing was done. Say it again with the number that is meant."),
    "not-a-question": N_("{label} is not a question."),
    "nothing-decided": N_("Nothing is decided of this question yet: nothing was changed."),
    "has-answer": N_("{label} has an answer already: nothing was changed."),
    "decided-for-good": N_(
        "The meeting is closed, and leaves no question without an outcome: answer {label}, or send it elsewhere."
    ),
    "no-follow-up": N_("{label} is nothing that could be done: only questions, needs and actions are followed up."),
    "no-support": N_("{label}: only a question or a need can be shared by several people."),
    "no-step": N_("There is no step {step} on the agenda."),
    "step-running": N_("The step that runs cannot be put aside or moved."),
    "step-done": N_("A step that was held cannot be changed any more."),
    "minimum-too-long": N_("The minimum of {minimum} is longer than the step, {duration}."),
    "no-offer": N_("{offer} is no way out now: replan lists those there are."),
    "nobody-noted": N_("Nothing is noted of that person."),
    "nothing-to-change": N_("There is nothing to change in the plan."),
    "too-long": N_("This is longer than a day."),
    "turn-too-short": N_("A turn lasts at least {least} seconds."),
    "nothing-left": N_("{step}: less than a minute would be left."),
    "empty-text": N_("The text is empty."),
    "text-too-long": N_("The text is too long: at most {limit} characters."),
    "empty-name": N_("The name is empty."),
    "name-too-long": N_("The name is too long: at most {limit} characters."),
    "before-last-move": N_("Time cannot go back: the last act that moved it was later."),
    "outside-meeting": N_("This time is outside the meeting."),
    "no-gap": N_("There is no such gap."),
    "no-answer-clock": N_("No answer clock is running."),
    "no-round": N_("There is no speaking round."),
    "round-running": N_("A speaking round is running already."),
    "nobody-present": N_("Nobody is noted as present."),
    "promise-past": N_("This end is past already."),
    "done-already": N_("Somebody has seen to this already."),
    "nothing-to-undo": N_("You have nothing to undo."),
    "nothing-to-redo": N_("You have nothing to redo."),
    "others-built-on-it": N_("Not undone: someone else's act rests on it."),
    "same-kind": N_("It is of that kind already: nothing was changed."),
    "not-settled": N_("Only a need is individual or an offer, and never both."),
    "not-decided": N_("Only a decision has a vote, or is taken by consensus."),
    "not-dated": N_("Only a piece of news has a day and an hour."),
    "someone-forgotten": N_(
        "A person was forgotten in this meeting: it cannot be opened again. Change its minutes with answer, send, done, edit, kind, remove."
    ),
    "published-touched": N_(
        "The published minutes were changed by hand: change them there, or with answer, send, done, edit, move, same, kind, remove."
    ),
}
# The same, when a value that is not always known is there.
_PRECISE: dict[Reason, tuple[str, str]] = {
    "closed": ("by", N_("The meeting was closed by {by}: nothing was written.")),
    "moved-meanwhile": ("by", N_("{by} moved the meeting on meanwhile: nothing was changed.")),
    "others-built-on-it": ("by", N_("Not undone: an act of {by} rests on it.")),
    "before-last-move": ("at", N_("Time cannot go back: the last act that moved it was at {at}.")),
    "outside-meeting": ("at", N_("{at} is outside the meeting.")),
}


def refusal_text(tr: Translator, refused: Refused, zone: str | None = None) -> str:
    """The sentence for a refusal; instants in it are told in `zone`, and left out without one."""
    values = _worded(tr, refused.values, zone)
    if refused.reason == "others-built-on-it" and str(refused.values.get("by", "")).startswith(f"{BY_HAND}@"):
        return tr("Not undone: something that was written by hand in the draft rests on it.")
    precise = _PRECISE.get(refused.reason)
    if precise and values.get(precise[0]):
        return tr(precise[1]).format_map(values)
    return tr(SENTENCES[refused.reason]).format_map(_Kept(values))


class _Kept(dict[str, str]):
    """Values of a sentence; one that is missing shows as an ellipsis rather than an error."""

    def __missing__(self, key: str) -> str:
        return "…"


def _worded(tr: Translator, values: Mapping[str, object], zone: str | None) -> dict[str, str]:
    how: dict[str, Callable[[object], str]] = {
        "at": lambda at: time_text(int(str(at)), zone) if zone and at is not None else "",
        "paths": lambda paths: ", ".join(map(str, paths)) if isinstance(paths, list | tuple) else str(paths),
        "renumbered": lambda found: (
            ", ".join(renumbered_text(tr, one) for one in found if isinstance(one, Renumbered))
            if isinstance(found, list)
            else str(found)
        ),
        "labels": lambda labels: ", ".join(map(str, labels)) if isinstance(labels, list | tuple) else str(labels),
        "label": lambda label: _short(str(label)),
        "step": lambda step: tr("Step {n}", n=step) if isinstance(step, int) else quoted(tr, str(step)),
        "by": lambda by: str(by) if by else "",
    }
    worded = {name: how.get(name, str)(value) for name, value in values.items()}
    for name in ("minimum", "duration"):
        if f"{name}_s" in values:
            worded[name] = minutes_text(tr, int(str(values[f"{name}_s"])))
    if "least_s" in values:
        worded["least"] = str(values["least_s"])
    return worded


def _short(label: str) -> str:
    return label if len(label) <= 40 else label[:39] + "…"
