"""A letter read back."""

from __future__ import annotations

import datetime

import pytest
from documents.hostile import HOSTILE
from documents.newsletter.letters import fed
from examples import examples
from hypothesis import given, settings
from hypothesis import strategies as st

from facilitator.documents.newsletter.change import answered_lines
from facilitator.documents.newsletter.front import Memory, read_front, write_memory
from facilitator.documents.newsletter.reader import is_over, read_letter, read_target

BASE = fed()
LINK = "([Q2](../minutes/2026-11-10-roannais.md#q2))"


def one(item: str):
    return read_letter(f"## Qui sait ?\n\n{item}\n").items[0]


@pytest.mark.parametrize(
    ("box", "ticked"),
    [
        ("[ ]", False),
        ("[x]", True),
        ("[X]", True),
        ("[]", False),
        ("☐", False),
        ("☑", True),
        ("✅", True),
        ("[\u00a0]", False),
        ("", None),
    ],
)
def test_a_box_of_any_shape_is_read(box, ticked):
    for bullet in "-*+":
        assert one(f"{bullet} {box} **Quel outil ?** {LINK}").ticked is ticked


@pytest.mark.parametrize(
    "link",
    [
        "([Q2](../minutes/2026-11-10-roannais.md#q2))",
        "[Q2](../minutes/2026-11-10-roannais.md#q2)",
        "([voir ici](../minutes/2026-11-10-roannais.md#q2))",
        "([Q2](../minutes/2026-11-10-roannais.md))",
        "([Q2](<../minutes/2026-11-10-roannais.md#q2>))",
        '([Q2](../minutes/2026-11-10-roannais.md#q2 "le compte rendu"))',
        "([Q2](https://git.example.org/r/src/branch/main/minutes/2026-11-10-roannais.md#q2))",
        "([Q2](https://git.example.org/r/blob/main/minutes/2026-11-10-roannais.md?plain=1#user-content-q2))",
        "([Q2](https://wiki.example.org/2026-11-10-roannais#Q2))",
        "([Q2](2026-11-10-roannais.html#q2))",
        "(*[Q2](../minutes/2026-11-10-roannais.md#q2)*)",
        "([**Q2**](../minutes/2026-11-10-roannais.md#q2))",
        "([Q2][cr])\n\n[cr]: ../minutes/2026-11-10-roannais.md#q2",
        "([Q2](../minutes/2026-11-10-roannais.md#q2)), voir aussi [Q5](../minutes/2026-11-10-roannais.md#q5)",
    ],
)
def test_an_item_is_known_by_its_link_however_it_was_rewritten(link):
    item = one(f"- [ ] **Quel outil ?** {link}")
    assert (item.meeting, item.label) == ("2026-11-10-roannais", "Q2")


@pytest.mark.parametrize(
    "link",
    [
        "([Q2](../minutes/2026-11-10-roannais.md#q3))",
        "([Q2](https://example.org/autre#q2))",
        "([S1](../minutes/2026-11-10-roannais.md#s1))",
        "([ici](../minutes/2026-11-10-roannais.md))",
        "\\[Q2](../minutes/2026-11-10-roannais.md#q2)",
        "![Q2](../minutes/2026-11-10-roannais.md#q2)",
        "(Q2)",
    ],
)
def test_what_leads_to_no_entry_or_to_two_is_no_item(link):
    assert read_letter(f"- **Quel outil ?** {link}\n").items == []


def test_minutes_under_another_name_are_known_by_their_path():
    assert read_target("../minutes/novembre.md#q2") == ("novembre", ("question", 2))
    assert read_target("https://example.org/novembre.md#q2") is None


@pytest.mark.parametrize(
    "room", ["…", "...", "", "à compléter", "*à compléter*", "(à compléter)", "?", "À venir", "TBD", "_…_"]
)
def test_what_stands_for_no_answer_is_none(room):
    assert one(f"- [ ] **Quel outil ?** {LINK}\n  - *Réponse :* {room}").answer is None


@pytest.mark.parametrize(
    ("typed", "answer"),
    [
        ("  - *Réponse :* DocuSeal.", "DocuSeal."),
        ("  - _Réponse :_ DocuSeal.", "DocuSeal."),
        ("  - **Réponse :** DocuSeal.", "DocuSeal."),
        ("  - **Réponse** : DocuSeal.", "DocuSeal."),
        ("  - Réponse : DocuSeal.", "DocuSeal."),
        ("  - réponse: DocuSeal.", "DocuSeal."),
        ("  - *Reponse\u00a0:* DocuSeal.", "DocuSeal."),
        ("  - *Answer:* DocuSeal.", "DocuSeal."),
        ("  - *Réponse :* … DocuSeal.", "DocuSeal."),
        ("  - *Réponse :* …\n    DocuSeal.", "DocuSeal."),
        ("  - *Réponse :*\n    DocuSeal.", "DocuSeal."),
        ("\t- *Réponse :* DocuSeal.", "DocuSeal."),
        ("  *Réponse :* DocuSeal.", "DocuSeal."),
        ("\n  *Réponse :* DocuSeal.\n\n  Gratuit.", "DocuSeal.\n\nGratuit."),
        ("  - *Réponse :* DocuSeal :\n    - gratuit\n    - libre", "DocuSeal :\n- gratuit\n- libre"),
        ("  - *Réponse :* DocuSeal.\n\n    Gratuit.", "DocuSeal.\n\nGratuit."),
        ("  - *Réponse :* Personne.", "Personne."),
        ("  - moi aussi\n  - *Réponse :* DocuSeal.", "DocuSeal."),
    ],
)
def test_an_answer_under_its_box_is_read(typed, answer):
    found = one(f"- [ ] **Quel outil ?** {LINK}\n{typed}").answer
    assert found is not None
    assert found.text == answer


def test_who_answered_and_where_to_read_more_are_read():
    found = one(
        f"- [ ] **Quel outil ?** {LINK}\n  - *Réponse d’Awa Diallo :* DocuSeal.\n  - *Pour en savoir plus :* <https://example.org/d>"
    ).answer
    assert found is not None
    assert (found.text, found.by, found.link) == ("DocuSeal.", "Awa Diallo", "https://example.org/d")


@pytest.mark.parametrize(
    "nested", ["  - moi aussi", "  - *Note :* à revoir", "\n  Urgent.", "  - Les réponses : bientôt"]
)
def test_a_remark_under_a_box_is_no_answer(nested):
    assert one(f"- [ ] **Quel outil ?** {LINK}\n  - *Réponse :* …\n{nested}").answer is None


@pytest.mark.parametrize(
    ("front", "over"),
    [
        ("newsletter: 2026-12", False),
        ("newsletter: 2026-11", True),
        ("newsletter: 2027-01", False),
        ("newsletter: 2026-12\nsent: 2026-12-02", True),
        ("newsletter: 2026-12\nsent: oui", True),
        ("newsletter: 2026-12\nsent:", False),
        ("newsletter: 2026-12\nsent: non", False),
        ("newsletter: demain", False),
        ("auteure: Claire", False),
    ],
)
def test_a_letter_is_over_once_its_month_is_past_or_it_was_sent(front, over):
    assert is_over(f"---\nformat: 2\n{front}\n---\n\n# Lettre\n", datetime.date(2026, 12, 31)) is over


@pytest.mark.parametrize(
    ("lines", "memory"),
    [
        ("  2026-11-10-r: D1-D3 Q2 step-1 answer-Q6", "D1-D3 Q2 step-1 answer-Q6"),
        ('  "2026-11-10-r": "D1-D3, Q2"', "D1-D3 Q2"),
        ("  2026-11-10-r: [D1, D2, D3, Q2]", "D1-D3 Q2"),
        ("  2026-11-10-r: D1-D3\n    Q2 # relu", "D1-D3 Q2"),
        ("    2026-11-10-r:   D1-D3 n'importe quoi Q2", "D1-D3 Q2"),
        ("  2026-11-10-r: D1\n  2026-11-10-r: D2-D3 Q2", "D1-D3 Q2"),
        ("  2026-11-10-r:", ""),
        ("  2026-11-10-r: Q1-Q9999999 Q5-Q1", ""),
    ],
)
def test_what_was_fed_is_read_however_it_was_laid_out(lines, memory):
    text = f"---\nnewsletter: 2026-12\nfed:\n{lines}\nlanguage: fr\n---\n"
    front = read_front(text.split("\n"), len(text.split("\n")) - 1)
    assert write_memory(front.fed["2026-11-10-r"]) == memory
    assert front.language == "fr"


def test_a_memory_reads_back():
    memory = Memory(frozenset((("question", 1), ("question", 2), ("need", 7))), ("step-1", "answer-Q6"))
    assert write_memory(memory) == "Q1-Q2 B7 step-1 answer-Q6"


@settings(max_examples=examples(10), deadline=None)
@given(st.text(max_size=200) | st.sampled_from(HOSTILE), st.integers(0, len(BASE)))
def test_nothing_that_stands_in_a_letter_raises(text, place):
    read_letter(text)
    read_letter(BASE[:place] + text + BASE[place:])
    read_letter(f"---\nfed:\n  {text}\n---\n- {text} {LINK}\n  - *Réponse :* {text}\n")


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("Oui. …", "Oui."),
        ("« Oui » …", "« Oui »"),
        ("Oui !\n    ...", "Oui !"),
        ("Oui…", "Oui…"),
        ("Oui, mais …", "Oui, mais …"),
    ],
)
def test_room_that_was_left_after_an_answer_is_no_part_of_it(typed, said):
    text = "---\nformat: 2\nnewsletter: 2026-12\n---\n\n# Lettre\n\n## Qui sait ?\n\n- [ ] Qui ? ([Q1](../minutes/2026-11-10-r.md#q1))\n"
    (item,) = read_letter(f"{text}  - *Réponse :* {typed}\n").items
    assert item.answer is not None and item.answer.text == said
    moved = answered_lines(f"{text}  - *Réponse :* {typed}\n", item, None)
    assert moved[1:] == [f"  - {said}"] or "\n" in typed
