"""The commands. Each family is a module of its own, loaded when one of its commands runs.

A family holds `COMMANDS`: a name to `(arguments, run)`, where `arguments(parser)` declares the words of the command
and `run(context, values)` carries it out and returns the exit code.
To add a command: a line here, under what it is for, and an entry in `COMMANDS` of its family.
"""

from __future__ import annotations

from typing import NamedTuple

from facilitator.i18n import N_


class KnownCommand(NamedTuple):
    """Where a command lives, what it does, in a line, and the words it takes; `listed`: in the general help."""

    family: str
    summary: str
    words: str = ""
    listed: bool = True


PARTS: dict[str, dict[str, KnownCommand]] = {
    N_("Prepare"): {
        "new": KnownCommand(
            "agendas", N_("write an agenda, with what is carried over from last time"), "[--template T]"
        ),
        "check": KnownCommand("agendas", N_("validate agendas"), N_("AGENDA…")),
        "rehearse": KnownCommand(
            "rehearsing", N_("walk through an agenda, and say how it usually goes"), N_("[AGENDA]")
        ),
        "invite": KnownCommand(
            "announcing",
            N_("the invitation to the next meeting, or its reminder"),
            N_("[AGENDA] [--reminder] [--chat]"),
        ),
        "print": KnownCommand(
            "announcing",
            N_("the agenda on one page to write on, or the sheet to sign"),
            N_("[AGENDA] [--sheet] [--pdf]"),
        ),
    },
    N_("Lead a meeting"): {
        "run": KnownCommand("screens", N_("run a meeting, or take up the one that is live"), N_("[AGENDA] [--plain]")),
        "room": KnownCommand("screens", N_("show the room view, or open it to telephones"), "[--web]"),
        "start": KnownCommand("moves", N_("begin a meeting"), N_("[AGENDA]")),
        "next": KnownCommand("moves", N_("go to the next phase or step"), "[--step]"),
        "back": KnownCommand("moves", N_("return to the step before, on purpose"), ""),
        "pause": KnownCommand("moves", N_("stop the step's clock"), ""),
        "resume": KnownCommand("moves", N_("let the step's clock run again"), ""),
        "more": KnownCommand("moves", N_("give the running step minutes"), "[MIN]"),
        "less": KnownCommand("moves", N_("take minutes from the running step"), "[MIN]"),
        "replan": KnownCommand("time", N_("the ways to keep the promise, or a change of the plan"), "[N]"),
        "round": KnownCommand("turns", N_("lead a speaking round"), "[start|pass|end|status]"),
        "gap": KnownCommand(
            "turns", N_("say whether time in which nobody was looking was meeting or break"), "[meeting|break]"
        ),
        "handover": KnownCommand("turns", N_("let a member lead the step"), N_("[NAME]")),
        "attend": KnownCommand("moves", N_("note who is there"), N_("NAME [--excused|--absent|--late|--left]")),
        "status": KnownCommand("reading", N_("where the meeting is: step, clocks, counts"), ""),
    },
    N_("Write down what is said"): {
        "add": KnownCommand("capture", N_("catch a question, a need, a decision, an action…"), N_("KIND TEXT")),
        "answer": KnownCommand("outcomes", N_("answer a question in the meeting"), N_("Q3 TEXT")),
        "send": KnownCommand("outcomes", N_("say where a question goes"), N_("Q3 WHERE")),
        "done": KnownCommand("outcomes", N_("say that a follow-up is done"), N_("A1")),
        "edit": KnownCommand("outcomes", N_("change an entry"), "Q3 [--text T]"),
        "kind": KnownCommand("outcomes", N_("make an entry one of another kind"), N_("Q3 KIND")),
        "remove": KnownCommand("outcomes", N_("take an entry away"), N_("Q3|last")),
        "move": KnownCommand("outcomes", N_("move an entry to another step"), N_("Q3 STEP")),
        "same": KnownCommand("outcomes", N_("one more person has the same question or need"), "Q3"),
        "telephones": KnownCommand(
            "telephones", N_("what the telephones of the room sent: take it up, or decline it"), "[take|decline N]"
        ),
        "undo": KnownCommand("moves", N_("take back your last act"), ""),
        "redo": KnownCommand("moves", N_("bring back what you undid"), ""),
        "entries": KnownCommand("reading", N_("what a meeting holds, in the order of its numbers"), N_("[KIND]")),
        "evaluation": KnownCommand(
            "evaluating", N_("what the room says of the meeting: useful from 1 to 5, a word"), "[4|5x12…] [--keep T]"
        ),
    },
    N_("End, and publish"): {
        "adjourn": KnownCommand("closing", N_("adjourn the meeting: time stops"), ""),
        "close": KnownCommand(
            "closing",
            N_("close the meeting and write minutes and newsletter"),
            N_("[--summary TEXT] [--reread NAME] [--until D]"),
        ),
        "reopen": KnownCommand("closing", N_("take the close back"), ""),
        "discard": KnownCommand("closing", N_("put a meeting that was opened by mistake out of the way"), ""),
        "minutes": KnownCommand("closing", N_("write the minutes"), N_("[MEETING] [--stdout]")),
        "newsletter": KnownCommand("closing", N_("feed the newsletter of a month"), N_("[YYYY-MM] [--stdout]")),
        "diff": KnownCommand("comparing", N_("say what hands changed since the program last wrote"), N_("[MEETING]")),
    },
    N_("Between meetings"): {
        "followups": KnownCommand(
            "following", N_("everything still open, over all meetings"), N_("[--owner P] [--late] [--group G]")
        ),
        "search": KnownCommand(
            "searching",
            N_("what past meetings hold of some words"),
            N_("WORDS [--kind K] [--since D]"),
        ),
        "who": KnownCommand("people", N_("say who knows about a theme"), N_("[THEME] [--answered]")),
        "rhythm": KnownCommand("rhythm", N_("what is due, late and kept over the year"), "[--year Y]"),
        "rotation": KnownCommand("people", N_("who may host, lead a part and take notes next, and why"), ""),
        "needs": KnownCommand(
            "needs", N_("the needs that return, what is offered for them, themes of workshops"), "[--private]"
        ),
        "figures": KnownCommand(
            "figures",
            N_("the figures of a year, its summary, or a table for other programs"),
            "[--year Y] [--summary|--csv]",
        ),
        "brief": KnownCommand("brief", N_("the page for whoever stands in for the coordinator"), ""),
        "digest": KnownCommand(
            "levels", N_("write the digest of a month for the network above"), N_("[YYYY-MM] [--stdout]")
        ),
        "receive": KnownCommand(
            "levels", N_("read the digests of other networks: what they ask and answer"), N_("[FILE|FOLDER…]")
        ),
        "inbox": KnownCommand(
            "inbox", N_("what was seen between meetings, for the next letter or agenda"), "[add|take|drop|fetch]"
        ),
        "survey": KnownCommand(
            "surveys",
            N_("read what people answered in a form: needs, offers, wishes of form"),
            N_("FILE.csv [--map C=need]"),
        ),
        "notebook": KnownCommand(
            "notebook", N_("your private notebook: what was agreed with whom"), N_("[PERSON] [--add TEXT]")
        ),
        "forget": KnownCommand("notebook", N_("delete what is private of a person"), N_("PERSON")),
    },
    N_("Share"): {
        "share": KnownCommand("sharing", N_("commit the documents, and exchange them with others"), "[--pull|--push]"),
        "chat": KnownCommand(
            "leaving",
            N_("the questions that wait, or a letter, as messages for the chat, copied or posted"),
            N_("[MEETING|YYYY-MM] [--post|--copy]"),
        ),
        "mail": KnownCommand(
            "leaving",
            N_("minutes or a letter as a mail, opened or sent to the list"),
            N_("[MEETING|YYYY-MM] [--open|--send]"),
        ),
        "html": KnownCommand(
            "leaving", N_("minutes or a letter as one page for browsers and paper"), N_("[MEETING|YYYY-MM]")
        ),
        "wiki": KnownCommand(
            "leaving", N_("minutes or a letter as text for a wiki"), N_("[MEETING|YYYY-MM] [--for W]")
        ),
        "ics": KnownCommand("leaving", N_("the dates of minutes for calendars"), N_("[MEETING]")),
        "csv": KnownCommand("leaving", N_("the entries of minutes for spreadsheets"), N_("[MEETING]")),
    },
    N_("The workspace"): {
        "doctor": KnownCommand(
            "doctor", N_("say what is not as it should be in a workspace, and what to do"), "[--fix]"
        ),
        "home": KnownCommand("screens", N_("show the home screen"), listed=False),
    },
}
"""The commands, under what they are for, as the general help lists them."""

COMMANDS = {name: known for part in PARTS.values() for name, known in part.items()}

ALSO_CALLED = {"stats": "figures", "evaluate": "evaluation", "import": "survey"}
"""What people call a command too; help and manual have its name."""
