"""`share`: the documents, in the repository that people share."""

from __future__ import annotations

from typing import TYPE_CHECKING

from facilitator.cli.beside import shown
from facilitator.cli.context import Context, Failed
from facilitator.cli.parser import Parser
from facilitator.core.entry import read_label

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from facilitator.core.network import Network
    from facilitator.documents.gate import GateFinding
    from facilitator.i18n import Translator
    from facilitator.share.pending import Way
    from facilitator.share.repository import Shared, Sharing


def _share_words(parser: Parser) -> None:
    tr = parser.tr
    parser.epilog = tr("Without an option: the documents that changed are committed here, and nothing is sent.")
    how = parser.add_mutually_exclusive_group()
    how.add_argument("--status", action="store_true", help=tr("say where the repository stands, and do nothing"))
    how.add_argument("--pull", action="store_true", help=tr("take in what others sent as well"))
    how.add_argument("--push", action="store_true", help=tr("take in what others sent, and send what is here"))
    how.add_argument("--cancel", action="store_true", help=tr("give up what waits to be sent"))
    parser.add_argument(
        "--accept", action="store_true", help=tr("let stand what deserves a look; with --push: and send it")
    )
    parser.common()


def _share(context: Context) -> int:
    from facilitator.cli.commands.opening import settings
    from facilitator.share.git import GitFailed
    from facilitator.share.repository import Sharing

    tr, network = context.tr, settings(context)
    sharing = Sharing(context.own_workspace(), tr, network.scale)
    try:
        if context.values.status:
            return _tell_standing(context, sharing)
        if context.values.cancel:
            return _cancel(context)
        if context.values.accept and not context.values.push:
            accept_findings(context, _to_accept(sharing), network)
            return 0
        if context.values.push and context.values.accept:
            accept_findings(context, sharing.unsent(), network)
        elif context.values.push and tell_findings(context, sharing.unsent(), network):
            raise Failed(tr("Nothing was sent. To send it as it is: facilitator share --push --accept"))
        if not context.values.push:
            try_again(context)  # before a commit, which it would not be bound to
        done = sharing.send() if context.values.push else None
        done = done or (sharing.receive() if context.values.pull else None)
        committed = done.committed if done else sharing.commit()
    except GitFailed as failed:
        raise Failed("\n".join([failed.sentence(tr), *that_waits(context, "git")])) from failed
    if committed:
        context.acted = True
        context.say(tr("Committed: {names}", names=", ".join(committed)))
    if done is not None:
        _tell_exchanged(context, done)
    if not committed and (done is None or not (done.received or done.sent)):
        context.say(tr("Nothing to share: all is committed."))
    if context.values.push:
        try_again(context)
    return 0


def try_again(context: Context) -> None:
    """Try what waits to be sent, and say what became of it; what waits on is said by `share --status`."""
    from facilitator.share.again import Again
    from facilitator.share.pending import read_pending

    workspace = context.own_workspace()
    if not read_pending(workspace):
        return
    tried = Again(workspace, context.tr, context.environ).run()
    for sentence in tried.said:
        context.acted = True
        context.say(sentence)


def that_waits(context: Context, way: Way, document: str = "") -> list[str]:
    """That it waits, where it does: a sentence, or none."""
    from facilitator.share.pending import read_pending

    if (way, document) not in ((one.way, one.document) for one in read_pending(context.own_workspace())):
        return []
    return [context.tr("It waits, and is sent as soon as it can be: facilitator share --cancel gives it up.")]


def _cancel(context: Context) -> int:
    """What waits, waits no more; what is committed stays committed."""
    from facilitator.share.pending import give_up, read_pending

    workspace, tr = context.own_workspace(), context.tr
    found = read_pending(workspace)
    if not found:
        context.say(tr("Nothing waits to be sent."))
        return 0
    give_up(workspace, *found)
    context.acted = True
    context.say(tr("Given up, and sent by nobody: what was waiting."))
    return 0


def commit_at_close(context: Context, paths: Sequence[Path], network: Network) -> None:
    """Commit what a close wrote, as the network wants it; why it could not be is said, and stops nothing."""
    from facilitator.share.git import GitFailed
    from facilitator.share.repository import Sharing

    tr = context.tr
    try:
        committed = Sharing(context.own_workspace(), tr, network.scale).commit(paths)
    except (GitFailed, OSError) as failed:
        from facilitator.meetings.faults import fault_text

        context.say(
            tr("Not committed: facilitator share does it later. {problem}", problem=fault_text(tr, failed) or "")
        )
        return
    if committed:
        context.say(tr("Committed: {names}", names=", ".join(committed)))


def _tell_exchanged(context: Context, done: Shared) -> None:
    """Say what came, what was joined, and that what is here was sent."""
    tr = context.tr
    if done.received:
        context.say(tr.ntr("{n} commit came from elsewhere.", "{n} commits came from elsewhere.", done.received))
    for name in done.joined:
        context.say(tr("Changed on both sides, and joined: {name}", name=name))
    for sentence in done.said:
        context.say(sentence)
    if done.sent:
        context.acted = True
        context.say(tr("Sent."))


def _to_accept(sharing: Sharing) -> list[Path]:
    """The documents that are not sent yet, and the minutes of the last meeting, in git or not."""
    from facilitator.meetings.past import minutes_file
    from facilitator.share.git import GitFailed

    workspace = sharing.workspace
    last = workspace.last_closed()
    minutes = minutes_file(workspace, last) if last is not None else None
    found = [minutes] if minutes is not None else []
    try:
        found += sharing.unsent()
    except GitFailed:
        return found
    return list(dict.fromkeys(found))


def _tell_standing(context: Context, sharing: Sharing) -> int:
    from facilitator.share.pending import read_pending

    tr = context.tr
    if count := len(read_pending(sharing.workspace)):
        context.write(tr.ntr("{n} item waits to be sent", "{n} items wait to be sent", count))
    changed, standing = sharing.changed(), sharing.repository.standing()
    if changed:
        count = len(changed)
        context.write(
            tr.ntr("{n} document to share: {names}", "{n} documents to share: {names}", count, names=", ".join(changed))
        )
    if standing.ahead:
        context.write(tr.ntr("{n} commit not sent yet", "{n} commits not sent yet", standing.ahead))
    if standing.behind:
        context.write(tr("The repository has moved on: facilitator share --pull"))
    if standing.upstream is None:
        context.write(tr("The branch {name} follows nothing elsewhere.", name=standing.branch))
    if not (changed or standing.ahead or standing.behind):
        context.write(tr("Everything is shared.") if standing.upstream else tr("Everything is committed."))
    return 0


def tell_findings(context: Context, paths: Sequence[Path], network: Network) -> bool:
    """Say what deserves a look in what would be sent; whether there is anything."""
    from facilitator.meetings.gating import to_look_at

    some = False
    for path in paths:
        for finding in to_look_at(context.workspace(), path, network):
            some = True
            tell_finding(context, path, finding)
    return some


def tell_finding(context: Context, path: Path, finding: GateFinding) -> None:
    """Say one, with its place and the command that mends it, where it is an entry's."""
    from facilitator.meetings.gating import finding_text

    context.say(f"{shown(context, path)}:{finding.line}: {finding_text(context.tr, finding)}")
    if finding.label and (way := _way(context.tr, finding)):
        context.say(f"  {'' if context.conversing else 'facilitator '}{way}")


def accept_findings(context: Context, paths: Sequence[Path], network: Network) -> None:
    """Let stand what deserves a look, and say it: it is not shown again."""
    from facilitator.meetings.gating import accept, finding_text, to_look_at

    for path in paths:
        found = to_look_at(context.workspace(), path, network)
        accept(context.workspace(), path, found)
        for finding in found:
            context.say(context.tr("Accepted: {what}", what=finding_text(context.tr, finding)))


def _way(tr: Translator, finding: GateFinding) -> str:
    """The command that mends it; nothing where none does."""
    if finding.reason == "private":
        named, meeting = read_label(finding.label), finding.words.partition(" ")[0]
        return f"send {finding.label} individual --meeting {meeting}" if named and named[0] == "question" else ""
    if finding.reason in ("no-owner", "nobody-answers") or finding.part == "owners":
        return f"edit {finding.label} --owner {tr('NAME')}"
    if finding.reason == "no-date":
        return f"edit {finding.label} --due D"
    return f'edit {finding.label} --text "…"' if finding.part == "text" else ""


COMMANDS = {"share": (_share_words, _share)}
