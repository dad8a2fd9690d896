"""`invite`: an address and a one-time code that opens only the draft agreement and the enrolment (S-05)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from confide.model.event import Event
from confide.model.problem import NotAllowed, Problem, Usage
from confide.model.words import Role
from confide.policy import force
from confide.records import tree
from confide.vault import passphrase
from confide.vault.locked import COST, Cost
from confide.vault.portal_store import PortalStore
from confide.vault.sealed import seal_with_code
from confide.workflows import asking, fresh, people, views
from confide.workflows.init import PUBLISHING
from confide.workflows.practice import Practice
from confide.workflows.readers import reader_for, readers
from confide.workflows.sealing import Builder, build_and_audit, manifest

OPEN_FOR = timedelta(days=21)


@dataclass(frozen=True)
class Letter:
    """What the coach hands over, by a way that only this person reads. The code is stored nowhere."""

    partnership: str
    party: str
    number: int
    address: str
    code: str
    expires: datetime


def store(practice: Practice) -> PortalStore:
    """The portal's store, made when it is not there yet."""
    publisher = practice.keys.secret(PUBLISHING).certificate
    return PortalStore.create(practice.store_path, publisher.armoured())


def address(practice: Practice, reader: str) -> str:
    """Where a reader's pages are."""
    return f"{practice.file.portal.rstrip('/')}/r/{reader}/"


def invite(
    practice: Practice, builder: Builder, partnership: str, party: str, number: int = 1, cost: Cost = COST
) -> Letter:
    """Record the invitation, then put the locked draft into the store. Inviting again replaces code and key."""
    record = practice.trusted(partnership)
    if asking.party_of(record, party).role is Role.COACH:
        raise Usage(
            Problem(
                "the coach is not invited",
                "she reads and signs with her own key",
                hint="sign: confide agree sign",
            )
        )
    people.check_person(practice, partnership, party, number)
    if not any(force.proposal(record, agreement) for agreement in record.agreements):
        raise NotAllowed(
            Problem(
                "there is no proposed agreement to show yet",
                "an invitation opens the draft and nothing else",
                hint="confide agree propose",
                rule="S-14",
            )
        )
    if not practice.file.portal:
        raise Usage(
            Problem(
                "the practice has no portal address",
                "an invitation names where to read",
                tree.place(tree.PRACTICE),
                "set `portal` there and commit it",
            )
        )
    before = reader_for(record, party, number)
    reader = before.id if before else _unused(practice)
    event = Event(
        id=fresh.event_id(),
        kind="invited",
        partnership=partnership,
        at=practice.now,
        by="coach",
        to=(party,),
        number=number,
        reader=reader,
    )
    draft = views.draft_only(views.view(practice, partnership, party, number))
    built = build_and_audit(practice, builder, draft)
    portal = store(practice)
    portal.shelf.put_partnership(partnership, practice.read(tree.partnership_key(partnership)))
    assets = portal.shelf.put_assets(built.assets)
    code = passphrase.one_time_code()
    pack = seal_with_code(
        manifest(practice, draft, built, reader=reader, key="", sequence=0, assets=assets),
        built.files,
        code,
        practice.keys.secret(PUBLISHING),
        cost,
    )
    practice.add(event)
    expires = practice.now + OPEN_FOR
    portal.invite(reader, partnership, party, number, pack, expires)
    return Letter(partnership, party, number, address(practice, reader), code, expires)


def _unused(practice: Practice) -> str:
    taken = {r.id for p in practice.ids() for r in readers(practice.record(p))}
    return next(found for _ in range(1000) if (found := fresh.reader_id()) not in taken)
