"""`publish`: every reader's site built from their view, audited, sealed for their key alone, and put into the store."""

from __future__ import annotations

from dataclasses import dataclass

from confide.model.commitment import digest
from confide.model.event import Event, Site
from confide.model.problem import Malformed, NotAllowed, Problem
from confide.model.view import View
from confide.records import tree
from confide.vault.portal_store import PortalStore
from confide.vault.sealed import seal
from confide.workflows import fresh, receipts, views
from confide.workflows.init import PUBLISHING
from confide.workflows.invite import store
from confide.workflows.practice import Practice
from confide.workflows.readers import Reader, readers
from confide.workflows.sealing import Builder, Built, build_and_audit, manifest
from confide.workflows.unchanged import Marks, mark_of


@dataclass(frozen=True)
class Published:
    """One site that was published, or why one was not: it is `same`, waits for its reader, or was `stopped`."""

    reader: Reader
    sequence: int = 0
    size: int = 0
    problem: Problem | None = None
    stopped: bool = False
    same: bool = False


def publish(
    practice: Practice, builder: Builder, partnerships: tuple[str, ...], *, anew: bool = False
) -> tuple[Published, ...]:
    """Publish for everybody who enrolled. The event is recorded first; a site that leaks stops its partnership.

    A site whose reader would see the very same is left as it lies, unless all are to be made `anew`.

    Of several partnerships one that is stopped does not stop the others; of one alone the reason is raised.
    """
    portal = store(practice)
    found: list[Published] = []
    marks = Marks(practice)
    work = _Work(practice, builder, portal, marks, builder.sources(practice.root), anew)
    for partnership in partnerships:
        try:
            found += _partnership(work, partnership)
        except (NotAllowed, Malformed) as refused:
            if len(partnerships) == 1:
                raise
            concerned = readers(practice.record(partnership))
            found += (Published(reader, problem=refused.problems[0], stopped=True) for reader in concerned)
    return tuple(found)


@dataclass(frozen=True)
class _Work:
    """What one run of `publish` shares."""

    practice: Practice
    builder: Builder
    portal: PortalStore
    marks: Marks
    sources: str
    anew: bool


def _partnership(work: _Work, partnership: str) -> list[Published]:
    practice, portal = work.practice, work.portal
    record = practice.trusted(partnership)
    built: list[tuple[Reader, int, View, Built, bytes]] = []
    made_from: dict[str, str] = {}
    waiting: list[Published] = []
    for reader in readers(record):
        held = portal.reader(reader.id)
        if not reader.key:
            waiting.append(Published(reader, problem=Problem("not enrolled yet")))
        elif held is None or held.key is None or held.key.fingerprint != reader.key:
            waiting.append(
                Published(reader, problem=Problem("the portal holds another key, or none", hint="confide inbox"))
            )
        else:
            practice.progress(f"{partnership} {reader.party}")
            shown = views.view(practice, partnership, reader.party, reader.number)
            made_from[reader.id] = mark = mark_of(practice, shown, reader, work.sources)
            if not (work.anew or held.suspended) and work.marks.same(practice, reader, held, mark):
                waiting.append(Published(reader, held.sequence, same=True))
                continue
            proof = receipts.of_view(practice, shown)
            site = build_and_audit(practice, work.builder, shown, receipts.readable(proof) if proof else b"")
            built.append((reader, held.sequence + 1, shown, site, proof))
    # Nothing is written before every site of the partnership was looked through.
    made = [_sealed(practice, portal, *one) for one in built]
    if made:
        event = Event(
            id=fresh.event_id(),
            kind="published",
            partnership=partnership,
            at=practice.now,
            by="coach",
            sites=tuple(Site(p.reader.id, p.sequence, digest(sealed)) for p, sealed in made),
        )
        practice.add(event)
    for published, sealed in made:
        reader = published.reader
        portal.publish(reader.id, sealed, sequence=published.sequence, key=reader.key)
        work.marks.keep(reader.id, made_from[reader.id], published.sequence)
    if made:
        work.marks.save()
    return [*(published for published, _ in made), *waiting]


def _sealed(
    practice: Practice, portal: PortalStore, reader: Reader, sequence: int, shown: View, built: Built, receipt: bytes
) -> tuple[Published, bytes]:
    assets = portal.shelf.put_assets(built.assets)
    certificate = practice.certificate(tree.party_key(reader.partnership, reader.party, reader.number))
    sealed = seal(
        manifest(practice, shown, built, reader=reader.id, key=reader.key, sequence=sequence, assets=assets),
        built.files,
        (certificate,),
        practice.keys.secret(PUBLISHING),
        practice.now,
        receipt,
    )
    return Published(reader, sequence, len(sealed)), sealed
