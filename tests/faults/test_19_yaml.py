"""YAML bombs and traps: refused in a moment with file, line and column; the meeting can start without."""

from __future__ import annotations

import re
import resource
import subprocess
import sys
import time

import pytest

from facilitator.documents.agenda import read_agenda
from facilitator.documents.network import read_network
from facilitator.documents.problem import Problems
from facilitator.i18n import translator

from .harness import Table, few

GOOD = "title: Réseau\nsteps:\n  - kind: needs\n    duration: 20m\n"
MEMORY = 512 * 1024 * 1024


def _merge_bomb(levels: int = 24) -> str:
    lines = ["a0: &a0 {x: 1}"] + [f"a{n}: &a{n}\n  <<: [*a{n - 1}, *a{n - 1}]" for n in range(1, levels)]
    return "\n".join(lines) + "\n" + GOOD


def _alias_bomb(levels: int = 9) -> str:
    lines = ["a0: &a0 [x,x,x,x,x,x,x,x,x]"]
    lines += [f"a{n}: &a{n} [{','.join([f'*a{n - 1}'] * 9)}]" for n in range(1, levels)]
    return "\n".join(lines) + "\n" + GOOD


BOMBS = {
    "alias": _alias_bomb(),
    "merge": _merge_bomb(),
    "deeply-nested": "title: " + "[" * 100_000,
    "large-scalar": "title: " + "x" * 10_000_000,
    "nested": "title: " + "[" * 500,
    "nested-maps": "".join(f"{' ' * n}a:\n" for n in range(2_000)),
    "flow-maps": "{a: " * 3_000,
    "many-keys": "".join(f"k{n}: 1\n" for n in range(20_000)),
    "many-problems": "title: x\nsteps:\n" + "  - {kind: nope, duration: nope, titel: x}\n" * 5_000,
    "long-integer": "title: x\nsteps:\n  - kind: needs\n    duration: " + "9" * 200_000,
    "long-key": "? " + "k" * 100_000 + "\n: 1\n",
    "tags": "title: !!python/object/apply:os.system ['touch pwned']\n",
    "anchors": "title: &x y\n",
    "hyphens": "- " * 50_000,
    "quotes": "'" * 100_000,
    "commas": "[" + "," * 100_000 + "]",
}

CHECK = """
import sys
from pathlib import Path
from facilitator.documents.agenda import read_agenda
from facilitator.documents.network import read_network
from facilitator.documents.problem import Problems
from facilitator.i18n import translator
import time
data = Path(sys.argv[1]).read_bytes()
for read in (read_agenda, read_network):
    began = time.process_time()
    try:
        read(data, name="bombe.yaml", tr=translator("fr"))
    except Problems as problems:
        for problem in problems.problems[:3]:
            print(str(problem)[:300])
    print(f"took {time.process_time() - began:.3f}")
began = time.process_time()
sum(n * n for n in range(3_000_000))
print(f"floor {time.process_time() - began:.3f}")
"""
FLOORS = 8  # about a second and a half, where a machine does nothing else


@pytest.mark.sampled(2)
@pytest.mark.fault(19)
@pytest.mark.parametrize("name", few(BOMBS, 4))
def test_a_bomb_is_refused_in_a_moment_and_little_memory(table: Table, name: str) -> None:
    """As an agenda and as facilitator.yaml: under 512 MB, within about a second, file, line and column said."""
    path = table.root / "bombe.yaml"
    path.write_text(BOMBS[name], encoding="utf-8")
    done = subprocess.run(
        [sys.executable, "-c", CHECK, str(path)],
        capture_output=True,
        text=True,
        timeout=20,
        check=False,
        env=table.child_environ(),
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY)),
    )
    assert done.returncode == 0, done.stderr[-600:]
    assert len(re.findall(r"(?m)^bombe\.yaml(:\d+:\d+)?[ : ]", done.stdout)) >= 2, done.stdout
    (floor,) = re.findall(r"floor (\S+)", done.stdout)
    assert all(float(took) < FLOORS * float(floor) for took in re.findall(r"took (\S+)", done.stdout)), done.stdout
    assert not (table.root / "pwned").exists()


@pytest.mark.fault(19)
@pytest.mark.slow
def test_the_program_itself_survives_a_bomb_in_every_place_it_reads_yaml(table: Table) -> None:
    """Agenda given, facilitator.yaml found, front matter read back: a sentence and an exit code each time."""
    bomb = table.root / "bombe.yaml"
    for name in ("merge", "deeply-nested"):
        bomb.write_text(BOMBS[name], encoding="utf-8")
        assert table.run("check", str(bomb)).clean().code == 1
        assert table.run("start", str(bomb)).clean().code == 1
    (table.root / "minutes").mkdir()
    front = f'---\n{BOMBS["merge"]}---\n\n# Compte rendu\n\n- [ ] <a id="a1"></a>**A1** texte\n'
    (table.root / "minutes" / "2026-01-01-bombe.md").write_text(front, encoding="utf-8")
    (table.root / "newsletter").mkdir()
    (table.root / "newsletter" / "2026-12.md").write_text(f"---\n{BOMBS['alias']}---\n", encoding="utf-8")
    began = time.monotonic()
    for words in (("followups",), ("newsletter", "2026-12", "--stdout"), ("minutes", "--stdout")):
        table.run(*words).clean()
    assert time.monotonic() - began < 15
    (table.root / "facilitator.yaml").write_text(BOMBS["merge"], encoding="utf-8")
    assert "facilitator.yaml" in table.run("start").clean().said


TRAPS = {
    "duplicate key": ("title: a\ntitle: b\nsteps:\n  - {kind: needs, duration: 20}\n", 2),
    "unknown key": ("title: a\nstps: []\nsteps:\n  - {kind: needs, duration: 20}\n", 2),
    "sixty-base duration": ("title: a\nsteps:\n  - {kind: needs, duration: 12:30}\n", 3),
    "impossible date": ("title: a\ndate: 2026-02-30\nsteps:\n  - {kind: needs, duration: 20}\n", 2),
    "octal": ("title: a\nsteps:\n  - {kind: needs, duration: 0o17}\n", 3),
    "tab": ("title: a\nsteps:\n\t- kind: needs\n", 3),
    "second document": ("title: a\nsteps:\n  - {kind: needs, duration: 20}\n---\ntitle: b\n", 4),
    "list": ("- a\n- b\n", 1),
    "empty": ("", 1),
    "no steps": ("title: a\nsteps: []\n", 2),
    "null title": ("title:\nsteps:\n  - {kind: needs, duration: 20}\n", 1),
    "binary literal": ("title: a\nsteps:\n  - {kind: needs, duration: 0b_}\n", 3),
    "unclosed": ("title: 'a\nsteps:\n", 1),
    "control": ('title: "a\\x1b[2J"\nsteps:\n  - {kind: needs, duration: -5}\n', 3),
}


@pytest.mark.fault(20)
@pytest.mark.parametrize("name", TRAPS)
def test_a_trap_is_refused_where_it_is(name: str) -> None:
    """File, line and column, what it was and what was expected; nothing is read as something else in silence."""
    text, line = TRAPS[name]
    with pytest.raises(Problems) as caught:
        read_agenda(text.encode(), name="piège.yaml", tr=translator("fr"))
    said = [str(problem) for problem in caught.value.problems]
    assert any(re.match(rf"piège\.yaml:{line}:\d+", problem) for problem in said), said


@pytest.mark.fault(20)
def test_a_bom_is_read_and_other_encodings_are_refused_with_a_sentence() -> None:
    """UTF-8 with or without a mark; Latin-1 and UTF-16 are said."""
    tr = translator("fr")
    assert read_agenda(b"\xef\xbb\xbf" + GOOD.encode(), name="a.yaml", tr=tr).title == "Réseau"
    assert read_agenda(GOOD.replace("\n", "\r\n").encode(), name="a.yaml", tr=tr).title == "Réseau"
    with pytest.raises(Problems):
        read_agenda(GOOD.encode("latin-1"), name="a.yaml", tr=tr)
    with pytest.raises(Problems):
        read_network(b"name: \xff\xfe", name="facilitator.yaml", tr=tr)


@pytest.mark.fault(20)
def test_words_that_yaml_reads_as_something_else_stay_words() -> None:
    """`no`, `on` and `22` in the place of a text."""
    tr = translator("fr")
    for word in ("no", "on", "yes", "Norvège", "~ non", "1e3", "0x1F", "2026-11-24"):
        text = f"title: {word}\nsteps:\n  - kind: needs\n    duration: 20\n"
        try:
            title = read_agenda(text.encode(), name="a.yaml", tr=tr).title
        except Problems:
            continue
        assert title == word
    clock = GOOD.replace("steps:", "start: 09:30\nend: 12:00\nsteps:")
    assert read_agenda(clock.encode(), name="a.yaml", tr=tr).start == "09:30"


@pytest.mark.fault(20)
def test_a_bad_agenda_or_network_stops_no_meeting(table: Table) -> None:
    """The error is said; the built-in agenda starts."""
    (table.root / "facilitator.yaml").write_text("members: [Awa\n", encoding="utf-8")
    started = table.run("start").clean()
    assert "facilitator.yaml:2:1" in started.said
    assert started.code == 0, started.said
    table.run("add", "question", "On peut noter ?").ok()
