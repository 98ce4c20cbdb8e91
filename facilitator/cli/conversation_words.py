"""What a line of the conversation means.

A line is one of these, the first that fits (the rules are those of `--plain` in the manual):

1. nothing: where we are;
2. a key that captures, in lower case, one space and a text; or a sign and a text;
3. a scribe's prefix and its colon: `Question : …`, `ACTION: …`, `DONE: A3`;
4. `s/before/after/`, which mends what the same person wrote last;
5. a key or a command that acts, when the whole line is that command (`ACTS`);
6. what cannot be told from a slip: a single word, a command with one word that is none of its own. It is refused;
7. a sentence, which is kept as a note, word for word.
"""

from __future__ import annotations

import re
from typing import Literal, NamedTuple

from facilitator.cli.choices import KIND_WORDS, KINDS_ASKED, OUTCOME_WORDS, nearest
from facilitator.cli.commands import COMMANDS
from facilitator.cli.context import Around
from facilitator.core.people import complete
from facilitator.core.regex import regex
from facilitator.core.text import fold_case
from facilitator.core.vocabulary import ASKED, KIND_OF_KEY, OUTCOMES, SIGNS, Kind
from facilitator.core.vocabulary import KINDS as EVERY_KIND
from facilitator.i18n import Translator
from facilitator.wording import kind_name

_NAMES: dict[str, Kind] = {kind: kind for kind in EVERY_KIND}
# What scribes write before a colon: the kinds by their names, and what else is usual.
SCRIBES: dict[str, Kind] = {
    **_NAMES,
    **{fold_case(word): _NAMES[kind] for word, kind in KIND_WORDS.items()},
    "information": "news",
    "resolution": "decision",
    "todo": "action",
    "a faire": "action",
    "individuel": "individual",
    "besoin individuel": "individual",
    "individual need": "individual",
}
_DONE = ("done", "fait")

# What may follow a key or a command for the line to be that command.
_NUMBER = r"[A-Za-z][0-9]{1,6}"
_OPTIONS = r"--[a-z].*"
_ALONE = rf"(?:{_OPTIONS})?"
_ONE = rf"{_NUMBER}(?: .*)?"
_ENTRY = rf"(?:{_ONE}|last(?: {_OPTIONS})?)"
_ENTRY_ALONE = rf"(?:(?:{_NUMBER}|last)(?: {_OPTIONS})?|{_OPTIONS})?"
_MINUTES = rf"(?:[0-9]{{1,5}}|{_OPTIONS})?"
_KIND_NAMES = {*EVERY_KIND, *map(fold_case, KIND_WORDS), *map(fold_case, KINDS_ASKED.words)}
_KIND = f"(?:{'|'.join(sorted(_KIND_NAMES, key=len, reverse=True))})s?"
_WHOLE = regex(r'"((?:[^"\\]|\\.)+)"', re.DOTALL)
_MEETING = r"[0-9]{4}-[0-9]{2}(?:-[0-9]{2}\S*)?"


class Key(NamedTuple):
    """A key that acts: what does it, what may follow it for the line to be that, and how it is said."""

    does: str
    follows: str
    way: str


KEYS: dict[str, Key] = {
    "": Key("where", "", ""),
    "h": Key("help", "", "h"),
    "g": Key("agenda", "", "g"),
    "f": Key("listing", "", "f"),
    "s": Key("outcome", rf"(?:{_ONE})?", "s Q1"),
    "r": Key("answer", _ONE, "r Q1"),
    "p": Key("people", "", "p Nora"),
    "e": Key("edit", _ONE, "e Q1"),
    "j": Key("same", rf"{_NUMBER}(?: {_OPTIONS})?", "j Q1"),
    "u": Key("undo", "", "u"),
    "+": Key("more", _MINUTES, "+ 5"),
    "-": Key("less", _MINUTES, "- 5"),
    "c": Key("adjourn", "", "c"),
    "m": Key("minutes", "", "m"),
    "t": Key("replan", _MINUTES, "t 1"),
    "o": Key("round", rf"(?:(?:start|pass|end|status)(?: {_OPTIONS})?|{_OPTIONS})?", "o start"),
    "quit": Key("leave", "", "quit"),
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
    "retirer": "remove",
    "supprimer": "remove",
    "sorte": "kind",
    "déplacer": "move",
    "même": "j",
    "tour": "o",
    "réajuster": "t",
    "terminer": "c",
    "lever": "c",
    "publier": "close",
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
# Commands that open a screen or a meeting of their own make no sense within a meeting, nor do those of the time between two.
ELSEWHERE = ("run", "room", "home", "new", "check", "notebook", "forget", "digest", "receive", "inbox", "survey")
# What may follow a command, where it is not options alone, an entry, or a name: what takes other words needs a line here.
FOLLOWS: dict[str, str] = {
    **dict.fromkeys(("start", "rehearse", "invite", "print"), rf"(?:\S+\.ya?ml|{_OPTIONS})?"),
    "more": _MINUTES,
    "less": _MINUTES,
    "replan": _MINUTES,
    "round": KEYS["o"].follows,
    "gap": rf"(?:(?:meeting|break)(?: {_OPTIONS})?|{_OPTIONS})?",
    "evaluation": rf"(?:[1-5](?:[x×:*=][0-9]{{1,4}})?(?: [1-5](?:[x×:*=][0-9]{{1,4}})?)*(?: {_OPTIONS})?|{_OPTIONS})?",
    "telephones": rf"(?:(?:list|take|decline)(?: [0-9]{{1,6}})?(?: {_OPTIONS})?|{_OPTIONS})?",
    "add": rf"(?:{_KIND} .*|{_OPTIONS})?",
    "kind": rf"(?:(?:{_NUMBER}|last) {_KIND}(?: {_OPTIONS})?|{_OPTIONS})?",
    "remove": _ENTRY_ALONE,
    "entries": rf"(?:{_KIND}(?: {_OPTIONS})?|{_OPTIONS})?",
    **dict.fromkeys(
        ("minutes", "newsletter", "diff", "chat", "mail", "html", "wiki", "ics", "csv"),
        rf"(?:{_MEETING}(?: {_OPTIONS})?|{_OPTIONS})?",
    ),
    "search": rf"(?:(?:\S+|{_WHOLE.pattern})(?: {_OPTIONS})?|{_OPTIONS})?",  # of several words: they may be a sentence
    "who": rf"(?:#\S+(?: {_OPTIONS})?|{_OPTIONS})?",
    "move": rf"(?:(?:{_NUMBER}|last)(?: \S+)?(?: {_OPTIONS})?|{_OPTIONS})?",
    **dict.fromkeys(("done", "same"), _ENTRY_ALONE),
    **dict.fromkeys(("answer", "send", "edit"), rf"(?:{_ENTRY}|{_OPTIONS})?"),
}
# A text that begins so goes on with a sentence: `Add notes to the wiki`, `Modifier A1 pour le 10`.
_CONNECTING = frozenset(
    word
    for words in (
        "à au aux de du des dans sur pour par en avec vers chez et ou avant après que",
        "to for from about in into on of at with by and or as before after",
    )
    for word in words.split()
)
_QUESTION = regex(r"(?:[Qq][0-9]{1,6}|last|--[a-z]).*", re.DOTALL)
_KIND_FIRST = regex(rf"({_KIND}) ")
_SENT = frozenset(map(fold_case, (*OUTCOMES, *OUTCOME_WORDS)))
_COLON = regex(rf"({_NUMBER}|last) ?:(?: |$)\s*", re.DOTALL)
# Who is there, who leads, and what else is said of a name: one that is known; for some, one that looks like a name.
NAMED = {"p": False, **{name: True for name, known in COMMANDS.items() if known.words.lstrip("[").startswith("NAME")}}
_PARTICLES = ("de", "du", "des", "la", "le", "van", "von", "den", "el")
_MOST_NAMES = 4

# What a text begins with after a sign: else the sign is punctuation (`!!`, `?!`), an arrow, a tag, a rule.
_SIGN = regex(rf"([{re.escape(''.join(SIGNS))}])( ?)" r"(?![?!*>=<|.,;:/\\~^_)\]}\s-])(.+)", re.DOTALL)
_PREFIX = regex(r"([^\W\d_][^\W\d_ ]*(?: [^\W\d_]+){0,2}) ?:(?!/)(.*)", re.DOTALL)
_PART = r"(?:[^/\\\n]|\\.)"
_MEND = regex(rf"s/({_PART}+)/(?:({_PART}+)(?:/(g)?)?|/(g)?)")
_MINUTES_GLUED = regex(r"([+-])([0-9]{1,5})")
# What ends a sentence.
_ENDS = "?!:;.… "
# An individual need said nearly as it is said: what follows is not to be shown, nor kept where others read.
_NEARLY_PRIVATE = regex(r"[xX]\s?(?:[\s:;,]).*|(?:individual|individuel(?:le)?)\s.*", re.DOTALL)
_NEARLY_CAPTURE = regex(rf"[{''.join(row.key for row in ASKED.values())}]\s\s+\S.*", re.DOTALL)
_ADDRESS = regex(r"https?://\S+")

# Where the last words of a command are a text: how many words come before it. And where an option's value is one.
TEXTS = {"add": 1, "answer": 1, **dict.fromkeys((name for name in NAMED if name in COMMANDS), 0)}
TEXT_OPTIONS = {"close": "--summary", "edit": "--text", "telephones": "--text"}
_ASIDE = regex(r"(?:mis )?de c(?:ô|o\u0302?)t(?:é|e\u0301?) ", re.IGNORECASE)
_WORDS = regex(r'"((?:[^"\\]|\\.)*)"(?=\s|$)|(\S+)')
_QUOTED_FIRST = regex(r'"(?:[^"\\]|\\.)+"(?=\s|$)', re.DOTALL)
_FIRST_OPTION = regex(r"(?:^|\s)--[a-z]")


class Line(NamedTuple):
    """A line taken apart.

    `capture`: a `text` of this `kind`; `keep`: a sentence, whole; `do`: a key or a command, its `name`, and the `text` that follows
    it; `mend`: `s/before/after/`, as it was typed; `refuse`: a `text` that is nothing known, or a slip; `name` says which:
    `private`, `person`, or that there is a `way` to say it.
    """

    does: Literal["capture", "keep", "do", "mend", "refuse"]
    text: str
    name: str = ""
    kind: Kind | None = None


def unquoted(text: str) -> str:
    r"""The text without the quotation marks round the whole of it, a habit of the shell, and with `\"` as `"`."""
    whole = _WHOLE.fullmatch(text)
    return (whole[1] if whole else text).replace('\\"', '"').strip()


def read(line: str, known: Around | None = None) -> Line:
    """What a normalised line asks for, among the people known."""
    text = line.strip()
    whole = _WHOLE.fullmatch(text)
    text = whole[1].strip() if whole else text
    return _captured(text) or _prefixed(text) or _mended(text) or _acting(text, known or Around()) or _rest(text)


def _captured(text: str) -> Line | None:
    """A key that captures or a sign, with its text."""
    kind = KIND_OF_KEY.get(text[:1])
    if kind and (len(text) == 1 or (text[1] == " " and not text[2:3].isspace())):
        return Line("capture", unquoted(text[2:]), kind=kind)
    if text in ("?", "!"):
        return Line("capture", "", kind=SIGNS[text])
    if found := _SIGN.fullmatch(text):
        sign, space, rest = found.groups()
        if sign == "!":
            fits = space or rest[0] != "["  # an image, in Markdown
        elif sign == "*":
            fits = not space and "*" not in rest  # a bullet, or emphasis
        else:
            fits = sign == "?" or (not space and not rest[0].isdigit())  # a quote, a comparison
        return Line("capture", unquoted(rest), kind=SIGNS[sign]) if fits else None
    return None


def _prefixed(text: str) -> Line | None:
    """What a scribe's prefix says, without it."""
    found = _PREFIX.fullmatch(text)
    if found is None:
        return None
    prefix, rest = fold_case(found[1]), found[2].strip()
    if prefix in SCRIBES:
        return Line("capture", unquoted(rest), kind=SCRIBES[prefix])
    if prefix in _DONE and re.fullmatch(_NUMBER, rest):
        return Line("do", rest, "done")
    return None


def _mended(text: str) -> Line | None:
    return Line("mend", text) if _MEND.fullmatch(text) else None


def mended(line: str, text: str) -> str | None:
    """The text as `s/before/after/` mends it: the first `before`, or with `/g` each; None where there is none in it."""
    found = _MEND.fullmatch(line)
    if found is None:
        return None
    before, after = (re.sub(r"\\([/\\])", r"\1", part or "") for part in found.group(1, 2))
    return text.replace(before, after, -1 if found[3] or found[4] else 1) if before in text else None


def word_of(first: str) -> str:
    """The key or the command that a first word stands for, or the word itself, folded. A key counts in lower case, as it is."""
    word = first if len(first) == 1 else fold_case(first)
    return WORDS.get(word, word)


def _is_act(word: str) -> bool:
    return word in KEYS or (word in COMMANDS and word not in ELSEWHERE)


def _acting(text: str, known: Around) -> Line | None:
    """The key or command that the whole line is."""
    if glued := _MINUTES_GLUED.fullmatch(text):
        return Line("do", glued[2], glued[1])
    first, _, rest = text.partition(" ")
    word, rest = word_of(first), rest.strip()
    if (
        not _is_act(word)
        or (word == "" and rest)
        or (len(first) > 1 and _goes_on(word, rest, capital=first[0].isupper()))
    ):
        return None
    if word in ("r", "answer", "e", "edit"):
        rest = _COLON.sub(r"\1 ", rest, count=1)
    if word in NAMED and rest and not re.match(_OPTIONS, rest):
        option = _FIRST_OPTION.search(rest)
        name = rest[: option.start()] if option else rest
        return Line("do", rest, word) if _names(name, word, known, strangers=first[0].islower()) else None
    follows = KEYS[word].follows if word in KEYS else FOLLOWS.get(word, rf"(?:{_ENTRY}|{_ALONE})")
    said = fold_case(rest) if word in ("add", "entries", "kind") else rest
    fits = re.fullmatch(follows, said, re.DOTALL) or (word == "p" and not rest)
    return Line("do", rest, word) if fits else None


def _goes_on(word: str, rest: str, *, capital: bool) -> bool:
    """Whether the words after a command that is written out make a sentence with it, and not what it takes."""
    if word == "add":
        found = _KIND_FIRST.match(fold_case(rest))
        if found is None:
            return False
        said = rest.split(maxsplit=found[1].count(" ") + 1)[-1]
        return _connects(said) or (found[1][-1] == "s" and found[1] not in _KIND_NAMES)
    if word in ("answer", "r", "send", "s") and rest and not _QUESTION.fullmatch(rest):
        return re.fullmatch(_ONE, rest, re.DOTALL) is not None
    said = rest.partition(" ")[2]
    if word in ("edit", "e"):
        return _connects(said)
    if word in ("answer", "r"):
        return capital and _connects(said)
    if word in ("send", "s"):
        where = said.partition(" --")[0]
        return capital and bool(where) and fold_case(where) not in _SENT and not where.isdigit()
    return False


def _connects(text: str) -> bool:
    first = text.partition(" ")[0].lower().replace("\u2019", "'")
    return first in _CONNECTING or first.startswith("d'")


def _names(name: str, word: str, known: Around, *, strangers: bool) -> bool:
    """Whether somebody is named: who is known, or, where there may be strangers, what looks like a name; a sentence begins with a capital."""
    if complete(name, known.names if word == "handover" else known.expected or known.names) is not None:
        return True
    stranger = (NAMED[word] and strangers) or not known.listed
    return stranger and (_WHOLE.fullmatch(name) is not None or looks_like_a_name(name))


def looks_like_a_name(text: str) -> bool:
    """Whether each word begins with a capital, as in `Zoé de la Tour`."""
    words = text.split()
    return (
        0 < len(words) <= _MOST_NAMES
        and words[0][0].isupper()
        and all(word in _PARTICLES or re.fullmatch(r"[^\W\d_][\w'\u2019.-]*", word) for word in words)
        and all(word in _PARTICLES or word[0].isupper() for word in words)
    )


def _rest(text: str) -> Line:
    """A sentence; or what is refused: what says nothing, and what is probably a slip."""
    if _NEARLY_PRIVATE.fullmatch(text):
        return Line("refuse", "", "private")
    if _ADDRESS.fullmatch(text):
        return Line("capture", text, kind="note")
    if not any(map(str.isalpha, text)):
        return Line("refuse", text)
    if not any(map(str.isalnum, "".join(text.split()[1:]))) and "://" not in text:  # a single word, whatever ends it
        said = text.rstrip(_ENDS)
        return (
            Line("refuse", said, "way")
            if _is_act(word_of(said)) or fold_case(said) in SCRIBES
            else Line("refuse", text)
        )
    if _NEARLY_CAPTURE.fullmatch(text):
        return Line("refuse", text, "way")
    first, *others = text.split()
    word = word_of(first)
    if word == "p" and first == first.lower() and (len(others) == 1 or looks_like_a_name(" ".join(others))):
        return Line("refuse", " ".join(others), "person")
    slip = len(others) == 1 and first == first.lower() and first != "-" and text[-1] not in _ENDS
    if slip and (_is_act(word) or word in SCRIBES or word in ELSEWHERE):
        return Line("refuse", text, "" if word in ELSEWHERE else "way")
    return Line("keep", unquoted(text))


def meant(word: str) -> str | None:
    """The word that was probably meant by one that is not understood."""
    return nearest(word, (*KIND_WORDS, *_NAMES, *OTHER_WORDS, *(name for name in COMMANDS if name not in ELSEWHERE)))


def way(tr: Translator, text: str) -> str:
    """How the key, the command or the kind is said that a line which is refused begins with."""
    first = text.split(maxsplit=1)[0]
    if first in KIND_OF_KEY or fold_case(first) in SCRIBES:
        kind = KIND_OF_KEY.get(first) or SCRIBES[fold_case(first)]
        return tr("{key}, one space and the text", key=next(key for key, one in KIND_OF_KEY.items() if one == kind))
    word = word_of(first)
    if word == "e":
        return tr("{key} and the text", key=KEYS[word].way)
    if word in KEYS:
        return KEYS[word].way or first
    return f"{first} {tr(COMMANDS[word].words) if COMMANDS[word].words else ''}".rstrip()


def command_words(name: str, text: str) -> list[str]:
    """The words of a command; the text of those that take one needs no quotation marks, and stops where an option begins."""
    option = TEXT_OPTIONS.get(name)
    if option is not None and (found := re.match(rf"(.*?)(?<!\S){option}(?:=|\s+)(.+)", text, re.DOTALL)):
        return [*_split(found[1]), *_with_value(option, found[2])]
    if name == "add" and (aside := _ASIDE.match(text)):
        text = f"aside {text[aside.end() :]}"
    head = TEXTS.get(name)
    if head is None:
        return _split(text)
    parts = text.split(None, head)
    said = parts[head] if len(parts) > head else ""
    options = _FIRST_OPTION.search(said)
    if _WHOLE.fullmatch(said) or (said and not options):
        return [*parts[:head], "--", unquoted(said)]
    if options is None or not options.start() or said.startswith('"') or any(map(_is_option, parts[:head])):
        return _split(text)
    return [*parts[:head], *_split(said[options.start() :]), "--", unquoted(said[: options.start()])]


def _is_option(word: str) -> bool:
    return word.startswith("--")


def _with_value(option: str, text: str) -> list[str]:
    """An option with its value: what is in quotation marks, else all up to the next option; and what comes after."""
    found = _QUOTED_FIRST.match(text) or re.match(r"(.*?)\s*(?=\s--[a-z]|$)", text, re.DOTALL)
    end = found.end() if found else 0
    return [f"{option}={unquoted(text[:end])}", *_split(text[end:])]


def _split(text: str) -> list[str]:
    """The words of a text, what stands in quotation marks as one."""
    return [(found[2] if found[1] is None else found[1]).replace('\\"', '"') for found in _WORDS.finditer(text)]


def help_lines(tr: Translator) -> list[str]:
    """What a line may be, for a person: a line a thing, to be read aloud."""
    keys = [f"{key} {kind_name(tr, kind)}" for key, kind in KIND_OF_KEY.items()]
    return [
        tr("To write something down: a key in small letters, one space, a text."),
        tr("The keys: {keys}.", keys=", ".join(keys[:5])),
        tr("And: {keys}.", keys=", ".join(keys[5:])),
        tr("x alone: the text is asked for, and not shown."),
        tr("Or a sign: ? question, ! decision. Without a space after it: * need, > action."),
        tr("Or as scribes do: Question: and a text. Also Action, Decision, News, Need, Note."),
        tr("At the end of a text, @Name says who, #theme the theme."),
        tr("For an action, “by” or -> before a date says when."),
        tr("s/this/that/: in what you wrote last, this becomes that."),
        tr("A sentence of any other kind is kept as a note."),
        tr("What follows counts alone on its line."),
        tr("An empty line: where we are. g: the agenda. f: what was written down."),
        tr("p: who is there. p and a known name: that person is there."),
        tr("attend and a name: a visitor is there."),
        tr("next, back, pause, resume: time. + 5 and - 5: minutes."),
        tr("u: undo. redo: bring back what was undone."),
        tr("r Q1: the answer clock. r Q1 and a text: the answer."),
        tr("s Q1: what becomes of the question. j Q1: one more has it."),
        tr("r Q1, a text and @Name: that person gave the answer."),
        tr("e Q1 and a text: the entry is changed. done A1: the action is done."),
        tr("remove Q1: it is taken away. remove last: what you wrote down last."),
        tr("kind Q1 action: the question becomes an action."),
        tr("t: ways to keep the promised end. t 1: the first of them."),
        tr("o start, o pass, o end: a speaking round."),
        tr("c: adjourn. close: the minutes are written, it is over. m: the minutes."),
        tr("quit, or Ctrl+D: leave; the meeting goes on."),
        tr("Words work too: start, adjourn, close, people, status, help."),
        tr("So does every command of facilitator, such as: send Q2 newsletter."),
    ]
