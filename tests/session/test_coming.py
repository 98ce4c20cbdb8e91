"""Which agendas are today's, to come or past, by a glance at their files, which anybody may have written."""

from __future__ import annotations

import datetime

import pytest

from facilitator.meetings.coming import agendas, of_today, to_come
from facilitator.store.workspace import Workspace

TODAY = datetime.date(2026, 11, 24)


@pytest.fixture
def workspace(tmp_path):
    (tmp_path / "agendas").mkdir()
    return Workspace(tmp_path)


def write(workspace, name, text):
    (workspace.agendas_folder / name).write_bytes(text.encode("utf-8", "surrogateescape"))


@pytest.mark.parametrize(
    ("text", "title", "day", "start"),
    [
        ('title: "Une rencontre"\ndate: 2026-11-24\nstart: "09:30"\n', "Une rencontre", TODAY, "09:30"),
        ("date: '2026-11-24' # mardi\ntitle: C'est : nous # non\n", "C'est : nous", TODAY, None),
        ("title: Une\nsteps:\n  - title: Deux\n    date: 2026-11-24\n", "Une", None, None),
        ("title: \x1b[31mRouge\ndate: 2026-13-45\nstart: midi\n", "Rouge", None, None),
        ("", "une", None, None),
        ("title: \udcff\n", "\ufffd", None, None),
    ],
    ids=["quoted", "apostrophes and remarks", "of a step", "controls and no date", "empty", "not UTF-8"],
)
def test_a_glance_sees_title_day_and_hour(workspace, text, title, day, start):
    write(workspace, "une.yaml", text)
    (seen,) = agendas(workspace)
    assert (seen.title, seen.day, seen.start) == (title, day, start)


def test_the_days_order_agendas_and_one_without_a_day_comes_last(workspace):
    for name, day in (("a", ""), ("b", "date: 2026-12-08\n"), ("c", "date: 2026-11-24\n"), ("d", "date: 2026-10-13\n")):
        write(workspace, f"{name}.yaml", f"title: {name}\n{day}")
    (workspace.agendas_folder / "e.txt").write_text("title: e\ndate: 2026-11-24\n")
    assert [one.title for one in to_come(workspace, TODAY)] == ["c", "b", "a"]
    assert [one.title for one in of_today(workspace, TODAY)] == ["c"]


@pytest.mark.parametrize("slug", ["", "slug: roannais\n", "slug: ../../x\n"])
def test_an_agenda_is_past_once_its_meeting_is_closed_or_its_minutes_came(workspace, slug):
    write(workspace, "a.yaml", f"title: Roannais\ndate: 2026-11-24\n{slug}")
    (seen,) = of_today(workspace, TODAY)
    workspace.minutes_folder.mkdir()
    draft = workspace.minutes_folder / f"{seen.meeting}.md"
    draft.write_text("")
    assert of_today(workspace, TODAY) == []
    workspace.ensure_private()
    workspace.meeting_folder(seen.meeting).mkdir(parents=True)
    assert of_today(workspace, TODAY) == [seen]  # a draft of the meeting that goes on
    workspace.mark_closed(seen.meeting)
    assert of_today(workspace, TODAY) == to_come(workspace, TODAY) == []
    assert of_today(workspace, TODAY, again=True) == [seen]
