"""git, by the real program: where a repository stands, a commit of our own files, what came from elsewhere, a push.

Never forced, reset, stashed or checked out; what the person has staged, their hooks and their signing are respected. Nothing may ask: a
program that would draws over the screen, so whatever wants a password fails, and is said.
"""

from __future__ import annotations

import os
import re
import shutil
import signal
import subprocess
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path, PurePosixPath
from typing import Literal

from msgspec import Struct

from facilitator.core.regex import regex
from facilitator.core.text import has_conflict
from facilitator.i18n import Foreseen, Translator
from facilitator.store import platform
from facilitator.store.atomic import replace_document, replace_own
from facilitator.store.door import open_own, read_document, read_own

_SECRET = regex(r"(\b[a-z+]+://)[^/\s'\"]*@", re.IGNORECASE)
_WHO = (
    b"could not read Username",
    b"could not read Password",
    b"Authentication failed",
    b"Permission denied (publickey",
)
QUICK_S = 20.0
AWAY_S = 120.0  # what goes over a network
_MARK = 4_096
# What a repository in the middle of something holds in its `.git`, and what that is called.
_UNDER_WAY = {
    "rebase-merge": "rebase", "rebase-apply": "rebase", "MERGE_HEAD": "merge", "CHERRY_PICK_HEAD": "cherry-pick",
    "REVERT_HEAD": "revert", "BISECT_LOG": "bisect",
}  # fmt: skip
# A program that was started by git, as a hook is, would take its repository for this one.
_OTHERS = ("GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_PREFIX", "GIT_COMMON_DIR", "GIT_OBJECT_DIRECTORY")

Trouble = Literal[
    "no-git",  # the program is not installed
    "no-repository",  # the folder is in none
    "foreign",  # the repository is somebody else's
    "bare",  # the repository has no files
    "under-way",  # a merge, a rebase … waits for its end (`detail`: which)
    "locked",  # another git is at it, or one was killed (`detail`: the lock)
    "detached",  # no branch is checked out
    "conflicts",  # files hold the marks of a failed merge (`detail`: which)
    "nobody",  # nobody is said to commit
    "refused",  # git said no (`detail`: its last words)
    "away",  # what is elsewhere could not be reached in time, or at all (`detail`: git's last words)
    "stranger",  # what is elsewhere wants to know who asks, and nothing may ask here (`detail`: git's last words)
    "alone",  # no repository elsewhere is known
    "overtaken",  # others sent something first
    "rejected",  # the branch elsewhere, or a hook, does not take what is sent (`detail`: its words)
    "differ",  # both sides changed files that are not ours to join (`detail`: which)
]


class GitFailed(Foreseen):
    """It could not be done, and why; nothing was changed, but for what was already shared."""

    def __init__(self, trouble: Trouble, detail: str = "") -> None:
        super().__init__(f"{trouble}: {detail}" if detail else trouble)
        self.trouble = trouble
        self.detail = detail

    def sentence(self, tr: Translator) -> str:
        """Why, and what helps."""
        detail = self.detail
        said: dict[Trouble, Callable[[], str]] = {
            "no-git": lambda: tr("git is not installed: the documents stay here, and nothing is lost."),
            "no-repository": lambda: tr("This folder is in no git repository: git init makes one."),
            "foreign": lambda: tr("The repository belongs to somebody else, and git will not work in it. {words}", words=detail),
            "bare": lambda: tr("This is a repository without files: share from a clone of it."),
            "under-way": lambda: tr("A {what} is under way in this repository: end it first.", what=detail),
            "locked": lambda: tr("git is at work in this repository, or was killed there: {words}", words=detail),
            "detached": lambda: tr("No branch is checked out: git switch BRANCH first."),
            "conflicts": lambda: tr("These files hold the marks of a failed merge: {names}", names=detail),
            "nobody": lambda: tr("git does not know who commits: git config user.name and user.email say it."),
            "refused": lambda: tr("git said no: {words}", words=detail),
            "away": lambda: tr("What is elsewhere could not be reached: it stays committed here. {words}", words=detail),
            "stranger": lambda: tr("What is elsewhere asks who you are: sign in once, with git fetch in a terminal. It stays committed here, and the next try sends it. {words}", words=detail),
            "alone": lambda: tr("No repository elsewhere is known: git remote add origin ADDRESS names one."),
            "overtaken": lambda: tr("Others sent something at each try: try again."),
            "rejected": lambda: tr("What is elsewhere does not take it: {words}", words=detail),
            "differ": lambda: tr("Both sides changed what only a person can join: {names}. What is here stays as it is: git pull brings both together.", names=detail),
        }  # fmt: skip
        return said[self.trouble]()


class RepositoryState(Struct, frozen=True):
    """Where a repository stands: its branch, what it follows elsewhere, commits that only one side has, documents to commit.

    `changed` are paths from the workspace on, in their order; `unborn` says that nothing was committed yet.
    """

    branch: str
    upstream: str | None = None
    remotes: tuple[str, ...] = ()
    ahead: int = 0
    behind: int = 0
    changed: tuple[str, ...] = ()
    unborn: bool = False


Join = Callable[[str, str | None, str, str], "str | None"]  # path, base, ours, theirs; None where both cannot be joined


class Repository:
    """The repository around a workspace. `ours` says which of its files, by their path from the workspace on, are the program's.

    `mark` is where a merge that is under way is noted: one that was killed is known by it, and taken back.
    """

    def __init__(
        self, root: Path, ours: Callable[[PurePosixPath], bool], mark: Path, environ: Mapping[str, str]
    ) -> None:
        self.root = root
        self.ours = ours
        self.mark = mark
        self.environ = _quiet(environ)
        self.words = ""
        self._running: subprocess.Popen[bytes] | None = None

    def stop(self) -> None:
        """End the git that runs, from any thread: what it was doing fails, and can be done again."""
        if (running := self._running) is not None:
            with suppress(OSError, AttributeError):
                os.killpg(running.pid, signal.SIGTERM)

    def standing(self) -> RepositoryState:
        """Where it stands now. Raises GitFailed for one in which nothing may be done."""
        inside = self._look()
        if os.path.lexists(inside / "index.lock"):
            raise GitFailed("locked", str(inside / "index.lock"))
        self._take_back(inside / "MERGE_HEAD")
        for name, what in _UNDER_WAY.items():
            if os.path.lexists(inside / name):
                raise GitFailed("under-way", what)
        return self._status()

    def commit(self, paths: Sequence[str], message: str) -> None:
        """Commit these documents, and nothing else that is changed or staged. Raises GitFailed; what was staged is then as before."""
        if not self._answers("var", "GIT_COMMITTER_IDENT"):
            raise GitFailed("nobody")
        listed = "\0".join(paths).encode() + b"\0"
        new = self._git("ls-files", "-z", "--others", "--", *self._literal(paths)).encode()
        named = ("--pathspec-from-file=-", "--pathspec-file-nul")
        if new:
            self._git("add", "--intent-to-add", *named, given=new)
        try:
            self._git("commit", "--quiet", "--only", "-m", message, *named, given=listed, seconds=AWAY_S)
        except GitFailed:
            if new:
                self._git("update-index", "--force-remove", "-z", "--stdin", given=new)
            raise

    def head(self) -> str:
        """The commit that is checked out; empty where there is none yet. Raises GitFailed."""
        return (
            self._git("rev-parse", "HEAD").strip() if self._answers("rev-parse", "--verify", "--quiet", "HEAD") else ""
        )

    def fetch(self) -> None:
        """Learn what is elsewhere. Raises GitFailed."""
        self._git("fetch", "--quiet", seconds=AWAY_S, away=True)

    def take(self, join: Join) -> tuple[str, ...]:
        """Bring in what was fetched; the documents that both sides changed, joined. Raises GitFailed, all as it was before.

        A conflict in a document is given to `join`; one in anything else, or that cannot be joined, undoes the merge.
        """
        standing = self.standing()
        if not standing.behind:
            return ()
        if not standing.ahead:
            self._git("merge", "--quiet", "--ff-only", "@{upstream}")
            return ()
        if not self._answers("var", "GIT_COMMITTER_IDENT"):
            raise GitFailed("nobody")
        with self._turn():
            replace_own(self.mark, self._git("rev-parse", "@{upstream}").encode())
            try:
                return self._merged(join)
            finally:
                self.mark.unlink(missing_ok=True)

    @contextmanager
    def _turn(self) -> Iterator[None]:
        """The only one that merges. Raises GitFailed while another one does: what it has under way is not to be taken back."""
        path = self.mark.with_name(f"{self.mark.name}.lock")
        fd = open_own(path, os.O_RDWR | os.O_CREAT)
        try:
            try:
                ours = platform.lock(fd)
            except OSError:
                ours = True  # no locks here
            if not ours:
                raise GitFailed("locked", os.fspath(path))
            yield
        finally:
            os.close(fd)

    def _merged(self, join: Join) -> tuple[str, ...]:
        if self._answers("merge", "--quiet", "--no-edit", "@{upstream}", seconds=AWAY_S):
            return ()
        if not os.path.lexists(self._look() / "MERGE_HEAD"):
            raise GitFailed("refused", self.words)  # git would have written over something, and did nothing
        try:
            joined = self._joined(join)
            self._git("commit", "--quiet", "--no-edit", seconds=AWAY_S)
        except BaseException:
            self._git("merge", "--abort")
            raise
        return joined

    def _take_back(self, head: Path) -> None:
        """Undo a merge of ours that was killed before its end; one that was noted, and did not begin, is forgotten.

        A git that was killed may have written its marks into documents before it noted its merge: all that was in them is committed.
        """
        if not os.path.lexists(self.mark):
            return
        with self._turn(), suppress(FileNotFoundError):
            noted = read_own(self.mark, limit=_MARK).strip()
            if head.exists() and head.read_bytes().strip() == noted:
                self._git("merge", "--abort")
            elif not head.exists() and (torn := self._torn_since(self.mark.stat().st_mtime)):
                self._git("checkout", "--quiet", "HEAD", "--", *self._literal(torn))
            self.mark.unlink()

    def _torn_since(self, noted: float) -> list[str]:
        """The documents that hold the marks of a merge which git wrote about then: what a hand changed later is not among them."""
        names = filter(None, self._git("diff", "--name-only", "-z", "--relative", "HEAD", "--", ".").split("\0"))
        torn = [name for name in names if self.ours(PurePosixPath(name)) and self._is_torn(name)]
        return [name for name in torn if (self.root / name).stat().st_mtime <= noted + AWAY_S]

    def _is_torn(self, name: str) -> bool:
        """Whether a document holds the marks of a failed merge."""
        try:
            return has_conflict(read_document(self.root, self.root / name))
        except OSError:
            return False  # gone, or no document

    def unsent(self, standing: RepositoryState) -> tuple[str, ...]:
        """The documents in which what is committed here differs from what is elsewhere."""
        words = (
            ("diff", "--name-only", "-z", "--relative", f"{standing.upstream}...HEAD")
            if standing.upstream
            else ("ls-files", "-z")
        )
        names = filter(None, self._git(*words).split("\0"))
        return tuple(name for name in names if self.ours(PurePosixPath(name)))

    def push(self, standing: RepositoryState) -> None:
        """Send what is committed. Raises GitFailed."""
        where: tuple[str, ...] = ()
        if standing.upstream is None:
            where = ("--set-upstream", standing.remotes[0], standing.branch)
        self._git("push", "--quiet", *where, seconds=AWAY_S, away=True)

    def _joined(self, join: Join) -> tuple[str, ...]:
        sides: dict[str, dict[int, str]] = {}
        for row in filter(None, self._git("ls-files", "-z", "--unmerged", "--full-name").split("\0")):
            about, _, name = row.partition("\t")
            _, blob, stage = about.split(" ")
            sides.setdefault(name, {})[int(stage)] = blob
        prefix = self._git("rev-parse", "--show-prefix").rstrip("\n")
        done, left = [], []
        for name, found in sorted(sides.items()):
            path = name.removeprefix(prefix)
            text = None
            if name.startswith(prefix) and self.ours(PurePosixPath(path)) and 2 in found and 3 in found:
                with suppress(UnicodeError):  # what is no text cannot be joined
                    base, ours, theirs = (self._blob(found.get(stage)) for stage in (1, 2, 3))
                    text = join(path, base, ours or "", theirs or "")
            if text is None:
                left.append(path)
            else:
                replace_document(self.root, self.root / path, text.encode())
                done.append(path)
        if left:
            raise GitFailed("differ", ", ".join(left))
        self._git("add", "--", *self._literal(done))
        return tuple(done)

    def _blob(self, name: str | None) -> str | None:
        return None if name is None else self._git("cat-file", "blob", name).encode(errors="surrogateescape").decode()

    def _look(self) -> Path:
        """Its own folder. Raises GitFailed where there is none, or it may not be looked at."""
        if shutil.which("git", path=self.environ.get("PATH")) is None:
            raise GitFailed("no-git")
        try:
            bare, inside = self._git("rev-parse", "--is-bare-repository", "--absolute-git-dir").splitlines()
        except GitFailed as failed:
            if "dubious ownership" in failed.detail:
                raise GitFailed("foreign", failed.detail) from failed
            if "not a git repository" in failed.detail:
                raise GitFailed("no-repository") from failed
            raise
        if bare == "true" or self._git("rev-parse", "--is-inside-work-tree").strip() != "true":
            raise GitFailed("bare")
        return Path(inside)

    def _status(self) -> RepositoryState:
        rows = iter(self._git("status", "--porcelain=v2", "--branch", "-z", "--untracked-files=all", ".").split("\0"))
        prefix = self._git("rev-parse", "--show-prefix").rstrip("\n")
        head: dict[str, str] = {}
        changed, torn = list[str](), list[str]()
        for row in rows:
            if row.startswith("# "):
                key, _, value = row[2:].partition(" ")
                head[key] = value
                continue
            sort = row[:1]
            if sort not in ("1", "2", "u", "?"):
                continue
            name = row.split(" ", {"1": 8, "2": 9, "u": 10, "?": 1}[sort])[-1]
            if sort == "2":
                next(rows, None)  # what it was called before
            path = name.removeprefix(prefix)
            if sort == "u":
                torn.append(path)
            elif self.ours(PurePosixPath(path)):
                (torn if self._is_torn(path) else changed).append(path)
        if torn:
            raise GitFailed("conflicts", ", ".join(torn))
        branch = head.get("branch.head", "")
        if branch == "(detached)":
            raise GitFailed("detached")
        ahead, behind = (abs(int(number)) for number in head.get("branch.ab", "+0 -0").split(" "))
        remotes = tuple(self._git("remote").split())
        unborn = head.get("branch.oid") == "(initial)"
        return RepositoryState(
            branch, head.get("branch.upstream"), remotes, ahead, behind, tuple(sorted(changed)), unborn
        )

    def _literal(self, paths: Sequence[str]) -> list[str]:
        return [f":(literal){path}" for path in paths]

    def _answers(self, *words: str, seconds: float = QUICK_S) -> bool:
        """Whether git does it; what it said last is in `words`."""
        try:
            self._git(*words, seconds=seconds)
        except GitFailed as failed:
            if failed.trouble != "refused":
                raise
            self.words = failed.detail
            return False
        return True

    def _git(self, *words: str, given: bytes = b"", seconds: float = QUICK_S, away: bool = False) -> str:
        """What git says. Raises GitFailed with its last words; where it takes longer than `seconds`, it is ended."""
        asked = ["git", "-c", "core.fsmonitor=false", *words]
        with subprocess.Popen(  # noqa: S603  # the words are ours, the paths after `--`
            asked, cwd=self.root, env=self.environ, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
            start_new_session=True,  # without a terminal nothing can be asked
        ) as git:  # fmt: skip
            self._running = git
            try:
                out, said = git.communicate(given, timeout=seconds)
            except subprocess.TimeoutExpired:
                _end(git)
                raise GitFailed("away" if away else "refused", f"git {words[0]}: {seconds:.0f} s") from None
            except BaseException:
                _end(git)
                raise
            finally:
                self._running = None
        if git.returncode:
            raise GitFailed(_why(said, away=away), _last_words(said))
        return out.decode("utf-8", errors="surrogateescape")


def _why(said: bytes, *, away: bool) -> Trouble:
    if b".lock': File exists" in said:
        return "locked"
    if not away:
        return "refused"
    if b"(fetch first)" in said or b"(non-fast-forward)" in said:
        return "overtaken"
    if any(words in said for words in _WHO):
        return "stranger"
    return "rejected" if b"rejected]" in said or b"hook declined" in said else "away"


def _last_words(said: bytes) -> str:
    """What git complained of, in a line: its errors, else its last line; without what an address says of who signs in."""
    lines = [line.strip() for line in said[-20_000:].decode("utf-8", errors="replace").splitlines() if line.strip()]
    errors = [line for line in lines if line.startswith(("fatal:", "error:", "remote:", " ! "))]
    return _SECRET.sub(r"\1", " ".join(errors[:1] or lines[-1:])[:300])


def _end(git: subprocess.Popen[bytes]) -> None:
    """End git and whatever it started."""
    for how in (signal.SIGTERM, getattr(signal, "SIGKILL", signal.SIGTERM)):
        with suppress(OSError, AttributeError):
            os.killpg(git.pid, how)
        with suppress(OSError):
            git.send_signal(how)
        with suppress(subprocess.TimeoutExpired):
            git.communicate(timeout=3)
            return


def _quiet(environ: Mapping[str, str]) -> dict[str, str]:
    """An environment in which git asks nothing, opens nothing and speaks the language that is read here."""
    quiet = {name: value for name, value in environ.items() if name not in _OTHERS}
    if everything := quiet.pop("LC_ALL", None):
        quiet["LANG"] = everything
    return quiet | {
        "LC_MESSAGES": "C", "LANGUAGE": "C", "GIT_TERMINAL_PROMPT": "0", "GIT_ASKPASS": "", "SSH_ASKPASS_REQUIRE": "never",
        "GIT_EDITOR": "true", "GIT_MERGE_AUTOEDIT": "no", "GIT_OPTIONAL_LOCKS": "0", "GCM_INTERACTIVE": "never",
    }  # fmt: skip
