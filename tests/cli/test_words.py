"""The French words of a command, what was meant by a wrong one, and what is said around a command."""

from __future__ import annotations

import shutil

import pytest

ENGLISH = ("--lang", "en")


@pytest.mark.parametrize(
    ("words", "kind"),
    [
        (("question",), "question"),
        (("QUESTION",), "question"),
        (("besoin",), "need"),
        (("Besoins",), "need"),
        (("décision",), "decision"),
        (("DECISION",), "decision"),
        (("info",), "news"),
        (("actualité",), "news"),
        (("lien",), "resource"),
        (("ressource",), "resource"),
        (("de côté",), "aside"),
        (("de", "cote"), "aside"),
    ],
)
def test_a_kind_is_understood_in_french(meeting, words, kind):
    said = meeting("add", *words, "Une chose", "--by", "Awa S.")
    assert said.code == 0, said.err
    (found,) = meeting("entries", *words, "--json").json
    assert (found["kind"], found["text"]) == (kind, "Une chose")


@pytest.mark.parametrize(
    ("words", "outcome"),
    [
        (("lettre",), "newsletter"),
        (("chat",), "mattermost"),
        (("Mattermost",), "mattermost"),
        (("prochaine",), "next"),
        (("prochaine", "rencontre"), "next"),
        (("relais",), "relay"),
        (("individuel",), "individual"),
        (("sans suite",), "drop"),
        (("sans", "suite", "--owner", "Nora T."), "drop"),
    ],
)
def test_an_outcome_is_understood_in_french(meeting, words, outcome):
    meeting("add", "question", "Qui ?")
    said = meeting("send", "Q1", *words)
    assert said.code == 0, said.err
    assert meeting("entries", "--json").json[0]["outcome"] == outcome


def test_two_words_after_an_option_are_its_value_and_a_text(meeting):
    said = meeting("add", "--by", "de", "note", "côté")
    assert said.code == 0
    assert meeting("entries", "--json").json[0]["text"] == "côté"


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (("add", "qestion", "x"), "SORTE : « qestion » n’est pas possible. Vouliez-vous dire question ?"),
        (("add", "bezoin", "x"), "Vouliez-vous dire besoin ?"),
        (("entries", "decizion"), "Vouliez-vous dire décision ?"),
        (("send", "Q1", "letre"), "SUITE : « letre » n’est pas possible. Vouliez-vous dire lettre ?"),
        (("send", "Q1", "xyz"), "Au choix : mattermost (chat), newsletter (lettre), next (prochaine)"),
        (("add", "note", "x", "--type", "evnt"), "--type : « evnt » n’est pas possible. Vouliez-vous dire event ?"),
        (("add", "note", "x", "--json=3"), "la valeur « 3 » est de trop"),
        (("add", "poem\x1b[2J\x07", "x"), "« poem[2J »"),
        (("suivant",), "Il n’y a pas de commande « suivant ». Vouliez-vous dire next ?"),
        (("add", "qestion", "x", *ENGLISH), "“qestion” is not possible. Did you mean question?"),
        (("add", "note", "x", "--at", "hier", *ENGLISH), "--at “hier”"),
    ],
)
def test_a_wrong_word_is_told_with_the_one_that_was_meant(meeting, words, says):
    said = meeting(*words)
    assert said.code == 2 and says in said.err
    assert "'" not in said.err.splitlines()[0]


def test_a_command_that_found_a_meeting_elsewhere_says_where_it_wrote(meeting, network, tmp_path, monkeypatch):
    where = f"Dans la rencontre 2026-11-24-reseau de {network} :\n"
    folder = network / "minutes" / "sous"
    folder.mkdir(parents=True)
    monkeypatch.chdir(folder)
    assert "Dans la rencontre" not in meeting("add", "note", "d'en dessous").err
    monkeypatch.chdir(tmp_path)
    assert meeting("add", "note", "de loin").err == f"{where}Noté : « de loin »\n"
    assert meeting("undo").err.startswith(where)
    assert meeting("run", "--plain").err == where
    assert "Dans la rencontre" not in meeting("add", "note", "choisi", "--workspace", str(network)).err
    assert meeting("close", "--at", "10:50").err.startswith(where)


def test_meetings_live_in_several_other_folders_are_named(meeting, network, tmp_path, monkeypatch):
    other = tmp_path / "other"
    other.mkdir()
    shutil.copy(network / "agenda.yaml", other)
    monkeypatch.chdir(other)
    assert meeting("start", "agenda.yaml").code == 0
    monkeypatch.chdir(tmp_path)
    said = meeting("add", "note", "x")
    assert said.code == 1 and said.out == ""
    assert str(network) in said.err and str(other) in said.err and "--workspace" in said.err


def test_a_visitor_is_none_where_nobody_is_a_member(run, network):
    (network / "agenda.yaml").write_text((network / "agenda.yaml").read_text().replace("members: [", "# ["))
    run("start", "agenda.yaml")
    assert run("attend", "Zoé Q.").err == "Zoé Q. : là\n"
    assert "membres" not in run("add", "action", "Une chose", "--owner", "Max").err


def test_the_room_has_no_heading_without_content(meeting):
    meeting("add", "question", "Une ?")
    meeting("send", "Q1", "individual")
    assert "Questions" not in meeting("room").out


def test_the_time_of_a_reading_is_explained_as_such(run):
    for name in ("status", "followups"):
        assert "vu de ce moment" in " ".join(run(name, "--help").out.split())


def test_replan_keeps_half_of_what_was_planned_and_says_by_how_much_that_is_not_enough(meeting):
    meeting("next", "--at", "2026-11-24 10:05:17")
    said = meeting("replan", "--at", "2026-11-24 10:45:40").out
    assert "raccourcir la suite : 10 min gagnées" in said and "encore 5 min 40 s de trop" in said
    assert "10 min  Atelier (20 min prévues)" in said


def test_a_meeting_with_nothing_for_the_newsletter_makes_none(run, network):
    agenda = network / "agenda.yaml"
    assert run("start", str(agenda), "--at", "2026-11-24 09:30").code == 0
    run("next", "--at", "09:50")
    run("add", "note", "Rien de plus", "--at", "09:55")
    said = run("close", "--at", "10:50")
    assert said.code == 0 and "Lettre" not in said.err
    assert not (network / "newsletter").exists()
    text = (network / "minutes" / "2026-11-24-reseau.md").read_text()
    assert "../newsletter" not in text and "newsletter: 2026-12" in text
    for words in (("newsletter",), ("newsletter", "2026-12", "--stdout")):
        said = run(*words)
        assert (said.code, said.out) == (0, "") and "Rien à dire" in said.err
    assert run("status", "--json").json["state"] == "closed"
    assert run("reopen").code == 0
