"""People's own keys, in their own GnuPG: smartcards, agents and passphrases stay theirs. The only door to `gnupg`.

- A key is named by its fingerprint, never by words of a user id: those are whatever their writer liked.
- What happened is read from status lines; an exit code alone is believed only when it says no.
- The user's gpg.conf is not read (`--no-options`): an `encrypt-to`, `recipient` or `local-user` there would add a
  reader or a signer. Each message that comes out is looked at again: exactly the asked reader.
- No key is fetched, no trust is asked: whose key it is was settled by the record.
"""

from __future__ import annotations

import contextlib
import io
import logging
import os
import shutil
import subprocess
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import gnupg

from confide.model.problem import Malformed, Problem, Unavailable
from confide.vault import packets
from confide.vault.memory import memory_dir
from confide.vault.person import PersonKey, checked_fingerprint, checked_query, key_parameters, person_key
from confide.vault.sequoia import Certificate, fingerprint_of
from confide.vault.status import Answer, Signed

__all__ = ["GnuPG", "PersonKey"]

OLDEST = (2, 2)
# A signature may be dated by the system when that is as good as right (DESIGN: `at` and the signature within an hour).
NEAR = timedelta(seconds=60)
_WHY = "notes and records are sealed and signed with it"
_INSTALL = "install GnuPG 2.2 or newer (Debian: `apt install gnupg`)"

# `--rfc4880` and preferences without AEAD: keys made by GnuPG 2.4 would otherwise ask for messages that neither GnuPG
# 2.2 nor the library opens. No compression: it betrays content by length, and the library verifies only without.
_PREFERENCES = ("--rfc4880", "--default-preference-list", "AES256 AES192 AES SHA512 SHA384 SHA256 Uncompressed")


class _Result(gnupg.StatusHandler):  # type: ignore[misc]  # the library has no types
    """Keeps the status lines as they came; the library's own readers stumble over odd user ids."""

    def __init__(self, gpg: object) -> None:
        super().__init__(gpg)
        self.lines: list[tuple[str, str]] = []
        self.data = b""

    def handle_status(self, key: str, value: str) -> None:
        self.lines.append((key, value))


class _Gpg(gnupg.GPG):  # type: ignore[misc]  # the library has no types
    """The library, with one more call: any arguments, standard input in, data and status lines out."""

    def run(self, arguments: list[str], data: bytes) -> Answer:
        result = _Result(self)
        # A broken pipe: gpg gave up before it had read everything, and the status lines say why.
        with contextlib.suppress(BrokenPipeError):
            self._handle_io(arguments, io.BytesIO(data), result, binary=True)
        return Answer(bytes(result.data), tuple(result.lines))


class GnuPG:
    """The user's GnuPG, or the one in `home`. Raises Unavailable when there is none, or an old one."""

    def __init__(self, home: Path | None = None, clock: Callable[[], datetime] | None = None) -> None:
        program = shutil.which("gpg") or shutil.which("gpg2")
        if program is None:
            raise Unavailable(Problem("gpg was not found", _WHY, hint=_INSTALL))
        # The library would log status lines, and with them names.
        logging.getLogger("gnupg").setLevel(logging.CRITICAL + 1)
        self.home = home
        self._program = program
        self._clock = clock or (lambda: datetime.now(UTC))
        options = ["--no-options", "--disable-dirmngr", "--no-auto-check-trustdb"]
        try:
            self._gpg = _Gpg(program, str(home) if home else None, options=options, env=_environment())
        except (OSError, ValueError):
            raise Unavailable(Problem("gpg did not start", "or its home directory is missing", hint=_INSTALL)) from None
        if not self._gpg.version or self._gpg.version < OLDEST:
            raise Unavailable(Problem("gpg is too old", _WHY, hint=_INSTALL))

    def key(self, query: str) -> PersonKey:
        """The key with this fingerprint or long key id. Raises Unavailable when GnuPG does not have it."""
        secret = {entry["fingerprint"] for entry in self._gpg.list_keys(True, keys=[checked_query(query)])}
        found = self._gpg.list_keys(False, keys=[query])
        if len(found) != 1:
            raise _no_key(query)
        return person_key(found[0], has_secret=found[0]["fingerprint"] in secret)

    def secret_keys(self) -> tuple[PersonKey, ...]:
        """Every key whose secret half is here, or on a card that is known here."""
        return tuple(person_key(entry, has_secret=True) for entry in self._gpg.list_keys(True))

    def generate(
        self, user_id: str, *, passphrase: str | None, at: datetime, expires: str = "0", ask: bool = False
    ) -> str:
        """A new key: Ed25519 to certify and sign, Cv25519 to encrypt, dated `at`. Returns its fingerprint.

        Without a `passphrase` it is unprotected, unless `ask`: then GnuPG asks for one itself.
        """
        self._ensure_home()
        # By standard input: a user id has no place among the arguments, where every process can read it.
        parameters = key_parameters(user_id, passphrase=passphrase, ask=ask, expires=expires)
        answer = self._run([*_PREFERENCES, *self._time(at), "--gen-key"], parameters)
        created = answer.only("KEY_CREATED")
        if created is None:
            raise answer.problem("no key was made")
        return created.split()[1]

    def public_key(self, fingerprint: str) -> bytes:
        """Armoured, without other people's signatures on it. Raises Unavailable when GnuPG does not have it."""
        return Certificate.parse(self._export(["--export"], fingerprint)).armoured()

    def secret_key(self, fingerprint: str) -> bytes:
        """The binary secret key. Only for throw-away homes: it leaves GnuPG's protection."""
        return self._export(["--export-secret-keys"], fingerprint)

    def secret_listing(self, fingerprint: str) -> str:
        """What GnuPG tells about the secret halves of one key, keygrips included (its doc/DETAILS)."""
        arguments = ["--with-colons", "--with-keygrip", "--list-secret-keys", checked_fingerprint(fingerprint)]
        return self._run(arguments).data.decode("utf-8", "replace")

    @property
    def directory(self) -> Path:
        """The home directory in use."""
        return self.home or Path(os.environ.get("GNUPGHOME") or Path.home() / ".gnupg")

    def import_key(self, data: bytes) -> str:
        """Take exactly one key, public or secret, into the keyring; its fingerprint. Raises Malformed."""
        expected = fingerprint_of(data)
        self._ensure_home()
        answer = self._run(["--import"], data)
        if {value.split()[1] for value in answer.every("IMPORT_OK")} != {expected}:
            raise answer.problem("the key was not imported")
        return expected

    def sign_detached(self, data: bytes, fingerprint: str, at: datetime) -> bytes:
        """An armoured detached signature, dated `at`, by this key or its signing subkey, and no other."""
        # Not `--default-key`: where that one cannot sign, gpg quietly takes another.
        arguments = ["--armor", "--local-user", checked_fingerprint(fingerprint), "--detach-sign"]
        answer = self._run([*self._time(at), *arguments], data)
        if answer.only("SIG_CREATED") is None or not answer.data:
            raise answer.problem("nothing was signed")
        return answer.data

    def sign_and_encrypt(self, data: bytes, signer: str, recipient: bytes, at: datetime) -> bytes:
        """A binary message signed by `signer`, readable for `recipient` (one public key, its bytes) and nobody else.

        Raises NotAllowed when the recipient's key is expired or revoked at `at`.
        """
        signing = ["--sign", "--local-user", checked_fingerprint(signer)]
        return self._encrypt(data, recipient, at, signing, "SIG_CREATED")

    def encrypt(self, data: bytes, recipient: bytes, at: datetime) -> bytes:
        """The same without a signature."""
        return self._encrypt(data, recipient, at, [], "END_ENCRYPTION")

    def decrypt(self, data: bytes) -> bytes:
        """What one binary message says. GnuPG asks for the passphrase or the card. Raises Malformed, Unavailable."""
        return self._decrypt(data).data

    def decrypt_signed(self, data: bytes) -> Signed:
        """The same for a message that must be signed; says by whom, and which key opened it.

        A key that expired since still signed while it was valid; a revoked one is not believed any more.
        """
        signed = self._decrypt(data).signed()
        if signed.key_expired:
            expires = self.key(signed.signer).expires
            if expires is None or expires <= signed.created:
                raise Malformed("signed with a key that had expired")
        return signed

    def rewrap(self, data: bytes, recipient: bytes, at: datetime) -> bytes:
        """The same text, signed as it was, for another reader. For throw-away homes: it is done for note after note."""
        packets.sealed_for_keys(data, aead=True)
        answer = self._run(["--unwrap"], data)
        if answer.only("DECRYPTION_OKAY") is None or answer.every("DECRYPTION_FAILED") or not answer.data:
            raise answer.problem("the message was not opened")
        # What came out is a signed message already: it is put in as it is, not as the text of another one.
        return self._encrypt(answer.data, recipient, at, ["--no-literal"], "END_ENCRYPTION")

    def faked(self, at: datetime) -> bool:
        """Whether a signature dated `at` needs another time than the system's."""
        return abs(at - self._clock()) > NEAR

    def kill_agent(self) -> None:
        """End this home's agent, and with it every passphrase it remembers."""
        program = shutil.which("gpgconf")
        if program is None:
            return
        home = ["--homedir", str(self.home)] if self.home else []
        subprocess.run([program, *home, "--kill", "all"], check=False, capture_output=True, stdin=subprocess.DEVNULL)

    def _ensure_home(self) -> None:
        """With `--no-options` gpg does not make the user's directory on first use, as it otherwise does."""
        self.directory.mkdir(mode=0o700, exist_ok=True)

    def _run(self, arguments: list[str], data: bytes = b"") -> Answer:
        return self._gpg.run(arguments, data)

    def _time(self, at: datetime) -> list[str]:
        return ["--faked-system-time", f"{int(at.timestamp())}!"] if self.faked(at) else []

    def _export(self, arguments: list[str], fingerprint: str) -> bytes:
        answer = self._run([*arguments, checked_fingerprint(fingerprint)])
        if not answer.data:
            raise _no_key(fingerprint)
        return answer.data

    def _encrypt(self, data: bytes, recipient: bytes, at: datetime, more: list[str], proof: str) -> bytes:
        certificate = Certificate.parse(recipient)
        certificate.check_usable(at)
        with memory_dir() as directory:
            file = directory / "recipient"
            file.write_bytes(recipient)
            plain = ["--rfc4880", "--no-encrypt-to", "--no-throw-keyids", "--compress-algo", "none", "--no-armor"]
            answer = self._run([*self._time(at), *plain, *more, "--recipient-file", str(file), "--encrypt"], data)
        if answer.only(proof) is None or answer.only("END_ENCRYPTION") is None or not answer.data:
            raise answer.problem("nothing was encrypted")
        packets.check_readers(answer.data, [certificate.key_ids], aead=True)
        return answer.data

    def _decrypt(self, data: bytes) -> Answer:
        packets.sealed_for_keys(data, aead=True)
        answer = self._run(["--decrypt"], data)
        if not answer.decrypted():
            raise answer.problem("the message was not opened")
        return answer


def _no_key(query: str) -> Unavailable:
    why = "so it can neither sign nor open anything"
    return Unavailable(Problem(f"GnuPG has no key {query}", why, hint="import it with `gpg --import`"))


def _environment() -> dict[str, str]:
    """The user's own, with the terminal named: the pinentry for terminals asks nowhere else."""
    environment = dict(os.environ)
    terminal = next((stream for stream in (0, 1, 2) if os.isatty(stream)), None)
    if terminal is not None:
        environment["GPG_TTY"] = os.ttyname(terminal)
    return environment
