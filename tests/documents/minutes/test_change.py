"""One entry changed where it stands: nothing else changes, and the reader of the file finds what was asked."""

from __future__ import annotations

import datetime
import difflib

import pytest
from documents.minutes.example import MEETING, day
from documents.minutes.test_reader import EDITORS
from msgspec.structs import replace

from facilitator.core.entry import label as label_of
from facilitator.core.said import Origin
from facilitator.documents.minutes.change import (
    Unchangeable,
    answer,
    done,
    edit,
    make,
    move,
    put_back,
    remove,
    same,
    send,
)
from facilitator.documents.minutes.entry import Look, MinutesEntry, MinutesToWrite, StepToWrite
from facilitator.documents.minutes.numbering import numbered
from facilitator.documents.minutes.reader import read_minutes
from facilitator.documents.minutes.steps import steps_of
from facilitator.documents.minutes.writer import write_minutes
from facilitator.documents.typography import unfold

TEXT = write_minutes(MEETING)


def changed(after: str, before: str = TEXT) -> tuple[list[str], list[str]]:
    """The lines that are gone and those that are new."""
    lines = list(difflib.ndiff(before.split("\n"), after.split("\n")))
    return [line[2:] for line in lines if line.startswith("- ")], [line[2:] for line in lines if line.startswith("+ ")]


def heading_of(text: str, label: str) -> str:
    found = read_minutes(text).find("question", int(label[1:]))
    assert found
    return found.heading.text.replace("\u00a0", " ")


def test_editing_changes_that_one_item():
    after = edit(TEXT, "A1", scale="epci", owners=("Awa Diallo",), due=day(12, 20))
    gone, new = changed(after)
    assert len(gone) == len(new) == 1
    assert new[0].endswith("charte *(**Awa Diallo** · pour le 20 décembre · [atelier](#step-5))*")


@pytest.mark.parametrize("label", ["A1", "A2", "A4"])
def test_done_ticks_its_box_and_nothing_else(label):
    gone, new = changed(done(TEXT, label))
    assert new == [gone[0].replace("- [ ]", "- [x]")]
    assert done(done(TEXT, label), label, done=False) == TEXT


def test_an_answer_moves_the_question_and_mends_the_count():
    after = answer(TEXT, "Q6", "Par le 3939.\n- oui", by="Inès Marchand", on=day(12, 4), scale="epci")
    assert heading_of(after, "Q6") == "Réponses données"
    assert "  - *Réponse d’Inès Marchand, 4 décembre, sur Mattermost\u00a0:* Par le 3939.\n    - oui\n" in after
    assert "4 questions attendent une réponse, dont [1 sur Mattermost](#q9)." in after
    said = read_minutes(after).find("question", 6).said
    assert (said.outcome, said.done, said.answer) == ("mattermost", True, "Par le 3939.\n- oui")


def test_a_heading_that_is_emptied_goes_and_one_that_is_missing_is_made_in_its_place():
    after = send(TEXT, "Q4", "mattermost", due=day(11, 25), scale="epci")
    assert "Transmises" not in after
    assert heading_of(after, "Q4") == "Sur Mattermost, d’ici le 20 novembre"
    assert read_minutes(after).find("question", 4).said.due == day(11, 25)
    again = send(after, "Q4", "relay", scale="epci")
    assert (
        again.index("### À la rencontre")
        < again.index("### Transmises au réseau départemental")
        < again.index("### Refermées")
    )
    assert again == TEXT


def test_a_question_goes_back_to_where_it_was():
    moved = send(TEXT, "Q5", "newsletter", due=day(12, 31), scale="epci")
    assert heading_of(moved, "Q5") == "Dans la lettre de décembre"
    assert send(moved, "Q5", "next", due=day(12, 8), scale="epci") == TEXT


def test_a_question_taken_up_individually_is_nowhere():
    after = send(TEXT, "Q9", "individual", scale="epci")
    assert "qui est habilité" not in after.replace("Aidants Connect, qui", "")
    assert not read_minutes(after).missing


def test_no_count_betrays_a_question_that_was_taken_up_individually():
    line = next(line for line in TEXT.split("\n") if unfold(line).startswith("Avec Nora Lefèvre. 10 questions, 3"))
    after = send(TEXT, "Q9", "individual", scale="epci")
    assert "4 questions attendent une réponse, dont [1 sur Mattermost](#q6)." in unfold(after)
    assert "\nAvec Nora Lefèvre. 9 questions, 3 besoins, 1 proposition.\n" in unfold(after)
    assert "closed: Q1-Q6 Q8-Q8 Q10-Q12 " in after
    for label in ("Q1", "Q2", "Q3", "Q4", "Q5", "Q6", "Q8", "Q10"):
        after = send(after, label, "individual", scale="epci")
    assert "\nAvec Nora Lefèvre. 1 question, 3 besoins" in unfold(after)
    assert "\nAvec Nora Lefèvre. 3 besoins" in unfold(send(after, "Q12", "individual", scale="epci"))
    assert "\n9 questions.\n" in unfold(send(TEXT.replace(line, "10 questions."), "Q9", "individual"))


def test_a_count_of_questions_that_a_person_changed_is_left_alone():
    text = unfold(TEXT).replace("10 questions, 3", "12 questions, 3")
    assert "12 questions, 3" in send(text, "Q9", "individual", scale="epci")


@pytest.mark.parametrize("label", ["Q4", "Q9", "Q11", "Q5", "Q12"])
def test_a_question_that_was_taken_out_is_put_back_where_it_was(label):
    said = read_minutes(TEXT).find("question", int(label[1:])).said
    out = send(TEXT, label, "individual", scale="epci")
    back = put_back(out, said, scale="epci")
    assert read_minutes(back).numbered().keys() == read_minutes(TEXT).numbered().keys()
    assert back == TEXT
    with pytest.raises(LookupError):
        put_back(TEXT, said)


def test_by_sequence_a_question_is_put_back_last_in_its_own():
    text = write_minutes(replace(MEETING, look=Look(order="sequence")))
    said = read_minutes(text).find("question", 9).said
    back = put_back(send(text, "Q9", "individual", scale="epci"), said, scale="epci")
    assert read_minutes(back).find("question", 9).said == said
    lost = put_back(send(text, "Q9", "individual", scale="epci"), replace(said, step=99), scale="epci")
    assert read_minutes(lost).find("question", 9).said == replace(said, step=None)
    assert lost.index("Hors séquence") < lost.index("**Q9**")


def test_a_question_is_put_back_where_no_other_is_left():
    text = write_minutes(replace(MEETING, entries=tuple(one for one in MEETING.entries if one.kind != "question")))
    said = read_minutes(TEXT).find("question", 6).said
    back = put_back(text, said, scale="epci")
    assert (
        back.index("## Qui fait quoi") < back.index("## Questions\n\n### Sur Mattermost") < back.index("## On cherche")
    )
    assert read_minutes(back).find("question", 6).said == said


def test_remarks_under_an_entry_stay_and_move_with_it():
    text = TEXT.replace("téléphone\u202f? *(#droits)*\n", "téléphone\u202f? *(#droits)*\n  - vu avec la CAF\n")
    after = answer(text, "Q6", "Oui", scale="epci")
    assert "#droits)*\n  - *Réponse, sur Mattermost\u00a0:* Oui\n  - vu avec la CAF\n" in after
    assert "- vu avec la CAF" in edit(text, "Q6", scale="epci", theme="accès")


def test_the_last_waiting_question_takes_its_line_away():
    text = TEXT
    for label in ("Q6", "Q9", "Q2", "Q11", "Q5"):
        text = answer(text, label, "Oui", scale="epci")
    assert "**Qui sait" not in text
    assert "### Sur Mattermost" not in text


def test_a_count_that_a_person_changed_is_left_alone():
    text = TEXT.replace("5 questions attendent", "cinq questions attendent")
    assert "cinq questions attendent" in answer(text, "Q6", "Oui", scale="epci")


@pytest.mark.sampled(5)
@pytest.mark.parametrize("editor", sorted(set(EDITORS) - {"unknown front matter"}))
@pytest.mark.parametrize("act", ["edit", "done", "answer", "send"])
def test_entries_are_changed_in_files_that_editors_left(editor, act):
    text = EDITORS[editor](TEXT)
    acts = {
        "edit": lambda: edit(text, "A1", scale="epci", text="Autre chose"),
        "done": lambda: done(text, "A2"),
        "answer": lambda: answer(text, "Q9", "Oui", scale="epci"),
        "send": lambda: send(text, "Q2", "drop", scale="epci"),
    }
    after = acts[act]()
    assert after != text
    assert len(read_minutes(after).numbered()) == len(read_minutes(TEXT).numbered())


def test_adopted_items_get_their_number_and_stripped_anchors_come_back():
    text = TEXT.replace('<a id="a1" name="a1"></a>', "").replace(
        "## Questions", "- [ ] Réserver (Karim Benali)\n\n## Questions", 1
    )
    after, given = numbered(text)
    assert given == ("A6",)
    assert '- [ ] <a id="a6" name="a6"></a>**A6** Réserver (Karim Benali)\n' in after
    assert '<a id="a1" name="a1"></a>**A1** ' in after
    found = read_minutes(after)
    assert found.find("action", 6).said.owners == ("Karim Benali",)
    assert ("action", 6) in found.front.closed


def test_of_two_with_one_number_the_second_gets_another():
    text = TEXT.replace("## Questions", '- [ ] <a id="a1" name="a1"></a>**A1** deux\n\n## Questions', 1)
    after, given = numbered(text)
    assert given == ("A6",)
    assert '- [ ] <a id="a6" name="a6"></a>**A6** deux\n' in after


def test_what_is_not_there_cannot_be_changed_nor_anything_in_a_conflict():
    with pytest.raises(LookupError):
        done(TEXT, "A99")
    with pytest.raises(Unchangeable):
        done(TEXT + "\n<<<<<<< HEAD\n", "A1")
    assert numbered(TEXT + "\n<<<<<<<\n") == (TEXT + "\n<<<<<<<\n", ())


def test_by_sequence_an_answer_changes_the_item_where_it_stands():
    from msgspec.structs import replace

    text = write_minutes(replace(MEETING, look=Look(order="sequence")))
    after = answer(text, "Q4", "Le même", scale="epci")
    assert read_minutes(after).find("question", 4).said.answer == "Le même"
    assert after.index("**Q3**") < after.index("**Q4**") < after.index("**Q5**")


# Taken away, made another kind.

BY_SEQUENCE = replace(MEETING, look=Look(order="sequence"))
ENGLISH = replace(MEETING, language="en")
MEETINGS = {"kind": MEETING, "sequence": BY_SEQUENCE, "english": ENGLISH}
TITLES = {step.number: step.title for step in MEETING.steps}
NAMES = [(said.kind, said.number) for said in MEETING.entries if said.number]


@pytest.mark.sampled(1)
@pytest.mark.parametrize("shape", sorted(MEETINGS))
def test_without_an_entry_minutes_are_as_if_it_had_never_been_said(shape):
    meeting = MEETINGS[shape]
    text = write_minutes(meeting)
    for kind, number in NAMES[:: 4 if shape != "kind" else 2]:
        entries = tuple(one for one in meeting.entries if (one.kind, one.number) != (kind, number))
        after = remove(text, label_of(kind, number, meeting.language), scale="epci")
        expected = write_minutes(replace(meeting, entries=entries, given={kind: number}))
        lines, wanted = after.split("\n"), expected.split("\n")
        # What asks a question stays while others are asked: where most were asked may be another sequence.
        different = [line for line in [*changed(after, expected)[0], *changed(after, expected)[1]] if line.strip()]
        assert not different or len(lines) == len(wanted), (kind, number, different)
        assert all("Sauf mention" in line or "Unless stated" in line or "*(" in line for line in different), different


@pytest.mark.sampled(2)
@pytest.mark.parametrize("editor", sorted(set(EDITORS) - {"unknown front matter"}))
def test_an_entry_is_taken_away_in_files_that_editors_left_and_no_other(editor):
    text = EDITORS[editor](TEXT)
    before = {found.name: found.said for found in read_minutes(text).entries if found.said.number}
    for name in (("decision", 1), ("action", 2), ("question", 6), ("need", 3), ("news", 4), ("resource", 1)):
        after = {
            found.name: found.said
            for found in read_minutes(remove(text, label_of(*name, "fr"))).entries
            if found.said.number
        }
        assert after == {other: said for other, said in before.items() if other != name}


KINDS_MADE = ("question", "need", "decision", "action", "news", "resource", "aside", "note")


@pytest.mark.sampled(2)
@pytest.mark.parametrize("shape", sorted(MEETINGS))
@pytest.mark.parametrize("kind", KINDS_MADE)
def test_an_entry_of_another_kind_keeps_its_words_and_nothing_else_changes(shape, kind):
    meeting = MEETINGS[shape]
    text = write_minutes(meeting)
    before = {found.name: found.said for found in read_minutes(text).entries if found.said.number}
    for was in [name for name in NAMES if name[0] != kind][:: 9 if shape != "kind" else 4]:
        number = 0 if kind == "note" else 50
        after = make(text, label_of(*was, meeting.language), kind, number, titles=TITLES, scale="epci")
        read = read_minutes(after)
        found = {one.name: one.said for one in read.entries if one.said.number}
        said = found.pop((kind, number), None) or next(
            one.said for one in read.entries if one.said.kind == "note" and one.said.text == before[was].text
        )
        assert said.text == before[was].text
        assert found == {name: one for name, one in before.items() if name != was}
        assert not read.missing


def test_an_answer_that_the_new_kind_does_not_have_stays_as_a_remark():
    after = make(TEXT, "Q8", "action", 6, scale="epci")
    item = after[after.index("**A6**") :].split("\n")
    assert unfold(item[1]) == "  - *Réponse de Samira Haddad :* À la recyclerie de Roanne, 70 à 90 €, garanties un an."


def test_a_question_that_was_answered_later_becomes_something_else_too():
    late = answer(TEXT, "Q5", "Oui.", on=datetime.date(2026, 12, 4))
    assert "**L9**" in make(late, "Q5", "resource", 9, titles=TITLES)


def test_in_brief_and_links_on_words_follow_what_becomes_of_an_entry():
    after = unfold(make(TEXT, "A2", "decision", 4, titles=TITLES, scale="epci"))
    assert "À prendre" not in after and "(#a2)" not in after
    assert "- → [Réserver la salle de Castel pour janvier (D4)](#d4)" in after
    after = unfold(remove(TEXT, "I4"))
    assert "**Première date :** jusqu’au" in after and "Webinaire" not in after
    after = unfold(make(TEXT, "D3", "action", 6, titles=TITLES, scale="epci"))
    assert "**À prendre :** [Réserver la salle de Castel pour janvier (A2)](#a2), [Les supports d’ateliers" in after


def test_in_brief_says_what_a_hand_made_of_an_entry_at_the_next_change_and_only_where_it_is_ours():
    text = TEXT.replace("Réserver la salle de Castel pour janvier *(", "Réserver la grande salle *(")
    after = answer(text, "Q6", "Oui", scale="epci", base=TEXT)
    assert "**À prendre\u00a0:** [Réserver la grande salle (A2)](#a2)" in after
    assert after.count("Réserver la grande salle (A2)") == text.count("(A2)](#a2)")
    mine = text.replace(
        "**À prendre\u00a0:** [Réserver la salle de Castel pour janvier (A2)]", "**À prendre\u00a0:** [la salle (A2)]"
    )
    assert "[la salle (A2)]" in answer(mine, "Q6", "Oui", scale="epci", base=TEXT)
    assert "Castel pour janvier (A2)" in answer(text, "Q6", "Oui", scale="epci")


def test_in_brief_names_nobody_for_what_a_hand_gave_to_somebody():
    text = TEXT.replace("**à prendre**", "**Karim Benali**")
    assert "À prendre" not in answer(text, "Q6", "Oui", scale="epci", base=TEXT)
    waits = answer(answer(TEXT, "Q6", "Oui", scale="epci"), "Q9", "Oui", scale="epci")
    assert "**Qui sait\u202f?** 4 questions" in send(waits, "Q6", "mattermost", scale="epci")


# Moved to another sequence, shared by one more.


def steps_told(text: str, label: str) -> str:
    """The words of the heading under which a link on an entry stands; empty for none."""
    read = read_minutes(text)
    assert read.outline
    found = [
        item.under[-1].text for item in read.outline.items if item.text.startswith("→") and f"(#{label})" in item.text
    ]
    return found[0] if found else ""


def test_moving_an_entry_changes_the_sequence_that_its_tail_names_and_its_words_stand_no_more_where_it_was():
    after = move(TEXT, "D1", 3, titles=TITLES, scale="epci")
    gone, new = changed(after)
    assert len(gone) == 2 and len(new) == 1
    assert new == [gone[0].replace("[atelier](#step-5)", "[besoins](#step-3)")]
    assert gone[1].startswith("- → [Le réseau adopte") and not steps_told(after, "d1")
    assert move(TEXT, "D1", 5, titles=TITLES, scale="epci") == TEXT


def test_a_question_that_is_moved_is_counted_where_it_goes():
    gone, new = changed(move(TEXT, "Q4", 5, titles=TITLES, scale="epci"))
    assert len(gone) == len(new) == 2
    assert new[0].endswith("nos postes\u202f? *([atelier](#step-5))*") and "9 questions, 3 besoins" in new[1]
    gone, new = changed(move(TEXT, "Q11", 3, titles=TITLES, scale="epci"))
    assert "[" not in new[0] and "11 questions" in unfold(new[1])


def test_what_stands_in_its_sequence_moves_there_with_its_remarks():
    line = next(line for line in TEXT.split("\n") if "**I1**" in line)
    text = TEXT.replace(line, f"{line}\n  - à lire avant janvier")
    after = move(text, "I1", 5, titles=TITLES, scale="epci")
    assert after.count("à lire avant janvier") == 1
    assert after.index("**I5**") < after.index('id="step-5"') < after.index("**I1**") < after.index("à lire avant")
    assert move(text, "I1", 2, titles=TITLES, scale="epci") == text
    emptied = move(move(TEXT, "I5", 3, titles=TITLES), "I1", 3, titles=TITLES)
    assert "Actualités" not in emptied.split("## Au fil")[1]


def test_a_sequence_that_nothing_shows_gets_its_heading():
    after = move(TEXT, "A3", 7, titles=TITLES, names={7: "clôture"}, scale="epci")
    assert (
        after.index('id="step-5"')
        < after.index('### <a id="step-7" name="step-7"></a>Clôture\n')
        < after.index("## Reporté")
    )
    assert "[clôture](#step-7))*" in after
    assert "[Clôture](#step-7))*" in move(TEXT, "A3", 7, titles=TITLES, scale="epci")
    assert move(TEXT, "A3", 6, titles=TITLES).count("step-6") == TEXT.count("step-6") + 1


def test_a_sequence_that_was_not_reached_has_one_anchor_once_something_stands_in_it():
    text = write_minutes(BY_SEQUENCE)
    after = move(text, "B1", 6, titles=TITLES, scale="epci")
    assert text.count('id="step-6"') == after.count('id="step-6"') == 1
    assert after.index('id="step-6"') < after.index("**B1**") < after.index("## Reporté")
    assert steps_of(read_minutes(after)) == steps_of(read_minutes(text))


@pytest.mark.parametrize("shape", sorted(MEETINGS))
def test_an_entry_of_any_kind_is_read_in_the_sequence_it_was_moved_to_and_nothing_else_changes(shape):
    meeting = MEETINGS[shape]
    text = write_minutes(meeting)
    before = {found.name: found.said for found in read_minutes(text).entries if found.said.number}
    for place, (kind, number) in enumerate(NAMES[1 :: 9 if shape == "kind" else 17]):
        step = (1, 7, 3, 5, 6)[place % 5]
        after = move(text, label_of(kind, number, meeting.language), step, titles=TITLES, scale="epci")
        read = read_minutes(after)
        found = {one.name: one.said for one in read.entries if one.said.number}
        assert found.pop((kind, number)) == replace(before[kind, number], step=step)
        assert found == {name: one for name, one in before.items() if name != (kind, number)}
        assert not read.missing and len(read.remarks) == len(read_minutes(text).remarks)


@pytest.mark.sampled(1)
@pytest.mark.parametrize("editor", sorted(set(EDITORS) - {"unknown front matter"}))
def test_an_entry_moves_in_files_that_editors_left(editor):
    text = EDITORS[editor](TEXT)
    for name, step in (
        (("decision", 1), 3),
        (("question", 6), 5),
        (("news", 1), 3),
        (("need", 3), 5),
        (("news", 4), 1),
    ):
        found = read_minutes(move(text, label_of(*name, "fr"), step, titles=TITLES)).find(*name)
        assert found and found.said.step == step


def test_a_carried_entry_moves_too():
    origin = Origin("2026-10-13-roannais", "Q5")
    entries = tuple(
        replace(one, origin=origin) if one.number == 4 and one.kind == "question" else one for one in MEETING.entries
    )
    text = write_minutes(replace(MEETING, entries=entries, since=day(10, 13)))
    after = move(text, "Q4", 5, titles=TITLES, scale="epci")
    assert "[atelier](#step-5))*" in after and read_minutes(after).find("question", 4).said.step == 5
    assert read_minutes(edit(after, "Q4", theme="budget", scale="epci")).find("question", 4).said.step == 5


def test_one_more_is_counted_in_the_tail_and_nowhere_else():
    for label, more in (("B1", "Awa Diallo, +6"), ("Q3", "+4"), ("Q8", "+1"), ("B3", "Karim Benali, +1")):
        gone, new = changed(same(TEXT, label, scale="epci"))
        assert len(gone) == len(new) == 1 and f"*({more} · " in new[0]


# Numbers that were given are not given again.


def test_the_number_of_what_was_taken_away_is_not_given_again_though_it_was_the_highest():
    after = remove(remove(TEXT, "A5"), "A4")
    assert "closed: Q1-Q6 Q8-Q12 B4 D3 A3 I5 L3 P1\ngiven: A5\n" in after
    text = after.replace("## Questions", "- [ ] Réserver\n\n## Questions", 1)
    again, names = numbered(text)
    assert names == ("A6",) and "\nclosed: Q1-Q6 Q8-Q12 B4 D3 A1-A3 A6-A6 I5 L3 P1\n" in again and "given" not in again
    assert "given" not in remove(TEXT, "A2")  # a higher one is there


def test_what_is_put_back_leaves_no_trace_of_having_been_away():
    said = read_minutes(TEXT).find("action", 5).said
    for text in (TEXT, TEXT.replace("\n", "\r\n")):
        out = remove(text, "A5", scale="epci")
        assert "given: A5" in out
        assert put_back(out, said, titles=TITLES, scale="epci").count("given") == 0


def test_of_what_is_private_from_now_on_not_even_the_number_stays():
    for after in (send(TEXT, "Q12", "individual", scale="epci"), remove(TEXT, "Q12", private=True)):
        assert "Q12" not in after and "given" not in after
    assert "given: Q12" in remove(TEXT, "Q12")


@pytest.mark.parametrize("language", ["fr", "en"])
@pytest.mark.parametrize("offer", [False, True])
def test_with_the_last_question_goes_what_is_said_of_all_of_them_and_needs_say_where_they_came_up(language, offer):
    entries = (
        MinutesEntry(kind="question", number=1, text="Qui ?", step=1, outcome="next"),
        MinutesEntry(kind="need", number=1, text="Une salle", step=1, by="Awa", offer=offer),
        MinutesEntry(kind="need", number=2, text="Un bus", step=2, offer=offer),
    )
    steps = (StepToWrite(1, "needs", "Besoins", 20, 20), StepToWrite(2, "free", "Projet", 20, 20))
    day = datetime.date(2026, 11, 10)
    text = write_minutes(MinutesToWrite("2026-11-10-r", "R", day, "Europe/Paris", language, steps, entries))
    for after in (send(text, "Q1", "individual"), remove(text, "Q1")):
        read = read_minutes(after)
        assert [(one.said.number, one.said.step, one.said.by) for one in read.entries] == [(1, 1, "Awa"), (2, 2, None)]
        assert "Questions\n" not in after and not read.remarks
