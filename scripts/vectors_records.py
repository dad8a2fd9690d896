"""The records of format version 1, from fixed data: every kind of event, every step of a case, notes and all."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from confide.ledger import codec
from confide.model.case import GROUNDS
from confide.model.commitment import digest
from confide.model.destruction import STATES, WHERE
from confide.model.detail import STEPS, Detail
from confide.model.event import KIND_FIELDS, NO_PREVIOUS, Copies, Event, Exact, Site
from confide.model.partnership import Partnership, Party, Person, Practice
from confide.model.projection import seen_bytes
from confide.model.statement import agreement_statement
from confide.model.words import Attribution, Form, role_of
from confide.records import (
    attachment,
    detail_file,
    event_file,
    partnership_file,
    people_file,
    practice_file,
    tree,
)
from confide.vault.locked import Cost
from confide.vault.sequoia import SecretKey, encrypt, sign_detached

ROOT = Path(__file__).resolve().parents[1]
VECTORS = ROOT / "tests" / "vectors"

P, READER, ITEM = "p-9g9z", "b3n7c4d8e9", "0123456789abcdef"
AT = datetime(2026, 11, 28, 9, 30, tzinfo=UTC)
HASH = digest(b"format 1")
NAME = "2026-02-03"
REF = f"notes/{NAME}#s2a"
ATTACHED, PLAN = "a7k2m9q", b"%PDF-1.7, or anything else"
WORDS = "What somebody wrote: two words, a colon, and an umlaut: Zürich."
CHEAP = Cost(memory=64, passes=1, lanes=1)
CODE = "plain-words-that-open-a-published-example-only"

NOTE = """---
format: 1
session: {session}
present: [coach, client]
secret: "{secret}"
---

What stands before the first heading is no section.

## Goals {{#s2a what=partnership-goals/shared form=verbatim}}

To decide alone by June.

```
## not a heading
```

## In short {{#s3b what=partnership-goals/shared form=summary from=s2a}}

She decides more alone.{attached}

## A draft {{#s4c}}

Without a type it can never be told.
"""

VALUES: dict[str, Any] = {
    "to": ("client", "payer"), "what": ("partnership-goals/shared", "conflicts"), "form": Form.SUMMARY,
    "attribution": Attribution.CATEGORY, "channel": "site",
    "sections": (Exact(REF, HASH, "conflicts", Form.VERBATIM, "client", "peers", "client", ("classified",)),),
    "terms": ("goals-to-sponsors",), "agreement": 2, "document": HASH, "strength": "portal", "number": 1,
    "key": "A" * 40, "reader": READER, "target": "event/x7k2m9qd", "evidence": "attested", "because": ("a83dw5hn",),
    "sites": (Site(READER, 3, HASH),), "day": date(2026, 6, 29), "scope": "everything",
    "copies": tuple(Copies(where, STATES[n % len(STATES)], n + 1) for n, where in enumerate(WHERE)), "detail": HASH,
}  # fmt: skip
FACTS: dict[str, Any] = {
    "on": date(2026, 6, 1), "until": date(2026, 7, 1), "channel": "in-person", "solicited": "yes", "circle": "peers",
    "source": "peers-2", "owner": "payer", "what": "assessment-results", "form": "summary", "attribution": "category",
    "threat": "unsure", "promised": "x7k2m9qd", "disclosure": "a83dw5hn", "note": REF, "ground": GROUNDS[0],
    "recipient": "payer", "adviser": "consulted", "named": "yes", "whole": "no",
    "extract": ({"section": REF, "commitment": HASH, "form": "verbatim"},),
}  # fmt: skip


def events() -> Iterator[Event]:
    """Every kind twice: with what it must have, and with everything it may have."""
    for number, (kind, (required, optional)) in enumerate(sorted(KIND_FIELDS.items())):
        for letter, names in (("a", required), ("b", required | optional)):
            previous = {"client": HASH, "coach": NO_PREVIOUS}
            values = {name: VALUES[name] for name in sorted(names)}
            yield Event(f"{letter}00000{number:02}", kind, P, AT, "coach", previous=previous, **values)


def details() -> Iterator[tuple[str, Detail]]:
    """Prose alone, and each step of each case with all it may have."""
    yield "words", Detail(WORDS)
    for case, steps in STEPS.items():
        for step, (required, optional) in steps.items():
            facts = {name: FACTS.get(name, WORDS) for name in sorted(required | optional) if name != "words"}
            yield f"{case}-{step}", Detail(WORDS, case, step, facts)


def open_files(coach: SecretKey, key: SecretKey) -> Iterator[tuple[str, bytes]]:
    """What stands in the open in a repository."""
    keepers, parties = (coach.fingerprint,), ("coach", "client", "payer", "adviser", "peers")
    yield (
        tree.PRACTICE,
        practice_file.render_practice(
            Practice("c-4mz8", keepers, key.fingerprint, portal="https://portal.example.org")
        ),
    )
    known = tuple(Party(party, role) for party in parties if (role := role_of(party)) is not None)
    yield tree.partnership(P), partnership_file.render_partnership(Partnership(P, known, keepers))
    yield tree.partnership_key(P), key.certificate.armoured()
    yield tree.keeper_key(coach.fingerprint), coach.certificate.armoured()
    for version in (1, 2):
        yield tree.agreement(P, version), (ROOT / tree.agreement(P, version)).read_bytes()
    for found in sorted((VECTORS / "agreements/works-council/instruments").glob("*.yml")):
        yield tree.instrument(P, found.stem), found.read_bytes().replace(b"p-7wn3", P.encode())
    statement = agreement_statement(P, "coach", 1, 1, HASH, HASH, HASH)
    yield tree.agreement_signature(P, 1, "coach", 1), sign_detached(statement, coach)
    for event in events():
        data = event_file.render_event(event)
        yield tree.event(P, event.name), data
        yield (
            f"messages/{event.name}.txt",
            codec.message(event_file.parse_event(data, tree.event(P, event.name))).encode(),
        )
        yield f"seen/{event.name}.client.json", seen_bytes(event, "client")


def closed_files(coach: SecretKey, key: SecretKey) -> Iterator[tuple[str, bytes]]:
    """What is sealed in a repository, and beside it the plaintext: this key is published."""
    people = people_file.render_people(
        P, [Person("client", 1, "Ada Example", title="Director"), Person("coach", 1, "Morgan Reed")], bytes(16)
    )
    line = "\n\n" + attachment.line("A plan", ATTACHED, PLAN, picture=False)
    plain = {
        tree.people(P): ("people.yml", people),
        tree.sealed_note(P, f"notes/{NAME}"): ("note.md", note_of(NAME, "")),
        tree.sealed_note(P, f"notes/{NAME}-2"): ("note-attached.md", note_of(NAME, line)),
        tree.sealed_note(P, "feedback/x7k2m9qd"): ("feedback.md", note_of("2026-02-04", "")),
        tree.sealed_note(P, "summaries/a83dw5hn"): ("summary.md", note_of("2026-02-05", "")),
    }
    yield tree.attachment(P, f"notes/{NAME}-2", ATTACHED), encrypt(PLAN, [key.certificate], coach, AT)
    for path, (name, data) in plain.items():
        yield f"plain/{name}", data
        yield path, encrypt(data, [key.certificate], coach, AT)
    for name, detail in details():
        data = detail_file.render_detail(detail)
        yield f"plain/detail/{name}.yml", data
        if name == "words":
            yield tree.event_detail(P, f"{AT:%Y-%m-%d}-refused-a0000099"), encrypt(data, [key.certificate], coach, AT)


def note_of(session: str, attached: str) -> bytes:
    return NOTE.format(session=session, secret="5e" * 32, attached=attached).encode()
