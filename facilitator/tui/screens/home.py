"""What there is: a meeting to resume, agendas to open, past minutes, what is still open."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding, BindingType

from facilitator import wording
from facilitator.core.network import Language, Network
from facilitator.core.refusal import Refused
from facilitator.documents.agenda import read_agenda, standard
from facilitator.documents.network import read_network
from facilitator.documents.problem import Problems
from facilitator.meetings.faults import system_text
from facilitator.meetings.session import Session
from facilitator.store.documents import MAX_DOCUMENT
from facilitator.store.door import read_document
from facilitator.store.zone import machine_zone
from facilitator.tui import registry
from facilitator.tui.cells import left
from facilitator.tui.screens.sheet import Sheet, problem_text
from facilitator.tui.widgets.lines import Row

if TYPE_CHECKING:
    from facilitator.core.agenda import Agenda
    from facilitator.i18n import Translator
    from facilitator.meetings.opening import Standing
    from facilitator.store.workspace import Workspace

PAST = 8


@dataclass(frozen=True, slots=True)
class Choice:
    """A line that can be chosen: its section, its words, and what Enter does."""

    section: str
    words: str
    open: Callable[[], None]


class HomeScreen(Sheet):
    """Enter opens the chosen line."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("q", "app.leave", "", show=False)]
    has_before = False

    def __init__(self, workspace: Workspace, tr: Translator, open_meeting: Callable[[Session], object]) -> None:
        """`open_meeting` leads the meeting that was chosen."""
        super().__init__(tr)
        self.workspace = workspace
        self._open_meeting = open_meeting
        self.network = Network()
        self.asked: str | None = None
        self.choices: list[Choice] = []
        self.still_open: int | None = None

    def on_mount(self) -> None:
        """Look at the workspace; what takes longer is looked up afterwards."""
        super().on_mount()
        self.guard(self._look)
        self.call_after_refresh(self.run_worker, self._look_back, thread=True, exit_on_error=False, group="open")

    def _look(self) -> None:
        tr = self.tr
        self.network = self._settings()
        found = [self._live(meeting_id) for meeting_id in self.workspace.live()]
        choices = [choice for choice in found if choice is not None]
        choices += [Choice(tr("Agendas"), path.stem, self._opener(path)) for path in self._agendas()]
        choices.append(
            Choice(tr("Agendas"), tr("The standard meeting"), lambda: self._open_agenda(standard(self._language())))
        )
        self.choices = choices
        self.paint()

    def _look_back(self) -> None:
        """What is past, off the screen's path: however much it is, the first frame does not wait for it."""
        past = self.workspace.minutes_files()[-PAST:][::-1]
        self.app.call_from_thread(self._listed, past)
        self._count_open()

    def _listed(self, past: list[Path]) -> None:
        self.choices += [Choice(self.tr("Past meetings"), path.stem, self._reader(path)) for path in past]
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
        words = f"{meeting.opened.agenda.title} · {wording.state_name(tr, meeting.state)}"
        if session.unfinished:
            last = session.now().at - session.idle_ms()
            since = wording.short_date(tr, wording.local(last, meeting.opened.zone).date())
            words += " · " + tr("unfinished, nothing since {date}", date=since)
        return Choice(tr("To resume"), words, lambda: self._resume(meeting_id, unfinished=session.unfinished))

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
                agenda = read_agenda(read_document(self.workspace.root, path), name=path.name, tr=self.tr)
            except (OSError, Problems) as problem:
                self.tell(problem_text(self.tr, problem), "refused")
                return
            self._open_agenda(agenda)

        return opens

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

    def _agendas(self) -> list[Path]:
        try:
            return sorted(path for path in self.workspace.agendas_folder.iterdir() if path.suffix in (".yaml", ".yml"))
        except OSError:
            return []

    def _count_open(self) -> None:
        """What people wrote in documents since, and how much is still open over past meetings; read off the screen's path."""
        from facilitator.core.carrying import still_open
        from facilitator.meetings.letters import arrived
        from facilitator.meetings.past import archive_of
        from facilitator.store.private import read_private

        told = arrived(self.workspace, self.tr, on=datetime.datetime.now(datetime.UTC).astimezone().date())
        with archive_of(self.workspace) as archive:
            found = len(still_open([*archive.living(), *read_private(self.workspace)]))
        self.app.call_from_thread(self._counted, found, (*told.news, *told.standing))

    def _counted(self, found: int, told: tuple[str, ...]) -> None:
        self.still_open = found
        if told:
            self.tell("\n".join(told))
        self.paint()

    def sheet_title(self) -> str:
        """The network, or the program."""
        return self.network.name or "facilitator"

    def ids(self) -> list[str]:
        """One a line."""
        return [str(place) for place in range(len(self.choices))]

    def row_of_choice(self, width: int) -> int:
        """Where the chosen line stands."""
        return self._rows(width)[1]

    def sheet_rows(self, width: int) -> list[Row]:
        """Sections and lines."""
        return self._rows(width)[0]

    def _rows(self, width: int) -> tuple[list[Row], int]:
        rows: list[Row] = []
        at, section = 0, None
        for place, choice in enumerate(self.choices):
            if choice.section != section:
                rows += [[]] if rows else []
                rows.append([(choice.section, "accent")])
                section = choice.section
            if place == self.at:
                at = len(rows)
            sign = "›" if place == self.at else " "
            rows.append([(left(f" {sign} {choice.words}", width), "selected" if place == self.at else "")])
        if self.still_open:
            words = self.tr.ntr(
                "{n} follow-up still open",
                "{n} follow-ups still open",
                self.still_open,
            )
            rows += [[], [(words, "dim")]]
        if self.network.calendar.next_meeting is not None:
            next_date = wording.date_text(self.tr, self.network.calendar.next_meeting)
            rows += [[(self.tr("Next meeting: {date}", date=next_date), "dim")]]
        return rows, at

    def sheet_keys(self) -> list[tuple[str, str]]:
        """Enter opens."""
        tr = self.tr
        return [
            ("↑↓", tr("choose")),
            (tr("Enter"), tr("open")),
            ("s", tr("network")),
            ("f", tr("search")),
            ("q", tr("leave")),
        ]

    def pressed(self, key: str) -> bool:
        """Enter opens the chosen line; `s` shows what the network has open, `f` searches its past."""
        if key == "enter" and self.choices:
            self.choices[self.at].open()
            return True
        if key in ("s", "f"):
            from facilitator.tui.screens.network import NetworkScreen

            self.app.push_screen(NetworkScreen(self.workspace, self.network, self.tr, opens=key if key == "f" else ""))
            return True
        return False

    def action_leave_sheet(self) -> None:
        """Home has nothing before it."""
        self.tell("")


class ReadScreen(Sheet):
    """The minutes of a past meeting, rendered; of one that is closed, the way to its entries."""

    def __init__(self, tr: Translator, workspace: Workspace, path: Path, network: Network) -> None:
        super().__init__(tr)
        self.workspace = workspace
        self.path = path
        self.network = network
        self.meeting: str | None = None

    def sheet_title(self) -> str:
        """The meeting."""
        return self.path.stem

    def on_mount(self) -> None:
        """Read the file; it is a person's, and may be anything."""
        super().on_mount()
        self._read()

    def _read(self) -> None:
        try:
            data = read_document(self.workspace.root, self.path, limit=MAX_DOCUMENT)
        except OSError as error:
            self.tell(system_text(self.tr, error.strerror or str(error)), "refused")
            return
        self._show(data.decode("utf-8", errors="replace"))

    def _show(self, text: str) -> None:
        from textual.containers import VerticalScroll
        from textual.widgets import Markdown

        from facilitator.documents.minutes.reader import read_minutes
        from facilitator.tui.screens.minutes import shown_markdown

        read = read_minutes(text, meeting=self.path.stem)
        self.meeting = read.front.meeting if read.front.status == "final" and read.numbered() else None
        self.query_one(".sheet-body").display = False
        for shown in self.query(VerticalScroll):
            shown.remove()
        scroll = VerticalScroll(Markdown(shown_markdown(text), open_links=False))
        self.mount(scroll, after=0)
        scroll.focus()
        self.paint()

    def sheet_keys(self) -> list[tuple[str, str]]:
        """The way to the entries."""
        gesture = registry.BY_ID["edit"]
        return [(gesture.key(self.tr), self.tr("the entries"))] if self.meeting is not None else []

    def pressed(self, key: str) -> bool:
        """One key: to the entries, and back to what became of the minutes."""
        if self.meeting is None or key not in registry.BY_ID["edit"].keys:
            return False
        from facilitator.tui.screens.after import AfterScreen

        self.app.push_screen(AfterScreen(self.tr, self.workspace, self.meeting, self.network), lambda _: self._read())
        return True
