"""Keys of parties and partnerships on record."""

from __future__ import annotations

from confide.model.event import Event
from confide.model.problem import NotAllowed, Problem
from confide.records import tree
from confide.vault.sequoia import Certificate
from confide.workflows import fresh
from confide.workflows.opening import ring
from confide.workflows.practice import Practice


def on_record(practice: Practice, partnership: str, party: str, number: int, certificate: Certificate) -> bool:
    """Whether exactly this key is recorded for this person."""
    path = tree.party_key(partnership, party, number)
    known = practice.repo.read(practice.sound().head, path)
    return known is not None and Certificate.parse(known).fingerprint == certificate.fingerprint


def enrol_own(practice: Practice, partnership: str, party: str, number: int, certificate: Certificate) -> Event:
    """Record a key that a party already had. Its fingerprint is compared with them before this is called."""
    path = tree.party_key(partnership, party, number)
    if practice.repo.read(practice.sound().head, path) is not None:
        raise NotAllowed(
            Problem(
                f"a key of `{party}` is on record already",
                "it is replaced only with their word for the new one",
                tree.place(path),
                f"invite them again: confide invite {party}",
            )
        )
    event = Event(
        id=fresh.event_id(),
        kind="enrolled",
        partnership=partnership,
        at=practice.now,
        by="coach",
        to=(party,),
        number=number,
        reader=fresh.reader_id(),
        key=certificate.fingerprint,
    )
    return practice.add(event, {path: certificate.armoured()})


def exported(partnership: str) -> str:
    """The pin that says when the keys of a partnership were last taken out for plain `gpg`."""
    return f"exported-{partnership}"


def export(practice: Practice, partnership: str) -> bytes:
    """The partnership's secret keys, armoured, so that plain `gpg` can read every note after importing them."""
    keys = ring(practice, partnership).keys
    # A keyring that holds a copy is a place that destroying the key has to name.
    practice.keys.set_pin(exported(partnership), f"{practice.now:%Y-%m-%d}", replace=True)
    return b"".join(key.armoured() for key in keys)
