"""A mapping that is cheap to extend while the old one is kept: a large shared layer under a small one.

Extending a meeting of ten thousand entries by one then costs what it costs at ten.
"""

from __future__ import annotations

from collections.abc import ItemsView, Iterator, Mapping, ValuesView
from typing import TypeVar

K = TypeVar("K")
V = TypeVar("V")

TOP_MAX = 128


class Layers(Mapping[K, V]):
    """Items in the order they were first put. Frozen but for a copy that was `opened`, which its maker alone may `put` into."""

    __slots__ = ("_base", "_top")

    def __init__(self, base: dict[K, V] | None = None, top: dict[K, V] | None = None) -> None:
        self._base: dict[K, V] = {} if base is None else base
        self._top: dict[K, V] = {} if top is None else top

    def opened(self) -> Layers[K, V]:
        """A copy to put items into; this mapping does not see them."""
        return Layers(self._base, dict(self._top))

    def put(self, key: K, value: V) -> None:
        """Add an item, or change it in its place; on an opened copy only."""
        self._top[key] = value

    def without(self, key: K) -> Layers[K, V]:
        """A copy to put items into, that does not hold this one."""
        return Layers({other: value for other, value in self.items() if other != key})

    def settled(self) -> Layers[K, V]:
        """The same items, with the small layer merged into the large one when it is no longer small."""
        return self if len(self._top) <= TOP_MAX else Layers(self._base | self._top)

    def __getitem__(self, key: K) -> V:
        return self._top[key] if key in self._top else self._base[key]

    def __contains__(self, key: object) -> bool:
        return key in self._top or key in self._base

    def __iter__(self) -> Iterator[K]:
        yield from self._base
        for key in self._top:
            if key not in self._base:
                yield key

    def __len__(self) -> int:
        return len(self._base) + sum(key not in self._base for key in self._top)

    def values(self) -> ValuesView[V]:
        """All values, in the order of their keys."""
        return (self._base | self._top).values()

    def items(self) -> ItemsView[K, V]:
        """All items, in the order of their keys."""
        return (self._base | self._top).items()

    def __repr__(self) -> str:
        return f"Layers({dict(self)!r})"
