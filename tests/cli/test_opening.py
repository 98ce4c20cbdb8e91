"""Which meeting a command is about, and how one is opened."""

from __future__ import annotations

import datetime
import subprocess
import sys
from zoneinfo import ZoneInfo

import pytest

from facilitator.core.instant import Instant
from facilitator.core.text import slug
from facilitator.meetings.session import Session


def test_a_command_elsewhere_finds_the_one_live_meeting(meeting, network, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    assert meeting("add", "note", "de loin").code == 0
    monkeypatch.chdir(network)
    assert [one["text"] for one in meeting("entries", "note", "--json").json] == ["de loin"]


def test_a_command_elsewhere_does_not_find_a_closed_meeting(closed, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    said = closed("add", "note", "de loin")
    assert said.code == 1 and "Aucune rencontre" in said.err


def test_a_new_meeting_elsewhere_is_not_drawn_into_the_live_one(meeting, network, tmp_path, monkeypatch):
    other = tmp_path / "other"
    other.mkdir()
    (other / "agenda.yaml").write_text((network / "agenda.yaml").read_text())
    monkeypatch.chdir(other)
    assert meeting("start", "agenda.yaml", "--at", "2026-11-24 09:30").code == 0
    assert (other / ".facilitator").is_dir()


def test_run_opens_a_meeting_ready_and_writes_nothing(run, network):
    said = run("run", "agenda.yaml", "--plain")
    assert said.code == 0 and "prête à commencer" in said.out
    assert not (network / ".facilitator").exists()


def test_run_without_a_terminal_is_a_conversation(run):
    assert "prête à commencer" in run("run", "agenda.yaml", stdin=b"").out


def test_run_takes_up_the_live_meeting(meeting):
    for words in (("run",), ("run", "agenda.yaml"), ("run", "--meeting", "2026-11-24-reseau")):
        assert "en cours" in meeting(*words, "--plain").out


@pytest.mark.parametrize(("answer", "code"), [(None, 1), ("n", 1), ("o", 0)])
def test_a_second_meeting_is_opened_beside_a_live_one_only_on_a_yes(meeting, network, monkeypatch, answer, code):
    (network / "autre.yaml").write_text((network / "agenda.yaml").read_text().replace("du réseau", "d'ailleurs"))
    if answer is not None:
        monkeypatch.setattr("facilitator.cli.commands.opening.at_terminal", lambda: True)
    said = meeting("run", "autre.yaml", "--plain", stdin=f"{answer or ''}\n".encode())
    assert said.code == code and "2026-11-24-reseau" in said.err
    assert ("prête à commencer" in said.out) == (code == 0)


def test_an_unfinished_meeting_is_never_taken_up_in_silence(meeting, monkeypatch):
    monkeypatch.setattr(Session, "unfinished", property(lambda self: True))
    said = meeting("run", "--plain", stdin=b"next\n")
    assert said.code == 1 and "inachevée" in said.err and "facilitator close --meeting 2026-11-24-reseau" in said.err
    assert meeting("run", "--plain", "--meeting", "2026-11-24-reseau").code == 0


def test_the_start_of_a_bad_agenda_makes_nothing(run, network):
    (network / "bad.yaml").write_text("title: [\n")
    for words in (("start", "bad.yaml"), ("run", "bad.yaml", "--plain"), ("start", "rien.yaml")):
        said = run(*words)
        assert said.code == 1 and said.out == ""
    assert not (network / ".facilitator").exists()


def test_the_settings_of_the_network_are_those_of_the_meeting(run, network):
    (network / "facilitator.yaml").write_text(
        "name: Roannais\ntimezone: Indian/Reunion\nscale: epci\nlanguage: en\nmembers: [Zoé Q.]\n"
    )
    assert run("start", "agenda.yaml", "--at", "2026-11-24 09:30").code == 0
    assert run("status", "--json", "--at", "09:31").json["started"] == "2026-11-24T09:30:00+04:00"
    assert "**Rencontre du réseau**" in run("minutes", "--stdout").out
    assert "# Minutes of 24 November 2026" in run("minutes", "--stdout").out
    run("add", "question", "Une ?")
    assert "Transmise au réseau départemental" in run("send", "Q1", "relay").err


def test_bad_settings_are_said_and_stop_no_meeting(run, network):
    (network / "facilitator.yaml").write_text("langage: fr\n")
    said = run("start", "agenda.yaml")
    assert said.code == 0 and "facilitator.yaml:1:1: " in said.err and "language" in said.err
    assert run("status").code == 0


@pytest.mark.parametrize(
    "make", [lambda path: path.mkdir(), lambda path: path.symlink_to(path)], ids=["folder", "loop"]
)
def test_settings_that_cannot_be_read_are_said_and_stop_no_meeting(run, network, make):
    make(network / "facilitator.yaml")
    said = run("start", "agenda.yaml", "--at", "2026-11-24 09:30")
    assert said.code == 0 and f"{network / 'facilitator.yaml'} : " in said.err and "[Errno" not in said.err
    for words in (("status",), ("entries",), ("doctor",), ("check", "agenda.yaml"), ("run", "--plain")):
        said = run(*words)
        assert said.code in (0, 1) and "imprévu" not in said.err + said.out, words


def test_the_room_view_without_a_screen_is_lines_and_nothing_private(meeting):
    meeting("add", "need", "Un secret", "--individual")
    meeting("add", "decision", "Une charte")
    meeting("add", "question", "Une ?")
    meeting("send", "Q1", "individual")
    said = meeting("room")
    assert said.code == 0 and "Accueil et visite" in said.out and "Une charte" in said.out
    assert "secret" not in said.out and "Une ?" not in said.out and "dépassement" not in said.out


@pytest.mark.parametrize("name", ["status", "followups", "entries", "minutes", "undo"])
def test_a_journal_that_holds_no_meeting_is_one_line(run, network, name):
    folder = network / ".facilitator" / "meetings" / "2026-11-24-vide"
    folder.mkdir(parents=True)
    (folder / "x.jsonl").write_text("rien\n")
    said = run(name)
    assert said.code in (0, 1) and "Traceback" not in said.err and said.err.count("\n") <= 2


def test_lines_that_cannot_be_read_are_said(meeting, network):
    (journal,) = (network / ".facilitator" / "meetings" / "2026-11-24-reseau").glob("*.jsonl")
    journal.write_bytes(journal.read_bytes() + b"rien\n")
    said = meeting("add", "note", "x")
    assert said.code == 0 and "illisibles" in said.err and journal.name in said.err


@pytest.mark.parametrize(
    ("words", "screen"), [(("run", "agenda.yaml"), "run_meeting"), ((), "run_home"), (("room",), "run_room")]
)
def test_a_screen_is_opened_where_there_is_a_terminal(meeting, monkeypatch, words, screen):
    opened = []
    monkeypatch.setattr(f"facilitator.tui.{screen}", lambda *given, **_: opened.append(given) or 0)
    monkeypatch.setattr("facilitator.cli.commands.screens.can_paint", lambda: True)
    monkeypatch.setattr("facilitator.cli.main.can_open_home", lambda: True)
    assert meeting(*words).code == 0
    assert len(opened) == 1


def dated_today(run, *titles):
    today = datetime.datetime.now(ZoneInfo("Europe/Paris")).date()  # where the network is
    for title in titles:
        assert run("new", "--date", today.isoformat(), "--title", title).code == 0
    assert run("new", "--date", "2031-01-01", "--title", "Plus tard").code == 0
    return [f"agendas/{today}-{slug(title)}.yaml" for title in titles]


@pytest.mark.parametrize("words", [("run", "--plain"), ("start",), ("rehearse",)])
def test_without_a_name_the_one_agenda_of_today_is_opened(run, words):
    (name,) = dated_today(run, "Du jour")
    said = run(*words)
    assert said.code == 0 and said.err.startswith(f"Déroulé d’aujourd’hui : {name}\n")
    assert "Plus tard" not in said.out + said.err


@pytest.mark.parametrize("words", [("run", "--plain"), ("start",), ("rehearse",)])
def test_without_a_name_several_agendas_of_today_are_named_and_none_is_opened(run, network, words):
    names = dated_today(run, "Du jour", "Du soir")
    said = run(*words)
    assert said.code == 2 and said.out == "" and all(name in said.err for name in names)
    assert "2031" not in said.err and not (network / ".facilitator" / "meetings").exists()


def test_an_agenda_of_today_that_was_held_is_past(run):
    name, other = dated_today(run, "Du jour", "Du soir")
    assert run("start", name).code == 0 and run("close").code == 0
    assert other in run("start").err
    assert run("close").code == 0
    said = run("run", "--plain")
    assert said.code == 0 and "Rencontre du réseau" in said.out and "aujourd’hui" not in said.err


@pytest.mark.parametrize("term", ["dumb", ""])
def test_a_terminal_that_cannot_paint_has_the_conversation(run, monkeypatch, term):
    monkeypatch.setenv("TERM", term)
    monkeypatch.setattr("sys.stdout.isatty", lambda: True)
    assert "prête à commencer" in run("run", "agenda.yaml").out


@pytest.mark.parametrize(("answer", "code"), [(b"o\n", 0), (b"y\n", 0), (b"n\n", 1), (b"", 1)])
def test_an_unfinished_meeting_is_taken_up_on_a_yes(meeting, monkeypatch, answer, code):
    monkeypatch.setattr(Session, "unfinished", property(lambda self: True))
    monkeypatch.setattr("facilitator.cli.commands.opening.at_terminal", lambda: True)
    said = meeting("run", "--plain", stdin=answer)
    assert said.code == code and "La reprendre" in said.err


def test_start_begins_the_meeting_that_waits_and_refuses_one_that_has_begun(run, network):
    run("run", "agenda.yaml", "--plain", stdin=b"q Avant ?\n")
    said = run("start", "agenda.yaml")
    (name,) = (path.name for path in (network / ".facilitator" / "meetings").iterdir())
    assert said.code == 0 and name in said.err
    said = run("start", "agenda.yaml")
    assert said.code == 1 and name in said.err and "déjà commencé" in said.err
    assert [one["text"] for one in run("entries", "question", "--json").json] == ["Avant ?"]


@pytest.mark.ci
def test_starts_at_one_moment_make_one_meeting_and_one_of_them_begins_it(run, network):
    words = [sys.executable, "-m", "facilitator", "start", "agenda.yaml"]
    started = [subprocess.Popen(words, cwd=network, stderr=subprocess.DEVNULL) for _ in range(3)]
    assert sorted(process.wait(60) for process in started) == [0, 1, 1]
    assert len(list((network / ".facilitator" / "meetings").iterdir())) == 1


@pytest.mark.parametrize("words", [("start", "agenda.yaml"), ("run", "agenda.yaml", "--plain")])
def test_a_meeting_that_was_closed_is_named_and_a_second_one_asked_for(run, words):
    assert run("start", "agenda.yaml").code == run("close").code == 0
    said = run(*words)
    assert said.code == 1 and "-reseau " in said.err and "--again" in said.err and said.out == ""
    assert run(*words, "--again").code == 0


def test_minutes_of_a_meeting_held_elsewhere_are_named(run, network):
    (network / "minutes").mkdir()
    (network / "minutes" / "2026-11-24-reseau.md").write_text("# Venu par git\n")
    said = run("start", "agenda.yaml", "--at", "2026-11-24 09:30")
    assert said.code == 1 and "2026-11-24-reseau" in said.err and "--again" in said.err
    assert not (network / ".facilitator").exists()
    assert run("start", "agenda.yaml", "--again", "--at", "2026-11-24 09:30").code == 0
    assert run("status", "--json").json["meeting"] == "2026-11-24-reseau-2"


def edit(network):
    path = network / "agenda.yaml"
    path.write_text(path.read_text().replace("20m", "25m"))


@pytest.mark.parametrize(("answer", "code"), [(None, 1), ("n", 1), ("o", 0)])
def test_an_agenda_that_was_edited_is_said_and_asked_about(meeting, network, monkeypatch, answer, code):
    edit(network)
    if answer is not None:
        monkeypatch.setattr("facilitator.cli.commands.opening.at_terminal", lambda: True)
    monkeypatch.setattr(Session, "now", lambda self: Instant(at=1_795_510_000_000))
    said = meeting("run", "agenda.yaml", "--plain", stdin=f"{answer or ''}\n".encode())
    assert said.code == code and "2026-11-24-reseau" in said.err
    assert ("en cours" in said.out) == (code == 0)


def test_commands_refuse_an_agenda_that_was_edited(meeting, network):
    edit(network)
    said = meeting("start", "agenda.yaml", "--at", "2026-11-24 09:40")
    assert said.code == 1 and "2026-11-24-reseau" in said.err and "modifi" in said.err and "--again" in said.err


def test_the_room_shows_the_title_page_of_today_where_the_last_meeting_is_over(closed, network):
    (network / "agendas").mkdir()
    agenda = (
        (network / "agenda.yaml").read_text().replace("title: Rencontre du réseau\nslug: reseau", "title: La suivante")
    )
    (network / "agendas" / "suivante.yaml").write_text(f"{agenda}date: 2026-11-25\n")
    said = closed("room")
    assert said.code == 0 and said.out.startswith("La suivante\n"), said.err
    assert not (network / ".facilitator" / "meetings" / "2026-11-25-la-suivante").exists()


def test_a_folder_that_is_a_workspace_speaks_of_no_other_folder(run, network, tmp_path, monkeypatch):
    for name in ("nord", "sud"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "agenda.yaml").write_text((network / "agenda.yaml").read_text())
        monkeypatch.chdir(tmp_path / name)
        assert run("start", "agenda.yaml").code == 0
    monkeypatch.chdir(network)
    said = run("status")
    assert said.code == 1 and str(tmp_path / "nord") in said.err
    (network / "facilitator.yaml").write_text("name: Ici\n")
    for name in ("status", "room"):
        said = run(name)
        assert said.code == 1 and str(tmp_path) not in said.err, name
    (network / "facilitator.yaml").unlink()
    (network / ".facilitator").mkdir()
    (network / "sous").mkdir()
    monkeypatch.chdir(network / "sous")
    said = run("status")
    assert said.code == 1 and str(tmp_path) not in said.err
