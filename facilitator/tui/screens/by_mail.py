"""A document, by mail from a screen: read first, and sent where Enter says so."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from facilitator.meetings.gating import finding_text
from facilitator.meetings.leaving import mail_of, mail_words
from facilitator.share.mailing import Mailed, mail_all
from facilitator.share.opener import open_file
from facilitator.share.pending import read_pending
from facilitator.store.documents import write_leaving

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from facilitator.documents.gate import GateFinding
    from facilitator.share.offers import ToMail
    from facilitator.store.workspace import Workspace
    from facilitator.tui.screens.sheet import Sheet

Told = tuple[str, bool]
"""What is said, and whether it went well."""


def show(screen: Sheet, title: str, text: str, looks: Sequence[GateFinding], send: Callable[[], object]) -> None:
    """What would go out, as it will be read, with what deserves a look in it; Enter sends it."""
    from facilitator.tui.screens.preview import PreviewScreen

    said = [finding_text(screen.tr, one) for one in looks]
    screen.app.push_screen(PreviewScreen(screen.tr, title, text, said, send))


class ByMail:
    """The mail key of a screen. `run` does its work off the loop and tells what became of it."""

    def __init__(
        self, screen: Sheet, workspace: Workspace, document: str, run: Callable[[str, Callable[[], Told]], object]
    ) -> None:
        self.screen = screen
        self.tr = screen.tr
        self.workspace = workspace
        self.document = document
        self.run = run

    def press(self, mail: ToMail, text: str, looks: Sequence[GateFinding]) -> None:
        """Show it, to be sent; without a server it is opened by the user's own program."""
        tr = self.tr
        if mail.server is None:
            self.run(tr("the mail"), lambda: self._opened(text))
            return
        server, data = mail.server, mail_of(text)
        title = tr.ntr("By mail, to {n} address", "By mail, to {n} addresses", len(mail.left))

        def work() -> Told:
            mails = dict.fromkeys(mail.recipients, data)
            return self._told(mail_all(self.workspace, self.document, mails, server=server, sender=mail.sender))

        title = f"{title}: {', '.join(mail.left)}"
        show(self.screen, title, mail_words(data), looks, lambda: self.run(tr("the mail"), work))

    def _opened(self, text: str) -> Told:
        path = write_leaving(self.workspace, f"{self.document}.eml", mail_of(text))
        name = str(path.relative_to(self.workspace.root))
        if open_file(path, os.environ):
            return self.tr("Opened: {path}", path=name), True
        return self.tr("No program opened it here: the mail is in {path}", path=name), False

    def _told(self, done: Mailed) -> Told:
        tr = self.tr
        said = [done.failed.sentence(tr)] if done.failed is not None else []
        if done.now:
            names = ", ".join(done.now)
            said.append(
                tr.ntr("Sent to {n} address: {names}", "Sent to {n} addresses: {names}", len(done.now), names=names)
            )
        if done.refused:
            said.append(tr("Refused: {names}.", names=", ".join(f"{one.to} ({one.code})" for one in done.refused)))
        if done.unsure:
            said.append(tr("May have got it: {names}.", names=", ".join(done.unsure)))
        if done.left:
            said.append(tr("Not sent to: {names}.", names=", ".join(done.left)))
        if ("mail", self.document) in ((one.way, one.document) for one in read_pending(self.workspace)):
            said.append(tr("It waits, and is sent as soon as it can be: facilitator share --cancel gives it up."))
        return " ".join(said) or tr("sent"), not (done.failed or done.refused or done.unsure)
