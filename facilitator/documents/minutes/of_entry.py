"""One entry as a list item: box, anchor, number, text, tail, and its answer under it."""

from __future__ import annotations

import datetime
import re
from collections.abc import Sequence

from msgspec import Struct

from facilitator.core.agenda import StepKind
from facilitator.core.regex import regex
from facilitator.core.vocabulary import KINDS
from facilitator.documents.markdown.escape import address_in, is_link, link_text, write_link
from facilitator.documents.markdown.items import no_box
from facilitator.documents.markdown.pen import shown_line, write_line, write_text, write_titled_link, write_typed
from facilitator.documents.minutes import words
from facilitator.documents.minutes.entry import MinutesEntry
from facilitator.documents.minutes.tail import TailPen
from facilitator.documents.typography import typeset

INDENT = 2
FIRST_WORDS = 60

# What would end a label, or a part of it.
_IN_LABEL = regex(r"(\\.)|([:,_])", re.DOTALL)
# An address that was made a link; in a label its colon is escaped, and it is text.
_LINKED = regex(r"(?<!\\)<(https?://[^<>\s]*)>", re.IGNORECASE)


class Whereabouts(Struct, frozen=True):
    """Where an entry stands, and so what need not be said: the step to link to, whether its outcome must be said, the day said.

    `done` says that nothing around it tells that a question that was sent elsewhere is done.
    """

    step: int | None = None
    outcome: bool = False
    due: datetime.date | None = None
    done: bool = False


class EntryPen:
    """Writes the entries of one document."""

    def __init__(self, language: str, tails: TailPen) -> None:
        self.language = language
        self.french = language == "fr"
        self.tails = tails

    def item(self, said: MinutesEntry, place: Whereabouts) -> str:
        """The whole item, ending in a newline."""
        return f"- {self.head(said)}{self.first(said, place)}\n{self.answer(said, ' ' * INDENT)}"

    def head(self, said: MinutesEntry) -> str:
        """Box, anchor and number with the space after it; a note has none."""
        box = ("[x] " if said.done else "[ ] ") if said.kind == "action" else ""
        return f"{box}{self.named(said)}" if said.number else box

    def named(self, said: MinutesEntry) -> str:
        """Anchor and number with the space after it."""
        return f"{anchor(said)}**{said.label(self.language)}** "

    def first(self, said: MinutesEntry, place: Whereabouts, *, indent: int = INDENT) -> str:
        """Text and tail, without the newline."""
        tail = self.tails.tail(said, step=place.step, outcome=place.outcome, due=place.due, done=place.done)
        if said.kind == "note":
            return no_box(write_typed(said.text, self.language, indent=indent, tail=tail))
        if said.kind in ("news", "resource") and said.link and is_link(said.link):
            return write_titled_link(said.text, said.link, self.language, indent=indent) + tail
        return (write_text(said.text, self.language, indent=indent) + tail).removeprefix(" " if not said.text else "")

    def answer(self, said: MinutesEntry, margin: str) -> str:
        """The answer under its question, each line with its newline; nothing without one."""
        if said.answer is None and not said.answer_link:
            return ""
        label = typeset(self.answer_label(said), self.language)
        indent = len(margin) + INDENT
        lines = f"{margin}- *{label}* {write_typed(said.answer or '', self.language, indent=indent)}".rstrip(" ") + "\n"
        if said.answer_link and address_in(said.answer or "") != said.answer_link:
            word = words.LABELS["answer_link"][self.language][0]
            word = word[:1].upper() + word[1:]
            colon = " :" if self.french else ":"
            lines += f"{margin}- *{typeset(word + colon, self.language)}* {write_link(said.answer_link)}\n"
        return lines

    def answer_label(self, said: MinutesEntry) -> str:
        """`Réponse de Fatou Sarr, 4 décembre, sur Mattermost :`."""
        word = "Réponse" if self.french else "Answer"
        if said.answer_by:
            by = shown_line(said.answer_by)
            preposition = words.of(by, "fr")[: -len(by)] if self.french else "from "
            word += f" {preposition}{_name(by)}"
        if said.answered_on:
            word += f", {words.near(said.answered_on, self.tails.day, self.language)}"
        if said.outcome in words.DEFERRED and said.outcome is not None:
            promised = said.due if said.outcome in ("newsletter", "next") else None
            word += f", {self.tails.wording.phrase(said.outcome, promised)}"
        return f"{word} :" if self.french else f"{word}:"

    def reference(self, said: MinutesEntry) -> str:
        """A link on the first words and number of an entry: `[Réserver la salle (A2)](#a2)`."""
        label = said.label(self.language)
        short = first_words(said.text)
        shown = f"{link_text(typeset(short, self.language))} ({label})" if short else label
        return f"[{shown}](#{anchor_id(said)})"

    def line(self, text: str) -> str:
        """A text of people on one line."""
        return write_line(shown_line(text), self.language)


def _name(name: str) -> str:
    line = _LINKED.sub(r"\1", write_line(name, "en"))
    return _IN_LABEL.sub(lambda found: found[1] or f"\\{found[2]}", line)


def licence_line(licence: str, language: str) -> str:
    """What stands at the end of a document: under which licence it may be used again."""
    return (
        f"*{write_line(shown_line(f'Licence : {licence}' if language == 'fr' else f'Licence: {licence}'), language)}*"
    )


def anchor_id(said: MinutesEntry) -> str:
    """`q3`; that of a need is the same in both languages."""
    return f"{KINDS[said.kind].letter.lower()}{said.number}"


def anchor(said: MinutesEntry) -> str:
    """Both `id` and `name`: one forge strips the one, one the other."""
    name = anchor_id(said)
    return f'<a id="{name}" name="{name}"></a>'


def step_anchor(number: int) -> str:
    """That of the heading of a sequence."""
    return f'<a id="step-{number}" name="step-{number}"></a>'


def first_words(text: str) -> str:
    """The beginning of a text on one line, without the full stop of a sentence: to the end of a clause, else whole words and `…`."""
    line = shown_line(text)
    if len(line) <= FIRST_WORDS:
        return line[:-1].rstrip() if line.endswith(".") and not line.endswith("..") else line
    begin = line[: FIRST_WORDS + 1]
    clause = max(begin.rfind(f"{mark} ") for mark in ",;:")
    if clause > FIRST_WORDS // 2 and begin.count("«", 0, clause) == begin.count("»", 0, clause):
        return begin[:clause].rstrip()
    words_kept = begin.rsplit(" ", 1)[0] if " " in begin else begin[:-1]
    return words_kept.rstrip(" ,;:.") + "…"


def steps_named(steps: Sequence[tuple[StepKind, str]], language: str) -> dict[int, str]:
    """What each sequence, of this kind and title, is called in a tail, by its number: its kind in a word; its title when two share a kind, or its kind says nothing."""
    kinds = [kind for kind, _ in steps]
    return {
        number: titled_name(title) if kinds.count(kind) > 1 or kind == "free" else words.STEPS[kind][language][0]
        for number, (kind, title) in enumerate(steps, 1)
    }


def titled_name(title: str) -> str:
    """What a sequence of this title is called in a tail when its title is all that tells it from others."""
    return link_text(shown_line(title)).replace("·", "&#183;").replace("(", "\\(").replace(")", "\\)")
