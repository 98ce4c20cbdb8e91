"""What is answered to whom: the code, the host, the form of our own page, and in which words."""

from __future__ import annotations

import json
import time

import pytest
from web.asking import CODE, HOST, PHONE, get, post, text_of

from facilitator.core.acts import Capture, Close, Send
from facilitator.core.said import Fields
from facilitator.core.telephones import MAX_SENT
from facilitator.i18n import translator
from facilitator.meetings.telephones import decline, take_up, waiting
from facilitator.web.http import Request
from facilitator.web.limits import SENDINGS, WRONG_CODES
from facilitator.web.routes import Stream

HERE = "192.168.1.33"


def said(answer) -> dict:
    return json.loads(text_of(answer))


def test_the_code_is_asked_for_whoever_comes(still):
    assert still.knows(get(), HERE)
    assert still.knows(Request("GET", (CODE.upper(),), "", {"host": HOST.upper()}), HERE)
    for path in ((), ("",), ("kxprtn",), ("favicon.ico",), (f"{CODE}x",), ("é",), ("x",)):
        assert not still.knows(Request("GET", path or ("",), "", {"host": HOST}), HERE)


@pytest.mark.parametrize(
    "host", ["", "evil.example", f"{HOST}.evil.example", "192.168.1.20", "192.168.1.20:80", f"x@{HOST}"]
)
def test_a_name_that_was_bound_to_the_address_finds_nothing(still, host):
    assert not still.knows(get(host=host), HERE)


def test_guesses_are_limited_but_not_for_whoever_showed_the_code(routes, monkeypatch):
    monkeypatch.setattr(time, "monotonic", lambda: 60.0)
    for _ in range(WRONG_CODES):
        assert not routes.knows(Request("GET", ("aaaaaa",), "", {"host": HOST}), "guesser")
    assert not routes.knows(get(), "guesser")
    assert routes.knows(get(), HERE)
    routes.guard.prove(HERE)
    for _ in range(2 * WRONG_CODES):
        routes.knows(Request("GET", ("aaaaaa",), "", {"host": HOST}), HERE)
    assert routes.knows(get(), HERE)
    monkeypatch.setattr(time, "monotonic", lambda: 121.0)
    assert routes.knows(get(), "guesser")


@pytest.mark.parametrize(
    ("wanted", "language"), [("", "fr"), ("en-GB,en;q=0.9", "en"), ("fr", "fr"), ("de,en;q=0.5", "en"), ("de", "fr")]
)
def test_a_page_speaks_the_language_of_its_browser_else_of_the_meeting(still, wanted, language):
    page = text_of(still.answer(get(accept_language=wanted), HERE))
    assert f'<html lang="{language}">' in page
    assert ("Ask for the floor" in page) == (language == "en")


def test_what_is_sent_waits_and_is_told_so(routes, session):
    told = said(routes.answer(post(kind="question", text="Qui paie ?", by="Awa"), HERE))
    assert "Rien n’apparaît avant d’être repris" in told["words"]
    assert [one["state"] for one in told["own"]["mine"]] == ["attend d’être repris"]
    assert [one.item.by for one in waiting(session)] == ["Awa"]
    assert "Qui paie" not in text_of(routes.answer(get("room"), HERE))


def test_sent_again_after_the_answer_was_lost_it_is_there_once(routes, session):
    for _ in range(3):
        assert routes.answer(post(kind="question", text="Qui paie ?"), HERE).status == 200
    assert len(waiting(session)) == 1


def test_a_telephone_hears_what_became_of_what_it_sent_and_nobody_else_does(routes, session):
    def states(phone):
        return [one["state"] for one in said(routes.answer(get(f"room?phone={phone}"), HERE))["own"]["mine"]]

    for number, kind in enumerate(("question", "need"), 1):
        phone = f"telephone-number-{number}"
        routes.answer(post(kind=kind, text="Quoi ?", phone=phone, id=f"sent-as-number-{number}"), HERE)
    first, second = waiting(session)
    take_up(session, first.item)
    decline(session, second.item)
    assert states("telephone-number-1") == ["repris"]
    assert states("telephone-number-2") == ["pas repris cette fois"]
    assert states("telephone-number-3") == []


def test_whoever_asks_for_the_floor_hears_how_many_are_before(routes, session):
    for number in (1, 2):
        request = post(kind="floor", by="Awa", phone=f"telephone-number-{number}", id=f"sent-as-number-{number}")
        told = said(routes.answer(request, HERE))
    assert told["own"]["mine"][0]["state"] == "1 avant vous"
    take_up(session, waiting(session)[0].item)
    told = said(routes.answer(get("room?phone=telephone-number-2"), HERE))
    assert told["own"]["mine"][0]["state"] == "c’est bientôt à vous"


def test_only_its_own_telephone_takes_it_back(routes, session):
    routes.answer(post(kind="need", text="Une salle"), HERE)
    assert "n’attend plus" in said(routes.answer(post("withdraw", phone="another-telephone"), HERE))["words"]
    assert len(waiting(session)) == 1
    assert said(routes.answer(post("withdraw"), HERE))["words"] == "Retiré."
    assert waiting(session) == []


@pytest.mark.parametrize(
    "origin",
    [
        "",
        "null",
        "http://evil.example",
        f"https://{HOST}",
        f"http://{HOST}.evil.example",
        "http://[",
        "http://localhost:8000",
    ],
)
def test_a_form_of_another_page_is_refused(still, origin):
    assert still.answer(post(kind="question", text="Qui ?", origin=origin), HERE).status == 403
    assert still.seat.own(translator("fr"), PHONE).mine == ()


def test_an_old_browser_says_by_its_page_where_a_form_comes_from(routes):
    request = post(kind="question", text="Qui ?", origin="")
    headers = {name: value for name, value in request.headers.items() if name != "origin"}
    headers["referer"] = f"http://{HOST}/{CODE}"
    assert routes.answer(Request(request.method, request.path, "", headers, request.body), HERE).status == 200


@pytest.mark.parametrize(
    ("fields", "told"),
    [
        ({"kind": "question", "text": " \n"}, "Il n’y a encore rien d’écrit"),
        ({"kind": "question", "text": "\x1b[2J\u202e"}, "Il n’y a encore rien d’écrit"),
        ({"kind": "question", "text": "x" * (MAX_SENT + 1)}, "trop long"),
        ({"kind": "need", "text": "Une salle", "by": "x" * 81}, "trop long"),
        ({"kind": "same", "entry": "nowhere"}, "plus demandé"),
        ({"kind": "evaluation", "useful": "6"}, "Il n’y a encore rien d’écrit"),
    ],
)  # fmt: skip
def test_what_cannot_be_kept_is_told_in_words(still, fields, told):
    answer = still.answer(post(**fields), HERE)
    assert answer.status == 422
    assert told in said(answer)["words"].replace("\u202f", " ")
    assert still.seat.own(translator("fr"), PHONE).mine == ()


def test_what_a_person_typed_is_given_back_where_it_was_not_kept(still):
    page = text_of(still.answer(post(kind="question", text="<b>" + "x" * MAX_SENT, json=False), HERE))
    assert "&lt;b&gt;xxx" in page
    assert "trop long" in page


def test_limits_of_one_telephone_and_of_one_address(routes, session, monkeypatch):
    clock = iter(range(10**15, 2 * 10**15, 2_000_000_001))
    monkeypatch.setattr("facilitator.meetings.telephones.time.time_ns", lambda: next(clock))
    told = [
        said(routes.answer(post(kind="question", text=f"Question {n}", id=f"sent-as-number-{n:03}"), HERE))["words"]
        for n in range(6)
    ]
    assert "Plusieurs de vos envois" in told[5]
    assert len(waiting(session)) == 5
    monkeypatch.setattr(routes.guard.sendings, "most", 6)
    assert routes.answer(post(kind="floor", phone="another-telephone", id="sent-as-number-X"), HERE).status == 429
    assert SENDINGS > 200


def test_two_at_once_are_one_too_many(routes):
    assert routes.answer(post(kind="question", text="Une"), HERE).status == 200
    answer = routes.answer(post(kind="need", text="Deux", id="sent-as-number-2"), HERE)
    assert answer.status == 429  # the page tries again by itself
    assert "deux secondes" in said(answer)["words"]


def test_a_full_disk_is_told_and_nothing_is_said_to_wait(routes, monkeypatch):
    def full(fd):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("facilitator.store.platform.sync_data", full)
    answer = routes.answer(post(kind="question", text="Qui paie ?"), HERE)
    assert answer.status == 507
    assert "PAS REÇU" in said(answer)["words"]
    page = text_of(routes.answer(post(kind="question", text="Qui paie ?", json=False), HERE))
    assert "PAS REÇU" in page
    assert ">Qui paie ?</textarea>" in page


def test_me_too_is_for_what_is_asked_in_public(routes, session):
    entry = session.act(Capture("question", Fields(text="Qui paie ?"))).entry
    routes.seat.look()
    assert routes.answer(post(kind="same", entry=entry.id), HERE).status == 200
    assert "✓ Moi aussi" in text_of(routes.answer(get(f"?phone={PHONE}"), HERE))
    assert routes.answer(post("withdraw"), HERE).status == 200
    assert "✓ Moi aussi" not in text_of(routes.answer(get(f"?phone={PHONE}"), HERE))
    session.act(Send(entry.id, "individual"))
    routes.seat.look()
    answer = routes.answer(post(kind="same", entry=entry.id, phone="another-telephone", id="sent-as-number-2"), HERE)
    assert answer.status == 422


def test_without_javascript_the_page_comes_back_with_what_became_of_it(routes):
    page = text_of(routes.answer(post(kind="question", text="Qui paie ?", json=False), HERE))
    assert '<p id="told" role="status">C’est reçu.' in page
    assert f'href="/{CODE}?phone={PHONE}"' in page
    assert page.count(f'action="/{CODE}/withdraw"') == 1


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [("PUT", "send", 405), ("GET", "send", 405), ("DELETE", "", 405), ("POST", "", 405), ("GET", "page.js", 404), ("GET", "../x", 404), ("POST", "room", 405)],
)  # fmt: skip
def test_nothing_else_is_answered(still, method, path, status):
    request = get(path)
    assert still.answer(Request(method, request.path, "", request.headers), HERE).status == status


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"x",
        b"kind=question&kind=need",
        b"phone=%ff",
        "é=1".encode(),
        b"kind=question&phone=short&id=short",
        b"&" * 50,
    ],
)
def test_a_body_that_no_page_of_ours_sends_is_refused(still, body):
    request = post()
    assert still.answer(Request("POST", request.path, "", request.headers, body), HERE).status == 400
    assert still.seat.own(translator("fr"), PHONE).mine == ()


def test_a_stream_is_of_a_telephone_in_its_language(still):
    assert still.answer(get(f"stream?phone={PHONE}", accept_language="en"), HERE) == Stream(PHONE, "en")
    assert still.answer(get("stream?phone=<script>"), HERE).status == 400


def test_nothing_of_a_text_is_obeyed_by_the_page(routes, session):
    session.act(Capture("decision", Fields(text='</li><script>alert("é")</script>')))
    routes.seat.look()
    page = text_of(routes.answer(get(), HERE))
    assert "<script>alert" not in page
    assert page.count("<script>") == 1


def test_a_page_loads_and_runs_nothing_else_and_may_be_in_no_frame(still):
    answer = still.answer(get(), HERE)
    assert answer.policy.startswith("default-src 'none'; style-src 'sha256-")
    assert "unsafe" not in answer.policy
    page = text_of(answer)
    assert "http" not in page.replace(f"http://{HOST}", "")
    assert not any(
        word in page for word in ("src=", "@import", "url(", "onclick", "style=", "innerHTML", "document.cookie")
    )


def test_once_the_meeting_is_closed_nothing_may_be_sent(routes, session):
    session.act(Close("2026-12", session.seen()))
    routes.seat.look()
    assert routes.seat.is_over
    assert json.loads(text_of(routes.answer(get("room"), HERE)))["room"]["takes"] == []
