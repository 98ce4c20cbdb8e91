"""The command palette, made from the registry."""

from __future__ import annotations

from functools import partial

from textual.command import DiscoveryHit, Hit, Hits, Provider

from facilitator.tui import registry as commands
from facilitator.tui.screens.meeting import MeetingScreen


def _nothing() -> None:
    """What a line that is no command does."""


class CommandProvider(Provider):
    """Every command of the meeting screen, by its name and its sentence."""

    async def discover(self) -> Hits:
        """All of them, in the order of the registry."""
        screen = self.screen
        if not isinstance(screen, MeetingScreen):
            return
        for command in commands.COMMANDS:
            if command.id not in ("up", "down", "palette"):
                yield DiscoveryHit(
                    self._name(screen, command), partial(screen.action_run, command.id), help=screen.tr(command.help)
                )

    async def search(self, query: str) -> Hits:
        """Those that match."""
        screen = self.screen
        if not isinstance(screen, MeetingScreen):
            return
        matcher = self.matcher(query)
        found = False
        for command in commands.COMMANDS:
            name = self._name(screen, command)
            score = max(matcher.match(name), matcher.match(screen.tr(command.help)))
            if score > 0:
                found = True
                yield Hit(
                    score, matcher.highlight(name), partial(screen.action_run, command.id), help=screen.tr(command.help)
                )

        if not found:
            yield Hit(1.0, screen.tr("No command by that name"), _nothing)

    @staticmethod
    def _name(screen: MeetingScreen, command: commands.Command) -> str:
        key = command.key(screen.tr) if command.keys else ""
        label = screen.tr(command.label)
        return f"{label} ({key})" if key else label
