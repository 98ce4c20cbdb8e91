"""Three networks over a year, through the program's own commands: each promise of what is between two meetings, once.

The networks and what is said in them: `tests/three_networks`.
"""

from __future__ import annotations

import csv
import io
import json
import re
import shutil

import pytest
from three_networks.play import NOT_REACHED, Play, played, shared_folder
from three_networks.words import AURA, LOIRE, ROANNAIS

from facilitator.core.text import fold_case
from facilitator.documents.network import read_network
from facilitator.i18n import translator
from facilitator.meetings.letter_page import letter_page
from facilitator.store.workspace import Workspace
from facilitator.tui.screens.network import PANELS, known_of

# Whoever comes first holds thirty meetings, and the others wait for it.
pytestmark = pytest.mark.timeout(600)

NETWORKS = ("roannais", "loire", "aura")
BUDGET = "Quel budget 2027 pour nos postes ?"
SECRETS = ("dette secrète", "06 12 34 56 78", "Revoir Awa pour son contrat")
PEOPLE = {one.name for words in (ROANNAIS, LOIRE, AURA) for one in words.people}


@pytest.fixture(scope="module")
def year(tmp_path_factory):
    """The networks at the end of the year; nothing here changes them."""
    play = played(shared_folder(tmp_path_factory))
    with play.on_stage():
        yield play


@pytest.fixture
def copy(tmp_path_factory, tmp_path):
    """A copy of them, which a test may change."""
    play = played(shared_folder(tmp_path_factory)).moved(tmp_path)
    with play.on_stage():
        yield play


def sections(text: str) -> dict[str, str]:
    """What stands under each heading of the second level."""
    return {part.partition("\n")[0]: part for part in text.split("\n## ")[1:]}


# In anyone's run: one network, three meetings.


@pytest.mark.ci
def test_three_meetings_carry_over_each_thing_once_and_close_it_in_both(tmp_path):
    play = Play(tmp_path)
    network = play.networks["roannais"]
    with play.on_stage():
        for month in (1, 2, 3):
            network.meets(month)
        assert [sorted(one["text"] for one in told.carried) for told in network.told] == [
            told.expected for told in network.told
        ]
        assert network.rewritten == []
        open_texts = {text for text, due in network.open.items() if due.followed}
        assert sorted(one["text"] for one in network.does("followups", "--json").json) == sorted(
            {*open_texts, "Une dette secrète roannais"}
        )
        assert "(de [Q" in network.minutes(2).replace("· de", "(de") and "## Depuis le 13 janvier" in network.minutes(2)
        assert len(network.does("figures", "--csv", "--year", "2026").out.splitlines()) == 4
        assert not any(secret in path.read_text() for path in network.path.rglob("*.md") for secret in SECRETS)
        agenda = network.prepares(4).out.strip()
        assert re.search(r"kind: workshop\n    title: [A-ZÉ]", (network.path / agenda).read_text(encoding="utf-8"))


# The year.

held_in_ci = pytest.mark.ci


@held_in_ci
def test_thirty_meetings_were_held_and_their_letters_and_digests_written(year):
    held = {name: len(list((year.root / name / "minutes").glob("*.md"))) for name in NETWORKS}
    assert held == {"roannais": 12, "loire": 10, "aura": 8}
    assert len(list((year.root / "roannais/newsletter").glob("*.md"))) == 12
    assert all(len(list((year.root / name / "digests").glob("*.md"))) == held[name] for name in NETWORKS)
    assert not list(year.root.glob("*/**/*.new*.md"))
    for network in year.networks.values():
        did = network.tries("doctor")
        assert did.code == 0, did


@held_in_ci
@pytest.mark.parametrize("name", NETWORKS)
def test_what_is_open_comes_back_once_with_where_it_comes_from_its_age_and_why(year, name):
    for told in year.networks[name].told:
        assert sorted(one["text"] for one in told.carried) == told.expected, told.meeting
        for one in told.carried:
            assert one["why"]
            assert one["meeting"] < told.meeting or "/" in one["meeting"]
            (line,) = (line for line in told.said.splitlines() if line.endswith(f" · {one['text']}"))
            assert f" · {one['why']} · " in line
    why = " ".join(one["why"] for told in year.networks[name].told for one in told.carried)
    assert re.search(r"sans réponse depuis \d+ jours", why) or name != "roannais"
    if name == "roannais":
        assert "en retard de " in why and "mis de côté" in why and "se ferme " in why


@held_in_ci
def test_a_sequence_that_was_not_reached_returns_as_a_sequence_until_a_meeting_reaches_it(year):
    network = year.networks["roannais"]
    agendas = {
        path.name[5:7]: path.read_text(encoding="utf-8") for path in (network.path / "agendas").glob("2026*.yaml")
    }
    assert 'from: "2026-05-12-roannais#step-5"' in agendas["06"] and "#step-" not in agendas["07"]
    assert "## Reporté" in network.minutes(NOT_REACHED)
    assert "Reprise [du 12 mai](2026-05-12-roannais.md#step-5)" in network.minutes(NOT_REACHED + 1)


@held_in_ci
def test_at_the_opening_each_takes_the_next_number_and_keeps_where_it_comes_from(year):
    for network in year.networks.values():
        for told in network.told:
            text = network.text(f"minutes/{told.meeting}.md")
            for one in told.carried:
                if one["meeting"].startswith("2026") and one["text"] in text:
                    assert f"de [{one['number']} du " in text or "Répondu entre-temps" in text
        since = sections(network.minutes(11)).get(
            "Depuis le 15 octobre" if network.words.folder == "loire" else "Depuis le 13 octobre", ""
        )
        numbers = [int(number) for number in re.findall(r"\*\*Q(\d+)\*\*", since)]
        assert numbers == list(range(1, len(numbers) + 1))


@held_in_ci
def test_it_stands_in_full_under_since_and_what_was_answered_meanwhile_is_said_there(year):
    since = sections(year.networks["roannais"].minutes(6))["Depuis le 12 mai"]
    assert "Répondu entre-temps : [" in since
    assert re.search(r"\*\*Q\d+\*\* .+ \*\(.*de \[Q\d+ du 12 mai\]\(2026-05-12-roannais\.md#q\d+\)\)\*", since)


@held_in_ci
def test_closed_in_either_it_is_closed_in_both_and_lists_show_the_latest(year):
    for network in year.networks.values():
        shown = [one["text"] for one in network.does("followups", "--json").json if not one["private"]]
        assert sorted(shown) == sorted(text for text, due in network.open.items() if due.followed)


@held_in_ci
def test_a_meeting_rewrites_no_earlier_file(year):
    assert [network.rewritten for network in year.networks.values()] == [[], [], []]


@held_in_ci
def test_a_call_is_followed_until_it_closes_and_no_longer(year):
    network = year.networks["roannais"]
    carried = [
        (told.meeting, one["text"])
        for told in network.told
        for one in told.carried
        if "appel" in one["why"] or "ferme" in one["why"]
    ]
    assert ("2026-02-10-roannais", ROANNAIS.calls[0]) in carried
    assert not [text for meeting, text in carried if text == ROANNAIS.calls[0] and meeting > "2026-02-11"]


@held_in_ci
def test_a_joint_project_comes_back_until_it_is_done(copy):
    network = copy.networks["roannais"]
    (project,) = (
        one
        for one in network.does("followups", "--json").json
        if one["text"] == "Prévenir la CPAM de la borne en panne"
    )
    assert project["text"] in network.does("new", "--date", "2027-03-09").err
    network.does("done", project["number"], "--meeting", project["meeting"])
    assert project["text"] not in network.does("new", "--date", "2027-03-16").err


# People.


@held_in_ci
def test_who_knows_is_what_people_declared_and_what_they_answered_only_on_demand(year):
    network = year.networks["roannais"]
    declared = network.does("who", "droits").out
    assert {"Awa Diallo", "Fatou Sarr"} == {name for name in PEOPLE if name in declared}
    answered = network.does("who", "droits", "--answered").out
    assert "Ont déjà répondu" in answered and len(answered.splitlines()) > len(declared.splitlines())


@held_in_ci
def test_hosts_leads_and_note_takers_are_proposed_in_turn_and_told_why(year):
    for network in year.networks.values():
        said = network.does("rotation").out
        assert network.words.coordinator not in said
        assert all(heading in said for heading in ("Accueillir", "Animer un temps", "Prendre des notes"))
        assert " · la dernière fois le " in said or " · pas encore fait" in said
    hosts = re.findall(
        r"\*Accueil :\* (.+?) ·", "".join(year.networks["roannais"].minutes(month) for month in range(1, 9))
    )
    assert len(set(hosts)) == len(hosts) == 8  # nobody twice before everybody once


@held_in_ci
def test_a_needs_return_is_said_and_offers_are_matched_with_needs_privately(year):
    network = year.networks["roannais"]
    said = network.does("needs").out
    assert re.search(r"Une trame d’ateliers pour smartphones · \d rencontres", said)
    assert "→ Prêter six tablettes de la médiathèque" in said and "le dire d’abord aux deux" in said
    assert "→ Prêter" not in "".join(network.text(f"digests/2026-{month:02}.md") for month in range(1, 13))
    assert SECRETS[0] not in said


@held_in_ci
def test_workshops_are_proposed_from_needs_and_questions(year):
    said = "".join(told.said for told in year.networks["roannais"].told)
    assert re.search(r"L’atelier peut porter sur .+ · demandé (?:à )?\d", said)


@held_in_ci
def test_lengths_are_proposed_that_past_meetings_suggest_each_with_why(year):
    assert re.search(
        r"\d\. Besoins et questions : \d+ min au lieu de \d+ min",
        "".join(told.said for told in year.networks["roannais"].told),
    )


# Between meetings.


@held_in_ci
def test_what_the_inbox_held_went_into_the_agenda_and_the_letter(year):
    network = year.networks["roannais"]
    assert f"[{ROANNAIS.calls[0]}](https://example.org/roannais/appel-1)" in network.minutes(1)
    assert f"**Jusqu’au 6 février :** [{ROANNAIS.calls[0]}]" in network.text("newsletter/2026-02.md")
    assert f"## Actualités\n\n- [{ROANNAIS.reports[0]}]" in network.text("newsletter/2026-02.md") + network.text(
        "newsletter/2026-03.md"
    )
    assert "[x]" in sections(network.text("inbox.md"))["Traité"]


@held_in_ci
def test_the_rhythm_says_what_was_kept_what_never_came_and_what_is_next(year):
    said = year.networks["loire"].does("rhythm", "--year", "2026").out
    assert "10 mois sur 12 tenus." in said and "Prochaine rencontre : jeudi 21 janvier 2027" in said
    assert re.search(r"août 2026 +rencontre +n’a pas eu lieu", said)


@held_in_ci
def test_a_survey_becomes_needs_and_wishes_of_content_and_form_once(copy):
    network = copy.networks["roannais"]
    table = "Horodatage;Vos besoins;Format souhaité\n1;Les arnaques en ligne;Une demi-journée\n2;arnaques en ligne;Une demi-journée\n3;Le RGPD;Un webinaire\n"
    (network.path / "enquete.csv").write_bytes(table.encode("cp1252"))
    assert "3 réponses · 2 besoins" in network.does("survey", "enquete.csv", "--map", "B=need", "--map", "C=form").err
    needs = network.does("needs").out
    assert "Les arnaques en ligne · 2 réponses à des enquêtes" in needs and "Une demi-journée" in needs
    before = network.text("surveys/enquete.md")
    network.tries("survey", "enquete.csv", "--map", "B=need", "--map", "C=form")
    assert network.text("surveys/enquete.md") == before


# Levels.


@held_in_ci
def test_a_relayed_question_becomes_one_at_each_level_above_and_keeps_its_origin(year):
    (number,) = re.findall(rf"\*\*(Q\d+)\*\* {re.escape(BUDGET)}", year.networks["roannais"].text("digests/2026-02.md"))
    assert f"de roannais/2026-02-10#{number}" in year.networks["loire"].minutes(2)
    assert "de loire/2026-02-19#Q" in year.networks["aura"].minutes(2)


@held_in_ci
def test_its_answer_comes_back_down_into_the_minutes_and_the_letter_of_its_origin_and_closes_it(year):
    answer = ROANNAIS.relayed[0].answer
    network = year.networks["roannais"]
    assert (
        f"*Réponse de l’échelon départemental, 2 mars, transmise au réseau départemental :* {answer}"
        in network.minutes(2)
    )
    assert answer in sections(network.text("newsletter/2026-03.md"))["Vous avez demandé, le réseau répond"]
    assert BUDGET not in network.does("followups").out


@held_in_ci
def test_news_and_resources_of_a_level_come_down_the_same_way(year):
    for above, below in (("aura", "loire"), ("loire", "roannais")):
        words = year.networks[above].words
        inbox = year.networks[below].text("inbox.md")
        assert words.resources[0] in inbox and words.decisions[0] in inbox
    assert AURA.calls[0] in year.networks["loire"].text("inbox.md")


@held_in_ci
def test_a_digest_has_the_perimeter_in_its_text_no_figures_and_nothing_personal(year):
    for network in year.networks.values():
        for path in (network.path / "digests").glob("*.md"):
            text = network.text(f"digests/{path.name}")
            assert f"Périmètre : {network.words.perimeter}." in text
            assert not [name for name in PEOPLE if name in text]
            assert SECRETS[0] not in text and "réponses" not in sections(text).get("Ce qui peut servir ailleurs", "")


# Evaluation and figures.


@held_in_ci
def test_the_totals_of_the_evaluation_stand_in_the_minutes(year):
    assert re.search(r"- \*Utile :\* \d(?:,\d)? sur 5, \d+ réponses", year.networks["roannais"].minutes(3))


@held_in_ci
def test_the_figures_are_on_the_screen_as_csv_and_on_a_page_and_agree(year):
    network = year.networks["roannais"]
    rows = list(csv.DictReader(io.StringIO(network.does("figures", "--csv", "--year", "2026").out)))
    assert len(rows) == 12
    asked = sum(int(row["questions"]) for row in rows)
    said = network.does("figures", "--year", "2026").out
    page = network.does("figures", "--summary", "--year", "2026").out
    assert f"{asked} questions" in said and f"- {asked} questions :" in page
    parts = [
        sum(int(row[key]) for row in rows)
        for key in ("répondues en séance", "répondues ensuite", "encore attendues", "refermées")
    ]
    assert sum(parts) == asked
    assert "douze rencontres et onze lettres" in fold_case(page) and len(page.splitlines()) < 50


@held_in_ci
def test_no_figure_is_a_score_of_a_person_and_the_share_led_is_told_only_on_demand(year):
    for network in year.networks.values():
        for words in (("figures",), ("figures", "--csv"), ("figures", "--summary"), ("figures", "--json")):
            out = network.does(*words, "--year", "2026").out
            assert not [name for name in PEOPLE if name in out]
        assert "part du temps" not in fold_case(network.does("figures", "--year", "2026").out)
    private = year.networks["roannais"].does("figures", "--private", "--year", "2026").out
    assert len(private.splitlines()) > len(year.networks["roannais"].does("figures", "--year", "2026").out.splitlines())


# What is private, and what is derived.


def kept_private(network) -> None:
    """A note, a contact."""
    network.does("notebook", "Awa Diallo", "--add", "-", "--when", "2027-01-15", stdin=SECRETS[2])
    network.does("notebook", "Awa Diallo", "--contact", SECRETS[1])


@held_in_ci
def test_nothing_private_is_in_what_is_shared_derived_counted_or_listed(copy):
    network = copy.networks["roannais"]
    kept_private(network)
    assert SECRETS[2] in network.does("notebook").out
    listed = [
        network.does(*words).out
        for words in (
            ("brief",), ("followups",), ("needs",), ("figures", "--year", "2026"), ("figures", "--json", "--year", "2026"),
            ("who",), ("who", "droits", "--answered"), ("digest", "--stdout"), ("entries", "--meeting", "2026-02-10-roannais"),
            ("csv", "2026-02-10-roannais"), ("rotation",), ("rhythm",),
        )
    ]  # fmt: skip
    files = [path for path in network.path.rglob("*") if path.is_file()]
    shared = [path for path in files if ".facilitator" not in path.parts or path.name.startswith("archive")]
    assert shared and any(path.name.startswith("archive") for path in shared)
    texts = [*listed, *(path.read_bytes().decode(errors="replace") for path in shared)]
    assert [text[:60] for text in texts for secret in SECRETS if secret in text] == []


@held_in_ci
def test_forget_deletes_what_is_private_of_a_person_and_says_what_stays(copy):
    network = copy.networks["roannais"]
    kept_private(network)
    said = network.does("forget", "Awa Diallo").err
    assert "Son nom reste dans les comptes rendus publiés et dans l’historique git." in said
    private = [path for path in network.path.rglob(".facilitator/**/*") if path.is_file()]
    assert [path for path in private for secret in SECRETS[1:] if secret.encode() in path.read_bytes()] == []
    assert "Awa Diallo" in network.minutes(3)


@held_in_ci
def test_the_brief_is_one_page_with_dates_what_is_open_and_whom_to_ask(year):
    page = year.networks["roannais"].does("brief").out
    assert len(page.splitlines()) < 60 and "Prochaine rencontre : mardi 12 janvier 2027" in page
    assert {"Dates", "Questions en attente", "Qui fait quoi", "À qui demander", "Où"} <= set(sections(page))
    asides = ROANNAIS.asides
    assert [text for text in asides if text in page] == [
        text for text in asides if text in year.networks["roannais"].open
    ]
    assert "Tour de clôture" not in page


@held_in_ci
def test_deleting_the_archive_loses_nothing(copy):
    network = copy.networks["roannais"]
    asks = (
        ("followups", "--json"),
        ("needs",),
        ("figures", "--json", "--year", "2026"),
        ("who", "droits", "--answered"),
        ("brief",),
    )
    before = [network.does(*words).out for words in asks]
    for path in (network.path / ".facilitator").glob("archive*"):
        shutil.rmtree(path) if path.is_dir() else path.unlink()
    assert [network.does(*words).out for words in asks] == before
    assert json.loads(before[0])


# The screens.


@held_in_ci
@pytest.mark.parametrize("language", ["fr", "en"])
def test_the_network_screen_tells_the_year_as_the_commands_do(year, language):
    network, tr = year.networks["roannais"], translator(language)
    settings = read_network(network.path.joinpath("facilitator.yaml").read_bytes(), name="", tr=tr)
    known = known_of(Workspace(network.path), settings, year.now.date())
    told = {title: lines for title, lines in (panel(tr, known) for panel in PANELS) if lines}
    assert len(told) >= 5
    followed = network.does("followups", "--json").json
    assert len(known.open) >= len(followed)
    figures = network.does("figures", "--json", "--year", "2026").json
    assert (known.figures.questions.asked, len(known.figures.meetings)) == (
        figures["questions"]["asked"],
        len(figures["meetings"]),
    )
    assert next(one.member.name for one in known.turns["host"]) in network.does("rotation").out
    assert not any(secret in "\n".join(lines) for lines in told.values() for secret in SECRETS)


@held_in_ci
def test_the_letter_screen_tells_what_waits_in_the_letter_and_who_answers(year):
    network = year.networks["roannais"]
    settings = read_network(network.path.joinpath("facilitator.yaml").read_bytes(), name="", tr=translator("fr"))
    for path in sorted(network.path.glob("newsletter/*.md")):
        page = letter_page(Workspace(network.path), settings, path.stem)
        text = path.read_text(encoding="utf-8")
        assert page is not None and len(page.waiting) == text.count("- [ ]")
        assert sum(bool(item.number) for item in page.items) == len(re.findall(r"#[a-z][0-9]+\)\)", text))
        assert all(item.who and item.meeting for item in page.waiting)
