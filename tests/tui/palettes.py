"""The sixteen colours of terminals people have, and what a style shows in them."""

from __future__ import annotations

from rich.style import Style

NAMES = "black red green yellow blue magenta cyan white".split()
SIXTEEN = [*NAMES, *(f"bright_{name}" for name in NAMES)]
# Text, ground and the sixteen colours of terminals people have: two dark ones, two light ones.
PALETTES = {
    "xterm": (
        *("#e5e5e5", "#000000"),
        "#000000 #cd0000 #00cd00 #cdcd00 #0000ee #cd00cd #00cdcd #e5e5e5 #7f7f7f #ff0000 #00ff00 #ffff00 #5c5cff #ff00ff #00ffff #ffffff",
    ),
    "vga": (
        *("#aaaaaa", "#000000"),
        "#000000 #aa0000 #00aa00 #aa5500 #0000aa #aa00aa #00aaaa #aaaaaa #555555 #ff5555 #55ff55 #ffff55 #5555ff #ff55ff #55ffff #ffffff",
    ),
    "tango-light": (
        *("#2e3436", "#eeeeec"),
        "#2e3436 #cc0000 #4e9a06 #c4a000 #3465a4 #75507b #06989a #d3d7cf #555753 #ef2929 #8ae234 #fce94f #729fcf #ad7fa8 #34e2e2 #eeeeec",
    ),
    "solarized-light": (
        *("#657b83", "#fdf6e3"),
        "#073642 #dc322f #859900 #b58900 #268bd2 #d33682 #2aa198 #eee8d5 #002b36 #cb4b16 #586e75 #657b83 #839496 #6c71c4 #93a1a1 #fdf6e3",
    ),
}


def painted(style: Style, text: str, ground: str, named: dict[str, str]) -> tuple[str, str]:
    """The two colours that a style shows on that ground, as `#rrggbb`."""

    def shown(colour, default: str) -> str:
        if colour is None or colour.is_default:
            return default
        if colour.triplet is not None:
            return colour.triplet.hex
        return named[SIXTEEN[colour.number]]

    return shown(style.color, text), shown(style.bgcolor, ground)
