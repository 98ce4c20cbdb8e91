"""What differs between systems: syncing, locks, the boot clock, renames, names, signals, terminals.

`LINUX` is what the tests run for real; `MacOS` and `Windows` are simulated by handing them the modules they lack here.
"""

from __future__ import annotations

import errno
import os
import re
import select
import stat
import sys
import time
from contextlib import suppress
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

if TYPE_CHECKING:
    from facilitator.store.inotify import Inotify

_LOCK_STEP_S = 0.005
_REPLACE_S = 2.0
# So long a terminal that is read slowly is given to take the end of what it is sent.
_FAREWELL_S = 0.3
_FAR = (1 << 31) - 1  # Windows locks are mandatory: a byte that no journal ever holds
_BOOT_ID = "/proc/sys/kernel/random/boot_id"
_UNSUPPORTED = frozenset({errno.EINVAL, errno.ENOTSUP, errno.EOPNOTSUPP, errno.ENOTTY})
# Of the Windows API: the right to ask what a process does, its exit code while it runs, the error about another user's.
_QUERY_LIMITED_INFORMATION = 0x1000
_STILL_ACTIVE = 259
_ACCESS_DENIED = 5


class System(Protocol):
    """What the program asks of an operating system. `moves_open_files`: an open file can be renamed and removed.

    `ending` and `waking` name the signals by which a program is told to go, and that it was stopped and goes on.
    """

    moves_open_files: bool
    ending: tuple[str, ...]
    waking: tuple[str, ...]

    def sync_data(self, fd: int) -> None:
        """Return once the bytes written to `fd` would survive a power cut; raises OSError."""

    def sync_folder(self, path: str | os.PathLike[str]) -> None:
        """Return once the names in a folder would survive a power cut; raises OSError."""

    def boot_clock(self) -> tuple[str, int] | tuple[None, None]:
        """The identity of this boot and milliseconds since it, sleep included; (None, None) where there is none."""

    def try_lock(self, fd: int, *, shared: bool) -> bool:
        """Lock without waiting; False when somebody else holds it; raises OSError where locks do not work."""

    def unlock(self, fd: int) -> None:
        """Give the lock back."""

    def replace(
        self,
        source: str | os.PathLike[str],
        target: str | os.PathLike[str],
        folders: tuple[int | None, int | None] = (None, None),
    ) -> None:
        """Rename over an existing file, names looked up in open folders where these are given; raises OSError."""

    def keep_owner(self, fd: int, owner: os.stat_result) -> None:
        """Give a new file the mode, and where allowed the owner, of the one it takes the place of."""

    def as_made_in(self, fd: int, folder: os.stat_result, most: int) -> None:
        """Give a file the mode, `most` at most, and where a folder hands it down the group, of one that was made in it."""

    def path_of(self, fd: int) -> str | None:
        """Where an open folder is by now; None where the system does not say. It may be gone: see whether it is there."""

    def hand_over(self, fd: int, folder: str | os.PathLike[str] | int) -> None:
        """Let what root has just made in a folder be the folder's owner's, where it can be."""

    def uid(self) -> int | None:
        """The number of the user whose rights count; None where there is none."""

    def runs(self, process: int) -> bool:
        """Whether a process of this number, 1 or more, runs on this machine; it notices nothing."""

    def leave_terminal(self, fd: int, attributes: list[Any] | None, farewell: bytes) -> None:
        """Give the terminal back as `attributes` say it was, and wait a moment for it to take the farewell; raises OSError."""

    def await_hang_up(self, fd: int) -> bool:
        """Return True once the terminal of `fd` is gone for good; False, at once, where that cannot be waited for."""

    def notices(self) -> Inotify:
        """What tells of changes in folders; to be closed. Raises OSError where nothing does, or nothing more can."""


class Posix:
    """Linux, and what behaves like it."""

    moves_open_files = True
    # All by which somebody or the system may end a program that does not handle them, but those that tell of its own fault.
    ending: tuple[str, ...] = (
        "SIGHUP", "SIGTERM", "SIGINT", "SIGQUIT", "SIGABRT", "SIGALRM", "SIGVTALRM", "SIGPROF", "SIGUSR1", "SIGUSR2",
        "SIGXCPU", "SIGPOLL", "SIGPWR", "SIGSTKFLT", "SIGTRAP", "SIGSYS",
    )  # fmt: skip
    waking: tuple[str, ...] = ("SIGCONT",)

    def __init__(self, fcntl: Any = None, boot_id: str = _BOOT_ID) -> None:  # noqa: ANN401  # a module, or its double
        self._fcntl = fcntl or import_module("fcntl")
        self._boot_file = boot_id
        self._boot_id: str | None = None

    def sync_data(self, fd: int) -> None:
        """See `System`."""
        os.fdatasync(fd)

    def sync_folder(self, path: str | os.PathLike[str]) -> None:
        """See `System`. A file system that cannot sync a folder (some FUSE ones) keeps its names by itself."""
        fd = os.open(path, os.O_RDONLY | os.O_DIRECTORY)
        try:
            os.fsync(fd)
        except OSError as error:
            if error.errno not in _UNSUPPORTED:
                raise
        finally:
            os.close(fd)

    def boot_clock(self) -> tuple[str, int] | tuple[None, None]:
        """See `System`."""
        if self._boot_id is None:
            try:
                with open(self._boot_file, encoding="ascii") as file:  # noqa: PTH123
                    self._boot_id = file.read().strip()
            except OSError:
                self._boot_id = ""
        clock = getattr(time, "CLOCK_BOOTTIME", None)
        if not self._boot_id or clock is None:
            return None, None
        return self._boot_id, time.clock_gettime_ns(clock) // 1_000_000

    def try_lock(self, fd: int, *, shared: bool) -> bool:
        """See `System`. `flock` belongs to the open file: it is freed by the kernel when its holder is killed."""
        wanted = self._fcntl.LOCK_SH if shared else self._fcntl.LOCK_EX
        try:
            self._fcntl.flock(fd, wanted | self._fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        return True

    def unlock(self, fd: int) -> None:
        """See `System`."""
        self._fcntl.flock(fd, self._fcntl.LOCK_UN)

    def replace(
        self,
        source: str | os.PathLike[str],
        target: str | os.PathLike[str],
        folders: tuple[int | None, int | None] = (None, None),
    ) -> None:
        """See `System`."""
        os.replace(source, target, src_dir_fd=folders[0], dst_dir_fd=folders[1])

    def keep_owner(self, fd: int, owner: os.stat_result) -> None:
        """See `System`."""
        mine = os.fstat(fd)
        if (mine.st_uid, mine.st_gid) != (owner.st_uid, owner.st_gid):
            try:
                os.fchown(fd, owner.st_uid, owner.st_gid)
            except PermissionError:
                return  # only root may give files away; the mode below was meant for the other owner
        os.fchmod(fd, owner.st_mode & 0o777)

    def as_made_in(self, fd: int, folder: os.stat_result, most: int) -> None:
        """See `System`."""
        if folder.st_mode & stat.S_ISGID and os.fstat(fd).st_gid != folder.st_gid:
            try:
                os.fchown(fd, -1, folder.st_gid)
            except PermissionError:
                return  # not of that group: nobody else reads it
        os.fchmod(fd, 0o666 & ~umask() & most)

    def path_of(self, fd: int) -> str | None:
        """See `System`."""
        try:
            return os.fspath(Path(f"/proc/self/fd/{fd}").readlink())
        except OSError:
            return None

    def hand_over(self, fd: int, folder: str | os.PathLike[str] | int) -> None:
        """See `System`. A file of several names is left alone: one of them may be somewhere else."""
        if os.geteuid() != 0:
            return
        with suppress(OSError):  # a network's folder may hold root for nobody
            owner, mine = os.stat(folder), os.fstat(fd)  # noqa: PTH116  # an open folder too
            alone = mine.st_nlink == 1 or stat.S_ISDIR(mine.st_mode)
            if alone and (mine.st_uid, mine.st_gid) != (owner.st_uid, owner.st_gid):
                os.fchown(fd, owner.st_uid, owner.st_gid)

    def uid(self) -> int | None:
        """See `System`."""
        return os.geteuid()

    def runs(self, process: int) -> bool:
        """See `System`. Signal 0 is only tried, not sent."""
        try:
            os.kill(process, 0)
        except PermissionError:
            return True  # another user's
        except (OSError, OverflowError):
            return False
        return True

    def leave_terminal(self, fd: int, attributes: list[Any] | None, farewell: bytes) -> None:
        """See `System`."""
        if attributes is not None:
            termios = import_module("termios")
            termios.tcsetattr(fd, termios.TCSANOW, attributes)
        os.set_blocking(fd, False)  # from here on nothing else waits to be written
        poll = select.poll()
        poll.register(fd, select.POLLOUT)
        until = time.monotonic() + _FAREWELL_S
        while farewell:
            poll.poll(max(0.0, until - time.monotonic()) * 1000)
            farewell = farewell[os.write(fd, farewell) :]

    def await_hang_up(self, fd: int) -> bool:
        """See `System`."""
        poll = select.poll()
        poll.register(fd, 0)  # a hang-up is told whatever is asked for
        return any(event & select.POLLHUP for _, event in poll.poll())

    def notices(self) -> Inotify:
        """See `System`."""
        from facilitator.store.inotify import Inotify

        return Inotify()


class MacOS(Posix):
    """macOS: `fsync` stops at the drive's cache, and no clock counts sleep."""

    def sync_data(self, fd: int) -> None:
        """See `System`. Where F_FULLFSYNC does not work (network folders), a plain fsync is all there is."""
        try:
            self._fcntl.fcntl(fd, self._fcntl.F_FULLFSYNC)
        except OSError as error:
            if error.errno not in _UNSUPPORTED:
                raise
            os.fsync(fd)

    def boot_clock(self) -> tuple[str, int] | tuple[None, None]:
        """See `System`."""
        return None, None

    def path_of(self, fd: int) -> str | None:
        """See `System`."""
        try:
            found: bytes = self._fcntl.fcntl(fd, self._fcntl.F_GETPATH, bytes(1024))
        except OSError:
            return None
        return os.fsdecode(found.partition(b"\0")[0])

    def notices(self) -> Inotify:
        """See `System`."""
        raise OSError(errno.ENOSYS, os.strerror(errno.ENOSYS))


class Windows:
    """Windows: mandatory locks, open files cannot be replaced, folders cannot be synced."""

    moves_open_files = False
    ending: tuple[str, ...] = ("SIGBREAK", "SIGTERM")  # a console that is closed sends SIGBREAK
    waking: tuple[str, ...] = ()

    def __init__(self, msvcrt: Any = None, ctypes: Any = None) -> None:  # noqa: ANN401  # modules, or their doubles
        self._msvcrt = msvcrt or import_module("msvcrt")
        self._ctypes = ctypes

    def sync_data(self, fd: int) -> None:
        """See `System`."""
        os.fsync(fd)

    def sync_folder(self, path: str | os.PathLike[str]) -> None:
        """See `System`. NTFS journals names; there is nothing to call."""

    def boot_clock(self) -> tuple[str, int] | tuple[None, None]:
        """See `System`."""
        return None, None

    def try_lock(self, fd: int, *, shared: bool) -> bool:  # noqa: ARG002  # there is no shared lock here
        """See `System`."""
        os.lseek(fd, _FAR, os.SEEK_SET)
        try:
            self._msvcrt.locking(fd, self._msvcrt.LK_NBLCK, 1)
        except OSError as error:
            if error.errno not in (errno.EACCES, errno.EDEADLK):
                raise
            return False
        return True

    def unlock(self, fd: int) -> None:
        """See `System`."""
        os.lseek(fd, _FAR, os.SEEK_SET)
        self._msvcrt.locking(fd, self._msvcrt.LK_UNLCK, 1)

    def replace(
        self,
        source: str | os.PathLike[str],
        target: str | os.PathLike[str],
        folders: tuple[int | None, int | None] = (None, None),  # noqa: ARG002  # no names in open folders here
    ) -> None:
        """See `System`. A reader (an editor, an indexer) may hold the target for a moment."""
        until = time.monotonic() + _REPLACE_S
        while True:
            try:
                os.replace(source, target)  # noqa: PTH105
            except PermissionError:
                if time.monotonic() >= until:
                    raise
                time.sleep(_LOCK_STEP_S)
            else:
                return

    def keep_owner(self, fd: int, owner: os.stat_result) -> None:
        """See `System`. Rights are inherited from the folder."""

    def as_made_in(self, fd: int, folder: os.stat_result, most: int) -> None:
        """See `System`. Rights are inherited from the folder."""

    def path_of(self, fd: int) -> str | None:  # noqa: ARG002  # an open folder cannot be moved here
        """See `System`."""
        return None

    def hand_over(self, fd: int, folder: str | os.PathLike[str] | int) -> None:
        """See `System`. Rights are inherited from the folder."""

    def uid(self) -> int | None:
        """See `System`."""
        return None

    def runs(self, process: int) -> bool:
        """See `System`. The kernel is asked: for `os.kill`, 0 is Ctrl+C, and any other signal ends the process."""
        if process >> 32:
            return False
        ctypes = self._ctypes or import_module("ctypes")
        kernel = ctypes.WinDLL("kernel32", use_last_error=True)
        kernel.OpenProcess.restype = ctypes.c_void_p  # a handle may be wider than an int
        handle = ctypes.c_void_p(kernel.OpenProcess(_QUERY_LIMITED_INFORMATION, 0, process))
        if not handle:
            return bool(ctypes.get_last_error() == _ACCESS_DENIED)
        code = ctypes.c_ulong(_STILL_ACTIVE)  # what it stays when the kernel does not say
        kernel.GetExitCodeProcess(handle, ctypes.byref(code))
        kernel.CloseHandle(handle)
        return bool(code.value == _STILL_ACTIVE)

    def leave_terminal(self, fd: int, attributes: list[Any] | None, farewell: bytes) -> None:  # noqa: ARG002  # none here
        """See `System`. A console is nobody who could stop reading, and its modes are given back by the driver."""
        os.write(fd, farewell)

    def await_hang_up(self, fd: int) -> bool:  # noqa: ARG002  # none here
        """See `System`. A console that is closed ends its programs."""
        return False

    def notices(self) -> Inotify:
        """See `System`."""
        raise OSError(errno.ENOSYS, os.strerror(errno.ENOSYS))


def system_of(name: str) -> System:
    """The system that `sys.platform` names."""
    if name == "win32":
        return Windows()
    return MacOS() if name == "darwin" else Posix()


SYSTEM: System = system_of(sys.platform)

# Absent on Windows, where a look before it is opened has to do.
NOFOLLOW = getattr(os, "O_NOFOLLOW", 0)
NOCTTY = getattr(os, "O_NOCTTY", 0)
LOOKS_UP_IN_FOLDERS = {os.open, os.stat, os.unlink, os.rename} <= os.supports_dir_fd
NONBLOCK = getattr(os, "O_NONBLOCK", 0)
CLOEXEC = getattr(os, "O_CLOEXEC", 0)
BINARY = getattr(os, "O_BINARY", 0)


def sync_data(fd: int) -> None:
    """Return once the bytes written to `fd` would survive a power cut; raises OSError."""
    SYSTEM.sync_data(fd)


def sync_folder(path: str | os.PathLike[str]) -> None:
    """Return once the names in a folder would survive a power cut; raises OSError."""
    SYSTEM.sync_folder(path)


def boot_clock() -> tuple[str, int] | tuple[None, None]:
    """The identity of this boot and milliseconds since it, sleep included; (None, None) where there is none."""
    return SYSTEM.boot_clock()


def lock(fd: int, *, timeout_s: float = 0.0, shared: bool = False) -> bool:
    """Lock a file, waiting at most `timeout_s` seconds; False when somebody else holds it.

    Raises OSError where locks do not work. The lock is freed when the file is closed or the process dies.
    """
    until = time.monotonic() + timeout_s
    while not SYSTEM.try_lock(fd, shared=shared):
        if time.monotonic() >= until:
            return False
        time.sleep(_LOCK_STEP_S)
    return True


def unlock(fd: int) -> None:
    """Give a lock back."""
    SYSTEM.unlock(fd)


def replace(
    source: str | os.PathLike[str],
    target: str | os.PathLike[str],
    folders: tuple[int | None, int | None] = (None, None),
) -> None:
    """Rename over an existing file, names looked up in open folders where these are given; raises OSError."""
    SYSTEM.replace(source, target, folders)


def umask() -> int:
    """The mode bits that this process gives to no new file; asked without changing it where the system says."""
    try:
        with open("/proc/self/status", "rb") as status:  # noqa: PTH123
            found = re.search(rb"^Umask:\s*([0-7]+)$", status.read(), re.MULTILINE)
    except OSError:
        found = None
    if found is not None:
        return int(found[1], 8)
    mask = os.umask(0o077)
    os.umask(mask)
    return mask


def hand_over(fd: int, folder: str | os.PathLike[str] | int) -> None:
    """Let what root has just made in a folder be the folder's owner's, where it can be."""
    SYSTEM.hand_over(fd, folder)


def runs(process: int) -> bool:
    """Whether a process of this number runs on this machine."""
    return process > 0 and SYSTEM.runs(process)


def signals(names: tuple[str, ...]) -> list[int]:
    """The numbers of those of these signals that there are here."""
    module = import_module("signal")
    return [getattr(module, name) for name in names if hasattr(module, name)]


def machine() -> str:
    """The short name of this machine, in small letters, digits and hyphens."""
    name = os.uname().nodename if hasattr(os, "uname") else os.environ.get("COMPUTERNAME", "")
    return re.sub(r"[^a-z0-9]+", "-", name.split(".")[0].lower()).strip("-")[:40] or "machine"


def user() -> str:
    """The login name, as `getpass` finds it, without spaces or `@`."""
    names = (os.environ.get(variable) for variable in ("LOGNAME", "USER", "LNAME", "USERNAME"))
    name = next((name for name in names if name), None) or _account()
    return re.sub(r"[^\w.-]+", "-", name).strip("-")[:40] or "user"


def user_of(uid: int) -> str:
    """The login name of a user's number; `user-1234` for one without an account, as in a container."""
    try:
        return str(import_module("pwd").getpwuid(uid).pw_name)
    except KeyError:
        return f"user-{uid}"


def _account() -> str:
    uid = SYSTEM.uid()
    return "" if uid is None else user_of(uid)


def temporary_folder() -> Path:
    """Where temporary files go; `tempfile` is not imported for its cost."""
    for variable in ("TMPDIR", "TEMP", "TMP"):
        if os.environ.get(variable):
            return Path(os.environ[variable])
    return Path("/tmp")  # noqa: S108  # folders below are made 0700 and their owner checked
