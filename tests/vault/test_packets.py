"""The shapes of messages, held without any key."""

from __future__ import annotations

import base64

import pytest
from hypothesis import given
from hypothesis import strategies as st

from confide.model.problem import Malformed
from confide.vault import packets

LOCK = bytes([3]) + bytes.fromhex("0123456789ABCDEF") + b"\x12" + b"x" * 20
BODY = b"\x01" + b"y" * 40


def new_format(tag: int, body: bytes) -> bytes:
    return bytes([0xC0 | tag, 255]) + len(body).to_bytes(4, "big") + body


def old_format(tag: int, body: bytes) -> bytes:
    return bytes([0x80 | tag << 2 | 1]) + len(body).to_bytes(2, "big") + body


def partial(tag: int, body: bytes) -> bytes:
    """The body in a part of 16 bytes and a rest, as GnuPG writes from a pipe."""
    return bytes([0xC0 | tag, 0xE4]) + body[:16] + bytes([len(body) - 16]) + body[16:]


GOOD = new_format(packets.PKESK, LOCK) + partial(packets.SEIPD, BODY)


def test_readers_are_named_from_the_headers_alone() -> None:
    """Old and new headers, whole and partial lengths: the key ids come out upper case and in order."""
    second = bytes([3]) + b"\xaa" * 8 + b"\x12" + b"x"
    message = old_format(packets.PKESK, LOCK) + new_format(packets.PKESK, second) + partial(packets.SEIPD, BODY)
    assert packets.sealed_for_keys(message) == ("0123456789ABCDEF", "AA" * 8)


def test_a_version_6_session_key_is_named_by_its_fingerprint() -> None:
    """RFC 9580 puts a key version and a fingerprint where the key id was."""
    lock = bytes([6, 33, 6]) + b"\xab" * 32 + b"\x19" + b"x"
    assert packets.sealed_for_keys(new_format(packets.PKESK, lock) + new_format(packets.SEIPD, BODY)) == ("AB" * 32,)


@pytest.mark.parametrize(
    ("message", "reason"),
    [
        (b"", "not a message encrypted to keys"),
        (b"-----BEGIN PGP MESSAGE-----\n\n", "not a binary OpenPGP message"),
        (b"words before " + GOOD, "not a binary OpenPGP message"),
        (GOOD + b"words after", "not a binary OpenPGP message"),
        (GOOD + new_format(11, b"b\0\0\0\0\0words"), "not a message encrypted to keys"),
        (new_format(11, b"b\0\0\0\0\0words"), "not a message encrypted to keys"),
        (new_format(8, b"\x01" + GOOD), "not a message encrypted to keys"),
        (new_format(10, b"PGP") + GOOD, "not a message encrypted to keys"),
        (new_format(packets.SKESK, LOCK) + GOOD, "not a message encrypted to keys"),
        (new_format(packets.SEIPD, BODY), "not a message encrypted to keys"),
        (GOOD + GOOD, "not a message encrypted to keys"),
        (new_format(packets.PKESK, LOCK) + new_format(9, b"z" * 40), "a message without integrity protection"),
        (new_format(packets.PKESK, LOCK) + new_format(18, b"\x02" + b"z" * 40), "without integrity protection"),
        (new_format(packets.PKESK, LOCK) + new_format(20, b"\x01" + b"z" * 40), "without integrity protection"),
        (new_format(packets.PKESK, LOCK) * 65 + new_format(18, BODY), "more than 64 readers"),
        (new_format(1, b"\x03" + b"\0" * 8 + b"\x12xx") + new_format(18, BODY), "hidden reader"),
        (new_format(1, b"\x06\0\x19") + new_format(18, BODY), "hidden reader"),
        (new_format(1, b"") + new_format(18, BODY), "hidden reader"),
        (GOOD[:-1], "ends too early"),
        (bytes([0x80 | 18 << 2 & 0x3C | 3]) + BODY, "an OpenPGP packet without a length"),
    ],
)
def test_every_other_shape_is_refused(message: bytes, reason: str) -> None:
    """Armour, surrounding words, signed-only, compressed, mixed, unprotected, hidden: each refused for its reason."""
    with pytest.raises(Malformed, match=reason):
        packets.sealed_for_keys(message)


def test_what_only_gnupg_opens_passes_only_where_it_is_asked_for() -> None:
    """GnuPG 2.4 encrypts to its own new keys with tag 20; the in-process library never gets to see that."""
    message = new_format(packets.PKESK, LOCK) + new_format(packets.AEAD, b"\x01" + b"z" * 40)
    assert packets.sealed_for_keys(message, aead=True) == ("0123456789ABCDEF",)


@pytest.mark.parametrize(
    "message",
    [
        b"",
        GOOD,
        new_format(packets.SKESK, b"\x04\x09\x04" + b"x" * 20) + new_format(packets.SEIPD, BODY),
        new_format(packets.SKESK, b"\x06\x09\x03" + b"x" * 20) + new_format(packets.SEIPD, BODY),
        new_format(packets.SKESK, b"\x04\x09\x03" + b"x" * 20) * 2 + new_format(packets.SEIPD, BODY),
        new_format(packets.SKESK, b"\x04\x09\x03" + b"x" * 20) + new_format(packets.SEIPD, b"\x02zzz"),
    ],
)
def test_a_passphrase_box_cannot_choose_its_own_derivation(message: bytes) -> None:
    """Only one lock with the iterated derivation passes: Argon2 inside OpenPGP would let a box eat the memory."""
    with pytest.raises(Malformed, match="not a message locked with a passphrase"):
        packets.sealed_for_passphrase(message)


PLAIN = new_format(packets.SIGNATURE, b"\x04words")
ARMOURED = (
    b"-----BEGIN PGP SIGNATURE-----\nComment: x\nVersion: 1\n\n"
    + base64.encodebytes(PLAIN)
    + b"=abcd\n-----END PGP SIGNATURE-----\n"
)


def test_armour_is_taken_off() -> None:
    """Headers, a check sum or none, other line ends, space around: the same bytes come out."""
    without = ARMOURED.replace(b"=abcd\n", b"").replace(b"Comment: x\nVersion: 1\n", b"")
    for data in (PLAIN, ARMOURED, ARMOURED.replace(b"\n", b"\r\n"), without, b"\n  " + ARMOURED + b"\n\n"):
        assert packets.one_signature(data) == PLAIN


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"\n",
        b"words\n" + ARMOURED,
        ARMOURED + b"words",
        ARMOURED + ARMOURED,
        ARMOURED.replace(b"END PGP SIGNATURE", b"END PGP MESSAGE"),
        ARMOURED.replace(b"\n\n", b"\n"),
        ARMOURED.replace(b"BEGIN PGP", b"BEGIN"),
        ARMOURED[:-20],
        ARMOURED.replace(base64.b64encode(PLAIN)[:6], b"??????"),
        PLAIN + PLAIN,
        PLAIN + new_format(11, b"b\0\0\0\0\0words"),
        new_format(packets.PUBLIC_KEY, b"\x04"),
        new_format(8, b"\x00" + PLAIN),
    ],
)
def test_anything_but_one_signature_is_refused(data: bytes) -> None:
    """Around, behind, instead of or inside: no signature."""
    with pytest.raises(Malformed):
        packets.one_signature(data)


def test_a_secret_part_makes_a_key_secret() -> None:
    """Even behind a public primary key: such a file must not pass for something to be published."""
    public, subkey = new_format(packets.PUBLIC_KEY, b"\x04"), new_format(packets.PUBLIC_SUBKEY, b"\x04")
    assert packets.one_key(public + subkey) == (public + subkey, False)
    for secret in (public + new_format(packets.SECRET_SUBKEY, b"\x04"), new_format(packets.SECRET_KEY, b"\x04")):
        assert packets.one_key(secret) == (secret, True)


@given(st.binary(max_size=60) | st.text(alphabet="-=\n :ABEGINPDZ").map(str.encode))
def test_no_armour_confuses_the_reader(data: bytes) -> None:
    """Whatever comes, it is OpenPGP data or Malformed."""
    for read in (packets.binary, packets.one_key, packets.one_signature):
        try:
            assert read(data)
        except Malformed:
            continue


@given(st.binary(max_size=200))
def test_no_bytes_confuse_the_reader(data: bytes) -> None:
    """Any bytes are packets that add up to no more than themselves, or Malformed; never another error."""
    try:
        found = packets.top_level(data)
    except Malformed:
        return
    assert sum(len(packet.body) for packet in found) <= len(data)


@given(st.integers(min_value=0, max_value=len(GOOD) - 1))
def test_no_cut_message_passes(length: int) -> None:
    """Wherever a message is cut, it is refused."""
    with pytest.raises(Malformed):
        packets.sealed_for_keys(GOOD[:length])
