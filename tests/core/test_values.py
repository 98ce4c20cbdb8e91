"""What the core and the store are made of: values that nobody can change once they are made."""

from __future__ import annotations

import importlib
import pkgutil

from msgspec import Struct

import facilitator.core
import facilitator.store


def test_every_value_of_the_core_and_of_the_store_is_frozen() -> None:
    modules = [
        importlib.import_module(one.name)
        for room in (facilitator.core, facilitator.store)
        for one in pkgutil.walk_packages(room.__path__, f"{room.__name__}.")
    ]
    values = [
        one for module in modules for one in vars(module).values() if isinstance(one, type) and issubclass(one, Struct)
    ]
    assert [one for one in values if one is not Struct and not one.__struct_config__.frozen] == []
