"""A coach's machine with a drafted agreement, made once; each test that changes something gets a copy."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from confide.vault.people import GnuPG
from tests.cli.build import OLD, bare, drafted
from tests.cli.house import House, today


@pytest.fixture(scope="session")
def desk(isolated_home: Path, make_short_home: Callable[[], Path]) -> Iterator[House]:
    """A practice, one partnership of three sides, and the draft of its agreement."""
    root, gnupg, client = make_short_home(), make_short_home(), make_short_home()
    coach = GnuPG(gnupg).generate(
        "Wilhelmina Canaryfeather <w@canaryfeather.invalid>", passphrase=None, at=today() - OLD
    )
    with pytest.MonkeyPatch.context() as patch:
        yield drafted(bare(House(root / "h", gnupg, coach, client), patch), patch)


@pytest.fixture
def house(desk: House, make_short_home: Callable[[], Path]) -> House:
    return desk.copied(make_short_home() / "h")
