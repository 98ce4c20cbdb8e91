"""The workspace: where it is, what it holds, and which of this user's meetings are live."""

from __future__ import annotations

import datetime
import os
import stat
from collections.abc import Collection, Iterator, Mapping
from contextlib import suppress
from functools import cached_property
from pathlib import Path
from zlib import crc32

import msgspec
from msgspec import Struct

from facilitator.core.acts import Act, Open
from facilitator.core.regex import regex
from facilitator.store import platform
from facilitator.store.atomic import replace_own
from facilitator.store.door import PRIVATE_FOLDER_MODE, PRIVATE_NAME, open_own, read_document, read_json
from facilitator.store.folders import (
    fallback_roots,
    home_folder,
    make_folder,
    make_private,
    state_folder,
    trusted,
)
from facilitator.store.framing import read_line, rescue

CONFIG_NAME = "facilitator.yaml"
INBOX_NAME = "inbox.md"
CLOSED_NAME = "closed"
DISCARDED = "discarded"  # where the journals of meetings are that were opened by mistake
ERRORS_NAME = "errors.log"  # errors of the program itself, beside the journal they did not harm
FOLLOW_UPS_NAME = "private.jsonl"
ARCHIVE_NAME = "archive.sqlite"
ACCEPTED_NAME = "accepted"
SENT_NAME = "sent.jsonl"
TELEPHONES_NAME = "telephones"  # the folder of what telephones sent to meetings, until it is settled
PENDING_NAME = "pending.json"
MERGE_NAME = "merge-under-way"
BESIDES = 99
SUFFIX = ".jsonl"

# The text that goes beside a document a person changed.
_BESIDE = regex(r"(?P<stem>.+)\.new(-[0-9]{1,2})?\.md\Z")
_READ = os.O_RDONLY | platform.NOFOLLOW | platform.NONBLOCK | platform.CLOEXEC | platform.BINARY
# An opening is the first act, in the first line unless that was torn; it holds the agenda and the members.
_LINES = 4
# As the type of an event stands in a line; within a text its quotes are escaped.
_CLOSE = b'"closed"'
_OPENING = 4 * 1024 * 1024
_MEETING_ID = regex(r"[A-Za-z0-9][A-Za-z0-9._-]{0,127}\Z")


class LiveMeeting(Struct, frozen=True):
    """A meeting that one of this user's terminals opened: its workspace's root, and its id."""

    workspace: str
    meeting: str


class Workspace:
    """A directory, its documents and its private folder. Making one touches nothing on the disk."""

    def __init__(self, root: Path, environ: Mapping[str, str] = os.environ) -> None:
        self.root = Path(os.path.abspath(root))  # noqa: PTH100  # links in the way to it stay as the person gave them
        self._environ = environ

    def moved_to(self, root: Path) -> Workspace:
        """The same, with its folder at another place."""
        return Workspace(root, self._environ)

    def move(self, root: Path) -> None:
        """From now on its folder is at another place, for all who hold it."""
        self.root = Path(os.path.abspath(root))  # noqa: PTH100  # as above
        for name in ("private", "meetings_folder", "_mark"):
            self.__dict__.pop(name, None)

    def __repr__(self) -> str:
        return f"Workspace({str(self.root)!r})"

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Workspace) and other.root == self.root

    def __hash__(self) -> int:
        return hash(self.root)

    @cached_property
    def private(self) -> Path:
        """The folder of live and private data, never committed."""
        return self.root / PRIVATE_NAME

    @cached_property
    def meetings_folder(self) -> Path:
        """A folder for each meeting, with its journal."""
        return self.private / "meetings"

    @property
    def base_folder(self) -> Path:
        """The last text this machine wrote of each document."""
        return self.private / "base"

    @property
    def telephones_folder(self) -> Path:
        """What telephones sent to meetings, until it is settled, and who serves them."""
        return self.private / TELEPHONES_NAME

    @property
    def private_file(self) -> Path:
        """Individual needs after the close."""
        return self.private / FOLLOW_UPS_NAME

    @property
    def archive_file(self) -> Path:
        """What past meetings hold, derived from the minutes."""
        return self.private / ARCHIVE_NAME

    @property
    def agendas_folder(self) -> Path:
        """Agendas and templates."""
        return self.root / "agendas"

    @property
    def minutes_folder(self) -> Path:
        """The minutes, one file for each meeting."""
        return self.root / "minutes"

    @property
    def newsletter_folder(self) -> Path:
        """The newsletters, one file for each month."""
        return self.root / "newsletter"

    @property
    def leaving_folder(self) -> Path:
        """What was made for other programs: it can be made again, and is never committed."""
        return self.root / "share"

    @property
    def inbox_file(self) -> Path:
        """What was seen between meetings."""
        return self.root / INBOX_NAME

    @property
    def digests_folder(self) -> Path:
        """The digests for the network above, one file for each month."""
        return self.root / "digests"

    @property
    def received_folder(self) -> Path:
        """The digests of other networks, as they were received."""
        return self.digests_folder / "received"

    @property
    def surveys_folder(self) -> Path:
        """What surveys brought, one file for each."""
        return self.root / "surveys"

    def survey_files(self) -> list[Path]:
        """What surveys brought, in the order of their names; what was put beside a changed file is not among them."""
        return _documents(self.surveys_folder)

    def digest_files(self) -> list[Path]:
        """The digests of this network, in the order of their months; what was put beside a changed file is not among them."""
        return _documents(self.digests_folder)

    def received_files(self) -> list[Path]:
        """The digests that were received, in the order of their names; what was put beside a changed file is not among them."""
        return _documents(self.received_folder)

    def minutes_files(self) -> list[Path]:
        """The minutes, in the order of their names; what was put beside a changed file is not among them."""
        return _documents(self.minutes_folder)

    def minutes_texts(self) -> list[Path]:
        """The minutes and what was put beside changed ones, in the order of their names."""
        return _markdown(self.minutes_folder)

    def newsletter_files(self) -> list[Path]:
        """The newsletters, in the order of their months; what was put beside a changed file is not among them."""
        return _documents(self.newsletter_folder)

    @property
    def config_file(self) -> Path:
        """The network's settings; may not exist."""
        return self.root / CONFIG_NAME

    def config_bytes(self) -> bytes | None:
        """The settings as they are in the file; None without one. Raises TooLarge above 256 KiB, and OSError, Linked for a link."""
        try:
            return read_document(self.root, self.config_file)
        except (FileNotFoundError, NotADirectoryError):
            return None

    def ensure_private(self) -> None:
        """Make the private folder, 0700, its `.gitignore` first. Raises OSError; Linked when it is a link."""
        make_private(self.private)

    def meeting_folder(self, meeting_id: str) -> Path:
        """Where a meeting's journal is, or will be. Raises ValueError for what is no meeting's name."""
        if not is_meeting_id(meeting_id):
            message = f"not a meeting: {meeting_id!r}"
            raise ValueError(message)
        return self.meetings_folder / meeting_id

    def meetings(self) -> list[str]:
        """The meetings with a journal, wherever it had to go, in the order of their days."""
        found: set[str] = set()
        for folder in self._journal_roots():
            with suppress(FileNotFoundError, NotADirectoryError, PermissionError), os.scandir(folder) as entries:
                found.update(entry.name for entry in entries if is_meeting_id(entry.name) and _has_journal(entry))
        return sorted(found)

    def names(self) -> set[str]:
        """What could be meetings, by their names alone."""
        found: set[str] = set()
        for folder in self._journal_roots():
            with suppress(FileNotFoundError, NotADirectoryError, PermissionError):
                found.update(filter(is_meeting_id, os.listdir(folder)))  # noqa: PTH208  # names are enough
        return found

    def live(self) -> list[str]:
        """The meetings that are not marked closed.

        The mark is a shortcut: the truth is the journal, and a caller that depends on it folds the meeting.
        """
        return [name for name in self.meetings() if not self.marked_closed(name) and self._is_opened(name)]

    def opened(self) -> list[str]:
        """The meetings whose journal begins with an opening: a disk that was full at the first act leaves less than that."""
        return [name for name in self.meetings() if self.marked_closed(name) or self._is_opened(name)]

    def _is_opened(self, meeting_id: str) -> bool:
        return any(_opens(path) for path in self._journal_files(meeting_id))

    def speaks_of_a_close(self, meeting_id: str) -> bool:
        """Whether a close is among what was written of a meeting; a quick look, which folds nothing."""
        return any(_speaks_of(path, _CLOSE) for path in self._journal_files(meeting_id))

    def _journal_files(self, meeting_id: str) -> Iterator[Path]:
        for folder in self.journal_folders(meeting_id):
            with suppress(OSError):
                names = os.listdir(folder)  # noqa: PTH208  # names are enough
                yield from (folder / name for name in sorted(names) if name.endswith(SUFFIX))

    def marked_closed(self, meeting_id: str) -> bool:
        """True when the meeting bears the mark of a published close."""
        return any(_is_file(root / meeting_id / CLOSED_NAME) for root in self._journal_roots())

    def last_closed(self, among: Collection[str] | None = None) -> str | None:
        """The meeting whose close was marked last by the clock of this machine, whatever day it is of, `among` all or these; None when there is none."""
        marks = [
            (mark.stat().st_mtime_ns, meeting_id)
            for meeting_id in (self.meetings() if among is None else among)
            for root in self._journal_roots()
            if _is_file(mark := root / meeting_id / CLOSED_NAME)
        ]
        return max(marks)[1] if marks else None

    def mark_closed(self, meeting_id: str) -> None:
        """Leave the mark of a published close; to be repeated at will. Raises OSError when it can be left nowhere."""
        failures: list[OSError] = []
        for folder in (self.meeting_folder(meeting_id), *self._fallback_folders(meeting_id)):
            try:
                make_private(folder)
                _touch(folder / CLOSED_NAME)
            except OSError as failure:
                failures.append(failure)
            else:
                return
        raise failures[0]

    def mark_open(self, meeting_id: str) -> None:
        """Take the mark away: the meeting was reopened. Raises OSError."""
        for folder in (self.meeting_folder(meeting_id), *self._fallback_folders(meeting_id)):
            (folder / CLOSED_NAME).unlink(missing_ok=True)

    def put_away(self, meeting_id: str) -> None:
        """Move the journal of a meeting to where none is looked for, under its name or that and a number. Raises OSError."""
        for root in self._journal_roots():
            if not os.path.lexists(root / meeting_id):
                continue
            away = root.with_name(DISCARDED if root == self.meetings_folder else f"{root.name}-{DISCARDED}")
            make_private(away)
            place, target = 1, away / meeting_id
            while os.path.lexists(target):
                place += 1
                target = away / f"{meeting_id}-{place}"
            (root / meeting_id).rename(target)

    def journal_folders(self, meeting_id: str) -> list[Path]:
        """Every folder in which a meeting's journal may be, wherever it had to go."""
        return [root / meeting_id for root in self._journal_roots()]

    def new_meeting_id(self, day: datetime.date, slug: str) -> str:
        """`<day>-<slug>`; with `-2`, `-3` … when that name is taken by a meeting or its minutes."""
        name = f"{day.isoformat()}-{slug}"
        taken = set(self.meetings())
        place, meeting_id = 1, name
        while meeting_id in taken or os.path.lexists(self.minutes_folder / f"{meeting_id}.md"):
            place += 1
            meeting_id = f"{name}-{place}"
        return meeting_id

    def state_folder(self) -> Path:
        """Where this user's state is kept, outside any workspace."""
        return state_folder(self._environ)

    @property
    def texts_folder(self) -> Path:
        """Where half-typed text is kept before the meeting it belongs to exists: outside, and for this workspace alone."""
        return self.state_folder() / "typed" / self._mark

    @cached_property
    def _mark(self) -> str:
        return f"{crc32(os.fsencode(os.path.realpath(self.root))):08x}"

    def register_live(self, meeting_id: str) -> bool:
        """Let this user's other shells find the meeting; False when the state folder cannot be written."""
        data = msgspec.json.encode(LiveMeeting(str(self.root), meeting_id))
        try:
            make_folder(self._live_file(meeting_id).parent, PRIVATE_FOLDER_MODE)
            replace_own(self._live_file(meeting_id), data)
        except OSError:
            return False
        return True

    def unregister_live(self, meeting_id: str) -> None:
        """The meeting is over. A registration that cannot be taken away is seen through by `live_workspaces`."""
        with suppress(OSError):
            self._live_file(meeting_id).unlink(missing_ok=True)

    def _live_file(self, meeting_id: str) -> Path:
        return self.state_folder() / "live" / f"{self._mark}-{meeting_id}.json"

    def _journal_roots(self) -> list[Path]:
        return [
            *([self.meetings_folder] if self._has_own_meetings() else []),
            *(root for root in fallback_roots(self.meetings_folder, self._environ) if trusted(root)),
        ]

    def _has_own_meetings(self) -> bool:
        """Whether its meetings are its own: what a link leads to is somebody else's, or another network's."""
        return not (self.private.is_symlink() or self.meetings_folder.is_symlink())

    def _fallback_folders(self, meeting_id: str) -> list[Path]:
        folders = (root / meeting_id for root in fallback_roots(self.meetings_folder, self._environ))
        return [folder for folder in folders if trusted(folder)]


class HeldFolder:
    """A workspace's folder, held open to find it again when somebody moves it."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self._fd: int | None = None
        self._hold()

    def find(self) -> Path | None:
        """Where the folder is; None when it is nowhere any more. Microseconds while nobody moved it."""
        if self._fd is None:
            self._hold()
            return self.root
        mine = os.fstat(self._fd)
        if _is_folder(self.root, mine):
            return self.root
        said = platform.SYSTEM.path_of(self._fd)
        if said is not None and _is_folder(Path(said), mine):
            self.root = Path(said)
            return self.root
        self.let_go()
        return None

    def let_go(self) -> None:
        """Hold the folder no longer."""
        fd, self._fd = self._fd, None
        if fd is not None:
            os.close(fd)

    def _hold(self) -> None:
        with suppress(OSError):  # it is not there yet, or nothing more can be opened: it is then not found again
            self._fd = os.open(self.root, os.O_RDONLY | getattr(os, "O_DIRECTORY", 0) | platform.CLOEXEC)


def _is_folder(path: Path, one: os.stat_result) -> bool:
    try:
        return os.path.samestat(path.stat(), one)
    except OSError:
        return False


def besides(path: Path) -> Iterator[Path]:
    """Where the text goes when a person changed the document at `path`: the first place that is no one else's."""
    return map(Path, _besides(path))


def standing_beside(path: Path) -> list[Path]:
    """Those of these places where something stands, be it a link that leads nowhere."""
    return [Path(place) for place in _besides(path) if os.path.lexists(place)]


def _besides(path: Path) -> Iterator[str]:
    stem = os.fspath(path).removesuffix(".md")
    return (f"{stem}.new{'' if place == 1 else f'-{place}'}.md" for place in range(1, BESIDES + 1))


def document_of(path: Path) -> Path | None:
    """The document that the text at `path` was put beside; None for what is itself a document."""
    found = _BESIDE.match(path.name)
    return path.with_name(f"{found['stem']}.md") if found else None


def _documents(folder: Path) -> list[Path]:
    return [path for path in _markdown(folder) if document_of(path) is None]


def _markdown(folder: Path) -> list[Path]:
    try:
        names = os.listdir(folder)  # noqa: PTH208  # of ten thousand, names are soon listed
    except OSError:
        return []
    return [folder / name for name in sorted(names) if name.endswith(".md")]


def is_meeting_id(text: str) -> bool:
    """True when a text can name a meeting: a plain file name, of letters, digits, hyphens and dots."""
    return bool(_MEETING_ID.match(text))


def find_workspace(flag: Path | None, environ: Mapping[str, str], cwd: Path, *, live: bool) -> Workspace:
    """The workspace to work in; never fails, and makes nothing.

    The flag, else `FACILITATOR_WORKSPACE`, else the nearest folder from `cwd` up that holds `facilitator.yaml` or
    `.facilitator/`, else, with `live`, the one workspace of this user in which a meeting is live, else `cwd`.
    A home directory counts on the way up only when it holds `facilitator.yaml`.
    """
    if flag is not None:
        return Workspace(cwd / flag, environ)
    named = environ.get("FACILITATOR_WORKSPACE")
    if named:
        return Workspace(cwd / named, environ)
    above = workspace_above(environ, cwd)
    if above is not None:
        return Workspace(above, environ)
    roots = live_workspaces(environ) if live else []
    return Workspace(roots[0] if len(roots) == 1 else cwd, environ)


def workspace_above(environ: Mapping[str, str], cwd: Path) -> Path | None:
    """The nearest folder from `cwd` up that is a workspace; None where there is none."""
    return _configured_parent(cwd, home_folder(environ))


def live_workspaces(environ: Mapping[str, str]) -> list[Path]:
    """The roots of this user's workspaces in which a registered meeting is still live."""
    roots = set()
    folder = state_folder(environ) / "live"
    with suppress(FileNotFoundError, NotADirectoryError, PermissionError):
        for path in folder.glob("*.json"):
            try:
                found = read_json(path, LiveMeeting)
                live = (
                    is_meeting_id(found.meeting) and found.meeting in Workspace(Path(found.workspace), environ).live()
                )
            except (OSError, ValueError):
                continue  # a registration only saves looking; one that cannot be read, or followed, names no workspace
            if live:
                roots.add(Path(found.workspace))
    return sorted(roots)


def _configured_parent(cwd: Path, home: Path) -> Path | None:
    trusted_owners = _owners(cwd)
    for folder in (cwd, *cwd.parents):
        if _is_mine(folder / CONFIG_NAME, trusted_owners):
            return folder
        if _is_mine(folder / PRIVATE_NAME, trusted_owners) and not _same(folder, home):
            return folder
    return None


def _owners(cwd: Path) -> set[int]:
    uid = platform.SYSTEM.uid()
    return {0 if uid is None else uid, 0, cwd.stat().st_uid}


def _is_mine(path: Path, owners: set[int]) -> bool:
    """True when it exists and was not planted by somebody else in a folder that everybody may write, as /tmp."""
    try:
        return path.stat().st_uid in owners
    except OSError:
        return False


def _same(one: Path, other: Path) -> bool:
    return os.path.realpath(one) == os.path.realpath(other)


def _is_file(path: Path) -> bool:
    """True for a file itself: a link, wherever it leads, is none."""
    try:
        return stat.S_ISREG(os.lstat(path).st_mode)
    except OSError:
        return False


def _touch(path: Path) -> None:
    """An empty file that survives a power cut. Raises OSError, Linked for a link of its name."""
    os.close(open_own(path, os.O_WRONLY | os.O_CREAT))
    platform.sync_folder(path.parent)


def _speaks_of(path: Path, word: bytes) -> bool:
    """Whether these bytes are in a line of a file."""
    try:
        with open(os.open(path, _READ), "rb") as file:  # noqa: PTH123  # as below
            return any(word in line for line in file)
    except OSError:
        return False


def _opens(path: Path) -> bool:
    """Whether an opening is among the first lines of a file of a journal."""
    try:
        with open(os.open(path, _READ), "rb") as file:  # noqa: PTH123  # opened without following a link
            lines = [file.readline(_OPENING) for _ in range(_LINES)]
    except OSError:
        return False
    whole = [line.rstrip(b"\r\n") for line in lines if line.endswith(b"\n")]
    acts = (read_line(rescue(line) or line) for line in whole)
    return any(isinstance(act, Act) and any(isinstance(event, Open) for event in act.events) for act in acts)


def _has_journal(entry: os.DirEntry[str]) -> bool:
    if not entry.is_dir(follow_symlinks=False):
        return False
    with suppress(OSError):
        return any(name.endswith(SUFFIX) for name in os.listdir(entry.path))  # noqa: PTH208  # names are enough
    return False
