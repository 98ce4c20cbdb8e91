"""A person's own colours (`theme.yaml`): read as strictly as an agenda."""

from __future__ import annotations

from typing import Annotated, Literal

from msgspec import Meta, Struct

from facilitator.core.agenda import OneLine
from facilitator.documents.typed_yaml import COLOUR, load
from facilitator.i18n import Translator

Colour = Annotated[str, Meta(pattern=COLOUR, extra={"reads": "line"})]


class OwnColours(Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """What each thing is coloured; what is left out is as in the theme that these begin from."""

    name: OneLine | None = None
    begins: Literal["night", "day", "contrast"] = "night"
    background: Colour = ""
    panel: Colour = ""
    text: Colour = ""
    quiet: Colour = ""
    rule: Colour = ""
    calm: Colour = ""
    amber: Colour = ""
    over: Colour = ""
    done: Colour = ""
    private: Colour = ""
    other: Colour = ""
    chosen: Colour = ""
    chosen_text: Colour = ""


def read_colours(data: bytes, *, name: str, tr: Translator) -> OwnColours:
    """The colours in a file called `name`; raises `Problems`, in the language of `tr`."""
    return load(data, OwnColours, name=name, tr=tr)
