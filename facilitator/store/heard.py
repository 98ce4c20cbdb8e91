"""Under which numbers a person last heard the entries whose number moved; what is not in it, the journal says."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import msgspec

from facilitator.store.atomic import replace_own
from facilitator.store.door import read_json
from facilitator.store.folders import fallback_roots, make_private, safe_name, trusted

HEARD = ".heard"


def load_heard(folder: Path, actor: str) -> dict[str, str]:
    """Entry ids of the meeting in this folder, and labels as `Q2`; empty where nothing is known, or can be read."""
    for place in _places(folder):
        if place == folder or trusted(place):
            try:
                return read_json(place / f"{safe_name(actor)}{HEARD}", dict[str, str])
            except (OSError, ValueError):
                continue
    return {}


def save_heard(folder: Path, actor: str, heard: Mapping[str, str]) -> bool:
    """Keep it, 0600, in the meeting's folder, else in a fallback folder; False when it can be kept nowhere: it is said again."""
    for place in _places(folder):
        try:
            make_private(place)
            replace_own(place / f"{safe_name(actor)}{HEARD}", msgspec.json.encode(heard))
        except OSError:
            continue
        return True
    return False


def _places(folder: Path) -> list[Path]:
    return [folder, *(root / folder.name for root in fallback_roots(folder.parent))]
