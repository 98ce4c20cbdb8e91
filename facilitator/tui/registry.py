"""The one registry of what keys do. Bindings, footer, palette, help screen and manual are made from it."""

from __future__ import annotations

from collections.abc import Callable

from msgspec import Struct

from facilitator.core.entry import Entry
from facilitator.core.meeting import Meeting
from facilitator.core.vocabulary import Kind
from facilitator.i18n import N_, Translator

When = Callable[[Meeting, Entry | None], bool]


def _always(_meeting: Meeting, _selected: Entry | None) -> bool:
    return True


def _begun(meeting: Meeting, _selected: Entry | None) -> bool:
    return meeting.state in ("running", "paused")


def _not_over(meeting: Meeting, _selected: Entry | None) -> bool:
    return meeting.state in ("none", "ready", "running", "paused")


def _open(meeting: Meeting, _selected: Entry | None) -> bool:
    return meeting.state != "closed"


def _some_entry(_meeting: Meeting, selected: Entry | None) -> bool:
    return selected is not None


def _some_question(_meeting: Meeting, selected: Entry | None) -> bool:
    return selected is not None and selected.kind == "question"


def _shared(_meeting: Meeting, selected: Entry | None) -> bool:
    return selected is not None and selected.kind in ("question", "need")


class Command(Struct, frozen=True):
    """Something a key does on the meeting screen.

    `keys` are Textual's names, `written` how the first is written for people (None: as it is), `label` two words at most,
    `help` a sentence. `kind` is set for the keys that open the capture bar.
    """

    id: str
    keys: tuple[str, ...]
    label: str
    help: str
    group: str
    written: str | None = None
    when: When = _always
    kind: Kind | None = None

    def key(self, tr: Translator) -> str:
        """The first key as people write it."""
        return tr(self.written) if self.written else self.keys[0]

    def keys_text(self, tr: Translator) -> str:
        """All its keys as people write them, for help and manual."""
        rest = [tr(KEY_NAMES[key]) if key in KEY_NAMES else key for key in self.keys[1:]]
        return " ".join([self.key(tr), *rest])


KEY_NAMES = {
    "question_mark": "?",
    "asterisk": "*",
    "exclamation_mark": "!",
    "greater_than_sign": ">",
    "equals_sign": "=",
    "plus": "+",
    "minus": "-",
    "pagedown": N_("PageDown"),
    "pageup": N_("PageUp"),
    "space": N_("space"),
    "up": "↑",
    "down": "↓",
    "left": "←",
    "right": "→",
    "f1": "F1",
    "ctrl+z": "Ctrl+Z",
    "ctrl+y": "Ctrl+Y",
    "ctrl+p": "Ctrl+P",
    "ctrl+q": "Ctrl+Q",
}

CAPTURE = N_("Write down")
ENTRIES = N_("What was written down")
TIME = N_("Time")
PEOPLE = N_("People")
VIEWS = N_("Screens")


def _capture(kind: Kind, key: str, sign: str | None, label: str, sentence: str) -> Command:
    keys = (key, sign) if sign else (key,)
    return Command(kind, keys, label, sentence, CAPTURE, when=_open, kind=kind)


COMMANDS: tuple[Command, ...] = (
    _capture("question", "q", "question_mark", N_("question"), N_("Write down a question.")),
    _capture("need", "b", "asterisk", N_("need"), N_("Write down a need.")),
    _capture("individual", "x", None, N_("individual"), N_("Write down someone’s own need: masked, never published.")),
    _capture("decision", "d", "exclamation_mark", N_("decision"), N_("Write down a decision.")),
    _capture("action", "a", "greater_than_sign", N_("action"), N_("Write down an action: @ its owner, -> its date.")),
    _capture("news", "i", None, N_("news"), N_("Write down a piece of news.")),
    _capture("resource", "l", None, N_("resource"), N_("Write down a resource (a link).")),
    _capture("aside", "k", None, N_("put aside"), N_("Put a subject aside for later.")),
    _capture("note", "n", None, N_("note"), N_("Write down a note.")),
    Command("up", ("up",), N_("choose"), N_("Choose the entry before."), ENTRIES, "↑"),
    Command("down", ("down",), N_("choose"), N_("Choose the entry after."), ENTRIES, "↓"),
    Command("edit", ("e",), N_("edit"), N_("Change the chosen entry."), ENTRIES, when=_some_entry),
    Command(
        "answer",
        ("r",),
        N_("answer"),
        N_("Answer the chosen question now; its clock starts."),
        ENTRIES,
        when=_some_question,
    ),
    Command(
        "send", ("s",), N_("outcome"), N_("Say what becomes of the chosen question."), ENTRIES, when=_some_question
    ),
    Command(
        "support", ("j",), N_("same here"), N_("One more person has the same question or need."), ENTRIES, when=_shared
    ),
    Command(
        "done", ("g",), N_("done"), N_("The chosen action or need is done, or no longer is."), ENTRIES, when=_some_entry
    ),
    Command(
        "remove",
        ("delete",),
        N_("take away"),
        N_("Take the chosen entry away; undo brings it back."),
        ENTRIES,
        N_("Del"),
        _some_entry,
    ),
    Command("find", ("f",), N_("find"), N_("Find an entry by its words."), ENTRIES),
    Command("undo", ("u", "ctrl+z"), N_("undo"), N_("Undo what you did last."), ENTRIES),
    Command("redo", ("ctrl+y",), N_("redo"), N_("Bring back what you took back."), ENTRIES, "Ctrl+Y"),
    Command(
        "next",
        ("right", "pagedown"),
        N_("next"),
        N_("Go on to the next line of the agenda; begin the meeting."),
        TIME,
        "→",
        _not_over,
    ),
    Command(
        "back", ("left", "pageup"), N_("back"), N_("Return to the line before: its step goes on."), TIME, "←", _begun
    ),
    Command("pause", ("space",), N_("pause"), N_("Pause the step, or go on."), TIME, N_("space"), _begun),
    Command("more", ("plus", "equals_sign"), N_("+1 min"), N_("Give a minute to the running step."), TIME, "+", _begun),
    Command("less", ("minus",), N_("-1 min"), N_("Take a minute from the running step."), TIME, "-", _begun),
    Command("replan", ("t",), N_("re-plan"), N_("Choose how to keep the promised end."), TIME, when=_not_over),
    Command("round", ("o",), N_("round"), N_("A speaking round: start it, then the next person."), TIME, when=_begun),
    Command("handover", (), N_("hand over"), N_("Let a member lead this step, or take it back."), TIME, "", _begun),
    Command(
        "stop-answer", (), N_("stop the answer"), N_("Stop the answer clock without an answer."), TIME, "", when=_begun
    ),
    Command("gap-counts", (), N_("unsettled: meeting"), N_("The minutes to be settled count as meeting."), TIME, ""),
    Command("gap-break", (), N_("unsettled: break"), N_("The minutes to be settled were a break."), TIME, ""),
    Command(
        "attend",
        ("p",),
        N_("people"),
        N_("Someone came in: a few letters of the name, Enter. Empty: the list."),
        PEOPLE,
    ),
    Command("room", ("v",), N_("room view"), N_("Turn this screen into what the room may see, and back."), VIEWS),
    Command("minutes", ("m",), N_("minutes"), N_("Read the minutes as they stand."), VIEWS),
    Command("adjourn", ("c",), N_("adjourn"), N_("Adjourn: time stops. Then close and publish."), VIEWS),
    Command("help", ("h", "f1"), N_("help"), N_("What the keys do."), VIEWS),
    Command("palette", ("ctrl+p",), N_("commands"), N_("Find a command by its name."), VIEWS, "Ctrl+P"),
    Command("contrast", (), N_("contrast"), N_("High contrast, or the usual colours."), VIEWS, ""),
    Command("leave", ("ctrl+q",), N_("leave"), N_("Leave the program; the meeting goes on."), VIEWS, "Ctrl+Q"),
)

BY_ID = {command.id: command for command in COMMANDS}
GROUPS = (CAPTURE, ENTRIES, TIME, PEOPLE, VIEWS)
# What acts on the meeting even from an empty capture bar: she walked away from it and comes back to press pause.
FROM_EMPTY_BAR = ("pause", "next", "back", "up", "down", "more", "less")

_READY = ("next", "attend", "question", "note", "room", "help", "leave")
_RUNNING = ("question", "need", "action", "decision", "pause", "next", "help")
_CHOSEN = ("answer", "send", "edit", "question", "pause", "next", "help")
_OTHER_CHOSEN = ("edit", "remove", "question", "action", "pause", "next", "help")
_LAST = ("question", "action", "decision", "pause", "more", "adjourn", "help")
_OVER = ("adjourn", "undo", "minutes", "room", "help", "leave")
_CLOSED = ("adjourn", "minutes", "room", "help", "leave")


def footer(meeting: Meeting, selected: Entry | None, *, chosen: bool, last: bool) -> list[Command]:
    """The six or seven commands that matter now; `chosen` is true when an entry was chosen on purpose."""
    ids: tuple[str, ...]
    if meeting.state in ("none", "ready"):
        ids = _READY
    elif meeting.state == "adjourned":
        ids = _OVER
    elif meeting.state == "closed":
        ids = _CLOSED
    elif chosen and selected is not None:
        ids = _CHOSEN if selected.kind == "question" else _OTHER_CHOSEN
    else:
        ids = _LAST if last else _RUNNING
    return [BY_ID[name] for name in ids if BY_ID[name].when(meeting, selected)]
