"""The naive reading of steps 7 and 8: what a share term says of a flow, and what still has to happen before it."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from datetime import date, datetime
from zoneinfo import ZoneInfo

from confide.model.agreement import DUTIES_BEFORE, Agreement, Moment, Term
from confide.model.decision import Request
from confide.model.event import Event, Exact
from confide.model.record import Record
from confide.model.words import KNOWN_TYPES, ORGANISATIONAL_TYPES, Attribution, Form, Role, base_type, role_of
from tests.policy import naive_summary as summary


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


def of_kind(known: str, what: str) -> bool:
    """The same type, or one of its subtypes."""
    return what == known or what.startswith(known + "/")


def text_of(request: Request) -> Exact:
    """The text asked about. Of a type of information without a text one assumes what such a text usually is."""
    if request.section is not None:
        return request.section
    organisational = base_type(request.what) in ("performance-appraisals", "proprietary", "strategy")
    source = "sources" if base_type(request.what) == "feedback" else "client"
    return Exact("", "", request.what, request.form, source=source, owner="payer" if organisational else "client")


def about_text(event: Event, request: Request) -> bool:
    """An event that names texts is about these texts alone; one that names types, about these types."""
    if event.sections:
        return request.section is not None and request.section.commitment in [s.commitment for s in event.sections]
    return any(of_kind(what, request.what) for what in event.what)


def own(request: Request, agreement: Agreement | None = None) -> bool:
    """A client receives what she alone is subject, source and owner of, and nobody flagged it.

    An organisation's matters are not hers, whatever the text says, unless she alone speaks for the organisation.
    """
    exact = request.section
    if exact is None or role_of(request.recipient) is not Role.CLIENT or exact.flags:
        return False
    if {exact.subject, exact.source, exact.owner} != {request.recipient}:
        return False
    speaks = agreement.consent.get("about-organisation", ()) if agreement else ()
    return base_type(exact.what) not in ORGANISATIONAL_TYPES or list(speaks) == [request.recipient]


def matching(request: Request, record: Record, agreement: Agreement, now: datetime) -> list[Term]:
    """The share terms that speak of this flow and were not taken back, form, attribution and open steps aside.

    Whoever was told under a term may pass it on to whom the term says, after the client is informed (S-22, S-23).
    """
    spoken = summary.clauses(request, agreement)
    found = [term for term in spoken if shares(term, request, record, agreement, now)]
    found = [term for term in found if not withdrawn(term, request.recipient, record, agreement, now)]
    for term in spoken:
        told = request.sender in (term.recipients or ()) and request.recipient in (term.onward or ())
        if told and not withdrawn(term, request.sender, record, agreement, now):
            dates = [moment for moment in term.when or () if moment.kind == "on"]
            when = (Moment("client-informed"), *dates)
            here = replace(term, senders=(request.sender,), recipients=(request.recipient,), when=when)
            taken = withdrawn(term, request.recipient, record, agreement, now)
            if shares(here, request, record, agreement, now) and not taken:
                found.append(here)
    return found


def silence(request: Request, record: Record, agreement: Agreement, now: datetime) -> str:
    """Why nothing speaks of it: somebody took the term back, or nobody ever agreed on one."""
    spoken = summary.clauses(request, agreement)
    taken = [term for term in spoken if shares(term, request, record, agreement, now)]
    for term in spoken:
        told = request.sender in (term.recipients or ()) and request.recipient in (term.onward or ())
        if told and not withdrawn(term, request.sender, record, agreement, now):
            here = replace(term, senders=(request.sender,), recipients=(request.recipient,))
            taken += [here] if shares(here, request, record, agreement, now) else []
    return "withdrawn" if taken else "default-deny"


def shares(term: Term, request: Request, record: Record, agreement: Agreement, now: datetime) -> bool:
    """Whether a share term speaks of this flow at all, taken back or not."""
    wrong = malformed(term, agreement) and not summary.is_part(request)
    if not term.shares or wrong or denied(term, record, agreement, now):
        return False
    about = any(of_kind(what, request.what) for what in term.what or ())
    if not about or request.recipient not in (term.recipients or ()) or request.sender not in (term.senders or ()):
        return False
    if request.purpose in term.not_for or not (term.channel is None or request.channel in term.channel):
        return False
    days = [moment.value for moment in term.when or () if moment.kind == "on"]
    return not days or min(days) <= today(agreement, now).isoformat()


def withdrawn(term: Term, recipient: str, record: Record, agreement: Agreement, now: datetime) -> bool:
    """Somebody took this term of this version back from the recipient. That only narrows, so anybody's word counts."""
    for event in record.events:
        taken = event.kind == "withdrawn" and event.target == f"term/{term.id}" and meant(event.to, recipient)
        if taken and event.agreement in (0, agreement.version):
            return True
    return False


def form(request: Request) -> Form:
    """What the recipient would really get: never less than the text itself gives away."""
    return max(request.form, request.section.form) if request.section else request.form


def fits_attribution(term: Term, request: Request) -> bool:
    return request.attribution <= (term.attribution or Attribution.NONE)


def unmet(term: Term, request: Request, record: Record, agreement: Agreement, now: datetime) -> set[str]:
    duties = [moment for moment in term.when or () if moment.kind in DUTIES_BEFORE]
    still_open = {moment.kind for moment in duties if not met(moment, request, record, agreement, now)}
    if term.circumstances and not term.circumstances.always and not attested(term, record, agreement, now):
        still_open.add("attested")
    return still_open


def attested(term: Term, record: Record, agreement: Agreement, now: datetime) -> bool:
    return said_of(term, record, agreement, now) == "attested"


def denied(term: Term, record: Record, agreement: Agreement, now: datetime) -> bool:
    """Whoever the term names has said last that its circumstances have not come about."""
    return said_of(term, record, agreement, now) == "denied"


def said_of(term: Term, record: Record, agreement: Agreement, now: datetime) -> str:
    last = ""
    for event in record.events:
        named = term.circumstances is not None and event.by == term.circumstances.attested_by
        about = event.kind == "attested" and named and term.id in event.terms and event.at <= now
        if about and says_the_same(term, event, record, agreement):
            last = "denied" if event.evidence == "denied" else "attested"
    return last


def says_the_same(term: Term, event: Event, record: Record, agreement: Agreement) -> bool:
    """Of this version, or of a newer one that asks for the very same statement."""
    if event.agreement == agreement.version:
        return True
    newer = [a.term(term.id) for a in record.agreements if a.version == event.agreement > agreement.version]
    return any(other is not None and other.circumstances == term.circumstances for other in newer)


def met(moment: Moment, request: Request, record: Record, agreement: Agreement, now: datetime) -> bool:
    """Whether a duty is met by what happened so far."""
    so_far = [event for event in record.events if event.at <= now]
    if moment.kind == "client-informed":
        informed = [e for e in so_far if e.kind == "informed" and about_text(e, request)]
        return all(any(client in e.to for e in informed) for client in concerned(request, record))
    if moment.kind == "acknowledged":
        return any(e.kind == "acknowledged" and e.by == request.recipient for e in so_far)
    if moment.kind == "consulted":
        advisers = [e for e in so_far if e.kind == "consulted" and any(role_of(to) is Role.ADVISER for to in e.to)]
        return any(about_text(e, request) for e in advisers)
    clients = concerned(request, record)
    return moment.kind == "client-first" and all(seen_first(request, so_far, agreement, client) for client in clients)


def concerned(request: Request, record: Record) -> list[str]:
    """The clients it is about; else the one it came from, or whose it is; else every client."""
    exact = text_of(request)
    everyone = [p.id for p in record.partnership.parties if p.role is Role.CLIENT and p.active] or ["client"]
    for person in (exact.subject, exact.source, exact.owner):
        if role_of(person) is Role.CLIENT:
            return [person]
        if person == "team":
            return everyone
    return everyone


def seen_first(request: Request, so_far: list[Event], agreement: Agreement, client: str) -> bool:
    """The client was shown this very text, and after that she answered, declined, or it was waived as agreed (S-13)."""
    if any(e.kind == "input" and e.by == client and e.evidence == "given" and about_these(e, request) for e in so_far):
        return True  # She wrote it herself, to go along.
    for n, shown in enumerate(so_far):
        if shown.kind == "shown" and shown.sections and client in shown.to and about_text(shown, request):
            for answer in so_far[n + 1 :]:
                target = answer.kind == "input" and answer.target == f"event/{shown.id}"
                if target and answered(answer, agreement, client):
                    return True
    return False


def about_these(event: Event, request: Request) -> bool:
    """Whether an event names this very text."""
    return bool(event.sections) and about_text(event, request)


def answered(answer: Event, agreement: Agreement, client: str) -> bool:
    """Given or declined is hers to say. A waiver is the coach's, and needs the reason that the agreement gives."""
    if answer.evidence in ("given", "declined"):
        return answer.by == client
    agreed = (agreement.clauses.get("exceptions") or {}).get("input-waived-when", "")
    return answer.evidence == "waived" and bool(agreed)
