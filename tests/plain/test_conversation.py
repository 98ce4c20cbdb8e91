"""The line conversation is the same meeting."""

from __future__ import annotations

import itertools
import json
import os
import re

import pytest

from facilitator.cli import conversation
from facilitator.core.telephones import Sent
from facilitator.store.telephones import Serving, append_sent, claim_serving
from facilitator.store.workspace import Workspace


def entries(command):
    return json.loads(command("entries", "--json"))


def test_it_says_where_we_are_and_how_to_go_on(converse, network):
    said = converse()
    assert said[0] == "Rencontre du réseau · prête à commencer"
    assert "h : aide. Une ligne vide : où nous en sommes. Ctrl+D : quitter." in said
    assert not (network / ".facilitator").exists()


def test_the_end_of_the_input_leaves_and_the_meeting_goes_on(converse, command):
    said = converse("next")
    assert said[-1].startswith("La rencontre continue.")
    assert json.loads(command("status", "--json"))["state"] == "running"
    assert converse(agenda=None)[0] == "Rencontre du réseau · en cours"


@pytest.mark.parametrize(
    ("line", "kind", "text"),
    [
        ("q Faut-il un mandat ?", "question", "Faut-il un mandat ?"),
        ("? Faut-il un mandat", "question", "Faut-il un mandat"),
        ("?Faut-il", "question", "Faut-il"),
        ("b une trame", "need", "une trame"),
        ("*une trame", "need", "une trame"),
        ("d une charte", "decision", "une charte"),
        ("! une charte", "decision", "une charte"),
        ("a l'écrire", "action", "l'écrire"),
        (">l'écrire", "action", "l'écrire"),
        ("i un rapport", "news", "un rapport"),
        ("l une fiche", "resource", "une fiche"),
        ("k un sujet", "aside", "un sujet"),
        ("n vu \"ça\" et 'ça'", "note", "vu \"ça\" et 'ça'"),
        ('add note l\'été "dernier"', "note", 'l\'été "dernier"'),
        ("Q En capitale", "note", "Q En capitale"),
    ],
)
def test_a_line_captures(converse, command, line, kind, text):
    converse("next", line)
    (found,) = entries(command)
    assert (found["kind"], found["text"]) == (kind, text)


def test_who_theme_and_date_are_read_in_a_line(converse, command):
    converse("next", "q Faut-il un mandat ? @Nora #droits", "a Rédiger la charte @karim pour 2026-12-10")
    question, action = entries(command)
    assert (question["text"], question["by"], question["theme"]) == ("Faut-il un mandat ?", "Nora T.", "droits")
    assert (action["text"], action["owners"], action["due"]) == ("Rédiger la charte", ["Karim B."], "2026-12-10")


def test_someone_unknown_is_noted_and_said(converse):
    assert "Zoé n’est pas parmi les membres : noté quand même." in converse("next", "q Une ? @Zoé")


def test_a_key_without_a_text_says_what_is_missing(converse):
    assert "Il manque le texte : question, puis un texte." in converse("q", code=1)


def test_an_individual_need_is_asked_for_and_never_told(converse, command):
    said = converse("next", "x", "un secret", "f", "undo")
    assert "Noté : S1, gardé privé" in said
    assert not [line for line in said if "secret" in line]


@pytest.mark.parametrize("line", ["m", "minutes --stdout"])
def test_there_are_no_minutes_before_the_meeting_begins(converse, line):
    assert "La rencontre n’a pas commencé" in " ".join(converse(line, code=1))


def test_commands_and_words_of_the_language_work(converse):
    said = converse("suivant", "+ 5", "suivant", "annuler", "rétablir", "retour", "pause", "reprendre")
    assert "La rencontre commence : Accueil et visite" in said
    assert "Accueil et visite : 25 min" in said
    assert "Annulé : le passage à « Besoins et questions »" in said
    assert "Rétabli : le passage à « Besoins et questions »" in said
    assert "Retour à : Accueil et visite" in said


def test_each_line_counts(converse, command):
    converse("next", "next", "next")
    assert json.loads(command("status", "--json"))["step"]["number"] == 3


def test_an_answer_needs_no_quotation_marks(converse, command):
    converse(
        "next",
        "q Une ?",
        "answer Q1 C'est l'usage, \"oui\" --pas toujours",
        "q Deux ?",
        "r Q2",
        "r Q2 Oui, d'accord",
        code=1,
    )
    one, two = entries(command)
    assert one["outcome"] is None
    assert (two["answer"], two["outcome"]) == ("Oui, d'accord", "answered")


def test_an_outcome_is_chosen_by_number(converse, command):
    said = converse("next", "q Une ?", "s", "s Q1", "2", "q Deux ?", "s Q2 mattermost", "s Q2 3")
    assert "2. Réponse dans la lettre" in said
    assert [one["outcome"] for one in entries(command)] == ["newsletter", "next"]


def test_people_are_noted_and_told(converse):
    said = converse("next", "p aw", "p karim --late", "p")
    assert "Awa S. · là" in said and "Karim B. · en retard" in said


def test_entries_are_changed_and_shared(converse, command):
    converse("next", "q Une ?", "e Q1 Une autre, l'été ?", "j Q1")
    (found,) = entries(command)
    assert (found["text"], found["same"]) == ("Une autre, l'été ?", 1)


def test_lists_are_numbered_and_without_the_screen(converse):
    said = converse("next", "q Une ?", "g", "f", "")
    assert "1. Accueil et visite · 20 min · 0 min passées · nous en sommes là" in said
    assert "2. Besoins et questions · 30 min" in said
    assert "Questions (1)" in said and "Q1 « Une ? » · sans suite donnée" in said
    assert "séquence 1 sur 3 · Accueil et visite" in said
    assert not [line for line in said if "\x1b" in line]


@pytest.mark.parametrize(
    "line", ["bidule", "Q99", "run agenda.yaml", "add", "answer Q9 x", "+ beaucoup", 'e "', "--", "/", "s Q9 2"]
)
def test_a_line_that_cannot_be_done_is_told_and_the_conversation_goes_on(converse, line):
    said = converse("next", line, "n la suite", code=1)
    assert "Noté : « la suite »" in said
    assert "Traceback" not in "\n".join(said)


def test_a_crash_is_told_and_the_conversation_goes_on(converse, monkeypatch):
    def broken(*_args, **_kwargs):
        raise ZeroDivisionError

    monkeypatch.setattr("facilitator.cli.conversation.Conversation.agenda", broken)
    monkeypatch.setitem(conversation._DOING, "agenda", broken)
    said = converse("next", "g", "n la suite", code=1)
    assert any("ZeroDivisionError" in line for line in said) and "Noté : « la suite »" in said


def test_the_meeting_is_ended(converse, command, network):
    said = converse("next", "q Une ?", "c", "close", "s Q1 drop", "close --summary Une phrase", "quit", code=1)
    assert "La rencontre est terminée" in said
    assert any(line.startswith("Pas de publication") and "Q1" in line for line in said)
    assert "La rencontre est publiée." in said
    assert said[-1] == "Vous quittez la conversation."
    assert json.loads(command("status", "--json"))["state"] == "closed"
    assert len(list((network / "minutes").iterdir())) == 1


def test_help_says_what_a_line_may_be(converse):
    said = "\n".join(converse("h"))
    assert "q question" in said and "send Q2 newsletter" in said


def test_what_others_do_is_told_at_the_next_line(network, capsys):
    from facilitator.cli.conversation import Conversation
    from facilitator.cli.main import main
    from facilitator.core.acts import Capture
    from facilitator.core.said import Fields
    from facilitator.i18n import translator
    from facilitator.meetings.session import Session
    from facilitator.store.workspace import Workspace

    main(["start", "agenda.yaml"])
    workspace = Workspace(network)
    (meeting,) = workspace.live()
    mine = Session.join(workspace, meeting, terminal=True)
    other = Session.join(workspace, meeting, terminal=True, actor="lea@autre")
    other.act(Capture("decision", Fields(text="Une charte")))
    capsys.readouterr()
    Conversation(mine, translator("en")).take("pause")
    assert capsys.readouterr().out.splitlines()[:2] == ["lea: D1 “Une charte”", "Pause"]
    mine.leave()
    other.leave()


def test_time_getting_short_and_over_is_said_once(network, capsys):
    from facilitator.cli.conversation import Conversation
    from facilitator.cli.main import main
    from facilitator.i18n import translator
    from facilitator.meetings.session import Session
    from facilitator.store.workspace import Workspace

    main(["start", "agenda.yaml"])
    session = Session.join(Workspace(network), Workspace(network).live()[0], terminal=True)
    conversation = Conversation(session, translator("en"))
    capsys.readouterr()
    real = session.now()

    def later(seconds):
        from msgspec.structs import replace

        return replace(real, at=real.at + seconds * 1000, boot=None, boot_id=None)

    said = []
    for seconds in (60, 1_000, 1_010, 1_150, 1_300, 1_310):
        session.now = lambda seconds=seconds: later(seconds)  # type: ignore[method-assign]
        conversation.warn()
        said.append(capsys.readouterr().out)
    assert [bool(text) for text in said] == [False, True, False, True, True, False]
    assert "Time is up: +1:40 over" in said[4]
    session.leave()


@pytest.mark.parametrize(
    ("lines", "said"),
    [
        (["commencer"], "La rencontre commence : Accueil et visite"),
        (["Démarrer"], "La rencontre commence : Accueil et visite"),
        (["start", "next"], "Séquence suivante : Besoins et questions"),
        (["next", "statut"], "séquence 1 sur 3 · Accueil et visite"),
        (["next", "présents Awa"], "Awa S. · là"),
        (["next", "plus 5"], "Accueil et visite : 25 min"),
        (["next", "aide"], "t : "),
        (["next", "Question : Une ?"], "Noté : Q1 « Une ? »"),
        (["next", "Décision : Une"], "Noté : D1 « Une »"),
        (["next", "add de côté un sujet"], "Noté : P1 « un sujet »"),
        (["next", "q Une ?", "s Q1 lettre"], "Q1 → Réponse dans la lettre"),
        (["next", "q Une ?", "envoyer Q1 sans suite"], "Q1 → Sans suite"),
        (["next", "q Une ?", "répondre Q1 oui"], "Q1, réponse donnée : « oui »"),
        (["next", "terminer", "publier"], "La rencontre est publiée."),
    ],
)
def test_the_words_of_the_language_are_commands(converse, lines, said):
    answers = converse(*lines, "p" if "présents Awa" in lines else "")
    assert any(one.startswith(said) for one in answers), answers


def test_a_start_begins_the_meeting_of_the_conversation(converse, command, network):
    said = converse("p Awa", "start", "n Vu", "start agenda.yaml", code=1)
    assert "Noté : « Vu »" in said
    assert len(list((network / ".facilitator" / "meetings").iterdir())) == 1
    assert json.loads(command("status", "--json"))["state"] == "running"
    assert [one["text"] for one in entries(command)] == ["Vu"]


@pytest.mark.parametrize("line", ["s Q1 bidon", "add poème", "add", "send", "+ 1 2 3", "add note x --truc", "r", "e"])
def test_what_is_wrong_is_told_on_one_line(converse, line):
    before = converse("next", "q Une ?")
    after = converse("q Deux ?", line, agenda=None, code=1)
    assert before and not [one for one in after if "utilisation" in one or one.startswith("facilitator ")]
    place = next(place for place, one in enumerate(after) if one.startswith("Noté : Q2"))
    assert after[place + 2] == "Vous quittez la conversation.", after


def test_a_word_that_is_nearly_one_is_pointed_at(converse):
    said = converse("comencer", code=1)
    assert "Pas compris : « comencer ». Vouliez-vous dire commencer ? h : aide." in said


def test_what_the_help_says_is_understood(converse):
    said = "\n".join(converse("next", "c"))
    assert "publier, ou publier --summary" in said and "puis : publier" not in said and "close," not in said


def test_leaving_after_the_adjournment_says_that_it_is_not_closed(converse):
    said = converse("next", "c")
    assert (
        said[-1]
        == "La rencontre est terminée, pas encore publiée. Pour la reprendre : facilitator run --plain, puis publier"
    )


def test_nobody_is_a_stranger_where_there_are_no_members(converse, network):
    (network / "agenda.yaml").write_text((network / "agenda.yaml").read_text().replace("members: [", "# ["))
    said = "\n".join(converse("next", "p Zoé", "a Une chose @Max"))
    assert "membre" not in said and "Zoé : là" in said


def test_an_answer_ends_with_who_gave_it(converse, command):
    converse("next", "q Qui paie ?", "q Qui vient ?", "r Q1 La région. @kari", "answer Q2 Écrire à @Nora")
    assert [(one["answer"], one["answer_by"]) for one in entries(command)] == [
        ("La région.", "Karim B."),
        ("Écrire à @Nora", None),
    ]


def test_what_was_written_last_is_made_another_kind_and_taken_away(converse, command):
    said = converse(
        "next", "q On y va", "kind last décision", "edit last --for 18 --against 2", "n Rien", "remove last"
    )
    assert "Q1 est maintenant D1" in said and "Retrait de note" in said
    (decision,) = entries(command)
    assert (decision["number"], decision["vote"]["votes_for"]) == ("D1", 18)


def test_a_question_taken_up_individually_stays_so_and_the_way_back_is_told_as_a_line(converse, command):
    said = converse("next", "q Mon contrat ?", "s Q1 individuel", "r Q1 300 euros", "s Q1 lettre", "f", "m")
    assert sum("Q1 reste en suivi individuel" in line for line in said) == 2
    assert "Pour que chacun la lise : send Q1 newsletter --public" in said
    (asked,) = [line for line in said if "contrat" in line]
    assert "Noté" in asked and not any("300" in line for line in said)
    said = converse("s Q1 lettre --public", "m", agenda=None)
    assert any("n’est plus privé" in line for line in said) and any("contrat" in line for line in said)


def test_every_other_word_leads_somewhere():
    from facilitator.cli.commands import COMMANDS
    from facilitator.cli.conversation_words import ELSEWHERE, KEYS, WORDS
    from facilitator.core.vocabulary import KIND_OF_KEY

    assert all(meaning in KEYS or (meaning in COMMANDS and meaning not in ELSEWHERE) for meaning in WORDS.values())
    assert not set(WORDS) & {*KIND_OF_KEY, *KEYS, *(name for name in COMMANDS if name not in ELSEWHERE)}


# What people say for a word that a command shows in the help; of what is searched one word, since several may be a sentence.
SAID = {
    "AGENDA": "agenda.yaml", "MIN": "5", "N": "1", "NAME": "Zoé de la Tour", "KIND": "news", "TEXT": "Un texte", "WHERE": "newsletter",
    "STEP": "2", "MEETING": "2026-11-24-roannais", "YYYY-MM": "2026-11", "THEME": "#budget", "WORDS": "mandat", "5x12…": "5x12",
}  # fmt: skip


def test_a_command_is_understood_with_the_words_that_the_help_shows_of_it():
    from facilitator.cli.commands import COMMANDS
    from facilitator.cli.conversation_words import ELSEWHERE, command_words, read

    for name in COMMANDS.keys() - set(ELSEWHERE):
        usage = re.sub(r" ?\[--[^]]*]|[][]", "", COMMANDS[name].words).split()
        for said in itertools.product(*([SAID.get(one, one) for one in word.split("|")] for word in usage)):
            line = read(" ".join((name, *said)))
            assert (line.does, line.name) == ("do", name)
            assert len([word for word in command_words(name, line.text) if word != "--"]) == len(usage), line


def test_a_line_longer_than_any_text_is_refused_whole(converse, command):
    said = converse("next", "q " + "a" * 39_998 + "x le reste est une commande", "n ensuite", code=1)
    assert any("trop long" in line for line in said)
    assert [entry["text"] for entry in entries(command)] == ["ensuite"]


def test_no_part_of_a_hidden_text_becomes_a_line(converse, command):
    converse("next", "x", "a" * 40_000 + "q le reste", "n ensuite", code=1)
    assert [entry["text"] for entry in entries(command)] == ["ensuite"]


def test_a_text_on_the_next_line_takes_that_line_only(converse, command):
    converse("next", "add need --individual -", "un secret", "n deux")
    assert [(entry["private"], entry["text"]) for entry in entries(command)] == [
        (True, "un secret"),
        (False, "deux"),
    ]


def test_bytes_that_are_no_text_are_told(converse, command):
    said = converse("next", "n caf\udce9", "n un thé")
    assert any(line.startswith("Retiré du texte : octets qui ne sont pas du texte") for line in said)
    assert [entry["text"] for entry in entries(command)] == ["caf", "un thé"]


@pytest.mark.parametrize("line", ["close", "close --summary Personne n'est venu"])
def test_a_meeting_that_never_began_is_closed_and_can_be_read(converse, command, line):
    said = converse(line)
    assert "La rencontre est publiée." in said
    assert json.loads(command("status", "--json"))["state"] == "closed"


def test_a_line_that_gives_an_answer_up_says_so_and_u_brings_it_back(converse, command):
    said = converse("next", "q Qui paie ?", "r Q1 La région. @Nora", "s Q1 lettre", "u")
    assert sum("réponse d’avant abandonnée" in line for line in said) == 1
    assert entries(command)[0]["answer"] == "La région."
    said = converse("r Q1 Personne. @Karim", "s Q1 2", agenda=None)
    assert sum("réponse d’avant abandonnée" in line for line in said) == 2
    assert (entries(command)[0]["outcome"], entries(command)[0]["answer"]) == ("newsletter", None)


def test_with_an_option_after_it_an_answer_still_ends_with_who_gave_it(converse, command):
    converse("next", "q Qui paie ?", "r Q1 Personne. @Karim --link https://example.org/x")
    assert [entries(command)[0][name] for name in ("answer", "answer_by")] == ["Personne.", "Karim B."]


def test_what_telephones_send_is_told_once_and_never_in_its_words(converse, command, network):
    converse("next")
    workspace = Workspace(network)
    (meeting,) = workspace.names()
    for name, kind in (("a", "question"), ("b", "floor")):
        append_sent(workspace, meeting, [Sent(id=name * 16, kind=kind, phone=name * 16, at=0, text="injure")])
    said = converse("pause", "resume", agenda=None)
    told = "1 message des téléphones · 1 demande la parole : telephones donne la liste."
    assert said.count(told) == 1
    assert not [line for line in said if "injure" in line]


def test_the_room_in_lines_says_where_telephones_write_while_they_may(converse, command, network):
    converse("next")
    workspace = Workspace(network)
    (meeting,) = workspace.names()
    claim, _ = claim_serving(workspace, meeting)
    claim.say(Serving("http://192.168.1.23:8000", "k7mp4x", os.getpid()))
    shown = command("room")
    claim.give_up()
    assert "Sur votre téléphone : 192.168.1.23:8000/k7mp4x" in shown
    assert "téléphone" not in command("room")
