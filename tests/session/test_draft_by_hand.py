"""What a person writes in the draft of a live meeting: acts of `minutes@machine`, once, on every screen; nothing is lost by accident."""

from __future__ import annotations

import datetime
import re

import mdformat
import pytest
from stage import standard_agenda

from facilitator.core import acts as commands
from facilitator.core.network import Choices, Member, MinutesLook, Network
from facilitator.core.refusal import Refused
from facilitator.core.said import Fields, Vote
from facilitator.documents.minutes.reader import read_minutes
from facilitator.i18n import translator
from facilitator.meetings import publishing as publish
from facilitator.meetings.session import Session
from facilitator.wording import actor_name, refusal_text

PEOPLE = ("Awa Sarr", "Karim Benali", "Nora Lefèvre")


def opened(workspace, language="fr", look=None):
    choices = Choices(minutes=MinutesLook(**(look or {})))
    session = Session.prepare(
        workspace,
        standard_agenda(),
        Network(members=tuple(Member(name) for name in PEOPLE), choices=choices),
        zone="Europe/Paris",
        language=language,
        terminal=True,
        actor="claire@roanne",
    )
    session.act(commands.Start())
    for name in PEOPLE:
        session.act(commands.Attend(name))
    session.act(commands.Capture("decision", Fields(text="Une charte")))
    session.act(commands.Capture("action", Fields(text="Rédiger la charte", owners=("Nora Lefèvre",))))
    session.act(commands.Capture("question", Fields(text="Faut-il un mandat écrit ?")))
    session.act(commands.Capture("question", Fields(text="Qui paie l’habilitation ?")))
    session.act(commands.Capture("need", Fields(text="Des tablettes pour les ateliers")))
    session.act(commands.Capture("note", Fields(text="La salle est prise le mardi.")))
    session.act(commands.Capture("note", Fields(text="On commence par un tour de table.")))
    publish.write_draft(session)
    return session


@pytest.fixture(params=["fr", "en"])
def screen(workspace, request):
    """A screen at a meeting that runs, with its draft on the disk."""
    session = opened(workspace, request.param)
    yield session
    session.leave()


@pytest.fixture
def french(workspace):
    session = opened(workspace)
    yield session
    session.leave()


def path(session):
    return session.draft_path


def text(session):
    return path(session).read_bytes().decode()


def save(session, said):
    path(session).write_bytes(said.encode())


def change(session, old, new, count=1):
    before = text(session)
    assert old in before, before
    save(session, before.replace(old, new, count))


def line_of(session, label):
    return next(line for line in text(session).split("\n") if f"**{label}**" in line)


def drop(session, label):
    """Delete an item in the draft."""
    change(session, line_of(session, label) + "\n", "")


def taken(session):
    """Write the draft, and once more; what was done by it, and what the screen heard of it."""
    written = publish.write_draft(session)
    assert written is not None
    acts = session.poll()
    assert publish.write_draft(session) is not None
    assert session.poll() == [], "written twice, done twice"
    assert {act.actor.split("@")[0] for act in acts} <= {"minutes"}
    return written, acts


def agrees(session):
    """Whether the draft says of every entry what the meeting says."""
    here = {name: found.said.text for name, found in read_minutes(text(session)).numbered().items()}
    public = [one for one in session.meeting.entries.values() if one.number and not one.private]
    assert here == {(one.kind, one.number): one.text for one in public}
    notes = sorted(found.said.text for found in read_minutes(text(session)).entries if found.said.kind == "note")
    assert notes == sorted(one.text for one in session.meeting.of_kind("note"))
    assert not [found for found in read_minutes(text(session)).entries if found.adopted]


def entry(session, kind, number):
    found = session.meeting.find(kind, number)
    assert found is not None
    return found


def test_a_draft_that_the_program_wrote_makes_no_act(screen) -> None:
    screen.poll()
    for _ in range(3):
        assert taken(screen)[1] == []
    screen.act(commands.Capture("decision", Fields(text="Une autre")))
    assert taken(screen)[1] == []


def test_what_is_deleted_in_the_draft_is_taken_away_and_no_undo_takes_that_back(screen) -> None:
    drop(screen, "Q1")
    written, acts = taken(screen)
    assert screen.meeting.find("question", 1) is None
    assert "Q1" in " ".join(written.taken)
    assert [type(event).__name__ for act in acts for event in act.events] == ["Remove"]
    agrees(screen)
    with pytest.raises(Refused):
        Session.join(screen.workspace, screen.meeting.id, terminal=True, actor="karim@riorges").act(commands.Undo())
    screen.act(commands.Undo())
    assert screen.meeting.find("question", 1) is None


def test_a_note_deleted_in_the_draft_is_taken_away(screen) -> None:
    change(screen, "- La salle est prise le mardi.\n", "")
    taken(screen)
    assert [note.text for note in screen.meeting.of_kind("note")] == ["On commence par un tour de table."]
    agrees(screen)


def test_words_changed_in_the_draft_are_those_of_the_meeting(screen) -> None:
    change(screen, "Faut-il un mandat écrit", "Faut-il un mandat signé")
    change(screen, "tour de table", "tour de parole")
    taken(screen)
    assert "signé" in entry(screen, "question", 1).text
    assert "On commence par un tour de parole." in [note.text for note in screen.meeting.of_kind("note")]
    agrees(screen)


@pytest.mark.sampled(4)
@pytest.mark.parametrize(
    ("label", "tail", "part", "value"),
    [
        ("A1", "*(**Karim Benali, Awa Sarr**)*", "owners", ("Karim Benali", "Awa Sarr")),
        ("A1", "*(**à prendre**)*", "owners", ()),
        ("A1", "*(**Nora Lefèvre** · pour le 4 décembre 2030)*", "due", datetime.date(2030, 12, 4)),
        ("Q1", "*(#droits)*", "theme", "droits"),
        ("Q1", "*(+2)*", "same", 2),
        ("D1", "*(18 pour, 2 contre, 3 abstentions)*", "vote", Vote(18, 2, 3)),
        ("D1", "*(par consensus)*", "consensus", True),
        ("B1", "*(Karim Benali)*", "by", "Karim Benali"),
    ],
)
def test_a_part_of_the_tail_is_that_of_the_meeting(french, label, tail, part, value) -> None:
    line = line_of(french, label)
    change(french, line, re.sub(r" \*\([^)]*(?:\([^)]*\)[^)]*)*\)\*$", "", line) + f" {tail}")
    taken(french)
    kind = {"A": "action", "Q": "question", "D": "decision", "B": "need"}[label[0]]
    assert getattr(entry(french, kind, 1), part) == value
    agrees(french)


def test_a_box_ticked_in_the_draft_is_done_and_open_again(screen) -> None:
    change(screen, '[ ] <a id="a1"', '[x] <a id="a1"')
    taken(screen)
    assert entry(screen, "action", 1).done
    change(screen, '[x] <a id="a1"', '[ ] <a id="a1"')
    taken(screen)
    assert not entry(screen, "action", 1).done


def test_an_answer_typed_in_the_draft_is_the_answer(screen) -> None:
    word = "*Réponse de Karim Benali :*" if screen.meeting.opened.language == "fr" else "*Answer from Karim Benali:*"
    line = line_of(screen, "Q1")
    change(screen, line, f"{line}\n  - {word} Oui, toujours.")
    taken(screen)
    found = entry(screen, "question", 1)
    assert (found.outcome, found.answer, found.answer_by) == ("answered", "Oui, toujours.", "Karim Benali")
    assert text(screen).count("Oui, toujours.") == 1
    agrees(screen)


@pytest.mark.parametrize(
    ("heading", "outcome"),
    [
        ("### Sur Mattermost", "mattermost"),
        ("### Dans la prochaine lettre", "newsletter"),
        ("### Refermées en séance", "drop"),
        ("### À la prochaine rencontre", "next"),
    ],
)
def test_a_question_moved_under_another_heading_is_sent_there(french, heading, outcome) -> None:
    line = line_of(french, "Q1")
    change(french, line + "\n", "")
    change(french, "\n## On cherche", f"\n{heading}\n\n{line}\n\n## On cherche")
    taken(french)
    assert entry(french, "question", 1).outcome == outcome
    assert entry(french, "question", 2).outcome is None
    agrees(french)
    assert text(french).count("Faut-il un mandat") == 1


def test_a_question_moved_back_under_what_is_to_be_decided_has_no_outcome_again(screen) -> None:
    asked = entry(screen, "question", 1)
    screen.act(commands.Answer(asked.id, "Oui."))
    screen.act(commands.Send(asked.id, "mattermost", owner="Karim Benali"))
    publish.write_draft(screen)
    line = line_of(screen, "Q1")
    change(screen, line + "\n", "")
    change(screen, line_of(screen, "Q2"), f"{line}\n{line_of(screen, 'Q2')}")
    written, acts = taken(screen)
    assert len(acts) == 1
    said = "Q1 est à décider de nouveau" if screen.meeting.opened.language == "fr" else "Q1 is to be decided again"
    assert written.taken == (said,)
    found = entry(screen, "question", 1)
    assert (found.outcome, found.owners, found.answer) == (None, ("Karim Benali",), None)
    agrees(screen)
    with pytest.raises(Refused):
        publish.close(screen)


def test_by_sequence_a_question_whose_tail_says_no_outcome_any_more_has_none(workspace) -> None:
    session = opened(workspace, look={"order": "sequence"})
    session.act(commands.Send(entry(session, "question", 1).id, "drop"))
    publish.write_draft(session)
    line = line_of(session, "Q1")
    change(session, line, line.replace(" *(refermée en séance)*", ""))
    taken(session)
    assert entry(session, "question", 1).outcome is None
    agrees(session)
    session.leave()


@pytest.mark.parametrize("heading", ["### Sur Mattermost", "## Questions"])
def test_a_heading_that_is_gone_undecides_nothing(french, heading) -> None:
    french.act(commands.Send(entry(french, "question", 1).id, "mattermost"))
    french.act(commands.Send(entry(french, "question", 2).id, "mattermost"))
    publish.write_draft(french)
    change(french, heading + "\n", "")
    taken(french)
    assert [one.outcome for one in french.meeting.of_kind("question")] == ["mattermost", "mattermost"]


def test_who_cannot_undo_is_told_that_a_hand_built_on_it(french) -> None:
    change(french, "Une charte", "Une charte commune")
    taken(french)
    decision = entry(french, "decision", 1)
    assert decision.text == "Une charte commune"
    assert actor_name(translator("fr"), french.replay.acts[-1].actor) == "À la main dans le compte rendu provisoire"
    with pytest.raises(Refused) as refused:
        for _ in range(20):
            french.act(commands.Undo())
    assert refusal_text(translator("fr"), refused.value).startswith("Pas annulé\u00a0: quelque chose d’écrit à la main")


def test_the_marks_of_a_list_in_a_note_are_a_formatters(french) -> None:
    french.act(commands.Capture("note", Fields(text="Trois situations :\n* l’urgence ;\n* un mandat.")))
    french.act(commands.Answer(entry(french, "question", 1).id, "Oui :\n+ signé ;\n+ gardé."))
    publish.write_draft(french)
    for before, after in (("* l’urgence", "- l’urgence"), ("* un mandat", "-   un mandat"), ("+ signé", "* signé")):
        change(french, before, after)
    written, acts = taken(french)
    assert acts == [] and written.taken == written.said == ()
    change(french, "l’urgence", "l’urgence sociale")
    assert len(taken(french)[1]) == 1


def test_what_is_added_without_a_number_gets_one_its_words_untouched(screen) -> None:
    line = line_of(screen, "A1")
    change(screen, line, f"{line}\n- [ ] Réserver la salle (Awa Sarr)\n* Acheter des *petits* câbles_usb")
    written, acts = taken(screen)
    assert entry(screen, "action", 2).owners == ("Awa Sarr",)
    assert entry(screen, "action", 3).text == "Acheter des *petits* câbles_usb"
    assert "**A2** Réserver la salle (Awa Sarr)\n" in text(screen)
    assert "**A3** Acheter des *petits* câbles_usb\n" in text(screen)
    assert len(acts) == 2
    assert len(written.taken) == 2


def test_a_note_added_in_the_draft_is_a_note(screen) -> None:
    change(screen, "- La salle est prise le mardi.\n", "- La salle est prise le mardi.\n- Le *snake_case* reste.\n")
    taken(screen)
    assert len(screen.meeting.of_kind("note")) == 3
    assert text(screen).count("snake") == 1
    assert "- Le *snake_case* reste.\n" in text(screen)


def test_an_empty_item_is_nothing_yet(screen) -> None:
    line = line_of(screen, "A1")
    change(screen, line, f"{line}\n- [ ] \n- ")
    assert taken(screen)[1] == []


def test_what_is_still_being_typed_stays_one_entry(screen) -> None:
    line = line_of(screen, "Q2")
    before = text(screen)
    save(screen, before.replace(line, f"{line}\n- Peut-on prê"))
    taken(screen)
    save(screen, before.replace(line, f"{line}\n- Peut-on prêter du matériel ?"))
    taken(screen)
    questions = [one.text for one in screen.meeting.of_kind("question")]
    assert questions == ["Faut-il un mandat écrit ?", "Qui paie l’habilitation ?", "Peut-on prêter du matériel ?"]
    agrees(screen)


# Accidents.


def lengths(said):
    return sorted({*range(0, len(said), 61), len(said) - 1})


@pytest.mark.ci
def test_a_draft_cut_off_anywhere_loses_no_entry(french) -> None:
    whole = text(french)
    before = {one.id: one.text for one in french.meeting.entries.values()}
    for length in lengths(whole):
        for beside in path(french).parent.glob("*.new*.md"):
            beside.unlink()
        save(french, whole[:length])
        publish.write_draft(french)
        french.poll()
        assert {one.id: one.text for one in french.meeting.entries.values()} == before, whole[:length]


def without_numbers(said):
    return re.sub(r"(?:<a [^>]*></a>)?\*\*[A-Z][0-9]+\*\* ", "", said)


ACCIDENTS = {
    "emptied": lambda said: "",
    "blank": lambda said: "\n\n\n",
    "only its front matter": lambda said: said[: said.index("---\n\n") + 4],
    "no front matter": lambda said: said[said.index("---\n\n") + 5 :],
    "no front matter and no entries": lambda said: re.sub(r"(?m)^- .*\n", "", said[said.index("---\n\n") + 5 :]),
    "no item at all": lambda said: re.sub(r"(?m)^- .*\n", "", said),
    "conflict": lambda said: said.replace("- [ ]", "<<<<<<< HEAD\n=======\n>>>>>>> other\n- [ ]", 1).replace(
        "**D1**", ""
    ),
    "anchors and numbers stripped": without_numbers,
    "anchors stripped": lambda said: re.sub(r"<a [^>]*></a>", "", said),
    "another text": lambda said: "# Courses\n\n- du pain\n- du lait\n",
    "another meeting": lambda said: said.replace("meeting: ", "meeting: 2020-01-01-").replace("**Q1**", "Q"),
    "headings gone": lambda said: re.sub(r"(?m)^#+ .*\n", "", said),
    "binary": lambda said: "\x00\x01\x02" * 100,
}


@pytest.mark.sampled(4)
@pytest.mark.parametrize("accident", ACCIDENTS)
def test_an_accident_takes_no_entry_away(screen, accident) -> None:
    before = {one.id: one.text for one in screen.meeting.entries.values()}
    save(screen, ACCIDENTS[accident](text(screen)))
    publish.write_draft(screen)
    screen.poll()
    now = {one.id: one.text for one in screen.meeting.entries.values()}
    assert now == before
    publish.write_draft(screen)
    assert screen.poll() == []


def test_a_draft_that_is_gone_is_written_again(screen) -> None:
    path(screen).unlink()
    assert taken(screen)[1] == []
    agrees(screen)


@pytest.mark.parametrize("accident", ["anchors and numbers stripped", "no front matter", "no item at all"])
def test_what_was_not_taken_for_deleted_is_back_in_the_draft(screen, accident) -> None:
    save(screen, ACCIDENTS[accident](text(screen)))
    written, _ = taken(screen)
    agrees(screen)
    assert written.said or accident != "no item at all"


def test_an_editor_that_saves_a_draft_it_read_before_takes_nothing_away_that_came_since(screen) -> None:
    old = text(screen)
    screen.act(commands.Capture("decision", Fields(text="Un rythme")))
    screen.act(commands.Capture("note", Fields(text="Une note de plus.")))
    screen.act(commands.Edit(entry(screen, "question", 2).id, Fields(text="Qui paie ?")))
    publish.write_draft(screen)
    save(screen, old.replace("mandat écrit", "mandat signé"))
    taken(screen)
    assert entry(screen, "decision", 2).text == "Un rythme"
    assert entry(screen, "question", 2).text == "Qui paie ?"
    assert "signé" in entry(screen, "question", 1).text
    assert len(screen.meeting.of_kind("note")) == 3
    agrees(screen)


def test_an_edit_beats_a_deletion(screen) -> None:
    change(screen, "Faut-il un mandat écrit", "Faut-il un mandat signé")
    screen.act(commands.Remove(entry(screen, "question", 1).id))
    taken(screen)
    assert [one.text for one in screen.meeting.of_kind("question")] == [
        "Qui paie l’habilitation ?",
        entry(screen, "question", 3).text,
    ]
    assert "signé" in entry(screen, "question", 3).text
    assert text(screen).count("signé") == 1
    agrees(screen)


def test_what_is_private_stays_private_and_its_answer_is_not_lost(screen) -> None:
    line = line_of(screen, "Q1")
    change(screen, line, f"{line}\n  - *Réponse :* Voir Mme Untel.")
    screen.act(commands.Send(entry(screen, "question", 1).id, "individual"))
    written, _ = taken(screen)
    assert "mandat" not in text(screen)
    assert "Untel" not in text(screen)
    assert "mandat" not in " ".join((*written.said, *written.taken))
    found = entry(screen, "question", 1)
    assert found.private
    assert found.answer == "Voir Mme Untel."


def test_two_screens_with_the_same_draft_do_a_thing_once(screen) -> None:
    other = Session.join(screen.workspace, screen.meeting.id, terminal=True, actor="karim@riorges")
    line = line_of(screen, "A1")
    change(screen, line, f"{line}\n- Réserver la salle")
    publish.write_draft(other)
    publish.write_draft(screen)
    other.poll()
    screen.poll()
    assert [one.text for one in screen.meeting.of_kind("action")] == ["Rédiger la charte", "Réserver la salle"]
    assert other.meeting.entries == screen.meeting.entries
    other.leave()


def test_what_was_done_before_a_write_that_failed_is_not_done_again(screen, monkeypatch) -> None:
    line = line_of(screen, "A1")
    change(screen, line, f"{line}\n- Réserver la salle")
    change(screen, "- La salle est prise le mardi.\n", "- Une note de plus.\n")
    with monkeypatch.context() as patch:
        patch.setattr("facilitator.store.documents.replace_text", _full)
        with pytest.raises(OSError, match="full"):
            publish.write_draft(screen)
    assert len(screen.poll()) >= 2
    assert taken(screen)[1] == []
    agrees(screen)


def _full(*_args):
    raise OSError(28, "full")


def in_body(said, change):
    front, body = said.split("\n---\n", 1)
    return f"{front}\n---\n\n{change(body)}"


@pytest.mark.sampled(4)
@pytest.mark.parametrize(
    "formatter",
    [
        lambda said: said.replace("\n", "\r\n"),
        lambda said: "\ufeff" + said,
        lambda said: re.sub(r"(?m)^(\s*)- ", r"\1* ", said),
        lambda said: re.sub(r"(?m)^- ", "\n- ", said),
        lambda said: said.replace("\u00a0", " ").replace("\u202f", " "),
        lambda said: re.sub(r"\*\*([A-Z][0-9]+)\*\*", r"\1", re.sub(r"<a [^>]*></a>", "", said)),
        lambda said: in_body(said, mdformat.text),
        lambda said: in_body(said, lambda body: mdformat.text(body, options={"wrap": 40, "number": True})),
    ],
    ids=["CRLF", "BOM", "stars", "loose", "plain spaces", "bare numbers", "mdformat", "mdformat at 40"],
)
def test_what_an_editor_does_to_form_is_no_act(screen, formatter) -> None:
    save(screen, formatter(text(screen)))
    assert taken(screen)[1] == []
    agrees(screen)
    item = next(found.item for found in read_minutes(text(screen)).entries if "habilitation" in found.said.text)
    lines = text(screen).split("\n")
    save(screen, "\n".join([*lines[: item.line], *lines[item.end :]]))
    taken(screen)
    assert [one.number for one in screen.meeting.of_kind("question")] == [1]
    agrees(screen)


def test_what_was_added_by_hand_is_closed_with_its_number_and_in_the_letter(french) -> None:
    for one in french.meeting.of_kind("question"):
        french.act(commands.Send(one.id, "newsletter"))
    publish.write_draft(french)
    line = line_of(french, "D1")
    change(french, line, f"{line}\n- Un rythme : le mardi")
    published = publish.close(french)
    assert "**D2** Un rythme : le mardi" in text(french)
    assert published.newsletter is not None
    assert "Un rythme" in published.newsletter.path.read_text()
    assert published.minutes.taken


def test_what_was_added_between_the_close_and_its_documents_has_a_number_too(french, monkeypatch) -> None:
    for one in french.meeting.of_kind("question"):
        french.act(commands.Send(one.id, "individual"))
    publish.write_draft(french)
    with monkeypatch.context() as patch:
        patch.setattr("facilitator.meetings.publishing.write_document", _full)
        with pytest.raises(publish.Unpublished):
            publish.close(french)
    change(french, "\n## On cherche", "\n## Questions\n\n- Et le wiki ?\n\n## On cherche")
    published = publish.publish(french)
    assert "**Q3** Et le wiki ?" in text(french), "Q1 and Q2 are private"
    assert any("Q3" in said for said in published.minutes.said)
    assert published.newsletter is not None


def put_under(session, label, heading):
    """Move an item with what stands under it under this heading, made after its own."""
    lines = text(session).split("\n")
    at = next(place for place, line in enumerate(lines) if f"**{label}**" in line)
    end = next(place for place in range(at + 1, len(lines)) if not lines[place].startswith("  "))
    item, rest = lines[at:end], lines[:at] + lines[end:]
    save(session, "\n".join([*rest[:at], "", f"### {heading}", "", *item, *rest[at:]]))


@pytest.mark.parametrize("heading", ["Dans la lettre de décembre", "Suite à décider", "Refermées en séance"])
def test_a_question_moved_with_its_answer_keeps_it(french, heading) -> None:
    question = entry(french, "question", 1)
    french.act(commands.Answer(question.id, "Oui, à l’accueil.", by="Awa Sarr"))
    publish.write_draft(french)
    put_under(french, "Q1", heading)
    written, _ = taken(french)
    if heading.startswith("Dans"):
        assert "Q1 a une réponse" in " ".join(written.said).replace("\u00a0", " ")
    now = entry(french, "question", 1)
    assert (now.outcome, now.answer, now.answer_by) == ("answered", "Oui, à l’accueil.", "Awa Sarr")
    assert "Oui, à l’accueil." in text(french)


def test_a_question_moved_without_its_answer_is_sent_and_that_is_told(french) -> None:
    question = entry(french, "question", 1)
    french.act(commands.Answer(question.id, "Oui."))
    publish.write_draft(french)
    change(french, next(line for line in text(french).split("\n") if "Réponse" in line and "Oui." in line) + "\n", "")
    put_under(french, "Q1", "Dans la lettre de décembre")
    written, _ = taken(french)
    assert (entry(french, "question", 1).outcome, entry(french, "question", 1).answer) == ("newsletter", None)
    assert "réponse d’avant abandonnée" in " ".join(written.taken)


@pytest.mark.parametrize(("by", "given"), [("Nora Lefèvre", "*Réponse de Nora Lefèvre :*"), (None, "*Réponse :*")])
def test_who_gave_an_answer_is_who_the_draft_says(french, by, given) -> None:
    question = entry(french, "question", 1)
    french.act(commands.Answer(question.id, "Oui, à l’accueil.", by="Awa Sarr"))
    publish.write_draft(french)
    before = next(line for line in text(french).split("\n") if "Réponse de Awa" in line or "Réponse d’Awa" in line)
    save(french, text(french).replace(before, f"  - {given} Oui, à l’accueil."))
    taken(french)
    assert (entry(french, "question", 1).answer, entry(french, "question", 1).answer_by) == ("Oui, à l’accueil.", by)
