"""A full screen of rows: a title, a body that scrolls, a message, a bar when something is to be typed, the keys."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from time import monotonic
from typing import TYPE_CHECKING, ClassVar, Protocol, runtime_checkable

from textual import events, on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType

from facilitator.tui import footer
from facilitator.tui.cells import left, wrap
from facilitator.tui.desk import STAYS
from facilitator.tui.half_typed import Becomes
from facilitator.tui.keys import digit_of, key_name
from facilitator.tui.screens.ordered import OrderedScreen, stands
from facilitator.tui.widgets.bar import Bar
from facilitator.tui.widgets.lines import Lines, Row

if TYPE_CHECKING:
    from facilitator.i18n import Translator
    from facilitator.meetings.session import WorkspaceMoved
    from facilitator.tui.desk import Desk, Tone

LOW = 14
# So long after a refused key, and after each that was held for it, letters do nothing.
HOLD_S = 1.0
MESSAGE_ROWS = 4
HELP = ("h", "f1")


def problem_text(tr: Translator, problem: Exception) -> str:
    """The first line to be said of what failed; the details of an error of the program go to a file."""
    from facilitator.meetings import faults

    return (faults.fault_text(tr, problem) or faults.crash_text(tr, problem)).partition("\n")[0]


@runtime_checkable
class ShowsHelp(Protocol):
    """An application that shows what the keys do."""

    def show_help(self, here: list[tuple[str, str]]) -> None:
        """Over the screen that asks, whose own come first."""


@runtime_checkable
class Follows(Protocol):
    """An application whose workspace may be moved."""

    def follow(self) -> WorkspaceMoved | None:
        """Go on where it is by now; what is to be told of it."""


# These act on nothing that is in a workspace.
ANYWHERE = (*HELP, "escape", "up", "down", "pageup", "pagedown", "q")


class Sheet(OrderedScreen):
    """What the other screens are made of. A subclass says its title, its rows and its keys."""

    CSS_PATH = "sheet.tcss"
    AUTO_FOCUS = ""
    has_before = True
    has_help = True
    body: ClassVar[type[Lines]] = Lines
    takes_message = False
    """Whether what was said on the screen before is about this one."""
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "leave_sheet", "", show=False),
        Binding("up", "move(-1)", "", show=False),
        Binding("down", "move(1)", "", show=False),
        Binding("pageup", "scroll_rows(-1)", "", show=False),
        Binding("pagedown", "scroll_rows(1)", "", show=False),
    ]

    def __init__(self, tr: Translator, desk: Desk | None = None) -> None:
        super().__init__()
        self.tr = tr
        self.desk = desk
        self.first = 0
        self.note: tuple[str, str] = ("", "")
        self._chosen: str | None = None
        self._place = 0
        self._follows = True
        self._earlier = desk.message if desk is not None and not self.takes_message else None
        self._refused: tuple[str, float] | None = None

    def compose(self) -> ComposeResult:
        """Title, body, message, bar, keys."""
        yield Lines(self._title_rows, classes="sheet-title")
        yield self.body(self._body_rows, classes="sheet-body")
        yield Lines(self._message_rows, classes="sheet-message")
        yield Bar(self.tr, self.complete, self.desk.texts if self.desk is not None else None)
        yield Lines(self._footer_rows, classes="sheet-footer")

    # What a subclass says

    def sheet_title(self) -> str:
        """What stands at the top."""
        return ""

    def sheet_rows(self, _width: int) -> list[Row]:
        """All the rows, where each is a thing to choose or none is; the body shows those around the chosen one."""
        return []

    def placed_rows(self, width: int) -> tuple[list[Row], int]:
        """All the rows, and at which of them the chosen thing stands."""
        return self.sheet_rows(width), self.at

    def ids(self) -> Sequence[str]:
        """What can be chosen, each by a name that stays the same whatever others do; nothing: the arrows scroll."""
        return ()

    def sheet_keys(self) -> list[tuple[str, str]]:
        """Keys and labels for the footer."""
        return []

    def pressed(self, _key: str) -> bool:
        """A key that is not the sheet's own; true when it meant something."""
        return False

    def typed(self, event: Bar.Submitted) -> None:
        """Enter in the bar."""

    def left_key(self, _kind: Becomes) -> str:
        """The key that brings back what was left in the bar."""
        return ""

    def leave_words(self) -> str:
        """What Escape does."""
        return self.tr("back")

    def message(self, _width: int) -> tuple[str, str]:
        """What is to be said, and its style."""
        said = self.desk.line if self.desk is not None else None
        if said is None:
            return self.note
        return ("", "") if said is self._earlier and said.tone not in STAYS else (said.text, said.style)

    def complete(self, prefix: str) -> str | None:
        """The one name that is meant, for the bar."""
        from facilitator.core.people import complete

        return complete(prefix, self.desk.names) if self.desk is not None else None

    def named(self, text: str, names: Sequence[str]) -> tuple[str, ...] | None:
        """Who is named, with commas between them: one of these names of which enough is typed, else a new one.

        None, and told, where somebody may be several people.
        """
        from facilitator.core.people import candidates
        from facilitator.core.text import one_line

        said: list[str] = []
        for part in filter(None, (one_line(one).strip(" @") for one in text.split(","))):
            found = candidates(part, names)
            if len(found) > 1:
                self.tell(self.tr("Several: {names}", names=", ".join(found)), "refused")
                return None
            said.append(found[0] if found else part)
        return tuple(said)

    # What all have

    @property
    def bar(self) -> Bar:
        """The bar."""
        return self.query_one(Bar)

    @property
    def chosen(self) -> str | None:
        """What was chosen when the screen was last painted: what a key acts on is what is seen."""
        return self._chosen

    @property
    def place(self) -> int:
        """Where the chosen thing is among the choices; -1 when it is no longer there."""
        ids = self.ids()
        return ids.index(self._chosen) if self._chosen in ids else -1

    @property
    def at(self) -> int:
        """The same, 0 when it is not there."""
        return max(0, self.place)

    def choose(self, place: int) -> None:
        """Choose the thing at this place, the nearest when there is none."""
        ids = self.ids()
        self._place = max(0, min(len(ids) - 1, place))
        self._chosen = ids[self._place] if ids else None
        self._follows = True

    def _settle(self) -> None:
        """What was chosen stays chosen wherever it stands now; where it is gone, what has taken its place is."""
        place = self.place
        if place < 0:
            self.choose(self._place)
        else:
            self._place = place

    def on_mount(self) -> None:
        """Follow the meeting, if there is one."""
        self.set_class(self.app.size.height < LOW, "-low")
        self._settle()
        if self.desk is not None:
            self.desk.follow(self.paint)

    def on_unmount(self) -> None:
        """Nobody looks any more."""
        if self.desk is not None:
            self.desk.leave(self.paint)

    def on_resize(self, event: events.Resize) -> None:
        """Low windows have no margins."""
        self.set_class(event.size.height < LOW, "-low")

    def paint(self) -> None:
        """Show it as it stands."""
        if self.desk is not None:
            self.desk.show(self._paint)
        else:
            self._paint()

    def _paint(self) -> None:
        if stands(self):
            self._settle()
            self._fit_message()
            for lines in self.query(Lines):
                lines.show()

    def tell(self, text: str, tone: Tone = "said") -> None:
        """Say one line."""
        if self.desk is not None:
            self.desk.say(text, tone)
        else:
            self.note = (text, "warn" if tone == "refused" else "")
            self.paint()

    def action_leave_sheet(self) -> None:
        """Back to the screen before."""
        self.dismiss()

    def action_move(self, by: int) -> None:
        """Choose the thing before or after; scroll when there is nothing to choose."""
        if self.ids():
            self.choose(self.at + by)
        else:
            self.first = max(0, self.first + by)
        self.paint()

    def action_scroll_rows(self, by: int) -> None:
        """A page up or down; what is chosen stays chosen, and is seen again when a key acts on it."""
        body = self.query_one(".sheet-body", Lines)
        self._follows = False
        self.first = max(0, self.first + by * max(1, body.size.height - 1))
        self.paint()

    def take_key(self, event: events.Key) -> bool:
        """Letters mean what the sheet says, with or without the capitals lock."""
        character = event.character
        key = character.lower() if character and event.is_printable else event.key
        if event.is_printable and self._holds(key):
            return True
        if key not in ANYWHERE and not self.bar.is_open and self._went():
            return True
        before = self._refusal()
        digit = digit_of(character) if not self.bar.is_open else ""
        if not (
            self.guard(lambda: self.pressed(key))
            or (digit and digit != key and self.guard(lambda: self.pressed(digit)))
        ):
            if key in HELP and self.has_help and not (self.bar.is_open and event.is_printable):
                self._show_help()
                return True
            return False
        refusal = self._refusal()
        hold = event.is_printable and self.is_current and refusal is not None and refusal is not before
        self._refused = (key, monotonic()) if hold else None
        self._follows = True
        self.paint()
        return True

    def _went(self) -> bool:
        """Whether the workspace went elsewhere, or is gone, since the last key: it is told, and nothing else is done."""
        moved = self.app.follow() if self.desk is None and isinstance(self.app, Follows) else None
        if moved is not None:
            from facilitator.meetings.faults import not_there_text

            self.tell(not_there_text(self.tr, moved), "refused")
        return moved is not None

    def refuse_key(self, key: str) -> bool:
        """Say that a key does nothing here, when it is a letter or a sign: silence would look like a machine that hangs."""
        if (len(key) != 1 and key != "delete") or key in HELP:
            return False
        self.tell(self.tr("{key} does nothing here: h says what does.", key=key_name(self.tr, key)), "refused")
        return True

    def help_keys(self) -> list[tuple[str, str]]:
        """The keys of this screen, all of them, for `h`; a subclass adds those for which the footer has no room."""
        return self.sheet_keys()

    def _show_help(self) -> None:
        back = [(self.tr("Esc"), self.leave_words())] if self.has_before else []
        if isinstance(self.app, ShowsHelp):
            self.app.show_help([*self.help_keys(), *back])

    def _holds(self, key: str) -> bool:
        """Whether a key was meant for one that was refused just now, and does nothing: a text, typed on and on."""
        if self._refused is None or key == self._refused[0] or monotonic() - self._refused[1] > HOLD_S:
            return False
        self._refused = (self._refused[0], monotonic())
        return True

    def _refusal(self) -> object:
        """What was refused last, and is still told."""
        if self.desk is None:
            return self.note if self.note[1] == "warn" else None
        said = self.desk.message
        return said if said is not None and said.tone == "refused" else None

    def guard(self, work: Callable[[], bool | None]) -> bool:
        """Do it; what failed is told, and the screen stays."""
        if self.desk is not None:
            return self.desk.guard(lambda: bool(work())) is not False
        try:
            return bool(work())
        except Exception as error:
            if self.app.is_headless and not isinstance(error, OSError):
                raise
            self.tell(problem_text(self.tr, error), "refused")
            return True

    @on(Bar.Submitted)
    def _submitted(self, event: Bar.Submitted) -> None:
        if not self._went():
            self.guard(lambda: self.typed(event))

    @on(Bar.TooLong)
    def _too_long(self, event: Bar.TooLong) -> None:
        self.tell(event.words, "refused")

    @on(Bar.Closed)
    def _bar_closed(self) -> None:
        self.paint()

    @on(Bar.Act)
    def _act(self, event: Bar.Act) -> None:
        """The bar is empty, and time is not the sheet's: its arrows still choose."""
        if event.key in ("up", "down"):
            self.action_move(-1 if event.key == "up" else 1)

    @on(Bar.Left)
    def _left(self, event: Bar.Left) -> None:
        if key := self.left_key(event.kind):
            self.tell(self.tr("Text kept: {key} brings it back.", key=key))

    def _title_rows(self, width: int, _height: int) -> list[Row]:
        return [[(left(" " + self.sheet_title(), width), "strong")]]

    def _body_rows(self, width: int, height: int) -> Sequence[Row]:
        rows, place = self.placed_rows(width)
        if self.ids() and self._follows:
            if place < self.first:
                self.first = max(0, place - 1)
            elif place >= self.first + height:
                self.first = place - height + 2
        self.first = max(0, min(self.first, len(rows) - height))
        return rows[self.first : self.first + height]

    def _message_rows(self, width: int, _height: int) -> list[Row]:
        text, style = self.message(width - 1)
        return [[(" " + line, style)] for line in wrap(text, width - 1)[:MESSAGE_ROWS]]

    def _fit_message(self) -> None:
        """As many rows as the message needs: the name of a file is of use only when it is whole."""
        width = self.app.size.width
        lines = self.query_one(".sheet-message", Lines)
        rows = min(MESSAGE_ROWS, len(self._message_rows(width, MESSAGE_ROWS)))
        if lines.styles.height is None or lines.styles.height.value != rows:
            lines.styles.height = rows

    def _footer_rows(self, width: int, _height: int) -> list[Row]:
        if self.bar.is_open:
            return [footer.bar_row(self.tr, self.bar.mode, width, self.bar.kind)]
        keys = [(key, words) for key, words in self.sheet_keys() if key != "h"]
        back = [(self.tr("Esc"), self.leave_words())] if self.has_before else []
        ways = [*([("h", self.tr("help"))] if self.has_help else []), *back]
        return [footer.keys_row([*keys, *ways] if back else [*keys[:-1], *ways, keys[-1]], width)]
