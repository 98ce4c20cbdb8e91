"""Linux for real; macOS and Windows with the modules they have and this machine lacks."""

from __future__ import annotations

import ctypes
import errno
import os
import pty
import re
import select
import signal
import subprocess
import sys
import termios
import time
import tty
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor, wait
from pathlib import Path
from types import SimpleNamespace

import pytest

from facilitator.store import platform
from facilitator.store.platform import MacOS, Posix, Windows
from facilitator.store.source import MAX_JOURNAL


def failing(code: int) -> Callable[..., None]:
    def fail(*_: object) -> None:
        raise OSError(code, os.strerror(code))

    return fail


def test_the_boot_clock_counts_milliseconds_of_this_boot() -> None:
    boot_id, first = platform.boot_clock()
    time.sleep(0.01)
    again, second = platform.boot_clock()
    assert boot_id == again == Path("/proc/sys/kernel/random/boot_id").read_text().strip()
    assert first is not None
    assert second is not None
    assert 10 <= second - first < 5_000


def test_there_is_no_boot_clock_without_a_boot_id_or_the_clock(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert Posix(boot_id=str(tmp_path / "none")).boot_clock() == (None, None)
    monkeypatch.delattr(time, "CLOCK_BOOTTIME")
    assert Posix().boot_clock() == (None, None)
    assert MacOS().boot_clock() == (None, None)
    assert Windows(SimpleNamespace()).boot_clock() == (None, None)


def test_a_lock_is_waited_for_and_freed_with_its_file(tmp_path: Path) -> None:
    with (tmp_path / "f").open("w") as one, (tmp_path / "f").open("w") as other:
        assert platform.lock(one.fileno())
        start = time.monotonic()
        assert not platform.lock(other.fileno(), timeout_s=0.05)
        assert not platform.lock(other.fileno(), shared=True)
        assert time.monotonic() - start >= 0.05
        platform.unlock(one.fileno())
        assert platform.lock(other.fileno())
        other.close()
        assert platform.lock(one.fileno())


def test_macos_asks_the_drive_itself(tmp_path: Path) -> None:
    asked: list[tuple[int, int]] = []
    fcntl = SimpleNamespace(F_FULLFSYNC=51, fcntl=lambda fd, what: asked.append((fd, what)))
    with (tmp_path / "f").open("w") as file:
        MacOS(fcntl).sync_data(file.fileno())
        assert asked == [(file.fileno(), 51)]


@pytest.mark.parametrize(("code", "raises"), [(errno.ENOTSUP, False), (errno.EINVAL, False), (errno.EIO, True)])
def test_macos_falls_back_to_fsync_only_where_the_drive_cannot_be_asked(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, code: int, *, raises: bool
) -> None:
    synced: list[int] = []
    monkeypatch.setattr(os, "fsync", synced.append)
    with (tmp_path / "f").open("w") as file:
        system = MacOS(SimpleNamespace(F_FULLFSYNC=51, fcntl=failing(code)))
        if raises:
            with pytest.raises(OSError, match=os.strerror(code)):
                system.sync_data(file.fileno())
        else:
            system.sync_data(file.fileno())
        assert bool(synced) is not raises


@pytest.mark.parametrize(("code", "raises"), [(errno.EINVAL, False), (errno.EIO, True)])
def test_a_folder_that_cannot_be_synced_is_no_error_but_a_failing_disk_is(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, code: int, *, raises: bool
) -> None:
    monkeypatch.setattr(os, "fsync", failing(code))
    if raises:
        with pytest.raises(OSError, match=os.strerror(code)):
            Posix().sync_folder(tmp_path)
    else:
        Posix().sync_folder(tmp_path)


def test_windows_locks_a_byte_no_journal_holds(tmp_path: Path) -> None:
    places: list[tuple[str, int]] = []
    msvcrt = SimpleNamespace(LK_NBLCK="lock", LK_UNLCK="unlock")

    def locking(fd: int, what: str, _count: int) -> None:
        places.append((what, os.lseek(fd, 0, os.SEEK_CUR)))

    msvcrt.locking = locking
    system = Windows(msvcrt)
    with (tmp_path / "f").open("w") as file:
        assert system.try_lock(file.fileno(), shared=False)
        system.unlock(file.fileno())
        assert [what for what, _ in places] == ["lock", "unlock"]
        assert all(place > MAX_JOURNAL for _, place in places)
        msvcrt.locking = failing(errno.EACCES)
        assert not system.try_lock(file.fileno(), shared=False)
        msvcrt.locking = failing(errno.EBADF)
        with pytest.raises(OSError, match=os.strerror(errno.EBADF)):
            system.try_lock(file.fileno(), shared=False)


def test_windows_waits_for_a_reader_to_let_go_of_a_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    source, target = tmp_path / "new", tmp_path / "old"
    source.write_text("new")
    target.write_text("old")
    real, tries = os.replace, []

    def busy(one: Path, other: Path) -> None:
        tries.append(one)
        if len(tries) < 3:
            raise PermissionError(errno.EACCES, "used by another process")
        real(one, other)

    monkeypatch.setattr(os, "replace", busy)
    Windows(SimpleNamespace()).replace(source, target)
    assert target.read_text() == "new"
    monkeypatch.setattr(platform, "_REPLACE_S", 0.02)
    monkeypatch.setattr(os, "replace", failing(errno.EACCES))
    with pytest.raises(PermissionError):
        Windows(SimpleNamespace()).replace(source, target)


def test_windows_syncs_files_and_leaves_folders_and_owners_alone(tmp_path: Path) -> None:
    system = Windows(SimpleNamespace())
    with (tmp_path / "f").open("w") as file:
        before = os.fstat(file.fileno())
        system.sync_data(file.fileno())
        system.keep_owner(file.fileno(), tmp_path.stat())
        assert os.fstat(file.fileno()).st_mode == before.st_mode
    system.sync_folder(tmp_path / "not there")
    assert system.uid() is None


def test_a_process_runs_until_it_is_over(monkeypatch: pytest.MonkeyPatch) -> None:
    assert platform.runs(os.getpid())
    with subprocess.Popen([sys.executable, "-c", "import sys; sys.stdin.read()"], stdin=subprocess.PIPE) as other:
        assert platform.runs(other.pid)
    assert not platform.runs(other.pid)
    assert not platform.runs(10**30)
    monkeypatch.setattr(os, "kill", failing(errno.EPERM))
    assert platform.runs(1), "another user's"
    assert not platform.runs(0), "the group of this process"
    assert not platform.runs(-1), "all processes"


def test_windows_asks_the_kernel_who_runs_and_sends_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    """Process 8 runs, 12 ended with 3, 16 is another user's, 20 runs but its code cannot be had; there is no other."""
    errors, handles = [0], set[int]()
    wide = 1 << 40  # a handle is a pointer

    def open_process(access: int, _inherit: int, process: int) -> int | None:
        assert access == 0x1000
        assert not process >> 32, "ctypes refuses a number that does not fit"
        errors[0] = {8: 0, 12: 0, 16: 5, 20: 0}.get(process, 87)
        if errors[0]:
            return None
        handles.add(wide + process)
        return wide + process

    def get_exit_code(handle: ctypes.c_void_p, code) -> int:
        assert handle.value in handles
        if handle.value == wide + 20:
            return 0
        code._obj.value = 3 if handle.value == wide + 12 else 259
        return 1

    kernel = SimpleNamespace(
        OpenProcess=open_process,
        GetExitCodeProcess=get_exit_code,
        CloseHandle=lambda handle: handles.remove(handle.value),
    )
    double = SimpleNamespace(
        WinDLL=lambda name, *, use_last_error: kernel if (name, use_last_error) == ("kernel32", True) else None,
        get_last_error=lambda: errors[0],
        **{name: getattr(ctypes, name) for name in ("c_void_p", "c_ulong", "byref")},
    )
    sent: list[tuple[int, int]] = []
    monkeypatch.setattr(os, "kill", lambda process, number: sent.append((process, number)))
    monkeypatch.setattr(platform, "SYSTEM", Windows(SimpleNamespace(), double))
    numbers = (8, 12, 16, 20, 24, 0, -8, 8 + (1 << 32), 10**30)
    assert [number for number in numbers if platform.runs(number)] == [8, 16, 20]
    assert kernel.OpenProcess.restype is ctypes.c_void_p, "else the handle is cut to an int"
    assert not handles, "each is closed"
    assert not sent
    monkeypatch.setattr(platform, "import_module", lambda name: {"ctypes": double}[name])
    assert Windows(SimpleNamespace()).runs(8), "without a double the module itself is asked"


def test_each_system_is_chosen_by_its_name(monkeypatch: pytest.MonkeyPatch) -> None:
    assert type(platform.system_of("linux")) is Posix
    assert type(platform.system_of("freebsd14")) is Posix
    assert type(platform.system_of("darwin")) is MacOS
    monkeypatch.setattr(platform, "import_module", lambda _: SimpleNamespace())
    assert type(platform.system_of("win32")) is Windows


def test_names_of_machines_are_plain(monkeypatch: pytest.MonkeyPatch) -> None:
    assert re.fullmatch(r"[a-z0-9-]+", platform.machine())
    for name, plain in [
        ("Salon.example.org", "salon"),
        ("PC de Léa", "pc-de-l-a"),
        ("../..", "machine"),
        ("", "machine"),
    ]:
        monkeypatch.setattr(os, "uname", lambda name=name: SimpleNamespace(nodename=name))
        assert platform.machine() == plain
    monkeypatch.delattr(os, "uname")
    monkeypatch.setenv("COMPUTERNAME", "PC-ACCUEIL")
    assert platform.machine() == "pc-accueil"


def test_the_user_is_who_the_environment_or_the_account_says(monkeypatch: pytest.MonkeyPatch) -> None:
    for variable in ("LOGNAME", "USER", "LNAME", "USERNAME"):
        monkeypatch.delenv(variable, raising=False)
    assert platform.user()
    monkeypatch.setattr(platform.SYSTEM, "uid", lambda: 987_654)
    assert platform.user() == "user-987654"
    monkeypatch.setattr(platform.SYSTEM, "uid", lambda: None)
    assert platform.user() == "user"
    monkeypatch.setenv("USER", "léa martin@salon")
    assert platform.user() == "léa-martin-salon"


def test_the_temporary_folder_is_the_one_that_was_named(monkeypatch: pytest.MonkeyPatch) -> None:
    for variable in ("TMPDIR", "TEMP", "TMP"):
        monkeypatch.delenv(variable, raising=False)
    assert platform.temporary_folder() == Path("/tmp")  # noqa: S108
    monkeypatch.setenv("TEMP", "/var/tmp")  # noqa: S108
    assert platform.temporary_folder() == Path("/var/tmp")  # noqa: S108


def test_signals_that_there_are_not_are_left_out() -> None:
    assert {signal.SIGHUP, signal.SIGTERM, signal.SIGQUIT, signal.SIGUSR1} < set(platform.signals(Posix.ending))
    assert not {signal.SIGSEGV, signal.SIGKILL, signal.SIGSTOP, signal.SIGPIPE} & set(platform.signals(Posix.ending))
    assert platform.signals(Posix.waking) == [signal.SIGCONT]
    assert platform.signals(Windows.ending) == [signal.SIGTERM]
    assert platform.signals(Windows.waking) == []


def test_a_terminal_is_given_back_as_it_was_though_nobody_reads_it() -> None:
    master, slave = pty.openpty()
    try:
        before = termios.tcgetattr(slave)
        tty.setraw(slave)
        Posix().leave_terminal(slave, before, b"adieu")
        assert termios.tcgetattr(slave)[3] == before[3]
        assert os.read(master, 5) == b"adieu"
        tty.setraw(slave)
        with pytest.raises(BlockingIOError):
            for _ in range(10_000):
                Posix().leave_terminal(slave, None, b"adieu" * 100)
    finally:
        os.close(master)
        os.close(slave)


@pytest.mark.parametrize("farewell", [b"\x1b[?1049l", b"adieu" * 2_000])
def test_a_terminal_that_is_read_slowly_takes_the_whole_farewell(farewell: bytes) -> None:
    master, slave = pty.openpty()
    taken = b""

    def read_on() -> None:
        nonlocal taken
        time.sleep(0.05)
        while not taken.endswith(b"fin") and select.select([master], [], [], 1)[0]:
            taken += os.read(master, 4_096)

    try:
        tty.setraw(slave)
        os.set_blocking(slave, False)
        for piece in (b"x" * 1_000, b"x"):
            with pytest.raises(BlockingIOError):
                while True:
                    os.write(slave, piece)
        with ThreadPoolExecutor(1) as thread:
            reading = thread.submit(read_on)
            Posix().leave_terminal(slave, None, farewell + b"fin")
            reading.result(5)
        assert taken.endswith(farewell + b"fin")
    finally:
        os.close(master)
        os.close(slave)


def test_a_terminal_that_is_gone_is_noticed() -> None:
    master, slave = pty.openpty()
    with ThreadPoolExecutor(1) as thread:
        gone = thread.submit(Posix().await_hang_up, slave)
        os.write(master, b"keys are no hang-up")
        assert wait([gone], 0.2).not_done
        os.close(master)
        assert gone.result(5)
    os.close(slave)
    assert not Posix().await_hang_up(slave)
    assert not Windows(SimpleNamespace()).await_hang_up(0)


def test_on_windows_a_console_is_told_farewell(tmp_path: Path) -> None:
    with (tmp_path / "console").open("wb") as file:
        Windows(SimpleNamespace()).leave_terminal(file.fileno(), None, b"adieu")
    assert (tmp_path / "console").read_bytes() == b"adieu"


def test_where_an_open_folder_is_by_now_is_asked_of_the_system(tmp_path: Path) -> None:
    fcntl = SimpleNamespace(F_GETPATH=50, fcntl=lambda fd, what, space: b"/moved" + bytes(len(space) - 6))
    assert MacOS(fcntl).path_of(3) == "/moved"
    assert MacOS(SimpleNamespace(F_GETPATH=50, fcntl=failing(errno.EBADF))).path_of(3) is None
    assert Windows(SimpleNamespace()).path_of(3) is None
    assert Posix().path_of(999_999) is None
