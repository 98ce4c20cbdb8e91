"""What a file may hold, made from the types: a JSON Schema for editors, a reference of the keys for people.

`python -m facilitator.documents.schema` writes the schemas that are shipped; a test compares them.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Any, cast

import msgspec
import msgspec.inspect as shape
from msgspec import Struct

from facilitator.core.agenda import Agenda
from facilitator.core.duration import write_duration
from facilitator.core.network import Network
from facilitator.i18n import Translator

FILES: dict[str, type[Struct]] = {"agenda.schema.json": Agenda, "facilitator.schema.json": Network}

# What core.duration reads; ECMA regular expressions know no flag for case.
_MINUTES = r"[mM]([iI][nN]([uU][tT][eE][sS]?)?)?"
_HOURS = r"[hH]([oO][uU][rR][sS]?|[eE][uU][rR][eE][sS]?)?"
# A mapping may be named by its first key alone.
_NAME = {"type": "string", "minLength": 1, "maxLength": 200}
_SPACE = "[ \u00a0\u202f]?"
_SEAL = '  "$comment": "Written by facilitator, again when it changes, unless somebody changed it by hand. {}",'
_SECONDS = rf"({_SPACE}[0-9]{{1,2}}{_SPACE}[sS]([eE][cC]([sS]|[oO][nN][dD][eE]?[sS]?)?)?)?"
_DURATION = (
    rf"^ *([0-9]{{1,3}}{_SPACE}{_HOURS}({_SPACE}[0-9]{{1,2}}|({_SPACE}[0-9]{{1,2}}{_SPACE}{_MINUTES})?{_SECONDS})"
    rf"|[0-9]{{1,4}}({_SPACE}([mM][nN]|{_MINUTES}){_SECONDS})?) *$"
)


def schema(of: type[Struct] = Agenda) -> dict[str, Any]:
    """The JSON Schema (draft 7, which every editor reads) of the files that hold this type."""
    _, made = msgspec.json.schema_components([of], ref_template="#/definitions/{name}")
    definitions = {name: _in_draft_7(node) for name, node in made.items()}
    own = definitions.pop(of.__name__)
    return {"$schema": "http://json-schema.org/draft-07/schema#", **own, "definitions": definitions}


@cache
def _may_be_named() -> frozenset[str]:
    """The mappings that may be named by their first key alone (`place: Castel`), as the schema refers to them."""
    fields = [field.type for of in FILES.values() for field in cast("shape.StructType", shape.type_info(of)).fields]
    options = [option for kind in fields for option in (kind.types if isinstance(kind, shape.UnionType) else (kind,))]
    named = [
        kind for kind in options if isinstance(kind, shape.Metadata) and (kind.extra or {}).get("reads") == "named"
    ]
    return frozenset(f"#/definitions/{cast('shape.StructType', kind.type).cls.__name__}" for kind in named)


def _in_draft_7(node: dict[str, Any]) -> dict[str, Any]:
    """What msgspec says of a type, without its name and what says nothing, and with what it cannot say."""
    said: dict[str, Any] = {key: value for key, value in node.items() if key != "title" and (value or value is False)}
    if not isinstance(said.get("default"), bool | float | str):
        said.pop("default", None)
    if "items" in said:
        said["items"] = _in_draft_7(said["items"])
    if "properties" in said:
        said["properties"] = {key: _in_draft_7(value) for key, value in said["properties"].items()}
    if "anyOf" in said:
        # "Or nothing" comes last, whatever the version of msgspec.
        options = sorted(said["anyOf"], key=lambda option: option.get("type") == "null")
        names = [_NAME for option in options if option.get("$ref") in _may_be_named()]
        said["anyOf"] = [_in_draft_7(option) for option in (*names, *options)]
        described = [option.pop("description") for option in said["anyOf"] if "description" in option]
        said |= {"description": described[0]} if described else {}
    if said.get("format") == "date":
        said["pattern"] = "^[0-9]{4}-[0-9]{2}-[0-9]{2}$"
    if said.get("type") == "integer":  # in these files a whole number is a length of time
        minutes = {"type": said.pop("type"), **{key: said.pop(key) // 60 for key in ("minimum", "maximum")}}
        said["anyOf"] = [minutes, {"type": "string", "pattern": _DURATION}]
    if "$ref" in said and len(said) > 1:  # what stands beside a reference counts for nothing in draft 7
        said["allOf"] = [{"$ref": said.pop("$ref")}]
    return said


def schema_text(of: type[Struct]) -> str:
    """The schema as it is shipped; its second line holds the SHA-256 of all the others."""
    text = msgspec.json.format(msgspec.json.encode(schema(of)), indent=2).decode() + "\n"
    head, rest = text.split("\n", 1)
    return f"{head}\n{_SEAL.format(_digest(text))}\n{rest}"


def is_as_written(text: str) -> bool:
    """Whether a schema is as this version of the program or another wrote it: nobody has changed it by hand since."""
    lines = text.removeprefix("\ufeff").replace("\r\n", "\n").split("\n", 2)
    return len(lines) == 3 and lines[1] == _SEAL.format(_digest(f"{lines[0]}\n{lines[2]}"))


def _digest(text: str) -> str:
    return sha256(text.encode("utf-8", errors="surrogateescape")).hexdigest()


def reference(tr: Translator, of: type[Struct] = Agenda) -> str:
    """The keys of a file as Markdown tables, one for each sort of mapping, in the language of `tr`."""
    head = "| " + " | ".join((tr("Key"), tr("What it holds"), tr("Values"))) + " |\n|---|---|---|"
    parts = []
    for path, kind in _mappings("", shape.type_info(of)):
        rows = [f"| {_name(field)} | {_described(field.type, tr)} | {_values(field.type)} |" for field in kind.fields]
        title = [f"### `{path}`", ""] if path else []
        parts.append("\n".join([*title, tr(_doc(kind)), "", head, *rows]))
    return "\n\n".join([*parts, tr("In bold: required.")]) + "\n"


def _mappings(path: str, kind: shape.Type) -> Iterator[tuple[str, shape.StructType]]:
    for option in _bare(kind):
        if isinstance(option, shape.StructType):
            yield path, option
            for field in option.fields:
                yield from _mappings(f"{path}.{field.encode_name}".lstrip("."), field.type)
        elif isinstance(option, shape.VarTupleType):
            yield from _mappings(f"{path}[]", option.item_type)


def _bare(kind: shape.Type) -> Iterator[shape.Type]:
    """The type without its annotations, or those it may be."""
    while isinstance(kind, shape.Metadata):
        kind = kind.type
    if isinstance(kind, shape.UnionType):
        for option in kind.types:
            yield from _bare(option)
    else:
        yield kind


def _name(field: shape.Field) -> str:
    return f"**`{field.encode_name}`**" if field.required else f"`{field.encode_name}`"


def _doc(kind: shape.StructType) -> str:
    return (kind.cls.__doc__ or "").strip()


def _described(kind: shape.Type, tr: Translator) -> str:
    """The description of a key, or of what it holds."""
    if isinstance(kind, shape.Metadata):
        words = (kind.extra_json_schema or {}).get("description")
        return tr(words) if words else ""
    if isinstance(kind, shape.UnionType):
        return next((words for option in kind.types if (words := _described(option, tr))), "")
    return tr(_doc(kind)) if isinstance(kind, shape.StructType) else ""


def _values(kind: shape.Type) -> str:
    words: list[str] = []
    for option in _bare(kind):
        if isinstance(option, shape.LiteralType):
            words.extend(f"`{value}`" for value in option.values)
        elif isinstance(option, shape.BoolType):
            words.extend(("`true`", "`false`"))
        elif isinstance(option, shape.FloatType):
            words.append(f"{option.ge:g}–{option.le:g}")
        elif isinstance(option, shape.IntType):
            words.append(f"{write_duration(option.ge or 0)}–{write_duration(option.le or 0)}")
    return ", ".join(words)


def write_schemas(folder: Path) -> None:
    """Write the schemas that are shipped into this folder."""
    for name, of in FILES.items():
        (folder / name).write_text(schema_text(of), encoding="utf-8", newline="\n")


if __name__ == "__main__":
    here = Path(__file__).parent
    write_schemas(here)
    (here.parent.parent / "agendas" / "agenda.schema.json").write_text(
        schema_text(Agenda), encoding="utf-8", newline="\n"
    )
