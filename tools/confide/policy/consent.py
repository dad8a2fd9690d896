"""Step 6, the people behind a section: its subject, its owner, its source, and who holds a flag on it (S-01, S-08)."""

from __future__ import annotations

from collections.abc import Iterator

from confide.model.agreement import Agreement
from confide.model.decision import Reason, Request
from confide.model.event import Exact
from confide.model.record import Record
from confide.model.words import ORGANISATIONAL_TYPES, Attribution, base_type
from confide.policy import groups
from confide.policy.integrity import source_needs_terms
from confide.policy.permission import permission

CLIENT = "client"


def facets_of(request: Request) -> Exact:
    """The section asked about; for a question about a type alone, what a section of it usually is."""
    if request.section is not None:
        return request.section
    organisational = base_type(request.what) in ORGANISATIONAL_TYPES
    source = "sources" if base_type(request.what) == "feedback" else CLIENT
    return Exact("", "", request.what, request.form, source=source, owner="payer" if organisational else CLIENT)


def own(request: Request) -> bool:
    """The client asks for what is hers alone: she is its only subject, source and owner, and nothing is flagged."""
    exact = request.section
    return (
        request.recipient == CLIENT
        and exact is not None
        and exact.subject == exact.source == exact.owner == CLIENT
        and not exact.flags
    )


def withheld_consents(request: Request, agreement: Agreement, record: Record) -> Iterator[Reason]:
    """Whose consent is missing. Everybody who signed the agreement consented to its share terms by signing; others,
    and whoever holds a flag, by a written permission of their own."""
    exact = facets_of(request)
    for party in needed(exact, agreement):
        if party not in agreement.signatories and permission(request, exact, record, party) is None:
            yield Reason(
                "consent",
                "S-11",
                f"`{party}` has not agreed: they did not sign agreement {agreement.version}",
                agreement.place,
                "their written permission",
            )
    if source_needs_terms(exact) and permission(request, exact, record, exact.source) is None:
        yield Reason(
            "source-terms",
            "S-20",
            "the terms that the source was given are not on record",
            agreement.place,
            "record what the source was told and accepted",
        )
    waived = bool(exact.commitment) and permission(request, exact, record, exact.owner) is not None
    for flag in () if waived else sorted(exact.flags):
        yield Reason(
            "flagged",
            "S-02",
            f"the section is flagged {flag.replace('-', ' ')} and its holder has not waived that",
            change="a waiver by its holder",
        )


def needed(exact: Exact, agreement: Agreement) -> tuple[str, ...]:
    """Subject, owner and source themselves, and whoever the agreement says must agree too: it adds, never replaces."""
    about = {
        CLIENT: agreement.consent.get("about-client", ()),
        "payer": agreement.consent.get("about-organisation", ()),
    }
    needed: dict[str, None] = {}
    for person in (exact.subject, exact.owner):
        needed.update(dict.fromkeys((person, *about.get(person, ()))))
    if not source_needs_terms(exact):
        needed.update(dict.fromkeys((exact.source,)))
    return tuple(party for party in needed if party != "coach")


def small_group(request: Request, exact: Exact, agreement: Agreement) -> Iterator[Reason]:
    """S-18: a circle is named only where nobody in it can be told apart, by itself or by subtraction."""
    if request.attribution < Attribution.CATEGORY or not source_needs_terms(exact):
        return
    found = groups.grouping(groups.circles_of(agreement), groups.smallest_group(agreement))
    if exact.source not in found.shown:
        wider = "name only the wider category" if exact.source in found.pooled else "name nobody"
        message = f"too few people are in the circle of {exact.source}"
        yield Reason("small-group", "S-18", message, agreement.place, wider)
