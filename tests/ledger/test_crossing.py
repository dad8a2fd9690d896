"""Two people record in two clones: nothing is lost in the merge, the stricter side wins, and what crossed is named."""

from __future__ import annotations

import pytest

from confide.model.commitment import digest, framed
from confide.model.event import Event
from confide.model.partnership import People
from confide.model.projection import seen_digest
from confide.model.view import Text
from confide.policy.visible import visible
from tests.ledger.keepers import git
from tests.ledger.practice import SECTION, Desk, P
from tests.ledger.test_verify import merge

pytestmark = pytest.mark.gpg
TEXTS = {SECTION.commitment: Text("Goals", "## Goals")}


def apart(desk: Desk, *, first: str) -> tuple[Event, Event]:
    """A disclosure under a clause here, its withdrawal there; `first` is the branch that the other is merged into."""
    git(desk.repo, "branch", "other")
    told = desk.disclose()
    git(desk.repo, "switch", "--quiet", "other")
    withdrawn = desk.record(
        "withdrawn", by="client", to=("payer",), target="term/goals-to-payer", evidence="attested", agreement=1
    )
    other = {"main": "other", "other": "main"}[first]
    git(desk.repo, "switch", "--quiet", first)
    merge(desk, other)
    return told, withdrawn


def shown(desk: Desk) -> list[str]:
    record = desk.verify().partnerships[P]
    return [item.event for item in visible(record, "payer", TEXTS, People(P, (), ""), {}).shown]


@pytest.mark.parametrize("first", ["main", "other"])
def test_the_stricter_side_wins(practice: Desk, first: str) -> None:
    """Whichever branch the other was merged into: what was withdrawn meanwhile is not shown, and that is no lapse."""
    before = shown(practice)
    told, withdrawn = apart(practice, first=first)
    found = practice.verify()
    assert found.problems == ()
    assert [(notice.rule, notice.what) for notice in found.notices] == [
        ("crossed", f"disclosed {told.id} and withdrawn {withdrawn.id} crossed")
    ]
    assert before
    assert shown(practice) == []


def test_neither_side_can_be_dropped_afterwards(practice: Desk) -> None:
    """The next event names what either clone recorded last: taking one side away breaks the chain."""
    told, withdrawn = apart(practice, first="main")
    after = practice.record("refused", to=("payer",), what=("conflicts",))
    newest = [seen_digest(event, "payer") for event in (told, withdrawn)]
    assert after.previous["payer"] == digest(framed("crossed", *(one.encode() for one in sorted(newest))))
    assert practice.verify().problems == ()
    following = practice.record("refused", to=("payer",), what=("strategy",))
    assert following.previous["payer"] == seen_digest(after, "payer")
    assert practice.verify().problems == ()


def test_what_the_other_clone_knew_does_not_count_before(practice: Desk) -> None:
    """A duty met in the other clone only is not met here: before means ancestry, not the order in a list."""
    git(practice.repo, "branch", "other")
    here = practice.record("informed", to=("client",), what=("conflicts",), evidence="attested")
    git(practice.repo, "switch", "--quiet", "other")
    there = practice.disclose()
    git(practice.repo, "switch", "--quiet", "main")
    merge(practice, "other")
    record = practice.verify().partnerships[P]
    assert [event.id for event in record.events[-2:]] == [here.id, there.id]
    assert here not in record.before(there).events
    assert here in record.events
