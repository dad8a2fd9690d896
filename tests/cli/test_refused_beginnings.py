"""Signing, beginning and ending: each once, by whoever can, and in its order."""

from __future__ import annotations

from tests.cli.build import agreement
from tests.cli.house import House

FILE = "records/{p}/agreements/1.yml"


def test_signing_what_was_not_proposed(drafted: House) -> None:
    drafted.refuses(
        *("agree", "sign", "--in", drafted.partnership),
        code=1,
        what="that agreement was not proposed yet",
        why="nobody signs a text that can still change",
        hint="confide agree propose",
    )


def test_signing_twice(proposed: House) -> None:
    proposed.refuses(
        *("agree", "sign", "--in", proposed.partnership),
        code=1,
        what="`coach` has signed agreement 1 already",
        why="a signature is given once",
        where=FILE,
        hint="confide agree status",
    )


def test_signing_without_saying_how(proposed: House) -> None:
    proposed.refuses(
        *("agree", "sign", "--party", "client", "--in", proposed.partnership),
        code=2,
        what="how did `client` sign?",
        why="nobody signs for somebody else",
        hint="--paper SCAN, --e-sign CERTIFICATE, --signature FILE, or the portal",
    )


def test_a_party_who_does_not_sign(proposed: House, short_scan: str) -> None:
    proposed.refuses(
        *("agree", "sign", "--party", "manager", "--paper", short_scan, "--in", proposed.partnership),
        code=2,
        what="`manager` does not sign agreement 1",
        why="its signatories are named in it",
        where=FILE,
        hint="one of: coach, client, payer",
    )


def test_a_kind_of_signature_that_is_not_accepted(proposed: House, short_scan: str) -> None:
    proposed.refuses(
        *("agree", "sign", "--party", "payer", "--e-sign", short_scan, "--in", proposed.partnership),
        code=1,
        what="agreement 1 does not accept `e-sign` signatures",
        why="it says: own-key, portal, paper",
        where=FILE,
        hint="sign in one of these ways",
    )


def test_the_coach_signs_only_in_a_way_that_counts(drafted: House) -> None:
    """A signature that is on record and counts for nothing would leave everybody waiting."""
    text = drafted.draft.replace(b"accepted: [own-key, portal, paper]", b"accepted: [paper]")
    assert drafted.within("agree", "draft", "--from", "-", stdin=text).code == 0
    assert drafted.within("agree", "propose").code == 0
    drafted.refuses(
        *("agree", "sign", "--in", drafted.partnership),
        code=1,
        what="agreement 1 does not accept `own-key` signatures",
        why="it says: paper",
        where=FILE,
        hint="sign in one of these ways",
    )


def test_begin_before_everybody_signed(proposed: House) -> None:
    """All partners sign before coaching begins (S-14)."""
    proposed.refuses(
        *("begin", "--in", proposed.partnership),
        code=1,
        what="coaching cannot begin yet",
        why="agreement 1 is signed by 1 of 3; missing: client, payer  [S-14, S-27]",
        where=FILE,
        hint="confide agree status",
    )


def test_begin_before_the_agreement_takes_effect(drafted: House) -> None:
    """Signed by all is not enough: it has to have begun."""
    from datetime import timedelta

    from tests.cli.house import today

    day = today().date() + timedelta(days=9)
    text = agreement(drafted, effective=day).replace(b"[coach, client, payer]", b"[coach, client]", 1)
    text = text.replace(b", about-organisation: [payer]", b"")
    assert drafted.within("agree", "draft", "--from", "-", stdin=text).code == 0
    assert drafted.within("agree", "propose").code == 0
    assert drafted.within("agree", "sign").code == 0
    scan = drafted.home / "scan.pdf"
    scan.write_bytes(b"%PDF-1.4 a scan")
    assert drafted.within("agree", "sign", "--party", "client", "--paper", str(scan)).code == 0
    drafted.refuses(
        *("begin", "--in", drafted.partnership),
        code=1,
        what="coaching cannot begin yet",
        why=f"agreement 1 takes effect on {day:%d %B %Y}  [S-14, S-27]",
        where=FILE,
        hint="",
    )


def test_begin_twice(running: House) -> None:
    running.refuses(
        *("begin", "--in", running.partnership),
        code=1,
        what="coaching began on",
        why="it begins once",
        where="records/{p}/events/",
        hint="confide log --all",
    )


def test_end_twice(running: House) -> None:
    assert running.within("end").code == 0
    running.refuses(
        *("end", "--in", running.partnership),
        code=1,
        what="the partnership ended on",
        why="it ends once",
        where="-ended-",
        hint="a new engagement is a new partnership: confide new",
    )


def test_end_before_anything_is_in_force(proposed: House) -> None:
    proposed.refuses(
        *("end", "--in", proposed.partnership),
        code=1,
        what="there is nothing to end",
        why="no agreement is in force",
        hint="confide agree status",
    )


def test_end_by_somebody_who_cannot(running: House) -> None:
    """Who may end it is agreed; the manager did not even sign."""
    running.refuses(
        *("end", "--by", "manager", "--in", running.partnership),
        code=1,
        what="`manager` cannot end agreement 1",
        why="it says who can",
        where=FILE,
        hint="one of: coach, client, payer",
    )
