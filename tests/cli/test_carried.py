"""What an agenda carries over and becomes private: it leaves the agenda, or its place is named."""

from __future__ import annotations

import pytest

from facilitator.documents.agenda_change import take_out_carried

CLOSED = "2026-11-24-reseau"
SECRET = "Une salle ?"


def agenda(network):
    (path,) = (network / "agendas").glob("2026-12-*.yaml")
    return path


def test_after_the_close_it_leaves_the_agenda_that_carries_it_which_is_named(closed, network) -> None:
    assert closed("new", "--date", "2026-12-15").code == 0
    before = agenda(network).read_text()
    assert SECRET in before
    said = closed("send", "Q4", "individual")
    assert said.code == 0
    assert f"Q4 a été retirée de agendas/{agenda(network).name}" in said.err
    lines = [line for line in before.splitlines() if SECRET not in line]
    assert agenda(network).read_text().splitlines() == lines
    assert closed("check", str(agenda(network))).code == 0
    assert "agendas" not in closed("send", "Q4", "individual").err


def test_during_the_meeting_it_leaves_the_agenda_as_well_and_the_agenda_can_be_run(meeting, network) -> None:
    meeting("add", "question", SECRET, "--at", "09:31")
    meeting("send", "Q1", "next", "--at", "09:32")
    assert meeting("new", "--date", "2026-12-15").code == 0
    assert SECRET in agenda(network).read_text()
    said = meeting("send", "Q1", "individual", "--at", "09:33")
    assert agenda(network).name in said.err
    assert SECRET not in agenda(network).read_text()
    assert "carried" not in agenda(network).read_text()
    assert meeting("check", str(agenda(network))).code == 0


def test_a_close_takes_it_out_where_that_could_not_be_done_at_once(meeting, network) -> None:
    meeting("add", "question", SECRET, "--at", "09:31")
    meeting("send", "Q1", "next", "--at", "09:32")
    meeting("new", "--date", "2026-12-15")
    kept = agenda(network).read_text()
    meeting("send", "Q1", "individual", "--at", "09:33")
    agenda(network).write_text(kept)
    said = meeting("close", "--at", "09:40")
    assert agenda(network).name in said.err
    assert SECRET not in agenda(network).read_text()


def test_whatever_else_becomes_an_individual_need_leaves_the_agenda_too(closed, network) -> None:
    assert closed("new", "--date", "2026-12-15").code == 0
    assert "Rédiger la charte" in agenda(network).read_text()
    said = closed("kind", "A1", "individual")
    assert said.code == 0 and f"A1 a été retirée de agendas/{agenda(network).name}" in said.err
    assert "Rédiger la charte" not in agenda(network).read_text() and SECRET in agenda(network).read_text()


def test_what_else_is_made_an_individual_need_during_the_meeting_leaves_the_agenda(meeting, network) -> None:
    meeting("add", "aside", "Un budget", "--at", "09:31")
    assert meeting("new", "--date", "2026-12-15").code == 0
    assert "Un budget" in agenda(network).read_text()
    assert agenda(network).name in meeting("kind", "P1", "individual", "--at", "09:33").err
    assert "Un budget" not in agenda(network).read_text()


def test_what_else_is_made_an_individual_need_where_it_was_carried_leaves_the_agenda_at_the_close(
    closed, network
) -> None:
    assert closed("new", "--date", "2026-12-15").code == 0
    assert closed("start", str(agenda(network)), "--at", "2026-12-15 09:30").code == 0
    for words in (("kind", "A1", "individual"), ("send", "Q2", "drop"), ("send", "Q1", "drop")):
        closed(*words, "--at", "09:31")
    assert "Rédiger la charte" in agenda(network).read_text()  # whoever opens it again finds it as it was
    assert closed("close", "--at", "11:00").code == 0
    assert "Rédiger la charte" not in agenda(network).read_text()


def test_in_no_list_is_what_is_private_where_it_was_carried_to(closed, network) -> None:
    closed("new", "--date", "2026-12-15")
    assert closed("start", str(agenda(network)), "--at", "2026-12-15 09:30").code == 0
    for words in (("send", "Q1", "drop"), ("send", "Q2", "next"), ("close",)):
        closed(*words, "--at", "2026-12-15 10:30")
    assert SECRET in closed("brief").out and SECRET in closed("search", "salle").out
    assert closed("send", "Q2", "individual", "--meeting", "2026-12-15-rencontre-du-reseau").code == 0
    shown = [closed(*words).out for words in (("brief",), ("search", "salle"), ("new", "--date", "2027-01-12"))]
    assert not any(SECRET in said for said in shown)
    assert SECRET not in (network / "agendas/2027-01-12-rencontre-du-reseau.yaml").read_text()


@pytest.mark.sampled(2)
@pytest.mark.parametrize(
    "change",
    [
        lambda text: text.replace("- { from", "-  { from"),
        lambda text: text.replace(SECRET, f"{SECRET} (la grande)"),
        lambda text: text.replace("number: Q4 }", "number: Q4 } # à voir avec Nora"),
        lambda text: text.replace("steps:", "stpes:"),
        lambda text: text.replace("title:", "titre:"),
    ],
    ids=["spaces", "its text", "a comment", "cannot be read", "nor so"],
)
def test_what_a_person_changed_stays_and_its_place_is_said(closed, network, change) -> None:
    closed("new", "--date", "2026-12-15")
    changed = change(agenda(network).read_text())
    agenda(network).write_text(changed)
    place = next(n for n, line in enumerate(changed.splitlines(), 1) if SECRET in line or "la grande" in line)
    said = closed("send", "Q4", "individual")
    assert f"agendas/{agenda(network).name}, ligne {place}" in said.err
    assert agenda(network).read_text() == changed


def test_the_same_number_of_another_meeting_stays() -> None:
    text = "title: x\nsteps: [{ kind: needs, duration: 5m }]\ncarried:\n"
    text += f'  - {{ from: "{CLOSED}", text: "Une salle ?", number: Q4 }}\n'
    text += '  - { from: "2026-10-13-reseau", text: "Une salle ?", number: Q4 }\r\n'
    clean, stays = take_out_carried(text, "2026-10-13-reseau", "Q4", ["Une salle ?"])
    assert (clean, stays) == (text.rpartition("  - ")[0], [])
    assert take_out_carried(text, "2026-10-13-reseau", "Q5", ["Une salle ?"]) == (text, [])
    assert take_out_carried(text, CLOSED, "Q4", ["Une autre"]) == (text, [4])
