"""Questions as messages for the chat: nothing marks up, nobody is called, each fits."""

from __future__ import annotations

import datetime

import pytest

from facilitator.documents.chat import MOST_CHARACTERS, write_letter, write_messages
from facilitator.documents.minutes.entry import MinutesEntry
from facilitator.documents.typography import unfold

DAY = datetime.date(2026, 11, 10)


def message(text: str, *, language: str = "fr", month: str | None = "2026-12", **parts: object) -> str:
    asked = MinutesEntry(kind="question", number=1, text=text, **parts)
    (written,) = write_messages([asked], day=DAY, month=month, language=language)
    return unfold(written)


def test_a_question_says_where_it_comes_from_and_where_its_answer_goes():
    assert message("Quel outil ?", theme="outils") == (
        "**Qui sait ?** Quel outil ?\n"
        "Question de la rencontre du 10 novembre. Répondez dans le fil : la réponse ira dans la lettre de décembre. #outils"
    )
    assert message("Quel outil ?", theme="suivi d’activité").endswith(" #suivi-d-activité")
    assert message("Quel outil ?", theme="…").endswith("décembre.")
    assert "la lettre d’avril" in message("Quel outil ?", month="2027-04")
    assert "la prochaine lettre" in message("Quel outil ?", month=None)


def test_who_sees_to_it_is_named():
    assert message("Qui ?", owners=("Awa",)).endswith("Awa s’en occupe, complétez dans le fil.")
    assert "Awa, Karim et Nora s’en occupent" in message("Qui ?", owners=("Awa", "Karim", "Nora"))
    assert "Awa and Karim see to it" in message("Who?", owners=("Awa", "Karim"), language="en")


@pytest.mark.parametrize(
    "text", ["@all *urgent*", "[ici](https://example.org)", "`x` <b>", "# titre\n> cité", "~~non~~ ||x||"]
)
def test_what_was_said_marks_nothing_up_and_calls_nobody(text):
    line = message(text).split("\n")[0].removeprefix("**Qui sait ?** ")
    assert "@a" not in line
    assert line.replace("\\", "").replace("\u2060", "") == " ".join(text.split())


@pytest.mark.parametrize("text", ["*" * 20_000, "\U0001f600" * 3_000, "é « » ? " * 900, "x" * 950])
def test_the_longest_question_fits_the_narrowest_chat(text):
    said = message(text, owners=tuple(f"{n}{'*' * 70}" for n in range(40)), theme="_" * 60)
    assert len(said.encode("utf-16-le")) // 2 <= MOST_CHARACTERS
    assert said.split("\n")[0].endswith("…") or text.startswith("x")


LETTER = (
    "---\nformat: 2\nmonth: 2026-12\n---\n\n# Lettre\n\n## Questions\n\n- [ ] **Q2** Qui *sait* pour @all et a_b_c ?\n"
)


def test_a_letter_is_messages_that_fit_and_nothing_in_it_calls_or_marks_up():
    text = f"{LETTER}\nhttps://example.org/a_b_c\n\n" + "\n\n".join(f"Mot {n} " + "é* " * 300 for n in range(9))
    written = write_letter(text + "\n\n" + "x" * 5_000)
    assert len(written) > 3 and all(len(one.encode("utf-16-le")) // 2 <= MOST_CHARACTERS for one in written)
    assert "https://example.org/a_b_c" in written[0] and "a\\_b\\_c" in written[0] and "@all" not in written[0]
    assert [one.split("Mot ")[1][0] for one in written if "Mot " in one] == sorted(
        one.split("Mot ")[1][0] for one in written if "Mot " in one
    )
    assert sum(one.count("x") for one in written) >= 5_000


def test_a_short_letter_is_one_message():
    (message,) = write_letter(LETTER)
    assert message.startswith("Lettre") and "Qui sait pour" in message
