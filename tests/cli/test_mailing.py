"""`mail`, to a list: shown, stopped until it is accepted, sent once to each."""

from __future__ import annotations

import os
import stat

import pytest
from share.postman import postman

SECRET = "sesame7secret"


@pytest.fixture
def post():
    with postman() as server:
        yield server


@pytest.fixture
def listed(closed, network, post, tmp_path):
    (network / "facilitator.yaml").write_text(
        f"share: {{ mail: {{ host: '127.0.0.1:{post.port}', security: none, sender: lettre@example.org }} }}\n"
    )
    file = tmp_path / "home" / ".config" / "facilitator" / "recipients"
    file.parent.mkdir(parents=True)
    file.write_text("awa@example.org\nkarim@example.org\n")
    file.chmod(0o600)
    return closed


def test_a_mail_is_shown_first_and_goes_out_once_it_is_accepted(listed, post, network):
    said = listed("mail", "--send")
    assert said.code == 1 and "Rédiger la charte" in said.out and "**" not in said.out
    assert "À 2 adresses : awa@example.org, karim@example.org" in said.err and "--accept" in said.err
    assert "reporté sans date" in said.err and not post.said
    said = listed("mail", "--send", "--accept")
    assert said.code == 0 and "Envoyé à 2 adresses" in said.err and len(post.took) == 2
    said = listed("mail", "--send", "--accept", "--to", "nora@example.org", "--to", "awa@example.org")
    assert said.code == 0 and "Envoyé à 1 adresse : nora@example.org" in said.err and len(post.took) == 3
    everything = b"".join(path.read_bytes() for path in network.rglob("*") if path.is_file())
    assert b"awa@example.org" not in everything  # the list stays private


def test_a_letter_is_another_mail(listed, post):
    assert listed("mail", "--send", "--accept").code == 0
    assert listed("mail", "2026-12", "--send", "--accept").code == 0 and len(post.took) == 4


def test_each_owner_of_actions_gets_theirs_alone_and_once(listed, post):
    assert listed("notebook", "Nora T.", "--contact", "nora@example.org").code == 0
    said = listed("mail", "--owners", "--send")
    assert said.code == 1 and "Rédiger la charte" in said.out and "nora@example.org" in said.err and not post.took
    assert listed("mail", "--owners", "--send", "--accept").code == 0
    assert listed("mail", "--owners", "--send", "--accept").code == 0 and len(post.took) == 1
    assert b"nora@example.org" in post.took[0] and b"awa@example.org" not in post.took[0]
    assert listed("mail", "--send", "--accept").code == 0 and len(post.took) == 3  # the minutes are another mail


def test_a_password_that_is_not_known_is_said_with_its_place_and_one_that_others_read_is_not_used(
    listed, network, tmp_path, post
):
    text = (network / "facilitator.yaml").read_text().replace("security: none", "user: claire")
    (network / "facilitator.yaml").write_text(text)
    said = listed("mail", "--send", "--accept")
    file = tmp_path / "home" / ".config" / "facilitator" / "127.0.0.1.password"
    assert said.code == 1 and str(file) in said.err
    file.write_text(SECRET)
    file.chmod(0o640)
    said = listed("mail", "--send", "--accept")
    assert said.code == 1 and "chmod 600" in said.err
    file.chmod(0o600)
    said = listed("mail", "--send", "--accept")
    assert said.code == 1 and "ne chiffre pas" in said.err and SECRET not in said.err and not post.took


@pytest.mark.ci
def test_a_draft_goes_to_nobody(meeting):
    meeting("add", "question", "Qui ?", "--at", "09:40")
    meeting("send", "Q1", "mattermost", "--at", "09:41")
    for words in (("mail", "--send", "--to", "a@example.org"), ("chat", "--post"), ("mail", "--owners", "--send")):
        said = meeting(*words, "--accept")
        assert said.code == 1 or "Personne" in said.err, words
        assert "publié" in said.err or "Personne" in said.err


def test_what_is_missing_first_is_said_first(closed):
    assert "host" in closed("mail", "--send").err


def test_an_address_with_a_newline_is_one_clear_message(listed, post):
    said = listed("mail", "--send", "--accept", "--to", "awa@example.org\r\nBcc: tous@example.org")
    assert said.code == 1 and said.err.count("\n") == 1 and not post.said


def test_without_a_list_it_is_said_where_it_goes(listed, tmp_path):
    (tmp_path / "home" / ".config" / "facilitator" / "recipients").unlink()
    said = listed("mail", "--send")
    assert said.code == 1 and "recipients" in said.err and "--to" in said.err


@pytest.mark.parametrize(
    "words", [("--accept",), ("--to", "a@example.org"), ("--send", "--open"), ("--owners", "--open")]
)
def test_options_that_mean_nothing_together_are_refused(listed, words):
    assert listed("mail", *words).code == 2


@pytest.mark.ci
def test_a_mail_is_opened_by_the_users_program_without_a_shell(closed, network, tmp_path, monkeypatch):
    tools = tmp_path / "tools"
    tools.mkdir()
    (tools / "xdg-open").write_text(f'#!/bin/sh\nprintf "%s" "$1" > {tmp_path}/opened\n')
    (tools / "xdg-open").chmod(stat.S_IRWXU)
    monkeypatch.setenv("PATH", f"{tools}:{os.environ['PATH']}")
    monkeypatch.setenv("DISPLAY", ":7")
    monkeypatch.delenv("WAYLAND_DISPLAY", raising=False)
    said = closed("mail", "--open")
    assert said.code == 0 and (tmp_path / "opened").read_text() == str(network / "share" / "2026-11-24-reseau.eml")
    monkeypatch.delenv("DISPLAY")
    said = closed("mail", "--open")
    assert said.code == 1 and said.out.strip().endswith(".eml") and "ouvrez" in said.err
