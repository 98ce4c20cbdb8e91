"""The newsletters on the disk: fed by closed meetings, and what people wrote in them brought to the minutes.

A letter that cannot be read any more is left to the person who changed it.
"""

from __future__ import annotations

import datetime
import os
from collections.abc import Callable, Collection, Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec import Struct
from msgspec.structs import replace

from facilitator.core.agenda import Level
from facilitator.core.entry import label
from facilitator.core.meeting import Meeting, PublicMeeting
from facilitator.core.network import Language
from facilitator.core.public import public, without
from facilitator.core.regex import regex
from facilitator.core.setup import newsletter_month
from facilitator.core.vocabulary import Kind
from facilitator.documents.minutes.entry import MinutesEntry, MinutesToWrite
from facilitator.documents.minutes.of_meeting import minutes_of
from facilitator.documents.minutes.reader import read_minutes
from facilitator.documents.newsletter.change import TakenOut, never_fed, take_away, take_out, tell_anew, tick
from facilitator.documents.newsletter.feed import feed
from facilitator.documents.newsletter.front import Unreadable, read_meetings
from facilitator.documents.newsletter.items import Letter, LetterPen
from facilitator.documents.newsletter.reader import is_over, read_letter
from facilitator.documents.newsletter.travel import Travel, to_minutes
from facilitator.i18n import translator
from facilitator.meetings.faults import os_error_text
from facilitator.meetings.past import archive_of, minutes_file, notice_text
from facilitator.meetings.withholding import withheld
from facilitator.store.documents import (
    DocumentWritten,
    in_turn,
    keep_written,
    read_text,
    read_written,
    replace_text,
    write_document,
)
from facilitator.store.workspace import document_of, is_meeting_id

if TYPE_CHECKING:
    from facilitator.documents.newsletter.travel import NotLearned
    from facilitator.documents.newsletter.words import Section
    from facilitator.i18n import Translator
    from facilitator.store.workspace import Workspace

_MONTH = regex(r"[0-9]{4}-(?:0[1-9]|1[0-2])\Z")

Again = Collection[tuple[Kind, int]]


class Teller(Struct, frozen=True):
    """A closed meeting as it feeds letters: what it says, `name` of the file of its minutes, the network that it was of."""

    meeting: MinutesToWrite
    name: str
    network: str | None = None
    chat: str | None = None
    mail: str | None = None

    @property
    def month(self) -> str:
        """That of its own letter."""
        return self.meeting.month or newsletter_month(self.meeting.day)

    @property
    def names(self) -> frozenset[str]:
        """Those that a letter may know it by."""
        return frozenset((self.meeting.meeting, self.name))


def closed_meeting(workspace: Workspace, meeting: Meeting) -> PublicMeeting:
    """The public part of a closed meeting, without what was taken up individually since. Raises OSError."""
    return without(public(meeting), withheld(workspace, meeting))


def teller(shown: PublicMeeting, name: str | None = None, minutes: str | None = None) -> Teller:
    """A closed meeting as it feeds letters, with the entries that its `minutes` hold, when they are given, whatever it said then.

    `name` is that of the file of its minutes without `.md`, usually its id.
    """
    setup = shown.setup
    told = minutes_of(shown, translator(setup.language), draft=False, now=shown.closed_at or 0)
    one = Teller(told, name or shown.id, setup.network, setup.channels.chat, setup.channels.mail)
    return one if minutes is None else with_minutes(one, minutes)


def with_minutes(one: Teller, minutes: str) -> Teller:
    """The same meeting with the entries that these minutes hold."""
    entries = tuple(found.said for found in read_minutes(minutes, meeting=one.meeting.meeting).entries)
    return replace(one, meeting=replace(one.meeting, entries=entries))


def teller_now(workspace: Workspace, meeting: Meeting) -> Teller:
    """A closed meeting as its minutes say it now; they are known by their own name also beside what a person wrote. Raises OSError."""
    path = minutes_file(workspace, meeting.id)
    text = read_text(workspace, path) if path is not None else None
    name = (document_of(path) or path).stem if path is not None else None
    return teller(closed_meeting(workspace, meeting), name, text)


def teller_of(meeting_id: str, name: str, minutes: str) -> Teller:
    """A closed meeting whose journal is not on this machine, as far as its minutes tell it."""
    read = read_minutes(minutes, meeting=meeting_id)
    front, day = read.front, read.day or datetime.date.max
    language: Language = "en" if front.language == "en" else "fr"
    entries = tuple(found.said for found in read.entries)
    told = MinutesToWrite(meeting_id, "", day, front.zone, language, entries=entries, month=front.newsletter)
    return Teller(told, name)


def read_letters(workspace: Workspace) -> dict[str, str]:
    """The letters of every month as they are on the disk, oldest first, but those that cannot be read."""
    found: dict[str, str] = {}
    for path in workspace.newsletter_files():
        if _MONTH.match(path.stem):
            with suppress(OSError):  # that of another month is no reason not to feed this one
                found[path.stem] = read_text(workspace, path) or ""
    return found


def letter_text(workspace: Workspace, month: str) -> str | None:
    """The letter of `month` as it is on the disk; None when there is none. Raises OSError."""
    return read_text(workspace, workspace.newsletter_folder / f"{month}.md")


def open_month(month: str, letters: Mapping[str, str], today: datetime.date) -> str:
    """The first month from this one on of which the letter is not over: what comes later goes into it."""
    while month in letters and is_over(letters[month], today):
        month = max(_after(month), f"{today:%Y-%m}")
    return month


def _after(month: str) -> str:
    return newsletter_month(datetime.date.fromisoformat(f"{month}-01"))


def fed(  # noqa: PLR0913  # what a feed rests on, by name
    before: str | None,
    month: str,
    tellers: Sequence[Teller],
    letters: Mapping[str, str],
    *,
    today: datetime.date,
    again: Again = (),
) -> str:
    """The letter of `month`, `before` as it stands, with what these meetings bring; empty when there is nothing to say.

    Meetings of older months, whose letter is over, bring what was answered since; `letters` are those of all months. One that is
    over takes no more of a meeting that it told already. Raises Unreadable.
    """
    text, over = before, before is not None and is_over(before, today)
    for one in tellers:
        if one.month > month or (over and not _is_new(before or "", one, month)):
            continue
        if one.month < month and not (one.month in letters and is_over(letters[one.month], today)):
            continue
        earlier = [letters[other] for other in sorted(letters) if one.month <= other < month]
        letter = Letter(month, one.network, one.chat, one.mail)
        text = feed(text, letter, one.meeting, name=one.name, earlier=earlier, again=again) or None
    return text or ""


def _is_new(text: str, one: Teller, month: str) -> bool:
    return one.month == month and read_meetings(read_letter(text).front.fed, one.names) is None


def feed_letter(
    workspace: Workspace, month: str, tellers: Sequence[Teller], *, today: datetime.date
) -> DocumentWritten | None:
    """Put what these meetings bring into the letter of `month`, in a turn of its own. Raises OSError.

    Returns None, and makes no file, when there is no letter yet and nothing to say in it. Beside one that cannot be read any more
    goes the text as it would have begun.
    """
    with in_turn(workspace):
        return feed_in_turn(workspace, month, tellers, today=today)


def feed_in_turn(
    workspace: Workspace, month: str, tellers: Sequence[Teller], *, today: datetime.date, again: Again = ()
) -> DocumentWritten | None:
    """The same, for who has the turn."""
    path = workspace.newsletter_folder / f"{month}.md"
    before, letters = letter_text(workspace, month), read_letters(workspace)
    try:
        after = fed(before, month, tellers, letters, today=today, again=again)
    except Unreadable:
        return write_document(workspace, path, fed(None, month, tellers, letters, today=today))
    if before is None and not after:
        return None
    if after != before:
        replace_text(workspace, path, before, after)
        _keep_fed(workspace, path, before, lambda own: fed(own, month, tellers, letters, today=today, again=again))
    return DocumentWritten(path)


def _keep_fed(workspace: Workspace, path: Path, before: str | None, feed_own: Callable[[str | None], str]) -> None:
    """Keep what became of a letter by this machine's hand alone, where that is known."""
    own = None if before is None else read_written(workspace, path)
    if before is None or own is not None:
        with suppress(Unreadable):
            keep_written(workspace, path, feed_own(own))


class Told(Struct, frozen=True):
    """What letters said of an entry, to be taken out of them: as each would write it, by its month.

    `places` are where it stands in each, the section and the day that it is sorted by; None where it says nothing of it.
    """

    entry: tuple[Kind, int]
    names: frozenset[str]
    lines: Mapping[str, tuple[tuple[str, ...], ...]]
    places: Mapping[str, tuple[Section, datetime.date | None] | None]


def told_of(workspace: Workspace, ones: Sequence[Teller], entry: tuple[Kind, int]) -> Told:
    """What the letters of every month may say of an entry of a meeting, as the program writes it of any of `ones`. Raises OSError.

    They are that meeting as it was written and as it is: a hand may have changed its minutes since the letter was fed.
    """
    lines: dict[str, tuple[tuple[str, ...], ...]] = {}
    places: dict[str, tuple[Section, datetime.date | None] | None] = {}
    for month, text in read_letters(workspace).items():
        language = read_letter(text).front.language
        for one in ones:
            letter = Letter(month, one.network, one.chat, one.mail)
            pen = LetterPen(letter, one.meeting, language, f"../minutes/{one.name}.md")
            pieces = [piece for piece in pen.pieces() if piece.name == entry and not piece.word]
            lines[month] = (*lines.get(month, ()), *(piece.lines for piece in pieces))
            places[month] = (pieces[-1].section, pieces[-1].day) if pieces else None
    return Told(entry, frozenset().union(*(one.names for one in ones)), lines, places)


def take_away_in_turn(workspace: Workspace, told: Told, *, today: datetime.date) -> list[tuple[Path, int]]:
    """Take an entry out of every letter that is not over; the lines, from 1, where a person changed what it says. For who has the turn.

    Raises OSError.
    """

    def taken(text: str, month: str) -> TakenOut:
        return take_away(text, told.names, told.entry, told.lines.get(month, ()))

    return _in_open_letters(workspace, taken, today)


def tell_anew_in_turn(workspace: Workspace, told: Told, now: Told, *, today: datetime.date) -> list[tuple[Path, int]]:
    """Have every letter that is not over say an entry as it is `now`; the rest as `take_away_in_turn`.

    Where it stands elsewhere now, or nowhere, it is taken out as if it never was there: the next feed puts it where it belongs.
    """

    def anew(text: str, month: str) -> TakenOut:
        said, before = now.lines.get(month, ()), told.lines.get(month, ())
        place = now.places.get(month)
        if place != told.places.get(month):
            taken = take_away(text, told.names, told.entry, before)
            return taken if taken.text == text else TakenOut(never_fed(taken.text, told.names, told.entry), taken.left)
        if place is None or said[-1] in before:
            return TakenOut(text, [])  # a letter says nothing of what changed
        return tell_anew(text, told.names, told.entry, before, said[-1])

    return _in_open_letters(workspace, anew, today)


def tell_changes_in_turn(
    workspace: Workspace, before: Teller, now: Teller, *, today: datetime.date
) -> list[tuple[str, Path, int]]:
    """Have every letter that is not over say what a meeting that was opened again says `now`, of what they were told `before`.

    Returns the labels of the entries that a person wrote otherwise there, which stay: where, and the line, from 1. For who has the turn.
    """
    says = {(said.kind, said.number): said for said in now.meeting.entries}
    left: list[tuple[str, Path, int]] = []
    for said in before.meeting.entries:
        name = said.kind, said.number
        if not said.number or says.get(name) == said:
            continue
        told = told_of(workspace, [before], name)
        if any(told.places.values()):
            found = tell_anew_in_turn(workspace, told, told_of(workspace, [now], name), today=today)
            left += [(label(*name, now.meeting.language), path, line) for path, line in found]
    return left


def otherwise_text(tr: Translator, number: str, path: str, line: int) -> str:
    """That a letter says an entry as a person wrote it."""
    return tr(
        "{path}, line {line}: {number} was written otherwise there by hand, and stays so",
        path=path,
        line=line,
        number=number,
    )


def _in_open_letters(
    workspace: Workspace, change: Callable[[str, str], TakenOut], today: datetime.date
) -> list[tuple[Path, int]]:
    """Change every letter that is not over, by its text and its month; the lines, from 1, where a person changed what it says."""
    left: list[tuple[Path, int]] = []
    for month, text in read_letters(workspace).items():
        if is_over(text, today):
            continue
        path = workspace.newsletter_folder / f"{month}.md"
        clean, lines = change(text, month)
        left += [(path, line) for line in lines]
        if clean != text:
            replace_text(workspace, path, text, clean)
            own = read_written(workspace, path)
            if own is not None:
                keep_written(workspace, path, change(own, month).text)
    return left


def forget_fed_in_turn(
    workspace: Workspace, names: Collection[str], entry: tuple[Kind, int], *, today: datetime.date
) -> None:
    """Have the letters that are not over take in an entry again that a person took out: somebody sent it there anew. For who has the turn."""

    def never(text: str, _month: str) -> TakenOut:
        there = read_letter(text).find(frozenset(names), *entry)
        return TakenOut(text if there else never_fed(text, names, entry), [])

    _in_open_letters(workspace, never, today)


def open_again(
    workspace: Workspace, names: Collection[str], entry: tuple[Kind, int], answered: Sequence[MinutesEntry] = ()
) -> list[OSError]:
    """Take back in every letter what became of an entry, or else it would be learnt again from there; for who has the turn.

    Its boxes are emptied, and where a question was `answered` as said here, its item goes. Returns why letters could not be read.
    """
    unread: list[OSError] = []
    for path in workspace.newsletter_files():
        try:
            text = read_text(workspace, path)
        except OSError as problem:
            unread.append(problem)
            continue
        if text is None:
            continue
        clean = _opened_again(text, names, entry, answered)
        if clean != text:
            replace_text(workspace, path, text, clean)
            if (own := read_written(workspace, path)) is not None:
                keep_written(workspace, path, _opened_again(own, names, entry, answered))
    return unread


def _opened_again(text: str, names: Collection[str], entry: tuple[Kind, int], answered: Sequence[MinutesEntry]) -> str:
    clean = take_out(text, names, entry[1], answered).text if answered else text
    if clean != text and not read_letter(clean).find(frozenset(names), *entry):
        clean = never_fed(clean, names, entry)  # nobody took it out: it comes back with what is said of it next
    return tick(clean, read_letter(clean).find(frozenset(names), *entry), ticked=False)


class TakenFromLetter(Struct):
    """What the minutes learnt from a letter, and what they could not; `unread`: which letter, or minutes, prevented it."""

    letter: str
    travel: Travel
    unread: list[OSError]


def take_up(workspace: Workspace, *, on: datetime.date, scale: Level | None = None) -> list[TakenFromLetter]:
    """Bring what people answered and ticked in letters to the minutes; for who has no turn.

    `on` is the day that answers are said to be of. The minutes of a meeting that is open again are left: its journal stands.
    """
    found = []
    for path in workspace.newsletter_files():
        taken = _take_up(workspace, path, on, scale, write=False)
        if taken.travel.minutes:
            try:
                with in_turn(workspace):  # read again: what was found may have changed before this turn
                    taken = _take_up(workspace, path, on, scale, write=True)
            except OSError as problem:
                taken = TakenFromLetter(
                    path.name, Travel({}, [], [], []), [problem]
                )  # the next one that reads it learns it
        found.append(taken)
    return found


class Arrived(Struct, frozen=True):
    """What is to be told of documents that people changed: `news` of what was learnt, and what stands until a person mends it."""

    news: tuple[str, ...] = ()
    standing: tuple[str, ...] = ()


def arrived(workspace: Workspace, tr: Translator, *, on: datetime.date, minutes: bool = True) -> Arrived:
    """Bring what people wrote in letters to the minutes, and say what there is to say of both; what prevents it is said, never raised.

    Without `minutes` those of the past are not looked at, however many there are: letters alone are told.
    """
    news: list[str] = []
    standing: list[str] = []
    try:
        if minutes:
            with archive_of(workspace) as archive:
                standing += [text for notice in archive.notices if (text := notice_text(tr, notice))]
                archive.note_said()
        for taken in take_up(workspace, on=on):
            news += _news_texts(tr, taken)
            standing += [os_error_text(tr, problem) for problem in taken.unread]
            standing += [_left_text(tr, left, f"newsletter/{taken.letter}") for left in taken.travel.left]
    except OSError as problem:
        standing.append(os_error_text(tr, problem))
    return Arrived(tuple(news), tuple(standing))


def _news_texts(tr: Translator, taken: TakenFromLetter) -> list[str]:
    path = f"newsletter/{taken.letter}"
    told = [
        tr("{number} was answered in {path}: the minutes of {meeting} say it too.",
           number=one.label, path=path, meeting=one.meeting)
        for one in taken.travel.answered
    ]  # fmt: skip
    return told + [
        tr("{number} was ticked in {path}: it is done in the minutes of {meeting}.",
           number=one.label, path=path, meeting=one.meeting)
        for one in taken.travel.closed
    ]  # fmt: skip


def _left_text(tr: Translator, left: NotLearned, path: str) -> str:
    """Why an answer or a tick in a letter is not in the minutes."""
    said = {"number": left.label, "path": path, "line": left.line, "meeting": left.meeting}
    if left.why == "answered-otherwise":
        return tr(
            "{path}, line {line}: the minutes of {meeting} answer {number} otherwise, and keep their answer.", **said
        )
    if left.why == "gone":
        return tr("{path}, line {line}: the minutes of {meeting} do not hold {number} any more.", **said)
    return tr(
        "{path}, line {line}: the program cannot tell how {number} would be changed in the minutes of {meeting}: "
        "change it there by hand.",
        **said,
    )


def _take_up(
    workspace: Workspace, letter: Path, on: datetime.date, scale: Level | None, *, write: bool
) -> TakenFromLetter:
    taken = TakenFromLetter(letter.name, Travel({}, [], [], []), [])
    try:
        text = read_text(workspace, letter) or ""
    except OSError as problem:
        taken.unread.append(problem)
        return taken
    wanted = {item.meeting for item in read_letter(text).items if item.answer is not None or item.ticked}
    if not wanted:
        return taken
    files: dict[str, tuple[Path, str]] = {}
    for name in sorted(wanted):
        path = workspace.minutes_folder / f"{name}.md"
        if not is_meeting_id(name) or document_of(path) is not None or not os.path.lexists(path):
            continue
        try:
            path = minutes_file(workspace, name) or path
            minutes = read_text(workspace, path)
        except OSError as problem:
            taken.unread.append(problem)
            continue
        if minutes is not None and read_minutes(minutes).front.status == "final":
            files[name] = path, minutes
    taken.travel = to_minutes(text, {name: minutes for name, (_, minutes) in files.items()}, on=on, scale=scale)
    for name, changed in taken.travel.minutes.items() if write else ():
        path, minutes = files[name]
        replace_text(workspace, path, minutes, changed)
        own = read_written(workspace, path)
        if own is not None:
            keep_written(workspace, path, to_minutes(text, {name: own}, on=on, scale=scale).minutes.get(name, own))
    return taken
