"""Every key of every screen is in its footer or in its help: read from the screens themselves, those to come included."""

from __future__ import annotations

import ast
import importlib
import inspect
import textwrap
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import pytest
from textual.binding import Binding
from textual.screen import Screen
from tui.conftest import at_once, looked_back, text_of

import facilitator.tui.screens
from facilitator.core import acts as core
from facilitator.core.said import Fields
from facilitator.i18n import translator
from facilitator.meetings import publishing
from facilitator.meetings.session import Session
from facilitator.store.workspace import Workspace
from facilitator.tui import registry
from facilitator.tui.app import FacilitatorApp
from facilitator.tui.screens.help import HelpScreen
from facilitator.tui.screens.preview import PreviewScreen
from facilitator.tui.screens.sheet import Sheet

# What says which keys there are.
TELLING = (
    "sheet_keys",
    "help_keys",
    "leave_words",
    "_footer",
    "_footer_rows",
    "_keys",
    "_back",
    "action_help",
    "cards",
)
NAMED = {
    "enter": "Enter",
    "escape": "Esc",
    "space": "space",
    " ": "space",
    "up": "↑↓",
    "down": "↑↓",
    "f1": "h",
    "f2": "F2",
    "tab": "Tab",
    "delete": "Del",
    "left": "←→",
    "right": "←→",
}
SAME = {"=": "+", "plus": "+", "equals_sign": "+", "minus": "-", "pageup": "↑↓", "pagedown": "↑↓"}
# Every sheet has them: the arrows and Escape, which its footer adds, and help.
OF_ALL = {"h", "Esc"}
# The meeting screen's keys are the registry's.
LEFT_OUT = ("MeetingScreen", "Sheet", "OrderedScreen")


def screens() -> Iterator[tuple[ModuleType, type[Screen]]]:
    for path in sorted(Path(facilitator.tui.screens.__file__).parent.glob("*.py")):
        module = importlib.import_module(f"facilitator.tui.screens.{path.stem}")
        for one in vars(module).values():
            ours = inspect.isclass(one) and issubclass(one, Screen) and one.__module__ == module.__name__
            if ours and one.__name__ not in LEFT_OUT:
                yield module, one


def tree(function: object) -> ast.AST:
    return ast.parse(textwrap.dedent(inspect.getsource(function)))


def texts(module: ModuleType, node: ast.AST) -> Iterator[str]:
    """The strings in an expression; a name of the module's stands for what it holds."""
    for one in ast.walk(node):
        if isinstance(one, ast.Constant) and isinstance(one.value, str):
            yield one.value
        elif isinstance(one, ast.Name):
            held = vars(module).get(one.id)
            yield from (
                [held]
                if isinstance(held, str)
                else [key for key in held or () if isinstance(key, str)]
                if isinstance(held, (dict, tuple))
                else []
            )


def pressed(module: ModuleType, screen: type[Screen]) -> set[str]:
    """The keys that a screen looks for by itself or binds."""
    found: set[str] = set()
    for name, function in vars(screen).items():
        arguments = inspect.signature(function).parameters if inspect.isfunction(function) else {}
        if "key" in arguments and name != "_outcome":
            for node in ast.walk(tree(function)):
                if isinstance(node, ast.Compare) and isinstance(node.left, ast.Name) and node.left.id == "key":
                    found |= {text for one in node.comparators for text in texts(module, one)}
    for binding in vars(screen).get("BINDINGS", ()):
        assert isinstance(binding, Binding)
        found |= set(binding.key.split(","))
    keys = {NAMED.get(SAME.get(key, key), SAME.get(key, key)) for key in found}
    return {key.lower() if len(key) == 1 else key for key in keys}


def told(module: ModuleType, screen: type[Screen]) -> set[str]:
    """The words of what says the keys, and of what that calls."""
    words: set[str] = set(OF_ALL)
    names, seen = list(TELLING), set[str]()
    while names:
        name = names.pop()
        function = vars(screen).get(name)
        if name not in seen and inspect.isfunction(function):
            seen.add(name)
            read = tree(function)
            words |= {word for text in texts(module, read) for word in text.split()}
            names += [one.attr for one in ast.walk(read) if isinstance(one, ast.Attribute)]
    return words


def test_every_key_of_every_screen_is_in_its_footer_or_in_its_help() -> None:
    missing = {screen.__name__: pressed(module, screen) - told(module, screen) for module, screen in screens()}
    assert {name: keys for name, keys in missing.items() if keys} == {}
    assert len(missing) >= 12


def test_help_answers_on_every_screen() -> None:
    without = [
        one.__name__
        for _, one in screens()
        if not (issubclass(one, Sheet) and one.has_help) and "f1" not in keys_of(one)
    ]
    assert without == ["HelpScreen"]


def keys_of(screen: type[Screen]) -> set[str]:
    return {key for one in vars(screen).get("BINDINGS", ()) for key in one.key.split(",")}


# The keys that open each screen from the meeting's, and the key that asks for help there: where letters are a text, F1.
OF_A_MEETING = {
    "MeetingScreen": ((), "h"),
    "ReplanScreen": (("t",), "h"),
    "MinutesScreen": (("m",), "h"),
    "PeopleScreen": (("p", "enter"), "h"),
    "TelephonesScreen": (("w",), "h"),
    "EntryScreen": (("up", "e"), "f1"),
    "PaletteScreen": (("ctrl+p",), "f1"),
    "ThemesScreen": (("f2",), "h"),
    "LeadScreen": (("y", "enter"), "f1"),
    "ClosingScreen": (("c",), "h"),
    "AfterScreen": (("c", "e"), "h"),
    "LetterScreen": (("c", "l"), "h"),
    "PreviewScreen": (("preview",), "h"),
}
OF_HOME = {
    "HomeScreen": ((), "h"),
    "NewScreen": (("n",), "h"),
    "NetworkScreen": (("s",), "h"),
    "ReadScreen": (("down", "enter"), "h"),
}


@pytest.mark.ci
@pytest.mark.asyncio
@pytest.mark.parametrize("name", OF_A_MEETING)
async def test_h_is_answered_on_every_screen_of_a_meeting(seat: Session, name: str) -> None:
    keys, ask = OF_A_MEETING[name]
    seat.act(core.Start())
    if name in ("AfterScreen", "LetterScreen"):
        seat.act(core.Send(seat.act(core.Capture("question", Fields(text="Qui paie ?"))).entry.id, "newsletter"))
        publishing.close(seat)
    app = FacilitatorApp(translator("fr"), session=seat)
    async with app.run_test() as pilot:
        for key in keys:
            if key == "preview":  # what is about to be sent; a key of a system that is set up
                app.push_screen(PreviewScreen(app.tr, "Le message", "Qui paie ?", [], lambda: None))
            else:
                await pilot.press(key)
            await pilot.pause()
        assert type(app.screen).__name__ == name
        await pilot.press(ask)
        await pilot.pause()
        assert isinstance(app.screen, HelpScreen)
        await pilot.press("escape")
        await pilot.pause()
        assert type(app.screen).__name__ == name


@pytest.mark.ci
@pytest.mark.asyncio
@pytest.mark.parametrize("name", OF_HOME)
async def test_h_is_answered_on_every_screen_between_meetings(workspace: Workspace, name: str) -> None:
    keys, ask = OF_HOME[name]
    workspace.minutes_folder.mkdir(parents=True)
    (workspace.minutes_folder / "2026-09-01-reseau.md").write_text("# Titre\n", encoding="utf-8")
    app = FacilitatorApp(translator("fr"), workspace=workspace)
    async with app.run_test():
        await looked_back(app)
        for key in keys:
            await at_once(app, key)
        assert type(app.screen).__name__ == name
        await at_once(app, ask)
        assert isinstance(app.screen, HelpScreen)
        await at_once(app, "escape")
        assert type(app.screen).__name__ == name


def test_no_screen_is_left_out_of_those_that_are_asked_for_help() -> None:
    walked = {*OF_A_MEETING, *OF_HOME, "RoomScreen", "HelpScreen"}  # the room has a test of its own below
    assert {one.__name__ for _, one in screens()} - walked == set()


@pytest.mark.asyncio
async def test_help_of_a_meeting_says_every_key_and_those_without_one_by_name(
    app: FacilitatorApp, seat: Session
) -> None:
    seat.act(core.Start())
    async with app.run_test():
        await at_once(app, "h")
        assert isinstance(app.screen, HelpScreen)
        rows = ["".join(text for text, _ in row) for row in app.screen.sheet_rows(100)]
        tr = translator("fr")
        for gesture in registry.GESTURES:
            assert any(row.strip().startswith(gesture.keys_text(tr) or tr(gesture.label)) for row in rows), gesture.id
        assert not [row for row in rows if row.strip().startswith("Ctrl+P ") and "commande" not in row]
        assert rows[0] == f"{'Ici, maintenant':100}" and rows[1].split()[0] == "q"


@pytest.mark.sampled(2)
@pytest.mark.asyncio
@pytest.mark.parametrize(
    ("keys", "key"),
    [((), "q"), (("n",), "Entrée"), (("s",), "f"), (("f2",), "Entrée")],
    ids=("home", "new", "network", "colours"),
)
async def test_help_of_any_screen_begins_with_its_own_keys(
    workspace: Workspace, keys: tuple[str, ...], key: str
) -> None:
    app = FacilitatorApp(translator("fr"), workspace=workspace)
    async with app.run_test():
        await at_once(app, *keys, "h")
        assert isinstance(app.screen, HelpScreen)
        shown = [line.split() for line in text_of(app).splitlines()]
        begin = shown.index(["Ici,", "maintenant"])
        own = shown[begin + 1 : shown.index([], begin)]
        assert key in [words[0] for words in own]
        await at_once(app, "h")
        assert not isinstance(app.screen, HelpScreen)


@pytest.mark.parametrize("state", ["none", "running", "adjourned"])
@pytest.mark.parametrize("language", ["fr", "en"])
@pytest.mark.parametrize("width", [60, 80, 120, 200])
def test_the_footer_always_has_help_and_the_way_out_and_as_many_as_fit(
    seat: Session, state: str, language: str, width: int
) -> None:
    from facilitator.tui import footer
    from facilitator.tui.cells import cell_len

    if state != "none":
        seat.act(core.Start())
    if state == "adjourned":
        seat.act(core.Adjourn())
    tr = translator(language)
    offered = registry.footer(seat.meeting, None, chosen=False, last=False)
    row = footer.gestures_row(tr, seat.meeting, offered, width)
    said = "".join(text for text, _ in row)
    keys = said.split()
    assert "h" in keys and "Ctrl+Q" in keys and cell_len(said) <= width
    short = min(cell_len(gesture.key(tr)) + cell_len(tr(gesture.label)) + 3 for gesture in offered)
    assert len(row) // 2 >= min(len(offered), 5) and (
        width - cell_len(said) < 20 or len(row) // 2 >= len(offered) - 3
    ), short


@pytest.mark.asyncio
async def test_the_room_on_a_second_screen_says_its_keys_when_asked(seat: Session) -> None:
    seat.act(core.Start())
    app = FacilitatorApp(translator("fr"), session=seat, room=True)
    async with app.run_test():
        await at_once(app, "h")
        rows = [line.split() for line in text_of(app).splitlines()]
        assert [row[0] for row in rows[rows.index(["Ici,", "maintenant"]) + 1 :][:3]] == ["b", "F2", "q"]
        await at_once(app, "escape")
        assert not isinstance(app.screen, HelpScreen)
