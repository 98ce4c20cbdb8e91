"""`facilitator doctor`: what it says, its exit code, what it changes and what it leaves alone."""

from __future__ import annotations

import os
import re
import shlex
import stat
import subprocess
import sys
from pathlib import Path
from typing import get_args

import pytest

from facilitator.cli.commands.doctor import finding_facts, report
from facilitator.cli.commands.doctor_words import WORDS
from facilitator.core.acts import Capture, Close
from facilitator.core.refusal import Reason as Refusal
from facilitator.core.said import Fields
from facilitator.doctor import Code, Finding
from facilitator.doctor.repair import REPAIRS, repair
from facilitator.i18n import translator
from facilitator.store import platform
from facilitator.store.door import Linked
from facilitator.store.framing import Reason
from facilitator.store.half_typed import KeptText, save_texts

from .conftest import HOUR_MS, bytes_below, closed, decision, held, old

SECRET = "Awa ne dort plus"
VALUES: dict[Code, dict[str, str | int | None]] = {
    "journal-line": {"reason": "checksum"},
    "journal-unknown": {"type": "v99"},
    "void-act": {"actor": "karim@salon", "reason": "already-started", "at": "2026-11-24T09:30:00+01:00"},
    "late-acts": {"count": 2, "by": "karim@salon"},
    "untouched": {"hours": 13},
    "several-live": {"meetings": "a, b"},
    "fallback-journal": {"count": 3, "home": "/ws/.facilitator/meetings/m"},
    "half-typed-left": {"writer": "karim-salon-1", "kind": "question", "text": "Qui"},
    "private-copy": {"home": "/ws/.facilitator/private.jsonl"},
    "private-unreadable": {"problem": "Permission denied"},
    "mode": {"mode": "0644", "expected": "0600"},
    "private-said": {"label": "Q2"},
    "link-private": {"target": "/etc"},
    "link-document": {"target": "/etc"},
    "unlisted": {"problem": "Permission denied"},
    "git-silent": {"problem": "timeout"},
    "settings": {"problem": "no"},
    "one-name": {"problem": "no"},
    "document-unreadable": {"problem": "utf-8"},
    "document-problem": {"problem": "no"},
    "missing-entries": {"labels": "A1, A2"},
    "beside": {"beside": "/ws/minutes/m.new.md"},
    "beside-unread": {"beside": "/ws/minutes/m.new.md"},
}


def spoil(workspace) -> str:
    """A workspace in which each thing that can be put right is wrong; gives the meeting whose close is unfinished."""
    closed(workspace, decision("Première"))
    session = held(workspace, decision("Seconde"), Capture("individual", Fields(text=SECRET)))
    session.act(Close(month="2026-12", seen=session.seen()))
    session.leave()
    (workspace.private / ".gitignore").unlink()
    workspace.archive_file.write_bytes(b"{")
    workspace.private_file.touch(0o644)
    workspace.private_file.chmod(0o644)
    left = workspace.private / ".1-x.facilitator-tmp"
    left.write_bytes(b"half")
    left.chmod(0o600)
    old(left)
    return session.meeting.id


def test_nothing_to_tell_is_said_and_exits_0(workspace, doctor) -> None:
    closed(workspace)
    said = doctor()
    assert (said.code, said.out) == (0, "")
    assert said.err.endswith("Nothing needs attention.\n")


def test_what_needs_attention_exits_1_and_says_what_it_means_and_what_to_do(workspace, doctor) -> None:
    meeting = spoil(workspace)
    said = doctor()
    assert said.code == 1
    assert f"! {meeting}: closed, but minutes and newsletter were not finished.\n" in said.out
    assert "The close was interrupted. Nothing is lost" in said.out
    assert "  → facilitator doctor --fix\n" in said.out
    assert "5 things need attention." in said.err


def test_what_only_is_worth_knowing_is_told_and_exits_0(workspace, doctor) -> None:
    meeting = closed(workspace)
    for path in workspace.meeting_folder(meeting).iterdir():
        path.unlink()
    said = doctor()
    assert said.code == 0
    assert said.out.startswith(f"· minutes/{meeting}.md: minutes whose journal is not on this machine.\n")


def test_without_being_told_nothing_is_changed(workspace, doctor, tmp_path) -> None:
    spoil(workspace)
    before = bytes_below(tmp_path)
    assert doctor().code == 1
    assert doctor("--json").code == 1
    assert bytes_below(tmp_path) == before


def test_fix_puts_right_what_it_may_and_says_each_thing(workspace, doctor) -> None:
    meeting = spoil(workspace)
    said = doctor("--fix")
    assert said.err.splitlines()[:5] == [
        ".facilitator/.1-x.facilitator-tmp: removed",
        ".facilitator/private.jsonl: mode 0644 → 0600",
        ".facilitator/.gitignore: written, with the rule *",
        ".facilitator/archive.sqlite: made again from the minutes",
        f"The close of {meeting} was finished.",
    ]
    assert said.code == 0
    assert "· .facilitator/archive.sqlite.broken: " in said.out
    assert "Seconde" in (workspace.minutes_folder / f"{meeting}.md").read_text()
    assert (workspace.private / ".gitignore").read_bytes() == b"*\n"
    assert stat.S_IMODE(workspace.private_file.stat().st_mode) == 0o600
    assert (workspace.private / "archive.sqlite.broken").read_bytes() == b"{"
    again = doctor("--fix")
    assert (again.code, again.err.splitlines()[1:]) == (0, ["Nothing needs attention."])


def test_fix_touches_nothing_else(workspace, doctor) -> None:
    meeting = closed(workspace, decision())
    minutes = workspace.minutes_folder / f"{meeting}.md"
    minutes.with_name(f"{meeting}.new.md").write_text("à côté")
    minutes.write_text("<<<<<<< HEAD\n")
    journal = next(workspace.meeting_folder(meeting).glob("*.jsonl"))
    journal.write_bytes(journal.read_bytes() + b"bonjour\n")
    save_texts(journal.parent, "karim-salon-1", KeptText(kind="note", text="abc"))
    foreign = workspace.private / "notes"
    foreign.touch(0o600)
    (workspace.private / ".gitignore").write_bytes(b"*\n!notes\n")
    workspace.private_file.symlink_to(minutes)
    before = bytes_below(workspace.root)
    said = doctor("--fix")
    assert said.code == 1
    assert said.err.splitlines()[0].startswith("In ")
    assert bytes_below(workspace.root) == before


def test_a_comment_in_the_gitignore_stays(workspace, doctor) -> None:
    closed(workspace)
    (workspace.private / ".gitignore").write_bytes(b"# ours")
    assert doctor("--fix").code == 0
    assert (workspace.private / ".gitignore").read_bytes() == b"# ours\n*\n"


def test_fix_does_not_follow_a_private_folder_that_is_a_link(workspace, doctor, tmp_path) -> None:
    closed(workspace)
    outside = tmp_path / "outside"
    workspace.private.rename(outside)
    (outside / "archive.sqlite").chmod(0o644)
    (outside / ".gitignore").unlink()
    workspace.private.symlink_to(outside)
    assert doctor("--fix").code == 1
    assert stat.S_IMODE((outside / "archive.sqlite").stat().st_mode) == 0o644
    assert not (outside / ".gitignore").exists()


def test_a_mode_that_the_disk_does_not_keep_is_not_said_to_be_put_right(workspace, doctor, monkeypatch) -> None:
    closed(workspace)
    workspace.private.chmod(0o755)
    monkeypatch.setattr(Path, "chmod", lambda *_: None)
    said = doctor("--fix")
    assert (said.code, said.err.splitlines()[0][:29]) == (1, "Not put right: .facilitator: ")


def test_an_archive_that_holds_by_now_is_not_said_to_be_made_again(workspace) -> None:
    closed(workspace)
    told = Finding("archive-broken", workspace.archive_file)
    assert list(repair(workspace, [told], now_ms=0)) == []


def test_a_write_that_is_under_way_is_left_to_its_writer(workspace) -> None:
    closed(workspace)
    left = workspace.minutes_folder / ".x.md.facilitator-tmp"
    left.write_bytes(b"half")
    told = Finding("temporary", left)
    now = left.stat().st_mtime_ns // 1_000_000
    assert list(repair(workspace, [told], now_ms=now)) == []
    with left.open("rb+") as writing:
        assert platform.lock(writing.fileno())
        assert list(repair(workspace, [told], now_ms=now + HOUR_MS)) == []
    assert left.exists()


def test_a_meeting_that_was_reopened_meanwhile_is_not_published(workspace) -> None:
    session = held(workspace)
    told = Finding("unfinished-close", meeting=session.meeting.id)
    assert list(repair(workspace, [told], now_ms=0)) == []
    assert not workspace.minutes_folder.exists()


@pytest.mark.parametrize("code", ["mode", "ignore-missing", "temporary"])
def test_nothing_is_put_right_through_a_folder_that_became_a_link(workspace, tmp_path, code) -> None:
    closed(workspace)
    outside = tmp_path / "outside"
    outside.mkdir()
    (outside / "x").write_bytes(b"x")
    before = bytes_below(outside)
    (workspace.root / "link").symlink_to(outside)
    told = Finding(code, workspace.root / "link" / "x")
    (one,) = repair(workspace, [told], now_ms=(1 << 41))
    assert isinstance(one.failure, Linked)
    assert bytes_below(outside) == before


def test_what_cannot_be_put_right_is_said_and_stops_nothing(workspace, doctor, monkeypatch) -> None:
    spoil(workspace)
    (mark,) = workspace.meetings_folder.glob("*/closed")
    mark.chmod(0o644)  # that of the follow-ups is put right by the close that is finished

    def refuse(*_: object) -> bool:
        raise PermissionError(1, "Operation not permitted", "x")

    monkeypatch.setitem(REPAIRS, "mode", refuse)
    said = doctor("--fix")
    assert said.code == 1
    for path in (workspace.private_file, mark):
        name = path.relative_to(workspace.root)
        assert f"Not put right: {name}: its mode is 0644 instead of 0600. (x: you may" in said.err
    assert ".facilitator/.gitignore: written" in said.err


def test_json_is_a_list_of_findings(workspace, doctor) -> None:
    meeting = closed(workspace)
    journal = next(workspace.meeting_folder(meeting).glob("*.jsonl"))
    journal.write_bytes(journal.read_bytes() + b"bonjour\n")
    (one,) = doctor("--json").json
    assert {name: one[name] for name in ("code", "attention", "path", "line", "meeting", "values")} == {
        "code": "journal-line",
        "attention": False,
        "path": f".facilitator/meetings/{meeting}/{journal.name}",
        "line": len(journal.read_bytes().splitlines()),
        "meeting": meeting,
        "values": {"reason": "foreign"},
    }
    assert all(one[name] for name in ("found", "means", "do"))


def test_json_of_a_sound_workspace_is_an_empty_list(workspace, doctor) -> None:
    said = doctor("--json")
    assert (said.code, said.json) == (0, [])


def test_the_meeting_asked_for_is_the_only_one_told(workspace, doctor) -> None:
    meeting = spoil(workspace)
    assert doctor("--json", "--meeting", meeting).codes == ["unfinished-close"]
    sound = closed(workspace)
    assert doctor("--json", "--meeting", sound).codes == []


def test_a_meeting_that_is_not_there_is_refused(workspace, doctor) -> None:
    said = doctor("--meeting", "2026-01-01-autre")
    assert (said.code, said.err) == (1, "There is no meeting 2026-01-01-autre here.\n")


def test_a_workspace_that_is_not_there_is_refused(workspace, doctor) -> None:
    said = doctor("--workspace", "nowhere")
    assert said.code == 1
    assert "nowhere: there is no such folder" in said.err


@pytest.mark.parametrize("kind", ["individual", "need"])
def test_the_text_of_an_individual_need_is_never_said(workspace, doctor, kind) -> None:
    session = held(workspace)
    save_texts(session.folder, "karim-salon-1", KeptText(kind=kind, text=SECRET))
    for said in (doctor(), doctor("--json")):
        assert said.code == 1
        assert SECRET not in said.out + said.err
    assert "not shown, it may be private" in said.out


def test_a_half_typed_question_is_said(workspace, doctor) -> None:
    session = held(workspace)
    save_texts(session.folder, "karim-salon-1", KeptText(kind="question", text="Qui paie\x1b[2J la lic"))
    said = doctor()
    assert "karim-salon-1, who is no longer there (question): “Qui paie la lic”" in said.out
    assert f"facilitator run --meeting {session.meeting.id};" in said.out


@pytest.mark.parametrize(
    "name", ["a\x1b[2Jb", "a\nb", "a\u202eb", os.fsdecode(b"a\xffb"), "a b", "é".replace("é", "e\u0301")]
)
def test_a_hostile_name_is_written_out_on_one_line(workspace, doctor, name) -> None:
    closed(workspace)
    (workspace.private / name).touch(0o600)
    lines = doctor().out.splitlines()
    assert len(lines) == 3
    assert all(line.isprintable() for line in lines)
    assert doctor("--json").codes == ["foreign"]
    spoilt = workspace.minutes_folder / f"{name}.md"
    spoilt.write_text("<<<<<<< a\n=======\n>>>>>>> b\n")
    spoilt.with_name(f"2026-01-01-{name}.md").write_text("---\nformat: 2\n---\n\n- **Q1** Qui ?\n")
    assert all(line.isprintable() for line in doctor().out.splitlines())
    assert {"conflict", "foreign", "no-journal"} <= {*doctor("--json").codes}


def test_paths_in_commands_are_quoted_for_a_shell(workspace, doctor) -> None:
    closed(workspace)
    (workspace.newsletter_folder / "a b;c.new.md").touch()
    assert f"diff {shlex.quote('newsletter/a b;c.md')} {shlex.quote('newsletter/a b;c.new.md')}." in doctor().out


@pytest.mark.parametrize("language", ["fr", "en"])
@pytest.mark.parametrize("code", get_args(Code))
def test_every_finding_has_its_words(workspace, language, code) -> None:
    path = workspace.private / "x"
    tr = translator(language)
    finding = Finding(code, path, 3, "2026-11-24-reseau", VALUES.get(code, {}))
    facts = finding_facts(tr, workspace, finding)
    for said in (facts["found"], facts["means"], facts["do"]):
        assert said
        assert not re.search(r"[{}]", said)
    assert facts["found"] in report(tr, workspace, [finding])[0]


def test_every_reason_of_a_line_and_of_a_refusal_is_worded(workspace) -> None:
    tr = translator("fr")
    for reason in (*get_args(Reason), "torn"):
        assert finding_facts(tr, workspace, Finding("journal-line", workspace.root, 1, "m", {"reason": reason}))[
            "found"
        ]
    for reason in get_args(Refusal):
        values = VALUES["void-act"] | {"reason": reason}
        assert "{" not in finding_facts(tr, workspace, Finding("void-act", meeting="m", values=values))["found"]


def test_findings_of_a_kind_are_told_together_and_what_they_mean_once(workspace) -> None:
    modes = [Finding("mode", workspace.private / name, values=VALUES["mode"]) for name in ("a", "b")]
    lines = report(translator("en"), workspace, [Finding("archive-aside", attention=False), *modes])
    assert [line[:1] for line in lines] == ["!", "!", " ", " ", "", "·", " ", " "]


def test_words_are_those_of_the_findings(workspace) -> None:
    assert set(WORDS) == set(get_args(Code))
    assert set(REPAIRS) == {code for code, words in WORDS.items() if "doctor --fix" in words.do}


@pytest.mark.ci
def test_an_examination_never_loads_textual(workspace) -> None:
    program = "import sys; from facilitator.cli.main import main; main(['doctor']); sys.exit('textual' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", program], check=False, capture_output=True).returncode == 0
