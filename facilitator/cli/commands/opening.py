"""Opening a meeting from an agenda and the network's settings."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from facilitator.cli.context import EARLIEST, Context, Failed, WrongValue
from facilitator.core.refusal import Refused
from facilitator.core.said import Origin
from facilitator.store.door import read_document, read_given
from facilitator.store.zone import machine_zone
from facilitator.wording import date_text, local, time_text

if TYPE_CHECKING:
    from facilitator.cli.parser import Parser
    from facilitator.core.agenda import Agenda
    from facilitator.core.network import Language, Network
    from facilitator.meetings.session import Session

MAX_FILE = 1 << 20


def settings(context: Context) -> Network:
    """The network's settings; the defaults when there are none, or, said aloud, when they cannot be read."""
    from facilitator.core.network import Network
    from facilitator.documents.problem import Problems
    from facilitator.meetings.faults import fault_text

    try:
        return checked_settings(context)
    except NotADirectoryError:  # there is no workspace at all
        raise
    except (OSError, Problems) as problem:
        context.say(fault_text(context.tr, problem) or "")
        context.say(context.tr("The meeting goes on without the network’s settings."))
        return Network()


def checked_settings(context: Context) -> Network:
    """The network's settings, what they say twice told; the defaults when there are none. Raises `Problems` and OSError."""
    from facilitator.core.network import Network
    from facilitator.documents.network import check_network

    data = context.workspace().config_bytes()
    if data is None:
        return Network()
    read = check_network(data, name="facilitator.yaml", tr=context.tr)
    for warning in read.warnings:
        context.say_once(str(warning))
    context.network_zone = read.network.timezone
    return read.network


def document_language(context: Context, network: Network) -> Language:
    """The language of the documents: the network's, else the screen's."""
    return network.language or ("en" if context.tr.language == "en" else "fr")


def read_file(context: Context, name: str) -> bytes:
    """The bytes of a file a person named: a document where it is in the workspace, else any regular file. Raises OSError."""
    root, path = context.workspace().root, Path(os.path.abspath(name))  # noqa: PTH100  # links stay what they are
    try:
        for place in (root, Path(os.path.realpath(root))):
            if path != place and path.is_relative_to(place):
                return read_document(place, path, limit=MAX_FILE)
        return read_given(path, limit=MAX_FILE)
    except (FileNotFoundError, NotADirectoryError):
        raise Failed(context.tr("There is no file {name}.", name=name)) from None
    except OSError as problem:
        problem.filename = name
        raise


def load_agenda(context: Context, name: str | None, language: Language) -> Agenda:
    """The agenda of a file, or the built-in one. Raises `Problems`."""
    from facilitator.documents.agenda import read_agenda, standard

    if name is None:
        return standard(language)
    return read_agenda(read_file(context, name), name=name, tr=context.tr)


def agenda_of_today(context: Context, network: Network, *, again: bool = False) -> str | None:
    """The agenda of the day this is said, which was not held yet (`again`: or was); None when there is none. Raises WrongValue for several."""
    from facilitator.meetings.coming import of_today

    zone = network.timezone or machine_zone(context.environ)
    names = [os.path.relpath(one.path) for one in of_today(context.workspace(), context.today(zone), again=again)]
    if len(names) > 1:
        raise WrongValue(context.tr("Several agendas are dated today: {names}. Name one.", names=", ".join(names)))
    for name in names:
        context.say(context.tr("Today’s agenda: {path}", path=name))
    return names[0] if names else None


def opened(context: Context, name: str | None, *, terminal: bool) -> Session:
    """The meeting of an agenda: the one that goes on, else one to come, of which nothing is on the disk before its first act.

    At a terminal a person is asked where commands refuse. Raises `Problems`, Refused and Failed.
    """
    session = prepared(context, name, terminal=terminal)
    found = session.standing(context.at(session))
    if found is None:
        _tell(context, session)
        return session
    asks = terminal and at_terminal()
    if found.reason is None or (found.reason == "other-agenda" and asks and _takes_up(context, found.meeting)):
        session.leave()
        joined = context.join(found.meeting, terminal=terminal)
        ask_if_unfinished(context, joined)
        if not terminal:
            context.say(context.tr("The meeting {name} of this agenda goes on.", name=found.meeting))
        return joined
    if found.reason == "another-live" and asks and _opens_beside(context, found.meeting):
        _tell(context, session)
        return session
    session.leave()
    raise Refused(found.reason, meeting=found.meeting)


def prepared(context: Context, name: str | None, *, terminal: bool) -> Session:
    """The meeting of an agenda, of which nothing is on the disk before its first act. Raises `Problems`, WrongValue and Failed."""
    from facilitator.meetings.session import Session
    from facilitator.store.zone import unknown_zone

    tr = context.tr
    workspace = context.workspace(live=False)
    network = settings(context)
    language = document_language(context, network)
    again = getattr(context.values, "again", False)
    if name is None:
        name = agenda_of_today(context, network, again=again)
    agenda = load_agenda(context, name, language)
    zone = network.timezone or machine_zone(context.environ)
    session = Session.prepare(workspace, agenda, network, zone=zone, language=language, terminal=terminal, again=again)
    instant = context.at(session) or session.now()
    if instant.at < EARLIEST.timestamp() * 1000:
        date = date_text(tr, local(instant.at, zone).date())
        raise Failed(tr("This machine’s clock says {date}: set it, or say when with --at.", date=date))
    unknown = None if network.timezone else unknown_zone(context.environ)
    if unknown:
        context.say(tr("TZ={name} names no time zone: the times are those of {zone}.", name=unknown, zone=zone))
    return session


def _tell(context: Context, session: Session) -> None:
    """Say of a meeting to come what its agenda does not: the day it is held, and what comes from earlier ones."""
    _tell_day(context, session)
    tr = context.tr
    for gone in session.gone:
        from facilitator.wording.carrying import origin_text

        entry = origin_text(tr, Origin(gone.meeting, gone.number))
        context.say(tr("{entry} is in its minutes no more: it was not taken up.", entry=entry))
    carried = len(session.setup.since.carried)
    if carried:
        message = tr.ntr(
            "{n} thing carried over is in this meeting: facilitator entries",
            "{n} things carried over are in this meeting: facilitator entries",
            carried,
        )
        context.say(message)


def _tell_day(context: Context, session: Session) -> None:
    """Say what day the meeting is held, where that is not the agenda's."""
    tr, setup = context.tr, session.setup
    instant = context.at(session) or session.now()
    day = local(instant.at, setup.zone).date()
    if setup.agenda.date is not None and setup.agenda.date != day:
        dated, held = date_text(tr, setup.agenda.date), date_text(tr, day)
        context.say(tr("This agenda is dated {date}; the meeting is held on {day}.", date=dated, day=held))


def _takes_up(context: Context, meeting_id: str) -> bool:
    tr = context.tr
    context.say(
        tr("The meeting {name} goes on here, with another agenda or this one before it was changed.", name=meeting_id)
    )
    return _says_yes(context, tr("Take it up as it is? y or n: "))


def _opens_beside(context: Context, meeting_id: str) -> bool:
    context.say(context.tr("The meeting {name} is live here.", name=meeting_id))
    return _says_yes(context, context.tr("Start another one beside it? y or n: "))


def again_option(parser: Parser) -> None:
    """The option that asks for a second meeting of an agenda, for `start` and `run`."""
    words = parser.tr("a second meeting, although one of this agenda was held or goes on")
    parser.add_argument("--again", action="store_true", help=words)


def at_terminal() -> bool:
    """Whether a person can be asked."""
    return sys.stdin.isatty()


def _says_yes(context: Context, question: str) -> bool:
    context.talk.write(question)
    context.talk.flush()
    return sys.stdin.readline().strip().lower()[:1] in (context.tr.ptr("short answer", "y"), "y")


def ask_if_unfinished(context: Context, session: Session) -> None:
    """A meeting in which nothing happened for twelve hours is never resumed in silence: Failed, but on a yes."""
    if not session.unfinished:
        return
    tr, meeting = context.tr, session.meeting
    last = session.now().at - session.idle_ms()
    zone = meeting.opened.zone
    since = f"{date_text(tr, local(last, zone).date())}, {time_text(last, zone)}"
    context.say(tr("The meeting {name} was left unfinished: nothing since {time}.", name=meeting.id, time=since))
    if session.terminal and at_terminal() and _says_yes(context, tr("Take it up? y or n: ")):
        return
    session.leave()
    raise Failed(
        tr(
            "To take it up: facilitator run --meeting {name}. To end it: facilitator close --meeting {name}.",
            name=meeting.id,
        )
    )
