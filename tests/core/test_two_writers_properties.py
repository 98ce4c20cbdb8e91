"""Two laptops that synchronise late, in any order: the same meeting on both, and what was said aloud stands."""

from __future__ import annotations

from collections import Counter

from examples import examples
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule
from stage import NINE_THIRTY, Stage

from facilitator.core import acts as commands
from facilitator.core.acts import Act, Captured, Closed, Command, KindChanged, Stamp, act_of
from facilitator.core.agenda import Step
from facilitator.core.decide import decide
from facilitator.core.fold import fold
from facilitator.core.instant import Instant
from facilitator.core.refusal import Refused
from facilitator.core.said import Fields
from facilitator.core.time.clocks import clocks
from facilitator.core.vocabulary import KINDS
from facilitator.store.framing import frame_act, read_line


class Side(Stage):
    """One laptop: its own clock, its own file, and what it has received of the other."""

    def __init__(self, name: str, skew_ms: int = 0) -> None:
        super().__init__(opened=False)
        self.name, self.skew_ms = name, skew_ms

    def moment(self, minute: float, told: float | None) -> Instant:
        if told is not None:
            return Instant(at=NINE_THIRTY + round(told * 60_000), told=True)
        at = NINE_THIRTY + round(minute * 60_000)
        return Instant(at=at + self.skew_ms, boot_id=self.name, boot=at - NINE_THIRTY)

    def does(self, command: Command, minute: float, told: float | None = None) -> Act | None:
        """The act that comes of a command here and now; None when it is refused. What is let through holds."""
        real = NINE_THIRTY + round(minute * 60_000) + self.skew_ms
        n = max(self.acts[-1].n + 1, real)
        stamp = Stamp(f"{self.name} {n}", self.name, self.name, self.moment(minute, told))
        try:
            act = act_of(stamp, decide(self.meeting, command, stamp, self.acts), n=n)
        except Refused:
            return None
        self.replay.add([act])
        assert act.id not in {void.act for void in self.meeting.void}
        assert act.id not in self.meeting.late
        assert read_line(frame_act(act)[:-1]) == act
        return act


ACTS: list[Command] = [
    commands.Start(), commands.Next(), commands.Next(whole_step=True), commands.Back(), commands.Pause(), commands.Resume(),
    commands.Adjust(60), commands.Adjust(-120, "3"), commands.Adjust(-120, "4", 1), commands.Adjourn(), commands.Reopen(),
    commands.AddStep(Step(kind="free", duration=300), "2"), commands.SetStepAside("3"), commands.SetStepAside("3", aside=False),
    commands.MoveStep("5", "2"), commands.MoveStep("3", "4"), commands.HandOver("Nora T."), commands.HandOver(step="3"),
    commands.Attend("Awa S."), commands.Attend("Karim B.", "late"), commands.Attend("Awa S.", "left"),
    commands.StartRound(60), commands.PassRound(), commands.PassRound(later=True), commands.EndRound(),
    commands.StopAnswer(), commands.Publish({"m.md": "0" * 64}),
    commands.Replan((commands.Adjust(-300, "2"), commands.SetStepAside("5"))),
]  # fmt: skip
SIDES = st.integers(0, 1)
KIND = st.sampled_from(["question", "question", "decision", *KINDS])
MINUTES = st.sampled_from([0.0, 0.001, 0.5, 3.0, 20.0])


class TwoLaptops(RuleBasedStateMachine):
    """Each does what it likes on what it knows; the folder is synchronised now and then, in part or whole."""

    def __init__(self) -> None:
        super().__init__()
        self.minute = 1.0
        self.sides: tuple[Side, Side] = (Side("claire@roanne"), Side("karim@riorges"))

    @initialize(skew_ms=st.sampled_from([0, 700, -45_000, 600_000]))
    def begin(self, skew_ms: int) -> None:
        opening = Stage().acts
        self.sides[1].skew_ms = skew_ms
        for side in self.sides:
            side.replay.add(opening)
        self.sides[0].does(commands.Start(), self.minute)
        self.synchronise(0, None)

    def does(self, side: int, command: Command, minutes: float = 0.1, told: float | None = None) -> None:
        self.minute += minutes
        self.sides[side].does(command, self.minute, told)

    def told(self, ago: float | None) -> float | None:
        return None if ago is None else max(0.0, self.minute - ago)

    @rule(side=SIDES, minutes=MINUTES, command=st.sampled_from(ACTS), ago=st.sampled_from([None, None, 0.0, 2.0, 30.0]))
    def act(self, side: int, minutes: float, command: Command, ago: float | None) -> None:
        self.does(side, command, minutes, self.told(ago))

    @rule(side=SIDES, times=st.integers(1, 3), command=st.sampled_from([commands.Undo(), commands.Redo()]))
    def take_back(self, side: int, times: int, command: Command) -> None:
        for _ in range(times):
            self.does(side, command)

    @rule(side=SIDES, back=st.booleans(), command=st.sampled_from(ACTS), between=st.sampled_from(ACTS))
    def change_ones_mind(self, side: int, back: bool, command: Command, between: Command) -> None:
        self.does(side, command)
        self.does(side, commands.Undo())
        if back:
            self.synchronise(1 - side, None)
            self.does(1 - side, between)
            self.synchronise(side, None)
            self.does(side, commands.Redo())

    @rule(side=SIDES, kind=KIND, step=st.sampled_from([None, None, "2"]), ago=st.sampled_from([None, None, 5.0]))
    def capture(self, side: int, kind, step: str | None, ago: float | None) -> None:
        self.does(side, commands.Capture(kind, Fields(text="texte"), step), told=self.told(ago))

    @rule(kind=KIND, undo=SIDES, redo=st.booleans())
    def capture_at_once(self, kind, undo: int, redo: bool) -> None:
        for side in (0, 1):
            self.does(side, commands.Capture(kind, Fields(text="texte")))
        self.does(undo, commands.Undo())
        if redo:
            self.does(undo, commands.Redo())

    @rule(side=SIDES, which=st.integers(0, 9), command=st.sampled_from([
        lambda entry: commands.Answer(entry, "Oui."), lambda entry: commands.Send(entry, "relay"),
        lambda entry: commands.Send(entry, "individual"), commands.Remove, lambda entry: commands.ChangeKind(entry, "note"),
        lambda entry: commands.ChangeKind(entry, "question"), lambda entry: commands.ChangeKind(entry, "need"), commands.Support, commands.Finish, commands.Undecide, commands.StartAnswer,
        lambda entry: commands.Relocate(entry, "3"), lambda entry: commands.Edit(entry, Fields(text="autre")),
    ]))  # fmt: skip
    def touch(self, side: int, which: int, command) -> None:
        entries = list(self.sides[side].meeting.entries)
        if entries:
            self.does(side, command(entries[which % len(entries)]))

    @rule(side=SIDES, minutes=st.sampled_from([1.5, 7.0]))
    def gap(self, side: int, minutes: float) -> None:
        start = self.sides[side].moment(self.minute, None).at
        end = self.sides[side].moment(self.minute + minutes, None).at
        self.does(side, commands.FindGap(start, end), minutes)

    @rule(side=SIDES, which=st.integers(0, 3), counts=st.booleans())
    def settle(self, side: int, which: int, counts: bool) -> None:
        gaps = self.sides[side].meeting.gaps
        if gaps:
            self.does(side, commands.SettleGap(gaps[which % len(gaps)].id, counts))

    @rule(
        side=SIDES,
        kind=KIND,
        meanwhile=st.lists(st.sampled_from(ACTS), max_size=2),
        reopened=st.sampled_from([True, True, True, False]),
    )
    def close(self, side: int, kind, meanwhile: list[Command], reopened: bool) -> None:
        """One closes; the other, who does not know it, goes on."""
        one = self.sides[side]
        for entry in one.meeting.undecided():
            self.does(side, commands.Send(entry.id, "newsletter"))
        self.does(side, commands.Close("2026-12", {act.writer: act.n for act in one.acts}))
        for command in (commands.Capture(kind, Fields(text="hors ligne")), *meanwhile):
            self.does(1 - side, command)
        if reopened:
            self.does(side, commands.Reopen())
            self.does(side, commands.Undo())  # the end, or what was done before it

    @rule(to=SIDES, part=st.sampled_from([None, None, 1, 3]))
    def synchronise(self, to: int, part: int | None) -> None:
        """What the other wrote arrives: all of it, or what its file held a while ago."""
        here, there = self.sides[to], self.sides[1 - to]
        known = {act.id for act in here.acts}
        theirs = [act for act in there.acts if act.writer == there.name]
        missing = [act for act in theirs if act.id not in known][:part]
        here.replay.add(missing[::-1])

    @invariant()
    def each_side_holds_what_its_acts_make_together(self) -> None:
        for side in self.sides:
            assert fold(side.acts[::-1]) == side.meeting

    @invariant()
    def every_act_is_there_once(self) -> None:
        for side in self.sides:
            assert max(Counter(act.id for act in side.acts).values(), default=1) == 1

    @invariant()
    def no_number_is_two_entries(self) -> None:
        for side in self.sides:
            labels = [entry.label for entry in side.meeting.entries.values() if entry.label]
            assert len(labels) == len(set(labels))

    @invariant()
    def an_entry_has_another_number_than_was_said_only_if_two_claimed_it_or_a_close_froze_it(self) -> None:
        for side in self.sides:
            closes = [event for act in side.acts for event in act.events if isinstance(event, Closed)]
            frozen = {(entry, number) for close in closes for entry, number in close.numbers.items()}
            events = [event for act in side.acts for event in act.events]
            claims = [event for event in events if isinstance(event, Captured | KindChanged)]
            kinds = {claim.entry: claim.kind for claim in claims if isinstance(claim, Captured)}
            had = {(kinds.get(entry), number, entry) for entry, number in frozen}
            had |= {(kind, close.numbers[entry], entry) for close in closes for entry, kind in close.kinds.items()}
            had |= {(claim.kind, claim.number, claim.entry) for claim in claims}
            for entry in side.meeting.entries.values():
                mine = {claim.number for claim in claims if (claim.entry, claim.kind) == (entry.id, entry.kind)}
                rivals = [one for one in had if one[0] == entry.kind and one[1] in mine and one[2] != entry.id]
                assert not mine or entry.number in mine or rivals

    @invariant()
    def a_number_is_found_as_the_entry_that_has_it(self) -> None:
        for side in self.sides:
            for entry in side.meeting.entries.values():
                if entry.number:
                    assert side.meeting.find(entry.kind, entry.number) == entry
                    assert entry.number <= side.meeting.highest[entry.kind]

    @invariant()
    def no_moment_is_counted_twice(self) -> None:
        for side in self.sides:
            meeting = side.meeting
            instants = [act.at for act in side.acts]
            spent = sum(step.spent_ms for step in meeting.steps) + sum(pause.ms for pause in meeting.pauses)
            assert spent <= max(instants) - min(instants) + abs(self.sides[1].skew_ms) * len(side.acts)
            assert all(step.spent_ms >= 0 for step in meeting.steps)

    @invariant()
    def time_stands_still_at_the_end(self) -> None:
        for side in self.sides:
            meeting = side.meeting
            if meeting.state in ("ready", "adjourned", "closed"):
                assert meeting.round is None
                assert meeting.answering is None
            assert clocks(meeting, side.moment(self.minute, None)).left_s is not None

    def teardown(self) -> None:
        self.synchronise(0, None)
        self.synchronise(1, None)
        here, there = self.sides
        assert here.meeting == there.meeting
        assert sorted(act.id for act in here.acts) == sorted(act.id for act in there.acts)
        self.each_side_holds_what_its_acts_make_together()


TwoLaptops.TestCase.settings = settings(max_examples=examples(25), stateful_step_count=40, deadline=None)
TestTwoLaptops = TwoLaptops.TestCase
