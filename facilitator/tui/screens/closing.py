"""The end, in two acts: the meeting is adjourned already; here it is read aloud, completed and closed."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from msgspec.structs import replace

from facilitator import wording
from facilitator.core import acts as core
from facilitator.core.dates import due_at_end, read_due
from facilitator.core.entry import read_label
from facilitator.core.said import Fields
from facilitator.core.text import normalise, one_line
from facilitator.core.vocabulary import Outcome
from facilitator.meetings.drafting import draft_text
from facilitator.meetings.faults import system_text
from facilitator.meetings.gating import accept, finding_text, reason_text, to_look_at
from facilitator.meetings.letter_page import network_of
from facilitator.share.offers import settings_of
from facilitator.tui import outcomes, view
from facilitator.tui.cells import cell_len, fit, fit_first, left, wrap
from facilitator.tui.half_typed import Becomes, HalfTyped
from facilitator.tui.keys import TELEPHONES, digit_of
from facilitator.tui.screens.leaving import Leaving
from facilitator.tui.screens.sheet import Sheet
from facilitator.tui.widgets.bar import Bar
from facilitator.tui.widgets.lines import Row, Span

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from facilitator.core.entry import Entry
    from facilitator.core.meeting import Meeting
    from facilitator.documents.gate import GateFinding
    from facilitator.meetings.publishing import Publication
    from facilitator.tui.desk import Desk


_BY_ENTRY = ("e", "o", "s", "d")


class ClosingScreen(Sheet):
    """Decisions and actions in large print, owners, summary, the questions left, and the close."""

    takes_message = True

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk.tr, desk)
        self.ending = desk
        self._asking: Entry | None = None
        self._unwritten = False
        self._looked: tuple[Meeting | None, dict[str, list[GateFinding]]] = (None, {})
        self.leaving: Leaving | None = None

    def on_mount(self) -> None:
        """A meeting that is closed already shows what can go out."""
        super().on_mount()
        self.guard(self._offer)

    def _offer(self) -> None:
        session = self.ending.session
        if self.closed and not self._to_write:
            if self.leaving is None:
                self.first = 0  # what can be shared is at the top, and that is what the keys are for now
            self.leaving = self.leaving or Leaving(self, session.workspace, session.meeting.id)
            self.leaving.look()
        else:
            if self.leaving is not None:
                self.leaving.leave()
            self.leaving = None

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
        """Actions, then the questions left, then what else deserves a look."""
        meeting = self.ending.meeting
        listed = [*meeting.of_kind("action"), *meeting.undecided()]
        return [*listed, *self._also(listed)]

    def _also(self, listed: Sequence[Entry]) -> list[Entry]:
        """The entries that are not listed, and deserve a look."""
        known = {entry.id for entry in listed}
        return [self.ending.meeting.entries[name] for name in self._looks() if name and name not in known]

    def _looks(self) -> dict[str, list[GateFinding]]:
        """What deserves a look in the minutes as they would be published now, by the id of its entry; "" for what is in none."""
        meeting, session = self.ending.meeting, self.ending.session
        if self.closed:
            return {}
        if self._looked[0] is not meeting:
            found: dict[str, list[GateFinding]] = {}
            text = draft_text(session.replay, session.now().at)
            for one in to_look_at(session.workspace, session.draft_path, network_of(meeting), text=text):
                named = read_label(one.label) if one.label else None
                entry = meeting.find(*named) if named else None
                found.setdefault(entry.id if entry is not None else "", []).append(one)
            self._looked = (meeting, found)
        return self._looked[1]

    def ids(self) -> list[str]:
        """The ids of actions and undecided questions; what is published is read, and nothing of it chosen."""
        return [] if self.leaving is not None else [entry.id for entry in self.chooseable()]

    def placed_rows(self, width: int) -> tuple[list[Row], int]:
        """What is read aloud."""
        meeting, tr = self.ending.meeting, self.tr
        rows: list[Row] = []
        at = 0
        if self.leaving is not None:
            rows = [[(left(tr("To share").upper(), width), "accent")], *self.leaving.rows(width), []]
        if waits := self._waits():
            rows += [[(left(tr("Telephones of the room").upper(), width), "accent")]]
            rows += [[("   " + fit_first(waits, width - 8), "warn"), (f" · {TELEPHONES}", "key")], []]
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
        also, nowhere = self._also([*meeting.of_kind("action"), *meeting.undecided()]), self._looks().get("", [])
        if also or nowhere:
            rows.append([(left(tr("Deserves a look").upper(), width), "accent")])
            for entry in also:
                at = len(rows) if entry.id == self.chosen else at
                rows += (
                    self._entry(entry, width, chosen=True) if entry.id == self.chosen else [self._glance(entry, width)]
                )
            rows += [
                [("   " + line, "warn")] for one in nowhere for line in wrap(f"! {finding_text(tr, one)}", width - 4)
            ]
            rows.append([])
        rows.append([(left(tr("The meeting in a sentence").upper(), width), "accent")])
        rows += [[("   " + line, "strong")] for line in wrap(self.summary or tr("(none yet: r writes it)"), width - 4)]
        return rows, at

    def _waits(self) -> list[str]:
        """What waits from the telephones, the longest wording first, while it can be taken up: the evaluation above all."""
        return [] if self.closed else self.ending.telephones.texts(self.tr)

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
            rows.append([(" " * 8, ""), self._promise(entry)])
        for one in self._looks().get(entry.id, []):
            if one.reason != "no-owner":  # which its own row says
                rows += [[(" " * 8, ""), (line, "warn")] for line in wrap(f"! {reason_text(tr, one)}", width - 9)]
        return rows

    def _glance(self, entry: Entry, width: int) -> Row:
        """An entry that deserves a look, and why, in one row: there may be as many as questions that came back."""
        tr = self.tr
        why = fit(", ".join(reason_text(tr, one) for one in self._looks().get(entry.id, [])), width // 2)
        text = wording.masked(tr, entry.text) if entry.private else one_line(entry.text)
        room = width - 8 - cell_len(why) - 4
        return [
            (left(f"   {view.entry_label(tr, entry)}", 8), ""),
            (left(fit(text, room), room), ""),
            (f"  ! {why}", "warn"),
        ]

    def _promise(self, entry: Entry) -> Span:
        """Who does it, by when, and whether that is done, or past."""
        tr = self.tr
        nobody = tr("nobody for now") if self.closed else tr("nobody for now: o names someone")
        owners = ", ".join(entry.owners) if entry.owners else nobody
        due = " · " + wording.short_date(tr, entry.due) if entry.due else ""
        if entry.done:
            return f"✓ {owners}{due}", "good"
        today = wording.local(self.ending.session.now().at, self.ending.zone).date()
        late = tr("its day is past") if entry.due is not None and entry.due < today else ""
        return f"→ {owners}{due}{f' · {late}' if late else ''}", "warn" if late or not entry.owners else ""

    def leave_words(self) -> str:
        """Escape gives up what was asked, or goes back."""
        return self.tr("change nothing") if self._asking is not None else super().leave_words()

    def sheet_keys(self) -> list[tuple[str, str]]:
        """What can be done."""
        tr = self.tr
        if self.closed:
            again = [(tr("Enter"), tr("publish"))] if self._to_write else []
            entries = [] if self._to_write else [("1–5", tr("share")), ("e", tr("the entries")), ("l", tr("letter"))]
            return [*again, *entries, ("u", tr("reopen")), ("m", tr("minutes"))]
        if self._asking is not None:
            return []
        keys = [(tr("Enter"), tr("publish"))]
        if self._waits():
            keys.append((TELEPHONES, tr("telephones")))
        if self.ending.meeting.undecided():
            keys.append(("t", tr("the rest: {where}", where=self._defer_name())))
        entry = self.entry
        reasons = {one.reason for one in self._here()}
        if entry is not None and (entry.kind == "action" or "nobody-answers" in reasons):
            keys.append(("o", tr("owner")))
        if "no-date" in reasons:
            keys.append(("d", tr("day")))
        if entry is not None and entry.kind == "question":
            keys.append(("s", tr("outcome")))
        if reasons:
            keys.append(("a", tr("accept")))
        keys.append(("r", tr("sentence")))
        if entry is not None:
            keys.append(("e", tr("edit")))
        return [*keys, ("m", tr("as it will be read")), ("↑↓", tr("choose"))]

    def _here(self) -> list[GateFinding]:
        """What deserves a look in the chosen entry; what is in none goes with every one."""
        return [*self._looks().get(self.chosen or " ", []), *self._looks().get("", [])]

    def _defer_to(self) -> Outcome:
        steps = self.ending.meeting.steps
        return next((step.plan.defer_to for step in steps if step.plan.defer_to), "newsletter")

    def _defer_name(self) -> str:
        return outcomes.name(self.tr, self._defer_to())

    def left_key(self, kind: Becomes) -> str:
        """The key that brings back what was left in the bar."""
        return {"summary": "r", "note": "e"}.get(kind, "o")

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
        elif key == TELEPHONES and not self.closed:
            from facilitator.tui.screens.telephones import TelephonesScreen

            self.app.push_screen(TelephonesScreen(self.ending))
        elif key == "enter":
            self._close()
        elif self.closed:
            return self._since_the_close(key)
        elif key == "a" and (found := self._here()):
            session = self.ending.session
            accept(session.workspace, session.draft_path, found)
            self._looked = (None, {})
            self.tell(self.tr("Accepted: {what}", what=", ".join(reason_text(self.tr, one) for one in found)))
        elif key in _BY_ENTRY:
            return (entry is not None and self._on_entry(key, entry)) or self.refuse_key(key)
        elif key == "t":
            self._send_all()
        elif key == "r":
            self.bar.open("summary", subject=self.tr("in a sentence"), text=self.summary)
        else:
            return self.refuse_key(key)
        return True

    def _on_entry(self, key: str, entry: Entry) -> bool:
        """What is mended where it is shown: the words, who, where to, by when."""
        number = view.entry_label(self.tr, entry)
        reasons = {one.reason for one in self._looks().get(entry.id, [])}
        if key == "e" and not entry.private:
            self.bar.open("note", subject=number, text=entry.text, entry=entry.id)
        elif key == "o" and (entry.kind == "action" or "nobody-answers" in reasons):
            self.bar.open("owners", subject=self.tr("{number} owner", number=number), entry=entry.id)
        elif key == "s" and entry.kind == "question":
            self._asking = entry
        elif key == "d" and (entry.kind == "action" or "no-date" in reasons):
            self.bar.open("command", subject=self.tr("{number}: by when", number=number), entry=entry.id)
        else:
            return False
        return True

    def _since_the_close(self, key: str) -> bool:
        """The ways on from what is written: to the entries, to the letter, out of the house."""
        if self._to_write or key not in ("e", "l"):
            shared = self.leaving is not None and self.leaving.pressed(key)
            return shared or (not digit_of(key) and self.refuse_key(key))
        from facilitator.meetings.changing import past_of
        from facilitator.tui.screens.after import AfterScreen
        from facilitator.tui.screens.help import gestures_of
        from facilitator.tui.screens.letter import LetterScreen

        workspace, meeting = self.ending.session.workspace, self.ending.session.meeting
        if key == "e":
            past = past_of(workspace, meeting.id, settings_of(workspace, self.tr))
            self.app.push_screen(AfterScreen(self.tr, past, gestures_of(self.app)), lambda _: self._offer())
        else:
            month = meeting.closed.month if meeting.closed else ""
            self.app.push_screen(LetterScreen(workspace, network_of(meeting), self.tr, month), lambda _: self._offer())
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
        prompt = fit_first(outcomes.prompts(self.tr, view.entry_label(self.tr, self._asking), self._asking), width)
        return f"{fit(outcomes.about(self.tr, self._asking), width)}\n{prompt}", "key"

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
            where = self._defer_name()
            self.tell(self.tr.ntr("{n} question: {where}", "{n} questions: {where}", done, where=where))

    def _undo(self) -> None:
        if self.closed:
            words = self.tr("It is published: u again opens the meeting once more.")
            if self.leaving is None or self.ending.again("reopen", words):
                self._reopen()
            return
        done = self.ending.act(core.Undo())
        if done is not None and done.entry is not None and done.entry.id in (ids := self.ids()):
            self.choose(ids.index(done.entry.id))
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
        self._offer()
        if not self.closed:
            self.tell("✓ " + self.tr("the meeting is open again"))

    def typed(self, event: Bar.Submitted) -> None:
        """The owner, and the day if one is given after the names; or the sentence."""
        if event.mode == "summary":
            self.bar.close()
            if sentence := one_line(event.text):
                self.ending.texts.drop("summary")
                self.ending.texts.leave(HalfTyped("summary", sentence))
                self.tell(self.tr("✓ the sentence is kept"))
            return
        if event.mode in ("note", "command"):
            self._changed(event)
            return
        today = wording.local(self.ending.session.now().at, self.ending.zone).date()
        due = due_at_end(event.text, today, self.ending.meeting.opened.calendar.next_meeting)
        said = event.text[: due.start] if due is not None else event.text
        owners = self.named(normalise(said).text, self.ending.names)
        if owners is None:
            return
        fields = Fields(owners=owners) if owners else Fields()
        fields = replace(fields, due=due.day) if due is not None else fields
        if fields == Fields() or self.ending.act(core.Edit(event.entry or "", fields)) is not None:
            self.bar.close()

    def _changed(self, event: Bar.Submitted) -> None:
        """The words, or the day."""
        fields = Fields(text=event.text)
        if event.mode == "command" and event.text.strip():
            today = wording.local(self.ending.session.now().at, self.ending.zone).date()
            day = read_due(event.text, today, self.ending.meeting.opened.calendar.next_meeting)
            if day is None:
                self.tell(self.tr("“{given}” names no day.", given=event.text), "refused")
                return
            fields = Fields(due=day)
        if not event.text.strip() or self.ending.act(core.Edit(event.entry or "", fields)) is not None:
            self.bar.close()

    def _close(self) -> None:
        """Close and publish; refused, and nothing written, while a question is left. What is not yet written is tried again."""
        from facilitator.meetings import publishing as publish

        session = self.ending.session
        if waits := self._waits():
            words = self.tr(
                "{what}: {key} shows them; Enter again publishes without them, and they are gone.",
                what=waits[0],
                key=TELEPHONES,
            )
            if not self.ending.again(("without", waits[0]), words, for_room=False):
                return
        if not self.closed:
            done = self._publishing(lambda: publish.close(session, summary=self.summary or None))
        elif self._to_write:
            done = self._publishing(lambda: publish.publish(session))
        else:
            return
        if self.closed:
            self.ending.texts.drop("summary")
        elif undecided := self.ending.meeting.undecided():
            self.choose(self.ids().index(undecided[0].id))  # what the refusal is about
        if done is not None:
            self._unwritten = False
            self._tell_written(done)
        self._offer()
        if done is not None and self.leaving is not None:
            self.leaving.commit(done.documents)

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
        letter = published.newsletter.said if published.newsletter is not None else ()
        said = (*published.minutes.taken, *published.minutes.said, *letter)
        self.tell("\n".join((self.tr("Closed. Written:"), names, *said)))
        if published.traces or published.exposed:
            from facilitator.meetings.exposure import exposure_text
            from facilitator.meetings.withholding import trace_text

            told = [trace_text(self.tr, one, str(one.path.relative_to(root))) for one in published.traces]
            told += [exposure_text(self.tr, one, str(one.path.relative_to(root))) for one in published.exposed]
            self.tell("\n".join(told), "unsaved")
