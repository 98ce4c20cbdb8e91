"""Re-planning, on a thousand random agendas: what an offer promises holds once it is applied."""

from __future__ import annotations

from itertools import pairwise

import pytest
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
from facilitator.core.time.clocks import current_ms, following, planned_end, projection
from facilitator.core.time.lengths import parts
from facilitator.core.time.outline import outline
from facilitator.core.time.replan import Offer, offers, over_promise

HOURS = st.integers(9 * 60, 16 * 60).map(lambda minute: f"{minute // 60:02}:{minute % 60:02}")


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
    hours = {key: draw(st.none() | HOURS) for key in ("not_before", "not_after")} if not draw(st.integers(0, 4)) else {}
    return Step(
        kind=kind,
        duration=minutes * 60,
        minimum=minimum and minimum * 60,
        phases=phases,
        priority=draw(st.sampled_from([None, 1, 2, 3])),
        **hours,
    )


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
    promise = planned_end(frozen, NINE_THIRTY) + spare_s * 1000
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


def shown(offer: Offer) -> dict[str, int]:
    """Seconds by step, as the agenda of an offer has them."""
    return {line.step: line.adjusted_s for line in offer.lines if line.phase is None}


@settings(max_examples=examples(80), deadline=None)
@given(meetings())
def test_every_offer_gives_what_it_shows_and_one_undo_takes_it_back(work: Clockwork) -> None:
    now, before = work.now(), work.meeting
    over_s = over_promise(before, now)
    missed_s = sum(line.missed_s for line in outline(before, now))
    for offer in offers(before, now):
        after = applied(work, offer, now)
        assert projection(after, now) == offer.end
        assert max(0, over_promise(after, now)) == offer.over_s
        assert sum(line.missed_s for line in outline(after, now)) == offer.missed_s
        if offer.kind in ("shorten", "break"):
            # None is cut by more than the offer says.
            assert sum(step.adjusted_s for step in before.steps) - sum(shown(offer).values()) == offer.by_s
            assert all(shown(offer)[step.id] <= step.adjusted_s for step in before.steps)
        if offer.kind in ("shorten", "break", "aside", "later"):
            assert (offer.over_s, offer.missed_s) < (max(0, over_s), missed_s)
        if offer.kind in ("shorten", "break") and not missed_s:
            # Nothing is cut in vain: every second that a step gives comes sooner at the end, and no more than are missing.
            assert offer.by_s == over_s - over_promise(after, now) == over_s - offer.over_s
        if offer.kind in ("restore", "bring-back", "share"):
            assert (offer.over_s, offer.missed_s) == (0, 0)
        # Order kept, what was held untouched.
        assert [step.id for step in after.steps if not step.aside] == [
            step.id for step in before.steps if not step.aside and step.id not in offer.steps
        ] or offer.kind == "bring-back"
        coming = {step.id for step in following(before)} | {before.spot.step if before.spot else ""}
        for step, was in zip(after.steps, before.steps, strict=True):
            if was.id not in coming and offer.kind != "bring-back":
                assert step == was
        work.replay.add([work.act(Undo(), now)])
        assert work.meeting.steps == before.steps
        assert work.meeting.promise == before.promise


@settings(max_examples=examples(40), deadline=None)
@given(meetings())
def test_nothing_is_cut_below_its_floor(work: Clockwork) -> None:
    now, before = work.now(), work.meeting
    for offer in offers(before, now):
        if offer.kind not in ("shorten", "break", "aside"):
            continue
        after = applied(work, offer, now)
        for step, was in zip(after.steps, before.steps, strict=True):
            plan = step.plan
            usual = plan.duration if plan.kind == "closing" else min(plan.duration, max(300, plan.duration / 2))
            least = min(was.adjusted_s, plan.minimum or usual)
            holds = step.adjusted_s
            if before.spot is not None and step.id == before.spot.step:
                holds = max(holds, work.clocks().step_elapsed_s + current_ms(after, now) // 1000 + 1)
            assert holds >= least
            for phase, phase_was in zip(step.phases, was.phases, strict=True):
                half = min(phase.planned_s, max(300, phase.planned_s / 2))
                assert phase.adjusted_s >= min(half, phase_was.adjusted_s)
        work.replay.add([work.act(Undo(), now)])


@pytest.mark.ci
@settings(max_examples=examples(40), deadline=None)
@given(meetings())
def test_cuts_go_by_priority_and_in_proportion(work: Clockwork) -> None:
    now, before = work.now(), work.meeting
    offer = of_kind(offers(before, now), "shorten")
    assume(offer is not None)
    assert offer is not None
    found = parts(before, now)
    assume(all(part.slack_s is None and part.missed_s is None for part in found))
    after = shown(offer)
    for part in found:
        assert part.floor_s <= after[part.step.id] <= part.length_s
    cut = [part for part in found if after[part.step.id] < part.length_s]
    for part in found:  # who is dearer gives only once those that are less are at their floors
        if any(one.step.plan.rank < part.step.plan.rank for one in cut):
            assert after[part.step.id] == part.floor_s
    between = [one for one in cut if after[one.step.id] > one.floor_s]
    for one in between:
        for other in between:
            ratio = one.length_s / other.length_s
            assert abs(after[one.step.id] - after[other.step.id] * ratio) <= 60 * max(1, ratio) + 1


@pytest.mark.ci
@settings(max_examples=examples(40), deadline=None)
@given(meetings())
def test_the_offer_is_the_same_just_before_a_move_and_just_after(work: Clockwork) -> None:
    assume(work.meeting.state == "running" and work.meeting.current is not None)
    if work.clocks().step_left_s > 0:
        work.passes(work.clocks().step_left_s)
    assume(
        current_ms(work.meeting, work.now()) == 0 and not any(part.waits for part in parts(work.meeting, work.now()))
    )
    found = parts(work.meeting, work.now())
    assume(len(found) > 1 and found[1].slack_s is None and not found[1].step.visits)
    before = offers(work.meeting, work.now())
    following_id = found[1].step.id
    work.does(Next(whole_step=True))
    after = {offer.kind: offer for offer in offers(work.meeting, work.now())}
    for offer in before:
        if following_id in offer.steps or offer.kind == "bring-back":
            continue  # a step that has begun can no longer be put aside
        if offer.kind != "aside":
            assert after[offer.kind].command == offer.command


@settings(max_examples=examples(30), deadline=None)
@given(meetings())
def test_what_was_applied_is_not_offered_again(work: Clockwork) -> None:
    now = work.now()
    for kind in ("shorten", "break", "later", "share", "restore"):
        offer = of_kind(offers(work.meeting, now), kind)
        if offer is None:
            continue
        after = applied(work, offer, now)
        assert of_kind(offers(after, now), kind) is None


@settings(max_examples=examples(30), deadline=None)
@given(meetings(), st.integers(1, 3600))
def test_more_delay_never_gives_a_step_more_time(work: Clockwork, more_s: int) -> None:
    now = work.now()
    assume(over_promise(work.meeting, now) > 0)
    assume(all(part.slack_s is None and part.missed_s is None for part in parts(work.meeting, now)))
    sooner = of_kind(offers(work.meeting, now), "shorten")
    work.passes(more_s)
    later = of_kind(offers(work.meeting, work.now()), "shorten")
    if sooner is None or later is None:
        return
    running = work.meeting.spot.step if work.meeting.spot else None  # what it has taken meanwhile is not taken from it
    for step, seconds in shown(later).items():
        if step != running:
            assert seconds <= shown(sooner)[step]


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
