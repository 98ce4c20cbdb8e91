"""Opening a meeting from an agenda and the network's settings."""

from __future__ import annotations

import os
import re
from pathlib import Path
from typing import TYPE_CHECKING

from facilitator.cli.context import EARLIEST, Context, Failed
from facilitator.meetings.faults import os_error_text
from facilitator.store.door import read_document, read_given
from facilitator.wording import date_text, local

if TYPE_CHECKING:
    import datetime

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
    """The network's settings; the defaults when there are none. Raises `Problems` and OSError."""
    from facilitator.core.network import Network
    from facilitator.documents.network import read_network

    data = context.workspace().config_bytes()
    return read_network(data, name="facilitator.yaml", tr=context.tr) if data is not None else Network()


def document_language(context: Context, network: Network) -> Language:
    """The language of the documents: the network's, else the screen's."""
    return network.language or ("en" if context.tr.language == "en" else "fr")


def read_file(context: Context, name: str) -> bytes:
    """The bytes of a file a person named: a document where it is in the workspace, else any regular file. Raises OSError."""
    root, path = context.workspace().root, Path(os.path.abspath(name))  # noqa: PTH100  # links stay what they are
    try:
        for place in (root, Path(os.path.realpath(root))):
            if path.is_relative_to(place):
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


def tell_dated(context: Context, day: datetime.date) -> None:
    """When the built-in agenda is opened although one is written for this day, say how to open that one."""
    workspace = context.workspace()
    line = re.compile(rf"""(?m)^date\s*:\s*["']?{day.isoformat()}\b""")
    for path in sorted(workspace.agendas_folder.glob("*.yaml")):
        try:
            data = read_document(workspace.root, path, limit=MAX_FILE)
        except OSError as problem:
            context.say_once(os_error_text(context.tr, problem))
            continue
        if line.search(data.decode("utf-8", errors="replace")):
            name = os.path.relpath(path)
            context.say(context.tr("{path} is dated today: facilitator run {path}", path=name))


def prepared(context: Context, name: str | None, *, terminal: bool) -> Session:
    """A meeting ready to start; nothing is on the disk before its first act. Raises `Problems`."""
    from facilitator.meetings.session import Session
    from facilitator.store.zone import machine_zone, unknown_zone

    tr = context.tr
    workspace = context.workspace(live=False)
    network = settings(context)
    language = document_language(context, network)
    agenda = load_agenda(context, name, language)
    zone = network.timezone or machine_zone(context.environ)
    session = Session.prepare(workspace, agenda, network, zone=zone, language=language, terminal=terminal)
    instant = context.at(session) or session.now()
    if instant.at < EARLIEST.timestamp() * 1000:
        date = date_text(tr, local(instant.at, zone).date())
        raise Failed(tr("This machine’s clock says {date}: set it, or say when with --at.", date=date))
    day = local(instant.at, zone).date()
    unknown = None if network.timezone else unknown_zone(context.environ)
    if unknown:
        context.say(tr("TZ={name} names no time zone: the times are those of {zone}.", name=unknown, zone=zone))
    if name is None:
        tell_dated(context, day)
    if agenda.date is not None and agenda.date != day:
        dated, held = date_text(tr, agenda.date), date_text(tr, day)
        context.say(tr("This agenda is dated {date}; the meeting is held on {day}.", date=dated, day=held))
    return session
