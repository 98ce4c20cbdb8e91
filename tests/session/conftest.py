"""A workspace of its own for each test of a seat at a meeting."""

from __future__ import annotations

from pathlib import Path

import pytest

from facilitator.store.workspace import Workspace


@pytest.fixture
def workspace(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Workspace:
    """An empty one; what would go to the machine's own places goes beside it."""
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    monkeypatch.setenv("TMPDIR", str(tmp_path / "tmp"))
    root = tmp_path / "ws"
    root.mkdir()
    return Workspace(root)
