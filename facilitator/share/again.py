"""What waits to be sent, tried again: it goes as it was accepted, or not at all. What a person must decide anew is said."""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from msgspec import Struct

from facilitator.core.regex import regex
from facilitator.documents.minutes.reader import read_minutes
from facilitator.i18n import Foreseen
from facilitator.meetings.cycle import directory_of
from facilitator.meetings.leaving import letter_messages, mail_of, mails_to_owners, messages_of
from facilitator.meetings.letters import letter_text
from facilitator.meetings.past import minutes_file
from facilitator.share import mailing, posting
from facilitator.share.git import GitFailed
from facilitator.share.mailing import Mailed, checked_address, content_of, mail_all, sender_of, server_of
from facilitator.share.offers import settings_of
from facilitator.share.pending import Pending, give_up, now, read_pending
from facilitator.share.posting import Posted, post_all, webhook_of
from facilitator.share.repository import Sharing
from facilitator.share.sent import Busy
from facilitator.store.accepted import digest_of
from facilitator.store.documents import read_text
from facilitator.store.private import read_notebook

if TYPE_CHECKING:
    from facilitator.i18n import Translator
    from facilitator.meetings.leaving import ChatMessage
    from facilitator.store.workspace import Workspace

FRESH = datetime.timedelta(days=3)
"""What has waited for longer is not sent by itself: an invitation is worse late than never."""

_MONTH = regex(r"[0-9]{4}-[0-9]{2}\Z")


class Tried(Struct, frozen=True):
    """What became of what waited, a sentence each, whether all of it went well, and how much waits on."""

    said: tuple[str, ...] = ()
    well: bool = True
    waits: int = 0


class _Changed(Exception):
    """What was accepted is no longer what would be sent."""


class Again:
    """One try, off whatever must not wait; `stop` ends a git that runs, from any thread."""

    def __init__(self, workspace: Workspace, tr: Translator, environ: Mapping[str, str]) -> None:
        self.workspace = workspace
        self.tr = tr
        self.environ = environ
        self.network = settings_of(workspace, tr)
        self.sharing = Sharing(workspace, tr, self.network.scale)
        self._sent: list[str] = []
        self._trouble: list[str] = []

    def stop(self) -> None:
        """Have the try come to its end."""
        self.sharing.repository.stop()

    def run(self) -> Tried:
        """Try what waits, once each. Raises OSError."""
        for item in read_pending(self.workspace):
            what = self._what(item)
            command = _command(item)
            if now() - item.since > FRESH:
                said = self.tr(
                    "{what}: accepted three days ago, no longer sent by itself: {command}", what=what, command=command
                )
                self._trouble.append(said)
                give_up(self.workspace, item)
                continue
            try:
                self._try(item, what)
            except Busy:
                continue  # somebody else is at it
            except _Changed:
                said = self.tr(
                    "{what}: changed since it was accepted, and not sent: {command}", what=what, command=command
                )
                self._trouble.append(said)
            except Foreseen as problem:
                self._trouble.append(f"{what}: {problem.sentence(self.tr)}")
            else:
                continue
            give_up(self.workspace, item)
        gone = [self.tr("Sent, once it could be: {names}", names=", ".join(self._sent))] if self._sent else []
        return Tried((*gone, *self._trouble), not self._trouble, len(read_pending(self.workspace)))

    def _try(self, item: Pending, what: str) -> None:
        """Raises _Changed and Foreseen: it waits no more then."""
        if item.way == "git":
            sent, unsure, failed = self._git(item), 0, ""
        elif item.way == "chat":
            posted = self._chat(item)
            sent, unsure = bool(posted.now), len(posted.unsure)
            failed = "" if posted.failed is None or self._waits(item) else posted.failed.sentence(self.tr)
        else:
            mailed = self._mail(item)
            sent, unsure = bool(mailed.now), len(mailed.unsure)
            failed = "" if mailed.failed is None or self._waits(item) else mailed.failed.sentence(self.tr)
            if mailed.refused:
                count = len(mailed.refused)
                failed += self.tr.ntr("{n} address is refused.", "{n} addresses are refused.", count)
        if sent:
            self._sent.append(what)
        if unsure:
            words = self.tr("part of it may have arrived: {command} says which", command=_command(item))
            self._trouble.append(f"{what}: {words}")
        if failed:
            self._trouble.append(f"{what}: {failed}")

    def _waits(self, item: Pending) -> bool:
        return any(
            (one.way, one.document, one.text) == (item.way, item.document, item.text)
            for one in read_pending(self.workspace)
        )

    def _git(self, item: Pending) -> bool:
        """Whether it was sent."""
        try:
            done = self.sharing.send_again(item.where, item.text)
        except GitFailed as failed:
            if failed.trouble in ("away", "locked"):
                return False
            raise
        if done is None:
            raise _Changed
        return True

    def _chat(self, item: Pending) -> Posted:
        hook = webhook_of(self.workspace, self.network, self.environ)
        if hook is None or posting.place_of(hook) != item.where:
            raise _Changed
        messages = [one for one in self._messages(item) if digest_of(one.text) in item.parts]
        if {digest_of(one.text) for one in messages} != {*item.parts}:
            raise _Changed
        return post_all(self.workspace, item.document, messages, hook, links=item.links)

    def _messages(self, item: Pending) -> Sequence[ChatMessage]:
        text = self._text(item.document)
        if _MONTH.match(item.document):
            return letter_messages(text, base=item.links)
        return messages_of(text, item.document, everywhere=True)

    def _mail(self, item: Pending) -> Mailed:
        server, sender = server_of(self.workspace, self.network, self.environ), sender_of(self.network, self.environ)
        if mailing.place_of(server, sender) != item.where:
            raise _Changed
        name, _, owners = item.document.partition("#")
        text = self._text(name)
        if owners:
            contacts = read_notebook(self.workspace).contacts
            made = mails_to_owners(text, name, contacts, directory_of(self.network), base=item.links)
            mails = {checked_address(one.address): one.mail for one in made if one.address is not None}
        else:
            mails = dict.fromkeys(item.parts, mail_of(text, base=item.links))
        mails = {to: mail for to, mail in mails.items() if to in item.parts and content_of(mail) == item.text}
        if {*mails} != {*item.parts}:
            raise _Changed
        return mail_all(self.workspace, item.document, mails, server=server, sender=sender, links=item.links)

    def _text(self, name: str) -> str:
        """What a document says now. Raises _Changed for one that is gone, or is a draft again; OSError."""
        if _MONTH.match(name):
            text = letter_text(self.workspace, name)
        else:
            path = minutes_file(self.workspace, name)
            text = read_text(self.workspace, path) if path is not None else None
            if text is not None and read_minutes(text).front.status == "draft":
                raise _Changed
        if text is None:
            raise _Changed
        return text

    def _what(self, item: Pending) -> str:
        tr = self.tr
        if item.way == "git":
            return tr("the documents, by git")
        named = tr("the message for the chat") if item.way == "chat" else tr("the mail")
        return f"{named} ({item.document.partition('#')[0]})"


def _command(item: Pending) -> str:
    """What shows it again, to be accepted anew."""
    name, _, owners = item.document.partition("#")
    if item.way == "git":
        return "facilitator share --push"
    links = f" --links {item.links}" if item.links else ""
    return f"facilitator {item.way} {name}{' --owners' if owners else ''}{' --post' if item.way == 'chat' else ' --send'}{links}"
