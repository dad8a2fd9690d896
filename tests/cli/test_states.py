"""Each state of a partnership refuses what it has to, and records the truth all the same (S-27)."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from confide.policy.life import ACTS, State, state
from confide.workflows.practice import Practice
from tests.cli.house import House, today

STAGES = {
    State.DRAFT: "drafted",
    State.PROPOSED: "proposed",
    State.AGREED: "agreed",
    State.COACHING: "running",
    State.ENDED: "running",
}
TRIED = {
    "told": ("told", "--about", "engagement", "--to", "payer", "--form", "topic", "--channel", "phone"),
    "begin": ("begin",),
    "end": ("end",),
    "lapse": ("lapse", "--about", "conflicts", "--words", "-"),
}

# What takes more than a state to be done: where the table leaves it out, it is refused all the same.
REFUSED = {
    "propose": ("agree", "propose"),
    "invite": ("invite", "payer", "--json"),
    "sign": ("agree", "sign", "--party", "payer", "--paper", "{scan}"),
    "disclose": ("disclose", "2026-01-05#s1", "--to", "client"),
    "destroy": ("destroy", "announce", "--yes"),
}


@pytest.mark.parametrize("wanted", STAGES, ids=lambda one: one.value)
def test_what_a_state_refuses(copy_of: Callable[..., House], wanted: State) -> None:
    """The verbs agree with the table of states; a refusal changes nothing, and a lapse is never refused."""
    house = copy_of(STAGES[wanted])
    if wanted is State.ENDED:
        assert house.within("end").code == 0
    practice = Practice.open(house.practice, today())
    assert state(practice.record(house.partnership), practice.now) is wanted
    practice.repo.close()
    before = house.state()
    codes = {act: house.within(*typed, "--dry-run", stdin=b"It happened.\n").code for act, typed in TRIED.items()}
    assert not before.differences(house.state())
    assert {act for act, code in codes.items() if code == 0} == {act for act in TRIED if act in ACTS[wanted]}
    assert set(codes.values()) <= {0, 1}
    (house.home / "scan.pdf").write_bytes(b"%PDF-1.4 a scan")
    for act in REFUSED.keys() - ACTS[wanted]:
        answer = house.within(*(word.format(scan=house.home / "scan.pdf") for word in REFUSED[act]))
        assert answer.code != 0 and "Nothing was changed." in answer.err, (act, answer)
    assert not before.differences(house.state())
    if "publish" not in ACTS[wanted]:
        # Nobody can have a page yet: there is nothing to publish, and that is no mistake.
        assert house.within("publish").out.startswith("0 sites published.")
        assert house.state().references == before.references
