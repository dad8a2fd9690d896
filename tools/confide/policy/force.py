"""Which agreement is in force at a moment, and who has signed it (S-14, S-27; POLICY 3)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from confide.model.agreement import Agreement
from confide.model.destruction import EVERYTHING
from confide.model.event import Event
from confide.model.record import Record
from confide.policy.index import history, remembered

# After these nothing more is in force.
ENDING = ("ended", "destroyed")


@dataclass(frozen=True)
class _Signing:
    """What the record says of one version: its proposal, who has to sign, who did, and when that was complete."""

    agreement: Agreement
    proposed: Event | None
    signatories: tuple[str, ...]
    signatures: tuple[Event, ...]

    @property
    def missing(self) -> tuple[str, ...]:
        signed = {event.by for event in self.signatures}
        return tuple(party for party in self.signatories if party not in signed)

    @property
    def completed_at(self) -> datetime | None:
        if not self.agreement.signatories or self.missing:
            return None
        first: dict[str, datetime] = {}
        for event in self.signatures:
            first[event.by] = min(event.at, first.get(event.by, event.at))
        return max(first.values())


def starts(agreement: Agreement) -> datetime:
    """The first instant at which the agreement can be in force: midnight of `effective` where it applies."""
    return _midnight(agreement.effective, agreement.time_zone)


def expires(agreement: Agreement) -> datetime:
    """The first instant after the last day, `until`; the end of all time for the last day there is."""
    try:
        return _midnight(agreement.until + timedelta(days=1), agreement.time_zone)
    except OverflowError:
        return datetime.max.replace(tzinfo=UTC)


def _midnight(day: date, time_zone: str) -> datetime:
    return datetime.combine(day, time(), ZoneInfo(time_zone)).astimezone(UTC)


def proposal(record: Record, agreement: Agreement) -> Event | None:
    """The event that put exactly these bytes to the signatories, or None; another partnership's agreement has none."""
    if agreement.partnership != record.partnership.id:
        return None
    for event in history(record).get("proposed", ()):
        if event.agreement == agreement.version and event.document == agreement.digest:
            return event
    return None


def signatures(record: Record, agreement: Agreement) -> tuple[Event, ...]:
    """The signatures under exactly these bytes, of a kind the agreement accepts, each after the proposal."""
    return _signing(record, agreement).signatures


def signatories(record: Record, agreement: Agreement) -> tuple[str, ...]:
    """Who has to sign: whom it names, and of an amendment also whoever signed what it replaces and still takes part.

    Nobody is left out of an agreement by an amendment that only the others sign (POLICY, change over time).
    """
    return _signing(record, agreement).signatories


def missing(record: Record, agreement: Agreement) -> tuple[str, ...]:
    """Whoever has to sign and has not, in the agreement's order; all of them while it is not proposed."""
    return _signing(record, agreement).missing


def complete(record: Record, agreement: Agreement) -> bool:
    """Whether everybody who has to has signed. An agreement that nobody has to sign is never complete."""
    return completed_at(record, agreement) is not None


def completed_at(record: Record, agreement: Agreement) -> datetime | None:
    """When the last missing signature arrived, or None while one is missing."""
    return _signing(record, agreement).completed_at


def begins_at(record: Record, agreement: Agreement) -> datetime | None:
    """The first instant at which the agreement is in force: signed by all and effective. None while unsigned."""
    signed = completed_at(record, agreement)
    return None if signed is None else max(signed, starts(agreement))


def ended(record: Record) -> Event | None:
    """The event that ended the partnership, or None. Destroying one note, or the notes alone, ends nothing."""
    happened = history(record)
    if not any(kind in happened for kind in ENDING):
        return None
    ending = (e for e in record.of_kind(*ENDING) if e.kind != "destroyed" or e.scope == EVERYTHING)
    return next(ending, None)


def in_force(record: Record, now: datetime) -> Agreement | None:
    """The newest version that all its signatories have signed and that has taken effect, unless it has run out.

    An expired newer version never revives an older one: the parties agreed to replace that.
    """
    if ended(record) is not None:
        return None
    for version, begins, runs_out in reversed(_begun(record)):
        if begins <= now:
            return version if now < runs_out else None
    return None


def still_counting(record: Record, now: datetime) -> tuple[Agreement, ...]:
    """The versions somebody can still do something about: the one in force and what replaces it, or the newest."""
    current = in_force(record, now)
    if current is None:
        return tuple(_by_version(record)[-1:])
    return tuple(version for version in _by_version(record) if version.version >= current.version)


def last_in_force(record: Record, now: datetime) -> Agreement | None:
    """The newest version that has ever been in force by `now`, over or not; None if there was none."""
    begun = [version for version, begins, runs_out in _begun(record) if begins <= now and begins < runs_out]
    return begun[-1] if begun else None


def succession(record: Record, current: Agreement) -> tuple[tuple[Agreement, datetime], ...]:
    """Every version that was ever in force up to `current`, oldest first, with the instant at which it began."""
    found: list[tuple[Agreement, datetime]] = []
    for version, begins, runs_out in _begun(record):
        if version.version <= current.version and begins < runs_out:
            # One that would have begun only after its own successor never came into force.
            found = [known for known in found if known[1] < begins]
            found.append((version, begins))
    return tuple(found)


@remembered
def _begun(record: Record) -> tuple[tuple[Agreement, datetime, datetime], ...]:
    """The versions that everybody has signed, oldest first, each with when it begins and when it runs out."""
    return tuple(
        (version, begins, expires(version))
        for version in _by_version(record)
        if (begins := begins_at(record, version)) is not None
    )


def _by_version(record: Record) -> list[Agreement]:
    return sorted(record.agreements, key=lambda agreement: agreement.version)


def _signing(record: Record, agreement: Agreement) -> _Signing:
    known = _signings(record)
    found = next((signing for signing in known if signing.agreement is agreement), None)
    return found or _read(record, agreement, [s for s in known if s.agreement.version < agreement.version])


@remembered
def _signings(record: Record) -> list[_Signing]:
    found: list[_Signing] = []
    for agreement in _by_version(record):
        found.append(_read(record, agreement, [s for s in found if s.agreement.version < agreement.version]))
    return found


def _read(record: Record, agreement: Agreement, older: list[_Signing]) -> _Signing:
    proposed = proposal(record, agreement)
    if proposed is None:
        return _Signing(agreement, None, agreement.signatories, ())
    replaced = [s for s in older if (signed := s.completed_at) is not None and signed <= proposed.at]
    before = replaced[-1].signatories if replaced else ()
    staying = (p for p in before if (party := record.partnership.party(p)) is None or party.active)
    asked = tuple(dict.fromkeys((*agreement.signatories, *staying)))
    after = record.events[record.events.index(proposed) + 1 :]
    signed_it = tuple(
        event
        for event in after
        if event.kind == "signed"
        and event.agreement == agreement.version
        and event.document == agreement.digest
        and event.strength in agreement.accepted
        and event.by in asked
    )
    return _Signing(agreement, proposed, asked, signed_it)
