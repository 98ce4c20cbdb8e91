"""What an agenda may not be: one clear message each, at its line and column."""

from __future__ import annotations

import pytest

from facilitator.documents.agenda import read_agenda
from facilitator.documents.problem import Problems
from facilitator.i18n import translator

STEP = "title: x\nsteps:\n  - kind: welcome\n    duration: 20\n"


def refused(data: bytes | str) -> list[str]:
    """The messages for an agenda called `a.yaml`."""
    with pytest.raises(Problems) as caught:
        read_agenda(data.encode() if isinstance(data, str) else data, name="a.yaml", tr=translator("en"))
    return str(caught.value).splitlines()


ONE_PROBLEM: list[tuple[bytes | str, str, str]] = [
    # the file as a whole
    ("", "1:1", "empty"),
    ("# nothing but a comment\n", "1:1", "empty"),
    ("- a\n- b\n", "1:1", "a list is not expected here"),
    ("hello\n", "1:1", "text is not expected here"),
    ("~\n", "1:1", "nothing is written here"),
    ("title: Médiathèque\n".encode("latin-1"), "1:9", "Latin-1"),
    ("\ufefftitle: x\n".encode("utf-16"), "1:1", "UTF-16"),
    (b"title: x\nsteps: \x85\n", "2:8", "not UTF-8"),
    (b"title: a\x00b\n", "1:9", "U+0000"),
    (b"title: x\n\x1b[31m\n", "2:1", "U+001B"),
    (STEP + "---\n" + STEP, "5:1", "second document"),
    (b"a" * 10_000_000, "1:1", "too large"),
    # what YAML can do and an agenda cannot
    ("[" * 3_000 + "]" * 3_000, "1:21", "too many levels"),
    ("title: &a x\n", "1:8", "anchor (&a)"),
    ("title: *a\n", "1:8", "alias (*a)"),
    ("title: !!python/name:os.system\n", "1:8", "a tag"),
    ("%TAG ! x:\n---\ntitle: x\n", "1:1", "a tag"),
    ("%YAML 9.1\n---\ntitle: x\n", "1:1", "cannot be read"),
    ("a: { <<: { b: 1 } }\n", "1:6", "merge key"),
    ("? [a]\n: b\n", "1:3", "a list or a mapping as a key"),
    # syntax
    (STEP.replace("    duration", "\tduration"), "4:1", "a tab"),
    (STEP.replace("20", "\t20"), "4:15", "a tab"),
    (STEP.replace("x\n", "x: y\n", 1), "1:8", "a colon in a text"),
    ("title: 'x\n", "1:8", "a quote is not closed"),
    ("title: *x*\n", "1:8", "a sign that YAML keeps"),
    ("title: * x\n", "1:8", "a sign that YAML keeps"),
    ("title: @x\n", "1:8", "a sign that YAML keeps"),
    ('title: "a\\qb"\n', "1:11", "unknown escape"),
    ('title: "\\UFFFFFFFF"\n', "1:11", "cannot be read"),
    ("title: [a\nsteps: 1\n", "2:6", "a bracket"),
    ("title: {a: 1\nsteps: 1\n", "2:6", "a brace"),
    ("title: x\n- a\n", "2:1", "line up"),
    ("title: x\nsteps:\n- kind: news\n  duration: 20\n   lead: y\n", "5:8", "a colon"),
    ("title: x\nsteps\n", "2:1", "a colon is missing"),
    ("title: x - - y\nsteps: - a\n", "2:8", "a list item"),
    ("{title: x}\n]\n", "2:1", "not part of what is above"),
    # keys
    (STEP + "title: y\n", "5:1", "there twice, once is expected; the first is on line 1"),
    (STEP + "titles: y\n", "5:1", "unknown key “titles”, known here: "),
    (STEP.replace("title", "titre"), "1:1", "unknown key “titre”, did you mean “title”?"),
    (STEP.replace("duration", "duratoin"), "4:5", "did you mean “duration”?"),
    (STEP + "meeting: y\n", "5:1", "unknown key “meeting”"),
    (STEP + "carried: [{ from: c, meeting: a, text: b }]\n", "5:22", "unknown key “meeting”"),
    ("title: x\n", "1:1", "“steps” is missing"),
    (STEP.replace("    duration: 20\n", ""), "3:5", "“duration” is missing"),
    # values of another type
    (STEP + "place: 12\n", "5:8", "expected: a mapping"),
    (STEP + "members: Awa\n", "5:10", "expected: a list"),
    (STEP + "scribe: [Awa]\n", "5:9", "a list is not expected here, expected: text"),
    (STEP + "scribe: { name: Awa }\n", "5:9", "a mapping (key: value) is not expected here"),
    (STEP + "members:\n", "5:9", "nothing is written here"),
    (STEP.replace("x\n", "true\n", 1), "1:8", "put it in quotes"),
    (STEP.replace("x\n", "2026\n", 1), "1:8", "put it in quotes"),
    (STEP.replace("x\n", "1.5\n", 1), "1:8", "put it in quotes"),
    (STEP.replace("x\n", "\n", 1), "1:7", "nothing is written here"),
    ("title: x\nsteps: []\n", "2:8", "the list is empty"),
    ("title: x\nsteps:\n" + "  - { kind: welcome, duration: 1 }\n" * 201, "3:3", "too long (201)"),
    # hours, priorities, several who lead
    (STEP + "    not_before: 11h\n", "5:17", 'a time such as "09:30"'),
    (STEP + "    not_after: 25:00\n", "5:16", 'a time such as "09:30"'),
    (STEP + "    priority: 4\n", "5:15", "expected one of: 1, 2, 3"),
    (STEP + "    priority: high\n", "5:15", "1 / 2 / 3"),
    (STEP + "    lead: []\n", "5:11", "the list is empty"),
    (STEP + "    lead: { name: Awa }\n", "5:11", "a mapping (key: value) is not expected here"),
    (STEP + "    link: www.example.org\n", "5:11", "cannot be used here"),
    # text
    (STEP.replace("x\n", "''\n", 1), "1:8", "the text is empty"),
    (STEP.replace("x\n", '" \\t\\u202E "\n', 1), "1:8", "the text is empty"),
    (STEP.replace("x\n", "a" * 300 + "\n", 1), "1:8", "300 characters"),
    (STEP + "members: [Awa, " + "b" * 300 + "]\n", "5:16", "300 characters"),
    (STEP + "slug: Été\n", "5:7", "small letters"),
    (STEP + "slug: ../../etc\n", "5:7", "small letters"),
    (STEP.replace("welcome", "news") + "    items: [{ title: a, link: 'javascript:x' }]\n", "5:31", "http://"),
    # words from a list
    (STEP.replace("welcome", "workshp"), "3:11", "“workshp” is not known here, did you mean “workshop”?"),
    (STEP.replace("welcome", "Welcome"), "3:11", "did you mean “welcome”?"),
    (STEP + "language: de\n", "5:11", "expected one of: en, fr"),
    (STEP.replace("welcome", "no"), "3:11", "“no” is not known here"),
    (STEP.replace("welcome", "true"), "3:11", "true and false are not expected here"),
    # days, times, lengths
    (STEP + "date: 2026-02-30\n", "5:7", "“2026-02-30” is not in the calendar"),
    (STEP + "date: 20261124\n", "5:7", "a date such as 2026-11-24"),
    (STEP + "date: 24/11/2026\n", "5:7", "is not a date"),
    (STEP + "date: 2026-W48-2\n", "5:7", "is not a date"),
    (STEP + "start: 9h30\n", "5:8", '"09:30"'),
    (STEP + "start: 24:00\n", "5:8", '"09:30"'),
    (STEP + "start: 09:30:00\n", "5:8", '"09:30"'),
    (STEP + "start: 930\n", "5:8", "put it in quotes"),
    (STEP + "start: '09:30'\nend: '09:00'\n", "6:6", "not after the start"),
    (STEP + "start: '09:30'\nend: '09:30'\n", "6:6", "not after the start"),
    (STEP.replace("20", "-5"), "4:15", "“-5” is out of range, from 1m to 24h"),
    (STEP.replace("20", "0"), "4:15", "out of range"),
    (STEP.replace("20", "9" * 400), "4:15", "out of range"),
    (STEP.replace("20", "1441"), "4:15", "out of range"),
    (STEP.replace("20", "1.5"), "4:15", "not a length of time"),
    (STEP.replace("20", "soon"), "4:15", "not a length of time"),
    (STEP.replace("20", "true"), "4:15", "true and false are not expected here"),
    # keys that go together
    (STEP + "    minimum: 30\n", "5:14", "longer than the step (20m)"),
    (STEP + "    format: tool\n", "5:13", "only with the kind workshop"),
    (STEP + "    items: [{ title: a }]\n", "5:12", "only with the kind news"),
    (STEP.replace("welcome", "workshop") + "    phases: [{ title: a, duration: 21 }]\n", "5:13", "the phases last 21m"),
    (STEP + "    answer_budget: 21\n", "5:20", "longer than the step"),
    (STEP + "    answer_budget: 5\n    answer_time: 6\n", "6:18", "one answer is longer"),
]


@pytest.mark.parametrize(("data", "place", "words"), ONE_PROBLEM)
def test_a_bad_agenda_has_one_message_at_its_place(data: bytes | str, place: str, words: str) -> None:
    messages = refused(data)
    assert len(messages) == 1, messages
    assert messages[0].startswith(f"a.yaml:{place}: "), messages
    assert words in messages[0]


def test_all_problems_of_a_file_are_said_at_once_in_its_order() -> None:
    messages = refused(
        "title: ''\ntitle: y\nsteps:\n  - kind: workshp\n    duration: -5\n"
        "  - kind: needs\n    duration: 10\n    minimum: 20\n    lead: 3\nslot: 1\n",
    )
    places = [message.split(": ")[0].removeprefix("a.yaml:") for message in messages]
    assert places == ["1:8", "2:1", "4:11", "5:15", "8:14", "9:11", "10:1"]


def test_a_file_with_hundreds_of_problems_says_fifty_and_counts_the_others() -> None:
    messages = refused("title: x\nsteps:\n" + "  - { kind: a, duration: b, c: d }\n" * 50)
    assert len(messages) == 51
    assert messages[-1] == "a.yaml: and 100 other problems"


def test_nothing_of_a_file_reaches_the_terminal_raw() -> None:
    messages = refused(STEP + '"\\e]0;owned\\a\\u202Ekey": 1\nlanguage: "\\e[31m\\n\\n' + "z" * 5_000 + '"\n')
    assert all(message.isprintable() and len(message) < 300 for message in messages)


def test_a_problem_speaks_the_language_of_the_screen() -> None:
    with pytest.raises(Problems) as caught:
        read_agenda(b"", name="a.yaml", tr=translator("fr"))
    assert "vide" in str(caught.value)


@pytest.mark.parametrize(
    ("written", "column"), [('""', 8), ("12", 8), ("[Castel]", 8), ("{ nom: Castel }", 8), ("x" * 201, 8)]
)
def test_a_place_that_is_no_name_is_refused_where_it_stands(written: str, column: int) -> None:
    with pytest.raises(Problems) as refused:
        read_agenda(
            f"title: x\nplace: {written}\nsteps: [{{kind: needs, duration: 20}}]\n".encode(),
            name="a.yaml",
            tr=translator("en"),
        )
    assert str(refused.value).startswith(f"a.yaml:2:{column}: ")


def test_a_text_with_a_colon_and_no_quotes_is_said_with_them_and_all_else_at_once() -> None:
    text = "title: Atelier : impôts # oui\nsteps:\n  - kind: needs\n    title: Un : deux\n    duration: 20x\n"
    with pytest.raises(Problems) as caught:
        read_agenda(text.encode(), name="a.yaml", tr=translator("en"))
    told = [str(problem) for problem in caught.value.problems]
    assert [line.split(": ")[0] for line in told] == ["a.yaml:1:8", "a.yaml:4:12", "a.yaml:5:15"]
    assert 'write: title: "Atelier : impôts"' in told[0] and 'write: title: "Un : deux"' in told[1]


@pytest.mark.parametrize("line", ["title: a: {b", "title: " + "a : " * 9000, "  : b : c", "steps: - : a : b"])
def test_colons_of_every_sort_are_refused_and_nothing_worse(line: str) -> None:
    with pytest.raises(Problems):
        read_agenda(f"{line}\nsteps: x\n".encode(), name="a.yaml", tr=translator("en"))
