"""A monkey at the command line: any words for any command, most in this process, one in twenty as a process of its own."""

from __future__ import annotations

import io
import os
import re
import shlex
import subprocess
import sys
from argparse import Action
from collections import deque
from functools import cache
from pathlib import Path
from random import Random

import pytest

from facilitator.cli.commands import COMMANDS
from facilitator.cli.main import main, parser_of
from facilitator.i18n import translator
from facilitator.store.workspace import Workspace

from .fingers import TEXTS
from .judge import Judge, Mischief, within

A_RUN = 150  # lines
ALONE = 20  # one line in so many is a process of its own
PATIENCE_S = 30.0
OBEYED = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]")

AGENDA = """\
title: Rencontre du réseau
slug: reseau
start: "09:30"
end: "11:00"
facilitator: Claire D.
members: [Awa S., Karim B., Nora T., Élodie P.]
steps:
  - { kind: welcome, duration: 20m }
  - { kind: needs, duration: 30m }
  - { kind: closing, duration: 10m }
"""
FILES: dict[str, bytes] = {
    "agenda.yaml": AGENDA.encode(),
    "other.yaml": AGENDA.replace("reseau", "autre").encode(),
    "bad.yaml": b"title: [x\nsteps: {",
    "latin.yaml": "title: Médiathèque\n".encode("latin-1"),
    "empty.yaml": b"",
    "notes.md": b"# Notes\n",
}
SETTINGS = ("name: Réseau\ntimezone: Europe/Paris\n", "name: [\n", "language: en\nchoices: {amber: 0}\n", "\x00")
LABELS = ("Q1", "Q2", "q3", "A1", "D1", "N1", "B1", "Q999999", "1", "X0", "", "-1", "Q\uff11", "--", "Q1,Q2")
NUMBERS = ("1", "2", "3", "0", "-1", "99", "1h30", "2m", "1e9", "9" * 20, "٣", "deux", "--", "", "0x1")
DAYS = (
    "demain", "2026-12-10", "10/12", "31/02", "friday", "fin mars", "0000-00-00", "9999-12-31", "--", "", "2026-12", "2026-13",
    "../../x",
)  # fmt: skip
TIMES = (
    "09:32",
    "9h5",
    "25:00",
    "2026-11-24 09:32",
    "1970-01-01 00:00",
    "9999-12-31 23:59",
    "--",
    "09:32Z",
    "2026-03-29 02:30",
    "",
)
PEOPLE = ("Awa S.", "nora", "Zoé", "karim, awa", "", "--", "@Nora", "x" * 200)
ODD = (
    "--", "-", "", "-h", "--help", "--json", "--type=--", "--by=--", "--due=--", "--at=--", "--x=--", "--lang=--", "---", "-x",
    "--text=--", "--owner=", "--lang", "x" * 20_000, "\udce9", "a\udc80b", "--théme", "-\u00a0", "=", "--=", "\x7f", "--workspace=",
)  # fmt: skip
LINES = (
    "q Qui paie ?", "? et alors", "b Un besoin", "a Écrire @Nora -> 10/12", "d Une charte", "next", "back", "pause", "u", "u n peu",
    "close", "c", "answer Q1 Oui", "r Q1 Non", "s Q1 lettre", "p nora", "o", "t", "1", "x secret", "status", "h", "help", "qu", "--",
    "add news x --type=--", "send Q1 --", "\x1b[31mrouge", "é" * 300, "", "   ", "m", "v", "+", "-", "l https://exemple.fr Titre",
)  # fmt: skip


@cache
def _words_of(name: str) -> list[Action]:
    parser, _ = parser_of(translator("en"), name)
    return [action for action in parser._actions if action.dest != "help"]


def _value(rng: Random, action: Action, known: list[str]) -> str:
    if action.choices and rng.random() < 0.85:
        return str(rng.choice([*action.choices]))
    pools: dict[str, tuple[str, ...]] = {
        **dict.fromkeys(
            ("agenda", "agendas", "workspace"), (*FILES, "agenda.yaml", "none.yaml", ".", "..", "/dev/null", "")
        ),
        **dict.fromkeys(("number", "which"), LABELS),
        **dict.fromkeys(
            ("minutes", "seconds", "total", "step", "offer", "duration", "aside", "back", "move", "after"), NUMBERS
        ),
        **dict.fromkeys(("due", "deadline", "date", "month"), DAYS),
        **dict.fromkeys(("at", "from_", "from", "to", "end"), TIMES),
        **dict.fromkeys(("by", "owner", "name"), PEOPLE),
        "link": ("https://exemple.fr", "http://", "ftp://x", "--", "javascript:1", "https://a b"),
        "lang": ("fr", "en", "de", "--"),
        "meeting": (*known, "x", "../..", "--", ""),
        "template": ("standard", "list", "--", "x"),
    }
    return rng.choice(pools.get(action.dest, TEXTS) if rng.random() < 0.9 else (*TEXTS, *ODD))


def _sensible(rng: Random) -> list[str]:
    """What a person would have typed, but for the text."""
    text, number = rng.choice(TEXTS), f"{rng.choice('QQBA')}{rng.randint(1, 4)}"
    return rng.choice((
        ["add", rng.choice(("question", "need", "décision", "action", "lien", "note", "aside")), text],
        ["add", "action", text, "--owner", rng.choice(PEOPLE), "--due", rng.choice(DAYS)],
        ["add", "need", text, "--individual"],
        ["add", "news", text, "--type", "call", "--level", "region"],
        ["answer", number, text],
        ["send", number, rng.choice(("lettre", "next", "individual", "drop", "mattermost"))],
        ["edit", number, "--text", text],
        ["attend", rng.choice(PEOPLE), *rng.choice(((), ("--late",), ("--excused",)))],
        ["next"], ["back"], ["pause"], ["resume"], ["undo"], ["redo"], ["more", rng.choice(NUMBERS)], ["same", number],
        ["done", number], ["move", number, rng.choice(NUMBERS)], ["start", "agenda.yaml"],
    ))  # fmt: skip


def _line(rng: Random, known: list[str]) -> list[str]:
    """Any words for any command; those that take a meeting further come more often than those that end it."""
    if rng.random() < 0.4:
        return _sensible(rng)
    often = (
        "add",
        "add",
        "add",
        "answer",
        "send",
        "next",
        "attend",
        "edit",
        "undo",
        "done",
        "more",
        "replan",
        "reopen",
    )
    name = rng.choice(often if rng.random() < 0.6 else [*COMMANDS])
    words: list[str] = []
    for action in _words_of(name):
        if action.dest == "web":  # serves for as long as it is let
            continue
        rare = action.dest in ("workspace", "meeting", "lang", "json", "at")
        if not action.option_strings:
            if action.nargs is None or rng.random() < 0.7:
                words.append(_value(rng, action, known))
        elif rng.random() < (0.04 if rare else 0.15):
            option = rng.choice(list(action.option_strings))
            if action.nargs == 0:
                words.append(option)
            else:
                value = _value(rng, action, known)
                words += [f"{option}={value}"] if rng.random() < 0.5 else [option, value]
    for _ in range(rng.choice((0, 0, 0, 0, 0, 0, 0, 0, 1, 2))):
        words.insert(rng.randint(0, len(words)), rng.choice(ODD))
    if rng.random() < 0.05:
        rng.shuffle(words)
    if rng.random() < 0.02:
        name = rng.choice(("", "ad", "help", "--version", "demarrer", "é", "-h", "\udce9"))
    return [name, *words]


def _input(rng: Random) -> bytes:
    if rng.random() < 0.5:
        return b""
    if rng.random() < 0.1:
        return rng.randbytes(rng.randint(1, 200))
    return "\n".join(rng.choices(LINES, k=rng.randint(1, 8))).encode("utf-8", "surrogateescape")


def _here(words: list[str], given: bytes, monkeypatch: pytest.MonkeyPatch) -> tuple[int, str]:
    """The command run in this process; its exit code and all it said."""
    said = io.BytesIO()
    with monkeypatch.context() as patched:
        patched.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(given), encoding="utf-8"))
        for name in ("stdout", "stderr"):
            patched.setattr(sys, name, io.TextIOWrapper(said, encoding="utf-8", write_through=True))
        try:
            code = main(words)
        finally:
            text = said.getvalue().decode("utf-8")
            for stream in (sys.stdout, sys.stderr):
                stream.detach()  # type: ignore[attr-defined]  # or it would close what both write to
    return code, text


def _alone(words: list[str], given: bytes) -> tuple[int, str]:
    """The same as a process of its own."""
    environ = {**os.environ, "PYTHONPATH": str(Path(__file__).parents[2])}
    command = [sys.executable, "-m", "facilitator", *words]
    done = subprocess.run(command, input=given, env=environ, capture_output=True, check=False, timeout=PATIENCE_S)
    return done.returncode, (done.stdout + done.stderr).decode("utf-8")


@pytest.mark.timeout(0)
def test_no_words_bring_a_command_down(mischief: Mischief, judge: Judge, monkeypatch: pytest.MonkeyPatch) -> None:
    left, run = mischief.lines, 0
    while left > 0:
        run += 1
        if mischief.wants(run):
            said: deque[str] = deque(maxlen=40)
            try:
                _play(Random(f"{mischief.seed}/lines/{run}"), min(left, A_RUN), judge, said, monkeypatch, mischief)
            except BaseException as problem:
                problem.add_note(f"--monkey-seed {mischief.seed} --monkey-run {run}:\n" + "\n".join(said))
                raise
        left -= A_RUN
    mischief.done["acts"] = judge.acts


def _play(
    rng: Random, lines: int, judge: Judge, said: deque[str], monkeypatch: pytest.MonkeyPatch, mischief: Mischief
) -> None:
    home = judge.folder / f"lines-{rng.random()}"
    root = home / "reseau"
    root.mkdir(parents=True)
    for name, data in FILES.items():
        (root / name).write_bytes(data)
    if rng.random() < 0.4:
        (root / "facilitator.yaml").write_text(rng.choice(SETTINGS))
    monkeypatch.setenv("XDG_STATE_HOME", str(home / "state"))
    monkeypatch.setenv("LANGUAGE", rng.choice(("fr", "en")))
    monkeypatch.chdir(root)
    known: list[str] = []
    for place in range(lines):
        if place % 10 == 0:
            known = Workspace(root).meetings()
        begins = place == 0 and rng.random() < 0.9
        words, given = ["start", "agenda.yaml"] if begins else _line(rng, known), _input(rng)
        said.append(f"  facilitator {' '.join(shlex.quote(word[:200]) for word in words)} <<< {given[:200]!r}")
        alone = rng.randrange(ALONE) == 0
        mischief.done["processes" if alone else "lines"] += 1
        before = _acts(judge, home) if alone else 0
        if alone:
            code, text = _alone(words, given)
        else:
            with within(PATIENCE_S, said):
                code, text = _here(words, given, monkeypatch)
        said.append(f"  = {code} {text[:300]!r}")
        assert code in (0, 1, 2), code
        assert "Traceback" not in text
        assert not OBEYED.search(text)
        assert judge.reports(home) == []
        if alone and words[0] == "add" and code == 0 and not {"-h", "--help"} & {*words}:
            assert _acts(judge, home) > before
    _acts(judge, home)


def _acts(judge: Judge, home: Path) -> int:
    """How many entries there are, wherever a meeting was held; each act acknowledged so far is among what is read."""
    roots = [folder.parents[1] for folder in home.rglob("meetings") if folder.parent.name == ".facilitator"]
    return sum(len(meeting.entries) for meeting in judge.meetings(*roots))
