"""The zone of the machine."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from facilitator.store.zone import is_zone, local_today, machine_zone


def test_the_zone_is_the_one_named_else_the_one_linked_else_utc(tmp_path: Path) -> None:
    linked = tmp_path / "localtime"
    linked.symlink_to("/usr/share/zoneinfo/posix/Europe/Paris")
    assert machine_zone({"TZ": ":America/Cayenne"}, linked) == "America/Cayenne"
    assert machine_zone({"TZ": "CET-1CEST"}, linked) == "Europe/Paris"
    assert machine_zone({}, linked) == "Europe/Paris"
    assert machine_zone({}, tmp_path / "none") == "UTC"


@pytest.mark.parametrize("name", ["", "Nowhere/Here", "../etc/passwd", "a\0b", "a/" * 5_000 + "a"])
def test_what_is_no_zone_is_none(name: str) -> None:
    assert not is_zone(name)


def test_a_link_that_cannot_be_followed_is_utc(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(_: object) -> str:
        raise OSError(5, "failed")

    monkeypatch.setattr(os.path, "realpath", fail)
    assert machine_zone({}, tmp_path / "localtime") == "UTC"


def test_today_is_that_of_the_zone_else_of_the_machine(monkeypatch: pytest.MonkeyPatch) -> None:
    assert local_today("Pacific/Kiritimati") > local_today("Pacific/Niue")  # 25 hours lie between them
    monkeypatch.setenv("TZ", "Pacific/Niue")
    assert local_today(None) < local_today("Pacific/Kiritimati")
