"""A workspace that is moved, replaced or deleted while no meeting goes on: a key says so, and nothing is written elsewhere."""

from __future__ import annotations

import asyncio
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from tui.conftest import at_once, looked_back, text_of

from facilitator.i18n import translator
from facilitator.store.workspace import Workspace
from facilitator.tui.app import FacilitatorApp

pytestmark = pytest.mark.asyncio

TITLE = "Les médiateurs du Roannais"


def renamed(root: Path) -> None:
    root.rename(root.with_name("ailleurs"))


def replaced(root: Path) -> None:
    renamed(root)
    root.mkdir()
    (root / "facilitator.yaml").write_text("name: Un autre\n")


def told(app: FacilitatorApp) -> str:
    return " ".join(text_of(app).replace("\u00a0", " ").split())


async def shows(app: FacilitatorApp, *words: str) -> bool:
    """Whether the screen says so, once it has made room for it."""
    for _ in range(100):
        if all(word in told(app) for word in words):
            return True
        await asyncio.sleep(0.02)
    return False


def is_there(folder: Path) -> bool:
    return folder.exists()


def files(folder: Path) -> list[str]:
    return sorted(str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file())


@pytest.fixture
def network(workspace: Workspace) -> Path:
    workspace.root.mkdir(exist_ok=True)
    workspace.config_file.write_text(f"name: {TITLE}\n")
    workspace.minutes_folder.mkdir()
    (workspace.minutes_folder / "2026-09-01-reseau.md").write_text("# Compte rendu de septembre\n")
    return workspace.root


KEYS = {"enter": "Bienvenue", "n": "Nouvelle rencontre", "s": "Suivis", "l": "Lettre"}


@pytest.mark.sampled(1)
@pytest.mark.parametrize("key", [*KEYS])
@pytest.mark.parametrize("move", [renamed, replaced])
async def test_a_key_does_nothing_once_and_then_acts_where_the_workspace_is_now(
    network: Path, key: str, move: Callable[[Path], None]
) -> None:
    app = FacilitatorApp(translator("fr"), workspace=Workspace(network))
    async with app.run_test(size=(100, 30)):
        await looked_back(app)
        move(network)
        before = files(network)
        await at_once(app, key)
        assert await shows(app, "a été déplacé", "rien n’a été fait")
        await looked_back(app)
        assert await shows(app, TITLE)
        await at_once(app, key)
        assert "rien n’a été fait" not in told(app)
        if key == "enter":
            await at_once(app, "right")
    assert files(network) == before
    if key == "enter":
        assert [name for name in files(network.with_name("ailleurs")) if name.endswith(".jsonl")]


@pytest.mark.ci
async def test_what_is_typed_is_written_where_the_workspace_is_now_by_a_second_enter(network: Path) -> None:
    app = FacilitatorApp(translator("fr"), workspace=Workspace(network))
    async with app.run_test(size=(100, 30)):
        await looked_back(app)
        await at_once(app, "n", "enter")
        renamed(network)
        await at_once(app, "enter")
        assert await shows(app, "rien n’a été fait") and not is_there(network)
        await at_once(app, "enter")
    assert not is_there(network)
    assert [name for name in files(network.with_name("ailleurs")) if name.startswith("agendas/")]


@pytest.mark.sampled(1)
@pytest.mark.parametrize("keys", [("enter",), ("n",), ("l",), ("s",), ("down", "enter")])
async def test_where_the_workspace_is_gone_every_key_that_would_act_says_so_and_nothing_is_made_again(
    network: Path, keys: tuple[str, ...]
) -> None:
    app = FacilitatorApp(translator("fr"), workspace=Workspace(network))
    async with app.run_test(size=(100, 30)):
        await looked_back(app)
        shutil.rmtree(network)
        for _ in range(2):
            await at_once(app, *keys)
            assert await shows(app, "n’est plus là")
        await at_once(app, "q")
    assert app.return_value == 0
    assert not is_there(network)


@pytest.mark.ci
async def test_past_minutes_are_read_again_where_they_are_now(network: Path) -> None:
    app = FacilitatorApp(translator("fr"), workspace=Workspace(network))
    async with app.run_test(size=(100, 30)):
        await looked_back(app)
        await at_once(app, "down", "enter")
        renamed(network)
        await at_once(app, "x", "escape")
        await looked_back(app)
        await at_once(app, "down", "enter")
        assert await shows(app, "septembre")
