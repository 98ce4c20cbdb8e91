"""What the core is made of: values that nobody can change once they are made."""

from __future__ import annotations

import importlib
import pkgutil

from msgspec import Struct

import facilitator.core


def test_every_value_of_the_core_is_frozen() -> None:
    modules = [
        importlib.import_module(one.name)
        for one in pkgutil.walk_packages(facilitator.core.__path__, "facilitator.core.")
    ]
    values = [
        one for module in modules for one in vars(module).values() if isinstance(one, type) and issubclass(one, Struct)
    ]
    assert [one for one in values if one is not Struct and not one.__struct_config__.frozen] == []
