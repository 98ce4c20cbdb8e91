"""The invitation: what the agenda says and nothing else, for the mail and for the chat."""

from __future__ import annotations

import datetime

import pytest
from msgspec.structs import replace

from facilitator.core.agenda import Agenda, Place, Step
from facilitator.core.network import Channels, Network
from facilitator.documents.chat import MOST_CHARACTERS
from facilitator.documents.html import write_page
from facilitator.documents.invitation import invitation, write_invitation, write_invitation_messages
from facilitator.documents.newsletter.mail import mail_text
from facilitator.documents.typography import unfold
from facilitator.i18n import translator

AGENDA = Agenda(
    title="Rencontre du réseau",
    date=datetime.date(2026, 12, 8),
    start="09:30",
    end="12:00",
    place=Place(name="France services de Renaison", host="Karim B.", address="12 rue des Écoles"),
    facilitator="Claire D.",
    steps=(
        Step(kind="welcome", duration=1200, lead="Karim B."),
        Step(kind="needs", duration=1800, why="trois fois redit"),
    ),
)
NETWORK = Network(name="Réseau roannais", channels=Channels(chat="https://chat.example.org/a_b_c"))
MARKED = "# *gras* [lien](x) <b> `c` | @all"


def mail(agenda: Agenda = AGENDA, *asked: str, language: str = "fr", reminder: bool = False) -> str:
    tr = translator(language)
    return unfold(mail_text(write_invitation(invitation(agenda, NETWORK, asked, tr, reminder=reminder), tr)))


def chat(agenda: Agenda = AGENDA, *asked: str, language: str = "fr") -> list[str]:
    tr = translator(language)
    return list(map(unfold, write_invitation_messages(invitation(agenda, NETWORK, asked, tr), tr)))


def test_the_mail_says_when_where_how_to_get_there_and_what_is_on_the_agenda():
    assert mail(AGENDA, "Qui paie ?") == (
        "Invitation : Rencontre du réseau, mardi 8 décembre 2026 à 9 h 30\n\n"
        "Quand : mardi 8 décembre 2026, de 9 h 30 à 12 h\n"
        "Où : France services de Renaison\n"
        "Pour venir : 12 rue des Écoles\n"
        "Accueil : Karim B.\n"
        "Animation : Claire D.\n\n\n"
        "Ordre du jour\n\n"
        "- 9 h 30 : Accueil et visite, avec Karim B.\n"
        "- 9 h 50 : Besoins et questions\n\n\n"
        "Questions qui reviennent\n\n"
        "- Qui paie ?\n\n"
        "Elles attendent une réponse : apportez la vôtre, ou écrivez-la avant : https://chat.example.org/a_b_c\n"
    )


def test_the_reminder_says_that_it_is_one_and_the_same_otherwise():
    assert mail(reminder=True).startswith("Rappel : Rencontre du réseau, mardi 8 décembre 2026 à 9 h 30\n")
    assert mail(reminder=True).split("\n", 1)[1] == mail().split("\n", 1)[1]


def test_an_english_invitation_is_in_english():
    said = mail(AGENDA, "Who pays?", language="en")
    assert said.startswith("Invitation: Rencontre du réseau, Tuesday 8 December 2026 at 9:30\n")
    assert "\nAgenda\n" in said
    assert "- 9:50: Needs and questions\n" in said
    assert "Questions that come back" in said


def test_what_the_agenda_does_not_say_is_left_out():
    said = mail(Agenda(title="Rencontre", steps=(Step(kind="free", duration=1200, title="Échange"),)))
    assert said == "Invitation : Rencontre\n\n\nOrdre du jour\n\n- Échange (20 min)\n"


def test_why_something_is_proposed_is_for_whoever_chooses():
    assert "trois fois" not in mail() + "".join(chat())


def test_the_chat_message_is_short_and_its_link_is_whole():
    (said,) = chat(AGENDA, "Qui paie ?")
    assert said.startswith("**Invitation : Rencontre du réseau, mardi 8 décembre 2026 à 9 h 30**\nQuand : ")
    assert said.endswith("écrivez-la avant : https://chat.example.org/a_b_c")


def test_the_address_of_a_call_is_a_link_in_the_chat_as_it_stands():
    place = Place(name="En ligne", address="Visio : https://visio.example.org/a_b_c, code *12*")
    (said,) = chat(replace(AGENDA, place=place))
    assert "Pour venir : Visio : https://visio.example.org/a_b_c , code \\*12\\*" in said


def test_the_material_of_a_step_is_a_link_beside_it():
    link = "https://example.org/fiche_a_b"
    agenda = replace(AGENDA, steps=(replace(AGENDA.steps[0], link=link), AGENDA.steps[1]))
    assert f"- 9 h 30 : Accueil et visite, avec Karim B. {link}\n- 9 h 50" in mail(agenda)
    assert f"- 9 h 30 : Accueil et visite, avec Karim B. {link}\n- 9 h 50" in chat(agenda)[0]


def test_nothing_that_was_typed_marks_anything_up():
    hostile = replace(
        AGENDA,
        title=MARKED,
        place=Place(name=MARKED, host=MARKED, address=MARKED),
        steps=(Step(kind="free", duration=600, title=MARKED, lead=MARKED),),
    )
    said = mail(hostile, MARKED)
    assert said.count(MARKED) == 7
    page = write_page(write_invitation(invitation(hostile, NETWORK, [MARKED], translator("fr")), translator("fr")))
    assert "<b>" not in page and "<em>" not in page and page.count("<a ") == 1
    (message,) = chat(hostile, MARKED)
    assert message.count("\\*gras\\* \\[lien\\]") == 7 and "@all" not in message


@pytest.mark.parametrize("count", [1, 50])
def test_a_long_agenda_is_as_many_messages_as_the_chat_takes(count):
    steps = tuple(Step(kind="free", duration=600, title=f"{number} {'x' * 150}") for number in range(count))
    messages = chat(replace(AGENDA, steps=steps))
    assert all(0 < len(one) <= MOST_CHARACTERS for one in messages)
    assert all(f"{number} xxx" in "\n".join(messages) for number in range(count))
