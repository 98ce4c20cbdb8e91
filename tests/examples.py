"""How many examples a random test tries: few in the README's command, more with `--hypothesis-profile ci`, very many with `long`."""

from __future__ import annotations

from contextlib import suppress

from hypothesis import settings

QUICK, CI, LONG = 16, 40, 400


def register() -> None:
    """Make the profiles known. But for the long one they try the same examples at each run; what that one finds becomes a fact."""
    settings.register_profile("quick", max_examples=QUICK, deadline=None, derandomize=True, print_blob=True)
    settings.register_profile("ci", max_examples=CI, deadline=None, derandomize=True, print_blob=True)
    settings.register_profile("long", max_examples=LONG, deadline=None, print_blob=True)
    settings.load_profile("quick")


def without_own_constants() -> None:
    """Let random tests try no constants found in the program's sources.

    On a fresh clone each worker would read all of them (5 s), and a word changed anywhere would change what every random test tries.
    """
    with suppress(ImportError):  # versions that look for none
        from hypothesis.internal.conjecture import providers
        from hypothesis.internal.constants_ast import Constants

        providers._get_local_constants = Constants


def examples(ci: int, *, long: int | None = None) -> int:
    """So many in CI; so many with the long profile, else in proportion. For tests whose examples take long."""
    if long is not None and settings().max_examples >= LONG:
        return long
    return max(1, ci * settings().max_examples // CI)
