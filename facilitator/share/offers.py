"""After a close: what can go out and how, and what is left to do this week."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec import Struct

from facilitator.core.network import Network
from facilitator.documents.gate import GateFinding
from facilitator.documents.minutes.reader import read_minutes
from facilitator.documents.network import read_network
from facilitator.documents.problem import Problems
from facilitator.i18n import Foreseen, Translator
from facilitator.meetings.gating import to_look_at
from facilitator.meetings.leaving import ChatMessage, messages_of
from facilitator.meetings.past import minutes_file
from facilitator.share import mailing, posting
from facilitator.share.git import GitFailed, RepositoryState
from facilitator.share.mailing import recipients_of, sender_of, server_of
from facilitator.share.pending import read_pending
from facilitator.share.posting import webhook_of
from facilitator.share.repository import Sharing
from facilitator.share.smtp import MailAccount
from facilitator.share.webhook import Webhook
from facilitator.store.documents import read_text
from facilitator.store.zone import local_today

if TYPE_CHECKING:
    from facilitator.store.workspace import Workspace

_WEEK = datetime.timedelta(days=7)


class ToChat(Struct, frozen=True):
    """The questions that wait in the chat, those of them that were not posted, and those that may have been; `hook`: where they can be."""

    messages: tuple[ChatMessage, ...] = ()
    left: tuple[ChatMessage, ...] = ()
    unsure: tuple[ChatMessage, ...] = ()
    hook: Webhook | None = None
    trouble: Foreseen | OSError | None = None


class ToMail(Struct, frozen=True):
    """Who is on the list, who of them got nothing yet; without `server` the mail is opened by the user's own program."""

    recipients: tuple[str, ...] = ()
    left: tuple[str, ...] = ()
    server: MailAccount | None = None
    sender: str = ""
    trouble: Foreseen | OSError | None = None


class ToShare(Struct, frozen=True):
    """Where the repository stands; None without one. `changed` are the documents that are not committed yet.

    `looks` are what deserves a look in what would be sent.
    """

    standing: RepositoryState | None = None
    changed: tuple[str, ...] = ()
    looks: tuple[tuple[Path, GateFinding], ...] = ()
    trouble: GitFailed | None = None


class Offers(Struct, frozen=True):
    """All of it. `due` are the numbers of the actions that end within the week, `look` what deserves a look in the minutes at `path`.

    `waits` is how much was accepted, and is sent once that can be: of any document.
    """

    path: Path
    text: str
    network: Network
    chat: ToChat = ToChat()
    mail: ToMail = ToMail()
    share: ToShare = ToShare()
    look: tuple[GateFinding, ...] = ()
    due: tuple[str, ...] = ()
    waits: int = 0


def settings_of(workspace: Workspace, tr: Translator) -> Network:
    """The network's settings; the usual ones where they cannot be read, which is told elsewhere."""
    try:
        data = workspace.config_bytes()
        return Network() if data is None else read_network(data, name="facilitator.yaml", tr=tr)
    except (OSError, Problems):
        return Network()


def offers_of(workspace: Workspace, meeting: str, tr: Translator, *, environ: Mapping[str, str]) -> Offers | None:
    """What can be done with the minutes of a meeting; None where there are none. It asks git, and no network. Raises OSError."""
    path = minutes_file(workspace, meeting)
    text = read_text(workspace, path) if path is not None else None
    if path is None or text is None:
        return None
    network = settings_of(workspace, tr)
    return Offers(
        path,
        text,
        network,
        _to_chat(workspace, meeting, text, network, environ),
        to_mail(workspace, meeting, network, environ),
        _to_share(workspace, network, tr),
        tuple(to_look_at(workspace, path, network, text=text)),
        _due(text, local_today(network.timezone)),
        len(read_pending(workspace)),
    )


def _to_chat(workspace: Workspace, meeting: str, text: str, network: Network, environ: Mapping[str, str]) -> ToChat:
    messages = tuple(messages_of(text, meeting))
    if not messages:
        return ToChat()
    try:
        hook = webhook_of(workspace, network, environ)
        left, before = posting.sorted_out(workspace, meeting, messages)
    except (Foreseen, OSError) as trouble:
        return ToChat(messages, messages, trouble=trouble)
    return ToChat(messages, tuple(left), before.unsure, hook)


def to_mail(workspace: Workspace, document: str, network: Network, environ: Mapping[str, str]) -> ToMail:
    """How a document, minutes or a letter, can go to the people of the list."""
    if not (network.share.mail.host or environ.get("FACILITATOR_SMTP_HOST")):
        return ToMail()
    try:
        server, sender = server_of(workspace, network, environ), sender_of(network, environ)
        recipients = recipients_of(workspace, network, environ)
        left, _ = mailing.sorted_out(workspace, document, recipients)
    except (Foreseen, OSError) as trouble:
        return ToMail(trouble=trouble)
    return ToMail(recipients, left, server, sender)


def _to_share(workspace: Workspace, network: Network, tr: Translator) -> ToShare:
    sharing = Sharing(workspace, tr, network.scale)
    try:
        changed, standing = sharing.changed(), sharing.repository.standing()
        looks = [(path, one) for path in sharing.unsent() for one in to_look_at(workspace, path, network)]
        return ToShare(standing, changed, tuple(looks))
    except GitFailed as trouble:
        return ToShare() if trouble.trouble in ("no-git", "no-repository") else ToShare(trouble=trouble)


def _due(text: str, today: datetime.date) -> tuple[str, ...]:
    read = read_minutes(text)
    said = [found.said for found in read.entries if found.said.kind == "action" and found.said.number]
    return tuple(
        one.label(read.front.language)
        for one in said
        if not one.done and one.due is not None and one.due <= today + _WEEK
    )
