"""What was written down is taken away, made another kind, voted on, dated; who answered, who was absent, who read it again."""

from __future__ import annotations

import json

import pytest

LAST_AT = ("--at", "09:55")


def record(run, number):
    return next(one for one in run("entries", "--json").json if one["number"] == number)


def numbers(run):
    return [one["number"] for one in run("entries", "--json").json]


def does(run, *words):
    said = run(*words)
    assert said.code == 0, said.err
    return said.err


def documents(root):
    """All that is shared: minutes, letter, archive, what merges rest on."""
    paths = [
        path
        for path in root.rglob("*")
        if path.is_file() and path.name != "private.jsonl" and "meetings" not in path.parts
    ]
    return "\n".join(path.read_text(errors="replace") for path in paths)


@pytest.fixture
def asked(meeting):
    does(meeting, "next", "--at", "09:50")
    does(meeting, "add", "question", "Qui paie ?", "--at", "09:52")
    return meeting


# Taken away


def test_an_entry_is_taken_away_and_undo_gives_it_back(asked):
    assert "Retrait de Q1" in does(asked, "remove", "q1")
    assert numbers(asked) == []
    assert "Annulé : retrait de Q1" in does(asked, "undo")
    assert numbers(asked) == ["Q1"]


def test_what_is_taken_away_leaves_the_draft_at_once(asked, network):
    does(asked, "minutes")
    (draft,) = (network / "minutes").glob("*.md")
    assert "Qui paie" in draft.read_text()
    does(asked, "remove", "Q1")
    assert "Qui paie" not in draft.read_text()


def test_last_is_what_the_same_person_wrote_down_last_a_note_too(asked):
    does(asked, "add", "note", "Il pleut")
    does(asked, "edit", "last", "--text", "Il fait beau")
    assert [one["text"] for one in asked("entries", "note", "--json").json] == ["Il fait beau"]
    does(asked, "remove", "last")
    does(asked, "answer", "last", "Personne.")
    assert record(asked, "Q1")["answer"] == "Personne."
    does(asked, "remove", "last")
    said = asked("remove", "last")
    assert (said.code, said.err.strip()) == (1, "Vous n’avez encore rien noté.")


def test_last_is_never_what_another_person_or_the_agenda_wrote(network, run, monkeypatch):
    (network / "news.yaml").write_text(
        "title: R\nsteps:\n  - { kind: news, duration: 10m, items: [{ title: AMI, type: call }] }\n"
    )
    does(run, "start", "news.yaml")
    assert run("remove", "last").code == 1
    assert numbers(run) == ["I1"]


# Of another kind


@pytest.mark.parametrize(
    "words", [("kind", "Q1", "action"), ("edit", "Q1", "--kind", "action"), ("kind", "last", "Actions")]
)
def test_a_question_becomes_an_action_and_one_undo_takes_it_back(asked, words):
    assert "Q1 est maintenant A1" in does(asked, *words)
    assert numbers(asked) == ["A1"]
    does(asked, "undo")
    assert numbers(asked) == ["Q1"]


def test_its_kind_and_the_parts_of_the_new_kind_are_one_change(asked):
    does(asked, "edit", "Q1", "--kind", "décision", "--text", "La région paie.", "--for", "18", "--against", "2")
    found = record(asked, "D1")
    assert (found["text"], found["vote"]) == ("La région paie.", {"votes_for": 18, "against": 2, "abstentions": 0})
    does(asked, "undo")
    assert (record(asked, "Q1")["text"], record(asked, "Q1")["vote"]) == ("Qui paie ?", None)


def test_a_kind_that_is_the_same_or_none_is_refused(asked):
    assert "C’est déjà sa sorte" in asked("kind", "Q1", "question").err
    said = asked("kind", "Q1", "baleine")
    assert said.code == 2 and "n’est pas possible" in said.err
    assert numbers(asked) == ["Q1"]


def test_what_is_made_public_by_its_kind_is_said_and_what_becomes_private_leaves_the_draft(asked, network):
    does(asked, "add", "need", "Deux tablettes", "--at", "09:53")
    does(asked, "minutes")
    (draft,) = (network / "minutes").glob("*.md")
    assert "Deux tablettes" in draft.read_text()
    does(asked, "kind", "B1", "individuel")
    assert "Deux tablettes" not in draft.read_text()
    assert "n’est plus privé" in does(asked, "kind", "S1", "besoin")
    assert record(asked, "B2")["private"] is False


@pytest.mark.parametrize(
    "words", [("kind", "B1", "individual"), ("remove", "B1"), ("send", "Q1", "individual")], ids=lambda words: words[0]
)
def test_what_is_private_or_gone_again_leaves_the_draft_at_once(asked, network, words):
    does(asked, "add", "need", "Qui paie la salle", "--at", "09:53")
    does(asked, *words)
    does(asked, "undo")
    does(asked, "minutes")
    (draft,) = (network / "minutes").glob("*.md")
    before = draft.read_text().count("Qui paie")
    does(asked, "redo")
    assert draft.read_text().count("Qui paie") == before - 1


# Voted on, dated


def test_a_decision_says_its_vote_and_whether_it_was_by_consensus(meeting):
    told = does(
        meeting, "add", "decision", "Le mardi", "--for", "18", "--against", "2", "--abstain", "3", "--consensus"
    )
    assert "18 pour, 2 contre, 3 abstentions · par consensus" in told
    found = record(meeting, "D1")
    assert (found["vote"], found["consensus"]) == ({"votes_for": 18, "against": 2, "abstentions": 3}, True)
    does(meeting, "edit", "D1", "--abstain", "1", "--no-consensus")
    assert (record(meeting, "D1")["vote"], record(meeting, "D1")["consensus"]) == (
        {"votes_for": 18, "against": 2, "abstentions": 1},
        False,
    )
    does(meeting, "edit", "D1", "--for", "")
    assert record(meeting, "D1")["vote"] is None
    does(meeting, "undo")
    assert record(meeting, "D1")["vote"]["abstentions"] == 1


@pytest.mark.parametrize(
    ("options", "code", "said"),
    [
        (("--for", "beaucoup"), 2, "n’est pas un nombre de voix"),
        (("--for", "-1"), 2, ""),
        (("--for", "\u0661"), 2, "n’est pas un nombre de voix"),
        (("--for", "100000"), 2, "n’est pas un nombre de voix"),
        (("--against", "2"), 2, "combien étaient pour"),
        (("--when", "24/12 14h"), 1, "Seule une info"),
    ],
)
def test_a_vote_that_is_none_writes_nothing(meeting, options, code, said):
    found = meeting("add", "decision", "Le mardi", *options)
    assert found.code == code and said in found.err
    assert numbers(meeting) == []


def test_a_vote_on_what_is_no_decision_is_refused(asked):
    for options in (("--for", "3"), ("--consensus",)):
        said = asked("edit", "Q1", *options)
        assert said.code == 1 and "Seule une décision" in said.err


def test_an_event_has_a_day_and_an_hour_as_people_write_them(meeting):
    told = does(meeting, "add", "news", "Forum", "--type", "event", "--when", "26/11 14h", "--at", "09:40")
    assert "26 novembre à 14 h" in told
    assert record(meeting, "I1")["when"] == "2026-11-26T14:00:00"
    assert "26 novembre à 9 h 30" in does(meeting, "edit", "I1", "--when", "jeudi 9:30 ", "--at", "09:41")
    does(meeting, "edit", "I1", "--when", "")
    assert record(meeting, "I1")["when"] is None
    said = meeting("edit", "I1", "--when", "jeudi")
    assert said.code == 2 and "un jour et une heure" in said.err


# Who answered, who was absent, who read it again


def test_an_answer_says_who_gave_it(asked):
    assert "par Karim B." in does(asked, "answer", "Q1", "La région.", "--by", "karim")
    assert record(asked, "Q1")["answer_by"] == "Karim B."
    assert "Fatou S. n’est pas parmi les membres" in does(asked, "answer", "Q1", "La région.", "--by", "Fatou S.")


def test_somebody_is_absent_without_excuse(meeting):
    assert "Awa S. : absent" in does(meeting, "attend", "awa", "--absent")


def test_the_close_says_who_read_the_minutes_again(asked, network):
    does(asked, "send", "Q1", "drop")
    assert "Relu par Nora T." in does(asked, "close", "--reread", "nora", "--at", "10:00")
    (journal,) = (network / ".facilitator" / "meetings").glob("*/*.jsonl")
    closed = [event for line in journal.read_text().splitlines() for event in json.loads(line)["r"]["events"]]
    assert [event["reread_by"] for event in closed if event["type"] == "closed"] == ["Nora T."]


def test_an_empty_name_of_who_read_it_again_closes_nothing(meeting):
    assert meeting("close", "--reread", "  ").code == 1
    assert meeting("status", "--json").json["state"] == "running"


# What was taken up individually stays so


@pytest.fixture
def individual(asked):
    does(asked, "send", "Q1", "individual", *LAST_AT)
    return asked


@pytest.mark.sampled(2)
@pytest.mark.parametrize(
    ("words", "outcome"),
    [
        (("answer", "Q1", "300 euros"), "answered"),
        (("send", "Q1", "newsletter"), "newsletter"),
        (("send", "Q1", "next"), "next"),
        (("send", "Q1", "drop"), "drop"),
        (("edit", "Q1", "--text", "Qui paie 300 euros ?"), "individual"),
    ],
)
def test_it_stays_private_whatever_becomes_of_it(individual, network, words, outcome):
    told = does(individual, *words, *LAST_AT)
    assert words[0] == "edit" or "Q1 reste en suivi individuel" in told
    assert words[0] == "edit" or (f"facilitator {words[0]} Q1" in told and "--public" in told)
    found = record(individual, "Q1")
    assert (found["private"], found["outcome"]) == (True, outcome)
    assert "•••" in individual("entries").out
    does(individual, "minutes")
    assert not {"300", "paie"} & set(documents(network).replace("\n", " ").split())
    does(individual, "close", "--at", "10:00")
    assert "300 euros" not in documents(network) and "Qui paie" not in documents(network)
    assert record(individual, "Q1")["private"] is True


def test_public_brings_it_back_and_says_so(individual, network):
    assert "n’est plus privé" in does(individual, "answer", "Q1", "300 euros", "--public", *LAST_AT)
    does(individual, "close", "--at", "10:00")
    assert "300 euros" in documents(network) and "Qui paie" in documents(network)


def test_public_goes_with_what_is_public(individual):
    assert individual("send", "Q1", "individual", "--public").code == 2
    assert "n’est plus privé" in does(individual, "send", "Q1", "newsletter", "--public", *LAST_AT)
    assert "n’est plus privé" not in does(individual, "send", "Q1", "next", "--public", *LAST_AT)


# After the close


def lines_changed(before, after):
    """The lines that are gone and those that are new."""
    import difflib

    lines = list(difflib.ndiff(before.splitlines(), after.splitlines()))
    return [line[2:] for line in lines if line.startswith("- ")], [line[2:] for line in lines if line.startswith("+ ")]


def of_the_close(network):
    (minutes,) = (network / "minutes").glob("*.md")
    (letter,) = (network / "newsletter").glob("*.md")
    return minutes, letter


@pytest.mark.sampled(4)
@pytest.mark.parametrize(
    ("words", "line"),
    [
        (("edit", "D1", "--for", "18", "--against", "2"), "Une charte. *(18 pour, 2 contre"),
        (("edit", "D1", "--consensus"), "Une charte. *(par consensus"),
        (("edit", "d1", "--abstain", "1", "--for", "3"), "*(3 pour, 1 abstention"),
        (("edit", "A1", "--text", "Relire la charte"), "Relire la charte *("),
        (("done", "A1"), "- [x] "),
    ],
)
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_after_the_close_one_item_is_changed_and_no_other_byte(closed, network, words, line, end):
    minutes, letter = of_the_close(network)
    before = minutes.read_text().replace("\n", end)
    minutes.write_bytes(before.encode())
    told = letter.read_bytes()
    does(closed, *words)
    gone, new = lines_changed(before, minutes.read_bytes().decode())
    assert len(gone) == len(new) == 1 and line in new[0].replace("\u00a0", " ").replace("\u202f", " ")
    assert minutes.read_bytes().count(b"\n") == minutes.read_bytes().count(end.encode())
    assert letter.read_bytes() == told


@pytest.mark.ci
def test_after_the_close_a_vote_is_mended_and_taken_back(closed):
    does(closed, "edit", "D1", "--for", "18", "--against", "2")
    does(closed, "edit", "D1", "--abstain", "3")
    assert record(closed, "D1")["vote"] == {"votes_for": 18, "against": 2, "abstentions": 3}
    does(closed, "edit", "D1", "--for", "", "--consensus")
    assert (record(closed, "D1")["vote"], record(closed, "D1")["consensus"]) == (None, True)
    does(closed, "edit", "D1", "--no-consensus")
    assert record(closed, "D1")["consensus"] is False


@pytest.mark.parametrize(
    ("words", "why"),
    [
        (("edit", "A1", "--for", "3"), "Seule une décision"),
        (("edit", "Q2", "--consensus"), "Seule une décision"),
        (("edit", "D1", "--when", "26/11 14h"), "Seule une info"),
        (("edit", "S1", "--when", "26/11 14h"), "Seule une info"),
        (("edit", "Q3", "--for", "3"), "Seule une décision"),
        (("edit", "D1", "--against", "3"), "combien étaient pour"),
    ],
)
def test_after_the_close_a_part_of_another_kind_is_refused_in_a_sentence(closed, network, words, why):
    minutes, _ = of_the_close(network)
    before = minutes.read_bytes()
    said = closed(*words)
    assert said.code in (1, 2) and why in said.err and said.err.count("\n") == 1
    assert minutes.read_bytes() == before


@pytest.mark.ci
def test_after_the_close_an_event_gets_another_day_and_hour(run, network):
    does(run, "start", "agenda.yaml", "--at", "2026-11-24 09:30")
    does(run, "add", "news", "Forum", "--type", "event", "--when", "19/12 14h", "--at", "09:52")
    does(run, "close", "--at", "10:50")
    does(run, "edit", "I1", "--when", "20/12 15h")
    assert record(run, "I1")["when"] == "2026-12-20T15:00:00"
    does(run, "edit", "I1", "--when", "", "--deadline", "2026-12-21")
    assert (record(run, "I1")["when"], record(run, "I1")["deadline"]) == (None, "2026-12-21")


def test_after_the_close_an_answer_says_who_gave_it_in_minutes_and_letter(closed, network):
    minutes, letter = of_the_close(network)
    told = does(closed, "answer", "Q2", "Oui.", "--by", "karim")
    assert "Karim B." in told
    assert record(closed, "Q2")["answer_by"] == "Karim B."
    assert "*Réponse de Karim B., 25 novembre" in minutes.read_text().replace("\u00a0", " ")
    assert "  - Oui." in letter.read_text()
    assert "n’est pas parmi les membres" in does(closed, "answer", "Q4", "Non.", "--by", "Fatou S.")
    does(closed, "answer", "Q3", "En privé.", "--by", "nora")
    assert (record(closed, "Q3")["answer_by"], record(closed, "Q3")["private"]) == ("Nora T.", True)


@pytest.mark.ci
def test_after_the_close_an_answer_to_a_private_question_is_made_public_on_demand(closed, network):
    minutes, letter = of_the_close(network)
    said = does(closed, "answer", "Q3", "Jusqu’en mars.", "--public")
    assert "n’est plus privé" in said
    assert (record(closed, "Q3")["answer"], record(closed, "Q3")["private"]) == ("Jusqu’en mars.", False)
    assert "Mon contrat" in minutes.read_text() and "Jusqu’en mars." in minutes.read_text()
    assert "Mon contrat" in letter.read_text()
    assert "private" not in does(closed, "answer", "Q2", "Oui.", "--public")


def test_after_the_close_last_is_what_this_person_wrote_down_last(closed):
    does(closed, "edit", "last", "--consensus")
    assert record(closed, "D1")["consensus"] is True
    does(closed, "remove", "last")
    assert "D1" not in numbers(closed)
    said = closed("done", "last")
    assert said.code == 1 and "D1" in said.err and said.err.count("\n") == 1


def test_after_the_close_last_needs_the_journal_and_a_number(run, closed, network):
    (network / ".facilitator").rename(network.parent / "gone")
    said = closed("edit", "last", "--text", "x")
    assert said.code == 1 and "dites le numéro" in said.err and said.err.count("\n") == 1


def test_after_the_close_a_note_that_was_last_has_no_number(run):
    does(run, "start", "agenda.yaml", "--at", "2026-11-24 09:30")
    does(run, "add", "note", "Il pleut", "--at", "09:52")
    does(run, "close", "--at", "10:50")
    said = run("edit", "last", "--text", "Il fait beau")
    assert said.code == 1 and "note" in said.err and "compte rendu" in said.err and said.err.count("\n") == 1


# Taken away and made another kind, after the close


def test_after_the_close_an_entry_is_taken_away_from_minutes_letter_and_lists(closed, network):
    minutes, letter = of_the_close(network)
    assert "Une charte" in letter.read_text()
    assert "D1" in does(closed, "remove", "D1")
    text = minutes.read_text()
    assert "Une charte" not in text and "Ce que nous avons décidé" not in text
    assert "D1" not in text.replace("given: D1\n", "")
    assert "Une charte" not in letter.read_text() and "Ce que nous avons décidé" not in letter.read_text()
    assert "D1" not in numbers(closed)
    assert closed("followups").err == ""
    does(closed, "newsletter")
    assert "Une charte" not in letter.read_text()
    assert closed("remove", "D1").code == 1


def test_after_the_close_counts_and_in_brief_are_mended_when_a_question_is_taken_away(closed, network):
    minutes, letter = of_the_close(network)
    assert "2 questions](#q2) attendent" in minutes.read_text().replace("\u00a0", " ")
    does(closed, "remove", "Q4")
    text = minutes.read_text().replace("\u00a0", " ")
    assert "1 question](#q2) attend" in text and "Une salle" not in text and "À la rencontre" not in text
    does(closed, "remove", "Q2")
    assert "Qui sait" not in minutes.read_text() and "Qui sait" not in letter.read_text()


def test_after_the_close_what_a_person_rewrote_in_the_letter_stays_and_its_line_is_said(closed, network):
    _, letter = of_the_close(network)
    letter.write_text(letter.read_text().replace("Une charte.", "Une belle charte."))
    line = next(n for n, one in enumerate(letter.read_text().split("\n"), 1) if "belle charte" in one)
    said = does(closed, "remove", "D1")
    assert f"2026-12.md, ligne {line}" in said
    assert "Une belle charte." in letter.read_text()


def test_after_the_close_what_is_private_is_taken_away_in_private(closed, network):
    minutes, _ = of_the_close(network)
    before = minutes.read_bytes()
    does(closed, "remove", "S1")
    does(closed, "remove", "Q3")
    assert {"S1", "Q3"}.isdisjoint(numbers(closed))
    assert minutes.read_bytes() == before
    assert closed("remove", "S1").code == 1


def test_after_the_close_a_question_becomes_an_action_under_the_next_number(closed, network):
    minutes, letter = of_the_close(network)
    assert "Q2" in does(closed, "kind", "Q2", "action")
    found = record(closed, "A2")
    assert (found["kind"], found["text"], found["outcome"]) == ("action", "Prêter du matériel ?", None)
    assert "Q2" not in numbers(closed)
    text = minutes.read_text()
    assert text.index("## Qui fait quoi") < text.index("**A2**") < text.index("## Questions")
    assert "1 question](#q4) attend" in text.replace("\u00a0", " ")
    assert "À prendre" in text.split("## Ce que")[0] and "(#a2)" in text.split("## Ce que")[0]
    assert "Prêter du matériel" not in letter.read_text()
    assert closed("followups").err == ""


@pytest.mark.sampled(3)
@pytest.mark.parametrize(
    ("words", "number", "heading"),
    [
        (("kind", "A1", "décision"), "D2", "## Ce que nous avons décidé"),
        (("kind", "D1", "besoin"), "B1", "## On cherche"),
        (("kind", "D1", "aside"), "P1", "## Reporté"),
        (("kind", "D1", "news"), "I1", '### <a id="step-2"'),
        (("kind", "D1", "question"), "Q5", "### "),
        (("kind", "last", "need"), "B1", "## On cherche"),
        (("edit", "D1", "--kind", "action", "--owner", "Awa S."), "A2", "## Qui fait quoi"),
        (("edit", "A1", "--kind", "decision", "--text", "Une charte.", "--for", "3"), "D2", "## Ce que nous"),
    ],
)
def test_after_the_close_an_entry_stands_under_the_heading_of_its_new_kind(closed, network, words, number, heading):
    minutes, _ = of_the_close(network)
    does(closed, *words)
    text = minutes.read_text()
    assert record(closed, number)
    before = text[: text.index(f"**{number}**")].split("\n")
    assert next(line for line in reversed(before) if line.startswith("#")).startswith(heading)
    assert closed("followups").err == ""


def test_after_the_close_remarks_go_with_an_entry_whose_kind_changes(closed, network):
    minutes, _ = of_the_close(network)
    text = minutes.read_text()
    line = next(line for line in text.split("\n") if "**D1**" in line)
    minutes.write_text(text.replace(line, f"{line}\n  - vu avec la mairie"))
    does(closed, "kind", "D1", "action")
    assert "vu avec la mairie" in minutes.read_text().split("## Qui fait quoi")[1].split("## ")[0]


def test_after_the_close_what_becomes_individual_leaves_every_document(closed, network):
    does(closed, "kind", "D1", "individuel")
    assert "Une charte" not in documents(network)
    assert (record(closed, "S2")["text"], record(closed, "S2")["private"]) == ("Une charte.", True)


def test_after_the_close_what_was_private_becomes_public_by_its_kind_and_it_is_said(closed, network):
    minutes, _ = of_the_close(network)
    assert "n’est plus privé" in does(closed, "kind", "S1", "besoin")
    assert (record(closed, "B1")["text"], record(closed, "B1")["private"]) == ("Fin de contrat en mars", False)
    assert "Fin de contrat en mars" in minutes.read_text()
    assert "S1" not in numbers(closed)


def test_after_the_close_the_same_kind_is_refused(closed):
    assert "C’est déjà sa sorte" in closed("kind", "D1", "decision").err
    assert closed("kind", "S1", "individuel").code == 1


def test_after_the_close_the_minutes_of_a_colleague_are_changed_too(closed, network):
    (network / ".facilitator").rename(network.parent / "gone")
    minutes, letter = of_the_close(network)
    does(closed, "kind", "A1", "decision")
    does(closed, "remove", "D1")
    text = minutes.read_text()
    assert "Rédiger la charte" in text.split("## Ce que nous avons décidé")[1] and "Une charte." not in text
    assert "Une charte" not in letter.read_text()


# What else is said at the close, and taken back


def test_the_minutes_say_until_when_remarks_are_taken_on_what_was_read_again(asked, network):
    does(asked, "send", "Q1", "drop")
    assert asked("close", "--until", "2099-12-20").code == 2
    assert asked("close", "--reread", "nora", "--until", "2020-01-01").code == 2
    does(asked, "close", "--reread", "nora", "--until", "2099-12-20", "--at", "10:00")
    (minutes,) = (network / "minutes").glob("*.md")
    text = minutes.read_text().replace("\u00a0", " ")
    assert "*Relu par Nora T., sans remarque avant le 20 décembre 2099.*" in text


def test_reopen_without_a_name_takes_the_meeting_that_was_closed_last_and_names_it(run, network):
    for slug, day in (("tard", "2026-11-25"), ("tot", "2026-11-24")):
        (network / "a.yaml").write_text(f"title: R\nslug: {slug}\nsteps: [{{ kind: needs, duration: 30m }}]\n")
        does(run, "start", "a.yaml", "--at", f"{day} 09:30")
        does(run, "close", "--at", f"{day} 10:00")
    assert "2026-11-24-tot" in does(run, "reopen")
    does(run, "close", "--at", "2026-11-24 10:01")
    assert "2026-11-25-tard" in does(run, "reopen", "--meeting", "2026-11-25-tard")


def test_a_document_that_cannot_be_read_any_more_is_said_with_its_line(closed, network):
    _, letter = of_the_close(network)
    letter.write_text(letter.read_text().replace("\n## ", "\n<<<<<<< ici\n## ", 1))
    line = letter.read_text().split("\n").index("<<<<<<< ici") + 1
    (network / "minutes" / "2026-11-24-reseau.md").write_text(
        (network / "minutes" / "2026-11-24-reseau.md").read_text().replace("Prêter", "Donner")
    )
    said = closed("newsletter")
    assert f"newsletter/2026-12.md, ligne {line} : il ne peut plus être lu" in said.err
    assert "newsletter/2026-12.new.md" in said.err


def test_what_was_taken_away_in_private_since_does_not_come_back_in_a_meeting_that_is_open_again(closed):
    does(closed, "remove", "S1")
    does(closed, "kind", "Q3", "individuel")
    assert (record(closed, "S2")["text"], "Q3" in numbers(closed)) == ("Mon contrat ?", False)
    does(closed, "reopen")
    assert {one["text"] for one in closed("entries", "--json").json if one["private"]} == {"Mon contrat ?"}
    does(closed, "close")
    assert [one["text"] for one in closed("entries", "--json").json if one["private"]] == ["Mon contrat ?"]


@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_what_was_added_by_hand_gets_a_number_at_the_next_change_that_nobody_had(closed, network, end):
    minutes, _ = of_the_close(network)
    does(closed, "remove", "A1")
    text = minutes.read_text().replace(
        "## Questions", "## Qui fait quoi\n\n- [ ] Louer un car (Awa S.)\n\n## Questions", 1
    )
    minutes.write_bytes(text.replace("\n", end).encode())
    assert "A2" in does(closed, "answer", "Q2", "Oui.")
    found = record(closed, "A2")
    assert (found["text"], found["owners"]) == ("Louer un car", ["Awa S."])
    assert "A1" not in numbers(closed)


@pytest.mark.ci
def test_what_a_hand_changed_in_the_minutes_alone_still_leaves_the_letter(closed, network):
    minutes, letter = of_the_close(network)
    minutes.write_text(minutes.read_text().replace("Une charte.", "Une charte commune."))
    assert "2026-12.md" not in does(closed, "remove", "D1")
    assert "charte" not in letter.read_text().split("---\n")[2] and "charte commune" not in minutes.read_text()


def test_a_day_said_after_the_close_is_counted_from_the_day_it_is_said(closed):
    assert "27 novembre" in does(closed, "edit", "A1", "--due", "vendredi")
    assert record(closed, "A1")["due"] == "2026-11-27"


def test_lists_say_by_when_an_action_is_to_be_done(meeting):
    does(meeting, "add", "action", "Rédiger la charte", "--due", "2026-12-10", "--at", "09:57")
    assert "pour le 10 décembre" in meeting("entries").out and "pour le 10 décembre" in meeting("followups").out
