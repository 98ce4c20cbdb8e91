"""`chat`, to a chat: shown, stopped until it is accepted, posted once."""

from __future__ import annotations

import pytest
from share.receiver import OK, SECRET, drops, receiving

MEETING = "2026-11-24-reseau"


@pytest.fixture
def asked(closed, network):
    """Two questions wait in the chat."""
    assert closed("send", "Q2", "mattermost").code == 0
    assert closed("send", "Q4", "mattermost").code == 0
    return closed


@pytest.fixture
def chat(asked, network, monkeypatch):
    with receiving() as server:
        monkeypatch.setenv("FACILITATOR_WEBHOOK", server.address())
        yield server


def test_what_is_posted_is_shown_first_and_goes_out_once_it_is_accepted(asked, chat, network):
    said = asked("chat", "--post")
    assert said.code == 1 and "Prêter du matériel" in said.out and f"chat {MEETING} --post --accept" in said.err
    assert chat.got == []
    said = asked("chat", "--post", "--accept")
    assert said.code == 0 and "127.0.0.1 : Q2, Q4" in said.err
    assert len(chat.texts) == 2 and "Prêter du matériel" in chat.texts[0]
    said = asked("chat", "--post", "--accept")
    assert said.code == 0 and "Q2, Q4" in said.err and len(chat.texts) == 2
    everything = b"".join(path.read_bytes() for path in network.rglob("*") if path.is_file())
    assert SECRET.encode() not in everything


@pytest.mark.ci
def test_how_to_reach_a_person_is_shown_where_it_would_be_posted(asked, chat):
    assert asked("edit", "Q2", "--text", "Qui appelle le 06 12 34 56 78 ?").code == 0
    said = asked("chat", "--post")
    assert "Q2 un numéro de téléphone" in said.err and 'facilitator edit Q2 --text "…"' in said.err


@pytest.mark.ci
def test_what_went_wrong_is_one_message_and_the_same_command_posts_the_rest(asked, chat):
    chat.answers = [OK, (500, {}, SECRET.encode()), OK]
    said = asked("chat", "--post", "--accept")
    assert said.code == 1 and "500" in said.err and "Q4" in said.err and SECRET not in said.err + said.out
    assert asked("chat", "--post", "--accept").code == 0 and len(chat.texts) == 2


@pytest.mark.ci
def test_what_may_have_been_posted_is_said_with_the_way_to_post_it_again(asked, chat):
    chat.answers = [drops, OK]
    assert "--again Q2" in asked("chat", "--post", "--accept").err
    said = asked("chat", "--post", "--accept")
    assert said.code == 1 and "--again Q2" in said.err and len(chat.texts) == 1
    assert asked("chat", "--post", "--accept", "--again", "q2").code == 0 and len(chat.texts) == 2


def test_without_a_webhook_it_is_said_where_its_address_goes(asked, network, monkeypatch, tmp_path):
    monkeypatch.delenv("FACILITATOR_WEBHOOK", raising=False)
    (network / "facilitator.yaml").write_text("share: { account: roannais }\n")
    said = asked("chat", "--post")
    file = tmp_path / "home" / ".config" / "facilitator" / "roannais.webhook"
    assert said.code == 1 and str(file) in said.err and "600" in said.err
    file.parent.mkdir(parents=True)
    file.write_text(f"https://chat.example.org/hooks/{SECRET}\n")
    file.chmod(0o644)
    said = asked("chat", "--post")
    assert said.code == 1 and "chmod 600" in said.err and SECRET not in said.err
    file.chmod(0o600)
    assert "chat.example.org" in asked("chat", "--post").err


@pytest.mark.ci
def test_another_one_that_posts_is_not_waited_for(asked, chat, network):
    import fcntl

    with (network / ".facilitator" / "sending.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        said = asked("chat", "--post", "--accept")
    assert said.code == 1 and said.err.count("\n") == 1 and chat.got == []


def test_copied_is_in_a_file_as_well(asked, network):
    said = asked("chat", "--copy")
    assert said.code == 0 and "\x1b" not in said.out + said.err
    text = (network / "share" / f"{MEETING}.chat.md").read_text()
    assert text.count("**Qui sait ?**") == 2 and text.endswith("\n")
    (network / "share" / f"{MEETING}.chat.md").unlink()
    (network / "share" / f"{MEETING}.chat.md").symlink_to(network / "agenda.yaml")
    said = asked("chat", "--copy")
    assert said.code == 1 and "lien" in said.err


@pytest.mark.ci
def test_the_address_of_a_thread_is_brought_home_and_the_question_waits_on(asked, network):
    link = "https://chat.example.org/pl/abc"
    assert asked("answer", "Q2", "--link", link).code == 0
    minutes = (network / "minutes" / f"{MEETING}.md").read_text()
    assert link in minutes
    assert "Prêter du matériel" in asked("chat").out
    assert asked("answer", "Q2", "Oui, deux tablettes.", "--link", link).code == 0
    assert "Prêter du matériel" not in asked("chat").out
    assert (network / "minutes" / f"{MEETING}.md").read_text().count(link) >= 1
    assert asked("answer", "A1", "--link", link).code == 1
    assert asked("answer", "Q2", "--link", "ftp://x").code == 2


def test_the_address_of_a_thread_is_noted_while_the_meeting_goes_on(meeting):
    meeting("add", "question", "Qui ?")
    meeting("send", "Q1", "mattermost")
    assert meeting("answer", "Q1", "--link", "https://chat.example.org/pl/abc").code == 0
    entry = meeting("entries", "--json").json[0]
    assert entry["link"] == "https://chat.example.org/pl/abc" and entry["outcome"] == "mattermost"


@pytest.mark.parametrize("words", [("--accept",), ("--again", "Q2"), ("--post", "--copy")])
def test_options_that_mean_nothing_together_are_refused(closed, words):
    assert closed("chat", *words).code == 2


@pytest.mark.ci
def test_a_letter_is_posted_as_well_once(asked, chat):
    said = asked("chat", "2026-12", "--post")
    assert said.code == 1 and chat.got == []
    assert asked("chat", "2026-12", "--post", "--accept").code == 0 and len(chat.got) == 1
    assert asked("chat", "2026-12", "--post", "--accept").code == 0 and len(chat.got) == 1
    assert "ettre" in chat.texts[0]


def test_what_finds_nobody_waits_is_said_and_goes_out_with_the_next_thing_that_does(asked, network, monkeypatch):
    with receiving() as chat:
        port = chat.server_port
    monkeypatch.setenv("FACILITATOR_WEBHOOK", f"http://127.0.0.1:{port}/hooks/{SECRET}")
    said = asked("chat", "--post", "--accept")
    assert said.code == 1 and "share --cancel" in said.err and "n’a pas pu être joint" in said.err
    with receiving(port=port) as chat:
        assert asked("chat", "2026-12", "--post", "--accept").code == 0
        assert len(chat.texts) == 3  # the letter, and the two questions that waited
    assert SECRET.encode() not in b"".join(path.read_bytes() for path in network.rglob("*") if path.is_file())


def test_what_waits_is_counted_and_can_be_given_up(asked, network, monkeypatch):
    with receiving() as chat:
        monkeypatch.setenv("FACILITATOR_WEBHOOK", chat.address())
    asked("chat", "--post", "--accept")
    assert (network / ".facilitator" / "pending.json").exists()
    said = asked("share", "--cancel")
    assert said.code == 0 and "Abandonné" in said.err and not (network / ".facilitator" / "pending.json").exists()
    assert "Rien n’attend" in asked("share", "--cancel").err
