"""The snapshot saves time and nothing else: the same answer with it, without it, and when somebody changed it."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from confide.ledger import snapshot
from confide.ledger.repo import Repository
from confide.ledger.verify import Pins, Verification, verify
from tests.ledger.keepers import git
from tests.ledger.practice import Desk, P
from tests.ledger.test_verify import merge

pytestmark = pytest.mark.gpg


@pytest.fixture(autouse=True)
def state(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A place outside the repository for this user's own key."""
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    return tmp_path / "state"


def pins(desk: Desk) -> Pins:
    return Pins(desk.root, desk.coach.fingerprint)


def quickly(desk: Desk) -> Verification:
    return verify(Repository.at(desk.repo.root), pins(desk), quick=True)


def fully(desk: Desk) -> Verification:
    return verify(Repository.at(desk.repo.root), pins(desk))


def kept(desk: Desk) -> Path:
    return desk.repo.common_dir / "confide" / "index"


def went_on(desk: Desk) -> bool:
    """Whether what was kept would be believed now."""

    def never(head: str) -> Any:
        raise AssertionError(head)

    return snapshot.load(Repository.at(desk.repo.root), desk.root, desk.coach.fingerprint, never) is not None


def test_it_answers_as_if_all_were_read(practice: Desk) -> None:
    """After an event, a lapse, a merge and a fault, and with everything asked for."""
    assert quickly(practice) == fully(practice)
    assert went_on(practice)
    practice.disclose()
    assert quickly(practice) == fully(practice)
    assert quickly(practice) == fully(practice)
    git(practice.repo, "branch", "other")
    practice.record("refused", to=("payer",), what=("conflicts",))
    git(practice.repo, "switch", "--quiet", "other")
    assert quickly(practice) == fully(practice)
    practice.record("refused", to=("payer",), what=("feedback",))
    git(practice.repo, "switch", "--quiet", "main")
    merge(practice, "other")
    for _ in range(2):
        assert quickly(practice) == fully(practice)
    assert quickly(practice).events == 9
    practice.commit({practice.verify().partnerships[P].events[0].place.file: None}, "site\n")
    for _ in range(2):
        found = quickly(practice)
        assert (found.problems, found.notices) == (fully(practice).problems, fully(practice).notices)
        assert found.problems
    assert not went_on(practice)


def _forged(place: Path) -> None:
    """Whoever can write into the repository says that another commit was verified."""
    seal, _, data = (place / "head").read_bytes().partition(b"\n")
    content = json.loads(data)
    content["commits"] = 1
    (place / "head").write_bytes(seal + b"\n" + json.dumps(content).encode())


def _torn(place: Path) -> None:
    head = place / "head"
    head.write_bytes(head.read_bytes()[:-20])


def _gone(place: Path) -> None:
    (place / "head").unlink()


@pytest.mark.parametrize("harm", [_forged, _torn, _gone])
def test_what_is_not_this_users_own_is_not_believed(practice: Desk, harm: Callable[[Path], None]) -> None:
    """Everything is verified from the root then, and the answer is the same."""
    quickly(practice)
    harm(kept(practice))
    assert not went_on(practice)
    assert quickly(practice) == fully(practice)


def test_another_users_or_another_practices_is_not_believed(practice: Desk, state: Path) -> None:
    """The seal's key stays outside the repository, and the pins are part of what it seals."""
    quickly(practice)
    assert not [path for path in kept(practice).iterdir() if b"PRIVATE" in path.read_bytes()]
    assert snapshot.load(practice.repo, "0" * 40, practice.coach.fingerprint, lambda _: None) is None  # type: ignore[arg-type, return-value]
    shutil.rmtree(state)
    assert not went_on(practice)
    assert quickly(practice) == fully(practice)


def test_an_entry_that_is_another_is_found_out_and_made_again(practice: Desk) -> None:
    """Each entry is named by its hash in what is sealed; a damaged one means: from the root."""
    quickly(practice)
    (entry,) = kept(practice).glob(f"{P}.*")
    entry.write_bytes(entry.read_bytes().replace(b"disclosed", b"refused"))
    assert quickly(practice).partnerships[P] == fully(practice).partnerships[P]
    assert not (kept(practice) / "head").exists()


def test_it_holds_no_word_of_the_record(practice: Desk) -> None:
    """Names of blobs, commits and paths: what already stands in the open in Git."""
    quickly(practice)
    held = b"".join(path.read_bytes() for path in kept(practice).iterdir())
    assert b"London" not in held
    assert practice.client.fingerprint.encode() not in held
