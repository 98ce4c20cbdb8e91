"""Requests as browsers and others make them."""

from __future__ import annotations

from urllib.parse import urlencode

from facilitator.web.http import Answer, Request

CODE = "kxprtm"
HOST = "192.168.1.20:8000"
PHONE = "telephone-of-awa-1"


def get(path: str = "", **headers: str) -> Request:
    where, _, query = path.partition("?")
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return Request("GET", (CODE, *filter(None, where.split("/"))), query, {"host": HOST} | named)


def post(path: str = "send", *, json: bool = True, origin: str = f"http://{HOST}", **said: str) -> Request:
    said = {"phone": PHONE, "id": "sent-as-number-1"} | said
    headers = {"host": HOST, "origin": origin, "content-type": "application/x-www-form-urlencoded"}
    headers |= {"accept": "application/json"} if json else {}
    return Request("POST", (CODE, path), "", headers, urlencode(said).encode())


def text_of(answer: object) -> str:
    assert isinstance(answer, Answer)
    return answer.body.decode()
