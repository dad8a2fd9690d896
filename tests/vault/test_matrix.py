"""The keys that coaches have: several names, an offline primary key, RSA, a passphrase kept by the agent, a card.

Each makes a keystore and opens it, signs and seals, and reads what this process sealed for it. A card cannot be plugged
into a test: its stub can, as GnuPG leaves it in a keyring, and what happens then without the card.
"""

from __future__ import annotations

import re
import shutil
import subprocess
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import pytest

from confide.model.problem import Unavailable
from confide.vault import sequoia
from confide.vault.keystore import Keystore
from confide.vault.people import GnuPG
from confide.vault.sequoia import Certificate, SecretKey
from tests.vault.conftest import PASSPHRASE, Person
from tests.vault.test_both_ways import gpg

pytestmark = pytest.mark.gpg

NOTE = b"## What matters\n\nPatience.\n"
MADE = ("--passphrase", "", "--pinentry-mode", "loopback")
# Of a card that nobody has: the application id of OpenPGP cards, with a serial number of zeros.
SERIAL = "D2760001240102010006000000000000"
PRESET = Path("/usr/lib/gnupg/gpg-preset-passphrase")


def several_names(new_person: Callable[..., Person]) -> Person:
    """Three user ids, one of them revoked, the newest primary: whose key it is does not depend on any."""
    person = new_person("First <first@example.invalid>")
    for name in ("Second <second@example.invalid>", "Ünlü 信 <third@example.invalid>"):
        gpg(person.home, *MADE, "--quick-add-uid", person.fingerprint, name)
    gpg(person.home, *MADE, "--quick-revoke-uid", person.fingerprint, "First <first@example.invalid>")
    return person


def offline_primary(new_person: Callable[..., Person]) -> Person:
    """`sec#`: the primary key lies in a safe, and subkeys of its sign and open."""
    person = new_person("Offline <offline@example.invalid>")
    gpg(person.home, *MADE, "--quick-add-key", person.fingerprint, "ed25519", "sign", "never")
    listed = gpg(person.home, "--with-keygrip", "--with-colons", "--list-secret-keys").decode()
    primary = re.findall(r"^grp:+([0-9A-F]{40}):", listed, re.MULTILINE)[0]
    person.gpg.kill_agent()
    (person.home / "private-keys-v1.d" / f"{primary}.key").unlink()
    assert re.search(r"^sec#", gpg(person.home, "--list-secret-keys").decode(), re.MULTILINE)
    return person


def old_rsa(new_person: Callable[..., Person]) -> Person:
    """RSA as it was usual for many years: the primary key certifies and signs, one subkey opens."""
    person = new_person("Beside <beside@example.invalid>")
    gpg(person.home, *MADE, "--quick-gen-key", "Old <old@example.invalid>", "rsa2048", "sign", "never")
    fingerprint = next(key.fingerprint for key in person.gpg.secret_keys() if key.fingerprint != person.fingerprint)
    gpg(person.home, *MADE, "--quick-add-key", fingerprint, "rsa2048", "encrypt", "never")
    certificate = Certificate.parse(person.gpg.public_key(fingerprint))
    return Person(person.gpg, person.home, fingerprint, certificate)


@pytest.mark.parametrize("kind", [several_names, offline_primary, old_rsa])
def test_every_kind_of_key_keeps_signs_and_reads(
    kind: Callable[..., Person],
    new_person: Callable[..., Person],
    partnership: SecretKey,
    tmp_path: Path,
    now: datetime,
) -> None:
    """A keystore of its own, notes that this process reads, messages that plain gpg reads; named by its primary key."""
    person = kind(new_person)
    certificate = Certificate.parse(person.gpg.public_key(person.fingerprint))
    assert certificate.fingerprint == person.fingerprint
    Keystore.create(tmp_path / "practice", person.gpg, person.fingerprint, now).unlock().add(
        "p-k7f3", partnership.armoured(), now
    )
    key = Keystore(tmp_path / "practice", GnuPG(person.home)).unlock().secret("p-k7f3")
    note = person.gpg.sign_and_encrypt(NOTE, person.fingerprint, partnership.certificate.armoured(), now)
    assert sequoia.open_signed(note, key, [certificate]) == sequoia.Opened(NOTE, person.fingerprint)
    signature = person.gpg.sign_detached(NOTE, person.fingerprint, now)
    assert sequoia.verify_detached(NOTE, signature, [certificate]).signer == person.fingerprint
    message = sequoia.encrypt(NOTE, [certificate], None, now)
    assert gpg(person.home, "--decrypt", data=message) == NOTE


@pytest.mark.skipif(not PRESET.exists(), reason="NO gpg-preset-passphrase: unattended keys are not tried")
def test_an_unattended_machine_is_asked_nothing(
    new_person: Callable[..., Person], tmp_path: Path, now: datetime
) -> None:
    """The agent was given the passphrase once; a keystore opens with nobody there to type it."""
    person = new_person("Unattended <unattended@example.invalid>", passphrase=PASSPHRASE)
    settings = ("allow-preset-passphrase", "pinentry-program /bin/false", "s2k-count 65536", "")
    (person.home / "gpg-agent.conf").write_text("\n".join(settings))
    person.gpg.kill_agent()
    listed = gpg(person.home, "--with-keygrip", "--with-colons", "--list-secret-keys").decode()
    for grip in re.findall(r"^grp:+([0-9A-F]{40}):", listed, re.MULTILINE):
        subprocess.run([PRESET, "--homedir", str(person.home), "--preset", grip], input=PASSPHRASE.encode(), check=True)
    keystore = Keystore.create(tmp_path / "practice", person.gpg, person.fingerprint, now)
    assert keystore.unlock().names() == ()
    person.gpg.kill_agent()
    with pytest.raises(Unavailable, match="no way to ask for the passphrase"):
        keystore.unlock()


@pytest.mark.parametrize("daemon", ["", "ERR 100663408 Card not present", "ERR 100663404 Card removed"])
def test_a_card_that_is_not_there_is_said(
    daemon: str, new_person: Callable[..., Person], tmp_path: Path, now: datetime
) -> None:
    """Neither damaged nor forged: without a reader, without the card, and when whoever is asked for it gives up."""
    person = new_person("Card <card@example.invalid>")
    keystore = Keystore.create(tmp_path / "practice", person.gpg, person.fingerprint, now)
    assert keystore.unlock().names() == ()
    person.gpg.kill_agent()
    _move_to_card(person.home, daemon)
    assert person.gpg.key(person.fingerprint).has_secret
    # Whether the agent asks for the card first or gives up at once is up to it; what it says is a reason with a way on.
    reasons = ("nothing to reach cards with", "the card was taken out", "the passphrase was not given")
    for use in (keystore.unlock, lambda: person.gpg.sign_detached(NOTE, person.fingerprint, now)):
        with pytest.raises(Unavailable) as refusal:
            use()
        (problem,) = refusal.value.problems
        assert problem.hint and any(reason in problem.why for reason in reasons if daemon or "reach" in reason)


def _move_to_card(home: Path, daemon: str) -> None:
    """What `keytocard` leaves: stubs that name a card. `daemon` is what the card's reader says; empty for none."""
    for number, file in enumerate(sorted((home / "private-keys-v1.d").iterdir()), 1):
        head, _, key = file.read_text().partition("Key: ")
        key = re.sub(r"\s*\(d\s*#[0-9A-F\s]+#\s*\)\s*", "", " ".join(key.split()))
        inside = key.replace("(private-key", "(shadowed-private-key", 1).removesuffix("))")
        file.write_text(f"{head}Key: {inside}(shadowed t1-v1 (#{SERIAL}# OPENPGP.{number}))))\n")
    script = home / "scdaemon"
    answers = (
        f'echo "OK"; while read -r line; do case "$line" in SERIALNO*|LEARN*) echo "{daemon}";; *) echo OK;; esac; done'
    )
    script.write_text(f"#!{shutil.which('sh')}\n{answers}\n")
    script.chmod(0o700 if daemon else 0o600)
    cancels = home / "pinentry"
    cancels.write_text(
        f'#!{shutil.which("sh")}\necho OK\nwhile read -r line; do case "$line" in CONFIRM*|GETPIN*) '
        'echo "ERR 83886179 canceled";; BYE*) echo OK; exit 0;; *) echo OK;; esac; done\n'
    )
    cancels.chmod(0o700)
    (home / "gpg-agent.conf").write_text(f"scdaemon-program {script}\npinentry-program {cancels}\n")
