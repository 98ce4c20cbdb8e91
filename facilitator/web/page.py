"""The one page, whole: it is read and its forms are sent without JavaScript; with it, it follows the meeting by itself.

Style and script stand in it under their digests, and nothing else may run or be loaded.
"""

from __future__ import annotations

from base64 import b64encode
from functools import cache
from hashlib import sha256
from html import escape
from importlib.resources import files

from msgspec import Struct

from facilitator.core.telephones import MAX_SENT
from facilitator.core.text import MAX_NAME
from facilitator.i18n import Translator
from facilitator.web.codes import new_token
from facilitator.web.http import Answer
from facilitator.web.seat import Mine, Own
from facilitator.web.shown import Asked, Clock, Shown
from facilitator.wording import left_clock


class Told(Struct, frozen=True):
    """What became of a form, in words; what it said, where it has to be sent again."""

    words: str
    said: dict[str, str] = {}


def page(  # noqa: PLR0913  # all that it is made of
    tr: Translator, code: str, shown: Shown, own: Own, phone: str, told: Told | None = None, status: int = 200
) -> Answer:
    """The page of a telephone."""
    told = told or Told("")
    style, script = _asset("page.css"), _asset("page.js")
    policy = (
        f"default-src 'none'; style-src {_digest(style)}; script-src {_digest(script)}; connect-src 'self'; "
        "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    )
    body = _Page(tr, code, phone, told).body(shown, own)
    html = (
        f'<!DOCTYPE html>\n<html lang="{tr.language}">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n<meta name="robots" content="noindex">\n'
        f"<title>{escape(shown.title)}</title>\n<style>{style}</style>\n</head>\n{body}"
        f"<script>{script}</script>\n</body>\n</html>\n"
    )
    return Answer(status, "text/html; charset=utf-8", html.encode(), policy)


@cache
def _asset(name: str) -> str:
    return (files("facilitator.web") / name).read_text(encoding="utf-8")


@cache
def _digest(text: str) -> str:
    return f"'sha256-{b64encode(sha256(text.encode()).digest()).decode()}'"


def _part(tag: str, words: str, name: str = "", more: str = "") -> str:
    """An element; hidden while it says nothing."""
    named = f' id="{name}"' if name else ""
    return f"<{tag}{named}{more}{'' if words else ' hidden'}>{escape(words)}</{tag}>\n"


def _list(name: str, items: list[str]) -> str:
    return f'<ul id="{name}">{"".join(f"<li>{item}</li>" for item in items)}</ul>\n'


class _Page:
    """What stands in the body, from top to bottom."""

    def __init__(self, tr: Translator, code: str, phone: str, told: Told) -> None:
        self.tr = tr
        self.base = f"/{code}"
        self.phone = phone
        self.told = told

    def body(self, shown: Shown, own: Own) -> str:
        tr = self.tr
        words = {
            "me-too": tr("Me too"),
            "take-back": tr("Take it back"),
            "sending": tr("Sending…"),
            "lost": tr("No connection: trying again…"),
            "over": tr("The meeting is closed. Thank you!"),
        }
        said = "".join(f' data-{name}="{escape(text)}"' for name, text in words.items())
        return (
            f'<body data-base="{self.base}"{said}>\n<main>\n{self._now(shown)}{self._sends(shown)}'
            f"{self._own(own)}{self._asked(shown, own)}{self._decided(shown)}</main>\n"
        )

    def _now(self, shown: Shown) -> str:
        tr = self.tr
        clock = shown.clock or Clock("", None, 0, "calm")
        left = left_clock(clock.left_s if clock.overrun else max(0, clock.left_s)) if shown.clock else ""
        update = f'<p><a href="{self.base}?phone={self.phone}" id="update">{escape(tr("Show what is new"))}</a></p>\n'
        return (
            f"<header>\n{_part('h1', shown.title, 'title')}"
            f"{_part('p', '', 'lost', ' role=status')}</header>\n"
            f'<section id="now" aria-label="{escape(tr("Now"))}">\n'
            f"{_part('h2', shown.step, 'step')}"
            f'<p id="clock" class="{clock.level}" role="timer"{"" if shown.clock else " hidden"}>'
            f'<span id="left">{left}</span> <span id="clock-words">{escape(clock.words)}</span></p>\n'
            f'<p id="main" aria-live="polite"{"" if shown.main else " hidden"}>'
            f'<b id="label">{escape(shown.label)}</b> <span id="main-text">{escape(shown.main)}</span></p>\n'
            f"{_list('beside', [escape(one) for one in shown.beside])}"
            f"{_part('p', shown.last, 'last')}{_part('p', shown.next, 'next')}{_part('p', shown.ends, 'ends')}{update}</section>\n"
        )

    def _sends(self, shown: Shown) -> str:
        tr = self.tr
        told = escape(self.told.words)
        return (
            f'<section id="sends">\n<h2>{escape(tr("Your turn"))}</h2>\n'
            f'<p id="told" role="status">{told}</p>\n'
            f"{self._writing(shown)}{self._evaluation('evaluation' in shown.takes)}"
            f'<p class="quiet">{escape(tr("Nothing that you send shows before the person who leads has taken it up. No account, no name needed; nothing is kept but what is taken up."))}</p>\n'
            "</section>\n"
        )

    def _writing(self, shown: Shown) -> str:
        tr, said = self.tr, self.told.said
        floor = "" if "floor" in shown.takes else " hidden"
        return self._form(
            "writing",
            f'<label for="text">{escape(tr("A question, or a need"))}</label>\n'
            f'<textarea id="text" name="text" rows="3" maxlength="{MAX_SENT}">{escape(said.get("text", ""))}</textarea>\n'
            f'<label for="by">{escape(tr("Your name, if you wish"))}</label>\n'
            f'<input id="by" name="by" maxlength="{MAX_NAME}" autocomplete="name" value="{escape(said.get("by", ""))}">\n'
            f'<p class="buttons"><button name="kind" value="question">{escape(tr("Ask this question"))}</button>\n'
            f'<button name="kind" value="need">{escape(tr("Say this need"))}</button>\n'
            f'<button name="kind" value="floor" id="floor"{floor}>{escape(tr("Ask for the floor"))}</button></p>\n',
            shows="question" in shown.takes,
        )

    def _evaluation(self, shows: bool) -> str:  # noqa: FBT001  # whether it may be sent now
        tr, said = self.tr, self.told.said
        marks = "".join(
            f'<label><input type="radio" name="useful" value="{mark}"{" checked" if said.get("useful") == str(mark) else ""}> {mark}</label>\n'
            for mark in range(1, 6)
        )
        return self._form(
            "evaluation",
            '<input type="hidden" name="kind" value="evaluation">\n'
            f"<fieldset><legend>{escape(tr('Was this meeting useful, from 1 (not at all) to 5 (very)?'))}</legend>\n{marks}</fieldset>\n"
            f'<label for="keep">{escape(tr("What to keep"))}</label>\n'
            f'<input id="keep" name="keep" maxlength="{MAX_SENT}" value="{escape(said.get("keep", ""))}">\n'
            f'<label for="change">{escape(tr("What to change"))}</label>\n'
            f'<input id="change" name="change" maxlength="{MAX_SENT}" value="{escape(said.get("change", ""))}">\n'
            f'<p class="buttons"><button>{escape(tr("Send the evaluation"))}</button></p>\n',
            shows=shows,
        )

    def _asked(self, shown: Shown, own: Own) -> str:
        said = {one.entry for one in own.mine}
        return (
            f'<section id="asked-part"{"" if shown.asked else " hidden"}>\n<h2>{escape(self.tr("Asked so far"))}</h2>\n'
            f"{_list('asked', [self._one_asked(one, said=one.id in said) for one in shown.asked])}</section>\n"
        )

    def _one_asked(self, one: Asked, *, said: bool) -> str:
        words = self.tr("Me too")
        line = f"<p><b>{escape(one.label)}</b> {escape(one.text)} <i>{escape(one.same)}</i></p>\n"
        if said:
            return f"{line}<p><i>✓ {escape(words)}</i></p>"
        return (
            line
            + self._form(
                "",
                '<input type="hidden" name="kind" value="same">'
                f'<input type="hidden" name="entry" value="{escape(one.id)}">'
                f'<button aria-label="{escape(words)} {escape(one.label)}">{escape(words)}</button>',
                shows=True,
            )
        )  # fmt: skip

    def _decided(self, shown: Shown) -> str:
        return (
            f'<section id="decided-part"{"" if shown.decided else " hidden"}>\n<h2>{escape(self.tr("Decided"))}</h2>\n'
            f"{_list('decided', [escape(one) for one in shown.decided])}</section>\n"
        )

    def _own(self, own: Own) -> str:
        return (
            f'<section id="mine-part"{"" if own.mine else " hidden"}>\n<h2>{escape(self.tr("What you sent"))}</h2>\n'
            f"{_list('mine', [self._one_own(one) for one in own.mine])}</section>\n"
        )

    def _one_own(self, one: Mine) -> str:
        back = self.tr("Take it back")
        form = (
            f'<form method="post" action="{self.base}/withdraw"><input type="hidden" name="id" value="{escape(one.id)}">'
            f'<input type="hidden" name="phone" value="{self.phone}">'
            f'<button aria-label="{escape(back)} {escape(one.words)}">{escape(back)}</button></form>'
            if one.waits
            else ""
        )
        return f"<p>{escape(one.words)} <i>{escape(one.state)}</i></p>{form}"

    def _form(self, name: str, inner: str, *, shows: bool) -> str:
        named = f' id="{name}"' if name else ""
        return (
            f'<form{named} method="post" action="{self.base}/send"{"" if shows else " hidden"}>\n'
            f'<input type="hidden" name="id" value="{new_token()}"><input type="hidden" name="phone" value="{self.phone}">\n'
            f"{inner}</form>\n"
        )
