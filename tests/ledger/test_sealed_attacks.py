"""Sealed files moved, copied or left readable, by a keeper's own good commit: found without any key."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from confide.ledger.verify import Verification
from confide.model.partnership import Partnership, Party
from confide.model.words import Role
from confide.records import tree
from confide.records.partnership_file import render_partnership
from confide.vault.sequoia import Certificate, encrypt
from tests.ledger.keepers import Keeper
from tests.ledger.practice import Desk, P
from tests.ledger.verdicts import rules

pytestmark = pytest.mark.gpg
OTHER = "p-m3x9"


def sealed(text: str, keeper: Keeper) -> bytes:
    return encrypt(text.encode(), [Certificate.parse(keeper.public)], None, datetime.now(UTC))


@pytest.fixture
def desk(practice: Desk, client: Keeper, stranger: Keeper) -> Desk:
    """Two partnerships with keys, and three notes: two in the first, one in the second."""
    practice.commit({tree.partnership_key(P): client.public}, "parties: p-k7f3\n")
    parties = tuple(Party(role.value, role) for role in (Role.COACH, Role.CLIENT))
    other = Partnership(OTHER, parties, (practice.coach.fingerprint,))
    practice.commit(
        {tree.partnership(OTHER): render_partnership(other), tree.partnership_key(OTHER): stranger.public},
        f"new: {OTHER}\n",
    )
    first = {note("2026-02-03"): sealed("one", client), note("2026-02-10"): sealed("two", client)}
    practice.commit(first, f"notes: {P}\n")
    practice.commit({note("2026-02-03", OTHER): sealed("three", stranger)}, f"notes: {OTHER}\n")
    assert practice.verify().problems == ()
    return practice


def note(name: str, partnership: str = P) -> str:
    return tree.sealed_note(partnership, tree.note_path(name))


def after(desk: Desk, path: str, data: bytes) -> Verification:
    desk.commit({path: data}, f"notes: {P}\n")
    return desk.verify()


def read(desk: Desk, path: str) -> bytes:
    return (desk.repo.root / path).read_bytes()


def test_a_note_swapped_with_another(desk: Desk) -> None:
    """The same ciphertext in another's place. Rule `sealed-moved`; the first bad commit is named."""
    found = after(desk, note("2026-02-10"), read(desk, note("2026-02-03")))
    assert rules(found) == {"sealed-moved"}
    assert found.first_bad == desk.repo.head()
    assert found.partnerships[P].faults
    assert not found.partnerships[OTHER].faults


def test_a_note_copied_into_another_partnership(desk: Desk) -> None:
    """It would keep its old readers. Rule `recipients`."""
    found = after(desk, note("2026-03-03", OTHER), read(desk, note("2026-02-03")))
    assert rules(found) == {"recipients"}
    assert found.partnerships[OTHER].faults


def test_a_note_for_one_reader_more(desk: Desk, client: Keeper, stranger: Keeper) -> None:
    """Sealed for its partnership and for somebody else besides. Rule `recipients`."""
    both = [Certificate.parse(one.public) for one in (client, stranger)]
    assert rules(after(desk, note("2026-03-03"), encrypt(b"x", both, None, datetime.now(UTC)))) == {"recipients"}


def test_a_note_left_readable(desk: Desk) -> None:
    """Rule `plaintext`."""
    assert rules(after(desk, note("2026-03-03"), b"## Goals\n")) == {"plaintext"}


def test_what_was_put_right_blocks_nothing_and_is_not_forgotten(desk: Desk, client: Keeper) -> None:
    """Once the note is what it should be again, the partnership goes on; the commit stays among what to look at."""
    after(desk, note("2026-02-10"), read(desk, note("2026-02-03")))
    found = after(desk, note("2026-02-10"), sealed("two again", client))
    assert found.problems == ()
    assert [notice.rule for notice in found.notices] == ["sealed-moved"]
