"""After the close, on the screen: what can go out, one key each; what deserves a look, mended or accepted where it is shown."""

from __future__ import annotations

import asyncio
import subprocess
import threading

import pytest
from share.receiver import receiving
from textual.pilot import Pilot
from tui.conftest import Clock, text_of

from facilitator.core import acts as core
from facilitator.core.said import Fields
from facilitator.meetings import publishing
from facilitator.meetings.session import Session
from facilitator.share import again
from facilitator.share.git import Repository
from facilitator.tui import retrying
from facilitator.tui.app import FacilitatorApp
from facilitator.tui.screens import leaving
from facilitator.tui.screens.preview import PreviewScreen

pytestmark = pytest.mark.asyncio


@pytest.fixture(autouse=True)
def _nothing_of_the_users(tmp_path, monkeypatch):
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    for name in ("FACILITATOR_WEBHOOK", "FACILITATOR_SMTP_HOST", "DISPLAY", "WAYLAND_DISPLAY"):
        monkeypatch.delenv(name, raising=False)


@pytest.fixture
def asked(seat: Session) -> Session:
    """A question for the chat in which a telephone number stands, and an action of nobody's."""
    seat.act(core.Start())
    seat.act(core.Attend("Awa K."))
    question = seat.act(core.Capture("question", Fields(text="Qui appelle le 06 12 34 56 78 ?"))).entry
    assert question is not None
    seat.act(core.Send(question.id, "mattermost", owner="Nora T."))
    seat.act(core.Capture("action", Fields(text="Rédiger la charte")))
    return seat


@pytest.fixture
def closed(asked: Session) -> Session:
    publishing.close(asked)
    return asked


@pytest.fixture
def cloned(closed: Session) -> Session:
    """The same, in a repository with another one elsewhere."""
    for words in (["init", "-q"], ["remote", "add", "origin", "x"]):
        subprocess.run(["git", *words], cwd=closed.workspace.root, check=True)
    return closed


def nobody_there(monkeypatch: pytest.MonkeyPatch) -> int:
    """Nobody listens where the chat is said to be, and that is tried again at once; the port, for whoever comes to listen."""
    with receiving() as chat:
        monkeypatch.setenv("FACILITATOR_WEBHOOK", chat.address())
        monkeypatch.setattr(retrying, "DELAYS_S", (0.05,))
        return chat.server_port


async def post_in_vain(app: FacilitatorApp, pilot: Pilot[None]) -> None:
    """Publish the question for the chat, which finds nobody and waits."""
    await pilot.press("c")
    await until(app, "1 question pour")
    await pilot.press("1", "enter")
    await until(app, "1 envoi en attente")


class Hanging:
    """Work that has `begun` and goes on until it is `over`, then returns this; in the place of a method."""

    def __init__(self, returns: object) -> None:
        self.returns = returns
        self.begun, self.over = threading.Event(), threading.Event()

    def __call__(self) -> object:
        self.begun.set()
        self.over.wait(10)
        return self.returns


async def until(app: FacilitatorApp, *words: str) -> str:
    """What the screen shows, once it shows this; what is done beside the loop takes its time."""
    for _ in range(400):
        if all(word in text_of(app) for word in words):
            return text_of(app)
        await asyncio.sleep(0.01)
    raise AssertionError(text_of(app))


@pytest.mark.ci
async def test_what_deserves_a_look_is_mended_where_it_is_shown_before_the_close(
    app: FacilitatorApp, asked: Session, clock: Clock
) -> None:
    async with app.run_test(size=(100, 40)) as pilot:
        await pilot.press("c", "down")
        assert "un numéro de téléphone : 06 12 34 56 78".replace(" :", "\u00a0:") in text_of(app)
        await pilot.press("d", *"15 décembre", "enter", "e", *["backspace"] * 31, *"Qui ?", "enter")
        assert asked.meeting.find("question", 1).text == "Qui ?"
        assert str(asked.meeting.find("question", 1).due) == "2026-12-15"
        assert "06 12" not in text_of(app)
        await pilot.press("up", "e", *" !", "enter")
        assert asked.meeting.find("action", 1).text == "Rédiger la charte !"


@pytest.mark.ci
async def test_what_is_accepted_is_shown_no_more_and_the_close_never_stops(
    app: FacilitatorApp, asked: Session, clock: Clock
) -> None:
    async with app.run_test(size=(100, 40)) as pilot:
        await pilot.press("c", "down", "a")
        assert "Accepté" in text_of(app) and "!" not in text_of(app).replace("Accepté", "")
        await pilot.press("enter")
        assert asked.meeting.state == "closed"
        await until(app, "1 point à regarder")  # the action that nobody does


@pytest.mark.ci
async def test_a_closed_meeting_offers_what_can_go_out_and_says_what_is_left(
    app: FacilitatorApp, closed: Session
) -> None:
    async with app.run_test(size=(100, 40)) as pilot:
        await pilot.press("c")
        said = await until(app, "Cette semaine")
        assert "1 question à copier" in said and "aucun dépôt git ici" in said and "interroger Mattermost" in said
        await pilot.press("1")
        assert "Copié" in text_of(app) and "Qui sait" in app.clipboard
        await pilot.press("5")
        assert (closed.workspace.leaving_folder / f"{closed.meeting.id}.html").exists()
        await pilot.press("2")
        await until(app, "Aucun programme")
        await pilot.press("3")
        assert " ".join(text_of(app).split()).count("aucun dépôt git ici") == 2


@pytest.mark.ci
async def test_a_key_of_the_entries_mends_what_was_published(app: FacilitatorApp, closed: Session) -> None:
    async with app.run_test(size=(100, 40)) as pilot:
        await pilot.press("c", "e", "o", *"a", "enter")
        assert "Plusieurs : Awa S., Awa K." in " ".join(text_of(app).split())
        await pilot.press("backspace", *"nor", "enter")
        await until(app, "A1", "Cette semaine")
        assert "Nora T." in closed.draft_path.read_text() and "personne pour l’instant" not in text_of(app)
        await pilot.press("down", "d", *"jamais", "enter")
        assert "ne désigne aucun jour" in text_of(app)
        await pilot.press("escape", "a")
        await until(app, "Accepté")
        assert "! un" not in text_of(app)


@pytest.mark.ci
async def test_what_is_posted_is_read_first_and_sent_off_the_loop(
    app: FacilitatorApp, closed: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = {path: path.read_bytes() for path in closed.folder.rglob("*.jsonl")}
    with receiving() as chat:
        monkeypatch.setenv("FACILITATOR_WEBHOOK", chat.address())
        async with app.run_test(size=(100, 40)) as pilot:
            await pilot.press("c")
            await until(app, "1 question pour 127.0.0.1")
            await pilot.press("1")
            assert isinstance(app.screen, PreviewScreen) and chat.got == []
            assert "Qui sait" in text_of(app) and "téléphone" in text_of(app)
            await pilot.press("escape", "1", "enter")
            await until(app, "1 message publié.", "le message pour Mattermost · publié")
            assert len(chat.got) == 1
            assert {path: path.read_bytes() for path in closed.folder.rglob("*.jsonl")} == before
            await pilot.press("1")
            assert not isinstance(app.screen, PreviewScreen)


@pytest.mark.ci
async def test_keys_act_while_a_push_hangs_and_a_second_one_is_not_begun(
    app: FacilitatorApp, cloned: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    push, stopped = Hanging(leaving.Shared(sent=1)), list[bool]()
    monkeypatch.setattr(leaving.Sharing, "send", push)
    monkeypatch.setattr(Repository, "stop", lambda _: stopped.append(True))
    async with app.run_test(size=(100, 40)) as pilot:
        await pilot.press("c")
        await until(app, "à partager")
        await pilot.press("3", "enter")
        assert push.begun.wait(5)
        await pilot.press("3")
        assert "En cours" in text_of(app)
        await pilot.press("m", "escape", "u", "u")
        assert cloned.meeting.state == "adjourned"
        push.over.set()
        await until(app, "Envoyé.")


@pytest.mark.ci
async def test_a_close_on_the_screen_commits_as_the_network_wants(
    app: FacilitatorApp, asked: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    committed: list[object] = []
    monkeypatch.setattr(leaving.Sharing, "commit", lambda _self, only: committed.append(only) or ("minutes/x.md",))
    asked.workspace.config_file.write_text("share: { commit: true }\n")
    async with app.run_test(size=(100, 40)) as pilot:
        await pilot.press("c", "enter")
        await until(app, "Enregistrés dans git", "minutes/x.md")
    assert committed == [(asked.draft_path, asked.workspace.newsletter_folder / "2026-12.md")]


@pytest.mark.ci
async def test_what_waits_is_said_and_goes_out_by_itself(
    app: FacilitatorApp, closed: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    port = nobody_there(monkeypatch)
    async with app.run_test(size=(100, 40)) as pilot:
        await post_in_vain(app, pilot)
        with receiving(port=port) as chat:
            await until(app, "Parti", "Mattermost · publié")
            assert "en attente" not in text_of(app) and len(chat.got) == 1


@pytest.mark.ci
async def test_a_screen_is_left_and_keys_act_while_a_try_hangs(
    app: FacilitatorApp, closed: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    trying = Hanging(again.Tried())
    nobody_there(monkeypatch)
    monkeypatch.setattr(again.Again, "run", trying)
    async with app.run_test(size=(100, 40)) as pilot:
        await post_in_vain(app, pilot)
        for _ in range(200):
            if trying.begun.is_set():
                break
            await asyncio.sleep(0.01)
        await pilot.press("1")
        assert "En cours" in text_of(app)
        await pilot.press("u", "u")
        assert closed.meeting.state == "adjourned"
        await pilot.press("ctrl+q")
    trying.over.set()
