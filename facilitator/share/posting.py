"""The questions that wait, into the network's chat: each once, whatever went wrong before."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from time import sleep
from typing import TYPE_CHECKING

from msgspec import Struct

from facilitator.share.pending import Pending, now, settle
from facilitator.share.secret import read_secret
from facilitator.share.sent import Sent, sending
from facilitator.share.webhook import NotPosted, Webhook, post, read_webhook
from facilitator.store.accepted import digest_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from facilitator.core.network import Network
    from facilitator.meetings.leaving import ChatMessage
    from facilitator.store.workspace import Workspace

VARIABLE = "FACILITATOR_WEBHOOK"
_TRIES = 3
_PATIENCE_S = 10.0  # so long it is waited when the chat asks for it


class Posted(Struct, frozen=True):
    """What became of the messages: posted now, posted before, perhaps posted; and why it ended before the last, if it did."""

    now: tuple[ChatMessage, ...] = ()
    before: tuple[ChatMessage, ...] = ()
    unsure: tuple[ChatMessage, ...] = ()
    failed: NotPosted | None = None


def webhook_of(workspace: Workspace, network: Network, environ: Mapping[str, str]) -> Webhook | None:
    """The chat of this network, when its address is known here. Raises Unsafe, NotPosted and OSError."""
    secret = read_secret(secret_name(network), VARIABLE, workspace.root, environ)
    return None if secret is None else read_webhook(secret)


def secret_name(network: Network) -> str:
    """The name of the file that holds the address, in the folder of this user's settings."""
    return f"{network.share.account}.webhook" if network.share.account else "webhook"


def sorted_out(workspace: Workspace, meeting: str, messages: Sequence[ChatMessage]) -> tuple[list[ChatMessage], Posted]:
    """The messages that nobody has tried to post yet, and what became of the others. Raises OSError."""
    sent = Sent(workspace)
    states = [(one, sent.state(*_name(meeting, one))) for one in messages]
    before = Posted(
        before=tuple(one for one, state in states if state == "sent"),
        unsure=tuple(one for one, state in states if state == "begun"),
    )
    return [one for one, state in states if state in (None, "not-sent")], before


def post_all(  # noqa: PLR0913  # what goes where
    workspace: Workspace,
    meeting: str,
    messages: Sequence[ChatMessage],
    hook: Webhook,
    again: Collection[str] = (),
    *,
    links: str | None = None,
) -> Posted:
    """Post those that were not; with `again`, by number, those that may have been as well. The first that fails ends it.

    Where nobody was reached, what is left waits to be tried again; `links` is where a letter's lead. Raises OSError when it cannot be
    remembered, Busy while another one sends; nothing is posted then.
    """
    with sending(workspace) as sent:
        done = _posted(sent, meeting, messages, hook, again)
    offline = done.failed is not None and done.failed.why == "unreachable"
    over = (*done.now, *done.before, *done.unsure)
    left = [digest_of(one.text) for one in messages if one not in over] if offline else []
    tried = tuple(digest_of(one.text) for one in messages)
    settle(workspace, Pending("chat", place_of(hook), tried, now(), meeting, links=links), left)
    return done


def _posted(sent: Sent, meeting: str, messages: Sequence[ChatMessage], hook: Webhook, again: Collection[str]) -> Posted:
    posted: list[ChatMessage] = []
    waiting, before = sorted_out(sent.workspace, meeting, messages)
    waiting = [one for one in messages if one in waiting or (one.label in again and one.label)]
    unsure = [one for one in before.unsure if one not in waiting]
    for one in waiting:
        sent.note("begun", *_name(meeting, one))
        try:
            _post(hook, one.text)
        except NotPosted as failed:
            if failed.unsure:
                unsure.append(one)
            else:
                sent.note("not-sent", *_name(meeting, one))
            return Posted(tuple(posted), before.before, tuple(unsure), failed)
        sent.note("sent", *_name(meeting, one))
        posted.append(one)
    return Posted(tuple(posted), before.before, tuple(unsure))


def place_of(hook: Webhook) -> str:
    """What stands for the chat that was accepted: another address is another place."""
    return digest_of("chat", hook.host, str(hook.port), hook.path.reveal())


def _post(hook: Webhook, text: str) -> None:
    for left in reversed(range(_TRIES)):
        try:
            post(hook, text)
        except NotPosted as failed:
            if failed.why != "busy" or not left or failed.wait_s > _PATIENCE_S:
                raise
            sleep(failed.wait_s)
        else:
            return


def _name(meeting: str, one: ChatMessage) -> tuple[str, ...]:
    # A part of a letter has no number that stays: what it says is its name.
    return ("chat", meeting, one.text if not one.label or one.label.isdecimal() else one.label)
