"""Write tests/vectors/format-1/: a file of every kind there is in format version 1, from fixed data and published keys.

`python -m scripts.vectors` ran once, when version 1 was frozen. What it wrote is read for ever, so it refuses to write
over it: a new version of the format gets a directory of its own (docs/UPGRADE.md). What came since is added with
`--missing`.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from typing import Any

from confide.ledger import codec, receipt
from confide.ledger.objects import commit_payload, with_signature
from confide.model.commitment import digest
from confide.model.projection import seen_bytes, seen_digest
from confide.model.statement import agreement_statement
from confide.portal import outgoing
from confide.records import event_file, note_text, tree
from confide.vault import archive, backup_file, handover, locked, reader_state, recovery, sealed
from confide.vault.keystore import Keystore
from confide.vault.manifest import Ask, Manifest, render_manifest
from confide.vault.memory import memory_dir
from confide.vault.people import GnuPG
from confide.vault.portal_circles import Circle, Circles
from confide.vault.sequoia import SecretKey, sign_detached
from scripts.vectors_records import (
    AT,
    CHEAP,
    CODE,
    HASH,
    ITEM,
    NAME,
    READER,
    REF,
    ROOT,
    VECTORS,
    P,
    closed_files,
    events,
    note_of,
    open_files,
)

TARGET = VECTORS / "format-1"


def kept_elsewhere(coach: SecretKey, key: SecretKey) -> Iterator[tuple[str, bytes]]:
    """What the portal's host keeps, and what is kept outside of any repository."""
    ask = Ask(
        "agreement-1",
        "agreement",
        "Agreement 1",
        agreement_statement(P, "client", 1, 1, HASH, HASH, HASH).decode(),
        "agreement/",
    )
    pages = {"index.html": b"<!doctype html><title>Private page</title>"}
    manifest = Manifest(
        P,
        "client",
        1,
        READER,
        key.fingerprint,
        3,
        AT.date(),
        date(2027, 3, 1),
        sealed.assets_hash(pages),
        (ask,),
        {"index.html": ("sha256-" + "A" * 43 + "=",)},
    )
    yield "manifest.json", render_manifest(manifest)
    yield "site.gpg", sealed.seal(manifest, pages, (key.certificate,), coach, AT)
    asked = replace(manifest, key="", sequence=0)
    yield "pack", sealed.seal_with_code(asked, pages, CODE, coach, CHEAP)
    yield "assets.zip", archive.pack(pages)
    yield "box", locked.lock(b"what is in the box", CODE, CHEAP)
    party = reader_state.PartyKey(key.fingerprint, b"locked", key.certificate.armoured().decode(), AT)
    sent = reader_state.Sent("enrolment", ITEM, AT, HASH)
    yield (
        "reader.json",
        reader_state.render(
            reader_state.Reader(
                READER,
                P,
                "client",
                1,
                reader_state.ENROLLED,
                key=party,
                site="site-0123456789abcdef.gpg",
                sequence=3,
                sent=(sent,),
            )
        ),
    )
    signed = sign_detached(ask.statement.encode(), key)
    yield "inbox.gpg", outgoing.signature(manifest, sent, ask, signed, key.certificate, key)
    made, words = recovery.new("1" * 40, coach.fingerprint, AT, faked=True, cost=CHEAP)
    yield "backup.words", words.encode()
    head = backup_file.Head("c-4mz8", AT, "2" * 40)
    yield (
        "backup",
        backup_file.make(
            head,
            {"repository.bundle": b"a bundle"},
            coach.certificate,
            made,
            lambda data: sign_detached(data, coach),
            AT,
        ),
    )
    given = handover.payload(
        handover.Handover("c-4mz8", P, "1" * 40, coach.fingerprint, coach.fingerprint, key.fingerprint, (key,))
    )
    yield "handover", given + sign_detached(given, coach)
    one = next(event for event in events() if event.kind == "disclosed")
    message = codec.message(event_file.parse_event(event_file.render_event(one), tree.event(P, one.name)))
    payload = commit_payload("3" * 40, ("4" * 40,), "Morgan Reed", "morgan@example.org", AT, message)
    yield "commit", with_signature(payload, sign_detached(payload, coach))
    yield (
        "receipt",
        receipt.render(
            receipt.Receipt(
                P,
                "client",
                1,
                "1" * 40,
                coach.fingerprint,
                coach.fingerprint,
                {coach.fingerprint: coach.certificate.armoured()},
                (receipt.Proof(seen_bytes(one, "client")),),
                (receipt.Opening(one.id, REF, b"\x5e" * 32, "## Goals"),),
                {1: (ROOT / tree.agreement(P, 1)).read_bytes()},
            ),
            lambda data: sign_detached(data, coach),
        ),
    )


def stores(coach: SecretKey, key: SecretKey) -> Iterator[tuple[str, bytes]]:
    """What two stores on disk look like: a circle of sources at the host, and a keystore with its seal."""
    with memory_dir() as place:
        circle = Circle("c4mz8q2w7x", P, "peers", date(2026, 12, 1))
        Circles(place / "portal").put(circle, b"a pack")
        (place / "gpg").mkdir(mode=0o700)
        gpg = GnuPG(place / "gpg")
        try:
            unlocked = Keystore.create(place / "keystore", gpg, gpg.import_key(coach.armoured()), AT).unlock()
            unlocked.add(P, key.armoured(), AT)
            unlocked.set_pin("root", "1" * 40)
        finally:
            gpg.kill_agent()
        for path in (*sorted((place / "portal").rglob("*.json")), *Keystore(place / "keystore", gpg).files()):
            yield path.relative_to(place).as_posix(), path.read_bytes()


def expected() -> dict[str, Any]:
    """What follows from the files: commitments and links, which may never come out otherwise."""
    note, _ = note_text.parse_note(note_of(NAME, "").decode(), P, f"notes/{NAME}")
    return {
        "commitments": {section.ref: section.commitment for section in note.sections},
        "links": {
            event.name: {party: seen_digest(event, party) for party in ("client", "payer")} for event in events()
        },
        "agreements": {str(v): digest((ROOT / tree.agreement(P, v)).read_bytes()) for v in (1, 2)},
    }


def main() -> int:
    coach = SecretKey.parse((VECTORS / "format-1/published/coach.secret.asc").read_bytes())
    key = SecretKey.parse((VECTORS / "format-1/published/partnership.secret.asc").read_bytes())
    if TARGET.exists() and "--missing" not in sys.argv:
        print("format 1 is frozen: nothing was written (see docs/UPGRADE.md)")
        return 1
    whole = {
        **dict(open_files(coach, key)),
        **dict(closed_files(coach, key)),
        **dict(kept_elsewhere(coach, key)),
        **dict(stores(coach, key)),
    }
    whole["expected.json"] = (json.dumps(expected(), indent=1, sort_keys=True) + "\n").encode()
    for name, data in whole.items():
        path = TARGET / name
        if not path.exists():
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(data)
    print(f"{len(whole)} files in {TARGET.relative_to(ROOT)}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
