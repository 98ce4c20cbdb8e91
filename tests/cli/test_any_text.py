"""Any text, given any way, is kept as the core keeps it."""

from __future__ import annotations

from examples import examples
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from facilitator.cli.parser import Literal, Parser, Usage, speak
from facilitator.core.text import normalise
from facilitator.i18n import translator

TEXTS = st.text(st.characters(exclude_characters="\0", exclude_categories=["Cs"]), min_size=1, max_size=80)


def parser() -> Parser:
    speak(translator("en"))
    parser = Parser(translator("en"), "add", "x")
    parser.add_argument("kind", choices=("note", "question"))
    parser.add_argument("text")
    parser.add_argument("--by")
    parser.common(at=True)
    return parser


@given(text=TEXTS)
def test_what_follows_two_hyphens_is_literal(text):
    values = parser().read(["note", "--by", "Awa", "--", text])
    assert (values.kind, values.by, values.text) == ("note", "Awa", text)
    assert isinstance(values.text, Literal) == (text[0] == "-")


@given(
    words=st.lists(
        st.one_of(TEXTS, st.sampled_from(["--", "-", "--by", "--at", "note", "question", "-h1"])), max_size=6
    )
)
@example(words=["note", "-h0"])
def test_any_words_are_values_or_wrong_usage(words):
    try:
        values = parser().read([word for word in words if word not in ("-h", "--help")])
    except Usage as problem:
        assert "usage:" in str(problem) and "\0" not in str(problem)
    else:
        assert "\0" not in values.text


@settings(max_examples=examples(20), deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(text=TEXTS)
def test_a_text_is_kept_as_the_core_normalises_it(meeting, text):
    kept = normalise(text).text
    said = meeting("add", "note", "--", text)
    assert said.code == (0 if kept else 1)
    if kept:
        assert kept in [one["text"] for one in meeting("entries", "note", "--json").json]
