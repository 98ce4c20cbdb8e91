"""Every option of every command, found by walking the parsers: what argparse makes of odd words is never taken for a value."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from facilitator.cli.commands import COMMANDS
from facilitator.cli.main import parser_of
from facilitator.cli.parser import COMMON, Parser, Usage, speak
from facilitator.i18n import translator

# What takes the place of the words of a command, for those that are chosen from a list.
WORDS = {"add": ("news", "x"), "send": ("Q1", "drop"), "kind": ("Q1", "need")}
NEWS = ("add", "news", "AMI")


@pytest.fixture(params=COMMANDS)
def walked(request) -> tuple[Parser, tuple[str, ...]]:
    """The parser of a command, and words that it takes."""
    tr = translator("fr")
    speak(tr)
    parser, _ = parser_of(tr, request.param)
    needed = [action for action in parser._get_positional_actions() if action.nargs not in ("?", "*")]
    return parser, WORDS.get(request.param, tuple("x" for _ in needed))


def options(parser: Parser) -> Iterator[tuple[str, bool]]:
    """Each option but the one that asks for help, and whether it has a value."""
    for action in parser._actions:
        for option in action.option_strings:
            if option not in ("-h", "--help"):
                yield option, action.nargs != 0


@pytest.mark.sampled(16)
def test_two_hyphens_are_the_value_of_no_option(walked):
    parser, words = walked
    for option, _ in options(parser):
        for given in ([*words, f"{option}=--"], [f"{option}=--", *words], [*words, f"{option}=--", "--", "y"]):
            with pytest.raises(Usage) as problem:
                parser.read(given)
            assert option in str(problem.value)


@pytest.mark.sampled(16)
def test_what_follows_two_hyphens_is_the_value_of_no_option(walked):
    parser, words = walked
    for option, valued in options(parser):
        for given in ([option], [option, "--"], [option, "--", "--"]) if valued else ([f"{option}=x"], [f"{option}="]):
            with pytest.raises(Usage):
                parser.read([*words, *given])


def test_an_option_has_one_text_or_several_or_none(walked):
    parser, words = walked
    for option, valued in options(parser):
        if not valued:
            continue
        action = parser._option_string_actions[option]
        counts = action.type is int
        value = next(iter(action.choices)) if action.choices else "12" if counts else "--x"
        for given in (value, "-", "---", "a b") if value == "--x" else (value,):
            found = getattr(parser.read([*words, f"{option}={given}"]), action.dest)
            assert found in ((int(given),) if counts else (given, [given]))


@pytest.mark.sampled(16)
def test_of_an_option_that_has_one_value_no_other_is_lost(walked):
    parser, words = walked
    for option, valued in options(parser):
        action = parser._option_string_actions[option]
        if not valued or action.nargs is not None:
            continue
        one, other = [*action.choices, "x"][:2] if action.choices else ("1", "2")
        several = type(action).__name__ == "_AppendAction"
        if option in COMMON:  # an alias of the shell says the first
            found = parser.read([option, other, *words, f"{option}={one}"])
            assert getattr(found, action.dest) == one
            continue
        for given in ([f"{option}={one}", option, other], [option, one, f"{option}="], [option, other, option, one]):
            if several:
                assert len(getattr(parser.read([*words, *given]), action.dest)) == 2
                continue
            with pytest.raises(Usage) as problem:
                parser.read([*words, *given])
            assert option in str(problem.value)
        assert str(getattr(parser.read([option, one, *words, f"{option}={one}"]), action.dest)) in (
            one,
            f"{[one, one]}",
        )


@pytest.mark.parametrize("words", [["--due", "2026-12-10", "--due", "2026-12-11"], ["--theme", "a", "--theme", "b"]])
def test_a_value_that_another_would_take_the_place_of_is_said_with_both(meeting, words):
    said = meeting("add", "action", "Une charte", *words)
    assert said.code == 2 and f"{words[0]} : dite deux fois : « {words[1]} », puis « {words[3]} »" in said.err
    assert meeting("entries", "--json").json == []


def test_what_is_said_last_of_the_language_and_the_place_is_what_is_spoken(meeting, network, tmp_path, monkeypatch):
    assert "Noted" in meeting("--lang", "fr", "add", "note", "x", "--lang=en").err
    assert "Noté" in meeting("--lang=en", "add", "note", "x", "--lang", "fr").err
    monkeypatch.delenv("LANGUAGE")
    (tmp_path / "other").mkdir()
    (tmp_path / "other" / "facilitator.yaml").write_text("language: en\n")
    elsewhere = meeting("--workspace", str(network), "status", "--workspace", str(tmp_path / "other"))
    assert "There is no meeting" in elsewhere.err


@pytest.mark.parametrize("option", ["--workspace", "--meeting", "--at"])
@pytest.mark.parametrize("before", [True, False])
def test_nothing_is_no_place_no_meeting_and_no_time(meeting, option, before):
    words = ("add", "note", "x")
    for given in ((f"{option}=",), (option, "")):
        said = meeting(*given, *words) if before else meeting(*words, *given)
        assert said.code == 2 and f"{option} : une valeur est attendue" in said.err
    assert meeting("entries", "--json").json == []


@pytest.mark.sampled(16)
def test_what_only_begins_as_the_asking_for_help_is_wrong_usage(walked, capsys):
    parser, words = walked
    for word in ("-h0", "-hx", "-h-", "-h=", "-h--", "-hh", "--help=0", "--help=", "--helpe"):
        with pytest.raises(Usage, match=word):
            parser.read([*words, word])
    assert capsys.readouterr().out == ""


@pytest.mark.parametrize(
    "option", ["--type", "--by", "--due", "--link", "--level", "--at", "--meeting", "--lang", "--workspace"]
)
def test_such_words_exit_2_and_write_nothing(meeting, network, option):
    def journal():
        return {path: path.read_bytes() for path in network.rglob("*.jsonl")}

    before = journal()
    said = meeting(*NEWS, f"{option}=--")
    assert said.code == 2 and said.out == "" and option in said.err and "imprévu" not in said.err
    assert journal() == before
    assert meeting("entries", "--json").json == []
