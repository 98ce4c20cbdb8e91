"""The telephones of the room: where they write, and what they sent that waits to be taken up."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from facilitator.core import acts as core
from facilitator.core.entry import label
from facilitator.tui import telephone_rows
from facilitator.tui.beside import Beside
from facilitator.tui.cells import fit, wrap
from facilitator.tui.code import MOST_CODE, blocks
from facilitator.tui.gestures.entries import SAME_PRESS_MS
from facilitator.tui.keys import TELEPHONES, UNDO, key_name
from facilitator.tui.panels import GAP, beside
from facilitator.tui.screens.sheet import Sheet, problem_text
from facilitator.tui.telephones import Pile, piles
from facilitator.wording.names import short_link
from facilitator.wording.telephones import sent_name

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from facilitator.core.telephones import Sent
    from facilitator.meetings.session import Done
    from facilitator.tui.desk import Desk
    from facilitator.tui.half_typed import Becomes
    from facilitator.tui.widgets.bar import Bar
    from facilitator.tui.widgets.lines import Row

# What was shown for less than this nobody has read: the key that showed it was pressed once, and counts once.
READ_MS = 400
# What stands beside the code is read; with a list beside it, its texts too.
BESIDE, BESIDE_LIST = 36, 70


class TelephonesScreen(Sheet):
    """Enter shows what the wall may not have read yet, then takes it up."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk.tr, desk)
        self.led = desk
        self.piles: list[Pile] = []
        # What was shown on purpose, by what was sent: what comes later is masked, also where it comes to others.
        self._shown: frozenset[str] = frozenset()
        self._passing: frozenset[str] = frozenset()  # the same, until another one is chosen
        self._shown_at = 0
        self._changed_at: int | None = None
        self._declined = False
        self._errand: Beside[object] | None = None
        self._doing = ""

    def on_mount(self) -> None:
        """Look at once: the second that shows it may not have passed."""
        self._errand = Beside(self.app)
        self.led.telephones.look(closely=True)
        self.piles = piles(self.led.telephones.waiting)
        super().on_mount()

    def _paint(self) -> None:
        self.piles = piles(self.led.telephones.waiting)
        self.led.forget_mended()
        super()._paint()

    def _settle(self) -> None:
        """Where another one is chosen and no arrow chose it, that is remembered: the next key may have been meant for the one before."""
        before = self.chosen
        super()._settle()
        if before is not None and self.chosen not in (None, before):
            self._changed_at = self.led.now_ms()
            self._passing = frozenset()

    @property
    def pile(self) -> Pile | None:
        """What keys act on."""
        return next((pile for pile in self.piles if pile.id == self.chosen), None)

    @property
    def serves(self) -> bool:
        """Whether telephones may write now."""
        return self.led.telephones.serving is not None

    def sheet_title(self) -> str:
        """What waits, if anything does."""
        n = len(self.led.telephones.waiting)
        waits = self.tr.ntr("{n} message waits", "{n} messages wait", n) if n else ""
        return " · ".join(filter(None, (self.tr("Telephones of the room"), waits)))

    def ids(self) -> list[str]:
        """What waits."""
        return [pile.id for pile in self.piles]

    def placed_rows(self, width: int) -> tuple[list[Row], int]:
        """The list; how its masks come off while there are any."""
        rows, at = telephone_rows.listed(
            self.tr,
            self.piles,
            width,
            chosen=self.chosen,
            shown={pile.id for pile in self.piles if self._readable(pile)},
            names=self.led.names,
            zone=self.led.zone,
        )
        if self._any_hidden():
            words = self.tr("The room may read this screen: Enter or space shows the chosen one, t all of them.")
            rows += [[], *([(" " + line, "dim")] for line in wrap(words, min(width, telephone_rows.WIDEST) - 2))]
        elif not self.piles and self.serves:
            words = self.tr("Nothing waits. What is sent comes here, and nowhere else before you take it up.")
            rows += [[(" " + line, "dim")] for line in wrap(words, width - 2)]
        return rows, at

    def _readable(self, pile: Pile) -> bool:
        """Whether all of it was shown on purpose."""
        return all(item.id in self._shown or item.id in self._passing for item in pile.items)

    def _body_rows(self, width: int, height: int) -> Sequence[Row]:
        """The address stays where it is, whatever the list does; the code beside, where both have their place."""
        code = self._code(width, height)
        side = min(width - len(code[0]) - GAP, telephone_rows.WIDEST) if code else width
        head = self._head(side, height)
        rows = [*head, *super()._body_rows(side, max(1, height - len(head)))]
        return beside(rows, [[(row, "code")] for row in code], side) if code else rows

    def _head(self, width: int, height: int) -> list[Row]:
        serving = self.led.telephones.serving
        if self._doing:
            return [[(" " + self._doing, "strong")], []]
        if serving is None:
            if self.piles:
                return [[(fit(" " + self.tr("The page is closed: o opens it."), width), "strong")], []]
            return telephone_rows.about(self.tr, width, exists=self.led.session.exists)
        return telephone_rows.head(self.tr, short_link(serving.url), width, height)

    def _code(self, width: int, height: int) -> list[str]:
        """The code of the address, where it leaves their place to the address and the list."""
        link = self.led.telephones.link
        code = blocks(link, light=self.app.no_color) if link and not self._doing else []
        least = BESIDE_LIST if self.piles else BESIDE
        fits = code and len(code[0]) <= MOST_CODE and len(code) <= height and width - len(code[0]) - GAP >= least
        return code if fits else []

    def sheet_keys(self) -> list[tuple[str, str]]:
        """What can be done with the chosen one, and with the page."""
        tr, pile = self.tr, self.pile
        begin, end = [("o", tr("open the page"))], [("f", tr("close the page"))]
        if pile is None:
            begin = [(tr("Enter"), tr("open the page"))] if self.led.session.exists else []
            return end if self.serves else begin
        hidden = self._hidden(pile)
        keys = [(tr("Enter"), tr("show") if hidden else self._takes(pile))]
        keys += [("e", tr("mend"))] if pile.kind in ("question", "need") else []
        keys += [(tr("Del"), tr("decline"))]
        keys += end if self.serves else begin
        keys += (
            [("t", tr("show all") if self._any_hidden() else tr("mask all"))]
            if any(map(self._masks, self.piles))
            else []
        )
        keys += [(tr("space"), tr("mask"))] if self._masks(pile) and not hidden else []
        return [*keys, ("u", tr("undo")), ("↑↓", tr("choose"))]

    def help_keys(self) -> list[tuple[str, str]]:
        """And the key that opened it."""
        return [*self.sheet_keys(), (TELEPHONES, self.leave_words())]

    def _takes(self, pile: Pile) -> str:
        return self.tr("let speak") if pile.kind == "floor" else self.tr("take up")

    def _masks(self, pile: Pile) -> bool:
        return telephone_rows.hides(pile, self.led.names)

    def _hidden(self, pile: Pile) -> bool:
        """Whether it is masked now."""
        return self._masks(pile) and not self._readable(pile)

    def left_key(self, _kind: Becomes) -> str:
        """The key that brings back what was left in the bar."""
        return "e"

    def action_leave_sheet(self) -> None:
        """Back; why a key did nothing here is not told elsewhere."""
        self.led.hush()
        super().action_leave_sheet()

    def action_move(self, by: int) -> None:
        """What was shown is masked again when another one is chosen."""
        self._passing = frozenset()
        self._changed_at = None
        super().action_move(by)

    def pressed(self, key: str) -> bool:
        """One key each."""
        if self.bar.is_open:
            return False
        pile = self.pile
        if key == TELEPHONES:
            self.action_leave_sheet()
        elif key == UNDO:
            self._undo()
        elif key == "t" and self.piles:
            shown = [item.id for pile in self.piles for item in pile.items] if self._any_hidden() else ()
            self._shown, self._passing = frozenset(shown), frozenset()
        elif key == "f" and self.serves:
            self._end()
        elif (key == "o" or (key == "enter" and pile is None)) and not self.serves:
            self._begin()
        elif pile is not None:
            return self._on(key, pile) or self.refuse_key(key)
        else:
            return self.refuse_key(key)
        return True

    def _any_hidden(self) -> bool:
        return any(self._hidden(pile) for pile in self.piles)

    def _on(self, key: str, pile: Pile) -> bool:
        """What is done with the chosen one."""
        if key == "enter":
            if self._hidden(pile):
                self._show(pile)
            elif self.led.now_ms() - self._shown_at >= READ_MS and self._meant(key, pile):
                self._take(pile)
        elif key in ("space", " ") and self._masks(pile):
            if self._hidden(pile):
                self._show(pile)
            else:
                self._shown, self._passing = self._shown - {item.id for item in pile.items}, frozenset()
        elif key == "e" and pile.kind in ("question", "need"):
            self.led.telephones.mended.add(pile.id)
            self.bar.open("note", subject=sent_name(self.tr, pile.kind), text=pile.first.text, entry=pile.id)
        elif key == "delete":
            self._decline(pile)
        else:
            return False
        return True

    def _show(self, pile: Pile) -> None:
        self._passing, self._shown_at = frozenset(item.id for item in pile.items), self.led.now_ms()

    def _meant(self, key: str, pile: Pile) -> bool:
        """Whether a key is for this one, where another one stood there a moment ago; else that is asked."""
        changed = self._changed_at
        if changed is None or self.led.now_ms() - changed >= SAME_PRESS_MS:
            return True
        name = self.tr("Enter") if key == "enter" else key_name(self.tr, key)
        words = self.tr("Another one is chosen by now: {key} again is for this one.", key=name)
        return self.led.again((key, pile.id), words, for_room=False)

    # What becomes of what waits

    def _take(self, pile: Pile, text: str | None = None) -> bool:
        """Take it up, and tell so; the first that cannot be saved ends it."""
        if pile.kind == "floor":
            self._let_speak(pile)
            return True
        taken: list[Done] = []
        for item in pile.items:
            done = self._take_up(item, text)
            if done is None:
                break
            taken.append(done)
        if len(taken) > 1:
            self.led.say(f"✓ {self._several(pile, len(taken))}", "done")
        if taken:
            self._declined = False
            key = key_name(self.tr, UNDO)
            one, each = self.tr("{key} takes it back", key=key), self.tr("{key} takes them back one by one", key=key)
            self.led.add(each if len(taken) > 1 else one)
        self._look()
        return bool(taken)

    def _take_up(self, item: Sent, text: str | None = None) -> Done | None:
        from facilitator.meetings.telephones import take_up

        return self.led.tell_done(lambda: take_up(self.led.session, item, text=text), for_room=False)

    def _several(self, pile: Pile, n: int) -> str:
        if pile.kind == "same" and pile.entry is not None:
            number = label(pile.entry.kind, pile.entry.number, self.tr.language)
            return self.tr.ntr("{number}: {n} more", "{number}: {n} more", n, number=number)
        return self.tr.ntr("{n} evaluation taken up", "{n} evaluations taken up", n)

    def _let_speak(self, pile: Pile) -> None:
        """Who is next in the round speaks now; a round has its own order, and without one it is told, and no act."""
        from facilitator.meetings.telephones import take_up

        led, item = self.led, pile.first
        name = telephone_rows.speaker(item)
        turn = led.meeting.round
        if led.attempt(lambda: (take_up(led.session, item),), for_room=False) is None:
            return
        if turn is not None and turn.waiting and turn.waiting[0] == name:
            led.act(core.PassRound(turn.speaking))
        else:
            words = self.tr("{name} has the floor", name=name) if name else self.tr("The next one has the floor")
            led.say(f"✓ {words}", "done")
        self._look()

    def _decline(self, pile: Pile) -> None:
        """Let it wait no more, for good: what was not read is asked for again."""
        led, key = self.led, key_name(self.tr, "delete")
        if self._hidden(pile):
            words = self.tr("Not read yet: {key} again declines it unread.", key=key)
            if not led.again(("unread", pile.id), words, for_room=False):
                return
        elif not self._meant("delete", pile):
            return
        for item in pile.items:
            if not led.attempt(partial(self._let_go, item), for_room=False):
                break
            self._declined = True
            led.say(self.tr("✓ declined: nothing of it is kept"), "done")
        self._look()

    def _let_go(self, item: Sent) -> bool:
        from facilitator.meetings.telephones import decline

        decline(self.led.session, item)
        return True

    def _undo(self) -> None:
        """Take back what was taken up last; not something else in its place, where that was declined."""
        if self._declined:
            self._declined = False
            words = self.tr("What was declined does not come back; {key} again undoes what came before it.", key=UNDO)
            self.led.say(words, "refused", for_room=False)
            return
        self.led.act(core.Undo())

    def typed(self, event: Bar.Submitted) -> None:
        """Take it up in other words; when it is gone meanwhile, they stay in the line."""
        pile = next((one for one in self.piles if one.id == event.entry), None)
        if pile is None:
            self.led.say(self.tr("It was withdrawn, or somebody took it up."), "refused", for_room=False)
        elif not event.text.strip() or self._take(pile, event.text):
            self.bar.close()

    # The page itself

    def _begin(self) -> None:
        """Open the page, beside the loop; why it cannot be is told in words."""
        from facilitator.share.serving import start_serving

        session = self.led.session
        if session.exists:
            self._do(
                self.tr("The page is being opened…"),
                lambda: start_serving(session, language=self.tr.language),
                self.tr("✓ the page is open"),
            )
        else:
            self.led.say(
                self.tr("Nothing is written of this meeting yet: → begins it, p notes who is there."), "refused"
            )

    def _end(self) -> None:
        """Close the page; that something waits is said first."""
        from facilitator.share.serving import stop_serving

        if n := len(self.led.telephones.waiting):
            words = self.tr.ntr(
                "{n} message goes on waiting here: f again closes the page all the same.",
                "{n} messages go on waiting here: f again closes the page all the same.",
                n,
            )
            if not self.led.again(("end",), words, for_room=False):
                return
        session = self.led.session
        self._do(self.tr("The page is being closed…"), lambda: stop_serving(session), self.tr("✓ the page is closed"))

    def _do(self, doing: str, work: Callable[[], object], done: str) -> None:
        if self._errand is not None and self._errand.do(work, partial(self._done, done)):
            self._doing = doing

    def _done(self, done: str, found: object) -> None:
        self._doing = ""
        self._look()
        if isinstance(found, Exception):
            self.led.say(problem_text(self.tr, found), "refused")
        elif found is False and self.serves:
            self.led.say(self.tr("The page could not be closed: telephones still reach it."), "refused")
        else:
            self.led.say(done, "done")

    def _look(self) -> None:
        self.led.telephones.look(closely=True)
        self.led.changed()
