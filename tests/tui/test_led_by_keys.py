"""A whole meeting led by keys alone, in a real pseudo-terminal of 80 columns and 24 rows, in French."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from tui.terminal import Terminal

FACILITATOR = [sys.executable, str(Path(__file__).with_name("ahead.py"))]
AGENDA = """title: Rencontre du réseau
slug: reseau
start: "00:00"
end: "23:59"
facilitator: Claire D.
members: [Awa S., Karim B., Nora T.]
steps:
  - { kind: welcome, title: Accueil, duration: 1m }
  - { kind: needs, title: Besoins, duration: 25m, answer_time: 3m, defer_to: newsletter }
  - { kind: closing, title: Clôture, duration: 10m }
"""
SECRET = "Mme Durand ne sait pas lire"


@pytest.mark.ci
def test_a_meeting_is_led_from_welcome_to_minutes_by_keys(tmp_path: Path) -> None:
    place = tmp_path / "reseau"
    place.mkdir()
    (place / "agenda.yaml").write_text(AGENDA, encoding="utf-8")
    ahead = tmp_path / "ahead"
    ahead.write_text("0", encoding="ascii")
    environ = {
        "AHEAD": str(ahead),
        "XDG_STATE_HOME": str(tmp_path / "state"),
        "HOME": str(tmp_path),
        "PYTHONPATH": str(Path(__file__).parents[2]),
        "TZ": "Europe/Paris",
        "LANG": "C.UTF-8",
    }
    with Terminal([*FACILITATOR, "run", "--lang", "fr", "agenda.yaml"], cwd=place, environ=environ) as screen:
        screen.wait_for("commencer")
        screen.type("p", "aw", "enter", "nor", "enter", "esc")
        screen.wait_for("✓ Nora T.")
        screen.type("right")
        screen.wait_for("reste 0:5")
        screen.type("q", "Qui paie la licence ? @Nora", "enter", "Qui prête des tablettes ?", "enter")
        screen.wait_for("Q2")
        screen.type("esc", "up", "r", "Le FSE pour les structures habilitées", "enter")
        screen.wait_for("✓")
        screen.type("down", "s", "l")
        screen.wait_for("→ lettre")
        screen.type("d", "Un mandat type", "enter", "esc", "a", "Réserver la salle", "enter", "esc")
        screen.wait_for("à prendre")
        screen.type("x", SECRET, "enter", "esc")
        screen.wait_for(f"{len(SECRET)} car.")
        command = [*FACILITATOR, "add", "action", "Apporter les clés", "--owner", "Karim"]
        subprocess.run(command, cwd=place, env=environ, check=True, capture_output=True)
        screen.wait_for("Apporter les clés", 2)
        screen.type("space")
        screen.wait_for("pause 0:0")
        screen.type("space")
        ahead.write_text("60000", encoding="ascii")
        screen.wait_for("dépassé")
        screen.type("right")
        screen.wait_for("Besoins · 2 sur 3")
        screen.type("u")
        screen.wait_for("Accueil · 1 sur 3")
        screen.type("c")
        screen.wait_for("Terminée à")
        screen.type("r", "Belle rencontre.", "enter", "enter")
        screen.wait_for("minutes/")
        screen.type("esc", "ctrl+q")
        assert screen.exit_code(5) == 0
        assert SECRET.encode() not in screen.received.replace(b"\x1b", b"")
    written = next((place / "minutes").glob("*.md")).read_text(encoding="utf-8")
    assert "Belle rencontre." in written
    assert "Apporter les clés" in written
    assert SECRET not in written
