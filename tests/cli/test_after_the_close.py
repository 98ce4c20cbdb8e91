"""What commands do once a meeting is closed: to its minutes, its newsletter, what is private, and to nothing else."""

from __future__ import annotations

import datetime
import errno
import shutil
from pathlib import Path

import pytest

from facilitator.meetings.past import archive_as_is
from facilitator.store import atomic
from facilitator.store import documents as shelf
from facilitator.store.archive import Archive
from facilitator.store.workspace import Workspace

MEETING = "2026-11-24-reseau"


def minutes(network: Path) -> Path:
    return network / "minutes" / f"{MEETING}.md"


def letter(network: Path) -> Path:
    return network / "newsletter" / "2026-12.md"


def record(run, number):
    return next(one for one in run("entries", "--json").json if one["number"] == number)


def numbers(run):
    return [one["number"] for one in run("followups", "--json").json]


# What is private


@pytest.mark.ci
def test_what_was_changed_in_private_since_goes_on_in_a_meeting_that_is_open_again(closed):
    assert closed("edit", "S1", "--text", "Fin de contrat en avril", "--theme", "emploi").code == 0
    assert closed("answer", "Q3", "On en parle jeudi.").code == 0
    assert closed("done", "S1").code == 0
    assert closed("reopen").code == 0
    found = record(closed, "S1")
    assert (found["text"], found["theme"], found["done"]) == ("Fin de contrat en avril", "emploi", True)
    assert closed("close").code == 0
    found = record(closed, "S1")
    assert (found["text"], found["theme"], found["done"]) == ("Fin de contrat en avril", "emploi", True)
    assert (record(closed, "Q3")["answer"], record(closed, "Q3")["done"]) == ("On en parle jeudi.", True)


def test_who_asked_stays_known_in_private_where_the_minutes_do_not_say_it(run, network):
    assert run("start", "agenda.yaml", "--at", "2026-11-24 09:30").code == 0
    run("add", "question", "Qui paie ?", "--by", "Awa S.", "--at", "09:52")
    run("send", "Q1", "newsletter", "--at", "09:53")
    assert run("close", "--at", "10:50").code == 0
    assert run("send", "Q1", "individual").code == 0
    assert record(run, "Q1")["by"] == "Awa S."
    assert run("send", "Q1", "mattermost", "--public").code == 0
    assert "Awa" not in minutes(network).read_text().split("\n---\n", 1)[1]


@pytest.mark.sampled(2)
@pytest.mark.parametrize(("attribution", "shown"), [("name", "Awa S."), ("structure", "Ville"), ("none", None)])
@pytest.mark.parametrize("with_journal", [True, False])
def test_who_said_it_is_written_as_the_network_wants_it(run, network, attribution, shown, with_journal):
    (network / "facilitator.yaml").write_text(
        f"choices: {{ attribution: {{ needs: {attribution} }} }}\nmembers: [{{ name: Awa S., structure: Ville }}]\n"
    )
    (network / "agenda.yaml").write_text("title: R\nslug: reseau\nsteps: [{ kind: needs, duration: 30m }]\n")
    run("start", "agenda.yaml", "--at", "2026-11-24 09:30")
    run("add", "need", "Une salle", "--at", "09:52")
    run("attend", "Awa S.", "--at", "09:52")
    assert run("close", "--at", "10:50").code == 0
    if not with_journal:
        (network / ".facilitator").rename(network.parent / "gone")
    said = run("edit", "B1", "--by", "Awa S.", "--theme", "lieu")
    assert said.code == 0
    found = record(run, "B1")
    assert (found["by"], found["theme"]) == (shown, "lieu")
    assert ("ne dit pas" in said.err) == (shown is None)
    assert run("edit", "B1", "--by", "Awa S.").code == (0 if shown else 1)


# The limits of the meeting


@pytest.mark.parametrize(
    "words",
    [
        ("answer", "Q2", "x" * 10_001),
        ("edit", "A1", "--text", "x" * 10_001),
        ("edit", "A1", "--owner", "x" * 81),
        ("edit", "S1", "--text", "x" * 10_001),
        ("edit", "D1", "--offer"),
        ("edit", "S1", "--offer"),
        ("send", "Q2", "next", "--owner", "x" * 81),
        ("edit", "A1", "--theme", "x" * 81),
    ],
)
def test_what_a_meeting_refuses_is_refused_after_its_close(closed, network, words):
    before = minutes(network).read_text(), closed("entries", "--json").out
    said = closed(*words)
    assert said.code == 1 and said.err.count("\n") == 1
    assert (minutes(network).read_text(), closed("entries", "--json").out) == before


# One entry and no other


@pytest.mark.ci
def test_minutes_indented_with_tabs_are_changed_in_their_own_way(closed, network):
    path = minutes(network)
    path.write_text(path.read_text().replace("\n  - *", "\n\t- *"))
    before = {one["number"]: one for one in closed("entries", "--json").json}
    assert closed("answer", "Q2", "Oui.").code == 0
    assert closed("edit", "A1", "--due", "2026-12-20", "--theme", "charte").code == 0
    after = {one["number"]: one for one in closed("entries", "--json").json}
    assert (after["Q2"]["answer"], after["Q2"]["done"]) == ("Oui.", True)
    assert (after["A1"]["due"], after["A1"]["theme"], after["A1"]["owners"]) == ("2026-12-20", "charte", ["Nora T."])
    assert {n: one for n, one in after.items() if n not in ("Q2", "A1")} == {
        n: one for n, one in before.items() if n not in ("Q2", "A1")
    }


def test_an_entry_that_cannot_be_changed_surely_is_left_and_its_line_said(closed, network):
    path = minutes(network)
    text = path.read_text().replace("\n## Qui fait", "\n<<<<<<< ici\n## Qui fait")
    path.write_text(text)
    line = next(n for n, one in enumerate(text.split("\n"), 1) if 'id="d1"' in one)
    said = closed("edit", "D1", "--theme", "charte")
    assert said.code == 1 and f"D1, ligne {line}" in said.err
    assert path.read_text() == text


def test_two_commands_at_once_lose_nothing(closed, network, monkeypatch):
    """Another one writes between the reading and the writing of this one: this one waits for its turn, or sees it."""
    real, done = shelf.replace_text, []

    def meanwhile(workspace, path, before, after):
        if not done:
            done.append(True)
            path.write_text(before.replace("Une charte.", "Une charte signée."))
        real(workspace, path, before, after)

    monkeypatch.setattr("facilitator.meetings.changing.replace_text", meanwhile)
    said = closed("done", "A1")
    assert said.code == 1 and "entre-temps" in said.err
    assert "Une charte signée." in minutes(network).read_text()
    assert closed("done", "A1").code == 0
    assert "Une charte signée." in minutes(network).read_text()


def test_who_saves_in_an_editor_just_before_the_rename_is_not_overwritten(closed, network, monkeypatch):
    real = atomic.write_all

    def saved_meanwhile(fd, data):
        real(fd, data)
        if minutes(network).read_bytes() != data:
            minutes(network).write_text("À moi.\n")

    monkeypatch.setattr(atomic, "write_all", saved_meanwhile)
    assert closed("done", "A1").code == 1
    assert minutes(network).read_text() == "À moi.\n"


def test_commands_after_the_close_take_turns(closed, network, monkeypatch):
    monkeypatch.setattr(shelf, "_WAIT_S", 0.05)
    before = minutes(network).read_text()
    with shelf.in_turn(Workspace(network)):
        said = closed("done", "A1")
    assert said.code == 1 and "réessayez" in said.err
    assert minutes(network).read_text() == before


# Sent again, open again


@pytest.mark.ci
def test_what_is_sent_again_is_to_be_followed_up_again(closed, network):
    closed("answer", "Q2", "Oui.")
    assert "Q2" not in numbers(closed)
    assert "- [ ]" not in letter(network).read_text() and "  - Oui." in letter(network).read_text()
    assert closed("send", "Q2", "newsletter").code == 0
    assert "Q2" in numbers(closed) and "Oui." not in letter(network).read_text()
    letter(network).write_text(letter(network).read_text().replace("- [ ]", "- [x]"))
    assert "Q2" not in numbers(closed)
    assert closed("send", "Q2", "mattermost").code == 0
    assert "Q2" in numbers(closed)


def test_what_is_open_again_is_unticked_in_the_newsletter(closed, network):
    text = letter(network).read_text()
    letter(network).write_text(text.replace("- [ ]", "- [x]"))
    assert "Q2" not in numbers(closed)
    assert closed("done", "Q2", "--open").code == 0
    assert "Q2" in numbers(closed)
    assert letter(network).read_text() == text


def test_the_newsletter_says_what_the_minutes_say_now(closed, network):
    assert closed("edit", "Q4", "--text", "Quelle salle pour janvier ?").code == 0
    assert closed("send", "Q4", "newsletter").code == 0
    assert closed("newsletter").code == 0
    assert "Quelle salle pour janvier" in letter(network).read_text()
    letter(network).unlink()
    path = minutes(network)
    path.write_text(path.read_text().replace("Prêter du matériel", "Prêter des tablettes"))
    assert closed("newsletter").code == 0
    assert "tablettes" in letter(network).read_text() and "matériel" not in letter(network).read_text()


# Answers travel between the letter and the minutes

ROOM = "*Réponse\u00a0:* …"


def typed(network, answer: str) -> None:
    text = letter(network).read_text()
    assert text.count(ROOM) == 1
    letter(network).write_text(text.replace(ROOM, f"*Réponse\u00a0:* {answer}"))


def test_an_answer_typed_in_the_letter_is_in_the_minutes_and_moves_there(closed, network):
    typed(network, "Oui, *sur convention*.")
    said = closed("followups", "--json")
    assert "Q2" not in {one["number"] for one in said.json}
    assert "Q2 a reçu sa réponse dans newsletter/2026-12.md" in said.err
    assert "Oui, *sur convention*." in minutes(network).read_text()
    assert closed("followups").err == ""
    assert closed("newsletter").code == 0
    text = letter(network).read_text()
    assert "[ ]" not in text and "Qui sait" not in text
    assert text.index("le réseau répond") < text.index("Prêter du matériel") < text.index("  - Oui, *sur convention*.")
    before = text, minutes(network).read_text()
    assert closed("newsletter").err == closed("followups").err == ""
    assert (letter(network).read_text(), minutes(network).read_text()) == before


def test_an_answer_given_later_is_in_the_letter_at_once_and_counts_once(closed, network):
    assert closed("answer", "Q2", "Oui.").code == 0
    text = letter(network).read_text()
    assert "- [ ]" not in text and text.count("Prêter du matériel") == text.count("  - Oui.") == 1
    assert closed("newsletter").code == 0
    assert letter(network).read_text() == text


def test_an_answer_typed_in_the_minutes_comes_into_the_letter(closed, network):
    text = minutes(network).read_text()
    [line] = [line for line in text.split("\n") if "**Q2**" in line and "id=" in line]
    minutes(network).write_text(text.replace(line, f"{line}\n  - *Réponse :* Oui, à Mably."))
    assert closed("newsletter").code == 0
    assert letter(network).read_text().count("  - Oui, à Mably.") == 1
    assert "Q2" not in numbers(closed)


def test_where_both_answer_each_keeps_its_words_and_the_place_is_said(closed, network):
    text = letter(network).read_text()
    assert closed("answer", "Q2", "Oui.").code == 0
    letter(network).write_text(text)
    typed(network, "Non.")
    before = minutes(network).read_text()
    said = closed("followups")
    assert "répond autrement à Q2" in said.err or "répondent autrement à Q2" in said.err
    assert minutes(network).read_text() == before and "Non." in letter(network).read_text()


def test_what_is_answered_once_the_letter_was_sent_goes_into_the_next_one(closed, network):
    letter(network).write_text(letter(network).read_text().replace("language: fr\n", "language: fr\nsent: oui\n"))
    sent = letter(network).read_bytes()
    assert closed("answer", "Q2", "Oui.").code == 0
    [following] = [path for path in letter(network).parent.iterdir() if path != letter(network)]
    text = following.read_text()
    assert text.count("  - Oui.") == 1 and "Qui paie" not in text and "Une charte" not in text
    assert closed("newsletter").out.strip() == str(following)
    assert following.read_text() == text and letter(network).read_bytes() == sent


def test_a_letter_of_another_month_that_cannot_be_read_holds_nothing_up(closed, network):
    (network / "newsletter" / "2026-10.md").write_bytes(b"a\n" * 3_000_000)
    assert closed("newsletter").code == 0
    assert closed("answer", "Q2", "Oui.").code == 0
    assert "  - Oui." in letter(network).read_text()


def test_minutes_that_stand_open_again_learn_nothing_from_the_letter(closed, network):
    assert closed("reopen").code == 0
    typed(network, "Oui.")
    before = minutes(network).read_bytes()
    assert "Q2" in numbers(closed)
    assert minutes(network).read_bytes() == before


# Whose minutes they are


def test_other_files_among_the_minutes_are_no_meeting(closed, network):
    (network / "minutes" / "README.md").write_text("# Nos comptes rendus\n")
    (network / "minutes" / "zzz.md").write_text("# Notes\n")
    assert closed("done", "A1").code == 0
    assert closed("minutes").out.strip() == str(minutes(network))
    assert "README" not in closed("followups").err


def test_minutes_under_another_name_are_those_of_their_meeting(closed, network):
    minutes(network).rename(network / "minutes" / "zzz.md")
    assert closed("done", "A1").code == 0
    assert closed("minutes").out.strip() == str(network / "minutes" / "zzz.md")


def test_a_copy_of_minutes_doubles_nothing(closed, network):
    before = closed("followups", "--json").out
    (network / "minutes" / "copie.md").write_bytes(minutes(network).read_bytes())
    said = closed("followups", "--json")
    assert said.out == before and "copie.md" in said.err
    assert closed("done", "A1").code == 0
    assert "A1" not in numbers(closed)


def test_entries_keep_the_order_of_their_numbers(meeting):
    for text in ("Un ?", "Deux ?", "Trois ?"):
        meeting("add", "question", text)
    meeting("add", "decision", "Une charte")
    meeting("add", "need", "Un secret", "--individual")
    for number, where in (("Q1", "individual"), ("Q2", "next"), ("Q3", "drop")):
        meeting("send", number, where)
    before = [one["number"] for one in meeting("entries", "--json").json]
    assert meeting("close").code == 0
    assert [one["number"] for one in meeting("entries", "--json").json] == before == ["Q1", "Q2", "Q3", "S1", "D1"]


# A draft that a person changed


def test_a_meeting_closed_with_a_draft_that_a_person_changed_is_published_with_their_words(meeting, network):
    meeting("add", "action", "Rédiger la charte", "--at", "09:57")
    meeting("minutes")
    path = minutes(network)
    path.write_text(path.read_text().replace("Rédiger la charte *(", "Écrire la charte *(") + "\nÀ moi.\n")
    assert meeting("edit", "A1", "--owner", "Léa Moreau").code == 0
    closed = meeting("close", "--at", "10:50")
    assert closed.code == 0
    text = path.read_text()
    assert text.endswith("\nÀ moi.\n") and "Écrire la charte *(**Léa Moreau**" in text and "status: final" in text
    assert "A1" in numbers(meeting)
    assert meeting("done", "A1").code == 0
    assert "A1" not in numbers(meeting)
    assert meeting("minutes").out.strip() == str(path)


def test_what_both_changed_in_a_draft_is_said(meeting, network):
    meeting("add", "action", "Rédiger la charte", "--at", "09:57")
    meeting("minutes")
    path = minutes(network)
    path.write_text(path.read_text().replace("Rédiger la charte *(", "Écrire la charte *("))
    meeting("edit", "A1", "--text", "Imprimer la charte")
    said = meeting("minutes")
    assert "A1 a été modifié des deux côtés" in said.err and "Imprimer la charte" in said.err
    assert "Imprimer la charte *(" not in path.read_text()
    assert "A1" not in meeting("minutes").err


def test_a_meeting_closed_beside_a_draft_that_nothing_can_read_is_followed_up(meeting, network):
    meeting("add", "action", "Rédiger la charte", "--at", "09:57")
    meeting("minutes")
    path = minutes(network)
    path.write_text("À moi.\n")
    assert meeting("close", "--at", "10:50").code == 0
    assert "A1" in numbers(meeting)
    assert meeting("done", "A1").code == 0
    assert "A1" not in numbers(meeting)
    said = meeting("minutes")
    assert said.out.strip() == str(path.with_name(f"{MEETING}.new.md")) and "ne peut plus être lu" in said.err
    assert path.read_text() == "À moi.\n"


def test_what_a_person_wrote_beside_is_not_overwritten_either(meeting, network):
    meeting("minutes")
    path = minutes(network)
    for name in (f"{MEETING}.md", f"{MEETING}.new.md"):
        path.with_name(name).write_text("À moi.\n")
    said = meeting("close", "--at", "10:50")
    assert said.code == 0 and f"{MEETING}.new-2.md" in said.err
    assert [path.with_name(name).read_text() for name in (f"{MEETING}.md", f"{MEETING}.new.md")] == ["À moi.\n"] * 2
    assert "status: final" in path.with_name(f"{MEETING}.new-2.md").read_text()


def test_a_newsletter_beside_is_not_overwritten_either(closed, network):
    path = letter(network)
    for name in ("2026-12.md", "2026-12.new.md"):
        path.with_name(name).write_text("---\nfed: [\n---\nÀ moi.\n")
    said = closed("newsletter", "2026-12")
    assert said.code == 0 and "2026-12.new-2.md" in said.err
    assert closed("newsletter", "2026-12").code == 0
    assert len(list(path.parent.iterdir())) == 3


# What could not be written


@pytest.mark.parametrize(
    "words", [("start",), ("start", "agenda.yaml"), ("run", "--plain"), ("followups",), ("status",)]
)
def test_the_next_command_finishes_a_close(meeting, network, monkeypatch, words):
    from facilitator.meetings import publishing as publish

    def full(*_args, **_kwargs):
        raise OSError(28, "No space left on device", "minutes")

    with monkeypatch.context() as patched:
        patched.setattr(publish, "write_document", full)
        assert meeting("close", "--at", "10:50").code == 1
        for reading in (("status",), ("followups",), ("entries",)):
            said = meeting(*reading)
            assert said.code == 0 and "disque est plein" in said.err
    assert meeting(*words).code == 0
    assert "status: final" in minutes(network).read_text()


def test_a_closed_meeting_that_cannot_be_published_is_not_in_the_way_of_the_next_one(meeting, network, monkeypatch):
    from facilitator.meetings import publishing as publish

    def full(*_args, **_kwargs):
        raise OSError(28, "No space left on device", "minutes")

    monkeypatch.setattr(publish, "write_document", full)
    assert meeting("close", "--at", "10:50").code == 1
    assert meeting("start", "agenda.yaml", "--again", "--at", "2026-11-24 14:00").code == 0
    assert meeting("status", "--json", "--at", "2026-11-24 14:01").json["state"] == "running"


def test_minutes_that_cannot_be_written_are_named(meeting, network):
    (network / "minutes").write_text("un fichier\n")
    said = meeting("close", "--at", "10:50")
    assert said.code == 1 and f"minutes/{MEETING}.md" in said.err and "publiée" in said.err


def test_an_act_is_done_though_its_draft_cannot_be_written(meeting, network):
    (network / "minutes").write_text("un fichier\n")
    said = meeting("adjourn", "--at", "10:45")
    assert said.code == 0 and "brouillon" in said.err
    assert meeting("status", "--json").json["state"] == "adjourned"
    assert meeting("close", "--at", "10:50").code == 1
    assert meeting("status", "--json").json["state"] == "closed"


@pytest.mark.parametrize("with_journal", [True, False])
def test_a_day_said_after_the_close_is_counted_from_today(closed, network, with_journal):
    if not with_journal:
        shutil.rmtree(network / ".facilitator" / "meetings")
    assert closed("edit", "A1", "--due", "demain").code == 0
    assert closed("send", "Q2", "mattermost", "--due", "dans une semaine").code == 0
    due = {one["number"]: one["due"] for one in closed("entries", "--json").json if one["due"]}
    assert (due["A1"], due["Q2"]) == ("2026-11-26", "2026-12-02")  # the day after the meeting is the day of these tests


# What is no longer there


def without(network, *anchors):
    text = minutes(network).read_text().splitlines(keepends=True)
    minutes(network).write_text("".join(line for line in text if not any(f'id="{one}"' in line for one in anchors)))


def test_an_entry_that_was_published_and_is_gone_is_said_once_by_the_next_command(closed, network):
    without(network, "d1")
    gone = f"{MEETING}.md : D1 : publié, et n’y est plus."
    assert gone in closed("followups").err
    assert "D1" not in closed("followups").err
    assert closed("done", "A1").code == 0
    assert "D1" not in closed("entries").err  # what the program wrote itself is no other change
    without(network, "a1")
    assert f"{MEETING}.md : D1, A1 : publié" in closed("answer", "Q2", "Oui.").err
    assert "publié" not in closed("followups").err
    assert "D1" in closed("doctor").out


def test_a_question_that_was_taken_up_individually_is_not_said_to_be_gone(closed, network):
    assert closed("send", "Q2", "individual").code == 0
    assert "publié" not in closed("followups").err
    text = minutes(network).read_text()
    assert "Q2" not in text and "q2" not in text and "Prêter" not in text
    assert "closed: Q1-Q1 Q4-Q4 " in text


def test_a_question_that_is_everyones_again_stands_under_its_heading(closed, network):
    before = minutes(network).read_text()
    closed("send", "Q2", "individual")
    assert closed("send", "Q2", "newsletter", "--public").code == 0
    assert minutes(network).read_text() == before
    assert not record(closed, "Q2")["private"]


def test_who_asked_is_kept_by_the_journal_to_bring_the_answer_back(closed, network):
    assert "Awa S.*" not in minutes(network).read_text()
    assert record(closed, "Q1")["by"] is None
    assert closed("send", "Q1", "individual").code == 0
    assert record(closed, "Q1")["by"] == "Awa S."


def test_what_is_past_is_neither_listed_nor_looked_at_by_a_meeting_from_its_start_to_its_close(
    closed, network, monkeypatch
):
    """However many minutes there are, they cost a meeting nothing; what comes to them is in the archive all the same."""
    monkeypatch.setattr(Workspace, "minutes_texts", lambda _: pytest.fail("listed"))
    monkeypatch.setattr(Workspace, "minutes_files", lambda _: pytest.fail("listed"))
    for words in (
        ("start", "agenda.yaml", "--again", "--at", "2026-12-15 09:30"),
        ("add", "decision", "Une décision de décembre.", "--at", "2026-12-15 09:40"),
        ("close", "--at", "2026-12-15 10:00"),
    ):
        said = closed(*words)
        assert said.code == 0, said.err
    with archive_as_is(Workspace(network)) as archive:
        assert "2026-12-15-reseau" in archive.meetings()


def test_an_archive_that_cannot_be_had_is_told_with_what_is_open(closed, monkeypatch):
    def full(*_args, **_named):
        raise OSError(errno.ENOSPC, "No space left on device", "letter.md")

    monkeypatch.setattr("facilitator.meetings.letters.archive_of", full)
    said = closed("followups")
    assert said.code == 0 and "le disque est plein" in said.err


@pytest.mark.parametrize("broken", ["in_turn", "replace_text"])
def test_a_close_that_was_done_does_not_fail_by_what_letters_cannot_bring(closed, network, monkeypatch, broken):
    """Every sentence of it is told all the same, with what prevents it."""

    def full(*_args, **_named):
        raise OSError(errno.ENOSPC, "No space left on device", "letter.md")

    typed(network, "Oui.")
    assert closed("start", "agenda.yaml", "--again", "--at", "2026-12-15 09:30").code == 0
    monkeypatch.setattr(f"facilitator.meetings.letters.{broken}", full)
    if broken == "replace_text":  # the letter of the close itself is written otherwise
        monkeypatch.setattr("facilitator.meetings.publishing.feed_in_turn", lambda *_, **__: None)
    done = closed("close", "--at", "2026-12-15 10:00")
    assert done.code == 0, done.err
    assert "La rencontre est publiée." in done.err
    assert "le disque est plein" in done.err


# Moved to another sequence, shared by one more


def item(network, number: str) -> str:
    return next(line for line in minutes(network).read_text().split("\n") if f"**{number}**" in line and "id=" in line)


@pytest.mark.parametrize("with_journal", [True, False])
def test_a_move_after_the_close_is_in_the_minutes_that_people_read(closed, network, with_journal):
    if not with_journal:
        (network / ".facilitator").rename(network.parent / "gone")
    said = closed("move", "Q2", "1")
    if not with_journal:  # the sequences are those that the minutes name
        assert said.code == 1 and "« 1 »" in said.err
        assert closed("move", "Q2", "besoins").code == 0
        return
    assert said.code == 0 and said.err == "Q2 rattaché à : Accueil et visite (2026-11-24-reseau)\n"
    assert item(network, "Q2").endswith("*([accueil](#step-1))*")
    assert '### <a id="step-1" name="step-1"></a>Accueil et visite\n' in minutes(network).read_text()
    assert record(closed, "Q2")["step"] == 1 and record(closed, "Q1")["step"] == 2
    assert closed("move", "Q2", "besoins").code == 0
    assert record(closed, "Q2")["step"] == 2 and "#step-" not in item(network, "Q2")
    assert closed("move", "D1", "999").code == closed("move", "D9", "1").code == 1


def test_a_move_of_what_is_private_is_kept_in_private(closed, network):
    before = minutes(network).read_text()
    assert closed("move", "S1", "1").code == closed("move", "Q3", "1").code == closed("same", "S1").code == 0
    assert (record(closed, "S1")["step"], record(closed, "Q3")["step"], record(closed, "S1")["same"]) == (1, 1, 1)
    assert minutes(network).read_text() == before


@pytest.mark.ci
def test_one_more_after_the_close_counts_in_the_minutes_and_in_the_letter(run, network):
    assert run("start", "agenda.yaml", "--at", "2026-11-24 09:30").code == 0
    run("add", "need", "Une trame commune", "--by", "Awa S.", "--at", "09:52")
    run("add", "decision", "Une charte", "--at", "09:52")
    assert run("close", "--at", "10:50").code == 0
    said = run("same", "B1")
    assert said.code == 0 and "B1 : une personne de plus, +1 (2026-11-24-reseau)" in said.err
    assert "*(Awa S., +1" in item(network, "B1") and record(run, "B1")["same"] == 1
    assert "Une trame commune – Awa S. et 1 autre ([B1]" in letter(network).read_text().replace("\u00a0", " ")
    assert run("same", "D1").code == 1
    text = letter(network).read_text()
    letter(network).write_text(text.replace("Une trame commune", "Une trame à nous"))
    said = run("same", "B1")
    assert (
        said.code == 0
        and "newsletter/2026-12.md, ligne 19 : B1 y a été écrit autrement" in said.err
        and "*(Awa S., +2" in item(network, "B1")
    )
    assert "Une trame à nous" in letter(network).read_text()
    assert run("newsletter").code == 0 and letter(network).read_text().count("[B1]") == 1


def test_what_was_written_down_last_can_be_moved_after_the_close(closed, network):
    assert closed("move", "last", "1").code == 0 and record(closed, "D1")["step"] == 1


# What is taken away, and what was never there


@pytest.mark.parametrize("with_journal", [True, False])
def test_the_highest_number_is_not_given_again_once_its_entry_is_taken_away(closed, network, with_journal):
    if not with_journal:
        (network / ".facilitator").rename(network.parent / "gone")
    assert closed("remove", "A1").code == 0
    assert "\ngiven: A1\n" in minutes(network).read_text()
    assert "D1 est maintenant A2" in closed("kind", "D1", "action").err


def test_what_was_taken_away_in_the_meeting_keeps_its_number_in_the_minutes_too(meeting, network):
    for text in ("Une", "Deux"):
        meeting("add", "action", text)
    meeting("add", "question", "Mon contrat ?")
    meeting("send", "Q1", "individual")
    meeting("remove", "A2")
    assert meeting("close").code == 0
    text = next((network / "minutes").glob("*.md")).read_text()
    assert "\ngiven: A2\n" in text and "Q1" not in text
    (network / ".facilitator").rename(network.parent / "gone")
    meeting("add", "note", "x")
    said = meeting("kind", "A1", "decision", "--meeting", next((network / "minutes").glob("*.md")).stem)
    assert said.code == 0
    assert meeting("kind", "D1", "action", "--meeting", next((network / "minutes").glob("*.md")).stem).code == 0
    assert "**A3** Une" in next((network / "minutes").glob("*.md")).read_text()


@pytest.mark.parametrize("with_journal", [True, False])
def test_what_is_sent_to_the_letter_anew_comes_back_though_a_person_took_it_out(closed, network, with_journal):
    text = letter(network).read_text()
    [line] = [line for line in text.split("\n") if "#q2)" in line]
    letter(network).write_text(text.replace(f"{line}\n  - {ROOM}\n", ""))
    assert closed("newsletter").code == 0 and "#q2)" not in letter(network).read_text()
    if not with_journal:
        (network / ".facilitator").rename(network.parent / "gone")
    assert closed("send", "Q2", "newsletter").code == 0
    if not with_journal:
        (network / ".facilitator").rename(network.parent / "made")
        (network.parent / "gone").rename(network / ".facilitator")
        assert closed("newsletter").code == 0
    assert letter(network).read_text().count("[Q2]") == 1


def test_a_question_that_a_hand_moves_to_the_letter_in_the_minutes_goes_in(closed, network):
    path = minutes(network)
    text = path.read_text()
    [line] = [line for line in text.split("\n") if "**Q4**" in line and "id=" in line]
    heading = next(one for one in text.split("\n") if one.startswith("### Dans la lettre"))
    path.write_text(text.replace(f"{line}\n", "").replace(f"{heading}\n\n", f"{heading}\n\n{line}\n"))
    assert closed("newsletter").code == 0
    assert "- [ ] **Une salle" in letter(network).read_text()


@pytest.mark.ci
def test_what_is_answered_sent_on_and_answered_again_is_told_again(closed, network):
    assert closed("answer", "Q4", "À Mably.").code == 0 and "À Mably." in letter(network).read_text()
    assert closed("send", "Q4", "mattermost").code == 0 and "À Mably." not in letter(network).read_text()
    assert closed("answer", "Q4", "À Riorges.").code == 0
    assert letter(network).read_text().count("À Riorges.") == 1


# What an edit changes in the letter


@pytest.fixture
def told(run, network, monkeypatch):
    """A closed meeting with one of each thing that a letter tells, changed the day after."""
    day_after = datetime.datetime(2026, 11, 25, 9, tzinfo=datetime.UTC)
    monkeypatch.setattr("facilitator.cli.context.utc_now", lambda: day_after)
    assert run("start", "agenda.yaml", "--at", "2026-11-24 09:30").code == 0
    for words in (
        ("question", "Qui paie ?"),
        ("question", "Prêter du matériel ?"),
        ("decision", "Une charte."),
        ("need", "Un vidéoprojecteur", "--by", "Awa S."),
        ("news", "AAP Tiers-lieux", "--deadline", "2026-12-04"),
        ("news", "AMI Aînés", "--deadline", "2026-12-15"),
        ("resource", "Modèle de mandat", "--link", "https://example.org/mandat"),
    ):
        assert run("add", *words, "--at", "09:52").code == 0
    run("answer", "Q1", "Personne.", "--at", "09:54")
    run("send", "Q2", "newsletter", "--at", "09:55")
    assert run("close", "--at", "10:50").code == 0
    return run


@pytest.mark.sampled(2)
@pytest.mark.parametrize(
    ("words", "line"),
    [
        (("D1", "--text", "Une charte signée."), "- Une charte signée. ([D1](../minutes/2026-11-24-reseau.md#d1))"),
        (
            ("Q1", "--text", "Qui règle ?"),
            "- **Qui règle ?** ([Q1](../minutes/2026-11-24-reseau.md#q1))\n  - Personne.",
        ),
        (("Q2", "--text", "Louer ?"), "- [ ] **Louer ?** ([Q2](../minutes/2026-11-24-reseau.md#q2))\n  - *Réponse"),
        (("B1", "--by", "Karim B."), "- Un vidéoprojecteur – Karim B. ([B1]"),
        (("L1", "--link", "https://example.org/m"), "- [Modèle de mandat](https://example.org/m) ([L1]"),
        (("I1", "--deadline", "2026-12-10"), "- **Jusqu’au 10 décembre :** AAP Tiers-lieux ([I1]"),
    ],
)
def test_an_edit_after_the_close_is_in_the_letter_too(told, network, words, line):
    said = told("edit", *words)
    assert said.code == 0 and "autrement" not in said.err
    text = letter(network).read_text().replace("\u00a0", " ").replace("\u202f", " ")
    assert text.count(line) == text.count(f"[{words[0]}](") == 1
    before = letter(network).read_bytes()
    assert told("newsletter").code == 0 and letter(network).read_bytes() == before


@pytest.mark.ci
def test_what_an_edit_makes_of_another_section_goes_there(told, network):
    assert told("edit", "B1", "--offer").code == 0
    text = letter(network).read_text()
    assert "## On cherche" not in text and text.index("## On propose") < text.index("vidéoprojecteur")
    assert told("edit", "I1", "--deadline", "2026-12-20").code == 0
    text = letter(network).read_text()
    assert text.index("AMI Aînés") < text.index("AAP Tiers-lieux") and text.count("[I1](") == 1
    assert told("edit", "I2", "--deadline", "2026-11-28").code == 0  # before the letter goes out
    assert "AMI" not in letter(network).read_text()
    assert told("edit", "I2", "--deadline", "2026-12-16").code == 0
    assert letter(network).read_text().count("AMI") == 1


@pytest.mark.ci
def test_what_a_hand_wrote_in_the_letter_stays_when_its_entry_is_edited_and_is_said(told, network):
    text = letter(network).read_text()
    letter(network).write_text(text.replace("- Une charte.", "- Une charte, **enfin**."))
    said = told("edit", "D1", "--text", "Une charte signée.")
    assert said.code == 0 and "D1 y a été écrit autrement" in said.err
    assert "- Une charte, **enfin**." in letter(network).read_text()
    gone = [line for line in letter(network).read_text().split("\n") if "#l1)" not in line]
    letter(network).write_text("\n".join(gone))
    assert told("edit", "L1", "--text", "Mandat type").code == 0
    assert told("newsletter").code == 0 and "#l1)" not in letter(network).read_text()


def test_an_edit_leaves_what_a_hand_put_below_an_item_of_the_letter(told, network):
    text = letter(network).read_text()
    letter(network).write_text(text.replace("  - Personne.", "  - Personne.\n  - À voir avec Léa."))
    assert "autrement" not in told("edit", "Q1", "--text", "Qui règle ?").err
    assert "- **Qui règle ?** ([Q1](../minutes/2026-11-24-reseau.md#q1))\n  - Personne.\n  - À voir" in (
        letter(network).read_text().replace("\u202f", " ")
    )


def test_an_edit_is_in_no_letter_that_was_sent(told, network):
    letter(network).write_text(letter(network).read_text().replace("language: fr\n", "language: fr\nsent: oui\n"))
    sent = letter(network).read_bytes()
    assert told("edit", "D1", "--text", "Une charte signée.").code == 0
    assert letter(network).read_bytes() == sent and len(list(letter(network).parent.iterdir())) == 1


# However much is past


@pytest.fixture
def looks(monkeypatch):
    """How often all that is past was looked at."""
    counted = []
    refresh = Archive.refresh

    def counting(archive, sources):
        counted.append(1)
        refresh(archive, sources)

    monkeypatch.setattr(Archive, "refresh", counting)
    return counted


@pytest.mark.sampled(4)
@pytest.mark.parametrize(
    "words",
    [
        ("answer", "Q2", "Oui."), ("send", "Q2", "mattermost"), ("edit", "D1", "--text", "Une charte signée."), ("done", "A1"),
        ("followups",), ("brief",), ("digest",), ("new", "--date", "2026-12-15"), ("rhythm",), ("figures",), ("needs",),
    ],
    ids=lambda words: words[0],
)  # fmt: skip
def test_a_command_looks_at_the_past_once_and_at_what_it_wrote_itself(closed, network, looks, words):
    (network / "facilitator.yaml").write_text("name: R\n", encoding="utf-8")
    assert closed("followups").code == 0  # the archive is there
    looks.clear()
    said = closed(*words)
    assert said.code == 0, said.err
    assert len(looks) == 1
    assert closed("followups", "--json").json == closed("followups", "--json").json


@pytest.mark.ci
def test_what_a_command_wrote_is_what_it_tells_and_what_others_wrote_is_seen_the_next_time(closed, network):
    typed(network, "Oui, par convention.")
    said = closed("followups", "--json")
    assert "Q2 a reçu sa réponse" in said.err and "Q2" not in {one["number"] for one in said.json}
    minutes(network).write_text(minutes(network).read_text().replace("- [ ]", "- [x]"))
    assert "A1" not in numbers(closed)


def test_what_is_left_out_is_said_though_the_past_is_looked_at_once(closed, network):
    (network / "minutes" / "2026-10-01-autre.md").write_text("<<<<<<< a\n=======\n>>>>>>> b\n")
    for words in (("followups",), ("brief",), ("new", "--date", "2026-12-15"), ("answer", "Q2", "Oui.")):
        assert "2026-10-01-autre.md" in closed(*words).err, words


def test_without_an_archive_that_can_be_kept_each_question_is_answered_all_the_same(closed, network, monkeypatch):
    """Where there is no file it is in memory each time, and nothing stays in that."""
    before = closed("followups").out
    archive = network / ".facilitator/archive.sqlite"
    archive.unlink()
    archive.mkdir()
    assert closed("followups").out == before and "Une salle" in closed("new", "--date", "2026-12-15").err


def test_of_two_meetings_of_one_day_the_one_that_was_closed_last_is_meant(closed, network):
    agenda = (network / "agenda.yaml").read_text().replace("slug: reseau", "slug: apres-midi")
    (network / "second.yaml").write_text(agenda)
    assert closed("start", "second.yaml", "--at", "2026-11-24 14:00").code == 0
    assert closed("close", "--at", "15:00").code == 0
    for name, there in (("status", "fin 15:00"), ("csv", "apres-midi.csv")):
        assert there in closed(name).out, name


def test_who_answers_afterwards_is_told_whom_to_bring_the_answer_to(closed, network):
    said = closed("answer", "Q1", "La mairie.", "--meeting", "2026-11-24-reseau")
    assert said.code == 0 and "Awa S. l’a posée : portez-lui la réponse." in said.err
    assert "Awa" not in (network / "minutes" / "2026-11-24-reseau.md").read_text().split("## Présences")[0]
    assert "posée" not in closed("answer", "Q2", "Oui.").err


def test_the_next_letter_is_the_one_that_is_being_made_whatever_the_pattern_wants(closed, network):
    (network / "facilitator.yaml").write_text("calendar: { pattern: [meeting, nothing, nothing, newsletter] }\n")
    assert "Prochaine lettre : décembre 2026" in closed("rhythm").out


def test_a_need_that_nobody_met_is_listed_until_it_is_done(meeting):
    meeting("add", "need", "Une salle à Castel", "--at", "09:31")
    meeting("add", "need", "Je prête la mienne", "--offer", "--at", "09:31")
    meeting("add", "need", "Je propose : un vidéoprojecteur, je le prête", "--at", "09:31")
    assert meeting("close", "--at", "10:00").code == 0
    said = meeting("needs")
    assert "Cherché, et pas encore trouvé" in said.out and "Une salle à Castel" in said.out and "prête" not in said.out
    assert [one["text"] for one in meeting("needs", "--json").json["wanted"]] == ["Une salle à Castel"]
    assert meeting("done", "B1").code == 0
    assert "Une salle" not in meeting("needs").out
