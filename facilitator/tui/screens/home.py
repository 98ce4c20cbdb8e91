"""What now: the meeting that goes on or that of today, what is due, the next dates, what was held."""

from __future__ import annotations

import datetime
import os
from collections.abc import Callable, Mapping
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from msgspec import Struct
from msgspec.structs import replace
from textual.binding import Binding, BindingType

from facilitator import wording
from facilitator.core.network import Language, Network
from facilitator.core.refusal import Refused
from facilitator.documents.agenda import read_agenda, standard
from facilitator.documents.network import read_network
from facilitator.documents.problem import Problems
from facilitator.meetings.coming import ComingAgenda, to_come
from facilitator.meetings.session import Session
from facilitator.store.door import read_document
from facilitator.store.zone import local_today, machine_zone
from facilitator.tui import panels
from facilitator.tui.cells import cell_len, fit, left, wrap
from facilitator.tui.keys import key_name
from facilitator.tui.retrying import Retrying
from facilitator.tui.screens.sheet import Sheet, problem_text
from facilitator.tui.widgets.lines import Row
from facilitator.wording import hour_text
from facilitator.wording.rhythm import past_date_text

if TYPE_CHECKING:
    from facilitator.core.agenda import Agenda
    from facilitator.i18n import Translator
    from facilitator.meetings.opening import Standing
    from facilitator.meetings.whatnow import DueNow, MeetingHeld
    from facilitator.store.workspace import Workspace
    from facilitator.tui.gesture import Gesture

PAST = 30
# From so many columns on there are two columns; from so many rows on, frames.
WIDE = 120
FRAMED = 22


class Choice(Struct, frozen=True):
    """A line that can be chosen: its name, which stays, its section, its words and what Enter does.

    `beside` stands at the end of the line, `more` after the words where there is room for all of it.
    """

    id: str
    section: str
    words: str
    open: Callable[[], None]
    beside: str = ""
    more: str = ""


class LookedUp(Struct, frozen=True):
    """What was looked up after the first frame: what is due, what was held, the agendas of today, read, and how much waits to be sent.

    `brought` is how much of what each of those carries over is still open: that is what its meeting begins with.
    """

    due: DueNow
    held: list[MeetingHeld]
    today: dict[Path, Agenda]
    brought: dict[Path, int]
    waits: int


def is_there(folder: Path) -> bool:
    """Whether there is anything in a folder: a glance, however much it is."""
    try:
        with os.scandir(folder) as entries:
            return next(entries, None) is not None
    except OSError:
        return False


class HomeScreen(Sheet):
    """What now? Enter does what stands first; then what is due, the next dates, what was held."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("q", "app.leave", "", show=False)]
    has_before = False

    def __init__(self, workspace: Workspace, tr: Translator, open_meeting: Callable[[Session], object]) -> None:
        """`open_meeting` leads the meeting that was chosen."""
        super().__init__(tr)
        self.workspace = workspace
        self._open_meeting = open_meeting
        self.network = Network()
        self.today = datetime.date.min
        self.asked: str | None = None
        self.choices: list[Choice] = []
        self._agendas: list[ComingAgenda] = []
        self._live_ids: list[str] = []
        self.known: LookedUp | None = None
        self.retrying: Retrying | None = None
        self._sure = ""
        self._any_past = False

    @property
    def gestures(self) -> Mapping[str, Gesture]:
        """What can be done in the meeting that begins here, for `h`."""
        from facilitator.tui.registry import BY_ID

        return BY_ID

    def on_mount(self) -> None:
        """Look at the workspace; what takes longer is looked up afterwards."""
        super().on_mount()
        self.retrying = Retrying(self, self.workspace, self._waits_on)
        self.guard(self._look)
        self.call_after_refresh(self.run_worker, self._look_back, thread=True, exit_on_error=False, group="open")

    def moved(self, _before: Path) -> None:
        """Everything is looked at anew: what can be opened is opened where it is."""
        self.guard(self._look)
        self.run_worker(lambda: self._look_back(tells=False), thread=True, exit_on_error=False, group="open")

    def _look(self) -> None:
        self.network = self._settings()
        self.today = local_today(self.network.timezone)
        found = [self._live(meeting_id) for meeting_id in self.workspace.live()]
        live = [choice for choice in found if choice is not None]
        self._live_ids = [choice.id for choice in live]
        self._agendas = [one for one in to_come(self.workspace, self.today) if one.meeting not in self._live_ids]
        self.choices = [*live, *self._choices_of_agendas()]
        self._any_past = any(map(is_there, (self.workspace.minutes_folder, self.workspace.newsletter_folder)))
        self.paint()

    def _choices_of_agendas(self) -> list[Choice]:
        """Today's first, as Enter opens it; then those to come, those without a day, and the one that is always there."""
        tr = self.tr
        made = [
            Choice(
                str(one.path),
                self._today_words(one) if one.day == self.today else tr("Next"),
                one.title,
                self._opener(one.path),
                "" if one.day is None or one.day == self.today else wording.short_date(tr, one.day),
            )
            for one in self._agendas
        ]
        standard_one = Choice(
            "standard", tr("Next"), tr("The standard meeting"), lambda: self._open_agenda(standard(self._language()))
        )
        return [*made, standard_one]

    def _today_words(self, written: ComingAgenda) -> str:
        """`Aujourd’hui 9 h 30 · Castel · 4 points reportés`: what of it is known by now."""
        tr = self.tr
        start = f" {hour_text(tr, written.start)}" if written.start else ""
        agenda = self.known.today.get(written.path) if self.known is not None else None
        said = [tr("Today") + start]
        if agenda is not None and agenda.place is not None:
            said.append(agenda.place.name)
        brought = self.known.brought.get(written.path, 0) if self.known is not None else 0
        if brought:
            said.append(tr.ntr("{n} thing carried over", "{n} things carried over", brought))
        return " · ".join(said)

    def _look_back(self, *, tells: bool = True) -> None:
        """What is past and due, off the screen's path: however much it is, the first frame does not wait for it."""
        from facilitator.meetings.carrying import since_of
        from facilitator.meetings.letters import arrived
        from facilitator.meetings.past import archive_of
        from facilitator.meetings.whatnow import due, held
        from facilitator.share.pending import read_pending

        told = arrived(self.workspace, self.tr, on=self.today)
        with archive_of(self.workspace) as archive:
            past = held(self.workspace, archive, self._live_ids, PAST)
            today = self._read_today()
            brought = {
                path: len(since_of(self.workspace, agenda, self.network)[0].carried) for path, agenda in today.items()
            }
            waits = len(read_pending(self.workspace))
            known = LookedUp(due(self.workspace, archive, self.today), past, today, brought, waits)
        self.app.call_from_thread(self._learnt, known, (*told.news, *told.standing) if tells else ())

    def _read_today(self) -> dict[Path, Agenda]:
        """The agendas of today; one that cannot be read is told when it is opened."""
        read = {}
        for one in self._agendas:
            if one.day == self.today:
                with suppress(OSError, Problems):
                    read[one.path] = self._read(one.path)
        return read

    def _learnt(self, known: LookedUp, told: tuple[str, ...]) -> None:
        self.known = known
        live = [choice for choice in self.choices if choice.id in self._live_ids]
        past = [
            Choice(
                str(one.path),
                self.tr("Past meetings"),
                one.title or self.tr("Meeting"),
                self._reader(one.path),
                wording.short_date(self.tr, one.day, year=True) if one.day else "",
                one.place or "",
            )
            for one in known.held
        ]
        self.choices = [*live, *self._choices_of_agendas(), *past]
        if told:
            self.tell("\n".join(told))
        if self.retrying is not None:
            self.retrying.wait(known.waits)
        self.paint()

    def on_screen_resume(self) -> None:
        """What could not be sent meanwhile is counted, and tried from here on."""
        if self.known is not None and self.retrying is not None:
            from facilitator.share.pending import read_pending

            with suppress(OSError):
                self._waits_on(len(read_pending(self.workspace)))
            self.retrying.wait(self.known.waits)

    def _waits_on(self, waits: int) -> None:
        if self.known is not None:
            self.known = replace(self.known, waits=waits)
        self.paint()

    def _live(self, meeting_id: str) -> Choice | None:
        tr = self.tr
        try:
            session = Session.join(self.workspace, meeting_id, terminal=False)
        except LookupError:
            return None
        meeting = session.meeting
        session.leave()
        if meeting.state == "closed":
            return None
        words, beside = meeting.opened.agenda.title, wording.state_name(tr, meeting.state)
        if session.unfinished:
            last = session.now().at - session.idle_ms()
            since = wording.short_date(tr, wording.local(last, meeting.opened.zone).date())
            beside += " · " + tr("unfinished, nothing since {date}", date=since)
        section = tr("To resume") if session.unfinished else tr("Now")
        return Choice(
            meeting_id, section, words, lambda: self._resume(meeting_id, unfinished=session.unfinished), beside
        )

    def _resume(self, meeting_id: str, *, unfinished: bool) -> None:
        if unfinished and self.asked != meeting_id:
            self.asked = meeting_id
            self.tell(
                self.tr("Nothing happened there for twelve hours. Enter again takes it up; its clock ran on."),
                "refused",
            )
            return
        self._open_meeting(Session.join(self.workspace, meeting_id, terminal=True))

    def _opener(self, path: Path) -> Callable[[], None]:
        def opens() -> None:
            try:
                agenda = self._read(path)
            except (OSError, Problems) as problem:
                self.tell(problem_text(self.tr, problem), "refused")
                return
            self._open_agenda(agenda)

        return opens

    def _read(self, path: Path) -> Agenda:
        """An agenda of the workspace. Raises OSError and Problems."""
        return read_agenda(read_document(self.workspace.root, path), name=path.name, tr=self.tr)

    def _open_agenda(self, agenda: Agenda) -> None:
        zone = self.network.timezone or machine_zone()
        language = agenda.language or self._language()
        session = Session.prepare(self.workspace, agenda, self.network, zone=zone, language=language, terminal=True)
        found = session.standing()
        if found is None or (found.reason == "another-live" and self._insists(found)):
            self._open_meeting(session)
            return
        session.leave()
        if found.reason is None or (found.reason == "other-agenda" and self._insists(found)):
            joined = Session.join(self.workspace, found.meeting, terminal=False)
            joined.leave()
            self._resume(found.meeting, unfinished=joined.unfinished)
            return
        self._tell_standing(found)

    def _insists(self, found: Standing) -> bool:
        """Whether Enter was pressed again on what was said to stand there."""
        return self.asked == f"{found.meeting} {found.reason}"

    def _tell_standing(self, found: Standing) -> None:
        """Tell what stands in the way of an agenda, and what Enter again does about it."""
        tr, told = self.tr, []
        if found.reason is not None:
            told.append(wording.refusal_text(tr, Refused(found.reason, meeting=found.meeting)))
        if found.reason == "another-live":
            told.append(tr("Enter again opens this one beside it."))
        elif found.reason == "other-agenda":
            told.append(tr("Enter again takes it up as it is."))
        self.asked = f"{found.meeting} {found.reason}"
        self.tell(" ".join(told), "refused")

    def _reader(self, path: Path) -> Callable[[], None]:
        def reads() -> None:
            from facilitator.tui.screens.past import ReadScreen

            self.app.push_screen(ReadScreen(self.tr, self.workspace, path, self.network))

        return reads

    def _language(self) -> Language:
        return self.network.language or ("en" if self.tr.language == "en" else "fr")

    def _settings(self) -> Network:
        try:
            data = self.workspace.config_bytes()
            return Network() if data is None else read_network(data, name="facilitator.yaml", tr=self.tr)
        except (OSError, Problems) as problem:
            self.tell(problem_text(self.tr, problem), "refused")
            return Network()

    def sheet_title(self) -> str:
        """The network, or the program; and the day."""
        return f"{self.network.name or 'facilitator'} · {wording.date_text(self.tr, self.today)}"

    def ids(self) -> list[str]:
        """One a line."""
        return [choice.id for choice in self.choices]

    def placed_rows(self, width: int) -> tuple[list[Row], int]:
        """What is to be done now, what is due, the next dates, what was held."""
        tr = self.tr
        if self._is_empty:
            return self._begin_rows(width), 0
        height = self.query_one(".sheet-body").size.height
        half = (width - panels.GAP) // 2
        right_names = [name for name in (tr("What is due"), tr("Past meetings")) if self._lines_of(name, half)]
        if width < WIDE - 2 or not right_names:
            order = [*self._now_sections(), tr("What is due"), tr("Next"), tr("Past meetings")]
            return self._column([name for name in order if self._lines_of(name, width)], width)
        left_names = [name for name in (*self._now_sections(), tr("Next")) if self._lines_of(name, half)]
        one, place = self._column(left_names, half, height)
        other, there = self._column(right_names, width - half - panels.GAP, height)
        return panels.beside(one, other, half), place if self._section_of_choice in left_names else there

    def _now_sections(self) -> list[str]:
        """What goes on, what is today's: whatever comes before what is next."""
        later = (self.tr("Next"), self.tr("Past meetings"))
        return list(dict.fromkeys(choice.section for choice in self.choices if choice.section not in later))

    @property
    def _section_of_choice(self) -> str:
        return self.choices[self.at].section if self.choices else ""

    def _column(self, names: list[str], width: int, height: int = 0) -> tuple[list[Row], int]:
        """These sections one below the other, the last as high as there is room for; and the row of what is chosen."""
        rows, at = list[Row](), 0
        framed = self.query_one(".sheet-body").size.height >= FRAMED - 4
        inner = width - panels.FRAME if framed else width
        sections = [(name, self._lines_of(name, inner)) for name in names]
        apart = sum(len(lines) + 2 for _, lines in sections) <= self.query_one(".sheet-body").size.height + 1
        for name, lines in sections:
            if not framed and apart and rows:
                rows.append([])
            if name == self._section_of_choice:
                among = [choice.id for choice in self.choices if choice.section == name]
                at = len(rows) + 1 + among.index(self.choices[self.at].id)
            if framed:
                last = name == names[-1]
                rows += panels.panel(name, lines, width, height=height - len(rows) if last else 0)
            else:
                rows += [[(left(name, width), "accent")], *lines]
        return rows, at

    def _lines_of(self, name: str, width: int) -> list[Row]:
        """The rows of a section, without its title."""
        tr = self.tr
        if self.known is None and self._any_past and name in (tr("What is due"), tr("Past meetings")):
            return [[("   …", "dim")]]  # it keeps its place until it is known
        if name == tr("What is due"):
            return self._due_rows(width)
        chosen = self.choices[self.at].id if self.choices else ""
        rows = [
            self._choice_row(choice, width, chosen=choice.id == chosen)
            for choice in self.choices
            if choice.section == name
        ]
        if name == tr("Next"):
            return [*rows, *self._announced_rows(width)]
        return [*rows, *self._programme_rows(name, width)]

    def _programme_rows(self, name: str, width: int) -> list[Row]:
        """Of the meeting of today, its steps, where there is room to show them."""
        if self.known is None or width < WIDE // 2 - panels.FRAME - 2 or self.size.width < WIDE:
            return []
        agendas = [self.known.today[one.path] for one in self._of_section(name) if one.path in self.known.today]
        rows: list[Row] = []
        for agenda in agendas[:1]:
            rows.append([])
            for step in agenda.steps:
                length = wording.minutes_text(self.tr, step.duration)
                room = max(0, width - cell_len(length) - 5)
                rows.append([(left(f"   {wording.step_title(self.tr, step)}", room + 3), ""), (f"  {length}", "dim")])
        return rows

    def _of_section(self, name: str) -> list[ComingAgenda]:
        return [one for one in self._agendas if one.day == self.today and self._today_words(one) == name]

    def _choice_row(self, choice: Choice, width: int, *, chosen: bool) -> Row:
        """The words, and beside them what is short; the words are the last to be cut."""
        style, sign = ("selected", "›") if chosen else ("", " ")
        beside = choice.beside if cell_len(choice.beside) <= width // 2 else ""
        room = width - cell_len(beside) - (2 if beside else 0)
        whole = f"{choice.words} · {choice.more}" if choice.more else choice.words
        words = whole if cell_len(whole) + 3 <= room else choice.words
        return [(left(f" {sign} {words}", room), style), (f"  {beside}" if beside else "", style or "dim")]

    @property
    def _is_empty(self) -> bool:
        """Whether nothing was ever done here."""
        return self.known is not None and len(self.choices) == 1 and not self.known.held

    def _begin_rows(self, width: int) -> list[Row]:
        """A folder in which nothing was done yet: two sentences and three keys."""
        tr = self.tr
        inner = width - panels.FRAME
        said = tr("Nothing has been held in this folder yet. All that is written down will be kept in it, as text.")
        keys = (
            (tr("Enter"), tr("leads the standard meeting, now")),
            ("n", tr("writes the agenda of a meeting to come")),
            ("h", tr("says what the keys do")),
        )
        room = max(cell_len(key) for key, _ in keys) + 3
        rows: list[Row] = [[(line, "")] for line in wrap(said, inner)]
        rows += [[], *([(left(f" {key}", room), "key"), (fit(words, inner - room), "")] for key, words in keys)]
        return panels.panel(tr("To begin"), rows, width)

    def _due_rows(self, width: int) -> list[Row]:
        """What is due, as counts, each with the key that shows it: nobody is named, whoever looks on."""
        tr, said = self.tr, list[tuple[str, str]]()
        if self.known is None:
            return []
        due = self.known.due
        if due.letter is not None:
            month = wording.month_text(tr, due.letter.month)
            words = tr.ntr("Letter of {month}: {n} item", "Letter of {month}: {n} items", due.letter.items, month=month)
            if due.letter.waiting:
                words += ", " + tr.ntr("{n} without an answer", "{n} without an answer", due.letter.waiting)
            said.append((words, "l"))
        if due.actions:
            said.append((tr.ntr("{n} action to look at", "{n} actions to look at", due.actions), "s"))
        if due.open:
            said.append((tr.ntr("{n} follow-up still open", "{n} follow-ups still open", due.open), "s"))
        if waits := self.known.waits:
            said.append((tr.ntr("{n} item waits to be sent", "{n} items wait to be sent", waits), ""))
        if due.closing:
            words = tr.ntr("Inbox: {n} item closes soon", "Inbox: {n} items close soon", due.closing)
            said.append((f"{words} (facilitator inbox)", " "))
        rows: list[Row] = []
        for words, key in said:
            lines = wrap(words, max(1, width - 5))
            rows.append([(left(f"   {lines[0]}", width - 2), ""), (f" {key}", "key")])
            rows += [[(f"   {line}", "")] for line in lines[1:]]
        return rows

    def _announced_rows(self, width: int) -> list[Row]:
        """The date that was announced, while no agenda is written for it; that it is past, when it is."""
        following = self.network.calendar.next_meeting
        held = {one.day for one in self.known.held} if self.known is not None else set()
        if following is None or following in {one.day for one in self._agendas}:
            return []
        if following < self.today or following in held:
            return [[(f"   {line}", "alert")] for line in wrap(past_date_text(self.tr, following), width - 3)]
        words = self.tr("Next meeting: {date}", date=wording.date_text(self.tr, following))
        return [[(left(f"   {words}", width - 2), ""), (" n", "key")]]

    def sheet_keys(self) -> list[tuple[str, str]]:
        """Enter opens; help and the way out are the last to give way."""
        tr = self.tr
        return [
            ("↑↓", tr("choose")),
            (tr("Enter"), tr("open")),
            ("n", tr("prepare")),
            ("l", tr("letter")),
            ("s", tr("follow-ups")),
            ("f", tr("search")),
            *([(tr("Del"), tr("discard"))] if self.chosen in self._live_ids else []),
            ("F2", tr("colours")),
            ("h", tr("help")),
            ("q", tr("leave")),
        ]

    def pressed(self, key: str) -> bool:
        """Enter opens the chosen line; `n` a new meeting, `s` what is open, `f` searches the past, `l` is the letter."""
        sure, self._sure = self._sure, ""
        if key == "enter" and self.choices:
            self.choices[self.at].open()
        elif key == "delete" and self.chosen in self._live_ids:
            self._discard(self.chosen, sure=sure == self.chosen)
        elif key in ("s", "f"):
            from facilitator.tui.screens.network import NetworkScreen

            self.app.push_screen(NetworkScreen(self.workspace, self.network, self.tr, opens=key if key == "f" else ""))
        elif key == "l":
            self._open_letter()
        elif key == "n":
            from facilitator.tui.screens.new import NewScreen

            self.app.push_screen(NewScreen(self.tr, self.workspace, self.network, self.today, self._written))
        else:
            return False
        return True

    def _discard(self, meeting_id: str, *, sure: bool) -> None:
        """Put a meeting that was opened by mistake out of the way; asked for twice."""
        from facilitator.meetings.discarding import discard

        tr = self.tr
        if not sure:
            self._sure = meeting_id
            told = tr(
                "{key} again puts this meeting out of the way, if nothing stands in it.", key=key_name(tr, "delete")
            )
            self.tell(told, "refused")
            return
        try:
            discard(Session.join(self.workspace, meeting_id, terminal=False))
        except Refused as refused:
            self.tell(wording.refusal_text(tr, refused), "refused")
        except (LookupError, OSError) as problem:
            self.tell(problem_text(tr, problem), "refused")
        else:
            self._look()
            self.choose(0)
            self.tell(tr("The meeting {name} is out of the way.", name=meeting_id))

    def _written(self, path: Path) -> None:
        """An agenda was written: it is among those to come, and chosen."""
        self._look()
        if str(path) in self.ids():
            self.choose(self.ids().index(str(path)))
        self.run_worker(self._look_back, thread=True, exit_on_error=False, group="open")

    def _open_letter(self) -> None:
        from facilitator.meetings.whatnow import next_letter

        letter = next_letter(self.workspace, self.today)  # the key may come before what is due is known
        if letter is None:
            self.tell(self.tr("There is no letter yet: the close of a meeting begins one."))
            return
        from facilitator.tui.screens.letter import LetterScreen

        self.app.push_screen(LetterScreen(self.workspace, self.network, self.tr, letter.month))

    def action_leave_sheet(self) -> None:
        """Home has nothing before it."""
        self.tell("")
