"""`publish`: every reader's site built from their view, audited, sealed for their key alone, and put into the store."""

from __future__ import annotations

from dataclasses import dataclass

from confide.model.commitment import digest
from confide.model.event import Event, Site
from confide.model.problem import Problem
from confide.records import tree
from confide.vault.portal_store import PortalStore
from confide.vault.sealed import seal
from confide.workflows import fresh, views
from confide.workflows.init import PUBLISHING
from confide.workflows.invite import store
from confide.workflows.practice import Practice
from confide.workflows.readers import Reader, readers
from confide.workflows.sealing import Builder, build_and_audit, manifest


@dataclass(frozen=True)
class Published:
    """One site that was published, or why one was not."""

    reader: Reader
    sequence: int = 0
    size: int = 0
    problem: Problem | None = None


def publish(practice: Practice, builder: Builder, partnerships: tuple[str, ...]) -> tuple[Published, ...]:
    """Publish for everybody who enrolled. The event is recorded first; a site that leaks stops its partnership."""
    portal = store(practice)
    found: list[Published] = []
    for partnership in partnerships:
        found += _partnership(practice, builder, portal, partnership)
    return tuple(found)


def _partnership(practice: Practice, builder: Builder, portal: PortalStore, partnership: str) -> list[Published]:
    record = practice.trusted(partnership)
    made: list[tuple[Published, bytes]] = []
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
            made.append(_site(practice, builder, portal, reader, held.sequence + 1))
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
        portal.publish(published.reader.id, sealed, sequence=published.sequence, key=published.reader.key)
    return [*(published for published, _ in made), *waiting]


def _site(
    practice: Practice, builder: Builder, portal: PortalStore, reader: Reader, sequence: int
) -> tuple[Published, bytes]:
    shown = views.view(practice, reader.partnership, reader.party, reader.number)
    built = build_and_audit(practice, builder, shown)
    assets = portal.shelf.put_assets(built.assets)
    certificate = practice.certificate(tree.party_key(reader.partnership, reader.party, reader.number))
    sealed = seal(
        manifest(practice, shown, built, reader=reader.id, key=reader.key, sequence=sequence, assets=assets),
        built.files,
        (certificate,),
        practice.keys.secret(PUBLISHING),
        practice.now,
    )
    return Published(reader, sequence, len(sealed)), sealed
