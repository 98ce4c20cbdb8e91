"""The program run in this process, where a test is about what it does and not about how it is started."""

from __future__ import annotations

import io
import json
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from facilitator.cli.main import main

# A script's commands come out as words with NUL after each, their number first; what they did comes in as a line, the exit code.
_CALLED = """
folder=$1
exec 3>&1 4<&0 >"$folder/out" 2>"$folder/err" </dev/null
call() {
  printf '%s\\0' "$#" "$@" >&3
  read -r code <&4
  cat "$folder/stdout"; cat "$folder/stderr" >&2
  return "$code"
}
. "$2"
"""


class Said(NamedTuple):
    """What a run of the program came to; no-break spaces are folded, the catalogue's tests look at those."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        return json.loads(self.out)


def run(words: Sequence[str], folder: Path, stdin: bytes = b"") -> subprocess.CompletedProcess[bytes]:
    """What a command with these words did in that folder."""
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(folder)
        streams = {"stdin": io.BytesIO(stdin), "stdout": io.BytesIO(), "stderr": io.BytesIO()}
        for name, stream in streams.items():
            patch.setattr(sys, name, io.TextIOWrapper(stream, encoding="utf-8", write_through=True))
        code = main(words)
        return subprocess.CompletedProcess(words, code, streams["stdout"].getvalue(), streams["stderr"].getvalue())


def act_out(script: Path, folder: Path, aside: Path) -> subprocess.CompletedProcess[str]:
    """What a script did in that folder, whose commands are `$FACILITATOR …`; a shell reads it, and has them run here."""
    with subprocess.Popen(
        ["sh", "-c", _CALLED, "sh", str(aside), str(script)],
        cwd=folder,
        env={"PATH": "/usr/bin:/bin", "FACILITATOR": "call"},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    ) as shell:
        assert shell.stdin is not None
        assert shell.stdout is not None
        while count := _word(shell.stdout):
            done = run([_word(shell.stdout) for _ in range(int(count))], folder)
            (aside / "stdout").write_bytes(done.stdout)
            (aside / "stderr").write_bytes(done.stderr)
            shell.stdin.write(b"%d\n" % done.returncode)
            shell.stdin.flush()
    said = [(aside / name).read_text(encoding="utf-8") for name in ("out", "err")]
    return subprocess.CompletedProcess(script, shell.returncode, *said)


def _word(pipe: io.BufferedIOBase) -> str:
    return b"".join(iter(lambda: pipe.read(1).strip(b"\0"), b"")).decode()
