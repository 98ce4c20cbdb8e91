"""From a closed meeting to its documents: in turn, over nobody's text, and what was published stays so."""

from __future__ import annotations

import datetime
import threading
import time

import pytest
from msgspec.structs import replace
from stage import standard_agenda

from facilitator.core import acts as commands
from facilitator.core.meeting import Meeting
from facilitator.core.network import Member, Network
from facilitator.core.people import attributed, known_names
from facilitator.core.public import public, without
from facilitator.core.refusal import Refused
from facilitator.core.said import Fields
from facilitator.meetings import publishing as publish
from facilitator.meetings.session import Session
from facilitator.store.documents import in_turn
from facilitator.store.journal import NotSaved
from facilitator.store.private import append_private, read_led, read_private


@pytest.fixture
def screen(workspace):
    """A screen at a meeting that runs, with one decision."""
    session = Session.prepare(
        workspace,
        standard_agenda(),
        Network(),
        zone="Europe/Paris",
        language="fr",
        terminal=True,
        actor="claire@roanne",
    )
    session.act(commands.Start())
    session.act(commands.Capture("decision", Fields(text="Une charte")))
    yield session
    session.leave()


def minutes(session):
    return session.workspace.minutes_folder / f"{session.meeting.id}.md"


def another(session):
    return Session.join(session.workspace, session.meeting.id, terminal=True, actor="karim@riorges")


def test_a_draft_from_another_screen_never_takes_the_place_of_what_was_published(screen) -> None:
    other = another(screen)
    assert publish.write_draft(other) is not None
    publish.close(screen)
    published = minutes(screen).read_bytes()
    assert publish.write_draft(other) is None
    assert minutes(screen).read_bytes() == published
    minutes(screen).unlink()
    assert publish.write_draft(other) is None
    assert not minutes(screen).exists()


def test_a_draft_never_takes_the_place_of_what_was_published_beside_it(screen) -> None:
    other = another(screen)
    publish.write_draft(other)
    minutes(screen).write_text("À moi.\n")
    published = publish.close(screen).minutes.beside
    before = published.read_bytes()
    screen.workspace.mark_open(screen.meeting.id)
    for _ in range(2):
        assert publish.write_draft(other) is None
    assert published.read_bytes() == before
    assert len(list(minutes(screen).parent.iterdir())) == 2


def test_the_draft_that_a_person_changed_becomes_the_published_file_with_their_words(screen) -> None:
    publish.write_draft(screen)
    minutes(screen).write_text(minutes(screen).read_text() + "\nÀ moi.\n")
    for _ in range(2):
        assert publish.write_draft(screen).beside is None
    assert publish.close(screen).minutes.beside is None
    text = minutes(screen).read_text()
    assert "status: final" in text
    assert "Provisoire" not in text
    assert text.endswith("\nÀ moi.\n")
    assert [path.name for path in minutes(screen).parent.iterdir()] == [minutes(screen).name]


def test_minutes_that_say_they_are_final_are_no_draft_whatever_the_journal_here_knows(screen) -> None:
    publish.write_draft(screen)
    minutes(screen).write_text(minutes(screen).read_text().replace("status: draft", "status: final"))
    assert publish.write_draft(screen) is None
    assert [path.name for path in minutes(screen).parent.iterdir()] == [minutes(screen).name]


def test_a_close_waits_for_the_draft_that_is_being_written(screen) -> None:
    held, done = threading.Event(), []

    def draft() -> None:
        with in_turn(screen.workspace):
            held.set()
            time.sleep(0.3)
            done.append("draft")

    thread = threading.Thread(target=draft)
    thread.start()
    held.wait()
    assert publish.write_draft(screen) is None
    publish.close(screen)
    done.append("close")
    thread.join()
    assert done == ["draft", "close"]
    assert "status: final" in minutes(screen).read_text()


def test_without_locks_documents_are_written_all_the_same(screen, monkeypatch) -> None:
    def none(_fd, **_options) -> bool:
        raise OSError(38, "Function not implemented")

    monkeypatch.setattr("facilitator.store.documents.platform.lock", none)
    assert publish.write_draft(screen) is not None
    assert publish.close(screen).minutes.beside is None


def test_a_meeting_that_is_open_again_has_a_draft_again(screen) -> None:
    publish.close(screen)
    publish.reopen(screen)
    assert "status: draft" in minutes(screen).read_text()
    screen.act(commands.Capture("decision", Fields(text="Et une date")))
    assert publish.write_draft(screen).beside is None
    assert publish.close(screen).minutes.beside is None
    assert "Et une date" in minutes(screen).read_text()


def test_links_in_the_private_folder_are_not_written_through(screen, tmp_path) -> None:
    publish.write_draft(screen)
    treasure = tmp_path / "treasure"
    treasure.write_text("À moi.\n")
    base = screen.workspace.base_folder / "minutes" / minutes(screen).name
    for name in (base.name, f"{base.name}.next"):
        base.with_name(name).unlink(missing_ok=True)
        base.with_name(name).symlink_to(treasure)
    (screen.folder / "closed").symlink_to(treasure)
    screen.act(commands.Capture("decision", Fields(text="Et une date")))
    publish.write_draft(screen)
    with pytest.raises(publish.Unpublished):
        publish.close(screen)
    assert treasure.read_text() == "À moi.\n"
    (screen.folder / "closed").unlink()
    assert isinstance(publish.finish_interrupted(screen.workspace)[0], publish.Publication)
    assert treasure.read_text() == "À moi.\n"


def test_a_disk_that_is_full_at_the_very_first_act_leaves_no_meeting(workspace, monkeypatch) -> None:
    session = Session.prepare(
        workspace, standard_agenda(), Network(), zone="Europe/Paris", language="fr", terminal=False
    )

    def full(_fd: int, data: bytes) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patched:
        patched.setattr("facilitator.store.journal.write_all", full)
        with pytest.raises(NotSaved):
            session.act(commands.Start())
    assert (workspace.live(), workspace.opened()) == ([], [])
    session.act(commands.Start())
    assert workspace.live() == [session.meeting.id]


def test_a_meeting_made_ready_and_left_is_unfinished_too(workspace, monkeypatch) -> None:
    session = Session.prepare(
        workspace, standard_agenda(), Network(), zone="Europe/Paris", language="fr", terminal=True
    )
    assert not session.unfinished
    session.act(commands.Capture("question", Fields(text="Qui paie ?")))
    assert session.meeting.state == "ready"
    assert not session.unfinished
    last = session.replay.acts[-1].n
    monkeypatch.setattr("facilitator.meetings.session.time.time_ns", lambda: (last + 13 * 3_600_000) * 1_000_000)
    assert session.unfinished


def test_a_private_change_that_does_not_fit_is_left_out_of_a_meeting_that_is_open_again_and_nothing_private_is_lost(
    screen,
) -> None:
    screen.act(commands.Capture("individual", Fields(text="Un secret")))
    publish.close(screen)
    (kept,) = read_private(screen.workspace)
    append_private(screen.workspace, [replace(kept, text=""), replace(kept, number="S9", text="Un autre")])
    publish.reopen(screen)
    assert [entry.text for entry in screen.meeting.of_kind("individual")] == ["Un secret", "Un autre"]


def test_of_a_question_taken_up_since_only_the_number_is_public(screen) -> None:
    for text in ("Qui paie ?", "Où ?"):
        screen.act(commands.Capture("question", Fields(text=text)))
    shown = without(public(screen.meeting), {1})
    assert [entry.text for entry in shown.of_kind("question")] == ["", "Où ?"]
    assert [entry.text for entry in shown.of_kind("decision")] == ["Une charte"]
    assert dict(without(public(screen.meeting), {2}).given)["question"] == 1  # its own number betrays nothing


def test_of_a_meeting_that_is_not_here_nobody_is_known() -> None:
    assert known_names(Meeting()) == []


@pytest.mark.parametrize(
    ("name", "attribution", "shown"),
    [
        (None, "name", None),
        ("Awa S.", "name", "Awa S."),
        ("Awa S.", "none", None),
        ("awa s.", "structure", "Ville"),
        ("Nora T.", "structure", None),
    ],
)
def test_who_said_it_is_shown_as_the_network_wants_it(name, attribution, shown) -> None:
    assert attributed(name, attribution, [Member("Awa S.", "Ville")]) == shown


def test_a_question_that_is_sent_again_is_to_be_followed_up_again(screen) -> None:
    question = screen.act(commands.Capture("question", Fields(text="Qui paie ?"))).entry.id
    screen.act(commands.Send(question, "next"))
    screen.act(commands.Finish(question, done=True))
    assert screen.act(commands.Send(question, "newsletter")).entry.done is False


def test_who_publishes_late_takes_no_private_change_back_and_closes_no_meeting_that_is_open_again(screen) -> None:
    screen.act(commands.Capture("individual", Fields(text="Un secret")))
    screen.act(commands.Close(month="2026-12", seen=screen.seen()))
    late = another(screen)
    publish.publish(screen)
    (kept,) = read_private(screen.workspace)
    append_private(screen.workspace, [replace(kept, text="Un autre secret")])
    publish.publish(late)
    assert [record.text for record in read_private(screen.workspace)] == ["Un autre secret"]
    publish.reopen(screen)
    draft = minutes(screen).read_bytes()
    with pytest.raises(Refused, match="not-closed"):
        publish.publish(late)
    assert minutes(screen).read_bytes() == draft
    late.leave()


def test_a_question_that_is_public_since_a_close_that_was_taken_back_is_in_the_letter_once(screen) -> None:
    for text in ("Qui paie ?", "Faut-il un mandat ?", "Et le wiki ?"):
        screen.act(commands.Capture("question", Fields(text=text)))
    for number, where in ((1, "newsletter"), (2, "individual"), (3, "newsletter")):
        screen.act(commands.Send(screen.meeting.find("question", number).id, where))
    letter = publish.close(screen).newsletter.path
    assert "mandat" not in letter.read_text()
    publish.reopen(screen)
    screen.act(commands.Send(screen.meeting.find("question", 2).id, "newsletter", public=True))
    publish.close(screen)
    assert letter.read_text().count("Faut-il un mandat") == 1
    letter.write_text("".join(line for line in letter.read_text().splitlines(keepends=True) if "mandat" not in line))
    publish.publish(screen)
    assert "mandat" not in letter.read_text(), "what a person took out is not put back"
    assert letter.read_text().count("Qui paie") == 1


def test_the_share_that_members_led_is_kept_in_private_at_the_close_and_in_no_document(screen, monkeypatch):
    start = screen.now()
    screen.act(commands.HandOver("Nora T."))
    later = screen.told(datetime.datetime.fromtimestamp(start.at // 1000 + 600, datetime.UTC))
    screen.act(commands.Adjourn(), at=later)
    publish.close(screen)
    workspace = screen.workspace
    (led,) = read_led(workspace).values()
    assert led.meeting == screen.meeting.id
    assert 0 <= led.total_s - led.led_s <= 60  # the start is a moment before the step is handed over
    assert 598 <= led.led_s <= 601
    before = workspace.private_file.read_bytes()
    publish.publish(screen)
    assert workspace.private_file.read_bytes() == before
    assert str(led.led_s) not in minutes(screen).read_text()
    assert b"led_s" not in workspace.archive_file.read_bytes()
    assert read_private(workspace) == []


def test_where_nobody_was_handed_a_step_no_share_is_kept(screen):
    publish.close(screen)
    assert read_led(screen.workspace) == {}


def test_what_is_sent_elsewhere_in_a_meeting_that_was_opened_again_leaves_the_letter(screen) -> None:
    for text in ("Qui paie ?", "Faut-il un mandat ?", "Et le wiki ?", "Une salle ?"):
        screen.act(commands.Capture("question", Fields(text=text)))
    for number in (1, 2, 3):
        screen.act(commands.Send(screen.meeting.find("question", number).id, "newsletter"))
    screen.act(commands.Send(screen.meeting.find("question", 4).id, "next"))
    letter = publish.close(screen).newsletter.path
    letter.write_text(letter.read_text().replace("Et le wiki", "Et notre wiki"))
    publish.reopen(screen)
    screen.act(commands.Send(screen.meeting.find("question", 1).id, "next"))
    screen.act(commands.Answer(screen.meeting.find("question", 2).id, "Oui."))
    screen.act(commands.Send(screen.meeting.find("question", 3).id, "next"))
    screen.act(commands.Send(screen.meeting.find("question", 4).id, "newsletter"))
    published = publish.close(screen)
    text = letter.read_text()
    assert "Qui paie" not in text and "Une salle" in text and "Oui." in text
    assert text.count("Faut-il un mandat") == 1 and "Et notre wiki" in text
    assert [said for said in published.newsletter.said if "Q3" in said]
    publish.reopen(screen)
    screen.act(commands.Send(screen.meeting.find("question", 1).id, "newsletter"))
    publish.close(screen)
    assert letter.read_text().count("Qui paie") == 1
    publish.publish(screen)
    assert letter.read_text().count("Qui paie") == 1


def test_what_was_taken_away_in_a_meeting_that_was_opened_again_leaves_the_letter(screen) -> None:
    assert "Une charte" in publish.close(screen).newsletter.path.read_text()
    publish.reopen(screen)
    screen.act(commands.Remove(screen.meeting.find("decision", 1).id))
    screen.act(commands.Capture("decision", Fields(text="Un règlement")))
    text = publish.close(screen).newsletter.path.read_text()
    assert "Une charte" not in text and "Un règlement" in text
