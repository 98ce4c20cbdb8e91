"""Years of meetings, whatever happens in them and by hand between them: nothing that is open is lost, nothing comes back twice."""

from __future__ import annotations

import datetime
import re
import shutil
import tempfile
from dataclasses import dataclass, field
from pathlib import Path

from examples import examples
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule
from msgspec.structs import replace
from stage import Stage

from facilitator.core import acts as commands
from facilitator.core.acts import Open
from facilitator.core.agenda import Agenda, Carried, Step
from facilitator.core.carrying import left_open, still_open
from facilitator.core.cycle.matching import LOOKED_BACK, come_back
from facilitator.core.network import Network
from facilitator.core.public import public
from facilitator.core.records import Record, is_open, record_of
from facilitator.core.said import Fields
from facilitator.core.setup import setup_of
from facilitator.documents.minutes import change
from facilitator.documents.minutes.merge import Merged, merge_people
from facilitator.documents.minutes.of_meeting import minutes_of
from facilitator.documents.minutes.reader import read_minutes
from facilitator.documents.minutes.records import records_of
from facilitator.documents.minutes.writer import write_minutes
from facilitator.i18n import translator
from facilitator.meetings.carrying import since_of
from facilitator.store.private import append_private, read_private
from facilitator.store.workspace import Workspace

MONTH = datetime.timedelta(days=28)
TR = translator("fr")
KINDS = ("question", "action", "aside", "news")
AWAY = ("next", "mattermost", "newsletter", "relay")
which = st.integers(0, 9)


@dataclass
class Thing:
    """Something that came up once: the model knows it by its words."""

    kind: str
    due: datetime.date | None = None
    deadline: datetime.date | None = None
    closed: bool = False
    private: bool = False
    said_on: list[datetime.date] = field(default_factory=list)

    def comes_back(self, on: datetime.date, today: datetime.date) -> bool:
        if self.closed or self.private:
            return False
        if self.kind == "action":
            return self.due is None or self.due <= on
        if self.kind == "news":
            return self.deadline is not None and today <= self.deadline <= on
        if self.kind == "need":
            return len([day for day in self.said_on if day >= today - LOOKED_BACK]) > 1
        return True


def item_of(text: str, number: str) -> tuple[int, list[str]]:
    """The line at which an entry begins, and all lines."""
    lines = text.split("\n")
    return next(at for at, line in enumerate(lines) if f'name="{number.lower()}"' in line), lines


def typed(text: str, number: str) -> str:
    """An answer typed under a question, after its remarks."""
    at, lines = item_of(text, number)
    end = next(place for place in range(at + 1, len(lines)) if not lines[place].startswith("  "))
    lines.insert(end, "  - *Réponse :* Oui, à la main.")
    return "\n".join(lines)


def ticked(text: str, number: str) -> str:
    """The box of an action, ticked."""
    at, lines = item_of(text, number)
    lines[at] = lines[at].replace("[ ]", "[X]", 1)
    return "\n".join(lines)


def remarked(text: str, number: str) -> str:
    """A remark under an entry, in words that are nobody's format."""
    at, lines = item_of(text, number)
    end = next(
        place for place in range(at + 1, len(lines)) if not lines[place].startswith("  ") or "- " in lines[place][:4]
    )
    lines.insert(end, "  - À revoir ensemble.")
    return "\n".join(lines)


# What hands do, to which kinds, and whether it closes what they do it to.
BY_HAND = {
    "typed": (("question",), typed, True),
    "ticked": (("action",), ticked, True),
    "remarked": (KINDS, remarked, False),
    "stripped": (KINDS, lambda text, _: re.sub(r'<a id="[a-z]\d+" name="[a-z]\d+"></a>', "", text), False),
    "starred": (KINDS, lambda text, _: re.sub(r"(?m)^- ", "* ", text), False),
    "wrapped": (KINDS, lambda text, _: re.sub(r"(?m)^([-*] .{30,}?) (?=\*\()", r"\1\n  ", text), False),
}


def by_hand(texts: dict[str, str], place: int, how: str) -> tuple[str, str, tuple[str, ...]] | None:
    """A file changed by hand: its name, what it says now, and the words of what that closes; None when there is nothing to do it to."""
    kinds, changes, closes = BY_HAND[how]
    found = [
        (name, record)
        for name, text in sorted(texts.items())
        for record in records_of(read_minutes(text), name)
        if record.kind in kinds and f'name="{record.number.lower()}"' in text and not record.done and not record.answer
    ]
    if not found:
        return None
    name, record = found[place % len(found)]
    return name, changes(texts[name], record.number), (record.text,) if closes else ()


class Years(RuleBasedStateMachine):
    """One meeting at a time is live; those before it are Markdown files."""

    def __init__(self) -> None:
        super().__init__()
        self.root = Path(tempfile.mkdtemp())
        self.workspace = Workspace(self.root)
        self.workspace.minutes_folder.mkdir(parents=True)
        self.things: dict[str, Thing] = {}
        self.count = 0
        self.day = datetime.date(2026, 1, 13)
        self.agenda: Agenda | None = None
        self.stage: Stage | None = None

    def teardown(self) -> None:
        shutil.rmtree(self.root)

    @property
    def files(self) -> list[Path]:
        return sorted(self.workspace.minutes_folder.glob("*.md"))

    def records(self) -> list[Record]:
        found = [record for path in self.files for record in records_of(read_minutes(path.read_text()), path.stem)]
        return found + read_private(self.workspace)

    def entry(self, place: int, *kinds: str):
        assert self.stage is not None
        found = [one for one in self.stage.meeting.entries.values() if one.kind in kinds and not one.private]
        return found[place % len(found)] if found else None

    def does(self, command) -> None:
        assert self.stage is not None
        self.stage.do(command, 5)

    # Before a meeting.

    @precondition(lambda self: self.stage is None and self.agenda is None)
    @rule(leaves=st.sets(which, max_size=2))
    def an_agenda_is_written(self, leaves: set[int]) -> None:
        today, last = self.day, self.files[-1].stem if self.files else None
        self.day += MONTH
        left = left_open(self.records(), on=self.day, today=today) + come_back(self.records(), today)
        expected = sorted(text for text, thing in self.things.items() if thing.comes_back(self.day, today))
        assert sorted(one.record.text for one in left) == expected
        chosen = [one.record for place, one in enumerate(left) if place not in leaves]
        carried = tuple(Carried(meeting=one.meeting, number=one.number, text=one.text) for one in chosen)
        self.agenda = Agenda(title="r", steps=(Step(kind="needs", duration=600),), carried=carried, since=last)

    @precondition(lambda self: self.agenda is not None)
    @rule()
    def a_meeting_opens(self) -> None:
        assert self.agenda is not None
        since, gone = since_of(self.workspace, self.agenda)
        stage = Stage(opened=False)
        setup = setup_of(self.agenda, Network(), day=self.day, zone="Europe/Paris", language="fr", since=since)
        stage.do(Open(f"{self.day}-r", setup), 0)
        found = sorted(entry.text for entry in stage.meeting.entries.values() if entry.origin)
        expected = [one.text for one in self.agenda.carried if not self.things[one.text].closed]
        assert found == sorted(text for text in expected if not self.things[text].private)
        assert not gone
        settled = {one.text for one in since.settled}
        assert all(self.things[text].closed and not self.things[text].private for text in settled)
        stage.do(commands.Start(), 1)
        self.came_as = {entry.text: entry.kind for entry in stage.meeting.entries.values()}
        self.stage, self.agenda = stage, None

    # In a meeting.

    @precondition(lambda self: self.stage is not None)
    @rule(
        said=st.lists(
            st.tuples(st.sampled_from(KINDS), st.one_of(st.none(), st.integers(0, 90))), min_size=1, max_size=4
        )
    )
    def something_comes_up(self, said: list[tuple[str, int | None]]) -> None:
        for kind, days in said:
            self.comes_up(kind, days)

    def comes_up(self, kind: str, days: int | None) -> None:
        self.count += 1
        text = f"Chose {self.count}"
        day = None if days is None else self.day + datetime.timedelta(days=days)
        thing = Thing(kind, due=day if kind == "action" else None, deadline=day if kind == "news" else None)
        fields = {"due": thing.due} if thing.due else {"deadline": thing.deadline} if thing.deadline else {}
        self.does(commands.Capture(kind, Fields(text=text, **fields)))
        self.things[text] = thing

    @precondition(lambda self: self.stage is not None)
    @rule(place=which, outcome=st.sampled_from((*AWAY, "answer", "drop", "individual")))
    def a_question_has_its_outcome(self, place: int, outcome) -> None:
        entry = self.entry(place, "question")
        if entry is not None:
            self.decides(entry, outcome)

    def decides(self, entry, outcome) -> None:
        self.does(commands.Answer(entry.id, "Oui.") if outcome == "answer" else commands.Send(entry.id, outcome))
        thing = self.things[entry.text]
        # What an earlier file says is closed stays so, whatever is said of it here.
        thing.closed = outcome in ("answer", "drop") or entry.text in self.closed_before()
        thing.private = outcome == "individual"

    def closed_before(self) -> set[str]:
        """What files say is closed of what came up before this meeting."""
        return {one.text for one in self.records() if one.done or (one.kind == "question" and not is_open(one))}

    @precondition(lambda self: self.stage is not None)
    @rule(place=which)
    def something_is_done(self, place: int) -> None:
        entry = self.entry(place, "question", "action", "aside")
        if entry is not None:
            self.does(commands.Finish(entry.id))
            self.things[entry.text].closed = True

    @precondition(lambda self: self.stage is not None)
    @rule(place=which)
    def something_is_taken_away(self, place: int) -> None:
        entry = self.entry(place, *KINDS)
        if entry is None or entry.outcome is not None or entry.done:
            return
        self.does(commands.Remove(entry.id))
        if entry.origin is None:
            del self.things[entry.text]
        else:
            self.things[entry.text].kind = self.came_as[entry.text]

    @precondition(lambda self: self.stage is not None)
    @rule(place=which)
    def a_subject_becomes_a_question(self, place: int) -> None:
        entry = self.entry(place, "aside")
        if entry is not None and not self.things[entry.text].closed:
            self.does(commands.ChangeKind(entry.id, "question"))
            self.things[entry.text].kind = "question"

    @precondition(lambda self: self.stage is not None)
    @rule()
    def the_meeting_closes(self) -> None:
        assert self.stage is not None
        for entry in self.stage.meeting.undecided():
            self.decides(entry, "next")
        meeting = self.stage.meeting
        for entry in meeting.entries.values():
            if entry.private:
                self.things[entry.text].private = True
        private = [record_of(meeting, entry) for entry in meeting.entries.values() if entry.private]
        append_private(self.workspace, private)
        text = write_minutes(minutes_of(public(meeting), TR, draft=False, now=0, month="2027-01"))
        (self.workspace.minutes_folder / f"{meeting.id}.md").write_text(text)
        self.stage = None

    # What people look for, again and again.

    @precondition(lambda self: self.stage is not None)
    @rule(place=st.integers(0, 2))
    def somebody_needs_something(self, place: int) -> None:
        """Said anew, or by one more where this meeting has it already."""
        assert self.stage is not None
        text = ("Une salle à Mably", "Des tablettes", "Un modèle de mandat")[place]
        here = next((one for one in self.stage.meeting.entries.values() if one.text == text), None)
        if here is not None and here.done:
            return
        self.does(commands.Capture("need", Fields(text=text)) if here is None else commands.Support(here.id))
        thing = self.things.setdefault(text, Thing("need"))
        if thing.closed:
            thing.closed, thing.said_on = False, []
        if self.day not in thing.said_on:
            thing.said_on.append(self.day)

    @precondition(lambda self: self.stage is not None)
    @rule(place=which)
    def a_need_is_met(self, place: int) -> None:
        entry = self.entry(place, "need")
        if entry is not None and entry.origin is not None:
            self.does(commands.Finish(entry.id))
            self.things[entry.text].closed = True

    # In whatever file, by the program or by hand.

    @precondition(lambda self: self.files and self.stage is None)
    @rule(place=st.integers(0, 99), how=st.sampled_from(tuple(BY_HAND)))
    def a_hand_changes_a_file(self, place: int, how: str) -> None:
        texts = {path.stem: path.read_text() for path in self.files}
        changed = by_hand(texts, place, how)
        if changed is not None:
            name, text, closed = changed
            (self.workspace.minutes_folder / f"{name}.md").write_text(text)
            for words in closed:
                self.things[words].closed = True

    @precondition(lambda self: self.files and self.stage is None)
    @rule(place=st.integers(0, 99), how=st.sampled_from(("answer", "done", "drop", "individual")))
    def a_file_is_changed(self, place: int, how: str) -> None:
        found = [
            (path, record)
            for path in self.files
            for record in records_of(read_minutes(path.read_text()), path.stem)
            if record.kind == "question" or (how == "done" and record.kind in ("action", "aside"))
        ]
        if not found:
            return
        path, record = found[place % len(found)]
        text, thing = path.read_text(), self.things[record.text]
        if how == "individual":
            path.write_text(change.send(text, record.number, "individual"))
            append_private(self.workspace, [replace(record, private=True, outcome="individual")])
            thing.private = True
            return
        changes = {
            "answer": lambda: change.answer(text, record.number, "Oui."),
            "done": lambda: change.done(text, record.number),
        }
        path.write_text(changes.get(how, lambda: change.send(text, record.number, "drop"))())
        thing.closed = True

    @invariant()
    def follow_ups_are_what_is_open_each_once(self) -> None:
        if self.stage is None:
            shown = sorted(record.text for record in still_open(self.records()) if not record.private)
            followed = [text for text, thing in self.things.items() if thing.kind in ("question", "action")]
            assert shown == sorted(
                text for text in followed if not self.things[text].closed and not self.things[text].private
            )


THEIRS = (*BY_HAND, "answer", "drop")


class Clones(Years):
    """The same, and somebody else works on the minutes in a clone of their own; now and then what both did is joined."""

    def __init__(self) -> None:
        super().__init__()
        self.cloned: dict[str, str] = {}
        self.theirs: dict[str, str] = {}
        self.they_closed: set[str] = set()

    @precondition(lambda self: self.cloned or (self.files and self.stage is None))
    @rule(changes=st.lists(st.tuples(st.integers(0, 99), st.sampled_from(THEIRS)), min_size=2, max_size=5))
    def they_change_files(self, changes: list[tuple[int, str]]) -> None:
        if not self.cloned:
            self.cloned = {path.stem: path.read_text() for path in self.files}
            self.theirs = dict(self.cloned)
        for place, how in changes:
            self.they_change(place, how)

    def they_change(self, place: int, how: str) -> None:
        changed = by_hand(self.theirs, place, how if how in BY_HAND else "typed")
        if changed is None:
            return
        name, text, closed = changed
        if how not in BY_HAND:
            text = self.theirs[name]
            (number,) = (one.number for one in records_of(read_minutes(text), name) if (one.text,) == closed)
            text = change.answer(text, number, "Non.") if how == "answer" else change.send(text, number, "drop")
        self.theirs[name] = text
        self.they_closed |= set(closed)

    @precondition(lambda self: self.cloned and self.stage is None and self.agenda is None)
    @rule()
    def both_are_joined(self) -> None:
        for name, base in self.cloned.items():
            path = self.workspace.minutes_folder / f"{name}.md"
            ours, theirs = path.read_text(), self.theirs[name]
            joined = merge_people(base, ours, theirs, tr=TR, scale="epci")
            assert isinstance(joined, Merged)
            path.write_text(joined.text)
            other = merge_people(base, theirs, ours, tr=TR, scale="epci")  # the other clone does the same
            assert isinstance(other, Merged)
            assert said_of(other.text, name) == said_of(joined.text, name)
        for words in self.they_closed:
            self.things[words].closed = True
        self.cloned, self.theirs, self.they_closed = {}, {}, set()


def said_of(text: str, name: str) -> list[tuple[str, str, bool]]:
    """What is followed of a file: each entry's number, words and whether it is open."""
    return sorted((one.number, one.text, is_open(one)) for one in records_of(read_minutes(text), name))


TestClones = Clones.TestCase
TestClones.settings = settings(max_examples=examples(20, long=200), stateful_step_count=40)
TestYears = Years.TestCase
TestYears.settings = settings(max_examples=examples(5, long=40), stateful_step_count=30)
