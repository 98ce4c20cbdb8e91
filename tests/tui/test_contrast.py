"""Every pair of colours that carries meaning can be read: computed for each style, on whatever it stands on, in each theme."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from rich.style import Style
from tui.palettes import PALETTES, SIXTEEN, painted

import facilitator.tui
from facilitator.tui.themes import COLOURS, TERMINAL, Colours, contrast, variables
from facilitator.tui.widgets.lines import styles

LEAST = {"night": 4.5, "day": 4.5, "contrast": 7.0}
TUI = Path(facilitator.tui.__file__).parent


def meaning(known: dict[str, Style]) -> list[tuple[str, Style]]:
    """All but the frame around a panel, which says nothing: what it holds does."""
    return [(name, style) for name, style in known.items() if name != "rule"]


@pytest.mark.parametrize("name", LEAST)
def test_every_style_can_be_read_on_the_ground_and_on_the_bars(name: str) -> None:
    colours = COLOURS[name]
    for style_name, style in meaning(styles(variables(name, colours))):
        for ground in (colours.background, colours.panel):
            front, back = painted(style, colours.text, ground, {})
            assert contrast(front, back) >= LEAST[name], (name, style_name, ground, contrast(front, back))


@pytest.mark.parametrize("palette", PALETTES)
def test_every_style_can_be_read_in_the_sixteen_colours_of_a_terminal(palette: str) -> None:
    text, ground, given = PALETTES[palette]
    named = dict(zip(SIXTEEN, given.split(), strict=True))
    # Solarized's own text is at 4.1: nothing in its colours can be asked to be better.
    least = min(4.5, contrast(text, ground))
    assert least == 4.5 or palette == "solarized-light"
    for style_name, style in meaning(styles(variables("terminal", TERMINAL))):
        front, back = painted(style, text, ground, named)
        assert contrast(front, back) >= least, (palette, style_name, front, back, contrast(front, back))


@pytest.mark.parametrize("name", LEAST)
def test_what_is_chosen_amber_or_over_differs_from_what_is_not(name: str) -> None:
    colours = COLOURS[name]
    meanings = [colours.text, colours.calm, colours.amber, colours.over, colours.done, colours.private, colours.other]
    assert len(set(meanings)) == len(meanings)
    assert contrast(colours.chosen, colours.background) >= 1.8


@pytest.mark.parametrize("name", COLOURS)
def test_no_theme_leaves_a_colour_to_textual(name: str) -> None:
    colours = COLOURS[name]
    ours = {*(value for value in (getattr(colours, field) for field in Colours.__struct_fields__) if value)}
    made = variables(name, colours)
    used = {one for path in TUI.rglob("*.tcss") for one in variables_in(path.read_text(encoding="utf-8"))}
    used |= {one for path in TUI.rglob("*.py") for css in rules_in(path) for one in variables_in(css)}
    assert used
    assert {one: made.get(one) for one in used if made.get(one, "").lower() not in ours} == {}


def test_pairs_of_the_style_sheets_can_be_read() -> None:
    found = 0
    for path in [*TUI.rglob("*.tcss"), *TUI.rglob("*.py")]:
        sheets = [path.read_text(encoding="utf-8")] if path.suffix == ".tcss" else rules_in(path)
        for rule in re.findall(r"\{([^{}]*)\}", "\n".join(sheets)):
            front = re.search(r"(?:^|[;\s])color:\s*\$([a-z-]+)", rule)
            back = re.search(r"background:\s*\$([a-z-]+)", rule)
            if front and back:
                found += 1
                for name, least in LEAST.items():
                    made = variables(name, COLOURS[name])
                    assert contrast(made[front[1]], made[back[1]]) >= least, (path.name, rule, name)
    assert found >= 5


def test_no_colour_is_named_but_in_the_themes() -> None:
    named = re.compile(
        r"#[0-9a-fA-F]{6}\b|#[0-9a-fA-F]{3}\b(?![0-9a-zA-Z])|ansi_[a-z]+|(?:color|background)\s*[:=]\s*\"?(?!\$)[a-z]+\b"
    )
    told = []
    for path in [*TUI.rglob("*.py"), *TUI.rglob("*.tcss")]:
        text = path.read_text(encoding="utf-8")
        sheets = [text] if path.suffix == ".tcss" else rules_in(path)
        told += [(path.name, one) for css in sheets for one in named.findall(css)]
        if path.suffix == ".py" and path.name != "themes.py":
            told += [(path.name, one) for one in re.findall(r"[\"']#[0-9a-fA-F]{6}[\"']|ansi_[a-z]+_?[a-z]+", text)]
    assert [one for one in told if one[1] not in ("background: transparent", "ansi_color")] == []


def rules_in(path: Path) -> list[str]:
    """The style sheets that a widget brings along."""
    return re.findall(r'DEFAULT_CSS = "{1,3}(.*?)"{1,3}\n', path.read_text(encoding="utf-8"), re.DOTALL)


def variables_in(css: str) -> list[str]:
    return re.findall(r"\$([a-z][a-z0-9-]*)", css)


def test_contrast_is_that_of_the_standard() -> None:
    assert contrast("#ffffff", "#000000") == contrast("#000000", "#ffffff") == 21
    assert round(contrast("#767676", "#ffffff"), 2) == 4.54
