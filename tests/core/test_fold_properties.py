"""Whatever people do in whatever order, the meeting that comes of it keeps its promises."""

from __future__ import annotations

import random

from examples import examples
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule
from stage import Stage

from facilitator.core import acts as commands
from facilitator.core.agenda import Step
from facilitator.core.fold import fold
from facilitator.core.history import counting
from facilitator.core.public import public
from facilitator.core.refusal import Refused
from facilitator.core.said import Fields
from facilitator.core.setup import newsletter_month
from facilitator.core.time.clocks import clocks
from facilitator.core.vocabulary import KINDS

PEOPLE = st.sampled_from(["claire@roanne", "karim@riorges"])
MINUTES = st.floats(0, 20)


class AMeeting(RuleBasedStateMachine):
    """Two people, live, on one journal."""

    def __init__(self) -> None:
        super().__init__()
        self.stage = Stage()
        self.minute = 0.0
        self.said: dict[tuple, int] = {}

    def do(self, command: commands.Command, by: str, minutes: float = 0.5, told: float | None = None) -> None:
        self.minute += minutes
        at = self.minute if told is None else told
        try:
            self.stage.do(command, at, by=by, writer=by, told=told is not None)
        except Refused as refused:
            assert refused.reason  # refused in words, nothing else

    @initialize(minute=MINUTES)
    def start(self, minute: float) -> None:
        self.do(commands.Start(), "claire@roanne", minute)

    @rule(by=PEOPLE, kind=st.sampled_from(list(KINDS)), text=st.text(max_size=20))
    def capture(self, by: str, kind, text: str) -> None:
        self.do(commands.Capture(kind, Fields(text=text)), by)

    @rule(by=PEOPLE, minutes=MINUTES, command=st.sampled_from([
        commands.Next(), commands.Next(whole_step=True), commands.Back(), commands.Pause(), commands.Resume(),
        commands.Adjust(60), commands.Adjust(-60), commands.Adjust(-3600), commands.Undo(), commands.Redo(),
        commands.Adjourn(), commands.SetStepAside("5"), commands.SetStepAside("5", aside=False),
        commands.MoveStep("5", "3"), commands.StartRound(60), commands.PassRound(), commands.EndRound(), commands.StopAnswer(),
        commands.Attend("Awa S."), commands.Attend("Awa S.", "left"), commands.HandOver("Nora T."), commands.HandOver(step="3"),
        commands.AddStep(Step(kind="free", duration=300), "3"), commands.Adjust(-120, "4", 1),
        commands.PassRound(later=True), commands.Replan((commands.Adjust(-300, "5"), commands.SetStepAside("3"))),
        commands.Publish({"m.md": "0" * 64}), commands.Reopen(),
    ]))  # fmt: skip
    def act(self, by: str, minutes: float, command: commands.Command) -> None:
        self.do(command, by, minutes)

    @rule(by=PEOPLE, ago=MINUTES, command=st.sampled_from([
        commands.Next(), commands.Pause(), commands.Resume(), commands.StopAnswer(), commands.PassRound(),
        commands.Capture("question", Fields(text="Dite plus tôt ?")), commands.HandOver("Nora T."),
    ]))  # fmt: skip
    def tell(self, by: str, ago: float, command: commands.Command) -> None:
        self.do(command, by, told=max(0.0, self.minute - ago))

    @rule(by=PEOPLE, ago=MINUTES, counts=st.booleans())
    def gap(self, by: str, ago: float, counts: bool) -> None:
        now = self.stage.instant(self.minute).at
        self.do(commands.FindGap(now - round(ago * 60_000), now), by, 0)
        for gap in self.stage.meeting.gaps[-2:]:
            self.do(commands.SettleGap(gap.id, counts), by)

    @rule(
        by=PEOPLE,
        which=st.integers(0, 30),
        outcome=st.sampled_from(["newsletter", "drop", "individual", None]),
        public=st.booleans(),
    )
    def decide_a_question(self, by: str, which: int, outcome, public: bool) -> None:
        questions = self.stage.meeting.of_kind("question")
        if questions:
            entry = questions[which % len(questions)].id
            sent = commands.Send(entry, outcome, public=public) if outcome else None
            self.do(sent or commands.Answer(entry, "Oui.", public=public), by)

    @rule(by=PEOPLE, which=st.integers(0, 30), command=st.sampled_from([
        commands.Finish, commands.Support, commands.Undecide, lambda entry: commands.Edit(entry, Fields(text="autre")),
        lambda entry: commands.Relocate(entry, "2"), commands.StartAnswer, commands.Remove,
        *(lambda entry, kind=kind: commands.ChangeKind(entry, kind) for kind in KINDS),
    ]))  # fmt: skip
    def touch_an_entry(self, by: str, which: int, command) -> None:
        entries = list(self.stage.meeting.entries)
        if entries:
            self.do(command(entries[which % len(entries)]), by)

    @rule(by=PEOPLE, reopen=st.booleans())
    def close(self, by: str, reopen: bool) -> None:
        seen = {act.writer: act.n for act in self.stage.acts}
        self.do(commands.Close(newsletter_month(self.stage.meeting.opened.day), seen), by)
        if reopen:
            self.do(commands.Reopen(), by)

    @invariant()
    def acts_one_by_one_make_the_meeting_that_they_make_together(self) -> None:
        shuffled = list(self.stage.acts)
        random.Random(1).shuffle(shuffled)
        assert fold(shuffled) == self.stage.meeting

    @invariant()
    def a_number_that_was_said_never_changes_while_its_entry_is_there(self) -> None:
        numbers = {(entry.id, entry.kind, entry.was): entry.number for entry in self.stage.meeting.entries.values()}
        self.said = {entry: number for entry, number in self.said.items() if entry in numbers}
        for entry, number in numbers.items():
            assert self.said.setdefault(entry, number) == number

    @invariant()
    def no_two_entries_have_one_number(self) -> None:
        entries = [*self.stage.meeting.entries.values(), *self.stage.meeting.removed.values()]
        labels = [said for entry in entries for said in (entry.label, *entry.was) if said]
        assert len(labels) == len(set(labels))

    @invariant()
    def an_answer_stands_with_its_outcome_only(self) -> None:
        for entry in self.stage.meeting.entries.values():
            # What is taken up individually keeps the answer that it had, in private.
            assert entry.outcome == "individual" or (entry.answer is not None) == (entry.outcome == "answered")
            assert entry.answer is None or entry.outcome != "individual" or entry.private

    @invariant()
    def the_times_of_the_steps_and_pauses_are_the_time_of_the_meeting(self) -> None:
        meeting = self.stage.meeting
        if meeting.started_at is None:
            return
        now = self.stage.instant(self.minute)
        spent = sum(step.spent_ms for step in meeting.steps) + sum(pause.ms for pause in meeting.pauses)
        open_ms = 0 if meeting.state in ("adjourned", "closed") else now.at - meeting.mark.at
        end = meeting.adjourned_at if meeting.adjourned_at is not None else now.at
        assert abs(spent + open_ms - (end - meeting.started_at)) <= len(self.stage.acts)
        for step in meeting.steps:
            if step.phases and step.visits:
                assert sum(phase.spent_ms for phase in step.phases) == step.spent_ms

    @invariant()
    def the_clocks_can_always_be_read(self) -> None:
        times = clocks(self.stage.meeting, self.stage.instant(self.minute))
        assert times.left_s == times.adjusted_s - times.elapsed_s

    @invariant()
    def nothing_private_is_public(self) -> None:
        shown = public(self.stage.meeting)
        assert all(entry.kind != "individual" for entry in shown.entries)
        withheld = self.taken_up_individually()
        assert {entry.id for entry in self.stage.meeting.entries.values() if entry.withheld} == withheld
        assert all(not entry.text for entry in shown.entries if entry.outcome == "individual" or entry.id in withheld)

    def taken_up_individually(self) -> set[str]:
        """The entries that are there, were taken up individually and have not been made public since: told from the acts."""
        meeting = self.stage.meeting
        void = {one.act for one in meeting.void}
        found: set[str] = set()
        for act in counting(self.stage.acts).acts:
            for event in act.events if act.id not in void else ():
                if isinstance(event, commands.Send | commands.Answer) and event.public:
                    found.discard(event.entry)
                if isinstance(event, commands.Send) and event.to == "individual":
                    found.add(event.entry)
                if isinstance(event, commands.KindChanged | commands.Remove):
                    found.discard(event.entry)
        return found

    @invariant()
    def nobody_made_another_persons_act_void(self) -> None:
        assert [
            void for void in self.stage.meeting.void if void.reason not in ("nothing-to-undo", "nothing-to-redo")
        ] == []


AMeeting.TestCase.settings = settings(max_examples=examples(20), stateful_step_count=40, deadline=None)
TestAMeeting = AMeeting.TestCase
