"""What breaks while a meeting lives: kills, power cuts, full disks, hostile input. `registry.py` names the thirty."""
