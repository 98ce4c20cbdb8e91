"""A letter that two people changed in two clones: what each may do to an item against every other, and nothing is lost."""

from __future__ import annotations

import re
from itertools import combinations_with_replacement
from pathlib import Path

import pytest
from documents.newsletter.letters import fed

from facilitator.documents.minutes.cut import folded
from facilitator.documents.minutes.merge import Merged, Unmergeable
from facilitator.documents.newsletter.merge import merge_letters
from facilitator.documents.newsletter.reader import read_letter
from facilitator.i18n import translator

TABLE = Path(__file__).with_name("two_clones.txt")
ENGLISH = translator("en")
BASE = fed()
SIDES = ("un", "deux")
ROOM = "  - *Réponse\u00a0:* …"


def item_of(text, label):
    return next(item for item in read_letter(text).items if item.label == label)


def lines_of(text, label):
    item = item_of(text, label).item
    return text.split("\n")[item.line : item.end]


def without(label):
    return lambda text: text.replace("\n".join(lines_of(text, label)) + "\n", "")


def moved(label, word):
    """Under another heading of the letter, one for each side."""

    def move(text):
        block = "\n".join(lines_of(text, label)) + "\n"
        heading = "## Actualités\n\n" if word == "un" else "## À réutiliser\n\n"
        assert heading in text
        return text.replace(block, "").replace(heading, f"{heading}{block}")

    return move


def worded(label, words):
    def edit(text):
        line = lines_of(text, label)[0]
        return text.replace(line, re.sub(r"(?<=\*\*)[^*]+(?=\*\*)|(?<=^- )[^\[\]*]+(?= \(\[)", words, line))

    return edit


def under(label, line):
    def put(text):
        lines = lines_of(text, label)
        return text.replace("\n".join(lines), "\n".join([*lines, line]))

    return put


def answered(label, words):
    def answer(text):
        block = "\n".join(lines_of(text, label))
        return text.replace(block, block.replace(ROOM, f"  - *Réponse\u00a0:* {words}"))

    return answer


def ticked(label):
    def tick(text):
        line = lines_of(text, label)[0]
        return text.replace(line, line.replace("- [ ] ", "- [x] "))

    return tick


def added(word):
    return lambda text: text.replace("\n## Vous avez demandé", f"- Une ligne de {word}\n\n## Vous avez demandé", 1)


def headed(word):
    return lambda text: f"{text}\n## Le mot de {word}\n\nBonjour à toutes.\n"


DOES = {
    "Q2": lambda word: {
        "nothing": lambda text: text,
        "edit": worded("Q2", f"Et donc, {word}\u202f?"),
        "tick": ticked("Q2"),
        "delete": without("Q2"),
        "move": moved("Q2", word),
        "answer": answered("Q2", f"Réponse {word}."),
        "remark": under("Q2", f"  - remarque {word}"),
        "add": added(word),
        "section": headed(word),
    },
    "D1": lambda word: {
        "nothing": lambda text: text,
        "edit": worded("D1", f"Une charte {word}"),
        "delete": without("D1"),
        "move": moved("D1", word),
        "remark": under("D1", f"  - remarque {word}"),
        "add": added(word),
    },
}
LEAVES = {
    "edit": ("{word}",),
    "tick": ("[x]",),
    "answer": ("Réponse {word}.",),
    "remark": ("remarque {word}",),
    "add": ("Une ligne de {word}",),
    "section": ("## Le mot de {word}",),
}
CASES = [(label, *pair) for label in DOES for pair in combinations_with_replacement(DOES[label]("un"), 2)]


def texts_of(label, first, second):
    return [DOES[label](SIDES[side])[act](BASE) for side, act in enumerate((first, second))]


def survives(label, first, second, found):
    """Whether all that was done is there, in a word for the table."""
    acts = (first, second)
    read = read_letter(found.text)
    assert read.unreadable is None
    labels = [item.label for item in read.items]
    gone = "delete" in acts and set(acts) <= {"delete", "nothing", "add", "section"}
    wanted = [item.label for item in read_letter(BASE).items if not (gone and item.label == label)]
    assert sorted(labels) == sorted(wanted), set(wanted) ^ set(labels)
    block = "" if gone else folded("\n".join(lines_of(found.text, label)))
    for side, act in enumerate(acts):
        for leaf in LEAVES.get(act, ()):
            words = leaf.format(word=SIDES[side])
            assert words in (folded(found.text) if act in ("add", "section") else block), (words, block)
    for side, act in enumerate(acts):
        heading = ("Actualités", "À réutiliser")[side]
        if act == "move" and acts != ("move", "move"):
            assert item_of(found.text, label).item.under[-1].text == heading
    if gone:
        return "gone"
    if any("deleted" in one for one in found.said):
        return "stays, said"
    if acts == ("move", "move"):
        assert "moved by two people" in found.said[0]
        return "the place of the one, said"
    if found.said:
        return "both texts, the second as a remark, said"
    return "same" if found.text == BASE else "both"


def both(label, first, second):
    texts = texts_of(label, first, second)
    found = merge_letters(BASE, *texts, tr=ENGLISH)
    assert isinstance(found, Merged)
    assert isinstance(merge_letters(BASE, *reversed(texts), tr=ENGLISH), Merged)
    again = merge_letters(BASE, found.text, texts[1], tr=ENGLISH)
    assert isinstance(again, Merged)
    assert again.text == found.text, "merging once more changes something"
    return found


@pytest.mark.ci
def test_of_two_clones_nothing_of_the_letter_is_lost():
    rows = [f"{'':4}{'one did':14}{'another did':14}what stands"]
    for label, first, second in CASES:
        rows.append(f"{label:4}{first:14}{second:14}{survives(label, first, second, both(label, first, second))}")
    table = "\n".join(rows) + "\n"
    print(table)
    assert table == TABLE.read_text(encoding="utf-8")


@pytest.mark.parametrize("style", ["crlf", "stars", "bom"])
def test_a_letter_that_an_editor_changed_takes_what_another_did(style):
    one = DOES["Q2"]("un")["answer"](BASE)
    one = {"crlf": one.replace("\n", "\r\n"), "stars": one.replace("\n- ", "\n* "), "bom": f"\ufeff{one}"}[style]
    other = DOES["D1"]("deux")["remark"](DOES["Q2"]("deux")["remark"](BASE))
    found = merge_letters(BASE, one, other)
    assert isinstance(found, Merged)
    assert "Réponse un." in found.text
    assert found.text.count("remarque deux") == 2
    assert found.text.count("\n") == found.text.count("\r\n" if style == "crlf" else "\n")
    assert len(read_letter(found.text).items) == len(read_letter(BASE).items)


def test_what_either_letter_remembers_is_remembered_and_sent_on_one_side_is_sent():
    one = BASE.replace("language: fr", "language: fr\nsent: oui")
    other = BASE.replace("fed:\n", "fed:\n  2026-11-17-ailleurs: D1-D2\n")
    for pair in ((one, other), (other, one)):
        found = merge_letters(BASE, *pair)
        assert isinstance(found, Merged)
        front = read_letter(found.text).front
        assert front.sent == "oui"
        assert set(front.fed) == set(read_letter(BASE).front.fed) | {"2026-11-17-ailleurs"}


def test_a_letter_in_the_middle_of_a_conflict_is_left_alone():
    broken = BASE.replace("## Actualités", "<<<<<<< ici\n## Actualités")
    line = broken.split("\n").index("<<<<<<< ici") + 1
    assert merge_letters(BASE, BASE + "\nx\n", broken) == merge_letters(BASE, broken, BASE) == Unmergeable(line)


def test_without_what_both_began_with_all_of_both_stays():
    one, other = texts_of("Q2", "answer", "edit")
    found = merge_letters(None, one, other)
    assert isinstance(found, Merged)
    assert "Réponse un." in found.text
    assert "Et donc, deux" in found.text
