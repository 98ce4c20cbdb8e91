"""A screen whose keys take effect in the order in which they are pressed.

Textual looks bindings up in the application, after a key has gone all the way up, when the letters that follow are already
on their way; here they run where the key arrives.
"""

from __future__ import annotations

from typing import Any

from textual import events
from textual.await_complete import AwaitComplete
from textual.screen import Screen


def stands(screen: Screen[Any]) -> bool:
    """Whether a screen can be painted: it is there whole, and not on its way out."""
    return screen.is_mounted and screen in screen.app.screen_stack


class OrderedScreen(Screen[None]):
    """What the screens of a meeting are made of."""

    async def on_key(self, event: events.Key) -> None:
        """Run what the key means here, now."""
        took = self.take_key(event)
        for binding in () if took else self._bindings.key_to_bindings.get(event.key, ()):
            took = await self.app.run_action(binding.action, default_namespace=self) or took
        if took:
            event.stop()
            event.prevent_default()

    def dismiss(self, result: None = None) -> AwaitComplete:
        """Back to the screen before; once only, for a second time would take that one away too."""
        return super().dismiss(result) if self.is_current else AwaitComplete()

    def take_key(self, event: events.Key) -> bool:  # noqa: ARG002  # for those that have keys of their own
        """True when the key meant something to the screen itself, before its bindings are asked."""
        return False
