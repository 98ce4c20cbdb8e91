"""A year of three networks, held through the program's own commands, each at its instant: nothing of it is written by hand but what
people write by hand (settings, agendas).

A seed decides who says what; what the promises of the program need (a sequence that was not reached, a call, what is relayed) comes
in the months that the scenario knows.
"""

from __future__ import annotations

import datetime
import fcntl
import os
import pickle
import random
import re
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from here import Said, run

from facilitator.documents.agenda import read_agenda
from facilitator.i18n import translator
from three_networks.words import AURA, LOIRE, ROANNAIS, Asked, Words

YEAR = 2026
# The months in which each network meets, and the day of the month: 12, 10 and 8 meetings.
MONTHS = {"roannais": range(1, 13), "loire": (1, 2, 3, 4, 5, 6, 9, 10, 11, 12), "aura": (2, 3, 4, 5, 6, 9, 11, 12)}
FIRST = {
    "roannais": (8, 1),
    "loire": (15, 3),
    "aura": (22, 4),
}  # from that day of the month on, the first such day of the week
CALENDARS = {
    "roannais": "{ pattern: [both], day: 2e mardi }",
    "loire": "{ pattern: [meeting], day: 3e jeudi }",
    "aura": "{ pattern: [meeting, meeting, newsletter], day: 4e vendredi }",
}
LEVELS = {
    "roannais": "{ network: loire, level: departement, digests: ../loire }",
    "loire": "{ network: roannais, level: epci, digests: ../roannais }, { network: aura, level: region, digests: ../aura }",
    "aura": "{ network: loire, level: departement, digests: ../loire }",
}
NOT_REACHED, OVER = 5, 7  # the months in which the Roannais stops before its workshop, and in which it goes over


class Due(NamedTuple):
    """When something comes back: from a day on (None: always), until a day (None: for ever)."""

    since: datetime.date | None = None
    until: datetime.date | None = None
    followed: bool = True  # whether it is a follow-up, too: a question or an action

    def at(self, day: datetime.date, today: datetime.date) -> bool:
        """Whether it is carried into a meeting of that day, as one sees it today."""
        begun = self.since is None or self.since <= day
        return begun and (self.until is None or today <= self.until <= day)


class Told(NamedTuple):
    """What `new` proposed for a meeting, and what was open then: the texts."""

    meeting: str
    said: str
    carried: list[dict[str, str]]
    expected: list[str]


def plain(text: str) -> str:
    return text.replace("\u00a0", " ").replace("\u202f", " ")


class Play:
    """The networks in their folders, and the clock on their wall."""

    def __init__(self, root: Path, *, seed: int = 11) -> None:
        self.root = root
        self.now = datetime.datetime(YEAR, 1, 2, 9, tzinfo=datetime.UTC)
        self.random = random.Random(seed)
        self.networks = {words.folder: Folder(self, words) for words in (ROANNAIS, LOIRE, AURA)}

    def at(self, day: datetime.date, hour: int = 9) -> None:
        """Set the clock to an hour of a day (UTC)."""
        self.now = datetime.datetime.combine(day, datetime.time(hour), datetime.UTC)

    @contextmanager
    def on_stage(self) -> Iterator[None]:
        """With nothing of the machine but its disk: the clock is ours, and the person's folder is empty."""
        aside = self.root / "aside"
        aside.mkdir(parents=True, exist_ok=True)
        with pytest.MonkeyPatch.context() as patch:
            for name in ("FACILITATOR_WORKSPACE", "LC_ALL", "LC_MESSAGES", "LANG"):
                patch.delenv(name, raising=False)
            for name, value in {"HOME": aside, "XDG_STATE_HOME": aside, "TZ": "Europe/Paris", "LANGUAGE": "fr"}.items():
                patch.setenv(name, str(value))
            patch.setattr("facilitator.cli.context.utc_now", lambda: self.now)
            yield

    def year(self) -> None:
        """The thirty meetings."""
        for month in range(1, 13):
            self.month(month)
        self.at(datetime.date(YEAR + 1, 1, 4))
        self.answers_come_down()

    def month(self, month: int) -> None:
        """A month: what comes down, what each network holds, what goes up."""
        self.at(datetime.date(YEAR, month, 2))
        if month > 1:
            self.answers_come_down()
        for network in self.networks.values():
            if month in MONTHS[network.words.folder]:
                network.meets(month)

    def answers_come_down(self) -> None:
        """From the region to the département, from there to the intercommunality."""
        for above, below in (("aura", "loire"), ("loire", "roannais")):
            if self.networks[above].held:
                self.networks[above].does("digest")
                self.networks[below].does("receive")
                for text in self.networks[below].asked_above & self.networks[above].answered:
                    self.networks[below].is_answered(text)

    def moved(self, root: Path) -> Play:
        """The same networks, in a copy of their folders."""
        shutil.copytree(self.root, root, dirs_exist_ok=True)
        self.root = root
        for network in self.networks.values():
            network.path = root / network.words.folder
        return self


def played(shared: Path) -> Play:
    """The year as it was at its end: held once in a folder that all who want it know, whoever comes first."""
    shared.mkdir(exist_ok=True)
    kept = shared / "play.pickle"
    with (shared / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not kept.exists():
            play = Play(shared / "networks")
            play.root.mkdir(exist_ok=True)
            with play.on_stage():
                play.year()
            kept.write_bytes(pickle.dumps(play))
    found: Play = pickle.loads(kept.read_bytes())  # noqa: S301  # this run wrote it
    return found


def shared_folder(factory: pytest.TempPathFactory) -> Path:
    """A folder of this run of the tests, the same for all its processes."""
    own = factory.getbasetemp()
    return (own.parent if os.environ.get("PYTEST_XDIST_WORKER") else own) / "three-networks"


class Folder:
    """One network: its folder, and what it has still to say."""

    def __init__(self, play: Play, words: Words) -> None:
        self.play, self.words = play, words
        self.path = play.root / words.folder
        self.path.mkdir(parents=True, exist_ok=True)
        self.questions, self.relayed = list(words.questions), list(words.relayed)
        self.known: dict[str, Asked] = {
            one.text: one for other in (ROANNAIS, LOIRE, AURA) for one in (*other.questions, *other.relayed)
        }
        self.held = 0
        # What is open as the people of the network would say: by its words, from when on it comes back at a meeting, and until when.
        self.open: dict[str, Due] = {}
        self.asked_above: set[str] = set()  # what it relayed, and has no answer to yet
        self.answered: set[str] = set()
        self.had: set[str] = set()  # what it was asked from below
        self.below: set[str] = set()
        self.told: list[Told] = []
        self.rewritten: list[str] = []
        self.calls: dict[str, Due] = {}  # those of the agenda to come
        self.needed: dict[str, dict[str, str]] = {}  # what is looked for: in which meetings, in which words
        self.day = datetime.date(YEAR, 1, 1)
        self.clock = datetime.timedelta()
        self.path.joinpath("facilitator.yaml").write_text(self._settings(), encoding="utf-8")

    def _settings(self) -> str:
        words = self.words
        people = "".join(
            f"  - {{ name: {one.name}, structure: {one.structure}"
            + (f", place: {one.place}" if one.place else "")
            + (f", knows: [{', '.join(one.knows)}]" if one.knows else "")
            + " }\n"
            for one in words.people
        )
        return (
            f"name: {words.name}\nscale: {words.scale}\nlanguage: fr\ntimezone: Europe/Paris\n"
            f"coordinator: {words.coordinator}\nperimeter: [{words.perimeter}]\nlevels: [{LEVELS[words.folder]}]\n"
            f"calendar: {CALENDARS[words.folder]}\nmembers:\n{people}"
        )

    # What is done.

    def tries(self, *words: str, stdin: str = "", folded: bool = True) -> Said:
        """What a command did, and said: with the spaces that do not break or without."""
        done = run(words, self.path, stdin.encode())
        said = [text.decode() for text in (done.stdout, done.stderr)]
        return Said(done.returncode, *(map(plain, said) if folded else said))

    def does(self, *words: str, stdin: str = "", folded: bool = True) -> Said:
        """The same of a command that must succeed."""
        did = self.tries(*words, stdin=stdin, folded=folded)
        assert did.code == 0, (self.words.folder, self.play.now, words, did)
        return did

    def acts(self, *words: str, minutes: int = 1, stdin: str = "") -> Said:
        """The same in the meeting that goes on, so many minutes after what was done before."""
        self.clock += datetime.timedelta(minutes=minutes)
        at = datetime.datetime.combine(self.day, datetime.time()) + self.clock
        return self.does(*words, "--at", f"{at:%Y-%m-%d %H:%M}", stdin=stdin)

    def text(self, name: str) -> str:
        """What one of its documents says."""
        return plain((self.path / name).read_text(encoding="utf-8"))

    @property
    def meeting(self) -> str:
        """The id of the last meeting."""
        return f"{self.day}-{self.words.folder}"

    def minutes(self, month: int) -> str:
        """The minutes of a month."""
        (path,) = (self.path / "minutes").glob(f"{YEAR}-{month:02}-*.md")
        return plain(path.read_text(encoding="utf-8"))

    # A meeting.

    def day_in(self, month: int) -> datetime.date:
        """The day on which it meets in a month."""
        since, weekday = FIRST[self.words.folder]
        first = datetime.date(YEAR, month, since)
        return first + datetime.timedelta((weekday - first.weekday()) % 7)

    def meets(self, month: int) -> None:
        """Prepare, hold and close the meeting of a month, and write its digest."""
        self.prepares(month)
        before = self.past()
        self.opens()
        self.speaks(month)
        self.closes(month)
        self.rewritten += [name for name, text in self.past().items() if text != before[name]]
        self.open |= self.calls
        self.calls = {}
        self.goes_on(month)

    def prepares(self, month: int) -> Said:
        """What was relayed is read, the agenda is written and finished by hand, twelve days before."""
        self.day, self.held = self.day_in(month), self.held + 1
        self.play.at(self.day - datetime.timedelta(12) if month > 1 else datetime.date(YEAR, 1, 2))
        if self.words.folder != "roannais":
            self.play.at(self.day - datetime.timedelta(1))
            self.does("receive")
        self._inbox(month)
        did = self.does("new", "--date", str(self.day), "--title", self.words.title)
        self._told(did)
        self.agenda = Path(did.out.strip())
        text = self.agenda.read_text(encoding="utf-8")
        workshop = self.words.workshops[(self.held - 1) % len(self.words.workshops)]
        text = text.replace(f"\ndate: {self.day}\n", f"\nslug: {self.words.folder}\ndate: {self.day}\n")
        text = text.replace("title: Atelier\n", f"title: {workshop}\n")
        if "\nplace:" not in text:
            host = self._hosts()[(self.held - 1) % len(self._hosts())]
            text = text.replace("\nsteps:", f"\nplace: {{ name: {host.place}, host: {host.name} }}\nsteps:")
        scribe = self.words.people[1 + self.held % (len(self.words.people) - 1)].name
        text = text.replace("\nsteps:", f"\nfacilitator: {self.words.coordinator}\nscribe: {scribe}\nsteps:")
        self.agenda.write_text(text, encoding="utf-8")
        return did

    def _told(self, did: Said) -> None:
        """Keep what was proposed beside what was open: what is open here, and what the networks below ask and this one never had."""
        today = self.play.now.date()
        agenda = read_agenda(Path(did.out.strip()).read_bytes(), name="", tr=translator("fr"))
        carried = [
            {"meeting": one.meeting, "number": one.number, "text": one.text, "why": one.why or ""}
            for one in agenda.carried
        ]
        below = {"loire": "roannais", "aura": "loire"}.get(self.words.folder)
        asked = self.play.networks[below].asked_above - self.had if below else set()
        self.had |= asked
        self.below |= asked
        expected = [text for text, due in self.open.items() if due.at(self.day, today)] + list(asked)
        expected += [said[max(said)] for said in self.needed.values() if len(said) > 1]
        self.told.append(Told(self.meeting, did.err, carried, sorted(expected)))
        for text in asked:
            self.open[text] = Due()

    def is_answered(self, text: str) -> None:
        """Nothing more is to come of a question."""
        self.open.pop(text, None)
        self.asked_above.discard(text)
        self.answered.add(text)

    def _hosts(self) -> list[Any]:
        return [one for one in self.words.people[1:] if one.place]

    def _inbox(self, month: int) -> None:
        words, place = self.words, self.held - 1
        if month % 3 == 1:
            call = words.calls[place // 3 % len(words.calls)]
            deadline = self.day + datetime.timedelta(24)
            level = ("--level", "region") if words.scale != "region" else ("--level", "national")
            link = f"https://example.org/{words.folder}/appel-{place + 1}"
            self.does("inbox", "add", call, "--type", "call", "--deadline", str(deadline), "--link", link, *level)
            (row,) = (row for row in self.does("inbox", "list", "--json").json if row["text"] == call)
            self.does("inbox", "take", str(row["number"]), "--agenda")
            self.calls[call] = Due(until=deadline, followed=False)
        elif month % 3 == 2:
            report = words.reports[place // 3 % len(words.reports)]
            link = f"https://example.org/{words.folder}/rapport-{place + 1}"
            self.does("inbox", "add", report, "--type", "report", "--link", link)
            (row,) = (row for row in self.does("inbox", "list", "--json").json if row["link"] == link)
            self.does("inbox", "take", str(row["number"]), "--letter")

    def opens(self) -> None:
        """Begin, and tick who is there."""
        self.play.at(self.day, 13)
        self.clock = datetime.timedelta(hours=9, minutes=30)
        self.acts("start", str(self.agenda), minutes=0)
        people = [one.name for one in self.words.people]
        away = set(self.play.random.sample(people[1:], len(people) // 4))
        for name in people:
            if name not in away:
                self.acts("attend", name, minutes=0)
        for name in sorted(away)[:1]:
            self.acts("attend", name, "--excused", minutes=0)
        self.there = [name for name in people if name not in away]

    def past(self) -> dict[str, str]:
        """The minutes of the meetings before."""
        return {
            path.name: path.read_text(encoding="utf-8")
            for path in (self.path / "minutes").glob("*.md")
            if path.stem != self.meeting
        }

    def speaks(self, month: int) -> None:
        """What is said, sequence by sequence."""
        words, rng, place = self.words, self.play.random, self.held - 1
        self.acts("add", "note", words.seen[place % len(words.seen)], minutes=12)
        self.acts("next", minutes=14)
        if place % 2 == 0:
            resource = words.resources[place // 2 % len(words.resources)]
            link = f"https://example.org/{words.folder}/ressource-{place // 2 % len(words.resources) + 1}"
            self.acts("add", "resource", resource, "--link", link, minutes=4)
        self.acts("next", minutes=15)
        self._comes_back()
        for number in range(3 if words.scale == "epci" else 1):
            if self.questions:
                self._is_asked(self.questions.pop(0), number)
        if self.relayed and month % 3 == 2:
            self.acts("add", "question", self.relayed[0].text, "--theme", self.relayed[0].theme, minutes=2)
            self.acts("send", "last", "relay", minutes=0)
            self._relays(self.relayed.pop(0).text)
        self._is_needed(month)
        if month == NOT_REACHED and words.scale == "epci":
            return
        self.acts("next", minutes=12 if month == OVER else 3)
        self.acts("next", minutes=10)
        lead = rng.choice(self.there[1:])
        self.acts("handover", lead, minutes=0)
        self.acts("next", minutes=24)
        self.acts("add", "note", words.learned[place % len(words.learned)], minutes=8)
        if place % 2 == 0 and place // 2 < len(words.decisions):
            self.acts("add", "decision", words.decisions[place // 2], "--consensus", minutes=6)
        if place < len(words.actions):
            due = self.day + datetime.timedelta(rng.choice((15, 40)))
            self.acts(
                "add", "action", words.actions[place], "--owner", rng.choice(self.there), "--due", str(due), minutes=2
            )
            self.open[words.actions[place]] = Due(since=due)
        if place % 4 == 1 and place // 4 < len(words.asides):
            self.acts("add", "aside", words.asides[place // 4], minutes=1)
            self.open[words.asides[place // 4]] = Due(followed=False)
        for _ in self.agenda.read_text(encoding="utf-8").split("kind: workshop")[1:]:
            self.acts("next", "--step", minutes=10)
        usefulness = [f"{worth}x{rng.randint(1, 4)}" for worth in (3, 4, 5)]
        self.acts(
            "evaluation", *usefulness, "--keep", "le tour de table", "--change", "la pause trop courte", minutes=4
        )

    def _relays(self, text: str) -> None:
        self.open[text] = Due()
        self.asked_above.add(text)

    def _comes_back(self) -> None:
        """What was carried over is answered where somebody can, else waits on; an action is done or goes on."""
        for entry in self.does("entries", "--json").json:
            if not entry["origin"] or entry["answer"] or entry["done"]:
                continue
            label = entry["number"]
            if entry["kind"] == "question":
                asked, foreign = self.known[entry["text"]], "/" in entry["origin"]["meeting"]
                if foreign and self.words.scale == "departement" and asked.theme == "postes":
                    self.acts("send", label, "relay", minutes=1)
                    self._relays(entry["text"])
                elif entry["text"] in self.asked_above:
                    continue  # it waits for the level above
                elif foreign or self.play.random.random() < 0.7:
                    self.acts("answer", label, asked.answer, "--by", self.there[1], minutes=2)
                    self.is_answered(entry["text"])
                elif not entry["outcome"]:
                    self.acts("send", label, "next", minutes=1)
            elif entry["kind"] in ("action", "aside") and self.play.random.random() < 0.6:
                self.acts("done", label, minutes=1)
                self.open.pop(entry["text"])

    def _is_asked(self, asked: Asked, number: int) -> None:
        by = self.play.random.choice(self.there[1:])
        self.acts("add", "question", asked.text, "--by", by, "--theme", asked.theme, minutes=2)
        if number == 0:
            self.acts("answer", "last", asked.answer, "--by", self.play.random.choice(self.there[1:]), minutes=1)
            self.answered.add(asked.text)
        else:
            self.acts("send", "last", ("newsletter", "next", "mattermost")[(self.held + number) % 3], minutes=0)
            self.open[asked.text] = Due()

    def _is_needed(self, month: int) -> None:
        words, place = self.words, self.held - 1
        by = self.there[1 + place % (len(self.there) - 1)]
        text, theme = (
            words.returning[place % len(words.returning)] if month % 2 else words.needs[place // 2 % len(words.needs)]
        )
        self.acts("add", "need", text, "--by", by, "--theme", theme, minutes=2)
        # In other words it is the same need, but where those have too little in common.
        same = (text, theme) in words.returning and words.scale != "region"
        self.needed.setdefault(theme if same else text, {})[self.meeting] = text
        if month % 3 == 0 and place // 3 < len(words.offers):
            text, theme = words.offers[place // 3]
            self.acts("add", "need", text, "--offer", "--by", self.there[2], "--theme", theme, minutes=1)
        if month == 2:
            self.acts("add", "need", "-", "--individual", "--by", by, stdin=f"Une dette secrète {words.folder}")

    def closes(self, month: int) -> Said:
        """Close, with a sentence."""
        workshop = re.findall(r"kind: workshop\n    title: (.*)\n", self.agenda.read_text(encoding="utf-8"))[0]
        summary = f"L’atelier portait sur « {workshop} » ; les questions qui pressaient ont leur réponse."
        if month == NOT_REACHED and self.words.scale == "epci":
            summary = "Une matinée pour les questions ; l’atelier est reporté."
        return self.acts("close", "--summary", summary, minutes=6)

    def goes_on(self, month: int) -> None:
        """After the meeting: the digest goes up, and a question of the letter is answered twelve days later."""
        self.play.at(self.day + datetime.timedelta(1))
        self.does("digest")
        if self.words.scale != "epci":
            return
        self.play.at(self.day + datetime.timedelta(12))
        for entry in self.does("followups", "--json").json:
            if entry["meeting"] == self.meeting and entry.get("outcome") == "newsletter" and month % 4:
                asked = self.known[entry["text"]]
                by = self.words.people[1 + month % 5].name
                self.does("answer", entry["number"], asked.answer, "--by", by, "--meeting", self.meeting)
                self.is_answered(asked.text)
                break
