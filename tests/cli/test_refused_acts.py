"""Withdrawing, refusing, informing, attesting, beginning: what cannot be done is told, and not recorded."""

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
        what=f"event {began} is not a disclosure",
        why="only what was disclosed can be taken back",
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


def test_refusing_what_is_allowed(running: House) -> None:
    """A no on record where the agreement says yes would be a lie to whoever asked."""
    running.refuses(
        *("refuse", "--tell", "payer", "--about", "engagement", "--in", running.partnership),
        code=1,
        what="engagement may go to the payer, so there is nothing to refuse",
        why="clause attendance-to-payer allows it",
        where=f"{AGREEMENT}:34",
        hint="confide disclose SECTION --to payer",
    )


def test_refusing_somebody_who_takes_no_part(running: House) -> None:
    running.refuses(
        *("refuse", "--tell", "peers", "--about", "conflicts", "--in", running.partnership),
        code=2,
        what="`peers` is not a party of this partnership",
        why="parties are called by their role",
        hint="its parties: ",
    )


def test_informing_of_nothing(running: House) -> None:
    running.refuses(
        *("inform", "--in", running.partnership),
        code=2,
        what="say what she was informed about",
        why="she is informed of exact texts, or of a type of information",
        hint="confide inform 2026-02-03#s2, or --about TYPE",
    )


def test_informing_of_a_draft(running: House) -> None:
    running.refuses(
        *("inform", f"{running.session}#s1", f"{running.session}#s5", "--in", running.partnership),
        code=1,
        what="{day}#s5 is a draft",
        why="it can never be disclosed",
        where="records/{p}/notes/{day}.md.gpg",
        hint="give its heading a type",
    )


@pytest.mark.parametrize(
    ("clause", "what", "where", "hint"),
    [
        ("own-to-client", "clause own-to-client asks nobody to attest anything", ":15", "one of: goals-to-sponsors"),
        ("career-private", "clause career-private asks nobody to attest anything", ":48", "one of: goals-to-sponsors"),
        ("goals-to-sponsor", "no clause has that name", "", "did you mean `goals-to-sponsors`?"),
        ("zzz", "no clause has that name", "", "one of: goals-to-sponsors"),
    ],
)
def test_attesting_what_no_clause_asks(running: House, clause: str, what: str, where: str, hint: str) -> None:
    running.refuses(
        *("attest", clause, "--in", running.partnership),
        code=2,
        what=what,
        why="only circumstances that a clause names can be attested",
        where=AGREEMENT + where,
        hint=hint,
    )


def test_attesting_for_somebody_else(running: House) -> None:
    running.refuses(
        *("attest", "goals-to-sponsors", "--by", "payer", "--in", running.partnership),
        code=1,
        what="`payer` cannot attest that for clause goals-to-sponsors",
        why="the clause names coach",
        where=f"{AGREEMENT}:23",
        hint="confide attest goals-to-sponsors --by coach",
    )


def test_attesting_before_anything_is_in_force(proposed: House) -> None:
    proposed.refuses(
        *("attest", "goals-to-sponsors", "--in", proposed.partnership),
        code=1,
        what="no agreement is in force",
        why="there is no clause to attest anything for",
        hint="confide agree status",
    )


@pytest.mark.parametrize(
    ("party", "what", "why"),
    [
        ("coach", "the coach accepts no duty of her own", "she is bound by the agreement itself"),
        ("board", "`board` is not a party of this partnership", "parties are called by their role"),
        ("anna-smith", "that is not the word for a party", "parties are called by their role"),
    ],
)
def test_accepting_a_duty_for_nobody(running: House, party: str, what: str, why: str) -> None:
    running.refuses(*("acknowledge", "--by", party, "--in", running.partnership), code=2, what=what, why=why, hint="")
