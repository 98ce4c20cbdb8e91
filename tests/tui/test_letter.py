"""The letter that is to go out: what waits, who answers, what is missing; answered and sent from where that is seen."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest
from share.postman import postman
from tui.conftest import at_once, text_of

from facilitator.core import acts as core
from facilitator.core.said import Fields
from facilitator.documents.minutes.reader import read_minutes
from facilitator.i18n import translator
from facilitator.meetings import publishing
from facilitator.meetings.letter_page import PageItem, letter_page, network_of
from facilitator.meetings.session import Session
from facilitator.tui.app import FacilitatorApp
from facilitator.tui.cells import cell_len
from facilitator.tui.screens.closing import ClosingScreen
from facilitator.tui.screens.letter import LetterScreen
from facilitator.tui.screens.past import ReadScreen

pytestmark = pytest.mark.asyncio


@pytest.fixture
def closed(seat: Session, monkeypatch: pytest.MonkeyPatch) -> Session:
    """A meeting that left one question to its letter, and answered another."""
    monkeypatch.setattr("facilitator.tui.screens.letter.local_today", lambda _zone: seat.setup.day)
    seat.act(core.Start())
    seat.act(core.Capture("decision", Fields(text="Une charte")))
    for text in ("Qui paie ?", "Quel outil pour signer un PDF sans compte, et sans rien installer sur le poste ?"):
        seat.act(core.Capture("question", Fields(text=text)))
    first, second = seat.meeting.of_kind("question")
    seat.act(core.Answer(first.id, "Personne."))
    seat.act(core.Send(second.id, "newsletter"))
    publishing.close(seat)
    return seat


def letter(seat: Session) -> str:
    (path,) = seat.workspace.newsletter_folder.glob("*.md")
    return path.read_text(encoding="utf-8").replace("\u00a0", " ").replace("\u202f", " ")


async def shown(app: FacilitatorApp, *keys: str) -> str:
    await at_once(app, *keys)
    return text_of(app).replace("\u00a0", " ").replace("\u202f", " ")


async def opened(seat: Session, app: FacilitatorApp) -> LetterScreen:
    """The letter, from the close."""
    await at_once(app, "c")
    assert isinstance(app.screen, ClosingScreen)
    await at_once(app, "l")
    assert isinstance(app.screen, LetterScreen)
    return app.screen


@pytest.mark.ci
async def test_it_tells_item_by_item_what_goes_out_who_answers_and_what_is_missing(closed: Session) -> None:
    app = FacilitatorApp(translator("fr"), session=closed)
    async with app.run_test(size=(80, 24)):
        await opened(closed, app)
        text = await shown(app)
    assert "Lettre d’information, décembre 2026" in text
    assert "1 question attend sa réponse." in text and "annoncée" not in text
    assert "Jusqu’au 15 décembre : AMI" in text and "**" not in text
    for words in ("Ce que nous avons décidé", "Une charte", "Vous avez demandé", "Qui paie ?", "Qui sait ?"):
        assert words in text
    assert (
        "installer sur le poste ?" in text and "g envoyé" in text
    )  # the chosen one is whole, and it is the one that waits
    (line,) = [line for line in text.split("\n") if "Quel outil" in line]
    assert "› Q2" in line and "Claire D." in line


@pytest.mark.ci
async def test_a_letter_that_announces_no_meeting_says_so_and_a_hand_s_own_items_are_there(closed: Session) -> None:
    (path,) = closed.workspace.newsletter_folder.glob("*.md")
    lines = [line for line in path.read_text().split("\n") if "Prochaine rencontre" not in line]
    path.write_text("\n".join(lines) + "\n## À part\n\n- Une fête, [le 3](https://example.org/)\n")
    app = FacilitatorApp(translator("fr"), session=closed)
    async with app.run_test(size=(80, 40)):
        await opened(closed, app)
        text = await shown(app)
    assert "n’y est pas annoncée : écrivez « Prochaine rencontre : … »" in " ".join(text.split())
    assert "Une fête, le 3" in text


@pytest.mark.ci
async def test_a_late_answer_typed_there_is_in_the_minutes_and_in_the_letter(closed: Session) -> None:
    app = FacilitatorApp(translator("fr"), session=closed)
    async with app.run_test(size=(80, 24)):
        screen = await opened(closed, app)
        await at_once(app, "o", *(["backspace"] * 20), *"aw", "enter")
        found = read_minutes(closed.draft_path.read_text()).find("question", 2)
        assert found and found.said.owners == ("Awa S.",)
        text = await shown(app, "r", *"La signature du navigateur.", "enter")
        assert screen.page is not None and not screen.page.waiting
        assert "Q2, réponse donnée" in text and "attend sa réponse" not in text
    found = read_minutes(closed.draft_path.read_text()).find("question", 2)
    assert found and found.said.answer == "La signature du navigateur."
    assert "  - La signature du navigateur." in letter(closed) and "[ ]" not in letter(closed)


@pytest.mark.ci
async def test_what_is_not_waited_for_is_not_answered_there_and_says_so(closed: Session) -> None:
    app = FacilitatorApp(translator("fr"), session=closed)
    before = letter(closed)
    async with app.run_test(size=(80, 24)):
        await opened(closed, app)
        text = await shown(app, "up", "r")
        assert "Q1 n’attend pas de réponse." in text
        await at_once(app, *"oui", "escape")
    assert letter(closed) == before


@pytest.mark.ci
async def test_the_files_to_send_are_written_and_that_it_is_sent_is_said_in_the_letter(closed: Session) -> None:
    app = FacilitatorApp(translator("fr"), session=closed)
    root = closed.workspace.root
    async with app.run_test(size=(80, 24)):
        await opened(closed, app)
        assert "share/2026-12.eml" in await shown(app, "m")
        assert (root / "share/2026-12.eml").read_bytes().startswith(b"Subject: ")
        assert "share/2026-12-chat.md" in await shown(app, "c")
        assert "**Qui sait ?** Quel outil pour signer" in (root / "share/2026-12-chat.md").read_text().replace(
            "\u202f", " "
        )
        assert "g encore une fois" in await shown(app, "g") and "sent:" not in letter(closed)
        text = await shown(app, "g")
        assert "va dans la suivante" in text and "\nsent: 2026-11-24\n---\n" in letter(closed)
        assert "n’a pas été envoyée" in await shown(app, "g") and letter(closed).count("sent:") == 1
        await at_once(app, "g")
        assert "sent:" not in letter(closed)
        await at_once(app, "enter")
        assert isinstance(app.screen, ReadScreen)


@pytest.mark.ci
async def test_where_the_network_has_a_server_the_mail_key_shows_the_letter_and_sends_it_once(
    closed: Session, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    with postman() as post:
        monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
        for name, said in (("HOST", f"127.0.0.1:{post.port}"), ("SECURITY", "none")):
            monkeypatch.setenv(f"FACILITATOR_SMTP_{name}", said)
        monkeypatch.setenv("FACILITATOR_SENDER", "lettre@example.org")
        file = tmp_path / "config" / "facilitator" / "recipients"
        file.parent.mkdir(parents=True)
        app = FacilitatorApp(translator("fr"), session=closed)
        async with app.run_test(size=(100, 40)):
            await opened(closed, app)
            assert "une adresse par ligne" in " ".join((await shown(app, "m")).split()) and not post.said
            file.write_text("awa@example.org\n")
            file.chmod(0o600)
            assert "Ce que nous avons décidé" in await shown(app, "m") and "awa@example.org" in text_of(app)
            assert not post.took
            await at_once(app, "enter")
            for _ in range(400):
                if "Envoyé" in text_of(app):
                    break
                await asyncio.sleep(0.01)
            assert len(post.took) == 1 and b"awa@example.org" in post.took[0]
            assert "à tous" in await shown(app, "m") and len(post.took) == 1


@pytest.mark.ci
async def test_that_it_is_sent_is_asked_for_twice_whatever_waits(closed: Session) -> None:
    (path,) = closed.workspace.newsletter_folder.glob("*.md")
    path.write_text(path.read_text().replace("- [ ]", "- [x]"))
    app = FacilitatorApp(translator("fr"), session=closed)
    async with app.run_test(size=(80, 24)):
        await opened(closed, app)
        assert "g encore une fois" in await shown(app, "g") and "sent:" not in letter(closed)
        await at_once(app, "down", "g")
        assert "sent:" not in letter(closed)


@pytest.mark.ci
async def test_the_arrows_go_from_letter_to_letter(closed: Session) -> None:
    (path,) = closed.workspace.newsletter_folder.glob("*.md")
    path.with_name("2026-11.md").write_text(
        path.read_text().replace("2026-12", "2026-11").replace("Qui paie", "Novembre")
    )
    app = FacilitatorApp(translator("fr"), session=closed)
    async with app.run_test(size=(80, 24)):
        await opened(closed, app)
        assert "novembre 2026" in (await shown(app, "left")).splitlines()[0]
        assert "pas d’autre lettre" in await shown(app, "left")
        assert "décembre 2026" in (await shown(app, "right")).splitlines()[0]


@pytest.mark.ci
async def test_a_letter_that_nothing_can_change_is_said_and_left_alone(closed: Session) -> None:
    (path,) = closed.workspace.newsletter_folder.glob("*.md")
    path.write_text("<<<<<<< a\n" + path.read_text() + "=======\n>>>>>>> b\n")
    before = path.read_bytes()
    app = FacilitatorApp(translator("fr"), session=closed)
    async with app.run_test(size=(80, 24)):
        await opened(closed, app)
        assert "ne peut plus être lue" in await shown(app, "r", "g", "g", "m", "o")
    assert path.read_bytes() == before


async def test_home_leads_there_before_the_past_was_looked_at(closed: Session, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("facilitator.tui.screens.home.local_today", lambda _zone: closed.setup.day)
    monkeypatch.setattr("facilitator.tui.screens.home.HomeScreen._look_back", lambda _: None)
    app = FacilitatorApp(translator("fr"), workspace=closed.workspace)
    async with app.run_test(size=(120, 36)):
        await at_once(app, "l")
        assert isinstance(app.screen, LetterScreen)
        closed.workspace.newsletter_folder.joinpath("2026-12.md").unlink()
        await at_once(app, "escape", "l")
        assert "pas encore de lettre" in text_of(app)


@pytest.mark.ci
@pytest.mark.sampled(1)
@pytest.mark.parametrize("size", [(80, 24), (1, 1), (24, 8), (60, 18), (120, 36), (200, 50)])
async def test_nothing_of_the_letter_runs_off_the_screen(closed: Session, size: tuple[int, int]) -> None:
    app = FacilitatorApp(translator("fr"), session=closed)
    async with app.run_test(size=size):
        await at_once(app, "c", "l", "down", "down")
        assert all(cell_len(line) <= size[0] for line in text_of(app).splitlines())


async def test_numbers_are_said_in_the_language_of_the_screen(seat: Session) -> None:
    seat.act(core.Start())
    seat.act(core.Capture("need", Fields(text="Une salle")))
    publishing.close(seat)
    workspace = seat.workspace
    for language, number in (("en", "N1"), ("fr", "B1")):
        page = letter_page(workspace, network_of(seat.meeting), "2026-12", language)
        assert page is not None and number in [item.number for item in page.items]


@pytest.mark.ci
async def test_the_words_of_an_item_are_read_whole_chosen_or_not_and_the_name_stands_near(
    app: FacilitatorApp, closed: Session
) -> None:
    text = "Peut-on prêter du matériel entre structures, et qui assure ce qui est prêté au loin ?"
    item = PageItem(heading="Qui sait ?", number="Q5", text=text, waits=True, who=("Claire Dumas",))
    async with app.run_test(size=(80, 24)):
        screen = await opened(closed, app)
        for chosen in (True, False):
            rows = ["".join(part for part, _ in row) for row in screen._item_rows(item, 80, chosen=chosen)]
            assert all(word in " ".join(rows) for word in text.split()) and "Claire Dumas" in rows[0]
        wide = ["".join(part for part, _ in row) for row in screen.placed_rows(200)[0]]
        assert max(map(cell_len, wide)) <= 120
