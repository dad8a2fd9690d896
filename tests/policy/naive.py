"""A second reading of POLICY.md: every step as plain loops over the whole record, slow and obvious.

Written from the policy text and `model/` alone, so that a mistake in `policy/` has to be made twice to go unseen.
`decide` gives the verdict and the slugs of every reason: a rule's, a withholding term's, an open duty's.
"""

from __future__ import annotations

from datetime import UTC, datetime, tzinfo
from zoneinfo import ZoneInfo

from confide.model.agreement import Agreement, Term
from confide.model.decision import Request, Verdict
from confide.model.record import Record
from confide.model.words import KNOWN_TYPES, PURPOSES, Form, base_type
from tests.policy import naive_papers as papers
from tests.policy import naive_ratchet as ratchet
from tests.policy import naive_summary as summary
from tests.policy.naive_consent import (
    all_permit,
    consents,
    is_feedback,
    lifted,
    never_implied,
    taken_back,
    too_much,
    withdrawn_text,
)
from tests.policy.naive_groups import group
from tests.policy.naive_share import fits_attribution, form, malformed, matching, meant, own, silence, unmet

Why = frozenset[str]
Answer = tuple[Verdict, Why]


def decide(request: Request, record: Record, now: datetime) -> Answer:
    """The verdict on `request` and why: everything that denies; or else what is open of the term with least open."""
    no = sound(request, record, now)
    agreement = ratchet.in_force(record, now)
    if agreement is None:
        return after_the_end(request, record, now, no)
    no |= known(request, agreement) | channels(request, agreement)
    verdict, why = under(agreement, request, record, now)
    if verdict is Verdict.DENY:
        no |= why
    if own(request, agreement):
        return (Verdict.DENY, no) if no else (verdict, why)
    told = papers.was_public(request, record, now)
    waiting = why if verdict is Verdict.NOT_YET else frozenset()
    if not told:
        no |= withdrawn_text(request, record, agreement, now)
        waiting |= promised(request, record, agreement, now)
    for older, replaced in older_versions(request, record, agreement):
        then, because = under(older, request, record, now)
        if then is Verdict.ALLOW:
            continue
        fresh = all_permit(request, record, older, now)
        if fresh and all(event.at >= replaced for event in fresh):
            continue
        if then is Verdict.NOT_YET:
            waiting |= because
        elif not because <= no:
            no |= {"ratchet"}
    if no and not told and taken_back(request, record, agreement, now):
        no = (no - {"default-deny"}) | {"withdrawn"}
    if no:
        return Verdict.DENY, no
    return (Verdict.NOT_YET, waiting) if waiting else (verdict, why)


def after_the_end(request: Request, record: Record, now: datetime, no: Why) -> Answer:
    """Nothing is in force: only a last summary may still go, if the last agreement says so, and by its clause alone."""
    last = ratchet.last_word(record, now)
    if last is None or not (summary.is_part(request) and summary.outlives(last, "final-summary")):
        no |= {"in-force"} | instruments(request, record, now, UTC)
        kept = last.terms if last is not None and summary.outlives(last, "withheld") else ()
        return Verdict.DENY, no | {term.id for term in kept if not term.shares and withholds(term, request)}
    no |= known(request, last) | channels(request, last)
    if "malformed-term" in no:
        return Verdict.DENY, no | {"in-force"}
    verdict, why = under(last, request, record, now)
    no |= withdrawn_text(request, record, last, now)
    if verdict is Verdict.DENY:
        no |= why
    elif why & {"clients-own", "already-public"} or not matching(request, record, last, now):
        no |= {"in-force"}
    if no:
        if taken_back(request, record, last, now):
            no = (no - {"default-deny"}) | {"withdrawn"}
        return Verdict.DENY, no | {"in-force"}
    waiting = (why if verdict is Verdict.NOT_YET else frozenset()) | promised(request, record, last, now)
    return (Verdict.NOT_YET, waiting) if waiting else (verdict, why)


def older_versions(request: Request, record: Record, agreement: Agreement) -> list[tuple[Agreement, datetime]]:
    return [] if request.section is None else ratchet.must_pass(request.section, agreement, record)


def under(agreement: Agreement, request: Request, record: Record, now: datetime) -> Answer:
    """What one version says, as if it were in force: steps 4 to 8, but for what holds under any version."""
    no = withheld(request, record, agreement, now)
    if own(request, agreement):
        return (Verdict.DENY, no) if no else (Verdict.ALLOW, frozenset({"clients-own"}))
    if papers.was_public(request, record, now):
        no |= too_much(request, record, now)
        return (Verdict.DENY, no) if no else (Verdict.ALLOW, frozenset({"already-public"}))
    no |= never_implied(request, record, agreement, now)
    speaking = matching(request, record, agreement, now)
    # One term must permit form and attribution together: two halves of two terms make no whole permission.
    fitting = [term for term in speaking if form(request) <= term.form and fits_attribution(term, request)]
    permitted = all_permit(request, record, agreement, now)
    if speaking:
        no |= consents(request, record, agreement, now)
    if speaking or permitted:
        no |= too_much(request, record, now)
    if not fitting and not permitted:
        left_out = summary.left_out(request, agreement)
        no |= {"too-wide"} if speaking else set() if left_out else {silence(request, record, agreement, now)}
    if no:
        return Verdict.DENY, no
    size = group(request, record, agreement)
    if not speaking:
        return (Verdict.NOT_YET, size) if size else (Verdict.ALLOW, frozenset({"permission"}))
    # What everybody permits widens a clause that speaks; it does not do the clause's duties.
    fits = {term.id for term in fitting}
    options = [
        (term.id, frozenset(unmet(term, request, record, agreement, now)))
        for term in (speaking if permitted else fitting)
    ]
    least, waiting = min(options, key=lambda option: (len(option[1]), option[0] not in fits, option[0]))
    if waiting | size:
        return Verdict.NOT_YET, waiting | size
    return Verdict.ALLOW, frozenset({least} if least in fits else {least, "permission"})


def promised(request: Request, record: Record, agreement: Agreement, now: datetime) -> Why:
    """S-21: the recipient promised to keep it, by signing or otherwise; S-24: the client, not to ask who said it."""
    if request.recipient == "coach" or (request.recipient == "client" and not is_feedback(request)):
        return frozenset()
    for event in record.events:
        if event.by == request.recipient and event.at <= now:
            signed = event.kind == "signed" and (event.agreement, event.document) == (
                agreement.version,
                agreement.digest,
            )
            if event.kind == "acknowledged" or (signed and request.recipient != "client"):
                return frozenset()
    return frozenset({"acknowledged"})


# 1. Integrity


def sound(request: Request, record: Record, now: datetime) -> Why:
    no = {fault.rule for fault in record.faults}
    if request.draft:
        no.add("draft-section")
    if request.recipient == "public":
        no.add("never-public")
    elif not takes_part(record, request.recipient):
        no.add("party")
    if not takes_part(record, request.sender):
        no.add("party")
    if form(request) == Form.NONE:
        no.add("unknown-form")
    if request.purpose and request.purpose not in PURPOSES:
        no.add("unknown-purpose")
    if request.section is not None and request.section.what != request.what:
        no.add("other-type")
    if papers.lost(record, now):
        no.add("instrument-missing")
    if request.purpose == "marketing":
        no.add("never-public")
    return frozenset(no)


def takes_part(record: Record, name: str) -> bool:
    """Listed and active; a department counts when the party it belongs to is listed and active."""
    party = record.partnership.party(name)
    return party is not None and party.active


def known(request: Request, agreement: Agreement) -> Why:
    no = set()
    if base_type(request.what) not in {*KNOWN_TYPES, *agreement.types, *summary.PARTS}:
        no.add("unknown-type")
    if any(malformed(term, agreement) for term in agreement.terms):
        no.add("malformed-term")
    return frozenset(no)


# 2. Absolutes


def channels(request: Request, agreement: Agreement) -> Why:
    """Silence about a channel is no control of it either."""
    controlled = [name for name, control in agreement.channels.items() if control == "controlled"]
    return frozenset() if request.channel in controlled else frozenset({"controlled-channel"})


# 4 and 5. Withhold terms


def withheld(request: Request, record: Record, agreement: Agreement, now: datetime) -> Why:
    """Every withhold that matches, of the agreement and of all instruments, and that nobody lifted as it asks for.

    What cannot be evaluated (when, circumstances that nobody denied) counts as matching.
    """
    forbidding = [term for term in agreement.terms if not term.shares]
    no = {
        term.id for term in forbidding if withholds(term, request) and not lifted(term, request, record, agreement, now)
    }
    no |= {"left-out"} if summary.left_out(request, agreement) else set()
    return frozenset(no) | instruments(request, record, now, ZoneInfo(agreement.time_zone), agreement)


def instruments(
    request: Request, record: Record, now: datetime, zone: tzinfo, agreement: Agreement | None = None
) -> Why:
    """What other documents forbid, whether or not an agreement is in force."""
    no = set()
    for instrument in papers.restricting(record, now.astimezone(zone).date(), now):
        for term in instrument.restricts:
            permitted = agreement is not None and lifted(term, request, record, agreement, now)
            if not term.shares and withholds(term, request) and not permitted:
                no.add(term.id)
    return frozenset(no)


def withholds(term: Term, request: Request) -> bool:
    if term.what is not None and not any(overlap(what, request.what) for what in term.what):
        return False
    if term.recipients is not None and not meant(term.recipients, request.recipient):
        return False
    if term.senders is not None and not meant(term.senders, request.sender):
        return False
    if term.form is not None and form(request) < term.form:
        return False
    if term.attribution is not None and request.attribution < term.attribution:
        return False
    return term.channel is None or request.channel in term.channel


def overlap(one: str, other: str) -> bool:
    """The same type, or one a subtype of the other: a text without a subtype may be of any."""
    return one == other or one.startswith(other + "/") or other.startswith(one + "/")
