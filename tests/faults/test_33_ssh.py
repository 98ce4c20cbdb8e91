"""Over SSH for real: an sshd on the loopback, the connection cut in the middle of a word, tmux, a locale nobody has."""

from __future__ import annotations

import shlex
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest

from .harness import Table, texts
from .terminal import Terminal

pytestmark = pytest.mark.fault(4, 33)

HALF = "Faut-il un mandat pour"


class Server:
    """An sshd that serves one table: whoever connects has its environment, and no other place to be."""

    def __init__(self, table: Table, folder: Path) -> None:
        self.table = table
        self.folder = folder
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        for name in ("host", "user"):
            subprocess.run(
                ["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", str(folder / name)],
                check=True,
            )
        shutil.copy(folder / "user.pub", folder / "authorized")
        command = folder / "bin" / "facilitator"
        command.parent.mkdir()
        command.write_text(f'#!/bin/sh\nexec {sys.executable} -m facilitator "$@"\n', encoding="utf-8")
        command.chmod(0o755)
        kept = ("XDG_STATE_HOME", "TMPDIR", "TZ", "PYTHONPATH", "PYTHONDONTWRITEBYTECODE")
        environ = {name: table.environ[name] for name in kept} | {"PATH": f"{command.parent}:/usr/bin:/bin"}
        lines = [
            f"Port {self.port}",
            "ListenAddress 127.0.0.1",
            f"HostKey {folder / 'host'}",
            f"AuthorizedKeysFile {folder / 'authorized'}",
            f"PidFile {folder / 'pid'}",
            "PermitRootLogin yes",
            "StrictModes no",
            "UsePAM no",
            "AcceptEnv LANG LC_* TERM",
            "SetEnv " + " ".join(f"{name}={value}" for name, value in environ.items()),
        ]
        (folder / "config").write_text("\n".join(lines) + "\n", encoding="utf-8")

    def start(self) -> subprocess.Popen[bytes]:
        """Return once it answers."""
        Path("/run/sshd").mkdir(exist_ok=True)  # where sshd separates its privileges; it does not start without
        with (self.folder / "log").open("wb") as log:
            process = subprocess.Popen(["/usr/sbin/sshd", "-D", "-e", "-f", str(self.folder / "config")], stderr=log)
        until = time.monotonic() + 10
        while True:
            with socket.socket() as probe:
                if probe.connect_ex(("127.0.0.1", self.port)) == 0:
                    return process
            assert process.poll() is None
            assert time.monotonic() < until
            time.sleep(0.05)

    def words(self, *remote: str, terminal: bool = False, options: Sequence[str] = ()) -> list[str]:
        """The words that run something there."""
        return [
            "ssh",
            *(["-tt"] if terminal else ["-T"]),
            *("-F", "/dev/null", "-p", str(self.port), "-i", str(self.folder / "user"), "-o", "BatchMode=yes"),
            *("-o", "StrictHostKeyChecking=no", "-o", f"UserKnownHostsFile={self.folder / 'known'}", "-q"),
            *options,
            "root@127.0.0.1",
            " ".join(remote),
        ]

    def run(self, *remote: str, stdin: str = "", **environ: str) -> subprocess.CompletedProcess[str]:
        """Run a command there, from a home directory outside the workspace."""
        sent = [word for name in environ for word in ("-o", f"SendEnv={name}")]
        return subprocess.run(
            self.words(*(shlex.quote(word) for word in remote), options=sent),
            input=stdin,
            env=self.table.child_environ() | environ,
            capture_output=True,
            text=True,
            timeout=30,
            check=False,
        )


@pytest.fixture
def server(table: Table, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """The server, with a meeting under way at it."""
    made = Server(table, tmp_path_factory.mktemp("sshd"))
    process = made.start()
    try:
        yield made
    finally:
        process.terminate()
        process.wait(10)


def _meeting(table: Table) -> str:
    table.run("start").ok()
    (meeting,) = table.workspace.meetings()
    return meeting


@pytest.mark.needs("sshd")
def test_a_command_over_ssh_from_anywhere_finds_the_live_meeting(server: Server) -> None:
    """From the home directory, outside the workspace: literal text, exit codes, standard input."""
    meeting = _meeting(server.table)
    done = server.run("facilitator", "add", "question", 'Et l\'été ? "oui" -- 🙂')
    assert done.returncode == 0, done.stderr
    assert "Q1" in done.stdout + done.stderr
    done = server.run("facilitator", "add", "note", "-", stdin="deux\nlignes\n")
    assert done.returncode == 0, done.stderr
    assert server.run("facilitator", "answer", "Q9", "x").returncode == 1
    assert texts(server.table.read(meeting)[0]) == ['Et l\'été ? "oui" -- 🙂', "deux\nlignes"]


@pytest.mark.needs("sshd", "pty")
def test_a_connection_cut_in_the_middle_of_a_word_is_led_on_from_a_second_one(server: Server) -> None:
    """The client is gone; the text it was typing is there for the next, and the meeting never stopped."""
    table = server.table
    meeting = _meeting(table)
    run = server.words(f"cd {shlex.quote(str(table.root))} && facilitator run", terminal=True)
    environ = table.child_environ(TERM="xterm-256color")
    with Terminal(run, environ, table.folder) as first:
        first.wait_for("q question", 30)
        first.read(0.3)
        first.capture("Une première")
        first.type("\r")
        first.wait_for("Q1")
        first.type_as_people_do(HALF)
        first.wait_for(HALF)
        first.signal(9)
        assert first.ended(5) is not None
    until = time.monotonic() + 10
    while _alive(table, meeting):
        assert time.monotonic() < until, "the screen outlived its connection"
        time.sleep(0.1)
    with Terminal(run, environ, table.folder) as second:
        second.wait_for("h aide", 30)
        second.read(0.3)
        second.type("q")
        second.wait_for(HALF)
        second.type("\r")
        second.wait_for("Q2")
    assert texts(table.read(meeting)[0]) == ["Une première", HALF]


def _alive(table: Table, meeting: str) -> list[str]:
    return table.read(meeting)[1].writers_alive()


@pytest.mark.needs("sshd")
@pytest.mark.parametrize("locale", ["xx_YY.UTF-8", "C", "POSIX", "fr_FR.ISO-8859-1", "fr_FR.UTF-8"])
def test_a_locale_that_the_server_lacks_works(server: Server, locale: str) -> None:
    """French by name or by default; what is not ASCII goes in and comes out whole."""
    meeting = _meeting(server.table)
    done = server.run("facilitator", "add", "decision", "Été — « prêt » ☕", LC_ALL=locale)
    assert done.returncode == 0, done.stderr
    done = server.run("facilitator", "entries", LC_ALL=locale)
    assert "Été — « prêt » ☕" in done.stdout
    assert texts(server.table.read(meeting)[0]) == ["Été — « prêt » ☕"]


@pytest.mark.needs("tmux", "pty")
def test_detached_and_attached_at_another_size_it_goes_on(table: Table) -> None:
    """Inside tmux: 80 by 24, away, back at 120 by 40 and at 40 by 12; what is half typed stays."""
    meeting = _meeting(table)
    environ = table.child_environ(TERM="xterm-256color", TMUX_TMPDIR=str(table.temporary), SHELL="/bin/sh")
    tmux = ["tmux", "-L", "essai", "-f", "/dev/null"]
    run = f"{shlex.quote(sys.executable)} -m facilitator run"
    words = [*tmux, "new-session", "-d", "-x", "80", "-y", "24", "-s", "r", run]
    subprocess.run(words, env=environ, cwd=table.root, check=True)
    try:
        attach = [*tmux, "attach", "-t", "r"]
        with Terminal(attach, environ, table.root) as first:
            first.wait_for("q question", 30)
            first.read(0.3)
            first.capture(HALF)
        table.run("add", "decision", "pendant l’absence").ok()
        for columns, rows in ((120, 40), (40, 12)):
            with Terminal(attach, environ, table.root, columns=columns, rows=rows) as again:
                again.wait_for(HALF[-10:])
                again.read(0.5)
        with Terminal(attach, environ, table.root) as last:
            last.wait_for(HALF)
            last.type("\r")
            last.wait_for("Q1")
    finally:
        subprocess.run([*tmux, "kill-server"], env=environ, check=False, capture_output=True)
    assert sorted(texts(table.read(meeting)[0])) == sorted([HALF, "pendant l’absence"])
