"""What is answered to a request: who may ask, what is asked, and in which words."""

from __future__ import annotations

import time
from collections.abc import Collection
from urllib.parse import urlsplit

import msgspec
from msgspec import Struct

from facilitator.core.telephones import MAX_SENT, Limit, is_token
from facilitator.core.text import MAX_NAME
from facilitator.i18n import Translator
from facilitator.meetings.telephones import NotKept
from facilitator.store.journal import NotSaved
from facilitator.web.codes import is_code, new_token
from facilitator.web.form import Malformed, fields, sent, token
from facilitator.web.http import Answer, Request, plain
from facilitator.web.limits import Guard
from facilitator.web.page import Told, page
from facilitator.web.seat import Own, Seat, translator_of
from facilitator.web.shown import Shown

_JSON = "application/json; charset=utf-8"
_FORM = "application/x-www-form-urlencoded"
_encode = msgspec.json.Encoder().encode


class Stream(Struct, frozen=True):
    """That a page follows: whose, and in which language."""

    phone: str
    language: str


class Routes:
    """The door to one meeting: behind its code a page, what it shows, what follows it, and what it sends."""

    def __init__(self, seat: Seat, guard: Guard, code: str, hosts: Collection[str]) -> None:
        self.seat = seat
        self.guard = guard
        self.code = code
        self.hosts = frozenset(hosts)

    def knows(self, request: Request, address: str) -> bool:
        """Whether a request shows the code, and was meant for this server: a name that was bound to its address says another."""
        now = time.monotonic()
        if request.headers.get("host", "").lower() not in self.hosts or not self.guard.may_try(address, now):
            return False
        if not is_code(request.path[0], self.code):
            self.guard.missed(address, now)
            return False
        return True

    def answer(self, request: Request, address: str) -> Answer | Stream:
        """What is answered to a request that shows the code."""
        tr = translator_of(request.headers.get("accept-language", ""), self.seat.language)
        match request.method, request.path[1:]:
            case (("GET" | "HEAD"), ()):
                return self._page(tr, request)
            case "GET", ("room",):
                return Answer(200, _JSON, _encode(self._room(tr, request)))
            case "GET", ("stream",):
                phone = _phone(request.query)
                return Stream(phone, tr.language) if phone else plain(400)
            case "POST", (("send" | "withdraw") as what,):
                return self._posted(tr, request, what, address)
            case _, (() | ("room",) | ("stream",) | ("send",) | ("withdraw",)):
                return plain(405)
            case _:
                return plain(404)

    def _page(self, tr: Translator, request: Request) -> Answer:
        phone = _phone(request.query) or new_token()
        return page(tr, self.code, self.seat.shown(tr), self.seat.own(tr, phone), phone)

    def _room(self, tr: Translator, request: Request) -> dict[str, int | Shown | Own]:
        return {
            "now": time.time_ns() // 1_000_000,
            "room": self.seat.shown(tr),
            "own": self.seat.own(tr, _phone(request.query)),
        }

    def _posted(self, tr: Translator, request: Request, what: str, address: str) -> Answer:
        """What a form of ours did; nothing for a form of somebody else's page."""
        if not self._is_ours(request):
            return plain(403, tr("This form is not the one of this page: open the page again."))
        try:
            said = fields(request.body if _is_form(request) else b"\0")
            phone = token(said, "phone")
            status, told = self._done(tr, said, what, address)
        except Malformed:
            return plain(400)
        if "application/json" in request.headers.get("accept", ""):
            return Answer(status, _JSON, _encode({"words": told.words, "own": self.seat.own(tr, phone)}))
        return page(tr, self.code, self.seat.shown(tr), self.seat.own(tr, phone), phone, told, status)

    def _is_ours(self, request: Request) -> bool:
        """Whether a form comes from our page. Browsers of before 2020 say so by the page that they come from."""
        given = request.headers.get("origin") or request.headers.get("referer", "")
        try:
            said = urlsplit(given)
        except ValueError:
            return False
        return said.scheme == "http" and said.netloc.lower() == request.headers["host"].lower()

    def _done(self, tr: Translator, said: dict[str, str], what: str, address: str) -> tuple[int, Told]:
        """The status, and what is told. Raises Malformed."""
        now = time.monotonic()
        if not self.guard.sendings.allows(address, now):
            return 429, Told(tr("Too much at once: try again in a minute."), said)
        self.guard.sendings.count(address, now)
        try:
            if what == "withdraw":
                done = self.seat.withdraw(token(said, "phone"), token(said, "id"))
                return 200, Told(tr("Taken back.") if done else tr("It no longer waits."))
            self.seat.receive(sent(said))
        except NotKept as refused:
            return 429 if refused.limit == "too-fast" else 422, Told(limit_text(tr, refused.limit), said)
        except LookupError:
            return 422, Told(tr("It is no longer asked."))
        except NotSaved:
            return 507, Told(tr("NOT RECEIVED: keep your text and try again, or say it aloud."), said)
        return 200, Told(tr("Received. It waits: nothing shows before it is taken up."))


def _is_form(request: Request) -> bool:
    return request.headers.get("content-type", "").lower().startswith(_FORM)


def _phone(query: str) -> str:
    """The telephone that an address names; nothing where it names none."""
    name, _, given = query.partition("=")
    return given if name == "phone" and is_token(given) else ""


def limit_text(tr: Translator, limit: Limit) -> str:
    """Why what was sent is not kept, and what to do."""
    words: dict[Limit, str] = {
        "empty": tr("There is nothing written here yet."),
        "text-too-long": tr("That is too long: {n} characters at most.", n=MAX_SENT),
        "name-too-long": tr("This name is too long: {n} characters at most.", n=MAX_NAME),
        "other-sender": tr("Open the page again, then send once more."),
        "said-already": tr("You have said so already."),
        "too-fast": tr("One moment: one every two seconds."),
        "too-many-waiting": tr("Several of yours wait already: take one back, or wait until one is taken up."),
        "too-many": tr("You have sent many already: say the next one aloud."),
        "full": tr("Very many wait: say it aloud."),
    }
    return words[limit]
