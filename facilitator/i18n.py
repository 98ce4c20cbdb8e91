"""Languages: gettext catalogues, one instance for each language in use.

The screen and the documents may speak different languages at once, so nothing here is global.
English is the language of the messages themselves; `fr` is a complete catalogue.
"""

from __future__ import annotations

import gettext
from collections.abc import Mapping
from functools import cache
from pathlib import Path

LANGUAGES = ("fr", "en")
_FOLDER = Path(__file__).parent / "locale"


class Translator:
    """The words of one language. Placeholders are `{name}`, filled from keyword values."""

    def __init__(self, language: str, catalogue: gettext.NullTranslations) -> None:
        self.language = language
        self._catalogue = catalogue

    def __call__(self, message: str, **values: object) -> str:
        """The message in this language."""
        return _filled(self._catalogue.gettext(message), values)

    def ptr(self, context: str, message: str, **values: object) -> str:
        """The message in this language, where one English word has several translations."""
        return _filled(self._catalogue.pgettext(context, message), values)

    def ntr(self, one: str, many: str, n: int, **values: object) -> str:
        """The message for `n` things; `{n}` is filled with the number."""
        return _filled(self._catalogue.ngettext(one, many, n), {"n": n, **values})


def _filled(message: str, values: Mapping[str, object]) -> str:
    return message.format_map(values) if values else message


class Foreseen(Exception):
    """A failure that was foreseen: each class of them knows the sentence that a person is told."""

    def sentence(self, tr: Translator) -> str:
        """What is said of it."""
        raise NotImplementedError


def N_(message: str) -> str:  # noqa: N802  # the name xgettext knows
    """Mark a message for extraction; it is translated later with `tr(message)`."""
    return message


@cache
def translator(language: str) -> Translator:
    """The translator of `fr` or `en`; an unknown language speaks French."""
    chosen = language if language in LANGUAGES else "fr"
    if chosen == "en":
        return Translator(chosen, gettext.NullTranslations())
    return Translator(chosen, gettext.translation("facilitator", _FOLDER, languages=[chosen]))


def ui_language(flag: str | None, environ: Mapping[str, str], workspace: str | None = None) -> str:
    """The language of the screen: the flag, else what the environment says read as text, else the workspace's, else French.

    `C` and `POSIX` say nothing; a locale the machine lacks works all the same.
    """
    if flag:
        return flag
    for name in ("LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG"):
        for value in environ.get(name, "").split(":"):
            code = value.split(".")[0].split("@")[0].split("_")[0].lower()
            if code in LANGUAGES:
                return code
    return workspace if workspace in LANGUAGES else "fr"
