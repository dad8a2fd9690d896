"""What goes to the inbox: `confide/1 inbox`, line end, one JSON object, signed and sealed.

Signed by the party's own key, readable for the partnership's keepers alone: the host only passes it on.
"""

from __future__ import annotations

import json
import secrets
from dataclasses import dataclass, field

from confide.model.statement import words_commitment
from confide.policy import said
from confide.vault import sequoia
from confide.vault.manifest import Ask, Manifest
from confide.vault.reader_state import PartyKey, Sent, moment
from confide.vault.sequoia import Certificate, SecretKey

HEAD = b"confide/1 inbox\n"
# How such a signature came about: the portal handled the passphrase while it was made.
STRENGTH = "portal"
INPUT, MESSAGE, WITHDRAWAL = "input", "message", "withdrawal"


def enrolment(
    manifest: Manifest,
    sent: Sent,
    made: PartyKey,
    statement: bytes,
    signature: bytes,
    partnership: Certificate,
    key: SecretKey,
) -> bytes:
    """A new key asks to be the party's: the coach confirms its fingerprint with them by another way."""
    facts = {"fingerprint": made.fingerprint, "key": made.public, "statement": statement.decode()}
    return _message("enrolment", manifest, sent, {**facts, "signature": signature.decode()}, partnership, key)


@dataclass(frozen=True)
class Words:
    """What a person wrote: `kind` is the answer (`given`, `declined`) or what it is (`question`, `concern`)."""

    kind: str
    text: str = field(default="", repr=False)
    salt: str = field(default_factory=lambda: secrets.token_hex(16), repr=False)

    @property
    def commitment(self) -> str:
        """What the statement names; nothing where nothing was written."""
        return words_commitment(self.salt, self.kind, self.text) if self.text else ""

    def lines(self, ask_kind: str) -> str:
        """What they add to the head of a statement."""
        added = said.answer_lines(self.kind, self.commitment) if ask_kind == INPUT else None
        return (added or said.message_lines(self.commitment)).decode()


def signature(
    manifest: Manifest,
    sent: Sent,
    ask: Ask,
    signature: bytes,
    partnership: Certificate,
    key: SecretKey,
    words: Words | None = None,
) -> bytes:
    """What was asked is signed: `target` is the value of the statement's first own line, such as `agreements/1.yml`."""
    facts = {
        "fingerprint": key.fingerprint,
        "ask": ask.id,
        "ask-kind": ask.kind,
        "target": _target(ask.statement),
        "statement": ask.statement,
        "signature": signature.decode(),
        "strength": STRENGTH,
    }
    if words:
        facts |= {"said": words.kind, "words": words.text, "salt": words.salt}
    return _message("signature", manifest, sent, facts, partnership, key)


def _target(statement: str) -> str:
    """The fifth line, after the kind, partnership, party and person."""
    lines = statement.splitlines()
    return lines[4].partition(": ")[2] if len(lines) > 4 else ""


def _message(
    kind: str, manifest: Manifest, sent: Sent, facts: dict[str, str], partnership: Certificate, key: SecretKey
) -> bytes:
    payload = {
        "kind": kind,
        "id": sent.item,
        "partnership": manifest.partnership,
        "party": manifest.party,
        "number": manifest.number,
        "reader": manifest.reader,
        "at": moment(sent.at),
        **facts,
    }
    text = json.dumps(payload, indent=1, ensure_ascii=False) + "\n"
    return sequoia.encrypt(HEAD + text.encode(), [partnership], key, sent.at)
