"""A screen whose keys take effect in the order in which they are pressed.

Textual looks bindings up in the application, after a key has gone all the way up, when the letters that follow are already
on their way; here they run where the key arrives.
"""

from __future__ import annotations

from textual import events
from textual.screen import Screen


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

    def take_key(self, event: events.Key) -> bool:  # noqa: ARG002  # for those that have keys of their own
        """True when the key meant something to the screen itself, before its bindings are asked."""
        return False
