"""The Roannais meeting, written up act by act by the real program: everything in its `expected.md`."""

from __future__ import annotations

import json
import re
import shutil
from pathlib import Path

import pytest
from here import act_out, run
from markdown_it import MarkdownIt

from facilitator.documents.minutes.reader import read_minutes
from facilitator.documents.minutes.records import records_of
from facilitator.meetings.past import archive_as_is
from facilitator.store.workspace import Workspace

HERE = Path(__file__).parent / "roannais"
SECRET = "fin de contrat en mars"


def environ(state: Path) -> dict[str, str]:
    return {"HOME": str(state), "XDG_STATE_HOME": str(state), "TZ": "Europe/Paris", "LANGUAGE": "fr"}


@pytest.fixture(scope="module")
def held(tmp_path_factory):
    """The meeting held: its folder, what the commands said, and the follow-ups they listed at the end."""
    folder = tmp_path_factory.mktemp("roannais")
    shutil.copy(HERE / "agenda.yaml", folder)
    aside = tmp_path_factory.mktemp("aside")
    with pytest.MonkeyPatch.context() as patch:
        for name, value in environ(aside).items():
            patch.setenv(name, value)
        done = act_out(HERE / "run.sh", folder, aside)
    assert done.returncode == 0, done.stderr
    return folder, done


@pytest.fixture
def minutes(held) -> str:
    (path,) = (held[0] / "minutes").iterdir()
    assert path.name.startswith("2026-11-24-")
    return path.read_text()


@pytest.fixture
def newsletter(held) -> str:
    (path,) = (held[0] / "newsletter").iterdir()
    assert path.name == "2026-12.md"
    return path.read_text()


@pytest.fixture
def records(minutes):
    read = read_minutes(minutes)
    assert (read.troubles, read.missing) == ([], ())
    return {record.number or record.text: record for record in records_of(read, read.front.meeting)}


def folded(text: str) -> str:
    return text.replace("\u00a0", " ").replace("\u202f", " ")


def test_the_minutes_parse_back_to_the_same_entries_word_for_word(held, records) -> None:
    texts = {number: record.text for number, record in records.items() if record.number}
    assert texts == {
        "Q1": "Qui paie la licence « Aidants Connect » ?",
        "Q2": "# Peut-on prêter du matériel entre structures ? | assurance_comprise",
        "Q3": "Faut-il un mandat écrit pour une démarche à la place de quelqu'un ?",
        "Q4": "Quel budget 2027 pour les postes ?",
        "B1": "Une trame commune d'atelier smartphone",
        "D1": "Le réseau adopte une charte « faire avec, pas à la place ».",
        "A1": "Rédiger la première version de la charte",
        "A2": "Réserver la salle de Riorges pour janvier",
        "I1": "Rapport sur l'illectronisme en milieu rural",
        "I2": "AMI « inclusion numérique des aînés »",
        "I3": "AAP tiers-lieux nourriciers",
        "I4": "Feuille de route <France Numérique Ensemble> : réunion départementale",
        "L1": "Fiche pratique Aidants Connect",
    }
    notes = [record.text for record in records.values() if record.kind == "note"]
    assert notes == ["Visite : l'espace numérique ouvre le mercredi *et* le samedi | 12 postes"]


def test_planned_and_actual_minutes_of_the_steps_are_in_the_front_matter_and_no_table_is(minutes) -> None:
    assert read_minutes(minutes).front.times == ((20, 22), (20, 21), (25, 27), (50, 55), (10, 8))
    assert "Les temps" not in minutes and "11:31" not in minutes


def test_it_began_and_ended_when_it_did(minutes) -> None:
    assert "Mardi 24 novembre 2026, de 9 h 34 à 11 h 52, Médiathèque de Roanne" in folded(minutes)


def test_the_archive_keeps_the_times_of_the_steps(held) -> None:
    with archive_as_is(Workspace(held[0])) as archive:
        ((_, kept),) = archive.documents()
    times = [(time.step, time.planned, time.actual) for time in kept.times]
    assert times == [(1, 20, 22), (2, 20, 21), (3, 25, 27), (4, 50, 55), (5, 10, 8)]


def test_who_was_there_and_excused_and_nobody_is_said_to_have_come_late(minutes) -> None:
    people = read_minutes(minutes).people
    assert people["present"] == ("Awa S.", "Karim B.", "Nora T.", "Élodie P.", "Jean-Marc V.")
    assert (people["excused"], people["facilitator"]) == (("Léa M.",), ("Claire D.",))
    assert "9 h 58" not in folded(minutes) and "09:58" not in minutes


def test_who_asked_is_not_published_and_who_needs_is(minutes, records) -> None:
    assert [record.by for record in records.values() if record.kind == "question"] == [None] * 4
    assert records["B1"].by == "Awa S."


def test_each_question_has_its_outcome_and_the_undone_one_left_no_trace(held, records, minutes, newsletter) -> None:
    outcomes = {number: record.outcome for number, record in records.items() if record.kind == "question"}
    assert outcomes == {"Q1": "answered", "Q2": "newsletter", "Q3": "mattermost", "Q4": "relay"}
    assert "saisie par erreur" not in minutes + newsletter


def test_the_first_close_was_refused_and_named_the_question(held) -> None:
    assert re.search(r"Q2\.?$", next(line for line in held[1].stderr.splitlines() if "suite" in line and "Q2" in line))


def test_owners_and_due_dates(records, minutes) -> None:
    assert (records["A1"].owners, records["A1"].due.isoformat()) == (("Nora T.",), "2026-12-10")
    assert records["A2"].owners == ()
    actions = folded(minutes).split("## Qui fait quoi")[1]
    assert re.match(r"\n\n- \[ \] <a [^>]*></a>\*\*A2\*\* .* \*\(\*\*à prendre\*\* ", actions)


def test_each_entry_stands_in_full_exactly_once(records, minutes) -> None:
    plain = folded("\n".join(token.content for token in MarkdownIt().parse(minutes) if token.type == "inline"))
    plain = re.sub(r"\\(.)", r"\1", plain)
    whole = re.sub(
        r"(?m)^(→|\*\*(À prendre|Première date)).*$", "", plain
    )  # elsewhere it is a link, on its first words
    for record in records.values():
        assert whole.count(record.text) == 1, record.text


def test_no_captured_text_makes_structure(minutes, newsletter) -> None:
    for text in (minutes, newsletter):
        body = text.split("\n---\n", 1)[1]
        parsed = MarkdownIt("commonmark").enable("table").parse(body)
        headings = [parsed[i + 1].content for i, token in enumerate(parsed) if token.type == "heading_open"]
        assert not any("Peut-on" in heading for heading in headings)
        children = [child for token in parsed for child in token.children or []]
        emphasised = [children[i + 1].content for i, child in enumerate(children) if child.type == "em_open"]
        assert "et" in emphasised  # what a person typed in a note stays that
        assert not [child for child in children if child.type == "html_inline" and "France" in child.content]


def test_the_individual_need_is_nowhere_outside_the_private_folder_and_not_in_the_archive(held) -> None:
    for path in held[0].rglob("*"):
        if path.is_file() and (
            ".facilitator" not in path.parts or path.name == "archive.sqlite" or "base" in path.parts
        ):
            assert SECRET.encode() not in path.read_bytes(), path


def without_calls(listed) -> set[str]:
    """What is open, but for calls: those close on a day."""
    return {record["number"] for record in listed if record["kind"] != "news"}


def test_followups_list_it_marked_private_beside_all_that_is_open(held) -> None:
    listed = json.loads(held[1].stdout[held[1].stdout.index("\n[\n") :])
    assert [record["number"] for record in listed if record["private"]] == ["S1"]
    assert without_calls(listed) == {"Q2", "Q3", "Q4", "S1", "A1", "A2"}


def test_the_newsletter_holds_what_it_should_in_its_order(newsletter) -> None:
    text = folded(newsletter)
    headings = re.findall(r"(?m)^## (.*)$", text)
    assert headings == [
        "À ne pas manquer", "Ce que nous avons décidé", "Vous avez demandé, le réseau répond", "Qui sait ?",
        "Vu chez Karim B., Médiathèque de Roanne", "Actualités", "À réutiliser", "On cherche",
    ]  # fmt: skip
    assert text.startswith("---\nformat: 2\n") and "\n# Lettre d’information de décembre 2026\n\n" in text
    assert 0 < text.index("**Jusqu’au 4 décembre :** [AAP") < text.index("**Jusqu’au 15 décembre :** [AMI")
    assert (
        text.count("Le réseau adopte une charte") == text.count("Une trame commune d'atelier smartphone – Awa S.") == 1
    )
    for once in ("AAP tiers-lieux nourriciers", "AMI « inclusion", "Rapport sur l'illectronisme", "Feuille de route",
                 "Fiche pratique Aidants Connect", "Qui paie la licence", "l'habilitation est gratuite", "l'espace numérique ouvre"):  # fmt: skip
        assert text.count(once) == 1, once
    assert "Faut-il un mandat" not in text
    assert "Quel budget" not in text
    assert re.search(r"- \[ \] .*Peut-on prêter.*\(\[Q2\]\(\.\./minutes/2026-11-24-[a-z-]+\.md#q2\)\)", text)


def test_feeding_twice_changes_nothing_and_ticking_the_box_closes_the_followup(held, tmp_path, monkeypatch) -> None:
    for name, value in environ(tmp_path).items():
        monkeypatch.setenv(name, value)
    folder = tmp_path / "again"
    shutil.copytree(held[0], folder)
    path = folder / "newsletter/2026-12.md"
    before = path.read_bytes()
    assert run(["newsletter", "2026-12"], folder).returncode == 0
    assert path.read_bytes() == before
    lines = path.read_text().splitlines(keepends=True)
    ticked = [line.replace("- [ ]", "- [x]", 1) if "[Q2](" in line else line for line in lines]
    path.write_text("".join(ticked))
    listed = json.loads(run(["followups", "--json"], folder).stdout)
    assert without_calls(listed) == {"Q3", "Q4", "A1", "A2", "S1"}
