"""Who knows, in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from facilitator.core.text import fold_case
from facilitator.i18n import N_

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from facilitator.core.cycle.directory import Directory, PastAnswer, Renamed
    from facilitator.core.cycle.rotation import Duty, Proposal
    from facilitator.core.network import Member, Role
    from facilitator.i18n import Translator

MOST = 3
_DUTIES: dict[Duty, str] = {
    "host": N_("To host"),
    "lead": N_("To lead a part"),
    "scribe": N_("To take notes"),
}
_ROLES: dict[Role, str] = {"employer": N_("employer"), "partner": N_("partner"), "authority": N_("authority")}


def short_name(name: str, names: Collection[str] = ()) -> str:
    """The first word of a name, with the initial of the next where others among `names` have the same: `Karim`, `Karim B.`."""
    first, *others = name.split(" ")
    if not others or not any(one != name and one.split(" ", 1)[0] == first for one in names):
        return first
    return f"{first} {others[0][:1]}."


def person_line(tr: Translator, person: Member, *, partner: bool = False) -> str:
    """Who somebody is, where to find them and for whom they work: nothing private."""
    role = _ROLES.get(person.role) if person.role else None
    if role is None and partner:
        role = _ROLES["partner"]
    said = (person.name, person.structure, person.place, tr(role) if role else None, ", ".join(person.publics))
    different = {fold_case(part): part for part in reversed(said) if part}
    return " · ".join(part for part in said if part and different.pop(fold_case(part), None))


def knowing_text(tr: Translator, directory: Directory, theme: str, *, but: Collection[str] = ()) -> str:
    """Who to ask about a theme, on one line, `but` whoever asks; empty when nobody else said that they know."""
    asking = {fold_case(name) for said in but for name in directory.names(said)}
    found = [one for one in directory.knowing(theme) if fold_case(one.name) not in asking]
    if not found:
        return ""
    names = [f"{one.name} ({one.structure})" if one.structure else one.name for one in found[:MOST]]
    if len(found) > MOST:
        names.append(tr.ntr("{n} more", "{n} more", len(found) - MOST))
    return tr("knows about it: {names}", names=", ".join(names))


def answer_line(tr: Translator, answer: PastAnswer) -> str:
    """Somebody and what they answered: `Fatou Sarr · Q3 du 10 novembre · Faut-il un mandat ?`."""
    from facilitator.core.said import Origin
    from facilitator.wording.carrying import origin_text

    said = origin_text(tr, Origin(answer.meeting, answer.number))
    return f"{answer.name} · {said} · {' '.join(answer.text.split())}"


def duty_name(tr: Translator, duty: Duty) -> str:
    """What somebody may do at a meeting."""
    return tr(_DUTIES[duty])


def reason_text(tr: Translator, proposal: Proposal) -> str:
    """Why somebody is proposed: what they offered, or when they did it last."""
    from facilitator.wording.times import short_date

    if proposal.day is None:
        return tr("has not done it yet")
    date = short_date(tr, proposal.day, year=True)
    return tr("offered it on {date}", date=date) if proposal.reason == "offered" else tr("last on {date}", date=date)


def renamed_texts(tr: Translator, found: Sequence[Renamed]) -> list[str]:
    """What to write in the settings for each name that is probably a member's earlier one."""
    return [
        tr(
            "Minutes name {before}, whom facilitator.yaml does not list: if that is {now}, write there {line}",
            before=one.before,
            now=one.now,
            line=f'{{ name: "{one.now}", was: ["{one.before}"] }}',
        )
        for one in found
    ]
