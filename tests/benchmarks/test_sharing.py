"""Something goes out, and hangs: the keys are as quick as when nothing does."""

from __future__ import annotations

import subprocess
import time
from pathlib import Path

import pytest

from .claims import Claim, Ledger, middle
from .meetings import FOOTER, PROGRAM, Place
from .screen import Screen
from .test_typing import typed_ms

pytestmark = pytest.mark.benchmark

ENTRIES = 30
HANGS = "ext::sleep 120"


def repository(root: Path) -> None:
    """One that knows another, of which nothing is ever heard."""
    for words in (
        ("init", "-q"), ("config", "user.name", "Claire"), ("config", "user.email", "claire@example.org"),
        ("config", "protocol.ext.allow", "always"), ("remote", "add", "origin", HANGS), ("config", "branch.main.remote", "origin"),
        ("config", "branch.main.merge", "refs/heads/main"), ("symbolic-ref", "HEAD", "refs/heads/main"),
    ):  # fmt: skip
        subprocess.run(["git", *words], cwd=root, check=True)


def closed(screen: Screen) -> None:
    """Lead the meeting to its end, and on to what can go out."""
    screen.shows(FOOTER)
    time.sleep(1)
    screen.type("c")
    screen.shows("QUI FAIT QUOI")
    screen.type("t")
    screen.settle(0.5)
    screen.type("\r")
    screen.shows("Cette semaine")
    screen.settle(0.5)


def typing(screen: Screen) -> None:
    """Into the words of an entry, in the bar."""
    screen.type("e")
    screen.shows("LES ENTRÉES")
    screen.settle(0.5)
    screen.type("e")
    screen.settle(0.5)


def test_a_key_is_echoed_as_soon_while_a_push_hangs(place: Place, ledger: Ledger) -> None:
    number = 0

    def measure() -> list[Claim]:
        nonlocal number
        number += 1
        rooms = [place.meeting(ENTRIES, name=f"{name}-{number}") for name in ("hanging", "quiet")]
        for room in rooms:
            repository(room.root)
        environ = place.child_environ()
        with (
            Screen([*PROGRAM, "run"], environ=environ, cwd=rooms[0].root) as hanging,
            Screen([*PROGRAM, "run"], environ=environ, cwd=rooms[1].root) as quiet,
        ):
            for screen in (hanging, quiet):
                closed(screen)
            hanging.type("3")
            hanging.shows("dépôt que l’on partage")
            hanging.settle(0.3)
            hanging.type("\r")
            hanging.shows("En cours")
            for screen in (hanging, quiet):
                typing(screen)
            journal = [path.stat().st_size for path in rooms[0].folder.rglob("*.jsonl")]
            figures, floors = typed_ms([hanging, quiet], 10)
            assert "dépôt distant" not in hanging.text()  # it still hangs
            assert journal == [path.stat().st_size for path in rooms[0].folder.rglob("*.jsonl")]
        return [
            Claim("echo of a key while a push hangs, median", middle(figures), middle(floors), 1.2)
        ]  # goal 1.05; 0.97 to 1.08

    ledger.check(measure)
