"""The agenda and its clocks, the speaking round, who leads, what is to be settled."""

from __future__ import annotations

from typing import TYPE_CHECKING

from facilitator.core import acts as core
from facilitator.core.time.clocks import more_answer_s
from facilitator.tui.keys import UNDO, key_name
from facilitator.tui.widgets.agenda import CHATTER_MS

if TYPE_CHECKING:
    from facilitator.tui.board import Board
    from facilitator.tui.widgets.bar import Bar

MINUTE_S = 60
DEFAULT_TURN_S = 120


def go_on(screen: Board) -> None:
    """One line down, or the beginning; a second press within the bounce of a remote is none, and is told so once."""
    desk, agenda = screen.desk, screen.agenda
    now = desk.now_ms()
    if agenda.bounces(now):
        if agenda.was_pressed_again(now):
            desk.say(screen.tr("→ again to go further: two within two seconds are one."))
        return
    ready = desk.meeting.state in ("none", "ready")
    if (turn := desk.meeting.round) is not None and turn.waiting:
        n = len(turn.waiting)
        words = screen.tr.ntr(
            "→ again ends the round: {n} person has not spoken.",
            "→ again ends the round: {n} people have not spoken.",
            n,
        )
        if not desk.again(("round", desk.meeting.spot), words, after_ms=CHATTER_MS):
            return
    if desk.act(core.Start() if ready else core.Next(leaving=desk.meeting.spot)) is not None:
        agenda.moved(now)


def more(screen: Board) -> None:
    """A minute more: for the answer under way when its time is over, else for the step."""
    desk = screen.desk
    answering, left_s = desk.meeting.answering, desk.clocks().answer_left_s
    if answering is not None and left_s is not None and left_s <= 0:
        more_s = more_answer_s(desk.meeting, desk.session.now(), MINUTE_S)
        desk.act(core.StartAnswer(answering.entry, more_s))
    else:
        desk.act(core.Adjust(MINUTE_S))


def less(screen: Board) -> None:
    """A minute less for the step; the key is that of 6 without shift on a French keyboard, so that it is said at length."""
    if screen.desk.act(core.Adjust(-MINUTE_S)) is not None:
        screen.desk.add(screen.tr("one minute less; {key} gives it back", key=key_name(screen.tr, UNDO)))


def replan(screen: Board) -> None:
    """The ways to keep the promise."""
    from facilitator.tui.screens.replan import ReplanScreen

    screen.app.push_screen(ReplanScreen(screen.desk))


def speak_in_turn(screen: Board) -> None:
    """Start a speaking round; when one runs, the next person speaks."""
    desk, tr = screen.desk, screen.tr
    turn = desk.meeting.round
    if turn is None:
        screen.open_bar("round", text=str(max(1, _turn_s(screen) // MINUTE_S)))
        return
    name = turn.speaking or "…"
    following = tr("{name}, then {names}: o has spoken · p passes · f ends", name=name, names=", ".join(turn.waiting))
    screen.ask(
        (
            # Whom the room does not see: it is told how many.
            *((following,) if turn.waiting and not screen.in_room else ()),
            tr("{name}: o has spoken · p passes, comes back · f end of the round", name=name),
            tr("{name}: o has spoken · p passes · f ends", name=name),
            tr("o has spoken · p passes · f ends"),
        ),
        {
            "o": lambda: desk.act(core.PassRound(turn.speaking)),
            "p": lambda: desk.act(core.PassRound(turn.speaking, later=True)),
            "f": lambda: desk.act(core.EndRound()),
        },
    )


def _turn_s(screen: Board) -> int:
    from facilitator.core.time.turns import turn_s

    return turn_s(screen.desk.meeting, max(0, screen.desk.clocks().left_s)) or DEFAULT_TURN_S


def start_round(screen: Board, typed: Bar.Submitted) -> None:
    """So many minutes each."""
    from facilitator.core.duration import read_duration

    seconds = read_duration(typed.text)
    if not seconds:
        screen.desk.say(screen.tr("How many minutes each? For example 2."), "refused")
    elif screen.desk.act(core.StartRound(seconds)) is not None:
        screen.bar.close()


def hand_over(screen: Board) -> None:
    """Let someone lead the step, or take it back."""
    step = screen.desk.meeting.current
    if step is not None and step.handed:
        screen.desk.act(core.HandOver(None))
    else:
        screen.open_bar("handover", text=step.plan.leads[0] if step is not None and step.plan.leads else "")


def handed_over(screen: Board, typed: Bar.Submitted) -> None:
    """This person leads from now on."""
    desk = screen.desk
    step, name = desk.meeting.current, desk.person(typed.text)
    if step is not None and name is not None and desk.act(core.HandOver(name, step.id)) is not None:
        from facilitator.tui.screens.lead import LeadScreen

        screen.bar.close()
        screen.app.push_screen(LeadScreen(desk, step.id, screen.expect_text))


def gap_counts(screen: Board) -> None:
    """The gap was meeting."""
    _settle(screen, counts=True)


def gap_was_break(screen: Board) -> None:
    """The gap was a break."""
    _settle(screen, counts=False)


def _settle(screen: Board, *, counts: bool) -> None:
    gap = next((gap for gap in screen.desk.meeting.gaps if gap.counts is None), None)
    if gap is None:
        screen.desk.say(screen.tr("There is nothing to settle."))
    else:
        screen.desk.act(core.SettleGap(gap.id, counts))
