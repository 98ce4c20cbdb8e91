"""The catalogues: compiled into the package when it is built, kept in step with the code by hand.

python hatch_build.py                compile every .po into the .mo beside it
python hatch_build.py update [PO]…   extract the messages, take over the translations of each PO, write the .po files
python hatch_build.py missing        name the messages without translation
"""

from __future__ import annotations

import ast
import compileall
import functools
import io
import json
import re
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from babel.messages.catalog import Catalog, Message
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

if TYPE_CHECKING:
    from hatchling.builders.hooks.plugin.interface import BuildHookInterface
else:
    try:
        from hatchling.builders.hooks.plugin.interface import BuildHookInterface
    except ModuleNotFoundError:  # in a checkout, run by hand, hatchling need not be there
        BuildHookInterface = object

ROOT = Path(__file__).resolve().parent
DOMAIN = "facilitator"
LANGUAGES = ("fr",)  # English is the language of the messages themselves
# The forms a language counts in, stated here: what Babel knows of them differs from one version to the next.
PLURALS = {"fr": "nplurals=2; plural=(n > 1);"}
_Words = str | tuple[str, ...] | list[str]
# Headers that would change at every run, and say nothing.
_RESTLESS = re.compile(
    rb'^"(POT-Creation-Date|PO-Revision-Date|Last-Translator|Language-Team|Generated-By|Report-Msgid-Bugs-To)[^\n]*\n',
    re.MULTILINE,
)


class CustomBuildHook(BuildHookInterface):  # type: ignore[type-arg]  # not generic in every version
    """Compiles the catalogues before a wheel, or an editable install, is made; for the latter, the program too."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Compile; hatchling calls this with the kind of build and what it will hold."""
        del build_data
        compile_all()
        if version == "editable":  # of a wheel, the installer does it
            compileall.compile_dir(ROOT / "facilitator", quiet=1)


def catalogue_path(language: str) -> Path:
    """Where the catalogue of a language is kept."""
    return ROOT / "facilitator" / "locale" / language / "LC_MESSAGES" / f"{DOMAIN}.po"


def compile_all() -> None:
    """Write a .mo beside every .po; one that says the same already is left, for a program that is reading it."""
    for language in LANGUAGES:
        source, made = catalogue_path(language), io.BytesIO()
        with source.open("rb") as read:
            write_mo(made, read_po(read, locale=language))
        compiled = source.with_suffix(".mo")
        if not compiled.exists() or compiled.read_bytes() != made.getvalue():
            compiled.write_bytes(made.getvalue())


@functools.cache
def extracted() -> Catalog:
    """Every message of the code: the literals given to `tr`, `tr.ntr`, `tr.ptr` and `N_`, and what the schemas say of keys.

    Read from the syntax tree: Babel's own reader, which works on tokens, does not look into f-strings before Python 3.12.
    """
    catalogue = _empty(None)
    for path in sorted((ROOT / "facilitator").rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            message = _message(node) if isinstance(node, ast.Call) else None
            if message:
                catalogue.add(message[0], context=message[1])
    for path in sorted((ROOT / "facilitator").rglob("*.schema.json")):
        for words in _described(json.loads(path.read_text(encoding="utf-8"))):
            catalogue.add(words)
    return catalogue


def _described(node: object) -> Iterator[str]:
    """Every description in a schema; a key of that name holds no text there."""
    for key, value in node.items() if isinstance(node, dict) else enumerate(node) if isinstance(node, list) else ():
        if key == "description" and isinstance(value, str):
            yield value
        yield from _described(value)


def _message(call: ast.Call) -> tuple[str | tuple[str, str], str | None] | None:
    """The message that a call names, and its context; None for any other call."""
    name = call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", None)
    texts = [one.value for one in call.args[:2] if isinstance(one, ast.Constant) and isinstance(one.value, str)]
    match name, texts:
        case (("tr" | "N_"), [message, *_]):
            return message, None
        case "ntr", [one, many]:
            return (one, many), None
        case "ptr", [context, message]:
            return message, context
    return None


def read_catalogue(path: Path, language: str) -> Catalog:
    """The catalogue of a file; an empty one when there is no file."""
    if not path.exists():
        return _empty(language)
    data = path.read_bytes()
    if b"Content-Type" not in data:
        head = f'"Content-Type: text/plain; charset=UTF-8\\n"\n"Plural-Forms: {PLURALS[language]}\\n"'
        data = f'msgid ""\nmsgstr ""\n{head}\n\n'.encode() + data
    return read_po(io.BytesIO(data), locale=language)


def update(fragments: Sequence[Path]) -> None:
    """Bring the catalogues in step with the code: what is no longer used goes, what a fragment translates comes in."""
    for language in LANGUAGES:
        text = text_of(updated(language, fragments))
        path = catalogue_path(language)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text)
    compile_all()


def updated(language: str, fragments: Sequence[Path] = ()) -> Catalog:
    """The catalogue of a language in step with the code."""
    sources = [read_catalogue(path, language) for path in (*fragments, catalogue_path(language))]
    catalogue = _empty(language)
    for message in extracted():
        if message.id:
            catalogue.add(message.id, _translation(message, sources), context=message.context)
    return catalogue


def text_of(catalogue: Catalog) -> bytes:
    """A catalogue as it is kept: sorted, without dates and places."""
    written = io.BytesIO()
    write_po(written, catalogue, width=120, sort_output=True, no_location=True)
    return _RESTLESS.sub(b"", written.getvalue())


def untranslated(language: str) -> list[str]:
    """The messages of the code that the catalogue of a language lacks, in any of their forms."""
    catalogue = read_catalogue(catalogue_path(language), language)
    missing = []
    for message in extracted():
        if message.id:
            string = _translation(message, [catalogue])
            if not string or not all([string] if isinstance(string, str) else string):
                missing.append(message.id if isinstance(message.id, str) else message.id[0])
    return missing


def _empty(language: str | None) -> Catalog:
    catalogue = Catalog(locale=language, domain=DOMAIN, project=DOMAIN, header_comment="", fuzzy=False)
    if language:
        catalogue.mime_headers = [("Plural-Forms", PLURALS[language])]
    return catalogue


def _translation(message: Message, sources: list[Catalog]) -> _Words:
    for source in sources:
        found = source.get(message.id, message.context)
        if found is not None and found.string and (isinstance(found.string, str) or all(found.string)):
            return found.string
    return ("", "") if isinstance(message.id, (list, tuple)) else ""


def _main(arguments: list[str]) -> int:
    match arguments:
        case []:
            compile_all()
        case ["update", *fragments]:
            update([Path(name) for name in fragments])
        case ["missing"]:
            missing = [f"{language}: {message}" for language in LANGUAGES for message in untranslated(language)]
            sys.stdout.write("".join(f"{line}\n" for line in missing))
            return 1 if missing else 0
        case _:
            sys.stderr.write(__doc__ or "")
            return 2
    return 0


if __name__ == "__main__":
    sys.exit(_main(sys.argv[1:]))
