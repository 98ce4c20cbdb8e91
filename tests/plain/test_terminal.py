"""The conversation in a real terminal: what is hidden stays hidden, and only the end of the input leaves."""

from __future__ import annotations

import datetime
import io
import os
import pty
import select
import signal
import sys
import termios
import time
import tty
from types import SimpleNamespace

import pytest

from facilitator.cli import typed
from facilitator.core.acts import Capture
from facilitator.core.said import Fields
from facilitator.i18n import translator
from facilitator.meetings.session import Session
from facilitator.store.workspace import Workspace


def _text(data: bytes) -> str:
    return data.decode(errors="replace").replace("\u00a0", " ").replace("\u202f", " ")


class Terminal:
    """The program in a pseudo-terminal, in another process."""

    def __init__(self, *words: str) -> None:
        self.said = ""
        self.pid, self.fd = pty.fork()
        if not self.pid:
            for number in (signal.SIGINT, signal.SIGQUIT):  # ignored in what a shell runs in the background
                signal.signal(number, signal.SIG_DFL)
            os.execv(sys.executable, [sys.executable, "-m", "facilitator", *words])

    def wait_for(self, text: str, seconds: float = 30) -> str:
        """What was said up to and including `text`, since the last such wait."""
        deadline = time.monotonic() + seconds
        while text not in self.said and time.monotonic() < deadline:
            if select.select([self.fd], [], [], 0.2)[0]:
                try:
                    self.said += _text(os.read(self.fd, 65_536))
                except OSError:
                    break
        head, found, self.said = self.said.partition(text)
        assert found, head
        return head + found

    def interrupt_until(self, text: str) -> None:
        """Ctrl+C, again while nothing comes of it: one that falls just before a read waits for the next key."""
        for _ in range(20):
            self.type("\x03")
            time.sleep(0.3)
            if select.select([self.fd], [], [], 1)[0]:
                self.said += _text(os.read(self.fd, 65_536))
            if text in self.said:
                break
        self.wait_for(text)

    def type(self, text: str) -> None:
        os.write(self.fd, text.encode(errors="surrogateescape"))

    def rest(self) -> str:
        """What it says until it ends."""
        try:
            while said := os.read(self.fd, 65_536):
                self.said += _text(said)
        except OSError:
            pass
        return self.said

    def end(self) -> int:
        """The exit code; the terminal is closed."""
        try:
            return os.waitstatus_to_exitcode(os.waitpid(self.pid, 0)[1])
        finally:
            os.close(self.fd)


@pytest.mark.filterwarnings("ignore:This process .* is multi-threaded")
def test_a_conversation_in_a_terminal(network, monkeypatch):
    monkeypatch.setenv("TERM", "dumb")
    terminal = Terminal("run", "agenda.yaml")
    assert "\x1b" not in terminal.wait_for("> ")
    terminal.type("next\r")
    terminal.wait_for("La rencontre commence")
    terminal.wait_for("> ")
    terminal.type("x\r")
    terminal.wait_for("(masqué) : ")
    terminal.type("un secret\r")
    assert "secret" not in terminal.wait_for("Noté : S1, gardé privé")
    terminal.wait_for("> ")
    terminal.type("x\r")
    terminal.wait_for("(masqué) : ")
    terminal.type("\x04")
    terminal.wait_for("> ")
    terminal.interrupt_until("Ctrl+C ne quitte pas")
    terminal.wait_for("> ")
    terminal.type("\x04")
    terminal.wait_for("La rencontre continue.")
    assert terminal.end() == 0


@pytest.mark.filterwarnings("ignore:This process .* is multi-threaded")
@pytest.mark.parametrize(
    ("typed", "code", "said"),
    [("\x04", 130, "\r\n"), ("\udce9\r", 1, "Ce qui a été tapé n’est pas du texte : rien n’a été écrit.\r\n")],
)
def test_a_hidden_text_that_is_given_up_or_unreadable_is_not_written(network, command, typed, code, said):
    command("start", "agenda.yaml")
    before = command("entries", "--json")
    terminal = Terminal("add", "need", "--individual", "-")
    terminal.wait_for("(masqué) : ")
    terminal.type(typed)
    assert (terminal.rest(), terminal.end()) == (said, code)
    assert command("entries", "--json") == before


@pytest.mark.ci
@pytest.mark.filterwarnings("ignore:This process .* is multi-threaded")
@pytest.mark.parametrize("words", [("add", "need", "--individual", "-"), ("run", "--plain")], ids=("add", "run"))
@pytest.mark.parametrize("sent", [signal.SIGTERM, signal.SIGHUP, signal.SIGQUIT, signal.SIGUSR1, signal.SIGALRM])
def test_told_to_go_while_a_text_is_hidden_it_leaves_a_terminal_that_shows_what_is_typed(network, command, words, sent):
    command("start", "agenda.yaml")
    terminal = Terminal(*words)
    if words[0] == "run":
        terminal.wait_for("> ")
        terminal.type("x\r")
    terminal.wait_for("(masqué) : ")
    shown = termios.tcgetattr(terminal.fd)[3] & termios.ECHO
    terminal.type("un sec")
    os.kill(terminal.pid, sent)
    terminal.rest()
    assert not shown and termios.tcgetattr(terminal.fd)[3] & termios.ECHO
    assert terminal.end() == -sent


@pytest.mark.parametrize("sent", [signal.SIGTERM, signal.SIGUSR2])
def test_a_signal_that_comes_while_a_text_is_hidden_ends_its_reading_first(monkeypatch, sent):
    told, handlers = [], {}
    monkeypatch.setattr("sys.stdin", SimpleNamespace(isatty=lambda: True))
    monkeypatch.setattr("getpass.getpass", lambda _: handlers[sent](sent, None))
    monkeypatch.setattr("signal.signal", handlers.__setitem__)
    monkeypatch.setattr("signal.raise_signal", lambda number: told.append((number, handlers[number])))
    with pytest.raises(KeyboardInterrupt):
        typed.hidden(translator("fr"))
    assert told == [(sent, signal.SIG_DFL)]


@pytest.mark.filterwarnings("ignore:This process .* is multi-threaded")
def test_what_is_typed_in_another_encoding_is_told_and_the_conversation_goes_on(network, command, monkeypatch):
    monkeypatch.setenv("PYTHONIOENCODING", "utf-8:strict")
    monkeypatch.setenv("TERM", "dumb")
    terminal = Terminal("run", "agenda.yaml")
    for line, said in (("next", "commence"), ("n caf\udce9", "Retiré du texte :"), ("n un thé", "Noté : « un thé »")):
        terminal.wait_for("> ")
        terminal.type(f"{line}\r")
        terminal.wait_for(said)
    terminal.wait_for("> ")
    terminal.type("\x04")
    terminal.wait_for("La rencontre continue.")
    assert terminal.end() == 0


@pytest.mark.filterwarnings("ignore:This process .* is multi-threaded")
def test_what_happens_while_nothing_is_typed_is_told_as_it_comes(network, command, monkeypatch):
    """Another person's act, then the end of the step's time; what was being typed is not lost."""
    monkeypatch.setenv("TERM", "dumb")
    begun = datetime.datetime.now(datetime.UTC) - datetime.timedelta(minutes=20, seconds=-2)
    command("start", "agenda.yaml", "--at", begun.isoformat(sep=" ", timespec="seconds"))
    terminal = Terminal("run")
    terminal.wait_for("> ")
    terminal.type("n un ")
    other = Session.join(Workspace(network), Workspace(network).live()[0], terminal=True, actor="lea@autre")
    other.act(Capture("decision", Fields(text="Une charte")))
    other.leave()
    said = terminal.wait_for("lea : D1 « Une charte »")
    assert "\x1b" not in said
    terminal.wait_for("Le temps est écoulé")
    terminal.wait_for("> ")
    terminal.type("thé\r")
    terminal.wait_for("Noté : « un thé »")
    terminal.wait_for("> ")
    terminal.type("\x04")
    assert "Le temps est écoulé" not in terminal.wait_for("La rencontre continue.")
    assert terminal.end() == 0


@pytest.fixture
def keyboard(monkeypatch):
    """The keyboard of a terminal that is this process's input: what to write to."""
    leader, follower = pty.openpty()
    with os.fdopen(follower, "r") as terminal:
        monkeypatch.setattr("sys.stdin", terminal)
        yield leader
    os.close(leader)


def test_a_line_comes_when_it_is_ended(keyboard):
    assert not typed.comes(0)
    os.write(keyboard, b"un")
    assert not typed.comes(0)
    os.write(keyboard, b" mot\nsuite\n")
    assert typed.comes(10)
    assert typed.line() == "un mot"
    assert typed.comes(10)
    assert typed.line() == "suite"


def test_a_terminal_that_hands_over_single_keys_is_read_at_once(keyboard):
    tty.setcbreak(sys.stdin)
    assert typed.comes(10)


def test_a_pipe_is_read_at_once(monkeypatch):
    monkeypatch.setattr("sys.stdin", io.StringIO(""))
    assert typed.comes(10)


def test_a_system_without_terminals_that_can_be_awaited_is_read_at_once(keyboard, monkeypatch):
    monkeypatch.setitem(sys.modules, "termios", None)
    assert typed.comes(10)
