"""The minutes of a meeting as Markdown, in the order of a reader in a hurry, or sequence by sequence.

Every entry stands in full exactly once; elsewhere it is a link. What a heading says is not said again.
"""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Callable, Iterable, Sequence

from facilitator.core.agenda import StepKind
from facilitator.core.carrying import day_of
from facilitator.core.network import Section
from facilitator.core.said import Origin
from facilitator.core.vocabulary import PRIVATE, Kind
from facilitator.documents.markdown.anchor import heading_anchor
from facilitator.documents.markdown.escape import destination, escape, escape_line, is_link
from facilitator.documents.markdown.pen import shown_line
from facilitator.documents.minutes import words
from facilitator.documents.minutes.brief import brief_lines, by_date, is_dated
from facilitator.documents.minutes.entry import MinutesEntry, MinutesToWrite, StepToWrite
from facilitator.documents.minutes.evaluation import write_evaluation
from facilitator.documents.minutes.front import Front, write_front
from facilitator.documents.minutes.of_entry import EntryPen, Whereabouts, licence_line, step_anchor, steps_named
from facilitator.documents.minutes.questions import groups, place_of
from facilitator.documents.minutes.tail import TailPen
from facilitator.documents.minutes.words import People
from facilitator.documents.typography import typeset

# The next meeting has its own: that one was not reached puts nothing off.
_OF_EACH_MEETING: tuple[StepKind, ...] = ("break", "closing")


def write_minutes(meeting: MinutesToWrite) -> str:
    """The whole document, ending in a newline."""
    return _Writer(meeting).text()


def entry_pen(meeting: MinutesToWrite) -> EntryPen:
    """The pen that writes the entries of these minutes."""
    named = steps_named([(step.kind, step.title) for step in meeting.steps], meeting.language)
    tails = TailPen(meeting.language, meeting.scale, meeting.day, named)
    return EntryPen(meeting.language, tails)


class _Writer:
    def __init__(self, meeting: MinutesToWrite) -> None:
        self.meeting = meeting
        self.look = meeting.look
        self.language = meeting.language
        self.french = meeting.language == "fr"
        self.pen = entry_pen(meeting)
        self.wording = self.pen.tails.wording
        self.by_sequence = self.look.order == "sequence"
        self.entries = [said for said in meeting.entries if said.outcome != "individual" and said.kind not in PRIVATE]
        self.carried = [said for said in self.entries if said.origin]
        self.new = [said for said in self.entries if not said.origin]
        self.asked_in = self._asked_in()
        self.written: set[tuple[Kind, int]] = set()

    def text(self) -> str:
        blocks = [f"# {self._title()}\n"]
        if self.look.heading:
            blocks.append(escape(typeset(self.look.heading, self.language), start=True) + "\n")
        if self.meeting.draft:
            blocks.append(self._draft())
        blocks.append(self._opening())
        for section, write in _SEQUENCE if self.by_sequence else _KIND:
            body = "" if section in self.look.left_out else write(self)
            if not body:
                continue
            blocks.append(
                body if section == "course" and self.by_sequence else f"## {self._heading(section)}\n\n{body}"
            )
        blocks += self._foot()
        return write_front(self._front()) + "\n" + "\n".join(blocks)

    def say(self, french: str, english: str) -> str:
        return typeset(french, self.language) if self.french else english

    # The top.

    def _front(self) -> Front:
        meeting = self.meeting
        return Front(
            meeting=meeting.meeting,
            status="draft" if meeting.draft else "final",
            language=meeting.language,
            zone=meeting.zone,
            newsletter=meeting.month,
            order=self.look.order,
            headings=self.look.headings,
            times=tuple((step.planned, step.actual) for step in meeting.steps),
            closed=frozenset(self.written),
            given=meeting.given,
            acts=meeting.acts if meeting.draft else None,
        )

    def _title(self) -> str:
        day = words.day_text(self.meeting.day, self.language, year=True)
        return self.say(f"Compte rendu du {day}", f"Minutes of {day}")

    def _heading(self, section: Section) -> str:
        if own := self.look.headings.get(section):
            return self.pen.line(own)
        if section == "since":
            day = self.meeting.since or datetime.date.min
            named = words.day_text(day, self.language, year=day.year != self.meeting.day.year)
            return (
                self.say(f"Depuis le {named}", f"Since {named}")
                if self.meeting.since
                else self.say("Depuis la dernière rencontre", "Since the last meeting")
            )
        return typeset(words.SECTIONS[section][self.language][0], self.language)

    def _draft(self) -> str:
        at = words.hour_text(self.meeting.as_of, self.language) if self.meeting.as_of else None
        when = self.say(f" à {at}", f" at {at}") if at else ""
        return self.say(
            f"> **Provisoire**, état{when} : la rencontre n’est pas publiée, ce compte rendu changera encore.\n",
            f"> **Draft**, as it stands{when}: the meeting is not published, these minutes will still change.\n",
        )

    def _opening(self) -> str:
        meeting = self.meeting
        lines = [f"**{self.pen.line(meeting.title)}**", self._when()]
        if meeting.address:
            address = shown_line(meeting.address)
            lines.append(
                f"<{address}>" if is_link(address) else escape(typeset(address, self.language) + "\n", start=True)[:-2]
            )
        roles: list[tuple[People, str | None]] = [
            ("host", meeting.host),
            ("facilitator", meeting.facilitator),
            ("scribe", meeting.scribe),
        ]
        said = [self._people(role, [name]) for role, name in roles if name]
        count = len(meeting.present) + len(meeting.visitors)
        if count and "present" not in self.look.left_out:
            people = self.say("personne" if count == 1 else "personnes", "person" if count == 1 else "people")
            said.append(f"[{count} {people}](#{heading_anchor(self._heading('present'))})")
        if said:
            lines.append(" · ".join(said))
        return "\\\n".join(lines) + "\n"

    def _when(self) -> str:
        meeting = self.meeting
        weekday = words.weekday(meeting.day, self.language)
        text = f"{weekday[:1].upper()}{weekday[1:]} {words.day_text(meeting.day, self.language, year=True)}"
        if meeting.started:
            start = words.hour_text(meeting.started, self.language)
            end = words.hour_text(meeting.ended, self.language) if meeting.ended else None
            if end and meeting.ended_on not in (None, meeting.day):
                on = words.near(meeting.ended_on, meeting.day, self.language)
                text += self.say(f", de {start} au {on} à {end}", f", {start} to {end} on {on}")
            elif end:
                text += self.say(f", de {start} à {end}", f", {start} to {end}")
            else:
                text += self.say(f", à partir de {start}", f", from {start}")
        return typeset(text, self.language) + (f", {self.pen.line(meeting.place)}" if meeting.place else "")

    def _labelled(self, word: str, value: str) -> str:
        return f"*{self.say(f'{word} :', f'{word}:')}* {value}"

    # The sections.

    def brief(self) -> str:
        return "".join(
            f"- {line}\n"
            for line in brief_lines(self.meeting, self.new + self.carried, self.pen, by_sequence=self.by_sequence)
        )

    def decided(self) -> str:
        return self._items(self._of("decision"), lambda said: Whereabouts(said.step))

    def actions(self) -> str:
        return self._items(sorted(self._of("action"), key=action_order), lambda said: Whereabouts(said.step))

    def since(self) -> str:
        lines = self._items(sorted(self.carried, key=_by_number), lambda said: self._loose(said, None))
        for asked, told in (
            (True, self.say("Répondu entre-temps :", "Answered meanwhile:")),
            (False, self.say("Fait entre-temps :", "Done meanwhile:")),
        ):
            links = [
                f"[{self.pen.line(one.text)}]({destination(f'{one.origin.meeting}.md#{one.origin.number.lower()}')})"
                for one in self.meeting.meanwhile
                if one.asked == asked
            ]
            lines += f"- {told} {', '.join(links)}\n" if links else ""
        return lines

    def questions(self) -> str:
        asked = self._of("question")
        if not asked:
            return ""
        blocks = [f"{sentence}\n"] if (sentence := self._by_default(asked)) else []
        for group in groups(asked, self.wording):
            heading = typeset(self.wording.heading(group.outcome, group.due), self.language)
            items = [
                self._written(said, place_of(said, group.due, step=self._elsewhere(said), headed=True))
                for said in group.questions
            ]
            blocks.append(f"### {heading}\n\n{''.join(items)}")
        return "\n".join(blocks)

    def wanted(self) -> str:
        return self._items(
            [said for said in self._of("need") if not said.offer], lambda said: Whereabouts(self._elsewhere(said))
        )

    def offered(self) -> str:
        return self._items(
            [said for said in self._of("need") if said.offer], lambda said: Whereabouts(self._elsewhere(said))
        )

    def dates(self) -> str:
        news = {step.number for step in self.meeting.steps if step.kind == "news"}
        dated = sorted((said for said in self._of("news") if is_dated(said, self.meeting.day)), key=by_date)
        return self._items(dated, lambda said: Whereabouts(None if said.step in news else said.step))

    def course(self) -> str:
        return "\n".join(self._sequence(step) for step in self._shown_steps()) + self._outside()

    def put_off(self) -> str:
        lines = ""
        shown = {step.number for step in self._shown_steps()}
        for step in self.meeting.steps:
            if step.actual is None and step.kind not in _OF_EACH_MEETING:
                mark = "" if step.number in shown else step_anchor(step.number)
                said = [f"{step.planned} min"] if step.planned else []
                said += [self._came(step.origin)] if step.origin else []
                lines += f"- {mark}{self.pen.line(step.title)}" + (
                    f" *({typeset(' · '.join(said), self.language)})*\n" if said else "\n"
                )
        return lines + self._items(self._of("aside"), lambda said: Whereabouts())

    def times(self) -> str:
        if not self.look.times:
            return ""
        rows = [self.say("| Séquence | Prévu | Réel |", "| Sequence | Planned | Actual |"), "| --- | --: | --: |"]
        for step in self.meeting.steps:
            spent = "–" if step.actual is None else f"{step.actual} min"
            rows.append(typeset(f"| {self.pen.line(step.title)} | {step.planned} min | {spent} |", self.language))
        return "\n".join(rows) + "\n"

    def evaluation(self) -> str:
        return "".join(f"{line}\n" for line in write_evaluation(self.meeting.evaluation, self.language))

    def present(self) -> str:
        meeting = self.meeting
        rows: list[tuple[People, list[str]]] = [
            ("present", list(meeting.present)),
            ("visitors", [f"{one.name} ({one.structure})" if one.structure else one.name for one in meeting.visitors]),
            ("excused", list(meeting.excused)),
        ]
        lines = [self._people(who, names) for who, names in rows if names]
        return "\\\n".join(lines) + "\n" if lines else ""

    def _people(self, who: People, names: Sequence[str]) -> str:
        return self._labelled(words.PEOPLE[who][self.language][0], ", ".join(map(self.pen.line, names)))

    # Sequences.

    def _shown_steps(self) -> list[StepToWrite]:
        """The sequences of which there is something to say."""
        return [step for step in self.meeting.steps if self._under(step)]

    def _sequence(self, step: StepToWrite) -> str:
        level = "##" if self.by_sequence else "###"
        return "\n".join([f"{level} {step_anchor(step.number)}{self.pen.line(step.title)}\n", *self._under(step)])

    def _under(self, step: StepToWrite) -> list[str]:
        """What stands under the heading of a sequence. Of one that entries link to and of which nothing else is told, what was said there."""
        level = "##" if self.by_sequence else "###"
        blocks = [f"{about}\n"] if (about := self._about(step)) else []
        said = [one for one in self.new if one.step == step.number and one.kind != "aside"]
        if step.actual is None and not said:
            return []
        whole = [one for one in said if one.phase is None or one.phase >= len(step.phases)]
        if lines := self._talk(whole):
            blocks.append(lines)
        for place, phase in enumerate(step.phases):
            if lines := self._talk([one for one in said if one.phase == place]):
                blocks.append(f"{level}# {self.pen.line(phase)}\n\n{lines}")
        if not blocks:
            linked = [one for one in said if self._links_to(step, one)]
            blocks += ["".join(f"- → {self.pen.reference(one)}\n" for one in linked)] if linked else []
        return blocks

    def _links_to(self, step: StepToWrite, said: MinutesEntry) -> bool:
        """Whether of an entry that stands elsewhere it is told there that it was said in this sequence."""
        if (said.kind, said.number) not in self.written:
            return False
        return said.kind in ("question", "need", "decision", "action") or (said.kind == "news" and step.kind != "news")

    def _outside(self) -> str:
        known = {step.number for step in self.meeting.steps}
        said = [one for one in self.new if one.step not in known and one.kind != "aside"]
        lines = self._talk(said)
        if not lines:
            return ""
        level = "##" if self.by_sequence else "###"
        before = "\n" if self._shown_steps() else ""
        return f"{before}{level} {step_anchor(0)}{self.say('Hors séquence', 'Outside the sequences')}\n\n{lines}"

    def _talk(self, said: Iterable[MinutesEntry]) -> str:
        """What was said, in its order: in full what has its home here, a link to what stands elsewhere."""
        lines = []
        for one in said:
            if self.by_sequence:
                lines.append(self._written(one, self._loose(one, None)))
            elif one.kind not in words.KIND_OF_SECTION.values() or (
                one.kind == "news" and not is_dated(one, self.meeting.day)
            ):
                lines.append(self._written(one, Whereabouts()))
            elif one.kind in ("decision", "action") and one.told and self._stands(one):
                lines.append(f"- → {self.pen.reference(one)}\n")
        return "".join(lines)

    def _stands(self, said: MinutesEntry) -> bool:
        return ("decided" if said.kind == "decision" else "actions") not in self.look.left_out

    def _about(self, step: StepToWrite) -> str:
        leads = [lead for lead in step.leads if lead != self.meeting.facilitator]
        named = ", ".join(map(self.pen.line, leads))
        text = ""
        if step.kind == "workshop":
            text = self.say("Atelier", "Workshop")
            text += self.say(f", avec {named}", f", with {named}") if named else ""
        elif named:
            text = self.say(f"Avec {named}", f"With {named}")
        text += "" if not text or text.endswith(".") else "."
        if step.kind == "needs" and not self.by_sequence:
            counts = counts_text(self.new, step.number, self.language)
            text += f" {counts}" if text and counts else counts
        if step.link:
            text += f"{' ' if text else ''}{self._labelled('Documents', f'<{step.link}>')}"
        if step.origin:
            text += f"{' ' if text else ''}{self.say('Reprise', 'Taken up')} {self._came(step.origin)}."
        return text

    def _came(self, origin: Origin) -> str:
        """Where a sequence was not reached: `[du 10 novembre](2026-11-10-roannais.md#step-5)`."""
        day = day_of(origin.meeting)
        named = words.day_text(day, self.language, year=day.year != self.meeting.day.year) if day else ""
        said = f"{'du' if self.french else 'from'} {named or escape_line(origin.meeting)}"
        return f"[{said}]({destination(f'{origin.meeting}.md#{origin.number}')})"

    # Questions.

    def _asked_in(self) -> StepToWrite | None:
        """The sequence in which most questions were asked, when its title names it alone and says so."""
        if self.by_sequence:
            return None
        counted = Counter(said.step for said in self.new if said.kind == "question")
        titles = Counter(shown_line(step.title) for step in self.meeting.steps)
        found = [step for step in self.meeting.steps if counted[step.number] and titles[shown_line(step.title)] == 1]
        needs = [step for step in found if step.kind == "needs"]
        chosen = max(needs or found, key=lambda step: counted[step.number], default=None)
        return chosen if chosen and shown_line(chosen.title) and "questions" not in self.look.left_out else None

    def _elsewhere(self, said: MinutesEntry) -> int | None:
        return None if self.asked_in and said.step == self.asked_in.number else said.step

    def _by_default(self, asked: list[MinutesEntry]) -> str:
        waiting = any(said.outcome in words.DEFERRED and not said.owners for said in asked)
        where = self.pen.line(self.asked_in.title) if self.asked_in else None
        who = self.pen.line(self.meeting.coordinator) if waiting and self.meeting.coordinator else None
        if where and who:
            return self.say(
                f"Sauf mention contraire, elles ont été posées pendant « {where} », et {who} apporte les réponses attendues.",
                f"Unless stated otherwise, they were asked during “{where}”, and {who} brings the answers awaited.",
            )
        if where:
            return self.say(
                f"Sauf mention contraire, elles ont été posées pendant « {where} ».",
                f"Unless stated otherwise, they were asked during “{where}”.",
            )
        return (
            self.say(
                f"Sauf mention contraire, {who} apporte les réponses attendues.",
                f"Unless stated otherwise, {who} brings the answers awaited.",
            )
            if who
            else ""
        )

    # Items.

    def _of(self, kind: Kind) -> list[MinutesEntry]:
        return sorted((said for said in self.new if said.kind == kind), key=_by_number)

    def _items(self, entries: Iterable[MinutesEntry], place: Callable[[MinutesEntry], Whereabouts]) -> str:
        return "".join(self._written(said, place(said)) for said in entries)

    def _written(self, said: MinutesEntry, place: Whereabouts) -> str:
        if said.number:
            self.written.add((said.kind, said.number))
        return self.pen.item(said, place)

    def _loose(self, said: MinutesEntry, step: int | None) -> Whereabouts:
        """Where no heading says anything of it."""
        return (
            place_of(said, None, step=step, headed=False)
            if said.kind == "question"
            else Whereabouts(step, outcome=said.offer)
        )

    def _foot(self) -> list[str]:
        lines = []
        if self.meeting.reread_by:
            by = self.pen.line(self.meeting.reread_by)
            until = self.meeting.remarks_until
            day = words.near(until, self.meeting.day, self.language) if until else ""
            text = self.say(f"Relu par {by}", f"Re-read by {by}")
            text += (
                self.say(f", sans remarque avant le {day}.", f", final unless remarked upon by {day}.")
                if until
                else ""
                if by.endswith(".")
                else "."
            )
            lines.append(f"*{text}*\n")
        if self.look.foot:
            lines.append(escape(typeset(self.look.foot, self.language), start=True) + "\n")
        if self.meeting.licence:
            lines.append(f"{licence_line(self.meeting.licence, self.language)}\n")
        return lines


def action_order(said: MinutesEntry) -> tuple[bool, bool, datetime.date, int]:
    """Actions: to be taken first, then by date, done last."""
    return said.done, bool(said.owners), said.due or datetime.date.max, said.number


def counts_text(entries: Iterable[MinutesEntry], step: int, language: str) -> str:
    """`10 questions, 3 besoins, 1 proposition.`: what a sequence brought; nothing for none."""
    parts = list(filter(None, counted(entries, step, language)))
    return ", ".join(parts) + "." if parts else ""


def counted(entries: Iterable[MinutesEntry], step: int, language: str) -> tuple[str, ...]:
    """How many questions, needs and offers a sequence brought, each in words; empty for none."""
    said = [one for one in entries if one.step == step and not one.origin]
    counts = (
        (sum(one.kind == "question" for one in said), ("question", "questions"), ("question", "questions")),
        (sum(one.kind == "need" and not one.offer for one in said), ("besoin", "besoins"), ("need", "needs")),
        (sum(one.kind == "need" and one.offer for one in said), ("proposition", "propositions"), ("offer", "offers")),
    )
    return tuple(f"{count} {(fr if language == 'fr' else en)[count > 1]}" if count else "" for count, fr, en in counts)


def _by_number(said: MinutesEntry) -> tuple[int, int]:
    return list(words.KIND_OF_SECTION.values()).index(
        said.kind
    ) if said.kind in words.KIND_OF_SECTION.values() else 9, said.number


_KIND: tuple[tuple[Section, Callable[[_Writer], str]], ...] = (
    ("brief", _Writer.brief),
    ("decided", _Writer.decided),
    ("actions", _Writer.actions),
    ("since", _Writer.since),
    ("questions", _Writer.questions),
    ("wanted", _Writer.wanted),
    ("offered", _Writer.offered),
    ("dates", _Writer.dates),
    ("course", _Writer.course),
    ("put_off", _Writer.put_off),
    ("times", _Writer.times),
    ("evaluation", _Writer.evaluation),
    ("present", _Writer.present),
)
_SEQUENCE = tuple(
    row for row in _KIND if row[0] in ("brief", "since", "course", "put_off", "times", "evaluation", "present")
)
