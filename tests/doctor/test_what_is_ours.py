"""The doctor knows what is the program's own, and what others made of it."""

from __future__ import annotations

import importlib
import re
from pathlib import Path

import pytest

import facilitator
from facilitator.cli.commands.doctor import report
from facilitator.doctor.finding import Finding
from facilitator.doctor.folders import examine_folders, wrong_mode
from facilitator.i18n import translator


def codes(workspace) -> dict[str, str]:
    return {finding.path.name: finding.code for finding in examine_folders(workspace, now_ms=0) if finding.path}


def test_the_record_of_our_own_errors_is_ours(workspace):
    folder = workspace.private / "meetings" / "2026-11-24-reseau"
    folder.mkdir(parents=True)
    (folder / "errors.log").touch(mode=0o600)
    assert "errors.log" not in codes(workspace)


def own_names() -> set[str]:
    """The name of every file that the package puts directly into the private folder, as its sources say them."""
    root, found = Path(facilitator.__file__).parent, set[str]()
    for path in root.rglob("*.py"):
        text = path.read_text(encoding="utf-8")
        for word in re.findall(r"(?:\.private / |\block=)(\"[^\"]+\"|[A-Z_]+)", text):
            module = importlib.import_module("facilitator." + ".".join(path.relative_to(root).with_suffix("").parts))
            found.add(word.strip('"') if word[0] == '"' else getattr(module, word))
    return found


def test_every_file_that_the_program_keeps_is_known_as_its_own(workspace):
    workspace.ensure_private()
    names = own_names()
    assert {"accepted", "sent.jsonl", "merge-under-way", "sending.lock"} <= names
    for name in names - {"meetings", "base", "telephones"}:
        (workspace.private / name).touch(mode=0o600)
    assert [name for name, code in codes(workspace).items() if code == "foreign"] == []


def test_what_telephones_sent_and_who_serves_them_is_ours(workspace):
    folder = workspace.private / "telephones"
    folder.mkdir(parents=True, mode=0o700)
    for name in ("2026-11-24-reseau.sent", "2026-11-24-reseau.serving", "chanson.mp3"):
        (folder / name).touch(mode=0o600)
    assert [name for name, code in codes(workspace).items() if code == "foreign"] == ["chanson.mp3"]


@pytest.mark.parametrize("folder", ["minutes", "newsletter", "digests", "digests/received", "surveys"])
def test_what_this_machine_wrote_of_any_document_is_ours(workspace, folder):
    base = workspace.private / "base" / folder
    base.mkdir(parents=True)
    (base / "2026-11.md").touch(mode=0o600)
    (base / "chanson.mp3").touch(mode=0o600)
    found = codes(workspace)
    assert found["chanson.mp3"] == "foreign"
    assert "foreign" not in (found.get("2026-11.md"), found.get("digests"), found.get("received"), found.get("surveys"))


@pytest.mark.parametrize(
    "name",
    [
        "private (conflicted copy 2026-11-24).jsonl",
        "private.sync-conflict-20261124-093000-ABCDEFG.jsonl",
        "private (Copie en conflit de Nora 2026-11-24).jsonl",
        "private_conflict-20261124-093000.jsonl",
    ],
)
def test_a_conflict_copy_of_the_follow_ups_is_not_to_be_thrown_away(workspace, name):
    workspace.ensure_private()
    (workspace.private / name).touch(mode=0o600)
    assert codes(workspace)[name] == "private-copy"
    words = " ".join(report(translator("en"), workspace, examine_folders(workspace, now_ms=0)))
    assert "compared" in words and "delete it." not in words


def test_a_folder_that_inherits_its_group_has_the_right_mode(workspace):
    workspace.ensure_private()
    workspace.private.chmod(0o2700)
    assert wrong_mode(workspace.private) is None
    workspace.private.chmod(0o2750)
    assert wrong_mode(workspace.private) == (0o750, 0o700)


def test_many_spoilt_lines_of_a_file_are_one_line_of_the_report(workspace):
    path = workspace.private / "meetings" / "m" / "a.jsonl"
    spoilt = [Finding("journal-line", path, line, "m", {"reason": "checksum"}) for line in range(3, 508)]
    torn = Finding("journal-line", path, 508, "m", {"reason": "torn"})
    lines = report(translator("en"), workspace, [*spoilt, torn])
    assert len([line for line in lines if "a.jsonl" in line]) == 2
    assert any("a.jsonl:3 and 504 more lines" in line for line in lines)
