"""The telephones of the room on the screens: a quiet line, a sheet that shows nothing by itself, one key to take up."""

from __future__ import annotations

import asyncio
from collections.abc import Callable

import pytest
from tui.conftest import Clock, at_once, passed, text_of

from facilitator.core import acts as core
from facilitator.core.entry import Entry
from facilitator.core.public import public
from facilitator.core.said import Fields
from facilitator.core.telephones import Sent, SentKind
from facilitator.i18n import Foreseen, Translator, translator
from facilitator.meetings.session import Session
from facilitator.meetings.telephones import Waiting, waiting
from facilitator.share import serving as share
from facilitator.store.telephones import Claim, Serving, append_sent, claim_serving
from facilitator.tui import room_view, telephone_rows, view
from facilitator.tui.app import FacilitatorApp
from facilitator.tui.screens.telephones import TelephonesScreen
from facilitator.tui.telephones import piles
from facilitator.tui.widgets.lines import Lines
from facilitator.wording.telephones import waiting_texts

FR = translator("fr")
HERE = Serving("http://192.168.1.23:8000", "k7mp4x", 1)
TYPED = "192.168.1.23:8000/k7mp4x"
QUESTION = "Faut-il un mandat écrit ?"


class Room:
    """The telephones of a meeting: each thing is sent by another one, a minute after the one before."""

    def __init__(self, seat: Session) -> None:
        self.seat = seat
        self.n = 0

    def send(self, kind: SentKind, text: str = "", by: str = "", **said: object) -> Sent:
        self.n += 1
        name = f"{self.n:016d}"
        item = Sent(id=name, kind=kind, phone=name, at=self.seat.now().at + self.n * 60_000, text=text, by=by, **said)
        append_sent(self.seat.workspace, self.seat.meeting.id, [item])
        return item

    @property
    def waits(self) -> list[str]:
        return [one.item.id for one in waiting(self.seat)]


class Server:
    """Who serves, as far as the screens see: without a network."""

    def __init__(self, seat: Session) -> None:
        self.seat = seat
        self.claim: Claim | None = None

    def begin(self) -> None:
        self.claim, _ = claim_serving(self.seat.workspace, self.seat.meeting.id)
        self.claim.say(HERE)

    def end(self) -> None:
        if self.claim is not None:
            self.claim.give_up()
            self.claim = None


@pytest.fixture
def room(seat: Session) -> Room:
    seat.act(core.Start())
    return Room(seat)


def sent(n: int, kind: SentKind, text: str = "", by: str = "", entry: Entry | None = None, **said: object) -> Waiting:
    name = f"{n:016d}"
    item = Sent(
        id=name, kind=kind, phone=name, at=0, text=text, by=by, entry=entry.id if entry is not None else "", **said
    )
    return Waiting(n, item, entry)


def plain(text: str) -> str:
    return text.replace("\u00a0", " ").replace("\u202f", " ")


def listed(found: list[Waiting], **how: object) -> str:
    given = {"chosen": None, "shown": (), "names": (), "zone": "Europe/Paris"} | how
    rows, _ = telephone_rows.listed(FR, piles(found), 100, **given)
    return plain("\n".join("".join(text for text, _ in row) for row in rows))


async def carried_out(app: FacilitatorApp) -> None:
    """Until what is done beside the loop has come to its end."""
    thread = app.screen._errand._thread
    if thread is not None:
        await asyncio.to_thread(thread.join)
    await passed(app)


def message(app: FacilitatorApp) -> str:
    return plain(app.screen.query_one(".sheet-message", Lines).text())


# The rules


def test_who_asks_to_speak_comes_first_in_turn_and_the_evaluations_last_as_one() -> None:
    entry = Entry(id="e1", number=7, kind="question", text=QUESTION, at=0, actor="claire")
    found = [
        sent(1, "evaluation", useful=4),
        sent(2, "need", "Un barnum"),
        sent(3, "same", entry=entry),
        sent(4, "floor", by="Karim B."),
        sent(5, "question", "Et ensuite ?"),
        sent(6, "same", entry=entry),
        sent(7, "floor", "au fond"),
        sent(8, "evaluation", keep="le café"),
    ]
    made = [(pile.kind, [int(item.id) for item in pile.items]) for pile in piles(found)]
    assert made == [
        ("floor", [4]),
        ("floor", [7]),
        ("need", [2]),
        ("same", [3, 6]),
        ("question", [5]),
        ("evaluation", [1, 8]),
    ]
    assert "Q7 +2  Faut-il un mandat écrit ?" in listed(found)


def test_nothing_that_was_typed_is_read_before_it_is_shown() -> None:
    found = [
        sent(1, "question", "injure une", by="injure deux"),
        sent(2, "need", "injure trois"),
        sent(3, "floor", "injure quatre"),
        sent(4, "floor", by="injure cinq"),
        sent(5, "evaluation", useful=1, keep="injure six", change="injure sept"),
    ]
    for chosen in (None, *(pile.id for pile in piles(found))):
        assert "injure" not in listed(found, chosen=chosen)
    shown = listed(found, shown=[pile.id for pile in piles(found)], chosen="evaluation")
    assert shown.count("injure") == 7


def test_a_name_that_the_meeting_knows_is_no_secret() -> None:
    found = [sent(1, "floor", by="Karim B."), sent(2, "question", "Et ensuite ?", by="Karim B.")]
    assert listed(found, names=["Karim B."]).count("Karim B.") == 2
    assert "Karim" not in listed(found)


def test_the_quiet_line_says_what_it_has_room_for_and_the_key() -> None:
    texts = waiting_texts(FR, ["question", "same", "floor", "evaluation"])
    said = [plain("".join(text for text, _ in view.waiting_row(texts, width))) for width in (80, 60, 30, 4)]
    assert said == [
        " 2 messages des téléphones · 1 demande la parole · 1 évaluation · w",
        " 3 messages des téléphones · 1 demande la parole · w",
        " 4 messages des téléphones · w",
        "",
    ]
    assert view.waiting_row(waiting_texts(FR, []), 80) == []


def test_the_address_is_whole_at_any_size_and_large_where_the_list_keeps_its_place() -> None:
    for width, height in ((58, 13), (78, 19), (79, 31), (118, 31), (198, 45)):
        rows = telephone_rows.head(FR, TYPED, width, height)
        assert any(TYPED in "".join(text for text, _ in row) for row in rows)
        assert max(sum(len(text) for text, _ in row) for row in rows) <= width
        assert len(rows) <= max(2, height - telephone_rows.LIST_ROWS)
    assert [len(telephone_rows.head(FR, TYPED, *size)) > 2 for size in ((58, 13), (78, 19))] == [False, True]


def test_the_room_reads_where_telephones_write_while_they_may(room: Room) -> None:
    seat = room.seat
    room.send("question", "Et ensuite ?")
    for served, address in (("", "example.org/questions"), (HERE.url, TYPED)):
        for width, height in ((60, 12), (80, 18), (120, 33), (200, 48)):
            lines = room_view.said(FR, public(seat.meeting), seat.clocks(), None, served)
            assert [line.aside for line in lines if line.aside] == [address]
            rows = room_view.rows(lines, width, height, large=False)
            assert any(address in "".join(text for text, _ in row) for row in rows)


# The screens


@pytest.mark.asyncio
async def test_enter_shows_what_waits_then_takes_it_up_and_u_takes_it_back(
    app: FacilitatorApp, room: Room, clock: Clock
) -> None:
    room.send("question", QUESTION, by="Karim B.")
    async with app.run_test(size=(100, 30)) as pilot:
        app.screen._second()
        assert "1 message des téléphones · w" in plain(text_of(app))
        await pilot.press("w")
        assert "••• 25 car." in plain(text_of(app)) and QUESTION not in text_of(app)
        await pilot.press("enter", "enter")  # pressed once, and heard twice
        assert QUESTION in text_of(app) and room.waits
        clock.forward(seconds=1)
        await pilot.press("enter")
        question = room.seat.meeting.find("question", 1)
        assert (question.text, question.by) == (QUESTION, "Karim B.") and room.waits == []
        assert "✓ Q1" in message(app) and "u l’annule" in message(app)
        await pilot.press("u", "w")
        assert room.seat.meeting.find("question", 1) is None and room.waits == []
        assert "téléphones · w" not in plain(text_of(app))


@pytest.mark.ci
@pytest.mark.asyncio
async def test_what_was_shown_is_masked_again_when_another_is_chosen(app: FacilitatorApp, room: Room) -> None:
    room.send("question", "Une")
    room.send("need", "Deux")
    async with app.run_test(size=(100, 30)) as pilot:
        await pilot.press("w", "space")
        assert "Une" in text_of(app) and "Deux" not in text_of(app)
        await pilot.press("down")
        assert "Une" not in text_of(app) and "Deux" not in text_of(app)
        await pilot.press("t")
        assert "Une" in text_of(app) and "Deux" in text_of(app)
        room.send("question", "Trois")
        app.screen._look()
        assert "Trois" not in text_of(app)
        await pilot.press("t", "t", "escape", "w")
        assert not any(text in text_of(app) for text in ("Une", "Deux", "Trois"))


@pytest.mark.ci
@pytest.mark.asyncio
async def test_the_words_are_mended_before_they_are_taken_up(app: FacilitatorApp, room: Room) -> None:
    room.send("need", "Un bernum")
    async with app.run_test(size=(100, 30)) as pilot:
        await pilot.press("w", "e", *(["backspace"] * 5), *"arnum", "enter")
        assert [one.text for one in room.seat.meeting.of_kind("need")] == ["Un barnum"]
        assert room.waits == [] and not app.screen.bar.is_open


@pytest.mark.ci
@pytest.mark.asyncio
async def test_what_is_withdrawn_while_it_is_mended_stays_in_the_line(
    app: FacilitatorApp, room: Room, other: Callable[[], Session]
) -> None:
    from facilitator.meetings.telephones import decline

    item = room.send("need", "Un barnum")
    async with app.run_test(size=(100, 30)) as pilot:
        await pilot.press("w", "e", *" blanc")
        decline(other(), item)
        await pilot.press("enter")
        assert app.screen.bar.text == "Un barnum blanc" and room.seat.meeting.of_kind("need") == []
        await pilot.press("escape")
        assert app.screen.led.texts.left("note", item.id) == ""  # nothing is kept but what was taken up


@pytest.mark.ci
@pytest.mark.asyncio
async def test_nothing_is_declined_unread_or_by_a_key_for_the_one_before(
    app: FacilitatorApp, room: Room, clock: Clock
) -> None:
    for text in ("Une", "Deux", "Trois"):
        room.send("question", text)
    async with app.run_test(size=(100, 30)) as pilot:
        await pilot.press("w", "delete")
        assert len(room.waits) == 3 and "sans le lire" in message(app)
        await pilot.press("delete")
        assert len(room.waits) == 2
        clock.forward(seconds=2)
        await pilot.press("t", "delete", "delete")
        assert len(room.waits) == 1 and "Un autre est choisi" in message(app)
        await pilot.press("delete")
        assert room.waits == []
        await pilot.press("u")
        assert room.seat.meeting.state == "running" and "ne revient pas" in message(app)


@pytest.mark.ci
@pytest.mark.asyncio
async def test_those_who_have_the_same_question_are_taken_up_together(app: FacilitatorApp, room: Room) -> None:
    room.seat.act(core.Capture("question", Fields(text=QUESTION)))
    for _ in range(3):
        room.send("same", entry=room.seat.meeting.find("question", 1).id)
    async with app.run_test(size=(100, 30)) as pilot:
        await pilot.press("w")
        assert f"Q1 +3  {QUESTION}" in text_of(app)
        await pilot.press("enter")
        assert room.seat.meeting.find("question", 1).same == 3 and "Q1 : 3 de plus" in message(app)


@pytest.mark.ci
@pytest.mark.asyncio
async def test_who_is_next_in_the_round_speaks_and_any_other_is_told(app: FacilitatorApp, room: Room) -> None:
    seat = room.seat
    for name in ("Awa S.", "Karim B.", "Léa M."):
        seat.act(core.Attend(name, "present"))
    seat.act(core.StartRound(120))
    room.send("floor", by="Léa M.")
    room.send("floor", by="Karim B.")
    async with app.run_test(size=(100, 30)) as pilot:
        await pilot.press("w", "enter")
        assert seat.meeting.round.speaking == "Awa S." and "La parole est à Léa M." in message(app)
        await pilot.press("enter", "enter")
        assert seat.meeting.round.speaking == "Karim B." and room.waits == []


@pytest.mark.ci
@pytest.mark.asyncio
async def test_the_evaluation_is_read_then_taken_up_with_one_key_before_the_close(
    app: FacilitatorApp, room: Room, clock: Clock
) -> None:
    from facilitator.meetings.telephones import decline

    for useful, keep, change in ((5, "les ateliers", ""), (4, "", "moins de points"), (4, "", "")):
        room.send("evaluation", useful=useful, keep=keep, change=change)
    async with app.run_test(size=(100, 40)) as pilot:
        app.screen._second()
        await pilot.press("c")
        assert "3 évaluations" in plain(text_of(app))
        await pilot.press("enter")
        assert app.screen.ending.meeting.state == "adjourned" and "Entrée encore publie sans" in message(app)
        await pilot.press("w")
        assert "les ateliers" not in text_of(app)
        await pilot.press("enter")
        assert "les ateliers" in text_of(app) and "moins de points" in text_of(app)
        late = room.send("evaluation", change="injure")
        app.screen._look()
        assert not any(text in text_of(app) for text in ("injure", "les ateliers"))
        decline(room.seat, late)
        app.screen._look()
        clock.forward(seconds=1)
        await pilot.press("enter")
        said = room.seat.meeting.evaluation
        assert (said.useful, said.keep, said.change) == ((0, 0, 0, 2, 1), ("les ateliers",), ("moins de points",))
        assert "3 évaluations prises" in message(app)
        await pilot.press("escape", "enter")
        assert room.seat.meeting.state == "closed"


@pytest.mark.ci
@pytest.mark.asyncio
async def test_enter_opens_the_page_and_f_closes_it_asking_twice_while_something_waits(
    app: FacilitatorApp, room: Room, monkeypatch: pytest.MonkeyPatch
) -> None:
    server = Server(room.seat)
    monkeypatch.setattr(share, "start_serving", lambda _session, *, language: server.begin())
    monkeypatch.setattr(share, "stop_serving", lambda _session: server.end())
    async with app.run_test(size=(100, 30)) as pilot:
        await pilot.press("w")
        assert "Rien ne s’affiche avant que vous le preniez" in plain(text_of(app))
        await pilot.press("enter")
        await carried_out(app)
        assert TYPED in text_of(app) and "▀" in text_of(app)
        room.send("question", QUESTION)
        app.screen._look()
        await pilot.press("f")
        assert server.claim is not None and "f encore" in message(app)
        await pilot.press("f")
        await carried_out(app)
        assert "La page est fermée" in plain(text_of(app)) and room.waits


@pytest.mark.ci
@pytest.mark.asyncio
async def test_why_the_page_does_not_open_is_said_in_words(
    app: FacilitatorApp, room: Room, monkeypatch: pytest.MonkeyPatch
) -> None:
    class NoNetwork(Foreseen):
        def sentence(self, tr: Translator) -> str:  # noqa: ARG002  # as it is asked
            return "Pas de réseau."

    def fails(_session: Session, *, language: str) -> Serving:
        raise NoNetwork

    monkeypatch.setattr(share, "start_serving", fails)
    async with app.run_test(size=(100, 30)) as pilot:
        await pilot.press("w", "enter")
        await carried_out(app)
        assert "Pas de réseau." in message(app) and not app.screen.serves and room.seat.meeting.state == "running"


@pytest.mark.ci
@pytest.mark.asyncio
async def test_the_room_view_shows_the_address_and_nothing_that_waits(room: Room) -> None:
    server = Server(room.seat)
    server.begin()
    room.send("question", QUESTION, by="Karim B.")
    for size in ((60, 18), (80, 24)):
        async with FacilitatorApp(FR, session=room.seat).run_test(size=size) as pilot:
            pilot.app.screen._second()
            await pilot.press("v")
            shown = plain(text_of(pilot.app))
            assert TYPED in shown and "message" not in shown and QUESTION not in shown
    server.end()


@pytest.mark.ci
@pytest.mark.asyncio
async def test_before_anything_is_written_the_page_is_refused_with_the_way(app: FacilitatorApp, seat: Session) -> None:
    async with app.run_test(size=(100, 30)) as pilot:
        await at_once(app, "w", "enter")
        await pilot.pause()
        assert isinstance(app.screen, TelephonesScreen) and "→ la commence" in plain(text_of(app))
        assert not seat.exists
