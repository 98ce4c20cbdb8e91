"""Who is meant by a name: accents and case do not matter."""

from __future__ import annotations

from collections.abc import Iterable

from facilitator.core.meeting import Meeting, Presence
from facilitator.core.network import Attributed, Attribution, Member
from facilitator.core.setup import Setup
from facilitator.core.text import fold_case
from facilitator.core.vocabulary import Kind

NAMES_APART = ", "
_PRESENCE_WORDS: dict[Presence, str] = {
    "late": "retard late",
    "excused": "excuse excusee excused",
    "absent": "absent absente",
    "left": "parti partie left gone",
}
_PRESENCES = {word: status for status, words in _PRESENCE_WORDS.items() for word in words.split()}


def known_names(meeting: Meeting) -> list[str]:
    """The members, the facilitator and the scribe, then whoever came: each name once."""
    setup = meeting.setup
    if setup is None:
        return list(meeting.attendance)
    return list(dict.fromkeys([*known_members(setup), *meeting.attendance]))


def known_members(setup: Setup) -> list[str]:
    """The members, the facilitator, the scribe and the coordinator: each name once."""
    names = [member.name for member in setup.members]
    names += [name for name in (setup.agenda.facilitator, setup.agenda.scribe, setup.coordinator) if name]
    return list(dict.fromkeys(names))


def expected_names(meeting: Meeting) -> list[str]:
    """Whoever may come in: those who are known, then the partners of the network."""
    partners = [partner.name for partner in meeting.setup.partners] if meeting.setup is not None else []
    return list(dict.fromkeys([*known_names(meeting), *partners]))


def together(names: Iterable[str]) -> str:
    """Several people who said one thing, as one name: `Nora T., Karim B.`."""
    return NAMES_APART.join(dict.fromkeys(names))


def attribution_of(kind: Kind, wanted: Attributed) -> Attribution:
    """How the network wants it said who said an entry of this kind: but for questions and needs, by name."""
    if kind == "question":
        return wanted.questions
    return wanted.needs if kind == "need" else "name"


def attributed(name: str | None, attribution: Attribution, members: Iterable[Member]) -> str | None:
    """Who said it, as the network wants it said: the names, their structures, or nobody."""
    if name is None or attribution == "none":
        return None
    if attribution == "name":
        return name
    structures = {fold_case(member.name): member.structure for member in members}
    said = [structures.get(fold_case(one)) for one in (name, *name.split(NAMES_APART))]
    return together(filter(None, said)) or None


def canonical(meeting: Meeting, name: str) -> str:
    """The known name that `name` is, but for accents and case, or that of today of the member who had it; else `name` itself."""
    wanted = fold_case(name)
    known = next((known for known in known_names(meeting) if fold_case(known) == wanted), None)
    return known or former_names(meeting.setup).get(wanted, name)


def former_names(setup: Setup | None) -> dict[str, str]:
    """The name of today of each member by those they had, folded; of two who had one the first counts."""
    found: dict[str, str] = {}
    for member in setup.members if setup is not None else ():
        for name in member.was:
            found.setdefault(fold_case(name), member.name)
    return found


def meant(said: str, names: Iterable[str]) -> str:
    """The one of the names that is `said`, but for accents and case, or that alone begins so; else `said` itself."""
    wanted, chosen = fold_case(said), list(dict.fromkeys(names))
    whole = [name for name in chosen if fold_case(name) == wanted]
    found = whole or [name for name in chosen if fold_case(name).startswith(wanted)]
    return found[0] if len(found) == 1 else said


def complete(prefix: str, names: Iterable[str]) -> str | None:
    """The one name of which some word begins with `prefix`; None when there is none or more than one."""
    found = candidates(prefix, names)
    return found[0] if len(found) == 1 else None


def read_presence(said: str, names: Iterable[str]) -> tuple[str, Presence]:
    """A name, and how that person attends when a last or a first word that is part of none of the `names` says so: `awa absente`."""
    known = candidates(said.strip(), names)
    name, _, last = said.strip().rpartition(" ")
    first, _, rest = said.strip().partition(" ")
    for one, word in (name, last), (rest, first):
        status = _PRESENCES.get(fold_case(word))
        if one and status and not known:
            return one.strip(), status
    return said, "present"


def candidates(prefix: str, names: Iterable[str]) -> list[str]:
    """Who may be meant: the names that begin with `prefix`, else those that have it further on; the whole name is one."""
    wanted = fold_case(prefix)
    if not wanted:
        return []
    chosen = list(dict.fromkeys(names))
    first = [name for name in chosen if fold_case(name).startswith(wanted)]
    exact = [name for name in first if fold_case(name) == wanted]
    if len(exact) == 1:
        return exact
    return first or [
        name for name in chosen if any(word.startswith(wanted) for word in fold_case(name).replace("-", " ").split())
    ]
