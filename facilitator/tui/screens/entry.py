"""The form of one entry."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import TYPE_CHECKING, ClassVar, get_args

from msgspec.structs import astuple
from textual import events
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, VerticalScroll
from textual.widgets import Input

from facilitator import wording
from facilitator.core import acts as core
from facilitator.core.agenda import Level, NewsType
from facilitator.core.capture import read_vote
from facilitator.core.dates import read_due
from facilitator.core.hours import read_when
from facilitator.core.people import candidates
from facilitator.core.refusal import Refused
from facilitator.core.said import Fields, Vote
from facilitator.core.text import fold_case, normalise, one_line
from facilitator.core.vocabulary import KINDS, Kind
from facilitator.tui import footer, view
from facilitator.tui.cells import left, measurable, wrap
from facilitator.tui.keys import UNDO, key_name
from facilitator.tui.screens.ordered import OrderedScreen
from facilitator.tui.watch import forget_in_draft
from facilitator.tui.widgets.bar import NEWLINE
from facilitator.tui.widgets.lines import Lines, Row, Source

if TYPE_CHECKING:
    from facilitator.core.entry import Entry
    from facilitator.tui.desk import Desk

LOW = 20


class FormInput(Input):
    """A line of the form; pasted lines are kept. In one of `few` values what is typed takes the place of the value."""

    def __init__(self, value: str, *, id: str, password: bool = False, few: bool = False) -> None:  # noqa: A002  # Textual's name
        super().__init__(value.replace("\n", NEWLINE), id=id, compact=True, select_on_focus=few, password=password)
        self.cursor_blink = False

    def validate_value(self, value: str) -> str:
        """As in the bar."""
        return measurable(value)

    def _on_paste(self, event: events.Paste) -> None:
        event.stop()
        event.prevent_default()
        self.insert_text_at_cursor(NEWLINE.join(event.text.splitlines()))


# Of a private entry these are not shown either while they are changed.
MASKED = ("text", "by", "owners", "theme", "link")
# One of a few values each: nobody adds letters to them.
FEW = ("type", "level", "offer", "consensus", "kind", "step")
MESSAGE_ROWS = 4


class EntryScreen(OrderedScreen):
    """Text, people, dates, link, step. Enter saves, Escape changes nothing."""

    CSS_PATH = "entry.tcss"
    AUTO_FOCUS = "#field-text"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "cancel", "", show=False),
        Binding("f1", "help", "", show=False),
        Binding("enter", "save", "", show=False, priority=True),
        Binding("down", "app.focus_next", "", show=False),
        Binding("up", "app.focus_previous", "", show=False),
    ]

    def __init__(self, desk: Desk, entry: Entry) -> None:
        super().__init__()
        self.desk = desk
        self.tr = desk.tr
        self.entry = entry
        self.note: tuple[str, str] = ("", "")

    def compose(self) -> ComposeResult:
        """A row a field that this kind has."""
        self.set_class(self.app.size.height < LOW, "-low")
        yield Lines(self._title, classes="form-title")
        with VerticalScroll(can_focus=False):
            for name, label, value in self._fields():
                with Horizontal(classes="form-row"):
                    yield Lines(self._labelled(label), classes="form-label")
                    masked = name in MASKED and self.entry.private
                    yield FormInput(value, id=f"field-{name}", password=masked, few=name in FEW)
        yield Lines(self._message, classes="form-message")
        yield Lines(self._footer, classes="form-footer")

    def _fields(self) -> list[tuple[str, str, str]]:
        tr, entry = self.tr, self.entry
        meeting = self.desk.meeting
        step = meeting.step_of(entry)
        fields = [("text", tr.ptr("field", "text"), entry.text)]
        if entry.kind == "action":
            fields.append(("owners", tr("owners"), ", ".join(entry.owners)))
            fields.append(("due", tr("due"), self._date(entry.due)))
        elif entry.kind not in ("note", "resource"):
            fields.append(("by", tr("said by"), entry.by or ""))
        if entry.kind == "question" and entry.outcome not in (None, "answered"):
            fields.append(("owners", tr("who answers"), ", ".join(entry.owners)))
            fields.append(("due", tr("due"), self._date(entry.due)))
        fields.append(("theme", tr("theme"), entry.theme or ""))
        if entry.kind == "news":
            fields.append(("type", tr.ptr("of news", "type"), wording.news_name(tr, entry.type) if entry.type else ""))
            fields.append(("level", tr("level"), wording.level_name(tr, entry.level) if entry.level else ""))
            fields.append(("deadline", tr("deadline"), self._date(entry.deadline)))
        held = {
            "offer": (tr("offer"), tr("yes") if entry.offer else tr("no")),
            "when": (tr("day and hour"), f"{entry.when:%Y-%m-%d %H:%M}" if entry.when else ""),
            "vote": (tr("for/against/abst."), "/".join(map(str, astuple(entry.vote))) if entry.vote else ""),
            "consensus": (tr("consensus"), tr("yes") if entry.consensus else tr("no")),
        }
        fields += [(name, *held[name]) for name in held if name in KINDS[entry.kind].holds]
        fields.append(("link", tr("link"), entry.link or ""))
        fields.append(("kind", tr.ptr("field", "kind"), wording.kind_name(tr, entry.kind)))
        fields.append(("step", tr("step number"), str(meeting.number_of(step)) if step else ""))
        return fields

    def action_cancel(self) -> None:
        """Back, nothing changed."""
        self.dismiss()

    def action_save(self) -> None:
        """Save what differs; what cannot be understood stays in the form and is said."""
        self.desk.guard(self._save)

    def _save(self) -> None:
        try:
            fields, moved, kind = self._changed(), self._moved(), self._kind()
        except ValueError as problem:
            self._tell(str(problem))
            return
        if fields == Fields() and moved is None and kind is None:
            self.dismiss()
            return
        if kind is not None and not KINDS[kind].answerable and not self._is_sure(kind):
            return
        done = self.desk.act(core.Edit(self.entry.id, fields, moved, kind))
        if done is not None:
            if wording.gives_up_answer(done.act):
                self.desk.add(self.tr("{key} brings the answer back", key=key_name(self.tr, UNDO)))
            self._after(done.meeting.entries.get(self.entry.id))
            self.dismiss()
        elif self.desk.line is not None:
            self._tell(self.desk.line.text)

    def _is_sure(self, kind: Kind) -> bool:
        """Whether the answer, if there is one, may be given up: another kind has none. It is asked for twice."""
        answer = self.desk.meeting.entries.get(self.entry.id, self.entry).answer
        if answer is None:
            return True
        said = "•••" if self.entry.private else wording.quoted(self.tr, answer)
        words = self.tr("As another kind it has no answer (Enter again gives it up): {answer}", answer=said)
        if self.desk.again(("kind", self.entry.id, kind), words, for_room=not self.entry.private):
            return True
        self._tell(words)
        return False

    def _after(self, entry: Entry | None) -> None:
        """What its kind made public is said; what it made private leaves the draft of the minutes."""
        if entry is None:
            return
        if shown := wording.shown_text(self.tr, self.entry, entry):
            self.desk.add(shown)
        elif entry.private and not self.entry.private:
            self.desk.carry_out(lambda: forget_in_draft(self.desk))

    def _changed(self) -> Fields:
        before = {name: value for name, _, value in self._fields()}
        values: dict[str, object] = {}
        for line in self.query(FormInput):
            name = (line.id or "").removeprefix("field-")
            text = normalise(line.value.replace(NEWLINE, "\n")).text
            if text == before[name] or name in ("step", "kind"):
                continue
            values[name] = self._value(name, text)
        return Fields(**values)  # type: ignore[arg-type]  # each name has its own type, made in _value

    def _value(self, name: str, text: str) -> object:
        if name == "owners":
            people = [part.strip() for part in text.split(",") if part.strip()]
            return tuple(self._person(person) for person in people)
        if name == "by":
            return self._person(text) if text else None
        if name in ("due", "deadline", "when"):
            if not text:
                return None
            if name == "when":
                return self._when(text)
            today = wording.local(self.desk.session.now().at, self.desk.zone).date()
            found = read_due(text, today, self.desk.meeting.opened.calendar.next_meeting)
            if found is None:
                raise ValueError(self.tr("{text} is not a date: 10/12, friday, 2026-12-10.", text=text))
            return found
        if name == "vote":
            return self._vote(text)
        if name in ("consensus", "offer"):
            return self._yes(text)
        if name == "type":
            return self._chosen(text, {one: wording.news_name(self.tr, one) for one in get_args(NewsType)})
        if name == "level":
            return self._chosen(text, {one: wording.level_name(self.tr, one) for one in get_args(Level)})
        if name == "link" and text and not text.startswith(("http://", "https://")):
            raise ValueError(self.tr("A link begins with http:// or https://."))
        return text or None if name != "text" else text

    def _when(self, text: str) -> datetime.datetime:
        today = wording.local(self.desk.session.now().at, self.desk.zone).date()
        found = read_when(text, today, self.desk.meeting.opened.calendar.next_meeting)
        if found is None:
            raise ValueError(self.tr("{text} is not a day and an hour: 19/11 14h.", text=text))
        return found

    def _vote(self, text: str) -> Vote | None:
        """For, against, abstentions: one number at least; None when nothing is left."""
        if not text.strip():
            return None
        vote = read_vote(text)
        if vote is None:
            raise ValueError(self.tr("{text} is no vote: 18/2/3, or 18 for, 2 against, 3 abstentions.", text=text))
        return vote

    def _yes(self, text: str) -> bool:
        answer = fold_case(text)
        if answer in ("", *(fold_case(word) for word in (self.tr("no"), "no", "n"))):
            return False
        if answer in (fold_case(self.tr("yes")), "yes", "y", "o", "x"):
            return True
        raise ValueError(self.tr("{text} is neither yes nor no.", text=text))

    def _chosen(self, text: str, names: Mapping[str, str]) -> str | None:
        """What is called so, or begins so as nothing else does; None when nothing is left. Raises ValueError for what is none."""
        typed = fold_case(text.strip())
        if not typed:
            return None
        called = {one: (fold_case(name), one) for one, name in names.items()}
        exact = [one for one, words in called.items() if typed in words]
        found = exact or [one for one, words in called.items() if any(word.startswith(typed) for word in words)]
        if len(found) != 1:
            choices = ", ".join(names.values())
            raise ValueError(self.tr("{given} is not possible. Choose from: {choices}", given=text, choices=choices))
        return found[0]

    def _kind(self) -> Kind | None:
        """The other kind that was typed, by its name, a word for it or its key. Raises ValueError for what is none."""
        typed = fold_case(self.query_one("#field-kind", FormInput).value.strip())
        if typed in ("", fold_case(wording.kind_name(self.tr, self.entry.kind))):
            return None
        named = {kind: {kind, wording.kind_name(self.tr, kind), row.key, *row.words} for kind, row in KINDS.items()}
        found = next((kind for kind, words in named.items() if typed in map(fold_case, words)), None)
        if found is None:
            names = ", ".join(wording.kind_name(self.tr, kind) for kind in KINDS)
            raise ValueError(self.tr("{text} is no kind: {kinds}", text=typed, kinds=names))
        return None if found == self.entry.kind else found

    def _person(self, text: str) -> str:
        found = candidates(text, self.desk.names)
        if len(found) > 1:
            names = "…" if self.entry.private else ", ".join(found)
            raise ValueError(self.tr("Several: {names}", names=names))
        return found[0] if found else one_line(text)

    def _moved(self) -> str | None:
        """The id of the step it is moved to, when another number was typed. Raises ValueError for what is no step."""
        typed = self.query_one("#field-step", FormInput).value.strip()
        steps, before = self.desk.meeting.steps, self.desk.meeting.step_of(self.entry)
        if not typed and before is None:
            return None
        if not (typed.isascii() and typed.isdecimal() and len(typed) < 5 and 1 <= int(typed) <= len(steps)):
            raise ValueError(wording.refusal_text(self.tr, Refused("no-step", step=typed or "…")))
        chosen = steps[int(typed) - 1].id
        return None if chosen == before else chosen

    def _date(self, date: datetime.date | None) -> str:
        return date.isoformat() if date else ""

    def _tell(self, text: str) -> None:
        self.note = (text, "warn")
        lines = self.query_one(".form-message", Lines)
        lines.styles.height = max(
            1, min(MESSAGE_ROWS, len(wrap(text, self.app.size.width - 1)))
        )  # whole, with what may be said
        lines.show()

    def _title(self, width: int, _height: int) -> list[Row]:
        name = wording.kind_name(self.tr, self.entry.kind)
        return [[(left(f" {view.entry_label(self.tr, self.entry)} · {name}", width), "strong")]]

    def _labelled(self, label: str) -> Source:
        def rows(width: int, _height: int) -> list[Row]:
            return [[(left(label, width), "dim")]]

        return rows

    def _message(self, width: int, _height: int) -> list[Row]:
        return [[(" " + line, self.note[1])] for line in wrap(self.note[0], width - 1)[:MESSAGE_ROWS]]

    def action_help(self) -> None:
        """What the keys do: a letter is a text here."""
        from facilitator.tui.screens.help import HelpScreen, gestures_of

        self.app.push_screen(HelpScreen(self.tr, [*self._keys(), *self._explained()], gestures_of(self.app)))

    def _explained(self) -> list[tuple[str, str]]:
        """What each field takes."""
        tr = self.tr
        day = tr("a day: 10/12, friday, end of April, next meeting")
        takes = {
            "by": tr("names, with commas between them"),
            "owners": tr("names, with commas between them"),
            "due": day,
            "deadline": day,
            "when": tr("a day and an hour: 19/11 14h"),
            "theme": tr("a word: it gathers what belongs together"),
            "offer": tr("yes or no"),
            "consensus": tr("yes or no"),
            "vote": tr("18/2/3, or 18 for, 2 against, 3 abstentions"),
            "link": tr("an address: https://…"),
            "kind": ", ".join(wording.kind_name(tr, kind) for kind in KINDS),
            "step": tr("the number of the step it belongs to"),
        }
        return [(label, takes[name]) for name, label, _ in self._fields() if name in takes]

    def _keys(self) -> list[tuple[str, str]]:
        tr = self.tr
        return [
            (tr("Enter"), tr("save")),
            ("Tab ↑↓", tr("next field")),
            ("F1", tr("help")),
            (tr("Esc"), tr("change nothing")),
        ]

    def _footer(self, width: int, _height: int) -> list[Row]:
        return [footer.keys_row(self._keys(), width)]
