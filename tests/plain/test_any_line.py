"""Whatever is typed, the conversation goes on, and nothing unforeseen happens."""

from __future__ import annotations

import re
import time

import pytest
from examples import examples
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from facilitator.cli.conversation import Conversation
from facilitator.cli.conversation_words import KEYS, command_words, read
from facilitator.cli.main import main
from facilitator.core.vocabulary import KIND_OF_KEY
from facilitator.i18n import translator
from facilitator.meetings.session import Session
from facilitator.store.workspace import Workspace

WORDS = st.sampled_from(
    [*KIND_OF_KEY, *KEYS, "add", "answer", "send", "attend", "gap", "close", "edit", "move", "redo", "?", ">"]
)
LINES = st.one_of(
    st.text(max_size=60),
    st.builds(lambda word, text: f"{word} {text}", WORDS, st.text(max_size=40)),
    st.builds(
        lambda word, number, text: f"{word} {number} {text}",
        WORDS,
        st.sampled_from(["Q1", "A1", "1", "--"]),
        st.text(max_size=20),
    ),
)


@pytest.fixture
def conversation(network, capsys):
    main(["start", "agenda.yaml"])
    session = Session.join(Workspace(network), Workspace(network).live()[0], terminal=True)
    yield Conversation(session, translator("fr"))
    session.leave()


@settings(max_examples=examples(40), deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(line=LINES)
def test_any_line_is_answered_in_words(conversation, capsys, monkeypatch, line):
    monkeypatch.setattr("sys.stdin", __import__("io").StringIO(""))
    capsys.readouterr()
    conversation.take(line)
    out, err = capsys.readouterr()
    assert "imprévu" not in out and err == "", out
    assert not re.search(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]", out)


@given(text=st.text(max_size=200).filter(lambda text: "--" not in text and '"' not in text and text.strip()))
def test_a_text_without_options_stays_as_it_was_typed(text):
    words = command_words("answer", f"Q1 {text.strip()}")
    if words[0] == "Q1":
        assert words[1:] == ["--", text.strip()]


@given(line=st.text(max_size=200))
def test_reading_a_line_never_fails(line):
    read(line)


def test_a_long_line_is_read_at_once():
    begun = time.process_time()
    for unit in ('"', "\\", '\\"', "a ", "!", "! ", " : ", "/", "s/", "-", "--a ", "a: ", "de ", "  ", "* ", "\u0301"):
        for head in ("", '"', "s/", "q ", "*", "add note ", "edit Q1 --text ", "attend ", "n"):
            for end in ("", " x", '"', "/"):
                line = read(head + unit * (2_000 // len(unit)) + end)
                if line.does == "do":
                    command_words(line.name, line.text)
    assert time.process_time() - begun < 5
