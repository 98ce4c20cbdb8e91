"""The screens, opened from the command line; the line conversation where there is no screen to paint."""

from __future__ import annotations

import errno
import os
import sys
from typing import TYPE_CHECKING

from facilitator.cli.commands.opening import again_option, ask_if_unfinished, opened, prepared, settings
from facilitator.cli.context import Context, Failed, WrongValue
from facilitator.cli.parser import Parser
from facilitator.core.refusal import Refused
from facilitator.store.zone import machine_zone
from facilitator.wording import quoted

if TYPE_CHECKING:
    from facilitator.i18n import Translator
    from facilitator.meetings.session import Session
    from facilitator.store.telephones import Serving


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
    tr = parser.tr
    parser.epilog = tr(
        "--web serves it to the telephones of the room, with a code, until Ctrl+C or the close of the meeting. They follow, and send questions,\n"
        "needs, requests for the floor and an evaluation, which wait for: facilitator telephones"
    )
    parser.add_argument("--web", action="store_true", help=tr("serve it to telephones on the local network"))
    parser.add_argument("--address", metavar="A", help=tr("with --web: the address of this machine to serve on"))
    parser.add_argument(
        "--port", metavar="N", help=tr("with --web: the port; without it, 8000 or the next that is free")
    )
    parser.common()


def _room(context: Context) -> int:
    values = context.values
    if values.web:
        return _serve(context)
    if values.address is not None or values.port is not None:
        raise WrongValue(context.tr("--address and --port go with --web."))
    session = _session_of_room(context)
    if not can_paint():
        from facilitator.cli.conversation import room_lines

        context.write("\n".join(room_lines(context.tr, session)))
        return 0
    from facilitator.tui import run_room

    return run_room(session, context.tr, follows=not context.values.meeting)


def _serve(context: Context) -> int:
    """Serve the room to telephones; one sentence says where, and how it ends."""
    from facilitator.meetings.faults import crash_text
    from facilitator.store.telephones import Served
    from facilitator.web.server import serve

    tr = context.tr
    address, port = _address(context), _port(context)
    session = context.join(context.meeting_id(), terminal=True)  # where the workspace is moved, it goes along
    context.adopt(session)
    if session.meeting.state == "closed":
        raise Refused("closed" if context.values.meeting else "no-meeting")
    context.tell_elsewhere(session)
    try:
        faults = serve(session, address=address, port=port, tell=lambda serving: context.say(serving_text(tr, serving)))
    except Served as served:
        where = served.by.url if served.by is not None else session.meeting.id
        raise Failed(tr("This meeting is served to telephones already: {address}", address=where)) from None
    except OSError as problem:
        raise Failed(_unserved_text(tr, problem, address, port)) from None
    for fault in faults[:1]:
        context.say(crash_text(tr, fault))
    return 1 if faults else 0


def serving_text(tr: Translator, serving: Serving) -> str:
    """Where the room is served, and how that ends."""
    return tr(
        "The room is open to telephones: {address} – Ctrl+C ends it, and so does the close of the meeting.",
        address=serving.url,
    )


def _address(context: Context) -> str:
    from facilitator.web.addresses import is_address, usual_address

    given, tr = context.values.address, context.tr
    if given is None:
        found = usual_address()
        if found is None:
            raise Failed(
                tr("This machine has no network: no telephone can reach it. For itself alone: --address 127.0.0.1")
            )
        return found
    if given == "localhost":
        return "127.0.0.1"
    if not is_address(given):
        raise WrongValue(tr("{given} is not an address of this machine, like 192.168.1.20.", given=quoted(tr, given)))
    return str(given)


def _port(context: Context) -> int | None:
    given = context.values.port
    if given is None:
        return None
    if not (given.isascii() and given.isdigit() and len(given) < 6 and 0 < int(given) < 65_536):
        raise WrongValue(
            context.tr("{given} is not a port: a number from 1 to 65535.", given=quoted(context.tr, given))
        )
    return int(given)


def _unserved_text(tr: Translator, problem: OSError, address: str, port: int | None) -> str:
    """Why nothing is served."""
    from facilitator.web.addresses import addresses

    if problem.errno == errno.EADDRINUSE:
        from facilitator.web.server import PORTS

        place = str(port) if port is not None else f"{PORTS[0]}–{PORTS[-1]}"
        return tr("Another program uses this port ({port}): choose one with --port.", port=place)
    if problem.errno == errno.EADDRNOTAVAIL:
        return tr(
            "{address} is not an address of this machine, whose are: {addresses}",
            address=address,
            addresses=", ".join(addresses()),
        )
    from facilitator.meetings.faults import os_error_text

    return os_error_text(tr, problem)


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
