"""A second reading of POLICY.md: every step as plain loops over the whole record, slow and obvious.

Written from the policy text and `model/` alone, so that a mistake in `policy/` has to be made twice to go unseen.
Steps built so far: 1, 2, 3, 5, 6 (terms and the client's own), 7 and 9; of step 8 and of attestations, that whatever
is not known to be met makes an answer wait; the ratchet, groups too small, and the promise to keep quiet. `decide`
gives the verdict and the slugs of every reason: a rule's, a
withholding term's, an open duty's.
"""

from __future__ import annotations

from datetime import datetime

from confide.model.agreement import Agreement, Term
from confide.model.decision import Request, Verdict
from confide.model.record import Record
from confide.model.words import KNOWN_TYPES, PURPOSES, Form, base_type
from tests.policy.naive_share import (
    consents,
    fits_attribution,
    form,
    malformed,
    meant,
    own,
    shares,
    today,
    unmet,
    withdrawn_text,
)
from tests.policy.naive_since import older_version, promised, too_few

Why = frozenset[str]


def decide(request: Request, record: Record, now: datetime) -> tuple[Verdict, Why]:
    """The verdict on `request` and why: everything that denies; or else what is open of the term with least open."""
    no = sound(request, record)
    agreement = in_force(record, now)
    if agreement is None:
        return Verdict.DENY, no | {"in-force"}
    no |= known(request, agreement) | channels(request, agreement) | withheld(request, agreement)
    if own(request):
        return (Verdict.DENY, no) if no else (Verdict.ALLOW, frozenset({"clients-own"}))
    no |= consents(request, agreement) | withdrawn_text(request, record)
    if too_few(request, agreement):
        no |= {"small-group"}
    older = older_version(request.section, record, agreement, everybody_signed)
    if older is not None and not allowed_under(request, older):
        no |= {"ratchet"}
    matching = [term for term in agreement.terms if shares(term, request, record, agreement, now)]
    if not matching:
        return Verdict.DENY, no | {"default-deny"}
    # One term must permit form and attribution together: two halves of two terms make no whole permission.
    fitting = [term for term in matching if form(request) <= term.form and fits_attribution(term, request)]
    if not fitting:
        no |= {"too-wide"}
    if no:
        return Verdict.DENY, no
    waiting = {term.id: unmet(term, request, record, agreement, now) for term in fitting}
    if not promised(request, record, agreement, now):
        for still_open in waiting.values():
            still_open.add("acknowledged")
    least = min(waiting, key=lambda term_id: (len(waiting[term_id]), term_id))
    if waiting[least]:
        return Verdict.NOT_YET, frozenset(waiting[least])
    return Verdict.ALLOW, frozenset({least})


def allowed_under(request: Request, agreement: Agreement) -> bool:
    """Whether the clauses of another version alone would let this go."""
    if withheld(request, agreement):
        return False
    for term in agreement.terms:
        about = any(request.what == what or request.what.startswith(what + "/") for what in term.what or ())
        flow = request.recipient in (term.recipients or ()) and request.sender in (term.senders or ())
        wide = term.form is not None and form(request) <= term.form and fits_attribution(term, request)
        if term.shares and about and flow and wide:
            return True
    return False


# 1. Integrity


def sound(request: Request, record: Record) -> Why:
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
    return frozenset(no)


def takes_part(record: Record, name: str) -> bool:
    """Listed and active; a department counts when the party it belongs to is listed and active."""
    party = record.partnership.party(name)
    return party is not None and party.active


def known(request: Request, agreement: Agreement) -> Why:
    no = set()
    if base_type(request.what) not in {*KNOWN_TYPES, *agreement.types}:
        no.add("unknown-type")
    if any(malformed(term, agreement) for term in agreement.terms):
        no.add("malformed-term")
    return frozenset(no)


# 2. Absolutes


def channels(request: Request, agreement: Agreement) -> Why:
    """Silence about a channel is no control of it either."""
    controlled = [name for name, control in agreement.channels.items() if control == "controlled"]
    return frozenset() if request.channel in controlled else frozenset({"controlled-channel"})


# 3. In force


def in_force(record: Record, now: datetime) -> Agreement | None:
    """The newest version that everybody has signed and that has taken effect, if it has not run out."""
    begun = [
        agreement
        for agreement in record.agreements
        if everybody_signed(agreement, record, now) and today(agreement, now) >= agreement.effective
    ]
    if not begun:
        return None
    newest = max(begun, key=lambda agreement: agreement.version)
    if today(newest, now) > newest.until:
        return None
    if any(event.kind == "ended" for event in record.events):
        return None
    return newest


def everybody_signed(agreement: Agreement, record: Record, now: datetime) -> bool:
    if not agreement.signatories:
        return False
    signed: set[str] = set()
    proposed = False
    for event in record.events:
        same = event.agreement == agreement.version and event.document == agreement.digest and event.at <= now
        if same and event.kind == "proposed":
            proposed = True
        if same and event.kind == "signed" and proposed and event.strength in agreement.accepted:
            signed.add(event.by)
    return signed >= set(agreement.signatories)


# 4 and 5. Withhold terms


def withheld(request: Request, agreement: Agreement) -> Why:
    """Every withhold that matches. What cannot be evaluated (when, circumstances, `unless`) counts as matching."""
    return frozenset(term.id for term in agreement.terms if not term.shares and withholds(term, request))


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
