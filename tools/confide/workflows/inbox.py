"""`inbox`: what parties sent through the portal is verified, and each item becomes an event or is set aside."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from confide.model.event import Event
from confide.model.problem import Malformed, NotAllowed, Problem, Usage
from confide.model.statement import STATEMENT_KINDS
from confide.records import tree
from confide.vault.portal_inbox import Item
from confide.vault.portal_store import PortalStore
from confide.workflows import circles, fresh, inbox_items, inbox_opened, inbox_said, signing
from confide.workflows.inbox_items import ENROLMENT, SIGNATURE, NotYetEnrolled, Said
from confide.workflows.invite import store
from confide.workflows.opening import ring
from confide.workflows.practice import Practice

RECORDED, WAITING, REFUSED = "recorded", "waiting", "refused"
OPENED = "opened"
# What is said of an item. Anything else is about this machine, and stops the command: the item stays where it is.
_ABOUT_THE_ITEM = (Malformed, NotAllowed, Usage)


@dataclass(frozen=True)
class Arrived:
    """A key that asks to be a party's: the coach compares the fingerprint with them by another way."""

    partnership: str
    party: str
    number: int
    fingerprint: str


@dataclass(frozen=True)
class Handled:
    """What became of one item."""

    item: str
    partnership: str
    kind: str
    party: str
    outcome: str
    event: Event | None = None
    problem: Problem | None = None
    fingerprint: str = ""


def take_in(practice: Practice, confirmed: Callable[[Arrived], bool]) -> tuple[Handled, ...]:
    """Go through everything that waits, oldest first. `confirmed` says whether a fingerprint was compared and held.

    An item leaves the inbox only once its event is recorded; one that is forged, replayed or foreign is set aside.
    Raises what stands against recording at all, with every item not yet recorded still in its place.
    """
    portal = store(practice)
    found = []
    for item in portal.inbox.items():
        handled = _handle(practice, item, confirmed)
        if handled.outcome == RECORDED:
            portal.inbox.remove(item)
        elif handled.outcome == REFUSED:
            portal.inbox.set_aside(item)
        found.append(handled)
    found += _opened(practice, portal)
    circles.tell_sources(practice, portal)
    return tuple(found)


def _opened(practice: Practice, portal: PortalStore) -> Iterator[Handled]:
    for reader, outcome in inbox_opened.take_in(practice, portal):
        refused = isinstance(outcome, Problem)
        yield Handled(
            "",
            reader.partnership,
            OPENED,
            reader.party,
            REFUSED if refused else RECORDED,
            None if isinstance(outcome, Problem) else outcome,
            outcome if isinstance(outcome, Problem) else None,
        )


def _handle(practice: Practice, item: Item, confirmed: Callable[[Arrived], bool]) -> Handled:
    if item.partnership not in practice.ids():
        foreign = Problem("it is for a partnership that is not on record", "it was put into the wrong inbox")
        return Handled(item.id, item.partnership, "unknown", "", REFUSED, problem=foreign)
    practice.trusted(item.partnership)
    keys = ring(practice, item.partnership)
    kind, party = "unknown", ""
    try:
        facts = circles.anonymous(item, keys)
        if facts is not None:
            kind, party = circles.KIND, "circle"
            return Handled(item.id, item.partnership, kind, party, RECORDED, circles.take_in(practice, item, facts))
        said = inbox_items.read(practice, item, keys)
        kind, party = _called(said), said.reader.party
        done = inbox_items.recorded_before(practice, said) or inbox_said.recorded_before(practice, said)
        if done is not None:
            return Handled(item.id, item.partnership, kind, party, RECORDED, event=done)
        record = _checked(practice, said)
    except NotYetEnrolled as waiting:
        return Handled(item.id, item.partnership, kind, party, WAITING, problem=waiting.problems[0])
    except _ABOUT_THE_ITEM as refused:
        return Handled(item.id, item.partnership, kind, party, REFUSED, problem=refused.problems[0])
    if kind == ENROLMENT:
        arrived = Arrived(item.partnership, party, said.reader.number, said.certificate.fingerprint)
        if not confirmed(arrived):
            why = Problem("its fingerprint is not confirmed yet", hint="compare it with them by telephone")
            return Handled(item.id, item.partnership, kind, party, WAITING, None, why, arrived.fingerprint)
    return Handled(item.id, item.partnership, kind, party, RECORDED, event=record())


def _checked(practice: Practice, said: Said) -> Callable[[], Event]:
    """What would record an item that is in order; raises what is wrong with one that is not."""
    if said.kind == ENROLMENT:
        inbox_items.check_enrolment(practice, said)
        return lambda: _enrol(practice, said)
    if said.kind == SIGNATURE and (record := inbox_said.check(practice, said)):
        return record
    if said.kind == SIGNATURE and said.text("ask-kind") in ("", "agreement"):
        version = inbox_items.check_signature(practice, said)
        return lambda: _sign(practice, said, version)
    raise NotAllowed(Problem("it is of a kind this version does not know", "the portal may be newer"))


def _called(said: Said) -> str:
    """How the coach's list calls an item: a word of a closed list, whatever the item says of itself."""
    if said.kind != SIGNATURE:
        return said.kind if said.kind == ENROLMENT else "unknown"
    known = {"agreement": SIGNATURE, "message": said.text("said")}
    name = known.get(said.text("ask-kind"), said.text("ask-kind"))
    return name if name in (*STATEMENT_KINDS, "question", "concern") else SIGNATURE


def _enrol(practice: Practice, said: Said) -> Event:
    """The first key of a person enrols them; another one, after a new letter, takes its place."""
    reader = said.reader
    known = practice.record(reader.partnership).of_kind("enrolled", "key-changed")
    before = any((event.to[0], event.number) == (reader.party, reader.number) for event in known)
    event = Event(
        id=fresh.event_id(),
        kind="key-changed" if before else "enrolled",
        partnership=reader.partnership,
        at=practice.now,
        by="coach",
        to=(reader.party,),
        number=reader.number,
        reader=reader.id,
        key=said.certificate.fingerprint,
    )
    path = tree.party_key(reader.partnership, reader.party, reader.number)
    return practice.add(event, {path: said.certificate.armoured()})


def _sign(practice: Practice, said: Said, version: int) -> Event:
    reader = said.reader
    agreement, _ = signing.open_for_signing(practice.trusted(reader.partnership), version, reader.party)
    return signing.add_signature(
        practice,
        reader.partnership,
        agreement,
        reader.party,
        reader.number,
        said.signature,
        "portal",
        said.certificate.fingerprint,
    )
