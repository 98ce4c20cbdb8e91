"""The examples to read, in `docs/examples`: what the program writes of the meetings that their scripts hold."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest
from here import act_out

from facilitator.documents.minutes.reader import read_minutes

EXAMPLES = Path(__file__).parents[2] / "docs/examples"
# Who came and what was said, as the README of the examples tells it.
MEETINGS = {"eight": (8, 6), "sixty": (25, 60), "paper": (12, 14)}


def documents(folder: Path) -> dict[str, str]:
    """The minutes and the letter of a workspace, by where they stand."""
    found = sorted([*folder.glob("minutes/*.md"), *folder.glob("newsletter/*.md")])
    return {path.relative_to(folder).as_posix(): path.read_text(encoding="utf-8") for path in found}


def held(meeting: str, language: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> dict[str, str]:
    """What the program writes of that meeting in that language."""
    aside = tmp_path / "aside"
    folder = tmp_path / language
    aside.mkdir()
    folder.mkdir()
    for name in ("agenda", "facilitator"):
        shutil.copy(EXAMPLES / meeting / f"{name}.{language}.yaml", folder / f"{name}.yaml")
    for name in ("FACILITATOR_WORKSPACE", "LC_ALL", "LC_MESSAGES", "LANG"):
        monkeypatch.delenv(name, raising=False)
    for name, value in {"HOME": aside, "XDG_STATE_HOME": aside, "TZ": "Europe/Paris"}.items():
        monkeypatch.setenv(name, str(value))
    done = act_out(EXAMPLES / meeting / "run.sh", folder, aside)
    assert done.returncode == 0, done.stderr
    return documents(folder)


@pytest.mark.parametrize("language", ["fr", "en"])
@pytest.mark.parametrize(
    "meeting", ["eight", pytest.param("sixty", marks=pytest.mark.ci), pytest.param("paper", marks=pytest.mark.ci)]
)
def test_the_examples_are_what_the_program_writes(meeting, language, tmp_path, monkeypatch):
    written = held(meeting, language, tmp_path, monkeypatch)
    if os.environ.get("FACILITATOR_EXAMPLES") == "write":
        for name, text in written.items():
            path = EXAMPLES / meeting / language / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
    assert written == documents(EXAMPLES / meeting / language)


@pytest.mark.parametrize("language", ["fr", "en"])
@pytest.mark.parametrize("meeting", MEETINGS)
def test_the_examples_hold_what_is_said_of_them(meeting, language):
    (text,) = (EXAMPLES / meeting / language / "minutes").glob("*.md")
    read = read_minutes(text.read_text(encoding="utf-8"))
    people = read.people["present"] + read.people.get("visitors", ())
    assert (len(people), len(read.entries)) == MEETINGS[meeting]
    assert (read.troubles, read.missing) == ([], ())
