"""People who are named in a text by more than their network wants: by their whole name, or at all."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import pairwise

from facilitator.core.network import Member, Naming
from facilitator.core.regex import regex
from facilitator.core.text import fold_case

_WORD = regex(r"[^\W_](?:[\w-]*[^\W_])?")
# What stands between the words of one name: `Awa Sylla`, `O’Brien`, `J. P. Sylla`.
_BETWEEN = regex(r"[\s.'’]{1,3}\Z")


class People:
    """Who is known, under each of their names, and how the network wants people named; without a wish, as its list names them.

    Of who is listed with an initial (`Awa S.`), a whole name is more than that: a former one, or one that begins alike (`Awa Sylla`).
    """

    def __init__(self, listed: Iterable[Member] = (), others: Iterable[str] = (), wanted: Naming | None = None) -> None:
        """`others` are names of people who are in no list: of whoever came."""
        self.wanted = wanted
        self._whole: dict[str, set[tuple[str, ...]]] = {}
        self._any: dict[str, set[tuple[str, ...]]] = {}
        self._short: set[tuple[str, str]] = set()
        for member in listed:
            short = _is_short(_words(member.name))
            self._add(member.name, more=wanted is not None)
            for name in member.was:
                self._add(name, more=wanted is not None or short)
        for name in others:
            self._add(name, more=wanted is not None)

    def _add(self, name: str, *, more: bool) -> None:
        words = _words(name)
        if len(words) < 2:  # a first name alone may be a word of the language: claire, marguerite, pierre
            return
        if _is_short(words):
            self._short.add((words[0], words[-1]))
        for known in (words,) if _is_short(words) else (words, words[::-1]):
            self._any.setdefault(known[0], set()).add(known)
            if more and not _is_short(words):
                self._whole.setdefault(known[0], set()).add(known)

    def named(self, text: str, *, at_all: bool = False) -> Iterator[str]:
        """The names in a text that are more than is wanted, as they stand there; `at_all`: every name."""
        found = list(_WORD.finditer(text))
        folded = [fold_case(one[0]) for one in found]
        beside = [bool(_BETWEEN.match(text[one.end() : after.start()])) for one, after in pairwise(found)]
        known = self._any if at_all or self.wanted == "none" else self._whole
        place = 0
        while place < len(found):
            ends = [place + len(words) for words in known.get(folded[place], ()) if self._stands(words, folded, place)]
            end = max((end for end in ends if all(beside[place : end - 1])), default=0)
            if not end and place < len(beside) and self._is_longer(found[place], found[place + 1]):
                end = place + 2
            if end:
                yield text[found[place].start() : found[end - 1].end()]
            place = end or place + 1

    @staticmethod
    def _stands(words: tuple[str, ...], folded: list[str], place: int) -> bool:
        return tuple(folded[place : place + len(words)]) == words

    def _is_longer(self, before: re.Match[str], after: re.Match[str]) -> bool:
        """Whether two words are a first name and, for the initial that is known, the whole of what follows: in either order."""
        if not before.string[before.end() : after.start()].isspace():
            return False
        one, other = before[0], after[0]
        for first, last in ((one, other), *([(other, one)] if one.isupper() else [])):
            initial = fold_case(first), fold_case(last)[:1]
            if len(last) > 1 and last[0].isupper() and first[0].isupper() and initial in self._short:
                return True
        return False


def _words(name: str) -> tuple[str, ...]:
    return tuple(fold_case(word) for word in _WORD.findall(name))


def _is_short(words: tuple[str, ...]) -> bool:
    """Whether a name ends with an initial."""
    return len(words) > 1 and len(words[-1]) == 1
