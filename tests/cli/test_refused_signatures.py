"""A signature counts only from the key of that party, under exactly that text: all others are refused unrecorded."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.cli.house import House
from tests.cli.people import Somebody, expire, revoke, somebody

STATEMENT = ("agree", "sign", "--party", "client", "--statement")


@pytest.fixture(scope="module")
def client(make_short_home: Callable[[], Path]) -> Somebody:
    return somebody(make_short_home(), "Theodosia Larkspur <theodosia@larkspur.invalid>")


@pytest.fixture(scope="module")
def ended(make_short_home: Callable[[], Path]) -> Iterator[tuple[Somebody, Somebody]]:
    """Two people whose keys have ended: one expired, one revoked; each signed while it was good."""
    yield somebody(make_short_home()), somebody(make_short_home())


class Desk:
    """Files that a party handed over, and the command that takes them in."""

    def __init__(self, house: House) -> None:
        self.house = house
        self.statement = house.within(*STATEMENT).raw

    def file(self, name: str, data: bytes) -> str:
        path = self.house.home / name
        path.write_bytes(data)
        return str(path)

    def command(self, signature: bytes, key: bytes | None = None) -> tuple[str, ...]:
        keyed = ("--key", self.file("key.asc", key)) if key is not None else ()
        signed = ("--signature", self.file("signed.sig", signature))
        return ("agree", "sign", "--party", "client", *signed, *keyed, "--in", self.house.partnership)


@pytest.fixture
def desk(proposed: House) -> Desk:
    return Desk(proposed)


def test_a_good_signature_is_taken(desk: Desk, client: Somebody) -> None:
    """The ground of the refusals below: the same command with nothing wrong about it is recorded."""
    answer = desk.house.run(*desk.command(client.sign(desk.statement), client.public))
    assert answer.code == 0, answer


@pytest.mark.parametrize(
    "wrong",
    [
        pytest.param(lambda text: text.replace(b"client", b"payer"), id="under the payer's statement"),
        pytest.param(lambda text: text.replace(b"\nagreement", b"\nagreements"), id="under other words"),
        pytest.param(lambda text: text.replace(b"1", b"2"), id="under another agreement"),
        pytest.param(lambda text: text.replace(b"confide/1 agreement", b"confide/1 enrolment"), id="of another kind"),
        pytest.param(lambda text: text + b" ", id="under one more space"),
        pytest.param(lambda text: text[:0], id="under nothing"),
    ],
)
def test_a_signature_under_something_else(
    desk: Desk, client: Somebody, wrong: Callable[[bytes], bytes], stages: dict[str, House]
) -> None:
    """What was signed in one place cannot be used in another."""
    text = wrong(desk.statement)
    assert text != desk.statement
    desk.house.refuses(
        *desk.command(client.sign(text), client.public),
        code=4,
        what="the signature of `client` does not hold",
        why="other bytes, another signer or time",
        where="records/{p}/agreements/1.yml",
        hint="they sign exactly what `confide agree sign --party client --statement` prints",
    )


def test_a_signature_by_somebody_else(desk: Desk, client: Somebody, stranger: Somebody) -> None:
    """A stranger's signature beside the client's key, and the client's beside a stranger's key."""
    for signer, shown in ((stranger, client), (client, stranger)):
        desk.house.refuses(
            *desk.command(signer.sign(desk.statement), shown.public),
            code=4,
            what="the signature of `client` does not hold",
            why="",
            where="records/{p}/agreements/1.yml",
            hint="--statement",
        )


@pytest.mark.parametrize("garbage", [b"", b"I agree. Yours, the client", b"\x89\x00\xff" * 9])
def test_something_that_is_no_signature(desk: Desk, client: Somebody, garbage: bytes) -> None:
    desk.house.refuses(
        *desk.command(garbage, client.public),
        code=4,
        what="the signature of `client` does not hold",
        why="",
        where="records/{p}/agreements/1.yml",
        hint="--statement",
    )


def test_a_signed_copy_instead_of_a_signature(desk: Desk, client: Somebody) -> None:
    """`gpg --clearsign` and `gpg --sign` make messages; what is asked for is a detached signature."""
    for form in ("--clearsign", "--sign"):
        desk.house.refuses(
            *desk.command(client.gpg(form, stdin=desk.statement), client.public),
            code=4,
            what="the signature of `client` does not hold",
            why="",
            where="records/{p}/agreements/1.yml",
            hint="--statement",
        )


def test_a_signature_without_a_key_on_record(desk: Desk, client: Somebody) -> None:
    desk.house.refuses(
        *desk.command(client.sign(desk.statement)),
        code=1,
        what="no key of `client` is on record",
        why="a signature means something only with the key that made it",
        hint="compare its fingerprint with them, then give it too: --key FILE",
    )


def test_a_key_that_is_no_key(desk: Desk, client: Somebody, stranger: Somebody) -> None:
    signature = client.sign(desk.statement)
    for key in (b"", b"no key", client.public + stranger.public):
        desk.house.refuses(
            *desk.command(signature, key),
            code=4,
            what="the key of `client` cannot be used",
            why="",
            hint="they export it with: gpg --armor --export FINGERPRINT",
        )


def test_a_secret_key_where_the_public_one_belongs(desk: Desk, client: Somebody) -> None:
    """It is refused, never stripped: whoever sent it has to know that they did."""
    secret = client.gpg("--armor", "--export-secret-keys", client.fingerprint)
    desk.house.refuses(
        *desk.command(client.sign(desk.statement), secret),
        code=4,
        what="the key of `client` cannot be used",
        why="a secret key where a public key belongs",
        hint="gpg --armor --export",
    )


def test_a_key_alone(desk: Desk, client: Somebody) -> None:
    key = desk.file("key.asc", client.public)
    desk.house.refuses(
        *("agree", "sign", "--party", "client", "--key", key, "--in", desk.house.partnership),
        code=2,
        what="a key alone signs nothing",
        why="it belongs to a signature",
        hint="add --signature FILE",
    )


def test_two_ways_at_once(desk: Desk, client: Somebody, short_scan: str) -> None:
    desk.house.refuses(
        *(*desk.command(client.sign(desk.statement), client.public), "--paper", short_scan),
        code=2,
        what="that is more than one way to sign",
        why="a signature is made in one",
        hint="--paper SCAN",
    )


def test_an_expired_key(desk: Desk, ended: tuple[Somebody, Somebody]) -> None:
    """Signed while the key was good; but nothing could be sealed for its owner any more."""
    person = ended[0]
    signature = person.sign(desk.statement)
    expire(person.home, person.fingerprint)
    desk.house.refuses(
        *desk.command(signature, person.public),
        code=1,
        what=f"the key {person.fingerprint} expired on",
        why="nothing can be sealed for it any more",
        hint="its owner runs `gpg --quick-set-expire",
    )


def test_a_revoked_key(desk: Desk, ended: tuple[Somebody, Somebody]) -> None:
    """Whoever has a revoked key may be anybody."""
    person = ended[1]
    signature = person.sign(desk.statement)
    revoke(person.home, person.fingerprint)
    desk.house.refuses(
        *desk.command(signature, person.public),
        code=1,
        what=f"the key {person.fingerprint} is revoked",
        why="nothing can be sealed for it any more",
        hint="ask its owner for a new key",
    )


def test_another_key_for_a_party_who_has_one(running: House, stranger: Somebody) -> None:
    """A key on record is not replaced by whoever brings another."""
    assert running.within("agree", "draft", "--yes").code == 0
    text = (running.record / "agreements/2.yml").read_bytes()
    assert running.within("agree", "check").code == 0, text.decode()
    assert running.within("agree", "propose").code == 0
    desk = Desk(running)
    running.refuses(
        *desk.command(stranger.sign(desk.statement), stranger.public),
        code=1,
        what="a key of `client` is on record already",
        why="it is replaced only with their word for the new one",
        where="records/{p}/keys/client.1.asc",
        hint="invite them again: confide invite client",
    )


def test_a_command_interrupted_between_key_and_signature(
    desk: Desk, client: Somebody, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The key is on record, the signature is not: the same command again goes on where it stopped."""
    command = desk.command(client.sign(desk.statement), client.public)

    def stopped(*arguments: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr("confide.workflows.signing.add_signature", stopped)
        assert desk.house.run(*command).code == 1
    assert (desk.house.record / "keys/client.1.asc").is_file()
    assert desk.house.run(*command).code == 0
    assert desk.house.run("verify").code == 0
