"""One parser fuzzed by coverage, with the checks and the bounds of the others: needs `pip install atheris`, which nothing else does.

`python tests/faults/fuzz_atheris.py PARSER [-max_total_time=SECONDS]`; further options are libFuzzer's. The value that broke
something is kept as `crash-…` in the folder it says; `python -m faults.fuzz_one PARSER FOLDER --value FILE` tries it again.
"""

from __future__ import annotations

import math
import sys
from pathlib import Path
from tempfile import mkdtemp

import atheris

TESTS = Path(__file__).resolve().parents[1]
sys.path[:1] = [str(TESTS.parent), str(TESTS)]  # in the place of this folder: its modules are the package's

with atheris.instrument_imports(include=["facilitator", "yaml", "markdown_it"]):
    from faults.fuzz_one import prepare
    from faults.fuzz_parsers import PARSERS
    from faults.fuzzing import as_bytes

LONGEST = 20_000


def main(name: str, *options: str) -> None:
    """Begin with the corpus of the parser and the words it knows, and go where the coverage leads."""
    if name not in PARSERS:
        sys.exit(f"one of: {', '.join(PARSERS)}")
    folder = Path(mkdtemp(prefix="fuzz-"))
    parser, bounded = prepare(name, folder / "table")
    bounded.until = math.inf
    seeds = folder / "corpus"
    seeds.mkdir()
    for place, value in enumerate(parser.corpus):
        (seeds / f"{place}").write_bytes(as_bytes(value))
    words = folder / "words"
    words.write_text("".join(f'"{_escaped(word)}"\n' for word in parser.words if word), encoding="ascii")
    sys.stderr.write(f"in {folder}\n")
    own = ("-timeout=0", "-handle_alrm=0", "-rss_limit_mb=0", f"-artifact_prefix={folder}/", f"-dict={words}")
    atheris.Setup(
        [sys.argv[0], *own, f"-max_len={LONGEST}", *options, str(seeds)],
        lambda data: bounded(parser.value(data)),
    )
    atheris.Fuzz()


def _escaped(word: str) -> str:
    return "".join(f"\\x{byte:02x}" for byte in as_bytes(word))


if __name__ == "__main__":
    main(*(sys.argv[1:] or [""]))
