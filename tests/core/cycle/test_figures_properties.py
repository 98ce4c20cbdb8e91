"""Whatever was asked and carried over, the parts of the figures are their whole, and nothing private has a part in them."""

from __future__ import annotations

import datetime

from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from facilitator.core.cycle.directory import Directory
from facilitator.core.cycle.figures import figures
from facilitator.core.cycle.past import MinutedMeeting
from facilitator.core.records import MeetingRow, Record
from facilitator.core.said import Origin

MEETINGS = [f"2026-{month:02}-10-r" for month in (1, 4, 7)] + ["2027-01-12-r"]
PAST = tuple(
    MinutedMeeting(name, datetime.date.fromisoformat(name[:10]), MeetingRow(present=("Awa",))) for name in MEETINGS
)
NAMES = st.tuples(st.integers(0, 3), st.integers(1, 4))


def record(name, outcome, origin, theme, done, private):
    place, number = name
    before = Origin(MEETINGS[origin[0]], f"Q{origin[1]}") if origin and origin[0] < place else None
    return Record(
        meeting=MEETINGS[place], kind="question", number=f"Q{number}", text="?", outcome=outcome, origin=before, theme=theme,
        done=done, private=private,
    )  # fmt: skip


RECORDS = st.dictionaries(
    NAMES,
    st.tuples(
        st.sampled_from(["answered", "next", "newsletter", "relay", "drop", None]),
        st.none() | NAMES,
        st.sampled_from([None, "droits", "Droits"]),
        st.booleans(),
        st.booleans(),
    ),
    max_size=12,
).map(lambda found: [record(name, *parts) for name, parts in found.items()])


@given(RECORDS)
def test_the_parts_are_the_whole_and_what_is_private_changes_nothing(records):
    public = [one for one in records if not one.private]
    years = {year: figures(year, PAST, records, Directory(()), letters=()) for year in (2026, 2027)}
    for year, found in years.items():
        said = found.questions
        assert said.asked == said.there + said.later + said.awaited + said.dropped
        assert said.relayed_answered <= said.relayed <= said.asked
        assert sum(count for _, count in found.themes) <= said.asked
        assert sum(one.questions.asked for one in found.meetings) == said.asked
        assert len(found.unanswered) <= said.relayed - said.relayed_answered
        assert said.days is None or said.days >= 0
        assert found == figures(year, PAST, public, Directory(()), letters=())
    roots = {(one.meeting, one.number) for one in public}
    asked = sum(found.questions.asked for found in years.values())
    assert asked <= len(roots)
    loose = [replace(one, origin=None) for one in public]
    alone = sum(figures(year, PAST, loose, Directory(()), letters=()).questions.asked for year in years)
    assert asked <= alone == len(public)
