"""Words of which a command takes one: the English ones are the contract, the French ones are understood as well.

Accents, case and the s of a plural do not matter.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from facilitator.core.vocabulary import ASKED, KINDS, OUTCOMES, UNDECIDED, UNDECIDED_WORDS

# What else is understood, as it is written, for the kinds of entries.
KIND_WORDS: dict[str, str] = {word: kind for kind, row in ASKED.items() for word in row.words}
# And for what becomes of a question.
OUTCOME_WORDS: dict[str, str] = {word: outcome for outcome, row in OUTCOMES.items() for word in row.words}
OUTCOME_WORDS |= dict.fromkeys(UNDECIDED_WORDS, UNDECIDED)


class PossibleNames:
    """The names possible, and the words that are understood for them."""

    def __init__(self, names: Iterable[str], words: Mapping[str, str]) -> None:
        self.names = tuple(names)
        self.words = words

    def __contains__(self, name: object) -> bool:
        return name in self.names

    def __iter__(self) -> Iterator[str]:
        return iter(self.names)

    def read(self, given: str) -> str:
        """The name that is meant; what means nothing comes back as it is."""
        if given in self.names:
            return given
        from facilitator.core.text import fold_case

        known = {fold_case(word): name for word, name in self.words.items()} | {name: name for name in self.names}
        word = " ".join(fold_case(given).split())
        return known.get(word) or known.get(word.removesuffix("s")) or given

    def listed(self, language: str) -> str:
        """The names, each with the word of this language for it: `need (besoin)`."""
        words = {name: word for word, name in reversed(list(self.words.items()))} if language == "fr" else {}
        return ", ".join(f"{name} ({words[name]})" if name in words else name for name in self.names)

    def phrases(self) -> frozenset[tuple[str, ...]]:
        """The words that are several, folded and taken apart: a shell hands them over one by one."""
        from facilitator.core.text import fold_case

        return frozenset(tuple(fold_case(word).split()) for word in self.words if " " in word)


# The kinds an entry may be made one of, those of the private ones too.
KINDS_ASKED = PossibleNames(KINDS, {word: kind for kind, row in KINDS.items() for word in row.words})


def nearest(given: str, words: Iterable[str]) -> str | None:
    """The one of these words that was probably meant; None when none comes near."""
    from difflib import get_close_matches

    from facilitator.core.text import fold_case

    folded = {fold_case(word): word for word in words}
    near = get_close_matches(fold_case(given), folded, 1)
    return folded[near[0]] if near else None
