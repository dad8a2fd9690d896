"""What a receipt proves by itself, against another receipt of the same reader, and against the repository as it is now.

Offline it shows that these events were signed, in this order, and that these texts are the ones they are about. Beside
a newer receipt, or the record, it shows whether anything of it was rewritten or dropped since.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from confide.ledger import codec, commits, receipt
from confide.ledger.objects import object_id, parse_commit
from confide.ledger.receipt import Opening, Proof, Receipt
from confide.model.commitment import commitment, digest, framed
from confide.model.event import NO_PREVIOUS
from confide.model.problem import Malformed, Problem
from confide.model.projection import seen_bytes, seen_digest
from confide.model.record import Record
from confide.policy.chain import named_by
from confide.records import tree
from confide.records.event_file import parse_event
from confide.vault.sequoia import Certificate, verify_detached


@dataclass(frozen=True)
class Shown:
    """One text of a receipt that was proven: which event, when, under which clauses of which agreement."""

    event: str
    kind: str
    at: str
    section: str
    agreement: int
    terms: tuple[str, ...]
    text: str


@dataclass(frozen=True)
class Checked:
    """A receipt that was looked through: `chain` holds the digests of its events, `proven` how many bear a commit."""

    receipt: Receipt
    chain: tuple[str, ...]
    events: tuple[Mapping[str, Any], ...]
    proven: int
    shown: tuple[Shown, ...]
    problems: tuple[Problem, ...]


def check(data: bytes, keeper: str = "") -> Checked:
    """Look through a receipt. `keeper` is the fingerprint its owner trusts; without it, the one it names itself."""
    found, signed, signature = receipt.parse(data)
    problems = list(_signature(found, signed, signature))
    if keeper and found.keeper != keeper:
        problems.append(
            _problem("the receipt is about another practice", "its keeper is not the one you trust", "receipt-keeper")
        )
    chain = tuple(digest(framed("seen", found.party.encode(), proof.seen)) for proof in found.events)
    events = tuple(_content(proof) for proof in found.events)
    problems += _chain(found, events, chain)
    keys = {name: Certificate.parse(key) for name, key in found.keys.items()}
    for proof in found.events:
        if proof.commit:
            problems += _commit(found, proof, keys)
    problems += [fault for one in found.texts for fault in _opened(found, one, events)]
    problems += _agreements(found, events)
    shown = tuple(_shown(one, events) for one in found.texts if not _opened(found, one, events))
    proven = sum(1 for proof in found.events if proof.commit)
    return Checked(found, chain, events, proven, shown, tuple(problems))


def against_another(one: Checked, other: Checked) -> tuple[Problem, ...]:
    """What two receipts of one reader show together: the longer must begin with the shorter."""
    mine, theirs = one.receipt, other.receipt
    if (mine.partnership, mine.party, mine.root) != (theirs.partnership, theirs.party, theirs.root):
        return (_problem("these receipts are not about one party of one practice", "", "receipt-other"),)
    older, newer = sorted((one, other), key=lambda checked: len(checked.chain))
    return tuple(_differs(older, newer.chain, [str(event["id"]) for event in newer.events], "the other receipt"))


def against_record(one: Checked, record: Record, introduced: Mapping[str, str], root: str) -> tuple[Problem, ...]:
    """What the repository shows beside an earlier receipt: every event of it is there, unchanged, in its commit."""
    if one.receipt.root != root or one.receipt.partnership != record.partnership.id:
        return (_problem("this receipt is about another practice or partnership", "", "receipt-other"),)
    mine = [event for event in record.events if one.receipt.party in event.previous]
    chain = tuple(seen_digest(event, one.receipt.party) for event in mine)
    problems = list(_differs(one, chain, [event.id for event in mine], "the record"))
    for proof, event in zip(one.receipt.events, one.events, strict=True) if not problems else ():
        made = introduced.get(str(event["id"]), "")
        if proof.commit and made and made != object_id("commit", proof.commit):
            problems.append(
                _problem(f"event {event['id']} is in another commit than the receipt holds", "history was rewritten",
                         "receipt-rewritten")
            )  # fmt: skip
    return tuple(problems)


def _differs(older: Checked, chain: Sequence[str], ids: Sequence[str], where: str) -> Iterator[Problem]:
    for number, (event, known) in enumerate(zip(older.events, older.chain, strict=True)):
        if number < len(chain) and chain[number] == known:
            continue
        name = event["id"]
        done, rule = ("rewritten", "receipt-rewritten") if name in ids else ("dropped", "receipt-dropped")
        yield _problem(f"event {name} was {done}: {where} does not have it as the receipt does", "", rule)
        return


def _signature(found: Receipt, signed: bytes, signature: bytes) -> Iterator[Problem]:
    try:
        verify_detached(signed, signature, [Certificate.parse(found.keys[found.publisher])])
    except (Malformed, KeyError):
        yield _problem("the receipt was changed after it was signed", "", "receipt-signature")


def _content(proof: Proof) -> dict[str, Any]:
    try:
        content: dict[str, Any] = json.loads(proof.seen)
        str(content["id"]), str(content["previous"]), str(content["at"])
    except (ValueError, KeyError, TypeError):
        raise Malformed(_problem("an event of the receipt cannot be read", "", "receipt")) from None
    return content


def _chain(found: Receipt, events: Sequence[Mapping[str, Any]], chain: Sequence[str]) -> Iterator[Problem]:
    """Each event names the newest before it: one, or those of two clones that recorded apart."""
    newest: tuple[str, ...] = ()
    for number, (event, digested) in enumerate(zip(events, chain, strict=True)):
        link = event["previous"]
        named = named_by(link, newest)
        apart = link in chain[:number] or (link == NO_PREVIOUS and not number)
        if (not named and not apart) or event.get("partnership") != found.partnership:
            yield _problem(
                f"event {event['id']} does not follow the one before it",
                "something was dropped, reordered or put in between",
                "receipt-chain",
            )
        newest = (*(known for known in newest if known not in named), digested)


def _commit(found: Receipt, proof: Proof, keys: Mapping[str, Certificate]) -> Iterator[Problem]:
    """The commit is signed by a keeper, renders from the event, and the event is the one in the chain."""
    name = object_id("commit", proof.commit)
    try:
        commit = parse_commit(name, proof.commit)
        event = parse_event(proof.event, f"{tree.directory(found.partnership)}/events/{_stem(proof.event)}")
        allowed = [key for fingerprint, key in keys.items() if fingerprint != found.publisher]
        signed = commits.judged(commit, allowed)
    except Malformed as malformed:
        yield from malformed.problems
        return
    if codec.mismatch(commit.message, event) or seen_bytes(event, found.party) != proof.seen:
        yield _problem(f"commit {commit.short} is not about the event beside it", "", "receipt-commit")
    if abs(event.at - signed.created) > commits.TOLERANCE:
        yield _problem(f"event {event.id} bears another time than its signature", "", "receipt-time")


def _stem(event: bytes) -> str:
    """The name the file must have, by what it says; parsing checks the rest."""
    lines = dict(line.split(": ", 1) for line in event.decode("utf-8", "replace").splitlines() if ": " in line)
    return f"{lines.get('at', '')[:10]}-{lines.get('kind', '')}-{lines.get('id', '')}.yml"


def _opened(found: Receipt, one: Opening, events: Sequence[Mapping[str, Any]]) -> tuple[Problem, ...]:
    note, _, section = one.section.partition("#")
    made = commitment(one.salt, found.partnership, note, section, one.text)
    event = next((event for event in events if event["id"] == one.event), None)
    named = event.get("sections", ()) if event else ()
    if any(exact["section"] == one.section and exact["commitment"] == made for exact in named):
        return ()
    return (
        _problem(f"a text is not the one that event {one.event} is about", "its commitment is another", "receipt-text"),
    )


def _agreements(found: Receipt, events: Sequence[Mapping[str, Any]]) -> Iterator[Problem]:
    proposed = {event.get("agreement"): event.get("document") for event in events if event.get("kind") == "proposed"}
    for version, text in found.agreements.items():
        if proposed.get(version) != "sha256:" + hashlib.sha256(text).hexdigest():
            yield _problem(f"agreement {version} is not the one that was proposed", "", "receipt-agreement")


def _shown(one: Opening, events: Sequence[Mapping[str, Any]]) -> Shown:
    event = next(event for event in events if event["id"] == one.event)
    terms = tuple(map(str, event.get("terms", ())))
    at = datetime.fromisoformat(str(event["at"])).isoformat()
    return Shown(one.event, str(event["kind"]), at, one.section, int(event.get("agreement", 0)), terms, one.text)


def _problem(what: str, why: str, rule: str) -> Problem:
    return Problem(what, why, rule=rule)
