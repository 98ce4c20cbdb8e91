"""Time zones by their names, and by the rules that POSIX writes in `TZ`."""

from __future__ import annotations

import datetime

import pytest

from facilitator.core.zone import known_zone, zone_of


@pytest.mark.parametrize(
    ("rule", "winter", "summer"),
    [
        ("CET-1CEST,M3.5.0,M10.5.0/3", 60, 120),
        ("EST5EDT,M3.2.0,M11.1.0", -300, -240),
        ("<+0530>-5:30", 330, 330),
        ("<-03>3<-02>,M3.5.0/-2,M10.5.0/-1", -180, -120),
        ("UTC0", 0, 0),
    ],
)
def test_a_rule_is_a_zone(rule, winter, summer):
    zone = zone_of(rule)
    for month, minutes in ((1, winter), (7, summer)):
        offset = datetime.datetime(2026, month, 15, 12, tzinfo=zone).utcoffset()
        assert offset == datetime.timedelta(minutes=minutes)


@pytest.mark.parametrize("name", ["CET-1CEST", "CET-1CEST,M13.5.0,M10.5.0/3", "Roanne/Loire", "", "../etc", "a" * 200])
def test_what_names_no_zone_is_none(name):
    assert known_zone(name) is None
    assert zone_of(name) is datetime.UTC
