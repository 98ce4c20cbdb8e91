"""`digest` and `receive`: what goes up, what comes down, what is not taken and why."""

from __future__ import annotations

import shutil

import pytest

SETTINGS = """\
name: Réseau roannais
scale: epci
language: fr
perimeter: [Roannais Agglomération]
levels:
  - { network: loire, level: departement, digests: loire }
  - { network: forez, level: epci, digests: forez }
"""
UPPER = """\
---
format: 2
digest: 2026-12
level: departement
network: loire
---

# Le réseau de la Loire au réseau régional, décembre 2026

Périmètre : Loire.

## Réponses à vos questions

- **roannais/2026-11-24#Q2** Prêter du matériel ?
  - *Réponse :* Oui, par convention.
- **forez/2026-11-24#Q1** Autre chose ?
  - *Réponse :* Non.

## Ce qui peut servir ailleurs

- [Guide](https://example.org/guide)
"""


def plain(text: str) -> str:
    return text.replace("\u00a0", " ").replace("\u202f", " ")


@pytest.fixture
def level(closed, network):
    """A network that has a name and relayed its second question."""
    (network / "facilitator.yaml").write_text(SETTINGS, encoding="utf-8")
    assert closed("send", "Q2", "relay").code == 0
    return closed


def minutes(network) -> str:
    return plain((network / "minutes/2026-11-24-reseau.md").read_text(encoding="utf-8"))


def given(network, text: str, name: str = "loire.md") -> str:
    (network / name).parent.mkdir(exist_ok=True)
    (network / name).write_text(text, encoding="utf-8")
    return name


def test_a_digest_is_written_for_the_month_of_the_last_meeting(level, network):
    assert level("digest").code == 0
    text = plain((network / "digests/2026-11.md").read_text(encoding="utf-8"))
    assert (
        "- **Q2** Prêter du matériel ? *([24 novembre](../minutes/2026-11-24-reseau.md#q2))*\n  - *Réponse :* …" in text
    )
    assert level("digest", "--stdout").out == text
    assert not any(secret in text for secret in ("contrat", "Nora", "Q3", "S1"))


def test_a_network_without_a_name_or_a_meeting_has_no_digest(closed, network):
    assert "pas de nom" in closed("digest").err
    (network / "facilitator.yaml").write_text("name: Réseau roannais\n", encoding="utf-8")
    assert closed("digest", "2026-10").code == 1 and closed("digest", "novembre").code == 2
    assert not (network / "digests").exists()


@pytest.mark.ci
def test_what_a_person_changed_in_a_digest_stays_and_what_is_new_comes_to_it(level, network):
    level("digest")
    path = network / "digests/2026-11.md"
    path.write_text(path.read_text(encoding="utf-8").replace("- Une charte.\n", "- À moi.\n"), encoding="utf-8")
    assert level("send", "Q4", "relay").code == 0
    assert level("digest").code == 0
    text = plain(path.read_text(encoding="utf-8"))
    assert "À moi." in text and "Une charte." not in text
    assert text.index("**Q2**") < text.index("**Q4** Une salle ?") < text.index("À moi.")
    assert level("digest").code == 0 and plain(path.read_text(encoding="utf-8")) == text
    assert not list(network.glob("digests/*.new*"))


def test_a_digest_that_came_through_git_gets_what_is_newly_asked_and_nothing_that_was_taken_out(level, network):
    """Another clone wrote it: what this machine would have written there is not known."""
    level("digest")
    path = network / "digests/2026-11.md"
    path.write_text(path.read_text(encoding="utf-8").replace("- Une charte.\n", "- À moi.\n"), encoding="utf-8")
    shutil.rmtree(network / ".facilitator/base")
    assert level("send", "Q4", "relay").code == 0
    assert level("digest").code == 0
    text = plain(path.read_text(encoding="utf-8"))
    assert "**Q4** Une salle ?" in text and "À moi." in text and "Une charte." not in text


@pytest.mark.ci
def test_an_answer_that_a_colleague_wrote_in_the_digest_comes_to_the_minutes_and_the_letter(level, network):
    level("digest")
    path = network / "digests/2026-11.md"
    path.write_text(path.read_text(encoding="utf-8").replace("…", "Oui, par convention."), encoding="utf-8")
    said = level("receive", str(path))
    assert (said.code, said.out) == (0, "")
    assert (
        "*Réponse de l’échelon départemental, 25 novembre, transmise à l’échelon supérieur :* Oui, par convention."
        in minutes(network)
    )
    assert "Oui, par convention." in plain((network / "newsletter/2026-12.md").read_text(encoding="utf-8"))
    assert "Q2" not in level("followups").out
    assert level("receive", str(path)).err == ""  # it is its own words that it finds there


def test_an_answer_between_quotation_marks_is_adopted_without_them_and_is_no_other_answer(level, network):
    level("digest")
    path = network / "digests/2026-11.md"
    path.write_text(path.read_text(encoding="utf-8").replace("…", "« Oui, par convention. » …"), encoding="utf-8")
    assert level("receive").code == 0
    assert ":* Oui, par convention.\n" in minutes(network)
    minute = network / "minutes/2026-11-24-reseau.md"
    minute.write_text(minute.read_text("utf-8").replace("Oui, par convention.", "« Oui, par convention. »"), "utf-8")
    assert "garde la sienne" not in level("receive").err


def test_ones_own_digests_are_looked_at_without_being_named(level, network):
    level("digest")
    path = network / "digests/2026-11.md"
    path.write_text(path.read_text(encoding="utf-8").replace("…", "Oui, par convention."), encoding="utf-8")
    assert "a sa réponse" in level("receive").err and "Oui, par convention." in minutes(network)


@pytest.mark.ci
def test_a_digest_written_again_keeps_what_was_answered_meanwhile_and_nothing_that_was_withdrawn(level, network):
    assert level("send", "Q4", "relay").code == 0
    level("digest")
    assert level("receive", given(network, UPPER)).code == 0
    assert level("digest").code == 0
    text = plain((network / "digests/2026-11.md").read_text(encoding="utf-8"))
    assert (
        "*([24 novembre](../minutes/2026-11-24-reseau.md#q2))*\n  - *Réponse :* Oui, par convention.\n- **Q4**" in text
    )
    assert level("digest").code == 0
    assert plain((network / "digests/2026-11.md").read_text(encoding="utf-8")) == text
    assert level("send", "Q2", "individual").code == level("send", "Q4", "drop").code == 0
    assert level("digest").code == 0
    text = plain((network / "digests/2026-11.md").read_text(encoding="utf-8"))
    assert "convention" not in text and "Prêter" not in text and "Une salle" not in text


def test_what_another_network_asks_needs_and_brings_is_told_once(level, network):
    settings = SETTINGS.replace("scale: epci", "scale: region").replace("Réseau roannais", "Réseau aura")
    (network / "facilitator.yaml").write_text(settings.replace("Roannais Agglomération", "Aura"), encoding="utf-8")
    asks = "## Nous vous demandons\n\n- **Q5** Quel budget ? *([8](../minutes/2026-12-08-loire.md#q5))*\n\n"
    lower = UPPER.replace("## Réponses à vos questions", f"{asks}## Réponses à vos questions")
    assert level("receive", given(network, lower)).out.splitlines() == ["demande Q5 : Quel budget ?", "apporte : Guide"]
    assert level("receive", given(network, lower)).out == ""
    more = lower.replace(
        "\n\n## Réponses", "\n- **Q6** Et qui ? *([8](../minutes/2026-12-08-loire.md#q6))*\n\n## Réponses"
    )
    assert level("receive", given(network, more)).out == "demande Q6 : Et qui ?\n"
    later = more.replace("2026-12\n", "2027-01\n").replace("décembre 2026", "janvier 2027")
    assert level("receive", given(network, later)).out == ""
    assert level("new", "--date", "2026-12-15").err.count("#Q5") == 1


def test_a_digest_from_above_answers_what_this_network_asked_and_nothing_else(level, network):
    said = level("receive", given(network, UPPER))
    assert said.code == 0, said.err
    assert "Oui, par convention." in minutes(network) and "Non." not in minutes(network)
    assert (network / "digests/received/loire-2026-12.md").read_text(encoding="utf-8") == UPPER


def test_a_call_that_is_over_does_not_come_into_the_inbox(level, network):
    dates = "\n## Vos dates que nous avons relayées\n\n- Un appel, jusqu’au {}\n- Un autre, jusqu’au 15 décembre\n"
    over = UPPER.replace("2026-12\n", "2026-11\n").replace("décembre 2026", "novembre 2026")
    assert level("receive", given(network, over + dates.format("24 novembre"))).code == 0
    inbox = plain((network / "inbox.md").read_text(encoding="utf-8"))
    assert "Un autre" in inbox and "Un appel" not in inbox


def test_an_answer_of_ones_own_is_kept(level, network):
    level("answer", "Q2", "Nous le faisons déjà.")
    said = level("receive", given(network, UPPER))
    assert said.code == 0 and "garde la sienne" in said.err
    assert "par convention" not in minutes(network)


def test_an_answer_to_what_is_not_there_is_told(level, network):
    said = level(
        "receive", given(network, UPPER.replace("#Q2", "#Q9").replace("roannais/2026-11-24", "roannais/2026-11-23"))
    )
    assert said.code == 0 and "n’est plus dans le compte rendu" in said.err


def test_a_question_taken_up_individually_is_not_answered_from_outside(level, network):
    assert level("send", "Q2", "individual").code == 0
    assert level("receive", given(network, UPPER)).code == 0
    assert "convention" not in minutes(network)


@pytest.mark.sampled(2)
@pytest.mark.parametrize(
    ("before", "after", "why"),
    [
        ("format: 2", "format: 9", "une version plus récente du programme"),
        ("## Ce qui peut servir ailleurs", "## Suivi individuel", "est privé"),
        ("- **roannais/", "- **S4** Une dette\n- **roannais/", "est privé"),
        ("Périmètre : Loire.", "Périmètre : Loire, Roannais agglomeration.", "revendique Roannais Agglomération"),
        ("level: departement", "level: region", "facilitator.yaml dit que loire est departement"),
        ("level: departement\nnetwork: loire", "level: epci\nnetwork: pilat", "du même échelon"),
        ("network: loire", "network: roannais", "porte le nom de ce réseau"),
        ("digest: 2026-12", "digest: hier", "n’est pas une synthèse"),
    ],
)
def test_what_is_not_taken_is_told_in_one_line_and_the_rest_goes_on(level, network, before, after, why):
    bad = given(network, UPPER.replace(before, after, 1), "autre.md")
    said = level("receive", bad, given(network, UPPER))
    assert said.code == 1
    (line,) = [line for line in said.err.splitlines() if line.startswith("autre.md")]
    assert why in line
    assert [path.name for path in (network / "digests/received").iterdir()] == ["loire-2026-12.md"]
    assert "Oui, par convention." in minutes(network)


def test_a_digest_in_the_folder_of_another_network_is_not_taken(level, network):
    given(network, UPPER, "forez/2026-12.md")
    given(network, UPPER, "loire/2026-12.md")
    said = level("receive")
    assert said.code == 1 and "dans le dossier de forez" in said.err
    assert "Oui, par convention." in minutes(network)


def test_an_inbox_that_cannot_be_read_keeps_no_digest_from_being_taken(level, network):
    (network / "inbox.md").write_text("<<<<<<< HEAD\n- a\n=======\n- b\n>>>>>>> x\n", encoding="utf-8")
    lower = UPPER.replace("network: loire", "network: rhone").replace("Périmètre : Loire.", "Périmètre : Rhône.")
    said = level("receive", given(network, lower, "rhone.md"), given(network, UPPER))
    assert said.err.count("marques de conflit") == 1
    assert "Oui, par convention." in minutes(network) and len(list((network / "digests/received").iterdir())) == 2


@pytest.mark.parametrize("by_hand", [False, True])
def test_a_later_version_of_a_digest_takes_the_place_of_one_that_came_through_git_and_of_no_words_of_a_hand(
    level, network, by_hand
):
    """Another clone received it: what this machine would have written there is not known."""
    path = network / "digests/received/loire-2026-12.md"
    path.parent.mkdir(parents=True)
    asked = (
        UPPER
        + "\n## Nous vous demandons\n\n- **Q5** Quoi ? *([8](../minutes/2026-12-08-loire.md#q5))*\n  - *Réponse :* …\n"
    )
    path.write_text(asked.replace("…", "Ceci.") if by_hand else asked, encoding="utf-8")
    before = path.read_text(encoding="utf-8")
    later = asked.replace("[Guide]", "[Le guide]")
    assert level("receive", given(network, later)).code == 0
    assert path.read_text(encoding="utf-8") == (before if by_hand else later)
    assert path.with_name("loire-2026-12.new.md").exists() == by_hand


def test_two_networks_cannot_claim_one_territory(level, network):
    assert level("receive", given(network, UPPER)).code == 0
    said = level("receive", given(network, UPPER.replace("network: loire", "network: rhone"), "rhone.md"))
    assert said.code == 1 and "revendique Loire, qui est le territoire de loire" in said.err


@pytest.mark.sampled(2)
@pytest.mark.parametrize("data", [b"\xff\xfe\x00", b"", b"x" * (1 << 21), b"---\ndigest: 2026-11\n" * 40])
def test_what_is_no_text_is_told_in_one_line(level, network, data):
    (network / "odd.md").write_bytes(data)
    said = level("receive", "odd.md")
    assert said.code == 1 and len(said.err.splitlines()) == 1 and "imprévu" not in said.err


@pytest.mark.ci
def test_a_question_that_an_agenda_carries_already_or_a_meeting_has_is_not_proposed_again(level, network):
    settings = SETTINGS.replace("scale: epci", "scale: region").replace("Réseau roannais", "Réseau aura")
    (network / "facilitator.yaml").write_text(settings.replace("Roannais Agglomération", "Aura"), encoding="utf-8")
    lower = UPPER.replace(
        "## Réponses à vos questions",
        "## Nous vous demandons\n\n- **Q5** Quel budget ? *([8 décembre](../minutes/2026-12-08-loire.md#q5))*\n\n## Réponses à vos questions",
    )
    assert level("receive", given(network, lower)).out.splitlines()[0] == "demande Q5 : Quel budget ?"
    assert "loire/2026-12-08#Q5" in level("new", "--date", "2026-12-15").err
    assert level("start", "agendas/2026-12-15-rencontre-du-reseau.yaml", "--at", "2026-12-15 09:30").code == 0
    asked = [one for one in level("entries", "--json").json if one["text"] == "Quel budget ?"]
    assert [one["origin"] for one in asked] == [{"meeting": "loire/2026-12-08", "number": "Q5"}]
    assert "loire/2026-12-08#Q5" not in level("new", "--date", "2026-12-22").err
