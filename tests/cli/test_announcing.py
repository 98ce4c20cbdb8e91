"""What is made of an agenda before its meeting, by commands."""

from __future__ import annotations

import email
import email.policy
import sys
from pathlib import Path

import pytest

CARRIED = """\
date: 2026-12-08
carried:
  - { from: 2026-11-24-reseau, number: Q2, text: "Prêter du matériel ?" }
  - { from: 2026-11-24-reseau, number: Q3, text: "Mon contrat ?" }
  - { from: 2026-11-24-reseau, number: Q1, text: "Qui paie ?" }
  - { from: 2026-11-24-reseau, number: A1, text: "Rédiger la charte" }
"""


def made(said) -> bytes:
    assert said.code == 0, said.err
    return Path(said.out.strip()).read_bytes()


@pytest.fixture
def coming(closed, network: Path):
    """A meeting was held, and the agenda of the next one carries over what it left."""
    folder = network / "agendas"
    folder.mkdir()
    (folder / "suite.yaml").write_text((network / "agenda.yaml").read_text() + CARRIED)
    return closed


def test_the_agenda_of_the_next_meeting_is_printed(coming, network):
    said = coming("print")
    assert "Le déroulé : agendas/suite.yaml" in said.err
    page = made(said).decode()
    assert Path(said.out.strip()) == network / "share" / "2026-12-08-reseau-paper.html"
    assert "09:30–09:50" in page and "Un" in page
    assert (network / "share" / ".gitignore").read_text() == "*\n"


def test_the_sheet_has_the_people_of_the_agenda(coming):
    page = made(coming("print", "--sheet")).decode()
    assert all(f"<td>{name}</td>" in page for name in ("Awa S.", "Karim B.", "Nora T.", "Élodie P."))


def test_a_pdf_without_its_extra_is_refused_and_said(coming, monkeypatch, network):
    monkeypatch.setitem(sys.modules, "typst", None)
    said = coming("print", "--pdf")
    assert said.code == 1 and "facilitator[pdf]" in said.err
    assert not list(network.glob("share/*.pdf"))


def test_the_invitation_says_the_public_questions_that_are_still_open(coming):
    mail = email.message_from_bytes(made(coming("invite")), policy=email.policy.default)
    text = mail.get_body(("plain",)).get_content().replace("\u202f", " ")
    assert mail["Subject"].startswith("Invitation") and "8 décembre" in mail["Subject"]
    assert "Prêter du matériel ?" in text
    assert not any(one in text for one in ("Mon contrat", "Qui paie", "Rédiger la charte"))


def test_the_reminder_is_a_file_of_its_own(coming, network):
    made(coming("invite"))
    mail = email.message_from_bytes(made(coming("invite", "--reminder")), policy=email.policy.default)
    assert mail["Subject"].startswith("Rappel")
    assert len(list(network.glob("share/*.eml"))) == 2


def test_the_invitation_for_the_chat_is_given_out(coming):
    said = coming("invite", "agenda.yaml", "--chat")
    assert said.out.startswith("**Invitation : Rencontre du réseau**\n")


def test_a_title_of_markup_and_newlines_stays_text(run, network):
    (network / "odd.yaml").write_text(
        'title: "<b>Bcc: x@example.org</b>"\nsteps: [{ kind: free, duration: 10m, title: "=1+1" }]\n'
    )
    mail = email.message_from_bytes(made(run("invite", "odd.yaml")), policy=email.policy.default)
    assert mail["Bcc"] is None and "<b>" in mail["Subject"]


@pytest.mark.parametrize("words", [("print",), ("print", "--sheet"), ("invite",)])
def test_nothing_goes_through_a_link(run, network, words):
    path = Path(run(*words, "agenda.yaml").out.strip())
    path.unlink()
    path.symlink_to(network / "agenda.yaml")
    before = (network / "agenda.yaml").read_bytes()
    said = run(*words, "agenda.yaml")
    assert said.code == 1 and "lien" in said.err
    assert (network / "agenda.yaml").read_bytes() == before


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (("print",), 1, "facilitator new"),
        (("invite", "rien.yaml"), 1, "rien.yaml"),
        (("invite", "--sheet"), 2, "--sheet"),
    ],
)
def test_what_cannot_be_announced_is_said(run, words, code, said):
    told = run(*words)
    assert told.code == code and said in told.err
