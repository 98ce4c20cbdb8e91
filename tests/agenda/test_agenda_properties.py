"""Any agenda reads back as it was; anything else is refused by its problems and nothing but them; the schema agrees."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from typing import Any, get_args

import jsonschema
import pytest
from examples import examples
from hypothesis import example, given, settings
from hypothesis import strategies as st

from facilitator.core.agenda import Agenda, Carried, NewsItem, Phase, Place, Step, StepKind
from facilitator.core.duration import read_duration
from facilitator.core.network import Network
from facilitator.core.text import normalise, one_line
from facilitator.documents import strict_yaml
from facilitator.documents.agenda import promised_s, read_agenda
from facilitator.documents.agenda_writer import write_agenda
from facilitator.documents.network import read_network
from facilitator.documents.problem import Problem, Problems
from facilitator.documents.schema import schema
from facilitator.i18n import translator

EN = translator("en")
SCHEMA = jsonschema.Draft7Validator(schema())

NASTY = [
    *(
        "no",
        "yes",
        "on",
        "off",
        "y",
        "n",
        "true",
        "false",
        "null",
        "~",
        "09:30",
        "017",
        "1_000",
        "0x1F",
        "1.5",
        "-3",
        "=",
    ),
    *(
        "<<",
        "?",
        "---",
        "...",
        "-",
        "#",
        ":",
        "@",
        "`",
        "%",
        "!",
        "&",
        "*",
        "|",
        ">",
        "\\",
        "'",
        '"',
        "{}",
        "[]",
        "{a:b}",
    ),
    *("!!str", "&a", "*a", "a:b", "a#b", "2026-11-24", "\ufeff", "\ufffe", "\uffff", "\u200d", "\ue000", "é", "…"),
    *("\U0001f469\u200d\U0001f467", "a\\nb", "\\x41", "<script>", "%TAG", "- a", "a: b", "a #b", "a:", "null ", "x y"),
    *("'a'", '"a" b', "? a", "- - -", "key: [", "Ce qu'on garde", "Où ?", "« Où ? »"),
]


def lines(most: int = 200) -> st.SearchStrategy[str]:
    """Text as it is kept: normalised, on one line."""
    loose = (
        st.text(min_size=1, max_size=60)
        | st.sampled_from(NASTY)
        | st.sampled_from(NASTY).map(lambda word: f"a {word} b")
    )
    return loose.map(lambda text: one_line(normalise(text).text)).filter(lambda text: 0 < len(text) <= most)


def minutes(most: int = 1_440) -> st.SearchStrategy[int]:
    """Whole minutes, in seconds."""
    return st.integers(1, most).map(lambda n: n * 60)


def maybe(some: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    """One of these, or nothing."""
    return st.none() | some


LINKS = (
    st.from_regex(r"https?://[^\s<>]{1,40}", fullmatch=True)
    .map(lambda text: normalise(text).text)
    .filter(lambda text: re.fullmatch(r"https?://[^\s<>]+", text) is not None)
)
LEVELS = st.sampled_from(["epci", "departement", "region", "national"])
TIMES = st.times().map(lambda time: f"{time:%H:%M}")
ITEMS = st.builds(
    NewsItem,
    title=lines(),
    type=maybe(st.sampled_from(["report", "funding", "call", "scheme", "event"])),
    link=maybe(LINKS),
    deadline=maybe(st.dates()),
    level=maybe(LEVELS),
)


@st.composite
def steps(draw: st.DrawFn) -> Step:
    """A step whose keys go together."""
    kind: StepKind = draw(st.sampled_from(get_args(StepKind)))
    duration = draw(minutes() | st.integers(60, 86_400))
    left = duration // 60
    phases: list[Phase] = []
    while kind == "workshop" and left and len(phases) < 4 and draw(st.booleans()):
        phases.append(Phase(title=draw(lines()), duration=draw(minutes(left))))
        left -= phases[-1].duration // 60
    budget = draw(maybe(minutes(duration // 60)))
    return Step(
        kind=kind,
        duration=duration,
        title=draw(maybe(lines())),
        minimum=draw(maybe(minutes(duration // 60))),
        priority=draw(maybe(st.sampled_from([1, 2, 3]))),
        not_before=draw(maybe(TIMES)),
        not_after=draw(maybe(TIMES)),
        lead=draw(maybe(lines() | st.lists(lines(), min_size=1, max_size=3).map(tuple))),
        link=draw(maybe(LINKS)),
        format=draw(maybe(st.sampled_from(["exchange", "tool", "activity", "guest"]))) if kind == "workshop" else None,
        phases=tuple(phases),
        items=tuple(draw(st.lists(ITEMS, max_size=3))) if kind == "news" else (),
        answer_budget=budget,
        answer_time=draw(maybe(minutes((budget or duration) // 60))),
        defer_to=draw(maybe(st.sampled_from(["mattermost", "newsletter", "next", "relay"]))),
    )


def keeps_its_hours(agenda: Agenda) -> bool:
    """The end is after the start, or within twelve hours past midnight."""
    promise = promised_s(agenda)
    return promise is None or str(agenda.end) > str(agenda.start) or 0 < promise <= 12 * 3_600


AGENDAS = st.builds(
    Agenda,
    title=lines(),
    steps=st.lists(steps(), min_size=1, max_size=4).map(tuple),
    slug=maybe(st.from_regex(r"[a-z0-9]{1,9}(-[a-z0-9]{1,9}){0,3}", fullmatch=True)),
    date=maybe(st.dates()),
    start=maybe(TIMES),
    end=maybe(TIMES),
    place=maybe(st.builds(Place, name=lines(), host=maybe(lines()), address=maybe(lines()))),
    facilitator=maybe(lines()),
    scribe=maybe(lines()),
    members=st.lists(lines(), max_size=4).map(tuple),
    carried=st.lists(st.builds(Carried, meeting=lines(), text=lines(), number=maybe(lines())), max_size=3).map(tuple),
    language=maybe(st.sampled_from(["fr", "en"])),
).filter(keeps_its_hours)


def as_data(node: strict_yaml.Node) -> Any:
    """What an editor sees of a file: mappings, lists, text, numbers."""
    if isinstance(node, strict_yaml.Mapping):
        return {key.text: as_data(value) for key, value in node.pairs}
    if isinstance(node, strict_yaml.Sequence):
        return [as_data(item) for item in node.items]
    read: dict[str, Callable[[str], object]] = {
        "null": lambda _: None,
        "bool": lambda text: text == "true",
        "int": int,
        "float": float,
        "text": str,
    }
    return read[node.sort](node.text)


@given(AGENDAS)
def test_a_written_agenda_reads_back_to_the_same_and_satisfies_the_schema(agenda: Agenda) -> None:
    written = write_agenda(agenda, language="en").encode()
    assert read_agenda(written, name="a.yaml", tr=EN) == agenda
    SCHEMA.validate(as_data(strict_yaml.parse(written, name="a.yaml", tr=EN).root))


@given(lines())
def test_any_text_reads_back_the_same(text: str) -> None:
    agenda = Agenda(title=text, steps=(Step(kind="free", duration=60),), members=(text,))
    assert read_agenda(write_agenda(agenda, language="en").encode(), name="a.yaml", tr=EN) == agenda


PIECES = [
    *(
        "title: x\n",
        "steps:\n",
        "  - kind: news\n",
        "    duration: 20\n",
        "\t",
        "&a ",
        "*a ",
        "!!x ",
        "<<: ",
        "? ",
        "- ",
    ),
    *(
        "{",
        "}",
        "[",
        "]",
        ": ",
        "#",
        "'",
        '"',
        "|\n",
        ">\n",
        "---\n",
        "...\n",
        "%YAML 1.1\n",
        "\\u",
        "\r",
        "\x85",
        "\u2028",
    ),
    *("\x00", "é", "no"),
]
FRAGMENTS = st.lists(st.sampled_from(PIECES), max_size=30).map("".join)


def problems_of(reader: Callable[..., object], data: bytes) -> list[Problem]:
    """What a reader says of these bytes; anything but Problems is the test's failure."""
    try:
        value = reader(data, name="a.yaml", tr=EN)
    except Problems as refused:
        return refused.problems or [Problem("a.yaml", 0, 0, "\0")]
    assert isinstance(value, Agenda | Network)
    return []


@settings(max_examples=examples(40))
@example("title: x\n\U00012544: 1".encode())  # assigned to no character yet
@example("title: x\n\u200da\u00ad\ue000: 1".encode())
@example("title: x\nsteps: [{kind: \U000e0001, duration: 3}]".encode())
@given(
    st.binary(max_size=200)
    | FRAGMENTS.map(str.encode)
    | st.text(max_size=100).map(lambda text: text.encode("utf-8", "replace"))
)
def test_any_bytes_are_read_or_refused_with_problems(data: bytes) -> None:
    for reader in (read_agenda, read_network):
        for said in map(str, problems_of(reader, data)):
            assert said == one_line(normalise(said).text), said  # nothing that a terminal obeys


KEYS = st.sampled_from([*Agenda.__struct_fields__, *Step.__struct_fields__, "name", "from", "text", "titel", "x"])
SCALARS = (
    st.none()
    | st.booleans()
    | st.integers(-2, 2_000)
    | st.floats(-2, 2).map(lambda n: round(n, 2))
    | st.sampled_from(
        [
            "a",
            "",
            "news",
            "workshop",
            "20m",
            "1h30",
            "0m",
            "09:30",
            "25:00",
            "2026-11-24",
            "2026-02-30",
            "https://a.b",
            "fr",
            "a-b",
            "x" * 201,
        ]
    )
)
LOOSE = st.recursive(
    SCALARS, lambda inner: st.lists(inner, max_size=2) | st.dictionaries(KEYS, inner, max_size=3), max_leaves=6
)


@pytest.mark.ci
@settings(max_examples=examples(40))
@given(AGENDAS, st.dictionaries(KEYS, LOOSE, max_size=2), st.dictionaries(KEYS, LOOSE, max_size=2))
def test_what_the_loader_accepts_the_schema_accepts(
    agenda: Agenda, onto: dict[str, object], onto_step: dict[str, object]
) -> None:
    data = as_data(strict_yaml.parse(write_agenda(agenda, language="en").encode(), name="a.yaml", tr=EN).root)
    data["steps"][0].update(onto_step)
    data.update(onto)
    try:
        read_agenda(json.dumps(data).encode(), name="a.yaml", tr=EN)
    except Problems:
        return
    SCHEMA.validate(data)


@given(
    st.from_regex(
        r"[0-9]{1,4} ?(h|H|heure|hours|m|min|mn|MINUTES|)? ?[0-9]{0,3} ?(m|min|mn|x|s|Sec)?( ?5 ?s)?", fullmatch=True
    )
)
def test_the_schema_knows_a_length_of_time_as_the_loader_does(text: str) -> None:
    duration = jsonschema.Draft7Validator(schema()["definitions"]["Step"]["properties"]["duration"])
    assert duration.is_valid(text) == (read_duration(text) is not None)


@pytest.mark.parametrize(
    "change",
    [
        {"title": None},
        {"title": ""},
        {"title": "x" * 201},
        {"title": 3},
        {"titel": "x"},
        {"steps": []},
        {"steps": {}},
        {"steps": [{"kind": "news"}]},
        {"steps": [{"kind": "workshp", "duration": 20}]},
        {"steps": [{"kind": "news", "duration": 0}]},
        {"steps": [{"kind": "news", "duration": -5}]},
        {"steps": [{"kind": "news", "duration": 1_441}]},
        {"steps": [{"kind": "news", "duration": 1.5}]},
        {"steps": [{"kind": "news", "duration": "soon"}]},
        {"steps": [{"kind": "news", "duration": 20, "items": [{"title": "a", "link": "ftp://x"}]}]},
        {"date": "24/11/2026"},
        {"start": "9h30"},
        {"place": 12},
        {"place": ""},
        {"place": "x" * 201},
        {"place": {}},
        {"members": "Awa"},
        {"members": [1]},
        {"slug": "Été"},
        {"language": "de"},
        {"carried": [{"meeting": "a", "text": "b"}]},
    ],
)
def test_what_the_schema_refuses_the_loader_refuses_and_the_other_way_round(change: dict[str, object]) -> None:
    data: dict[str, object] = {"title": "x", "steps": [{"kind": "news", "duration": 20}]}
    SCHEMA.validate(data)
    data.update(change)
    assert not SCHEMA.is_valid(data)
    with pytest.raises(Problems):
        read_agenda(json.dumps(data).encode(), name="a.yaml", tr=EN)
