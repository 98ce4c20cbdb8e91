"""After a meeting: what can go out, and its entries as the minutes hold them, with the keys that change them there.

Nothing of it is undone by a key.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from facilitator import wording
from facilitator.core.dates import read_due
from facilitator.core.people import known_names
from facilitator.core.refusal import Refused
from facilitator.core.said import Fields
from facilitator.core.text import normalise
from facilitator.core.vocabulary import ASKED, KINDS, Kind, Outcome
from facilitator.documents.minutes.change import Unchangeable
from facilitator.documents.minutes.reader import read_minutes
from facilitator.meetings import changing
from facilitator.meetings.changing import Changed, NoMinutes
from facilitator.meetings.gating import accept, reason_text, to_look_at
from facilitator.store.zone import local_today
from facilitator.tui import outcomes
from facilitator.tui.cells import fit, fit_first, left, wrap
from facilitator.tui.screens.leaving import Leaving
from facilitator.tui.screens.sheet import Sheet, problem_text
from facilitator.tui.widgets.bar import Bar
from facilitator.tui.widgets.lines import Row

if TYPE_CHECKING:
    import datetime
    from collections.abc import Callable, Mapping

    from facilitator.documents.gate import GateFinding
    from facilitator.documents.minutes.entry import MinutesEntry
    from facilitator.i18n import Translator
    from facilitator.meetings.changing import ClosedMeeting
    from facilitator.tui.gesture import Gesture

_KIND_KEY, _ACCEPT_KEY, _OWNER_KEY, _DAY_KEY = "k", "a", "o", "d"


# The gestures that some kinds have and others have not.
_BY_KIND = ("answer", "send", "done", "support")


class AfterScreen(Sheet):
    """One entry a row. The keys are those of the meeting, and do what the commands after the close do."""

    def __init__(self, tr: Translator, past: ClosedMeeting, keys: Mapping[str, Gesture]) -> None:
        """`keys` are the rows of the keys, by their ids."""
        super().__init__(tr)
        self.past = past
        self.keys = keys
        self.found: dict[str, MinutesEntry] = {}
        self.looks: dict[str, list[GateFinding]] = {}
        self.leaving: Leaving | None = None
        self._asking: tuple[str, dict[str, Callable[[], None]], tuple[str, ...]] | None = None
        self._sure = ""

    def on_mount(self) -> None:
        """Read the minutes; they are a person's, and may be anything."""
        super().on_mount()
        self.leaving = Leaving(self, self.past.workspace, self.past.id)
        self.guard(self._read)

    def _read(self) -> None:
        try:
            path, text = changing.minutes_text(self.past)
            read = read_minutes(text, meeting=self.past.id)
        except NoMinutes:
            self.tell(self.tr("There are no minutes of {name}.", name=self.past.id), "refused")
            return
        numbered = read.numbered().values()
        self.found = {found.said.label(read.front.language): found.said for found in numbered}
        self.looks = {}
        for one in to_look_at(self.past.workspace, path, self.past.network, text=text):
            self.looks.setdefault(one.label, []).append(one)
        if self.leaving is not None:
            self.leaving.look()
        self.paint()

    # What is shown.

    def sheet_title(self) -> str:
        """The meeting."""
        return self.past.id

    def ids(self) -> list[str]:
        """The numbers, in the order of the minutes."""
        return list(self.found)

    def placed_rows(self, width: int) -> tuple[list[Row], int]:
        """What can go out; then a row an entry: its number, its words, what became of it, and what deserves a look in it."""
        rows: list[Row] = [[(left(self.tr("To share").upper(), width), "accent")]]
        rows += self.leaving.rows(width) if self.leaving is not None else []
        rows += [
            [("   " + line, "warn")] for one in self.looks.get("", []) for line in wrap(self._where(one), width - 4)
        ]
        rows += [[], [(left(self.tr("The entries").upper(), width), "accent")]]
        at = len(rows)
        for number, said in self.found.items():
            here = number == self.chosen
            at = len(rows) if here else at
            state = self._state(said)
            room = width - 8 - (len(state) + 2 if state else 0)
            label = left(f" {'›' if here else ' '} {number}", 8)
            style = "selected" if here else ""
            cells = [(label, style), (left(fit(" ".join(said.text.split()), room), room), style)]
            rows.append([*cells, ("  " + state, "dim")] if state else cells)
            for one in self.looks.get(number, []):
                rows += [[(" " * 8, ""), (line, "warn")] for line in wrap(f"! {reason_text(self.tr, one)}", width - 9)]
        return rows, at

    def _where(self, one: GateFinding) -> str:
        return f"! {reason_text(self.tr, one)} ({self.tr('line {n}', n=one.line)})"

    def _state(self, said: MinutesEntry) -> str:
        marks = outcomes.words(self.tr)
        answered = said.answer is not None or said.done
        shown = [marks["answered"].mark] if answered else [marks[said.outcome].mark] if said.outcome else []
        if said.kind == "action":
            shown.append(", ".join(said.owners) if said.owners else self.tr("nobody for now"))
        return " ".join([*shown, *([f"+{said.same}"] if said.same else [])])

    def sheet_keys(self) -> list[tuple[str, str]]:
        """What can be done with the chosen one."""
        if self._asking is not None or self.said is None:
            return []
        named = [self.keys[name] for name in self._offered(self.said)]
        keys = [("1–5", self.tr("share")), *([("a", self.tr("accept"))] if self._looks() else [])]
        keys += [(key, label) for key, label in self._mends() if self._looks()]
        keys += [(gesture.key(self.tr), self.tr(gesture.label)) for gesture in named]
        return [*keys, (_KIND_KEY, self.tr.ptr("field", "kind")), ("↑↓", self.tr("choose"))]

    def message(self, width: int) -> tuple[str, str]:
        """While a choice is asked for, its keys."""
        if self._asking is None:
            return super().message(width)
        return fit_first(self._asking[2], width), "key"

    def leave_words(self) -> str:
        """Escape gives up what was asked, or goes back."""
        return self.tr("change nothing") if self._asking is not None else super().leave_words()

    @property
    def said(self) -> MinutesEntry | None:
        """The chosen entry."""
        return self.found.get(self.chosen or "")

    # Keys.

    @staticmethod
    def _offered(said: MinutesEntry) -> list[str]:
        """The gestures that its kind has."""
        row = KINDS[said.kind]
        offered = ["answer", "send"] if row.answerable else []
        offered += ["done"] if row.closable else []
        offered += ["support"] if row.shared else []
        return [*offered, "edit", "remove"]

    def pressed(self, key: str) -> bool:
        """One key each."""
        if self.bar.is_open:
            return False
        if self._asking is not None:
            return self._chose(key)
        if self.leaving is not None and self.leaving.pressed(key):
            return True
        said, number = self.said, self.chosen or ""
        if said is None:
            return False
        sure, self._sure = self._sure, ""
        if key == _KIND_KEY:
            self._ask_kind(number, said)
        elif key in (_ACCEPT_KEY, _OWNER_KEY, _DAY_KEY):
            return self._mend(key, number, said)
        elif gesture := next((name for name in self._offered(said) if key in self.keys[name].keys), None):
            self._carry_out(gesture, number, said, sure=sure)
        elif refused := next((self.keys[name] for name in _BY_KIND if key in self.keys[name].keys), None):
            words = self.tr("{label}: {command} is not for this kind.", label=number, command=self.tr(refused.label))
            self.tell(words, "refused")
        else:
            return False
        return True

    @property
    def _today(self) -> datetime.date:
        return local_today(self.past.network.timezone)

    def _chose(self, key: str) -> bool:
        """A key of what was asked."""
        choices = self._asking[1] if self._asking is not None else {}
        if key in choices:
            self._asking = None
            choices[key]()
        return key != "escape"

    def _carry_out(self, gesture: str, number: str, said: MinutesEntry, *, sure: str) -> None:
        if gesture == "answer":
            text = f"{said.answer} " if said.answer else ""  # what is typed next is not glued to it
            self.bar.open("answer", subject=number, text=text, entry=number)
        elif gesture == "edit":
            self.bar.open("note", subject=number, text=said.text, entry=number)
        elif gesture == "send":
            self._ask_outcome(number, said, sure)
        elif gesture == "done":
            self._do(lambda: changing.finish(self.past, number, done=not said.done), self._told_done(number, said))
        elif gesture == "support":
            told = self.tr("{number}: same need, +{n}", number=number, n=said.same + 1)
            self._do(lambda: changing.same(self.past, number, on=self._today), told)
        else:
            self._remove(number, sure=sure == number)

    def _looks(self) -> list[GateFinding]:
        """What deserves a look in the chosen entry; what stands in none goes with every one."""
        return self.looks.get(self.chosen or "", []) + self.looks.get("", [])

    def _mends(self) -> list[tuple[str, str]]:
        reasons = {one.reason for one in self.looks.get(self.chosen or "", [])}
        owner = [(_OWNER_KEY, self.tr("owner"))] if reasons & {"no-owner", "nobody-answers"} else []
        return [*owner, *([(_DAY_KEY, self.tr("day"))] if "no-date" in reasons else [])]

    def _mend(self, key: str, number: str, said: MinutesEntry) -> bool:
        """Let stand what deserves a look, or say who and when."""
        if key == _ACCEPT_KEY:
            if not (found := self._looks()):
                return False
            accept(self.past.workspace, changing.minutes_text(self.past)[0], found)
            self.tell(self.tr("Accepted: {what}", what=", ".join(reason_text(self.tr, one) for one in found)))
            self._read()
        elif said.kind not in ("action", "question"):
            return False
        elif key == _OWNER_KEY:
            subject = self.tr("{number} owner", number=number)
            self.bar.open("owners", subject=subject, text=", ".join(said.owners), entry=number)
        else:
            self.bar.open("command", subject=self.tr("{number}: by when", number=number), entry=number)
        return True

    def _told_done(self, number: str, said: MinutesEntry) -> str:
        done = self.tr("{number} is done", number=number)
        return self.tr("{number} is open again", number=number) if said.done else done

    def _remove(self, number: str, *, sure: bool) -> None:
        """Nothing brings it back: it is asked for twice."""
        if sure:
            told = self.tr("{number} taken away", number=number)
            self._do(lambda: changing.remove(self.past, number, on=self._today), told)
            return
        self._sure = number
        again = self.keys["remove"].key(self.tr)
        self.tell(
            self.tr("{key} again takes {number} away: no key brings it back", key=again, number=number), "refused"
        )

    def _ask_outcome(self, number: str, said: MinutesEntry, sure: str) -> None:
        """Nothing brings back the answer that it has: to give it up is asked for twice."""

        def sent(where: Outcome) -> Callable[[], None]:
            def send() -> None:
                if outcomes.gives_up_answer(said, where) and sure != f"{number} {where}":
                    self._sure = f"{number} {where}"
                    self.tell(outcomes.again_text(self.tr, said, where), "refused")
                    return
                done = self.tr("{number} → {outcome}", number=number, outcome=wording.outcome_name(self.tr, where))
                self._do(lambda: changing.send(self.past, number, where, on=self._today), done)

            return send

        keys = {key: sent(outcome) for key, outcome in outcomes.keys(self.tr).items() if outcome is not None}
        self._asking = number, keys, outcomes.prompts(self.tr, number)

    def _ask_kind(self, number: str, said: MinutesEntry) -> None:
        def made(kind: Kind) -> Callable[[], None]:
            return lambda: self._make(number, kind)

        kinds = [kind for kind in ASKED if kind != said.kind]
        shown = [f"{KINDS[kind].key} {wording.kind_name(self.tr, kind)}" for kind in kinds]
        narrow = " ".join(KINDS[kind].key for kind in kinds)
        prompts = (f"{number} → " + " · ".join(shown), f"{number} → {narrow}")
        self._asking = number, {KINDS[kind].key: made(kind) for kind in kinds}, prompts

    def _make(self, number: str, kind: Kind) -> None:
        def told(done: Changed) -> str:
            now = done.number or wording.kind_name(self.tr, kind)
            return self.tr("{old} is now {number}", old=number, number=now)

        self._do(lambda: changing.make(self.past, number, kind, Fields(), on=self._today), told)

    def action_leave_sheet(self) -> None:
        """Escape gives up what was asked, then the screen."""
        if self._asking is not None:
            self._asking = None
            self.paint()
        else:
            self.dismiss()

    def typed(self, event: Bar.Submitted) -> None:
        """The answer, or the words."""
        number, text = event.entry or "", normalise(event.text).text
        said = self.found.get(number)
        unchanged = event.mode == "answer" and said is not None and text == (said.answer or "").strip()
        if not text.strip() or unchanged:
            self.bar.close()
        elif event.mode == "owners":
            self._owned(number, text)
        elif event.mode == "command":
            day = read_due(text, self._today, self.past.network.calendar.next_meeting)
            if day is None:
                self.tell(self.tr("“{given}” names no day.", given=text), "refused")
            else:
                told = self.tr("{number} changed", number=number)
                self._entered(
                    lambda: changing.edit(self.past, number, Fields(due=day), on=self._today),
                    told,
                )
        elif event.mode == "answer":
            told = self.tr("{number} answered, in the minutes of {meeting}.", number=number, meeting=self.past.id)
            self._entered(lambda: self._answer(number, text), told)
        else:
            told = self.tr("{number} changed", number=number)
            self._entered(
                lambda: changing.edit(self.past, number, Fields(text=text), on=self._today),
                told,
            )

    def _owned(self, number: str, text: str) -> None:
        past = self.past
        owners = self.named(text, known_names(past.meeting) if past.meeting.setup is not None else past.people())
        if owners is not None:
            told = self.tr("{number} changed", number=number)
            self._entered(lambda: changing.edit(past, number, Fields(owners=owners), on=self._today), told)

    def _answer(self, number: str, text: str) -> Changed:
        """Answered anew: the answer that it has stood in the line, and who gave it stays."""
        said = self.found.get(number)
        by, link = (said.answer_by, said.answer_link) if said is not None else (None, None)
        return changing.answer(self.past, number, text, link, by=by, on=self._today)

    def _entered(self, work: Callable[[], Changed], told: str) -> None:
        """What could not be done stays typed."""
        if self._do(work, told):
            self.bar.close()

    def _do(self, work: Callable[[], Changed], told: str | Callable[[Changed], str]) -> bool:
        """Do it and tell it; what prevents it is told."""
        try:
            done = work()
        except Refused as refused:
            self.tell(wording.refusal_text(self.tr, refused), "refused")
        except NoMinutes:
            self.tell(self.tr("There are no minutes of {name}.", name=self.past.id), "refused")
        except (Unchangeable, OSError) as problem:
            self.tell(problem_text(self.tr, problem), "refused")
        else:
            self._read()
            self.tell(
                "\n".join([told if isinstance(told, str) else told(done), *changing.news(self.tr, self.past, done)])
            )
            return True
        return False
