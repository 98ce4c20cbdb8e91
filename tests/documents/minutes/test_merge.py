"""What two hands did to the same minutes: nothing of either is lost, and what a person wrote stands."""

from __future__ import annotations

import datetime
import re
from itertools import combinations_with_replacement
from pathlib import Path

import pytest
from documents.minutes.example import ENTRIES, MEETING, day, said
from documents.minutes.test_reader import EDITORS
from examples import examples
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from facilitator.documents.minutes.change import answer, done, edit, send
from facilitator.documents.minutes.cut import folded
from facilitator.documents.minutes.merge import Merged, Unmergeable, merge, merge_people
from facilitator.documents.minutes.numbering import numbered
from facilitator.documents.minutes.reader import read_minutes
from facilitator.documents.minutes.writer import write_minutes
from facilitator.documents.typography import unfold
from facilitator.i18n import translator

TEXT = write_minutes(MEETING)
ENGLISH = translator("en")
TABLE = Path(__file__).with_name("two_clones.txt")


def changed(kind, number, **fields):
    """The meeting with one entry otherwise."""
    return tuple(replace(one, **fields) if (one.kind, one.number) == (kind, number) else one for one in ENTRIES)


def without(*names):
    return tuple(one for one in ENTRIES if (one.kind, one.number) not in names)


def ours_with(entries=ENTRIES, **fields):
    return write_minutes(replace(MEETING, entries=entries, **fields))


def line_of(text, label):
    return next(line for line in text.split("\n") if f"**{label}**" in line)


def merged(base, theirs, ours, **how):
    found = merge(base, theirs, ours, **how)
    assert isinstance(found, Merged)
    again = merge(base, found.text, ours, **how)
    assert isinstance(again, Merged)
    assert again.text == found.text
    return found


def found_in(text, kind, number):
    found = read_minutes(text).find(kind, number)
    assert found, (kind, number)
    return found


# A person and the program.


def test_what_each_changed_in_another_part_is_both_there():
    theirs = TEXT.replace("Réserver la salle de Castel pour janvier *(", "Réserver la grande salle de Castel *(")
    after = merged(TEXT, theirs, ours_with(changed("action", 2, owners=("Bruno Chazal",), due=day(12, 1))))
    now = found_in(after.text, "action", 2).said
    assert (now.text, now.owners, now.due) == ("Réserver la grande salle de Castel", ("Bruno Chazal",), day(12, 1))
    assert not after.said


def test_what_both_changed_stands_as_the_person_wrote_it_and_ours_is_said():
    theirs = TEXT.replace("machine à café", "cafetière")
    after = merged(TEXT, theirs, ours_with(changed("question", 12, text="Un percolateur à Castel ?")))
    assert after.text == theirs
    assert len(after.said) == 1
    assert "Q12" in after.said[0]
    assert "Un percolateur à Castel ?" in after.said[0].replace("\u202f", " ")


def test_what_a_person_deleted_is_told_as_removed_and_stays_away():
    theirs = TEXT.replace(line_of(TEXT, "B4") + "\n", "").replace("- Dire dès le début combien de temps on a.\n", "")
    after = merged(TEXT, theirs, ours_with(changed("action", 2, owners=("Bruno Chazal",))))
    assert [(one.kind, one.number, one.text) for one in after.removed] == [
        ("need", 4, "Une demi-journée sur les arnaques en ligne"),
        ("note", 0, "Dire dès le début combien de temps on a."),
    ]
    assert "B4" not in after.text.replace("**B4**", "B4").split("---\n", 2)[2]
    assert merge(TEXT, theirs, TEXT).removed == after.removed


def test_an_edit_beats_a_deletion_whoever_made_it():
    gone = TEXT.replace(line_of(TEXT, "B4") + "\n", "")
    after = merged(TEXT, gone, ours_with(changed("need", 4, text="Une journée sur les arnaques")))
    assert "Une journée sur les arnaques" in after.text
    assert not after.removed
    assert "B4" in after.said[0]
    theirs = TEXT.replace("sur les arnaques en ligne", "sur les arnaques")
    after = merged(TEXT, theirs, ours_with(without(("need", 4))))
    assert "Une demi-journée sur les arnaques *(" in after.text
    assert "B4" in after.said[0]
    assert ("need", 4) in read_minutes(after.text).front.closed


def test_an_answer_given_in_the_meeting_moves_the_question_that_a_person_reworded():
    theirs = TEXT.replace("Peut-on prêter du matériel", "Peut-on se prêter du matériel")
    ours = ours_with(changed("question", 5, outcome="answered", due=None, answer="Oui.", answer_by="Awa Diallo"))
    after = merged(TEXT, theirs, ours)
    found = found_in(after.text, "question", 5)
    assert found.heading.text.replace("\u00a0", " ") == "Réponses données"
    assert (found.said.answer, found.said.text[:16]) == ("Oui.", "Peut-on se prête")
    assert "8 décembre" not in after.text.split("## Questions")[1]


def test_what_a_person_moved_stays_where_it_is_with_the_answer_of_the_meeting():
    theirs = send(TEXT, "Q9", "newsletter", due=day(12, 31), scale="epci")
    ours = ours_with(changed("question", 9, owners=("Fatou Sarr",)))
    after = merged(TEXT, theirs, ours)
    found = found_in(after.text, "question", 9).said
    assert (found.outcome, found.due, found.owners) == ("newsletter", day(12, 31), ("Fatou Sarr",))


@pytest.mark.ci
def test_what_was_added_by_hand_stays_word_for_word_and_gets_the_number_it_was_given():
    added = "* Louer   un car *pour* la visite\n  - demander à la mairie\n"
    theirs = TEXT.replace("\n## Questions", f"{added}\n## Questions", 1)
    entries = (*ENTRIES, said("action", 6, "Louer un car pour la visite", step=5))
    after = merged(TEXT, theirs, ours_with(changed("action", 2, owners=("Bruno Chazal",))))
    assert added in after.text
    text = theirs.replace(" *pour* ", " pour ")
    after = merged(TEXT, text, ours_with(entries))
    assert '* <a id="a6" name="a6"></a>**A6** Louer   un car pour la visite\n  - demander à la mairie\n' in after.text
    assert after.text.count("Louer ") == 1 + after.text.split("## Ce que nous")[0].count("Louer ") + after.text.count(
        "→ [Louer "
    )


def test_remarks_of_a_person_stay_when_ours_changes_the_entry():
    theirs = TEXT.replace(line_of(TEXT, "A4"), line_of(TEXT, "A4") + "\n  - vu avec Hugo\n\n    par téléphone")
    after = merged(TEXT, theirs, ours_with(changed("action", 4, done=True)))
    assert "  - vu avec Hugo\n\n    par téléphone\n" in after.text
    assert '[x] <a id="a4"' in after.text


def test_two_entries_with_one_number_are_both_there():
    theirs = TEXT.replace("\n## Questions", "- [ ] **A6** Prévenir la mairie\n\n## Questions", 1)
    after = merged(TEXT, theirs, ours_with((*ENTRIES, said("action", 6, "Commander les badges", step=5))))
    assert found_in(after.text, "action", 6).said.text == "Commander les badges"
    assert found_in(numbered(after.text)[0], "action", 7).said.text == "Prévenir la mairie"
    assert "A6" in after.said[0]


@pytest.mark.sampled(4)
@pytest.mark.parametrize("editor", EDITORS)
def test_minutes_that_an_editor_changed_take_what_is_new_and_lose_nothing(editor):
    theirs = EDITORS[editor](TEXT)
    entries = (
        *changed("action", 2, owners=("Bruno Chazal",)),
        said("action", 6, "Commander les badges", step=5),
        said("decision", 4, "On se tutoie.", step=5),
        said("note", 0, "Une note tardive", step=2),
        said("question", 13, "Et après ?", step=3),
    )
    after = merged(TEXT, theirs, ours_with(entries, ended=datetime.time(12, 15)))
    assert {name: one.said for name, one in read_minutes(after.text).numbered().items()} == {
        name: one.said for name, one in read_minutes(ours_with(entries)).numbered().items()
    }
    assert [one.said.text for one in read_minutes(after.text).entries if one.said.text == "Une note tardive"]
    assert not [one for one in read_minutes(after.text).entries if one.adopted]
    assert not after.said
    assert not after.removed
    kept = set(theirs.split("\n"))
    assert len([line for line in after.text.split("\n") if line not in kept]) < 24


def test_sections_without_entries_merge_piece_by_piece():
    theirs = TEXT.replace("un rythme\u00a0: le deuxième mardi du mois.", "un rythme.").replace(
        "médiathèque de Riorges", "la médiathèque", 1
    )
    assert theirs != TEXT
    after = merged(TEXT, theirs, ours_with(next_place="Castel", visitors=(), summary="Une charte."))
    assert "un rythme." in after.text
    assert "la médiathèque" in after.text
    assert "Prochaine rencontre :** mardi 8 décembre 2026 à 9 h 30, Castel" in unfold(after.text)
    assert "Zoomacom" not in after.text
    assert [one for one in after.said if "Une charte." in one]


def test_front_matter_merges_by_key_and_what_it_does_not_know_stays():
    theirs = TEXT.replace("status: final", "status: final\nrelu: Quentin")
    after = merged(TEXT, theirs, ours_with(month="2027-01"))
    assert "status: final\nrelu: Quentin\n" in after.text
    assert "newsletter: 2027-01\n" in after.text
    gone = TEXT.split("---\n", 2)[2].lstrip("\n")
    after = merged(TEXT, gone, ours_with(month="2027-01"))
    assert read_minutes(after.text).front.newsletter == "2027-01"


def test_a_draft_becomes_the_final_text_with_what_a_person_wrote_in_it():
    draft = ours_with(draft=True, as_of=datetime.time(11), month=None)
    theirs = draft.replace("machine à café", "cafetière").replace(line_of(draft, "B1") + "\n", "")
    after = merged(draft, theirs, TEXT)
    assert read_minutes(after.text).front.status == "final"
    assert "Provisoire" not in after.text
    assert "cafetière" in after.text
    assert [one.number for one in after.removed] == [1]
    assert not read_minutes(after.text).missing


@pytest.mark.parametrize(
    ("theirs", "line"),
    [
        (TEXT.replace("## Qui fait quoi", "<<<<<<< HEAD\n## Qui fait quoi\n=======\n>>>>>>> autre"), 33),
        ("Bonjour, rien à voir.\n", 0),
        ("", 0),
        (TEXT + "x\n" * 30_000, 0),
    ],
)
def test_only_a_file_that_cannot_be_read_as_minutes_is_refused(theirs, line):
    found = merge(TEXT, theirs, ours_with(changed("action", 4, done=True)))
    assert isinstance(found, Unmergeable)
    assert bool(found.line) == bool(line)


def test_without_what_was_written_last_nothing_that_stands_is_changed():
    theirs = TEXT.replace("machine à café", "cafetière").replace(line_of(TEXT, "B1") + "\n", "")
    after = merged(None, theirs, TEXT)
    assert "cafetière" in after.text
    assert "**B1**" in after.text
    assert "Q12" in after.said[0]


# Two people.


def added(word):
    def add(text):
        return text.replace("\n## Questions", f"- [ ] Louer un {word}\n\n## Questions", 1)

    return add


def deleted(label):
    def delete(text):
        lines = text.split("\n")
        at = next(place for place, line in enumerate(lines) if f"**{label}**" in line)
        return "\n".join(lines[:at] + lines[at + 1 :])

    return delete


def remarked(label, word):
    return lambda text: text.replace(line_of(text, label), f"{line_of(text, label)}\n  - remarque {word}")


# What each may do to an entry: to its text, to a part of its tail, its box, its place.
DOES = {
    "A1": lambda word, date: {
        "nothing": lambda text: text,
        "edit": lambda text: edit(text, "A1", scale="epci", text=f"Rédiger {word}"),
        "tail": lambda text: edit(text, "A1", scale="epci", due=date),
        "owner": lambda text: edit(text, "A1", scale="epci", owners=(f"{word.title()} Petit",)),
        "tick": lambda text: done(text, "A1", scale="epci"),
        "delete": deleted("A1"),
        "remark": remarked("A1", word),
        "add": added(word),
        "add, number": lambda text: numbered(added(word)(text))[0],
    },
    "Q9": lambda word, date: {
        "nothing": lambda text: text,
        "edit": lambda text: edit(text, "Q9", scale="epci", text=f"Qui donc, {word} ?"),
        "tail": lambda text: edit(text, "Q9", scale="epci", theme=word),
        "move": lambda text: (
            send(text, "Q9", "newsletter", due=day(12, 31), scale="epci")
            if word == "un"
            else send(text, "Q9", "relay", scale="epci")
        ),
        "answer": lambda text: answer(text, "Q9", f"Réponse {word}.", by="Awa Diallo", on=date, scale="epci"),
        "delete": deleted("Q9"),
        "remark": remarked("Q9", word),
    },
}
SIDES = (("un", day(12, 20)), ("deux", day(12, 21)))
# What must be found again of what was done, in the item or below it.
LEAVES = {
    ("A1", "edit"): ("Rédiger {word}",),
    ("A1", "tail"): ("pour le {date} décembre",),
    ("A1", "owner"): ("{Word} Petit",),
    ("A1", "tick"): ("[x] A1",),
    ("A1", "remark"): ("remarque {word}",),
    ("A1", "add"): ("Louer un {word}",),
    ("A1", "add, number"): ("Louer un {word}",),
    ("Q9", "edit"): ("Qui donc, {word} ?",),
    ("Q9", "tail"): ("#{word}",),
    ("Q9", "move"): ("{place}",),
    ("Q9", "answer"): ("Réponse {word}.",),
    ("Q9", "remark"): ("remarque {word}",),
}
CASES = [(label, *pair) for label in DOES for pair in combinations_with_replacement(DOES[label](*SIDES[0]), 2)]
KEPT = (1, 2, 9)
PART = write_minutes(replace(MEETING, entries=tuple(one for one in ENTRIES if one.number in KEPT)))


def plain(text):
    bare = re.sub(r"<a [^>]*></a>", "", text).replace("**", "")
    return folded(bare).replace("*", "")


def leaves(label, act, side):
    word, date = SIDES[side]
    place = ("Dans la lettre de décembre", "Transmises au réseau départemental")[side]
    return [
        one.format(word=word, Word=word.title(), date=date.day, place=place) for one in LEAVES.get((label, act), ())
    ]


def both(label, first, second):
    """The minutes merged in the one clone, and in the other."""
    texts = [DOES[label](*SIDES[side])[act](PART) for side, act in enumerate((first, second))]
    found = merge_people(PART, *texts, tr=ENGLISH, scale="epci")
    swapped = merge_people(PART, *reversed(texts), tr=ENGLISH, scale="epci")
    assert isinstance(found, Merged)
    assert isinstance(swapped, Merged)
    again = merge_people(PART, found.text, texts[1], scale="epci")
    assert isinstance(again, Merged)
    assert again.text == found.text, "merging once more changes something"
    return found, swapped


def survives(label, first, second, found):
    """Whether all that was done is there, in a word for the table."""
    kind = {"A": "action", "Q": "question"}[label[0]]
    read = read_minutes(found.text)
    entry = read.find(kind, int(label[1:]))
    names = {one.name for one in read_minutes(PART).entries if one.said.number}
    acts = (first, second)
    if "delete" in acts and set(acts) <= {"delete", "nothing", "add", "add, number"}:
        assert entry is None
        names -= {(kind, int(label[1:]))}
    else:
        assert entry is not None
    assert names <= set(read.numbered())
    assert not read.conflicted
    text = plain(found.text)
    block = text
    if entry is not None:
        lines = found.text.split("\n")[entry.item.line : entry.item.end]
        block = plain(f"{entry.heading.text} {' '.join(lines)} {text if 'add' in first + second else ''}")
    for side, act in enumerate(acts):
        for one in leaves(label, act, side):
            answered = act == "move" and "answer" in acts
            assert (one in block) or (answered and plain(one).split()[-1].rstrip("s")[:6] in block), (one, block)
    if entry is None:
        return "gone"
    if any("was deleted" in one for one in found.said):
        return "stays, said"
    if any("another number" in one for one in found.said):
        return "both, one with another number, said"
    if found.said:
        return "both texts, the second as a remark, said"
    return "same" if found.text == PART else "both"


@pytest.mark.ci
def test_of_two_clones_nothing_is_lost():
    rows = [f"{'':4}{'one did':14}{'another did':14}what stands"]
    for label, first, second in CASES:
        stands = [survives(label, first, second, found) for found in both(label, first, second)]
        assert stands[0] == stands[1], (label, first, second)
        rows.append(f"{label:4}{first:14}{second:14}{stands[0]}")
    table = "\n".join(rows) + "\n"
    print(table)
    assert table == TABLE.read_text(encoding="utf-8")


# Laws.

WORDS = st.sampled_from(
    ("Réserver", "la salle", "un *mot*", "A1 et B2", "*(fait)*", "pour le 4 décembre", "1. un", "- tiret")
)


@st.composite
def meetings(draw):
    """The example with some entries otherwise, some gone, some new."""
    entries = []
    for one in ENTRIES:
        act = draw(st.sampled_from("k" * 12 + "tdro"))
        if act == "t":
            entries.append(replace(one, text=draw(WORDS)))
        elif act == "o" and one.kind == "question":
            entries.append(replace(one, outcome="next", due=day(12, 8), answer=None, answer_by=None))
        elif act == "r" and one.kind == "action":
            entries.append(replace(one, owners=("Awa Diallo",), done=not one.done))
        elif act != "d":
            entries.append(one)
    if draw(st.booleans()):
        entries.append(said("action", 6, draw(WORDS), step=draw(st.sampled_from((1, 5, 6)))))
    if draw(st.booleans()):
        entries.insert(4, said("note", 0, draw(WORDS), step=2))
    return write_minutes(replace(MEETING, entries=tuple(entries)))


@settings(max_examples=examples(6), deadline=None)
@given(meetings(), meetings())
def test_the_laws_of_a_merge(theirs, ours):
    assert merge(TEXT, TEXT, ours).text == ours
    assert merge(TEXT, theirs, TEXT).text == theirs
    after = merge(TEXT, theirs, ours)
    assert isinstance(after, Merged)
    again = merge(TEXT, after.text, ours)
    assert isinstance(again, Merged)
    assert again.text == after.text
    names = {one.name for one in read_minutes(after.text).numbered().values()}
    gone = {one.name for one in read_minutes(TEXT).numbered().values()} - names
    kept = [read_minutes(text).numbered() for text in (TEXT, theirs, ours)]
    for name in gone:
        assert name not in kept[1] or name not in kept[2]


def test_the_second_version_of_an_entry_that_goes_to_another_heading_stands_below_it():
    """One clone answered it where it stood, the other by the program, which moves it: the remark goes where the entry goes."""
    base = "---\nformat: 2\nmeeting: 2026-02-10-r\nlanguage: fr\nclosed: Q1\n---\n\n# R\n\n## Questions\n\n### À la prochaine rencontre\n\n- **Q1** Prêter ?\n"
    by_hand = f"{base}  - *Réponse :* Oui, à la main.\n"
    by_program = answer(base, "Q1", "Non.")
    for one, other in ((by_hand, by_program), (by_program, by_hand)):
        found = merge_people(base, one, other, scale="epci")
        assert isinstance(found, Merged)
        read = read_minutes(found.text)
        assert [(entry.said.number, entry.adopted) for entry in read.entries] == [(1, False)]
        assert "Oui, à la main." in found.text and "Non." in found.text
        assert all(line.startswith("  ") for line in found.text.split("\n") if "Autre version" in line)
