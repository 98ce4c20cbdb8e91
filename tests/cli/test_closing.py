"""The end of a meeting and its documents."""

from __future__ import annotations

import pytest

from facilitator.documents.markdown.outline import MAX_LINES


def test_adjourn_stops_time_and_writes_a_draft(meeting, network):
    said = meeting("adjourn", "--at", "10:45")
    assert said.code == 0 and "Brouillon" in said.err
    assert "draft" in (network / "minutes" / "2026-11-24-reseau.md").read_text()
    assert meeting("next", "--at", "10:46").code == 1
    assert meeting("undo", "--at", "10:46").code == 0
    assert meeting("next", "--at", "10:46").code == 0


def test_a_summary_is_the_first_thing_read(meeting, network):
    assert meeting("close", "--summary", "Une charte est lancée.", "--at", "10:50").code == 0
    assert "Une charte est lancée." in (network / "minutes" / "2026-11-24-reseau.md").read_text()


def test_minutes_of_a_live_meeting_are_a_draft(meeting, network):
    text = meeting("minutes", "--stdout").out
    assert "status: draft" in text
    assert not (network / "minutes").exists()
    said = meeting("minutes")
    assert said.out.strip() == str(network / "minutes" / "2026-11-24-reseau.md")
    assert (network / "minutes" / "2026-11-24-reseau.md").read_text().rstrip("\n").split("\n") != []


def test_minutes_of_a_closed_meeting_are_those_of_the_file(closed, network):
    path = network / "minutes" / "2026-11-24-reseau.md"
    path.write_text(path.read_text() + "\nUne remarque.\n")
    assert closed("minutes", "--stdout").out.endswith("\nUne remarque.\n")
    assert closed("minutes", "2026-11-24-reseau").out.strip() == str(path)
    assert closed("minutes", "2020-01-01-rien").code == 1


def test_a_newsletter_is_fed_once(closed, network):
    path = network / "newsletter" / "2026-12.md"
    before = path.read_bytes()
    assert closed("newsletter", "2026-12").out.strip() == str(path)
    assert closed("newsletter").code == 0
    assert path.read_bytes() == before


def test_a_newsletter_on_the_standard_output_writes_nothing(closed, network):
    path = network / "newsletter" / "2026-12.md"
    text = path.read_text()
    path.unlink()
    assert closed("newsletter", "2026-12", "--stdout").out == text.replace("\u00a0", " ").replace("\u202f", " ")
    assert not path.exists()
    assert closed("newsletter", "2026-12").code == 0
    assert path.read_text() == text


def test_the_newsletter_as_a_mail_has_no_boxes_and_absolute_links(closed, network):
    path = network / "newsletter" / "2026-12.md"
    text = path.read_bytes()
    mail = closed("newsletter", "2026-12", "--mail", "--links", "https://git.example.org/src").out
    assert (
        mail.startswith("Lettre d’information de décembre 2026\n\n") and "[ ]" not in mail and "../minutes" not in mail
    )
    assert (
        "Voici ce que dit la rencontre du 24 novembre (compte rendu : https://git.example.org/src/minutes/2026-11-24-"
        in mail
    )
    assert "https://" not in closed("newsletter", "2026-12", "--mail").out
    assert path.read_bytes() == text
    assert closed("newsletter", "--mail", "--links", "ftp://x").code == 2
    assert closed("newsletter", "--links", "https://git.example.org").code == 2


def test_a_month_without_a_meeting_has_no_newsletter(closed):
    said = closed("newsletter", "2027-03")
    assert said.code == 1 and "mars 2027" in said.err


def test_a_newsletter_needs_a_closed_meeting(meeting):
    assert meeting("newsletter").code == 1


def test_a_ticked_box_closes_the_follow_up_and_no_other(closed, network):
    path = network / "newsletter" / "2026-12.md"
    path.write_text(path.read_text().replace("- [ ]", "- [x]"))
    numbers = [one["number"] for one in closed("followups", "--json").json]
    assert "Q2" not in numbers and "Q4" in numbers and "A1" in numbers


def test_a_changed_draft_is_not_overwritten_by_the_close(meeting, network):
    meeting("minutes")
    path = network / "minutes" / "2026-11-24-reseau.md"
    path.write_text("À moi.\n")
    said = meeting("close", "--at", "10:50")
    assert said.code == 0 and "ne peut plus être lu" in said.err
    assert path.read_text() == "À moi.\n"
    assert "status: final" in (network / "minutes" / "2026-11-24-reseau.new.md").read_text()


def test_a_newsletter_that_cannot_be_read_is_left_alone(closed, network):
    path = network / "newsletter" / "2026-12.md"
    path.write_text("---\nfed: [\n---\nÀ moi.\n")
    said = closed("newsletter", "2026-12")
    assert said.code == 0 and "2026-12.new.md" in said.err
    assert path.read_text() == "---\nfed: [\n---\nÀ moi.\n"
    assert "newsletter: 2026-12" in path.with_name("2026-12.new.md").read_text()


def test_a_close_that_was_interrupted_is_finished_by_the_next_command(meeting, network, monkeypatch):
    from facilitator.meetings import publishing as publish

    def full(*_args, **_kwargs):
        raise OSError(28, "No space left on device", "minutes")

    with monkeypatch.context() as patched:
        patched.setattr(publish, "write_document", full)
        said = meeting("close", "--at", "10:50")
        assert said.code == 1 and "tout n’est pas écrit" in said.err and "disque est plein" in said.err
        said = meeting("status", "--json")
        assert said.code == 0 and said.json["state"] == "closed" and "disque est plein" in said.err
        assert meeting("done", "A1").code == 1
    assert not (network / "minutes" / "2026-11-24-reseau.md").exists()
    said = meeting("status", "--json")
    assert said.json["state"] == "closed" and "achevée" in said.err
    assert "status: final" in (network / "minutes" / "2026-11-24-reseau.md").read_text()


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"---\nfed: [\n---\n", "L’en-tête d’un document est illisible : il a été laissé tel quel."),
        (b"a\n" * 30_000, "Un document est plus gros que tout ce qui peut être lu : il a été laissé tel quel."),
        (None, "2026-12.md : c’est un dossier, pas un fichier"),
    ],
    ids=["a torn head", "too large", "a folder"],
)
def test_a_newsletter_that_cannot_be_read_is_one_sentence(closed, network, data, said):
    path = network / "newsletter" / "2026-12.md"
    path.unlink()
    if data is None:
        path.mkdir()
    else:
        path.write_bytes(data)
    found = closed("newsletter", "2026-12", "--stdout")
    assert (found.code, found.out) == (1, "")
    assert found.err.endswith(f"{said}\n") and found.err.count("\n") == 1


def test_an_answer_that_would_make_the_minutes_too_long_to_be_read_is_refused(closed, network):
    path = network / "minutes" / "2026-11-24-reseau.md"
    path.write_text(path.read_text() + "\n" * (MAX_LINES - path.read_text().count("\n")))
    before = path.read_bytes()
    assert closed("answer", "Q4", "Une réponse" + "\n- et une autre" * 20).code == 1
    assert path.read_bytes() == before
    assert closed("entries", "question", "--json").json
