"""What an agenda carries over, whatever a hand wrote in it and whatever became of the minutes it names."""

from __future__ import annotations

import datetime

import pytest

from facilitator.core import acts
from facilitator.core.agenda import Agenda, Carried, Step
from facilitator.core.cycle.forgetting import without
from facilitator.core.network import Network
from facilitator.core.public import public
from facilitator.core.records import Record
from facilitator.core.said import Fields, Origin
from facilitator.documents.minutes.entry import MinutesEntry, MinutesToWrite
from facilitator.documents.minutes.writer import write_minutes
from facilitator.i18n import translator
from facilitator.meetings import publishing
from facilitator.meetings.carrying import since_of
from facilitator.meetings.opening_page import opening_page
from facilitator.meetings.session import Session
from facilitator.store.private import append_private
from facilitator.store.workspace import Workspace

LAST = "2026-11-10-r"


def said(kind, number, text, **parts):
    return MinutesEntry(kind=kind, number=number, text=text, **parts)


@pytest.fixture
def place(tmp_path):
    workspace = Workspace(tmp_path)
    workspace.minutes_folder.mkdir()
    put(workspace, LAST, said("question", 1, "Qui ?", outcome="relay"), said("action", 1, "Écrire", owners=("Awa",)))
    return workspace


def put(workspace, meeting, *entries):
    day = datetime.date.fromisoformat(meeting[:10])
    text = write_minutes(MinutesToWrite(meeting, "r", day, "Europe/Paris", "fr", entries=entries))
    (workspace.minutes_folder / f"{meeting}.md").write_text(text)


def carries(workspace, *carried, since=None):
    agenda = Agenda(title="r", steps=(Step(kind="needs", duration=600),), carried=carried, since=since)
    found, gone = since_of(workspace, agenda)
    return [(one.kind, one.fields.text, one.fields.origin or None) for one in found.carried], gone


def one(number, text="?", meeting=LAST):
    return Carried(meeting=meeting, text=text, number=number)


def test_a_line_that_is_there_twice_counts_once(place) -> None:
    found, _ = carries(place, one("Q1"), one("q 1"), one("Q1", "autrement dit"))
    assert [text for _, text, _ in found] == ["Qui ?"]


def test_a_line_without_a_number_is_what_says_the_same_there(place) -> None:
    found, _ = carries(place, one(None, "écrire"))
    assert [(kind, text, origin.number) for kind, text, origin in found] == [("action", "Écrire", "A1")]
    found, gone = carries(place, one(None, "Autre chose"))
    assert [(kind, text) for kind, text, _ in found] == [("question", "Autre chose")] and not gone


@pytest.mark.parametrize(
    "meeting", ["../../etc/passwd", "2026-13-45-x", "x" * 200, "absent", "2026-11-10-folder", "a\nb"]
)
def test_minutes_that_cannot_be_had_change_nothing(place, meeting) -> None:
    (place.minutes_folder / "2026-11-10-folder.md").mkdir()
    found, gone = carries(place, one("Q5", "Dit ainsi", meeting), since=meeting)
    assert found == [("question", "Dit ainsi", Origin(meeting, "Q5"))] and not gone


@pytest.mark.parametrize("number", ["S1", "Z9", "", "Q0"])
def test_what_is_no_number_of_anything_shared_is_never_an_individual_need(place, number) -> None:
    found, _ = carries(place, one(number or None, "Besoin"))
    assert all(kind == "question" for kind, _, _ in found)
    assert found == [] or number != "S1"


def test_minutes_with_the_marks_of_a_conflict_change_nothing(place) -> None:
    path = place.minutes_folder / f"{LAST}.md"
    path.write_text(path.read_text() + "\n<<<<<<< a\n=======\n>>>>>>> b\n")
    assert carries(place, one("Q1", "Dit ainsi"))[0][0][1] == "Dit ainsi"


def test_what_a_hand_deleted_from_the_minutes_comes_back_as_the_agenda_says_it(place) -> None:
    path = place.minutes_folder / f"{LAST}.md"
    path.write_text("".join(line for line in path.read_text().splitlines(keepends=True) if "**Q1**" not in line))
    found, gone = carries(place, one("Q1", "Qui ?"))
    assert [text for _, text, _ in found] == ["Qui ?"] and not gone


def test_origins_that_lead_in_a_circle_do_not_hang(place) -> None:
    put(place, "2026-10-13-r", said("question", 1, "Qui ?", outcome="next", origin=Origin(LAST, "Q1")))
    put(place, LAST, said("question", 1, "Qui ?", outcome="next", origin=Origin("2026-10-13-r", "Q1")))
    assert len(carries(place, one("Q1"), one("Q1", meeting="2026-10-13-r"))[0]) == 1


def test_what_is_private_anywhere_in_its_chain_is_neither_carried_nor_told(place) -> None:
    put(place, "2026-10-13-r", said("question", 5, "Mon contrat ?", outcome="next"))
    put(
        place,
        LAST,
        said("question", 1, "Mon contrat ?", outcome="mattermost", answer="Oui", origin=Origin("2026-10-13-r", "Q5")),
    )
    kept = Record(
        meeting="2026-10-13-r", kind="question", number="Q5", text="Mon contrat ?", private=True, outcome="individual"
    )
    append_private(place, [kept])
    agenda = Agenda(title="r", steps=(Step(kind="needs", duration=600),), carried=(one("Q1"),), since=LAST)
    assert "contrat" not in repr(since_of(place, agenda))


def test_the_opening_reads_only_what_its_agenda_names(place, monkeypatch) -> None:
    for n in range(1, 30):
        put(place, f"2025-01-{n:02}-r", said("question", 1, "Ancienne ?", outcome="next"))
    read: list[str] = []
    from facilitator.meetings import carrying

    monkeypatch.setattr(carrying, "read_text", lambda workspace, path: read.append(path.stem) or path.read_text())
    carries(place, one("Q1"), one("A1"), since=LAST)
    assert read == [LAST]


def test_who_asked_is_known_to_whoever_opens_the_next_meeting_though_no_minutes_say_it(tmp_path) -> None:
    workspace = Workspace(tmp_path)
    agenda = Agenda(title="r", slug="r", steps=(Step(kind="needs", duration=600),))
    first = Session.prepare(workspace, agenda, Network(), zone="Europe/Paris", language="fr", terminal=True)
    first.act(acts.Start())
    entry = first.act(acts.Capture("question", Fields(text="Qui paie ?", by="Awa S."))).entry
    first.act(acts.Send(entry.id, "next"))
    path = publishing.close(first).minutes.path
    assert "Awa" not in path.read_text()
    carried = Agenda(
        title="s",
        slug="s",
        steps=agenda.steps,
        carried=(Carried(meeting=first.meeting.id, text="Qui paie ?", number="Q1"),),
    )
    following = Session.prepare(workspace, carried, Network(), zone="Europe/Paris", language="fr", terminal=True)
    assert following.meeting.find("question", 1).by == "Awa S."
    page = opening_page(translator("fr"), public(following.meeting))
    assert page is not None and "Awa S." not in repr(page)  # it is on the wall
    following.act(acts.Start())
    following.act(acts.Send(following.meeting.find("question", 1).id, "newsletter"))
    published = publishing.close(following)
    assert "Awa" not in published.minutes.path.read_text() + published.newsletter.path.read_text()
    (changed, *_) = without(following.replay.acts, "Awa S.")
    assert "Awa S." not in repr(changed)
    first.leave()
    following.leave()
