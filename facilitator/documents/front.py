"""A document cut at its front matter, and that of newsletters: facts at the top, as restricted YAML.

Reading knows text, lists and mappings only: no tags, no anchors, no aliases, no key twice, bounded in size and depth.
Values get their types from the structures below.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterable, Sequence
from typing import Any

import msgspec
import yaml
from msgspec import Struct

from facilitator.core.network import Language
from facilitator.core.text import normalise

FORMAT = 1
MAX_FRONT = 64 * 1024
MAX_DEPTH = 8


class NewsletterFront(Struct, frozen=True, omit_defaults=True):
    """The facts of a newsletter. `fed` holds, for each meeting, what has been put into it once."""

    format: int
    newsletter: str
    language: Language
    fed: dict[str, tuple[str, ...]] = {}


class FrontUnreadable(ValueError):
    """A document's front matter cannot be read: the file is left to the person who wrote it."""


class Split(Struct, frozen=True):
    """A document in lines. `body` is the index of the first line after the front matter, 0 when there is none."""

    lines: list[str]
    body: int

    @property
    def front(self) -> str:
        """The YAML between the two fences."""
        return "\n".join(line.rstrip("\r") for line in self.lines[1 : self.body - 1])


def split(text: str) -> Split:
    """The document cut at its front matter. Lines keep a carriage return they end with; a byte order mark is no text."""
    lines = text.split("\n")
    if lines[0].removeprefix("\ufeff").rstrip() != "---":
        return Split(lines, 0)
    for place, line in enumerate(lines[1:4_000], 1):
        if line.rstrip() in ("---", "..."):
            return Split(lines, place + 1)
    return Split(lines, 0)


def write_front(front: NewsletterFront) -> str:
    """The front matter with its two fences, ending in a newline."""
    data = msgspec.to_builtins(front, builtin_types=(datetime.date,))
    return f"---\n{dump(data)}---\n"


def dump(data: dict[str, Any]) -> str:
    """Plain YAML in the order given: a key a line, lists in brackets."""
    return yaml.dump(
        data, Dumper=_Dumper, allow_unicode=True, sort_keys=False, width=1_000_000, default_flow_style=False
    )


def read_front(text: str) -> NewsletterFront:
    """The facts in the YAML between the fences; raises FrontUnreadable."""
    if len(text) > MAX_FRONT:
        raise FrontUnreadable
    try:
        data = yaml.load(text, _Loader)  # noqa: S506  # the loader below builds text, lists and mappings only
        return msgspec.convert(_clean(data, MAX_DEPTH), NewsletterFront, strict=False)
    except (yaml.YAMLError, ValueError, RecursionError, msgspec.ValidationError, TypeError) as error:
        raise FrontUnreadable from error


def _clean(value: Any, depth: int) -> Any:  # noqa: ANN401  # YAML that was just read
    if depth < 0:
        raise FrontUnreadable
    if isinstance(value, dict):
        return {_clean(key, 0): _clean(inner, depth - 1) for key, inner in value.items()}
    if isinstance(value, list):
        return [_clean(inner, depth - 1) for inner in value]
    return normalise(str(value)).text


class _Dumper(yaml.SafeDumper):
    """Lists on one line."""

    def represent_list(self, data: Iterable[Any]) -> yaml.SequenceNode:
        return self.represent_sequence("tag:yaml.org,2002:seq", data, flow_style=True)

    def ignore_aliases(self, data: Any) -> bool:  # noqa: ANN401, ARG002  # as PyYAML declares it
        return True


_Dumper.add_representer(list, _Dumper.represent_list)
_Dumper.add_representer(tuple, _Dumper.represent_list)


class _Loader(yaml.SafeLoader):
    """Scalars are text; what can multiply or refer is refused."""

    yaml_implicit_resolvers: dict[str, Sequence[tuple[str, re.Pattern[str]]]] = {}  # noqa: RUF012  # as PyYAML declares it

    depth = 0

    def compose_node(self, parent: yaml.Node | None, index: int) -> yaml.Node | None:
        event = self.peek_event()  # type: ignore[no-untyped-call]
        refers = isinstance(event, yaml.AliasEvent) or event.anchor is not None
        if refers or getattr(event, "tag", None) is not None or self.depth > MAX_DEPTH:
            raise FrontUnreadable
        self.depth += 1
        node = super().compose_node(parent, index)
        self.depth -= 1
        return node

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Any, Any]:  # noqa: FBT001, FBT002, ARG002
        pairs = [
            (self.construct_object(key, deep=True), self.construct_object(value, deep=True))
            for key, value in node.value
        ]
        found = {key: value for key, value in pairs if isinstance(key, str)}
        if len(found) != len(pairs):
            raise FrontUnreadable
        return found
