"""The program on a machine whose clocks are ahead by the milliseconds in the file `$AHEAD`: a minute passes when a test says so."""

from __future__ import annotations

import os
import sys
import time
from pathlib import Path

from facilitator.cli.main import main
from facilitator.store import platform

_wall, _boot = time.time_ns, platform.SYSTEM.boot_clock


def _ahead_ms() -> int:
    return int(Path(os.environ["AHEAD"]).read_text(encoding="ascii"))


def _boot_clock() -> tuple[str | None, int | None]:
    boot_id, boot = _boot()
    return boot_id, boot if boot is None else boot + _ahead_ms()


if __name__ == "__main__":
    time.time_ns = lambda: _wall() + _ahead_ms() * 1_000_000
    platform.SYSTEM.boot_clock = _boot_clock
    sys.exit(main())
