"""The letter that is to go out, item by item: who answers, what is missing, a late answer typed where it is missed, the files to send."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from facilitator import wording
from facilitator.core.people import complete
from facilitator.core.refusal import Refused
from facilitator.core.said import Fields
from facilitator.core.text import normalise
from facilitator.documents.minutes.change import Unchangeable
from facilitator.documents.newsletter.front import Unreadable
from facilitator.documents.newsletter.words import NEXT
from facilitator.meetings import changing
from facilitator.meetings.changing import Changed, ClosedMeeting, NoMinutes, past_of
from facilitator.meetings.leaving import mail_of, messages_of
from facilitator.meetings.letter_page import LetterPage, PageItem, letter_page, mark_not_sent, mark_sent
from facilitator.meetings.letters import letter_text, read_letters
from facilitator.store.documents import read_text, write_leaving
from facilitator.store.zone import local_today
from facilitator.tui import outcomes
from facilitator.tui.beside import Beside
from facilitator.tui.cells import cell_len, fit, left, right, wrap
from facilitator.tui.screens.sheet import Sheet, problem_text
from facilitator.tui.widgets.bar import Bar

if TYPE_CHECKING:
    from collections.abc import Callable

    from facilitator.core.network import Network
    from facilitator.i18n import Translator
    from facilitator.store.workspace import Workspace
    from facilitator.tui.screens.by_mail import Told
    from facilitator.tui.widgets.lines import Row

# In a wider window nobody sees to which words the name at the other end belongs.
WIDEST = 120
_NUMBER = 6


class LetterScreen(Sheet):
    """One item a row, under the headings of the letter; what waits for an answer is told beside it."""

    def __init__(self, workspace: Workspace, network: Network, tr: Translator, month: str) -> None:
        super().__init__(tr)
        self.workspace = workspace
        self.network = network
        self.month = month
        self.page: LetterPage | None = None
        self._sure = False
        self._sending: Beside[Told] | None = None

    def on_mount(self) -> None:
        """Read the letter; it is a person's, and may be anything. The first question that waits is chosen."""
        super().on_mount()
        self.guard(self._read)
        items = self.page.items if self.page is not None else ()
        self.choose(next((place for place, item in enumerate(items) if item.waits), 0))

    def _read(self) -> None:
        self.page = letter_page(self.workspace, self.network, self.month, self.tr.language)
        self.paint()

    # What is shown.

    def sheet_title(self) -> str:
        """The letter of which month, and whose."""
        said = self.tr("Letter, {month}", month=wording.month_text(self.tr, self.month))
        return f"{self.network.name} · {said}" if self.network.name else said

    def ids(self) -> list[str]:
        """One an item."""
        items = self.page.items if self.page is not None else ()
        return [f"{place}#{item.number}" for place, item in enumerate(items)]

    @property
    def item(self) -> PageItem | None:
        """The chosen one."""
        return self.page.items[self.at] if self.page is not None and self.page.items else None

    def placed_rows(self, width: int) -> tuple[list[Row], int]:
        """What is missing, then the items."""
        page, width = self.page, min(width, WIDEST)
        if page is None:
            return [[(f" {self.tr('There is no letter yet: the close of a meeting begins one.')}", "dim")]], 0
        rows: list[Row] = [
            [(f" {line}", style)] for said, style in self._standing(page) for line in wrap(said, width - 2)
        ]
        at, heading = 0, ""
        for place, item in enumerate(page.items):
            if item.heading != heading:
                heading = item.heading
                rows += [[], [(left(f" {heading}", width), "accent")]]
            if place == self.at:
                at = len(rows)
            rows += self._item_rows(item, width, chosen=place == self.at)
        return rows, at

    def _standing(self, page: LetterPage) -> list[tuple[str, str]]:
        """Whether it can go out, and what is missing for that, a line each."""
        tr = self.tr
        if page.unreadable:
            return [(tr("The letter cannot be read any more: mend it by hand, it is left alone."), "warn")]
        if page.sent is not None:
            return [
                (tr("It was sent ({when}). What is answered later goes into the next one.", when=page.sent), "good")
            ]
        said = []
        if waiting := len(page.waiting):
            said.append(tr.ntr("{n} question waits for its answer.", "{n} questions wait for their answer.", waiting))
        if not page.announces:
            words = NEXT[page.language][0]
            told = tr(
                "The next meeting is not announced in it: write “{words}: …” under its title, in {path}.",
                words=words,
                path=f"newsletter/{page.month}.md",
            )
            said.append(told)
        if not page.replies:
            said.append(tr("It does not say where answers go."))
        return [(line, "warn") for line in said] or [(tr("Nothing is missing: it can go out."), "good")]

    def _item_rows(self, item: PageItem, width: int, *, chosen: bool) -> list[Row]:
        """The words in a column of their own, whole when chosen, else in two rows at most; beside them who answers."""
        beside = self._beside(item)
        room = min(cell_len(beside), max(0, width // 4))
        head = f" {'›' if chosen else ' '} {item.number:<{_NUMBER - 1}}"
        inner = max(1, width - cell_len(head) - room - 2)
        style = "selected" if chosen else ""
        lines = wrap(item.text, inner)
        if not chosen and len(lines) > 2:
            lines = [lines[0], fit(" ".join(lines[1:]), inner)]
        tail = "selected" if chosen else "warn" if item.waits else "dim"
        rows: list[Row] = [
            [(head, style or "strong"), (left(lines[0], inner), style), (f" {right(beside, room)} ", tail)]
        ]
        blank = " " * (room + 2)
        return rows + [
            [(" " * cell_len(head), style), (left(line, inner), style), (blank, style)] for line in lines[1:]
        ]

    def _beside(self, item: PageItem) -> str:
        if item.waits:
            return ", ".join(item.who) or self.tr("who knows?")
        return outcomes.words(self.tr)["answered"].mark if item.answered else ""

    def sheet_keys(self) -> list[tuple[str, str]]:
        """What can be done with the chosen item, then with the letter."""
        tr, page = self.tr, self.page
        if page is None or page.unreadable:
            return [(tr("Enter"), tr("read"))] if page is not None else []
        keys = [("r", tr("answer")), ("o", tr("who"))] if self.item is not None and self.item.waits else []
        keys += [(tr("Enter"), tr("read")), ("m", tr("mail"))]
        keys += [("g", tr.ptr("the letter", "sent") if page.sent is None else tr.ptr("the letter", "not sent"))]
        keys += [("←→", tr("month"))] if len(self._months()) > 1 else []
        return [*keys, ("c", tr("chat"))]

    def _months(self) -> list[str]:
        return list(read_letters(self.workspace))

    def _turn(self, by: int) -> None:
        """The letter of the month before or after, where there is one."""
        months = self._months()
        place = (months.index(self.month) if self.month in months else len(months)) + by
        if not 0 <= place < len(months):
            self.tell(self.tr("There is no other letter there."), "refused")
            return
        self.month = months[place]
        self._read()
        self.choose(0)

    # Keys.

    def pressed(self, key: str) -> bool:
        """Letters act on the chosen item or on the letter; Enter shows it as its readers see it."""
        if self.bar.is_open or self.page is None:
            return False
        sure, self._sure = self._sure, False
        item = self.item
        if key == "enter":
            self._show()
        elif key in ("left", "right"):
            self._turn(-1 if key == "left" else 1)
        elif self.page.unreadable:
            return False
        elif key in ("r", "o") and item is not None and item.number:
            self._ask(key, item)
        elif key == "m":
            self._mail()
        elif key == "c":
            self._write_messages()
        elif key == "g":
            self._send(sure=sure)
        else:
            return False
        return True

    def _show(self) -> None:
        from facilitator.tui.screens.past import ReadScreen

        path = self.workspace.newsletter_folder / f"{self.month}.md"
        self.app.push_screen(ReadScreen(self.tr, self.workspace, path, self.network))

    def _ask(self, key: str, item: PageItem) -> None:
        if not item.waits:
            self.tell(self.tr("{number} waits for no answer.", number=item.number), "refused")
        elif not item.meeting:
            self.tell(self.tr("The minutes of {number} cannot be changed now.", number=item.number), "refused")
        elif key == "r":
            self.bar.open("answer", subject=item.number, entry=item.number)
        else:
            subject = self.tr("{number}: who answers", number=item.number)
            self.bar.open("owners", subject=subject, text=", ".join(item.who), entry=item.number)

    def _mail(self) -> None:
        """To the people of the list, where the network has a server for that; else a file for whoever sends it."""
        from facilitator.meetings.gating import to_look_at
        from facilitator.share.offers import settings_of, to_mail
        from facilitator.tui.screens.by_mail import ByMail

        if self._sending is not None and self._sending.busy:
            self.tell(self.tr("Under way: {what}", what=self.tr("the mail")))
            return
        text, network = letter_text(self.workspace, self.month) or "", settings_of(self.workspace, self.tr)
        mail = to_mail(self.workspace, self.month, network, os.environ)
        if mail.trouble is not None:
            self.tell(problem_text(self.tr, mail.trouble), "refused")
        elif mail.server is None:
            self._write(f"{self.month}.eml", mail_of(text))
        elif not mail.left:
            self.tell(self.tr("It was sent to everybody of the list."), "refused")
        else:
            path = self.workspace.newsletter_folder / f"{self.month}.md"
            looks = to_look_at(self.workspace, path, network, text=text)
            ByMail(self, self.workspace, self.month, self._run).press(mail, text, looks)

    def _run(self, what: str, work: Callable[[], Told]) -> None:
        """Do it off the loop, and tell what became of it."""
        self._sending = self._sending or Beside(self.app)
        self._sending.do(work, self._sent)
        self.tell(self.tr("Under way: {what}", what=what))

    def _sent(self, found: Told | Exception) -> None:
        said, well = (problem_text(self.tr, found), False) if isinstance(found, Exception) else found
        self.tell(said, "done" if well else "unsaved")

    def _write(self, name: str, data: bytes) -> None:
        path = write_leaving(self.workspace, name, data)
        self.tell(self.tr("Written: {path}", path=path.relative_to(self.workspace.root)))

    def _write_messages(self) -> None:
        """One message a question that waits, for whoever pastes them."""
        messages: list[str] = []
        for meeting in dict.fromkeys(item.meeting for item in self.page.waiting if item.meeting) if self.page else ():
            path = self.workspace.minutes_folder / f"{meeting}.md"
            asked = messages_of(read_text(self.workspace, path) or "", meeting, everywhere=True)
            messages += [one.text for one in asked]
        if not messages:
            self.tell(self.tr("No question waits for an answer."))
            return
        self._write(f"{self.month}-chat.md", "\n\n".join(messages).encode() + b"\n")

    def _send(self, *, sure: bool) -> None:
        """That it is sent, or, where it says so, that it is not: answers go elsewhere then, which is asked for twice."""
        tr, page = self.tr, self.page
        if page is None:
            return
        if not sure:
            self._sure = True
            told = tr("g again says that it is sent: what is answered later goes into the next one.")
            if page.sent is not None:
                told = tr("g again says that it was not sent after all.")
            elif page.waiting:
                told = tr("Questions still wait in it. g again says that it is sent all the same.")
            self.tell(told, "refused")
            return
        try:
            if page.sent is None:
                mark_sent(self.workspace, self.month, local_today(self.network.timezone))
            else:
                mark_not_sent(self.workspace, self.month)
        except Unreadable as problem:
            self.tell(problem.sentence(tr), "refused")
            return
        self._read()
        if page.sent is None:
            self.tell(tr("It is sent: what is answered later goes into the next one. g takes that back."))
        else:
            self.tell(tr("It is not sent: what is answered goes into it again."))

    def complete(self, prefix: str) -> str | None:
        """The one member that is meant, for the bar."""
        return complete(prefix, [member.name for member in self.network.people()])

    def typed(self, event: Bar.Submitted) -> None:
        """The answer, or who is to give it; what could not be done stays typed."""
        item, text = self.item, normalise(event.text).text
        if item is None or item.number != event.entry or not text.strip():
            self.bar.close()
            return
        past = past_of(self.workspace, item.meeting, self.network)
        if event.mode == "answer":
            told = self.tr("{number} answered, in the minutes of {meeting}.", number=item.number, meeting=past.id)
            done = self._do(
                past, lambda: changing.answer(past, item.number, text, on=local_today(self.network.timezone)), told
            )
        else:
            names = self.named(text, [member.name for member in self.network.people()])
            if names is None:
                return
            told = self.tr("{number}: {names} will answer.", number=item.number, names=", ".join(names))
            done = self._do(
                past,
                lambda: changing.edit(past, item.number, Fields(owners=names), on=local_today(self.network.timezone)),
                told,
            )
        if done:
            self.bar.close()
            self._read()

    def _do(self, past: ClosedMeeting, work: Callable[[], Changed], told: str) -> bool:
        try:
            done = work()
        except Refused as refused:
            self.tell(wording.refusal_text(self.tr, refused), "refused")
        except NoMinutes:
            self.tell(self.tr("There are no minutes of {name}.", name=past.id), "refused")
        except (Unchangeable, OSError) as problem:
            self.tell(problem_text(self.tr, problem), "refused")
        else:
            self.tell("\n".join([told, *changing.news(self.tr, past, done)]))
            return True
        return False
