"""A line of the journal is ours to the byte, or it is said why not; and no text in it commands a terminal."""

from __future__ import annotations

import json
import re
from collections.abc import Callable

import pytest

from facilitator.core.acts import Act, Captured
from facilitator.store.framing import Unknown, body_of, frame, frame_act, read_line, rescue

NewAct = Callable[..., Act]


def said(line: bytes) -> str | None:
    act = read_line(line)
    assert isinstance(act, Act), act
    event = act.events[0]
    assert isinstance(event, Captured)
    return event.fields.text


@pytest.mark.parametrize("sign", ["\u001b[1m", "\u0085", "\u009b1m", "\u202e", "\u2066", "\u061c", "\u200f"])
@pytest.mark.parametrize("ascii_only", [True, False])
def test_text_that_another_program_wrote_commands_no_terminal(new_act: NewAct, sign: str, ascii_only: bool) -> None:
    body = json.loads(frame_act(new_act(1, text="Qui|?"))[20:-2])
    body["events"][0]["fields"]["text"] = f"Qui{sign}?"
    line = frame(json.dumps(body, ensure_ascii=ascii_only).encode())[:-1]
    assert said(line) in ("Qui?", "Qui\n?")


def test_no_sign_that_json_can_escape_reaches_a_terminal(new_act: NewAct) -> None:
    body = json.loads(frame_act(new_act(1))[20:-2])
    for sign in "\b\f\r\t\x00\x1f\x7f\x80\x99\u061c\u200e\u2028\u2029\u202a\u2069":
        body["events"][0]["fields"]["text"] = f"Qui{sign}?"
        escaped = json.dumps(body)
        for written in (escaped, re.sub(r"\\u\w{4}", lambda code: rf"\u{code[0][2:].upper()}", escaped)):
            assert said(frame(written.encode())[:-1]) in ("Qui?", "Qui ?", "Qui\n?")


@pytest.mark.parametrize(
    "text",
    [
        "Qui paie – l’été ? « oui »",
        "Qui paie\u202f– l’été\u00a0?",
        "\u0645 e\u0301",
        "a\\b",
        'a "b"',
        "é\nè",
        "☕ 👩\u200d👧",
    ],
)
def test_text_as_people_write_it_stays(new_act: NewAct, text: str) -> None:
    assert said(frame_act(new_act(1, text=text))[:-1]) == text


def test_a_line_is_ours_whole_or_not_at_all(new_act: NewAct) -> None:
    line = frame_act(new_act(1))[:-1]
    body = body_of(line)
    assert body is not None
    assert frame(body) == line + b"\n"
    for at, why in (
        (0, "foreign"),
        (2, "foreign"),
        (6, "checksum"),
        (14, "foreign"),
        (-1, "foreign"),
        (40, "checksum"),
    ):
        spoilt = bytearray(line)
        spoilt[at] ^= 1
        assert body_of(bytes(spoilt)) is None
        assert read_line(bytes(spoilt)) == why


@pytest.mark.parametrize("marker", [b"<<<<<<< a", b"=======", b">>>>>>> b", b"||||||| c"])
def test_what_a_merge_left_is_named(marker: bytes) -> None:
    assert read_line(marker) == "conflict"


def test_a_whole_line_behind_a_spoilt_one_is_found_and_nothing_else(new_act: NewAct) -> None:
    line = frame_act(new_act(1))[:-1]
    assert rescue(b"x" + line) == line
    assert rescue(b'{"c":"12' + line) == line
    assert rescue(line) is None
    assert rescue(line[:-9]) is None
    assert rescue(b"x" + line[:-9]) is None
    assert rescue(b"odd") is None


@pytest.mark.parametrize(
    "body",
    [
        "[]", '"x"', "{}", '{"n":1}', '{"id":"a","n":1}', '{"id":1,"n":1,"events":[]}', '{"id":"a","n":1,"events":{}}',
        '{"id":"a","n":1,"events":[{}]}', '{"id":"a","n":1,"events":["x"]}', '{"id":"a","events":[]}',
        '{"id":"a","n":"1","events":[]}', '{"id":"a","n":1,"v":0,"events":[]}', '{"id":"a","n":1,"v":"1","events":[]}',
        '{"id":"a","n":1,"events":[{"type":"paused"}]}', "{", '{"id":"a","n":4611686018427387904,"events":[]}',
        '{"id":"\\ud83d","n":1,"writer":"w","actor":"a","at":1,"events":[]}',
    ],
)  # fmt: skip
def test_what_is_no_act_is_said_not_raised(body: str) -> None:
    assert read_line(frame(body.encode())[:-1]) == "not-an-act"


def test_an_act_without_a_version_is_of_the_first(new_act: NewAct) -> None:
    body = json.loads(frame_act(new_act(1))[20:-2])
    body.pop("v", None)
    body["events"][0]["fields"]["text"] = "Qui\u202e?"
    assert said(frame(json.dumps(body).encode())[:-1]) == "Qui?"


def test_what_a_newer_program_wrote_is_named(new_act: NewAct) -> None:
    body = json.loads(frame_act(new_act(1))[20:-2])
    later = body | {"events": [{"type": "sung"}, {"type": "danced"}, {"type": "paused"}]}
    assert read_line(frame(json.dumps(later).encode())[:-1]) == Unknown("danced, sung")
    assert read_line(frame(json.dumps(body | {"v": 7}).encode())[:-1]) == Unknown("v7")
