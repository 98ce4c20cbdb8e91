"""Fuzzers: whatever comes in, an answer or a problem, within a second, in bounded memory, never another exception."""

from __future__ import annotations

import datetime
import resource
import time
from collections.abc import Callable
from pathlib import Path

import hypothesis.strategies as st
import pytest
from hypothesis import HealthCheck, given, settings

from facilitator.core.act import Act
from facilitator.core.capture import read_line as read_capture
from facilitator.core.dates import read_due
from facilitator.core.duration import read_duration
from facilitator.core.entry import KINDS, read_label
from facilitator.core.fold import fold
from facilitator.core.text import normalise, slug
from facilitator.documents.agenda import read_agenda
from facilitator.documents.minutes_reader import read_minutes
from facilitator.documents.network import read_network
from facilitator.documents.newsletter_reader import read_newsletter
from facilitator.documents.problem import Problems
from facilitator.i18n import translator
from facilitator.store.framing import frame, frame_act, read_line

from .harness import MEMBERS, Table, capture
from .hostile import MARKDOWN, TITLES
from .registry import scale

TEXTS = st.one_of(
    st.text(max_size=300),
    st.sampled_from(MARKDOWN + TITLES),
    st.lists(st.sampled_from(MARKDOWN), max_size=8).map("\n".join),
)
YAML_WORDS = st.sampled_from(
    'title: steps: - kind: needs duration: 20m 1h30 start: "09:30" end: place: {name: x, host: y} members: [a, b] & * ! | > '
    "%YAML --- ... ? : , [ ] { } # ' \" \\ \t null ~ true 2026-11-24 09:30 0x1F 1e3 << items: phases: carried: from: date:".split(
        " "
    )
)
YAML = st.lists(
    st.tuples(
        st.sampled_from(["", " ", "  ", "    ", "\n", "\n  ", "\n- ", "\n  - "]),
        st.one_of(YAML_WORDS, st.text(max_size=6)),
    ),
    max_size=60,
).map(lambda parts: "".join(a + b for a, b in parts))
SECONDS = {"small": 1.0, "ci": 6.0, "long": 600.0}
SLOWEST_S = 1.0


def fuzz(strategy: st.SearchStrategy, check: Callable[[object], object]) -> None:
    """Try values until the time is up; each within a second of the processor."""
    until = time.monotonic() + SECONDS[scale()]
    tried = 0

    @settings(
        max_examples=300,
        deadline=None,
        suppress_health_check=list(HealthCheck),
        database=None,
        report_multiple_bugs=False,
    )
    @given(strategy)
    def one(value: object) -> None:
        nonlocal tried
        if time.monotonic() > until and tried > 50:
            return
        tried += 1
        began = time.process_time()
        check(value)
        assert time.process_time() - began < SLOWEST_S

    while time.monotonic() < until:
        one()
    assert tried > 50
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss < 1_000_000


def _read(reader: Callable, data: bytes) -> None:
    try:
        reader(data, name="f.yaml", tr=translator("fr"))
    except Problems as problems:
        assert all(str(problem).startswith("f.yaml") for problem in problems.problems)
        assert problems.problems


@pytest.mark.fault(19, 20, 32)
@pytest.mark.parametrize("reader", [read_agenda, read_network], ids=["agenda", "network"])
def test_any_yaml_is_read_or_refused(reader: Callable) -> None:
    """Words of the format in any order, any bytes, and a good file with a bite taken out."""
    good = b"title: R\nsteps:\n  - kind: workshop\n    format: exchange\n    duration: 1h30\n    phases: [{title: a, duration: 5}]\n"
    bitten = st.tuples(st.integers(0, len(good)), st.integers(0, 12), st.binary(max_size=8)).map(
        lambda bite: good[: bite[0]] + bite[2] + good[bite[0] + bite[1] :]
    )
    fuzz(
        st.one_of(YAML.map(lambda text: text.encode("utf-8", "replace")), st.binary(max_size=400), bitten),
        lambda data: _read(reader, data),
    )


@pytest.mark.fault(9, 32)
def test_any_line_of_a_journal_is_an_act_or_a_reason(table: Table) -> None:
    """With a right checksum or a wrong one; whatever is read folds."""
    session = table.open()
    capture(session, "une")
    acts = session.journal.read()
    session.leave()
    good = [frame_act(act)[:-1] for act in acts]
    bodies = [line[20:-1] for line in good]
    bite = st.tuples(st.integers(0, 3_000), st.integers(0, 12), st.binary(max_size=10))

    def bitten(pair: tuple[bytes, tuple[int, int, bytes]]) -> bytes:
        line, (at, size, new) = pair
        return line[: at % len(line)] + new + line[at % len(line) + size :]

    json = st.recursive(
        st.none() | st.booleans() | st.integers() | st.text(max_size=8),
        lambda inner: (
            st.lists(inner, max_size=4)
            | st.dictionaries(st.sampled_from("id n v writer events type at x".split()), inner, max_size=6)
        ),
        max_leaves=20,
    )
    import msgspec

    def encoded(value: object) -> bytes:
        try:
            return frame(msgspec.json.encode(value))[:-1]
        except (OverflowError, UnicodeEncodeError, msgspec.MsgspecError, ValueError):
            return b"{}"

    def check(line: object) -> None:
        assert isinstance(line, bytes)
        act = read_line(line)
        if isinstance(act, Act):
            fold([*acts, act])
            fold([act])

    fuzz(
        st.one_of(
            st.tuples(st.sampled_from(good), bite).map(bitten),
            st.tuples(st.sampled_from(bodies), bite).map(bitten).map(lambda body: frame(body)[:-1]),
            json.map(encoded),
            st.binary(max_size=200),
        ),
        check,
    )


def _documents(table: Table) -> tuple[str, str]:
    table.run("start").ok()
    for kind in ("question", "decision", "action", "need", "news"):
        table.run("add", kind, "Un texte *comme* un autre", "--by", "Awa S.").ok()
    table.run("send", "Q1", "newsletter", "--owner", "Awa S.").ok()
    table.run("close", "--summary", "Bien").ok()
    minutes, newsletter = (next((table.root / folder).iterdir()) for folder in ("minutes", "newsletter"))
    return minutes.read_text(encoding="utf-8"), newsletter.read_text(encoding="utf-8")


def _edits(document: str) -> st.SearchStrategy[str]:
    """The document with lines taken out, doubled, moved, or hostile ones put in."""
    lines = document.splitlines()
    edit = st.tuples(st.integers(0, len(lines)), st.integers(0, 4), st.one_of(TEXTS, st.sampled_from(lines)))

    def edited(edits: list[tuple[int, int, str]]) -> str:
        kept = list(lines)
        for at, size, new in edits:
            kept[at : at + size] = new.split("\n")
        return "\n".join(kept)

    return st.one_of(st.lists(edit, max_size=6).map(edited), TEXTS)


@pytest.mark.fault(8, 32)
def test_any_minutes_and_newsletter_are_read_back_without_an_error(table: Table) -> None:
    """And no hand edit makes the readers name a record that is private."""
    minutes, newsletter = _documents(table)

    def check(text: object) -> None:
        assert isinstance(text, str)
        for record in read_minutes(text).records:
            assert record.kind != "individual"
            assert not record.private
        read_newsletter(text)

    fuzz(st.one_of(_edits(minutes), _edits(newsletter)), check)


@pytest.mark.fault(27, 32)
def test_any_line_that_is_typed_is_taken_apart_and_nothing_of_it_is_lost() -> None:
    """Signs, people, themes, links and days in any order: every word is in the text or in a field."""
    words = st.sampled_from(
        "@Awa @karim # #droits ? > -> pour avant vendredi 10/12 31/02 99/99 https://a.b/c_(d) , . @ ?? * ! le fin du mois".split()
    )
    line = st.lists(st.one_of(words, st.text(max_size=8)), max_size=20).map(" ".join)

    def check(text: object) -> None:
        assert isinstance(text, str)
        kept = normalise(text).text
        assert normalise(kept).text == kept
        for kind in KINDS:
            found = read_capture(kept, kind=kind, members=MEMBERS, today=datetime.date(2026, 11, 24), next_meeting=None)
            assert bool(found.fields.text) == bool(kept.strip()) or kept
        read_due(kept, datetime.date(2026, 11, 24), datetime.date(2026, 12, 10))
        read_label(kept)
        read_duration_or_not(kept)

    fuzz(line, check)


def read_duration_or_not(text: str) -> None:
    """A duration, or a ValueError."""
    try:
        assert read_duration(text) is None or isinstance(read_duration(text), int)
    except ValueError:
        return


@pytest.mark.fault(26, 32)
def test_any_title_makes_a_safe_name(tmp_path: Path) -> None:
    """It can be made a file, and is in the folder."""

    def check(title: object) -> None:
        assert isinstance(title, str)
        name = slug(title)
        path = tmp_path / f"{name}.md"
        path.touch()
        assert path.parent == path.resolve().parent
        assert name == slug(name)

    fuzz(st.text(max_size=300), check)
