"""`add`: what is caught is what was said."""

from __future__ import annotations

import pytest

from facilitator.core.said import Fields


def texts(run, kind="note"):
    return [record["text"] for record in run("entries", kind, "--json").json]


@pytest.mark.parametrize(
    ("words", "text"),
    [
        (('l\'outil « libre » "et" `sûr`',), 'l\'outil « libre » "et" `sûr`'),
        (("👩‍👩‍👧 viennent 🎉",), "👩‍👩‍👧 viennent 🎉"),
        (("deux\nlignes",), "deux\nlignes"),
        (("--", "-5 % de crédits"), "-5 % de crédits"),
        (("--", "--by"), "--by"),
        (("--", "-"), "-"),
        (("--", "--"), "--"),
        (("- un tiret",), "- un tiret"),
        (("$(rm -rf) \\n %s {x}",), "$(rm -rf) \\n %s {x}"),
    ],
)
def test_a_text_is_taken_as_it_is(meeting, words, text):
    said = meeting("add", "note", *words)
    assert (said.code, said.out) == (0, "")
    assert texts(meeting) == [text]


def test_a_lone_hyphen_reads_the_standard_input(meeting):
    assert meeting("add", "note", "-", stdin="  -bonjour\r\nà tous\n\n".encode()).code == 0
    assert texts(meeting) == ["-bonjour\nà tous"]


def test_options_come_before_or_after_the_text(meeting):
    meeting("add", "--by", "Awa S.", "question", "Une ?", "--theme", "droits")
    meeting("add", "question", "--theme", "#droits", "Deux ?", "--by", "awa")
    found = meeting("entries", "question", "--json").json
    assert [(one["by"], one["theme"]) for one in found] == [("Awa S.", "droits")] * 2


def test_common_options_come_before_the_command_too(meeting, network, monkeypatch):
    monkeypatch.chdir("/")
    said = meeting("--workspace", str(network), "--lang", "en", "add", "note", "Vu")
    assert said.code == 0 and said.err == "Noted: “Vu”\n"


def test_every_field_can_be_given(meeting):
    meeting(
        *("add", "news", "Un appel", "--type", "call", "--link", "https://example.org/a", "--deadline", "2026-12-15"),
        *("--level", "region", "--at", "09:40"),
    )
    (news,) = meeting("entries", "news", "--json").json
    assert (news["type"], news["link"], news["deadline"], news["number"]) == (
        "call",
        "https://example.org/a",
        "2026-12-15",
        "I1",
    )
    assert news["at"] == "2026-11-24T09:40:00+01:00"


def test_an_unknown_owner_is_accepted_and_said(meeting):
    said = meeting("add", "action", "Réserver", "--owner", "Zoé Q.", "--owner", "nora")
    assert said.code == 0 and "Zoé Q." in said.err.splitlines()[-1]
    (action,) = meeting("entries", "action", "--json").json
    assert action["owners"] == ["Zoé Q.", "Nora T."]


def test_a_due_date_is_read_as_people_say_it(meeting):
    meeting("add", "action", "Réserver", "--due", "10/12", "--at", "09:40")
    (action,) = meeting("entries", "action", "--json").json
    assert action["due"] == "2026-12-10"


def test_what_is_removed_from_a_text_is_said(meeting):
    said = meeting("add", "note", "a\x1b[31mb\x07 \u202ec")
    assert said.code == 0 and "Retiré du texte" in said.err
    assert "\x1b" not in said.err and "\x07" not in said.err
    assert texts(meeting) == ["ab c"]


def test_bytes_that_are_no_text_are_left_out_and_said(meeting):
    said = meeting("add", "note", "-", stdin=b"caf\xe9")
    assert said.code == 0 and "octets" in said.err
    assert texts(meeting) == ["caf"]


def test_an_individual_need_is_never_told_again(meeting, network):
    said = meeting("add", "need", "-", "--individual", stdin=b"Un secret")
    assert said.code == 0 and "secret" not in said.err + said.out and "S1" in said.err
    assert "secret" not in meeting("entries").out
    assert "secret" not in meeting("status").out
    assert "secret" not in meeting("undo").err
    assert "secret" not in meeting("redo").err
    (need,) = meeting("entries", "need", "--json").json
    assert (need["text"], need["private"], need["number"]) == ("Un secret", True, "S1")


def test_an_individual_need_in_the_arguments_is_accepted(meeting):
    assert meeting("add", "need", "Un secret", "--individual").code == 0


def test_an_offer_is_a_need(meeting):
    meeting("add", "need", "Prêter un vidéoprojecteur", "--offer")
    (need,) = meeting("entries", "need", "--json").json
    assert need["offer"] is True
    assert meeting("add", "question", "x", "--offer").code == 1


def test_add_gives_its_record_as_json_on_request(meeting):
    said = meeting("add", "question", "Une ?", "--json")
    assert said.json["number"] == "Q1"


def test_an_empty_text_is_refused(meeting):
    said = meeting("add", "question", "  \t ")
    assert (said.code, said.err) == (1, "Le texte est vide.\n")
    assert texts(meeting, "question") == []


def test_a_name_that_is_too_long_is_refused(meeting):
    said = meeting("add", "question", "Une ?", "--by", "x" * 300)
    assert said.code == 1 and "80" in said.err
    assert texts(meeting, "question") == []


def test_a_text_that_is_too_long_is_refused(meeting):
    assert meeting("add", "note", "-", stdin=b"x" * 20_000).code == 1
    assert texts(meeting) == []


@pytest.mark.parametrize(
    ("said", "due"),
    [
        ("vendredi", "2026-11-27"),
        ("fin avril", "2027-04-30"),
        ("dans 15 jours", "2026-12-08"),
        ("end of June", "2027-06-30"),
    ],
)
def test_a_due_date_is_counted_from_the_day_it_is_said(meeting, said, due):
    assert meeting("add", "action", "Réserver", "--due", said, "--at", "09:40").code == 0
    assert meeting("entries", "action", "--json").json[0]["due"] == due
    assert meeting("add", "news", "Un appel", "--deadline", said, "--at", "09:40").code == 0
    assert meeting("entries", "news", "--json").json[0]["deadline"] == due


def test_past_midnight_tomorrow_is_the_day_after(meeting):
    meeting("add", "action", "Réserver", "--due", "demain", "--at", "2026-11-25 00:10")
    assert meeting("entries", "action", "--json").json[0]["due"] == "2026-11-26"


def test_what_could_not_be_read_again_is_not_acknowledged(meeting, monkeypatch):
    with monkeypatch.context() as patched:
        patched.setattr("facilitator.cli.commands.capture.given_fields", lambda *_: Fields(type=[]))
        said = meeting("add", "news", "AMI")
    assert said.code == 1 and said.err.startswith("PAS ENREGISTRÉ : ce qui serait écrit ne pourrait pas être relu (")
    assert meeting("entries", "--json").json == []
