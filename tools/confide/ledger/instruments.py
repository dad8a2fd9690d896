"""Instruments: registered by an event with the bytes of their file, and fixed from then on with the document they name.

One that was never registered restricts nobody, so it is pointed out; one that changed after it was registered could
restrict less than was promised, so nothing is allowed until it is put back (S-07).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

from confide.ledger.objects import Change, RawCommit
from confide.ledger.repo import Repository
from confide.ledger.scene import Scene, any_change
from confide.ledger.state import Chronicle
from confide.model.commitment import digest
from confide.model.instrument import Instrument
from confide.model.problem import Malformed, Place, Problem
from confide.records import tree
from confide.records.instrument_file import parse_instrument

TARGET = "instrument/"


def changed(repo: Repository, commit: RawCommit, chronicles: Mapping[str, Chronicle]) -> Iterator[Problem]:
    """Registered instruments, and their documents, that this commit changes or takes away."""
    for change in any_change(commit):
        chronicle = chronicles.get(tree.partnership_of(change.path))
        if chronicle is None or tree.shape(change.path) not in ("instrument", "instrument-document"):
            continue
        known = next((one for one in chronicle.instruments if change.path in _files(one)), None)
        if known is not None and not _as_registered(repo, change, _files(known)):
            yield Problem(
                f"commit {commit.short} changes an instrument that is registered",
                "it would restrict something else than what was registered",
                Place(change.path),
                "restore it; another version of a document is registered under an id of its own",
                "instrument-changed",
            )


def _files(instrument: Instrument) -> Mapping[str, str]:
    """The files of a registered instrument with the digests they must have."""
    return {
        tree.instrument(instrument.partnership, instrument.id): instrument.digest,
        tree.instrument_document(instrument.partnership, instrument.id): instrument.document,
    }


def _as_registered(repo: Repository, change: Change, files: Mapping[str, str]) -> bool:
    return change.status != "D" and digest(repo.blob(change.blob)) == files[change.path]


def judged(scene: Scene) -> Iterator[Problem]:
    """What is wrong with the registration of an instrument; nothing for any other kind of event."""
    event = scene.event
    if event.kind != "instrument":
        return
    path = tree.instrument(event.partnership, event.target.removeprefix(TARGET))
    blob = scene.before.files.get(path)
    if not event.target.startswith(TARGET) or blob is None or digest(scene.repo.blob(blob)) != event.document:
        yield Problem(
            f"event {event.id} registers another instrument than the one beside it",
            "the digests differ",
            event.place if blob is None else Place(path),
            rule="instrument",
        )
        return
    if any(f"{TARGET}{known.id}" == event.target for known in scene.before.instruments):
        yield Problem(f"event {event.id} registers an instrument again", place=event.place, rule="instrument")
    try:
        instrument = parse_instrument(scene.repo.blob(blob), path)
    except Malformed as malformed:
        yield from malformed.problems
        return
    document = tree.instrument_document(event.partnership, instrument.id)
    blob = scene.before.files.get(document)
    if blob is None or digest(scene.repo.blob(blob)) != instrument.document:
        yield Problem(
            "the document behind an instrument is missing or another",
            "what it restricts can be checked against the document alone",
            Place(document),
            "put back the sealed document that was registered",
            "instrument-document",
        )


def registered(scene: Scene, chronicle: Chronicle) -> Chronicle:
    """The chronicle with the instrument that the event registers, if its file can be read.

    It restricts even where its document is missing: what was promised is not forgotten over a fault.
    """
    event = scene.event
    path = tree.instrument(event.partnership, event.target.removeprefix(TARGET))
    blob = scene.before.files.get(path)
    if event.kind != "instrument" or blob is None:
        return chronicle
    try:
        instrument = parse_instrument(scene.repo.blob(blob), path)
    except Malformed:
        return chronicle
    return replace(chronicle, instruments=(*chronicle.instruments, instrument))


def waiting(chronicle: Chronicle) -> Iterator[Problem]:
    """Instruments that lie in the record and were never registered."""
    known = {tree.instrument(one.partnership, one.id) for one in chronicle.instruments}
    for path in sorted(chronicle.files):
        if tree.shape(path) == "instrument" and path not in known:
            yield Problem(
                "an instrument is not registered",
                "it restricts nothing yet",
                Place(path),
                "confide instrument add FILE --document SCAN",
                "instrument-unregistered",
            )
