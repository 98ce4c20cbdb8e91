"""The room view: the clock that matters, what has the floor, what comes next, and the address with its code."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.app import ComposeResult

from facilitator import wording
from facilitator.core.public import public
from facilitator.core.time.clocks import coming
from facilitator.core.time.floor import floor
from facilitator.meetings.opening_page import opening_page
from facilitator.tui import figures, letters, room_view
from facilitator.tui.arrangement import WIDEST
from facilitator.tui.cells import fit
from facilitator.tui.code import MOST_CODE, QUIET, blocks
from facilitator.tui.widgets.boxes import Box
from facilitator.tui.widgets.clock import BigClock
from facilitator.tui.widgets.lines import Lines, Row

if TYPE_CHECKING:
    from facilitator.core.meeting import Meeting, PublicMeeting
    from facilitator.tui.desk import Desk

# The clock takes no more than this share of the rows, and leaves the code its place beside it.
CLOCK_SHARE = 0.32
# Columns between the code and what stands beside it; rows of its caption.
AROUND = 2
# So wide that what stands beside the clock is read.
BESIDE = 30


class RoomView(Box):
    """Follows the meeting; takes nothing but its public part."""

    DEFAULT_CSS = """
    RoomView { height: 1fr; layout: horizontal; }
    RoomView > #room-main { width: 1fr; height: 100%; layout: vertical; }
    #room-title { height: 1; }
    #room-clock { height: 5; layout: horizontal; padding: 0 2; }
    #room-big { height: 100%; margin: 0 3 0 0; }
    #room-beside { width: 1fr; height: 100%; }
    #room-progress { height: 1; }
    RoomView > #room-code { width: 0; height: 100%; display: none; }
    """

    def __init__(self, desk: Desk, *, waits: bool = False) -> None:
        """`waits`: the meeting was over when somebody began to look, so that the next one is what is waited for."""
        super().__init__(id="room-view")
        self._waits = waits
        self.desk = desk
        self._of: Meeting | None = None
        self._public: PublicMeeting | None = None
        self._put = ("", 0)
        self._code: list[str] = []
        self._title = Lines(self._title_row, id="room-title")
        self._clock = Box(id="room-clock")
        self._big = BigClock(id="room-big")
        self._lines = (
            self._title,
            Lines(self._beside, id="room-beside"),
            Lines(lambda width, _: room_view.progress(self.shown, self.times, width), id="room-progress"),
            Lines(self._words, id="room-words"),
            Lines(self._code_rows, id="room-code"),
        )
        self._scale = 0
        self._large = False
        self.times = desk.clocks()

    @property
    def shown(self) -> PublicMeeting:
        """The public part of the meeting as it stands."""
        meeting = self.desk.meeting
        if self._public is None or self._of is not meeting:
            self._of, self._public = meeting, public(meeting)
        return self._public

    @property
    def said(self) -> list[str]:
        """All there is to read, in words, whatever letters it is in and whether it has its place."""
        return [one.text for one in self._said()]

    def _said(self) -> list[room_view.RoomLine]:
        if self._waits:
            return room_view.waiting(self.desk.tr, self.shown)
        found = coming(self.desk.meeting, self.desk.session.now())
        return room_view.said(self.desk.tr, self.shown, self.times, found[0][1] if found else None, self._served)

    @property
    def _served(self) -> str:
        """Where telephones write, while they may; nothing of what they sent is ever here."""
        return self.desk.telephones.link

    def compose(self) -> ComposeResult:
        """Title, clock, words, code."""
        title, beside, progress, words, code = self._lines
        with Box(id="room-main"):
            yield title
            with self._clock:
                yield self._big
                yield beside
            yield progress
            yield words
        yield code

    def on_resize(self) -> None:
        """The clock takes what the window gives."""
        self._put = ("", 0)
        self.paint()

    def paint(self) -> None:
        """Show the meeting as it stands."""
        if not self.is_mounted or not self.size.area:
            return
        if not self._big.is_mounted:  # a second may pass before it is whole
            self.call_after_refresh(self.paint)
            return
        self.times = self.desk.clocks()
        self._arrange(*self.size)
        text = room_view.big(self.shown, self.times)
        level = floor(self.shown, self.times).level if self.shown.state == "running" else "calm"
        self._big.tone(room_view.tone(self.shown, level))
        if (text, self._scale) != self._put:
            self._put = (text, self._scale)
            self._big.put(text, self._scale)
        for lines in self._lines:
            lines.show()

    def _arrange(self, width: int, height: int) -> None:
        """The same size for any figures; the code where nothing else needs its place."""
        self._large = large = room_view.is_large(width, height)
        most = int(height * CLOCK_SHARE) if large else figures.ROWS
        room = width - 4 - (2 * QUIET + 25 + AROUND if large else 0)
        fits = min(room // figures.width(WIDEST), most // figures.ROWS)
        self._scale = max(0, fits) if height >= figures.ROWS + 4 else 0
        self._clock.styles.height = self._scale * figures.ROWS + (1 if large else 0) if self._scale else 1
        self._big.styles.width = figures.width(WIDEST, self._scale) if self._scale else 0
        self._title.display = not large
        self._code = self._code_for(width, height)
        code = self._lines[-1]
        code.display = bool(self._code)
        code.styles.width = len(self._code[0]) + AROUND if self._code else 0

    def _code_for(self, width: int, height: int) -> list[str]:
        """The code of the address, where it stays readable and all that matters has its place beside it."""
        address = room_view.address(self.shown, self._served)
        code = blocks(address, light=self.app.no_color) if address else []
        if not code or len(code[0]) > MOST_CODE or len(code) > height:
            return []
        beside = width - len(code[0]) - AROUND
        waiting = (self.shown.state in ("none", "ready") and not self._has_page) or room_view.is_break(self.shown)
        if self._large:
            rows = height - self._scale * figures.ROWS - 2
            said = self._said()
            if self._has_page or beside < figures.width(WIDEST, self._scale) + 4:
                return []
            return code if room_view.fits_beside(said, beside, rows, waiting=waiting) else []
        return code if waiting and beside >= figures.width(WIDEST) + 4 else []

    @property
    def _has_page(self) -> bool:
        return room_view.has_opening_page(self.desk.tr, self.shown)

    def _title_row(self, width: int, _height: int) -> list[Row]:
        return room_view.title_row(self._above, self.shown, self.times, width)

    @property
    def _above(self) -> str:
        """What stands above: where, or what the meeting is; nothing of one that is over before anybody looked."""
        return (self.shown.setup.network or "") if self._waits else room_view.title(self.desk.tr, self.shown)

    def _beside(self, width: int, height: int) -> list[Row]:
        """Beside the clock: the time of day, and what step it is, in large letters; where there are no figures, the clock in words."""
        if not self._scale:
            return [[(fit(self._put[0], width), "strong")]]
        if not self._large or width < BESIDE:
            return []
        clock = wording.time_text(self.times.now, self.shown.setup.zone)
        lines = [clock, *letters.wrapped(self._above, width, "narrow")]
        most = max(1, (height * 2 + 1) // letters.PITCH)  # above the figures of an hour there is no accent
        return [[(row, "strong")] for row in letters.drawn(letters.cut(lines, most, width, "narrow"), "narrow")]

    def _words(self, width: int, height: int) -> list[Row]:
        tr, shown = self.desk.tr, self.shown
        if not self._large and (page := opening_page(tr, shown)) and shown.state in ("none", "ready"):
            address = room_view.short_address(shown, self._served)
            rows = room_view.opening_rows(tr, page, width, height - 1)
            return [*rows, *([[]] * (height - 1 - len(rows))), [(" " + fit(address, width - 1), "accent")]][:height]
        return room_view.rows(self._said(), width, height, large=self._large)

    def _code_rows(self, width: int, height: int) -> list[Row]:
        """The code, and what it is for."""
        rows: list[Row] = [[(row, "code")] for row in self._code]
        caption = self.desk.tr("Take part") if self._served else self.desk.tr("Your questions")
        if self._large and height >= len(rows) + letters.height(1, "narrow") + 1:
            rows += [[], *([(row, "")] for row in letters.drawn(letters.cut([caption], 1, width, "narrow"), "narrow"))]
        elif height > len(rows):
            rows.append([(fit(caption, width), "strong")])
        return rows[:height]
