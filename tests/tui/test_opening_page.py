"""Before the start, the wall tells what became of what was asked and promised: no age, nobody's delay, nothing private."""

from __future__ import annotations

import datetime
import re

import pytest
from msgspec.structs import replace
from tui.conftest import AGENDA, NETWORK, text_of

from facilitator.cli.conversation import room_lines
from facilitator.core import acts as commands
from facilitator.core.agenda import Carried
from facilitator.core.public import public
from facilitator.documents.minutes.entry import MinutesEntry, MinutesToWrite, StepToWrite
from facilitator.documents.minutes.writer import write_minutes
from facilitator.i18n import translator
from facilitator.tui import letters, room_view
from facilitator.tui.app import FacilitatorApp

pytestmark = pytest.mark.asyncio
LAST = "2026-11-10-roannais"
FR = translator("fr")


def minutes() -> str:
    def said(kind, number, text, **parts):
        return MinutesEntry(kind=kind, number=number, text=text, step=1, **parts)

    month_end = datetime.date(2026, 12, 31)
    letter = {"outcome": "newsletter", "due": month_end}
    entries = (
        said(
            "question",
            2,
            "Signer un PDF sans compte ?",
            answer="La signature du navigateur suffit",
            answer_by="Hugo",
            done=True,
            **letter,
        ),
        said("question", 5, "Prêter du matériel ?", outcome="next", owners=("Karim B.",)),
        said("question", 7, "Quel budget 2027 ?", outcome="relay"),
        said("question", 11, "Une affiche ?", **letter),
        said("action", 1, "la charte", owners=("Nora T.",), done=True),
        said("need", 4, "Une trame d’atelier", by="Nora T.", same=2),
        said("action", 2, "Réserver Castel", owners=("Élodie P.",), due=datetime.date(2026, 11, 20)),
    )
    steps = (StepToWrite(1, "needs", "Besoins", 20, 20),)
    return write_minutes(
        MinutesToWrite(
            LAST, "Rencontre", datetime.date(2026, 11, 10), "Europe/Paris", "fr", steps, entries, scale="epci"
        )
    )


def opened(seat, workspace, text):
    """The next meeting, of an agenda that carries what these minutes left."""
    seat.leave()
    workspace.minutes_folder.mkdir(parents=True, exist_ok=True)
    (workspace.minutes_folder / f"{LAST}.md").write_text(text)
    numbers = ("Q2", "Q5", "Q7", "Q11", "A2", "B4")
    carried = tuple(Carried(meeting=LAST, text=number, number=number) for number in numbers)
    agenda = replace(AGENDA, carried=carried, since=LAST)
    network = replace(NETWORK, scale="epci")
    return type(seat).prepare(
        workspace, agenda, network, zone="Europe/Paris", language="fr", terminal=True, actor="claire@roanne"
    )


@pytest.fixture
def coming(seat, workspace):
    session = opened(seat, workspace, minutes())
    yield session
    session.leave()


async def seen(session, *keys, size=(80, 24)) -> str:
    app = FacilitatorApp(FR, session=session)
    async with app.run_test(size=size) as pilot:
        await pilot.press(*keys)
        await pilot.pause()
        return text_of(app).replace("\u00a0", " ").replace("\u202f", " ")


@pytest.mark.ci
async def test_the_room_reads_it_in_large_letters_where_the_window_holds_them(coming) -> None:
    found = [one.text.replace("\u00a0", " ") for one in room_view.said(FR, public(coming.meeting), coming.clocks())]
    assert found[:2] == ["Depuis le 10 novembre", "1 de vos questions a sa réponse. 3 en attendent une."]
    assert "Signer un PDF sans compte ? La signature du navigateur suffit. Hugo, dans la lettre de décembre" in found
    assert [words for words in found if "Prêter" in words and "Karim B." in words]
    assert "Fait depuis : la charte." in found
    assert "Élodie" not in "".join(found) and "20 nov" not in "".join(found)
    text = await seen(coming, "v", size=(120, 36))
    assert "question" not in text
    drawn = [letters.drawn(["Depuis le 10 novembre"], size) for size in ("plain", "narrow")]
    assert any(all(row.strip() in text for row in rows) for rows in drawn)


@pytest.mark.ci
async def test_the_room_sees_what_was_answered_by_whom_what_is_awaited_and_what_was_done(coming) -> None:
    text = await seen(coming, "v")
    assert "Depuis le 10 novembre · 1 de vos questions a sa réponse. 3 en attendent une." in text
    for words in (
        "Signer un PDF sans compte ?",
        "La signature du navigateur suffit. Hugo, dans la lettre de décembre",
        "Encore attendu",
        "Fait depuis : la charte.",
    ):
        assert words in text
    (awaited,) = [line for line in text.split("\n") if "Prêter" in line]
    assert "Q1" in awaited and "Karim B." in awaited
    assert "transmise au réseau" in next(line for line in text.split("\n") if "budget" in line)
    assert "qui sait ?" in next(line for line in text.split("\n") if "affiche" in line)
    (wanted,) = [line for line in text.split("\n") if "Une trame d’atelier" in line]
    assert "Ce qui revient" in text and "B1" in wanted and "B4 du 10 novembre" in wanted and "Nora" not in wanted
    assert "Élodie" not in text and "20 nov" not in text and "20/11" not in text and "jours" not in text


@pytest.mark.ci
async def test_where_nothing_was_answered_it_is_said_what_awaits_its_answer(seat, workspace) -> None:
    text = "\n".join(line for line in minutes().split("\n") if "Signer" not in line and "Hugo" not in line)
    session = opened(seat, workspace, text)
    shown = await seen(session, "v")
    session.leave()
    assert "Depuis le 10 novembre · 4 de vos questions attendent leur réponse." in shown


async def test_what_was_taken_up_individually_is_not_on_the_wall(coming) -> None:
    coming.act(commands.Send("carried3", "individual"))
    assert "affiche" not in await seen(coming, "v")
    assert "affiche" not in "\n".join(room_lines(FR, coming))


async def test_the_lines_of_the_room_tell_the_same(coming) -> None:
    lines = [line.replace("\u00a0", " ").replace("\u202f", " ") for line in room_lines(FR, coming)]
    assert "Depuis le 10 novembre" in lines
    assert "Q1 Prêter du matériel ? (Karim B.)" in lines
    assert "Fait depuis : la charte." in lines
    assert "B1 Une trame d’atelier (B4 du 10 novembre)" in lines
    assert not [line for line in lines if "Élodie" in line]


@pytest.mark.ci
async def test_the_title_page_lists_it_with_its_number_and_says_where_the_chosen_one_comes_from(coming) -> None:
    text = await seen(coming)
    (promised,) = [line for line in text.split("\n") if "Réserver Castel" in line]
    assert "A1" in promised and "Élodie" not in promised and "20/11" not in promised
    text = await seen(coming, "up", size=(120, 36))
    assert re.search(r"de\W+Q11\W+du\W+10\W+novembre", text)
    assert not [line for line in text.split("\n") if "Castel" in line and "Élodie" in line]


@pytest.mark.ci
async def test_without_anything_from_before_the_page_is_as_it_was(seat) -> None:
    assert "Depuis" not in await seen(seat, "v")
