"""Agendas, settings and front matter: read, or refused at a line."""

from __future__ import annotations

from collections.abc import Callable

from facilitator.documents.agenda import check_agenda, read_agenda, templates
from facilitator.documents.agenda_writer import write_agenda
from facilitator.documents.front import split
from facilitator.documents.minutes.reader import read_minutes
from facilitator.documents.network import read_network
from facilitator.documents.newsletter.reader import read_letter
from facilitator.documents.problem import Problems

from .fuzz_documents import published
from .fuzzing import TR, Parser, reads
from .harness import MEMBERS, Table

YAML_WORDS = [
    *(
        'title: |steps:|- |kind: |needs|duration: |20m|1h30|start: |"09:30"|end: |place: |{name: x, host: y}|members: |[a, b]|& |* |! |'
        "> |%YAML |--- |...|? |: |, |[|]|{|}|# |'|\"|\\|\t|null|~|true|2026-11-24|09:30|0x1F|1e3|<<: |items: |phases: |carried: |"
        "from: |date:|\n|\n  |\n- |\n  - | |    |\\x|\\U0011FFFF|!!int |&a |*a |\ufeff|timezone: |Europe/Paris|choices: |red: |amber: "
    ).split("|"),
    "|\n",
]
YAML = (
    b"title: R\nsteps:\n  - kind: workshop\n    format: exchange\n    duration: 1h30\n    phases: [{title: a, duration: 5}]\n",
    b'title: "a\\x1b[2J"\ndate: 2026-02-30\nstart: "09:30"\nend: "08:00"\nsteps:\n  - {kind: needs, duration: 12:30}\n',
    b"a0: &a0 [x,x,x]\na1: &a1 [*a0,*a0]\n<<: *a1\ntitle: !!python/object/apply:os.system ['touch pwned']\n",
    b"a: [[[[[[[[[[[[[[[[[[[[[[[[1]]]]]]]]]]]]]]]]]]]]]]]]\n? k\n: {a: {b: {c: - 1}}}\n--- |\n x\n...\n",
    b"\xef\xbb\xbftitle: >-\r\n  a\r\n  b\r\nsteps:\r\n\t- kind: needs\r\n    title: 'it''s'\r\n",
)
NETWORK = (
    (
        b"name: R\nlanguage: fr\ntimezone: Europe/Paris\nmembers:\n  - {name: Awa S., organisation: O}\n  - Karim B.\n"
        b"choices: {amber: 0.2, red: 0.1}\ncalendar: {next_meeting: 2026-12-10}\nchannels: {mattermost: 'https://a.b/c'}\n"
    ),
)


def _reads_or_refuses(read: Callable[[bytes], object]) -> Callable[[bytes], None]:
    def check(data: bytes) -> None:
        try:
            read(data)
        except Problems as problems:
            assert problems.problems
            assert all(str(problem).startswith("f.yaml") for problem in problems.problems)
            assert all(len(str(problem)) < 2_000 for problem in problems.problems)

    return check


@reads("agenda", 19, 20)
def _agenda(table: Table) -> Parser:
    """An agenda is read or refused at a line; what is read is written so that it reads back the same."""

    def read(data: bytes) -> None:
        agenda = check_agenda(data, name="f.yaml", tr=TR, members=MEMBERS).agenda
        again = write_agenda(agenda, language="fr").encode()
        assert read_agenda(again, name="f.yaml", tr=TR) == agenda

    shipped = [path.read_bytes() for path in templates().values()]
    return Parser(_reads_or_refuses(read), (*YAML, *shipped), YAML_WORDS)


@reads("network", 19, 20)
def _network(table: Table) -> Parser:
    """So is facilitator.yaml."""
    return Parser(
        _reads_or_refuses(lambda data: read_network(data, name="f.yaml", tr=TR)), (*NETWORK, *YAML), YAML_WORDS
    )


@reads("front matter", 19)
def _front(table: Table) -> Parser:
    """The facts at the top of minutes and of a newsletter: whatever stands there, they are read, or a letter is said to be unreadable."""
    minutes, newsletter = published(table)

    def check(text: str) -> None:
        whole = f"---\n{text}\n---\n\nUn mot.\n"
        read_minutes(whole)
        read = read_letter(whole)
        assert read.unreadable is not None or read.front.language in ("fr", "en")

    fronts = [split(text).front for text in (minutes, newsletter)]
    bombs = [data.decode("utf-8", "replace") for data in YAML]
    words = [line for front in fronts for line in front.splitlines(keepends=True)]
    return Parser(check, (*fronts, *bombs), (*YAML_WORDS, *words))
