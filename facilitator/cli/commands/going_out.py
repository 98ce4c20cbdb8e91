"""What goes to others from a command: shown as they will read it, stopped until it is accepted, and what became of it said."""

from __future__ import annotations

from typing import TYPE_CHECKING

from facilitator.cli.commands.opening import settings
from facilitator.cli.commands.sharing import tell_finding, that_waits, try_again
from facilitator.cli.context import Context, Failed
from facilitator.core.text import normalise

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from facilitator.core.network import Network
    from facilitator.meetings.leaving import ChatMessage
    from facilitator.share.mailing import Mailed
    from facilitator.share.posting import Posted
    from facilitator.store.workspace import Workspace


def write_messages(context: Context, messages: Sequence[ChatMessage]) -> None:
    """The messages as they are read, a blank line between two."""
    for place, message in enumerate(messages):
        context.write(f"\n{message.text}" if place else message.text)


def post_messages(context: Context, meeting: str, text: str, messages: Sequence[ChatMessage]) -> int:
    """Show the messages that were not posted yet; with --accept, post them. Raises Failed."""
    from facilitator.documents.gate import IN_WORDS
    from facilitator.meetings.gating import to_look_at
    from facilitator.share.posting import post_all, sorted_out, webhook_of

    tr, network, workspace = context.tr, settings(context), context.own_workspace()
    again = {str(one).upper() for one in context.values.again or ()}
    hook = webhook_of(workspace, network, context.environ)
    if hook is None:
        message = tr(
            "The chat’s webhook is not known here: write its address into {path}, for you alone (chmod 600).",
            path=_webhook_file(context),
        )
        raise Failed(message)
    waiting, before = sorted_out(workspace, meeting, messages)
    chosen = [one for one in messages if one in waiting or one.label in again]
    if not context.values.accept and chosen:
        write_messages(context, chosen)
        path, labels = _path(workspace, meeting), {one.label for one in chosen}
        for finding in to_look_at(workspace, path, network, text=text):
            said = finding.label in labels or path.parent == workspace.newsletter_folder
            if said and finding.reason in IN_WORDS:
                tell_finding(context, path, finding)
        _tell_before(context, meeting, before)
        words = f"facilitator chat {meeting} --post --accept"
        words += "".join(f" --again {label}" for label in sorted(again)) + (" --all" if context.values.all else "")
        told = tr("Nothing was posted. To post it to {host} as it stands: {command}", host=hook.host, command=words)
        raise Failed(" ".join([told, *that_waits(context, "chat", meeting)]))
    done = post_all(workspace, meeting, messages, hook, again, links=context.values.links)
    if done.now:
        context.acted = True
        context.say(tr("Posted to {host}: {names}", host=hook.host, names=_names(done.now)))
    _tell_before(context, meeting, done)
    if done.failed is not None:
        left = [one for one in messages if one not in (*done.now, *done.before, *done.unsure)]
        rest = tr("Not posted: {names}. The same command posts them.", names=_names(left)) if left else ""
        raise Failed(" ".join(filter(None, (done.failed.sentence(tr), rest, *that_waits(context, "chat", meeting)))))
    try_again(context)
    return 1 if done.unsure else 0


def send_mail(context: Context, document: str, text: str, mail: bytes) -> int:
    """Show the mail, and to whom it would go; with --accept, send it. Raises Failed."""
    from facilitator.share.mailing import recipients_of, server_of

    network, workspace = settings(context), context.own_workspace()
    server_of(workspace, network, context.environ)  # what is missing first is said first
    recipients = recipients_of(workspace, network, context.environ, context.values.to or ())
    return send_mails(context, document, dict.fromkeys(recipients, mail), text)


def send_mails(context: Context, document: str, mails: Mapping[str, bytes], text: str = "") -> int:
    """The same for a mail to each address; `text` is the document in which something may deserve a look. Raises Failed."""
    from facilitator.meetings.leaving import mail_words
    from facilitator.share.mailing import ALL, mail_all, sender_of, server_of, sorted_out

    tr, values, network, workspace = context.tr, context.values, settings(context), context.own_workspace()
    server, sender = server_of(workspace, network, context.environ), sender_of(network, context.environ)
    again = {one.lower() for one in values.again or ()}
    waiting, before = sorted_out(workspace, document, tuple(mails))
    to = [one for one in mails if one in waiting or one.lower() in again or ALL in again]
    if not values.accept and to:
        for mail in dict.fromkeys(mails[one] for one in to):
            context.write(mail_words(mail))
        _tell_looks(context, document, text, network)
        _tell_got(context, before)
        context.say(tr.ntr("To {n} address: {names}", "To {n} addresses: {names}", len(to), names=", ".join(to)))
        told = tr("Nothing was sent. To send it as it stands, add --accept to the same command.")
        raise Failed(" ".join([told, *that_waits(context, "mail", document)]))
    done = mail_all(workspace, document, mails, server=server, sender=sender, again=again, links=values.links)
    if done.now:
        context.acted = True
        names = ", ".join(done.now)
        context.say(
            tr.ntr("Sent to {n} address: {names}", "Sent to {n} addresses: {names}", len(done.now), names=names)
        )
    _tell_got(context, done)
    for one in done.refused:
        context.say(tr("The mail server does not take {address} ({code}).", address=one.to, code=one.code))
    if done.failed is not None:
        left = ", ".join(done.left)
        rest = tr("Not sent to: {names}. The same command sends it to them.", names=left) if left else ""
        raise Failed(" ".join(filter(None, (done.failed.sentence(tr), rest, *that_waits(context, "mail", document)))))
    try_again(context)
    return 1 if done.refused or done.unsure else 0


def _tell_looks(context: Context, document: str, text: str, network: Network) -> None:
    from facilitator.meetings.gating import to_look_at

    workspace = context.workspace()
    path = _path(workspace, document)
    for finding in to_look_at(workspace, path, network, text=text) if text else []:
        tell_finding(context, path, finding)


def _path(workspace: Workspace, document: str) -> Path:
    """Where a document stands: the letter of a month, else minutes."""
    folder = workspace.newsletter_folder if len(document) == len("2026-12") else workspace.minutes_folder
    return folder / f"{document}.md"


def _tell_got(context: Context, done: Mailed) -> None:
    tr = context.tr
    if done.before:
        context.say(tr("Sent before, and not again without --again: {names}", names=", ".join(done.before)))
    for one in done.unsure:
        context.say(tr("{name} may have got it. If not: the same command with --again {name}", name=one))


def _tell_before(context: Context, meeting: str, done: Posted) -> None:
    tr = context.tr
    if done.before:
        context.say(tr("Posted before, and not again: {names}", names=_names(done.before)))
    for one in done.unsure:
        again = f"facilitator chat {meeting} --post --accept --again {one.label}"
        words = tr(
            "{name} may have been posted: look in the chat. If it is not there: {command}",
            name=_names([one]),
            command=again,
        )
        context.say(words)


def _names(messages: Sequence[ChatMessage]) -> str:
    return ", ".join(one.label or one.text[:40] for one in messages)


def _webhook_file(context: Context) -> str:
    from facilitator.share.posting import secret_name
    from facilitator.store.preferences import config_folder

    return str(config_folder(context.environ) / secret_name(settings(context)))


def copy_text(context: Context, name: str, text: str) -> int:
    """Write a text into a file, and copy it by the terminal, which says nothing of whether it did."""
    from facilitator.share.clipboard import MOST_BYTES, copy_by, to_copy
    from facilitator.store.documents import write_leaving

    tr = context.tr
    text = normalise(text).text
    path = write_leaving(context.workspace(), name, f"{text}\n".encode())
    context.acted = True
    context.write(str(path))
    try:
        to_copy(text)
    except ValueError:
        context.say(
            tr("Too long for the clipboard of a terminal (at most {n} bytes): it is in the file.", n=MOST_BYTES)
        )
        return 0
    if copy_by(context.talk, text):
        context.say(tr("Copied, where the terminal lets programs do so; it is in the file as well."))
    else:
        context.say(tr("There is no terminal to copy by: it is in the file."))
    return 0
