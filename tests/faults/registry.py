"""The thirty faults, what each needs of the machine, how many rounds it runs, and the count of what was lost."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

FAULTS: dict[int, str] = {
    1: "killed while capturing",
    2: "the power is cut",
    3: "the disk is full",
    4: "the terminal vanishes",
    5: "several people at once",
    6: "killed at every system call",
    7: "a sync fails",
    8: "a person edits the minutes",
    9: "the journal is damaged",
    10: "the whole store is unreadable",
    11: "the folder is read-only",
    12: "control bytes for the terminal",
    13: "the wall clock jumps",
    14: "the lid is closed",
    15: "the machine restarts while a step runs",
    16: "the night the clocks change",
    17: "Markdown in what is said",
    18: "a document's own marks in what is said",
    19: "YAML bombs",
    20: "YAML traps",
    21: "a git repository in the middle of something",
    22: "work staged in git",
    23: "two folders synchronised late",
    24: "a git remote that does not answer",
    25: "killed while git commits",
    26: "titles as file names, links out of the workspace",
    27: "huge inputs",
    28: "random acts, tears and kills",
    29: "the store is replaced under us",
    30: "no descriptors, no inodes, a slow disk, no terminal",
}
MORE: dict[int, str] = {
    31: "what is private, byte by byte",
    32: "anything at all (fuzzers)",
    33: "over SSH and inside tmux",
}
NAMES = FAULTS | MORE

SCALES = ("small", "ci", "long")


@dataclass(frozen=True)
class Need:
    """Something a test cannot run without, and how to get it."""

    met: Callable[[], bool]
    how: str


def _tool(*names: str) -> Callable[[], bool]:
    return lambda: all(shutil.which(name) for name in names)


def _root() -> bool:
    return sys.platform == "linux" and os.geteuid() == 0


@cache
def _mounts() -> bool:
    """Whether this process may mount: being root in a container is often not enough."""
    if not _root() or not shutil.which("mount"):
        return False
    with TemporaryDirectory() as folder:
        if subprocess.run(["mount", "-t", "tmpfs", "none", folder], check=False, capture_output=True).returncode:
            return False
        subprocess.run(["umount", folder], check=True)
    return True


@cache
def _loop() -> bool:
    return _mounts() and bool(shutil.which("losetup")) and not _call("losetup", "-f")


@cache
def _strace() -> bool:
    return bool(shutil.which("strace")) and not _call("strace", "-o", "/dev/null", "true")


@cache
def _time_namespaces() -> bool:
    return bool(shutil.which("unshare")) and not _call("unshare", "-T", "--boottime", "60", "true")


def _call(*words: str) -> int:
    return subprocess.run(words, check=False, capture_output=True).returncode


NEEDS: dict[str, Need] = {
    "linux": Need(lambda: sys.platform == "linux", "run on Linux"),
    "pty": Need(lambda: os.name == "posix", "run on Linux or macOS: pseudo-terminals"),
    "mount": Need(_mounts, "run as root where mounting is allowed"),
    "loop": Need(_loop, "run as root where loop devices are allowed"),
    "xfs": Need(_tool("mkfs.xfs", "xfs_io"), "apt-get install xfsprogs"),
    "ext4": Need(_tool("mkfs.ext4", "xfs_io"), "apt-get install e2fsprogs xfsprogs"),
    "chattr": Need(lambda: _root() and _tool("chattr")(), "run as root; apt-get install e2fsprogs"),
    "strace": Need(_strace, "apt-get install strace, where ptrace is allowed"),
    "faketime": Need(_tool("faketime"), "apt-get install faketime"),
    "time-namespaces": Need(_time_namespaces, "run as root on Linux 5.6 or later; apt-get install util-linux"),
    "sshd": Need(
        lambda: _root() and Path("/usr/sbin/sshd").exists() and _tool("ssh", "ssh-keygen")(),
        "run as root; apt-get install openssh-server openssh-client",
    ),
    "tmux": Need(_tool("tmux"), "apt-get install tmux"),
    "git": Need(_tool("git"), "apt-get install git"),
    "vi": Need(_tool("vi"), "apt-get install vim-tiny"),
}


LIGHT = {"linux", "pty", "git"}
"""Needs that most machines meet: tests with no other run at the small scale, unless they are slow."""


def scale() -> str:
    """How long the suite may take: `small` (seconds, nothing but Python), `ci` (minutes), `long`."""
    return os.environ.get("FAULTS_ROUNDS", "small")


@dataclass
class Count:
    """What came of the acts that were acknowledged under one fault."""

    acknowledged: int = 0
    lost: int = 0
    doubled: int = 0
    invented: int = 0
    rounds: int = 0

    def add(self, other: Count) -> None:
        """Add what another round found."""
        self.acknowledged += other.acknowledged
        self.lost += other.lost
        self.doubled += other.doubled
        self.invented += other.invented
        self.rounds += other.rounds


@dataclass(frozen=True)
class Fuzzed:
    """How many values a fuzzer tried, the slowest one's seconds of the processor, the most memory its process held."""

    tried: int
    slowest_s: float
    peak_mb: int


@dataclass
class Ledger:
    """What ran, what did not and why, and the counts, over the whole run."""

    ran: set[int] = field(default_factory=set)
    failed: set[int] = field(default_factory=set)
    left_out: dict[tuple[int, str], str] = field(default_factory=dict)
    counts: dict[str, Count] = field(default_factory=dict)
    fuzzed: dict[str, Fuzzed] = field(default_factory=dict)

    def dump(self) -> dict[str, object]:
        """This ledger as plain values, to be sent from one process to another."""
        return {
            "ran": sorted(self.ran),
            "failed": sorted(self.failed),
            "left_out": [[number, name, why] for (number, name), why in self.left_out.items()],
            "counts": {fault: vars(count) for fault, count in self.counts.items()},
            "fuzzed": {name: vars(found) for name, found in self.fuzzed.items()},
        }

    def merge(self, other: dict) -> None:
        """Add what another process dumped."""
        self.ran |= set(other["ran"])
        self.failed |= set(other["failed"])
        self.left_out |= {(number, name): why for number, name, why in other["left_out"]}
        for fault, count in other["counts"].items():
            self.counts.setdefault(fault, Count()).add(Count(**count))
        self.fuzzed |= {name: Fuzzed(**found) for name, found in other["fuzzed"].items()}

    def lines(self) -> list[str]:
        """The report: how many of thirty ran, one line for each that did not, and the counts by fault."""
        unseen = [number for number in NAMES if number not in self.ran]
        thirty, more = (len(self.ran & numbers.keys()) for numbers in (FAULTS, MORE))
        report = [f"faults: {thirty} of {len(FAULTS)} ran, and {more} of {len(MORE)} more ({scale()} scale)"]
        for number in unseen:
            reasons = {why for (of, _), why in self.left_out.items() if of == number} or {"was not asked for"}
            report.append(f"  {number:2} {NAMES[number]}: {'; '.join(sorted(reasons))}")
        partly = Counter((number, why) for (number, _), why in self.left_out.items() if number in self.ran)
        report += [
            f"  {number:2} ran but for {tests} of its tests: {why}" for (number, why), tests in sorted(partly.items())
        ]
        if self.counts:
            report.append(f"{'':34}{'rounds':>9}{'saved':>9}{'lost':>7}{'doubled':>9}{'invented':>10}")
            total = Count()
            for fault, count in sorted(self.counts.items()):
                report.append(_row(fault, count))
                total.add(count)
            report.append(_row("together", total))
        if self.fuzzed:
            report.append(f"{'':34}{'values':>9}{'slowest':>10}{'memory':>10}")
        for name, found in sorted(self.fuzzed.items()):
            report.append(f"  {name:32}{found.tried:>9}{found.slowest_s:>8.2f} s{found.peak_mb:>7} MB")
        return report


def _row(name: str, count: Count) -> str:
    return f"  {name:32}{count.rounds:>9}{count.acknowledged:>9}{count.lost:>7}{count.doubled:>9}{count.invented:>10}"


def reason_to_leave_out(needs: tuple[str, ...], *, slow: bool) -> str | None:
    """Why a test with these needs cannot run here now; None when it can."""
    for name in needs:
        if not NEEDS[name].met():
            return f"needs {name} ({NEEDS[name].how})"
    if scale() == "small" and (slow or set(needs) - LIGHT):
        return "left out at this scale (--faults-rounds ci)"
    return None
