"""The end, in two acts: the meeting is adjourned already; here it is read aloud, completed and closed."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from facilitator import wording
from facilitator.core import acts as core
from facilitator.core.said import Fields
from facilitator.core.text import one_line
from facilitator.core.vocabulary import Outcome
from facilitator.meetings.faults import system_text
from facilitator.tui import outcomes, view
from facilitator.tui.cells import fit_first, left, wrap
from facilitator.tui.half_typed import Becomes, HalfTyped
from facilitator.tui.screens.sheet import Sheet
from facilitator.tui.widgets.bar import Bar
from facilitator.tui.widgets.lines import Row

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from facilitator.core.entry import Entry
    from facilitator.meetings.publishing import Publication
    from facilitator.tui.desk import Desk
    from facilitator.tui.gesture import Gesture


class ClosingScreen(Sheet):
    """Decisions and actions in large print, owners, summary, the questions left, and the close."""

    takes_message = True

    def __init__(self, desk: Desk, gestures: Mapping[str, Gesture]) -> None:
        """`gestures` are the rows of the keys, by their ids: those of the screen of entries that comes after."""
        super().__init__(desk.tr, desk)
        self.ending = desk
        self.gestures = gestures
        self._asking: Entry | None = None
        self._unwritten = False

    @property
    def summary(self) -> str:
        """The sentence that the minutes will open with: what was typed for it waits for the close, and outlives a kill."""
        meeting, texts = self.ending.meeting, self.ending.texts
        return (meeting.state != "closed" and texts.left("summary")) or meeting.summary or ""

    @property
    def closed(self) -> bool:
        """Whether the meeting is closed."""
        return self.ending.meeting.state == "closed"

    @property
    def _to_write(self) -> bool:
        """Whether a document of a closed meeting is not yet written."""
        return self._unwritten or self.ending.meeting.published is None

    @property
    def entry(self) -> Entry | None:
        """The entry that keys act on."""
        return self.ending.meeting.entries.get(self.chosen) if self.chosen is not None else None

    def sheet_title(self) -> str:
        """When it ended, against what was promised."""
        meeting, tr, zone = self.ending.meeting, self.tr, self.ending.zone
        if meeting.state == "closed":
            return tr("The meeting is closed.")
        times = self.ending.clocks()
        ended = wording.time_text(meeting.adjourned_at, zone) if meeting.adjourned_at is not None else ""
        if times.promised_end is None:
            return tr("Adjourned at {time}", time=ended)
        return tr(
            "Adjourned at {time} · promised end {promised}",
            time=ended,
            promised=wording.time_text(times.promised_end, zone),
        )

    def chooseable(self) -> list[Entry]:
        """Actions, then the questions left."""
        meeting = self.ending.meeting
        return [*meeting.of_kind("action"), *meeting.undecided()]

    def ids(self) -> list[str]:
        """The ids of actions and undecided questions."""
        return [entry.id for entry in self.chooseable()]

    def row_of_choice(self, width: int) -> int:
        """Where the chosen one stands."""
        return self._rows(width)[1]

    def sheet_rows(self, width: int) -> list[Row]:
        """What is read aloud."""
        return self._rows(width)[0]

    def _rows(self, width: int) -> tuple[list[Row], int]:
        meeting, tr = self.ending.meeting, self.tr
        rows: list[Row] = []
        at = 0
        sections = [
            (tr("What we decided"), meeting.of_kind("decision"), tr("Nothing was decided.")),
            (tr("Who does what"), meeting.of_kind("action"), tr("No action.")),
            (tr("Questions left without outcome"), meeting.undecided(), tr("Every question has its outcome.")),
        ]
        for title, found, none in sections:
            rows.append([(left(title.upper(), width), "accent")])
            if not found:
                rows.append([("   " + none, "dim")])
            for entry in found:
                is_chosen = entry.id == self.chosen
                if is_chosen:
                    at = len(rows)
                rows += self._entry(entry, width, chosen=is_chosen)
            rows.append([])
        rows.append([(left(tr("The meeting in a sentence").upper(), width), "accent")])
        rows += [[("   " + line, "strong")] for line in wrap(self.summary or tr("(none yet: r writes it)"), width - 4)]
        return rows, at

    def _entry(self, entry: Entry, width: int, *, chosen: bool) -> list[Row]:
        tr = self.tr
        text = wording.masked(tr, entry.text) if entry.private else entry.text
        lines = wrap(text, width - 10)
        style = "selected" if chosen else "strong"
        rows: list[Row] = []
        for place, line in enumerate(lines):
            label = f" {'›' if chosen and not place else ' '} {view.entry_label(tr, entry) if not place else ''}"
            rows.append([(left(label, 8), style), (left(line, width - 8), style)])
        if entry.kind == "action":
            owners = ", ".join(entry.owners) if entry.owners else tr("nobody for now: o names someone")
            due = " · " + wording.short_date(tr, entry.due) if entry.due else ""
            rows.append([(" " * 8, ""), (f"→ {owners}{due}", "" if entry.owners else "warn")])
        return rows

    def leave_words(self) -> str:
        """Escape gives up what was asked, or goes back."""
        return self.tr("change nothing") if self._asking is not None else super().leave_words()

    def sheet_keys(self) -> list[tuple[str, str]]:
        """What can be done."""
        tr = self.tr
        if self.closed:
            again = [(tr("Enter"), tr("publish"))] if self._to_write else []
            entries = [] if self._to_write else [("e", tr("the entries"))]
            return [*again, *entries, ("u", tr("reopen")), ("m", tr("minutes"))]
        if self._asking is not None:
            return []
        keys = [(tr("Enter"), tr("publish"))]
        if self.ending.meeting.undecided():
            keys.append(("t", tr("the rest: {where}", where=self._defer_name())))
        entry = self.entry
        if entry is not None and entry.kind == "action":
            keys.append(("o", tr("owner")))
        if entry is not None and entry.kind == "question":
            keys.append(("s", tr("outcome")))
        return [*keys, ("r", tr("sentence")), ("↑↓", tr("choose"))]

    def _defer_to(self) -> Outcome:
        steps = self.ending.meeting.steps
        return next((step.plan.defer_to for step in steps if step.plan.defer_to), "newsletter")

    def _defer_name(self) -> str:
        return outcomes.name(self.tr, self._defer_to())

    def left_key(self, kind: Becomes) -> str:
        """The key that brings back what was left in the bar."""
        return "r" if kind == "summary" else "o"

    def pressed(self, key: str) -> bool:
        """One key each; of a closed meeting nothing is changed but the close itself."""
        if self.bar.is_open:
            return False
        entry = self.entry
        if self._asking is not None:
            return self._outcome(key, self._asking)
        if key == "u":
            self._undo()
        elif key == "m":
            from facilitator.tui.screens.minutes import MinutesScreen

            self.app.push_screen(MinutesScreen(self.ending))
        elif key == "enter":
            self._close()
        elif key == "e" and self.closed and not self._to_write:
            from facilitator.core.network import Network
            from facilitator.meetings.changing import past_of
            from facilitator.tui.screens.after import AfterScreen

            session = self.ending.session
            past = past_of(session.workspace, session.meeting.id, Network())
            self.app.push_screen(AfterScreen(self.tr, past, self.gestures))
        elif self.closed:
            return False
        elif key == "o" and entry is not None and entry.kind == "action":
            subject = self.tr("{number} owner", number=view.entry_label(self.tr, entry))
            self.bar.open("owners", subject=subject, entry=entry.id)
        elif key == "s" and entry is not None and entry.kind == "question":
            self._asking = entry
        elif key == "t":
            self._send_all()
        elif key == "r":
            self.bar.open("summary", subject=self.tr("in a sentence"), text=self.summary)
        else:
            return False
        return True

    def _outcome(self, key: str, entry: Entry) -> bool:
        keys = outcomes.keys(self.tr, entry)
        if key in keys:
            self._asking = None
            outcomes.send(self.ending, entry, keys[key])
        return key != "escape"

    def message(self, width: int) -> tuple[str, str]:
        """While an outcome is asked for, its keys in the longest wording that fits."""
        if self._asking is None or self.ending.alarm is not None:
            return super().message(width)
        return fit_first(outcomes.prompts(self.tr, view.entry_label(self.tr, self._asking), self._asking), width), "key"

    def action_leave_sheet(self) -> None:
        """Escape gives up what was asked, then the screen; the meeting stays adjourned."""
        if self._asking is not None:
            self._asking = None
            self.paint()
        else:
            self.dismiss()

    def _send_all(self) -> None:
        """Send every question left where the agenda proposes; the first that cannot be saved ends it."""
        done = 0
        for entry in self.ending.meeting.undecided():
            if self.ending.act(core.Send(entry.id, self._defer_to())) is not None:
                done += 1
            elif self.ending.alarm is not None:
                break
        if done:
            self.tell(self.tr.ntr("{n} question sent on", "{n} questions sent on", done))

    def _undo(self) -> None:
        if self.closed:
            self._reopen()
            return
        self.ending.act(core.Undo())
        if self.ending.meeting.state not in ("adjourned", "closed"):
            self.dismiss()

    def _reopen(self) -> None:
        """Take the close back; a fault after it is only one of finding the meeting again."""
        from facilitator.meetings.publishing import reopen

        try:
            self.ending.attempt(lambda: reopen(self.ending.session))
        except OSError as error:
            if self.closed:
                self._tell_failure(error)
        if not self.closed:
            self.tell("✓ " + self.tr("the meeting is open again"))

    def typed(self, event: Bar.Submitted) -> None:
        """The owner, or the sentence."""
        if event.mode == "summary":
            self.bar.close()
            if sentence := one_line(event.text):
                self.ending.texts.drop("summary")
                self.ending.texts.leave(HalfTyped("summary", sentence))
            return
        names = [self.ending.person(part) for part in event.text.split(",") if part.strip()]
        if not names:
            self.bar.close()
            return
        owners = tuple(name for name in names if name is not None)
        if (
            len(owners) == len(names)
            and self.ending.act(core.Edit(event.entry or "", Fields(owners=owners))) is not None
        ):
            self.bar.close()

    def _close(self) -> None:
        """Close and publish; refused, and nothing written, while a question is left. What is not yet written is tried again."""
        from facilitator.meetings import publishing as publish

        session = self.ending.session
        if not self.closed:
            done = self._publishing(lambda: publish.close(session, summary=self.summary or None))
        elif self._to_write:
            done = self._publishing(lambda: publish.publish(session))
        else:
            return
        if self.closed:
            self.ending.texts.drop("summary")
        if done is not None:
            self._unwritten = False
            self._tell_written(done)

    def _publishing(self, work: Callable[[], Publication]) -> Publication | None:
        """What the work returns; None, and the reason told, when it could not be done."""
        try:
            return self.ending.attempt(work)
        except OSError as error:
            self._unwritten = self.closed
            self._tell_failure(error, closed=self.closed)
            return None

    def _tell_failure(self, error: OSError, *, closed: bool = False) -> None:
        reason = system_text(self.tr, error.strerror or str(error))
        words = self.tr("NOT SAVED: {reason}", reason=reason)
        if closed:
            words = self.tr("Closed, but a document could not be written: {reason}", reason=reason)
        self.tell(words, "unsaved")

    def _tell_written(self, published: Publication) -> None:
        root = self.ending.session.workspace.root
        documents = (published.minutes, published.newsletter)
        written: list[Path] = [one.beside or one.path for one in documents if one is not None]
        names = "\n".join(f"  {path.relative_to(root)}" for path in written)
        self.tell("\n".join((self.tr("Closed. Written:"), names, *published.minutes.taken, *published.minutes.said)))
        if published.traces or published.exposed:
            from facilitator.meetings.exposure import exposure_text
            from facilitator.meetings.withholding import trace_text

            told = [trace_text(self.tr, one, str(one.path.relative_to(root))) for one in published.traces]
            told += [exposure_text(self.tr, one, str(one.path.relative_to(root))) for one in published.exposed]
            self.tell("\n".join(told), "unsaved")
