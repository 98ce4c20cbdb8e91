"""The screens, opened from the command line; the line conversation where there is no screen to paint."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING

from facilitator.cli.commands.opening import again_option, ask_if_unfinished, opened, prepared, settings
from facilitator.cli.context import Context, Failed
from facilitator.cli.parser import Parser
from facilitator.store.zone import machine_zone

if TYPE_CHECKING:
    from facilitator.meetings.session import Session


def _run_words(parser: Parser) -> None:
    tr = parser.tr
    parser.add_argument(
        "agenda", nargs="?", metavar=tr("AGENDA"), help=tr("the agenda; without it, today’s, else the built-in one")
    )
    parser.add_argument(
        "--plain", action="store_true", help=tr("a conversation in lines, for screen readers and pipes")
    )
    again_option(parser)
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


def _session_to_run(context: Context) -> Session:
    name, again = context.values.agenda, context.values.again
    context.workspace(live=name is None and not again)
    asked = context.values.meeting
    live = context.live()
    if asked:
        return context.join(asked, terminal=True)
    if name is not None or again or not live:
        return opened(context, name, terminal=True)
    if len(live) > 1:
        names = ", ".join(live)
        raise Failed(context.tr("Several meetings are live: {names}. Choose one with --meeting.", names=names))
    session = context.join(live[0], terminal=True)
    context.tell_elsewhere(session)
    ask_if_unfinished(context, session)
    return session


def _room_words(parser: Parser) -> None:
    parser.common()


def _room(context: Context) -> int:
    session = _session_of_room(context)
    if not can_paint():
        from facilitator.cli.conversation import room_lines

        context.write("\n".join(room_lines(context.tr, session)))
        return 0
    from facilitator.tui import run_room

    return run_room(session, context.tr, follows=not context.values.meeting)


def _session_of_room(context: Context) -> Session:
    """The meeting that goes on; where none does that of today's agenda, else the last one."""
    from facilitator.meetings.coming import of_today

    if not context.values.meeting and not context.live():
        workspace = context.own_workspace()
        today = of_today(workspace, context.today(settings(context).timezone or machine_zone(context.environ)))
        if today:
            session = prepared(context, os.fspath(today[0].path), terminal=False)
            context.adopt(session)
            return session
    return context.session()


def _home_words(parser: Parser) -> None:
    parser.common()


def _home(context: Context) -> int:
    if not can_paint():
        raise Failed(
            context.tr("There is no terminal here for the home screen: facilitator --help lists the commands.")
        )
    from facilitator.tui import run_home

    return run_home(context.own_workspace(), context.tr)


COMMANDS = {"run": (_run_words, _run), "room": (_room_words, _room), "home": (_home_words, _home)}
