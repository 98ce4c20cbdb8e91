"""Sixty items in the shapes of real committees' agendas: none is refused for its hours, its presenters or their number."""

from __future__ import annotations

import datetime
import json
from pathlib import Path

import jsonschema

from facilitator.core.acts.plan import planned_steps
from facilitator.core.agenda import Agenda
from facilitator.core.network import Network
from facilitator.core.setup import Setup, setup_of
from facilitator.core.time.clocks import planned_spans
from facilitator.documents.agenda import check_agenda, read_agenda
from facilitator.documents.agenda_writer import write_agenda
from facilitator.documents.schema import schema
from facilitator.i18n import translator

EN = translator("en")
FILE = Path(__file__).with_name("committee.yaml")


def frozen(agenda: Agenda) -> Setup:
    """What the meeting of this agenda rests on."""
    return setup_of(agenda, Network(), day=datetime.date(2026, 11, 24), zone="Europe/Paris", language="en")


def test_an_agenda_of_sixty_items_is_read_and_fits_its_day() -> None:
    checked = check_agenda(FILE.read_bytes(), name=FILE.name, tr=EN)
    assert len(checked.agenda.steps) == 60
    assert [str(warning) for warning in checked.warnings] == ["committee.yaml:5:6: 20 min not allotted"]


def test_its_guests_come_at_their_hours_and_leave_in_time() -> None:
    agenda = read_agenda(FILE.read_bytes(), name=FILE.name, tr=EN)
    setup = frozen(agenda)
    assert setup.planned_start is not None
    spans = zip(agenda.steps, planned_spans(setup, setup.planned_start), strict=True)
    hours = [[(at - setup.planned_start) // 60_000 for at in span] for step, span in spans if step.not_before]
    assert hours == [[210, 235], [450, 465], [720, 740]]  # minutes after 08:00: 11:30, 15:30, 20:00


def test_those_named_by_the_beginning_of_their_names_lead_it() -> None:
    agenda = read_agenda(FILE.read_bytes(), name=FILE.name, tr=EN)
    steps = planned_steps(frozen(agenda))
    assert steps[21].plan.leads == ("Ada Moreau",)
    assert [step.lead for step in steps if len(step.plan.leads) == 3] == [
        "Ada Moreau, Bruno Weiss, Chiara Neri",
        "Kofi Mensah, Lena Fuchs, Milo Rossi",
    ]


def test_it_reads_back_as_it_was_and_editors_accept_it() -> None:
    agenda = read_agenda(FILE.read_bytes(), name=FILE.name, tr=EN)
    assert read_agenda(write_agenda(agenda, language="en").encode(), name="a.yaml", tr=EN) == agenda


def test_a_hundred_items_in_four_minutes_each_and_two_hundred_are_read() -> None:
    step = {"kind": "free", "duration": 4, "title": "An item", "lead": ["Ada", "Bruno"], "priority": 3}
    data = {"title": "Plenary", "steps": [step] * 200}
    jsonschema.Draft7Validator(schema()).validate(data)
    assert len(read_agenda(json.dumps(data).encode(), name="a.yaml", tr=EN).steps) == 200
