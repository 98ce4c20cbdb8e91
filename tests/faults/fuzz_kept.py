"""What the program keeps for itself, and the whole of a workspace: read, or left where it is."""

from __future__ import annotations

import datetime
import json
import os
from pathlib import Path

from facilitator.core.zone import zone_of
from facilitator.doctor import examine
from facilitator.i18n import ui_language
from facilitator.meetings.past import archive_of, read_document
from facilitator.store.archive import Archive
from facilitator.store.half_typed import KeptText, load_texts, save_texts
from facilitator.store.private import append_private, read_private, unreadable_private
from facilitator.store.workspace import live_workspaces
from facilitator.store.zone import is_zone, machine_zone

from .fuzz_documents import published
from .fuzz_journal import JSON_WORDS, framed
from .fuzz_yaml import NETWORK, YAML_WORDS
from .fuzzing import CUT, TR, Parser, as_bytes, reads
from .harness import Table
from .hostile import MARKDOWN, TITLES


@reads("draft", 10)
def _draft(table: Table) -> Parser:
    """A half-typed text is read, or left where it is."""
    save_texts(table.folder / "texts", "claire-1", KeptText("question", "à moitié", entry="e1"))
    [path] = (table.folder / "texts").glob("*.typed")

    def check(data: bytes) -> None:
        path.write_bytes(data)
        load_texts(path.parent)

    deep = b'{"kind":"question","text":"","autre":' + b"[" * 3_000
    words = ('"kind":', '"text":', '"cursor":', '"at":', '"writer":', '"question"', *JSON_WORDS)
    return Parser(check, (path.read_bytes(), deep, b"", b"null"), words)


@reads("private follow-ups", 10, 31)
def _private(table: Table) -> Parser:
    """Each line is read or counted as unreadable, and the rest is not lost."""
    published(table)
    path = table.workspace.private_file
    good = path.read_bytes()
    assert good
    bodies = [line[20:-1] for line in good.splitlines()]

    def check(data: bytes) -> None:
        lines = list(map(framed, data.split(b"\n")))
        path.write_bytes(b"\n".join([*lines, good]))
        wrong = unreadable_private(table.workspace)
        assert all(0 < place <= len(lines) for place in wrong)
        kept = {(record.meeting, record.number) for record in read_private(table.workspace)}
        assert kept >= {(record.meeting, record.number) for record in held}

    path.write_bytes(good)
    held = read_private(table.workspace)
    append_private(table.workspace, held)
    assert path.read_bytes() == good
    words = ('"op":', '"add"', '"finish"', '"drop"', '"meeting":', '"number":', '"record":', "\n", *JSON_WORDS)
    return Parser(check, (*bodies, good, b'{"op":"drop","meeting":"x","number":"S1"}'), words)


@reads("archive", 10)
def _archive(table: Table) -> Parser:
    """Whatever is in the file, the archive holds what the minutes hold."""
    published(table)
    sources = table.workspace.minutes_files()
    path = table.workspace.archive_file
    with archive_of(table.workspace) as archive:
        entries = archive.records()
    good = path.read_bytes()
    path.unlink()
    for source in sources:  # as settled as an old file
        os.utime(source, (1, 1))

    def check(data: bytes) -> None:
        for left in path.parent.glob("archive.sqlite*"):
            left.unlink()
        path.write_bytes(data)
        archive = Archive(path, read_document, parser="another")
        archive.refresh(sources)
        assert archive.records() == entries
        archive.close()

    words = ("SQLite format 3\0", "CREATE TABLE ", "sources", "entries", "text_data", "fts5(", "NOT NULL", *JSON_WORDS)
    return Parser(check, (good, good[: len(good) // 2], b"", b"{"), words)


@reads("live meetings", 10, 26)
def _live(table: Table) -> Parser:
    """A registration names a workspace or nothing."""
    meeting = table.begin()
    [path] = (table.workspace.state_folder() / "live").iterdir()
    good = path.read_bytes()
    place = json.loads(good)["workspace"]

    def check(data: bytes) -> None:
        path.write_bytes(data)
        for found in live_workspaces(table.environ):
            assert found.is_dir()

    words = (
        '"workspace":',
        '"meeting":',
        f'"{place}"',
        f'"{meeting}"',
        '"\\u0000"',
        '"/dev/null"',
        f'"{"x" * 300}"',
        '"/"',
    )
    odd = [json.dumps({"workspace": name, "meeting": meeting}).encode() for name in (*TITLES, "a" * 5_000, "\0")]
    return Parser(check, (good, b'{"workspace":' + b"[" * 3_000, *odd), (*words, *JSON_WORDS), 100_000)


@reads("zone and language", 16)
def _environment(table: Table) -> Parser:
    """Whatever the environment says, there is a zone and a language."""

    def check(text: str) -> None:
        name = machine_zone({"TZ": text})
        assert is_zone(name)
        zone_of(name).utcoffset(datetime.datetime(2026, 11, 24))
        zone_of(text).utcoffset(datetime.datetime(2026, 11, 24))
        assert ui_language(None, dict.fromkeys(("LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG"), text)) in ("fr", "en")

    corpus = (
        "Europe/Paris",
        ":UTC",
        "CET-1CEST,M3.5.0,M10.5.0/3",
        "fr_FR.UTF-8@euro:en",
        "Europe",
        "../../etc/passwd",
        "",
    )
    return Parser(check, corpus, (*corpus, *TITLES, "zone.tab", "posix/", "tzdata.zi", "/", "\0", "localtime"), 100_000)


@reads("a whole workspace, examined", 8, 9, 10, 20)
def _examined(table: Table) -> Parser:
    """Settings, minutes, newsletter, journal, texts, private lines, archive, ignore rules: read at once, findings only."""
    minutes, newsletter = published(table)
    meeting = table.begin()
    folder = table.workspace.meeting_folder(meeting)
    [journal] = folder.glob("*.jsonl")
    private = table.workspace.private
    paths = (
        table.workspace.config_file,
        table.workspace.minutes_folder / "2026-11-24-r.md",
        table.workspace.newsletter_folder / "2026-12.md",
        journal,
        folder / "claire-1.typed",
        table.workspace.private_file,
        table.workspace.archive_file,
        private / ".gitignore",
    )
    with archive_of(table.workspace):
        pass
    files = [path.read_bytes() if path.exists() else b"" for path in paths]
    files[0], files[1], files[2], files[4] = (
        NETWORK[0],
        minutes.encode(),
        newsletter.encode(),
        b'{"kind":"note","text":"x"}',
    )
    now_ms = 1_795_000_000_000
    environ = {**table.environ, "PATH": os.environ["PATH"]}

    def check(data: bytes) -> None:
        parts = data.split(as_bytes(CUT))
        for path, part in zip(paths, [*parts, *[b""] * len(paths)], strict=False):
            path.write_bytes(part)
        found = list(examine(table.workspace, TR, now_ms=now_ms, environ=environ))
        assert all(finding.path is None or isinstance(finding.path, Path) for finding in found)

    whole = as_bytes(CUT).join(files)
    words = (CUT, "<<<<<<< a\n", "\xff", "*\n", "!x\n", *JSON_WORDS, *YAML_WORDS[:20], *MARKDOWN[:10])
    return Parser(check, (whole, as_bytes(CUT).join(reversed(files))), words)
