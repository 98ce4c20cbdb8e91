"""The figures of a year in words and bars."""

from __future__ import annotations

from typing import TYPE_CHECKING

from facilitator.wording.acts import useful_text
from facilitator.wording.times import minutes_text, short_date

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from facilitator.core.cycle.figures import Figures, MeetingFigures, Questions
    from facilitator.i18n import Translator

BAR = 24
_EIGHTHS = " ▏▎▍▌▋▊▉"
_MOST_ROWS = 8


def bar(value: float, most: float, width: int = BAR) -> str:
    """A bar of block characters, `width` cells for `most`; something for anything above nothing."""
    if value <= 0 or most <= 0:
        return ""
    eighths = max(1, round(min(value, most) / most * width * 8))
    return "█" * (eighths // 8) + _EIGHTHS[eighths % 8].strip()


def bars(rows: Iterable[tuple[str, int]]) -> list[str]:
    """A line for each value: its name, the number, the bar; the number is read before the picture."""
    listed = list(rows)
    most = max((value for _, value in listed), default=0)
    width = max((len(name) for name, _ in listed), default=0)
    return [f"  {name:<{width}} {value:>4}  {bar(value, most)}".rstrip() for name, value in listed]


def figures_lines(tr: Translator, found: Figures) -> list[str]:
    """The year on a screen: what was held, who came, what was asked, how long it took."""
    lines = [_held(tr, found)]
    if found.people:
        lines += ["", _came(tr, found)]
        lines += bars((short_date(tr, one.day), one.present) for one in found.meetings if one.present)
    if found.questions.asked:
        lines += ["", *_asked(tr, found.questions)]
    if found.themes:
        lines += ["", tr("Themes asked about")]
        lines += bars((f"#{theme}", count) for theme, count in found.themes[:_MOST_ROWS])
    times = [one for one in found.meetings if one.planned]
    if times:
        lines += ["", tr("Minutes spent, against those planned")]
        lines += [_times(tr, one, times) for one in times]
    if found.actions_done or found.actions_open:
        done = tr.ntr("{n} action done", "{n} actions done", found.actions_done)
        lines += ["", f"{done} · {tr('{n} under way', n=found.actions_open)}"]
    if found.evaluated:
        said = tr("evaluation: {what}", what=useful_text(tr, found.useful))
        lines += ["", f"{said[:1].upper()}{said[1:]}"]
    return lines


def share_line(tr: Translator, shares: Sequence[float]) -> str:
    """How much of the meetings members led, in the middle, from shares between 0 and 1; for the coordinator alone."""
    from statistics import median

    percent = round(median(shares) * 100)
    return tr.ntr(
        "Led by members: {percent} % of the time, in {n} meeting. Private.",
        "Led by members: {percent} % of the time in the middle, over {n} meetings. Private.",
        len(shares),
        percent=percent,
    )


def _held(tr: Translator, found: Figures) -> str:
    said = [str(found.year)]
    said.append(tr.ntr("{n} meeting", "{n} meetings", len(found.meetings)))
    said.append(tr.ntr("{n} letter", "{n} letters", found.letters))
    if found.wanted:
        said.append(
            tr("wanted by the rhythm: {meetings} and {letters}", meetings=found.wanted[0], letters=found.wanted[1])
        )
    return " · ".join(said)


def _came(tr: Translator, found: Figures) -> str:
    said = [tr.ntr("{n} person", "{n} people", found.people)]
    if found.structures:
        said.append(tr.ntr("{n} structure", "{n} structures", found.structures))
    if found.places:
        said.append(tr.ntr("{n} place", "{n} places", found.places))
    if found.attendance:
        spread = found.attendance
        said.append(
            tr("{n} at a meeting, from {least} to {most}", n=spread.middle, least=spread.least, most=spread.most)
        )
    return " · ".join(said)


def _asked(tr: Translator, said: Questions) -> list[str]:
    lines = []
    if said.days is not None:
        days = tr.ntr("{n} day", "{n} days", said.days)
        lines.append("  " + tr("answered later in {days}, in the middle", days=days))
    if said.relayed:
        sent = {"n": said.relayed, "answered": said.relayed_answered}
        lines.append("  " + tr("sent to the level above: {n}, answered: {answered}", **sent))
    rows = (
        (tr("answered there"), said.there),
        (tr("answered later"), said.later),
        (tr("still awaited"), said.awaited),
        (tr("set aside"), said.dropped),
    )
    head = tr.ntr("{n} question", "{n} questions", said.asked)
    return [head, *bars((name, count) for name, count in rows if count), *lines]


def _times(tr: Translator, one: MeetingFigures, times: Sequence[MeetingFigures]) -> str:
    most = max(max(each.planned, each.actual) for each in times)
    width = max(len(short_date(tr, each.day)) for each in times)
    over = one.actual - one.planned
    against = tr("as planned") if not over else f"{'+' if over > 0 else '-'}{minutes_text(tr, abs(over) * 60)}"
    return f"  {short_date(tr, one.day):<{width}} {one.actual:>4}  {bar(one.actual, most)} {against}"
