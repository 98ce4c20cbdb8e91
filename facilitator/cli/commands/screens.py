"""The screens, opened from the command line; the line conversation where there is no screen to paint."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING

from facilitator.cli.commands.moves import refuse_beside
from facilitator.cli.commands.opening import load_agenda, prepared
from facilitator.cli.context import Context, Failed
from facilitator.cli.parser import Parser
from facilitator.wording import date_text, local, time_text

if TYPE_CHECKING:
    from facilitator.meetings.session import Session


def _run_words(parser: Parser) -> None:
    tr = parser.tr
    parser.add_argument("agenda", nargs="?", metavar=tr("AGENDA"), help=tr("the agenda; without it, the built-in one"))
    parser.add_argument(
        "--plain", action="store_true", help=tr("a conversation in lines, for screen readers and pipes")
    )
    parser.common()


def _run(context: Context) -> int:
    session = _session_to_run(context)
    context.adopt(session)
    if context.values.plain or not can_paint():
        from facilitator.cli.conversation import converse

        return converse(session, context.tr)
    from facilitator.tui import run_meeting

    return run_meeting(session, context.tr)


def can_paint() -> bool:
    """Whether there is a terminal that can show a screen."""
    return sys.stdin.isatty() and sys.stdout.isatty() and os.environ.get("TERM", "dumb") != "dumb"


def at_terminal() -> bool:
    """Whether a person can be asked."""
    return sys.stdin.isatty()


def _session_to_run(context: Context) -> Session:
    name = context.values.agenda
    context.workspace(live=name is None)
    asked = context.values.meeting
    live = context.live()
    if asked:
        return context.join(asked, terminal=True)
    if name is not None:
        return _same_agenda(context, live, name) or _prepared_beside(context, live, name)
    if len(live) > 1:
        names = ", ".join(live)
        raise Failed(context.tr("Several meetings are live: {names}. Choose one with --meeting.", names=names))
    if not live:
        return prepared(context, None, terminal=True)
    session = context.join(live[0], terminal=True)
    context.tell_elsewhere(session)
    _ask_if_unfinished(context, session)
    return session


def _same_agenda(context: Context, live: list[str], name: str) -> Session | None:
    """The live meeting that this agenda was opened for."""
    if not live:
        return None
    agenda = load_agenda(context, name, "en")
    for meeting_id in live:
        session = context.join(meeting_id, terminal=True)
        if session.meeting.opened.agenda == agenda:
            _ask_if_unfinished(context, session)
            return session
        session.leave()
    return None


def _prepared_beside(context: Context, live: list[str], name: str) -> Session:
    """A meeting to come; beside one that is live only when a person says so."""
    if live and at_terminal():
        context.say(context.tr("The meeting {name} is live here.", name=", ".join(live)))
        if _says_yes(context, context.tr("Start another one beside it? y or n: ")):
            return prepared(context, name, terminal=True)
    refuse_beside(context, live)
    return prepared(context, name, terminal=True)


def _says_yes(context: Context, question: str) -> bool:
    context.talk.write(question)
    context.talk.flush()
    return sys.stdin.readline().strip().lower()[:1] in (context.tr.ptr("short answer", "y"), "y")


def _ask_if_unfinished(context: Context, session: Session) -> None:
    """A meeting in which nothing happened for twelve hours is never resumed in silence."""
    if not session.unfinished:
        return
    tr, meeting = context.tr, session.meeting
    last = session.now().at - session.idle_ms()
    zone = meeting.opened.zone
    since = f"{date_text(tr, local(last, zone).date())}, {time_text(last, zone)}"
    context.say(tr("The meeting {name} was left unfinished: nothing since {time}.", name=meeting.id, time=since))
    if at_terminal() and _says_yes(context, tr("Take it up? y or n: ")):
        return
    session.leave()
    raise Failed(
        tr(
            "To take it up: facilitator run --meeting {name}. To end it: facilitator close --meeting {name}.",
            name=meeting.id,
        )
    )


def _room_words(parser: Parser) -> None:
    parser.common()


def _room(context: Context) -> int:
    session = context.session()
    if not can_paint():
        from facilitator.cli.conversation import room_lines

        context.write("\n".join(room_lines(context.tr, session)))
        return 0
    from facilitator.tui import run_room

    return run_room(session, context.tr)


def _home_words(parser: Parser) -> None:
    parser.common()


def _home(context: Context) -> int:
    if not can_paint():
        raise Failed(
            context.tr("There is no terminal here for the home screen: facilitator --help lists the commands.")
        )
    from facilitator.tui import run_home

    return run_home(context.workspace(), context.tr)


COMMANDS = {"run": (_run_words, _run), "room": (_room_words, _room), "home": (_home_words, _home)}
