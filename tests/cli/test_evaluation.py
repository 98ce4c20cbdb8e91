"""The evaluation: totals in the journal, in the minutes, and back from them; nobody's name."""

from __future__ import annotations

import pytest
from stage import Stage

from facilitator.cli.conversation_words import read
from facilitator.core.acts import Evaluate, Undo
from facilitator.core.meeting import Evaluation
from facilitator.core.refusal import Refused
from facilitator.documents.minutes.evaluation import evaluation_of, write_evaluation
from facilitator.documents.minutes.reader import read_minutes
from facilitator.meetings.past import archive_of
from facilitator.store.workspace import Workspace

SAID = Evaluation((0, 0, 2, 8, 12), ("les ateliers", "la visite"), ("la pause : trop courte",))


def plain(text: str) -> str:
    return text.replace("\u00a0", " ").replace("\u202f", " ")


def test_answers_come_to_those_that_there_are_and_one_undo_takes_the_last_back():
    stage = Stage().start()
    stage.do(Evaluate((0, 0, 2, 8, 0)), 100)
    stage.do(Evaluate((0, 0, 0, 0, 12), "les ateliers", None), 101)
    assert stage.meeting.evaluation == Evaluation((0, 0, 2, 8, 12), ("les ateliers",))
    stage.do(Undo(), 102)
    assert stage.meeting.evaluation == Evaluation((0, 0, 2, 8, 0))
    for nothing in (Evaluate(), Evaluate(keep=" ")):
        with pytest.raises(Refused):
            stage.do(nothing, 103)


@pytest.mark.parametrize("language", ["fr", "en"])
@pytest.mark.parametrize(
    "said", [SAID, Evaluation(), Evaluation((1, 0, 0, 0, 0)), Evaluation(keep=("*tout* · 5 × 3 #x",))]
)
def test_what_was_written_reads_back(said, language):
    heading = {"fr": "Évaluation", "en": "Evaluation"}[language]
    lines = "\n".join(write_evaluation(said, language))
    read = read_minutes(
        f"---\nmeeting: 2026-11-24-x\n---\n\n# Compte rendu du 24 novembre 2026\n\n## {heading}\n\n{lines}\n"
    )
    assert evaluation_of(read) == said
    assert (read.entries, read.troubles, read.remarks) == ([], [], [])


def test_the_total_is_said_as_people_say_it():
    assert [plain(line) for line in write_evaluation(SAID, "fr")] == [
        "- *Utile :* 4,5 sur 5, 22 réponses *(5 × 12 · 4 × 8 · 3 × 2)*",
        "- *À garder :* les ateliers",
        "- *À garder :* la visite",
        "- *À changer :* la pause : trop courte",
    ]


def test_hands_are_counted_and_words_kept_in_the_minutes(meeting, network):
    said = meeting("evaluation", "5x12", "4×8", "--at", "10:30")
    assert (said.code, said.err) == (0, "Évaluation : utile 4,6 sur 5 (20 réponses)\n")
    assert meeting("evaluation", "3", "3", "--keep", "les ateliers", "--at", "10:31").code == 0
    assert meeting("evaluation").out == "utile 4,5 sur 5 (22 réponses) · à garder : les ateliers\n"
    assert meeting("close", "--at", "10:50").code == 0
    (path,) = (network / "minutes").iterdir()
    text = plain(path.read_text(encoding="utf-8"))
    assert (
        "## Évaluation\n\n- *Utile :* 4,5 sur 5, 22 réponses *(5 × 12 · 4 × 8 · 3 × 2)*\n- *À garder :* les ateliers\n"
        in text
    )
    path.write_text(path.read_text(encoding="utf-8").replace("les ateliers", "tout"), encoding="utf-8")
    assert meeting("evaluation", "--json").json == {"useful": [0, 0, 2, 8, 12], "keep": ["tout"], "change": []}
    assert meeting("evaluation", "5").code == 1
    with archive_of(Workspace(network)) as archive:
        assert [parsed.held.evaluation.keep for _, parsed in archive.outlines()] == [("tout",)]
    assert meeting("doctor").code == 0


@pytest.mark.parametrize("words", [("6",), ("0",), ("5x",), ("5x99999",), ("bien",), ("--keep", "")])
def test_what_is_no_answer_is_refused(meeting, words):
    said = meeting("evaluation", *words, "--at", "10:30")
    assert said.code in (1, 2) and "imprévu" not in said.err
    assert meeting("evaluation").out == ""


def test_a_network_may_leave_it_out_or_call_it_otherwise(run, network):
    (network / "facilitator.yaml").write_text("choices: { minutes: { left_out: [evaluation] } }\n", encoding="utf-8")
    assert run("start", "agenda.yaml", "--at", "2026-11-24 09:30").code == 0
    run("evaluation", "5", "--at", "10:00")
    assert "Utile" not in run("minutes", "--stdout").out


@pytest.mark.parametrize(
    ("line", "does"),
    [
        ("evaluation 5x12 4", "do"),
        ("évaluation", "do"),
        ('evaluation 4 --keep "les ateliers"', "do"),
        ("évaluation positive de la rencontre", "keep"),
        ("évaluation 5 fois par an", "keep"),
    ],
)
def test_a_line_of_the_conversation_is_the_evaluation_or_a_note(line, does):
    assert read(line).does == does


def test_what_hands_wrote_in_the_draft_stays_when_answers_come(meeting, network):
    meeting("evaluation", "5", "--keep", "les ateliers", "--at", "10:30")
    meeting("minutes")
    (path,) = (network / "minutes").iterdir()
    path.write_text(path.read_text(encoding="utf-8") + "\n## Annexe\n\nÀ moi.\n", encoding="utf-8")
    meeting("evaluation", "4", "--at", "10:31")
    assert meeting("close", "--at", "10:50").code == 0
    text = plain(path.read_text(encoding="utf-8"))
    assert "À moi." in text and "(5 × 1 · 4 × 1)" in text and text.count("À garder") == 1


def test_the_figures_and_the_page_of_the_year_say_how_useful_meetings_were_found(run, network):
    for day, marks in (("2026-10-20", ("5x3", "4")), ("2026-11-24", ("3x2",)), ("2026-12-08", ())):
        assert run("start", "agenda.yaml", "--at", f"{day} 09:30").code == 0
        if marks:
            assert run("evaluation", *marks, "--keep", "la visite", "--at", "09:40").code == 0
        assert run("close", "--at", "10:50").code == 0
    assert "Évaluation : utile 4,2 sur 5 (6 réponses)" in run("figures", "--year", "2026").out.splitlines()
    page = run("figures", "--year", "2026", "--summary").out
    assert "- Rencontres jugées utiles à 4,2 sur 5 (6 réponses, à 2 rencontres).\n" in page and "visite" not in page
    assert "valuation" not in run("figures", "--year", "2025").out
