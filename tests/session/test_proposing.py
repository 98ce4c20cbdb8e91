"""What earlier meetings suggest for an agenda is an agenda that can be run."""

from __future__ import annotations

import pytest

from facilitator.core.agenda import Agenda, Step
from facilitator.core.time.habits import Habits
from facilitator.core.time.habits import UsualLength as Length
from facilitator.i18n import translator
from facilitator.meetings.proposing import usual_lengths

TR = translator("fr")


def usually(seconds: int) -> Habits:
    """What five meetings say of the first step."""
    length = Length(1, 1800, seconds)
    return Habits(count=5, promised=5, late=0, usually=5, passes_s=0, ratios=(), proposals=(length,))


@pytest.mark.parametrize("promised", [{"answer_budget": 900}, {"answer_time": 660}, {"minimum": 700}])
def test_a_step_is_not_proposed_shorter_than_what_it_promises(promised):
    agenda = Agenda(title="T", steps=(Step(kind="needs", duration=1800, **promised),))
    assert usual_lengths(agenda, usually(600), TR) == (agenda, ())
    assert usual_lengths(agenda, usually(1200), TR)[0].steps[0].duration == 1200
