"""The naive reading of step 6 and of permission: whose word is needed, and what a word on record is good for.

What somebody permits narrows or lifts only what is theirs. Narrowing may be spoken; whatever widens is signed, and
covers nothing but the text or the types, the recipients, the form and the channel that it names.
"""

from __future__ import annotations

from datetime import datetime

from confide.model.agreement import Agreement, Term
from confide.model.decision import Request
from confide.model.event import Event
from confide.model.record import Record
from confide.model.words import ORGANISATIONAL_TYPES, Attribution, Role, base_type, role_of
from tests.policy import naive_ratchet as ratchet
from tests.policy.naive_papers import DISCLOSURES
from tests.policy.naive_share import about_text, denied, form, text_of

Why = frozenset[str]


def revoked(event: Event, request: Request, record: Record) -> bool:
    """Taken back from this recipient, by anybody: a withdrawal only narrows."""
    takes = [e for e in record.events if e.kind == "withdrawn" and e.target == f"event/{event.id}"]
    return any(meant_by(e, request.recipient) for e in takes)


def meant_by(event: Event, recipient: str) -> bool:
    return recipient in event.to or recipient.partition(".")[0] in event.to


def wide_enough(event: Event, request: Request) -> bool:
    """No narrower in form, in channel, or in how far the source may be recognised where it says so."""
    if event.form is None or form(request) > event.form:
        return False
    if event.attribution is not None and request.attribution > event.attribution:
        return False
    return event.channel in ("", request.channel)


def widens(event: Event, request: Request, agreement: Agreement) -> bool:
    """Written and exact: signed as the agreement in force accepts, about this, for this recipient, this wide."""
    accepted = event.strength == "" or event.strength in agreement.accepted
    written = (event.evidence == "signed" and accepted) or told_to_a_source(event, request, agreement)
    named = request.attribution == Attribution.NONE or (event.attribution or 0) >= request.attribution
    exactly = about_text(event, request) and request.recipient in event.to
    return written and exactly and named and wide_enough(event, request)


def told_to_a_source(event: Event, request: Request, agreement: Agreement) -> bool:
    """A source signs nothing: they accepted the terms they were told, or wrote under the notice for the unasked."""
    unasked = (agreement.clauses.get("feedback") or {}).get("unsolicited") == "accept"
    told = event.evidence == "accepted" or (event.evidence == "notice" and unasked)
    return told and event.document != "" and is_feedback(request) and text_of(request).source == event.by


def signed_permission(
    by: str, request: Request, record: Record, now: datetime, text_only: bool = False
) -> Event | None:
    """What `by` has last permitted in writing that is wide enough, if that has not been taken back."""
    last = ratchet.last_word(record, now)
    assert last is not None
    given = [
        event
        for event in record.events
        if event.kind == "permitted" and event.by == by and event.at <= now and widens(event, request, last)
        if event.sections or not text_only
    ]
    return given[-1] if given and not revoked(given[-1], request, record) else None


def people(word: str, record: Record) -> list[str]:
    """Who is behind one word: the team are all clients together."""
    if word != "team" or any(party.id == "team" for party in record.partnership.parties):
        return [word]
    return [p.id for p in record.partnership.parties if p.role is Role.CLIENT and p.active] or ["client"]


def owners(request: Request, record: Record, agreement: Agreement) -> list[str]:
    """Everybody who has to agree as the owner. An empty name stands for an organisation that nobody speaks for.

    Appraisals, proprietary matters and strategy are the organisation's, even where a text calls a person their owner.
    """
    exact = text_of(request)
    business = base_type(exact.what) in ORGANISATIONAL_TYPES
    speak = list(agreement.consent.get("about-organisation", ()))
    if not business and exact.owner != "payer":
        return people(exact.owner, record)
    a_person = exact.owner == "team" or role_of(exact.owner) in (Role.CLIENT, Role.COACH, Role.SOURCE)
    if a_person:
        return speak or (["payer"] if record.partnership.party("payer") else [""])
    return [exact.owner, *speak]


def needed(request: Request, record: Record, agreement: Agreement, sources: bool = True) -> set[str]:
    """Everybody whose consent a flow of this text needs, other than the coach, who acts: subject, source, owner.

    Nobody has to permit what they tell themselves. A client has no say in what is another client's.
    """
    exact = text_of(request)
    asked = {*people(exact.subject, record), *owners(request, record, agreement)}
    for person in list(asked):
        if role_of(person) is Role.CLIENT:
            asked |= {p for p in agreement.consent.get("about-client", ()) if role_of(p) is not Role.CLIENT}
        if person == "payer":
            asked |= set(agreement.consent.get("about-organisation", ()))
    if exact.source != request.sender and (sources or not is_feedback(request)):
        asked |= set(people(exact.source, record))
    return asked - {"coach"}


def is_feedback(request: Request) -> bool:
    """From a circle, or feedback from anybody else than the two who talk: its source has terms of their own (S-20)."""
    exact = text_of(request)
    said = base_type(exact.what) == "feedback" and exact.source not in ("client", "coach")
    return said or role_of(exact.source) is Role.SOURCE


def consents(request: Request, record: Record, agreement: Agreement, now: datetime) -> Why:
    """Whoever signed the agreement has consented to its terms, and so has whoever permitted this in writing."""
    people_asked = needed(request, record, agreement, sources=False)
    unsigned = [person for person in people_asked if person not in agreement.signatories]
    lacking = any(signed_permission(person, request, record, now) is None for person in unsigned)
    return frozenset({"consent"} if lacking else ())


def never_implied(request: Request, record: Record, agreement: Agreement, now: datetime) -> Why:
    """What no term stands in for: a source's terms are what the source permitted; a flag is waived for one text."""
    exact = text_of(request)
    no = set()
    if is_feedback(request) and not signed_permission(exact.source, request, record, now):
        no.add("source-terms")
    holders = owners(request, record, agreement)
    if exact.flags and not all(signed_permission(p, request, record, now, text_only=True) for p in holders):
        no.add("flagged")
    return frozenset(no)


def lifted(term: Term, request: Request, record: Record, agreement: Agreement, now: datetime) -> bool:
    """Whether it was denied that its circumstances have come about, or the permission it asks for is on record."""
    if denied(term, record, agreement, now) and agreement.term(term.id) == term:
        return True
    if term.unless == "client-permits":
        subjects = people(text_of(request).subject, record)
        hers = all(role_of(subject) is Role.CLIENT for subject in subjects)
        return hers and all(signed_permission(subject, request, record, now) for subject in subjects)
    voices = owners(request, record, agreement)
    return term.unless == "owner-permits" and all(signed_permission(v, request, record, now) for v in voices)


def all_permit(request: Request, record: Record, agreement: Agreement, now: datetime) -> list[Event]:
    """What everybody whose consent is needed has permitted of this flow in writing; nothing if one of them has not."""
    given = [signed_permission(person, request, record, now) for person in needed(request, record, agreement)]
    found = [event for event in given if event is not None]
    return found if len(found) == len(given) else []


def taken_back(request: Request, record: Record, agreement: Agreement, now: datetime) -> bool:
    """Whether somebody whose consent is needed has permitted this in writing, and has withdrawn that."""
    last = ratchet.last_word(record, now)
    assert last is not None
    for person in needed(request, record, agreement):
        given = [e for e in record.events if e.kind == "permitted" and e.by == person and e.at <= now]
        given = [e for e in given if widens(e, request, last)]
        if given and revoked(given[-1], request, record):
            return True
    return False


def too_much(request: Request, record: Record, now: datetime) -> Why:
    """Wider than somebody whose text it is wishes. A signature widens again what was narrowed before it.

    Taking a narrowing back would widen without a signature, so that what was narrowed stays so.
    """
    exact = text_of(request)
    last = ratchet.last_word(record, now)
    assert last is not None
    source = [] if is_feedback(request) else people(exact.source, record)
    for person in {*people(exact.subject, record), *people(exact.owner, record), *source}:
        narrowed = False
        for event in record.events:
            if event.kind != "permitted" or event.by != person or event.at > now:
                continue
            if maybe_about(event, request) and meant_by(event, request.recipient) and not wide_enough(event, request):
                narrowed = True
            elif widens(event, request, last) and not revoked(event, request, record):
                narrowed = False
        if narrowed:
            return frozenset({"narrowed"})
    return frozenset()


def maybe_about(event: Event, request: Request) -> bool:
    """A narrowing of some kind of a type is also about a text of which nobody says that it is not of that kind."""
    if event.sections:
        return about_text(event, request)
    return about_text(event, request) or any(known.startswith(request.what + "/") for known in event.what)


def withdrawn_text(request: Request, record: Record, agreement: Agreement, now: datetime) -> Why:
    """A text that was taken back from somebody goes to them again only if all whose it is have permitted it since."""
    for n, event in enumerate(record.events):
        if event.kind == "withdrawn" and event.target.startswith("event/") and meant_by(event, request.recipient):
            for told in record.events:
                same = request.section and request.section.commitment in [s.commitment for s in told.sections]
                if same and told.kind in DISCLOSURES and event.target == f"event/{told.id}":
                    since = all_permit(request, record, agreement, now)
                    if not since or not all(permit in record.events[n:] for permit in since):
                        return frozenset({"withdrawn"})
    return frozenset()
