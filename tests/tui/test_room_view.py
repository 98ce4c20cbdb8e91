"""The room view: large letters that are told apart, what has the floor, an address that is always there, a code that is read."""

from __future__ import annotations

import re
import string
import subprocess
from pathlib import Path

import pytest
from msgspec.structs import replace
from rich.style import Style
from tui.conftest import AGENDA, NETWORK, NINE_THIRTY, Clock, text_of
from tui.palettes import PALETTES, SIXTEEN, painted

from facilitator import wording
from facilitator.core import acts as core
from facilitator.core.agenda import Step
from facilitator.core.public import public
from facilitator.core.said import Fields
from facilitator.core.time.floor import floor
from facilitator.i18n import translator
from facilitator.meetings import publishing
from facilitator.meetings.session import Session
from facilitator.store.workspace import Workspace
from facilitator.tui import letters, room_view, themes
from facilitator.tui.app import FacilitatorApp
from facilitator.tui.cells import cell_len
from facilitator.tui.widgets.lines import Lines, styles
from facilitator.tui.widgets.room import RoomView

FR = translator("fr")
LETTERS = string.ascii_letters + string.digits + "éèêëàâîïôöûùüÿçÉÈÀÇœŒæ"
QUESTION = "Faut-il un mandat écrit pour une démarche à la place de quelqu’un ?"
ADDRESS = "example.org/questions"


def answering(seat: Session, clock: Clock, **fields: object) -> None:
    """A question has the floor in the step of needs."""
    clock.forward(minutes=10)
    seat.act(core.Start())
    for _ in range(2):
        clock.forward(minutes=20)
        seat.act(core.Next())
    seat.act(core.Capture("question", Fields(text=QUESTION, **fields)))
    seat.act(core.StartAnswer(seat.meeting.find("question", 1).id))


def said(seat: Session) -> list[str]:
    return [one.text for one in room_view.said(FR, public(seat.meeting), seat.clocks())]


def test_no_two_letters_look_alike() -> None:
    looks = {one: letters.glyph(one) for one in LETTERS}
    missing = letters.glyph("\N{SNOWMAN}")
    assert len(set(looks.values())) == len(LETTERS)
    assert missing not in looks.values()


@pytest.mark.parametrize("catalogue", [str(Path(letters.__file__).parents[1] / "locale/fr/LC_MESSAGES/facilitator.po")])
def test_every_letter_of_french_words_is_drawn(catalogue: str) -> None:
    missing = letters.glyph("\N{SNOWMAN}")
    words = re.findall(r'^msgstr "(.*)"$', Path(catalogue).read_text(encoding="utf-8"), re.MULTILINE)
    used = {one for one in "".join(words) if one.isalpha()}
    assert [one for one in used if letters.glyph(one) == missing] == []


@pytest.mark.parametrize("size", ["plain", "narrow", "large"])
def test_every_letter_is_three_rows_high_and_more(size: letters.Size) -> None:
    small = [one for one in LETTERS if sum(bool(row.strip()) for row in letters.drawn([one], size)) < 3]
    assert small == []
    # On any line, wherever its points fall: six of them, of which two are a row, and of a capital eight.
    for one in LETTERS:
        inked = [y for y, row in enumerate(letters.glyph(one)) if "#" in row]
        assert inked[-1] - inked[0] + 1 >= (6 if one.islower() else 8), one


def test_what_stands_side_by_side_stands_on_one_line() -> None:
    rows = room_view.rows([room_view.RoomLine("à", last=True, aside="a.b")], 120, 12, large=True)
    drawn = ["".join(text for text, _ in row).rstrip() for row in rows]
    ends = [max(y for y, row in enumerate(drawn) if row[part].strip()) for part in (slice(0, 20), slice(100, 120))]
    assert ends[0] == ends[1]


@pytest.mark.parametrize("width", [60, 70, 84, 118])
def test_the_address_is_whole_in_letters_of_a_size_that_it_fits_in(width: int) -> None:
    found = [
        room_view.RoomLine("On conclut", "alert", 0),
        room_view.RoomLine("Ensuite", "", 1, last=True, aside=ADDRESS),
    ]
    shown = "\n".join("".join(text for text, _ in row) for row in room_view.rows(found, width, 24, large=True))
    drawn = [letters.drawn([ADDRESS], size) for size in ("plain", "narrow")]
    assert any(all(row.strip() in shown for row in rows) for rows in drawn)


@pytest.mark.parametrize(
    ("width", "height", "answers"), [(118, 24, ()), (118, 24, ("Awa S. répond.",)), (158, 30, ()), (198, 30, ())]
)
def test_before_a_long_question_is_in_narrow_letters_what_comes_next_gives_way(
    width: int, height: int, answers: tuple[str, ...]
) -> None:
    question = room_view.RoomLine("Q7  Où héberger les données du réseau après l’été ?", "strong", 0)
    who = [room_view.RoomLine(one, "accent", 1) for one in answers]
    bottom = room_view.RoomLine("Ensuite : Pause à 10:37", "", 1, last=True, aside=ADDRESS)
    shown = "\n".join(
        "".join(text for text, _ in row) for row in room_view.rows([question, *who, bottom], width, height, large=True)
    )
    wide = letters.drawn(letters.wrapped(question.text, width - 4, "plain"), "plain")
    assert all(row in shown for row in wide)
    for one in (*answers, ADDRESS):
        drawn = [
            letters.drawn([one], size, beside="é" * accented) for size in ("plain", "narrow") for accented in (0, 1)
        ]
        assert any(all(row.strip() in shown for row in rows) for rows in drawn), one


def test_accents_stand_above_their_letters_and_touch_them_not() -> None:
    for accented, plain in (("é", "e"), ("à", "a"), ("û", "u"), ("ô", "o")):
        above, bare = letters.glyph(accented), letters.glyph(plain)
        assert above[4:] == bare[4:]
        assert "#" in "".join(above[:3]) and "#" not in above[3]


@pytest.mark.parametrize("width", [10, 40, 118])
@pytest.mark.parametrize("size", ["plain", "narrow"])
def test_lines_are_no_wider_than_the_window_and_hold_every_word(width: int, size: letters.Size) -> None:
    lines = letters.wrapped(QUESTION, width, size)
    assert "".join(lines).replace(" ", "") == QUESTION.replace(" ", "")
    drawn = letters.drawn(lines, size)
    assert max(map(cell_len, drawn)) <= width
    assert len(drawn) <= letters.height(len(lines), size)


def test_the_question_that_is_answered_is_read_with_its_number_and_who_answers(seat: Session, clock: Clock) -> None:
    answering(seat, clock, by="Nora T.")
    seat.act(core.Edit(seat.meeting.find("question", 1).id, Fields(owners=("Awa S.",))))
    found = said(seat)
    assert found[0] == f"Q1  {QUESTION}"
    assert "Awa S. répond." in found
    assert not [words for words in found if "Nora" in words]  # the network shows nobody who asked


def test_who_asked_is_read_where_the_network_shows_names(seat: Session, clock: Clock, workspace: Workspace) -> None:
    choices = replace(NETWORK.choices, attribution=replace(NETWORK.choices.attribution, questions="name"))
    agenda, network = replace(AGENDA, slug="noms"), replace(NETWORK, choices=choices)
    session = type(seat).prepare(workspace, agenda, network, zone="Europe/Paris", language="fr", terminal=True)
    answering(session, clock, by="Nora T.")
    assert [words for words in said(session) if "Nora T." in words]
    session.leave()


def test_a_question_that_is_taken_up_individually_has_no_floor_on_the_wall(seat: Session, clock: Clock) -> None:
    answering(seat, clock)
    seat.act(core.StopAnswer())
    one = seat.meeting.find("question", 1)
    seat.act(core.Send(one.id, "individual"))
    seat.act(core.StartAnswer(one.id))
    assert public(seat.meeting).answering is None
    assert not [words for words in said(seat) if "mandat" in words or "Q1" in words]


def test_who_speaks_and_who_is_next_are_read(seat: Session, clock: Clock) -> None:
    seat.act(core.Start())
    for name in ("Awa S.", "Karim B."):
        seat.act(core.Attend(name))
    seat.act(core.StartRound(120))
    turn = seat.meeting.round
    found = said(seat)
    assert found[0] == f"La parole est à {turn.speaking}" and found[1] == f"puis {turn.waiting[0]}"


def test_nobody_is_late_on_the_wall_and_the_end_is_told_beside_the_one_announced(seat: Session, clock: Clock) -> None:
    clock.forward(minutes=40)
    seat.act(core.Start())
    words = " ".join(said(seat))
    assert "retard" not in words and "annoncée 12:00" in words
    assert "Ensuite" in words


def test_the_wall_is_amber_at_most_unless_the_network_wants_an_overrun_shown(seat: Session, clock: Clock) -> None:
    seat.act(core.Start())
    clock.forward(minutes=40)
    shown = public(seat.meeting)
    assert floor(shown, seat.clocks()).level == "over" and room_view.tone(shown, "over") == "amber"
    wanted = replace(shown, setup=replace(shown.setup, choices=replace(shown.setup.choices, room_overrun=True)))
    assert room_view.tone(wanted, "over") == "over" and room_view.tone(shown, "calm") == "calm"
    words = [room_view.said(FR, one, seat.clocks())[0] for one in (shown, wanted)]
    assert [(one.text, one.style) for one in words] == [("On conclut", "warn"), ("On conclut", "alert")]


def test_a_break_tells_until_when_and_then_that_we_go_on(workspace: Workspace, seat: Session, clock: Clock) -> None:
    agenda = replace(AGENDA, slug="pause", steps=(Step(kind="break", duration=600), *AGENDA.steps))
    session = type(seat).prepare(workspace, agenda, NETWORK, zone="Europe/Paris", language="fr", terminal=True)
    session.act(core.Start())
    assert said(session)[0] == "Pause jusqu’à 09:30"
    end = NINE_THIRTY + 59_000  # in whole minutes begun, as a clock on the wall is read
    assert [wording.until_text(at, "Europe/Paris") for at in (NINE_THIRTY + 400, end)] == ["09:30", "09:31"]
    clock.forward(minutes=11)
    assert said(session)[0] == "On reprend"
    session.leave()


@pytest.mark.parametrize(("width", "height"), [(1, 1), (20, 6), (60, 18), (80, 24), (120, 36), (200, 50)])
def test_what_is_said_keeps_within_its_place(seat: Session, clock: Clock, width: int, height: int) -> None:
    answering(seat, clock)
    seat.act(core.Capture("decision", Fields(text=QUESTION * 3)))
    found = room_view.said(FR, public(seat.meeting), seat.clocks())
    large = room_view.is_large(width, height)
    rows = room_view.rows(found, width, height, large=large)
    assert len(rows) <= height
    assert all(sum(cell_len(text) for text, _ in row) <= width for row in rows)


@pytest.mark.asyncio
@pytest.mark.painted
@pytest.mark.parametrize("size", [(80, 24), (120, 36)])
async def test_from_120_columns_on_the_words_are_in_large_letters_and_below_in_ordinary_ones(
    seat: Session, clock: Clock, size: tuple[int, int]
) -> None:
    answering(seat, clock)
    app = FacilitatorApp(FR, session=seat, room=True)
    async with app.run_test(size=size) as pilot:
        await pilot.pause()
        words = app.screen.query_one("#room-words", Lines).text()
        ordinary = re.findall(r"[a-zA-Zé]{3,}", text_of(app))
        assert bool(ordinary) == (size[0] == 80)
        assert ("Faut-il un mandat" in words) == (size[0] == 80)
        if size[0] == 80:
            assert ADDRESS in words
        else:
            drawn = [letters.drawn([ADDRESS], size) for size in ("plain", "narrow")]
            assert any(all(row.strip() in words for row in rows) for rows in drawn)


@pytest.mark.ci
@pytest.mark.asyncio
async def test_the_address_is_there_when_the_code_is_not(seat: Session, clock: Clock) -> None:
    answering(seat, clock)
    app = FacilitatorApp(FR, session=seat, room=True)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        room = app.screen.query_one(RoomView)
        assert not app.screen.query_one("#room-code").display
        assert ADDRESS in app.screen.query_one("#room-words", Lines).text()
        assert room.said


def picture(app: FacilitatorApp, path: Path, palette: str = "xterm", cell: tuple[int, int] = (8, 16)) -> None:
    """The place of the code on the screen, and what is around it, as a camera would see it in the colours of a terminal."""
    text, ground, given = PALETTES[palette]
    named = dict(zip(SIXTEEN, given.split(), strict=True))
    wide, high = cell
    region = app.screen.query_one("#room-code", Lines).region
    lines = []
    for strip in app.screen._compositor.render_strips()[region.y : region.bottom]:
        halves: list[list[str]] = [[], []]
        for segment in strip.crop(region.x, region.right):
            front, back = painted(segment.style or Style(), text, ground, named)
            front, back = (back, front) if segment.style and segment.style.reverse else (front, back)
            for sign in segment.text:
                for half, drawn in zip(halves, ("█▀", "█▄"), strict=True):
                    half.append(front if sign in drawn else back)
        for half in halves:
            lines += [b"".join(bytes.fromhex(one[1:]) * wide for one in half)] * (high // 2)
    path.write_bytes(b"P6 %d %d 255\n" % (len(lines[0]) // 3, len(lines)) + b"".join(lines))


def decoded(path: Path) -> str:
    """What a real decoder reads in a picture."""
    done = subprocess.run(["zbarimg", "-q", "--raw", path], capture_output=True, text=True, check=False)
    return done.stdout.strip()


@pytest.mark.ci
@pytest.mark.asyncio
@pytest.mark.painted
@pytest.mark.parametrize(
    ("size", "state"),
    [
        ((80, 24), "ready"),
        ((80, 24), "break"),
        ((120, 36), "ready"),
        ((120, 36), "running"),
        ((160, 50), "running"),
        ((200, 50), "answering"),
    ],
)
async def test_the_code_is_read_by_a_real_decoder_wherever_it_is_shown(
    workspace: Workspace, seat: Session, clock: Clock, tmp_path: Path, size: tuple[int, int], state: str
) -> None:
    session = seat
    if state == "break":
        agenda = replace(AGENDA, slug="pause", steps=(Step(kind="break", duration=600), *AGENDA.steps))
        session = type(seat).prepare(workspace, agenda, NETWORK, zone="Europe/Paris", language="fr", terminal=True)
    if state == "answering":
        answering(session, clock)
    elif state != "ready":
        session.act(core.Start())
    app = FacilitatorApp(FR, session=session, room=True)
    async with app.run_test(size=size) as pilot:
        await pilot.pause()
        code = app.screen.query_one("#room-code", Lines)
        assert code.display and code.region.height >= 17
        picture(app, tmp_path / "screen.ppm")
    assert decoded(tmp_path / "screen.ppm") == NETWORK.channels.form
    session.leave()


@pytest.mark.ci
@pytest.mark.asyncio
@pytest.mark.painted
@pytest.mark.parametrize("palette", PALETTES)
@pytest.mark.parametrize("name", [*themes.COLOURS, "no colour"])
async def test_the_code_is_read_in_every_theme_and_in_the_sixteen_colours_of_any_terminal(
    seat: Session, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str, palette: str
) -> None:
    if name == "no colour":
        monkeypatch.setenv("NO_COLOR", "1")
    app = FacilitatorApp(FR, session=seat, room=True)
    async with app.run_test(size=(80, 24)) as pilot:
        if name in themes.COLOURS:
            themes.put_on(app, name, themes.COLOURS[name])
        app.screen.paint()
        await pilot.pause()
        picture(app, tmp_path / "screen.ppm", palette)
    if name != "no colour" or "light" not in palette:
        assert decoded(tmp_path / "screen.ppm") == NETWORK.channels.form


def test_both_colours_of_the_code_are_stated_dark_on_light_in_every_theme_and_palette() -> None:
    for name, colours in themes.COLOURS.items():
        style = styles(themes.variables(name, colours))["code"]
        for text, ground, given in PALETTES.values():
            front, back = painted(style, text, ground, dict(zip(SIXTEEN, given.split(), strict=True)))
            assert themes.contrast(front, back) > 10 and themes.contrast(front, "#000000") < 3


def second(seat: Session, workspace: Workspace, slug: str = "suivante") -> Session:
    """Another meeting of this workspace, begun."""
    agenda = replace(AGENDA, slug=slug, title="Rencontre suivante")
    made = type(seat).prepare(workspace, agenda, NETWORK, zone="Europe/Paris", language="fr", terminal=True)
    made.act(core.Start())
    return made


@pytest.mark.asyncio
async def test_the_second_screen_goes_over_to_the_meeting_that_is_opened_once_its_own_is_over(
    seat: Session, workspace: Workspace
) -> None:
    seat.act(core.Start())
    room = Session.join(workspace, seat.meeting.id, terminal=False)
    app = FacilitatorApp(FR, session=room, room=True)
    async with app.run_test(size=(80, 24)) as pilot:
        publishing.close(seat)
        app.screen._look()
        await pilot.pause()
        assert "Merci à tou" in app.screen.query_one("#room-words", Lines).text()
        following = second(seat, workspace)
        app.screen._look()
        await pilot.pause()
        assert app.desk.meeting.id == following.meeting.id
        assert "Merci" not in text_of(app) and "Accueil" in text_of(app)
        following.leave()


@pytest.mark.asyncio
async def test_the_second_screen_begun_when_the_last_meeting_is_over_waits_for_the_next_and_thanks_nobody(
    seat: Session, workspace: Workspace
) -> None:
    seat.act(core.Start())
    publishing.close(seat)
    app = FacilitatorApp(FR, session=Session.join(workspace, seat.meeting.id, terminal=False), room=True)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        shown = text_of(app)
        assert "La rencontre suivante s’affiche ici" in shown.replace("\u00a0", " ") and "Merci" not in shown
        assert AGENDA.title not in shown
        following = second(seat, workspace)
        app.screen._look()
        await pilot.pause()
        assert app.desk.meeting.id == following.meeting.id
        following.leave()


@pytest.mark.asyncio
async def test_the_second_screen_of_a_meeting_that_goes_on_or_that_was_named_stays_with_it(
    seat: Session, workspace: Workspace
) -> None:
    seat.act(core.Start())
    other = second(seat, workspace)
    for follows in (True, False):
        if not follows:
            publishing.close(seat)
        room = Session.join(workspace, seat.meeting.id, terminal=False)
        app = FacilitatorApp(FR, session=room, room=True, follows=follows)
        async with app.run_test(size=(80, 24)) as pilot:
            app.screen._look()
            await pilot.pause()
            assert app.desk.session is room
    other.leave()
