"""Whose a text is, and who speaks for them: one client or several, and the organisation that owns what is its own.

What a note says of an owner does not make the organisation's business the client's: appraisals, proprietary matters and
strategy belong to the organisation, unless the agreement says that a client speaks for it (S-08, S-15).
"""

from __future__ import annotations

from confide.model.agreement import Agreement
from confide.model.event import Exact
from confide.model.record import Record
from confide.model.words import ORGANISATIONAL_TYPES, Role, base_type, role_of

CLIENT = "client"
PAYER = "payer"
# All clients of a partnership together, as the subject, source or owner of a text.
TEAM = "team"
# Stands for an organisation that nobody speaks for: nobody can give its consent.
NOBODY = ""
_PERSONS = (Role.CLIENT, Role.COACH, Role.SOURCE)


def clients(record: Record) -> tuple[str, ...]:
    """Everybody who is coached in this partnership and still takes part."""
    found = tuple(party.id for party in record.partnership.parties if party.role is Role.CLIENT and party.active)
    return found or (CLIENT,)


def each(person: str, record: Record) -> tuple[str, ...]:
    """The people behind one word: all clients for the team, where that is not a party of its own."""
    if person != TEAM or any(party.id == TEAM for party in record.partnership.parties):
        return (person,)
    return clients(record)


def concerned(exact: Exact, record: Record) -> tuple[str, ...]:
    """The clients a text concerns: whom it is about, else from whom it is, else all of them."""
    if exact.subject == CLIENT:
        return (CLIENT,)
    for person in (exact.subject, exact.source, exact.owner):
        found = tuple(one for one in each(person, record) if role_of(one) is Role.CLIENT)
        if found:
            return found
    return clients(record)


def organisational(exact: Exact) -> bool:
    """Whether the text is the organisation's, whatever it says of its owner."""
    return exact.owner == PAYER or base_type(exact.what) in ORGANISATIONAL_TYPES


def owners(exact: Exact, agreement: Agreement, record: Record) -> tuple[str, ...]:
    """Whoever has to agree as the owner: for the organisation all who speak for it, and the one the text names."""
    if not organisational(exact):
        return each(exact.owner, record)
    speak = tuple(agreement.consent.get("about-organisation", ()))
    if exact.owner == TEAM or role_of(exact.owner) in _PERSONS:
        return speak or ((PAYER,) if record.partnership.party(PAYER) else (NOBODY,))
    return tuple(dict.fromkeys((exact.owner, *speak)))
