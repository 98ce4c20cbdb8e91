"""What a line asks for: a table of facts, and how each is told."""

from __future__ import annotations

import io
import json
from collections.abc import Callable, Iterator

import pytest
from minuted import ALONE, SENTENCES
from msgspec import UNSET

from facilitator.cli.conversation import Conversation
from facilitator.core.acts import Capture, Command
from facilitator.core.refusal import Refused
from facilitator.core.said import Fields
from facilitator.core.text import normalise
from facilitator.i18n import translator
from facilitator.meetings.session import Session
from facilitator.store.workspace import Workspace

from .lines import ROWS

Heard = tuple[list[Command], str, bool]


@pytest.fixture
def hear(command, network, capsys, monkeypatch) -> Iterator[Callable[[str], Heard]]:
    """Say a line in a meeting under way: the acts it asks for, which are not carried out, what it is told, whether it failed."""
    command("start", "agenda.yaml")
    session = Session.join(Workspace(network), Workspace(network).live()[0], terminal=True)
    session.act(Capture("action", Fields(text="Écrire")))
    session.act(Capture("question", Fields(text="Une trame ?")))
    conversation = Conversation(session, translator("fr"))
    monkeypatch.setattr("sys.stdin", io.StringIO(""))
    asked: list[Command] = []

    def act(command: Command, **_: object) -> None:
        asked.append(command)
        raise Refused("closed")

    monkeypatch.setattr(session, "act", act)

    def hear(line: str) -> Heard:
        asked.clear()
        capsys.readouterr()
        conversation._failed = False
        conversation.take(line)
        said = capsys.readouterr().out.replace("\u00a0", " ").replace("\u202f", " ")
        return list(asked), said, conversation._failed

    yield hear
    session.leave()


def test_each_line_asks_for_what_the_table_says(hear):
    wrong = []
    for line, expected in ROWS:
        found = _told(line, *hear(line))
        if found != expected:
            wrong.append((line, expected, found))
    assert not wrong, "\n".join(map(str, [len(wrong), *wrong]))


def test_a_line_of_minutes_is_kept_whole_or_refused(hear):
    """Each line of a table in turn; CI has all of them."""
    wrong = _altered(hear, SENTENCES[::9], "keep") + _altered(hear, ALONE[::9], "refused")
    assert wrong == []


@pytest.mark.ci
def test_every_line_of_minutes_is(hear):
    assert _altered(hear, SENTENCES, "keep") + _altered(hear, ALONE, "refused") == []


def _altered(hear, lines: list[str], expected: str) -> list[tuple[str, str]]:
    found = [(line, _told(normalise(line).text, *hear(line))) for line in lines]
    return [(line, told) for line, told in found if told != expected]


def _told(line: str, asked: list[Command], said: str, failed: bool) -> str:
    """What came of a line, as the table says it."""
    assert "imprévu" not in said, (line, said)
    if not asked:
        return "refused" if failed else "told" if said else "nothing"
    (first, *more) = asked
    assert not more, line
    if not isinstance(first, Capture):
        return type(first).__name__
    if first.kind == "note" and first.fields.text == line.strip() and not line.startswith("n "):
        return "keep"
    return f"{first.kind}: {first.fields.text}"


EDITS = [
    ("e Q1 Une autre ?", "Une autre ?"),
    ("e Q1 --text X", "X"),
    ("e Q1 --text=X", "X"),
    ("e Q1 --text Une autre trame ?", "Une autre trame ?"),
    ('e Q1 --text "Une autre" --theme droits', "Une autre"),
    ("e Q1 --text Une autre --theme droits", "Une autre"),
    ("e Q1 --theme droits --text Une autre", "Une autre"),
    ('e Q1 "Une autre"', "Une autre"),
    ("e Q1 Une autre --text X", "Une autre --text X"),
    ("modifier Q1 --text X", "X"),
    ("edit Q1 --text Une autre trame ?", "Une autre trame ?"),
    (r"e Q1 dire \"oui\"", 'dire "oui"'),
    ("s/trame/charte/", "Une charte ?"),
    ("s/trame/charte", "Une charte ?"),
    ("s/ trame//", "Une ?"),
    ("s/e/é/", "Uné trame ?"),
    ("s/e/é/g", "Uné tramé ?"),
    (r"s/trame/et\/ou/", "Une et/ou ?"),
    ("s/?/: laquelle ?/", "Une trame : laquelle ?"),
]


def test_the_text_of_an_entry_is_changed(hear):
    for line, text in EDITS:
        ((edit,), _, _) = hear(line)
        assert edit.fields.text == text, line


COLONS = [
    ("r Q1 : oui", "oui"),
    ("r Q1: oui", "oui"),
    ("Réponse Q1 : oui, sauf le dimanche", "oui, sauf le dimanche"),
    ("answer q1: yes", "yes"),
    ("e Q1 : Une autre ?", "Une autre ?"),
    ("modifier Q1 : Une autre ?", "Une autre ?"),
    ("r Q1 :-)", ":-)"),
]


def test_the_colon_after_a_number_is_no_part_of_the_text(hear):
    for line, text in COLONS:
        ((act,), _, _) = hear(line)
        assert (act.fields.text if hasattr(act, "fields") else act.text) == text, line


def test_the_options_of_the_edit_are_read_after_its_key(hear):
    ((edit,), _, _) = hear("e Q1 --theme droits --by Nora")
    assert (edit.fields.theme, edit.fields.by, edit.fields.text) == ("droits", "Nora T.", UNSET)


def test_a_sentence_is_kept_whole_and_told_as_a_note(converse, command):
    line = "Merci à @Nora pour https://example.org/a et le reste @Karim -> 10/12 #droits"
    said = converse("next", line)
    (found,) = json.loads(command("entries", "--json"))
    assert (found["kind"], found["text"], found["by"], found["theme"]) == ("note", line, None, None)
    assert found["link"] == "https://example.org/a"
    assert [one for one in said if one.startswith("Gardé comme note : « Merci à @Nora pour ")]


def test_what_was_written_last_is_mended_and_the_mend_is_undone(converse, command):
    said = converse("next", "q Une trame ?", "n Vu avec Karim", "s/Karim/Nora/", "u", "s/absent/x/", code=1)
    assert [line for line in said if line.endswith("« Vu avec Nora »")]
    assert "Cela n’est pas dans « Vu avec Karim »." in said
    assert [one["text"] for one in json.loads(command("entries", "--json"))] == ["Une trame ?", "Vu avec Karim"]


def test_only_what_the_same_person_wrote_is_mended(hear, network):
    other = Session.join(Workspace(network), Workspace(network).live()[0], terminal=True, actor="lea@autre")
    other.act(Capture("decision", Fields(text="Une charte")))
    other.leave()
    asked, said, _ = hear("s/charte/trame/")
    assert not asked and "Cela n’est pas dans Q1 « Une trame ? »." in said


def test_nothing_is_mended_where_nothing_was_written(converse):
    assert "Vous n’avez encore rien noté." in converse("next", "s/a/b/", code=1)


@pytest.mark.parametrize("line", ["s/secret/x/", "s/bleu/x/"])
def test_a_private_text_is_mended_without_being_told(converse, line):
    said = "\n".join(converse("next", "x un secret", line, "f", code=int("bleu" in line)))
    assert "secret" not in said and "bleu" not in said


NEARLY = ("X un secret", "x  un secret", "x: un secret", "X : un secret", "individuel un secret", "individual secret")


def test_a_private_text_that_is_nearly_said_is_neither_kept_nor_told(hear):
    for line in NEARLY:
        asked, said, failed = hear(line)
        assert not asked and failed and "secret" not in said, line
        assert "Pour un besoin individuel : x en minuscule, une espace et le texte." in said


WAYS = [
    ("next semaine", "Cela se dit ainsi : next [--step]."),
    ("suivant semaine", "Cela se dit ainsi : suivant [--step]."),
    ("next!", "Cela se dit ainsi : next [--step]."),
    ("r", "Cela se dit ainsi : r Q1."),
    ("e mail", "Cela se dit ainsi : e Q1 et le texte."),
    ("question", "Cela se dit ainsi : q, une espace et le texte."),
    ("décision reportée", "Cela se dit ainsi : d, une espace et le texte."),
    ("q  deux", "Cela se dit ainsi : q, une espace et le texte."),
    ("Question :", "Il manque le texte : question, puis un texte."),
    ("p eux", "Personne de connu ne répond à « eux ». Pour une visite : attend et le nom."),
    ("p Zoé", "Personne de connu ne répond à « Zoé ». Pour une visite : attend et le nom."),
    ("merci", "Pas compris : « merci ». Pour une note : n, une espace et le texte. h : aide."),
    ("comencer", "Vouliez-vous dire commencer ?"),
    ("---", "Pas compris : « --- ». h : aide."),
]


def test_what_is_refused_is_told_with_the_way_to_say_it(hear):
    for line, said in WAYS:
        asked, told, failed = hear(line)
        assert not asked and failed and said in told, line
        assert len(told.splitlines()) == 1


def test_a_name_that_several_have_is_asked_for_again(converse, network):
    agenda = network / "agenda.yaml"
    agenda.write_text(agenda.read_text().replace("Nora T.", "Nora T., Noé V."))
    words = "Plusieurs personnes répondent à « no », donnez un peu plus du nom : Nora T., Noé V."
    lines = ("p no", "q Quoi ? @no", "add action Agir --owner no")
    assert converse("next", *lines, code=1).count(words) == len(lines)


def test_lists_say_who_does_it_and_by_when(converse):
    said = converse("next", "a Écrire @karim pour 2026-12-10", "q Une ?", "send Q1 next --due 2027-01-12", "f")
    assert "A1 « Écrire » · Karim B. · pour le 10 décembre" in [line.split(" 2026")[0] for line in said]
    assert [line for line in said if line.startswith("Q1 « Une ? »") and "pour le 12 janvier" in line]


def test_who_is_there_is_told_even_when_nobody_is(converse):
    assert "Personne n’est noté comme présent." in converse("next", "p")


def test_the_help_is_short_lines_and_each_is_true(converse):
    said = converse("h")
    helped = said[said.index("Pour noter : une touche en minuscule, une espace, un texte.") : -2]
    assert len(helped) > 20
    assert max(map(len, helped)) <= 100 and not [line for line in helped if "\x1b" in line]


def test_a_partner_who_comes_in_is_known_by_the_beginning_of_the_name(converse, network):
    (network / "facilitator.yaml").write_text("partners: [Paul Rey, Paule Sand]\n")
    said = converse("next", "p paul", "p paul r", code=1)
    assert "Plusieurs personnes répondent à « paul », donnez un peu plus du nom : Paul Rey, Paule Sand" in said
    assert any(line.startswith("Paul Rey") for line in said)
