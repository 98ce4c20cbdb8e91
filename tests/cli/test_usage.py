"""Words that make no command, and help."""

from __future__ import annotations

import importlib
import pkgutil
import shutil

import pytest

from facilitator.cli import commands
from facilitator.cli.commands import ALSO_CALLED, COMMANDS
from facilitator.cli.main import main

FRENCH_WORDS = ("utilisation", "afficher cette aide")
ENGLISH_WORDS = ("usage:", "show this help message", "expected one", "invalid choice", "positional arguments")


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (("dance",), "Il n’y a pas de commande « dance »."),
        (("statuts",), "Vouliez-vous dire status"),
        (("add",), "il manque : SORTE, TEXTE"),
        (("add", "poem", "x"), "SORTE : « poem » n’est pas possible"),
        (("add", "note", "x", "--by"), "une valeur est attendue"),
        (("add", "note", "-x"), "Un texte qui commence par - se met après --"),
        (("add", "note", "x", "y"), "arguments inconnus : y"),
        (("add", "note", "x", "--at", "hier"), "--at « hier »"),
        (("add", "note", "x", "--at", "2026-13-01 09:00"), "--at « 2026-13-01 09:00 »"),
        (("add", "action", "x", "--due", "jamais"), "--due « jamais »"),
        (("add", "news", "x", "--deadline", "2026-02-30"), "--deadline « 2026-02-30 »"),
        (("add", "resource", "x", "--link", "ftp://x"), "--link ftp://x"),
        (("more", "beaucoup"), "« beaucoup » n’est pas un nombre de minutes"),
        (("more", "0"), "« 0 » n’est pas un nombre de minutes"),
        (("send", "Q1", "moon"), "SUITE : « moon » n’est pas possible"),
        (("replan", "--step", "2", "--duration", "toujours"), "« toujours » n’est pas une durée"),
        (("newsletter", "decembre"), "« decembre » n’est pas un mois"),
        (("new", "--template", "rien"), "Il n’y a pas de modèle « rien »"),
        (("status", "--lang", "de"), "--lang"),
    ],
)
def test_wrong_usage_says_what_in_french_and_exits_2(meeting, words, says):
    said = meeting(*words)
    assert said.code == 2 and says in said.err and said.out == ""
    assert not [word for word in ENGLISH_WORDS if word in said.err.lower()]


@pytest.mark.sampled(12)
@pytest.mark.parametrize("name", COMMANDS)
@pytest.mark.parametrize("language", ["fr", "en"])
def test_every_command_explains_itself(run, name, language):
    said = run(name, "--help", "--lang", language)
    assert said.code == 0 and said.err == ""
    assert f"facilitator {name}" in said.out
    french = [word for word in FRENCH_WORDS if word in said.out]
    assert french == (list(FRENCH_WORDS) if language == "fr" else [])


@pytest.mark.parametrize(("said", "name"), ALSO_CALLED.items())
def test_what_people_call_a_command_too_is_that_command(run, said, name):
    for words in ((said, "--help"), ("help", said)):
        assert f"facilitator {name}" in run(*words).out


def test_the_help_lists_every_command(run):
    for said in (run("--help"), run("help"), run("--lang", "fr", "-h"), run()):
        assert said.code == 0
        assert not [name for name, known in COMMANDS.items() if known.listed and f"\n  {name} " not in said.out]


def test_what_a_family_can_do_is_a_command_of_its():
    found = {
        (name, family.name)
        for family in pkgutil.iter_modules(commands.__path__)
        for name in getattr(importlib.import_module(f"{commands.__name__}.{family.name}"), "COMMANDS", ())
    }
    assert found == {(name, known.family) for name, known in COMMANDS.items()}


def test_help_of_a_command_can_be_asked_with_a_word(run):
    assert run("help", "add").out == run("add", "--help").out


def test_the_help_of_add_names_the_kinds(run):
    assert "question, need, decision, action, news, resource, aside" in " ".join(run("add", "--help").out.split())


def test_the_version_is_told(run):
    assert run("--version").out.startswith("facilitator 0.")


@pytest.mark.parametrize(
    "name", ["next", "add", "answer", "send", "done", "attend", "adjourn", "close", "undo", "status"]
)
def test_an_act_without_a_meeting_is_refused(run, network, name):
    words = {"add": ("note", "x"), "answer": ("Q1", "x"), "send": ("Q1", "drop"), "done": ("A1",), "attend": ("Awa",)}
    said = run(name, *words.get(name, ()))
    assert (said.code, said.out) == (1, "")
    assert said.err == "Aucune rencontre. Pour en commencer une : facilitator run\n"
    assert not (network / ".facilitator").exists()


def test_a_meeting_that_is_not_there_is_refused(meeting):
    said = meeting("next", "--meeting", "2020-01-01-autre")
    assert said.code == 1 and "2020-01-01-autre" in said.err


@pytest.mark.parametrize("name", ["../../etc", "a/b", "."])
def test_a_meeting_is_never_a_path(meeting, name):
    assert meeting("next", f"--meeting={name}", "--at", "09:31").code in (0, 1)
    assert meeting("status", "--json").code == 0


def test_several_live_meetings_must_be_told_apart(meeting, run):
    run("start", "agenda.yaml", "--at", "2026-11-24 09:30", "--workspace", "autre")
    shutil.copytree("autre/.facilitator/meetings/2026-11-24-reseau", ".facilitator/meetings/2026-11-25-reseau")
    said = meeting("add", "note", "x")
    assert said.code == 1 and "2026-11-24-reseau, 2026-11-25-reseau" in said.err
    assert meeting("add", "note", "x", "--meeting", "2026-11-24-reseau").code == 0


def test_the_language_is_that_of_the_flag_then_the_environment_then_the_workspace(run, network, monkeypatch):
    def language():
        return "fr" if "utilisation" in run("--help").out else "en"

    assert language() == "fr"
    monkeypatch.setenv("LANGUAGE", "en_GB.UTF-8")
    assert language() == "en"
    monkeypatch.delenv("LANGUAGE")
    monkeypatch.setenv("LC_ALL", "C")
    assert language() == "fr"
    (network / "facilitator.yaml").write_text("name: x\nlanguage: en\n")
    assert language() == "en"
    monkeypatch.setenv("LANG", "fr_FR.UTF-8")
    assert language() == "fr"
    assert "usage" in run("--help", "--lang=en").out


def test_main_returns_rather_than_exits(network):
    assert main(["add", "--help"]) == 0


@pytest.mark.parametrize("words", [("--lang", "de"), ("--lang=de",), ("--lang", "de", "status"), ("home",)])
def test_what_cannot_be_shown_is_no_success(run, words):
    said = run(*words)
    assert said.code == (1 if words == ("home",) else 2) and said.err and not said.out
