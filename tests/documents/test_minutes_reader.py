"""Minutes that people have edited, and documents made to deceive: read in bounded time, nothing forged, nothing raised."""

from __future__ import annotations

import time

import pytest
from documents.meetings import entry, instant, plain_meeting, roannais
from examples import examples
from hypothesis import given, settings
from hypothesis import strategies as st

from facilitator.core.public import public
from facilitator.documents.change import change_item
from facilitator.documents.front import Front, FrontUnreadable, read_front, write_front
from facilitator.documents.minutes_reader import MinutesRead, read_minutes
from facilitator.documents.minutes_writer import write_minutes
from facilitator.documents.newsletter_feed import feed_newsletter
from facilitator.documents.newsletter_reader import read_newsletter
from facilitator.documents.outline import MAX_CHARACTERS, MAX_LINES
from facilitator.i18n import translator

FRONT = "---\nformat: 1\nmeeting: m\ntitle: t\nstatus: final\nlanguage: en\nzone: UTC\ndate: 2026-11-24\n---\n"
PIECES = st.sampled_from(
    (
        "- ",
        "  - ",
        "    ",
        "> ",
        "# ",
        "### ",
        "```\n",
        "\n",
        "\n\n",
        "**Q1** ",
        "**S1** ",
        "[ ] ",
        "[x] ",
        "*Who:* ",
        "---\n",
        "<",
    )
)
TRAPS = st.sampled_from(
    (
        '<a id="q1"></a>',
        '<a id="s1"></a>',
        '<a id="step-1"></a>',
        "*Same need:* +99999",
        "*Outcome:* ",
        "[Q1](#q1)",
        "\\",
        "| a |\n",
        "[Q2](../minutes/m.md#q2)",
        "&#60;",
        "&#x110000;",
        "&#0;",
        "\ufeff",
        "\r\n",
        "\x00",
        "\x1b[31m",
        "\u202e",
        "\t",
    )
)
EDITED = st.lists(PIECES | TRAPS | st.text(max_size=5), max_size=30).map("".join)


def read(body: str) -> MinutesRead:
    return read_minutes(FRONT + "\n" + body, tr=translator("en"))


def sample(language: str = "fr") -> str:
    return write_minutes(public(roannais(language).meeting), translator(language), draft=False, now=instant("11:52"))


@settings(max_examples=examples(60), deadline=None)
@given(EDITED, st.booleans())
def test_no_document_raises_or_makes_a_private_need(body, with_front):
    text = FRONT + body if with_front else body
    found = read_minutes(text)
    assert all(record.kind != "individual" for record in found.records)
    numbers = [record.number for record in found.records if record.number]
    assert len(numbers) == len(set(numbers))
    assert "\x1b" not in "".join(record.text for record in found.records)
    read_newsletter(text)


@settings(max_examples=examples(30), deadline=None)
@given(EDITED)
def test_feeding_an_edited_newsletter_keeps_every_line_of_it(body):
    meeting = public(roannais().meeting)
    try:
        fed = feed_newsletter(body, "2026-12", meeting, translator("fr"), minutes_name="2026-11-24-roannais.md")
    except FrontUnreadable:
        return
    if not body.strip():
        return
    rest = iter(fed.split("\n"))
    kept = [line for line in body.removeprefix("\ufeff").split("\n") if line.strip("\r")]
    if not kept or kept[0].strip() != "---":
        assert all(line in rest for line in kept)


HEAVY = {
    "brackets": "[" * 5_000_000,
    "quotes": ">" * 5_000_000,
    "items": "- x\n" * 1_250_000,
    "within the limits, items": "- x\n" * (MAX_LINES - 100),
    "within the limits, brackets": "- " + "[" * (MAX_CHARACTERS - 10_000),
    "within the limits, dashes": "- " * (MAX_CHARACTERS // 2 - 10_000),
    "within the limits, nesting": "".join(" " * (2 * depth) + "- x\n" for depth in range(1_200)),
    "within the limits, tags": "<a\n" * (MAX_LINES - 100),
    "within the limits, stars": "- *" + "a*" * 900_000,
    "within the limits, spaces": '- <a id="q1"></a>**Q1** x' + " " * 1_000_000 + "y",
    "within the limits, backslashes": '- <a id="q1"></a>**Q1** ' + "\\" * 1_000_000,
    "within the limits, references": "[Q1](#q1" * 200_000,
    "within the limits, entities": '- <a id="q1"></a>**Q1** ' + "&#" * 30_000,
}


@pytest.mark.parametrize("name", HEAVY)
def test_heavy_documents_take_a_bounded_time(name):
    begin = time.process_time()
    read(HEAVY[name])
    read_newsletter(FRONT + HEAVY[name])
    assert time.process_time() - begin < 8


def test_a_document_too_large_is_said_to_be():
    found = read("x" * 5_000_000)
    assert found.records == []
    assert found.problems == ["the file is too large to be read as minutes"]


def test_a_number_that_is_there_twice_counts_once_and_is_said():
    found = read('- <a id="q1"></a>**Q1** first\n- <a id="q1"></a>**Q1** second\n')
    assert [record.text for record in found.records] == ["first"]
    assert found.problems == ["line 12: Q1 is there twice: the first one counts"]


def test_a_private_number_is_never_read():
    found = read('- <a id="s1"></a>**S1** secret\n')
    assert found.records == []
    assert "private number" in found.problems[0]


def test_an_anchor_and_a_number_that_disagree_are_no_entry():
    found = read('- <a id="q1"></a>**Q2** which\n')
    assert found.records == []
    assert "does not match its anchor" in found.problems[0]


def test_both_letters_of_a_need_are_understood():
    assert [record.number for record in read('- <a id="b1"></a>**B1** x\n- <a id="n2"></a>**N2** y\n').records] == [
        "N1",
        "N2",
    ]
    assert read('- <a id="b1"></a>**N1** x\n').problems == []


@pytest.mark.parametrize("wrapped", ["> {}", "```\n{}\n```", "    {}"])
def test_what_stands_in_a_quote_or_in_code_is_no_entry(wrapped):
    assert read(wrapped.format('- <a id="q1"></a>**Q1** x') + "\n").records == []


def test_a_remark_is_kept_apart():
    text = sample().replace("## Qui fait quoi\n\n", "## Qui fait quoi\n\n- Penser au café\n- [ ] Appeler Riorges\n")
    text = text.replace("*Thème\u00a0:* matériel\n", "*Thème\u00a0:* matériel\n  - vu avec la mairie\n")
    found = read_minutes(text)
    assert [remark.text for remark in found.remarks] == ["Penser au café", "[ ] Appeler Riorges", "vu avec la mairie"]
    assert found.problems == []
    assert len(found.records) == len(read_minutes(sample()).records)


def test_a_line_added_under_a_step_is_a_note():
    text = sample().replace("| 12 postes\n", "| 12 postes\n- Le café était bon\n")
    found = read_minutes(text)
    assert [(note.text, note.step) for note in found.records if note.kind == "note"][-1] == ("Le café était bon", 1)


def test_other_markers_and_a_reflowed_text_read_the_same():
    before = read_minutes(sample()).records
    text = (
        sample()
        .replace("\n- ", "\n* ")
        .replace("\n  - ", "\n  + ")
        .replace("mandat écrit pour", "mandat écrit\n  pour")
    )
    assert read_minutes(text).records == before


def test_windows_line_ends_and_a_byte_order_mark_change_nothing():
    before = read_minutes(sample())
    found = read_minutes("\ufeff" + sample().replace("\n", "\r\n"))
    assert found.records == before.records
    assert found.front == before.front
    assert found.problems == []


def test_an_entry_moved_to_another_section_is_the_same_entry():
    line = next(line for line in sample().split("\n") if "**D1**" in line)
    text = sample().replace(line + "\n", "").replace("## Prochaine", line + "\n\n## Prochaine")
    assert sorted(map(str, read_minutes(text).records)) == sorted(map(str, read_minutes(sample()).records))


def test_a_french_label_reads_in_an_english_document():
    found = read(
        '- <a id="q1"></a>**Q1** x\n  - *Suite :* Sans suite\n  - **Échéance :** 2026-12-10\n  - *Due:* 10/12/2026\n'
    )
    assert found.records[0].outcome == "drop"
    assert str(found.records[0].due) == "2026-12-10"


def test_a_value_that_means_nothing_is_said():
    found = read(
        '- <a id="q1"></a>**Q1** x\n  - *Outcome:* perhaps\n  - *Due:* someday\n  - *Level:* sky\n  - *Type:* odd\n'
    )
    assert found.records[0].outcome is None
    assert [problem.split(":")[0] for problem in found.problems] == ["line 12", "line 13", "line 14", "line 15"]


def test_conflict_markers_are_said():
    found = read("<<<<<<< HEAD\n- a\n=======\n- b\n>>>>>>> other\n")
    assert found.conflicted
    assert "conflict markers" in found.problems[0]


@pytest.mark.parametrize(
    "front",
    [
        "format: 1",
        "a: 1\na: 2",
        "a: &x [1]\nb: *x",
        "<<: {a: 1}\nformat: 1",
        "x: !!python/object/apply:os.system [id]",
        "[" * 60_000,
        "{" * 60_000,
        ": : :",
        "- a",
        "format: one\nmeeting: m\ntitle: t\nstatus: final\nlanguage: en\nzone: UTC\ndate: 2026-02-30",
        "x: " + "y" * 70_000,
        FRONT.strip("-\n") + "\nplace: &x y",
        FRONT.strip("-\n") + "\nplace: &x y\nhost: *x",
        FRONT.strip("-\n") + "\nplace: !!str y",
        FRONT.strip("-\n") + "\nplace: y\nplace: z",
        FRONT.strip("-\n") + "\nplace: " + "[" * 12 + "]" * 12,
        "a: {b: {c: {d: {e: {f: {g: {h: {i: {j: 1}}}}}}}}}",
    ],
)
def test_a_bad_front_matter_is_said_and_the_entries_are_still_read(front):
    begin = time.process_time()
    with pytest.raises(FrontUnreadable):
        read_front(front, Front)
    assert time.process_time() - begin < 5
    found = read_minutes(f'---\n{front}\n---\n\n- <a id="q1"></a>**Q1** x\n', meeting="m", tr=translator("en"))
    assert found.front is None
    assert [(record.meeting, record.text) for record in found.records] == [("m", "x")]
    assert found.problems == ["the front matter cannot be read"]


def test_the_front_matter_of_a_hostile_title_is_one_value():
    meeting = plain_meeting((), title="---\nstatus: draft")
    found = read_minutes(write_minutes(meeting, translator("fr"), draft=False, now=instant("12:00")))
    assert found.front is not None
    assert found.front.title == "--- status: draft"
    assert found.front.status == "final"


def test_front_matter_reads_back():
    front = read_minutes(sample()).front
    assert front is not None
    assert read_front(write_front(front).removeprefix("---\n").removesuffix("---\n"), Front) == front


def test_a_forged_item_in_a_captured_text_stays_in_it():
    forged = 'x\n\n- <a id="d9"></a>**D9** we pay\n\n### <a id="step-2"></a>2. Other\n\n- note'
    meeting = plain_meeting((entry("note", 0, forged),), "en")
    found = read_minutes(write_minutes(meeting, translator("en"), draft=False, now=instant("12:00")))
    assert [(record.kind, record.text, record.step) for record in found.records] == [("note", forged, 1)]


def test_a_change_needs_an_entry():
    for wrong in ("Q99", "", "S1", "nothing"):
        with pytest.raises(LookupError):
            change_item(sample(), wrong, done=True, tr=translator("fr"))
