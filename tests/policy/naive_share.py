"""The naive reading of steps 6 to 8: whose consent is needed, what a share term says, and what still has to happen."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime
from zoneinfo import ZoneInfo

from confide.model.agreement import DUTIES_BEFORE, Agreement, Moment, Term
from confide.model.decision import Request
from confide.model.event import Event, Exact
from confide.model.record import Record
from confide.model.words import KNOWN_TYPES, Attribution, Form, Role, base_type, role_of


def malformed(term: Term, agreement: Agreement) -> bool:
    """A share term without one of its six facets, or any term with a word that means nothing."""
    if term.shares and None in (term.what, term.recipients, term.senders, term.when, term.form, term.circumstances):
        return True
    if any(base_type(what) not in {*KNOWN_TYPES, *agreement.types} for what in term.what or ()):
        return True
    if any(role_of(party) is None for party in (*(term.recipients or ()), *(term.senders or ()))):
        return True
    return [other.id for other in agreement.terms].count(term.id) > 1


def today(agreement: Agreement, now: datetime) -> date:
    return now.astimezone(ZoneInfo(agreement.time_zone)).date()


def meant(parties: Collection[str], party: str) -> bool:
    """Named, or a department of who is named, or one of the sources where these are named as a whole."""
    if "sources" in parties and role_of(party) is Role.SOURCE:
        return True
    return party in parties or party.partition(".")[0] in parties


def own(request: Request) -> bool:
    """The recipient is the client and the only subject, source and owner of the section, and nobody flagged it."""
    exact = request.section
    if exact is None or request.recipient != "client" or exact.flags:
        return False
    return exact.subject == "client" and exact.source == "client" and exact.owner == "client"


def consents(request: Request, agreement: Agreement) -> frozenset[str]:
    """Whoever signed has consented. A source's frozen terms and a holder's waiver cannot be on record yet.

    Of a type of information without a text one assumes what such a text usually is.
    """
    organisational = base_type(request.what) in ("performance-appraisals", "proprietary", "strategy")
    source = "sources" if base_type(request.what) == "feedback" else "client"
    owner = "payer" if organisational else "client"
    exact = request.section or Exact("", "", request.what, request.form, source=source, owner=owner)
    asked = {exact.subject, exact.owner}
    if "client" in asked:
        asked |= set(agreement.consent.get("about-client", ()))
    if "payer" in asked:
        asked |= set(agreement.consent.get("about-organisation", ()))
    no = set()
    if role_of(exact.source) is Role.SOURCE or (
        base_type(exact.what) == "feedback" and exact.source not in ("client", "coach")
    ):
        no.add("source-terms")
    else:
        asked.add(exact.source)
    if not asked - {"coach"} <= set(agreement.signatories):
        no.add("consent")
    if exact.flags:
        no.add("flagged")
    return frozenset(no)


def shares(term: Term, request: Request, record: Record, agreement: Agreement, now: datetime) -> bool:
    """Whether a share term speaks of this flow at all (form, attribution and open steps aside)."""
    if not term.shares or malformed(term, agreement) or withdrawn(term, request.recipient, record, agreement):
        return False
    about = any(request.what == what or request.what.startswith(what + "/") for what in term.what or ())
    if not about or request.recipient not in (term.recipients or ()) or request.sender not in (term.senders or ()):
        return False
    if request.purpose in term.not_for or not (term.channel is None or request.channel in term.channel):
        return False
    days = [moment.value for moment in term.when or () if moment.kind == "on"]
    return not days or min(days) <= today(agreement, now).isoformat()


def withdrawn(term: Term, recipient: str, record: Record, agreement: Agreement) -> bool:
    """Somebody took this term of this version back from the recipient. That only narrows, so anybody's word counts."""
    for event in record.events:
        taken = event.kind == "withdrawn" and event.target == f"term/{term.id}" and meant(event.to, recipient)
        if taken and event.agreement in (0, agreement.version):
            return True
    return False


def withdrawn_text(request: Request, record: Record) -> frozenset[str]:
    """A text that was taken back from somebody does not go to them again on the strength of the same clauses."""
    for event in record.events:
        if event.kind == "withdrawn" and event.target.startswith("event/") and meant(event.to, request.recipient):
            for told in record.events:
                same = request.section and request.section.commitment in [s.commitment for s in told.sections]
                if same and told.kind == "disclosed" and event.target == f"event/{told.id}":
                    return frozenset({"withdrawn"})
    return frozenset()


def form(request: Request) -> Form:
    """What the recipient would really get: never less than the text itself gives away."""
    return max(request.form, request.section.form) if request.section else request.form


def fits_attribution(term: Term, request: Request) -> bool:
    return request.attribution <= (term.attribution or Attribution.NONE)


def unmet(term: Term, request: Request, record: Record, agreement: Agreement, now: datetime) -> set[str]:
    still_open = {m.kind for m in term.when or () if m.kind in DUTIES_BEFORE and not met(m, request, record, now)}
    if term.circumstances and not term.circumstances.always and not attested(term, record, agreement, now):
        still_open.add("attested")
    return still_open


def attested(term: Term, record: Record, agreement: Agreement, now: datetime) -> bool:
    assert term.circumstances is not None
    return any(
        event.kind == "attested"
        and event.by == term.circumstances.attested_by
        and term.id in event.terms
        and event.agreement == agreement.version
        and event.at <= now
        for event in record.events
    )


def met(moment: Moment, request: Request, record: Record, now: datetime) -> bool:
    """Whether a duty is met; nothing but `informed` and `acknowledged` can be on record yet."""
    return any(meets(event, moment, request) for event in record.events if event.at <= now)


def meets(event: Event, moment: Moment, request: Request) -> bool:
    """An event that names texts is about these texts alone; one that names types, about these types."""
    if moment.kind == "acknowledged":
        return event.kind == "acknowledged" and event.by == request.recipient
    if moment.kind != "client-informed" or event.kind != "informed" or "client" not in event.to:
        return False
    if event.sections:
        return request.section is not None and request.section.commitment in [s.commitment for s in event.sections]
    return any(request.what == what or request.what.startswith(what + "/") for what in event.what)
