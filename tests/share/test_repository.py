"""Sharing with real git: two clones and a bare repository, and every state in which nothing may be done."""

from __future__ import annotations

import os
import stat
import subprocess
from collections.abc import Callable
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path, PurePosixPath
from threading import Thread

import pytest

from facilitator.i18n import translator
from facilitator.share.git import GitFailed, Repository, _last_words
from facilitator.share.repository import Sharing, is_ours
from facilitator.store.workspace import Workspace

MINUTES = (Path(__file__).parents[1] / "documents" / "minutes" / "example.md").read_text(encoding="utf-8")
NAME = "minutes/2026-11-10-roannais.md"
OTHER = "notes.txt"


def git(folder: Path, *words: str, fails: bool = False) -> str:
    done = subprocess.run(["git", *words], cwd=folder, capture_output=True, text=True, check=False)
    assert fails or done.returncode == 0, done.stderr
    return done.stdout


@pytest.fixture
def alone(tmp_path: Path) -> Path:
    """A repository with minutes that are committed, a file of the person's own, and nothing elsewhere."""
    root = tmp_path / "claire"
    root.mkdir()
    git(root, "init", "-q")
    put(root, MINUTES)
    (root / OTHER).write_text("one\n")
    git(root, "add", "-A")
    git(root, "commit", "-qm", "first")
    return root


@pytest.fixture
def clones(tmp_path: Path, alone: Path) -> tuple[Path, Path]:
    """Two clones of a bare repository, both up to date."""
    git(tmp_path, "clone", "-q", "--bare", str(alone), "there.git")
    git(alone, "remote", "add", "origin", str(tmp_path / "there.git"))
    git(alone, "fetch", "-q")
    git(alone, "branch", "-q", "-u", "origin/main")
    git(tmp_path, "clone", "-q", "there.git", "awa")
    return alone, tmp_path / "awa"


class Closed(BaseHTTPRequestHandler):
    """A forge that wants to know who asks."""

    def do_GET(self) -> None:
        self.send_response(401)
        self.send_header("WWW-Authenticate", 'Basic realm="x"')
        self.end_headers()

    def log_message(self, *_: object) -> None:
        pass


def put(root: Path, text: str, name: str = NAME) -> None:
    (root / name).parent.mkdir(exist_ok=True)
    (root / name).write_text(text, encoding="utf-8")


def text(root: Path) -> str:
    return (root / NAME).read_text(encoding="utf-8")


def sharing(root: Path) -> Sharing:
    return Sharing(Workspace(root), translator("fr"))


def trouble(act: Callable[[], object]) -> str:
    with pytest.raises(GitFailed) as caught:
        act()
    return caught.value.trouble


def test_our_documents_alone_are_committed_and_what_was_staged_stays_staged(alone):
    put(alone, MINUTES.replace("Prêter six tablettes", "Prêter huit tablettes"))
    put(alone, "title: x\n", "agendas/a.yaml")
    put(alone, "x", "minutes/2026-11-10-roannais.new.md")
    put(alone, "---\nformat: 2\nmeeting: 2026-12-08-x\nstatus: draft\n---\n\n# x\n", "minutes/2026-12-08-x.md")
    (alone / OTHER).write_text("two\n")
    git(alone, "add", OTHER)
    assert sharing(alone).commit() == ("agendas/a.yaml", NAME)
    assert git(alone, "show", "--name-only", "--format=", "HEAD").split() == ["agendas/a.yaml", NAME]
    assert git(alone, "diff", "--cached", "--name-only").split() == [OTHER]
    assert sharing(alone).commit() == ()


def test_what_comes_between_meetings_is_ours_too():
    ours = ("inbox.md", "digests/2026-11.md", "digests/received/loire-2026-11.md", "surveys/besoins.md")
    assert all(is_ours(PurePosixPath(name)) for name in ours)
    for name in (
        "surveys/besoins.csv",
        "surveys/besoins.new.md",
        "digests/received/old/x.md",
        "sub/inbox.md",
        "inbox.txt",
    ):
        assert not is_ours(PurePosixPath(name)), name


@pytest.mark.ci
def test_an_inbox_that_both_changed_is_joined_item_by_item(clones):
    claire, awa = clones
    put(claire, "# À relayer\n\n## Rapports\n\n- [ ] Zéro\n", "inbox.md")
    sharing(claire).send()
    git(awa, "pull", "-q")
    put(claire, "# À relayer\n\n## Rapports\n\n- [ ] Zéro\n- [ ] Un\n", "inbox.md")
    put(awa, "# À relayer\n\n## Rapports\n\n- [x] Zéro\n- [ ] Deux\n", "inbox.md")
    sharing(claire).send()
    assert sharing(awa).send().joined == ("inbox.md",)
    said = (awa / "inbox.md").read_text(encoding="utf-8")
    assert "- [x] Zéro" in said and "- [ ] Un" in said and "- [ ] Deux" in said


@pytest.mark.ci
def test_the_first_commit_of_a_repository_is_possible(tmp_path):
    root = tmp_path / "new"
    root.mkdir()
    git(root, "init", "-q")
    put(root, MINUTES)
    assert sharing(root).commit() == (NAME,)
    assert git(root, "log", "--format=%s").strip().endswith("2026-11-10-roannais")


@pytest.mark.ci
def test_what_both_changed_in_two_clones_is_joined_entry_by_entry(clones):
    claire, awa = clones
    put(claire, text(claire).replace("Prêter six tablettes", "Prêter huit tablettes"))
    put(awa, text(awa).replace("Réserver la salle de Castel pour janvier", "Réserver la salle de Castel pour février"))
    put(awa, text(awa).replace("Prêter huit tablettes", "Prêter six tablettes"))
    assert sharing(claire).send().sent
    done = sharing(awa).send()
    assert done.sent and done.received == 1
    assert sharing(claire).receive().received
    assert text(claire) == text(awa)
    assert "huit tablettes" in text(awa) and "Castel pour février" in text(awa)
    assert git(awa, "status", "--porcelain", "--ignored").replace("!! .facilitator/", "").strip() == ""


@pytest.mark.ci
def test_what_both_changed_in_one_line_keeps_both_words_and_is_said(clones):
    claire, awa = clones
    put(claire, text(claire).replace("Prêter six tablettes", "Prêter huit tablettes"))
    put(awa, text(awa).replace("Prêter six tablettes", "Prêter dix tablettes"))
    sharing(claire).send()
    done = sharing(awa).send()
    assert done.joined == (NAME,) and done.said
    assert "huit tablettes" in text(awa) and "dix tablettes" in text(awa)
    assert "<<<<" not in text(awa)


@pytest.mark.ci
def test_what_only_a_person_can_join_is_left_as_it_was(clones):
    claire, awa = clones
    for root, words in ((claire, "un\n"), (awa, "deux\n")):
        (root / OTHER).write_text(words)
        git(root, "commit", "-qam", words)
    git(claire, "push", "-q")
    put(awa, text(awa).replace("six", "sept"))
    before = git(awa, "rev-parse", "HEAD")
    assert trouble(sharing(awa).send) == "differ"
    assert (awa / OTHER).read_text() == "deux\n" and "sept" in text(awa)
    assert git(awa, "rev-parse", "HEAD~1") == before and not (awa / ".git" / "MERGE_HEAD").exists()


@pytest.mark.ci
def test_what_somebody_has_not_committed_is_never_written_over(clones):
    claire, awa = clones
    (claire / OTHER).write_text("un\n")
    git(claire, "commit", "-qam", "un")
    git(claire, "push", "-q")
    (awa / OTHER).write_text("mine\n")
    assert trouble(sharing(awa).receive) == "refused"
    assert (awa / OTHER).read_text() == "mine\n"


def _rebasing(root: Path) -> None:
    (root / ".git" / "rebase-merge").mkdir()


def _merging(root: Path) -> None:
    (root / ".git" / "MERGE_HEAD").write_text("0" * 40)


def _locked(root: Path) -> None:
    (root / ".git" / "index.lock").touch()


def _detached(root: Path) -> None:
    git(root, "checkout", "-q", "--detach")


def _hook(root: Path) -> None:
    hook = root / ".git" / "hooks" / "pre-commit"
    hook.parent.mkdir(exist_ok=True)
    hook.write_text(
        "#!/bin/sh\nhead -c 3000000 /dev/zero | tr '\\0' 'x'\necho; echo 'error: no tabs here' >&2\nexit 1\n"
    )
    hook.chmod(hook.stat().st_mode | stat.S_IXUSR)


def _nobody(root: Path) -> None:
    Path(os.environ["GIT_CONFIG_GLOBAL"]).write_text("[user]\nuseConfigOnly = true\n")


def _no_repository(root: Path) -> None:
    (root / ".git").rename(root.parent / "away")


def _bare(root: Path) -> None:
    git(root, "config", "core.bare", "true")


@pytest.mark.sampled(2)
@pytest.mark.parametrize(
    ("make", "expected"),
    [
        (_rebasing, "under-way"), (_merging, "under-way"), (_locked, "locked"), (_detached, "detached"), (_hook, "refused"),
        (_nobody, "nobody"), (_no_repository, "no-repository"), (_bare, "bare"),
    ],
)  # fmt: skip
def test_in_a_state_that_is_the_persons_nothing_is_touched(alone, make, expected):
    put(alone, MINUTES.replace("six", "sept"))
    put(alone, "title: x\n", "agendas/a.yaml")
    make(alone)
    before = git(alone, "status", "--porcelain", "-uall", fails=True), git(alone, "rev-parse", "HEAD", fails=True)
    assert trouble(sharing(alone).commit) == expected
    assert (
        git(alone, "status", "--porcelain", "-uall", fails=True),
        git(alone, "rev-parse", "HEAD", fails=True),
    ) == before
    assert "sept" in text(alone)


def test_without_git_it_is_said(alone):
    assert trouble(Repository(alone, lambda path: True, alone / "mark", {"PATH": "/nowhere"}).standing) == "no-git"


@pytest.mark.ci
def test_a_worktree_and_a_shallow_clone_are_repositories_as_any(clones, tmp_path):
    claire, _ = clones
    git(claire, "worktree", "add", "-q", "-b", "side", str(tmp_path / "side"))
    put(tmp_path / "side", MINUTES.replace("six", "sept"))
    assert sharing(tmp_path / "side").commit() == (NAME,)
    git(tmp_path, "clone", "-q", "--depth", "1", f"file://{tmp_path / 'there.git'}", "shallow")
    put(tmp_path / "shallow", MINUTES.replace("six", "sept"))
    assert sharing(tmp_path / "shallow").send().sent


@pytest.mark.ci
def test_a_folder_below_the_top_of_the_repository_shares_its_own_documents(tmp_path):
    top = tmp_path / "top"
    (top / "réseau").mkdir(parents=True)
    git(top, "init", "-q")
    put(top / "réseau", MINUTES)
    put(top, MINUTES, "minutes/elsewhere.md")
    assert sharing(top / "réseau").commit() == (NAME,)
    assert git(top, "-c", "core.quotePath=false", "show", "--name-only", "--format=", "HEAD").split() == [
        f"réseau/{NAME}"
    ]


@pytest.mark.ci
def test_what_cannot_be_reached_stays_committed_and_the_next_try_sends_it(clones, tmp_path):
    claire, _ = clones
    put(claire, text(claire).replace("six", "sept"))
    (tmp_path / "there.git").rename(tmp_path / "gone.git")
    assert trouble(sharing(claire).send) == "away"
    assert sharing(claire).changed() == ()
    (tmp_path / "gone.git").rename(tmp_path / "there.git")
    assert sharing(claire).send().sent == 1


@pytest.mark.ci
def test_a_branch_that_is_protected_says_so(clones, tmp_path):
    claire, _ = clones
    hook = tmp_path / "there.git" / "hooks" / "pre-receive"
    hook.parent.mkdir(exist_ok=True)
    hook.write_text("#!/bin/sh\necho 'protected branch' >&2\nexit 1\n")
    hook.chmod(0o755)
    put(claire, text(claire).replace("six", "sept"))
    assert trouble(sharing(claire).send) == "rejected"


@pytest.mark.ci
def test_a_repository_that_asks_for_a_password_is_not_waited_for(clones):
    claire, _ = clones
    with HTTPServer(("127.0.0.1", 0), Closed) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        git(claire, "remote", "set-url", "origin", f"http://127.0.0.1:{server.server_port}/x.git")
        with pytest.raises(GitFailed) as caught:
            sharing(claire).send()
        server.shutdown()
    assert caught.value.trouble == "stranger" and "could not read Username" in caught.value.detail


@pytest.mark.ci
def test_a_git_that_hangs_is_ended(clones, monkeypatch, tmp_path):
    claire, _ = clones
    monkeypatch.setattr("facilitator.share.git.AWAY_S", 0.5)
    git(claire, "remote", "set-url", "origin", "ext::sleep 60")
    git(claire, "config", "protocol.ext.allow", "always")
    assert trouble(sharing(claire).receive) == "away"


@pytest.mark.ci
def test_a_merge_that_was_killed_is_taken_back_and_done_again(clones):
    claire, awa = clones
    put(claire, text(claire).replace("Prêter six tablettes", "Prêter huit tablettes"))
    put(awa, text(awa).replace("Prêter six tablettes", "Prêter dix tablettes"))
    sharing(claire).send()
    other = sharing(awa)
    other.workspace.ensure_private()
    other.commit()
    other.repository.fetch()
    other.repository.mark.write_text(git(awa, "rev-parse", "@{upstream}"))
    git(awa, "merge", "-q", "@{upstream}", fails=True)
    assert "<<<<" in text(awa)
    assert sharing(awa).send().joined == (NAME,)
    assert "<<<<" not in text(awa) and not other.repository.mark.exists()


@pytest.mark.parametrize("address", ["http://claire:sesame7@127.0.0.1:1/x.git", "http://sesame7@127.0.0.1:1/x.git"])
def test_a_password_in_the_address_of_a_repository_is_not_shown(alone, address):
    git(alone, "remote", "add", "origin", address)
    with pytest.raises(GitFailed) as caught:
        sharing(alone).send()
    assert caught.value.trouble in ("away", "stranger") and "sesame7" not in str(caught.value)
    words = f"fatal: unable to access '{address}/': no".encode()
    assert "sesame7" not in _last_words(words) and "127.0.0.1" in _last_words(words)


def test_without_anything_elsewhere_it_is_said(alone):
    assert trouble(sharing(alone).send) == "alone"
