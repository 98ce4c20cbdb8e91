"""A digest: the mail by which a network tells another one what it asks, what it may use and what it answers. Text to text.

A person edits it, answers in it and sends it: reading is generous, and the words stand for what they say. A question is known by
its number and its link into the minutes, a reply by where the question comes from (`roannais/2026-11-24#Q9`).
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Collection
from typing import Literal

from facilitator.core.agenda import Level
from facilitator.core.carrying import day_of
from facilitator.core.cycle.levels import LEVELS, Ask, Digest, Passed, Reply, Returning
from facilitator.core.dates import read_due
from facilitator.core.entry import read_label
from facilitator.core.network import Language
from facilitator.core.regex import regex
from facilitator.core.said import Origin
from facilitator.core.vocabulary import KINDS
from facilitator.documents.markdown.emptied import swept
from facilitator.documents.markdown.escape import destination
from facilitator.documents.markdown.items import read_head, split_tail
from facilitator.documents.markdown.outline import Heading, Item, Outline, TooLarge, outline
from facilitator.documents.markdown.pen import (
    read_words,
    shown_line,
    write_line,
    write_text,
    write_titled_link,
    write_typed,
)
from facilitator.documents.minutes.words import Words, day_text, indexed, plain, relayed
from facilitator.documents.newsletter.reader import answer_under, titled_link
from facilitator.documents.newsletter.words import ANSWER, ROOM, is_no_answer, month_text, the_network
from facilitator.documents.typography import typeset, unfold
from facilitator.i18n import Foreseen, Translator

FORMAT = 2
MAX_ITEMS = 500
INDENT = 2

Section = Literal["asks", "replies", "needs", "useful", "dates"]
SECTIONS: dict[Section, Words] = {
    "asks": {"fr": ("Nous vous demandons",), "en": ("We ask you",)},
    "replies": {"fr": ("Réponses à vos questions",), "en": ("Answers to your questions",)},
    "needs": {"fr": ("Besoins qui dépassent notre territoire",), "en": ("Needs beyond our territory",)},
    "useful": {"fr": ("Ce qui peut servir ailleurs",), "en": ("What may serve elsewhere",)},
    "dates": {"fr": ("Vos dates que nous avons relayées",), "en": ("Your dates that we passed on",)},
}
_SECTION_OF = indexed(SECTIONS)
_PRIVATE = frozenset(
    map(
        plain,
        ("Besoins individuels", "En suivi individuel", "Suivi individuel", "Individual needs", "Individual follow-up"),
    )
)

_KEY = regex(r"(?P<key>[a-z_]{1,40})\s*:\s*[\"']?(?P<value>[^\"'#]*?)[\"']?\s*(?:#.*)?\Z")
_HEAD_ENDS = regex(r"\n---[ \t]*\r?\n")
_MONTH = regex(r"[0-9]{4}-(?:0[1-9]|1[0-2])\Z")
_NETWORK = regex(r"[a-z0-9]+(?:-[a-z0-9]+)*\Z")
_PLACE = regex(
    r"\[[^\[\]\n]{0,200}\]\(<?(?:[^()\s<>]*/)?(?P<meeting>[A-Za-z0-9][A-Za-z0-9._-]{0,127}?)(?:\.md)?#(?P<number>[a-z][0-9]{1,6})>?\)"
)
_ORIGIN = regex(
    r"[*_]{0,3}(?P<meeting>[a-z0-9-]{1,80}/[A-Za-z0-9][A-Za-z0-9.-]{0,127})#(?P<number>[A-Z][0-9]{1,6})[*_]{0,3}\s*:?\s*"
)
_TIMES = regex(r"(?P<count>[0-9]{1,3}) (?:rencontres|meetings)(?P<running> de suite| in a row)?\Z")
_PERIMETER = regex(r"(?:P[ée]rim[èe]tre|Territory)\s?: (?P<said>.+?)\.?\s*\Z", re.DOTALL)
# What hands set a text off with: the marks of a mail that quotes, quotation marks round all of it, the room that was left for it.
_QUOTING = regex(r"(?:[ \t]*>)+[ \t]?")
_ROUND = (("«", "»"), ("“", "”"), ('"', '"'))
_ROOMS = tuple(
    f"{opened}{dots}{closed}"
    for opened, closed in (("« ", " »"), ("«", "»"), ("(", ")"), ("[", "]"), ("", ""))
    for dots in (ROOM, "...")
)
_ENDS = '.!?…»”")'
_LAYERS = 4
# An answer that was typed before the mark that ends the label.
_INSIDE = regex(
    r"(?P<mark>[*_]{1,3})(?:r[ée]ponse|answer)(?: [^*_:\n]{1,200})? ?: +(?P<said>[^*_]+)(?P=mark)\s*(?:…|\.\.\.)?\s*\Z",
    re.IGNORECASE,
)
_DAY = regex(r"(?P<text>.+?),? (?P<until>jusqu[’']au|le|until|on) (?P<day>[^,()\[\]]{3,30})\Z", re.DOTALL)


class UnfitDigest(Foreseen, ValueError):
    """A text that is not taken for a digest, and why; `line` from 1, 0 for all of it, `detail` the value that is wrong."""

    def __init__(self, why: str, line: int = 0, detail: str = "") -> None:
        super().__init__(why, line, detail)
        self.why = why
        self.line = line
        self.detail = detail

    def sentence(self, tr: Translator) -> str:
        """Why nothing of it was taken."""
        words = {
            "none": tr("this is no digest: its head does not say “digest: 2026-11”"),
            "newer": tr("a newer version of the program wrote this digest (format {value})", value=self.detail),
            "conflict": tr("a conflict marker of git: choose which lines to keep, then take it out"),
            "level": tr("“{value}” is no level: epci, departement, region or national", value=self.detail),
            "network": tr("the digest does not say of which network it is (“network: roannais”)"),
            "private": tr(
                "{value} is private: a digest holds nothing of the kind, and nothing of it was taken", value=self.detail
            ),
            "place": tr("{value} does not say from which minutes it comes", value=self.detail),
            "too-large": tr("the file is larger than any digest"),
        }
        said = words[self.why]
        return tr("line {line}: {problem}", line=self.line, problem=said) if self.line else said


def bare(text: str) -> str:
    """What somebody wrote, without what hands set it off with: `>` before each of its lines, quotation marks round all of it."""
    for _ in range(_LAYERS):
        before, text = text, _unquoted(text.strip())
        for opened, closed in _ROUND:
            inner = text[1:-1]
            if text[:1] == opened and text[1:].endswith(closed) and opened not in inner and closed not in inner:
                text = inner.strip()
        if text == before:
            break
    return text


def _bare_answer(text: str) -> str | None:
    """The same of an answer, without the room that was left for it before it or after its end; None where nothing is left."""
    for _ in range(_LAYERS):
        before, text = text, bare(text)
        text = next((text.removeprefix(room).lstrip() for room in _ROOMS if text.startswith(room)), text)
        for room in _ROOMS:
            said = text.removesuffix(room).rstrip()
            between = text[len(said) : len(text) - len(room)]
            if text.endswith(room) and between and (said[-1:] in _ENDS or "\n" in between):
                text = said
                break
        if text == before:
            break
    return None if is_no_answer(text) else text


def _unquoted(text: str) -> str:
    """A text of which each line is quoted, as a mail program does it, without those marks."""
    lines = text.split("\n")
    if not all(_QUOTING.match(line) for line in lines if line.strip()):
        return text
    return "\n".join(_QUOTING.sub("", line, count=1) for line in lines)


def write_digest(digest: Digest) -> str:
    """The digest as a mail to a colleague, what is asked first."""
    return _Pen(digest).text()


class _Pen:
    def __init__(self, digest: Digest) -> None:
        self.digest = digest
        self.language = digest.language
        self.french = digest.language == "fr"

    def say(self, french: str, english: str) -> str:
        return typeset(french, "fr") if self.french else english

    def text(self) -> str:
        one = self.digest
        head = [f"format: {FORMAT}", f"digest: {one.month}", f"level: {one.level}", f"network: {one.network}"]
        head += [] if self.french else [f"language: {one.language}"]
        parts = ["---", *head, "---", "", f"# {self.title()}"]
        about = self.about()
        parts += ["", about] if about else []
        for section, items in (
            ("asks", [line for ask in one.asks for line in self.ask(ask)]),
            ("replies", [line for reply in one.replies for line in self.reply(reply)]),
            ("needs", [self.need(need) for need in one.needs]),
            ("useful", [f"- {self.passed(useful)}" for useful in one.useful]),
            ("dates", [f"- {self.passed(date)}" for date in one.dates]),
        ):
            if items:
                parts += ["", f"## {typeset(SECTIONS[section][self.language][0], self.language)}", "", *items]  # type: ignore[index]  # the sections
        return "\n".join(parts) + "\n"

    def title(self) -> str:
        one = self.digest
        name = write_line(
            the_network(one.name or one.network) if self.french else one.name or one.network, self.language
        )
        to = relayed(one.level, self.language)
        return f"{name} {to}, {month_text(one.month, self.language)}"

    def about(self) -> str:
        said = []
        for held in self.digest.held:
            where = f", {write_line(shown_line(held.place), self.language)}" if held.place else ""
            day = day_text(held.day, self.language)
            said.append(f"{self.say(f'Rencontre du {day}', f'Meeting of {day}')}{where}.")
        if self.digest.perimeter:
            territory = ", ".join(write_line(shown_line(one), self.language) for one in self.digest.perimeter)
            said.append(f"{self.say('Périmètre :', 'Territory:')} {territory}.")
        return " ".join(said)

    def ask(self, ask: Ask) -> list[str]:
        day = day_of(ask.meeting)
        where = f"[{day_text(day, self.language) if day else ask.meeting}]({destination(f'../minutes/{ask.meeting}.md#{ask.number.lower()}')})"
        text = write_text(ask.text, self.language, indent=INDENT)
        return [*f"- **{ask.number}** {text} *({where})*".split("\n"), *self.answer(ask.answer)]

    def reply(self, reply: Reply) -> list[str]:
        text = write_text(reply.text, self.language, indent=INDENT)
        said = f"**{reply.origin.meeting}#{reply.origin.number}** {text}"
        return [*f"- {said}".split("\n"), *self.answer(reply.answer)]

    def answer(self, said: str | None) -> list[str]:
        label = f"*{ANSWER[self.language][0]}{self.say(' :', ':')}*"
        written = write_typed(said, self.language, indent=INDENT * 2) if said else ROOM
        return f"{' ' * INDENT}- {label} {written}".split("\n")

    def need(self, need: Returning) -> str:
        row = self.say(" de suite", " in a row") if need.running else ""
        times = f" *({need.meetings} {self.say('rencontres', 'meetings')}{row})*" if need.meetings > 1 else ""
        return f"- {write_text(need.text, self.language, indent=INDENT)}{times}"

    def passed(self, one: Passed) -> str:
        text = (
            write_titled_link(one.text, one.link, self.language, indent=INDENT)
            if one.link
            else write_text(one.text, self.language, indent=INDENT)
        )
        if one.day is None:
            return text
        # Without its year a day is read as one to come, from the first of the month on.
        past = one.day.isoformat() < self.digest.month
        day = day_text(one.day, self.language, year=past or one.day.year != int(self.digest.month[:4]))
        if one.call:
            return f"{text}, {self.say(f'jusqu’au {day}', f'until {day}')}"
        return f"{text}, {self.say(f'le {day}', f'on {day}')}"


def added_to(existing: str, digest: Digest, before: Digest | None) -> str:
    """A digest that a person changed, with what came since `before`, as the program wrote it, at the end of its sections.

    What they took out is not put back, and every other byte of theirs stays. Raises Unfit.
    """
    there = read_digest(existing)
    lines = existing.split("\n")
    end = "\r" if lines[0].endswith("\r") else ""
    known = {key for one in (there, before) if one is not None for key, _ in _written(one)}
    found = outline(existing)
    puts: dict[int, list[str]] = {}
    for section in SECTIONS:
        fresh = [line for key, block in _written(digest) if key[0] == section and key not in known for line in block]
        if not fresh:
            continue
        heading = next((one for one in found.headings if _SECTION_OF.get(plain(unfold(one.text))) == section), None)
        under = [item.end for item in found.items if heading is not None and heading in item.under]
        if heading is None:
            while lines and not lines[-1].strip():
                lines.pop()
            at = len(lines)
            fresh = ["", f"## {typeset(SECTIONS[section][digest.language][0], digest.language)}", "", *fresh]
        else:
            at = max(under, default=heading.end)
            fresh = fresh if under else ["", *fresh]
        puts.setdefault(at, []).extend(fresh)
    for at in sorted(puts, reverse=True):
        lines[at:at] = [f"{line}{end}" for line in puts[at]]
    return "\n".join(lines).rstrip("\n") + "\n"


def taken_out(
    text: str, meeting: str, number: str, said: Collection[str], *, ours: bool = False
) -> tuple[str, list[int]]:
    """A digest without an entry of a meeting: question `number`, as `Q4`, or what says one of the texts `said` in another section.

    Also the lines, from 1, where it stays: a person wrote it otherwise, or answered there, or the digest cannot be read. `ours`: nobody
    changed it by hand, so that the answer in it is one that the program wrote.
    """
    lines, named = text.split("\n"), read_label(number)
    try:
        digest, found = read_digest(text), outline(_out_of_a_mail(text))
    except (UnfitDigest, TooLarge):
        return text, [place for place, line in enumerate(lines, 1) if f"{meeting}.md#{number.lower()}" in line]
    pen, reader, texts = _Pen(digest), _Reader(found, digest.month), {plain(bare(one)) for one in said}
    gone, stays = list[Item](), list[int]()
    for item in found.items[:MAX_ITEMS]:
        section = reader.section(item)
        there = [line.rstrip("\r") for line in lines[item.line : item.end]]
        if section == "asks":
            if any((one.meeting, read_label(one.number)) == (meeting, named) for one in reader.ask(item)):
                if ours or there in [pen.ask(Ask(meeting, number, one)) for one in said]:
                    gone.append(item)
                else:
                    stays.append(item.line + 1)
        elif section in ("needs", "useful", "dates") and plain(reader.told(section, item)) in texts:
            gone.append(item)
    for item in reversed(gone):
        del lines[item.line : item.end]
    above = [sum(item.end - item.line for item in gone if item.line < line) for line in stays]
    clean = swept("\n".join(lines), [text]) if gone else text
    return clean, [line - less for line, less in zip(stays, above, strict=True)]


def _written(digest: Digest) -> list[tuple[tuple[str, str], list[str]]]:
    """The items of a digest, each with its section and what it is known by there."""
    pen = _Pen(digest)
    return [
        *((("asks", f"{one.meeting}#{one.number}"), pen.ask(one)) for one in digest.asks),
        *((("replies", f"{one.origin.meeting}#{one.origin.number}"), pen.reply(one)) for one in digest.replies),
        *((("needs", plain(bare(one.text))), pen.need(one).split("\n")) for one in digest.needs),
        *((("useful", one.link or plain(bare(one.text))), f"- {pen.passed(one)}".split("\n")) for one in digest.useful),
        *((("dates", one.link or plain(bare(one.text))), f"- {pen.passed(one)}".split("\n")) for one in digest.dates),
    ]


def is_digest(text: str) -> bool:
    """Whether a text says that it is a digest, whatever else is wrong with it."""
    return "digest" in _front(_out_of_a_mail("\n".join(text.split("\n")[:40])).split("\n"))


def read_digest(text: str) -> Digest:
    """What a digest says, also after people and formatters changed it. Raises Unfit."""
    try:
        found = outline(_out_of_a_mail(text))
    except TooLarge:
        raise UnfitDigest("too-large") from None
    front = _front(found.source.lines[: found.source.body])
    if found.conflicts:
        raise UnfitDigest("conflict", found.conflicts[0] + 1)
    month, level, network = front.get("digest", ""), front.get("level", ""), front.get("network", "")
    if not _MONTH.match(month):
        raise UnfitDigest("none")
    form = front.get("format", str(FORMAT))
    if not form.isdigit() or int(form[:9]) > FORMAT:
        raise UnfitDigest("newer", detail=form[:20])
    known = next((one for one in LEVELS if one == level), None)
    if known is None:
        raise UnfitDigest("level", detail=level[:40])
    if not _NETWORK.match(network):
        raise UnfitDigest("network")
    return _Reader(found, month).read(known, network, "en" if front.get("language") == "en" else "fr")


def _out_of_a_mail(text: str) -> str:
    """A digest of which all, or all after its head, is quoted as in an answer to a mail; its lines stay where they are."""
    text = _unquoted(text)
    head = _HEAD_ENDS.search(text)
    return f"{text[: head.end()]}{_unquoted(text[head.end() :])}" if head else text


def _front(lines: list[str]) -> dict[str, str]:
    if not lines or lines[0].removeprefix("\ufeff").rstrip() != "---":
        return {}
    rows = (_KEY.match(line.rstrip()) for line in lines[1:])
    return {row["key"]: row["value"].strip() for row in rows if row}


class _Reader:
    def __init__(self, found: Outline, month: str) -> None:
        self.found = found
        self.lines = found.source.lines
        self.day = datetime.date.fromisoformat(f"{month}-01")
        self.month = month

    def read(self, level: Level, network: str, language: Language) -> Digest:
        asks: list[Ask] = []
        replies: list[Reply] = []
        needs: list[Returning] = []
        useful: list[Passed] = []
        dates: list[Passed] = []
        for item in self.found.items[:MAX_ITEMS]:
            section = self.section(item)
            if section == "asks":
                asks += self.ask(item)
            elif section == "replies":
                replies += self.reply(item)
            elif section == "needs":
                needs.append(self.need(item))
            elif section == "useful":
                useful.append(self.useful(item))
            elif section == "dates":
                dates.append(self.date(item))
        return Digest(
            self.month, level, network, language, self.name(), (), self.perimeter(),
            tuple(asks), tuple(replies), tuple(needs), tuple(useful), tuple(dates),
        )  # fmt: skip

    def section(self, item: Item) -> Section | None:
        head = read_head(item.text)
        named = read_label(head.label) if head.label and head.bold else None
        if named is not None and KINDS[named[0]].private:
            raise UnfitDigest("private", item.line + 1, head.label or "")
        for heading in reversed(item.under):
            said = self.said(heading)
            if said in _PRIVATE:
                raise UnfitDigest("private", item.line + 1, read_words(heading.text)[:80])
            if section := _SECTION_OF.get(said):
                return section
        return None

    def said(self, heading: Heading) -> str:
        return plain(unfold(heading.text))

    def name(self) -> str | None:
        title = next((heading for heading in self.found.headings if heading.level == 1), None)
        said = (
            re.match(r"(?P<name>.{1,200}?) (?:au réseau|à l[’']échelon|to the) ", unfold(title.text)) if title else None
        )
        return read_words(said["name"]) if said else None

    def perimeter(self) -> tuple[str, ...]:
        for block in self.found.blocks:
            found = _PERIMETER.search(unfold(block.text)) if block.paragraph else None
            if found:
                return tuple(name for one in read_words(found["said"]).split(", ") if (name := one.strip()))
        return ()

    def ask(self, item: Item) -> list[Ask]:
        head = read_head(item.text)
        body, tail = split_tail(item.text, head.at if head.label else 0)
        place = _PLACE.search(tail if tail is not None else item.text)
        named = read_label(head.label) if head.label else read_label(place["number"]) if place else None
        text = bare(read_words(body))
        if named is None or named[0] != "question" or not text:
            return []  # a remark
        number = f"Q{named[1]}"
        if place is None or read_label(place["number"]) != named:
            raise UnfitDigest("place", item.line + 1, number)
        return [Ask(place["meeting"], number, text, self.answer(item), item.line + 1)]

    def reply(self, item: Item) -> list[Reply]:
        found = _ORIGIN.match(item.text)
        answer = self.answer(item)
        if found is None or answer is None:
            return []
        origin = Origin(found["meeting"], found["number"])
        return [Reply(origin, bare(read_words(item.text[found.end() :])), answer, item.line + 1)]

    def answer(self, item: Item) -> str | None:
        found = answer_under(item, "", self.lines, free=False)
        if found is None:
            inside = next((said for block in item.blocks if (said := _INSIDE.match(unfold(block.text)))), None)
            return _bare_answer(read_words(inside["said"])) if inside else None
        text = _bare_answer(found.text) or ""
        return "\n".join(filter(None, (text, found.link if found.link and found.link not in text else None))) or None

    def need(self, item: Item) -> Returning:
        body, tail = split_tail(item.text)
        times = _TIMES.match(unfold(tail)) if tail is not None else None
        if times is None:
            return Returning(bare(read_words(item.text)))
        return Returning(bare(read_words(body)), int(times["count"]), running=bool(times["running"]))

    def told(self, section: Section, item: Item) -> str:
        """The text of an item that is neither asked nor a reply."""
        if section == "needs":
            return self.need(item).text
        return (self.date(item) if section == "dates" else self.useful(item)).text

    def useful(self, item: Item) -> Passed:
        text, link = titled_link(item.text)
        return Passed(bare(text), link)

    def date(self, item: Item) -> Passed:
        found = _DAY.match(unfold(item.text))
        day = read_due(found["day"].strip(" .*_"), self.day) if found else None
        if found is None or day is None:
            return self.useful(item)
        text, link = titled_link(found["text"])
        return Passed(bare(text), link, day, call=found["until"] not in ("le", "on"))
