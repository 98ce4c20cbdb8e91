"""The network between its meetings: counted first, listed with names on a key, searched as one types."""

from __future__ import annotations

import pytest
from many_minutes import write_many
from tui.conftest import at_once, looked_back, text_of

from facilitator.core.records import Record
from facilitator.i18n import translator
from facilitator.store.private import append_private
from facilitator.store.workspace import Workspace
from facilitator.tui.app import FacilitatorApp
from facilitator.tui.cells import cell_len
from facilitator.tui.screens.home import HomeScreen
from facilitator.tui.screens.network import NetworkScreen
from facilitator.tui.screens.past import ReadScreen

pytestmark = pytest.mark.asyncio

SECRET = "Un suivi très discret"


@pytest.fixture
def past(workspace: Workspace) -> Workspace:
    """A workspace with three meetings behind it, and something private."""
    write_many(workspace.minutes_folder, 3)
    workspace.config_file.write_text("name: Réseau du Roannais\n", encoding="utf-8")
    kept = Record(meeting="2018-01-09-reseau-00", kind="need", number="S1", text=SECRET, private=True)
    append_private(workspace, [kept])
    return workspace


async def arrived(app: FacilitatorApp, *keys: str) -> NetworkScreen:
    await looked_back(app)
    await at_once(app, *keys)
    assert isinstance(app.screen, NetworkScreen)
    await looked_back(app)
    return app.screen


async def test_what_is_open_is_counted_before_anybody_is_named(past: Workspace) -> None:
    app = FacilitatorApp(translator("fr"), workspace=past)
    async with app.run_test(size=(80, 24)):
        screen = await arrived(app, "s")
        shown = text_of(app)
        assert screen.known is not None and screen.known.open
        assert "À suivre" in shown and "individuel" not in shown and "3 comptes rendus" in shown
        named = {owner for one in screen.known.open for owner in one.owners}
        assert named and not any(owner in shown for owner in named)
        await at_once(app, "s")
        listed = text_of(app)
        assert any(one.text[:20] in listed for one in screen.known.open if not one.private)
        assert SECRET not in listed and "•••" in listed
        await at_once(app, "g")
        assert screen.by == "owner" and any(owner in text_of(app) for owner in named)
        await at_once(app, "s")
        assert text_of(app) == shown
        await at_once(app, "escape")
        assert isinstance(app.screen, HomeScreen)


async def test_the_past_is_found_as_one_types_and_opens(past: Workspace) -> None:
    app = FacilitatorApp(translator("fr"), workspace=past)
    async with app.run_test(size=(120, 36)):
        screen = await arrived(app, "f")
        await at_once(app, *"mediath")
        assert screen.found and all("médiathèque" in one.text + (one.answer or "") for one in screen.found)
        assert "médiathèque" in text_of(app) and "9 janvier 2018" in text_of(app)
        await at_once(app, "enter", "down", "enter")
        assert isinstance(app.screen, ReadScreen)
        assert app.screen.path.stem == screen.found[1].meeting
        await at_once(app, "escape", "escape")
        assert app.screen is screen and screen.found is None
        await at_once(app, "f", *"discret")
        assert screen.found == [] and "Rien." in text_of(app)


async def test_what_is_not_understood_does_nothing_and_a_search_given_up_leaves_nothing(past: Workspace) -> None:
    app = FacilitatorApp(translator("en"), workspace=past)
    async with app.run_test(size=(80, 24)):
        screen = await arrived(app, "s")
        await at_once(app, "g", "z", "enter", "f", "escape")
        assert (screen.by, screen.found, screen.listed) == ("meeting", None, False)
        await at_once(app, "f", *"charte", "enter", "s")
        assert screen.found is None and screen.listed


@pytest.mark.sampled(1)
@pytest.mark.parametrize("size", [(80, 24), (1, 1), (24, 8), (60, 18), (120, 36), (200, 50)])
async def test_nothing_runs_off_the_screen(past: Workspace, size: tuple[int, int]) -> None:
    app = FacilitatorApp(translator("fr"), workspace=past)
    async with app.run_test(size=size):
        await arrived(app, "s")
        for keys in ((), ("s",), ("g",), ("f", *"charte"), ("enter", "down")):
            await at_once(app, *keys)
            assert all(cell_len(line) <= size[0] for line in text_of(app).splitlines())


async def test_an_empty_network_says_so(workspace: Workspace) -> None:
    app = FacilitatorApp(translator("fr"), workspace=workspace)
    async with app.run_test(size=(80, 24)):
        await arrived(app, "s", "s")
        assert "Rien." in text_of(app)
