"""The levels of networks: the digest that goes up or down, those that are received, and answers brought to where they were asked."""

from __future__ import annotations

import datetime
from collections.abc import Collection, Iterable, Sequence
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec import Struct
from msgspec.structs import replace

from facilitator.core.agenda import Level
from facilitator.core.cycle.levels import (
    Ask,
    Digest,
    Passed,
    Returning,
    digest_of,
    is_above,
    meeting_meant,
    shared_territory,
    short_name,
    waiting,
)
from facilitator.core.meeting import Meeting
from facilitator.core.network import Language, Network
from facilitator.core.said import Origin
from facilitator.documents.digest import UnfitDigest, added_to, bare, is_digest, read_digest, write_digest
from facilitator.documents.minutes.questions import has_answer
from facilitator.documents.minutes.reader import read_minutes
from facilitator.documents.newsletter.change import same_words
from facilitator.i18n import Foreseen, Translator, translator
from facilitator.meetings import changing
from facilitator.meetings.changing import ClosedMeeting
from facilitator.meetings.past import archive_of, minutes_of
from facilitator.meetings.session import Session
from facilitator.store.documents import DocumentWritten, in_turn, read_text, read_written, write_document
from facilitator.store.door import read_given
from facilitator.wording import answering_level

if TYPE_CHECKING:
    from facilitator.core.records import Record
    from facilitator.store.workspace import Workspace


MAX_DIGEST = 1 << 20


class NotOurs(Foreseen):
    """A digest that is not for this network, or claims what it may not; `values` are those of the sentence."""

    def __init__(self, why: str, **values: str) -> None:
        super().__init__(why)
        self.why = why
        self.values = values

    def sentence(self, tr: Translator) -> str:
        """Why nothing of it was taken."""
        words = {
            "level": tr("it is of a network of this level: digests go up and down"),
            "other-level": tr("it says {given}, and facilitator.yaml that {network} is {level}"),
            "folder": tr("it claims to be of {given}, in the folder of {network}"),
            "perimeter": tr("it claims {place}, which is the territory of {network}"),
            "own-level": tr("it bears the name of this network, of another level"),
        }
        return words[self.why].format_map(self.values)


class Given(Struct, frozen=True):
    """A text that is given as a digest: the name of its file, what it says, and the network whose folder it stands in, if any."""

    name: str
    text: str
    network: str | None = None


class AnsweredAbove(Struct, frozen=True):
    """A question of this network that a digest answers, and what became of it in its minutes.

    `what`: `answered`, `known` (they say so already), `otherwise` (they answer otherwise, and keep that), `gone`, `open` (its meeting
    is not closed).
    """

    meeting: str
    number: str
    what: str


class Received(Struct, frozen=True):
    """A digest that was taken: what it asks that nobody has answered, what it answered, what it brings for the inbox.

    What one of that network, received earlier, asked or brought is not in it again.
    """

    digest: Digest
    name: str
    written: DocumentWritten | None = None
    asks: tuple[Ask, ...] = ()
    answered: tuple[AnsweredAbove, ...] = ()
    news: tuple[Passed, ...] = ()
    needs: tuple[Returning, ...] = ()


# Digests.


def make_digest(
    workspace: Workspace, network: Network, month: str, records: Sequence[Record], language: Language
) -> Digest:
    """The digest of a month. Raises OSError."""
    with archive_of(workspace) as archive:
        held = [(parsed.meeting, parsed.held.place) for _, parsed in archive.outlines() if parsed.meeting]
    places = {meeting: place for meeting, place in held if meeting.startswith(month)}
    own = own_digests(workspace)
    earlier = [one for path, one in own if path.stem < month]
    before = next((one for path, one in own if path.stem == month), None)
    return digest_of(network, month, records, places=places, earlier=earlier, before=before, language=language)


def put_digest(workspace: Workspace, digest: Digest) -> DocumentWritten:
    """Write the digest of a month; where a person changed it, with what is new in it. Raises OSError.

    Where what this machine wrote there is not known, only questions and answers are put in: what somebody took out may not come back.
    """
    path = workspace.digests_folder / f"{digest.month}.md"

    def merged(_base: str | None, theirs: str, _ours: str) -> str | None:
        kept = read_written(workspace, path)
        try:
            if kept is None:
                return added_to(theirs, replace(digest, needs=(), useful=(), dates=()), None)
            return added_to(theirs, digest, read_digest(kept))
        except UnfitDigest:
            return None

    with in_turn(workspace):
        return write_document(workspace, path, write_digest(digest), merged)


def own_digests(workspace: Workspace) -> list[tuple[Path, Digest]]:
    """The digests of this network that can be read, in the order of their months."""
    return _read_all(workspace, workspace.digest_files())


def received_digests(workspace: Workspace) -> list[Digest]:
    """The digests of other networks that were received and can be read."""
    return [digest for _, digest in _read_all(workspace, workspace.received_files())]


def _read_all(workspace: Workspace, paths: Iterable[Path]) -> list[tuple[Path, Digest]]:
    found = []
    for path in paths:
        with suppress(OSError, UnfitDigest):
            found.append((path, read_digest(read_text(workspace, path) or "")))
    return found


# What other networks ask.


def relayed(workspace: Workspace, network: Network, records: Iterable[Record]) -> list[tuple[Ask, Origin]]:
    """The questions of networks below that wait for an answer and that no meeting here has taken up."""
    digests = received_digests(workspace)
    return waiting(digests, records, network.scale or "epci") if digests else []


# What other networks send.


def given_in(workspace: Workspace, folder: Path, network: str | None = None) -> list[Given]:
    """The digests in a folder, or in the `digests` of a workspace, wherever it is. Raises OSError."""
    inner = folder / workspace.digests_folder.name
    found = []
    for path in sorted((inner if inner.is_dir() else folder).glob("*.md")):
        text = given_file(path)
        if is_digest(text):
            found.append(Given(str(path), text, network))
    return found


def given_file(path: Path) -> str:
    """What a file that a person named says. Raises OSError; Unfit for what is no text."""
    try:
        return read_given(path, limit=MAX_DIGEST).decode("utf-8-sig")
    except UnicodeDecodeError:
        raise UnfitDigest("none") from None


def receive(workspace: Workspace, network: Network, given: Given, *, on: datetime.date) -> Received:
    """Take a digest: questions wait for the next agenda, answers go to the minutes and the letter of where they were asked.

    Raises Unfit and NotOurs with why nothing of it was taken, and OSError.
    """
    digest = read_digest(given.text)
    own, scale = short_name(network.name or ""), network.scale or "epci"
    if digest.network == own:
        if digest.level != scale:
            raise NotOurs("own-level")
        replies = [(ask.meeting, ask.number, ask.answer) for ask in digest.asks if ask.answer]
        answered = _bring(workspace, network, replies, _next_level(scale), on)
        # What the program wrote there itself is no news.
        return Received(digest, given.name, answered=tuple(one for one in answered if one.what != "known"))
    received = received_digests(workspace)
    _check(digest, given, network, received)
    told = [one for one in received if one.network == digest.network]
    answered = []
    if is_above(digest.level, scale):
        meetings = list(minutes_of(workspace))
        replies = []
        for reply in digest.replies:
            if reply.origin.meeting.partition("/")[0] == own:
                meeting = meeting_meant(reply.origin, own, meetings) or reply.origin.meeting
                replies.append((meeting, reply.origin.number, reply.answer))
        answered = _bring(workspace, network, replies, digest.level, on)
    path = workspace.received_folder / f"{digest.network}-{digest.month}.md"
    with in_turn(workspace):
        written = write_document(workspace, path, given.text, _later)
    asked = {(ask.meeting, ask.number) for one in told for ask in one.asks}
    asks = [ask for ask in digest.asks if not ask.answer and (ask.meeting, ask.number) not in asked]
    known = {need.text for one in told for need in one.needs}
    needs = [need for need in digest.needs if need.text not in known]
    brought = {one for before in told for one in (*before.dates, *before.useful)}
    news = tuple(one for one in (*digest.dates, *digest.useful) if one not in brought)
    below = is_above(scale, digest.level)
    return Received(
        digest, given.name, written, tuple(asks) if below else (), tuple(answered), news, tuple(needs) if below else ()
    )


def _later(base: str | None, theirs: str, ours: str) -> str | None:
    """A later version in the place of one that came through git; None where a hand answered in that, or changed what was written here."""
    try:
        answered = any(ask.answer for ask in read_digest(theirs).asks)
    except UnfitDigest:
        return None
    return None if base is not None or answered else ours


def _check(digest: Digest, given: Given, network: Network, received: Collection[Digest]) -> None:
    """Raise NotOurs for a digest that is not for this network, or claims what it may not."""
    if given.network is not None and digest.network != given.network:
        raise NotOurs("folder", given=digest.network, network=given.network)
    declared = next((one for one in network.levels if one.network == digest.network), None)
    if declared is not None and declared.level != digest.level:
        raise NotOurs("other-level", given=digest.level, network=digest.network, level=declared.level)
    if digest.level == (network.scale or "epci"):
        raise NotOurs("level")
    shared = shared_territory(digest, received, network)
    if shared is not None:
        raise NotOurs("perimeter", place=shared[0], network=shared[1])


def _next_level(level: Level) -> Level:
    above: dict[Level, Level] = {"epci": "departement", "departement": "region", "region": "national"}
    return above.get(level, "national")


def _bring(
    workspace: Workspace, network: Network, replies: Iterable[tuple[str, str, str]], level: Level, on: datetime.date
) -> list[AnsweredAbove]:
    """Answer questions of this network in their minutes, and so in its letter."""
    return [
        AnsweredAbove(meeting, number, _bring_one(workspace, network, meeting, number, answer, level, on))
        for meeting, number, answer in replies
    ]


def _bring_one(  # noqa: PLR0913  # an answer and where it goes, by name
    workspace: Workspace, network: Network, meeting: str, number: str, answer: str, level: Level, on: datetime.date
) -> str:
    path = minutes_of(workspace).get(meeting)
    past = _past(workspace, network, meeting)
    if past is None:
        return "open"
    read = read_minutes(read_text(workspace, path) or "", meeting=meeting) if path is not None else None
    found = next((one.said for one in read.entries if one.said.label("fr") == number), None) if read else None
    if found is None or read is None or found.kind != "question":
        return "gone"
    if has_answer(found):
        return "known" if same_words(bare(found.answer or "")) == same_words(answer) else "otherwise"
    by = answering_level(translator(read.front.language), level)
    changing.answer(past, number, answer, by=by, on=on)
    return "answered"


def _past(workspace: Workspace, network: Network, meeting_id: str) -> ClosedMeeting | None:
    """A meeting to be changed; None when it is not closed, or not all of its documents are written."""
    if meeting_id not in workspace.opened():
        return ClosedMeeting(workspace, meeting_id, Meeting(), network)
    session = Session.join(workspace, meeting_id, terminal=False)
    meeting = session.meeting
    session.leave()
    if meeting.closed is None or not workspace.marked_closed(meeting_id):
        return None
    return ClosedMeeting(workspace, meeting_id, meeting, network)
