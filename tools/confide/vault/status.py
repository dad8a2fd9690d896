"""What GnuPG reported, line by line (its doc/DETAILS), turned into an answer or into a reason that helps.

Values are read where they are fingerprints, numbers and dates. User ids stand in these lines too: text that whoever
made the key has chosen, so it is neither believed nor repeated.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime

from confide.model.problem import Malformed, Problem, Refused, Unavailable

# A line of these marks a signature that must not count, whatever else was printed beside it.
_NOT_GOOD = frozenset({"BADSIG", "ERRSIG", "EXPSIG", "NO_PUBKEY"})

_AGENT = "`gpg-connect-agent /bye` shows whether the agent answers"
_CARD = "put the card in (`gpg --card-status` shows it), then try again"
_TERMINAL = "set `GPG_TTY=$(tty)`, or configure a pinentry for the desktop in gpg-agent.conf"
# Error numbers of libgpg-error, the low 16 bits.
_REASONS: dict[int, tuple[str, str]] = {
    11: ("wrong passphrase", "try again; `gpgconf --kill gpg-agent` makes GnuPG forget what it remembers"),
    17: ("the secret key is not here", "import it, put the card in, or use the machine that has it"),
    54: (
        "the key cannot be used for this",
        "it may be expired, revoked, or younger than that date: `gpg --list-keys` shows it",
    ),
    62: ("nobody typed the passphrase in time", "try again"),
    77: ("no gpg-agent is running", _AGENT),
    85: ("GnuPG has no way to ask for the passphrase", _TERMINAL),
    86: ("GnuPG has no way to ask for the passphrase", _TERMINAL),
    87: ("wrong PIN", _CARD),
    99: ("the passphrase was not given", "try again"),
    108: ("the card was taken out", _CARD),
    112: ("the card is not there", _CARD),
    119: (
        "the key is on a card, and GnuPG has nothing to reach cards with",
        "install scdaemon (Debian: `apt install scdaemon`), put the card in, then try again",
    ),
    130: ("the card's PIN is blocked", "unblock it with `gpg --card-edit`"),
    198: ("the passphrase was not given", "try again"),
    32870: ("GnuPG has no terminal to ask for the passphrase", _TERMINAL),
}
# First number of an INV_SGNR or INV_RECP line.
_INVALID = {
    "1": "it was not found",
    "3": "not for this use",
    "4": "it is revoked",
    "5": "it has expired",
    "9": "only its public half is here",
}


@dataclass(frozen=True)
class Signed:
    """A message that was opened and verified. Fingerprints are those of primary keys."""

    data: bytes = field(repr=False)
    signer: str
    created: datetime
    opened_by: str
    key_expired: bool


@dataclass(frozen=True)
class Answer:
    """Standard output, and the status lines as (keyword, rest)."""

    data: bytes = field(repr=False)
    lines: tuple[tuple[str, str], ...] = field(repr=False)

    def every(self, keyword: str) -> tuple[str, ...]:
        return tuple(value for key, value in self.lines if key == keyword)

    def only(self, keyword: str) -> str | None:
        """The rest of the one line with this keyword; None when there is none, or more than one."""
        values = self.every(keyword)
        return values[0] if len(values) == 1 else None

    def decrypted(self) -> bool:
        """One whole message, one text in it, integrity proven. The exit code says less (TRAPS: hidden recipients)."""
        once = all(self.only(keyword) is not None for keyword in ("BEGIN_DECRYPTION", "PLAINTEXT", "DECRYPTION_OKAY"))
        info = (self.only("DECRYPTION_INFO") or "0 0 0").split()
        intact = bool(self.every("GOODMDC")) or info[2:3] not in ([], ["0"])
        return once and intact and not self.every("DECRYPTION_FAILED") and not self.every("BADMDC")

    def signed(self) -> Signed:
        """The one good signature of a decrypted message; Malformed when there is none, another, or a doubtful one."""
        valid, opened_by = self.only("VALIDSIG"), self.only("DECRYPTION_KEY")
        good, expired = self.only("GOODSIG"), self.only("EXPKEYSIG")
        if self.every("REVKEYSIG"):
            why = "whoever has a revoked key can sign with it and choose the date"
            raise Malformed(Problem("signed with a key that is revoked", why, hint="restore it from a backup"))
        if any(self.every(keyword) for keyword in _NOT_GOOD) or (good is None) == (expired is None):
            raise Malformed(Problem("not signed as it should be", "no signature, a foreign or a bad one"))
        if valid is None or opened_by is None or self.only("NEWSIG") is None:
            raise Malformed("not signed exactly once")
        fields = valid.split()
        created = datetime.fromtimestamp(int(fields[2]), UTC)
        return Signed(self.data, fields[9], created, opened_by.split()[1], expired is not None)

    def problem(self, what: str) -> Refused:
        """Why it did not work, as far as GnuPG said."""
        for value in (*self.every("ERROR"), *self.every("FAILURE")):
            number = value.split()[1:2]
            if number and number[0].isdigit() and int(number[0]) & 0xFFFF in _REASONS:
                why, hint = _REASONS[int(number[0]) & 0xFFFF]
                return Unavailable(Problem(what, why, hint=hint))
        for value in (*self.every("INV_SGNR"), *self.every("INV_RECP")):
            why = _INVALID.get(value.split()[0], "GnuPG cannot use it")
            return Unavailable(Problem(what, f"the key: {why}", hint="`gpg --list-secret-keys` shows what is here"))
        if self.every("NO_SECKEY"):
            why, hint = _REASONS[17]
            return Unavailable(Problem(what, why, hint=hint))
        if self.every("DECRYPTION_FAILED") or self.every("BADMDC") or self.every("NODATA"):
            return Malformed(Problem(what, "it is damaged or not a message"))
        return Unavailable(Problem(what, "GnuPG gave no reason", hint=_AGENT))
