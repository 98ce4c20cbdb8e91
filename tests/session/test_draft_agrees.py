"""Whatever people do to a draft while the meeting goes on, the draft and the journal say the same, and nothing is lost or doubled."""

from __future__ import annotations

import re
import shutil
import tempfile
from pathlib import Path

from examples import examples
from hypothesis import Phase, given, settings
from hypothesis import strategies as st
from stage import standard_agenda

from facilitator.core import acts as commands
from facilitator.core.fold import fold
from facilitator.core.network import Network
from facilitator.core.refusal import Refused
from facilitator.core.said import Fields
from facilitator.documents.minutes.reader import read_minutes
from facilitator.meetings import publishing as publish
from facilitator.meetings.session import Session
from facilitator.store.workspace import Workspace

KINDS = ("question", "decision", "action", "need", "note", "resource", "aside")
SECTIONS = {
    "fr": {
        "question": "Questions",
        "decision": "Ce que nous avons décidé",
        "action": "Qui fait quoi",
        "need": "On cherche",
    },
    "en": {"question": "Questions", "decision": "What we decided", "action": "Who does what", "need": "Wanted"},
}
FORMS = {
    "CRLF": lambda said: said.replace("\r", "").replace("\n", "\r\n"),
    "stars": lambda said: re.sub(r"(?m)^(\s*)- ", r"\1* ", said),
    "anchors": lambda said: re.sub(r"<a [^>]*></a>", "", said),
    "numbers": lambda said: re.sub(r"(?:<a [^>]*></a>)?\*\*[A-Z][0-9]+\*\* ", "", said),
    "bare": lambda said: re.sub(r"\*\*([A-Z][0-9]+)\*\*", r"\1", said),
    "loose": lambda said: re.sub(r"(?m)^- ", "\n- ", said),
}
BY_KEY = ("capture", "capture", "edit", "remove", "send")
BY_HAND = ("add", "add", "reword", "reword", "drop", "tick", "answer", "stale", "form", "cut", "write", "write")
STEP = st.tuples(st.sampled_from(BY_KEY + BY_HAND), st.integers(0, 60))


class Table:
    """A meeting, its draft, and what was said that must be found again."""

    def __init__(self, root: Path, language: str) -> None:
        self.language = language
        self.session = Session.prepare(
            Workspace(root),
            standard_agenda(),
            Network(),
            zone="Europe/Paris",
            language=language,
            terminal=True,
            actor="claire@roanne",
        )
        self.session.act(commands.Start())
        self.count = 0
        self.texts: set[str] = set()
        self.said: list[str] = []
        self.write()
        self.kept = [self.text]

    @property
    def path(self) -> Path:
        return self.session.draft_path

    @property
    def text(self) -> str:
        return self.path.read_bytes().decode()

    def save(self, said: str) -> None:
        self.path.write_bytes(said.encode())

    def word(self) -> str:
        self.count += 1
        word = f"Parole{self.count}x"
        self.texts.add(word)
        return word

    def write(self) -> None:
        written = publish.write_draft(self.session)
        assert written is not None
        self.said += written.said
        self.session.poll()

    def entries(self):
        return [one for one in self.session.meeting.entries.values() if one.kind != "news"]

    def items(self) -> list[str]:
        """The lines of the draft that hold a text of ours, said in full."""
        return [
            line
            for line in self.text.split("\n")
            if re.match(r"\s*[-*] (?!→|-)", line) and "Parole" in line and "](#" not in line.replace("](#step", "")
        ]

    def do(self, what: str, which: int) -> None:
        match what:
            case "capture":
                self.session.act(commands.Capture(KINDS[which % len(KINDS)], Fields(text=self.word())))
            case "write":
                self.write()
                self.kept.append(self.text)
            case "stale":
                self._stale(which)
            case "form":
                self.save(list(FORMS.values())[which % len(FORMS)](self.text))
            case "cut":
                self.write()
                self.save(self.text[: len(self.text) * (40 + which) // 100])
                self.write()
                for beside in self.path.parent.glob("*.new*.md"):
                    beside.unlink()
                if self.path.read_bytes().decode().count("Parole") < 1 or not read_minutes(self.text).front.lines:
                    self.path.unlink()
                self.write()
            case "add":
                self._add(("question", "decision", "action", "need", "note")[which % 5])
            case "edit" | "remove" | "send":
                self._by_key(what, which)
            case _:
                self._by_hand(what, which)

    def _by_key(self, what: str, which: int) -> None:
        entries = self.entries()
        if not entries:
            return
        one = entries[which % len(entries)]
        try:
            if what == "remove":
                self.write()  # an edit by hand beats it
                self.session.act(commands.Remove(one.id))
                self.texts -= set(re.findall("Parole[0-9]+x", one.text))
            elif what == "edit":
                self.session.act(commands.Edit(one.id, Fields(text=f"{one.text} {self.word()}")))
                self.write()
            else:
                self.session.act(commands.Send(one.id, "newsletter"))
        except (Refused, KeyError):
            return

    def _add(self, kind: str) -> None:
        heading = f"## {SECTIONS[self.language].get(kind, '')}"
        if kind == "note":
            heading = next((line for line in self.text.split("\n") if 'step-1"' in line and line.startswith("#")), "")
        if heading.strip("# ") and heading in self.text:
            at = self.text.index(heading) + len(heading.rstrip("\r"))
            self.save(f"{self.text[:at]}\n\n- {self.word()}\n{self.text[at:]}")

    def _by_hand(self, what: str, which: int) -> None:
        if not self.path.exists():
            return
        items = self.items()
        if not items:
            return
        line = items[which % len(items)]
        word = re.findall("Parole[0-9]+x", line)[0]
        if what == "drop":
            if len(items) > 3:  # the end of a file is not taken for deleted
                self.save(self.text.replace(line + "\n", "", 1))
                self.write()
                now = " ".join(one.text for one in self.entries())
                self.texts -= {one for one in re.findall("Parole[0-9]+x", line) if one not in now}
        elif what == "reword":
            self.save(self.text.replace(line, line.replace(word, f"{word} {self.word()}", 1), 1))
        elif what == "tick":
            self.save(self.text.replace(line, line.replace("[ ]", "[x]"), 1))
        elif re.search(r"\*?\*?Q[0-9]", line):
            label = "*Réponse :*" if self.language == "fr" else "*Answer:*"
            end = "\r" if line.endswith("\r") else ""
            self.save(self.text.replace(line, f"{line}\n  - {label} Oui.{end}", 1))

    def _stale(self, which: int) -> None:
        """An editor that had an older draft before it saves that one, with a word more."""
        self.write()
        old = self.kept[which % len(self.kept)]
        words = [word for word in re.findall("(?<=- )Parole[0-9]+x", old) if word in self.texts]
        self.save(old.replace(words[0], f"{words[0]} {self.word()}", 1) if words and old.count(words[0]) == 1 else old)
        self.write()

    def check(self) -> None:
        self.write()
        before = self.text
        acts = len(self.session.replay.acts)
        self.write()
        assert len(self.session.replay.acts) == acts, "written twice, done twice"
        assert read_minutes(self.text).numbered().keys() == read_minutes(before).numbered().keys()
        meeting = self.session.meeting
        assert fold(self.session.replay.acts) == meeting
        found = read_minutes(self.text)
        here = {name: one.said.text for name, one in found.numbered().items()}
        assert here == {
            (one.kind, one.number): one.text for one in meeting.entries.values() if one.number and not one.private
        }
        assert sorted(one.said.text for one in found.entries if one.said.kind == "note") == sorted(
            one.text for one in meeting.of_kind("note")
        )
        for name, one in found.numbered().items():
            entry = meeting.find(*name)
            if one.said.kind == "action":
                assert entry.done == one.said.done
            if one.said.kind == "question":
                assert entry.answer == one.said.answer
        said = " ".join(one.text for one in meeting.entries.values())
        told = " ".join(self.said)  # of what a hand and the meeting both changed, the one is said
        lost = [word for word in self.texts if word not in said and word not in told]
        assert not lost
        doubled = [word for word in self.texts if said.count(word) > 1]
        assert not doubled


@settings(max_examples=examples(15), deadline=None, phases=(Phase.generate,))  # to make one smaller takes minutes
@given(st.sampled_from(("fr", "en")), st.lists(STEP, min_size=4, max_size=14))
def test_the_draft_and_the_meeting_agree_whatever_hands_do_to_it(language, steps):
    folder = Path(tempfile.mkdtemp())
    try:
        table = Table(folder, language)
        for step in (*(("capture", place) for place in range(len(KINDS))), ("write", 0), *steps):
            table.do(*step)
        table.check()
        table.session.leave()
    finally:
        shutil.rmtree(folder)
