"""The newsletter of a month, fed by every meeting, then edited by people.

Feeding inserts lines and rewrites the `fed` part of the front matter; every other byte stays. What was fed once is not put back.
"""

from __future__ import annotations

import re

from msgspec.structs import replace

from facilitator.core.instant import Instant
from facilitator.core.meeting import PublicMeeting
from facilitator.documents import vocabulary
from facilitator.documents.front import FORMAT, NewsletterFront, Split, dump, read_front, split, write_front
from facilitator.documents.markdown.outline import Heading, Item, Outline, check_size, outline
from facilitator.documents.markdown.pen import read_words as words
from facilitator.documents.newsletter_items import (
    ORDER,
    Contribution,
    contributions,
    how_to_reply,
    seen_at,
    source_line,
)
from facilitator.documents.newsletter_pen import Pen
from facilitator.documents.newsletter_reader import items_of
from facilitator.documents.vocabulary import Section
from facilitator.i18n import Translator
from facilitator.wording import local, month_text

SECTION_LEVEL = 2
MAX_HEADING = 1_000  # no more of a heading is looked at
SOURCE = "source"  # how the letter remembers that it said which meeting the items come from

# The line before which it goes, its place among those that go there, its lines.
_Insert = tuple[int, int, list[str]]

# A heading, its words, and the section they name.
_Titled = tuple[Heading, str, str | None]

_EMPTY_ANSWER = re.compile(r"^ *- \*[^*\n]{1,40}:\*[ \t]*\n", re.MULTILINE)
_BOX = re.compile(r"^( *[-*+] )\[[ xX]\] ", re.MULTILINE)
_MINUTES = re.compile(r"(?<!\\)\[([^\[\]\\\n]{1,80})\]\(\.\./(minutes/[^\s()<>]{1,300})\)")


def feed_newsletter(  # noqa: PLR0913  # the contract of a feed, by name
    existing: str | None,
    month: str,
    meeting: PublicMeeting,
    tr: Translator,
    *,
    minutes_name: str,
    now: Instant | None = None,
) -> str:
    """The newsletter with what the meeting brings that it never held; the same text, or none, when there is nothing new.

    Raises:
        FrontUnreadable: its front matter cannot be read, or could not be once fed; the file is a person's, to be left alone.
        TooLarge: it is no newsletter of any size that people write, or would not be once fed.
    """
    pen = Pen(meeting.setup, tr)
    text = existing if existing and existing.strip() else _blank(month, pen)
    found = outline(text)
    front = read_front(found.source.front) if found.source.body else None
    remembered = front.fed.get(meeting.id, ()) if front else ()
    there = [item.label for item in items_of(found) if item.meeting in (meeting.id, minutes_name.removesuffix(".md"))]
    known = {*remembered, *there}
    today = local(now.at, meeting.setup.zone).date() if now else None
    fresh = [
        part for part in contributions(meeting, pen, minutes_name=minutes_name, today=today) if part.key not in known
    ]
    source = source_line(meeting, pen, minutes_name) if fresh and SOURCE not in remembered else ""
    keys = [*([SOURCE] if source else []), *(part.key for part in fresh)]
    fed = (*dict.fromkeys((*remembered, *there, *keys)),)
    if fed == remembered:
        return existing or ""
    body = [line.rstrip("\r") for line in found.source.lines]
    lines = _inserted(found, fresh, meeting, pen, "" if source in body else source)
    if front is None:
        front = NewsletterFront(FORMAT, month, pen.document)
    letter = _remembering(lines, found.source, replace(front, fed={**front.fed, meeting.id: fed}))
    check_size(letter)
    read_front(split(letter).front)
    return letter


def mail_version(text: str, base_url: str | None = None) -> str:
    """The newsletter to be sent by mail: no front matter, no boxes, no room for answers, links absolute or only their words."""
    source = split(text)
    body = "\n".join(line.rstrip("\r") for line in source.lines[source.body :]).lstrip("\n")
    body = _BOX.sub(r"\1", _EMPTY_ANSWER.sub("", body))
    base = base_url.rstrip("/") if base_url else None
    return _MINUTES.sub(lambda link: f"[{link[1]}]({base}/{link[2]})" if base else link[1], body)


def _blank(month: str, pen: Pen) -> str:
    front = NewsletterFront(FORMAT, month, pen.document)
    title = pen.tr("Newsletter of {month}", month=month_text(pen.tr, month))
    return f"{write_front(front)}\n# {title}\n"


def _inserted(found: Outline, fresh: list[Contribution], meeting: PublicMeeting, pen: Pen, source: str) -> list[str]:
    """The lines of the letter with the new items in their sections, and before them where they come from."""
    lines = list(found.source.lines)
    if lines[-1]:
        lines.append("")
    mark = "\r" if lines[0].endswith("\r") else ""
    inserts: list[_Insert] = []
    titled = _titled(found)
    if source:
        first = (heading.line for heading in found.headings if heading.level == SECTION_LEVEL)
        inserts.append((_after_text(found, next(first, len(lines) - 1)), 0, ["", source]))
    for section in ORDER:
        parts = [part for part in fresh if part.section == section]
        if not parts:
            continue
        title = seen_at(meeting, pen) if section == "seen" else vocabulary.heading(section, pen.language)
        heading = _heading(titled, section, title)
        if heading is None:
            intro = how_to_reply(meeting, pen) if section == "asked" else ""
            block = ["", f"## {title}", "", *([intro, ""] if intro else [])]
            for part in parts:
                block += part.markdown.rstrip("\n").split("\n")
            inserts.append((_place(found, titled, section, len(lines) - 1), len(inserts), block))
        else:
            inserts += _into(found, heading, parts, len(inserts))
    for at, _, block in sorted(inserts, key=lambda insert: insert[:2], reverse=True):
        lines[at:at] = [line + mark for line in block]
    return lines


def _titled(found: Outline) -> list[_Titled]:
    """The headings of sections."""
    headings = (heading for heading in found.headings if heading.level == SECTION_LEVEL)
    read = ((heading, words(heading.text[:MAX_HEADING])) for heading in headings)
    return [(heading, text, vocabulary.read_heading(text)) for heading, text in read]


def _heading(titled: list[_Titled], section: Section, title: str) -> Heading | None:
    """The section's heading, if it is there; what was seen has one for each place."""
    wanted = vocabulary.plain(words(title))
    for heading, text, known in titled:
        if known == section and (section != "seen" or vocabulary.plain(text) == wanted):
            return heading
    return None


def _place(found: Outline, titled: list[_Titled], section: Section, end: int) -> int:
    """The line before which a new section goes: after its last non-blank neighbour, before the next one in order."""
    later = ORDER[ORDER.index(section) + 1 :]
    line = next((heading.line for heading, _, known in titled if known in later), end)
    return _after_text(found, line)


def _into(found: Outline, heading: Heading, parts: list[Contribution], count: int) -> list[_Insert]:
    """Where the items of a section that exists go: calls by their date, all others last."""
    listed = [item for item in found.items if item.under and item.under[-1] == heading]
    inserts: list[_Insert] = []
    for part in parts:
        block = part.markdown.rstrip("\n").split("\n")
        later = _later(listed, part) if part.date else None
        if later is not None:
            at = later.line
        elif listed:
            at = listed[-1].end
        else:
            at = _after_text(found, _section_end(found, heading))
            block = block if inserts else ["", *block]
        inserts.append((at, count + len(inserts), block))
    return inserts


def _later(listed: list[Item], part: Contribution) -> Item | None:
    for item in listed:
        date = vocabulary.read_date(words(item.text[:200]))
        if date and part.date and date > part.date:
            return item
    return None


def _section_end(found: Outline, heading: Heading) -> int:
    after = (other.line for other in found.headings if other.line > heading.line and other.level <= heading.level)
    return next(after, len(found.source.lines))


def _after_text(found: Outline, line: int) -> int:
    """The line after the last one before `line` that is not blank."""
    lines = found.source.lines
    line = min(line, len(lines))
    while line > found.source.body and not lines[line - 1].strip():
        line -= 1
    return line


def _remembering(lines: list[str], source: Split, front: NewsletterFront) -> str:
    """The text with its memory of what was fed; the rest of a front matter that is there stays as it is."""
    mark = "\r" if lines[0].endswith("\r") else ""
    if not source.body:
        begin = "\ufeff" if lines[0].startswith("\ufeff") else ""
        written = [line + mark for line in (begin + write_front(front)).split("\n")]
        return "\n".join([*written, lines[0].removeprefix("\ufeff"), *lines[1:]])
    fed = {meeting: list(keys) for meeting, keys in front.fed.items()}
    place = _fed_lines(source)
    lines[place] = [line + mark for line in dump({"fed": fed}).rstrip("\n").split("\n")]
    return "\n".join(lines)


def _fed_lines(source: Split) -> slice:
    """The lines of the front matter that hold `fed`; an empty range before the closing fence when it is not there."""
    last = source.body - 1
    for begin in range(1, last):
        if source.lines[begin].startswith("fed:"):
            end = begin + 1
            while end < last and source.lines[end].startswith((" ", "\t", "-")):
                end += 1
            return slice(begin, end)
    return slice(last, last)
