"""Commands that move time, that note who is there, and that take an act back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec.structs import replace

from facilitator.cli.commands.opening import again_option
from facilitator.cli.context import Context, WrongValue, around
from facilitator.cli.parser import Parser
from facilitator.core.acts import Adjust, Attend, Back, Command, Next, Pause, Redo, Resume, Start, Undo
from facilitator.core.meeting import Presence
from facilitator.wording import quoted

if TYPE_CHECKING:
    from collections.abc import Callable

    from facilitator.meetings.session import Session


def _plain(parser: Parser) -> None:
    parser.common(at=True)


def _acts(command: Command) -> Callable[[Context], int]:
    def run(context: Context) -> int:
        context.act(command)
        return 0

    return run


def _takes_back(command: Command) -> Callable[[Context], int]:
    def run(context: Context) -> int:
        context.act(command)
        context.forget_in_draft()  # what counts no longer, or is private again
        return 0

    return run


def _start_words(parser: Parser) -> None:
    help_agenda = parser.tr("the agenda; without it, the meeting that is ready, or the built-in one")
    parser.add_argument("agenda", nargs="?", metavar=parser.tr("AGENDA"), help=help_agenda)
    again_option(parser)
    parser.common(at=True)


def _start(context: Context) -> int:
    context.adopt(_session_to_start(context))
    context.act(Start())
    return 0


def _session_to_start(context: Context) -> Session:
    from facilitator.cli.commands.opening import opened

    agenda = context.values.agenda
    if context.conversing:
        if agenda is not None:
            raise WrongValue(
                context.tr("This meeting has its agenda. For another: quit, then facilitator start AGENDA")
            )
        return context.session()
    context.workspace(live=False)
    live = context.live()
    if agenda is None and not context.values.again and (context.values.meeting or live):
        return context.session()
    return opened(context, agenda, terminal=False)


def _next_words(parser: Parser) -> None:
    parser.add_argument("--step", action="store_true", help=parser.tr("skip what is left of the phases"))
    parser.common(at=True)


def _next(context: Context) -> int:
    spot = context.session().meeting.spot
    context.act(Next(leaving=spot, whole_step=context.values.step))
    return 0


def _back(context: Context) -> int:
    context.act(Back(leaving=context.session().meeting.spot))
    return 0


def _minutes_words(parser: Parser) -> None:
    tr = parser.tr
    parser.add_argument("minutes", nargs="?", default="1", metavar="MIN", help=tr("how many; 1 without it"))
    parser.common(at=True)


def _minutes(context: Context) -> int:
    given = context.values.minutes
    if not (given.isascii() and given.isdigit() and 0 < int(given[:5]) <= 24 * 60 and len(given) < 5):
        raise WrongValue(context.tr("{given} is not a number of minutes.", given=quoted(context.tr, given)))
    return int(given)


def _more(context: Context) -> int:
    context.act(Adjust(seconds=60 * _minutes(context)))
    return 0


def _less(context: Context) -> int:
    context.act(Adjust(seconds=-60 * _minutes(context)))
    return 0


def _attend_words(parser: Parser) -> None:
    tr = parser.tr
    parser.add_argument("name", metavar=tr("NAME"), help=tr("who; the beginning of a member's name is enough"))
    how = parser.add_mutually_exclusive_group()
    how.add_argument("--late", action="store_const", dest="status", const="late", help=tr("came late"))
    how.add_argument("--excused", action="store_const", dest="status", const="excused", help=tr("asked to be excused"))
    how.add_argument(
        "--absent", action="store_const", dest="status", const="absent", help=tr("did not come, and did not say so")
    )
    how.add_argument("--left", action="store_const", dest="status", const="left", help=tr("left before the end"))
    parser.common(at=True)


def _attend(context: Context) -> int:
    meeting = context.session().meeting
    people = around(meeting)
    people = replace(people, names=people.expected)
    name = context.name(context.values.name, people)
    status: Presence = context.values.status or "present"
    context.act(Attend(name, status))
    if people.misses(name):
        context.say(context.tr("{name} is not a member: noted as a visitor.", name=name))
    return 0


COMMANDS = {
    "start": (_start_words, _start),
    "next": (_next_words, _next),
    "back": (_plain, _back),
    "pause": (_plain, _acts(Pause())),
    "resume": (_plain, _acts(Resume())),
    "more": (_minutes_words, _more),
    "less": (_minutes_words, _less),
    "attend": (_attend_words, _attend),
    "undo": (_plain, _takes_back(Undo())),
    "redo": (_plain, _takes_back(Redo())),
}
