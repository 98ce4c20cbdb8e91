"""What a command costs is what it loads."""

from __future__ import annotations

import subprocess
import sys

import pytest

PROBE = """
import sys
from facilitator.cli.main import main
code = main(sys.argv[1:])
print("\\n".join(sorted(sys.modules)), file=sys.stderr)
sys.exit(code)
"""
HEAVY = ("textual", "rich", "yaml", "markdown_it", "sqlite3", "asyncio", "segno", "difflib", "subprocess", "feedparser")


def loaded(*words: str) -> set[str]:
    done = subprocess.run(
        [sys.executable, "-c", PROBE, *words], capture_output=True, text=True, check=False, timeout=60
    )
    assert done.returncode == 0, done.stderr
    found = set(done.stderr.splitlines())
    return found - {"sqlite3"} if "coverage" in found else found  # what is measured is written with it


@pytest.mark.sampled(2)
@pytest.mark.parametrize(
    "words",
    [
        ("add", "question", "Une ?", "--by", "Awa S."),
        ("next",),
        ("attend", "Awa S."),
        ("answer", "Q1", "Oui"),
        ("undo",),
    ],
)
def test_an_act_loads_neither_screens_nor_documents(meeting, words):
    meeting("add", "question", "Une ?")
    assert loaded(*words).isdisjoint(HEAVY)


def test_an_act_loads_no_document_of_ours(meeting):
    ours = {name.split(".")[1] for name in loaded("add", "note", "x") if name.startswith("facilitator.")}
    assert ours <= {"cli", "core", "i18n", "meetings", "store", "wording"}


def test_check_loads_no_screen(network):
    assert loaded("check", "agenda.yaml").isdisjoint({"textual", "rich", "markdown_it", "sqlite3", "asyncio"})


def test_help_loads_next_to_nothing(network):
    assert loaded("--help").isdisjoint({*HEAVY, "msgspec"})
