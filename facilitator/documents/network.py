"""The network's settings, `facilitator.yaml`: read as strictly as an agenda."""

from __future__ import annotations

from facilitator.core.network import Choices, Network
from facilitator.core.zone import known_zone
from facilitator.documents.problem import shown
from facilitator.documents.typed_yaml import Path, Reading, load
from facilitator.i18n import Translator


def read_network(data: bytes, *, name: str, tr: Translator) -> Network:
    """The settings in a file called `name`; raises `Problems`, in the language of `tr`."""
    return load(data, Network, name=name, tr=tr, checks={Network: _check_zone, Choices: _check_fractions})


def _check_zone(network: Network, path: Path, reading: Reading) -> None:
    if network.timezone is not None and known_zone(network.timezone) is None:
        tr = reading.tr
        what = tr("“{value}” is not a known time zone", value=shown(network.timezone))
        reading.refuse((*path, "timezone"), what, tr("a name such as Europe/Paris is expected"))


def _check_fractions(choices: Choices, path: Path, reading: Reading) -> None:
    if choices.red > choices.amber:
        tr = reading.tr
        reading.refuse(
            (*path, "red"), tr("red comes before amber"), tr("at most {most} is expected", most=choices.amber)
        )
