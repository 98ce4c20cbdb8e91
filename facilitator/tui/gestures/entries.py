"""Writing down, the list, the answer to a question and what becomes of it, undo."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING

from facilitator import wording
from facilitator.core import acts as core
from facilitator.core.people import NAMES_APART, together
from facilitator.core.text import normalise
from facilitator.core.vocabulary import PRIVATE, Kind
from facilitator.i18n import N_
from facilitator.tui import outcomes, view
from facilitator.tui.keys import UNDO, key_name
from facilitator.tui.watch import forget_in_draft

if TYPE_CHECKING:
    from facilitator.core.entry import Entry
    from facilitator.core.vocabulary import Outcome
    from facilitator.i18n import Translator
    from facilitator.meetings.session import Done
    from facilitator.tui.board import Board
    from facilitator.tui.desk import Desk
    from facilitator.tui.widgets.bar import Bar


# A key pressed again within this time may be the same press.
SAME_PRESS_MS = 1_000
# So long what was entered waits, before it is called saved, for its half-typed text to be forgotten: it must not come back.
ENTERED_S = 0.5


def capture(screen: Board, typed: Bar.Submitted) -> None:
    """Write down what was typed."""
    desk = screen.desk
    kept = written(desk, typed)
    if kept is None:
        return
    done, kind, remarks = kept
    if typed.kind in PRIVATE or kind in PRIVATE:
        screen.bar.close()  # what is typed next is another person's, and not to be masked
    else:
        screen.bar.clear()
    desk.keep_texts(ENTERED_S)
    if done.entry is not None:
        screen.list.choose(done.entry.id, on_purpose=False)
    if remarks:
        desk.add(remarks)
    screen.paint()


def written(desk: Desk, typed: Bar.Submitted) -> tuple[Done, Kind, str] | None:
    """What was typed, written down: what was done, the kind it became, what is to be remarked; None when it was not."""
    from facilitator.core.capture import read_line

    clean = normalise(typed.text)
    line = read_line(
        clean.text,
        kind=typed.kind,
        members=desk.names,
        today=wording.local(desk.session.now().at, desk.zone).date(),
        next_meeting=desk.meeting.opened.calendar.next_meeting,
    )
    if line.kind == "resource" and not line.fields.link:
        words = desk.tr("A resource without an address: Enter again keeps it all the same.")
        if not desk.again(("no-link", clean.text), words):
            return None
    done = desk.act(core.Capture(line.kind, line.fields)) if not desk.are_several(line.several) else None
    if done is None:
        return None
    return done, line.kind, _remarks(desk.tr, clean.removed, () if typed.kind in PRIVATE else line.unknown)


def _remarks(tr: Translator, removed: Sequence[str], unknown: Sequence[str]) -> str:
    said = []
    if removed:
        said.append(tr("invisible characters were taken out"))
    if unknown:
        said.append(tr("not a member: {names}", names=", ".join(unknown)))
    return " · ".join(said)


def found(screen: Board, _typed: Bar.Submitted) -> None:
    """Keep to what was found."""
    if not screen.list.listed():
        screen.desk.say(screen.list.nothing_found(), "refused")
        return
    screen.list.keep_choice()
    screen.bar.close()


def edit(screen: Board) -> None:
    """The form of the chosen entry."""
    from facilitator.tui.screens.entry import EntryScreen

    if screen.selected is not None:
        screen.app.push_screen(EntryScreen(screen.desk, screen.selected))


def support(screen: Board) -> None:
    """Same need here."""
    if screen.selected is not None:
        screen.desk.act(core.Support(screen.selected.id))


def finish(screen: Board) -> None:
    """Done, or no longer."""
    if screen.selected is not None:
        screen.desk.act(core.Finish(screen.selected.id, done=not screen.selected.done))


def remove(screen: Board) -> None:
    """Take the chosen entry away, from the draft of the minutes too; the one that stood beside it is chosen."""
    entry, listed, desk = screen.selected, screen.list.listed(), screen.desk
    if entry is None:
        return
    now, before = desk.now_ms(), screen.removed_at
    if before is not None and now - before < SAME_PRESS_MS:  # what is chosen changed under the finger
        words = screen.tr(
            "{key} again takes {label} away, too.",
            key=key_name(screen.tr, "delete"),
            label=view.entry_label(screen.tr, entry),
        )
        if not desk.again(("remove", entry.id), words):
            return
    if desk.act(core.Remove(entry.id)) is None:
        return
    screen.removed_at = now
    screen.desk.add(screen.tr("{key} brings it back", key=key_name(screen.tr, UNDO)))
    place = next((place for place, one in enumerate(listed) if one.id == entry.id), 0)
    left = screen.list.listed()
    screen.list.choose(left[min(place, len(left) - 1)].id if left else None)
    screen.desk.carry_out(lambda: forget_in_draft(screen.desk))
    screen.paint()


def undo(screen: Board) -> None:
    """Take back what was done last; what is given back is the chosen one."""
    _choose_again(screen, core.Undo())


def redo(screen: Board) -> None:
    """Bring back what was taken back."""
    _choose_again(screen, core.Redo())


def _choose_again(screen: Board, command: core.Command) -> None:
    done = screen.desk.act(command)
    if done is not None and done.entry is not None:
        screen.list.choose(done.entry.id, on_purpose=True)
        screen.paint()
    if done is not None:
        screen.desk.carry_out(lambda: forget_in_draft(screen.desk))  # what counts no longer, or is private again


def answer(screen: Board) -> None:
    """Answer the chosen question: its clock starts and the bar opens."""
    entry, desk = screen.selected, screen.desk
    if entry is None:
        return
    running = desk.meeting.answering
    under_way = running is not None and running.entry == entry.id and bool(desk.texts.left("answer", entry.id))
    if desk.meeting.state == "running" and entry.outcome is None and not under_way:
        desk.act(core.StartAnswer(entry.id))
    open_answer(screen, entry)


def open_answer(screen: Board, entry: Entry) -> None:
    """Open the bar for the answer to a question, as it is now: on the answer that it has; a text that was left goes beside that."""
    left = screen.desk.texts.left("answer", entry.id)
    screen.answering, screen.beside = entry, entry if left and entry.answer else None
    masked: Kind = "individual" if entry.private else "question"
    text = f"{entry.answer} " if entry.answer else ""  # what is typed next is not glued to it
    screen.open_bar("answer", masked, view.entry_label(screen.tr, entry), text, entry.id)


def answered(screen: Board, typed: Bar.Submitted) -> None:
    """Write the answer down."""
    from facilitator.core.capture import read_answer

    desk = screen.desk
    if screen.answering is not None and (settled := outcomes.settled_meanwhile(desk, screen.answering, again=True)):
        screen.answering = settled  # entered again, it is meant
        screen.beside = settled if settled.answer else None
        return
    clean = normalise(typed.text)
    link = re.search(r"https?://\S+", clean.text)
    said, by = read_answer(clean.text, desk.names)
    if desk.are_several((by or "").split(NAMES_APART)):
        return
    if screen.beside is not None:  # two answers given at once are both kept
        said = f"{screen.beside.answer}\n{said}"
        by = together(one for one in (screen.beside.answer_by, by) if one) or None
    before = screen.answering
    if before is not None and before.answer and by is None and typed.text.strip() == before.answer.strip():
        screen.bar.close()  # nothing was changed of it
        return
    if before is not None and before.answer:  # it stood in the line: who gave it is another only when that is said
        by = by or before.answer_by
    address = link[0] if link else before.answer_link if before is not None else None
    command = core.Answer(typed.entry or "", said, address, by)
    done = desk.act(command)
    if done is not None:
        if wording.gives_up_answer(done.act):
            desk.add(screen.tr("{key} brings the answer back", key=key_name(screen.tr, UNDO)))
        screen.bar.close()
        desk.keep_texts(ENTERED_S)
        screen.list.go_on(typed.entry)


def send(screen: Board) -> None:
    """Ask what becomes of the chosen question."""
    entry = screen.selected
    if entry is not None:
        prompts = outcomes.prompts(screen.tr, view.entry_label(screen.tr, entry), entry)
        keys = outcomes.keys(screen.tr, entry)
        choices = {key: partial(_sent, screen, entry, to) for key, to in keys.items()}
        screen.ask(prompts, choices, about=outcomes.about(screen.tr, entry))


def _sent(screen: Board, entry: Entry, to: Outcome | None) -> None:
    if outcomes.send(screen.desk, entry, to):
        screen.list.go_on(entry.id)


def reorder(screen: Board) -> None:
    """The list in another order: as the step wants it, by kind, by theme."""
    orders = {"step": N_("In the order of the meeting."), "kind": N_("By kind."), "theme": N_("By theme.")}
    screen.desk.say(screen.tr(orders[screen.list.reorder()]))
