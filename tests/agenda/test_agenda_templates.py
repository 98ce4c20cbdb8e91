"""The agendas to start from."""

from __future__ import annotations

import pytest

from facilitator.core.agenda import Agenda
from facilitator.documents.agenda import check_agenda, promised_s, standard, templates
from facilitator.documents.agenda_writer import SCHEMA_LINE, write_agenda
from facilitator.i18n import translator

SUBJECTS = ("activity", "exchange", "guest", "remote", "short", "standard", "tool")


def agenda(name: str) -> Agenda:
    """The template of this name."""
    return check_agenda(templates()[name].read_bytes(), name=name, tr=translator("en")).agenda


def test_each_subject_has_a_template_in_each_language() -> None:
    assert sorted(templates()) == sorted(f"{subject}.{language}" for subject in SUBJECTS for language in ("fr", "en"))


@pytest.mark.parametrize("name", sorted(templates()))
def test_a_template_loads_without_a_warning_and_opens_with_the_schema_line(name: str) -> None:
    data = templates()[name].read_bytes()
    checked = check_agenda(data, name=name, tr=translator("en"))
    assert checked.warnings == ()
    assert data.decode().splitlines()[0] == SCHEMA_LINE
    assert (templates()[name].parent / SCHEMA_LINE.partition("$schema=")[2]).is_file()
    assert checked.agenda.language == name.rpartition(".")[2]


@pytest.mark.parametrize("name", sorted(templates()))
def test_a_template_fills_its_promise_ends_with_a_closing_and_its_workshop_is_fully_in_phases(name: str) -> None:
    read = agenda(name)
    assert promised_s(read) == read.planned_s
    assert read.date is None
    assert read.steps[-1].kind == "closing"
    for step in read.steps:
        assert step.title
        if step.kind == "workshop":
            assert sum(phase.duration for phase in step.phases) == step.duration


@pytest.mark.parametrize("subject", SUBJECTS)
def test_both_languages_plan_the_same_meeting(subject: str) -> None:
    french, english = agenda(f"{subject}.fr"), agenda(f"{subject}.en")
    assert [(step.kind, step.duration, step.format) for step in french.steps] == [
        (step.kind, step.duration, step.format) for step in english.steps
    ]


@pytest.mark.parametrize("subject", ["activity", "exchange", "guest", "tool"])
def test_a_workshop_template_holds_its_format(subject: str) -> None:
    assert [step.format for step in agenda(f"{subject}.fr").steps if step.kind == "workshop"] == [subject]


def test_the_short_meeting_lasts_45_minutes_and_the_standard_one_two_hours_and_a_half() -> None:
    assert agenda("short.fr").planned_s == 45 * 60
    assert agenda("standard.fr").planned_s == 150 * 60


@pytest.mark.parametrize("name", [name for name in sorted(templates()) if name.endswith(".fr")])
def test_a_french_template_keeps_french_typography(name: str) -> None:
    for line in templates()[name].read_text(encoding="utf-8").splitlines()[1:]:
        assert " :" not in line
        assert " ;" not in line
        assert "'" not in line


@pytest.mark.parametrize("language", ["fr", "en"])
def test_the_built_in_agenda_has_no_day_and_no_hour(language: str) -> None:
    built_in = standard(language)
    assert (built_in.date, built_in.start, built_in.end) == (None, None, None)
    assert built_in.language == language
    assert built_in.steps == agenda(f"standard.{language}").steps


@pytest.mark.parametrize("name", sorted(templates()))
def test_a_template_written_again_reads_back(name: str) -> None:
    written = write_agenda(agenda(name), language="en")
    assert check_agenda(written.encode(), name=name, tr=translator("en")).agenda == agenda(name)
