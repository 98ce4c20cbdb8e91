"""What could not be sent is tried again as it was accepted, once, or said to whoever must decide anew."""

from __future__ import annotations

import datetime
import os
import socket
import stat
from email.message import EmailMessage
from pathlib import Path

import pytest
from share.postman import postman
from share.receiver import drops, receiving
from share.test_repository import MINUTES, NAME, alone, clones, git, put, sharing, text, trouble  # noqa: F401  # fixtures

from facilitator.i18n import translator
from facilitator.meetings.leaving import mail_of, messages_of
from facilitator.meetings.notebook import forget, reach
from facilitator.share import again
from facilitator.share.again import Again
from facilitator.share.mailing import Mailed, mail_all, sender_of, server_of, sorted_out
from facilitator.share.offers import settings_of
from facilitator.share.pending import read_pending
from facilitator.share.posting import Posted, post_all, webhook_of
from facilitator.share.sent import Sent
from facilitator.store.workspace import PENDING_NAME, Workspace

TR = translator("fr")
MEETING = "2026-11-10-roannais"
TWO = ("awa@example.org", "karim@example.org")


@pytest.fixture
def port() -> int:
    """A port at which nobody listens."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        return server.getsockname()[1]


@pytest.fixture
def workspace(tmp_path, port, monkeypatch) -> Workspace:
    root = tmp_path / "claire"
    root.mkdir(exist_ok=True)
    put(root, MINUTES)
    (root / "facilitator.yaml").write_text(
        f"share: {{ mail: {{ host: '127.0.0.1:{port}', security: none, sender: lettre@example.org }} }}\n"
    )
    monkeypatch.setenv("FACILITATOR_WEBHOOK", f"http://127.0.0.1:{port}/hooks/sesame")
    return Workspace(root)


def posted(workspace: Workspace) -> Posted:
    """The questions of the minutes, to the chat."""
    hook = webhook_of(workspace, settings_of(workspace, TR), os.environ)
    return post_all(workspace, MEETING, messages_of(text(workspace.root), MEETING), hook)


def mailed(workspace: Workspace) -> Mailed:
    """The minutes, to two people."""
    return mail(workspace, MEETING, dict.fromkeys(TWO, mail_of(text(workspace.root))))


def mail(workspace: Workspace, document: str, mails: dict[str, EmailMessage], links: str | None = None) -> Mailed:
    """A document, to these, by the network's own server."""
    network = settings_of(workspace, TR)
    server, sender = server_of(workspace, network, os.environ), sender_of(network, os.environ)
    return mail_all(workspace, document, mails, server=server, sender=sender, links=links)


def sent_in_vain(claire: Path, there: Path) -> Path:
    """A commit that finds nobody: the repository is away, at the path returned, until it is put back."""
    put(claire, MINUTES.replace("Prêter six tablettes", "Prêter huit tablettes"))
    gone = there.rename(there.with_name("gone.git"))
    assert trouble(sharing(claire).send) == "away"
    return gone


def tried(workspace: Workspace) -> again.Tried:
    return Again(workspace, TR, os.environ).run()


def spoil(workspace: Workspace, before: str = " ?", after: str = ", dites ?") -> None:
    put(workspace.root, text(workspace.root).replace(before, after))


def test_messages_that_found_nobody_are_posted_once_when_somebody_is_there(workspace, port):
    assert posted(workspace).failed.why == "unreachable"
    done = tried(workspace)
    assert done.well and done.waits == 1 and not done.said
    with receiving(port=port) as chat:
        done = tried(workspace)
        assert done.well and not done.waits and MEETING in done.said[0]
        assert len(chat.texts) == len(messages_of(MINUTES, MEETING)) > 1
        assert tried(workspace) == again.Tried() and len(posted(workspace).now) == 0


@pytest.mark.ci
def test_a_mail_that_found_no_server_goes_to_each_once_and_names_nobody_on_the_screen(workspace, port):
    assert mailed(workspace).left == TWO
    assert tried(workspace).waits == 1
    with postman(port=port) as post:
        done = tried(workspace)
        assert done.well and not done.waits and not any(one in " ".join(done.said) for one in TWO)
        assert len(post.took) == 2 and tried(workspace) == again.Tried() and mailed(workspace).before == TWO


@pytest.mark.ci
def test_a_letter_waits_as_well(workspace, port):
    (workspace.root / "newsletter").mkdir()
    letter = "---\nformat: 2\nmonth: 2026-12\n---\n\n# Lettre de décembre\n\nUne annonce.\n"
    (workspace.root / "newsletter" / "2026-12.md").write_text(letter)
    mails = {TWO[0]: mail_of(letter, base="https://example.org")}
    assert mail(workspace, "2026-12", mails, "https://example.org").left
    with postman(port=port) as post:
        assert tried(workspace).well and len(post.took) == 1


@pytest.mark.sampled(1)
@pytest.mark.parametrize("send", [posted, mailed])
def test_what_was_changed_since_it_was_accepted_is_said_and_not_sent(workspace, port, send):
    send(workspace)
    spoil(workspace)
    with receiving(port=port) as chat:
        done = tried(workspace)
        assert not done.well and not done.waits and "modifié" in done.said[0] and f"{MEETING} --" in done.said[0]
        assert not chat.got and not chat.paths


@pytest.mark.sampled(1)
@pytest.mark.parametrize("send", [posted, mailed])
def test_minutes_that_are_open_again_wait_for_nothing(workspace, send):
    send(workspace)
    spoil(workspace, "status: final", "status: draft")
    assert not tried(workspace).well and not read_pending(workspace)


@pytest.mark.sampled(1)
@pytest.mark.parametrize("send", [posted, mailed])
def test_another_place_than_the_one_that_was_accepted_gets_nothing(workspace, port, send, monkeypatch):
    send(workspace)
    with receiving() as chat:
        monkeypatch.setenv("FACILITATOR_WEBHOOK", chat.address())
        monkeypatch.setenv("FACILITATOR_SMTP_HOST", f"127.0.0.1:{chat.server_port}")
        assert not tried(workspace).well and not chat.paths and not read_pending(workspace)


@pytest.mark.sampled(1)
@pytest.mark.parametrize("send", [posted, mailed])
def test_after_three_days_a_person_decides(workspace, send, monkeypatch):
    send(workspace)
    monkeypatch.setattr(again, "now", lambda: datetime.datetime.now(datetime.UTC) + again.FRESH)
    done = tried(workspace)
    assert not done.well and "trois jours" in done.said[0] and not read_pending(workspace)


def test_what_may_have_arrived_is_never_tried_again_by_itself(workspace, port):
    with receiving(drops, port=port):
        assert posted(workspace).unsure
    with postman(takes=lambda _: b"", port=port):
        assert mailed(workspace).unsure
    assert not read_pending(workspace)


def test_what_a_try_leaves_unclear_is_said_and_not_tried_again(workspace, port):
    mailed(workspace)
    with postman(takes=lambda _: b"", port=port):
        done = tried(workspace)
        assert not done.well and "--send" in done.said[0] and not done.waits


@pytest.mark.ci
def test_a_server_that_goes_away_before_anything_was_whole_leaves_all_of_it_waiting(workspace, port):
    with postman(lambda line, _: b"" if line.startswith("RCPT") else None, port=port):
        assert mailed(workspace).left == TWO
    assert read_pending(workspace)[0].parts == TWO


def test_what_waits_is_private_and_says_no_word_of_it(workspace):
    before = stat.S_IMODE(workspace.root.stat().st_mode)
    posted(workspace)
    mailed(workspace)
    file = workspace.private / PENDING_NAME
    assert stat.S_IMODE(file.stat().st_mode) == 0o600 and "tablettes" not in file.read_text()
    assert stat.S_IMODE(workspace.root.stat().st_mode) == before and not list(workspace.root.rglob("*.jsonl.*"))
    file.write_text("[{")
    assert tried(workspace) == again.Tried()


@pytest.mark.ci
def test_of_what_waits_only_what_is_sent_otherwise_waits_no_more(workspace, port):
    mailed(workspace)
    with postman(port=port):
        mail(workspace, MEETING, {TWO[0]: mail_of(MINUTES)})
    assert read_pending(workspace)[0].parts == TWO[1:]


def test_a_try_that_was_killed_in_the_middle_sends_nothing_twice(workspace, port):
    posted(workspace)
    first = messages_of(MINUTES, MEETING)[0]
    Sent(workspace).note("begun", "chat", MEETING, first.label)  # and then the program was no more
    with receiving(port=port) as chat:
        done = tried(workspace)
        assert not done.well and "--post" in done.said[-1] and not done.waits
        assert len(chat.texts) == len(messages_of(MINUTES, MEETING)) - 1
        assert tried(workspace) == again.Tried()


def test_whoever_is_forgotten_is_waited_for_no_more(workspace):
    reach(workspace, "Awa S.", f"le soir : {TWO[0]}")
    mailed(workspace)
    forget(workspace, "Awa S.")
    assert not read_pending(workspace) and sorted_out(workspace, MEETING, TWO)[0] == TWO


@pytest.mark.ci
def test_a_commit_that_could_not_be_sent_is_sent_by_the_next_try(clones, tmp_path):  # noqa: F811
    claire, _ = clones
    gone = sent_in_vain(claire, tmp_path / "there.git")
    assert tried(Workspace(claire)) == again.Tried((), well=True, waits=1)
    gone.rename(tmp_path / "there.git")
    put(claire, text(claire).replace("Prêter huit", "Prêter neuf"))  # not committed, and not accepted
    done = tried(Workspace(claire))
    assert done.well and not done.waits and "git" in done.said[0]
    assert "Prêter huit" in git(tmp_path / "there.git", "show", f"main:{NAME}")
    assert "Prêter neuf" in text(claire) and tried(Workspace(claire)) == again.Tried()


@pytest.mark.ci
def test_another_commit_than_the_one_that_was_accepted_is_not_sent(clones, tmp_path):  # noqa: F811
    claire, _ = clones
    gone = sent_in_vain(claire, tmp_path / "there.git")
    put(claire, MINUTES.replace("Prêter six tablettes", "Appeler le 06 12 34 56 78"))
    sharing(claire).commit()
    gone.rename(tmp_path / "there.git")
    done = tried(Workspace(claire))
    assert not done.well and "share --push" in done.said[0] and not read_pending(Workspace(claire))
    assert "Prêter huit" not in git(tmp_path / "there.git", "show", f"main:{NAME}")


@pytest.mark.ci
def test_what_others_sent_meanwhile_is_joined_by_the_next_try(clones, tmp_path):  # noqa: F811
    claire, awa = clones
    gone = sent_in_vain(claire, tmp_path / "there.git")
    gone.rename(tmp_path / "there.git")
    put(awa, MINUTES.replace("Déposer les supports", "Publier les supports"))
    sharing(awa).send()
    assert tried(Workspace(claire)).well
    there = git(tmp_path / "there.git", "show", f"main:{NAME}")
    assert "Prêter huit" in there and "Publier les supports" in there
