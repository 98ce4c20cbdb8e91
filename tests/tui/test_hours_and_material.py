"""The hours a step is bound to and its material are read while it runs and while it is the next."""

from __future__ import annotations

import pytest
from clockwork import Clockwork
from msgspec.structs import replace
from stage import setup

from facilitator.core.acts import Next
from facilitator.core.agenda import Agenda, Step
from facilitator.core.public import public
from facilitator.i18n import translator
from facilitator.tui import clock_rows, room_view
from facilitator.tui.widgets.lines import Row

FR, ZONE = translator("fr"), "Europe/Paris"
GUEST = Step(
    kind="workshop",
    title="Le RGPD",
    duration=1800,
    not_before="11:00",
    not_after="11:40",
    link="https://www.cnil.fr/asso/",
)


def held(guest: Step = GUEST) -> Clockwork:
    agenda = Agenda(title="Rencontre", start="09:30", steps=(Step(kind="news", duration=3600), guest))
    return Clockwork(agenda, frozen=replace(setup(agenda), promised_end=None)).starts()


def text(rows: list[Row]) -> str:
    return "\n".join("".join(part for part, _ in row) for row in rows)


def beside(work: Clockwork, width: int = 90, height: int = 5) -> str:
    return text(clock_rows.beside_clock(FR, work.meeting, work.clocks(), ZONE, width, height))


def on_the_wall(work: Clockwork) -> list[str]:
    return [one.text for one in room_view.said(FR, public(work.meeting), work.clocks())]


def test_beside_the_clock_stands_from_when_until_when_and_where_the_next_step_is_bound() -> None:
    shown = beside(held())
    assert "Ensuite\u00a0: Le RGPD · à partir de 11:00 · jusqu’à 11:40 · cnil.fr/asso" in shown
    narrow = beside(held(), width=60)
    assert "Ensuite\u00a0: Le RGPD · à partir de 11:00 · jusqu’à 11:40" in narrow and "cnil" not in narrow


def test_beside_the_clock_stands_until_when_the_running_step_lasts_and_its_material() -> None:
    work = held()
    work.does(Next())
    assert "jusqu’à 11:40 · cnil.fr/asso" in beside(work) and "à partir de" not in beside(work)


def test_the_wall_shows_what_members_need_of_the_running_step() -> None:
    work = held()
    assert not [words for words in on_the_wall(work) if "cnil" in words or "jusqu’à" in words]
    work.does(Next())
    found = on_the_wall(work)
    assert "jusqu’à 11:40" in found and "cnil.fr/asso" in found


@pytest.mark.parametrize(
    "guest", [Step(kind="workshop", duration=1800), replace(GUEST, link=f"https://a.org/{'x' * 60}")]
)
def test_nothing_stands_where_there_is_nothing_to_tell_or_to_type(guest: Step) -> None:
    work = held(guest)
    if guest.link is None:
        assert "Ensuite" not in beside(work)
    work.does(Next())
    assert not [words for words in on_the_wall(work) if "xxx" in words]
    if guest.link is None:
        assert "jusqu’à" not in " ".join(on_the_wall(work)) + beside(work)
