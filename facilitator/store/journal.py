"""The journal of a meeting: the union of the files in its folder, append-only.

The only thing that can say "saved": `append` returns once the act is on the disk, or raises.
Nothing in a journal is ever truncated, rewritten or compacted.
"""

from __future__ import annotations

import errno
import os
import stat
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Self

from msgspec import Struct

from facilitator.core.acts import Act
from facilitator.store import platform
from facilitator.store.door import PRIVATE_MODE, Linked, check_way, write_all
from facilitator.store.folders import fallback_roots, make_private, safe_name, sync_chain, trusted
from facilitator.store.framing import Reason, written_act
from facilitator.store.source import Source

if TYPE_CHECKING:
    from facilitator.store.inotify import Inotify

SUFFIX = ".jsonl"
UNREADABLE = "it could not be read again"
COMMANDS = "cli-"

_SHARED_WAIT_S = 2.0
_OWN_WAIT_S = 0.5
_SETTLED_NS = 50_000_000  # longer than a tick of any file system's clock: a folder that changes again looks changed
_FLAGS = (
    os.O_RDWR | os.O_APPEND | os.O_CREAT | platform.NOFOLLOW | platform.NONBLOCK | platform.CLOEXEC | platform.BINARY
)


class NotSaved(Exception):  # said to a person as a fact
    """An act could not be written anywhere; `reason` and `path` are those of the first place that was tried.

    What it held must stay in front of the person.

    `act` may be appended again as it is: if a part of it did reach a disk, the same id makes it one act.
    """

    def __init__(self, reason: str, path: Path, act: Act | None = None) -> None:
        super().__init__(reason, path)
        self.reason = reason
        self.path = path
        self.act = act


class Diagnostics(Struct, frozen=True):
    """What could not be read: file, line from 1 (0: the whole file), and why or which type of event."""

    unreadable: list[tuple[Path, int, Reason]]
    unknown: list[tuple[Path, int, str]]


class _Own(Struct, frozen=True):
    """The file being written: descriptor, path, the same as text and its name alone, device and inode; whether nobody else writes it."""

    fd: int
    path: Path
    name: str
    told_as: bytes
    identity: tuple[int, int]
    alone: bool


class _Glance(Struct, frozen=True):
    """What the folders and files of a journal looked like when all of it was read."""

    folders: dict[str, tuple[int, ...] | None]
    files: dict[str, tuple[int, ...]]

    def holds(self) -> bool:
        """Whether all of it still looks so; a few microseconds."""
        try:
            for name, state in self.folders.items():
                # Most fallbacks are not there, and asking so makes no exception.
                if os.access(name, os.F_OK) if state is None else _folder_state(name) != state:
                    return False
            for name, state in self.files.items():
                now = os.lstat(name)
                if state != (now.st_dev, now.st_ino, now.st_size):
                    return False
        except OSError:
            return False
        return True


class Journal:
    """One writer's view of a meeting's journal.

    A terminal owns `<writer>.jsonl` and holds its lock while it lives.
    Commands (`shared`) take turns on `cli-<machine>.jsonl`, and do without the lock when it cannot be had.
    `fallback` names the folder that acts go to since the meeting's own could not be written.
    """

    def __init__(
        self, folder: Path, *, writer: str, shared: bool = False, fallbacks: Sequence[Path] | None = None
    ) -> None:
        if fallbacks is None:
            fallbacks = [root / folder.name for root in fallback_roots(folder.parent)]
        self.folder = folder
        self.writer = safe_name(writer)
        self.shared = shared
        self.fallback: Path | None = None
        self._places = (folder, *fallbacks)
        self._acts: dict[str, Act] = {}
        self._lines: dict[str, bytes] = {}
        self._pending: dict[bytes, None] = {}
        self._highest = 0
        self._sources: dict[str, Source] = {}
        self._own: _Own | None = None
        self._way = 0
        self._worked = False
        self._in_turn = False
        self._unlisted: list[tuple[Path, int, Reason]] = []
        self._listings: dict[Path, tuple[tuple[int, ...] | None, list[str]]] = {}
        self._glance: _Glance | None = None
        self._notices: Inotify | None = None
        self._looked = False  # at all of it, since it was last followed
        self._wrote = False  # since it was last asked what is told

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def read(self) -> list[Act]:
        """All acts known so far, each once; in no particular order."""
        self.poll()
        return list(self._acts.values())

    def stands(self) -> bool:
        """Whether nobody wrote anything, and nobody moved or removed a folder or a file, since all of it was read.

        Where that is told, only what was told is asked once all of it was looked at.
        """
        looked, self._looked = self._looked, True  # what happens from here on is told
        if self._glance is None:
            return False
        return (looked and self._is_quiet(self._glance)) or self._glance.holds()

    def _is_quiet(self, glance: _Glance) -> bool:
        """Whether nothing is told, but that this writer wrote in its file, which then is as long as it left it."""
        own = self._own if self._wrote else None
        self._wrote = False
        if self._notices is None or not self._notices.quiet(b"" if own is None else own.told_as):
            return False
        return own is None or glance.files.get(own.name) == (*own.identity, _length(own.fd))

    def heed(self, notices: Inotify | None) -> None:
        """Ask these, which follow the `places` from just now on; None: nothing tells."""
        self._notices, self._looked = notices, False

    def poll(self) -> list[Act]:
        """The acts that others wrote since the last look. Far below a millisecond when there are none; never raises.

        What was seen is never forgotten: when files vanished or shrank, a terminal writes what is missing to its own.
        """
        if self.stands():
            return []
        glance = self._look()
        new: list[Act] = []
        lost = False
        present: set[str] = set()
        self._unlisted = []
        for place, path, now in self._files():
            present.add(path)
            if glance is not None:
                glance.files[path] = (now.st_dev, now.st_ino, now.st_size)
            source = self._sources.get(path)
            if source is None:
                source = self._sources[path] = Source(path)
            lost |= source.moved(now)
            for line, act in source.follow(now):
                if act.id not in self._acts:
                    new.append(act)
                    self._remember(act, line)
                    if place and self.fallback is None:
                        self._pending[line] = None  # written elsewhere when home could not be: it comes home
        unlisted = {folder for folder, _, _ in self._unlisted}
        for path in self._sources.keys() - present:
            if Path(path).parent not in unlisted:
                del self._sources[path]
                lost = True
        whole = not (lost or self._unlisted or any(source.refused for source in self._sources.values()))
        self._glance = glance if whole and glance is not None and self._settled(glance) else None
        if lost:
            self._find_lost()
            if self._own is not None and not self.shared:
                self._restore()
        return new

    def _look(self) -> _Glance | None:
        try:
            return _Glance({os.fspath(place): _folder_state(place) for place in self._places}, {})
        except OSError:
            return None

    def _settled(self, glance: _Glance) -> bool:
        """Whether the folders looked as they did when they were listed, long enough ago to look changed when they change."""
        listed = {os.fspath(place): state for place, (state, _) in self._listings.items()}
        return all(state is None or listed.get(name) == state for name, state in glance.folders.items())

    @property
    def places(self) -> tuple[Path, ...]:
        """The folders that others may write in: the meeting's own, and where acts go when that cannot be written."""
        return self._places

    @property
    def diagnostics(self) -> Diagnostics:
        """What could not be read, as of the last look."""
        sources = self._sources.values()
        return Diagnostics(
            unreadable=[
                *self._unlisted,
                *((source.path, 0, source.refused) for source in sources if source.refused),
                *(line for source in sources for line in source.unreadable),
            ],
            unknown=[line for source in sources for line in source.unknown],
        )

    def next_n(self, now_ms: int) -> int:
        """The order of the next act: after everything seen, at `now_ms` (the real milliseconds UTC) at the earliest."""
        return max(self._highest + 1, now_ms)

    def seen(self) -> dict[str, int]:
        """Each writer, and the `n` of its last act."""
        last: dict[str, int] = {}
        for act in self._acts.values():
            last[act.writer] = max(act.n, last.get(act.writer, 0))
        return last

    def append(self, *acts: Act, stood: bool = False) -> None:
        """Write acts, together; returns only once they would survive a power cut.

        `stood`: this was just asked, and is not asked again of the file to write; what became of it since is seen by the next `poll`.
        After a failed write or sync it goes on in a new file, then in the fallback folders.
        Raises NotSaved when none could be written, and for an act whose line would not be read as that act again.
        """
        try:
            lines = [written_act(act) for act in acts]
        except ValueError as error:
            raise NotSaved(UNREADABLE, self._places[self._place], acts[-1]) from error
        failures: list[tuple[str, Path]] = []
        with self._locked():
            while True:
                try:
                    self._write(b"".join(lines), (self._own if stood else None) or self._ready())
                except OSError as error:
                    failures.append((error.strerror or str(error), self._places[self._place]))
                    if not self._give_up():
                        raise NotSaved(*failures[0], acts[-1]) from error
                else:
                    break
        for act, line in zip(acts, lines, strict=True):
            self._remember(act, line[:-1])

    @contextmanager
    def turn(self) -> Iterator[list[Act]]:
        """Between commands of this machine: read, decide and append without another one in between.

        Gives the acts that arrived. Does nothing more than `poll` for a terminal, or when the lock cannot be had.
        """
        with self._locked():
            yield self.poll()

    def claim(self) -> bool:
        """Make the own file and hold its lock, so that others see this writer alive; False when it cannot be done."""
        try:
            self._ready()
        except OSError:
            return False
        return True

    def writers_alive(self) -> list[str]:
        """The other terminals that are in this meeting now: those who hold the lock of their file."""
        own = self._own.path if self._own is not None else None
        alive = []
        for _, name, now in self._files():
            path = Path(name)
            if path != own and not path.name.startswith(COMMANDS) and stat.S_ISREG(now.st_mode) and _held(path):
                alive.append(path.stem)
        return sorted(set(alive))

    def move(self, folder: Path) -> None:
        """The meeting's folder is elsewhere by now: go on there. What was seen and is in no file there is written again."""
        self._drop_own()
        self.folder = folder
        self.fallback = None
        self._places = (folder, *(root / folder.name for root in fallback_roots(folder.parent)))
        self._sources, self._listings, self._glance, self._notices = {}, {}, None, None
        self._way = 0
        self._find_lost()

    def close(self) -> None:
        """Leave the meeting's files. The journal may be written again: it is then opened again."""
        self._drop_own()

    @property
    def _place(self) -> int:
        """Which folder the present way leads to: the usual file and a new one are both at home."""
        return max(0, self._way - 1)

    def _files(self) -> Iterator[tuple[int, str, os.stat_result]]:
        for place, folder in enumerate(self._places):
            if place and not trusted(folder):
                continue
            try:
                found = self._listed(folder)
            except FileNotFoundError:
                continue
            except OSError:
                self._unlisted.append((folder, 0, "no-access"))
                continue
            for path in found:
                try:
                    now = os.lstat(path)
                except OSError:
                    continue  # gone since, or on a disk that fails: what was seen of it is written again
                yield place, path, now

    def _listed(self, folder: Path) -> list[str]:
        """The paths of the journal files in a folder; asked again only when the folder has changed."""
        state = _folder_state(folder)
        if state is None:
            raise FileNotFoundError(errno.ENOENT, os.strerror(errno.ENOENT), os.fspath(folder))
        known = self._listings.get(folder)
        if known is not None and known[0] == state:
            return known[1]
        if folder == self.folder:
            check_way(folder / SUFFIX)
        with os.scandir(folder) as entries:
            found = sorted(entry.path for entry in entries if entry.name.endswith(SUFFIX))
        if time.time_ns() - max(state[1:]) > _SETTLED_NS:
            self._listings[folder] = (state, found)
        return found

    def _remember(self, act: Act, line: bytes) -> None:
        self._acts[act.id] = act
        self._lines[act.id] = line
        self._highest = max(self._highest, act.n)

    @contextmanager
    def _locked(self) -> Iterator[None]:
        """For a command at home: the lock of the shared file, unless this is already its turn."""
        if not self.shared or self._in_turn or self._way:
            yield
            return
        try:
            self._ready()
            locked = self._own is not None and platform.lock(self._own.fd, timeout_s=_SHARED_WAIT_S)
        except OSError:
            locked = False
        if not locked:
            self._give_up()
        self._in_turn = locked
        try:
            yield
        finally:
            if self._in_turn and self._own is not None and not self._way:
                with suppress(OSError):
                    platform.unlock(self._own.fd)
            self._in_turn = False

    def _write(self, line: bytes, own: _Own) -> None:
        size = _length(own.fd)
        source = self._sources.get(own.name)
        read = source is not None and source.ends_at(own.identity, size)
        sealed = read or not size or (os.lseek(own.fd, -1, os.SEEK_END) >= 0 and os.read(own.fd, 1) == b"\n")
        pending = b"".join(old + b"\n" for old in self._pending) if self._pending else b""
        write_all(own.fd, (b"" if sealed else b"\n") + pending + line)
        platform.sync_data(own.fd)
        if source is not None and read and not pending:
            source.passed(line)
            if self._glance is not None:
                self._glance.files[own.name] = (*own.identity, size + len(line))
        self._pending.clear()
        self._worked = self._wrote = True

    def _ready(self) -> _Own:
        """The file to write, opened and still the one its name leads to."""
        own = self._own
        if own is not None:
            if _identity(own.name) == own.identity:
                return own
            self._drop_own()
            self._find_lost()
        self._own = own = self._open()
        return own

    def _open(self) -> _Own:
        folder = self._places[self._place]
        make_private(folder)
        if self._place and not (trusted(folder) and trusted(folder.parent)):
            raise Linked(folder)
        usual = self._way == 0
        path = folder / (self._usual_name() if usual else self._new_name())
        fd = os.open(path, _FLAGS if usual else _FLAGS | os.O_EXCL, PRIVATE_MODE)
        try:
            platform.hand_over(fd, folder)
            now = _regular(fd, path)
            if not (self.shared and usual):
                self._hold(fd, path)
            if now.st_mode & 0o077:
                with suppress(PermissionError):  # a file system without modes, or somebody else's file
                    path.chmod(PRIVATE_MODE)
            if not now.st_size:
                sync_chain(folder)
        except BaseException:
            os.close(fd)
            raise
        self.fallback = folder if self._place else None
        self._worked = False
        return _Own(
            fd,
            path,
            os.fspath(path),
            os.fsencode(path.name),
            (now.st_dev, now.st_ino),
            alone=not (self.shared and usual),
        )

    def _hold(self, fd: int, path: Path) -> None:
        try:
            held = platform.lock(fd, timeout_s=_OWN_WAIT_S)
        except OSError:
            return  # no locks here: the file is ours by its name
        if not held:
            raise BlockingIOError(errno.EAGAIN, "held by another session", os.fspath(path))

    def _usual_name(self) -> str:
        return f"{COMMANDS}{platform.machine()}{SUFFIX}" if self.shared else f"{self.writer}{SUFFIX}"

    def _new_name(self) -> str:
        stem = f"{COMMANDS}{platform.machine()}-{os.getpid()}" if self.shared else self.writer
        return f"{stem}-{os.urandom(4).hex()}{SUFFIX}"

    def _give_up(self) -> bool:
        """Never touch this descriptor again; False when there is no other way left, and the next try starts anew.

        A file that took acts before it failed gives way to a new one beside it; one that never did, to the next folder.
        """
        self._drop_own()
        self._way = self._way if self._worked and self._way else self._way + 1
        self._worked = False
        if self._place < len(self._places):
            return True
        self._way = 1  # not the usual file: what the kernel still knows of it cannot be trusted
        return False

    def _drop_own(self) -> None:
        own, self._own = self._own, None
        if own is None:
            return
        with suppress(OSError):
            if own.alone and not os.fstat(own.fd).st_size and _identity(own.name) == own.identity:
                own.path.unlink()
        with suppress(OSError):
            os.close(own.fd)

    def _find_lost(self) -> None:
        """Note the acts that were seen and are in no file any more; they are written with the next one."""
        there: set[str] = set()
        for _, path, now in self._files():
            there.update(act.id for _, act in Source(path).follow(now))
        for act_id, line in self._lines.items():
            if act_id not in there:
                self._pending[line] = None

    def _restore(self) -> None:
        """Write what is missing, elsewhere if need be; what no file takes stays pending, and goes with the next act."""
        while self._pending:
            try:
                self._write(b"", self._ready())
            except OSError:
                if not self._give_up():
                    return


def _folder_state(folder: str | Path) -> tuple[int, ...] | None:
    """What changes when something is put into a folder, or who may look; None when there is none. Raises OSError."""
    try:
        now = os.stat(folder)  # noqa: PTH116  # asked at each act
    except FileNotFoundError:
        return None
    return (now.st_ino, now.st_ctime_ns, now.st_mtime_ns)


def _identity(path: str) -> tuple[int, int] | None:
    try:
        now = os.lstat(path)
    except OSError:
        return None
    return (now.st_dev, now.st_ino)


def _length(fd: int) -> int:
    """The bytes of an open file: cheaper than all that is known of it, and asked twice at each act."""
    return os.lseek(fd, 0, os.SEEK_END)


def _regular(fd: int, path: Path) -> os.stat_result:
    now = os.fstat(fd)
    if not stat.S_ISREG(now.st_mode):
        raise OSError(errno.EINVAL, "not a regular file", os.fspath(path))
    return now


def _held(path: Path) -> bool:
    try:
        fd = os.open(path, os.O_RDONLY | platform.NOFOLLOW | platform.NONBLOCK | platform.CLOEXEC)
    except OSError:
        return False
    try:
        return not platform.lock(fd, shared=True)
    except OSError:
        return False
    finally:
        os.close(fd)
