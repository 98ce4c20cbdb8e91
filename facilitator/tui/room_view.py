"""What the room sees, made from the public part of the meeting only. Nothing private, no blame, fewer things rather than smaller ones."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from itertools import zip_longest

from msgspec import Struct
from msgspec.structs import replace

from facilitator import wording
from facilitator.core.entry import Entry, label
from facilitator.core.meeting import PublicMeeting, StepState
from facilitator.core.people import attributed
from facilitator.core.time.clocks import ANSWER_S, Clocks
from facilitator.core.time.floor import floor
from facilitator.i18n import Translator
from facilitator.meetings.opening_page import OpeningPage, opening_page
from facilitator.tui import letters
from facilitator.tui.cells import cell_len, fit, left, wrap
from facilitator.tui.clock_rows import figures_text, spent
from facilitator.tui.widgets.lines import Row

# From 120x36 on the words, too, are in large letters; some of its rows are the line of messages and that which is typed.
LARGE_COLUMNS, LARGE_ROWS = 120, 33
# Cells between what comes next and the address.
ASIDE = 3
# Nobody types a longer address from the wall.
TYPED = 40
# From so many letters on a text is a question rather than a title.
LONG = 50
# The sizes that are tried, the largest first: of what matters most, and of the rest.
SIZES: tuple[tuple[letters.Size, letters.Size], ...] = (
    ("large", "plain"),
    ("plain", "plain"),
    ("plain", "narrow"),
    ("narrow", "narrow"),
)


class RoomLine(Struct, frozen=True):
    """Something for the room to read, and the style it is in. What has the lowest rank matters most; the highest gives way first.

    `last` stands at the bottom; `aside`, the address, at the right end of its row where both fit, else below it: it is always there.
    """

    text: str
    style: str = ""
    rank: int = 1
    last: bool = False
    aside: str = ""


def is_large(width: int, height: int) -> bool:
    """Whether the window holds large letters."""
    return width >= LARGE_COLUMNS and height >= LARGE_ROWS


def current(meeting: PublicMeeting) -> StepState | None:
    """The step that runs."""
    return next((step for step in meeting.steps if meeting.spot and step.id == meeting.spot.step), None)


def is_break(meeting: PublicMeeting) -> bool:
    """Whether the step that runs is a break."""
    step = current(meeting)
    return step is not None and step.plan.kind == "break"


def asked(meeting: PublicMeeting) -> Entry | None:
    """The question that is being answered."""
    return next((one for one in meeting.entries if one.id == meeting.answering), None) if meeting.answering else None


def tone(meeting: PublicMeeting, level: str) -> str:
    """The level that the wall shows by its colour: amber at most, unless the network wants an overrun shown as such."""
    return "amber" if level in ("red", "over") and not meeting.setup.choices.room_overrun else level


def big(meeting: PublicMeeting, times: Clocks) -> str:
    """The large clock: time left, and nothing more when it is over unless the network chose so; before and after, the time of day."""
    if meeting.state in ("adjourned", "closed"):
        return wording.time_text(times.now, meeting.setup.zone)
    if meeting.state in ("none", "ready"):
        if times.starts_in_s is not None and times.starts_in_s >= 0:
            return figures_text(times.starts_in_s)
        return wording.time_text(times.now, meeting.setup.zone)
    left_s = floor(meeting, times).left_s
    return figures_text(left_s if meeting.setup.choices.room_overrun else max(0, left_s))


def title(tr: Translator, meeting: PublicMeeting) -> str:
    """The step that runs and its phase; before and after, the meeting."""
    step = current(meeting)
    if step is None:
        return meeting.setup.agenda.title
    name = wording.step_title(tr, step.plan)
    if meeting.spot is not None and meeting.spot.phase is not None:
        name += f" › {step.phases[meeting.spot.phase].title}"
    return name


def title_row(name: str, meeting: PublicMeeting, times: Clocks, width: int) -> list[Row]:
    """What stands above and the time of day."""
    clock = wording.time_text(times.now, meeting.setup.zone)
    room = width - cell_len(clock) - 2
    name = left(" " + name, room) if room >= 4 else " " * max(0, room)
    return [[(name, "strong"), (f" {clock} ", "strong")]]


def progress(meeting: PublicMeeting, times: Clocks, width: int) -> list[Row]:
    """How far the step is."""
    if meeting.state not in ("running", "paused") or width < 4:
        return []
    return [spent(times, width, tone(meeting, times.level))]


def said(
    tr: Translator, meeting: PublicMeeting, times: Clocks, next_at: int | None = None, served: str = ""
) -> list[RoomLine]:
    """All there is to read now, from top to bottom; `next_at` is when the next step begins, in milliseconds UTC.

    `served` is where the telephones of the room write, while they may.
    """
    if meeting.state in ("none", "ready"):
        found = _before(tr, meeting)
    elif meeting.state in ("adjourned", "closed"):
        found = [RoomLine(tr("Thank you all"), "strong", 0)]
    else:
        found = _during(tr, meeting, times)
    return [*found, *_last(tr, meeting, times, next_at, served)]


def waiting(tr: Translator, meeting: PublicMeeting) -> list[RoomLine]:
    """What there is to read before a meeting that nothing is known of yet: this one is over."""
    found = [RoomLine(tr("The next meeting shows here as soon as it is opened"), "strong", 0)]
    address = short_address(meeting)
    return [*found, RoomLine("", "", 1, last=True, aside=address)] if address else found


def _before(tr: Translator, meeting: PublicMeeting) -> list[RoomLine]:
    page = opening_page(tr, meeting)
    if page is not None:
        return _opened(page)
    start, place = meeting.setup.planned_start, meeting.setup.agenda.place
    at = wording.time_text(start, meeting.setup.zone) if start is not None else ""
    found = [RoomLine(tr("We begin at {time}", time=at) if at else tr("We begin soon"), "strong", 0)]
    if place is not None:
        found.append(RoomLine(place.name, "", 1))
        found += [RoomLine(tr("Welcomed by {name}", name=place.host), "", 2)] if place.host else []
    return found


def _opened(page: OpeningPage) -> list[RoomLine]:
    """The opening page in large letters: what was answered goes before what is awaited, what returns and what was done."""
    found = [RoomLine(page.heading, "accent", 1 if page.counts else 0)]
    found += [RoomLine(page.counts, "strong", 0)] if page.counts else []
    found += [RoomLine(" ".join(part for part in (one.question, one.answer) if part), "", 2) for one in page.answered]
    found += [RoomLine(f"{one.number}  {one.question} {one.who}", "", 3) for one in page.awaited]
    found += [RoomLine(f"{one.number}  {one.need} {one.whence}", "", 3) for one in page.returned]
    return [*found, RoomLine(page.done, "good", 3)] if page.done else found


def _during(tr: Translator, meeting: PublicMeeting, times: Clocks) -> list[RoomLine]:
    question, step = asked(meeting), current(meeting)
    found: list[RoomLine] = []
    if meeting.state == "paused":
        found.append(RoomLine(tr("Pause: we go on soon"), "warn", 0))
    if question is not None:
        found += _answer(tr, meeting, question)
    elif meeting.speaking:
        found.append(RoomLine(tr("{name} has the floor", name=meeting.speaking), "strong", 0))
        found += [RoomLine(tr("then {name}", name=meeting.speaks_next), "", 1)] if meeting.speaks_next else []
    elif meeting.state != "paused":
        found += _step(tr, meeting, times)
    if (question is not None or meeting.speaking) and floor(meeting, times).level == "amber":
        found.append(RoomLine(tr("▲ soon over").lstrip("▲ "), "warn", 2))
    budget_s = times.answer_budget_left_s
    if step is not None and budget_s is not None and budget_s > 0:
        length = wording.minutes_text(tr, budget_s)
        about = budget_s // (step.plan.answer_time or ANSWER_S)
        words = "answers: {length} left, about {n} question", "answers: {length} left, about {n} questions"
        found.append(RoomLine(tr.ntr(*words, about, length=length), "", 2))
    return found


def _answer(tr: Translator, meeting: PublicMeeting, question: Entry) -> list[RoomLine]:
    """The question with its number, and who answers; who asked only if the network shows names."""
    number = label(question.kind, question.number, tr.language)
    text = " ".join(question.text.split())
    found = [RoomLine(f"{number}  {text}", "strong", 0)]
    if question.owners:
        found.append(
            RoomLine(
                tr.ntr("{names} answers.", "{names} answer.", len(question.owners), names=", ".join(question.owners)),
                "accent",
                1,
            )
        )
    by = attributed(question.by, meeting.setup.choices.attribution.questions, meeting.setup.members)
    return [*found, RoomLine(tr("asked by {name}", name=by), "dim", 3)] if by else found


def _step(tr: Translator, meeting: PublicMeeting, times: Clocks) -> list[RoomLine]:
    step, pause = current(meeting), is_break(meeting)
    if times.level == "over":
        style = "alert" if tone(meeting, times.level) == "over" else "warn"  # as the clock above
        return [RoomLine(tr("We go on") if pause else tr("We conclude"), style, 0)]
    if step is None:
        return []
    found = [RoomLine(wording.step_title(tr, step.plan), "strong", 0)]
    if pause:
        until = wording.until_text(times.now + times.left_s * 1000, meeting.setup.zone)
        found = [RoomLine(tr("Break until {time}", time=until), "strong", 0)]
    elif meeting.spot is not None and meeting.spot.phase is not None:
        found.append(RoomLine(step.phases[meeting.spot.phase].title, "accent", 1))
    found += [RoomLine(tr("with {name}", name=step.lead), "", 1)] if step.lead else []
    # Who came for this step leaves then, and its material is for everybody; when it may begin is said by what comes next.
    found += [RoomLine(words, "", 2) for words in wording.hours_text(tr, None, step.latest, meeting.setup.zone)]
    material = wording.short_link(step.plan.link or "")
    found += [RoomLine(material, "accent", 2)] if 0 < len(material) <= TYPED else []
    if times.level in ("amber", "red"):
        found.append(RoomLine(tr("▲ soon over").lstrip("▲ "), "warn", 2))
    return found


def _last(tr: Translator, meeting: PublicMeeting, times: Clocks, next_at: int | None, served: str) -> list[RoomLine]:
    """What comes next and when, the end against the one announced, what was decided last, the address."""
    zone = meeting.setup.zone
    found: list[RoomLine] = []
    coming = _following(meeting)
    over = meeting.state in ("adjourned", "closed")
    if coming and not over and not has_opening_page(tr, meeting):
        name = wording.step_title(tr, coming[0].plan)
        words = tr("Next: {title}", title=name)
        if next_at is not None:
            words = tr("Next: {title} at {time}", title=name, time=wording.time_text(next_at, zone))
        found.append(RoomLine(words, "", 1, last=True))
    if times.promised_end is not None and not over:
        promised = wording.time_text(times.promised_end, zone)
        ends = wording.time_text(times.projected_end, zone) if times.projected_end is not None else promised
        far = abs(times.drift_s) >= wording.FAR_S
        words = tr("ends around {time}, announced {promised}", time=ends, promised=promised)
        if ends == promised or meeting.state in ("none", "ready"):
            words = tr("End at {time}", time=promised)
        found += [] if far else [RoomLine(words[:1].upper() + words[1:], "", 3, last=True)]
    decided = [one for one in meeting.of_kind("decision") if one.text]
    if decided:
        found.append(RoomLine(tr("Decided: {text}", text=" ".join(decided[-1].text.split())), "dim", 4, last=True))
    address = short_address(meeting, served)
    if not address:
        return found
    first, *others = found or [RoomLine("", "", 1, last=True)]
    return [replace(first, rank=1, aside=address), *others]


def _following(meeting: PublicMeeting) -> list[StepState]:
    step = current(meeting)
    ids = [other.id for other in meeting.steps]
    start = ids.index(step.id) + 1 if step is not None else 0
    return [other for other in meeting.steps[start:] if not other.aside]


def address(meeting: PublicMeeting, served: str = "") -> str:
    """Where people of the room may write: with their telephones, while those are `served`, else the network's form or its chat."""
    channels = meeting.setup.channels
    return served or channels.form or channels.chat or ""


def short_address(meeting: PublicMeeting, served: str = "") -> str:
    """The same as it is typed."""
    return wording.short_link(address(meeting, served))


def rows(found: Sequence[RoomLine], width: int, height: int, *, large: bool) -> list[Row]:
    """What is said, in rows of a window of this size: large letters, or ordinary ones; what matters least gives way."""
    if height <= 0 or width <= 2:
        return []
    return _large(found, width - 4, height) if large else _small(found, width - 2, height)


def _small(found: Sequence[RoomLine], width: int, height: int) -> list[Row]:
    kept = list(found)
    blocks = {id(one): _wrapped(one, width) for one in kept}
    while len(kept) > 1 and sum(len(blocks[id(one)]) for one in kept) > height:
        kept.remove(max(reversed(kept), key=lambda one: one.rank))
    used = sum(len(blocks[id(one)]) for one in kept)
    gap: list[Row] = [[]] if height - used >= sum(not one.last for one in kept) else []
    above = [row for one in kept if not one.last for row in (*gap, *blocks[id(one)])]
    below = [row for one in kept if one.last for row in blocks[id(one)]]
    return [*above, *([[]] * (height - len(above) - len(below))), *below][:height]


def _wrapped(one: RoomLine, width: int) -> list[Row]:
    style = one.style or "strong"
    if one.aside:
        spare = width - cell_len(one.text) - cell_len(one.aside)
        if spare >= ASIDE:
            return [[(" ", ""), (one.text + " " * spare, style), (one.aside, "accent")]]
    lines = wrap(one.text, width) if one.rank <= 1 else [fit(one.text, width)]
    rows: list[Row] = [[(" ", ""), (line, style)] for line in lines]
    return [*rows, [(" ", ""), (fit(one.aside, width), "accent")]] if one.aside else rows


def _large(found: Sequence[RoomLine], width: int, height: int) -> list[Row]:
    ways = _ways(found)
    found, sizes = next((way for way in ways if _needed(way[0], width, way[1], 1) <= height), ways[-1])
    blocks: dict[int, list[Row]] = {}
    left = height
    # The address first, as it must be there; then what matters most, cut rather than left out.
    for one in sorted(found, key=lambda one: (not one.aside, one.rank)):
        main = one.rank == 0
        block = _block(one, width, sizes[0] if main else sizes[1])
        if main and len(block) > left:
            block = _block(one, width, sizes[0], most=max(1, left // letters.height(1, sizes[0])))
        if len(block) <= left:
            blocks[id(one)] = block
            left -= len(block)
    above = [blocks[id(one)] for one in found if id(one) in blocks and not one.last]
    below = [blocks[id(one)] for one in found if id(one) in blocks and one.last]
    gap: list[Row] = [[]] if left >= len(above) else []
    top = [row for block in above for row in (*gap, *block)]
    bottom = [row for block in below for row in block]
    return [*top, *([[]] * (height - len(top) - len(bottom))), *bottom][:height]


def _ways(found: Sequence[RoomLine]) -> list[tuple[Sequence[RoomLine], tuple[letters.Size, letters.Size]]]:
    """What to say and in which sizes, the best first: before what matters most is in narrow letters, what comes next gives way."""
    ways: list[tuple[Sequence[RoomLine], tuple[letters.Size, letters.Size]]] = [(found, pair) for pair in SIZES]
    ways.insert(-1, (_without_next(found), SIZES[-2]))
    return ways


def _without_next(found: Sequence[RoomLine]) -> Sequence[RoomLine]:
    """The same without what comes next: the address stands at the end of a row that matters, or alone."""
    bottom = next((one for one in found if one.aside), None)
    if bottom is None:
        return found
    kept = [one for one in found if not one.aside]
    beside = next((place for place in reversed(range(len(kept))) if kept[place].rank == 1), None)
    if beside is None:
        return [*kept, replace(bottom, text="")]
    kept[beside] = replace(kept[beside], aside=bottom.aside)
    return [*kept[:beside], *(replace(one, last=True) for one in kept[beside:])]


def _needed(found: Sequence[RoomLine], width: int, sizes: tuple[letters.Size, letters.Size], rank: int) -> int:
    """Rows that what is of this rank or before takes; more than there are where the address would be cut."""
    said = [one for one in found if one.rank <= rank]
    if sizes[1] != SIZES[-1][1] and any(letters.cells(one.aside, sizes[1]) > width for one in said):
        return sys.maxsize
    return sum(len(_block(one, width, sizes[0] if one.rank == 0 else sizes[1])) for one in said)


def fits_beside(found: Sequence[RoomLine], width: int, height: int, *, waiting: bool) -> bool:
    """Whether all that matters has its place in a window of this size; a long text in wide letters, for it is read once.

    While people wait for the start, or for the end of a break, what matters is one thing and the address.
    """
    long = any(len(one.text) > LONG for one in found if one.rank == 0)
    if waiting:
        found = [replace(one, text="") if one.aside else one for one in found if one.aside or one.rank == 0]
    return _needed(found, width - 4, SIZES[-2 if long else -1], 1) <= height


def _block(one: RoomLine, width: int, size: letters.Size, most: int = 99) -> list[Row]:
    lines = letters.cut(letters.wrapped(one.text, width, size), most, width, size)
    aside = letters.cut(letters.wrapped(one.aside, width, size), 1, width, size)
    start = width - letters.cells(one.aside, size)
    if len(lines) == 1 and aside and letters.cells(one.text, size) + ASIDE <= start:
        text, end = letters.drawn(lines, size, beside=aside[0]), letters.drawn(aside, size, beside=lines[0])
        pairs = zip_longest(text, end, fillvalue="")
        return [*([("  ", ""), (left(row, start), one.style), (other, "accent")] for row, other in pairs), []]
    drawn = letters.drawn(lines, size)
    wide = max(map(cell_len, drawn), default=0)  # what is on a ground of its own has straight edges
    rows: list[Row] = [[("  ", ""), (left(row, wide), one.style)] for row in drawn]
    if aside:
        rows += [[], *([("  ", ""), (row, "accent")] for row in letters.drawn(aside, size))]
    return [*rows, []]


def has_opening_page(tr: Translator, meeting: PublicMeeting) -> bool:
    """Whether the wall tells what became of what the last meeting left: before the start, when something did."""
    return meeting.state in ("none", "ready") and opening_page(tr, meeting) is not None


def opening_rows(tr: Translator, page: OpeningPage, width: int, height: int) -> list[Row]:
    """Since the last meeting: what was answered and by whom, what is awaited, what returns, what was done; whole texts, as many as fit."""
    rows: list[Row] = [
        [(fit(f" {page.heading} · {page.counts}" if page.counts else f" {page.heading}", width), "accent")]
    ]
    done: list[Row] = [[(fit(f" {page.done}", width), "good")]] if page.done else []
    answered = [
        [
            [(fit(f"   {one.question}", width), "strong")],
            *([[(fit(f"     {one.answer}", width), "")]] if one.answer else []),
        ]
        for one in page.answered
    ]
    awaited = [[_awaited(one.number, one.question, one.who, width)] for one in page.awaited]
    returned = [[_awaited(one.number, one.need, one.whence, width)] for one in page.returned]
    room = height - len(rows) - len(done)
    least = 2 if returned else 0  # one of what returns is there whatever else is
    below = len(awaited) + bool(awaited) + (len(returned) + 1 if returned else 0)
    half = max(room - below, room // 2) if below else room
    groups = (
        (tr("You had asked, the network has answered"), answered, half),
        (tr("Still awaited"), awaited, room - least),
        (tr("What comes back"), returned, room),
    )
    used = 0
    for name, blocks, most in groups:
        shown: list[Row] = []
        for block in blocks:
            if used + 1 + len(shown) + len(block) > most:
                break
            shown += block
        if shown:
            rows += [[(left(f" {name}", width), "accent")], *shown]
            used += 1 + len(shown)
    return [*rows, *done][:height]


def _awaited(number: str, question: str, who: str, width: int) -> Row:
    who = fit(who, max(width // 3, width - 11 - cell_len(question)))  # the question is not the first to be cut
    return [
        (left(f"   {number}", 8), "dim"),
        (left(fit(question, width - 10 - cell_len(who)), width - 9 - cell_len(who)), ""),
        (f"{who} ", "dim"),
    ]
