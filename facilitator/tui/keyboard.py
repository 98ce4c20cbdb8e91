"""The keyboard of a Unix terminal, from which any bytes may come.

In Textual a byte that is not UTF-8 (`é` of a Latin-1 terminal, an 8-bit CSI) or a key code that is no character ends the
input thread, and the program with it; and what was typed or pasted may say how large the window is, or where the mouse was.
Here what is no text is replaced, what is no key is passed over, and the size is the system's to tell. The loop is Textual's.
"""

from __future__ import annotations

import codecs
from collections.abc import Callable, Iterable
from functools import partial
from time import monotonic
from types import FunctionType
from typing import TYPE_CHECKING, Protocol, runtime_checkable

from textual import events
from textual._xterm_parser import XTermParser
from textual.drivers import linux_driver
from textual.drivers.linux_driver import LinuxDriver
from textual.keys import Keys as Ignored
from textual.messages import InBandWindowResize

if TYPE_CHECKING:
    from textual.message import Message

    from facilitator.tui.signals import Signals

# After a failure that is no fault of a key the terminal is left alone for a moment, so as not to spin on it.
AGAIN_S = 0.1
# What a terminal puts around a paste. It may be cut off before it says the end; then one of these keys, pressed alone so long after
# the last of it, is a person at a keyboard that seems dead: Ctrl+C, Ctrl+Q, Escape.
PASTE, PASTED = "\x1b[200~", "\x1b[201~"
WAY_OUT = ("\x03", "\x11", "\x1b")
SILENCE_S = 1.0


def _replacing(encoding: str) -> Callable[[], codecs.IncrementalDecoder]:
    """A decoder that puts a sign in the place of what it cannot read."""
    return partial(codecs.getincrementaldecoder(encoding), errors="replace")


class Keys(XTermParser):
    """Textual's parser; a sequence whose numbers are no characters is no key, and there is no mouse."""

    def __init__(self, debug: bool = False) -> None:  # noqa: FBT001, FBT002  # Textual's
        super().__init__(debug)
        self._pasting = False
        self._tail = ""  # the beginning of what may say that a paste begins or ends
        self._fed = 0.0

    def feed(self, data: str) -> Iterable[Message]:
        """What these characters say; a paste of which the end never came is ended by a key that asks for it."""
        if self._pasting and data in WAY_OUT and monotonic() - self._fed > SILENCE_S:
            data = PASTED + data
        seen = self._tail + data
        begun, ended = seen.rfind(PASTE), seen.rfind(PASTED)
        if begun != ended:
            self._pasting = begun > ended
        self._tail, self._fed = seen[1 - len(PASTE) :], monotonic()
        yield from super().feed(data)

    def parse_mouse_code(self, _code: str) -> None:
        """Nothing: it was not asked for, and its place would be reckoned from a window that may be said to have no cells."""

    def _sequence_to_key_events(self, sequence: str, alt: bool = False) -> Iterable[events.Key]:  # noqa: FBT001, FBT002  # Textual's
        try:
            found = list(super()._sequence_to_key_events(sequence, alt))
        except (ValueError, OverflowError):
            return [events.Key(Ignored.Ignore, sequence)]
        if any("\ud800" <= character <= "\udfff" for key in found for character in key.character or ""):
            return [events.Key(Ignored.Ignore, sequence)]
        return found


_read_keys = FunctionType(
    LinuxDriver.run_input_thread.__code__,
    {**vars(linux_driver), "getincrementaldecoder": _replacing, "XTermParser": Keys},
)


@runtime_checkable
class Application(Protocol):
    """What a keyboard asks of its application."""

    signals: Signals

    def note(self, error: BaseException) -> None:
        """Keep the details of an error that stops nothing."""


class Keyboard(LinuxDriver):
    """The driver of `FacilitatorApp` where Textual would take its own for Linux and macOS."""

    def start_application_mode(self) -> None:
        """Whoever would give the terminal back is there before it is taken."""
        if isinstance(self._app, Application):
            self._app.signals.install()
        super().start_application_mode()  # type: ignore[no-untyped-call]  # Textual's

    def run_input_thread(self) -> None:
        """Textual's loop; when a sequence brings it down all the same, it begins again after it."""
        while not self.exit_event.is_set():
            try:
                _read_keys(self)
            except OSError:  # the terminal is gone
                raise
            except Exception as error:  # noqa: BLE001  # whatever was typed
                self._app.call_later(self._noted, error)
                self.exit_event.wait(AGAIN_S)

    def _noted(self, error: Exception) -> None:
        if isinstance(self._app, Application):
            self._app.note(error)

    def process_message(self, message: Message) -> None:
        """Pass on keys and pastes; a mouse was not asked for, and the size of the window is not typed."""
        if not isinstance(message, (events.MouseEvent, events.Resize, InBandWindowResize)):
            super().process_message(message)

    def _query_in_band_window_resize(self) -> None:
        """Nothing is asked: the system tells of each change."""
