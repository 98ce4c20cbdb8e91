"""A whole meeting led in a terminal while something breaks at regular intervals, and the minutes that come out.

At the ci scale every few seconds; at the long scale, or with FAULTS_MINUTES=45, every five minutes of real time.
`python -m tests.faults.test_34_a_whole_meeting MINUTES EVERY_S FOLDER` does the same and copies the documents to FOLDER.
"""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from facilitator.documents.minutes.reader import MinutesRead, read_minutes
from facilitator.documents.minutes.records import records_of, times_of

from .harness import Table
from .led import STORY, Leader, Said, agenda
from .machine import call, mounted, small_disk
from .registry import scale

SENTENCE = "Une belle rencontre, malgré tout."
REMARK = "\n- Ajouté à la main par Karim : ne pas effacer.\n"
TURN = "qdnaqbxqik"
WITHIN_MS = 2_000
MINUTES = float(os.environ.get("FAULTS_MINUTES") or (45 if scale() == "long" else 0.75))
EVERY_S = 300 if MINUTES >= 5 else 3
LONG = MINUTES >= 5


def killed(leader: Leader) -> None:
    """Kill -9, with half-typed text; at length nobody looks for over a minute."""
    text = leader.text("q")
    leader.half_type("q", text)
    leader.rest(1.8)
    leader.terminal.signal(signal.SIGKILL)
    leader.gone()
    if LONG:
        time.sleep(75)
    leader.open()
    leader.keys("q")  # the text waits for its key
    leader.wait(text)
    leader.terminal.type("\r")
    leader.acknowledged("q", text)


def vanished(leader: Leader) -> None:
    """The terminal is gone from one moment to the next."""
    text = leader.text("d")
    leader.half_type("d", text)
    leader.wait(text)
    leader.terminal.close()
    leader.gone()
    leader.open()
    leader.keys("d")
    leader.wait(text)
    leader.terminal.type("\r")
    leader.acknowledged("d", text)


def terminated(leader: Leader) -> None:
    """SIGTERM while something private is half typed."""
    text = f"{leader.text('x')} (confidentiel)"
    leader.half_type("x", text)
    leader.wait(f"{len(text)} car.")
    leader.terminal.signal(signal.SIGTERM)
    leader.gone()
    leader.open()
    leader.keys("x")
    leader.wait(f"{len(text)} car.")
    leader.terminal.type("\r")
    leader.acknowledged("x", text)


def disk_full(leader: Leader) -> None:
    """No space anywhere: not saved is said, the text stays, and is saved once there is space again."""
    ballast = leader.table.folder / "ballast"
    with ballast.open("wb", buffering=0) as file:
        for size in (65_536, 4_096):
            try:
                while file.write(b"\0" * size) == size:
                    pass
            except OSError:
                continue
    # What the journal's last page still holds is saved; soon it holds no more.
    for _ in range(8):
        text = f"{leader.text('n')} {STORY}"
        leader.type_entry("n", text)
        if leader.matched("NON ENREGISTRÉ", rf"✓ «\s{text[:12]}")[0].startswith("NON"):
            break
        leader.acknowledged("n", text)
    assert "NON ENREGISTRÉ" in leader.terminal.shown()
    assert "(fin du récit)" in leader.terminal.shown()
    leader.note("not saved, and said so")
    ballast.unlink()
    leader.terminal.type("\r")
    leader.acknowledged("n", text)


def read_only(leader: Leader) -> None:
    """The workspace can only be read, under a running terminal and for a new one; then it can be written again."""
    root = leader.table.root
    with mounted("--bind", root, root):
        call("mount", "-o", "remount,ro,bind", root)
        leader.capture("n")
        leader.terminal.signal(signal.SIGKILL)
        leader.gone()
        leader.open()
        leader.capture("q")
        leader.capture("d")
    leader.capture("i")


def several(leader: Leader) -> None:
    """Six commands add a question each while a decision is typed; of each kind one claims the numbers."""
    words = [sys.executable, "-m", "facilitator", "add", "question"]
    table = leader.table
    pipes = {"stdout": subprocess.PIPE, "stderr": subprocess.DEVNULL}
    started = [
        subprocess.Popen([*words, leader.text("q"), "--json"], env=table.child_environ(), **pipes) for _ in range(6)
    ]
    leader.capture("d")
    for process in started:
        while process.poll() is None:
            leader.terminal.read(0.1)
        assert process.returncode == 0
        leader.took(process.communicate()[0].decode())
    leader.rest(0.8)


def _own_journal(leader: Leader) -> Path:
    (folder,) = (leader.table.root / ".facilitator" / "meetings").iterdir()
    return max(folder.glob("*.jsonl"), key=lambda path: path.stat().st_mtime_ns)


def replaced(leader: Leader) -> None:
    """The journal's file is removed, then replaced by an older one, under the program."""
    leader.capture("n")
    _own_journal(leader).unlink()
    leader.capture("k")
    path = _own_journal(leader)
    older = path.with_suffix(".older")
    older.write_bytes(b"".join(path.read_bytes().splitlines(keepends=True)[:-2]))
    older.replace(path)
    leader.capture("n")


def clock_jumped(leader: Leader) -> None:
    """For one writer it is three hours later, for the next a day earlier."""
    if not shutil.which("faketime"):
        leader.note("no faketime: the wall clock stays")
        return
    for jump in ("+3h", "-1d"):
        before = ("faketime", "-f", jump)
        leader.command("note", leader.text("n"), before=before, FAKETIME_DONT_FAKE_MONOTONIC="1")
    leader.capture("n")


def tiny_window(leader: Leader) -> None:
    """A window of 20 by 5, and back."""
    leader.terminal.resize(20, 5)
    leader.rest(0.6)
    text = leader.text("a")
    leader.type_entry("a", text)
    leader.rest(0.6)
    leader.terminal.resize(80, 24)
    leader.acknowledged("a", text)


def stalled(leader: Leader) -> None:
    """Nobody reads the terminal for a while; what others do is kept, what is typed blind is there afterwards."""
    for place in range(4 if LONG else 1):
        leader.command("note", f"{leader.text('n')} {STORY[:200]}…")
        leader.terminal.resize(80 + place % 2, 24)
    text = leader.text("n")
    # Nothing is read from here on.
    for keys, pause in (("\x1b", 0.3), ("n", 0.3), (f"{text}\r", 0.3)):
        leader.terminal.type(keys)
        time.sleep(pause)
    leader.book.typed.add(text)
    time.sleep(20 if LONG else 1)
    leader.terminal.resize(80, 24)
    leader.acknowledged("n", text)


def torn(leader: Leader) -> None:
    """Another program leaves a torn line and garbage in the journal, and a file of nonsense beside it."""
    path = _own_journal(leader)
    with path.open("ab") as file:
        file.write(b'{"v":1,"id":"01torn\0\xff\x1b]52;c;eA==\x07')
    (path.parent / "autre.jsonl").write_bytes(b"\0" * 100 + b"\nrien\n{}\n[1]\n")
    leader.capture("q")
    leader.capture("n")


def hand_edits(leader: Leader) -> None:
    """Somebody changes the draft of the minutes in an editor."""
    leader.table.run("minutes", timeout=90).ok()
    (path,) = _documents(leader, "minutes")
    path.write_text(path.read_text(encoding="utf-8").replace("Rencontre", "Réunion") + REMARK, encoding="utf-8")
    leader.edits = ["Réunion", REMARK.strip()]
    leader.capture("n")


BREAKS: tuple[Callable[[Leader], None], ...] = (
    killed, disk_full, vanished, hand_edits, several, read_only,
    replaced, terminated, clock_jumped, tiny_window, stalled, torn,
)  # fmt: skip


def lead(leader: Leader, minutes: float, every_s: float) -> None:
    """The whole meeting: between two breaks it is led on, after the last it is closed."""
    path = leader.table.root / "agendas" / "reseau.yaml"
    path.parent.mkdir(parents=True)
    path.write_text(agenda(), encoding="utf-8")
    leader.begin(path)
    began = time.monotonic()
    slots = int(minutes * 60 // every_s) if LONG else len(BREAKS) // 2
    turn = 0
    for slot in range(slots):
        due = began + (slot + 1) * every_s - (60 if LONG else 0)  # breaks begin a minute early: they take their time
        while True:
            key = TURN[turn % len(TURN)]
            turn += 1
            said = leader.capture(key)
            if key == "q":
                leader.settle(said)
            if time.monotonic() >= due:
                break
            leader.rest(min(25 if LONG else 0.3, max(0, due - time.monotonic())))
        for breaks in BREAKS[slot * len(BREAKS) // slots : (slot + 1) * len(BREAKS) // slots]:
            leader.note(f"— {breaks.__name__}: {breaks.__doc__}")
            breaks(leader)
            leader.note(f"  {breaks.__name__} is over, {len(leader.book.said)} saved")
        if (slot + 1) * 5 // slots > leader.step:
            leader.next_step()
        if slot == slots // 2:
            leader.pause(60 if LONG else 1.5)
    if LONG:
        leader.rest(max(0, began + minutes * 60 - time.monotonic()))
    leader.capture("d")
    _settle_gaps(leader)
    leader.close(SENTENCE)


def _settle_gaps(leader: Leader) -> None:
    """Time nobody was looking was meeting."""
    (meeting,) = leader.table.workspace.meetings()
    for gap in leader.table.read(meeting)[0].gaps:
        leader.note(f"gap of {gap.ms} ms: meeting")
        leader.table.run("gap", "meeting", timeout=90).ok()
    leader.rest(0.6)


def _documents(leader: Leader, folder: str) -> list[Path]:
    return sorted((leader.table.root / folder).glob("*.md"))


def check(leader: Leader) -> list[str]:
    """What is wrong with what came out; nothing is."""
    paths = _documents(leader, "minutes")
    if len(paths) != 1:
        return [f"minutes: {paths}"]
    read = read_minutes(paths[0].read_text(encoding="utf-8"))
    wrong = [f"not readable: {problem}" for problem in [*read.troubles, *read.missing]]
    wrong += _check_entries(leader, read) + _check_private(leader) + _check_times(leader, read)
    published = paths[0].read_text(encoding="utf-8")
    wrong += [f"the hand edit is gone: {edit!r}" for edit in leader.edits if edit not in published]
    if SENTENCE not in paths[0].read_text(encoding="utf-8"):
        wrong.append("the sentence is missing")
    wrong += ["a traceback on the screen"] * any(b"Traceback" in painted for painted in leader.painted)
    return wrong + [f"crash: {path.read_text()}" for path in leader.table.state.glob("facilitator/crash-*.txt")]


def _check_entries(leader: Leader, read: MinutesRead) -> list[str]:
    records = records_of(read, read.front.meeting)
    there = Counter((record.kind, record.number, record.text) for record in records)
    shown = [said for said in leader.book.said if said.kind != "individual"]
    wrong = [f"{said} is there {there[_key(said)]} times" for said in shown if there[_key(said)] != 1]
    wrong += [f"nobody said {key}" for key in there.keys() - {_key(said) for said in shown}]
    by = {(record.kind, record.number, record.text): record for record in records}
    for said in shown:
        if record := by.get(_key(said)):
            same = record.answer == said.answer and record.owners == said.owners
            known = (
                record.outcome == said.outcome
                if said.outcome
                else (record.outcome is None) != (said.kind == "question")
            )
            wrong += [] if same and known else [f"{said} became {record}"]
    (meeting,) = leader.table.workspace.meetings()
    kept = Counter(entry.text for entry in leader.table.read(meeting)[0].entries.values() if entry.kind == "individual")
    private = [said.text for said in leader.book.said if said.kind == "individual"]
    return wrong + [f"private: {text!r} is there {kept[text]} times" for text in private if kept[text] != 1]


def _key(said: Said) -> tuple[str, str, str]:
    return said.kind, said.number, said.text


def _check_private(leader: Leader) -> list[str]:
    secrets = [secret.encode() for secret in leader.book.secrets]
    wrong = [
        f"private text in {path}"
        for path in leader.table.folder.rglob("*")
        if path.is_file() and not {".facilitator", "state"} & set(path.relative_to(leader.table.folder).parts)
        if any(secret in path.read_bytes() for secret in secrets)
    ]
    return wrong + ["private text on the screen"] * any(s in painted for s in secrets for painted in leader.painted)


def _check_times(leader: Leader, read: MinutesRead) -> list[str]:
    (meeting,) = leader.table.workspace.meetings()
    found = leader.table.read(meeting)[0]
    wrong = []
    measured = leader.book.steps_ms()
    for number, (step, expected) in enumerate(zip(found.steps, measured, strict=True), 1):
        leader.note(f"step {number}: {step.spent_ms} ms, measured {expected} ms")
        if abs(step.spent_ms - expected) > WITHIN_MS or step.estimated:
            wrong.append(f"step {number}: {step.spent_ms} ms, measured {expected} ms, estimated {step.estimated}")
        row = next(row for row in times_of(read) if row.step == number)
        if row.actual not in {(step.spent_ms + shift) // 1000 // 60 for shift in (29_000, 30_000, 31_000)}:
            wrong.append(f"step {number}: the minutes say {row}")
    pauses = [pause.ms for pause in found.pauses]
    expected_pauses = leader.book.pauses_ms()
    if len(pauses) != len(expected_pauses) or any(
        abs(one - other) > WITHIN_MS for one, other in zip(pauses, expected_pauses, strict=False)
    ):
        wrong.append(f"pauses {pauses}, measured {expected_pauses}")
    return wrong


def meet(folder: Path, minutes: float, every_s: float, copies: Path | None = None) -> tuple[Leader, list[str]]:
    """Lead a meeting on a disk of its own; returns who led, and what is wrong with what came out."""
    began = time.monotonic()

    def note(text: str) -> None:
        print(f"{time.strftime('%H:%M:%S')} {time.monotonic() - began:7.1f} s  {text}", flush=True)

    with small_disk(folder / "disk", size="4m") as disk:
        table = Table(disk, logs=folder)
        table.environ["FACILITATOR_WORKSPACE"] = str(table.root)
        leader = Leader(table, note)
        try:
            lead(leader, minutes, every_s)
            wrong = check(leader)
        finally:
            leader.end()
            if copies is not None:
                for name in ("minutes", "newsletter", ".facilitator"):
                    if (table.root / name).exists():
                        shutil.copytree(table.root / name, copies / name, dirs_exist_ok=True)
    note(f"{len(leader.book.said)} saved, wrong: {wrong or 'nothing'}")
    return leader, wrong


@pytest.mark.fault(1, 3, 4, 5, 8, 9, 11, 29)
@pytest.mark.needs("linux", "pty", "mount")
@pytest.mark.slow
@pytest.mark.timeout(int(MINUTES * 60) + 300)
def test_a_meeting_goes_on_whatever_breaks_and_its_minutes_are_whole(tmp_path: Path) -> None:
    """Each entry told as saved stands once in the minutes, as it was said, under its number; time is right."""
    leader, wrong = meet(tmp_path, MINUTES, EVERY_S)
    assert not wrong, "\n".join(wrong)
    assert len(leader.book.said) > 30


if __name__ == "__main__":
    MINUTES, EVERY_S = float(sys.argv[1]), float(sys.argv[2])
    LONG = MINUTES >= 5
    with TemporaryDirectory() as place:
        sys.exit(bool(meet(Path(place), MINUTES, EVERY_S, Path(sys.argv[3]))[1]))
