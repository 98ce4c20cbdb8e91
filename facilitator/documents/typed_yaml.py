"""YAML into the project's own types: the types say what is expected, nothing here knows an agenda.

A file is read to its end, so that everything wrong with it is said at once.
"""

from __future__ import annotations

import datetime
import difflib
import re
from collections.abc import Callable, Mapping
from functools import cache
from typing import Any, Final, Generic, TypeVar, cast, get_args

import msgspec.inspect as shape
from msgspec import Struct

from facilitator.core.agenda import Link, Slug
from facilitator.core.duration import read_duration, write_duration
from facilitator.core.network import Host
from facilitator.core.regex import regex
from facilitator.core.text import normalise, one_line
from facilitator.documents import strict_yaml
from facilitator.documents.problem import Problem, Problems, shown
from facilitator.documents.strict_yaml import Mark, Node, Scalar, Sequence
from facilitator.i18n import N_, Translator

MAX_PROBLEMS = 50
COLOUR = r"^#[0-9a-fA-F]{6}$"

T = TypeVar("T", bound=Struct)
Path = tuple[str | int, ...]

_DATE = regex(r"[0-9]{4}-[0-9]{2}-[0-9]{2}\Z")


def _pattern(annotated: object) -> str:
    found: str = get_args(annotated)[1].pattern
    return found


_LOOKS = {
    _pattern(Link): N_("an address that begins with http:// or https:// is expected"),
    _pattern(Slug): N_("small letters, digits and single hyphens are expected"),
    COLOUR: N_('a colour in quotes is expected, such as "#ffb454"'),
    _pattern(Host): N_("the name of a server is expected, such as smtp.example.org or smtp.example.org:2525"),
}
_WANTED: tuple[tuple[type[shape.Type], str], ...] = (
    (shape.StructType, N_("a mapping (key: value)")),
    (shape.VarTupleType, N_("a list")),
    (shape.BoolType, N_("true or false")),
    (shape.DateType, N_("a date such as 2026-11-24")),
    (shape.FloatType, N_("a number")),
    (shape.IntType, N_("a length of time such as 20, 20m or 1h30")),
    (shape.StrType, N_("text")),
)
_FOUND = {
    "bool": N_("true and false are not expected here"),
    "int": N_("a number is not expected here"),
    "float": N_("a number is not expected here"),
    "text": N_("text is not expected here"),
}


class _Bad:
    """Stands for a value that was refused; the problem is noted."""


_BAD: Final = _Bad()


class Loaded(Generic[T]):
    """A file's value, where each part of it was written, and what was changed while reading (never a refusal)."""

    def __init__(self, value: T, marks: Mapping[Path, Mark], notes: list[Problem]) -> None:
        self.value = value
        self.marks = marks
        self.notes = notes


class Reading:
    """One file being read: what is wrong so far, and where each value stands."""

    def __init__(self, name: str, tr: Translator, checks: Mapping[type, Check]) -> None:
        self.tr = tr
        self.problems: list[Problem] = []
        self.notes: list[Problem] = []
        self.marks: dict[Path, Mark] = {}
        self._name = name
        self._checks = checks

    def refuse(self, path: Path, what: str, expected: str | None = None) -> _Bad:
        """Note a problem with the value written at `path`; with what it would stand in, where it was left out."""
        while path not in self.marks:
            path = path[:-1]
        return self._refuse(self.marks[path], what, expected)

    def _refuse(self, mark: Mark, what: str, expected: str | None = None) -> _Bad:
        self.problems.append(Problem(self._name, *mark, what, expected))
        return _BAD

    def value(self, node: Node, kind: shape.Type, path: Path) -> object:
        """The value of a node as the type has it, or a mark that it was refused."""
        self.marks[path] = node.mark
        kind, reads = _plain(kind)
        if isinstance(kind, shape.UnionType):
            if (
                isinstance(node, Scalar)
                and node.sort == "null"
                and any(isinstance(k, shape.NoneType) for k in kind.types)
            ):
                return None
            fitting = [option for option in kind.types if _fits(node, _plain(option)[0]) or _is_name(node, option)]
            return self.value(node, fitting[0], path) if fitting else self._wrong(node, kind)
        if isinstance(kind, shape.StructType) and isinstance(node, Scalar) and reads == "named" and node.sort == "text":
            return self._named(node, kind, path)
        if not _fits(node, kind):
            return self._wrong(node, kind)
        if isinstance(kind, shape.StructType):
            return self._struct(cast("strict_yaml.Mapping", node), kind, path)
        if isinstance(kind, shape.VarTupleType):
            return self._list(cast("Sequence", node), kind, path)
        return self._scalar(cast("Scalar", node), kind, reads)

    def _named(self, node: Scalar, kind: shape.StructType, path: Path) -> object:
        """A mapping of which only the first key is said, which names it: `place: Castel`."""
        field = kind.fields[0]
        value = self.value(node, field.type, (*path, field.name))
        return _BAD if value is _BAD else kind.cls(**{field.name: value})

    def _wrong(self, node: Node, kind: shape.Type) -> _Bad:
        tr = self.tr
        if isinstance(node, Sequence):
            found = tr("a list is not expected here")
        elif not isinstance(node, Scalar):
            found = tr("a mapping (key: value) is not expected here")
        elif node.sort == "null":
            found = tr("nothing is written here")
        else:
            found = tr(_FOUND[node.sort])
        if any(isinstance(k, shape.StrType) and k.pattern == COLOUR for k in _options(kind)):  # `#` begins a remark
            return self._refuse(node.mark, found, tr(_LOOKS[COLOUR]))
        if (
            isinstance(node, Scalar)
            and node.sort != "null"
            and any(isinstance(k, shape.StrType) for k in _options(kind))
        ):
            return self._refuse(node.mark, found, tr("text is expected: put it in quotes"))
        return self._refuse(node.mark, found, tr("expected: {kinds}", kinds=self._kinds(kind)))

    def _struct(self, node: strict_yaml.Mapping, kind: shape.StructType, path: Path) -> object:
        tr = self.tr
        before = len(self.problems)
        fields = {field.encode_name: field for field in kind.fields}
        values: dict[str, object] = {}
        written = {key.text for key, _ in node.pairs}
        guessed = set()
        for key, value in node.pairs:
            if field := fields.get(key.text):
                values[field.name] = self.value(value, field.type, (*path, field.name))
                continue
            near = self._nearest(key.text, [name for name in fields if name not in written])
            guessed.add(near)
            expected = (
                tr("did you mean “{word}”?", word=near) if near else tr("known here: {words}", words=", ".join(fields))
            )
            self._refuse(key.mark, tr("unknown key “{key}”", key=shown(key.text)), expected)
        missing = [f for f in kind.fields if f.required and f.name not in values and f.encode_name not in guessed]
        for field in missing:
            what = tr("the key “{key}” is missing", key=field.encode_name)
            self._refuse(node.mark, what, tr("expected: {kinds}", kinds=self._kinds(field.type)))
        kept = {key: value for key, value in values.items() if value is not _BAD}
        if any(field.required and field.name not in kept for field in kind.fields):
            return _BAD
        built: object = kind.cls(**kept)
        if check := self._checks.get(kind.cls):  # also beside what was refused: all is said at once
            check(built, path, self)
        return built if len(self.problems) == before else _BAD

    def _kinds(self, kind: shape.Type) -> str:
        words: list[str] = []
        for option in _options(kind):
            if isinstance(option, shape.LiteralType):
                words.extend(str(value) for value in option.values)
            words.extend(self.tr(word) for sort, word in _WANTED if isinstance(option, sort))
        return " / ".join(words)

    def _list(self, node: Sequence, kind: shape.VarTupleType, path: Path) -> object:
        tr = self.tr
        if kind.min_length is not None and len(node.items) < kind.min_length:
            return self._refuse(node.mark, tr("the list is empty"), tr("at least {n} expected", n=kind.min_length))
        if kind.max_length is not None and len(node.items) > kind.max_length:
            what = tr("the list is too long ({n})", n=len(node.items))
            return self._refuse(node.mark, what, tr("at most {n} are expected", n=kind.max_length))
        values = [self.value(item, kind.item_type, (*path, n)) for n, item in enumerate(node.items)]
        return _BAD if any(value is _BAD for value in values) else tuple(values)

    def _scalar(self, node: Scalar, kind: shape.Type, reads: str | None) -> object:
        if reads == "duration":
            return self._duration(node, cast("shape.IntType", kind))
        if isinstance(kind, shape.StrType):
            return self._text(node, kind, reads)
        if isinstance(kind, shape.LiteralType):
            return self._choice(node, kind)
        if isinstance(kind, shape.DateType):
            return self._date(node)
        if isinstance(kind, shape.FloatType):
            return self._number(node, kind)
        return node.text == "true"

    def _duration(self, node: Scalar, kind: shape.IntType) -> object:
        tr = self.tr
        seconds = read_duration(node.text)
        if seconds is None and node.sort != "int":
            what = tr("“{value}” is not a length of time", value=shown(node.text))
            return self._refuse(node.mark, what, tr("20, 20m, 1h, 1h30, 90 min or 51m40s is expected"))
        least, most = kind.ge or 0, kind.le or 0
        if seconds is None or not least <= seconds <= most:
            expected = tr("from {least} to {most} is expected", least=write_duration(least), most=write_duration(most))
            return self._refuse(node.mark, tr("“{value}” is out of range", value=shown(node.text)), expected)
        return seconds

    def _text(self, node: Scalar, kind: shape.StrType, reads: str | None) -> object:
        tr = self.tr
        kept = normalise(node.text)
        text = one_line(kept.text) if reads == "line" else kept.text
        if kind.min_length and len(text) < kind.min_length:
            return self._refuse(node.mark, tr("the text is empty"), tr("text is expected"))
        if kind.max_length is not None and len(text) > kind.max_length:
            what = tr("the text is too long ({n} characters)", n=len(text))
            return self._refuse(node.mark, what, tr("at most {n} are expected", n=kind.max_length))
        if kind.pattern and not re.search(kind.pattern, text):
            expected = tr('a time such as "09:30" is expected') if reads == "time" else tr(_LOOKS[kind.pattern])
            return self._refuse(node.mark, tr("“{value}” cannot be used here", value=shown(text)), expected)
        if kept.removed:
            what = tr("characters that cannot be shown were taken out of “{text}”", text=shown(text))
            self.notes.append(Problem(self._name, *node.mark, what))
        return text

    def _choice(self, node: Scalar, kind: shape.LiteralType) -> object:
        tr, words = self.tr, [str(value) for value in kind.values]
        if node.text in words:
            return kind.values[words.index(node.text)]
        expected = tr("expected one of: {words}", words=", ".join(words))
        if near := self._nearest(node.text, words):
            expected = tr("did you mean “{word}”? ({expected})", word=near, expected=expected)
        return self._refuse(node.mark, tr("“{value}” is not known here", value=shown(node.text)), expected)

    def _date(self, node: Scalar) -> object:
        expected = self.tr("a date such as 2026-11-24 is expected")
        if _DATE.match(node.text):
            try:
                return datetime.date.fromisoformat(node.text)
            except ValueError:
                what = self.tr("“{value}” is not in the calendar", value=node.text)
                return self._refuse(node.mark, what, expected)
        return self._refuse(node.mark, self.tr("“{value}” is not a date", value=shown(node.text)), expected)

    def _number(self, node: Scalar, kind: shape.FloatType) -> object:
        number = float(node.text)
        least, most = kind.ge or 0, kind.le if kind.le is not None else float("inf")
        if least <= number <= most:
            return number
        expected = self.tr("from {least} to {most} is expected", least=least, most=most)
        return self._refuse(node.mark, self.tr("“{value}” is out of range", value=shown(node.text)), expected)

    def _nearest(self, word: str, known: list[str]) -> str | None:
        if len(self.problems) > MAX_PROBLEMS:  # nobody reads on, and looking costs time
            return None
        found = difflib.get_close_matches(word[:60].lower(), known, n=1, cutoff=0.6)
        return found[0] if found else None


Check = Callable[[Any, Path, Reading], None]


def _plain(kind: shape.Type) -> tuple[shape.Type, str | None]:
    reads = None
    while isinstance(kind, shape.Metadata):
        reads = (kind.extra or {}).get("reads", reads)
        kind = kind.type
    return kind, reads


def _options(kind: shape.Type) -> list[shape.Type]:
    kind, _ = _plain(kind)
    return [one for option in kind.types for one in _options(option)] if isinstance(kind, shape.UnionType) else [kind]


def _fits(node: Node, kind: shape.Type) -> bool:
    if isinstance(kind, shape.UnionType):
        return any(_fits(node, option) for option in _options(kind))
    if isinstance(kind, shape.StructType | shape.VarTupleType):
        return isinstance(node, strict_yaml.Mapping if isinstance(kind, shape.StructType) else Sequence)
    if not isinstance(node, Scalar) or isinstance(kind, shape.NoneType):
        return False
    if isinstance(kind, shape.BoolType):
        return node.sort == "bool"
    if isinstance(kind, shape.FloatType):
        return node.sort in ("int", "float")
    if isinstance(kind, shape.LiteralType) and not isinstance(kind.values[0], str):
        return node.sort == "int"
    if isinstance(kind, shape.IntType):  # a duration
        return node.sort in ("int", "float", "text")
    return node.sort == "text"


def _is_name(node: Node, kind: shape.Type) -> bool:
    """Whether a text stands where a mapping may be named by its first key alone."""
    return isinstance(node, Scalar) and node.sort == "text" and _plain(kind)[1] == "named"


@cache
def _type_info(as_type: type) -> shape.Type:
    return shape.type_info(as_type)


def load_marked(
    data: bytes, as_type: type[T], *, name: str, tr: Translator, checks: Mapping[type, Check] | None = None
) -> Loaded[T]:
    """The file's value and its marks; raises `Problems` with all that is wrong, in the order of the file.

    `checks` are called with each value of their type, its path and the reading, and refuse what no field shows alone.
    """
    tree = strict_yaml.parse(data, name=name, tr=tr)
    reading = Reading(name, tr, checks or {})
    reading.problems.extend(tree.problems)
    value = reading.value(tree.root, _type_info(as_type), ())
    if problems := sorted(reading.problems, key=lambda problem: (problem.line, problem.column)):
        more = len(problems) - MAX_PROBLEMS
        if more > 0:
            what = tr.ntr("and {n} other problem", "and {n} other problems", more)
            problems = [*problems[:MAX_PROBLEMS], Problem(name, 0, 0, what)]
        raise Problems(problems)
    return Loaded(cast("T", value), reading.marks, reading.notes)


def load(data: bytes, as_type: type[T], *, name: str, tr: Translator) -> T:
    """The file's value; raises `Problems` with all that is wrong, in the order of the file."""
    return load_marked(data, as_type, name=name, tr=tr).value
