"""What the room said of the meeting, as minutes say it and read back: totals and words, nobody's name."""

from __future__ import annotations

import re

from facilitator.core.meeting import Evaluation
from facilitator.core.regex import regex
from facilitator.documents.markdown.pen import read_words, shown_line, write_text
from facilitator.documents.minutes import words
from facilitator.documents.minutes.reader import MinutesRead, heading_title
from facilitator.documents.typography import typeset, unfold

USEFUL: words.Words = {"fr": ("Utile", "Utilité"), "en": ("Useful", "Usefulness")}
KEEP: words.Words = {"fr": ("À garder",), "en": ("To keep",)}
CHANGE: words.Words = {"fr": ("À changer",), "en": ("To change",)}
MOST = 99_999

_LABELLED = regex(r"[*_]{0,3}(?P<label>[^*_:]{1,30}?)\s?(?::[*_]{0,3}|[*_]{1,3}\s?:)\s+(?P<value>.+)\Z", re.DOTALL)
_COUNT = regex(
    r"(?<![0-9])(?P<mark>[1-5])\s?[×x*]\s?(?P<count>[0-9]{1,5})(?![0-9])|(?<![0-9])(?P<mark2>[1-5])\s?:\s?(?P<count2>[0-9]{1,5})(?![0-9])"
)


def write_evaluation(said: Evaluation, language: str) -> list[str]:
    """The lines of the section; none when nobody said anything."""
    fr = language == "fr"

    def line(label: words.Words, value: str) -> str:
        return typeset(f"- *{label[language][0]}{' :' if fr else ':'}* ", language) + value

    lines = []
    answers = sum(said.useful)
    if answers:
        mean = f"{sum(mark * count for mark, count in enumerate(said.useful, 1)) / answers:.1f}"
        counted = " · ".join(f"{mark} × {said.useful[mark - 1]}" for mark in range(5, 0, -1) if said.useful[mark - 1])
        total = f"{answers} {('réponses' if answers > 1 else 'réponse') if fr else ('answers' if answers > 1 else 'answer')}"
        of = f"{mean.replace('.', ',')} sur 5" if fr else f"{mean} of 5"
        lines.append(line(USEFUL, f"{of}, {total} *({counted})*"))
    lines += [line(KEEP, write_text(shown_line(one), language, indent=2)) for one in said.keep]
    lines += [line(CHANGE, write_text(shown_line(one), language, indent=2)) for one in said.change]
    return lines


def evaluation_of(read: MinutesRead) -> Evaluation:
    """What minutes say of how the meeting was found; empty where they say nothing. Counts are what is in parentheses."""
    own = read.front.headings
    headings = read.outline.headings if read.outline else ()
    named = {one.line for one in headings if words.read_section(heading_title(one), own) == "evaluation"}
    if not named:
        return Evaluation()
    useful = [0, 0, 0, 0, 0]
    keep: list[str] = []
    change: list[str] = []
    for item in read.outline.items if read.outline else ():
        if named.isdisjoint(one.line for one in item.under):
            continue
        found = _LABELLED.match(item.text)
        label = unfold(found["label"]) if found else ""
        if found is None:
            continue
        if words.means(USEFUL, label):
            for count in _COUNT.finditer(unfold(found["value"])):
                mark = int(count["mark"] or count["mark2"])
                useful[mark - 1] = min(MOST, int(count["count"] or count["count2"]))
        elif words.means(KEEP, label):
            keep.append(read_words(found["value"]))
        elif words.means(CHANGE, label):
            change.append(read_words(found["value"]))
    return Evaluation(tuple(useful), tuple(keep), tuple(change))
