"""A letter after hands, editors and formatters: nothing fed comes twice, nothing of a person's is lost."""

from __future__ import annotations

import re
import textwrap
import time
from contextlib import suppress

import pytest
import yaml
from documents.minutes.example import MEETING
from documents.newsletter.letters import SECOND, fed
from msgspec.structs import replace

from facilitator.documents.markdown.outline import MAX_CHARACTERS
from facilitator.documents.newsletter import feed
from facilitator.documents.newsletter.front import Unreadable
from facilitator.documents.newsletter.reader import MOST_LINES, read_letter
from facilitator.documents.typography import unfold

OWN = "Un mot à nous, à garder."


def without_item(text: str, label: str) -> str:
    return re.sub(rf"^- .*#{label}\)\)\n(?:  .*\n)*", "", text, count=1, flags=re.MULTILINE)


def without_section(text: str, heading: str) -> str:
    return re.sub(rf"^## {heading}.*\n(?:(?!## ).*\n)*", "", text, count=1, flags=re.MULTILINE)


def reordered(text: str) -> str:
    head, *sections = re.split(r"(?=^## )", text, flags=re.MULTILINE)
    return head + "\n".join(one.rstrip("\n") + "\n" for one in reversed(sections))


def shuffled(text: str) -> str:
    """The decisions the other way round."""
    lines = text.split("\n")
    places = [place for place, line in enumerate(lines) if re.search(r"#d[0-9]\)", line)]
    for place, line in zip(places, [lines[place] for place in reversed(places)], strict=True):
        lines[place] = line
    return "\n".join(lines)


def wrapped(text: str) -> str:
    """As with `proseWrap: always`."""
    done = []
    for line in text.split("\n"):
        mark = re.match(r" *(?:- )?", line)[0]
        plain = line.startswith(("#", "---", " " * 2 + "20")) or ":" in line[:12]
        done += (
            [line]
            if plain
            else textwrap.wrap(
                line, 80, subsequent_indent=" " * len(mark), break_long_words=False, break_on_hyphens=False
            )
            or [""]
        )
    return "\n".join(done)


def loose(text: str) -> str:
    return re.sub(r"^(- .*)$", r"\1\n", text, flags=re.MULTILINE)


def prettier(text: str) -> str:
    """Emphasis with underscores, the typography as it is."""
    return re.sub(r"(?<!\*)\*(?!\*)([^*\n]+)\*(?!\*)", r"_\1_", text)


def below(text: str, heading: str, what: str) -> str:
    return re.sub(rf"^(## {heading}.*\n(?:(?!## ).*\n)*)", rf"\1\n{what}\n\n", text, count=1, flags=re.MULTILINE)


EDITS = {
    "tick": lambda text: text.replace("- [ ]", "- [x]", 1),
    "tick with a sign": lambda text: text.replace("- [ ]", "- ☑", 1),
    "box taken off": lambda text: text.replace("- [ ] ", "- ", 1),
    "answer": lambda text: text.replace("*Réponse\u00a0:* …", "*Réponse\u00a0:* DocuSeal.", 1),
    "answer in other emphasis": lambda text: text.replace("*Réponse\u00a0:* …", "**Réponse** : DocuSeal.", 1),
    "item deleted": lambda text: without_item(text, "i1"),
    "waiting item deleted": lambda text: without_item(text, "q2"),
    "section deleted": lambda text: without_section(text, "Actualités"),
    "visit deleted": lambda text: without_section(text, "Vu chez"),
    "waiting section deleted": lambda text: without_section(text, "Qui sait"),
    "sentence deleted": lambda text: re.sub(r"^Le réseau se donne.*\n\n", "", text, flags=re.MULTILINE),
    "sections reordered": reordered,
    "items reordered": shuffled,
    "heading in other words": lambda text: text.replace("## Actualités", "## Les nouvelles du mois").replace("## Ce que nous avons décidé", "## Nos choix"),
    "heading deleted": lambda text: text.replace("## Actualités\n\n", ""),
    "headings lower": lambda text: text.replace("\n## ", "\n### "),
    "title changed": lambda text: re.sub(r"^# .*$", "# La lettre de Claire", text, flags=re.MULTILINE),
    "own item": lambda text: below(text, "Actualités", f"- {OWN}"),
    "own paragraph": lambda text: below(text, "Actualités", OWN),
    "own section": lambda text: text + f"\n## Contacts\n\n- {OWN}\n",
    "own words in an item": lambda text: text.replace("L’espace numérique ouvre", f"{OWN} L’espace numérique ouvre"),
    "own words after an item": lambda text: re.sub(r"(#i1\)\))", rf"\1 {OWN}", text),
    "own remark under an item": lambda text: re.sub(r"(#d1\)\)\n)", rf"\1  - {OWN}\n", text),
    "own front matter": lambda text: text.replace("language: fr\n", f"language: fr\nauteure: {OWN}\n"),
    "table": lambda text: below(text, "Actualités", f"| a | b |\n| --- | --- |\n| {OWN} | x |"),
    "links stripped": lambda text: re.sub(r" \(\[[A-Z][0-9]+\]\([^)]*\)\)", "", text),
    "link texts only": lambda text: re.sub(r"\[([A-Z][0-9]+)\]\([^)]*\)", r"\1", text),
    "anchors lost": lambda text: re.sub(r"\.md#[a-z][0-9]+\)", ".md)", text),
    "links to a forge": lambda text: text.replace("../minutes/", "https://git.example.org/r/src/branch/main/minutes/"),
    "links as html": lambda text: re.sub(r"\.md#", ".html#", text),
    "links by reference": lambda text: text.replace("[I1](../minutes/2026-11-10-roannais.md#i1)", "[I1][x]") + "\n[x]: ../minutes/2026-11-10-roannais.md#i1\n",
    "memory deleted": lambda text: re.sub(r"fed:\n  2026.*\n", "", text),
    "front matter deleted": lambda text: text.split("---\n", 2)[2].lstrip("\n"),
    "CRLF": lambda text: text.replace("\n", "\r\n"),
    "BOM": lambda text: "\ufeff" + text,
    "BOM and CRLF": lambda text: "\ufeff" + text.replace("\n", "\r\n"),
    "tabs": lambda text: re.sub(r"^  - ", "\t- ", text, flags=re.MULTILINE),
    "stars": lambda text: re.sub(r"^( *)- ", r"\1* ", text, flags=re.MULTILINE),
    "pluses": lambda text: re.sub(r"^( *)- ", r"\1+ ", text, flags=re.MULTILINE),
    "wide list marks": lambda text: re.sub(r"^- ", "-   ", re.sub(r"^  - ", "    - ", text, flags=re.MULTILINE), flags=re.MULTILINE),
    "underscores": prettier,
    "wrapped": wrapped,
    "loose lists": loose,
    "no newline at the end": lambda text: text.rstrip("\n"),
    "blank lines": lambda text: text.replace("\n\n", "\n\n\n"),
    "spaces at ends": lambda text: re.sub(r"(#d1\)\))$", r"\1  ", text, flags=re.MULTILINE),
    "straight spaces": unfold,
    "front matter indented": lambda text: text.replace("  2026-11-10-roannais:", "    2026-11-10-roannais:"),
    "sent": lambda text: text.replace("language: fr\n", "language: fr\nsent: 2026-12-01\n"),
}  # fmt: skip

LATER = replace(
    MEETING,
    entries=tuple(
        replace(one, answer="À la préfecture.", done=True) if (one.kind, one.number) in (("question", 2), ("question", 6)) else one for one in MEETING.entries
    ),
)  # fmt: skip


def words_of(text: str) -> list[str]:
    """What is said, line by line, whatever the marks, the spaces and the order."""
    body = text.removeprefix("\ufeff").replace("\r", "")
    body = re.sub(r"fed:\n(?:  .*\n)*", "", body)
    return [" ".join(re.sub(r"[*_]|^\s*[*+-]|\[.?\]|☑", "", line).split()) for line in unfold(body).split("\n")]


BASE = fed()


def memory_apart(text: str) -> str:
    """A letter without what it remembers."""
    return re.sub(r"\A\ufeff?---\n(?:.*\n)*?---\n\n?", "", text.replace("\r", ""))


@pytest.mark.sampled(16)
@pytest.mark.parametrize("edit", EDITS)
def test_feeding_again_what_was_edited_changes_nothing_but_where_an_answer_stands(edit):
    text = EDITS[edit](BASE)
    assert text != BASE
    again = fed(before=text)
    if edit in ("memory deleted", "front matter deleted"):
        assert memory_apart(again) == memory_apart(text)
        assert fed(before=again) == again
    elif edit.startswith("answer"):
        assert "DocuSeal" in again.split("Vous avez demandé")[1].split("Qui sait")[0]
        assert fed(before=again) == again
    else:
        assert again == text


@pytest.mark.sampled(4)
@pytest.mark.parametrize("edit", EDITS)
def test_what_is_new_comes_once_and_what_a_person_did_stays(edit):
    text = EDITS[edit](BASE)
    for meeting in (SECOND, LATER):
        after = fed(meeting, text)
        assert fed(meeting, after) == after
        assert memory_apart(fed(MEETING if meeting is SECOND else LATER, after)) == memory_apart(after)
        labels = [(item.meeting, item.label) for item in read_letter(after).items]
        assert len(labels) == len(set(labels))
        if "links stripped" not in edit and "link texts" not in edit and meeting is SECOND:
            assert {"I2", "I3", "D1", "Q1", "Q3", "B1"} <= {label for name, label in labels if name == SECOND.meeting}
        shown = [line for line in words_of(after) if line]
        for line in (
            "org/ami-aines",
            "org/grille",
            "Le mercredi, atelier",
            "micro-cravate",
            "deuxième mardi du mois, de 9 h 30",
        ):
            assert sum(line in one for one in shown) <= 1
        # An answer takes the room that was left for it, and how to reply goes with the last question that waited.
        gone = ("Réponse", "Qui sait", "Répondez ")
        kept = [line for line in words_of(text) if line and not any(one in line for one in gone)]
        assert [line for line in kept if line not in shown] == []
        assert after.count(OWN) == text.count(OWN)
        ends = {line.endswith("\r") for line in after.split("\n")[:-1]}
        assert len(ends) == 1 or edit == "no newline at the end"


def test_a_section_in_other_words_is_found_by_what_stands_in_it():
    after = fed(SECOND, EDITS["heading in other words"](BASE))
    assert "## Actualités" not in after
    assert "Un salon à Lyon" in after.split("## Les nouvelles du mois")[1].split("## ")[0]
    assert "On va à Lyon" in after.split("## Nos choix")[1].split("## ")[0]


def test_what_is_remembered_stays_yaml_at_any_margin():
    after = fed(SECOND, EDITS["front matter indented"](BASE))
    front = yaml.safe_load(after.split("---\n")[1])
    assert front["fed"] == {
        "2026-11-10-roannais": "D1-D3 I1-I3 I5 L1-L3 Q1-Q3 Q8 Q10-Q11 B1-B4 step-1",
        "2026-11-24-roannais": "D1 I1-I3 L1 Q1-Q3 B1 step-1",
    }


def test_new_items_have_the_bullet_of_those_that_are_there():
    after = fed(SECOND, EDITS["stars"](BASE))
    assert "\n* Un salon à Lyon" in after
    assert not re.search(r"^- ", after, re.MULTILINE) or "Vu chez Awa" in after


def test_an_own_section_at_the_end_stays_at_the_end():
    text = without_section(BASE, "On propose") + f"\n## Contacts\n\n{OWN}\n"
    offered = replace(
        SECOND, entries=tuple(replace(one, offer=True) if one.kind == "need" else one for one in SECOND.entries)
    )
    after = fed(offered, text)
    assert after.index("## On cherche") < after.index("## On propose") < after.index("## Contacts")


HEAVY = {
    "items": "- x\n" * (MOST_LINES - 100),
    "brackets": "- " + "[" * (MAX_CHARACTERS - 10_000),
    "references": "[Q1](#q1" * 200_000,
    "nesting": "".join(" " * (2 * depth) + "- x\n" for depth in range(1_200)),
    "a heading": "## Ce que nous avons décidé " * 70_000,
    "headings": "## Actualités\n" * (MOST_LINES - 99),
}


@pytest.mark.sampled(1)
@pytest.mark.parametrize("name", HEAVY)
def test_heavy_letters_do_not_hold_the_close_up(name):
    began = time.process_time()
    read_letter(HEAVY[name])
    with suppress(Unreadable):
        fed(before=HEAVY[name])
    assert time.process_time() - began < 3


@pytest.mark.parametrize("before", [None, BASE], ids=["nothing", "a letter"])
def test_a_letter_is_read_before_and_after_it_is_fed_and_not_for_each_thing_it_is_fed(before, monkeypatch):
    read = []

    def reading(text):
        read.append(text)
        return read_letter(text)

    monkeypatch.setattr(feed, "read_letter", reading)
    after = fed(replace(SECOND, entries=SECOND.entries[:4]), before)
    assert "Un salon à Lyon" in after
    assert len(read) == 2
    assert read[-1] == after


def test_a_letter_longer_than_a_book_is_left_to_who_wrote_it():
    read = read_letter("- x\n" * (MOST_LINES + 1))
    assert read.unreadable is not None
    assert read.unreadable.why == "too-large"
