"""Messages for the network's chat: each question that waits, so that it has its thread and its address; a letter, in as many as it takes."""

from __future__ import annotations

import datetime
import re
from collections.abc import Sequence

from facilitator.core.regex import regex
from facilitator.core.text import one_line
from facilitator.documents.minutes.entry import MinutesEntry
from facilitator.documents.minutes.words import MONTHS, day_text, of
from facilitator.documents.newsletter.mail import mail_text
from facilitator.documents.typography import typeset

MOST_CHARACTERS = 1_900  # in UTF-16 units, with room to spare: Discord takes 2,000, Mattermost 16,383
_MOST_PEOPLE = 200
_TAG = regex(r"[\W_]+")  # a hashtag is one word: what is between words is a hyphen
_ADDRESS = regex(r"(https?://\S+)")
# Nothing that was said marks anything up, and nobody is called: a word joiner parts `@` from the name after it.
_HARMLESS = str.maketrans({**{sign: f"\\{sign}" for sign in "\\`*_~|<>[]"}, "@": "@\u2060"})


def write_messages(asked: Sequence[MinutesEntry], *, day: datetime.date, month: str | None, language: str) -> list[str]:
    """A message for each question that waits since the meeting of `day`; `month` (YYYY-MM) is that of the letter answers go to.

    Each is at most `MOST_CHARACTERS` long: a longer question ends in an ellipsis.
    """
    return [_fitting(one, day, month, language) for one in asked]


def _fitting(one: MinutesEntry, day: datetime.date, month: str | None, language: str) -> str:
    room = MOST_CHARACTERS // 2
    while True:
        message = typeset(_message(one, day, month, language, room), language)
        over = _length(message) - MOST_CHARACTERS
        if over <= 0:
            return message
        room -= max(1, over // 2)


def _message(one: MinutesEntry, day: datetime.date, month: str | None, language: str, room: int) -> str:
    people = _people(one.owners, language)
    named = MONTHS[language][int(month[5:]) - 1] if month else None
    if language == "fr":
        head, since = "**Qui sait ?**", f"Question de la rencontre du {day_text(day, language)}."
        letter = f"la lettre {of(named, language)}" if named else "la prochaine lettre"
        asks = f"Répondez dans le fil : la réponse ira dans {letter}."
        held = f"{people} {'s’en occupent' if len(one.owners) > 1 else 's’en occupe'}, complétez dans le fil."
    else:
        head, since = "**Who knows?**", f"A question of the meeting of {day_text(day, language)}."
        letter = f"the letter of {named}" if named else "the next letter"
        asks = f"Answer in the thread: it will be in {letter}."
        held = f"{people} {'see' if len(one.owners) > 1 else 'sees'} to it: add what you know in the thread."
    theme = f" #{named}" if one.theme and (named := _TAG.sub("-", one.theme[:_MOST_PEOPLE]).strip("-")) else ""
    return f"{head} {harmless(one.text, room)}\n{since} {held if one.owners else asks}{theme}"


def _people(names: Sequence[str], language: str) -> str:
    last = " et " if language == "fr" else " and "
    return harmless(last.join(filter(None, (", ".join(names[:-1]), *names[-1:]))), _MOST_PEOPLE)


def harmless(text: str, most: int = MOST_CHARACTERS // 2) -> str:
    """What somebody typed, on one line of a message, cut where it is long: it marks nothing up and calls nobody."""
    line = one_line(text)
    return (line if len(line) <= most else f"{line[: most - 1]}…").translate(_HARMLESS)


def write_letter(text: str, base: str | None = None) -> list[str]:
    """A letter as messages, in their order, parted between two paragraphs wherever that can be; `base` as for a mail.

    Raises Unreadable for one that is too large.
    """
    said = "\n".join(_plain(line) for line in mail_text(text, base).rstrip("\n").split("\n"))
    messages: list[str] = []
    for block in re.split(r"\n{2,}", said):
        for part in _parts(block):
            joined = f"{messages[-1]}\n\n{part}" if messages else part
            if messages and _length(joined) <= MOST_CHARACTERS:
                messages[-1] = joined
            else:
                messages.append(part)
    return messages


def _plain(line: str) -> str:
    """A line in which nothing marks anything up but its bullet; addresses stay as they are."""
    said = "".join(part if place % 2 else part.translate(_HARMLESS) for place, part in enumerate(_ADDRESS.split(line)))
    return re.sub(r"\A(\s*)(#|\+|=|\d+\.)", r"\1\\\2", said)


def _parts(block: str) -> list[str]:
    """A paragraph in pieces that fit: between its lines, else between its words, else anywhere."""
    if _length(block) <= MOST_CHARACTERS:
        return [block]
    half = len(block) // 2
    at = next((at for sign in ("\n", " ") if (at := block.rfind(sign, 1, half)) > 0), half)
    return [part for side in (block[:at], block[at:].strip("\n ")) for part in _parts(side)]


def _length(text: str) -> int:
    return len(text.encode("utf-16-le", errors="surrogatepass")) // 2
