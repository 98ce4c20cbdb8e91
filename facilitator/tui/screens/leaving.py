"""After the close, on a screen: what can go out, one key each, and what is left to do this week.

All that asks git, a disk or a network is done beside the loop.
"""

from __future__ import annotations

import datetime
import os
from collections.abc import Callable
from typing import TYPE_CHECKING

from facilitator.core.text import normalise
from facilitator.documents.gate import IN_WORDS
from facilitator.meetings.faults import fault_text
from facilitator.meetings.gating import accept
from facilitator.meetings.leaving import dates_of
from facilitator.share.clipboard import to_copy
from facilitator.share.git import GitFailed
from facilitator.share.offers import Offers, offers_of, settings_of
from facilitator.share.posting import Posted, post_all
from facilitator.share.repository import Shared, Sharing
from facilitator.store.documents import write_leaving
from facilitator.tui.beside import Beside
from facilitator.tui.cells import wrap
from facilitator.tui.retrying import Retrying
from facilitator.tui.screens.by_mail import ByMail, Told, show
from facilitator.tui.screens.sheet import problem_text
from facilitator.tui.widgets.lines import Row

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from facilitator.store.workspace import Workspace
    from facilitator.tui.screens.sheet import Sheet

KEYS = ("1", "2", "3", "4", "5")


class Leaving:
    """The part of a screen that lets documents go. `told` is called after each time the offers changed."""

    def __init__(self, screen: Sheet, workspace: Workspace, meeting: str) -> None:
        self.screen = screen
        self.tr = screen.tr
        self.workspace = workspace
        self.meeting = meeting
        self.offers: Offers | None = None
        self._looking: Beside[Offers | None] = Beside(screen.app)
        self._sending: Beside[Told] = Beside(screen.app)
        self._committing: Beside[str] = Beside(screen.app)
        self._retrying = Retrying(screen, workspace, lambda _: self.look())
        self._under_way = ""

    def leave(self) -> None:
        """The meeting is open again: nothing of it is tried from here."""
        self._retrying.leave()

    def look(self) -> None:
        """Learn anew where everything stands."""
        self._looking.do(lambda: offers_of(self.workspace, self.meeting, self.tr, environ=os.environ), self._looked)

    def _looked(self, found: Offers | Exception | None) -> None:
        if isinstance(found, Exception):
            self.screen.tell(problem_text(self.tr, found), "refused")
        else:
            self.offers = found
            self._retrying.wait(found.waits if found is not None else 0)
        self.screen.paint()

    # What is shown.

    def rows(self, width: int) -> list[Row]:
        """One row an offer, and what is left to do this week."""
        offers, tr = self.offers, self.tr
        if offers is None:
            return [[("   " + "…", "dim")]]
        rows: list[Row] = []
        for key, (name, state) in zip(KEYS, self._offered(offers), strict=False):
            rows += [
                [(f"   {key} " if not place else "     ", "key"), (line, "")]
                for place, line in enumerate(wrap(f"{name} · {state}" if state else name, width - 6))
            ]
        if offers.waits:
            waits = tr.ntr("{n} item waits to be sent", "{n} items wait to be sent", offers.waits)
            rows += [[("   " + line, "warn")] for line in wrap(waits, width - 4)]
        week = self._week(offers)
        words = tr("This week: {what}", what=", ".join(week)) if week else tr("Nothing is left to do this week.")
        return [*rows, *([("   " + line, "strong" if week else "dim")] for line in wrap(words, width - 4))]

    def _offered(self, offers: Offers) -> list[tuple[str, str]]:
        tr = self.tr
        return [
            (tr("the message for the chat"), self._chat_state(offers)),
            (tr("the mail"), self._mail_state(offers)),
            (tr("the documents, by git"), self._git_state(offers)),
            (tr("the dates, for calendars"), ""),
            (tr("the minutes, as a page"), ""),
        ]

    def _chat_state(self, offers: Offers) -> str:
        chat, tr = offers.chat, self.tr
        if chat.trouble is not None:
            return self._sentence(chat.trouble)
        if not chat.messages:
            return tr("no question waits there")
        if chat.hook is None:
            return tr.ntr("{n} question to copy", "{n} questions to copy", len(chat.messages))
        if chat.unsure and not chat.left:
            return tr.ntr(
                "{n} may have been posted: look there", "{n} may have been posted: look there", len(chat.unsure)
            )
        if not chat.left:
            return tr("posted")
        return tr.ntr("{n} question for {host}", "{n} questions for {host}", len(chat.left), host=chat.hook.host)

    def _mail_state(self, offers: Offers) -> str:
        mail, tr = offers.mail, self.tr
        if mail.trouble is not None:
            return self._sentence(mail.trouble)
        if mail.server is None:
            return tr("to open in your program")
        if not mail.left:
            return tr("sent")
        return tr.ntr("to {n} address", "to {n} addresses", len(mail.left))

    def _git_state(self, offers: Offers) -> str:
        share, tr = offers.share, self.tr
        if share.trouble is not None:
            return self._sentence(share.trouble)
        if share.standing is None:
            return tr("no git repository here")
        said = []
        if share.changed:
            said.append(tr.ntr("{n} document to share", "{n} documents to share", len(share.changed)))
        if share.standing.ahead:
            said.append(tr.ntr("{n} commit not sent yet", "{n} commits not sent yet", share.standing.ahead))
        if share.standing.behind:
            said.append(tr("the repository has moved on"))
        return ", ".join(said) or (tr("shared") if share.standing.upstream else tr("committed, and kept here alone"))

    def _sentence(self, trouble: Exception) -> str:
        return fault_text(self.tr, trouble) or str(trouble)

    def _week(self, offers: Offers) -> list[str]:
        """What is left to do, in words."""
        tr, share = self.tr, offers.share
        left = []
        if offers.look:
            left.append(tr.ntr("{n} point to look at", "{n} points to look at", len(offers.look)))
        if offers.chat.left:
            left.append(tr("ask the chat"))
        if offers.mail.server is not None and offers.mail.left:
            left.append(tr("send the mail"))
        if share.standing is not None and (share.changed or share.standing.ahead):
            left.append(tr("share the documents"))
        if offers.due:
            left.append(
                tr.ntr(
                    "{n} action is due ({names})",
                    "{n} actions are due ({names})",
                    len(offers.due),
                    names=", ".join(offers.due),
                )
            )
        return left

    # What is done.

    def commit(self, paths: Sequence[Path]) -> None:
        """Commit what a close wrote, where the network wants that; off the loop."""

        def work() -> str:
            network = settings_of(self.workspace, self.tr)
            if not network.share.commit:
                return ""
            try:
                committed = Sharing(self.workspace, self.tr, network.scale).commit(paths)
            except (GitFailed, OSError) as failed:
                problem = fault_text(self.tr, failed) or ""
                return self.tr("Not committed: facilitator share does it later. {problem}", problem=problem)
            return self.tr("Committed: {names}", names=", ".join(committed)) if committed else ""

        self._committing.do(work, self._told)

    def _told(self, said: str | Exception) -> None:
        if isinstance(said, Exception):
            self.screen.tell(problem_text(self.tr, said), "unsaved")
        elif said:
            self.screen.tell(said)
        self.look()

    def pressed(self, key: str) -> bool:
        """One key each."""
        if key not in KEYS or self.offers is None:
            return False
        if self._sending.busy or self._retrying.busy:
            what = self._under_way if self._sending.busy else self.tr("what waits to be sent")
            self.screen.tell(self.tr("Under way: {what}", what=what))
            return True
        (self._chat, self._mail, self._git, self._dates, self._page)[KEYS.index(key)](self.offers)
        return True

    def _do(self, what: str, work: Callable[[], Told], stop: Callable[[], object] = lambda: None) -> None:
        self._under_way = what
        self.screen.tell(self.tr("Under way: {what}", what=what))
        self._sending.do(work, self._done, stop=stop)

    def _done(self, found: Told | Exception) -> None:
        said, well = (problem_text(self.tr, found), False) if isinstance(found, Exception) else found
        self.screen.tell(said, "done" if well else "unsaved")
        self.look()

    def _chat(self, offers: Offers) -> None:
        chat, tr = offers.chat, self.tr
        if chat.trouble is not None or not chat.messages or (chat.hook is not None and not chat.left):
            self.screen.tell(self._chat_state(offers), "refused")
            return
        if chat.hook is None:
            self._copy("\n\n".join(one.text for one in chat.messages))
            return
        hook, labels = chat.hook, {one.label for one in chat.left}
        found = [one for one in offers.look if one.label in labels and one.reason in IN_WORDS]
        text = "\n\n".join(one.text for one in chat.left)
        title = tr.ntr("For {host}: {n} message", "For {host}: {n} messages", len(chat.left), host=hook.host)
        what = tr("the message for the chat")
        show(
            self.screen,
            title,
            text,
            found,
            lambda: self._do(what, lambda: self._posted(post_all(self.workspace, self.meeting, chat.messages, hook))),
        )

    def _posted(self, done: Posted) -> Told:
        tr = self.tr
        said = [done.failed.sentence(tr)] if done.failed is not None else []
        if done.now:
            said.append(tr.ntr("{n} message posted.", "{n} messages posted.", len(done.now)))
        if done.unsure:
            names = ", ".join(one.label or "…" for one in done.unsure)
            said.append(
                tr("May have been posted: {names}. Look in the chat; if not there, chat --post --again", names=names)
            )
        return " ".join(said) or tr("posted"), done.failed is None and not done.unsure

    def _copy(self, text: str) -> None:
        """By the terminal, and into a file, which it may refuse."""
        tr, text = self.tr, normalise(text).text
        path = write_leaving(self.workspace, f"{self.meeting}.chat.md", f"{text}\n".encode())
        try:
            self.screen.app.copy_to_clipboard(to_copy(text))
        except ValueError:
            self.screen.tell(tr("Too long to copy: it is in {path}", path=self._name(path)), "refused")
            return
        self.screen.tell(tr("Copied, if the terminal allows it; also in {path}", path=self._name(path)))

    def _mail(self, offers: Offers) -> None:
        mail = offers.mail
        if mail.trouble is not None or (mail.server is not None and not mail.left):
            self.screen.tell(self._mail_state(offers), "refused")
        else:
            ByMail(self.screen, self.workspace, self.meeting, self._do).press(mail, offers.text, offers.look)

    def _git(self, offers: Offers) -> None:
        share, tr = offers.share, self.tr
        if share.standing is None:
            self.screen.tell(self._git_state(offers), "refused")
            return
        sharing = Sharing(self.workspace, tr, offers.network.scale)
        if not share.standing.remotes:
            self._do(tr("the documents, by git"), lambda: self._committed(sharing.commit()), sharing.repository.stop)
            return

        def push() -> Told:
            for path, one in share.looks:
                accept(self.workspace, path, [one])
            return self._shared(sharing.send())

        text = "\n".join(share.changed) or self._git_state(offers)
        title = tr("To the repository that people share")
        looks = [one for _, one in share.looks]
        show(
            self.screen,
            title,
            text,
            looks,
            lambda: self._do(tr("the documents, by git"), push, sharing.repository.stop),
        )

    def _committed(self, names: Sequence[str]) -> Told:
        tr = self.tr
        return (tr("Committed: {names}", names=", ".join(names)) if names else tr("Everything is committed.")), True

    def _shared(self, done: Shared) -> Told:
        tr = self.tr
        said = [tr("Committed: {names}", names=", ".join(done.committed))] if done.committed else []
        said += [tr("Changed on both sides, and joined: {name}", name=name) for name in done.joined]
        said += [*done.said, tr("Sent.") if done.sent else tr("Everything is shared.")]
        return "\n".join(said), True

    def _dates(self, offers: Offers) -> None:
        now = datetime.datetime.now(datetime.UTC)
        text = dates_of(offers.text, self.meeting, offers.network, stamp=now, workspace=self.workspace)
        if "BEGIN:VEVENT" not in text:
            self.screen.tell(self.tr("No date to keep in these minutes."), "refused")
            return
        self._wrote(write_leaving(self.workspace, f"{self.meeting}.ics", text.encode()))

    def _page(self, offers: Offers) -> None:
        from facilitator.documents.html import write_page

        self._wrote(write_leaving(self.workspace, f"{self.meeting}.html", write_page(offers.text).encode()))

    def _wrote(self, path: Path) -> None:
        self.screen.tell(self.tr("Written: {path}", path=self._name(path)))

    def _name(self, path: Path) -> str:
        return str(path.relative_to(self.workspace.root))
