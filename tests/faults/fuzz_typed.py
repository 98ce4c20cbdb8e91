"""What is typed or pasted: taken apart and kept, or refused in a sentence."""

from __future__ import annotations

import datetime
import io
import re
import sys
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager, redirect_stderr, redirect_stdout, suppress

import msgspec

from facilitator.cli.commands import COMMANDS
from facilitator.cli.context import WrongValue, read_at
from facilitator.cli.conversation import Conversation
from facilitator.cli.main import chosen_language, parser_of
from facilitator.cli.parser import Usage, leading_options, speak
from facilitator.core.capture import read_line as read_capture
from facilitator.core.dates import DAY_WITHIN, read_due
from facilitator.core.duration import read_duration, write_duration
from facilitator.core.entry import label, read_label
from facilitator.core.text import MAX_TEXT, fold_case, normalise, slug
from facilitator.core.vocabulary import KINDS
from facilitator.core.zone import zone_of
from facilitator.meetings import faults
from facilitator.store.folders import safe_name
from facilitator.store.workspace import is_meeting_id

from .fuzzing import TODAY, TR, Parser, reads
from .harness import MEMBERS, Table
from .hostile import MARKDOWN, TITLES

TYPED = (
    "@Awa @karim # #droits ? > -> pour avant vendredi 10/12 31/02 99/99 https://a.b/c_(d) , . @ ?? * ! le fin du mois demain "
    "d'ici by next meeting 2026-12-10 0000-00-00 29/02/2027 10 décembre 9999 1er january prochain Q1 q999999 B0 1h30 90 min 999h"
).split(" ")
JOINING = ("et", "and")  # between two people, who are two fields
TYPED += [" ", "\n", "  "]


@reads("capture line", 27)
def _capture(table: Table) -> Parser:
    """Signs, people, themes, links and days in any order: every word is in the text or in a field."""

    def check(line: str) -> None:
        kept = normalise(line).text[:MAX_TEXT]
        for kind in KINDS:
            found = read_capture(kept, kind=kind, members=MEMBERS, today=TODAY, next_meeting=None)
            fields = found.fields
            assert bool(fields.text) == bool(kept.strip())
            people = _words_in(" ".join([fields.by or "", *(fields.owners or ())]))
            kept_words = _words_in(f"{fields.text} {fields.theme or ''} {fields.link or ''}")
            missing = _words_in(kept) - kept_words - people
            missing = [
                said for said in missing if said not in JOINING and not any(name.startswith(said) for name in people)
            ]
            assert not missing or (fields.due and len(" ".join(missing)) <= DAY_WITHIN), missing

    corpus = (
        "@Awa demande #droits https://a.b/c",
        "faire la liste @karim @Nora pour vendredi",
        "? et alors",
        "-> 10/12",
    )
    return Parser(check, corpus, TYPED, 200_000)


def _words_in(text: str) -> Counter[str]:
    return Counter(map(fold_case, re.findall(r"\w+", text)))


@reads("days, lengths, numbers, labels", 20)
def _words(table: Table) -> Parser:
    """Each is what it says or nothing, at the ends of the calendar too."""
    days = (TODAY, datetime.date.min, datetime.date.max, datetime.date(2028, 2, 29))

    def check(text: str) -> None:
        for day in days:
            due = read_due(text, day, TODAY)
            assert due is None or isinstance(due, datetime.date)
        seconds = read_duration(text)
        assert seconds is None or read_duration(write_duration(seconds)) == seconds
        named = read_label(text)
        assert named is None or read_label(label(*named)) == named

    corpus = ("vendredi", "10/12/2026", "10 décembre 2026", "December 10, 2026", "1h30", "Q12", "fin du mois", "*(a)*")
    return Parser(check, corpus, TYPED, 100_000)


@reads("--at", 13)
def _at(table: Table) -> Parser:
    """A time or WrongValue, in any zone."""
    zones = [zone_of(name) for name in ("Europe/Paris", "UTC", "Pacific/Kiritimati", "Africa/Monrovia")]
    session = table.open()
    session.leave()

    def check(text: str) -> None:
        for zone in zones:
            try:
                when = read_at(TR, text, zone, TODAY)
            except WrongValue as wrong:
                assert str(wrong)
                continue
            with suppress(msgspec.ValidationError):
                session.told(when)

    corpus = (
        "2026-11-24 09:32",
        "09:32",
        "9h32",
        "2026-11-24T09:32:00Z",
        "0001-01-01 00:00",
        "9999-12-31 23:59:59+14:00",
    )
    return Parser(check, corpus, (*"0123456789:hTZ+- ", "٣", "²", "+23:59", "-00:00"), 100_000)


@reads("paste", 12, 27)
def _paste(table: Table) -> Parser:
    """Five megabytes are normalised at once, once and for all."""

    def check(text: str) -> None:
        kept = normalise(text).text
        assert normalise(kept).text == kept
        assert not re.search(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e\ud800-\udfff]", kept)

    escapes = (
        "\x1b]0;titre\x07",
        "\x1b[31m",
        "\x9b2J",
        "\x1bP",
        "\x1b",
        "\x1b\\",
        "\r\n",
        "e\u0301",
        "\u0f71\u0f72",
        "ﷺ",
        "\x14<{Ú",
    )
    return Parser(check, ("du texte, et encore", *escapes, *MARKDOWN), escapes, 5_000_000)


@reads("names of files", 26)
def _names(table: Table) -> Parser:
    """Any title, and any writer, makes a name of a file that can be made and is in its folder."""

    def check(title: str) -> None:
        for name in (slug(title), safe_name(title)):
            path = table.root / f"{name}.md"
            path.touch()
            assert path.parent == path.resolve().parent == table.root
            path.unlink()
        name = slug(title)
        assert name == slug(name)
        assert is_meeting_id(table.workspace.new_meeting_id(TODAY, name))

    return Parser(check, TITLES, TITLES, 100_000)


@reads("line conversation", 12, 30)
def _conversation(table: Table) -> Parser:
    """Whatever lines are typed, none ends in a report of a crash; everything stays inside the workspace."""
    around = set(table.folder.iterdir())
    seats: list[Conversation] = []

    def check(text: str) -> None:
        if not seats or len(seats[0].session.replay.acts) > 300 or seats[0].session.meeting.state == "closed":
            seats[:] = [Conversation(table.open(), TR)]
        with _no_crash(), redirect_stdout(io.StringIO()) as out, redirect_stderr(io.StringIO()), _typed(""):
            for line in text.split("\n")[:12]:
                seats[0].take(line)
        assert "\x1b" not in out.getvalue()
        assert set(table.folder.iterdir()) - around <= {table.state, table.temporary}

    corpus = (
        "next\nq Une question @Awa #droits\ns Q1\ns Q1 newsletter\nr Q1 une réponse\nj Q1\ne Q1 autre\nu\nredo",
        "a faire @karim pour vendredi\ndone A1\nx\nx un secret\nb un besoin\np\np Awa S.\nattend Nora --late\nf\ng",
        "+ 5\n- 5\nt\nt 1\no start\no pass\no end\ngap meeting\nhandover Awa\npause\nresume\nback\nreplan --end 12:10",
        "c\nclose --summary Bien\nm\nnewsletter 2026-12\nentries\nfollowups\nreopen\nstatus --json\ndoctor\nrehearse",
        'add question "guillemets \\" ouverts\nadd need --individual -\nanswer Q1 - x\nsend Q1 sans suite --due 31/02',
        "minutes --meeting ../../evasion\nnewsletter ../../evasion --stdout\nminutes 2026-11-24-x\nmove Q1 9\nrehearse /dev/null",
    )
    options = (
        "--at ",
        "--due ",
        "--by ",
        "--owner ",
        "--json",
        "--text",
        "--",
        "-h",
        "--step ",
        "--duration ",
        "--after 0 ",
    )
    words = [f"{name} " for name in COMMANDS] + [f"{word} " for line in corpus for word in line.split()]
    return Parser(check, corpus, (*words, *options, *TITLES, *TYPED, "\n", "\n"), 50_000)


@contextmanager
def _no_crash() -> Iterator[None]:
    """The place where a crash is put into a sentence raises it instead."""

    def told(_: object, problem: BaseException) -> str:
        raise problem

    kept, faults.crash_text = faults.crash_text, told
    try:
        yield
    finally:
        faults.crash_text = kept


@contextmanager
def _typed(text: str) -> Iterator[None]:
    kept, sys.stdin = sys.stdin, io.TextIOWrapper(io.BytesIO(text.encode()))
    try:
        yield
    finally:
        sys.stdin = kept


@reads("words of a command", 30)
def _arguments(table: Table) -> Parser:
    """The words after the program's name, one a line, are read, or refused in a sentence, by every command."""
    speak(TR)
    parsers = [parser_of(TR, name)[0] for name in COMMANDS]

    def check(text: str) -> None:
        words = text.split("\n")[:50]
        assert chosen_language(words) in ("fr", "en")
        leading_options(words)
        for parser in parsers:
            try:
                with redirect_stdout(io.StringIO()):
                    parser.read(words)
            except SystemExit as end:
                assert end.code == 0
            except Usage as usage:
                assert usage.brief

    corpus = (
        "question\nUn texte\n--by\nAwa",
        "Q1\nnewsletter\n--owner=Awa\n--due\n10/12",
        "--lang\nen\n--json\n--\n-x",
        "-h",
    )
    options = (
        "--at",
        "--workspace",
        "--meeting",
        "--lang",
        "--json",
        "--",
        "-",
        "-h",
        "--text",
        "=",
        "\n",
        "\0",
        "%(x)s",
        "%",
    )
    return Parser(check, corpus, (*options, "sans\nsuite", "de\ncôté", *TITLES), 20_000)
