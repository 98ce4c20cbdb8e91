"""What the keys of the meeting screen do: writing down, the list, undo."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Literal

from msgspec import Struct

from facilitator import wording
from facilitator.core import command as core
from facilitator.core.entry import Entry, Kind, Outcome
from facilitator.core.people import complete
from facilitator.core.text import normalise, one_line
from facilitator.tui import commands, outcomes, view
from facilitator.tui.desk import system_text
from facilitator.tui.half_typed import WAIT_S, HalfTyped, Keeper

if TYPE_CHECKING:
    from textual import events
    from textual.app import App

    from facilitator.i18n import Translator
    from facilitator.session import Done
    from facilitator.tui.desk import Desk, Tone
    from facilitator.tui.widgets.bar import Bar, Mode

# Two "next" from one keyboard within this time are one: a presenter's remote bounces.
BOUNCE_MS = 2_000
MINUTE_S = 60
DEFAULT_TURN_S = 120
# So long after a refused `s`, `r` or `e` the letters meant for it open nothing else.
HOLD_MS = 2_000


class Pending(Struct, frozen=True):
    """A choice asked for in one line: its wordings, the longest first, the keys and what each does."""

    prompts: Sequence[str]
    choices: Mapping[str, Callable[[], object]]


class Held(Struct, frozen=True):
    """After a refused key what was meant for it does nothing, until this instant (ms): `letters`, or whatever is typed."""

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
    _message_at: int
    keeper: Keeper
    left_text: HalfTyped | None = None
    pending: Pending | None = None
    held: Held | None = None
    _moved_at: int | None = None
    _warned_at: int | None = None
    _answering: str | None = None

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

        def guard(self, work: Callable[[], object]) -> None:
            """The screen's guard against its own errors."""

        def _now_ms(self) -> int: ...

    def action_run(self, command_id: str) -> None:
        """Run a command of the registry; what it cannot do now is said, not ignored."""
        command = commands.BY_ID[command_id]
        if command.id == "send" and self.selected is None:
            self._choose_the_open_one()
        if not command.when(self.desk.meeting, self.selected) and command_id not in ("pause", "next", "back"):
            self._refuse(command)
            return
        self.guard(self._deed(command))

    def _deed(self, command: commands.Command) -> Callable[[], object]:
        kind = command.kind
        if kind is not None:
            return lambda: self.open_bar("capture", kind, text=self._brought_back(kind))
        deed: Callable[[], object] = getattr(self, f"do_{command.id.replace('-', '_')}")
        return deed

    def _choose_the_open_one(self) -> None:
        """Where one question alone is without outcome, no other can be meant."""
        left = self.desk.meeting.undecided()
        if len(left) == 1:
            self.chosen = left[0].id

    def _refuse(self, command: commands.Command) -> None:
        """Say why not; what is typed next was meant for this command, and must not begin an entry."""
        if command.id in ("send", "answer", "edit"):
            letters = frozenset(outcomes.keys(self.tr)) if command.id == "send" else None
            self.held = Held(letters, self._now_ms() + HOLD_MS)
        self.tell(self._why_not(command), "refused", for_room=self.selected is None or not self.selected.private)

    def hold(self, event: events.Key) -> bool:
        """True when the key was meant for a command that was refused just now: it does nothing."""
        held, self.held = self.held, None
        if held is None or not event.is_printable or event.character is None or self._now_ms() > held.until:
            return False
        if held.letters is None:  # a text is being typed, spaces and signs too
            self.held = Held(None, self._now_ms() + HOLD_MS)
            return True
        return event.character.lower() in held.letters

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
        self._message_at = self._now_ms()
        self.desk.say(text, tone, for_room=for_room)

    def act(self, command: core.Command) -> Done | None:
        """Do it and say it."""
        self._message_at = self._now_ms()
        return self.desk.act(command)

    # Writing down

    def open_bar(self, mode: Mode, kind: Kind = "question", subject: str = "", text: str = "") -> None:
        """Open the bar, here and now."""
        self.bar.open(mode, kind, subject, text)
        self.paint()

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
        self._keep_draft(None)
        if done.entry is not None:
            self.chosen, self.on_purpose = done.entry.id, False
        self._add_to_message(self._remarks(clean.removed, line.unknown))
        self.paint()

    def _remarks(self, removed: Sequence[str], unknown: Sequence[str]) -> str:
        tr = self.tr
        said = []
        if removed:
            said.append(tr("invisible characters were taken out"))
        if unknown:
            said.append(tr("not a member: {names}", names=", ".join(unknown)))
        return " · ".join(said)

    def _add_to_message(self, remark: str) -> None:
        if remark and self.desk.message is not None:
            self.desk.add(remark)

    def save_draft(self, wait_s: float = WAIT_S) -> None:
        """Keep what is half typed, when it changed."""
        self._keep_draft(self._half_typed(), wait_s)

    def _half_typed(self) -> HalfTyped | None:
        """What stands in the bar, else what was left there."""
        bar = self.bar
        if bar.is_open and bar.mode in ("capture", "answer"):
            entry = self._answering if bar.mode == "answer" else None
            return HalfTyped(bar.kind if bar.mode == "capture" else "answer", bar.text, entry) if bar.text else None
        return self.left_text

    def leave_text(self, mode: Mode, kind: Kind, text: str) -> None:
        """Escape on a text loses nothing: the key that began it brings it back."""
        if mode not in ("capture", "answer") or not text.strip():
            return
        self.left_text = HalfTyped(kind, text) if mode == "capture" else HalfTyped("answer", text, self._answering)
        key = commands.BY_ID[self.left_text.kind].key(self.tr)
        self.tell(self.tr("Text kept: {key} brings it back.", key=key))

    def _brought_back(self, kind: Kind | Literal["answer"], entry: str | None = None) -> str:
        """The text that was left, for this kind; someone's own need never comes back as anything that is shown."""
        left = self.left_text
        if left is None or left.entry != entry or (left.kind == "answer") != (kind == "answer"):
            return ""
        if "individual" in (left.kind, kind) and left.kind != kind:
            return ""
        self.left_text = None
        return left.text

    def _keep_draft(self, typed: HalfTyped | None, wait_s: float = WAIT_S) -> None:
        try:
            self.keeper.keep(typed, wait_s)
        except OSError as error:
            reason = system_text(self.tr, error.strerror or str(error))
            self.tell(self.tr("The half-typed text is not kept: {reason}", reason=reason), "refused")

    def restore_draft(self) -> None:
        """Bring back what was half typed when the program was killed."""
        from facilitator.store.draft import clear_draft

        for draft in self.desk.session.left_drafts():
            answered = self.desk.meeting.entries.get(draft.entry or "")
            if draft.kind == "answer" and answered is not None:
                self._answering = self.chosen = answered.id
                self.open_bar("answer", subject=view.entry_label(self.tr, answered), text=draft.text)
            else:
                kind = next((command.kind for command in commands.COMMANDS if command.kind == draft.kind), None)
                self.open_bar("capture", kind or "question", text=draft.text)
            self.tell(self.tr("Here is what was half typed; Enter saves it."), "typing")
            self.save_draft()
            clear_draft(self.desk.session.drafts_folder, draft.writer)
            return

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
        self.on_purpose = self.chosen is not None
        self.bar.close()

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

    def do_answer(self) -> None:
        """Answer the chosen question: its clock starts and the bar opens."""
        entry = self.selected
        if entry is None:
            return
        self._answering = entry.id
        text = self._brought_back("answer", entry.id)
        running = self.desk.meeting.answering
        under_way = bool(text) and running is not None and running.entry == entry.id
        if self.desk.meeting.state == "running" and entry.outcome is None and not under_way:
            self.act(core.StartAnswer(entry.id))
        self.open_bar("answer", subject=view.entry_label(self.tr, entry), text=text)

    def _answer(self, text: str) -> None:
        clean = normalise(text)
        link = re.search(r"https?://\S+", clean.text)
        if self._answering is None:
            return
        if self.act(core.Answer(self._answering, clean.text, link[0] if link else None)) is None:
            return
        self._answering = None
        self._keep_draft(None)
        self.bar.close()

    def do_send(self) -> None:
        """Ask what becomes of the chosen question."""
        entry = self.selected
        if entry is None:
            return
        prompts = outcomes.prompts(self.tr, view.entry_label(self.tr, entry))
        self.ask(prompts, {key: self._sender(entry.id, outcome) for key, outcome in outcomes.keys(self.tr).items()})

    def _sender(self, entry_id: str, outcome: Outcome) -> Callable[[], object]:
        return lambda: self.act(core.Send(entry_id, outcome))

    def ask(self, prompts: Sequence[str], choices: Mapping[str, Callable[[], object]]) -> None:
        """Ask for one key in the message line, in the longest wording that fits; Escape changes nothing."""
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
