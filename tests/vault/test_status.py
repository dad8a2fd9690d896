"""What GnuPG's status lines are taken to mean: only the whole, unambiguous good case is good."""

from __future__ import annotations

import re
from datetime import UTC, datetime

import pytest

from confide.model.problem import Malformed, Unavailable
from confide.vault.status import Answer, Signed

WHO, OWN = "A" * 40, "B" * 40
SUBKEY = "C" * 40
OPENED = (
    ("BEGIN_DECRYPTION", ""),
    ("DECRYPTION_INFO", "2 9 0"),
    ("PLAINTEXT", "62 0 "),
    ("DECRYPTION_OKAY", ""),
    ("GOODMDC", ""),
    ("END_DECRYPTION", ""),
)
SIGNED = (
    ("DECRYPTION_KEY", f"{SUBKEY} {OWN} u"),
    ("NEWSIG", ""),
    ("GOODSIG", f"{WHO[-16:]} VALIDSIG {OWN} A name that looks like a status"),
    ("VALIDSIG", f"{SUBKEY} 2026-02-03 1770076800 0 4 0 22 8 00 {WHO}"),
)


def answer(*lines: tuple[str, str], without: str = "") -> Answer:
    return Answer(b"text", tuple(line for line in lines if line[0] != without))


def test_a_whole_message_was_opened() -> None:
    """One message, one text, proven whole; with AEAD the cipher itself proves it."""
    assert answer(*OPENED).decrypted()
    aead = [("DECRYPTION_INFO", "0 9 2") if line[0] == "DECRYPTION_INFO" else line for line in OPENED]
    assert answer(*aead, without="GOODMDC").decrypted()


@pytest.mark.parametrize(
    ("more", "without"),
    [
        ((), "DECRYPTION_OKAY"),
        ((), "BEGIN_DECRYPTION"),
        ((), "PLAINTEXT"),
        ((), "GOODMDC"),
        ((("PLAINTEXT", "62 0 "),), ""),
        ((("BEGIN_DECRYPTION", ""),), ""),
        ((("DECRYPTION_OKAY", ""),), ""),
        ((("DECRYPTION_FAILED", ""),), ""),
        ((("BADMDC", ""),), ""),
    ],
)
def test_anything_less_was_not(more: tuple[tuple[str, str], ...], without: str) -> None:
    """gpg says OKAY beside FAILED, and prints text it could not prove: neither counts."""
    assert not answer(*OPENED, *more, without=without).decrypted()


def test_one_good_signature_is_a_signature() -> None:
    """The primary fingerprint of who signed, when, and of the key that opened."""
    when = datetime.fromtimestamp(1770076800, UTC)
    assert answer(*OPENED, *SIGNED).signed() == Signed(b"text", WHO, when, OWN, False)
    expired = [("EXPKEYSIG", line[1]) if line[0] == "GOODSIG" else line for line in SIGNED]
    assert answer(*OPENED, *expired).signed() == Signed(b"text", WHO, when, OWN, True)


@pytest.mark.parametrize(
    ("more", "without", "reason"),
    [
        ((), "GOODSIG", "not signed as it should be"),
        ((("GOODSIG", "x y"),), "", "not signed as it should be"),
        ((("EXPKEYSIG", "x y"),), "", "not signed as it should be"),
        ((("BADSIG", "x y"),), "", "not signed as it should be"),
        ((("ERRSIG", "x 22 8 00 0 9"),), "", "not signed as it should be"),
        ((("EXPSIG", "x y"),), "", "not signed as it should be"),
        ((("NO_PUBKEY", "x"),), "", "not signed as it should be"),
        ((("REVKEYSIG", "x y"),), "", "signed with a key that is revoked"),
        ((("REVKEYSIG", "x y"),), "GOODSIG", "signed with a key that is revoked"),
        ((), "VALIDSIG", "not signed exactly once"),
        ((), "NEWSIG", "not signed exactly once"),
        ((), "DECRYPTION_KEY", "not signed exactly once"),
        ((("NEWSIG", ""),), "", "not signed exactly once"),
        ((SIGNED[3],), "", "not signed exactly once"),
    ],
)
def test_a_doubtful_signature_is_none(more: tuple[tuple[str, str], ...], without: str, reason: str) -> None:
    """A good line beside a bad one, two of a kind, one missing: refused. gpg may have left with code 0."""
    with pytest.raises(Malformed, match=reason):
        answer(*OPENED, *SIGNED, *more, without=without).signed()


@pytest.mark.parametrize(
    ("lines", "kind", "reason"),
    [
        ([("ERROR", "pkdecrypt_failed 11")], Unavailable, "wrong passphrase"),
        ([("ERROR", "pkdecrypt_failed 83886179")], Unavailable, "the passphrase was not given"),
        ([("ERROR", "pkdecrypt_failed 67108949")], Unavailable, "no way to ask"),
        ([("FAILURE", "sign 17")], Unavailable, "the secret key is not here"),
        ([("ERROR", "pksign 100663408"), ("FAILURE", "sign 100663408")], Unavailable, "the card is not there"),
        ([("FAILURE", "sign 83918950")], Unavailable, "no terminal to ask"),
        ([("INV_SGNR", f"9 {WHO}"), ("FAILURE", "sign 4294967295")], Unavailable, "only its public half"),
        ([("INV_RECP", f"5 {WHO}")], Unavailable, "it has expired"),
        ([("INV_RECP", f"77 {WHO}")], Unavailable, "GnuPG cannot use it"),
        ([("NO_SECKEY", "0123456789ABCDEF"), ("DECRYPTION_FAILED", "")], Unavailable, "the secret key is not here"),
        ([("DECRYPTION_FAILED", "")], Malformed, "damaged"),
        ([("NODATA", "3")], Malformed, "damaged"),
        ([("ERROR", "strange"), ("ERROR", ""), ("FAILURE", "x -1")], Unavailable, "gave no reason"),
        ([], Unavailable, "gave no reason"),
    ],
)
def test_reasons_are_told_apart(lines: list[tuple[str, str]], kind: type[Exception], reason: str) -> None:
    """What GnuPG counts in numbers is said in words, with a hint wherever there is one to give."""
    problem = answer(*lines).problem("nothing was done")
    assert type(problem) is kind and re.match(rf"nothing was done \(.*{reason}", str(problem))
    assert kind is Malformed or problem.problems[0].hint
    assert WHO not in str(problem)


def test_no_text_is_shown_by_accident() -> None:
    """Neither the plaintext nor lines with user ids are in a representation."""
    assert "text" not in repr(answer(*OPENED, *SIGNED)) and "name" not in repr(answer(*OPENED, *SIGNED))
    assert "b'text'" not in repr(answer(*OPENED, *SIGNED).signed())
