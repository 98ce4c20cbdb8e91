"""Answers that travel between the letter and the minutes, boxes, and questions that become private."""

from __future__ import annotations

import pytest
from documents.minutes.example import MEETING, day
from documents.newsletter.letters import LETTER, fed, section
from msgspec.structs import replace

from facilitator.documents.minutes.change import done as close
from facilitator.documents.minutes.entry import MinutesEntry, MinutesToWrite
from facilitator.documents.minutes.reader import read_minutes
from facilitator.documents.minutes.writer import write_minutes
from facilitator.documents.newsletter.change import take_out, tick
from facilitator.documents.newsletter.feed import feed
from facilitator.documents.newsletter.reader import read_letter
from facilitator.documents.newsletter.travel import to_minutes

BASE = fed()
MINUTES = write_minutes(MEETING)
NAME = MEETING.meeting
ROOM = "*Réponse\u00a0:* …"


def as_read(text: str) -> MinutesToWrite:
    """The meeting as its minutes say it now."""
    return replace(MEETING, entries=tuple(found.said for found in read_minutes(text).entries))


def question(text: str, number: int) -> MinutesEntry:
    found = read_minutes(text).find("question", number)
    assert found is not None
    return found.said


@pytest.mark.sampled(2)
@pytest.mark.parametrize(
    ("typed", "answer"),
    [
        ("DocuSeal.", "DocuSeal."),
        ("DocuSeal :\n    - gratuit ;\n    - libre.", "DocuSeal :\n- gratuit ;\n- libre."),
        ("DocuSeal.\n\n    Gratuit.", "DocuSeal.\n\nGratuit."),
        ("[DocuSeal](https://example.org/d), **libre**", "[DocuSeal](https://example.org/d), **libre**"),
        ("1. un", "1. un"),
    ],
)
def test_an_answer_typed_in_the_letter_is_the_answer_in_minutes_and_letter(typed, answer):
    letter = BASE.replace(ROOM, f"*Réponse\u00a0:* {typed}", 1)
    travel = to_minutes(letter, {NAME: MINUTES}, on=day(12, 4))
    said = question(travel.minutes[NAME], 2)
    assert (said.answer, said.answered_on, said.done) == (answer, day(12, 4), True)
    assert [(one.meeting, one.label) for one in travel.answered] == [(NAME, "Q2")]
    assert travel.left == travel.closed == []
    after = feed(letter, LETTER, as_read(travel.minutes[NAME]))
    item = next(item for item in read_letter(after).items if item.label == "Q2")
    assert item.ticked is None
    assert item.answer is not None
    assert item.answer.text == answer
    assert "#q2)" in section(after, "Vous avez demandé, le réseau répond")
    assert to_minutes(after, travel.minutes).minutes == {}
    assert feed(after, LETTER, as_read(travel.minutes[NAME])) == after


def test_an_answer_typed_in_the_minutes_is_the_answer_in_the_letter():
    line = next(line for line in MINUTES.split("\n") if "**Q2**" in line)
    minutes = MINUTES.replace(line, f"{line}\n  - *Réponse de Samira :* DocuSeal.")
    after = feed(BASE, LETTER, as_read(minutes))
    assert section(after, "Vous avez demandé, le réseau répond").endswith("  - DocuSeal.")
    assert to_minutes(after, {NAME: minutes}).minutes == {}


def test_who_answered_is_kept_in_both():
    letter = BASE.replace(ROOM, "*Réponse d’Awa Diallo :* DocuSeal.", 1)
    travel = to_minutes(letter, {NAME: MINUTES})
    assert question(travel.minutes[NAME], 2).answer_by == "Awa Diallo"
    assert "- *Réponse d’Awa Diallo :* DocuSeal.\n" in feed(letter, LETTER, as_read(travel.minutes[NAME]))


def test_where_both_answer_each_keeps_its_words_and_it_is_said():
    letter = BASE.replace(ROOM, "*Réponse :* DocuSeal.", 1)
    minutes = to_minutes(BASE.replace(ROOM, "*Réponse :* Autre chose.", 1), {NAME: MINUTES}).minutes
    travel = to_minutes(letter, minutes)
    assert travel.minutes == {}
    assert [(one.label, one.why) for one in travel.left] == [("Q2", "answered-otherwise")]
    assert "DocuSeal" in feed(letter, LETTER, as_read(minutes[NAME]))


def test_an_answer_that_was_reworded_for_the_letter_stays_there():
    letter = BASE.replace("Personne\u00a0: elle est gratuite.", "C’est gratuit !")
    travel = to_minutes(letter, {NAME: MINUTES})
    assert travel.minutes == {}
    assert travel.left == []
    assert fed(before=letter) == letter


@pytest.mark.parametrize("box", ["[x]", "[X]", "☑", "✅"])
def test_a_ticked_box_closes_the_follow_up(box):
    travel = to_minutes(BASE.replace("- [ ]", f"- {box}", 1), {NAME: MINUTES})
    assert [one.label for one in travel.closed] == ["Q2"]
    assert question(travel.minutes[NAME], 2).done
    assert not question(travel.minutes[NAME], 11).done
    assert to_minutes(BASE.replace("- [ ]", f"- {box}", 1), travel.minutes).minutes == {}


def test_a_box_that_a_person_put_before_a_need_closes_it_too():
    travel = to_minutes(BASE.replace("- Un vidéoprojecteur", "- [x] Un vidéoprojecteur"), {NAME: MINUTES})
    assert [one.label for one in travel.closed] == ["B2"]


def test_two_answers_go_into_one_text():
    travel = to_minutes(BASE.replace(ROOM, "*Réponse :* Oui."), {NAME: MINUTES})
    assert [one.label for one in travel.answered] == ["Q2", "Q11"]
    assert {question(travel.minutes[NAME], number).answer for number in (2, 11)} == {"Oui."}


def test_what_cannot_be_changed_in_the_minutes_is_said_with_its_line():
    letter = BASE.replace(ROOM, "*Réponse :* Oui.", 1)
    line = next(place for place, one in enumerate(letter.split("\n"), 1) if "#q2)" in one)
    conflicted = f"{MINUTES}\n<<<<<<< a\n=======\n>>>>>>> b\n"
    for minutes, why in (
        (conflicted, "unchangeable"),
        (MINUTES.replace("**Q2** ", "").replace('<a id="q2" name="q2"></a>', ""), "gone"),
    ):
        travel = to_minutes(letter, {NAME: minutes})
        assert travel.minutes == {}
        assert [(one.label, one.line, one.why) for one in travel.left] == [("Q2", line, why)]


def test_minutes_that_are_not_given_are_passed_over():
    assert to_minutes(BASE.replace(ROOM, "*Réponse :* Oui.", 1), {}).left == []


# Boxes and privacy.


@pytest.mark.parametrize("box", ["[x]", "[X]", "☑"])
def test_a_box_is_emptied_and_no_other_byte_changes(box):
    ticked = BASE.replace("- [ ]", f"- {box}", 1)
    assert tick(ticked, read_letter(ticked).find(frozenset({NAME}), "question", 2), ticked=False) == BASE
    assert tick(ticked, read_letter(ticked).find(frozenset({NAME}), "question", 11), ticked=False) == ticked


def said_of(number: int) -> list[MinutesEntry]:
    return [one for one in MEETING.entries if (one.kind, one.number) == ("question", number)]


@pytest.mark.parametrize("number", [1, 2, 3, 11])
@pytest.mark.parametrize("crlf", [False, True])
def test_a_question_that_becomes_private_leaves_the_letter_whole(number, crlf):
    before = BASE.replace("\n", "\r\n") if crlf else BASE
    text, left = take_out(before, {NAME}, number, said_of(number))
    assert left == []
    assert said_of(number)[0].text[:20] not in text.replace("\u00a0", " ").replace("\u202f", " ")
    gone = [line for line in before.split("\n") if line not in text.split("\n")]
    assert len(before.split("\n")) - len(text.split("\n")) in (2, 4)
    assert all("#q" in line or line.startswith("  ") for line in gone)
    assert fed(before=text) == text


def test_also_one_whose_typography_was_changed():
    text, left = take_out(
        BASE.replace("**Quel outil pour", "__Quel  outil pour").replace("compte\u202f?**", "compte ?__"),
        {NAME},
        2,
        said_of(2),
    )
    assert left == []
    assert "Quel" not in text


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("**Quel outil", "**Mais quel outil"),
        (ROOM, "*Réponse :* DocuSeal."),
        (ROOM, f"{ROOM}\n  - moi aussi"),
        (ROOM, f"{ROOM}\n\n  Urgent."),
    ],
)
def test_an_item_that_a_person_changed_stays_and_its_line_is_said(old, new):
    changed = BASE.replace(old, new, 1)
    line = next(place for place, one in enumerate(changed.split("\n"), 1) if "#q2)" in one)
    assert take_out(changed, {NAME}, 2, said_of(2)) == (changed, [line])


def test_a_question_of_another_meeting_is_left():
    assert take_out(BASE, {"2026-10-13-roannais"}, 2, said_of(2)) == (BASE, [])


def test_a_deferred_question_that_is_done_without_an_answer_waits_no_longer():
    done = close(MINUTES, "Q6")
    assert question(done, 6).done
    assert done.index("**Q6**") < done.index("### Sur Mattermost")
    assert close(done, "Q6", done=False) == MINUTES
