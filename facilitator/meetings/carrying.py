"""What an agenda carries over, as it stands when the meeting opens.

Only the minutes that the agenda names are read, and those that an entry there comes from: what is past costs nothing.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import TYPE_CHECKING

from msgspec import Struct

from facilitator.core.carrying import Name, day_of, name_of
from facilitator.core.cycle.directory import Directory
from facilitator.core.fold import Replay
from facilitator.core.meeting import Meeting
from facilitator.core.network import Network
from facilitator.core.said import Fields, Origin
from facilitator.core.since import Brought, Settled, Since
from facilitator.core.text import fold_case
from facilitator.core.vocabulary import DEFERRED, KINDS, OUTCOMES
from facilitator.documents.minutes.entry import MinutesEntry
from facilitator.documents.minutes.questions import has_answer
from facilitator.documents.minutes.reader import MinutesRead, read_minutes
from facilitator.store.documents import read_text
from facilitator.store.journal import Journal
from facilitator.store.private import read_private
from facilitator.store.workspace import is_meeting_id

if TYPE_CHECKING:
    from facilitator.core.agenda import Agenda, Carried
    from facilitator.core.records import Record
    from facilitator.store.workspace import Workspace

NOBODY_KNOWN = Network()

_FIELDS = tuple(name for name in Fields.__struct_fields__ if name not in ("origin", "vote", "consensus"))


class Gone(Struct, frozen=True):
    """Something that an agenda carries over and its minutes hold no more: it stays away. `number` is what it had there."""

    meeting: str
    number: str


def since_of(workspace: Workspace, agenda: Agenda, network: Network = NOBODY_KNOWN) -> tuple[Since, tuple[Gone, ...]]:
    """What became of what an agenda carries over, and of what the meeting before it left; and what is gone.

    What is still open is carried, each thing once; what is private now is not even named. Minutes that cannot be read
    change nothing: the agenda's words count. People are those of the `network`, under the names that they have today.
    """
    if not agenda.carried and agenda.since is None:
        return Since(), ()
    return _Opening(workspace, agenda, network).run()


class _Opening:
    def __init__(self, workspace: Workspace, agenda: Agenda, network: Network) -> None:
        self.workspace = workspace
        self.directory = Directory(network.people(), network.others())
        self.agenda = agenda
        self.known: dict[str, MinutesRead | None] = {}
        self.held: dict[str, Meeting] = {}
        self.private = _names(_private(workspace))
        self.met: set[Name] = set()
        self.carried: list[Brought] = []
        self.settled: list[Settled] = []
        self.gone: list[Gone] = []

    def run(self) -> tuple[Since, tuple[Gone, ...]]:
        # The latest first: of two that are one thing it carries. Their order is the agenda's all the same.
        order = sorted(
            range(len(self.agenda.carried)), key=lambda n: (self.agenda.carried[n].meeting, -n), reverse=True
        )
        taken: dict[int, Brought] = {}
        for place in order:
            brought = self._carry(self.agenda.carried[place])
            if brought is not None:
                taken[place] = brought
        if self.agenda.since is not None:
            self._look_back(self.agenda.since)
        meetings = [self.agenda.since] if self.agenda.since else [one.meeting for one in self.agenda.carried]
        day = max(filter(None, map(day_of, meetings)), default=None)
        carried = tuple(taken[place] for place in sorted(taken))
        return Since(day, carried, tuple(self.settled)), tuple(self.gone)

    def _carry(self, carried: Carried) -> Brought | None:
        """What becomes an entry; None for what is settled, private, gone, or there already."""
        name = name_of(carried.meeting, carried.number or "") or self._by_words(carried)
        if name is None:
            return Brought("question", Fields(text=carried.text))
        if name[1] == "individual" or not KINDS[name[1]].numbered:
            return None
        chain = list(self._chain(name))
        names = {one for one, _ in chain}
        if names & self.private or names & self.met:
            return None
        self.met |= names
        said, origin = chain[0][1], Origin(carried.meeting, carried.number or _label(name))
        closed = next((one for _, one in chain if one is not None and _is_settled(one)), None)
        if closed is not None:
            self._settle(closed, origin)
            return None
        if said is None:
            read = self._read(carried.meeting)
            if read is not None and name[1:] not in read.front.closed:
                self.gone.append(Gone(carried.meeting, _label(name)))
                return None
            return Brought(name[1], Fields(text=carried.text, origin=origin))
        parts = {part: getattr(said, part) for part in _FIELDS if getattr(said, part)}
        by = (
            next(filter(None, (self._asked_by(one) for one, _ in chain)), said.by)
            if said.kind == "question"
            else said.by
        )
        if by:
            parts["by"] = self.directory.name(by)
        if said.owners:
            parts["owners"] = tuple(map(self.directory.name, said.owners))
        fields = Fields(origin=origin, **parts)
        return Brought(said.kind, fields, said.same, said.outcome if said.kind == "question" else None)

    def _chain(self, name: Name | None) -> Iterator[tuple[Name, MinutesEntry | None]]:
        """An entry and those that it comes from, as their minutes say them."""
        seen: set[Name] = set()
        while name is not None and name not in seen:
            seen.add(name)
            read = self._read(name[0])
            found = read.find(name[1], name[2]) if read is not None else None
            yield name, found.said if found is not None else None
            origin = found.said.origin if found is not None else None
            name = name_of(origin.meeting, origin.number) if origin is not None else None

    def _asked_by(self, name: Name) -> str | None:
        """Who asked it, as the journal kept it to bring the answer back: minutes may not say it. None where none is on this machine."""
        meeting, kind, number = name
        if meeting not in self.held:
            self.held[meeting] = _held(self.workspace, meeting)
        entry = self.held[meeting].find(kind, number)
        return entry.by if entry is not None else None

    def _by_words(self, carried: Carried) -> Name | None:
        """What a line without a number means: the one entry there that says the same."""
        read = self._read(carried.meeting)
        wanted = fold_case(carried.text)
        found = [one.name for one in read.entries if fold_case(one.said.text) == wanted] if read is not None else []
        return (carried.meeting, *found[0]) if len(found) == 1 and found[0][1] else None

    def _look_back(self, meeting: str) -> None:
        """What was answered later or done of what a meeting left."""
        read = self._read(meeting)
        for found in read.entries if read is not None else ():
            said, name = found.said, (meeting, *found.name)
            if not said.number or name in self.met | self.private or not _is_late(said):
                continue
            names = {one for one, _ in self._chain(name)}
            if names & (self.met | self.private):
                continue
            self.met |= names
            self._settle(said, Origin(meeting, said.label(read.front.language) if read is not None else ""))

    def _settle(self, said: MinutesEntry, origin: Origin) -> None:
        if said.outcome == "drop":
            return
        settled = Settled(said.kind, said.text, origin, said.answer, said.answer_by, said.outcome, said.due)
        self.settled.append(settled)

    def _read(self, meeting: str) -> MinutesRead | None:
        """The minutes of a meeting; None where there are none that can be read as such."""
        if meeting not in self.known:
            self.known[meeting] = self._looked_up(meeting)
        return self.known[meeting]

    def _looked_up(self, meeting: str) -> MinutesRead | None:
        if not is_meeting_id(meeting):
            return None
        try:
            text = read_text(self.workspace, self.workspace.minutes_folder / f"{meeting}.md")
        except (OSError, ValueError):
            return None
        read = read_minutes(text, meeting=meeting) if text is not None else None
        return read if read is not None and read.outline is not None and not read.conflicted else None


def _held(workspace: Workspace, meeting: str) -> Meeting:
    """A meeting as its journal on this machine tells it; an empty one where there is none."""
    if not is_meeting_id(meeting):
        return Meeting()
    try:
        with Journal(workspace.meeting_folder(meeting), writer="reader") as journal:
            return Replay(journal.read()).meeting
    except OSError:
        return Meeting()


def _is_settled(said: MinutesEntry) -> bool:
    """Whether nothing more is to come of it."""
    if said.done:
        return True
    if said.kind != "question":
        return False
    return has_answer(said) or (said.outcome is not None and not OUTCOMES[said.outcome].owed)


def _is_late(said: MinutesEntry) -> bool:
    """Whether it was settled after its meeting: a question that was sent elsewhere and is answered, an action that is done."""
    if said.kind == "question":
        return said.outcome in DEFERRED and has_answer(said)
    return said.done and KINDS[said.kind].followed


def _label(name: Name) -> str:
    return f"{KINDS[name[1]].letter}{name[2]}"


def _private(workspace: Workspace) -> list[Record]:
    try:
        return read_private(workspace)
    except OSError:
        return []


def _names(records: Collection[Record]) -> set[Name]:
    """What records are, and what they come from."""
    found = {name_of(record.meeting, record.number) for record in records}
    found |= {name_of(record.origin.meeting, record.origin.number) for record in records if record.origin}
    return {name for name in found if name is not None}
