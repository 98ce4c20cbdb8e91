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
from facilitator.tui import view
from facilitator.tui.cells import left, wrap
from facilitator.tui.screens.sheet import Sheet
from facilitator.tui.widgets.lines import Row

if TYPE_CHECKING:
    from facilitator.core.entry import Entry
    from facilitator.tui.desk import Desk

DEFER: tuple[Outcome, ...] = ("mattermost", "newsletter", "next", "relay", "individual", "drop")


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
            "Adjourned at {time} · promised {promised}",
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

    def sheet_keys(self) -> list[tuple[str, str]]:
        """What can be done."""
        tr = self.tr
        if self.ending.meeting.state == "closed":
            return [("u", tr("reopen")), ("m", tr("minutes"))]
        keys = [(tr("Enter"), tr("publish"))]
        entry = self.chooseable()[self.at] if self.at < self.count() else None
        if entry is not None and entry.kind == "action":
            keys.append(("o", tr("owner")))
        if entry is not None and entry.kind == "question":
            keys.append(("s", tr("outcome")))
        if self.ending.meeting.undecided():
            keys.append(("t", tr("all the rest: {where}", where=self._defer_name())))
        return [*keys, ("r", tr("sentence")), ("↑↓", tr("choose"))]

    def _defer_to(self) -> Outcome:
        steps = self.ending.meeting.steps
        return next((step.plan.defer_to for step in steps if step.plan.defer_to), "newsletter")

    def _defer_name(self) -> str:
        tr = self.tr
        return {
            "mattermost": tr.ptr("outcome choice", "chat"),
            "newsletter": tr.ptr("outcome choice", "letter"),
            "next": tr.ptr("outcome choice", "next time"),
            "relay": tr.ptr("outcome choice", "relayed"),
        }[self._defer_to()]

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
            self.note = (self._question(entry), "key")
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

    def _question(self, entry: Entry) -> str:
        tr = self.tr
        words = [
            ("m", tr.ptr("outcome choice", "chat")),
            ("l", tr.ptr("outcome choice", "letter")),
            (tr.ptr("key: next meeting", "n"), tr.ptr("outcome choice", "next time")),
            ("r", tr.ptr("outcome choice", "relayed")),
            ("i", tr.ptr("outcome choice", "individual")),
            ("x", tr.ptr("outcome choice", "dropped")),
        ]
        return f"{view.entry_label(tr, entry)} → " + " · ".join(f"{key} {name}" for key, name in words)

    def _outcome(self, key: str, entry: Entry) -> bool:
        keys = ["m", "l", self.tr.ptr("key: next meeting", "n"), "r", "i", "x"]
        if key in keys:
            self.note = ("", "")
            self.ending.act(core.Send(entry.id, DEFER[keys.index(key)]))
            self._asking = None
            self.at = max(0, min(self.at, self.count() - 1))
            self.paint()
        return True

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
                reopen(self.ending.session)
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
            published = publish.close(session, summary=self.summary or None)
        except Refused as refused:
            self.note = (wording.refusal_text(tr, refused, self.ending.zone), "warn")
            return
        except NotSaved as failure:
            self.note = (tr("NOT SAVED: {reason}", reason=failure.reason), "reverse")
            return
        except OSError as error:
            self.note = (
                tr("Closed, but a document could not be written: {reason}", reason=error.strerror or str(error)),
                "reverse",
            )
            return
        written = [
            published.minutes.beside or published.minutes.path,
            published.newsletter.beside or published.newsletter.path,
        ]
        root = session.workspace.root
        names = ", ".join(str(path.relative_to(root)) for path in written)
        self.note = (tr("Closed. Written: {names}", names=names), "good")
        self.ending.changed()
