"""Questions as messages for the chat: nothing marks up, nobody is called, each fits."""

from __future__ import annotations

import datetime

import pytest

from facilitator.documents.chat import MOST_CHARACTERS, write_messages
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
