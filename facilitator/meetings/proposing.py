"""What earlier meetings suggest for the next agenda: who hosts, who leads, what a workshop is about. Proposed, with why; a person chooses."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct
from msgspec.structs import replace

from facilitator.core.agenda import Place
from facilitator.core.cycle.matching import LOOKED_BACK, Theme, since, workshops
from facilitator.core.text import fold_case, normalise, one_line
from facilitator.i18n import LANGUAGES, translator
from facilitator.meetings.cycle import turns_of
from facilitator.wording import minutes_text, step_kind_name
from facilitator.wording.needs import theme_why
from facilitator.wording.people import reason_text

if TYPE_CHECKING:
    from collections.abc import Sequence

    from facilitator.core.agenda import Agenda, Step
    from facilitator.core.cycle.past import MinutedMeeting
    from facilitator.core.cycle.rotation import Proposal
    from facilitator.core.cycle.survey import AlikeAnswers
    from facilitator.core.network import Network
    from facilitator.core.records import Record
    from facilitator.core.time.habits import Habits
    from facilitator.core.time.habits import UsualLength as Length
    from facilitator.i18n import Translator

MAX_LINE = 200


class Proposed(Struct, frozen=True):
    """An agenda, and what in it was proposed: the host, who leads which step (by its title), the themes of workshops."""

    agenda: Agenda
    host: Proposal | None = None
    leads: tuple[tuple[str, Proposal], ...] = ()
    themes: tuple[Theme, ...] = ()


def proposed(  # noqa: PLR0913  # what there is to propose from
    agenda: Agenda,
    network: Network,
    past: Sequence[MinutedMeeting],
    records: Sequence[Record],
    tr: Translator,
    *,
    wished: Sequence[AlikeAnswers] = (),
) -> Proposed:
    """The agenda with what is suggested where it says nothing itself, each with why in the language of `tr`; as it was without a past.

    A place that is announced gets as its host whoever works there. A workshop without a title of its own gets a theme; one by a guest
    is the guest's.
    """
    if not past:
        return Proposed(agenda)
    turns = turns_of(network, past, records)
    agenda, host = _hosted(agenda, turns["host"], tr)
    free = [one for one in turns["lead"] if host is None or one.member != host.member]
    lately = since(records, past[-1].day - LOOKED_BACK)
    themes = [theme for theme in workshops(lately, past, wished) if theme.held is None]
    steps, leads, taken = [], [], []
    for planned in agenda.steps:
        theme = themes.pop(0) if themes and _is_unnamed(planned) else None
        lead = free.pop(0) if free and _wants_lead(planned) else None
        step = _step(planned, theme, lead, tr)
        steps.append(step)
        if theme is not None:
            taken.append(theme)
        if lead is not None:
            leads.append((step.title or step_kind_name(tr, step.kind), lead))
    return Proposed(replace(agenda, steps=tuple(steps)), host, tuple(leads), tuple(taken))


def usual_lengths(agenda: Agenda, usual: Habits, tr: Translator) -> tuple[Agenda, tuple[Length, ...]]:
    """The agenda with the lengths that its steps usually take, each with why; and which.

    Those with phases stay as they are, and so does one that usually takes less than its minimum, or than its answers may.
    """
    steps, taken = list(agenda.steps), []
    for one in usual.proposals:
        step = steps[one.number - 1]
        least = max(step.minimum or 0, step.answer_budget or 0, step.answer_time or 0)
        if step.phases or step.origin or one.usual_s < least:
            continue
        length = minutes_text(tr, one.usual_s)
        why = tr.ntr(
            "usually {length}, over {n} meeting", "usually {length}, over {n} meetings", usual.count, length=length
        )
        steps[one.number - 1] = replace(step, duration=one.usual_s, why=_read_back(why))
        taken.append(one)
    return replace(agenda, steps=tuple(steps)), tuple(taken)


def _step(step: Step, theme: Theme | None, lead: Proposal | None, tr: Translator) -> Step:
    why = [step.why] if step.why else []
    if theme is not None:
        title = one_line(theme.title)[:MAX_LINE]
        step = replace(step, title=f"{title[:1].upper()}{title[1:]}")
        why.append(theme_why(tr, theme))
    if lead is not None:
        step = replace(step, lead=lead.member.name)
        why.append(tr("{name}: {why}", name=lead.member.name, why=reason_text(tr, lead)))
    return replace(step, why=_read_back(" · ".join(why))) if why else step


def _wants_lead(step: Step) -> bool:
    return step.kind == "workshop" and step.format != "guest" and step.lead is None


def _read_back(text: str) -> str:
    """The text as a file that holds it is read."""
    return normalise(text).text[:MAX_LINE]


def _hosted(agenda: Agenda, turns: Sequence[Proposal], tr: Translator) -> tuple[Agenda, Proposal | None]:
    place = agenda.place
    if place is not None and (place.host is not None or place.address is not None):
        return agenda, None
    for one in turns:
        where = one.member.place or one.member.structure
        if where and (
            place is None or fold_case(place.name) in (fold_case(where), fold_case(one.member.structure or ""))
        ):
            name = place.name if place is not None else where
            return replace(agenda, place=Place(name, one.member.name, why=_read_back(reason_text(tr, one)))), one
    return agenda, None


def _is_unnamed(step: Step) -> bool:
    """Whether a workshop has no title but the usual one."""
    usual = {fold_case(step_kind_name(translator(code), "workshop")) for code in LANGUAGES}
    return step.kind == "workshop" and step.origin is None and fold_case(step.title or "") in {"", *usual}
