"""What a text or a theme is about, so that `tablettes` and `prêt de tablette` meet; French and English.

Coarse on purpose: what it joins is proposed to a person, who decides.
"""

from __future__ import annotations

from functools import lru_cache

from facilitator.core.regex import regex
from facilitator.core.text import fold_case

_WORD = regex(r"[^\W_]+")
_SHORTEST = 3
_TELLING = 5
# Words that any sentence of a meeting may hold.
_COMMON_WORDS = """
    avec aux besoin cela ces cette chez comme comment commun commune dans des deux dont elle elles est eux faire fait faut ils
    les leur leurs mais meme mes mon nos notre nous ont ou par pas peut plus pour pourquoi qui quand quel quelle quelles quels que
    quelque quelques quoi sans sera ses son sont sur ses tous tout toute toutes trop trouver une uns vers vos votre vous
    about and are can could does for from get has have how into its need needs new not our some that the their them there they
    this was what when where which who why will with you your demi jour jours heure heures journee janvier fevrier mars avril mai
    juin juillet aout septembre octobre novembre decembre cherche chercher propose proposer offre offrir look looking offer atelier ateliers rencontre rencontres
reseau groupe numerique numeriques workshop meeting network group digital
"""
_COMMON = frozenset(_COMMON_WORDS.split())
_ENDS = (("aux", "al"), ("ies", "y"))


@lru_cache(maxsize=4096)
def stems(text: str) -> frozenset[str]:
    """The words that say what a text is about, without accents, case, plural and feminine."""
    words = (word for word in _WORD.findall(fold_case(text.replace("\u2019", "'"))) if word not in _COMMON)
    return frozenset(stem(word) for word in words if len(word) >= _SHORTEST)


def stem(word: str) -> str:
    """A folded word without the endings of the plural and the feminine."""
    for end, instead in _ENDS:
        if word.endswith(end) and len(word) > len(end) + 2:
            return word[: -len(end)] + instead
    for end in ("s", "x", "e"):
        if word.endswith(end) and len(word) > _SHORTEST:
            word = word[:-1]
    return word


def same_theme(one: str, other: str) -> bool:
    """Whether two themes are one, or one is a case of the other: `droits`, `accès aux droits`."""
    first, second = stems(one), stems(other)
    if not first or not second:
        return fold_case(one) == fold_case(other)
    return first <= second or second <= first


def meets(one: str, other: str) -> bool:
    """Whether an offer may be an answer to a need: they share a word that says what they are about."""
    return any(len(shared) >= _TELLING for shared in stems(one) & stems(other))


def alike(one: str, other: str) -> bool:
    """Whether two texts ask for the same thing: most of what the shorter is about is in the other."""
    first, second = stems(one), stems(other)
    shared, least = len(first & second), min(len(first), len(second))
    return bool(least) and shared * 5 >= least * 3 and (shared > 1 or least == 1)
