"""Where somebody is forgotten: what is gone meanwhile is no file."""

from __future__ import annotations

from pathlib import Path

from facilitator.store.forgetting import journal_acts


def test_a_journal_that_goes_while_it_is_looked_for_is_none(tmp_path: Path, monkeypatch) -> None:
    (tmp_path / "x.jsonl").touch()

    def gone(_: Path) -> None:
        raise FileNotFoundError

    monkeypatch.setattr(Path, "lstat", gone)
    assert list(journal_acts([tmp_path])) == []
