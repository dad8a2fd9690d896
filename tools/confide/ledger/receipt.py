"""A receipt: what one party can prove, without trusting anybody, of what was recorded and shown to them.

It holds their own chain of events, the signed commit of each that names nobody else, the texts they were shown with the
salts that open the commitments, and the agreements they were asked to sign. Of other parties and partnerships it holds
hashes alone: the ids of trees and parents in a commit, and the digests of other readers' links. docs/FORMAT.md gives
the bytes, and how to check them without this program.
"""

from __future__ import annotations

import base64
import binascii
import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from confide.model.event import Event
from confide.model.problem import Malformed, Problem
from confide.model.projection import AGREEMENT_KINDS, seen_bytes, seen_digest, unnamed, whole_bytes
from confide.model.record import Record

FORMAT = "confide/1 receipt"
_SIGNATURE = b"-----BEGIN PGP SIGNATURE-----"
_KEYS = frozenset(
    {"format", "partnership", "party", "person", "root", "keeper", "publisher", "keys", "events", "texts", "agreements"}
)


@dataclass(frozen=True)
class Proof:
    """One event as the party sees it: its bytes in their chain, and the signed commit with the whole file, or neither.

    An event whose commit would name somebody else is proven by the next one in the chain, which names its digest.
    """

    seen: bytes
    commit: bytes = b""
    event: bytes = b""


@dataclass(frozen=True)
class Opening:
    """One text that was shown, and what opens the commitment of its event."""

    event: str
    section: str
    salt: bytes
    text: str


@dataclass(frozen=True)
class Receipt:
    """`root` and `keeper` are the pins; `keys` the armoured public keys of whoever signed a commit, or this receipt."""

    partnership: str
    party: str
    person: int
    root: str
    keeper: str
    publisher: str
    keys: Mapping[str, bytes]
    events: tuple[Proof, ...]
    texts: tuple[Opening, ...]
    agreements: Mapping[int, bytes]


def proofs(
    record: Record, party: str, commit_of: Callable[[Event], bytes], file_of: Callable[[Event], bytes]
) -> tuple[Proof, ...]:
    """The party's chain, oldest first; `commit_of` and `file_of` give an event's commit object and file."""
    return tuple(
        Proof(seen_bytes(event, party), commit_of(event), file_of(event))
        if names_nobody_else(event, party, record)
        else Proof(seen_bytes(event, party))
        for event in record.events
        if party in event.previous
    )


def names_nobody_else(event: Event, party: str, record: Record) -> bool:
    """Whether the whole event says nothing that the party may not know: recipients, readers, or a source's circle."""
    known = {party, "client", "coach"}
    agreement = record.agreement(event.agreement)
    if event.kind in AGREEMENT_KINDS and agreement is not None and party in agreement.signatories:
        known.update(agreement.signatories)
    if party == "client":  # who reads about her is hers to know (S-04)
        known.update(other for other in event.to if unnamed(other, event, party) == other)
    named = {*event.previous, *event.to, event.by}
    return named <= known and whole_bytes(event, party) == seen_bytes(event, party)


def head(record: Record, party: str) -> str:
    """The digest of the newest event in the party's chain; `none` before the first."""
    return next((seen_digest(event, party) for event in reversed(record.events) if party in event.previous), "none")


def render(receipt: Receipt, sign: Callable[[bytes], bytes]) -> bytes:
    """The file: JSON that a person can read, then the publishing key's armoured signature over exactly that JSON."""
    content = {
        "format": FORMAT,
        "partnership": receipt.partnership,
        "party": receipt.party,
        "person": receipt.person,
        "root": receipt.root,
        "keeper": receipt.keeper,
        "publisher": receipt.publisher,
        "keys": {name: receipt.keys[name].decode("ascii") for name in sorted(receipt.keys)},
        "events": [_proof(proof) for proof in receipt.events],
        "texts": [
            {"event": one.event, "section": one.section, "salt": one.salt.hex(), "text": one.text}
            for one in receipt.texts
        ],
        "agreements": {str(version): receipt.agreements[version].decode() for version in sorted(receipt.agreements)},
    }
    data = json.dumps(content, indent=1, ensure_ascii=True).encode() + b"\n"
    return data + sign(data)


def _proof(proof: Proof) -> dict[str, str]:
    found = {"seen": proof.seen.decode("ascii")}
    if proof.commit:
        found |= {"commit": base64.b64encode(proof.commit).decode(), "event": proof.event.decode()}
    return found


def parse(data: bytes) -> tuple[Receipt, bytes, bytes]:
    """The receipt, the bytes that were signed, and the signature. Raises Malformed for anything that is none."""
    at = data.rfind(b"\n" + _SIGNATURE) + 1
    if not at:
        raise _broken("it bears no signature")
    try:
        return _read(json.loads(data[:at], object_pairs_hook=_once)), data[:at], data[at:]
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        raise _broken("it is not written as receipts are") from None


def _once(pairs: Sequence[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise ValueError("a repeated key")
    return found


def _read(data: dict[str, Any]) -> Receipt:
    if set(data) != _KEYS or data["format"] != FORMAT:
        raise ValueError(FORMAT)
    texts = [data[name] for name in ("partnership", "party", "root", "keeper", "publisher")]
    if not all(isinstance(text, str) for text in texts) or not isinstance(data["person"], int):
        raise ValueError("of another kind")
    partnership, party, root, keeper, publisher = texts
    return Receipt(
        partnership=partnership,
        party=party,
        person=data["person"],
        root=root,
        keeper=keeper,
        publisher=publisher,
        keys={name: key.encode("ascii") for name, key in data["keys"].items()},
        events=tuple(_read_proof(one) for one in data["events"]),
        texts=tuple(
            Opening(one["event"], one["section"], bytes.fromhex(one["salt"]), _text(one["text"]))
            for one in data["texts"]
        ),
        agreements={int(version): text.encode() for version, text in data["agreements"].items()},
    )


def _read_proof(one: dict[str, str]) -> Proof:
    try:
        commit = base64.b64decode(one.get("commit", ""), validate=True)
    except binascii.Error:
        raise ValueError("no commit") from None
    if ("commit" in one) != ("event" in one):
        raise ValueError("half a proof")
    return Proof(one["seen"].encode("ascii"), commit, one.get("event", "").encode())


def _text(text: object) -> str:
    if not isinstance(text, str):
        raise TypeError("no text")
    return text


def _broken(why: str) -> Malformed:
    return Malformed(Problem("this is not a receipt", why, hint="take the file as it was downloaded", rule="receipt"))
