"""What is not as it should be in a workspace, what that means, and what to do. Changes nothing without `--fix`."""

from __future__ import annotations

import os
import shlex
import time
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from facilitator.cli.commands.doctor_words import LINE_REASONS, WORDS
from facilitator.cli.context import Context, Failed
from facilitator.cli.parser import Parser
from facilitator.core.refusal import Refused
from facilitator.core.text import normalise, one_line
from facilitator.doctor import Finding, examine
from facilitator.doctor.repair import Repaired, repair
from facilitator.i18n import Translator
from facilitator.meetings.faults import fault_text, system_text
from facilitator.store.workspace import Workspace
from facilitator.wording import kind_name, refusal_text
from facilitator.wording.names import quoted


def _doctor_words(parser: Parser) -> None:
    tr = parser.tr
    parser.epilog = tr("Exit code: 0 when nothing needs attention, 1 when something does.")
    fix = tr("finish a close, make the archive again, correct modes and .gitignore, remove what writes left; no more")
    parser.add_argument("--fix", action="store_true", help=fix)
    parser.common(json=True)


def _doctor(context: Context) -> int:
    workspace = context.workspace()
    if not workspace.root.is_dir():
        raise Failed(context.tr("{path}: there is no such folder", path=workspace.root))
    found = _look(context, workspace)
    if context.values.fix:
        for repaired in repair(workspace, found, now_ms=_now()):
            context.acted = True
            context.say(repaired_text(context.tr, workspace, repaired))
        found = _look(context, workspace)
    if context.values.json:
        facts = [finding_facts(context.tr, workspace, finding) for finding in found]
        context.write_json(facts)
    else:
        context.say(context.tr("In {path}:", path=plain(workspace.root)))
        for line in report(context.tr, workspace, found):
            context.write(line)
    needs = sum(finding.attention for finding in found)
    said = context.tr.ntr("{n} thing needs attention.", "{n} things need attention.", needs)
    context.say(said if needs else context.tr("Nothing needs attention."))
    return 1 if needs else 0


def _look(context: Context, workspace: Workspace) -> list[Finding]:
    asked = context.values.meeting
    found = examine(workspace, context.tr, now_ms=_now(), environ=context.environ)
    about = [finding for finding in found if asked in (None, finding.meeting)]
    if asked and not about and asked not in workspace.meetings():
        raise Failed(context.tr("There is no meeting {name} here.", name=asked))
    return about


def _now() -> int:
    return time.time_ns() // 1_000_000


def report(tr: Translator, workspace: Workspace, found: Iterable[Finding]) -> list[str]:
    """The findings in words: those of a kind together, what they mean said once; `!` for what needs attention."""
    kinds: dict[str, list[Finding]] = {}
    for finding in sorted(found, key=lambda finding: not finding.attention):
        kinds.setdefault(f"{finding.code} {finding.attention}", []).append(finding)
    lines: list[str] = []
    for alike in kinds.values():
        means = tr(WORDS[alike[0].code].means)
        texts = [finding_texts(tr, workspace, finding, more) for finding, more in _joined(alike)]
        lines += [""] if lines else []
        lines += [f"{'!' if alike[0].attention else '·'} {found}" for found, _, _ in texts]
        if "{" in means:  # it speaks of the one finding
            lines += [f"  {said}" for said in dict.fromkeys(means for _, means, _ in texts)]
        else:
            lines.append(f"  {means}")
        lines += [f"  → {do}" for do in dict.fromkeys(do for _, _, do in texts)]
    return lines


def _joined(found: Iterable[Finding]) -> list[tuple[Finding, int]]:
    """The findings, each with how many more lines of its file it is said of: a spoilt file is one finding to its reader."""
    alike: dict[tuple[object, ...], list[Finding]] = {}
    for finding in found:
        key = (finding.code, finding.path, finding.meeting, *sorted(finding.values.items()))
        alike.setdefault(key, []).append(finding)
    return [(first, len(others)) for first, *others in alike.values()]


def finding_texts(tr: Translator, workspace: Workspace, finding: Finding, more: int = 0) -> tuple[str, str, str]:
    """A finding in words: the fact, what it means, what to do; `more` lines of the file are as the one it names."""
    words = WORDS[finding.code]
    said = _said(tr, workspace, finding)
    if more:
        said["place"] = tr.ntr("{place} and {n} more line", "{place} and {n} more lines", more, place=said["place"])
    typed = said | {name: shlex.quote(said[name]) for name in ("path", "beside", "home") if name in said}
    return tr(words.found, **said), tr(words.means, **said), tr(words.do, **typed)


def finding_facts(tr: Translator, workspace: Workspace, finding: Finding) -> dict[str, Any]:
    """What `doctor --json` says of a finding: paths are seen from the workspace, absent is None."""
    found, means, do = finding_texts(tr, workspace, finding)
    return {
        "code": finding.code,
        "attention": finding.attention,
        "path": None if finding.path is None else shown(workspace, finding.path),
        "line": finding.line,
        "meeting": None if finding.meeting is None else _line(finding.meeting),
        "values": {name: _line(value) if isinstance(value, str) else value for name, value in finding.values.items()},
        "found": found,
        "means": means,
        "do": do,
    }


def repaired_text(tr: Translator, workspace: Workspace, repaired: Repaired) -> str:
    """What `--fix` did, or why it could not."""
    finding = repaired.finding
    said = _said(tr, workspace, finding)
    if repaired.failure is not None:
        fact, _, _ = finding_texts(tr, workspace, finding)
        return tr("Not put right: {fact} ({problem})", fact=fact, problem=fault_text(tr, repaired.failure))
    match finding.code:
        case "mode":
            return tr("{path}: mode {mode} → {expected}", **said)
        case "ignore-missing":
            return tr("{path}: written, with the rule *", **said)
        case "temporary" | "telephones-left":
            return tr("{path}: removed", **said)
        case "unfinished-close":
            return tr("The close of {name} was finished.", name=finding.meeting)
        case _:
            return tr("{path}: made again from the minutes", **said)


def shown(workspace: Workspace, path: Path) -> str:
    """A path as it is shown: seen from the workspace when it is in it."""
    return plain(path.relative_to(workspace.root) if path.is_relative_to(workspace.root) else path)


def plain(path: Path) -> str:
    """A path as a line that can be shown anywhere: what is no text, or would be obeyed, is written out."""
    text = os.fsencode(path).decode("utf-8", errors="backslashreplace")
    return "".join(sign if sign.isprintable() else ascii(sign)[1:-1] for sign in text)


def _line(text: str) -> str:
    return one_line(normalise(text).text)


def _said(tr: Translator, workspace: Workspace, finding: Finding) -> dict[str, str]:
    """What a finding holds, in words."""
    path = "" if finding.path is None else shown(workspace, finding.path)
    said = {name: "…" if value is None else _line(str(value)) for name, value in finding.values.items()}
    said |= {"path": path, "place": f"{path}:{finding.line}" if finding.line else path}
    meeting = _line(finding.meeting or "")
    said |= {"meeting": meeting, "option": f" --meeting {meeting}" if meeting else ""}
    for name in ("beside", "home"):
        if name in said:
            said[name] = shown(workspace, Path(str(finding.values[name])))
    if "problem" in said:
        said["problem"] = _problem(tr, said["problem"])
    match finding.code:
        case "journal-line":
            said["reason"] = tr(LINE_REASONS[said["reason"]])
        case "void-act":
            said["reason"] = refusal_text(tr, Refused(finding.values["reason"]))  # type: ignore[arg-type]  # kept as text
            said["at"] = said["at"][:16].replace("T", " ")
        case "half-typed-left":
            kind: Any = finding.values["kind"]
            text = finding.values["text"]
            said["kind"] = kind_name(tr, kind) if kind else tr("an answer")
            said["text"] = tr("not shown, it may be private") if text is None else quoted(tr, _line(str(text)))
        case _:
            pass
    return said


def _problem(tr: Translator, said: str) -> str:
    known = {"utf-8": tr("it is not text in UTF-8"), "timeout": tr("it did not answer in time")}
    return known.get(said) or system_text(tr, said)


COMMANDS = {"doctor": (_doctor_words, _doctor)}
