"""Home answers *what now?*: what goes on or is today's first, then what is due, the next dates, what was held."""

from __future__ import annotations

import asyncio
import datetime

import pytest
from tui.conftest import AGENDA, NETWORK, looked_back, text_of

from facilitator.core import acts as core
from facilitator.core.cycle.inbox import InboxItem
from facilitator.core.records import Record
from facilitator.core.said import Fields
from facilitator.documents.agenda import read_agenda
from facilitator.i18n import translator
from facilitator.meetings import inbox, publishing
from facilitator.meetings.session import Session
from facilitator.share.pending import Pending, now, settle
from facilitator.store.workspace import Workspace
from facilitator.tui import retrying
from facilitator.tui.app import FacilitatorApp
from facilitator.tui.cells import cell_len
from facilitator.tui.screens.help import HelpScreen
from facilitator.tui.screens.home import HomeScreen
from facilitator.tui.screens.letter import LetterScreen
from facilitator.tui.screens.meeting import MeetingScreen
from facilitator.tui.screens.new import NewScreen
from facilitator.tui.screens.past import ReadScreen

pytestmark = pytest.mark.asyncio

TODAY = datetime.date(2026, 11, 24)
ONE = "title: {title}\ndate: {day}\nstart: '09:30'\nplace: {{name: Castel}}\nsteps: [{{kind: needs, duration: 20m}}]\n"
CARRIED = "carried:\n  - {{from: 2026-10-13-roannais, number: Q2, text: Une ?}}\n"


@pytest.fixture(autouse=True)
def _today(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("facilitator.tui.screens.home.local_today", lambda _zone: TODAY)


def write(workspace: Workspace, title: str, day: str, more: str = "") -> None:
    workspace.agendas_folder.mkdir(exist_ok=True)
    (workspace.agendas_folder / f"{day}-{title}.yaml").write_text((ONE + more).format(title=title, day=day))


def rows_of(app: FacilitatorApp) -> list[str]:
    return [line.strip(" ╭─╮│╰╯").replace("\u00a0", " ").replace("\u202f", " ") for line in text_of(app).splitlines()]


def place(app: FacilitatorApp, words: str) -> int:
    return next(row for row, line in enumerate(rows_of(app)) if words in line)


async def test_today_stands_first_with_hour_place_and_what_was_carried_over_and_enter_does_it(
    workspace: Workspace,
) -> None:
    write(workspace, "Plus tard", "2026-12-08")
    write(workspace, "Du jour", "2026-11-24", CARRIED)
    write(workspace, "Passée", "2026-10-13")
    app = FacilitatorApp(translator("fr"), workspace=workspace)
    async with app.run_test(size=(80, 24)) as pilot:
        await looked_back(app)
        assert "Aujourd’hui 9 h 30 · Castel · 1 point reporté" in rows_of(app)
        assert place(app, "› Du jour") < place(app, "Plus tard") < place(app, "La rencontre type")
        assert "8 décembre" in rows_of(app)[place(app, "Plus tard")]
        assert "Passée" not in text_of(app) and ".yaml" not in text_of(app)
        await pilot.press("enter")
        await pilot.pause()
        assert isinstance(app.screen, MeetingScreen)
        assert app.desk is not None and app.desk.meeting.opened.agenda.title == "Du jour"


@pytest.mark.ci
async def test_the_live_meeting_stands_first_and_not_among_the_past(seat: Session) -> None:
    seat.act(core.Start())
    publishing.write_draft(seat)
    write(seat.workspace, "Du jour", "2026-11-24")
    app = FacilitatorApp(translator("fr"), workspace=seat.workspace)
    async with app.run_test(size=(80, 24)) as pilot:
        await looked_back(app)
        assert rows_of(app).index("Maintenant") + 1 == place(app, f"› {AGENDA.title}")
        assert text_of(app).count(AGENDA.title) == 1 and "Rencontres passées" not in text_of(app)
        await pilot.press("enter")
        await pilot.pause()
        assert isinstance(app.screen, MeetingScreen)


@pytest.fixture
def held(seat: Session) -> Session:
    seat.act(core.Start())
    seat.act(core.Capture("action", Fields(text="Rédiger la charte")))
    for text in ("Qui paie ?", "Qui vient ?"):
        question = seat.act(core.Capture("question", Fields(text=text))).entry
        assert question is not None
        seat.act(core.Send(question.id, "newsletter"))
    publishing.close(seat)
    return seat


@pytest.mark.ci
async def test_what_is_due_is_counted_and_what_was_held_is_named_by_title_and_day(held: Session) -> None:
    held.workspace.config_file.write_text("calendar: {next_meeting: 2026-12-08}\n", encoding="utf-8")
    app = FacilitatorApp(translator("fr"), workspace=held.workspace)
    async with app.run_test(size=(80, 24)) as pilot:
        await looked_back(app)
        shown = "\n".join(rows_of(app))
        assert "Lettre, décembre 2026 : 3 éléments, 2 sans réponse" in shown
        assert "1 action à regarder" in shown and "3 suivis encore ouverts" in shown
        assert "Prochaine rencontre : mardi 8 décembre 2026" in shown
        assert AGENDA.title in rows_of(app)[place(app, "Rencontres passées") + 1]
        assert "roannais" not in shown and ".md" not in shown
        assert "Rédiger" not in shown and "Qui paie" not in shown
        await pilot.press("down", "enter")
        assert isinstance(app.screen, ReadScreen) and app.screen.meeting == held.meeting.id
        assert "24 novembre 2026" in rows_of(app)[0] and held.meeting.id not in text_of(app)


async def test_what_waits_to_be_sent_is_counted_and_tried_while_home_is_looked_at(
    held: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    waits = Pending("mail", "x", ("awa@example.org",), now(), "2026-11-24-roannais", "y")
    settle(held.workspace, waits, waits.parts)
    monkeypatch.setattr(retrying, "DELAYS_S", (0.05,))
    app = FacilitatorApp(translator("fr"), workspace=held.workspace)
    async with app.run_test(size=(80, 24)) as pilot:
        await looked_back(app)
        assert "1 envoi en attente" in text_of(app) and "example.org" not in text_of(app)
        for _ in range(200):
            await pilot.pause(0.01)
            if "en attente" not in text_of(app):
                break
        assert "en attente" not in text_of(app)  # where it goes is no longer known: that is said, once


async def test_a_next_meeting_of_the_settings_that_is_past_is_said(held: Session) -> None:
    held.workspace.config_file.write_text("calendar: {next_meeting: 2026-11-10}\n", encoding="utf-8")
    app = FacilitatorApp(translator("fr"), workspace=held.workspace)
    async with app.run_test(size=(80, 24)):
        await looked_back(app)
        shown = " ".join(rows_of(app))
        assert (
            "la prochaine rencontre, mardi 10 novembre 2026, est passée" in shown and "Prochaine rencontre" not in shown
        )


async def test_what_was_settled_since_the_agenda_was_written_is_not_counted_as_carried_over(held: Session) -> None:
    carried = "carried:\n" + "".join(
        f"  - {{{{from: {held.meeting.id}, number: {n}, text: x}}}}\n" for n in ("Q1", "Q2", "A1")
    )
    write(held.workspace, "Du jour", "2026-11-24", carried)
    path = held.workspace.minutes_folder / f"{held.meeting.id}.md"
    path.write_text(path.read_text().replace("- [ ]", "- [x]"))
    app = FacilitatorApp(translator("fr"), workspace=held.workspace)
    async with app.run_test(size=(80, 24)):
        await looked_back(app)
        assert "2 points reportés" in text_of(app).replace("\u00a0", " ")


async def test_an_agenda_that_was_held_is_past(held: Session) -> None:
    write(held.workspace, "roannais", "2026-11-24", "slug: roannais\n")
    app = FacilitatorApp(translator("fr"), workspace=held.workspace)
    async with app.run_test(size=(80, 24)):
        await looked_back(app)
        assert "Aujourd’hui" not in text_of(app)


async def test_the_first_frame_looks_at_nothing_that_is_past(
    held: Session, workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> None:
        raise AssertionError

    monkeypatch.setattr(Workspace, "minutes_files", fail)
    monkeypatch.setattr("facilitator.meetings.past.archive_of", fail)
    monkeypatch.setattr("facilitator.tui.screens.home.HomeScreen._look_back", lambda _: None)
    app = FacilitatorApp(translator("fr"), workspace=workspace)
    async with app.run_test(size=(80, 24)):
        assert "La rencontre type" in text_of(app)


async def test_an_empty_folder_says_what_can_be_done(workspace: Workspace) -> None:
    app = FacilitatorApp(translator("fr"), workspace=workspace)
    async with app.run_test(size=(60, 18)) as pilot:
        await looked_back(app)
        shown = rows_of(app)
        assert "aucune rencontre" in " ".join(shown)
        assert [line.split()[0] for line in shown if line.startswith(("Entrée ", "n ", "h "))] == ["Entrée", "n", "h"]
        await pilot.press("l")
        assert "pas encore de lettre" in text_of(app)
        await pilot.press("h")
        assert isinstance(app.screen, HelpScreen) and "suivis" in text_of(app)


async def test_wide_there_are_two_columns_with_the_steps_of_today_and_where_past_meetings_were(held: Session) -> None:
    write(held.workspace, "Du jour", "2026-11-24")
    app = FacilitatorApp(translator("fr"), workspace=held.workspace)
    async with app.run_test(size=(120, 36)) as pilot:
        await looked_back(app)
        assert "Aujourd’hui" in rows_of(app)[2] and "À suivre" in rows_of(app)[2]
        assert "Besoins et questions" in text_of(app) and AGENDA.title in text_of(app)
        assert all(line[:1] in ("", " ") for line in text_of(app).splitlines()) and "20 min" in text_of(app)
        await pilot.press("down", "down")
        assert isinstance(app.screen, HomeScreen) and app.screen.choices[app.screen.at].section == "Rencontres passées"
        assert f"› {AGENDA.title}" in text_of(app)


@pytest.mark.ci
@pytest.mark.sampled(2)
@pytest.mark.parametrize("language", ["fr", "en"])
@pytest.mark.parametrize("size", [(60, 18), (80, 24), (120, 36), (200, 50)])
async def test_nothing_of_home_runs_off_the_screen_and_what_is_chosen_is_seen(
    held: Session, language: str, size: tuple[int, int]
) -> None:
    for day in range(10, 30):
        write(
            held.workspace,
            f"Une rencontre au titre bien long, numéro {day}, que personne ne lira en entier",
            f"2026-12-{day}",
        )
    app = FacilitatorApp(translator(language), workspace=held.workspace)
    async with app.run_test(size=size) as pilot:
        await looked_back(app)
        for _ in app.screen.ids():
            assert sum("›" in line for line in text_of(app).splitlines()) == 1
            assert all(cell_len(line) <= size[0] for line in text_of(app).splitlines())
            await pilot.press("down")


@pytest.mark.ci
async def test_a_new_meeting_is_written_from_a_template_chosen_by_what_it_is_for(held: Session) -> None:
    app = FacilitatorApp(translator("fr"), workspace=held.workspace)
    async with app.run_test(size=(80, 24)) as pilot:
        await looked_back(app)
        await pilot.press("n")
        assert isinstance(app.screen, NewScreen)
        assert "Rencontre type, 2 h 30" in " ".join(rows_of(app)) and "visio" in text_of(app)
        await pilot.press("enter", *["backspace"] * 10, *"8/12x", "enter")
        assert not held.workspace.agendas_folder.exists() and "n’est pas une date" in text_of(app)
        await pilot.press("backspace", "enter")
        (written,) = held.workspace.agendas_folder.glob("*.yaml")
        agenda = read_agenda(written.read_bytes(), name="x", tr=translator("fr"))
        assert agenda.date == datetime.date(2026, 12, 8) and [one.number for one in agenda.carried] == [
            "Q1",
            "Q2",
            "A1",
        ]
        assert "mardi 8 décembre 2026" in text_of(app)
        await pilot.press("escape")
        await looked_back(app)
        assert "› Rencontre du réseau" in text_of(app) and "8 décembre" in text_of(app)
        await pilot.press("n", "enter", *["backspace"] * 10, *"8/12", "enter")
        assert "existe déjà" in text_of(app)


async def test_what_was_taken_up_individually_meanwhile_is_not_carried_over_from_the_screen(
    held: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    taken_up = Record(meeting=held.meeting.id, kind="question", number="Q1", text="Qui paie ?")
    monkeypatch.setattr("facilitator.tui.screens.new.read_private", lambda _: [taken_up])
    app = FacilitatorApp(translator("fr"), workspace=held.workspace)
    async with app.run_test(size=(80, 24)) as pilot:
        await looked_back(app)
        await pilot.press("n", "enter", "enter")
        (written,) = held.workspace.agendas_folder.glob("*.yaml")
        assert "Qui vient" in text_of(app) and "Qui paie" not in written.read_text(encoding="utf-8") + text_of(app)


@pytest.mark.ci
async def test_nothing_private_comes_into_an_agenda_written_from_the_screen(seat: Session) -> None:
    seat.act(core.Start())
    seat.act(core.Capture("individual", Fields(text="Mme Durand ne lit pas")))
    publishing.close(seat)
    app = FacilitatorApp(translator("fr"), workspace=seat.workspace)
    async with app.run_test(size=(80, 24)) as pilot:
        await looked_back(app)
        await pilot.press("n", "enter", "enter")
        (written,) = seat.workspace.agendas_folder.glob("*.yaml")
        assert "Durand" not in written.read_text(encoding="utf-8") + text_of(app)


@pytest.mark.ci
async def test_the_letter_is_read_with_one_key(held: Session) -> None:
    app = FacilitatorApp(translator("fr"), workspace=held.workspace)
    async with app.run_test(size=(80, 24)) as pilot:
        await looked_back(app)
        await pilot.press("l")
        await pilot.pause()
        assert isinstance(app.screen, LetterScreen) and "Qui paie" in text_of(app)


@pytest.mark.parametrize("language", ["fr", "en"])
async def test_the_footer_of_home_always_has_help_and_the_way_out(workspace: Workspace, language: str) -> None:
    app = FacilitatorApp(translator(language), workspace=workspace)
    async with app.run_test(size=(60, 18)):
        footer = text_of(app).splitlines()[-1].split()
        assert {"h", "q"} < set(footer)
    assert NETWORK.name


async def test_at_120_columns_what_is_past_keeps_its_place_from_the_first_frame(
    held: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    look_back = HomeScreen._look_back
    monkeypatch.setattr(HomeScreen, "_look_back", lambda _: None)
    app = FacilitatorApp(translator("fr"), workspace=held.workspace)
    async with app.run_test(size=(120, 36)):
        await looked_back(app)
        first = text_of(app).splitlines()
        await asyncio.to_thread(look_back, app.screen)
        await looked_back(app)
        last = text_of(app).splitlines()

    def column(lines: list[str], words: str) -> int:
        return next(line.index(words) for line in lines if words in line)

    assert column(first, "Rencontres passées") == column(last, "Rencontres passées") > 60
    assert column(first, "Ensuite") == column(last, "Ensuite") < 60


async def test_a_call_of_the_inbox_that_closes_soon_is_counted(held: Session) -> None:
    days = (TODAY + datetime.timedelta(days=1), TODAY + datetime.timedelta(days=30), TODAY - datetime.timedelta(days=1))
    inbox.add(held.workspace, [InboxItem(f"AMI {day}", "call", deadline=day) for day in days], "fr")
    app = FacilitatorApp(translator("fr"), workspace=held.workspace)
    async with app.run_test(size=(80, 24)):
        await looked_back(app)
        assert "1 annonce se ferme bientôt (facilitator inbox)" in text_of(app).replace("\u00a0", " ")


async def test_a_meeting_opened_by_mistake_is_put_out_of_the_way_from_home(seat: Session) -> None:
    seat.act(core.Start())
    note = seat.act(core.Capture("note", Fields(text="Essai"))).entry
    seat.leave()
    app = FacilitatorApp(translator("fr"), workspace=seat.workspace)
    async with app.run_test(size=(80, 24)) as pilot:
        await looked_back(app)
        await pilot.press("delete", "delete")
        assert seat.workspace.live() == [seat.meeting.id]
        again = Session.join(seat.workspace, seat.meeting.id, terminal=False)
        again.act(core.Remove(note.id))
        again.leave()
        await pilot.press("delete")
        assert seat.workspace.live() == [seat.meeting.id]
        await pilot.press("delete")
        assert seat.workspace.live() == [] and AGENDA.title not in text_of(app)
