"""The network's settings, `facilitator.yaml`: read as strictly as an agenda."""

from __future__ import annotations

import codecs
from collections.abc import Iterator, Mapping
from pathlib import Path as File

from msgspec import Struct
from msgspec.structs import replace

from facilitator.core.cycle.calendar import read_day
from facilitator.core.network import Calendar, Choices, Member, Network, Pace
from facilitator.core.text import fold_case
from facilitator.core.zone import known_zone
from facilitator.documents.problem import Problem, shown
from facilitator.documents.strict_yaml import Mark
from facilitator.documents.typed_yaml import Check, Path, Reading, load_marked
from facilitator.i18n import Translator


class NetworkRead(Struct, frozen=True):
    """The settings, and what their author may want to know about them."""

    network: Network
    warnings: tuple[Problem, ...] = ()


def settings_to_start_from(language: str) -> str:
    """A `facilitator.yaml` that sets nothing: every key in a comment that explains it."""
    return File(__file__).with_name(f"settings.{language}.yaml").read_text(encoding="utf-8")


def read_network(data: bytes, *, name: str, tr: Translator) -> Network:
    """The settings in a file called `name`; raises `Problems`, in the language of `tr`."""
    return check_network(data, name=name, tr=tr).network


def check_network(data: bytes, *, name: str, tr: Translator) -> NetworkRead:
    """The settings and their warnings at their lines; of two people with one name the first counts. Raises `Problems`."""
    if all(
        not line.strip() or line.strip().startswith(b"#") for line in data.removeprefix(codecs.BOM_UTF8).splitlines()
    ):
        return NetworkRead(Network())
    loaded = load_marked(data, Network, name=name, tr=tr, checks=_CHECKS)
    network, twice = loaded.value, dict(_twice(loaded.value))
    warnings = []
    for path, first in twice.items():
        at, line = _mark(loaded.marks, path), _mark(loaded.marks, first).line
        what = tr(
            "two people have the name “{name}”: the one on line {line} counts",
            name=shown(_said(network, path)),
            line=line,
        )
        warnings.append(
            Problem(name, *at, what, tr("names that tell them apart are expected, such as Awa S. (Riorges)"))
        )
    return NetworkRead(_without(network, twice), tuple(warnings))


def _people(network: Network) -> Iterator[tuple[Path, Member]]:
    for key, listed in (("members", network.people()), ("partners", network.others())):
        for place, person in enumerate(listed):
            yield (key, place), person


def _twice(network: Network) -> Iterator[tuple[Path, Path]]:
    """The names that somebody else has, or had: neither could be told from the other in any document."""
    first: dict[str, Path] = {}
    people = list(_people(network))
    named = [((*where, "name"), person.name) for where, person in people]
    named += [((*where, "was", place), name) for where, person in people for place, name in enumerate(person.was)]
    for where, name in named:
        known = first.setdefault(fold_case(name), where)
        if known != where:
            yield where, known


def _said(network: Network, path: Path) -> str:
    person = dict(_people(network))[path[:2]]
    return person.name if path[2] == "name" else person.was[int(path[3])]


def _without(network: Network, twice: Mapping[Path, Path]) -> Network:
    """The settings with nobody of whom a name is another's, and without such former names."""
    if not twice:
        return network
    left: dict[str | int, list[Member]] = {"members": [], "partners": []}
    for where, person in _people(network):
        if (*where, "name") not in twice:
            was = tuple(name for place, name in enumerate(person.was) if (*where, "was", place) not in twice)
            left[where[0]].append(replace(person, was=was))
    return replace(network, members=tuple(left["members"]), partners=tuple(left["partners"]))


def _mark(marks: Mapping[Path, Mark], path: Path) -> Mark:
    while path not in marks:
        path = path[:-1]
    return marks[path]


def _check_zone(network: Network, path: Path, reading: Reading) -> None:
    if network.timezone is not None and known_zone(network.timezone) is None:
        tr = reading.tr
        what = tr("“{value}” is not a known time zone", value=shown(network.timezone))
        reading.refuse((*path, "timezone"), what, tr("a name such as Europe/Paris is expected"))


def _check_day(pace: Pace, path: Path, reading: Reading) -> None:
    if pace.day is not None and read_day(pace.day) is None:
        tr = reading.tr
        what = tr("“{value}” is not a day of the month", value=shown(pace.day))
        reading.refuse((*path, "day"), what, tr("a day such as 2e mardi, last Thursday or le 15 is expected"))


def _check_fractions(choices: Choices, path: Path, reading: Reading) -> None:
    if choices.red > choices.amber:
        tr = reading.tr
        reading.refuse(
            (*path, "red"), tr("red comes before amber"), tr("at most {most} is expected", most=choices.amber)
        )


_CHECKS: dict[type, Check] = {
    Network: _check_zone,
    Choices: _check_fractions,
    Calendar: _check_day,
    Pace: _check_day,
}
