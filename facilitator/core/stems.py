"""Words as they are looked for: without accents or case, and without what French and English put at their end.

By hand, because the libraries cost more than they give: loading `snowballstemmer` takes forty milliseconds at each close, `PyStemmer` is
compiled, and both need the accents that people leave out. It takes off too much rather than too little: a word that is there
as it was typed is worth more than its stem anyway.
"""

from __future__ import annotations

from functools import lru_cache

from facilitator.core.regex import regex
from facilitator.core.text import fold_case

MAX_WORDS = 40  # of a question
_WORD = regex(r"[^\W_]+")
_PLURAL = regex(r"(?<=eau)x\Z|(?<=[^s])[sx]\Z")
_FEMININE = regex(r"(?<=.{3})e{1,2}\Z")
_TWICE = regex(r"(?<=.{2})([^aeiou0-9])\1\Z")
# Of a verb, after the plural and the silent e: of a present, a future, a past, a participle; of an English one.
_ENDING = regex(
    r"(.{3,}?)(?:iss(?:aient|ait|ai|ant|ent|on|ez)|[ei]r(?:aient|ait|ai|ont|on|ez|a)|aient|ait|ai|ant|ent|ez|(?<!i)on|ier|er|ir"
    r"|(?<=[bcdfgptv])r|it|i|u|ied|ed|ing)\Z"
)
_ENDS = {"f": "v", "y": "i"}
# What says nothing of what is looked for.
_EMPTY = frozenset((
    "a", "an", "and", "au", "aux", "avec", "by", "ce", "ces", "cette", "d", "dans", "de", "des", "du", "elle", "en", "et", "for", "from",
    "il", "ils", "in", "is", "l", "la", "le", "les", "leur", "leurs", "of", "on", "ou", "our", "par", "pour", "qu", "que", "qui", "s", "se",
    "ses", "son", "sa", "sur", "the", "to", "un", "une", "with",
))  # fmt: skip


def words_of(text: str) -> list[str]:
    """The words of a text, in their order, folded: letters and digits only."""
    return _WORD.findall(fold_case(text))


def asked_words(text: str, *, typing: bool = False) -> tuple[str, ...]:
    """The words by which something is looked for, at most `MAX_WORDS`; articles only where there is nothing else.

    While `typing`, the last may become any other.
    """
    words = words_of(text)[:MAX_WORDS]
    place = len(words) - 1 if typing else -1
    full = tuple(word for at, word in enumerate(words) if at == place or word not in _EMPTY)
    return full or tuple(words)


@lru_cache(maxsize=65_536)
def stem_of(word: str) -> str:
    """What a folded French or English word has in common with its other forms; of a short one or a number, itself."""
    if len(word) < 4 or not word.isalpha():
        return word
    if word.endswith("aux") and not word.endswith("eaux") and len(word) > 4:
        word = f"{word[:-3]}al"
    word = _FEMININE.sub("", _PLURAL.sub("", word))
    if word.endswith("eus"):
        word = word[:-1]
    if word.endswith("y"):
        word = f"{word[:-1]}i"
    if word.endswith("ail"):
        word = f"{word[:-2]}l"
    if word.endswith("qu"):
        word = f"{word[:-2]}c"
    word = _TWICE.sub(r"\1", word)
    while found := _ENDING.match(word):  # what adheres, adherents, to adhere
        word = _TWICE.sub(r"\1", found[1])
    return f"{word[:-1]}{_ENDS[word[-1]]}" if word[-1] in _ENDS else word
