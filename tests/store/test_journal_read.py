"""Reading: every whole line counts, whatever stands around it, and nothing in a file can stop the meeting."""

from __future__ import annotations

import gc
import os
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import get_args

import msgspec
import pytest
from examples import examples
from hypothesis import given, settings
from hypothesis import strategies as st

from facilitator.core.acts import ACT_VERSION, Act, AnyEvent, Captured, Closed
from facilitator.core.instant import MAX_AT
from facilitator.core.said import Fields
from facilitator.core.text import normalise
from facilitator.store import framing
from facilitator.store import journal as journal_module
from facilitator.store import source as source_module
from facilitator.store.framing import Unknown, frame, frame_act, read_line
from facilitator.store.journal import Journal
from facilitator.store.workspace import Workspace

NewAct = Callable[..., Act]
GOLDEN = Path(__file__).parent / "golden"

texts = st.text(max_size=40).map(lambda text: normalise(text).text)
acts = st.builds(
    Act,
    id=st.uuids().map(str),
    n=st.integers(1, framing.MAX_N - 1),
    writer=texts,
    actor=texts,
    at=st.integers(0, MAX_AT),
    events=st.lists(
        st.one_of(
            st.builds(
                Captured,
                entry=texts,
                kind=st.sampled_from(["question", "individual", "note"]),
                number=st.integers(0, 999_999),
                fields=st.builds(Fields, text=texts, by=st.none() | texts, due=st.none() | st.dates()),
                step=st.none() | texts,
            ),
            st.builds(
                Closed,
                month=texts,
                numbers=st.dictionaries(texts, st.integers(0, 99), max_size=3),
                seen=st.dictionaries(texts, st.integers(0, 99), max_size=3),
            ),
        ),
        max_size=3,
    ).map(tuple),
    boot_id=st.none() | texts,
    boot=st.none() | st.integers(0, 2**53),
    told=st.booleans(),
)


@contextmanager
def meeting(data: bytes) -> Iterator[Journal]:
    """A journal that reads one file of these bytes."""
    with tempfile.TemporaryDirectory() as name:
        (Path(name) / "salon.jsonl").write_bytes(data)
        yield Journal(Path(name), writer="wall", fallbacks=[])


def ids(found: list[Act]) -> set[str]:
    return {act.id for act in found}


@given(st.lists(acts, max_size=5, unique_by=lambda act: act.id))
@settings(max_examples=examples(15), deadline=None)
def test_acts_of_normalised_text_come_back_as_they_were_written(written: list[Act]) -> None:
    with meeting(b"".join(map(frame_act, written))) as journal:
        assert journal.read() == written
        assert not journal.diagnostics.unreadable


def test_what_a_terminal_would_obey_is_taken_out_of_what_another_program_wrote() -> None:
    fields = Fields(text="\x1b]52;c;Zm9v\x07lu\u202eet\x9b31m dit", by="A\x00wa")
    act = Act(id="a", n=1, writer="w\x1b[2J", actor="k@r\x07", at=0, events=(Captured("a", "note", 0, fields),))
    with meeting(frame_act(act)) as journal:
        (read,) = journal.read()
    kept = Captured("a", "note", 0, Fields(text="luet dit", by="Awa"))
    assert read == Act(id="a", n=1, writer="w", actor="k@r", at=0, events=(kept,))


@given(
    written=st.lists(acts, min_size=3, max_size=3, unique_by=lambda act: act.id),
    at=st.floats(0, 1, exclude_max=True),
    change=st.integers(1, 255),
)
@settings(max_examples=examples(20), deadline=None)
def test_a_byte_changed_in_one_line_costs_that_line_only(written: list[Act], at: float, change: int) -> None:
    first, second, third = map(frame_act, written)
    spoilt = bytearray(second)
    place = int(at * (len(second) - 1))  # not the newline: see the next test
    spoilt[place] ^= change
    with meeting(first + spoilt + third) as journal:
        found = journal.read()
        assert {written[0].id, written[2].id} <= ids(found) <= ids(written)
        assert all(act in written for act in found)
        assert len(found) + len(journal.diagnostics.unreadable) >= 3


def test_a_newline_lost_between_two_lines_costs_the_first_at_most(new_act: NewAct) -> None:
    data = frame_act(new_act(1))[:-1] + frame_act(new_act(2)) + frame_act(new_act(3))
    with meeting(data) as journal:
        assert ids(journal.read()) == {"salon-2", "salon-3"}
        assert [line for _, line, _ in journal.diagnostics.unreadable] == [1]


def test_a_last_line_cut_at_any_byte_costs_no_other_and_is_no_error_yet(new_act: NewAct) -> None:
    first, last = frame_act(new_act(1)), frame_act(new_act(2))
    for cut in range(len(last)):
        with meeting(first + last[:cut]) as journal:
            whole = cut == len(last) - 1
            assert ids(journal.read()) == ({"salon-1", "salon-2"} if whole else {"salon-1"})
            assert not journal.diagnostics.unreadable


@given(st.lists(st.binary(max_size=60), max_size=8))
@settings(max_examples=examples(20), deadline=None)
def test_any_bytes_between_lines_are_survived(junk: list[bytes]) -> None:
    line = frame_act(Act(id="a", n=1, writer="w", actor="a@b", at=1, events=()))
    with meeting(b"\n".join([*junk, b""]) + line) as journal:
        assert ids(journal.read()) == {"a"}


@given(st.binary(max_size=200) | st.recursive(st.none() | st.integers() | texts, st.lists).map(msgspec.json.encode))
@settings(max_examples=examples(20), deadline=None)
def test_a_right_checksum_over_anything_is_survived(body: bytes) -> None:
    assert read_line(frame(body)[:-1]) in get_args(framing.Reason) or isinstance(read_line(frame(body)[:-1]), Unknown)


@pytest.mark.parametrize(
    ("spoil", "reasons"),
    [
        (lambda one, two: b"\xef\xbb\xbf" + one + two, []),
        (lambda one, two: (one + two).replace(b"\n", b"\r\n"), []),
        (lambda one, two: one + b"\n\n\r\n" + two, []),
        (lambda one, two: one + b"\0" * 4096 + two, ["foreign"]),
        (lambda one, two: one + b'{"c":"12' + two, ["foreign"]),
        (
            lambda one, two: b"<<<<<<< ours\n" + one + b"=======\n" + two + b">>>>>>> theirs\n",
            ["conflict", "conflict", "conflict"],
        ),
        (lambda one, two: one + one.replace(b"licence", b"License") + two, ["checksum"]),
        (lambda one, two: one + b'{"c": "00000000", "r": {}}\n' + two, ["foreign"]),
        (lambda one, two: one + frame(b'{"v":1}') + two, ["not-an-act"]),
        (lambda one, two: one + frame(b"[" * 100_000) + two, ["not-an-act"]),
        (lambda one, two: one + frame(b"\xff\xfe") + two, ["not-an-act"]),
        (lambda one, two: two + one + two + one, []),
    ],
    ids=[
        "bom",
        "crlf",
        "blank",
        "zeros",
        "glued",
        "conflict",
        "changed",
        "by hand",
        "no act",
        "deep",
        "latin",
        "doubled",
    ],
)
def test_what_happens_to_files_is_survived_and_counted(
    new_act: NewAct, spoil: Callable[[bytes, bytes], bytes], reasons: list[str]
) -> None:
    data = spoil(frame_act(new_act(1)), frame_act(new_act(2)))
    with meeting(data) as journal:
        found = journal.read()
        assert sorted(act.id for act in found) == ["salon-1", "salon-2"]
        assert [reason for _, _, reason in journal.diagnostics.unreadable] == reasons
        assert (journal.folder / "salon.jsonl").read_bytes() == data, "a journal is never rewritten"


@pytest.mark.parametrize(
    ("body", "type_"),
    [
        (b'{"id":"a","n":1,"writer":"w","actor":"a","at":1,"events":[{"type":"sung","verse":3}]}', "sung"),
        (b'{"id":"a","n":1,"writer":"w","actor":"a","at":1,"events":[{"type":"started"},{"type":"sung"}]}', "sung"),
        (b'{"id":"a","n":1,"writer":"w","actor":"a","at":1,"events":[{"type":"started"}],"v":9}', "v9"),
    ],
    ids=["event", "among others", "version"],
)
def test_what_a_newer_program_wrote_is_kept_apart(new_act: NewAct, body: bytes, type_: str) -> None:
    with meeting(frame_act(new_act(1)) + frame(body) + frame_act(new_act(2))) as journal:
        assert ids(journal.read()) == {"salon-1", "salon-2"}
        assert journal.diagnostics.unknown == [(journal.folder / "salon.jsonl", 2, type_)]
        assert journal.diagnostics.unreadable == []


@pytest.mark.parametrize(
    "body",
    [
        b'{"id":"a","n":%d,"writer":"w","actor":"a","at":1,"events":[]}' % 2**62,
        b'{"id":"a","n":1e400,"writer":"w","actor":"a","at":1,"events":[]}',
        b'{"id":"a","n":1,"writer":"w","actor":"a","at":1,"events":[3]}',
        b'{"id":"a","n":1,"writer":"w","actor":"a","at":1,"events":[],"v":0}',
        b'{"id":"a","n":1,"writer":"w","actor":"a","at":1,"events":[{"type":"moved"}]}',
        b'{"extra":' + b"[" * 100_000,
        b'{"id":"a","n":1,"writer":"w","actor":"a","at":1,"events":[],"x":' + b"[" * 50_000 + b"]" * 50_000 + b"}",
        b'{"id":3,"n":1,"writer":"w","actor":"a","at":1,"events":[]}',
    ],
    ids=["far future", "float", "no events", "version 0", "no spot", "deep", "deep and whole", "no id"],
)
def test_an_act_that_would_poison_the_meeting_is_none(body: bytes) -> None:
    assert read_line(frame(body)[:-1]) == "not-an-act"


def test_an_older_format_is_brought_up_to_date_event_by_event(monkeypatch: pytest.MonkeyPatch) -> None:
    def renamed(event: dict[str, object]) -> dict[str, object]:
        return {**event, "type": "supported", "entry": event["question"]}

    monkeypatch.setattr(framing, "ACT_VERSION", ACT_VERSION + 1)
    monkeypatch.setitem(framing.UPCASTS, ("seconded", ACT_VERSION), renamed)
    events = b'[{"type":"seconded","question":"e1"},{"type":"started"}]'
    act = read_line(frame(b'{"id":"a","n":1,"writer":"w","actor":"a","at":1,"events":%b}' % events)[:-1])
    assert isinstance(act, Act)
    assert act.v == ACT_VERSION + 1
    assert [type(event).__name__ for event in act.events] == ["Support", "Start"]


def test_the_golden_journal_of_every_format_is_still_read_and_holds_every_event() -> None:
    types = {str(event.__struct_config__.tag) for event in get_args(AnyEvent)}
    found: list[Act] = []
    for path in sorted(GOLDEN.glob("*.jsonl")):
        with meeting(path.read_bytes()) as journal:
            found = journal.read()
            assert journal.diagnostics.unreadable == journal.diagnostics.unknown == []
            assert len(found) == path.read_bytes().count(b"\n")
            assert {str(event.__struct_config__.tag) for act in found for event in act.events} <= types
    assert {str(event.__struct_config__.tag) for act in found for event in act.events} == types, (
        "one more line for each new event"
    )
    assert b"".join(map(frame_act, found)) == (GOLDEN / f"v{ACT_VERSION}.jsonl").read_bytes()


def test_poll_gives_what_is_new_once(folder: Path, new_act: NewAct) -> None:
    salon, wall = Journal(folder, writer="salon"), Journal(folder, writer="wall")
    assert wall.poll() == []
    salon.append(new_act(1))
    assert ids(wall.poll()) == {"salon-1"}
    assert wall.poll() == []
    salon.append(new_act(2))
    assert ids(wall.poll()) == {"salon-2"}
    assert salon.poll() == [], "one's own acts are no news"


def test_poll_waits_for_the_end_of_a_line_being_written(folder: Path, new_act: NewAct) -> None:
    folder.mkdir(parents=True)
    wall, line = Journal(folder, writer="wall"), frame_act(new_act(1))
    with (folder / "salon.jsonl").open("ab", buffering=0) as file:
        for part in (line[:9], line[9:-2]):
            file.write(part)
            assert wall.poll() == []
        file.write(line[-2:])
        assert ids(wall.poll()) == {"salon-1"}
    assert wall.diagnostics.unreadable == []


def test_a_file_that_was_replaced_or_shortened_is_read_again_and_nothing_seen_is_forgotten(
    folder: Path, new_act: NewAct
) -> None:
    folder.mkdir(parents=True)
    path, wall = folder / "salon.jsonl", Journal(folder, writer="wall")
    path.write_bytes(frame_act(new_act(1)) + b"junk\n" + frame_act(new_act(2)))
    assert ids(wall.poll()) == {"salon-1", "salon-2"}
    assert len(wall.diagnostics.unreadable) == 1
    path.write_bytes(frame_act(new_act(3)))
    assert ids(wall.poll()) == {"salon-3"}
    assert wall.diagnostics.unreadable == []
    other = folder / "other"
    other.write_bytes(frame_act(new_act(3)) + frame_act(new_act(4)))
    os.replace(other, path)
    assert ids(wall.poll()) == {"salon-4"}
    assert ids(wall.read()) == {"salon-1", "salon-2", "salon-3", "salon-4"}
    path.unlink()
    assert wall.poll() == []
    assert len(wall.read()) == 4


def test_a_folder_that_cannot_be_listed_is_told_and_nothing_seen_is_forgotten(
    folder: Path, new_act: NewAct, monkeypatch: pytest.MonkeyPatch
) -> None:
    with Journal(folder, writer="salon") as salon:
        salon.append(new_act(1))
        salon.poll()
        real = os.scandir

        def refused(path: object) -> object:
            if Path(str(path)) == folder:
                raise PermissionError(13, "refused")
            return real(str(path))

        monkeypatch.setattr(os, "scandir", refused)
        folder.chmod(0o700)  # the folder changed: it is asked again
        assert ids(salon.read()) == {"salon-1"}
        assert salon.diagnostics.unreadable == [(folder, 0, "no-access")]
        monkeypatch.undo()
        assert (folder / "salon.jsonl").read_bytes().count(b"\n") == 1, "nothing was taken for lost"
        assert salon.poll() == []
        assert salon.diagnostics.unreadable == []


def test_a_folder_is_listed_anew_only_when_it_has_changed_or_changed_just_now(
    folder: Path, new_act: NewAct, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder.mkdir(parents=True)
    wall, listed, real = Journal(folder, writer="wall", fallbacks=[]), list[object](), os.scandir

    def counted(path: object) -> object:
        listed.append(path)
        return real(str(path))

    monkeypatch.setattr(os, "scandir", counted)
    monkeypatch.setattr(journal_module, "_SETTLED_NS", 3_600 * 10**9)
    for times in (1, 2):
        assert wall.poll() == []
        assert len(listed) == times, "within one tick of its clock a folder can change and look the same"
    monkeypatch.undo()
    time.sleep(0.06)
    monkeypatch.setattr(os, "scandir", counted)
    for _ in range(3):
        assert wall.poll() == []
    assert len(listed) == 3
    (folder / "salon.jsonl").write_bytes(frame_act(new_act(1)))
    assert ids(wall.poll()) == {"salon-1"}
    assert len(listed) == 4


def test_what_others_could_have_put_in_a_fallback_folder_is_not_read(
    folder: Path, new_act: NewAct, tmp_path: Path
) -> None:
    planted = tmp_path / "elsewhere"
    planted.mkdir(0o700)
    (planted / "x.jsonl").write_bytes(frame_act(new_act(1)))
    assert ids(Journal(folder, writer="wall", fallbacks=[planted]).read()) == {"salon-1"}
    planted.chmod(0o777)
    assert Journal(folder, writer="wall", fallbacks=[planted]).read() == []


def test_a_file_that_vanishes_while_looked_at_is_passed_over(
    folder: Path, new_act: NewAct, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder.mkdir(parents=True)
    for writer in ("a", "b"):
        (folder / f"{writer}.jsonl").write_bytes(frame_act(new_act(1, writer)))
    real = os.lstat

    def gone(path: object) -> os.stat_result:
        if str(path).endswith("/a.jsonl"):
            raise FileNotFoundError(2, "gone")
        return real(str(path))

    monkeypatch.setattr(os, "lstat", gone)
    assert ids(Journal(folder, writer="wall").read()) == {"b-1"}


def test_a_long_journal_is_read_with_the_collector_paused_and_set_going_again(folder: Path, new_act: NewAct) -> None:
    folder.mkdir(parents=True)
    (folder / "salon.jsonl").write_bytes(b"".join(frame_act(new_act(i)) for i in range(1_500)))
    assert gc.isenabled()
    assert len(Journal(folder, writer="wall").read()) == 1_500
    assert gc.isenabled()
    gc.disable()
    try:
        assert len(Journal(folder, writer="wall").read()) == 1_500
        assert not gc.isenabled()
    finally:
        gc.enable()


def test_what_is_no_file_of_ours_is_told(folder: Path, new_act: NewAct, monkeypatch: pytest.MonkeyPatch) -> None:
    folder.mkdir(parents=True)
    (folder / "folder.jsonl").mkdir()
    (folder / "link.jsonl").symlink_to("/dev/zero")
    (folder / "notes.txt").write_text("not a journal")
    (folder / "huge.jsonl").write_bytes(b"x" * 5_000)
    (folder / "salon.jsonl").write_bytes(frame_act(new_act(1)))
    monkeypatch.setattr(source_module, "MAX_JOURNAL", 4_000)
    journal = Journal(folder, writer="wall")
    assert ids(journal.read()) == {"salon-1"}
    assert journal.diagnostics.unreadable == [
        (folder / "folder.jsonl", 0, "not-a-file"),
        (folder / "huge.jsonl", 0, "too-large"),
        (folder / "link.jsonl", 0, "not-a-file"),
    ]


def test_a_file_that_cannot_be_opened_is_told_and_read_when_it_can(
    folder: Path, new_act: NewAct, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder.mkdir(parents=True)
    (folder / "salon.jsonl").write_bytes(frame_act(new_act(1)))
    journal = Journal(folder, writer="wall")

    def refused(*_: object) -> int:
        raise PermissionError(13, "refused")

    monkeypatch.setattr(os, "open", refused)
    assert journal.poll() == []
    assert journal.diagnostics.unreadable == [(folder / "salon.jsonl", 0, "no-access")]
    monkeypatch.undo()
    assert ids(journal.poll()) == {"salon-1"}
    assert journal.diagnostics.unreadable == []


def test_looking_when_nothing_changed_takes_far_less_than_a_millisecond(folder: Path, new_act: NewAct) -> None:
    with Journal(folder, writer="salon") as journal:
        for i in range(20):
            journal.append(new_act(i))
        journal.poll()
        start = time.process_time()
        for _ in range(100):
            journal.poll()
        assert (time.process_time() - start) / 100 < 0.001


def test_a_folder_that_became_a_file_is_looked_at_without_an_error(folder: Path, new_act: NewAct) -> None:
    with Journal(folder, writer="salon") as journal:
        journal.append(new_act(1))
        reader = Journal(folder, writer="wall")
        time.sleep(0.06)  # until the folder has settled
        assert reader.read() == [new_act(1)] and reader.poll() == []
        folder.parent.rename(folder.parent.with_name("elsewhere"))
        folder.parent.write_text("")
        assert reader.poll() == []
        assert reader.read() == [new_act(1)]


def test_what_another_writes_is_seen_after_any_number_of_looks_at_nothing(folder: Path, new_act: NewAct) -> None:
    with Journal(folder, writer="salon") as journal, Journal(folder, writer="mur") as other:
        journal.append(new_act(1))
        other.append(new_act(2, "mur"))
        time.sleep(0.06)
        assert {act.id for act in journal.poll()} == {"mur-2"}
        for number in range(3, 6):
            assert journal.poll() == journal.poll() == []
            other.append(new_act(number, "mur"))
            journal.append(new_act(number))
            assert [act.id for act in journal.poll()] == [f"mur-{number}"]
        with Journal(folder, writer="tard") as third:
            third.append(new_act(9, "tard"))
        assert [act.id for act in journal.poll()] == ["tard-9"]


@pytest.mark.parametrize("linked", [".facilitator", ".facilitator/meetings", ".facilitator/meetings/2026-11-24-r"])
def test_another_networks_meeting_is_not_read_through_a_link_at_any_level(
    tmp_path: Path, new_act: NewAct, linked: str
) -> None:
    theirs, ours = tmp_path / "theirs", tmp_path / "ours"
    name = Path(".facilitator/meetings/2026-11-24-r")
    with Journal(theirs / name, writer="x") as journal:
        journal.append(new_act(1))
        assert journal.read()
    (ours / linked).parent.mkdir(parents=True)
    (ours / linked).symlink_to(theirs / linked)
    with Journal(ours / name, writer="reader") as journal:
        assert journal.read() == []
        assert [(path, reason) for path, _, reason in journal.diagnostics.unreadable] == [(ours / name, "no-access")]
    assert Workspace(ours, {"HOME": str(tmp_path)}).meetings() == []


def test_of_a_file_that_grows_while_it_is_read_the_rest_comes_next(
    folder: Path, new_act: NewAct, monkeypatch: pytest.MonkeyPatch
) -> None:
    first, second = new_act(1), new_act(2)
    folder.mkdir(parents=True)
    path = folder / "autre.jsonl"
    path.write_bytes(frame_act(first))
    real = os.fstat

    def grows(fd: int) -> os.stat_result:
        now = real(fd)
        path.write_bytes(frame_act(first) + frame_act(second))
        return now

    with Journal(folder, writer="reader") as journal:
        with monkeypatch.context() as patched:
            patched.setattr(source_module.os, "fstat", grows)
            assert [act.id for act in journal.read()] == [first.id]
        assert {act.id for act in journal.read()} == {first.id, second.id}


def test_what_is_no_file_any_more_when_it_is_opened_is_not_read(
    folder: Path, new_act: NewAct, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder.mkdir(parents=True)
    path = folder / "autre.jsonl"
    path.write_bytes(frame_act(new_act(1)))
    device = os.open(os.devnull, os.O_RDONLY)
    with monkeypatch.context() as patched, Journal(folder, writer="reader") as journal:
        patched.setattr(source_module.os, "open", lambda *_, **__: os.dup(device))
        assert journal.read() == []
        assert [reason for _, _, reason in journal.diagnostics.unreadable] == ["no-access"]
    os.close(device)
