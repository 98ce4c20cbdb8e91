"""`diff`: what hands changed in minutes and letter since the program last wrote."""

from __future__ import annotations

import datetime
from typing import TYPE_CHECKING, Any

from facilitator.cli.context import Context, Failed
from facilitator.cli.parser import Parser
from facilitator.core.said import Origin, Vote
from facilitator.core.vocabulary import OUTCOMES
from facilitator.documents.difference import Difference
from facilitator.wording import outcome_name, quoted, short_date, vote_text, when_text

if TYPE_CHECKING:
    from facilitator.i18n import Translator
    from facilitator.meetings.comparing import Compared


def _diff_words(parser: Parser) -> None:
    tr = parser.tr
    parser.add_argument(
        "which", nargs="?", metavar=tr("MEETING"), help=tr("the meeting; without it, the live one, else the last")
    )
    parser.common(json=True)


def _diff(context: Context) -> int:
    from facilitator.meetings.comparing import compare_letters, compare_minutes
    from facilitator.meetings.past import minutes_file

    tr = context.tr
    if context.values.which:
        context.values.meeting = context.values.which
    workspace, closed = context.workspace(), context.closed_meeting()
    name = closed or context.session().meeting.id
    path = (minutes_file(workspace, name) if closed else None) or workspace.minutes_folder / f"{name}.md"
    found = [compare_minutes(workspace, path)]
    if found[0].why == "unknown" and not path.is_file():
        raise Failed(tr("There are no minutes of {name}.", name=name))
    found += compare_letters(workspace, frozenset((name, path.stem))) if closed else []
    if context.values.json:
        rows = [_row(context, one, difference) for one in found for difference in one.differences]
        context.write_json(rows)
    for one in found:
        shown = _shown(context, one)
        if one.why is not None:
            context.say(_why_text(tr, one, shown))
        elif not context.values.json:
            for difference in one.differences:
                context.write(f"{shown}{_place(tr, difference)}{difference_text(tr, difference)}")
    if not any(one.differences or one.why for one in found):
        context.say(tr("Nothing was changed by hand."))
    return 1 if any(one.why for one in found) else 0


def _shown(context: Context, one: Compared) -> str:
    root = context.workspace().root
    return str(one.path.relative_to(root)) if one.path.is_relative_to(root) else str(one.path)


def _place(tr: Translator, one: Difference) -> str:
    return f", {tr('line {line}', line=one.line)}{_colon(tr)}" if one.line else _colon(tr)


def _colon(tr: Translator) -> str:
    return tr("{label}: {text}", label="", text="")


def _why_text(tr: Translator, one: Compared, shown: str) -> str:
    if one.why == "gone":
        return tr("{path} is gone: everything that was written there was taken out.", path=shown)
    if one.why == "unknown":
        return tr("What was written in {path} is not known on this machine: nothing to compare it with.", path=shown)
    if one.line:
        return tr("{path}, line {line}: it cannot be read any more, from there on.", path=shown, line=one.line)
    return tr("{path} cannot be read any more.", path=shown)


def difference_text(tr: Translator, one: Difference) -> str:
    """What a hand did, in a line: `A2: text: « Réserver la salle » → « Réserver la grande salle »`."""
    whole = one.part in ("", "entry")
    name = (
        one.label
        if whole
        else tr("{label}: {text}", label=one.label, text=_part(tr, one))
        if one.label
        else _part(tr, one)
    )
    name = name or tr("an item without a number")
    before, after = (_value(tr, value) for value in (one.before, one.after))
    if one.what == "removed":
        return tr("{what} taken out: {text}", what=name, text=before)
    if one.what == "added":
        return tr("{what} added: {text}", what=name, text=after)
    if one.what == "moved":
        return tr("{what} moved: {before} → {after}", what=one.label, before=before, after=after)
    return tr("{label}: {text}", label=name, text=f"{before} → {after}")


def _part(tr: Translator, one: Difference) -> str:
    words = {
        "text": tr("its text"),
        "by": tr("said by"),
        "owners": tr("who"),
        "due": tr("by when"),
        "due_text": tr("by when"),
        "theme": tr("theme"),
        "link": tr("address"),
        "type": tr("sort of news"),
        "level": tr("level"),
        "deadline": tr("last day"),
        "when": tr("day and hour"),
        "offer": tr("offered"),
        "vote": tr("vote"),
        "consensus": tr("by consensus"),
        "origin": tr("where it comes from"),
        "same": tr("others with the same"),
        "outcome": tr("outcome"),
        "answer": tr("answer"),
        "answer_link": tr("more about it"),
        "answer_by": tr("who answered"),
        "answered_on": tr("answered on"),
        "done": tr("done"),
        "step": tr("sequence"),
        "remark": tr("remark"),
        "heading": tr("heading"),
        "front": tr("front matter"),
        "words": tr("words"),
    }
    return words.get(one.part, one.part)


def _value(tr: Translator, value: object) -> str:  # a way to say each sort of value
    if isinstance(value, bool):
        return tr("yes") if value else tr("no")
    if value is None or value in ("", ()):
        return tr("nothing")
    if isinstance(value, Vote):
        return vote_text(tr, value)
    if isinstance(value, Origin):
        return f"{value.number} ({value.meeting})"
    if isinstance(value, datetime.datetime):
        return when_text(tr, value)
    if isinstance(value, datetime.date):
        return short_date(tr, value, year=True)
    if isinstance(value, tuple):
        return ", ".join(map(str, value))
    if isinstance(value, str) and value in OUTCOMES:
        return outcome_name(tr, value)
    return str(value) if isinstance(value, int) else quoted(tr, str(value))


def _row(context: Context, document: Compared, one: Difference) -> dict[str, Any]:
    """A difference as other programs read it: the keys are a contract, absent is null."""
    return {
        "document": _shown(context, document),
        "line": one.line or None,
        "what": one.what,
        "number": one.label or None,
        "part": one.part or None,
        "before": one.before,
        "after": one.after,
    }


COMMANDS = {"diff": (_diff_words, _diff)}
