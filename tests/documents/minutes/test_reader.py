"""Minutes that people and formatters have edited: what is said of every entry stays, what is not understood is a remark."""

from __future__ import annotations

import datetime
import re
import textwrap
import time

import mdformat
import pytest
from documents.hostile import HOSTILE
from documents.minutes.example import MEETING, day
from examples import examples
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from facilitator.documents.markdown.outline import MAX_CHARACTERS, MAX_LINES
from facilitator.documents.minutes.reader import MinutesRead, read_minutes
from facilitator.documents.minutes.records import missing_of
from facilitator.documents.minutes.words import NOBODY
from facilitator.documents.minutes.writer import write_minutes
from facilitator.i18n import translator

TEXT = write_minutes(MEETING)
WHOLE = {name: found.said for name, found in read_minutes(TEXT).numbered().items()}
FRONT = "---\nformat: 2\nmeeting: 2026-11-10-r\nstatus: final\nlanguage: fr\nzone: Europe/Paris\nclosed: A5 Q2\n---\n\n# Compte rendu du 10 novembre 2026\n\n"
PEOPLE = "\n## Présences\n\n*Présences :* Karim Benali, Awa Diallo, Nora Lefèvre\n"


def without_anchors(text: str) -> str:
    return re.sub(r'<a id="[a-z][0-9]+"[^>]*></a>', "", text)


def wrapped(text: str, width: int) -> str:
    lines = []
    for line in text.split("\n"):
        mark = re.match(r"\s*- ", line)
        fill = {
            "subsequent_indent": " " * len(mark[0]) if mark else "",
            "break_long_words": False,
            "break_on_hyphens": False,
        }
        lines += textwrap.wrap(line, width, **fill) if mark else [line]
    return "\n".join(lines)


EDITORS = {
    "anchors stripped": without_anchors,
    "numbers bare": lambda text: re.sub(r"\*\*([A-Z][0-9]+)\*\*", r"\1", without_anchors(text)),
    "numbers bare, with a colon": lambda text: re.sub(r"\*\*([A-Z][0-9]+)\*\*", r"\1 :", without_anchors(text)),
    "numbers with a colon": lambda text: re.sub(r"\*\*([A-Z][0-9]+)\*\*", r"**\1 :**", text),
    "anchors with id only": lambda text: re.sub(r' name="[a-z0-9-]+"', "", text),
    "anchors with name only": lambda text: re.sub(r' id="[a-z0-9-]+"', "", text),
    "underscores": lambda text: re.sub(r"(?<!\*)\*(?!\*)([^*\n]+(?:\*\*[^*\n]+\*\*[^*\n]*)?)\*(?!\*)", r"_\1_", text),
    "CRLF": lambda text: text.replace("\n", "\r\n"),
    "BOM": lambda text: "\ufeff" + text,
    "star bullets": lambda text: re.sub(r"(?m)^(\s*)- ", r"\1* ", text),
    "tabs": lambda text: re.sub(r"(?m)^((?:  )+)- ", lambda found: "\t" * (len(found[1]) // 2) + "- ", text),
    "four columns": lambda text: re.sub(r"(?m)^( *)- ", lambda found: found[1] * 2 + "-   ", text),
    "escaped boxes": lambda text: text.replace("[ ]", r"\[ \]").replace("[x]", r"\[x\]"),
    "signs for boxes": lambda text: text.replace("[ ]", "☐").replace("[x]", "☑"),
    "narrow boxes": lambda text: text.replace("[ ]", "[]").replace("[x]", "[X]"),
    "wrapped at 40": lambda text: wrapped(text, 40),
    "wrapped at 80": lambda text: wrapped(text, 80),
    "plain spaces": lambda text: text.replace("\u00a0", " ").replace("\u202f", " "),
    "loose lists": lambda text: re.sub(r"(?m)^- ", "\n- ", text),
    "unknown front matter": lambda text: text.replace(
        "status: final", "status: relu par Quentin\nvu: oui\nlicence: [a, b]"
    ),
}


def read(text: str) -> MinutesRead:
    return read_minutes(FRONT + text + PEOPLE, tr=translator("en"))


def action(text: str) -> object:
    found = read(f"## Qui fait quoi\n\n{text}\n").find("action", 1)
    assert found
    return found.said


@pytest.mark.parametrize("editor", EDITORS)
def test_every_entry_comes_back_the_same_after(editor):
    found = read_minutes(EDITORS[editor](TEXT))
    assert {name: one.said for name, one in found.numbered().items()} == WHOLE
    assert not found.missing
    assert not found.troubles
    assert not [one for one in found.entries if one.adopted]


def test_even_without_any_anchor_no_entry_is_lost_and_none_is_made():
    found = read_minutes(re.sub(r"<a [^>]*></a>", "", TEXT))
    told = {name: replace(one.said, step=None) for name, one in found.numbered().items()}
    assert told == {name: replace(said, step=None) for name, said in WHOLE.items()}
    assert not [one for one in found.entries if one.adopted]


@pytest.mark.parametrize(
    "label",
    ["Qui :", "*Qui :*", "**Qui :**", "_Qui :_", "*Qui* :", "**Qui**:", "Responsable :", "*Who:*", "***Qui :***"],
)
def test_a_label_is_its_word_in_any_emphasis(label):
    assert action(f"- [ ] **A1** Réserver\n  - {label} Quentin").owners == ("Quentin",)


@pytest.mark.parametrize(
    "word", [*NOBODY["fr"], *NOBODY["en"], "_Personne pour l'instant_", "*à définir*", "**?**", "Personne"]
)
def test_nobody_is_no_person(word):
    assert action(f"- [ ] **A1** Réserver\n  - *Qui :* {word}").owners == ()
    assert action(f"- [ ] **A1** Réserver *(**{word.strip('*_')}**)*").owners == ()


@pytest.mark.parametrize(
    ("box", "done"),
    [
        ("[x]", True),
        ("[X]", True),
        ("[]", False),
        ("[ ]", False),
        ("☐", False),
        ("☑", True),
        ("✓", True),
        (r"\[x\]", True),
        ("", False),
    ],
)
def test_a_box_is_one_in_any_of_its_shapes(box, done):
    assert action(f"* {box} **A1** Réserver").done is done


@pytest.mark.parametrize(
    ("words", "due"),
    [
        ("30 novembre", day(11, 30)),
        ("le 4 décembre 2026", day(12, 4)),
        ("vendredi", day(11, 13)),
        ("10/12", day(12, 10)),
        ("2026-12-01", day(12, 1)),
        ("fin du mois", day(11, 30)),
        ("fin avril", day(4, 30, 2027)),
        ("mi-mars", day(3, 15, 2027)),
    ],
)
def test_a_date_reads_as_people_write_it_against_the_day_of_the_meeting(words, due):
    assert action(f"- [ ] **A1** Réserver\n  - *Échéance :* {words}").due == due
    assert action(f"- [ ] **A1** Réserver *(**à prendre** · pour {words})*").due == due


def test_a_date_that_cannot_be_read_is_kept_as_it_stands():
    assert action("- [ ] **A1** Réserver\n  - *Échéance :* quand ce sera possible").due_text == "quand ce sera possible"
    said = action("- [ ] **A1** Réserver *(**Awa** · pour quand ce sera possible)*")
    assert (said.owners, said.due) == (("Awa",), None)
    assert said.due_text


@pytest.mark.parametrize("text", ["A4 recto verso", "B1 de français", "A1 : la route", "Q2 2027"])
def test_a_bare_number_outside_the_section_of_its_kind_is_text(text):
    found = read(f"## On cherche\n\n- {text}\n")
    assert [one.said.text for one in found.entries] == [text]
    assert found.entries[0].adopted


def test_a_bare_number_counts_only_when_it_was_closed_and_no_sure_item_has_it():
    found = read("## Qui fait quoi\n\n- [ ] A1 Réserver\n- [ ] A9 Imprimer\n- [ ] A2 feuilles\n- [ ] **A2** Écrire\n")
    assert found.find("action", 1).said.text == "Réserver"
    assert found.find("action", 2).said.text == "Écrire"
    assert [one.said.text for one in found.entries if one.adopted] == ["A9 Imprimer", "A2 feuilles"]


def test_an_item_added_by_hand_is_adopted_and_said():
    found = read(
        "## Qui fait quoi\n\n- [ ] Réserver la salle (Karim)\n- [x] Écrire (Awa Diallo)\n- Lire (voir la fiche)\n"
    )
    assert [(one.said.text, one.said.owners, one.said.done) for one in found.entries] == [
        ("Réserver la salle", ("Karim Benali",), False),
        ("Écrire", ("Awa Diallo",), True),
        ("Lire (voir la fiche)", (), False),
    ]
    assert [trouble.line for trouble in found.troubles if trouble.line] == [14, 15, 16]


def test_remarks_stay_and_make_nothing():
    found = read(
        "## Qui fait quoi\n\nUn mot.\n\n- [ ] **A1** Réserver\n  - Karim verra\n  - [ ] **A2** sous-tâche\n\n  Un paragraphe.\n\n> cité\n"
    )
    assert [remark.text.strip() for remark in found.remarks] == [
        "Un mot.",
        "- Karim verra",
        "- [ ] **A2** sous-tâche",
        "Un paragraphe.",
        "> cité",
    ]
    assert list(found.numbered()) == [("action", 1)]


def test_an_emphasised_parenthesis_of_no_known_form_is_text():
    said = action("- [ ] **A1** Réserver *(voir la fiche)*")
    assert said.text == "Réserver *(voir la fiche)*"
    assert said.by is None
    assert said.owners == ()


def test_an_entry_that_was_closed_and_is_not_found_is_said():
    found = read(
        "## Qui fait quoi\n\n- [ ] **A1** x\n- [ ] **A2** x\n- [ ] **A4** x\n\n## Questions\n\n### Refermées en séance\n\n- **Q1** x\n- **Q2** x\n"
    )
    assert found.missing == (("action", 3), ("action", 5))
    assert missing_of(found) == ["A3", "A5"]


def test_an_answer_typed_under_a_question_is_its_answer_wherever_it_stands():
    found = read(
        "## Questions\n\n### Sur Mattermost\n\n- **Q1** Qui ?\n  - *Réponse de Nora, 4 décembre :* Karim\n- **Q2** Où ?\n  - *Réponse :* …\n"
    )
    said = found.find("question", 1).said
    assert (said.outcome, said.done, said.answer, said.answer_by, said.answered_on) == (
        "mattermost",
        True,
        "Karim",
        "Nora",
        day(12, 4),
    )
    assert found.find("question", 2).said.answer is None


def test_moving_a_question_under_another_heading_sends_it_there():
    found = read(
        "## Questions\n\n### À la rencontre du 8 décembre\n\n- **Q1** Qui ?\n\n### Transmises au réseau départemental\n\n- **Q2** Où ?\n"
    )
    assert found.find("question", 1).said.outcome == "next"
    assert found.find("question", 1).said.due == day(12, 8)
    assert found.find("question", 2).said.outcome == "relay"


def test_of_two_items_with_one_number_the_first_keeps_it_and_the_other_is_adopted():
    found = read("## Qui fait quoi\n\n- [ ] **A1** un\n- [ ] **A1** deux\n")
    assert found.find("action", 1).said.text == "un"
    assert [one.said.text for one in found.entries if one.adopted] == ["deux"]


@pytest.mark.parametrize(
    "marks", [["<<<<<<< HEAD", "=======", ">>>>>>> b"], ["<<<<<<<"], ["<<<<<<< ours"], [">>>>>>> theirs"]]
)
def test_conflict_markers_are_named_with_their_line_and_the_rest_is_read(marks):
    found = read("## Qui fait quoi\n\n- [ ] **A1** un\n" + "\n".join(marks) + "\n- [ ] **A2** deux\n")
    assert found.conflicted
    assert [trouble.line for trouble in found.troubles if "conflict" in trouble.what] == list(
        range(15, 15 + len(marks))
    )
    assert [one.said.text for one in found.entries] == ["un", "deux"]


def test_a_line_of_equals_alone_is_no_conflict():
    assert not read("Titre\n=======\n").conflicted


def test_no_document_makes_a_private_need():
    found = read('## On cherche\n\n- <a id="s1"></a>**S1** secret\n')
    assert all(one.said.kind != "individual" for one in found.entries)


def test_everything_wrong_is_told_at_once():
    found = read_minutes(
        "- [ ] **A1** un\n\n## Qui fait quoi\n\n- [ ] deux\n\n## Qui fait quoi\n\n<<<<<<< x\n", tr=translator("en")
    )
    assert len(found.troubles) == 4


def test_an_answer_whose_question_is_gone_is_a_remark():
    found = read("## Questions\n\n### Réponses données\n\n  - *Réponse de Nora :* Oui\n- **Q1** Qui ?\n")
    assert list(found.numbered()) == [("question", 1)]
    assert not [one for one in found.entries if one.adopted]
    assert [remark.text for remark in found.remarks] == ["  - *Réponse de Nora :* Oui"]


def test_an_entry_put_under_another_is_found_by_its_anchor():
    found = read(
        '## Reporté\n\n- <a id="step-6" name="step-6"></a>Semaine *(10 min)*\n  - <a id="p1" name="p1"></a>**P1** Une permanence\n'
    )
    assert found.find("aside", 1).said.text == "Une permanence"


EDITED = st.lists(
    st.sampled_from(("- ", "  - ", "> ", "## Qui fait quoi\n", "### Sur Mattermost\n", "\n", "\n\n", "**A1** ", "[x] ", "*(", ")*", " · ", "*Qui :* ", "| a |\n", "| - |\n", "<", "\\", "\r\n", "\x00", "\t", "[Q1](#q1)", '<a id="q1"></a>', "---\n", "1. "))
    | st.sampled_from(HOSTILE)
    | st.text(max_size=5),
    max_size=30,
).map("".join)  # fmt: skip


@settings(max_examples=examples(20), deadline=None)
@given(EDITED, st.booleans())
def test_no_document_raises_or_names_an_entry_twice(body, front):
    found = read_minutes(FRONT + body if front else body)
    names = [one.name for one in found.entries if one.said.number]
    assert len(names) == len(set(names))
    assert all(one.said.kind != "individual" for one in found.entries)


HEAVY = {
    "items": "- x\n" * (MAX_LINES - 100),
    "tails": "- **A1** x" + " *(" * 600_000,
    "tail after tail": "- **A1** x" + " *(a)*" * 300_000,
    "parts": "- **A1** x *(" + "a · " * 400_000 + "a)*",
    "brackets": "- **I1** " + "[" * (MAX_CHARACTERS - 10_000),
    "links": "- **I1** " + "[a](b" * 300_000,
    "labels": "- **A1** x\n" + "  - *Qui* " + "x" * 1_900_000,
    "colons": "- **Q1** x\n  - " + ": " * 900_000,
    "stars": "- " + "*" * 1_900_000,
    "quotes": ">" * 1_900_000,
    "nested": "\n".join("  " * depth + "- x" for depth in range(1_000)),
    "table": "| a |\n| - |\n" + "| b |\n" * 15_000,
    "wide table": "|" + "a|" * 30_000 + "\n|" + "-|" * 30_000 + "\n" + "|b\n" * 1_000,
    "anchors": '<a id="a1"></a>' * 100_000,
    "five megabytes": "- x\n" * 1_250_000,
    "front": "---\n" + "a: b\n" * 3_000 + "---\n",
    "backslashes": "- **A1** " + "\\" * 1_900_000,
    "answers": "## Questions\n\n- **Q1** x\n" + "  - *Réponse :* x\n" * 9_000,
}


@pytest.mark.sampled(1)
@pytest.mark.parametrize("what", HEAVY)
def test_reading_takes_a_bounded_time(what):
    begin = time.process_time()
    read_minutes(FRONT + "## Qui fait quoi\n\n" + HEAVY[what])
    assert time.process_time() - begin < 3


def test_the_day_is_that_of_the_title_whatever_the_front_matter_says():
    assert read_minutes("# Compte rendu du 1er avril 2027\n").day == datetime.date(2027, 4, 1)


@pytest.mark.parametrize("wrap", ["keep", 60])
def test_every_entry_comes_back_the_same_after_mdformat(wrap):
    found = read_minutes(mdformat.text(TEXT, options={"wrap": wrap}, extensions={"gfm", "frontmatter"}))
    assert {name: one.said for name, one in found.numbered().items()} == WHOLE
    assert not found.troubles


def test_the_same_text_is_read_once_and_never_for_another_meeting_or_in_other_words():
    text = "# Rencontre\n\n## Questions\n\n- **Q1** — Qui vient ?\n- **Q1** — Qui part ?\n"
    read = read_minutes(text, meeting="2026-11-24-a")
    assert read_minutes("".join(list(text)), meeting="2026-11-24-a") is read
    assert read_minutes(text, meeting="2026-12-01-b").front.meeting == "2026-12-01-b"
    french, english = (read_minutes(text, tr=translator(language)).troubles for language in ("fr", "en"))
    assert [one.line for one in french] == [one.line for one in english]
    assert french and french != english
