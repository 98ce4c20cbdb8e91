"""The kinds of entries and the outcomes of a question: one row each, from which every other list of them is derived.

Named tuples, not structs: `--help` knows the words and loads nothing for it.
"""

from __future__ import annotations

from typing import Literal, NamedTuple, get_args

Kind = Literal["question", "need", "individual", "decision", "action", "news", "resource", "aside", "note"]
# Where somebody answers elsewhere.
Deferral = Literal["mattermost", "newsletter", "next", "relay"]
Outcome = Literal["answered", Deferral, "individual", "drop"]

MAX_NUMBER = 999_999


class KindRow(NamedTuple):
    """A kind of entry.

    letter: of its number, said aloud in French; `english` where English says another. Both are understood.
    key, sign: what opens it for capture. words: what else people type for it, the usual French word first.
    private: its text never reaches a shared document. answerable: it has an outcome. closable: it can be done.
    asked: the kind under which it is asked for, counted and told to others, where that is another.
    shared: others may have the same. followed: it is open until it is done. holds: the parts that it alone may have.
    """

    letter: str
    key: str
    sign: str = ""
    english: str = ""
    words: tuple[str, ...] = ()
    private: bool = False
    asked: Kind | None = None
    numbered: bool = True
    answerable: bool = False
    closable: bool = False
    shared: bool = False
    followed: bool = False
    holds: frozenset[str] = frozenset()


class OutcomeRow(NamedTuple):
    """What may become of a question.

    words: what else people type for it, the usual French word first.
    choosable: a question can be sent there; else the outcome comes of something else. owed: a follow-up is still to be done.
    private: its text leaves the shared documents.
    """

    words: tuple[str, ...] = ()
    choosable: bool = True
    owed: bool = True
    private: bool = False


# B for besoin, S for suivi, L for lien, P for parking.
KINDS: dict[Kind, KindRow] = {
    "question": KindRow("Q", "q", "?", answerable=True, closable=True, shared=True, followed=True),
    "need": KindRow("B", "b", "*", "N", ("besoin",), closable=True, shared=True, holds=frozenset(("offer",))),
    "individual": KindRow(
        "S", "x", words=("individuel",), private=True, asked="need", closable=True, shared=True, followed=True
    ),
    "decision": KindRow("D", "d", "!", words=("décision",), holds=frozenset(("vote", "consensus"))),
    "action": KindRow("A", "a", ">", closable=True, followed=True),
    "news": KindRow("I", "i", words=("info", "actu", "actualité"), holds=frozenset(("when",))),
    "resource": KindRow("L", "l", words=("lien", "ressource")),
    "aside": KindRow("P", "k", words=("de côté", "mis de côté", "côté"), closable=True),
    "note": KindRow("", "n", numbered=False),
}

OUTCOMES: dict[Outcome, OutcomeRow] = {
    "answered": OutcomeRow(choosable=False, owed=False),
    "mattermost": OutcomeRow(("chat",)),
    "newsletter": OutcomeRow(("lettre",)),
    "next": OutcomeRow(("prochaine", "prochaine fois", "prochaine rencontre")),
    "relay": OutcomeRow(("relais", "relayer", "relayée", "transmise", "transmettre")),
    "individual": OutcomeRow(("individuel", "en individuel"), private=True),
    "drop": OutcomeRow(("sans suite",), owed=False),
}

ASKED: dict[Kind, KindRow] = {kind: row for kind, row in KINDS.items() if not row.private}
PRIVATE: frozenset[Kind] = frozenset(KINDS) - frozenset(ASKED)
# What documents name by its number.
NUMBERED: tuple[Kind, ...] = tuple(kind for kind, row in ASKED.items() if row.numbered)
# What may turn out to be private: the private kinds, and those that they are asked for as.
DISCREET: frozenset[Kind] = PRIVATE | {KINDS[kind].asked or kind for kind in PRIVATE}
SIGNS: dict[str, Kind] = {row.sign: kind for kind, row in KINDS.items() if row.sign}
KIND_OF_KEY: dict[str, Kind] = {row.key: kind for kind, row in KINDS.items()}
KIND_OF_LETTER: dict[str, Kind] = {
    letter: kind for kind, row in KINDS.items() for letter in (row.letter, row.english) if letter
}
CHOOSABLE: tuple[Outcome, ...] = tuple(outcome for outcome, row in OUTCOMES.items() if row.choosable)
# What is asked for when nothing is decided of a question after all, and what else people type for it.
UNDECIDED = "undecided"
UNDECIDED_WORDS = ("à décider", "décider", "à voir")
DEFERRED: tuple[Outcome, ...] = get_args(Deferral)
# The parts that entries of some kinds alone may have.
HELD: frozenset[str] = frozenset().union(*(row.holds for row in KINDS.values()))
