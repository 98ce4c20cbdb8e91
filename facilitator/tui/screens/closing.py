"""The end, in two acts: the meeting is adjourned already; here it is read aloud, completed and closed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from facilitator import wording
from facilitator.core import command as core
from facilitator.core.act import Fields
from facilitator.core.entry import Outcome
from facilitator.core.refusal import Refused
from facilitator.core.text import one_line
from facilitator.store.journal import NotSaved
from facilitator.tui import outcomes, view
from facilitator.tui.cells import fit_first, left, wrap
from facilitator.tui.desk import not_saved, system_text
from facilitator.tui.screens.sheet import Sheet
from facilitator.tui.widgets.lines import Row

if TYPE_CHECKING:
    from facilitator.core.entry import Entry
    from facilitator.tui.desk import Desk


@dataclass(frozen=True, slots=True)
class Item:
    """A line that can be chosen: an action, or a question without outcome."""

    entry: Entry
    row: int


class ClosingScreen(Sheet):
    """Decisions and actions in large print, owners, summary, the questions left, and the close."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk.tr, desk)
        self.ending = desk
        self.summary = desk.meeting.summary or ""
        self._asking: Entry | None = None
        self._typing = ""

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

    def count(self) -> int:
        """Actions and undecided questions."""
        return len(self.chooseable())

    def row_of_choice(self, width: int) -> int:
        """Where the chosen one stands."""
        return self._rows(width)[1]

    def sheet_rows(self, width: int) -> list[Row]:
        """What is read aloud."""
        return self._rows(width)[0]

    def _rows(self, width: int) -> tuple[list[Row], int]:
        meeting, tr = self.ending.meeting, self.tr
        chosen = self.chooseable()[self.at] if self.at < self.count() else None
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
                is_chosen = chosen is not None and entry.id == chosen.id
                if is_chosen:
                    at = len(rows)
                rows += self._entry(entry, width, chosen=is_chosen)
            rows.append([])
        rows.append([(left(tr("The sentence of the minutes").upper(), width), "accent")])
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
        if self.ending.meeting.state == "closed":
            return [("u", tr("reopen")), ("m", tr("minutes"))]
        if self._asking is not None:
            return []
        keys = [(tr("Enter"), tr("publish"))]
        if self.ending.meeting.undecided():
            keys.append(("t", tr("the rest: {where}", where=self._defer_name())))
        entry = self.chooseable()[self.at] if self.at < self.count() else None
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

    def pressed(self, key: str) -> bool:
        """One key each."""
        if self.bar.is_open:
            return False
        entry = self.chooseable()[self.at] if self.at < self.count() else None
        if self._asking is not None:
            return self._outcome(key, self._asking)
        if key == "o" and entry is not None and entry.kind == "action":
            self._typing = entry.id
            self.bar.open("plain", subject=self.tr("{number} owner", number=view.entry_label(self.tr, entry)))
        elif key == "s" and entry is not None and entry.kind == "question":
            self._asking = entry
            self.note = ("", "")
        elif key == "t":
            self._send_all()
        elif key == "r":
            self._typing = "summary"
            self.bar.open("plain", subject=self.tr("in a sentence"), text=self.summary)
        elif key == "u":
            self._undo()
        elif key == "m":
            from facilitator.tui.screens.minutes import MinutesScreen

            self.app.push_screen(MinutesScreen(self.ending))
        elif key == "enter":
            self._close()
        else:
            return False
        self.paint()
        return True

    def _outcome(self, key: str, entry: Entry) -> bool:
        chosen = outcomes.keys(self.tr).get(key)
        if chosen is not None:
            self._asking = None
            self.ending.act(core.Send(entry.id, chosen))
            self.at = max(0, min(self.at, self.count() - 1))
            self.paint()
        return key != "escape"

    def message(self, width: int) -> tuple[str, str]:
        """While an outcome is asked for, its keys in the longest wording that fits."""
        if self._asking is None:
            return super().message(width)
        return fit_first(outcomes.prompts(self.tr, view.entry_label(self.tr, self._asking)), width), "key"

    def action_leave_sheet(self) -> None:
        """Escape gives up what was asked, then the screen; the meeting stays adjourned."""
        if self._asking is not None:
            self._asking = None
            self.tell("")
        else:
            self.dismiss()

    def _send_all(self) -> None:
        """Send every question left where the agenda proposes."""
        sent = [self.ending.act(core.Send(entry.id, self._defer_to())) for entry in self.ending.meeting.undecided()]
        done = sum(1 for one in sent if one is not None)
        self.at = 0
        self.note = (self.tr.ntr("{n} question sent on", "{n} questions sent on", done), "")

    def _undo(self) -> None:
        self.note = ("", "")
        if self.ending.meeting.state == "closed":
            from facilitator.publish import reopen

            try:
                self.ending.carry_out(lambda: reopen(self.ending.session))
            except Refused as refused:
                self.note = (wording.refusal_text(self.tr, refused, self.ending.zone), "warn")
            return
        self.ending.act(core.Undo())
        if self.ending.meeting.state not in ("adjourned", "closed"):
            self.dismiss()

    def typed(self, text: str) -> None:
        """The owner, or the sentence."""
        if self._typing == "summary":
            self.summary = one_line(text)
            self.bar.close()
            return
        names = [part.strip() for part in text.split(",") if part.strip()]
        if not names:
            self.bar.close()
            return
        owners = tuple(self.complete(name) or one_line(name) for name in names)
        if self.ending.act(core.Edit(self._typing, Fields(owners=owners))) is not None:
            self.note = ("", "")
            self.bar.close()

    def _close(self) -> None:
        """Close and publish; refused, and nothing written, while a question is left."""
        from facilitator import publish

        session, tr = self.ending.session, self.tr
        if self.ending.meeting.state == "closed":
            return
        try:
            published = self.ending.carry_out(lambda: publish.close(session, summary=self.summary or None))
        except Refused as refused:
            self.note = (wording.refusal_text(tr, refused, self.ending.zone), "warn")
            return
        except NotSaved as failure:
            self.note = (not_saved(tr, failure), "reverse")
            return
        except OSError as error:
            self.note = (
                tr(
                    "Closed, but a document could not be written: {reason}",
                    reason=system_text(tr, error.strerror or str(error)),
                ),
                "reverse",
            )
            return
        documents = (published.minutes, published.newsletter)
        written = [one.beside or one.path for one in documents if one is not None]
        root = session.workspace.root
        names = "\n".join(f"  {path.relative_to(root)}" for path in written)
        self.note = (tr("Closed. Written:") + "\n" + names, "good")
        self.ending.changed()
