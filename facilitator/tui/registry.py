"""The one registry of what keys do. Bindings, footer, palette, help screen and manual are made from it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

from facilitator.core import acts as core
from facilitator.core.entry import Entry
from facilitator.core.meeting import Meeting
from facilitator.core.vocabulary import KINDS, Kind
from facilitator.i18n import N_
from facilitator.tui.gesture import CAPTURE, ENTRIES, PEOPLE, TIME, VIEWS, Do, Gesture
from facilitator.tui.gestures import entries, time, views
from facilitator.tui.keys import ADJOURN, CAPTURES, NEXT, OUTCOME, REPLAN, TELEPHONES, UNDO, capture_keys

if TYPE_CHECKING:
    from facilitator.tui.widgets.bar import Mode


def _begun(meeting: Meeting, _selected: Entry | None) -> bool:
    return meeting.state in ("running", "paused")


def _was_begun(meeting: Meeting, _selected: Entry | None) -> bool:
    return meeting.state not in ("none", "ready")


def _answering(meeting: Meeting, _selected: Entry | None) -> bool:
    return meeting.answering is not None


def _not_over(meeting: Meeting, _selected: Entry | None) -> bool:
    return meeting.state in ("none", "ready", "running", "paused")


def _open(meeting: Meeting, _selected: Entry | None) -> bool:
    return meeting.state != "closed"


def _some_entry(_meeting: Meeting, selected: Entry | None) -> bool:
    return selected is not None


def _some_question(_meeting: Meeting, selected: Entry | None) -> bool:
    return selected is not None and KINDS[selected.kind].answerable


def _shared(_meeting: Meeting, selected: Entry | None) -> bool:
    return selected is not None and KINDS[selected.kind].shared and not KINDS[selected.kind].private


def _ask(command: Callable[[Meeting], core.Command]) -> Do:
    """Nothing but what is asked of the core, as the meeting stands."""
    return lambda screen: screen.desk.act(command(screen.desk.meeting))


def _bar(mode: Mode, kind: Kind = "question") -> Do:
    """The bar, for whatever is typed there."""
    return lambda screen: screen.open_bar(mode, kind)


def _capture(kind: Kind) -> Gesture:
    label, sentence = CAPTURES[kind]
    return Gesture(
        kind, capture_keys(kind), label, sentence, CAPTURE, _bar("capture", kind), _open, opens=True, kind=kind
    )


GESTURES: tuple[Gesture, ...] = (
    *(_capture(kind) for kind in KINDS),
    Gesture("up", ("up",), N_("choose"), N_("Choose the entry before."), ENTRIES, lambda screen: screen.list.step(-1)),
    Gesture(
        "down", ("down",), N_("choose"), N_("Choose the entry after."), ENTRIES, lambda screen: screen.list.step(1)
    ),
    Gesture("edit", ("e",), N_("edit"), N_("Change the chosen entry."), ENTRIES, entries.edit, _some_entry, opens=True),
    Gesture(
        "answer",
        ("r",),
        N_("answer"),
        N_("Answer the chosen question now; its clock starts."),
        ENTRIES,
        entries.answer,
        _some_question,
    ),
    Gesture(
        "send",
        (OUTCOME,),
        N_("outcome"),
        N_("Say what becomes of the chosen question."),
        ENTRIES,
        entries.send,
        _some_question,
        opens=True,
    ),
    Gesture(
        "support",
        ("j",),
        N_("same here"),
        N_("One more person has the same question or need."),
        ENTRIES,
        entries.support,
        _shared,
    ),
    Gesture(
        "done",
        ("g",),
        N_("done"),
        N_("The chosen action or need is done, or no longer is."),
        ENTRIES,
        entries.finish,
        _some_entry,
    ),
    Gesture(
        "remove",
        ("delete",),
        N_("take away"),
        N_("Take the chosen entry away; undo brings it back."),
        ENTRIES,
        entries.remove,
        _some_entry,
    ),
    Gesture(
        "pick",
        ("1",),
        N_("number"),
        N_("Choose a question by its number."),
        ENTRIES,
        _bar("find"),
        opens=True,
    ),
    Gesture(
        "reorder",
        ("z",),
        N_("order"),
        N_("See the list in another order: as the step wants it, by kind, by theme."),
        ENTRIES,
        entries.reorder,
        opens=True,
    ),
    Gesture("find", ("f",), N_("find"), N_("Find an entry by its words."), ENTRIES, _bar("find"), opens=True),
    Gesture("undo", (UNDO, "ctrl+z"), N_("undo"), N_("Undo what you did last."), ENTRIES, entries.undo),
    Gesture("redo", ("ctrl+y",), N_("redo"), N_("Bring back what you took back."), ENTRIES, entries.redo),
    Gesture(
        "next",
        (NEXT, "pagedown"),
        N_("next"),
        N_("Go on to the next line of the agenda; begin the meeting."),
        TIME,
        time.go_on,
        _not_over,
    ),
    Gesture(
        "back",
        ("left", "pageup"),
        N_("back"),
        N_("Return to the line before: its step goes on."),
        TIME,
        _ask(lambda meeting: core.Back(leaving=meeting.spot)),
        _begun,
    ),
    Gesture(
        "pause",
        ("space",),
        N_("pause"),
        N_("Pause the step, or go on."),
        TIME,
        _ask(lambda meeting: core.Resume() if meeting.state == "paused" else core.Pause()),
        _begun,
    ),
    Gesture(
        "more", ("plus", "equals_sign"), N_("+1 min"), N_("Give a minute to the running step."), TIME, time.more, _begun
    ),
    Gesture(
        "less",
        ("minus",),
        N_("-1 min"),
        N_("Take a minute from the running step."),
        TIME,
        time.less,
        _begun,
    ),
    Gesture(
        "replan",
        (REPLAN,),
        N_("re-plan"),
        N_("Choose how to keep the promised end."),
        TIME,
        time.replan,
        _not_over,
        opens=True,
    ),
    Gesture(
        "round",
        ("o",),
        N_("round"),
        N_("A speaking round: start it, then the next person."),
        TIME,
        time.speak_in_turn,
        _begun,
        opens=True,
    ),
    Gesture(
        "handover",
        ("y",),
        N_("hand over"),
        N_("Let a member lead this step, or take it back."),
        TIME,
        time.hand_over,
        _begun,
        opens=True,
    ),
    Gesture(
        "stop-answer",
        ("escape",),
        N_("stop the answer"),
        N_("Stop the answer clock without an answer."),
        TIME,
        _ask(lambda _: core.StopAnswer()),
        _answering,
    ),
    Gesture(
        "gap-counts",
        (),
        N_("unsettled: meeting"),
        N_("The minutes to be settled count as meeting."),
        TIME,
        time.gap_counts,
    ),
    Gesture(
        "gap-break", (), N_("unsettled: break"), N_("The minutes to be settled were a break."), TIME, time.gap_was_break
    ),
    Gesture(
        "attend",
        ("p",),
        N_("people"),
        N_("Someone came in: a few letters of the name, Enter. Empty: the list."),
        PEOPLE,
        _bar("attend"),
        opens=True,
    ),
    Gesture(
        "room",
        ("v",),
        N_("room view"),
        N_("Turn this screen into what the room may see, and back."),
        VIEWS,
        views.room,
        opens=True,
    ),
    Gesture(
        "telephones",
        (TELEPHONES,),
        N_("telephones"),
        N_("Let the telephones of the room take part; what they send waits here."),
        VIEWS,
        views.telephones,
        _open,
        opens=True,
    ),
    Gesture("minutes", ("m",), N_("minutes"), N_("Read the minutes as they stand."), VIEWS, views.minutes, opens=True),
    Gesture(
        "adjourn",
        (ADJOURN,),
        N_("adjourn"),
        N_("Adjourn: time stops. Then close and publish."),
        VIEWS,
        views.adjourn,
        _was_begun,
    ),
    Gesture(
        "help", ("h", "f1"), N_("help"), N_("What the keys do."), VIEWS, lambda screen: screen.show_keys(), opens=True
    ),
    Gesture(
        "palette",
        ("ctrl+p",),
        N_("commands"),
        N_("Find a command by its name."),
        VIEWS,
        lambda screen: screen.show_palette(),
    ),
    Gesture(
        "colours",
        ("f2",),
        N_("colours"),
        N_("Choose the colours: night, day, high contrast, the terminal’s, your own."),
        VIEWS,
        views.colours,
        opens=True,
    ),
    Gesture(
        "leave", ("ctrl+q",), N_("leave"), N_("Leave the program; a meeting that runs goes on."), VIEWS, views.leave
    ),
)

BY_ID = {gesture.id: gesture for gesture in GESTURES}


# In the order in which they matter; the first that do not fit are the last.
_TAKEN = ("question", "need", "decision", "action")
_ALWAYS = ("help", "leave")
_MORE = (
    "attend",
    "round",
    "undo",
    "replan",
    "adjourn",
    "room",
    "note",
    "more",
    "minutes",
    "find",
    "handover",
    "telephones",
    "colours",
)
_READY = ("next", "attend", "question", "note", "room", "minutes", "replan", "telephones", "colours")
_RUNNING = (*_TAKEN, "next", "pause", *_MORE)
_CHOSEN = ("answer", "send", "edit", *_TAKEN, "next", "pause", "support", "remove", *_MORE)
_OTHER_CHOSEN = ("edit", "remove", *_TAKEN, "next", "pause", "support", "done", *_MORE)
_OVER = ("adjourn", "undo", "minutes", "room", "telephones", "colours")
_CLOSED = ("adjourn", "minutes", "room", "colours")


def footer(
    meeting: Meeting, selected: Entry | None, question: Entry | None = None, *, chosen: bool, last: bool
) -> list[Gesture]:
    """Those that matter now, the first of them most; help and the way out last.

    `question` is the one that an answer is for, if any; `chosen`: the selected entry was chosen on purpose.
    """
    found: tuple[str, ...]
    if meeting.state in ("none", "ready"):
        found = _READY
    elif meeting.state == "adjourned":
        found = _OVER
    elif meeting.state == "closed":
        found = _CLOSED
    elif chosen and selected is not None:
        found = _CHOSEN if selected is question else _OTHER_CHOSEN
    elif question is not None:
        found = ("answer", "send", *_RUNNING)
    else:
        found = _RUNNING
    if meeting.state in ("running", "paused"):
        found = (*_pressing(meeting), *("adjourn" if last and name == "next" else name for name in found))
    offered = [BY_ID[name] for name in dict.fromkeys((*found, *_ALWAYS))]
    return [one for one in offered if one.when(meeting, question if one.id in ("answer", "send") else selected)]


def _pressing(meeting: Meeting) -> Iterator[str]:
    """What goes on until a key ends it: a pause, a speaking round, an answer."""
    if meeting.state == "paused":
        yield "pause"
    if meeting.round is not None:
        yield "round"
    if meeting.answering is not None:
        yield "stop-answer"
