"""The journal: an act or a reason for each line, whatever the line; the fold is total."""

from __future__ import annotations

from contextlib import suppress

from facilitator.core.acts import Act, Attend
from facilitator.core.fold import Replay, fold
from facilitator.store.framing import frame, frame_act, read_line
from facilitator.store.source import Source

from .fuzzing import Parser, reads
from .harness import Table, capture


def _acts(table: Table) -> list[Act]:
    session = table.open()
    for kind in ("question", "action", "individual"):
        capture(session, "une *chose*", kind)
    session.act(Attend("Awa S."))
    acts = list(session.journal.read())
    session.leave()
    return acts


def framed(line: bytes) -> bytes:
    """A line as it is; a bare JSON object with its right checksum."""
    return frame(line)[:-1] if line.startswith(b"{") and not line.startswith(b'{"c"') else line


JSON_WORDS = (
    '"id":|"n":|"v":|"writer":|"actor":|"events":|"type":|"captured"|"at":|"fields":|"text":|{|}|[|]|,|:|null|true|-1|1e400|'
    '99999999999999999999999|"\\ud800"|"\\u001b[2J"|"\\u202e"|""|"undone"|"act":|"a1"|{"type":"paused"}|"opened"|"boot":'
).split("|")


@reads("journal line", 9)
def _journal_line(table: Table) -> Parser:
    """With a right checksum or a wrong one, a line is an act or a reason; whatever is read folds, and can be written again."""
    acts = _acts(table)

    def check(line: bytes) -> None:
        act = read_line(framed(line))
        if isinstance(act, Act):
            fold([act])
            fold([*acts, act])
            assert read_line(frame_act(act)[:-1]) == act

    lines = [frame_act(act)[:-1] for act in acts]
    bodies = [line[20:-1] for line in lines]
    odd = (b"<<<<<<< HEAD", b'{"id":"a","n":1,"v":9,"events":[]}', b'{"a":' + b"[" * 2_000, b"\0" * 100)
    return Parser(check, (*bodies, *lines, *odd), JSON_WORDS)


@reads("journal file", 9)
def _journal_file(table: Table) -> Parser:
    """Lines torn, glued, doubled and foreign, read at once or while they grow: the same acts, and the fold is total."""
    lines = [frame_act(act) for act in _acts(table)]
    path = table.folder / "journal.jsonl"

    def follow(data: bytes, source: Source) -> list[bytes]:
        path.write_bytes(data)
        return [line for line, _ in source.follow(path.stat())]

    def check(data: bytes) -> None:
        data = b"\n".join(map(framed, data.split(b"\n")))
        with suppress(FileNotFoundError):
            path.unlink()
        at_once = follow(data, Source(str(path)))
        acts = [act for line in at_once if isinstance(act := read_line(line), Act)]
        assert len(acts) == len(at_once)
        Replay(acts)

    whole = b"".join(lines)
    torn = whole[: len(whole) // 2] + b"\n" + whole[len(whole) // 3 :]
    return Parser(check, (whole, torn, b"\xef\xbb\xbf" + whole.replace(b"\n", b"\r\n")), JSON_WORDS)
