"""A letter fed by meetings."""

from __future__ import annotations

import datetime
import re
from pathlib import Path

import pytest
from documents.meetings import roannais
from documents.minutes.example import MEETING, day, said
from documents.minutes.generated import meetings
from documents.newsletter.letters import EMPTY, LETTER, SECOND, fed, section, with_entries
from examples import examples
from hypothesis import given, settings
from msgspec.structs import replace

from facilitator.core.public import public
from facilitator.documents.markdown.pen import read_words
from facilitator.documents.minutes.entry import MinutesToWrite, StepToWrite
from facilitator.documents.minutes.of_meeting import minutes_of
from facilitator.documents.minutes.questions import has_answer
from facilitator.documents.newsletter.change import never_fed
from facilitator.documents.newsletter.feed import feed
from facilitator.documents.newsletter.front import Unreadable
from facilitator.documents.newsletter.items import Letter, tells
from facilitator.documents.newsletter.reader import read_letter
from facilitator.documents.typography import unfold
from facilitator.i18n import translator

BASE = fed()
EXAMPLE = (Path(__file__).parent / "example.md").read_text(encoding="utf-8")
WIKI = "- [Wiki du réseau](https://example.org/wiki) ([L3](../minutes/2026-11-10-roannais.md#l3))\n"


def headings(text: str) -> list[str]:
    return [line[3:] for line in unfold(text).split("\n") if line.startswith("## ")]


def test_the_meeting_of_the_example_gives_its_letter_byte_for_byte_but_for_what_was_taken_out_by_hand():
    text = unfold(BASE)
    assert text.count(WIKI) == 1
    assert text.replace(WIKI, "") == EXAMPLE
    assert "Karim Benali" not in section(text, "Vous avez demandé, le réseau répond")  # as the example has it


def test_what_a_person_took_out_of_the_example_is_not_put_back():
    assert fed(before=EXAMPLE) == EXAMPLE


def test_feeding_twice_changes_no_byte():
    both = fed(SECOND, BASE)
    assert fed(before=BASE) == BASE
    assert fed(SECOND, both) == fed(before=both) == both


def test_an_english_letter_is_english():
    entries = (
        said("decision", 1, "Meet on Tuesdays."), said("question", 1, "Who pays?", outcome="answered", answer="Nobody."),
        said("question", 2, "Which tool?", outcome="newsletter"), said("need", 1, "A projector", by="Ann Lee", same=1),
        said("need", 2, "A room", offer=True, same=2), said("news", 1, "A call", deadline=day(12, 4)), said("news", 2, "A fair", when=datetime.datetime(2026, 12, 9, 14)),
        said("note", 0, "Twelve desks.", step=1), said("resource", 1, "A guide", link="https://example.org/g"), said("news", 3, "A report"),
    )  # fmt: skip
    meeting = replace(
        with_entries(*entries), language="en", host="Karim B.", place="Riorges library", summary="We meet.", coordinator="Claire D.",
        next_meeting=day(12, 8), steps=(StepToWrite(1, "welcome", "Welcome", 10, 10),),
    )  # fmt: skip
    text = feed(
        None,
        Letter("2026-12", "the Roanne network", chat="https://chat.example.org/x", mail="net@example.org"),
        meeting,
    )
    assert text.split("---\n")[2].split("\n")[1:7] == [
        "# Newsletter of the Roanne network, December 2026", "",
        "We meet. ([minutes of 10 November](../minutes/2026-11-10-r.md))", "", "**Next meeting:** Tuesday 8 December 2026.", "",
    ]  # fmt: skip
    assert headings(text) == [
        "Not to be missed", "What we decided", "You asked, the network answers", "Who knows?", "Seen at Karim B.’s, Riorges library",
        "News", "To be reused", "Wanted", "Offered",
    ]  # fmt: skip
    assert (
        "Answer in [the network’s channel on Mattermost](https://chat.example.org/x), or to Claire D. (net@example.org).\n"
        in text
    )
    assert "- **Until 4 December:** A call ([I1]" in text
    assert "- **On 9 December at 14:00:** A fair ([I2]" in text
    assert "- [ ] **Which tool?** ([Q2](../minutes/2026-11-10-r.md#q2))\n  - *Answer:* …\n" in text
    assert "- A projector – Ann Lee and 1 other ([N1](../minutes/2026-11-10-r.md#b1))\n" in text
    assert "- A room – 3 people ([N2](../minutes/2026-11-10-r.md#b2))\n" in text


@pytest.mark.parametrize(
    ("month", "network", "title"),
    [
        ("2027-04", None, "Lettre d’information d’avril 2027"),
        ("2027-08", None, "Lettre d’information d’août 2027"),
        ("2027-10", None, "Lettre d’information d’octobre 2027"),
        ("2026-12", None, "Lettre d’information de décembre 2026"),
        ("2027-04", "Réseau roannais", "Lettre d’information du réseau roannais, avril 2027"),
        ("2027-04", "Les médiateurs du Forez", "Lettre d’information des médiateurs du Forez, avril 2027"),
        ("2027-04", "L’Entraide", "Lettre d’information de l’Entraide, avril 2027"),
        ("2027-04", "Association Clic", "Lettre d’information de l’association Clic, avril 2027"),
        ("2027-04", "Zoomacom", "Lettre d’information, Zoomacom, avril 2027"),
    ],
)
def test_the_title_is_french(month, network, title):
    meeting = with_entries(said("decision", 1, "Oui."), month=month)
    assert f"\n# {title}\n" in unfold(feed(None, Letter(month, network), meeting))


@pytest.mark.parametrize(
    ("host", "place", "heading"),
    [
        ("Karim Benali", "médiathèque de Riorges", "Vu chez Karim Benali, médiathèque de Riorges"),
        ("Karim Benali", None, "Vu chez Karim Benali"),
        (None, "Médiathèque", "Vu chez nos hôtes, Médiathèque"),
        (None, None, "Vu chez nos hôtes"),
    ],
)
def test_what_the_visit_showed_stands_under_who_welcomed(host, place, heading):
    meeting = replace(
        with_entries(said("note", 0, "Douze postes.", step=1)),
        steps=(StepToWrite(1, "welcome", "Accueil", 5, 5),),
        host=host,
        place=place,
    )
    assert headings(fed(meeting)) == [heading]


def test_a_heading_is_not_said_again_before_what_stands_under_it():
    meeting = with_entries(
        said("news", 1, "Actualités : la Coop change"), said("need", 1, "Je cherche : un vidéoprojecteur"), said("need", 2, "Je propose : une salle", offer=True),
        said("news", 2, "Horaires : 9 h"),
    )  # fmt: skip
    text = fed(meeting)
    assert section(text, "Actualités").split("\n")[0] == "- La Coop change ([I1](../minutes/2026-11-10-r.md#i1))"
    assert "- Horaires : 9 h (" in unfold(text)
    assert "- https://example.org/r (" in fed(with_entries(said("news", 1, "Actualités : https://example.org/r")))
    assert section(text, "On cherche").startswith("- Un vidéoprojecteur (")
    assert section(text, "On propose").startswith("- Une salle (")


@pytest.mark.parametrize(
    ("language", "sentence"),
    [
        ("fr", "\nVoici ce que dit la rencontre du 10 novembre ([compte rendu](../minutes/2026-11-10-r.md)).\n"),
        ("en", "\nThis is what the meeting of 10 November says ([minutes](../minutes/2026-11-10-r.md)).\n"),
    ],
)
def test_a_meeting_without_a_sentence_is_told_in_one_that_ends_once(language, sentence):
    text = fed(replace(with_entries(said("decision", 1, "Oui.")), language=language))
    assert sentence in unfold(text)
    assert "([compte rendu du 10 novembre](" in fed(
        replace(with_entries(said("decision", 1, "Oui.")), summary="Tout va.")
    )


@pytest.mark.parametrize(
    "text",
    [
        "Modèle de mandat",
        "https://example.org/m Modèle de mandat",
        "Modèle de mandat : https://example.org/m",
        "https://example.org/m – Modèle de mandat",
    ],
)
def test_a_resource_is_shown_once_by_its_title(text):
    letter = fed(with_entries(said("resource", 1, text, link="https://example.org/m")))
    assert (
        section(letter, "À réutiliser")
        == "- [Modèle de mandat](https://example.org/m) ([L1](../minutes/2026-11-10-r.md#l1))"
    )


def test_a_resource_without_title_is_its_address():
    letter = fed(with_entries(said("resource", 1, "https://example.org/m", link="https://example.org/m")))
    assert section(letter, "À réutiliser") == "- <https://example.org/m> ([L1](../minutes/2026-11-10-r.md#l1))"


@pytest.mark.parametrize(
    ("letter", "coordinator", "sentence"),
    [
        (Letter("2026-12"), "Claire Dumas", "Répondez à Claire Dumas."),
        (Letter("2026-12"), "Claire D.", "Répondez à Claire D."),
        (Letter("2026-12", mail="reseau@example.org"), "Claire Dumas", "Répondez à Claire Dumas (reseau@example.org)."),
        (Letter("2026-12", mail="reseau@example.org"), None, "Répondez par courriel à reseau@example.org."),
        (
            Letter("2026-12", chat="https://chat.example.org/x"),
            None,
            "Répondez dans [le canal du réseau sur Mattermost](https://chat.example.org/x).",
        ),
    ],
)
def test_how_to_reply_is_one_sentence(letter, coordinator, sentence):
    meeting = with_entries(said("question", 1, "Qui ?", outcome="newsletter"), coordinator=coordinator)
    assert section(feed(None, letter, meeting), "Qui sait ?").split("\n\n")[0] == sentence


def test_where_nothing_is_known_of_how_to_reply_nothing_is_said():
    assert section(fed(with_entries(said("question", 1, "Qui ?", outcome="newsletter"))), "Qui sait ?").startswith(
        "- [ ] **Qui ?**"
    )


def test_what_happens_before_the_letter_goes_out_is_left_to_the_chat():
    meeting = with_entries(
        said("news", 1, "Webinaire", type="event", when=datetime.datetime(2026, 11, 30, 23, 59)), said("news", 2, "AAP", deadline=day(11, 30)),
        said("news", 3, "Bal", when=datetime.datetime(2026, 12, 1)), next_meeting=day(11, 24),
    )  # fmt: skip
    text = unfold(fed(meeting))
    assert [item.label for item in read_letter(text).items] == ["I3"]
    assert "- **Le 1er décembre :** Bal (" in text
    assert "Prochaine rencontre" not in text


def test_the_private_is_in_no_letter():
    meeting = with_entries(
        said("question", 1, "Secret", outcome="individual", answer="x"),
        said("individual", 1, "Secret"),
        said("decision", 1, "Oui"),
    )
    assert "Secret" not in fed(meeting)


@pytest.mark.parametrize("answer", ["…", "à compléter", "?", None])
def test_a_question_whose_answer_is_none_is_not_told(answer):
    assert fed(with_entries(said("question", 1, "Qui ?", outcome="answered", answer=answer))) == ""


def test_a_meeting_that_brings_nothing_makes_no_letter_and_changes_none():
    assert fed(EMPTY) == ""
    assert fed(EMPTY, EXAMPLE) == EXAMPLE


def test_a_meeting_of_which_only_the_sentence_is_known_is_told_once():
    text = fed(replace(EMPTY, summary="On continue."))
    assert "On continue. ([compte rendu du 10 novembre](../minutes/2026-11-10-r.md))\n" in text
    assert fed(replace(EMPTY, summary="On continue."), text) == text


@pytest.mark.parametrize("count", [1, 60])
def test_a_letter_of_any_size_reads_back_whole(count):
    kinds = ("decision", "news", "resource", "need")
    meeting = with_entries(*(said(kinds[place % 4], place + 1, f"Chose {place}") for place in range(count)))
    assert len(read_letter(fed(meeting)).items) == count
    assert fed(meeting, fed(meeting)) == fed(meeting)


# Two meetings.


def test_the_second_meeting_says_nothing_twice():
    text = unfold(fed(SECOND, BASE))
    assert text.count("https://example.org/rapport") == 1
    assert text.count("https://example.org/mandat") == 1
    assert text.count("Existe-t-il une affiche") == 1
    assert text.count("**Prochaine rencontre :**") == 1
    assert [item.label for item in read_letter(text).items if item.meeting == SECOND.meeting] == [
        "I2",
        "D1",
        "Q1",
        "Q3",
        "I3",
        "B1",
    ]
    assert "  2026-11-24-roannais: D1 I1-I3 L1 Q1-Q3 B1 step-1\n" in text


def test_a_question_carried_over_and_answered_takes_its_answer_where_it_waited():
    text = fed(SECOND, BASE)
    assert "Existe-t-il" not in section(text, "Qui sait ?")
    assert (
        "- **Existe-t-il une affiche « on ne fait pas à votre place » ?** ([Q11](../minutes/2026-11-10-roannais.md#q11))\n"
        "  - Oui, sur le wiki.\n"
    ) in section(text, "Vous avez demandé, le réseau répond") + "\n"


def test_the_order_in_which_two_meetings_feed_changes_nothing_that_is_said():
    one, other = fed(SECOND, BASE), fed(MEETING, fed(SECOND))
    for text in (one, other):
        assert unfold(text).count("affiche « on ne fait pas") == 1
        assert text.count("Vu chez") == 2


def test_dates_stand_in_their_order_whoever_brought_them():
    text = section(fed(SECOND, BASE), "À ne pas manquer")
    assert re.findall(r"Jusqu’au ([0-9]+) décembre", text) == ["4", "9", "15"]


def test_what_is_new_goes_to_the_end_of_its_section():
    text = section(fed(SECOND, BASE), "Actualités").split("\n")
    assert len(text) == 3
    assert text[-1] == "- Un salon à Lyon ([I3](../minutes/2026-11-24-roannais.md#i3))"


def test_two_entries_of_one_meeting_with_the_same_words_both_stand():
    meeting = with_entries(said("decision", 1, "Adopté."), said("decision", 2, "Adopté."))
    assert [item.label for item in read_letter(fed(meeting)).items] == ["D1", "D2"]


# Answers that come later.


def answered(number: int, **fields) -> MinutesToWrite:
    """The meeting as its minutes say it once a question was answered after the close."""
    late = {"answer": "Oui, depuis hier.", "done": True} | fields
    return replace(
        MEETING,
        entries=tuple(
            replace(one, **late) if (one.kind, one.number) == ("question", number) else one for one in MEETING.entries
        ),
    )


def test_an_answer_that_comes_later_moves_its_question():
    text = fed(answered(2), BASE)
    assert "Quel outil" not in section(text, "Qui sait ?")
    assert section(text, "Vous avez demandé, le réseau répond").endswith(
        "- **Quel outil pour signer un PDF sans compte ?** ([Q2](../minutes/2026-11-10-roannais.md#q2))\n  - Oui, depuis hier."
    )
    assert "Q1-Q3 Q8 Q10-Q11 B1-B4 step-1 answer-Q2\n" in text
    assert fed(answered(2), text) == text


def test_when_all_are_answered_nobody_is_asked_any_more():
    meeting = answered(2)
    meeting = replace(
        meeting,
        entries=tuple(
            replace(one, answer="Non.", done=True) if (one.kind, one.number) == ("question", 11) else one
            for one in meeting.entries
        ),
    )
    assert "Qui sait ?" not in headings(fed(meeting, BASE))
    kept = fed(meeting, BASE.replace("Répondez dans", "Vite ! Répondez dans"))
    assert "Vite ! Répondez dans" in kept


@pytest.mark.parametrize("number", [4, 5, 6, 9])
def test_what_was_answered_elsewhere_comes_into_the_letter_once(number):
    text = fed(answered(number), BASE)
    assert section(text, "Vous avez demandé, le réseau répond").endswith("  - Oui, depuis hier.")
    assert fed(answered(number), text) == text
    line = next(line for line in text.split("\n") if f"#q{number})" in line)
    gone = text.replace(f"{line}\n  - Oui, depuis hier.\n", "")
    assert fed(answered(number), gone) == gone


def test_a_question_that_a_person_took_out_stays_out_once_answered():
    text = BASE
    line = next(line for line in text.split("\n") if "#q2)" in line)
    gone = text.replace(f"{line}\n  - *Réponse\u00a0:* …\n", "")
    assert gone != text
    assert fed(answered(2), gone) == gone


def sent(number: int):
    return replace(
        MEETING,
        entries=tuple(
            replace(one, outcome="newsletter", due=None) if (one.kind, one.number) == ("question", number) else one
            for one in MEETING.entries
        ),
    )


def test_a_question_sent_to_the_letter_after_it_was_fed_goes_in_and_what_a_person_took_out_does_not():
    text = fed(sent(4), BASE)
    assert "- [ ] **Quel budget 2027 pour nos postes ?** ([Q4]" in section(text, "Qui sait ?")
    assert fed(sent(4), text) == text
    line = next(line for line in text.split("\n") if "#q4)" in line)
    gone = text.replace(f"{line}\n  - *Réponse\u00a0:* …\n", "")
    assert fed(sent(4), gone) == gone != text
    assert fed(sent(4), gone, again={("question", 4)}) != gone
    assert "#q4)" in fed(sent(4), never_fed(gone, {MEETING.meeting}, ("question", 4)))


def test_a_range_that_a_hand_wrote_is_remembered_whole():
    text = BASE.replace("Q1-Q3 Q8 Q10-Q11", "Q1-Q11")
    assert fed(before=text) == fed(sent(4), text) == text


def test_an_event_whose_day_a_hand_put_off_goes_into_the_letter():
    entries = tuple(
        replace(one, when=datetime.datetime(2026, 12, 19, 14)) if (one.kind, one.number) == ("news", 4) else one
        for one in MEETING.entries
    )
    assert "Webinaire" not in BASE
    assert "**Le 19 décembre à 14 h :** [Webinaire" in unfold(fed(replace(MEETING, entries=entries), BASE))


def test_after_the_letter_is_over_an_answer_goes_into_the_next_one():
    january = replace(LETTER, month="2027-01")
    text = feed(None, january, answered(2), earlier=[BASE])
    assert [item.label for item in read_letter(text).items] == ["Q2"]
    assert "fed:\n  2026-11-10-roannais: answer-Q2\n" in text
    assert feed(text, january, answered(2), earlier=[BASE]) == text
    assert feed(None, january, answered(2), earlier=[fed(answered(2), BASE)]) == ""
    assert "janvier 2027" in text


def test_the_next_letter_takes_nothing_but_later_answers():
    assert feed(None, replace(LETTER, month="2027-01"), MEETING) == ""


def test_what_is_done_in_the_minutes_without_an_answer_is_ticked():
    text = fed(answered(2, answer=None), BASE)
    assert "- [x] **Quel outil" in text
    assert text.replace("- [x] **Quel", "- [ ] **Quel") == BASE


# What is left alone.


@pytest.mark.parametrize(
    ("text", "why", "line"),
    [
        ("---\nformat: 2\nnewsletter: 2026-12\n\n# Lettre\n", "front", 1),
        ("---\nformat: 2\nfed: [a, b]\n---\n\n# Lettre\n", "fed", 3),
        ("---\nformat: 2\nfed:\n  tout\n---\n\n# Lettre\n", "fed", 4),
        ("---\nformat: 2\n---\n\n# Lettre\n\n<<<<<<< HEAD\nun\n=======\ndeux\n>>>>>>> x\n", "conflict", 7),
        ("x\n" * 20_001, "too-large", 0),
        ("# Lettre\n\n<!-- à garder\n", "swallowed", 0),
        ("# Lettre\n\n```\ncode\n", "swallowed", 0),
    ],
)
def test_a_letter_that_cannot_be_read_is_left_to_its_person(text, why, line):
    with pytest.raises(Unreadable) as problem:
        fed(before=text)
    assert (problem.value.why, problem.value.line) == (why, line)


def test_a_letter_that_lost_its_front_matter_is_not_fed_twice():
    body = BASE.split("---\n", 2)[2].lstrip("\n")
    again = fed(before=body)
    assert again.endswith(body)
    assert len(read_letter(again).items) == len(read_letter(BASE).items)
    assert again.count("Douze") == BASE.count("Douze")
    assert fed(before=again) == again


@pytest.mark.parametrize("kept", [r" (\1)", ""])
def test_a_letter_that_lost_its_memory_and_its_links_is_known_by_its_words(kept):
    body = BASE.split("---\n", 2)[2].lstrip("\n")
    bare = re.sub(r" \(\[([^\]]*)\]\(\.\./minutes[^)]*\)\)", kept, body)
    again = fed(before=bare)
    for line in (
        "org/ami-aines",
        "Le mercredi, atelier",
        "Quel outil",
        "Vu chez",
        "Un vidéoprojecteur",
        "Prochaine rencontre",
        "les rencontres ont lieu",
    ):
        assert unfold(again).casefold().count(line.casefold()) == 1, line
    assert fed(before=again) == again


# Any text.


def expected(meeting: MinutesToWrite) -> dict[tuple[str, int], str]:
    """What the letter of December says of a meeting: the words of each entry."""
    found = {}
    for one in meeting.entries:
        past = (one.when.date() if one.when else one.deadline or datetime.date.max) < day(12, 1)
        told = tells(one) or (one.outcome == "newsletter" and not has_answer(one))
        left = (
            (one.kind == "news" and past) or (one.kind == "question" and not told) or (one.kind == "need" and one.done)
        )
        if one.kind in ("decision", "question", "news", "resource", "need") and not left:
            found[(one.kind, one.number)] = one.text
    return found


@settings(max_examples=examples(8), deadline=None)
@given(meetings())
def test_any_text_is_told_once_and_reads_back(meeting):
    meeting = replace(meeting, month="2026-12", draft=False)
    text = fed(meeting)
    read = read_letter(text)
    wanted = expected(meeting)
    assert read.unreadable is None
    assert {(item.kind, item.number) for item in read.items} == set(wanted)
    assert len(read.items) == len(wanted)
    said_of = {(one.kind, one.number): one for one in meeting.entries}
    for item in read.items:
        one = said_of[(item.kind, item.number)]
        assert item.meeting == meeting.meeting
        if item.kind == "question":
            assert read_words(item.text) == one.text
            assert (item.answer.text if item.answer else "") == (one.answer or "")
            assert (item.ticked is None) == tells(one)
        elif item.kind == "decision":
            assert read_words(item.text) == one.text
    assert fed(meeting, text) == text


def test_a_meeting_as_it_was_held_feeds_its_letter_and_nothing_private_is_in_it():
    shown = public(roannais("fr").meeting)
    meeting = minutes_of(shown, translator("fr"), draft=False, now=0, month="2026-12")
    text = unfold(fed(meeting))
    assert read_letter(text).items
    assert "mandat" not in text
    assert "fin de contrat" not in text
    assert fed(meeting, fed(meeting)) == fed(meeting)


LICENSED = replace(MEETING, licence="CC BY-SA 4.0")
LICENCE = "\n\n*Licence : CC BY-SA 4.0*\n"


def test_the_licence_stays_the_last_thing_that_a_letter_says():
    first = feed(None, LETTER, LICENSED)
    assert unfold(first).endswith(LICENCE)
    assert unfold(first).removesuffix(LICENCE) == unfold(feed(None, LETTER, MEETING)).removesuffix("\n")
    later = replace(SECOND, licence="CC BY-SA 4.0")
    second = feed(first, LETTER, later)
    assert unfold(second).endswith(LICENCE) and second.count("CC BY-SA") == 1
    assert unfold(second).removesuffix(LICENCE) == unfold(
        feed(feed(None, LETTER, MEETING), LETTER, SECOND)
    ).removesuffix("\n")
    assert feed(second, LETTER, later) == second


def test_a_meeting_that_brings_nothing_begins_no_letter_for_its_licence():
    assert feed(None, LETTER, replace(EMPTY, licence="CC BY-SA 4.0")) == ""


def test_a_letter_whose_licence_a_person_changed_or_took_away_is_fed_all_the_same():
    first = feed(None, LETTER, LICENSED)
    for edited in (first.replace("CC BY-SA 4.0", "CC0"), first[: first.index("*Licence")], first + "\nMerci à Nora.\n"):
        fed = feed(edited, LETTER, replace(SECOND, licence="CC BY-SA 4.0"))
        assert "On va à Lyon." in fed and fed.count("*Licence") == edited.count("*Licence")
