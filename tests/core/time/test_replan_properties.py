"""Re-planning, on a thousand random agendas: what an offer promises holds once it is applied."""

from __future__ import annotations

from itertools import pairwise

from clockwork import Clockwork
from examples import examples
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from stage import NINE_THIRTY, setup

from facilitator.core.acts import Adjust, Back, Next, Pause, Resume, Undo
from facilitator.core.agenda import Agenda, Phase, Step
from facilitator.core.instant import Instant
from facilitator.core.meeting import Meeting
from facilitator.core.proportion import fill
from facilitator.core.refusal import Refused
from facilitator.core.time.clocks import current_ms, following, projection
from facilitator.core.time.replan import Offer, floor_s, offers, over_promise

MINUTES = st.integers(1, 60)


@st.composite
def steps(draw: st.DrawFn) -> Step:
    kind = draw(st.sampled_from(["welcome", "news", "needs", "workshop", "workshop", "break", "free"]))
    minutes = draw(st.integers(1, 90))
    minimum = draw(st.none() | st.integers(1, minutes))
    phases: tuple[Phase, ...] = ()
    if kind == "workshop" and minutes > 3:
        cuts = sorted(draw(st.sets(st.integers(1, minutes - 1), max_size=3)))
        bounds = [0, *cuts, minutes]
        phases = tuple(Phase(f"p{n}", (b - a) * 60) for n, (a, b) in enumerate(pairwise(bounds)))
        if draw(st.booleans()):
            phases = phases[:-1]
    return Step(kind=kind, duration=minutes * 60, minimum=minimum and minimum * 60, phases=phases)


@st.composite
def agendas(draw: st.DrawFn) -> Agenda:
    body = draw(st.lists(steps(), min_size=1, max_size=7))
    closing = [Step(kind="closing", duration=draw(st.integers(1, 20)) * 60)] if draw(st.booleans()) else []
    return Agenda(title="Rencontre", steps=(*body, *closing))


@st.composite
def meetings(draw: st.DrawFn) -> Clockwork:
    """A meeting some way through an agenda, early or late, whose promise leaves time over or none."""
    agenda = draw(agendas())
    spare_s = draw(st.integers(-600, 3600))
    frozen = setup(agenda)
    promise = NINE_THIRTY + (agenda.planned_s + spare_s) * 1000
    frozen = type(frozen)(
        agenda=agenda,
        day=frozen.day,
        zone=frozen.zone,
        language="fr",
        planned_start=NINE_THIRTY,
        promised_end=max(promise, NINE_THIRTY + 60_000),
    )
    work = Clockwork(agenda, frozen=frozen)
    if draw(st.booleans()):
        work.starts(draw(st.integers(0, 1800)))
    for _ in range(draw(st.integers(0, 8))):
        work.passes(draw(st.floats(0, 2400, allow_nan=False)))
        command = draw(
            st.sampled_from([Next(), Next(), Next(whole_step=True), Back(), Pause(), Resume(), Adjust(-120)])
        )
        try:
            work.does(command)
        except Refused:
            continue
    work.passes(draw(st.floats(0, 3000, allow_nan=False)))
    return work


def applied(work: Clockwork, offer: Offer, now: Instant) -> Meeting:
    assert offer.command is not None
    work.replay.add([work.act(offer.command, now)])
    return work.meeting


def of_kind(found: tuple[Offer, ...], kind: str) -> Offer | None:
    return next((offer for offer in found if offer.kind == kind), None)


def total_to_come(meeting: Meeting) -> dict[tuple[str, int | None], int]:
    return {(step.id, None): step.adjusted_s for step in meeting.steps} | {
        (step.id, place): phase.adjusted_s for step in meeting.steps for place, phase in enumerate(step.phases)
    }


@settings(max_examples=examples(80), deadline=None)
@given(meetings())
def test_every_offer_gives_what_it_shows_and_one_undo_takes_it_back(work: Clockwork) -> None:
    now, before = work.now(), work.meeting
    over_s = over_promise(before, now)
    for offer in offers(before, now):
        if offer.command is None:
            assert offer.by_s == 0
            assert offer.over_s == max(0, over_s)
            continue
        after = applied(work, offer, now)
        assert projection(after, now) == offer.end
        assert max(0, over_promise(after, now)) == offer.over_s
        if offer.kind in ("shorten", "break"):
            # To the second when it can be done; else by how much not is said.
            assert over_promise(after, now) == offer.over_s == over_s - offer.by_s
            assert offer.feasible == (offer.by_s == over_s)
        if offer.kind == "share" and not offer.over_s:
            assert over_promise(after, now) in (-1, 0) or offer.by_s == 0
        if offer.kind in ("restore", "bring-back", "later"):
            assert over_promise(after, now) <= 0
        # Order kept, what was held untouched.
        assert [step.id for step in after.steps if not step.aside] == [
            step.id for step in before.steps if not step.aside and not (offer.kind == "aside" and step.id == offer.step)
        ] or offer.kind == "bring-back"
        coming = {step.id for step in following(before)} | {before.spot.step if before.spot else ""}
        for step, was in zip(after.steps, before.steps, strict=True):
            if was.id not in coming and offer.kind != "bring-back":
                assert step == was
        work.replay.add([work.act(Undo(), now)])
        assert work.meeting.steps == before.steps
        assert work.meeting.promise == before.promise


@settings(max_examples=examples(30), deadline=None)
@given(meetings())
def test_shortening_respects_minimums_and_is_in_proportion(work: Clockwork) -> None:
    now, before = work.now(), work.meeting
    offer = of_kind(offers(before, now), "shorten")
    assume(offer is not None and offer.command is not None)
    assert offer is not None
    floors = {step.id: floor_s(step) for step in following(before)}
    was = {step.id: step.adjusted_s for step in before.steps}
    after = applied(work, offer, now)
    ratios = []
    for step in following(after):
        least = step.plan.minimum or (step.plan.duration if step.plan.kind == "closing" else 60)
        assert step.adjusted_s >= min(least, was[step.id])
        assert floors[step.id] <= step.adjusted_s <= was[step.id]
        assert all(phase.adjusted_s >= 60 for phase in step.phases)
        if floors[step.id] < step.adjusted_s < was[step.id]:
            ratios.append((step.adjusted_s, was[step.id]))
    current, was_current = after.current, before.current
    if current is not None and was_current is not None and current.adjusted_s != was_current.adjusted_s:
        running = work.clocks().step_elapsed_s + current_ms(after, now) // 1000
        assert running >= (current.plan.minimum or 0) - 1
    # Within a minute of the same share of the plan for each that is not at a bound.
    for new, old in ratios:
        for other_new, other_old in ratios:
            assert abs(new - other_new * old / other_old) <= 60 * max(1, old / other_old) + 1
    # At most one of them is left with seconds that it did not have.
    assert sum(new % 60 != 0 for new, _ in ratios) <= 1 + sum(value % 60 != 0 for value in was.values())


@settings(max_examples=examples(30), deadline=None)
@given(meetings())
def test_what_was_applied_is_not_offered_again(work: Clockwork) -> None:
    now = work.now()
    for kind in ("shorten", "break", "later", "share", "restore"):
        offer = of_kind(offers(work.meeting, now), kind)
        if offer is None or offer.command is None:
            continue
        after = applied(work, offer, now)
        again = of_kind(offers(after, now), kind)
        assert again is None or again.command is None


@settings(max_examples=examples(30), deadline=None)
@given(meetings(), st.integers(1, 3600))
def test_more_delay_never_gives_a_step_more_time(work: Clockwork, more_s: int) -> None:
    now = work.now()
    assume(over_promise(work.meeting, now) > 0)
    sooner = of_kind(offers(work.meeting, now), "shorten")
    work.passes(more_s)
    later = of_kind(offers(work.meeting, work.now()), "shorten")
    assert (sooner is None) == (later is None)
    if sooner is None or later is None:
        return
    lengths = [(line.step, line.phase, line.adjusted_s) for line in sooner.lines]
    for (step, phase, before), line in zip(lengths, later.lines, strict=True):
        assert (step, phase) == (line.step, line.phase)
        if work.meeting.state != "ready" or line.place == "to-come":
            assert line.adjusted_s <= before


@settings(max_examples=examples(40), deadline=None)
@given(st.data())
def test_sharing_out_is_exact_bounded_and_monotone(data: st.DataObject) -> None:
    tops = data.draw(st.lists(st.integers(60, 7200), min_size=1, max_size=8))
    floors = [data.draw(st.integers(60, top)) for top in tops]
    amount = data.draw(st.integers(0, sum(tops) + 100))
    less = data.draw(st.integers(0, amount))
    shares, smaller = fill(floors, tops, amount), fill(floors, tops, less)
    assert sum(shares) == min(max(amount, sum(floors)), sum(tops))
    for floor, share, top, small in zip(floors, shares, tops, smaller, strict=True):
        assert floor <= small <= share <= top
    assert fill(floors, shares, sum(shares)) == shares
