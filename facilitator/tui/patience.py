"""A disk may take seconds: it is waited for off the loop's thread, and the screen goes on meanwhile.

The loop itself stays where it is, inside the key that asked. So whatever is typed meanwhile waits in the terminal's queue, and
each key meets the meeting as the one before left it; what the person sees move is the clock, and a line that says why.
"""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor, wait
from typing import TYPE_CHECKING, Any, TypeVar

if TYPE_CHECKING:
    from textual.screen import Screen

T = TypeVar("T")

SOON_S = 0.1  # what takes no longer is at once
AGAIN_S = 0.25


class Patience:
    """Carries work out in a thread of its own, one after the other."""

    def __init__(self) -> None:
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="save")

    def carry_out(self, work: Callable[[], T], tell: Callable[[], object]) -> T:
        """What `work` returns or raises; `tell` is called again and again while it takes longer than a moment."""
        job = self._thread.submit(work)
        patience_s = SOON_S
        while wait([job], patience_s).not_done:
            tell()
            patience_s = AGAIN_S
        return job.result()


def show_now(screen: Screen[Any]) -> None:
    """Send what waits to be painted, without the loop; the layout stays as it is.

    Textual paints from its loop only, and offers no other way.
    """
    for widget in screen.query("*"):
        if widget._repaint_required and widget.display:  # noqa: SLF001  # as above
            widget._repaint_required = False  # noqa: SLF001
            screen._dirty_widgets.add(widget)  # noqa: SLF001
    screen._on_timer_update()  # noqa: SLF001
