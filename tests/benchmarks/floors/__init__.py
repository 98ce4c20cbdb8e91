"""What the program is compared with: bare Textual programs, which import nothing of it."""

from __future__ import annotations

import sys
from pathlib import Path

_HERE = Path(__file__).parent


def floor(name: str, *words: str) -> list[str]:
    """What starts the bare program of this name."""
    return [sys.executable, str(_HERE / f"{name}.py"), *words]
