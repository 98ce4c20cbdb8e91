"""Who is who in a network over the years: one person under all the names that minutes have for them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from msgspec import Struct
from msgspec.structs import replace

from facilitator.core.cycle.topics import same_theme
from facilitator.core.network import Member
from facilitator.core.records import MeetingRow, Record
from facilitator.core.text import fold_case


class Directory:
    """The members and the partners; of two with one name the first counts."""

    def __init__(self, members: Sequence[Member], partners: Sequence[Member] = ()) -> None:
        self.members = tuple(members)
        self.everyone = (*self.members, *partners)
        self._known: dict[str, Member] = {}
        for person in self.everyone:
            self._known.setdefault(fold_case(person.name), person)
        for person in self.everyone:
            for name in person.was:
                self._known.setdefault(fold_case(name), person)

    def find(self, name: str) -> Member | None:
        """Who has, or had, this name."""
        return self._known.get(fold_case(name))

    def name(self, said: str) -> str:
        """The name of today of whom minutes call so; what is nobody's stays as it is."""
        found = self.find(said)
        return found.name if found is not None else said

    def names(self, said: str) -> tuple[str, ...]:
        """All the names, today's first, of who has, or had, this one; itself where that is nobody."""
        found = self.find(said)
        return (found.name, *found.was) if found is not None else (said,)

    def meant(self, part: str) -> tuple[str, ...]:
        """What to look for when people are asked for by a part of a name: the part, and other names of who has it in one of theirs."""
        wanted = fold_case(part)
        had = [(one.name, *one.was) for one in self.everyone]
        others = [name for names in had if any(wanted in fold_case(name) for name in names) for name in names]
        return tuple(dict.fromkeys([part, *(name for name in others if wanted not in fold_case(name))]))

    def called(self, record: Record) -> Record:
        """The record under the names that people have today."""
        return replace(
            record,
            by=self.name(record.by) if record.by else record.by,
            owners=tuple(map(self.name, record.owners)),
            answer_by=self.name(record.answer_by) if record.answer_by else record.answer_by,
        )

    def knowing(self, theme: str) -> tuple[Member, ...]:
        """Who declared that they know a theme, in the order of the file."""
        return tuple(one for one in self.everyone if any(same_theme(theme, known) for known in one.knows))


class Renamed(Struct, frozen=True):
    """A name that earlier minutes hold and the list does not, and the member it may be: `Karim B.`, `Karim Benali`."""

    before: str
    now: str


def renamed(directory: Directory, names: Iterable[str]) -> tuple[Renamed, ...]:
    """The names in minutes that are probably members' earlier ones.

    The first name is the same, no other member has it, and what follows begins alike: an initial, or nothing at all.
    """
    firsts: dict[str, list[Member]] = {}
    for member in directory.members:
        firsts.setdefault(fold_case(member.name).partition(" ")[0], []).append(member)
    found: dict[str, Renamed] = {}
    for name in names:
        first, _, rest = fold_case(name).rstrip(".").partition(" ")
        alike = firsts.get(first, [])
        if directory.find(name) is not None or len(alike) != 1:
            continue
        known = fold_case(alike[0].name).rstrip(".").partition(" ")[2]
        if known.startswith(rest) or rest.startswith(known):
            found.setdefault(fold_case(name), Renamed(name, alike[0].name))
    return tuple(found.values())


class PastAnswer(Struct, frozen=True):
    """Something that somebody answered before: who, to which question of which meeting."""

    name: str
    meeting: str
    number: str
    text: str


def answers(directory: Directory, theme: str, records: Iterable[Record]) -> tuple[PastAnswer, ...]:
    """The public answers to questions with a theme, the latest first. For the coordinator, when asked for; nobody is counted."""
    found = [
        PastAnswer(directory.name(one.answer_by), one.meeting, one.number, one.text)
        for one in records
        if one.kind == "question" and not one.private and one.answer_by and one.theme and same_theme(theme, one.theme)
    ]
    return tuple(sorted(found, key=lambda one: one.meeting, reverse=True))


def structures(directory: Directory, row: MeetingRow) -> frozenset[str]:
    """The structures of those who were at a meeting, folded: those of members as they are today."""
    members = [found.structure for name in row.present if (found := directory.find(name)) is not None]
    return frozenset(fold_case(one) for one in (*members, *(one for _, one in row.visitors)) if one)


def people(directory: Directory, row: MeetingRow) -> frozenset[str]:
    """Who was at a meeting, each once, under the name of today."""
    return frozenset(directory.name(name) for name in (*row.present, *(name for name, _ in row.visitors)))
