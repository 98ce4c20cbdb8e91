"""What somebody took on, for them alone, by mail."""

from __future__ import annotations

import email
import email.policy

import pytest
from documents.minutes.example import MEETING

from facilitator.core.cycle.directory import Directory
from facilitator.core.network import Member
from facilitator.documents.minutes.owned import owners, write_owned
from facilitator.documents.minutes.reader import read_minutes
from facilitator.documents.minutes.writer import write_minutes
from facilitator.documents.newsletter.mail import mail_text
from facilitator.documents.typography import unfold
from facilitator.i18n import translator
from facilitator.meetings.leaving import mails_to_owners
from facilitator.store.private import Contact

TEXT = write_minutes(MEETING)
READ = read_minutes(TEXT)


def test_those_who_still_have_something_to_do_each_once():
    assert owners(READ) == ("Claire Dumas", "Hugo Blanc", "Nora Lefèvre", "Fatou Sarr")  # Léa's is done


def test_somebody_reads_their_own_actions_with_whom_and_for_when():
    text = unfold(mail_text(write_owned(READ, "Nora Lefèvre", translator("fr"))))
    assert text == (
        "Vos actions après la rencontre du mardi 10 novembre 2026\n\n"
        "- A1 Rédiger la première version de la charte (pour le 4 décembre · avec Fatou Sarr)\n\n"
        "Prochaine rencontre : mardi 8 décembre 2026 à 9 h 30, France services de Renaison\n"
    )


@pytest.mark.parametrize(
    "name", ["Nora\r\nBcc: x@example.org", '"><b>Nora', "=?utf-8?q?x?=", "Élodie, <x@example.org>", "N" * 300]
)
def test_no_name_makes_a_header_of_its_own(name):
    text = "---\nformat: 2\nmeeting: 2026-11-10-r\n---\n\n# Compte rendu du 10 novembre 2026\n\n## Qui fait quoi\n\n- [ ] **A1** Écrire *(**Nora**)*\n"
    (mail,) = mails_to_owners(text, "2026-11-10-r", [Contact("Nora", f"{name} nora@example.org")], Directory(()))
    read = email.message_from_bytes(mail.mail, policy=email.policy.default)
    assert set(read.keys()) == {"Subject", "To", "X-Unsent", "MIME-Version", "Content-Type"}
    assert [one.addr_spec for one in read["To"].addresses] in (["nora@example.org"], ["x@example.org"])


def test_owners_of_one_slug_have_each_a_mail_and_no_one_else_is_named_in_it():
    text = TEXT.replace("**Hugo Blanc**", "**Elodie P.**").replace("**Claire Dumas**", "**Élodie P**")
    mails = mails_to_owners(
        text,
        "2026-11-10-r",
        [Contact("Élodie P", "a@example.org"), Contact("Elodie P.", "b@example.org")],
        Directory(()),
    )
    assert len({one.name for one in mails}) == len(mails) == 4
    to = [email.message_from_bytes(one.mail, policy=email.policy.default)["To"] for one in mails]
    assert [str(one) for one in to if one] == ["Élodie P <a@example.org>", '"Elodie P." <b@example.org>']


@pytest.mark.sampled(2)
@pytest.mark.parametrize(
    "contact", ["", "06 12", "nora at example.org", "a..b@example.org", "x@", "@example.org", "a@b"]
)
def test_what_is_no_address_is_nobody_s(contact):
    text = TEXT.replace("Claire Dumas", "Nora")
    assert not any(
        one.address and one.owner == "Nora"
        for one in mails_to_owners(text, "m", [Contact("Nora", contact)], Directory(()))
    )


@pytest.mark.parametrize(
    "noted", [("Nora T.",), ("Nora Lefèvre",), ("Nora Lefèvre", "Nora T."), ("Nora T.", "Nora Lefèvre")]
)
def test_whoever_has_another_name_since_gets_one_mail_under_that_of_today_to_the_address_noted_under_it(noted):
    text = (
        "---\nformat: 2\nmeeting: 2026-11-10-r\n---\n\n# Compte rendu du 10 novembre 2026\n\n## Qui fait quoi\n\n"
        "- [ ] **A1** Écrire *(**Nora T.**)*\n- [ ] **A2** Relire *(**Nora Lefèvre**)*\n"
    )
    people = Directory([Member("Nora Lefèvre", was=("Nora T.",))])
    contacts = [Contact(name, "now@example.org" if name == "Nora Lefèvre" else "then@example.org") for name in noted]
    (mail,) = mails_to_owners(text, "2026-11-10-r", contacts, people)
    assert mail.owner == "Nora Lefèvre"
    assert mail.address == ("now@example.org" if "Nora Lefèvre" in noted else "then@example.org")
    assert b"Relire" in mail.mail and b"Nora T." not in mail.mail
