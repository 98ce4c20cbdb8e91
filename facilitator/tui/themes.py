"""The colours, four times: for the night, for the day and projectors, in high contrast, and the terminal's own sixteen.

A colour means something, and is named after it: what is calm, amber, over, done, private, another's act, chosen. `Lines` gives
rows their styles from these names and style sheets use them as variables (`$over`); nothing else names a colour.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import TYPE_CHECKING, Final

from msgspec import Struct
from msgspec.structs import asdict, replace
from textual.theme import Theme

if TYPE_CHECKING:
    from textual.app import App

    from facilitator.documents.theme import OwnColours

DEFAULT = "night"
OWN = "own"


class Colours(Struct, frozen=True):
    """What each thing is coloured, as `#rrggbb` or `ansi_…`; of those in pairs `…_back` is behind it, empty: what is there anyway."""

    background: str
    panel: str
    text: str
    quiet: str
    rule: str
    calm: str
    amber: str
    over: str
    done: str
    private: str
    other: str
    chosen: str
    chosen_text: str
    amber_back: str = ""
    over_back: str = ""
    private_back: str = ""
    other_back: str = ""


# The greys are grey enough to be one of the greys where there are 256 colours (Rich takes what is less than 15 % saturated for one).
NIGHT: Final = Colours(
    background="#15171b",
    panel="#282c34",
    text="#e8e8e8",
    quiet="#a9b1bd",
    rule="#4d5664",
    calm="#7fb8f0",
    amber="#ffb454",
    over="#ff8a7d",
    done="#8fdc8f",
    private="#d9a5f0",
    other="#6fd6d0",
    chosen="#24507e",
    chosen_text="#ffffff",
)
DAY: Final = Colours(
    background="#faf8f3",
    panel="#e5e3de",
    text="#1c2026",
    quiet="#4f565f",
    rule="#8d8a80",
    calm="#0a559c",
    amber="#7d4300",
    over="#a81c14",
    done="#195f2d",
    private="#74278a",
    other="#005a63",
    chosen="#0a559c",
    chosen_text="#ffffff",
)
CONTRAST: Final = Colours(
    background="#000000",
    panel="#1c1c1c",
    text="#ffffff",
    quiet="#e2e2e2",
    rule="#ffffff",
    calm="#8ce0ff",
    amber="#ffd900",
    over="#ffb3ab",
    done="#a6f5a6",
    private="#f5b8ff",
    other="#7df0e6",
    chosen="#ffff00",
    chosen_text="#000000",
)
# What these sixteen are is the terminal's affair, and on which ground they stand: a colour of theirs is only ever put on
# another one that it can be read on in any palette (tests/tui/test_contrast.py); the rest is said by weight and by signs.
TERMINAL: Final = Colours(
    background="ansi_default",
    panel="ansi_default",
    text="ansi_default",
    quiet="ansi_default",
    rule="ansi_default",
    calm="ansi_default",
    amber="ansi_black",
    amber_back="ansi_white",
    over="ansi_bright_white",
    over_back="ansi_red",
    done="ansi_default",
    private="ansi_bright_white",
    private_back="ansi_magenta",
    other="ansi_bright_cyan",
    other_back="ansi_black",
    chosen="ansi_bright_cyan",
    chosen_text="ansi_black",
)
COLOURS: Final[Mapping[str, Colours]] = {"night": NIGHT, "day": DAY, "contrast": CONTRAST, "terminal": TERMINAL}


def theme(name: str, colours: Colours) -> Theme:
    """These colours as Textual takes them; whatever its widgets bring along is given colours of ours, too."""
    ansi = colours.background.startswith("ansi_")
    return Theme(
        name=name,
        ansi=ansi,
        dark=ansi or _is_dark(colours.background),
        primary=colours.calm,
        secondary=colours.other,
        accent=colours.calm,
        warning=colours.amber,
        error=colours.over,
        success=colours.done,
        foreground=colours.text,
        background=colours.background,
        surface=colours.background,
        panel=colours.panel,
        variables=_variables(colours),
    )


def variables(name: str, colours: Colours) -> dict[str, str]:
    """The variables of style sheets in these colours, as the application has them once it wears them."""
    worn = theme(name, colours)
    return worn.to_color_system().generate() | worn.variables


def put_on(app: App[int], name: str, colours: Colours) -> None:
    """Show the application in these colours. Without colours (`NO_COLOR`) the terminal's sixteen stay, and lose theirs."""
    if not app.no_color:
        app.register_theme(theme(name, colours))
        app.theme = name


def own(said: OwnColours) -> Colours:
    """A person's own colours, the rest as in the theme that they begin from."""
    given = {name: value for name, value in asdict(said).items() if name in Colours.__struct_fields__ and value}
    return replace(COLOURS[said.begins], **given)


def _variables(colours: Colours) -> dict[str, str]:
    text, quiet, calm, background = colours.text, colours.quiet, colours.calm, colours.background
    ours = {
        name.replace("_", "-"): value or background
        for name, value in asdict(colours).items()
        if name not in ("text", "background")
    }
    # What flashes: the colours of what is amber, the ground and the text changed about.
    ours["flash"] = colours.amber_back or colours.amber
    ours["flash-text"] = colours.amber if colours.amber_back else background
    # A telephone reads a code dark on light, whatever the rest is: both colours are stated.
    sixteen = background.startswith("ansi_")
    ours["code"], ours["code-back"] = ("ansi_black", "ansi_bright_white") if sixteen else ("#000000", "#ffffff")
    weights = {"h1": "bold", "h2": "bold", "h3": "bold", "h4": "none", "h5": "none", "h6": "none"}
    for heading, weight in weights.items():
        ours[f"markdown-{heading}-color"] = calm
        ours[f"markdown-{heading}-background"] = "transparent"
        ours[f"markdown-{heading}-text-style"] = weight
    return ours | {
        "ansi-background": background,
        "ansi-foreground": text,
        "text": text,
        "text-muted": quiet,
        "text-disabled": quiet,
        "text-primary": calm,
        "text-secondary": colours.other,
        "text-accent": calm,
        "text-warning": colours.amber,
        "text-error": colours.over,
        "text-success": colours.done,
        "foreground-muted": quiet,
        "foreground-disabled": quiet,
        "panel": colours.panel,
        "surface": background,
        "boost": background,
        "border": calm,
        "border-blurred": colours.rule,
        "link-color": calm,
        "link-background": "transparent",
        "input-cursor-background": text,
        "input-cursor-foreground": background,
        "input-cursor-text-style": "reverse" if background.startswith("ansi_") else "none",
        "input-selection-background": colours.chosen,
        "input-selection-foreground": colours.chosen_text,
        "block-cursor-background": colours.chosen,
        "block-cursor-foreground": colours.chosen_text,
        "scrollbar": colours.rule,
        "scrollbar-hover": colours.rule,
        "scrollbar-active": calm,
        "scrollbar-background": background,
        "scrollbar-background-hover": background,
        "scrollbar-background-active": background,
        "scrollbar-corner-color": background,
    }


def contrast(one: str, other: str) -> float:
    """How far apart two colours `#rrggbb` are, from 1 to 21: WCAG 2.2, *contrast ratio*."""
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def _luminance(colour: str) -> float:
    red, green, blue = (int(part, 16) / 255 for part in re.findall("[0-9a-fA-F]{2}", colour))
    return 0.2126 * _linear(red) + 0.7152 * _linear(green) + 0.0722 * _linear(blue)


def _linear(part: float) -> float:
    return part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4


def _is_dark(colour: str) -> bool:
    return _luminance(colour) < 0.18  # as far from white as from black
