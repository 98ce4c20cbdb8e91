"""The sections of the minutes, each a block of Markdown or nothing."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from facilitator.core.entry import Entry
from facilitator.core.meeting import PublicMeeting
from facilitator.core.text import one_line
from facilitator.core.vocabulary import DEFERRED, Kind
from facilitator.documents import vocabulary
from facilitator.documents.minutes_items import Pen
from facilitator.documents.minutes_times import times
from facilitator.documents.vocabulary import Section
from facilitator.wording import date_text, month_text, step_title

# What has its home in the section of its step, and in which order there.
_AT_HOME: tuple[Kind, ...] = ("note", "news", "need", "resource", "aside")


def sections(meeting: PublicMeeting, pen: Pen, *, month: str | None, draft: bool) -> list[str]:
    """All sections that have something to say, in the order of the document; `month` is that of the newsletter it feeds."""
    listed = [
        ("brief", _brief(meeting, pen)),
        ("decided", _items(pen, meeting.of_kind("decision"))),
        ("actions", _items(pen, meeting.of_kind("action"))),
        ("questions", _questions(meeting, pen)),
        ("dates", _items(pen, dated(meeting))),
        ("course", _course(meeting, pen)),
        ("times", times(meeting, pen, running=draft) if meeting.setup.choices.times else ""),
        ("next", _next(meeting, pen, month)),
    ]
    return [_section(section, body, pen) for section, body in listed if body]  # type: ignore[arg-type]  # literals


def dated(meeting: PublicMeeting) -> list[Entry]:
    """The news that have a deadline, the nearest first."""
    found = [(entry.deadline, entry) for entry in meeting.of_kind("news") if entry.deadline is not None]
    return [entry for _, entry in sorted(found, key=lambda pair: (pair[0], pair[1].number))]


def next_meeting(meeting: PublicMeeting, pen: Pen) -> str | None:
    """The next date and place in words; None when no date is known."""
    calendar = meeting.setup.calendar
    if calendar.next_meeting is None:
        return None
    day = date_text(pen.tr, calendar.next_meeting)
    if calendar.next_place is None:
        return day
    return pen.tr("{day}, {place}", day=day, place=pen.line(calendar.next_place))


def _section(section: Section, body: str, pen: Pen) -> str:
    return f"## {vocabulary.heading(section, pen.language)}\n\n{body}"


def _items(pen: Pen, entries: Iterable[Entry]) -> str:
    return "".join(map(pen.item, entries))


def _brief(meeting: PublicMeeting, pen: Pen) -> str:
    tr = pen.tr
    lines = []
    if meeting.summary and one_line(meeting.summary):
        lines.append(pen.line(meeting.summary))
    counted = [
        _decisions(meeting, pen),
        _actions(meeting, pen),
        _asked(meeting, pen),
    ]
    if owed := "; ".join(part for part in counted if part):
        lines.append(owed.replace("; ", "\u202f; ") + "." if pen.language == "fr" else owed + ".")
    calls = dated(meeting)
    if calls and calls[0].deadline:
        lines.append(
            tr("First deadline: {date} ({link}).", date=pen.date(calls[0].deadline), link=pen.reference(calls[0]))
        )
    if following := next_meeting(meeting, pen):
        lines.append(tr("Next meeting: {day}.", day=following))
    return "".join(f"- {line}\n" for line in lines)


def _decisions(meeting: PublicMeeting, pen: Pen) -> str:
    count = len(meeting.of_kind("decision"))
    return pen.tr.ntr("{n} decision", "{n} decisions", count) if count else ""


def _actions(meeting: PublicMeeting, pen: Pen) -> str:
    actions = meeting.of_kind("action")
    if not actions:
        return ""
    text = pen.tr.ntr("{n} action", "{n} actions", len(actions))
    free = sum(not entry.owners for entry in actions)
    return text + pen.tr.ntr(", {n} without owner", ", {n} without owner", free) if free else text


def _asked(meeting: PublicMeeting, pen: Pen) -> str:
    questions = meeting.of_kind("question")
    if not questions:
        return ""
    tr = pen.tr
    text = tr.ntr("{n} question", "{n} questions", len(questions))
    answered = sum(_has_answer(entry) for entry in questions)
    owed = sum(entry.outcome in DEFERRED and not _has_answer(entry) for entry in questions)
    if answered:
        text += tr.ntr(", {n} answered", ", {n} answered", answered)
    return text + tr.ntr(", {n} still to be answered", ", {n} still to be answered", owed) if owed else text


def _has_answer(entry: Entry) -> bool:
    return entry.outcome == "answered" or entry.done


def _questions(meeting: PublicMeeting, pen: Pen) -> str:
    tr = pen.tr
    given: list[Entry] = []
    coming: list[Entry] = []
    single: list[Entry] = []
    dropped: list[Entry] = []
    undecided: list[Entry] = []
    for entry in meeting.of_kind("question"):
        if _has_answer(entry):
            given.append(entry)
        elif entry.outcome is None:
            undecided.append(entry)
        elif entry.outcome == "individual":
            single.append(entry)
        else:
            (dropped if entry.outcome == "drop" else coming).append(entry)
    groups = [
        (tr("Answers given"), given),
        (tr("Answers to come"), coming),
        (tr("Taken up one to one"), single),
        (tr("Without follow-up"), dropped),
        (tr("Outcome to be decided"), undecided),
    ]
    return "\n".join(f"### {title}\n\n{_items(pen, entries)}" for title, entries in groups if entries)


def _course(meeting: PublicMeeting, pen: Pen) -> str:
    by_step: dict[str | None, list[Entry]] = {}
    known = {step.id for step in meeting.steps}
    for entry in meeting.entries:
        home = meeting.entry_steps.get(entry.id)
        by_step.setdefault(home if home in known else None, []).append(entry)
    blocks = []
    for number, step in enumerate(meeting.steps, 1):
        entries = by_step.get(step.id, [])
        lead = step.lead or step.plan.lead
        if not entries and (step.aside or not step.visits or not lead):
            continue
        title = pen.line(step_title(pen.tr, step.plan))
        blocks.append(f'### <a id="step-{number}"></a>{number}. {title}\n')
        if lead:
            blocks.append(pen.tr("Led by {name}", name=pen.line(lead)) + "\n")
        blocks += _step(entries, pen)
    if left := by_step.get(None):
        blocks += [f'### <a id="step-0"></a>{pen.tr("Outside the steps")}\n', *_step(left, pen)]
    return "\n".join(blocks)


def _step(entries: Sequence[Entry], pen: Pen) -> list[str]:
    tr = pen.tr
    titles: dict[Kind, str] = {
        "note": "",
        "news": tr("News:"),
        "need": tr("Shared needs and offers:"),
        "resource": tr("Resources:"),
        "aside": tr("Put aside:"),
    }
    blocks = []
    for kind in _AT_HOME:
        chosen = [entry for entry in entries if entry.kind == kind and not (kind == "news" and entry.deadline)]
        if chosen:
            blocks += [f"{titles[kind]}\n"] if titles[kind] else []
            blocks.append(_items(pen, _ordered(chosen)))
    elsewhere = [entry for entry in entries if entry.kind not in _AT_HOME or (entry.kind == "news" and entry.deadline)]
    if elsewhere:
        links = ", ".join(pen.reference(entry) for entry in _ordered(elsewhere))
        blocks.append(tr("See also: {links}", links=links) + "\n")
    return blocks


def _ordered(entries: Sequence[Entry]) -> list[Entry]:
    order: tuple[Kind, ...] = ("question", "news", "decision", "action", "need", "resource", "aside", "note")
    return sorted(entries, key=lambda entry: (order.index(entry.kind), entry.number))


def _next(meeting: PublicMeeting, pen: Pen, month: str | None) -> str:
    tr = pen.tr
    day = next_meeting(meeting, pen)
    lines = [f"{day[:1].upper()}{day[1:]}." if day else tr("The date is still to be set.")]
    again = [entry for entry in meeting.of_kind("question") if entry.outcome == "next" and not entry.done]
    if again:
        lines.append(tr("To take up again: {links}.", links=", ".join(map(pen.reference, again))))
    if month:
        name = month_text(tr, month)
        lines.append(
            tr("Until then: [the newsletter of {month}]({path}).", month=name, path=f"../newsletter/{month}.md")
        )
    return "\n\n".join(lines) + "\n"
