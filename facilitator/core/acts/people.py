"""Who is there."""

from __future__ import annotations

from msgspec.structs import replace

from facilitator.core.acts.rounds import join_round, leave_round
from facilitator.core.event import AnyAct, Events, OwnCommand, Stamp
from facilitator.core.folding import Folding, Unfit
from facilitator.core.meeting import HERE, Attendee, Meeting, Presence
from facilitator.core.people import canonical
from facilitator.core.refusal import Refused
from facilitator.core.text import MAX_NAME, fold_case, one_line


class Attend(OwnCommand, tag="attended", frozen=True, omit_defaults=False):
    """Note that someone is there, late, excused, absent without excuse, or gone."""

    name: str
    status: Presence = "present"

    def decide(self, meeting: Meeting, stamp: Stamp) -> Events:
        """Itself, under the name they are known by."""
        return (replace(self, name=checked_name(meeting, self.name)),)

    def apply(self, folding: Folding, act: AnyAct) -> None:
        """They attend, since they came whatever is said of it later; who comes during a round speaks last, who goes does not."""
        setup = folding.setup
        if setup is None:
            raise Unfit("no-meeting")
        visitor = fold_case(self.name) not in {fold_case(member.name) for member in setup.members}
        before = folding.attendance.get(self.name)
        here, was_here = self.status in HERE, before is not None and before.status in HERE
        came = before.came if before is not None else None
        if here and came is None:
            came = act.at
        at = before.at if before is not None and here and was_here else act.at
        folding.attendance = {**folding.attendance, self.name: Attendee(self.name, self.status, at, visitor, came)}
        if self.status in HERE:
            join_round(folding, self.name)
        else:
            leave_round(folding, self.name, act.instant)


class Unattend(OwnCommand, tag="unattended", frozen=True):
    """Nothing is noted of this person any more: a name was mistyped, or the wrong line chosen."""

    name: str

    def apply(self, folding: Folding, act: AnyAct) -> None:
        """They are neither here nor away; who came unannounced is no longer listed."""
        if self.name not in folding.attendance:
            raise Unfit("nobody-noted")
        folding.attendance = {name: one for name, one in folding.attendance.items() if name != self.name}
        leave_round(folding, self.name, act.instant)


def checked_name(meeting: Meeting, given_name: str) -> str:
    """The name as it is known in the meeting. Raises Refused when it is empty or too long."""
    name = one_line(given_name)
    if not name:
        raise Refused("empty-name")
    if len(name) > MAX_NAME:
        raise Refused("name-too-long", limit=MAX_NAME)
    return canonical(meeting, name)
