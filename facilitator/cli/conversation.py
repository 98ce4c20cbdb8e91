"""The line conversation: the same meeting in prompts and numbered lists, without a cursor that moves.

For screen readers, dumb terminals, pipes and very slow links. A line is a key and a text, a sign and a text, or the
words of a command. Acts go through the same commands as on the command line.
"""

from __future__ import annotations

import sys
from argparse import Namespace
from collections.abc import Callable
from typing import TYPE_CHECKING

from msgspec.structs import replace

from facilitator.cli import typed
from facilitator.cli.commands.reading import left_text, status_lines
from facilitator.cli.context import Context, around, several_text, visible
from facilitator.cli.conversation_words import (
    KEYS,
    Line,
    command_words,
    help_lines,
    meant,
    mended,
    read,
    unquoted,
    way,
)
from facilitator.cli.main import explain, run_command
from facilitator.cli.parser import Usage
from facilitator.cli.streams import tell
from facilitator.core.acts import Capture, Edit
from facilitator.core.capture import LineRead, read_answer, read_line
from facilitator.core.entry import Entry
from facilitator.core.people import candidates, known_names
from facilitator.core.refusal import Refused
from facilitator.core.said import Fields
from facilitator.core.vocabulary import CHOOSABLE, KINDS, PRIVATE, Kind
from facilitator.meetings.faults import moved_text
from facilitator.meetings.telephones import serving, waiting
from facilitator.wording import (
    act_text,
    actor_name,
    entry_text,
    kind_name,
    kinds_name,
    minutes_text,
    outcome_name,
    quoted,
    renumbered_text,
    short_date,
    short_link,
    spot_title,
    step_title,
    taken_back_text,
    time_text,
)
from facilitator.wording.telephones import waiting_text

if TYPE_CHECKING:
    from facilitator.i18n import Translator
    from facilitator.meetings.session import Session

# What some editors put before the first line of a file.
_BOM = "\ufeff"
# How long a prompt waits between two looks at the clock and at what others did: as the design has it for a journal, in seconds.
LOOK_S = 0.4
# The words of an answer without options: the number, what ends the options, the text.
_ANSWERED = 3


def converse(session: Session, tr: Translator) -> int:
    """Lead the meeting in lines until the end of the input; the meeting itself goes on. Returns the exit code."""
    return Conversation(session, tr).run()


class Conversation:
    """One person's conversation with a meeting."""

    def __init__(self, session: Session, tr: Translator) -> None:
        self.session = session
        self.tr = tr
        self.context = Context(tr, Namespace(at=None, meeting=None, workspace=None))
        self.context.adopt(session)
        self.context.conversing = True
        self._warned: tuple[object, str] | None = None
        self._sent: set[str] = set()
        self._over = False
        self._failed = False

    def run(self) -> int:
        """Ask, do, tell, until the input ends. Returns 1 when nobody was there to see that a line could not be done."""
        self.greet()
        self.warn()
        while not self._over:
            line = self._ask()
            if line is None:
                break
            self.take(line)
        self.say(self.tr("You leave the conversation."))
        if self.session.meeting.state == "adjourned":
            self.say(
                self.tr(
                    "The meeting is adjourned, and not closed yet. Come back with: facilitator run --plain, then close"
                )
            )
        elif self.session.meeting.state not in ("closed", "ready"):
            self.say(self.tr("The meeting goes on. Come back with: facilitator run --plain"))
        return 1 if self._failed and not sys.stdin.isatty() else 0

    def say(self, text: str) -> None:
        """Tell a line."""
        tell(sys.stdout, visible(text), conversing=True)

    def greet(self) -> None:
        """Where the meeting is, and how to go on."""
        for line in status_lines(self.tr, self.session.meeting, self.session.clocks()):
            self.say(line)
        if self.session.meeting.state == "ready":
            self.say(self.tr("next begins the meeting."))
        self.say(self.tr("h: help. An empty line: where we are. Ctrl+D: leave."))

    def take(self, text: str) -> None:
        """Do what a line asks; what goes wrong is told, and the conversation goes on."""
        try:
            self.tell_others()
            self._do(read(self.context.clean(text.removeprefix(_BOM)), around(self.session.meeting)))
        except KeyboardInterrupt:
            self.say("")
        except SystemExit:
            pass
        except Exception as problem:  # noqa: BLE001  # a conversation does not end on one line
            self._tell_problem(problem)
        self.warn()

    def tell_others(self) -> None:
        """Tell what others did since the last look."""
        for text in self._news():
            self.say(text)

    def warn(self) -> None:
        """Say once, when the step's time gets short and when it is over."""
        for text in self._warnings():
            self.say(text)

    def _news(self) -> list[str]:
        """What others did since the last look, what has another number by it, and where the workspace went if it was moved."""
        tr, arrived = self.tr, self.session.poll()
        moved = self.session.take_moved()
        told = [] if moved is None else [moved_text(tr, moved)]
        voided = self.session.take_voided()
        for act in (*voided, *arrived):
            if act.actor == self.session.actor and act not in voided:
                continue
            who, taken = actor_name(tr, act.actor), self.session.taken_back(act)
            if taken is not None:
                told.append(taken_back_text(tr, who, taken))
            else:
                what = act_text(tr, self.session.meeting, act)
                told.append(tr("{who}: {what}", who=who, what=what) if what else who)
        told += [renumbered_text(tr, one) for one in self.session.take_renumbered()]
        return [*told, *self._arrived()]

    def _arrived(self) -> list[str]:
        """That telephones of the room sent something since the last look, and what waits of it all."""
        if not self.session.exists:
            return []
        items = [one.item for one in waiting(self.session)]
        new = {one.id for one in items} - self._sent
        self._sent |= new
        if not new:
            return []
        return [
            self.tr("{what}: telephones lists what was sent.", what=waiting_text(self.tr, [one.kind for one in items]))
        ]

    def _warnings(self) -> list[str]:
        """What the clock has to say, once for each step and level."""
        clocks = self.session.clocks()
        now = (clocks.spot, clocks.level)
        if now == self._warned:
            return []
        self._warned = now
        left = left_text(self.tr, clocks)
        if clocks.level in ("amber", "red"):
            return [self.tr("Time is getting short: {left}.", left=left)]
        return [self.tr("Time is up: {left}.", left=left)] if clocks.level == "over" else []

    def _ask(self) -> str | None:
        """The next line; None at the end of the input."""
        at_terminal = sys.stdin.isatty()
        while True:
            try:
                self.tell_others()
                if at_terminal:
                    self._prompt()
                    self._wait()
                line = typed.line()
            except Refused as refused:
                self._tell_problem(refused)
            except KeyboardInterrupt:
                self.say("")
                self.say(self.tr("Ctrl+C does not leave: Ctrl+D does."))
            else:
                if line is None and at_terminal:
                    self.say("")
                return line

    def _prompt(self) -> None:
        sys.stdout.write("> ")
        sys.stdout.flush()

    def _wait(self) -> None:
        """Tell what happens until a line is typed: each on a line of its own, then the prompt again.

        What is typed already is kept by the terminal, and goes on after that prompt.
        """
        while not typed.comes(LOOK_S):
            told = [*self._news(), *self._warnings()]
            if told:
                self.say("")
                for text in told:
                    self.say(text)
                self._prompt()

    def _tell_problem(self, problem: Exception) -> None:
        from facilitator.meetings.faults import crash_text

        self._failed = True
        if isinstance(problem, Usage):
            self.say(problem.brief[:1].upper() + problem.brief[1:])
            return
        known = explain(self.tr, problem, self.context.zone)
        self.say(known[0] if known else crash_text(self.tr, problem))

    def _do(self, line: Line) -> None:
        match line.does:
            case "capture":
                self._capture(line.kind or "note", line.text)
            case "keep":
                self._keep(line.text)
            case "mend":
                self._mend(line.text)
            case "refuse":
                self._refuse(line.name, line.text)
            case _ if line.name in KEYS:
                _DOING[KEYS[line.name].does](self, line.text)
            case _ if line.name == "answer":
                self.answer(line.text)
            case _:
                run_command(self.tr, line.name, command_words(line.name, line.text), self.context)
                self._after_command(line.name)

    def _after_command(self, name: str) -> None:
        if name in ("next", "back", "start"):
            self._tell_time()

    def _tell_time(self) -> None:
        clocks = self.session.clocks()
        if clocks.state in ("running", "paused"):
            self.say(left_text(self.tr, clocks))

    def _capture(self, kind: Kind, text: str) -> None:
        if not text and kind in PRIVATE:
            text = self.context.clean(typed.hidden(self.tr))
        if not text:
            self._failed = True
            self.say(self.tr("The text comes after: {kind} and a text.", kind=kind_name(self.tr, kind)))
            return
        found = self._read(kind, text)
        if found.several:
            self._failed = True
            name = found.several[0]
            self.say(several_text(self.tr, name, candidates(name, known_names(self.session.meeting))))
            return
        fields = found.fields
        if isinstance(fields.text, str):
            fields = replace(fields, text=unquoted(fields.text))
        self.context.values.at = None
        self.context.act(Capture(found.kind, fields))
        for name in found.unknown if self.session.setup.members else ():
            self.say(self.tr("{name} is not among the members: noted all the same.", name=name))

    def _read(self, kind: Kind, text: str) -> LineRead:
        setup = self.session.setup
        return read_line(
            text,
            kind=kind,
            members=known_names(self.session.meeting),
            today=setup.day,
            next_meeting=setup.calendar.next_meeting,
        )

    def _keep(self, text: str) -> None:
        """Keep a sentence as a note, word for word."""
        link = self._read("note", text).fields.link
        done = self.session.act(Capture("note", Fields(text=text, link=link)))
        self.say(self.tr("Kept as a note: {what}", what=act_text(self.tr, done.meeting, done.act)))
        self.context.tell_notices(self.session)

    def _mend(self, line: str) -> None:
        """Put `after` for `before` in what this person wrote last."""
        last = self.session.meeting.last_of(self.session.actor)
        if last is None:
            self._fail(self.tr("You have written nothing down yet."))
            return
        text = mended(line, last.text)
        if text is None:
            self._fail(self.tr("That is not in {entry}.", entry=entry_text(self.tr, last)))
            return
        self.context.values.at = None
        self.context.act(Edit(last.id, Fields(text=self.context.clean(text))))

    def _refuse(self, why: str, text: str) -> None:
        """Say that a line is not understood, and how what was probably meant is said."""
        tr = self.tr
        if why == "private":
            self._fail(tr("Not written down. For an individual need: x in small letters, one space and the text."))
            return
        if why == "person":
            found = candidates(text, around(self.session.meeting).expected)
            self._fail(
                several_text(tr, text, found)
                if len(found) > 1
                else tr("Nobody known is meant by {name}. For a visitor: attend and the name.", name=quoted(tr, text))
            )
            return
        said = [tr("Not understood: {word}.", word=quoted(tr, text))]
        if why == "way":
            said.append(tr("It is said so: {way}.", way=way(tr, text)))
        elif near := meant(text):
            said.append(tr("Did you mean {name}?", name=near))
        elif any(map(str.isalpha, text)):
            said.append(tr("As a note: n, one space and the text."))
        self._fail(" ".join([*said, tr("h: help.")]))

    def _fail(self, text: str) -> None:
        """Tell why a line did nothing."""
        self._failed = True
        self.say(text)

    # What lines ask for

    def where(self, _text: str) -> None:
        """Where the meeting is."""
        for line in status_lines(self.tr, self.session.meeting, self.session.clocks()):
            self.say(line)

    def help(self, _text: str) -> None:
        """What a line may be."""
        for line in help_lines(self.tr):
            self.say(line)

    def agenda(self, _text: str) -> None:
        """The agenda, numbered."""
        tr, meeting = self.tr, self.session.meeting
        here = meeting.current
        actual = {clock.id: clock.actual_s for clock in self.session.clocks().steps}
        for place, step in enumerate(meeting.steps, 1):
            said = [f"{place}. {step_title(tr, step.plan)}", minutes_text(tr, step.adjusted_s)]
            spent = actual[step.id]
            if spent is not None:
                said.append(tr("spent {length}", length=minutes_text(tr, spent)))
            if step.aside:
                said.append(tr("put aside"))
            if here is not None and step.id == here.id:
                said.append(tr("we are here"))
            self.say(" · ".join(said))

    def listing(self, _text: str) -> None:
        """What was captured, kind by kind."""
        nothing = True
        for kind in KINDS:
            found = self.session.meeting.of_kind(kind)
            if found:
                nothing = False
                self.say(f"{kinds_name(self.tr, kind)} ({len(found)})")
                for entry in found:
                    self.say(self._entry_line(entry))
        if nothing:
            self.say(self.tr("Nothing yet."))

    def _entry_line(self, entry: Entry) -> str:
        said = [entry_text(self.tr, entry, limit=200)]
        if entry.outcome:
            said.append(outcome_name(self.tr, entry.outcome, self.session.meeting.opened.scale))
        elif entry.kind == "question":
            said.append(self.tr("no outcome yet"))
        if not entry.private:
            said += [", ".join(entry.owners)] if entry.owners else []
            said += [self.tr("by {date}", date=short_date(self.tr, entry.due))] if entry.due else []
            said += [self.tr("deadline {date}", date=short_date(self.tr, entry.deadline))] if entry.deadline else []
        said += [self.tr("done")] if entry.done else []
        return " · ".join(said)

    def outcome(self, text: str) -> None:
        """Choose what becomes of a question, from a numbered list."""
        number, _, where = text.partition(" ")
        if not number:
            undecided = self.session.meeting.undecided()
            for entry in undecided:
                self.say(self._entry_line(entry))
            if not undecided:
                self.say(self.tr("Every question has an outcome."))
            return
        if not where:
            scale = self.session.meeting.opened.scale
            for place, outcome in enumerate(CHOOSABLE, 1):
                self.say(f"{place}. {outcome_name(self.tr, outcome, scale)}")
            where = (self._ask_more(self.tr("Which? A number, or nothing: ")) or "").strip()
            if not where:
                return
        listed, _, options = where.partition(" ")
        if listed.isascii() and listed.isdigit() and 0 < int(listed[:3]) <= len(CHOOSABLE):
            where = f"{CHOOSABLE[int(listed[:3]) - 1]} {options}"
        run_command(self.tr, "send", command_words("send", f"{number} {where}"), self.context)

    def _ask_more(self, prompt: str) -> str | None:
        sys.stdout.write(prompt)
        sys.stdout.flush()
        return typed.line()

    def answer(self, text: str) -> None:
        """Answer a question, by whom its last words name; without a text, start its answer clock."""
        words = command_words("answer", text)
        if len(words) >= _ANSWERED and words[-2] == "--":
            said, by = read_answer(words[-1], known_names(self.session.meeting))
            words = [words[0], *([f"--by={by}"] if by else []), *words[1:-2], "--", said]
        run_command(self.tr, "answer", words, self.context)

    def people(self, text: str) -> None:
        """Note who is there; without a name, tell who is."""
        if text:
            run_command(self.tr, "attend", command_words("attend", text), self.context)
            return
        from facilitator.wording import presence_name

        if not self.session.meeting.attendance:
            self.say(self.tr("Nobody is noted as present."))
        for one in self.session.meeting.attendance.values():
            self.say(f"{one.name} · {presence_name(self.tr, one.status)}")

    def edit(self, text: str) -> None:
        """Give an entry another text, or other parts, with the options of the command."""
        number, _, said = text.partition(" ")
        words = (
            [number, f"--text={unquoted(said)}"] if said and not said.startswith("--") else command_words("edit", text)
        )
        run_command(self.tr, "edit", words, self.context)

    def more(self, text: str) -> None:
        """Give the running step minutes."""
        run_command(self.tr, "more", text.split(), self.context)

    def less(self, text: str) -> None:
        """Take minutes from the running step."""
        run_command(self.tr, "less", text.split(), self.context)

    def same(self, text: str) -> None:
        """One more person has the same question or need."""
        run_command(self.tr, "same", text.split(), self.context)

    def replan(self, text: str) -> None:
        """Tell the ways to keep the promise, or take one."""
        run_command(self.tr, "replan", text.split(), self.context)

    def round(self, text: str) -> None:
        """Lead a speaking round."""
        run_command(self.tr, "round", text.split(), self.context)

    def undo(self, _text: str) -> None:
        """Take the last act back."""
        run_command(self.tr, "undo", [], self.context)

    def adjourn(self, _text: str) -> None:
        """Adjourn, and tell what is left before the close."""
        if self.session.meeting.state not in ("adjourned", "closed"):
            run_command(self.tr, "adjourn", [], self.context)
        undecided = self.session.meeting.undecided()
        for entry in undecided:
            self.say(self._entry_line(entry))
        self.say(
            self.tr("Give each of these an outcome with s, then: close")
            if undecided
            else self.tr("close, or close --summary and a sentence, ends the meeting and writes the minutes.")
        )

    def minutes(self, _text: str) -> None:
        """Tell the minutes as they stand."""
        run_command(self.tr, "minutes", ["--stdout"], self.context)

    def leave(self, _text: str) -> None:
        """End the conversation."""
        self._over = True


_DOING: dict[str, Callable[[Conversation, str], None]] = {
    name: getattr(Conversation, name)
    for name in (
        "where",
        "help",
        "agenda",
        "listing",
        "outcome",
        "answer",
        "people",
        "edit",
        "more",
        "less",
        "same",
        "replan",
        "round",
        "undo",
        "adjourn",
        "minutes",
        "leave",
    )
}


def room_lines(tr: Translator, session: Session) -> list[str]:
    """The room view in lines: the step, the time, what comes next, decisions and questions; nothing private."""
    from facilitator.core.public import public
    from facilitator.core.time.clocks import following

    meeting, clocks = session.meeting, session.clocks()
    shown = public(meeting)
    lines = [shown.setup.agenda.title]
    if session.exists and (served := serving(session)) is not None:
        lines.append(tr("On your telephone: {address}", address=short_link(served.url)))
    if clocks.state in ("running", "paused"):
        lines.append(spot_title(tr, meeting, clocks.spot))
        lines.append(left_text(tr, clocks) if clocks.left_s >= 0 else tr("we are concluding"))
    coming = following(meeting) if clocks.state in ("ready", "running", "paused") else ()
    if coming:
        lines.append(tr("next: {step}", step=step_title(tr, coming[0].plan)))
    if clocks.promised_end is not None:
        lines.append(tr("end promised at {time}", time=time_text(clocks.promised_end, shown.setup.zone)))
    if clocks.state == "ready":
        from facilitator.meetings.opening_page import opening_page

        page = opening_page(tr, shown)
        if page is not None:
            lines += [page.heading, page.counts] if page.counts else [page.heading]
            lines += [f"{one.question} {one.answer}".rstrip() for one in page.answered]
            lines += [f"{one.number} {one.question} ({one.who})" for one in page.awaited]
            lines += [f"{one.number} {one.need} ({one.whence})" for one in page.returned]
            lines += [page.done] if page.done else []
            return lines
    for kind in ("decision", "question"):
        found = [entry for entry in shown.of_kind(kind) if entry.text]
        if found:
            lines.append(kinds_name(tr, kind))
            lines += [entry_text(tr, entry, limit=200) for entry in found]
    return lines
