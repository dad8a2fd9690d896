"""A mapping whose values are read when they are asked for: most commands look at one partnership of a thousand."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Generic, TypeVar

V = TypeVar("V")
W = TypeVar("W")


class Lazily(Mapping[str, V], Generic[V]):
    """`names` that `load` reads, each at most once, under what was set since."""

    def __init__(self, names: frozenset[str], load: Callable[[str], V]) -> None:
        self._names = names
        self._load = load
        self._held: dict[str, V] = {}
        self._set: dict[str, V] = {}

    def __getitem__(self, name: str) -> V:
        if name in self._set:
            return self._set[name]
        if name not in self._names:
            raise KeyError(name)
        if name not in self._held:
            self._held[name] = self._load(name)
        return self._held[name]

    def __iter__(self) -> Iterator[str]:
        yield from sorted(self._names.union(self._set))

    def __len__(self) -> int:
        return len(self._names.union(self._set))

    def __contains__(self, name: object) -> bool:
        return name in self._set or name in self._names

    def put(self, values: Mapping[str, V]) -> Lazily[V]:
        """The same with other values for some names; what was read stays read."""
        made = Lazily(self._names, self._load)
        made._held = self._held
        made._set = {**self._set, **values}
        return made

    @property
    def since(self) -> Mapping[str, V]:
        """What was set, and nothing that was read."""
        return self._set


def put(known: Mapping[str, V], values: Mapping[str, V]) -> Mapping[str, V]:
    """`known` with other values for some names."""
    return known.put(values) if isinstance(known, Lazily) else {**known, **values}


def each(known: Mapping[str, V], made: Callable[[V], W]) -> Mapping[str, W]:
    """Every value as something else; of a lazy mapping when it is asked for."""
    if not isinstance(known, Lazily):
        return {name: made(value) for name, value in sorted(known.items())}
    return Lazily(frozenset(known), lambda name: made(known[name]))
