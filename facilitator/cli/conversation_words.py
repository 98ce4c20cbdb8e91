"""What a line of the conversation means: its first word is a sign, a key, a word for a command, or a command."""

from __future__ import annotations

import re
from typing import NamedTuple

from facilitator.cli.choices import nearest
from facilitator.cli.commands import COMMANDS
from facilitator.core.text import fold_case
from facilitator.core.vocabulary import KIND_OF_KEY, SIGNS, Kind
from facilitator.core.vocabulary import KINDS as EVERY_KIND
from facilitator.i18n import Translator
from facilitator.wording import kind_name

# What a kind may be called: its key, its name, its French names.
KINDS: dict[str, Kind] = {
    **KIND_OF_KEY,
    **{kind: kind for kind in EVERY_KIND},
    **{fold_case(word): kind for kind, row in EVERY_KIND.items() for word in row.words if " " not in word},
}
# Keys of the screens that ask for something else, and what does it.
KEYS: dict[str, str] = {
    "": "where",
    "h": "help",
    "g": "agenda",
    "f": "listing",
    "s": "outcome",
    "r": "answer_clock",
    "p": "people",
    "e": "edit",
    "j": "same",
    "u": "undo",
    "+": "more",
    "-": "less",
    "c": "adjourn",
    "m": "minutes",
    "t": "replan",
    "o": "round",
    "quit": "leave",
}
# Other words for keys and commands, in every language at once.
OTHER_WORDS: dict[str, str] = {
    "time": "",
    "agenda": "g",
    "list": "f",
    "help": "h",
    "leave": "quit",
    "people": "p",
    "commencer": "start",
    "démarrer": "start",
    "suivant": "next",
    "suivante": "next",
    "retour": "back",
    "précédent": "back",
    "reprendre": "resume",
    "plus": "+",
    "moins": "-",
    "annuler": "undo",
    "rétablir": "redo",
    "temps": "",
    "statut": "status",
    "état": "status",
    "déroulé": "g",
    "liste": "f",
    "aide": "h",
    "quitter": "quit",
    "present": "p",
    "présente": "p",
    "présents": "p",
    "présences": "p",
    "ajouter": "add",
    "répondre": "r",
    "réponse": "r",
    "envoyer": "s",
    "suite": "s",
    "fait": "done",
    "modifier": "e",
    "déplacer": "move",
    "même": "j",
    "tour": "o",
    "réajuster": "t",
    "lever": "c",
    "clore": "close",
    "clôturer": "close",
    "clôture": "close",
    "rouvrir": "reopen",
    "entrées": "entries",
    "suivis": "followups",
    "lettre": "newsletter",
    "compte-rendu": "m",
}
WORDS = {fold_case(word): meaning for word, meaning in OTHER_WORDS.items()}
# Commands that open a screen or a meeting of their own make no sense within a meeting.
ELSEWHERE = ("run", "room", "home", "new", "check")
# Where the last words of a command are a text: how many words come before it.
TEXTS = {"add": 1, "answer": 1, "attend": 0}
_ASIDE = re.compile(r"(?:mis )?de c(?:ô|o\u0302?)t(?:é|e\u0301?) ", re.IGNORECASE)
_WORDS = re.compile(r'"((?:[^"\\]|\\.)*)"(?=\s|$)|(\S+)')


class Line(NamedTuple):
    """A line taken apart: an entry to capture, or a key or command with what follows it."""

    kind: Kind | None
    word: str
    text: str


def read(line: str) -> Line:
    """What a line asks for; its word is `?` when it asks for nothing known, and its text then the word that was not."""
    text = line.strip()
    if text[:1] in SIGNS:
        return Line(SIGNS[text[0]], "", text[1:].strip())
    if text[:1] in ("+", "-"):
        return Line(None, text[0], text[1:].strip())
    first, _, rest = text.partition(" ")
    word = fold_case(first)
    word = WORDS.get(word, word)
    if word in KINDS:
        return Line(KINDS[word], "", rest.strip())
    if word in KEYS or (word in COMMANDS and word not in ELSEWHERE):
        return Line(None, word, rest.strip())
    return Line(None, "?", first)


def meant(word: str) -> str | None:
    """The word that was probably meant by one that is not understood."""
    return nearest(word, (*KINDS, *OTHER_WORDS, *(name for name in COMMANDS if name not in ELSEWHERE)))


def command_words(name: str, text: str) -> list[str]:
    """The words of a command; the text of those that take one needs no quotation marks."""
    if name == "close" and text.startswith("--summary "):
        return ["--summary=" + text.removeprefix("--summary ").strip().strip('"')]
    if name == "add" and (found := _ASIDE.match(text)):
        text = f"aside {text[found.end() :]}"
    words = [found[1] if found[1] is not None else found[2] for found in _WORDS.finditer(text)]
    head = TEXTS.get(name)
    if head is None or text.lstrip().startswith('"') or any(word.startswith("--") for word in words):
        return words
    parts = text.split(None, head)
    return [*parts[:head], "--", *parts[head:]]


def help_lines(tr: Translator) -> list[str]:
    """What a line may be, for a person."""
    captures = [f"{key} {kind_name(tr, kind)}" for key, kind in KIND_OF_KEY.items()]
    signs = [f"{sign} {kind_name(tr, kind)}" for sign, kind in SIGNS.items()]
    return [
        tr("To write something down, a key and a text: {keys}.", keys=", ".join(captures)),
        tr("Or a sign and a text: {signs}.", signs=", ".join(signs)),
        tr("In the text, @Name says who, #theme the theme; for an action, a date comes after “by”."),
        tr(
            "An empty line: where we are. g: the agenda. f: what was written down. p: who is there; p and a name: that person is there."
        ),
        tr("next, back, pause, resume: time. + 5 and - 5: minutes. u: undo; redo."),
        tr(
            "r Q1: the answer clock; r Q1 and a text: the answer. s Q1: what becomes of it. j Q1: same need. e Q1 and a text: change it."
        ),
        tr("t: ways to keep the promised end; t 1: that one. o start, o pass, o end: a speaking round."),
        tr("c: adjourn; then: close. m: the minutes. quit, or Ctrl+D: leave; the meeting goes on."),
        tr("Every command of facilitator works too, such as: send Q2 newsletter."),
    ]
