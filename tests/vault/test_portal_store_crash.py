"""Whatever moment the power goes: each change of the portal's store is there whole or not at all."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from confide.vault.portal_store import PortalStore
from tests.vault.store_sample import READER, again, enrol, make, publish, revoke, send


@pytest.fixture
def store(tmp_path: Path) -> PortalStore:
    """A store with one open invitation."""
    return make(tmp_path / "portal")


def told(path: Path) -> tuple[object, ...]:
    """What the store says once somebody has opened it: states, sealed bytes and the inbox, without random names."""
    opened = PortalStore(path)
    opened.settle()
    found = opened.reader(READER)
    assert found is not None
    sealed = opened.sealed(found) if found.files else b""
    facts = (found.state, found.sequence, found.floor, found.key, tuple(s.item for s in found.sent), sealed)
    leftovers = {p.name for p in (path / "readers" / READER).iterdir()} - found.files - {"reader.json"}
    assert leftovers == set()
    return (*facts, tuple((item.id, item.message) for item in opened.inbox.items()))


class PowerCut(BaseException):
    """Nothing after this happens."""


CHANGES: dict[str, tuple[tuple[Callable[[PortalStore], None], ...], Callable[[PortalStore], None]]] = {
    "enrol": ((), enrol),
    "send": ((enrol,), send),
    "publish": ((enrol,), publish),
    "revoke": ((enrol,), revoke),
    "invite again": ((enrol, publish), again),
}


@pytest.mark.parametrize("name", CHANGES)
def test_before_or_after(name: str, store: PortalStore, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Cut at every single step on the disk, the store afterwards says exactly what it said before, or after."""
    first, change = CHANGES[name]
    for step in first:
        step(store)
    start = tmp_path / "start"
    shutil.copytree(store.path, start)
    before = told(store.path)
    change(store)
    after = told(store.path)
    assert before != after

    seen = []
    for limit in range(100):
        place = tmp_path / f"cut-{limit}"
        shutil.copytree(start, place)
        victim = PortalStore(place)
        steps = iter(range(limit))

        def tick(steps: object = steps) -> None:
            if next(steps, None) is None:  # type: ignore[call-overload]
                raise PowerCut

        with monkeypatch.context() as patch:
            for owner, function in ((Path, "replace"), (Path, "unlink"), (os, "fsync"), (os, "open"), (Path, "mkdir")):
                patch.setattr(owner, function, counting(getattr(owner, function), tick))
            try:
                change(victim)
            except PowerCut:
                cut = True
            else:
                cut = False
        result = told(place)
        assert result in (before, after), limit
        seen.append(result)
        if not cut:
            break
    assert seen[0] == before
    assert seen[-1] == after
    assert seen == sorted(seen, key=lambda result: result == after)


def counting(real: Callable[..., object], tick: Callable[[], None]) -> Callable[..., object]:
    """`real`, which may be cut before it begins."""

    def step(*args: object, **kwargs: object) -> object:
        tick()
        return real(*args, **kwargs)

    return step
