"""The catalogues are complete, in step with the code, and typeset as French is."""

from __future__ import annotations

import ast
import functools
import re
from collections import Counter
from pathlib import Path

import pytest
from babel.messages.catalog import Message

import hatch_build
from facilitator.i18n import translator

ROOT = Path(__file__).parents[2]
PLACEHOLDER = re.compile(r"\{[a-z_]*\}|%(?:\([a-z_]+\))?[sr]")
# A sign that French sets apart with a no-break space: the narrow one before ; ! ?, the wide one before : and inside « ».
BARE = re.compile(r"[ ](?=[;:!?»])|«[ ]|«(?=\S)(?!\u00a0)|(?<![\s\u00a0])»")
# Signs that touch a word: times, addresses, keys and code are no sentences.
TOUCHING = re.compile(r"[^\W\d_][;!?]|[^\W\d_]:(?=\s|$)")


def forms(message: Message) -> list[str]:
    return [message.string] if isinstance(message.string, str) else list(message.string)


def ids(message: Message) -> list[str]:
    return [message.id] if isinstance(message.id, str) else list(message.id)


@functools.cache
def catalogue(language: str) -> list[Message]:
    found = hatch_build.read_catalogue(hatch_build.catalogue_path(language), language)
    return [message for message in found if message.id]


def key(message: Message) -> tuple[object, ...]:
    return (message.context, *ids(message))


@pytest.mark.parametrize("language", hatch_build.LANGUAGES)
def test_every_message_of_the_code_is_translated(language):
    assert hatch_build.untranslated(language) == []


@pytest.mark.parametrize("language", hatch_build.LANGUAGES)
def test_the_catalogue_holds_the_messages_of_the_code_and_no_other(language):
    code = {key(message) for message in hatch_build.extracted() if message.id}
    assert {key(message) for message in catalogue(language)} == code


@pytest.mark.parametrize("language", hatch_build.LANGUAGES)
def test_no_translation_is_fuzzy(language):
    assert [message.id for message in catalogue(language) if message.fuzzy] == []


@pytest.mark.parametrize("language", hatch_build.LANGUAGES)
def test_placeholders_are_the_same_in_every_form(language):
    wrong = []
    for message in catalogue(language):
        expected = [Counter(PLACEHOLDER.findall(form)) for form in ids(message)]
        for form in forms(message):
            found = Counter(PLACEHOLDER.findall(form))
            # A form for one thing may say `une question` rather than `{n} question`.
            counted = found | Counter({"{n}": 1}) if len(expected) > 1 else found
            if found not in expected and counted not in expected:
                wrong.append((message.id, form))
    assert wrong == []


def test_french_has_no_break_spaces_where_the_rule_wants_them():
    wrong = []
    for message in catalogue("fr"):
        for form in forms(message):
            prose = re.sub(r"https?://|`[^`]*`|\"[^\"]*\"|\{[a-z_]+\}", lambda found: "x" * len(found[0]), form)
            if BARE.search(prose):
                wrong.append(form)
    assert wrong == []


def test_french_does_not_glue_a_double_sign_to_a_word():
    prose = re.compile(r"https?://\S*|`[^`]*`|\"[^\"]*\"|\S+\.ya?ml:\S*|clé: valeur")
    texts = [form for message in catalogue("fr") for form in forms(message)]
    assert [text for text in texts if TOUCHING.search(prose.sub("", text))] == []


def test_french_has_its_apostrophe():
    wrong = [form for message in catalogue("fr") for form in forms(message) if re.search(r"[^\W\d_]'[^\W\d_]", form)]
    assert wrong == []


@pytest.mark.ci
def test_messages_are_given_as_literals():
    """What is not literal is a name bound to `N_`, never a text put together: extraction would not see it."""
    wrong = []
    for path in sorted((ROOT / "facilitator").rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text())):
            if not isinstance(node, ast.Call) or not node.args:
                continue
            name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
            if name in ("tr", "ntr", "ptr", "N_") and isinstance(node.args[0], ast.JoinedStr | ast.BinOp | ast.IfExp):
                wrong.append(f"{path.name}:{node.lineno}")
    assert wrong == []


@pytest.mark.parametrize("language", hatch_build.LANGUAGES)
def test_the_compiled_catalogue_is_that_of_the_text(language):
    """When this fails, `python hatch_build.py` compiles them."""
    tr = translator(language)
    for message in catalogue(language):
        if isinstance(message.id, str):
            spoken = tr.ptr(message.context, message.id) if message.context else tr(message.id)
            assert spoken == message.string


@pytest.mark.parametrize("language", hatch_build.LANGUAGES)
def test_the_catalogue_counts_as_the_project_says(language):
    """The plural rule is the project's: a newer Babel that knows another one changes nothing."""
    kept = hatch_build.catalogue_path(language).read_text(encoding="utf-8")
    assert f'"Plural-Forms: {hatch_build.PLURALS[language]}\\n"' in kept
    assert {len(forms(message)) for message in catalogue(language) if len(ids(message)) > 1} == {2}


def test_a_fragment_is_merged(tmp_path, monkeypatch):
    monkeypatch.setattr(hatch_build, "catalogue_path", lambda language: tmp_path / language / "x.po")
    fragment = tmp_path / "fragment.po"
    fragment.write_text('msgid "The meeting is closed."\nmsgstr "C’est clos."\n')
    hatch_build.update([fragment])
    assert "C’est clos." in (tmp_path / "fr" / "x.po").read_text()
    assert (tmp_path / "fr" / "x.mo").exists()
