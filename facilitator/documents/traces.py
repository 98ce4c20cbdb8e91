"""Where what is private is said all the same: in a document, and in what was made for other programs, whatever it was made into."""

from __future__ import annotations

import re
from collections.abc import Collection
from html import unescape

from msgspec import Struct

from facilitator.core.regex import regex
from facilitator.core.text import fold_case

_TAG = regex(r"<[^<>]*>")
_FOLD = regex(r"\r?\n[ \t]")  # in a calendar, a line that goes on, in mid-word as well
_BETWEEN = regex(r"\\[nN]|\W+|_")  # also what is escaped, as `\,`
_ADDRESS = regex(r"https?://\S+")
_TELLING = 4  # so many words in a row are nobody else's


class PrivateText(Struct, frozen=True):
    """Something private: the meeting, the number that it has there, as `Q4`, and its text."""

    meeting: str
    number: str
    text: str


def is_telling(text: str) -> bool:
    """Whether a text has so many words that it is nobody else's."""
    return len(_words(text).split()) >= _TELLING


def places(document: str, private: PrivateText, *, own: bool) -> list[int]:
    """The lines, from 1, in which a document says it; `own`: these are the minutes of its meeting.

    It is known by what leads to it, in the minutes by its number in bold, and by its words where they are too many to be another's.
    """
    meeting, number = re.escape(private.meeting), re.escape(private.number)
    leads = rf"{meeting}\.md#{number}\b|from: \W?{meeting}\W.*number: \W?{number}\b"
    known = re.compile(leads + (rf"|\*\*{number}\b" if own else ""), re.IGNORECASE)
    lines, wanted = document.split("\n"), _words(private.text).split()
    found = {place for place, line in enumerate(lines, 1) if known.search(line)}
    if len(wanted) >= _TELLING and wanted[0] in fold_case(document):
        words = [(word, place) for place, line in enumerate(lines, 1) for word in _words(line).split()]
        found |= {
            place
            for at, (word, place) in enumerate(words)
            if word == wanted[0] and [one for one, _ in words[at : at + len(wanted)]] == wanted
        }
    return sorted(found)


def says(ending: str, data: bytes, texts: Collection[str]) -> bool:
    """Whether a file whose name has this ending says one of the texts, word for word."""
    shown = [f" {_words(one)} " for one in _shown(ending, data)]
    wanted = [_words(part) for text in texts for part in [max(_ADDRESS.split(text), key=len)]]
    return any(f" {words} " in one for words in wanted if words for one in shown)


def _shown(ending: str, data: bytes) -> list[str]:
    """What a person reads in it, with and without what looks like a mark of HTML."""
    if ending == ".eml":
        from email import message_from_bytes  # slow to load
        from email.policy import default

        parts = message_from_bytes(data, policy=default).walk()
        texts = [part.get_content() for part in parts if part.get_content_maintype() == "text"]
        texts = [text for text in texts if isinstance(text, str)]
    else:
        text = data.decode("utf-8", errors="replace")
        texts = [_FOLD.sub("", text) if ending == ".ics" else text]
    return [one for text in texts for one in (text, unescape(_TAG.sub("", text)))]


def _words(text: str) -> str:
    return " ".join(fold_case(_BETWEEN.sub(" ", text)).split())
