"""From one meeting to the next: what was left open comes back once, by itself, and is closed in both."""

from __future__ import annotations

import datetime

import pytest

from facilitator.documents.agenda import read_agenda
from facilitator.documents.typography import unfold
from facilitator.i18n import translator

FIRST = "2026-11-24-reseau"
SECOND = "2026-12-15-reseau"


@pytest.fixture
def on(monkeypatch):
    """Let it be a day, for what asks what day it is."""

    def on(month: int, day: int, year: int = 2026) -> None:
        now = datetime.datetime(year, month, day, 9, tzinfo=datetime.UTC)
        monkeypatch.setattr("facilitator.cli.context.utc_now", lambda: now)

    return on


@pytest.fixture
def new(network):
    """Write the next agenda, made one that can be closed quickly; what is in it."""

    def new(run, day: str):
        said = run("new", "--date", day)
        assert said.code == 0, said.err
        path = network / "agendas" / said.out.strip().rpartition("/")[2]
        text = path.read_text().replace("title:", "slug: reseau\ntitle:", 1)
        path.write_text(text)
        return path, read_agenda(text.encode(), name="", tr=translator("fr")), said

    return new


def of(run, *words):
    return [(one["meeting"], one["number"]) for one in run("followups", "--json", *words).json]


def test_new_proposes_each_thing_with_where_it_comes_from_and_why(closed, new) -> None:
    _, agenda, said = new(closed, "2026-12-15")
    assert [(one.number, one.why) for one in agenda.carried] == [
        ("Q2", "sans réponse depuis 1 jour"),
        ("Q4", "sans réponse depuis 1 jour"),
        ("A1", "pour le 10 décembre"),
    ]
    assert "Q4 du 24 novembre · sans réponse depuis 1 jour · Une salle ?" in said.err
    assert agenda.since == FIRST


def test_what_is_due_after_the_meeting_does_not_come_back_yet_and_what_is_late_says_by_how_much(
    closed, new, on
) -> None:
    _, agenda, _ = new(closed, "2026-12-09")
    assert [one.number for one in agenda.carried] == ["Q2", "Q4"]
    on(12, 14)
    _, agenda, _ = new(closed, "2026-12-15")
    assert agenda.carried[-1].why == "en retard de 4 jours"


def test_texts_are_whole(closed, new, network) -> None:
    path = network / "minutes" / f"{FIRST}.md"
    long = "Où stocker " + "les tablettes, " * 40 + "et qui les garde ?"
    path.write_text(path.read_text().replace("Une salle\u202f?", long))
    _, agenda, _ = new(closed, "2026-12-15")
    assert agenda.carried[1].text == long


def test_at_the_opening_each_takes_the_next_number_and_keeps_where_it_comes_from(closed, new, on) -> None:
    path, _, _ = new(closed, "2026-12-15")
    on(12, 15)
    said = closed("start", str(path), "--at", "2026-12-15 09:30")
    assert said.code == 0
    assert "3 choses reprises" in said.err
    found = closed("entries", "--json", "--meeting", SECOND).json
    assert [(one["number"], one["text"], one["owners"], one["due"]) for one in found] == [
        ("Q1", "Prêter du matériel ?", [], None),
        ("Q2", "Une salle ?", [], None),
        ("A1", "Rédiger la charte", ["Nora T."], "2026-12-10"),
    ]
    assert [one["outcome"] for one in found[:2]] == ["newsletter", None]
    assert closed("add", "question", "Une autre ?", "--at", "09:31").code == 0
    assert [one["number"] for one in closed("entries", "question", "--json").json] == ["Q1", "Q2", "Q3"]


@pytest.mark.ci
def test_closed_in_the_later_one_it_is_closed_in_both_and_no_earlier_file_is_written(closed, new, on, network) -> None:
    path, _, _ = new(closed, "2026-12-15")
    on(12, 15)
    closed("start", str(path), "--at", "2026-12-15 09:30")
    assert of(closed) == [(FIRST, "Q3"), (FIRST, "S1"), (SECOND, "Q1"), (SECOND, "Q2"), (SECOND, "A1")]
    before = (network / "minutes" / f"{FIRST}.md").read_bytes()
    closed("answer", "Q2", "Oui, à Castel.", "--by", "Karim B.", "--at", "09:40")
    closed("done", "A1", "--at", "09:41")
    assert closed("close", "--at", "11:00").code == 0
    minutes = (network / "minutes" / f"{SECOND}.md").read_text()
    section = (
        minutes.split("## Depuis le 24 novembre\n\n")[1].split("\n## ")[0].replace("\u00a0", " ").replace("\u202f", " ")
    )
    assert f"**Q2** Une salle ? *(de [Q4 du 24 novembre]({FIRST}.md#q4))*" in section
    assert "*Réponse de Karim B. :* Oui, à Castel." in section
    assert (
        f"**Q1** Prêter du matériel ? *(dans la lettre de janvier · de [Q2 du 24 novembre]({FIRST}.md#q2))*" in section
    )
    assert section.startswith('- [x] <a id="a1" name="a1"></a>**A1** Rédiger la charte *(**Nora T.** · pour le 10 déc')
    assert f"de [A1 du 24 novembre]({FIRST}.md#a1))*" in section
    assert of(closed) == [(FIRST, "Q3"), (FIRST, "S1"), (SECOND, "Q1")]
    assert (network / "minutes" / f"{FIRST}.md").read_bytes() == before
    on(12, 20)
    _, agenda, _ = new(closed, "2027-01-12")
    assert [(one.meeting, one.number) for one in agenda.carried] == [(SECOND, "Q1")]


def test_done_by_hand_in_the_earlier_file_it_is_closed_in_the_later_one(closed, new, on, network) -> None:
    path, _, _ = new(closed, "2026-12-15")
    on(12, 15)
    closed("start", str(path), "--at", "2026-12-15 09:30")
    closed("send", "Q2", "drop", "--at", "09:31")
    assert closed("close", "--at", "11:00").code == 0
    first = network / "minutes" / f"{FIRST}.md"
    first.write_text(first.read_text().replace('- [ ] <a id="a1"', '- [x] <a id="a1"'))
    assert of(closed) == [(FIRST, "Q3"), (FIRST, "S1"), (SECOND, "Q1")]


@pytest.mark.ci
def test_what_is_settled_between_the_agenda_and_the_opening_does_not_come_back_and_is_told(
    closed, new, on, network
) -> None:
    path, _, _ = new(closed, "2026-12-15")
    on(12, 1)
    assert closed("answer", "Q2", "Par convention.").code == 0
    assert closed("done", "A1").code == 0
    assert closed("send", "Q4", "individual").code == 0
    on(12, 15)
    closed("start", str(path), "--at", "2026-12-15 09:30")
    assert closed("entries", "--json", "--meeting", SECOND).json == []
    assert closed("close", "--at", "11:00").code == 0
    minutes = (network / "minutes" / f"{SECOND}.md").read_text().replace("\u00a0", " ")
    assert f"- Répondu entre-temps : [Prêter du matériel ?]({FIRST}.md#q2)" in unfold(minutes)
    assert "Une salle" not in minutes


def test_what_is_gone_from_its_minutes_stays_away_and_is_named(closed, new, on, network) -> None:
    path, _, _ = new(closed, "2026-12-15")
    on(12, 15)
    path.write_text(path.read_text().replace("number: Q4", "number: Q9"))
    said = closed("start", str(path), "--at", "2026-12-15 09:30")
    assert "Q9 du 24 novembre" in said.err and "Une salle" not in said.err
    assert [one["number"] for one in closed("entries", "question", "--json", "--meeting", SECOND).json] == ["Q1"]


@pytest.mark.ci
def test_what_was_carried_along_a_chain_comes_back_once_from_its_last_home(closed, new, on) -> None:
    path, _, _ = new(closed, "2026-12-15")
    on(12, 15)
    closed("start", str(path), "--at", "2026-12-15 09:30")
    closed("send", "Q2", "next", "--at", "09:40")
    assert closed("close", "--at", "11:00").code == 0
    on(12, 20)
    path, agenda, _ = new(closed, "2027-01-12")
    assert [(one.meeting, one.number) for one in agenda.carried] == [(SECOND, "Q1"), (SECOND, "Q2"), (SECOND, "A1")]
    assert [one.why for one in agenda.carried] == ["sans réponse depuis 26 jours"] * 2 + ["en retard de 10 jours"]
    line = '  - { from: "2026-11-24-reseau", text: "Une salle ?", number: Q4 }\n'
    path.write_text(path.read_text() + line)
    on(1, 12, 2027)
    closed("start", str(path), "--at", "2027-01-12 09:30")
    found = closed("entries", "question", "--json").json
    assert [(one["text"], one["number"]) for one in found] == [("Prêter du matériel ?", "Q1"), ("Une salle ?", "Q2")]


def test_a_subject_put_aside_comes_back_until_it_is_done(meeting, new, on) -> None:
    meeting("add", "aside", "Une permanence à Mably", "--at", "09:31")
    assert meeting("close", "--at", "11:00").code == 0
    on(12, 1)
    path, agenda, _ = new(meeting, "2026-12-15")
    assert [(one.number, one.why) for one in agenda.carried] == [("P1", "mis de côté depuis 7 jours")]
    on(12, 15)
    meeting("start", str(path), "--at", "2026-12-15 09:30")
    assert meeting("done", "P1", "--at", "09:31").code == 0
    assert meeting("close", "--at", "11:00").code == 0
    on(12, 20)
    assert new(meeting, "2027-01-12")[1].carried == ()


def test_the_brief_names_what_was_carried_once_and_nothing_that_is_done(meeting, new, on) -> None:
    meeting("add", "aside", "Une permanence à Mably", "--at", "09:31")
    meeting("add", "aside", "Un logo", "--at", "09:31")
    meeting("add", "news", "Un appel", "--type", "call", "--deadline", "2026-12-15", "--at", "09:31")
    assert meeting("close", "--at", "11:00").code == 0
    on(12, 1)
    path, _, _ = new(meeting, "2026-12-15")
    on(12, 15)
    meeting("start", str(path), "--at", "2026-12-15 09:30")
    meeting("done", "P1", "--at", "09:31")
    assert meeting("close", "--at", "11:00").code == 0
    page = meeting("brief").out
    assert "Mably" not in page and page.count("Un logo") == page.count("Un appel") == 1
    assert "P2 du 15 décembre" in page


def test_a_call_that_closes_before_the_meeting_comes_back_and_one_that_is_over_does_not(meeting, new, on) -> None:
    for deadline in ("2026-12-10", "2026-11-30", "2027-02-01"):
        words = ("add", "news", f"AMI {deadline}", "--type", "call", "--deadline", deadline, "--at", "09:31")
        assert meeting(*words).code == 0
    assert meeting("close", "--at", "11:00").code == 0
    on(12, 1)
    _, agenda, _ = new(meeting, "2026-12-15")
    assert [(one.text, one.why) for one in agenda.carried] == [("AMI 2026-12-10", "se ferme le 10 décembre")]


@pytest.mark.ci
def test_a_need_that_came_back_is_carried_with_how_often_and_shown_as_such_until_it_is_met(meeting, new, on) -> None:
    meeting("add", "need", "Une trame commune d’atelier smartphone", "--at", "09:31")
    meeting("add", "need", "Un vidéoprojecteur", "--at", "09:31")
    assert meeting("close", "--at", "11:00").code == 0
    on(12, 1)
    path, agenda, _ = new(meeting, "2026-12-15")
    assert agenda.carried == ()
    on(12, 15)
    meeting("start", str(path), "--at", "2026-12-15 09:30")
    meeting("add", "need", "Des trames d’atelier pour smartphones", "--at", "09:31")
    assert meeting("close", "--at", "11:00").code == 0
    on(12, 20)
    path, agenda, said = new(meeting, "2027-01-12")
    assert [(one.meeting, one.number, one.why) for one in agenda.carried] == [(SECOND, "B1", "demandé à 2 rencontres")]
    assert "B1 du 15 décembre · demandé à 2 rencontres · Des trames d’atelier pour smartphones" in said.err
    on(1, 12, 2027)
    meeting("start", str(path), "--at", "2027-01-12 09:30")
    meeting("add", "need", "Un café", "--at", "09:31")
    assert [one["number"] for one in meeting("entries", "need", "--json").json] == ["B1", "B2"]
    meeting("close", "--at", "11:00")
    on(1, 20, 2027)
    assert [(one.number, one.why) for one in new(meeting, "2027-02-09")[1].carried] == [
        ("B1", "demandé à 2 rencontres")
    ]
    assert meeting("done", "B1", "--meeting", "2027-01-12-reseau").code == 0
    assert new(meeting, "2027-02-10")[1].carried == ()


@pytest.mark.ci
def test_a_sequence_that_was_not_reached_returns_as_a_sequence_until_one_meeting_reaches_it(
    meeting, new, on, network
) -> None:
    agenda = network / "agenda.yaml"
    agenda.write_text(agenda.read_text().replace("Un, dur", "Deux par deux, dur"))
    meeting("next", "--at", "09:35")
    assert meeting("close", "--at", "09:50").code == 0
    on(12, 1)
    path, written, said = new(meeting, "2026-12-15")
    assert [(step.kind, step.title, step.origin) for step in written.steps if step.origin] == []
    first = network / "minutes" / f"{FIRST}.md"
    first.write_text(first.read_text().replace("</a>Atelier", "</a>Semaine du numérique"))
    path, written, said = new(meeting, "2026-12-16")
    assert "Semaine du numérique · pas atteinte à la rencontre du 24 novembre" in said.err
    (back,) = [step for step in written.steps if step.origin]
    assert (back.kind, back.title, back.duration, back.origin) == (
        "workshop",
        "Semaine du numérique",
        1200,
        f"{FIRST}#step-3",
    )
    assert [phase.title for phase in back.phases] == ["Un", "Deux"]
    assert written.steps[-1].kind == "closing" and written.steps[-2] == back
    on(12, 16)
    meeting("start", str(path), "--at", "2026-12-16 09:30")
    meeting("add", "question", "Qui ?", "--at", "09:31")
    meeting("send", "Q1", "drop", "--at", "09:32")
    assert meeting("close", "--at", "09:50").code == 0
    second = "2026-12-16-reseau"
    minutes = (network / "minutes" / f"{second}.md").read_text().replace("\u00a0", " ")
    number = len(written.steps) - 1
    assert f"Semaine du numérique *(20 min · [du 24 novembre]({FIRST}.md#step-3))*" in minutes
    on(12, 20)
    path, written, _ = new(meeting, "2027-01-12")
    assert [step.origin for step in written.steps if step.origin] == [f"{second}#step-{number}"]
    on(1, 12, 2027)
    meeting("start", str(path), "--at", "2027-01-12 09:30")
    for minute in range(1, len(written.steps)):
        meeting("next", "--step", "--at", f"09:{30 + minute}")
    assert meeting("close", "--at", "10:50").code == 0
    third = (network / "minutes" / "2027-01-12-reseau.md").read_text().replace("\u00a0", " ")
    assert f"Atelier. Reprise [du 16 décembre 2026]({second}.md#step-{number})." in third
    on(1, 20, 2027)
    assert [step for step in new(meeting, "2027-02-09")[1].steps if step.origin] == []


def test_without_the_journal_it_returns_as_its_minutes_say(meeting, new, on, network) -> None:
    import shutil

    assert meeting("close", "--at", "09:40").code == 0
    first = network / "minutes" / f"{FIRST}.md"
    first.write_text(first.read_text().replace("</a>Atelier", "</a>Semaine du numérique"))
    shutil.rmtree(network / ".facilitator")
    on(12, 1)
    _, written, _ = new(meeting, "2026-12-16")
    backs = [(step.kind, step.title, step.duration) for step in written.steps if step.origin]
    assert backs == [("free", "Semaine du numérique", 1200)]


def test_the_day_hour_and_place_that_the_last_minutes_announce_are_those_of_the_next_agenda(
    meeting, new, on, network
) -> None:
    settings = network / "facilitator.yaml"
    meeting("close", "--at", "11:00")
    first = network / "minutes" / f"{FIRST}.md"
    line = "- **Prochaine rencontre :** mardi 8 décembre 2026 à 14 h, France services de Renaison\n"
    first.write_text(first.read_text() + f"\n## En bref\n\n{line}")
    on(12, 1)
    said = meeting("new")
    agenda = read_agenda((network / said.out.strip()).read_bytes(), name="", tr=translator("fr"))
    assert (str(agenda.date), agenda.start, agenda.end) == ("2026-12-08", "14:00", "16:30")
    assert agenda.place is not None and agenda.place.name == "France services de Renaison"
    _, agenda, _ = new(meeting, "2026-12-15")
    assert (agenda.start, agenda.place) == ("09:30", None)
    settings.write_text("calendar: { next_meeting: 2026-12-09, next_place: Mably }\n")
    said = meeting("new")
    assert "2026-12-09" in said.out and "Mably" in (network / said.out.strip()).read_text()
    settings.unlink()
    on(12, 20)
    assert "2026-12-20" in meeting("new").out


@pytest.mark.ci
def test_taken_up_individually_where_it_was_carried_it_leaves_the_agenda_that_carried_it_at_the_close(
    closed, new, on
) -> None:
    path, _, _ = new(closed, "2026-12-15")
    on(12, 15)
    closed("start", str(path), "--at", "2026-12-15 09:30")
    closed("send", "Q2", "individual", "--at", "09:31")
    assert closed("start", str(path)).code == 1  # it goes on, with the agenda as it was
    said = closed("close", "--at", "11:00")
    assert said.code == 0 and f"Q4 a été retirée de agendas/{path.name}" in said.err
    assert "Une salle" not in path.read_text() and "Rédiger la charte" in path.read_text()
    on(12, 20)
    assert [one.number for one in new(closed, "2027-01-12")[1].carried] == ["Q1", "A1"]


@pytest.mark.ci
def test_what_was_carried_over_is_known_to_calendars_and_searches_by_one_thing(closed, new, on, network) -> None:
    path, _, _ = new(closed, "2026-12-15")
    on(12, 15)
    closed("start", str(path), "--at", "2026-12-15 09:30")
    closed("edit", "A1", "--due", "2027-02-01", "--at", "09:31")
    closed("send", "Q2", "next", "--at", "09:31")
    assert closed("close", "--at", "11:00").code == 0
    path, _, _ = new(closed, "2027-01-12")
    on(1, 12, 2027)
    closed("start", str(path), "--at", "2027-01-12 09:30")
    closed("add", "action", "Autre chose", "--due", "2027-02-01", "--at", "09:31")
    closed("send", "Q2", "next", "--at", "09:31")
    assert closed("close", "--at", "11:00").code == 0
    uids = []
    for meeting in (FIRST, SECOND, "2027-01-12-reseau"):
        assert closed("ics", "--meeting", meeting).code == 0
        text = (network / "share" / f"{meeting}.ics").read_text()
        uids.append({line for line in text.splitlines() if line.startswith("UID:") and "action" in line})
    assert uids[0] == uids[1] == {f"UID:{FIRST}-action-1@facilitator"}
    assert len(uids[2]) == 1 and not uids[2] & uids[0]  # due after that meeting it was not carried over
    said = closed("search", "salle")
    assert said.out.count("Une salle ?") == 1
    places = [line for line in said.out.splitlines() if "minutes/" in line]
    assert len(places) == 3 and "2027-01-12" in places[0] and FIRST in places[2]
    (found,) = closed("search", "salle", "--json").json
    assert [one["meeting"] for one in found["earlier"]] == [SECOND, FIRST]


def test_what_is_done_in_one_of_two_minutes_says_that_it_counts_for_the_other(closed, new, on) -> None:
    path, _, _ = new(closed, "2026-12-15")
    on(12, 15)
    closed("start", str(path), "--at", "2026-12-15 09:30")
    closed("send", "Q2", "next", "--at", "09:31")
    assert closed("close", "--at", "11:00").code == 0
    said = closed("done", "A1")
    assert "Compte aussi pour A1 du 24 novembre" in said.err
    said = closed("done", f"{FIRST}#Q2")
    assert "Compte aussi pour Q1 du 15 décembre" in said.err
