"""YAML without its traps: bytes to a tree of nodes that know their line and column.

Refused: more than 256 KiB, more than 20,000 values, more than 20 levels, several documents, anchors, aliases,
merge keys, tags, the same key twice, control characters, anything that is not UTF-8.
Only `true`, `false`, `null`, `~` and plain decimal numbers are not text: `no`, `09:30`, `017` and `2026-11-24` are.
The limits are checked on the parser's events, before anything recurses or is built.
"""

from __future__ import annotations

import json
from functools import lru_cache
from typing import Literal, NamedTuple

import yaml
from msgspec import Struct

from facilitator.core.regex import regex
from facilitator.documents.problem import Problem, Problems, shown
from facilitator.i18n import N_, Translator

MAX_BYTES = 256 * 1024
# So much of a file is read again with its quotes, and so often.
MOST_MENDED = 32 * 1024
MOST_MENDS = 20
MAX_DEPTH = 20
LATIN_1_PRINTS = 0xA0
MAX_VALUES = 20_000

# What YAML 1.2 prints is everything else (5.1); asked the other way round, it compiles thirty times as fast.
_CONTROL = regex(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufffe\uffff]")
_INT = regex(r"[-+]?(?:0|[1-9][0-9]*)\Z")
_FLOAT = regex(r"[-+]?(?:0|[1-9][0-9]*)\.[0-9]+\Z")

Sort = Literal["null", "bool", "int", "float", "text"]


class Mark(NamedTuple):
    """Where something begins; both count from 1, columns in characters."""

    line: int
    column: int


class Scalar(Struct, frozen=True):
    """A single value; `plain` when it was written without quotes."""

    mark: Mark
    text: str
    plain: bool = False

    @property
    def sort(self) -> Sort:
        """What the value is, before anything is expected of it."""
        if not self.plain:
            return "text"
        if self.text in ("", "~", "null"):
            return "null"
        if self.text in ("true", "false"):
            return "bool"
        if _INT.match(self.text):
            return "int"
        return "float" if _FLOAT.match(self.text) else "text"


class Sequence(Struct, frozen=True):
    """A list."""

    mark: Mark
    items: tuple[Node, ...]


class Mapping(Struct, frozen=True):
    """Keys and their values, each key once."""

    mark: Mark
    pairs: tuple[tuple[Scalar, Node], ...]


Node = Scalar | Sequence | Mapping


class Tree(NamedTuple):
    """A file's outermost value, and what was wrong on the way that did not stop the reading."""

    root: Node
    problems: tuple[Problem, ...]


def parse(data: bytes, *, name: str, tr: Translator) -> Tree:
    """The tree of a file called `name`; raises `Problems` in the language of `tr` when it is not YAML of this sort."""
    return _read(data, name, tr)


@lru_cache(maxsize=4)  # a command reads an agenda several times: to find it, to open it, to say what it promises
def _read(data: bytes, name: str, tr: Translator) -> Tree:
    return _Composer(_text(data, name, tr), name, tr).tree()


def _text(data: bytes, name: str, tr: Translator) -> str:
    if len(data) > MAX_BYTES:
        raise Problems([Problem(name, 1, 1, tr("the file is too large"), tr("at most 256 KiB are expected"))])
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        before = data[: error.start].decode("utf-8-sig", "replace")
        if data.startswith((b"\xff\xfe", b"\xfe\xff")):
            what = tr("the file is written in UTF-16")
        elif data[error.start] >= LATIN_1_PRINTS:
            what = tr("this is not UTF-8: the file seems to be written in Latin-1 or Windows-1252")
        else:
            what = tr("this is not UTF-8")
        raise Problems([Problem(name, *_place(before), what, tr("save it as UTF-8"))]) from None
    if found := _CONTROL.search(text):
        what = tr("a control character (U+{code})", code=f"{ord(found[0]):04X}")
        raise Problems([Problem(name, *_place(text[: found.start()]), what, tr("text only is expected"))])
    return text


def _place(before: str) -> Mark:
    return Mark(before.count("\n") + 1, len(before) - before.rfind("\n"))


class _Loader(yaml.SafeLoader):
    """PyYAML, but a question mark inside braces is text, as in `{ text: Who knows ? }` and in YAML 1.2."""

    def scan_plain(self) -> yaml.ScalarToken:
        if not self.flow_level:
            return super().scan_plain()
        self.__dict__["peek"] = self._peek_in_text  # for this text alone: the scanner lives in peek
        try:
            return super().scan_plain()
        finally:
            del self.__dict__["peek"]

    def _peek_in_text(self, index: int = 0) -> str:
        character: str = super().peek(index)
        return "_" if character == "?" else character


class _Composer:
    """Events to nodes; the limits are applied to each event as it comes."""

    def __init__(self, text: str, name: str, tr: Translator) -> None:
        self._text = text
        self._name = name
        self._tr = tr
        self._loader = _Loader(text)
        self._problems: list[Problem] = []
        self._values = 0

    def tree(self) -> Tree:
        """The only document; raises Problems."""
        try:
            return Tree(self._document(), tuple(self._problems))
        except yaml.MarkedYAMLError as error:
            if self._mend(error):
                return self.tree()
            raise self._refused(*_explained(error, self._text, self._tr)) from None
        except (yaml.YAMLError, ValueError, ArithmeticError):  # PyYAML lets chr() and int() speak for themselves
            mark = Mark(self._loader.line + 1, self._loader.column + 1)
            raise self._refused(mark, self._tr("this cannot be read as YAML")) from None

    def _mend(self, error: yaml.MarkedYAMLError) -> bool:
        """Note a text with a colon that lacks its quotes, and read it with them, so that all else is said at once; whether it was that."""
        tr, found = self._tr, error.problem_mark
        if found is None or "mapping values are not allowed" not in (error.problem or ""):
            return False
        lines = self._text.split("\n")
        bare = _BARE.match(lines[found.line]) if len(self._text) <= MOST_MENDED and found.line < len(lines) else None
        if bare is None or found.column < bare.start("said") or len(self._problems) >= MOST_MENDS:
            return False
        said = bare["said"].partition(" #")[0].rstrip()
        written = f"{bare['key']}{json.dumps(said, ensure_ascii=False)}"
        what, expected = tr("a colon in a text without quotes"), tr("write: {line}", line=shown(written))
        mark = Mark(found.line + 1, bare.start("said") + 1)
        self._problems = [*self._problems, Problem(self._name, *mark, what, expected)]
        lines[found.line] = written
        self._text = "\n".join(lines)
        self._loader, self._values = _Loader(self._text), 0
        return True

    def _document(self) -> Node:
        tr = self._tr
        self._event()  # the start of the stream
        start = self._event()
        if isinstance(start, yaml.StreamEndEvent):
            raise self._refused(Mark(1, 1), tr("the file is empty"), tr("an agenda or settings are expected"))
        if getattr(start, "tags", None):
            raise self._refused(_mark(start), tr("a tag"), tr("tags are not used here"))
        root = self._node(self._event(), 1)
        self._event()  # the end of the document
        after = self._event()
        if not isinstance(after, yaml.StreamEndEvent):
            raise self._refused(_mark(after), tr("a second document begins here"), tr("one only is expected"))
        return root

    def _event(self) -> yaml.Event:
        event: yaml.Event = self._loader.get_event()  # type: ignore[no-untyped-call]
        return event

    def _refused(self, mark: Mark, what: str, expected: str | None = None) -> Problems:
        return Problems([*self._problems, Problem(self._name, *mark, what, expected)])

    def _node(self, event: yaml.Event, depth: int) -> Node:
        tr, mark = self._tr, _mark(event)
        self._values += 1
        if self._values > MAX_VALUES:
            raise self._refused(mark, tr("too many values"), tr("at most {n} are expected", n=MAX_VALUES))
        if depth > MAX_DEPTH:
            raise self._refused(
                mark, tr("too many levels inside one another"), tr("at most {n} are expected", n=MAX_DEPTH)
            )
        if isinstance(event, yaml.AliasEvent):
            what = tr("an alias (*{name})", name=shown(event.anchor or ""))
            raise self._refused(mark, what, tr("write the value itself, or put text that begins with * in quotes"))
        if anchor := getattr(event, "anchor", None):
            what = tr("an anchor (&{name})", name=shown(anchor))
            raise self._refused(mark, what, tr("anchors are not used here; put text that begins with & in quotes"))
        if tag := getattr(event, "tag", None):
            what = tr("a tag ({name})", name=shown(tag))
            raise self._refused(mark, what, tr("tags are not used here; put text that begins with ! in quotes"))
        if isinstance(event, yaml.ScalarEvent):
            return Scalar(mark, event.value, plain=not event.style)
        if isinstance(event, yaml.SequenceStartEvent):
            items = []
            while not isinstance(event := self._event(), yaml.SequenceEndEvent):
                items.append(self._node(event, depth + 1))
            return Sequence(mark, tuple(items))
        return self._mapping(mark, depth)

    def _mapping(self, mark: Mark, depth: int) -> Mapping:
        tr = self._tr
        pairs: list[tuple[Scalar, Node]] = []
        seen: dict[str, Mark] = {}
        while not isinstance(event := self._event(), yaml.MappingEndEvent):
            key = self._node(event, depth + 1)
            if not isinstance(key, Scalar):
                raise self._refused(key.mark, tr("a list or a mapping as a key"), tr("a word is expected"))
            if key.text == "<<" and key.plain:
                raise self._refused(key.mark, tr("a merge key (<<)"), tr("write the values themselves"))
            value = self._node(self._event(), depth + 1)
            if key.text in seen:
                what = tr("the key “{key}” is there twice", key=shown(key.text))
                first = tr("once is expected; the first is on line {line}", line=seen[key.text].line)
                self._problems.append(Problem(self._name, *key.mark, what, first))
                continue
            seen[key.text] = key.mark
            pairs.append((key, value))
        return Mapping(mark, tuple(pairs))


def _mark(event: yaml.Event) -> Mark:
    start = event.start_mark
    return Mark(start.line + 1, start.column + 1) if start else Mark(1, 1)


# A key and, without quotes, a text, in which there may be a colon that YAML takes for another key's.
_BARE = regex(r"""(?P<key> *(?:- +)?[a-z_]+: +)(?P<said>[^\s"'\[{#|>&*!%@`].*)""")
_IN_QUOTES = N_("put the text in quotes")
_EXPLAINED: tuple[tuple[str, str, str], ...] = (
    (
        "mapping values are not allowed",
        N_("a colon is not expected here"),
        N_("check the indentation, or put the text in quotes"),
    ),
    ("sequence entries are not allowed", N_("a list item is not expected here"), N_("check the indentation")),
    (
        "expected <block end>",
        N_("this does not line up with the lines above"),
        N_("check the indentation and the quotes"),
    ),
    ("found undefined tag handle", N_("a tag"), N_("tags are not used here; put text that begins with ! in quotes")),
    ("expected ',' or ']'", N_("a bracket [ is not closed before this"), N_("“,” or “]” is expected")),
    ("expected ',' or '}'", N_("a brace { is not closed before this"), N_("“,” or “}” is expected")),
    ("that cannot start any token", N_("a sign that YAML keeps for itself"), _IN_QUOTES),
    ("found unknown escape", N_("an unknown escape after \\"), N_("in double quotes write \\\\ for \\")),
    ("document start", N_("this is not part of what is above"), N_("check the indentation and the brackets")),
)


def _explained(error: yaml.MarkedYAMLError, text: str, tr: Translator) -> tuple[Mark, str, str | None]:
    """Where PyYAML stopped and why, in words for someone who writes agendas."""
    found = error.problem_mark or error.context_mark
    begun = error.context_mark or found
    if found is None or begun is None:
        return Mark(1, 1), tr("this cannot be read as YAML"), None
    mark = Mark(found.line + 1, found.column + 1)
    lines = text.split("\n")
    line = lines[found.line] if found.line < len(lines) else ""
    indentation = line[: len(line) - len(line.lstrip(" \t"))]
    if "\t" in indentation:
        return Mark(mark.line, indentation.index("\t") + 1), tr("a tab"), tr("indent with spaces")
    if line[found.column : found.column + 1] == "\t":
        return mark, tr("a tab"), tr("use spaces")
    problem, context = error.problem or "", error.context or ""
    if "end of stream" in problem and "quoted" in context:
        return Mark(begun.line + 1, begun.column + 1), tr("a quote is not closed"), tr("close it on the same line")
    if "could not find expected ':'" in problem:
        return (
            Mark(begun.line + 1, begun.column + 1),
            tr("a colon is missing after this"),
            tr("“key: value” is expected"),
        )
    if "expected alphabetic or numeric" in problem:  # an alias or an anchor without a name
        return Mark(begun.line + 1, begun.column + 1), tr("a sign that YAML keeps for itself"), tr(_IN_QUOTES)
    for part, what, expected in _EXPLAINED:
        if part in problem:
            return mark, tr(what), tr(expected)
    return mark, tr("this cannot be read as YAML"), None
