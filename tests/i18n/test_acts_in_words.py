"""What an act did is said in words, in both languages, and nothing private is."""

from __future__ import annotations

import datetime

import pytest
from msgspec.structs import replace
from stage import NINE_THIRTY, Stage

from facilitator.core import acts as commands
from facilitator.core.agenda import Step
from facilitator.core.meeting import Spot
from facilitator.core.said import Fields
from facilitator.i18n import translator
from facilitator.wording import act_text, entry_text, letter_remark, redo_text, spot_title, undo_text

FR, EN = translator("fr"), translator("en")


def plain(text: str) -> str:
    return text.replace("\u00a0", " ").replace("\u202f", " ").replace("\u2019", "'")


def said(stage: Stage, command: commands.Command, minute: float) -> tuple[str, str]:
    act = stage.do(command, minute)
    return plain(act_text(FR, stage.meeting, act)), act_text(EN, stage.meeting, act)


@pytest.fixture
def stage():
    stage = Stage()
    for name in ("Awa S.", "Nora T."):
        stage.do(commands.Attend(name), 1)
    return stage.start()


def test_the_beginning_is_said():
    stage = Stage()
    assert said(stage, commands.Start(), 4) == ("la rencontre commence : Accueil", "the meeting begins: Accueil")


def test_moves_are_said(stage):
    assert said(stage, commands.Next(), 20) == ("séquence suivante : Actualités", "next step: Actualités")
    assert said(stage, commands.Back(), 21)[0] == "retour à : Accueil"
    for minute in (22, 23, 24):
        last = said(stage, commands.Next(), minute)
    assert last[0] == "séquence suivante : Atelier, Tour des pratiques"
    assert said(stage, commands.Next(), 25)[0] == "phase suivante : Atelier, Ce qu'on garde"
    assert said(stage, commands.Back(), 26)[0] == "retour à : Atelier, Tour des pratiques"
    assert said(stage, commands.Pause(), 27)[0] == "pause"
    assert said(stage, commands.Resume(), 28)[0] == "la rencontre reprend"
    assert said(stage, commands.Adjourn(), 29)[0] == "la rencontre est terminée"


def test_changes_of_the_plan_are_said(stage):
    assert said(stage, commands.Adjust(60), 5)[0] == "Accueil : 21 min"
    assert said(stage, commands.Promise(NINE_THIRTY + 160 * 60_000), 5)[0] == "fin annoncée : 12:10"
    last = stage.meeting.steps[-1].id
    assert said(stage, commands.SetStepAside(last), 5)[0] == "séquence mise de côté : Clôture"
    assert said(stage, commands.SetStepAside(last, aside=False), 5)[0] == "séquence rétablie : Clôture"
    assert said(stage, commands.MoveStep(last, stage.meeting.steps[1].id), 5)[0] == "séquence déplacée : Clôture"
    assert (
        said(stage, commands.AddStep(Step(kind="break", duration=600), stage.meeting.steps[0].id), 5)[0]
        == "séquence ajoutée : Pause"
    )
    both = commands.Replan((commands.Adjust(60), commands.SetStepAside(last)))
    assert said(stage, both, 6)[0] == "Accueil : 22 min · séquence mise de côté : Clôture"


def test_a_gap_is_said(stage):
    begin, end = NINE_THIRTY + 10 * 60_000, NINE_THIRTY + 14 * 60_000
    assert said(stage, commands.FindGap(begin, end), 15)[0].startswith("4 min à qualifier")
    gap = stage.meeting.gaps[0].id
    assert said(stage, commands.SettleGap(gap, counts=False), 15)[0] == "compté comme pause : 4 min"
    assert said(stage, commands.SettleGap(gap, counts=True), 15)[0] == "compté comme rencontre : 4 min"


def test_entries_are_said_with_what_was_given(stage):
    due = datetime.date(2026, 12, 1)
    fields = Fields(text="Écrire\nla charte", owners=("Nora T.",), due=due, theme="droits")
    french, english = said(stage, commands.Capture("action", fields), 5)
    assert french == "A1 « Écrire la charte » · Nora T. · pour le 1er décembre · #droits"
    assert english == "A1 “Écrire la charte” · Nora T. · by 1 December · #droits"
    assert said(stage, commands.Capture("note", Fields(text="Vu")), 5)[0] == "« Vu »"
    action = stage.entry("A1").id
    assert said(stage, commands.Edit(action, Fields(text="Autre", owners=(), due=None)), 6)[0] == (
        "A1 modifié : « Autre » · personne pour l'instant · sans date"
    )
    assert said(stage, commands.Finish(action), 6)[0] == "A1 : fait"
    assert said(stage, commands.Finish(action, done=False), 6)[0] == "A1 : de nouveau à suivre"
    news = Fields(text="AAP", link="https://example.org", deadline=due)
    assert "échéance 1er décembre" in said(stage, commands.Capture("news", news), 7)[0]


def test_a_need_has_its_letter_in_each_language(stage):
    assert [text[:2] for text in said(stage, commands.Capture("need", Fields(text="Une trame")), 5)] == ["B1", "N1"]


def test_what_becomes_of_a_question_is_said(stage):
    question = stage.ask("Qui paie ?", 5, by="claire@roanne").id
    assert said(stage, commands.Support(question), 5)[0] == "Q1 : une personne de plus, +1"
    assert said(stage, commands.StartAnswer(question), 5)[0] == "réponse à Q1 : 3:00"
    assert said(stage, commands.StopAnswer(), 6)[0] == "temps de réponse arrêté"
    assert said(stage, commands.Answer(question, "Personne."), 6)[0] == "Q1, réponse donnée : « Personne. »"
    sent = commands.Send(question, "mattermost", "Nora T.", datetime.date(2026, 12, 10))
    words = "Q1 → Réponse sur Mattermost · Nora T. · pour le 10 décembre"
    assert said(stage, sent, 7)[0] == f"{words} · réponse d'avant abandonnée"
    assert said(stage, commands.Relocate(question, stage.meeting.steps[4].id), 8)[0] == "Q1 rattaché à : Clôture"


def test_people_and_turns_are_said(stage):
    assert said(stage, commands.Attend("Léa M.", "excused"), 5)[0] == "Léa M. : excusé(e)"
    assert said(stage, commands.Unattend("Léa M."), 5)[0] == "Léa M. : rien de noté"
    assert said(stage, commands.StartRound(90), 5)[0] == "tour de parole : 1:30 par personne"
    assert said(stage, commands.PassRound(), 6)[0] == "la parole est à Nora T."
    assert said(stage, commands.PassRound(), 7)[0] == "tout le monde a parlé"
    said(stage, commands.StartRound(90), 8)
    assert said(stage, commands.EndRound(), 9)[0] == "fin du tour de parole"
    assert said(stage, commands.HandOver("Nora T."), 9)[0] == "Accueil : menée par Nora T."


def test_the_end_is_said(stage):
    assert (
        said(stage, commands.Close("2026-12", {"w1": stage.n}), 100)[0]
        == "la rencontre est terminée · la rencontre est publiée"
    )
    assert said(stage, commands.Publish({}), 101)[0] == "compte rendu et lettre sont écrits"
    assert said(stage, commands.Reopen(), 102)[0] == "la rencontre est rouverte"


def test_an_undo_says_what_it_took_back(stage):
    stage.do(commands.Next(), 20)
    before = stage.meeting
    last = stage.acts[-1]
    stage.do(commands.Undo(), 21)
    assert plain(undo_text(FR, before, last)) == "Annulé : le passage à « Actualités »"
    stage.do(commands.Redo(), 22)
    assert plain(redo_text(FR, stage.meeting, last)) == "Rétabli : le passage à « Actualités »"
    stage.do(commands.Adjourn(), 23)
    assert plain(undo_text(FR, stage.meeting, stage.acts[-1])) == "Annulé : la fin de la rencontre"


def test_what_is_private_is_never_said(stage):
    act = stage.do(commands.Capture("individual", Fields(text="Un secret", by="Nora T.")), 5)
    question = stage.ask("Mon secret ?", 6).id
    sent = stage.do(commands.Send(question, "individual"), 6)
    edits = [stage.do(commands.Edit(one, Fields(text="Un autre secret")), 7) for one in (act.id, question)]
    for tr in (FR, EN):
        for one in (act, sent, *edits):
            assert "secret" not in act_text(tr, stage.meeting, one).lower()
        for entry in stage.meeting.entries.values():
            assert "secret" not in entry_text(tr, entry)
    assert plain(entry_text(FR, stage.meeting.entries[act.id])) == "S1 ••• 15 car."


def test_an_act_on_what_is_no_longer_there_is_still_said(stage):
    entry = stage.capture("action", "Écrire", 5)
    act = stage.do(commands.Finish(entry.id), 6)
    assert act_text(EN, Stage().meeting, act) == "… is done"
    assert spot_title(EN, stage.meeting, Spot("nowhere")) == spot_title(EN, stage.meeting, None) == "…"


def test_no_undo_has_two_colons(stage):
    question = stage.ask("Qui ?", 5, by="claire@roanne").id
    last = stage.meeting.steps[-1].id
    for place, command in enumerate(
        (
            commands.Next(),
            commands.Back(),
            commands.Adjust(120),
            commands.Promise(NINE_THIRTY + 160 * 60_000),
            commands.SetStepAside(last),
            commands.SetStepAside(last, aside=False),
            commands.MoveStep(last, stage.meeting.steps[1].id),
            commands.AddStep(Step(kind="break", duration=600), stage.meeting.steps[0].id),
            commands.Edit(question, Fields(text="Qui donc ?")),
            commands.Support(question),
            commands.StartAnswer(question),
            commands.Answer(question, "Personne."),
            commands.Finish(question),
            commands.Relocate(question, last),
            commands.Attend("Léa M.", "excused"),
            commands.Unattend("Léa M."),
            commands.HandOver("Nora T."),
            commands.StartRound(90),
            commands.PassRound(),
        ),
        6,
    ):
        act = stage.do(command, place)
        for tr in (FR, EN):
            for text in (undo_text(tr, stage.meeting, act), redo_text(tr, stage.meeting, act)):
                assert plain(text).count(":") - text.count("12:10") == 1, text


def test_a_note_of_the_welcome_says_that_the_letter_tells_it() -> None:
    stage = Stage()
    for minute, start in ((0, False), (1, True)):
        if start:
            stage.do(commands.Start(), 1)
        stage.do(commands.Capture("note", Fields(text="Merci")), 2 + minute)
        assert letter_remark(translator("fr"), stage.meeting, stage.acts[-1]) == "la lettre le dit aussi"
    stage.do(commands.Capture("question", Fields(text="Qui ?")), 4)
    assert letter_remark(translator("fr"), stage.meeting, stage.acts[-1]) == ""
    stage.do(commands.Next(), 5)
    stage.do(commands.Capture("note", Fields(text="Merci")), 6)
    assert letter_remark(translator("fr"), stage.meeting, stage.acts[-1]) == ""


def test_an_act_without_effect_is_said_to_be_so(stage):
    question = stage.ask("Qui paie ?", 5).id
    unaware = stage.act(commands.Send(question, "newsletter"), stage.instant(7), by="karim@riorges", writer="w2")
    stage.do(commands.Answer(question, "La mairie."), 6)
    late = replace(unaware, n=stage.n + 1)
    stage.replay.add([late])
    assert "sans effet" in act_text(FR, stage.meeting, late)
    assert act_text(EN, stage.meeting, late).endswith("without effect: what was done before stands against it")
