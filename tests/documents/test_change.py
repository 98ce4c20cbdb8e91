"""One entry of published minutes changed in place: the record changes, every line outside its item stays."""

from __future__ import annotations

import datetime

import pytest
from documents.meetings import entry, instant, plain_meeting, roannais
from examples import examples
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from facilitator.core.public import public
from facilitator.core.records import Record, is_open
from facilitator.core.said import Fields
from facilitator.core.text import normalise, one_line
from facilitator.core.vocabulary import OUTCOMES
from facilitator.documents.change import Unchangeable, change_item
from facilitator.documents.minutes_reader import read_minutes
from facilitator.documents.minutes_writer import write_minutes
from facilitator.i18n import translator

FR = translator("fr")
TEXT = st.text(max_size=40).map(lambda text: normalise(text).text).filter(bool)
NAME = TEXT.map(one_line).filter(bool)


def sample(language: str = "fr") -> str:
    return write_minutes(public(roannais(language).meeting), translator(language), draft=False, now=instant("11:52"))


def record(text: str, number: str) -> Record:
    return next(one for one in read_minutes(text).records if one.number == number)


def others(text: str, number: str) -> list[Record]:
    return [one for one in read_minutes(text).records if one.number != number]


def outside(text: str, number: str) -> tuple[str, str]:
    """The text before and after the item of an entry, byte for byte."""
    place = next(
        place for name, place in read_minutes(text).places.items() if f"{name[0][0]}{name[1]}".lower() == number.lower()
    )
    lines = text.split("\n")
    return "\n".join(lines[: place.item.line]), "\n".join(lines[place.item.end :])


def test_a_box_is_ticked_and_unticked():
    before = sample()
    after = change_item(before, "A1", done=True, tr=FR)
    assert after == before.replace('- [ ] <a id="a1">', '- [x] <a id="a1">')
    assert change_item(after, "A1", done=False, tr=FR) == before


def test_a_question_that_is_done_says_so():
    before = sample()
    after = change_item(before, "Q3", done=True, tr=FR)
    assert "  - *Fait\u00a0:* oui\n" in after
    assert not is_open(record(after, "Q3"))
    assert change_item(after, "Q3", done=False, tr=FR) == before


def test_an_answer_to_a_question_sent_elsewhere_closes_it():
    before = sample()
    after = change_item(before, "Q3", answer=("Oui : un mandat.", "https://example.org/m_1"), tr=FR)
    found = record(after, "Q3")
    assert (found.answer, found.answer_link, found.outcome) == (
        "Oui : un mandat.",
        "https://example.org/m_1",
        "mattermost",
    )
    assert not is_open(found)
    assert others(after, "Q3") == others(before, "Q3")
    assert outside(after, "Q3") == outside(before, "Q3")


def test_an_answer_may_name_its_outcome():
    found = record(change_item(sample(), "Q3", answer=("Oui", None), outcome="answered", tr=FR), "Q3")
    assert (found.answer, found.outcome, found.done) == ("Oui", "answered", False)


def test_a_question_is_sent_to_someone_by_a_date():
    before = sample()
    after = change_item(before, "Q2", outcome="mattermost", owner="Awa, S.", due=datetime.date(2027, 1, 1), tr=FR)
    found = record(after, "Q2")
    assert (found.outcome, found.owners, found.due) == ("mattermost", ("Awa, S.",), datetime.date(2027, 1, 1))
    assert others(after, "Q2") == others(before, "Q2")


def test_sending_an_answered_question_takes_its_answer_away():
    found = record(change_item(sample(), "Q1", outcome="newsletter", tr=FR), "Q1")
    assert (found.answer, found.answer_link, found.outcome) == (None, None, "newsletter")


def test_taking_a_question_up_individually_leaves_only_its_number():
    before = sample()
    after = change_item(before, "Q3", outcome="individual", tr=FR)
    found = record(after, "Q3")
    assert (found.text, found.by, found.theme, found.owners, found.outcome) == ("", None, None, (), "individual")
    assert "mandat" not in after
    assert outside(after, "Q3") == outside(before, "Q3")


def test_a_remark_under_an_entry_stays():
    before = sample().replace("*Thème\u00a0:* matériel\n", "*Thème\u00a0:* matériel\n    - voir Karim\n  - à suivre\n")
    after = change_item(before, "Q2", fields=Fields(theme="prêt", text="Prêter ?"), done=True, tr=FR)
    assert "    - voir Karim\n  - à suivre\n" in after
    assert record(after, "Q2").theme == "prêt"
    assert record(after, "Q2").text == "Prêter ?"


def test_fields_are_added_changed_and_taken_away():
    after = change_item(sample(), "A1", fields=Fields(owners=(), due=None, by="Léa", link="https://x.example"), tr=FR)
    found = record(after, "A1")
    assert (found.owners, found.due, found.by, found.link) == ((), None, "Léa", "https://x.example")
    after = change_item(after, "A1", fields=Fields(text="Tout refaire", owners=("Bo", "Li")), done=True, tr=FR)
    found = record(after, "A1")
    assert (found.text, found.owners, found.done) == ("Tout refaire", ("Bo", "Li"), True)
    after = change_item(
        after, "I1", fields=Fields(type="funding", level="region", deadline=datetime.date(2027, 1, 2)), tr=FR
    )
    found = record(after, "I1")
    assert (found.type, found.level, found.deadline) == ("funding", "region", datetime.date(2027, 1, 2))
    assert record(change_item(after, "B2", fields=Fields(offer=False), tr=FR), "B2").offer is False
    assert record(change_item(after, "B1", fields=Fields(offer=True), tr=FR), "B1").offer is True


def test_an_english_need_is_found_by_both_letters():
    before = sample("en")
    after = change_item(before, "B1", fields=Fields(theme="x"), tr=FR)
    assert after == change_item(before, "N1", fields=Fields(theme="x"), tr=translator("en"))
    assert "*Theme:* x" in after


def test_line_ends_are_kept():
    before = sample().replace("\n", "\r\n")
    after = change_item(before, "Q3", answer=("Oui\nvraiment", None), done=True, fields=Fields(text="a\nb"), tr=FR)
    assert after.replace("\r\n", "").count("\n") == 0
    assert record(after, "Q3").answer == "Oui\nvraiment"
    assert record(after, "Q3").text == "a\nb"


@settings(max_examples=examples(15), deadline=None)
@given(
    number=st.sampled_from(("Q1", "Q2", "Q3", "B1", "D1", "A1", "A2", "I1", "I2", "L1", "P1")),
    text=st.none() | TEXT,
    by=st.none() | NAME,
    owners=st.lists(NAME, max_size=3).map(tuple),
    due=st.none() | st.dates(datetime.date(1000, 1, 1)),
    done=st.booleans(),
)
def test_any_edit_reads_back_and_touches_nothing_else(*, number, text, by, owners, due, done):
    before = sample()
    fields = Fields(by=by, owners=owners, due=due, **({"text": text} if text else {}))
    after = change_item(before, number, fields=fields, done=done, tr=FR)
    old = record(before, number)
    assert record(after, number) == replace(old, text=text or old.text, by=by, owners=owners, due=due, done=done)
    assert others(after, number) == others(before, number)
    assert read_minutes(after).problems == []
    assert change_item(after, number, fields=fields, done=done, tr=FR) == after


@settings(max_examples=examples(15), deadline=None)
@given(answer=TEXT, outcome=st.none() | st.sampled_from(list(OUTCOMES)), owner=st.none() | NAME)
def test_any_answer_reads_back(answer, outcome, owner):
    before = write_minutes(plain_meeting((entry("question", 1, "Qui ?"),)), FR, draft=False, now=instant("12:00"))
    after = change_item(before, "Q1", answer=(answer, None), outcome=outcome, owner=owner, tr=FR)
    found = record(after, "Q1")
    assert found.answer == answer
    assert found.outcome == (outcome or "answered")


@pytest.mark.parametrize("label", ["q3", "Q 3", "Q3"])
def test_a_label_is_read_as_people_say_it(label):
    assert "*Fait" in change_item(sample(), label, done=True, tr=FR)


def test_fields_that_are_added_together_stand_in_their_order():
    after = change_item(sample(), "D1", fields=Fields(theme="t", by="b", link="https://x.example"), tr=FR)
    item = after.split("**D1**")[1].split("\n\n")[0]
    assert item.index("*Par") < item.index("*Thème") < item.index("*Lien")


def test_a_question_taken_up_individually_says_so_and_can_come_back():
    gone = change_item(sample(), "Q3", outcome="individual", tr=FR)
    assert "**Q3** *(suivie individuellement)*\n" in gone
    back = change_item(gone, "Q3", outcome="drop", fields=Fields(text="De retour ?"), tr=FR)
    assert record(back, "Q3").text == "De retour ?"
    assert "suivie individuellement" not in back


def test_the_words_for_a_private_text_are_a_text_when_they_were_said():
    said = "*(suivie individuellement)*"
    after = change_item(sample(), "Q3", fields=Fields(text=said), tr=FR)
    assert record(after, "Q3").text == said


HANDS = (
    lambda line: line.replace("  - ", "\t- ", 1),
    lambda line: line.replace("  - ", "    - ", 1),
    lambda line: line.replace("- ", "*   ", 1),
    lambda line: line.replace("- ", "1. ", 1),
    lambda line: f"> {line}",
    lambda line: f"    {line}",
    lambda line: f"{line}\n",
    lambda line: f"{line}\n   une remarque",
    lambda line: f"{line}\n\n  ```\n  code\n  ```",
    lambda line: f"{line}  ",
    lambda line: line.removeprefix("  "),
)


@settings(max_examples=examples(15), deadline=None)
@given(
    hands=st.lists(st.tuples(st.integers(0, 10_000), st.sampled_from(HANDS)), max_size=6),
    number=st.sampled_from(("Q1", "Q3", "B1", "A1", "I1")),
    text=TEXT,
    done=st.booleans(),
)
def test_whatever_a_person_did_one_entry_changes_or_nothing_does(hands, number, text, done):
    lines = sample().split("\n")
    body = lines.index("---", 1) + 1
    for place, hand in hands:
        at = body + place % (len(lines) - body)
        lines[at] = hand(lines[at])
    before = "\n".join(lines)
    try:
        after = change_item(before, number, fields=Fields(text=text, theme="t"), done=done, tr=FR)
    except (LookupError, Unchangeable):
        return
    assert replace(record(before, number), text=text, theme="t", done=done) == record(after, number)
    assert others(after, number) == others(before, number)


def test_what_cannot_be_changed_surely_is_named_with_its_line():
    before = sample().replace('- <a id="d1">', '-\t<a id="d1">')
    line = next(n for n, one in enumerate(before.split("\n"), 1) if 'id="d1"' in one)
    assert record(change_item(before, "D1", fields=Fields(text="Une charte"), tr=FR), "D1").text == "Une charte"
    with pytest.raises(Unchangeable) as problem:  # two columns are not inside an item whose text is at the fourth
        change_item(before, "D1", fields=Fields(theme="charte"), tr=FR)
    assert (problem.value.label, problem.value.line) == ("D1", line)


@pytest.mark.parametrize("odd", ["\r", "\0"])
def test_an_answer_to_an_item_with_an_odd_character_stays_in_it(odd: str):
    text = f'- <a id="q1"></a>**Q1** Une{odd}question\n'
    changed = change_item(text, "Q1", tr=translator("fr"), answer=("Oui", None))
    assert [record.answer for record in read_minutes(changed).records] == ["Oui"]
