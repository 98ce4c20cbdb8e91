"""What leaves for other programs, made by commands."""

from __future__ import annotations

import email
import email.policy
from pathlib import Path

import icalendar
import pytest


@pytest.fixture
def told(network: Path) -> None:
    settings = (
        'name: Réseau roannais\ncalendar: { next_meeting: 2026-12-08, next_start: "09:30", next_place: Renaison }\n'
    )
    (network / "facilitator.yaml").write_text(settings)


def made(said) -> bytes:
    assert said.code == 0, said.err
    return Path(said.out.strip()).read_bytes()


def test_dates_go_into_calendars(closed, told):
    events = icalendar.Calendar.from_ical(made(closed("ics"))).walk("VEVENT")
    assert [str(event["summary"]) for event in events] == [
        "Rencontre : Réseau roannais".replace(" :", "\u00a0:"),
        "Rédiger la charte (Nora T.)",
    ]
    assert str(events[0]["location"]) == "Renaison"
    assert events[0].decoded("dtstart").isoformat() == "2026-12-08T08:30:00+00:00"
    own = icalendar.Calendar.from_ical(made(closed("ics", "--person", "Nora T."))).walk("VEVENT")
    assert len(own) == 1


def test_a_person_is_known_whatever_the_case(closed):
    own = icalendar.Calendar.from_ical(made(closed("ics", "--person", "nora t."))).walk("VEVENT")
    assert [str(event["summary"]) for event in own] == ["Rédiger la charte (Nora T.)"]


def test_the_next_meeting_that_minutes_announce_is_in_calendars_when_the_settings_say_none(closed, network):
    minutes = network / "minutes" / "2026-11-24-reseau.md"
    announced = "## En bref\n\n- **Prochaine rencontre :** mardi 8 décembre 2026 à 9 h 30, Renaison\n"
    minutes.write_text(minutes.read_text().replace("## En bref\n", announced))
    (event, _) = icalendar.Calendar.from_ical(made(closed("ics"))).walk("VEVENT")
    assert event.decoded("dtstart").isoformat() == "2026-12-08T08:30:00+00:00" and str(event["location"]) == "Renaison"


def test_the_next_meeting_keeps_its_name_in_calendars_when_its_day_moves(closed, told, network):
    before = icalendar.Calendar.from_ical(made(closed("ics"))).walk("VEVENT")[0]
    settings = network / "facilitator.yaml"
    settings.write_text(settings.read_text().replace("2026-12-08", "2026-12-10"))
    after = icalendar.Calendar.from_ical(made(closed("ics"))).walk("VEVENT")[0]
    assert str(before["uid"]) == str(after["uid"]) and before.decoded("dtstart") != after.decoded("dtstart")


def test_entries_go_into_a_spreadsheet_and_nothing_private_does(closed):
    table = made(closed("csv")).decode("utf-8-sig").replace("\u202f", " ")
    assert table.splitlines()[0].startswith("numéro;sorte;texte;qui;échéance")
    assert "A1;action;Rédiger la charte;Nora T.;2026-12-10" in table
    assert "Mon contrat" not in table and "Fin de contrat" not in table


def test_minutes_and_letter_are_pages_and_mails(closed):
    for words in (("html",), ("html", "2026-12")):
        page = made(closed(*words)).decode()
        assert (page.startswith("<!DOCTYPE html>") and "Rédiger" in page) or words[1:]
    mail = email.message_from_bytes(made(closed("mail", "2026-12")), policy=email.policy.default)
    assert [part.get_content_type() for part in mail.iter_parts()] == ["text/plain", "text/html"]
    assert "lettre" in mail["Subject"].lower() and "Q2" not in mail.get_body(("plain",)).get_content()


def test_the_licence_that_the_network_states_ends_minutes_letter_and_page(run, network):
    (network / "facilitator.yaml").write_text("licence: CC BY-SA 4.0\n")
    assert run("start", "agenda.yaml", "--at", "2026-11-24 09:30").code == 0
    assert run("add", "decision", "Une charte.", "--at", "09:40").code == 0
    assert run("close", "--at", "10:00").code == 0
    for path in (network / "minutes" / "2026-11-24-reseau.md", network / "newsletter" / "2026-12.md"):
        assert path.read_text().endswith("\n*Licence\u00a0: CC BY-SA 4.0*\n")
    assert "<em>Licence\u00a0: CC BY-SA 4.0</em></p>\n</main>" in made(run("html")).decode()


def mails(said) -> list[email.message.EmailMessage]:
    assert said.code == 0, said.err
    files = map(Path, said.out.split())
    return [email.message_from_bytes(path.read_bytes(), policy=email.policy.default) for path in files]


def test_each_owner_gets_a_mail_of_their_own_to_the_address_of_the_notebook(closed, network):
    closed("notebook", "Nora T.", "--contact", "06 12 34 56 78, nora@example.org")
    (mail,) = mails(closed("mail", "--owners", "--links", "https://git.example.org/r"))
    assert mail["To"] == '"Nora T." <nora@example.org>' and mail["Bcc"] is mail["Cc"] is None
    text = mail.get_body(("plain",)).get_content().replace("\u00a0", " ")
    assert "A1 Rédiger la charte (pour le 10 décembre)" in text
    assert "https://git.example.org/r/minutes/2026-11-24-reseau.md" in text
    assert "Mon contrat" not in str(mail) and "06 12" not in str(mail)
    assert (network / "share" / ".gitignore").read_text() == "*\n"


def test_who_is_forgotten_is_in_the_address_of_no_mail_that_was_made(closed, network):
    closed("notebook", "Nora T.", "--contact", "nora@example.org")
    closed("mail", "--owners")
    closed("mail")
    assert closed("forget", "nora t.").code == 0
    left = sorted(path.name for path in (network / "share").glob("*.eml"))
    assert left == ["2026-11-24-reseau.eml"]
    assert not any(b"nora@example.org" in path.read_bytes() for path in network.rglob("*") if path.is_file())


def test_an_owner_without_an_address_is_named_and_their_mail_is_made(closed):
    said = closed("mail", "--owners")
    (mail,) = mails(said)
    assert mail["To"] is None and mail["X-Unsent"] == "1"
    assert "Aucune adresse connue pour Nora T." in said.err
    assert "Le compte rendu" not in mail.get_body(("plain",)).get_content()


def test_when_everything_is_done_nobody_gets_a_mail(closed):
    closed("done", "A1")
    assert "Personne n’a plus rien à faire" in closed("mail", "--owners").err


def test_minutes_and_letter_are_text_for_a_wiki(closed, network):
    assert made(closed("wiki")).decode().startswith("======Compte rendu du 24 novembre 2026======\n")
    said = closed("wiki", "2026-12", "--for", "mediawiki")
    assert made(said).decode().startswith("= Lettre")
    assert Path(said.out.strip()) == network / "share" / "2026-12-mediawiki.txt"
    assert "Mon contrat" not in made(closed("wiki")).decode()
    assert closed("wiki", "--for", "autre").code == 2


def test_the_questions_that_wait_are_messages_only_where_they_were_sent(closed):
    assert "Aucune question" in closed("chat").err
    assert "**Qui sait ?** Prêter du matériel ?" in closed("chat", "--all").out
    assert "Mon contrat" not in closed("chat", "--all").out


def test_what_leaves_is_never_committed_and_goes_through_no_link(closed, network):
    made(closed("csv"))
    assert (network / "share" / ".gitignore").read_text() == "*\n"
    target = network / "share" / "2026-11-24-reseau.csv"
    target.unlink()
    target.symlink_to(network / "agenda.yaml")
    before = (network / "agenda.yaml").read_bytes()
    said = closed("csv")
    assert said.code == 1 and "lien" in said.err
    assert (network / "agenda.yaml").read_bytes() == before


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (("html", "2026-13"), 2, "n’est pas un mois"),
        (("mail", "2020-01"), 1, "Il n’y a pas de lettre"),
        (("csv", "2020-01-01-rien"), 1, "2020-01-01-rien"),
        (("html", "--links", "ftp://x"), 2, "http"),
    ],
)  # fmt: skip
def test_what_cannot_leave_is_said(closed, words, code, said):
    told = closed(*words)
    assert told.code == code and said in told.err
