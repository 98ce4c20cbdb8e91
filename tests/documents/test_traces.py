"""Whether what was made for other programs says a text, whatever it was made into."""

from __future__ import annotations

from email.message import EmailMessage

import pytest

from facilitator.documents.html import write_page
from facilitator.documents.spreadsheet import write_table
from facilitator.documents.traces import PrivateText, places, says

TEXT = "L’aide « au logement », c’est 30 % & plus ?"


def mail(text: str) -> bytes:
    made = EmailMessage()
    made.set_content(text, cte="base64")
    made.add_attachment(b"\xff\xfe", maintype="image", subtype="png")
    return made.as_bytes()


@pytest.mark.parametrize(
    ("ending", "data"),
    [
        (".html", write_page(f"# Titre\n\n- **Q1** {TEXT.replace('logement', '*logement*')}\n").encode()),
        (".csv", write_table(["texte"], [[TEXT], ["Un “autre”"]], language="fr").encode()),
        (".eml", mail("Bonjour,\n\n- L'aide « au\n  logement », c'est 30 % & plus ?\n".replace("'", "’"))),
        (".ics", "SUMMARY:L’aide « au loge\r\n ment »\\, c’est 30 % & plus ?\r\n".encode()),
        (".txt", f"\n''{TEXT}''\n".encode()),
        (".md", TEXT.replace(" ", "\u00a0").upper().encode()),
    ],
)
def test_what_says_it_word_for_word_is_known(ending, data):
    assert says(ending, data, [TEXT])
    assert not says(ending, data, ["L’aide au transport, c’est 30 % & plus ?"])


def test_a_word_within_another_a_mark_alone_and_what_is_no_text_say_nothing():
    assert not says(".txt", b"Les quais", ["Quai"])
    assert not says(".txt", b"?", ["?"])
    assert not says(".pdf", b"\xff\xfe\x00", ["Quai"])


def test_of_a_text_with_an_address_its_words_are_looked_for():
    assert says(
        ".html", b"<p>Voir <a href='https://example.org/a'>le guide</a></p>", ["Voir le guide https://example.org/a"]
    )


MINUTES = "---\nmeeting: 2026-12-08-r\nfed: Q1\n---\n\n## Questions\n\n- **Q1** Qui paie ?\n- **Q12** Qui paie la\n  grande salle de Riorges ?\n"


@pytest.mark.parametrize(
    ("document", "private", "own", "lines"),
    [
        (MINUTES, ("2026-12-08-r", "Q1", "Qui paie ?"), True, [8]),
        (MINUTES, ("2026-11-10-r", "Q1", "Qui paie ?"), False, []),
        (MINUTES, ("2026-11-10-r", "S1", "qui paie la grande salle de RIORGES"), False, [9]),
        (MINUTES, ("2026-11-10-r", "S1", "Qui paie la grande salle ronde"), False, []),
        ("\n- Payer *(de [Q1](../minutes/a.md#q1))*", ("a", "Q1", "Qui ?"), False, [2]),
        ("\n- Payer *(de [Q12](../minutes/a.md#q12))*", ("a", "Q1", "Qui ?"), False, []),
        ('carried:\n  - { from: "a", text: Qui, number: Q1 }\n', ("a", "Q1", "Qui ?"), False, [2]),
        ("fed:\n  a: D1 Q1\n", ("a", "Q1", "Qui ?"), False, []),
    ],
)
def test_what_is_private_is_known_by_its_number_by_what_leads_to_it_and_by_many_words(document, private, own, lines):
    assert places(document, PrivateText(*private), own=own) == lines
