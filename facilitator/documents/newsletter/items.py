"""What a meeting brings to the letter: the sentence, the next meeting, and a list item for each thing, in the order of the letter."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator

from msgspec import Struct
from msgspec.structs import replace

from facilitator.core.regex import regex
from facilitator.core.vocabulary import KINDS, OUTCOMES, Kind
from facilitator.documents.markdown.escape import address_in, destination, is_link, write_link
from facilitator.documents.markdown.pen import (
    read_words,
    shown_line,
    write_line,
    write_text,
    write_titled_link,
    write_typed,
)
from facilitator.documents.minutes import words as said_words
from facilitator.documents.minutes.brief import by_date, is_dated, next_meeting
from facilitator.documents.minutes.entry import MinutesEntry, MinutesToWrite
from facilitator.documents.minutes.of_entry import anchor_id
from facilitator.documents.minutes.questions import has_answer
from facilitator.documents.minutes.writer import entry_pen
from facilitator.documents.newsletter import words
from facilitator.documents.newsletter.words import Section
from facilitator.documents.typography import typeset

INDENT = 2

_LABELLED = regex(r"[*_]{0,3}\s*(?:r[ée]ponse|answer|pour en savoir plus|more about it)\b", re.IGNORECASE)
_OUTER = regex(r"[\s:–—-]+")


class Letter(Struct, frozen=True):
    """The letter of a month, `2026-12`, of a network by its name, with the ways to reply: a chat's address, a mail's."""

    month: str
    network: str | None = None
    chat: str | None = None
    mail: str | None = None

    @property
    def first(self) -> datetime.date:
        """The day it goes out: what happens before is for the chat."""
        return datetime.date.fromisoformat(f"{self.month}-01")


class SectionItem(Struct, frozen=True):
    """An item for a section, its lines without their newline. What was seen has no number but the `word` of its sequence.

    `title` and `link` are what it is compared by with what other meetings said; `day` orders dates.
    """

    section: Section
    heading: str
    lines: tuple[str, ...]
    said: MinutesEntry
    title: str = ""
    link: str | None = None
    word: str | None = None
    day: datetime.date | None = None

    @property
    def name(self) -> tuple[Kind, int]:
        """Kind and number."""
        return self.said.kind, self.said.number


class LetterPen:
    """Writes what one meeting brings, in the language of the letter; `path` leads to its minutes."""

    def __init__(self, letter: Letter, meeting: MinutesToWrite, language: str, path: str) -> None:
        self.letter = letter
        self.meeting = replace(meeting, language="fr" if language == "fr" else "en")
        self.language = language
        self.french = language == "fr"
        self.path = path
        shared = (said for said in meeting.entries if not is_private(said))
        self.entries = sorted(shared, key=lambda said: said.number)

    def _say(self, french: str, english: str) -> str:
        return typeset(french, "fr") if self.french else english

    def pieces(self) -> Iterator[SectionItem]:
        """All that it brings, in the order of the letter; empty answers and what comes before the letter are left out."""
        dated = [said for said in self._of("news") if is_dated(said)]
        yield from (self._dated(said) for said in sorted(dated, key=by_date) if _day(said) >= self.letter.first)
        yield from (self._plain(said, "decided") for said in self._of("decision"))
        questions = self._of("question")
        yield from (self._answered(said) for said in questions if tells(said))
        yield from (self._asked(said) for said in questions if said.outcome == "newsletter" and not has_answer(said))
        yield from self._visit()
        yield from (self._plain(said, "news") for said in self._of("news") if not is_dated(said))
        yield from (self._plain(said, "reuse") for said in self._of("resource"))
        needs = [said for said in self._of("need") if not said.done]
        yield from (self._need(said, "wanted") for said in needs if not said.offer)
        yield from (self._need(said, "offered") for said in needs if said.offer)

    def _of(self, kind: Kind) -> list[MinutesEntry]:
        return [said for said in self.entries if said.kind == kind and (said.number or kind == "note")]

    # The top.

    def sentence(self) -> str:
        """The sentence of the close, and where the minutes are."""
        day = said_words.day_text(self.meeting.day, self.language)
        said = write_line(shown_line(self.meeting.summary or ""), self.language)
        if not said:
            said = self._say(f"Voici ce que dit la rencontre du {day}", f"This is what the meeting of {day} says")
            return f"{said} ([{self._say('compte rendu', 'minutes')}]({self.path}))."
        return f"{said} ([{self._say(f'compte rendu du {day}', f'minutes of {day}')}]({self.path}))"

    def next(self) -> str:
        """`**Prochaine rencontre :** mardi 8 décembre 2026 …`; nothing when it is before the letter."""
        day = self.meeting.next_meeting
        if day is None or day < self.letter.first:
            return ""
        text = next_meeting(self.meeting, entry_pen(self.meeting))
        if not text:
            return ""
        label = f"{words.NEXT[self.language][0]}{self._say(' :', ':')}"
        return f"**{label}** {text}{'' if text.endswith(('.', '!', '?')) else '.'}"

    def how_to_reply(self) -> str:
        """Where answers go, in a sentence; empty when nothing is known. The network's chat is one that it has, or that it used."""
        ways = []
        used = any(said.outcome == "mattermost" for said in self.meeting.entries)
        chat = self.letter.chat if self.letter.chat and is_link(self.letter.chat) else None
        if chat or used:
            where = self._say("le canal du réseau sur Mattermost", "the network’s channel on Mattermost")
            shown = f"[{where}]({destination(chat)})" if chat else where
            ways.append(f"dans {shown}" if self.french else f"in {shown}")
        mail = write_line(shown_line(self.letter.mail or ""), self.language)
        who = write_line(shown_line(self.meeting.coordinator or ""), self.language)
        if who:
            ways.append((f"à {who}" if self.french else f"to {who}") + (f" ({mail})" if mail else ""))
        elif mail:
            ways.append(f"par courriel à {mail}" if self.french else f"by mail to {mail}")
        if not ways:
            return ""
        said = f"Répondez {', ou '.join(ways)}" if self.french else f"Answer {', or '.join(ways)}"
        return said if said.endswith(".") else f"{said}."

    # Items.

    def _dated(self, said: MinutesEntry) -> SectionItem:
        if said.when:
            named = said_words.near(said.when.date(), self.meeting.day, self.language)
            at = said_words.hour_text(said.when.time(), self.language)
            when = self._say(f"Le {named}", f"On {named}")
            when += "" if said.when.time() == datetime.time() else self._say(f" à {at}", f" at {at}")
        else:
            named = said_words.near(_day(said), self.meeting.day, self.language)
            when = self._say(f"Jusqu’au {named}", f"Until {named}")
        text, shown = self._titled(said, "dates")
        return self._piece("dates", said, f"- **{when}{self._say(' :', ':')}** {text}", shown, day=_day(said))

    def _plain(self, said: MinutesEntry, section: Section) -> SectionItem:
        text, shown = self._titled(said, section)
        return self._piece(section, said, f"- {text}", shown)

    def _need(self, said: MinutesEntry, section: Section) -> SectionItem:
        text, shown = self._titled(said, section)
        if who := self._who(said):
            text += f" – {who}"
            shown += f" – {read_words(who)}"
        return self._piece(section, said, f"- {text}", shown)

    def _who(self, said: MinutesEntry) -> str:
        by = write_line(shown_line(said.by or ""), self.language)
        if not said.same:
            return by
        if not by:
            return f"{said.same + 1} {self._say('personnes', 'people')}"
        others = self._say("autre", "other") if said.same == 1 else self._say("autres", "others")
        return f"{by} {'et' if self.french else 'and'} {said.same} {others}"

    def _asked(self, said: MinutesEntry) -> SectionItem:
        label = f"{words.ANSWER[self.language][0]}{self._say(' :', ':')}"
        room = f"{' ' * INDENT}- *{label}* {words.ROOM}"
        return self._piece("asked", said, f"- [ ] {self._bold(said.text)}", said.text, room)

    def _answered(self, said: MinutesEntry) -> SectionItem:
        return self._piece("answers", said, f"- {self._bold(said.text)}", said.text, *self.answer_lines(said))

    def answer_lines(self, said: MinutesEntry) -> list[str]:
        """The answer under its question, and where to read more when the answer does not say it."""
        margin = " " * INDENT
        lines = []
        if said.answer:
            label = f"*{words.ANSWER[self.language][0]}{self._say(' :', ':')}* " if _LABELLED.match(said.answer) else ""
            written = write_typed(said.answer, self.language, indent=INDENT * 2)
            lines += f"{margin}- {label}{written}".split("\n")
        if said.answer_link and address_in(said.answer or "") != said.answer_link:
            lines.append(
                f"{margin}- *{words.MORE[self.language][0]}{self._say(' :', ':')}* {write_link(said.answer_link)}"
            )
        return lines

    def _bold(self, text: str) -> str:
        """A question as it stands out."""
        return f"**{write_text(text, self.language, indent=INDENT)}**" if text else ""

    def _visit(self) -> Iterator[SectionItem]:
        """What each welcome showed, under the name of who welcomed and where."""
        for step in self.meeting.steps:
            notes = [said for said in self.meeting.entries if said.kind == "note" and said.step == step.number]
            lines: list[str] = []
            if step.kind != "welcome":
                continue
            for said in notes:
                if said.text:
                    lines += f"- {write_typed(said.text, self.language, indent=INDENT)}".split("\n")
            if lines:
                first = next(said for said in notes if said.text)
                yield SectionItem("seen", self.seen_at(), tuple(lines), first, first.text, word=f"step-{step.number}")

    def seen_at(self) -> str:
        """`Vu chez Karim Benali, médiathèque de Riorges`."""
        host = write_line(shown_line(self.meeting.host or ""), self.language)
        place = write_line(shown_line(self.meeting.place or ""), self.language)
        word = words.SECTIONS["seen"][self.language][0]
        if self.french:
            where = f"{host or 'nos hôtes'}, {place}" if place else host or "nos hôtes"
        elif host:
            where = f"{host}’s, {place}" if place else f"{host}’s"
        else:
            where = place or "our hosts’"
        return f"{word} {where}"

    def _titled(self, said: MinutesEntry, section: Section) -> tuple[str, str]:
        """The text as Markdown, being its link when it has one, and the words that it shows."""
        text = words.without_heading(said.text, section)
        if not said.link or not is_link(said.link):
            return write_text(text, self.language, indent=INDENT), text
        if said.kind in ("news", "resource"):
            text = without_address(text, said.link)
            return write_titled_link(text, said.link, self.language, indent=INDENT), text
        written = write_text(text, self.language, indent=INDENT)
        return (written if said.link in text else f"{written} {write_link(said.link)}"), text

    def _piece(
        self,
        section: Section,
        said: MinutesEntry,
        first: str,
        shown: str,
        *under: str,
        day: datetime.date | None = None,
    ) -> SectionItem:
        heading = typeset(words.SECTIONS[section][self.language][0], self.language)
        lines = f"{first.rstrip(' ')} ({self.link(said)})".split("\n")
        return SectionItem(section, heading, (*lines, *under), said, shown_line(shown), said.link, day=day)

    def link(self, said: MinutesEntry) -> str:
        """The place of an entry in the minutes."""
        return f"[{said.label(self.language)}]({self.path}#{anchor_id(said)})"


def is_private(said: MinutesEntry) -> bool:
    """Whether its text reaches no shared document."""
    return KINDS[said.kind].private or (said.outcome is not None and OUTCOMES[said.outcome].private)


def tells(said: MinutesEntry) -> bool:
    """Whether a question has an answer that can be told."""
    if said.kind != "question" or not has_answer(said):
        return False
    return bool(said.answer_link) or not words.is_no_answer(said.answer or "")


def is_late(said: MinutesEntry) -> bool:
    """Whether the answer came after the question was sent elsewhere."""
    return said.outcome in said_words.DEFERRED


def without_address(text: str, link: str) -> str:
    """The title of what has an address, that address taken off its ends: it is the link."""
    line = text.strip()
    if (
        line.startswith(link)
        and (rest := line[len(link) :])[:1].isspace()
        and (kept := _OUTER.sub("", rest, count=1) if _OUTER.match(rest) else rest)
    ):
        return kept
    if line.endswith(link) and (rest := line[: -len(link)])[-1:].isspace() and (kept := rest.rstrip(" \n:–—-")):
        return kept
    return text


def _day(said: MinutesEntry) -> datetime.date:
    return said.when.date() if said.when else said.deadline or datetime.date.max
