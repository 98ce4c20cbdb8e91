"""The needs of a network in words, for whoever coordinates."""

from __future__ import annotations

from typing import TYPE_CHECKING

from facilitator.core.said import Origin
from facilitator.wording.acts import masked
from facilitator.wording.carrying import origin_text
from facilitator.wording.times import short_date

if TYPE_CHECKING:
    from facilitator.core.cycle.matching import Match, Need, Theme
    from facilitator.core.records import Record
    from facilitator.i18n import Translator


def need_line(tr: Translator, need: Need) -> str:
    """A need, how many meetings it came up in, how many people have it, and where it was said last."""
    said = [_line(need.text), tr.ntr("{n} meeting", "{n} meetings", len(need.meetings))]
    if need.people > 1:
        said.append(tr.ntr("{n} person", "{n} people", need.people))
    said.append(origin_text(tr, need.last))
    return " · ".join(said)


def match_lines(tr: Translator, match: Match, *, private: bool) -> list[str]:
    """A need and below it the offer that may answer it, each with who said it and where."""
    return [_said(tr, match.need, private=private), f"  → {_said(tr, match.offer, private=private)}"]


def theme_line(tr: Translator, theme: Theme) -> str:
    """What a workshop may be about, and why: `demandé à 3 rencontres, par 3 personnes`."""
    return f"{_line(theme.title)} · {theme_why(tr, theme)}"


def theme_why(tr: Translator, theme: Theme) -> str:
    """Why a workshop on it is proposed, and when there was one."""
    said = []
    if theme.meetings and not theme.questions:
        meetings = tr.ntr("{n} meeting", "{n} meetings", theme.meetings)
        people = tr.ntr("{n} person", "{n} people", theme.people)
        said.append(tr("wanted at {meetings}, by {people}", meetings=meetings, people=people))
    if theme.answers:
        said.append(tr.ntr("{n} answer to a survey", "{n} answers to surveys", theme.answers))
    if theme.questions:
        said.append(tr.ntr("asked about {n} time", "asked about {n} times", theme.questions))
    why = ", ".join(said)
    if theme.held is not None:
        why += ", " + tr("workshop held on {date}", date=short_date(tr, theme.held, year=True))
    return why


def _said(tr: Translator, record: Record, *, private: bool) -> str:
    hidden = record.private and not private
    text = masked(tr, record.text) if hidden else _line(record.text)
    who = None if hidden else record.by
    return " · ".join(part for part in (text, who, origin_text(tr, Origin(record.meeting, record.number))) if part)


def _line(text: str) -> str:
    return " ".join(text.split())
