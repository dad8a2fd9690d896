"""A coach with a key, a private repository of theirs, a small practice on record: real GnuPG and git, in memory."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest

from confide.ledger import hooks
from confide.ledger.repo import Repository
from confide.vault.people import GnuPG
from confide.vault.sequoia import Certificate
from tests.ledger.keepers import START, Keeper, Writer
from tests.ledger.practice import Desk, begin, copied, in_force, proposed


@pytest.fixture(scope="session")
def new_keeper(isolated_home: Path, make_short_home: Callable[[], Path]) -> Callable[[str], Keeper]:
    """A maker of keepers whose keys are a year older than what they sign."""

    def make(name: str) -> Keeper:
        home = make_short_home()
        gpg = GnuPG(home)
        fingerprint = gpg.generate(name, passphrase=None, at=START - timedelta(days=365))
        public = gpg.public_key(fingerprint)
        return Keeper(gpg, home, fingerprint, Certificate.parse(public), public)

    return make


@pytest.fixture(scope="session")
def coach(new_keeper: Callable[[str], Keeper]) -> Keeper:
    """The coach."""
    return new_keeper("coach@confide.invalid")


@pytest.fixture(scope="session")
def stranger(new_keeper: Callable[[str], Keeper]) -> Keeper:
    """Somebody with a good key who is no keeper."""
    return new_keeper("stranger@confide.invalid")


@pytest.fixture
def repo(short_home: Path) -> Repository:
    """An empty repository whose user has a name."""
    made = Repository.init(short_home / "practice")
    made.set_config("user.name", "Morgan Reed")
    made.set_config("user.email", "morgan@example.org")
    return made


@pytest.fixture
def write(repo: Repository, coach: Keeper) -> Writer:
    """The coach, recording."""
    return Writer(repo, coach)


@pytest.fixture(scope="session")
def client(new_keeper: Callable[[str], Keeper]) -> Keeper:
    """The client, with a key of her own."""
    return new_keeper("client@p-k7f3.invalid")


@pytest.fixture(scope="session")
def practices(make_short_home: Callable[[], Path], coach: Keeper, client: Keeper) -> dict[str, Desk]:
    """The same practice at three moments of its life, built once: each test works on a copy."""
    found = {}
    for name, live in {"begun": lambda desk: desk, "proposed": proposed, "in force": in_force}.items():
        repo = Repository.init(make_short_home() / "practice")
        repo.set_config("user.name", "Morgan Reed")
        repo.set_config("user.email", "morgan@example.org")
        found[name] = live(begin(repo, coach, client))
        repo.close()
    return found


@pytest.fixture
def begun(practices: dict[str, Desk], tmp_path: Path) -> Desk:
    """A drafted agreement, nothing proposed yet."""
    return copied(practices["begun"], tmp_path / "practice")


@pytest.fixture
def open_for_signing(practices: dict[str, Desk], tmp_path: Path) -> Desk:
    """The agreement proposed, the client enrolled, nobody has signed."""
    return copied(practices["proposed"], tmp_path / "practice")


@pytest.fixture
def practice(practices: dict[str, Desk], tmp_path: Path) -> Desk:
    """The agreement in force, and one disclosure."""
    return copied(practices["in force"], tmp_path / "practice")


@pytest.fixture
def hooked(practice: Desk, monkeypatch: pytest.MonkeyPatch) -> Desk:
    """The practice in force, set up as `init` does it, for a user who signs with plain git."""
    monkeypatch.setenv("PYTHONPATH", str(Path(__file__).parents[2] / "tools"))
    practice.repo.set_config("user.signingkey", practice.coach.fingerprint)
    practice.repo.set_config("confide.gnupghome", str(practice.coach.home))
    practice.repo.set_config("confide.root", practice.root)
    practice.repo.set_config("confide.keeper", practice.coach.fingerprint)
    hooks.configure(practice.repo)
    hooks.install(practice.repo)
    return practice
