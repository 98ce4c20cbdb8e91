"""One parser fuzzed in a process of its own, whose processor time and memory are bounded for each value.

`python -m faults.fuzz_one PARSER FOLDER SECONDS` tries values made by Hypothesis and ends with what it counted, in JSON;
with `--value FILE` in the place of the seconds it tries the one value in a file, such as one that was kept. Several parsers,
with `|` between them, have their turns: each in a process and a folder of its own, forked once all is loaded.
`tests` and the project have to be on PYTHONPATH.
"""

from __future__ import annotations

import json
import os
import resource
import signal
import sys
import time
import traceback
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import NoReturn

from hypothesis import HealthCheck, Phase, given, settings

from .fuzz_parsers import PARSERS
from .fuzzing import Parser, as_bytes
from .harness import Table

SLOWEST_S = 2.0
BLOCKED_S = 20.0
MOST_MB = 300
MOST_ADDRESSES = 2 << 30
LEAST = 20
SHOWN = 1_500
KEPT = "value"
END = object()


class Broken(BaseException):
    """A bound was passed; no program under test may take this for one of its own errors."""


class Bounded:
    """A check, within two seconds of the processor and in bounded memory; the value at hand is kept in a file.

    Of a check that yields, each part up to a yield is bounded.
    """

    def __init__(self, check: Callable, kept: Path) -> None:
        self.check = check
        self.kept = os.open(kept, os.O_RDWR)
        self.tried = 0
        self.slowest_s = 0.0
        self.peak_mb = 0
        self.until = 0.0
        self.failing = False
        signal.signal(signal.SIGPROF, _hangs)
        signal.signal(signal.SIGALRM, _blocks)

    def __call__(self, value: str | bytes) -> None:
        """Try a value, unless the time is up; raises what the check raises, and Broken."""
        if time.monotonic() > self.until and self.tried > LEAST and not self.failing:
            return
        self.tried += 1
        data = as_bytes(value)
        os.ftruncate(self.kept, 0)
        os.pwrite(self.kept, data, 0)
        del data
        forget_peak()
        steps = self._bounded(lambda: self.check(value))
        if isinstance(steps, Iterator):
            while self._bounded(lambda: next(steps, END)) is not END:
                pass

    def _bounded(self, work: Callable[[], object]) -> object:
        signal.setitimer(signal.ITIMER_PROF, SLOWEST_S, SLOWEST_S)
        signal.setitimer(signal.ITIMER_REAL, BLOCKED_S, BLOCKED_S)
        began = time.process_time()
        try:
            done = work()
        except Exception:
            self.failing = True  # what follows makes the value smaller
            raise
        finally:
            signal.setitimer(signal.ITIMER_PROF, 0)
            signal.setitimer(signal.ITIMER_REAL, 0)
        took_s = time.process_time() - began
        self.slowest_s = max(self.slowest_s, took_s)
        peak = peak_mb()
        self.peak_mb = max(self.peak_mb, peak)
        if took_s > SLOWEST_S:
            raise Broken(f"took {took_s:.1f} s of the processor")
        if peak > MOST_MB:
            raise Broken(f"the process grew to {peak} MB")
        return done


def _hangs(*_: object) -> NoReturn:
    raise Broken(f"more than {SLOWEST_S} s of the processor")


def _blocks(*_: object) -> NoReturn:
    raise Broken(f"did not return within {BLOCKED_S} s")


def forget_peak() -> None:
    """Leave what the making of the value took out of the peak, where the system can: Linux."""
    with suppress(OSError), open("/proc/self/clear_refs", "wb") as told:  # noqa: PTH123  # for each value
        told.write(b"5")


def peak_mb() -> int:
    """The most memory this process held since. Linux counts what was held before `exec` in `ru_maxrss`: not so here."""
    try:
        with open("/proc/self/status", "rb") as status:  # noqa: PTH123  # for each value
            return int(status.read().partition(b"VmHWM:")[2].split(None, 1)[0]) >> 10
    except FileNotFoundError:
        most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        return most >> (20 if sys.platform == "darwin" else 10)


def fuzz(bounded: Bounded, values: object, seconds: float) -> None:
    """Try values until the time is up."""
    bounded.until = time.monotonic() + seconds

    @settings(
        max_examples=300 if seconds > 1 else LEAST,  # they are all made, though the time may be up
        phases=[
            Phase.generate,
            Phase.shrink,
        ],  # to explain, it would trace each line: the time would not be the program's
        deadline=None,
        suppress_health_check=list(HealthCheck),
        database=None,
        derandomize=False,
        report_multiple_bugs=False,
    )
    @given(values)
    def one(value: str | bytes) -> None:
        bounded(value)

    while time.monotonic() < bounded.until or bounded.tried <= LEAST:
        one()


def prepare(name: str, folder: Path) -> tuple[Parser, Bounded]:
    """The parser in a workspace of its own, in which this process then is, and its check, bounded."""
    table = Table(folder)
    os.environ.update(table.environ)
    os.chdir(table.root)
    kept = folder / KEPT
    kept.touch(mode=0o600)
    parser = PARSERS[name][0](table)
    return parser, Bounded(parser.check, kept)


def main(names: str, folder: str, *rest: str) -> int:
    """Fuzz, or try one value. Returns 1 when something came out that may not; the value is then said, and kept."""
    first, *others = names.split("|")
    if not others:
        return _one(first, Path(folder).resolve(), *rest)
    codes = []
    for place, name in enumerate((first, *others)):
        child = os.fork()
        if not child:
            os._exit(_one(name, Path(folder).resolve() / str(place), *rest))
        codes.append(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]))
    return 1 if any(codes) else 0


def _one(name: str, folder: Path, *rest: str) -> int:
    resource.setrlimit(resource.RLIMIT_AS, (MOST_ADDRESSES, MOST_ADDRESSES))
    given = Path(rest[1]).read_bytes() if rest[0] == "--value" else None
    parser, bounded = prepare(name, folder)
    try:
        if given is not None:
            bounded(parser.value(given))
        else:
            for value in parser.corpus:
                bounded(value)
            fuzz(bounded, parser.values(), float(rest[0]))
    except BaseException:  # noqa: BLE001  # Broken, and what Hypothesis made small
        traceback.print_exc()
        sys.stderr.write(f"{name}: {said(folder)}\n")
        return 1
    counted = {"tried": bounded.tried, "slowest_s": bounded.slowest_s, "peak_mb": bounded.peak_mb}
    sys.stdout.write(json.dumps([name, counted]) + "\n")
    sys.stdout.flush()
    return 0


def said(folder: Path) -> str:
    """The value that was tried last, shortened, and where it is whole."""
    kept = folder / KEPT
    data = kept.read_bytes() if kept.exists() else b""
    return f"the value, {len(data)} bytes, is in {kept}: {data[:SHOWN]!r}"


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
