"""Messages into a chat: a real receiver on this machine, and everything that it may do instead of taking them."""

from __future__ import annotations

import time
import traceback

import pytest
from share.receiver import OK, SECRET, drips, drops, hangs, raves, receiving

from facilitator.documents.chat import MOST_CHARACTERS
from facilitator.i18n import translator
from facilitator.meetings.leaving import ChatMessage
from facilitator.share import posting, webhook
from facilitator.share.posting import post_all, sorted_out
from facilitator.share.secret import Secret
from facilitator.share.sent import Sent
from facilitator.share.webhook import NotPosted, post, read_webhook
from facilitator.store.workspace import Workspace

MEETING = "2026-11-10-roannais"
THREE = [ChatMessage(f"Q{number}", f"**Qui sait ?** {number} ?") for number in (1, 2, 3)]
DISCORD = f"/api/webhooks/123/{SECRET}"


def hook(server, path=f"/hooks/{SECRET}"):
    return read_webhook(Secret(server.address(path)))


def refused(server, path=f"/hooks/{SECRET}", seconds=2.0):
    with pytest.raises(NotPosted) as caught:
        post(hook(server, path), "Bonjour", seconds=seconds)
    told = "".join(traceback.format_exception(caught.value)) + caught.value.sentence(translator("fr"))
    assert SECRET not in told and SECRET not in repr(hook(server)) and "\x1b" not in told
    return caught.value


def test_each_chat_gets_the_words_it_knows_and_nobody_is_called():
    with receiving(OK, (204, {}, b"")) as chat:
        post(hook(chat), "é *x*")
        post(hook(chat, DISCORD), "é @everyone")
        assert chat.got == [{"text": "é *x*"}, {"content": "é @everyone", "allowed_mentions": {"parse": []}}]
        assert chat.paths == [f"/hooks/{SECRET}", DISCORD]


@pytest.mark.parametrize(
    ("answer", "why", "unsure"),
    [
        ((500, {}, SECRET.encode()), "refused", False),
        ((404, {}, b""), "refused", False),
        ((504, {}, b""), "refused", True),
        ((302, {"Location": "http://127.0.0.1:1/elsewhere"}, b""), "elsewhere", False),
        ((307, {"Location": "http://127.0.0.1:1/elsewhere"}, b""), "elsewhere", False),
        ((429, {"Retry-After": "3600"}, b""), "busy", False),
        ((200, {}, b"<html>Connectez-vous</html>"), "garbage", True),
        (raves, "garbage", True),
        (drops, "dropped", True),
    ],
)
def test_whatever_is_no_yes_is_said_without_the_address(answer, why, unsure):
    with receiving(answer) as chat:
        found = refused(chat)
        assert (found.why, found.unsure) == (why, unsure)
        assert len(chat.paths) == 1  # nothing was followed


@pytest.mark.parametrize("answer", [hangs, drips])
def test_a_chat_that_never_ends_its_answer_is_given_up_in_time(answer):
    with receiving(answer) as chat:
        began = time.monotonic()
        found = refused(chat, seconds=0.15)
        assert (found.why, found.unsure) == ("hangs", True) and time.monotonic() - began < 2


def test_where_nobody_listens_nothing_was_posted():
    with receiving() as chat:
        address = chat.address()
    with pytest.raises(NotPosted) as caught:
        post(read_webhook(Secret(address)), "Bonjour")
    assert (caught.value.why, caught.value.unsure) == ("unreachable", False)


@pytest.mark.parametrize(
    ("address", "why"),
    [
        ("https://chat.example.org/", "address"), (f"ftp://chat.example.org/hooks/{SECRET}", "address"),
        (f"https://chat.example.org/hooks/{SECRET} x", "address"), (f"https://chat.example.org/hooks/{SECRET}\r\nHost: a", "address"),
        (f"https://u:p@chat.example.org/hooks/{SECRET}", "address"), (f"https://[x/hooks/{SECRET}", "address"), (f"https://a:999999/hooks/{SECRET}", "address"),
        (f"http://chat.example.org/hooks/{SECRET}", "plain"), (f"http://127.0.0.1.example.org/hooks/{SECRET}", "plain"),
        (f"https://chat.example.org/hooké/hooks/{SECRET}", "address"),
    ],
)  # fmt: skip
def test_an_address_that_is_no_webhook_or_would_be_read_on_the_way_is_refused(address, why):
    with pytest.raises(NotPosted) as caught:
        read_webhook(Secret(address))
    assert caught.value.why == why and SECRET not in "".join(traceback.format_exception(caught.value))


def test_which_chat_it_is_stands_in_the_address():
    assert read_webhook(Secret(f"https://discord.com/api/webhooks/1/{SECRET}")).limit == 2_000
    assert read_webhook(Secret(f"https://chat.example.org/mm/hooks/{SECRET}")).limit == 16_383


# Each once


@pytest.fixture
def workspace(tmp_path):
    return Workspace(tmp_path)


def test_what_failed_in_the_middle_is_finished_by_the_next_try_and_nothing_is_posted_twice(workspace):
    with receiving(OK, (500, {}, b""), OK) as chat:
        done = post_all(workspace, MEETING, THREE, hook(chat))
        assert [one.label for one in done.now] == ["Q1"] and done.failed is not None
        done = post_all(workspace, MEETING, THREE, hook(chat))
        assert [one.label for one in done.now] == ["Q2", "Q3"] and [one.label for one in done.before] == ["Q1"]
        assert post_all(workspace, MEETING, THREE, hook(chat)).now == ()
        assert chat.texts == [one.text for one in THREE]


def test_what_may_have_been_posted_is_posted_again_only_when_asked_for(workspace):
    with receiving(drops, OK) as chat:
        done = post_all(workspace, MEETING, THREE, hook(chat))
        assert [one.label for one in done.unsure] == ["Q1"] and done.failed
        done = post_all(workspace, MEETING, THREE, hook(chat))
        assert [one.label for one in done.now] == ["Q2", "Q3"] and [one.label for one in done.unsure] == ["Q1"]
        done = post_all(workspace, MEETING, THREE, hook(chat), {"Q1"})
        assert [one.label for one in done.now] == ["Q1"] and not done.unsure
        assert len(chat.got) == 3


def test_a_part_of_a_letter_is_known_by_what_it_says(workspace):
    parts = [ChatMessage("1", "Un"), ChatMessage("2", "Deux")]
    with receiving() as chat:
        post_all(workspace, "2026-12", parts, hook(chat))
        changed = [ChatMessage("1", "Zéro"), ChatMessage("2", "Un"), ChatMessage("3", "Deux")]
        assert [one.text for one in post_all(workspace, "2026-12", changed, hook(chat)).now] == ["Zéro"]


def test_a_program_that_was_killed_while_it_posted_does_not_post_that_again(workspace):
    Sent(workspace).note("begun", "chat", MEETING, "Q1")
    waiting, before = sorted_out(workspace, MEETING, THREE)
    assert [one.label for one in waiting] == ["Q2", "Q3"] and [one.label for one in before.unsure] == ["Q1"]


def test_a_chat_that_asks_to_wait_is_waited_for(workspace, monkeypatch):
    waits: list[float] = []
    monkeypatch.setattr(posting, "sleep", waits.append)
    with receiving((429, {"Retry-After": "2.5"}, b"{}"), OK) as chat:
        assert len(post_all(workspace, MEETING, THREE, hook(chat)).now) == 3 and waits == [2.5]
    with receiving((429, {}, b"{}")) as chat:
        done = post_all(workspace, "other", THREE, hook(chat))
        assert done.failed is not None and done.failed.why == "busy" and not done.unsure


def test_without_memory_nothing_is_posted_and_what_is_remembered_names_nobody(workspace):
    with receiving() as chat:
        workspace.ensure_private()
        (workspace.private / "sent.jsonl").symlink_to(workspace.root / "elsewhere")
        with pytest.raises(OSError, match=r"sent\.jsonl"):
            post_all(workspace, MEETING, THREE, hook(chat))
        assert chat.paths == [] and not (workspace.root / "elsewhere").exists()
        (workspace.private / "sent.jsonl").unlink()
        post_all(workspace, MEETING, THREE, hook(chat))
        kept = (workspace.private / "sent.jsonl").read_text()
        assert "Q1" not in kept and MEETING not in kept and SECRET not in kept and "127.0.0.1" not in kept


def test_a_memory_that_was_torn_or_flipped_is_read_as_far_as_it_holds(workspace):
    sent = Sent(workspace)
    sent.note("sent", "chat", "a", "Q1")
    with sent.path.open("ab") as file:
        file.write(b'{"c":"00000000","r":{"what"')
    Sent(workspace).note("begun", "chat", "a", "Q2")
    again = Sent(workspace)
    assert again.state("chat", "a", "Q1") == "sent" and again.state("chat", "a", "Q2") == "begun"
    assert (sent.path.stat().st_mode & 0o777) == 0o600


def test_the_longest_message_fits_both_chats():
    assert all(limit > MOST_CHARACTERS for limit in webhook.LIMITS.values())
