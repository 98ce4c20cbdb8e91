"""The code in the address: short, typed by hand from the wall, hard to guess; and the random names that a page needs."""

from __future__ import annotations

import secrets

# No letter that is taken for another, or for a figure.
LETTERS = "abcdefghjkmnpqrstuvwxyz"
LENGTH = 6  # 148 million: with `limits.WRONG_CODES` a minute, years from each address


def new_code() -> str:
    """A code that leads to one meeting."""
    return "".join(secrets.choice(LETTERS) for _ in range(LENGTH))


def is_code(given: str, code: str) -> bool:
    """Whether it is the code, however it is typed; the same time for every wrong one."""
    return secrets.compare_digest(given.lower().encode(), code.encode())


def new_token() -> str:
    """The random name of a telephone, or of what it sends, for a page without JavaScript."""
    return secrets.token_urlsafe(18)
