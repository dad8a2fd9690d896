"""One partnership in the snapshot: which blobs its record is made of, in the ledger's order, and the way back."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from confide.ledger.objects import object_id
from confide.ledger.repo import Repository
from confide.ledger.state import Chronicle
from confide.model.problem import Place, Problem
from confide.records import tree
from confide.records.agreement_file import parse_agreement
from confide.records.event_file import parse_event, render_event
from confide.records.instrument_file import parse_instrument
from confide.records.partnership_file import parse_partnership


def entry(known: Chronicle, commit_of: Mapping[str, str]) -> dict[str, Any]:
    """What the chronicle is made of. It must be one without faults."""
    return {
        "files": dict(known.files),
        "agreements": [agreement.version for agreement in known.agreements],
        "proposals": {str(version): event.id for version, event in known.proposals.items()},
        "events": [
            [event.place.file, object_id("blob", render_event(event)), event.id, commit_of[event.id]]
            for event in known.events
        ],
        "instruments": [one.id for one in known.instruments],
        "crossed": {event: sorted(others) for event, others in known.crossed.items()},
        "sealed": dict(known.sealed),
    }


def chronicle(repo: Repository, partnership: str, found: Mapping[str, Any]) -> Chronicle:
    """The chronicle again, each blob read by its hash."""
    files: dict[str, str] = found["files"]
    blobs = repo.blobs([blob for _, blob, _, _ in found["events"]])
    events = tuple(parse_event(data, path) for data, (path, *_) in zip(blobs, found["events"], strict=True))
    by_id = {event.id: event for event in events}
    agreements = (tree.agreement(partnership, version) for version in found["agreements"])
    instruments = (tree.instrument(partnership, name) for name in found["instruments"])
    own = tree.partnership(partnership)
    return Chronicle(
        partnership=parse_partnership(repo.blob(files[own]), own),
        files=files,
        agreements=tuple(parse_agreement(repo.blob(files[path]), path) for path in agreements),
        proposals={int(version): by_id[event] for version, event in found["proposals"].items()},
        events=events,
        instruments=tuple(parse_instrument(repo.blob(files[path]), path) for path in instruments),
        crossed={event: frozenset(others) for event, others in found["crossed"].items()},
        sealed=found["sealed"],
    )


def plain(one: Problem) -> dict[str, Any]:
    place = [one.place.file, one.place.line] if one.place else None
    return {"what": one.what, "why": one.why, "place": place, "hint": one.hint, "rule": one.rule}


def problem(data: Mapping[str, Any]) -> Problem:
    """The reverse of `plain`."""
    place = Place(*data["place"]) if data["place"] else None
    return Problem(data["what"], data["why"], place, data["hint"], data["rule"])
