"""The ways to keep the promise, each with the plan that would come of it; and the plan by hand."""

from __future__ import annotations

from typing import TYPE_CHECKING

from facilitator import wording
from facilitator.core import acts as core
from facilitator.core.agenda import Step
from facilitator.core.duration import read_duration
from facilitator.core.text import normalise, one_line
from facilitator.core.time.outline import AgendaLine, outline
from facilitator.core.time.replan import Offer, brought_back, offers
from facilitator.tui.cells import cell_len, fit, left, right
from facilitator.tui.half_typed import Becomes
from facilitator.tui.keys import digit_of
from facilitator.tui.screens.sheet import Sheet
from facilitator.tui.widgets.bar import Bar
from facilitator.tui.widgets.lines import Row
from facilitator.wording.plans import exact_text, promise_text, steps_text

if TYPE_CHECKING:
    from facilitator.tui.desk import Desk

MINUTE_S = 60
MINUTE_MS = 60_000
DEFAULT_S = 600
# The lengths before and after, and the times; where there is less room, only when a step begins.
COLUMNS = (13, 13, 16)
NARROW, NARROW_COLUMNS = 72, (12, 12, 9)
# What is done with a step that is chosen.
_BY_HAND = ("+", "=", "-", "k", "j", "i")
# What belongs together is not torn apart by a wide window.
WIDEST = 110


class ReplanScreen(Sheet):
    """A key a way; below, the plan that would come of the chosen one. Further down, each step by hand."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk.tr, desk)
        self.plan_of = desk
        self._look()

    def _look(self) -> None:
        """What is offered now, until the meeting changes: a key does what its line says, not what would be offered by then.

        The ways that change something; the steps that can be changed by hand, running, to come or put aside.
        """
        self._of, now = self.plan_of.meeting, self.plan_of.session.now()
        self.found: list[Offer] = list(offers(self._of, now))
        lines = outline(self._of, now)
        self.steps: list[AgendaLine] = [line for line in lines if line.phase is None and line.place != "done"]

    def _paint(self) -> None:
        if self.plan_of.meeting is not self._of:
            self._look()
        super()._paint()

    def sheet_title(self) -> str:
        """Where we stand against the promise."""
        times = self.plan_of.clocks()
        tr, zone = self.tr, self.plan_of.zone
        if times.projected_end is None or times.promised_end is None:
            return tr("Re-plan")
        ends, promised = (wording.time_text(at, zone) for at in (times.projected_end, times.promised_end))
        return tr("Re-plan · ends about {time} · promised end {promised}", time=ends, promised=promised)

    def ids(self) -> list[str]:
        """The ways by their sort, then the steps by their ids."""
        return [*(offer.kind for offer in self.found), *(line.step for line in self.steps)]

    def placed_rows(self, width: int) -> tuple[list[Row], int]:
        """Ways, then steps with what would become of them."""
        at, width = 0, min(width, WIDEST)
        rows: list[Row] = [*self._standing(width), []]
        for place, offer in enumerate(self.found):
            if offer.kind == self.chosen:
                at = len(rows)
            rows.append(self._offer(offer, place, width))
        if not self.found:
            rows.append([(left(" " + self.tr("The promise holds: nothing has to change."), width), "good")])
        rows.append([])
        chosen = next((offer for offer in self.found if offer.kind == self.chosen), None)
        after = {line.step: line for line in chosen.lines if line.phase is None} if chosen else {}
        rows.append(self._heading(width, both=bool(after)))
        fits = True
        for line in self.steps:
            shown = after.get(line.step, line)
            if fits and not shown.fits:
                fits = False
                rows.append(self._limit(width))
            if line.step == self.chosen:
                at = len(rows)
            rows.append(self._step(line, after.get(line.step), width, chosen=line.step == self.chosen))
        return rows, at

    def _heading(self, width: int, *, both: bool) -> Row:
        """What stands in the columns: the lengths before and after, the times that would be."""
        tr = self.tr
        words = (tr("before"), tr("after"), tr("times")) if both else ("", tr("length"), tr("times"))
        title = tr("The plan") if both else tr("The plan, by hand")
        before, then, times = (right(word, room) for word, room in zip(words, _columns(width), strict=True))
        return [(left(f" {title}", max(8, width - sum(_columns(width)))), "accent"), (f"{before}{then}{times}", "dim")]

    def _limit(self, width: int) -> Row:
        """The line below which nothing fits before the promised end."""
        promised = self.plan_of.clocks().promised_end or 0
        words = self.tr("does not fit before {time} at this pace", time=wording.time_text(promised, self.plan_of.zone))
        return [(fit(f" ── {words} ".ljust(width - 1, "─"), width - 1), "warn")]

    def _standing(self, width: int) -> list[Row]:
        """Against the plan, and against the promise: two numbers, for the promise may leave time over."""
        times, tr = self.plan_of.clocks(), self.tr
        if times.projected_end is None or times.promised_end is None:
            return []
        # The difference of the two times in the title, which show whole minutes.
        shown, promised = (at // MINUTE_MS for at in (times.projected_end, times.promised_end))
        end = promise_text(tr, (shown - promised) * MINUTE_S)
        drift = tr("against the plan: {drift}", drift=wording.drift_text(tr, times.drift_s))
        said = f"{end} · {drift}" if cell_len(end) + cell_len(drift) + 4 <= width else end
        return [[(" " + fit(said, width - 1), "dim")]]

    def _offer(self, offer: Offer, place: int, width: int) -> Row:
        style = "selected" if offer.kind == self.chosen else ""
        ends = (
            self.tr("ends {time}", time=wording.time_text(offer.end, self.plan_of.zone))
            if offer.end is not None and offer.kind != "later"  # which says an end of its own
            else ""
        )
        # The difference of the two times that are shown, in whole minutes.
        shown, promised = ((at or 0) // MINUTE_MS for at in (offer.end, offer.promise))
        if offer.over_s and shown > promised:
            over_s = (shown - promised) * MINUTE_S
            ends += " " + self.tr("({length} too late)", length=wording.minutes_text(self.tr, over_s))
        tail = f" {ends} "
        room = max(10, width - cell_len(tail))
        return [(left(f" {place + 1}  {self.words(offer)}", room), style), (tail, style or "dim")]

    def words(self, offer: Offer) -> str:
        """What a way is, in words."""
        tr = self.tr
        title = steps_text(tr, self.plan_of.meeting, offer)
        promise = wording.time_text(offer.promise, self.plan_of.zone) if offer.promise is not None else ""
        more = tr("Put aside: {step}; shorten the rest", step=title)
        return {
            "shorten": tr("Shorten what follows"),
            "aside": more if offer.shortens else tr("Put aside: {step}", step=title),
            "later": tr("Promise another end: {time}", time=promise),
            "break": tr("Make the break shorter"),
            "restore": tr("Give back what was cut"),
            "bring-back": tr("Bring back: {step}", step=title),
            "share": tr("Give the time won to what is left"),
        }[offer.kind]

    def _step(self, line: AgendaLine, after: AgendaLine | None, width: int, *, chosen: bool) -> Row:
        zone, shown = self.plan_of.zone, after or line
        step = self.plan_of.meeting.step(line.step)
        hours = wording.hours_text(self.tr, step.earliest, step.latest, zone) if step else ()
        title = " · ".join((wording.step_title(self.tr, step.plan), *hours)) if step else ""
        lasts = [self._length(one) for one in (line, shown)]
        changed = lasts[0] != lasts[1]
        begin, end = (wording.time_text(at, zone) if at else "" for at in (shown.start, shown.end))
        span = f"{begin} – {end}" if begin and end and width >= NARROW else begin
        style = "selected" if chosen else "dim" if shown.place == "aside" else ""
        sign = "▶" if line.place == "running" else " "
        before, then, times = _columns(width)
        return [
            (left(f" {sign} {title}", max(8, width - before - then - times)), style or ("strong" if changed else "")),
            (right(lasts[0] if after is not None else "", before), style or "dim"),
            (right(lasts[1], then), style or ("strong" if changed else "")),
            (right(span, times), style or ("warn" if shown.missed_s >= MINUTE_S else "dim")),
        ]

    def _length(self, line: AgendaLine) -> str:
        if line.place == "aside":
            return self.tr("aside")
        spent_s = self.plan_of.clocks().step_elapsed_s if line.place == "running" else 0
        if spent_s > line.adjusted_s:  # it has taken more than it was given
            return exact_text(self.tr, spent_s // MINUTE_S * MINUTE_S)
        return exact_text(self.tr, line.adjusted_s)

    def sheet_keys(self) -> list[tuple[str, str]]:
        """What can be done with the chosen line."""
        tr = self.tr
        if 0 <= self.place < len(self.found):
            digits = "1" if len(self.found) == 1 else f"1–{len(self.found)}"
            return [(f"{tr('Enter')} {digits}", tr("apply")), ("u", tr("undo")), ("↑↓", tr("choose"))]
        keys = [("+ -", tr("a minute")), ("k", tr("aside")), ("j", tr("later")), ("i", tr("insert")), ("u", tr("undo"))]
        return [*keys, ("↑↓", tr("choose"))]

    def left_key(self, _kind: Becomes) -> str:
        """The key that brings back what was left in the bar."""
        return "i"

    def pressed(self, key: str) -> bool:
        """Enter or a digit applies a way; on a step, its own keys."""
        if self.bar.is_open:
            return False
        if key == "u":
            self.plan_of.act(core.Undo())
            return True
        if self.plan_of.meeting is not self._of:
            self.tell(self.tr("The meeting moved on meanwhile: nothing was changed."), "refused")
            return True
        place = self.place if key == "enter" else int(key) - 1 if key.isascii() and key.isdigit() else -1
        if 0 <= place < len(self.found):
            if self.plan_of.act(self.found[place].command) is not None:
                self.dismiss()
            return True
        if key.isdigit() and key.isascii():
            self.tell(self.tr("There is no way {number}.", number=key), "refused")
            return True
        line = next((line for line in self.steps if line.step == self.chosen), None)
        if line is not None and self._by_hand(key, line):
            return True
        if line is None and key in _BY_HAND:
            self.tell(self.tr("{key} is for a step: choose one with ↓.", key=key), "refused")
            return True
        return digit_of(key) == "" and self.refuse_key(key)

    def _by_hand(self, key: str, line: AgendaLine) -> bool:
        if key in ("+", "=", "plus", "equals_sign"):
            self.plan_of.act(core.Adjust(MINUTE_S, line.step))
        elif key in ("-", "minus"):
            self.plan_of.act(core.Adjust(-MINUTE_S, line.step))
        elif key == "k" and line.place == "aside":
            self.plan_of.act(core.Replan(brought_back(self.plan_of.meeting, line.step)))
        elif key == "k":
            self.plan_of.act(core.SetStepAside(line.step))
        elif key == "j":
            self._later(line)
        elif key == "i":
            self.bar.open("step", subject=self.tr("title and length"), entry=line.step)
        else:
            return False
        return True

    def _later(self, line: AgendaLine) -> None:
        """Move a step after the one that follows it."""
        ids = [step.id for step in self.plan_of.meeting.steps]
        place = ids.index(line.step)
        if place + 1 < len(ids):
            self.plan_of.act(core.MoveStep(line.step, ids[place + 1]))

    def typed(self, event: Bar.Submitted) -> None:
        """Insert a step: its title, and a length at the end of the line if one is given."""
        words = one_line(normalise(event.text).text)
        head, _, tail = words.rpartition(" ")
        seconds = read_duration(tail) if head else None
        title = head if seconds else words
        if not title:
            self.bar.close()
            return
        step = Step(kind="free", title=title[:200], duration=seconds or DEFAULT_S)
        if self.plan_of.act(core.AddStep(step, event.entry)) is not None:
            self.bar.close()


def _columns(width: int) -> tuple[int, int, int]:
    return COLUMNS if width >= NARROW else NARROW_COLUMNS
