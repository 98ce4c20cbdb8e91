"""The newsletter: fed once by every meeting, edited by people in between, read back by its links."""

from __future__ import annotations

import datetime
import re
import time

import pytest
from documents.hostile import HOSTILE
from documents.meetings import entry, instant, plain_meeting, roannais
from markdown_it import MarkdownIt
from msgspec.structs import replace

from facilitator.core.agenda import Place
from facilitator.core.meeting import PublicMeeting
from facilitator.core.public import public
from facilitator.core.text import normalise, one_line
from facilitator.documents.front import MAX_FRONT, FrontUnreadable, split
from facilitator.documents.markdown.outline import MAX_LINES, TooLarge
from facilitator.documents.newsletter_feed import feed_newsletter, mail_version
from facilitator.documents.newsletter_reader import Item, read_newsletter
from facilitator.documents.typography import unfold
from facilitator.i18n import translator

NAME = "2026-11-24-roannais.md"
PATH = f"minutes/{NAME}"
NOW = instant("11:52")
GFM = MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"])


def feed(existing: str | None, meeting: PublicMeeting | None = None, name: str = NAME, language: str = "fr") -> str:
    meeting = meeting or public(roannais(language).meeting)
    return feed_newsletter(existing, "2026-12", meeting, translator(language), minutes_name=name, now=NOW)


def other_meeting() -> PublicMeeting:
    made = (
        entry("news", 1, "AAP mobilité", deadline=datetime.date(2026, 12, 9)),
        entry("news", 2, "Une réunion", step="s2"),
        entry("resource", 1, "Un guide", link="https://example.org/guide"),
        entry("need", 1, "Un vidéoprojecteur"),
        entry("question", 1, "Qui vient ?", outcome="answered", answer="Tous."),
        entry("question", 2, "Où ?", outcome="newsletter"),
    )
    return replace(plain_meeting(made, place=Place("CCAS")), id="2026-11-28-forez")


def sections(text: str) -> list[str]:
    return re.findall(r"^## (.*)$", text, re.MULTILINE)


def test_the_sections_come_in_order_and_none_is_empty():
    assert sections(unfold(feed(None))) == [
        "À ne pas manquer",
        "Actualités",
        "Vous avez demandé, voici la réponse",
        "Qui sait ?",
        "Vu chez… Médiathèque de Roanne",
        "À réutiliser",
        "Je cherche / je propose",
        "Prochaine rencontre",
    ]
    assert sections(feed(None, plain_meeting(()))) == []


def test_the_scenario_is_in_the_letter():
    text = unfold(feed(None))
    assert text.index("4 décembre 2026") < text.index("15 décembre 2026")
    for said in ("AAP tiers-lieux", "AMI « inclusion", "Rapport sur", "Feuille de route", "Fiche pratique", "Visite :"):
        assert text.count(said) == 1
    assert "l'habilitation est gratuite" in text
    assert "- [ ] \\# Peut-on prêter" in text
    assert "mandat" not in text
    assert "budget" not in text
    assert "fin de contrat" not in text
    assert "reseau@example.org" in text
    seen = text.split("## Vu chez")[1].split("## ")[0]
    assert "Visite" in seen
    assert "Fiche pratique" not in seen


def test_items_are_known_by_their_links():
    items = read_newsletter(feed(None)).items
    assert Item("2026-11-24-roannais", "Q2", ticked=False, answer=None, path=PATH) in items
    assert Item("2026-11-24-roannais", "Q1", ticked=None, answer=None, path=PATH) in items
    assert read_newsletter(feed(None)).month == "2026-12"
    english = read_newsletter(feed(None, language="en")).items
    assert [item.label for item in english] == [item.label for item in items]


@pytest.mark.parametrize("language", ["fr", "en"])
def test_feeding_twice_changes_nothing(language):
    once = feed(None, language=language)
    assert feed(once, language=language) == once


def test_what_a_person_removed_is_not_put_back():
    once = feed(None)
    cut = "".join(
        line for line in once.splitlines(keepends=True) if "(../minutes/2026-11-24-roannais.md#i3)" not in line
    )
    cut = cut.split("## Prochaine rencontre")[0]
    assert feed(cut) == cut


def test_something_new_does_not_bring_back_what_was_removed():
    once = feed(None)
    cut = "\n".join(line for line in once.split("\n") if "#i3)" not in line)
    room = roannais(closed=False)
    room.add("11:51", "resource", "Du nouveau")
    fed = feed(cut, public(room.meeting))
    assert "Du nouveau" in fed
    assert "#i3)" not in fed


def test_a_letter_that_lost_its_memory_is_not_fed_twice():
    once = feed(None)
    body = "\n".join(split(once).lines[split(once).body :])
    again = feed(body)
    for label in ("i3", "q1", "q2", "b1", "l1"):
        assert again.count(f"{NAME}#{label})") == 1
    assert read_newsletter(again).month == "2026-12"


def test_hand_edits_stay_byte_for_byte():
    once = feed(None)
    edited = once.replace("language: fr\n", "language: fr\nauthor:   Claire   # moi\n").replace(
        "## Actualités\n", "Un mot   de *nous* !  \n\n***\n\n## Actualités\n\n* Ajout à la main\n"
    )
    fed = feed(edited, other_meeting(), "2026-11-28-forez.md")
    rest = iter(fed.split("\n"))
    assert all(line in rest for line in edited.split("\n") if not line.startswith("  2026-11-24-roannais:"))
    assert "author:   Claire   # moi\n" in fed
    assert feed(fed, other_meeting(), "2026-11-28-forez.md") == fed
    assert feed(fed) == fed


def test_a_second_meeting_goes_into_the_same_sections_in_order():
    fed = feed(feed(None), other_meeting(), "2026-11-28-forez.md")
    first = unfold(fed)
    assert first.index("4 décembre") < first.index("9 décembre") < first.index("15 décembre")
    assert sections(first).count("À ne pas manquer") == 1
    assert sections(first)[4:6] == ["Vu chez… Médiathèque de Roanne", "Vu chez… CCAS"]
    assert [item.label for item in read_newsletter(fed).items if item.meeting == "2026-11-28-forez"] == [
        "I1", "I2", "Q1", "Q2", "L1", "B1"
    ]  # fmt: skip
    front = read_newsletter(fed).front
    assert front is not None
    assert set(front.fed) == {"2026-11-24-roannais", "2026-11-28-forez"}


def test_a_section_is_put_in_its_place_when_it_is_first_needed():
    only_question = plain_meeting((entry("question", 2, "Où ?", outcome="newsletter"),))
    text = feed(feed(None, only_question, "2026-11-24-rencontre.md"))
    assert sections(unfold(text))[2:4] == ["Vous avez demandé, voici la réponse", "Qui sait ?"]
    assert text.count("## Qui sait") == 1
    assert "\n\n\n" not in text


def test_a_ticked_box_and_an_answer_are_read():
    once = feed(None)
    assert read_newsletter(once.replace("- [ ]", "- [x]")).items[5].ticked or any(
        item.ticked for item in read_newsletter(once.replace("- [ ]", "- [x]")).items
    )
    answered = once.replace("*Réponse\u00a0:*\n", "*Réponse\u00a0:* Oui, avec\n    une *convention*.\n")
    assert [item.answer for item in read_newsletter(answered).items if item.label == "Q2"] == [
        "Oui, avec une *convention*."
    ]
    star = once.replace("- [ ] ", "* [X] ")
    assert [item.ticked for item in read_newsletter(star).items if item.label == "Q2"] == [True]


@pytest.mark.parametrize(
    "path",
    [
        "../../etc/minutes/x.md",
        "../minutes/../../x.md",
        "../minutes/..%2fx.md",
        "../minutes/a/x.md",
        "../minutes/.x.md",
        "/minutes/x.md",
        "https://example.org/minutes/x.md",
        "../newsletter/x.md",
        "../minutes/x.yaml",
        "..\\minutes\\x.md",
        "../minutes/a\\x.md",
    ],
)
def test_a_link_out_of_the_minutes_is_not_followed(path):
    assert read_newsletter(f"- [x] x ([Q2]({path}#q2))\n").items == []


@pytest.mark.parametrize(
    "link", ["[Q2](../minutes/x.md#q3)", "[S1](../minutes/x.md#s1)", "\\[Q2\\](../minutes/x.md#q2)"]
)
def test_a_link_that_does_not_hold_is_none(link):
    assert read_newsletter(f"- [x] {link}\n").items == []


@pytest.mark.parametrize("said", HOSTILE)
def test_hostile_text_breaks_no_letter(said):
    text = normalise(said).text
    made = (
        entry("news", 1, text, deadline=datetime.date(2026, 12, 9)),
        entry("news", 2, text),
        entry("question", 1, text, outcome="answered", answer=text),
        entry("question", 2, text, outcome="newsletter"),
        entry("note", 0, text),
        entry("resource", 1, text, step="s2"),
        entry("need", 1, text, by=one_line(text)),
    )
    hostile = plain_meeting(made, place=Place(one_line(text)))
    tame = replace(
        hostile,
        entries=tuple(
            replace(one, text="word", answer="word" if one.answer else None, by="word" if one.by else None)
            for one in made
        ),
        setup=replace(hostile.setup, agenda=replace(hostile.setup.agenda, place=Place("word"))),
    )
    fed = feed(None, hostile)
    assert blocks(fed) == blocks(feed(None, tame))
    assert [item.label for item in read_newsletter(fed).items] == ["I1", "I2", "Q1", "Q2", "L1", "B1"]
    assert feed(fed, hostile) == fed


def blocks(text: str) -> list[tuple[str, int]]:
    source = split(text)
    return [(token.type, token.level) for token in GFM.parse("\n".join(source.lines[source.body :]))]


def test_windows_line_ends_are_kept():
    fed = feed(feed(None).replace("\n", "\r\n"), other_meeting(), "2026-11-28-forez.md")
    assert fed.replace("\r\n", "").count("\n") == 0


def test_a_front_matter_that_cannot_be_read_is_left_to_its_author():
    with pytest.raises(FrontUnreadable):
        feed(feed(None).replace("language: fr", "language: [fr"))


def test_a_call_that_is_over_is_not_put_in():
    made = (
        entry("news", 1, "Passé", deadline=datetime.date(2026, 11, 20)),
        entry("news", 2, "Jour", deadline=datetime.date(2026, 11, 24)),
    )
    text = feed(None, plain_meeting(made))
    assert "Passé" not in text
    assert "Jour" in text


def test_the_mail_version_has_no_boxes_and_absolute_links():
    mail = mail_version(feed(None), "https://git.example.org/src/")
    assert mail.startswith("# ")
    assert "[ ]" not in mail
    assert "*Réponse" not in mail
    assert "../minutes" not in mail
    assert "([Q2](https://git.example.org/src/minutes/2026-11-24-roannais.md#q2))" in mail
    assert "(Q2)" in mail_version(feed(None), None)


def test_a_heading_left_without_items_is_filled_again():
    only_news = plain_meeting((entry("news", 2, "Une réunion"),))
    bare = "# Lettre\n\n## Actualités\n\nUn mot.\n\n## À réutiliser\n"
    text = feed(bare, only_news, "2026-11-24-rencontre.md")
    assert text.endswith(
        "# Lettre\n\nD’après la rencontre du 24\u00a0novembre\u00a02026, Rencontre\u00a0: [compte rendu](../minutes/2026-11-24-rencontre.md)\n"
        "\n## Actualités\n\nUn mot.\n\n- Une réunion ([I2](../minutes/2026-11-24-rencontre.md#i2))\n\n## À réutiliser\n"
    )


def test_the_letter_says_once_which_meetings_its_items_come_from():
    text = unfold(feed(feed(None), other_meeting(), "2026-11-28-forez.md"))
    head = text.split("\n## ")[0]
    assert (
        "D’après la rencontre du 24 novembre 2026, Rencontre du réseau — Roannais :"
        " [compte rendu](../minutes/2026-11-24-roannais.md)\n" in head
    )
    assert head.index("2026-11-24-roannais.md)") < head.index("(../minutes/2026-11-28-forez.md)")
    assert text.count("D’après") == 2
    cut = feed(None).replace("D’après", "Selon")
    assert feed(cut) == cut


def test_a_visit_without_a_name_has_a_whole_heading():
    made = (entry("note", 0, "Un bel accueil"),)
    for language, heading in (("fr", "Vu pendant la visite"), ("en", "Seen during the visit")):
        text = feed(None, plain_meeting(made, language), language=language)
        assert sections(text) == [heading]
        assert (
            feed(text, plain_meeting((*made, entry("note", 0, "Et plus")), language), language=language).count("## ")
            == 1
        )


def test_nothing_to_say_makes_no_letter():
    assert feed(None, plain_meeting(())) == ""
    letter = feed(None)
    assert feed(letter, plain_meeting(()), "2026-11-24-rencontre.md") == letter


@pytest.mark.parametrize(
    "letter",
    ["## Ce que nous avons décidé " * 70_000, "## a\n" * (MAX_LINES - 99), "## Actualités\n" * (MAX_LINES - 99)],
)
def test_headings_without_end_do_not_hold_the_close_up(letter: str):
    began = time.process_time()
    feed(letter)
    assert time.process_time() - began < 8


def test_a_letter_is_not_fed_beyond_what_can_be_read_again():
    almost = feed(None) + "\n" * (MAX_LINES - feed(None).count("\n"))
    assert feed(almost) == almost
    with pytest.raises(TooLarge):
        feed(almost, other_meeting(), "2026-11-28-forez.md")


def test_a_memory_that_would_no_longer_be_read_is_not_made():
    letter = feed(None)
    room = MAX_FRONT - len(split(letter).front)
    fed = "".join(f"  2026-11-{number:04}-x: [Q1]\n" for number in range(room // 23))
    long = letter.replace("fed:\n", f"fed:\n{fed}", 1)
    assert feed(long) == long
    with pytest.raises(FrontUnreadable):
        feed(long, other_meeting(), "2026-11-28-forez.md")
