"""What is acknowledged can be read: a line is decoded again before it is written."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from pathlib import Path

import pytest
from msgspec.structs import replace

from facilitator.core.acts import Act, Send
from facilitator.core.said import Fields
from facilitator.core.vocabulary import MAX_NUMBER
from facilitator.store.journal import UNREADABLE, Journal, NotSaved

NewAct = Callable[..., Act]

# What no reader would take for an act of this program, and some way of writing it once let through.
ODD: dict[str, Callable[[Act], Act]] = {
    "a list where one word stands": lambda act: captured(act, fields=Fields(type=[])),  # type: ignore[arg-type]
    "a word that is none of the choices": lambda act: captured(act, fields=Fields(level="--")),  # type: ignore[arg-type]
    "owners in a list": lambda act: captured(act, fields=Fields(owners=["Awa S."])),  # type: ignore[arg-type]
    "a date in words": lambda act: captured(act, fields=Fields(due="demain")),  # type: ignore[arg-type]
    "a date with an hour": lambda act: captured(act, fields=Fields(due=datetime.datetime(2026, 12, 1, 9))),
    "a number beyond all": lambda act: captured(act, number=MAX_NUMBER + 1),
    "a number below none": lambda act: captured(act, number=-1),
    "half a character": lambda act: captured(act, fields=Fields(text="\ud800")),
    "what a terminal would obey": lambda act: captured(act, fields=Fields(text="\x1b[2J")),
    "a direction": lambda act: captured(act, fields=Fields(by="Awa\u202e")),
    "no outcome": lambda act: replace(act, events=(Send("e", "ailleurs"),)),  # type: ignore[arg-type]
    "an instant before all": lambda act: replace(act, at=-1),
    "an order that leaves no room": lambda act: replace(act, n=1 << 62),
    "an order as long as a book": lambda act: replace(act, n=10**30),
    "a version to come": lambda act: replace(act, v=2),
    "no text at all": lambda act: captured(act, fields=Fields(text=b"octets")),  # type: ignore[arg-type]
    "what has no words in JSON": lambda act: captured(act, fields=Fields(text=object())),  # type: ignore[arg-type]
}


def captured(act: Act, **parts: object) -> Act:
    return replace(act, events=(replace(act.events[0], **parts),))


@pytest.mark.parametrize("odd", ODD)
def test_an_act_that_could_not_be_read_again_is_not_saved(folder: Path, new_act: NewAct, odd: str) -> None:
    act = ODD[odd](new_act(2))
    with Journal(folder, writer="salon") as journal:
        journal.append(new_act(1))
        before = (folder / "salon.jsonl").read_bytes()
        with pytest.raises(NotSaved) as refused:
            journal.append(act)
        assert (refused.value.reason, refused.value.act) == (UNREADABLE, act)
        assert (folder / "salon.jsonl").read_bytes() == before
        journal.append(new_act(3))
    again = Journal(folder, writer="wall")
    assert [act.id for act in again.read()] == ["salon-1", "salon-3"]
    assert again.diagnostics.unreadable == []


def test_such_an_act_makes_no_file_when_it_is_the_first(folder: Path, new_act: NewAct) -> None:
    with Journal(folder, writer="salon", shared=True) as journal, pytest.raises(NotSaved):
        journal.append(ODD["half a character"](new_act(1)))
    assert not [path for path in folder.glob("*.jsonl") if path.read_bytes()]


def test_what_stays_what_is_emptied_and_what_has_two_lines_is_read_again(folder: Path, new_act: NewAct) -> None:
    act = captured(new_act(1), fields=Fields(text="Ligne\nligne", by=None, owners=(), due=datetime.date(2026, 12, 1)))
    with Journal(folder, writer="salon") as journal:
        journal.append(act)
    assert Journal(folder, writer="wall").read() == [act]
