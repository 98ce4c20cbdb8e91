"""Files made to hurt: refused in a moment and 500 MB."""

from __future__ import annotations

import resource
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from facilitator.documents.agenda import read_agenda
from facilitator.documents.problem import Problems
from facilitator.i18n import translator

MOST_S = 3.0  # a fast machine takes half a second; what is not bounded takes minutes
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


@pytest.fixture
def _little_memory() -> Iterator[None]:
    """This process may grow by 500 MB."""
    held = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[0]) * resource.getpagesize()
    soft, hard = resource.getrlimit(resource.RLIMIT_AS)
    resource.setrlimit(resource.RLIMIT_AS, (held + 500_000_000, hard))
    yield
    resource.setrlimit(resource.RLIMIT_AS, (soft, hard))


@pytest.mark.sampled(1)
@pytest.mark.usefixtures("_little_memory")
@pytest.mark.parametrize("bomb", BOMBS)
def test_a_bomb_is_refused_in_a_moment_and_500_megabytes(bomb: str) -> None:
    data = BOMBS[bomb].encode()
    begun = time.process_time()
    with pytest.raises(Problems) as refused:
        read_agenda(data, name="bomb.yaml", tr=translator("en"))
    assert time.process_time() - begun < MOST_S
    assert 1 <= len(refused.value.problems) <= 51
