"""The network between its meetings: counted first, listed with names on a key, searched as one types."""

from __future__ import annotations

import datetime
import re
from types import SimpleNamespace

import pytest
from many_minutes import write_many
from tui.conftest import at_once, looked_back, text_of

from facilitator.core.followups import follow_ups
from facilitator.core.records import Record
from facilitator.documents.minutes.entry import MinutesEntry, MinutesToWrite, StepToWrite
from facilitator.documents.minutes.writer import write_minutes
from facilitator.documents.network import read_network
from facilitator.i18n import translator
from facilitator.store.private import append_private
from facilitator.store.workspace import Workspace
from facilitator.tui.app import FacilitatorApp
from facilitator.tui.cells import cell_len
from facilitator.tui.screens.home import HomeScreen
from facilitator.tui.screens.network import PANELS, NetworkScreen, _soon_panel, known_of
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


@pytest.mark.ci
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


@pytest.mark.ci
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


@pytest.mark.ci
@pytest.mark.sampled(1)
@pytest.mark.parametrize("size", [(80, 24), (1, 1), (24, 8), (60, 18), (120, 36), (200, 50)])
async def test_nothing_runs_off_the_screen(past: Workspace, size: tuple[int, int]) -> None:
    app = FacilitatorApp(translator("fr"), workspace=past)
    async with app.run_test(size=size):
        await arrived(app, "s")
        for keys in ((), ("s",), ("g",), ("f", *"charte"), ("enter", "down")):
            await at_once(app, *keys)
            assert all(cell_len(line) <= size[0] for line in text_of(app).splitlines())


async def test_the_panels_tell_dates_rhythm_whose_turn_it_is_what_returns_and_figures_as_bars(
    workspace: Workspace,
) -> None:
    """Names of whose turn it is, and no reasons: these would compare people."""
    workspace.minutes_folder.mkdir(parents=True)
    for month in (1, 2, 3):
        write(workspace, month)
    settings = (
        "name: Réseau du Roannais\nmembers: [{ name: Zoé Martin, place: Mably }]\n"
        "calendar: { pattern: [meeting], day: 2e mardi }\n"
    )
    workspace.config_file.write_text(settings, encoding="utf-8")
    network = read_network(settings.encode(), name="", tr=translator("fr"))
    known = known_of(workspace, network, datetime.date(2026, 3, 20))
    told = {title: lines for title, lines in (panel(translator("fr"), known) for panel in PANELS) if lines}
    text = "\n".join(told["Dates et rythme"]).replace("\u00a0", " ")
    assert "Prochaine rencontre : mardi 14 avril 2026" in text and "Dernière rencontre : mardi 10 mars 2026" in text
    assert "J F M A M J J A S O N D\n✓ ✓ ✓ ○ ○ ○ ○ ○ ○ ○ ○ ○\n✓ tenu  ○ à venir\n3 mois sur 3 tenus." in text
    assert told["À qui le tour"][0].replace("\u00a0", " ") == "Accueillir : Zoé Martin"
    assert told["Besoins qui reviennent"] == ["Une trame d’atelier · 3 rencontres"]
    figures = "\n".join(told["Chiffres de 2026"])
    assert "13 janvier" in figures and re.search(r"répondues? en séance +3  █{24}", figures)
    app = FacilitatorApp(translator("fr"), workspace=workspace)
    async with app.run_test(size=(120, 50)):
        await arrived(app, "s")
        shown = text_of(app)
        assert all(title in shown for title in told if not title.startswith("Chiffres")) and "▇▇▇" in shown


def write(workspace: Workspace, month: int) -> None:
    """Minutes of a second Tuesday: a question that was answered, and a need."""
    day = {1: 13, 2: 10, 3: 10}[month]
    entries = (
        MinutesEntry(kind="question", number=1, text=f"Qui {month} ?", step=1, outcome="answered", answer="Oui."),
        MinutesEntry(kind="need", number=1, text="Une trame d’atelier", step=1),
    )
    meeting = f"2026-{month:02}-{day:02}-r"
    steps = (StepToWrite(1, "needs", "Besoins", 20, 20),)
    date = datetime.date(2026, month, day)
    text = write_minutes(MinutesToWrite(meeting, "R", date, "Europe/Paris", "fr", steps, entries, place="Mably"))
    (workspace.minutes_folder / f"{meeting}.md").write_text(text, encoding="utf-8")


async def test_an_empty_network_says_so(workspace: Workspace) -> None:
    app = FacilitatorApp(translator("fr"), workspace=workspace)
    async with app.run_test(size=(80, 24)):
        await arrived(app, "s", "s")
        assert "Rien." in text_of(app)


async def test_what_is_to_be_done_within_two_weeks_is_told_without_names(workspace: Workspace) -> None:
    today = datetime.date(2026, 11, 24)
    found = [
        Record(meeting="2026-11-10-r", kind="action", number=f"A{days}", text=f"Dans {days}", owners=("Awa",), due=due)
        for days in (-1, 6, 30)
        for due in (today + datetime.timedelta(days=days),)
    ]
    known = SimpleNamespace(open=follow_ups(found, today), today=today)
    _, lines = _soon_panel(translator("fr"), known)
    assert len(lines) == 1 and "Dans 6" in lines[0] and "Awa" not in lines[0]
