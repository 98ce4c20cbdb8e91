"""`new` and `check`."""

from __future__ import annotations

import datetime
import json

import pytest

from facilitator.documents.agenda import read_agenda, templates
from facilitator.i18n import translator


def written(said):
    from pathlib import Path

    path = Path(said.out.strip())
    return path, read_agenda(path.read_bytes(), name=path.name, tr=translator("en"))


def test_new_writes_an_agenda_and_its_schema(run, network):
    said = run("new", "--date", "2026-12-15", "--title", "Rencontre de décembre")
    assert said.code == 0
    path, agenda = written(said)
    assert path == network / "agendas" / "2026-12-15-rencontre-de-decembre.yaml"
    assert (agenda.title, str(agenda.date)) == ("Rencontre de décembre", "2026-12-15")
    assert json.loads((path.parent / "agenda.schema.json").read_text())["type"] == "object"
    assert run("check", str(path)).code == 0


def test_new_never_overwrites(run, network):
    path, _ = written(run("new", "--date", "2026-12-15"))
    path.write_text("à moi")
    said = run("new", "--date", "2026-12-15")
    assert said.code == 1 and said.out == ""
    assert path.read_text() == "à moi"


@pytest.mark.sampled(3)
@pytest.mark.parametrize("name", sorted({name.rpartition(".")[0] for name in templates()}))
def test_every_template_makes_an_agenda_that_holds(run, name):
    for day, language in (("2026-12-15", "fr"), ("2026-12-16", "en")):
        path, _ = written(run("new", "--template", name, "--date", day, "--lang", language))
        said = run("check", str(path))
        assert said.code == 0, said.err


@pytest.mark.parametrize("language", ["fr", "en"])
def test_templates_are_listed_each_with_what_it_is_for(run, language):
    lines = run("new", "--template", "list", "--lang", language).out.splitlines()
    names = [line.split()[0] for line in lines]
    assert names == sorted({name.rpartition(".")[0] for name in templates()})
    assert all(len(line.split()) > 5 for line in lines)
    assert run("new", "--template", names[-1], "--date", "2026-12-15").code == 0


def test_new_writes_settings_that_explain_themselves_where_there_are_none(run, network):
    said = run("new", "--date", "2026-12-15")
    config = network / "facilitator.yaml"
    assert str(config) in said.err and "#  bell: false" in config.read_text()
    config.write_text("name: Roannais\n")
    assert str(config) not in run("new", "--date", "2026-12-16").err
    assert config.read_text() == "name: Roannais\n"


def test_check_knows_that_the_settings_are_no_agenda(run, network):
    config = network / "facilitator.yaml"
    config.write_text("name: Roannais\nmembers: [Awa, Awa]\n")
    said = run("check", "facilitator.yaml", "agenda.yaml")
    assert said.code == 0 and "facilitator.yaml : réglages valides" in said.out and "agenda.yaml" in said.out
    assert "facilitator.yaml:2" in said.err
    config.write_text("nom: Roannais\n")
    said = run("check", "facilitator.yaml")
    assert said.code == 1 and "facilitator.yaml:1:1" in said.err and "steps" not in said.err


def test_new_takes_the_day_of_the_next_meeting(run, network):
    (network / "facilitator.yaml").write_text("calendar: { next_meeting: 2099-01-12 }\n")
    assert "2099-01-12" in run("new").out


def test_new_carries_over_what_was_left_open(closed):
    _, agenda = written(closed("new", "--date", "2026-12-15"))
    assert [(one.meeting, one.number, one.text) for one in agenda.carried] == [
        ("2026-11-24-reseau", "Q2", "Prêter du matériel ?"),
        ("2026-11-24-reseau", "Q4", "Une salle ?"),
        ("2026-11-24-reseau", "A1", "Rédiger la charte"),
    ]


def test_check_says_where_what_is_wrong_and_exits_1(run, network):
    (network / "bad.yaml").write_text("titel: x\nsteps:\n  - { kind: welcom, duration: 20m }\n")
    said = run("check", "agenda.yaml", "bad.yaml")
    assert said.code == 1
    assert "bad.yaml:1:1: " in said.err and "title" in said.err
    assert "bad.yaml:3:" in said.err and "welcome" in said.err
    assert "agenda.yaml" in said.out


def test_check_warns_and_exits_0(run):
    said = run("check", "agenda.yaml")
    assert said.code == 0 and "10 min non attribuées" in said.err


@pytest.mark.parametrize("name", ["absent.yaml", ".", "\x1b[31m.yaml"])
def test_check_says_that_there_is_no_such_file(run, name):
    said = run("check", name)
    assert said.code == 1 and said.err.count("\n") == 1 and "\x1b" not in said.err


def test_check_says_what_is_wrong_with_the_settings(run, network):
    (network / "facilitator.yaml").write_text("timezone: Mars/Olympus\n")
    said = run("check", "agenda.yaml")
    assert said.code == 1 and "facilitator.yaml:1:" in said.err


@pytest.mark.parametrize(("title", "code"), [("x" * 200, 0), ("x" * 201, 1), ("  ", 1), ("yes: # 'a", 0)])
def test_what_new_writes_holds(run, network, title, code):
    said = run("new", "--date", "2026-12-10", "--title", title)
    assert said.code == code and said.err.count("\n") == 2 - code  # the settings, and what was written; or the refusal
    written = list((network / "agendas").glob("*.yaml"))
    assert len(written) == 1 - code
    assert run("check", *map(str, written)).code == 0 if written else True


@pytest.mark.ci
def test_new_carries_no_more_than_an_agenda_holds(closed, network):
    path = network / "minutes" / "2026-11-24-reseau.md"
    items = "".join(f'- [ ] <a id="a{n}" name="a{n}"></a>**A{n}** Relire {n}\n' for n in range(2, 230))
    path.write_text(path.read_text().replace('- [ ] <a id="a1" ', items + '- [ ] <a id="a1" '))
    said = closed("new", "--date", "2026-12-10")
    assert said.code == 0 and "200" in said.err
    assert closed("check", said.out.strip()).code == 0


def test_check_reads_the_settings_of_here_and_not_of_a_live_meeting_elsewhere(meeting, network, tmp_path, monkeypatch):
    (network / "facilitator.yaml").write_text("nonsense: [\n")
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    (elsewhere / "agenda.yaml").write_bytes((network / "agenda.yaml").read_bytes())
    monkeypatch.chdir(elsewhere)
    assert meeting("check", "agenda.yaml").code == 0


@pytest.mark.parametrize("name", ["", ".", "..", "./", "agendas/.."])
@pytest.mark.parametrize("command", ["check", "start", "rehearse", "run"])
def test_the_folder_of_the_workspace_is_no_agenda(run, command, name):
    said = run(command, name)
    assert said.code == 1
    assert "imprévu" not in said.err


def test_check_says_that_the_next_meeting_of_the_settings_is_past(run, network, monkeypatch):
    monkeypatch.setattr("facilitator.cli.context.utc_now", lambda: datetime.datetime(2026, 12, 9, tzinfo=datetime.UTC))
    config = network / "facilitator.yaml"
    config.write_text("calendar: { next_meeting: 2026-12-08 }\n")
    for file in ("facilitator.yaml", "agenda.yaml"):
        said = run("check", file)
        assert said.code == 0 and "la prochaine rencontre, mardi 8 décembre 2026, est passée" in said.err
    config.write_text("calendar: { next_meeting: 2026-12-09 }\n")
    assert "passée" not in run("check", "agenda.yaml").err


def test_new_on_the_day_of_a_meeting_that_was_held_does_not_propose_that_day_again(closed, network):
    (network / "facilitator.yaml").write_text("calendar: { next_meeting: 2026-11-25 }\n")
    assert "2026-11-25" in closed("new").out
    assert closed("start", "agenda.yaml", "--again", "--at", "2026-11-25 09:30").code == 0
    assert closed("close", "--at", "10:50").code == 0
    (network / "facilitator.yaml").write_text(
        "calendar: { next_meeting: 2026-11-25, pattern: [meeting], day: 2e mardi }\n"
    )
    assert "2026-12-08" in closed("new", "--title", "Suivante").out
