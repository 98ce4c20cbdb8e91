"""How many examples a random test tries: few in the README's command, ten times as many with `--hypothesis-profile long`."""

from __future__ import annotations

from hypothesis import settings

QUICK, LONG = 40, 400


def register() -> None:
    """Make the profiles known. The quick one tries the same examples at each run; what the long one finds becomes a fact."""
    settings.register_profile("quick", max_examples=QUICK, deadline=None, derandomize=True, print_blob=True)
    settings.register_profile("long", max_examples=LONG, deadline=None, print_blob=True)
    settings.load_profile("quick")


def examples(quick: int, *, long: int | None = None) -> int:
    """So many in the README's command; so many with the long profile, else in proportion. For tests whose examples take long."""
    if long is not None and settings().max_examples >= LONG:
        return long
    return max(1, quick * settings().max_examples // QUICK)
