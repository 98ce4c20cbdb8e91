"""The house drawn from its own imports, and one question followed through it from the key to the letter.

python docs/house/make.py              writes README.md beside this file, of the tree it stands in
python docs/house/make.py FOLDER       prints the same of another tree, an older one

The arrows are what one room's modules import of another's, as `import-linter` reads it; what is only named as a type counts too.
The question is written in the screen by its key and sent to the letter by two more, and the meeting is closed by commands; each module
that is handed its text is a stop.
"""
# ruff: noqa: INP001, T201  # a program, no package

from __future__ import annotations

import asyncio
import contextlib
import importlib
import io
import os
import re
import sys
import tempfile
import threading
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from types import FrameType
from typing import Any

import grimp

HERE = Path(__file__).parent
ROOT = HERE.parents[1]
TEXT = "Faut-il un mandat signé"
ASKS_AT_MOST = 300  # of one function, whether it holds the text


def room(module: str) -> str:
    """The room of a module: the folder below the package, or its own name at the top."""
    return module.split(".")[1] if module.count(".") else module


def drawing(root: Path) -> list[str]:
    """The rooms, how large they are and what each imports of the others, as Markdown with a Mermaid drawing."""
    graph = grimp.build_graph("facilitator", cache_dir=None)
    lines: Counter[str] = Counter()
    modules: Counter[str] = Counter()
    arrows: Counter[tuple[str, str]] = Counter()
    asked: Counter[str] = Counter()
    asks: Counter[str] = Counter()
    for module in graph.modules - {"facilitator"}:
        path = root.joinpath(*module.split("."))
        path = path / "__init__.py" if path.is_dir() else path.with_suffix(".py")
        lines[room(module)] += len(path.read_text(encoding="utf-8").splitlines())
        modules[room(module)] += 1
        for other in graph.find_modules_directly_imported_by(module) - {"facilitator"}:
            if room(other) != room(module):
                arrows[room(module), room(other)] += 1
                asked[other] += 1
                asks[module] += 1
    # Who imports most rooms stands at the top.
    order = sorted(modules, key=lambda one: (-sum(a == one for a, _ in arrows) + sum(b == one for _, b in arrows), one))
    said = ["```mermaid", "flowchart TD"]
    said += [f'  {one}["{one}<br/>{modules[one]} modules"]' for one in order]
    said += [
        f"  {a} -->|{n}| {b}"
        for (a, b), n in sorted(arrows.items(), key=lambda arrow: (order.index(arrow[0][0]), order.index(arrow[0][1])))
    ]
    said += ["```", "", "| Room | Modules | Lines | Rooms it imports | Rooms that import it |", "|---|---|---|---|---|"]
    for one in order:
        out, back = sum(a == one for a, _ in arrows), sum(b == one for _, b in arrows)
        said.append(f"| `{one}` | {modules[one]} | {lines[one]:,} | {out} | {back} |")
    both = sorted({tuple(sorted(arrow)) for arrow in arrows if arrow[::-1] in arrows})
    said += [
        "",
        f"Rooms that import each other: {', '.join('`' + '` and `'.join(pair) + '`' for pair in both) or 'none'}.",
    ]
    said += [
        "",
        "What most modules of other rooms ask: "
        + ", ".join(f"`{name.removeprefix('facilitator.')}` ({n})" for name, n in asked.most_common(8))
        + ".",
    ]
    said += [
        "",
        "Who asks most of other rooms: "
        + ", ".join(f"`{name.removeprefix('facilitator.')}` ({n})" for name, n in asks.most_common(8))
        + ".",
    ]
    return said


class Follower:
    """Notes, in their order, the modules that were handed the text, and the first function of each."""

    def __init__(self) -> None:
        self.stops: dict[str, str] = {}
        self._asked: Counter[Any] = Counter()

    def __call__(self, frame: FrameType, event: str, _argument: object) -> None:
        """What Python calls at each call of a function."""
        module = frame.f_globals.get("__name__", "")
        code = frame.f_code
        if (
            event != "call"
            or not module.startswith("facilitator.")
            or module in self.stops
            or self._asked[code] > ASKS_AT_MOST
        ):
            return
        self._asked[code] += 1
        if not code.co_name.startswith(("<", "__")) and any(
            _holds(frame.f_locals.get(name)) for name in code.co_varnames[: code.co_argcount + code.co_kwonlyargcount]
        ):
            self.stops[module] = code.co_name


def _holds(value: object) -> bool:
    if isinstance(value, str):
        return TEXT in value
    if isinstance(value, bytes):
        return TEXT.encode() in value
    if isinstance(value, tuple | list) or hasattr(value, "__struct_fields__"):
        return TEXT in repr(value)
    return False


@contextlib.contextmanager
def followed() -> Iterator[dict[str, str]]:
    """While this lasts the text is followed, in every thread that begins."""
    follower = Follower()
    threading.setprofile(follower)
    sys.setprofile(follower)
    try:
        yield follower.stops
    finally:
        sys.setprofile(None)
        threading.setprofile(None)  # type: ignore[arg-type]


def stops() -> dict[str, str]:
    """The modules that held a question that was written in the screen, sent to the letter and published, in that order."""
    main = _main()
    with tempfile.TemporaryDirectory() as folder:
        os.environ |= {
            "HOME": folder,
            "XDG_STATE_HOME": f"{folder}/state",
            "FACILITATOR_WORKSPACE": "",
            "LC_ALL": "fr_FR.UTF-8",
        }
        os.environ.pop("FACILITATOR_WORKSPACE")
        workspace = Path(folder, "ws")
        workspace.mkdir()
        os.chdir(workspace)
        (workspace / "facilitator.yaml").write_text("name: Réseau roannais\n", encoding="utf-8")
        with contextlib.redirect_stdout(io.StringIO()), contextlib.redirect_stderr(io.StringIO()), followed() as found:
            _run(main, "start")
            asyncio.run(_keys(workspace))
            _run(main, "adjourn")
            _run(main, "close")
        letters = {path.name for path in workspace.rglob("*.md") if TEXT in path.read_text(encoding="utf-8")}
        os.chdir(HERE)
    if len(letters) != 2:
        sys.exit(f"The question is not in the minutes and the letter, but in {sorted(letters)}.")
    return found


def _main() -> Any:  # noqa: ANN401  # of whatever tree
    try:
        return importlib.import_module("facilitator.cli.main").main
    except ModuleNotFoundError:
        return importlib.import_module("facilitator.cli").main


def _run(main: Any, *words: str) -> None:  # noqa: ANN401  # of whatever tree
    code = main(list(words))
    if code:
        sys.exit(f"facilitator {' '.join(words)}: {code}")


async def _keys(root: Path) -> None:
    from facilitator.i18n import translator
    from facilitator.store.workspace import Workspace
    from facilitator.tui.app import FacilitatorApp

    try:
        sessions = importlib.import_module("facilitator.meetings.session")
    except ModuleNotFoundError:
        sessions = importlib.import_module("facilitator.session")
    workspace = Workspace(root)
    session = sessions.Session.join(workspace, workspace.live()[0], terminal=True)
    try:
        async with FacilitatorApp(translator("fr"), session=session).run_test(size=(80, 24)) as pilot:
            await pilot.press("q", *TEXT, "enter", "escape")
            await pilot.press("s", "l")
            await pilot.pause()
    finally:
        session.leave()


def route(found: dict[str, str]) -> list[str]:
    """The stops as Markdown: those of one room that come one after the other stand on one line."""
    said: list[str] = []
    for module, function in found.items():
        stop = f"`{module.removeprefix('facilitator.')}` ({function})"
        if said and said[-1].startswith(f"1. **{room(module)}**"):
            said[-1] += f", {stop}"
        else:
            said.append(f"1. **{room(module)}**: {stop}")
    rooms = len({room(module) for module in found})
    return [
        f"{len(found)} modules in {rooms} rooms hold its text, {len(said)} times it goes from one room to another:",
        "",
        *said,
    ]


def page(root: Path) -> str:
    """All of it."""
    return "\n".join([*drawing(root), "", "### One question, from the key to the letter", "", *route(stops())])


if __name__ == "__main__":
    if sys.argv[1:]:
        sys.path.insert(0, sys.argv[1])
        print(page(Path(sys.argv[1])))
    else:
        text = (HERE / "README.md").read_text(encoding="utf-8")
        begin, end = "<!-- drawn -->\n", "\n<!-- /drawn -->"
        said = re.sub(f"{begin}.*?{end}", lambda _: f"{begin}{page(ROOT)}{end}", text, flags=re.DOTALL)
        (HERE / "README.md").write_text(said, encoding="utf-8")
