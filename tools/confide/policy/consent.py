"""Step 6, the people behind a section: its subject, its owner, its source, and who holds a flag on it (S-01, S-08)."""

from __future__ import annotations

from collections.abc import Iterator

from confide.model.agreement import Agreement
from confide.model.decision import Reason, Request
from confide.model.words import Role, role_of
from confide.policy.flow import COACH, Flow
from confide.policy.integrity import source_needs_terms
from confide.policy.permission import permission
from confide.policy.voices import NOBODY, PAYER, each, organisational, owners


def own(request: Request, agreement: Agreement | None = None) -> bool:
    """A client asks for what is hers alone: she is its only subject, source and owner, and nothing is flagged.

    What belongs to the organisation is not hers alone, whatever the text says of its owner (S-08), unless the agreement
    says that she alone speaks for it.
    """
    exact = request.section
    if exact is None or exact.flags or not request.recipient == exact.subject == exact.source == exact.owner:
        return False
    if role_of(request.recipient) is not Role.CLIENT:
        return False
    speaks = agreement.consent.get("about-organisation", ()) if agreement is not None else ()
    return not organisational(exact) or tuple(speaks) == (request.recipient,)


def missing(flow: Flow, agreement: Agreement) -> Iterator[Reason]:
    """Whose consent to a share clause is missing. Everybody who signed the agreement consented to its clauses by
    signing; others do by a written permission of their own."""
    owned_by = owners(flow.exact, agreement, flow.record) if organisational(flow.exact) else ()
    for party in needed(flow, agreement):
        if party in agreement.signatories or _permits(flow, party):
            continue
        message = f"`{party}` has not agreed: they did not sign agreement {agreement.version}"
        if party == NOBODY:
            message = "it is the organisation's, and the agreement does not say who speaks for it"
        sid = "S-08" if party in owned_by else "S-11"
        yield Reason("consent", sid, message, agreement.place, "their written permission")


def unpromised(flow: Flow, agreement: Agreement) -> Iterator[Reason]:
    """What no clause stands in for: the terms of a source, and the waiver of whoever holds a flag."""
    exact = flow.exact
    if source_needs_terms(exact) and not _permits(flow, exact.source):
        yield Reason(
            "source-terms",
            "S-20",
            "the terms that the source was given are not on record, or do not allow this",
            agreement.place,
            "record what the source was told and accepted",
        )
    # A permission for a whole type is a bulk rule: it waives no flag (S-02).
    held = exact.flags and not all(_permits(flow, party, True) for party in owners(exact, agreement, flow.record))
    for flag in sorted(exact.flags) if held else ():
        yield Reason(
            "flagged",
            "S-02",
            f"the section is flagged {flag.replace('-', ' ')} and its holder has not waived that",
            change="a waiver by its holder",
        )


def _permits(flow: Flow, party: str, text_only: bool = False) -> bool:
    given = permission(flow, party, text_only)
    if given is not None:
        flow.rest_on(given)
    return given is not None


def needed(flow: Flow, agreement: Agreement) -> tuple[str, ...]:
    """Subject, owner and source themselves, and whoever the agreement says must agree too: it adds, never replaces.

    One client does not speak for another. A source with terms of their own is not among them, because those are asked
    for beside; nor is one who tells it themselves.
    """
    exact, record = flow.exact, flow.record
    asked: dict[str, None] = {}
    for person in (*each(exact.subject, record), *owners(exact, agreement, record)):
        asked[person] = None
        if role_of(person) is Role.CLIENT:
            more = (p for p in agreement.consent.get("about-client", ()) if role_of(p) is not Role.CLIENT)
            asked.update(dict.fromkeys(more))
        elif person == PAYER:
            asked.update(dict.fromkeys(agreement.consent.get("about-organisation", ())))
    if not source_needs_terms(exact) and exact.source != flow.request.sender:
        asked.update(dict.fromkeys(each(exact.source, record)))
    return tuple(party for party in asked if party != COACH)


def everybody(flow: Flow, agreement: Agreement) -> Iterator[str]:
    """All whose written permission together says what a clause would have said: those above, and any source.

    Most records hold no permission at all; then nobody has to be counted.
    """
    source = each(flow.exact.source, flow.record) if flow.exact.source != flow.request.sender else ()
    yield from (party for party in dict.fromkeys((*needed(flow, agreement), *source)) if party != COACH)
