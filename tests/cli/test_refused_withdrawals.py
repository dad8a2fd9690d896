"""Consent is taken back once, by whoever gave it, and nobody takes a protection away."""

from __future__ import annotations

import pytest

from tests.cli.house import House

AGREEMENT = "records/{p}/agreements/1.yml"


def test_withdrawing_a_protection(running: House) -> None:
    """Nobody can take back a withhold that protects somebody (POLICY, change over time)."""
    running.refuses(
        *("withdraw", "career-private", "--in", running.partnership),
        code=1,
        what="clause career-private withholds, so there is nothing to withdraw",
        why="nobody can take a protection away alone",
        where=f"{AGREEMENT}:48",
        hint="an amendment that everybody signs can change it: confide agree draft",
    )


@pytest.mark.parametrize(
    ("target", "hint"),
    [
        ("goals-to-sponsor", "did you mean `goals-to-sponsors`?"),
        ("zzzzzzzz", "clauses: own-to-client, goals-to-sponsors, attendance-to-payer; events: confide log"),
        ("../../etc/passwd", "clauses: "),
        ("", "clauses: "),
    ],
)
def test_withdrawing_what_is_not_there(running: House, target: str, hint: str) -> None:
    running.refuses(
        *("withdraw", target, "--in", running.partnership),
        code=2,
        what="that is neither a clause in force nor an event on record",
        why="a withdrawal names exactly what it takes back",
        where=AGREEMENT,
        hint=hint,
    )


@pytest.mark.parametrize("party", ["payer", "manager", "coach", "adviser"])
def test_withdrawing_anothers_consent(running: House, party: str) -> None:
    """Consent is taken back by whoever gave it: the goals are the client's, whoever pays."""
    running.refuses(
        *("withdraw", "goals-to-sponsors", "--by", party, "--in", running.partnership),
        code=1,
        what=f"`{party}` cannot withdraw clause goals-to-sponsors",
        why="consent is taken back by whoever gave it",
        where=f"{AGREEMENT}:23",
        hint="one of: client",
    )


def test_withdrawing_by_somebody_who_takes_no_part(running: House) -> None:
    running.refuses(
        *("withdraw", "goals-to-sponsors", "--by", "board", "--in", running.partnership),
        code=2,
        what="`board` is not a party of this partnership",
        why="parties are called by their role",
        hint="its parties: coach, client",
    )


def test_withdrawing_twice(running: House) -> None:
    assert running.within("withdraw", "goals-to-sponsors").code == 0
    running.refuses(
        *("withdraw", "goals-to-sponsors", "--in", running.partnership),
        code=1,
        what="clause goals-to-sponsors is withdrawn already",
        why="nothing is shared under it any more",
        where=f"{AGREEMENT}:23",
        hint="confide log",
    )


def test_withdrawing_a_disclosure_of_somebody_else(running: House) -> None:
    running.refuses(
        *("withdraw", running.told, "--by", "payer", "--in", running.partnership),
        code=1,
        what="`payer` cannot withdraw this disclosure",
        why="it is taken back by whom it is about, or whose it is",
        where="records/{p}/events/",
        hint="one of: client",
    )


def test_withdrawing_a_disclosure_twice(running: House) -> None:
    assert running.within("withdraw", running.told).code == 0
    running.refuses(
        *("withdraw", running.told, "--in", running.partnership),
        code=1,
        what="disclosure {told} is withdrawn already",
        why="nobody is shown it any more",
        where="records/{p}/events/",
        hint="confide log",
    )


def test_withdrawing_an_event_that_is_no_disclosure(running: House) -> None:
    began = next((running.record / "events").glob("*-began-*.yml")).stem[-8:]
    running.refuses(
        *("withdraw", began, "--in", running.partnership),
        code=2,
        what=f"event {began} is neither a disclosure nor a permission",
        why="only what was disclosed or permitted can be taken back",
        where="-began-",
        hint="confide log",
    )


def test_withdrawing_before_anything_is_in_force(proposed: House) -> None:
    proposed.refuses(
        *("withdraw", "goals-to-sponsors", "--in", proposed.partnership),
        code=1,
        what="no agreement is in force",
        why="none of its clauses shares anything",
        hint="confide log",
    )
