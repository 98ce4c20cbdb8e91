"""The minutes: everything said stands in them once, reads back word for word, and nothing can break their structure."""

from __future__ import annotations

import datetime
import re

import pytest
from documents.hostile import HOSTILE
from documents.meetings import entry, instant, plain_meeting, roannais, without_time
from examples import examples
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from msgspec.structs import replace

from facilitator.core import acts as commands
from facilitator.core.agenda import Place
from facilitator.core.entry import Entry, label
from facilitator.core.meeting import PublicMeeting, Stop
from facilitator.core.network import Choices, Member
from facilitator.core.public import public
from facilitator.core.records import Record, records
from facilitator.core.text import normalise, one_line
from facilitator.core.vocabulary import KINDS, OUTCOMES
from facilitator.documents.front import split
from facilitator.documents.minutes_reader import read_minutes
from facilitator.documents.minutes_writer import write_minutes
from facilitator.documents.typography import unfold
from facilitator.i18n import translator

NOW = instant("11:52")
GFM = MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"])
TEXT = st.text(max_size=60).map(lambda text: normalise(text).text).filter(bool)
NAME = TEXT.map(one_line).filter(bool)
DATE = st.dates(datetime.date(1000, 1, 1))
LINK = st.from_regex(r"https?://[^\s<>\x00-\x20]{1,40}", fullmatch=True).filter(lambda url: normalise(url).text == url)
PUBLIC = tuple(kind for kind in KINDS if kind != "individual")


def minutes(meeting: PublicMeeting, language: str = "fr", *, draft: bool = False) -> str:
    return write_minutes(meeting, translator(language), draft=draft, now=NOW)


def expected(meeting: PublicMeeting) -> list[Record]:
    """The records a meeting written by hand has, as the core would list them."""
    steps = {step.id: number for number, step in enumerate(meeting.steps, 1)}
    return [
        Record(
            meeting=meeting.id,
            kind=one.kind,
            number=label(one.kind, one.number, meeting.setup.language),
            text=one.text,
            by=one.by,
            owners=one.owners,
            due=one.due,
            theme=one.theme,
            link=one.link,
            type=one.type,
            deadline=one.deadline,
            outcome=one.outcome,
            answer=one.answer,
            same=one.same,
            step=steps.get(meeting.entry_steps.get(one.id) or ""),
            done=one.done,
            private=one.outcome == "individual",
            level=one.level,
            offer=one.offer,
            answer_link=one.answer_link,
        )
        for one in meeting.of_kind(*PUBLIC)
    ]


@st.composite
def entries(draw: st.DrawFn) -> tuple[Entry, ...]:
    """One entry of each public kind, any of its fields filled."""
    found = []
    for place, kind in enumerate(PUBLIC):
        outcome = draw(st.none() | st.sampled_from(list(OUTCOMES))) if kind == "question" else None
        fields = {
            "by": draw(st.none() | NAME),
            "owners": tuple(draw(st.lists(NAME, max_size=3))),
            "due": draw(st.none() | DATE),
            "theme": draw(st.none() | TEXT),
            "link": draw(st.none() | LINK),
            "type": draw(st.none() | st.sampled_from(("report", "funding", "call", "scheme", "event"))),
            "level": draw(st.none() | st.sampled_from(("epci", "departement", "region", "national"))),
            "deadline": draw(st.none() | DATE),
            "offer": draw(st.booleans()),
            "same": draw(st.integers(0, 40)),
            "answer": draw(st.none() | TEXT),
            "answer_link": draw(st.none() | LINK),
            "done": draw(st.booleans()),
        }
        step = draw(st.sampled_from(("s1", "s2")))
        number = 0 if kind == "note" else draw(st.integers(1, 99))
        found.append(replace(entry(kind, number, draw(TEXT), step=step, outcome=outcome), id=f"e{place}", **fields))
    return tuple(found)


@settings(
    max_examples=examples(15), suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large], deadline=None
)
@given(entries(), st.sampled_from(("fr", "en")), st.none() | TEXT)
def test_any_entries_read_back_word_for_word(made, language, summary):
    meeting = plain_meeting(made, language, summary=summary)
    text = minutes(meeting, language)
    read = read_minutes(text)
    assert read.problems == []
    assert read.remarks == []
    assert read.records == expected(meeting)
    assert skeleton(text)[0] == skeleton(minutes(tamed(meeting), language))[0]


def tamed(meeting: PublicMeeting) -> PublicMeeting:
    """The same meeting in which everybody said a plain word."""
    plain = {"text": "word", "by": "name", "theme": "word", "answer": "word"}
    tame = [
        replace(
            one,
            **{name: value for name, value in plain.items() if getattr(one, name)},
            owners=tuple("name" for _ in one.owners),
            link="https://x.example" if one.link else None,
            answer_link="https://x.example" if one.answer_link else None,
        )
        for one in meeting.entries
    ]
    return replace(
        meeting, entries=tuple(tame), summary="word" if meeting.summary and one_line(meeting.summary) else None
    )


def skeleton(text: str) -> tuple[list[tuple[str, int]], list[str]]:
    """The block tokens of a document, and the tokens inside its lines but for breaks and addresses."""
    source = split(text)
    tokens = GFM.parse("\n".join(source.lines[source.body :]))
    blocks = [(token.type, token.level) for token in tokens]
    inside = [
        child.type
        for token in tokens
        for child in token.children or []
        if child.type not in ("hardbreak", "text") and child.markup != "autolink"
    ]
    return blocks, inside


@pytest.mark.parametrize("said", HOSTILE)
@pytest.mark.parametrize("language", ["fr", "en"])
def test_hostile_text_everywhere_breaks_nothing(said, language):
    text = normalise(said).text
    name = one_line(text)
    made = tuple(
        entry(
            kind,
            0 if kind == "note" else 3,
            text,
            by=name,
            owners=(name, "Awa"),
            theme=name,
            answer=text,
            link="https://x.example",
        )
        for kind in PUBLIC
    )
    hostile = plain_meeting(
        made, language, titles=(name, name), summary=text, title=name, place=Place(name, name, name), facilitator=name
    )
    agenda = hostile.setup.agenda
    plain_agenda = replace(agenda, title="word", place=Place("word", "word", "word"), facilitator="word")
    calm = replace(
        tamed(hostile),
        setup=replace(hostile.setup, agenda=plain_agenda),
        steps=tuple(replace(step, plan=replace(step.plan, title="word")) for step in hostile.steps),
    )
    document = minutes(hostile, language)
    assert skeleton(document) == skeleton(minutes(calm, language))
    read = read_minutes(document)
    assert read.records == expected(hostile)
    assert read.front is not None
    assert read.front.title == name
    assert read.problems == []


def test_the_scenario_reads_back_as_the_core_tells_it():
    for language in ("fr", "en"):
        room = roannais(language)
        read = read_minutes(minutes(public(room.meeting), language))
        assert read.records == without_time(records(room.meeting, private=False))
        assert read.problems == []
        assert read.remarks == []


def test_every_entry_stands_in_full_exactly_once():
    room = roannais()
    text = unfold(minutes(public(room.meeting)))
    for one in public(room.meeting).of_kind("question", "need", "decision", "action", "news", "resource", "aside"):
        said = label(one.kind, one.number)
        assert text.count(f'<a id="{said.lower()}"></a>**{said}** ') == 1
    assert text.count("charte « faire avec") == 1
    assert text.count("AMI « inclusion") == 1


def test_a_private_need_is_nowhere():
    for language in ("fr", "en"):
        text = minutes(public(roannais(language).meeting), language)
        assert "fin de contrat" not in text
        assert "S1" not in text


def test_a_question_taken_up_individually_keeps_only_its_number():
    room = roannais(closed=False)
    room.do("11:51", commands.Send(room.entry("Q4"), "individual"))
    text = minutes(public(room.meeting), draft=True)
    assert '- <a id="q4"></a>**Q4** *(suivie individuellement)*\n  - *Suite\u00a0:* En individuel\n' in text
    assert "### Suivies individuellement\n" in text
    assert "Quel budget" not in text
    assert "Jean-Marc V." in text  # he came in late, but asked nothing
    assert "*Posée par\u00a0:* Jean-Marc" not in text
    found = {record.number: record for record in read_minutes(text).records}
    assert found["Q4"].text == ""
    assert found["Q4"].outcome == "individual"
    assert found["Q4"].private


def test_attribution_may_be_the_structure_or_nobody():
    by_structure = minutes(public(roannais(attribution="structure").meeting))
    assert "*Posée par\u00a0:* CCAS de Roanne" in by_structure
    assert "*Posée par\u00a0:* Awa" not in by_structure
    assert "*Posée par\u00a0:* Élodie" not in by_structure
    nobody = minutes(public(roannais(attribution="none").meeting))
    assert "Posée par" not in nobody
    assert "Exprimé par" not in nobody
    assert "*Qui\u00a0:* Nora T., Awa S." in nobody


def test_attribution_finds_a_member_whatever_the_accents():
    made = (entry("question", 1, "Qui ?", by="elodie p."),)
    meeting = plain_meeting(made, members=(Member("Élodie P.", "Mairie"),), choices=Choices(attribution="structure"))
    assert "*Posée par\u00a0:* Mairie" in minutes(meeting)


def test_times_are_in_whole_minutes_a_row_for_each_step_and_phase():
    text = minutes(public(roannais().meeting))
    rows = [[cell.strip() for cell in line.strip("|").split("|")] for line in text.split("\n") if line.startswith("| ")]
    assert [(row[0], row[1], row[2], row[3]) for row in rows[2:]] == [
        ("1. Accueil et visite de la médiathèque", "20 min", "", "22 min"),
        ("2. Actualités", "20 min", "", "21 min"),
        ("3. Besoins et questions", "25 min", "", "27 min"),
        ("4. Accompagner sans faire à la place", "50 min", "", "55 min"),
        ("\u2013 Tour des pratiques", "25 min", "", "26 min"),
        ("\u2013 Ce qu'on garde", "25 min", "", "29 min"),
        ("5. Clôture", "10 min", "", "8 min"),
    ]
    assert "11:31 (5 min)" in text
    assert "## Les temps" not in minutes(public(roannais(times=False).meeting))


def test_an_adjusted_time_shows_where_it_differs():
    meeting = plain_meeting(())
    first, second = meeting.steps
    text = minutes(replace(meeting, steps=(replace(first, adjusted_s=3_600), replace(second, aside=True, visits=0))))
    assert "| 1. Accueil | 20 min | 60 min | 20 min |" in text
    row = text.split("| 2. Atelier")[1].split("\n")[0]
    assert row.endswith("mise de côté |")


def test_the_sections_come_in_the_order_of_a_reader_in_a_hurry():
    text = minutes(public(roannais().meeting))
    assert re.findall(r"^## (.*)$", text, re.MULTILINE) == [
        "En bref",
        "Ce que nous avons décidé",
        "Qui fait quoi",
        "Vos questions",
        "Dates à ne pas manquer",
        "Au fil de la rencontre",
        "Les temps",
        "Prochaine rencontre",
    ]
    dates = text.split("## Dates")[1].split("##")[0]
    assert dates.index("I3") < dates.index("I2")


def test_in_brief_is_five_lines_at_most():
    text = minutes(public(roannais().meeting))
    brief = text.split("## En bref\n\n")[1].split("\n\n##")[0].split("\n")
    assert len(brief) <= 5
    assert "1 décision" in brief[1]
    assert "4 questions" in brief[1]
    assert "mardi 19 janvier 2027" in brief[-1]


def test_an_action_without_owner_is_said_to_have_none():
    text = minutes(public(roannais().meeting))
    assert "*Qui\u00a0:* *Personne pour l’instant*" in text
    found = {record.number: record for record in read_minutes(text).records}
    assert found["A2"].owners == ()
    assert found["A1"].owners == ("Nora T.", "Awa S.")
    assert found["A1"].due == datetime.date(2026, 12, 10)


def test_the_coordinator_answers_by_default_and_is_shown_as_such():
    text = minutes(public(roannais().meeting))
    assert "*Qui répond\u00a0:* *Claire D. (coordination)*" in text
    assert {record.number: record for record in read_minutes(text).records}["Q2"].owners == ()


def test_a_draft_says_so_at_the_top():
    meeting = public(roannais(closed=False).meeting)
    text = minutes(meeting, draft=True)
    assert "status: draft\n" in text
    assert "> **Brouillon** à 11:52" in text
    read = read_minutes(text)
    assert read.front is not None
    assert read.front.status == "draft"
    final = minutes(public(roannais().meeting))
    assert "Brouillon" not in final
    assert "status: final\n" in final


def test_front_matter_holds_facts_of_the_meeting_only():
    text = minutes(public(roannais().meeting))
    front = text.split("---\n")[1]
    for said in ("licence", "charte", "Q1", "note"):
        assert said not in front
    read = read_minutes(text).front
    assert read is not None
    assert read.present == ("Awa S.", "Karim B.", "Nora T.", "Élodie P.")
    assert read.late == ("Jean-Marc V.",)
    assert read.excused == ("Léa M.",)
    assert read.newsletter == "2026-12"
    assert read.started is not None
    assert read.started.isoformat() == "2026-11-24T09:34:00+01:00"


def test_a_meeting_in_which_nothing_was_said_has_minutes():
    read = read_minutes(minutes(plain_meeting(())))
    assert read.records == []
    assert read.problems == []


def test_the_table_of_times_reads_back():
    rows = read_minutes(minutes(public(roannais().meeting))).times
    assert [(row.step, row.title, row.planned, row.adjusted, row.actual, row.phase) for row in rows[2:6]] == [
        (3, "Besoins et questions", 25, None, 27, False),
        (4, "Accompagner sans faire à la place", 50, None, 55, False),
        (4, "Tour des pratiques", 25, None, 26, True),
        (4, "Ce qu'on garde", 25, None, 29, True),
    ]


@pytest.mark.parametrize("title", ["a | b", "\\|", "12. x", "\u2013 tiret", "| --- |", "`|`"])
def test_any_title_reads_back_from_the_table(title):
    rows = read_minutes(minutes(plain_meeting((), titles=(title, "end")))).times
    assert [(row.step, row.title) for row in rows] == [(1, title), (2, "end")]


def test_a_running_step_is_under_way_in_a_draft():
    room = roannais(closed=False)
    text = minutes(public(room.meeting), draft=True)
    assert text.split("| 5. Clôture")[1].split("\n")[0].endswith("| en cours |")


def test_what_has_no_outcome_yet_is_in_the_draft():
    room = roannais(closed=False)
    room.add("11:50", "question", "Et maintenant ?")
    text = minutes(public(room.meeting), draft=True)
    assert "### Suite à décider" in text
    assert {one.number: one for one in read_minutes(text).records}["Q5"].outcome is None


def test_a_meeting_not_begun_has_a_draft():
    text = minutes(replace(plain_meeting(()), started_at=None, adjourned_at=None), draft=True)
    assert "**Mardi 24 novembre 2026**\n" in text


def test_what_another_program_put_in_a_journal_is_normalised():
    said = "a\x1b]52;c;x\x07b\u202ec\x9bd"
    made = (
        entry(
            "question",
            1,
            said,
            by=said,
            owners=(said,),
            theme=said,
            answer=said,
            answer_link=f"https://x.example/{said}",
        ),
    )
    text = minutes(
        plain_meeting(made, title=said, place=Place(said, said, said), facilitator=said, summary=said, name=said)
    )
    assert not set(text) & set("\x1b\x07\u202e\x9b")


def test_a_pause_that_was_a_slip_is_left_out():
    meeting = plain_meeting(())
    pauses = (Stop("s1", instant("09:40").at, 20_000), Stop("s1", instant("09:50").at, 59_000))
    assert "pause" not in minutes(replace(meeting, pauses=pauses)).split("## Les temps")[1]
    longer = (*pauses, Stop("s1", instant("10:00").at, 60_000))
    assert "1 pause\u00a0: 10:00 (1 min)." in minutes(replace(meeting, pauses=longer))


def test_the_letter_is_linked_to_when_there_is_something_in_it():
    for kind, linked in (("decision", False), ("need", True)):
        meeting = replace(plain_meeting((entry(kind, 1, "Une chose"),)), month="2026-12")
        assert ("../newsletter/2026-12.md" in minutes(meeting)) is linked
