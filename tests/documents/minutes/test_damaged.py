"""Minutes that a merge, a disk, a tool or a hand has damaged: one clear message, nothing lost in silence, the rest read."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from documents.minutes.example import MEETING

from facilitator.documents.minutes.change import Unchangeable, edit
from facilitator.documents.minutes.hand import hand
from facilitator.documents.minutes.merge import unmergeable
from facilitator.documents.minutes.reader import MinutesRead, read_minutes
from facilitator.documents.minutes.writer import write_minutes
from facilitator.i18n import translator

TEXT = write_minutes(MEETING)
WHOLE = {name: found.said for name, found in read_minutes(TEXT).numbered().items()}
A3 = next(line for line in TEXT.split("\n") if "**A3**" in line)
MARKER = "a conflict marker of git: choose which lines to keep, then take it out"
HEADING = "under the heading “{}” stand entries of which it says nothing that is known"


def after_a3(*lines: str) -> str:
    return TEXT.replace(A3, "\n".join([A3, *lines]))


def line_of(text: str, start: str) -> int:
    return next(place for place, line in enumerate(text.split("\n"), 1) if line.startswith(start))


def told(read: MinutesRead) -> list[tuple[int, str]]:
    return [(trouble.line, trouble.what) for trouble in read.troubles]


def read(text: str) -> MinutesRead:
    """The minutes read; of every entry there was, it is read or said to be missing."""
    found = read_minutes(text, tr=translator("en"))
    assert set(WHOLE) - set(found.numbered()) <= set(found.missing)
    return found


def unchanged(found: MinutesRead, *but: tuple[str, int]) -> None:
    """Every entry that is read says what it said, but for these."""
    entries = {name: one.said for name, one in found.numbered().items() if name in WHOLE}
    assert {name for name, said in entries.items() if said != WHOLE[name]} == set(but)


def test_conflict_markers_in_the_middle_of_an_item_are_named_and_both_sides_stay():
    text = TEXT.replace("    - un mandat par", "<<<<<<< HEAD\n    - un mandat par").replace(
        "    - jamais de mot", "=======\n    - jamais de code noté.\n>>>>>>> autre\n    - jamais de mot"
    )
    found = read(text)
    assert found.conflicted
    assert [what for _, what in told(found)] == [MARKER] * 3
    unchanged(found, ("question", 3))
    assert "jamais de code noté" in found.numbered()["question", 3].said.answer
    assert "jamais de mot de passe" in found.numbered()["question", 3].said.answer


def test_an_item_that_two_sides_of_a_conflict_hold_is_read_once_and_neither_is_adopted():
    other = A3.replace("Demander", "Réclamer")
    found = read(TEXT.replace(A3, f"<<<<<<< HEAD\n{A3}\n=======\n{other}\n>>>>>>> autre"))
    assert found.conflicted
    assert [what for _, what in told(found) if what != MARKER] == ["A3 is there twice: the first one counts"]
    assert not [one for one in found.entries if one.adopted]
    assert [remark.text.split("\n")[0] for remark in found.remarks] == [other]
    unchanged(found)


@pytest.mark.parametrize("mark", ["<<<<<<< HEAD", "<<<<<<<", "=======", "||||||| base", ">>>>>>> autre"])
def test_half_a_merge_is_named_with_its_line_and_changes_no_entry(mark):
    found = read(after_a3(mark))
    assert told(found) == [(line_of(TEXT, A3) + 1, MARKER)]
    unchanged(found)


@pytest.mark.parametrize("part", [0.3, 0.5, 0.7])
def test_of_a_truncated_file_what_is_left_is_read_and_what_is_not_is_missing(part):
    found = read(TEXT[: int(len(TEXT) * part)])
    assert found.missing
    assert set(found.missing) | set(found.numbered()) >= set(WHOLE)
    assert not [one for one in found.entries if one.adopted]
    texts = {name: one.said.text for name, one in found.numbered().items()}
    last = max(found.entries, key=lambda one: one.item.line).name
    assert {name: text for name, text in texts.items() if name != last} == {
        name: WHOLE[name].text for name in texts if name != last
    }


def test_a_file_truncated_in_its_front_matter_has_none_and_is_said_to():
    assert told(read_minutes(TEXT[:60], tr=translator("en"))) == [(0, "the front matter is gone")]


@pytest.mark.parametrize("more", ["x" * 5_000_000, "- x\n" * 1_250_000], ids=["one line", "many"])
def test_a_file_of_five_megabytes_is_left_alone_with_one_message(more):
    found = read_minutes(TEXT + more, tr=translator("en"))
    assert told(found) == [(0, "the file is too large to be read as minutes")]
    assert not found.entries


def test_of_two_items_with_one_number_the_first_counts_and_the_other_is_adopted():
    found = read(after_a3("- [ ] **A4** Un autre"))
    assert told(found) == [(line_of(TEXT, '- [ ] <a id="a4"') + 1, "A4 is there twice: the first one counts")]
    assert found.numbered()["action", 4].said.text == "Un autre"
    assert [one.said.text for one in found.entries if one.adopted] == [WHOLE["action", 4].text]


@pytest.mark.parametrize("head", ["**A99**", '<a id="a99" name="a99"></a>**A99**', "**A99 :**"])
def test_a_number_that_was_never_given_is_said_and_its_item_stays(head):
    found = read(after_a3(f"- [ ] {head} Un numéro de trop"))
    assert told(found) == [(line_of(TEXT, A3) + 1, "A99 was never given in this meeting: it stays as it is")]
    assert found.numbered()["action", 99].said.text == "Un numéro de trop"
    unchanged(found)


def test_a_section_that_is_there_twice_is_said_and_both_are_read():
    text = TEXT.replace("## Questions\n", "## Qui fait quoi\n\n- [ ] Réserver un car\n\n## Questions\n")
    found = read(text)
    first = line_of(text, "## Qui fait quoi")
    assert any(f"this section is there twice, first on line {first}" == what for _, what in told(found))
    assert [one.said.text for one in found.entries if one.adopted] == ["Réserver un car"]
    unchanged(found)


OUTCOMES = [("question", number) for number in (6, 9)]


@pytest.mark.parametrize(
    ("heading", "other", "changed"),
    [
        ("## Qui fait quoi", "## Chi fa cosa", []),
        ("## Ce que nous avons décidé", "## Cosa abbiamo deciso", []),
        ("## On propose", "## Offriamo", [("need", 3)]),
        ("### Sur Mattermost, d’ici le 20 novembre", "### Su Mattermost", OUTCOMES),
    ],
)
def test_a_heading_in_a_language_that_is_not_known_is_named_once(heading, other, changed):
    text = re.sub(rf"(?m)^{heading}$", other, TEXT.replace("\u00a0", " "))
    assert other in text
    found = read(text)
    assert told(found) == [(line_of(text, other), HEADING.format(other.lstrip("# ")))]
    unchanged(found, *changed)


def test_outcomes_are_read_under_their_headings_whatever_stands_above_them():
    for text in (TEXT.replace("## Questions\n", "## Domande\n"), TEXT.replace("## Questions\n\n", "")):
        found = read(text)
        assert len(found.troubles) == 1
        for name, one in found.numbered().items():
            assert (one.said.outcome, one.said.due) == (WHOLE[name].outcome, WHOLE[name].due)


def test_without_any_heading_every_entry_is_read_and_it_is_said_once():
    found = read(re.sub(r"(?m)^#+ .*\n", "", TEXT))
    assert told(found) == [(0, "headings are gone: what they said of the entries is not known")]
    assert {name: one.said.text for name, one in found.numbered().items()} == {
        name: said.text for name, said in WHOLE.items()
    }


def test_an_item_moved_here_from_the_minutes_of_another_meeting_is_said():
    moved = '- [ ] <a id="a9" name="a9"></a>**A9** Venu d’ailleurs *(**Awa Diallo** · [atelier](#step-5))*'
    assert told(read(after_a3(moved))) == [
        (line_of(TEXT, A3) + 1, "A9 was never given in this meeting: it stays as it is")
    ]
    found = read(after_a3(moved.replace("a9", "a1").replace("A9", "A1")))
    assert [what for _, what in told(found)] == ["A1 is there twice: the first one counts"]
    assert {one.said.text for one in found.entries} >= {"Venu d’ailleurs", WHOLE["action", 1].text}


WITHIN: dict[str, Callable[[], str]] = {
    "HTML": lambda: after_a3("", "<div>", "<script>alert(1)</script>", "</div>", ""),
    "HTML in an item": lambda: after_a3("", "  <table><tr><td>x</td></tr></table>", ""),
    "details left open": lambda: after_a3("", "<details>", ""),
    "a table in an item": lambda: after_a3("", "  | a | b |", "  | - | - |", "  | **A9** | d |", ""),
    "a table between items": lambda: after_a3("", "| a | b |", "| - | - |", "| **A9** | d |", ""),
    "code in an item": lambda: after_a3("", "  ```", "  - [ ] **A9** x", "  ```", ""),
}


@pytest.mark.parametrize("what", WITHIN)
def test_what_is_no_item_is_a_remark_and_every_entry_is_read(what):
    found = read(WITHIN[what]())
    assert not told(found)
    assert len(found.remarks) == 1
    assert not [one for one in found.entries if one.adopted]
    unchanged(found)


@pytest.mark.parametrize("opened", ["<!-- ", "<pre>", "```", "<script>"])
def test_what_something_left_open_hides_is_missing(opened):
    found = read(after_a3("", opened, ""))
    assert found.missing
    unchanged(found)


def test_an_item_made_a_table_is_missing():
    assert ("action", 3) in read(TEXT.replace(A3, f"\n| {A3} | x |\n| - | - |\n")).missing


def test_without_front_matter_every_entry_is_read_and_it_is_said_once():
    found = read(TEXT.split("---\n", 2)[2])
    assert told(found) == [(0, "the front matter is gone")]
    unchanged(found)
    assert set(found.numbered()) == set(WHOLE)


# Each of them, in a file that something is changed in, and in a draft that goes on.

DAMAGED: dict[str, Callable[[], str]] = {
    "conflict markers in the middle of an item": lambda: TEXT.replace(
        "    - un mandat par", "<<<<<<< HEAD\n    - un mandat par"
    ),
    "half a merge": lambda: after_a3(">>>>>>> autre"),
    "truncated": lambda: TEXT[: len(TEXT) // 2],
    "five megabytes": lambda: TEXT + "x" * 5_000_000,
    "two items with one number": lambda: after_a3("- [ ] **A4** Un autre"),
    "a number never given": lambda: after_a3("- [ ] **A99** Un numéro de trop"),
    "a section twice": lambda: TEXT.replace("## Questions\n", "## Qui fait quoi\n\n- [ ] Un car\n\n## Questions\n"),
    "headings translated": lambda: TEXT.replace("## Qui fait quoi", "## Chi fa cosa"),
    "headings gone": lambda: re.sub(r"(?m)^#+ .*\n", "", TEXT),
    "an item of another meeting": lambda: after_a3('- [ ] <a id="a9" name="a9"></a>**A9** Venu d’ailleurs'),
    "HTML": lambda: after_a3("", "<div>", "<script>alert(1)</script>", "</div>", ""),
    "a table in an item": lambda: after_a3("", "  | a | b |", "  | - | - |", "  | c | d |", ""),
    "no front matter": lambda: TEXT.split("---\n", 2)[2],
}


@pytest.mark.sampled(4)
@pytest.mark.parametrize("what", DAMAGED)
def test_in_a_damaged_file_one_entry_is_changed_and_no_other_byte_or_it_is_said_why_not(what):
    text = DAMAGED[what]()
    try:
        after = edit(text, "D1", text="Une autre charte")
    except (Unchangeable, LookupError) as problem:
        assert what in ("conflict markers in the middle of an item", "half a merge", "five megabytes"), problem
        return
    lines = [(old, new) for old, new in zip(text.split("\n"), after.split("\n"), strict=True) if old != new]
    assert len(lines) == 1 and "**D1** Une autre charte" in lines[0][1]


@pytest.mark.sampled(4)
@pytest.mark.parametrize("what", DAMAGED)
def test_of_a_damaged_draft_nothing_is_taken_for_deleted_that_may_only_be_missing(what):
    text = DAMAGED[what]()
    left = unmergeable(text)
    if left is not None:
        assert what in ("conflict markers in the middle of an item", "half a merge", "five megabytes")
        return
    done = hand(TEXT, text)
    assert done.removed == ()
    kept = {(one.kind, one.number) for one in done.kept} | set(done.read.numbered())
    assert set(WHOLE) <= kept
    assert (done.doubt is not None) == (what in ("truncated", "no front matter"))
