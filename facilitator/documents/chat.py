"""Questions that wait, as messages for the network's chat: one a question, so that each has its thread and its address."""

from __future__ import annotations

import datetime
from collections.abc import Sequence

from facilitator.core.text import one_line
from facilitator.documents.minutes.entry import MinutesEntry
from facilitator.documents.minutes.words import MONTHS, day_text, of
from facilitator.documents.typography import typeset

MOST_CHARACTERS = 1_900  # in UTF-16 units, with room to spare: Discord takes 2,000, Mattermost 16,383
_MOST_PEOPLE = 200
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
        over = len(message.encode("utf-16-le", errors="surrogatepass")) // 2 - MOST_CHARACTERS
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
    theme = f" #{harmless(one.theme, _MOST_PEOPLE)}" if one.theme else ""
    return f"{head} {harmless(one.text, room)}\n{since} {held if one.owners else asks}{theme}"


def _people(names: Sequence[str], language: str) -> str:
    last = " et " if language == "fr" else " and "
    return harmless(last.join(filter(None, (", ".join(names[:-1]), *names[-1:]))), _MOST_PEOPLE)


def harmless(text: str, most: int = MOST_CHARACTERS // 2) -> str:
    """What somebody typed, on one line of a message, cut where it is long: it marks nothing up and calls nobody."""
    line = one_line(text)
    return (line if len(line) <= most else f"{line[: most - 1]}…").translate(_HARMLESS)
