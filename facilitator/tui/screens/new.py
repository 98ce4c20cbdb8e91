"""A meeting to come: a template chosen by what it is for, then its day; the agenda is written with what comes back."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from facilitator import wording
from facilitator.core.carrying import without_private
from facilitator.core.dates import read_due
from facilitator.documents.agenda import read_agenda
from facilitator.meetings.cycle import past_of
from facilitator.meetings.past import archive_of
from facilitator.meetings.planning import (
    AgendaExists,
    Basis,
    Template,
    next_announced,
    plan_agenda,
    templates_of,
    usual_day,
    write_planned,
)
from facilitator.store.private import read_private
from facilitator.tui.cells import left, wrap
from facilitator.tui.screens.sheet import Sheet
from facilitator.tui.widgets.bar import Bar

if TYPE_CHECKING:
    from facilitator.core.network import Language, Network
    from facilitator.i18n import Translator
    from facilitator.store.workspace import Workspace
    from facilitator.tui.widgets.lines import Row


class NewScreen(Sheet):
    """The templates, each with what it is for; then what came into the agenda that was written."""

    def __init__(
        self,
        tr: Translator,
        workspace: Workspace,
        network: Network,
        today: datetime.date,
        then: Callable[[Path], object],
    ) -> None:
        """`then` is told where the agenda was written."""
        super().__init__(tr)
        self._then = then
        self.workspace = workspace
        self.network = network
        self.today = today
        self.language: Language = network.language or ("en" if tr.language == "en" else "fr")
        # What most want stands first.
        self.templates = sorted(templates_of(self.language), key=lambda template: template.name != "standard")
        self.told: tuple[str, ...] | None = None

    def sheet_title(self) -> str:
        """What is done here."""
        return self.tr("New meeting") if self.told is None else self.tr("The agenda is written")

    def ids(self) -> list[str]:
        """The templates, until one was taken."""
        return [template.name for template in self.templates] if self.told is None else []

    def placed_rows(self, width: int) -> tuple[list[Row], int]:
        """A template in two rows or three; then the sentences about what was written."""
        rows: list[Row] = []
        if self.told is None:
            made = [self._rows_of(template, width) for template in self.templates]
            return [row for one in made for row in one], sum(map(len, made[: self.at]))
        for place, said in enumerate(self.told):
            rows += [[(line, "" if place else "strong")] for line in wrap(said, width)]
            rows += [] if place else [[]]
        return rows, 0

    def _rows_of(self, template: Template, width: int) -> list[Row]:
        chosen = template.name == self.chosen
        style, sign = ("selected", "›") if chosen else ("", " ")
        lines = wrap(template.description, width - 4)
        rows: list[Row] = [[(left(f" {sign} {lines[0]}", width), style)]]
        return [*rows, *([(left(f"   {line}", width), style)] for line in lines[1:])]

    def sheet_keys(self) -> list[tuple[str, str]]:
        """Enter takes the template, then the day."""
        if self.told is not None:
            return [("↑↓", self.tr("scroll"))]
        return [("↑↓", self.tr("choose")), (self.tr("Enter"), self.tr("take this one"))]

    def pressed(self, key: str) -> bool:
        """Enter asks for the day."""
        if key != "enter" or self.bar.is_open:
            return False
        if self.told is not None:
            self.dismiss()
            return True
        day = next_announced(self.workspace, self.network, self.today).day or self._usual_day() or self.today
        self.bar.open("step", subject=self.tr("day"), text=day.isoformat())
        return True

    def typed(self, event: Bar.Submitted) -> None:
        """The day is typed: the agenda is written for it."""
        text = event.text.strip()
        day = read_due(text, self.today, next_announced(self.workspace, self.network, self.today).day) if text else None
        if day is None:
            self.tell(self.tr("{text} is not a date: 10/12, friday, 2026-12-10.", text=text or "…"), "refused")
            return
        self._write(self.templates[self.at], day)

    def _write(self, template: Template, day: datetime.date) -> None:
        agenda = read_agenda(template.path.read_bytes(), name=template.path.name, tr=self.tr)
        planned = plan_agenda(self._basis(), agenda, day, self.language, self.tr)
        try:
            written = write_planned(self.workspace, planned, self.language, self.tr)
        except AgendaExists as there:
            self.tell(there.sentence(self.tr), "refused")
            return
        self.bar.close()
        shown = written.path.relative_to(self.workspace.root)
        where = self.tr("Written for {date}: {path}", date=wording.date_text(self.tr, day), path=shown)
        self.told = (where, *planned.told, *written.told)
        self.choose(0)
        self.tell("")
        self._then(written.path)

    def _usual_day(self) -> datetime.date | None:
        with archive_of(self.workspace) as archive:
            return usual_day(self.workspace, self.network, past_of(archive), self.today)

    def _basis(self) -> Basis:
        """What is known of earlier meetings; nothing of what is private, for the screen may be the wall."""
        with archive_of(self.workspace) as archive:
            public = without_private(archive.records(), read_private(self.workspace))
            past = past_of(archive)
        return Basis(self.workspace, self.network, self.today, self.workspace.live(), public, public, past)
