"""Files made to hurt: refused within a second of work and 700 MB."""

from __future__ import annotations

import subprocess
import sys

import pytest

READ = """
import resource, sys, time
resource.setrlimit(resource.RLIMIT_AS, (700_000_000, 700_000_000))
from facilitator.documents.agenda import read_agenda
from facilitator.documents.problem import Problems
from facilitator.i18n import translator
data = sys.stdin.buffer.read()
begun = time.process_time()
try:
    read_agenda(data, name="bomb.yaml", tr=translator("en"))
except Problems as problems:
    print(len(problems.problems), round(time.process_time() - begun, 3))
"""

LIMIT = 250_000
LEVELS = "".join(f"l{n}: &l{n} {{ <<: [*l{n - 1}, *l{n - 1}] }}\n" for n in range(1, 23))

BOMBS = {
    "3000 nested brackets": "[" * 3_000 + "]" * 3_000,
    "200000 nested brackets": "[" * 200_000,
    "nested braces": "{" * 200_000,
    "nested list items": "- " * 100_000,
    "nested keys": "? " * 100_000,
    "nested keys and values": "a: {" * 50_000,
    "22 levels of merge keys": "l0: &l0 { a: 1 }\n" + LEVELS,
    "22 levels of aliases": "l0: &l0 [x]\n" + LEVELS.replace("<<:", "a:"),
    "a list of too many values": "title: [" + "a," * (LIMIT // 2) + "]",
    "too many keys": "".join(f"k{n}: 1\n" for n in range(LIMIT // 10)),
    "as many unknown keys as there may be": "".join(f"tilte{n}: 1\n" for n in range(9_000)),
    "a key without end": "k" * LIMIT,
    "a text without end": 'title: "' + "\\x41" * (LIMIT // 4) + '"\nsteps: 1',
    "lines without end": 'title: "' + "\n" * LIMIT,
    "a number without end": "title: x\nsteps: " + "9" * LIMIT,
    "a length without end": "title: x\nsteps: [{ kind: free, duration: " + "9" * LIMIT + " }]",
    "a float without end": "title: x\nsteps: [{ kind: free, duration: " + "9" * LIMIT + ".5 }]",
    "documents without end": "--- a\n" * (LIMIT // 6),
    "escapes": "title: '" + "\u202e" * (LIMIT // 3) + "'",
    "tags": "!" * LIMIT,
    "comments": "#\n" * (LIMIT // 2),
    "ten megabytes": "title: x\n" * 1_200_000,
}


@pytest.mark.parametrize("bomb", BOMBS)
def test_a_bomb_is_refused_within_a_second_and_700_megabytes(bomb: str) -> None:
    done = subprocess.run(
        [sys.executable, "-c", READ], input=BOMBS[bomb].encode(), capture_output=True, timeout=30, check=False
    )
    assert done.returncode == 0, done.stderr[-2_000:]
    problems, seconds = done.stdout.split()
    assert 1 <= int(problems) <= 51
    assert float(seconds) < 1
