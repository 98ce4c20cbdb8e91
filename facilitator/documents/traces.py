"""Whether what was made for other programs, whatever it was made into, says a text."""

from __future__ import annotations

import re
from collections.abc import Collection
from email import message_from_bytes
from email.policy import default
from html import unescape

from facilitator.core.text import fold_case

_TAG = re.compile(r"<[^<>]*>")
_FOLD = re.compile(r"\r?\n[ \t]")  # in a calendar, a line that goes on, in mid-word as well
_BETWEEN = re.compile(r"\\[nN]|\W+|_")  # also what is escaped, as `\,`
_ADDRESS = re.compile(r"https?://\S+")


def says(ending: str, data: bytes, texts: Collection[str]) -> bool:
    """Whether a file whose name has this ending says one of the texts, word for word."""
    shown = [f" {_words(one)} " for one in _shown(ending, data)]
    wanted = [_words(part) for text in texts for part in [max(_ADDRESS.split(text), key=len)]]
    return any(f" {words} " in one for words in wanted if words for one in shown)


def _shown(ending: str, data: bytes) -> list[str]:
    """What a person reads in it, with and without what looks like a mark of HTML."""
    if ending == ".eml":
        parts = message_from_bytes(data, policy=default).walk()
        texts = [part.get_content() for part in parts if part.get_content_maintype() == "text"]
        texts = [text for text in texts if isinstance(text, str)]
    else:
        text = data.decode("utf-8", errors="replace")
        texts = [_FOLD.sub("", text) if ending == ".ics" else text]
    return [one for text in texts for one in (text, unescape(_TAG.sub("", text)))]


def _words(text: str) -> str:
    return " ".join(fold_case(_BETWEEN.sub(" ", text)).split())
