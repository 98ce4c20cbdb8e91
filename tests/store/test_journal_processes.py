"""Real processes: killed at any moment, several at once, files that cannot grow."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from collections import Counter
from pathlib import Path

import pytest

from facilitator.store.framing import body_of
from facilitator.store.journal import Journal

WRITER = """
import sys
from pathlib import Path
from facilitator.core.acts import Act
from facilitator.core.acts import Captured
from facilitator.core.said import Fields
from facilitator.store.journal import Journal

folder, writer, shared, count, size = Path(sys.argv[1]), sys.argv[2], sys.argv[3] == "shared", *map(int, sys.argv[4:6])
journal = Journal(folder, writer=writer, shared=shared)
for i in range(count):
    event = Captured(entry=f"e{i}", kind="question", number=i, fields=Fields(text="é" * size))
    if shared:
        journal.close()
        journal = Journal(folder, writer=writer, shared=True)
        journal.read()
    journal.append(Act(id=f"{writer}-{i}", n=1_795_000_000_000 + i, writer=writer, actor="a@b", at=1, events=(event,)))
    sys.stdout.write(f"{writer}-{i}\\n")
    sys.stdout.flush()
"""


def start(folder: Path, writer: str, way: str, count: int, size: int = 40) -> subprocess.Popen[bytes]:
    arguments = [sys.executable, "-c", WRITER, str(folder), writer, way, str(count), str(size)]
    return subprocess.Popen(
        arguments, bufsize=0, stdout=subprocess.PIPE, stderr=subprocess.PIPE, cwd=Path(__file__).parents[2], env=bare()
    )


def bare() -> dict[str, str]:
    """The environment without coverage: it imports a lot, and a killed process leaves its data file broken."""
    return {name: value for name, value in os.environ.items() if not name.startswith("COV")}


def whole(lines: bytes) -> list[str]:
    return lines[: lines.rfind(b"\n") + 1].decode().split()


@pytest.mark.sampled(1)
@pytest.mark.parametrize(("way", "size"), [("own", 40), ("own", 30_000), ("shared", 9_000)])
def test_no_acknowledged_act_is_lost_to_a_kill(folder: Path, way: str, size: int) -> None:
    acknowledged: list[str] = []
    chance = random.Random(size)  # a moment to kill at
    for life in range(5):
        process = start(folder, f"w{life}", way, 100_000, size)
        assert process.stdout is not None
        first = process.stdout.readline()
        time.sleep(chance.uniform(0, 0.12))
        os.kill(process.pid, signal.SIGKILL)
        acknowledged += whole(first + process.communicate()[0])
    journal = Journal(folder, writer="after")
    found = [act.id for act in journal.read()]
    assert len(acknowledged) >= 5
    assert set(acknowledged) <= set(found)
    assert len(found) - len(acknowledged) <= 5, "at most the act that was being written at each kill"
    assert len(journal.diagnostics.unreadable) <= 5


@pytest.mark.ci
def test_six_writers_at_once_lose_and_double_nothing(folder: Path) -> None:
    processes = [start(folder, f"w{i}", "shared" if i % 2 else "own", 40) for i in range(6)]
    for process in processes:
        output, errors = process.communicate(timeout=60)
        assert len(whole(output)) == 40, errors.decode()
    journal = Journal(folder, writer="after")
    assert sorted(act.id for act in journal.read()) == sorted(f"w{i}-{j}" for i in range(6) for j in range(40))
    assert not journal.diagnostics.unreadable
    lines = [line for path in folder.glob("*.jsonl") for line in path.read_bytes().splitlines()]
    assert all(body_of(line) for line in lines)
    assert max(Counter(lines).values()) == 1


def test_a_file_that_cannot_grow_any_more_loses_nothing(folder: Path) -> None:
    limited = "import resource; resource.setrlimit(resource.RLIMIT_FSIZE, (3_000, 3_000))\n" + WRITER
    arguments = [sys.executable, "-c", limited, str(folder), "salon", "own", "40", "40"]
    root = Path(__file__).parents[2]
    done = subprocess.run(arguments, capture_output=True, cwd=root, env=bare(), check=False, timeout=60)
    assert len(whole(done.stdout)) == 40, done.stderr.decode()
    assert {act.id for act in Journal(folder, writer="x").read()} == {f"salon-{i}" for i in range(40)}
    assert len(list(folder.glob("salon-*.jsonl"))) >= 2


def test_the_lock_of_a_killed_terminal_is_free(folder: Path) -> None:
    process = start(folder, "salon", "own", 100_000)
    assert process.stdout is not None
    process.stdout.readline()
    journal = Journal(folder, writer="wall")
    assert journal.writers_alive() == ["salon"]
    os.kill(process.pid, signal.SIGKILL)
    process.communicate()
    assert journal.writers_alive() == []


def test_the_journal_imports_nothing_that_is_slow() -> None:
    code = (
        "import sys; import facilitator.store.journal, facilitator.store.workspace, facilitator.store.half_typed,"
        "facilitator.store.private; "
        "print(*{'sqlite3', 'yaml', 'asyncio', 'socket', 'subprocess', 'textual', 'hashlib'} & set(sys.modules))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code],
        capture_output=True,
        check=True,
        cwd=Path(__file__).parents[2],
        env=bare(),
        timeout=60,
    )
    assert done.stdout.split() == []
