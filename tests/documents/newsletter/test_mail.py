"""A letter as the text of a mail."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from documents.minutes.example import MEETING, said
from documents.minutes.generated import meetings
from documents.newsletter.letters import fed, with_entries
from examples import examples
from hypothesis import given, settings
from msgspec.structs import replace

from facilitator.documents.newsletter.front import Unreadable
from facilitator.documents.newsletter.mail import mail_text
from facilitator.documents.typography import unfold

EXAMPLES = Path(__file__).parents[3] / "docs" / "examples"
BASE = fed()
MAIL = unfold(mail_text(BASE))


def test_the_mail_reads_as_text():
    assert MAIL.startswith(
        "Lettre d’information du réseau roannais, décembre 2026\n"
        "\n"
        "Le réseau se donne une charte « faire avec, pas à la place », et un rythme : le deuxième mardi du mois. (compte rendu du 10 novembre)\n"
        "\n"
        "Prochaine rencontre : mardi 8 décembre 2026 à 9 h 30, France services de Renaison.\n"
        "\n"
        "\n"
        "À ne pas manquer\n"
        "\n"
        "- Jusqu’au 4 décembre : AAP « Tiers-lieux nourriciers »\n"
        "  https://example.org/aap-tiers-lieux\n"
    )
    assert (
        "- Faut-il un mandat écrit pour faire une démarche à la place de quelqu’un ?\n"
        "  - Oui, sauf par Aidants Connect, qui en tient lieu :\n"
        "    - un mandat par démarche, signé, gardé par la structure ;\n"
        "    - jamais de mot de passe noté.\n"
    ) in MAIL
    assert MAIL.endswith("vacances scolaires – Karim Benali\n")


def test_nothing_of_the_markdown_nor_of_the_numbers_is_left():
    assert not re.search(r"[*_#\\\[\]]|\([A-Z][0-9]+\)|Réponse :|format:|\.md", MAIL)
    assert not re.search(r"(?m)[ \t]$", MAIL)


def test_with_a_base_the_minutes_are_linked_to_absolutely():
    text = unfold(mail_text(BASE, "https://git.example.org/r/"))
    assert "(compte rendu du 10 novembre : https://git.example.org/r/minutes/2026-11-10-roannais.md)" in text
    assert text.count("2026-11-10-roannais") == 1


def test_what_was_answered_under_a_box_is_told():
    text = mail_text(BASE.replace("*Réponse\u00a0:* …", "*Réponse :* DocuSeal, **libre**.", 1))
    assert "  - Réponse : DocuSeal, libre.\n" in text


def test_a_letter_that_people_changed_reads_too():
    text = mail_text(
        BASE
        + "\n## Contacts\n\n1. un `code`\n2. [Site](https://example.org/) et [plan](../plan.pdf)\n\n> Une *citation*\n\n| a | b |\n| --- | --- |\n| c | d |\n\n"
        "---\n\n<div>mot</div>\n\nClaire\\\nDumas <claire@example.org> ![logo](x.png) [écrire](mailto:a@example.org)\n"
    )
    assert text.endswith(
        "\n\n\nContacts\n\n1. un code\n2. Site et plan\n   https://example.org/\n\n> Une citation\n\na – b\nc – d\n\n"
        "mot\n\nClaire\nDumas claire@example.org logo écrire\na@example.org\n"
    )


@pytest.mark.parametrize(
    "edit",
    [
        lambda text: text.replace("\n", "\r\n"),
        lambda text: "\ufeff" + text,
        lambda text: re.sub(r"(?m)^( *)- ", r"\1* ", text),
    ],
)
def test_the_mail_is_the_same_whatever_the_editor(edit):
    assert unfold(mail_text(edit(BASE))) == MAIL


def test_text_that_looks_like_markdown_is_what_was_said():
    meeting = with_entries(
        said("decision", 1, "# [x] *a_b* `c` (Q2) <b> & \\ ()"), said("decision", 2, "**gras** | 1. x")
    )
    assert "- # [x] *a_b* `c` (Q2) <b> & \\ ()\n- **gras** | 1. x\n" in mail_text(fed(meeting))


MINUTES = (
    "---\nmeeting: 2026-12-08-roannais\n---\n\n# Compte rendu\n\n## Depuis\n\n"
    "- [ ] **A1** Écrire *(**Nora** · de [A3 du 14 avril](2026-04-14-roannais.md#a3))*\n- [x] **A2** Envoyer\n"
    "- Répondu entre-temps : [Où trouver des claviers ?](2026-04-14-roannais.md#q3)\n"
)


def test_the_mail_of_minutes_says_what_is_done_where_it_comes_from_and_what_was_answered():
    text = unfold(mail_text(MINUTES))
    assert "- A1 Écrire (Nora · de A3 du 14 avril)\n" in text
    assert "- Fait : A2 Envoyer\n" in text
    assert "- Répondu entre-temps : Où trouver des claviers ?\n" in text


def test_words_that_a_person_made_a_link_to_an_entry_stay():
    text = BASE + "\n## Aussi\n\nVoir [la question du mandat](../minutes/2026-11-10-roannais.md#q3).\n"
    assert "Voir la question du mandat.\n" in mail_text(text)


@pytest.mark.sampled(3)
@pytest.mark.parametrize(
    "path", sorted(EXAMPLES.glob("*/*/*/*.md")), ids=lambda path: f"{path.parent.name}/{path.stem}"
)
def test_the_mails_of_the_examples_read_as_text(path):
    text = mail_text(path.read_text(encoding="utf-8"))
    assert not re.search(r"(?m)^#|\*\*|\\|\]\(|</?[a-z]|\.md\b|\[[ x]\]|\(\s*\)|\b(?:de|from) ?\)|[ \t]$", text)


def test_an_english_mail_has_english_colons():
    text = mail_text(fed(replace(MEETING, language="en")), "https://git.example.org/r")
    assert "(minutes of 10 November: https://git.example.org/r/minutes/2026-11-10-roannais.md)" in text


def test_one_too_large_is_an_error_of_its_own():
    with pytest.raises(Unreadable):
        mail_text("x\n" * 30_000)


@pytest.mark.ci
@settings(max_examples=examples(8), deadline=None)
@given(meetings())
def test_the_mail_of_any_meeting_has_no_link_of_ours(meeting):
    text = mail_text(fed(replace(meeting, month="2026-12", draft=False)))
    assert "](../minutes/" not in text or any("](../minutes/" in repr(one) for one in meeting.entries)
