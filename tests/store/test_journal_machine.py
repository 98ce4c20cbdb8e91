"""Anything that can happen to a journal's files, in any order: what was acknowledged and seen is never lost."""

from __future__ import annotations

import os
import shutil
import tempfile
from pathlib import Path

from examples import examples
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from facilitator.core.acts import Act
from facilitator.store.journal import Journal

WRITERS = ("salon", "wall", "command")


class JournalMachine(RuleBasedStateMachine):
    """Two terminals and a command write; a third terminal that has seen everything stays open."""

    @initialize()
    def begin(self) -> None:
        self.root = Path(tempfile.mkdtemp())
        self.folder = self.root / ".facilitator" / "meetings" / "m"
        self.journals = {writer: self.sit(writer) for writer in WRITERS}
        self.acknowledged: set[str] = set()
        self.count = 0

    def sit(self, writer: str) -> Journal:
        return Journal(
            self.folder, writer=writer, shared=writer == "command", fallbacks=[self.root / "elsewhere" / "m"]
        )

    def files(self) -> list[Path]:
        return sorted(self.folder.glob("*.jsonl"))

    @rule(writer=st.sampled_from(WRITERS))
    def append(self, writer: str) -> None:
        self.count += 1
        act = Act(id=f"a{self.count}", n=self.count, writer=writer, actor="a@b", at=1, events=())
        journal = self.journals[writer]
        with journal.turn():
            journal.append(act)
        self.acknowledged.add(act.id)

    @rule(writer=st.sampled_from(WRITERS))
    def leave_and_come_back(self, writer: str) -> None:
        self.journals[writer].close()
        self.journals[writer] = self.sit(writer)
        self.journals[writer].read()

    @rule(writer=st.sampled_from(WRITERS), junk=st.binary(max_size=20))
    def tear(self, writer: str, junk: bytes) -> None:
        """A writer was killed in the middle of a line; another program wrote nonsense."""
        if self.folder.exists():
            with (self.folder / f"{writer}.jsonl").open("ab") as file:
                file.write(b'{"c":"' + junk)

    @precondition(lambda self: self.files())
    @rule(data=st.data())
    def replace_by_itself(self, data: st.DataObject) -> None:
        """A synchroniser or an editor puts the same bytes under a new inode."""
        path = data.draw(st.sampled_from(self.files()))
        shutil.copy(path, self.root / "copy")
        os.replace(self.root / "copy", path)

    @precondition(lambda self: self.files())
    @rule(data=st.data())
    def lose_a_file_that_everybody_saw(self, data: st.DataObject) -> None:
        for journal in self.journals.values():
            journal.poll()
        path = data.draw(st.sampled_from(self.files()))
        path.unlink()
        for writer in ("salon", "wall"):  # both are there: they write again what is missing, now or with the next act
            self.journals[writer].poll()
        self.append("salon")

    @rule()
    def lose_the_folder(self) -> None:
        for journal in self.journals.values():
            journal.poll()
        shutil.rmtree(self.root / ".facilitator", ignore_errors=True)
        self.append("wall")

    @rule(writer=st.sampled_from(WRITERS))
    def write_elsewhere_for_once(self, writer: str) -> None:
        """The folder cannot be written for the time of one act."""
        if not self.folder.exists():
            return
        self.journals[writer].close()
        hidden = self.root / "hidden"
        (self.root / ".facilitator").rename(hidden)
        (self.root / ".facilitator").write_text("in the way")
        self.journals[writer] = self.sit(writer)
        self.append(writer)
        assert self.journals[writer].fallback is not None
        (self.root / ".facilitator").unlink()
        hidden.rename(self.root / ".facilitator")
        self.leave_and_come_back(writer)

    @invariant()
    def everything_acknowledged_is_there_once(self) -> None:
        if not hasattr(self, "journals"):
            return
        found = [act.id for act in self.sit("reader").read()]
        assert len(found) == len(set(found))
        assert set(found) == self.acknowledged

    def teardown(self) -> None:
        for journal in getattr(self, "journals", {}).values():
            journal.close()
        if hasattr(self, "root"):
            shutil.rmtree(self.root)


JournalMachine.TestCase.settings = settings(max_examples=examples(10), stateful_step_count=20, deadline=None)
TestJournal = JournalMachine.TestCase
