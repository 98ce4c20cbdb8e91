"""A damaged journal: every other act loads, what is unreadable is counted and kept, the file is not touched."""

from __future__ import annotations

from pathlib import Path
from random import Random

import pytest

from facilitator.core.acts import Captured
from facilitator.core.fold import fold
from facilitator.store.framing import read_line
from facilitator.store.journal import Journal

from .harness import Table, capture, texts

pytestmark = pytest.mark.fault(9)


def _journal(table: Table) -> tuple[str, Path]:
    session = table.open(terminal=False)
    for place in range(12):
        capture(session, f"numéro {place} ☕", by="Awa S.")
    session.leave()
    (path,) = session.folder.glob("*.jsonl")
    return session.meeting.id, path


def _said(table: Table, meeting: str) -> list[str]:
    return texts(table.read(meeting)[0])


@pytest.mark.ci
def test_the_last_line_cut_at_every_byte_loses_that_act_alone(table: Table) -> None:
    """All others load; a writer that goes on is not glued to the torn line."""
    meeting, path = _journal(table)
    whole = path.read_bytes()
    before = _said(table, meeting)
    last = len(whole) - len(whole.splitlines(keepends=True)[-1])
    for size in range(last, len(whole) + 1):
        path.write_bytes(whole[:size])
        assert _said(table, meeting) == (before if size >= len(whole) - 1 else before[:-1]), size
        assert path.read_bytes() == whole[:size]


def test_a_flipped_bit_anywhere_loses_the_act_it_is_in_and_is_counted(table: Table, rounds) -> None:
    """Whatever the bit, no other act is lost or changed, and nothing is made up."""
    meeting, path = _journal(table)
    whole = path.read_bytes()
    before = _said(table, meeting)
    random = Random(9)
    opening = whole.index(b"\n", whole.index(b"\n") + 1)
    for _ in range(rounds(150, 1_000, 20_000)):
        place, bit = random.randrange(opening + 1, len(whole) - 1), 1 << random.randrange(8)
        path.write_bytes(whole[:place] + bytes([whole[place] ^ bit]) + whole[place + 1 :])
        found, journal = table.read(meeting)
        said = texts(found)
        assert set(said) < set(before), (place, bit)
        assert len(said) >= len(before) - 2, (place, bit)
        assert journal.diagnostics.unreadable, (place, bit)


@pytest.mark.parametrize(
    ("damage", "unreadable"),
    [
        (lambda lines: [b"\xef\xbb\xbf" + lines[0], *lines[1:]], 0),
        (lambda lines: [line.removesuffix(b"\n") + b"\r\n" for line in lines], 0),
        (lambda lines: [lines[0], b"<<<<<<< HEAD\n", *lines[1:5], b"=======\n", *lines[3:], b">>>>>>> autre\n"], 3),
        (lambda lines: [*lines[:6], b"\0" * 4096, *lines[6:]], 1),
        (lambda lines: [*lines, b"\0" * 512], 0),
        (lambda lines: [*lines[:3], b"\n\n\n", *lines[3:]], 0),
        (lambda lines: [*lines[:3], b"# une note de la main\n", *lines[3:]], 1),
        (lambda lines: [*lines[:3], b'{"c":"00000000","r":{}}\n', *lines[3:]], 1),
        (lambda lines: [*lines[:3], b"[" * 100_000 + b"\n", *lines[3:]], 1),
        (lambda lines: [*lines[:3], b"\xff\xfe\x9b31m\x1b]52;c;eA==\x07\n", *lines[3:]], 1),
        (lambda lines: [*lines, *lines], 0),
        (lambda lines: list(reversed(lines)), 0),
    ],
    ids="bom crlf conflict zeros zero-tail blank note false-checksum nested binary twice reversed".split(),
)
def test_what_editors_merges_and_disks_do_to_a_file_hides_no_act(table: Table, damage, unreadable: int) -> None:
    """All acts load; the lines that are none are counted; the file keeps its bytes."""
    meeting, path = _journal(table)
    before = _said(table, meeting)
    damaged = b"".join(damage(path.read_bytes().splitlines(keepends=True)))
    path.write_bytes(damaged)
    found, journal = table.read(meeting)
    assert texts(found) == before
    assert len(journal.diagnostics.unreadable) == unreadable
    assert path.read_bytes() == damaged


def test_a_line_glued_to_a_torn_one_is_saved(table: Table) -> None:
    """What another program appended without looking at the end of the file."""
    meeting, path = _journal(table)
    lines = path.read_bytes().splitlines(keepends=True)
    path.write_bytes(b"".join(lines[:-2]) + lines[-2][:50] + lines[-1])
    assert _said(table, meeting) == [f"numéro {place} ☕" for place in (*range(10), 11)]


def test_a_journal_that_lost_its_opening_says_so_and_is_never_written_over(table: Table) -> None:
    """Commands fail with a sentence; the file is as it was."""
    _, path = _journal(table)
    damaged = b"".join(path.read_bytes().splitlines(keepends=True)[1:])
    path.write_bytes(damaged)
    for words in (("status",), ("add", "question", "Encore là ?"), ("close",)):
        table.run(*words).clean()
    assert path.read_bytes().startswith(damaged)


def test_unreadable_lines_are_told_to_whoever_uses_the_meeting(table: Table) -> None:
    """A command says it; the meeting goes on."""
    _, path = _journal(table)
    with path.open("ab") as file:
        file.write(b'{"c":"deadbeef","r":{"id":"x"}}\n')
    done = table.run("status").ok()
    assert "1" in done.stderr.decode()
    assert done.stderr.strip(), "an unreadable line is said"


def test_an_act_of_a_newer_program_is_kept_told_and_blocks_the_close_alone(table: Table) -> None:
    """Its type is not known here: captures go on, the close is refused."""
    from facilitator.store.framing import frame

    meeting, path = _journal(table)
    newer = frame(b'{"id":"n1","n":1,"writer":"x","actor":"a@b","at":1,"events":[{"type":"teleported"}],"v":1}')
    with path.open("ab") as file:
        file.write(newer)
    _, journal = table.read(meeting)
    assert [kind for _, _, kind in journal.diagnostics.unknown] == ["teleported"]
    table.run("add", "decision", "On continue").ok()
    assert table.run("close").clean().code == 1
    assert newer in path.read_bytes()


def test_any_two_halves_of_any_journal_fold_without_an_error(table: Table) -> None:
    """The fold is total: acts whose beginning is missing are void, and raise nothing."""
    _, path = _journal(table)
    acts = [act for line in path.read_bytes().splitlines() if not isinstance(act := read_line(line), str)]
    for cut in range(len(acts)):
        fold(acts[cut:])
        fold(acts[:cut])
    assert sum(isinstance(event, Captured) for act in acts for event in act.events) == 12
    assert Journal(path.parent, writer="x").read()
