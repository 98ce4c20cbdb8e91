"""Any bytes from the keyboard: what is no text is replaced or passed over, and life goes on."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from pathlib import Path
from threading import Event, Thread
from types import SimpleNamespace

import pytest
from examples import examples
from hypothesis import example, given, settings
from hypothesis import strategies as st
from textual import events
from textual.message import Message
from tui.terminal import Terminal

from facilitator.core.fold import Replay
from facilitator.i18n import translator
from facilitator.store.journal import Journal
from facilitator.store.workspace import Workspace
from facilitator.tui.app import FacilitatorApp
from facilitator.tui.keyboard import Keyboard, Keys

RUN = [sys.executable, "-m", "facilitator", "run", "--lang", "fr"]
PASTE, PASTED = b"\x1b[200~", b"\x1b[201~"


class Typed(Keyboard):
    """A keyboard without a terminal: what it would tell the application."""

    def __init__(self, fd: int) -> None:
        self.fileno = fd
        self.exit_event = Event()
        self.told: list[Message] = []
        self.errors: list[object] = []
        self.cursor_origin = None
        self._debug = False
        self._down_buttons = []
        self._app = SimpleNamespace(call_later=lambda _work, error: self.errors.append(error))

    def send_message(self, message: Message) -> None:
        self.told.append(message)
        if isinstance(message, events.Key) and message.key == "f12":
            self.exit_event.set()


def typed(*pieces: bytes) -> tuple[str, Typed]:
    """The text that comes of these bytes, read piece by piece, then F12; and the keyboard."""
    read, write = os.pipe()
    keyboard = Typed(read)
    thread = Thread(target=keyboard.run_input_thread, daemon=True)
    try:
        thread.start()
        for piece in pieces:
            os.write(write, piece)
        os.write(write, b"\x1b[24~")
        thread.join(5)
        assert not thread.is_alive()
    finally:
        os.close(write)
        os.close(read)
    return "".join(
        message.text if isinstance(message, events.Paste) else message.character or ""
        for message in keyboard.told
        if isinstance(message, (events.Key, events.Paste))
    ), keyboard


@pytest.mark.parametrize(
    ("given_bytes", "text"),
    [
        (b"caf\xe9 ici", "caf\ufffd ici"),  # Latin-1
        (b"\x9bA ici", "\ufffdA ici"),  # an 8-bit CSI
        (b"\xc3\x28\xa0\xa1 ici", "\ufffd(\ufffd\ufffd ici"),
        (b"\xed\xa0\x80 ici", "\ufffd\ufffd\ufffd ici"),  # a surrogate
        (b"\xf8\x88\x80\x80\x80 ici", "\ufffd" * 5 + " ici"),
        (b"\xff" * 3 + b" ici", "\ufffd" * 3 + " ici"),
        (PASTE + b"caf\xe9" + PASTED + b" ici", "caf\ufffd ici"),
        (b"\x1b[97:65;2u ici", " ici"),  # a key told with its alternates
        (b"\x1b[1114112;1;1114112u ici", " ici"),  # beyond the last character
        (b"\x1b[99999999999999999999u ici", " ici"),
        (b"\x1b[97;1;55296u ici", " ici"),  # a surrogate, as a key
        ("é œ … 中 👩🏽‍⚕️".encode(), "é œ … 中 👩🏽‍⚕️"),
    ],
)
def test_what_is_no_text_is_replaced_and_what_follows_is_typed(given_bytes: bytes, text: str) -> None:
    said, keyboard = typed(given_bytes)
    assert said == text
    assert keyboard.errors == []


class Hand:
    """What comes of characters that are read at these seconds."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.parser, self.at = Keys(), 0.0
        monkeypatch.setattr("facilitator.tui.keyboard.monotonic", lambda: self.at)

    def types(self, *pieces: str, after: float = 5.0) -> list[tuple[str, str]]:
        said: list[tuple[str, str]] = []
        for piece in pieces:
            self.at += after
            told = [*self.parser.feed(piece), *(self.parser.tick() if piece != "\x1b" else self.rest())]
            said += [("paste", one.text) if isinstance(one, events.Paste) else ("key", one.key) for one in told]
        return said

    def rest(self) -> list[Message]:
        """The moment passes in which an escape may be the beginning of a sequence."""
        self.parser._timeout_time = 0.0
        return list(self.parser.tick())


@pytest.mark.parametrize(("key", "name"), [("\x11", "ctrl+q"), ("\x03", "ctrl+c"), ("\x1b", "escape")])
@pytest.mark.parametrize("begun", [("\x1b[200~abc",), ("\x1b[20", "0~a", "bc"), ("\x1b[200~", "a", "bc")])
def test_a_paste_of_which_the_end_never_comes_is_ended_by_a_key_that_leaves(
    monkeypatch: pytest.MonkeyPatch, begun: tuple[str, ...], key: str, name: str
) -> None:
    hand = Hand(monkeypatch)
    assert hand.types(*begun, after=0.0) == []
    assert hand.types(key) == [("paste", "abc"), ("key", name)]
    assert hand.types("q") == [("key", "q")]


@pytest.mark.parametrize("piece", ["\x11", "\x03"])
def test_what_is_pasted_at_once_or_is_no_such_key_stays_of_the_paste(
    monkeypatch: pytest.MonkeyPatch, piece: str
) -> None:
    hand = Hand(monkeypatch)
    assert hand.types("\x1b[200~a", piece, after=0.01) == []
    assert hand.types("q", "b\x11", "\x11b") == []
    assert hand.types("\x1b[201~") == [("paste", f"a{piece}qb\x11\x11b")]
    assert hand.types(piece) == [("key", {"\x11": "ctrl+q", "\x03": "ctrl+c"}[piece])]


@pytest.mark.parametrize(
    "size", [b"\x1b[48;0;0;0;0t", b"\x1b[48;1;1;0;0t", b"\x1b[48;24;80;0;640t", b"\x1b[48;0;80;600;640t"]
)
@pytest.mark.parametrize("mouse", [b"\x1b[<64;1;1m", b"\x1b[<0;9;9M\x1b[<0;9;9m", b"\x1b[<35;-1;0M", b"\x1b[M !!"])
def test_a_mouse_in_a_window_of_any_size_is_passed_over_and_no_error(size: bytes, mouse: bytes) -> None:
    said, keyboard = typed(size + b"avant" + mouse + b"apr\xc3\xa8s")
    assert (said, keyboard.errors) == ("avantaprès", [])
    assert all(isinstance(message, events.Key) for message in keyboard.told)


def test_a_character_that_comes_in_two_pieces_is_whole() -> None:
    assert typed(b"\xc3", b"\xa9t\xc3", b"\xa9")[0] == "été"


@pytest.mark.parametrize(
    "told",
    [
        b"\x1b[48;9999;9999;1;1t",
        b"\x1b[48;0;0;0;0t",
        b"\x1b[?2048;1$y",
        b"\x1b[<0;3;3M",
        b"\x1b[<64;0;0M",
        b"\x1b[M !!",
    ],
)
@pytest.mark.parametrize("pasted", [False, True])
def test_neither_the_size_of_the_window_nor_the_mouse_is_typed(told: bytes, pasted: bool) -> None:
    _, keyboard = typed((PASTE + told + PASTED if pasted else told) + b"ici")
    assert {type(message) for message in keyboard.told} <= {events.Key, events.Paste}


@settings(max_examples=examples(10), deadline=None)
@given(
    st.lists(st.binary(max_size=40) | st.sampled_from([b"\x1b[", b"\x1bO", b"\x1b]", b";", b"u", b"\x9b", b"9" * 30]))
)
@example([b"\x1b[<9999999999;9999999999;9999999999M"])
def test_any_bytes_are_followed_by_what_is_typed_next(pieces: list[bytes]) -> None:
    # An escape that stands alone, and the end of a paste that any bytes may have begun.
    said, _ = typed(*pieces, PASTED + b" " * 40 + b"ici")
    assert said.endswith("ici")


def test_the_driver_is_ours_where_textual_would_take_its_own_for_unix(monkeypatch: pytest.MonkeyPatch) -> None:
    assert FacilitatorApp(translator("fr")).driver_class is Keyboard
    monkeypatch.setattr("textual.app.WINDOWS", True)
    monkeypatch.setitem(sys.modules, "textual.drivers.windows_driver", SimpleNamespace(WindowsDriver=str))
    assert FacilitatorApp(translator("fr")).driver_class is str


@pytest.fixture
def terminal(tmp_path: Path) -> Iterator[Terminal]:
    environ = {"XDG_STATE_HOME": str(tmp_path / "state"), "HOME": str(tmp_path), "PATH": os.environ["PATH"]}
    with Terminal(RUN, cwd=tmp_path, environ={**environ, "PYTHONPATH": str(Path(__file__).parents[2])}) as opened:
        opened.wait_for("commencer")
        opened.type("right")
        opened.wait_for("q question")
        yield opened


@pytest.mark.ci
def test_a_real_terminal_that_sends_latin_1_loses_one_letter_only(terminal: Terminal, tmp_path: Path) -> None:
    for data in (b"\x9b", b"q", b"Le caf\xe9 est pay\xe9 ?", b"\r"):
        os.write(terminal.master, data)
        terminal.read(0.2)
    terminal.wait_for("Q1")
    terminal.type("ctrl+q")
    assert terminal.exit_code() == 0
    workspace = Workspace(tmp_path)
    (meeting,) = workspace.meetings()
    found = Replay(Journal(workspace.meeting_folder(meeting), writer="judge").read()).meeting
    assert [entry.text for entry in found.entries.values()] == ["Le caf\ufffd est pay\ufffd ?"]
