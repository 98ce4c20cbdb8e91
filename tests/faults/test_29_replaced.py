"""The store is replaced under us: what was acknowledged is written again where it is missing."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from .harness import Table, capture, texts

pytestmark = pytest.mark.fault(29)


def _older(path: Path) -> None:
    lines = path.read_bytes().splitlines(keepends=True)
    path.with_suffix(".new").write_bytes(b"".join(lines[:3]))
    os.replace(path.with_suffix(".new"), path)


def _shorter(path: Path) -> None:
    with path.open("r+b") as file:
        file.truncate(path.stat().st_size // 2)


def _copied(path: Path) -> None:
    shutil.copy2(path, path.with_suffix(".new"))
    os.replace(path.with_suffix(".new"), path)


def _folder_gone(path: Path) -> None:
    shutil.rmtree(path.parents[2])


def _folder_moved(path: Path) -> None:
    shutil.copytree(path.parent, path.parent.with_name("copie"))
    shutil.rmtree(path.parent)
    path.parent.with_name("copie").rename(path.parent)


def _emptied(path: Path) -> None:
    path.write_bytes(b"")


def _renamed(path: Path) -> None:
    path.rename(path.with_name("copie en conflit.jsonl"))


def _link(path: Path) -> None:
    path.rename(path.with_name("ailleurs"))
    path.symlink_to(path.with_name("ailleurs"))


@pytest.mark.parametrize(
    "replaced",
    [Path.unlink, _older, _shorter, _copied, _folder_gone, _folder_moved, _emptied, _renamed, _link],
    ids=lambda replaced: replaced.__name__.strip("_"),
)
@pytest.mark.parametrize("looks", [True, False], ids=["looked", "acted"])
def test_what_a_terminal_saw_is_there_again_after_its_next_look_or_act(
    table: Table, replaced: Callable[[Path], None], looks: bool
) -> None:
    """A checkout, a synchroniser, `rm`: everything acknowledged is in the folder again, each act once."""
    session = table.open()
    expected = [f"avant {place}" for place in range(8)]
    for text in expected:
        capture(session, text)
    replaced(session.folder / f"{session.writer}.jsonl")
    if looks:
        session.poll()
        assert texts(table.read(session.meeting.id)[0]) == expected
    capture(session, "après")
    assert texts(session.meeting) == [*expected, "après"]
    found, _ = table.read(session.meeting.id)
    assert texts(found) == [*expected, "après"]
    session.leave()
    assert texts(table.read(session.meeting.id)[0]) == [*expected, "après"]


def test_replacing_again_and_again_while_two_write_loses_nothing(table: Table, rounds) -> None:
    """A synchroniser that fights with two terminals."""
    claire = table.open(actor="claire@laptop")
    lea = table.join(claire.meeting.id)
    expected = []
    for place in range(rounds(20, 100, 1_000)):
        for session in (claire, lea):
            capture(session, f"{session.actor} {place}")
            expected.append(f"{session.actor} {place}")
        victim = (claire, lea)[place % 2]
        for path in claire.folder.glob(f"{victim.writer}*.jsonl"):
            (Path.unlink, _older, _copied, _emptied)[place % 4](path)
        claire.poll()
        lea.poll()
    assert sorted(texts(table.read(claire.meeting.id)[0])) == sorted(expected)
    claire.leave()
    lea.leave()
