"""Minutes or a letter as one page that needs nothing else: no outside resource, light and dark, on paper too; and as the page in a mail.

Of HTML in the text only the anchors that the program writes are obeyed; everything else is shown as it was typed.
"""

from __future__ import annotations

from collections.abc import MutableMapping, Sequence
from html import escape
from typing import Any, NamedTuple

from markdown_it import MarkdownIt
from markdown_it.renderer import RendererHTML
from markdown_it.token import Token
from markdown_it.utils import OptionsDict

from facilitator.core.regex import regex
from facilitator.documents.front import split
from facilitator.documents.markdown.address import absolute, folder_of, leave_out_numbers
from facilitator.documents.markdown.anchor import heading_anchor
from facilitator.documents.markdown.outline import check_size, outline
from facilitator.documents.minutes.words import MONTHS
from facilitator.documents.newsletter.reader import ANSWERED
from facilitator.documents.newsletter.words import is_no_answer
from facilitator.documents.typography import NO_BREAK, unfold

_ANCHOR = regex(r'<a id="(?P<id>[a-z]{1,12}-?[0-9]{0,6})"(?: name="[^"<>]*")?>\Z')
_BOX = regex(r"\[(?P<mark>[ xX])\][ \u00a0]")
_LETTER = regex(r"newsletter:\s*\S")
_LANGUAGE = regex(r"language:\s*(fr|en)\s*\Z")
_HOUR = regex(r"(?<=\b[0-9]) (?=h\b)|(?<=\b[0-9]{2}) (?=h\b)")
_MINUTES = regex(r"(?<=[0-9\u00a0]h) (?=[0-9]{2}\b)")
_MONTH = "|".join(name for names in MONTHS.values() for name in names)
_DAY = regex(rf"(?:(?<=[0-9])|(?<=[0-9]er)) (?=(?:{_MONTH})\b)")
_STYLE = """
:root { color-scheme: light dark; --text: #1b1b1b; --quiet: #4a4a4a; --line: #767676; --link: #0b4f8a; --ground: #ffffff; }
@media (prefers-color-scheme: dark) {
  :root { --text: #ececec; --quiet: #c4c4c4; --line: #949494; --link: #9cc9f5; --ground: #161616; }
}
html { background: var(--ground); color: var(--text); font: 1.0625rem/1.55 system-ui, sans-serif; }
main { max-width: 44rem; margin: 0 auto; padding: 1.5rem 1rem 4rem; overflow-wrap: anywhere; }
h1 { line-height: 1.2; }
h2 { margin-top: 2.2em; border-bottom: 1px solid var(--line); }
h3, h4 { margin-top: 1.6em; }
a { color: var(--link); }
li { margin: .3em 0; }
em { color: var(--quiet); }
table { border-collapse: collapse; }
th, td { border: 1px solid var(--line); padding: .2em .6em; text-align: left; }
:target { outline: 2px solid var(--link); outline-offset: .2em; }
@media print {
  html { font-size: 10.5pt; }
  main { max-width: none; padding: 0; }
  h2, h3 { break-after: avoid; }
  li { break-inside: avoid; }
  a { color: inherit; }
}
"""

# Programs for mail leave a sheet of styles out, and know no variables: each element has its own. Colours as on the page, 7:1 at least.
_IN_MAIL = {
    "h1": "font-size:1.5em;line-height:1.2;margin:0 0 .8em",
    "h2": "font-size:1.25em;line-height:1.3;margin:2em 0 .6em;border-bottom:1px solid #767676",
    "h3": "font-size:1.1em;line-height:1.3;margin:1.5em 0 .5em",
    "h4": "font-size:1em;line-height:1.3;margin:1.3em 0 .4em",
    "p": "margin:0 0 .8em",
    "ul": "margin:0 0 .8em;padding:0 0 0 1.4em",
    "ol": "margin:0 0 .8em;padding:0 0 0 1.8em",
    "li": "margin:.3em 0",
    "a": "color:#0b4f8a;text-decoration:underline",
    "em": "color:#4a4a4a",
    "table": "border-collapse:collapse;margin:0 0 .8em",
    "th": "border:1px solid #767676;padding:.2em .6em;text-align:left",
    "td": "border:1px solid #767676;padding:.2em .6em;text-align:left",
    "blockquote": "border-left:3px solid #767676;margin:0 0 .8em;padding:0 0 0 .8em",
}
_MAIL_BODY = "margin:0;padding:0;background-color:#ffffff;color:#1b1b1b"
_MAIL_MAIN = (
    "max-width:44em;margin:0 auto;padding:1em;font-family:system-ui,Arial,sans-serif;font-size:16px;line-height:1.5"
)


def write_page(text: str, *, base: str | None = None) -> str:
    """The page of a document; `base` is where the repository can be read: without it a link to another of its files is words.

    Raises TooLarge.
    """
    return _whole(_parsed(text, base, mail=False), sheet=f"<style>{_STYLE}</style>\n")


def write_mail_page(text: str, *, base: str | None = None) -> str:
    """The same as a mail holds it: each element bears its styles, and links lead out of the mail or are words. Raises TooLarge."""
    parsed = _parsed(text, base, mail=True)
    _dress(parsed.tokens)
    return _whole(parsed, body=f' style="{_MAIL_BODY}"', main=f' style="{_MAIL_MAIN}"')


class _Parsed(NamedTuple):
    language: str
    title: str
    tokens: list[Token]


def _parsed(text: str, base: str | None, *, mail: bool) -> _Parsed:
    """The language, the title and the tokens of a document, fit for a page by itself."""
    check_size(text)
    source = split(text)
    language = next((found[1] for line in source.lines[: source.body] if (found := _LANGUAGE.match(line))), "fr")
    body = "\n".join(line.rstrip("\r") for line in source.lines[source.body :]).removeprefix("\ufeff")
    tokens, front = _PARSER.parse(body), source.lines[: source.body]
    letter = folder_of(front) == "newsletter" and any(map(_LETTER.match, front))
    if letter:
        tokens = _without_room(tokens)
    _mend(tokens, base, folder_of(front), mail=mail, boxes=not letter)
    return _Parsed(language, title_of(text), tokens)


def _whole(parsed: _Parsed, *, sheet: str = "", body: str = "", main: str = "") -> str:
    shown = _PARSER.renderer.render(parsed.tokens, _PARSER.options, {})
    return (
        f'<!DOCTYPE html>\n<html lang="{parsed.language}">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{escape(parsed.title)}</title>\n{sheet}</head>\n<body{body}>\n<main{main}>\n{shown}</main>\n</body>\n</html>\n"
    )


def _dress(tokens: Sequence[Token]) -> None:
    for token in tokens:
        if token.nesting == 1 and token.tag in _IN_MAIL and not token.hidden:
            token.attrSet("style", _IN_MAIL[token.tag])
        _dress(token.children or ())


def title_of(text: str) -> str:
    """The words of the first heading of a document; nothing when it has none. Raises TooLarge."""
    title = next((heading.text for heading in outline(text).headings if heading.level == 1), "")
    (token,) = _PARSER.parseInline(title)
    return _said(token)


def _said(token: Token) -> str:
    return "".join(child.content for child in token.children or () if child.type in ("text", "code_inline"))


def _without_room(tokens: Sequence[Token]) -> list[Token]:
    """A letter without the room for answers that are still to come: it is for whoever writes it, not for whoever reads it."""
    kept: list[Token] = []
    for token in tokens:
        kept.append(token)
        if token.type == "list_item_close" and (opened := _opening(kept)) is not None and _is_room(kept[opened:]):
            del kept[opened:]
        elif token.type == "bullet_list_close" and kept[-2].type == "bullet_list_open":
            del kept[-2:]
    return kept


def _opening(tokens: Sequence[Token]) -> int | None:
    """Where the item begins that ends with the last of these tokens."""
    level = tokens[-1].level
    places = range(len(tokens) - 2, -1, -1)
    return next((at for at in places if tokens[at].type == "list_item_open" and tokens[at].level == level), None)


def _is_room(item: Sequence[Token]) -> bool:
    said = [_said(token) for token in item if token.type == "inline"]
    found = ANSWERED.match(unfold(said[0])) if len(said) == 1 else None
    return found is not None and is_no_answer(said[0][found.end() :])


def _bound(text: str) -> str:
    """The text with the hour and the day in one piece: `12 h 30`, `24 novembre`; one space becomes another."""
    return _DAY.sub(NO_BREAK, _MINUTES.sub(NO_BREAK, _HOUR.sub(NO_BREAK, text)))


def _mend(tokens: Sequence[Token], base: str | None, folder: str, *, mail: bool, boxes: bool) -> None:
    """Headings get a name that links find, boxes of tasks a sign, or none; links that lead nowhere from a page by itself become words."""
    taken: set[str] = set()
    for place, token in enumerate(tokens):
        if token.type != "inline" or not token.children:
            continue
        if tokens[place - 1].type == "heading_open":
            name = heading_anchor(_said(token))
            if name and name not in taken:
                taken.add(name)
                tokens[place - 1].attrSet("id", name)
        in_item = place > 1 and tokens[place - 2].type == "list_item_open"
        first = next((child for child in token.children if child.content), None)
        if in_item and first is not None and token.content[:1] == "[" and (box := _BOX.match(first.content)):
            sign = ("☐ " if box["mark"] == " " else "☑ ") if boxes else ""
            first.content = f"{sign}{first.content[box.end() :]}"
        leave_out_numbers(token.children, base, folder)
        opened: list[bool] = []
        for child in token.children:
            if child.type == "text":
                child.content = _bound(child.content)
            elif child.type == "link_open":
                url = str(child.attrGet("href") or "")
                # A mail is shown within a page of somebody else's, where the names of ours are not.
                inside = url.startswith("#")
                address = absolute(url, base, folder) if not inside else None if mail else url
                opened.append(address is not None)
                child.attrSet("href", address or "")
                child.hidden = address is None
            elif child.type == "link_close":
                child.hidden = not opened.pop()
            elif child.type == "image":  # a picture would be fetched from elsewhere
                child.type, child.children = "text", None


class _Renderer(RendererHTML):
    """What Markdown says, and of HTML the anchors alone."""

    def html_inline(
        self, tokens: Sequence[Token], idx: int, options: OptionsDict, env: MutableMapping[str, Any]
    ) -> str:
        del options, env
        content = tokens[idx].content
        found = _ANCHOR.match(content)
        if found and idx + 1 < len(tokens) and tokens[idx + 1].content == "</a>":
            return f'<a id="{found["id"]}">'
        closes = content == "</a>" and idx > 0 and _ANCHOR.match(tokens[idx - 1].content)
        return content if closes else escape(content)

    def html_block(self, tokens: Sequence[Token], idx: int, options: OptionsDict, env: MutableMapping[str, Any]) -> str:
        del options, env
        return f"<p>{escape(tokens[idx].content.strip())}</p>\n"

    def link_open(self, tokens: Sequence[Token], idx: int, options: OptionsDict, env: MutableMapping[str, Any]) -> str:
        return "" if tokens[idx].hidden else self.renderToken(tokens, idx, options, env)

    link_close = link_open


_PARSER = MarkdownIt("commonmark", renderer_cls=_Renderer).enable(["table", "strikethrough"])
