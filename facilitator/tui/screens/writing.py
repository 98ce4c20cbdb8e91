"""What the keys of the meeting screen do: writing down, the list, undo."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from typing import TYPE_CHECKING

from msgspec import Struct

from facilitator import wording
from facilitator.core import acts as core
from facilitator.core.entry import Entry
from facilitator.core.people import complete
from facilitator.core.text import normalise, one_line
from facilitator.core.vocabulary import Kind, Outcome
from facilitator.tui import outcomes, view
from facilitator.tui import registry as commands
from facilitator.tui.desk import system_text
from facilitator.tui.half_typed import WAIT_S, Becomes
from facilitator.tui.watch import forget_in_draft

if TYPE_CHECKING:
    from textual import events
    from textual.app import App

    from facilitator.i18n import Translator
    from facilitator.meetings.session import Done
    from facilitator.tui.desk import Desk, Tone
    from facilitator.tui.widgets.bar import Bar, Mode

# So long after a refused `s`, `r` or `e` the letters meant for it open nothing else.
HOLD_MS = 2_000
# So long what was entered waits, before it is called saved, for its half-typed text to be forgotten: it must not come back.
ENTERED_S = 0.5


class Pending(Struct, frozen=True):
    """A choice asked for in one line: its wordings, the longest first, the keys and what each does."""

    prompts: Sequence[str]
    choices: Mapping[str, Callable[[], object]]


class Held(Struct, frozen=True):
    """What is typed after a refused key was meant for it, until this instant (ms): one of these `letters`, or a text."""

    letters: frozenset[str] | None
    until: int


class Writing:
    """A part of the meeting screen; the rest of what its keys do is in `Acting`."""

    desk: Desk
    tr: Translator
    chosen: str | None
    on_purpose: bool
    found: str
    app: App[object]
    pending: Pending | None = None
    held: Held | None = None
    _moved_at: int | None = None
    _answering: Entry | None = None
    _warned_at: int | None = None

    if TYPE_CHECKING:

        @property
        def in_room(self) -> bool:
            """Whether the screen is the room view."""

        @property
        def bar(self) -> Bar:
            """The screen's bar."""

        @property
        def selected(self) -> Entry | None:
            """The screen's chosen entry."""

        def entries(self) -> Sequence[Entry]:
            """The screen's list."""

        def paint(self) -> None:
            """The screen's painting."""

        async def turn(self) -> None:
            """The screen's turn to the room view."""

    def action_run(self, command_id: str) -> None:
        """Run a command of the registry; what it cannot do now is said, not ignored."""
        command = commands.BY_ID[command_id]
        if command.id in ("send", "answer") and self.selected is None:
            self._choose_the_open_one()
        if not command.when(self.desk.meeting, self.selected) and command_id not in ("pause", "next", "back"):
            self._refuse(command)
            return
        self.desk.guard(self._deed(command))

    def _deed(self, command: commands.Command) -> Callable[[], object]:
        kind = command.kind
        if kind is not None:
            return lambda: self.open_bar("capture", kind)
        deed: Callable[[], object] = getattr(self, f"do_{command.id.replace('-', '_')}")
        return deed

    def _choose_the_open_one(self) -> None:
        """Where one question alone is without outcome, no other can be meant."""
        left = self.desk.meeting.undecided()
        if len(left) == 1:
            self.chosen = left[0].id

    def _refuse(self, command: commands.Command) -> None:
        """Say why not; what is typed next was meant for this command, and does not act on the meeting."""
        if command.id in ("send", "answer", "edit"):
            letters = frozenset(outcomes.keys(self.tr)) if command.id == "send" else None
            self.held = Held(letters, self.desk.now_ms() + HOLD_MS)
        self.tell(self._why_not(command), "refused", for_room=self.selected is None or not self.selected.private)

    def hold(self, event: events.Key) -> bool:
        """True when the key was meant for a command that was refused just now.

        A letter for an outcome does nothing; a text begins a note, so that nothing typed is lost.
        """
        held, self.held = self.held, None
        if held is None or not event.is_printable or event.character is None or self.desk.now_ms() > held.until:
            return False
        if held.letters is not None:
            return event.character.lower() in held.letters
        self.begin("note")
        self.bar.input.insert_text_at_cursor(event.character)
        self.desk.add(self.tr("what you type becomes a note"))
        return True

    def _why_not(self, command: commands.Command) -> str:
        tr = self.tr
        if self.desk.meeting.state == "closed":
            return tr("The meeting is closed.")
        if command.group == commands.ENTRIES:
            if self.selected is None:
                return tr("Choose an entry first: ↑ ↓") if self.entries() else tr("Nothing is written down yet.")
            return tr(
                "{label}: {command} is not for this kind.",
                label=view.entry_label(tr, self.selected),
                command=tr(command.label),
            )
        if self.desk.meeting.state in ("none", "ready"):
            return tr("The meeting has not begun: → begins it.")
        return tr("The meeting is adjourned: time no longer runs.")

    def tell(self, text: str, tone: Tone = "said", *, for_room: bool = True) -> None:
        """Say one line; `for_room` is false for a refusal that the room must not see either."""
        self.desk.say(text, tone, for_room=for_room)

    def act(self, command: core.Command) -> Done | None:
        """Do it and say it."""
        return self.desk.act(command)

    # Writing down

    def open_bar(
        self, mode: Mode, kind: Kind = "question", subject: str = "", text: str = "", entry: str | None = None
    ) -> None:
        """Open the bar, here and now; a choice that was asked for is given up."""
        self.pending = None
        self.bar.open(mode, kind, subject, text, entry)
        self.paint()

    def begin(self, kind: Kind) -> None:
        """Open the bar on an entry that is begun now; what was left for one of its kind stays left."""
        self.pending = None
        self.bar.open("capture", kind, fresh=True)

    def complete(self, prefix: str) -> str | None:
        """The one person whose name begins so."""
        return complete(prefix, self.desk.names)

    def _capture(self, kind: Kind, text: str) -> None:
        from facilitator.core.capture import read_line

        clean = normalise(text)
        now = self.desk.session.now()
        line = read_line(
            clean.text,
            kind=kind,
            members=self.desk.names,
            today=wording.local(now.at, self.desk.zone).date(),
            next_meeting=self.desk.meeting.opened.calendar.next_meeting,
        )
        done = self.act(core.Capture(line.kind, line.fields))
        if done is None:
            return
        self.bar.clear()
        self.save_draft(ENTERED_S)
        if done.entry is not None:
            self.chosen, self.on_purpose = done.entry.id, False
        remarks = self._remarks(clean.removed, () if kind == "individual" else line.unknown)
        if remarks:
            self.desk.add(remarks)
        self.paint()

    def _remarks(self, removed: Sequence[str], unknown: Sequence[str]) -> str:
        tr = self.tr
        said = []
        if removed:
            said.append(tr("invisible characters were taken out"))
        if unknown:
            said.append(tr("not a member: {names}", names=", ".join(unknown)))
        return " · ".join(said)

    def save_draft(self, wait_s: float = WAIT_S) -> None:
        """Keep what is half typed, when it changed."""
        try:
            self.desk.texts.keep(wait_s)
        except OSError as error:
            reason = system_text(self.tr, error.strerror or str(error))
            self.tell(self.tr("The half-typed text is not kept: {reason}", reason=reason), "refused")

    def restore_draft(self) -> None:
        """Bring back what was half typed when the program was killed; what is being typed already goes before it."""
        from facilitator.store.draft import clear_draft

        drafts = self.desk.session.left_drafts()
        latest = self.desk.texts.adopt(drafts, self.desk.meeting.entries)
        if latest is None:
            return
        if self.bar.is_open:
            self.tell_left(latest.kind)
        elif latest.kind == "answer" and latest.entry is not None:
            self.chosen = latest.entry
            self._open_answer(self.desk.meeting.entries[latest.entry])
            self.tell(self.tr("Here is what was half typed; Enter saves it."), "typing")
        elif latest.kind in commands.BY_ID:
            self.open_bar("capture", commands.BY_ID[latest.kind].kind or "note")
            self.tell(self.tr("Here is what was half typed; Enter saves it."), "typing")
        else:
            self.tell_left(latest.kind)
        self.save_draft()
        for writer in dict.fromkeys(draft.writer for draft in drafts):
            with suppress(OSError):  # no loss: it is kept twice
                clear_draft(self.desk.session.drafts_folder, writer)

    def tell_left(self, kind: Becomes) -> None:
        """A text was left; say what brings it back."""
        # What belongs to the closing screen and the plan is begun there.
        way = {"summary": "adjourn", "owners": "adjourn", "step": "replan"}.get(kind, kind)
        self.tell(self.tr("Text kept: {key} brings it back.", key=commands.BY_ID[way].key(self.tr)))

    # The list

    def do_up(self) -> None:
        """Choose the entry before."""
        self._step_choice(-1)

    def do_down(self) -> None:
        """Choose the entry after."""
        self._step_choice(1)

    def _step_choice(self, by: int) -> None:
        listed = self.entries()
        if not listed:
            return
        place = next((i for i, entry in enumerate(listed) if entry.id == self.chosen), None)
        if place is None:
            place = len(listed) if by < 0 else -1
        self.chosen = listed[max(0, min(len(listed) - 1, place + by))].id
        self.on_purpose = True
        self.paint()

    def look_for(self, words: str) -> None:
        """List only what holds these words."""
        self.found = one_line(words)
        listed = self.entries()
        if listed and self.chosen not in {entry.id for entry in listed}:
            self.chosen = listed[-1].id
        self.paint()

    def _found(self) -> None:
        if not self.entries():
            self.tell(self._nothing_found(), "refused")
            return
        self.on_purpose = self.chosen is not None
        self.bar.close()

    def _nothing_found(self) -> str:
        return self.tr("Nothing found: {words}", words=self.found)

    def do_find(self) -> None:
        """Find by words."""
        self.open_bar("find")

    def do_edit(self) -> None:
        """The form of the chosen entry."""
        from facilitator.tui.screens.entry import EntryScreen

        if self.selected is not None:
            self.app.push_screen(EntryScreen(self.desk, self.selected))

    def do_support(self) -> None:
        """Same need here."""
        if self.selected is not None:
            self.act(core.Support(self.selected.id))

    def do_done(self) -> None:
        """Done, or no longer."""
        if self.selected is not None:
            self.act(core.Finish(self.selected.id, done=not self.selected.done))

    def do_remove(self) -> None:
        """Take the chosen entry away, from the draft of the minutes too; the one that stood beside it is chosen."""
        entry, listed = self.selected, self.entries()
        if entry is None or self.act(core.Remove(entry.id)) is None:
            return
        self.desk.add(self.tr("{key} brings it back", key=commands.BY_ID["undo"].key(self.tr)))
        place = next((place for place, one in enumerate(listed) if one.id == entry.id), 0)
        left = self.entries()
        self.chosen = left[min(place, len(left) - 1)].id if left else None
        self.desk.carry_out(lambda: forget_in_draft(self.desk))
        self.paint()

    def do_answer(self) -> None:
        """Answer the chosen question: its clock starts and the bar opens."""
        entry = self.selected
        if entry is None:
            return
        running = self.desk.meeting.answering
        under_way = running is not None and running.entry == entry.id and bool(self.desk.texts.left("answer", entry.id))
        if self.desk.meeting.state == "running" and entry.outcome is None and not under_way:
            self.act(core.StartAnswer(entry.id))
        self._open_answer(entry)

    def _open_answer(self, entry: Entry) -> None:
        self._answering = entry
        masked: Kind = "individual" if entry.private else "question"
        self.open_bar("answer", masked, view.entry_label(self.tr, entry), entry=entry.id)

    def _answer(self, text: str, entry_id: str) -> None:
        from facilitator.core.capture import read_answer

        if self._answering is not None and (settled := outcomes.settled_meanwhile(self.desk, self._answering)):
            self._answering = settled  # entered again, it is meant
            return
        clean = normalise(text)
        link = re.search(r"https?://\S+", clean.text)
        said, by = read_answer(clean.text, self.desk.names)
        if self.act(core.Answer(entry_id, said, link[0] if link else None, by)) is None:
            return
        self.bar.close()
        self.save_draft(ENTERED_S)

    def do_send(self) -> None:
        """Ask what becomes of the chosen question."""
        entry = self.selected
        if entry is None:
            return
        prompts = outcomes.prompts(self.tr, view.entry_label(self.tr, entry))
        self.ask(prompts, {key: self._sender(entry, outcome) for key, outcome in outcomes.keys(self.tr).items()})

    def _sender(self, entry: Entry, outcome: Outcome) -> Callable[[], object]:
        return lambda: outcomes.send(self.desk, entry, outcome)

    def ask(self, prompts: Sequence[str], choices: Mapping[str, Callable[[], object]]) -> None:
        """Ask for one key in the message line, in the longest wording that fits; Escape changes nothing.

        The bar gives way, its text kept.
        """
        if self.bar.is_open:
            self.bar.give_up()
        self.pending = Pending(prompts, choices)
        self.paint()

    def choose(self, event: events.Key) -> None:
        """The key that answers what was asked."""
        pending = self.pending
        key = (event.character or event.key).lower() if event.is_printable else event.key
        if pending is None:
            return
        if key == "escape":
            self.pending = None
            self.paint()
        elif key in pending.choices:
            self.pending = None
            pending.choices[key]()
            self.paint()

    def do_undo(self) -> None:
        """Take back the last act of this person."""
        self.act(core.Undo())

    def do_redo(self) -> None:
        """Bring it back."""
        self.act(core.Redo())
