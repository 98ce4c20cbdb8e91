#!/usr/bin/env python3
"""The versions of what we depend on.

.ci/versions.py pin [PYTHON…]   writes constraints.txt anew: every package that the README's commands install, in the version
                                served today to each of these Pythons; without any, the oldest that we run on and the newest here
.ci/versions.py lowest          says the lowest versions that pyproject.toml claims to be enough, as constraints

After `pin` run `.ci/run`, and look at what changed before committing it. Names, versions and markers only: where packages come
from is everyone's own affair. On a Python newer than any that was asked, the markers let through what is served there.
"""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import tomllib
from pathlib import Path
from shutil import which
from tempfile import TemporaryDirectory
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
PYTHONS = ("python3.11", "python3.14", "python3.13", "python3.12")
HEAD = """\
# What the README's commands install, and build with: versions under which everything was seen to pass. `.ci/versions.py pin` writes it.
"""


def served(python: str) -> tuple[tuple[int, int], dict[str, str]]:
    """The version of a Python, and the packages that would be installed there now: their versions by name."""
    build = project()["build-system"]["requires"]
    free = {name: value for name, value in os.environ.items() if not name.endswith("_CONSTRAINT")}
    with TemporaryDirectory() as folder:
        subprocess.run([python, "-m", "venv", folder], check=True)
        # `editables` is what hatchling asks for when the install is editable.
        asked = [f"{ROOT}[dev]", *build, "editables"]
        pip = [f"{folder}/bin/pip", "install", "-q", "--dry-run", "--ignore-installed", "--report", "-", *asked]
        report = json.loads(subprocess.run(pip, check=True, capture_output=True, text=True, env=free).stdout)
    major, minor = report["environment"]["python_version"].split(".")
    found = [one["metadata"] for one in report["install"]]
    versions = {re.sub(r"[-_.]+", "-", one["name"]).lower(): one["version"] for one in found}
    return (int(major), int(minor)), {name: version for name, version in versions.items() if name != "facilitator"}


def lines(asked: dict[tuple[int, int], dict[str, str]]) -> list[str]:
    """A line for each package and version, with the Pythons it is for."""
    pythons = list(asked)
    ends = [*pythons[1:], (pythons[-1][0], pythons[-1][1] + 1)]
    written = []
    for name in sorted({name for versions in asked.values() for name in versions}):
        versions = [asked[python].get(name) for python in pythons]
        since = ""
        for version, following, end in zip(versions, [*versions[1:], None], ends, strict=True):
            below = f"python_version < '{end[0]}.{end[1]}'"
            if version != following:
                written += [f"{name}=={version} ; {since}{below}"] if version else []
                since = f"python_version >= '{end[0]}.{end[1]}' and "
    return written


def pin(pythons: list[str]) -> None:
    """Ask each Python, from the oldest to the newest, and write what they would install."""
    if not pythons:
        oldest, *newer = (python for python in PYTHONS if which(python))
        pythons = [oldest, *newer[:1]]
    asked = dict(sorted(served(python) for python in pythons))
    (ROOT / "constraints.txt").write_text(HEAD + "".join(f"{line}\n" for line in lines(asked)), encoding="utf-8")


def lowest() -> list[str]:
    """A line for each package that pyproject.toml gives a lower bound for."""
    known = project()
    claims = [
        *known["build-system"]["requires"],
        *known["project"]["dependencies"],
        *known["project"]["optional-dependencies"]["dev"],
    ]
    return sorted({re.sub(r"^([\w-]+)>=([\w.]+).*", r"\1==\2", claim) for claim in claims if ">=" in claim})


def project() -> dict[str, Any]:
    """What pyproject.toml says."""
    return tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))


def main(words: list[str]) -> int:
    """Do what the words ask for."""
    match words:
        case ["pin", *pythons]:
            pin(pythons)
        case ["lowest"]:
            print("\n".join(lowest()))
        case _:
            print(__doc__)
            return 2
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
